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
// The last decision, whether all of a guess together is an attribution, looks
// at what the others found. They are less sure of texts that they did not learn
// from; therefore each part of the texts is read by a model of the other parts
// (stacking, Wolpert 1992). In the same way the priors of words, by which the
// other decisions see a text, are counted without it.
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
	parts  = 4    // each part of the texts is read by a model of the others
)

// drop is the share of the features that a sample leaves out, by table.
var drop = [quote.Tables]float64{quote.GateTable: 0.2, quote.CueTable: 0.2, quote.AcceptTable: 0.3}

func main() {
	log.SetFlags(0)
	hold := flag.Int("hold", 0, "keep every n-th text apart, and score it; 0 for none")
	cut := flag.Float64("cut", -1.1, "least worth of an attribution")
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
	file := learn(versions, gold, float32(*cut))
	if out := flag.Arg(1); out != "" {
		if err := os.WriteFile(out, file, 0o644); err != nil {
			log.Fatal(err)
		}
	}
	if len(held) == 0 {
		return
	}
	m := read(file)
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

// learn returns the file of a model of the texts.
func learn(versions []*news.Version, gold [][]quote.Annotated, cut float32) []byte {
	var lessons [parts][]quote.Sample
	for part := range parts {
		m := read(quote.WriteModel(priors(versions, gold, part), empty(), 0))
		for k := part; k < len(versions); k += parts {
			lessons[part] = append(lessons[part], m.Samples(versions[k], gold[k])...)
		}
	}
	var judgements []quote.Sample
	for part := range parts {
		others := slices.Concat(slices.Concat(lessons[:part]...), slices.Concat(lessons[part+1:]...))
		m := read(quote.WriteModel(priors(versions, gold, part), weights(others), 0))
		for k := part; k < len(versions); k += parts {
			judgements = append(judgements, m.Judgements(versions[k], gold[k])...)
		}
		log.Printf("part %d of %d: %d decisions, %d judgements so far", part+1, parts, len(lessons[part]), len(judgements))
	}
	all := append(slices.Concat(lessons[:]...), judgements...)
	return quote.WriteModel(quote.Priors(versions, gold), weights(all), cut)
}

// priors counts cues in all texts but those of a part.
func priors(versions []*news.Version, gold [][]quote.Annotated, part int) []byte {
	var v []*news.Version
	var g [][]quote.Annotated
	for k := range versions {
		if k%parts != part {
			v, g = append(v, versions[k]), append(g, gold[k])
		}
	}
	return quote.Priors(v, g)
}

// weights is the mean of some runs.
func weights(samples []quote.Sample) [quote.Tables][]float32 {
	out := empty()
	for seed := range uint64(runs) {
		one := fit(samples, seed)
		for t := range one {
			for i, x := range one[t] {
				out[t][i] += x / runs
			}
		}
	}
	return out
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
			turn, least := chance.Uint32()|1, uint32(drop[s.Table]*math.MaxUint32)
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
