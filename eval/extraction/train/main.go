// Command train makes the weights of internal/ingest/page from the pages of
// even index in the extraction benchmark:
//
//	go run ./eval/extraction/train ../shared/bench/extraction > internal/ingest/page/weights.txt
//
// A block that holds a "with" segment is text, one that holds a "without"
// segment or a comment of a reader is not; blocks without a segment teach
// nothing. Segments found in several blocks share their weight among them. Two
// logistic regressions with an L2 penalty, by Newton's method: of blocks, then
// of blocks with the scores of their neighbours.
package main

import (
	"flag"
	"fmt"
	"log"
	"math"
	"strings"

	"github.com/tracewire/tracewire/eval/extraction"
	"github.com/tracewire/tracewire/internal/ingest/page"
)

type example struct {
	x      []float32
	text   bool
	weight float64
}

func main() {
	log.SetFlags(0)
	penalty := flag.Float64("penalty", 2, "L2 penalty of a weight")
	odd := flag.Bool("odd", false, "train on the pages of odd index")
	shift := flag.Float64("shift", 0, "added to the bias of the second look")
	flag.Parse()
	pages, err := extraction.Load(flag.Arg(0))
	if err != nil {
		log.Fatal(err)
	}
	var half []extraction.Page
	for _, p := range pages {
		if p.Index%2 == 0 != *odd {
			half = append(half, p)
		}
	}
	names1, names2 := page.FeatureNames()
	var set []example
	for _, p := range half {
		set = append(set, label(p, page.Samples(p.Source))...)
	}
	first := fit(set, len(names1), *penalty)
	set = set[:0]
	for _, p := range half {
		set = append(set, label(p, page.SecondSamples(p.Source, first))...)
	}
	second := fit(set, len(names2), *penalty)
	second[0] += float32(*shift)
	fmt.Println("# Logistic weights of blocks, made by eval/extraction/train on the pages of even")
	fmt.Printf("# index in the evaluation set of trafilatura (%d pages; only segments marked as\n", len(half))
	fmt.Println("# text, as no text, or as comment teach). Above 0 speaks for text.")
	fmt.Println("[block]")
	for i, n := range names1 {
		fmt.Printf("%.3f\t%s\n", first[i], n)
	}
	fmt.Println("[neighbours]")
	for i, n := range names2 {
		fmt.Printf("%.3f\t%s\n", second[i], n)
	}
}

func label(p extraction.Page, samples []page.Sample) []example {
	weight := make([]float64, len(samples)) // above 0: text
	texts := make([]string, len(samples))
	for i, s := range samples {
		texts[i] = extraction.Norm(s.Text)
	}
	mark := func(segments []string, by float64) {
		for _, w := range segments {
			w = extraction.Norm(w)
			var in []int
			for i := range texts {
				if strings.Contains(texts[i], w) {
					in = append(in, i)
				}
			}
			for _, i := range in {
				if by > 0 || weight[i] <= 0 {
					weight[i] = by / float64(len(in))
				}
			}
		}
	}
	mark(p.Comments, -.3)
	mark(p.Without, -1)
	mark(p.With, 1)
	var out []example
	for i, w := range weight {
		if w != 0 {
			out = append(out, example{samples[i].Features, w > 0, math.Abs(w)})
		}
	}
	return out
}

// fit is penalised logistic regression by Newton's method; the first feature,
// the bias, is not penalised.
func fit(set []example, n int, penalty float64) []float32 {
	w := make([]float64, n)
	for range 12 {
		h := make([][]float64, n)
		g := make([]float64, n)
		for i := range h {
			h[i] = make([]float64, n)
			l := penalty
			if i == 0 {
				l = 1e-3
			}
			h[i][i] = l
			g[i] = -l * w[i]
		}
		for _, e := range set {
			z := 0.0
			for i, x := range e.x {
				z += w[i] * float64(x)
			}
			p := 1 / (1 + math.Exp(-z))
			y := 0.0
			if e.text {
				y = 1
			}
			d, c := e.weight*(y-p), e.weight*max(p*(1-p), 1e-5)
			for i, x := range e.x {
				if x == 0 {
					continue
				}
				g[i] += d * float64(x)
				for k := range i + 1 {
					h[i][k] += c * float64(x) * float64(e.x[k])
				}
			}
		}
		step := solve(h, g)
		for i := range w {
			w[i] += step[i]
		}
	}
	out := make([]float32, n)
	for i := range w {
		out[i] = float32(w[i])
	}
	return out
}

// solve uses the lower half of h, which is positive definite (Cholesky).
func solve(h [][]float64, g []float64) []float64 {
	n := len(g)
	for i := range n {
		for k := range i + 1 {
			s := h[i][k]
			for j := range k {
				s -= h[i][j] * h[k][j]
			}
			if i == k {
				h[i][i] = math.Sqrt(s)
			} else {
				h[i][k] = s / h[k][k]
			}
		}
	}
	x := make([]float64, n)
	for i := range n {
		s := g[i]
		for k := range i {
			s -= h[i][k] * x[k]
		}
		x[i] = s / h[i][i]
	}
	for i := n - 1; i >= 0; i-- {
		s := x[i]
		for k := i + 1; k < n; k++ {
			s -= h[k][i] * x[k]
		}
		x[i] = s / h[i][i]
	}
	return x
}
