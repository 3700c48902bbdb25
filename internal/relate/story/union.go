package story

import "math"

// When two groups of texts are one story. In a small company, a logistic model
// of the two groups as wholes says it: chance likenesses and chance differences
// of single texts even out in the sums of their words, as in the centroids of
// Miranda et al. 2018. In a great company, and where a text has no near
// neighbours by which to judge, enough of the pairs between them must be close.
const (
	closePair    = 0.30 // of two texts, in a story
	storyAverage = 0.26 // between two groups in a great company
	storyQuorum  = 0.2  // of the pairs between two groups
	storyFaint   = 0.05 // average below which no other likeness counts
	joinAt       = 0.45 // from here on a union is good enough
	knownNames   = 0.15 // average likeness of names below which a group is not known well enough for its words to count

	smallCrowd, greatCrowd = 0.4, 0.6 // of company.crowd; between them both ways count
)

// The features of a possible union of two groups.
const (
	average    = iota // score of the pairs between them
	sumWords          // likeness of the sums of their words
	sumBigrams        // and of their words in a row
	smaller           // natural logarithm of the number of texts in the smaller
	crowd             // how many tell of the same course of events, see company
	unionFeatures
)

// unionWeights are those of the logistic model.
type unionWeights struct {
	by   [unionFeatures]float64
	bias float64
}

// union is what speaks for joining two groups.
type union struct {
	x     [unionFeatures]float64
	close float64 // share of the pairs that are close
	// strange is by how much the pairs name others than those of one story do: in
	// sums of words the names are few beside the words of a pattern. See
	// strangersCost.
	strange float64
	great   float64 // how far that alone counts: 1 in a great company or in none
}

// spread is how alike the texts of a group are: the squared lengths of the sums
// of their vectors.
type spread struct{ words, bigrams float64 }

// spread sums up the pairs inside a group by its sample.
func (f *fold) spread(sample []int) spread {
	s := spread{float64(len(sample)), float64(len(sample))}
	for i, a := range sample {
		for _, b := range sample[i+1:] {
			x := f.score(a, b)
			s.words += 2 * float64(x.words)
			s.bigrams += 2 * float64(x.bigrams)
		}
	}
	return s
}

// unionOf looks at two groups by their samples. a has the smaller first member:
// sums must not depend on which is which.
func (f *fold) unionOf(a, b *group) union {
	var u union
	var words, bigrams, names float64
	for _, s := range f.between(a.sample, b.sample) {
		u.x[average] += s.story
		words += float64(s.words)
		bigrams += float64(s.bigrams)
		names += float64(s.names)
		u.strange += float64(s.strange)
		if s.story >= closePair {
			u.close++
		}
	}
	n := float64(len(a.sample) * len(b.sample))
	u.close /= n
	u.strange /= n
	u.x[average] /= n
	u.x[sumWords] = words / math.Sqrt(a.spread.words*b.spread.words)
	u.x[sumBigrams] = bigrams / math.Sqrt(a.spread.bigrams*b.spread.bigrams)
	u.x[smaller] = math.Log(float64(min(a.size, b.size)))
	u.x[crowd] = max(f.crowd[a.first], f.crowd[b.first])
	u.great = 1
	if f.accompanied(a) && f.accompanied(b) {
		u.great = max(1-names/n/knownNames, min(1, max(0, (u.x[crowd]-smallCrowd)/(greatCrowd-smallCrowd))))
	}
	return u
}

// accompanied reports whether a text of the group has a near neighbour.
func (f *fold) accompanied(g *group) bool {
	for _, i := range g.sample {
		if f.beside[i] > 0 {
			return true
		}
	}
	return false
}

// union says how good it were to join two groups, and whether that is enough.
func (f *fold) union(a, b *group) (float64, bool) {
	u := f.unionOf(a, b)
	return f.weights.union.value(&u)
}

func (w *unionWeights) value(u *union) (float64, bool) {
	z := w.bias - strangersCost*u.strange
	for i, v := range u.x {
		z += w.by[i] * v
	}
	value := (1-u.great)/(1+math.Exp(-z)) + u.great*u.x[average]*joinAt/storyAverage
	return value, value >= joinAt && u.x[average] >= storyFaint && u.close >= u.great*storyQuorum
}
