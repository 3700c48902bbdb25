package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"
	"slices"
	"sort"
	"sync"

	"github.com/tracewire/tracewire/internal/annotate/sketch"
	"github.com/tracewire/tracewire/internal/ingest"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate/story"
	"github.com/tracewire/tracewire/internal/store"
)

// Stage names all rules that made the layers of a version. Layers of another
// name are made again.
const Stage = "annotate/1"

// digests is the kind of derived value under which story digests are kept.
const digests = "digest/1"

// Engine reads captures into a store and relates what is there. What it finds
// depends on which versions the store holds, never on the order in which they
// came or in how many runs.
type Engine struct {
	Store   store.Store
	Workers int // goroutines that annotate; 0 means one for each processor
	Options ingest.Options
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
	seq    int
	item   ingest.Item
	layers news.Version
	digest []byte
	keys   []uint64
}

// Read stores everything at paths ("-" is stdin) and annotates what is new.
// The error is the store's or the context's: bad inputs are counted in Run.
func (e Engine) Read(ctx context.Context, paths []string, stdin io.Reader) (Run, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers := e.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	type job struct {
		seq   int
		found ingest.Found
	}
	jobs := make(chan job, workers)
	results := make(chan result, workers)
	var walkErr error
	go func() {
		defer close(jobs)
		seq := 0
		walkErr = ingest.Captures(ctx, paths, stdin, e.Options, func(f ingest.Found) error {
			select {
			case jobs <- job{seq, f}:
				seq++
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for j := range jobs {
				r := result{seq: j.seq, item: j.found.Read(e.Options)}
				if r.item.Outcome == ingest.OK {
					r.annotate()
				}
				select {
				case results <- r:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() { wg.Wait(); close(results) }()

	var run Run
	group := store.NewGroup(ctx, e.Store, store.GroupSize)
	defer group.Rollback()
	seen := map[string]bool{}
	for r := range results {
		if err := e.keep(group, r, &run, seen); err != nil {
			cancel()
			for range results { // let the workers end
			}
			return run, err
		}
		if e.Progress != nil {
			e.Progress("read", run.Tally.In)
		}
	}
	if err := group.Flush(); err != nil {
		return run, err
	}
	if walkErr != nil {
		return run, walkErr
	}
	slices.Sort(run.IDs)
	sort.Slice(run.Notes, func(i, j int) bool { return run.Notes[i].Where < run.Notes[j].Where })
	return run, nil
}

// annotate makes the layers, the digest and the keys of an item.
func (r *result) annotate() {
	r.layers = Annotate(r.item.Version)
	r.digest, r.keys = summary(&r.layers)
}

// summary is what is kept of a version for relating it.
func summary(v *news.Version) (digest []byte, keys []uint64) {
	digest, err := json.Marshal(story.Digest(v))
	if err != nil {
		panic(err) // strings and numbers only
	}
	return digest, sketch.Keys(v.Sketch)
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
			return putLayers(b, &r.layers, r.digest, r.keys)
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

func putLayers(b store.Batch, v *news.Version, digest []byte, keys []uint64) error {
	if err := b.PutLayers(Stage, v); err != nil {
		return err
	}
	if err := b.PutDerived(digests, v.ID, digest); err != nil {
		return err
	}
	return b.PutKeys(v.ID, keys)
}

// Refresh makes the layers of versions that have none of this Stage: after a
// new release, or when derived data was dropped.
func (e Engine) Refresh(ctx context.Context) error {
	group := store.NewGroup(ctx, e.Store, store.GroupSize)
	defer group.Rollback()
	for v, err := range e.Store.Pending(ctx, Stage) {
		if err != nil {
			return err
		}
		r := result{item: ingest.Item{Version: v}}
		r.annotate()
		if err := group.Do(func(b store.Batch) error { return putLayers(b, &r.layers, r.digest, r.keys) }); err != nil {
			return err
		}
	}
	return group.Flush()
}

// version loads a version with its layers; layers that are missing are made.
func (e Engine) version(ctx context.Context, id string) (*news.Version, error) {
	v, err := e.Store.Version(ctx, id)
	if err != nil {
		return nil, err
	}
	err = e.Store.Layers(ctx, Stage, &v)
	if errors.Is(err, store.ErrNotFound) {
		v = Annotate(v)
		err = nil
	}
	return &v, err
}

// Add stores versions that were made elsewhere (a benchmark, an import) and
// annotates them. ID and Capture are filled in.
func (e Engine) Add(ctx context.Context, versions iter.Seq[news.Version]) error {
	group := store.NewGroup(ctx, e.Store, store.GroupSize)
	defer group.Rollback()
	for v := range versions {
		sum := sha256.Sum256([]byte(v.Text))
		c := news.Capture{ID: hex.EncodeToString(sum[:]), Raw: []byte(v.Text), URL: v.Given.URL, Outlet: v.Given.Outlet, Fetched: v.Given.Fetched}
		v.Capture = c.ID
		if v.ID == "" {
			v.ID = ingest.VersionID(v.Given.Outlet, v.Given.URL+" "+v.Name, v.Text)
		}
		r := result{item: ingest.Item{Version: v}}
		r.annotate()
		err := group.Do(func(b store.Batch) error {
			if _, err := b.PutCapture(c); err != nil {
				return err
			}
			if added, err := b.PutVersion(v); err != nil || !added {
				return err
			}
			return putLayers(b, &r.layers, r.digest, r.keys)
		})
		if err != nil {
			return fmt.Errorf("store %s: %w", v.Name, err)
		}
	}
	return group.Flush()
}
