package gold

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/schema"
	"github.com/tracewire/tracewire/internal/text"
)

func TestPlain(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Kim Jong-un", "KIM JONG UN", true},
		{"the U.S.", "US", true},
		{"Mr. Olav Brandt", "Olav Brandt", true},
		{"Mr", "mr", true}, // a lone honorific is all there is
		{"Port Ardal’s", "Port Ardal", true},
		{"the workers'", "workers", true},
		{"Associated Press", "AP", true},
		{"KNCA", "Korean Central News Agency", true},
		{"an unnamed official", "official", true},
		{"Straße", "STRASSE", true},
		{"", "  ", true},
		{"Brandt", "Brand", false},
		{"Yonhap TV", "Yonhap", false},
	} {
		if got := plain(c.a) == plain(c.b); got != c.same {
			t.Errorf("%q and %q: same = %v (%q, %q)", c.a, c.b, got, plain(c.a), plain(c.b))
		}
	}
}

func TestSameName(t *testing.T) {
	n := newNames(document{
		Mentions: []cluster{{ID: "NTA", Mentions: []mention{
			{Span: schema.Span{Text: "Nordia Telegraph Agency"}},
			{Span: schema.Span{Text: "state media"}, Extent: &schema.Span{Text: "the state media of Nordia"}, Nominal: true},
		}}},
		Quotes: []quote{{SourceID: "unnamed harbour officials", Source: &schema.Span{Text: "officials at the harbour"}}},
	})
	for _, c := range []struct {
		gold, prog string
		want       bool
	}{
		{"NTA", "nta", true},
		{"NTA", "Nordia Telegraph Agency", true},
		{"NTA", "the state media of Nordia", true},
		{"NTA", "https://www.nta.example/world", true},
		{"NTA", "www.ntax.example", false},
		{"NTA", "", false},
		{"unnamed harbour officials", "officials at the harbour", true},
		{"unnamed harbour officials", "officials", false},
	} {
		if got := n.same(c.gold, c.prog); got != c.want {
			t.Errorf("same(%q, %q) = %v", c.gold, c.prog, got)
		}
	}
	if n.sameChain([]string{"The Ledger", "NTA"}, []string{"Ledger"}) {
		t.Error("a chain with a link less is another chain")
	}
	c := n.steps([]string{"Ledger", "NTA", "Brandt"}, []string{"Ledger", "NTA"})
	if c.Hit != 1 || c.Gold != 2 || c.Prog != 1 {
		t.Errorf("steps = %+v, want 1 of 2 and of 1", c)
	}
}

func TestWithout(t *testing.T) {
	const src = `he said, “We sail at dawn,” and left`
	quoted := strings.Index(src, "“")
	end := strings.Index(src, " and")
	got := without(text.Span{Start: quoted, End: end}, src, "\"“”, ")
	if got.Of(src) != "We sail at dawn" {
		t.Errorf("got %q", got.Of(src))
	}
	marks := text.Span{Start: 7, End: 8}
	if got := without(marks, src, ", "); got != marks {
		t.Errorf("a span of nothing but marks changed to %v", got)
	}
}

func TestBounds(t *testing.T) {
	for _, c := range []struct {
		in   string
		want bounds
	}{{"[1, 3]", bounds{1, 3}}, {"2", bounds{2, 2}}, {"[4]", bounds{4, 4}}, {"null", bounds{}}, {"[]", bounds{}}} {
		var b bounds
		if err := json.Unmarshal([]byte(c.in), &b); err != nil || b != c.want {
			t.Errorf("%s: %v, %v", c.in, b, err)
		}
	}
}

func TestWithoutTime(t *testing.T) {
	for in, want := range map[string]string{
		"2031-05-04TMO": "2031-05-04", "2031-05-04T10:30": "2031-05-04", "2031-05": "2031-05", "PT3H": "PT3H", "TUESDAY": "TUESDAY",
	} {
		if got := withoutTime(&in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// ferry is a small report of an invented event, with gold that says which
// parts of it may be read differently.
const ferry = `Ferry runs aground off Port Ardal
PORT ARDAL, May 4 (NTA) -- A ferry ran aground on Sunday, Mayor Ilse Brandt said. Brandt said that "nobody was hurt."
The harbour office counted 41 passengers.
`

func ferryGold(t *testing.T) (document, story) {
	t.Helper()
	span := func(words string) string { return at(t, words, 1) }
	var d document
	read(t, `{"doc": "1_ferry",
	"lines": [{"line": 1, "label": "headline", "span": `+span("Ferry runs aground off Port Ardal")+`},
	  {"line": 2, "label": "body", "span": `+span(strings.Split(ferry, "\n")[1])+`},
	  {"line": 3, "label": "body", "span": `+span("The harbour office counted 41 passengers.")+`}],
	"metadata": {"headline": `+span("Ferry runs aground off Port Ardal")+`, "outlet": "NTA", "agency": "NTA",
	  "dateline": {"place": "PORT ARDAL", "date": "2031-05-04", "agency": "NTA"}, "published": "2031-05-04"},
	"quotes": [
	  {"kind": "indirect", "content": `+span("A ferry ran aground on Sunday")+`, "source": `+span("Mayor Ilse Brandt")+`, "cue": `+span("said")+`,
	   "source_id": "Ilse Brandt", "chain": ["NTA", "Ilse Brandt"], "also": [{"chain": ["NTA", "city hall", "Ilse Brandt"]}]},
	  {"kind": "mixed", "content": `+span(`"nobody was hurt."`)+`, "source": `+at(t, "Brandt", 2)+`, "cue": `+at(t, "said", 2)+`,
	   "source_id": "Ilse Brandt", "chain": ["NTA", "Ilse Brandt"], "also": [{"absent": true}]}],
	"mentions": [
	  {"id": "Ilse Brandt", "type": "PER", "mentions": [`+extended(at(t, "Ilse Brandt", 1), span("Mayor Ilse Brandt"))+`, `+at(t, "Brandt", 2)+`]},
	  {"id": "harbour office", "type": "ORG", "mentions": [`+nominal(span("The harbour office"))+`]}],
	"timexes": [{"span": `+span("Sunday")+`, "type": "DATE", "value": "2031-05-04"}],
	"claims": [
	  {"id": "c1", "span": `+span("A ferry ran aground on Sunday")+`, "status": "reported", "chain": ["NTA", "Ilse Brandt"]},
	  {"id": "c2", "span": `+span(`"nobody was hurt."`)+`, "status": "reported", "chain": ["NTA", "Ilse Brandt"]},
	  {"id": "c3", "span": `+span("The harbour office counted 41 passengers.")+`, "status": "reported", "chain": ["NTA", "harbour office"], "also": [{"absent": true}]}]}`, &d)
	var st story
	read(t, `{"stories": [{"id": "S1", "documents": ["1_ferry"]}], "thread": [{"order": 1, "documents": ["1_ferry"]}],
	"timeline": [{"date": "2031-05-04", "event": "The ferry runs aground", "documents": ["1_ferry"]}],
	"claim_groups": [
	  {"id": "g1", "members": [{"doc": "1_ferry", "claim": "c1"}, {"doc": "1_ferry", "claim": "c2"}], "outlets": ["NTA"], "origins": ["Ilse Brandt"], "independent_origins": [1, 1]},
	  {"id": "g2", "members": [{"doc": "1_ferry", "claim": "c3"}], "outlets": ["NTA"], "origins": ["harbour office"], "independent_origins": [1, 2], "also": [{"merge_with": "g1"}]}],
	"tensions": [{"id": "t1", "a": {"group": "g1"}, "b": {"doc": "1_ferry", "claim": "c3"}, "kind": "doubt", "also": [{"kind": "number"}]}]}`, &st)
	return d, st
}

// at is the span of the n-th occurrence of words in the text, as JSON.
func at(t *testing.T, words string, n int) string {
	t.Helper()
	start := 0
	for ; n > 0; n-- {
		i := strings.Index(ferry[start:], words)
		if i < 0 {
			t.Fatalf("%q is not in the text", words)
		}
		start += i + 1
	}
	raw, err := json.Marshal(schema.Span{Start: start - 1, End: start - 1 + len(words), Text: words})
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func extended(span, extent string) string {
	return strings.TrimSuffix(span, "}") + `, "extent": ` + extent + "}"
}

func nominal(span string) string { return strings.TrimSuffix(span, "}") + `, "nominal": true}` }

func read(t *testing.T, in string, to any) {
	t.Helper()
	if err := json.Unmarshal([]byte(in), to); err != nil {
		t.Fatal(err)
	}
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-12 {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// TestRules changes one thing in a perfect answer and says what must follow.
func TestRules(t *testing.T) {
	type figures map[string]float64
	for _, c := range []struct {
		name   string
		change func(d *document, st *story)
		want   figures
	}{
		{"a perfect answer", func(*document, *story) {}, figures{
			"lines/labels": 1, "lines/body bytes": 1, "metadata/fields": 1, "quotes/content + chain": 1, "mentions/names + clusters": 1,
			"timexes/span + value": 1, "claims/covered + chain": 1, "stories/B-cubed": 1, "timeline/events": 1, "groups/pairs": 1,
			"origins/names": 1, "tensions/found": 1,
		}},
		{"nothing found", func(d *document, st *story) { *d, *st = document{}, story{} }, figures{
			"lines/labels": 0, "quotes/content": 0, "mentions/names": 0, "stories/B-cubed": 0, "metadata/fields": 0, "origins/names": 0,
		}},
		{"an optional quote is no miss", func(d *document, _ *story) { d.Quotes = d.Quotes[:1] }, figures{"quotes/content": 1}},
		{"a needed quote is one", func(d *document, _ *story) { d.Quotes = d.Quotes[1:] }, figures{"quotes/content": 2. / 3}},
		{"another accepted chain", func(d *document, _ *story) { d.Quotes[0].Chain = []string{"NTA", "City Hall", "Mayor Ilse Brandt"} }, figures{
			"quotes/content + chain": 1, "quotes/chain edges": 1,
		}},
		{"a chain without the agency", func(d *document, _ *story) { d.Quotes[0].Chain = d.Quotes[0].Chain[1:] }, figures{"quotes/content + chain": 0.5, "quotes/content": 1}},
		{"a name with its title", func(d *document, _ *story) {
			m := &d.Mentions[0].Mentions[0]
			m.Span = *m.Extent
		}, figures{"mentions/names": 1, "mentions/names + clusters": 1}},
		{"a name cut short", func(d *document, _ *story) { d.Mentions[0].Mentions[0].Start += len("Ilse ") }, figures{"mentions/names": 0.5}},
		{"a description without its article", func(d *document, _ *story) { d.Mentions[1].Mentions[0].Start += len("The ") }, figures{"mentions/nominal recall": 1}},
		{"one more description", func(d *document, _ *story) {
			m := d.Mentions[1].Mentions[0]
			m.Span = schema.Span{Start: strings.Index(ferry, "A ferry"), End: strings.Index(ferry, " ran")}
			d.Mentions = append(d.Mentions, cluster{ID: "ferry", Mentions: []mention{m}})
		}, figures{"mentions/names": 1}},
		{"one more name", func(d *document, _ *story) {
			at := strings.Index(ferry, "harbour")
			d.Mentions = append(d.Mentions, cluster{ID: "Harbour", Mentions: []mention{{Span: schema.Span{Start: at, End: at + 7}}}})
		}, figures{"mentions/names": 0.8}},
		{"a cluster split in two", func(d *document, _ *story) {
			c := d.Mentions[0]
			d.Mentions = append(d.Mentions, cluster{ID: "Brandt", Type: "PER", Mentions: c.Mentions[1:]})
			d.Mentions[0].Mentions = c.Mentions[:1]
		}, figures{"mentions/names": 1, "mentions/names + clusters": 2 * 0.5 / 1.5}},
		{"a wrong year", func(d *document, _ *story) { d.Timexes[0].Value = "2030-05-04" }, figures{"timexes/span, strict": 1, "timexes/span + value": 0}},
		{"a date outside the running text", func(d *document, _ *story) {
			d.Timexes = append(d.Timexes, timex{Span: &schema.Span{Start: len(ferry) + 2, End: len(ferry) + 9}})
		}, figures{"timexes/span, strict": 1}},
		{"one claim for the whole sentence", func(d *document, _ *story) {
			d.Claims[0].Span = &schema.Span{Start: d.Claims[0].Span.Start, End: d.Claims[0].Span.End + len(", Mayor Ilse Brandt said.")}
		}, figures{"claims/covered + chain": 1}},
		{"two groups that may be one", func(_ *document, st *story) {
			st.ClaimGroups[0].Members = append(st.ClaimGroups[0].Members, st.ClaimGroups[1].Members...)
			st.ClaimGroups[0].Origins = []string{"harbour office", "Ilse Brandt"}
			st.ClaimGroups[0].Independent = bounds{2, 2}
			st.ClaimGroups = st.ClaimGroups[:1]
			st.Tensions = nil
		}, figures{"groups/pairs": 1, "origins/names": 1, "origins/range within": 1, "tensions/found": 0}},
		{"a group torn apart", func(_ *document, st *story) { st.ClaimGroups[0].Members = st.ClaimGroups[0].Members[:1] }, figures{"groups/pairs": 0, "origins/names": 1}},
		{"too many origins", func(_ *document, st *story) { st.ClaimGroups[0].Independent = bounds{1, 2} }, figures{"origins/range overlaps": 1, "origins/range within": 0.5}},
		{"sides of a tension exchanged, and another accepted kind", func(_ *document, st *story) {
			x := &st.Tensions[0]
			x.A, x.B, x.Kind = x.B, x.A, "number"
		}, figures{"tensions/found": 1, "tensions/kind": 1}},
		{"the hour of an event", func(_ *document, st *story) { hour := "2031-05-04T06:30"; st.Timeline[0].Date = &hour }, figures{"timeline/events": 1}},
		{"a story too few", func(_ *document, st *story) { st.Stories = nil }, figures{"stories/B-cubed": 0, "stories/exact": 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			goldDoc, goldStory := ferryGold(t)
			d, st := ferryGold(t)
			c.change(&d, &st)
			set := Set{map[string]document{"1_ferry": goldDoc}, map[string]string{"1_ferry": ferry}, goldStory}
			r := set.compare(map[string]document{"1_ferry": d}, st)
			for name, want := range c.want {
				layer, measure, _ := strings.Cut(name, "/")
				m, has := r.Find(layer, measure)
				if !has {
					t.Fatalf("%s was not measured", name)
				}
				got, _ := m.Total().Value()
				near(t, name, got, want)
			}
			if t.Failed() {
				var b bytes.Buffer
				_ = r.WriteTable(&b)
				_ = r.WriteProblems(&b, "all")
				t.Log(b.String())
			}
		})
	}
}

func TestReportIsReadable(t *testing.T) {
	d, st := ferryGold(t)
	set := Set{map[string]document{"1_ferry": d}, map[string]string{"1_ferry": ferry}, st}
	answer, _ := ferryGold(t)
	answer.Quotes = answer.Quotes[1:]
	answer.Timexes[0].Value = "2030"
	r := set.compare(map[string]document{"1_ferry": answer}, story{})
	var table, quotes, all bytes.Buffer
	if err := r.WriteTable(&table); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"quotes   * content + chain", " 0.667", "overall    0."} {
		if !strings.Contains(table.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, table.String())
		}
	}
	_ = r.WriteProblems(&quotes, "quotes")
	_ = r.WriteProblems(&all, "all")
	if want := `miss: [61:90] "A ferry ran aground on Sunday"`; !strings.Contains(quotes.String(), want) || strings.Contains(quotes.String(), "timexes") {
		t.Errorf("errors of quotes:\n%s", quotes.String())
	}
	if want := "value: 2031-05-04, program has 2030"; !strings.Contains(all.String(), want) {
		t.Errorf("all errors lack %q:\n%s", want, all.String())
	}
}

// What is in memory must be judged like what is in a file.
func TestScoreDocuments(t *testing.T) {
	d, st := ferryGold(t)
	set := Set{map[string]document{"1_ferry": d}, map[string]string{"1_ferry": ferry}, st}
	day := d.Timexes[0].Span
	doc := schema.Document{Doc: "1_ferry", Timexes: []schema.Timex{{Span: *day, Type: "DATE", Value: "2031-05-04"}}}
	across := schema.Story{Stories: []schema.Group{{ID: "x", Documents: []string{"1_ferry"}}}}
	doc.Lines = []schema.Line{{Line: 2, Label: "body", Span: schema.Span{Start: 34, End: len(ferry)}}}
	r, err := ScoreDocuments(set, []schema.Document{doc}, across)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"timexes/span + value", "stories/B-cubed"} {
		layer, measure, _ := strings.Cut(name, "/")
		m, _ := r.Find(layer, measure)
		v, _ := m.Total().Value()
		near(t, name, v, 1)
	}
}
