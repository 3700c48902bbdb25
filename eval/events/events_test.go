package events

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
)

func TestProse(t *testing.T) {
	words := func(s string) (out []token) {
		for i, line := range strings.Split(s, "|") {
			for w := range strings.FieldsSeq(line) {
				out = append(out, token{i, w})
			}
		}
		return out
	}
	for in, want := range map[string]string{
		"The ferry sank , killing 4 .|Nobody knew .":   "The ferry sank, killing 4.\nNobody knew.",
		"`` It went down , '' said Mira Dolan .":       "“It went down,” said Mira Dolan.",
		`" Nobody " knew ( or did n't say ) .`:         "“Nobody” knew (or didn't say).",
		"The guard 's chief spent $ 3 million on it ?": "The guard's chief spent $3 million on it?",
	} {
		if got := prose(words(in)); got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

func TestCompare(t *testing.T) {
	texts := []Text{
		{"2_1ecb", 2, "2ecb", "Ferry sinks off Port Amsel"},
		{"2_2ecb", 2, "2ecb", "Silver Heron goes down"},
		{"3_1ecb", 3, "3ecb", "Tram derails in Eldham"},
		{"3_1ecbplus", 3, "3ecbplus", "Tram derails in Wexcombe"},
	}
	r := Compare(texts, nil, []news.Story{
		{ID: "a", Documents: []string{"2_1ecb"}},
		{ID: "b", Title: "Trams", Documents: []string{"3_1ecb", "3_1ecbplus"}, Why: []string{"3_1ecb with 3_1ecbplus: both ledes tell of tram"}},
	})
	for name, want := range map[string][2]float64{ // precision, recall
		"stories": {0.75, 0.75}, "stories, even topics": {1, 0.5}, "stories, odd topics": {0.5, 1},
	} {
		row, _ := r.Find(name)
		p, _ := row.Count.Precision()
		q, _ := row.Count.Recall()
		if math.Abs(p-want[0])+math.Abs(q-want[1]) > 1e-9 {
			t.Errorf("%s: precision %v, recall %v, want %v", name, p, q, want)
		}
	}
	var b strings.Builder
	if err := r.WriteProblems(&b, "all"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"b  joined: 2 parts\n   3ecb, 1 texts\n      3_1ecb       Tram derails in Eldham",
		"because 3_1ecb with 3_1ecbplus: both ledes tell of tram",
		"2ecb  parted: 2 parts",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the problems lack %q:\n%s", want, b.String())
		}
	}
}

func TestBenchmarkLoads(t *testing.T) {
	const dir = "../../../shared/bench/events"
	if _, err := os.Stat(filepath.Join(dir, "ecbplus-1-35.tar.gz")); err != nil {
		t.Skip("no ../shared/bench/events beside the repository")
	}
	texts, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(texts) != 772 || len(sizes(texts)) != 66 {
		t.Errorf("%d texts on %d stories", len(texts), len(sizes(texts)))
	}
}
