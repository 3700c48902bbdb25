package lineage

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// way is which of two texts came first, and what shows it; from is nil where
// nothing does.
type way struct {
	from   *node
	unsure bool // from is the longer one, not the earlier
	rule   string
	note   string
	common string  // what both are from
	likely float64 // of the way being right, 0 if it is not in doubt
}

// direction looks for what shows the way of a pair.
func (p *pair) direction(long *node, z map[step]float64) way {
	short := p.a
	if short == long {
		short = p.b
	}
	switch p.relation {
	case news.SharedPassage:
		return way{note: "the same words of a third; no direction"}
	case news.Trimmed:
		if p.bothOfWire() {
			return way{from: long, note: "both are " + long.agency + " copy, one of it cut", unsure: true}
		}
		return way{from: long, rule: "cut-from-longer", note: "the shorter text stands in the longer in the same order, and the rest is cut"}
	case news.EarlierVersion:
		k, sum := step{p.a.edition, p.b.edition}, 0.
		if k.b.name < k.a.name {
			sum = -z[step{k.b, k.a}]
		} else {
			sum = z[k]
		}
		return p.way(sum, tellVersions)
	case news.Copy, news.Excerpt:
		// Whose text it is shows where it came from.
		switch aOwn, bOwn := p.a.ownPageOf(p.b), p.b.ownPageOf(p.a); {
		case aOwn && !bOwn:
			return way{from: p.a, rule: "credited-to-the-other", note: "the copy credits " + p.b.agency + ", on whose page the other stands"}
		case bOwn && !aOwn:
			return way{from: p.b, rule: "credited-to-the-other", note: "the copy credits " + p.a.agency + ", on whose page the other stands"}
		}
		if p.relation == news.Copy {
			break // the earlier of two copies need not be whence the other is
		}
		switch aNames, bNames := p.a.names(p.b, p.o.Passages, sideA), p.b.names(p.a, p.o.Passages, sideB); {
		case aNames.Len() > 0 && bNames.Empty():
			return way{from: p.b, rule: "names-the-other", note: "the other names it next to its words: “" + aNames.Of(p.a.v.Text) + "”"}
		case bNames.Len() > 0 && aNames.Empty():
			return way{from: p.a, rule: "names-the-other", note: "the other names it next to its words: “" + bNames.Of(p.b.v.Text) + "”"}
		}
		// Paragraphs of an agency in a longer text that has no credit: the
		// longer one embeds them. A shorter one may be a cut version of the
		// same report.
		switch {
		case short.credited() && !long.credited():
			return way{from: short, rule: "agency-copy-in-own-writing", note: "paragraphs of " + short.agency + " copy inside other writing"}
		case p.third != nil:
			return way{note: "both have these words of " + p.third.agency + " copy", common: describe(p.third.agency, p.third)}
		case !p.bothOfWire():
			p.x = p.clues()
			return p.way(p.logit(&p.x), tellExcerpts)
		}
	case news.BackgroundReuse:
		p.x = p.clues()
		return p.way(p.logit(&p.x), tellExcerpts)
	}
	return way{note: unshown}
}

const unshown = "the text does not show which came first"

// way tells the direction when the logit says enough.
func (p *pair) way(z, enough float64) way {
	from, to := p.a, p.b
	if z < 0 {
		from, to = to, from
	}
	if math.Abs(z) < enough {
		return way{note: unshown}
	}
	rule, note := p.evidence(from, to)
	if rule == "" {
		return way{note: unshown}
	}
	return way{from: from, rule: rule, note: note, likely: likely(z)}
}

// bothOfWire reports whether both are pickups of one agency: neither need be
// taken from the other.
func (p *pair) bothOfWire() bool {
	return p.a.credited() && p.b.credited() && p.a.wire == p.b.wire
}

// nextTo is how far from words a text names whose they are, in bytes: the
// sentence before, or the line after a paragraph or two.
const nextTo = 300

// names is where the text of n names the newsroom of other, another than its
// own, next to words that both have; empty if it does not.
func (n *node) names(other *node, passages []news.Passage, own func(news.Passage) text.Span) text.Span {
	if other.wire == "" || n.wire == other.wire || n.outlet == other.wire {
		return text.Span{}
	}
	for _, e := range n.bodies() {
		if !slices.Contains(e.called[:], other.wire) {
			continue
		}
		for _, m := range e.mentions {
			for _, p := range passages {
				at := own(p)
				if p.Kind != news.Furniture && m.Span.End > at.Start-nextTo && m.Span.Start < at.End+nextTo {
					return m.Span
				}
			}
		}
	}
	return text.Span{}
}

// named is a thing with a name that is no person.
type named struct {
	called   [4]string // its name and its first mention, folded, and the initials of both
	mentions []news.Mention
}

// bodiesOf lists what a text names that is no person.
func bodiesOf(v *news.Version) []named {
	out := make([]named, 0, len(v.Entities.Items))
	for i := range v.Entities.Items {
		e := &v.Entities.Items[i]
		if e.Type == news.Person {
			continue
		}
		x := named{mentions: e.Mentions}
		x.called[0], x.called[1] = fold(e.ID), initials(e.ID)
		if len(e.Mentions) > 0 {
			first := e.Mentions[0].Span.Of(v.Text)
			x.called[2], x.called[3] = fold(first), initials(first)
		}
		out = append(out, x)
	}
	return out
}

// initials are those of the words of a name, "" for one word: "The Associated
// Press" is called AP.
func initials(name string) string {
	out := ""
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' }) {
		if w != "The" && w != "the" {
			out += strings.ToLower(w[:1])
		}
	}
	if len(out) < 2 {
		return ""
	}
	return out
}

// ownPageOf reports whether n is a page of the agency that other credits.
func (n *node) ownPageOf(other *node) bool {
	return other.credited() && n.outlet == other.wire
}

func confidence(r news.Relation, d way) float64 {
	c := 0.
	switch r {
	case news.Copy:
		c = .95
	case news.Trimmed:
		c = .9
	case news.EarlierVersion:
		c = .85
	case news.Excerpt:
		c = .7
	case news.BackgroundReuse, news.SharedPassage:
		c = .8
	}
	if d.likely > 0 {
		c = min(c, d.likely)
	}
	return c
}

// fold makes names of newsrooms comparable: "CNN" and "cnn.com", "The Times"
// and "Times".
func fold(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	name = strings.TrimPrefix(strings.TrimPrefix(name, "www."), "the ")
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
