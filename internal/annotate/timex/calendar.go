package timex

import (
	"strconv"
	"strings"
)

// day is a date of the Gregorian calendar; the zero day is unknown.
type day struct{ y, m, d int }

func (a day) known() bool { return a.y > 0 }

// number counts days; 1970-01-01 is 0 (after Howard Hinnant's
// days_from_civil).
func (a day) number() int {
	y := a.y
	if a.m <= 2 {
		y--
	}
	era := floor(y, 400)
	yoe := y - era*400
	doy := (153*((a.m+9)%12)+2)/5 + a.d - 1
	return era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 719468
}

func dayOf(n int) day {
	n += 719468
	era := floor(n, 146097)
	doe := n - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	a := day{yoe + era*400, (mp+2)%12 + 1, doy - (153*mp+2)/5 + 1}
	if a.m <= 2 {
		a.y++
	}
	return a
}

func floor(a, b int) int {
	if a < 0 {
		return (a - b + 1) / b
	}
	return a / b
}

func (a day) plus(n int) day { return dayOf(a.number() + n) }

// weekday counts from Monday = 1.
func (a day) weekday() int {
	n := (a.number() + 3) % 7
	if n < 0 {
		n += 7
	}
	return n + 1
}

// week is the ISO year and week.
func (a day) week() (year, week int) {
	thursday := a.plus(4 - a.weekday())
	return thursday.y, (thursday.number()-day{thursday.y, 1, 1}.number())/7 + 1
}

// month counts months from year 0.
func (a day) month() int { return a.y*12 + a.m - 1 }

func (a day) iso() string {
	if !a.known() {
		return ""
	}
	if a.y > 9999 {
		return "XXXX-" + two(a.m) + "-" + two(a.d)
	}
	return string([]byte{
		'0' + byte(a.y/1000), '0' + byte(a.y/100%10), '0' + byte(a.y/10%10), '0' + byte(a.y%10), '-',
		'0' + byte(a.m/10), '0' + byte(a.m%10), '-',
		'0' + byte(a.d/10), '0' + byte(a.d%10),
	})
}

func (a day) weekValue() string {
	y, w := a.week()
	return four(y) + "-W" + two(w)
}

func monthValue(n int) string { return four(n/12) + "-" + two(n%12+1) }

func four(y int) string {
	if y < 0 || y > 9999 {
		return "XXXX"
	}
	return two(y/100) + two(y)
}

// parseDay reads the date at the beginning of an ISO value.
func parseDay(v string) day {
	if len(v) < 10 || v[4] != '-' || v[7] != '-' {
		return day{}
	}
	y, err1 := strconv.Atoi(v[:4])
	m, err2 := strconv.Atoi(v[5:7])
	d, err3 := strconv.Atoi(v[8:10])
	if err1 != nil || err2 != nil || err3 != nil || y < 1 || !valid(m, d) {
		return day{}
	}
	return day{y, m, d}
}

// easter is Easter Sunday of the western churches (the anonymous Gregorian
// algorithm).
func easter(y int) day {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return day{y, n / 31, n%31 + 1}
}

// feast is the day of a rule of holidays.txt in year y.
func feast(rule string, y int) day {
	if rest, ok := strings.CutPrefix(rule, "easter"); ok {
		n, _ := strconv.Atoi(rest)
		return easter(y).plus(n)
	}
	rule, shift, _ := strings.Cut(rule, "+")
	more, _ := strconv.Atoi(shift)
	if f := strings.Split(rule, "/"); len(f) == 3 {
		m, _ := strconv.Atoi(f[0])
		nth, _ := strconv.Atoi(f[1])
		wd, _ := strconv.Atoi(f[2])
		if nth > 0 {
			first := day{y, m, 1}
			return first.plus((wd-first.weekday()+7)%7 + 7*(nth-1) + more)
		}
		last := day{y, m + 1, 1}.plus(-1)
		if m == 12 {
			last = day{y, 12, 31}
		}
		return last.plus(-((last.weekday() - wd + 7) % 7) + more)
	}
	m, _ := strconv.Atoi(rule[:2])
	d, _ := strconv.Atoi(rule[3:])
	return day{y, m, d}
}
