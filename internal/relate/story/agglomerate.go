package story

import (
	"cmp"
	"container/heap"
	"math"
)

// bond is how close two groups were when they were last compared.
type bond struct {
	logit      float64
	keyA, keyB int // their smallest members, keyA < keyB
	a, b       int // places in the list of groups
	sizeA      float64
	sizeB      float64
}

// bonds is a heap: the closest first, equal ones by their smallest members.
type bonds []bond

func (h bonds) Len() int { return len(h) }
func (h bonds) Less(i, j int) bool {
	x, y := &h[i], &h[j]
	return cmp.Or(cmp.Compare(y.logit, x.logit), cmp.Compare(x.keyA, y.keyA), cmp.Compare(x.keyB, y.keyB)) < 0
}
func (h bonds) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *bonds) Push(x any)   { *h = append(*h, x.(bond)) }
func (h *bonds) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// stale is the growth of a group after which what it was compared with has to
// be compared with it again. Without it every text that joins a story of
// thousands would have all the others compared with the story anew.
const stale = 1.1

// agglomerate joins groups, the closest two first, while like finds them to be
// one (a logit from 0 on). Only groups with a pair of members among near are
// compared. Nothing depends on the order of the groups.
func agglomerate(groups []group, near []pair, like func(a, b *group) float64) []group {
	root := make([]int, len(groups)) // where the members of each group are now
	of := map[int]int{}
	for g := range groups {
		root[g] = g
		for _, m := range groups[g].members {
			of[m] = g
		}
	}
	find := func(g int) int {
		for root[g] != g {
			root[g] = root[root[g]]
			g = root[g]
		}
		return g
	}
	type sizes struct{ a, b float64 }
	compared := map[pair]sizes{} // of groups, with their sizes then
	var h bonds
	offer := func(a, b int) {
		x, y := groups[a].members[0], groups[b].members[0]
		if x > y {
			x, y, a, b = y, x, b, a
		}
		z := like(&groups[a], &groups[b])
		compared[pair{int32(a), int32(b)}] = sizes{groups[a].voices, groups[b].voices}
		heap.Push(&h, bond{z, x, y, a, b, groups[a].voices, groups[b].voices})
	}
	for _, p := range near {
		a, hasA := of[int(p.a)]
		b, hasB := of[int(p.b)]
		if !hasA || !hasB || a == b {
			continue
		}
		if groups[a].members[0] > groups[b].members[0] {
			a, b = b, a
		}
		if _, done := compared[pair{int32(a), int32(b)}]; !done {
			offer(a, b)
		}
	}
	for h.Len() > 0 {
		next := heap.Pop(&h).(bond)
		a, b := find(next.a), find(next.b)
		if a == b {
			continue
		}
		if a != next.a || b != next.b || groups[a].voices > stale*next.sizeA || groups[b].voices > stale*next.sizeB {
			x, y := a, b
			if groups[x].members[0] > groups[y].members[0] {
				x, y = y, x
			}
			then, done := compared[pair{int32(x), int32(y)}]
			if !done || groups[x].voices > stale*then.a || groups[y].voices > stale*then.b {
				offer(x, y)
			}
			continue
		}
		if next.logit < 0 {
			continue
		}
		into, from := a, b
		if cmp.Or(cmp.Compare(groups[b].voices, groups[a].voices), cmp.Compare(groups[a].members[0], groups[b].members[0])) > 0 {
			into, from = b, a
		}
		groups[into] = groups[into].join(&groups[from])
		groups[from] = group{}
		root[from] = into
	}
	var out []group
	for g := range groups {
		if root[g] == g {
			out = append(out, groups[g])
		}
	}
	return out
}

// never is the logit of groups that cannot be one.
var never = math.Inf(-1)
