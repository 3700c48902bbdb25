package corroborate

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate"
)

// Slots are parts of a statement that hold on while its wording changes: a
// share ("a third of the shops", "one shop in three"), a multiple ("twice as
// many", "double the number"), one more of its kind ("a second launch",
// "another launch"), a number with its unit, and that it opens its report.

// shares are the words of a part, as denominators.
var shares = map[string]int{"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}

// multiples are the words of a multiple.
var multiples = map[string]int{"twice": 2, "double": 2, "doubled": 2, "doubling": 2, "twofold": 2, "triple": 3, "tripled": 3, "threefold": 3, "quadruple": 4, "fourfold": 4, "tenfold": 10}

// ones are the numbers before a share, and in "one in three".
var ones = map[string]int{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}

// ratios are the terms of the shares and multiples in ts, and whether the
// number word at a token is a part of one.
func ratios(ts []news.Token) (terms []string, part func(at int) bool) {
	var inside [][2]int
	put := func(term string, from, to int) {
		terms = append(terms, term)
		inside = append(inside, [2]int{ts[from].Span.Start, ts[to].Span.End})
	}
	share := func(n, of int) string {
		for k := n; k > 1; k-- {
			if n%k == 0 && of%k == 0 {
				n, of = n/k, of/k
			}
		}
		return "#" + strconv.Itoa(n) + "/" + strconv.Itoa(of)
	}
	for i := range ts {
		w := ts[i].Lower
		if n := multiples[w]; n > 0 {
			put("#x"+strconv.Itoa(n), i, i)
			continue
		}
		if n := ones[w]; n > 1 && i+1 < len(ts) && ts[i+1].Lower == "times" {
			put("#x"+strconv.Itoa(n), i, i+1)
			continue
		}
		// "one in three", "two out of five"
		if n := ones[w]; n > 0 && w != "a" && w != "an" {
			k := i + 1
			for n == 1 && k < len(ts) && k < i+3 && ts[k].Tag == news.Noun { // "one shop in three"
				k++
			}
			named := k > i+1
			if k+1 < len(ts) && ts[k].Lower == "out" && ts[k+1].Lower == "of" {
				k++
			} else if k >= len(ts) || ts[k].Lower != "in" {
				k = len(ts)
			}
			if k++; k < len(ts) && ts[k].Lower == "every" {
				k++
			}
			if k < len(ts) && ones[ts[k].Lower] > n && !(named && k+1 < len(ts) && ts[k+1].Tag == news.Noun) {
				put(share(n, ones[ts[k].Lower]), i, k)
				continue
			}
		}
		of := shares[strings.TrimSuffix(w, "s")]
		if w == "halves" || of == 0 {
			continue
		}
		n := 0
		if i > 0 {
			n = ones[ts[i-1].Lower]
		}
		after := ""
		if i+1 < len(ts) {
			after = ts[i+1].Lower
		}
		switch {
		case n > 0 && (after == "of" || of != 2 && n > 1): // "a third of", "two thirds"
			put(share(n, of), i-1, i)
		case of == 2 && n == 0 && (after == "of" || after == "the" || after == "its" || after == "their" || after == "his" || after == "her"):
			put(share(1, 2), i, i)
		}
	}
	return terms, func(at int) bool {
		return slices.ContainsFunc(inside, func(sp [2]int) bool { return sp[0] <= at && at < sp[1] })
	}
}

// anotherOne reports whether ts tells of one more of what happens: "a second
// launch", "another launch", "further cuts".
func anotherOne(ts []news.Token) bool {
	h := happeningTables()
	for i, t := range ts {
		switch t.Lower {
		case "another", "second", "further", "fresh", "renewed", "repeat":
		default:
			continue
		}
		for k := i + 1; k < len(ts) && k < i+4; k++ {
			if h.nouns[ts[k].Lemma] != "" {
				return true
			}
			if ts[k].Tag != news.Noun && ts[k].Tag != news.Adj && ts[k].Tag != news.PastPart {
				break
			}
		}
	}
	return false
}

// middle is the number that a count names: the middle of what it allows, or its
// closed end.
func middle(q news.Quantity) float64 {
	if q.High == 0 || q.Low == 0 {
		return max(q.Low, q.High)
	}
	return math.Round((q.Low+q.High)/2*1e6) / 1e6
}

// telling is how much a number alone says, from 0 to 1: two may be two of
// anything, 1,621 is hardly ever met twice. Noughts at its end do not count.
func telling(x float64) float64 {
	if x <= 0 {
		return 0
	}
	s := strings.TrimRight(strings.ReplaceAll(strconv.FormatFloat(x, 'f', -1, 64), ".", ""), "0")
	s = strings.TrimLeft(s, "0")
	switch {
	case len(s) >= 3:
		return 1
	case len(s) == 2:
		return 0.8
	case x >= 100:
		return 0.6
	case x > 3:
		return 0.5
	}
	return 0.2
}

// oneNumber tells how much a number that two statements have in common speaks
// for their being one: 0 to 1. Of people it must not be known that different
// things befell them; a number that is seldom met may count people on the one
// side and have no unit on the other, or another one beside the same head ("48
// cases", "48 people fell ill").
func oneNumber(a, b *statement) float64 {
	if len(a.counts) == 0 || len(b.counts) == 0 || !(a.bare() && b.bare()) && commonHead(a, b) == "" {
		return 0
	}
	best := 0.0
	for _, x := range a.counts {
		if barren[x.Unit] {
			continue
		}
		for _, y := range b.counts {
			if middle(x) != middle(y) || barren[y.Unit] || x.Unit != "person" && y.Unit != "person" && (x.Unit == "" || x.Unit != y.Unit) {
				continue
			}
			t := telling(middle(x))
			if x.Unit == "person" || y.Unit == "person" {
				if harmsApart(a, b) {
					continue
				}
				switch {
				case x.Unit == y.Unit:
				case t >= seldom && (x.Unit == "" || y.Unit == "" || commonHead(a, b) != ""):
					t *= 0.8
				default:
					continue
				}
			}
			best = max(best, t)
		}
	}
	return best
}

// bare reports whether a statement says little besides a number: that is its
// news then. "After 12 officers were charged with …, he said" is about other
// things, and the number is a part of their name.
func (s *statement) bare() bool {
	return s.words <= 14 && len(s.terms) <= 7
}

// seldom is the telling of numbers that are seldom met twice by chance.
const seldom = 0.8

// harmsApart reports whether it is known of both statements what befalls people,
// and it is not the same.
func harmsApart(a, b *statement) bool {
	known := [2]bool{}
	for _, kind := range [...]string{"=die", "=injure", "=miss", "=rescue", "=arrest", "=infect", "=layoff", "=kidnap"} {
		x, y := has([]string{kind}, a.terms), has([]string{kind}, b.terms)
		if x && y {
			return false
		}
		known[0], known[1] = known[0] || x, known[1] || y
	}
	return known[0] && known[1]
}

// openings marks the statement with which each version opens: the first clause
// of the first sentence of its body, by index into all; -1 if it has none.
func openings(versions []*news.Version, all []statement) {
	done := make([]bool, len(versions))
	for i := range all {
		s := &all[i]
		if done[s.doc] {
			continue
		}
		done[s.doc] = true
		v := versions[s.doc]
		if in := lede(v); !in.Contains(s.claim.Span) {
			continue
		}
		switch s.claim.Why.Rule {
		case "asserted clause", "reported clause", "reported act":
			s.opens = true
			s.told = relate.Told(v)
		}
	}
}

// bothOpen reports whether two statements open reports of about one time: it is
// the news of the day that reports open with.
func bothOpen(a, b *statement) bool {
	if !a.opens || !b.opens || a.doc == b.doc {
		return false
	}
	x, y := a.told, b.told
	return len(x) >= 10 && len(y) >= 10 && dayNumber(y)-dayNumber(x) <= 1 && dayNumber(x)-dayNumber(y) <= 1
}

// dayNumber counts days; good for differences of a few.
func dayNumber(s string) int {
	y, _ := strconv.Atoi(s[:4])
	m, _ := strconv.Atoi(s[5:7])
	d, _ := strconv.Atoi(s[8:10])
	if m <= 2 {
		y, m = y-1, m+12
	}
	return 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d
}
