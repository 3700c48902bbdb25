package mention

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// gap is what stands between a word and the one before it.
type gap uint8

const (
	gapStart  gap = iota // the word begins its sentence
	gapSpace             // white space only, or the full stop of an abbreviation
	gapHyphen            // cut out of a hyphenated compound: "DPRK-Russia"
	gapPoss              // the word before is an owner: "Russia's Pacific"
	gapComma
	gapQuote // an opening or closing quotation mark
	gapParen // an opening bracket
	gapSlash
	gapAmp  // "&"
	gapStop // anything else: full stop, colon, dash
)

// word is a word as names see it: compounds of names are cut ("U.S.-led"), the
// possessive 's is no word but a mark on its owner.
type word struct {
	start, end int
	lower      string
	class      class
	tag        news.Tag
	gap        gap
	capital    bool // begins with a capital
	caps       bool // all capitals, two letters or more
	number     bool
	poss       bool  // followed by 's
	dot        bool  // an abbreviation's full stop follows
	first      bool  // a capital is expected here: no evidence
	over       int32 // the name that covers the word, counted from 1
	id         int32 // into scanner.facts
}

// piece is a sentence with its words.
type piece struct {
	words []word
	from  int // in scanner.words
	span  text.Span
	line  int
	label news.Label
	title bool // headline capitals: every word has one
	upper bool // all in capitals
}

// scanner holds what the stages of one text share.
type scanner struct {
	src      string
	lx       *lexicons
	pieces   []piece
	words    []word      // backing store of all pieces
	vocab    []int32     // by the hash of a word, 1 + its place in facts; see know
	facts    []fact      // of each word of the text
	token    *news.Token // where scanSpan is, nil behind the last one
	names    []name
	inRun    map[string]bool // names found in running text
	months   map[string]bool // words of function that are family names here: "Theresa May"
	dateline text.Span
	voice    map[string]bool // outlet and agency of the page
}

// fact is what one text tells of a word, however often it has it.
type fact struct {
	word  string // in small letters
	sum   uint32 // text.Hash of it
	class class
	seen  evidence
	use   usage
	hash  uint32
}

// evidence counts how a word is written where its capital means something.
type evidence struct{ low, cap int32 }

func (s *scanner) scan(v *news.Version) {
	size := 0 // of the prose
	if n := len(v.Sentences.Items); n > 0 {
		size = v.Sentences.Items[n-1].Span.End - v.Sentences.Items[0].Span.Start
	}
	s.words = slices.Grow(s.words, size/6+16)
	s.facts = slices.Grow(s.facts, min(size, 40<<10)/12+16)
	slots := 64
	for slots < 2*cap(s.facts) {
		slots *= 2
	}
	if clear(s.vocab); len(s.vocab) < slots {
		s.vocab = make([]int32, slots)
	}
	for _, sen := range v.Sentences.Items {
		if sen.Label == news.Related {
			continue
		}
		first, tok := len(s.words), sen.First
		s.scanSpan(sen.Span, v.Tokens, tok)
		if len(s.words) == first {
			continue
		}
		s.pieces = append(s.pieces, piece{span: sen.Span, line: sen.Line, label: sen.Label, from: first})
	}
	end := len(s.words)
	for i := len(s.pieces) - 1; i >= 0; i-- {
		p := &s.pieces[i]
		p.words, end = s.words[p.from:end], p.from
		s.letterCase(p)
	}
	s.evidence()
}

// scanSpan cuts one sentence. tok is its first token.
func (s *scanner) scanSpan(sp text.Span, tokens []news.Token, tok int) {
	src, g, first := s.src, gapStart, true
	for i := sp.Start; i < sp.End; {
		if src[i] == ' ' {
			i++
			continue
		}
		if end := smallWord(src, i, sp.End); end > 0 {
			for tok < len(tokens) && tokens[tok].Span.End <= i {
				tok++
			}
			w := word{start: i, end: end, lower: src[i:end], gap: g, first: first}
			if tok < len(tokens) && tokens[tok].Span.Start <= i {
				w.tag = tokens[tok].Tag
			}
			w.id = s.know(w.lower)
			w.class = s.facts[w.id].class
			s.words = append(s.words, w)
			i, g, first = end, gapSpace, false
			continue
		}
		r, n := rune(src[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(src[i:sp.End])
		}
		if !unicode.IsLetter(r) && !(r >= '0' && r <= '9') {
			g, first = nextGap(g, r, first)
			i += n
			continue
		}
		end := wordEnd(src, i, sp.End)
		if link(src[i:end]) {
			i, g = end, gapStop
			continue
		}
		for tok < len(tokens) && tokens[tok].Span.End <= i {
			tok++
		}
		tag := news.Other
		if s.token = nil; tok < len(tokens) && tokens[tok].Span.Start <= i {
			s.token = &tokens[tok]
			tag = s.token.Tag
		}
		s.cutCompound(i, end, g, first, tag)
		w := &s.words[len(s.words)-1]
		i, g, first = end, gapStop, false
		if w.class&abbreviation != 0 && i < sp.End && src[i] == '.' && w.capital {
			w.dot, g = true, gapSpace
			i++
		} else if n := possessive(src, i, sp.End); n > 0 {
			w.poss, g = true, gapPoss
			i += n
		} else if i < sp.End && isSpace(src[i]) {
			g = gapSpace
		} else if i < sp.End {
			g = gapSpace // nextGap raises it as marks follow
		}
	}
}

// smallWord is the end of a word of nothing but small ASCII letters with a space
// behind it, or a comma and a space: most words are so. It is 0 for all others.
func smallWord(src string, i, end int) int {
	j := i
	for j < end && src[j]-'a' < 26 {
		j++
	}
	switch {
	case j == i:
		return 0
	case j == end, src[j] == ' ', src[j] == ',' && (j+1 == end || src[j+1] == ' '):
		return j
	}
	return 0
}

// nextGap is the gap after one more rune that belongs to no word; first tells
// whether the next word's capital will mean nothing.
func nextGap(g gap, r rune, first bool) (gap, bool) {
	switch r {
	case ' ', '\t', '\n', '\r', '\u00a0', '\u2009', '\u202f':
		return g, first
	case '"', '“', '”', '«', '»', '\'', '‘', '’', '„', '`':
		return max(g, gapQuote), first || r != '’' && r != '\'' && r != '”' && r != '»'
	case ',':
		return max(g, gapComma), first
	case '(', '[':
		return gapParen, first
	case '/':
		return gapSlash, first
	case '&':
		return gapAmp, first
	case '-':
		return gapStop, first
	case '.', '!', '?', ':', '…', '•', '*', '>', '|', '–', '—', ';':
		return gapStop, true
	}
	return gapStop, first
}

// possessive is the length of an 's at i, or of a bare apostrophe after s.
func possessive(src string, i, end int) int {
	n := apostrophe(src[i:end])
	if n == 0 {
		return 0
	}
	if i+n < end && (src[i+n] == 's' || src[i+n] == 'S') && (i+n+1 == end || !letterAt(src, i+n+1)) {
		return n + 1
	}
	if i > 0 && (src[i-1] == 's' || src[i-1] == 'S') && i+n+1 < end && src[i+n] == ' ' && letterAt(src, i+n+1) {
		return n
	}
	return 0
}

func apostrophe(s string) int {
	switch {
	case s == "":
		return 0
	case s[0] == '\'':
		return 1
	case strings.HasPrefix(s, "’"), strings.HasPrefix(s, "ʼ"), strings.HasPrefix(s, "‘"):
		_, n := utf8.DecodeRuneInString(s)
		return n
	}
	return 0
}

func letterAt(src string, i int) bool {
	r, _ := utf8.DecodeRuneInString(src[i:])
	return unicode.IsLetter(r) || r >= '0' && r <= '9'
}

func isSpace(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '\r' }

// link reports whether a word is an address.
func link(w string) bool {
	for i := range len(w) {
		if w[i] == '@' || w[i] == ':' && strings.HasPrefix(w[i:], "://") {
			return true
		}
	}
	return strings.HasPrefix(w, "www.")
}

// wordEnd is the end of the word at i: letters, digits, inner apostrophes and
// hyphens, and the points of "U.S." and of addresses.
func wordEnd(src string, i, end int) int {
	start := i
	for i < end {
		r, n := rune(src[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(src[i:end])
		}
		switch {
		case unicode.IsLetter(r), unicode.Is(unicode.Mn, r), r >= '0' && r <= '9', r == '_':
		case r == '-' || r == '‑':
			if i+n >= end || !letterAt(src, i+n) {
				return i
			}
		case r == '\'' || r == '’' || r == 'ʼ' || r == '‘':
			if i+n >= end || !letterAt(src, i+n) || possessive(src, i, end) > 0 {
				return i
			}
		case r == '.':
			switch {
			case initials(lastPart(src[start:i])): // "U.S." with its last point
				if i+1 < end && letterAt(src, i+1) {
					break
				}
				if len(lastPart(src[start:i])) > 1 {
					return i + 1
				}
				if upperFirst(src[start:i]) && i+2 < end && src[i+1] == ' ' && letterAt(src, i+2) {
					return i + 1 // an initial: "J. Doe"
				}
				return i
			case i+1 < end && letterAt(src, i+1) && (address(src[start:i]) || domain(src[i:end]) || digitAt(src, i-1) && digitAt(src, i+1)):
			default:
				return i
			}
		case r == ',':
			if i == start || i+1 >= end || !digitAt(src, i-1) || !digitAt(src, i+1) {
				return i
			}
		case r == '@' || r == ':' || r == '/':
			ok := r == '@' && i > start || address(src[start:i]) || r == '/' && strings.HasSuffix(src[start:i], ":") || r == ':' && strings.HasPrefix(src[i:end], "://")
			if !ok || i+n >= end || isSpace(src[i+n]) {
				return i
			}
		default:
			return i
		}
		i += n
	}
	return i
}

// lastPart is what follows the last hyphen of w.
func lastPart(w string) string { return w[strings.LastIndexByte(w, '-')+1:] }

func digitAt(src string, i int) bool { return i >= 0 && i < len(src) && src[i] >= '0' && src[i] <= '9' }

func address(w string) bool { return link(w) || strings.Contains(w, ":/") }

// domain reports whether s begins with a point and a common top level domain.
func domain(s string) bool {
	for _, d := range [...]string{".com", ".org", ".net", ".co.", ".gov", ".edu", ".io", ".tv", ".info"} {
		if strings.HasPrefix(s, d) && (len(s) == len(d) || d == ".co." || !letterAt(s, len(d))) {
			return true
		}
	}
	return false
}

// initials reports whether w is single letters with points between them.
func initials(w string) bool {
	if w == "" || len(w) > 9 {
		return false
	}
	for i := range len(w) {
		letter := w[i] >= 'A' && w[i] <= 'Z' || w[i] >= 'a' && w[i] <= 'z'
		if i%2 == 0 && !letter || i%2 == 1 && w[i] != '.' {
			return false
		}
	}
	return len(w)%2 == 1
}

// cutCompound appends the word [start,end), cut at hyphens where its parts are
// words of their own: known names, and names with a common word ("U.S.-led").
func (s *scanner) cutCompound(start, end int, g gap, first bool, tag news.Tag) {
	src := s.src
	w := src[start:end]
	if k := s.glued(start, end); k > 0 {
		s.push(start, start+k, g, first, tag)
		s.cutCompound(start+k, end, gapStop, false, news.Name)
		return
	}
	h := strings.IndexByte(w, '-')
	if h <= 0 || s.lx.names.At(w) != nil {
		s.push(start, end, g, first, tag)
		return
	}
	from := start
	for at := start + h; ; {
		next := len(w)
		if n := strings.IndexByte(src[at+1:end], '-'); n >= 0 {
			next = at + 1 + n - start
		}
		if s.cutsAt(src[from:at], src[at+1:start+next]) {
			s.push(from, at, g, first, tag)
			g, first, from = gapHyphen, false, at+1
			tag = news.Other
		}
		if next == len(w) {
			break
		}
		at = start + next
	}
	s.push(from, end, g, first, tag)
}

// glued finds a known name that a page's furniture runs into: "MyNorth Korea".
// It returns where in the word the name begins, or 0.
func (s *scanner) glued(start, end int) int {
	w := s.src[start:end]
	for k := 2; k < len(w)-2; k++ {
		if w[k] < 'A' || w[k] > 'Z' || w[k-1] < 'a' || w[k-1] > 'z' {
			continue
		}
		if s.lx.longest.At(w[k:]) > 1 && end+1 < len(s.src) && s.src[end] == ' ' {
			next := wordEnd(s.src, end+1, len(s.src))
			if s.lx.names.At(s.src[start+k:next]) != nil {
				return k
			}
		}
	}
	return 0
}

// cutsAt tells whether the hyphen between a and b parts two words.
func (s *scanner) cutsAt(a, b string) bool {
	if s.lx.names.At(a+"-"+b) != nil {
		return false
	}
	ka, kb := s.lx.names.At(a) != nil && upperFirst(a), s.lx.names.At(b) != nil && upperFirst(b)
	switch {
	case ka && kb:
		return true
	case ka && !upperFirst(b):
		return !digitAt(b, 0) && (len(b) > 2 || s.lx.words.At(b)&commonWord != 0) && s.lx.words.At(b)&connector == 0
	case kb && !upperFirst(a):
		return s.lx.words.At(strings.ToLower(a))&connector == 0
	case upperFirst(a) && !upperFirst(b):
		return suffix(b)
	case !upperFirst(a) && upperFirst(b):
		return prefix(a)
	case kb:
		return prefix(strings.ToLower(a))
	}
	return false
}

// suffix lists what follows a name after a hyphen and is no part of it.
func suffix(w string) bool {
	switch w {
	case "led", "based", "backed", "born", "style", "like", "era", "wide", "made", "run", "owned", "held", "area",
		"linked", "related", "controlled", "occupied", "funded", "sponsored", "trained", "aligned", "appointed",
		"bound", "built", "friendly", "speaking", "only", "free", "type", "themed", "inspired", "dominated",
		"supported", "brokered", "mediated", "administered", "affiliated", "educated", "listed", "language",
		"class", "level", "designed", "produced", "imposed", "ruled", "majority", "approved", "drafted", "proposed",
		"turned", "going", "minded", "wing", "to", "and", "in", "or", "day", "year", "old", "hit", "infected", "positive":
		return true
	}
	return len(w) > 5 && (strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing"))
}

// prefix lists what stands before a name with a hyphen and is no part of it.
func prefix(w string) bool {
	switch w {
	case "pro", "anti", "ex", "non", "mid", "post", "pre", "former", "then", "inter", "self", "un", "late", "early",
		"ultra", "neo", "half", "part", "trans", "cross", "north", "south", "east", "west", "co", "vice", "most", "first":
		return true
	}
	return false
}

func (s *scanner) push(start, end int, g gap, first bool, tag news.Tag) {
	t := s.src[start:end]
	w := word{start: start, end: end, gap: g, first: first, tag: tag}
	plain := true // nothing but ASCII, and no capitals
	for i := range len(t) {
		if c := t[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			plain = false
			break
		}
	}
	r, n := utf8.DecodeRuneInString(t)
	w.capital = !plain && unicode.IsUpper(r)
	w.number = r >= '0' && r <= '9'
	w.lower = t
	switch {
	case plain: // the most of all words
	case w.capital:
		w.lower = s.lowered(t, start, end)
		w.caps = len(t) > n && strings.IndexFunc(t, unicode.IsLower) < 0
	default:
		if u := strings.IndexFunc(t, unicode.IsUpper); u >= 0 {
			// "al-Assad", "iPhone", "d'Ivoire": names for all that
			w.capital = !w.number && strings.IndexFunc(t, unicode.IsDigit) < 0 && (u <= 2 || t[u-1] == '-' || t[u-1] == '\'' || t[u-1] >= 0x80)
			w.lower = s.lowered(t, start, end)
		} else if strings.Contains(t, "’") {
			w.lower = strings.ReplaceAll(t, "’", "'")
		}
	}
	w.id = s.know(w.lower)
	w.class = s.facts[w.id].class
	if n := len(s.words); w.lower == "today" && w.capital && !first && g == gapSpace && n > 0 && s.words[n-1].capital && s.words[n-1].class&function == 0 {
		w.class = orgHead // the paper "Norland Today"; the day is written small
	}
	s.words = append(s.words, w)
}

// lowered is t, which stands at [start,end), in small letters and with plain
// apostrophes: the token of the same place has that.
func (s *scanner) lowered(t string, start, end int) string {
	if s.token != nil && s.token.Span.Start == start && s.token.Span.End == end {
		return s.token.Lower
	}
	return strings.ReplaceAll(strings.ToLower(t), "’", "'")
}

// know is the place of a word among the facts of the text.
func (s *scanner) know(lower string) int32 {
	sum := text.Hash(lower)
	at, known := s.place(lower, sum)
	if known {
		return s.vocab[at] - 1
	}
	c := s.lx.words.At(lower)
	if c == 0 {
		c = classBySuffix(lower)
	}
	if n := len(lower) - 1; c == 0 && n > 1 && lower[n] == '.' {
		c = s.lx.words.At(lower[:n])
	}
	s.facts = append(s.facts, fact{word: lower, sum: sum, class: c, hash: hashOf(lower)})
	s.vocab[at] = int32(len(s.facts))
	if 2*len(s.facts) > len(s.vocab) {
		s.vocab = make([]int32, 2*len(s.vocab))
		for i := range s.facts {
			at, _ := s.place(s.facts[i].word, s.facts[i].sum)
			s.vocab[at] = int32(i + 1)
		}
	}
	return int32(len(s.facts) - 1)
}

// place is where in vocab the word with that hash stands, or is to stand.
func (s *scanner) place(lower string, sum uint32) (at uint32, known bool) {
	mask := uint32(len(s.vocab) - 1)
	for at = sum & mask; s.vocab[at] > 0; at = (at + 1) & mask {
		if f := &s.facts[s.vocab[at]-1]; f.sum == sum && f.word == lower {
			return at, true
		}
	}
	return at, false
}

// seen tells how the text writes w.
func (s *scanner) seen(w *word) evidence { return s.facts[w.id].seen }

// seenWord is seen of a word in small letters.
func (s *scanner) seenWord(lower string) evidence {
	if at, known := s.place(lower, text.Hash(lower)); known {
		return s.facts[s.vocab[at]-1].seen
	}
	return evidence{}
}

// classBySuffix knows "it'll" and "accountant-general" by their ends.
func classBySuffix(w string) class {
	for _, e := range [...]string{"'ll", "'ve", "'re", "'d", "'m", "n't"} {
		if strings.HasSuffix(w, e) {
			return function | commonWord
		}
	}
	if strings.HasSuffix(w, "-general") || strings.HasSuffix(w, "-elect") || strings.HasSuffix(w, "-designate") {
		return titleHead
	}
	return 0
}

// letterCase finds out whether capitals mean anything in p: not in headlines
// where every word has one, nor where there are no small letters.
func (s *scanner) letterCase(p *piece) {
	small, big, upper := 0, 0, 0
	for i := range p.words {
		w := &p.words[i]
		if w.number || w.class&function != 0 && len(w.lower) < 5 {
			continue
		}
		switch {
		case w.caps && len(w.lower) > 1:
			upper++
		case w.capital:
			big++
		default:
			small++
		}
	}
	if first := p.words[0].lower; p.label == news.Credit || first == "photo" || first == "photograph" || first == "image" {
		return
	}
	p.upper = upper > 3 && upper > 3*(small+big)
	p.title = !p.upper && (big > 3 && small*6 <= big || small == 0 && big > 1 && !s.closed(p))
}

// bears tells whether the word of function at i, capitalised after a given
// name, is a family name: no day, no date, no "I".
func (s *scanner) bears(p *piece, i int) bool {
	w := &p.words[i]
	if len(w.lower) < 3 || strings.HasSuffix(w.lower, "day") || w.caps || i+1 < len(p.words) && p.words[i+1].number {
		return false
	}
	switch p.words[i-1].lower {
	case "april", "may", "june", "august", "will", "mark", "art", "grant", "bill", "guy", "sue", "rose", "grace", "joy":
		return false
	}
	return true
}

// familyName reports whether word i, of function elsewhere, is one here.
func (s *scanner) familyName(p *piece, i int) bool {
	w := &p.words[i]
	if !w.capital || !s.months[w.lower] || i+1 < len(p.words) && p.words[i+1].number {
		return false
	}
	return !w.first || i+1 < len(p.words) && (p.words[i].poss || finite(&p.words[i+1]))
}

// closed reports whether p ends as a sentence does.
func (s *scanner) closed(p *piece) bool {
	t := strings.TrimRight(p.span.Of(s.src), " \"'”’)")
	return strings.HasSuffix(t, ".") || strings.HasSuffix(t, "!") || strings.HasSuffix(t, "?") || strings.HasSuffix(t, ",")
}

// evidence notes, for each word, how often it stands in small letters and how
// often with a capital that means something.
func (s *scanner) evidence() {
	for k := range s.pieces {
		p := &s.pieces[k]
		if p.title || p.upper {
			continue
		}
		for i := range p.words {
			w := &p.words[i]
			if w.class&function != 0 && w.capital && i > 0 && w.gap == gapSpace && p.words[i-1].class&given != 0 && p.words[i-1].capital && s.bears(p, i) {
				if s.months == nil {
					s.months = map[string]bool{}
				}
				s.months[w.lower] = true
			}
			if w.class&function != 0 || w.number || len(w.lower) < 3 {
				continue
			}
			e := &s.facts[w.id].seen
			if !w.capital {
				e.low++
			} else if !w.first && !w.caps {
				e.cap++
			}
		}
	}
}
