// Package sketch makes the small print of a text by which possible copies
// find each other without anyone comparing all pairs.
//
// Two prints are taken of the words of headline, body and captions. The
// MinHash bins answer "how alike are the two as wholes" (a light edit, a
// write-through); the winnowed anchors answer "do they share one long run"
// (a trim, a paragraph inside other writing). Shared passages too short for
// either, such as one quoted sentence, are found by reuse inside a story.
package sketch

import (
	"unicode"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

const (
	gramWords = 5 // words in a shingle
	binBits   = 7 // 128 bins of one-permutation MinHash
	bins      = 1 << binBits
	minGrams  = 4   // fewer shingles than this say nothing: no bins
	anchorLen = 25  // letters and digits in an anchor
	window    = 128 // every equal run of anchorLen+window-1 letters and digits shares an anchor

	bands, rows = 40, 3 // similarity .3 is found with .67, .5 with .995
)

// Find returns the sketch of v: of its headline, body and captions, or of the
// whole text where no lines are known.
func Find(v *news.Version) news.Sketch {
	var s signer
	s.winnow.anchors = make([]news.Anchor, 0, 2+2*len(v.Text)/window)
	for i := range s.bins {
		s.bins[i] = empty
	}
	if len(v.Lines.Items) == 0 {
		s.read(v.Text, text.Span{Start: 0, End: len(v.Text)})
	}
	for i := range v.Lines.Items {
		l := &v.Lines.Items[i]
		if len(l.Parts) == 0 && prose(l.Label) {
			s.read(v.Text, l.Span)
		}
		for _, p := range l.Parts {
			if prose(p.Label) {
				s.read(v.Text, p.Span)
			}
		}
	}
	return news.Sketch{Words: s.words, Bins: s.filled(), Anchors: s.winnow.finish()}
}

// keyBits is the width of a key. Sorted and packed, the bits that keys of
// millions of versions have in common cost nothing, and the others three bytes.
// Of a hundred million keys so wide one in 170,000 is equal to another by
// chance, which costs one needless comparison.
const keyBits = 44

// Keys returns the blocking keys of s: versions that share one may be
// related. A key that very many versions hold is template text; the caller
// drops it. Order and duplicates mean nothing.
func Keys(s news.Sketch) []uint64 {
	keys := make([]uint64, 0, bands+len(s.Anchors))
	if len(s.Bins) == bins {
		for b := range bands {
			h := uint64(b) + 1
			for r := range rows {
				h = mix(h ^ uint64(s.Bins[b*rows+r]))
			}
			keys = append(keys, h>>(64-keyBits))
		}
	}
	for _, a := range s.Anchors {
		keys = append(keys, a.Hash>>(64-keyBits))
	}
	return keys
}

func prose(l news.Label) bool {
	return l == news.Headline || l == news.Body || l == news.Caption
}

// empty marks a bin that no shingle fell into.
const empty = ^uint32(0)

// signer reads the parts of a text one after the other.
type signer struct {
	winnow winnower
	words  int
	grams  int
	last   [gramWords]uint64 // ring of the hashes of the last words
	bins   [bins]uint32
}

// read folds the words of src[at]: lower case, apostrophes plain or dropped,
// hyphens between words, points inside abbreviations and numbers dropped.
func (s *signer) read(src string, at text.Span) {
	h := uint64(0) // hash of the word so far, 0 between words
	for i := at.Start; i < at.End; {
		if b := src[i]; b|0x20-'a' < 26 || b-'0' < 10 {
			if b-'A' < 26 {
				b |= 0x20
			}
			h = step(h, rune(b))
			s.winnow.add(uint32(b), i, i+1)
			i++
			continue
		} else if b == ' ' {
			s.endWord(h)
			h = 0
			i++
			continue
		}
		c, n := rune(src[i]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(src[i:])
		}
		switch {
		case c >= utf8.RuneSelf && (unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.Is(unicode.Mn, c)):
			c = unicode.ToLower(c)
			h = step(h, c)
			s.winnow.add(uint32(c), i, i+n)
		case c == '%':
			s.endWord(h)
			s.endWord(percent)
			h = 0
		case joins(c) && h != 0 && text.WordAt(src, i+n, at.End):
			// "Kim's", "U.N." and "2,100" stay one word
		case h != 0:
			s.endWord(h)
			h = 0
		}
		i += n
	}
	s.endWord(h)
}

// joins tells marks that stand inside a word.
func joins(c rune) bool {
	switch c {
	case '\'', '’', 'ʼ', '.', ',':
		return true
	}
	return false
}

// percent is the hash of the word that "%" stands for.
var percent = func() (h uint64) {
	for _, c := range "percent" {
		h = step(h, c)
	}
	return h
}()

func step(h uint64, c rune) uint64 { return (h ^ uint64(c)) * 0x100000001b3 }

func (s *signer) endWord(h uint64) {
	if h == 0 {
		return
	}
	s.last[s.words%gramWords] = mix(h)
	s.words++
	if s.words < gramWords {
		return
	}
	g := uint64(0)
	for k := range gramWords {
		g = g*0x9e3779b97f4a7c15 + s.last[(s.words+k)%gramWords]
	}
	g = mix(g)
	s.grams++
	bin, value := g>>(64-binBits), uint32(g)
	s.bins[bin] = min(s.bins[bin], value)
}

// filled returns the bins, the empty ones filled from the next that is not
// (densification by rotation), marked with the distance.
func (s *signer) filled() []uint32 {
	if s.grams < minGrams {
		return nil
	}
	out := make([]uint32, bins)
	for i := range out {
		for d := range bins {
			if x := s.bins[(i+d)%bins]; x != empty {
				out[i] = x
				if d > 0 {
					out[i] = uint32(mix(uint64(x)<<8 | uint64(d)))
				}
				break
			}
		}
	}
	return out
}

// winnower picks from each window of the letters and digits the least of its
// 25-gram hashes, the last of equal ones (Schleimer, Wilkerson and Aiken 2003,
// robust winnowing). It holds no more of the text than one window.
type winnower struct {
	symbols uint                // letters and digits so far
	last    [lastSymbols]symbol // ring of the last ones
	sum     uint64              // rolling hash of the last anchorLen-1
	grams   uint                // so far
	window  [window]gram        // ring of the last ones
	least   uint                // number of the least gram of the window
	low     uint64              // its hash
	anchors []news.Anchor
}

// symbol is a letter or digit of the folded text with its place.
type symbol struct{ r, start int32 }

// lastSymbols is a power of two that holds anchorLen, as window is one.
const lastSymbols = 32

// gram is the hash of anchorLen letters and digits, and where they stand.
type gram struct {
	hash       uint64
	start, end int32
}

const base = 0x100000001b3

// top is base^(anchorLen-1).
var top = func() uint64 {
	t := uint64(1)
	for range anchorLen - 1 {
		t *= base
	}
	return t
}()

// add takes the next letter or digit, which stands at [start,end).
func (w *winnower) add(r uint32, start, end int) {
	i := w.symbols
	w.symbols++
	w.last[i%lastSymbols] = symbol{int32(r), int32(start)}
	w.sum = w.sum*base + uint64(r) + 1
	if i < anchorLen-1 {
		return
	}
	first := w.last[(i-anchorLen+1)%lastSymbols]
	hash := mix(w.sum)
	w.window[w.grams%window] = gram{hash, first.start, int32(end)}
	w.sum -= (uint64(first.r) + 1) * top
	w.grams++
	if w.grams >= window && (hash <= w.low || w.grams > w.least+window || len(w.anchors) == 0) {
		w.pick()
	}
}

// pick anchors the least gram of the window: the newest, or that of a window
// which has lost the least one.
func (w *winnower) pick() {
	last := w.grams - 1
	first := w.grams - min(w.grams, window)
	if w.least < first || len(w.anchors) == 0 {
		w.least = first
		for i := first + 1; i <= last; i++ {
			if w.window[i%window].hash <= w.window[w.least%window].hash {
				w.least = i
			}
		}
	} else {
		w.least = last
	}
	g := w.window[w.least%window]
	w.low = g.hash
	w.anchors = append(w.anchors, news.Anchor{Hash: g.hash, Span: text.Span{Start: int(g.start), End: int(g.end)}})
}

// finish returns the anchors; a text shorter than a window has one.
func (w *winnower) finish() []news.Anchor {
	switch {
	case w.grams == 0:
		return nil
	case w.grams < window:
		w.pick()
	}
	return w.anchors
}

// mix spreads the bits of h (the finaliser of SplitMix64).
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}
