package corroborate

import (
	"archive/tar"
	"cmp"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/annotate/claim"
	"github.com/tracewire/tracewire/internal/annotate/header"
	"github.com/tracewire/tracewire/internal/annotate/mention"
	"github.com/tracewire/tracewire/internal/annotate/quote"
	"github.com/tracewire/tracewire/internal/annotate/segment"
	"github.com/tracewire/tracewire/internal/annotate/timex"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

var train = flag.Bool("train", false, "print weights of pairs of claims learned from ECB+ beside the repository")

// The weights of pairs are learned from ECB+ (Cybulska and Vossen 2014, CC BY):
// news of 32 topics in which events have marks, equal across documents when the
// events are. Each topic holds two different happenings of one kind (two
// earthquakes, two arrests), so that look-alikes are in it. Two claims say the
// same when the marks at their heads are of one event. Topics with even numbers
// are for learning, the others for looking.

// marked is a topic: its versions, and the event marks of each.
type marked struct {
	number   int
	versions []*news.Version
	events   map[string]map[text.Span]string // version -> place of a mark -> event
}

var ecbName = regexp.MustCompile(`^ECB\+/(\d+)/(\S+)\.xml$`)

// ecbPlus reads the topics.
func ecbPlus(t testing.TB) []marked {
	f, err := os.Open(filepath.Join("../../../../shared/bench/events", "ecbplus-1-35.tar.gz"))
	if err != nil {
		t.Skip("needs ECB+ beside the repository: ", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	topics := map[int]*marked{}
	for in := tar.NewReader(z); ; {
		h, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		m := ecbName.FindStringSubmatch(h.Name)
		if m == nil {
			continue
		}
		n, _ := strconv.Atoi(m[1])
		if topics[n] == nil {
			topics[n] = &marked{number: n, events: map[string]map[text.Span]string{}}
		}
		v, events, err := ecbDocument(in, m[2])
		if err != nil {
			t.Fatal(h.Name, err)
		}
		topics[n].versions = append(topics[n].versions, v)
		topics[n].events[v.Name] = events
	}
	var out []marked
	for _, x := range topics {
		out = append(out, *x)
	}
	slices.SortFunc(out, func(a, b marked) int { return cmp.Compare(a.number, b.number) })
	return out
}

// ecbDocument makes an annotated version of a document, and the places of its
// event marks.
func ecbDocument(r io.Reader, name string) (*news.Version, map[text.Span]string, error) {
	var doc struct {
		Tokens []struct {
			ID       string `xml:"t_id,attr"`
			Sentence int    `xml:"sentence,attr"`
			Word     string `xml:",chardata"`
		} `xml:"token"`
		Markables struct {
			All []struct {
				XMLName  xml.Name
				ID       string `xml:"m_id,attr"`
				Instance string `xml:"instance_id,attr"`
				Anchors  []struct {
					ID string `xml:"t_id,attr"`
				} `xml:"token_anchor"`
			} `xml:",any"`
		} `xml:"Markables"`
		Relations struct {
			All []struct {
				Note    string `xml:"note,attr"`
				Sources []struct {
					ID string `xml:"m_id,attr"`
				} `xml:"source"`
			} `xml:",any"`
		} `xml:"Relations"`
	}
	if err := xml.NewDecoder(r).Decode(&doc); err != nil {
		return nil, nil, err
	}
	var b strings.Builder
	at := map[string]text.Span{}
	for i, w := range doc.Tokens {
		if i > 0 && w.Sentence != doc.Tokens[i-1].Sentence {
			b.WriteByte('\n')
		}
		word := w.Word
		switch word {
		case "``", "''":
			word = `"`
		}
		if b.Len() > 0 && !strings.HasSuffix(b.String(), "\n") && !strings.ContainsAny(word[:1], ",.;:?!'") {
			b.WriteByte(' ')
		}
		at[w.ID] = text.Span{Start: b.Len(), End: b.Len() + len(word)}
		b.WriteString(word)
	}
	chain := map[string]string{}
	for _, rel := range doc.Relations.All {
		for _, s := range rel.Sources {
			if rel.Note != "" {
				chain[s.ID] = rel.Note
			}
		}
	}
	events := map[text.Span]string{}
	for _, m := range doc.Markables.All {
		tag := m.XMLName.Local
		if !strings.HasPrefix(tag, "ACTION") && !strings.HasPrefix(tag, "NEG") || len(m.Anchors) == 0 {
			continue
		}
		id := chain[m.ID]
		if id == "" {
			id = name + " " + m.ID
		}
		events[at[m.Anchors[0].ID].Union(at[m.Anchors[len(m.Anchors)-1].ID])] = id
	}
	return annotated(news.Version{Name: name, Text: b.String()}), events, nil
}

// example is a pair with what the marks say of it.
type example struct {
	a, b *statement
	x    features
	same bool
	// weight is less in topics with many pairs: they would be all there is
	weight float64
}

// examples are the pairs of claims of a topic that would be compared, and whose
// heads have marks.
func (m marked) examples() []example {
	versions := slices.Clone(m.versions)
	slices.SortFunc(versions, func(a, b *news.Version) int { return cmp.Compare(a.Name, b.Name) })
	all := statements(versions, fullNames(versions))
	w := weigh(all)
	event := make([]string, len(all))
	for i := range all {
		v := versions[all[i].doc]
		ts := tokensIn(v.Tokens, all[i].claim.Span)
		if all[i].deed.at < 0 {
			continue
		}
		head := ts[all[i].deed.at].Span
		for sp, id := range m.events[v.Name] {
			if sp.Overlaps(head) {
				event[i] = id
			}
		}
	}
	var out []example
	for i := range all {
		for j := range all[:i] {
			a, b := &all[j], &all[i]
			if event[i] == "" || event[j] == "" || a.doc == b.doc || vetoed(a, b) {
				continue
			}
			x, ok := compare(a, b, w)
			if !ok {
				continue
			}
			out = append(out, example{a, b, x, event[i] == event[j], 1})
		}
	}
	for i := range out {
		out[i].weight = 100 / math.Sqrt(100*float64(len(out)))
	}
	return out
}

// logistic fits weights by gradient descent with a ridge.
func logistic(data []example, ridge float64) features {
	var w features
	for range 4000 {
		var g features
		total := 0.0
		for _, e := range data {
			z := 0.0
			for i, v := range e.x {
				z += w[i] * v
			}
			d := -1 / (1 + math.Exp(-z))
			if e.same {
				d++
			}
			for i, v := range e.x {
				g[i] += e.weight * d * v
			}
			total += e.weight
		}
		for i := range w {
			if i != fBias {
				g[i] -= ridge * w[i]
			}
			w[i] += 4 * g[i] / total
		}
	}
	return w
}

// measure counts precision and recall at a threshold.
func measure(data []example, w features, at float64) (p, r float64) {
	var hit, said, is float64
	for _, e := range data {
		z := 0.0
		for i, v := range e.x {
			z += w[i] * v
		}
		yes := 1/(1+math.Exp(-z)) >= at
		if yes {
			said += e.weight
		}
		if e.same {
			is += e.weight
		}
		if yes && e.same {
			hit += e.weight
		}
	}
	return hit / max(1, said), hit / max(1, is)
}

// told is a story of testdata/same.txt: pages, and the key of each claim.
type told struct {
	name     string
	versions []*news.Version
	key      map[news.ClaimRef]string
	text     map[news.ClaimRef]string
}

// invented reads testdata/same.txt. The first sentences of all keys make the
// first page, the second ones the second, and so on.
func invented(t testing.TB) []told {
	file, err := os.ReadFile("testdata/same.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []told
	for block := range strings.SplitSeq(string(file), "\n## ") {
		head, body, _ := strings.Cut(block, "\n")
		if strings.HasPrefix(head, "#") {
			continue
		}
		day, name, _ := strings.Cut(head, " ")
		type line struct{ key, sentence string }
		pages := map[int][]line{}
		count, alone := map[string]int{}, 0
		for l := range strings.Lines(body) {
			key, sentence, ok := strings.Cut(strings.TrimSpace(l), " | ")
			if !ok {
				continue
			}
			n := count[key]
			count[key]++
			if key == "-" {
				alone++
				n = alone % 2
				key = fmt.Sprintf("-%d", alone)
			}
			pages[n] = append(pages[n], line{key, sentence})
		}
		x := told{name: name, key: map[news.ClaimRef]string{}, text: map[news.ClaimRef]string{}}
		for n := range len(pages) {
			var sentences []string
			for _, l := range pages[n] {
				sentences = append(sentences, l.sentence)
			}
			v := annotated(news.Version{Name: fmt.Sprintf("%c %s", 'a'+n, name), Text: strings.Join(sentences, "\n\n") + "\n", Given: news.Given{Outlet: "Outlet " + string(rune('A'+n)), Dates: []news.GivenDate{{From: "feed", Role: "published", Value: day}}}})
			at := 0
			for _, l := range pages[n] {
				end := at + len(l.sentence)
				for _, c := range v.Claims.Items {
					if c.Span.Start >= at && c.Span.End <= end {
						ref := news.ClaimRef{Doc: v.Name, Claim: c.ID}
						x.key[ref], x.text[ref] = l.key, l.sentence
						break
					}
				}
				at = end + 2
			}
			x.versions = append(x.versions, v)
		}
		out = append(out, x)
	}
	return out
}

func annotated(v news.Version) *news.Version {
	v.ID = v.Name
	v.Lines, v.Meta = header.Find(v.Text, v.Given)
	v.Tokens, v.Sentences = segment.Find(&v)
	v.Timexes = timex.Find(&v)
	v.Entities = mention.Find(&v)
	v.Quotes, v.Attitudes = quote.Find(&v)
	v.Claims = claim.Find(&v)
	return &v
}

func (x told) examples() []example {
	all := statements(x.versions, fullNames(x.versions))
	w := weigh(all)
	var out []example
	for i := range all {
		for j := range all[:i] {
			a, b := &all[j], &all[i]
			ka, kb := x.key[a.ref], x.key[b.ref]
			if ka == "" || kb == "" || vetoed(a, b) || a.key() == b.key() {
				continue
			}
			f, ok := compare(a, b, w)
			if !ok {
				continue
			}
			out = append(out, example{a, b, f, ka == kb, 1})
		}
	}
	return out
}

// TestInventedStories groups the claims of testdata/same.txt.
func TestInventedStories(t *testing.T) {
	var hit, said, is int
	for _, x := range invented(t) {
		groups, _ := Fold(x.versions, nil, nil)
		in := map[news.ClaimRef]string{}
		for _, g := range groups {
			for _, m := range g.Members {
				in[m] = g.ID
			}
		}
		var refs []news.ClaimRef
		for r := range x.key {
			refs = append(refs, r)
		}
		slices.SortFunc(refs, func(a, b news.ClaimRef) int { return cmp.Compare(x.text[a], x.text[b]) })
		for i, a := range refs {
			for _, b := range refs[:i] {
				same, put := x.key[a] == x.key[b], in[a] == in[b]
				if same {
					is++
				}
				if put {
					said++
				}
				switch {
				case same && put:
					hit++
				case same:
					t.Logf("apart:    %-70s | %s", x.text[a], x.text[b])
				case put:
					t.Logf("together: %-70s | %s", x.text[a], x.text[b])
				}
			}
		}
	}
	p, r := float64(hit)/float64(said), float64(hit)/float64(is)
	t.Logf("%d pairs are one claim: P %.3f R %.3f F1 %.3f", is, p, r, 2*p*r/(p+r))
}

func TestTrain(t *testing.T) {
	if !*train {
		t.Skip("without -train")
	}
	var learn, look, own []example
	for _, m := range ecbPlus(t) {
		if m.number%2 == 0 {
			learn = append(learn, m.examples()...)
		} else {
			look = append(look, m.examples()...)
		}
	}
	for _, x := range invented(t) {
		own = append(own, x.examples()...)
	}
	scale := func(in []example, total float64) []example {
		sum, out := 0.0, slices.Clone(in)
		for _, e := range in {
			sum += e.weight
		}
		for i := range out {
			out[i].weight *= total / sum
		}
		return out
	}
	show := func(name string, w features) {
		fmt.Printf("%s: features{", name)
		for i, x := range w {
			fmt.Printf("%s: %.2f, ", featureNames[i], x)
		}
		fmt.Println("}")
		for _, at := range []float64{0.2, 0.3, 0.4, 0.5, 0.6, 0.7} {
			p, r := measure(look, w, at)
			p0, r0 := measure(own, w, at)
			fmt.Printf("  at %.1f: ECB+, odd topics: P %.3f R %.3f F1 %.3f   invented: P %.3f R %.3f F1 %.3f\n", at, p, r, 2*p*r/(p+r), p0, r0, 2*p0*r0/(p0+r0))
		}
	}
	fmt.Printf("%d pairs of ECB+ to learn from, %d to look at, %d invented\n", len(learn), len(look), len(own))
	show("in use", weights)
	show("ECB+", logistic(scale(learn, 1000), 1))
	show("invented", logistic(scale(own, 1000), 1))
	show("both", logistic(append(scale(learn, 1000), scale(own, 1000)...), 2))
}
