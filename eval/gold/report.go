package gold

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/eval/measure"
)

// Layer is a layer of the output with the name of its main figure.
type Layer struct{ Name, Main string }

// Layers are all layers, in the order of the table.
var Layers = []Layer{
	{"lines", "labels"},
	{"metadata", "fields"},
	{"quotes", "content + chain"},
	{"mentions", "names + clusters"},
	{"timexes", "span + value"},
	{"claims", "covered + chain"},
	{"lineage", "links"},
	{"stories", "B-cubed"},
	{"thread", "order"},
	{"timeline", "events"},
	{"groups", "pairs"},
	{"origins", "names"},
	{"tensions", "found"},
}

// Measured is one measure of a layer, counted for each document or for
// Story, the layers across documents.
type Measured struct {
	Layer, Measure string
	By             map[string]measure.Count
}

// Story is where counts of the layers across documents stand.
const Story = "story"

// Total adds up the counts of all documents.
func (m Measured) Total() measure.Count {
	var sum measure.Count
	for _, c := range m.By {
		sum = sum.Plus(c)
	}
	return sum
}

// Problem is a miss, a false alarm, or a wrong value.
type Problem struct {
	Layer string
	Doc   string
	What  string // "miss", "false alarm", or the name of the wrong value
	Text  string
}

func (p Problem) String() string {
	doc, _, _ := strings.Cut(p.Doc, "_")
	return fmt.Sprintf("%-5s %-8s %s: %s", doc, p.Layer, p.What, p.Text)
}

// Report is the result of a comparison.
type Report struct {
	Docs     []string // names of the documents, sorted
	Figures  []Measured
	Problems []Problem
}

// Find returns a measure of a layer; it is false if nothing was counted.
func (r Report) Find(layer, measure string) (Measured, bool) {
	i := slices.IndexFunc(r.Figures, func(m Measured) bool { return m.Layer == layer && m.Measure == measure })
	if i < 0 {
		return Measured{}, false
	}
	return r.Figures[i], true
}

// Overall is the mean of the main figures; a layer without anything to judge
// counts 0.
func (r Report) Overall() float64 {
	sum := 0.0
	for _, l := range Layers {
		if m, ok := r.Find(l.Name, l.Main); ok {
			v, _ := m.Total().Value()
			sum += v
		}
	}
	return sum / float64(len(Layers))
}

// WriteTable prints all figures for each document and for all, with precision,
// recall and counts. A star marks the main figure of a layer.
func (r Report) WriteTable(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%-9s  %-27s", "layer", "measure")
	for _, d := range r.Docs {
		short, _, _ := strings.Cut(d, "_")
		fmt.Fprintf(&b, "%6.5s", short)
	}
	fmt.Fprintf(&b, " |%6s%6s%6s  right / of gold, right / of program\n", "all", "P", "R")
	for _, m := range r.Figures {
		star := " "
		if slices.Contains(Layers, Layer{m.Layer, m.Measure}) {
			star = "*"
		}
		fmt.Fprintf(&b, "%-9s%s %-27s", m.Layer, star, m.Measure)
		for _, d := range r.Docs {
			if c, has := m.By[d]; has {
				b.WriteString(measure.Cell(c.Value()))
			} else {
				fmt.Fprintf(&b, "%6s", "")
			}
		}
		all := m.Total()
		fmt.Fprintf(&b, " |%s", measure.Cell(all.Value()))
		if all.OneSide {
			fmt.Fprintf(&b, "%12s  %s\n", "", measure.Of(all.Hit, all.Gold))
			continue
		}
		fmt.Fprintf(&b, "%s%s  %s, %s\n", measure.Cell(all.Precision()), measure.Cell(all.Recall()), measure.Of(all.Hit, all.Gold), measure.Of(all.HitProg, all.Prog))
	}
	fmt.Fprintf(&b, "overall    %.3f\n", r.Overall())
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteProblems lists the problems of a layer, or of "all".
func (r Report) WriteProblems(w io.Writer, layer string) error {
	for _, p := range r.Problems {
		if layer != "all" && layer != p.Layer {
			continue
		}
		if _, err := fmt.Fprintln(w, p); err != nil {
			return err
		}
	}
	return nil
}

// inTableOrder sorts the figures by layer, and within a layer as they were
// first counted.
func inTableOrder(figures []Measured) {
	at := func(m Measured) int {
		return slices.IndexFunc(Layers, func(l Layer) bool { return l.Name == m.Layer })
	}
	slices.SortStableFunc(figures, func(a, b Measured) int { return cmp.Compare(at(a), at(b)) })
}
