package dependence

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// page invents a page of an outlet, with one claim on each of its lines.
func page(name, outlet, agency, at string, lines ...string) *news.Version {
	v := &news.Version{ID: "id-" + name, Name: name, Text: strings.Join(lines, "\n")}
	v.Meta.Outlet.Value, v.Meta.Agency.Value = outlet, agency
	if at != "" {
		v.Meta.Published.Value = at[:10]
		v.Given.Dates = []news.GivenDate{{Role: "published", Value: at}}
	}
	start := 0
	for i, l := range lines {
		v.Claims.Items = append(v.Claims.Items, news.Claim{ID: fmt.Sprint("c", i+1), Span: text.Span{Start: start, End: start + len(l)}})
		start += len(l) + 1
	}
	return v
}

func group(id, supersededBy string, members ...string) news.Group {
	g := news.Group{ID: id, SupersededBy: supersededBy}
	for _, m := range members {
		doc, claim, _ := strings.Cut(m, ":")
		g.Members = append(g.Members, news.ClaimRef{Doc: doc, Claim: claim})
		g.Walks = append(g.Walks, news.Walk{Member: g.Members[len(g.Members)-1], Once: "room " + doc, Voice: news.OwnVoice})
	}
	return g
}

const (
	nine   = "2031-05-06T09:00:00Z"
	ten    = "2031-05-06T10:00:00Z"
	eleven = "2031-05-06T11:00:00Z"
	noon   = "2031-05-06T12:00:00Z"
)

func TestWhatTwoOutletsShare(t *testing.T) {
	seven, nineDead := "seven people were killed when the ferry sank", "nine people were killed when the ferry sank"
	a := page("a", "Ambry Post", "", nine, seven)
	b := page("b", "Belt Courier", "", ten, seven)
	c := page("c", "Cove Radio", "", eleven, nineDead)
	d := page("d", "Dell Herald", "", noon, nineDead)
	e := page("e", "Belt Courier", "SNA", ten, seven)
	sna := page("s", "SNA", "SNA", nine, seven)
	number := []news.Tension{{Kind: news.Number, A: news.Side{Group: "g1"}, B: news.Side{Group: "g2"}}}
	copied := news.Link{From: "a", To: "b", Relation: news.Copy, Directed: true, Passages: []news.Passage{{A: text.Span{Start: 0, End: 20}, B: text.Span{Start: 0, End: 20}}}}
	cites := group("g1", "", "a:c1", "b:c1")
	cites.Walks[1].Steps = []string{"Belt Courier", "the Ambry Post", "the mayor"}
	for _, x := range []struct {
		name     string
		versions []*news.Version
		r        news.Relations
		want     string // order and class of the pair
	}{
		{"the same", []*news.Version{a, b}, news.Relations{Groups: []news.Group{group("g1", "", "a:c1", "b:c1")}}, "ambry post < belt courier: same 60"},
		{"a copy", []*news.Version{a, b}, news.Relations{Links: []news.Link{copied}}, "ambry post < belt courier: copied 60"},
		{"a credit, the agency has a page", []*news.Version{sna, e}, news.Relations{}, "sna < belt courier: credited 60"},
		{"a credit, the agency has none", []*news.Version{a, e}, news.Relations{}, "sna < belt courier: carried -1"},
		{"a citation", []*news.Version{a, b}, news.Relations{Groups: []news.Group{cites}}, "ambry post < belt courier: cited 60"},
		{"another figure", []*news.Version{a, c}, news.Relations{Groups: []news.Group{group("g1", "", "a:c1"), group("g2", "", "c:c1")}, Tensions: number}, "ambry post < cove radio: differ 120"},
		{"two outlets share what three others have otherwise", []*news.Version{a, b, c, d, sna}, news.Relations{
			Groups: []news.Group{group("g1", "", "a:c1", "b:c1"), group("g2", "", "c:c1", "d:c1", "s:c1")}, Tensions: number,
		}, "ambry post < belt courier: false 60"},
		{"a figure that was out of date by then", []*news.Version{a, c, page("l", "Late Times", "", noon, seven)}, news.Relations{
			Groups: []news.Group{group("g1", "g2", "a:c1", "l:c1"), group("g2", "", "c:c1")},
		}, "ambry post < late times: false 180"},
		{"and one that was not yet", []*news.Version{a, b, c}, news.Relations{
			Groups: []news.Group{group("g1", "g2", "a:c1", "b:c1"), group("g2", "", "c:c1")},
		}, "ambry post < belt courier: same 60"},
		{"the later one has its text from a third", []*news.Version{sna, a, b}, news.Relations{
			Groups: []news.Group{group("g1", "", "a:c1", "b:c1", "s:c1")}, Links: []news.Link{{From: "s", To: "b", Relation: news.Trimmed, Directed: true}},
		}, "ambry post < belt courier: elsewhere 60"},
		{"wording that no third has", []*news.Version{a, b}, news.Relations{
			Overlaps: []news.Overlap{{A: "a", B: "b", Passages: []news.Passage{{Kind: news.Prose, A: text.Span{Start: 0, End: 44}, B: text.Span{Start: 0, End: 44}}}}},
		}, "ambry post < belt courier: worded 60"},
		{"words in quotation marks are the speaker's", []*news.Version{a, b}, news.Relations{
			Overlaps: []news.Overlap{{A: "a", B: "b", Passages: []news.Passage{{Kind: news.Quotation, A: text.Span{Start: 0, End: 44}, B: text.Span{Start: 0, End: 44}}}}},
		}, ""},
		{"another story", []*news.Version{a, b}, news.Relations{
			Groups:  []news.Group{group("g1", "", "a:c1", "b:c1")},
			Stories: []news.Story{{Documents: []string{"a"}}, {Documents: []string{"b"}}},
		}, ""},
		{"no clock tells who was first", []*news.Version{page("a", "Ambry Post", "", "", seven), b}, news.Relations{Groups: []news.Group{group("g1", "", "a:c1", "b:c1")}}, "ambry post ? belt courier: same -1"},
		{"loose files of no outlet", []*news.Version{page("a", "", "", nine, seven), page("b", "", "", ten, seven)}, news.Relations{Groups: []news.Group{group("g1", "", "a:c1", "b:c1")}}, ""},
	} {
		var got []string
		for _, m := range Observe(x.versions, x.r, Usual()).Meetings {
			got = append(got, told(m))
		}
		if x.want == "" && len(got) > 0 || x.want != "" && !slices.Contains(got, x.want) {
			t.Errorf("%s: %q, want %q", x.name, got, x.want)
		}
	}
}

func told(m Meeting) string {
	names := []string{"same", "differ", "worded", "cited", "carried", "credited", "copied", "elsewhere", "false"}
	class := names[min(int(m.Class), len(names)-1)]
	switch m.Order {
	case AFirst:
		return fmt.Sprintf("%s < %s: %s %d", m.A, m.B, class, m.Lag)
	case BFirst:
		return fmt.Sprintf("%s < %s: %s %d", m.B, m.A, class, m.Lag)
	}
	return fmt.Sprintf("%s ? %s: %s %d", m.A, m.B, class, m.Lag)
}

// thread is n meetings of one class between a copier and its model.
func habit(n int, c Class) Observed {
	o := Observed{Names: map[string]string{"mail": "Mail", "sna": "SNA"}}
	for i := range n {
		o.Meetings = append(o.Meetings, Meeting{A: "mail", B: "sna", Order: BFirst, Class: c, Lag: 40, Shown: news.Shared{How: "copy", Strength: c.strength(), To: news.Passing{ID: "x", Place: news.Place{Doc: fmt.Sprint(i)}}}})
	}
	return o
}

// Few stories say little, many say much; and what was seen is listed.
func TestFewStoriesSayLittle(t *testing.T) {
	var one, many, apart Memory
	one.Add(habit(1, Same))
	many.Add(habit(9, Copied))
	many.Add(habit(3, Same))
	apart.Add(habit(9, Differ))
	if p := one.Pairs()[0]; p.Probability > 0.2 {
		t.Errorf("one story in common: %.2f", p.Probability)
	}
	p := many.Pairs()[0]
	if p.Outlet != "Mail" || p.From != "SNA" || p.Probability < 0.95 || p.Rate < 0.5 || p.Stories != 12 || p.Copied != 9 || p.True != 3 || p.Lag != 45 || len(p.Shared) != kept {
		t.Errorf("nine copies of twelve: %+v", p)
	}
	if p := apart.Pairs()[0]; p.Probability > 0.05 {
		t.Errorf("nine stories with values of its own: %.2f", p.Probability)
	}
}

// Of two outlets that tell it in their own voice the one that mostly copies
// counts for little; nothing leaves the range that was counted, and a pair of
// which little is known changes nothing.
func TestExpect(t *testing.T) {
	line := "the bridge at Traven was closed"
	sna, mail := page("s", "SNA", "SNA", nine, line), page("m", "Mail", "", ten, line)
	versions := map[string]*news.Version{"s": sna, "m": mail}
	g := group("g1", "", "s:c1", "m:c1")
	g.Independent = [2]int{1, 2}
	var m Memory
	m.Add(habit(20, Copied))
	got, ok := m.Expect(versions, g, Here{})
	if !ok || got.Expected < 1 || got.Expected > 1.4 || len(got.Leans) != 1 || got.Leans[0].Outlet != "Mail" || got.Leans[0].From != "SNA" {
		t.Errorf("a copier: %+v, %v", got, ok)
	}
	var strangers Memory
	strangers.Add(habit(20, Differ))
	if got, ok := strangers.Expect(versions, g, Here{}); !ok || got.Expected < 1.95 {
		t.Errorf("a stranger: %+v, %v", got, ok)
	}
	var nothing Memory
	if _, ok := nothing.Expect(versions, g, Here{}); ok {
		t.Error("nothing is known, and something is expected")
	}
	// What is named counts as it is counted, copier or not.
	g.Walks[1].Voice, g.Walks[1].Once = news.NamedVoice, "body mayor"
	g.Independent = [2]int{1, 2}
	if got, _ := m.Expect(versions, g, Here{}); got.Expected != 2 {
		t.Errorf("a named speaker: %+v", got)
	}
}

// A story is no evidence on itself: with all of it taken out, what is expected
// is what the other stories tell.
func TestStoryIsNoEvidenceOnItself(t *testing.T) {
	here := habit(1, Same)
	var with, without Memory
	for _, m := range []*Memory{&with, &without} {
		m.Add(habit(6, Copied))
	}
	with.Add(here)
	with.settle()
	without.settle()
	without.model = with.model
	a, _ := with.weigh("mail", "sna", here.Meetings)
	b, _ := without.weigh("mail", "sna", nil)
	near(t, "unseen", a.unseen, b.unseen)
}

// The answer is a function of the set: no order of pages, groups, links,
// tensions, overlaps or threads shows in it.
func TestOrderMeansNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type thread struct {
			versions []*news.Version
			r        news.Relations
		}
		outlets := []string{"SNA", "Mail", "The Post", "Post", "Courier", ""}
		times := []string{nine, ten, eleven, noon, ""}
		var threads []thread
		for n := range rapid.IntRange(1, 3).Draw(t, "threads") {
			var x thread
			for i := range rapid.IntRange(2, 7).Draw(t, "pages") {
				agency := ""
				if rapid.IntRange(0, 3).Draw(t, "credit") == 0 {
					agency = "SNA"
				}
				x.versions = append(x.versions, page(fmt.Sprintf("p%d-%d", n, i), rapid.SampledFrom(outlets).Draw(t, "outlet"), agency, rapid.SampledFrom(times).Draw(t, "time"), "one two three four five six seven eight nine", "ten"))
			}
			pick := func(what string) string { return rapid.SampledFrom(x.versions).Draw(t, what).Name }
			for i := range rapid.IntRange(1, 4).Draw(t, "groups") {
				var members []string
				for range rapid.IntRange(1, 5).Draw(t, "members") {
					members = append(members, pick("member")+rapid.SampledFrom([]string{":c1", ":c2"}).Draw(t, "claim"))
				}
				slices.Sort(members)
				g := group(fmt.Sprint("g", i), rapid.SampledFrom([]string{"", "g0", "g1", "g2"}).Draw(t, "later"), slices.Compact(members)...)
				g.Independent = [2]int{1, len(g.Members)}
				x.r.Groups = append(x.r.Groups, g)
			}
			for range rapid.IntRange(0, 3).Draw(t, "links") {
				x.r.Links = append(x.r.Links, news.Link{From: pick("from"), To: pick("to"), Relation: news.Copy, Directed: rapid.Bool().Draw(t, "directed")})
			}
			for range rapid.IntRange(0, 2).Draw(t, "tensions") {
				x.r.Tensions = append(x.r.Tensions, news.Tension{Kind: news.Number, A: news.Side{Group: "g0"}, B: news.Side{Group: "g1"}})
			}
			for range rapid.IntRange(0, 2).Draw(t, "overlaps") {
				s := text.Span{Start: 0, End: 44}
				x.r.Overlaps = append(x.r.Overlaps, news.Overlap{A: pick("a"), B: pick("b"), Passages: []news.Passage{{Kind: news.Prose, A: s, B: s}}})
			}
			threads = append(threads, x)
		}
		seed := rapid.Uint64().Draw(t, "order")
		answer := func(shuffled bool) any {
			r := rand.New(rand.NewPCG(seed, 1))
			mix := func(n int, swap func(i, j int)) {
				if shuffled {
					r.Shuffle(n, swap)
				}
			}
			list := slices.Clone(threads)
			mix(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			var m Memory
			priors := map[string]news.Prior{}
			for _, x := range list {
				v, g := slices.Clone(x.versions), slices.Clone(x.r.Groups)
				l, o, ts := slices.Clone(x.r.Links), slices.Clone(x.r.Overlaps), slices.Clone(x.r.Tensions)
				mix(len(v), func(i, j int) { v[i], v[j] = v[j], v[i] })
				mix(len(g), func(i, j int) { g[i], g[j] = g[j], g[i] })
				mix(len(l), func(i, j int) { l[i], l[j] = l[j], l[i] })
				mix(len(o), func(i, j int) { o[i], o[j] = o[j], o[i] })
				mix(len(ts), func(i, j int) { ts[i], ts[j] = ts[j], ts[i] })
				m.Add(Observe(v, news.Relations{Groups: g, Links: l, Overlaps: o, Tensions: ts}, Usual()))
			}
			for _, x := range threads {
				by := map[string]*news.Version{}
				for _, v := range x.versions {
					by[v.Name] = v
				}
				for _, g := range x.r.Groups {
					priors[x.versions[0].Name+g.ID], _ = m.Expect(by, g, NewHere(Observe(x.versions, x.r, Usual()), true))
				}
			}
			return []any{m.Pairs(), priors}
		}
		if a, b := answer(false), answer(true); !reflect.DeepEqual(a, b) {
			t.Fatalf("order shows:\n%+v\n%+v", a, b)
		}
	})
}
