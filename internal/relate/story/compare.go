package story

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
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
	together // ledeWords × ledeNames: the same said of the same
	featureCount
)

var featureNames = [featureCount]string{
	"ledeWords", "ledeNames", "allWords", "allNames", "cross", "titles", "phrases", "persons", "orgs", "places", "together",
}

// features is what a comparison looks at.
type features struct {
	x    [featureCount]float64
	days int // between the dates of writing, -1 if unknown
}

// list is the features as a vector.
func (f features) list() []float64 { return f.x[:] }

func featuresOf(a, b *D) features {
	f := features{days: daysBetween(a.Date, b.Date)}
	f.x = [featureCount]float64{
		ledeWords: dot(a.LedeWords, b.LedeWords),
		ledeNames: dot(a.LedeNames, b.LedeNames),
		allWords:  dot(a.Words, b.Words),
		allNames:  dot(a.Names, b.Names),
		cross:     (dot(a.LedeWords, b.Words) + dot(a.Words, b.LedeWords)) / 2,
		phrases:   dot(a.Phrases, b.Phrases),
		persons:   dot(a.Persons, b.Persons),
		orgs:      dot(a.Orgs, b.Orgs),
		places:    dot(a.Places, b.Places),
	}
	f.x[together] = f.x[ledeWords] * f.x[ledeNames]
	return f
}

// daysBetween is the distance of two ISO dates, -1 if one is unknown.
func daysBetween(a, b string) int {
	if a == "" || b == "" {
		return -1
	}
	if a == b {
		return 0
	}
	x, errA := time.Parse(time.DateOnly, a)
	y, errB := time.Parse(time.DateOnly, b)
	if errA != nil || errB != nil {
		return -1
	}
	return int(math.Abs(math.Round(y.Sub(x).Hours() / 24)))
}

// dot is the cosine of two vectors of length 1, both sorted by word.
func dot(a, b []Term) float64 {
	var sum float64
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := strings.Compare(a[i].Word, b[j].Word); {
		case c < 0:
			i++
		case c > 0:
			j++
		default:
			sum += float64(a[i].Weight) * float64(b[j].Weight)
			i++
			j++
		}
	}
	return sum
}

// storyWeights are those of a logistic model.
var storyWeights = [featureCount]float64{ledeWords: 1.2, ledeNames: 1.2, allWords: 5.2, allNames: 5.6, cross: 2.6, phrases: 0.65, together: 0.6}

var storyBias = -4.4

func storyScore(f features) float64 {
	z := storyBias
	for i, x := range f.x {
		z += storyWeights[i] * x
	}
	return 1 / (1 + math.Exp(-z))
}

// Compare says how close two digests are, and why in plain words.
func Compare(a, b D) Score {
	s := scoreOf(&a, &b)
	s.Why = reasons(&a, &b, featuresOf(&a, &b))
	return s
}

// scoreOf compares without saying why.
func scoreOf(a, b *D) Score {
	f := featuresOf(a, b)
	s := Score{Story: storyScore(f), Thread: threadScore(f)}
	if s.Veto = veto(a, b, f); s.Veto != "" {
		s.Story = 0
	}
	return s
}

// threadScore is high for texts with the same actors and background.
func threadScore(f features) float64 {
	if f.days > 21 {
		return 0
	}
	return (f.x[allNames] + f.x[allWords] + f.x[ledeNames]) / 3
}

// veto names what makes it impossible that two texts tell the same news.
func veto(a, b *D, f features) string {
	if f.days > 5 {
		return fmt.Sprintf("written %d days apart", f.days)
	}
	return ""
}

// reasons says in plain words what two digests share.
func reasons(a, b *D, f features) []string {
	var out []string
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
