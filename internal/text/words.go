package text

import (
	"math"
	"math/bits"
)

// Words is a lexicon: what is known of each word. It is made once and then only
// read. Most words of a text are in no lexicon, and a look-up of such a word
// ends in one small array that stays in the processor's cache, where a map
// would touch the keys.
//
// The zero value knows no words.
type Words[V any] struct {
	slots  []uint32 // open addressing: some bits of the hash, and 1 + place in keys; 0 is free
	keys   []string
	values []V
}

// placeBits is how much of a slot is the place in keys.
const placeBits = 16

// WordsOf makes a lexicon of a map of at most 65,535 words.
func WordsOf[V any](of map[string]V) Words[V] {
	if len(of) > math.MaxUint16 {
		panic("text: a lexicon of too many words")
	}
	size := 8
	for size < 2*len(of) {
		size *= 2
	}
	w := Words[V]{slots: make([]uint32, size), keys: make([]string, 0, len(of)), values: make([]V, 0, len(of))}
	for word, v := range of {
		w.keys, w.values = append(w.keys, word), append(w.values, v)
		h := Hash(word)
		i := h & uint32(size-1)
		for w.slots[i] != 0 {
			i = (i + 1) & uint32(size-1)
		}
		w.slots[i] = h>>placeBits<<placeBits | uint32(len(w.keys))
	}
	return w
}

// At is what is known of a word, the zero value if nothing is.
func (w *Words[V]) At(word string) (v V) {
	if k := w.find(word); k > 0 {
		return w.values[k-1]
	}
	return v
}

// Has reports whether the word is in the lexicon.
func (w *Words[V]) Has(word string) bool { return w.find(word) > 0 }

// find is 1 + the place of a word, 0 if it is unknown.
func (w *Words[V]) find(word string) uint32 {
	if len(w.slots) == 0 {
		return 0
	}
	h := Hash(word)
	mask := uint32(len(w.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		switch s := w.slots[i]; {
		case s == 0:
			return 0
		case s>>placeBits == h>>placeBits && w.keys[s&(1<<placeBits-1)-1] == word:
			return s & (1<<placeBits - 1)
		}
	}
}

// Hash is a hash of a word for tables in memory, fast for words of up to
// sixteen bytes. It may change with the program: nothing of it is stored.
func Hash(s string) uint32 {
	const k = 0x9e3779b97f4a7c15
	h := uint64(len(s)) * k
	for len(s) > 8 {
		h = mixed(h^eight(s), k)
		s = s[8:]
	}
	last := uint64(0)
	switch n := len(s); {
	case n == 8:
		last = eight(s)
	case n >= 4:
		last = four(s) | four(s[n-4:])<<32
	case n > 0:
		last = uint64(s[0]) | uint64(s[n/2])<<8 | uint64(s[n-1])<<16
	}
	h = mixed(h^last, k)
	return uint32(h ^ h>>32)
}

// mixed spreads all bits of a into all of the result (the step of wyhash).
func mixed(a, k uint64) uint64 {
	hi, lo := bits.Mul64(a, k)
	return hi ^ lo
}

func four(s string) uint64 {
	_ = s[3]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}

func eight(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
