package timex

import (
	"strconv"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// resolver works out the values, in the order of the text.
type resolver struct {
	s    *scan
	now  day // date of writing
	all  []expr
	done []spoken

	quarter spoken // the last quarter spoken of, comparisons left out
	told    day    // the last date of another time, with its year: what is told goes on there
	toldAt  int32  // its sentence

	leans  [8]int // per weekday: governed mentions ahead less those gone
	leaned bool
}

// spoken is a date that was resolved, for those that lean on it.
type spoken struct {
	value    string
	sentence int32
	line     int32
}

// resolve gives e its value. ok is false when the expression has turned out
// to be none.
func (r *resolver) resolve(k int) (news.Timex, bool) {
	e := r.all[k]
	t := news.Timex{
		Span: text.Span{Start: r.s.ps[e.from].span.Start, End: r.s.ps[e.to-1].span.End},
		Type: e.typ, Mod: e.mod,
		Why: news.Why{Rule: e.rule, Confidence: confidence(e)},
	}
	var against day
	t.Value, against = r.value(k, e)
	if e.tod != "" {
		t.Value = atTime(t.Value, e.tod)
	}
	t.Anchor = against.iso()
	if t.Value == "" {
		return t, false
	}
	if t.Type == "DATE" || t.Type == "TIME" {
		if c := t.Value[0]; isDigit(c) {
			p := &r.s.ps[e.from]
			said := spoken{t.Value, p.sentence, p.line}
			r.done = append(r.done, said)
			if e.op == opDate && e.y > 0 && e.d > 0 {
				r.told, r.toldAt = parseDay(t.Value), p.sentence
			}
			compared := e.op == opCompare || e.rule == "year-ago" || e.back && e.unit == 'Y'
			if v := t.Value; len(v) == 7 && v[5] == 'Q' && !compared {
				r.quarter = said
			}
		}
	}
	return t, true
}

func confidence(e expr) float64 {
	switch {
	case e.op == opDate && e.y > 0 && e.m > 0:
		return 0.98
	case e.op == opDate || e.op == opUnit && !e.back:
		return 0.92
	case e.op == opValue:
		return 0.85
	}
	return 0.8
}

// atTime adds a part of the day or a time to the value of a day.
func atTime(v, tod string) string {
	if i := strings.IndexByte(v, 'T'); i > 0 {
		v = v[:i]
	}
	return v + tod
}

func (r *resolver) value(k int, e expr) (string, day) {
	switch e.op {
	case opDate:
		return r.date(k, e)
	case opUnit:
		return r.unit(e)
	case opSeason:
		return r.season(e)
	case opQuarter, opHalf:
		return r.part(e)
	case opHoliday:
		return r.holiday(e)
	case opSame:
		return r.same(k, e)
	case opCompare:
		return r.compare(e)
	case opHistory:
		if r.now.known() && r.now.number() < parseDay(e.value).number() {
			return r.nearest(e, e.m, e.d).iso(), r.now
		}
	}
	return e.value, day{}
}

// date resolves what has the form of a calendar date.
func (r *resolver) date(k int, e expr) (string, day) {
	if e.y == 0 && e.m > 0 && e.wd == 0 && e.dir == open {
		e.y = r.sharedYear(k, e)
	}
	if e.code == "week" {
		d := day{e.y, e.m, e.d}
		if e.y == 0 {
			d = r.nearest(e, e.m, e.d)
		}
		if !d.known() {
			return "XXXX-WXX", day{}
		}
		return d.weekValue(), r.now
	}
	switch {
	case e.code == "either" && r.now.known():
		at, other := day{e.y, e.m, e.d}, day{e.y, e.d, e.m}
		if distance(other, r.now) < distance(at, r.now) {
			at = other
		}
		return at.iso(), r.now
	case e.y > 0 && e.d > 0:
		return day{e.y, e.m, e.d}.iso(), day{}
	case e.y > 0 && e.m > 0:
		return monthValue(e.y*12 + e.m - 1), day{}
	case e.y > 0:
		return four(e.y), day{}
	case e.wd > 0 && e.m == 0:
		return r.weekday(e)
	case e.d > 0:
		if !r.now.known() {
			return "XXXX-" + two(e.m) + "-" + two(e.d), day{}
		}
		return r.nearest(e, e.m, e.d).iso(), r.now
	}
	return r.month(e)
}

// sharedYear is the year of the date that follows closely: "from Sept. 10 to
// Sept. 17, 2023".
func (r *resolver) sharedYear(k int, e expr) int {
	if k+1 < len(r.all) {
		n := r.all[k+1]
		if n.op == opDate && n.y > 0 && n.m > 0 && n.from-e.to <= 2 && r.s.at(e.from, n.from) != &none {
			return n.y
		}
	}
	return 0
}

// nearest is the day m-d that the direction, a weekday, the tense or
// closeness to the date of writing picks.
func (r *resolver) nearest(e expr, m, d int) day {
	now := r.now
	if !now.known() {
		return day{}
	}
	if e.n == 1 && e.dir != open && e.rule == "month-of-year" {
		return day{now.y + yearShift(e.dir), m, d}
	}
	if e.wd > 0 {
		for _, dy := range [...]int{0, -1, 1, -2, 2, -3, 3} {
			if c := (day{now.y + dy, m, d}); c.weekday() == e.wd && closer(c, now, dy) {
				return c
			}
		}
	}
	if e.dir == open {
		if at := r.goesOn(e, m, d); at.known() {
			return at
		}
	}
	at := day{now.y, m, d}
	before, after := at, at
	if at.number() > now.number() {
		before.y--
	} else if at.number() < now.number() {
		after.y++
	}
	switch e.dir {
	case ago:
		if before == now {
			before.y--
		}
		return before
	case next:
		if after == now {
			after.y++
		}
		return after
	}
	since, until := now.number()-before.number(), after.number()-now.number()
	switch t := r.s.tense(e); {
	case t > 0 && until <= 300:
		return after
	case t < 0 && since <= 330:
		return before
	}
	if since <= until {
		return before
	}
	return after
}

// goesOn is the day m-d of the time that is being told: "on December 16, 2010,
// … She returned on December 27". A date with its year, half a year or more
// before the writing, holds for a month and a half from there, in past tense,
// as long as the telling does not leave it.
func (r *resolver) goesOn(e expr, m, d int) day {
	t := r.told
	if !t.known() || r.now.number()-t.number() < 180 || r.s.ps[e.from].sentence-r.toldAt > 12 || r.s.tense(e) == ahead {
		return day{}
	}
	for _, y := range [...]int{t.y, t.y + 1} {
		if at := (day{y, m, d}); at.number() >= t.number() && at.number()-t.number() <= 45 {
			return at
		}
	}
	return day{}
}

// closer: a date of another year by its weekday must still be near.
func closer(c, now day, dy int) bool {
	n := c.number() - now.number()
	return dy == 0 || n > -370 && n < 370
}

func distance(a, b day) int {
	n := a.number() - b.number()
	if n < 0 {
		return -n
	}
	return n
}

func yearShift(d dir) int {
	switch d {
	case ago:
		return -1
	case next:
		return 1
	}
	return 0
}

func (r *resolver) month(e expr) (string, day) {
	now := r.now
	if !now.known() {
		return "XXXX-" + two(e.m), day{}
	}
	if e.rule == "month-of-year" || strings.HasSuffix(e.rule, "month-of-year") {
		return monthValue((now.y+yearShift(e.dir))*12 + e.m - 1), now
	}
	since := (now.m - e.m + 12) % 12
	until := (e.m - now.m + 12) % 12
	m := now.month()
	switch e.dir {
	case ago:
		if since <= 1 { // what was last month is not called by its name
			since += 12
		}
		return monthValue(m - since), now
	case next:
		if until == 0 {
			until = 12
		}
		return monthValue(m + until), now
	case this:
		if since <= until {
			return monthValue(m - since), now
		}
		return monthValue(m + until), now
	}
	switch t := r.s.tense(e); {
	case t == ahead, t == silent && until < since && until <= 3:
		return monthValue(m + until), now
	}
	return monthValue(m - since), now
}

// unit resolves n units from the date of writing or the date spoken of.
func (r *resolver) unit(e expr) (string, day) {
	base := r.now
	if e.back {
		if v, ok := r.leanOn(e); ok {
			return v, r.spokenDay(e)
		}
	}
	if e.rule == "year-ago" || e.unit == 'Q' && e.rule == "latest-quarter" {
		if q := r.recentQuarter(e, 2); q != "" {
			if e.rule == "year-ago" {
				return shiftYear(q, -1), day{}
			}
			return q, day{}
		}
	}
	if !base.known() {
		return unknown(e.unit), day{}
	}
	switch e.unit {
	case 'S', 'N', 'H':
		return base.iso(), base
	case 'D':
		return base.plus(e.n).iso(), base
	case 'W':
		return base.plus(7 * e.n).weekValue(), base
	case 'E':
		return r.weekend(e, base) + "-WE", base
	case 'M':
		return monthValue(base.month() + e.n), base
	case 'Q':
		q := base.y*4 + (base.m-1)/3 + e.n
		return four(q/4) + "-Q" + digit(q%4+1), base
	case 'Y':
		return four(base.y + e.n), base
	case 'T':
		return strconv.Itoa(base.y/10 + e.n), base
	case 'C':
		return strconv.Itoa(base.y/100 + e.n), base
	}
	return "", base
}

// weekend is the week of the weekend meant: the last one that has begun,
// unless the words or the tense look ahead.
func (r *resolver) weekend(e expr, base day) string {
	switch {
	case e.n > 0:
		if base.weekday() < 6 && e.dir == next && e.rule == "deictic" {
			return base.weekValue()
		}
		return base.plus(7).weekValue()
	case e.n < 0:
		return base.plus(-7).weekValue()
	case base.weekday() >= 5 || r.s.tense(e) > 0 || e.dir == this && r.s.tense(e) == 0:
		return base.weekValue()
	}
	return base.plus(-7).weekValue()
}

func unknown(unit byte) string {
	switch unit {
	case 'W':
		return "XXXX-WXX"
	case 'E':
		return "XXXX-WXX-WE"
	case 'M':
		return "XXXX-XX"
	case 'Q':
		return "XXXX-QX"
	case 'Y':
		return "XXXX"
	case 'T':
		return "XXX"
	case 'C':
		return "XX"
	}
	return "XXXX-XX-XX"
}

// last is the value of the date that an expression leans on: the nearest
// before it in its part of the line, else in the text.
func (r *resolver) last(e expr) string {
	if n := len(r.done); n > 0 {
		return r.done[n-1].value
	}
	return ""
}

// spokenDay is the nearest day before e in its sentence, else the date of
// writing.
func (r *resolver) spokenDay(e expr) day {
	p := r.s.ps[e.from]
	for k := len(r.done) - 1; k >= max(0, len(r.done)-reach); k-- {
		d := &r.done[k]
		if d.sentence != p.sentence || d.line != p.line {
			break
		}
		if at := parseDay(d.value); at.known() {
			return at
		}
	}
	// A sentence or two before, in the same part of the text.
	if n := len(r.done); n > 0 {
		if d := r.done[n-1]; p.sentence-d.sentence <= 2 {
			if at := parseDay(d.value); at.known() {
				return at
			}
		}
	}
	return r.now
}

// leanOn counts from the date spoken of: "a day earlier", "the next month".
func (r *resolver) leanOn(e expr) (string, bool) {
	switch e.unit {
	case 'D':
		if d := r.spokenDay(e); d.known() {
			return d.plus(e.n).iso(), true
		}
		return "", false
	case 'S', 'N', 'H':
		if d := r.spokenDay(e); d.known() {
			return d.iso(), true
		}
		return "", false
	}
	v := r.last(e)
	if e.unit == 'Y' {
		if q := r.recentQuarter(e, 3); q != "" {
			v = q
		}
	}
	if len(v) < 4 {
		return "", false
	}
	y, err := strconv.Atoi(v[:4])
	if err != nil {
		return "", false
	}
	switch e.unit {
	case 'Y':
		switch {
		case len(v) >= 7 && v[5] == 'Q':
			return shiftYear(v[:7], e.n), true
		case len(v) == 7 && isDigit(v[5]):
			return shiftYear(v, e.n), true
		}
		return four(y + e.n), true
	case 'M':
		if len(v) >= 7 && isDigit(v[5]) {
			m, _ := strconv.Atoi(v[5:7])
			return monthValue(y*12 + m - 1 + e.n), true
		}
	case 'W', 'E':
		d := parseDay(v)
		if !d.known() && len(v) >= 8 && v[5] == 'W' {
			w, err := strconv.Atoi(v[6:8])
			if err == nil {
				d = day{y, 1, 4}.plus(7 * (w - 1))
			}
		}
		if d.known() {
			v = d.plus(7 * e.n).weekValue()
			if e.unit == 'E' {
				v += "-WE"
			}
			return v, true
		}
	case 'Q':
		if len(v) >= 7 && v[5] == 'Q' && isDigit(v[6]) {
			q := y*4 + int(v[6]-'1') + e.n
			return four(q/4) + "-Q" + digit(q%4+1), true
		}
	}
	return "", false
}

func shiftYear(v string, n int) string {
	y, err := strconv.Atoi(v[:4])
	if err != nil {
		return v
	}
	return four(y+n) + v[4:]
}

// recentQuarter is the quarter spoken of within so many sentences before e.
func (r *resolver) recentQuarter(e expr, sentences int32) string {
	if q := r.quarter; q.value != "" && r.s.ps[e.from].sentence-q.sentence <= sentences {
		return q.value
	}
	return ""
}

// Months with which the seasons begin.
var seasonStart = map[string]int{"SP": 3, "SU": 6, "FA": 9, "WI": 12}

func (r *resolver) season(e expr) (string, day) {
	if e.y > 0 {
		return four(e.y) + "-" + e.code, day{}
	}
	now := r.now
	if !now.known() {
		return "XXXX-" + e.code, day{}
	}
	start := seasonStart[e.code] - 1
	begun := now.y // year of the latest that has begun
	if start > now.m-1 {
		begun--
	}
	over := now.month()-(begun*12+start) >= 3
	y := begun
	switch e.dir {
	case ago:
		if !over {
			y--
		}
	case next:
		y++
	case this:
		if over && (e.code != "WI" || now.m > 6) {
			y = now.y
			if r.s.tense(e) < 0 {
				y = begun
			}
		}
	default:
		if r.s.tense(e) > 0 && over {
			y++
		}
	}
	return four(y) + "-" + e.code, now
}

// part resolves quarters and halves of years.
func (r *resolver) part(e expr) (string, day) {
	tag, length := "-Q", 3
	if e.op == opHalf {
		tag, length = "-H", 6
	}
	tag += digit(e.n)
	if e.y > 0 {
		return four(e.y) + tag, day{}
	}
	now := r.now
	if !now.known() {
		return "XXXX" + tag, day{}
	}
	y := now.y
	begun := y*12+(e.n-1)*length <= now.month()
	switch e.dir {
	case ago:
		if e.rule == "quarter" && !begun && r.s.at(e.from, e.from).low != "last" {
			y--
		}
		y--
	case next:
		y++
	case this:
	default:
		t := r.s.tense(e)
		over := y*12+e.n*length <= now.month()
		switch {
		case !begun && t <= 0:
			y--
		case over && t > 0 && now.month()-(y*12+e.n*length) > 3:
			y++
		}
	}
	return four(y) + tag, now
}

func (r *resolver) holiday(e expr) (string, day) {
	if e.y > 0 {
		return feast(e.code, e.y).iso(), day{}
	}
	now := r.now
	if !now.known() {
		if len(e.code) == 5 && e.code[2] == '-' {
			return "XXXX-" + e.code, day{}
		}
		return "XXXX-XX-XX", day{}
	}
	if f := feast(e.code, r.told.y); e.dir == open && r.told.known() {
		if at := r.goesOn(e, f.m, f.d); at.known() {
			return at.iso(), now
		}
	}
	at := feast(e.code, now.y)
	before, after := at, at
	if at.number() > now.number() {
		before = feast(e.code, now.y-1)
	} else if at.number() < now.number() {
		after = feast(e.code, now.y+1)
	}
	switch e.dir {
	case ago:
		if before == now {
			before = feast(e.code, now.y-1)
		}
		return before.iso(), now
	case next:
		return after.iso(), now
	case this:
		return at.iso(), now
	}
	since, until := now.number()-before.number(), after.number()-now.number()
	if t := r.s.tense(e); t > 0 || t == 0 && until < since {
		return after.iso(), now
	}
	return before.iso(), now
}

// same resolves what points at a time already spoken of, and times of day.
func (r *resolver) same(k int, e expr) (string, day) {
	switch e.unit {
	case 'D':
		if d := r.dayNear(k, e); d.known() {
			return d.iso(), d
		}
		return "XXXX-XX-XX", day{}
	case 'Q':
		if q := r.recentQuarter(e, 1<<30); q != "" {
			return q, day{}
		}
		if r.now.known() {
			q := r.now.y*4 + (r.now.m-1)/3 - 1
			return four(q/4) + "-Q" + digit(q%4+1), r.now
		}
		return unknown('Q'), day{}
	}
	v := r.last(e)
	if v == "" {
		if e.unit == 'X' {
			return "PAST_REF", day{}
		}
		if !r.now.known() {
			return unknown(e.unit), day{}
		}
		v = r.now.iso()
	}
	d := parseDay(v)
	switch e.unit {
	case 'Y':
		if len(v) >= 4 {
			return v[:4], d
		}
	case 'M':
		if len(v) >= 7 && isDigit(v[5]) {
			return v[:7], d
		}
		return unknown('M'), day{}
	case 'W', 'E':
		if d.known() {
			v = d.weekValue()
			if e.unit == 'E' {
				v += "-WE"
			}
			return v, d
		}
		if len(v) == 8 && v[5] == 'W' {
			return v, day{}
		}
		return unknown(e.unit), day{}
	case 'T':
		return v[:min(3, len(v))], d
	case 'C':
		return v[:min(2, len(v))], d
	}
	return v, d
}

// dayNear is the day that a time of day belongs to: the one spoken of before
// it in its sentence, the one that follows there, or the day of writing.
func (r *resolver) dayNear(k int, e expr) day {
	p := r.s.ps[e.from]
	for j := len(r.done) - 1; j >= max(0, len(r.done)-reach); j-- {
		d := r.done[j]
		if d.sentence != p.sentence || d.line != p.line {
			break
		}
		if at := parseDay(d.value); at.known() {
			return at
		}
	}
	if strings.HasSuffix(e.rule, "that-time") || strings.HasSuffix(e.rule, "deictic") {
		if d := r.spokenDay(e); d.known() {
			return d
		}
	}
	for j := k + 1; j < min(len(r.all), k+reach); j++ {
		n := r.all[j]
		q := r.s.ps[n.from]
		if q.sentence != p.sentence || q.line != p.line {
			break
		}
		if n.op == opDate && (n.wd > 0 || n.d > 0) || n.op == opUnit && n.unit == 'D' && !n.back {
			if v, _ := r.value(j, n); parseDay(v).known() {
				return parseDay(v)
			}
		}
	}
	if e.rule == "clock" && r.s.tense(e) != ahead {
		// "It began on Friday. At 6:36 p.m., the operator …"
		for j := len(r.done) - 1; j >= max(0, len(r.done)-4) && p.sentence-r.done[j].sentence <= 3; j-- {
			if at := parseDay(r.done[j].value); at.known() {
				return at
			}
		}
	}
	return r.now
}

// compare: the year-earlier period: the quarter spoken of, a year before.
func (r *resolver) compare(e expr) (string, day) {
	if e.y > 0 {
		if q := r.recentQuarter(e, 1<<30); q != "" {
			return four(e.y) + q[4:], day{}
		}
		return four(e.y), day{}
	}
	if q := r.recentQuarter(e, 1<<30); q != "" {
		return shiftYear(q, -1), day{}
	}
	if !r.now.known() {
		return "XXXX", day{}
	}
	return four(r.now.y - 1), r.now
}
