package pipeline_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/store"
	"github.com/tracewire/tracewire/internal/store/memory"
)

// corrections holds what people put right in a store.
func kept(t *testing.T, s store.Store) []store.KeyValue {
	t.Helper()
	var out []store.KeyValue
	for kv, err := range s.States(context.Background(), "story correction") {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, kv)
	}
	return out
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func stories(t *testing.T, e pipeline.Engine) string {
	t.Helper()
	s := must[pipeline.Stories](t)(e.Stories(context.Background()))
	var b strings.Builder
	for _, x := range s.All {
		for _, d := range x.Documents {
			b.WriteString(d[:2] + " ")
		}
		b.WriteString("| ")
	}
	return strings.TrimSuffix(b.String(), " | ")
}

const dam = "../../examples/brindle-dam"

func TestCorrections(t *testing.T) {
	ctx, now := context.Background(), time.Date(2031, 5, 6, 7, 8, 9, 0, time.UTC)
	e := pipeline.Engine{Store: memory.New()}
	must[pipeline.Run](t)(e.Read(ctx, []string{dam}, nil))
	for _, c := range []struct {
		name string
		make func(pipeline.Stories) (pipeline.Correction, error) // nil: undo
		undo int
		want string
	}{
		{"two articles are parted", func(s pipeline.Stories) (pipeline.Correction, error) {
			return s.Split("02-npa-first", []string{"09-mns-denial", "11-norland-today"})
		}, 0, "01 | 02 03 04 05 06 07 08 10 12 | 09 11"},
		{"one of them is put back", func(s pipeline.Stories) (pipeline.Correction, error) {
			return s.Pin("11-norland-today", "03-npa-writethru")
		}, 0, "01 | 02 03 04 05 06 07 08 10 11 12 | 09"},
		{"stories months apart are made one", func(s pipeline.Stories) (pipeline.Correction, error) {
			return s.Merge("01-npa-inspection", "09-mns-denial")
		}, 0, "01 09 | 02 03 04 05 06 07 08 10 11 12"},
		{"what a correction went on from is undone", nil, 1, "01 02 03 04 05 06 07 08 09 10 11 12"},
		{"and that one", nil, 3, "01 | 02 03 04 05 06 07 08 09 10 11 12"},
	} {
		if c.make == nil {
			must[pipeline.Correction](t)(e.Undo(ctx, c.undo, now))
		} else {
			s := must[pipeline.Stories](t)(e.Stories(ctx))
			must[pipeline.Correction](t)(e.Correct(ctx, must[pipeline.Correction](t)(c.make(s)), now))
		}
		if got := stories(t, e); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// Corrections hold whatever was read before and after, in whatever order.
func TestCorrectionsMeanTheSameInAnyOrder(t *testing.T) {
	ctx, now := context.Background(), time.Date(2031, 5, 6, 7, 8, 9, 0, time.UTC)
	paths := must[[]string](t)(filepath.Glob(dam + "/*-*"))
	r := rand.New(rand.NewPCG(5, 8))
	for round := range 6 {
		first := pipeline.Engine{Store: memory.New()}
		seen := slices.Clone(paths) // what was there when people put things right
		r.Shuffle(len(seen), func(i, j int) { seen[i], seen[j] = seen[j], seen[i] })
		must[pipeline.Run](t)(first.Read(ctx, seen[:len(seen)-round], nil))
		for range 4 {
			s := must[pipeline.Stories](t)(first.Stories(ctx))
			pick := func() string {
				x := s.All[r.IntN(len(s.All))]
				return x.Documents[r.IntN(len(x.Documents))]
			}
			var c pipeline.Correction
			var err error
			switch r.IntN(3) {
			case 0:
				a := pick()
				c, err = s.Split(a, []string{a})
			case 1:
				c, err = s.Merge(pick(), pick())
			case 2:
				c, err = s.Pin(pick(), pick())
			}
			if err != nil {
				continue // not to be done here: alone already, one already
			}
			c = must[pipeline.Correction](t)(first.Correct(ctx, c, now))
			if r.IntN(4) == 0 {
				must[pipeline.Correction](t)(first.Undo(ctx, c.Number, now))
			}
		}
		must[pipeline.Run](t)(first.Read(ctx, paths, nil))
		want := answer(t, first)

		if err := first.Store.DropDerived(ctx); err != nil {
			t.Fatal(err)
		}
		same(t, "built again", want, answer(t, first))

		second := pipeline.Engine{Store: memory.New(), Workers: 3}
		b := must[store.Batch](t)(second.Store.Begin(ctx))
		for _, kv := range kept(t, first.Store) {
			if err := b.PutState("story correction", kv.Key, kv.Value); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.Commit(); err != nil {
			t.Fatal(err)
		}
		shuffled := slices.Clone(paths)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		_, got := way{runs: split(shuffled, func(n int) int { return r.IntN(n) }), workers: 2, store: second.Store, eager: round%2 == 0}.read(t)
		same(t, "in another order", want, got)
	}
}

// TestPageKeepsItsPlace: another version of a page goes where the page was put.
func TestPageKeepsItsPlace(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	page := func(name, address, headline, body string) string {
		file := filepath.Join(dir, name)
		html := `<html><head><title>` + headline + `</title><link rel="canonical" href="` + address + `"><meta property="article:published_time" content="2031-05-05T08:00:00Z"></head><body><article><h1>` + headline + `</h1><p>` + body + `</p></article></body></html>`
		if err := os.WriteFile(file, []byte(html), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	const ferry = "A passenger ferry sank in a storm off Port Amsel on Monday, and 14 people were missing, the Tiranian coast guard said. The Silver Heron went down within minutes after a wave broke its bow doors, survivors told rescuers in Port Amsel."
	const fair = "The book fair of Eldham opened its doors on Monday with readings by two dozen poets, and the mayor, Ilse Tarrow, praised the volunteers who had put up the tents in the market square of Eldham during the night."
	a := page("ferry.html", "https://ledger.example/ferry", "Ferry sinks off Port Amsel", ferry)
	b := page("fair.html", "https://courier.example/fair", "Book fair opens in Eldham", fair)
	e := pipeline.Engine{Store: memory.New()}
	must[pipeline.Run](t)(e.Read(ctx, []string{a, b}, nil))
	if got := stories(t, e); strings.Count(got, "|") != 1 {
		t.Fatalf("two stories to begin with: %s", got)
	}
	s := must[pipeline.Stories](t)(e.Stories(ctx))
	c := must[pipeline.Correction](t)(s.Pin("https://courier.example/fair", "https://ledger.example/ferry"))
	must[pipeline.Correction](t)(e.Correct(ctx, c, time.Now()))
	later := page("fair2.html", "https://courier.example/fair", "Book fair opens in Eldham, draws crowds", fair+" By noon the tents were full, and the readings went on into the evening.")
	must[pipeline.Run](t)(e.Read(ctx, []string{later}, nil))
	if got := stories(t, e); strings.Contains(got, "|") {
		t.Errorf("the new version stands apart: %s", got)
	}
}
