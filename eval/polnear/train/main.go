// Command train makes the weights of internal/annotate/quote from the training
// part of PolNeAR:
//
//	go run ./eval/polnear/train ../shared/bench/quotes internal/annotate/quote/weights.bin
//
// Every decision is a choice among candidates. Its model is a conditional
// logit: the log-linear probability of the right candidate, made likely by
// stochastic gradient ascent with AdaGrad steps (Duchi, Hazan, Singer 2011),
// features left out by chance so that no word is trusted alone. Chance comes
// from fixed seeds: the same texts give the same file.
//
// With --hold N every N-th text is kept apart and scored; that is how the
// numbers below were chosen. The development part has no say in them.
package main

import (
	"flag"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"github.com/tracewire/tracewire/eval/polnear"
	"github.com/tracewire/tracewire/internal/annotate/header"
	"github.com/tracewire/tracewire/internal/annotate/mention"
	"github.com/tracewire/tracewire/internal/annotate/quote"
	"github.com/tracewire/tracewire/internal/annotate/segment"
	"github.com/tracewire/tracewire/internal/annotate/timex"
	"github.com/tracewire/tracewire/internal/news"
)

const (
	runs   = 3    // the weights are the mean of so many runs
	epochs = 3    // how often a run sees each sample
	rate   = 0.08 // step of AdaGrad
	drop   = 0.2  // share of the features of a cue that a sample leaves out
)

func main() {
	log.SetFlags(0)
	hold := flag.Int("hold", 0, "keep every n-th text apart, and score it; 0 for none")
	cut := flag.Float64("cut", -0.6, "least score of a cue")
	flag.Parse()
	docs, err := polnear.Load(filepath.Join(flag.Arg(0), "train.tar.gz"))
	if err != nil {
		log.Fatal(err)
	}
	var held []polnear.Document
	var versions []*news.Version
	var gold [][]quote.Annotated
	for k, d := range docs {
		if *hold > 0 && k%*hold == 0 {
			held = append(held, d)
			continue
		}
		v := layers(news.Version{Name: d.Name, Text: d.Text})
		versions, gold = append(versions, &v), append(gold, annotated(d))
	}
	priors := quote.Priors(versions, gold)
	m := read(quote.WriteModel(priors, empty(), 0))
	var samples []quote.Sample
	for k, v := range versions {
		samples = append(samples, m.Samples(v, gold[k])...)
	}
	log.Printf("%d texts, %d decisions", len(versions), len(samples))
	weights := empty()
	for seed := range uint64(runs) {
		one := fit(samples, seed)
		for t := range one {
			for i, x := range one[t] {
				weights[t][i] += x / runs
			}
		}
	}
	file := quote.WriteModel(priors, weights, float32(*cut))
	if out := flag.Arg(1); out != "" {
		if err := os.WriteFile(out, file, 0o644); err != nil {
			log.Fatal(err)
		}
	}
	if len(held) == 0 {
		return
	}
	m = read(file)
	r := polnear.ScoreDocuments(held, func(v news.Version) news.Version {
		v = layers(v)
		v.Quotes, v.Attitudes = m.Find(&v)
		return v
	})
	r.Name = "PolNeAR, texts of the training part kept apart"
	if err := r.WriteTable(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func annotated(d polnear.Document) []quote.Annotated {
	var out []quote.Annotated
	for _, a := range d.Attributions {
		out = append(out, quote.Annotated{Content: a.Content, Source: a.Source, Cue: a.Cue})
	}
	return out
}

// layers returns v with what stands before quotes in the pipeline, so that the
// weights in use have no part in the making of new ones.
func layers(v news.Version) news.Version {
	v.Lines, v.Meta = header.Find(v.Text, v.Given)
	v.Tokens, v.Sentences = segment.Find(&v)
	v.Timexes = timex.Find(&v)
	v.Entities = mention.Find(&v)
	return v
}

func read(file []byte) *quote.Model {
	m, err := quote.ReadModel(string(file))
	if err != nil {
		log.Fatal(err)
	}
	return m
}

func empty() (out [quote.Tables][]float32) {
	for t := range out {
		out[t] = make([]float32, quote.TableSize(t))
	}
	return out
}

// fit returns the weights of each table after one run.
func fit(samples []quote.Sample, seed uint64) [quote.Tables][]float32 {
	weights, squares := empty(), empty()
	chance := rand.New(rand.NewPCG(1, seed))
	order := slices.Clone(samples)
	p := make([]float64, 0, 128)
	for e := range epochs {
		chance.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		right, loss := 0, 0.0
		step := rate / (1 + float64(e)/2)
		for _, s := range order {
			w, g2 := weights[s.Table], squares[s.Table]
			mask := uint32(len(w) - 1)
			// A turn by chance decides which hashes are left out, in all
			// candidates alike.
			turn, least := chance.Uint32()|1, uint32(0)
			if s.Table == quote.CueTable || s.Table == quote.GateTable {
				least = uint32(drop * math.MaxUint32)
			}
			out := func(h uint32) bool { return (h^turn)*0x9E3779B1 < least }
			p = p[:0]
			best := 0
			for k, features := range s.Candidates {
				x := 0.0
				for _, h := range features {
					if !out(h) {
						x += float64(w[h&mask])
					}
				}
				p = append(p, x)
				if x > p[best] {
					best = k
				}
			}
			if best == s.Right {
				right++
			}
			top, sum := p[best], 0.0
			for k := range p {
				p[k] = math.Exp(p[k] - top)
				sum += p[k]
			}
			loss -= math.Log(p[s.Right] / sum)
			for k, features := range s.Candidates {
				g := -p[k] / sum
				if k == s.Right {
					g++
				}
				if math.Abs(g) < 1e-3 {
					continue
				}
				for _, h := range features {
					if i := h & mask; !out(h) {
						g2[i] += float32(g * g)
						w[i] += float32(step * g / (0.3 + math.Sqrt(float64(g2[i]))))
					}
				}
			}
		}
		log.Printf("run %d, round %d: %.4f right, loss %.4f", seed+1, e+1, float64(right)/float64(len(order)), loss/float64(len(order)))
	}
	return weights
}
