package relate_test

import (
	"runtime"
	"testing"

	"github.com/tracewire/tracewire/internal/relate"
)

// TestEach calls each number once, on any number of processors.
func TestEach(t *testing.T) {
	for _, processors := range []int{1, 2, 7} {
		was := runtime.GOMAXPROCS(processors)
		for _, n := range []int{0, 1, 2, 1000} {
			called := make([]int, n)
			relate.Each(n, func(i int) { called[i]++ })
			for i, times := range called {
				if times != 1 {
					t.Errorf("on %d processors: %d of %d was called %d times", processors, i, n, times)
				}
			}
		}
		runtime.GOMAXPROCS(was)
	}
}

// TestStretches covers all numbers, in stretches that begin where the last one
// ended.
func TestStretches(t *testing.T) {
	for _, c := range []struct{ n, size, stretches int }{{0, 8, 0}, {1, 8, 1}, {8, 8, 1}, {9, 8, 2}, {100, 7, 15}} {
		ends := make([]int, c.stretches)
		relate.Stretches(c.n, c.size, func(from, to int) { ends[from/c.size] = to })
		for i, to := range ends {
			if want := min(c.n, (i+1)*c.size); to != want {
				t.Errorf("%d in stretches of %d: stretch %d ends at %d, want %d", c.n, c.size, i, to, want)
			}
		}
	}
}
