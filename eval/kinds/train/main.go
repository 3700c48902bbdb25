// Train learns the voice of columns: weights of a logistic regression over
// header.VoiceFeatures, from articles that a reader has sorted.
//
//	go run ./eval/kinds/train ../shared/lineage > internal/annotate/header/voice.txt
//
// What it reaches on outlets that it was not fitted on goes to standard error.
package main

import (
	"fmt"
	"hash/fnv"
	"os"

	"github.com/tracewire/tracewire/eval/lineagebench"
	"github.com/tracewire/tracewire/eval/logistic"
	"github.com/tracewire/tracewire/internal/annotate/header"
	"github.com/tracewire/tracewire/internal/news"
)

const (
	features = len(header.VoiceFeatures)
	folds    = 5
	rounds   = 3000
	rate     = .3
	ridge    = .004
)

type sample struct {
	x       []float64 // the bias first
	opinion bool
	fold    uint32
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: train DIR  (a folder with stories.json and the articles)")
		os.Exit(2)
	}
	b, err := lineagebench.Load(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
	var all []sample
	for i, v := range b.Versions() {
		kind := b.Articles[i].Gold.Kind
		if kind != "news" && kind != "opinion" {
			continue
		}
		// Without the outlet: some are known for their columns.
		x, words := header.Voice(v.Text, news.Given{Fetched: v.Given.Fetched})
		if words < header.VoiceWords {
			continue
		}
		h := fnv.New32a()
		h.Write([]byte(b.Articles[i].Publisher))
		all = append(all, sample{append([]float64{1}, x[:]...), kind == "opinion", h.Sum32() % folds})
	}
	for _, at := range []float64{.4, .5, .6, .7, .8} {
		hit, found, gold := 0, 0, 0
		for f := range uint32(folds) {
			var in []sample
			for _, s := range all {
				if s.fold != f {
					in = append(in, s)
				}
			}
			w := fit(in)
			for _, s := range all {
				if s.fold != f {
					continue
				}
				said := logistic.Chance(w, s.x) > at
				if said {
					found++
				}
				if s.opinion {
					gold++
				}
				if said && s.opinion {
					hit++
				}
			}
		}
		fmt.Fprintf(os.Stderr, "from %.1f on: %d of %d columns found, %d of %d right; outlets never fitted on\n", at, hit, gold, hit, found)
	}
	fmt.Printf("# The voice of a column: weights of a logistic regression over %d articles,\n# learned by: go run ./eval/kinds/train DIR\n# DIR holds articles of many outlets on one summit, labelled by one reader.\n", len(all))
	w := fit(all)
	fmt.Printf("bias = %.3f\n", w[0])
	for i, name := range header.VoiceFeatures {
		fmt.Printf("%s = %.3f\n", name, w[i+1])
	}
}

// fit is plain gradient descent with a ridge penalty on the mean loss; the
// features are few and of one order of magnitude. It stops before the very
// bottom, so logistic.Fit would give weights that differ in the second place.
func fit(set []sample) []float64 {
	w := make([]float64, 1+features)
	for range rounds {
		g := make([]float64, len(w))
		for _, s := range set {
			d := logistic.Chance(w, s.x)
			if s.opinion {
				d--
			}
			for i, v := range s.x {
				g[i] += d * v
			}
		}
		for i := range w {
			step := g[i] / float64(len(set))
			if i > 0 {
				step += ridge * w[i]
			}
			w[i] -= rate * step
		}
	}
	return w
}
