package wire

import (
	"strings"
	"time"
)

var layouts = [...]struct {
	layout      string
	clock, zone bool
}{
	{time.RFC3339, true, true},
	{"2006-01-02T15:04:05Z0700", true, true},
	{"2006-01-02T15:04Z07:00", true, true},
	{"20060102T150405Z0700", true, true},
	{"20060102T150405Z07:00", true, true},
	{"2006-01-02T15:04:05", true, false},
	{"20060102T150405", true, false},
	{"2006-01-02", false, false},
	{"20060102", false, false},
}

// date turns ISO 8601 in all its spellings into one; "" for what is no date
// or no sensible year.
func date(s string) string {
	if s = strings.TrimSpace(s); len(s) < 8 || len(s) > 40 {
		return ""
	}
	for _, l := range layouts {
		t, err := time.Parse(l.layout, s)
		if err != nil {
			continue
		}
		switch {
		case t.Year() < 1800 || t.Year() > 2200:
			return ""
		case l.zone:
			return t.Format(time.RFC3339)
		case l.clock:
			return t.Format("2006-01-02T15:04:05")
		}
		return t.Format("2006-01-02")
	}
	return ""
}
