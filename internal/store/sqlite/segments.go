package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"

	"github.com/tracewire/tracewire/internal/store"
)

// segment is a row of segments.
type segment struct {
	id              int64
	level, postings int
	parts           []partAt
	hints           []int64 // of each store.HintParts parts; none of a small segment
}

// partAt says where a part of a segment is.
type partAt struct {
	first uint64
	id    int64
}

func scanSegment(r *sql.Rows) (g segment, err error) {
	var dir, hints []byte
	if err := r.Scan(&g.id, &g.level, &g.postings, &dir, &hints); err != nil {
		return g, err
	}
	g.parts = make([]partAt, len(dir)/16)
	for i := range g.parts {
		g.parts[i] = partAt{binary.BigEndian.Uint64(dir[16*i:]), int64(binary.BigEndian.Uint64(dir[16*i+8:]))}
	}
	g.hints = make([]int64, len(hints)/8)
	for i := range g.hints {
		g.hints[i] = int64(binary.BigEndian.Uint64(hints[8*i:]))
	}
	return g, nil
}

// scanned runs a statement of a transaction, or of the store.
func scanned[T any](ctx context.Context, st *sql.Stmt, path string, scan func(*sql.Rows) (T, error)) ([]T, error) {
	r, err := st.QueryContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the store %s: %w", path, err)
	}
	defer r.Close()
	var out []T
	for r.Next() {
		x, err := scan(r)
		if err != nil {
			return nil, fmt.Errorf("read the store %s: %w", path, err)
		}
		out = append(out, x)
	}
	return out, r.Err()
}

// run reads the parts of g with the statement get.
func (g segment) run(ctx context.Context, get *sql.Stmt) *store.Run {
	i := 0
	return &store.Run{Next: func() ([]byte, error) {
		if i >= len(g.parts) {
			return nil, nil
		}
		i++
		return body(ctx, get, g.parts[i-1].id)
	}}
}

// body reads a part, or hints.
func body(ctx context.Context, get *sql.Stmt, id int64) (body []byte, err error) {
	if err := get.QueryRowContext(ctx, id).Scan(&body); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			err = store.ErrCorrupt
		}
		return nil, fmt.Errorf("part %d of the keys: %w", id, err)
	}
	return body, nil
}

// writeSegment writes the keys of the batch as one segment, and merges what
// is to be merged.
func (b *batch) writeSegment() error {
	if len(b.keys) == 0 {
		return nil
	}
	slices.SortFunc(b.keys, store.ComparePostings)
	list := b.keys
	b.keys = nil
	err := b.addSegment(len(list), func(yield func(store.Posting) error) error { return store.Each(list, yield) })
	for err == nil {
		var merged bool
		if merged, err = b.mergeSegments(); !merged {
			break
		}
	}
	return err
}

// addSegment writes what from yields, about so many postings, as a segment.
func (b *batch) addSegment(about int, from func(yield func(store.Posting) error) error) error {
	var dir, hints, group []byte
	n, grouped := 0, 0
	put := func(q string, body []byte, list []byte) ([]byte, error) {
		r, err := b.statement(q).ExecContext(b.ctx, body)
		if err != nil {
			return list, fmt.Errorf("write to the store %s: %w", b.s.path, err)
		}
		id, err := r.LastInsertId()
		return binary.BigEndian.AppendUint64(list, uint64(id)), err
	}
	putHints := func() (err error) {
		if grouped > 0 {
			hints, err = put(putHint, group, hints)
			group, grouped = group[:0], 0
		}
		return err
	}
	p := store.Packer{Hints: about >= store.HintedFrom, Put: func(x store.Part) (err error) {
		dir = binary.BigEndian.AppendUint64(dir, x.First)
		if dir, err = put(putPart, x.Body, dir); err != nil || x.Hint == nil {
			return err
		}
		group = append(group, x.Hint...)
		if grouped++; grouped == store.HintParts {
			err = putHints()
		}
		return err
	}}
	err := from(func(x store.Posting) error {
		n++
		return p.Add(x)
	})
	if err = cmp.Or(err, p.Flush()); err != nil || n == 0 {
		return err
	}
	if err := putHints(); err != nil {
		return err
	}
	if hints == nil {
		hints = []byte{}
	}
	_, err = b.exec(putSegment, store.SegmentLevel(n), n, dir, hints)
	return err
}

// mergeSegments merges the segments of a level that is full, if one is.
func (b *batch) mergeSegments() (bool, error) {
	all, err := scanned(b.ctx, b.statement(listSegments), b.s.path, scanSegment)
	if err != nil {
		return false, err
	}
	levels := make([]int, len(all))
	for i, g := range all {
		levels[i] = g.level
	}
	at := store.Mergeable(levels)
	if len(at) == 0 {
		return false, nil
	}
	var runs []*store.Run
	about := 0
	for _, i := range at {
		runs = append(runs, all[i].run(b.ctx, b.statement(getPart)))
		about += all[i].postings
	}
	if err := b.addSegment(about, func(yield func(store.Posting) error) error { return store.Merge(runs, yield) }); err != nil {
		return false, err
	}
	for _, i := range at {
		for _, p := range all[i].parts {
			if _, err := b.exec(noPart, p.id); err != nil {
				return false, err
			}
		}
		for _, h := range all[i].hints {
			if _, err := b.exec(noHint, h); err != nil {
				return false, err
			}
		}
		if _, err := b.exec(noSegment, all[i].id); err != nil {
			return false, err
		}
	}
	return true, nil
}

func scanNumber(r *sql.Rows) (n numbered, err error) {
	err = r.Scan(&n.number, &n.version)
	return n, err
}

type numbered struct {
	number  uint32
	version []byte
}

func (s *Store) Numbers(ctx context.Context) ([]string, error) {
	list, err := rows(ctx, s, listNumbers, scanNumber)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	ids := make([]string, list[len(list)-1].number+1)
	for _, n := range list {
		ids[n.number] = hex.EncodeToString(n.version)
	}
	return ids, nil
}

// KeyBytes is about how much of the file the keys take, with their numbers: 52
// bytes each in a row and an index. While segments are merged, and until the
// room is used again, the file is larger by what was merged.
func (s *Store) KeyBytes(ctx context.Context) (int64, error) {
	return one(ctx, s, "size of the keys", keyBytes, func(r *sql.Rows) (n int64, err error) {
		err = r.Scan(&n)
		return n, err
	})
}

// snapshot opens a reading transaction, in which segments and their parts stay
// as they are, and tells which numbers are dead.
func (s *Store) snapshot(ctx context.Context) (tx *sql.Tx, all []segment, dead func(uint32) bool, err error) {
	if s.closed.Load() {
		return nil, nil, nil, store.ErrClosed
	}
	if tx, err = s.read.BeginTx(ctx, nil); err != nil {
		return nil, nil, nil, fmt.Errorf("read the store %s: %w", s.path, err)
	}
	if all, err = scanned(ctx, tx.StmtContext(ctx, s.r[listSegments]), s.path, scanSegment); err == nil {
		gone := map[uint32]bool{}
		_, err = scanned(ctx, tx.StmtContext(ctx, s.r[listDead]), s.path, func(r *sql.Rows) (struct{}, error) {
			var n uint32
			err := r.Scan(&n)
			gone[n] = true
			return struct{}{}, err
		})
		dead = func(n uint32) bool { return len(gone) > 0 && gone[n] }
	}
	if err != nil {
		tx.Rollback()
		return nil, nil, nil, err
	}
	return tx, all, dead, nil
}

func (s *Store) Buckets(ctx context.Context, keys []uint64, limit int) iter.Seq2[store.Bucket, error] {
	return func(yield func(store.Bucket, error) bool) {
		tx, all, dead, err := s.snapshot(ctx)
		if err != nil {
			yield(store.Bucket{}, err)
			return
		}
		defer tx.Rollback()
		keys := slices.Compact(slices.Sorted(slices.Values(keys)))
		found := make([]store.Posting, 0, len(keys))
		l := look{ctx: ctx, s: s, part: tx.StmtContext(ctx, s.r[getPart]), hint: tx.StmtContext(ctx, s.r[getHint])}
		for _, x := range all {
			if found, err = l.find(found, x, keys); err != nil {
				yield(store.Bucket{}, err)
				return
			}
		}
		slices.SortFunc(found, store.ComparePostings)
		g := store.Gather{Dead: dead, Least: 1, Limit: max(limit, 0)}
		g.Run(ctx, yield, func(add func(store.Posting) error) error { return store.Each(found, add) })
	}
}

// look reads parts and hints in one transaction.
type look struct {
	ctx        context.Context
	s          *Store
	part, hint *sql.Stmt
	may        []uint64
}

// find appends what a segment has of the keys, which rise.
func (l *look) find(found []store.Posting, g segment, keys []uint64) ([]store.Posting, error) {
	var hints []byte // from those of the part at on
	at := -1
	for len(keys) > 0 {
		// The part that the next key may be in, and all keys before the one after it.
		i, exact := slices.BinarySearchFunc(g.parts, keys[0], func(p partAt, k uint64) int { return cmp.Compare(p.first, k) })
		if !exact {
			i--
		}
		to := len(keys)
		if i+1 < len(g.parts) {
			to, _ = slices.BinarySearch(keys, g.parts[i+1].first)
		}
		may := keys[:to]
		keys = keys[to:]
		if i < 0 {
			continue
		}
		var err error
		if len(g.hints) > 0 {
			if at < 0 || i/store.HintParts != at/store.HintParts {
				at = i - i%store.HintParts
				// Numbers below zero are those of hints in the cache.
				id := g.hints[i/store.HintParts]
				hints, err = l.s.parts.get(-id, func() ([]byte, error) { return body(l.ctx, l.hint, id) })
			}
			for ; at < i && err == nil; at++ {
				hints, err = store.SkipHint(hints)
			}
			if err == nil {
				may, err = store.MayHave(l.may[:0], hints, g.parts[i].first, may)
				l.may = may
			}
			if err != nil {
				return found, err
			}
		}
		if len(may) == 0 {
			continue
		}
		part, err := l.s.parts.get(g.parts[i].id, func() ([]byte, error) { return body(l.ctx, l.part, g.parts[i].id) })
		if err == nil {
			found, err = store.FindPostings(found, part, may)
		}
		if err != nil {
			return found, err
		}
	}
	return found, nil
}

func (s *Store) SharedBuckets(ctx context.Context, limit int) iter.Seq2[store.Bucket, error] {
	return func(yield func(store.Bucket, error) bool) {
		tx, all, dead, err := s.snapshot(ctx)
		if err != nil {
			yield(store.Bucket{}, err)
			return
		}
		defer tx.Rollback()
		get := tx.StmtContext(ctx, s.r[getPart])
		runs := make([]*store.Run, len(all))
		for i, x := range all {
			runs[i] = x.run(ctx, get)
		}
		g := store.Gather{Dead: dead, Least: 2, Limit: max(limit, 0)}
		g.Run(ctx, yield, func(add func(store.Posting) error) error { return store.Merge(runs, add) })
	}
}

// partCache keeps parts that were looked into of late, up to some memory: two
// halves, of which the older is forgotten when the younger is full.
type partCache struct {
	mu         sync.Mutex
	young, old map[int64][]byte
	bytes      int // in young
}

// cacheHalf is the bytes of one half of a partCache.
const cacheHalf = 64 << 20

func (c *partCache) get(id int64, read func() ([]byte, error)) ([]byte, error) {
	c.mu.Lock()
	body, ok := c.young[id]
	if !ok {
		body, ok = c.old[id]
	}
	c.mu.Unlock()
	if !ok {
		var err error
		if body, err = read(); err != nil {
			return nil, err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, there := c.young[id]; !there {
		if c.young == nil || c.bytes+len(body) > cacheHalf {
			c.young, c.old, c.bytes = map[int64][]byte{}, c.young, 0
		}
		c.young[id] = body
		c.bytes += len(body)
	}
	return body, nil
}
