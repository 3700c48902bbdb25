package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/store"
)

// The statements that read. Streams read a page of rows at a time, each page
// from behind the last row: no reading transaction stays open while the caller
// works, so the WAL file can be emptied.
const (
	getCapture     = `SELECT id, path, url, outlet, fetched, reason, place, raw FROM captures WHERE id = ?1 AND held = 0`
	pageCaptures   = `SELECT id, path, url, outlet, fetched, reason, place, raw FROM captures WHERE held = 0 AND id > ?1 ORDER BY id LIMIT 16`
	pageHeld       = `SELECT id, path, url, outlet, fetched, reason, place, raw FROM captures WHERE held = 1 AND id > ?1 ORDER BY id LIMIT 16`
	versionColumns = `SELECT v.id, v.name, v.capture, v.given, v.hash, v.text IS NOT NULL, coalesce(v.text, c.raw) FROM versions v JOIN captures c ON c.id = v.capture `
	getVersion     = versionColumns + `WHERE v.id = ?1`
	pageVersions   = versionColumns + `WHERE v.id > ?1 ORDER BY v.id LIMIT 64`
	pagePending    = versionColumns + `WHERE v.id > ?1 AND NOT EXISTS (SELECT 1 FROM layers l WHERE l.version = v.id AND l.stage = ?2) ORDER BY v.id LIMIT 64`
	getArticle     = `SELECT id FROM versions WHERE outlet = ?1 AND url = ?2 ORDER BY id`
	getCount       = `SELECT (SELECT count(*) FROM captures WHERE held = 0), (SELECT count(*) FROM captures WHERE held = 1),
(SELECT count(*) FROM versions), (SELECT count(*) FROM layers), (SELECT count(*) FROM overlaps)`
	getLayers    = `SELECT body FROM layers WHERE version = ?1 AND stage = ?2`
	listSegments = `SELECT segment, level, postings, directory, hints FROM segments ORDER BY segment`
	getPart      = `SELECT body FROM parts WHERE part = ?1`
	getHint      = `SELECT body FROM hints WHERE hint = ?1`
	keyBytes     = `SELECT coalesce((SELECT sum(length(body) + 16) FROM parts), 0) + coalesce((SELECT sum(length(body) + 8) FROM hints), 0) + 52 * (SELECT count(*) FROM numbers)`
	listDead     = `SELECT number FROM dead`
	listNumbers  = `SELECT number, version FROM numbers ORDER BY number`
	getOverlap   = `SELECT a, b, body FROM overlaps WHERE a = ?1 AND b = ?2`
	pageOverlaps = `SELECT a, b, body FROM overlaps WHERE (a, b) > (?1, ?2) ORDER BY a, b LIMIT 256`
	pageOf       = `SELECT a, b, body FROM (SELECT a, b, body FROM overlaps WHERE a = ?3 UNION ALL SELECT a, b, body FROM overlaps WHERE b = ?3) WHERE (a, b) > (?1, ?2) ORDER BY a, b LIMIT 256`
	getDerived   = `SELECT key, value FROM derived WHERE kind = ?1 AND key = ?2`
	pageDerived  = `SELECT key, value FROM derived WHERE kind = ?1 AND key > ?2 ORDER BY key LIMIT 256`
	firstDerived = `SELECT key, value FROM derived WHERE kind = ?1 ORDER BY key LIMIT 256`
	getState     = `SELECT key, value FROM states WHERE kind = ?1 AND key = ?2`
	pageStates   = `SELECT key, value FROM states WHERE kind = ?1 AND key > ?2 ORDER BY key LIMIT 256`
	firstStates  = `SELECT key, value FROM states WHERE kind = ?1 ORDER BY key LIMIT 256`
	getCursor    = `SELECT value FROM cursors WHERE name = ?1`
)

var readStatements = []string{
	getCapture, pageCaptures, pageHeld, getVersion, pageVersions, pagePending, getArticle, getCount, getLayers, listSegments, getPart, getHint, keyBytes, listDead,
	listNumbers, getOverlap, pageOverlaps, pageOf, getDerived, pageDerived, firstDerived, getCursor,
	getState, pageStates, firstStates,
}

// rows runs a query and scans each row with scan.
func rows[T any](ctx context.Context, s *Store, q string, scan func(*sql.Rows) (T, error), args ...any) ([]T, error) {
	if s.closed.Load() {
		return nil, store.ErrClosed
	}
	r, err := s.r[q].QueryContext(ctx, args...)
	if err != nil {
		return nil, fmt.Errorf("read the store %s: %w", s.path, err)
	}
	defer r.Close()
	var out []T
	for r.Next() {
		x, err := scan(r)
		if err != nil {
			return nil, fmt.Errorf("read the store %s: %w", s.path, err)
		}
		out = append(out, x)
	}
	if err := r.Err(); err != nil {
		return nil, fmt.Errorf("read the store %s: %w", s.path, err)
	}
	return out, nil
}

// one is rows for a query that finds one row or none.
func one[T any](ctx context.Context, s *Store, what, q string, scan func(*sql.Rows) (T, error), args ...any) (T, error) {
	list, err := rows(ctx, s, q, scan, args...)
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("%s: %w", what, store.ErrNotFound)
	}
	if err != nil {
		var zero T
		return zero, err
	}
	return list[0], nil
}

// stream runs over pages: page returns the rows behind last, nil first.
func stream[T any](page func(last *T) ([]T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var last *T
		for {
			list, err := page(last)
			if err != nil {
				var zero T
				yield(zero, err)
				return
			}
			if len(list) == 0 {
				return
			}
			for _, x := range list {
				if !yield(x, nil) {
					return
				}
			}
			last = &list[len(list)-1]
		}
	}
}

func (s *Store) unpacked(body []byte) ([]byte, error) {
	raw, err := s.unpack.DecodeAll(body, nil)
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", store.ErrCorrupt, err)
	}
	return raw, nil
}

func (s *Store) scanCapture(r *sql.Rows) (store.Quarantined, error) {
	var q store.Quarantined
	var id, raw []byte
	var fetched string
	if err := r.Scan(&id, &q.Capture.Path, &q.Capture.URL, &q.Capture.Outlet, &fetched, &q.Reason, &q.Where, &raw); err != nil {
		return q, err
	}
	q.Capture.ID = hex.EncodeToString(id)
	q.Capture.Fetched, _ = time.Parse(time.RFC3339Nano, fetched) // "": the zero time
	raw, err := s.unpacked(raw)
	if err != nil {
		return q, fmt.Errorf("capture %s: %w", q.Capture.ID, err)
	}
	if sum := sha256.Sum256(raw); !slices.Equal(sum[:], id) {
		return q, fmt.Errorf("capture %s: %w", q.Capture.ID, store.ErrCorrupt)
	}
	q.Capture.Raw = raw
	return q, nil
}

func (s *Store) Capture(ctx context.Context, id string) (news.Capture, error) {
	raw, err := bytesOf("capture", id)
	if err != nil {
		return news.Capture{}, err
	}
	q, err := one(ctx, s, "capture "+id, getCapture, s.scanCapture, raw)
	return q.Capture, err
}

func (s *Store) Captures(ctx context.Context) iter.Seq2[news.Capture, error] {
	return func(yield func(news.Capture, error) bool) {
		for q, err := range s.captures(ctx, pageCaptures) {
			if !yield(q.Capture, err) {
				return
			}
		}
	}
}

func (s *Store) Quarantined(ctx context.Context) iter.Seq2[store.Quarantined, error] {
	return s.captures(ctx, pageHeld)
}

// captures runs over pages of captures.
func (s *Store) captures(ctx context.Context, page string) iter.Seq2[store.Quarantined, error] {
	return stream(func(last *store.Quarantined) ([]store.Quarantined, error) {
		after := []byte{}
		if last != nil {
			after, _ = hex.DecodeString(last.Capture.ID)
		}
		return rows(ctx, s, page, s.scanCapture, after)
	})
}

func (s *Store) scanVersion(r *sql.Rows) (news.Version, error) {
	var v news.Version
	var id, capture, hash, body []byte
	var given string
	var own bool
	if err := r.Scan(&id, &v.Name, &capture, &given, &hash, &own, &body); err != nil {
		return v, err
	}
	v.ID, v.Capture = hex.EncodeToString(id), hex.EncodeToString(capture)
	raw, err := s.unpacked(body)
	if err != nil {
		return v, fmt.Errorf("version %s: %w", v.ID, err)
	}
	if sum := sha256.Sum256(raw); !slices.Equal(sum[:], hash) {
		return v, fmt.Errorf("version %s: %w", v.ID, store.ErrCorrupt)
	}
	v.Text = string(raw)
	if err := json.Unmarshal([]byte(given), &v.Given); err != nil {
		return v, fmt.Errorf("version %s: %w (%w)", v.ID, store.ErrCorrupt, err)
	}
	return v, nil
}

func (s *Store) Version(ctx context.Context, id string) (news.Version, error) {
	raw, err := bytesOf("version", id)
	if err != nil {
		return news.Version{}, err
	}
	return one(ctx, s, "version "+id, getVersion, s.scanVersion, raw)
}

func (s *Store) Versions(ctx context.Context) iter.Seq2[news.Version, error] {
	return stream(func(last *news.Version) ([]news.Version, error) {
		return rows(ctx, s, pageVersions, s.scanVersion, behind(last))
	})
}

func (s *Store) Pending(ctx context.Context, stage string) iter.Seq2[news.Version, error] {
	return stream(func(last *news.Version) ([]news.Version, error) {
		return rows(ctx, s, pagePending, s.scanVersion, behind(last), stage)
	})
}

func behind(last *news.Version) []byte {
	if last == nil {
		return []byte{}
	}
	id, _ := hex.DecodeString(last.ID)
	return id
}

func scanHex(r *sql.Rows) (string, error) {
	var id []byte
	err := r.Scan(&id)
	return hex.EncodeToString(id), err
}

func (s *Store) ArticleVersions(ctx context.Context, a store.Article) ([]string, error) {
	return rows(ctx, s, getArticle, scanHex, a.Outlet, a.URL)
}

func (s *Store) Count(ctx context.Context) (store.Count, error) {
	return one(ctx, s, "count", getCount, func(r *sql.Rows) (n store.Count, err error) {
		err = r.Scan(&n.Captures, &n.Quarantined, &n.Versions, &n.Layers, &n.Overlaps)
		return n, err
	})
}

func (s *Store) Layers(ctx context.Context, stage string, v *news.Version) error {
	return s.layersBy(ctx, stage, v, store.DecodeLayers)
}

func (s *Store) Outline(ctx context.Context, stage string, v *news.Version) error {
	return s.layersBy(ctx, stage, v, store.DecodeOutline)
}

func (s *Store) layersBy(ctx context.Context, stage string, v *news.Version, decode func([]byte, *news.Version) error) error {
	id, err := bytesOf("version", v.ID)
	if err != nil {
		return err
	}
	body, err := one(ctx, s, "layers of "+v.ID+" by "+stage, getLayers, scanBytes, id, stage)
	if err != nil {
		return err
	}
	blob, err := s.unpacked(body)
	if err == nil {
		err = decode(blob, v)
	}
	if err != nil {
		return fmt.Errorf("layers of %s: %w", v.ID, err)
	}
	return nil
}

func scanBytes(r *sql.Rows) (b []byte, err error) {
	err = r.Scan(&b)
	return b, err
}

func (s *Store) scanOverlap(r *sql.Rows) (store.PairOverlap, error) {
	var p store.PairOverlap
	var a, b, body []byte
	if err := r.Scan(&a, &b, &body); err != nil {
		return p, err
	}
	p.Pair = store.Pair{A: hex.EncodeToString(a), B: hex.EncodeToString(b)}
	blob, err := s.unpacked(body)
	if err == nil {
		p.Overlap, err = store.DecodeOverlap(blob)
	}
	if err != nil {
		return p, fmt.Errorf("overlap of %s and %s: %w", p.Pair.A, p.Pair.B, err)
	}
	return p, nil
}

func (s *Store) Overlap(ctx context.Context, p store.Pair) (news.Overlap, error) {
	if err := store.CheckPair(p); err != nil {
		return news.Overlap{}, err
	}
	a, _ := hex.DecodeString(p.A)
	b, _ := hex.DecodeString(p.B)
	o, err := one(ctx, s, "overlap of "+p.A+" and "+p.B, getOverlap, s.scanOverlap, a, b)
	return o.Overlap, err
}

func (s *Store) Overlaps(ctx context.Context) iter.Seq2[store.PairOverlap, error] {
	return s.overlaps(ctx, pageOverlaps)
}

func (s *Store) OverlapsOf(ctx context.Context, id string) iter.Seq2[store.PairOverlap, error] {
	raw, err := bytesOf("version", id)
	if err != nil {
		return func(yield func(store.PairOverlap, error) bool) { yield(store.PairOverlap{}, err) }
	}
	return s.overlaps(ctx, pageOf, raw)
}

func (s *Store) overlaps(ctx context.Context, page string, more ...any) iter.Seq2[store.PairOverlap, error] {
	return stream(func(last *store.PairOverlap) ([]store.PairOverlap, error) {
		a, b := []byte{}, []byte{}
		if last != nil {
			a, _ = hex.DecodeString(last.Pair.A)
			b, _ = hex.DecodeString(last.Pair.B)
		}
		return rows(ctx, s, page, s.scanOverlap, append([]any{a, b}, more...)...)
	})
}

func scanKeyValue(r *sql.Rows) (kv store.KeyValue, err error) {
	err = r.Scan(&kv.Key, &kv.Value)
	return kv, err
}

func (s *Store) Derived(ctx context.Context, kind, key string) ([]byte, error) {
	kv, err := one(ctx, s, kind+" "+key, getDerived, scanKeyValue, kind, key)
	return kv.Value, err
}

func (s *Store) DerivedAll(ctx context.Context, kind string) iter.Seq2[store.KeyValue, error] {
	return s.keyValues(ctx, firstDerived, pageDerived, kind)
}

func (s *Store) State(ctx context.Context, kind, key string) ([]byte, error) {
	kv, err := one(ctx, s, kind+" "+key, getState, scanKeyValue, kind, key)
	return kv.Value, err
}

func (s *Store) States(ctx context.Context, kind string) iter.Seq2[store.KeyValue, error] {
	return s.keyValues(ctx, firstStates, pageStates, kind)
}

func (s *Store) keyValues(ctx context.Context, first, page, kind string) iter.Seq2[store.KeyValue, error] {
	return stream(func(last *store.KeyValue) ([]store.KeyValue, error) {
		if last == nil {
			return rows(ctx, s, first, scanKeyValue, kind)
		}
		return rows(ctx, s, page, scanKeyValue, kind, last.Key)
	})
}

func (s *Store) Cursor(ctx context.Context, name string) (string, error) {
	v, err := one(ctx, s, "cursor "+name, getCursor, func(r *sql.Rows) (v string, err error) {
		err = r.Scan(&v)
		return v, err
	}, name)
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	return v, err
}
