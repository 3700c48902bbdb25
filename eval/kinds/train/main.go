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
	"math"
	"os"

	"github.com/tracewire/tracewire/eval/lineagebench"
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
	x       [features]float64
	opinion bool
	fold    uint32
	id      string
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
		given := v.Given
		given.Outlet = ""
		x, words := header.Voice(v.Text, news.Given{Fetched: given.Fetched})
		if words < 120 {
			continue
		}
		h := fnv.New32a()
		h.Write([]byte(b.Articles[i].Publisher))
		all = append(all, sample{x, kind == "opinion", h.Sum32() % folds, v.Name})
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
				said := sure(w, s.x) > at
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

func sure(w [features + 1]float64, x [features]float64) float64 {
	sum := w[0]
	for i, v := range x {
		sum += w[i+1] * v
	}
	return 1 / (1 + math.Exp(-sum))
}

// fit is plain gradient descent with a ridge penalty; the features are few and
// of one order of magnitude.
func fit(set []sample) (w [features + 1]float64) {
	for range rounds {
		var g [features + 1]float64
		for _, s := range set {
			y := 0.
			if s.opinion {
				y = 1
			}
			d := sure(w, s.x) - y
			g[0] += d
			for i, v := range s.x {
				g[i+1] += d * v
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
