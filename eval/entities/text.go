package entities

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/text"
)

// token is a line of the corpus: a word or mark and its tag ("B-Person", "O").
type token struct{ word, tag string }

// setter writes the tokens of one paragraph as a newspaper would print them.
// The corpus has lost where the blanks stood, and it parts hyphens, points,
// apostrophes and letters beyond Latin-1 from their words.
type setter struct {
	tokens       []token
	double, lone bool // inside "…", inside '…'
}

// paragraph appends the tokens to b and returns their entities.
func paragraph(b *strings.Builder, tokens []token) []Entity {
	s := setter{tokens: tokens}
	var out []Entity
	for i, t := range tokens {
		if i > 0 && s.blankBefore(i) {
			b.WriteByte(' ')
		}
		from := b.Len()
		b.WriteString(t.word)
		switch {
		case strings.HasPrefix(t.tag, "B-"):
			out = append(out, Entity{Span: text.Span{Start: from, End: b.Len()}, Class: t.tag[2:]})
		case strings.HasPrefix(t.tag, "I-") && len(out) > 0 && i > 0 && tokens[i-1].tag != "O":
			out[len(out)-1].Span.End = b.Len()
		}
		switch {
		case t.word == `"`:
			s.double = !s.double
		case t.word == "'" && !s.apostrophe(i):
			s.lone = !s.lone
		}
	}
	return out
}

func (s *setter) word(i int) string {
	if i < 0 || i >= len(s.tokens) {
		return ""
	}
	return s.tokens[i].word
}

// blankBefore tells whether a blank stands between the tokens i-1 and i.
func (s *setter) blankBefore(i int) bool {
	left, right := s.word(i-1), s.word(i)
	switch right {
	case ",", ".", ";", ":", "!", "?", ")", "]", "}", "%", "”", "»", "…", "’", "™", "/":
		return false
	case `"`:
		return !s.double
	case "'":
		return !s.apostrophe(i) && !s.lone
	case "-":
		return !s.hyphen(i)
	case "–":
		return !s.inside(i)
	case "&":
		return !single(left) || !single(s.word(i+1))
	case "€":
		return !strings.HasSuffix(left, "â")
	}
	if len(right) > 1 && (right[0] == '\'' || strings.HasPrefix(right, "’")) && unicode.IsLower(first(strings.TrimLeft(right, "'’"))) || right == "n't" {
		return false // "'s" as one token
	}
	if brokenOff(right) {
		return !ends(left, unicode.IsLetter) || unicode.IsUpper(first(right))
	}
	switch left {
	case "(", "[", "{", "“", "«", "‘", "$", "£", "₡", "¥", "#", "@", "/":
		return false
	case "€":
		return false
	case `"`:
		return !s.double
	case "'":
		return !s.suffix(i) && !s.lone
	case "’":
		return !s.suffix(i) && !(len(s.word(i-2)) <= 2 && unicode.IsLetter(first(right))) && !(s.inside(i) && !strings.HasSuffix(s.word(i-2), "s"))
	case "-":
		return !s.hyphen(i - 1)
	case "–":
		return !s.inside(i - 1)
	case "&":
		return !single(s.word(i-2)) || !single(right)
	case ".":
		return !(single(s.word(i-2)) && single(right) && s.word(i+1) == ".")
	case ":":
		return !ends(s.word(i-2), unicode.IsDigit) || !unicode.IsDigit(first(right))
	}
	if brokenOff(left) {
		return !unicode.IsLower(first(right))
	}
	if right == "$" {
		return !slices.Contains([]string{"US", "A", "C", "N", "R", "HK", "NT", "S", "NZ"}, left)
	}
	return true
}

// apostrophe tells whether the straight quotation mark i belongs to a word:
// "Farmer's", "O'Brien".
func (s *setter) apostrophe(i int) bool {
	return ends(s.word(i-1), unicode.IsLetter) && (s.suffix(i+1) || s.inside(i) && unicode.IsUpper(first(s.word(i+1))) && len(s.word(i-1)) <= 2)
}

// suffix tells whether token i can follow an apostrophe and no blank.
func (s *setter) suffix(i int) bool {
	switch s.word(i) {
	case "s", "t", "re", "ve", "ll", "d", "m", "S":
		return true
	}
	return false
}

// hyphen tells whether the "-" at i joins two words. The corpus writes a dash
// with blanks around it like a hyphen; what follows it gives it away.
func (s *setter) hyphen(i int) bool {
	left, right := s.word(i-1), s.word(i+1)
	if left == "" || right == "" || left == "-" || right == "-" || !ends(left, alnum) && !(left == "." && single(s.word(i-2))) || !alnum(first(right)) {
		return false
	}
	if s.inside(i) && s.inside(i+1) || s.word(i-2) == "-" || s.word(i+2) == "-" {
		return true
	}
	if unicode.IsUpper(first(right)) && (ends(left, unicode.IsDigit) || month(left)) {
		return false // "NORTON, 27 January - Ferries"
	}
	switch right {
	case "the", "a", "an", "which", "who", "whose", "and", "but", "or", "with", "is", "was", "it", "he", "she", "they", "this", "that",
		"as", "are", "were", "from", "because", "not", "where", "when", "while", "has", "have", "its", "including", "we", "I", "you",
		"The", "A", "In", "On", "We", "It", "He", "They", "This":
		return false
	}
	return true
}

func month(w string) bool {
	switch w {
	case "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
		"Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec":
		return true
	}
	return false
}

// inside tells whether token i goes on with the entity of the one before.
func (s *setter) inside(i int) bool {
	return i >= 0 && i < len(s.tokens) && strings.HasPrefix(s.tokens[i].tag, "I-")
}

func alnum(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func first(w string) rune { r, _ := utf8.DecodeRuneInString(w); return r }

func ends(w string, in func(rune) bool) bool {
	r, _ := utf8.DecodeLastRuneInString(w)
	return in(r)
}

func single(w string) bool { return len(w) == 1 && unicode.IsLetter(rune(w[0])) }

// brokenOff tells whether w is letters that the corpus breaks off their word:
// the "ğ" of "Erdoğan".
func brokenOff(w string) bool {
	for _, r := range w {
		if !(r >= 0x100 && r < 0x250 || r >= 0x1e00 && r < 0x1f00 || unicode.Is(unicode.Mn, r)) {
			return false
		}
	}
	return w != ""
}
