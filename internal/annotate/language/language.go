// Package language tells in which language a text is written. The layers of
// names, dates, statements and claims are read by rules for English; a text in
// another language is compared for copies alone, and says so.
package language

import (
	"strings"

	"github.com/abadojack/whatlanggo"

	"github.com/tracewire/tracewire/internal/news"
)

const (
	English = "en"

	enough  = 600  // tokens that are looked at
	least   = 25   // words by which a language can be told
	share   = 0.16 // of the words of English prose that are the commonest ones; news has 0.3 to 0.4
	longest = 4000 // bytes handed to the detector
	certain = 0.5  // least confidence of the detector
)

// Of returns the ISO 639-1 code of v's language: English where nothing speaks
// against it, and what the page declares where the text is too short to tell.
// It needs tokens and sentences. Words of English decide alone where there are
// enough of them; only for the others the trigrams of the text are counted
// (github.com/abadojack/whatlanggo).
func Of(v *news.Version) string {
	words, common := 0, 0
	var first, last int // bytes of the prose that was looked at
	for _, s := range v.Sentences.Items {
		if s.Label != news.Headline && s.Label != news.Body && s.Label != news.Caption {
			continue
		}
		if words == 0 {
			first = s.Span.Start
		}
		last = s.Span.End
		for k := s.First; k < s.Last; k++ {
			t := &v.Tokens[k]
			if t.Tag == news.Punct || t.Tag == news.Num {
				continue
			}
			words++
			if commonest(t.Lower) {
				common++
			}
		}
		if words >= enough {
			break
		}
	}
	declared := strings.ToLower(v.Given.Language)
	if declared == "" || strings.HasPrefix(declared, English) {
		declared = English
	}
	if first == last || otherScript(v.Text) {
		first, last = 0, len(v.Text) // its lines and words are not known for what they are
	}
	if words < least && (last-first < 8*least || !otherScript(v.Text)) {
		return declared
	}
	if words >= least && float64(common) >= share*float64(words) {
		return English
	}
	found := whatlanggo.DetectWithOptions(v.Text[first:min(last, cut(v.Text, first+longest))], whatlanggo.Options{Blacklist: map[whatlanggo.Lang]bool{whatlanggo.Epo: true}})
	code := found.Lang.Iso6391()
	if code == "" || found.Confidence < certain {
		return English
	}
	return code
}

// otherScript reports whether most of the text is in letters beyond the Latin
// ones: two bytes or more each.
func otherScript(s string) bool {
	n := min(len(s), longest)
	high := 0
	for i := range n {
		if s[i] >= 0x80 {
			high++
		}
	}
	return high > n/2
}

// cut is n, or the beginning of the rune that n lies in.
func cut(s string, n int) int {
	if n >= len(s) {
		return len(s)
	}
	for n > 0 && s[n]&0xc0 == 0x80 {
		n--
	}
	return n
}

// commonest reports whether w is one of the words that make up a third of
// English prose. Words that other languages have as well are left out.
func commonest(w string) bool {
	switch w {
	case "the", "of", "and", "to", "that", "is", "was", "for", "on", "with", "as", "by", "at", "from", "it", "he", "said",
		"has", "have", "had", "be", "are", "were", "not", "will", "this", "his", "they", "which", "who", "an", "but", "their", "you", "we", "would", "been", "she", "her":
		return true
	}
	return false
}
