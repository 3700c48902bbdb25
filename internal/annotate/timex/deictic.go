package timex

// direction is what "last", "next" and their like point to.
func direction(w string) dir {
	switch w {
	case "last", "past", "previous", "preceding":
		return ago
	case "next", "coming", "following", "upcoming":
		return next
	case "this", "current", "same":
		return this
	}
	return open
}

// deictic: last week, this year, the next three months, the previous Friday,
// last May, this coming Sunday, that day.
func (s *scan) deictic(i int) (expr, bool) {
	j := i
	e := expr{typ: "DATE", rule: "deictic", clear: true}
	first := s.low(i, j)
	definite := false
	switch first {
	case "the":
		definite = true
		j++
	case "these", "those":
		j++
	case "this", "that":
		j++
		if d := direction(s.low(i, j)); first == "this" && (d == ago || d == next) {
			first = s.low(i, j)
			j++
		} else if first == "that" && s.low(i, j) == "same" {
			j++
		}
	}
	w := first
	if j == i || definite {
		w = s.low(i, j)
		switch w {
		case "last", "past", "previous", "next", "coming", "following", "upcoming", "latest", "same", "current", "recent", "preceding", "first", "final", "entire", "whole", "full":
			j++
		default:
			return expr{}, false
		}
		if w == "current" && s.at(i, j).hyphen || s.at(i, i-1).cap && s.at(i, i).cap && !definite && s.at(i, i-1).low != "" && isLetter(s.at(i, i-1).low[0]) {
			return expr{}, false
		}
		if s.at(i, j-1).is(isOrd) && s.at(i, j).hyphen {
			return expr{}, false
		}
	}
	e.dir = direction(w)
	if w == "that" || w == "those" {
		return s.thatTime(i, j)
	}
	// a length that touches now: the past three months
	if a, to := s.number(i, j); to > 0 && a.n != 1 || to > 0 && a.half {
		return s.touching(i, s.upTo(i, to), a, w)
	}
	if s.low(i, j) == "couple" && s.low(i, j+1) == "of" {
		return s.touching(i, j+2, amount{n: 2}, w)
	}
	p := s.at(i, j)
	if p.is(isOrd) && p.word.n <= 4 && s.low(i, j+1) == "quarter" { // last year's third quarter is in quarter
		return expr{}, false
	}
	if p.low == "fiscal" || p.low == "calendar" || p.low == "school" || p.low == "full" {
		j++
		p = s.at(i, j)
	}
	e.to = j + 1
	switch {
	case p.low == "second" || p.hyphen:
		return expr{}, false
	case p.is(isUnits):
		return s.touching(i, j, amount{many: true}, w)
	case p.is(isUnit):
		return s.deicticUnit(i, j, w, definite, e)
	case p.is(isPart) && !p.cap:
		return s.deicticPart(i, j, w, definite, e)
	case w == "latest" || w == "first" || w == "final" || w == "entire" || w == "whole" || w == "full" || w == "recent" || w == "same" || w == "current":
		if p.low == "period" && (w == "latest" || w == "same") {
			e.op, e.unit, e.rule = opSame, 'Q', "period"
			return e, w == "latest"
		}
		if w == "same" && p.low == "time" {
			return expr{}, false
		}
		return expr{}, false
	case p.is(anyWeekday) && p.cap:
		if e.dir == this && w != "this" {
			return expr{}, false
		}
		on, ok := s.date(j)
		if !ok || on.op != opDate || on.wd == 0 {
			return expr{}, false
		}
		if w == "this" && on.d > 0 {
			return expr{}, false // in this Tuesday, June 12, 2018, photo
		}
		on.dir, on.rule, on.back = e.dir, "deictic-weekday", definite && (w == "previous" || w == "following" || w == "next")
		return on, true
	case p.is(anyMonth) && p.cap && e.dir != open:
		on, ok := s.date(j)
		if !ok {
			on = expr{op: opDate, typ: "DATE", m: p.word.n, to: j + 1}
		}
		if w == "this" && (on.d > 0 || on.y > 0) {
			return expr{}, false
		}
		on.dir, on.rule, on.clear = e.dir, "deictic-month", true
		return on, on.op == opDate
	case p.is(anySeason) && e.dir != open:
		e.op, e.code, e.rule = opSeason, p.word.code, "deictic-season"
		if y, to := s.yearAfter(i, e.to); y > 0 && s.low(i, e.to) == "of" {
			e.y, e.to = y, to
		}
		return e, true
	case p.is(isPhrase) && p.cap && !definite:
		day, ok := s.fixed(j)
		if !ok || day.op != opHoliday {
			return expr{}, false
		}
		day.dir, day.rule = e.dir, "deictic-holiday"
		return day, true
	}
	return expr{}, false
}

// touching: lengths that end or begin now: "the past three months", "recent
// weeks", "the first nine months".
func (s *scan) touching(i, j int, a amount, w string) (expr, bool) {
	unit, to := s.unit(i, j)
	if to == 0 || w == "this" || w == "same" || w == "current" || w == "latest" && unit == 'S' {
		return expr{}, false
	}
	e := expr{to: to, typ: "DURATION", value: a.period(unit), rule: "span", unit: unit}
	if s.at(i, to).hyphen {
		return expr{}, false
	}
	if s.low(i, to) == "or" && s.low(i, to+1) == "so" {
		e.to, e.mod = to+2, "APPROX"
	}
	if (w == "coming" || w == "next") && s.low(i, e.to) == "ago" {
		return expr{}, false
	}
	return e, true
}

// deicticUnit: last week, the following year, this quarter, the first day.
func (s *scan) deicticUnit(i, j int, w string, definite bool, e expr) (expr, bool) {
	u := s.at(i, j).word.code[0]
	if s.at(i, e.to).hyphen || u == 'H' && w != "next" && w != "past" && w != "last" || u == 'N' || u == 'L' {
		return expr{}, false
	}
	if s.at(i, j).cap && !s.ps[i].headline {
		return expr{}, false
	}
	if s.low(i, e.to) == "'s" && w == "this" && (s.low(i, e.to+1) == "end") {
		e.to += 2
		e.mod = "END"
	}
	e.op, e.unit = opUnit, u
	if u == 'H' {
		e.typ, e.op, e.value, e.rule = "DURATION", opValue, amount{n: 1}.period(u), "span"
		return e, true
	}
	switch w {
	case "last", "previous", "preceding":
		e.n = -1
		e.back = definite && w != "last"
		if definite && w == "last" && (u == 'D' || s.low(i, e.to) == "of") {
			return expr{}, false // the last day of the trial
		}
	case "next", "following", "upcoming", "coming":
		e.n = 1
		e.back = definite && (u == 'D' || u == 'E') || w == "following" || w == "next" && u == 'D'
	case "this", "current":
		e.n = 0
		if u == 'D' {
			return expr{}, false
		}
	case "same":
		if !definite {
			return expr{}, false
		}
		e.op = opSame
		if s.low(i, e.to) == "last" && s.low(i, e.to+1) == "year" {
			e.to += 2
		}
	case "past":
		e.typ, e.op, e.value, e.rule = "DURATION", opValue, amount{n: 1}.period(u), "span"
		return e, true
	case "latest":
		e.n = -1
		if u == 'Q' {
			e.rule = "latest-quarter"
		}
	case "full", "entire", "whole":
		if u != 'Y' {
			return expr{}, false
		}
		e.n = 0
	case "first", "final":
		if w == "first" && definite {
			return s.counted1(i, e)
		}
		return expr{}, false
	default:
		return expr{}, false
	}
	if s.low(i, e.to) == "or" && s.low(i, e.to+1) == "so" {
		e.to, e.mod = e.to+2, "APPROX"
	}
	return e, true
}

// counted1: "the first year of the war": some year or day of a thing that
// is counted from its beginning.
func (s *scan) counted1(i int, e expr) (expr, bool) {
	if e.unit != 'Y' || s.low(i, e.to) != "of" {
		return expr{}, false
	}
	e.n, e.mod, e.rule = 0, "APPROX", "nth-year"
	return e, true
}

// deicticPart: last night, this morning, the next morning, that evening.
func (s *scan) deicticPart(i, j int, w string, definite bool, e expr) (expr, bool) {
	e.typ, e.tod, e.unit, e.op = "TIME", s.at(i, j).word.code, 'D', opUnit
	if s.at(i, e.to).hyphen {
		return expr{}, false
	}
	switch w {
	case "last":
		if definite || e.tod == "TAF" {
			return expr{}, false
		}
		e.n = -1
	case "this":
	case "next", "following":
		e.n, e.back = 1, true
	case "previous", "preceding":
		e.n, e.back = -1, true
	case "same":
		e.op = opSame
	default:
		return expr{}, false
	}
	return e, true
}

// thatTime: that day, that year, that time, that night: as coarse as the
// unit says, on the date just spoken of.
func (s *scan) thatTime(i, j int) (expr, bool) {
	p := s.at(i, j)
	e := expr{to: j + 1, typ: "DATE", op: opSame, rule: "that-time", clear: true}
	switch {
	case p.low == "time" && s.at(i, i).low == "that":
		if w := s.low(i, i-1); w != "at" && w != "by" && w != "since" && w != "before" && w != "until" && w != "from" && w != "around" && w != "during" {
			return expr{}, false
		}
		e.unit = 'X'
	case p.is(isUnit) && p.word.code != "S" && p.word.code != "N" && p.word.code != "H" && s.at(i, i).low == "that":
		e.unit = p.word.code[0]
	case p.is(isPart) && s.at(i, i).low == "that" && !p.cap:
		e.typ, e.unit, e.tod = "TIME", 'D', p.word.code
	default:
		return expr{}, false
	}
	return e, !s.at(i, j+1).hyphen
}

// other: the rest of the forms that begin with a closed word.
func (s *scan) other(i int) (expr, bool) {
	p := s.at(i, i)
	e := expr{to: i + 1, typ: "DATE", clear: true}
	switch p.low {
	case "tonight":
		e.typ, e.op, e.unit, e.tod, e.rule = "TIME", opUnit, 'D', "TNI", "tonight"
		return e, !p.cap || s.at(i, i+1).low != "show"
	case "overnight":
		e.typ, e.op, e.unit, e.tod, e.rule = "TIME", opSame, 'D', "TNI", "overnight"
		return e, !s.at(i, i+1).hyphen && !s.nounFollows(i+1)
	case "year":
		if q := s.at(i, i+1); q.hyphen && (q.low == "earlier" || q.low == "ago") {
			e.to, e.op, e.rule = i+2, opCompare, "year-earlier"
			if w := s.low(i, i+2); w == "period" || w == "quarter" {
				e.to++
			}
			return e, true
		}
		j := i + 1
		if s.low(i, j) == "'s" {
			j++
		}
		if s.low(i, j) == "end" && (j > i+1 || s.at(i, j).hyphen || s.low(i, i-1) == "by" || s.low(i, i-1) == "at" || s.low(i, i-1) == "before") {
			e.to, e.op, e.unit, e.mod, e.rule = j+1, opUnit, 'Y', "END", "year-end"
			return e, s.low(i, i-1) != "the" && !s.at(i, j+1).hyphen
		}
	case "the":
		return s.theOther(i)
	case "a", "an":
		j := i + 1
		if s.low(i, j) == "mutually" {
			j++
		}
		if q := s.at(i, j); q.is(isVagueTime) {
			switch s.low(i, j+1) {
			case "time", "date", "moment", "stage":
				e.to, e.value, e.rule = j+2, "FUTURE_REF", "vague-time"
				return e, true
			}
		}
	}
	if p.is(isLong) {
		e.typ, e.value, e.rule = "DURATION", amount{n: 1}.period(p.word.code[0]), "long"
		return e, true
	}
	if (p.low == "week" || p.low == "month" || p.low == "year" || p.low == "day" || p.low == "hour") && s.low(i, i+1) == "long" && s.at(i, i+1).hyphen {
		e.to, e.typ, e.value, e.rule = i+2, "DURATION", amount{n: 1}.period(p.word.code[0]), "long"
		return e, !p.hyphen
	}
	return expr{}, false
}

func (s *scan) nounFollows(j int) bool {
	p := s.at(j-1, j)
	return p.low != "" && isLetter(p.low[0]) && !p.is(isClosed|isPast|isBe|anyWeekday|isFuture) && len(p.low) > 3 && p.low[len(p.low)-1] != 'y' && p.sentence == s.ps[j-1].sentence && p.low != "into" && p.low != "from" && p.low != "with" && p.low != "after"
}

// theOther: the day before, the week of March 6, the second year of the war,
// the year-earlier period, the quarter, the second day.
func (s *scan) theOther(i int) (expr, bool) {
	e := expr{typ: "DATE", clear: true}
	p := s.at(i, i+1)
	if p.low == "year" || p.low == "comparable" || p.low == "corresponding" {
		j := i + 1
		if p.low != "year" {
			j++
		}
		if s.low(i, j) == "year" && (s.low(i, j+1) == "earlier" || s.low(i, j+1) == "ago") && s.at(i, j+1).hyphen {
			e.to, e.op, e.rule = j+3, opCompare, "year-earlier"
			w := s.low(i, j+2)
			return e, w == "period" || w == "quarter" || w == "level"
		}
	}
	if p.is(isUnit) && (p.low == "day" || p.low == "night") || p.is(isPart) && p.low == "night" {
		w := s.low(i, i+2)
		sign := 0
		switch w {
		case "before":
			sign = -1
		case "after":
			sign = 1
		}
		if sign != 0 {
			e.to, e.op, e.unit, e.n, e.back, e.rule = i+3, opUnit, 'D', sign, true, "day-before"
			if p.low == "night" {
				e.typ, e.tod = "TIME", "TNI"
			}
			switch q := s.at(i, i+3); {
			case q.low == "yesterday" && sign < 0:
				e.to, e.n, e.back = i+4, -2, false
			case q.low == "tomorrow" && sign > 0:
				e.to, e.n, e.back = i+4, 2, false
			case !s.ends(i, i+3):
				return expr{}, false
			}
			return e, true
		}
	}
	if p.low == "week" && s.low(i, i+2) == "of" {
		if d, ok := s.date(i + 3); ok && d.op == opDate && d.m > 0 && d.d > 0 {
			d.code, d.rule = "week", "week-of"
			return d, true
		}
	}
	if p.low == "weekend" && !s.at(i, i+2).hyphen {
		e.to, e.op, e.unit, e.rule = i+2, opUnit, 'E', "the-weekend"
		return e, true
	}
	if j := i + 1; p.low == "year" || p.low == "fiscal" && s.low(i, j+1) == "year" {
		if p.low == "fiscal" {
			j++
		}
		if w := s.low(i, j+1); w == "ended" || w == "ending" {
			e.to, e.typ, e.value, e.rule = j+1, "DURATION", "P1Y", "year-ended"
			return e, true
		}
	}
	if y := plainYear(p); y > 1900 {
		if w := s.low(i, i+2); w == "quarter" || w == "period" {
			e.to, e.op, e.y, e.rule = i+3, opCompare, y, "year-period"
			return e, true
		}
	}
	if p.low == "quarter" {
		e.to, e.op, e.unit, e.rule = i+2, opSame, 'Q', "the-quarter"
		return e, !s.at(i, i+2).hyphen && s.low(i, i+2) != "of" && s.low(i, i+2) != "final"
	}
	n := 0
	if p.is(isOrd) {
		n = p.word.n
	} else {
		n = ordinal(p.low)
	}
	if n > 0 {
		q := s.at(i, i+2)
		if q.low == "year" && s.low(i, i+3) == "of" && !p.hyphen && !q.hyphen {
			e.to, e.op, e.unit, e.mod, e.rule = i+3, opUnit, 'Y', "APPROX", "nth-year"
			return e, true
		}
	}
	return expr{}, false
}
