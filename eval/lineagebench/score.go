package lineagebench

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// Score reads the folder of the benchmark, has all its articles annotated and
// related at once, and compares the result with the labels.
func Score(dir string, run func([]news.Version) ([]news.Version, news.Relations, error)) (measure.Report, error) {
	b, err := Load(dir)
	if err != nil {
		return measure.Report{}, err
	}
	versions, relations, err := run(b.Versions())
	if err != nil {
		return measure.Report{}, err
	}
	return Compare(b, versions, relations), nil
}

// Compare scores what was found in the articles and across them. Articles go
// by Version.Name; one that is missing was not understood at all.
func Compare(b Bench, versions []news.Version, relations news.Relations) measure.Report {
	s := scorer{counts: map[string]measure.Count{}, perLabel: map[string]measure.Count{}, kinds: table{}, relations: table{}}
	s.report = measure.Report{Name: "Articles on one summit: heads, copies, stories", Docs: len(b.Articles)}
	found := map[string]news.Version{}
	for _, v := range versions {
		found[v.Name] = v
	}
	for _, a := range b.Articles {
		s.head(a, found[a.ID])
	}
	s.pairs(b, relations.Links)
	s.families(b, relations.Links)
	s.stories(b, relations.Stories)
	return s.finish()
}

type scorer struct {
	report           measure.Report
	counts           map[string]measure.Count
	perLabel         map[string]measure.Count // of relations
	kinds, relations table
}

func (s *scorer) add(name string, c measure.Count) { s.counts[name] = s.counts[name].Plus(c) }

func (s *scorer) problem(what, doc, format string, args ...any) {
	s.report.Problems = append(s.report.Problems, measure.Problem{What: what, Doc: doc, Text: fmt.Sprintf(format, args...)})
}

// value judges a value that either side may lack.
func (s *scorer) value(name, doc, want, got string, right bool) {
	has := func(v string) int {
		if v == "" {
			return 0
		}
		return 1
	}
	right = right && want != "" && got != ""
	s.add(name, measure.Both(int(measure.One(right)), has(want), has(got)))
	if !right && want+got != "" {
		s.problem(name, doc, "%s, program has %s", quoted(want), quoted(got))
	}
}

func quoted(v string) string {
	if v == "" {
		return "none"
	}
	return fmt.Sprintf("%q", v)
}

func (s *scorer) head(a Article, v news.Version) {
	g, m := a.Gold, v.Meta
	s.value("headline", a.ID, g.Headline, m.Headline.Value, fold(g.Headline) == fold(m.Headline.Value))
	s.lede(a, v)

	var place, dateAgency, gotPlace, gotAgency string
	if g.Dateline != nil {
		place, dateAgency = g.Dateline.Place, g.Dateline.Agency
	}
	if m.Dateline != nil {
		gotPlace, gotAgency = m.Dateline.Place, m.Dateline.Agency
	}
	s.value("dateline place", a.ID, place, gotPlace, fold(city(place)) == fold(city(gotPlace)))
	s.value("dateline agency", a.ID, dateAgency, gotAgency, sameAgency(dateAgency, gotAgency))
	s.agency(a, m)

	kind := cmp.Or(string(m.Kind), "none")
	if m.Kind == news.Article {
		kind = "news"
	}
	s.kinds.add(g.Kind, kind)
	s.add("kind", measure.Share(measure.One(kind == g.Kind), 1))
	if kind != g.Kind {
		s.problem("kind", a.ID, "%s, program has %s  (%.80s)", g.Kind, kind, cmp.Or(g.Headline, firstLine(a.Text)))
	}
}

func firstLine(src string) string {
	line, _, _ := strings.Cut(src, "\n")
	return line
}

func city(place string) string {
	name, _, _ := strings.Cut(place, ",")
	return name
}

// agency compares the credited agency. On an outlet's own site the gold has
// none, so a program that names the outlet itself has none either; an agency
// that the reader only inferred may be named or not.
func (s *scorer) agency(a Article, m news.Metadata) {
	got := m.Agency.Value
	if a.Gold.Agency == "" && got != "" && (fold(got) == fold(m.Outlet.Value) || sameAgency(a.Gold.Inferred, got)) {
		got = ""
	}
	s.value("agency", a.ID, a.Gold.Agency, got, sameAgency(a.Gold.Agency, got))
	if got = m.Agency.Value; fold(got) == fold(m.Outlet.Value) {
		got = ""
	}
	want := cmp.Or(a.Gold.Agency, a.Gold.Inferred)
	s.value("agency with twins", a.ID, want, got, sameAgency(want, got))
}

// sameAgency accepts either name of a joint byline such as "CNN/AP".
func sameAgency(gold, prog string) bool {
	if gold == "" || prog == "" {
		return false
	}
	for _, name := range append(strings.Split(gold, "/"), gold) {
		if agency(name) == agency(prog) {
			return true
		}
	}
	return false
}

func agency(name string) string {
	if f := fold(name); f != "associatedpress" {
		return f
	}
	return "ap"
}

// fold keeps letters and digits, without case.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// lede asks whether the body begins where the reader says.
func (s *scorer) lede(a Article, v news.Version) {
	body := ""
	if at := bodyStart(v); at >= 0 {
		body = v.Text[at:]
	}
	s.value("lede", a.ID, a.Gold.Lede, clip(body), strings.HasPrefix(body, a.Gold.Lede))
}

// bodyStart is the first byte of the body that is not white space, -1 for
// none. A dateline on a line of its own is body to the program and stands
// before the body to the reader, so it is passed over.
func bodyStart(v news.Version) int {
	var dateline text.Span
	if v.Meta.Dateline != nil {
		dateline = v.Meta.Dateline.Span
	}
	for _, l := range v.Lines.Items {
		for _, p := range l.Pieces() {
			if p.Label != news.Body || p.Span.End > len(v.Text) {
				continue
			}
			if at := p.Span.TrimSpace(v.Text); !at.Empty() && !dateline.Contains(at) {
				return at.Start
			}
		}
	}
	return -1
}

// clip is the beginning of a text, for the eye.
func clip(src string) string {
	const most = 80 // bytes
	line := firstLine(src)
	return strings.ToValidUTF8(line[:min(len(line), most)], "")
}

// copied are the relations of texts that are made of one another; the others
// share only quotations, furniture or stock phrases.
var copied = []string{"copy", "trimmed", "version", "excerpt"}

// family are those between whole texts.
var family = []string{"copy", "trimmed", "version"}

// whole are those between a text and all or a part of itself.
var whole = []string{"copy", "trimmed"}

// noLink gives the reader's two kinds of nothing one name.
func noLink(relation string) string {
	if relation == "furniture" || relation == "none" {
		return "no link"
	}
	return relation
}

// linkName gives the program's relations the gold's names. A passage in common
// without a copy is what the gold calls shared quotes.
func linkName(r news.Relation) string {
	switch r {
	case news.EarlierVersion:
		return "version"
	case news.SharedPassage, news.BackgroundReuse:
		return "shared_quotes"
	}
	return string(r)
}

// strength orders relations, the closest first, for pairs with several links.
var strength = []string{"copy", "trimmed", "version", "excerpt", "shared_quotes"}

func (s *scorer) pairs(b Bench, links []news.Link) {
	direct, families := map[[2]string]news.Link{}, newUnion()
	for _, l := range links {
		if l.From == "" {
			continue
		}
		name := linkName(l.Relation)
		if slices.Contains(family, name) {
			families.join(l.From, l.To)
		}
		key := unordered(l.From, l.To)
		before, has := direct[key]
		if !has || slices.Index(strength, name) < slices.Index(strength, linkName(before.Relation)) {
			direct[key] = l
		}
	}
	for _, p := range b.Pairs {
		l, linked := direct[unordered(p.A, p.B)]
		got := "no link"
		if linked {
			got = linkName(l.Relation)
		}
		s.relations.add(p.Relation, got)
		s.pairFigures(p, got, families.root(p.A) == families.root(p.B))
		if linked {
			s.direction(p, l)
		}
	}
}

func (s *scorer) pairFigures(p Pair, got string, together bool) {
	in := func(relation string, of []string) int { return int(measure.One(slices.Contains(of, relation))) }
	g, f := in(p.Relation, copied), in(got, copied)
	s.add("copied text", measure.Both(g*f, g, f))
	g, f = in(p.Relation, family), int(measure.One(together))
	s.add("one family", measure.Both(g*f, g, f))

	// Furniture and stock phrases are no relation, and shared quotations need
	// not be one.
	right := got == p.Relation
	switch p.Relation {
	case "furniture", "none":
		right = got == "no link"
	case "shared_quotes":
		right = got == "shared_quotes" || got == "no link"
	}
	s.add("relation", measure.Share(measure.One(right), 1))
	g, f = in(p.Relation, whole), in(got, whole)
	s.add("copy or trimmed", measure.Both(g*f, g, f))
	for _, label := range append(strength, "no link") {
		g, f = int(measure.One(noLink(p.Relation) == label)), int(measure.One(got == label))
		s.perLabel[label] = s.perLabel[label].Plus(measure.Both(g*f, g, f))
	}
	if !right {
		s.problem("pair", p.A+"–"+p.B, "%s, program has %s  (%s)", p.Relation, got, p.Why)
	}
}

// direction judges the links of pairs whose direction the reader could tell.
func (s *scorer) direction(p Pair, l news.Link) {
	from := ""
	switch p.Direction {
	case "a->b":
		from = p.A
	case "b->a":
		from = p.B
	}
	if !slices.Contains(copied, linkName(l.Relation)) {
		return
	}
	if from == "" {
		if slices.Contains(copied, p.Relation) {
			s.add("direction, none to tell", measure.Share(measure.One(l.Directed), 1))
			if l.Directed {
				s.problem("direction", p.A+"–"+p.B, "%s, program has from %s by %s  (%s)", p.Direction, l.From, l.Why.Rule, p.Why)
			}
		}
		return
	}
	s.add("direction, told wrong", measure.Share(measure.One(l.Directed && l.From != from), 1))
	told, right := int(measure.One(l.Directed)), l.Directed && l.From == from
	s.add("direction", measure.Both(int(measure.One(right)), 1, told))
	if !right {
		s.problem("direction", p.A+"–"+p.B, "from %s, program has from %s, directed: %v by %s  (%s)", from, l.From, l.Directed, l.Why.Rule, p.Why)
	}
}

func unordered(a, b string) [2]string {
	if b < a {
		return [2]string{b, a}
	}
	return [2]string{a, b}
}

// union joins articles into families.
type union struct{ parent map[string]string }

func newUnion() union { return union{map[string]string{}} }

func (u union) root(x string) string {
	for u.parent[x] != "" {
		x = u.parent[x]
	}
	return x
}

func (u union) join(a, b string) {
	if a, b = u.root(a), u.root(b); a != b {
		u.parent[a] = b
	}
}

func (s *scorer) stories(b Bench, stories []news.Story) {
	in := map[string]string{}
	for _, x := range stories {
		for _, d := range x.Documents {
			if _, has := in[d]; !has { // a document counts once, in its first story
				in[d] = x.ID
			}
		}
	}
	var broad, fine []measure.Element
	for _, a := range b.Articles {
		prog, has := in[a.ID]
		if !has {
			prog = "alone: " + a.ID
		}
		broad = append(broad, measure.Element{Gold: append([]string{a.Gold.Story}, a.Gold.AltStory...), Prog: prog})
		own := a.Gold.Story
		if a.Gold.Angle != "" {
			own += " / " + a.Gold.Angle
		}
		fine = append(fine, measure.Element{Gold: append([]string{own}, a.Gold.AltStory...), Prog: prog})
	}
	put := func(name string, elements []measure.Element) []measure.Clustering {
		settled := measure.Settle(elements)
		recall, precision := measure.BCubed(settled, len(settled))
		s.add(name, measure.Weighted(recall, len(settled), precision, len(settled)))
		return settled
	}
	s.explainStories(b, put("stories", broad))
	put("stories, same report", fine)
}

// explainStories lists the gold stories that were split, and the program's
// stories that join several.
func (s *scorer) explainStories(b Bench, settled []measure.Clustering) {
	split, joined := map[string]map[string][]string{}, map[string]map[string][]string{}
	put := func(to map[string]map[string][]string, a, b, id string) {
		if to[a] == nil {
			to[a] = map[string][]string{}
		}
		to[a][b] = append(to[a][b], id)
	}
	for i, c := range settled {
		put(split, c.Gold, c.Prog, b.Articles[i].ID)
		put(joined, c.Prog, c.Gold, b.Articles[i].ID)
	}
	for what, of := range map[string]map[string]map[string][]string{"split": split, "joined": joined} {
		for name, parts := range of {
			if len(parts) < 2 {
				continue
			}
			var show []string
			for other, ids := range parts {
				show = append(show, fmt.Sprintf("%s (%d: %s)", other, len(ids), strings.Join(ids[:min(3, len(ids))], " ")))
			}
			slices.Sort(show)
			s.problem(what, name, "%d parts: %s", len(parts), strings.Join(show, ", "))
		}
	}
	slices.SortStableFunc(s.report.Problems, func(a, b measure.Problem) int {
		if a.What == b.What && (a.What == "split" || a.What == "joined") {
			return cmp.Compare(a.Doc, b.Doc)
		}
		return 0
	})
}

// macro is the mean of the F figures of the relations that the reader names.
func (s *scorer) macro() measure.Count {
	sum, n := 0.0, 0
	for _, label := range append(strength, "no link") {
		if c := s.perLabel[label]; c.Gold > 0 {
			f, _ := c.Value()
			sum, n = sum+f, n+1
		}
	}
	return measure.Share(sum, n)
}

func (s *scorer) finish() measure.Report {
	s.counts["relation, mean F"] = s.macro()
	for _, row := range []struct{ name, how string }{
		{"headline", "the same letters and digits"},
		{"lede", "the first piece labelled body begins with the reader's first words, with a dateline on the same line, without one on its own"},
		{"dateline place", "the same place, up to a comma"},
		{"dateline agency", "the same agency in the dateline"},
		{"agency", "the same agency; the outlet's own name counts as none, an inferred one need not be found"},
		{"agency with twins", "the same agency, credited or inferred; the outlet's own name counts as none"},
		{"kind", "share of the articles with the right kind"},
		{"copied text", "pairs read: linked as copy, trimmed, version or excerpt, whichever of them"},
		{"copy or trimmed", "pairs read: linked as one of the two, whichever"},
		{"one family", "pairs read: joined by copies, trims and versions, also through other articles"},
		{"relation", "pairs read: the same relation; shared quotes may go without link, furniture must"},
		{"relation, mean F", "pairs read: mean of the F of copy, trimmed, version, excerpt, shared_quotes and no link (furniture, none)"},
		{"direction", "pairs linked as copied text whose direction the reader could tell: the right way"},
		{"direction, told wrong", "of the same pairs; less is better"},
		{"direction, none to tell", "pairs linked as copied text where the reader saw no direction: told nevertheless; less is better"},
		{"families", "B-cubed of the families, joined by copies, trims and versions; who is there by paragraphs or captions is not judged"},
		{"version order", "pairs of members of two versions whose order the reader knows: the right way, also through other members"},
		{"version order, told wrong", "of the same pairs; less is better"},
		{"stories", "B-cubed of all articles; another story that a reader could choose is as good"},
		{"stories, same report", "the same with broad stories cut by angle"},
	} {
		s.report.Rows = append(s.report.Rows, measure.Row{Name: row.name, Count: s.counts[row.name], How: row.how})
	}
	s.report.Notes = []string{
		"The pairs are a stratified sample: figures over them are no rates of the whole set.",
		"relation by reader (down) and program (across)\n" + s.relations.String(),
		"kind by reader (down) and program (across)\n" + s.kinds.String(),
	}
	return s.report
}
