// Package measure holds what all scorers share: counts that add up to figures,
// the one-to-one pairing of two lists, and reports with readable errors.
package measure

// Count is what a figure is made of. A share has one side: Hit of Gold. An
// F figure has two, and Hit and HitProg differ only where hits are weighted.
type Count struct {
	Hit     float64 // right, seen from the gold
	Gold    int     // of the gold
	HitProg float64 // right, seen from the program
	Prog    int     // of the program
	OneSide bool    // a share: the program's side does not count
}

// Share counts hits among the items of the gold.
func Share(hit float64, of int) Count { return Count{Hit: hit, Gold: of, OneSide: true} }

// Both counts hits among the items of the gold and of the program.
func Both(hit, gold, prog int) Count {
	return Count{Hit: float64(hit), Gold: gold, HitProg: float64(hit), Prog: prog}
}

// Weighted is Both with hits that weigh differently on the two sides.
func Weighted(hit float64, gold int, hitProg float64, prog int) Count {
	return Count{Hit: hit, Gold: gold, HitProg: hitProg, Prog: prog}
}

// Plus adds up two counts of the same measure.
func (c Count) Plus(o Count) Count {
	return Count{c.Hit + o.Hit, c.Gold + o.Gold, c.HitProg + o.HitProg, c.Prog + o.Prog, c.OneSide || o.OneSide}
}

// Recall is the right part of the gold; it is false when the gold is empty.
func (c Count) Recall() (float64, bool) { return Ratio(c.Hit, c.Gold) }

// Precision is the right part of what the program found; it is false when the
// program found nothing.
func (c Count) Precision() (float64, bool) { return Ratio(c.HitProg, c.Prog) }

// Value is the figure: the share, or the harmonic mean of precision and
// recall. It is false when there is nothing to judge on either side.
func (c Count) Value() (float64, bool) {
	r, gold := c.Recall()
	if c.OneSide {
		return r, gold
	}
	p, prog := c.Precision()
	if p+r == 0 {
		return 0, gold || prog
	}
	return 2 * p * r / (p + r), true
}

// Ratio is hit / of; it is false when there is nothing to divide by.
func Ratio(hit float64, of int) (float64, bool) {
	if of == 0 {
		return 0, false
	}
	return hit / float64(of), true
}

// One is 1 for true: a hit, or a perfect fit.
func One(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
