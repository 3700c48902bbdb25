package furniture

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// keyOf is the fingerprint of a line: its words in lower case, white space and
// marks aside, with digits as # and dates as @, so that "Updated 10:41 am, July
// 15" and "Updated 9:05 am, August 2" are one line. ok is false for lines
// without a word of their own.
func keyOf(s string) (key uint64, ok bool) {
	out := make([]byte, 0, len(s)+8)
	const none = -1
	month := none   // where a month without a number begins in out
	number := false // the word before was a number
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		digits := unicode.IsDigit(r)
		if !digits && !unicode.IsLetter(r) {
			i += n
			continue
		}
		from := len(out)
		for i < len(s) {
			r, n := utf8.DecodeRuneInString(s[i:])
			if unicode.IsDigit(r) != digits || !digits && !unicode.IsLetter(r) {
				break
			}
			if i += n; !digits {
				out = utf8.AppendRune(out, unicode.ToLower(r))
			}
		}
		switch {
		case digits && month != none: // "July 15"
			out, month, number = mark(out[:month], '@'), none, true
		case digits:
			if !bytes.HasSuffix(out, []byte("@ ")) { // of its year or clock
				out = mark(out, '#')
			}
			number = true
		case weekdays[string(out[from:])]:
			out, month, number = mark(out[:from], '@'), none, false
		case months[string(out[from:])] && number: // "15 July"
			out, number = mark(bytes.TrimSuffix(out[:from], []byte("# ")), '@'), false
		case months[string(out[from:])]:
			out, month, number = append(out, ' '), from, false
		default:
			out, month, number = append(out, ' '), none, false
			ok = true
		}
	}
	return hashOf(out), ok
}

// mark ends out with c, once.
func mark(out []byte, c byte) []byte {
	if n := len(out); n > 1 && out[n-2] == c && (n == 2 || out[n-3] == ' ') {
		return out
	}
	return append(out, c, ' ')
}

var months = setOf("january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec")

var weekdays = setOf("monday tuesday wednesday thursday friday saturday sunday")

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}
