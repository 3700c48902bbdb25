package corroborate

import (
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
)

// tokensOf are the tokens of a sentence in a text of its own.
func tokensOf(sentence string) []news.Token {
	v := annotated(news.Version{Name: "a", Text: "Paper\n\nFiller stands here for a start, the mayor said on Monday.\n\n" + sentence + "\n"})
	ts := v.Tokens
	for len(ts) > 0 && !strings.HasPrefix(v.Text[ts[0].Span.Start:], sentence) {
		ts = ts[1:]
	}
	return ts
}

func TestSharesAndMultiples(t *testing.T) {
	for sentence, want := range map[string]string{
		"A quarter of the pupils had stayed at home.":             "#1/4",
		"One pupil in four had stayed at home.":                   "#1/4",
		"Two out of eight wells had run dry.":                     "#1/4",
		"Two thirds of the wells had run dry.":                    "#2/3",
		"Half the wells had run dry.":                             "#1/2",
		"The lift held double the weight it was built for.":       "#x2",
		"The lift held three times the weight it was built for.":  "#x3",
		"The third man left in the last quarter of the year.":     "",
		"One of the wells in Orlent had run dry.":                 "",
		"He met four ministers in five days.":                     "",
		"One minister in three weeks had left.":                   "",
		"The mayor left the hall with a friend after the speech.": "",
	} {
		terms, part := ratios(tokensOf(sentence))
		if got := strings.Join(terms, " "); got != want {
			t.Errorf("%s: %q, want %q", sentence, got, want)
		}
		if part(-1) {
			t.Errorf("%s: a place outside is part of a share", sentence)
		}
	}
}

func TestAnotherOne(t *testing.T) {
	for sentence, want := range map[string]bool{
		"A second strike is planned for Friday.":          true,
		"Further cuts were announced.":                    true,
		"Another attack hit the port.":                    true,
		"The second minister of the cabinet spoke first.": false,
		"Another man was seen at the port.":               false,
	} {
		if got := anotherOne(tokensOf(sentence)); got != want {
			t.Errorf("%s: %v", sentence, got)
		}
	}
}

// story is one sentence of each page, as the first claim of a page of that day.
func story(day string, sentences ...string) []statement {
	var versions []*news.Version
	for i, s := range sentences {
		versions = append(versions, annotated(news.Version{Name: string(rune('a' + i)), Text: s + " The road along the river was closed to cars for the rest of the day.\n", Given: news.Given{
			Outlet: "Outlet " + string(rune('A'+i)), Dates: []news.GivenDate{{From: "feed", Role: "published", Value: day}},
		}}))
	}
	all := statements(versions, fullNames(versions))
	weigh(all)
	return all
}

// firsts is the first statement of each page.
func firsts(all []statement) []*statement {
	var out []*statement
	doc := -1
	for i := range all {
		if all[i].doc != doc {
			out, doc = append(out, &all[i]), all[i].doc
		}
	}
	return out
}

func TestNumberInCommon(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool // seldom met by chance
	}{
		{"The tunnel is 1,374 metres long.", "Engineers dug 1,374 metres of rock.", true},
		{"Rescuers brought out 31 bodies.", "The death toll stood at 31.", true},
		{"Some 340 residents were moved to a school.", "A school took in 340 residents.", true},
		{"The mayor has two sons.", "Two men saw the mayor.", false},                // two of anything
		{"At least 31 people were killed.", "At least 31 people were hurt.", false}, // something else befell them
		{"Prices rose 31 percent.", "Turnout fell 31 percent.", false},              // of what?
		{"The tunnel is 1,374 metres long.", "The tunnel is 1,377 metres long.", false},
		{"The trial of 12 officers over the break-in at the archive of the party last spring began in Orlent on Monday.", "The talks came days after 12 officers had been named in a long report on the break-in at the archive.", false},
	} {
		p := firsts(story("2031-05-14", c.a, c.b))
		if got := oneNumber(p[0], p[1]) >= seldom*0.6; got != c.want {
			t.Errorf("%s | %s: %.2f, %v %v", c.a, c.b, oneNumber(p[0], p[1]), p[0].counts, p[1].counts)
		}
	}
}

func TestPassengersAreNoToll(t *testing.T) {
	p := firsts(story("2031-05-14", "A bus with 40 people on board crashed near Orlent.", "A bus crashed near Orlent.", "At least 14 people were killed near Orlent."))
	if vetoed(p[0], p[1]) {
		t.Error("the people on board keep two reports of one crash apart")
	}
	if !vetoed(p[1], p[2]) {
		t.Error("a crash and its toll are one")
	}
}

func TestReportsThatOpenWithOneThing(t *testing.T) {
	like := func(day, a, b string) float64 {
		all := story(day, a, b)
		p := firsts(all)
		return likeness(p[0], p[1], weigh(all), aligned{})
	}
	one, other := "A crane collapsed on Orlent's harbour wall at noon.", "A crane toppled over beside the harbour of Orlent."
	if x := like("2031-05-14", one, other); x < joinAt {
		t.Errorf("one accident under two verbs: %.2f", x)
	}
	if x := like("2031-05-14", one, "The mayor of Orlent resigned at noon."); x >= pairAt {
		t.Errorf("two things of one town: %.2f", x)
	}
	p := firsts(story("2031-05-14", one, other))
	p[1].told = "2031-05-19"
	if bothOpen(p[0], p[1]) {
		t.Error("reports of two weeks open with one thing")
	}
}

func TestWhatIsChosenFromBothSides(t *testing.T) {
	stmt := func(doc int) *statement { return &statement{doc: doc, weight: 10, deed: deed{mains: []string{"meet"}}} }
	in := []bundle{{stmt(0), []int{0}, []int{0}}, {stmt(1), []int{1}, []int{1}}, {stmt(1), []int{2}, []int{1}}, {stmt(2), []int{3}, []int{2}}}
	pairs := []pair{{0, 1, 0.35}, {0, 2, 0.1}, {0, 3, 0.35}, {1, 3, 0.1}}
	prefer(in, pairs)
	if pairs[0].like <= 0.35 {
		t.Errorf("the only like one of a page: %.2f", pairs[0].like)
	}
	if pairs[1].like != 0.1 || pairs[3].like != 0.1 {
		t.Error("what is hardly alike was raised")
	}
	pairs = []pair{{0, 1, 0.35}, {0, 2, 0.3}}
	prefer(in, pairs)
	if pairs[0].like != 0.35 {
		t.Error("there was another choice")
	}
	in[1].first.deed.mains = []string{"die"}
	pairs = []pair{{0, 1, 0.35}}
	prefer(in, pairs)
	if pairs[0].like != 0.35 {
		t.Error("the heads stand apart")
	}
}

func TestDayNumber(t *testing.T) {
	for _, c := range []struct {
		a, b string
		n    int
	}{{"2031-12-31", "2032-01-01", 1}, {"2032-02-28", "2032-03-01", 2}, {"2031-02-28", "2031-03-01", 1}, {"2031-05-14", "2031-05-14", 0}} {
		if got := dayNumber(c.b) - dayNumber(c.a); got != c.n {
			t.Errorf("%s to %s: %d", c.a, c.b, got)
		}
	}
}

// Whom somebody blamed, and what he only asks, tell two statements apart; two
// quotations in full do that have next to nothing in common.
func TestStatementsOfOneSpeaker(t *testing.T) {
	for _, c := range []struct {
		a, b        string
		head, apart bool // they have the head in common; something speaks against their being one
	}{
		{"Ada Lind blamed the Harbour Board for the flood.", "Ada Lind on Monday blamed the Harbour Board and its engineers for the broken wall.", true, false},
		{"Ada Lind blamed the Harbour Board for the flood.", "Ada Lind blamed Ole Orrin for the flood.", false, false},
		{"Ada Lind pointed the finger at Ole Orrin over the flood.", "Ada Lind blamed Ole Orrin for the flood.", true, false},
		{"Questions arose about whether Ada Lind would blame Ole Orrin.", "Ada Lind blamed Ole Orrin for the flood.", false, true},
		{"Ada Lind blamed Ole Orrin for the flood, whether or not he knew of it.", "Ada Lind blamed Ole Orrin for the flood.", true, false},
		{"Ada Lind did not close the gates of Orlent.", "Ada Lind never paid for the gates of Orlent.", false, true},
		{"Ada Lind did not close the gates of Orlent.", "Ada Lind never shut the gates of Orlent.", true, false},
		{`"We shall rebuild the sea wall of Orlent," Ada Lind said.`, `"Nobody told me that the pumps had failed," Ada Lind said.`, false, true},
		{`"We shall rebuild the sea wall of Orlent," Ada Lind said.`, `"We'll rebuild the wall of Orlent by the sea," Ada Lind said.`, true, false},
	} {
		all := story("2031-05-14", c.a, c.b)
		p := firsts(all)
		w := weigh(all)
		if got := commonHead(p[0], p[1]) != ""; got != c.head {
			t.Errorf("%s | %s: head in common %v; %v %v, %v %v", c.a, c.b, got, p[0].deed.mains, p[0].target, p[1].deed.mains, p[1].target)
		}
		if l := likeness(p[0], p[1], w, aligned{}); (l < 0) != c.apart {
			t.Errorf("%s | %s: likeness %.2f; %v %v", c.a, c.b, l, p[0].terms, p[1].terms)
		}
	}
}
