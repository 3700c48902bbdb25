// Package change tells what is different between two versions of a report: by
// sentence, and in facts — numbers, names, days, attributions, hedges.
package change

import (
	"slices"
	"sort"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// similar is the share of common words from which a sentence counts as an
// edited form of another.
const similar = 0.4

// Between compares the headline and body of two versions, a the earlier.
func Between(a, b *news.Version) news.Changes {
	sa, sb := prose(a), prose(b)
	pairs := align(sa, sb)
	var c news.Changes
	usedA, usedB := map[int]int{}, map[int]int{}
	for _, p := range pairs {
		usedA[p.i], usedB[p.j] = p.j, p.i
	}
	next := 0
	for j := range sb {
		// what was dropped before this sentence stands where it stood
		i, ok := usedB[j]
		for ok && next < i {
			if _, used := usedA[next]; !used {
				c.Sentences = append(c.Sentences, news.SentenceChange{Kind: news.Dropped, A: sa[next].span})
			}
			next++
		}
		switch {
		case !ok:
			c.Sentences = append(c.Sentences, news.SentenceChange{Kind: news.Added, B: sb[j].span})
		case sa[i].key == sb[j].key && i < next:
			c.Sentences = append(c.Sentences, news.SentenceChange{Kind: news.Moved, A: sa[i].span, B: sb[j].span})
		case sa[i].key == sb[j].key:
			c.Sentences = append(c.Sentences, news.SentenceChange{Kind: news.Kept, A: sa[i].span, B: sb[j].span})
		default:
			c.Sentences = append(c.Sentences, news.SentenceChange{Kind: news.Edited, A: sa[i].span, B: sb[j].span})
		}
		if ok {
			next = max(next, i+1)
		}
	}
	for ; next < len(sa); next++ {
		if _, used := usedA[next]; !used {
			c.Sentences = append(c.Sentences, news.SentenceChange{Kind: news.Dropped, A: sa[next].span})
		}
	}
	c.Facts = facts(a, b, c.Sentences)
	return c
}

// line is a sentence ready to be compared.
type line struct {
	span  text.Span
	words map[string]bool
	key   string // its words in one form
}

func prose(v *news.Version) []line {
	var out []line
	for _, s := range v.Sentences.Items {
		if s.Why.Rule == "dateline" || s.Label != news.Body && s.Label != news.Headline {
			continue
		}
		l := line{span: s.Span, words: map[string]bool{}}
		var key []string
		for _, t := range v.Tokens[s.First:s.Last] {
			switch t.Tag {
			case news.Punct, news.Open, news.Close:
				continue
			}
			key = append(key, t.Lower)
			l.words[t.Lower] = true
		}
		if len(key) == 0 {
			continue
		}
		l.key = strings.Join(key, " ")
		out = append(out, l)
	}
	return out
}

type pair struct {
	i, j int
	like float64
}

// align pairs sentences: equal ones first, then the likest, each once. Sharing
// a word of low frequency is what makes two worth comparing.
func align(a, b []line) []pair {
	holders := map[string][]int{}
	for j := range b {
		for w := range b[j].words {
			holders[w] = append(holders[w], j)
		}
	}
	var all []pair
	for i := range a {
		seen := map[int]bool{}
		for w := range a[i].words {
			if h := holders[w]; len(h) <= 12 {
				for _, j := range h {
					if !seen[j] {
						seen[j] = true
						if l := likeness(a[i], b[j]); l >= similar {
							all = append(all, pair{i, j, l})
						}
					}
				}
			}
		}
	}
	sort.Slice(all, func(x, y int) bool {
		p, q := all[x], all[y]
		if p.like != q.like {
			return p.like > q.like
		}
		if d, e := abs(p.i-p.j), abs(q.i-q.j); d != e {
			return d < e
		}
		if p.i != q.i {
			return p.i < q.i
		}
		return p.j < q.j
	})
	var out []pair
	doneA, doneB := map[int]bool{}, map[int]bool{}
	for _, p := range all {
		if !doneA[p.i] && !doneB[p.j] {
			doneA[p.i], doneB[p.j] = true, true
			out = append(out, p)
		}
	}
	return out
}

func likeness(a, b line) float64 {
	if a.key == b.key {
		return 1
	}
	n := 0
	for w := range a.words {
		if b.words[w] {
			n++
		}
	}
	return float64(n) / float64(len(a.words)+len(b.words)-n) * 0.99
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// facts reads the layers of what changed.
func facts(a, b *news.Version, sentences []news.SentenceChange) []news.FactChange {
	var out []news.FactChange
	for _, s := range sentences {
		if s.Kind != news.Edited {
			continue
		}
		out = append(out, numbers(a, b, s)...)
		out = append(out, attributions(a, b, s)...)
		out = append(out, hedges(a, b, s)...)
	}
	out = append(out, names(a, b)...)
	out = append(out, days(a, b)...)
	return out
}

// numbers finds counts of one thing that differ in two forms of a sentence.
func numbers(a, b *news.Version, s news.SentenceChange) []news.FactChange {
	var out []news.FactChange
	seen := map[string]bool{}
	for _, x := range quantities(a, s.A) {
		for _, y := range quantities(b, s.B) {
			if x.Unit == "" || x.Unit != y.Unit || x.Low == y.Low && x.High == y.High || seen[x.Unit] {
				continue
			}
			seen[x.Unit] = true
			out = append(out, news.FactChange{Kind: "number", What: x.Unit, Was: x.String(), Is: y.String(), A: x.Span, B: y.Span, Why: news.Why{Rule: "one unit, another number", Confidence: 0.8}})
		}
	}
	return out
}

func quantities(v *news.Version, s text.Span) []news.Quantity {
	var out []news.Quantity
	seen := map[text.Span]bool{}
	for _, c := range v.Claims.Items {
		if !s.Contains(c.Span) {
			continue
		}
		for _, q := range c.Frame.Numbers {
			if !seen[q.Span] {
				seen[q.Span] = true
				out = append(out, q)
			}
		}
	}
	return out
}

// attributions finds a statement that is now given to somebody else.
func attributions(a, b *news.Version, s news.SentenceChange) []news.FactChange {
	was, is := speakers(a, s.A), speakers(b, s.B)
	if len(was) != 1 || len(is) != 1 || was[0].SourceID == is[0].SourceID {
		if len(was) == 0 && len(is) == 1 {
			return []news.FactChange{{Kind: "attribution", What: "said by", Is: is[0].SourceID, B: is[0].Content, Why: news.Why{Rule: "a speaker added", Confidence: 0.7}}}
		}
		if len(was) == 1 && len(is) == 0 {
			return []news.FactChange{{Kind: "attribution", What: "said by", Was: was[0].SourceID, A: was[0].Content, Why: news.Why{Rule: "a speaker dropped", Confidence: 0.7}}}
		}
		return nil
	}
	return []news.FactChange{{Kind: "attribution", What: "said by", Was: was[0].SourceID, Is: is[0].SourceID, A: was[0].Content, B: is[0].Content, Why: news.Why{Rule: "another speaker", Confidence: 0.7}}}
}

func speakers(v *news.Version, s text.Span) []news.Quote {
	var out []news.Quote
	for _, q := range v.Quotes.Items {
		if q.Content.Overlaps(s) && q.NestedIn == "" && !slices.ContainsFunc(out, func(o news.Quote) bool { return o.SourceID == q.SourceID }) {
			out = append(out, q)
		}
	}
	return out
}

// hedges finds what was taken back a little, or is said plainly now.
func hedges(a, b *news.Version, s news.SentenceChange) []news.FactChange {
	was, at := hedge(a, s.A)
	is, bt := hedge(b, s.B)
	if was == is {
		return nil
	}
	return []news.FactChange{{Kind: "hedge", What: "hedged by", Was: was, Is: is, A: at, B: bt, Why: news.Why{Rule: "a hedge added or dropped", Confidence: 0.7}}}
}

func hedge(v *news.Version, s text.Span) (string, text.Span) {
	for _, c := range v.Claims.Items {
		if s.Contains(c.Span) && c.Hedge != "" {
			return c.Hedge, c.Span
		}
	}
	return "", text.Span{}
}

// names lists people, bodies and places that only one version names.
func names(a, b *news.Version) []news.FactChange {
	return oneSided("name", "named", 0.7, entities(a), entities(b))
}

func entities(v *news.Version) map[string]text.Span {
	out := map[string]text.Span{}
	for _, e := range v.Entities.Items {
		for _, m := range e.Mentions {
			if !m.Nominal && inProse(v, m.Span) {
				out[e.ID] = m.Span
				break
			}
		}
	}
	return out
}

// days lists the days that only one version speaks of.
func days(a, b *news.Version) []news.FactChange {
	return oneSided("day", "speaks of", 0.6, dates(a), dates(b))
}

// oneSided lists what stands on one side only: the dropped first, then the
// added, each by name.
func oneSided(kind, what string, confidence float64, a, b map[string]text.Span) []news.FactChange {
	var out []news.FactChange
	for _, x := range sortedKeys(a) {
		if _, ok := b[x]; !ok {
			out = append(out, news.FactChange{Kind: kind, What: what, Was: x, A: a[x], Why: news.Why{Rule: "a " + kind + " dropped", Confidence: confidence}})
		}
	}
	for _, x := range sortedKeys(b) {
		if _, ok := a[x]; !ok {
			out = append(out, news.FactChange{Kind: kind, What: what, Is: x, B: b[x], Why: news.Why{Rule: "a " + kind + " added", Confidence: confidence}})
		}
	}
	return out
}

func dates(v *news.Version) map[string]text.Span {
	out := map[string]text.Span{}
	for _, t := range v.Timexes.Items {
		if (t.Type == "DATE" || t.Type == "TIME") && len(t.Value) >= 10 && t.Value[0] <= '9' && inProse(v, t.Span) {
			if d := t.Value[:10]; out[d].Empty() {
				out[d] = t.Span
			}
		}
	}
	return out
}

// inProse reports whether a place stands in the headline or the body.
func inProse(v *news.Version, s text.Span) bool {
	items := v.Sentences.Items
	i := sort.Search(len(items), func(i int) bool { return items[i].Span.End > s.Start })
	return i < len(items) && items[i].Span.Overlaps(s) && items[i].Why.Rule != "dateline" && (items[i].Label == news.Body || items[i].Label == news.Headline)
}

func sortedKeys(m map[string]text.Span) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
