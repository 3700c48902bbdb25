package story

import (
	"math"
	"slices"
	"time"
)

// words numbers the words of a set of digests by their hashes: what has the
// smaller hash has the smaller number. So sums over terms run in the same order
// whatever else is in the set, and a word takes four bytes.
type words struct {
	numbers table[uint32] // by hash
}

func wordsOf(digests []D) *words {
	w := &words{}
	var hashes []uint64
	see := func(s string) {
		h := hash(s)
		if _, known := w.numbers.get(h); !known {
			w.numbers.put(h, 0)
			hashes = append(hashes, h)
		}
	}
	for i := range digests {
		d := &digests[i]
		for _, v := range [...][]Term{d.Head, d.LedeWords, d.LedeNames, d.Words, d.Names, d.Phrases, d.Bigrams, d.Persons, d.Orgs, d.Places} {
			for _, t := range v {
				see(t.Word)
			}
		}
		for _, v := range [...][]string{d.LedePlaces, d.LedeActors} {
			for _, s := range v {
				see(s)
			}
		}
	}
	slices.Sort(hashes)
	for n, h := range hashes {
		w.numbers.put(h, uint32(n))
	}
	return w
}

// number is that of a word of the set.
func (w *words) number(s string) uint32 {
	n, _ := w.numbers.get(hash(s))
	return n
}

// inner is a digest made ready for many comparisons.
type inner struct {
	head, ledeWords, ledeNames, words, names, phrases, bigrams vector
	persons, orgs, places                                      vector
	ledePlaces, ledeActors                                     []uint32 // sorted

	day  int // days since 1970, or undated; see D.AnyYear
	from *D
}

const undated = math.MinInt32

// ready makes a digest ready; w has its words.
func (w *words) ready(d *D) inner {
	lists := [...]struct {
		terms []Term
		heaps int
	}{
		{d.Head, fewHeaps},
		{d.LedeWords, manyHeaps},
		{d.LedeNames, someHeaps},
		{d.Words, manyHeaps},
		{d.Names, someHeaps},
		{d.Phrases, someHeaps},
		{d.Bigrams, manyHeaps},
		{d.Persons, fewHeaps},
		{d.Orgs, fewHeaps},
		{d.Places, fewHeaps},
	}
	n, sets := 0, 0
	for _, l := range lists {
		n, sets = n+len(l.terms), sets+(1<<l.heaps)/64
	}
	room := vectorRoom{make([]term, n), make([]uint64, sets), make([]int32, sets+n+len(lists))}
	var out [len(lists)]vector
	var all []hashed
	for i, l := range lists {
		all = all[:0]
		for _, t := range l.terms {
			h := hash(t.Word)
			number, _ := w.numbers.get(h)
			all = append(all, hashed{term{number, t.Weight}, h})
		}
		out[i] = vectorOf(all, l.heaps, &room)
	}
	return inner{
		head: out[0], ledeWords: out[1], ledeNames: out[2], words: out[3], names: out[4], phrases: out[5], bigrams: out[6],
		persons: out[7], orgs: out[8], places: out[9],
		ledePlaces: w.sorted(d.LedePlaces), ledeActors: w.sorted(d.LedeActors),
		day: dayNumber(d.Date), from: d,
	}
}

func (w *words) sorted(names []string) []uint32 {
	out := make([]uint32, len(names))
	for i, s := range names {
		out[i] = w.number(s)
	}
	slices.Sort(out)
	return out
}

// readyBoth makes two digests ready to be compared with each other alone.
func readyBoth(a, b D) (inner, inner) {
	both := []D{a, b}
	w := wordsOf(both)
	return w.ready(&both[0]), w.ready(&both[1])
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

// daysTo is the distance of two texts in time, -1 if it is unknown; that of the
// days in a year if the year of one is a guess.
func (a *inner) daysTo(b *inner) int {
	const year = 365.2425
	days := daysBetween(a.day, b.day)
	if days <= 0 || !a.from.AnyYear && !b.from.AnyYear {
		return days
	}
	return int(math.Abs(math.Remainder(float64(days), year)) + 0.5)
}

// apart reports whether two digests have neither a story nor a course in
// common, as most that share a key: their names are others, and time or place
// forbids one story (see veto). It says so from a few numbers, where the
// features would cost ten times as much.
func apart(a, b *inner) bool {
	if a.daysTo(b) <= storyDays+storyDaysMore && !(away(a, b) && away(b, a) && !meet(a.ledeActors, b.ledeActors)) {
		return false
	}
	return dot(&a.names, &b.names) < fewNames
}

// away is elsewhere, by numbers.
func away(a, b *inner) bool {
	for _, p := range a.ledePlaces {
		for _, t := range b.places.terms {
			if t.word == p {
				return false
			}
		}
	}
	return len(a.ledePlaces) > 0
}

// meet reports whether two sorted lists share a number.
func meet(a, b []uint32) bool {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		if a[i] == b[j] {
			return true
		}
		if a[i] < b[j] {
			i++
		} else {
			j++
		}
	}
	return false
}
