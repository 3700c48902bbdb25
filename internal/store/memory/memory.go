// Package memory keeps everything in memory: for runs that leave nothing
// behind, and to test against.
package memory

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/store"
)

// Store is a store in memory. What it takes in and gives out is copied where
// a caller could change it later.
type Store struct {
	writing chan struct{} // holds one token: the right to write

	mu       sync.RWMutex
	closed   bool
	captures map[string]news.Capture
	held     map[string]store.Quarantined
	versions map[string]news.Version
	articles map[store.Article][]string // rising
	states   map[[2]string][]byte
	derived
}

// derived is what DropDerived forgets. Layers are kept encoded, so that nobody
// can reach into them, and are smaller for it.
type derived struct {
	layers   map[string]layers
	numbers  []string          // IDs, "" when dead
	numberOf map[string]uint32 // of IDs
	segments []segment
	overlaps map[store.Pair]news.Overlap
	pairsOf  map[string][]store.Pair
	values   map[[2]string][]byte
	cursors  map[string]string
}

// segment is postings packed as a file would hold them.
type segment struct {
	level, postings int
	parts           []store.Part
}

type layers struct {
	stage string
	blob  []byte
}

func emptyDerived() derived {
	return derived{
		layers: map[string]layers{}, numberOf: map[string]uint32{},
		overlaps: map[store.Pair]news.Overlap{}, pairsOf: map[string][]store.Pair{},
		values: map[[2]string][]byte{}, cursors: map[string]string{},
	}
}

var _ store.Store = (*Store)(nil)

// New makes an empty store.
func New() *Store {
	s := &Store{
		writing: make(chan struct{}, 1), captures: map[string]news.Capture{}, held: map[string]store.Quarantined{},
		versions: map[string]news.Version{}, articles: map[store.Article][]string{}, states: map[[2]string][]byte{}, derived: emptyDerived(),
	}
	s.writing <- struct{}{}
	return s
}

// Close forgets everything.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.captures, s.held, s.versions, s.articles, s.states, s.derived = nil, nil, nil, nil, nil, derived{}
	return nil
}

// read runs f under the lock that readers share.
func (s *Store) read(ctx context.Context, f func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return store.ErrClosed
	}
	return f()
}

func (s *Store) Capture(ctx context.Context, id string) (c news.Capture, err error) {
	err = s.read(ctx, func() (err error) {
		c, err = get(s.captures, id, "capture "+id)
		return err
	})
	if err != nil {
		return c, err
	}
	if sum := sha256.Sum256(c.Raw); hex.EncodeToString(sum[:]) != c.ID {
		return news.Capture{}, fmt.Errorf("capture %s: %w", id, store.ErrCorrupt)
	}
	c.Raw = slices.Clone(c.Raw)
	return c, nil
}

func (s *Store) Captures(ctx context.Context) iter.Seq2[news.Capture, error] {
	return each(ctx, s, func() []string { return slices.Sorted(maps.Keys(s.captures)) },
		func(id string) (news.Capture, error) { return get(s.captures, id, "capture "+id) })
}

func (s *Store) Quarantined(ctx context.Context) iter.Seq2[store.Quarantined, error] {
	return each(ctx, s, func() []string { return slices.Sorted(maps.Keys(s.held)) },
		func(id string) (store.Quarantined, error) { return get(s.held, id, "quarantined capture "+id) })
}

func (s *Store) Version(ctx context.Context, id string) (v news.Version, err error) {
	err = s.read(ctx, func() (err error) {
		v, err = get(s.versions, id, "version "+id)
		return err
	})
	return v, err
}

func (s *Store) Versions(ctx context.Context) iter.Seq2[news.Version, error] {
	return each(ctx, s, func() []string { return slices.Sorted(maps.Keys(s.versions)) },
		func(id string) (news.Version, error) { return get(s.versions, id, "version "+id) })
}

func (s *Store) Pending(ctx context.Context, stage string) iter.Seq2[news.Version, error] {
	return each(ctx, s, func() []string {
		var ids []string
		for id := range s.versions {
			if l, ok := s.layers[id]; !ok || l.stage != stage {
				ids = append(ids, id)
			}
		}
		slices.Sort(ids)
		return ids
	}, func(id string) (news.Version, error) { return get(s.versions, id, "version "+id) })
}

func (s *Store) ArticleVersions(ctx context.Context, a store.Article) (ids []string, err error) {
	err = s.read(ctx, func() error {
		ids = slices.Clone(s.articles[a])
		return nil
	})
	return ids, err
}

func (s *Store) Count(ctx context.Context) (n store.Count, err error) {
	err = s.read(ctx, func() error {
		n = store.Count{
			Captures: len(s.captures), Quarantined: len(s.held), Versions: len(s.versions),
			Layers: len(s.layers), Overlaps: len(s.overlaps),
		}
		return nil
	})
	return n, err
}

func (s *Store) Layers(ctx context.Context, stage string, v *news.Version) error {
	return s.layersBy(ctx, stage, v, store.DecodeLayers)
}

func (s *Store) Outline(ctx context.Context, stage string, v *news.Version) error {
	return s.layersBy(ctx, stage, v, store.DecodeOutline)
}

func (s *Store) layersBy(ctx context.Context, stage string, v *news.Version, decode func([]byte, *news.Version) error) error {
	var l layers
	err := s.read(ctx, func() (err error) {
		l, err = get(s.layers, v.ID, "layers of "+v.ID)
		if err == nil && l.stage != stage {
			err = fmt.Errorf("layers of %s by %s: %w", v.ID, stage, store.ErrNotFound)
		}
		return err
	})
	if err != nil {
		return err
	}
	return decode(l.blob, v)
}

func (s *Store) Numbers(ctx context.Context) (ids []string, err error) {
	err = s.read(ctx, func() error {
		ids = slices.Clone(s.numbers)
		return nil
	})
	return ids, err
}

func (s *Store) Buckets(ctx context.Context, keys []uint64, limit int) iter.Seq2[store.Bucket, error] {
	return func(yield func(store.Bucket, error) bool) {
		keys := slices.Compact(slices.Sorted(slices.Values(keys)))
		segments, g, err := s.index(ctx, 1, limit)
		var found []store.Posting
		for _, x := range segments {
			for i, p := range x.parts {
				from, _ := slices.BinarySearch(keys, p.First)
				to := len(keys)
				if i+1 < len(x.parts) {
					to, _ = slices.BinarySearch(keys, x.parts[i+1].First)
				}
				if from < to && err == nil {
					found, err = store.FindPostings(found, p.Body, keys[from:to])
				}
			}
		}
		slices.SortFunc(found, store.ComparePostings)
		g.Run(ctx, yield, func(add func(store.Posting) error) error {
			return cmp.Or(err, store.Each(found, add))
		})
	}
}

// index is the segments as they are now, which never change, and what gathers
// their postings.
func (s *Store) index(ctx context.Context, least, limit int) (segments []segment, g store.Gather, err error) {
	err = s.read(ctx, func() error {
		segments = slices.Clone(s.segments)
		numbers := slices.Clone(s.numbers)
		g = store.Gather{
			Dead:  func(n uint32) bool { return int(n) < len(numbers) && numbers[n] == "" },
			Least: least, Limit: max(limit, 0),
		}
		return nil
	})
	return segments, g, err
}

func (s *Store) SharedBuckets(ctx context.Context, limit int) iter.Seq2[store.Bucket, error] {
	return func(yield func(store.Bucket, error) bool) {
		segments, g, err := s.index(ctx, 2, limit)
		var runs []*store.Run
		for _, x := range segments {
			runs = append(runs, x.run())
		}
		g.Run(ctx, yield, func(add func(store.Posting) error) error {
			if err != nil {
				return err
			}
			return store.Merge(runs, add)
		})
	}
}

// run reads a segment.
func (g segment) run() *store.Run {
	i := 0
	return &store.Run{Next: func() ([]byte, error) {
		if i >= len(g.parts) {
			return nil, nil
		}
		i++
		return g.parts[i-1].Body, nil
	}}
}

// putKeys adds postings as one segment and merges what is to be merged.
func (d *derived) putKeys(list []store.Posting) error {
	slices.SortFunc(list, store.ComparePostings)
	add := func(merge func(func(store.Posting) error) error) error {
		g := segment{}
		p := store.Packer{Put: func(x store.Part) error {
			g.parts = append(g.parts, x)
			return nil
		}}
		err := merge(func(x store.Posting) error {
			g.postings++
			return p.Add(x)
		})
		if err = cmp.Or(err, p.Flush()); err == nil && g.postings > 0 {
			g.level = store.SegmentLevel(g.postings)
			d.segments = append(d.segments, g)
		}
		return err
	}
	err := add(func(yield func(store.Posting) error) error { return store.Each(list, yield) })
	for err == nil {
		levels := make([]int, len(d.segments))
		for i, g := range d.segments {
			levels[i] = g.level
		}
		at := store.Mergeable(levels)
		if len(at) == 0 {
			break
		}
		var runs []*store.Run
		for _, i := range at {
			runs = append(runs, d.segments[i].run())
		}
		kept := make([]segment, 0, len(d.segments))
		for i, g := range d.segments {
			if !slices.Contains(at, i) {
				kept = append(kept, g)
			}
		}
		d.segments = kept
		err = add(func(yield func(store.Posting) error) error { return store.Merge(runs, yield) })
	}
	return err
}

func (s *Store) Overlap(ctx context.Context, p store.Pair) (o news.Overlap, err error) {
	err = s.read(ctx, func() (err error) {
		o, err = s.overlap(p)
		return err
	})
	return o, err
}

// overlap returns a copy; the lock must be held.
func (s *Store) overlap(p store.Pair) (news.Overlap, error) {
	o, ok := s.overlaps[p]
	if !ok {
		return o, fmt.Errorf("overlap of %s and %s: %w", p.A, p.B, store.ErrNotFound)
	}
	o.Passages = slices.Clone(o.Passages)
	return o, nil
}

func (s *Store) Overlaps(ctx context.Context) iter.Seq2[store.PairOverlap, error] {
	return s.overlapsOf(ctx, func() []store.Pair { return slices.Collect(maps.Keys(s.overlaps)) })
}

func (s *Store) OverlapsOf(ctx context.Context, id string) iter.Seq2[store.PairOverlap, error] {
	return s.overlapsOf(ctx, func() []store.Pair { return slices.Clone(s.pairsOf[id]) })
}

func (s *Store) overlapsOf(ctx context.Context, pairs func() []store.Pair) iter.Seq2[store.PairOverlap, error] {
	return each(ctx, s, func() []store.Pair { return slices.SortedFunc(slices.Values(pairs()), comparePairs) },
		func(p store.Pair) (store.PairOverlap, error) {
			o, err := s.overlap(p)
			return store.PairOverlap{Pair: p, Overlap: o}, err
		})
}

func comparePairs(p, q store.Pair) int {
	return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B))
}

func (s *Store) Derived(ctx context.Context, kind, key string) ([]byte, error) {
	return s.value(ctx, func() map[[2]string][]byte { return s.values }, kind, key)
}

func (s *Store) DerivedAll(ctx context.Context, kind string) iter.Seq2[store.KeyValue, error] {
	return s.allValues(ctx, func() map[[2]string][]byte { return s.values }, kind)
}

func (s *Store) State(ctx context.Context, kind, key string) ([]byte, error) {
	return s.value(ctx, func() map[[2]string][]byte { return s.states }, kind, key)
}

func (s *Store) States(ctx context.Context, kind string) iter.Seq2[store.KeyValue, error] {
	return s.allValues(ctx, func() map[[2]string][]byte { return s.states }, kind)
}

// value looks into a table; which one is asked under the lock, as DropDerived
// makes new ones.
func (s *Store) value(ctx context.Context, table func() map[[2]string][]byte, kind, key string) (value []byte, err error) {
	err = s.read(ctx, func() (err error) {
		value, err = get(table(), [2]string{kind, key}, kind+" "+key)
		return err
	})
	return bytes.Clone(value), err
}

func (s *Store) allValues(ctx context.Context, table func() map[[2]string][]byte, kind string) iter.Seq2[store.KeyValue, error] {
	return each(ctx, s, func() []string {
		var keys []string
		for k := range table() {
			if k[0] == kind {
				keys = append(keys, k[1])
			}
		}
		slices.Sort(keys)
		return keys
	}, func(key string) (store.KeyValue, error) {
		v, err := get(table(), [2]string{kind, key}, kind+" "+key)
		return store.KeyValue{Key: key, Value: bytes.Clone(v)}, err
	})
}

func (s *Store) Cursor(ctx context.Context, name string) (value string, err error) {
	err = s.read(ctx, func() error {
		value = s.cursors[name]
		return nil
	})
	return value, err
}

// DropDerived waits for the open batch, as a batch would.
func (s *Store) DropDerived(ctx context.Context) error {
	b, err := s.Begin(ctx)
	if err != nil {
		return err
	}
	defer b.Rollback()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.derived = emptyDerived()
	return nil
}

// forget drops the layers, keys and overlaps of a version.
func (d *derived) forget(id string) {
	delete(d.layers, id)
	if n, ok := d.numberOf[id]; ok {
		d.numbers[n] = ""
		delete(d.numberOf, id)
	}
	for _, p := range d.pairsOf[id] {
		delete(d.overlaps, p)
		other := p.A
		if other == id {
			other = p.B
		}
		d.pairsOf[other] = slices.DeleteFunc(d.pairsOf[other], func(q store.Pair) bool { return q == p })
	}
	delete(d.pairsOf, id)
}

func get[K comparable, V any](m map[K]V, key K, what string) (V, error) {
	v, ok := m[key]
	if !ok {
		return v, fmt.Errorf("%s: %w", what, store.ErrNotFound)
	}
	return v, nil
}

// each runs over the keys as they are now and looks up each one when it is
// its turn; what was dropped meanwhile is passed over.
func each[K, V any](ctx context.Context, s *Store, keys func() []K, value func(K) (V, error)) iter.Seq2[V, error] {
	return func(yield func(V, error) bool) {
		var zero V
		var list []K
		err := s.read(ctx, func() error {
			list = keys()
			return nil
		})
		if err != nil {
			yield(zero, err)
			return
		}
		for _, k := range list {
			var v V
			err := s.read(ctx, func() (err error) {
				v, err = value(k)
				return err
			})
			if errorIsNotFound(err) {
				continue
			}
			if !yield(v, err) || err != nil {
				return
			}
		}
	}
}
