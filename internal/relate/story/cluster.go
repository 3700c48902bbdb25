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
	members []int // sorted
	sample  []int // sorted; the members that speak for the group
}

// join is a possible union of two groups, as it was when they were compared.
type join struct {
	value        float64
	enough       bool
	keyA, keyB   int // their smallest members, keyA < keyB
	a, b         int // places in the list of groups
	sizeA, sizeB int
}

// joins is a heap: the best union first, equal ones by their smallest members.
type joins []join

func (h joins) Len() int { return len(h) }
func (h joins) Less(i, j int) bool {
	x, y := &h[i], &h[j]
	if x.value != y.value {
		return x.value > y.value
	}
	return cmp.Or(cmp.Compare(x.keyA, y.keyA), cmp.Compare(x.keyB, y.keyB)) < 0
}
func (h joins) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *joins) Push(x any)   { *h = append(*h, x.(join)) }
func (h *joins) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// outgrown reports whether a group has grown so much that what it was compared
// with has to be compared with it again. If every text that joins a story of
// thousands had all others compared with the story anew, the work would grow
// with the square of the story.
func outgrown(now, then int) bool { return now*10 > then*11 }

// cluster joins groups, the closest two first, as long as the average over the
// pairs between them and the quorum allow it. Only groups with a pair among
// near are looked at. rank orders items for the sample.
func (j joining) cluster(start [][]int, near []pair, rank []uint64) [][]int {
	groups := make([]group, len(start))
	root := make([]int, len(start)) // where the members of each group are now
	of := map[int]int{}
	for i, members := range start {
		groups[i] = group{members, sample(members, rank, j.speak)}
		root[i] = i
		for _, m := range members {
			of[m] = i
		}
	}
	find := func(g int) int {
		for root[g] != g {
			root[g] = root[root[g]]
			g = root[g]
		}
		return g
	}
	// The smaller first member comes first, so that nothing depends on the
	// order of the groups.
	inOrder := func(a, b int) (int, int) {
		if groups[a].members[0] > groups[b].members[0] {
			return b, a
		}
		return a, b
	}
	type sizes struct{ a, b int }
	compared := map[pair]sizes{} // groups, with their sizes when they were compared
	var h joins
	offer := func(a, b int) {
		x, y := &groups[a], &groups[b]
		v, enough := j.value(x.sample, y.sample)
		compared[pair{int32(a), int32(b)}] = sizes{len(x.members), len(y.members)}
		heap.Push(&h, join{v, enough, x.members[0], y.members[0], a, b, len(x.members), len(y.members)})
	}
	for _, p := range near {
		a, hasA := of[int(p.a)]
		b, hasB := of[int(p.b)]
		if !hasA || !hasB || a == b {
			continue
		}
		a, b = inOrder(a, b)
		if _, done := compared[pair{int32(a), int32(b)}]; !done {
			offer(a, b)
		}
	}
	for h.Len() > 0 {
		next := heap.Pop(&h).(join)
		a, b := find(next.a), find(next.b)
		if a == b {
			continue
		}
		a, b = inOrder(a, b)
		if a != next.a || b != next.b || outgrown(len(groups[a].members), next.sizeA) || outgrown(len(groups[b].members), next.sizeB) {
			then, done := compared[pair{int32(a), int32(b)}]
			if !done || outgrown(len(groups[a].members), then.a) || outgrown(len(groups[b].members), then.b) {
				offer(a, b)
			}
			continue
		}
		if !next.enough {
			continue
		}
		into, from := a, b
		if len(groups[b].members) > len(groups[a].members) {
			into, from = b, a
		}
		members := merge(groups[into].members, groups[from].members)
		groups[into] = group{members, sample(merge(groups[into].sample, groups[from].sample), rank, j.speak)}
		groups[from] = group{}
		root[from] = into
	}
	var out [][]int
	for g := range groups {
		if root[g] == g {
			out = append(out, groups[g].members)
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

// merge is the union of two sorted lists that share nothing.
func merge(a, b []int) []int {
	out := make([]int, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0] < b[0] {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}
