package stream

import (
	"context"
	"os"
	"strconv"
	"testing"

	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/store/sqlite"
)

func TestRun(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("N"))
	if n == 0 {
		n = 1000
	}
	s, err := sqlite.Open(t.TempDir() + "/x.db")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Run(context.Background(), Config{Articles: n, Seed: 1}, pipeline.Engine{Store: s})
	if err != nil {
		t.Fatal(err)
	}
	r.WriteTable(os.Stderr)
}
