package story

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// The features of a comparison, each from 0 to 1.
const (
	ledeWords = iota
	ledeNames
	allWords
	allNames
	cross   // words of one's lede in the other's text
	titles  // words of the headlines
	phrases // pairs of words that stand side by side in the ledes
	persons
	orgs
	places
	agree    // 1 if the ledes count the same thing and come to the same number
	differ   // 1 if they count the same things and never come to the same number
	together // ledeWords × ledeNames: the same said of the same
	bigrams  // words in a row, in all the text
	hours    // between the times at which both were fetched, in days, 1 for all that is longer (see gathered)
	featureCount
)

var featureNames = [featureCount]string{
	"ledeWords", "ledeNames", "allWords", "allNames", "cross", "titles", "phrases", "persons", "orgs", "places", "agree", "differ", "together", "bigrams", "hours",
}

// features is what a comparison looks at.
type features struct {
	x    [featureCount]float64
	days int // between the dates of writing, -1 if unknown

	// strangers is how much of the names in each lede the other text never
	// has, by weight, 0 to 1; of the two ledes the one with less counts.
	strangers float64
}

func featuresOf(a, b *inner) features {
	f := features{days: a.daysTo(b)}
	f.x = [featureCount]float64{
		ledeWords: dot(&a.ledeWords, &b.ledeWords),
		ledeNames: dot(&a.ledeNames, &b.ledeNames),
		allWords:  dot(&a.words, &b.words),
		allNames:  dot(&a.names, &b.names),
		cross:     (dot(&a.ledeWords, &b.words) + dot(&a.words, &b.ledeWords)) / 2,
		titles:    dot(&a.head, &b.head),
		phrases:   dot(&a.phrases, &b.phrases),
		persons:   dot(&a.persons, &b.persons),
		orgs:      dot(&a.orgs, &b.orgs),
		places:    dot(&a.places, &b.places),
	}
	f.x[agree], f.x[differ] = counts(a.from.Numbers, b.from.Numbers)
	f.x[together] = f.x[ledeWords] * f.x[ledeNames]
	f.x[bigrams] = dot(&a.bigrams, &b.bigrams)
	f.x[hours] = gathered(a, b)
	f.strangers = min(missing(&a.ledeNames, &b.names), missing(&b.ledeNames, &a.names))
	return f
}

// strange is by how much two texts name others than texts of one story do.
func (f features) strange() float64 { return max(0, f.strangers-acquainted) }

// missing is the share, by squared weight, of names of a lede that are not
// among all names of a text.
func missing(lede, all *vector) float64 {
	var lost, sum float64
	next := 0 // of the lede
	see := func(to int) {
		for ; next < to; next++ {
			w := float64(lede.terms[next].weight) * float64(lede.terms[next].weight)
			sum += w
			lost += w
		}
	}
	bothHave(lede, all, func(i, _ int) {
		see(i)
		sum += float64(lede.terms[i].weight) * float64(lede.terms[i].weight)
		next = i + 1
	})
	see(len(lede.terms))
	if sum == 0 {
		return 0
	}
	return lost / sum
}

// gathered is how far apart two texts were fetched, in days, at most 1. It
// says something only of texts that were fetched while they were news, by
// somebody who went on looking: dated ones within a day or two, and none of
// them days after the other.
func gathered(a, b *inner) float64 {
	const fresh, goneOn = 2, 3 * 24 * 60 * 60
	for _, t := range [...]*inner{a, b} {
		if t.from.Got == 0 || t.day != undated && int(t.from.Got/(24*60*60))-t.day > fresh {
			return 0
		}
	}
	apart := max(a.from.Got-b.from.Got, b.from.Got-a.from.Got)
	if apart > goneOn {
		return 0
	}
	return min(1, float64(apart)/(24*60*60))
}

// likeness is what two texts share of words and names, in the lede and in all,
// from 0 to 1.
func (f features) likeness() float64 {
	return (f.x[ledeWords] + f.x[ledeNames] + f.x[allWords] + f.x[allNames]) / 4
}

// likeness is that of two texts whose other features do not matter.
func likeness(a, b *inner) float64 {
	return (dot(&a.ledeWords, &b.ledeWords) + dot(&a.ledeNames, &b.ledeNames) + dot(&a.words, &b.words) + dot(&a.names, &b.names)) / 4
}

// counts tells whether two ledes that count the same things come to the same
// number or not. Numbers are sorted by unit.
func counts(a, b []Number) (agree, differ float64) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := strings.Compare(a[i].Unit, b[j].Unit); {
		case c < 0:
			i++
			continue
		case c > 0:
			j++
			continue
		}
		differ = 1
		unit := a[i].Unit
		first := j
		for ; i < len(a) && a[i].Unit == unit; i++ {
			for j = first; j < len(b) && b[j].Unit == unit; j++ {
				if a[i].Value == b[j].Value {
					agree = 1
				}
			}
		}
	}
	return agree, differ * (1 - agree)
}

// weights are those of logistic models, each with its bias. In a great company,
// where hundreds of texts tell of one summit, two texts are weighed by what they
// share. In a small one what counts most is how close they are beside their
// closest others: a story ends where likeness falls off, however high it is.
// (Likeness beside that of the neighbours: Zelnik-Manor and Perona 2004.)
// Two versions of one report share their body, and what is new stands in the
// lede.
type weights struct {
	great, small, versions             [featureCount]float64
	greatBias, smallBias, versionsBias float64
	beside                             float64 // of company.beside, in a small company
	union                              unionWeights
}

// learned are the weights that TestTrain learned from pairs of the Helsinki set
// and of ECB+ (topics 1-35) that share a key and are no copies of each other.
var learned = weights{
	great: [featureCount]float64{
		ledeWords: 1.71, ledeNames: 1.75, allWords: 2.40, allNames: 5.43, cross: 1.67, titles: 1.02, phrases: 1.45,
		persons: 0.66, orgs: -0.57, places: -0.43, agree: 1.10, differ: -0.91, together: 0.63, hours: -3.32,
	},
	greatBias: -3.92,
	small: [featureCount]float64{
		ledeWords: 0.23, ledeNames: 0.17, allWords: 0.74, allNames: 1.99, cross: 0.43, titles: 0.81, phrases: 0.63,
		persons: 0.92, orgs: -0.04, places: 0.08, agree: 0.92, differ: -0.95, together: 0.19, bigrams: 2.22, hours: -2.63,
	},
	smallBias: -5.54,
	beside:    4.60,
	versions: [featureCount]float64{
		ledeWords: 1.4, ledeNames: 1.1, allWords: 0.9, cross: 0.9, titles: 1.8, phrases: 1, hours: -0.4,
	},
	versionsBias: -2.81,
	union: unionWeights{
		by:   [unionFeatures]float64{average: 4.00, sumWords: 3.22, sumBigrams: 5.91, smaller: -2.35, crowd: 1.08},
		bias: -1.73,
	},
}

// crowdCost is what a great company takes from the logit: of hundreds of texts
// on one course of events more are on different stories.
const crowdCost = 0.33

// Names are set by hand, too: reports of one kind, and those that machines fill
// in, share every word but the names of what they are about. Where hundreds tell
// of one course of events, their ledes name who spoke, and that says little.
const (
	acquainted    = 0.6
	strangersCost = 10
)

// Time is set by hand: no set of examples has look-alikes that lie weeks apart.
const (
	reach    = 3   // days; standard deviation of the time between texts of a story
	patience = 3   // days more where few tell of a course of events: nothing else happens meanwhile
	farAway  = 5.5 // what distance in time takes from the logit at most
)

// company is what surrounds a pair.
type company struct {
	crowd  float64 // how many tell of the same course of events: 0 few, 1 hundreds
	small  float64 // 1: both have near neighbours, in a course of events that few tell of; 0: they have none, or hundreds
	beside float64 // likeness of the pair beside that of the neighbours
}

// score is how likely two texts tell the same news, by all but vetoes.
func (w *weights) score(f features, c company, versions bool) float64 {
	z := w.versionsBias + weigh(f, &w.versions)
	if !versions {
		z = (1-c.small)*(w.greatBias+weigh(f, &w.great)) + c.small*(w.smallBias+weigh(f, &w.small)+w.beside*c.beside)
	}
	z -= crowdCost*c.crowd + (1-c.crowd)*strangersCost*f.strange()
	if f.days > 0 {
		within := reach + patience*c.small
		z -= farAway * (1 - math.Exp(-float64(f.days*f.days)/(2*within*within)))
	}
	return 1 / (1 + math.Exp(-z))
}

func weigh(f features, w *[featureCount]float64) float64 {
	z := 0.0
	for i, x := range f.x {
		z += w[i] * x
	}
	return z
}

// Compare says how close two digests are, and why in plain words.
func Compare(a, b D) Score {
	x, y := readyBoth(a, b)
	f := featuresOf(&x, &y)
	s := Score{Story: learned.score(f, company{}, false), Thread: threadScore(f), Veto: veto(&a, &b, f, company{}), Why: reasons(&a, &b, f)}
	if s.Veto != "" {
		s.Story = 0
	}
	s.WhyNot = whyNot(&a, &b, f)
	return s
}

// whyNot says in plain words what keeps two digests apart.
func whyNot(a, b *D, f features) []string {
	var out []string
	if f.days > 1 {
		out = append(out, fmt.Sprintf("written %d days apart", f.days))
	}
	if f.x[differ] > 0 {
		if x, y := countsOf(a, b), countsOf(b, a); x != y {
			out = append(out, fmt.Sprintf("one lede counts %s, the other %s", x, y))
		}
	}
	x, y := own(a.LedeNames, b.Names, b.LedeNames), own(b.LedeNames, a.Names, a.LedeNames)
	if x != "" && y != "" {
		out = append(out, fmt.Sprintf("only one names %s, only the other %s", x, y))
	}
	if elsewhere(a, b) && elsewhere(b, a) {
		out = append(out, fmt.Sprintf("one happens in %s, the other in %s", a.LedePlaces[0], b.LedePlaces[0]))
	}
	return out
}

// countsOf is what a's lede counts of the things that b's counts, too.
func countsOf(a, b *D) string {
	var out []string
	for _, n := range a.Numbers {
		if slices.ContainsFunc(b.Numbers, func(o Number) bool { return o.Unit == n.Unit }) {
			out = append(out, fmt.Sprintf("%g %s", n.Value, n.Unit))
		}
	}
	return strings.Join(out, ", ")
}

// own lists the heaviest names of a lede that another text never has.
func own(lede []Term, other ...[]Term) string {
	const most = 4
	var out []string
	by := slices.Clone(lede)
	slices.SortFunc(by, heavier)
	for _, t := range by {
		known := slices.ContainsFunc(other, func(v []Term) bool {
			return slices.ContainsFunc(v, func(o Term) bool { return o.Word == t.Word })
		})
		if !known && len(out) < most {
			out = append(out, t.Word)
		}
	}
	return strings.Join(out, ", ")
}

// Stories follow each other within three weeks; over longer gaps only the very
// closest do, and none after seven weeks.
const (
	threadDays  = 21
	threadFaint = 49
)

// threadScore is high for texts with the same actors and background.
func threadScore(f features) float64 {
	return course(f.days, f.x[allNames], f.x[allWords], f.x[ledeNames])
}

// course weighs what two texts share of a course of events. Without names in
// common it is only their kind that is the same.
func course(days int, names, words, ledeNames float64) float64 {
	if names < fewNames {
		return 0
	}
	return fade(days) * (names + words + ledeNames) / 3
}

// fade is how much of a likeness is left after so many days.
func fade(days int) float64 {
	if days <= threadDays {
		return 1
	}
	return max(0, 1-float64(days-threadDays)/(threadFaint-threadDays))
}

// The longest time between two texts of one story; what comes later is another
// story of the thread. Where a text has near neighbours and few tell of the
// course of events, nothing else has happened meanwhile.
const (
	storyDays     = 5
	storyDaysMore = 9 // with all of company.small
)

// veto names what makes it impossible that two texts tell the same news,
// however alike they read: reports of one kind (crashes, quakes, verdicts) are
// written to one pattern.
func veto(a, b *D, f features, c company) string {
	switch {
	case float64(f.days) > storyDays+storyDaysMore*c.small:
		return fmt.Sprintf("written %d days apart", f.days)
	case (f.x[allNames] < fewNames || f.x[persons]+f.x[orgs]+f.x[places] == 0) && elsewhere(a, b) && elsewhere(b, a) && !common(a.LedeActors, b.LedeActors):
		return fmt.Sprintf("one happens in %s, the other in %s", a.LedePlaces[0], b.LedePlaces[0])
	}
	return ""
}

// fewNames is a likeness of all names below which two texts can be about
// different people.
const fewNames = 0.15

// elsewhere reports whether a's lede names places, and b's whole text none of
// them.
func elsewhere(a, b *D) bool {
	for _, p := range a.LedePlaces {
		if _, found := slices.BinarySearchFunc(b.Places, p, func(t Term, s string) int { return strings.Compare(t.Word, s) }); found {
			return false
		}
	}
	return len(a.LedePlaces) > 0
}

// common reports whether two lists share a name.
func common(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// reasons says in plain words what two digests share.
func reasons(a, b *D, f features) []string {
	var out []string
	if f.x[agree] > 0 {
		out = append(out, "both ledes count the same")
	}
	if w := shared(a.LedeWords, b.LedeWords, 4); len(w) > 0 {
		out = append(out, "both ledes tell of "+strings.Join(w, ", "))
	}
	if w := shared(a.Names, b.Names, 4); len(w) > 0 {
		out = append(out, "both name "+strings.Join(w, ", "))
	}
	switch {
	case f.days == 0:
		out = append(out, "written on the same day")
	case f.days == 1:
		out = append(out, "written a day apart")
	case f.days > 1:
		out = append(out, fmt.Sprintf("written %d days apart", f.days))
	}
	return out
}

// shared returns the n words that add most to the likeness of two vectors.
func shared(a, b []Term, n int) []string {
	var both []Term
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := strings.Compare(a[i].Word, b[j].Word); {
		case c < 0:
			i++
		case c > 0:
			j++
		default:
			both = append(both, Term{a[i].Word, a[i].Weight * b[j].Weight})
			i++
			j++
		}
	}
	slices.SortFunc(both, heavier)
	var out []string
	for _, t := range both[:min(n, len(both))] {
		out = append(out, t.Word)
	}
	return out
}
