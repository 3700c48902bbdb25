package story

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// term is a word by its hash: sums over terms run in the same order whatever
// else is in the set.
type term struct {
	word   uint64
	weight float32
}

// inner is a digest made ready for many comparisons.
type inner struct {
	head, ledeWords, ledeNames, words, names, phrases []term
	persons, orgs, places                             []term

	day  int // days since 1970, or undated
	from *D
}

const undated = math.MinInt32

func ready(d *D) inner {
	return inner{
		head: hashed(d.Head), ledeWords: hashed(d.LedeWords), ledeNames: hashed(d.LedeNames),
		words: hashed(d.Words), names: hashed(d.Names), phrases: hashed(d.Phrases),
		persons: hashed(d.Persons), orgs: hashed(d.Orgs), places: hashed(d.Places),
		day: dayNumber(d.Date), from: d,
	}
}

func hashed(terms []Term) []term {
	out := make([]term, len(terms))
	for i, t := range terms {
		out[i] = term{hash(t.Word), t.Weight}
	}
	slices.SortFunc(out, func(a, b term) int { return cmp.Compare(a.word, b.word) })
	return out
}

// dayNumber counts the days of an ISO date since 1970.
func dayNumber(iso string) int {
	if iso == "" {
		return undated
	}
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return undated
	}
	return int(math.Floor(float64(t.Unix()) / (24 * 60 * 60)))
}

// daysBetween is the distance of two days, -1 if one is unknown.
func daysBetween(a, b int) int {
	if a == undated || b == undated {
		return -1
	}
	return max(a-b, b-a)
}

// dot is the cosine of two vectors of length 1, both sorted by word.
func dot(a, b []term) float64 {
	var sum float64
	for i, j := 0, 0; i < len(a) && j < len(b); {
		x, y := a[i].word, b[j].word
		if x == y {
			sum += float64(a[i].weight) * float64(b[j].weight)
		}
		// Which list goes on is chance: steps, not branches, which no processor
		// could foresee.
		i += step(x <= y)
		j += step(y <= x)
	}
	return sum
}

func step(yes bool) int {
	n := 0
	if yes {
		n = 1
	}
	return n
}
