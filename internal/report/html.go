package report

import (
	"bufio"
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

//go:embed page.html page.css
var sources embed.FS

// HTML writes one self-contained page: the brief, the lineage as a drawing,
// every claim opening onto its passages, and each article with its layers. It
// asks for nothing from elsewhere and runs no script; all foreign text goes
// through html/template.
func HTML(w io.Writer, r news.Relations, versions []*news.Version) error {
	t, err := template.ParseFS(sources, "page.html", "page.css")
	if err != nil {
		return fmt.Errorf("parse the page's template: %w", err)
	}
	b := bufio.NewWriter(w)
	if err := t.ExecuteTemplate(b, "page.html", webOf(r, versions)); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return b.Flush()
}

// The types below are what the template sees: ready words, nothing to work out.

type web struct {
	Title   string
	Count   string
	Threads []webThread
	Others  []webPage
}

type webThread struct {
	ID, Title string
	Head      []string
	Steps     []webStep
	Drawing   *drawing
	Tree      []webTwig // when there is nothing to draw, or too much
	Also      []string
	Claims    []webClaim
	More      []webClaim // carried by one outlet only, and of less weight
	Left      int        // claims left out
	Tensions  []webTension
	Events    []webEvent
	Dates     []webDate
	Speakers  []webSpeaker
	Pages     []webPage
}

type webStep struct {
	Date, What string
	Refs       []webRef
}

type webRef struct {
	Num   int
	Link  string
	Title string
}

type webTwig struct {
	Depth int
	Text  string
	Link  string
}

type webClaim struct {
	ID               string
	Num              int
	Outlets, Origins string
	Standing         string // "single", "several", "between" or "one"
	Text, Says       string
	Tensions         []webTension
	Walks            *walkDrawing
	Members          []webMember
	Collapses        []webCollapse
	History          []webSighting
	First            string  // when it was told first, and by whom
	Later            *webEnd // the claim with a later figure
	Unknown          string
	Note             string
}

// webCollapse is why origins count once, with the passages that show it.
type webCollapse struct {
	Reason   string
	Evidence []webPassage
}

type webPassage struct {
	Page webRef
	Text string
}

// webSighting is a moment in the history of a claim.
type webSighting struct {
	Time, Outlets, Origins, Count string
	Refs                          []webRef
}

type webMember struct {
	Page                webRef
	Outlet, Date        string
	Before, Mark, After string
	Link                string
	Steps               []string
	Origin, Reason      string
	Hedge               string
}

type webTension struct {
	Letter, Label, Class string
	A, B                 webEnd
	Explain              string
}

type webEnd struct {
	Text, Says, Link string
	Num              int
}

type webEvent struct {
	Date, Text, Origins, Note string
	Refs                      []webRef
}

type webDate struct {
	Page                   webRef
	Outlet, Written, Value string
	Role, Note             string
}

type webSpeaker struct {
	Name, Count string
	Quotes      []webQuote
}

type webQuote struct {
	Page       webRef
	Words, Way string
	Kind       string
}

type webPage struct {
	ID, Headline, Who, Date, File string
	Num                           int
	Open                          bool
	Facts                         []webFact
	Paragraphs                    []paragraph
}

type webFact struct{ Name, Value string }

func webOf(r news.Relations, versions []*news.Version) web {
	d := assemble(r, versions)
	alone := d.standAlone()
	out := web{Count: count(len(versions), "page")}
	for i, t := range d.threads[:len(d.threads)-len(alone)] {
		out.Threads = append(out.Threads, d.webThread(t, i+1, len(versions) <= 15))
	}
	for _, t := range alone {
		out.Others = append(out.Others, webPageOf(t.pages[0], nil, false))
	}
	out.Title = "Tracewire: " + out.Count
	if len(out.Threads) > 0 {
		out.Title = out.Threads[0].Title
	}
	return out
}

func (d *dossier) webThread(t *thread, num int, open bool) webThread {
	out := webThread{ID: fmt.Sprintf("thread-%d", num), Title: t.title, Head: head(t)}
	title := map[string]string{}
	for _, s := range t.stories {
		title[s.ID] = plain(s.Title)
	}
	if len(t.steps) > 1 {
		last := ""
		for _, s := range t.steps {
			out.Steps = append(out.Steps, webStep{day(s.Date), stepWords(s, title[s.Story], s.Story == last, true), d.webRefs(s.Documents)})
			last = s.Story
		}
	}
	g := graphOf(t, d.pages)
	out.Drawing = draw(g.reduced())
	roots, rest := g.tree()
	out.Also = alsoShared(rest)
	if out.Drawing == nil && len(t.pages) > 1 {
		for _, r := range roots {
			out.Tree = appendTwig(out.Tree, r, 0)
		}
	}
	lead, more := choose(t.claims)
	out.Left = len(t.claims) - len(lead) - len(more)
	shown := map[*row]bool{}
	for _, r := range slices.Concat(lead, more) {
		shown[r] = true
	}
	byNumber := map[int]webTension{}
	for _, x := range t.tensions[:min(len(t.tensions), mostClaims)] {
		w := webTension{letter(x.num), x.label, strings.ReplaceAll(x.label, " ", "-"), webEndOf(num, x.a, shown), webEndOf(num, x.b, shown), plain(x.t.Explain)}
		byNumber[x.num] = w
		out.Tensions = append(out.Tensions, w)
	}
	for _, r := range lead {
		out.Claims = append(out.Claims, d.webClaimOf(num, r, byNumber, shown))
	}
	for _, r := range more {
		out.More = append(out.More, d.webClaimOf(num, r, byNumber, shown))
	}
	for i, e := range t.events {
		when := day(e.Date)
		if i > 0 && e.Date == t.events[i-1].Date {
			when = ""
		}
		out.Events = append(out.Events, webEvent{when, plain(e.Title), fewNames(e.Origins, 4), plain(e.Note), d.webRefs(e.Documents)})
	}
	for _, x := range t.rejected() {
		out.Dates = append(out.Dates, webDate{refTo(x.page), x.page.outlet, day(x.page.date), day(x.date.Value), x.role(), plain(x.date.Note)})
	}
	for _, s := range speakersOf(t) {
		out.Speakers = append(out.Speakers, webSpeakerOf(s))
	}
	copied := copiedMarks(t, d.pages)
	for _, pg := range t.pages {
		out.Pages = append(out.Pages, webPageOf(pg, copied[pg.v.Name], open))
	}
	return out
}

// mostClaims bounds each list of claims: a page of thousands helps nobody.
// All of them are in the JSON.
const mostClaims = 150

// choose parts the claims to be seen at once, which are the weightiest, the
// widely carried and the disputed, from those to be unfolded.
func choose(claims []*row) (lead, more []*row) {
	for _, r := range claims {
		list := &more
		if r.num <= 12 || len(r.g.Outlets) > 1 || len(r.tensions) > 0 {
			list = &lead
		}
		if len(*list) < mostClaims {
			*list = append(*list, r)
		}
	}
	return lead, more
}

func appendTwig(out []webTwig, t *twig, depth int) []webTwig {
	w := webTwig{Depth: depth, Text: "unseen: " + plain(t.n.unseen)}
	if pg := t.n.page; pg != nil {
		w.Text, w.Link = fmt.Sprintf("[%d] %s · %s", pg.num, pg.who(), day(pg.date)), pg.id()
	}
	if t.by.from != nil {
		w.Text += " — " + relationWords(t.by.relation)
	}
	out = append(out, w)
	for _, c := range t.twigs {
		out = appendTwig(out, c, depth+1)
	}
	return out
}

func refTo(pg *page) webRef {
	return webRef{pg.num, pg.id(), pg.who() + ", " + day(pg.date)}
}

func (d *dossier) webRefs(docs []string) []webRef {
	var out []webRef
	for _, doc := range docs {
		if pg := d.pages[doc]; pg != nil {
			out = append(out, refTo(pg))
		}
	}
	slices.SortFunc(out, func(a, b webRef) int { return cmp.Compare(a.Num, b.Num) })
	return slices.Compact(out)
}

func (d *dossier) webClaimOf(thread int, r *row, tensions map[int]webTension, shown map[*row]bool) webClaim {
	c := webClaim{
		ID: claimID(thread, r.num), Num: r.num, Outlets: count(len(r.g.Outlets), "outlet"), Origins: origins(r.g),
		Standing: "one", Text: r.text(), Says: say(r.voices), Note: plain(r.g.Note),
	}
	switch {
	case r.single():
		c.Standing = "single"
	case r.g.Independent[0] > 1:
		c.Standing = "several"
	case len(r.g.Outlets) > 1:
		c.Standing = "between"
	}
	for _, n := range r.tensions {
		if x, ok := tensions[n]; ok {
			c.Tensions = append(c.Tensions, x)
		}
	}
	c.Walks = drawWalks(r)
	for _, m := range r.members {
		c.Members = append(c.Members, webMemberOf(m))
	}
	for _, x := range r.g.Collapses {
		w := webCollapse{Reason: plain(x.Reason)}
		for _, e := range x.Evidence {
			if pg := d.pages[e.Doc]; pg != nil {
				w.Evidence = append(w.Evidence, webPassage{refTo(pg), evidence(pg.v, e.Span)})
			}
		}
		c.Collapses = append(c.Collapses, w)
	}
	for _, h := range r.g.History {
		c.History = append(c.History, webSighting{
			clock(h.Time), strings.Join(safe(h.Outlets), ", "), strings.Join(safe(h.Origins), ", "), rangeWords(h.Independent), d.webRefs(h.Docs),
		})
	}
	if len(r.members) > 1 && len(r.g.History) > 0 {
		h := r.g.History[0]
		c.First = "first " + clock(h.Time)
		if len(h.Outlets) > 0 {
			c.First += ", " + fewNames(h.Outlets, 2)
		}
	}
	if x := d.row(r.g.SupersededBy); x != nil {
		e := webEndOf(thread, end{text: x.text(), row: x}, shown)
		c.Later = &e
	}
	if n := r.g.Unknown; n > 0 && r.g.Independent[0] > 0 {
		c.Unknown = "On " + count(n, "page") + " it has no known origin; " + thatOrThose(n) + " in no count."
	}
	if s := expected(r.g); s != "" {
		c.Unknown = strings.TrimSpace(c.Unknown + " " + upper(s) + ".")
	}
	return c
}

func claimID(thread, num int) string { return fmt.Sprintf("t%d-claim-%d", thread, num) }

func webMemberOf(m member) webMember {
	v := m.page.v
	out := webMember{
		Page: refTo(m.page), Outlet: m.page.who(), Date: moment(m.page), Link: m.page.id(),
		Reason: plain(m.walk.Reason), Hedge: plain(m.claim.Hedge),
	}
	if i := slices.IndexFunc(v.Claims.Items, func(c news.Claim) bool { return c.ID == m.claim.ID }); i >= 0 {
		out.Link = anchor(m.page, i)
	}
	around := context(v, m.claim.Span)
	out.Before = visible(text.Span{Start: around.Start, End: m.claim.Span.Start}.Of(v.Text))
	out.Mark = visible(m.claim.Span.Of(v.Text))
	out.After = visible(text.Span{Start: m.claim.Span.End, End: around.End}.Of(v.Text))
	steps := m.walk.Steps
	if len(steps) == 0 {
		steps = m.claim.Chain
	}
	for _, s := range steps {
		out.Steps = append(out.Steps, plain(s))
	}
	origin := plain(m.walk.Origin)
	if origin != "" && (len(out.Steps) == 0 || out.Steps[len(out.Steps)-1] != origin) {
		out.Origin = origin
	}
	return out
}

func webEndOf(thread int, e end, shown map[*row]bool) webEnd {
	w := webEnd{Text: e.text, Says: e.says}
	if shown[e.row] {
		w.Num, w.Link = e.row.num, claimID(thread, e.row.num)
	}
	return w
}

func webSpeakerOf(s *speaker) webSpeaker {
	out := webSpeaker{Name: s.name, Count: count(len(s.quotes), "quote") + " on " + count(s.pages, "page")}
	for _, q := range s.quotes {
		out.Quotes = append(out.Quotes, webQuote{refTo(q.page), plain(q.q.Content.Of(q.page.v.Text)), q.way(), string(q.q.Kind)})
	}
	return out
}

func webPageOf(pg *page, copied []mark, open bool) webPage {
	m := pg.v.Meta
	out := webPage{
		ID: pg.id(), Headline: pg.headline, Who: pg.who(), Date: day(pg.date), File: plain(pg.v.Name), Num: pg.num, Open: open,
		Paragraphs: paragraphs(pg, copied),
	}
	fact := func(name, value string) {
		if value = plain(value); value != "" {
			out.Facts = append(out.Facts, webFact{name, value})
		}
	}
	if m.Dateline != nil {
		fact("Dateline", m.Dateline.Span.Of(pg.v.Text))
	}
	var by []string
	for _, b := range m.Bylines {
		if b.Name != "" && !slices.Contains(by, b.Name) {
			by = append(by, b.Name)
		}
	}
	fact("By", strings.Join(by, ", "))
	if u := m.Update; u != nil {
		s := u.Kind
		if len(u.Paragraphs) > 0 {
			s += " (paragraphs " + strings.Trim(strings.ReplaceAll(fmt.Sprint(u.Paragraphs), " ", ", "), "[]") + ")"
		}
		fact("Update note", s)
	}
	for _, c := range m.Dates {
		verdict := "taken"
		switch {
		case c.Role == "event":
			continue
		case !c.Accepted:
			verdict = "rejected"
		}
		s := doubted{pg, c}.role() + " " + day(c.Value) + ": " + verdict
		if c.Note != "" {
			s += ", " + c.Note
		}
		fact("Date", s)
	}
	fact("Address", pg.v.Given.URL)
	return out
}
