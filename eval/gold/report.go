package gold

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Count is what a figure is made of. A share has one side: Hit of Gold. An
// F figure has two, and Hit and HitProg differ only where hits are weighted.
type Count struct {
	Hit     float64 // right, seen from the gold
	Gold    int     // of the gold
	HitProg float64 // right, seen from the program
	Prog    int     // of the program
	OneSide bool    // a share: the program's side does not count
}

func share(hit float64, of int) Count { return Count{Hit: hit, Gold: of, OneSide: true} }

func both(hit float64, gold int, hitProg float64, prog int) Count {
	return Count{Hit: hit, Gold: gold, HitProg: hitProg, Prog: prog}
}

func (c Count) plus(o Count) Count {
	return Count{c.Hit + o.Hit, c.Gold + o.Gold, c.HitProg + o.HitProg, c.Prog + o.Prog, c.OneSide || o.OneSide}
}

// Recall is the right part of the gold, Precision that of the program. Each is
// false when there is nothing to judge.
func (c Count) Recall() (float64, bool) { return ratio(c.Hit, c.Gold) }

// Precision is the right part of what the program found.
func (c Count) Precision() (float64, bool) { return ratio(c.HitProg, c.Prog) }

func ratio(hit float64, of int) (float64, bool) {
	if of == 0 {
		return 0, false
	}
	return hit / float64(of), true
}

// Value is the figure: the share, or the harmonic mean of precision and
// recall. It is false when there is nothing to judge on either side.
func (c Count) Value() (float64, bool) {
	r, gold := c.Recall()
	if c.OneSide {
		return r, gold
	}
	p, prog := c.Precision()
	if p+r == 0 {
		return 0, gold || prog
	}
	return 2 * p * r / (p + r), true
}

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
	By             map[string]Count
}

// Story is where counts of the layers across documents stand.
const Story = "story"

// Total adds up the counts of all documents.
func (m Measured) Total() Count {
	var sum Count
	for _, c := range m.By {
		sum = sum.plus(c)
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
				b.WriteString(cell(c.Value()))
			} else {
				fmt.Fprintf(&b, "%6s", "")
			}
		}
		all := m.Total()
		fmt.Fprintf(&b, " |%s", cell(all.Value()))
		if all.OneSide {
			fmt.Fprintf(&b, "%12s  %s\n", "", of(all.Hit, all.Gold))
			continue
		}
		fmt.Fprintf(&b, "%s%s  %s, %s\n", cell(all.Precision()), cell(all.Recall()), of(all.Hit, all.Gold), of(all.HitProg, all.Prog))
	}
	fmt.Fprintf(&b, "overall    %.3f\n", r.Overall())
	_, err := io.WriteString(w, b.String())
	return err
}

func cell(v float64, judged bool) string {
	if !judged {
		return "     –"
	}
	return fmt.Sprintf("%6.3f", v)
}

// of prints "8 / 12", and a weighted count with one decimal.
func of(hit float64, n int) string {
	return fmt.Sprintf("%s / %d", strings.TrimSuffix(fmt.Sprintf("%.1f", hit), ".0"), n)
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
