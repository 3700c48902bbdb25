package gold

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/internal/schema"
)

// ends are the documents of a link; one that is not in the set is "".
type ends struct{ from, to string }

func (e ends) turned() ends { return ends{e.to, e.from} }

// unordered is the same for both directions.
func (e ends) unordered() ends {
	if e.to < e.from {
		return e.turned()
	}
	return e
}

func (s *scorer) lineage(g, p story, texts map[string]string) {
	at := func(l link) ends {
		in := func(doc string) string {
			if _, known := texts[doc]; known {
				return doc
			}
			return ""
		}
		return ends{in(l.From), in(l.To)}
	}
	// An undirected gold link has no direction to get wrong.
	same := func(x, y link) bool {
		a, b := at(x), at(y)
		right := a == b || a == b.turned()
		if x.Directed != nil && *x.Directed {
			right = a == b && (y.Directed == nil || *y.Directed)
		}
		return right && x.Relation == y.Relation
	}
	pairs := measure.PairUp(len(g.Lineage), len(p.Lineage), 0, func(i, j int) float64 { return measure.One(same(g.Lineage[i], p.Lineage[j])) })
	show := func(l link) string {
		return fmt.Sprintf("%s -> %s %s", cmp.Or(short(l.From), l.External, "?"), short(l.To), l.Relation)
	}
	m := s.match("lineage", gold(g.Lineage, func(l link) bool { return l.optional() }, show), prog(p.Lineage, show), pairs, true)
	m.found("links", ofBoth)

	for _, x := range g.Lineage {
		pair := at(x).unordered()
		linked := slices.ContainsFunc(p.Lineage, func(y link) bool { return at(y).unordered() == pair })
		if len(x.Passages) == 0 || x.optional() && !linked {
			continue
		}
		var between []link
		for _, y := range p.Lineage {
			if at(y).unordered() == pair {
				between = append(between, y)
			}
		}
		want, got := passageBytes([]link{x}, texts), passageBytes(between, texts)
		hit := shared(want, got)
		s.count("lineage", "passages (bytes)", measure.Share(float64(hit), len(want)))
		if hit < len(want) {
			s.problem("lineage", "passages", "%s / %s: %d of %d bytes", short(x.From), short(x.To), hit, len(want))
		}
	}
}

// short is the number of a document in the set, for the eye.
func short(doc string) string {
	number, _, _ := strings.Cut(doc, "_")
	return number
}

// byteOf is a byte of a document.
type byteOf struct {
	doc string
	at  int
}

// passageBytes returns the bytes, white space apart, under the passages of
// links on both sides.
func passageBytes(links []link, texts map[string]string) map[byteOf]bool {
	out := map[byteOf]bool{}
	for _, l := range links {
		for _, p := range l.Passages {
			addBytes(out, l.From, p.From, texts)
			addBytes(out, l.To, p.To, texts)
		}
	}
	return out
}

func addBytes(out map[byteOf]bool, doc string, span *schema.Span, texts map[string]string) {
	src := texts[doc] // "" for a document that is not in the set
	at := place(span)
	for i := at.Start; i < min(at.End, len(src)); i++ {
		if !strings.ContainsRune(" \t\n\r\v\f", rune(src[i])) {
			out[byteOf{doc, i}] = true
		}
	}
}

// partition is a list of parts, each a sorted list of documents.
type partition [][]string

// firstPart tells for each document the first part that it stands in.
func (p partition) firstPart() map[string]int {
	out := map[string]int{}
	for k, docs := range p {
		for _, d := range docs {
			if _, has := out[d]; !has {
				out[d] = k
			}
		}
	}
	return out
}

func samePartition(a, b partition) bool {
	return slices.EqualFunc(a, b, func(x, y []string) bool { return slices.Equal(x, y) })
}

func sortedSet(docs []string) []string {
	out := slices.Sorted(slices.Values(docs))
	return slices.Compact(out)
}

// stories compares the documents' stories; stories inside another one are left
// out.
func (s *scorer) stories(g, p story) {
	top := func(st story) partition {
		var out partition
		for _, x := range st.Stories {
			if x.PartOf == "" {
				out = append(out, sortedSet(x.Documents))
			}
		}
		slices.SortFunc(out, slices.Compare[[]string])
		return out
	}
	a, b := top(g), top(p)
	inGold, inProg := a.firstPart(), b.firstPart()
	var in []measure.Clustering
	for _, d := range slices.Concat(a...) {
		if k, has := inProg[d]; has {
			in = append(in, measure.Clustering{Gold: fmt.Sprint(inGold[d]), Prog: fmt.Sprint(k)})
			delete(inProg, d) // a document counts once
		}
	}
	recall, precision := measure.BCubed(in, len(in))
	s.count("stories", "B-cubed", measure.Weighted(recall, len(inGold), precision, len(b.firstPart())))
	s.exact("stories", a, b)
}

// thread asks of any two documents of different steps whether the program has
// them in the same order.
func (s *scorer) thread(g, p story) {
	steps := func(st story) partition {
		byOrder := map[int][]string{}
		var orders []int
		for k, x := range st.Thread {
			order := k + 1
			if x.Order != nil {
				order = *x.Order
			}
			if byOrder[order] == nil {
				orders = append(orders, order)
			}
			byOrder[order] = append(byOrder[order], x.Documents...)
		}
		slices.Sort(orders)
		var out partition
		for _, o := range slices.Compact(orders) {
			out = append(out, sortedSet(byOrder[o]))
		}
		return out
	}
	a, b := steps(g), steps(p)
	inGold, inProg := a.firstPart(), b.firstPart()
	for x, first := range inGold {
		for y, second := range inGold {
			if first >= second {
				continue
			}
			i, hasX := inProg[x]
			j, hasY := inProg[y]
			s.count("thread", "order", measure.Share(measure.One(hasX && hasY && i < j), 1))
		}
	}
	s.exact("thread", a, b)
}

func (s *scorer) exact(layer string, want, got partition) {
	same := samePartition(want, got)
	s.count(layer, "exact", measure.Share(measure.One(same), 1))
	if !same {
		s.problem(layer, "differs", "%s, program has %s", want.short(), got.short())
	}
}

// short prints the parts with the numbers of the documents.
func (p partition) short() string {
	var parts []string
	for _, docs := range p {
		var numbers []string
		for _, d := range docs {
			numbers = append(numbers, short(d))
		}
		parts = append(parts, strings.Join(numbers, " "))
	}
	return "[" + strings.Join(parts, " | ") + "]"
}

// timeline pairs events of the same date by the documents they share.
func (s *scorer) timeline(g, p story) {
	pairs := measure.PairUp(len(g.Timeline), len(p.Timeline), 0, func(i, j int) float64 {
		x, y := g.Timeline[i], p.Timeline[j]
		if withoutTime(x.Date) != withoutTime(y.Date) {
			return 0
		}
		return likeness(set(x.Documents), set(y.Documents))
	})
	show := func(e event) string {
		return fmt.Sprintf("%s %s, %s", withTime(e.Date), e.Event, partition{e.Documents}.short())
	}
	m := s.match("timeline", gold(g.Timeline, func(e event) bool { return e.optional() }, show), prog(p.Timeline, show), pairs, true)
	m.found("events", ofBoth)
}

func withTime(date *string) string {
	if date == nil {
		return "no date"
	}
	return *date
}

// withoutTime cuts a TIMEX3 value before its time of day: a T after a digit.
func withoutTime(date *string) string {
	v := withTime(date)
	for i := 1; i < len(v); i++ {
		if v[i] == 'T' && '0' <= v[i-1] && v[i-1] <= '9' {
			return v[:i]
		}
	}
	return v
}
