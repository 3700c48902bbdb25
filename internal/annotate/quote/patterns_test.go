package quote_test

import (
	"testing"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
)

// Every rule by its name, with what it takes and what it must leave alone.

func TestTrailingSpeaker(t *testing.T) {
	check(t, "C, S said", []example{
		{`<"The bridge is closed,"> [Mayor Tamsin Oake] {said} on Friday.`, "Tamsin Oake"},
		{`<“The bridge is closed,”> [Mayor Tamsin Oake] {told} reporters in Vellmar.`, "Tamsin Oake"},
		{`<The bridge will stay closed until June>, [Oake] {said}.`, "Oake"},
		{`<The bridge will stay closed until June>, [Mayor Tamsin Oake] {told} reporters on Monday.`, "Tamsin Oake"},
		{`<“We will go on. We will not stop. We will rebuild every house,”> [Oake] {said}.`, "Oake"},
		{`<The bridge was "rotten to the core">, [the coast guard] {said}.`, "coast guard"},
		{`But <the bridge is closed>, [Oake] {added}.`, "Oake"},
		{`The sea wall was built in 1911, and the mayor said nothing.`, ""},
		{`The bridge is closed, Oake did not say why.`, ""},
		{`The mayor, Tamsin Oake, said she would resign.`, ""},
	})
}

func TestStatementCutByItsSpeaker(t *testing.T) {
	check(t, "", []example{
		{`<"The wall was rotten,"> [Kovalenko] {said}, <"and everybody knew it.">`, "Kovalenko; Kovalenko"},
		{`<“The wall was rotten,”> [Kovalenko] {said}. <“Everybody knew it and nobody wanted to pay for it.”>`, "Kovalenko; Kovalenko"},
		{`<"The wall was rotten,"> [Kovalenko] {said}, and left the hall.`, "Kovalenko"},
	})
	v := annotate(`"The wall was rotten," Kovalenko said, "and everybody knew it." He left. "Nobody ever wanted to pay for it."`)
	q := v.Quotes.Items
	if len(q) != 3 || q[1].ContinuationOf != q[0].ID || q[2].ContinuationOf != q[0].ID || q[0].ContinuationOf != "" {
		t.Errorf("continuations are not linked to the first part: %+v", q)
	}
	if q[1].Why.Rule != "C, S said, C" || q[2].Why.Rule != "quotation goes on" {
		t.Errorf("rules are %q and %q", q[1].Why.Rule, q[2].Why.Rule)
	}
}

func TestInvertedCue(t *testing.T) {
	check(t, "C, said S", []example{
		{`<"We lost the harbor,"> {said} [Idris Kovalenko], a fisherman from Port Sorrel.`, "Idris Kovalenko"},
		{`<The harbor was lost>, {said} [Idris Kovalenko], who heads the fishers' union.`, "Idris Kovalenko"},
		{`The crew sang, said their prayers and slept.`, ""},
	})
}

func TestAccording(t *testing.T) {
	check(t, "C, according to S", []example{
		{`<Two boats were missing>, {according to} [the coast guard].`, "coast guard"},
		{`<Two boats were missing>, {according to} [the coast guard] on Tuesday.`, "coast guard"},
		{`The boats sailed according to plan.`, ""},
		{`The boats were painted according to the rules of the league.`, ""},
	})
	check(t, "according to S, C", []example{
		{`{According to} [the coast guard], <two boats were missing>.`, "coast guard"},
		{`According to plan, the boats sailed.`, ""},
	})
}

func TestLeadingSpeaker(t *testing.T) {
	check(t, "S said that C", []example{
		{`[Kovalenko] {said} that <the storm had sunk two boats>.`, "Kovalenko"},
		{`[Kovalenko] {told} the Harbor Post that <he had seen the wave>.`, "Kovalenko"},
		{`[Oake] {said} in an interview on Sunday that <the harbor would open in May>.`, "Oake"},
		{`[The council] has {warned} that <the wall could fall>.`, "council"},
		{`Oake did not say that the wall was rotten.`, ""},
		{`The fact that Oake left said it all.`, ""},
		{`Oake wrote a letter that shook the council.`, ""},
		{`[Oake] {warned} residents that <the wall could fall>.`, "Oake"},
		{`[Oake] {said} on Radio Karsund's "This Morning" that <the wall could fall>.`, "Oake"},
		{`[The operator of a dam] that burst in Karsund {denied} on Wednesday that <it had ignored warnings>.`, "operator of a dam"},
	})
	check(t, "S said C", []example{
		{`[Oake] {said} <the harbor would open in May>.`, "Oake"},
		{`[The mayor], Tamsin Oake, {said} <she would resign>.`, "Tamsin Oake"},
		{`The wall held, but [engineers] {said} <it would not last>.`, "unnamed engineers"},
		{`[Oake] {said} <the harbor would open> but didn't name a day.`, "Oake"},
		{`[Oake] {said} <inspectors visited the wall and found cracks>.`, "Oake"},
		{`Oake did not say whether the harbor would open.`, ""},
		{`Oake declined to comment.`, ""},
	})
	check(t, `S said: "C"`, []example{
		{`[Oake] {said}: <"Nobody will be left behind.">`, "Oake"},
		{`[Kovalenko] {added}, <"The wall was rotten.">`, "Kovalenko"},
		{`[A sign at the harbor] {read} <"Closed for the season until further notice">.`, "sign at the harbor"},
		{`The boat was called "Sea Star" by its owner.`, ""},
	})
}

func TestPromisesAndDemands(t *testing.T) {
	check(t, "S pledged to C", []example{
		{`[The ministry] {pledged} <to rebuild the wall by 2026>.`, "ministry"},
		{`[The ministry] {promised} on Monday <to rebuild the wall>.`, "ministry"},
		{`The ministry sent engineers to rebuild the wall.`, ""},
	})
	check(t, "S urged O to C", []example{
		{`[The union] {urged} <the government to pay the fishers>.`, "union"},
		{`[Oake] {called on} <residents to leave the lower town>.`, "Oake"},
		{`[Oake] {asked} <the army to send boats>.`, "Oake"},
		{`Oake drove the engineers to the harbor.`, ""},
	})
}

func TestNounFrames(t *testing.T) {
	check(t, "S announced N", []example{
		{`[Oake] {announced} <a ban on fishing in the bay>.`, "Oake"},
		{`[The ministry] {denied} <any role in the collapse>.`, "ministry"},
		{`The union visited the offer of the government.`, ""},
	})
	check(t, `S called it "W"`, []example{
		{`[Oake] {described} <the wall as "a disgrace to the town.">`, "Oake"},
		{`[Kovalenko] {called} <the mayor "a coward.">`, "Kovalenko"},
		{`Oake called her brother to the harbor.`, ""},
		{`The so-called "wall of tears" was built in 1911.`, ""},
	})
	check(t, "S expressed concern over C", []example{
		{`[Oake] {expressed concern} over <the state of the wall>.`, "Oake"},
		{`[The union] {voiced hope} that <the talks would go on>.`, "union"},
		{`The report raised concerns about the wall.`, ""},
		{`Oake raised the wall by two meters.`, ""},
	})
	check(t, "what S called C", []example{
		{`The town fell for what [Oake] {called} <a cheap trick>.`, "Oake"},
		{`The union condemned the cheap trick.`, ""},
	})
	check(t, "which S said C", []example{
		{`The storm, which [Oake] {said} <would return>, sank two boats.`, "Oake"},
		{`The storm, which returned, sank two boats.`, ""},
	})
}

func TestCallsAndClaims(t *testing.T) {
	check(t, "S called O N", []example{
		{`[Kovalenko] {called} <the wall a disgrace>.`, "Kovalenko"},
		{`[Kovalenko] {called} <her a liar>.`, "Kovalenko"},
		{`Kovalenko called the council on Monday.`, ""},
	})
	check(t, "S called for N", []example{
		{`[Oake] {called for} <an end to the strike>.`, "Oake"},
		{`The plan called for a wall.`, ""},
	})
	check(t, "S's claim that C", []example{
		{`The town laughed at [Oake]'s {claim} that <the wall would hold>.`, "Oake"},
		{`The claim that the wall would hold was false.`, ""},
	})
	check(t, "S was quoted as saying C", []example{
		{`[Oake] was {quoted as saying} that <the wall was safe>.`, "Oake"},
		{`<"The wall is safe,"> [Oake] was {quoted as saying} {by} [TASS].`, "TASS > Oake"},
		{`Oake was quoted often.`, ""},
	})
	check(t, "S said how C", []example{
		{`[Oake] {explained} <why the wall fell>.`, "Oake"},
		{`Oake built where the wall fell.`, ""},
	})
}

func TestAsidesOfTheSpeaker(t *testing.T) {
	check(t, "", []example{
		{`[Idris Lund], a former aide who moved to Karsund in 2011, {said} <the wall was rotten>.`, "Idris Lund"},
		{`<"The wall is rotten,"> [Idris Lund], a spokesman for the union, {told} the Gazette.`, "Idris Lund"},
		{`<"The wall is rotten,"> {said} [Ida Mendl], 61, of Karsund.`, "Ida Mendl"},
		{`[A lawyer for the fishers], Lars Mendl, {said} <no boat had been lost>.`, "Lars Mendl"},
		{`He met an engineer [who] {said} <the wall was rotten>.`, "unnamed engineer"},
		{`<The wall>, [Oake] {said}, <would hold for a hundred years>.`, "Oake; Oake"},
		{`[The union] {said} <the wall was rotten>, and [Oake] {said} <it was safe>.`, "union; Oake"},
		{`[Oake] is {warning} that <the wall could fall>.`, "Oake"},
		{`[Oake] went on to {say} that <the wall could fall>.`, "Oake"},
		{`[A court official] {said} on condition of anonymity that <the wall was rotten>.`, "unnamed court official"},
		{`<The wall fell>, [the Interior Ministry] {said} in a statement {carried by} [TASS].`, "TASS > Interior Ministry"},
	})
}

func TestHeadlines(t *testing.T) {
	v := pipeline.Annotate(news.Version{Name: "test", Text: "Mayor Tamsin Oake: Harbor will open in May\n\nVELLMAR, March 3, 2024 (Reuters) - The harbor is closed, Mayor Tamsin Oake said.\n"})
	if q := v.Quotes.Items; len(q) == 0 || q[0].Why.Rule != "S: C" || q[0].SourceID != "Tamsin Oake" {
		t.Errorf("quotes %+v", q)
	}
}

func TestInnerSources(t *testing.T) {
	check(t, "", []example{
		{`<The harbor will open in May>, [the Vellmar Gazette] {reported}, {citing} [two port officials].`, "Vellmar Gazette > unnamed port officials"},
		{`The Vellmar Gazette reported Tuesday, {citing} [a port official], that <two boats were missing>.`, "Vellmar Gazette > unnamed port official"},
		{`[The state news agency TASS] {reported} that [Oake] {said} <the harbor would open>.`, "TASS > Oake"},
		{`<The harbor will open in May>, [Oake] {said}, {according to} [TASS].`, "TASS > Oake"},
		{`[Oake] {said} [Kovalenko] had {told} her that <the wall was rotten>.`, "Oake > Kovalenko"},
		{`The Gazette closed its office, citing high costs.`, ""},
	})
}

func TestOnlyMarkedWordsInParagraphsOfTheirOwn(t *testing.T) {
	check(t, "", []example{
		{`[Kovalenko] {said} <the wall was rotten>. // <"Everybody knew it and nobody wanted to pay for it, not even the town.">`, "Kovalenko; Kovalenko"},
		{`The wall fell. // "Everybody knew it and nobody wanted to pay for it, not even the town."`, ""},
		{`[Kovalenko] {said} <the wall was rotten>. The film "The Wall" is old.`, "Kovalenko"},
		// a mark that opens each paragraph and closes in the last
		{`<“We will go on, whatever the sea may do to us.> // <“We will not stop,”> [Oake] {said}.`, "Oake; Oake"},
		{`<“We will go on,”> [Oake] {said}. <“The sea has taken enough from us.> // <“It will not take the town.”>`, "Oake; Oake; Oake"},
	})
}

func TestHedgesAreNoQuotes(t *testing.T) {
	check(t, "", []example{
		{`Reportedly, the wall was rotten.`, ""},
		{`The wall was reportedly rotten, triggering speculation about its builder.`, ""},
		{`It is believed that the wall was rotten amid growing concerns over the town.`, ""},
		{`The law says nothing.`, ""},
	})
}
