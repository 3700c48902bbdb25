package corroborate

import (
	"math"
	"slices"
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
	of := make([][]int32, len(in)) // bundle -> pairs
	pages := 0
	for i, p := range pairs {
		of[p.a], of[p.b] = append(of[p.a], int32(i)), append(of[p.b], int32(i))
	}
	for i := range in {
		for _, d := range in[i].docs {
			pages = max(pages, d+1)
		}
	}
	on := make([]choices, pages) // of the bundle at hand
	chosen := make([]uint8, len(pairs))
	for b, held := range of {
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
				chosen[i]++
			}
		}
		for _, i := range held {
			for _, d := range other(i) {
				on[d] = choices{}
			}
		}
	}
	raised := make([]bool, len(pairs))
	for i, p := range pairs {
		a, b := in[p.a].first, in[p.b].first
		raised[i] = chosen[i] == 2 && min(a.weight, b.weight) >= few && !onOnePage(&in[p.a], &in[p.b]) && !headsApart(a, b)
	}
	for i := range pairs {
		if l := pairs[i].like; raised[i] && l < 0.7 {
			pairs[i].like = 1 / (1 + math.Exp(-preferBy)*(1-l)/l)
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
