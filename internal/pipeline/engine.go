package pipeline

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"iter"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/tracewire/tracewire/internal/annotate/sketch"
	"github.com/tracewire/tracewire/internal/ingest"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate"
	"github.com/tracewire/tracewire/internal/relate/furniture"
	"github.com/tracewire/tracewire/internal/relate/lineage"
	"github.com/tracewire/tracewire/internal/relate/story"
	"github.com/tracewire/tracewire/internal/store"
)

// Stage names all rules that make layers, digests, keys and overlaps. What
// rules of another name found is dropped and found again.
const Stage = "annotate/4"

// ruled is the cursor that says by which rules the derived data were found.
const ruled = "rules"

// rules is Stage with the release of the program and the shapes in which the
// pipeline keeps what it finds. Rules change with nearly every release, so all
// is found again with a new one. Builds without a release differ by Stage only.
var rules = sync.OnceValue(func() string {
	release := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		release = info.Main.Version
	}
	return strings.Join([]string{Stage, release, summaries().Shape(), families().Shape(), pageCodec().Shape(), readingCodec().Shape(), foundCodec().Shape()}, " ")
})

var (
	summaries = sync.OnceValue(store.NewCodec[summary])
	families  = sync.OnceValue(store.NewCodec[relatives])
)

// digests is the kind of derived value under which summaries are kept.
const digests = "digest/1"

// summary is what is kept of a version for relating it.
type summary struct {
	Digest story.D
	Seen   uint64 // changes with what the layers were made of
	URL    string // Given.URL
	Known  int64  // Unix seconds from which on it was known, 0 if nobody knows
}

// Engine reads captures into a store and relates what is there. What it finds
// depends on which versions the store holds, never on the order in which they
// came or in how many runs.
type Engine struct {
	Store   store.Store
	Workers int // goroutines that annotate; 0 means one for each processor
	Options ingest.Options
	// AsOf, if not zero, leaves out of all relations what was not known by then:
	// the answer is that of the versions published or first seen until that
	// moment. A version of which nobody knows the time is left out.
	AsOf time.Time
	// Progress is told now and then how many inputs are done; it may be nil.
	Progress func(stage string, done int)
}

// Run is what a reading run did.
type Run struct {
	Tally ingest.Tally
	// Notes are the inputs that were not stored, with the reason.
	Notes []Note
	// IDs are the versions that the inputs are, new or known, each once.
	IDs []string
}

// Note is an input that was not stored.
type Note struct{ Where, Reason string }

// maxNotes bounds what a run remembers of rejected inputs; all are counted.
const maxNotes = 1000

// result is one input on its way from a worker to the store.
type result struct {
	item   ingest.Item
	known  bool         // stored and annotated by an earlier run
	layers news.Version // when not known
	digest []byte       // a summary
	keys   []uint64
	page   store.KeyValue // edges of the page, no key without a host
}

// Read stores everything at paths ("-" is stdin) and annotates what is new.
// The error is the store's or the context's: bad inputs are counted in Run.
func (e Engine) Read(ctx context.Context, paths []string, stdin io.Reader) (Run, error) {
	var run Run
	if err := e.renew(ctx); err != nil {
		return run, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers := e.workers()
	found := make(chan ingest.Found, workers)
	results := make(chan result, workers)
	var walkErr error
	go func() {
		defer close(found)
		walkErr = ingest.Captures(ctx, paths, stdin, e.Options, func(f ingest.Found) error {
			select {
			case found <- f:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for f := range found {
				select {
				case results <- e.read(ctx, f):
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() { wg.Wait(); close(results) }()

	group := store.NewGroup(ctx, e.Store, store.GroupSize)
	defer group.Rollback()
	seen := map[string]bool{}
	for more := true; more; {
		var r result
		select {
		case r, more = <-results:
		case <-ctx.Done():
			return run, ctx.Err() // standard input may never end
		}
		if !more {
			break
		}
		if err := e.keep(group, r, &run, seen); err != nil {
			return run, err
		}
		if e.Progress != nil {
			e.Progress("read", run.Tally.In)
		}
	}
	if err := group.Flush(); err != nil {
		return run, err
	}
	slices.Sort(run.IDs)
	slices.SortFunc(run.Notes, func(x, y Note) int {
		return cmp.Or(cmp.Compare(x.Where, y.Where), cmp.Compare(x.Reason, y.Reason))
	})
	return run, walkErr
}

func (e Engine) workers() int {
	if e.Workers > 0 {
		return e.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// renew drops what other rules found, so that the store never holds layers of
// one release and overlaps of another.
func (e Engine) renew(ctx context.Context) error {
	have, err := e.Store.Cursor(ctx, ruled)
	if err != nil || have == rules() {
		return err
	}
	if err := e.Store.DropDerived(ctx); err != nil {
		return err
	}
	b, err := e.Store.Begin(ctx)
	if err != nil {
		return err
	}
	defer b.Rollback()
	if err := b.SetCursor(ruled, rules()); err != nil {
		return err
	}
	return b.Commit()
}

// read makes a version of a capture, and annotates it unless that was done.
func (e Engine) read(ctx context.Context, f ingest.Found) result {
	return e.annotated(ctx, f.Read(e.Options))
}

func (e Engine) annotated(ctx context.Context, item ingest.Item) result {
	r := result{item: item}
	if r.item.Outcome != ingest.OK {
		return r
	}
	if _, err := e.Store.Derived(ctx, digests, r.item.Version.ID); err == nil {
		r.known = true
		return r
	}
	r.annotate()
	return r
}

// annotate makes the layers, the summary and the keys of an item.
func (r *result) annotate() {
	v := &r.item.Version
	r.layers = Annotate(*v)
	seen := fnv.New64a()
	given, err := json.Marshal(v.Given)
	if err != nil {
		panic(err) // strings and a time
	}
	fmt.Fprintf(seen, "%s %s %s", v.Capture, v.Name, given)
	s := summary{Digest: story.Digest(&r.layers), Seen: seen.Sum64(), URL: v.Given.URL}
	if at := relate.Known(&r.layers); !at.IsZero() {
		s.Known = at.Unix()
	}
	r.digest = summaries().Encode(&s)
	r.keys = sketch.Keys(r.layers.Sketch)
	if p, ok := furniture.PageOf(&r.layers); ok {
		r.page = store.KeyValue{Key: pageKey(p.Host, v.ID), Value: pageCodec().Encode(&p)}
	}
	if a := lineage.Address(v.Given.URL); a != "" {
		// Versions of one article meet, however much of it was rewritten: the
		// address counts for as many keys as are enough.
		for i := range enough {
			k := fnv.New64a()
			fmt.Fprintf(k, "address %d %s", i, a)
			r.keys = append(r.keys, k.Sum64())
		}
	}
}

// keep puts one result into the store and counts it.
func (e Engine) keep(group *store.Group, r result, run *Run, seen map[string]bool) error {
	added := false
	err := group.Do(func(b store.Batch) error {
		var err error
		switch r.item.Outcome {
		case ingest.OK:
			if _, err = b.PutCapture(r.item.Capture); err != nil {
				return err
			}
			if added, err = b.PutVersion(r.item.Version); err != nil || !added {
				return err
			}
			if r.known { // dropped meanwhile: Refresh makes them again
				return nil
			}
			return r.putLayers(b)
		case ingest.Quarantined:
			if r.item.Capture.ID == "" {
				return nil
			}
			_, err = b.PutQuarantined(store.Quarantined{Capture: r.item.Capture, Where: r.item.Where, Reason: r.item.Reason})
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("store %s: %w", r.item.Where, err)
	}
	run.Tally.Add(r.item, added)
	if id := r.item.Version.ID; r.item.Outcome == ingest.OK && !seen[id] {
		seen[id] = true
		run.IDs = append(run.IDs, id)
	}
	if r.item.Outcome != ingest.OK && len(run.Notes) < maxNotes {
		run.Notes = append(run.Notes, Note{r.item.Where, r.item.Reason})
	}
	return nil
}

func (r *result) putLayers(b store.Batch) error {
	id := r.layers.ID
	if err := b.PutLayers(Stage, &r.layers); err != nil {
		return err
	}
	if err := b.PutDerived(digests, id, r.digest); err != nil {
		return err
	}
	if r.page.Key != "" {
		if err := b.PutDerived(pages, r.page.Key, r.page.Value); err != nil {
			return err
		}
	}
	return b.PutKeys(id, r.keys)
}

// Refresh makes the layers of versions that have none of this Stage: after a
// new release, when derived data was dropped, or when an earlier sighting of a
// version came in.
func (e Engine) Refresh(ctx context.Context) error {
	if err := e.renew(ctx); err != nil {
		return err
	}
	group := store.NewGroup(ctx, e.Store, store.GroupSize)
	defer group.Rollback()
	err := e.annotateAll(ctx, e.Store.Pending(ctx, Stage), func(r *result) error {
		return group.Do(func(b store.Batch) error { return r.putLayers(b) })
	})
	if err != nil {
		return err
	}
	return group.Flush()
}

// annotateAll annotates versions on all workers and hands them to put, one at
// a time and in no order.
func (e Engine) annotateAll(ctx context.Context, versions iter.Seq2[news.Version, error], put func(*result) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers := e.workers()
	todo := make(chan news.Version, workers)
	done := make(chan *result, workers)
	var readErr error
	go func() {
		defer close(todo)
		for v, err := range versions {
			if err != nil {
				readErr = err
				return
			}
			select {
			case todo <- v:
			case <-ctx.Done():
				return
			}
		}
	}()
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for v := range todo {
				r := &result{item: ingest.Item{Version: v}}
				r.annotate()
				select {
				case done <- r:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() { wg.Wait(); close(done) }()
	n := 0
	for r := range done {
		if err := put(r); err != nil {
			cancel()
			for range done { // let the workers end
			}
			return err
		}
		if n++; e.Progress != nil {
			e.Progress("annotate", n)
		}
	}
	return cmp.Or(readErr, ctx.Err())
}

// version loads a version and, with layers, the layers of it that are wanted;
// if there are none they are made.
func (e Engine) version(ctx context.Context, id string, layers func(context.Context, string, *news.Version) error) (*news.Version, error) {
	v, err := e.Store.Version(ctx, id)
	if err != nil {
		return nil, err
	}
	err = layers(ctx, Stage, &v)
	if errors.Is(err, store.ErrNotFound) {
		v = Annotate(v)
		err = nil
	}
	return &v, err
}

// Add stores versions that were made elsewhere (a benchmark, an import) and
// annotates them. ID and Capture are filled in.
func (e Engine) Add(ctx context.Context, versions iter.Seq[news.Version]) error {
	if err := e.renew(ctx); err != nil {
		return err
	}
	group := store.NewGroup(ctx, e.Store, store.GroupSize)
	defer group.Rollback()
	all := func(yield func(news.Version, error) bool) {
		for v := range versions {
			sum := sha256.Sum256([]byte(v.Text))
			v.Capture = hex.EncodeToString(sum[:])
			if v.ID == "" {
				v.ID = ingest.VersionID(v.Given.Outlet, v.Given.URL+" "+v.Name, v.Text)
			}
			if !yield(v, nil) {
				return
			}
		}
	}
	err := e.annotateAll(ctx, all, func(r *result) error {
		v := r.item.Version
		err := group.Do(func(b store.Batch) error {
			c := news.Capture{ID: v.Capture, Raw: []byte(v.Text), URL: v.Given.URL, Outlet: v.Given.Outlet, Fetched: v.Given.Fetched}
			if _, err := b.PutCapture(c); err != nil {
				return err
			}
			if added, err := b.PutVersion(v); err != nil || !added {
				return err
			}
			return r.putLayers(b)
		})
		if err != nil {
			return fmt.Errorf("store %s: %w", v.Name, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return group.Flush()
}
