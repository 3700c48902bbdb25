package story

import (
	"fmt"
	"os"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
)

func TestLab(t *testing.T) {
	if os.Getenv("LAB") == "" {
		t.Skip()
	}
	for _, set := range []string{"helsinki", "ecb"} {
		var l labelled
		if set == "helsinki" {
			l = helsinki(t)
		} else {
			l = ecbPlus(t)
		}
		digests, links := l.digest()
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
		rel := map[string]int{}
		for _, k := range f.links {
			eq := "diff"
			if l.labels[k.From][0] == l.labels[k.To][0] {
				eq = "same"
			}
			if !l.counts[k.From] || !l.counts[k.To] {
				eq = "uncounted"
			}
			rel[string(k.Relation)+" "+eq]++
		}
		fmt.Println(rel)
		_ = news.Copy
		for _, avg := range []float64{0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9} {
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
