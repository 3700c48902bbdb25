package timex

import "strconv"

// amount is a number before a unit.
type amount struct {
	n    int
	half bool // and a half
	many bool // few, several: no number
}

// number reads a number at j: figures, words, "2 1/2", "a dozen".
func (s *scan) number(ref, j int) (amount, int) {
	p := s.at(ref, j)
	if p.low == "" {
		return amount{}, 0
	}
	if p.digits {
		n, ok := small(p.low)
		if !ok || s.byteBefore(j) == '$' || s.byteBefore(j) == '.' || p.hyphen && s.at(ref, j-1).word.class&isNum == 0 && !s.at(ref, j-1).digits && s.low(ref, j-1) != "to" {
			return amount{}, 0
		}
		if q := s.at(ref, j+1); q.low == "1/2" || q.low == "½" {
			return amount{n: n, half: true}, j + 2
		}
		if q := s.at(ref, j+1); q.is(isBig) && q.word.n < 1000000 {
			return amount{n: n * q.word.n}, j + 2
		}
		return amount{n: n}, j + 1
	}
	if p.low == "½" || p.low == "1/2" {
		return amount{half: true}, j + 1
	}
	if isDigit(p.low[0]) {
		for k := range len(p.low) {
			if p.low[k] == '.' && p.low[k:] == ".5" || p.low[k:] == "½" {
				if n, ok := small(p.low[:k]); ok {
					return amount{n: n, half: true}, j + 1
				}
			}
		}
		return amount{}, 0
	}
	if p.is(anyVague) {
		to := j + 1
		if p.is(isVagueOf) {
			if s.low(ref, to) != "of" {
				return amount{}, 0
			}
			to++
		}
		if s.at(ref, to).is(isVagueOf) || s.at(ref, to).is(isBig) {
			to++
		}
		return amount{many: true}, to
	}
	if !p.is(isNum | isBig) {
		return amount{}, 0
	}
	total, to := 0, j
	for {
		q := s.at(ref, to)
		switch {
		case q.is(isBig) && q.word.n < 1000000:
			total = max(total, 1) * q.word.n
		case q.is(isNum) && !q.digits && (to == j || q.word.n < 10 && total%10 == 0 && total >= 20 || total >= 100 && total%100 == 0):
			total += q.word.n
		default:
			if q.low == "and" && s.low(ref, to+1) == "a" && s.low(ref, to+2) == "half" {
				return amount{n: total, half: true}, to + 3
			}
			return amount{n: total}, to
		}
		if to++; to-j > 8 {
			return amount{}, 0 // no number that anybody wrote
		}
	}
}

// span of a unit with an amount, as a TIMEX3 period.
func (a amount) period(unit byte) string {
	if a.many {
		switch unit {
		case 'S', 'N', 'H':
			return "PTX" + letter(unit)
		case 'T':
			return "PXY"
		case 'F':
			return "PXW"
		}
		return "PX" + letter(unit)
	}
	n := a.n
	switch unit {
	case 'S':
		return "PT" + strconv.Itoa(n) + "S"
	case 'N':
		if a.half {
			return "PT" + strconv.Itoa(n) + "M30S"
		}
		return "PT" + strconv.Itoa(n) + "M"
	case 'H':
		switch {
		case a.half && n == 0:
			return "PT30M"
		case a.half:
			return "PT" + strconv.Itoa(n) + "H30M"
		}
		return "PT" + strconv.Itoa(n) + "H"
	case 'D', 'W', 'M', 'Q', 'E':
		if a.half {
			switch {
			case unit == 'D' && n == 0:
				return "PT12H"
			case unit == 'D':
				return "P" + strconv.Itoa(n) + "DT12H"
			case unit == 'M' && n == 0:
				return "P15D"
			}
			return "P" + strconv.Itoa(n) + ".5" + letter(unit)
		}
		return "P" + strconv.Itoa(n) + letter(unit)
	case 'F':
		return "P" + strconv.Itoa(2*n) + "W"
	case 'Y':
		switch {
		case a.half && n == 0:
			return "P6M"
		case a.half:
			return "P" + strconv.Itoa(n) + "Y6M"
		}
		return "P" + strconv.Itoa(n) + "Y"
	}
	years := map[byte]int{'T': 10, 'C': 100, 'L': 1000}[unit]
	n *= years
	if a.half {
		n += years / 2
	}
	return "P" + strconv.Itoa(n) + "Y"
}

// letter is the letter of a unit in a period.
func letter(unit byte) string {
	switch unit {
	case 'N':
		return "M"
	case 'E':
		return "WE"
	}
	return string(rune(unit))
}

// quantity: lengths ("six-day", "four years", "half an hour") and what is
// counted from now or then with them ("four years ago", "a day earlier").
func (s *scan) quantity(i int) (expr, bool) {
	p := s.at(i, i)
	j, a := i, amount{}
	article := false
	switch {
	case p.low == "a" || p.low == "an" || p.low == "half" || p.low == "the":
		j, a, article = s.articleAmount(i)
		if j == 0 {
			return expr{}, false
		}
	case p.is(anyUnit) && !p.is(isUnit):
		return s.bareUnits(i)
	case p.low == "some":
		a, j = s.number(i, i+1)
		if j == 0 {
			if s.at(i, i+1).is(isUnits) {
				a, j = amount{many: true}, i+1
			} else {
				return expr{}, false
			}
		}
	default:
		a, j = s.number(i, i)
		if j == 0 {
			return expr{}, false
		}
		if p.is(isVague) && p.low == "few" && s.low(i, i-1) == "a" {
			return expr{}, false
		}
	}
	if !article {
		j = s.upTo(i, j)
	}
	e := expr{typ: "DURATION", rule: "length"}
	unit, to := s.unit(i, j)
	if to == 0 {
		return expr{}, false
	}
	u := s.at(i, to-1)
	if p.low == "the" && (u.hyphen || s.at(i, to).hyphen) {
		return expr{}, false // the six-day visit: the article is the noun's
	}
	if unit == 'S' && (u.is(isUnit) || a.n == 0 || article) || u.cap && !s.at(i, i).cap {
		return expr{}, false
	}
	if u.is(isUnit) && !u.hyphen && (a.many || a.n > 1) && !article && !s.adjectival(i, to) {
		return expr{}, false
	}
	if unit == 'Q' && (s.low(i, to) == "of" || u.is(isUnits) && a.n == 3 && s.low(i, to) != "ago") && !a.many {
		return expr{}, false // three quarters of the votes
	}
	if s.at(i, to).hyphen {
		if w := s.low(i, to); w == "to" || w == "by" || w == "over" {
			return expr{}, false // day-to-day
		}
	}
	e.to = to
	e.value = a.period(unit)
	e.unit, e.n = unit, a.n
	if s.low(i, to) == "and" && s.low(i, to+1) == "a" && s.low(i, to+2) == "half" {
		a.half = true
		e.to, e.value = to+3, a.period(unit)
	}
	if w := s.low(i, e.to); w == "old" || w == "olds" || w == "older" {
		return expr{}, false // ages are not marked in TempEval's texts either
	}
	if s.at(i, e.to).hyphen && s.low(i, e.to) == "long" {
		e.to++
	}
	s.more(i, a, &e)
	return s.relative(i, a, article, e)
}

// upTo takes the second number of "two to three weeks", "12 to 18 months",
// "three or four days", whose first ends at j.
func (s *scan) upTo(i, j int) int {
	k := j
	if w := s.low(i, j); w == "to" || w == "or" {
		k++
	} else if p := s.at(i, j); !p.hyphen || !p.digits && !p.is(isNum|isBig) {
		return j
	}
	if _, to := s.number(i, k); to > 0 && s.at(i, to).is(anyUnit) {
		return to
	}
	return j
}

// more adds "and 30 minutes" to a length in hours.
func (s *scan) more(i int, a amount, e *expr) {
	k := e.to
	if w := s.low(i, k); w == "and" || w == "," {
		k++
	}
	if a.many || a.half {
		return
	}
	b, j := s.number(i, k)
	if j == 0 || b.many || b.half {
		return
	}
	unit, to := s.unit(i, j)
	if to == 0 || rank(unit) >= rank(e.unit) || rank(unit) == 0 {
		return
	}
	tail := b.period(unit)
	switch {
	case e.unit == 'H' || e.unit == 'N': // PT2H + PT30M
		e.value += tail[2:]
	default:
		e.value += tail[1:]
	}
	e.to = to
}

func rank(unit byte) int {
	switch unit {
	case 'S':
		return 1
	case 'N':
		return 2
	case 'H':
		return 3
	case 'D':
		return 4
	case 'W':
		return 5
	case 'M':
		return 6
	case 'Y':
		return 7
	}
	return 0
}

// adjectival: a singular unit after a number ("a five year low") must stand
// before a noun.
func (s *scan) adjectival(i, to int) bool {
	p := s.at(i, to)
	return p.low != "" && isLetter(p.low[0]) && !p.cap && !p.is(isPast|isBe|isModal|isClosed) || p.low == "old"
}

// articleAmount: a, an, half a, a few, a couple of, a dozen, the nine, the few.
func (s *scan) articleAmount(i int) (int, amount, bool) {
	j := i + 1
	switch s.low(i, i) {
	case "the":
		a, to := s.number(i, j)
		if to == 0 || a.n == 1 && !a.half {
			return 0, amount{}, false
		}
		return to, a, false
	case "half":
		if w := s.low(i, j); w == "a" || w == "an" {
			return j + 1, amount{half: true}, true
		}
		if s.at(i, j).hyphen {
			return j, amount{half: true}, true
		}
		return 0, amount{}, false
	}
	switch s.low(i, j) {
	case "half":
		return j + 1, amount{half: true}, true
	case "couple":
		j++
		if s.low(i, j) == "of" {
			j++
		}
		return j, amount{n: 2}, false
	}
	if s.at(i, j).is(isNum|isBig|anyVague) && !s.at(i, j).is(isClosed) && s.low(i, i) == "a" {
		if a, to := s.number(i, j); to > 0 && (a.many || s.at(i, j).word.n >= 12) {
			return to, a, false
		}
		return 0, amount{}, false
	}
	return j, amount{n: 1}, true
}

// unit reads a unit at j, with an adjective before it.
func (s *scan) unit(ref, j int) (byte, int) {
	switch s.low(ref, j) {
	case "more", "additional", "consecutive", "straight", "full", "whole", "long", "trading", "business", "working", "solid", "calendar", "fiscal", "successive", "extra", "entire", "further", "other":
		j++
	}
	p := s.at(ref, j)
	if !p.is(anyUnit) {
		return 0, 0
	}
	if p.low == "second" && p.is(isOrd) && (!s.at(ref, j).hyphen || s.at(ref, j+1).low == "") {
		return 0, 0
	}
	return p.word.code[0], j + 1
}

// relative turns a length with "ago", "earlier", "later" into a date, and
// drops "a year" where it is no length.
func (s *scan) relative(i int, a amount, article bool, e expr) (expr, bool) {
	after := s.at(i, e.to)
	w := after.low
	if w == "or" && (s.low(i, e.to+1) == "so" || s.low(i, e.to+1) == "more" || s.low(i, e.to+1) == "less" || s.low(i, e.to+1) == "two") {
		e.to += 2
		e.mod = "APPROX"
		w = s.low(i, e.to)
	}
	sign, back := 0, false
	switch w {
	case "ago":
		sign = -1
	case "earlier", "previously":
		if after.hyphen {
			return expr{}, false // a year-earlier loss
		}
		sign, back = -1, true
	case "before":
		if s.ends(i, e.to+1) {
			sign, back = -1, true
		}
	case "later", "afterward", "afterwards", "thereafter":
		sign, back = 1, true
	case "after":
		if s.ends(i, e.to+1) {
			sign, back = 1, true
		}
	case "hence":
		sign = 1
	case "from":
		if s.low(i, e.to+1) == "now" {
			sign = 1
			e.to++
		}
	}
	if back && s.low(i, e.to+1) == "than" && (e.unit == 'S' || e.unit == 'N' || e.unit == 'H') {
		return e, true // "30 minutes later than planned" is a length
	}
	if sign != 0 {
		if a.many {
			switch {
			case sign < 0:
				e.value = "PAST_REF"
			case back:
				return e, true // a few days later: the length is all that is known
			default:
				e.value = "FUTURE_REF"
			}
			e.to++
			e.typ, e.op, e.rule = "DATE", opValue, "ago"
			return e, true
		}
		e.to++
		e.typ, e.op, e.n, e.back, e.rule, e.value = "DATE", opUnit, sign*a.n, back, "ago", ""
		switch {
		case e.unit == 'S' || e.unit == 'N' || e.unit == 'H':
			e.typ = "TIME"
		case a.half && e.unit == 'Y':
			e.unit, e.n = 'M', sign*(12*a.n+6)
		case a.half && e.unit == 'T':
			e.unit, e.n = 'Y', sign*(10*a.n+5)
		case a.half && e.unit == 'C':
			e.unit, e.n = 'Y', sign*(100*a.n+50)
		case e.unit == 'T':
			e.unit, e.n = 'Y', 10*e.n
		case e.unit == 'C':
			e.unit, e.n = 'Y', 100*e.n
		case e.unit == 'L':
			e.unit, e.n = 'Y', 1000*e.n
		case e.unit == 'F':
			e.unit, e.n = 'W', 2*e.n
		}
		if w == "ago" && sign < 0 && e.unit == 'Y' && e.n == -1 && article {
			e.rule = "year-ago"
		}
		return e, true
	}
	if e.mod == "" && article && !a.half && a.n == 1 {
		return s.indefinite(i, e)
	}
	return e, true
}

// ends: nothing that "before" could govern stands at j.
func (s *scan) ends(i, j int) bool {
	p := s.at(i, j)
	if p.low == "" || p.sentence != s.ps[i].sentence {
		return true
	}
	switch p.low {
	case ".", ",", ";", ")", ":", "—", "--", "-", "?", "!", "and", "but":
		return true
	}
	return false
}

// indefinite: "a year" is a length after a preposition, a rate after a
// number, and nothing elsewhere.
func (s *scan) indefinite(i int, e expr) (expr, bool) {
	if e.unit == 'Q' || e.unit == 'S' || s.low(i, e.to) == "of" && e.unit == 'E' {
		return expr{}, false
	}
	if s.at(i, i+1).hyphen || s.at(i, e.to).hyphen {
		return expr{}, false
	}
	switch s.low(i, i-1) {
	case "for", "in", "within", "than", "after", "over", "about", "nearly", "almost", "under", "only", "just", "lasted", "last", "lasts", "took", "takes", "take", "spent", "spend", "least", "once", "of", "half", "every", "through", "during", "around", "another":
		if s.low(i, i-1) == "once" {
			break
		}
		return e, true
	case "times", "twice":
		return s.rate(e), true
	case "such", "as", "like", "what", "is", "was", "not", "it's", "that's", "been", "had", "has", "have":
		return expr{}, false
	}
	for k := i - 1; k >= i-4; k-- {
		p := s.at(i, k)
		if p.digits || p.is(isNum|isBig) && p.low != "one" || p.low == "times" || p.low == "once" || p.low == "twice" || p.low == "%" || p.low == "percent" {
			return s.rate(e), true
		}
	}
	return expr{}, false
}

func (s *scan) rate(e expr) expr {
	e.typ, e.rule = "SET", "rate"
	return e
}

// bareUnits: "for years", "decades of war", "months ago", "decades-long".
func (s *scan) bareUnits(i int) (expr, bool) {
	p := s.at(i, i)
	code := p.word.code[0]
	if code == 'Q' || code == 'S' || code == 'E' || code == 'L' || p.cap && s.at(i, i-1).sentence == p.sentence && s.at(i, i-1).low != "" {
		return expr{}, false
	}
	e := expr{to: i + 1, typ: "DURATION", value: amount{many: true}.period(code), rule: "units", unit: code}
	prev, after := s.low(i, i-1), s.at(i, i+1)
	if after.hyphen {
		if after.low == "long" {
			e.to++
			return e, true
		}
		return expr{}, false
	}
	switch after.low {
	case "ago":
		e.to++
		e.typ, e.value, e.rule = "DATE", "PAST_REF", "ago"
		return e, true
	case "old":
		return expr{}, false
	case "later", "earlier":
		return e, true
	case "or":
		if q := s.at(i, i+2); q.is(isUnits) {
			e.to += 2
		}
	}
	switch prev {
	case "for", "in", "within", "after", "over", "through", "lasted", "took", "takes", "take", "spent", "until", "during", "several", "than":
		return e, true
	case "of":
		return e, after.low == "" || after.low == "," || after.low == "." || after.low == "of" || after.is(isVagueOf)
	}
	return e, after.low == "of" && code != 'H' && code != 'N' && code != 'D' || after.low == "before" || after.low == "after"
}

// often: every day, each July, every two weeks, daily.
func (s *scan) often(i int) (expr, bool) {
	p := s.at(i, i)
	if p.is(isSet) {
		after := s.at(i, i+1)
		if p.cap && (after.cap || s.at(i, i-1).cap) || p.hyphen || after.hyphen {
			return expr{}, false
		}
		return expr{to: i + 1, typ: "SET", value: p.word.code, rule: "adverb-set"}, true
	}
	if p.low != "every" && p.low != "each" {
		return expr{}, false
	}
	j := i + 1
	e := expr{typ: "SET", rule: "every"}
	a := amount{n: 1}
	if s.low(i, j) == "other" {
		a.n = 2
		j++
	} else if b, to := s.number(i, j); to > 0 {
		a, j = b, to
	}
	q := s.at(i, j)
	e.to = j + 1
	switch {
	case q.is(anyUnit) && q.word.code != "S":
		e.value = a.period(q.word.code[0])
	case q.is(isWeekday):
		e.value = "XXXX-WXX-" + digit(q.word.n)
		if part := s.at(i, j+1); part.is(isPart) {
			e.value += part.word.code
			e.to++
		}
	case q.is(anyMonth) && q.cap:
		e.value = "XXXX-" + two(q.word.n)
	case q.is(anySeason):
		e.value = "XXXX-" + q.word.code
	case q.is(isPart):
		e.value = "XXXX-XX-XX" + q.word.code
	default:
		return expr{}, false
	}
	return e, true
}

func two(n int) string { return string([]byte{'0' + byte(n/10%10), '0' + byte(n%10)}) }
