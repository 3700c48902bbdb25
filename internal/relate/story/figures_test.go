package story

import (
	"archive/tar"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

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

func open(t testing.TB, name string) io.ReadCloser {
	t.Helper()
	f, err := os.Open(filepath.Join(beside, name))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("no benchmarks beside the repository: ", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// labelled is a set of versions with the stories that a reader gave them. The
// first label is the reader's choice; the others are as good.
type labelled struct {
	versions []*news.Version
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
	f := open(t, "lineage/helsinki.csv")
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	g := open(t, "lineage/stories.json")
	defer g.Close()
	var gold []struct {
		ID, Story, Kind string
		Alt             []string `json:"alt_story"`
	}
	if err := json.NewDecoder(g).Decode(&gold); err != nil {
		t.Fatal(err)
	}
	out := labelled{labels: map[string][]string{}, counts: map[string]bool{}}
	for _, x := range gold {
		out.labels[x.ID] = append([]string{x.Story}, x.Alt...)
		out.counts[x.ID] = x.Kind == "news"
	}
	for _, r := range rows[1:] {
		fetched, err := time.Parse(time.RFC3339, r[2])
		if err != nil {
			t.Fatal(err)
		}
		v := annotate(news.Version{
			Name: r[0], Text: strings.ReplaceAll(r[3], " ### ", "\n"),
			Given: news.Given{Outlet: r[1], Fetched: fetched},
		})
		out.versions = append(out.versions, v)
	}
	return out
}

var ecbName = regexp.MustCompile(`^ECB\+/\d+/(\d+)_(\d+)(ecb|ecbplus)\.xml$`)

func ecbPlus(t testing.TB) labelled {
	f := open(t, "bench/events/ecbplus-1-35.tar.gz")
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	out := labelled{labels: map[string][]string{}, counts: map[string]bool{}, topics: map[string]string{}}
	for in := tar.NewReader(z); ; {
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		m := ecbName.FindStringSubmatch(h.Name)
		if m == nil {
			continue
		}
		var doc struct {
			Tokens []struct {
				Sentence int    `xml:"sentence,attr"`
				Word     string `xml:",chardata"`
			} `xml:"token"`
		}
		if err := xml.NewDecoder(in).Decode(&doc); err != nil {
			t.Fatal(h.Name, err)
		}
		var b strings.Builder
		for i, w := range doc.Tokens {
			if i > 0 && w.Sentence != doc.Tokens[i-1].Sentence {
				b.WriteByte('\n')
			}
			b.WriteString(w.Word)
			b.WriteByte(' ')
		}
		name := m[1] + "_" + m[2] + m[3]
		out.labels[name] = []string{m[1] + m[3]}
		out.counts[name], out.topics[name] = true, m[1]
		out.versions = append(out.versions, annotate(news.Version{Name: name, Text: b.String()}))
	}
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
