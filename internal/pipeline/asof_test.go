package pipeline_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/relate"
	"github.com/tracewire/tracewire/internal/store/memory"
)

// The answer as of a moment is that of the pages which were known by then, and
// of no others: what came later must not show, not even in a date.
func TestAsOfIsTheAnswerOfWhatWasKnown(t *testing.T) {
	paths, err := filepath.Glob("../../examples/brindle-dam/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatal("no examples", err)
	}
	all, _ := way{runs: [][]string{paths}, workers: 1, store: memory.New()}.read(t)
	for _, at := range []time.Time{
		time.Date(2024, 2, 20, 12, 0, 0, 0, time.UTC),
		time.Date(2024, 3, 12, 23, 59, 0, 0, time.UTC),
		time.Date(2024, 3, 13, 12, 0, 0, 0, time.UTC),
		time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC),
	} {
		all.AsOf = at
		got := answer(t, all)
		var known []string
		for _, p := range paths {
			one := pipeline.Engine{Store: memory.New(), Workers: 1}
			if _, err := one.Read(context.Background(), []string{p}, nil); err != nil {
				t.Fatal(err)
			}
			err := one.Relate(context.Background(), nil, func(x pipeline.Thread) error {
				if k := relate.Known(x.Versions[0]); !k.IsZero() && !k.After(at) {
					known = append(known, p)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if len(known) == 0 {
			t.Fatalf("nothing was known by %s", at)
		}
		_, want := way{runs: [][]string{known}, workers: 1, store: memory.New()}.read(t)
		same(t, at.String(), want, got)
	}
}

func TestKnown(t *testing.T) {
	seen := time.Date(2018, 7, 16, 9, 30, 0, 0, time.UTC)
	tests := []struct {
		name    string
		day     string
		given   string
		fetched time.Time
		told    string
		known   string
	}{
		{"to the minute", "2018-07-16", "2018-07-16T08:04:11-04:00", time.Time{}, "2018-07-16T12:04Z", "2018-07-16T12:04Z"},
		{"a stamp of another day is no time of this text", "2018-07-16", "2018-07-19T08:04:11Z", time.Time{}, "2018-07-16", "2018-07-16T23:59Z"},
		{"only the day: by its end", "2018-07-16", "", time.Time{}, "2018-07-16", "2018-07-16T23:59Z"},
		{"only the day, but seen in it", "2018-07-16", "", seen, "2018-07-16", "2018-07-16T09:30Z"},
		{"seen long after", "2018-07-10", "", seen, "2018-07-10", "2018-07-10T23:59Z"},
		{"only seen", "", "", seen, "2018-07-16T09:30Z", "2018-07-16T09:30Z"},
		{"nothing", "", "", time.Time{}, "", "0001-01-01T00:00Z"},
	}
	for _, tt := range tests {
		v := &news.Version{Given: news.Given{Fetched: tt.fetched}}
		v.Meta.Published.Value = tt.day
		if tt.given != "" {
			v.Given.Dates = []news.GivenDate{{From: "json-ld", Role: "published", Value: tt.given}}
		}
		if got := relate.Told(v); got != tt.told {
			t.Errorf("%s: told %q, want %q", tt.name, got, tt.told)
		}
		if got := relate.Known(v).UTC().Format(relate.Minute); got != tt.known {
			t.Errorf("%s: known %q, want %q", tt.name, got, tt.known)
		}
	}
}
