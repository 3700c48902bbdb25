package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/store"
)

// The statements that write. PutKeys puts keysAtOnce keys with one statement.
const (
	putCapture = `INSERT INTO captures (id, path, url, outlet, fetched, reason, held, place, raw)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING`
	hasCapture = `SELECT held FROM captures WHERE id = ?1`
	freeHeld   = `UPDATE captures SET held = 0, reason = '', place = '' WHERE id = ?1 AND held = 1`
	putVersion = `INSERT INTO versions (id, name, capture, outlet, url, given, hash, text)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING`
	hasVersion = `SELECT 1 FROM versions WHERE id = ?1`
	putLayers  = `INSERT INTO layers (version, stage, body) VALUES (?1, ?2, ?3)
ON CONFLICT DO UPDATE SET stage = excluded.stage, body = excluded.body`
	putKey      = `INSERT INTO keys (key, version) VALUES (?, ?) ON CONFLICT DO NOTHING`
	putKeys     = `INSERT INTO keys (key, version) VALUES (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?), (?, ?) ON CONFLICT DO NOTHING`
	keysAtOnce  = 16
	putOverlap  = `INSERT INTO overlaps (a, b, body) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET body = excluded.body`
	putDerived  = `INSERT INTO derived (kind, key, value) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET value = excluded.value`
	dropDerived = `DELETE FROM derived WHERE kind = ?1 AND key = ?2`
	setCursor   = `INSERT INTO cursors (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value`
)

var writeStatements = []string{
	putCapture, hasCapture, freeHeld, putVersion, hasVersion, putLayers, putKey, putKeys, putOverlap, putDerived, dropDerived, setCursor,
}

type batch struct {
	ctx  context.Context
	s    *Store
	tx   *sql.Tx
	stmt map[string]*sql.Stmt // statements of this transaction
	keys []keyRow
}

// Begin opens the writing transaction.
func (s *Store) Begin(ctx context.Context) (store.Batch, error) {
	if s.closed.Load() {
		return nil, store.ErrClosed
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("write to the store %s: %w", s.path, err)
	}
	return &batch{ctx: ctx, s: s, tx: tx, stmt: map[string]*sql.Stmt{}}, nil
}

func (b *batch) statement(q string) *sql.Stmt {
	st := b.stmt[q]
	if st == nil {
		st = b.tx.StmtContext(b.ctx, b.s.w[q])
		b.stmt[q] = st
	}
	return st
}

// exec runs a statement and tells whether it changed anything.
func (b *batch) exec(q string, args ...any) (bool, error) {
	r, err := b.statement(q).ExecContext(b.ctx, args...)
	if err != nil {
		return false, fmt.Errorf("write to the store %s: %w", b.s.path, err)
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

// look returns the one number that q finds for a row, or found = false.
func (b *batch) look(q string, id []byte) (n int, found bool, err error) {
	switch err := b.statement(q).QueryRowContext(b.ctx, id).Scan(&n); err {
	case nil:
		return n, true, nil
	case sql.ErrNoRows:
		return 0, false, nil
	default:
		return 0, false, fmt.Errorf("read the store %s: %w", b.s.path, err)
	}
}

// PutCapture frees a capture from quarantine when a newer reader has made a
// version of it.
func (b *batch) PutCapture(c news.Capture) (bool, error) {
	id, err := bytesOf("capture", c.ID)
	if err != nil {
		return false, err
	}
	held, found, err := b.look(hasCapture, id)
	switch {
	case err != nil:
		return false, err
	case found && held == 0:
		return false, nil
	case found:
		return b.exec(freeHeld, id)
	}
	return b.exec(putCapture, id, c.Path, c.URL, c.Outlet, stamp(c.Fetched), "", 0, "", b.packed(c.Raw))
}

func (b *batch) PutQuarantined(q store.Quarantined) (bool, error) {
	id, err := bytesOf("capture", q.Capture.ID)
	if err != nil {
		return false, err
	}
	if _, found, err := b.look(hasCapture, id); found || err != nil {
		return false, err
	}
	c := q.Capture
	return b.exec(putCapture, id, c.Path, c.URL, c.Outlet, stamp(c.Fetched), q.Reason, 1, q.Where, b.packed(c.Raw))
}

func (b *batch) PutVersion(v news.Version) (bool, error) {
	id, err := bytesOf("version", v.ID)
	if err != nil {
		return false, err
	}
	capture, err := bytesOf("capture", v.Capture)
	if err != nil {
		return false, err
	}
	switch held, found, err := b.look(hasCapture, capture); {
	case err != nil:
		return false, err
	case !found || held != 0:
		return false, fmt.Errorf("version %s: its capture %s: %w", v.ID, v.Capture, store.ErrNotFound)
	}
	if _, found, err := b.look(hasVersion, id); found || err != nil {
		return false, err
	}
	given, err := json.Marshal(v.Given)
	if err != nil {
		return false, fmt.Errorf("version %s: %w", v.ID, err)
	}
	// A plain file's text is its raw bytes: it is kept once.
	var body []byte
	hash := sha256.Sum256([]byte(v.Text))
	if hex.EncodeToString(hash[:]) != v.Capture {
		body = b.packed([]byte(v.Text))
	}
	return b.exec(putVersion, id, v.Name, capture, v.Given.Outlet, v.Given.URL, string(given), hash[:], body)
}

// known tells whether a version is there to which derived data can belong.
func (b *batch) known(id string) ([]byte, error) {
	raw, err := bytesOf("version", id)
	if err != nil {
		return nil, err
	}
	if _, found, err := b.look(hasVersion, raw); err != nil {
		return nil, err
	} else if !found {
		return nil, fmt.Errorf("version %s: %w", id, store.ErrNotFound)
	}
	return raw, nil
}

func (b *batch) PutLayers(stage string, v *news.Version) error {
	id, err := b.known(v.ID)
	if err != nil {
		return err
	}
	_, err = b.exec(putLayers, id, stage, b.packed(store.EncodeLayers(v)))
	return err
}

// PutKeys keeps the keys until Commit: put in order of their keys they touch
// each page of the table once.
func (b *batch) PutKeys(version string, keys []uint64) error {
	id, err := b.known(version)
	if err != nil {
		return err
	}
	for _, k := range keys {
		b.keys = append(b.keys, keyRow{keyNumber(k), id})
	}
	return nil
}

type keyRow struct {
	key     int64
	version []byte
}

func (b *batch) writeKeys() error {
	slices.SortFunc(b.keys, func(x, y keyRow) int {
		return cmp.Or(cmp.Compare(x.key, y.key), bytes.Compare(x.version, y.version))
	})
	rows := b.keys
	b.keys = nil
	var args [2 * keysAtOnce]any
	for len(rows) >= keysAtOnce {
		for i, r := range rows[:keysAtOnce] {
			args[2*i], args[2*i+1] = r.key, r.version
		}
		if _, err := b.exec(putKeys, args[:]...); err != nil {
			return err
		}
		rows = rows[keysAtOnce:]
	}
	for _, r := range rows {
		if _, err := b.exec(putKey, r.key, r.version); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) PutOverlap(p store.Pair, o news.Overlap) error {
	if err := store.CheckPair(p); err != nil {
		return err
	}
	x, err := b.known(p.A)
	if err != nil {
		return err
	}
	y, err := b.known(p.B)
	if err != nil {
		return err
	}
	_, err = b.exec(putOverlap, x, y, b.packed(store.EncodeOverlap(&o)))
	return err
}

func (b *batch) PutDerived(kind, key string, value []byte) (err error) {
	if value == nil {
		_, err = b.exec(dropDerived, kind, key)
	} else {
		_, err = b.exec(putDerived, kind, key, value)
	}
	return err
}

func (b *batch) SetCursor(name, value string) error {
	_, err := b.exec(setCursor, name, value)
	return err
}

func (b *batch) Commit() error {
	if err := b.writeKeys(); err != nil {
		return err
	}
	if err := b.tx.Commit(); err != nil {
		return fmt.Errorf("commit to the store %s: %w", b.s.path, err)
	}
	return nil
}

func (b *batch) Rollback() error {
	if err := b.tx.Rollback(); err != nil && err != sql.ErrTxDone {
		return fmt.Errorf("roll back in the store %s: %w", b.s.path, err)
	}
	return nil
}

func (b *batch) packed(raw []byte) []byte {
	return b.s.pack.EncodeAll(raw, make([]byte, 0, len(raw)/2+64))
}

// bytesOf turns an ID into the bytes that are kept.
func bytesOf(what, id string) ([]byte, error) {
	if err := store.CheckID(what, id); err != nil {
		return nil, err
	}
	return hex.DecodeString(id)
}

// keyNumber turns the highest bit, so that SQLite's signed numbers sort as
// unsigned ones.
func keyNumber(key uint64) int64 { return int64(key ^ 1<<63) }

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339Nano)
}
