// Command train makes the weights of internal/annotate/quote from the training
// part of PolNeAR:
//
//	go run ./eval/polnear/train ../shared/bench/quotes internal/annotate/quote/weights.bin
//
// Every decision is a choice among candidates. Its model is a conditional
// logit: the log-linear probability of the right candidate, made likely by
// stochastic gradient ascent with AdaGrad steps (Duchi, Hazan, Singer 2011).
// The order of the samples comes from a fixed seed, so that the same texts give
// the same file.
package main

import (
	"cmp"
	"flag"
	"fmt"
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

func main() {
	log.SetFlags(0)
	epochs := flag.Int("epochs", 6, "how often each sample is seen")
	rate := flag.Float64("rate", 0.15, "step of AdaGrad")
	cut := flag.Float64("cut", -0.3, "least score of a cue")
	hold := flag.Int("hold", 0, "keep every n-th text for a score, 0 for none")
	penalty := flag.Float64("penalty", 0, "L2 penalty")
	drop := flag.Float64("drop", 0, "share of features that each sample leaves out")
	bits := flag.Int("bits", 0, "")
	_ = bits
	runs := flag.Int("runs", 1, "how many runs the weights are the mean of")
	cuts := flag.Bool("cuts", false, "score several cuts")
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
		versions = append(versions, &v)
		var all []quote.Annotated
		for _, a := range d.Attributions {
			all = append(all, quote.Annotated{Content: a.Content, Source: a.Source, Cue: a.Cue})
		}
		gold = append(gold, all)
	}
	priors := quote.Priors(versions, gold)
	var none [quote.Tables][]float32
	for t := range none {
		none[t] = make([]float32, quote.TableSize(t))
	}
	m := read(quote.WriteModel(priors, none, 0))
	var samples []quote.Sample
	for k, v := range versions {
		samples = append(samples, m.Samples(v, gold[k])...)
	}
	var weights [quote.Tables][]float32
	for t := range weights {
		weights[t] = make([]float32, quote.TableSize(t))
	}
	for k := range *runs {
		one := fit(samples, *epochs, *rate, *penalty, *drop, uint64(k))
		for t := range one {
			for i, x := range one[t] {
				weights[t][i] += x / float32(*runs)
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
	var check []quote.Sample
	for _, d := range held {
		v := layers(news.Version{Name: d.Name, Text: d.Text})
		var all []quote.Annotated
		for _, a := range d.Attributions {
			all = append(all, quote.Annotated{Content: a.Content, Source: a.Source, Cue: a.Cue})
		}
		check = append(check, m.Samples(&v, all)...)
	}
	judge(check, weights)
	tries := []float64{*cut}
	if *cuts {
		tries = []float64{-1.2, -0.9, -0.6, -0.3, 0}
	}
	for _, x := range tries {
		m := read(quote.WriteModel(priors, weights, float32(x)))
		r := polnear.ScoreDocuments(held, func(v news.Version) news.Version {
			v = layers(v)
			v.Quotes, v.Attitudes = m.Find(&v)
			return v
		})
		fmt.Printf("\ncut %.1f\n", x)
		if os.Getenv("PROBLEMS") != "" {
			for _, p := range r.Problems {
				fmt.Println("PROBLEM", p.What, p.Text)
			}
		}
		for _, row := range r.Rows {
			f, _ := row.Count.Value()
			p, _ := row.Count.Precision()
			rec, _ := row.Count.Recall()
			fmt.Printf("%-20s %.3f  P %.3f R %.3f\n", row.Name, f, p, rec)
		}
	}
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

// judge prints how the decisions of texts that were kept apart come out.
func judge(samples []quote.Sample, weights [quote.Tables][]float32) {
	var right, all [quote.Tables]int
	var loss [quote.Tables]float64
	type word struct {
		score float64
		cue   bool
	}
	var words []word
	var tot, pos [8]int
	var pass, passRight, gatePos int
	cues := 0
	for _, s := range samples {
		w := weights[s.Table]
		var p []float64
		best := 0
		for k, features := range s.Candidates {
			x := 0.0
			for _, h := range features {
				x += float64(w[h&uint32(len(w)-1)])
			}
			p = append(p, x)
			if x > p[best] {
				best = k
			}
		}
		sum := 0.0
		for _, x := range p {
			sum += math.Exp(x - p[best])
		}
		loss[s.Table] += math.Log(sum) + p[best] - p[s.Right]
		all[s.Table]++
		if best == s.Right {
			right[s.Table]++
		}
		if s.Table == quote.GateTable {
			if p[0] > -3.9 {
				pass++
				if s.Right == 0 {
					passRight++
				}
			}
			if s.Right == 0 {
				gatePos++
			}
		}
		if s.Table == quote.CueTable {
			pr := s.Prior
			tot[pr]++
			if s.Right == 0 {
				pos[pr]++
			}
			words = append(words, word{p[0], s.Right == 0})
			if s.Right == 0 {
				cues++
			}
		}
	}
	fmt.Println("priors", tot, pos, "gate passes", pass, "right", passRight, "of", gatePos)
	for t := range all {
		fmt.Printf("table %d: %.4f right, loss %.4f of %d\n", t, float64(right[t])/float64(all[t]), loss[t]/float64(all[t]), all[t])
	}
	slices.SortFunc(words, func(a, b word) int { return cmp.Compare(b.score, a.score) })
	hit, top, at, rec, prec := 0, 0.0, 0.0, 0.0, 0.0
	for n, x := range words {
		if x.cue {
			hit++
		}
		if f := 2 * float64(hit) / float64(n+1+cues); f > top {
			top, at, rec, prec = f, x.score, float64(hit)/float64(cues), float64(hit)/float64(n+1)
		}
	}
	fmt.Printf("best F1 of cues %.4f at %.2f (P %.3f R %.3f) of %d\n", top, at, prec, rec, cues)
}

// fit returns the weights of each table.
func fit(samples []quote.Sample, epochs int, rate, penalty, drop float64, seed uint64) (out [quote.Tables][]float32) {
	var squares [quote.Tables][]float32
	for t := range out {
		out[t], squares[t] = make([]float32, quote.TableSize(t)), make([]float32, quote.TableSize(t))
	}
	chance := rand.New(rand.NewPCG(1, seed))
	p := make([]float64, 256)
	for e := range epochs {
		chance.Shuffle(len(samples), func(i, j int) { samples[i], samples[j] = samples[j], samples[i] })
		var right, all [quote.Tables]int
		var loss [quote.Tables]float64
		step := rate / (1 + float64(e)/2)
		for _, s := range samples {
			w, g2 := out[s.Table], squares[s.Table]
			mask := uint32(len(w) - 1)
			p = p[:0]
			best, most := 0, math.Inf(-1)
			// the same features are left out of all candidates: those whose hash
			// falls below the share after a turn by chance
			turn, least := chance.Uint32()|1, uint32(drop*(1<<32-1))
			if s.Table > quote.CueTable {
				least = 0
			}
			for k, features := range s.Candidates {
				x := 0.0
				for _, h := range features {
					if (h^turn)*0x9E3779B1 < least {
						continue
					}
					x += float64(w[h&mask])
				}
				p = append(p, x)
				if x > most {
					best, most = k, x
				}
			}
			sum := 0.0
			for k := range p {
				p[k] = math.Exp(p[k] - most)
				sum += p[k]
			}
			for k, features := range s.Candidates {
				g := -p[k] / sum
				if k == s.Right {
					loss[s.Table] -= math.Log(p[k] / sum)
					g++
				}
				if math.Abs(g) < 1e-3 && penalty == 0 {
					continue
				}
				for _, h := range features {
					if (h^turn)*0x9E3779B1 < least {
						continue
					}
					i := h & mask
					d := g - penalty*float64(w[i])
					g2[i] += float32(d * d)
					w[i] += float32(step * d / (0.3 + math.Sqrt(float64(g2[i]))))
				}
			}
			all[s.Table]++
			if best == s.Right {
				right[s.Table]++
			}
		}
		for t := range all {
			fmt.Fprintf(os.Stderr, "%d/%d %.3f %.3f   ", e+1, t, float64(right[t])/float64(max(all[t], 1)), loss[t]/float64(max(all[t], 1)))
		}
		fmt.Fprintln(os.Stderr)
	}
	return out
}
