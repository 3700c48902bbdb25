package quote_test

import (
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
)

// annotate reads body as the paragraphs of an agency's story, on the page of
// the invented "Harbor Post", and returns its version with all layers.
func annotate(body string) news.Version {
	return pipeline.Annotate(news.Version{
		Name: "test", Given: news.Given{Outlet: "Harbor Post"},
		Text: "Vellmar council meets after storm\n\nVELLMAR, March 3, 2024 (Reuters) - The council of Vellmar met after the storm.\n\n" + body + "\n",
	})
}

// show writes a quote as the tests do: who, then what.
func show(v news.Version, q news.Quote) string {
	return q.SourceID + " | " + q.Content.Of(v.Text)
}

func TestDump(t *testing.T) {
	for line := range strings.SplitSeq(dump, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		v := annotate(strings.ReplaceAll(line, " // ", "\n\n"))
		t.Log("## " + line)
		for _, q := range v.Quotes.Items {
			x := string(q.Kind) + " [" + q.Why.Rule + "] " + show(v, q) + " {" + q.Source.Of(v.Text) + "/" + q.Cue.Of(v.Text) + "} chain " + strings.Join(q.Chain[1:], ">")
			if q.ContinuationOf != "" {
				x += " cont " + q.ContinuationOf
			}
			if q.NestedIn != "" {
				x += " in " + q.NestedIn
			}
			if !q.Venue.Empty() {
				x += " venue " + q.Venue.Of(v.Text)
			}
			if q.When.Value != "" {
				x += " when " + q.When.Value
			}
			for _, w := range q.Via {
				x += " via " + w.ID
			}
			t.Log("   " + q.ID + " " + x)
		}
	}
}

const dump = `
"The bridge is closed," Mayor Tamsin Oake said on Friday.
“The bridge is closed,” Mayor Tamsin Oake told reporters in Vellmar.
The bridge will stay closed until June, Oake said.
The bridge will stay closed until June, Mayor Tamsin Oake told reporters on Monday.
The mayor, Tamsin Oake, said she would resign.
The sea wall was built in 1911, and the mayor said nothing.
"We lost the harbor," said Idris Kovalenko, a fisherman from Port Sorrel.
The harbor was lost, said Idris Kovalenko, who heads the fishers' union.
The crew sang, said their prayers and slept.
According to the coast guard, two boats were missing.
Two boats were missing, according to the coast guard.
Two boats were missing, according to a statement by the Transport Ministry on Tuesday.
The boats sailed according to plan.
Kovalenko said that the storm had sunk two boats.
Kovalenko told the Harbor Post that he had seen the wave.
Oake said the harbor would open in May.
Oake said in an interview on Sunday that the harbor would open in May.
The council has warned that the wall could fall.
Oake did not say whether the harbor would open.
Oake declined to comment.
The ministry pledged to rebuild the wall by 2026.
The ministry promised on Monday to rebuild the wall.
The ministry sent engineers to rebuild the wall.
The union urged the government to pay the fishers.
Oake called on residents to leave the lower town.
Oake asked the army to send boats.
Oake called her brother to the harbor.
Oake said: "Nobody will be left behind."
Kovalenko added, "The wall was rotten."
Oake announced a ban on fishing in the bay.
The ministry denied any role in the collapse.
The union rejected the offer of the government.
Oake described the wall as "a disgrace to the town."
Kovalenko called the mayor "a coward."
The boat was called "Sea Star" by its owner.
Oake expressed concern over the state of the wall.
The report raised concerns about the wall.
The union voiced hope that the talks would go on.
The storm, which Oake said would return, sank two boats.
The union condemned what it called a cheap trick.
The harbor will open in May, the Vellmar Gazette reported, citing two unnamed officials.
The Vellmar Gazette reported Tuesday, citing a port official, that two boats were missing.
The Gazette closed the office, citing high costs.
"The wall was rotten," Kovalenko said, "and everybody knew it."
"The wall was rotten," Kovalenko said. "Everybody knew it and nobody wanted to pay for it."
Kovalenko said the wall was rotten. "Everybody knew it and nobody wanted to pay for it," he said.
Kovalenko said the wall was rotten. // "Everybody knew it and nobody wanted to pay for it, not even the council of the town."
Oake said Kovalenko had told her that the wall was rotten.
The state news agency TASS reported that Oake said the harbor would open.
The harbor will open in May, Oake said, according to Yonhap news agency.
"We will rebuild," Oake said in a statement carried by the Interfax news agency.
The so-called "wall of tears" was built in 1911.
A sign at the harbor read "Closed for the season until further notice".
“We will go on. We will not stop. We will rebuild every house,” Oake said.
“We will go on. // “We will not stop,” Oake said.
He will visit Port Sorrel on Friday, his office said.
Officials in Vellmar and Port Sorrel said the road was open.
Two officials familiar with the matter said the road was open.
Tamsin Oake arrived late. She said the road was open.
A spokesman for the Transport Ministry, Lars Mendl, said the road was open.
The ministry's spokeswoman said the road was open.
The wall held, but engineers said it would not last, and Oake urged patience.
Reportedly, the wall was rotten.
The wall was reportedly rotten.
It is believed the wall was rotten, triggering speculation about its builder.
The union's leader, who said the wall was rotten, resigned.
Kovalenko believes the wall was rotten.
As Kovalenko put it, the wall was rotten.
Kovalenko was quoted as saying that the wall was rotten.
Asked whether the wall was safe, Oake said nobody knew.
Claims that the wall was rotten were dismissed by Oake as "nonsense".
`
