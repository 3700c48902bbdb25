package pipeline_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/schema"
	"github.com/tracewire/tracewire/internal/store"
	"github.com/tracewire/tracewire/internal/store/memory"
	"github.com/tracewire/tracewire/internal/store/sqlite"
)

// What is found depends on which pages were read: not on their order, the
// number of runs, workers, or the store they are kept in.

type testingT interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// answer is everything that is found, as the JSON that users get.
func answer(t testingT, e pipeline.Engine) []byte {
	t.Helper()
	var threads []pipeline.Thread
	err := e.Relate(context.Background(), nil, func(x pipeline.Thread) error {
		threads = append(threads, x)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	versions, relations := pipeline.Combine(threads)
	texts := map[string]string{}
	for _, v := range versions {
		if _, twice := texts[v.Name]; twice {
			t.Fatalf("two versions are called %s", v.Name)
		}
		texts[v.Name] = v.Text
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetIndent("", " ")
	for _, v := range versions {
		if err := enc.Encode(schema.FromVersion(v)); err != nil {
			t.Fatal(err)
		}
	}
	if err := enc.Encode(schema.FromRelations(relations, texts)); err != nil {
		t.Fatal(err)
	}
	if err := enc.Encode(relations); err != nil { // and what the schema leaves out
		t.Fatal(err)
	}
	return out.Bytes()
}

// way is one way of reading a set of pages.
type way struct {
	name    string
	runs    [][]string
	workers int
	store   store.Store
	eager   bool // relate after each run, and not only at the end
}

func (w way) read(t testingT) (pipeline.Engine, []byte) {
	t.Helper()
	e := pipeline.Engine{Store: w.store, Workers: w.workers}
	for _, paths := range w.runs {
		run, err := e.Read(context.Background(), paths, nil)
		if err != nil {
			t.Fatal(err)
		}
		if run.Tally.In != run.Tally.Stored+run.Tally.Duplicate || run.Tally.In < len(paths) {
			t.Fatalf("%v read as %s", paths, run.Tally)
		}
		if w.eager {
			answer(t, e)
		}
	}
	return e, answer(t, e)
}

// same fails with the first lines that differ.
func same(t testingT, what string, want, got []byte) {
	t.Helper()
	if bytes.Equal(want, got) {
		return
	}
	w, g := strings.Split(string(want), "\n"), strings.Split(string(got), "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			from := max(0, i-6)
			t.Fatalf("%s: line %d differs\nin one go:\n%s\nthis way:\n%s", what, i,
				strings.Join(w[from:min(len(w), i+3)], "\n"), strings.Join(g[from:min(len(g), i+3)], "\n"))
		}
	}
	t.Fatalf("%s: %d lines in one go, %d this way", what, len(w), len(g))
}

// split cuts paths into runs.
func split(paths []string, cut func(n int) int) [][]string {
	var runs [][]string
	for len(paths) > 0 {
		n := 1 + cut(len(paths))
		runs, paths = append(runs, paths[:n]), paths[n:]
	}
	return runs
}

func openFile(t testingT, dir string) store.Store {
	t.Helper()
	f, err := os.CreateTemp(dir, "*.db")
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	s, err := sqlite.Open(f.Name())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ways compares all ways of reading paths.
func ways(t testingT, dir string, paths, shuffled []string, runs [][]string) {
	t.Helper()
	_, want := way{runs: [][]string{paths}, workers: 1, store: memory.New()}.read(t)
	file := openFile(t, dir)
	defer file.Close()
	for _, w := range []way{
		{"shuffled, four workers", [][]string{shuffled}, 4, memory.New(), false},
		{"in runs", runs, 1, memory.New(), true},
		{"in runs, in a file, four workers", runs, 4, file, true},
	} {
		e, got := w.read(t)
		same(t, w.name, want, got)
		if err := e.Store.DropDerived(context.Background()); err != nil {
			t.Fatal(err)
		}
		same(t, w.name+", derived data dropped", want, answer(t, e))
	}
}

func TestAnswerDependsOnThePagesAlone(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		sub, err := os.MkdirTemp(dir, "")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(sub)
		paths := stream(t, sub)
		shuffled := rapid.Permutation(paths).Draw(t, "order")
		runs := split(shuffled, func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "run") })
		ways(t, sub, paths, shuffled, runs)
	})
}

func TestExamplesInAnyOrder(t *testing.T) {
	paths, err := filepath.Glob("../../examples/*/*.*")
	if err != nil || len(paths) == 0 {
		t.Fatal("no examples", err)
	}
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 1))
		shuffled := append([]string{}, paths...)
		r.Shuffle(len(paths), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		ways(t, t.TempDir(), paths, shuffled, split(shuffled, r.IntN))
	}
}

// The same on real articles, where they are at hand.
func TestRealArticlesInAnyOrder(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	lines := realArticles(t)
	dir := t.TempDir()
	file := func(name string, list []string) string {
		p := filepath.Join(dir, name+".jsonl")
		if err := os.WriteFile(p, []byte(strings.Join(list, "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
		return p
	}
	start := time.Now()
	_, want := way{runs: [][]string{{file("all", lines)}}, store: memory.New()}.read(t)
	for seed := range uint64(2) {
		if time.Since(start) > 30*time.Second {
			t.Log("a busy machine: one shuffle only")
			break
		}
		r := rand.New(rand.NewPCG(seed, 2))
		r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		cut := r.IntN(len(lines))
		a, b := file(fmt.Sprint("first", seed), lines[:cut]), file(fmt.Sprint("second", seed), lines[cut:])
		w := way{fmt.Sprintf("shuffle %d in two runs", seed), [][]string{{a}, {b}}, 2, memory.New(), false}
		if seed == 0 {
			w.store = openFile(t, dir)
			defer w.store.Close()
		}
		_, got := w.read(t)
		same(t, w.name, want, got)
	}
	t.Logf("%d articles in %s", len(lines), time.Since(start).Round(time.Millisecond))
}

// realArticles are lines of JSONL made of ../shared/lineage, or the test is
// skipped.
func realArticles(tb testing.TB) []string {
	f, err := os.Open("../../../shared/lineage/helsinki.csv")
	if err != nil {
		tb.Skip("no articles in ../shared/lineage: ", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	var lines []string
	for _, r := range rows[1:] {
		line, err := json.Marshal(map[string]string{
			"url": "https://" + r[column["publisher"]] + "/" + r[column["id"]], "fetched": r[column["scrape_time"]],
			"text": strings.ReplaceAll(r[column["text"]], " ### ", "\n\n"),
		})
		if err != nil {
			tb.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	return lines
}

// What rules of another release found is dropped, not mixed with our own.
func TestOtherRules(t *testing.T) {
	ctx := context.Background()
	s := memory.New()
	_, want := way{runs: [][]string{{"../../examples/brindle-dam"}}, store: s}.read(t)
	b, err := s.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	a, c := "", ""
	for v, err := range s.Versions(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		// Layers without anything in them, a key that is no longer made.
		if err := b.PutLayers(pipeline.Stage, &news.Version{ID: v.ID}); err != nil {
			t.Fatal(err)
		}
		if err := b.PutKeys(v.ID, []uint64{7}); err != nil {
			t.Fatal(err)
		}
		a, c = c, v.ID
	}
	err = errors.Join(b.PutOverlap(store.PairOf(a, c), news.Overlap{A: a, B: c}), b.SetCursor("rules", "older"), b.Commit())
	if err != nil {
		t.Fatal(err)
	}
	same(t, "after an older release", want, answer(t, pipeline.Engine{Store: s}))
}
