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
	type at struct{ bundle, doc int }
	seen := make(map[at]choices, 2*len(pairs))
	for _, p := range pairs {
		for _, side := range [2][2]int{{p.a, p.b}, {p.b, p.a}} {
			for n, d := range in[side[1]].docs {
				if n == pagesSeen {
					break
				}
				key := at{side[0], d}
				c := seen[key]
				switch {
				case p.like > c.first:
					c.first, c.second = p.like, c.first
				case p.like > c.second:
					c.second = p.like
				}
				seen[key] = c
			}
		}
	}
	chosen := func(b, other int, like float64) bool {
		for n, d := range in[other].docs {
			if n == pagesSeen {
				break
			}
			if c := seen[at{b, d}]; like < c.first || c.second > choiceAt*c.first {
				return false
			}
		}
		return true
	}
	raised := make([]bool, len(pairs))
	for i, p := range pairs {
		a, b := in[p.a].first, in[p.b].first
		raised[i] = p.like >= pairAt && min(a.weight, b.weight) >= few && chosen(p.a, p.b, p.like) && chosen(p.b, p.a, p.like) && !onOnePage(&in[p.a], &in[p.b]) && !headsApart(a, b)
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
