package propagation

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
)

// Threads is the program with nothing put together.
type Threads func([]news.Version) ([]pipeline.Thread, error)

// miss is how far a number is from the true one, over some facts.
type miss struct {
	sum, square float64
	n           int
}

func (m *miss) add(x, truth float64) {
	m.plus(miss{math.Abs(x - truth), (x - truth) * (x - truth), 1})
}

func (m *miss) plus(o miss) { m.sum, m.square, m.n = m.sum+o.sum, m.square+o.square, m.n+o.n }

// String is the mean distance, and the root of the mean square.
func (m miss) String() string {
	n := float64(max(1, m.n))
	return fmt.Sprintf("%.3f %.3f", m.sum/n, math.Sqrt(m.square/n))
}

// counted is what the program says of a fact, and the truth.
type counted struct {
	low, high, truth float64
	expected         float64
	known            bool
	given            bool // all claims that tell the fact were put together for the program
}

// guesses are the ways of making one number out of a range.
var guesses = []string{"at least", "at most", "middle", "one share for all", "with priors"}

// parts are sets of facts: as the program groups claims, and with the claims of a
// fact put together for it; all of them, and those with a range.
var parts = []string{"all", "ranges", "given", "given, ranges"}

// guess makes a number out of a range. share is the one for all.
func (c counted) guess(name string, share float64) float64 {
	switch name {
	case "at least":
		return c.low
	case "at most":
		return c.high
	case "middle":
		return (c.low + c.high) / 2
	case "one share for all":
		return c.low + share*(c.high-c.low)
	}
	if c.known {
		return c.expected
	}
	return c.high
}

// ScoreHabits invents n stories of one press for each of some seeds, once of a
// press that copies now and then and once of one that mostly does. The program
// learns who copies whom from the first half of them, and is held on the second
// half against the truth: which outlet takes from which, and how many independent
// origins a fact has. Beside its expected number stand the ends and the middle of
// the range that is counted anyway, and the number in one place of the range for
// all facts, which is chosen on the first half with its truth.
func ScoreHabits(n int, seeds []uint64, relate Threads) (measure.Report, error) {
	r := measure.Report{Name: fmt.Sprintf("habits, %d invented stories of one press for each of %d seeds", n, len(seeds))}
	for _, heavy := range []bool{false, true} {
		name := "light"
		if heavy {
			name = "heavy"
		}
		s := season{all: map[string]*miss{}}
		for _, seed := range seeds {
			docs, err := s.play(NewHabits(seed, heavy), n, seed, relate)
			if err != nil {
				return r, err
			}
			r.Docs += docs
		}
		r.Rows = append(r.Rows,
			measure.Row{Name: name + ": dependence ranked", Count: s.ranked, How: "a pair of outlets that copies before one that does not (AUC), of those that met"},
			measure.Row{Name: name + ": often enough", Count: s.often, How: "the same, of those that told five stories or more both"},
			measure.Row{Name: name + ": dependence told", Count: s.told, How: "ordered pairs with a probability of a half or more, and those that copy and met"})
		var b strings.Builder
		fmt.Fprintf(&b, "%s: distance from the true number of independent origins, second half of the stories: mean, and root of the mean square\n", name)
		fmt.Fprintf(&b, "  %-5s %-14s %6s", "seed", "facts", "number")
		for _, g := range guesses {
			fmt.Fprintf(&b, "  %18s", g)
		}
		b.WriteString("\n" + s.table.String())
		for _, part := range parts {
			fmt.Fprintf(&b, "  %-5s %-14s %6d", "all", part, s.all[part+guesses[0]].n)
			for _, g := range guesses {
				fmt.Fprintf(&b, "  %18v", s.all[part+g])
			}
			b.WriteString("\n")
		}
		r.Notes = append(r.Notes, b.String())
	}
	return r, nil
}

// season is the results of presses of one sort.
type season struct {
	table               strings.Builder
	all                 map[string]*miss // by part and guess
	ranked, often, told measure.Count
}

// play has n stories of a press read, and adds what came of it. It returns the
// number of pages.
func (s *season) play(h *Habits, n int, seed uint64, relate Threads) (docs int, err error) {
	priors := &pipeline.Priors{}
	var learned, judged []counted
	for i, x := range h.Make(n, seed) {
		in := x.Versions()
		docs += len(in)
		threads, err := relate(in)
		if err != nil {
			return docs, fmt.Errorf("%s: %w", x.Name, err)
		}
		if i >= n/2 {
			judged = append(judged, countFacts(x, threads, priors)...)
			continue
		}
		for _, t := range threads {
			priors.Learn(t)
		}
		learned = append(learned, countFacts(x, threads, nil)...)
	}
	shares := map[bool]float64{}
	for _, given := range []bool{false, true} {
		shares[given] = bestShare(slices.DeleteFunc(slices.Clone(learned), func(c counted) bool { return c.given != given }))
	}
	for _, part := range parts {
		sums := make([]miss, len(guesses))
		given, ranges := strings.HasPrefix(part, "given"), strings.HasSuffix(part, "ranges")
		for _, c := range judged {
			if ranges && c.low == c.high || c.given != given {
				continue
			}
			for k, g := range guesses {
				sums[k].add(c.guess(g, shares[given]), c.truth)
			}
		}
		fmt.Fprintf(&s.table, "  %-5d %-14s %6d", seed, part, sums[0].n)
		for k, g := range guesses {
			fmt.Fprintf(&s.table, "  %18v", sums[k])
			if s.all[part+g] == nil {
				s.all[part+g] = &miss{}
			}
			s.all[part+g].plus(sums[k])
		}
		s.table.WriteString("\n")
	}
	pairs := priors.Pairs()
	ranked, told := h.judgePairs(pairs)
	s.ranked, s.told = s.ranked.Plus(ranked), s.told.Plus(told)
	often, _ := h.judgePairs(slices.DeleteFunc(pairs, func(d news.Dependence) bool { return d.Stories < 5 }))
	s.often = s.often.Plus(often)
	return docs, nil
}

// judgePairs holds the pairs that met against the truth: how they are ranked, and
// which are said to copy.
func (h *Habits) judgePairs(pairs []news.Dependence) (ranked, told measure.Count) {
	at := map[string]int{}
	for i, name := range h.Outlets() {
		at[name] = i
	}
	var with, without []float64
	for _, d := range pairs {
		x, okX := at[d.Outlet]
		y, okY := at[d.From]
		if !okX || !okY {
			continue
		}
		copies, yes := h.Takes[x][y] > 0, d.Probability >= 0.5
		one := measure.Both(0, int(measure.One(copies)), int(measure.One(yes)))
		if copies && yes {
			one.Hit, one.HitProg = 1, 1
		}
		told = told.Plus(one)
		if copies {
			with = append(with, d.Probability)
		} else {
			without = append(without, d.Probability)
		}
	}
	for _, p := range with {
		for _, q := range without {
			x := 0.0
			switch cmp.Compare(p, q) {
			case 1:
				x = 1
			case 0:
				x = 0.5
			}
			ranked = ranked.Plus(measure.Share(x, 1))
		}
	}
	return ranked, told
}

// countFacts is what was counted for each fact of a story that somebody told: of
// the claims that the program put together, and of all that tell it.
func countFacts(s Story, threads []pipeline.Thread, priors *pipeline.Priors) []counted {
	versions, rel := pipeline.Combine(threads)
	whole := pipeline.Thread{Versions: versions, Relations: rel}
	list := make([]news.Version, len(versions))
	for i, v := range versions {
		list[i] = *v
	}
	var out []counted
	for f, m := range find(s, list, rel) {
		if m.group < 0 || s.Facts[f].Low == 0 {
			continue
		}
		both := []news.Group{rel.Groups[m.group], pipeline.Origins(whole, m.claims)}
		if priors != nil {
			priors.Expect(whole, false, both)
		}
		for i, g := range both {
			c := counted{low: float64(g.Independent[0]), high: float64(g.Independent[1]), truth: float64(s.Facts[f].High), given: i == 1}
			if g.Prior != nil {
				c.expected, c.known = g.Prior.Expected, true
			}
			out = append(out, c)
		}
	}
	return out
}

// bestShare is the place in the range, from 0 to 1, that is nearest to the truth
// over all facts, by squares: what is to be expected if nothing is known of pairs.
func bestShare(facts []counted) float64 {
	const steps = 50
	return slices.MinFunc(upTo(steps), func(a, b float64) int {
		var x, y miss
		for _, c := range facts {
			x.add(c.guess("one share for all", a), c.truth)
			y.add(c.guess("one share for all", b), c.truth)
		}
		return cmp.Compare(x.square, y.square)
	})
}

func upTo(steps int) []float64 {
	out := make([]float64, steps+1)
	for i := range out {
		out[i] = float64(i) / float64(steps)
	}
	return out
}
