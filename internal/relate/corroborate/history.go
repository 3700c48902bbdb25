package corroborate

import (
	"time"

	"github.com/tracewire/tracewire/internal/news"
)

// minute is how moments are written: to the minute, in UTC.
const minute = "2006-01-02T15:04Z"

// told is when a page told what it tells, as exactly as is known: the moment of
// publication that the page gives outside its text, if that is on the day on
// which it was written, else that day, else when it was seen. "" if nothing is
// known.
func told(v *news.Version) string {
	day := v.Meta.Published.Value
	for _, d := range v.Given.Dates {
		if d.Role == "published" && len(d.Value) > 10 && (day == "" || d.Value[:10] == day[:min(10, len(day))]) {
			if at, err := time.Parse(time.RFC3339, d.Value); err == nil {
				return at.UTC().Format(minute)
			}
		}
	}
	if day != "" {
		return day
	}
	if !v.Given.Fetched.IsZero() {
		return v.Given.Fetched.UTC().Format(minute)
	}
	return ""
}
