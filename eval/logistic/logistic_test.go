package logistic

import (
	"math"
	"testing"
)

func TestFitFindsTheShare(t *testing.T) {
	// Three of four say yes where x is 1, one of four where it is 0.
	var set []Example
	for i := range 4 {
		set = append(set, Example{[]float64{1, 1}, i < 3, 1}, Example{[]float64{0, 1}, i < 1, 1})
	}
	w := Fit(set, []float64{0, 0}, []float64{0, 0})
	if p := Chance(w, []float64{1, 1}); math.Abs(p-.75) > 1e-6 {
		t.Errorf("x is 1: %f", p)
	}
	if p := Chance(w, []float64{0, 1}); math.Abs(p-.25) > 1e-6 {
		t.Errorf("x is 0: %f", p)
	}
}

func TestRidgeDrawsToThePrior(t *testing.T) {
	set := []Example{{[]float64{1}, true, 1}}
	free := Fit(set, []float64{2}, []float64{.01})
	held := Fit(set, []float64{2}, []float64{100})
	if !(free[0] > held[0] && held[0] > 2 && held[0] < 2.01) {
		t.Errorf("free %f, held %f; the prior is 2", free[0], held[0])
	}
}
