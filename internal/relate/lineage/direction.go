package lineage

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/tracewire/tracewire/internal/news"
)

// way is which of two texts came first, and what shows it; from is nil where
// nothing does.
type way struct {
	from *node
	rule string
	note string
}

// pureCut bounds what is changed in a cut text, as a share of it: with more,
// it may be cut from another version than the one at hand.
const pureCut = .045

// direction looks for evidence in the order of its strength.
func (p *pair) direction(relation news.Relation, f fit, long *node) way {
	if relation == news.SharedPassage {
		return way{note: "the same words of a third; no direction"}
	}
	if apart, ok := daysApart(p.a.published, p.b.published); ok && apart > 0 {
		from, to := p.a, p.b
		if from.published > to.published {
			from, to = to, from
		}
		return way{from, "published-earlier", fmt.Sprintf("written %s, the other %s", from.published, to.published)}
	}
	switch relation {
	case news.Trimmed:
		if f.replaced+f.inner > pureCut {
			return way{note: "cut and edited; the text does not show which came first"}
		}
		return way{long, "cut-from-longer", "all of the shorter text stands in the longer in the same order, and the rest is cut"}
	case news.Copy, news.Excerpt:
		// Whose text it is shows where it came from.
		switch aOwn, bOwn := p.a.ownPageOf(p.b), p.b.ownPageOf(p.a); {
		case aOwn && !bOwn:
			return way{p.a, "credited-to-the-other", "the copy credits " + p.b.agency + ", on whose page the other stands"}
		case bOwn && !aOwn:
			return way{p.b, "credited-to-the-other", "the copy credits " + p.a.agency + ", on whose page the other stands"}
		}
		if relation == news.Excerpt {
			// Paragraphs of an agency in a longer text that has no credit: the
			// longer one embeds them. A shorter one may be a cut version of
			// the same report.
			switch {
			case p.a.credited() && !p.b.credited() && p.b == long:
				return way{p.a, "agency-copy-in-own-writing", "paragraphs of " + p.a.agency + " copy inside other writing"}
			case p.b.credited() && !p.a.credited() && p.a == long:
				return way{p.b, "agency-copy-in-own-writing", "paragraphs of " + p.b.agency + " copy inside other writing"}
			}
		}
		return way{note: "the text does not show which came first"}
	case news.EarlierVersion, news.BackgroundReuse:
		if p.a.ordinal != p.b.ordinal {
			from, to := p.a, p.b
			if from.ordinal > to.ordinal {
				from, to = to, from
			}
			return way{from, "update-note", "the later one says so: " + to.v.Meta.Update.Kind}
		}
		if from, note := p.counters(); from != nil {
			return way{from, "counter-rises", note}
		}
		if a, b := p.a.newest, p.b.newest; a != "" && b != "" && a != b {
			from, to := p.a, p.b
			if a > b {
				from, to = to, from
			}
			return way{from, "tells-of-later-day", "the later one tells of " + to.newest + ", the other of nothing after " + from.newest}
		}
	}
	return way{note: "the text does not show which came first"}
}

// ownPageOf reports whether n is a page of the agency that other credits.
func (n *node) ownPageOf(other *node) bool {
	return other.credited() && n.outlet == other.wire
}

func confidence(r news.Relation, d way) float64 {
	c := map[news.Relation]float64{
		news.Copy: .95, news.Trimmed: .9, news.EarlierVersion: .85, news.Excerpt: .7, news.BackgroundReuse: .8, news.SharedPassage: .8,
	}[r]
	if d.rule == "tells-of-later-day" {
		c -= .15
	}
	return c
}

// fold makes names of newsrooms comparable: "CNN" and "cnn.com".
func fold(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	name = strings.TrimPrefix(name, "www.")
	if dot := strings.IndexByte(name, '.'); dot > 0 && !strings.ContainsRune(name, ' ') {
		name = name[:dot]
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, name)
}

// day is the date of an ISO date or time, "" for anything coarser.
func day(value string) string {
	if len(value) < 10 || value[4] != '-' || value[7] != '-' {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, value[:10]); err != nil {
		return ""
	}
	return value[:10]
}

// daysApart is the distance of two dates; ok is false when one is unknown.
func daysApart(a, b string) (days int, ok bool) {
	x, errX := time.Parse(time.DateOnly, a)
	y, errY := time.Parse(time.DateOnly, b)
	if errX != nil || errY != nil {
		return 0, false
	}
	days = int(y.Sub(x).Hours() / 24)
	return max(days, -days), true
}

// newestDay is the newest day that the text tells of, not after the day it
// was written; "" when unknown.
func newestDay(v *news.Version) string {
	written, newest := day(v.Meta.Published.Value), ""
	if written == "" {
		return ""
	}
	for i := range v.Timexes.Items {
		t := &v.Timexes.Items[i]
		if d := day(t.Value); d != "" && d <= written && d > newest {
			newest = d
		}
	}
	return newest
}

// numbered matches the places of an update note that carry its ordinal:
// "UPDATE 2", "3rd LD", "Lead 4", "5th Writethru".
var numbered = regexp.MustCompile(`(?i)\b(?:update|lead|wrapup|urgent)\s*-?\s*(\d{1,2})\b|\b(\d{1,2})(?:st|nd|rd|th)\s+(?:ld|lead|write-?thr[ou]|update)`)

// ordinal is the number of an update note: 0 without a note, 1 for a first
// or unnumbered one.
func ordinal(u *news.Update) int {
	if u == nil {
		return 0
	}
	if m := numbered.FindStringSubmatch(u.Kind + " " + u.Note); m != nil {
		n, _ := strconv.Atoi(m[1] + m[2])
		return n
	}
	return 1
}
