package header

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// line is a line of the page on its way to a label. Spans inside it are
// offsets in s.
type line struct {
	number int
	at     text.Span // place of s in the page
	s      string
	low    string // s, folded and in lower case; offsets differ from s
	bare   string // low without the marks at both ends
	form   form
	words  int
	hints  hints

	label news.Label // "" until settled
	rule  string
	conf  float64
	parts []news.Part

	dateline *opening
	photo    photo
	dates    []printed
	heading  bool // heads a list of other stories
	standing news.Standing
}

// form is what a line looks like, apart from its words.
type form uint8

const (
	scrap    form = iota // a word or two, a number, a menu item
	title                // words without an end: a headline, a link, a cross-head
	sentence             // a short sentence
	prose                // a paragraph
)

func (l *line) settle(label news.Label, rule string, conf float64) {
	l.label, l.rule, l.conf = label, rule, conf
}

// splitLines returns the non-empty lines of src.
func splitLines(src string) []line {
	// Most pages have fewer lines; the bound keeps a page of nothing but line
	// breaks from reserving memory for each.
	out := make([]line, 0, min(strings.Count(src, "\n")+1, 200))
	var low strings.Builder
	low.Grow(min(len(src), 64<<10))
	var seen pairs
	number := 0
	for start := 0; start <= len(src); {
		number++
		end := len(src)
		if k := strings.IndexByte(src[start:], '\n'); k >= 0 {
			end = start + k
		}
		at := trimSpan(src, text.Span{Start: start, End: end})
		if !at.Empty() {
			out = append(out, line{number: number, at: at, s: at.Of(src)})
			l := &out[len(out)-1]
			l.low = foldLow(&low, l.s)
			l.bare = strings.Trim(l.low, " \t.,:;|•·*…-–—_>»<«›/!()[]{}'\"+&")
			l.words = strings.Count(l.low, " ") + 1
			l.form = formOf(l.s, l.words)
			seen.read(l.low)
			l.hints = hintsOf(&seen)
		}
		start = end + 1
	}
	return out
}

// foldLow is what text.Fold, strings.ToLower and squeeze make of s together,
// in one pass for what lines are made of. It is written to b, one piece of
// memory for all lines.
func foldLow(b *strings.Builder, s string) string {
	from, start := b.Len(), 0 // s[start:i] is still to be written as it stands
	space, double := false, false
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c == ' ' {
				double = double || space
				space = true
			} else if space = false; isUpper(c) {
				b.WriteString(s[start:i])
				b.WriteByte(c | 0x20)
				start = i + 1
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError {
			return squeeze(strings.ToLower(text.Fold(s).Text))
		}
		b.WriteString(s[start:i])
		i += n
		start = i
		f := plain(r)
		if f == " " {
			double = double || space
			space = true
		} else {
			space = false
		}
		if f == "" {
			b.WriteRune(unicode.ToLower(r))
		} else {
			b.WriteString(f)
		}
	}
	low := s
	if start > 0 {
		b.WriteString(s[start:])
		low = b.String()[from:]
	}
	if double {
		return squeeze(low)
	}
	return low
}

// plain is the form that text.Fold gives a typographic mark, "" for all other
// runes.
func plain(r rune) string {
	switch r {
	case '‘', '’', '‚', '‛', '′', 'ʼ', '´':
		return "'"
	case '“', '”', '„', '‟', '″', '«', '»':
		return `"`
	case '‐', '‑', '‒', '–', '—', '―', '−':
		return "-"
	case '\u00a0', '\u2007', '\u2009', '\u202f', '\u200a', '\u3000':
		return " "
	case '…':
		return "..."
	}
	return ""
}

// squeeze makes one space of several.
func squeeze(s string) string {
	if !strings.Contains(s, "  ") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// trimSpan moves both ends inwards over white space of any script, and over
// byte order marks.
func trimSpan(src string, s text.Span) text.Span {
	for s.Start < s.End {
		r, n := utf8.DecodeRuneInString(src[s.Start:s.End])
		if !unicode.IsSpace(r) && r != 0xfeff && r != 0x200b {
			break
		}
		s.Start += n
	}
	for s.Start < s.End {
		r, n := utf8.DecodeLastRuneInString(src[s.Start:s.End])
		if !unicode.IsSpace(r) && r != 0xfeff && r != 0x200b {
			break
		}
		s.End -= n
	}
	return s
}

// Bounds of forms, in bytes and words. A paragraph of news that ends in a full
// stop is rarely below 70 bytes; a headline is rarely above 160.
const (
	proseBytes    = 70
	proseWords    = 10
	titleBytes    = 190
	sentenceWords = 3
)

func formOf(s string, words int) form {
	end := ending(s)
	stop := end == '.' || end == '!' || end == '?' || end == '"'
	switch {
	case isBullet(s) && len(s) < titleBytes && !(stop && words >= 14):
		if words < 3 {
			return scrap
		}
		return title
	case len(s) < titleBytes && (end == '?' && len(s) < 140 || end == '"') && words >= sentenceWords:
		// A question or a quotation may be a headline: a title until the body
		// has begun.
		return title
	case (end == '?' || end == '!') && len(s) < titleBytes && isTitleCase(s) && words >= sentenceWords:
		return title
	case stop && len(s) >= proseBytes && words >= proseWords, len(s) > 280 && words >= 20:
		return prose
	case end == '"' || end == '?' || end == '!':
		if words >= sentenceWords {
			return title
		}
		return scrap
	case end == '.' && words >= sentenceWords:
		return sentence
	case words >= 3:
		return title
	}
	return scrap
}

// ending is the last mark of s, with quotation marks and brackets looked
// through; '"' stands for a quotation mark with no other mark before it, 0 for
// a letter or digit.
func ending(s string) rune {
	s = withoutSignOff(s)
	quoted := false
	for s != "" {
		r, n := utf8.DecodeLastRuneInString(s)
		switch r {
		case '"', '”', '’', '\'', '»', '“':
			quoted = true
		case ')', ']', ' ', '*':
		case '.', '!', '?', ',':
			if strings.HasSuffix(s, "...") {
				return '…'
			}
			if r == ',' && !quoted {
				return ','
			}
			if r == ',' {
				return '.'
			}
			return r
		case ':', ';', '…', '-', '–', '—':
			return r
		default:
			if quoted {
				return '"'
			}
			return 0
		}
		s = s[:len(s)-n]
	}
	return 0
}

// withoutSignOff takes what agencies put behind the last full stop: "(ANI)",
// "PTI ABC KH", "Enditem".
func withoutSignOff(s string) string {
	t := strings.TrimRight(s, " ")
	if t == "" || t[len(t)-1] == '.' {
		return s
	}
	if t[len(t)-1] == ')' {
		if open := strings.LastIndexByte(t, '('); open > 20 && len(t)-open < 50 {
			before := strings.TrimRight(t[:open], " ")
			if _, ok := agencyNamed(t[open+1 : len(t)-1]); ok && before != "" {
				if c := before[len(before)-1]; c == '.' || c == '"' || c == '?' || strings.HasSuffix(before, "”") {
					return before
				}
			}
		}
		return s
	}
	end := t[max(0, len(t)-26):]
	k := max(strings.LastIndex(end, ". "), strings.LastIndex(end, `." `))
	if k < 0 || k+len(t)-len(end) < 30 {
		return s
	}
	k += len(t) - len(end)
	rest := strings.TrimLeft(t[k+1:], `" `)
	if rest != "Enditem" && (strings.ToUpper(rest) != rest || strings.ContainsAny(rest, "0123456789")) {
		return s
	}
	return t[:k+1]
}

// isTitleCase reports whether nearly all longer words begin with a capital.
func isTitleCase(s string) bool {
	upper, lower := 0, 0
	for w := range strings.FieldsSeq(s) {
		switch {
		case isUpper(w[0]):
			upper++
		case isLower(w[0]) && len(w) > 3:
			lower++
		}
	}
	return upper >= 4 && lower*6 <= upper
}

func isBullet(s string) bool {
	for _, b := range [...]string{"- ", "• ", "* ", "· ", "– ", "— ", "> ", "▪ ", "■ ", "● ", "►", "»"} {
		if strings.HasPrefix(s, b) {
			return true
		}
	}
	return false
}

// nameLike reports whether s could be a person's name, or several joined by
// "and": two to five capitalised words to a name, no digits, no words of
// offices.
func nameLike(s string) bool {
	s = strings.Trim(s, " .,;:•|-–—*")
	if s == "" || len(s) > 48 {
		return false
	}
	n := 0
	for w := range strings.FieldsSeq(s) {
		r, _ := utf8.DecodeRuneInString(w)
		if strings.ContainsAny(w, "0123456789/@:?!\"()|&") {
			return false
		}
		low := strings.ToLower(strings.Trim(w, "."))
		if n > 0 && (low == "de" || low == "van" || low == "von" || low == "der" || low == "den" || low == "al" || low == "bin" || low == "el" || low == "da" || low == "di" || low == "la" || low == "du" || low == "del" || low == "ben" || low == "ul" || low == "y") {
			n++
			continue
		}
		if !unicode.IsUpper(r) && !strings.HasPrefix(w, "al-") && !strings.HasPrefix(w, "el-") {
			return false
		}
		if notNames[low] {
			return false
		}
		n++
	}
	return n >= 2 && n <= 5
}

// notNames are capitalised words that stand in credits, menus and headings,
// never in a person's name.
var notNames = map[string]bool{
	"news": true, "press": true, "writer": true, "editor": true, "reporter": true, "correspondent": true, "staff": true,
	"times": true, "post": true, "herald": true, "tribune": true, "journal": true, "magazine": true, "agency": true,
	"photo": true, "photos": true, "video": true, "videos": true, "image": true, "images": true, "file": true,
	"the": true, "in": true, "on": true, "for": true, "to": true, "of": true, "with": true, "more": true, "read": true,
	"story": true, "stories": true, "headlines": true, "latest": true, "trending": true, "related": true, "top": true,
	"sign": true, "share": true, "follow": true, "us": true, "world": true, "politics": true, "sports": true,
	"business": true, "opinion": true, "breaking": true, "live": true, "updates": true, "update": true, "daily": true,
	"today": true, "watch": true, "best": true, "how": true, "why": true, "what": true, "who": true, "is": true,
	"says": true, "day": true, "week": true, "report": true, "network": true, "service": true, "wire": true, "wires": true,
	"bureau": true, "newsletter": true, "home": true, "page": true, "archive": true, "read more": true, "interview": true,
	"highlights": true, "continued": true, "below": true, "getty": true, "newspaper": true, "digital": true, "inc": true,
	"media": true, "group": true, "company": true, "center": true, "links": true, "sections": true, "comments": true,
}
