package quote

import (
	"sort"

	"github.com/tracewire/tracewire/internal/news"
)

// This file finds the speaker of quotations that stand without one.

// unattributed gives quoted sentences that no pattern reached to a speaker:
// the one of the same paragraph, else the one before when the paragraph is
// nothing but a quotation.
func (f *finder) unattributed(p paragraph, all []found) []found {
	ts := f.v.Tokens
	for _, m := range p.marks {
		if ts[m.first].Lower != `"` || m.last-m.first < 6 || covered(all, m) {
			continue
		}
		c := clauseReader{f: f, ts: ts, p: p, first: p.first, last: p.last}
		if !c.hasVerb(tokens{m.first + 1, m.last}) {
			continue
		}
		starts := m.first == p.first || c.boundary(m.first-1) || ts[m.first-1].Lower == ","
		if !starts {
			continue
		}
		var head *found
		for k := range all {
			a := &all[k]
			if a.continuation == 0 && a.cue.first < m.first && (head == nil || a.cue.first > head.cue.first) && !a.belief {
				head = a
			}
		}
		if head != nil {
			a := *head
			f.seq++
			a.id, a.content, a.continuation, a.rule, a.confidence = f.seq, m, head.id, "quotation goes on", 0.8
			all = append(all, a)
			continue
		}
		if m.first == p.first && len(f.out) > 0 {
			last := f.out[len(f.out)-1]
			if f.asks(&last) { // the answer is another's
				if last = f.otherSpeaker(last); last.SourceID == "" {
					continue
				}
			}
			if who := f.subjectSince(last, p); who != "" && who != last.SourceID {
				continue // another has come between
			}
			if last.line >= p.line-4 && last.speaker == news.Person && !last.belief {
				a := last.found
				f.seq++
				a.id, a.content, a.via = f.seq, m, last.found.via
				a.inherit, a.continuation, a.rule, a.confidence = last.found.id, 0, "speaker of the paragraph before", 0.6
				all = append(all, a)
			}
		}
	}
	return all
}

// subjectSince is the person whom the sentences between a quote and a paragraph are
// about, "" if there are none.
func (f *finder) subjectSince(o quoteAt, p paragraph) string {
	ts, items := f.v.Tokens, f.v.Sentences.Items
	at := sort.Search(len(items), func(k int) bool { return items[k].Last > p.first })
	for k := at - 1; k >= 0 && items[k].First > max(o.cue.first, o.content.first); k-- {
		s := items[k]
		if s.Label != news.Body {
			continue
		}
		for _, n := range f.overlapping(s.Span) {
			if n.kind != news.Person || n.nominal || n.span.Start < s.Span.Start || f.owns(n.span.End) || f.afterPreposition(n.extent.Start) {
				continue
			}
			if first := ts[s.First].Span.Start; n.extent.Start <= first+1 && f.governs(n.span.End) {
				return n.id
			}
			break
		}
		return ""
	}
	return ""
}

// asks reports whether the quote is a question to somebody.
func (f *finder) asks(o *quoteAt) bool {
	ts := f.v.Tokens
	return !o.cue.empty() && ts[o.cue.first].Lemma == "ask" && o.content.last-2 > o.content.first && ts[o.content.last-1].Tag == news.Close && ts[o.content.last-2].Lower == "?"
}

// otherSpeaker is the last quote of somebody else than the one who asks.
func (f *finder) otherSpeaker(asks quoteAt) quoteAt {
	for k := len(f.out) - 2; k >= 0 && k >= len(f.out)-8; k-- {
		if o := f.out[k]; o.speaker == news.Person && o.SourceID != asks.SourceID && o.nestedIn == 0 && o.line >= asks.line-8 {
			o.line = asks.line
			return o
		}
	}
	return quoteAt{}
}

func covered(all []found, m tokens) bool {
	for _, a := range all {
		if min(a.content.last, m.last)-max(a.content.first, m.first) > (m.last-m.first)/2 {
			return true
		}
	}
	return false
}
