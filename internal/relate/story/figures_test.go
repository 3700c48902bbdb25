package story

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/tracewire/tracewire/eval/events"
	"github.com/tracewire/tracewire/eval/lineagebench"
	"github.com/tracewire/tracewire/internal/annotate/header"
	"github.com/tracewire/tracewire/internal/annotate/mention"
	"github.com/tracewire/tracewire/internal/annotate/segment"
	"github.com/tracewire/tracewire/internal/annotate/sketch"
	"github.com/tracewire/tracewire/internal/annotate/timex"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate/lineage"
	"github.com/tracewire/tracewire/internal/relate/reuse"
)

// beside is where public benchmarks lie beside the repository.
const beside = "../../../../shared"

// at is where a benchmark lies; without it the test is skipped.
func at(t testing.TB, name string) string {
	t.Helper()
	dir := filepath.Join(beside, name)
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no benchmarks beside the repository: ", name)
	}
	return dir
}

// labelled is a set of versions with the stories that a reader gave them. The
// first label is the reader's choice; the others are as good.
type labelled struct {
	versions []*news.Version
	digests  []D         // by TestTrain
	links    []news.Link // by TestTrain
	labels   map[string][]string
	counts   map[string]bool   // scored at all
	topics   map[string]string // of texts on several stories of one topic
}

// digest digests all versions and links them by their lineage.
func (l labelled) digest() ([]D, []news.Link) {
	digests := make([]D, len(l.versions))
	for i, v := range l.versions {
		digests[i] = Digest(v)
	}
	return digests, lineage.Fold(l.versions, reuse.CompareAll(l.versions))
}

// annotate runs the stages that a digest and the lineage rest on; package
// pipeline, which knows them all, imports this one.
func annotate(v news.Version) *news.Version {
	v.Lines, v.Meta = header.Find(v.Text, v.Given)
	v.Tokens, v.Sentences = segment.Find(&v)
	v.Timexes = timex.Find(&v)
	v.Entities = mention.Find(&v)
	v.Sketch = sketch.Find(&v)
	v.ID = v.Name
	return &v
}

func helsinki(t testing.TB) labelled {
	bench, err := lineagebench.Load(at(t, "lineage"))
	if err != nil {
		t.Fatal(err)
	}
	out := labelled{labels: map[string][]string{}, counts: map[string]bool{}}
	for i, v := range bench.Versions() {
		gold := bench.Articles[i].Gold
		out.labels[v.Name] = append([]string{gold.Story}, gold.AltStory...)
		out.counts[v.Name] = gold.Kind == "news"
		out.versions = append(out.versions, annotate(v))
	}
	return out
}

func ecbPlus(t testing.TB) labelled {
	texts, err := events.Load(at(t, "bench/events"))
	if err != nil {
		t.Fatal(err)
	}
	out := labelled{labels: map[string][]string{}, counts: map[string]bool{}, topics: map[string]string{}}
	for _, x := range texts {
		out.labels[x.Name] = []string{x.Story}
		out.counts[x.Name], out.topics[x.Name] = true, strconv.Itoa(x.Topic)
		out.versions = append(out.versions, annotate(news.Version{Name: x.Name, Text: x.Text}))
	}
	return out
}

// tally adds up B-cubed over texts.
type tally struct{ precision, recall, n float64 }

func (t tally) bcubed() (precision, recall, f1 float64) {
	p, r := t.precision/t.n, t.recall/t.n
	return p, r, 2 * p * r / (p + r)
}

// bcubed scores stories against the labels.
func (l labelled) bcubed(stories []news.Story) (precision, recall, f1 float64) {
	var t tally
	l.judge(&t, stories, func(string) bool { return true })
	return t.bcubed()
}

// judge adds the texts that are judged to a tally.
func (l labelled) judge(t *tally, stories []news.Story, judged func(name string) bool) {
	clusters := map[string][]string{}
	for _, s := range stories {
		var in []string
		for _, d := range s.Documents {
			if l.counts[d] {
				in = append(in, d)
			}
		}
		for _, d := range in {
			clusters[d] = in
		}
	}
	size := map[string][]string{}
	for d, labels := range l.labels {
		if l.counts[d] {
			size[labels[0]] = append(size[labels[0]], d)
		}
	}
	for d, cluster := range clusters {
		if !judged(d) {
			continue
		}
		var bestP, bestR, best float64
		for _, label := range l.labels[d] {
			right := 0.0
			for _, o := range cluster {
				if o == d || slices.Contains(l.labels[o], label) {
					right++
				}
			}
			inGold, found := 1.0, 1.0
			for _, o := range size[label] {
				if o == d {
					continue
				}
				inGold++
				if slices.Contains(cluster, o) {
					found++
				}
			}
			p, r := right/float64(len(cluster)), found/inGold
			if f := 2 * p * r / (p + r); f > best {
				bestP, bestR, best = p, r, f
			}
		}
		t.precision += bestP
		t.recall += bestR
		t.n++
	}
}

func TestHelsinki(t *testing.T) {
	l := helsinki(t)
	digests, links := l.digest()
	stories, _ := Fold(digests, links)
	p, r, f := l.bcubed(stories)
	if f < 0.77 {
		t.Errorf("B-cubed F1 %.3f fell below its floor", f)
	}
	t.Logf("Helsinki, %d stories: B-cubed P %.3f R %.3f F1 %.3f", len(stories), p, r, f)
}

func TestECBPlus(t *testing.T) {
	l := ecbPlus(t)
	digests, links := l.digest()
	stories, _ := Fold(digests, links)
	p, r, f := l.bcubed(stories)
	if f < 0.875 {
		t.Errorf("B-cubed F1 %.3f fell below its floor", f)
	}
	t.Logf("ECB+, %d stories: B-cubed P %.3f R %.3f F1 %.3f", len(stories), p, r, f)
}
