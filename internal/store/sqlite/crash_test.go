package sqlite_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/store"
	"github.com/tracewire/tracewire/internal/store/sqlite"
	"github.com/tracewire/tracewire/internal/store/storetest"
)

var bg = context.Background()

func put(t testing.TB, b store.Batch, from, to int) {
	t.Helper()
	for i := from; i < to; i++ {
		c, v := storetest.Item(i)
		if added, err := b.PutCapture(c); err != nil || !added {
			t.Fatal(added, err)
		}
		if added, err := b.PutVersion(v); err != nil || !added {
			t.Fatal(added, err)
		}
	}
}

func begin(t testing.TB, s store.Store) store.Batch {
	t.Helper()
	b, err := s.Begin(bg)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// crashed copies the files of an open store as a machine that stops would
// leave them, and opens the copy.
func crashed(t *testing.T, path string) *sqlite.Store {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy.db")
	for _, end := range []string{"", "-wal"} { // the -shm file is made anew
		raw, err := os.ReadFile(path + end)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to+end, raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return open(t, to)
}

func TestAfterACrashCommittedItemsAreThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	s := open(t, path)
	b := begin(t, s)
	put(t, b, 0, 50)
	if err := b.Commit(); err != nil {
		t.Fatal(err)
	}
	b = begin(t, s)
	defer b.Rollback()
	put(t, b, 50, 90) // never committed

	again := crashed(t, path)
	n, err := again.Count(bg)
	if want := (store.Count{Captures: 50, Versions: 50}); err != nil || n != want {
		t.Fatalf("got %+v, %v, want %+v", n, err, want)
	}
	b = begin(t, again)
	defer b.Rollback()
	c, v := storetest.Item(0)
	if added, err := b.PutCapture(c); err != nil || added {
		t.Error("a capture that was there is new again")
	}
	if added, err := b.PutVersion(v); err != nil || added {
		t.Error("a version that was there is new again")
	}
	put(t, b, 50, 90)
	if err := b.Commit(); err != nil {
		t.Fatal(err)
	}
}

func TestATornWriteAheadFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	s := open(t, path)
	for i := range 10 {
		b := begin(t, s)
		put(t, b, i, i+1)
		if err := b.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	wal, err := os.ReadFile(path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	main, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, keep := range []int{0, 31, 1000, len(wal) / 2, len(wal) - 1} {
		to := filepath.Join(t.TempDir(), "torn.db")
		if err := errors.Join(os.WriteFile(to, main, 0o644), os.WriteFile(to+"-wal", wal[:keep], 0o644)); err != nil {
			t.Fatal(err)
		}
		n, err := open(t, to).Count(bg)
		if err != nil || n.Captures != n.Versions || n.Captures > 10 {
			t.Errorf("cut to %d of %d: %+v, %v", keep, len(wal), n, err)
		}
	}
}

func TestOpenAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	s := open(t, path)
	b := begin(t, s)
	put(t, b, 0, 3)
	_, v := storetest.Item(0)
	if err := errors.Join(b.PutLayers("all/1", &v), b.SetCursor("relate", "3"), b.Commit(), s.Close()); err != nil {
		t.Fatal(err)
	}
	s = open(t, path)
	other := open(t, path) // a second process, as it were
	if n, err := other.Count(bg); err != nil || n.Versions != 3 || n.Layers != 1 {
		t.Errorf("got %+v, %v", n, err)
	}
	if c, err := s.Cursor(bg, "relate"); err != nil || c != "3" {
		t.Errorf("got %q, %v", c, err)
	}
}

// change runs SQL on the file behind the store's back.
func change(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(query); err != nil {
		t.Fatal(err)
	}
}

func TestFilesThatAreNotOurs(t *testing.T) {
	for _, c := range []struct {
		name, sql, want string
	}{
		{"a newer schema", "PRAGMA user_version = 7", "written by a newer Tracewire (schema 7; this one knows 2)"},
		{"another program's file", "PRAGMA application_id = 1", "another program"},
	} {
		path := filepath.Join(t.TempDir(), "s.db")
		open(t, path).Close()
		change(t, path, c.sql)
		if _, err := sqlite.Open(path); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: got %v", c.name, err)
		}
	}
	text := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(text, []byte(strings.Repeat("no database ", 100)), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Open(text); err == nil {
		t.Error("a text file was opened as a store")
	}
	if _, err := sqlite.Open(filepath.Join(t.TempDir(), "none", "s.db")); err == nil {
		t.Error("a store in a folder that is not there was opened")
	}
}

func TestDerivedDataOfAnotherShapeIsDropped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	s := open(t, path)
	b := begin(t, s)
	put(t, b, 0, 2)
	_, v := storetest.Item(0)
	if err := errors.Join(b.PutLayers("all/1", &v), b.Commit(), s.Close()); err != nil {
		t.Fatal(err)
	}
	change(t, path, "UPDATE shape SET value = 'older'; DROP TABLE cursors")
	for range 2 {
		s = open(t, path)
		if n, err := s.Count(bg); err != nil || n.Versions != 2 || n.Layers != 0 {
			t.Errorf("got %+v, %v", n, err)
		}
	}
}

func TestAnOlderSchemaIsBroughtUp(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	s := open(t, path)
	b := begin(t, s)
	put(t, b, 0, 2)
	if err := errors.Join(b.Commit(), s.Close()); err != nil {
		t.Fatal(err)
	}
	change(t, path, "DROP TABLE states; PRAGMA user_version = 1")
	for range 2 {
		s = open(t, path)
		b = begin(t, s)
		if err := errors.Join(b.PutState("feed", "a", []byte("x")), b.Commit()); err != nil {
			t.Fatal(err)
		}
		if n, err := s.Count(bg); err != nil || n.Versions != 2 {
			t.Errorf("got %+v, %v", n, err)
		}
		s.Close()
	}
}

func TestDamageIsTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	s := open(t, path)
	b := begin(t, s)
	put(t, b, 0, 2)
	if err := b.Commit(); err != nil {
		t.Fatal(err)
	}
	c, v := storetest.Item(0)
	d, _ := storetest.Item(1)
	s.Close()
	for _, query := range []string{
		"UPDATE captures SET raw = substr(raw, 1, length(raw) - 3) WHERE id = x'" + c.ID + "'",
		"UPDATE captures SET raw = (SELECT raw FROM captures WHERE id = x'" + d.ID + "') WHERE id = x'" + c.ID + "'", // whole, but of another
	} {
		change(t, path, query)
		s := open(t, path)
		if _, err := s.Capture(bg, c.ID); !errors.Is(err, store.ErrCorrupt) {
			t.Errorf("capture: got %v, want ErrCorrupt", err)
		}
		if _, err := s.Version(bg, v.ID); !errors.Is(err, store.ErrCorrupt) {
			t.Errorf("version: got %v, want ErrCorrupt", err)
		}
		if _, err := s.Capture(bg, d.ID); err != nil {
			t.Error(err)
		}
		s.Close()
	}
}

// BenchmarkIngest puts captures of 3 KB with their versions and 40 keys each,
// a hundred to a commit.
func BenchmarkIngest(b *testing.B) {
	for _, size := range []int{1, store.GroupSize, 1000} {
		b.Run(fmt.Sprintf("commit of %d", size), func(b *testing.B) {
			g := store.NewGroup(bg, open(b, filepath.Join(b.TempDir(), "s.db")), size)
			i := 0
			b.ReportAllocs()
			for b.Loop() {
				i++
				c, v := big(i)
				keys := make([]uint64, 40)
				for k := range keys {
					keys[k] = uint64(i*40+k) * 0x9e3779b97f4a7c15
				}
				if err := g.Do(func(b store.Batch) error {
					_, err := b.PutCapture(c)
					_, err2 := b.PutVersion(v)
					return errors.Join(err, err2, b.PutKeys(v.ID, keys))
				}); err != nil {
					b.Fatal(err)
				}
			}
			if err := g.Flush(); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "captures/s")
		})
	}
}

func big(i int) (news.Capture, news.Version) {
	c, v := storetest.Item(i)
	v.Text = strings.Repeat(v.Text, 30)
	c.Raw = []byte(v.Text)
	sum := sha256.Sum256(c.Raw)
	c.ID = hex.EncodeToString(sum[:])
	v.Capture = c.ID
	return c, v
}

func BenchmarkVersions(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "s.db"))
	w := begin(b, s)
	put(b, w, 0, 2000)
	if err := w.Commit(); err != nil {
		b.Fatal(err)
	}
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range s.Versions(bg) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "versions/s")
}
