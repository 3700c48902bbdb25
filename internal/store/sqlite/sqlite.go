// Package sqlite keeps a store in one SQLite file, without cgo.
//
// The file is in WAL mode with synchronous=FULL: a commit returns when the
// disk has it, also across a power cut. One connection writes, others read
// what was committed.
package sqlite

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/klauspost/compress/zstd"
	driver "modernc.org/sqlite" // also registers itself as "sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/tracewire/tracewire/internal/store"
)

//go:embed truth.sql
var truthSQL string

//go:embed states.sql
var statesSQL string

//go:embed derived.sql
var derivedSQL string

const (
	// applicationID marks the file as ours ("TrWr").
	applicationID = 0x54725772
	// schemaVersion is that of truth.sql and states.sql; it stands in
	// user_version. 2 added states.
	schemaVersion = 2
	// Older SQLite can damage a WAL file that is reset while another process
	// reads it.
	leastSQLite = "3.51.3"
	// maxBody is the most that one body may take when unpacked: well above
	// what ingest lets in.
	maxBody = 256 << 20
)

// Store is a store in a file.
type Store struct {
	path   string
	write  *sql.DB // one connection
	read   *sql.DB
	pack   *zstd.Encoder
	unpack *zstd.Decoder
	closed atomic.Bool
	w      map[string]*sql.Stmt // writing statements by their SQL
	r      map[string]*sql.Stmt
	parts  partCache
}

var _ store.Store = (*Store)(nil)

// Open opens the store at path, or makes one. The folder must be there. Several
// processes may have the same file open; writers wait for each other.
func Open(path string) (*Store, error) {
	s, err := open(path)
	if err != nil {
		return nil, fmt.Errorf("open the store %s: %w%s", path, err, hint(err))
	}
	return s, nil
}

// hint says what to do about an error of SQLite.
func hint(err error) string {
	var e *driver.Error
	if !errors.As(err, &e) {
		return ""
	}
	switch e.Code() & 0xff { // the rest says more than we need
	case lib.SQLITE_CANTOPEN:
		return "; make its folder first, or name a file that you may write to"
	case lib.SQLITE_NOTADB:
		return "; name another file"
	case lib.SQLITE_READONLY, lib.SQLITE_PERM:
		return "; name a file that you may write to"
	case lib.SQLITE_BUSY:
		return "; another process is writing to it: try again when that has ended"
	case lib.SQLITE_FULL:
		return "; make room on the disk"
	case lib.SQLITE_CORRUPT:
		return "; bring back a copy of it, or name another file and read the pages again"
	}
	return ""
}

func open(path string) (_ *Store, err error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	s := &Store{path: path, w: map[string]*sql.Stmt{}, r: map[string]*sql.Stmt{}}
	defer func() {
		if err != nil {
			s.Close()
		}
	}()
	if s.pack, err = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(2), zstd.WithEncoderCRC(true)); err != nil {
		return nil, err
	}
	if s.unpack, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderMaxMemory(maxBody)); err != nil {
		return nil, err
	}
	// Page cache: 64 MiB for the one that writes, 8 MiB for each that reads.
	// The WAL file is written back at 32 MB: merged segments come in one piece.
	if s.write, err = sql.Open("sqlite", dsn(abs, "_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=wal_autocheckpoint(8000)&_pragma=cache_size(-65536)")); err != nil {
		return nil, err
	}
	s.write.SetMaxOpenConns(1)
	if err := s.checkLibrary(); err != nil {
		return nil, err
	}
	if err := s.checkSchema(); err != nil {
		return nil, err
	}
	if s.read, err = sql.Open("sqlite", dsn(abs, "_pragma=query_only(1)&_pragma=cache_size(-8192)")); err != nil {
		return nil, err
	}
	s.read.SetMaxIdleConns(4)
	for _, q := range writeStatements {
		if s.w[q], err = s.write.Prepare(q); err != nil {
			return nil, fmt.Errorf("%s: %w", q, err)
		}
	}
	for _, q := range readStatements {
		if s.r[q], err = s.read.Prepare(q); err != nil {
			return nil, fmt.Errorf("%s: %w", q, err)
		}
	}
	return s, nil
}

// dsn is the address of the file. A process that finds the file locked waits
// 10 s.
func dsn(path, options string) string {
	u := url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: options + "&_pragma=busy_timeout(10000)"}
	return u.String()
}

func (s *Store) checkLibrary() error {
	var have string
	if err := s.write.QueryRow("SELECT sqlite_version()").Scan(&have); err != nil {
		return err
	}
	if older(have, leastSQLite) {
		return fmt.Errorf("this program was built with SQLite %s, which can lose data in WAL mode; build it with %s or newer", have, leastSQLite)
	}
	return nil
}

// older compares versions of three numbers.
func older(have, least string) bool {
	h, l := strings.Split(have, "."), strings.Split(least, ".")
	for i := range l {
		var a int
		if i < len(h) {
			a, _ = strconv.Atoi(h[i])
		}
		if b, _ := strconv.Atoi(l[i]); a != b {
			return a < b
		}
	}
	return false
}

// checkSchema makes the tables of a new file and refuses a file that is not
// ours or is too new. Derived data of another shape is dropped.
func (s *Store) checkSchema() error {
	tx, err := s.write.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var app, version, tables int
	if err := tx.QueryRow("SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)").Scan(&app, &version, &tables); err != nil {
		return err
	}
	switch {
	case tables == 0:
		if _, err := tx.Exec(truthSQL + statesSQL + fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d", applicationID, schemaVersion)); err != nil {
			return err
		}
	case app != applicationID:
		return errors.New("it is an SQLite file of another program; name another file")
	case version > schemaVersion:
		return fmt.Errorf("it was written by a newer Tracewire (schema %d; this one knows %d); use that one, or name another file", version, schemaVersion)
	}
	if older := tables > 0 && version < 2; older {
		if _, err := tx.Exec(statesSQL + fmt.Sprintf("PRAGMA user_version=%d", schemaVersion)); err != nil {
			return err
		}
	}
	var shape string
	if tables > 0 {
		if err := tx.QueryRow("SELECT value FROM shape").Scan(&shape); err != nil && err != sql.ErrNoRows {
			return err
		}
	}
	if shape == derivedShape() {
		return tx.Commit()
	}
	for _, t := range append(derivedTables[:], "shape") {
		if _, err := tx.Exec("DROP TABLE IF EXISTS " + t); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(derivedSQL); err != nil {
		return err
	}
	if _, err := tx.Exec("INSERT INTO shape (value) VALUES (?)", derivedShape()); err != nil {
		return err
	}
	return tx.Commit()
}

// derivedShape changes with the derived tables and with the types whose blobs
// they hold.
func derivedShape() string {
	h := fnv.New64a()
	io.WriteString(h, derivedSQL)
	return fmt.Sprintf("%x-%s", h.Sum64(), store.Shape())
}

var derivedTables = [...]string{"layers", "numbers", "dead", "segments", "parts", "hints", "overlaps", "derived", "cursors"}

// DropDerived forgets everything but captures, quarantine, versions and state.
func (s *Store) DropDerived(ctx context.Context) error {
	if s.closed.Load() {
		return store.ErrClosed
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, t := range derivedTables {
		if _, err := tx.Exec("DELETE FROM " + t); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// Close closes the file. The open batch, if any, is forgotten.
func (s *Store) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	var errs []error
	if s.read != nil {
		errs = append(errs, s.read.Close())
	}
	if s.write != nil {
		errs = append(errs, s.write.Close())
	}
	if s.pack != nil {
		errs = append(errs, s.pack.Close())
	}
	if s.unpack != nil {
		s.unpack.Close()
	}
	return errors.Join(errs...)
}
