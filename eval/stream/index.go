package stream

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/tracewire/tracewire/internal/annotate/sketch"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/store"
)

// IndexCost is what keys cost in a store that holds a number of articles: CPU
// time for each article since the size before, of the search for each of the
// last window.
type IndexCost struct {
	Articles int
	Sketch   time.Duration // making the sketch and its keys; 0 for bare keys
	Put      time.Duration // keeping the keys, merges and commits included
	Scan     time.Duration // finding all that share some, as relate does: of each article in the store
	Search   time.Duration // looking up who shares the keys of a window of new ones
	// Recall is how many of the window's pickups share a key with what they
	// were made of; Keys is the keys and Met the other versions met in
	// buckets, an article.
	Recall    Share
	Keys, Met float64
	Slowest   time.Duration // longest commit of a batch since the last size
	Bytes     int64         // of the keys in the store
}

// Batch is the CPU time of an article when the whole store is related, New of
// one that is looked up with the rest of its window.
func (c IndexCost) Batch() time.Duration { return c.Sketch + c.Put + c.Scan }

// New is sketch, keys and look-up.
func (c IndexCost) New() time.Duration { return c.Sketch + c.Put + c.Search }

// keyed is an article as the index knows it.
type keyed struct {
	version news.Version // with a text, to be sketched, or without
	keys    []uint64
	parent  int // -1 for none
	pickup  bool
}

// sized invents the articles' texts.
func sized(c Config) func(func(keyed) bool) {
	return func(yield func(keyed) bool) {
		for a := range c.Invent() {
			k := keyed{version: news.Version{Text: a.Text}, parent: -1}
			if a.Parent != nil {
				k.parent, k.pickup = a.Parent.Number, true
			}
			if !yield(k) {
				return
			}
		}
	}
}

// Keys of a report of 350 words: bands of MinHash bins and anchors.
const (
	bareBands   = 40
	bareAnchors = 43
)

// bare invents no texts but keys, as many as reports of 350 words have: those
// of pickups are in part those of an article of the last few thousand. It is
// for sizes at which writing the texts would take most of the time.
func bare(c Config) func(func(keyed) bool) {
	return func(yield func(keyed) bool) {
		const lately = 5000
		r := rand.New(rand.NewPCG(c.Seed, 1))
		var last [lately][]uint64
		for n := range c.Articles {
			k := keyed{keys: make([]uint64, bareBands+bareAnchors), parent: -1}
			for i := range k.keys {
				k.keys[i] = r.Uint64() >> 20
			}
			if n > 0 && chance(r, .3) {
				k.pickup = true
				k.parent = n - 1 - r.IntN(min(n, lately))
				kept := []float64{.95, .95, .6, .4, .15}[r.IntN(5)]
				for i, key := range last[k.parent%lately] {
					if chance(r, kept) {
						k.keys[i] = key
					}
				}
			}
			last[n%lately] = k.keys
			if !yield(k) {
				return
			}
		}
	}
}

// MeasureIndex puts a stream's keys into a store and reports the cost at each
// of the sizes, which rise; size tells the bytes that keys take. With texts the
// articles are written and sketched, without them keys are made up; measured is
// told after each size. Versions
// are put without their texts: they are not what is measured.
func MeasureIndex(ctx context.Context, s store.Store, c Config, texts bool, batch int, sizes []int, size func(context.Context) (int64, error), measured func([]IndexCost) error) ([]IndexCost, error) {
	// Commits are of batch articles; who shares their keys is asked for a
	// window at a time, as one would when an archive is read.
	const window, limit = 10000, 1024
	c.Articles = sizes[len(sizes)-1]
	articles := sized(c)
	if !texts {
		articles = bare(c)
	}
	var out []IndexCost
	var chunk, lately []keyed
	now := IndexCost{}
	var failed error
	n := 0
	first := map[string]bool{}
	flush := func() error {
		from, to := n-len(chunk), n
		at, _ := slices.BinarySearch(sizes, to)
		late := at < len(sizes) && to > sizes[at]-min(window, sizes[at])
		b, err := s.Begin(ctx)
		if err != nil {
			return err
		}
		defer b.Rollback()
		capture := news.Capture{ID: fmt.Sprintf("%064x", 1), Raw: []byte{}}
		if !first["capture"] {
			first["capture"] = true
			if _, err := b.PutCapture(capture); err != nil {
				return err
			}
		}
		for i := range chunk {
			var id [16]byte
			binary.BigEndian.PutUint64(id[:], uint64(from+i)*0x9e3779b97f4a7c15)
			binary.BigEndian.PutUint64(id[8:], uint64(from+i))
			chunk[i].version.ID = hex.EncodeToString(id[:])
			if _, err := b.PutVersion(news.Version{ID: chunk[i].version.ID, Capture: capture.ID}); err != nil {
				return err
			}
		}
		t0 := cpuTime()
		if texts {
			for i := range chunk {
				chunk[i].version.Sketch = sketch.Find(&chunk[i].version)
				chunk[i].keys = sketch.Keys(chunk[i].version.Sketch)
			}
		}
		t1, wall := cpuTime(), time.Now()
		for i := range chunk {
			if err := b.PutKeys(chunk[i].version.ID, chunk[i].keys); err != nil {
				return err
			}
		}
		if err := b.Commit(); err != nil {
			return err
		}
		now.Slowest = max(now.Slowest, time.Since(wall))
		t2 := cpuTime()
		now.Sketch += t1 - t0
		now.Put += t2 - t1
		if late {
			lately = append(lately, chunk...)
		}
		if at < len(sizes) && to == sizes[at] {
			var asked []uint64
			for i := range lately {
				asked = append(asked, lately[i].keys...)
			}
			keys := len(asked)
			t2 := cpuTime()
			met := meeting{cost: &now, chunk: lately, from: to - len(lately), found: make([]bool, len(lately))}
			for b, err := range s.Buckets(ctx, asked, limit) {
				if err != nil {
					return err
				}
				met.see(b)
			}
			now.Search = cpuTime() - t2
			now.Keys = float64(keys)
			t3 := cpuTime()
			for _, err := range s.SharedBuckets(ctx, limit) {
				if err != nil {
					return err
				}
			}
			now.Scan = (cpuTime() - t3) / time.Duration(to)
			for i, k := range lately {
				if k.pickup {
					now.Recall.count(met.found[i])
				}
			}
			w := time.Duration(len(lately))
			now.Articles = to
			if now.Bytes, err = size(ctx); err != nil {
				return err
			}
			now.Search /= w
			since := time.Duration(to)
			if at > 0 {
				since -= time.Duration(sizes[at-1])
			}
			now.Sketch, now.Put = now.Sketch/since, now.Put/since
			now.Keys, now.Met = now.Keys/float64(w), now.Met/float64(w)
			out = append(out, now)
			if measured != nil {
				if err := measured(out); err != nil {
					return err
				}
			}
			now, lately = IndexCost{}, nil
		}
		chunk = chunk[:0]
		return nil
	}
	articles(func(k keyed) bool {
		chunk = append(chunk, k)
		if n++; len(chunk) == batch || slices.Contains(sizes, n) {
			failed = flush()
		}
		return failed == nil
	})
	return out, failed
}

// meeting counts who met whom in buckets.
type meeting struct {
	cost  *IndexCost
	chunk []keyed
	from  int // number of the chunk's first article
	found []bool
}

// see looks at a bucket. Numbers are given from 1 in the order of putting.
func (m *meeting) see(b store.Bucket) {
	if len(b.Numbers) < 2 {
		return
	}
	i, _ := slices.BinarySearch(b.Numbers, uint32(m.from)+1)
	for _, n := range b.Numbers[i:] {
		i := int(n) - 1 - m.from
		m.cost.Met += float64(len(b.Numbers) - 1)
		if p := m.chunk[i].parent; p >= 0 && !m.found[i] {
			_, m.found[i] = slices.BinarySearch(b.Numbers, uint32(p)+1)
		}
	}
}

// String is a line for a log.
func (c IndexCost) String() string {
	return fmt.Sprintf("%d articles: sketch %.1f, keep %.1f, scan %.1f, look up %.1f µs, recall %.4f of %d, %.0f keys, %.1f met, slowest commit %s, %d bytes each",
		c.Articles, micro(c.Sketch), micro(c.Put), micro(c.Scan), micro(c.Search), c.Recall.Value(), c.Recall.All, c.Keys, c.Met, c.Slowest.Round(time.Millisecond), c.Bytes/int64(max(1, c.Articles)))
}
