package main

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
)

const examples = "../../examples/brindle-dam"

// What examples/README.md says a careful reader finds, one line each. A truth
// under "missed" is not yet found. When it is, the test fails until the line
// stands without it, so that nothing is lost again in silence.
const missed = true

// truth is one thing that must be found. check returns "" when it is, or else
// what was found instead.
type truth struct {
	what  string
	check func(*found) string
	miss  bool
}

func truths() []truth {
	var all []truth
	add := func(what string, check func(*found) string, miss ...bool) {
		all = append(all, truth{what, check, len(miss) > 0})
	}
	add("the twelve pages are one thread", func(f *found) string {
		if n := len(f.threads); n != 1 {
			return fmt.Sprint(n, " threads")
		}
		return ""
	})

	// What each page is.
	for _, p := range []struct{ page, outlet, wire, written string }{
		{"01", "NPA", "NPA", "2024-02-15"},
		{"02", "NPA", "NPA", "2024-03-12"},
		{"03", "NPA", "NPA", "2024-03-12"},
		{"04", "Hathering Courier", "NPA", "2024-03-12"},
		{"05", "Golden Harvest Finance", "NPA", "2024-03-12"},
		{"06", "MNS", "MNS", "2024-03-12"},
		{"07", "The Estermouth Ledger", "", "2024-03-12"},
		{"08", "Valley Observer", "", "2024-03-13"},
		{"09", "MNS", "MNS", "2024-03-13"},
		{"10", "NPA", "NPA", "2024-03-13"},
		{"11", "Norland Today", "", "2024-03-13"},
		{"12", "The Capital Lantern", "", "2024-03-13"},
	} {
		add(p.page+" is published by "+p.outlet, func(f *found) string { return want(p.outlet, f.page(p.page).Meta.Outlet.Value) })
		add(p.page+" is the text of "+or(p.wire, "its own newsroom"), func(f *found) string { return want(p.wire, f.page(p.page).Meta.Agency.Value) })
		add(p.page+" was written on "+p.written, func(f *found) string { return want(p.written, f.page(p.page).Meta.Published.Value) })
	}
	add("05: the stamp 2026-01-20 is rejected", func(f *found) string { return f.stamp("05", "2026-01-20", false) })
	add("04: the stamp of the page is true", func(f *found) string { return f.stamp("04", "2024-03-12", true) })
	add("03: the note names paragraphs 1-2 and 5-6", func(f *found) string {
		if u := f.page("03").Meta.Update; u != nil {
			return want("[1 2 5 6]", fmt.Sprint(u.Paragraphs))
		}
		return "no note"
	})
	for _, d := range []struct{ page, word, value string }{
		{"01", "Thursday", "2024-02-15"},
		{"02", "Tuesday", "2024-03-12"},
		{"05", "Tuesday", "2024-03-12"},
		{"06", "Tuesday", "2024-03-12"},
		{"06", "Friday", "2024-03-08"},
		{"04", "Tuesday", "2024-03-12"},
		{"09", "Wednesday", "2024-03-13"},
		{"09", "Tuesday", "2024-03-12"},
	} {
		add(fmt.Sprintf("%s: “%s” is %s", d.page, d.word, d.value), func(f *found) string { return f.time(d.page, d.word, d.value) })
	}

	// Lineage.
	for _, l := range []struct {
		from, to string
		relation news.Relation
	}{
		{"02", "03", news.EarlierVersion},
		{"02", "04", news.Trimmed},
		{"02", "05", news.Copy},
		{"01", "02", news.BackgroundReuse},
		{"01", "03", news.BackgroundReuse},
		{"03", "10", news.BackgroundReuse},
		{"03", "09", news.SharedPassage},
	} {
		add(fmt.Sprintf("%s to %s: %s", l.from, l.to, l.relation), func(f *found) string {
			for _, x := range f.links {
				if strings.HasPrefix(x.To, l.to) && strings.HasPrefix(x.From, l.from) {
					return want(string(l.relation), string(x.Relation))
				}
			}
			return "no link"
		})
	}
	for _, p := range []string{"06", "07", "08", "09", "11", "12"} {
		add(p+" shares no prose with any other", func(f *found) string {
			for _, x := range f.links {
				if !strings.HasPrefix(x.To, p) && !strings.HasPrefix(x.From, p) {
					continue
				}
				if slices.ContainsFunc(x.Passages, func(q news.Passage) bool { return q.Kind == news.Prose }) {
					return fmt.Sprintf("%s from %s to %s", x.Relation, x.From, x.To)
				}
			}
			return ""
		})
	}

	// Stories.
	add("01 is a story of its own", func(f *found) string { return f.story("01", "01") })
	add("02 to 12 are one story", func(f *found) string { return f.story("02", "02 03 04 05 06 07 08 09 10 11 12") })
	add("that story follows 01", func(f *found) string {
		for _, s := range f.steps {
			if strings.HasPrefix(s.Documents[0], "02") {
				return want("01-npa-inspection", strings.Join(s.Follows, " "))
			}
		}
		return "no step with 02"
	})

	// Claims. Pages in brackets may be there or not.
	for _, c := range []struct {
		what, like, pages string
		outlets           int
		lo, hi            int
		origins           string // all of these, by patterns
		miss              string // parts that are missed: "pages outlets independent origins"
	}{
		{"at least 7 were killed", `(seven|7) (people|residents|bodies)`, "02 04 05 06 07", 5, 1, 2, "unnamed officials|National Rescue Service", ""},
		{"20 were missing", `20 (people )?(were )?(missing|unaccounted)`, "02 04 05 07 (06)", 4, 1, 1, "Rekker", ""},
		{"at least 9 were killed", `nine people|nine dead`, "03 08 12 11", 4, 1, 1, "Rekker", "independent origins"},
		{"11 were killed", `toll at 11|rose to 11|11 people had died`, "09 10", 2, 1, 1, "Halvern|Interior Ministry", ""},
		{"14 are missing", `14 (people )?were still missing`, "09 10", 2, 1, 1, "Halvern|Interior Ministry", ""},
		{"two of three gates did not open", `Two of the`, "03 09", 2, 1, 1, "Halvern|Interior Ministry", ""},
		{"the company was warned three times", `warned the company`, "08 09", 2, 1, 1, "Ansel Marrow", "pages outlets independent origins"},
		{"the siren did not sound", `siren did not sound`, "06", 1, 1, 1, "Joren Pask", ""},
		{"prosecutors searched the offices", `Prosecutors`, "09 10", 2, 1, 1, "court official", ""},
		{"more than 30 were killed", `[Mm]ore than 30 people`, "11 12 (09)", 2, 0, 1, "", ""},
	} {
		is := func(part string) []bool {
			if strings.Contains(c.miss, part) {
				return []bool{missed}
			}
			return nil
		}
		add(c.what+": on "+c.pages, func(f *found) string { return f.group(c.like).pages(c.pages) }, is("pages")...)
		add(fmt.Sprintf("%s: %d outlets", c.what, c.outlets), func(f *found) string {
			g := f.group(c.like)
			n := len(g.Outlets)
			if optional := strings.Count(c.pages, "("); c.outlets < n && n <= c.outlets+optional {
				n = c.outlets
			}
			return or(g.pages(c.pages), want(fmt.Sprint(c.outlets), fmt.Sprint(n)))
		}, is("outlets")...)
		add(fmt.Sprintf("%s: %d to %d origins", c.what, c.lo, c.hi), func(f *found) string {
			g := f.group(c.like)
			return or(g.pages(c.pages), want(fmt.Sprint([2]int{c.lo, c.hi}), fmt.Sprint(g.Independent)))
		}, is("independent")...)
		if c.origins != "" {
			add(c.what+": by "+c.origins, func(f *found) string {
				g := f.group(c.like)
				return or(g.pages(c.pages), g.by(c.origins))
			}, is("origins")...)
		}
	}

	// Tensions.
	for _, x := range []struct {
		what string
		kind news.TensionKind
		a, b string // patterns of "page proposition" on either side
		miss bool
	}{
		{"Marrow: nobody answered; Lorne: every letter was answered", news.Denial, `08.*answered`, `09.*letter was answered`, false},
		{"more than 30 dead; Halvern: no basis", news.Denial, `(11|12).*30`, `09.*(basis|30)`, false},
		{"the siren did not sound; it was sounded at 3:05", news.Denial, `06.*did not sound`, `06.*was sounded`, false},
		{"20 missing; 18 missing", news.Number, `02.*20`, `06.*18`, false},
		{"one gate; two gates", news.Detail, `01.*gate`, `(03|09).*gate`, missed},
		{"“The dam is safe”; it failed", news.Doubt, `01.*dam is safe`, `0[236].*(failed|burst|gave way)`, false},
	} {
		var miss []bool
		if x.miss {
			miss = append(miss, true)
		}
		add(fmt.Sprintf("%s: %s", x.kind, x.what), func(f *found) string { return f.tension(x.kind, x.a, x.b) }, miss...)
	}
	for _, x := range []struct{ what, a, b string }{
		{"7 dead, then 9", `(02|04|05|06).*(seven|7)`, `(03|08|12).*nine`},
		{"9 dead, then 11", `(03|08|12).*nine`, `(09|10).*11`},
		{"20 missing, then 16", `02.*20`, `03.*16`},
		{"16 missing, then 14", `03.*16`, `(09|10).*14`},
	} {
		add("an update is no contradiction: "+x.what, func(f *found) string {
			for _, kind := range []news.TensionKind{news.Denial, news.Number, news.Detail, news.DateT} {
				if f.tension(kind, x.a, x.b) == "" {
					return "a tension: " + string(kind)
				}
			}
			return ""
		})
	}
	return all
}

func TestTruthsOfTheExamples(t *testing.T) {
	f := readExamples(t)
	holds, misses := 0, 0
	for _, x := range truths() {
		switch problem := x.check(f); {
		case problem == "" && x.miss:
			t.Errorf("now found, take it off the misses: %s", x.what)
		case problem == "":
			holds++
		case x.miss:
			misses++
			t.Logf("missed: %-60s %s", x.what, problem)
		default:
			t.Errorf("not found: %-60s %s", x.what, problem)
		}
	}
	t.Logf("%d truths hold, %d are missed", holds, misses)
}

// found is what a run found.
type found struct {
	threads  []pipeline.Thread
	versions []*news.Version
	links    []news.Link
	steps    []news.Step
	relation news.Relations
}

func readExamples(t *testing.T) *found {
	t.Helper()
	a := &app{io: stdio{strings.NewReader(""), os.Stdout, os.Stderr}, quiet: true}
	threads, err := a.relateAll(context.Background(), []string{examples})
	if err != nil {
		t.Fatal(err)
	}
	f := &found{threads: threads}
	f.versions, f.relation = pipeline.Combine(threads)
	f.links, f.steps = f.relation.Links, f.relation.Thread
	return f
}

// want compares what must be with what is.
func want(must, is string) string {
	if must == is {
		return ""
	}
	return fmt.Sprintf("found %q", is)
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// page finds a page by the number that its name begins with.
func (f *found) page(number string) *news.Version {
	for _, v := range f.versions {
		if strings.HasPrefix(v.Name, number) {
			return v
		}
	}
	return &news.Version{}
}

func (f *found) stamp(page, value string, accepted bool) string {
	for _, d := range f.page(page).Meta.Dates {
		if d.Value == value && d.From != "twin" {
			if d.Accepted != accepted {
				return fmt.Sprintf("accepted: %v, %s", d.Accepted, d.Note)
			}
			return ""
		}
	}
	return "no such date was weighed"
}

func (f *found) time(page, word, value string) string {
	v := f.page(page)
	var others []string
	for _, x := range v.Timexes.Items {
		if !strings.Contains(x.Span.Of(v.Text), word) {
			continue
		}
		if strings.HasPrefix(x.Value, value) {
			return ""
		}
		others = append(others, x.Value)
	}
	return fmt.Sprintf("found %v", others)
}

func (f *found) story(page, members string) string {
	for _, s := range f.relation.Stories {
		if slices.ContainsFunc(s.Documents, func(d string) bool { return strings.HasPrefix(d, page) }) {
			return want(members, numbers(s.Documents))
		}
	}
	return "no story"
}

// numbers are the numbers of pages, each once, rising.
func numbers(docs []string) string {
	var out []string
	for _, d := range docs {
		out = append(out, d[:2])
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), " ")
}

// claims is a group of claims; the zero one is of no claim.
type claims struct{ news.Group }

func (f *found) claim(r news.ClaimRef) string {
	for _, v := range f.versions {
		for _, c := range v.Claims.Items {
			if v.Name == r.Doc && c.ID == r.Claim {
				return c.Proposition
			}
		}
	}
	return ""
}

// group is the group that most claims like this are in.
func (f *found) group(like string) claims {
	pattern := regexp.MustCompile(like)
	best, most := claims{}, 0
	for _, g := range f.relation.Groups {
		n := 0
		for _, m := range g.Members {
			if pattern.MatchString(f.claim(m)) {
				n++
			}
		}
		if n > most {
			best, most = claims{g}, n
		}
	}
	return best
}

// pages compares the pages of a group: "02 04 (06)".
func (g claims) pages(must string) string {
	var docs []string
	for _, m := range g.Members {
		docs = append(docs, m.Doc)
	}
	have := numbers(docs)
	var need []string
	for _, p := range strings.Fields(must) {
		if strings.HasPrefix(p, "(") {
			have = strings.Join(strings.Fields(strings.Replace(have, p[1:3], "", 1)), " ")
		} else {
			need = append(need, p)
		}
	}
	slices.Sort(need)
	return want(strings.Join(need, " "), have)
}

// by compares the origins with patterns, each of which must fit one, and
// together all.
func (g claims) by(patterns string) string {
	all := regexp.MustCompile(patterns)
	for _, o := range g.Origins {
		if !all.MatchString(o) {
			return fmt.Sprintf("found %q", g.Origins)
		}
	}
	if len(g.Origins) == 0 {
		return "no origin"
	}
	return ""
}

// tension looks for a tension of a kind whose sides fit the patterns.
func (f *found) tension(kind news.TensionKind, a, b string) string {
	left, right := regexp.MustCompile("(?m)^"+a), regexp.MustCompile("(?m)^"+b)
	for _, x := range f.relation.Tensions {
		one, two := f.side(x.A), f.side(x.B)
		if x.Kind == kind && (left.MatchString(one) && right.MatchString(two) || left.MatchString(two) && right.MatchString(one)) {
			return ""
		}
	}
	return "no such tension"
}

// side is the claims of one end, a line each: "page proposition".
func (f *found) side(s news.Side) string {
	refs := []news.ClaimRef{s.Claim}
	for _, g := range f.relation.Groups {
		if s.Group != "" && g.ID == s.Group {
			refs = g.Members
		}
	}
	var lines []string
	for _, r := range refs {
		lines = append(lines, r.Doc+" "+strings.ReplaceAll(f.claim(r), "\n", " "))
	}
	return strings.Join(lines, "\n")
}
