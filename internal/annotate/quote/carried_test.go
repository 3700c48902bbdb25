package quote_test

import (
	"strings"
	"testing"
)

// chains checks who said what through whom, and the content; the sources in
// the text are of no account here. Examples are "<content>" and the speakers.
func chains(t *testing.T, examples []example) {
	t.Helper()
	for _, e := range examples {
		body := unmark.Replace(e.marked)
		v := annotate(body)
		var got, speakers []string
		for _, q := range v.Quotes.Items {
			got = append(got, "<"+q.Content.Of(v.Text)+">")
			speakers = append(speakers, strings.Join(q.Chain[2:], " > "))
		}
		var want []string
		for _, part := range strings.Split(e.marked, "<")[1:] {
			content, _, _ := strings.Cut(part, ">")
			want = append(want, "<"+content+">")
		}
		if strings.Join(got, " ") != strings.Join(want, " ") || strings.Join(speakers, "; ") != e.speakers {
			t.Errorf("%s\n got %s by %s\nwant %s by %s\n(%s)", body, strings.Join(got, " "), strings.Join(speakers, "; "), strings.Join(want, " "), e.speakers, strings.Join(rules(v), ", "))
		}
	}
}

// What one medium lets somebody say: the medium stands before the speaker.
func TestQuotedByAMedium(t *testing.T) {
	chains(t, []example{
		{`TASS quoted Oake as saying <the wall was safe>.`, "TASS > Oake"},
		{`News agency TASS quoted Mayor Tamsin Oake as saying that <19 people had drowned>.`, "TASS > Tamsin Oake"},
		{`The Vellmar Gazette quoted Oake on Tuesday as saying that <the wall was safe>.`, "Vellmar Gazette > Oake"},
		{`State television cited a port official as saying <two boats were missing>.`, "State television > unnamed port official"},
		{`Oake was quoted by TASS as saying <the wall was safe>.`, "TASS > Oake"},
		{`Oake was cited by the Vellmar Gazette on Monday as saying that <the wall was safe>.`, "Vellmar Gazette > Oake"},
		{`Oake was reported by TASS to have said that <the wall was safe>.`, "TASS > Oake"},
		{`<"The wall is safe,"> Oake was quoted by TASS as saying.`, "TASS > Oake"},
		{`<"The wall is safe,"> TASS quoted Oake as saying.`, "TASS > Oake"},
		{`<"The wall is safe,"> the Vellmar Gazette quoted Oake as telling parliament.`, "Vellmar Gazette > Oake"},
		{`<The wall was safe>, TASS quoted Oake as saying.`, "TASS > Oake"},
		{`TASS quoted Oake: <"The wall is safe.">`, "TASS > Oake"},
		{`Oake, quoted by TASS, said <the wall was safe>.`, "TASS > Oake"},
		{`<"The wall is safe,"> said Oake, quoted by TASS.`, "TASS > Oake"},
		{`<The wall was safe>, Oake added, as quoted by TASS.`, "TASS > Oake"},
		{`Oake told TASS, according to the Vellmar Gazette, that <the wall was safe>.`, "Vellmar Gazette > Oake"},
		{`The ministry said, according to TASS, that <the wall was safe>.`, "TASS > ministry"},
		{`TASS quoted prices from the fish market.`, ""},
		{`The Gazette cited Oake for bravery.`, ""},
		{`Oake was quoted often.`, ""},
		{`The painter was cited as an example by the school.`, ""},
	})
}

// Whom the speaker rests on: the cited one stands behind him.
func TestCitedSources(t *testing.T) {
	chains(t, []example{
		{`<The wall was safe>, TASS said, citing Oake.`, "TASS > Oake"},
		{`<Two boats were missing>, TASS reported on Monday, quoting the coast guard.`, "TASS > coast guard"},
		{`The Gazette, which cited Oake, reported that <the wall was safe>.`, "Gazette > Oake"},
		{`The Gazette, citing two people familiar with the matter, said <the wall would be sold>.`, "Gazette > unnamed people familiar with the matter"},
		{`Citing a source close to the government, the Vellmar Gazette reported on Monday that <the wall would be sold>.`, "Vellmar Gazette > unnamed source"},
		{`<The wall was safe>, according to TASS, which cited Oake.`, "TASS > Oake"},
		{`According to the Vellmar Gazette, which cited two officials, <the wall was safe>.`, "Vellmar Gazette > unnamed officials"},
		{`TASS, in a report citing Oake, said <the wall was safe>.`, "TASS > Oake"},
		{`The council, citing high costs, said <the wall would stay>.`, "council"},
		{`<The wall would be sold>, TASS wrote, without citing a source.`, "TASS"},
	})
}

// Remarks that somebody published.
func TestCarriedRemarks(t *testing.T) {
	chains(t, []example{
		{`In comments carried by TASS, Oake said <the wall was safe>.`, "TASS > Oake"},
		{`In remarks published by the Vellmar Gazette on Monday, Oake said <the wall was safe>.`, "Vellmar Gazette > Oake"},
		{`Oake said in an interview with the Vellmar Gazette published on Tuesday that <the wall was safe>.`, "Vellmar Gazette > Oake"},
		{`In an interview with the Vellmar Gazette, Oake said <the wall was safe>.`, "Vellmar Gazette > Oake"},
		{`In an interview with the Harbor Post, Oake said <the wall was safe>.`, "Oake"}, // the page itself
		{`Oake said in an interview on Friday that <the wall was safe>.`, "Oake"},
		{`Oake said in comments carried by state media that <the wall was safe>.`, "state media > Oake"},
		{`Oake said in remarks broadcast on state television that <the wall was safe>.`, "state television > Oake"},
		{`Oake said in a message posted on Telegram that <the wall was safe>.`, "Oake"},
		{`<The wall was safe>, Oake told the Gazette, TASS reported.`, "TASS > Oake"},
		{`In the winter, Oake said <the wall was safe>.`, "Oake"},
	})
}

func TestReportedAndTold(t *testing.T) {
	chains(t, []example{
		{`As the Vellmar Gazette reported on Monday, <the wall would be sold>.`, "Vellmar Gazette"},
		{`<The wall would be sold>, as the Vellmar Gazette first reported.`, "Vellmar Gazette"},
		{`<The wall would be sold>, as reported by the Vellmar Gazette.`, "Vellmar Gazette"},
		{`The wall fell, as it did in 1911.`, ""},
		{`<The wall was safe>, a person briefed on the inquiry told the Gazette.`, "unnamed person"},
		{`<The wall was safe>, a senior official who asked not to be named told the Gazette.`, "unnamed senior official"},
		{`<The wall would be sold>, said a person who has seen the plan.`, "unnamed person"},
		{`Reuters was told by two officials that <the wall would be sold>.`, "unnamed officials"}, // the agency of the page itself
		{`The ministry issued a statement saying that <the wall was safe>.`, "ministry"},
		{`The Harbor Post has seen a memo that says <the wall was rotten>.`, "memo"},
		{`The ministry put <the number of dead at 19>.`, "ministry"},
		{`The men put the boats at the wall.`, ""},
	})
}

// A number may open the clause.
func TestQuantitiesAfterTheCue(t *testing.T) {
	chains(t, []example{
		{`The council said <at least 23 boats were lost>.`, "council"},
		{`The council said <up to 23 boats were lost>.`, "council"},
		{`The Vellmar Ledger said <about a third of the boats were lost>.`, "Vellmar Ledger"},
		{`Oake said nothing about a third wall.`, ""},
	})
}

// A question ends its sentence before the one who asks is named.
func TestQuestionsAcrossSentences(t *testing.T) {
	chains(t, []example{
		{`<"Will he go?"> Lindqvist asked.`, "Lindqvist"},
		{`<"Why did the wall fall? Who paid?"> Oake asked on Twitter.`, "Oake"},
		{`<"The wall was rotten."> Lund told this newspaper.`, "Lund"},
		{`"The wall was rotten." Oake left the hall.`, ""},
		// the answer is not by the one who asked
		{`<"Will it hold?"> asked Idris Lund. // "It will hold until the spring at least."`, "Idris Lund"},
		{`<"The wall is new,"> said Ada Oake. // <"Will it hold?"> asked Idris Lund. // <"It will hold until the spring at least.">`, "Ada Oake; Idris Lund; Ada Oake"},
		{`A reporter asked Ada Lind, <“Will it hold?”> // <“The wall is rotten,”> she replied.`, "unnamed reporter; Ada Lind"},
	})
}

// What was asked or only imagined was not said.
func TestOpeningClauses(t *testing.T) {
	chains(t, []example{
		{`When asked on Friday whether she would tell Lund to stay out of the vote, Oake said <"Yes">.`, "Oake"},
		{`Asked what she thought when people see the town as rotten, Lund said, <"That is untrue.">`, "Lund"},
		{`If Oake maintains her lead, she'll become mayor of the town.`, ""},
		{`Although officials warned <the wall could fall>, Oake did nothing.`, "unnamed officials"},
	})
}

func TestHearersWithAProgramme(t *testing.T) {
	chains(t, []example{
		{`Oake told "Vellmar Today" anchor Ada Lind <he would rebuild the wall>.`, "Oake"},
		{`Oake told "Vellmar Today" co-host Ada Lind, <"Because the wall was rotten.">`, "Oake"},
		{`Oake told "Vellmar Today" that <the wall was rotten>.`, "Oake"},
		{`Oake told Radio Sarland's "This Morning" presenter Ada Lind that <the wall was rotten>.`, "Oake"},
		{`Oake told reporters <"the wall is rotten">.`, "Oake"},
	})
}

// One speaker for what is joined, and no subject out of a quotation's tail.
func TestJoinedCues(t *testing.T) {
	chains(t, []example{
		{`Oake said <she had not thought about charges related to the storm> but said that <she would>.`, "Oake; Oake"},
		{`Lund said <the mayor pays because Oake puts the union first>, but said <the only way is to pay>.`, "Lund; Lund"},
		{`Oake said <she finds such meetings useful>, adding <"having a meeting was a good thing.">`, "Oake; Oake"},
		{`The mayor's lament that the storm is "changing the town" of Vellmar echoed fears.`, ""},
		{`Idris Lund, who heads the inspection, said <reporters need to push back if the council tries to sell the wall>.`, "Idris Lund"},
		{`Idris Lund, who served as an adviser, said <the council's willingness to pay shouldn't be a mistake>.`, "Idris Lund"},
		{`This is something analysts say <the town has turned into a fine art>.`, "unnamed analysts"},
		{`Oake, who says <she wants to "get on" with the union>, sold the wall.`, "Oake"},
		{`The union condemned <the mayor's speech> and left the hall.`, "union"},
	})
}

func TestWhomTheSentencesAreAbout(t *testing.T) {
	chains(t, []example{
		{`It is about Idris Lund, who has denied that <the wall was rotten>. // Transport Minister Lars Mendl, speaking to reporters on Sunday, pushed back. // <"I am confident that the wall will hold,"> he told reporters.`, "Idris Lund; Lars Mendl"},
		{`Lars Mendl said <the wall was rotten>. // While Idris Lund will not come, he was asked for a message. // <"My message would be: pay,"> he said.`, "Lars Mendl; Idris Lund"},
		{`Peter Lund had to improvise. // He always starts with the north wall. <"We could start anywhere,"> he said.`, "Peter Lund"},
		{`Lars Mendl said <the wall was rotten>. The union laughed at Idris Lund's plan. He added that <it would fall>.`, "Lars Mendl; Lars Mendl"},
		{`Prime Minister Lars Mendl came on Monday. // The prime minister said <the wall was rotten>.`, "Lars Mendl"},
		{`The port's sales director, Ada Lind, said: <"The wall was rotten.">`, "Ada Lind"},
		{`<The wall was rotten>, says journalist and translator Ada Lind, author of a novel.`, "Ada Lind"},
		{`<"The wall was rotten,"> said one official from the port.`, "unnamed official from the port"},
	})
}
