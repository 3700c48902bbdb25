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

// classes is what the lexicons say of a word, by the hash of its folded form.
var classes = sync.OnceValue(func() map[uint64]flag {
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
	return m
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
