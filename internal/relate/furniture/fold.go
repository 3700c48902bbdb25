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
	// Kin are the pages of the host that share so much of their prose that they
	// may be of the same report.
	Kin []Kin
}

// Kin is another page of the host, and the bytes of prose it has in common.
type Kin struct {
	ID    string
	Prose int
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
type place struct {
	key          uint64
	report, line int32
}

// remember finds the furniture of a window.
func remember(reports []Report, within []int, t *Told) memory {
	w := gather(reports, within)
	n := 0
	for _, i := range within {
		n += len(reports[i].Lines)
	}
	places := make([]place, 0, n)
	for _, i := range within {
		for k := range reports[i].Lines {
			places = append(places, place{reports[i].Lines[k].Key, int32(i), int32(k)})
		}
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Compare(a.key, b.key) })
	var common [][]place // lines that stand around two families or more
	for from, to := 0, 0; from < len(places); from = to {
		several := false
		for to = from; to < len(places) && places[to].key == places[from].key; to++ {
			several = several || w.family[int(places[to].report)] != w.family[int(places[from].report)]
		}
		if several {
			common = append(common, places[from:to])
		}
	}
	m := memory{families: w.families, lines: map[uint64]standing{}}
	least := max(fewest, int(math.Ceil(share*float64(w.families))))
	for _, of := range common {
		if s, ok := w.judge(of, least, t); ok {
			m.lines[of[0].key] = s
		}
	}
	return m
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
	at       map[string]int    // ID -> report
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
	w := &pages{reports: reports, family: make(map[int]int, len(within)), topics: map[uint64]int{}, at: map[string]int{}}
	for _, i := range within {
		w.at[reports[i].ID] = i
	}
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
		for _, t := range reports[i].Topics {
			if !w.in[f][t.Word] {
				w.in[f][t.Word] = true
				w.topics[t.Word]++
			}
		}
	}
	w.families = len(number)
	return w
}

// judge tells whether a line is furniture: it stands around enough families, on
// several days, or around two that other hosts print without it; at their head
// or tail; and it is neither the text of one report nor the habit of one author
// or one standing feature.
func (w *pages) judge(places []place, least int, t *Told) (standing, bool) {
	var families, alone []int
	var published, seen []int32
	head, tail, shown := 0, 0, false
	key := places[0].key
	for _, p := range places {
		r := &w.reports[p.report]
		l := &r.Lines[p.line]
		shown = shown || l.Shown
		if l.Shown && t.line(r.Family, key) {
			continue
		}
		if l.Shown && t.report(r.Family) {
			alone = append(alone, w.family[int(p.report)])
		}
		if l.Before == 0 {
			head++
		}
		if l.After == 0 {
			tail++
		}
		families = append(families, w.family[int(p.report)])
		if r.Published != 0 {
			published = append(published, r.Published)
		}
		if r.Seen != 0 {
			seen = append(seen, r.Seen)
		}
	}
	n, days := len(families), max(len(distinct(published)), len(distinct(seen)))
	families, alone = distinct(families), distinct(alone)
	s := standing{in: len(families), head: 2*head > n, tail: 2*tail > n}
	enough := func(in, alone int) bool { return in >= least && days >= leastDay || alone >= fewAlone }
	if !enough(s.in, len(alone)) || !s.head && !s.tail {
		return s, false
	}
	if !shown { // nobody took it for the report's own
		return s, true
	}
	b := w.blockOf(places)
	same := w.kinship(b)
	s.in = len(distinct(named(slices.Clone(families), same)))
	return s, enough(s.in, len(distinct(named(alone, same)))) && !w.byOne(families) && !w.onOne(families, b)
}

// named gives each family the name of the kin it belongs to.
func named(families []int, same map[int]int) []int {
	for i, f := range families {
		if to, ok := same[f]; ok {
			families[i] = to
		}
	}
	return families
}

const (
	nearlyAll = .8  // of the pages with a line have what else their host prints there
	ownInKin  = 200 // bytes of prose of their own that make kin of two pages
)

// block is the pages with a line, and the lines that nearly all of them have.
type block struct {
	pages []int
	lines map[uint64]bool
}

func (w *pages) blockOf(places []place) block {
	b := block{lines: map[uint64]bool{}}
	for _, p := range places {
		b.pages = append(b.pages, int(p.report))
	}
	b.pages = distinct(b.pages)
	count := map[uint64]int{}
	for _, i := range b.pages {
		for _, key := range keysOf(&w.reports[i]) {
			count[key]++
		}
	}
	for key, n := range count {
		if float64(n) >= nearlyAll*float64(len(b.pages)) {
			b.lines[key] = true
		}
	}
	return b
}

// kinship tells which of the families with a line are one by what they have in
// common beside its block. Pages that share their furniture alone are no kin,
// however long it is; those of a running story are, though each shares
// something else with the next.
func (w *pages) kinship(b block) map[int]int {
	root := map[int]int{}
	find := func(f int) int {
		for {
			up, ok := root[f]
			if !ok {
				return f
			}
			f = up
		}
	}
	for _, i := range b.pages {
		r := &w.reports[i]
		for _, k := range r.Kin {
			j, here := w.at[k.ID]
			if _, with := slices.BinarySearch(b.pages, j); !here || !with {
				continue
			}
			own := k.Prose
			other := keysOf(&w.reports[j])
			for _, l := range r.Lines {
				if _, both := slices.BinarySearch(other, l.Key); both && b.lines[l.Key] {
					own -= l.Bytes
				}
			}
			if x, y := find(w.family[i]), find(w.family[j]); own >= ownInKin && x != y {
				root[max(x, y)] = min(x, y)
			}
		}
	}
	same := make(map[int]int, len(root))
	for f := range root {
		same[f] = find(f)
	}
	return same
}

// keysOf lists the keys of a page, each once, rising.
func keysOf(r *Report) []uint64 {
	keys := make([]uint64, len(r.Lines))
	for i := range r.Lines {
		keys[i] = r.Lines[i].Key
	}
	return distinct(keys)
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

func (w *pages) onOne(families []int, b block) bool {
	rest := w.families - len(families)
	if rest < others {
		return false
	}
	// A word of the block alone is no matter.
	own := map[uint64]map[int]bool{}
	for _, i := range b.pages {
		r := &w.reports[i]
		for k, t := range r.Topics {
			n := t.Lines
			for _, l := range r.Lines {
				if l.Topics&(1<<k) != 0 && b.lines[l.Key] {
					n--
				}
			}
			if n <= 0 {
				continue
			}
			if own[t.Word] == nil {
				own[t.Word] = map[int]bool{}
			}
			own[t.Word][w.family[i]] = true
		}
	}
	for t, in := range own {
		here := 0
		for _, f := range families {
			if w.in[f][t] {
				here++
			}
		}
		if float64(len(in)) >= onTopic*float64(len(families)) && float64(w.topics[t]-here) <= offTopic*float64(rest) {
			return true
		}
	}
	return false
}
