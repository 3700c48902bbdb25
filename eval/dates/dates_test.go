package dates

import (
	"os"
	"testing"
)

const bench = "../../../shared/bench/dates"

// TestFloors holds what was reached.
func TestFloors(t *testing.T) {
	if _, err := os.Stat(bench); err != nil {
		t.Skip("the benchmark is not here")
	}
	if testing.Short() {
		t.Skip("reads 799 pages twice")
	}
	r, err := Score(bench)
	if err != nil {
		t.Fatal(err)
	}
	for name, floor := range map[string]float64{"the page alone": 0.91, "the page alone, held-out half": 0.91, "the address is known": 0.91} {
		row, ok := r.Find(name)
		if v, _ := row.Count.Value(); !ok || v < floor {
			t.Errorf("%s: %.3f, floor %.3f", name, v, floor)
		}
	}
}
