package reuse

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed stop.txt
var stopFile string

//go:embed titles.txt
var titlesFile string

// lexicon is what is known of words, by the hash of their folded form: a table
// with open places, since every word of every text is looked up. A place is
// free where the flag is 0; the hashes are mixed already.
type lexicon struct {
	hashes []uint64
	flags  []flag
}

func newLexicon(words map[uint64]flag) lexicon {
	n := 1
	for n < 4*len(words) {
		n *= 2
	}
	x := lexicon{make([]uint64, n), make([]flag, n)}
	for h, f := range words {
		i := h & uint64(n-1)
		for x.flags[i] != 0 {
			i = (i + 1) & uint64(n-1)
		}
		x.hashes[i], x.flags[i] = h, f
	}
	return x
}

// of is what is known of a word, 0 if nothing.
func (x *lexicon) of(h uint64) flag {
	mask := uint64(len(x.flags) - 1)
	for i := h & mask; x.flags[i] != 0; i = (i + 1) & mask {
		if x.hashes[i] == h {
			return x.flags[i]
		}
	}
	return 0
}

// classes is what the lexicons say of a word.
var classes = sync.OnceValue(func() lexicon {
	m := map[uint64]flag{}
	for _, f := range []struct {
		lines string
		flag  flag
	}{{stopFile, stop}, {titlesFile, title}} {
		for line := range strings.Lines(f.lines) {
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			for _, w := range strings.Split(line, "-") {
				m[hashWord(w)] |= f.flag
			}
		}
	}
	return newLexicon(m)
})

// hashWord hashes one folded word as the scanner does.
func hashWord(w string) uint64 { return mix(canonical(w)) }

// hashOf is the hash of letters, not yet mixed.
func hashOf(w string) uint64 {
	h := uint64(0)
	for _, c := range w {
		h = step(h, c)
	}
	return h
}

func step(h uint64, c rune) uint64 { return (h ^ uint64(c)) * 0x100000001b3 }

// mix spreads the bits of h (the finaliser of SplitMix64).
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}
