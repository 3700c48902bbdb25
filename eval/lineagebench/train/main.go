// Command train finds the weights of the clues by which internal/relate/lineage
// tells the order of versions:
//
//	go run ./eval/lineagebench/train ../shared/lineage > internal/relate/lineage/weights.txt
//
// It learns from all pairs of versions whose order the readers of the summit
// articles knew; each family weighs as the root of its pairs, so that a long
// write-through is not all there is. A logistic regression without bias (to
// swap two versions turns the sign of everything), by Newton's method. Weights
// are drawn to what an editor would give the clue, since some clues are rare in
// this set. On standard error stand the shares right and wrong at several
// thresholds, each large family judged by weights that have not seen it.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"math"
	"slices"

	"github.com/tracewire/tracewire/eval/lineagebench"
	"github.com/tracewire/tracewire/eval/logistic"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/relate/lineage"
	"github.com/tracewire/tracewire/internal/relate/reuse"
	"github.com/tracewire/tracewire/internal/store/memory"
)

// editor is what a clue is worth to an editor who has not seen the set.
var editor = []float64{4, 5, 4, .5, 1.5, 1.5, 1.5, 2.5, .5, 3, 1.5, 1, 1, .5}

// example is a pair of versions, turned so that the first is the earlier.
type example struct {
	x      []float64
	family string
	weight float64
}

func main() {
	log.SetFlags(0)
	ridge := flag.Float64("ridge", 1, "how much the editor's weights count")
	flag.Parse()
	b, err := lineagebench.Load(flag.Arg(0))
	if err != nil {
		log.Fatal(err)
	}
	clues, err := cluesOf(b)
	if err != nil {
		log.Fatal(err)
	}
	set := examples(b, clues)
	w := fit(set, *ridge)
	fmt.Println("# Logits of the clues to the order of two versions, made by eval/lineagebench/train")
	fmt.Printf("# on %d pairs of versions of the articles on one summit. Above 0: the first is the\n", len(set))
	fmt.Println("# earlier.")
	for i, name := range lineage.ClueNames {
		fmt.Printf("%s %.2f\n", name, w[i])
	}
	log.Print("left out family by family:")
	judge(set, *ridge, func(int) bool { return true })
	log.Print("the same without clocks and days:")
	judge(set, *ridge, func(i int) bool { return i == 0 || i >= 7 })
}

// cluesOf reads all articles and returns the clues of all pairs of versions,
// by their names.
func cluesOf(b lineagebench.Bench) (map[[2]string][]float64, error) {
	ctx := context.Background()
	e := pipeline.Engine{Store: memory.New()}
	if err := e.Add(ctx, slices.Values(b.Versions())); err != nil {
		return nil, err
	}
	var all []*news.Version
	if err := e.Relate(ctx, nil, func(t pipeline.Thread) error { all = append(all, t.Versions...); return nil }); err != nil {
		return nil, err
	}
	out := map[[2]string][]float64{}
	for _, c := range lineage.Clues(all, reuse.CompareAll(all)) {
		out[[2]string{c.A, c.B}] = c.X[:]
		turned := make([]float64, len(c.X))
		for i, x := range c.X {
			turned[i] = -x
		}
		out[[2]string{c.B, c.A}] = turned
	}
	return out, nil
}

func examples(b lineagebench.Bench, clues map[[2]string][]float64) []example {
	var out []example
	seen := map[[2]string]bool{}
	for _, f := range b.Families {
		if !f.Ordered() {
			continue
		}
		first := len(out)
		for i, early := range f.Versions {
			for _, late := range f.Versions[i+1:] {
				for _, x := range early {
					for _, y := range late {
						seen[[2]string{x, y}] = true
						if c := clues[[2]string{x, y}]; c != nil {
							out = append(out, example{x: c, family: f.Name})
						}
					}
				}
			}
		}
		for i := first; i < len(out); i++ {
			out[i].weight = 1 / math.Sqrt(float64(len(out)-first))
		}
	}
	for _, p := range b.Pairs {
		k := [2]string{p.A, p.B}
		if p.Direction == "b->a" {
			k = [2]string{p.B, p.A}
		} else if p.Direction != "a->b" {
			continue
		}
		if c := clues[k]; c != nil && !seen[k] && p.Relation == "version" {
			out = append(out, example{c, "pairs", 1})
		}
	}
	return out
}

// judge prints how many pairs are told right and wrong when only the clues in
// use count.
func judge(set []example, ridge float64, use func(int) bool) {
	var masked []example
	size := map[string]int{}
	for _, e := range set {
		x := slices.Clone(e.x)
		for i := range x {
			if !use(i) {
				x[i] = 0
			}
		}
		masked = append(masked, example{x, e.family, e.weight})
		size[e.family]++
	}
	var scores, weights []float64
	all := 0.
	for name, n := range size {
		var learn, test []example
		for _, e := range masked {
			// Small families are left out together.
			if e.family == name || n < 20 && size[e.family] < 20 {
				test = append(test, e)
			} else {
				learn = append(learn, e)
			}
		}
		w := fit(learn, ridge)
		for _, e := range test {
			if e.family == name {
				scores, weights = append(scores, logistic.Logit(w, e.x)), append(weights, e.weight)
				all += e.weight
			}
		}
	}
	for _, t := range []float64{0, .3, .5, .7, 1, 1.5, 2} {
		var right, wrong, rightW, wrongW float64
		for i, z := range scores {
			switch {
			case z > t:
				right++
				rightW += weights[i]
			case z < -t:
				wrong++
				wrongW += weights[i]
			}
		}
		n := float64(len(scores))
		log.Printf("  above %.1f: right %.3f, wrong %.3f; by weight %.3f, %.3f", t, right/n, wrong/n, rightW/all, wrongW/all)
	}
}

// fit draws the weights to the editor's. All examples have the same answer.
func fit(set []example, ridge float64) []float64 {
	cases := make([]logistic.Example, len(set))
	for i, e := range set {
		cases[i] = logistic.Example{X: e.x, Yes: true, Weight: e.weight}
	}
	return logistic.Fit(cases, editor, slices.Repeat([]float64{ridge}, len(editor)))
}
