// Package relate holds what all relations between versions must agree on.
package relate

import (
	"time"

	"github.com/tracewire/tracewire/internal/news"
)

// Minute is how moments are written: to the minute, in UTC.
const Minute = "2006-01-02T15:04Z"

// Told is when a page told what it tells, as exactly as is known: the moment of
// publication that was given outside its text, if that is of the day on which
// it was written; else that day; else the moment when it was first seen. It is
// in the form of Minute, or a day, or "" if nothing is known.
func Told(v *news.Version) string {
	day := v.Meta.Published.Value
	for _, d := range v.Given.Dates {
		if d.Role != "published" || len(d.Value) <= 10 || day != "" && d.Value[:10] != day[:min(10, len(day))] {
			continue
		}
		if at, err := time.Parse(time.RFC3339, d.Value); err == nil {
			if utc := d.Value[:16] + "Z"; len(d.Value) == len("2006-01-02T15:04:05Z") && d.Value[len(d.Value)-1] == 'Z' {
				return utc // as mostly; and this is asked of each pair of claims
			}
			return at.UTC().Format(Minute)
		}
	}
	switch {
	case day != "":
		return day
	case !v.Given.Fetched.IsZero():
		return v.Given.Fetched.UTC().Format(Minute)
	}
	return ""
}

// Known is the moment from which on a version was known for certain: when it
// was published, at the end of the day of which no more is known, or when it
// was first seen, if that is earlier. It is the zero time if nothing is known.
func Known(v *news.Version) time.Time {
	var at time.Time
	told := Told(v)
	if t, err := time.Parse(Minute, told); err == nil {
		at = t
	} else if t, err := time.Parse("2006-01-02", told); err == nil {
		at = t.Add(24*time.Hour - time.Minute)
	}
	if seen := v.Given.Fetched; at.IsZero() || !seen.IsZero() && seen.Before(at) {
		at = seen
	}
	return at
}
