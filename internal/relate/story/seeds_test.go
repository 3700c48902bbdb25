package story

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
)

// folder reads all plain texts of a folder.
func folder(t testing.TB, dir string) labelled {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Skip("nothing in ", dir)
	}
	var l labelled
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		l.versions = append(l.versions, annotate(news.Version{Name: strings.TrimSuffix(filepath.Base(f), ".txt"), Text: string(raw)}))
	}
	return l
}

// show prints stories and steps with the first three characters of each name.
func show(stories []news.Story, steps []news.Step) string {
	short := func(names []string) string {
		var out []string
		for _, n := range names {
			out = append(out, n[:min(len(n), 3)])
		}
		return strings.Join(out, " ")
	}
	var b strings.Builder
	for _, s := range stories {
		b.WriteString("story " + short(s.Documents) + " " + s.From + "/" + s.To + "\n")
	}
	for _, s := range steps {
		b.WriteString("step " + string(rune('0'+s.Order)) + " " + s.Date + " [" + short(s.Documents) + "] follows [" + short(s.Follows) + "]\n")
	}
	return b.String()
}

func TestSeeds(t *testing.T) {
	l := folder(t, filepath.Join(beside, "seeds"))
	for _, v := range l.versions {
		if strings.HasPrefix(v.Name, "003") {
			v.Meta.Published.Value = "2023-09-19" // as package pipeline takes it from its twin
		}
	}
	want := `story 000 001 002 003 2023-09-19/2023-09-20
story 004 2023-09-14/2023-09-14
step 1 2023-09-14 [004] follows []
step 2 2023-09-19 [000 002 003] follows [004]
step 3 2023-09-20 [001] follows [003]
`
	if got := show(Fold(l.digest())); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestExampleOfTheDam(t *testing.T) {
	l := folder(t, "../../../examples/brindle-dam")
	for _, v := range l.versions {
		if strings.HasPrefix(v.Name, "05") {
			v.Meta.Published.Value = "2024-03-12" // its own stamp is false
		}
	}
	want := `story 01- 2024-02-15/2024-02-15
story 02- 03- 04- 05- 06- 09- 10- 11- 12- 2024-03-12/2024-03-13
step 1 2024-02-15 [01-] follows []
step 2 2024-03-12 [02- 03- 04- 05- 06-] follows [01-]
step 3 2024-03-13 [09- 10- 11- 12-] follows [03-]
`
	if got := show(Fold(l.digest())); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
