package story

import (
	"math"

	"github.com/tracewire/tracewire/internal/news"
)

const (
	// A course of events is coarser than a thread: texts that could follow
	// each other, before words are weighed anew.
	courseClose   = 0.3
	courseAverage = 0.25
	courseQuorum  = 0.2

	small     = 40  // texts; in smaller company words keep their weights
	great     = 500 // texts; in greater company words weigh as in one of this size, or a story that thousands tell would fall to pieces
	crowdCost = 0.3 // taken from the logit for each e-fold of texts over that: more texts, more stories
)

// lookAround weighs the words of each text anew by how many texts of the same
// course of events use them: where all tell of one summit, "summit" no longer
// tells stories apart. In small company weights stay as they are.
func (f *fold) lookAround(near []pair) {
	start := f.linked(func(l news.Link) bool { return l.Relation == news.Copy || l.Relation == news.Trimmed })
	plain := make([]inner, len(f.digests))
	for i := range f.digests {
		plain[i] = ready(&f.digests[i])
	}
	j := joining{
		score: remember(func(a, b int) float64 { return courseScore(&plain[a], &plain[b]) }),
		close: courseClose, average: courseAverage, quorum: courseQuorum, speak: fewSpeak,
	}
	voice := placeOf(start)
	f.local = plain
	f.courses = j.cluster(start, near, f.rank)
	f.crowd = make([]float64, len(f.digests))
	for _, members := range f.courses {
		heard, seen := map[int]bool{}, map[uint64]bool{}
		df := map[uint64]float64{}
		for _, m := range members {
			if heard[voice[m]] {
				continue
			}
			heard[voice[m]] = true
			d := &f.local[m]
			clear(seen)
			for _, v := range [][]term{d.ledeWords, d.ledeNames, d.words, d.names, d.phrases} {
				for _, t := range v {
					if !seen[t.word] {
						seen[t.word] = true
						df[t.word]++
					}
				}
			}
		}
		n := float64(len(heard))
		if n > great {
			for w := range df {
				df[w] *= great / n
			}
			n = great
		}
		for _, m := range members {
			f.crowd[m] = crowdCost * math.Log((n+small)/small)
			d := &f.local[m]
			for _, v := range [][]term{d.head, d.ledeWords, d.ledeNames, d.words, d.names, d.phrases} {
				reweigh(v, df, n)
			}
		}
	}
}

// reweigh gives words that few of the n texts around use more weight, in place.
func reweigh(terms []term, df map[uint64]float64, n float64) {
	var sum float64
	for i, t := range terms {
		w := float64(t.weight) * (1 + math.Log((n+small)/(df[t.word]+small)))
		terms[i].weight = float32(w)
		sum += w * w
	}
	if sum == 0 {
		return
	}
	length := float32(math.Sqrt(sum))
	for i := range terms {
		terms[i].weight /= length
	}
}

// courseScore is threadScore without the other features.
func courseScore(a, b *inner) float64 {
	names := dot(a.names, b.names)
	if names < fewNames {
		return 0 // as most pairs
	}
	return course(daysBetween(a.day, b.day), names, dot(a.words, b.words), dot(a.ledeNames, b.ledeNames))
}

// remember keeps the scores of pairs.
func remember(score func(a, b int) float64) func(a, b int) float64 {
	known := map[pair]float64{}
	return func(a, b int) float64 {
		p := pair{int32(a), int32(b)}
		s, has := known[p]
		if !has {
			s = score(a, b)
			known[p] = s
		}
		return s
	}
}
