package story

import (
	"flag"
	"fmt"
	"math"
	"slices"
	"testing"
)

var (
	odds  = flag.Float64("odds", 3, "")
	mask  = flag.Bool("mask", false, "")
	late2 = flag.Float64("late2", -1, "")
	ridge = flag.Float64("ridge", 3, "")
	train = flag.Bool("train", false, "print weights of the comparison learned from the benchmarks beside the repository")
)

// example is two groups that were about to be joined, with the answer of a
// reader: the part of their pairs that tell one story.
type example struct {
	x      []float64
	same   float64
	weight float64
	fit    bool // of the part that weights are fitted on
}

// task is a set made ready: only the joining of groups is left to do.
type task struct {
	name string
	labelled
	fold  *fold
	firm  [][]int
	loose [][]int
	near  []pair
}

func ready2(name string, l labelled) task {
	digests, links := l.digest()
	f := newFold(digests, links)
	f.dateCopies()
	near := f.near()
	f.lookAround(near)
	firm, loose := f.firm()
	return task{name, l, f, firm, loose, near}
}

// same is the part of the pairs between two groups that a reader puts into one
// story; ok is false if no pair counts.
func (s *task) same(a, b *group) (part float64, ok bool) {
	var same, all float64
	for _, x := range a.members {
		for _, y := range b.members {
			p, q := s.fold.digests[x].Name, s.fold.digests[y].Name
			if !s.counts[p] || !s.counts[q] {
				continue
			}
			all++
			switch {
			case s.labels[p][0] == s.labels[q][0]:
				same++
			case intersects(s.labels[p], s.labels[q]):
				same += 0.5
			}
		}
	}
	return same / all, all > 0
}

// byPair takes all candidate pairs of the fitted part that are not copies.
// Each story counts by its texts, not by its pairs, or the biggest would be
// all there is; pairs of different stories weigh as much as all others.
func (s *task) byPair() []example {
	size := map[string]float64{}
	for d, labels := range s.labels {
		if s.counts[d] {
			size[labels[0]]++
		}
	}
	copies := placeOf(s.firm)
	var same, other []example
	for _, p := range s.near {
		a, b := s.fold.digests[p.a].Name, s.fold.digests[p.b].Name
		if !s.counts[a] || !s.counts[b] || !halfOf(s.labels[a][0]) || !halfOf(s.labels[b][0]) {
			continue
		}
		ca, firmA := copies[int(p.a)]
		cb, firmB := copies[int(p.b)]
		if !firmA || !firmB || ca == cb || s.fold.versions[p] {
			continue
		}
		e := example{x: list(featuresOf(&s.fold.voices[p.a], &s.fold.voices[p.b])), weight: 1}
		switch {
		case s.labels[a][0] == s.labels[b][0]:
			e.same, e.weight = 1, 1/size[s.labels[a][0]]
			same = append(same, e)
		case !intersects(s.labels[a], s.labels[b]):
			other = append(other, e)
		}
	}
	return append(weigh(same, 1000), weigh(other, *odds*1000)...)
}

// run joins groups by w and gathers what was compared. With a teacher groups
// are joined as a reader would.
func (s *task) run(w []float64, teacher bool, fit func(label string) bool) ([][]int, []example) {
	var groups []group
	for _, g := range s.firm {
		groups = append(groups, s.fold.chorus(g))
	}
	var out []example
	joined := agglomerate(groups, s.near, func(a, b *group) float64 {
		f := s.fold.compare(a, b)
		if barred(&f) {
			return never
		}
		z := w[len(w)-1]
		for i, x := range f.x {
			z += w[i] * x
		}
		z = blend(&f, z)
		if fit == nil {
			return z
		}
		if part, ok := s.same(a, b); ok {
			e := example{x: list(f), same: part, weight: 2 * a.voices * b.voices / (a.voices + b.voices), fit: true}
			for _, g := range []*group{a, b} {
				for _, m := range g.members {
					if l := s.labels[s.fold.digests[m].Name]; len(l) > 0 {
						e.fit = e.fit && fit(l[0])
					}
				}
			}
			out = append(out, e)
			if teacher {
				z = part - 0.5
			}
		} else if teacher {
			z = -1
		}
		return z
	})
	var members [][]int
	for _, g := range joined {
		members = append(members, g.members)
	}
	return members, out
}

func list(f features) []float64 { return f.x[:] }

func intersects(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

// logistic fits weights (bias last) by Newton's method with a ridge.
func logistic(data []example, ridge float64, start []float64, fixed func(i int) (float64, bool)) []float64 {
	n := len(data[0].x) + 1
	w := slices.Clone(start)
	for i := range w {
		if v, is := fixed(i); is {
			w[i] = v
		}
	}
	for range 12 {
		grad := make([]float64, n)
		hess := make([][]float64, n)
		for i := range hess {
			hess[i] = make([]float64, n)
			if i < n-1 {
				grad[i] = -ridge * w[i]
				hess[i][i] = ridge
			}
		}
		x := make([]float64, n)
		for _, e := range data {
			copy(x, e.x)
			x[n-1] = 1
			z := 0.0
			for i := range x {
				z += w[i] * x[i]
			}
			p := sigmoid(z)
			for i := range x {
				if x[i] == 0 {
					continue
				}
				grad[i] += e.weight * (e.same - p) * x[i]
				for j := range x {
					hess[i][j] += e.weight * p * (1 - p) * x[i] * x[j]
				}
			}
		}
		for i := range w {
			if _, is := fixed(i); is {
				grad[i] = 0
				for j := range w {
					hess[i][j], hess[j][i] = 0, 0
				}
				hess[i][i] = 1
			}
		}
		for i, d := range solve(hess, grad) {
			w[i] += d
		}
	}
	return w
}

// solve is Gauss's elimination.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for i := range n {
		best := i
		for r := i; r < n; r++ {
			if math.Abs(a[r][i]) > math.Abs(a[best][i]) {
				best = r
			}
		}
		a[i], a[best], b[i], b[best] = a[best], a[i], b[best], b[i]
		if math.Abs(a[i][i]) < 1e-12 {
			a[i][i] = 1e-12
		}
		for r := i + 1; r < n; r++ {
			k := a[r][i] / a[i][i]
			for c := i; c < n; c++ {
				a[r][c] -= k * a[i][c]
			}
			b[r] -= k * b[i]
		}
	}
	x := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		x[i] = b[i]
		for c := i + 1; c < n; c++ {
			x[i] -= a[i][c] * x[c]
		}
		x[i] /= a[i][i]
	}
	return x
}

// halfOf splits stories: those that weights are fitted on, and the others. Of
// ECB+ a topic is in one half with both its stories.
func halfOf(label string) bool {
	var topic int
	if n, err := fmt.Sscanf(label, "%d", &topic); n == 1 && err == nil {
		return topic%2 == 0
	}
	return hash(label)%2 == 0
}

func (s *task) score(w []float64, only func(string) bool) (float64, float64, float64) {
	members, _ := s.run(w, false, nil)
	members = append(members, s.loose...)
	return s.bcubedOf(s.fold.named(members), only)
}

// weigh brings the examples of a set to the same sum of weights.
func weigh(data []example, total float64) []example {
	sum := 0.0
	for _, e := range data {
		sum += e.weight
	}
	out := slices.Clone(data)
	for i := range out {
		out[i].weight *= total / sum
	}
	return out
}

func TestTrain(t *testing.T) {
	if !*train {
		t.Skip("without -train")
	}
	tasks := []task{ready2("helsinki", helsinki(t)), ready2("ecb+", ecbPlus(t))}
	report := func(what string, w []float64) {
		fmt.Printf("%-22s", what)
		for i := range tasks {
			for _, part := range []struct {
				name string
				only func(string) bool
			}{{"fit", halfOf}, {"held", func(l string) bool { return !halfOf(l) }}, {"all", func(string) bool { return true }}} {
				p, r, f := tasks[i].score(w, part.only)
				fmt.Printf("  %s %s %.3f/%.3f %.3f", tasks[i].name, part.name, p, r, f)
			}
		}
		fmt.Println()
	}
	show := func(w []float64) {
		for i, f := range featureNames {
			fmt.Printf(" %s: %.2f,", f, w[i])
		}
		fmt.Printf(" bias: %.2f\n", w[len(w)-1])
	}
	start := make([]float64, featureCount+1)
	start[pairs], start[featureCount] = 10, -4
	for _, b := range []float64{-4} {
		start[featureCount] = b
		report(fmt.Sprintf("pairs alone %.0f", b), start)
	}
	if false {
		return
	}
	for _, all := range []bool{false} {
		w := slices.Clone(start)
		pool := make([][]example, len(tasks))
		for round := range 2 {
			var data []example
			for i := range tasks {
				_, byModel := tasks[i].run(w, false, func(l string) bool { return all || halfOf(l) })
				pool[i] = append(pool[i], byModel...)
				if round == 0 {
					_, byReader := tasks[i].run(w, true, func(l string) bool { return all || halfOf(l) })
					pool[i] = append(pool[i], byReader...)
				}
				var fit []example
				for _, e := range pool[i] {
					if e.fit {
						fit = append(fit, e)
					}
				}
				data = append(data, weigh(fit, 1000)...)
			}
			w = logistic(data, *ridge, make([]float64, featureCount+1), func(i int) (float64, bool) {
				switch {
				case i == late:
					return *late2, true
				case *mask && (i == pairs || i == close):
					return 0, true
				}
				return 0, false
			})
			report(fmt.Sprintf("all %v, round %d", all, round), w)
		}
		show(w)
		for _, shift := range []float64{-0.6, -0.3, 0.3} {
			v := slices.Clone(w)
			v[featureCount] += shift
			report(fmt.Sprintf("shift %.1f", shift), v)
		}
	}
}

// named gives the members of groups their names.
func (f *fold) named(groups [][]int) [][]string {
	out := make([][]string, len(groups))
	for i, g := range groups {
		out[i] = f.names(g)
	}
	return out
}
