package polnear

import (
	"bytes"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/text"
)

const council = "“We are late,” Ms Ødegård said, “but not lost.” Voters believe she is right."

// The council's text by characters, as brat counts.
const councilNotes = "T1\tContent 1 13;33 46\tWe are late, but not lost.\n" +
	"T2\tSource 15 25\tMs Ødegård\n" +
	"T3\tCue 26 30\tsaid\n" +
	"T4\tAttribution 26 30\tsaid\n" +
	"E1\tAttribution:T4 Content:T1 Source:T2 Cue:T3\n" +
	"T5\tContent 63 75\tshe is right\n" +
	"T6\tCue 55 62\tbelieve\n" +
	"E2\tAttribution:T6 Content2:T5 Cue:T6\n"

func words(all []text.Span) []string {
	var out []string
	for _, s := range all {
		out = append(out, s.Of(council))
	}
	return out
}

func place(t *testing.T, words string) text.Span {
	t.Helper()
	i := strings.Index(council, words)
	if i < 0 {
		t.Fatalf("%q is not in the text", words)
	}
	return text.Span{Start: i, End: i + len(words)}
}

func TestParseBrat(t *testing.T) {
	got, err := ParseBrat(council, councilNotes)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 {
		t.Fatalf("%d attributions, want 2", len(got))
	}
	for _, c := range []struct {
		name      string
		got, want []string
	}{
		{"content in two parts", words(got[0].Content), []string{"We are late,", "but not lost."}},
		{"source with letters of two bytes", words(got[0].Source), []string{"Ms Ødegård"}},
		{"cue", words(got[0].Cue), []string{"said"}},
		{"a numbered role", words(got[1].Content), []string{"she is right"}},
		{"no source", words(got[1].Source), nil},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
	for _, broken := range []string{"T1\tContent 5 400\tx\n", "T1\tContent x y\tx\n", "T1\tContent 9 3\tx\n"} {
		if _, err := ParseBrat(council, broken); err == nil {
			t.Errorf("no error for %q", broken)
		}
	}
}

func TestScoring(t *testing.T) {
	gold, err := ParseBrat(council, councilNotes)
	if err != nil {
		t.Fatal(err)
	}
	d := Document{"council", council, gold}
	quotes := []news.Quote{
		{ID: "q1", Content: place(t, "“We are late,”"), Source: place(t, "Ødegård"), Cue: place(t, "said")},
		{ID: "q2", Content: place(t, "“but not lost.”"), ContinuationOf: "q1"},
		{ID: "q3", Content: place(t, "right"), Cue: place(t, "is"), Why: news.Why{Rule: "guess"}},
	}
	var s scorer
	s.document(d, FromQuotes(quotes))
	r := s.finish()
	for name, want := range map[string]float64{
		"content overlap": 1, // "right" is 5 of 12 bytes
		"content, half":   0.5, "content exact": 0.5, "content + source": 0.5, "cue overlap": 0.5, "source overlap": 1,
	} {
		row, has := r.Find(name)
		if got, _ := row.Count.Value(); !has || math.Abs(got-want) > 1e-12 {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	var b bytes.Buffer
	if err := r.WriteProblems(&b, "content: another beginning"); err != nil {
		t.Fatal(err)
	}
	if want := `[she is right].  program has "right" by rule guess`; !strings.Contains(b.String(), want) {
		t.Errorf("the problems lack %q:\n%s", want, b.String())
	}
}

func TestEqualBut(t *testing.T) {
	at := func(words ...string) []text.Span {
		var out []text.Span
		for _, w := range words {
			out = append(out, place(t, w))
		}
		return out
	}
	for _, c := range []struct {
		name string
		a, b []text.Span
		want bool
	}{
		{"quotation marks", at("“We are late,”"), at("We are late"), true},
		{"cut at a mark", at("We are", "late"), at("We are late"), true},
		{"a word less", at("We are"), at("We are late"), false},
		{"nothing but marks", at("“"), at("“"), true},
	} {
		if got := equalBut(c.a, c.b, council); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// bench holds the benchmark where it lies beside the repository.
const bench = "../../../shared/bench/quotes"

func needBench(t testing.TB) {
	t.Helper()
	if _, err := os.Stat(bench + "/" + Archive); err != nil {
		t.Skip("no ../shared/bench/quotes beside the repository")
	}
}

// An answer made of the gold itself must be perfect: so the places are right.
func TestBenchmarkAgainstItself(t *testing.T) {
	needBench(t)
	docs, err := Load(bench + "/" + Archive)
	if err != nil {
		t.Fatal(err)
	}
	var s scorer
	for _, d := range docs {
		s.document(d, d.Attributions)
	}
	r := s.finish()
	if r.Docs != 84 || s.gold < 1500 {
		t.Errorf("%d documents, %d attributions", r.Docs, s.gold)
	}
	for _, name := range []string{"content overlap", "content exact", "cue overlap", "source overlap"} {
		row, _ := r.Find(name)
		if v, _ := row.Count.Value(); v != 1 {
			t.Errorf("%s: %v", name, v)
		}
	}
}

// BenchmarkProgram reports the figures of the program itself.
func BenchmarkProgram(b *testing.B) {
	needBench(b)
	for b.Loop() {
		r, err := Score(bench, pipeline.Annotate)
		if err != nil {
			b.Fatal(err)
		}
		for _, row := range r.Rows {
			v, _ := row.Count.Value()
			b.ReportMetric(v, strings.ReplaceAll(row.Name, " ", "-"))
		}
	}
}
