package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// tokenize appends the tokens of src[s.Start:s.End] to out, untagged but for
// quotation marks, punctuation, numbers and possessives. Words with a capital
// are written to low in small letters.
func tokenize(out []news.Token, src string, low *strings.Builder, s text.Span) []news.Token {
	quotes := quoteState{}
	for i := s.Start; i < s.End; {
		if src[i] == ' ' {
			i++
			continue
		}
		if end, capitals := plainWord(src, i, s.End); end > 0 {
			w := src[i:end]
			t := news.Token{Span: text.Span{Start: i, End: end}, Lower: w}
			if capitals {
				t.Lower = lowered(low, w)
			}
			if isDigit(rune(w[0])) {
				t.Tag = news.Num
			}
			out = append(out, t)
			i = end
			continue
		}
		r, n := rune(src[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(src[i:s.End])
		}
		switch {
		case unicode.IsSpace(r) || r == 0xfeff || r == 0x200b:
			i += n
			continue
		case isWordRune(r), r == '$' || r == '€' || r == '£':
			end := wordEnd(src, i, s.End)
			out = appendWord(out, src, low, i, end)
			i = end
			continue
		}
		tag, width := quotes.mark(src, i, s, out)
		if width == 0 {
			tag, width = news.Punct, punctEnd(src, i, s.End, n)
		}
		word := foldMark(src[i : i+width])
		if tag == news.Poss && width > 1 {
			word = foldPossessive(word)
		}
		out = append(out, news.Token{Span: text.Span{Start: i, End: i + width}, Lower: word, Tag: tag})
		i += width
	}
	return out
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '@' || r == '#' || r == '_'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// plainWord returns the end of a word of nothing but ASCII letters and digits
// behind which a mark tells that no address and no longer word begins with it,
// and whether it has capitals: most words are so. It is 0 for all others.
func plainWord(src string, i, end int) (to int, capitals bool) {
	small := byte(0x20) // the bit that a capital has not
	j := i
	for j < end {
		c := src[j]
		if c-'0' > 9 && c|0x20-'a' >= 26 {
			break
		}
		small &= c
		j++
	}
	if j == i {
		return 0, false
	}
	if j < end {
		switch src[j] {
		case ' ', '\t', '\n', '\r', '"', '(', ')', '[', ']':
		case ',':
			if j+1 < end && src[j+1] != ' ' {
				return 0, false
			}
		default:
			return 0, false
		}
	}
	return j, small == 0
}

// wordEnd returns where the word that begins at i ends. Inside a word stand:
// apostrophes, hyphens and points between letters or digits; the last point of
// an abbreviation; all of a web or e-mail address.
func wordEnd(src string, i, end int) int {
	start := i
	if j := addressEnd(src, i, end); j > 0 {
		return j
	}
	if src[i] == '$' || strings.HasPrefix(src[i:end], "€") || strings.HasPrefix(src[i:end], "£") {
		_, n := utf8.DecodeRuneInString(src[i:end])
		i += n
	}
	for i < end {
		if c := src[i]; 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(src[i:end])
		if isWordRune(r) {
			i += n
			continue
		}
		if i == start {
			return i + n
		}
		next, _ := utf8.DecodeRuneInString(src[i+n : end])
		prev, _ := utf8.DecodeLastRuneInString(src[start:i])
		switch {
		case (r == '\'' || r == '’') && unicode.IsLetter(next) && !possessive(src, i+n, end):
			i += n
		case (r == '-' || r == '‑' || r == '‐') && isWordRune(next) && isWordRune(prev) || r == '-' && prev == '.' && isWordRune(next):
			i += n
		case (r == '.' || r == ',' || r == ':' || r == '/') && isDigit(prev) && isDigit(next):
			i += n
		case r == '.' && unicode.IsLetter(prev) && abbreviated(src, start, i, next):
			i += n
		case r == '&' && unicode.IsUpper(prev) && unicode.IsUpper(next):
			i += n
		case r == '%' && isDigit(prev):
			return i + n
		default:
			return i
		}
	}
	return i
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// possessive reports whether "s" stands alone at i: the 's of "Kim's".
func possessive(src string, i, end int) bool {
	if i >= end || src[i] != 's' && src[i] != 'S' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(src[i+1 : end])
	return i+1 == end || !unicode.IsLetter(r)
}

// abbreviated reports whether the point at i belongs to the word from start:
// single letters ("U.S."), or a word of abbreviations.txt.
func abbreviated(src string, start, i int, next rune) bool {
	word := src[start:i]
	if k := strings.LastIndexAny(word, "-"); k >= 0 && !strings.Contains(word, ".") {
		word = word[k+1:]
	}
	last := word[strings.LastIndexByte(word, '.')+1:]
	if len(last) == 1 {
		c := last[0]
		upper := 'A' <= c && c <= 'Z'
		if len(word) > 1 || unicode.IsLetter(next) {
			return true // second letter of "U.S.", or first before another letter
		}
		// an initial, "J. Smith", but not the pronoun that ends a sentence
		return upper && c != 'I'
	}
	if unicode.IsLetter(next) {
		// "tass.com", "Ph.D."
		return len(last) <= 4 || unicode.IsLower(next)
	}
	a, known := lexicon().abbreviations[strings.ToLower(word)]
	return known && (!a.capital || 'A' <= word[0] && word[0] <= 'Z')
}

// longestAddress bounds the search for an address, in bytes.
const longestAddress = 300

// addressEnd returns the end of a web or e-mail address at i, 0 if there is
// none.
func addressEnd(src string, i, end int) int {
	web := src[i] == 'h' && (strings.HasPrefix(src[i:end], "http://") || strings.HasPrefix(src[i:end], "https://")) || src[i] == 'w' && strings.HasPrefix(src[i:end], "www.")
	at, point := 0, false // place of "@", and whether a point follows it
	j := i
scan:
	for ; j < min(end, i+longestAddress); j++ {
		switch src[j] {
		case ' ', '\t', '\n', '\r', '"', '<', '>', '(', ')', '[', ']', '|':
			break scan
		case '@':
			if j > i {
				at = j
			}
		case '.':
			point = point || at > 0
		}
	}
	if !web && !point {
		return 0
	}
	return i + len(strings.TrimRight(src[i:j], ".,;:!?'"))
}

func appendWord(out []news.Token, src string, low *strings.Builder, start, end int) []news.Token {
	w := src[start:end]
	t := news.Token{Span: text.Span{Start: start, End: end}, Lower: lower(w, low)}
	if c := w[0]; '0' <= c && c <= '9' || c == '$' || c >= utf8.RuneSelf && (strings.HasPrefix(w, "€") || strings.HasPrefix(w, "£")) {
		t.Tag = news.Num
	}
	return append(out, t)
}

// lowered is w, of ASCII, in small letters, written to b: one piece of memory
// for many words.
func lowered(b *strings.Builder, w string) string {
	from := b.Len()
	for i := range len(w) {
		c := w[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b.WriteByte(c)
	}
	return b.String()[from:]
}

// lower folds case and typographic apostrophes of the word w.
func lower(w string, low *strings.Builder) string {
	plain := true
	for i := range len(w) {
		switch c := w[i]; {
		case c >= utf8.RuneSelf:
			return strings.ReplaceAll(strings.ToLower(w), "’", "'")
		case 'A' <= c && c <= 'Z':
			plain = false
		}
	}
	if plain {
		return w
	}
	return lowered(low, w)
}

// punctEnd is the width of the mark at i: runs of dashes and points are one.
func punctEnd(src string, i, end, n int) int {
	c := src[i]
	if c != '-' && c != '.' && c != '_' && c != '*' && c != '=' {
		return n
	}
	j := i + 1
	for j < end && src[j] == c {
		j++
	}
	return j - i
}

// foldMark gives marks one form: all dashes are "-", quotes plain.
func foldMark(m string) string {
	switch m {
	case "—", "–", "―", "--", "---", "−":
		return "-"
	case "“", "”", "„", "«", "»", "''", "``":
		return `"`
	case "‘", "’":
		return "'"
	case "…":
		return "..."
	}
	return m
}

// foldPossessive gives all forms of "'s" one form.
func foldPossessive(m string) string {
	switch m {
	case "'S", "’s", "’S":
		return "'s"
	}
	return m
}

// quoteState follows quotation marks through a line, to tell opening from
// closing ones and apostrophes.
type quoteState struct{ double, single bool }

// mark classifies the mark at i; width 0 means that it is no quotation mark.
func (q *quoteState) mark(src string, i int, s text.Span, out []news.Token) (news.Tag, int) {
	rest := src[i:s.End]
	switch {
	case strings.HasPrefix(rest, "“"), strings.HasPrefix(rest, "„"), strings.HasPrefix(rest, "«"):
		q.double = true
		return news.Open, len("“") - boolInt(rest[0] == 0xc2)
	case strings.HasPrefix(rest, "”"), strings.HasPrefix(rest, "»"):
		q.double = false
		return news.Close, len("”") - boolInt(rest[0] == 0xc2)
	case strings.HasPrefix(rest, "''"), strings.HasPrefix(rest, "``"):
		if q.double || rest[0] == '\'' && !spaceBefore(src, i, s) {
			q.double = false
			return news.Close, 2
		}
		q.double = true
		return news.Open, 2
	case rest[0] == '"':
		open := !q.double
		if after := rest[1:]; q.double && spaceBefore(src, i, s) && after != "" && !isSpace(after[0]) {
			open = true // the closing mark was forgotten
		} else if !q.double && !spaceBefore(src, i, s) && (after == "" || isSpace(after[0])) {
			open = false // the opening mark was forgotten
		}
		q.double = open
		if open {
			return news.Open, 1
		}
		return news.Close, 1
	case strings.HasPrefix(rest, "‘"):
		q.single = true
		return news.Open, len("‘")
	case rest[0] == '\'' || strings.HasPrefix(rest, "’"):
		w := 1 + 2*boolInt(rest[0] != '\'')
		if !spaceBefore(src, i, s) {
			if n := w; n < len(rest) && (rest[n] == 's' || rest[n] == 'S') && possessive(rest, n, len(rest)) {
				return news.Poss, n + 1
			}
			if q.single {
				q.single = false
				return news.Close, w
			}
			if len(out) > 0 && strings.HasSuffix(out[len(out)-1].Lower, "s") {
				return news.Poss, w
			}
			return news.Close, w
		}
		if n := w; n+1 < len(rest) && !q.single && rest[n] == 's' && rest[n+1] == ' ' {
			return news.Poss, n + 1 // a link around the name left a space: "Lind 's office"
		}
		if len(rest) > w && !isSpace(rest[w]) {
			q.single = true
			return news.Open, w
		}
	}
	return 0, 0
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func spaceBefore(src string, i int, s text.Span) bool {
	if i == s.Start {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(src[s.Start:i])
	switch r {
	case '(', '[', '-', '—', '–', '“', '‘', '"', '/':
		return true
	}
	return unicode.IsSpace(r)
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
