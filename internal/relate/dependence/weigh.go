package dependence

import "math"

// Model is what is taken for granted when evidence is weighed. The first three
// are the a, the 1/n and the c of Dong, Berti-Équille and Srivastava,
// "Integrating conflicting data: the role of source dependence", PVLDB 2009;
// but c is not one number for all: it is weighed at every value from 0 to 1.
type Model struct {
	Copying float64   // a: prior probability that one of two outlets copies the other
	Values  int       // n: false values that a figure can have, for all that is known beforehand
	Rates   []float64 // the shares c that are weighed
	Likely  []float64 // how likely each is beforehand; they add up to 1
	Shown   float64   // share of what is taken that shows it: the text, a credit, a citation
	Slip    float64   // share of independent reports that seem to be taken
	Phrase  float64   // share of what is taken without showing it that has rare wording of the other
	Chance  float64   // share of independent reports that have
	Mended  float64   // share of what is taken in which a value was changed
	Misread float64   // share of independent reports that seem to give one false value, and it is not false, or not one
}

// Usual is the model of the program.
func Usual() Model {
	m := Model{Copying: 0.2, Values: 100, Shown: 0.6, Slip: 0.02, Phrase: 0.2, Chance: 0.04, Mended: 0.1, Misread: 0.005}
	const steps = 40
	for i := range steps {
		m.Rates, m.Likely = append(m.Rates, (float64(i)+0.5)/steps), append(m.Likely, 1.0/steps)
	}
	return m
}

// likelihood is how likely a meeting of a class is when the later outlet has
// its report from the earlier one (taken), and when it has not (apart). late and
// early are their accuracies: the share of their values that are right.
//
// Without marks of taking (Shown, Slip, Phrase, Chance, Mended, Misread all 0) these are
// the terms of the paper: with P_t = A1·A2 and P_f = (1-A1)(1-A2)·p, where p is
// the popularity of the false value and not 1/n for all, a copier has the same
// true value with A2·c + P_t(1-c), the same false one with (1-A2)·c + P_f(1-c),
// another one with (1-P_t-P_f)(1-c).
func (m Model) likelihood(c Class, late, early float64) (taken, apart float64) {
	switch c {
	case Copied, Credited, Carried, Cited:
		return m.Shown, m.Slip
	case Worded:
		return (1 - m.Shown) * m.phrase(), (1 - m.Slip) * m.Chance
	}
	taken, apart = (1-m.Shown)*(1-m.phrase()), (1-m.Slip)*(1-m.Chance)
	both := late * early
	switch c {
	case Same:
		return taken * (1 - m.Mended) * early, apart * both
	case Differ:
		other := 1 - both - (1-late)*(1-early)/float64(m.Values)
		return taken * m.Mended, apart * other
	}
	p := popularityOf(c)
	return taken * (1 - m.Mended) * (1 - early), apart * ((1-late)*(1-early)*p + m.Misread)
}

// phrase is the share of what is taken that has rare wording of the other, by
// chance or not.
func (m Model) phrase() float64 { return m.Chance + m.Phrase*(1-m.Chance) }

// counts is how many meetings of each class there were.
type counts [classes]int32

// weight is what meetings say of one outlet taking from another: the logarithms,
// for each of the rates, of how likely it is beforehand, and how much likelier
// they are at that rate than without any taking. late and early are accuracies.
func (m Model) weight(n *counts, late, early float64) []float64 {
	out := make([]float64, len(m.Rates))
	for i, p := range m.Likely {
		out[i] = math.Log(p)
	}
	m.add(out, n, late, early)
	return out
}

// add adds what meetings say to weights.
func (m Model) add(out []float64, n *counts, late, early float64) {
	for c, k := range n {
		if k == 0 || Class(c) == Elsewhere {
			continue
		}
		taken, apart := m.likelihood(Class(c), late, early)
		ratio := taken / apart
		if Class(c) == Carried { // that it does, not how often: nobody knows what else it could have taken
			for i := range out {
				out[i] += float64(k) * math.Log((ratio+1)/2)
			}
			continue
		}
		for i, rate := range m.Rates {
			out[i] += float64(k) * math.Log(rate*ratio+1-rate)
		}
	}
}

// odds is the sum of weights that are given as logarithms, as a logarithm.
func odds(weights []float64) float64 {
	most := math.Inf(-1)
	for _, w := range weights {
		most = math.Max(most, w)
	}
	if math.IsInf(most, -1) {
		return most
	}
	sum := 0.0
	for _, w := range weights {
		sum += math.Exp(w - most)
	}
	return most + math.Log(sum)
}

// mean is the mean of f over the rates, each weighed.
func (m Model) mean(weights []float64, f func(rate float64) float64) float64 {
	all, sum := odds(weights), 0.0
	for i, w := range weights {
		sum += math.Exp(w-all) * f(m.Rates[i])
	}
	return sum
}

// unseen is the share of the reports that do not show that they were taken, yet
// are, when that share of all is rate.
func (m Model) unseen(rate float64) float64 {
	hidden := rate * (1 - m.Shown)
	return hidden / (hidden + (1-rate)*(1-m.Slip))
}

// directions weighs the ways in which two outlets can depend on each other: not
// at all, the first on the second, the second on the first, and, where either
// was first at times, each on the other in turn. first and second are the
// logarithms of how much likelier one way makes what was seen; both is that of
// the last way, and counts only if turns is true. What comes back is the
// probability that the first takes from the second, and the reverse.
func (m Model) directions(first, second, both float64, turns bool) (float64, float64) {
	one := m.Copying / 2
	none, mutual := 1-m.Copying, 0.0
	if turns {
		mutual = one * one
		none -= mutual
	}
	logs := []float64{math.Log(none), math.Log(one) + first, math.Log(one) + second, math.Log(mutual) + both}
	if !turns {
		logs = logs[:3]
	}
	most := logs[0]
	for _, x := range logs {
		most = math.Max(most, x)
	}
	sum := 0.0
	for i, x := range logs {
		logs[i] = math.Exp(x - most)
		sum += logs[i]
	}
	a, b := logs[1], logs[2]
	if turns {
		a, b = a+logs[3], b+logs[3]
	}
	return a / sum, b / sum
}
