package reuse

import (
	"unicode"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// flag is what is known of a word.
type flag uint16

const (
	stop     flag = 1 << iota // function word
	title                     // word of a title, an institution or a dateline
	capital                   // begins with a capital, or is a number
	quoted                    // stands within quotation marks
	caption                   // of a caption
	outside                   // of no headline, body or caption
	headline                  // of a headline
	lastWord                  // a paragraph ends after this word
	mixed                     // of a line of several kinds
	ends                      // a mark that ends a sentence follows
)

// word is a folded word with its place.
type word struct {
	hash       uint64
	start, end int32
	flags      flag
}

// reader reads the words of one version.
type reader struct {
	src   string
	words []word
	known lexicon
}

// readWords returns all words of v, furniture included, in their order.
func readWords(v *news.Version) []word {
	r := reader{src: v.Text, words: make([]word, 0, len(v.Text)/5), known: classes()}
	if len(v.Lines.Items) == 0 {
		r.lines(text.Span{Start: 0, End: len(v.Text)}, 0)
	}
	for i := range v.Lines.Items {
		l := &v.Lines.Items[i]
		if len(l.Parts) == 0 {
			r.lines(l.Span, labelFlag(l.Label))
		}
		for _, p := range l.Parts {
			r.lines(p.Span, labelFlag(p.Label)|mixed)
		}
	}
	r.markTweets()
	r.markQuotes(v)
	return r.words
}

func labelFlag(l news.Label) flag {
	switch l {
	case news.Headline:
		return headline
	case news.Body:
		return 0
	case news.Caption:
		return caption
	}
	return outside
}

// lines reads a part line by line.
func (r *reader) lines(at text.Span, part flag) {
	for start := at.Start; start < at.End; {
		end := start
		for end < at.End && (r.src[end] != '\n' || hyphenated(r.src, end, at)) {
			end++
		}
		first := len(r.words)
		r.scan(text.Span{Start: start, End: end}, part)
		// A paragraph ends where the line does, unless the text is merely
		// wrapped: then the line ends in mid-sentence and the next goes on
		// in small letters.
		if n := len(r.words); n > first {
			last := &r.words[n-1]
			if last.flags&ends != 0 || part&^mixed != 0 || end >= at.End || !smallNext(r.src, end) {
				last.flags |= lastWord
			}
		}
		start = end + 1
	}
}

// hyphenated reports whether the line break at i parts a word: "govern-" and
// "ment".
func hyphenated(src string, i int, at text.Span) bool {
	k := i - 1
	if k > at.Start && src[k] == '\r' {
		k--
	}
	return k > at.Start && src[k] == '-' && isLetter(src[k-1]) && i+1 < at.End && smallNext(src, i)
}

// smallNext reports whether the next thing after the line break at i is a
// small letter.
func smallNext(src string, i int) bool {
	for i++; i < len(src) && (src[i] == ' ' || src[i] == '\t' || src[i] == '\r'); i++ {
	}
	return i < len(src) && 'a' <= src[i] && src[i] <= 'z'
}

// scan reads the words of one line: lower case, apostrophes plain, hyphens
// between words, points inside abbreviations and numbers dropped, "%" and "per
// cent" as the word "percent", letters without accents and ligatures, and what
// scanners of print misread (canonical).
func (r *reader) scan(at text.Span, part flag) {
	src := r.src
	h, start, first := uint64(0), 0, rune(0)
	dotted := false // "U.S", so that the point after it belongs to it
	letters := 0    // since the last inner point
	last := rune(0) // letter
	digits, misread := 0, false
	end := func(i int) {
		if h != 0 {
			if misread || digits > 0 && letters-digits >= leastMisread {
				h = canonical(src[start:i])
			}
			r.add(h, start, i, first, part)
			h = 0
		}
	}
	inQuote := quoteState{}
	for i := at.Start; i < at.End; {
		c, n := rune(src[i]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(src[i:])
		}
		switch {
		case text.IsAlnum(c) || c >= utf8.RuneSelf && (unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.Is(unicode.Mn, c)):
			if h == 0 {
				start, first, letters, dotted = i, c, 0, false
				last, digits, misread = 0, 0, false
			}
			if accent(c) {
				break
			}
			letters++
			if c >= utf8.RuneSelf {
				for _, c := range unaccented(c) {
					h = step(h, c)
					misread = misread || last == 'r' && c == 'n'
					last = c
				}
				break
			}
			switch {
			case 'A' <= c && c <= 'Z':
				c += 'a' - 'A'
			case c <= '9':
				digits++
			}
			misread = misread || last == 'r' && c == 'n'
			last = c
			h = step(h, c)
		case h != 0 && invisible(c):
			// inside a word: where it may be parted
		case h != 0 && c == '-' && i+1 < at.End && (src[i+1] == '\n' || src[i+1] == '\r' && i+2 < at.End && src[i+2] == '\n'):
			for i+n < at.End && (src[i+n] == '\r' || src[i+n] == '\n' || src[i+n] == ' ' || src[i+n] == '\t') {
				n++
			}
		case c == '%':
			end(i)
			h, start, first, misread, digits = percent, i, 'p', false, 0
			end(i + n)
		case h != 0 && c == '.':
			switch {
			case text.WordAt(src, i+n, at.End):
				dotted = letters == 1
				letters = 0
			case dotted && letters == 1:
				end(i + n) // the last point of "U.S." is the word's
			default:
				end(i)
				r.mark(ends)
			}
		case h != 0 && c == ',' && isDigit(src[i-1]) && i+n < at.End && isDigit(src[i+n]):
			// "2,100"
		case h != 0 && isApostrophe(c) && text.WordAt(src, i+n, at.End):
			h = step(h, '\'')
		default:
			end(i)
			if c == '.' || c == '!' || c == '?' || c == ':' {
				r.mark(ends)
			}
			inQuote.see(src, i, n, c, at)
		}
		i += n
	}
	end(at.End)
	inQuote.finish(at)
	r.quote(inQuote.spans[:inQuote.n])
}

func (r *reader) mark(f flag) {
	if n := len(r.words); n > 0 {
		r.words[n-1].flags |= f
	}
}

func (r *reader) add(h uint64, start, end int, first rune, part flag) {
	if h == cent && len(r.words) > 0 {
		if w := &r.words[len(r.words)-1]; w.hash == per && start == int(w.end)+1 {
			w.hash, w.end, w.flags = mix(percent), int32(end), w.flags&^(stop|capital)
			return
		}
	}
	h = mix(h)
	f := part | r.known.of(h)
	if 'A' <= first && first <= 'Z' || '0' <= first && first <= '9' || first >= utf8.RuneSelf && unicode.IsUpper(first) {
		f |= capital
	}
	r.words = append(r.words, word{h, int32(start), int32(end), f})
}

func isApostrophe(c rune) bool { return c == '\'' || c == '’' || c == 'ʼ' || c == '`' }

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// The unmixed hash of the word that "%" stands for, and of the second half of
// "per cent"; the mixed one of its first half.
var (
	percent = hashOf("percent")
	cent    = hashOf("cent")
	per     = mix(hashOf("per"))
)

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || c >= utf8.RuneSelf }
