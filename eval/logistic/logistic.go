// Package logistic fits the few weights of a logistic regression. The trainers
// of the program share it.
package logistic

import (
	"math"
	"slices"
)

// Example is a case with its answer.
type Example struct {
	X      []float64
	Yes    bool
	Weight float64
}

// Logit is the weighted sum of x.
func Logit(w, x []float64) float64 {
	z := 0.
	for i := range x {
		z += w[i] * x[i]
	}
	return z
}

// Chance is how likely the answer is yes, 0 to 1.
func Chance(w, x []float64) float64 { return 1 / (1 + math.Exp(-Logit(w, x))) }

// rounds of Newton's method; a dozen are enough for anything that converges.
const rounds = 30

// Fit is Newton's method on the weighted log-likelihood. Ridge draws each
// weight to its prior, where the search begins; a bias is a feature that is
// always 1, with a ridge of 0.
func Fit(set []Example, prior, ridge []float64) []float64 {
	w := slices.Clone(prior)
	n := len(w)
	for range rounds {
		grad, hess := make([]float64, n), make([][]float64, n)
		for i := range n {
			grad[i], hess[i] = ridge[i]*(prior[i]-w[i]), make([]float64, n)
			hess[i][i] = ridge[i]
		}
		for _, e := range set {
			p := Chance(w, e.X)
			y := 0.
			if e.Yes {
				y = 1
			}
			for i, x := range e.X {
				grad[i] += e.Weight * (y - p) * x
				for j, z := range e.X {
					hess[i][j] += e.Weight * p * (1 - p) * x * z
				}
			}
		}
		for i, d := range solve(hess, grad) {
			w[i] += d
		}
	}
	return w
}

// solve is Gauss's elimination. It overwrites a and b.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for i := range n {
		best := i
		for r := i; r < n; r++ {
			if math.Abs(a[r][i]) > math.Abs(a[best][i]) {
				best = r
			}
		}
		a[i], a[best], b[i], b[best] = a[best], a[i], b[best], b[i]
		if math.Abs(a[i][i]) < 1e-12 {
			a[i][i] = 1e-12
		}
		for r := i + 1; r < n; r++ {
			k := a[r][i] / a[i][i]
			for c := i; c < n; c++ {
				a[r][c] -= k * a[i][c]
			}
			b[r] -= k * b[i]
		}
	}
	x := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		x[i] = b[i]
		for c := i + 1; c < n; c++ {
			x[i] -= a[i][c] * x[c]
		}
		x[i] /= a[i][i]
	}
	return x
}
