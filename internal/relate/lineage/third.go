package lineage

import (
	"slices"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// ofThird is how much of what two texts have in common must stand in an
// agency's copy for both to have it from there.
const ofThird = .8

// manyThirds bounds the agency texts that are looked at for one pair.
const manyThirds = 64

// findThirds notes for each excerpt between two texts, neither of which
// credits an agency for it, the agency copy in which the same words stand:
// then neither need have them of the other.
func findThirds(pairs []pair) {
	type side struct {
		pair *pair
		isA  bool // the credited text is the pair's a
	}
	of := map[*node][]side{} // text -> pairs with credited agency copy
	for i := range pairs {
		p := &pairs[i]
		if p.relation == "" || p.relation == news.SharedPassage {
			continue
		}
		if p.a.credited() {
			of[p.b] = append(of[p.b], side{p, true})
		}
		if p.b.credited() {
			of[p.a] = append(of[p.a], side{p, false})
		}
	}
	held := func(n *node, s side) (z *node, spans []text.Span) {
		z, own := s.pair.b, sideA
		if s.isA {
			z, own = s.pair.a, sideB
		}
		for _, x := range s.pair.o.Passages {
			spans = append(spans, own(x))
		}
		return z, spans
	}
	for i := range pairs {
		p := &pairs[i]
		if p.relation != news.Excerpt || p.a.credited() || p.b.credited() {
			continue
		}
		var ofA, ofB []text.Span
		for _, x := range p.o.Passages {
			if x.Kind != news.Furniture {
				ofA, ofB = append(ofA, x.A), append(ofB, x.B)
			}
		}
		for _, s := range of[p.a][:min(len(of[p.a]), manyThirds)] {
			z, spans := held(p.a, s)
			if z == p.b || z.wire == p.a.wire || z.wire == p.b.wire || common(ofA, spans) < ofThird {
				continue
			}
			k := slices.IndexFunc(of[p.b][:min(len(of[p.b]), manyThirds)], func(t side) bool {
				y, spans := held(p.b, t)
				return y.wire == z.wire && y != p.a && common(ofB, spans) >= ofThird
			})
			if k >= 0 {
				p.third = z
				break
			}
		}
	}
}

// common is the share of the first spans that lies in the second.
func common(of, in []text.Span) float64 {
	all, common := 0, 0
	for _, s := range of {
		all += s.Len()
		for _, t := range in {
			common += s.Common(t)
		}
	}
	return share(common, all)
}
