package nanco

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/text"
)

func TestLineTellsPairsApart(t *testing.T) {
	pair := func(a, b int, like float64) Pair {
		return Pair{A: Answer{Group: a}, B: Answer{Group: b}, Like: like}
	}
	for _, c := range []struct {
		name  string
		pairs []Pair
		want  float64
	}{
		{"a clean line", []Pair{pair(1, 1, 0.9), pair(2, 2, 0.7), pair(1, 2, 0.3)}, 0.7},
		{"likeness says nothing: nothing is together", []Pair{pair(1, 2, 0.9), pair(1, 1, 0.1)}, 1},
		{"the few together weigh as much as the many apart", []Pair{pair(1, 2, 0.9), pair(1, 1, 0.8), pair(1, 2, 0.2), pair(1, 2, 0.1)}, 0.8},
	} {
		if got := Line(c.pairs); got != c.want {
			t.Errorf("%s: line at %g, want %g", c.name, got, c.want)
		}
	}
}

func TestScoreInventedAnswers(t *testing.T) {
	const file = `[
 {"question": "Why did the bridge close?", "answers": [
  {"Paragraph": "The bridge closed because of a motor failure.", "Answer": "a motor failure", "cluster_global": 0},
  {"Paragraph": "A failure of the motor closed the bridge.", "Answer": "A failure of the motor", "cluster_global": 0},
  {"Paragraph": "Strong winds kept the bridge shut.", "Answer": "Strong winds", "cluster_global": 1}]},
 {"question": "Why did the ferry stop?", "answers": [
  {"Paragraph": "The ferry stopped because of an engine failure.", "Answer": "an engine failure", "cluster_global": 0},
  {"Paragraph": "A failure of the engine stopped the ferry.", "Answer": "A failure of the engine", "cluster_global": 0},
  {"Paragraph": "High waves kept the ferry in port.", "Answer": "High waves", "cluster_global": 1}]}
]`
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, File), []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := Score(dir, pipeline.Annotate, pipeline.Alike)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"balanced accuracy", "together", "apart"} {
		row, ok := r.Find(name)
		if v, judged := row.Count.Value(); !ok || !judged || v != 1 {
			t.Errorf("%s: %v %v", name, v, r.Problems)
		}
	}
}

func TestAnswerThatIsNotInItsParagraph(t *testing.T) {
	v, at := version("a", Answer{Paragraph: "Nothing of it.", Answer: "another thing"})
	if want := (text.Span{End: len("another thing")}); v.Text != "another thing" || at != want {
		t.Errorf("%q %v", v.Text, at)
	}
}
