// Package eval_test holds the program to its floors: figures on the seed
// pages below which it must not fall again.
package eval_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tracewire/tracewire/eval/gold"
)

// seeds lies beside the repository: pages of other publishers, and the gold
// annotation of them.
const seeds = "../../shared/seeds"

// board is floors.json.
type board struct {
	// Corpus is the fingerprint of the seeds that the floors were set on.
	Corpus  string
	Overall float64
	Floors  []floor
}

// floor is the least that a figure may be.
type floor struct {
	Layer, Measure string
	Floor          float64
	// Precision is the floor of the precision alone; 1 allows no false alarm.
	Precision float64
}

func TestSeedsStayAboveFloors(t *testing.T) {
	if _, err := os.Stat(filepath.Join(seeds, "gold", "story.json")); err != nil {
		t.Skip("no ../shared/seeds beside the repository: the floors are not checked")
	}
	b := readBoard(t)
	if got := fingerprint(t); got != b.Corpus {
		t.Fatalf("the floors were set on other seeds: floors.json says %s, these are %s", b.Corpus, got)
	}
	out := t.TempDir()
	annotateAndRelate(t, out)
	r, err := gold.Score(filepath.Join(seeds, "gold"), seeds, out)
	if err != nil {
		t.Fatal(err)
	}
	hold(t, "overall", r.Overall(), b.Overall)
	for _, f := range b.Floors {
		m, has := r.Find(f.Layer, f.Measure)
		if !has {
			t.Errorf("%s, %s: not measured", f.Layer, f.Measure)
			continue
		}
		v, _ := m.Total().Value()
		hold(t, f.Layer+", "+f.Measure, v, f.Floor)
		if f.Precision > 0 {
			p, _ := m.Total().Precision()
			hold(t, f.Layer+", "+f.Measure+", precision", p, f.Precision)
		}
	}
	if t.Failed() {
		var table bytes.Buffer
		if err := r.WriteTable(&table); err != nil {
			t.Fatal(err)
		}
		t.Logf("the whole table:\n%s", table.String())
	}
}

func hold(t *testing.T, name string, figure, floor float64) {
	t.Helper()
	const rounding = 1e-9
	if figure < floor-rounding {
		t.Errorf("%-40s %.3f is below its floor of %.2f", name, figure, floor)
		return
	}
	t.Logf("%-40s %.3f, floor %.2f", name, figure, floor)
}

func readBoard(t *testing.T) board {
	t.Helper()
	raw, err := os.ReadFile("floors.json")
	if err != nil {
		t.Fatal(err)
	}
	var b board
	if err := json.Unmarshal(raw, &b); err != nil {
		t.Fatal(err)
	}
	return b
}

// The floors must name measures that exist: a slip would never fail.
func TestFloorsAreMainFigures(t *testing.T) {
	b := readBoard(t)
	for _, l := range gold.Layers {
		if !slices.ContainsFunc(b.Floors, func(f floor) bool {
			return f.Layer == l.Name && f.Measure == l.Main && 0 < f.Floor && f.Floor <= 1
		}) {
			t.Errorf("floors.json has no floor for %s, %s", l.Name, l.Main)
		}
	}
	if b.Overall <= 0 || b.Overall > 1 {
		t.Errorf("the overall floor is %v", b.Overall)
	}
}

// fingerprint is a hash over the pages and their gold, by name and content.
func fingerprint(t *testing.T) string {
	t.Helper()
	files := slices.Concat(glob(t, filepath.Join(seeds, "*.txt")), glob(t, filepath.Join(seeds, "gold", "*.json")))
	sum := sha256.New()
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(sum, "%s %x\n", filepath.Base(f), sha256.Sum256(raw))
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no files %s (%v)", pattern, err)
	}
	return files
}

// annotateAndRelate runs the program as a person would, on the seed pages.
func annotateAndRelate(t *testing.T, out string) {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "tracewire")
	build := exec.Command("go", "build", "-o", bin, "./cmd/tracewire")
	build.Dir = ".."
	if msg, err := build.CombinedOutput(); err != nil {
		t.Fatalf("the program does not build: %v\n%s", err, msg)
	}
	for _, sub := range []string{"annotate", "relate"} {
		args := append([]string{sub, "--format", "json", "--out", out}, glob(t, filepath.Join(seeds, "*.txt"))...)
		if msg, err := exec.Command(bin, args...).CombinedOutput(); err != nil {
			t.Fatalf("tracewire %s: %v\n%s", strings.Join(args[:5], " "), err, msg)
		}
	}
}
