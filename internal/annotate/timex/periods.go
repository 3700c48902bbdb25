package timex

import (
	"strconv"

	"github.com/tracewire/tracewire/internal/news"
)

// year: years in figures and words, fiscal years, decades and centuries.
func (s *scan) year(i int) (expr, bool) {
	p := s.at(i, i)
	j := i
	if p.low == "the" {
		j++
	}
	if s.low(i, j) == "fiscal" {
		k := j + 1
		if s.low(i, k) == "year" {
			k++
		}
		if y := plainYear(s.at(i, k)); y > 0 {
			return expr{to: k + 1, typ: "DATE", op: opDate, y: y, rule: "fiscal-year", clear: true}, true
		}
		return expr{}, false
	}
	if s.low(i, j) == "year" && p.low == "the" {
		if y := plainYear(s.at(i, j+1)); y > 0 {
			return expr{to: j + 2, typ: "DATE", op: opDate, y: y, rule: "year", clear: true}, true
		}
		if s.low(i, j+1) == "two" && s.low(i, j+2) == "thousand" {
			return expr{to: j + 3, typ: "DATE", op: opDate, y: 2000, rule: "year", clear: true}, true
		}
		return expr{}, false
	}
	if w := s.low(i, j); (w == "'" || w == "’" || w == "‘") && s.at(i, j+1).glued {
		j++
	}
	if e, ok := s.decadeOrCentury(i, j); ok {
		return e, true
	}
	if p.low == "the" {
		return expr{}, false
	}
	if y, k := s.spokenYear(i, i); y > 0 {
		return expr{to: k, typ: "DATE", op: opDate, y: y, rule: "spoken-year", clear: true}, true
	}
	y := plainYear(p)
	if y == 0 || !s.isYear(i, y) {
		return expr{}, false
	}
	return expr{to: i + 1, typ: "DATE", op: opDate, y: y, rule: "year", clear: true}, true
}

// decadeOrCentury: 1990s, '80s, the nineties, the 20th century.
func (s *scan) decadeOrCentury(i, j int) (expr, bool) {
	p := s.at(i, j)
	if p.low == "" {
		return expr{}, false
	}
	e := expr{to: j + 1, typ: "DATE", rule: "decade", clear: true}
	w := p.low
	switch {
	case len(w) == 5 && w[4] == 's' && isDigit(w[0]):
		n, ok := small(w[:4])
		if !ok || n%10 != 0 || n < 1000 || n > 2100 {
			return expr{}, false
		}
		e.value = w[:3]
		if n%100 == 0 && n < 2000 {
			e.value, e.rule = w[:2], "century" // the 1800s
		}
		return e, true
	case len(w) == 3 && w[2] == 's' && isDigit(w[0]) && w[1] == '0':
		if !s.apostropheBefore(j) {
			return expr{}, false
		}
		e.value = decadeOf(int(w[0]-'0') * 10)
		return e, true
	case p.digits && len(w) == 4 && w[3] == '0' && s.low(i, j+1) == "'s":
		// the 1980's
		switch s.low(i, j-1) {
		case "the", "late", "early", "mid":
			e.to, e.value = j+2, w[:3]
			return e, plainYear(p) > 0 && s.at(i, j+2).tag != news.Noun
		}
	case p.is(isDecade):
		prev := s.low(i, j-1)
		if prev != "the" && prev != "early" && prev != "late" && prev != "mid" && prev != "'" {
			return expr{}, false
		}
		if s.low(i, j-2) == "in" && (s.low(i, j+1) == "and" || s.low(i, j+1) == "or") && s.low(i, j-1) != "the" {
			return expr{}, false
		}
		e.value = decadeOf(p.word.n)
		return e, true
	}
	n, k := ordinal(w), j+1
	if p.is(isOrd) {
		n = p.word.n
	}
	if p.is(isNum) && p.word.n == 20 && s.at(i, k).hyphen && s.at(i, k).is(isOrd) {
		n, k = 20+s.at(i, k).word.n, k+1
	}
	if n > 3 && n < 31 && s.low(i, k) == "century" || n > 0 && n <= 3 && s.low(i, k) == "century" && s.low(i, k+1) != "of" {
		if n < 11 {
			return expr{}, false // "the first century" counts rather than dates
		}
		e.to, e.value, e.rule = k+1, strconv.Itoa(n-1), "century"
		return e, true
	}
	return expr{}, false
}

// apostropheBefore: the mark of '80s, plain or curly, stands before piece j.
func (s *scan) apostropheBefore(j int) bool {
	at := s.ps[j].span.Start
	return at > 0 && s.src[at-1] == '\'' || at >= 3 && (s.src[at-3:at] == "’" || s.src[at-3:at] == "‘")
}

// decadeOf is the decade that ends in yy: 80 is 198, 20 is 202.
func decadeOf(yy int) string {
	if yy < 30 {
		return "20" + strconv.Itoa(yy/10)
	}
	return "19" + strconv.Itoa(yy/10)
}

// isYear reports whether the four figures at i are a year. A number counts
// as one when a preposition, an article or a mark of punctuation leads to it
// and nothing that could be counted follows.
func (s *scan) isYear(i, y int) bool {
	p, prev, after := s.at(i, i), s.at(i, i-1), s.at(i, i+1)
	if s.counted(i, i) || after.hyphen && (after.is(anyUnit) || !after.digits && !after.cap) {
		return false
	}
	switch b := s.byteBefore(i); b {
	case '$', '#', '.', '/', '=', '_', '@', '&', '+':
		return false
	}
	switch s.byteAfter(i) {
	case '/', '_', '@', '%', '=':
		return false
	}
	if len(prev.low) > 0 && prev.glued && (prev.low == "$" || prev.low == "€" || prev.low == "£" || prev.low == "¥") {
		return false
	}
	if after.is(isBig | isCounted) {
		return false
	}
	plural := after.low != "" && !after.cap && len(after.low) > 3 && after.low[len(after.low)-1] == 's' && after.word.class == 0 && isLetter(after.low[0])
	if prev.is(isNumbered) {
		return false
	}
	switch prev.low {
	case "in", "since", "until", "till", "during", "early", "late", "mid", "year", "circa", "spring", "summer", "autumn", "fall", "winter", "pre", "post", "season":
		return y >= 1500 && !(plural && y%100 == 0) || !plural && prev.low == "in" && y >= 1000
	case "of", "from", "before", "after", "through", "by", "between", "for", "the", "'s", "a", "last", "and", "or", "to", "his", "her", "its", "their", "than", "on", "as", "with", "that":
		return y >= 1800 && y <= 2060 && !(plural && (y%100 == 0 || prev.low != "the" && prev.low != "a" && prev.low != "'s" && prev.low != "its" && prev.low != "his" && prev.low != "her" && prev.low != "their"))
	case "(", "[", ",", ";", ":", "–", "—", "-", "--":
		return y >= 1800 && y <= 2060 && !plural
	}
	if p.hyphen && prev.digits {
		return y >= 1800 && y <= 2060 && plainYear(prev) > 0
	}
	if p.hyphen && !prev.is(isClosed) {
		return false // Covid-2019, F-2000
	}
	if prev.is(anyMonth | anySeason | isPart) {
		return true
	}
	if prev.cap && prev.word.class == 0 && prev.sentence == p.sentence {
		return false // Windows 2000, Beijing 2022
	}
	return y >= 1900 && y <= 2060 && y%100 != 0 && !plural
}

// season: "the summer of 1994", "winter 2023", "the early summer".
func (s *scan) season(i int) (expr, bool) {
	j := i
	if s.low(i, j) == "the" {
		j++
	}
	p := s.at(i, j)
	if p.hyphen || s.at(i, j+1).hyphen || j > i && p.is(isPhrase) && s.name(j) > j {
		return expr{}, false
	}
	if p.is(isSeasons) && i == j && (s.low(i, i-1) == "in" || s.low(i, i-1) == "during") {
		return expr{to: j + 1, typ: "SET", value: "XXXX-" + p.word.code, rule: "seasons"}, true
	}
	if !p.is(anySeason) || p.cap && s.at(i, j-1) != &none && j == i && s.at(i, j+1).cap {
		return expr{}, false
	}
	e := expr{to: j + 1, typ: "DATE", op: opSeason, code: p.word.code, rule: "season"}
	if y, to := s.yearAfter(i, e.to); y > 0 && s.low(i, e.to) != "," {
		e.y, e.to, e.clear = y, to, true
		return e, true
	}
	prev := s.low(i, j-1)
	ok := j > i && (p.is(isSeason) || s.low(i, i-1) == "in" || s.low(i, i-1) == "during" || s.low(i, i-1) == "by" || s.low(i, i-1) == "until") ||
		prev == "in" || prev == "by" || prev == "until" || prev == "since" || prev == "during" || prev == "early" || prev == "late" || prev == "mid"
	after := s.at(i, j+1)
	if after.low == "of" || after.low == "in" && p.is(isSeasonVerb) || after.tag == news.Noun && j == i {
		return expr{}, false
	}
	return e, ok
}

// quarter: "the third quarter of 1990", "third-quarter", "the 1988 second
// quarter", "this year's first quarter", "Q3 2023", "the first half".
func (s *scan) quarter(i int) (expr, bool) {
	j := i
	e := expr{typ: "DATE", op: opQuarter, rule: "quarter", clear: true}
	if p := s.at(i, i); p.is(isCode) {
		e.to, e.n = i+1, int(p.low[1]-'0')
		if p.word.code[0] == 'H' {
			e.op, e.rule = opHalf, "half"
		}
		if y, to := s.yearAfter(i, e.to); y > 0 && s.low(i, e.to) != "," {
			e.y, e.to = y, to
		}
		return e, p.cap && (e.y > 0 || s.dated(i, i))
	}
	if s.low(i, j) == "the" || s.low(i, j) == "a" {
		j++
	}
	switch s.low(i, j) {
	case "this", "last", "next":
		if s.low(i, j+1) == "year" && s.low(i, j+2) == "'s" {
			e.dir = direction(s.low(i, j))
			j += 3
		}
	case "year":
		if w := s.low(i, j+1); (w == "earlier" || w == "ago") && s.at(i, j+1).hyphen {
			e.dir = ago
			j += 2
		}
	case "comparable", "same", "corresponding":
		j++
		if w := s.low(i, j+1); s.low(i, j) == "year" && (w == "earlier" || w == "ago") {
			e.dir = ago
			j += 2
		}
	}
	if y := plainYear(s.at(i, j)); y > 1900 {
		e.y = y
		j++
		if s.low(i, j) == "'s" {
			j++
		}
	}
	if s.low(i, j) == "fiscal" {
		j++
	}
	p := s.at(i, j)
	n := ordinal(p.low)
	if p.is(isOrd) {
		n = p.word.n
	}
	if s.low(i, j) == "last" {
		n = 9
	}
	j++
	if s.low(i, j) == "fiscal" {
		j++
	}
	switch {
	case n == 9 && s.at(i, j).low == "quarter" && s.low(i, j+1) == "of":
		e.n = 4
	case n >= 1 && n <= 4 && s.at(i, j).low == "quarter":
		e.n = n
	case (n == 1 || n == 2 || n == 9) && s.at(i, j).low == "half" && (e.y > 0 || e.dir != open || s.low(i, j+1) == "of"):
		e.n, e.op, e.rule = min(n, 2), opHalf, "half"
	default:
		return expr{}, false
	}
	if s.at(i, j).hyphen && (s.low(i, i) == "the" || s.low(i, i) == "a") {
		return expr{}, false // a third-quarter loss: the article is the noun's
	}
	j++
	e.to = j
	if s.low(i, j) == "ended" || e.y > 0 || e.dir != open {
		return e, true
	}
	k := j
	if s.low(i, k) == "of" {
		k++
	}
	if w := s.low(i, k); (w == "fiscal") && plainYear(s.at(i, k+1)) > 0 {
		k++
	}
	if y := plainYear(s.at(i, k)); y > 1900 && (k > j || !s.counted(i, k)) {
		e.y, e.to = y, k+1
		return e, true
	}
	if s.low(i, k+1) == "year" {
		switch s.low(i, k) {
		case "this":
			e.dir, e.to = this, k+2
		case "last":
			e.dir, e.to = ago, k+2
		case "next":
			e.dir, e.to = next, k+2
		case "the":
			if k > j {
				e.dir, e.to = this, k+2
			}
		}
	}
	if e.op == opHalf && e.dir == open {
		if d, ok := s.decadeOrCentury(i, k+1); ok && s.low(i, k) == "the" {
			// the last half of the '80s
			d.from, d.mod = i, "START"
			if e.n == 2 {
				d.mod = "END"
			}
			return d, true
		}
		return expr{}, false
	}
	return e, true
}
