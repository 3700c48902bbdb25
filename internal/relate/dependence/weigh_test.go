package dependence

import (
	"math"
	"testing"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9*math.Max(1, math.Abs(want)) {
		t.Errorf("%s: %.12g, want %.12g", what, got, want)
	}
}

// paper is the model of the paper: one copy rate, and no marks of taking.
func paper(c float64) Model {
	return Model{Copying: 0.2, Values: 100, Rates: []float64{c}, Likely: []float64{1}}
}

// The terms of Dong, Berti-Équille and Srivastava for outlets with accuracies of
// 0.9 and 0.8, c = 0.8, n = 100: P_t = 0.72, P_f = 0.1·0.2/100 = 0.0002. The first
// copies the second.
func TestTermsOfThePaper(t *testing.T) {
	const rare = False + degrees - 1 // popularity 1/128
	for _, c := range []struct {
		name string
		n    counts
		want float64 // the term for copying over that for independence
	}{
		{"shared true: [0.8·0.8 + 0.72·0.2] / 0.72", counts{Same: 1}, (0.64 + 0.144) / 0.72},
		{"two of them", counts{Same: 2}, (0.784 / 0.72) * (0.784 / 0.72)},
		{"shared false: [0.2·0.8 + P_f·0.2] / P_f with P_f = 0.02/128", counts{rare: 1}, (0.16 + 0.02/128*0.2) / (0.02 / 128)},
		{"a false value that all others give, too: P_f = 0.02", counts{False: 1}, (0.16 + 0.004) / 0.02},
		{"different: 1 - 0.8", counts{Differ: 1}, 0.2},
		{"who has it from a third tells nothing", counts{Elsewhere: 3}, 1},
	} {
		near(t, c.name, math.Exp(odds(paper(0.8).weight(&c.n, 0.9, 0.8))), c.want)
	}
}

// Two outlets of equal accuracy that share one false value and nothing is known
// of who was first: by hand, with A = 0.9, p = 1/128 and a = 0.2,
// L = (0.1·0.8 + 0.01/128·0.2) / (0.01/128) = 1024.2;
// P(first from second) = 0.1·L / (0.8 + 0.1·L + 0.1·L) = 0.49805…
func TestProbabilityOfThePaper(t *testing.T) {
	m := paper(0.8)
	n := counts{False + degrees - 1: 1}
	l := odds(m.weight(&n, 0.9, 0.9))
	near(t, "L", math.Exp(l), 1024.2)
	a, b := m.directions(l, l, 0, false)
	near(t, "one way", a, 102.42/(0.8+204.84))
	near(t, "the other", b, a)
}

func TestDirections(t *testing.T) {
	m := paper(0.8)
	a, b := m.directions(0, 0, 0, false)
	near(t, "nothing known", a, 0.1)
	near(t, "nothing known, the other way", b, 0.1)
	// each was first at times, and each takes: 0.01·e²⁰ against 0.79, 0.1·e¹⁰ twice
	a, b = m.directions(10, 10, 20, true)
	all := 0.79 + 0.2*math.Exp(10) + 0.01*math.Exp(20)
	near(t, "in turn", a, (0.1*math.Exp(10)+0.01*math.Exp(20))/all)
	near(t, "in turn, the other way", b, a)
}

// With marks that never fail, the rate is that of Laplace: what was taken plus one,
// of all stories plus two.
func TestRateIsLaplace(t *testing.T) {
	m := Model{Copying: 0.2, Values: 100, Shown: 1, Slip: 1e-12}
	const steps = 4000
	for i := range steps {
		m.Rates, m.Likely = append(m.Rates, (float64(i)+0.5)/steps), append(m.Likely, 1.0/steps)
	}
	for _, c := range []struct{ taken, apart int32 }{{0, 0}, {1, 0}, {3, 1}, {7, 3}, {0, 8}} {
		n := counts{Copied: c.taken, Same: c.apart}
		got := m.mean(m.weight(&n, 0.9, 0.9), func(rate float64) float64 { return rate })
		if want := float64(c.taken+1) / float64(c.taken+c.apart+2); math.Abs(got-want) > 1e-3 {
			t.Errorf("%d of %d: rate %.4f, want %.4f", c.taken, c.taken+c.apart, got, want)
		}
	}
}

// Of ten stories, half taken and six tenths of that shown, two are taken without
// showing it and five are not: 2/7.
func TestUnseen(t *testing.T) {
	m := Model{Shown: 0.6}
	near(t, "half", m.unseen(0.5), 2.0/7)
	near(t, "none", m.unseen(0), 0)
	near(t, "all", m.unseen(1), 1)
}

func TestPopularityOfFalseValues(t *testing.T) {
	for _, c := range []struct {
		others, all, n int
		want           float64
	}{
		{0, 0, 100, 1.0 / 128},   // nobody else is wrong: 1/n, in halves
		{0, 28, 100, 1.0 / 128},  // others are wrong otherwise
		{99, 100, 100, 1.0 / 2},  // half of all that can be
		{49, 50, 100, 1.0 / 4},   // 50/150, nearer to 1/4 than to 1/2 in halves
		{399, 400, 100, 1.0 / 1}, // everybody's error
	} {
		near(t, "popularity", popularityOf(falseOf(c.others, c.all, c.n)), c.want)
	}
}

func TestMedian(t *testing.T) {
	var bins [len(lagEnds)]int32
	if got := median(&bins); got != -1 {
		t.Errorf("no lags: %d", got)
	}
	bins[5], bins[8], bins[12] = 2, 2, 1
	if got := median(&bins); got != 90 {
		t.Errorf("two to 30 minutes, two to 90, one to six hours: %d", got)
	}
}
