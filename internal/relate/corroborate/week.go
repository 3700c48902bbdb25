package corroborate

import (
	"strconv"
	"strings"
	"time"
)

// weekMeets compares dates of which one is an ISO week ("2023-W37").
func weekMeets(a, b string) bool {
	if !strings.Contains(a, "W") {
		a, b = b, a
	}
	if strings.Contains(b, "W") {
		return a[:min(8, len(a))] == b[:min(8, len(b))]
	}
	if len(b) < 10 {
		return true // month or year: near enough
	}
	day, err := time.Parse("2006-01-02", b[:10])
	if err != nil || len(a) < 8 {
		return true
	}
	want, err := strconv.Atoi(a[6:8])
	if err != nil {
		return true
	}
	_, week := day.ISOWeek()
	return week == want
}
