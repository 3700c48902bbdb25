package measure

import (
	"math"
	"slices"
	"testing"
)

func TestPairUp(t *testing.T) {
	fits := [][]float64{
		{0.9, 0.8, 0},
		{0.95, 0, 0},
		{0.4, 0.4, 0.4},
	}
	fit := func(i, j int) float64 { return fits[i][j] }
	for _, c := range []struct {
		name  string
		least float64
		want  []Pair
	}{
		{"the best of all goes first", 0.5, []Pair{{0, 1}, {1, 0}}},
		{"a weak fit counts without a least", 0, []Pair{{0, 1}, {1, 0}, {2, 2}}},
	} {
		if got := PairUp(3, 3, c.least, fit); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestBCubed(t *testing.T) {
	// Three mentions of a and one of b; the program has a's third with b.
	in := []Clustering{{"a", "0"}, {"a", "0"}, {"a", "1"}, {"b", "1"}}
	recall, precision := BCubed(in, len(in))
	near(t, "recall", recall, 2./3+2./3+1./3+1)
	near(t, "precision", precision, 1+1+0.5+0.5)
}

func TestCount(t *testing.T) {
	for _, c := range []struct {
		name   string
		c      Count
		want   float64
		judged bool
	}{
		{"half of both", Both(1, 2, 2), 0.5, true},
		{"nothing on either side", Both(0, 0, 0), 0, false},
		{"only false alarms", Both(0, 0, 3), 0, true},
		{"only misses", Both(0, 3, 0), 0, true},
		{"share", Share(3, 4), 0.75, true},
		{"share of nothing", Share(0, 0), 0, false},
	} {
		v, judged := c.c.Value()
		near(t, c.name, v, c.want)
		if judged != c.judged {
			t.Errorf("%s: judged = %v", c.name, judged)
		}
	}
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-12 {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}
