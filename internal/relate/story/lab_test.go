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
	for _, set := range []string{"helsinki", "ecb"} {
		l, digests, links := load(t, set)
		f := newFold(digests, links)
		near := f.near()
		same, found := 0, map[pair]bool{}
		for _, p := range near {
			found[p] = true
		}
		hit := 0
		for i := range f.digests {
			for j := i + 1; j < len(f.digests); j++ {
				a, b := f.digests[i].Name, f.digests[j].Name
				if l.counts[a] && l.counts[b] && l.labels[a][0] == l.labels[b][0] {
					same++
					if found[pair{int32(i), int32(j)}] {
						hit++
					}
				}
			}
		}
		fmt.Println(set, "candidates", len(near), "same", same, "found", hit)
		for _, avg := range []float64{0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9} {
			for _, cl := range []float64{0.5} {
				storyAverage, closePair = avg, max(cl, avg)
				g := newFold(digests, links)
				g.dateCopies()
				st := []news.Story{}
				for _, m := range g.stories(near) {
					st = append(st, news.Story{Documents: g.names(m)})
				}
				p, r, ff := l.bcubed(st)
				fmt.Printf("avg %.2f close %.2f: P %.3f R %.3f F %.3f (%d)\n", avg, closePair, p, r, ff, len(st))
			}
		}
	}
}
