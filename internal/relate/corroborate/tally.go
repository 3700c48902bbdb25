package corroborate

import (
	"slices"
	"sort"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate"
)

// This file tells what a number counts. Two numbers of one noun are rivals only
// where they count the same: the dead and not those who were hurt, all of them and
// not two more, this attack and not a year of attacks.

// tally is a number of a statement and what it counts.
type tally struct {
	q    news.Quantity
	fate string   // what befell those who are counted, "" if the words beside the number do not tell
	of   []string // lemmas between the number and its noun: "assault" of "seven assault rifles"
	noun string   // what is counted as the text has it: "child", where the unit is people
	part bool     // it is no whole: "two more", "other", "30 of the 80", "three each"
	in   bool     // it is where something happened: "homes in five villages"
}

// talliesOf reads the numbers of a statement that have a unit.
func talliesOf(st *statement, v *news.Version) []tally {
	var out []tally
	ts := tokensIn(v.Tokens, st.claim.Span)
	for _, q := range st.counts {
		if q.Unit == "" {
			continue
		}
		first := sort.Search(len(ts), func(k int) bool { return ts[k].Span.Start >= q.Span.Start })
		last := sort.Search(len(ts), func(k int) bool { return ts[k].Span.Start >= q.Span.End })
		if first == len(ts) || first == last {
			continue
		}
		t := tally{q: q, noun: q.Unit}
		for _, n := range st.claim.Frame.Numbers {
			if n.Span == q.Span {
				t.noun = n.Unit
			}
		}
		for _, o := range st.counts { // "seven such rifles, two other rifles": who knows what their sum is of
			t.part = t.part || o.Unit == q.Unit && o.Span != q.Span
		}
		t.read(ts, first, last)
		t.fate = fateOf(ts, first, last)
		switch t.noun {
		case "life", "live", "death", "dead", "fatality", "toll":
			t.fate = "die"
		}
		if q.Unit == "person" && t.fate == "" && !t.part && len(st.deed.mains) > 0 && befalls(st.deed.mains[0]) && (first == 0 || ts[first-1].Tag != news.Prep || counts(ts[first-1].Lower)) {
			t.fate = st.deed.mains[0] // "59 workers lost their lives"
		}
		out = append(out, t)
	}
	return out
}

// read reads the words around a number, which stands from first to last: up to
// the noun that it counts, and whether it is a part.
func (t *tally) read(ts []news.Token, first, last int) {
	at := first - 1
	for at > 0 && (ts[at].Tag == news.Adv || ts[at].Tag == news.Adj || ts[at].Lower == "about" || ts[at].Lower == "over") {
		at--
	}
	if at > 0 && (ts[at-1].Tag == news.Noun || ts[at-1].Tag == news.Name) {
		switch ts[at].Lower {
		case "in", "across", "from", "near":
			t.in = true
		}
	}
	for k := max(0, first-3); k < first; k++ {
		if partial(ts[k].Lower) {
			t.part = true
		}
	}
	k := last
	for ; k < len(ts) && k < last+6; k++ {
		w := ts[k]
		switch {
		case partial(w.Lower):
			t.part = true
			continue
		case k == last && w.Lower == "of":
			t.part = t.part || k+1 < len(ts) && ts[k+1].Tag != news.Noun
			continue
		}
		if w.Tag == news.Noun && w.Lemma == t.noun {
			k++
			break
		}
		if w.Tag != news.Adj && w.Tag != news.Noun && w.Tag != news.PastPart && w.Tag != news.Name {
			break
		}
		if w.Tag != news.Adj || !common[w.Lemma] {
			t.of = append(t.of, w.Lemma)
		}
	}
	for ; k < len(ts) && k < last+8 && ts[k].Tag != news.Punct; k++ {
		if w := ts[k].Lower; w == "each" || w == "apiece" || w == "per" {
			t.part = true
		}
	}
}

// partial lists the words by which a number counts some besides others.
func partial(w string) bool {
	switch w {
	case "more", "other", "others", "another", "additional", "further", "extra", "each", "every":
		return true
	}
	return false
}

// fateOf is what befell the people whose number stands from first to last: the
// nearest word of harm, with no other number, sentence mark or "and" between. Of
// those before whom, with whom or by whom it was done it tells nothing.
func fateOf(ts []news.Token, first, last int) string {
	const reach = 10 // tokens
	best, at := "", reach+1
	for k := first - 1; k >= 0 && first-k <= reach; k-- {
		w := ts[k]
		if w.Tag == news.Punct || w.Tag == news.Conj || w.Tag == news.Num || w.Tag == news.Prep && !counts(w.Lower) {
			break
		}
		if c := harmClass(w); c != "" {
			best, at = c, first-k
			break
		}
	}
	for k := last; k < len(ts) && k-last < reach && k-last+1 < at; k++ {
		if w := ts[k]; w.Tag == news.Punct || w.Tag == news.Conj || w.Tag == news.Num || w.Tag == news.To || w.Tag == news.Sub {
			break
		}
		if c := harmClass(ts[k]); c != "" {
			return c
		}
	}
	return best
}

// counts lists the prepositions between a word of harm and the number of those
// whom it befell: "the deaths of nine", "the toll rose to nine", "stood at nine".
func counts(prep string) bool {
	switch prep {
	case "of", "at", "to", "about", "over", "than", "least", "as":
		return true
	}
	return false
}

// harmClass is what a word says befell people: die, injure, miss, arrest …
func harmClass(t news.Token) string {
	h := happeningTables()
	for _, c := range [...]string{h.verbs[t.Lemma], h.nouns[t.Lemma], h.nouns[t.Lower]} {
		switch c {
		case "die", "injure", "miss", "rescue", "arrest", "kidnap", "infect", "displace", "charge":
			return c
		}
	}
	return ""
}

// sums reports whether a statement counts several happenings together: "a string
// of attacks", "this year".
func sums(ts []news.Token) bool {
	for i, t := range ts {
		switch t.Lower {
		case "string", "series", "wave", "spate", "overall", "altogether", "since", "annually", "decade":
			return true
		case "attacks", "bombings", "shootings", "quakes", "earthquakes", "clashes", "raids", "storms", "crashes":
			if i == 0 || ts[i-1].Lower != "the" && ts[i-1].Lower != "these" && ts[i-1].Lower != "those" {
				return true // and not "one of the attacks"
			}
		case "year", "month", "week", "season":
			if i > 0 && (ts[i-1].Lower == "this" || ts[i-1].Lower == "last" || ts[i-1].Lower == "past" || ts[i-1].Lower == "a" || ts[i-1].Lower == "per") {
				return true
			}
		}
	}
	return false
}

// rivals finds numbers of two groups that count the same and cannot both be
// true.
func (s *search) rivals(i, j int) (qi, qj news.Quantity, ok bool) {
	for _, x := range s.distinct(i) {
		if len(x.counts) == 0 {
			continue
		}
		for _, y := range s.distinct(j) {
			if x.negated != y.negated || !countsDiffer(x, y) || !s.oneEvent(x, y) {
				continue
			}
			for _, a := range x.tallies {
				for _, b := range y.tallies {
					if a.q.Unit == b.q.Unit && disjoint(a.q, b.q) && s.sameThing(x, y, a, b) {
						return a.q, b.q, true
					}
				}
			}
		}
	}
	return qi, qj, false
}

// sameThing reports whether two numbers of one noun count the same: people by
// what befell them, other things by what happened to them, whose they are, and
// of what kind.
func (s *search) sameThing(x, y *statement, a, b tally) bool {
	if a.part || b.part || a.in != b.in || a.fate != b.fate || farApart(a.q, b.q) {
		return false
	}
	if some(a, b) || some(b, a) {
		return false
	}
	if a.q.Unit == "person" && a.fate != "" {
		return recovered(x) == recovered(y) && (x.bare() || y.bare() || x.doc == y.doc || together(x, y, a.fate))
	}
	if inCommon(x.actors, y.actors) == 0 && (len(x.actors) > 0 && len(y.actors) > 0 || scored[a.noun]) {
		return false
	}
	head := commonHead(x, y) != "" || x.deed.nearTo(&y.deed)
	if !head && (barren[a.q.Unit] || !x.deed.meets(&y.deed) && !(x.bare() && y.bare())) {
		return false
	}
	tx, ty := plainWords(x), plainWords(y)
	shared, n := s.w.shared(tx, ty)
	_, beyond := s.w.shared(slices.DeleteFunc(slices.Clone(tx), a.counted), ty) // the words for what is counted
	a1, b1 := s.w.sum(tx), s.w.sum(ty)
	share, all := shared/max(few/2, min(a1, b1)), 2*shared/max(few, a1+b1)
	switch kinds := len(a.of) > 0 && len(b.of) > 0 && !overlap(a.of, b.of); {
	case lasting(a.q.Unit):
		return n >= 3 && all >= 0.7
	case barren[a.q.Unit]:
		return n >= 3 && all >= 0.5
	case a.q.Unit == "person" || kinds:
		return n >= 1 && share >= 0.5
	}
	if x.bare() && y.bare() { // the number is the news of both
		return n >= 2 && (head || x.deed.meets(&y.deed) || share >= 0.5 && beyond > 0) || head && n >= 1
	}
	return n >= 2 && share >= 0.25
}

// together reports whether two statements that count people whom one thing befell
// have something else in common: somebody, a place, a word.
func together(x, y *statement, fate string) bool {
	_, n := inBoth(x.codes, y.codes)
	if has([]string{"=" + fate}, x.terms) && has([]string{"=" + fate}, y.terms) {
		n--
	}
	return n > 0
}

// scored are what players have: without their name a number of them says nothing.
var scored = map[string]bool{
	"yard": true, "touchdown": true, "point": true, "rebound": true, "goal": true, "carry": true, "catch": true, "assist": true, "run": true, "reception": true, "game": true, "basket": true, "sack": true, "pass": true, "win": true, "loss": true, "shot": true, "hit": true, "inning": true, "set": true, "lap": true,
}

// lasting lists units of time.
func lasting(unit string) bool {
	switch unit {
	case "year", "day", "hour", "minute", "month", "week", "second", "season", "decade", "night":
		return true
	}
	return false
}

// farApart reports whether one of two numbers is more than ten times the other:
// of one thing nobody comes to such different counts.
func farApart(a, b news.Quantity) bool {
	const times = 10
	x, y := least(a), least(b)
	return x > times*y || y > times*x
}

// least is the closed end of a number, the lower one if both are.
func least(q news.Quantity) float64 {
	if q.Low == 0 {
		return q.High
	}
	return q.Low
}

// some reports whether a counts people of a kind among those whom b counts:
// three officers are some of five people.
func some(a, b tally) bool {
	switch b.noun {
	case "people", "person", "victim":
	default:
		return false
	}
	switch a.noun {
	case "", "people", "person", "other", "life", "live", "death", "body", "dead", "fatality", "toll", "victim", "casualty":
		return false
	}
	return least(a.q) < least(b.q)
}

// plainWords is the terms of a statement without its numbers.
func plainWords(st *statement) []string {
	return slices.DeleteFunc(slices.Clone(st.terms), func(w string) bool { return w[0] == '#' })
}

// counted reports whether a term is a word for what is counted: "nautical" and
// "mile" of "12 nautical miles".
func (t tally) counted(term string) bool {
	return term == t.noun || term == class(t.noun) || slices.Contains(t.of, term)
}

// oneEvent reports whether two statements can tell of the same happening, by time
// and place: both of news or both of the past, no place that the other page does
// not name at all, one happening or several on both sides.
func (s *search) oneEvent(x, y *statement) bool {
	if !placesMeet(x, y) || !datesMeet(x.day, y.day) || !datesMeet(x.claim.EventDate, y.claim.EventDate) || s.longAgo(x) != s.longAgo(y) {
		return false
	}
	return x.several == y.several && !s.daysBefore(x, y) && !s.daysBefore(y, x) && !s.elsewhere(x, y) && !s.elsewhere(y, x)
}

// daysBefore reports whether x is dated more than ten days before y, which has no
// date and so is of the time of its page, was told.
func (s *search) daysBefore(x, y *statement) bool {
	if len(x.day) < 7 || y.day != "" {
		return false
	}
	told := relate.Told(s.versions[y.doc])
	if len(told) < 10 {
		return false
	}
	if len(x.day) < 10 || x.day[5] == 'W' {
		return longBefore(x.day, "", told) || x.day[5] != 'W' && x.day[:7] < told[:7] && told[8:10] > "10"
	}
	return dayNumber(told)-dayNumber(x.day) > 10
}

// elsewhere reports whether x tells of a place of which the page of y has
// nothing.
func (s *search) elsewhere(x, y *statement) bool {
	places := x.claim.Frame.Places
	if len(places) == 0 || x.doc == y.doc {
		return false
	}
	return !slices.ContainsFunc(places, func(p string) bool {
		_, named := slices.BinarySearch(s.names[y.doc], p)
		return named
	})
}

// oneBody reports whether all that one of two groups rests on is behind the
// other, too: who gives both numbers counts two things, or has counted again.
func (s *search) oneBody(i, j int) bool {
	within := func(a, b []string) bool {
		for _, x := range a {
			if x == unknown || !slices.Contains(b, x) {
				return false
			}
		}
		return true
	}
	a, b := s.bodies(i), s.bodies(j)
	return within(a, b) || within(b, a)
}
