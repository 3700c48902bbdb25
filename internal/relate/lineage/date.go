package lineage

import (
	"fmt"
	"slices"
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
	daysBack  = 3  // an earlier version is seldom older
)

// Date proposes a date for each version without Published that shares much
// prose with one that has it: the twin's date, or one of the days before it,
// the first on which the weekdays of the text fall right. An earlier version
// that says "said Tuesday", with a twin of Wednesday 20 September, was
// written on Tuesday the 19th. fits(name, date) tells whether the text of a
// version fits a date of writing.
func Date(versions []*news.Version, overlaps []news.Overlap, fits func(name, date string) bool) []Dating {
	published := map[string]string{}
	known := map[string]bool{}
	for _, v := range versions {
		known[v.Name] = true
		published[v.Name] = day(v.Meta.Published.Value)
	}
	type twin struct {
		name  string
		prose float64
	}
	best := map[string]twin{}
	see := func(name, other string, prose float64) {
		if !known[name] || published[name] != "" || published[other] == "" || prose < twinProse {
			return
		}
		if b, ok := best[name]; !ok || prose > b.prose || prose == b.prose && other < b.name {
			best[name] = twin{other, prose}
		}
	}
	for _, o := range overlaps {
		see(o.A, o.B, o.ProseA)
		see(o.B, o.A, o.ProseB)
	}
	var out []Dating
	for name, t := range best {
		written, err := time.Parse(time.DateOnly, published[t.name])
		if err != nil {
			continue
		}
		for back := range daysBack + 1 {
			date := written.AddDate(0, 0, -back).Format(time.DateOnly)
			if !fits(name, date) {
				continue
			}
			out = append(out, Dating{
				Name: name, Value: date, Twin: t.name,
				Note: fmt.Sprintf("%.0f%% of its prose stands in %s, written %s; the days it names fit %s", 100*t.prose, t.name, published[t.name], date),
				Why:  news.Why{Rule: "date-of-twin", Confidence: .6 + .3*t.prose},
			})
			break
		}
	}
	slices.SortFunc(out, func(x, y Dating) int {
		if x.Name < y.Name {
			return -1
		}
		return 1
	})
	return out
}
