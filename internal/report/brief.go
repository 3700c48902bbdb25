package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// Style says how the brief is to look.
type Style struct {
	Width   int  // columns; below 60 and 0 mean 100, above 120 is taken as 120
	Color   bool // ANSI colours
	Verbose bool // the passages beneath each claim, every note, and no limits
	Limit   int  // claims shown of a thread; 0 means 12, below 0 all
	// Pages and Threads were printed before: numbers go on from there.
	Pages, Threads int
	// Priors is what is known of who copies whom, for Why to tell.
	Priors []news.Dependence
}

// Brief prints the answers on each thread for a person at a terminal.
func Brief(w io.Writer, r news.Relations, versions []*news.Version, style Style) error {
	p := newPrinter(w, style)
	d := assemble(r, versions)
	d.number(style.Pages, style.Threads)
	alone := d.standAlone()
	for i, t := range d.threads[:len(d.threads)-len(alone)] {
		if i > 0 {
			p.line("")
		}
		p.thread(d, t)
	}
	p.others(alone)
	return p.w.Flush()
}

// Quotes prints who is quoted on the pages, the most widely quoted first.
func Quotes(w io.Writer, r news.Relations, versions []*news.Version, style Style) error {
	p := newPrinter(w, style)
	d := assemble(r, versions)
	for _, t := range d.threads {
		p.title(t.title)
		p.speakers(t)
	}
	return p.w.Flush()
}

// Timeline prints what happened when.
func Timeline(w io.Writer, r news.Relations, versions []*news.Version, style Style) error {
	p := newPrinter(w, style)
	d := assemble(r, versions)
	for _, t := range d.threads {
		if len(t.events) > 0 {
			p.title(t.title)
			p.timeline(d, t)
		}
	}
	return p.w.Flush()
}

// Lineage prints what is copied from what.
func Lineage(w io.Writer, r news.Relations, versions []*news.Version, style Style) error {
	p := newPrinter(w, style)
	d := assemble(r, versions)
	for _, t := range d.threads {
		p.title(t.title)
		p.lineage(d, t)
	}
	return p.w.Flush()
}

// standAlone is the tail of threads that are a single page. Among others they
// are only named; if there is nothing else, all have their brief.
func (d *dossier) standAlone() []*thread {
	i := len(d.threads)
	for i > 0 && len(d.threads[i-1].pages) == 1 {
		i--
	}
	if i == 0 && len(d.threads) <= 3 {
		return nil
	}
	return d.threads[i:]
}

type printer struct {
	w     *bufio.Writer
	style Style
}

func newPrinter(w io.Writer, s Style) *printer {
	if s.Width < 60 {
		s.Width = 100
	}
	s.Width = min(s.Width, 120)
	switch {
	case s.Verbose:
		s.Limit = -1
	case s.Limit == 0:
		s.Limit = 12
	}
	return &printer{bufio.NewWriter(w), s}
}

// most says how many of n to show, when the thread's claims are cut at Limit.
func (p *printer) most(n, limit int) int {
	if p.style.Limit < 0 {
		return n
	}
	return min(n, limit)
}

const (
	bold   = "1"
	dim    = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
	cyan   = "36"
)

func (p *printer) paint(s, code string) string {
	if !p.style.Color || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p *printer) line(s string) { fmt.Fprintln(p.w, strings.TrimRight(s, " ")) }

// hang prints s wrapped, with first before its first line and the same width
// of blanks (or rest) before the others.
func (p *printer) hang(first, rest, s, code string, most int) {
	lines := wrap(s, p.style.Width-width(bare(first)))
	if most > 0 && len(lines) > most {
		lines = lines[:most]
		lines[most-1] = cut(lines[most-1]+"………", p.style.Width-width(bare(first)))
		lines[most-1] = strings.TrimRight(lines[most-1], "…") + "…"
	}
	for i, l := range lines {
		before := rest
		if i == 0 {
			before = first
		}
		p.line(before + p.paint(l, code))
	}
}

// bare takes the colours out again.
func bare(s string) string {
	for {
		i := strings.IndexByte(s, '\x1b')
		if i < 0 {
			return s
		}
		j := strings.IndexByte(s[i:], 'm')
		if j < 0 {
			return s[:i]
		}
		s = s[:i] + s[i+j+1:]
	}
}

func (p *printer) title(s string) {
	for _, l := range wrap(s, p.style.Width) {
		p.line(p.paint(l, bold))
	}
	p.line(p.paint(strings.Repeat("━", p.style.Width), dim))
}

func (p *printer) section(s, remark string) {
	p.line("")
	if remark != "" {
		remark = "  " + p.paint(remark, dim)
	}
	p.line(p.paint(s, bold+";"+cyan) + remark)
}

func (p *printer) thread(d *dossier, t *thread) {
	p.title(t.title)
	for _, s := range head(t) {
		p.hang("", "", s, "", 0)
	}
	if len(t.steps) > 1 {
		p.section("HOW IT WENT", "")
		p.steps(d, t)
	}
	p.section("PAGES", "who published what, and where the text comes from")
	p.lineage(d, t)
	p.claims(d, t)
	p.tensions(t)
	if len(t.events) > 0 {
		p.section("TIMELINE", "")
		p.timeline(d, t)
	}
	p.rejected(t)
}

// head is the summary of a thread, a line each.
func head(t *thread) []string {
	pages := count(len(t.pages), "page")
	if n := t.texts(); n < len(t.pages) {
		pages += ", " + strconv.Itoa(n) + " different text" + plural(n)
	}
	outlets, agencies := t.outlets(), t.agencies()
	out := []string{between(t.first(), t.last()) + " · " + pages + " · " + count(len(outlets), "outlet"), ""}
	if len(outlets) > 0 {
		out[1] = "Published by " + listed(outlets) + "."
	}
	if n := t.nameless(); n > 0 {
		out[1] += fmt.Sprintf(" On %s the outlet is not named.", count(n, "page"))
	}
	switch len(agencies) {
	case 0:
	case 1:
		out[1] += " Agency: " + agencies[0] + "."
	default:
		out[1] += " Agencies: " + listed(agencies) + "."
	}
	out[1] = strings.TrimSpace(out[1])
	if s := restsOn(t); s != "" {
		out = append(out, s)
	}
	for _, s := range t.stories {
		for _, line := range s.ByHand {
			out = append(out, "“"+plain(s.Title)+"” is "+plain(line)+".")
		}
	}
	return out
}

// restsOn says how many of the widely carried claims hang on one origin, and
// on which.
func restsOn(t *thread) string {
	wide, single := 0, 0
	n := map[string]int{}
	var names []string
	for _, r := range t.claims {
		if len(r.g.Outlets) < 2 {
			continue
		}
		wide++
		if !r.single() {
			continue
		}
		single++
		name := "an unknown origin"
		if len(r.g.Origins) > 0 {
			name = plain(r.g.Origins[0])
		}
		if n[name]++; n[name] == 1 {
			names = append(names, name)
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return n[b] - n[a] })
	names, more := names[:min(len(names), 5)], len(names)-5
	if single > 1 {
		for i, s := range names {
			names[i] = fmt.Sprintf("%s (%d)", s, n[s])
		}
	}
	if more > 0 {
		names = append(names, count(more, "other"))
	}
	switch {
	case wide == 0:
		return ""
	case wide == 1 && single == 1:
		return "The one claim that several outlets carry goes back to a single origin: " + listed(names) + "."
	case single == 0:
		return count(wide, "claim") + " carried by several outlets; none goes back to a single origin."
	case single == 1:
		return fmt.Sprintf("1 of the %d claims that several outlets carry goes back to a single origin: %s.", wide, listed(names))
	}
	return fmt.Sprintf("%d of the %d claims that several outlets carry go back to a single origin: %s.", single, wide, listed(names))
}

// listed names up to six.
func listed(names []string) string {
	if len(names) > 6 {
		return strings.Join(names[:6], ", ") + " and " + strconv.Itoa(len(names)-6) + " more"
	}
	return and(names)
}

func (p *printer) steps(d *dossier, t *thread) {
	title := map[string]string{}
	for _, s := range t.stories {
		title[s.ID] = plain(s.Title)
	}
	last := ""
	show := p.most(len(t.steps), 12)
	for _, s := range t.steps[:show] {
		what := stepWords(s, title[s.Story], s.Story == last, p.style.Verbose)
		last = s.Story
		p.hang(" "+p.paint(pad(day(s.Date), 17), dim), strings.Repeat(" ", 18), what+"  "+d.refs(s.Documents), "", 0)
	}
	p.more(len(t.steps)-show, "")
}

// stepWords says what a step of the thread brought: the story's title, or,
// when the same story goes on, what is new.
func stepWords(s news.Step, title string, again, notes bool) string {
	note := plain(s.Note)
	switch {
	case again && strings.HasPrefix(note, "the same story"):
		return note
	case again && note != "":
		return "the same story, later: " + strings.TrimPrefix(note, "update: ")
	case again || title == "":
		return cmp.Or(note, "the same story, later")
	case notes && note != "":
		return title + ": " + note
	}
	return title
}

// refs names up to eight pages by their numbers: "[2][3]".
func (d *dossier) refs(docs []string) string {
	var nums []int
	for _, doc := range docs {
		if p := d.pages[doc]; p != nil && !slices.Contains(nums, p.num) {
			nums = append(nums, p.num)
		}
	}
	slices.Sort(nums)
	var b strings.Builder
	for i, n := range nums {
		if i == 8 {
			fmt.Fprintf(&b, " +%d", len(nums)-i)
			break
		}
		fmt.Fprintf(&b, "[%d]", n)
	}
	return b.String()
}

func (p *printer) lineage(d *dossier, t *thread) {
	g := graphOf(t, d.pages)
	roots, rest := g.tree()
	shown := 0
	for _, r := range roots {
		p.twig(r, " ", " ", "", &shown)
	}
	if shown >= maxTwigs && p.style.Limit >= 0 {
		p.more(len(g.nodes)-shown, "")
	}
	also := alsoShared(rest)
	show := p.most(len(also), 8)
	for _, s := range also[:show] {
		p.hang(" "+p.paint("•", dim)+" ", "   ", s, dim, 0)
	}
	p.more(len(also)-show, "")
}

// maxTwigs is how many nodes of a lineage the brief shows.
const maxTwigs = 40

// more says that n things are left out.
func (p *printer) more(n int, what string) {
	if n > 0 {
		p.line(p.paint(strings.TrimRight(fmt.Sprintf("     … and %d more %s", n, what), " "), dim))
	}
}

// twig prints a node and, indented, what grows from it. A headline is given
// only where it differs from the one above.
func (p *printer) twig(t *twig, first, rest, above string, shown *int) {
	if p.style.Limit >= 0 && *shown >= maxTwigs {
		return
	}
	*shown++
	headline := above
	if t.n.page == nil {
		p.hang(first, rest, "(unseen) "+plain(t.n.unseen), dim, 0)
	} else {
		s := p.paint("["+strconv.Itoa(t.n.page.num)+"]", cyan) + " " + p.paint(t.n.page.who(), bold) + " · " + day(t.n.page.date)
		if t.by.from != nil {
			s += " — " + p.paint(relationWords(t.by.relation), green)
			if t.by.from.page == nil && t.by.relation == news.EarlierVersion {
				s += " of it"
			}
		}
		room := p.style.Width - width(bare(first+s))
		if room > 12 {
			name := cut(t.n.page.file(), room-2)
			s += strings.Repeat(" ", room-width(name)) + p.paint(name, dim)
		}
		p.line(first + s)
		if t.n.page.headline != above {
			headline = t.n.page.headline
			bar := "    "
			if len(t.twigs) > 0 {
				bar = "│   "
			}
			p.line(rest + bar + cut(headline, p.style.Width-width(rest)-4))
		}
	}
	for i, c := range t.twigs {
		if i == len(t.twigs)-1 {
			p.twig(c, rest+"└─ ", rest+"   ", headline, shown)
		} else {
			p.twig(c, rest+"├─ ", rest+"│  ", headline, shown)
		}
	}
}

// who publishes the page, whose text it is if that is another, and whether a
// paywall hides the rest.
func (pg *page) who() string {
	var notes []string
	if pg.agency != "" {
		notes = append(notes, pg.agency+" text")
	}
	if pg.v.Given.Paywalled {
		notes = append(notes, "only what stands before a paywall")
	}
	if pg.v.Foreign() {
		notes = append(notes, "in "+languageName(pg.v.Meta.Language)+", compared for copies only")
	}
	if len(notes) == 0 {
		return pg.outlet
	}
	return pg.outlet + " (" + strings.Join(notes, "; ") + ")"
}

// alsoShared says in sentences what the tree cannot show.
func alsoShared(rest []edge) []string {
	from := map[*node][]*node{} // an unseen original, and the pages with its words
	for _, e := range rest {
		if e.from.page == nil && e.relation == news.SharedPassage {
			from[e.from] = append(from[e.from], e.to)
		}
	}
	var out []string
	for _, e := range rest {
		in := from[e.from]
		switch {
		case e.plain:
			out = append(out, short(e.from)+" and "+short(e.to)+" share passages; the texts do not show which was first.")
		case e.from.page == nil && e.relation == news.SharedPassage && in == nil:
			// Told with the first of its pages.
		case e.from.page == nil && e.relation == news.SharedPassage:
			delete(from, e.from)
			slices.SortFunc(in, func(a, b *node) int { return a.page.num - b.page.num })
			names := make([]string, len(in))
			for i, n := range in {
				names[i] = short(n)
			}
			if len(names) > 8 {
				names = append(names[:7], count(len(names)-7, "more page"))
			}
			verb := " give"
			if len(names) == 1 {
				verb = " gives"
			}
			out = append(out, and(names)+verb+" words of an original that is not among the pages: "+plain(e.from.unseen)+".")
		case e.relation == news.SharedPassage:
			out = append(out, short(e.to)+" shares passages with the earlier "+short(e.from)+".")
		default:
			out = append(out, short(e.to)+" is also linked to "+short(e.from)+": "+relationWords(e.relation)+".")
		}
	}
	return out
}

func short(n *node) string {
	if n.page == nil {
		return plain(n.unseen) + " (unseen)"
	}
	return "[" + strconv.Itoa(n.page.num) + "] " + n.page.outlet
}

func (p *printer) claims(d *dossier, t *thread) {
	if len(t.claims) == 0 {
		return
	}
	p.section("CLAIMS", "outlets that carry it · independent origins it goes back to")
	show := p.most(len(t.claims), p.style.Limit)
	column := 0
	for _, r := range t.claims[:show] {
		column = max(column, width(figures(r)))
	}
	for _, r := range t.claims[:show] {
		p.claim(d, r, column)
	}
	p.more(len(t.claims)-show, "of less weight")
}

func figures(r *row) string { return count(len(r.g.Outlets), "outlet") + " · " + origins(r.g) }

func (p *printer) claim(d *dossier, r *row, column int) {
	code := ""
	switch {
	case r.single():
		code = yellow
	case r.g.Independent[0] > 1:
		code = green
	}
	first := fmt.Sprintf(" %2s  ", r.label)
	indent := strings.Repeat(" ", width(first)+column+2)
	if p.style.Width < 90 {
		indent = strings.Repeat(" ", width(first)+2)
	}
	text := r.text()
	if len(r.tensions) > 0 {
		marks := make([]string, len(r.tensions))
		for i, n := range r.tensions {
			marks[i] = letter(n)
		}
		text += " [see " + strings.Join(marks, ", ") + "]"
	}
	if x := d.row(r.g.SupersededBy); x != nil {
		text += " [later figure: claim " + x.label + "]"
	}
	p.hang(p.paint(first, dim)+p.paint(pad(figures(r), column), code)+"  ", indent, text, "", p.most(9, 2))
	p.hang(indent, indent, say(r.voices), dim, p.most(9, 2))
	if r.g.Note != "" {
		p.hang(indent, indent, plain(r.g.Note), red, p.most(9, 2))
	}
	if s := expected(r.g); s != "" {
		p.hang(indent, indent, s, dim, 0)
	}
	if !p.style.Verbose {
		return
	}
	for _, m := range r.members {
		p.hang(indent+"["+strconv.Itoa(m.page.num)+"] ", indent+"    ", passage(m), "", 0)
		if m.walk.Reason != "" {
			p.hang(indent+"    ", indent+"    ", plain(m.walk.Reason), dim, 0)
		}
	}
	for _, c := range r.g.Collapses {
		p.hang(indent+"= ", indent+"  ", plain(c.Reason), dim, 0)
	}
}

// passage is the claim as its page has it, with the sentence around it when
// the claim is only a few words.
func passage(m member) string {
	s := plain(m.claim.Span.Of(m.page.v.Text))
	if around := context(m.page.v, m.claim.Span); strings.Count(s, " ") < 7 && around.Len() < 400 {
		s = plain(around.Of(m.page.v.Text))
	}
	return "| " + s
}

// letter numbers tensions apart from claims: A, B … Z, AA.
func letter(n int) string {
	if n > 26 {
		return letter((n-1)/26) + letter((n-1)%26+1)
	}
	return string(rune('A' + n - 1))
}

func (p *printer) tensions(t *thread) {
	if len(t.tensions) == 0 {
		return
	}
	p.section("WHERE THEY PULL APART", "")
	show := p.most(len(t.tensions), 8)
	for _, x := range t.tensions[:show] {
		p.tension(x)
	}
	p.more(len(t.tensions)-show, "")
}

func (p *printer) tension(x tension) {
	code := red
	if x.label == "update" {
		code = green
	}
	first := p.paint(fmt.Sprintf("  %s  ", pad(letter(x.num), 2)), dim) + p.paint(pad(x.label, 16), code)
	indent := strings.Repeat(" ", width(bare(first)))
	p.hang(first, indent, x.a.in(), "", p.most(9, 2))
	p.hang(indent[2:]+p.paint("→ ", dim), indent, x.b.in(), "", p.most(9, 2))
	if x.t.Explain != "" {
		p.hang(indent, indent, plain(x.t.Explain), dim, p.most(9, 2))
	}
}

func (e end) in() string {
	s := e.text
	if e.says != "" {
		s += " — " + e.says
	}
	if e.row != nil {
		s += " (claim " + e.row.label + ")"
	}
	return s
}

func (p *printer) timeline(d *dossier, t *thread) {
	events := weightiest(t.events, p.most(len(t.events), 20))
	column := 17
	for _, e := range events {
		column = max(column, min(28, width(day(e.Date))+2))
	}
	for i, e := range events {
		when := day(e.Date)
		if i > 0 && e.Date == events[i-1].Date {
			when = ""
		}
		s := plain(e.Title)
		if len(e.Origins) > 0 {
			s += " (" + fewNames(e.Origins, 3) + ")"
		}
		p.hang(" "+p.paint(pad(when, column), dim), strings.Repeat(" ", column+1), s+"  "+d.refs(e.Documents), "", p.most(9, 2))
		if p.style.Verbose && e.Note != "" {
			p.hang(strings.Repeat(" ", column+1), strings.Repeat(" ", column+1), plain(e.Note), dim, 0)
		}
	}
	p.more(len(t.events)-len(events), "told by fewer pages")
}

// weightiest keeps the n events that most pages tell of, in order of time.
func weightiest(events []news.Event, n int) []news.Event {
	if n >= len(events) {
		return events
	}
	at := make([]int, len(events))
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(a, b int) int { return len(events[b].Documents) - len(events[a].Documents) })
	at = at[:n]
	slices.Sort(at)
	out := make([]news.Event, n)
	for i, k := range at {
		out[i] = events[k]
	}
	return out
}

// fewNames gives the first n names and the number of the others.
func fewNames(names []string, n int) string {
	if len(names) <= n {
		return plain(strings.Join(names, ", "))
	}
	return plain(strings.Join(names[:n], ", ")) + " +" + strconv.Itoa(len(names)-n)
}

func (p *printer) rejected(t *thread) {
	all := t.rejected()
	if len(all) == 0 {
		return
	}
	p.section("DATES NOT BELIEVED", "")
	show := p.most(len(all), 10)
	for _, x := range all[:show] {
		s := x.role() + " " + day(x.date.Value) + " rejected"
		if x.date.Note != "" {
			s += ": " + plain(x.date.Note)
		}
		before := "the date of writing is not known; "
		if x.page.date != "" {
			before = "written " + day(x.page.date) + "; "
		}
		p.hang(" "+p.paint("["+strconv.Itoa(x.page.num)+"]", cyan)+" ", "     ", x.page.outlet+": "+before+s, "", p.most(9, 3))
	}
	p.more(len(all)-show, "")
}

// others names the pages that belong to nothing else.
func (p *printer) others(alone []*thread) {
	if len(alone) == 0 {
		return
	}
	p.section("OTHER PAGES", "each on its own: "+count(len(alone), "page"))
	show := p.most(len(alone), 40)
	for _, t := range alone[:show] {
		pg := t.pages[0]
		s := fmt.Sprintf(" [%d] %s · %s  ", pg.num, pg.who(), day(pg.date))
		p.line(s + cut(pg.headline, max(20, p.style.Width-width(s))))
	}
	p.more(len(alone)-show, "")
}
