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
	slots []uint32 // open addressing: some bits of the hash, and 1 + place in all; 0 is free
	all   []listed[V]
}

// listed is a word of a lexicon. Up to eight bytes, its length and tail are all
// of it, so that most words are known without a look at them.
type listed[V any] struct {
	tail  uint64
	word  string
	value V
}

// placeBits is how much of a slot is the place in all.
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
	w := Words[V]{slots: make([]uint32, size), all: make([]listed[V], 0, len(of))}
	for word, v := range of {
		h, tail := hash(word)
		w.all = append(w.all, listed[V]{tail, word, v})
		i := h & uint32(size-1)
		for w.slots[i] != 0 {
			i = (i + 1) & uint32(size-1)
		}
		w.slots[i] = h>>placeBits<<placeBits | uint32(len(w.all))
	}
	return w
}

// At is what is known of a word, the zero value if nothing is.
func (w *Words[V]) At(word string) (v V) {
	if e := w.find(word); e != nil {
		return e.value
	}
	return v
}

// Has reports whether the word is in the lexicon.
func (w *Words[V]) Has(word string) bool { return w.find(word) != nil }

// find is the entry of a word, nil if it is unknown.
func (w *Words[V]) find(word string) *listed[V] {
	if len(w.slots) == 0 {
		return nil
	}
	h, tail := hash(word)
	mask := uint32(len(w.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		s := w.slots[i]
		if s == 0 {
			return nil
		}
		if s>>placeBits != h>>placeBits {
			continue
		}
		if e := &w.all[s&(1<<placeBits-1)-1]; e.tail == tail && len(e.word) == len(word) && (len(word) <= 8 || e.word == word) {
			return e
		}
	}
}

// Hash is a hash of a word for tables in memory, fast for words of up to
// sixteen bytes. It may change with the program: nothing of it is stored.
func Hash(s string) uint32 {
	h, _ := hash(s)
	return h
}

// hash is Hash, and the last bytes of s, at most eight, as one number.
func hash(s string) (sum uint32, tail uint64) {
	const k = 0x9e3779b97f4a7c15
	h := uint64(len(s)) * k
	for len(s) > 8 {
		h = mixed(h^eight(s), k)
		s = s[8:]
	}
	switch n := len(s); {
	case n == 8:
		tail = eight(s)
	case n >= 4:
		tail = four(s) | four(s[n-4:])<<32
	case n > 0:
		tail = uint64(s[0]) | uint64(s[n/2])<<8 | uint64(s[n-1])<<16
	}
	h = mixed(h^tail, k)
	return uint32(h ^ h>>32), tail
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
