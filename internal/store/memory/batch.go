package memory

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/store"
)

// batch gathers what is put; Commit moves it over under the lock, so that
// readers see all of it or nothing.
type batch struct {
	ctx      context.Context
	s        *Store // nil when the batch has ended
	captures map[string]news.Capture
	held     map[string]store.Quarantined
	versions map[string]news.Version
	apply    []func() // the derived data, in the order in which it came
	keys     []store.Posting
}

func errorIsNotFound(err error) bool { return errors.Is(err, store.ErrNotFound) }

func (s *Store) Begin(ctx context.Context) (store.Batch, error) {
	if err := s.read(ctx, func() error { return nil }); err != nil {
		return nil, err
	}
	select {
	case <-s.writing:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return &batch{
		ctx: ctx, s: s, captures: map[string]news.Capture{},
		held: map[string]store.Quarantined{}, versions: map[string]news.Version{},
	}, nil
}

var errEnded = errors.New("store: the batch has ended")

func (b *batch) ready() error {
	if b.s == nil {
		return errEnded
	}
	return b.ctx.Err()
}

func (b *batch) PutCapture(c news.Capture) (bool, error) {
	if err := errors.Join(b.ready(), store.CheckID("capture", c.ID)); err != nil {
		return false, err
	}
	if b.hasCapture(c.ID) {
		return false, nil
	}
	if q, ok := b.heldCapture(c.ID); ok {
		c = q.Capture
		delete(b.held, c.ID)
	}
	c.Raw = bytes.Clone(c.Raw)
	b.captures[c.ID] = c
	return true, nil
}

func (b *batch) PutQuarantined(q store.Quarantined) (bool, error) {
	if err := errors.Join(b.ready(), store.CheckID("capture", q.Capture.ID)); err != nil {
		return false, err
	}
	if _, held := b.heldCapture(q.Capture.ID); held || b.hasCapture(q.Capture.ID) {
		return false, nil
	}
	q.Capture.Raw = bytes.Clone(q.Capture.Raw)
	b.held[q.Capture.ID] = q
	return true, nil
}

func (b *batch) hasCapture(id string) bool {
	b.s.mu.RLock()
	defer b.s.mu.RUnlock()
	_, kept := b.s.captures[id]
	_, open := b.captures[id]
	return kept || open
}

func (b *batch) heldCapture(id string) (store.Quarantined, bool) {
	b.s.mu.RLock()
	defer b.s.mu.RUnlock()
	if q, open := b.held[id]; open {
		return q, true
	}
	q, kept := b.s.held[id]
	return q, kept
}

func (b *batch) version(id string) (news.Version, bool) {
	b.s.mu.RLock()
	defer b.s.mu.RUnlock()
	if v, open := b.versions[id]; open {
		return v, true
	}
	v, kept := b.s.versions[id]
	return v, kept
}

func (b *batch) PutVersion(v news.Version) (bool, error) {
	if err := errors.Join(b.ready(), store.CheckID("version", v.ID)); err != nil {
		return false, err
	}
	if !b.hasCapture(v.Capture) {
		return false, fmt.Errorf("version %s: its capture %q: %w", v.ID, v.Capture, store.ErrNotFound)
	}
	v = news.Version{ID: v.ID, Name: v.Name, Capture: v.Capture, Text: v.Text, Given: v.Given}
	v.Given.Bylines = slices.Clone(v.Given.Bylines)
	v.Given.Dates = slices.Clone(v.Given.Dates)
	old, known := b.version(v.ID)
	if known && !store.Precedes(&v, &old) {
		return false, nil
	}
	b.versions[v.ID] = v
	if known {
		b.apply = append(b.apply, func() { b.s.forget(v.ID) })
	}
	return !known, nil
}

func (b *batch) PutLayers(stage string, v *news.Version) error {
	if err := errors.Join(b.ready(), b.known(v.ID)); err != nil {
		return err
	}
	id, l := v.ID, layers{stage, store.EncodeLayers(v)}
	b.apply = append(b.apply, func() { b.s.layers[id] = l })
	return nil
}

// known tells whether a version is there to which derived data can belong.
func (b *batch) known(id string) error {
	if err := store.CheckID("version", id); err != nil {
		return err
	}
	if _, ok := b.version(id); !ok {
		return fmt.Errorf("version %s: %w", id, store.ErrNotFound)
	}
	return nil
}

func (b *batch) PutKeys(version string, keys []uint64) error {
	if err := errors.Join(b.ready(), b.known(version)); err != nil {
		return err
	}
	keys = slices.Clone(keys)
	b.apply = append(b.apply, func() {
		n, known := b.s.numberOf[version]
		if !known {
			n = uint32(len(b.s.numbers))
			b.s.numbers = append(b.s.numbers, version)
			b.s.numberOf[version] = n
		}
		for _, k := range keys {
			b.keys = append(b.keys, store.Posting{Key: k, Number: n})
		}
	})
	return nil
}

// insert keeps a rising list without doubles.
func insert(list []string, id string) []string {
	i, found := slices.BinarySearch(list, id)
	if found {
		return list
	}
	return slices.Insert(list, i, id)
}

func (b *batch) PutOverlap(p store.Pair, o news.Overlap) error {
	if err := errors.Join(b.ready(), store.CheckPair(p)); err != nil {
		return err
	}
	if err := errors.Join(b.known(p.A), b.known(p.B)); err != nil {
		return err
	}
	o.Passages = slices.Clone(o.Passages)
	b.apply = append(b.apply, func() {
		if _, ok := b.s.overlaps[p]; !ok {
			b.s.pairsOf[p.A] = append(b.s.pairsOf[p.A], p)
			b.s.pairsOf[p.B] = append(b.s.pairsOf[p.B], p)
		}
		b.s.overlaps[p] = o
	})
	return nil
}

func (b *batch) PutDerived(kind, key string, value []byte) error {
	return b.putValue(func() map[[2]string][]byte { return b.s.values }, kind, key, value)
}

func (b *batch) PutState(kind, key string, value []byte) error {
	return b.putValue(func() map[[2]string][]byte { return b.s.states }, kind, key, value)
}

func (b *batch) putValue(table func() map[[2]string][]byte, kind, key string, value []byte) error {
	if err := b.ready(); err != nil {
		return err
	}
	value = bytes.Clone(value)
	b.apply = append(b.apply, func() {
		if value == nil {
			delete(table(), [2]string{kind, key})
		} else {
			table()[[2]string{kind, key}] = value
		}
	})
	return nil
}

func (b *batch) SetCursor(name, value string) error {
	if err := b.ready(); err != nil {
		return err
	}
	b.apply = append(b.apply, func() { b.s.cursors[name] = value })
	return nil
}

func (b *batch) Commit() error {
	if err := b.ready(); err != nil {
		return err
	}
	s := b.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return store.ErrClosed
	}
	for id, c := range b.captures {
		s.captures[id] = c
		delete(s.held, id)
	}
	for id, q := range b.held {
		s.held[id] = q
	}
	for id, v := range b.versions {
		s.versions[id] = v
		a := store.ArticleOf(&v)
		s.articles[a] = insert(s.articles[a], id)
	}
	for _, f := range b.apply {
		f()
	}
	err := s.putKeys(b.keys)
	b.end()
	return err
}

func (b *batch) Rollback() error {
	if b.s != nil {
		b.end()
	}
	return nil
}

func (b *batch) end() {
	s := b.s
	b.s = nil
	s.writing <- struct{}{}
}
