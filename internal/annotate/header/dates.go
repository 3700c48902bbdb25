package header

import (
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/text"
)

// printed is a date as it stands in a text. Year is 0 when none is printed.
type printed struct {
	span             text.Span // with the weekday before it, if there is one
	bare             text.Span // without the weekday
	year, month, day int
	weekday          int // 0 (Sunday) to 6, -1 if none is printed
}

func (p printed) iso() string {
	if p.year == 0 {
		return ""
	}
	return isoDate(p.year, p.month, p.day)
}

func isoDate(y, m, d int) string {
	return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// day parses the date at the head of an ISO value.
func day(iso string) (time.Time, bool) {
	if len(iso) < 10 {
		return time.Time{}, false
	}
	t, err := time.Parse(time.DateOnly, iso[:10])
	return t, err == nil
}

var months = [...]string{
	"january", "february", "march", "april", "may", "june",
	"july", "august", "september", "october", "november", "december",
}

var weekdays = [...]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// monthOf reads a month's name, whole or shortened, "Sept." included.
func monthOf(word string) int {
	if len(word) < 3 || len(word) > 9 {
		return 0
	}
	switch word[0] | 0x20 {
	case 'j', 'f', 'm', 'a', 's', 'o', 'n', 'd':
	default:
		return 0
	}
	for i, m := range &months {
		if sameLetters(word[:3], m[:3]) {
			if len(word) == 3 || sameLetters(word, m) || i == 8 && sameLetters(word, "sept") {
				return i + 1
			}
			return 0
		}
	}
	return 0
}

// weekdayOf reads a weekday's name, whole or shortened; -1 if it is none.
func weekdayOf(word string) int {
	if len(word) < 3 || len(word) > 9 {
		return -1
	}
	switch word[0] | 0x20 {
	case 's', 'm', 't', 'w', 'f':
	default:
		return -1
	}
	for i, w := range &weekdays {
		if !sameLetters(word[:3], w[:3]) {
			continue
		}
		switch {
		case len(word) == 3, sameLetters(word, w), i == 2 && sameLetters(word, "tues"), i == 3 && sameLetters(word, "weds"),
			i == 4 && (sameLetters(word, "thur") || sameLetters(word, "thurs")):
			return i
		}
		return -1
	}
	return -1
}

// sameLetters compares word with low, which is in lower-case ASCII letters.
func sameLetters(word, low string) bool {
	if len(word) != len(low) {
		return false
	}
	for i := range len(low) {
		if word[i]|0x20 != low[i] {
			return false
		}
	}
	return true
}

// datesIn finds the dates of s with a month and a day, each with its place in
// s. Months must begin with a capital letter.
func datesIn(s string) []printed {
	var out []printed
	inWord := false
	for i := 0; i < len(s); {
		c := s[i]
		if !isDigit(c) && (c < 'A' || c > 'S') { // no month begins so
			n := 1
			if c < utf8.RuneSelf {
				inWord = isLetter(c)
			} else {
				n = wordAt(s, i)
				inWord = n > 0
				n = max(n, 1)
			}
			i += n
			continue
		}
		if inWord {
			i++
			continue
		}
		j := wordEnd(s, i)
		var p printed
		ok := false
		switch {
		case isDigit(c):
			p, ok = numericDate(s, i)
		case c >= 'A' && c <= 'S':
			if m := monthOf(s[i:j]); m > 0 {
				p, ok = namedDate(s, i, j, m)
			}
		}
		if !ok {
			i = j
			continue
		}
		p.bare = p.span
		p.weekday = -1
		p.span.Start, p.weekday = weekdayBefore(s, p.span.Start)
		out = append(out, p)
		i = p.span.End
	}
	return out
}

// namedDate reads a date around the month name s[i:j]: "Sept. 19, 2023",
// "19th September 2023", "Jul.15.2018". It needs a day.
func namedDate(s string, i, j, month int) (printed, bool) {
	p := printed{month: month, span: text.Span{Start: i, End: j}}
	k := j
	if k < len(s) && s[k] == '.' {
		k++
	}
	for k < len(s) && (s[k] == ' ' || s[k] == '-') && k < j+3 {
		k++
	}
	if d, e := number(s, k, 2); e > k && d >= 1 && d <= 31 {
		p.day = d
		p.span.End = ordinal(s, e)
		if y, e := yearAfter(s, p.span.End); y > 0 {
			p.year, p.span.End = y, e
		}
		return p, true
	}
	// The day stands before: "19 September", "19th of September".
	b := i
	for b > 0 && (s[b-1] == ' ' || s[b-1] == '-') {
		b--
	}
	if b >= 3 && s[b-3:b] == " of" {
		b -= 3
	}
	if b >= 3 && (s[b-2:b] == "th" || s[b-2:b] == "st" || s[b-2:b] == "nd" || s[b-2:b] == "rd") && isDigit(s[b-3]) {
		b -= 2
	}
	a := b
	for a > 0 && isDigit(s[a-1]) && b-a < 3 {
		a--
	}
	if a == b || b-a > 2 || a > 0 && (isAlnum(s[a-1]) || s[a-1] == '$' || s[a-1] == '.' && a > 1 && isDigit(s[a-2])) {
		return p, false
	}
	p.day, _ = number(s, a, 2)
	if p.day < 1 || p.day > 31 {
		return p, false
	}
	p.span.Start = a
	if j < len(s) && s[j] == '.' {
		p.span.End++
	}
	if y, e := yearAfter(s, p.span.End); y > 0 {
		p.year, p.span.End = y, e
	}
	return p, true
}

// yearAfter reads ", 2023" or " 2023" behind a date. "July 16 at 2018" and
// "Sept. 19, 2000 people" are left to chance.
func yearAfter(s string, i int) (year, end int) {
	k := i
	for k < len(s) && k < i+3 && (s[k] == ',' || s[k] == ' ' || s[k] == '.' || s[k] == '-') {
		k++
	}
	y, e := number(s, k, 4)
	if e-k != 4 || k == i || y < 1900 || y > 2100 || e < len(s) && (isDigit(s[e]) || isLetter(s[e]) || s[e] == ':') {
		return 0, 0
	}
	return y, e
}

// numericDate reads "2023-09-19", "2023/9/19", "07/15/2018", "19.09.2023" and
// the time of day that ISO stamps carry. Month before day unless that cannot
// be, or the parts are parted by points or hyphens.
func numericDate(s string, i int) (printed, bool) {
	if i > 0 && (isAlnum(s[i-1]) || s[i-1] == '/' || s[i-1] == '-' || s[i-1] == '.') {
		return printed{}, false
	}
	a, e := number(s, i, 4)
	if e >= len(s) || s[e] != '-' && s[e] != '/' && s[e] != '.' {
		return printed{}, false
	}
	sep := s[e]
	b, f := number(s, e+1, 2)
	if f == e+1 || f >= len(s) || s[f] != sep {
		return printed{}, false
	}
	c, g := number(s, f+1, 4)
	if g == f+1 || g < len(s) && (isDigit(s[g]) || s[g] == sep && g+1 < len(s) && isDigit(s[g+1])) {
		return printed{}, false
	}
	p := printed{span: text.Span{Start: i, End: g}}
	switch {
	case e-i == 4 && g-f <= 3:
		p.year, p.month, p.day = a, b, c
	case g-f == 5 && e-i <= 2:
		p.year, p.month, p.day = c, a, b
		if a > 12 || sep != '/' && b <= 12 {
			p.month, p.day = b, a
		}
	default:
		return printed{}, false
	}
	if p.month < 1 || p.month > 12 || p.day < 1 || p.day > 31 || p.year < 1900 || p.year > 2100 {
		return printed{}, false
	}
	return p, true
}

// weekdayBefore looks for "Tuesday, " before a date.
func weekdayBefore(s string, i int) (start, weekday int) {
	b := i
	for b > 0 && i-b < 3 && (s[b-1] == ' ' || s[b-1] == ',' || s[b-1] == '.') {
		b--
	}
	a := b
	for a > 0 && isLetter(s[a-1]) {
		a--
	}
	if w := weekdayOf(s[a:b]); w >= 0 && b < i {
		return a, w
	}
	return i, -1
}

func ordinal(s string, i int) int {
	if i+2 <= len(s) {
		switch s[i : i+2] {
		case "st", "nd", "rd", "th":
			if i+2 == len(s) || !isLetter(s[i+2]) {
				return i + 2
			}
		}
	}
	return i
}

// number reads up to most digits.
func number(s string, i, most int) (n, end int) {
	for end = i; end < len(s) && isDigit(s[end]) && end-i < most; end++ {
		n = n*10 + int(s[end]-'0')
	}
	if end < len(s) && isDigit(s[end]) {
		return 0, i // a longer number is something else
	}
	return n, end
}

// wordAt is the length of the letter or digit at s[i], 0 if it is neither.
func wordAt(s string, i int) int {
	if i >= len(s) {
		return 0
	}
	if s[i] < utf8.RuneSelf {
		if isDigit(s[i]) || isLetter(s[i]) {
			return 1
		}
		return 0
	}
	if r, n := utf8.DecodeRuneInString(s[i:]); unicode.IsLetter(r) {
		return n
	}
	return 0
}

func wordEnd(s string, i int) int {
	for i < len(s) && (isLetter(s[i]) || isDigit(s[i])) {
		i++
	}
	if i == len(s) || s[i] < utf8.RuneSelf {
		return i
	}
	for n := wordAt(s, i); n > 0; n = wordAt(s, i) {
		i += n
	}
	return i
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isUpper(c byte) bool  { return c >= 'A' && c <= 'Z' }
func isLower(c byte) bool  { return c >= 'a' && c <= 'z' }

// isAlnum takes every byte of a letter outside ASCII for part of a word.
func isAlnum(c byte) bool { return isDigit(c) || isLetter(c) || c >= 0x80 }
