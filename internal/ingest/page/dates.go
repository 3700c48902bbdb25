package page

import (
	"strings"
	"time"
)

// layouts of dates in mark-up, besides RFC 3339.
var layouts = [...]string{
	time.RFC3339, "2006-01-02T15:04:05.999999999Z0700", "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700", "2006-01-02T15:04",
	"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 MST", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02", "20060102", "20060102T150405Z", "20060102150405",
	"2006/01/02", "2006/01/02 15:04:05", "2006-1-2", time.RFC1123Z, time.RFC1123, time.RFC850, time.ANSIC,
	"January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006", "Monday, January 2, 2006", "January 2, 2006 3:04 PM", "Jan. 2, 2006", "02.01.2006", "02.01.2006 15:04",
}

// isoDate turns a date of mark-up into ISO 8601: with the time of day and the
// zone only if both are given, "" for what is no date or no sensible year.
func isoDate(s string) string {
	s = oneLine(s)
	if len(s) < 8 || len(s) > 64 {
		return ""
	}
	// JavaScript's "(Central European Time)" and fractions add nothing.
	if i := strings.Index(s, " ("); i > 0 {
		s = s[:i]
	}
	for _, l := range layouts {
		t, err := time.Parse(l, s)
		if err != nil {
			continue
		}
		if t.Year() < 1800 || t.Year() > 2200 {
			return ""
		}
		switch {
		case strings.Contains(l, "Z07") || strings.Contains(l, "-0700") || strings.HasSuffix(l, "Z"):
			return t.Format(time.RFC3339)
		case strings.Contains(l, "15") || strings.Contains(l, "3:04"):
			return t.Format("2006-01-02T15:04:05")
		}
		return t.Format("2006-01-02")
	}
	return ""
}

// urlDate finds /2023/09/19/ or 2023-09-19 or /20230919 in a URL.
func urlDate(u string) string {
	for i := 0; i+8 <= len(u); i++ {
		if i > 0 && isDigit(u[i-1]) || !isDigit(u[i]) {
			continue
		}
		for _, l := range [...]string{"2006/01/02", "2006-01-02", "20060102"} {
			if i+len(l) > len(u) || i+len(l) < len(u) && isDigit(u[i+len(l)]) {
				continue
			}
			if t, err := time.Parse(l, u[i:i+len(l)]); err == nil && t.Year() >= 1990 && t.Year() <= 2100 {
				return t.Format("2006-01-02")
			}
		}
	}
	return ""
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
