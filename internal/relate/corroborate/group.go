package corroborate

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/tracewire/tracewire/internal/relate"
)

// The thresholds of grouping, on the scale of likeness.
const (
	joinAt = 0.4  // mean likeness of the cross pairs of two groups to be joined
	pairAt = 0.25 // likeness of a pair to be looked at
	seeAt  = 0.08 // likeness of a pair that counts as another choice

	blockAt = 60 // a key that more bundles hold compares neighbours only
	nearby  = 8  // how many neighbours then
	sample  = 5  // members of a group that are compared with those of another
)

// bundle is statements that compare alike: copies of one sentence, mostly. In
// a story of a thousand pages the same sentence stands on hundreds of them;
// bundles make that one comparison.
type bundle struct {
	first *statement // stands for all
	all   []int
	docs  []int // the versions of all
}

// bundles puts statements with equal terms, numbers, date, sign and aspect
// together, in the order of their first. Those of one page stay apart.
func bundles(all []statement) []bundle {
	at := map[string]int{}
	var out []bundle
	for i := range all {
		k := all[i].key()
		j, ok := at[k]
		if !ok || all[out[j].all[len(out[j].all)-1]].doc == all[i].doc {
			at[k], j = len(out), len(out)
			out = append(out, bundle{first: &all[i]})
		}
		out[j].all, out[j].docs = append(out[j].all, i), append(out[j].docs, all[i].doc)
	}
	return out
}

// key is equal for statements that compare alike.
func (s *statement) key() string {
	var b strings.Builder
	for _, t := range s.terms {
		b.WriteString(t)
		b.WriteByte(0)
	}
	b.WriteByte(1)
	for _, m := range s.deed.mains {
		b.WriteString(m)
		b.WriteByte(0)
	}
	b.WriteByte(1)
	for _, a := range s.actors {
		b.WriteString(a)
		b.WriteByte(0)
	}
	b.WriteByte(1)
	for _, q := range s.counts {
		b.WriteString(strconv.FormatFloat(q.Low, 'g', -1, 64))
		b.WriteByte('-')
		b.WriteString(strconv.FormatFloat(q.High, 'g', -1, 64))
		b.WriteString(q.Unit)
		b.WriteByte(0)
	}
	b.WriteString(s.day)
	b.WriteByte(1)
	b.WriteString(s.said)
	b.WriteByte(1)
	b.WriteString(strings.Join(s.claim.Frame.Places, "\x00"))
	b.WriteString(strconv.FormatBool(s.negated))
	b.WriteString(strconv.FormatBool(s.deed.planned))
	return b.String()
}

// pair is two bundles that may say the same.
type pair struct {
	a, b int
	like float64
}

// holders is the bundles that hold each key: a term, a number, or a head with
// another term. Keys are numbered.
type holders struct {
	terms map[string]int32 // term -> its number
	both  map[uint64]int32 // two terms -> their key
	count []int32          // key -> how many bundles hold it
	of    [][]int32        // key -> bundles, in order
	keys  [][]int32        // bundle -> keys
}

// term is the number of a term, which is no key yet.
func (h *holders) term(t string) int32 {
	n, known := h.terms[t]
	if !known {
		n = int32(len(h.terms))
		h.terms[t] = n
	}
	return n
}

// hold notes that bundle i holds the term a, or with b >= 0 both together.
func (h *holders) hold(a, b int32, i int) {
	k, known := h.both[uint64(a)<<32|uint64(uint32(b))]
	if !known {
		k = int32(len(h.count))
		h.both[uint64(a)<<32|uint64(uint32(b))] = k
		h.count = append(h.count, 0)
	}
	h.count[k]++
	h.keys[i] = append(h.keys[i], k)
}

// turn lists for each key the bundles that hold it.
func (h *holders) turn() {
	all := 0
	for _, n := range h.count {
		all += int(n)
	}
	slab := make([]int32, all)
	h.of = make([][]int32, len(h.count))
	for k, n := range h.count {
		h.of[k], slab = slab[:0:n], slab[n:]
	}
	for i, keys := range h.keys {
		for _, k := range keys {
			h.of[k] = append(h.of[k], int32(i))
		}
	}
}

// held is the keys of bundles.
func held(in []bundle) holders {
	h := holders{terms: make(map[string]int32, 4*len(in)), both: make(map[uint64]int32, 8*len(in)), keys: make([][]int32, len(in))}
	var numbers []int32
	for i := range in {
		s := in[i].first
		numbers, h.keys[i] = numbers[:0], make([]int32, 0, len(s.terms)*(1+len(s.happens))+len(s.counts))
		for _, t := range s.terms {
			n := h.term(t)
			numbers = append(numbers, n)
			h.hold(n, -1, i)
		}
		if s.bare() {
			for _, q := range s.counts {
				if x := middle(q); !barren[q.Unit] && telling(x) >= seldom {
					h.hold(h.term(strconv.FormatFloat(x, 'g', -1, 64)), -1, i)
				}
			}
		}
		for _, head := range s.happens {
			n := h.term(head)
			for _, t := range numbers {
				if t != n {
					h.hold(n, t, i)
				}
			}
		}
	}
	h.turn()
	return h
}

// ranks is the place of each bundle in the order of their terms, the rarest
// first, and the bundles in that order.
func ranks(in []bundle, w termWeights) (rank, order []int32) {
	sorted := make([]string, len(in))
	order = make([]int32, len(in))
	type weighed struct {
		term   string
		weight float64
	}
	var terms []weighed
	var b strings.Builder
	for i := range in {
		terms = terms[:0]
		for _, t := range in[i].first.terms {
			terms = append(terms, weighed{t, w[t]})
		}
		slices.SortStableFunc(terms, func(a, b weighed) int { return cmp.Compare(b.weight, a.weight) })
		b.Reset()
		for k, t := range terms {
			if k > 0 {
				b.WriteByte(0)
			}
			b.WriteString(t.term)
		}
		sorted[i], order[i] = b.String(), int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(strings.Compare(sorted[a], sorted[b]), cmp.Compare(a, b)) })
	rank = make([]int32, len(in))
	for n, i := range order {
		rank[i] = int32(n)
	}
	return rank, order
}

// gather moves the statements that stand for bundles, and their terms, together
// in the order in which they are compared.
func gather(in []bundle, order []int32) {
	size := 0
	for i := range in {
		size += len(in[i].first.codes) + len(in[i].first.restCodes)
	}
	slab, all := make([]coded, 0, size), make([]statement, len(in))
	moved := func(terms []coded) []coded {
		from := len(slab)
		slab = append(slab, terms...)
		return slab[from:len(slab):len(slab)]
	}
	for n, i := range order {
		s := &all[n]
		*s = *in[i].first
		s.codes, s.restCodes = moved(s.codes), moved(s.restCodes)
		in[i].first = s
	}
}

// bundlesInARow is how many bundles one processor compares with others at a time.
const bundlesInARow = 512

// candidates compares the bundles that share a rare term, a head with an
// actor, or a head with another term. Nothing compares all pairs: where a key
// has more than blockAt holders, each is compared with its neighbours in the
// order of their rarest terms only.
func candidates(in []bundle, w termWeights, al aligned) []pair {
	h := held(in)
	near := make([][]int32, len(in)) // of each, the neighbours that come after it
	rank, order := ranks(in, w)
	gather(in, order)
	for _, of := range h.of {
		if len(of) <= blockAt {
			continue
		}
		slices.SortFunc(of, func(a, b int32) int { return cmp.Compare(rank[a], rank[b]) })
		for x := range of {
			for _, y := range of[x+1 : min(len(of), x+1+nearby)] {
				near[min(of[x], y)] = append(near[min(of[x], y)], max(of[x], y))
			}
		}
	}
	found := make([][]pair, (len(in)+bundlesInARow-1)/bundlesInARow)
	relate.Stretches(len(in), bundlesInARow, func(from, to int) {
		var out []pair
		seen := make([]int32, len(in))     // 1 + the last bundle that it was compared with
		for _, i := range order[from:to] { // those next to each other meet the same ones, which are at hand
			look := func(js []int32) {
				for _, j := range js {
					if j <= i || seen[j] == i+1 {
						continue
					}
					seen[j] = i + 1
					if atMost(in[i].first, in[j].first, al) < seeAt {
						continue // as most
					}
					if l := likeness(in[i].first, in[j].first, w, al); l >= seeAt {
						out = append(out, pair{int(i), int(j), l})
					}
				}
			}
			for _, k := range h.keys[i] {
				if len(h.of[k]) <= blockAt {
					look(h.of[k])
				}
			}
			look(near[i])
		}
		found[from/bundlesInARow] = out
	})
	out := slices.Concat(found...)
	prefer(in, out)
	return slices.DeleteFunc(out, func(p pair) bool { return p.like < pairAt })
}

// likest sorts the pairs that are like enough to join groups, the likest first.
func likest(pairs []pair) []pair {
	const heaps = 32 // by likeness, sorted one by one
	of := func(p pair) int { return max(0, min(heaps-1, int((1-p.like)*heaps/(1-joinAt)))) }
	var ends [heaps + 1]int
	for _, p := range pairs {
		if p.like >= joinAt {
			ends[of(p)+1]++
		}
	}
	for k := range heaps {
		ends[k+1] += ends[k]
	}
	out, at := make([]pair, ends[heaps]), ends
	for _, p := range pairs {
		if p.like >= joinAt {
			k := of(p)
			out[at[k]] = p
			at[k]++
		}
	}
	relate.Each(heaps, func(k int) {
		slices.SortFunc(out[ends[k]:ends[k+1]], func(x, y pair) int {
			return cmp.Or(cmp.Compare(y.like, x.like), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
		})
	})
	return out
}

// agglomerate joins bundles into groups of statements, the likest pairs first.
// Two groups join when their cross pairs are alike on average and no pair is
// against it: a chain of near likes makes no group. Of large groups a sample
// is compared, spread over all of them.
func agglomerate(in []bundle, pairs []pair, w termWeights, al aligned) [][]int {
	like := likesOf(len(in), pairs)
	of := make([]int, len(in)) // bundle -> group
	groups := make([][]int, len(in))
	for i := range in {
		of[i], groups[i] = i, []int{i}
	}
	asked := map[[4]int]bool{} // whether two groups fit, of these sizes
	question := func(p pair) (k [4]int, open bool) {
		ga, gb := min(of[p.a], of[p.b]), max(of[p.a], of[p.b])
		k = [4]int{ga, gb, len(groups[ga]), len(groups[gb])}
		return k, ga != gb
	}
	order := likest(pairs)
	for from := 0; from < len(order); from += pairsAhead {
		some := order[from:min(len(order), from+pairsAhead)]
		if len(order) > pairsAhead {
			answer(some, question, asked, func(k [4]int) bool { return fit(in, groups[k[0]], groups[k[1]], like, w, al) })
		}
		for _, p := range some {
			k, open := question(p)
			if !open {
				continue
			}
			fits, known := asked[k]
			if !known {
				fits = fit(in, groups[k[0]], groups[k[1]], like, w, al)
				asked[k] = fits
			}
			if !fits {
				continue
			}
			for _, y := range groups[k[1]] {
				of[y] = k[0]
			}
			groups[k[0]] = append(groups[k[0]], groups[k[1]]...)
			groups[k[1]] = nil
		}
	}
	var out [][]int
	for _, g := range groups {
		if g == nil {
			continue
		}
		var members []int
		for _, b := range g {
			members = append(members, in[b].all...)
		}
		slices.Sort(members)
		out = append(out, members)
	}
	slices.SortFunc(out, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	return out
}

// pairsAhead is of how many pairs it is asked at a time, on all processors,
// whether their groups fit. Few of the answers are out of date when their turn
// comes, because a group has grown.
const pairsAhead = 512

// answer asks the questions of pairs that nobody has asked.
func answer(pairs []pair, question func(pair) ([4]int, bool), asked map[[4]int]bool, fit func([4]int) bool) {
	var fresh [][4]int
	for _, p := range pairs {
		if k, open := question(p); open {
			if _, known := asked[k]; !known {
				asked[k] = false
				fresh = append(fresh, k)
			}
		}
	}
	fits := make([]bool, len(fresh))
	relate.Stretches(len(fresh), pairsAhead/inARow, func(from, to int) {
		for i := from; i < to; i++ {
			fits[i] = fit(fresh[i])
		}
	})
	for i, k := range fresh {
		asked[k] = fits[i]
	}
}

// likes looks up the likeness of pairs: for each bundle those after it, in order.
type likes [][]other

type other struct {
	b    int
	like float64
}

func likesOf(n int, pairs []pair) likes {
	rows := make([]int, n+1)
	for _, p := range pairs {
		rows[p.a]++
	}
	all, out := make([]other, len(pairs)), make(likes, n)
	at := 0
	for a := range out {
		out[a] = all[at : at : at+rows[a]]
		at += rows[a]
	}
	for _, p := range pairs {
		out[p.a] = append(out[p.a], other{p.b, p.like})
	}
	relate.Stretches(n, inARow, func(from, to int) {
		for _, row := range out[from:to] {
			slices.SortFunc(row, func(x, y other) int { return cmp.Compare(x.b, y.b) })
		}
	})
	return out
}

func (l likes) between(a, b int) (float64, bool) {
	i, known := slices.BinarySearchFunc(l[a], b, func(o other, b int) int { return cmp.Compare(o.b, b) })
	if !known {
		return 0, false
	}
	return l[a][i].like, true
}

// fit reports whether two groups say one thing.
func fit(in []bundle, a, b []int, like likes, w termWeights, al aligned) bool {
	a, b = spread(a), spread(b)
	n := len(a) * len(b)
	enough := float64(n) * joinAt * quorum(n)
	// Most do not, and most of those for want of words in common: what the pairs
	// can come to at most tells.
	var room [sample * sample]float64
	most := 0.0
	for i, x := range a {
		for j, y := range b {
			l, known := like.between(min(x, y), max(x, y))
			if room[i*len(b)+j] = l; !known {
				room[i*len(b)+j] = unlooked
				l = atMost(in[x].first, in[y].first, al)
			}
			most += l
		}
	}
	const rounding = 1e-9
	if most < enough-rounding {
		return false
	}
	sum := 0.0
	for i, x := range a {
		for j, y := range b {
			l := room[i*len(b)+j]
			if l == unlooked {
				if l = likeness(in[x].first, in[y].first, w, al); l < 0 {
					return false
				}
				if most += l - atMost(in[x].first, in[y].first, al); most < enough-rounding {
					return false
				}
			}
			sum += l
		}
	}
	return sum/float64(n) >= joinAt*quorum(n)
}

// unlooked stands for the likeness of a pair that nobody has compared.
const unlooked = -2

// spread takes members evenly from a group.
func spread(g []int) []int {
	if len(g) <= sample {
		return g
	}
	out := make([]int, sample)
	for i := range out {
		out[i] = g[i*(len(g)-1)/(sample-1)]
	}
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
