package reuse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// leastMisread is the letters of a word from which digits in it were letters
// in print: "0fficials", but "G20" and "mp3".
const leastMisread = 4

// canonical is the hash of a word as it stands for all that a scanner of print
// may have made of it, not yet mixed: "rn" is read as "m", and among letters
// 0, 1 and 5 for o, l and s. Words that differ only so count as equal, which
// does no harm in a run of five.
func canonical(w string) uint64 {
	letters, digits, number := 0, 0, false
	for _, c := range w {
		switch {
		case c == '0' || c == '1' || c == '5':
			digits++
		case '0' <= c && c <= '9':
			number = true // or a name with one
		case unicode.IsLetter(c):
			letters++
		}
	}
	misread := digits > 0 && !number && letters >= leastMisread
	h, r := uint64(0), false // r: an "r" is waiting
	put := func(c rune) {
		if misread {
			switch c {
			case '0':
				c = 'o'
			case '1':
				c = 'l'
			case '5':
				c = 's'
			}
		}
		switch {
		case r && c == 'n':
			c = 'm'
		case r:
			h = step(h, 'r')
		}
		if r = c == 'r'; !r {
			h = step(h, c)
		}
	}
	for _, c := range w {
		switch {
		case c >= utf8.RuneSelf && (invisible(c) || accent(c)), c == '.', c == ',', c == '-', unicode.IsSpace(c):
		case isApostrophe(c):
			put('\'')
		case 'A' <= c && c <= 'Z':
			put(c + 'a' - 'A')
		case c < utf8.RuneSelf:
			put(c)
		default:
			for _, c := range unaccented(c) {
				put(c)
			}
		}
	}
	if r {
		h = step(h, 'r')
	}
	return h
}

// unaccented is a letter in lower case without its accents, a ligature as its
// letters (Unicode compatibility decomposition).
func unaccented(c rune) string {
	c = unicode.ToLower(c)
	if c < 0x80 {
		return string(c)
	}
	s := norm.NFKD.String(string(c))
	if strings.IndexFunc(s, accent) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if accent(r) {
			return -1
		}
		return r
	}, s)
}

// accent reports whether c is a mark over or under the letter before it.
func accent(c rune) bool { return 0x300 <= c && c <= 0x36f }

// invisible reports whether c only says where a word may be parted.
func invisible(c rune) bool {
	switch c {
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
		return true
	}
	return false
}
