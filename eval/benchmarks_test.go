package eval_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"
)

// benchmark is a line of floors.json under "benchmarks": figures that the
// program prints for a folder of ../shared, and how low or high they may be.
type benchmark struct {
	Dir      string
	Floors   map[string]float64
	Ceilings map[string]float64 // less is better
}

// TestBenchmarksStayAboveFloors runs "tracewire eval" on each benchmark that
// lies beside the repository.
func TestBenchmarksStayAboveFloors(t *testing.T) {
	raw, err := os.ReadFile("floors.json")
	if err != nil {
		t.Fatal(err)
	}
	var b struct{ Benchmarks map[string]benchmark }
	if err := json.Unmarshal(raw, &b); err != nil {
		t.Fatal(err)
	}
	if len(b.Benchmarks) == 0 {
		t.Fatal("floors.json has no benchmarks")
	}
	if testing.Short() {
		t.Skip("reads thousands of texts")
	}
	program := ""
	for _, name := range slices.Sorted(maps.Keys(b.Benchmarks)) {
		bench := b.Benchmarks[name]
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join("..", "..", "shared", bench.Dir)
			if _, err := os.Stat(dir); err != nil {
				t.Skipf("no ../shared/%s beside the repository: its floors are not checked", bench.Dir)
			}
			if program == "" {
				program = build(t)
			}
			out, err := exec.Command(program, "-q", "eval", name, dir).CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			figures := figuresIn(out)
			for measure, least := range bench.Floors {
				if v, has := figures[measure]; !has || v < least {
					t.Errorf("%s: %.3f is below its floor of %.3f (measured: %v)", measure, v, least, has)
				}
			}
			for measure, most := range bench.Ceilings {
				if v, has := figures[measure]; !has || v > most {
					t.Errorf("%s: %.3f is above %.3f (measured: %v)", measure, v, most, has)
				}
			}
			if t.Failed() {
				t.Logf("%s", out)
			}
		})
	}
}

// row is a line of a printed report: the measure's name, then its figure.
var row = regexp.MustCompile(`^(\S.*?)\s+([01]\.\d{3})(?:\s|$)`)

func figuresIn(table []byte) map[string]float64 {
	out := map[string]float64{}
	for s := bufio.NewScanner(bytes.NewReader(table)); s.Scan(); {
		if m := row.FindStringSubmatch(s.Text()); m != nil {
			v, err := strconv.ParseFloat(m[2], 64)
			if _, known := out[m[1]]; err == nil && !known {
				out[m[1]] = v
			}
		}
	}
	return out
}

func build(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "tracewire-") // not t's own: it goes with the first subtest
	if err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(dir, "tracewire")
	cmd := exec.Command("go", "build", "-o", bin, "./cmd/tracewire")
	cmd.Dir = ".."
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return bin
}
