package reuse

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// maxQuotes is how many quoted stretches of one line are told apart; the rest
// of such a line counts as prose.
const maxQuotes = 32

// quoteState follows the quotation marks of one line. Marks that agencies do
// not balance are common: a quotation that runs on into the next paragraph is
// not closed, and two apostrophes close what a straight mark opened.
type quoteState struct {
	open  rune // the opening mark, 0 outside
	start int
	spans [maxQuotes]text.Span
	n     int
}

// see takes note of the mark c of n bytes at i.
func (q *quoteState) see(src string, i, n int, c rune, at text.Span) {
	switch c {
	case '“', '„', '«', '‟':
		if q.open == 0 || q.open == '‘' {
			q.open, q.start = c, i
		}
	case '”', '»':
		q.shut(i+n, '“', '„', '«', '"', '‟')
	case '"':
		if q.open == 0 || q.open == '‘' {
			q.open, q.start = c, i
		} else {
			q.shut(i+n, '"', '“', '„')
		}
	case '‘':
		if q.open == 0 && (i == at.Start || !letterBefore(src, i)) {
			q.open, q.start = c, i
		}
	case '’':
		q.shut(i+n, '‘')
	case '\'':
		if i+1 < at.End && src[i+1] == '\'' {
			q.shut(i+2, '"', '“')
		}
	}
}

func (q *quoteState) shut(end int, opened ...rune) {
	for _, o := range opened {
		if q.open == o {
			if q.n < maxQuotes {
				q.spans[q.n] = text.Span{Start: q.start, End: end}
				q.n++
			}
			q.open = 0
			return
		}
	}
}

// finish closes what the line left open: words quoted over several
// paragraphs. A single mark left open was an apostrophe.
func (q *quoteState) finish(at text.Span) {
	if q.open != 0 && q.open != '‘' && q.n < maxQuotes {
		q.spans[q.n] = text.Span{Start: q.start, End: at.End}
		q.n++
	}
	q.open = 0
}

func letterBefore(src string, i int) bool {
	c, _ := utf8.DecodeLastRuneInString(src[:i])
	return unicode.IsLetter(c)
}

// quote marks the words just read that stand within spans.
func (r *reader) quote(spans []text.Span) {
	k := len(r.words)
	for i := len(spans) - 1; i >= 0; i-- {
		for k > 0 && int(r.words[k-1].start) >= spans[i].Start {
			k--
			if int(r.words[k].end) <= spans[i].End {
				r.words[k].flags |= quoted
			}
		}
	}
}

// markQuotes marks the words of direct quotes that the annotation knows of
// and the marks do not show.
func (r *reader) markQuotes(v *news.Version) {
	for i := range v.Quotes.Items {
		if q := &v.Quotes.Items[i]; q.Kind == news.Direct {
			r.markSpan(q.Content)
		}
	}
}

func (r *reader) markSpan(s text.Span) {
	k := sort.Search(len(r.words), func(k int) bool { return int(r.words[k].start) >= s.Start })
	for ; k < len(r.words) && int(r.words[k].end) <= s.End; k++ {
		r.words[k].flags |= quoted
	}
}

// markTweets marks posts embedded without quotation marks. They show by the
// line under them, or the end of their own: "— Ada Lind (@adalind) July 2,
// 2018".
func (r *reader) markTweets() {
	for at := 0; ; {
		k := strings.Index(r.src[at:], "(@")
		if k < 0 {
			return
		}
		at += k + 2
		line := lineAround(r.src, at)
		if !signature(r.src[at:line.End]) {
			continue
		}
		r.markSpan(line)
		if strings.HasPrefix(r.src[line.Start:], "—") || strings.HasPrefix(r.src[line.Start:], "-") || strings.HasPrefix(r.src[line.Start:], "–") {
			if line.Start > 1 {
				end := line.Start - 1
				for end > 0 && r.src[end-1] == '\n' {
					end--
				}
				r.markSpan(lineAround(r.src, end))
			}
		}
	}
}

// signature reports whether s reads "handle) date" to its end.
func signature(s string) bool {
	k := strings.IndexByte(s, ')')
	if k < 1 || k > 30 || strings.IndexByte(s[:k], ' ') >= 0 {
		return false
	}
	rest := strings.TrimSpace(s[k+1:])
	return len(rest) > 0 && len(rest) < 30 && strings.ContainsAny(rest, "0123456789")
}

func lineAround(src string, i int) text.Span {
	start := strings.LastIndexByte(src[:i], '\n') + 1
	end := strings.IndexByte(src[i:], '\n')
	if end < 0 {
		return text.Span{Start: start, End: len(src)}
	}
	return text.Span{Start: start, End: i + end}
}
