package page

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"
)

//go:embed weights.txt
var weightsFile string

// model is two rows of logistic weights: the first looks at a block and its
// place, the second at the scores around it. Made by eval/extraction/train.
type model struct {
	first, second map[string]float32
	row1, row2    []float32
}

var weights = sync.OnceValue(func() *model {
	m := parseWeights(weightsFile)
	return &m
})

func parseWeights(file string) model {
	m := model{first: map[string]float32{}, second: map[string]float32{}}
	into := m.first
	for line := range strings.SplitSeq(file, "\n") {
		switch {
		case strings.HasPrefix(line, "#"):
		case line == "[block]":
			into = m.first
		case line == "[neighbours]":
			into = m.second
		default:
			if i := strings.IndexByte(line, '\t'); i > 0 {
				w, err := strconv.ParseFloat(line[:i], 32)
				if err == nil {
					into[line[i+1:]] = float32(w)
				}
			}
		}
	}
	// The order of the features is that of the code.
	v1, v2 := featureNames()
	for _, n := range v1 {
		m.row1 = append(m.row1, m.first[n])
	}
	for _, n := range v2 {
		m.row2 = append(m.row2, m.second[n])
	}
	return m
}

// featureNames are the names of all features, in their order.
func featureNames() (first, second []string) {
	s := findBlocks(parse("<p>x")).scene(&facts{})
	v := vector{naming: true}
	s.features(0, &v)
	w := vector{naming: true}
	s.second(0, []float32{0}, []float32{0, 0}, &w)
	return v.names, w.names
}

func dot(w, x []float32) (sum float32) {
	for i, v := range x {
		if v != 0 {
			sum += w[i] * v
		}
	}
	return sum
}

// scores of all blocks: above 0 is text of the article.
func (m *model) scores(s *scene) []float32 {
	first := make([]float32, len(s.blocks))
	var v vector
	v.values = make([]float32, 0, len(m.row1))
	for i := range s.blocks {
		s.features(i, &v)
		first[i] = bounded(dot(m.row1, v.values))
	}
	mass := s.mass(first)
	out := make([]float32, len(s.blocks))
	for i := range s.blocks {
		s.second(i, first, mass, &v)
		out[i] = dot(m.row2, v.values)
	}
	return out
}

// bounded keeps a score where a neighbour may still outweigh it.
func bounded(x float32) float32 { return max(-4, min(4, x)) }

// mass sums, up to each block, the letters that are likely text.
func (s *scene) mass(score []float32) []float32 {
	sum := make([]float32, len(score)+1)
	for i, x := range score {
		sum[i+1] = sum[i] + float32(s.blocks[i].weight)/float32(1+math.Exp(-float64(x)))
	}
	return sum
}

// Sample is a block as the trainer sees it.
type Sample struct {
	Text     string
	Features []float32
}

// Samples are the blocks of a page with the features of the first look.
func Samples(src string) []Sample {
	s, _ := look(src)
	out := make([]Sample, len(s.blocks))
	for i := range s.blocks {
		var v vector
		s.features(i, &v)
		out[i] = Sample{s.string(i), v.values}
	}
	return out
}

// SecondSamples are the blocks with the features of the second look, after a
// first with these weights.
func SecondSamples(src string, first []float32) []Sample {
	s, _ := look(src)
	score := make([]float32, len(s.blocks))
	var v vector
	for i := range s.blocks {
		s.features(i, &v)
		score[i] = bounded(dot(first, v.values))
	}
	mass := s.mass(score)
	out := make([]Sample, len(s.blocks))
	for i := range s.blocks {
		var v vector
		s.second(i, score, mass, &v)
		out[i] = Sample{s.string(i), v.values}
	}
	return out
}

// FeatureNames are the names of the features of both looks.
func FeatureNames() (first, second []string) { return featureNames() }

func look(src string) (*scene, *facts) {
	d := parse(src)
	f := findFacts(d)
	return findBlocks(d).scene(f), f
}
