// Package report puts answers before a person: the brief in a terminal, and a
// page that opens every claim onto the passages it rests on. It finds nothing
// out; it orders and words what the stages before it found.
package report

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate"
	"github.com/tracewire/tracewire/internal/text"
)

// dossier is a run's answers in the order in which a person reads them.
type dossier struct {
	threads []*thread
	pages   map[string]*page // by Version.Name
}

// thread is stories that follow each other, with all that is known of them.
// A story that follows none is a thread of one.
type thread struct {
	key      string
	title    string
	stories  []news.Story
	steps    []news.Step
	pages    []*page
	links    []news.Link
	claims   []*row
	tensions []tension
	events   []news.Event
}

// page is a version with what a reader calls it by.
type page struct {
	num      int // from 1, over the whole run
	v        *news.Version
	outlet   string // "unknown outlet" when the page does not say
	agency   string // "" when it is the outlet itself, or none
	date     string // ISO, "" when not known
	told     string // when it was published, to the minute if known
	headline string
}

// row is a claim group as the brief shows it.
type row struct {
	num      int    // from 1, within the thread
	label    string // the number, after that of the thread where there are several: "2.3"
	g        news.Group
	members  []member
	voices   []voice
	tensions []int // numbers of the tensions it stands in
}

// member is one claim of a group.
type member struct {
	page  *page
	claim news.Claim
	walk  news.Walk
}

// voice is an origin with the ways by which its words reached the pages.
type voice struct {
	name  string
	own   bool     // the outlet or agency speaks for itself; of a lost one: its page lists what somebody printed
	lost  bool     // the walk leads to nobody: ways are who tells it
	ways  []string // "TASS → UPI", nearest to the origin first
	hedge string
}

// tension is a pair that pulls against each other, in words.
type tension struct {
	num   int
	label string
	t     news.Tension
	a, b  end
}

// end is one side of a tension.
type end struct {
	text string
	says string // who says it
	row  *row   // where it stands among the thread's claims, nil if it does not
	at   news.ClaimRef
}

func assemble(r news.Relations, versions []*news.Version) *dossier {
	d := &dossier{pages: make(map[string]*page, len(versions))}
	for _, v := range versions {
		d.pages[v.Name] = newPage(v)
	}
	d.threads = d.makeThreads(r)
	home := make(map[string]*thread, len(versions))
	num := 0
	for _, t := range d.threads {
		for _, p := range t.pages {
			num++
			p.num = num
			home[p.v.Name] = t
		}
	}
	for _, l := range r.Links {
		if t := home[l.To]; t != nil {
			t.links = append(t.links, l)
		}
	}
	at := d.addClaims(r.Groups, home)
	d.addTensions(r.Tensions, at, home)
	for _, e := range r.Timeline {
		if t := homeOf(e.Documents, home); t != nil {
			t.events = append(t.events, e)
		}
	}
	return d
}

const noOutlet = "unknown outlet"

func newPage(v *news.Version) *page {
	p := &page{v: v, outlet: plain(v.Meta.Outlet.Value), agency: plain(v.Meta.Agency.Value), date: plain(v.Meta.Published.Value)}
	if p.outlet == "" {
		p.outlet = cmp.Or(p.agency, plain(v.Given.Outlet), noOutlet)
	}
	if strings.EqualFold(p.agency, p.outlet) {
		p.agency = ""
	}
	p.told = plain(relate.Told(v))
	p.headline = plain(cmp.Or(v.Meta.Headline.Value, v.Meta.Headline.Span.Of(v.Text), v.Given.Headline))
	if p.headline == "" {
		p.headline = opening(v)
	}
	return p
}

// opening is the first sentence of a text that has no headline.
func opening(v *news.Version) string {
	for _, s := range v.Sentences.Items {
		if s.Label == news.Body && after(v, s.Span) < s.Span.End {
			return plain(v.Text[after(v, s.Span):s.Span.End])
		}
	}
	for _, l := range v.Lines.Items {
		if l.Label == news.Body {
			return plain(v.Text[after(v, l.Span):l.Span.End])
		}
	}
	first, _, _ := strings.Cut(strings.TrimSpace(v.Text), "\n")
	return plain(first)
}

// after is the start of s, or the end of a dateline that s begins with.
func after(v *news.Version, s text.Span) int {
	if d := v.Meta.Dateline; d != nil && d.Span.Start <= s.Start && d.Span.End > s.Start {
		return min(d.Span.End, s.End)
	}
	return s.Start
}

// makeThreads gathers stories by the thread of their steps, and puts the
// thread with most pages first. Pages without a date come last in theirs.
func (d *dossier) makeThreads(r news.Relations) []*thread {
	byKey := map[string]*thread{}
	var all []*thread
	get := func(key string) *thread {
		if t := byKey[key]; t != nil {
			return t
		}
		t := &thread{key: key}
		byKey[key] = t
		all = append(all, t)
		return t
	}
	ofStory := map[string]string{}
	for _, s := range r.Thread {
		if s.Thread != "" {
			ofStory[s.Story] = "thread " + s.Thread
		}
	}
	seen := map[string]bool{}
	for _, s := range r.Stories {
		t := get(cmp.Or(ofStory[s.ID], "story "+s.ID))
		t.stories = append(t.stories, s)
		for _, name := range s.Documents {
			if p := d.pages[name]; p != nil && !seen[name] {
				seen[name] = true
				t.pages = append(t.pages, p)
			}
		}
	}
	for _, s := range r.Thread {
		if t := byKey[cmp.Or(ofStory[s.Story], "story "+s.Story)]; t != nil {
			t.steps = append(t.steps, s)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(d.pages)) {
		if !seen[name] {
			t := get("page " + name)
			t.pages = append(t.pages, d.pages[name])
		}
	}
	all = slices.DeleteFunc(all, func(t *thread) bool { return len(t.pages) == 0 })
	for _, t := range all {
		slices.SortFunc(t.pages, func(a, b *page) int {
			return cmp.Or(cmp.Compare(cmp.Or(a.date, "~"), cmp.Or(b.date, "~")), cmp.Compare(a.v.Name, b.v.Name))
		})
		slices.SortStableFunc(t.steps, func(a, b news.Step) int { return cmp.Compare(a.Order, b.Order) })
		t.title = titleOf(t)
	}
	// The largest first, else in the order in which they came: numbers in the
	// brief of each thread and of all of them are the same.
	slices.SortStableFunc(all, func(a, b *thread) int { return cmp.Compare(len(b.pages), len(a.pages)) })
	return all
}

// titleOf is the title of the thread's greatest story, the later of two equal
// ones, or a headline.
func titleOf(t *thread) string {
	best := -1
	for i, s := range t.stories {
		if best < 0 || len(s.Documents) > len(t.stories[best].Documents) ||
			len(s.Documents) == len(t.stories[best].Documents) && s.From > t.stories[best].From {
			best = i
		}
	}
	if best >= 0 && t.stories[best].Title != "" {
		return plain(t.stories[best].Title)
	}
	return t.pages[0].headline
}

func (t *thread) first() string {
	for _, p := range t.pages {
		if p.date != "" {
			return p.date
		}
	}
	return ""
}

func (t *thread) last() string {
	last := ""
	for _, p := range t.pages {
		last = max(last, p.date)
	}
	return last
}

// outlets and agencies of a thread, the most used first.
func (t *thread) outlets() []string {
	all := ranked(t.pages, func(p *page) string { return p.outlet })
	return slices.DeleteFunc(all, func(s string) bool { return s == noOutlet })
}

// nameless counts the pages that do not say who publishes them.
func (t *thread) nameless() int {
	n := 0
	for _, p := range t.pages {
		if p.outlet == noOutlet {
			n++
		}
	}
	return n
}

func (t *thread) agencies() []string {
	return ranked(t.pages, func(p *page) string { return plain(p.v.Meta.Agency.Value) })
}

func ranked(pages []*page, name func(*page) string) []string {
	n := map[string]int{}
	var names []string
	for _, p := range pages {
		if s := name(p); s != "" {
			if n[s] == 0 {
				names = append(names, s)
			}
			n[s]++
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(n[b], n[a]), cmp.Compare(a, b)) })
	return names
}

// texts counts the texts behind the pages: a page that copies another, whole
// or shortened, brings no text of its own.
func (t *thread) texts() int {
	mine := map[string]bool{}
	for _, p := range t.pages {
		mine[p.v.Name] = true
	}
	copies := map[string]bool{}
	for _, l := range t.links {
		if mine[l.From] && l.From != l.To && (l.Relation == news.Copy || l.Relation == news.Trimmed) {
			copies[l.To] = true
		}
	}
	return max(1, len(t.pages)-len(copies))
}

// homeOf is the thread that most of the documents belong to, the first of two
// equal ones.
func homeOf(docs []string, home map[string]*thread) *thread {
	n := map[*thread]int{}
	var best *thread
	for _, doc := range docs {
		if t := home[doc]; t != nil {
			if n[t]++; best == nil || n[t] > n[best] {
				best = t
			}
		}
	}
	return best
}

func (d *dossier) claim(ref news.ClaimRef) (member, bool) {
	p := d.pages[ref.Doc]
	if p == nil {
		return member{}, false
	}
	for _, c := range p.v.Claims.Items {
		if c.ID == ref.Claim {
			return member{page: p, claim: c}, true
		}
	}
	return member{}, false
}

// addClaims deals the groups out to the threads, the weightiest first, and
// says where each went.
func (d *dossier) addClaims(groups []news.Group, home map[string]*thread) map[string]*row {
	at := map[string]*row{}
	for _, g := range groups {
		docs := make([]string, len(g.Members))
		for i, m := range g.Members {
			docs[i] = m.Doc
		}
		t := homeOf(docs, home)
		if t == nil {
			continue
		}
		walks := map[news.ClaimRef]news.Walk{}
		for _, w := range g.Walks {
			walks[w.Member] = w
		}
		r := &row{g: g}
		for _, ref := range g.Members {
			if m, ok := d.claim(ref); ok {
				m.walk = walks[ref]
				r.members = append(r.members, m)
			}
		}
		slices.SortStableFunc(r.members, func(a, b member) int { return cmp.Compare(a.page.num, b.page.num) })
		r.voices = voicesOf(r.members)
		t.claims = append(t.claims, r)
		at[g.ID] = r
	}
	for _, t := range d.threads {
		slices.SortStableFunc(t.claims, func(a, b *row) int {
			return cmp.Or(cmp.Compare(b.g.Weight, a.g.Weight), cmp.Compare(len(b.g.Outlets), len(a.g.Outlets)))
		})
		for i, r := range t.claims {
			r.num = i + 1
		}
	}
	d.number(0, 0)
	return at
}

// number gives pages and claims the numbers that they go by when some pages and
// threads came before. Claims of the first thread are 3, of the second 2.3.
func (d *dossier) number(pages, threads int) {
	for _, t := range d.threads {
		for _, pg := range t.pages {
			pg.num += pages
		}
		if len(t.claims) == 0 {
			continue
		}
		for _, r := range t.claims {
			if r.label = strconv.Itoa(r.num); threads > 0 {
				r.label = strconv.Itoa(threads+1) + "." + r.label
			}
		}
		threads++
	}
}

// voicesOf gathers the members of a group by their origin.
func voicesOf(members []member) []voice {
	var out []voice
	for _, m := range members {
		chain := m.claim.Chain
		if len(chain) == 0 {
			chain = []string{m.page.outlet}
		}
		if m.walk.Origin == news.UnknownOrigin && len(m.walk.Steps) > 0 {
			cited := len(m.walk.Steps) > 1 // and cites back; others only list what somebody printed
			i := slices.IndexFunc(out, func(v voice) bool { return v.lost && v.own != cited })
			if i < 0 {
				i = len(out)
				out = append(out, voice{name: news.UnknownOrigin, lost: true, own: !cited})
			}
			if !slices.Contains(out[i].ways, m.page.outlet) {
				out[i].ways = append(out[i].ways, m.page.outlet)
			}
			continue
		}
		name := cmp.Or(m.walk.Origin, chain[len(chain)-1])
		own := !m.claim.Reported && (m.walk.Voice == "" || m.walk.Voice == news.OwnVoice)
		way := slices.Clone(chain[:len(chain)-1])
		if !m.claim.Reported && !own { // the walk went on to whom the page tells of
			way = slices.Clone(chain)
		}
		slices.Reverse(way)
		way = slices.DeleteFunc(way, func(s string) bool { return s == name })
		i := slices.IndexFunc(out, func(v voice) bool { return v.name == name && v.own == own })
		if i < 0 {
			i = len(out)
			out = append(out, voice{name: name, own: own, hedge: m.claim.Hedge})
		}
		if said := plain(strings.Join(way, " → ")); !slices.Contains(out[i].ways, said) {
			out[i].ways = append(out[i].ways, said)
		}
	}
	for _, v := range out {
		slices.SortStableFunc(v.ways, func(a, b string) int { return strings.Count(a, "→") - strings.Count(b, "→") })
	}
	return out
}

// names of the voices, without the ways.
func names(voices []voice) string {
	var out []string
	for _, v := range voices {
		all := []string{plain(v.name)}
		if v.lost { // who tells it, since nobody is known to have said it
			all = safe(v.ways)
		}
		for _, s := range all {
			if !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return fewNames(out, 4)
}

// say puts voices into words: "said by Dmitry Peskov (TASS → UPI)".
func say(voices []voice) string {
	var said, own, circle, listed []string
	for _, v := range voices {
		switch {
		case v.lost && v.own:
			listed = v.ways
			continue
		case v.lost:
			circle = v.ways
			continue
		}
		ways := slices.DeleteFunc(slices.Clone(v.ways), func(s string) bool { return s == "" })
		s := plain(v.name)
		switch {
		case v.own && len(ways) > 0:
			s += " (also on " + strings.Join(ways, "; ") + ")"
			if !slices.Contains(v.ways, "") {
				s = plain(v.name) + " (on " + strings.Join(ways, "; ") + ")"
			}
		case len(ways) > 0:
			s += " (" + strings.Join(ways, "; ") + ")"
		}
		if v.own {
			if v.hedge != "" {
				s += " (“" + plain(v.hedge) + "”)"
			}
			own = append(own, s)
		} else {
			said = append(said, s)
		}
	}
	var parts []string
	if len(said) > 0 {
		parts = append(parts, "said by "+strings.Join(said, ", "))
	}
	if len(own) > 0 {
		parts = append(parts, "no source given by "+strings.Join(own, ", "))
	}
	if len(circle) > 0 {
		parts = append(parts, "from each other: "+plain(strings.Join(circle, ", ")))
	}
	if len(listed) > 0 {
		parts = append(parts, "origin unknown on "+plain(strings.Join(listed, ", ")))
	}
	return strings.Join(parts, "; ")
}

// text is what the group claims, in one line.
func (r *row) text() string {
	if r.g.Proposition != "" {
		return upper(plain(r.g.Proposition))
	}
	if len(r.members) > 0 {
		return proposition(r.members[0])
	}
	return ""
}

func proposition(m member) string {
	return upper(plain(cmp.Or(m.claim.Proposition, m.claim.Span.Of(m.page.v.Text))))
}

// origins says how many independent origins a claim has.
func origins(g news.Group) string {
	if len(g.Origins) == 0 {
		return "no known origin"
	}
	return rangeWords(g.Independent)
}

func rangeWords(n [2]int) string {
	low, high := n[0], n[1]
	switch {
	case low <= 0:
		return "no known origin"
	case low == high:
		return count(low, "origin")
	}
	return strconv.Itoa(low) + "–" + count(high, "origin")
}

// single reports whether many pages hang on one origin.
func (r *row) single() bool {
	return len(r.g.Outlets) > 1 && r.g.Independent[0] == 1 && r.g.Independent[1] == 1
}

func (d *dossier) addTensions(all []news.Tension, at map[string]*row, home map[string]*thread) {
	rowOf, threadOf := map[news.ClaimRef]*row{}, map[*row]*thread{}
	for _, t := range d.threads {
		for _, r := range t.claims {
			threadOf[r] = t
			for _, m := range r.g.Members {
				if rowOf[m] == nil {
					rowOf[m] = r
				}
			}
		}
	}
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b news.Tension) int { return cmp.Compare(gravity(a), gravity(b)) })
	for _, x := range all {
		ends := [2]end{d.end(x.A, at, rowOf), d.end(x.B, at, rowOf)}
		t := cmp.Or(home[ends[0].at.Doc], home[ends[1].at.Doc])
		if t == nil || ends[0].text == "" || ends[1].text == "" {
			continue
		}
		n := len(t.tensions) + 1
		for i, e := range ends {
			switch {
			case e.row == nil:
			case threadOf[e.row] != t:
				ends[i].row = nil // its number means nothing here
			case !slices.Contains(e.row.tensions, n):
				e.row.tensions = append(e.row.tensions, n)
			}
		}
		t.tensions = append(t.tensions, tension{n, pull(x), x, ends[0], ends[1]})
	}
}

func (d *dossier) end(s news.Side, at map[string]*row, rowOf map[news.ClaimRef]*row) end {
	if r := at[s.Group]; s.Group != "" && r != nil && len(r.members) > 0 {
		m := r.members[0]
		return end{r.text(), names(r.voices), r, news.ClaimRef{Doc: m.page.v.Name, Claim: m.claim.ID}}
	}
	m, ok := d.claim(s.Claim)
	if !ok {
		return end{}
	}
	return end{proposition(m), names(voicesOf([]member{m})), rowOf[s.Claim], s.Claim}
}

// gravity orders tensions: open contradictions first, updates last.
func gravity(t news.Tension) int {
	return slices.Index([]string{"disputed", "figures differ", "dates differ", "in doubt", "details differ", "update"}, pull(t))
}

// pull names a tension for a reader.
func pull(t news.Tension) string {
	if strings.Contains(t.Why.Rule, "update") || strings.HasPrefix(t.Explain, "update") {
		return "update"
	}
	switch t.Kind {
	case news.Denial:
		return "disputed"
	case news.Number:
		return "figures differ"
	case news.DateT:
		return "dates differ"
	case news.Doubt:
		return "in doubt"
	}
	return "details differ"
}

// doubted is a date that was not believed.
type doubted struct {
	page *page
	date news.DateCandidate
}

// rejected lists the dates that claim to be the date of writing and are not.
// Dates of events, which claim no such thing, are left out.
func (t *thread) rejected() []doubted {
	var out []doubted
	for _, p := range t.pages {
		for _, c := range p.v.Meta.Dates {
			if !c.Accepted && c.Role != "event" && c.Value != p.date {
				out = append(out, doubted{p, c})
			}
		}
	}
	return out
}

// role says what kind of date it is.
func (x doubted) role() string {
	switch x.date.Role {
	case "page_stamp":
		return "page stamp"
	case "published":
		return "date of publication given by the page"
	case "modified":
		return "date of change given by the page"
	}
	return plain(strings.ReplaceAll(x.date.Role, "_", " "))
}

var hashTail = regexp.MustCompile(`_[0-9a-f]{8,}$`)

// file is the short name of a page's file.
func (p *page) file() string { return hashTail.ReplaceAllString(plain(p.v.Name), "") }

// context is the sentence around a span, or its line, or the span itself.
func context(v *news.Version, s text.Span) text.Span {
	around := s
	for _, x := range v.Sentences.Items {
		if x.Span.Overlaps(s) {
			around = around.Union(x.Span)
		}
	}
	if around != s {
		return around
	}
	for _, l := range v.Lines.Items {
		if l.Span.Contains(s) && l.Span.Len() < 600 {
			return l.Span
		}
	}
	return s
}
