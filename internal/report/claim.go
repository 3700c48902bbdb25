package report

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// Claim prints all that is known of one claim: the pages that tell it with
// their passages, the walk of each, why origins count once, what pulls against
// it, and its history. What id may be, Find tells. It is an error when nothing
// goes by it.
func Claim(w io.Writer, r news.Relations, versions []*news.Version, id string, style Style) error {
	style.Verbose = true
	p := newPrinter(w, style)
	d := assemble(r, versions)
	t, row, err := d.find(id)
	if err != nil {
		return err
	}
	p.oneClaim(d, t, row)
	return p.w.Flush()
}

// find is the claim that somebody means: its number in the brief ("3", or
// "2.3" for the third claim of the second thread), the id of its group in the
// JSON ("g07"), or one of its members ("PAGE:c4").
func (d *dossier) find(id string) (*thread, *row, error) {
	var threads []*thread
	for _, t := range d.threads {
		if len(t.claims) > 0 {
			threads = append(threads, t)
		}
	}
	if ref, ok := d.address(id); ok {
		for _, t := range threads {
			for _, r := range t.claims {
				if slices.Contains(r.g.Members, ref) {
					return t, r, nil
				}
			}
		}
		return nil, nil, fmt.Errorf("%s has no claim %s; see the members of a claim for others", ref.Doc, ref.Claim)
	}
	for _, t := range threads {
		for _, r := range t.claims {
			if r.g.ID == id {
				return t, r, nil
			}
		}
	}
	first, second, two := strings.Cut(id, ".")
	n, err := strconv.Atoi(first)
	at := 1
	if err == nil && two {
		at = n
		n, err = strconv.Atoi(second)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("no claim %q: use its number in the brief (3, or 2.3 in the second story), g07 of the JSON, or PAGE:c4", id)
	}
	if at < 1 || at > len(threads) {
		return nil, nil, fmt.Errorf("no claim %s: these pages tell %s with claims", id, countOf(len(threads), "story", "stories"))
	}
	t := threads[at-1]
	if n < 1 || n > len(t.claims) {
		return nil, nil, fmt.Errorf("no claim %s: the story has claims 1 to %d", id, len(t.claims))
	}
	return t, t.claims[n-1], nil
}

func countOf(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// address reads PAGE:c4. A page goes by its name, its file name without the
// hash, or its number in the brief.
func (d *dossier) address(s string) (news.ClaimRef, bool) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 || i+1 == len(s) || s[i+1] != 'c' || strings.Trim(s[i+2:], "0123456789") != "" {
		return news.ClaimRef{}, false
	}
	pg := d.page(s[:i])
	if pg == nil {
		return news.ClaimRef{}, false
	}
	return news.ClaimRef{Doc: pg.v.Name, Claim: s[i+1:]}, true
}

// page is the one that somebody means: by name, file name, address, or number
// in the brief with or without brackets.
func (d *dossier) page(s string) *page {
	if pg := d.pages[s]; pg != nil {
		return pg
	}
	n, err := strconv.Atoi(strings.Trim(s, "[]"))
	base := s[strings.LastIndexByte(s, '/')+1:]
	stem := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(base, ".txt"), ".html"), ".htm")
	var found *page
	for _, t := range d.threads {
		for _, pg := range t.pages {
			switch {
			case err == nil && pg.num == n:
				return pg
			case pg.file() == s, pg.v.Given.URL != "" && pg.v.Given.URL == s, pg.v.Name == stem, pg.file() == stem:
				found = pg
			}
		}
	}
	return found
}

// oneClaim prints a claim with everything that hangs on it.
func (p *printer) oneClaim(d *dossier, t *thread, r *row) {
	p.title("Claim " + r.label + ": " + r.text())
	p.hang("", "", figures(r)+". "+upper(say(r.voices))+".", "", 0)
	if x := d.row(r.g.SupersededBy); x != nil {
		p.hang("", "", "A later figure of the same thing: "+x.text()+" (claim "+x.label+").", yellow, 0)
	}
	if r.g.Unknown > 0 && r.g.Independent[0] > 0 {
		p.hang("", "", "On "+count(r.g.Unknown, "page")+" it has no known origin; "+thatOrThose(r.g.Unknown)+" in no count.", dim, 0)
	}
	if r.g.Note != "" {
		p.hang("", "", upper(plain(r.g.Note))+".", red, 0)
	}
	p.leans(r.g)
	p.section("WHO TELLS IT", "and where each has it from")
	for _, m := range r.members {
		p.member(m, "")
	}
	p.collapses(d, r.g)
	if len(r.tensions) > 0 {
		p.section("WHAT PULLS AGAINST IT", "")
		for _, x := range t.tensions {
			if slices.Contains(r.tensions, x.num) {
				p.tension(x)
			}
		}
	}
	p.history(d, r)
}

func thatOrThose(n int) string {
	if n == 1 {
		return "that is"
	}
	return "those are"
}

// member prints where a claim stands, with its passage and its walk.
func (p *printer) member(m member, indent string) {
	first := indent + " " + p.paint("["+strconv.Itoa(m.page.num)+"]", cyan) + " " + p.paint(m.page.who(), bold) + " · " + moment(m.page)
	room := p.style.Width - width(bare(first))
	if name := m.page.file() + ":" + m.claim.ID; room > 14 {
		name = clipLeft(name, room-2)
		first += strings.Repeat(" ", room-width(name)) + p.paint(name, dim)
	}
	p.line(first)
	p.hang(indent+"     | ", indent+"     | ", strings.TrimPrefix(passage(m), "| "), "", 0)
	p.hang(indent+"     ", indent+"     ", walkWords(m), green, 0)
	if m.walk.Reason != "" {
		p.hang(indent+"     ", indent+"     ", plain(m.walk.Reason), dim, 0)
	}
}

// clipLeft keeps the end of s, where the id is.
func clipLeft(s string, n int) string {
	if width(s) <= n {
		return s
	}
	r := []rune(s)
	for len(r) > 0 && width(string(r)) > n-1 {
		r = r[1:]
	}
	return "…" + string(r)
}

// walkWords draws the way from the page to the origin: "Courier ← NPA ←
// Interior Ministry".
func walkWords(m member) string {
	steps := slices.Clone(m.walk.Steps)
	if len(steps) == 0 {
		steps = slices.Clone(m.claim.Chain)
	}
	if o := m.walk.Origin; o != "" && (len(steps) == 0 || !strings.EqualFold(steps[len(steps)-1], o)) {
		steps = append(steps, o)
	}
	steps = slices.CompactFunc(steps, strings.EqualFold)
	for i := range steps {
		steps[i] = plain(steps[i])
	}
	return strings.Join(steps, " ← ")
}

// collapses prints why origins count once, with the passages that show it.
func (p *printer) collapses(d *dossier, g news.Group) {
	if len(g.Collapses) == 0 {
		return
	}
	p.section("WHAT COUNTS ONCE", "")
	for _, c := range g.Collapses {
		p.hang(" = ", "   ", plain(c.Reason), "", 0)
		for i, e := range c.Evidence {
			if i == 6 && len(c.Evidence) > 8 {
				p.more(len(c.Evidence)-i, "")
				break
			}
			if pg := d.pages[e.Doc]; pg != nil {
				p.hang("     "+p.paint("["+strconv.Itoa(pg.num)+"]", cyan)+" ", "         ", "“"+evidence(pg.v, e.Span)+"”", dim, 2)
			}
		}
	}
}

// evidence is a passage with a few words on either side when it is short.
func evidence(v *news.Version, s text.Span) string {
	if s.Start < 0 || s.End > len(v.Text) || s.Start >= s.End {
		return ""
	}
	return plain(s.Of(v.Text))
}

// history prints when a claim was told first, and what came later.
func (p *printer) history(d *dossier, r *row) {
	if len(r.g.History) == 0 {
		return
	}
	p.section("HISTORY", "when each outlet and each origin came")
	column := 0
	for _, h := range r.g.History {
		column = max(column, width(clock(h.Time)))
	}
	for _, h := range r.g.History {
		s := strings.Join(safe(h.Outlets), ", ")
		if s == "" {
			s = "again"
		}
		if len(h.Origins) > 0 {
			s += " ← " + strings.Join(safe(h.Origins), ", ")
		}
		s += "  " + d.refs(h.Docs)
		p.hang(" "+p.paint(pad(clock(h.Time), column), dim)+"  ", strings.Repeat(" ", column+3), s+" · "+rangeWords(h.Independent), "", 0)
	}
	if x := d.row(r.g.SupersededBy); x != nil && len(x.g.History) > 0 {
		p.hang(" "+p.paint(pad(clock(x.g.History[0].Time), column), dim)+"  ", strings.Repeat(" ", column+3), "superseded by claim "+x.label+": "+x.text(), yellow, 0)
	}
}

func safe(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = plain(n)
	}
	return out
}

// clock puts a moment into words: "Mon 16 Jul 2018 12:04".
func clock(t string) string {
	switch {
	case t == "":
		return "no date"
	case len(t) >= 16 && t[10] == 'T':
		return day(t[:10]) + " " + t[11:16]
	}
	return day(t)
}

// moment is when a page was published, with the time if it is known.
func moment(pg *page) string {
	if pg.told != "" {
		return clock(pg.told)
	}
	return day(pg.date)
}

// row is the claim with the id of a group, nil if there is none.
func (d *dossier) row(id string) *row {
	if id == "" {
		return nil
	}
	for _, t := range d.threads {
		for _, r := range t.claims {
			if r.g.ID == id {
				return r
			}
		}
	}
	return nil
}

// Pair counts the origins of two claims as if they were one group.
type Pair func(a, b news.ClaimRef) news.Group

// Why prints why two pages, or two claims, count once, or do not. a and b are
// pages (by name, file, address or number) or claims ("PAGE:c4").
func Why(w io.Writer, r news.Relations, versions []*news.Version, a, b string, pair Pair, style Style) error {
	style.Verbose = true
	p := newPrinter(w, style)
	d := assemble(r, versions)
	refA, claimA := d.address(a)
	refB, claimB := d.address(b)
	if claimA != claimB {
		return fmt.Errorf("one of %s and %s is a page and the other a claim: name two of a kind", a, b)
	}
	if claimA {
		for _, x := range []news.ClaimRef{refA, refB} {
			if _, ok := d.claim(x); !ok {
				return fmt.Errorf("%s has no claim %s", x.Doc, x.Claim)
			}
		}
		if refA == refB {
			return fmt.Errorf("%s and %s are the same claim", a, b)
		}
		p.why(d, refA, refB, pair)
		return p.w.Flush()
	}
	pa, pb := d.page(a), d.page(b)
	for i, pg := range []*page{pa, pb} {
		if pg == nil {
			return fmt.Errorf("no page %q: use its number in the brief, its file name or its address", []string{a, b}[i])
		}
	}
	if pa == pb {
		return fmt.Errorf("%s and %s are the same page", a, b)
	}
	p.whyPages(d, pa, pb, pair)
	return p.w.Flush()
}

// whyPages tells how two pages stand to each other, and of each claim that both
// tell whether they count once.
func (p *printer) whyPages(d *dossier, a, b *page, pair Pair) {
	p.title(fmt.Sprintf("[%d] %s and [%d] %s", a.num, a.who(), b.num, b.who()))
	said := false
	for _, t := range d.threads {
		for _, l := range t.links {
			from, to := d.pages[l.From], d.pages[l.To]
			if from == nil || to == nil || !(from == a && to == b || from == b && to == a) {
				continue
			}
			said = true
			s := fmt.Sprintf("[%d] is to [%d]: %s", to.num, from.num, relationWords(l.Relation))
			if !l.Directed {
				s = fmt.Sprintf("[%d] and [%d]: %s, of no known direction", from.num, to.num, relationWords(l.Relation))
			}
			if l.Note != "" {
				s += " — " + plain(l.Note)
			}
			p.hang(" • ", "   ", s, "", 0)
			for _, x := range l.Passages[:min(3, len(l.Passages))] {
				p.hang("     | ", "     | ", evidence(from.v, x.A), dim, 2)
			}
			if n := len(l.Passages) - 3; n > 0 {
				p.more(n, "passages")
			}
		}
	}
	if !said {
		p.line(" • no text in common that makes one the other's copy, version or excerpt")
	}
	p.habits(a, b)
	p.section("CLAIMS THAT BOTH TELL", "")
	n := 0
	for _, t := range d.threads {
		for _, r := range t.claims {
			ma, mb := memberOn(r, a), memberOn(r, b)
			if ma == nil || mb == nil {
				continue
			}
			n++
			ra, rb := news.ClaimRef{Doc: a.v.Name, Claim: ma.claim.ID}, news.ClaimRef{Doc: b.v.Name, Claim: mb.claim.ID}
			g := pair(ra, rb)
			word, code := verdict(g)
			p.hang(" "+p.paint(pad(r.label, 5), dim)+p.paint(pad(word, 18), code), strings.Repeat(" ", 24), r.text(), "", 2)
			for _, c := range g.Collapses {
				p.hang(strings.Repeat(" ", 24)+"= ", strings.Repeat(" ", 26), plain(c.Reason), dim, 0)
			}
		}
	}
	if n == 0 {
		p.line(" none")
	}
}

func memberOn(r *row, pg *page) *member {
	for i := range r.members {
		if r.members[i].page == pg {
			return &r.members[i]
		}
	}
	return nil
}

// verdict says whether two members count once.
func verdict(g news.Group) (string, string) {
	switch g.Independent {
	case [2]int{1, 1}:
		return "count once", yellow
	case [2]int{2, 2}:
		return "count twice", green
	case [2]int{1, 2}:
		return "once or twice", ""
	}
	return "no known origin", red
}

// why tells of two claims whether they count once.
func (p *printer) why(d *dossier, a, b news.ClaimRef, pair Pair) {
	g := pair(a, b)
	word, code := verdict(g)
	one := false
	for _, t := range d.threads {
		for _, r := range t.claims {
			if slices.Contains(r.g.Members, a) && slices.Contains(r.g.Members, b) {
				p.title("Claim " + r.label + ": " + r.text())
				one = true
			}
		}
	}
	if !one {
		p.title("Two claims that were not put together")
		p.hang("", "", "They were not found to say the same; if they do:", dim, 0)
	}
	p.line(p.paint("They "+word+".", bold+";"+code))
	if g.Independent == [2]int{1, 2} {
		p.hang("", "", "At least one of them names nobody, and may rest on what the other names, or stand for itself.", "", 0)
	}
	if x, y := d.pages[a.Doc], d.pages[b.Doc]; x != nil && y != nil {
		p.habits(x, y)
	}
	p.line("")
	walks := map[news.ClaimRef]news.Walk{}
	for _, w := range g.Walks {
		walks[w.Member] = w
	}
	for _, ref := range []news.ClaimRef{a, b} {
		if m, ok := d.claim(ref); ok {
			m.walk = walks[ref]
			p.member(m, "")
		}
	}
	if len(g.Collapses) == 0 && g.Independent == [2]int{2, 2} {
		p.line("")
		p.hang("", "", "Nothing ties "+strings.Join(safe(g.Origins), " to ")+": no shared body, no shared words, no citation of the one by the other.", "", 0)
	}
	p.collapses(d, g)
}
