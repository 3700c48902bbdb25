package quote_test

import (
	"testing"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
)

func TestSpeakers(t *testing.T) {
	check(t, "", []example{
		// pronouns
		{`Tamsin Oake arrived late. [She] {said} <the road was open>.`, "Tamsin Oake"},
		{`[Tamsin Oake] {said} <the road was open>. [She] {added} that <buses would run>.`, "Tamsin Oake; Tamsin Oake"},
		{`[The Transport Ministry] {said} <the road was open>. [It] {added} that <buses would run>.`, "Transport Ministry; Transport Ministry"},
		{`The town waits. [She] {said} <the road was open>.`, "unnamed person"},
		{`Tamsin Oake came home. A short time later [she] {tweeted}: <"The road is open.">`, "Tamsin Oake"},
		{`On Meet the Coast, [Tamsin Oake], head of the road board, {says} that <the road is open>.`, "Tamsin Oake"},
		{`Tamsin Oake came. The officials from Vellmar stayed until [she] {said} <the road was open>.`, "Tamsin Oake"},
		// titles, apposition and offices
		{`[A spokesman for the Transport Ministry], Lars Mendl, {said} <the road was open>.`, "Lars Mendl"},
		{`[Transport Minister Lars Mendl] {said} <the road was open>.`, "Lars Mendl"},
		{`[The ministry's spokeswoman] {said} <the road was open>.`, "ministry's spokeswoman"},
		{`Tamsin Oake fell ill. <She will rest until Friday>, [her office] {said}.`, "Tamsin Oake's office"},
		{`[Norland President Tamsin Oake 's office] {said} <the road was open>.`, "Norland President Tamsin Oake's office"},
		// by the office, before the name is told and after it
		{`[The mayor of Vellmar] {said} <the road was open>. [Tamsin Oake] {told} reporters that <buses would run>.`, "Tamsin Oake; Tamsin Oake"},
		{`[The mayor of Vellmar] {said} <the road was open>. [President Lars Mendl] {said} <buses would run>.`, "mayor of Vellmar; Lars Mendl"},
		{`[Lars Mendl] {said} <it rained>. [The mayor of Vellmar] {said} <the road was open>. [Lars Mendl] {said} <buses would run>.`, "Lars Mendl; mayor of Vellmar; Lars Mendl"},
		{`[Senator Tamsin Oake] {said} <the road was open>. <"Buses will run,"> [the Norland Democrat] {said}.`, "Tamsin Oake; Tamsin Oake"},
		{`[President Tamsin Oake] {said} <the road was open>. <"Buses will run,"> [the Norland Democrat] {said}.`, "Tamsin Oake; Norland Democrat"},
		{`[The home secretary] {said} <the road was open>. Home Secretary Tamsin Oake visited the town.`, "Tamsin Oake"},
		{`[Ambassador Lars Mendl] {said} <it rained>. [The diplomat] {added} that <the road was open>.`, "Lars Mendl; Lars Mendl"},
		{`<The road was open>, [the mayor of Vellmar] {said}. But Tamsin Oake did not rule out a closure.`, "Tamsin Oake"},
		{`<The road was open>, [the mayor of Vellmar] {said}. But Tamsin Oake had lost her house.`, "mayor of Vellmar"},
		// who spoke before does not go on when the text has turned to another
		{`[Tamsin Oake] {said} <the road was open>. // Lars Mendl answered at once. // "That is not what the council was told last week."`, "Tamsin Oake"},
		{`<"The road has never been worse!"> [Tamsin Oake] {tweeted} on Monday as she left for Vellmar.`, "Tamsin Oake"},
		{`Tamsin Oake came. [She] {added}, however, that <the road in Vellmar was closed>, [the Karsund Courier] {reported}.`, "Karsund Courier > Tamsin Oake"},
		{`<The road is open>, [Tamsin Oake] {told} a conference of mayors on Saturday.`, "Tamsin Oake"},
		// people without a name
		{`[Officials in Vellmar] {said} <the road was open>.`, "unnamed officials in Vellmar"},
		{`[Two officials familiar with the matter] {said} <the road was open>.`, "unnamed officials"},
		{`<The road was open>, [residents] {said}.`, "unnamed residents"},
		{`A clerk spoke to the Karsund Courier. [The Courier] {reported} that <the road was open>.`, "Karsund Courier"},
		// what speaks for its maker
		{`[A statement by the Transport Ministry] {said} <the road was open>.`, "Transport Ministry"},
	})
}

func TestVenueAndTime(t *testing.T) {
	for _, c := range []struct{ body, venue, when string }{
		{`"The road is open," Oake told reporters in Vellmar on Friday.`, "reporters in Vellmar", "2024-03-01"},
		{`Oake said in an interview on Saturday that the road was open.`, "an interview", "2024-03-02"},
		{`Oake said at a news conference that the road was open.`, "a news conference", ""},
		{`"The road is open," Oake said in a statement.`, "a statement", ""},
		{`Oake said the road to Karsund was open.`, "", ""},
	} {
		v := annotate(c.body)
		if len(v.Quotes.Items) != 1 {
			t.Errorf("%s: %d quotes", c.body, len(v.Quotes.Items))
			continue
		}
		q := v.Quotes.Items[0]
		if g := q.Venue.Of(v.Text); g != c.venue || q.When.Value != c.when {
			t.Errorf("%s: venue %q, when %q, want %q, %q", c.body, g, q.When.Value, c.venue, c.when)
		}
	}
}

func TestKinds(t *testing.T) {
	for body, want := range map[string]string{
		`"The road is open," Oake said.`:      "direct",
		`The road is "wide open," Oake said.`: "mixed",
		`Oake said the road was open.`:        "indirect",
	} {
		v := annotate(body)
		if len(v.Quotes.Items) != 1 || string(v.Quotes.Items[0].Kind) != want {
			t.Errorf("%s: want one %s quote, got %+v", body, want, v.Quotes.Items)
		}
	}
}

// A statement inside a quotation is the outer speaker's word that the inner
// one said so.
func TestNesting(t *testing.T) {
	v := annotate(`Oake said the wall was rotten, that the builder said it would hold, and that both were to blame for the flood.`)
	var inner, outer string
	for _, q := range v.Quotes.Items {
		if q.NestedIn != "" {
			inner = q.NestedIn
		} else {
			outer = q.ID
		}
	}
	if inner == "" || inner != outer {
		t.Errorf("quotes %+v", v.Quotes.Items)
	}
}

// A report may open with "she" for whom its headline names, if that is one.
func TestSpeakerOfTheHeadline(t *testing.T) {
	for headline, want := range map[string]string{
		"Road to Vellmar is open, Tamsin Oake says":        "Tamsin Oake",
		"Tamsin Oake tells Lars Mendl of road to Vellmar":  "unnamed person",
		"Road to Vellmar is open, mayor of the town warns": "unnamed person",
	} {
		v := pipeline.Annotate(news.Version{Name: "test", Given: news.Given{Outlet: "Harbor Post"}, Text: headline + "\n\nWhile she said the road was open, the buses stayed in Karsund.\n"})
		if n := len(v.Quotes.Items); n == 0 || v.Quotes.Items[n-1].SourceID != want {
			t.Errorf("%s: want the last quote of %s, got %+v", headline, want, v.Quotes.Items)
		}
	}
}
