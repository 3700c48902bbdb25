package story

import (
	"cmp"
	"flag"
	"fmt"
	"slices"
	"testing"

	"github.com/tracewire/tracewire/eval/logistic"
	"github.com/tracewire/tracewire/internal/news"
)

var train = flag.Bool("train", false, "print weights of the comparison learned from the benchmarks beside the repository")

// example is a pair with the answer of a reader.
type example struct {
	x        []float64 // the features, and company.beside
	near     float64   // how much company both have, 0 to 1
	same     bool
	versions bool // of one report
	weight   float64
	parts    [2]int // that its texts are in, see part
}

// parts is how many parts a set is cut into; each is judged by weights that
// were learned without it.
const parts = 5

// part is the part of the set that a text is in, by its topic or story.
func (l labelled) part(name string) int {
	return int(hash(cmp.Or(l.topics[name], l.labels[name][0])) % parts)
}

// prepare does what comes before stories are folded.
func prepare(l labelled) (*fold, []pair) {
	f := newFold(l.digests, l.links)
	f.dateCopies()
	f.ready()
	near := f.near()
	f.neighbours(near)
	f.weighBigrams(near)
	f.lookAround(near)
	return f, near
}

// examples takes all candidate pairs of a set that are not copies. Each story
// counts by its texts, not by its pairs, or the biggest would be all there is;
// the pairs of one story together weigh by their share of all.
func (l labelled) examples(f *fold, near []pair) []example {
	const all = 2000 // weight of a set
	size := map[string]float64{}
	for d, labels := range l.labels {
		if l.counts[d] {
			size[labels[0]]++
		}
	}
	copies := f.placeOf(f.linked(sameText))
	var out []example
	var same, inSame, other float64
	for _, p := range near {
		a, b := &f.digests[p.a], &f.digests[p.b]
		la, lb := l.labels[a.Name], l.labels[b.Name]
		if !l.counts[a.Name] || !l.counts[b.Name] || copies[p.a] == copies[p.b] {
			continue
		}
		x := featuresOf(&f.local[p.a], &f.local[p.b])
		e := example{
			x:    append(x.x[:], f.company(int(p.a), int(p.b), x.likeness()).beside),
			near: min(1, f.beside[p.a]/aloof, f.beside[p.b]/aloof),
			same: la[0] == lb[0], versions: f.areVersions(p), weight: 1,
			parts: [2]int{l.part(a.Name), l.part(b.Name)},
		}
		if !e.same && (slices.Contains(lb, la[0]) || slices.Contains(la, lb[0])) {
			continue
		}
		if e.same {
			e.weight = 1 / size[la[0]]
			inSame += e.weight
			same++
		} else {
			other++
		}
		out = append(out, e)
	}
	for i := range out {
		out[i].weight *= all / (same + other)
		if out[i].same {
			out[i].weight *= same / inSame
		}
	}
	return out
}

// inLede are the features by which versions of one report are told apart.
var inLede = []int{ledeWords, ledeNames, allWords, cross, titles, phrases, hours}

// inGreat are those by which texts are told apart in a great company.
var inGreat = []int{ledeWords, ledeNames, allWords, allNames, cross, titles, phrases, persons, orgs, places, agree, differ, together, hours}

// learn fits the weights to examples.
func learn(data []example) *weights {
	all := make([]int, featureCount+1)
	for i := range all {
		all[i] = i
	}
	fit := func(use []int, ridge float64, weight func(e example) float64) []float64 {
		var cases []logistic.Example
		for _, e := range data {
			w := weight(e)
			if w == 0 {
				continue
			}
			x := make([]float64, 0, len(use)+1)
			for _, u := range use {
				x = append(x, e.x[u])
			}
			cases = append(cases, logistic.Example{X: append(x, 1), Yes: e.same, Weight: w})
		}
		return logistic.Fit(cases, make([]float64, len(use)+1), append(slices.Repeat([]float64{ridge}, len(use)), 0))
	}
	reports := func(e example) float64 {
		if e.versions {
			return 0
		}
		return e.weight
	}
	w := &weights{}
	// In a great company words in a row made no story that was not seen better.
	great := fit(inGreat, 3, reports)
	for i, use := range inGreat {
		w.great[use] = great[i]
	}
	w.greatBias = great[len(inGreat)]
	small := fit(all, 3, func(e example) float64 { return reports(e) * e.near })
	copy(w.small[:], small)
	w.beside, w.smallBias = small[featureCount], small[featureCount+1]
	versions := fit(inLede, 1, func(e example) float64 { return e.weight - reports(e) })
	for i, u := range inLede {
		w.versions[u] = versions[i]
	}
	w.versionsBias = versions[len(inLede)]
	return w
}

// outside are the examples that say nothing of a part.
func outside(data []example, part int) []example {
	return slices.DeleteFunc(slices.Clone(data), func(e example) bool { return e.parts[0] == part || e.parts[1] == part })
}

func TestTrain(t *testing.T) {
	if !*train {
		t.Skip("without -train")
	}
	sets := []labelled{helsinki(t), ecbPlus(t)}
	for i := range sets {
		sets[i].digests, sets[i].links = sets[i].digest()
	}
	var data [2][]example
	for i, l := range sets {
		f, near := prepare(l)
		data[i] = l.examples(f, near)
	}
	w := learn(slices.Concat(data[0], data[1]))
	w.union = learnUnion(sets, w, -1)
	for name, v := range map[string][featureCount]float64{"great": w.great, "small": w.small, "versions": w.versions} {
		fmt.Printf("%-9s", name)
		for i, f := range featureNames {
			fmt.Printf(" %s: %.2f,", f, v[i])
		}
		fmt.Println()
	}
	fmt.Printf("biases %.2f %.2f %.2f, beside %.2f\n", w.greatBias, w.smallBias, w.versionsBias, w.beside)
	fmt.Printf("union %.2f, bias %.2f\n", w.union.by, w.union.bias)
	// Each part by the weights learned from the other parts of both sets.
	var sums [2]tally
	for part := range parts {
		w := learn(slices.Concat(outside(data[0], part), outside(data[1], part)))
		w.union = learnUnion(sets, w, part)
		for i, l := range sets {
			f, near := prepare(l)
			f.weights = w
			var stories []news.Story
			for _, g := range f.stories(near) {
				stories = append(stories, news.Story{Documents: f.names(g)})
			}
			l.judge(&sums[i], stories, func(d string) bool { return l.part(d) == part })
		}
	}
	for _, s := range sums {
		p, r, f1 := s.bcubed()
		fmt.Printf("weights that did not see the topic or story: B-cubed P %.3f R %.3f F1 %.3f\n", p, r, f1)
	}
}

// unions are possible unions of groups with the answer of a reader.
type unions []logistic.Example

// meet adds what a fold with these weights compares, where groups are joined as
// a reader would, or else as the weights say; stories of a part are left out.
func (u *unions) meet(l labelled, w *weights, part int, asRead bool) {
	f, near := prepare(l)
	f.weights = w
	// share is how much of two groups is one story, of the pairs that count.
	share := func(a, b *group) (same float64, hidden, known bool) {
		n := 0.0
		for _, p := range a.sample {
			for _, q := range b.sample {
				a, b := f.digests[p].Name, f.digests[q].Name
				if !l.counts[a] || !l.counts[b] {
					continue
				}
				hidden = hidden || l.part(a) == part || l.part(b) == part
				n++
				if slices.Contains(l.labels[b], l.labels[a][0]) || slices.Contains(l.labels[a], l.labels[b][0]) {
					same++
				}
			}
		}
		return same / max(1, n), hidden, n > 0
	}
	f.storiesBy(near, joining{
		speak: sampleSize, spread: f.spread,
		union: func(a, b *group) (float64, bool) {
			x := f.unionOf(a, b)
			if asRead {
				same, _, _ := share(a, b)
				return x.x[average], same > 0.5
			}
			return w.union.value(&x)
		},
		told: func(a, b *group) {
			x := f.unionOf(a, b)
			same, hidden, known := share(a, b)
			if hidden || !known || x.x[average] < storyFaint || x.great > 0.5 {
				return
			}
			// what is right or wrong of B-cubed after it is in proportion to this
			weight := 2 * float64(a.size) * float64(b.size) / float64(a.size+b.size)

			in := append(slices.Clone(x.x[:]), 1)
			*u = append(*u, logistic.Example{X: in, Yes: true, Weight: weight * same}, logistic.Example{X: in, Weight: weight * (1 - same)})
		},
	})
}

// learnUnion fits the weights of unions to what a reader would join, and then
// also to what comes up when groups are joined by them.
func learnUnion(sets []labelled, w *weights, part int) (fitted unionWeights) {
	var data unions
	for _, asRead := range [...]bool{true, false} {
		now := *w
		now.union = fitted
		for _, l := range sets {
			data.meet(l, &now, part, asRead)
		}
		by := logistic.Fit(data, make([]float64, unionFeatures+1), append(slices.Repeat([]float64{1}, unionFeatures), 0))
		copy(fitted.by[:], by)
		fitted.bias = by[unionFeatures]
	}
	return fitted
}
