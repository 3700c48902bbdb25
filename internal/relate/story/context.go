package story

import (
	"math"
	"slices"

	"github.com/tracewire/tracewire/internal/news"
)

var (
	contextBeta  = 1.0
	contextSmall = 40.0
)

const (
	courseClose   = 0.3
	courseAverage = 0.25
	courseQuorum  = 0.2
)

// lookAround weighs the words of each text anew by how many texts of the same
// course of events use them: where all tell of one summit, "summit" no longer
// tells stories apart. In small company weights stay as they are.
func (f *fold) lookAround(near []pair) {
	start := f.linked(func(l news.Link) bool { return l.Relation == news.Copy || l.Relation == news.Trimmed })
	known := map[pair]float64{}
	j := joining{
		score: func(a, b int) float64 {
			p := pair{int32(a), int32(b)}
			s, has := known[p]
			if !has {
				s = threadScore(featuresOf(&f.digests[a], &f.digests[b]))
				known[p] = s
			}
			return s
		},
		close: courseClose, average: courseAverage, quorum: courseQuorum,
	}
	voice := placeOf(start)
	f.local = slices.Clone(f.digests)
	f.courses = j.cluster(start, near, f.rank)
	for _, members := range f.courses {
		heard := map[int]bool{}
		df := map[string]float64{}
		for _, m := range members {
			if heard[voice[m]] {
				continue
			}
			heard[voice[m]] = true
			d := &f.digests[m]
			seen := map[string]bool{}
			for _, v := range [][]Term{d.LedeWords, d.LedeNames, d.Words, d.Names, d.Phrases} {
				for _, t := range v {
					if !seen[t.Word] {
						seen[t.Word] = true
						df[t.Word]++
					}
				}
			}
		}
		n := float64(len(heard))
		again := func(terms []Term) []Term {
			out := slices.Clone(terms)
			for i, t := range out {
				out[i].Weight *= float32(1 + contextBeta*math.Log((n+contextSmall)/(df[t.Word]+contextSmall)))
			}
			return unit(out)
		}
		for _, m := range members {
			d := &f.local[m]
			d.LedeWords, d.LedeNames, d.Words, d.Names, d.Phrases = again(d.LedeWords), again(d.LedeNames), again(d.Words), again(d.Names), again(d.Phrases)
		}
	}
}
