package sqlite

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/store"
)

// The statements that write.
const (
	putCapture = `INSERT INTO captures (id, path, url, outlet, fetched, reason, held, place, raw)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING`
	hasCapture = `SELECT held FROM captures WHERE id = ?1`
	freeHeld   = `UPDATE captures SET held = 0, reason = '', place = '' WHERE id = ?1 AND held = 1`
	putVersion = `INSERT INTO versions (id, name, capture, outlet, url, given, hash, text)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING`
	hasVersion = `SELECT 1 FROM versions WHERE id = ?1`
	seenAs     = `SELECT name, capture, given FROM versions WHERE id = ?1`
	putInPlace = `UPDATE versions SET name = ?2, capture = ?3, given = ?6, hash = ?7, text = ?8 WHERE id = ?1 AND outlet = ?4 AND url = ?5`
	putLayers  = `INSERT INTO layers (version, stage, body) VALUES (?1, ?2, ?3)
ON CONFLICT DO UPDATE SET stage = excluded.stage, body = excluded.body`
	putNumber   = `INSERT INTO numbers (version) VALUES (?1) ON CONFLICT DO NOTHING`
	hasNumber   = `SELECT number FROM numbers WHERE version = ?1`
	killNumber  = `INSERT INTO dead SELECT number FROM numbers WHERE version = ?1`
	noNumber    = `DELETE FROM numbers WHERE version = ?1`
	putPart     = `INSERT INTO parts (body) VALUES (?1)`
	noPart      = `DELETE FROM parts WHERE part = ?1`
	putHint     = `INSERT INTO hints (body) VALUES (?1)`
	noHint      = `DELETE FROM hints WHERE hint = ?1`
	putSegment  = `INSERT INTO segments (level, postings, directory, hints) VALUES (?1, ?2, ?3, ?4)`
	noSegment   = `DELETE FROM segments WHERE segment = ?1`
	noLayers    = `DELETE FROM layers WHERE version = ?1`
	noOverlapsA = `DELETE FROM overlaps WHERE a = ?1`
	noOverlapsB = `DELETE FROM overlaps WHERE b = ?1`
	putOverlap  = `INSERT INTO overlaps (a, b, body) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET body = excluded.body`
	putDerived  = `INSERT INTO derived (kind, key, value) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET value = excluded.value`
	dropDerived = `DELETE FROM derived WHERE kind = ?1 AND key = ?2`
	putState    = `INSERT INTO states (kind, key, value) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET value = excluded.value`
	dropState   = `DELETE FROM states WHERE kind = ?1 AND key = ?2`
	setCursor   = `INSERT INTO cursors (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value`
)

var writeStatements = []string{
	putCapture, hasCapture, freeHeld, putVersion, hasVersion, putLayers, putOverlap, putDerived, dropDerived, putState, dropState, setCursor,
	seenAs, putInPlace, putNumber, hasNumber, killNumber, noNumber, putPart, getPart, noPart, putHint, noHint, putSegment, listSegments, noSegment, noLayers, noOverlapsA, noOverlapsB,
}

type batch struct {
	ctx  context.Context
	s    *Store
	tx   *sql.Tx
	stmt map[string]*sql.Stmt // statements of this transaction
	seen map[string][]byte    // versions that are known to be there
	keys []store.Posting
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
	return &batch{ctx: ctx, s: s, tx: tx, stmt: map[string]*sql.Stmt{}, seen: map[string][]byte{}}, nil
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
	old, known, err := b.seenAs(id)
	if err != nil || known && !store.Precedes(&v, &old) {
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
	row := []any{id, v.Name, capture, v.Given.Outlet, v.Given.URL, string(given), hash[:], body}
	if !known {
		b.seen[v.ID] = id
		return b.exec(putVersion, row...)
	}
	if _, err := b.exec(putInPlace, row...); err != nil {
		return false, err
	}
	return false, b.forget(id)
}

// seenAs returns what Precedes asks of the version that is there.
func (b *batch) seenAs(id []byte) (v news.Version, known bool, err error) {
	var capture []byte
	var given string
	switch err := b.statement(seenAs).QueryRowContext(b.ctx, id).Scan(&v.Name, &capture, &given); err {
	case nil:
	case sql.ErrNoRows:
		return v, false, nil
	default:
		return v, false, fmt.Errorf("read the store %s: %w", b.s.path, err)
	}
	v.ID, v.Capture = hex.EncodeToString(id), hex.EncodeToString(capture)
	if err := json.Unmarshal([]byte(given), &v.Given); err != nil {
		return v, true, fmt.Errorf("version %s: %w (%w)", v.ID, store.ErrCorrupt, err)
	}
	return v, true, nil
}

// forget drops the layers, keys and overlaps of a version.
func (b *batch) forget(id []byte) error {
	for _, q := range [...]string{killNumber, noNumber, noLayers, noOverlapsA, noOverlapsB} {
		if _, err := b.exec(q, id); err != nil {
			return err
		}
	}
	return nil
}

// known tells whether a version is there to which derived data can belong.
func (b *batch) known(id string) ([]byte, error) {
	if raw, ok := b.seen[id]; ok {
		return raw, nil
	}
	raw, err := bytesOf("version", id)
	if err != nil {
		return nil, err
	}
	if _, found, err := b.look(hasVersion, raw); err != nil {
		return nil, err
	} else if !found {
		return nil, fmt.Errorf("version %s: %w", id, store.ErrNotFound)
	}
	b.seen[id] = raw
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

// PutKeys keeps the keys until Commit: those of a batch make one segment.
func (b *batch) PutKeys(version string, keys []uint64) error {
	id, err := b.known(version)
	if err != nil || len(keys) == 0 {
		return err
	}
	n, err := b.number(id)
	for _, k := range keys {
		b.keys = append(b.keys, store.Posting{Key: k, Number: n})
	}
	return err
}

// number returns the number of a version, or gives it one.
func (b *batch) number(id []byte) (uint32, error) {
	r, err := b.statement(putNumber).ExecContext(b.ctx, id)
	if err != nil {
		return 0, fmt.Errorf("write to the store %s: %w", b.s.path, err)
	}
	if fresh, err := r.RowsAffected(); err != nil || fresh > 0 {
		n, err2 := r.LastInsertId()
		return uint32(n), cmp.Or(err, err2)
	}
	n, _, err := b.look(hasNumber, id)
	return uint32(n), err
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

func (b *batch) PutState(kind, key string, value []byte) (err error) {
	if value == nil {
		_, err = b.exec(dropState, kind, key)
	} else {
		_, err = b.exec(putState, kind, key, value)
	}
	return err
}

func (b *batch) SetCursor(name, value string) error {
	_, err := b.exec(setCursor, name, value)
	return err
}

func (b *batch) Commit() error {
	if err := b.writeSegment(); err != nil {
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

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339Nano)
}
