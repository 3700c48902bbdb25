package story

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
)

type cached struct {
	Digests []D
	Links   []news.Link
	Labels  map[string][]string
	Counts  map[string]bool
}

func load(t *testing.T, set string) (labelled, []D, []news.Link) {
	file := "/tmp/lab-" + set + ".json"
	if os.Getenv("FRESH") == "" {
		if raw, err := os.ReadFile(file); err == nil {
			var c cached
			if err := json.Unmarshal(raw, &c); err != nil {
				t.Fatal(err)
			}
			return labelled{labels: c.Labels, counts: c.Counts}, c.Digests, c.Links
		}
	}
	var l labelled
	if set == "helsinki" {
		l = helsinki(t)
	} else {
		l = ecbPlus(t)
	}
	d, links := l.digest()
	for i := range links {
		links[i].Passages = nil
	}
	raw, err := json.Marshal(cached{d, links, l.labels, l.counts})
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile(file, raw, 0o644)
	fmt.Println(set, len(raw)/len(d), "bytes a digest")
	return l, d, links
}

func TestLab(t *testing.T) {
	if os.Getenv("LAB") == "" {
		t.Skip()
	}
	type in struct {
		l labelled
		d []D
		k []news.Link
	}
	var sets []in
	for _, set := range []string{"helsinki", "ecb"} {
		l, d, k := load(t, set)
		sets = append(sets, in{l, d, k})
	}
	for _, beta := range []float64{0, 1, 2, 4} {
		for _, small := range []float64{10, 40} {
			if beta == 0 && small > 10 {
				continue
			}
			contextBeta, contextSmall = beta, small
			data := append(sets[0].l.examples(sets[0].d, sets[0].k), sets[1].l.examples(sets[1].d, sets[1].k)...)
			w := logistic(data, 3)
			fmt.Printf("== beta %.1f small %.0f: %.2f\n", beta, small, w)
			copy(storyWeights[:], w)
			storyBias = w[len(w)-1]
			for _, s := range sets {
				g := newFold(s.d, s.k)
				g.dateCopies()
				near := g.near()
				g.lookAround(near)
				fmt.Print(len(g.courses), " courses:")
				for _, avg := range []float64{0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9} {
					storyAverage, closePair = avg, max(0.5, avg)
					st := []news.Story{}
					for _, m := range g.stories(near) {
						st = append(st, news.Story{Documents: g.names(m)})
					}
					p, r, ff := s.l.bcubed(st)
					fmt.Printf(" %.1f: %.3f/%.3f %.3f (%d)", avg, p, r, ff, len(st))
				}
				fmt.Println()
			}
		}
	}
}
