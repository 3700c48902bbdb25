package story

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// features is what a comparison looks at, each from 0 to 1.
type features struct {
	ledeWords, ledeNames float64
	words, names         float64
	cross                float64 // words of one's lede in the other's text
	persons, orgs        float64
	places               float64
	near                 float64 // in time; 0 if a date is unknown
	days                 int     // between, -1 if unknown
}

func featuresOf(a, b *D) features {
	f := features{
		ledeWords: dot(a.LedeWords, b.LedeWords), ledeNames: dot(a.LedeNames, b.LedeNames),
		words: dot(a.Words, b.Words), names: dot(a.Names, b.Names),
		cross:   (dot(a.LedeWords, b.Words) + dot(a.Words, b.LedeWords)) / 2,
		persons: dot(a.Persons, b.Persons), orgs: dot(a.Orgs, b.Orgs), places: dot(a.Places, b.Places),
		days: daysBetween(a.Date, b.Date),
	}
	if f.days >= 0 {
		f.near = math.Exp(-float64(f.days*f.days) / (2 * 3 * 3))
	}
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

// weights of a logistic model over the features.
type weights struct {
	bias, ledeWords, ledeNames, words, names, cross, persons, orgs, places, near float64
}

var storyWeights = weights{bias: -4, ledeWords: 4, ledeNames: 1.5, words: 4, names: 2, cross: 4, near: 1}

func (w weights) of(f features) float64 {
	x := w.bias + w.ledeWords*f.ledeWords + w.ledeNames*f.ledeNames + w.words*f.words + w.names*f.names +
		w.cross*f.cross + w.persons*f.persons + w.orgs*f.orgs + w.places*f.places
	if f.days >= 0 {
		x += w.near * (2*f.near - 1)
	}
	return 1 / (1 + math.Exp(-x))
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
	s := Score{Story: storyWeights.of(f), Thread: threadScore(f)}
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
	return (f.names + f.words + f.ledeNames) / 3
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
