package timex

import (
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// month is the number of the month at piece j, 0 if there is none. beside
// tells that a day or a year stands next to it.
func (s *scan) month(ref, j int, beside bool) int {
	p := s.at(ref, j)
	if !p.is(anyMonth) || !p.cap {
		return 0
	}
	if p.is(isMonthAbbr) && !beside && s.src[p.span.End-1] != '.' && s.byteAfter(j) != '.' {
		return 0
	}
	return p.word.n
}

// point skips the point of an abbreviation when it is a piece of its own.
func (s *scan) point(ref, j int) int {
	if p := s.at(ref, j); p.low == "." && p.glued && s.at(ref, j-1).is(isMonthAbbr|isWeekdayAbbr) {
		return j + 1
	}
	return j
}

// dayNumber is the day of a month at j: 19, 19th, eighth.
func (s *scan) dayNumber(ref, j int) int {
	p := s.at(ref, j)
	if p.digits && len(p.low) <= 2 {
		if n, _ := small(p.low); n >= 1 && n <= 31 {
			return n
		}
		return 0
	}
	if n := ordinal(p.low); n >= 1 && n <= 31 {
		return n
	}
	if p.is(isOrd) {
		return p.word.n
	}
	if p.is(isNum) && p.word.n >= 20 && p.word.n <= 30 && s.at(ref, j+1).hyphen && s.at(ref, j+1).is(isOrd) && s.at(ref, j+1).word.n < 10 {
		return p.word.n + s.at(ref, j+1).word.n
	}
	return 0
}

// ordinal is the number of "21st", 0 if w is no such form.
func ordinal(w string) int {
	if len(w) < 3 || len(w) > 4 || w[0] < '0' || w[0] > '9' {
		return 0
	}
	n, ok := small(w[:len(w)-2])
	if !ok {
		return 0
	}
	switch w[len(w)-2:] {
	case "st", "nd", "rd", "th":
		return n
	}
	return 0
}

// yearAfter is a year at j, or after a comma or "of" at j, with its end.
func (s *scan) yearAfter(ref, j int) (int, int) {
	if w := s.low(ref, j); w == "," || w == "of" {
		j++
	}
	p := s.at(ref, j)
	if y := plainYear(p); y > 0 && !s.counted(ref, j) {
		return y, j + 1
	}
	if y, k := s.spokenYear(ref, j); y > 0 {
		return y, k
	}
	return 0, 0
}

func plainYear(p *piece) int {
	if !p.digits || len(p.low) != 4 {
		return 0
	}
	if n, ok := small(p.low); ok && n >= 1000 && n <= 2150 {
		return n
	}
	return 0
}

// counted: the number at j counts something ("2000 people", "1,900 dead").
func (s *scan) counted(ref, j int) bool {
	p := s.at(ref, j+1)
	if p.glued && p.low == "%" || p.low == "percent" {
		return true
	}
	return p.is(anyUnit) && !p.hyphen && p.word.code != "Q" || p.is(isBig)
}

// spokenYear: "nineteen ninety-six", "two thousand three" after "the year".
func (s *scan) spokenYear(ref, j int) (int, int) {
	p := s.at(ref, j)
	if !p.is(isNum) || p.word.n < 17 || p.word.n > 20 || p.digits {
		return 0, 0
	}
	q := s.at(ref, j+1)
	if !q.is(isNum) || q.word.n < 10 || q.hyphen {
		return 0, 0
	}
	y, k := p.word.n*100+q.word.n, j+2
	if r := s.at(ref, k); q.word.n >= 20 && r.hyphen && r.is(isNum) && r.word.n < 10 {
		y, k = y+r.word.n, k+1
	}
	if s.at(ref, k).is(anyUnit) {
		return 0, 0
	}
	return y, k
}

// date: all forms of a calendar date with a name or a number of the month,
// weekdays, and the days yesterday, today and tomorrow.
func (s *scan) date(i int) (expr, bool) {
	p := s.at(i, i)
	e := expr{op: opDate, typ: "DATE", clear: true}
	j := i
	switch {
	case p.is(isDay):
		if p.low == "today" && (s.at(i, i-1).low == "usa" || s.at(i, i-1).low == "russia" && p.cap) {
			return expr{}, false
		}
		e.op, e.unit, e.n, e.rule, e.to = opUnit, 'D', p.word.n, p.low, i+1
		s.partAfter(i, &e)
		if e.tod == "" {
			s.clockAfter(i, &e)
		}
		return e, true
	case p.is(isWeekdays) && p.cap:
		e.typ, e.op, e.rule = "SET", opValue, "weekdays"
		e.value, e.to = "XXXX-WXX-"+digit(p.word.n), i+1
		return e, true
	case p.is(anyWeekday) && p.cap:
		e.wd, e.rule = p.word.n, "weekday"
		j = s.point(i, i+1)
		e.to = j
		if s.at(i, j).is(isParts) {
			e.typ, e.op, e.rule = "SET", opValue, "weekdays"
			e.value, e.to = "XXXX-WXX-"+digit(e.wd)+s.at(i, j).word.code, j+1
			return e, true
		}
		s.partAfter(i, &e)
		j = e.to
		if s.low(i, j) == "," {
			j++
		}
		if s.low(i, j) == "the" && s.dayNumber(i, j+1) > 0 {
			j++
		}
		full := expr{op: opDate, typ: e.typ}
		if s.monthDay(i, j, &full) && full.d > 0 {
			e.y, e.m, e.d, e.to, e.rule = full.y, full.m, full.d, full.to, "weekday-date"
			return e, true
		}
		if n := s.dayNumber(i, j); n > 0 && s.low(i, j-1) == "the" && ordinal(s.low(i, j)) > 0 {
			e.d, e.to = n, j+1
			return e, true
		}
		if p.is(isWeekdayAbbr) && s.src[p.span.End-1] != '.' && s.byteAfter(i) != '.' {
			return expr{}, false
		}
		if e.tod == "" {
			s.clockAfter(i, &e)
		}
		if s.low(i, e.to) == "last" && e.tod == "" && !s.at(i, e.to+1).is(anyUnit|anyWeekday|anyMonth) && s.at(i, e.to+1).tag != news.Noun && s.at(i, e.to+1).tag != news.Name {
			e.dir, e.to, e.rule = ago, e.to+1, "weekday-last" // "Thursday last"
		}
		return e, !s.weekdayName(i, &e)
	case p.is(anyMonth):
		if !s.monthDay(i, i, &e) {
			return expr{}, false
		}
		if e.d == 0 && e.y == 0 && !s.bareMonth(i, &e) {
			return expr{}, false
		}
		s.yearWord(i, &e)
		if e.d > 0 {
			s.partAfter(i, &e)
			if e.tod == "" {
				s.clockAfter(i, &e)
			}
		}
		return e, true
	case p.low == "the":
		if n := s.dayNumber(i, i+1); n > 0 && s.monthDay(i, i+1, &e) && e.d > 0 {
			e.rule = "day-month"
			return e, true
		}
		return expr{}, false
	}
	if p.low != "" && p.low[0] >= '0' && p.low[0] <= '9' {
		if s.numeric(i, &e) {
			return e, true
		}
	}
	d := s.dayNumber(i, i)
	if d == 0 {
		return expr{}, false
	}
	if s.monthDay(i, i, &e) && e.d > 0 {
		s.partAfter(i, &e)
		return e, true
	}
	// 10-12 September, 10 and 12 September: the first day borrows the month
	j = i + 1
	if w := s.low(i, j); !s.at(i, j).hyphen && (w == "and" || w == "to" || w == "or" || w == "-" || w == "–") {
		j++
	} else if !s.at(i, j).hyphen {
		return expr{}, false
	}
	if p.digits && s.at(i, j).digits && s.monthDay(i, j, &e) && e.d > d && e.rule == "day-month" {
		e.d, e.to = d, i+1
		return e, true
	}
	return expr{}, false
}

func digit(n int) string { return string(rune('0' + n)) }

// monthDay fills e with the date at j: "Sept. 19, 2023", "19 September",
// "September 2023", "September".
func (s *scan) monthDay(ref, j int, e *expr) bool {
	if s.at(ref, j).is(anyMonth) {
		k := s.point(ref, j+1)
		d := s.dayNumber(ref, k)
		y, to := 0, 0
		if d == 0 {
			y, to = s.yearAfter(ref, k)
			if y > 0 && s.low(ref, k) == "," && s.at(ref, k-1).is(isMonthName) && !s.dated(ref, j) {
				y, to = 0, 0
			}
		}
		m := s.month(ref, j, d > 0 || y > 0)
		if m == 0 {
			return false
		}
		e.m, e.rule, e.to = m, "month", k
		if d == 0 {
			if y > 0 {
				e.y, e.to, e.rule = y, to, "month-year"
			}
			return true
		}
		next := s.at(ref, k+1)
		if next.hyphen && next.is(anyUnit) {
			return true // "a March 10-day" is no day of March
		}
		if next.is(isAmPm) || next.glued && next.low == "%" || next.is(isBig) || next.low == "percent" {
			return true
		}
		e.d, e.to, e.rule = d, k+1, "month-day"
		if s.at(ref, k).is(isNum) && s.at(ref, k+1).hyphen && s.at(ref, k+1).is(isOrd) {
			e.to++
		}
		if w := s.low(ref, e.to); w != "of" {
			if y, to := s.yearAfter(ref, e.to); y > 0 {
				e.y, e.to = y, to
			}
		}
		return true
	}
	d := s.dayNumber(ref, j)
	if d == 0 || s.at(ref, j).is(isOrd) && s.at(ref, j-1).low != "the" && s.low(ref, j+1) != "of" {
		return false
	}
	k := j + 1
	if s.at(ref, k-1).is(isNum) && s.at(ref, k).hyphen && s.at(ref, k).is(isOrd) {
		k++
	}
	if s.low(ref, k) == "of" {
		if ordinal(s.low(ref, j)) == 0 && !s.at(ref, j).is(isOrd) {
			return false
		}
		k++
	}
	m := s.month(ref, k, true)
	if m == 0 {
		return false
	}
	if f := s.at(ref, j); f.glued && !f.hyphen && (s.byteBefore(j) == '$' || s.byteBefore(j) == '.') {
		return false
	}
	e.m, e.d, e.rule = m, d, "day-month"
	e.to = s.point(ref, k+1)
	if y, to := s.yearAfter(ref, e.to); y > 0 && s.low(ref, e.to) != "of" {
		e.y, e.to = y, to
	}
	return true
}

// dated: a preposition before j shows that a date stands there.
func (s *scan) dated(ref, j int) bool {
	switch s.low(ref, j-1) {
	case "in", "since", "of", "until", "till", "through", "during", "by", "before", "after", "from", "to", "between", "for", "late", "early", "mid":
		return true
	}
	return false
}

// bareMonth reports whether the lone month of e is one, and not a person, a
// verb or a march.
func (s *scan) bareMonth(i int, e *expr) bool {
	p := s.at(i, i)
	after := s.at(i, e.to)
	prev := s.low(i, i-1)
	if after.hyphen && after.is(anyUnit) {
		return false
	}
	if !p.is(isMonthName) {
		return true
	}
	switch p.low {
	case "may":
		switch prev {
		case "in", "since", "until", "till", "during", "last", "next", "this", "of", "late", "early", "mid", "between", "through", "before", "after", "from", "every", "each":
			return !after.is(isPast) || prev == "in" || prev == "since"
		case "by", "and", "or", "to":
			// April and May, but not "Johnson and May"
			if prev == "by" {
				return !after.is(isPast|isPastPart) && !after.cap
			}
			return s.at(i, i-2).is(anyMonth) && s.at(i, i-2).cap
		}
		return after.hyphen && after.is(anyMonth)
	case "march":
		if s.at(i, i-1) == &none || prev == "." || prev == "“" || prev == "\"" {
			return after.low != "of" && after.low != "for" && after.low != "on" && after.low != "to" && after.low != "against"
		}
		switch prev {
		case "the", "a", "this", "long":
			return prev == "this" || after.low != "of" && after.low != "on" && after.low != "for" && after.low != "to" && after.low != "against" && after.low != "in" && after.low != "by" && after.low != "was" && after.low != "," && after.low != "."
		}
		return s.dated(i, i) || prev == "last" || prev == "next" || prev == "and" || prev == "or" || prev == "'s" || prev == "," || prev == "every" || prev == "each" || after.is(isPast)
	}
	// April, June and August are given names too.
	if s.dated(i, i) || prev == "last" || prev == "next" || prev == "this" || prev == "the" || prev == "and" && s.at(i, i-2).is(anyMonth) {
		return true
	}
	if after.cap && after.word.class == 0 && !after.hyphen {
		return false
	}
	return prev != "mr" && prev != "ms" && prev != "mrs" && !(s.at(i, i-1).cap && s.at(i, i-1).word.class == 0 && s.at(i, i-1).sentence == p.sentence && prev != "'s")
}

// yearWord: "January this year", "June last year".
func (s *scan) yearWord(i int, e *expr) {
	if e.y > 0 || s.low(i, e.to+1) != "year" {
		j := e.to
		if e.y == 0 && s.low(i, j) == "of" && s.low(i, j+2) == "year" {
			e.to++
			s.yearWord(i, e)
			if e.dir == open {
				e.to--
			}
		}
		return
	}
	switch s.low(i, e.to) {
	case "this":
		e.dir, e.n = this, 1
	case "last":
		e.dir, e.n = ago, 1
	case "next":
		e.dir, e.n = next, 1
	default:
		return
	}
	e.to += 2
	e.rule = "month-of-year"
}

// partAfter takes a part of the day after the date of e: "Monday morning".
func (s *scan) partAfter(i int, e *expr) {
	p := s.at(i, e.to)
	if p.is(isPart) && !p.cap && !s.at(i, e.to+1).hyphen && !p.hyphen {
		e.tod, e.typ = p.word.code, "TIME"
		e.to++
	}
}

// clockAfter: "Monday at 9:30 a.m."
func (s *scan) clockAfter(i int, e *expr) {
	j := e.to
	if s.low(i, j) == "," {
		j++
	}
	if s.low(i, j) == "at" {
		j++
	} else if s.low(i, e.to) == "," {
		return
	}
	t, to := s.timeOfDay(i, j)
	if to == 0 {
		return
	}
	e.tod, e.typ, e.to = t, "TIME", to
}

// weekdayName: the weekday is part of a name, as in "Ms. Friday" or
// "Friday Harbor". Names of papers and days are in names.txt.
func (s *scan) weekdayName(i int, e *expr) bool {
	prev, after := s.at(i, i-1), s.at(i, e.to)
	switch prev.low {
	case "mr", "ms", "mrs", "dr":
		return true
	}
	switch after.low {
	case "island", "harbor", "times", "telegraph", "school", "league":
		return after.cap
	}
	return false
}

// numeric: 2023-09-19, 2023/09/19, 09/19/2023, 19.09.2023, 9/19.
func (s *scan) numeric(i int, e *expr) bool {
	p := s.at(i, i)
	src := s.src[p.span.Start:min(len(s.src), p.span.Start+10)]
	n := numericDate(src, e)
	if n == 0 {
		return false
	}
	end := p.span.Start + n
	if rest := s.src[end:]; len(rest) >= 6 && rest[0] == 'T' && isDigit(rest[1]) && isDigit(rest[2]) && rest[3] == ':' && isDigit(rest[4]) && isDigit(rest[5]) && e.d > 0 {
		e.tod, e.typ = rest[:6], "TIME"
		for end < len(s.src) && (isDigit(s.src[end]) || strings.IndexByte("T:.Z+-", s.src[end]) >= 0) {
			end++
		}
	}
	if end < len(s.src) && (isDigit(s.src[end]) || s.src[end] == '/' || s.src[end] == '-' && end+1 < len(s.src) && isDigit(s.src[end+1])) {
		return false
	}
	if p.span.Start > 0 && (isDigit(s.src[p.span.Start-1]) || strings.IndexByte("/-.$", s.src[p.span.Start-1]) >= 0) {
		return false
	}
	j := i
	for j < len(s.ps) && s.ps[j].span.End < end {
		j++
	}
	if j >= len(s.ps) || s.ps[j].span.End != end {
		return false
	}
	e.to, e.rule = j+1, "numeric"
	s.clockAfter(i, e)
	return true
}

// numericDate reads a date at the beginning of src and tells its length.
func numericDate(src string, e *expr) int {
	a, na := figures(src)
	if na == 0 || na+1 >= len(src) {
		return 0
	}
	sep := src[na]
	if sep != '-' && sep != '/' && sep != '.' {
		return 0
	}
	b, nb := figures(src[na+1:])
	if nb == 0 || nb > 2 {
		return 0
	}
	at := na + 1 + nb
	c, nc := 0, 0
	if at+1 < len(src) && src[at] == sep {
		c, nc = figures(src[at+1:])
	}
	switch {
	case na == 4 && sep != '.' && nc > 0 && nc <= 2 && valid(b, c):
		e.y, e.m, e.d = a, b, c
	case na == 4 && nc == 0 && sep == '-' && nb == 2 && b >= 1 && b <= 12 && a > 1900 && b != (a+1)%100: // 2008-09 are two years
		e.y, e.m = a, b
		return at
	case nc == 4 && na <= 2 && c >= 1900 && c < 2150:
		// American month first, unless that cannot be; with points always the day
		if sep != '.' && valid(a, b) {
			e.y, e.m, e.d = c, a, b
			if valid(b, a) {
				e.code = "either" // the resolver takes the one nearer to the writing
			}
		} else if valid(b, a) {
			e.y, e.m, e.d = c, b, a
		} else {
			return 0
		}
	default:
		return 0
	}
	return at + 1 + nc
}

func valid(m, d int) bool { return m >= 1 && m <= 12 && d >= 1 && d <= 31 }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// figures reads up to four digits.
func figures(src string) (value, n int) {
	for n < len(src) && n < 5 && isDigit(src[n]) {
		value = value*10 + int(src[n]-'0')
		n++
	}
	if n > 4 {
		return 0, 0
	}
	return value, n
}
