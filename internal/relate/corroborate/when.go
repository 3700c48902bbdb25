package corroborate

import (
	"fmt"
	"sort"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// fewDays is how far the days may lie apart that texts give for one happening; of
// happenings of one kind that lie further apart there are two.
const fewDays = 3

// days: the same happening on another day. Both texts must name the day beside
// it, by other words: where both say "on Monday", and the pages are of two weeks,
// a page has a wrong date, or a text was copied. What one page tells of both days
// happened twice.
func (s *search) days() {
	on := make([][]onDay, len(s.members))
	for i := range s.members {
		if firstDay(s.members[i]) != "" {
			on[i] = s.onDays(i)
		}
	}
	for i := range s.members {
		if len(on[i]) == 0 {
			continue
		}
		for _, j := range s.neighbours(s.terms[i]) {
			if j <= i {
				continue
			}
			if on[j] == nil { // its first statement has no day
				on[j] = s.onDays(j)
			}
			if a, b, ok := s.twoDays(on[i], on[j]); ok && !s.oneReport(i, j) && !s.onOnePage(i, j) {
				s.add(i, j, news.DateT, "another day for the same happening", 0.4, fmt.Sprintf("%s on %s, %s on %s", s.groups[i].Proposition, a, s.groups[j].Proposition, b))
			}
		}
	}
}

// onDay is a statement that puts what happened on a day that it names.
type onDay struct {
	st         *statement
	day, words string // see namedDay
}

// onDays lists those of a group.
func (s *search) onDays(group int) []onDay {
	out := []onDay{}
	for _, st := range s.distinct(group) {
		if st.negated || st.deed.planned || st.deed.unsure {
			continue
		}
		if day, words := s.namedDay(st); day != "" {
			out = append(out, onDay{st, day, words})
		}
	}
	return out
}

// twoDays finds statements of two groups that put one happening on two days.
func (s *search) twoDays(of, other []onDay) (a, b string, ok bool) {
	for _, x := range of {
		for _, y := range other {
			if x.day == y.day || x.words == y.words || commonHead(x.st, y.st) == "" || !actorsMeet(x.st, y.st) || !placesMeet(x.st, y.st) {
				continue
			}
			if d := dayNumber(x.day) - dayNumber(y.day); d > fewDays || d < -fewDays {
				continue
			}
			if shared, n := s.w.shared(x.st.terms, y.st.terms); n >= 3 && shared >= 0.6*min(x.st.weight, y.st.weight) {
				return x.day, y.day, true
			}
		}
	}
	return "", "", false
}

// namedDay is the day of a statement, and by what words it names it; "" if it
// has none, or more than one.
func (s *search) namedDay(st *statement) (day, words string) {
	v := s.versions[st.doc]
	items := v.Timexes.Items
	at := sort.Search(len(items), func(i int) bool { return items[i].Span.Start >= st.claim.Span.Start })
	for _, t := range items[at:] {
		if t.Span.Start >= st.claim.Span.End {
			break
		}
		if t.Type != "DATE" && t.Type != "TIME" || len(t.Value) < 10 || t.Value[0] < '0' || t.Value[0] > '9' || t.Value[5] == 'W' {
			continue
		}
		if day != "" && day != t.Value[:10] || besidesIt(v.Text[:t.Span.Start]) {
			return "", ""
		}
		day, words = t.Value[:10], strings.ToLower(t.Span.Of(v.Text))
		if !strings.Contains(words, "day") && !strings.ContainsAny(words, "0123456789") || strings.HasSuffix(words, "yesterday") || strings.HasSuffix(words, "today") || strings.Contains(words, "the day") || strings.Contains(words, "a day") {
			return "", "" // "a day before": of what it is said depends on another day
		}
	}
	if day == "" || len(st.claim.EventDate) < 10 || st.claim.EventDate[:10] != day {
		return "", ""
	}
	return day, words
}

// besidesIt reports whether a text ends in a word that puts the next time beside what
// happened, and not to it: "as of Wednesday", "since Monday".
func besidesIt(before string) bool {
	for _, w := range []string{" of ", " since ", " until ", " by ", " before ", " after ", " from ", " through "} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// onOnePage reports whether a page tells both groups.
func (s *search) onOnePage(i, j int) bool {
	for _, x := range s.members[i] {
		for _, y := range s.onPage[x.doc] {
			if s.group[y.ref] == j {
				return true
			}
		}
	}
	return false
}
