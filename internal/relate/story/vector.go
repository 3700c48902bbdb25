package story

import (
	"cmp"
	"math/bits"
	"slices"
)

// term is a word by its number.
type term struct {
	word   uint32
	weight float32
}

// vector is words of a text with their weights, of length 1, sorted by word.
// A word falls into one of a power of two of heaps by the first bits of its
// hash, which are even and in the order of the numbers. What two vectors share
// is found by the heaps that both fill: of most others no word is looked at.
type vector struct {
	terms  []term
	filled []uint64 // a bit for each heap that has a word
	before []int32  // of each 64 heaps, how many filled ones stand before them
	begin  []int32  // of each filled heap, where its words begin; then the number of words
}

// How many heaps the words of a vector fall into, as powers of two: some eight
// times the words that there mostly are. Vectors that are compared with each
// other have the same number.
const (
	fewHeaps  = 8
	someHeaps = 9
	manyHeaps = 10
)

// hashed is a term with the hash of its word.
type hashed struct {
	term
	hash uint64
}

// vectorOf makes a vector of terms, which it sorts; room is taken from for the
// vector's own terms.
func vectorOf(all []hashed, heaps int, room *vectorRoom) vector {
	slices.SortFunc(all, func(a, b hashed) int { return cmp.Compare(a.word, b.word) })
	sets := (1 << heaps) / 64
	v := vector{terms: take(&room.terms, len(all)), filled: take(&room.sets, sets), before: take(&room.places, sets)}
	last, n := -1, 0
	for i, t := range all {
		v.terms[i] = t.term
		if h := int(t.hash >> (64 - heaps)); h != last {
			v.filled[h/64] |= 1 << (h % 64)
			last = h
			n++
		}
	}
	v.begin = take(&room.places, n+1)
	last, n = -1, 0
	for i, t := range all {
		if h := int(t.hash >> (64 - heaps)); h != last {
			v.begin[n] = int32(i)
			last = h
			n++
		}
	}
	v.begin[n] = int32(len(all))
	n = 0
	for k, set := range v.filled {
		v.before[k] = int32(n)
		n += bits.OnesCount64(set)
	}
	return v
}

// vectorRoom is what vectors are made of, in few pieces.
type vectorRoom struct {
	terms  []term
	sets   []uint64
	places []int32
}

// take cuts n off the front of room, or makes them.
func take[T any](room *[]T, n int) []T {
	if n > len(*room) {
		return make([]T, n)
	}
	out := (*room)[:n:n]
	*room = (*room)[n:]
	return out
}

// heap is where the words of a filled heap stand: low is the bit of the heap
// in the k-th set.
func (v *vector) heap(k int, low uint64) (from, to int) {
	n := int(v.before[k]) + bits.OnesCount64(v.filled[k]&(low-1))
	return int(v.begin[n]), int(v.begin[n+1])
}

// bothHave hands on the places of the words that stand in both vectors, in order.
func bothHave(a, b *vector, yield func(i, j int)) {
	for k, set := range a.filled {
		for both := set & b.filled[k]; both != 0; both &= both - 1 {
			low := both & -both
			i, toI := a.heap(k, low)
			j, toJ := b.heap(k, low)
			for i < toI && j < toJ {
				x, y := a.terms[i].word, b.terms[j].word
				if x == y {
					yield(i, j)
				}
				i += step(x <= y)
				j += step(y <= x)
			}
		}
	}
}

// dot is the cosine of two vectors. It is bothHave written out: the call for each
// word makes comparing two articles an eighth slower (BenchmarkCompare).
func dot(a, b *vector) float64 {
	sum := 0.0
	for k, set := range a.filled {
		for both := set & b.filled[k]; both != 0; both &= both - 1 {
			low := both & -both
			i, toI := a.heap(k, low)
			j, toJ := b.heap(k, low)
			for i < toI && j < toJ {
				x, y := a.terms[i], b.terms[j]
				if x.word == y.word {
					sum += float64(x.weight) * float64(y.weight)
				}
				i += step(x.word <= y.word)
				j += step(y.word <= x.word)
			}
		}
	}
	return sum
}

func step(yes bool) int {
	n := 0
	if yes {
		n = 1
	}
	return n
}
