package corroborate

import (
	"math"
	"slices"

	"github.com/tracewire/tracewire/internal/relate"
)

// What it does to the likeness of two statements that each is by far the likest
// to the other on its page.
const (
	preferBy  = 0.7  // added to the logit
	choiceAt  = 0.35 // share of the best that the second best may have
	pagesSeen = 6    // pages of a bundle that are looked at
)

// choices are the likenesses of one bundle to those of one page: the best, and
// the second best.
type choices struct{ first, second float64 }

// prefer raises the likeness of pairs that choose each other. A page tells a
// thing once: what is much more like than everything else on it, from both
// sides, says the same more often than the words alone show. Pairs are all those
// that were compared and are alike at all.
func prefer(in []bundle, pairs []pair) {
	of := pairsOf(len(in), pairs)
	pages := 0
	for i := range in {
		for _, d := range in[i].docs {
			pages = max(pages, d+1)
		}
	}
	chosen := make([][2]bool, len(pairs)) // by its first bundle, and by its second
	relate.Stretches(len(in), bundlesInARow, func(from, to int) {
		on := make([]choices, pages) // of the bundle at hand
		for b := from; b < to; b++ {
			choose(in, pairs, b, of[b], on, chosen)
		}
	})
	relate.Stretches(len(pairs), inARow*inARow, func(from, to int) {
		for i := from; i < to; i++ {
			x, y := &in[pairs[i].a], &in[pairs[i].b]
			if chosen[i] == [2]bool{true, true} && min(x.first.weight, y.first.weight) >= few && !onOnePage(x, y) && !headsApart(x.first, y.first) {
				if l := pairs[i].like; l < 0.7 {
					pairs[i].like = 1 / (1 + math.Exp(-preferBy)*(1-l)/l)
				}
			}
		}
	})
}

// pairsOf lists for each of n bundles the pairs that it is in.
func pairsOf(n int, pairs []pair) [][]int32 {
	count := make([]int32, n)
	for _, p := range pairs {
		count[p.a]++
		count[p.b]++
	}
	slab, out := make([]int32, 2*len(pairs)), make([][]int32, n)
	for b, c := range count {
		out[b], slab = slab[:0:c], slab[c:]
	}
	for i, p := range pairs {
		out[p.a], out[p.b] = append(out[p.a], int32(i)), append(out[p.b], int32(i))
	}
	return out
}

// choose notes which of its pairs a bundle chooses. on is empty, and left so.
func choose(in []bundle, pairs []pair, b int, held []int32, on []choices, chosen [][2]bool) {
	other := func(i int32) []int {
		o := &in[pairs[i].a+pairs[i].b-b]
		return o.docs[:min(len(o.docs), pagesSeen)]
	}
	for _, i := range held {
		for _, d := range other(i) {
			switch c, like := &on[d], pairs[i].like; {
			case like > c.first:
				c.first, c.second = like, c.first
			case like > c.second:
				c.second = like
			}
		}
	}
	for _, i := range held {
		if like := pairs[i].like; like >= pairAt && !slices.ContainsFunc(other(i), func(d int) bool { return like < on[d].first || on[d].second > choiceAt*on[d].first }) {
			side := 0
			if pairs[i].b == b {
				side = 1
			}
			chosen[i][side] = true
		}
	}
	for _, i := range held {
		for _, d := range other(i) {
			on[d] = choices{}
		}
	}
}

// headsApart reports whether it is known of two statements what their heads say
// happened, and it is not the same. In ECB+, inside one story, of such pairs that
// choose each other one in twenty is of one event, and of the others every second.
func headsApart(a, b *statement) bool {
	return len(a.deed.mains) > 0 && len(b.deed.mains) > 0 && commonHead(a, b) == "" && !a.deed.nearTo(&b.deed)
}

// onOnePage reports whether two bundles have a page in common, of the first ones.
func onOnePage(x, y *bundle) bool {
	for _, d := range x.docs[:min(len(x.docs), pagesSeen)] {
		if slices.Contains(y.docs[:min(len(y.docs), pagesSeen)], d) {
			return true
		}
	}
	return false
}
