package lineagebench

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/text"
)

// A small bench of an invented event.
const (
	articles = `id,publisher,scrape_time,text
1,ledger.example,2031-05-05T08:00:00Z,"Ferry runs aground ### PORT ARDAL (NTA) - A ferry ran aground on Sunday."
2,courier.example,2031-05-05T09:00:00Z,"PORT ARDAL (NTA) - A ferry ran aground on Sunday, officials said."
3,courier.example,2031-05-05T09:30:00Z,"Menu ### Weather"
`
	labels = `[
	{"id": "1", "story": "ferry", "kind": "news", "agency": "NTA", "dateline": {"place": "PORT ARDAL", "date": null, "agency": "NTA"},
	 "headline": "Ferry runs aground", "lede_start": "PORT ARDAL (NTA) - A ferry"},
	{"id": "2", "story": "ferry", "kind": "news", "agency": "CNN/NTA", "dateline": {"place": "PORT ARDAL, Nordia", "date": null, "agency": "NTA"},
	 "headline": null, "lede_start": "PORT ARDAL (NTA) - A ferry", "alt_story": ["harbour"], "angle": "officials"},
	{"id": "3", "story": "na-menu", "kind": "non-article", "agency": null, "dateline": null, "headline": null, "lede_start": null, "agency_inferred": "NTA"}]`
	compared = `{"pairs": [
	{"a": "1", "b": "2", "relation": "version", "direction": "a->b", "why": "officials added"},
	{"a": "1", "b": "3", "relation": "none", "direction": "unknown", "why": ""},
	{"a": "2", "b": "3", "relation": "furniture", "direction": "unknown", "why": "menu"}]}`
)

func invented(t *testing.T) Bench {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{"helsinki.csv": articles, "stories.json": labels, "pairs.json": compared} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// answer is a perfect answer to the invented bench.
func answer(b Bench) ([]news.Version, news.Relations) {
	vs := b.Versions()
	for i := range vs[:2] {
		v := &vs[i]
		body := strings.Index(v.Text, "PORT ARDAL")
		v.Lines.Items = []news.Line{
			{Label: news.Headline, Span: text.Span{Start: 0, End: body}},
			{Label: news.Body, Span: text.Span{Start: body, End: len(v.Text)}},
		}
		v.Meta.Kind, v.Meta.Agency.Value = news.Article, "NTA"
		v.Meta.Dateline = &news.Dateline{Place: "PORT ARDAL", Agency: "NTA"}
	}
	vs[0].Meta.Headline.Value = "Ferry runs aground!"
	vs[2].Meta.Kind = news.NonArticle
	return vs, news.Relations{
		Links:   []news.Link{{From: "1", To: "2", Relation: news.EarlierVersion, Directed: true}},
		Stories: []news.Story{{ID: "s1", Documents: []string{"1", "2"}}, {ID: "s2", Documents: []string{"3"}}},
	}
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(vs []news.Version, r *news.Relations)
		want   map[string]float64
	}{
		{"a perfect answer", func([]news.Version, *news.Relations) {}, map[string]float64{
			"headline": 1, "lede": 1, "dateline place": 1, "dateline agency": 1, "agency": 1, "kind": 1, "copied text": 1,
			"one family": 1, "relation": 1, "direction": 1, "stories": 1, "stories, same report": 0.8,
		}},
		{"a headline too many", func(vs []news.Version, _ *news.Relations) { vs[2].Meta.Headline.Value = "Menu" }, map[string]float64{"headline": 2. / 3}},
		{"the headline taken for body", func(vs []news.Version, _ *news.Relations) {
			vs[0].Lines.Items[0].Label = news.Body
		}, map[string]float64{"lede": 0.5}},
		{"a dateline on a line of its own", func(vs []news.Version, _ *news.Relations) {
			v := &vs[0]
			v.Text = strings.Replace(v.Text, "PORT", "ARDAL\nPORT", 1)
			at := strings.Index(v.Text, "ARDAL\n")
			v.Meta.Dateline.Span = text.Span{Start: at, End: at + 5}
			v.Lines.Items[1].Span = v.Meta.Dateline.Span
			v.Lines.Items = append(v.Lines.Items, news.Line{Label: news.Body, Span: text.Span{Start: at + 6, End: len(v.Text)}})
		}, map[string]float64{"lede": 1}},
		{"an agency that the reader inferred", func(vs []news.Version, _ *news.Relations) { vs[2].Meta.Agency.Value = "NTA" }, map[string]float64{"agency": 1}},
		{"the outlet's own name", func(vs []news.Version, _ *news.Relations) {
			vs[2].Meta.Agency.Value, vs[2].Meta.Outlet.Value = "Courier", "Courier"
		}, map[string]float64{"agency": 1}},
		{"a false agency", func(vs []news.Version, _ *news.Relations) { vs[2].Meta.Agency.Value = "Reuters" }, map[string]float64{"agency": 0.8}},
		{"another kind of copy", func(_ []news.Version, r *news.Relations) { r.Links[0].Relation = news.Copy }, map[string]float64{
			"copied text": 1, "one family": 1, "relation": 2. / 3, "direction": 1,
		}},
		{"the wrong way", func(_ []news.Version, r *news.Relations) { r.Links[0].From, r.Links[0].To = "2", "1" }, map[string]float64{"direction": 0, "relation": 1}},
		{"no way told", func(_ []news.Version, r *news.Relations) { r.Links[0].Directed = false }, map[string]float64{"direction": 0}},
		{"furniture taken for a copy", func(_ []news.Version, r *news.Relations) {
			r.Links = append(r.Links, news.Link{From: "2", To: "3", Relation: news.Copy})
		}, map[string]float64{"copied text": 2. / 3, "one family": 0.5, "relation": 2. / 3}},
		{"no stories at all", func(_ []news.Version, r *news.Relations) { r.Stories = nil }, map[string]float64{"stories": 0.8}},
		{"a story that a reader could choose", func(_ []news.Version, r *news.Relations) {
			r.Stories[0].Documents = []string{"1"}
			r.Stories = append(r.Stories, news.Story{ID: "s3", Documents: []string{"2"}})
		}, map[string]float64{"stories": 0.8}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := invented(t)
			vs, rel := answer(b)
			c.change(vs, &rel)
			r := Compare(b, vs, rel)
			for name, want := range c.want {
				row, has := r.Find(name)
				if got, _ := row.Count.Value(); !has || math.Abs(got-want) > 1e-12 {
					t.Errorf("%s: %v, want %v (%+v)", name, got, want, row.Count)
				}
			}
			if t.Failed() {
				t.Log(show(t, r))
			}
		})
	}
}

func show(t testing.TB, r measure.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.WriteTable(&b); err != nil {
		t.Fatal(err)
	}
	if err := r.WriteProblems(&b, "all"); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestReportIsReadable(t *testing.T) {
	b := invented(t)
	vs, rel := answer(b)
	vs[0].Meta.Kind = news.Roundup
	rel.Links = nil
	rel.Stories[0].Documents = []string{"1", "3"}
	out := show(t, Compare(b, vs, rel))
	for _, want := range []string{
		"1  kind: news, program has roundup  (Ferry runs aground)",
		"1–2  pair: version, program has no link  (officials added)",
		"s1  joined: 2 parts: ferry (1: 1), na-menu (1: 3)",
		"relation by reader (down)",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the report lacks %q:\n%s", want, out)
		}
	}
}

// bench holds the benchmark where it lies beside the repository.
const bench = "../../../shared/lineage"

func TestBenchmarkLoads(t *testing.T) {
	if _, err := os.Stat(filepath.Join(bench, "stories.json")); err != nil {
		t.Skip("no ../shared/lineage beside the repository")
	}
	b, err := Load(bench)
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Articles) != 612 || len(b.Pairs) != 382 {
		t.Errorf("%d articles, %d pairs", len(b.Articles), len(b.Pairs))
	}
	for _, a := range b.Articles {
		if !strings.Contains(a.Text, a.Gold.Lede) || !strings.Contains(a.Text, a.Gold.Headline) {
			t.Errorf("%s: headline or lede is not in the text", a.ID)
		}
	}
}

// BenchmarkHeads reports how well the program reads the heads of the pages.
func BenchmarkHeads(b *testing.B) {
	if _, err := os.Stat(filepath.Join(bench, "stories.json")); err != nil {
		b.Skip("no ../shared/lineage beside the repository")
	}
	for b.Loop() {
		r, err := Score(bench, func(vs []news.Version) ([]news.Version, news.Relations, error) {
			for i := range vs {
				vs[i] = pipeline.Annotate(vs[i])
			}
			return vs, news.Relations{}, nil
		})
		if err != nil {
			b.Fatal(err)
		}
		for _, name := range []string{"headline", "lede", "dateline place", "agency", "kind"} {
			row, _ := r.Find(name)
			v, _ := row.Count.Value()
			b.ReportMetric(v, strings.ReplaceAll(name, " ", "-"))
		}
	}
}
