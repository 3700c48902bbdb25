package pipeline_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/store/memory"
)

// BenchmarkRealArticles is the whole way of the articles in ../shared/lineage:
// read, annotate, compare, fold.
func BenchmarkRealArticles(b *testing.B) {
	lines := realArticles(b)
	p := filepath.Join(b.TempDir(), "all.jsonl")
	if err := os.WriteFile(p, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		e := pipeline.Engine{Store: memory.New()}
		if _, err := e.Read(context.Background(), []string{p}, nil); err != nil {
			b.Fatal(err)
		}
		if err := e.Relate(context.Background(), nil, func(pipeline.Thread) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(lines)*b.N)/b.Elapsed().Seconds(), "articles/s")
}
