package timebank

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

const ferry = `<?xml version="1.0" ?>
<TimeML>
<DOCID>FERRY</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2031-05-06" functionInDocument="CREATION_TIME">6 May</TIMEX3></DCT>
<TITLE>Not <TIMEX3 tid="t9" type="DATE" value="2031">this year</TIMEX3></TITLE>
<TEXT>
Brandt &amp; Sons <EVENT eid="e1" class="OCCURRENCE">sold</EVENT> the ferry <TIMEX3 tid="t1" type="DATE" value="2031-05-04">on Sunday</TIMEX3>.
It had sailed for <TIMEX3 tid="t2" type="DURATION" value="P30Y">30 years</TIMEX3><TIMEX3 tid="t3" type="DATE" value="2001"/>.
</TEXT>
<MAKEINSTANCE eventID="e1" eiid="ei1"/>
</TimeML>`

func TestParse(t *testing.T) {
	d, err := Parse([]byte(ferry))
	if err != nil {
		t.Fatal(err)
	}
	if want := "\nBrandt & Sons sold the ferry on Sunday.\nIt had sailed for 30 years.\n"; d.Text != want {
		t.Errorf("text %q, want %q", d.Text, want)
	}
	if d.Created != "2031-05-06" {
		t.Errorf("created %q", d.Created)
	}
	var got []string
	for _, x := range d.Timexes {
		got = append(got, x.Span.Of(d.Text)+" "+x.Type+" "+x.Value)
	}
	if want := []string{"on Sunday DATE 2031-05-04", "30 years DURATION P30Y"}; !slices.Equal(got, want) {
		t.Errorf("expressions %q, want %q", got, want)
	}
	if _, err := Parse([]byte("<TimeML><TEXT>half a doc")); err == nil {
		t.Error("a file that breaks off was read")
	}
}

func TestScoring(t *testing.T) {
	d, err := Parse([]byte(ferry))
	if err != nil {
		t.Fatal(err)
	}
	place := func(words string) text.Span {
		i := strings.Index(d.Text, words)
		return text.Span{Start: i, End: i + len(words)}
	}
	var s scorer
	s.document(d, []news.Timex{
		{Span: place("Sunday"), Type: "DATE", Value: "2031-05-04"},
		{Span: place("30 years"), Type: "DURATION", Value: "P3Y", Why: news.Why{Rule: "duration"}},
		{Span: place("Sons"), Type: "DATE", Value: "2031", Why: news.Why{Rule: "bare"}},
	})
	r := s.finish()
	for name, want := range map[string]float64{
		"relaxed": 2 * (2. / 3) / (1 + 2./3), "strict": 2 * (1. / 3 * 1. / 2) / (1./3 + 1./2), "value": 0.4, "strict + value": 0,
		"value of those found": 0.5,
	} {
		row, _ := r.Find(name)
		if got, _ := row.Count.Value(); math.Abs(got-want) > 1e-12 {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	var b bytes.Buffer
	if err := r.WriteProblems(&b, "all"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"[30 years]", "P30Y, program has P3Y by rule duration", "false alarm: Brandt & [Sons]", `program has "Sunday"`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the problems lack %q:\n%s", want, b.String())
		}
	}
}

// bench holds the benchmark where it lies beside the repository.
const bench = "../../../shared/bench/time"

func TestBenchmarkLoads(t *testing.T) {
	if _, err := os.Stat(bench + "/" + Archive); err != nil {
		t.Skip("no ../shared/bench/time beside the repository")
	}
	answer := func(v news.Version) news.Version { return v }
	r, err := Score(bench, answer)
	if err != nil {
		t.Fatal(err)
	}
	row, _ := r.Find("strict")
	if r.Docs != 256 || row.Count.Gold < 1500 {
		t.Errorf("%d documents, %d expressions", r.Docs, row.Count.Gold)
	}
}

// BenchmarkProgram reports the figures of the program itself; it is no test,
// since a figure on training texts is no promise.
func BenchmarkProgram(b *testing.B) {
	if _, err := os.Stat(bench + "/" + Archive); err != nil {
		b.Skip("no ../shared/bench/time beside the repository")
	}
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
