package timex

import (
	"strings"
)

// clock: a time of day, with the date after it if there is one: "9:30 a.m.",
// "0030 GMT", "noon Thursday", "10 p.m. EST, Nov. 6".
func (s *scan) clock(i int) (expr, bool) {
	tod, j := s.timeOfDay(i, i)
	if j == 0 {
		return expr{}, false
	}
	e := expr{to: j, typ: "TIME", op: opSame, unit: 'D', tod: tod, rule: "clock"}
	if s.low(i, j) == "," {
		j++
	}
	if s.low(i, j) == "on" {
		j++
	}
	if p := s.at(i, j); p.is(anyWeekday|isDay|anyMonth) || p.digits {
		if on, ok := s.date(j); ok && on.tod == "" && on.typ == "DATE" && (on.d > 0 || on.wd > 0 || on.op == opUnit) {
			on.tod, on.typ, on.rule = tod, "TIME", "clock-"+on.rule
			return on, true
		}
	}
	return e, true
}

// timeOfDay reads a time at j and tells its end, 0 if there is none.
func (s *scan) timeOfDay(ref, j int) (string, int) {
	p := s.at(ref, j)
	if p.is(isNoon) {
		if p.hyphen || s.at(ref, j+1).hyphen || p.cap && s.at(ref, j-1).sentence == p.sentence && s.at(ref, j-1).cap {
			return "", 0
		}
		return "T" + two(p.word.n) + ":00", s.zoneAfter(ref, j+1)
	}
	if p.low == "" {
		return "", 0
	}
	hour, minute, half := 0, -1, -1 // half: 0 a.m., 12 p.m.
	to := j + 1
	switch {
	case isDigit(p.low[0]):
		if s.byteBefore(j) == '$' || p.hyphen {
			return "", 0
		}
		n := 0
		hour, minute, half, n = clockFigures(p.low)
		if n == 0 {
			return "", 0
		}
		// a tokenizer may cut "9:30" in three
		if q := s.at(ref, to); minute < 0 && q.low == ":" && q.glued && s.at(ref, to+1).digits && len(s.at(ref, to+1).low) == 2 {
			minute, _ = small(s.at(ref, to+1).low)
			to += 2
		}
	case p.is(isNum) && p.word.n <= 12:
		hour = p.word.n
	default:
		return "", 0
	}
	zone := s.zoneAfter(ref, to)
	switch q := s.at(ref, to); {
	case half == 24: // written in hours of the day
		half = -1
	case half >= 0:
	case minute >= 0 && (q.low == "hrs" || q.low == "hours") && hour <= 24:
		to++
	case q.is(isAmPm):
		if (q.low == "am" || q.low == "pm") && hour > 12 {
			return "", 0
		}
		half, to = q.word.n, to+1
	case q.low == "o'clock":
		half, to = -1, to+1
		minute = max(minute, 0)
	case q.low == "in" && s.low(ref, to+1) == "the" && s.at(ref, to+2).is(isPart) && minute < 0 && hour >= 1 && hour <= 12 && s.low(ref, j-1) == "at":
		if s.at(ref, to+2).word.code == "TMO" {
			half = 0
		} else {
			half = 12
		}
		to += 3
	case len(p.low) == 4 && p.digits && (zone > to || q.low == "hours" || q.low == "hrs"):
		hour, minute = hour/100, hour%100
		if q.low == "hours" || q.low == "hrs" {
			to++
		}
	case minute >= 0 && strings.IndexByte(p.low, ':') > 0:
		if zone == to {
			switch s.low(ref, j-1) {
			case "at", "by", "around", "about", "until", "till", "from", "before", "after", "since":
			default:
				return "", 0
			}
			if q.is(anyUnit) || q.low == "%" || q.low == "percent" {
				return "", 0
			}
		}
	case zone > to && hour <= 24 && s.low(ref, j-1) == "at":
	default:
		return "", 0
	}
	if s.low(ref, to) == "in" && s.low(ref, to+1) == "the" && s.at(ref, to+2).is(isPart) {
		if half < 0 && s.at(ref, to+2).word.code != "TMO" {
			half = 12
		}
		to += 3
	}
	if half >= 0 {
		if hour < 1 || hour > 12 {
			return "", 0
		}
		hour = hour%12 + half
	}
	if hour > 24 || minute > 59 {
		return "", 0
	}
	return "T" + two(hour) + ":" + two(max(minute, 0)), s.zoneAfter(ref, to)
}

// clockFigures reads "9", "9:30", "9.30", "9am", "9:30pm", "0930"; n is the
// length, 0 when w is something else.
func clockFigures(w string) (hour, minute, half, n int) {
	hour, n = figures(w)
	minute, half = -1, -1
	if n == 0 {
		return 0, 0, 0, 0
	}
	if n <= 2 && n+2 < len(w) && (w[n] == ':' || w[n] == '.') {
		m, nm := figures(w[n+1:])
		if nm != 2 {
			return 0, 0, 0, 0
		}
		minute, n = m, n+3
		if n < len(w) && w[n] == ':' { // seconds are not kept
			if _, ns := figures(w[n+1:]); ns == 2 {
				n += 3
			}
		}
	}
	switch w[n:] {
	case "hrs", "hr", "h": // "20:00hrs"
		if minute >= 0 || n == 4 {
			if n == 4 && minute < 0 {
				hour, minute = hour/100, hour%100
			}
			return hour, minute, 24, len(w)
		}
	case "":
		return hour, minute, -1, n
	case "am", "a.m":
		return hour, minute, 0, len(w)
	case "pm", "p.m":
		return hour, minute, 12, len(w)
	}
	return 0, 0, 0, 0
}

// zoneAfter is the end of a time zone at j, or j.
func (s *scan) zoneAfter(ref, j int) int {
	p := s.at(ref, j)
	if p.is(isZone) && s.src[p.span.Start] == p.low[0]-'a'+'A' && s.src[p.span.End-1] == p.low[len(p.low)-1]-'a'+'A' {
		return j + 1
	}
	if s.low(ref, j+1) == "time" && (p.low == "local" || p.cap) {
		return j + 2
	}
	if s.low(ref, j+2) == "time" && p.cap && (s.low(ref, j+1) == "standard" || s.low(ref, j+1) == "daylight") {
		return j + 3
	}
	return j
}
