package corroborate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate"
)

// figures sets the groups against each other that count the same thing and
// come to different numbers. A later, greater count is an update when somebody
// stands behind both: the same report, newsroom or body. Two bodies that come to
// different numbers on one day contradict each other.
func (s *search) figures() {
	of := s.counted()
	found := ofEach(len(s.groups), func(i int) []rival { return s.rivalsOf(i, of) })
	slices.SortStableFunc(found, func(a, b rival) int { return b.docs - a.docs })
	taken := map[int]bool{}
	for _, r := range found {
		if taken[r.i] && taken[r.j] {
			continue
		}
		early, late, ok := s.succeeds(r.i, r.j, r.qi, r.qj)
		switch {
		case ok:
			taken[r.i], taken[r.j] = true, true
			s.seen[[2]int{min(r.i, r.j), max(r.i, r.j)}] = true
			if s.groups[early].SupersededBy == "" {
				s.groups[early].SupersededBy = s.groups[late].ID
			}
		case s.oneDay(r.i, r.j) && !s.oneReport(r.i, r.j) && !s.oneBody(r.i, r.j):
			taken[r.i], taken[r.j] = true, true
			s.add(r.i, r.j, news.Number, "another number of the same thing", 0.6,
				fmt.Sprintf("%s %s, %s %s (%s)", saying(s.groups[r.i].Origins), r.qi, saying(s.groups[r.j].Origins), r.qj, r.qi.Unit))
		}
	}
}

// rival is two groups that count the same thing, and what each comes to.
type rival struct {
	i, j   int
	qi, qj news.Quantity
	docs   int
}

// rivalsOf is the groups after group i that count the same and come to another
// number. of is the groups by the units that they count.
func (s *search) rivalsOf(i int, of map[string][]int) (found []rival) {
	for _, j := range s.counting(i, of) {
		if j <= i {
			continue
		}
		qi, qj, ok := s.rivals(i, j)
		if !ok || !mostly(s.members[i], qi) || !mostly(s.members[j], qj) || s.oneGivesBoth(i, j, qi, qj) {
			continue
		}
		found = append(found, rival{i, j, qi, qj, len(s.members[i]) * len(s.members[j])})
	}
	return found
}

// mostly reports whether a count is what half of a group's members give: a
// number that one page adds in passing is not the group's.
func mostly(members []*statement, q news.Quantity) bool {
	n := 0
	for _, st := range members {
		if slices.ContainsFunc(st.counts, func(x news.Quantity) bool { return x.Unit == q.Unit && !disjoint(x, q) }) {
			n++
		}
	}
	return 2*n >= len(members)
}

// oneGivesBoth reports whether a page gives both numbers in one voice: then they
// count two things.
func (s *search) oneGivesBoth(i, j int, qi, qj news.Quantity) bool {
	gives := func(st *statement, q news.Quantity) bool {
		return slices.ContainsFunc(st.counts, func(x news.Quantity) bool { return x.Unit == q.Unit && x.Low == q.Low && x.High == q.High })
	}
	for _, side := range []struct {
		members    []*statement
		own, other news.Quantity
	}{{s.members[i], qi, qj}, {s.members[j], qj, qi}} {
		for _, x := range side.members {
			for _, y := range s.onPage[x.doc] {
				if gives(x, side.own) && gives(y, side.other) && slices.Equal(x.claim.Chain, y.claim.Chain) && !x.claim.Span.Overlaps(y.claim.Span) {
					return true
				}
			}
		}
	}
	return false
}

// counted is the groups that have a number of a unit, in order.
func (s *search) counted() map[string][]int {
	out := map[string][]int{}
	for i, members := range s.members {
		for _, st := range members {
			for _, q := range st.counts {
				if of := out[q.Unit]; q.Unit != "" && (len(of) == 0 || of[len(of)-1] != i) {
					out[q.Unit] = append(of, i)
				}
			}
		}
	}
	return out
}

// counting is the groups that have a number of a unit that group i has, too. Of a
// unit that very many count, it is those that share a rarer term with it, and the
// next few.
func (s *search) counting(i int, of map[string][]int) []int {
	var units []string
	for _, st := range s.members[i] {
		for _, q := range st.counts {
			if q.Unit != "" && !slices.Contains(units, q.Unit) {
				units = append(units, q.Unit)
			}
		}
	}
	var out []int
	var close []int // found when it is asked for
	for _, u := range units {
		all := of[u]
		if len(all) <= mostCount {
			out = append(out, all...)
			continue
		}
		at, _ := slices.BinarySearch(all, i)
		out = append(out, all[at:min(len(all), at+1+nearby)]...)
		if close == nil {
			close = s.neighbours(s.terms[i])
		}
		for _, j := range close {
			if _, has := slices.BinarySearch(all, j); has {
				out = append(out, j)
			}
		}
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(j int) bool { return j == i })
}

// barren are units that say nothing of what is measured.
var barren = map[string]bool{
	"percent": true, "year": true, "day": true, "hour": true, "minute": true, "month": true, "week": true, "point": true, "time": true, "second": true, "story": true, "floor": true,
}

// longAgo reports whether a statement tells of another year than that of its
// page: the worst flood since one that killed 41 in 1937.
func (s *search) longAgo(st *statement) bool {
	written := s.versions[st.doc].Meta.Published.Value
	return len(st.claim.EventDate) >= 4 && len(written) >= 4 && st.claim.EventDate[:4] < written[:4]
}

// recovered reports whether a statement counts bodies that were found, and not
// all of them ("so far").
func recovered(st *statement) bool {
	if strings.Contains(st.claim.Proposition, " so far") {
		return false
	}
	return slices.ContainsFunc(st.claim.Frame.Predicates, func(p string) bool {
		return p == "find" || p == "recover" || p == "discover" || p == "pull" || p == "retrieve"
	})
}

// succeeds reports whether one of two counts was brought up to date by the
// other, and which is the earlier. Only a count that has grown is: one that has
// shrunk was corrected, and stands against the first.
func (s *search) succeeds(i, j int, qi, qj news.Quantity) (early, late int, ok bool) {
	low, high := i, j
	if qj.Low < qi.Low {
		low, high = j, i
	}
	for _, x := range s.members[low] {
		for _, y := range s.members[high] {
			if x.doc == y.doc || !(s.fam[x.doc] == s.fam[y.doc] || s.ground.room[x.doc] == s.ground.room[y.doc] || s.ground.sameBody(x, y)) {
				continue
			}
			if s.ground.earlier(x.doc, y.doc) {
				return low, high, true
			}
			if s.fam[x.doc] == s.fam[y.doc] && !s.ground.earlier(y.doc, x.doc) {
				return low, high, true // versions of one day, the order unknown
			}
		}
	}
	tl, th := s.since[low], s.since[high]
	if len(tl) >= 10 && len(th) >= 10 && tl[:10] < th[:10] {
		return low, high, true
	}
	return 0, 0, false
}

// sameBody reports whether two statements are one body's.
func (g *ground) sameBody(x, y *statement) bool {
	if !x.claim.Reported || !y.claim.Reported {
		return false
	}
	fx, fy := g.end(x), g.end(y)
	return fx.kind == named && fx.kind == fy.kind && fx.key == fy.key
}

// firstTold is the moment of a group's first telling, "" if unknown.
func (s *search) firstTold(k int) string {
	first := ""
	for _, st := range s.members[k] {
		if t := relate.Told(s.versions[st.doc]); t != "" && (first == "" || t < first) {
			first = t
		}
	}
	return first
}

// oneDay reports whether two groups were first told within a day of each
// other, as far as is known.
func (s *search) oneDay(i, j int) bool {
	a, b := s.since[i], s.since[j]
	return len(a) < 10 || len(b) < 10 || a[:10] == b[:10]
}

// has reports whether one of want stands in sorted.
func has(want, sorted []string) bool {
	for _, t := range want {
		if _, ok := slices.BinarySearch(sorted, t); ok {
			return true
		}
	}
	return false
}

// saying is the names with their verb: "the mayor says", "A and B say".
func saying(names []string) string {
	who := join(names)
	if strings.Contains(who, " and ") && len(names) > 1 {
		return who + " say"
	}
	return who + " says"
}
