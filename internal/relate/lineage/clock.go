package lineage

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// clock is a time by which a text was out, and what shows it.
type clock struct {
	at    time.Time
	loose bool // no zone is known: some hours either way
	what  string
	node  *node // on whose page it is
}

func (c clock) known() bool { return !c.at.IsZero() }

// stampLayout is how times are told to people.
const stampLayout = "2 January 2006 15:04 -0700"

const (
	freshDays = 3             // a page captured later says nothing of when it was written
	ahead     = 3 * time.Hour // by which a page's clock may be ahead of the capture
)

// captured is when the page was fetched, if that was soon after the text was
// written: then the fetch bounds the time of writing.
func captured(v *news.Version) clock {
	at := v.Given.Fetched
	if at.IsZero() {
		return clock{}
	}
	if d := day(v.Meta.Published.Value); d != "" && v.Meta.Published.From != "twin" {
		if apart, ok := daysApart(d, at.Format(time.DateOnly)); !ok || apart > freshDays {
			return clock{}
		}
	}
	return clock{at: at, what: at.Format(stampLayout)}
}

// posted is the latest clock that the page itself gives for its text: the time
// of an update, printed or in the mark-up, or else that of publication.
func posted(v *news.Version) clock {
	written, best := day(v.Meta.Published.Value), clock{}
	for i := range v.Meta.Dates {
		d := &v.Meta.Dates[i]
		switch d.Role {
		case "page_stamp", "published", "modified", "dateline":
		default:
			continue
		}
		if apart, ok := daysApart(day(d.Value), written); !d.Accepted && (!ok || apart > 1) {
			continue
		}
		c, ok := clockOf(v, d)
		if !ok || !v.Given.Fetched.IsZero() && c.at.After(v.Given.Fetched.Add(ahead)) {
			continue
		}
		if !best.known() || c.at.After(best.at) {
			best = c
		}
	}
	return best
}

// clockOf reads the time of day of a date. A printed time without a zone is
// taken as of the place where the page was captured.
func clockOf(v *news.Version, d *news.DateCandidate) (clock, bool) {
	zone := time.UTC
	if !v.Given.Fetched.IsZero() {
		zone = v.Given.Fetched.Location()
	}
	if d.Span.Empty() {
		for _, layout := range [...]string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05-0700"} {
			if t, err := time.Parse(layout, d.Value); err == nil {
				return clock{at: t, what: "the page says " + d.Value}, true
			}
		}
		for _, layout := range [...]string{"2006-01-02T15:04:05", "2006-01-02T15:04"} {
			if t, err := time.ParseInLocation(layout, d.Value, zone); err == nil {
				return clock{at: t, loose: true, what: "the page says " + d.Value}, true
			}
		}
		return clock{}, false
	}
	date := day(d.Value)
	line := lineOf(v.Text, d.Span)
	hour, minute, name, ok := timeNear(line.Of(v.Text), d.Span.Start-line.Start, d.Span.End-line.Start)
	if date == "" || !ok {
		return clock{}, false
	}
	c := clock{loose: true, what: "the page prints “" + strings.Join(strings.Fields(line.Of(v.Text)), " ") + "”"}
	if offset, known := zones[name]; known {
		zone, c.loose = time.FixedZone(name, offset*60), false
	}
	t, err := time.ParseInLocation(time.DateOnly, date, zone)
	if err != nil {
		return clock{}, false
	}
	c.at = t.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	return c, true
}

// lineOf is the line around s, of at most a few words on either side: stamps
// stand in short lines.
func lineOf(src string, s text.Span) text.Span {
	const room = 48
	from, to := max(0, s.Start-room), min(len(src), s.End+room)
	if k := strings.LastIndexByte(src[from:s.Start], '\n'); k >= 0 {
		from += k + 1
	}
	if k := strings.IndexByte(src[s.End:to], '\n'); k >= 0 {
		to = s.End + k
	}
	return text.Span{Start: from, End: to}
}

// ofDay matches a time of day with its zone: "7:24 a.m.", "6:59 am CDT",
// "14:20 GMT", "11pm".
var ofDay = regexp.MustCompile(`(?i)\b(\d{1,2})(?:[:.](\d{2}))?[\s\x{a0}]*([ap])\.?m\b\.?[\s\x{a0}]*\(?([A-Z]{2,4})?\b|\b(\d{1,2}):(\d{2})(?::\d{2})?[\s\x{a0}]*\(?([A-Z]{2,4})?\b`)

// timeNear is the time of day in a line that stands nearest to the date at
// [from, to), after it rather than before.
func timeNear(line string, from, to int) (hour, minute int, zone string, ok bool) {
	best := 0
	for _, m := range ofDay.FindAllStringSubmatchIndex(line, -1) {
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return line[m[2*i]:m[2*i+1]]
		}
		far := 0
		switch {
		case m[0] >= to:
			far = m[0] - to
		case m[1] <= from:
			far = from - m[1] + 8 // rather after it
		}
		h, _ := strconv.Atoi(group(1) + group(5))
		mm, _ := strconv.Atoi(group(2) + group(6))
		if h > 23 || mm > 59 || ok && far >= best {
			continue
		}
		switch half := strings.ToLower(group(3)); {
		case half != "" && (h == 0 || h > 12):
			continue
		case half == "p" && h < 12:
			h += 12
		case half == "a" && h == 12:
			h = 0
		}
		hour, minute, zone, ok, best = h, mm, strings.ToUpper(group(4)+group(7)), true, far
	}
	return hour, minute, zone, ok
}

// zones are the abbreviations that pages print, in minutes east of Greenwich.
// A bare ET is taken in summer time, for an hour does not matter here.
var zones = map[string]int{
	"ET": -240, "EDT": -240, "EST": -300, "CT": -300, "CDT": -300, "CST": -360, "MT": -360, "MDT": -360, "MST": -420,
	"PT": -420, "PDT": -420, "PST": -480, "AKDT": -480, "HST": -600, "UTC": 0, "GMT": 0, "WET": 0, "BST": 60, "WEST": 60,
	"CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "MSK": 180, "SAST": 120, "GST": 240, "PKT": 300, "IST": 330,
	"ICT": 420, "HKT": 480, "SGT": 480, "AWST": 480, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
}
