// Package dependence learns who copies whom: from the stories that two outlets
// both told it works out how probable it is that one takes its reports from the
// other, and how often. It is a prior, kept apart from what the pages of a story
// show themselves, and every figure has its evidence: counts, lags, passages.
//
// Observe reads one thread: of each story every pair of outlets that shares
// something has at most one meeting each way, by the strongest thing that the
// two share. What two reports share they share at once, so that ten common
// sentences are no more than one. Memory adds meetings up; since they are counts,
// the answer is a function of the set of threads.
//
// The method is that of Dong, Berti-Équille and Srivastava (PVLDB 2009,
// "Integrating conflicting data: the role of source dependence", and "Truth
// discovery and copying detection in a dynamic world"): sharing what is true says
// little, sharing what is false a lot, and the more the fewer others have that
// very error. What news has beyond it: text, credits and citations show much of
// the copying outright, and who was first tells the direction.
package dependence

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/tracewire/tracewire/internal/news"
)

// Class is what two outlets have in common in one story, by the strongest sign.
type Class uint8

// The classes. From False on there is one for each degree of popularity of the
// false value that both give.
const (
	Same      Class = iota // they tell the same
	Differ                 // they give different values for one thing
	Worded                 // they share rare wording
	Cited                  // the later one names the other as where it has it from
	Carried                // it prints copy of the other, an agency of which there is no page
	Credited               // it prints the other's copy and says so
	Copied                 // its text is a copy, a cut, a version or has an excerpt
	Elsewhere              // the later one has its text from a third: this tells nothing of the two
	False                  // they share a value that is wrong or out of date

	degrees = 8
	classes = int(False) + degrees
)

// falseOf is the class of sharing a false value that others give, too: of the
// other outlets with a false value of the thing, others of all give this very
// one. It is Laplace's estimate with n values, in halves.
func falseOf(others, all, n int) Class {
	p := float64(others+1) / float64(all+n)
	return False + Class(min(degrees-1, int(math.Round(-math.Log2(p)))))
}

// strength orders examples: what shows most comes first.
func (c Class) strength() int {
	switch c {
	case Same, Differ, Worded:
		return int(c)
	case Cited, Carried, Credited, Copied:
		return classes + int(c)
	case Elsewhere:
		return -1
	}
	return int(c)
}

func popularityOf(c Class) float64 { return math.Exp2(-float64(c - False)) }

// Order is who of two outlets told a story first.
type Order uint8

// The orders of A and B of a meeting.
const (
	Unknown Order = iota
	AFirst
	BFirst
)

// Meeting is a story that two outlets told, A < B. Outlets go by their folded
// names.
type Meeting struct {
	A, B  string
	Order Order
	Class Class
	Lag   int // minutes between them, -1 if unknown
	Shown news.Shared
}

// Observed is what one thread tells.
type Observed struct {
	Meetings []Meeting
	Values   []Score
	Names    map[string]string // as printed, by folded name: the first of several
}

// Score is how many values of an outlet were right, of those that others gave,
// too.
type Score struct {
	Outlet       string
	Right, Wrong int
}

// Memory is what many threads told. The zero value knows nothing.
type Memory struct {
	pairs map[[2]string]*pair
	score map[string]*Score
	names map[string]string
	// What follows is made of these once it is settled.
	settled  bool
	model    Model
	known    map[[2]string][2]weighed // by pair: the first from the second, and the reverse
	partners map[string][]string      // the outlets that one met, sorted
}

// pair is the meetings of two outlets.
type pair struct {
	by  [3]counts              // by Order
	lag [3][len(lagEnds)]int32 // by Order; in bins
	say [3][]news.Shared       // the strongest of each Order
}

// kept is how many meetings of a pair are remembered with their passages, each
// way.
const kept = 6

// lagEnds are the upper ends of the bins of lags, in minutes.
var lagEnds = [...]int{2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1440, 2880, 4320, 10080, math.MaxInt}

// Add adds what a thread told.
func (m *Memory) Add(o Observed) {
	if m.pairs == nil {
		m.pairs, m.score, m.names = map[[2]string]*pair{}, map[string]*Score{}, map[string]string{}
	}
	m.settled = false
	for _, x := range o.Meetings {
		k := [2]string{x.A, x.B}
		p := m.pairs[k]
		if p == nil {
			p = &pair{}
			m.pairs[k] = p
		}
		p.count(x, 1)
		p.say[x.Order] = keep(p.say[x.Order], x.Shown)
	}
	for folded, name := range o.Names {
		if was, known := m.names[folded]; !known || name < was {
			m.names[folded] = name
		}
	}
	for _, s := range o.Values {
		t := m.score[s.Outlet]
		if t == nil {
			t = &Score{Outlet: s.Outlet}
			m.score[s.Outlet] = t
		}
		t.Right, t.Wrong = t.Right+s.Right, t.Wrong+s.Wrong
	}
}

func (p *pair) count(x Meeting, n int32) {
	p.by[x.Order][x.Class] += n
	if x.Lag >= 0 {
		p.lag[x.Order][slices.IndexFunc(lagEnds[:], func(end int) bool { return x.Lag <= end })] += n
	}
}

// keep adds an example to a list that holds the strongest, in an order of its
// own.
func keep(list []news.Shared, x news.Shared) []news.Shared {
	i, _ := slices.BinarySearchFunc(list, x, stronger)
	if i == kept {
		return list
	}
	return slices.Insert(list, i, x)[:min(kept, len(list)+1)]
}

func stronger(a, b news.Shared) int {
	return cmp.Or(cmp.Compare(b.Strength, a.Strength), cmp.Compare(a.From.Doc, b.From.Doc), cmp.Compare(a.To.Doc, b.To.Doc),
		cmp.Compare(a.From.Span.Start, b.From.Span.Start), cmp.Compare(a.To.Span.Start, b.To.Span.Start),
		cmp.Compare(a.From.Span.End, b.From.Span.End), cmp.Compare(a.To.Span.End, b.To.Span.End), cmp.Compare(a.How, b.How))
}

// How much what is taken for granted weighs against what was learned: so many
// pairs, and so many stories.
const (
	pairsBefore   = 20
	storiesBefore = 50
	rounds        = 8
)

// settle fits what is taken for granted to all pairs: how many outlets copy and
// how much of it, by expectation and maximisation, and how much rare wording is
// shared by chance, by those who share some: most pairs are strangers.
func (m *Memory) settle() {
	if m.settled {
		return
	}
	m.settled = true
	usual := Usual()
	m.model = usual
	keys := slices.SortedFunc(maps.Keys(m.pairs), func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	worded, all := 0, 0
	for _, k := range keys {
		for _, n := range m.pairs[k].by {
			worded += int(n[Worded])
			all += n.all() - int(n[Copied]+n[Credited]+n[Cited])
		}
	}
	m.model.Chance = (usual.Chance*storiesBefore + float64(worded)) / float64(storiesBefore+all)
	for range rounds {
		copying := usual.Copying * pairsBefore
		likely := slices.Clone(usual.Likely)
		for i := range likely {
			likely[i] *= pairsBefore
		}
		sum := float64(pairsBefore)
		for _, k := range keys {
			a, b := m.weigh(k[0], k[1], nil)
			for _, x := range [...]weighed{a, b} {
				copying += x.probability
				sum += x.probability
				total := odds(x.weights)
				for i, w := range x.weights {
					likely[i] += x.probability * math.Exp(w-total)
				}
			}
		}
		for i := range likely {
			likely[i] /= sum
		}
		m.model.Copying = min(0.8, copying/float64(pairsBefore+len(keys)))
		m.model.Likely = likely
	}
	m.known, m.partners = make(map[[2]string][2]weighed, len(keys)), map[string][]string{}
	for _, k := range keys {
		a, b := m.weigh(k[0], k[1], nil)
		a.weights, b.weights = nil, nil
		m.known[k] = [2]weighed{a, b}
		m.partners[k[0]], m.partners[k[1]] = append(m.partners[k[0]], k[1]), append(m.partners[k[1]], k[0])
	}
	for _, list := range m.partners {
		slices.Sort(list)
	}
}

// accuracy is the share of an outlet's values that are right, as if it had had
// nine of ten right before.
func (m *Memory) accuracy(outlet string) float64 {
	s := m.score[outlet]
	if s == nil {
		s = &Score{}
	}
	return float64(s.Right+9) / float64(s.Right+s.Wrong+10)
}

// weighed is what is known of one outlet taking from another.
type weighed struct {
	probability float64 // that it does
	rate        float64 // how often if it does, of the stories in which it could
	unseen      float64 // that a report of it which does not show it is taken
	met         int     // stories in which it could
	weights     []float64
}

// weigh tells of a pair: A from B, and B from A. less is meetings that are not
// to count.
func (m *Memory) weigh(a, b string, less []Meeting) (weighed, weighed) {
	var p pair
	if known := m.pairs[[2]string{a, b}]; known != nil {
		p.by = known.by
	}
	for _, x := range less {
		if x.A == a && x.B == b {
			p.by[x.Order][x.Class]--
		}
	}
	model, accA, accB := m.model, m.accuracy(a), m.accuracy(b)
	aLate, bLate := model.weight(&p.by[BFirst], accA, accB), model.weight(&p.by[AFirst], accB, accA)
	aAll, bAll := slices.Clone(aLate), slices.Clone(bLate)
	model.add(aAll, &p.by[Unknown], accA, accB)
	model.add(bAll, &p.by[Unknown], accB, accA)
	turns := p.by[AFirst] != counts{} && p.by[BFirst] != counts{}
	both := math.Max(odds(aAll)+odds(bLate), odds(aLate)+odds(bAll))
	pa, pb := model.directions(odds(aAll), odds(bAll), both, turns)
	same := func(rate float64) float64 { return rate }
	tell := func(p float64, w []float64, n ...*counts) weighed {
		out := weighed{probability: p, rate: model.mean(w, same), weights: w}
		out.unseen = p * model.mean(w, model.unseen)
		for _, c := range n {
			out.met += c.all()
		}
		return out
	}
	return tell(pa, aAll, &p.by[BFirst], &p.by[Unknown]), tell(pb, bAll, &p.by[AFirst], &p.by[Unknown])
}

// all is the meetings of two reports that tell something.
func (n *counts) all() int {
	sum := 0
	for c, k := range n {
		if Class(c) != Elsewhere && Class(c) != Carried {
			sum += int(k)
		}
	}
	return sum
}

// Pairs lists what is known of each ordered pair of outlets that met, the most
// probable first.
func (m *Memory) Pairs() []news.Dependence {
	m.settle()
	var out []news.Dependence
	for k, p := range m.pairs {
		a, b := m.known[k][0], m.known[k][1]
		first, second := m.names[k[0]], m.names[k[1]]
		out = append(out, p.tell(first, second, a, BFirst), p.tell(second, first, b, AFirst))
	}
	out = slices.DeleteFunc(out, func(d news.Dependence) bool { return d.Stories+d.Carried == 0 })
	slices.SortFunc(out, func(x, y news.Dependence) int {
		return cmp.Or(cmp.Compare(y.Probability, x.Probability), cmp.Compare(y.Rate, x.Rate), cmp.Compare(x.Outlet, y.Outlet), cmp.Compare(x.From, y.From))
	})
	return out
}

// tell puts the counts of one direction into words of the program.
func (p *pair) tell(outlet, from string, w weighed, order Order) news.Dependence {
	d := news.Dependence{Outlet: outlet, From: from, Probability: w.probability, Rate: w.rate, Unseen: w.unseen, Stories: w.met}
	for _, o := range [...]Order{order, Unknown} {
		n := &p.by[o]
		d.Copied, d.Credited, d.Cited = d.Copied+int(n[Copied]), d.Credited+int(n[Credited]), d.Cited+int(n[Cited])
		d.Carried += int(n[Carried])
		d.Worded, d.True, d.Different = d.Worded+int(n[Worded]), d.True+int(n[Same]), d.Different+int(n[Differ])
		for _, k := range n[False:] {
			d.False += int(k)
		}
	}
	d.First = p.by[order].all()
	d.Lag = median(&p.lag[order])
	d.Shared = slices.Concat(p.say[order], p.say[Unknown])
	slices.SortFunc(d.Shared, stronger)
	d.Shared = d.Shared[:min(kept, len(d.Shared))]
	return d
}

// median is the middle of lags in bins, in minutes: the upper end of its bin;
// -1 if there are none.
func median(bins *[len(lagEnds)]int32) int {
	all := int32(0)
	for _, n := range bins {
		all += n
	}
	so := int32(0)
	for i, n := range bins {
		if so += n; n > 0 && 2*so >= all {
			return lagEnds[min(i, len(lagEnds)-2)]
		}
	}
	return -1
}
