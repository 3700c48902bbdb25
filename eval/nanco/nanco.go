// Package nanco scores the comparison of claims on NAnCo (Laban et al. 2022,
// "Discord Questions"): answers that newspapers give to one question, put
// together by readers where they say the same. A pair of answers to a question
// is together or apart.
//
// The scale of likeness says nothing of where a reader draws the line between
// short answers, so the line is drawn on one half of the questions and measured
// on the other, and the other way round. Nothing else is learned here.
package nanco

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// File is what Score looks for in its folder.
const File = "nanco_validation.json"

// Question is a question with the answers of several pages.
type Question struct {
	Text    string `json:"question"`
	Answers []Answer
}

// Answer is a stretch of a paragraph. Answers of one group say the same.
type Answer struct {
	Paragraph string
	Answer    string
	Group     int `json:"cluster_global"`
}

// Pair is two answers to one question, with how much the program holds them
// to say the same.
type Pair struct {
	Question int
	A, B     Answer
	Like     float64
}

// Together reports what the readers say of a pair.
func (p Pair) Together() bool { return p.A.Group == p.B.Group }

// Alike compares stretches of versions: what it returns tells of the i-th and
// the j-th how much they say the same, 0 to 1, or less when something speaks
// against it.
type Alike func(versions []*news.Version, spans []text.Span) func(i, j int) float64

// Score compares all pairs of answers to each question.
func Score(dir string, annotate func(news.Version) news.Version, alike Alike) (measure.Report, error) {
	questions, err := Load(filepath.Join(dir, File))
	if err != nil {
		return measure.Report{}, err
	}
	pairs := Pairs(questions, annotate, alike)
	half := [2][]Pair{}
	for _, p := range pairs {
		half[p.Question%2] = append(half[p.Question%2], p)
	}
	r := measure.Report{Name: "NAnCo, pairs of answers (validation part)", Docs: len(questions)}
	var together, apart, hits, said measure.Count
	for k := range half {
		line := Line(half[1-k])
		for _, p := range half[k] {
			yes := p.Like >= line
			if p.Together() {
				together = together.Plus(measure.Share(measure.One(yes), 1))
			} else {
				apart = apart.Plus(measure.Share(measure.One(!yes), 1))
			}
			if yes {
				said = said.Plus(measure.Share(measure.One(p.Together()), 1))
			}
			if yes != p.Together() {
				r.Problems = append(r.Problems, problem(questions[p.Question], p))
			}
		}
		r.Notes = append(r.Notes, fmt.Sprintf("%s questions: line at %.3f, drawn on the others", [2]string{"Even", "Odd"}[k], line))
	}
	hits = measure.Count{Hit: together.Hit / float64(max(1, together.Gold)) / 2, Gold: 1, OneSide: true}
	hits.Hit += apart.Hit / float64(max(1, apart.Gold)) / 2
	r.Rows = []measure.Row{
		{Name: "balanced accuracy", Count: hits, How: "mean of the next two"},
		{Name: "together", Count: together, How: "pairs that readers put together, and the program"},
		{Name: "apart", Count: apart, How: "pairs that readers keep apart, and the program"},
		{Name: "precision", Count: said, How: "pairs that the program puts together, and readers"},
	}
	return r, nil
}

// Load reads the questions in the order of the file.
func Load(file string) ([]Question, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var out []Question
	if err := json.Unmarshal(raw, &out); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if len(out) < 2 {
		return nil, errors.New("fewer than two questions: no half to draw the line on")
	}
	return out, nil
}

// Pairs compares the answers to each question.
func Pairs(questions []Question, annotate func(news.Version) news.Version, alike Alike) []Pair {
	var out []Pair
	for n, q := range questions {
		var versions []*news.Version
		var spans []text.Span
		for i, a := range q.Answers {
			v, at := version(fmt.Sprintf("%03d", i), a)
			v = annotate(v)
			versions, spans = append(versions, &v), append(spans, at)
		}
		like := alike(versions, spans)
		for i := range q.Answers {
			for j := range i {
				out = append(out, Pair{n, q.Answers[j], q.Answers[i], like(j, i)})
			}
		}
	}
	return out
}

// version is a text with the answer in its paragraph, or alone where the
// paragraph does not have it word for word.
func version(name string, a Answer) (news.Version, text.Span) {
	src := a.Paragraph
	at := strings.Index(src, a.Answer)
	if at < 0 {
		src, at = a.Answer, 0
	}
	return news.Version{ID: name, Name: name, Text: src}, text.Span{Start: at, End: at + len(a.Answer)}
}

// Line is the likeness at which pairs are best told apart, by balanced
// accuracy; of equals the highest.
func Line(pairs []Pair) float64 {
	pairs = slices.Clone(pairs)
	slices.SortStableFunc(pairs, func(a, b Pair) int { return cmp.Compare(b.Like, a.Like) })
	var together, apart float64
	for _, p := range pairs {
		if p.Together() {
			together++
		} else {
			apart++
		}
	}
	line, best := 1.0, 0.5
	var in, out float64 // at or above the line, of the together and the apart
	for i, p := range pairs {
		if p.Together() {
			in++
		} else {
			out++
		}
		if i+1 < len(pairs) && pairs[i+1].Like == p.Like {
			continue
		}
		if x := (in/max(1, together) + 1 - out/max(1, apart)) / 2; x > best {
			line, best = p.Like, x
		}
	}
	return line
}

func problem(q Question, p Pair) measure.Problem {
	what := "miss"
	if !p.Together() {
		what = "false alarm"
	}
	return measure.Problem{What: what, Doc: q.Text, Text: fmt.Sprintf("%.2f  %q / %q", p.Like, p.A.Answer, p.B.Answer)}
}
