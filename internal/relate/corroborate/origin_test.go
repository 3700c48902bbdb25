package corroborate_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate/corroborate"
	"github.com/tracewire/tracewire/internal/relate/lineage"
	"github.com/tracewire/tracewire/internal/relate/reuse"
)

// allOf counts the origins of every claim of the pages with these words, as
// one group: what grouping makes of them is tested elsewhere.
func allOf(versions []*news.Version, words string) news.Group {
	overlaps := reuse.CompareAll(versions)
	var refs []news.ClaimRef
	for _, v := range versions {
		for _, c := range v.Claims.Items {
			if strings.Contains(c.Span.Of(v.Text), words) {
				refs = append(refs, news.ClaimRef{Doc: v.Name, Claim: c.ID})
			}
		}
	}
	return corroborate.Of(versions, overlaps, lineage.Fold(versions, overlaps), refs)
}

// Who counts once, and who does not. Each case is two pages of two newsrooms
// that tell one thing about locked gates in words of their own.
func TestWhoCountsOnce(t *testing.T) {
	tests := []struct {
		name string
		a, b string
		want [2]int
		why  string // in a collapse, "" if there is none to be
	}{
		{
			"a body and its spokesman",
			"The Harbour Board said the gates were locked during the night.",
			"Anton Hestad, a spokesman for the Harbour Board, told reporters that nobody could pass because the gates were locked.",
			[2]int{1, 1},
			"count once: Harbour Board",
		},
		{
			"a body and its head",
			"The Harbour Board said the gates were locked during the night.",
			"Harbour Board chairwoman Lene Drang said nobody could pass because the gates were locked.",
			[2]int{1, 1},
			"count once: Harbour Board",
		},
		{
			"an office and its holder, whom the page names, too",
			"Governor Lene Drang said nobody could pass because the gates were locked.",
			"Lene Drang came to the quay. The governor said the gates were locked during the night.",
			[2]int{1, 1},
			"",
		},
		{
			"both leaders, and one of them",
			"President Lene Drang said the gates were locked during the night.",
			"Lene Drang met Prime Minister Anton Hestad. The leaders said the gates were locked.",
			[2]int{1, 1},
			"",
		},
		{
			"some of a party, who may be the one named",
			"Senator Lene Drang said the gates were locked during the night.",
			"Top Democrats in the Senate said nobody could pass because the gates were locked.",
			[2]int{1, 2},
			"",
		},
		{
			"what somebody said, in the second half of a sentence",
			"Lene Drang said the gates were closed on orders of the board.",
			"Lene Drang came to the quay on Monday and blamed the Harbour Board for the closed gates.",
			[2]int{1, 1},
			"",
		},
		{
			"an office, and somebody who held it once",
			"Former governor Lene Drang said nobody could pass because the gates were locked.",
			"Lene Drang came to the quay. The vice governor said the gates were locked during the night.",
			[2]int{1, 2},
			"",
		},
		{
			"a former head speaks for himself",
			"The Harbour Board said the gates were locked during the night.",
			"Former Harbour Board chairman Ivo Drang said nobody could pass because the gates were locked.",
			[2]int{2, 2},
			"",
		},
		{
			"a minister and the ministry",
			"The Labour Ministry said the gates were locked during the night.",
			"Labour Minister Petra Varga said nobody could pass because the gates were locked.",
			[2]int{1, 1},
			"count once: Labour Ministry",
		},
		{
			"another ministry",
			"The Labour Ministry said the gates were locked during the night.",
			"Transport Minister Petra Varga said nobody could pass because the gates were locked.",
			[2]int{2, 2},
			"",
		},
		{
			"the head of the only union",
			"The Dockers' Union said the gates were locked during the night.",
			"Union president Aldo Quill said nobody could pass because the gates were locked.",
			[2]int{1, 1},
			"count once: Dockers' Union",
		},
		{
			"media of one state",
			"The gates were locked during the night, state news agency HANA reported.",
			"State television said nobody could pass because the gates were locked.",
			[2]int{1, 1},
			"count once: state media",
		},
		{
			"one person under two printings",
			"Donal J. Ostrow said the gates were locked during the night.",
			"Donal Ostrow said nobody could pass because the gates were locked.",
			[2]int{1, 1},
			"",
		},
		{
			"two who share a surname",
			"Donal Ostrow said the gates were locked during the night.",
			"Vera Ostrow said nobody could pass because the gates were locked.",
			[2]int{2, 2},
			"",
		},
		{
			"the named and the unnamed",
			"The Harbour Board said the gates were locked during the night.",
			"Two people familiar with the matter said nobody could pass because the gates were locked.",
			[2]int{1, 2},
			"",
		},
		{
			"the unnamed of another newsroom, by way of it",
			"Two diplomats said the gates were locked during the night.",
			"Nobody could pass because the gates were locked, the Northern Post reported, citing two diplomats.",
			[2]int{1, 1},
			"",
		},
		{
			"the unnamed of two newsrooms",
			"Two diplomats said the gates were locked during the night.",
			"Two diplomats told the Courier that nobody could pass because the gates were locked.",
			[2]int{1, 2},
			"",
		},
		{
			"one cites the other, which names a body",
			"The Harbour Board said the gates were locked during the night.",
			"Nobody could pass because the gates were locked, the Northern Post reported.",
			[2]int{1, 1},
			"",
		},
		{
			"each cites the other",
			"The gates were locked during the night, the Brackwell Courier reported.",
			"Nobody could pass because the gates were locked, according to the Northern Post.",
			[2]int{0, 1},
			"",
		},
		{
			"nobody's reports",
			"Media reports said the gates were locked during the night.",
			"Nobody could pass because the gates were locked, according to local media reports.",
			[2]int{0, 1},
			"",
		},
		{
			"nobody's reports add nothing to a body",
			"The Harbour Board said the gates were locked during the night.",
			"Nobody could pass because the gates were locked, according to local media reports.",
			[2]int{1, 1},
			"",
		},
		{
			"what one confirms in the words of the other",
			"The Harbour Board said the gates on the western quay were locked from the outside during the whole night.",
			"The Brackwell Courier has confirmed that the gates on the western quay were locked from the outside during the whole night.",
			[2]int{1, 1},
			"in the words of",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			vs := read(
				page{"The Northern Post", "BRACKWELL, March 13, 2024 -- Workers at the harbour went home. " + tt.a + filler},
				page{"Brackwell Courier", "BRACKWELL, March 13, 2024 -- A shift ended early at the quays of the town. " + tt.b + "\n"},
			)
			g := allOf(vs, "gates")
			if len(g.Members) < 2 {
				t.Fatalf("only %d claims were found", len(g.Members))
			}
			if g.Independent != tt.want {
				t.Errorf("%v, want %v; origins %q, walks %v", g.Independent, tt.want, g.Origins, g.Walks)
			}
			at := slices.IndexFunc(g.Collapses, func(c news.Collapse) bool { return strings.Contains(c.Reason, tt.why) })
			if tt.why != "" && at < 0 {
				t.Errorf("no collapse says %q: %v", tt.why, g.Collapses)
			}
			if tt.why != "" && at >= 0 && len(g.Collapses[at].Evidence) == 0 {
				t.Errorf("no passage shows that they count once: %v", g.Collapses[at])
			}
			circle := tt.name == "each cites the other"
			if g.Circular != circle {
				t.Errorf("circular: %v, want %v", g.Circular, circle)
			}
		})
	}
}

// What stands on a page that lists the headlines of others is of no known origin,
// unless another page has its words.
func TestHeadlinesOfOthers(t *testing.T) {
	text := "BRACKWELL, March 13, 2024 -- Workers at the harbour went home. The gates were locked from the outside during the night." + filler
	list := "Harbour\n\nNobody could pass the quay because all the gates had been shut.\n\n2 hours ago\n"
	g := allOf(read(page{"The Northern Post", text}, page{"Google News", list}), "gates")
	if g.Independent != [2]int{1, 1} || g.Unknown != 1 {
		t.Errorf("%v origins and %d unknown, want 1 and 1; %v", g.Independent, g.Unknown, g.Walks)
	}
	g = allOf(read(page{"Brackwell Courier", list}, page{"The Northern Post", text}), "gates")
	if g.Independent != [2]int{1, 2} || g.Unknown != 0 {
		t.Errorf("%v origins and %d unknown, want 1 to 2 and none; %v", g.Independent, g.Unknown, g.Walks)
	}
}

// A toll that grows: who is behind the later count decides whether it is an
// update or a contradiction.
func TestUpdateOrContradiction(t *testing.T) {
	tests := []struct {
		name    string
		a, b    string
		at      [2]string // times of publication
		update  bool
		tension bool
	}{
		{
			"one body, later",
			"The Coast Guard said 12 people were killed when the ferry Aurelia capsized off Brackwell.",
			"The Coast Guard said 15 people were killed when the ferry Aurelia capsized off Brackwell.",
			[2]string{"2024-03-13T08:00:00Z", "2024-03-13T14:00:00Z"},
			true, false,
		},
		{
			"two bodies on one day",
			"The Coast Guard said 12 people were killed when the ferry Aurelia capsized off Brackwell.",
			"The Seafarers' Union said 15 people were killed when the ferry Aurelia capsized off Brackwell.",
			[2]string{"2024-03-13T08:00:00Z", "2024-03-13T14:00:00Z"},
			false, true,
		},
		{
			"two bodies, a day later",
			"The Coast Guard said 12 people were killed when the ferry Aurelia capsized off Brackwell.",
			"The Interior Ministry said 15 people were killed when the ferry Aurelia capsized off Brackwell.",
			[2]string{"2024-03-13T08:00:00Z", "2024-03-14T14:00:00Z"},
			true, false,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			vs := read(page{"The Northern Post", "Ferry capsizes\n\n" + tt.a + filler}, page{"Brackwell Courier", "Aurelia disaster\n\n" + tt.b + "\n"})
			for i, v := range vs {
				v.Meta.Published.Value = tt.at[i][:10]
				v.Given.Dates = []news.GivenDate{{From: "json-ld", Role: "published", Value: tt.at[i]}}
			}
			groups, pulls := fold(vs)
			a, b := groupWith(t, vs, groups, "a", "12 people"), groupWith(t, vs, groups, "b", "15 people")
			if got := a.SupersededBy == b.ID; got != tt.update {
				t.Errorf("superseded: %v, want %v", got, tt.update)
			}
			tension := slices.ContainsFunc(pulls, func(x news.Tension) bool { return x.Kind == news.Number })
			if tension != tt.tension {
				t.Errorf("contradiction: %v, want %v: %v", tension, tt.tension, pulls)
			}
		})
	}
}

// The history of a claim is in order of time, and counts as the pages came.
func TestHistory(t *testing.T) {
	vs := read(
		page{"The Northern Post", "BRACKWELL, March 13, 2024 -- The Harbour Board said the gates were locked during the night." + filler},
		page{"Brackwell Courier", "BRACKWELL, March 13, 2024 -- The Dockers' Union said nobody could pass because the gates were locked.\n"},
		page{"Radio Brackwell", "BRACKWELL, March 13, 2024 -- The Harbour Board said that all the gates were locked.\n"},
	)
	first := time.Date(2024, 3, 13, 8, 0, 0, 0, time.UTC)
	for i, n := range []int{5, 0, 2} { // hours after the first
		at := first.Add(time.Duration(n) * time.Hour)
		vs[i].Meta.Published.Value = at.Format("2006-01-02")
		vs[i].Given.Dates = []news.GivenDate{{From: "json-ld", Role: "published", Value: at.Format(time.RFC3339)}}
	}
	g := allOf(vs, "gates")
	var got []string
	for _, h := range g.History {
		got = append(got, h.Time+" "+strings.Join(h.Outlets, ",")+" < "+strings.Join(h.Origins, ","))
	}
	want := []string{
		"2024-03-13T08:00Z Brackwell Courier < Dockers' Union",
		"2024-03-13T10:00Z Radio Brackwell < Harbour Board",
		"2024-03-13T13:00Z The Northern Post < ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("history:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if n := g.History[len(g.History)-1].Independent; n != g.Independent {
		t.Errorf("the history ends with %v origins, the group has %v", n, g.Independent)
	}
}

// Two reports of one agency on as many pages each give one reason for two
// collapses: which of them is told must not be chance.
func TestOneReasonOfTwoReports(t *testing.T) {
	first := "BRACKWELL, March 13, 2024 (NPA) -- The Harbour Board said the gates were locked during the night.\n\nDivers went down at first light and came up with nothing but a lamp and two lengths of chain, which lay on the quay all day."
	second := "BRACKWELL, March 14, 2024 (NPA) -- Schools stayed closed for a second day while the pumps ran, and buses were sent round by the hill road.\n\nThe Harbour Board said the gates were locked during the night."
	var pages []page
	for i := range 10 {
		p := page{"Paper " + string(rune('A'+i)), first}
		if i%2 == 1 {
			p.text = second
		}
		pages = append(pages, p)
	}
	want := ""
	for range 20 {
		got := ""
		for _, c := range allOf(read(pages...), "gates were locked").Collapses {
			got += c.Reason + " " + c.Evidence[0].Doc + "\n"
		}
		if want == "" {
			want = got
		}
		if got != want || !strings.Contains(got, "5 pages hold one report of NPA a") {
			t.Fatalf("%s\nand then\n%s", want, got)
		}
	}
}
