package furniture

import (
	"cmp"
	"math"
	"slices"

	"github.com/tracewire/tracewire/internal/news"
)

// The bounds of the verdict.
const (
	window   = 500 // pages of a host that judge each other
	fewest   = 3   // families around which a line must stand,
	share    = .02 // and their share of the window
	leastDay = 2   // days on which they came out
	fewAlone = 2   // families suffice when other hosts have their text without it
)

// Report is a page among the others of its host.
type Report struct {
	Page
	ID     string // of the version
	Family int    // pages with one number are copies or versions of one report
}

// Told knows what several hosts have told: which reports, and which lines of
// theirs. A line that stands in copies on two hosts belongs to the report,
// however often a host prints it; a line that one host alone has put around
// such a report does not.
type Told struct{ hosts map[told]string }

type told struct {
	family int
	key    uint64 // of a line, 0 for the report as a whole
}

// several takes the place of the host where there are more.
const several = ""

// Add notes a page that has copies.
func (t *Told) Add(r *Report) {
	if t.hosts == nil {
		t.hosts = map[told]string{}
	}
	note := func(at told) {
		if host, known := t.hosts[at]; !known {
			t.hosts[at] = r.Host
		} else if host != r.Host {
			t.hosts[at] = several
		}
	}
	note(told{r.Family, 0})
	for _, l := range r.Lines {
		if l.Shown {
			note(told{r.Family, l.Key})
		}
	}
}

func (t *Told) line(family int, key uint64) bool {
	host, known := t.hosts[told{family, key}]
	return known && host == several
}

func (t *Told) report(family int) bool { return t.line(family, 0) }

// Fold says for each report of one host which of its lines stand around other
// reports of that host, too. It is a function of the set.
//
// Pages are judged by the pages of their time: the host's reports in order of
// days are cut into windows, and the newest are judged by the last window full,
// so that what a site printed years ago is not measured by what it prints now.
func Fold(reports []Report, t *Told) [][]news.Standing {
	order := make([]int, len(reports))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		x, y := &reports[a], &reports[b]
		return cmp.Or(cmp.Compare(x.day(), y.day()), cmp.Compare(x.ID, y.ID))
	})
	out := make([][]news.Standing, len(reports))
	for from := 0; from < len(order); from += window {
		to := min(from+window, len(order))
		within := order[max(0, to-window):to]
		m := remember(reports, within, t)
		for _, i := range order[from:to] {
			out[i] = m.of(&reports[i])
		}
	}
	return out
}

// day is when the page came out, or else when it was seen.
func (r *Report) day() int32 { return cmp.Or(r.Published, r.Seen) }

// memory is what a window of pages has in common.
type memory struct {
	families int
	lines    map[uint64]standing
}

// standing is a line of furniture.
type standing struct {
	in         int // families
	head, tail bool
}

// place is an occurrence of a line.
type place struct{ report, line int }

// remember finds the furniture of a window.
func remember(reports []Report, within []int, t *Told) memory {
	w := gather(reports, within)
	at := map[uint64][]place{}
	for _, i := range within {
		for k := range reports[i].Lines {
			key := reports[i].Lines[k].Key
			at[key] = append(at[key], place{i, k})
		}
	}
	for key, places := range at {
		if !w.several(places) {
			delete(at, key)
		}
	}
	w.findTopics(within, at)
	m := memory{families: w.families, lines: map[uint64]standing{}}
	least := max(fewest, int(math.Ceil(share*float64(w.families))))
	for key, places := range at {
		if s, ok := w.judge(key, places, least, t); ok {
			m.lines[key] = s
		}
	}
	return m
}

// several reports whether a line stands around two families.
func (w *pages) several(places []place) bool {
	first := w.family[places[0].report]
	return slices.ContainsFunc(places[1:], func(p place) bool { return w.family[p.report] != first })
}

// of lists the lines of a page that are in memory. A line that the page has
// several times, as between the pictures of a gallery, marks neither its head
// nor its tail.
func (m *memory) of(r *Report) []news.Standing {
	var out []news.Standing
	for i := range r.Lines {
		l := &r.Lines[i]
		s, ok := m.lines[l.Key]
		if !ok {
			continue
		}
		once := true
		for k := range r.Lines {
			once = once && (k == i || r.Lines[k].Key != l.Key)
		}
		out = append(out, news.Standing{Number: l.Number, In: s.in, Of: m.families, Head: s.head && once, Tail: s.tail && once})
	}
	return out
}

// pages is a window on its way to a verdict.
type pages struct {
	reports  []Report
	families int
	family   map[int]int       // report -> family, from 0
	topics   map[uint64]int    // topic -> families
	in       []map[uint64]bool // topics by family
	authors  [][]uint64        // by family, 0 where a page has no single author
}

// gather puts pages of one address and of one family together.
func gather(reports []Report, within []int) *pages {
	root := make([]int, len(within))
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	families, articles := map[int]int{}, map[uint64]int{}
	for k, i := range within {
		root[k] = k
		r := &reports[i]
		if first, known := families[r.Family]; known {
			root[find(k)] = find(first)
		} else {
			families[r.Family] = k
		}
		if first, known := articles[r.Article]; known {
			root[find(k)] = find(first)
		} else if r.Article != 0 {
			articles[r.Article] = k
		}
	}
	w := &pages{reports: reports, family: make(map[int]int, len(within)), topics: map[uint64]int{}}
	number := map[int]int{}
	for k, i := range within {
		f, known := number[find(k)]
		if !known {
			f = len(number)
			number[find(k)] = f
			w.in = append(w.in, map[uint64]bool{})
			w.authors = append(w.authors, nil)
		}
		w.family[i] = f
		w.authors[f] = append(w.authors[f], reports[i].Author)
	}
	w.families = len(number)
	return w
}

// findTopics notes of each family the words that come back in its reports, at
// least once outside the lines that stand around others, too.
func (w *pages) findTopics(within []int, common map[uint64][]place) {
	for _, i := range within {
		r := &w.reports[i]
		f := w.family[i]
		for k, t := range r.Topics {
			own := t.Lines
			for _, l := range r.Lines {
				if l.Topics&(1<<k) != 0 && common[l.Key] != nil {
					own--
				}
			}
			if own > 0 && !w.in[f][t.Word] {
				w.in[f][t.Word] = true
				w.topics[t.Word]++
			}
		}
	}
}

// judge tells whether a line is furniture: it stands around enough families, on
// several days, or around two that other hosts print without it; at their head
// or tail; and it is neither the text of one report nor the habit of one author
// or one standing feature.
func (w *pages) judge(key uint64, places []place, least int, t *Told) (standing, bool) {
	var families, alone []int
	var published, seen []int32
	head, tail, shown := 0, 0, false
	for _, p := range places {
		r := &w.reports[p.report]
		l := &r.Lines[p.line]
		shown = shown || l.Shown
		if l.Shown && t.line(r.Family, key) {
			continue
		}
		if l.Shown && t.report(r.Family) {
			alone = append(alone, w.family[p.report])
		}
		if l.Before == 0 {
			head++
		}
		if l.After == 0 {
			tail++
		}
		families = append(families, w.family[p.report])
		if r.Published != 0 {
			published = append(published, r.Published)
		}
		if r.Seen != 0 {
			seen = append(seen, r.Seen)
		}
	}
	n := len(families)
	families = distinct(families)
	s := standing{in: len(families), head: 2*head > n, tail: 2*tail > n}
	enough := s.in >= least && max(len(distinct(published)), len(distinct(seen))) >= leastDay || len(distinct(alone)) >= fewAlone
	if !enough || !s.head && !s.tail {
		return s, false
	}
	return s, !shown || !w.byOne(families) && !w.onOne(families)
}

func distinct[T cmp.Ordered](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}

// byOne reports whether all the families are signed by one author, who has not
// signed the others: a standing sign-off.
func (w *pages) byOne(families []int) bool {
	author := w.authors[families[0]][0]
	if author == 0 {
		return false
	}
	for _, f := range families {
		for _, a := range w.authors[f] {
			if a != author {
				return false
			}
		}
	}
	for f := range w.authors {
		if !slices.Contains(w.authors[f], author) {
			return true
		}
	}
	return false
}

// The bounds of a standing feature, or of a running story that no copying
// shows: a word that comes back in nearly all families with the line and in few
// of the others, if there are enough to tell.
const (
	onTopic  = .9
	offTopic = .25
	others   = 3
)

func (w *pages) onOne(families []int) bool {
	rest := w.families - len(families)
	if rest < others {
		return false
	}
	count := map[uint64]int{}
	for _, f := range families {
		for t := range w.in[f] {
			count[t]++
		}
	}
	for t, n := range count {
		if float64(n) >= onTopic*float64(len(families)) && float64(w.topics[t]-n) <= offTopic*float64(rest) {
			return true
		}
	}
	return false
}
