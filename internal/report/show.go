package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// plain makes foreign text safe to print on one line: runs of white space
// become one blank, and characters that steer a terminal, turn the direction
// of writing or cannot be seen are shown by their number, so that a page
// cannot disguise what it says.
func plain(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	blank, before := false, ' '
	for _, r := range s {
		if unicode.IsSpace(r) {
			blank = b.Len() > 0
			before = r
			continue
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		if hidden(r, before) {
			b.WriteString(named(r))
		} else {
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}

// hidden reports whether r steers the terminal or the reader's eye without
// being seen. The joiners U+200C and U+200D are letters' business in Arabic
// and Indic script and in emoji; after a Latin letter they only hide something.
func hidden(r, before rune) bool {
	switch {
	case r == '\u200c' || r == '\u200d':
		return before < 0x300
	case r == unicode.ReplacementChar:
		return false
	case r == '\u00ad', r == '\u061c', r == '\u180e', r == '\ufeff',
		r >= '\u200b' && r <= '\u200f', r >= '\u202a' && r <= '\u202e',
		r >= '\u2060' && r <= '\u206f', r >= 0xE0000 && r <= 0xE007F:
		return true
	}
	return unicode.IsControl(r)
}

func named(r rune) string { return fmt.Sprintf("⟨U+%04X⟩", r) }

// width is the number of terminal cells that s takes.
func width(s string) int {
	n := 0
	for _, r := range s {
		n += cells(r)
	}
	return n
}

func cells(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r >= 0x1100 && r <= 0x115F, r >= 0x2E80 && r <= 0xA4CF && r != 0x303F,
		r >= 0xAC00 && r <= 0xD7A3, r >= 0xF900 && r <= 0xFAFF, r >= 0xFE30 && r <= 0xFE6F,
		r >= 0xFF00 && r <= 0xFF60, r >= 0xFFE0 && r <= 0xFFE6, r >= 0x1F300 && r <= 0x1FAFF,
		r >= 0x20000 && r <= 0x3FFFD:
		return 2
	}
	return 1
}

// cut shortens s to at most n cells, at a word if one is near.
func cut(s string, n int) string {
	if width(s) <= n {
		return s
	}
	used, end, word := 0, 0, 0
	for i, r := range s {
		if used+cells(r) > n-1 {
			break
		}
		if r == ' ' {
			word = i
		}
		used += cells(r)
		end = i + len(string(r))
	}
	if word > end*2/3 {
		end = word
	}
	return strings.TrimRight(s[:end], " ,;:–—-") + "…"
}

// clip shortens s to at most n cells, wherever that is.
func clip(s string, n int) string {
	if width(s) <= n {
		return s
	}
	return strings.TrimRight(prefix(s, n-1), " ") + "…"
}

// wrap breaks s into lines of at most n cells. A word longer than a line is
// broken.
func wrap(s string, n int) []string {
	n = max(n, 8)
	var lines []string
	line, used := "", 0
	for _, word := range strings.Fields(s) {
		for width(word) > n {
			if used > 0 {
				lines, line, used = append(lines, line), "", 0
			}
			head := prefix(word, n)
			lines, word = append(lines, head), word[len(head):]
		}
		w := width(word)
		switch {
		case used == 0:
			line, used = word, w
		case used+1+w <= n:
			line, used = line+" "+word, used+1+w
		default:
			lines, line, used = append(lines, line), word, w
		}
	}
	if used > 0 || len(lines) == 0 {
		lines = append(lines, line)
	}
	return lines
}

func prefix(s string, n int) string {
	used := 0
	for i, r := range s {
		if used += cells(r); used > n && i > 0 {
			return s[:i]
		}
	}
	return s
}

func pad(s string, n int) string { return s + strings.Repeat(" ", max(0, n-width(s))) }

// count says "1 outlet", "4 outlets".
func count(n int, noun string) string {
	return strconv.Itoa(n) + " " + noun + plural(n)
}

// upper begins s with a capital.
func upper(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || r == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

// and joins names the way a sentence does.
func and(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// day says a TIMEX3 date the way people do: "Tue 19 Sep 2023",
// "Mon 18 Sep 2023, morning", "week of 11 Sep 2023", "Sep 2023". What it does
// not know it gives back as it is.
func day(value string) string {
	if from, to, ok := strings.Cut(value, "/"); ok && from != "" && to != "" {
		return day(from) + " – " + day(to)
	}
	date, part, hasPart := strings.Cut(value, "T")
	var said string
	switch {
	case value == "":
		return "no date"
	case len(date) >= 8 && date[4:6] == "-W":
		return weekOf(value, date)
	default:
		said = ymd(date)
	}
	if said == "" {
		said = partOfYear(date)
	}
	if said == "" {
		return plain(value)
	}
	if hasPart {
		said += ", " + plain(partOfDay(part))
	}
	return said
}

func ymd(date string) string {
	for _, f := range [...][2]string{{"2006-01-02", "Mon 2 Jan 2006"}, {"2006-01", "Jan 2006"}, {"2006", "2006"}} {
		if t, err := time.Parse(f[0], date); err == nil {
			return t.Format(f[1])
		}
	}
	return ""
}

// partOfYear says seasons, quarters, halves and decades: "spring 2023", "second
// quarter of 2023", "the 1990s". "" for what is none.
func partOfYear(date string) string {
	if len(date) == len("199") && strings.Trim(date, "0123456789") == "" {
		return "the " + date + "0s"
	}
	year, part, ok := strings.Cut(date, "-")
	if !ok || len(year) != 4 {
		return ""
	}
	switch part {
	case "SP":
		return "spring " + year
	case "SU":
		return "summer " + year
	case "FA":
		return "autumn " + year
	case "WI":
		return "winter " + year
	case "Q1":
		return "first quarter of " + year
	case "Q2":
		return "second quarter of " + year
	case "Q3":
		return "third quarter of " + year
	case "Q4":
		return "last quarter of " + year
	case "H1":
		return "first half of " + year
	case "H2":
		return "second half of " + year
	}
	return ""
}

func partOfDay(p string) string {
	switch p {
	case "MO":
		return "morning"
	case "MI":
		return "midday"
	case "AF":
		return "afternoon"
	case "EV":
		return "evening"
	case "NI":
		return "night"
	}
	return p
}

func weekOf(value, date string) string {
	m, ok := monday(date[:len("2023-W37")])
	switch {
	case !ok:
		return plain(value)
	case date[len("2023-W37"):] == "-WE":
		return "weekend of " + m.AddDate(0, 0, 5).Format("2 Jan 2006")
	case len(date) > len("2023-W37"):
		return plain(value)
	}
	return "week of " + m.Format("2 Jan 2006")
}

// monday is the first day of an ISO week, "2023-W37".
func monday(date string) (time.Time, bool) {
	year, err1 := strconv.Atoi(date[:4])
	week, err2 := strconv.Atoi(date[6:])
	if err1 != nil || err2 != nil || week < 1 || week > 53 {
		return time.Time{}, false
	}
	// 4 January is always in week 1.
	fourth := time.Date(year, time.January, 4, 0, 0, 0, 0, time.UTC)
	return fourth.AddDate(0, 0, 7*(week-1)-(int(fourth.Weekday())+6)%7), true
}

// between says a span of dates, once if both ends are one day.
func between(from, to string) string {
	switch {
	case from == "" && to == "":
		return "no date"
	case from == to || to == "":
		return day(from)
	case from == "":
		return day(to)
	}
	a, errA := time.Parse("2006-01-02", from)
	b, errB := time.Parse("2006-01-02", to)
	switch {
	case errA != nil || errB != nil:
		return day(from) + " – " + day(to)
	case a.Year() != b.Year():
		return a.Format("2 Jan 2006") + " – " + b.Format("2 Jan 2006")
	case a.Month() != b.Month():
		return a.Format("2 Jan") + " – " + b.Format("2 Jan 2006")
	}
	return a.Format("2") + "–" + b.Format("2 Jan 2006")
}

// languages are the names of ISO 639-1 codes that news is often written in.
var languages = map[string]string{
	"ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish", "et": "Estonian",
	"fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
	"ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "nb": "Norwegian", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian", "pl": "Polish",
	"pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "ta": "Tamil", "te": "Telugu",
	"th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}

// languageName says a language in words, by its code where it has no name here.
func languageName(code string) string {
	if name := languages[code]; name != "" {
		return name
	}
	return "another language (" + plain(code) + ")"
}
