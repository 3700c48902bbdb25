package story

import (
	"math"

	"github.com/tracewire/tracewire/internal/relate"
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
	j := joining{speak: fewSpeak, union: linkage{
		score: remember(f.follow, near),
		close: courseClose, average: courseAverage, quorum: courseQuorum,
	}.union}
	voice := f.placeOf(start)
	f.courses = j.cluster(start, near, f.rank)
	f.crowd = make([]float64, len(f.digests))
	heard := make([]int32, len(start)) // the course that heard a voice last, and one
	for c, members := range f.courses {
		var uses table[use]
		voices := 0
		for _, m := range members {
			if heard[voice[m]] == int32(c)+1 {
				continue
			}
			heard[voice[m]] = int32(c) + 1
			voices++
			d := &f.local[m]
			for _, v := range [...]*vector{&d.ledeWords, &d.ledeNames, &d.words, &d.names, &d.phrases} {
				for _, t := range v.terms {
					uses.at(uint64(t.word)).by(m)
				}
			}
		}
		n := float64(voices)
		if n > great {
			for i := range uses.slots {
				uses.slots[i].value.texts *= great / n
			}
			n = great
		}
		relate.Stretches(len(members), textsInARow, func(from, to int) {
			for _, m := range members[from:to] {
				f.crowd[m] = min(1, math.Log((n+small)/small)/crowded)
				d := &f.local[m]
				for _, v := range [...]*vector{&d.head, &d.ledeWords, &d.ledeNames, &d.words, &d.names, &d.phrases} {
					reweigh(v.terms, &uses, n)
				}
			}
		})
	}
}

// neighbours finds out how close each text's neighbours are, among all that
// share a key with it: who they are does not hang on how the set is cut up.
func (f *fold) neighbours(near []pair) {
	voice := f.placeOf(f.linked(sameText))
	closest := make([]nearest, len(f.digests))
	likenesses := make([]float64, len(near))
	relate.Stretches(len(near), pairsInARow, func(from, to int) {
		for i, p := range near[from:to] {
			if voice[p.a] != voice[p.b] {
				likenesses[from+i] = likeness(&f.local[p.a], &f.local[p.b])
			}
		}
	})
	for i, p := range near {
		if voice[p.a] == voice[p.b] {
			continue
		}
		closest[p.a].meet(voice[p.b], likenesses[i])
		closest[p.b].meet(voice[p.a], likenesses[i])
	}
	f.beside = make([]float64, len(f.digests))
	f.crowd = make([]float64, len(f.digests)) // not known yet
	for i := range closest {
		if all := closest[i]; len(all) == neighbour {
			f.beside[i] = all[neighbour-1].like
		}
	}
}

// nearest are the closest voices that a text has met, the closest first.
type nearest []struct {
	voice int32
	like  float64
}

// meet enters a voice with the likeness of one of its texts; of several the
// closest counts.
func (n *nearest) meet(voice int32, like float64) {
	all := *n
	at := len(all)
	for i := range all {
		if all[i].voice == voice {
			at = i
			break
		}
	}
	switch {
	case at < len(all) && all[at].like >= like:
		return
	case at == len(all) && at < neighbour:
		all = append(all, struct {
			voice int32
			like  float64
		}{})
	case at == neighbour && all[at-1].like >= like:
		return
	case at == neighbour:
		at--
	}
	for at > 0 && all[at-1].like < like {
		all[at] = all[at-1]
		at--
	}
	all[at].voice, all[at].like = voice, like
	*n = all
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

// Words in a row that no neighbour has say only how long a text is. What many
// neighbours have tells less.
const (
	lonely = 10   // with so many neighbours a bigram that none of them has keeps half its weight
	worn   = 0.03 // a bigram that n neighbours have has its weight divided by 1 + worn·n
)

// weighBigrams weighs the words in a row of each text anew by how many of its
// neighbours have them, copies apart.
func (f *fold) weighBigrams(near []pair) {
	voice := f.placeOf(f.linked(sameText))
	uses := make([][]int32, len(f.digests))
	met := make([]float64, len(f.digests)) // neighbours
	for i := range uses {
		uses[i] = make([]int32, len(f.local[i].bigrams.terms))
	}
	for _, p := range near {
		if voice[p.a] == voice[p.b] {
			continue
		}
		met[p.a]++
		met[p.b]++
		a, b := uses[p.a], uses[p.b]
		bothHave(&f.local[p.a].bigrams, &f.local[p.b].bigrams, func(i, j int) {
			a[i]++
			b[j]++
		})
	}
	relate.Stretches(len(f.local), textsInARow, func(from, to int) {
		for i := from; i < to; i++ {
			weighed := f.local[i].bigrams.terms
			sum := 0.0
			for k := range weighed {
				w := float64(weighed[k].weight)
				if n := uses[i][k]; n == 0 {
					w *= lonely / (lonely + met[i])
				} else {
					w /= 1 + worn*float64(n)
				}
				weighed[k].weight = float32(w)
				sum += w * w
			}
			scale(weighed, sum)
		}
	})
}

// textsInARow is how many texts a processor takes at once.
const textsInARow = 32

// scale makes the length of terms 1; sum is that of their squares.
func scale(terms []term, sum float64) {
	if sum == 0 {
		return
	}
	length := float32(math.Sqrt(sum))
	for i := range terms {
		terms[i].weight /= length
	}
}

// use is how many texts of a course have a word.
type use struct {
	texts float64
	last  int32 // the text that was counted last, and one
}

func (u *use) by(text int) {
	if u.last != int32(text)+1 {
		u.last = int32(text) + 1
		u.texts++
	}
}

// ready makes the digests ready to be compared, each by itself.
func (f *fold) ready() {
	w := wordsOf(f.digests)
	f.local = make([]inner, len(f.digests))
	relate.Stretches(len(f.digests), textsInARow, func(from, to int) {
		for i := from; i < to; i++ {
			f.local[i] = w.ready(&f.digests[i])
		}
	})
}

// reweigh gives words that few of the n texts around use more weight, in place.
func reweigh(terms []term, uses *table[use], n float64) {
	var sum float64
	for i, t := range terms {
		u, _ := uses.get(uint64(t.word))
		w := float64(t.weight) * (1 + math.Log((n+small)/(u.texts+small)))
		terms[i].weight = float32(w)
		sum += w * w
	}
	scale(terms, sum)
}

// courseScore is threadScore without the other features.
func courseScore(a, b *inner) float64 {
	names := dot(&a.names, &b.names)
	if names < fewNames {
		return 0 // as most pairs
	}
	return course(a.daysTo(b), names, dot(&a.words, &b.words), dot(&a.ledeNames, &b.ledeNames))
}

// remember keeps the scores of pairs, but for zeros, which most are: they cost
// little to find again. Those of near, of which most are asked, are found on all
// processors before.
func remember(score func(a, b int) float64, near []pair) func(a, b int) float64 {
	found := make([]float64, len(near))
	relate.Stretches(len(near), pairsInARow, func(from, to int) {
		for i, p := range near[from:to] {
			found[from+i] = score(int(p.a), int(p.b))
		}
	})
	var known table[float64]
	for i, s := range found {
		if s != 0 {
			known.put(near[i].key(), s)
		}
	}
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
