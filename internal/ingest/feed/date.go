package feed

import (
	"strings"
	"time"
)

// layouts are dates of feeds without the name of the weekday: RFC 822 with its
// kin first, then ISO 8601, then what is made by hand. Zones are offsets.
var layouts = [...]struct {
	layout      string
	clock, zone bool
}{
	{"2 Jan 2006 15:04:05 -0700", true, true},
	{"2006-01-02T15:04:05Z07:00", true, true},
	{"2006-01-02T15:04:05Z0700", true, true},
	{"2006-01-02T15:04Z07:00", true, true},
	{"2006-01-02 15:04:05 -0700", true, true},
	{"2006-01-02 15:04:05Z07:00", true, true},
	{"2 Jan 2006 15:04 -0700", true, true},
	{"2 Jan 06 15:04:05 -0700", true, true},
	{"2 January 2006 15:04:05 -0700", true, true},
	{"Jan 2 2006 15:04:05 -0700", true, true},
	{"Jan 2 15:04:05 -0700 2006", true, true},
	{"2-Jan-06 15:04:05 -0700", true, true},
	{"2-Jan-2006 15:04:05 -0700", true, true},
	{"20060102T150405Z0700", true, true},
	{"20060102T150405", true, false},
	{"2006-01-02T15:04:05", true, false},
	{"2006-01-02 15:04:05", true, false},
	{"2006-01-02T15:04", true, false},
	{"2006-01-02 15:04", true, false},
	{"2 Jan 2006 15:04:05", true, false},
	{"2 Jan 2006 15:04", true, false},
	{"Jan 2 2006 3:04 PM", true, false},
	{"January 2 2006 3:04 PM", true, false},
	{"Jan 2 15:04:05 2006", true, false},
	{"2006/01/02 15:04:05", true, false},
	{"2.1.2006 15:04:05", true, false},
	{"2.1.2006 15:04", true, false},
	{"2006-01-02", false, false},
	{"2 Jan 2006", false, false},
	{"2 January 2006", false, false},
	{"Jan 2 2006", false, false},
	{"January 2 2006", false, false},
	{"2006/01/02", false, false},
	{"2.1.2006", false, false},
	{"20060102", false, false},
}

// zones are the names of RFC 822 and a few that feeds use as well. What a name
// means twice (IST, CST of China, BST of Bangladesh) is left out or taken the
// way RFC 822 does.
var zones = [...]struct{ name, offset string }{
	{"GMT", "+0000"}, {"UTC", "+0000"}, {"UT", "+0000"}, {"Z", "+0000"}, {"WET", "+0000"},
	{"EST", "-0500"}, {"EDT", "-0400"}, {"CST", "-0600"}, {"CDT", "-0500"}, {"MST", "-0700"}, {"MDT", "-0600"}, {"PST", "-0800"}, {"PDT", "-0700"},
	{"CET", "+0100"}, {"CEST", "+0200"}, {"MEZ", "+0100"}, {"MESZ", "+0200"}, {"EET", "+0200"}, {"EEST", "+0300"}, {"WEST", "+0100"},
	{"MSK", "+0300"}, {"JST", "+0900"}, {"KST", "+0900"}, {"HKT", "+0800"}, {"SGT", "+0800"}, {"AEST", "+1000"}, {"AEDT", "+1100"}, {"NZST", "+1200"}, {"NZDT", "+1300"},
}

// Date turns a date of a feed into ISO 8601: with the time of day and the zone
// only if both are given. It is "" for what is no date, or lies before 1800 or
// after 2200.
func Date(s string) string {
	if len(s) > 200 {
		return ""
	}
	s = strings.Join(strings.Fields(strings.ReplaceAll(s, ",", " ")), " ")
	if len(s) < 8 || len(s) > 64 {
		return ""
	}
	if w, rest, ok := strings.Cut(s, " "); ok && isWeekday(w) {
		s = rest
	}
	if i := strings.Index(s, " ("); i > 0 { // (Central European Time)
		s = s[:i]
	}
	known := true
	if i := strings.LastIndexByte(s, ' '); i > 0 && isZoneName(s[i+1:]) {
		known = false
		for _, z := range zones {
			if strings.EqualFold(z.name, s[i+1:]) {
				s, known = s[:i+1]+z.offset, true
				break
			}
		}
		if !known { // a zone that nobody knows: the time is local
			s = s[:i]
		}
	}
	s = strings.NewReplacer("Sept ", "Sep ", "sept ", "sep ", "Sept.", "Sep", "GMT+", "+", "GMT-", "-").Replace(s)
	for _, l := range layouts {
		t, err := time.Parse(l.layout, s)
		if err != nil {
			continue
		}
		if t.Year() < 1800 || t.Year() > 2200 {
			return ""
		}
		switch {
		case l.zone && soundZone(t):
			return t.Format(time.RFC3339)
		case l.clock:
			return t.Format("2006-01-02T15:04:05")
		}
		return t.Format("2006-01-02")
	}
	return ""
}

// soundZone: zones lie between -12:00 and +14:00.
func soundZone(t time.Time) bool {
	_, off := t.Zone()
	return -12*3600 <= off && off <= 14*3600
}

// isWeekday knows "Tue", "Tuesday", "mar." and "вт": letters only, at the
// beginning, where no month stands before a day.
func isWeekday(w string) bool {
	w = strings.TrimSuffix(w, ".")
	if w == "" || '0' <= w[0] && w[0] <= '9' {
		return false
	}
	if len(w) >= 3 {
		switch strings.ToLower(w[:3]) {
		case "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec":
			return false
		}
	}
	return !strings.ContainsAny(w, "0123456789/:-")
}

func isZoneName(w string) bool {
	if len(w) < 1 || len(w) > 5 || strings.EqualFold(w, "PM") || strings.EqualFold(w, "AM") {
		return false
	}
	return strings.Trim(strings.ToUpper(w), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
