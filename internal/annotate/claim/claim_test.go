package claim_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/annotate/claim"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
)

const head = "Vellmar council meets after storm\n\nVELLMAR, March 3, 2024 (Reuters) - A storm came to Vellmar on Friday.\n\n"

// annotate reads body as an agency's story on the page of the "Harbor Post".
func annotate(body string) news.Version {
	return pipeline.Annotate(news.Version{Name: "test", Given: news.Given{Outlet: "Harbor Post"}, Text: head + body + "\n"})
}

// claims are those of the body, without the ones of the head.
func claims(v news.Version) []news.Claim {
	var out []news.Claim
	for _, c := range v.Claims.Items {
		if c.Span.Start >= len(head) {
			out = append(out, c)
		}
	}
	return out
}

func propositions(v news.Version) string {
	var out []string
	for _, c := range claims(v) {
		out = append(out, c.Proposition)
	}
	return strings.Join(out, " / ")
}

func TestPropositions(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"one clause", `The ferry left Karsund at dawn.`, "The ferry left Karsund at dawn"},
		{"two clauses with subjects", `The ferry left Karsund and the crew sang songs.`, "The ferry left Karsund / The crew sang songs"},
		{"no cut between nouns", `The ferry and the tug left Karsund.`, "The ferry and the tug left Karsund"},
		{"subject of a second verb", `The flood damaged a bridge and forced 400 people from their homes.`, "The flood damaged a bridge / The flood forced 400 people from their homes"},
		{"modal of a second verb", `Oake said the firm must repair the gate and lower the water.`, "The firm must repair the gate / The firm must lower the water"},
		{"relative clause", `Divers found a barge that sank in 1944.`, "Divers found a barge / A barge sank in 1944"},
		{"relative clause inside", `The mayor, who left on Friday, returned to Vellmar.`, "The mayor left on Friday / The mayor returned to Vellmar"},
		{"light participle stays", `The dam gave way, flooding the town.`, "The dam gave way, flooding the town"},
		{"heavy participle", `The dam gave way, sending a wave of mud and timber through the lower streets of Karsund.`, "The dam gave way / The dam: sending a wave of mud and timber through the lower streets of Karsund"},
		{"participle of harm", `The dam gave way, killing at least seven people.`, "The dam gave way / At least seven people were killed"},
		{"pronoun of the speaker", `Tamsin Oake said she would resign on Monday.`, "Tamsin Oake would resign on Monday"},
		{"pronoun across sentences", `Tamsin Oake left Vellmar. She will visit Karsund.`, "Tamsin Oake left Vellmar / Tamsin Oake will visit Karsund"},
		{"it for a thing", `The ferry left Karsund. It carried 40 cars.`, "The ferry left Karsund / The ferry carried 40 cars"},
		{"it for nothing", `The ferry sank. It was not clear why the doors were open.`, "The ferry sank / It was not clear why the doors were open"},
		{"pronoun of an unnamed speaker", `Tamsin Oake left Vellmar. An engineer said he had warned the town.`, "Tamsin Oake left Vellmar / The engineer had warned the town"},
		{"contraction holds its subject", `"The wall fell and we've lost the boats," Oake said.`, "The wall fell / We've lost the boats"},
		{"adverb that leaves nothing out", `The wall fell. There is no hope for the town of Karsund.`, "The wall fell / There is no hope for the town of Karsund"},
		{"lone clause of concession", `Lund said the wall held, even as the boats sank off Karsund.`, "The wall held, even as the boats sank off Karsund"},
		{"what the speaker does besides", `Tamsin Oake has been critical of the ministry, saying its rules hurt Karsund.`, "Tamsin Oake has been critical of the ministry / The ministry's rules hurt Karsund"},
		{"pronoun after an adverbial", `Tamsin Oake left Vellmar. In May, she moved to Karsund.`, "Tamsin Oake left Vellmar / In May, Tamsin Oake moved to Karsund"},
		{"abbreviation at the end", `The ferry left at 3 a.m. The crew slept in Karsund.`, "The ferry left at 3 a.m. / The crew slept in Karsund"},
		{"whole quotation", `"The ferry is safe," Oake said.`, "The ferry is safe"},
		{"half a quotation", `The gate "did not open at all, and the crew swam ashore," Oake said.`, "The gate did not open at all / The crew swam ashore"},
		{"quoted words inside", `Oake said the gate was "rotten to the core" in May.`, `The gate was "rotten to the core" in May`},
		{"quoted words without a verb", `Tamsin Oake blamed "years of neglect and sheer greed in Vellmar" for the flood.`, `Tamsin Oake: "years of neglect and sheer greed in Vellmar" for the flood`},
		{"a denial says so", `Tamsin Oake denied that the gate was closed.`, "Tamsin Oake denied that the gate was closed"},
		{"that at the head of a sentence", `The ferry sank. That's the fate of every old boat in Karsund.`, "The ferry sank / That's the fate of every old boat in Karsund"},
		{"short form behind a name", `The ferry left Karsund. It's usually a quiet boat.`, "The ferry left Karsund / The ferry is usually a quiet boat"},
		{"object before its clause, with a name for it", `The council opened an inquiry that Tamsin Oake has repeatedly labeled a "farce" since March.`, `The council opened an inquiry / Tamsin Oake has repeatedly labeled an inquiry a "farce" since March`},
		{"object before its clause, with a pronoun", `Tamsin Oake opposes the inquiry, which she has labeled a "farce" since March.`, `Tamsin Oake opposes the inquiry / Tamsin Oake has labeled the inquiry a "farce" since March`},
		{"told a body that", `Tamsin Oake told Radio Karsund that she considered the gate a danger.`, "Tamsin Oake considered the gate a danger"},
		{"what is said of a noun stays", `The firm repeated the claim that Tamsin Oake closed the gate.`, "The firm repeated the claim that Tamsin Oake closed the gate"},
		{"aside behind a preposition", `Oake spoke to the Harbor Post about the meeting, which is expected to bring 40 mayors to Karsund.`, "Oake spoke to the Harbor Post about the meeting / The meeting is expected to bring 40 mayors to Karsund"},
		{"relative behind a preposition", `In a letter that arrived on Sunday in Karsund.`, "A letter arrived on Sunday in Karsund"},
		{"subject that is a whole clause", `For the mayor to demand a wall that will never hold is bad for Karsund.`, "For the mayor to demand a wall that will never hold is bad for Karsund"},
		{"aside before the main clause", `On the eve of her trip to Karsund, which has no mayor, Tamsin Oake left Vellmar.`, "On the eve of her trip to Karsund, which has no mayor, Tamsin Oake left Vellmar"},
		{"what it means", `The council meets with no notes, meaning nobody will know what was said in Karsund.`, "The council meets with no notes / Nobody will know what was said in Karsund"},
		{"names under one preposition", `The first train from Vellmar and Karsund to Oslo was late in May.`, "The first train from Vellmar and Karsund to Oslo was late in May"},
		{"names that act", `The mayor left Karsund and Oake stayed in Vellmar.`, "The mayor left Karsund / Oake stayed in Vellmar"},
		{"adverb before a contraction", `"The gate of Karsund is old and hopefully we'll have a new gate in Karsund," Oake said.`, "The gate of Karsund is old / Hopefully we'll have a new gate in Karsund"},
		{"a promise with its speaker", `The ministry pledged to rebuild the wall.`, "The ministry pledged to rebuild the wall"},
	} {
		if got := propositions(annotate(c.body)); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.name, c.body, got, c.want)
		}
	}
}

func TestWorthless(t *testing.T) {
	for _, c := range []struct{ rule, body, want string }{
		{"no comment", `The firm did not immediately respond to a request for comment.`, ""},
		{"no comment", `Tamsin Oake declined to comment on the plan.`, ""},
		{"no comment", `The firm did not respond to the flood for two hours.`, "The firm did not respond to the flood for two hours"},
		{"meaning of a word", `The sign read "VHA," which is the abbreviation for Vellmar Harbor Authority.`, ""},
		{"opinion that names nothing", `"We feel good and we know what we want," Oake said.`, ""},
		{"opinion that names nothing", `"We know that 40 boats were lost," Oake said.`, "We know that 40 boats were lost"},
		{"generality", `"A gate that does not open is a gate that does not exist," Oake said.`, ""},
		{"question", `"Will the wall of Vellmar hold?" Oake said.`, ""},
		{"words joined in quotation marks", `The flood had the same "scale or scope" it had in 1937.`, `The flood had the same "scale or scope" it had in 1937`},
		{"what somebody calls a thing", "Oake left Karsund for what she has called a meeting with the mayor.", "Oake left Karsund for what she has called a meeting with the mayor"},
		{"title of a series", "VELLMAR (AP) — The Latest on the flood in Karsund (all times local):", ""},
		{"title of a series", "The latest on the flood brought the ferry back to Karsund.", "The latest on the flood brought the ferry back to Karsund"},
		{"teaser cut short", "The ferry left Karsund after a long …", ""},
		{"teaser cut short", "The wall held. … The ferry left Karsund.", "The wall held / The ferry left Karsund"},
		{"teaser cut short", `"I saw the ferry leave Karsund …" Oake said.`, "I saw the ferry leave Karsund"},
		{"what somebody was asked", `When asked by the Gazette if the wall was safe, Oake left the hall.`, "When asked by the Gazette if the wall was safe, Oake left the hall"},
		{"condition of anonymity", `The fisherman, who asked not to be named, left Karsund.`, "The fisherman left Karsund"},
		{"attribution without its words", `Oake wrote in a post on Friday.`, ""},
		{"attribution without its words", `Oake wrote a letter that shook the council of Vellmar.`, "Oake wrote a letter / A letter shook the council of Vellmar"},
	} {
		if got := propositions(annotate(c.body)); got != c.want {
			t.Errorf("%s: %s\n got %s\nwant %s", c.rule, c.body, got, c.want)
		}
	}
}

// TestPhrases: statements that hide in noun phrases, with the rule that found
// them.
func TestPhrases(t *testing.T) {
	for _, c := range []struct{ body, rule, want string }{
		{`The crew rested during a six-day trip to Karsund.`, "lasting event", "A six-day trip to Karsund"},
		{`The storm, the worst in a decade, hit Vellmar.`, "superlative", "The storm: the worst in a decade"},
		{`The town is angry over its purchase of a ferry in 2023.`, "nominal happening", "The town's purchase of a ferry in 2023"},
		{`The ferry left amid growing fears that the wall will fall.`, "doubt", "There are growing fears that the wall will fall"},
		{`The crew rested in the port.`, "lasting event", ""},
		{`The best ferry left.`, "superlative", ""},
		{`The purchase was late.`, "nominal happening", ""},
		{`The town has no fears.`, "doubt", ""},
	} {
		got := ""
		v := annotate(c.body)
		for _, cl := range claims(v) {
			if cl.Why.Rule == c.rule {
				got = cl.Proposition
			}
		}
		if got != c.want {
			t.Errorf("%s: %s\n got %q\nwant %q (%s)", c.rule, c.body, got, c.want, propositions(v))
		}
	}
}

func TestQuantities(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{`The storm killed at least seven people.`, "7.. people"},
		{`In Karsund 11 were killed.`, "11 people"},
		{`The storm hit Karsund, killing 9.`, "9 people"},
		{`Officials said 20 people were missing.`, "20 people"},
		{`No fewer than seven residents drowned.`, "7.. resident"},
		{`No more than seven residents drowned.`, "..7 resident"},
		{`Oake said more than 30 had died.`, "30.. people"},
		{`Up to 400 houses burned.`, "..400 house"},
		{`About 100 boats sank.`, "90-110 boat"},
		{`Dozens of boats sank.`, "24.. boat"},
		{`Two dozen boats sank.`, "24 boat"},
		{`The wall cost 1.5 million crowns.`, "1.5e+06 crown"},
		{`Two of the dam's three gates failed.`, "2 gate, 3 gate"},
		{`Twenty-two police officers were injured.`, "22 officer"},
		{`One of them left Karsund.`, ""},
		{`Ada Lind, 36, was injured.`, ""},
		{`Police arrested a clerk aged 61.`, ""},
		{`The dead were Ada Lind, 36, and Idris Oake, 40.`, ""},
		{`Near Karsund, 36 people were injured.`, "36 people"},
		{`The wall fell in 1944.`, ""},
	} {
		v := annotate(c.body)
		var got []string
		for _, cl := range claims(v) {
			for _, q := range cl.Frame.Numbers {
				n := fmt.Sprint(q.Low)
				switch {
				case q.High == 0:
					n += ".."
				case q.Low == 0:
					n = fmt.Sprint("..", q.High)
				case q.Low != q.High:
					n = fmt.Sprintf("%.0f-%.0f", q.Low, q.High)
				}
				got = append(got, strings.TrimSpace(n+" "+q.Unit))
			}
		}
		if g := strings.Join(got, ", "); g != c.want {
			t.Errorf("%s: got %q, want %q", c.body, g, c.want)
		}
	}
}

func TestFrames(t *testing.T) {
	for _, c := range []struct {
		body, predicates, modal string
		negated                 bool
	}{
		{`Oake said 20 people were missing.`, "missing", "", false},
		{`The council did not open the gate.`, "open", "", true},
		{`The council will open the gate.`, "open", "planned", false},
		{`The council could open the gate.`, "open", "possible", false},
		{`The council plans to open the gate.`, "plan open", "planned", false},
		{`No fewer than nine people drowned.`, "drown", "", false},
		{`No boat was lost.`, "lose", "", true},
		{`The gate was opened without delay.`, "open", "", true},
	} {
		v := annotate(c.body)
		got := claims(v)
		if len(got) != 1 {
			t.Errorf("%s: %d claims", c.body, len(got))
			continue
		}
		f := got[0].Frame
		if p := strings.Join(f.Predicates, " "); p != c.predicates || f.Modal != c.modal || f.Negated != c.negated {
			t.Errorf("%s: predicates %q, modal %q, negated %v", c.body, p, f.Modal, f.Negated)
		}
	}
	v := annotate(`Tamsin Oake met Idris Lund in Karsund and left Karsund with him.`)
	got := claims(v)
	if len(got) != 2 || !strings.Contains(strings.Join(got[0].Frame.Actors, ","), "Oake") || !strings.Contains(strings.Join(got[0].Frame.Objects, ","), "Lund") {
		t.Fatalf("frames %+v", got)
	}
	if strings.Join(got[1].Frame.Actors, ",") != strings.Join(got[0].Frame.Actors, ",") {
		t.Errorf("the second verb has the actors %v, the first %v", got[1].Frame.Actors, got[0].Frame.Actors)
	}
}

// What "when" joins to a date happened on it.
func TestDateBeforeWhen(t *testing.T) {
	for _, c := range []struct{ body, words, date string }{
		{`The fire is the deadliest since 1988, when a mill at Karsund burned down and nine workers died.`, "Nine workers died", "1988"},
		{`The ferry sank on Saturday when a gale rose and two sailors drowned.`, "Two sailors drowned", "2024-03-02"},
		{`In 1988 the mill opened. Nine workers died.`, "Nine workers died", ""},
	} {
		found := false
		for _, g := range claims(annotate(c.body)) {
			if strings.Contains(g.Proposition, c.words) && len(g.Proposition) < len(c.words)+12 {
				found = true
				if g.EventDate != c.date {
					t.Errorf("%s: dated %q, want %q", g.Proposition, g.EventDate, c.date)
				}
			}
		}
		if !found {
			t.Errorf("%s: no claim %q", c.body, c.words)
		}
	}
}

// TestDatesOfNouns: a date that stands with a noun says nothing of when the
// clause's own happening was.
func TestDatesOfNouns(t *testing.T) {
	for _, c := range []struct{ rule, body, date string }{
		{"date before a noun", `Tamsin Oake blamed the council for the 2016 flood.`, ""},
		{"date before a noun", `The council discussed last month's storm at length.`, ""},
		{"date before a noun", `Engineers of Karsund opened the 2016 bridge games.`, "2016"},
		{"a day is near enough", `Tamsin Oake spoke at Friday's meeting in Karsund.`, "2024-03-01"},
		{"date of its own", `Tamsin Oake blamed the council in 2016.`, "2016"},
		{"since", `The ferry line is the first of Karsund since 2010.`, ""},
		{"after a noun with its date", `Tamsin Oake was blamed by the council after the flood in Karsund last month.`, ""},
		{"after a noun", `The council closed the bridge last month after the flood.`, "2024-02"},
		{"to come, and past", `The meeting will look like the one of February 2023.`, ""},
		{"to come", `The council of Karsund will meet on March 9.`, "2024-03-09"},
	} {
		got := claims(annotate(c.body))
		if len(got) == 0 {
			t.Errorf("%s: %s: no claim", c.rule, c.body)
			continue
		}
		if d := got[0].EventDate; d != c.date {
			t.Errorf("%s: %s: dated %q, want %q", c.rule, c.body, d, c.date)
		}
	}
}

func TestChainsHedgesAndDates(t *testing.T) {
	for _, c := range []struct{ body, chain, hedge, date string }{
		{`The ferry sank on Saturday.`, "Reuters", "", "2024-03-02"},
		{`The ferry reportedly sank in 2019.`, "Reuters", "reportedly", "2019"},
		{`The ferry, officials said, sank off Karsund.`, "Reuters > unnamed officials", "", ""},
		{`Tamsin Oake said on Friday the ferry sank on Saturday.`, "Reuters > Tamsin Oake", "", "2024-03-02"},
		{`Tamsin Oake said on Friday that the ferry had sunk.`, "Reuters > Tamsin Oake", "", ""},
		{`The ministry pledged on Friday to build a wall.`, "Reuters > ministry", "", "2024-03-01"},
		{`The ferry will sail, Tamsin Oake said, according to TASS.`, "Reuters > TASS > Tamsin Oake", "", ""},
	} {
		got := claims(annotate(c.body))
		if len(got) == 0 {
			t.Errorf("%s: no claim", c.body)
			continue
		}
		g := got[0]
		if chain := strings.Join(g.Chain[1:], " > "); chain != c.chain || g.Hedge != c.hedge || g.EventDate != c.date || g.Reported != (len(g.Chain) > 2) || g.Reported != (g.Quote != "") {
			t.Errorf("%s: chain %q, hedge %q, date %q, reported %v", c.body, chain, g.Hedge, g.EventDate, g.Reported)
		}
	}
}

// story is three kilobytes of invented agency copy.
var story = strings.Repeat(`A dam failed near Karsund after days of rain, killing at least seven people and flooding the town before dawn on Tuesday, officials said. The water came down the valley in ten minutes and swept away a bridge that was built in 1911.

Governor Idris Lund said 20 people were missing and about 1,200 others had been moved to schools. "We will not stop," he told reporters. It was not clear why the dam failed.

In 2019, a flood damaged the old bridge, the worst in a decade, and forced 400 people from their homes. The firm declined to comment.

`, 5)

// fault tells what is wrong with the claims of v, "" if nothing is.
func fault(v news.Version) string {
	ids, last := map[string]bool{}, 0
	for _, c := range v.Claims.Items {
		s := c.Span
		switch {
		case ids[c.ID]:
			return "two claims have the id " + c.ID
		case s.Empty() || s.Start < last || s.End > len(v.Text):
			return "claim " + c.ID + " is out of order or outside the text"
		case !utf8.RuneStart(v.Text[s.Start]) || s.End < len(v.Text) && !utf8.RuneStart(v.Text[s.End]):
			return "claim " + c.ID + " cuts a character"
		case c.Proposition == "" || len(c.Proposition) > 200 || strings.Contains(c.Proposition, "\n") || !utf8.ValidString(c.Proposition):
			return "claim " + c.ID + " has the proposition " + c.Proposition
		case c.Why.Rule == "" || c.Reported != (len(c.Chain) > 0 && c.Quote != "") && !strings.HasPrefix(c.Why.Rule, "caption"):
			return "claim " + c.ID + " has no rule, or a quote and no chain"
		}
		ids[c.ID], last = true, s.Start
	}
	return ""
}

func TestIDsAndOrder(t *testing.T) {
	if wrong := fault(annotate(story)); wrong != "" {
		t.Error(wrong)
	}
}

func FuzzFind(f *testing.F) {
	f.Add(story[:700])
	f.Add("and, which who that killing 7 \"a\" the worst, its attack of it amid fears that \"")
	f.Add("He did. It was, they “were” not, said “X — 1,000,000 million” of ½ dozen, killing no fewer than.")
	f.Fuzz(func(t *testing.T, body string) {
		if !utf8.ValidString(body) {
			return
		}
		if wrong := fault(annotate(body)); wrong != "" {
			t.Errorf("%s: %q", wrong, body)
		}
	})
}

func BenchmarkFind(b *testing.B) {
	long := strings.Repeat(story, 67)
	for _, size := range []struct{ name, text string }{
		{"3KB", story}, {"200KB", long}, {"200KB-one-line", strings.ReplaceAll(long, "\n\n", " ")}, {"200KB-one-sentence", strings.NewReplacer("\n\n", " ", ".", ",").Replace(long)},
	} {
		b.Run(size.name, func(b *testing.B) {
			v := annotate(size.text)
			b.SetBytes(int64(len(v.Text)))
			b.ReportAllocs()
			for b.Loop() {
				claim.Find(&v)
			}
		})
	}
}

// A sentence has a verb, whether the tagger knows it or not; a heading has none.
func TestSentencesWithoutAKnownVerb(t *testing.T) {
	for body, want := range map[string]bool{
		"The navy test-fired a new torpedo from a barge near the harbour of Vellmar.": true,
		"A long list of shops, streets and bridges":                                   false,
		"Prices of bread, milk and eggs in Vellmar: a list.":                          false,
	} {
		v := annotate(body)
		if got := len(claims(v)) > 0; got != want {
			t.Errorf("%s: claims %q", body, propositions(v))
		}
	}
}

// What names several things is worth checking, even with a verb of many opinions.
func TestStatementsOfThings(t *testing.T) {
	for body, want := range map[string]bool{
		"“The guard let the dogs out of the yard,” said Karl Ohm.":             true,
		"The owner of the mill was the brother of the judge, Karl Ohm said.":   true,
		"“I like the garden and the pond and the house,” said Karl Ohm.":       false,
		"“It is what it is,” said Karl Ohm.":                                   false,
		"“We love the people and the food and the music here,” said Karl Ohm.": false,
	} {
		v := annotate(body)
		if got := len(claims(v)) > 0; got != want {
			t.Errorf("%s: claims %q", body, propositions(v))
		}
	}
}
