package story

import (
	"math"
	"slices"

	"github.com/tracewire/tracewire/internal/news"
)

const (
	// A course of events is coarser than a thread: texts with the same actors
	// and background, whenever they were written.
	courseClose   = 0.3
	courseAverage = 0.25
	courseQuorum  = 0.2

	small     = 40  // texts; in smaller company words keep their weights
	crowdCost = 0.3 // taken from the logit for each e-fold of texts over that: more texts, more stories
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
	f.crowd = make([]float64, len(f.digests))
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
				out[i].Weight *= float32(1 + math.Log((n+small)/(df[t.Word]+small)))
			}
			return unit(out)
		}
		for _, m := range members {
			f.crowd[m] = crowdCost * math.Log((n+small)/small)
			d := &f.local[m]
			d.Head, d.LedeWords, d.LedeNames, d.Words, d.Names, d.Phrases = again(d.Head), again(d.LedeWords), again(d.LedeNames), again(d.Words), again(d.Names), again(d.Phrases)
		}
	}
}
