package gold

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/text"
)

// pair is an item of the gold and the item of the program that answers it, by
// their places in their lists.
type pair struct{ gold, prog int }

// pairUp pairs items one to one: the best fit of all is taken first, then the
// best of what is left. A fit of 0, or below least, is none. Equal fits go to
// the earlier item, so that the result is a function of the two lists.
func pairUp(nGold, nProg int, least float64, fit func(i, j int) float64) []pair {
	type candidate struct {
		pair
		fit float64
	}
	var all []candidate
	for i := range nGold {
		for j := range nProg {
			if f := fit(i, j); f > 0 && f >= least {
				all = append(all, candidate{pair{i, j}, f})
			}
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.fit, a.fit), cmp.Compare(a.gold, b.gold), cmp.Compare(a.prog, b.prog))
	})
	takenGold, takenProg := make([]bool, nGold), make([]bool, nProg)
	var out []pair
	for _, c := range all {
		if !takenGold[c.gold] && !takenProg[c.prog] {
			takenGold[c.gold], takenProg[c.prog] = true, true
			out = append(out, c.pair)
		}
	}
	slices.SortFunc(out, func(a, b pair) int { return cmp.Compare(a.gold, b.gold) })
	return out
}

// overUnion is the bytes that two spans share over the bytes that either
// covers.
func overUnion(a, b text.Span) float64 {
	both := a.Common(b)
	if both == 0 {
		return 0
	}
	return float64(both) / float64(a.Len()+b.Len()-both)
}

// bestOverUnion is the greatest overUnion of b with one of the spans.
func bestOverUnion(as []text.Span, b text.Span) float64 {
	best := 0.0
	for _, a := range as {
		best = max(best, overUnion(a, b))
	}
	return best
}

// without returns the span less the characters of cutset at both ends; a span
// of nothing else stays as it is.
func without(s text.Span, src, cutset string) text.Span {
	if s.Start >= len(src) {
		return s
	}
	in := src[s.Start:min(s.End, len(src))]
	left, right := strings.TrimLeft(in, cutset), strings.TrimRight(in, cutset)
	if right == "" {
		return s
	}
	return text.Span{Start: s.End - len(left), End: s.Start + len(right)}
}

// inked returns the places of all bytes under the spans that are not white
// space.
func inked(spans []text.Span, src string) map[int]bool {
	out := map[int]bool{}
	for _, s := range spans {
		for i := s.Start; i < min(s.End, len(src)); i++ {
			switch src[i] {
			case ' ', '\t', '\n', '\r', '\v', '\f':
			default:
				out[i] = true
			}
		}
	}
	return out
}

// shared counts the elements of a that are in b.
func shared[K comparable](a, b map[K]bool) int {
	n := 0
	for k := range a {
		if b[k] {
			n++
		}
	}
	return n
}

// likeness is the elements that two sets share over those in either.
func likeness[K comparable](a, b map[K]bool) float64 {
	both := shared(a, b)
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// union returns the elements of all sets.
func union[K comparable](sets ...map[K]bool) map[K]bool {
	out := map[K]bool{}
	for _, s := range sets {
		for k := range s {
			out[k] = true
		}
	}
	return out
}

// set returns the elements of a list.
func set[K comparable](list []K) map[K]bool {
	out := make(map[K]bool, len(list))
	for _, k := range list {
		out[k] = true
	}
	return out
}

// bcubed judges two clusterings of the same elements, each given as the
// clusters it stands in on either side (Bagga and Baldwin 1998). For an
// element, recall is the part of its gold cluster that shares its program
// cluster, precision the reverse. The sums run over the first n elements,
// though all take part.
func bcubed(in []clustering, n int) (recall, precision float64) {
	together, gold, prog := map[clustering]int{}, map[string]int{}, map[int]int{}
	for _, c := range in {
		together[c]++
		gold[c.gold]++
		prog[c.prog]++
	}
	for _, c := range in[:n] {
		recall += float64(together[c]) / float64(gold[c.gold])
		precision += float64(together[c]) / float64(prog[c.prog])
	}
	return recall, precision
}

// clustering is where one element stands: the name of its gold cluster and the
// number of its program cluster.
type clustering struct {
	gold string
	prog int
}
