package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"os"

	"github.com/tracewire/tracewire/internal/annotate/mention"
	"github.com/tracewire/tracewire/internal/text"
)

const labels = mention.Labels

// ftrl is the state of FTRL-proximal for each weight.
type ftrl struct {
	rate, l1, l2 float32
	table        table
}

// state is a weight in the making: its sum z and the squares of its gradients.
type state struct{ z, n float32 }

func (f *ftrl) weight(s state) float32 {
	z := s.z
	if z >= -f.l1 && z <= f.l1 {
		return 0
	}
	if z > 0 {
		z -= f.l1
	} else {
		z += f.l1
	}
	return -z / ((1+float32(math.Sqrt(float64(s.n))))/f.rate + f.l2)
}

func (f *ftrl) update(s *state, w, g float32) {
	n := s.n + g*g
	sigma := (float32(math.Sqrt(float64(n))) - float32(math.Sqrt(float64(s.n)))) / f.rate
	s.z += g - sigma*w
	s.n = n
}

// chain is the model: a row of weights for each feature, and one for each
// label before (0 stands for the start, too).
type chain struct {
	ftrl
	emit [][labels]state
	step [labels][labels]state
}

func newChain(f ftrl) *chain { return &chain{ftrl: f, emit: make([][labels]state, len(f.table.keys))} }

func (m *chain) scores(rows [][]int32) [][labels]float32 {
	out := make([][labels]float32, len(rows))
	for i, rs := range rows {
		for _, r := range rs {
			for l := range labels {
				out[i][l] += m.weight(m.emit[r][l])
			}
		}
	}
	return out
}

func (m *chain) steps() (out [labels][labels]float32) {
	for p := range labels {
		for l := range labels {
			out[p][l] = float32(math.Inf(-1))
			if mention.Label(l).Follows(mention.Label(p)) {
				out[p][l] = m.weight(m.step[p][l])
			}
		}
	}
	return out
}

// learn takes one step on an example, seen by these of its rows, and returns
// its loss.
func (m *chain) learn(e *example, rows [][]int32) float64 {
	n := len(rows)
	score, step := m.scores(rows), m.steps()
	fwd, bwd := make([][labels]float64, n), make([][labels]float64, n)
	var sum [labels]float64
	for i := range n {
		for l := range labels {
			if i == 0 {
				fwd[0][l] = float64(step[0][l]) + float64(score[0][l])
				continue
			}
			for p := range labels {
				sum[p] = fwd[i-1][p] + float64(step[p][l])
			}
			fwd[i][l] = logSum(sum[:]) + float64(score[i][l])
		}
	}
	for i := n - 2; i >= 0; i-- {
		for p := range labels {
			for l := range labels {
				sum[l] = bwd[i+1][l] + float64(step[p][l]) + float64(score[i+1][l])
			}
			bwd[i][p] = logSum(sum[:])
		}
	}
	total := logSum(fwd[n-1][:])
	loss := total
	var grad [labels][labels]float32
	prev := 0
	for i := range n {
		var g [labels]float32
		for l := range labels {
			g[l] = float32(math.Exp(fwd[i][l] + bwd[i][l] - total))
		}
		for p := range labels {
			if i == 0 {
				if p == 0 {
					for l := range labels {
						grad[0][l] += g[l]
					}
				}
				continue
			}
			for l := range labels {
				grad[p][l] += float32(math.Exp(fwd[i-1][p] + float64(step[p][l]) + float64(score[i][l]) + bwd[i][l] - total))
			}
		}
		gold := int(e.gold[i])
		g[gold]--
		grad[prev][gold]--
		loss -= float64(score[i][gold]) + float64(step[prev][gold])
		prev = gold
		for _, r := range rows[i] {
			for l := range labels {
				if g[l] > 1e-4 || g[l] < -1e-4 {
					s := &m.emit[r][l]
					m.update(s, m.weight(*s), g[l])
				}
			}
		}
	}
	for p := range labels {
		for l := range labels {
			if grad[p][l] != 0 && !math.IsInf(float64(step[p][l]), 0) {
				m.update(&m.step[p][l], step[p][l], grad[p][l])
			}
		}
	}
	return loss
}

func logSum(x []float64) float64 {
	most := math.Inf(-1)
	for _, v := range x {
		most = max(most, v)
	}
	if math.IsInf(most, -1) {
		return most
	}
	s := 0.0
	for _, v := range x {
		if v > most-30 {
			s += math.Exp(v - most)
		}
	}
	return most + math.Log(s)
}

// best is the most likely sequence (Viterbi).
func (m *chain) best(rows [][]int32) []mention.Label {
	n := len(rows)
	score, step := m.scores(rows), m.steps()
	at := make([][labels]float32, n)
	from := make([][labels]int, n)
	for i := range n {
		for l := range labels {
			if i == 0 {
				at[0][l] = step[0][l] + score[0][l]
				continue
			}
			at[i][l] = float32(math.Inf(-1))
			for p := range labels {
				if s := at[i-1][p] + step[p][l] + score[i][l]; s > at[i][l] {
					at[i][l], from[i][l] = s, p
				}
			}
		}
	}
	out := make([]mention.Label, n)
	last := 0
	for l := range labels {
		if at[n-1][l] > at[n-1][last] {
			last = l
		}
	}
	for i := n - 1; i >= 0; i-- {
		out[i] = mention.Label(last)
		last = from[i][last]
	}
	return out
}

// measure prints how the chain does on articles that it has not seen.
func (m *chain) measure(held []article) {
	gold, prog, span, typed, reach := 0, 0, 0, 0, 0
	for i := range held {
		a := &held[i]
		want := map[text.Span]mention.Sort{}
		for _, e := range a.Entities {
			want[e.Span] = sortOf[e.Class]
		}
		gold += len(a.Entities)
		for j := range a.stretches {
			e := &a.stretches[j]
			if e.rows == nil {
				e.rows = m.table.rows(e.Sample)
			}
			ls := m.best(e.rows)
			for k := 0; k < len(e.gold); k++ {
				if e.gold[k] == 0 {
					continue
				}
				end := k + 1
				for end < len(e.gold) && e.gold[end] != 0 && !e.gold[end].Begins() {
					end++
				}
				if _, ok := want[text.Span{Start: e.Spans[k].Start, End: e.Spans[end-1].End}]; ok {
					reach++
				}
				k = end - 1
			}
			for k := 0; k < len(ls); k++ {
				if ls[k] == 0 {
					continue
				}
				end := k + 1
				for end < len(ls) && ls[end] != 0 && !ls[end].Begins() {
					end++
				}
				prog++
				if s, ok := want[text.Span{Start: e.Spans[k].Start, End: e.Spans[end-1].End}]; ok {
					span++
					if s == ls[k].Sort() {
						typed++
					}
				}
				k = end - 1
			}
		}
	}
	f := func(n int) float64 { return 2 * float64(n) / float64(gold+prog) }
	fmt.Fprintf(os.Stderr, "; held back: exact %.4f, typed %.4f (P %.3f, R %.3f, in reach %.3f)\n", f(span), f(typed), float64(typed)/float64(prog), float64(typed)/float64(gold), float64(reach)/float64(gold))
}

func (m *chain) kept() int {
	n := 0
	for i := range m.emit {
		for l := range labels {
			if m.weight(m.emit[i][l]) != 0 {
				n++
				break
			}
		}
	}
	return n
}

// write prints the weights as mention reads them: see readWeights there.
func (m *chain) write(w io.Writer) error {
	most := float32(0)
	step := m.steps()
	for p := range labels {
		for l := range labels {
			if !math.IsInf(float64(step[p][l]), 0) {
				most = max(most, step[p][l], -step[p][l])
			}
		}
	}
	for i := range m.emit {
		for l := range labels {
			v := m.weight(m.emit[i][l])
			most = max(most, v, -v)
		}
	}
	small := func(v float32) int8 { return int8(math.Round(float64(v / most * 127))) }
	var out []byte
	for p := range labels {
		for l := range labels {
			v := int8(0)
			if !math.IsInf(float64(step[p][l]), 0) {
				v = small(step[p][l])
			}
			out = append(out, byte(v))
		}
	}
	last := uint32(0)
	for i, key := range m.table.keys {
		mask, row := uint64(0), []byte(nil)
		for l := range labels {
			if v := small(m.weight(m.emit[i][l])); v != 0 {
				mask |= 1 << l
				row = append(row, byte(v))
			}
		}
		if mask != 0 {
			out = binary.AppendUvarint(out, uint64(key-last))
			out = binary.AppendUvarint(out, mask)
			out = append(out, row...)
			last = key
		}
	}
	_, err := w.Write(out)
	return err
}
