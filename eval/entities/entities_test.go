package entities

import (
	"bytes"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

func TestTextIsSetAsPrinted(t *testing.T) {
	for _, c := range []struct{ tokens, want string }{
		{`Amos Terano , 41 , left .`, `Amos Terano, 41, left.`},
		{`a two - day visit - the first - of the U . S . - led group`, `a two-day visit - the first-of the U.S.-led group`},
		{`the state - of - the - art port`, `the state-of-the-art port`},
		{`NORTON , 27 January - Ferries sank`, `NORTON, 27 January - Ferries sank`},
		{`" No , " he said , " never . "`, `"No," he said, "never."`},
		{`“ No ” ( he said ) : it costs US $ 5 , or 3 %`, `“No” (he said): it costs US$5, or 3%`},
		{`Varda ' s mayor , the workers ’ leader , can ’ t`, `Varda's mayor, the workers’ leader, can’t`},
		{`the paper ' Rolling Hills ' says`, `the paper 'Rolling Hills' says`},
		{`Recep Erdo ğ an and the M ā ori of Ō taki`, `Recep Erdoğan and the Māori of Ōtaki`},
		{`at 10 : 30 p . m . in the R & D unit of Brandt & Sons`, `at 10:30 p.m. in the R&D unit of Brandt & Sons`},
	} {
		var tokens []token
		for _, w := range strings.Fields(c.tokens) {
			tokens = append(tokens, token{w, "O"})
		}
		var b strings.Builder
		paragraph(&b, tokens)
		if b.String() != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.tokens, b.String(), c.want)
		}
	}
}

const ferries = "https://varda.example/ferry\tO\n\n" +
	"President\tO\nAna\tB-Person\nTerano\tI-Person\n-\tI-Person\nOrme\tI-Person\nleft\tO\nVarda\tB-Location\tB-Organization\non\tO\nMonday\tB-Date\n.\tO\n\n" +
	"Kenyan\tB-NORP\nferries\tO\nsank\tO\n.\tO\n"

func TestParse(t *testing.T) {
	d := parse("peru_varda_12", ferries)
	if want := "President Ana Terano-Orme left Varda on Monday.\nKenyan ferries sank.\n"; d.Text != want || d.Outlet != "peru_varda" {
		t.Errorf("%q of %s", d.Text, d.Outlet)
	}
	var got []string
	for _, e := range d.Entities {
		got = append(got, e.Class+" "+e.Span.Of(d.Text))
	}
	if s := strings.Join(got, "; "); s != "Person Ana Terano-Orme; Location Varda; NORP Kenyan" {
		t.Errorf("entities %s", s)
	}
}

func TestScoring(t *testing.T) {
	d := parse("peru_varda_12", ferries)
	place := func(words string) text.Span {
		i := strings.Index(d.Text, words)
		return text.Span{Start: i, End: i + len(words)}
	}
	var s scorer
	s.outlets = map[bool][]string{}
	found := []Found{
		{place("Ana Terano-Orme"), "Person", "title and name"},
		{place("Varda on"), "Location", "capitals"},
		{place("ferries"), "Misc", "capitals"},
	}
	s.document(d, found)
	d.Judged = true
	s.document(d, found)
	r := s.finish()
	for name, want := range map[string]float64{"typed, exact": 1. / 3, "exact": 1. / 3, "relaxed": 2. / 3, "  Person": 1, "  NORP": 0, "class of those exact": 1} {
		row, _ := r.Find(name)
		if got, _ := row.Count.Value(); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	var b bytes.Buffer
	if err := r.WriteProblems(&b, "all"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"false alarm, 1 times", "miss: President", `program has "Varda on" by rule capitals`, "capitals                                       2              0  0.000"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the problems lack %q:\n%s", want, b.String())
		}
	}
}

func TestClasses(t *testing.T) {
	m := func(rule string) news.Mention { return news.Mention{Why: news.Why{Rule: rule}} }
	for _, c := range []struct {
		kind       news.EntityType
		rule, want string
	}{
		{news.GPE, "known", "Location"},
		{news.GPE, "adjective of a country", "NORP"},
		{news.Person, "people", "NORP"},
		{news.EventName, "capitals", "Misc"},
		{news.Product, "capitals", "Misc"},
		{news.Product, "weighed: product", "Product"},
	} {
		if got := classOf(news.Entity{Type: c.kind}, m(c.rule)); got != c.want {
			t.Errorf("%s by rule %s: %s, want %s", c.kind, c.rule, got, c.want)
		}
	}
}

func TestCorpusLoads(t *testing.T) {
	const bench = "../../../shared/bench/entities"
	if _, err := os.Stat(bench + "/" + Archive); err != nil {
		t.Skip("no ../shared/bench/entities beside the repository")
	}
	docs, err := Load(bench)
	if err != nil {
		t.Fatal(err)
	}
	judged := 0
	for _, d := range docs {
		if d.Judged {
			judged++
		}
		for _, e := range d.Entities {
			if s := e.Span.Of(d.Text); s != strings.TrimSpace(s) || s == "" {
				t.Errorf("%s: entity %q", d.Name, s)
			}
		}
	}
	if len(docs) != 838 || judged < 150 || judged > 300 {
		t.Errorf("%d articles, %d judged", len(docs), judged)
	}
}
