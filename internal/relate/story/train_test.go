package story

import (
	"flag"
	"fmt"
	"math"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
)

var train = flag.Bool("train", false, "print weights of the comparison learned from the benchmarks beside the repository")

// example is a pair with the answer of a reader.
type example struct {
	x      []float64
	same   bool
	weight float64
}

// examples takes all candidate pairs of a set that are not copies. Each story
// counts by its texts, not by its pairs, or the biggest would be all there is;
// pairs of different stories weigh as much as all others together.
func (l labelled) examples(digests []D, links []news.Link) []example {
	f := newFold(digests, links)
	f.dateCopies()
	near := f.near()
	f.lookAround(near)
	size := map[string]float64{}
	for d, labels := range l.labels {
		if l.counts[d] {
			size[labels[0]]++
		}
	}
	copies := placeOf(f.linked(f.sameText))
	var out []example
	var same, other float64
	for _, p := range near {
		a, b := &f.digests[p.a], &f.digests[p.b]
		la, lb := l.labels[a.Name], l.labels[b.Name]
		if !l.counts[a.Name] || !l.counts[b.Name] || copies[int(p.a)] == copies[int(p.b)] || f.versions[p] {
			continue
		}
		e := example{x: featuresOf(&f.local[p.a], &f.local[p.b]).list(), same: la[0] == lb[0]}
		if !e.same && intersects(la, lb) {
			continue
		}
		if e.same {
			e.weight = 1 / size[la[0]]
			same += e.weight
		} else {
			e.weight = 1
			other++
		}
		out = append(out, e)
	}
	for i := range out {
		if out[i].same {
			out[i].weight *= 1000 / same
		} else {
			out[i].weight *= 1000 / other
		}
	}
	return out
}

func intersects(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

// logistic fits weights (bias last) by Newton's method with a ridge.
func logistic(data []example, ridge float64) []float64 {
	n := len(data[0].x) + 1
	w := make([]float64, n)
	for range 25 {
		grad := make([]float64, n)
		hess := make([][]float64, n)
		for i := range hess {
			hess[i] = make([]float64, n)
			if i < n-1 {
				grad[i] = -ridge * w[i]
				hess[i][i] = ridge
			}
		}
		for _, e := range data {
			x := append(append([]float64{}, e.x...), 1)
			z := 0.0
			for i := range x {
				z += w[i] * x[i]
			}
			p := 1 / (1 + math.Exp(-z))
			y := 0.0
			if e.same {
				y = 1
			}
			for i := range x {
				grad[i] += e.weight * (y - p) * x[i]
				for j := range x {
					hess[i][j] += e.weight * p * (1 - p) * x[i] * x[j]
				}
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

func trained(t *testing.T, l labelled) []example {
	return l.examples(l.digest())
}

func TestTrain(t *testing.T) {
	if !*train {
		t.Skip("without -train")
	}
	h, e := trained(t, helsinki(t)), trained(t, ecbPlus(t))
	for name, data := range map[string][]example{"helsinki": h, "ecb+": e, "both": append(append([]example{}, h...), e...)} {
		w := logistic(data, 3)
		fmt.Printf("%-9s", name)
		for i, f := range featureNames {
			fmt.Printf(" %s: %.2f,", f, w[i])
		}
		fmt.Printf(" bias: %.2f  (%d pairs)\n", w[len(w)-1], len(data))
	}
}
