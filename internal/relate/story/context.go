package story

import (
	"cmp"
	"math"
	"slices"
)

const (
	// A course of events is coarser than a thread: texts that could follow
	// each other, before words are weighed anew.
	courseClose   = 0.3
	courseAverage = 0.25
	courseQuorum  = 0.2

	small   = 40  // texts; in smaller company words keep their weights
	great   = 500 // texts; in greater company words weigh as in one of this size, or a story that thousands tell would fall to pieces
	crowded = 2   // e-folds of texts over that in which company is as great as it gets
)

// How likely a text's neighbours are to be of its story shows by the likeness
// of the one in this place, counting copies once.
const (
	neighbour = 10
	aloof     = 0.1 // likeness below which this neighbour tells less and less: the text has no company
	most      = 2   // what is closer than that beside the neighbours is close enough
)

// lookAround weighs the words of each text anew by how many texts of the same
// course of events use them: where all tell of one summit, "summit" no longer
// tells stories apart. In small company weights stay as they are.
func (f *fold) lookAround(near []pair) {
	start := f.linked(sameText)
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
			f.crowd[m] = min(1, math.Log((n+small)/small)/crowded)
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
	f.neighbours(near, voice)
}

// neighbours finds out how close each text's neighbours are, in small company.
func (f *fold) neighbours(near []pair, voice []int32) {
	type other struct {
		voice int32
		like  float64
	}
	others := make([][]other, len(f.digests))
	for _, p := range near {
		if voice[p.a] == voice[p.b] {
			continue
		}
		if f.crowd[p.a] == 1 && f.crowd[p.b] == 1 {
			continue // of no use: the company of both is great
		}
		x := likeness(&f.local[p.a], &f.local[p.b])
		others[p.a] = append(others[p.a], other{voice[p.b], x})
		others[p.b] = append(others[p.b], other{voice[p.a], x})
	}
	f.beside = make([]float64, len(f.digests))
	for i, all := range others {
		slices.SortFunc(all, func(x, y other) int { return cmp.Or(cmp.Compare(x.voice, y.voice), cmp.Compare(y.like, x.like)) })
		all = slices.CompactFunc(all, func(x, y other) bool { return x.voice == y.voice })
		slices.SortFunc(all, func(x, y other) int { return cmp.Compare(y.like, x.like) })
		if len(all) >= neighbour {
			f.beside[i] = all[neighbour-1].like
		}
	}
}

// company of two texts whose likeness is known.
func (f *fold) company(a, b int, like float64) company {
	x, y := f.beside[a], f.beside[b]
	crowd := max(f.crowd[a], f.crowd[b])
	return company{
		crowd:  crowd,
		small:  (1 - crowd) * min(1, x/aloof, y/aloof),
		beside: min(most, like/math.Sqrt(max(x, aloof)*max(y, aloof))),
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
