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
	w := wordsOf(f.digests)
	for i := range f.digests {
		plain[i] = w.ready(&f.digests[i])
	}
	j := joining{
		score: remember(func(a, b int) float64 { return courseScore(&plain[a], &plain[b]) }),
		close: courseClose, average: courseAverage, quorum: courseQuorum, speak: fewSpeak,
	}
	voice := f.placeOf(start)
	f.local = plain
	f.courses = j.cluster(start, near, f.rank)
	f.crowd = make([]float64, len(f.digests))
	df := make([]float64, w.numbers.taken) // texts of the course, by word
	last := make([]int32, w.numbers.taken) // the text that had a word last, and one
	heard := make([]int32, len(start))     // the course that heard a voice last, and one
	var used []uint32                      // words of the course
	for c, members := range f.courses {
		voices := 0
		for _, m := range members {
			if heard[voice[m]] == int32(c)+1 {
				continue
			}
			heard[voice[m]] = int32(c) + 1
			voices++
			d := &f.local[m]
			for _, v := range [...][]term{d.ledeWords, d.ledeNames, d.words, d.names, d.phrases} {
				for _, t := range v {
					if last[t.word] == int32(m)+1 {
						continue
					}
					last[t.word] = int32(m) + 1
					if df[t.word] == 0 {
						used = append(used, t.word)
					}
					df[t.word]++
				}
			}
		}
		n := float64(voices)
		if n > great {
			for _, w := range used {
				df[w] *= great / n
			}
			n = great
		}
		for _, m := range members {
			f.crowd[m] = crowdCost * math.Log((n+small)/small)
			d := &f.local[m]
			for _, v := range [...][]term{d.head, d.ledeWords, d.ledeNames, d.words, d.names, d.phrases} {
				reweigh(v, df, n)
			}
		}
		for _, w := range used {
			df[w] = 0
		}
		used = used[:0]
	}
}

// reweigh gives words that few of the n texts around use more weight, in place.
func reweigh(terms []term, df []float64, n float64) {
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

// remember keeps the scores of pairs, but for zeros, which most are: they cost
// little to find again.
func remember(score func(a, b int) float64) func(a, b int) float64 {
	var known table[float64]
	return func(a, b int) float64 {
		key := pair{int32(a), int32(b)}.key()
		s, has := known.get(key)
		if !has {
			if s = score(a, b); s != 0 {
				known.put(key, s)
			}
		}
		return s
	}
}
