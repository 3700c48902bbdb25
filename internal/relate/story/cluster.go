package story

import (
	"cmp"
	"container/heap"
	"slices"
)

// How many members speak for a big group: of texts in a story, and where only
// the rough course of events counts. They are those with the smallest hashes
// of their names, which is chance to the news but the same on every machine.
const (
	sampleSize = 24
	fewSpeak   = 5
)

// joining says when two groups are one.
type joining struct {
	score   func(a, b int) float64 // of two items, a < b
	close   float64                // from this score on a pair is close
	average float64                // at least, over the pairs between two groups
	speak   int                    // members that speak for a group
	quorum  float64                // share of pairs between two groups that must be close
}

// group is items that belong together.
type group struct {
	members    []int // sorted
	sample     []int // sorted; the members that speak for the group
	neighbours map[int]bool
	gone       bool
}

// join is a possible union of two groups.
type join struct {
	value      float64
	keyA, keyB int // their smallest members, keyA < keyB
	a, b       int // places in the list of groups
}

// joins is a heap: the best union first, equal ones by their smallest members.
type joins []join

func (h joins) Len() int { return len(h) }
func (h joins) Less(i, j int) bool {
	x, y := h[i], h[j]
	return cmp.Or(cmp.Compare(y.value, x.value), cmp.Compare(x.keyA, y.keyA), cmp.Compare(x.keyB, y.keyB)) < 0
}
func (h joins) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *joins) Push(x any)   { *h = append(*h, x.(join)) }
func (h *joins) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// cluster joins groups, the closest two first, as long as the average over the
// pairs between them and the quorum allow it. Only groups with a pair among
// near are looked at. rank orders items for the sample.
func (j joining) cluster(start [][]int, near []pair, rank []uint64) [][]int {
	groups := make([]group, 0, 2*len(start))
	of := map[int]int{}
	for i, members := range start {
		groups = append(groups, group{members: members, sample: sample(members, rank, j.speak), neighbours: map[int]bool{}})
		for _, m := range members {
			of[m] = i
		}
	}
	var h joins
	offer := func(a, b int) {
		if v, ok := j.value(groups[a].sample, groups[b].sample); ok {
			x, y := groups[a].members[0], groups[b].members[0]
			if x > y {
				x, y, a, b = y, x, b, a
			}
			heap.Push(&h, join{v, x, y, a, b})
			groups[a].neighbours[b], groups[b].neighbours[a] = true, true
		}
	}
	for _, p := range near {
		a, hasA := of[int(p.a)]
		b, hasB := of[int(p.b)]
		if hasA && hasB && a != b && !groups[a].neighbours[b] {
			offer(a, b)
		}
	}
	for h.Len() > 0 {
		next := heap.Pop(&h).(join)
		if groups[next.a].gone || groups[next.b].gone {
			continue
		}
		a, b := &groups[next.a], &groups[next.b]
		a.gone, b.gone = true, true
		union := group{members: merge(a.members, b.members), neighbours: map[int]bool{}}
		union.sample = sample(union.members, rank, j.speak)
		around := make([]int, 0, len(a.neighbours)+len(b.neighbours))
		for n := range a.neighbours {
			around = append(around, n)
		}
		for n := range b.neighbours {
			if !a.neighbours[n] {
				around = append(around, n)
			}
		}
		slices.Sort(around)
		a.neighbours, b.neighbours = nil, nil
		groups = append(groups, union)
		for _, n := range around {
			if !groups[n].gone {
				offer(len(groups)-1, n)
			}
		}
	}
	var out [][]int
	for _, g := range groups {
		if !g.gone {
			out = append(out, g.members)
		}
	}
	slices.SortFunc(out, func(x, y []int) int { return cmp.Compare(x[0], y[0]) })
	return out
}

// value is the average score over the pairs between two samples, and whether
// it is enough for a union.
func (j joining) value(a, b []int) (float64, bool) {
	if a[0] > b[0] {
		a, b = b, a // the sum must not depend on which is which
	}
	sum, close := 0.0, 0
	for _, x := range a {
		for _, y := range b {
			s := j.score(min(x, y), max(x, y))
			sum += s
			if s >= j.close {
				close++
			}
		}
	}
	n := float64(len(a) * len(b))
	return sum / n, sum/n >= j.average && float64(close) >= j.quorum*n
}

func sample(members []int, rank []uint64, n int) []int {
	if len(members) <= n {
		return members
	}
	by := slices.Clone(members)
	slices.SortFunc(by, func(x, y int) int { return cmp.Or(cmp.Compare(rank[x], rank[y]), cmp.Compare(x, y)) })
	by = slices.Clip(by[:n])
	slices.Sort(by)
	return by
}

func merge(a, b []int) []int {
	out := slices.Concat(a, b)
	slices.Sort(out)
	return out
}
