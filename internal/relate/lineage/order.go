package lineage

import (
	"cmp"
	_ "embed"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/tracewire/tracewire/internal/news"
)

//go:embed weights.txt
var weightsFile string

// weights of the clues, in logits.
var weights = sync.OnceValue(func() (w [clueCount]float64) {
	for line := range strings.Lines(weightsFile) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		if k := slices.Index(ClueNames[:], name); k >= 0 {
			var err error
			if w[k], err = strconv.ParseFloat(strings.TrimSpace(value), 64); err != nil {
				panic("weights.txt: " + line)
			}
		}
	}
	return w
})

// The logits from which a direction is told. Between versions of one report
// about one in a hundred is then the wrong way. Paragraphs in other writing
// have only the clocks, and want more of them.
const (
	tellVersions = .6
	tellExcerpts = 1
	wordsAlone   = .7 // of the logit that counts when no clock bears it out
)

// clocks are the clues that hold for any two texts, whatever they share.
var clocks = [...]int{byAddress, byDay, byGuess, byCapture, byPoll, byStamp}

// logit is the weight of the clues that count for the relation: above 0 where
// a is the earlier.
func (p *pair) logit(x *[clueCount]float64) float64 {
	z, weights := 0., weights()
	if p.relation == news.EarlierVersion {
		for i, w := range weights {
			z += w * x[i]
		}
		if x[byOrdinal] == 0 && x[byAddress] == 0 && x[byDay] == 0 && x[byCapture] == 0 && x[byStamp] == 0 {
			z *= wordsAlone
		}
		return z
	}
	for _, i := range clocks {
		z += weights[i] * x[i]
	}
	return z
}

// step is two editions, the first the earlier if z is above 0.
type step struct{ a, b *edition }

// order weighs all pairs of versions as pairs of editions, whose clues are
// the mean over their pages, and takes back what would go in a circle.
func order(pairs []pair) map[step]float64 {
	sums, counts := map[step]float64{}, map[step]int{}
	for i := range pairs {
		p := &pairs[i]
		if p.relation != news.EarlierVersion || p.a.edition == p.b.edition {
			continue
		}
		p.x = p.clues()
		z, k := p.logit(&p.x), step{p.a.edition, p.b.edition}
		if k.b.name < k.a.name {
			z, k = -z, step{k.b, k.a}
		}
		sums[k] += z
		counts[k]++
	}
	keys := make([]step, 0, len(sums))
	later := map[*edition][]*edition{}
	for k, n := range counts {
		sums[k] /= float64(n)
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(x, y step) int { return cmp.Or(cmp.Compare(x.a.name, y.a.name), cmp.Compare(x.b.name, y.b.name)) })
	for _, k := range keys {
		switch z := sums[k]; {
		case z > tellVersions:
			later[k.a] = append(later[k.a], k.b)
		case z < -tellVersions:
			later[k.b] = append(later[k.b], k.a)
		}
	}
	circle := circles(keys, later)
	net := map[*edition]float64{}
	for _, k := range keys {
		if circle[k.a] != 0 && circle[k.a] == circle[k.b] {
			net[k.a] -= sums[k]
			net[k.b] += sums[k]
		}
	}
	for _, k := range keys {
		if circle[k.a] != 0 && circle[k.a] == circle[k.b] && (net[k.b]-net[k.a])*sums[k] <= 0 {
			sums[k] = 0
		}
	}
	return sums
}

// circles numbers the editions that lie on circles of the graph, a number a
// group (Tarjan 1972, strongly connected components).
func circles(keys []step, later map[*edition][]*edition) map[*edition]int {
	index, low, on := map[*edition]int{}, map[*edition]int{}, map[*edition]bool{}
	var stack []*edition
	group, groups := map[*edition]int{}, 0
	var visit func(e *edition)
	visit = func(e *edition) {
		index[e] = len(index) + 1
		low[e] = index[e]
		stack = append(stack, e)
		on[e] = true
		for _, f := range later[e] {
			if index[f] == 0 {
				visit(f)
				low[e] = min(low[e], low[f])
			} else if on[f] {
				low[e] = min(low[e], index[f])
			}
		}
		if low[e] != index[e] {
			return
		}
		from := slices.Index(stack, e)
		if members := stack[from:]; len(members) > 1 {
			groups++
			for _, m := range members {
				group[m] = groups
			}
		}
		for _, m := range stack[from:] {
			on[m] = false
		}
		stack = stack[:from]
	}
	for _, k := range keys {
		for _, e := range [...]*edition{k.a, k.b} {
			if index[e] == 0 {
				visit(e)
			}
		}
	}
	return group
}

// evidence is the clues that speak for from, the strongest first, in words.
func (p *pair) evidence(from, to *node) (rule, note string) {
	type told struct {
		k int
		z float64
	}
	var list []told
	weights := weights()
	for k, x := range p.x {
		if from == p.b {
			x = -x
		}
		if p.relation != news.EarlierVersion && !slices.Contains(clocks[:], k) {
			continue
		}
		if p.x[byAddress] != 0 && (k == byCapture || k == byPoll) {
			continue // the same clock once more
		}
		if z := weights[k] * x; z > leastClue {
			list = append(list, told{k, z})
		}
	}
	slices.SortStableFunc(list, func(x, y told) int { return cmp.Compare(y.z, x.z) })
	for i, t := range list[:min(len(list), cluesTold)] {
		if i == 0 {
			rule = ClueNames[t.k]
		} else {
			note += "; "
		}
		note += p.tell(t.k, from, to)
	}
	return rule, note
}

const (
	leastClue = .2 // logits from which a clue is worth telling
	cluesTold = 3
)

// likely is the probability of a logit.
func likely(z float64) float64 { return 1 / (1 + math.Exp(-math.Abs(z))) }
