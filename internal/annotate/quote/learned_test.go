package quote_test

import (
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/annotate/quote"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// TestAttitudes: contents, sources and cues are marked as in the examples of
// the rules; after the bar stands the sort of each attitude.
func TestAttitudes(t *testing.T) {
	for _, marked := range []string{
		`[Lund] {supports} <the plan for a new wall>. | judgement`,
		`[Lund] {praised} <the volunteers who filled the sandbags>. | judgement`,
		`[Voters] {see} <the wall as a waste of money>. | belief`,
		`[Mendl] {wants} <to rebuild the bridge before the winter>. | intention`,
		`[The ministry] {refused} <to comment on the cracks>. | intention`,
		`[The council] {plans} <to close the old bridge in May>. | intention`,

		// What somebody does or what things do is no attitude.
		`Two steel pillars carry the old bridge. |`,
		`The river rose by two meters on Sunday. |`,
		`The police closed the road and the army opened the gate. |`,
		`The town sold its old ferry for $2 million. |`,
		`A worker holds a lamp in the tunnel. The tunnel runs under the river. |`,

		// What the rules find stays with the quotes.
		`Oake said the wall was sound. |`,
		`"Nobody asked us," said Mendl. |`,
	} {
		passage, sorts, _ := strings.Cut(marked, " |")
		v := annotate(unmark.Replace(passage))
		var got []string
		for _, a := range v.Attitudes.Items {
			got = append(got, string(a.Attitude))
			if !strings.HasSuffix(a.Why.Rule, "learned") || a.Why.Confidence <= 0 || a.Why.Confidence >= 1 {
				t.Errorf("%s: rule %q, confidence %v", passage, a.Why.Rule, a.Why.Confidence)
			}
		}
		if m := mark(v, v.Attitudes.Items); m != passage || strings.Join(got, " ") != strings.TrimSpace(sorts) {
			t.Errorf("got %s | %s\nwant %s", m, strings.Join(got, " "), marked)
		}
	}
}

// Claims are made of what is stated, not of what is thought or wanted.
func TestAttitudesMakeNoClaims(t *testing.T) {
	v := annotate("Mendl wants to rebuild the bridge before the winter. Lund supports the plan for a new wall.")
	if len(v.Attitudes.Items) == 0 {
		t.Fatal("no attitudes")
	}
	for _, c := range v.Claims.Items {
		if c.Reported {
			t.Errorf("claim %q is reported by %v", c.Proposition, c.Chain)
		}
	}
}

// No word belongs to two attitudes: what somebody wants others to believe is
// wanted, not believed.
func TestAttitudesStandApart(t *testing.T) {
	n := 0
	for _, passage := range []string{
		"Mendl wants to persuade voters to support the wall.",
		"The council hopes to convince farmers that the wall will help them.",
		"Lund refused to criticize the plan to close the old bridge.",
		"The ministry promised to consider the request for more pumps.",
		"Oake urged the council to demand an apology and vowed to fight the plan.",
	} {
		v := annotate(passage)
		n += len(v.Attitudes.Items)
		for i, a := range v.Attitudes.Items {
			for j, b := range v.Attitudes.Items {
				if i != j && a.Cue.Common(b.Content) > 0 && a.Cue != b.Cue {
					t.Errorf("%s: cue %q is content of %q", passage, a.Cue.Of(v.Text), b.Cue.Of(v.Text))
				}
			}
		}
	}
	if n < 3 {
		t.Errorf("only %d attitudes", n)
	}
}

// TestModelFile: a file of weights comes back as it was, and no other file is
// taken for one.
func TestModelFile(t *testing.T) {
	var weights [quote.Tables][]float32
	for k := range weights {
		weights[k] = make([]float32, quote.TableSize(k))
		weights[k][k] = 1
	}
	file := string(quote.WriteModel(quote.Priors(nil, nil), weights, 1))
	m, err := quote.ReadModel(file)
	if err != nil {
		t.Fatal(err)
	}
	v := annotate("Lund supports the plan for a new wall.")
	if _, attitudes := m.Find(&v); len(attitudes.Items) != 0 {
		t.Errorf("weights of nothing find %d attitudes", len(attitudes.Items))
	}
	for _, broken := range []string{"", file[1:], file[:len(file)-1], "X" + file[1:]} {
		if _, err := quote.ReadModel(broken); err == nil {
			t.Errorf("no error for %d bytes", len(broken))
		}
	}
}

// TestLessons: a reader's annotation becomes the decisions about its cue.
func TestLessons(t *testing.T) {
	v := annotate("Lund supports the plan for a new wall.")
	at := func(words string) []text.Span {
		i := strings.Index(v.Text, words)
		return []text.Span{{Start: i, End: i + len(words)}}
	}
	gold := quote.Annotated{Source: at("Lund"), Cue: at("supports"), Content: at("the plan for a new wall")}
	priors := quote.Priors([]*news.Version{&v, &v}, [][]quote.Annotated{{gold}, {gold}})
	var none [quote.Tables][]float32
	for k := range none {
		none[k] = make([]float32, quote.TableSize(k))
	}
	m, err := quote.ReadModel(string(quote.WriteModel(priors, none, 0)))
	if err != nil {
		t.Fatal(err)
	}
	asked := map[int]int{}
	for _, s := range m.Samples(&v, []quote.Annotated{gold}) {
		if s.Right < 0 || s.Right >= len(s.Candidates) {
			t.Errorf("table %d: candidate %d of %d is right", s.Table, s.Right, len(s.Candidates))
		}
		if s.Table > quote.CueTable {
			asked[s.Table]++
		}
	}
	for _, table := range []int{quote.SideTable, quote.NearTable, quote.FarTable, quote.SourceTable} {
		if asked[table] != 1 {
			t.Errorf("table %d is asked %d times, want once", table, asked[table])
		}
	}

	// The same cue with other content is no attribution.
	for content, want := range map[string]int{"the plan for a new wall": 1, "wall": 0} {
		gold.Content = at(content)
		right := 0
		for _, s := range m.Judgements(&v, []quote.Annotated{gold}) {
			if s.Table != quote.AcceptTable || len(s.Candidates) != 2 {
				t.Errorf("table %d with %d candidates", s.Table, len(s.Candidates))
			}
			right += 1 - s.Right
		}
		if right != want {
			t.Errorf("content %q: %d guesses are right, want %d", content, right, want)
		}
	}
}
