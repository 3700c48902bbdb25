package lineage

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tracewire/tracewire/internal/news"
)

// Dating is a proposed date of writing for a version that has none that can
// be trusted, taken from a dated version of the same report.
type Dating struct {
	Name  string // Version.Name
	Value string // ISO date
	Twin  string // Version.Name of the dated version
	Note  string
	Why   news.Why
}

const (
	twinProse = .3 // of its prose must stand in the dated version
	sameProse = .9 // from here on it is the twin's text
	daysBack  = 3  // an earlier version is seldom older
)

// Date proposes a date for each version without Published that shares much
// prose with one that has it: the twin's date, or one of the days before it,
// on which the weekdays of the text fall right. An earlier version that says
// "said Tuesday", with a twin of Wednesday 20 September, was written on
// Tuesday the 19th. It also proposes one for agency copy whose page is
// stamped long after the same text was out elsewhere: such a stamp is the
// copying site's.
//
// fits(name, date) tells whether the text of a version fits a date of
// writing. Where several fit, an own version gets the first, for a text may
// also speak of yesterday; the twin's very text gets the twin's date, also
// when it names no weekday at all.
func Date(versions []*news.Version, overlaps []news.Overlap, fits func(name, date string) bool) []Dating {
	byName := map[string]*news.Version{}
	for _, v := range versions {
		byName[v.Name] = v
	}
	best := map[string]twin{}
	see := func(name, other string, prose float64) {
		v, o := byName[name], byName[other]
		if v == nil || o == nil || prose < twinProse || !needsDate(v, o, prose) {
			return
		}
		if b, ok := best[name]; !ok || prose > b.prose || prose == b.prose && other < b.name {
			best[name] = twin{other, day(o.Meta.Published.Value), prose}
		}
	}
	for _, o := range overlaps {
		see(o.A, o.B, o.ProseA)
		see(o.B, o.A, o.ProseB)
	}
	var out []Dating
	for name, t := range best {
		d := Dating{
			Name: name, Twin: t.name, Why: news.Why{Rule: "date-of-twin", Confidence: .6 + .3*t.prose},
			Note: fmt.Sprintf("%.0f%% of its prose stands in %s, written %s", 100*t.prose, t.name, t.published),
		}
		switch date, ok := t.date(func(d string) bool { return fits(name, d) }); {
		case ok:
			d.Value = date
			d.Note += "; the days it names fit " + date
			if t.prose >= sameProse {
				d.Why.Rule = "date-of-same-text"
			}
		case t.prose >= sameProse:
			d.Value = t.published
			d.Why = news.Why{Rule: "date-of-same-text", Confidence: .7}
		default:
			continue
		}
		out = append(out, d)
	}
	slices.SortFunc(out, func(x, y Dating) int { return strings.Compare(x.Name, y.Name) })
	return out
}

// twin is the dated version that a text shares most prose with.
type twin struct {
	name, published string
	prose           float64
}

// needsDate reports whether v can learn its date from o: it has none, or it
// is agency copy on another outlet's page, stamped long after o.
func needsDate(v, o *news.Version, prose float64) bool {
	own, other := day(v.Meta.Published.Value), day(o.Meta.Published.Value)
	if other == "" || own == "" {
		return other != ""
	}
	agency, outlet := fold(v.Meta.Agency.Value), fold(v.Meta.Outlet.Value)
	apart, _ := daysApart(own, other)
	return prose >= sameProse && agency != "" && agency != outlet && own > other && apart > daysBack
}

// date is the day of writing among the twin's and those before it.
func (t twin) date(fits func(string) bool) (string, bool) {
	published, err := time.Parse(time.DateOnly, t.published)
	if err != nil {
		return "", false
	}
	found := ""
	for back := range daysBack + 1 {
		date := published.AddDate(0, 0, -back).Format(time.DateOnly)
		if !fits(date) {
			continue
		}
		found = date
		if t.prose >= sameProse {
			break
		}
	}
	return found, found != ""
}
