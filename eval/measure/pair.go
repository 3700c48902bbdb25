package measure

import (
	"cmp"
	"slices"

	"github.com/tracewire/tracewire/internal/text"
)

// Pair is an item of the gold and the item of the program that answers it, by
// their places in their lists.
type Pair struct{ Gold, Prog int }

// PairUp pairs items one to one: the best fit of all is taken first, then the
// best of what is left. A fit of 0, or below least, is none. Equal fits go to
// the earlier item, so that the result is a function of the two lists.
func PairUp(nGold, nProg int, least float64, fit func(i, j int) float64) []Pair {
	type candidate struct {
		Pair
		fit float64
	}
	var all []candidate
	for i := range nGold {
		for j := range nProg {
			if f := fit(i, j); f > 0 && f >= least {
				all = append(all, candidate{Pair{i, j}, f})
			}
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.fit, a.fit), cmp.Compare(a.Gold, b.Gold), cmp.Compare(a.Prog, b.Prog))
	})
	takenGold, takenProg := make([]bool, nGold), make([]bool, nProg)
	var out []Pair
	for _, c := range all {
		if !takenGold[c.Gold] && !takenProg[c.Prog] {
			takenGold[c.Gold], takenProg[c.Prog] = true, true
			out = append(out, c.Pair)
		}
	}
	slices.SortFunc(out, func(a, b Pair) int { return cmp.Compare(a.Gold, b.Gold) })
	return out
}

// Unpaired returns the places of the items that no pair holds, of both sides.
func Unpaired(nGold, nProg int, pairs []Pair) (gold, prog []int) {
	inGold, inProg := make([]bool, nGold), make([]bool, nProg)
	for _, p := range pairs {
		inGold[p.Gold], inProg[p.Prog] = true, true
	}
	for i, in := range inGold {
		if !in {
			gold = append(gold, i)
		}
	}
	for j, in := range inProg {
		if !in {
			prog = append(prog, j)
		}
	}
	return gold, prog
}

// OverUnion is the bytes that two spans share over the bytes that either
// covers.
func OverUnion(a, b text.Span) float64 {
	both := a.Common(b)
	if both == 0 {
		return 0
	}
	return float64(both) / float64(a.Len()+b.Len()-both)
}

// Clustering is where one element stands: its gold cluster and its cluster in
// the program's answer.
type Clustering struct{ Gold, Prog string }

// BCubed judges two clusterings of the same elements (Bagga and Baldwin 1998).
// For an element, recall is the part of its gold cluster that shares its
// program cluster, precision the reverse. The sums run over the first n
// elements, though all take part.
func BCubed(in []Clustering, n int) (recall, precision float64) {
	together, gold, prog := map[Clustering]int{}, map[string]int{}, map[string]int{}
	for _, c := range in {
		together[c]++
		gold[c.Gold]++
		prog[c.Prog]++
	}
	for _, c := range in[:n] {
		recall += float64(together[c]) / float64(gold[c.Gold])
		precision += float64(together[c]) / float64(prog[c.Prog])
	}
	return recall, precision
}

// Element is an element with all gold clusters that it may belong to, the
// readers' choice first.
type Element struct {
	Gold []string
	Prog string
}

// Settle decides where disputed elements belong: each goes to the one of its
// gold clusters whose undisputed elements share its program cluster most
// often.
func Settle(in []Element) []Clustering {
	sure := map[Clustering]int{}
	for _, e := range in {
		if len(e.Gold) == 1 {
			sure[Clustering{e.Gold[0], e.Prog}]++
		}
	}
	out := make([]Clustering, len(in))
	for k, e := range in {
		best := e.Gold[0]
		for _, id := range e.Gold[1:] {
			if sure[Clustering{id, e.Prog}] > sure[Clustering{best, e.Prog}] {
				best = id
			}
		}
		out[k] = Clustering{best, e.Prog}
	}
	return out
}
