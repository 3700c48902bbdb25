package lineage

import (
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// moment is the newest time that a text tells of as past.
type moment struct {
	value string // "2031-05-06", "2031-05-06T14:20"
	span  text.Span
}

// newestMoment is the newest time that the body tells of, not after the day it
// was written; parts of the day count as the hour at which they begin.
func newestMoment(v *news.Version, b *body) moment {
	written := day(v.Meta.Published.Value)
	var newest moment
	if written == "" {
		return newest
	}
	for i := range v.Timexes.Items {
		t := &v.Timexes.Items[i]
		d := day(t.Value)
		if d == "" || d > written || b.at(t.Span.Start) == b.at(t.Span.End) {
			continue
		}
		value := d
		if at := hourOf(t.Value[10:]); at != "" {
			value += at
		}
		if value > newest.value {
			newest = moment{value, t.Span}
		}
	}
	return newest
}

// hourOf is the hour of a TIMEX3 time of day, "" if there is none.
func hourOf(s string) string {
	switch s {
	case "TMO":
		return "T06:00"
	case "TMI":
		return "T12:00"
	case "TAF":
		return "T13:00"
	case "TEV":
		return "T18:00"
	case "TNI":
		return "T21:00"
	}
	if len(s) >= 6 && s[0] == 'T' && '0' <= s[1] && s[1] <= '2' {
		return s[:6]
	}
	return ""
}

// turnWords speak of what is to come, or of what has come about, in any
// report; and report.
var turnWords = func() map[string]turnKind {
	m := map[string]turnKind{}
	for kind, words := range map[turnKind]string{
		looksAhead: `will would upcoming ahead expected expects plans planned hopes hoping scheduled eve prepares preparing looms
			looming due tomorrow before intends awaits`,
		looksBack: `after following afterwards later ended concluded wrapped emerged declared revealed announced confirmed arrived
			met began opened signed landed released returned left agreed denied`,
		saysNow:  `says tells adds calls asks writes tweets`,
		saidThen: `said told added called asked wrote tweeted`,
	} {
		for _, w := range strings.Fields(words) {
			m[w] = kind // of 3 to 10 letters: see turnOf
		}
	}
	return m
}()

// turnOf is what an ASCII word says of time, 0 if nothing.
func turnOf(w string) turnKind {
	var low [10]byte // no longer word is in turnWords
	if len(w) < 3 || len(w) > len(low) {
		return 0
	}
	for i := range len(w) {
		low[i] = w[i] | 0x20
	}
	return turnWords[string(low[:len(w)])]
}

// turn is a word outside quotation marks that shows where in time a text
// stands.
type turn struct {
	at   int // body bytes before it
	kind turnKind
	span text.Span
}

type turnKind uint8

const (
	looksAhead turnKind = iota + 1
	looksBack
	saysNow // reports in the present tense, as first takes do
	saidThen
)

// turns finds the turns of a body.
func turns(v *news.Version, b *body) []turn {
	var out []turn
	for i, s := range b.spans {
		quoted := false
		for at := s.Start; at < s.End; {
			c := v.Text[at]
			switch {
			case c == '"':
				quoted = !quoted
			case strings.HasPrefix(v.Text[at:], "“"):
				quoted = true
			case strings.HasPrefix(v.Text[at:], "”"):
				quoted = false
			}
			if !isLetter(c) {
				at++
				continue
			}
			end := at + 1
			for end < s.End && isLetter(v.Text[end]) {
				end++
			}
			if kind := turnOf(v.Text[at:end]); kind != 0 && !quoted {
				out = append(out, turn{b.upTo[i] + at - s.Start, kind, text.Span{Start: at, End: end}})
			}
			at = end
		}
	}
	return out
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// item is the newest item of a rolling log: its time of day.
type item struct {
	minute int
	span   text.Span
	ok     bool
}

// latestItem finds times of day on lines of their own, and takes the latest;
// one alone, on a page that is no live blog, is the clock of the page.
func latestItem(v *news.Version) (newest item) {
	n := 0
	for i := range v.Lines.Items {
		l := &v.Lines.Items[i]
		s := strings.TrimSpace(l.Span.Of(v.Text))
		if len(s) > len("10:30 a.m. (12:30 GMT)") {
			continue
		}
		m := ofDay.FindStringIndex(s)
		if m == nil || m[0] != 0 || len(s)-m[1] > 1 {
			continue
		}
		h, minute, _, ok := timeNear(s, 0, 0)
		if !ok {
			continue
		}
		n++
		if at := h*60 + minute; !newest.ok || at > newest.minute {
			newest = item{at, l.Span, true}
		}
	}
	if n < 2 && v.Meta.Kind != news.LiveBlog {
		return item{}
	}
	return newest
}
