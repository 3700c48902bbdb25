package page

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// layouts of dates in mark-up, besides RFC 3339.
var layouts = [...]string{
	time.RFC3339, "2006-01-02T15:04:05.999999999Z0700", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700", "2006-01-02T15:04",
	"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 MST", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02", "20060102", "20060102T150405Z", "20060102150405",
	"2006/01/02", "2006/01/02 15:04:05", "2006-1-2", time.RFC1123Z, time.RFC1123, time.RFC850, time.ANSIC,
	"January 2, 2006 3:04 PM",
}

// isoDate turns a date of mark-up into ISO 8601: with the time of day and the
// zone only if both are given, "" for what is no date or no sensible year.
func isoDate(s string) string {
	s = oneLine(s)
	if len(s) < 8 || len(s) > 64 || !strings.ContainsAny(s, "0123456789") {
		return ""
	}
	// JavaScript's "(Central European Time)" and fractions add nothing.
	if i := strings.Index(s, " ("); i > 0 {
		s = s[:i]
	}
	for _, l := range layouts {
		if isDigit(s[0]) != isDigit(l[0]) {
			continue
		}
		t, err := time.Parse(l, s)
		if err != nil {
			continue
		}
		if t.Year() < 1800 || t.Year() > 2200 {
			return ""
		}
		switch {
		case strings.Contains(l, "Z07") || strings.Contains(l, "-0700") || strings.HasSuffix(l, "Z"):
			return t.Format(time.RFC3339)
		case strings.Contains(l, "15") || strings.Contains(l, "3:04"):
			return t.Format("2006-01-02T15:04:05")
		}
		return t.Format("2006-01-02")
	}
	// Seconds since 1970 are written in places that name a date.
	if len(s) == 10 || len(s) == 13 {
		if n, err := strconv.ParseInt(s[:10], 10, 64); err == nil && n > 6e8 && strings.Trim(s, "0123456789") == "" {
			return time.Unix(n, 0).UTC().Format(time.RFC3339)
		}
	}
	for d := range datesIn(s, false) {
		return d.value
	}
	return ""
}

// urlDate finds /2023/09/19/ or 2023-09-19 or /20230919 in a URL.
func urlDate(u string) string {
	for i := 0; i+8 <= len(u); i++ {
		if i > 0 && isDigit(u[i-1]) || !isDigit(u[i]) {
			continue
		}
		for _, l := range [...]string{"2006/01/02", "2006-01-02", "2006_01_02", "20060102", "2006/1/2", "2006/01/2", "2006/1/02"} {
			if i+len(l) > len(u) || i+len(l) < len(u) && isDigit(u[i+len(l)]) {
				continue
			}
			if t, err := time.Parse(l, u[i:i+len(l)]); err == nil && t.Year() >= 1990 && t.Year() <= 2100 {
				return t.Format("2006-01-02")
			}
		}
	}
	return ""
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

//go:embed datewords.txt
var dateWordsFile string

type dateKind int8 // 1 to 12: a month

const (
	wordPublished dateKind = 20 + iota
	wordModified
	wordNever
)

var dateWords = sync.OnceValue(func() map[string]dateKind {
	t := map[string]dateKind{}
	for kind, rest := range entries(dateWordsFile) {
		k := wordNever
		if n, err := strconv.Atoi(kind); err == nil {
			k = dateKind(n)
		} else if kind == "published" {
			k = wordPublished
		} else if kind == "modified" {
			k = wordModified
		}
		for _, w := range strings.Fields(rest) {
			if _, ok := t[w]; !ok {
				t[w] = k
			}
		}
	}
	return t
})

// foundDate is a day in running text.
type foundDate struct {
	value      string
	start, end int
}

// dateToken is a number, a word, or a mark between them.
type dateToken struct {
	number     int // -1 for a word
	digits     int
	month      dateKind
	gap        string // what stands before it
	start, end int
}

// datesIn yields the full dates of a short text: "6 May 2031", "May 6th, 2031",
// "6. Mai 2031", "2031-05-06", "06.05.2031", "6/5/31", "2031年5月6日". Between two
// readings of 6/5/2031 monthFirst decides.
func datesIn(s string, monthFirst bool) func(yield func(foundDate) bool) {
	return func(yield func(foundDate) bool) {
		var room [40]dateToken
		tokens := dateTokens(s, room[:0])
		for i := 0; i+2 < len(tokens); i++ {
			a, b, c := tokens[i], tokens[i+1], tokens[i+2]
			y, m, d, end := 0, 0, 0, c.end
			switch {
			case a.digits == 4 && b.number >= 0 && c.number >= 0 && b.digits <= 2 && c.digits <= 2 && (isDateGap(b.gap, "-./_ ") && b.gap == c.gap || b.gap == "年"):
				y, m, d = a.number, b.number, c.number
			case a.digits <= 2 && a.number >= 0 && b.number >= 0 && b.digits <= 2 && (c.digits == 4 || c.digits == 2 && b.gap != "-") && isDateGap(b.gap, "./-|") && isDateGap(c.gap, "./-|"):
				y, m, d = c.number, b.number, a.number
				if m > 12 && !strings.Contains(b.gap, ".") || monthFirst && strings.Contains(b.gap, "/") && d <= 12 {
					m, d = d, m
				}
				if c.digits == 2 {
					y += 2000
				}
			case a.digits <= 2 && a.number >= 0 && b.month > 0 && b.month <= 12 && c.digits == 4:
				y, m, d = c.number, int(b.month), a.number
			case a.month > 0 && a.month <= 12 && b.digits <= 2 && b.number >= 0 && c.digits == 4 && !strings.Contains(c.gap, "."):
				y, m, d = c.number, int(a.month), b.number
			case a.digits == 4 && b.month > 0 && b.month <= 12 && c.digits <= 2 && c.number >= 0:
				y, m, d = a.number, int(b.month), c.number
			case a.digits <= 2 && a.number >= 0 && b.month > 0 && b.month <= 12 && c.digits == 2 && isDateGap(c.gap, "' -"):
				y, m, d = c.number+2000, int(b.month), a.number
			default:
				continue
			}
			t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
			if y < 1990 || y > 2100 || m < 1 || m > 12 || d < 1 || t.Day() != d {
				continue
			}
			if !yield(foundDate{t.Format("2006-01-02"), a.start, end}) {
				return
			}
			i += 2
		}
	}
}

// isDateGap: one of the marks, white space around it aside.
func isDateGap(gap, marks string) bool {
	g := strings.TrimSpace(gap)
	if g == "" {
		return gap != "" && strings.Contains(marks, " ")
	}
	return len(g) == 1 && strings.Contains(marks, g)
}

func dateTokens(s string, out []dateToken) []dateToken {
	table := dateWords()
	last := 0
	for i := 0; i < len(s) && len(out) < 200; {
		c := s[i]
		if isDigit(c) {
			k, n := i, 0
			for k < len(s) && isDigit(s[k]) && k-i < 9 {
				n = n*10 + int(s[k]-'0')
				k++
			}
			t := dateToken{number: n, digits: k - i, gap: s[last:i], start: i, end: k}
			// 1st, 2nd, 3rd, 4th, 1er, 1º
			if t.digits <= 2 {
				for _, suffix := range [...]string{"st", "nd", "rd", "th", "er", "º", "ª"} {
					if strings.HasPrefix(s[k:], suffix) {
						k += len(suffix)
						break
					}
				}
			}
			out = append(out, t)
			i, last = k, k
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) || unicode.Is(unicode.Han, r) {
			i += size
			continue
		}
		k := i
		for k < len(s) {
			r, size := utf8.DecodeRuneInString(s[k:])
			if !unicode.IsLetter(r) || unicode.Is(unicode.Han, r) {
				break
			}
			k += size
		}
		if k-i < 40 {
			switch w := strings.ToLower(s[i:k]); w {
			case "de", "of", "del", "den", "the", "d": // 6 de mayo de 2031, the 6th of May
				i = k
				continue
			default:
				out = append(out, dateToken{number: -1, digits: 9, month: table[w], gap: s[last:i], start: i, end: k})
			}
		}
		i, last = k, k
	}
	return out
}

// onlyDate tells whether a line is a date, with or without a year, and little
// more.
func onlyDate(line string) bool {
	for d := range datesIn(line, false) {
		return len(line)-(d.end-d.start) < 24
	}
	tokens := dateTokens(line, nil)
	if len(tokens) != 2 {
		return false
	}
	a, b := tokens[0], tokens[1]
	if a.number < 0 {
		a, b = b, a
	}
	return a.digits <= 2 && b.month >= 1 && b.month <= 12
}
