package corroborate_test

import (
	"testing"

	"github.com/tracewire/tracewire/internal/news"
)

// What is a tension and what only looks like one: two pages of one day.
func TestTensionOrNot(t *testing.T) {
	one := func(k news.TensionKind) []news.TensionKind { return []news.TensionKind{k} }
	tests := []struct {
		name string
		a, b string
		want []news.TensionKind
	}{
		// denials
		{
			"a denial that points back to the charge before it",
			"Fishermen accused the Norrin company of dumping oil in Brackwell harbour. Norrin denied the charge.",
			"Schools in Brackwell stayed closed for the day.",
			one(news.Denial),
		},
		{
			"a page tells that somebody has denied it",
			"Inspectors concluded that Rolf Adder bribed the harbour master of Brackwell.",
			"Rolf Adder has denied bribing the harbour master of Brackwell.",
			one(news.Denial),
		},
		{
			"it was not true that",
			"Two inspectors said the emergency exits of the cannery had been locked.",
			"The Labour Ministry said it was not true that the emergency exits of the cannery had been locked.",
			one(news.Denial),
		},
		{
			"rejected as false",
			"Two inspectors said the emergency exits of the cannery had been locked.",
			"The cannery rejected as false the report that its emergency exits had been locked.",
			one(news.Denial),
		},
		{
			"who refuses an offer disputes nothing",
			"The Norrin company offered to buy the ferry Aurelia for 4 million crowns.",
			"The owners rejected an offer of the Norrin company to buy the ferry Aurelia.",
			nil,
		},
		{
			"a motion that a court denies was no claim",
			"Lawyers of Rolf Adder asked for a new trial over the cannery fire.",
			"Judge Mira Holt denied a motion for a new trial over the cannery fire.",
			nil,
		},
		{
			"what somebody may deny is not denied yet",
			"Inspectors concluded that Rolf Adder bribed the harbour master of Brackwell.",
			"Rolf Adder may deny bribing the harbour master of Brackwell.",
			nil,
		},
		{
			"that officers of a state were charged is not what the state denies",
			"Prosecutors in Kessland charged 12 Vardian officers on Tuesday over an attack on the Brackwell election.",
			"Vardia denied that it attacked the Brackwell election.",
			nil,
		},
		{
			"not yet is no denial",
			"President Ilya Marn signed the harbour treaty with Kessland, the palace said.",
			"President Ilya Marn had not yet signed the harbour treaty with Kessland, a clerk said.",
			nil,
		},
		{
			"not the first is no denial",
			"The ferry Aurelia collided with a barge off Brackwell, the coast guard said.",
			"It was not the first time that the ferry Aurelia collided with a barge off Brackwell, a sailor said.",
			nil,
		},
		// numbers
		{
			"how old somebody is counts nobody",
			"The coast guard said Mira Holt, 36, was killed when the ferry Aurelia capsized off Brackwell.",
			"The Transport Ministry said two people were killed when the ferry Aurelia capsized off Brackwell.",
			nil,
		},
		{
			"two more are a part",
			"The coast guard said 12 people were killed when the ferry Aurelia capsized off Brackwell.",
			"The Transport Ministry said two more people were killed when the ferry Aurelia capsized off Brackwell.",
			nil,
		},
		{
			"the dead and the hurt are two numbers",
			"The coast guard said 12 people were killed when the ferry Aurelia capsized off Brackwell.",
			"The Transport Ministry said 31 people were injured when the ferry Aurelia capsized off Brackwell.",
			nil,
		},
		{
			"three sailors are some of five people",
			"The coast guard said five people were killed when the ferry Aurelia capsized off Brackwell.",
			"The Transport Ministry said three sailors were killed when the ferry Aurelia capsized off Brackwell.",
			nil,
		},
		{
			"one attack and a year of them",
			"The army said the attack on the Brackwell market killed 12 people.",
			"The Interior Ministry said attacks killed 31 people this year.",
			nil,
		},
		{
			"another place that the other page does not know",
			"The coast guard said 12 people were killed when a ferry capsized off Brackwell.",
			"The Transport Ministry said 31 people were killed when a ferry capsized off Sorlund.",
			nil,
		},
		{
			"where something happened is not how much",
			"The mayor said the storm destroyed five villages on the coast.",
			"The Interior Ministry said the storm destroyed houses in nine villages on the coast.",
			nil,
		},
		{
			"a price by two names",
			"The regulator said Norrin had offered 22 million crowns for the ferry line.",
			"The Finance Ministry said the offer for the ferry line was worth 26 million crowns.",
			one(news.Number),
		},
		// days
		{
			"another weekday",
			"President Ilya Marn signed the harbour treaty with Kessland on Monday.",
			"Diplomats said President Ilya Marn signed the long-awaited harbour treaty with Kessland on Tuesday.",
			one(news.DateT),
		},
		// contrasts
		{
			"one speaker who says two things contradicts nobody",
			"Ilya Marn said he had not thought of the harbour treaty. But Marn said he would raise the harbour treaty.",
			"Schools in Brackwell stayed closed for the day.",
			nil,
		},
		{
			"who is nobody is not set against another",
			"Ada Lind said the harbour treaty was a good one. But you asked whether the harbour treaty was a good one.",
			"Schools in Brackwell stayed closed for the day.",
			nil,
		},
		{
			"two who are set against each other",
			"The relief agency said it had brought tents to all villages of the valley. But residents said tents for the villages of the valley were slow to come.",
			"Schools in Brackwell stayed closed for the day.",
			one(news.Doubt),
		},
		// quantifiers
		{
			"nothing that is an object is no denial of all",
			"Officially, Vardia admits nothing about bribing voters in the Brackwell election.",
			"Deputy Leon Karst said every country bribes voters in the election of others.",
			nil,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wantTensions(t, tt.a, tt.b, tt.want)
		})
	}
}
