package pipeline_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	newsstream "github.com/tracewire/tracewire/eval/stream"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/store"
	"github.com/tracewire/tracewire/internal/store/memory"
	"github.com/tracewire/tracewire/internal/store/sqlite"
)

// articles is the number of invented articles for tests that can be made
// longer: TRACEWIRE_ARTICLES=100000 go test -timeout 5h -run …
func articles(t *testing.T, usual int) int {
	t.Helper()
	if testing.Short() {
		t.Skip("takes a while")
	}
	if n, err := strconv.Atoi(os.Getenv("TRACEWIRE_ARTICLES")); err == nil {
		return n
	}
	return usual
}

func invent(c newsstream.Config) (list []news.Version) {
	for a := range c.Invent() {
		list = append(list, a.Version())
	}
	return list
}

// printOf is what Relate finds as bytes, a hash for each thread: all members
// with their layers, and all relations.
func printOf(t *testing.T, e pipeline.Engine) []byte {
	t.Helper()
	var out bytes.Buffer
	err := e.Relate(context.Background(), nil, func(x pipeline.Thread) error {
		h := sha256.New()
		for _, v := range x.Versions {
			fmt.Fprintln(h, v.ID, v.Name)
			h.Write(store.EncodeLayers(v))
		}
		fmt.Fprintf(h, "%+v\n%+v\n", x.Relations, x.Across)
		fmt.Fprintf(&out, "%d from %s: %x\n", len(x.Versions), x.Versions[0].Name, h.Sum(nil))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func addAll(t *testing.T, e pipeline.Engine, list []news.Version) {
	t.Helper()
	if err := e.Add(context.Background(), slices.Values(list)); err != nil {
		t.Fatal(err)
	}
}

// A long stream gives the same bytes in one go, and shuffled in several runs
// with looks at the result in between.
func TestStreamInAnyOrder(t *testing.T) {
	n := articles(t, 1500)
	list := invent(newsstream.Config{Articles: n, Seed: 9, Short: n > 20000})
	start := time.Now()
	one := openFile(t, t.TempDir())
	defer one.Close()
	e := pipeline.Engine{Store: one}
	addAll(t, e, list)
	want := printOf(t, e)
	t.Logf("%d articles in one go: %s, %d threads", n, time.Since(start).Round(time.Millisecond), bytes.Count(want, []byte("\n")))

	r := rand.New(rand.NewPCG(9, 9))
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	other := openFile(t, t.TempDir())
	defer other.Close()
	e = pipeline.Engine{Store: other, Workers: 3}
	for len(list) > 0 {
		some := min(len(list), n/2+1)
		addAll(t, e, list[:some])
		if list = list[some:]; len(list) > 0 {
			if err := e.Relate(context.Background(), []string{}, func(pipeline.Thread) error { return nil }); err != nil {
				t.Fatal(err)
			}
		}
	}
	got := printOf(t, e)
	same(t, "shuffled, in runs", want, got)
	t.Logf("both ways: %s", time.Since(start).Round(time.Millisecond))
}

// counting counts what is loaded to be folded.
type counting struct {
	store.Store
	outlines, layers atomic.Int64
}

func (c *counting) Outline(ctx context.Context, stage string, v *news.Version) error {
	c.outlines.Add(1)
	return c.Store.Outline(ctx, stage, v)
}

func (c *counting) Layers(ctx context.Context, stage string, v *news.Version) error {
	c.layers.Add(1)
	return c.Store.Layers(ctx, stage, v)
}

// derived is what the store holds of a kind.
func derived(t *testing.T, s store.Store, kind string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for kv, err := range s.DerivedAll(context.Background(), kind) {
		if err != nil {
			t.Fatal(err)
		}
		out[kv.Key] = string(kv.Value)
	}
	return out
}

// One more article in a store of many folds its own component and its own
// thread again, and no other.
func TestOneMoreFoldsItsOwn(t *testing.T) {
	list := invent(newsstream.Config{Articles: 500, Seed: 4, Copies: .5})
	c := &counting{Store: memory.New()}
	e := pipeline.Engine{Store: c}
	ctx := context.Background()
	addAll(t, e, list)
	_ = printOf(t, e)
	family := func(like news.Version, url string) news.Version {
		like.Name, like.Given.URL = "one-more", url
		like.ID = ""
		return like
	}
	for i, url := range []string{"https://oldmill.example/1", "https://oldmill.example/2"} {
		// A copy of an article, by a site that has not carried it yet.
		more := family(list[100+200*i], url)
		c.outlines.Store(0)
		c.layers.Store(0)
		before := map[string]bool{}
		for v, err := range c.Versions(ctx) {
			if err != nil {
				t.Fatal(err)
			}
			before[v.ID] = true
		}
		addAll(t, e, []news.Version{more})
		var id string
		for v, err := range c.Versions(ctx) {
			if err != nil {
				t.Fatal(err)
			}
			if !before[v.ID] {
				id = v.ID
			}
		}
		parts := derived(t, c, "stories/3")
		threads, members := 0, 0
		if err := e.Relate(ctx, []string{id}, func(x pipeline.Thread) error {
			threads++
			members += len(x.Versions)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if threads != 1 || int(c.layers.Load()) != members {
			t.Errorf("%d threads of %d versions were asked for, %d versions were opened", threads, members, c.layers.Load())
		}
		if n := c.outlines.Load(); n < 2 || n > 200 {
			t.Errorf("%d versions were loaded for comparing; a family of copies is much smaller than the store of %d", n, len(list))
		}
		again := 0
		for first, raw := range derived(t, c, "stories/3") {
			if parts[first] != raw {
				again++
			}
		}
		// A text can become the near neighbour of one in another part.
		if again > 3 || len(parts) < 10 {
			t.Errorf("the stories of %d parts were folded again, of %d", again, len(parts))
		}
		t.Logf("one more in %d: %d versions compared, %d parts of %d folded, %d opened", len(list), c.outlines.Load(), again, len(parts), members)
	}
	c.outlines.Store(0)
	if err := e.Relate(ctx, []string{}, func(pipeline.Thread) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if n := c.outlines.Load(); n > 0 {
		t.Errorf("nothing is new, and %d versions were compared", n)
	}
}

// A flood of bulletins that are equal but for names and counts does not slow
// the reading down: of all commits of one article each, 99 in 100 take less
// than 50 ms of this process's time.
func TestFlood(t *testing.T) {
	n := articles(t, 1000)
	p := filepath.Join(t.TempDir(), "wire.db")
	s, err := sqlite.Open(p)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	e := pipeline.Engine{Store: s, Workers: 1}
	took := make([]time.Duration, 0, n)
	for a := range (newsstream.Config{Articles: n, Seed: 2, Flood: true}).Invent() {
		before := processTime()
		addAll(t, e, []news.Version{a.Version()})
		took = append(took, processTime()-before)
	}
	slices.Sort(took)
	at := func(q float64) time.Duration { return took[int(q*float64(len(took)-1))] }
	t.Logf("%d near-identical articles, one a commit: median %s, p99 %s, slowest %s", n, at(.5), at(.99), at(1))
	if at(.99) > 50*time.Millisecond {
		t.Errorf("p99 of insertion is %s", at(.99))
	}
	before := processTime()
	if err := e.Relate(context.Background(), []string{}, func(pipeline.Thread) error { return nil }); err != nil {
		t.Fatal(err)
	}
	t.Logf("related in %s, %s each", processTime()-before, (processTime()-before)/time.Duration(n))
}

// What many pages tell of one happening costs each of them no more than the
// pages that it is compared with: TRACEWIRE_ARTICLES=5000 shows it.
func TestOneStory(t *testing.T) {
	n := articles(t, 200)
	e := pipeline.Engine{Store: memory.New()}
	addAll(t, e, invent(newsstream.Config{Articles: n, Seed: 1, OneStory: true}))
	before, largest := processTime(), 0
	if err := e.Relate(context.Background(), nil, func(x pipeline.Thread) error {
		largest = max(largest, len(x.Versions))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	took := processTime() - before
	t.Logf("%d articles on one happening: related in %s, %s each; the largest thread has %d", n, took, took/time.Duration(n), largest)
	if largest < n/2 {
		t.Errorf("one happening, and the largest thread has %d of %d articles", largest, n)
	}
}
