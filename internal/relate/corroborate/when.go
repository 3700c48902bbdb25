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
	for i := range s.members {
		if firstDay(s.members[i]) == "" {
			continue
		}
		for _, j := range s.neighbours(s.terms[i]) {
			if j <= i || s.oneReport(i, j) || s.onOnePage(i, j) {
				continue
			}
			if a, b, ok := s.twoDays(i, j); ok {
				s.add(i, j, news.DateT, "another day for the same happening", 0.4, fmt.Sprintf("%s on %s, %s on %s", s.groups[i].Proposition, a, s.groups[j].Proposition, b))
			}
		}
	}
}

// twoDays finds statements of two groups that put one happening on two days.
func (s *search) twoDays(i, j int) (a, b string, ok bool) {
	for _, x := range s.distinct(i) {
		dx, wx := s.namedDay(x)
		if dx == "" || x.negated || x.deed.planned || x.deed.unsure {
			continue
		}
		for _, y := range s.distinct(j) {
			dy, wy := s.namedDay(y)
			if dy == "" || dx == dy || wx == wy || y.negated || y.deed.planned || y.deed.unsure || commonHead(x, y) == "" || !actorsMeet(x, y) || !placesMeet(x, y) {
				continue
			}
			if d := dayNumber(dx) - dayNumber(dy); d > fewDays || d < -fewDays {
				continue
			}
			if shared, n := s.w.shared(x.terms, y.terms); n >= 3 && shared >= 0.6*min(x.weight, y.weight) {
				return dx, dy, true
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
