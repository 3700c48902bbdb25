package pipeline

import (
	"slices"
	"testing"
)

// In a great component every version keeps its strong pairs and the closest of
// the weak ones, in small ones all pairs stay.
func TestFewWeak(t *testing.T) {
	const n = 40
	var all []met
	for a := range int32(n) {
		for b := a + 1; b < n; b++ {
			m := met{a, b, enough}
			switch {
			case b == a+20:
				m.keys = strong
			case b == a+10:
				m.keys = enough + 1
			}
			all = append(all, m)
		}
	}
	if got := fewWeak(slices.Clone(all), n, func(met) bool { return false }); !slices.Equal(got, all) {
		t.Errorf("%d of %d pairs stay in a small component", len(got), len(all))
	}
	got := fewWeak(slices.Clone(all), n, func(met) bool { return true })
	if len(got) > n*closest+n/2 {
		t.Errorf("%d pairs are kept of %d versions", len(got), n)
	}
	for _, m := range all {
		if m.keys > enough && !slices.Contains(got, m) {
			t.Errorf("a close pair is gone: %v", m)
		}
	}
	if slices.Contains(got, met{0, 39, enough}) {
		t.Error("a distant pair of few keys is kept")
	}
}
