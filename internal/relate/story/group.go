package story

import (
	"cmp"
	"math"
	"slices"
)

// The vectors of a group: sums over its voices.
const (
	ofHead = iota
	ofLedeWords
	ofLedeNames
	ofWords
	ofNames
	ofPhrases
	ofPersons
	ofOrgs
	ofPlaces
	// Those below count voices: how many ledes name it, texts name it, …
	ledesNaming
	textsNaming
	ledesIn // places
	textsIn // places
	ledesActing
	ledeSums // "14 missing"
	ledeUnits
	ledeDays // weekdays and dates that the lede names
	vectorCount
)

// longest is how many terms of a vector a group keeps: the heaviest. Twice as
// many are held before it is cut, so that growing by one text costs little.
const longest = 400

// group is texts that belong together, as one voice would tell their news.
type group struct {
	members []int // sorted
	voices  float64
	sums    [vectorCount][]term // sorted by word
	length  [vectorCount]float64
	crowd   float64 // logarithm of the texts around, see crowded

	dated float64 // voices with a date
	days  float64 // sum of their days
	grown int     // how often it was joined
}

// voice is the group of one text.
func voice(at int, d *inner, crowd float64) group {
	g := group{members: []int{at}, voices: 1, crowd: crowd}
	g.sums = [vectorCount][]term{
		ofHead: d.head, ofLedeWords: d.ledeWords, ofLedeNames: d.ledeNames, ofWords: d.words, ofNames: d.names,
		ofPhrases: d.phrases, ofPersons: d.persons, ofOrgs: d.orgs, ofPlaces: d.places,
		ledesNaming: ones(d.ledeNames), textsNaming: ones(d.names, d.ledeNames),
		ledesIn: d.ledePlaces, ledesActing: d.actors, textsIn: ones(d.places), ledeSums: d.sums, ledeUnits: d.units, ledeDays: d.days,
	}
	if d.day != undated {
		g.dated, g.days = 1, float64(d.day)
	}
	g.measure()
	return g
}

// ones has weight 1 for each term of some vectors.
func ones(vectors ...[]term) []term {
	out := slices.Concat(vectors...)
	for i := range out {
		out[i].weight = 1
	}
	slices.SortFunc(out, func(a, b term) int { return cmp.Compare(a.word, b.word) })
	return slices.CompactFunc(out, func(a, b term) bool { return a.word == b.word })
}

func (g *group) measure() {
	for i, v := range g.sums {
		g.length[i] = math.Sqrt(dot(v, v))
	}
}

// join is the union of two groups.
func (g *group) join(o *group) group {
	u := group{
		members: merge(g.members, o.members), voices: g.voices + o.voices, crowd: max(g.crowd, o.crowd),
		dated: g.dated + o.dated, days: g.days + o.days, grown: g.grown + o.grown + 1,
	}
	for i := range u.sums {
		u.sums[i] = cut(add(g.sums[i], o.sums[i]))
	}
	u.measure()
	return u
}

// scale makes a group of copies speak with one voice.
func (g *group) scale(by float64) {
	g.voices *= by
	g.dated *= by
	g.days *= by
	for i := range g.sums {
		v := slices.Clone(g.sums[i])
		for k := range v {
			v[k].weight *= float32(by)
		}
		g.sums[i] = v
		g.length[i] *= by
	}
}

// add is the sum of two vectors.
func add(a, b []term) []term {
	out := make([]term, 0, len(a)+len(b))
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i].word < b[j].word:
			out = append(out, a[i])
			i++
		case a[i].word > b[j].word:
			out = append(out, b[j])
			j++
		default:
			out = append(out, term{a[i].word, a[i].weight + b[j].weight})
			i++
			j++
		}
	}
	out = append(out, a[i:]...)
	return append(out, b[j:]...)
}

// cut keeps the heaviest terms of a vector that has grown too long.
func cut(v []term) []term {
	if len(v) <= 2*longest {
		return v
	}
	slices.SortFunc(v, func(a, b term) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.word, b.word)) })
	v = slices.Clone(v[:longest])
	slices.SortFunc(v, func(a, b term) int { return cmp.Compare(a.word, b.word) })
	return v
}

// average is the mean over all pairs of a voice of a and one of b.
func average(a, b *group, i int) float64 {
	return dot(a.sums[i], b.sums[i]) / (a.voices * b.voices)
}

// excess is by how much the two middles are more alike than the pairs are on
// average; 0 between two texts.
func excess(a, b *group, i int) float64 {
	if a.length[i] == 0 || b.length[i] == 0 {
		return 0
	}
	d := dot(a.sums[i], b.sums[i])
	return max(0, d/(a.length[i]*b.length[i])-d/(a.voices*b.voices))
}

// unshared is how much of what the ledes of a say (vector here) the texts of b
// never say (vector there), from 0 to 1; and the most that any one word is
// said on the one side and not on the other.
func unshared(a, b *group, here, there int) (mean, peak float64) {
	var sum, all float64
	y := b.sums[there]
	for j, k := 0, 0; k < len(a.sums[here]); k++ {
		t := a.sums[here][k]
		for j < len(y) && y[j].word < t.word {
			j++
		}
		p, q := float64(t.weight)/a.voices, 0.0
		if j < len(y) && y[j].word == t.word {
			q = min(1, float64(y[j].weight)/b.voices)
		}
		all += p
		sum += p * (1 - q)
		peak = max(peak, p*(1-q))
	}
	if all == 0 {
		return 0, 0
	}
	return sum / all, min(1, peak)
}

// between is the days between the middles of two groups, -1 if unknown.
func between(a, b *group) float64 {
	if a.dated == 0 || b.dated == 0 {
		return -1
	}
	return math.Abs(a.days/a.dated - b.days/b.dated)
}
