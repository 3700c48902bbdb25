// Package dates scores dates of publication on the evaluation set of htmldate:
// 799 pages with the day on which they were published.
//
// A page counts as right when the day of the first candidate (of those called
// published, else of the others) is the gold day. The pages are read twice:
// alone, as the set's own comparison does, and with their address, as they
// come from the web.
package dates

import (
	"fmt"

	"github.com/tracewire/tracewire/eval/extraction"
	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/internal/ingest/page"
)

// Score reads all pages and counts.
func Score(dir string) (measure.Report, error) {
	r := measure.Report{Name: "htmldate's evaluation set, dates of publication"}
	pages, err := extraction.Load(dir)
	if err != nil {
		return r, err
	}
	r.Docs = len(pages)
	const addressed, alone = "the address is known", "the page alone"
	var counts [2][3]measure.Count
	for way, how := range [...]string{alone, addressed} {
		for _, p := range pages {
			address := ""
			if how == addressed {
				address = p.URL
			}
			read, err := page.Read(p.Source, address)
			if err != nil {
				return r, fmt.Errorf("%s: %w", p.File, err)
			}
			got := extraction.Published(read)
			right := got == p.Date
			for _, k := range []int{p.Index % 2, 2} {
				counts[way][k] = counts[way][k].Plus(measure.Share(measure.One(right), 1))
			}
			if !right {
				r.Problems = append(r.Problems, measure.Problem{What: how, Doc: p.File, Text: fmt.Sprintf("want %s, got %q of %v", p.Date, got, read.Given.Dates)})
			}
		}
		for _, k := range [...]int{2, 0, 1} {
			half := [...]string{", tuning half", ", held-out half", ""}[k]
			r.Rows = append(r.Rows, measure.Row{Name: how + half, Count: counts[way][k], How: "day of the best candidate"})
		}
	}
	return r, nil
}
