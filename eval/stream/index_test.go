package stream

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/tracewire/tracewire/internal/store/sqlite"
)

func TestIndexLong(t *testing.T) {
	most, _ := strconv.Atoi(os.Getenv("INDEX"))
	if most == 0 {
		t.Skip()
	}
	p := filepath.Join(t.TempDir(), "x.db")
	s, err := sqlite.Open(p)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	batch, _ := strconv.Atoi(os.Getenv("BATCH"))
	if batch == 0 {
		batch = 1000
	}
	var sizes []int
	for _, n := range []int{10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000} {
		if n <= most {
			sizes = append(sizes, n)
		}
	}
	db, err := sql.Open("sqlite", p)
	if err != nil {
		t.Fatal(err)
	}
	_, err = MeasureIndex(context.Background(), s, Config{Seed: 1}, os.Getenv("TEXTS") != "", batch, sizes, func() (n int64) {
		if err := db.QueryRow("SELECT (SELECT sum(length(body)+16) FROM parts) + (SELECT 52*count(*) FROM numbers)").Scan(&n); err != nil {
			t.Error(err)
		}
		return n
	}, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
}
