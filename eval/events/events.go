// Package events scores stories on ECB+ (Cybulska and Vossen 2014): texts on
// 35 topics, each of two happenings of one kind — one star goes into rehab and
// then another does, two earthquakes, two sackings. A story is a topic with
// its half (ecb or ecbplus); nobody tells the program how many there are.
//
// The weights by which stories are compared were learned on these topics
// (internal/relate/story, TestTrain): the figures are of data that was seen.
// Topics of even and of odd number are told apart so that whoever learns weights
// on one half can be judged on the other.
package events

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tracewire/tracewire/eval/archive"
	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/internal/news"
)

// Text is one text with its place in the corpus.
type Text struct {
	Name  string // 12_3ecbplus
	Topic int
	Story string // 12ecbplus
	Text  string // a line a sentence
}

// even reports which half a topic is in.
func even(topic int) bool { return topic%2 == 0 }

var fileName = regexp.MustCompile(`^ECB\+/\d+/((\d+)_\d+(ecb|ecbplus))\.xml$`)

// Load reads the texts in DIR/ecbplus-1-35.tar.gz, in the order of their names.
func Load(dir string) ([]Text, error) {
	var out []Text
	err := archive.Each(filepath.Join(dir, "ecbplus-1-35.tar.gz"), func(name string, content []byte) error {
		m := fileName.FindStringSubmatch(name)
		if m == nil {
			return nil
		}
		var doc struct {
			Tokens []token `xml:"token"`
		}
		if err := xml.Unmarshal(content, &doc); err != nil {
			return err
		}
		topic, err := strconv.Atoi(m[2])
		if err != nil {
			return err
		}
		out = append(out, Text{Name: m[1], Topic: topic, Story: m[2] + m[3], Text: prose(doc.Tokens)})
		return nil
	})
	slices.SortFunc(out, func(a, b Text) int { return cmp.Compare(a.Name, b.Name) })
	return out, err
}

type token struct {
	Sentence int    `xml:"sentence,attr"`
	Word     string `xml:",chardata"`
}

// prose puts the tokens together again as they stood on the page, as far as
// that can be told.
func prose(tokens []token) string {
	const opening, closing = "“([$£€#", "”)],.;:!?%’"
	var b strings.Builder
	quoted, glue := false, true // inside straight quotation marks; the next token follows without a space
	for i, t := range tokens {
		w := t.Word
		if i > 0 && t.Sentence != tokens[i-1].Sentence {
			b.WriteByte('\n')
			quoted, glue = false, true
		}
		switch {
		case w == "``", w == `"` && !quoted:
			w, quoted = "“", true
		case w == "''", w == "' '", w == `"`:
			w, quoted = "”", false
		}
		closes := w != "" && (strings.Contains(closing, w) || w[0] == '\'' || w == "n't")
		if !glue && !closes && w != "/" {
			b.WriteByte(' ')
		}
		b.WriteString(w)
		glue = w != "" && strings.Contains(opening, w) || w == "/" || w == "’"
	}
	return b.String()
}

// Score has all texts annotated and related at once, and compares the stories
// with those of the corpus.
func Score(dir string, run func([]news.Version) ([]news.Version, news.Relations, error)) (measure.Report, error) {
	texts, err := Load(dir)
	if err != nil {
		return measure.Report{}, err
	}
	versions := make([]news.Version, len(texts))
	for i, t := range texts {
		versions[i] = news.Version{Name: t.Name, Text: t.Text}
	}
	found, relations, err := run(versions)
	if err != nil {
		return measure.Report{}, err
	}
	return Compare(texts, found, relations.Stories), nil
}

// Compare scores stories. A text that stands in none is alone.
func Compare(texts []Text, versions []news.Version, stories []news.Story) measure.Report {
	r := measure.Report{Name: "ECB+, topics 1-35: stories", Docs: len(texts)}
	in := map[string]string{}
	for _, s := range stories {
		for _, d := range s.Documents {
			in[d] = s.ID
		}
	}
	for _, part := range []struct {
		name  string
		holds func(topic int) bool
	}{
		{"stories", func(int) bool { return true }},
		{"stories, even topics", even},
		{"stories, odd topics", func(t int) bool { return !even(t) }},
	} {
		var judged, others []measure.Clustering
		for _, t := range texts {
			c := measure.Clustering{Gold: t.Story, Prog: cmp.Or(in[t.Name], "alone: "+t.Name)}
			if part.holds(t.Topic) {
				judged = append(judged, c)
			} else {
				others = append(others, c)
			}
		}
		recall, precision := measure.BCubed(append(judged, others...), len(judged))
		r.Rows = append(r.Rows, measure.Row{
			Name: part.name, Count: measure.Weighted(recall, len(judged), precision, len(judged)),
			How: "B-cubed; all texts are related together",
		})
	}
	r.Notes = []string{fmt.Sprintf("%d stories found, %d in the corpus. The weights were learned on these topics.", len(stories), len(sizes(texts)))}
	r.Problems = problems(texts, versions, stories)
	return r
}

func sizes(texts []Text) map[string]int {
	out := map[string]int{}
	for _, t := range texts {
		out[t.Story]++
	}
	return out
}

// problems lists the program's stories that join several of the corpus, and
// the stories of the corpus that the program parted: each side with the texts
// in it, and for joined ones why the program joined them.
func problems(texts []Text, versions []news.Version, stories []news.Story) []measure.Problem {
	gold, title := map[string]string{}, map[string]string{}
	for _, t := range texts {
		gold[t.Name] = t.Story
		title[t.Name] = firstWords(t.Text)
	}
	for _, v := range versions {
		if h := v.Meta.Headline.Value; h != "" {
			title[v.Name] = firstWords(h)
		}
	}
	var out []measure.Problem
	in := map[string]string{}
	for _, s := range stories {
		parts := map[string][]string{}
		for _, d := range s.Documents {
			in[d] = fmt.Sprintf("%s “%s”", s.ID, s.Title)
			parts[gold[d]] = append(parts[gold[d]], d)
		}
		if len(parts) > 1 {
			text := side(parts, title)
			for _, w := range s.Why {
				if a, b, told := pairOf(w, gold); told && gold[a] != gold[b] {
					text += "\n      because " + w
				}
			}
			out = append(out, measure.Problem{What: "joined", Doc: s.ID, Text: text})
		}
	}
	parted := map[string]map[string][]string{}
	for _, t := range texts {
		if parted[t.Story] == nil {
			parted[t.Story] = map[string][]string{}
		}
		s := cmp.Or(in[t.Name], "alone")
		parted[t.Story][s] = append(parted[t.Story][s], t.Name)
	}
	for _, story := range slices.Sorted(maps.Keys(parted)) {
		if parts := parted[story]; len(parts) > 1 {
			out = append(out, measure.Problem{What: "parted", Doc: story, Text: side(parts, title)})
		}
	}
	return out
}

// side lays the parts of a story side by side, the largest first.
func side(parts map[string][]string, title map[string]string) string {
	names := slices.SortedFunc(maps.Keys(parts), func(a, b string) int {
		return cmp.Or(cmp.Compare(len(parts[b]), len(parts[a])), cmp.Compare(a, b))
	})
	var b strings.Builder
	fmt.Fprintf(&b, "%d parts", len(names))
	for _, n := range names {
		fmt.Fprintf(&b, "\n   %s, %d texts", n, len(parts[n]))
		for i, d := range parts[n] {
			if i == 4 {
				b.WriteString("\n      …")
				break
			}
			fmt.Fprintf(&b, "\n      %-12s %s", d, title[d])
		}
	}
	return b.String()
}

// pairOf finds the two texts of which a reason speaks: "A with B: …".
func pairOf(why string, known map[string]string) (a, b string, ok bool) {
	names, _, _ := strings.Cut(why, ": ")
	a, b, ok = strings.Cut(names, " with ")
	return a, b, ok && known[a] != "" && known[b] != ""
}

// firstWords is the beginning of a text, for the eye.
func firstWords(src string) string {
	for line := range strings.Lines(src) {
		words := strings.Fields(line)
		if len(words) > 3 {
			return strings.Join(words[:min(len(words), 16)], " ")
		}
	}
	return strings.TrimSpace(src)
}
