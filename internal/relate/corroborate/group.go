package corroborate

import (
	"slices"
	"sort"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// The thresholds of grouping. They were chosen on a development thread and
// hold for term weights as weigh makes them.
const (
	joinAt  = 0.34 // mean likeness of the cross pairs of two groups to be joined
	pairAt  = 0.28 // likeness of a pair to be looked at
	blockAt = 60   // a term that more statements hold leads to no comparison
)

// pair is two statements that may say the same.
type pair struct {
	a, b int
	like float64
}

// candidates compares the statements that share a rare term, or a passage.
// Nothing compares all pairs: a term held by more than blockAt statements
// leads nowhere.
func candidates(all []statement, w termWeights, al aligned) []pair {
	holders := map[string][]int{}
	for i, s := range all {
		for _, t := range s.terms {
			holders[t] = append(holders[t], i)
		}
	}
	limit := max(blockAt, len(all)/50)
	var out []pair
	for i := range all {
		seen := map[int]bool{}
		for _, t := range all[i].terms {
			h := holders[t]
			if len(h) > limit {
				continue
			}
			for _, j := range h {
				if j <= i || seen[j] {
					continue
				}
				seen[j] = true
				if l := likeness(&all[i], &all[j], w, al); l >= pairAt {
					out = append(out, pair{i, j, l})
				}
			}
		}
	}
	sort.Slice(out, func(x, y int) bool {
		if out[x].like != out[y].like {
			return out[x].like > out[y].like
		}
		if out[x].a != out[y].a {
			return out[x].a < out[y].a
		}
		return out[x].b < out[y].b
	})
	return out
}

// likeness tells how much two statements say the same: 0 to 1, and below 0
// when something speaks against it (another number, day or polarity).
func likeness(a, b *statement, w termWeights, al aligned) float64 {
	if vetoed(a, b) {
		return -1
	}
	if a.doc != b.doc {
		if same := al.same(a, b); same >= 0.6 {
			return 0.7 + 0.3*min(1, same)
		}
	}
	x, n := w.shared(a.terms, b.terms)
	if n < 2 {
		return 0
	}
	dice := 2 * x / (a.weight + b.weight)
	part := x / min(a.weight, b.weight)
	like := 0.55*dice + 0.45*part
	fa, fb := a.claim.Frame, b.claim.Frame
	if a.claim.EventDate != "" && a.claim.EventDate == b.claim.EventDate && len(a.claim.EventDate) >= 10 {
		like += 0.08
	}
	if len(fa.Actors) > 0 && len(fb.Actors) > 0 && !overlap(fa.Actors, fb.Actors) {
		like -= 0.12
	}
	switch {
	case !predicatesMeet(a, b):
		like -= 0.1
	case !has(a.happens, b.happens):
		like -= 0.05
	case sharedParties(fa, fb) >= 2:
		like += 0.1 // the same happening between the same two
	}
	if (fa.Modal == "planned") != (fb.Modal == "planned") {
		like -= 0.05
	}
	if people(a) != people(b) {
		like -= 0.25 // a toll is another claim than what caused it
	}
	if a.doc == b.doc {
		like -= 0.08 // one text seldom says a thing twice
	}
	return min(like, 1)
}

// people reports whether a claim counts people.
func people(s *statement) bool {
	return slices.ContainsFunc(s.counts, func(q news.Quantity) bool { return q.Unit == "person" })
}

// sharedParties counts the entities, places apart, that both claims name.
func sharedParties(a, b news.Frame) int {
	n := 0
	for _, ids := range [][]string{a.Actors, a.Objects} {
		for _, id := range ids {
			if !slices.Contains(a.Places, id) && (slices.Contains(b.Actors, id) || slices.Contains(b.Objects, id)) {
				n++
			}
		}
	}
	return n
}

// predicatesMeet reports whether what happens in one statement happens, or is
// named, in the other: "toured the sites", "stops at the sites".
func predicatesMeet(a, b *statement) bool {
	return has(a.happens, b.terms) || has(b.happens, a.terms)
}

// has reports whether one of want stands in the sorted list.
func has(want, sorted []string) bool {
	for _, t := range want {
		if _, ok := slices.BinarySearch(sorted, t); ok {
			return true
		}
	}
	return false
}

// vetoed reports whether two claims cannot be one: disjoint numbers of one
// unit, different days, or one of them negated.
func vetoed(p, q *statement) bool {
	a, b := p.claim, q.claim
	if p.negated != q.negated {
		return true
	}
	if !datesMeet(a.EventDate, b.EventDate) {
		return true
	}
	return countsDiffer(p, q)
}

// countsDiffer reports whether both count the same thing, and no number of the
// one is a number of the other. "Two of the three gates" agrees with itself.
func countsDiffer(p, q *statement) bool {
	differ := false
	for _, x := range p.counts {
		same, met := false, false
		for _, y := range q.counts {
			if x.Unit == "" || x.Unit != y.Unit {
				continue
			}
			same = true
			// "at least 7" and "at least 9" are two states of one count
			if !disjoint(x, y) && (x.Low == y.Low || x.High != y.High || x.High != 0) {
				met = true
			}
		}
		if same && met {
			return false
		}
		differ = differ || same
	}
	return differ
}

// counted gives the numbers of a claim one unit for people under any name; a
// bare number beside deaths or missing counts people, too: "the toll rose to
// 11".
func counted(f news.Frame, terms []string) []news.Quantity {
	var out []news.Quantity
	for _, q := range f.Numbers {
		if persons[q.Unit] || q.Unit == "" && has([]string{"=kill", "=injure", "=miss"}, terms) {
			q.Unit = "person"
		}
		out = append(out, q)
	}
	return out
}

// persons are the nouns that count people.
var persons = map[string]bool{
	"people": true, "person": true, "resident": true, "man": true, "woman": true, "men": true, "women": true, "civilian": true, "victim": true,
	"passenger": true, "worker": true, "villager": true, "soldier": true, "citizen": true, "other": true, "life": true, "live": true, "death": true,
	"body": true, "dead": true, "fatality": true, "toll": true,
}

// disjoint reports whether no number fits both; an open end (0 above) is
// without limit.
func disjoint(x, y news.Quantity) bool {
	hx, hy := x.High, y.High
	if hx == 0 {
		hx = 1e18
	}
	if hy == 0 {
		hy = 1e18
	}
	return hx < y.Low || hy < x.Low
}

// datesMeet reports whether two dates can be of one event: a day inside a
// week or month fits it, and no date fits all.
func datesMeet(a, b string) bool {
	if a == "" || b == "" || a == b {
		return true
	}
	if strings.Contains(a, "/") || strings.Contains(b, "/") {
		return true
	}
	if strings.Contains(a, "W") || strings.Contains(b, "W") {
		return a[:4] == b[:4] && weekMeets(a, b)
	}
	n := min(len(a), len(b))
	return a[:n] == b[:n]
}

// agglomerate joins statements into groups, the likest pairs first. Two groups
// join when their cross pairs are alike on average (those not compared count
// nothing) and no pair is against it: a chain of near likes makes no group.
func agglomerate(all []statement, pairs []pair) [][]int {
	like := make(map[[2]int]float64, len(pairs))
	for _, p := range pairs {
		like[[2]int{p.a, p.b}] = p.like
	}
	of := make([]int, len(all)) // statement -> group
	groups := make(map[int][]int, len(all))
	for i := range all {
		of[i], groups[i] = i, []int{i}
	}
	for _, p := range pairs {
		ga, gb := of[p.a], of[p.b]
		if ga == gb || p.like < joinAt {
			continue
		}
		sum, ok := 0.0, true
		for _, x := range groups[ga] {
			for _, y := range groups[gb] {
				k := [2]int{min(x, y), max(x, y)}
				if vetoed(&all[x], &all[y]) {
					ok = false
				}
				sum += like[k]
			}
			if !ok {
				break
			}
		}
		if !ok || sum/float64(len(groups[ga])*len(groups[gb])) < joinAt*quorum(len(groups[ga])*len(groups[gb])) {
			continue
		}
		for _, y := range groups[gb] {
			of[y] = ga
		}
		groups[ga] = append(groups[ga], groups[gb]...)
		delete(groups, gb)
	}
	var out [][]int
	for _, g := range groups {
		slices.Sort(g)
		out = append(out, g)
	}
	sort.Slice(out, func(i, j int) bool { return out[i][0] < out[j][0] })
	return out
}

// quorum lowers the mean that larger groups need: wordings drift apart while
// the news stays the same.
func quorum(pairs int) float64 {
	switch {
	case pairs <= 1:
		return 1
	case pairs <= 4:
		return 0.85
	}
	return 0.7
}

func overlap(a, b []string) bool {
	for _, x := range a {
		if slices.Contains(b, x) {
			return true
		}
	}
	return false
}
