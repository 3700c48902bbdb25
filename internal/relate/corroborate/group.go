package corroborate

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
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

// candidates compares the bundles that share a rare term, a head with an
// actor, or a head with another term. Nothing compares all pairs: where a key
// has more than blockAt holders, each is compared with its neighbours in the
// order of their rarest terms only.
func candidates(in []bundle, w termWeights, al aligned) []pair {
	holders := map[string][]int32{}
	var keys []string
	hold := func(k string, i int) {
		h, known := holders[k]
		if !known {
			keys = append(keys, k)
		}
		holders[k] = append(h, int32(i))
	}
	sorted := make([]string, len(in)) // the terms of each, the rarest first
	for i := range in {
		s := in[i].first
		for _, t := range s.terms {
			hold(t, i)
		}
		for _, q := range s.counts {
			if x := middle(q); s.bare() && !barren[q.Unit] && telling(x) >= seldom {
				hold(strconv.FormatFloat(x, 'g', -1, 64), i)
			}
		}
		for _, head := range s.happens {
			for _, t := range s.terms {
				if t != head {
					hold(head+"\x00"+t, i)
				}
			}
		}
		byWeight := slices.Clone(s.terms)
		slices.SortStableFunc(byWeight, func(a, b string) int { return cmp.Compare(w[b], w[a]) })
		sorted[i] = strings.Join(byWeight, "\x00")
	}
	seen := map[[2]int32]bool{}
	var out []pair
	look := func(i, j int32) {
		if i > j {
			i, j = j, i
		}
		if i == j || seen[[2]int32{i, j}] {
			return
		}
		seen[[2]int32{i, j}] = true
		if l := likeness(in[i].first, in[j].first, w, al); l >= seeAt {
			out = append(out, pair{int(i), int(j), l})
		}
	}
	for _, k := range keys {
		h := holders[k]
		if len(h) > blockAt {
			slices.SortFunc(h, func(a, b int32) int { return cmp.Or(strings.Compare(sorted[a], sorted[b]), cmp.Compare(a, b)) })
		}
		for x := range h {
			reach := len(h)
			if len(h) > blockAt {
				reach = min(len(h), x+1+nearby)
			}
			for _, y := range h[x+1 : reach] {
				look(h[x], y)
			}
		}
	}
	prefer(in, out)
	out = slices.DeleteFunc(out, func(p pair) bool { return p.like < pairAt })
	slices.SortFunc(out, func(x, y pair) int {
		return cmp.Or(cmp.Compare(y.like, x.like), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	return out
}

// agglomerate joins bundles into groups of statements, the likest pairs first.
// Two groups join when their cross pairs are alike on average and no pair is
// against it: a chain of near likes makes no group. Of large groups a sample
// is compared, spread over all of them.
func agglomerate(in []bundle, pairs []pair, w termWeights, al aligned) [][]int {
	like := make(map[[2]int]float64, len(pairs))
	for _, p := range pairs {
		like[[2]int{p.a, p.b}] = p.like
	}
	of := make([]int, len(in)) // bundle -> group
	groups := make([][]int, len(in))
	for i := range in {
		of[i], groups[i] = i, []int{i}
	}
	refused := map[[4]int]bool{} // two groups of these sizes
	for _, p := range pairs {
		ga, gb := min(of[p.a], of[p.b]), max(of[p.a], of[p.b])
		if ga == gb || p.like < joinAt {
			continue
		}
		k := [4]int{ga, gb, len(groups[ga]), len(groups[gb])}
		if refused[k] {
			continue
		}
		if !fit(in, groups[ga], groups[gb], like, w, al) {
			refused[k] = true
			continue
		}
		for _, y := range groups[gb] {
			of[y] = ga
		}
		groups[ga] = append(groups[ga], groups[gb]...)
		groups[gb] = nil
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

// fit reports whether two groups say one thing.
func fit(in []bundle, a, b []int, like map[[2]int]float64, w termWeights, al aligned) bool {
	a, b = spread(a), spread(b)
	sum := 0.0
	for _, x := range a {
		for _, y := range b {
			l, known := like[[2]int{min(x, y), max(x, y)}]
			if !known {
				if l = likeness(in[x].first, in[y].first, w, al); l < 0 {
					return false
				}
			}
			sum += l
		}
	}
	n := len(a) * len(b)
	return sum/float64(n) >= joinAt*quorum(n)
}

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
