package text

import (
	"unicode"
	"unicode/utf8"
)

// IsAlnum reports whether c is an ASCII letter or digit.
func IsAlnum(c rune) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// WordAt reports whether a letter, or an ASCII digit, stands at byte i of src,
// before end.
func WordAt(src string, i, end int) bool {
	if i >= end {
		return false
	}
	if src[i] < utf8.RuneSelf {
		return IsAlnum(rune(src[i]))
	}
	r, _ := utf8.DecodeRuneInString(src[i:])
	return unicode.IsLetter(r)
}
