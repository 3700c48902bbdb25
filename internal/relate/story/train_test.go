package story

import (
	"flag"
	"fmt"
	"slices"
	"testing"

	"github.com/tracewire/tracewire/eval/logistic"
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
	copies := f.placeOf(f.linked(f.sameText))
	var out []example
	var same, other float64
	for _, p := range near {
		a, b := &f.digests[p.a], &f.digests[p.b]
		la, lb := l.labels[a.Name], l.labels[b.Name]
		if !l.counts[a.Name] || !l.counts[b.Name] || copies[p.a] == copies[p.b] || f.areVersions(p) {
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

// fit finds weights, the bias last.
func fit(data []example, ridge float64) []float64 {
	n := len(data[0].x)
	cases := make([]logistic.Example, len(data))
	for i, e := range data {
		cases[i] = logistic.Example{X: append(slices.Clone(e.x), 1), Yes: e.same, Weight: e.weight}
	}
	return logistic.Fit(cases, make([]float64, n+1), append(slices.Repeat([]float64{ridge}, n), 0))
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
		w := fit(data, 3)
		fmt.Printf("%-9s", name)
		for i, f := range featureNames {
			fmt.Printf(" %s: %.2f,", f, w[i])
		}
		fmt.Printf(" bias: %.2f  (%d pairs)\n", w[len(w)-1], len(data))
	}
}
