package timex

import (
	"strconv"

	"github.com/tracewire/tracewire/internal/news"
)

// op says what is left to be worked out once the date of writing and the
// expressions before are known.
type op uint8

const (
	opValue   op = iota // nothing: value stands
	opDate              // y, m, d, wd: what is 0 is to be found
	opUnit              // n units from the date of writing, or from the expression before
	opSeason            // code, y
	opQuarter           // n, y
	opHalf              // n, y
	opHoliday           // code: a rule of holidays.txt; y
	opSame              // the time just spoken of, as coarse as unit
	opHistory           // value, a day called by its date; m, d before that day
	opCompare           // the quarter, or year, just spoken of, a year before
)

// dir is the direction that the words themselves give.
type dir int8

const (
	ago  dir = iota - 1 // last, past, previous
	open                // none: by the tense
	next                // next, coming
	this                // this
)

// expr is an expression as it stands in the text, not yet resolved.
type expr struct {
	from, to    int // pieces, half-open
	rule        string
	typ         string
	op          op
	value       string
	y, m, d, wd int
	n           int
	unit        byte
	code        string
	tod         string // part of day "TMO" or time "T09:30"
	mod         string
	dir         dir
	back        bool // counted from the expression before, not from the writing
	clear       bool // has company of its own: needs no context to be believed
}

type scan struct {
	src string
	lex *lexicon
	ps  []piece
}

// none stands for all that is outside the part of a line; never written to.
var none = piece{word: &unlisted}

// at is the piece i if it stands in the same part of a line as piece ref.
func (s *scan) at(ref, i int) *piece {
	if i < 0 || i >= len(s.ps) || s.ps[i].line != s.ps[ref].line {
		return &none
	}
	return &s.ps[i]
}

func (s *scan) low(ref, i int) string { return s.at(ref, i).low }

// byteBefore is the byte just before piece i, 0 at the beginning.
func (s *scan) byteBefore(i int) byte {
	if at := s.ps[i].span.Start; at > 0 {
		return s.src[at-1]
	}
	return 0
}

func (s *scan) byteAfter(i int) byte {
	if at := s.ps[i].span.End; at < len(s.src) {
		return s.src[at]
	}
	return 0
}

// all finds the expressions, the longest at each place, in order.
func (s *scan) all() []expr {
	out := make([]expr, 0, 16)
	for i := 0; i < len(s.ps); {
		p := &s.ps[i]
		if !p.is(starts) && (p.low == "" || p.low[0] < '0' || p.low[0] > '9') {
			i++
			continue
		}
		if p.is(isPhrase) {
			if to := s.name(i); to > i {
				i = to
				continue
			}
		}
		e, found := s.expression(i)
		if !found {
			i++
			continue
		}
		out = append(out, e)
		i = e.to
		if more, also := s.sibling(e); also {
			out = append(out, more)
			i = more.to
		}
	}
	return out
}

// name is the end of a name that begins at i and holds no time, or i.
func (s *scan) name(i int) int {
	list := s.lex.phrases[s.ps[i].low]
	for k := range list {
		if ph := &list[k]; ph.kind == noTime && s.holds(ph, i) {
			return i + len(ph.words)
		}
	}
	return i
}

// holds reports whether the words of ph stand from piece i on.
func (s *scan) holds(ph *phrase, i int) bool {
	for k, w := range ph.words {
		p := s.at(i, i-ph.first+k)
		if !ph.cased {
			if p.low != w || p.cap && k > ph.first && !p.headline {
				return false // Institute for the Future
			}
			continue
		}
		form := p.span.Of(s.src)
		if form == "’s" {
			form = "'s"
		}
		if len(form) > 1 && form[len(form)-1] == '.' {
			form = form[:len(form)-1]
		}
		if form != w {
			return false
		}
	}
	return true
}

// expression is the longest expression that begins at i.
func (s *scan) expression(i int) (expr, bool) {
	best, found := s.core(i)
	if e, ok := s.modified(i); ok && (!found || e.to > best.to) {
		best, found = e, true
	}
	if e, ok := s.partOf(i); ok && (!found || e.to > best.to) {
		best, found = e, true
	}
	if e, ok := s.approximate(i); ok && (!found || e.to > best.to) {
		best, found = e, true
	}
	return best, found
}

// core is the longest expression at i that has no modifier before it.
func (s *scan) core(i int) (best expr, found bool) {
	p := s.at(i, i)
	keep := func(e expr, ok bool) {
		if ok && (!found || e.to > best.to) {
			e.from = i
			best, found = e, true
		}
	}
	if p.is(isPhrase) {
		keep(s.fixed(i))
	}
	digit := p.low != "" && p.low[0] >= '0' && p.low[0] <= '9'
	if digit || p.is(isNoon|isNum) {
		keep(s.clock(i))
	}
	if digit || p.is(anyMonth|anyWeekday|isWeekdays|isOrd|isDay) || p.low == "the" {
		keep(s.date(i))
	}
	if digit || p.is(isNum|isDecade) || p.low == "the" || p.low == "fiscal" || p.low == "'" || p.low == "’" || p.low == "‘" {
		keep(s.year(i))
	}
	if p.is(anySeason|isSeasons) || p.low == "the" {
		keep(s.season(i))
	}
	if p.is(isOrd|isClosed|isCode) || digit {
		keep(s.quarter(i))
	}
	if digit || p.is(isNum|isBig|anyVague|anyUnit) || p.low == "a" || p.low == "an" || p.low == "half" || p.low == "some" || p.low == "the" {
		keep(s.quantity(i))
	}
	if p.is(isClosed | isOrd) {
		keep(s.deictic(i))
	}
	if p.is(isSet) || p.low == "every" || p.low == "each" || p.low == "once" || p.low == "twice" {
		keep(s.often(i))
	}
	if p.is(isClosed | isLong | isUnit | isPart) {
		keep(s.other(i))
	}
	return best, found
}

// fixed are the phrases of phrases.txt and holidays.txt.
func (s *scan) fixed(i int) (expr, bool) {
	list := s.lex.phrases[s.ps[i].low]
	for k := range list {
		ph := &list[k]
		if ph.kind == noTime || !s.holds(ph, i) {
			continue
		}
		e := expr{to: i + ph.last - ph.first, typ: ph.typ, value: ph.value, rule: "phrase", clear: true}
		if ph.kind == holiday {
			switch s.low(i, e.to) {
			case "present", "presents", "gift", "gifts", "tree", "trees", "card", "cards", "carol", "carols", "decorations", "lights", "shopping", "stocking", "stockings":
				return expr{}, false // a thing, no day
			}
			e.rule, e.op, e.code, e.value = "holiday", opHoliday, ph.value, ""
			if y, j := s.yearAfter(i, e.to); y > 0 {
				e.y, e.to = y, j
			}
			if h := parseDay(ph.value); h.known() {
				e.op, e.m, e.d, e.value, e.rule = opHistory, h.m, h.d, ph.value, "history"
			}
			return e, true
		}
		if len(ph.words) == 1 && s.spoiled(i) {
			return expr{}, false
		}
		return e, true
	}
	return expr{}, false
}

// spoiled: "current", "future", "recent" as part of a compound or a name
// ("alternating-current", "Future Fund").
func (s *scan) spoiled(i int) bool {
	p := s.at(i, i)
	if p.hyphen || s.at(i, i+1).hyphen {
		return true
	}
	switch p.low {
	case "soon":
		after := s.low(i, i+1)
		return s.low(i, i-1) == "as" || after == "after" || after == "as" || s.at(i, i+1).tag == news.Verb || s.at(i, i+1).is(isPast)
	case "current", "future", "recent":
		prev := s.low(i, i-1)
		if p.cap && s.at(i, i-1) != &none && s.at(i, i-1).low != "." {
			return true
		}
		// "of the current" and "a future" are about a noun; as an adjective
		// only "current" is a time of its own.
		return p.low == "future" && (prev == "a" || prev == "an" || prev == "the" || prev == "any")
	}
	return false
}

// modified: early, late, mid and the like before an expression.
func (s *scan) modified(i int) (expr, bool) {
	j := i
	if s.low(i, j) == "the" || s.low(i, j) == "this" {
		j++
	}
	mod := ""
	switch s.low(i, j) {
	case "early", "earlier":
		mod = "START"
	case "late", "later":
		mod = "END"
	case "mid":
		mod = "MID"
	default:
		return expr{}, false
	}
	word := s.low(i, j)
	if j++; j > i+1 && s.at(i, j).hyphen && !isDigit(s.low(i, j)[0]) {
		return expr{}, false // the late-November trip: the article is the noun's
	}
	if word == "earlier" || word == "later" {
		switch s.low(i, j) {
		case "in":
			if s.low(i, j+1) != "the" {
				return expr{}, false
			}
			j++
		case "on":
			return expr{}, false
		}
	}
	if s.low(i, j) == "on" || s.low(i, j) == "in" {
		k := j + 1
		if e, ok := s.core(k); ok && e.clear && e.op == opDate && e.value == "" && (word == "early" || word == "late") && e.typ == "DATE" {
			e.from, e.mod, e.rule = i, mod, "modified-"+e.rule
			return e, true
		}
	}
	e, ok := s.core(j)
	if !ok {
		if s.low(i, j) == "the" && s.at(i, j+1).is(isUnit) && s.at(i, j+1).word.code != "S" && s.at(i, j+1).word.code != "D" {
			e, ok = expr{to: j + 2, typ: "DATE", op: opUnit, unit: s.at(i, j+1).word.code[0], rule: "the-unit"}, true
		} else if p := s.at(i, j); p.is(isPart) && (word == "mid" || word == "early" || word == "late") && (j > i+1 || word == "mid") {
			e, ok = expr{to: j + 1, typ: "TIME", op: opSame, unit: 'D', tod: p.word.code, rule: "part"}, true
		}
	}
	if !ok || e.typ == "DURATION" || e.typ == "SET" {
		return expr{}, false
	}
	if e.op == opValue && (len(e.value) > 4 && e.value[4] == '_' || e.value == "PAST_REF" || e.value == "PRESENT_REF" || e.value == "FUTURE_REF") {
		return expr{}, false
	}
	if j > i+1 && s.low(i, i) == "this" {
		e.dir = this
	}
	e.from, e.mod, e.clear = i, mod, true
	e.rule = "modified-" + e.rule
	return e, true
}

// partOf: the end of 1990, the beginning of October.
func (s *scan) partOf(i int) (expr, bool) {
	j := i
	if s.low(i, j) == "the" {
		j++
	}
	mod := ""
	switch s.low(i, j) {
	case "beginning", "start":
		mod = "START"
	case "end", "close":
		mod = "END"
	case "middle":
		mod = "MID"
	default:
		return expr{}, false
	}
	if s.low(i, j+1) != "of" {
		return expr{}, false
	}
	j += 2
	e, ok := s.core(j)
	if !ok {
		if s.low(i, j) == "the" && s.at(i, j+1).is(isUnit) {
			switch u := s.at(i, j+1).word.code[0]; u {
			case 'W', 'M', 'Y', 'Q', 'T', 'C': // "at the end of the day" is no time
				e, ok = expr{to: j + 2, typ: "DATE", op: opUnit, unit: u, rule: "the-unit"}, true
			}
		}
	}
	if !ok || e.typ == "DURATION" || e.typ == "SET" {
		return expr{}, false
	}
	e.from, e.mod, e.clear = i, mod, true
	e.rule = "part-of-" + e.rule
	return e, true
}

// approximate: about, nearly, more than, at least before a length, a time of
// day or a date.
func (s *scan) approximate(i int) (expr, bool) {
	mod, j := "", i+1
	switch s.low(i, i) {
	case "about", "around", "approximately", "roughly":
		mod = "APPROX"
	case "nearly", "almost":
		mod = "LESS_THAN"
	case "over":
		mod = "MORE_THAN"
	case "more":
		mod = "MORE_THAN"
	case "less", "fewer":
		mod = "LESS_THAN"
	case "at":
		if s.low(i, i+1) != "least" && s.low(i, i+1) != "most" {
			return expr{}, false
		}
		mod = "EQUAL_OR_MORE"
		if s.low(i, i+1) == "most" {
			mod = "EQUAL_OR_LESS"
		}
		j++
	case "up":
		if s.low(i, i+1) != "to" {
			return expr{}, false
		}
		mod = "EQUAL_OR_LESS"
		j++
	case "no":
		if w := s.low(i, i+1); w != "more" && w != "less" && w != "longer" || s.low(i, i+2) != "than" {
			return expr{}, false
		}
		mod = "EQUAL_OR_LESS"
		j += 2
	default:
		return expr{}, false
	}
	if w := s.low(i, i); w == "more" || w == "less" || w == "fewer" {
		if s.low(i, j) != "than" {
			return expr{}, false
		}
		j++
	}
	e, ok := s.core(j)
	if !ok {
		return expr{}, false
	}
	switch {
	case e.rule == "length" || e.rule == "ago" || e.rule == "clock":
		if w := s.low(i, j); s.low(i, i) == "over" && w != "a" && w != "an" {
			return expr{}, false
		}
	case e.op == opDate && e.m > 0 && (s.low(i, i) == "around" || s.low(i, i) == "about"):
	case e.rule == "span" && s.low(i, i) == "at":
	default:
		return expr{}, false
	}
	e.from, e.mod, e.clear = i, mod, true
	return e, true
}

// sibling is the second day of "Sept. 10 and 11", "April 24-25", or the
// second year of "2010-15".
func (s *scan) sibling(e expr) (expr, bool) {
	if e.op != opDate || e.wd > 0 || e.typ != "DATE" {
		return expr{}, false
	}
	j := e.to
	p := s.at(e.from, j)
	dash := p.hyphen
	if !dash {
		dash = p.low == "-" || p.low == "–"
		switch p.low {
		case "and", "to", "through", "or", "-", "–", "until":
			j++
			p = s.at(e.from, j)
		default:
			return expr{}, false
		}
	}
	after := s.at(e.from, j+1)
	if after.hyphen || after.is(anyUnit|anyMonth|isAmPm) || after.low == "percent" {
		return expr{}, false
	}
	more := e
	more.from, more.to, more.mod = j, j+1, ""
	n, ok := small(p.low)
	switch {
	case !ok || !p.digits:
		return expr{}, false
	case e.d > 0 && n > 0 && n <= 31 && s.ps[e.to-1].digits && s.low(e.from, e.to-1) != strconv.Itoa(e.y):
		more.d = n
		if y, k := s.yearAfter(j, j+1); y > 0 {
			more.y, more.to = y, k
		} else if !p.hyphen && after.word.class == 0 && after.low != "" && !after.cap && s.ps[j].low != "" && isLetter(after.low[0]) && after.tag == 0 {
			// "Sept. 10 and 11 people": a number of something
			switch after.low {
			case "in", "at", "for", "by", "when", "as", "with", "on", "after", "to", "of", "that", "which":
			default:
				return expr{}, false
			}
		}
		return more, true
	case e.m == 0 && e.d == 0 && e.y > 0 && dash && len(p.low) == 2 && n > e.y%100:
		more.y = e.y - e.y%100 + n
		return more, true
	}
	return expr{}, false
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// small parses a number of digits up to six figures.
func small(w string) (int, bool) {
	n := 0
	for i := range len(w) {
		c := w[i]
		switch {
		case c == ',' && i > 0:
		case c < '0' || c > '9' || n > 99999:
			return 0, false
		default:
			n = n*10 + int(c-'0')
		}
	}
	return n, w != ""
}
