package propagation

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/internal/news"
)

// Relate is the program: it reads the versions of one story and relates them.
type Relate func([]news.Version) ([]news.Version, news.Relations, error)

// Versions are the articles of a story as the program gets them.
func (s Story) Versions() []news.Version {
	var out []news.Version
	for _, a := range s.Articles {
		out = append(out, news.Version{Name: a.Name, Text: a.Text, Given: news.Given{
			URL: a.URL, Outlet: a.Outlet, Fetched: a.At,
			Dates: []news.GivenDate{{From: "json-ld", Role: "published", Value: a.At.Format("2006-01-02T15:04:05Z")}},
		}})
	}
	return out
}

// tally is the counts of one part.
type tally struct {
	found, exact, within  measure.Count
	whole, exactWhole     measure.Count
	circular, rootless    measure.Count
	kind, judged, denials measure.Count
	scenarios             map[string]measure.Count
}

// Score invents n stories, has each related, and holds the counts of origins
// against the truth. Problems are listed of the open part only: what is kept
// for judging is not to be read.
func Score(n int, seed uint64, relate Relate) (measure.Report, error) {
	r := measure.Report{Name: fmt.Sprintf("propagation, %d invented stories of seed %d", n, seed)}
	parts := [2]tally{{scenarios: map[string]measure.Count{}}, {scenarios: map[string]measure.Count{}}}
	for _, s := range Make(n, seed) {
		in := s.Versions()
		r.Docs += len(in)
		versions, rel, err := relate(in)
		if err != nil {
			return r, fmt.Errorf("%s: %w", s.Name, err)
		}
		part := 0
		if s.Held {
			part = 1
		}
		problems := parts[part].judge(s, versions, rel)
		if !s.Held {
			r.Problems = append(r.Problems, problems...)
		}
	}
	for i, name := range []string{"open", "held"} {
		r.Rows = append(r.Rows, parts[i].rows(name)...)
		r.Notes = append(r.Notes, parts[i].table(name))
	}
	return r, nil
}

func (t *tally) rows(part string) []measure.Row {
	return []measure.Row{
		{Name: part + ": origins exact", Count: t.exact, How: "facts with just the range of independent origins that is true"},
		{Name: part + ": within one", Count: t.within, How: "both ends of the range are off by one at most"},
		{Name: part + ": exact when whole", Count: t.exactWhole, How: "the same, of facts whose claims were all put together, and nothing else with them"},
		{Name: part + ": facts whole", Count: t.whole, How: "facts whose claims were all put together, and nothing else with them"},
		{Name: part + ": facts found", Count: t.found, How: "facts of which a claim was found"},
		{Name: part + ": circles", Count: t.circular, How: "groups said to be circular, and facts that are"},
		{Name: part + ": no root", Count: t.rootless, How: "groups of which only reports without an author are known, and facts of that kind"},
		{Name: part + ": update or not", Count: t.kind, How: "pairs of figures told apart, of those that were called an update or a contradiction"},
		{Name: part + ": pairs judged", Count: t.judged, How: "pairs of figures that were called one or the other"},
		{Name: part + ": denials", Count: t.denials, How: "denied statements with a tension to the denial"},
	}
}

// table is the share of exact ranges for each way in which a fact spreads.
func (t *tally) table(part string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: exact by scenario\n", part)
	for _, k := range slices.Sorted(maps.Keys(t.scenarios)) {
		c := t.scenarios[k]
		v, ok := c.Value()
		fmt.Fprintf(&b, "  %-28s %s  %s\n", k, measure.Cell(v, ok), measure.Of(c.Hit, c.Gold))
	}
	return b.String()
}

// match is the group that holds a fact.
type match struct {
	group  int   // -1: none
	all    []int // every group that has a claim of the fact
	whole  bool
	absent []string // articles whose claim is elsewhere
}

// find says which group holds each fact: the one with most of its articles.
func find(s Story, versions []news.Version, rel news.Relations) []match {
	claims := map[news.ClaimRef]news.Claim{}
	for _, v := range versions {
		for _, c := range v.Claims.Items {
			claims[news.ClaimRef{Doc: v.Name, Claim: c.ID}] = c
		}
	}
	says := map[string]Article{}
	for _, a := range s.Articles {
		says[a.Name] = a
	}
	// facts of a claim, by the place where it stands
	tells := func(ref news.ClaimRef) []int {
		var out []int
		c := claims[ref]
		for _, x := range says[ref.Doc].Says {
			if n := x.Span.Common(c.Span); n*2 >= min(x.Span.Len(), c.Span.Len()) && n > 0 {
				out = append(out, x.Fact)
			}
		}
		return out
	}
	held := make([]map[int]map[string]bool, len(s.Facts)) // fact -> group -> articles
	for f := range held {
		held[f] = map[int]map[string]bool{}
	}
	foreign := make([]map[int]bool, len(rel.Groups)) // group -> facts in it
	for g, x := range rel.Groups {
		foreign[g] = map[int]bool{}
		for _, m := range x.Members {
			facts := tells(m)
			if len(facts) == 0 {
				foreign[g][-1] = true
			}
			for _, f := range facts {
				foreign[g][f] = true
				if held[f][g] == nil {
					held[f][g] = map[string]bool{}
				}
				held[f][g][m.Doc] = true
			}
		}
	}
	out := make([]match, len(s.Facts))
	for f := range s.Facts {
		best := -1
		for _, g := range slices.Sorted(maps.Keys(held[f])) {
			if best < 0 || len(held[f][g]) > len(held[f][best]) ||
				len(held[f][g]) == len(held[f][best]) && len(foreign[g]) < len(foreign[best]) {
				best = g
			}
		}
		m := match{group: best, all: slices.Sorted(maps.Keys(held[f]))}
		if best >= 0 {
			for _, a := range s.Articles {
				if slices.ContainsFunc(a.Says, func(x Said) bool { return x.Fact == f }) && !held[f][best][a.Name] {
					m.absent = append(m.absent, a.Name)
				}
			}
			m.whole = len(m.absent) == 0 && len(foreign[best]) == 1
		}
		out[f] = m
	}
	return out
}

func (t *tally) judge(s Story, versions []news.Version, rel news.Relations) []measure.Problem {
	var problems []measure.Problem
	problem := func(what, text string) {
		problems = append(problems, measure.Problem{What: what, Doc: s.Name + " " + s.Event, Text: text})
	}
	at := find(s, versions, rel)
	circular := map[int]bool{} // groups that are, in truth
	for f, x := range s.Facts {
		g := at[f].group
		name := strings.TrimSpace(x.Key + " " + x.Scenario)
		t.found = t.found.Plus(measure.Share(measure.One(g >= 0), 1))
		if g < 0 {
			t.exact, t.within = t.exact.Plus(measure.Share(0, 1)), t.within.Plus(measure.Share(0, 1))
			t.whole = t.whole.Plus(measure.Share(0, 1))
			t.scenarios[name] = t.scenarios[name].Plus(measure.Share(0, 1))
			problem("miss", name+": no claim was found")
			continue
		}
		got := rel.Groups[g].Independent
		exact := got == [2]int{x.Low, x.High}
		within := abs(got[0]-x.Low) <= 1 && abs(got[1]-x.High) <= 1
		t.exact = t.exact.Plus(measure.Share(measure.One(exact), 1))
		t.within = t.within.Plus(measure.Share(measure.One(within), 1))
		t.whole = t.whole.Plus(measure.Share(measure.One(at[f].whole), 1))
		t.scenarios[name] = t.scenarios[name].Plus(measure.Share(measure.One(exact), 1))
		if at[f].whole {
			t.exactWhole = t.exactWhole.Plus(measure.Share(measure.One(exact), 1))
		}
		if !exact {
			what := "origins"
			if !at[f].whole {
				what = "split"
			}
			problem(what, fmt.Sprintf("%s: %v, in truth %d–%d; origins %q; elsewhere %v\n%s", name, got, x.Low, x.High, rel.Groups[g].Origins, at[f].absent, walks(s, f, rel.Groups[g])))
		}
		if x.Circular {
			circular[g] = true
		}
		t.flag(&t.circular, x.Circular, isCircular(rel.Groups[g]))
		t.flag(&t.rootless, x.Rootless, isRootless(rel.Groups[g]))
		if x.Circular != isCircular(rel.Groups[g]) {
			problem("circle", fmt.Sprintf("%s: said to be circular %v; elsewhere %v\n%s", name, isCircular(rel.Groups[g]), at[f].absent, walks(s, f, rel.Groups[g])))
		}
		if x.Rootless != isRootless(rel.Groups[g]) {
			problem("root", fmt.Sprintf("%s: said to have no root %v\n%s", name, isRootless(rel.Groups[g]), walks(s, f, rel.Groups[g])))
		}
	}
	for _, p := range s.Pairs {
		// What is said of any of the groups that hold the two counts; if two
		// things are said, the wrong one.
		said := ""
		for _, a := range at[p.A].all {
			for _, b := range at[p.B].all {
				if x := relation(rel, a, b); a != b && x != "" && (said == "" || said == p.Kind) {
					said = x
				}
			}
		}
		if p.Kind == "denial" {
			t.denials = t.denials.Plus(measure.Share(measure.One(said == "denial"), 1))
			if said != "denial" {
				problem("denial", fmt.Sprintf("%q", said))
			}
			continue
		}
		judged := said == "update" || said == "contradiction"
		t.judged = t.judged.Plus(measure.Share(measure.One(judged), 1))
		if judged {
			t.kind = t.kind.Plus(measure.Share(measure.One(said == p.Kind), 1))
		}
		if said != p.Kind {
			problem("figures", fmt.Sprintf("%s of %d and %d: said %q\n%s\n%s", p.Kind, s.Facts[p.A].Value, s.Facts[p.B].Value, said, places(s, p.A), places(s, p.B)))
		}
	}
	return problems
}

func (t *tally) flag(c *measure.Count, truth, said bool) {
	one := measure.Both(0, 0, 0)
	if truth {
		one.Gold = 1
	}
	if said {
		one.Prog = 1
	}
	if truth && said {
		one.Hit, one.HitProg = 1, 1
	}
	*c = c.Plus(one)
}

// relation is what the program says of two groups.
func relation(rel news.Relations, a, b int) string {
	ida, idb := rel.Groups[a].ID, rel.Groups[b].ID
	if rel.Groups[a].SupersededBy == idb || rel.Groups[b].SupersededBy == ida {
		return "update"
	}
	for _, x := range rel.Tensions {
		if x.A.Group == ida && x.B.Group == idb || x.A.Group == idb && x.B.Group == ida {
			switch x.Kind {
			case news.Denial, news.Doubt:
				return "denial"
			case news.Number:
				return "contradiction"
			}
			return string(x.Kind)
		}
	}
	return ""
}

func isCircular(g news.Group) bool { return g.Circular }

// isRootless: nobody is named, and no citation goes in a circle.
func isRootless(g news.Group) bool { return g.Independent[0] == 0 && !g.Circular }

// walks shows where the program has each member from, beside its text.
func walks(s Story, f int, g news.Group) string {
	var b strings.Builder
	for _, a := range s.Articles {
		for _, x := range a.Says {
			if x.Fact != f {
				continue
			}
			fmt.Fprintf(&b, "    %s: %s\n", a.Name, x.Span.Of(a.Text))
			for _, w := range g.Walks {
				if w.Member.Doc == a.Name {
					fmt.Fprintf(&b, "        %s → %s: %s\n", strings.Join(w.Steps, " ← "), w.Origin, w.Reason)
				}
			}
		}
	}
	for _, c := range g.Collapses {
		fmt.Fprintf(&b, "      = %s\n", c.Reason)
	}
	return strings.TrimRight(b.String(), "\n")
}

// places shows where a fact is told.
func places(s Story, f int) string {
	var b strings.Builder
	for _, a := range s.Articles {
		for _, x := range a.Says {
			if x.Fact == f {
				fmt.Fprintf(&b, "    %s %s: %s\n", a.Name, a.At.Format("15:04"), x.Span.Of(a.Text))
			}
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
