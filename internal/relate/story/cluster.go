package story

import (
	"cmp"
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
	speak  int                               // members that speak for a group
	spread func(sample []int) spread         // of a group, nil if union does not ask for it
	union  func(a, b *group) (float64, bool) // how good it were to join them, and whether that is enough; a has the smaller first member
	told   func(a, b *group)                 // is told of each union in its turn, nil if nobody asks
}

// linkage joins groups by the average over the pairs between them (UPGMA) and a
// quorum of close pairs.
type linkage struct {
	score   func(a, b int) float64 // of two items, a < b
	close   float64                // from this score on a pair is close
	average float64                // at least, over the pairs between two groups
	quorum  float64                // share of pairs between two groups that must be close
}

func (l linkage) union(a, b *group) (float64, bool) { return l.value(a.sample, b.sample) }

// group is items that belong together.
type group struct {
	first  int32 // the smallest member
	size   int32
	sample []int // sorted; the members that speak for the group
	spread spread
}

// join is a possible union of two groups, as it was when they were compared.
type join struct {
	value        float64
	enough       bool
	keyA, keyB   int32 // their smallest members, keyA < keyB
	a, b         int32 // places in the list of groups
	sizeA, sizeB int32
}

// better orders unions: the best first, equal ones by their smallest members.
func better(x, y *join) int {
	return cmp.Or(cmp.Compare(y.value, x.value), cmp.Compare(x.keyA, y.keyA), cmp.Compare(x.keyB, y.keyB))
}

// joins is a queue of unions, the best first. Most are known before the first
// is taken out; those are sorted once. What comes later is kept in a heap.
type joins struct{ known, later []join }

// sort is called when what is known from the beginning is in.
func (q *joins) sort() {
	slices.SortFunc(q.known, func(x, y join) int { return better(&x, &y) })
}

func (q *joins) push(x join) {
	h := append(q.later, x)
	for i := len(h) - 1; i > 0; {
		up := (i - 1) / 2
		if better(&h[i], &h[up]) >= 0 {
			break
		}
		h[i], h[up] = h[up], h[i]
		i = up
	}
	q.later = h
}

func (q *joins) pop() (x join, ok bool) {
	if len(q.later) == 0 || len(q.known) > 0 && better(&q.known[0], &q.later[0]) <= 0 {
		if len(q.known) == 0 {
			return x, false
		}
		x, q.known = q.known[0], q.known[1:]
		return x, true
	}
	h := q.later
	x = h[0]
	h[0] = h[len(h)-1]
	h = h[:len(h)-1]
	for i := 0; ; {
		c := 2*i + 1
		if c >= len(h) {
			break
		}
		if c+1 < len(h) && better(&h[c+1], &h[c]) < 0 {
			c++
		}
		if better(&h[c], &h[i]) >= 0 {
			break
		}
		h[i], h[c] = h[c], h[i]
		i = c
	}
	q.later = h
	return x, true
}

// outgrown reports whether a group has grown so much that what it was compared
// with has to be compared with it again. If every text that joins a story of
// thousands had all others compared with the story anew, the work would grow
// with the square of the story.
func outgrown(now, then int32) bool { return now*10 > then*11 }

// cluster joins groups, the best union first, as long as one is good enough.
// Only groups with a pair among near are looked at. rank orders items for the
// sample.
func (j joining) cluster(start [][]int, near []pair, rank []uint64) [][]int {
	groups := make([]group, len(start))
	root := make([]int32, len(start)) // where the members of each group are now
	of := placeOf(start, len(rank))
	for i, members := range start {
		groups[i] = j.group(int32(members[0]), int32(len(members)), sample(members, rank, j.speak))
		root[i] = int32(i)
	}
	find := func(g int32) int32 {
		for root[g] != g {
			root[g] = root[root[g]]
			g = root[g]
		}
		return g
	}
	// The smaller first member comes first, so that nothing depends on the
	// order of the groups.
	inOrder := func(a, b int32) (int32, int32) {
		if groups[a].first > groups[b].first {
			return b, a
		}
		return a, b
	}
	type sizes struct{ a, b int32 }
	var compared table[sizes] // groups, with their sizes when they were compared
	compare := func(a, b int32) join {
		x, y := &groups[a], &groups[b]
		v, enough := j.union(x, y)
		compared.put(pair{a, b}.key(), sizes{x.size, y.size})
		return join{v, enough, x.first, y.first, a, b, x.size, y.size}
	}
	var queue joins
	for _, p := range near {
		a, b := of[p.a], of[p.b]
		if a < 0 || b < 0 || a == b {
			continue
		}
		a, b = inOrder(a, b)
		if _, done := compared.get(pair{a, b}.key()); !done {
			queue.known = append(queue.known, compare(a, b))
		}
	}
	queue.sort()
	for next, ok := queue.pop(); ok; next, ok = queue.pop() {
		a, b := find(next.a), find(next.b)
		if a == b {
			continue
		}
		a, b = inOrder(a, b)
		if a != next.a || b != next.b || outgrown(groups[a].size, next.sizeA) || outgrown(groups[b].size, next.sizeB) {
			then, done := compared.get(pair{a, b}.key())
			if !done || outgrown(groups[a].size, then.a) || outgrown(groups[b].size, then.b) {
				queue.push(compare(a, b))
			}
			continue
		}
		if j.told != nil {
			j.told(&groups[a], &groups[b])
		}
		if !next.enough {
			continue
		}
		into, from := a, b
		if groups[b].size > groups[a].size {
			into, from = b, a
		}
		x, y := &groups[into], &groups[from]
		*x = j.group(min(x.first, y.first), x.size+y.size, sample(merge(x.sample, y.sample), rank, j.speak))
		*y = group{}
		root[from] = into
	}
	// Each group's members are gathered in their order.
	var out [][]int
	at := make([]int, len(start)) // of a group, its place in out and one
	for i, g := range of {
		if g < 0 {
			continue
		}
		g = find(g)
		if at[g] == 0 {
			out = append(out, make([]int, 0, groups[g].size))
			at[g] = len(out)
		}
		out[at[g]-1] = append(out[at[g]-1], i)
	}
	return out
}

func (j joining) group(first, size int32, sample []int) group {
	g := group{first: first, size: size, sample: sample}
	if j.spread != nil {
		g.spread = j.spread(sample)
	}
	return g
}

// value is the average score over the pairs between two samples, and whether
// it is enough for a union.
func (l linkage) value(a, b []int) (float64, bool) {
	if a[0] > b[0] {
		a, b = b, a // the sum must not depend on which is which
	}
	sum, close := 0.0, 0
	for _, x := range a {
		for _, y := range b {
			s := l.score(min(x, y), max(x, y))
			sum += s
			if s >= l.close {
				close++
			}
		}
	}
	n := float64(len(a) * len(b))
	return sum / n, sum/n >= l.average && float64(close) >= l.quorum*n
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
