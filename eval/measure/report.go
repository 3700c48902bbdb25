package measure

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/text"
)

// Row is a figure of a benchmark. How says in words what counts as right, so
// that nobody has to read code to know what a figure means.
type Row struct {
	Name  string
	Count Count
	How   string
}

// Problem is a miss, a false alarm, or a wrong value.
type Problem struct {
	What string // "miss", "false alarm", or the name of the wrong value
	Doc  string
	Text string // what was wanted and what was found, with context
}

// Report is the result of a benchmark.
type Report struct {
	Name     string
	Docs     int
	Rows     []Row
	Notes    []string // tables and remarks below the figures
	Problems []Problem
	Rules    Rules // how the rules of the program did, printed with the problems
}

// Find returns a row by its name.
func (r Report) Find(name string) (Row, bool) {
	for _, x := range r.Rows {
		if x.Name == name {
			return x, true
		}
	}
	return Row{}, false
}

// WriteTable prints the figures with precision, recall and counts.
func (r Report) WriteTable(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %d documents\n\n", r.Name, r.Docs)
	fmt.Fprintf(&b, "%-26s %6s%6s%6s  %-36s %s\n", "measure", "figure", "P", "R", "right / of gold, right / of program", "what counts")
	for _, x := range r.Rows {
		c := x.Count
		counts, sides := Of(c.Hit, c.Gold), fmt.Sprintf("%12s", "")
		if !c.OneSide {
			counts += ", " + Of(c.HitProg, c.Prog)
			sides = Cell(c.Precision()) + Cell(c.Recall())
		}
		fmt.Fprintf(&b, "%-26s %s%s  %-36s %s\n", x.Name, Cell(c.Value()), sides, counts, x.How)
	}
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "\n%s\n", strings.TrimRight(n, "\n"))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteProblems lists the problems of a kind, or of "all": one kind after the
// other, the most frequent first, and then the table of the rules.
func (r Report) WriteProblems(w io.Writer, what string) error {
	kinds := map[string][]Problem{}
	for _, p := range r.Problems {
		if what == "all" || what == p.What {
			kinds[p.What] = append(kinds[p.What], p)
		}
	}
	order := slices.SortedFunc(maps.Keys(kinds), func(a, b string) int {
		return cmp.Or(len(kinds[b])-len(kinds[a]), strings.Compare(a, b))
	})
	for _, k := range order {
		if _, err := fmt.Fprintf(w, "\n%s, %d times\n\n", k, len(kinds[k])); err != nil {
			return err
		}
		for _, p := range kinds[k] {
			if _, err := fmt.Fprintf(w, "%s  %s: %s\n", p.Doc, p.What, p.Text); err != nil {
				return err
			}
		}
	}
	return r.Rules.write(w)
}

// Cell prints a figure in six columns.
func Cell(v float64, judged bool) string {
	if !judged {
		return "     –"
	}
	return fmt.Sprintf("%6.3f", v)
}

// Of prints "8 / 12", and a weighted count with one decimal.
func Of(hit float64, n int) string {
	return fmt.Sprintf("%s / %d", strings.TrimSuffix(fmt.Sprintf("%.1f", hit), ".0"), n)
}

// Around prints a place in its surroundings, on one line: "… the gun was found
// [last autumn] in a …".
func Around(src string, at text.Span) string {
	const (
		room = 60  // bytes of the text on either side
		most = 240 // bytes of the place itself
	)
	at.Start, at.End = min(max(0, at.Start), len(src)), min(max(0, at.End), len(src))
	if at.Empty() {
		return "nothing"
	}
	from, to := max(0, at.Start-room), min(len(src), at.End+room)
	inside := at.Of(src)
	if len(inside) > most {
		inside = inside[:most/2] + " … " + inside[len(inside)-most/2:]
	}
	var b strings.Builder
	if from > 0 {
		b.WriteString("…")
	}
	b.WriteString(src[from:at.Start] + "[" + inside + "]" + src[at.End:to])
	if to < len(src) {
		b.WriteString("…")
	}
	// A cut may fall inside a character.
	return strings.Join(strings.Fields(strings.ToValidUTF8(b.String(), "")), " ")
}
