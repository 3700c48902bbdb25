package report

import (
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// A small invented world: a ferry sinks off Sorrel. Two pages of the agency
// Coast Press, a scraped copy of the first, and a warning two weeks before.

const (
	warningText = `Harbour office wants ferries at Sorrel inspected
SORREL, April 22 (CP) -- The harbour office called on Tuesday for an inspection of all ferries at Sorrel.
"Two of them are older than I am," harbour master Ida Brock said.
`
	firstText = `Ferry sinks off Sorrel, killing 3
SORREL, May 6 (CP) -- A ferry sank off Sorrel on Tuesday, killing three people, harbour master Ida Brock said.
"She went down in minutes," Brock told reporters.
The company denied that the ferry was overloaded.
`
	copyText = `Home > Bargains > Ferry sinks off Sorrel, killing 3
Ferry sinks off Sorrel, killing 3
Posted 2033-01-09
SORREL (CP) -- A ferry sank off Sorrel on Tuesday, killing three people, harbour master Ida Brock said.
"She went down in minutes," Brock told reporters.
Ten kettles under twenty crowns
`
	laterText = `Toll in Sorrel ferry sinking rises to 5
SORREL, May 7 (CP) -- A ferry sank off Sorrel on Tuesday, killing five people, the harbour office said, citing the coastguard.
"She went down in minutes," Brock told reporters.
A survivor said the ferry was overloaded.
`
)

// find is the place of the nth (from 0) occurrence of s.
func find(t testing.TB, src, s string, nth int) text.Span {
	t.Helper()
	at := 0
	for {
		i := strings.Index(src[at:], s)
		if i < 0 {
			t.Fatalf("%q (%d) is not in the text", s, nth)
		}
		if nth == 0 {
			return text.Span{Start: at + i, End: at + i + len(s)}
		}
		at, nth = at+i+len(s), nth-1
	}
}

func pageOf(t testing.TB, name, outlet, agency, date, src string, labels ...news.Label) *news.Version {
	v := &news.Version{Name: name, Text: src}
	v.Meta.Outlet.Value, v.Meta.Agency.Value, v.Meta.Published.Value = outlet, agency, date
	lines := bareLines(src)
	if len(lines) != len(labels) {
		t.Fatalf("%s: %d lines, %d labels", name, len(lines), len(labels))
	}
	for i := range lines {
		lines[i].Label = labels[i]
		if labels[i] == news.Headline {
			v.Meta.Headline = news.Sourced{Value: lines[i].Span.Of(src), Span: lines[i].Span}
		}
	}
	v.Lines.Items = lines
	return v
}

func world(t testing.TB) (news.Relations, []*news.Version) {
	claim := func(v *news.Version, id, words, proposition string, reported bool, chain ...string) {
		v.Claims.Items = append(v.Claims.Items, news.Claim{ID: id, Span: find(t, v.Text, words, 0), Proposition: proposition, Reported: reported, Chain: chain})
	}
	quote := func(v *news.Version, words, source string, chain ...string) {
		v.Quotes.Items = append(v.Quotes.Items, news.Quote{
			ID: "q1", Kind: news.Direct, Content: find(t, v.Text, words, 0),
			Source: find(t, v.Text, source, strings.Count(v.Text, source)-1), SourceID: "Ida Brock", Chain: chain,
		})
	}
	const went = `"She went down in minutes,"`

	warning := pageOf(t, "0-warning", "Coast Press", "Coast Press", "2031-04-22", warningText, news.Headline, news.Body, news.Body)
	quote(warning, `"Two of them are older than I am,"`, "Ida Brock", "Coast Press", "Ida Brock")

	first := pageOf(t, "1-first", "Coast Press", "Coast Press", "2031-05-06", firstText, news.Headline, news.Body, news.Body, news.Body)
	first.Meta.Dateline = &news.Dateline{Place: "SORREL", Date: "2031-05-06", Span: find(t, firstText, "SORREL, May 6 (CP) --", 0)}
	quote(first, went, "Brock", "Coast Press", "Ida Brock")
	claim(first, "c1", "killing three people", "Three people were killed", true, "Coast Press", "Ida Brock")
	claim(first, "c2", "the ferry was overloaded", "The ferry was not overloaded", true, "Coast Press", "the company")
	first.Timexes.Items = []news.Timex{{Span: find(t, firstText, "Tuesday", 0), Type: "DATE", Value: "2031-05-06"}}
	first.Entities.Items = []news.Entity{{ID: "Ida Brock", Type: news.Person, Mentions: []news.Mention{{Span: find(t, firstText, "Ida Brock", 0)}}}}

	scraped := pageOf(t, "2-bargains_0a1b2c3d4e", "Daily Bargain", "Coast Press", "2031-05-06", copyText,
		news.Navigation, news.Headline, news.Timestamp, news.Body, news.Body, news.Related)
	quote(scraped, went, "Brock", "Daily Bargain", "Coast Press", "Ida Brock")
	claim(scraped, "c1", "killing three people", "Three people were killed", true, "Daily Bargain", "Coast Press", "Ida Brock")
	scraped.Meta.Dates = []news.DateCandidate{
		{From: "text", Value: "2033-01-09", Role: "page_stamp", Span: find(t, copyText, "2033-01-09", 0), Note: "it is no Tuesday, and the same text stood elsewhere on 2031-05-06"},
		{From: "text", Value: "2031-05-06", Role: "event"},
	}

	later := pageOf(t, "3-later", "Coast Press", "Coast Press", "2031-05-07", laterText, news.Headline, news.Body, news.Body, news.Body)
	quote(later, went, "Brock", "Coast Press", "Ida Brock")
	claim(later, "c1", "killing five people", "Five people were killed", true, "Coast Press", "harbour office", "coastguard")
	claim(later, "c2", "the ferry was overloaded", "The ferry was overloaded", true, "Coast Press", "an unnamed survivor")

	passage := func(a, b, words string) news.Passage {
		return news.Passage{A: find(t, a, words, 0), B: find(t, b, words, 0), Kind: news.Prose}
	}
	const same = "A ferry sank off Sorrel on Tuesday, killing three people"
	r := news.Relations{
		Links: []news.Link{
			{From: "1-first", To: "2-bargains_0a1b2c3d4e", Relation: news.Copy, Directed: true, Passages: []news.Passage{passage(firstText, copyText, same)}},
			{From: "1-first", To: "3-later", Relation: news.EarlierVersion, Directed: true, Passages: []news.Passage{passage(firstText, laterText, "A ferry sank off Sorrel on Tuesday")}},
			{External: "notice of the coastguard", To: "3-later", Relation: news.SharedPassage, Directed: true},
		},
		Stories: []news.Story{
			{ID: "S1", Title: "Harbour office wants ferries inspected", Documents: []string{"0-warning"}, From: "2031-04-22", To: "2031-04-22"},
			{ID: "S2", Title: "Ferry sinks off Sorrel", Documents: []string{"1-first", "2-bargains_0a1b2c3d4e", "3-later"}, From: "2031-05-06", To: "2031-05-07"},
		},
		Thread: []news.Step{
			{Thread: "T1", Order: 1, Story: "S1", Documents: []string{"0-warning"}, Date: "2031-04-22"},
			{Thread: "T1", Order: 2, Story: "S2", Documents: []string{"1-first", "2-bargains_0a1b2c3d4e"}, Date: "2031-05-06", Follows: []string{"0-warning"}},
			{Thread: "T1", Order: 3, Story: "S2", Documents: []string{"3-later"}, Date: "2031-05-07", Note: "the toll rises"},
		},
		Timeline: []news.Event{
			{Date: "2031-04-22", Title: "The harbour office calls for an inspection", Documents: []string{"0-warning"}, Origins: []string{"harbour office"}},
			{Date: "2031-05-06", Title: "A ferry sinks off Sorrel", Documents: []string{"1-first", "2-bargains_0a1b2c3d4e", "3-later"}, Origins: []string{"Ida Brock"}},
		},
		Groups: []news.Group{
			{
				ID: "g1", Proposition: "Three people were killed", Weight: 3,
				Members: []news.ClaimRef{{Doc: "1-first", Claim: "c1"}, {Doc: "2-bargains_0a1b2c3d4e", Claim: "c1"}},
				Outlets: []string{"Coast Press", "Daily Bargain"}, Origins: []string{"Ida Brock"}, Independent: [2]int{1, 1},
				Collapses: []news.Collapse{{Reason: "Daily Bargain's page is a copy of Coast Press's"}},
				Walks: []news.Walk{{
					Member: news.ClaimRef{Doc: "2-bargains_0a1b2c3d4e", Claim: "c1"},
					Steps:  []string{"Daily Bargain", "Coast Press", "Ida Brock"}, Origin: "Ida Brock", Reason: "named in the sentence",
				}},
			},
			{
				ID: "g2", Proposition: "Five people were killed", Weight: 2, Members: []news.ClaimRef{{Doc: "3-later", Claim: "c1"}},
				Outlets: []string{"Coast Press"}, Origins: []string{"coastguard"}, Independent: [2]int{1, 1},
			},
			{
				ID: "g3", Proposition: "The ferry was overloaded", Weight: 1, Members: []news.ClaimRef{{Doc: "3-later", Claim: "c2"}},
				Outlets: []string{"Coast Press"}, Origins: nil, Independent: [2]int{0, 1},
			},
			{
				ID: "g4", Proposition: "The ferry was not overloaded", Members: []news.ClaimRef{{Doc: "1-first", Claim: "c2"}},
				Outlets: []string{"Coast Press"}, Origins: []string{"the company"}, Independent: [2]int{1, 1},
			},
		},
		Tensions: []news.Tension{
			{ID: "t1", A: news.Side{Group: "g1"}, B: news.Side{Group: "g2"}, Kind: news.Number, Explain: "update: the toll rises from 3 to 5 in a day"},
			{ID: "t2", A: news.Side{Group: "g3"}, B: news.Side{Claim: news.ClaimRef{Doc: "1-first", Claim: "c2"}}, Kind: news.Denial, Explain: "the company denies what a survivor says"},
		},
	}
	return r, []*news.Version{later, scraped, first, warning}
}
