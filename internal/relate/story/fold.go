package story

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate"
)

// fold is a set of digests while it is folded. Everything in it is ordered by
// name, so that nothing depends on the order in which texts were read.
type fold struct {
	digests  []D
	at       map[string]int // by name
	rank     []uint64       // hashes of the names
	linksOf  [][]int        // of each digest, places in links
	links    []news.Link    // those between members of the set
	scores   table[scores]  // those that are not zero, by pair
	room     []scores       // of between
	fresh    []unknown      // of between
	versions table[bool]    // versions of one report
	crowd    []float64      // how great the company of each is, 0 to 1
	beside   []float64      // likeness of a near neighbour of each, see neighbour
	courses  [][]int        // texts on one course of events
	weights  *weights
	local    []inner // the digests as seen in their surroundings
}

// Fold joins digests into stories, and stories into threads. Links are the
// lineage between the same versions; corrections are what people put right.
// The answer is a function of these sets. It is that of all parts, joined.
func Fold(digests []D, links []news.Link, corrections ...Correction) ([]news.Story, []news.Step) {
	parts := Parts(digests, links, corrections...)
	found := make([]Found, len(parts))
	for i := range parts {
		found[i] = parts[i].Fold()
	}
	return Join(found)
}

func newFold(digests []D, links []news.Link) *fold {
	f := &fold{weights: &learned, digests: slices.Clone(digests), at: make(map[string]int, len(digests))}
	byName := func(a, b D) int { return cmp.Compare(a.Name, b.Name) }
	if !slices.IsSortedFunc(f.digests, byName) { // digests are large, and mostly they are
		slices.SortStableFunc(f.digests, byName)
	}
	f.digests = slices.CompactFunc(f.digests, func(a, b D) bool { return a.Name == b.Name })
	f.rank = make([]uint64, len(f.digests))
	for i, d := range f.digests {
		f.at[d.Name] = i
		f.rank[i] = hash(d.Name)
	}
	for _, l := range links {
		_, from := f.at[l.From]
		_, to := f.at[l.To]
		if from && to && l.From != l.To {
			f.links = append(f.links, l)
			if l.Relation == news.EarlierVersion {
				a, b := int32(f.at[l.From]), int32(f.at[l.To])
				f.versions.put(pair{min(a, b), max(a, b)}.key(), true)
			}
		}
	}
	slices.SortFunc(f.links, func(x, y news.Link) int {
		return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(x.To, y.To), cmp.Compare(x.Relation, y.Relation))
	})
	f.linksOf = make([][]int, len(f.digests))
	for i, l := range f.links {
		f.linksOf[f.at[l.From]] = append(f.linksOf[f.at[l.From]], i)
		f.linksOf[f.at[l.To]] = append(f.linksOf[f.at[l.To]], i)
	}
	return f
}

// dateCopies gives copies without a date, or without a year, that of their
// earliest dated twin.
func (f *fold) dateCopies() {
	twins := f.linked(sameText)
	for _, g := range twins {
		earliest := ""
		for _, i := range g {
			if d := &f.digests[i]; d.Date != "" && !d.AnyYear && (earliest == "" || d.Date < earliest) {
				earliest = d.Date
			}
		}
		for _, i := range g {
			if d := &f.digests[i]; earliest != "" && (d.Date == "" || d.AnyYear) {
				d.Date, d.AnyYear = earliest, false
			}
		}
	}
}

// settleYears gives texts whose year is a guess the year in which the others of
// their story were written.
func (f *fold) settleYears(stories [][]int) {
	for _, members := range stories {
		var known []int // days
		for _, m := range members {
			if d := &f.digests[m]; !d.AnyYear && d.Date != "" {
				known = append(known, dayNumber(d.Date))
			}
		}
		if len(known) == 0 {
			continue
		}
		slices.Sort(known)
		middle := time.Unix(int64(known[len(known)/2])*24*60*60, 0).UTC()
		for _, m := range members {
			d := &f.digests[m]
			guess, err := time.Parse(time.DateOnly, d.Date)
			if !d.AnyYear || err != nil {
				continue
			}
			best := guess
			for year := middle.Year() - 1; year <= middle.Year()+1; year++ {
				t := guess.AddDate(year-guess.Year(), 0, 0)
				if t.Sub(middle).Abs() < best.Sub(middle).Abs() {
					best = t
				}
			}
			d.Date = best.Format(time.DateOnly)
		}
	}
}

// linked groups all digests by the links that pass.
func (f *fold) linked(pass func(news.Link) bool) [][]int {
	root := make([]int, len(f.digests))
	for i := range root {
		root[i] = i
	}
	for _, l := range f.links {
		if !pass(l) {
			continue
		}
		a, b := rootOf(root, f.at[l.From]), rootOf(root, f.at[l.To])
		root[max(a, b)] = min(a, b)
	}
	var out [][]int
	at := make([]int, len(root)) // of a root, its group's place and one
	for i := range root {
		r := rootOf(root, i)
		if at[r] == 0 {
			out = append(out, nil)
			at[r] = len(out)
		}
		out[at[r]-1] = append(out[at[r]-1], i)
	}
	return out
}

// near returns the pairs worth comparing: those that share a key or a link.
func (f *fold) near() []pair {
	pairs := candidates(f.digests)
	for _, l := range f.links {
		a, b := int32(f.at[l.From]), int32(f.at[l.To])
		pairs = append(pairs, pair{min(a, b), max(a, b)})
	}
	slices.SortFunc(pairs, byPlace)
	return slices.Compact(pairs)
}

// scores of a pair in its surroundings.
type scores struct {
	story          float64
	words, bigrams float32 // likeness of all words, and of all words in a row
	names, strange float32 // likeness of all names, and features.strange
}

// score compares two digests once, a < b. Those that are apart are looked at
// again each time: it is quick, and they are so many that to remember them would
// take most of the memory.
func (f *fold) score(a, b int) scores {
	key := pair{int32(a), int32(b)}.key()
	s, known := f.scores.get(key)
	if !known {
		if s = f.scoreOf(a, b); s != (scores{}) {
			f.scores.put(key, s)
		}
	}
	return s
}

// unknown is a pair that nobody has compared.
type unknown struct {
	pair
	at int // where its scores are wanted
	scores
}

// pairsAtOnce is how many unknown pairs are worth a processor of their own.
const pairsAtOnce = 64

// between is the scores of each of a with each of b, until it is called again.
// Pairs that nobody has compared are compared on all processors.
func (f *fold) between(a, b []int) []scores {
	room, fresh := f.room[:0], f.fresh[:0]
	for _, i := range a {
		for _, k := range b {
			p := pair{int32(min(i, k)), int32(max(i, k))}
			s, known := f.scores.get(p.key())
			if !known && i != k {
				fresh = append(fresh, unknown{pair: p, at: len(room)})
			}
			room = append(room, s)
		}
	}
	compare := func(some []unknown) {
		for i := range some {
			some[i].scores = f.scoreOf(int(some[i].a), int(some[i].b))
		}
	}
	if len(fresh) <= pairsAtOnce {
		compare(fresh)
	} else {
		relate.Stretches(len(fresh), pairsAtOnce, func(from, to int) { compare(fresh[from:to]) })
	}
	for i := range fresh {
		x := &fresh[i]
		if room[x.at] = x.scores; x.scores != (scores{}) {
			f.scores.put(x.key(), x.scores)
		}
	}
	f.room, f.fresh = room, fresh
	return room
}

// pairsInARow is how many pairs a processor takes at once.
const pairsInARow = 256

// scoreAhead compares pairs, which rise, on all processors.
func (f *fold) scoreAhead(near []pair) {
	found := make([]scores, len(near))
	relate.Stretches(len(near), pairsInARow, func(from, to int) {
		for i, p := range near[from:to] {
			found[from+i] = f.scoreOf(int(p.a), int(p.b))
		}
	})
	f.scores.reserve(2 * len(near))
	for i, s := range found {
		if s != (scores{}) {
			f.scores.put(near[i].key(), s)
		}
	}
}

// scoreOf compares two digests by all their features, unless they are apart.
func (f *fold) scoreOf(a, b int) scores {
	if apart(&f.local[a], &f.local[b]) {
		return scores{}
	}
	return f.byFeatures(a, b)
}

func (f *fold) byFeatures(a, b int) scores {
	x := featuresOf(&f.local[a], &f.local[b])
	around := f.company(a, b, x.likeness())
	s := scores{
		story: f.weights.score(x, around, f.areVersions(pair{int32(a), int32(b)})),
		words: float32(x.x[allWords]), bigrams: float32(x.x[bigrams]), names: float32(x.x[allNames]), strange: float32(x.strange()),
	}
	if veto(&f.digests[a], &f.digests[b], x, around) != "" {
		s.story = 0
	}
	return s
}

// follow is how likely one of two digests is to follow the other.
func (f *fold) follow(a, b int) float64 { return courseScore(&f.local[a], &f.local[b]) }

// areVersions reports whether two digests are versions of one report.
func (f *fold) areVersions(p pair) bool {
	yes, _ := f.versions.get(p.key())
	return yes
}

const (
	attachAt = 0.5 // average from which a column or a log stands by a story
	copyDays = 2   // copies that lie further apart in time are old copy run again
)

// glues reports whether a text of this kind can hold a story together. A
// roundup or a log is on many stories, a column on what its writer likes.
func glues(k news.Kind) bool {
	switch k {
	case news.Roundup, news.LiveBlog, news.Opinion, news.NonArticle, news.VideoStub:
		return false
	}
	return true
}

// sameText reports whether a link puts two texts into one story. Versions are
// no such link: when a write-through takes a new lede, its news may be another.
func sameText(l news.Link) bool { return l.Relation == news.Copy || l.Relation == news.Trimmed }

// stories returns the members of each story, ordered by their first.
func (f *fold) stories(near []pair) [][]int {
	return f.storiesBy(near, joining{speak: sampleSize, spread: f.spread, union: f.union})
}

func (f *fold) storiesBy(near []pair, by joining) [][]int {
	start := f.linked(func(l news.Link) bool {
		a, b := &f.digests[f.at[l.From]], &f.digests[f.at[l.To]]
		return sameText(l) && glues(a.Kind) == glues(b.Kind) && daysBetween(dayNumber(a.Date), dayNumber(b.Date)) <= copyDays
	})
	var firm, loose [][]int
	for _, g := range start {
		if slices.ContainsFunc(g, func(i int) bool { return glues(f.digests[i].Kind) }) {
			firm = append(firm, g)
		} else {
			loose = append(loose, g)
		}
	}
	return f.attach(by.cluster(firm, near, f.rank), loose, near)
}

// attach puts texts that hold no story together by the story that they are
// closest to, if they are very close, and leaves the others by themselves.
func (f *fold) attach(stories, loose [][]int, near []pair) [][]int {
	by := linkage{score: func(a, b int) float64 { return f.score(a, b).story }, close: closePair, average: attachAt, quorum: storyQuorum}
	storyOf, looseOf := f.placeOf(stories), f.placeOf(loose)
	nearTo := make([][]int, len(loose))
	for _, p := range near {
		for _, q := range []pair{p, {p.b, p.a}} {
			if l, s := looseOf[q.a], storyOf[q.b]; l >= 0 && s >= 0 {
				nearTo[l] = append(nearTo[l], int(s))
			}
		}
	}
	added, speak := make([][]int, len(stories)), make([][]int, len(stories))
	var out [][]int
	for l, g := range loose {
		slices.Sort(nearTo[l])
		own := sample(g, f.rank, sampleSize)
		nearTo[l] = slices.Compact(nearTo[l])
		var all []int
		for _, s := range nearTo[l] {
			if speak[s] == nil {
				speak[s] = sample(stories[s], f.rank, sampleSize)
			}
			all = append(all, speak[s]...)
		}
		f.between(own, all) // on all processors
		best, at := 0.0, -1
		for _, s := range nearTo[l] {
			if v, ok := by.value(own, speak[s]); ok && v > best {
				best, at = v, s
			}
		}
		if at < 0 {
			out = append(out, g)
		} else {
			added[at] = append(added[at], g...)
		}
	}
	for s, g := range stories {
		slices.Sort(added[s])
		out = append(out, merge(g, added[s]))
	}
	slices.SortFunc(out, func(x, y []int) int { return cmp.Compare(x[0], y[0]) })
	return out
}

// placeOf tells for each digest in which group it is, -1 for none.
func (f *fold) placeOf(groups [][]int) []int32 { return placeOf(groups, len(f.digests)) }

// placeOf tells for each of n items in which group it is, -1 for none.
func placeOf(groups [][]int, n int) []int32 {
	out := make([]int32, n)
	for i := range out {
		out[i] = -1
	}
	for g, members := range groups {
		for _, m := range members {
			out[m] = int32(g)
		}
	}
	return out
}

// story describes a group of digests.
func (f *fold) story(members []int) news.Story {
	s := news.Story{}
	for _, m := range members {
		d := &f.digests[m]
		s.Documents = append(s.Documents, d.Name)
		if d.Date == "" {
			continue
		}
		if s.From == "" || d.Date < s.From {
			s.From = d.Date
		}
		s.To = max(s.To, d.Date)
	}
	s.ID = fmt.Sprintf("story-%010x", hash(f.digests[f.earliest(members)].Name)>>24)
	s.Title = f.digests[f.spokesman(members)].Title
	s.Why = f.why(members)
	return s
}

// earliest is the member with the first date, then the first name; undated
// ones come last.
func (f *fold) earliest(members []int) int {
	return slices.MinFunc(members, func(a, b int) int {
		x, y := f.digests[a].Date, f.digests[b].Date
		return cmp.Or(cmp.Compare(yes(x == ""), yes(y == "")), cmp.Compare(x, y), cmp.Compare(a, b))
	})
}

func yes(b bool) int {
	if b {
		return 1
	}
	return 0
}

// spokesman is the member whose title the story takes: the one closest to the
// others that has a headline, since a lede makes a long title.
func (f *fold) spokesman(members []int) int {
	var titled []int
	for _, m := range members {
		if f.digests[m].Titled && glues(f.digests[m].Kind) {
			titled = append(titled, m)
		}
	}
	if len(titled) == 0 {
		return f.central(members)
	}
	return f.central(titled)
}

// central is the member that is closest to the others.
func (f *fold) central(members []int) int {
	if len(members) < 3 {
		return f.earliest(members)
	}
	speak := sample(members, f.rank, sampleSize)
	best, at := -1.0, members[0]
	all := f.between(members, speak)
	for i, a := range members {
		if !glues(f.digests[a].Kind) {
			continue
		}
		sum := 0.0
		for k, b := range speak {
			if a != b {
				sum += all[i*len(speak)+k].story
			}
		}
		if sum > best {
			best, at = sum, a
		}
	}
	return at
}

// why says for each member but the first what joined it to the story: a link
// of the lineage, or else what it shares with the member closest to it.
func (f *fold) why(members []int) []string {
	inside := map[int]bool{}
	for _, m := range members {
		inside[m] = true
	}
	first := f.earliest(members)
	speak := append([]int{first}, sample(members, f.rank, sampleSize)...)
	kin := make([]string, len(members))
	var others []int // that have no kin
	for i, m := range members {
		if kin[i] = f.kin(m, inside); kin[i] == "" && m != first {
			others = append(others, m)
		}
	}
	all := f.between(others, speak)
	var out []string
	for i, m := range members {
		if m == first {
			continue
		}
		if kin[i] != "" {
			out = append(out, kin[i])
			continue
		}
		best, at := -1.0, -1
		for k, o := range speak {
			if s := all[k].story; o != m && s > best {
				best, at = s, o
			}
		}
		all = all[len(speak):]
		a, b := &f.digests[m], &f.digests[at]
		out = append(out, fmt.Sprintf("%s with %s: %s", a.Name, b.Name, strings.Join(reasons(a, b, featuresOf(&f.local[m], &f.local[at])), "; ")))
	}
	return out
}

// kin names the first text inside that m is a copy or a version of.
func (f *fold) kin(m int, inside map[int]bool) string {
	for _, i := range f.linksOf[m] {
		l := f.links[i]
		if !oneText(l.Relation) || !inside[f.at[l.From]] || !inside[f.at[l.To]] {
			continue
		}
		other := l.From
		if other == f.digests[m].Name {
			other = l.To
		}
		how := map[news.Relation]string{
			news.Copy: "the same text", news.Trimmed: "the same text, cut", news.EarlierVersion: "versions of one report",
		}[l.Relation]
		return fmt.Sprintf("%s with %s: %s", f.digests[m].Name, other, how)
	}
	return ""
}
