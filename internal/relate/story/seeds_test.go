package story

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate/lineage"
	"github.com/tracewire/tracewire/internal/relate/reuse"
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
	l := folder(t, filepath.Join(shared0, "seeds"))
	for _, v := range l.versions {
		if strings.HasPrefix(v.Name, "003") {
			v.Meta.Published.Value = "2023-09-19" // as its twin would tell
		}
	}
	digests, links := l.digest()
	for _, k := range links {
		t.Log(k.From, k.To, k.Relation)
	}
	stories, steps := Fold(digests, links)
	for i, a := range digests {
		for _, b := range digests[i+1:] {
			s := Compare(a, b)
			t.Logf("%.3s %.3s story %.3f thread %.3f %v", a.Name, b.Name, s.Story, s.Thread, s.Why)
		}
	}
	t.Log("\n" + show(stories, steps))
}

func TestDam(t *testing.T) {
	l := folder(t, "../../../examples/brindle-dam")
	digests := make([]D, len(l.versions))
	for i, v := range l.versions {
		digests[i] = Digest(v)
	}
	links := lineage.Fold(l.versions, reuse.CompareAll(l.versions))
	stories, steps := Fold(digests, links)
	t.Log("\n" + show(stories, steps))
	f := newFold(digests, links)
	f.lookAround(f.near())
	for i := range digests {
		for j := i + 1; j < len(digests); j++ {
			s := f.score(i, j)
			t.Logf("%.3s %.3s story %.3f thread %.3f %.2f", f.digests[i].Name, f.digests[j].Name, s.story, s.thread, featuresOf(&f.local[i], &f.local[j]).x)
		}
	}
	for _, d := range digests {
		t.Log(d.Name, d.Date, d.Kind, d.Title, d.Numbers, d.LedePlaces, d.LedeActors)
	}
	for _, s := range stories {
		t.Log(s.ID, s.Title, "\n", strings.Join(s.Why, "\n"))
	}
}
