package measure

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Rules counts how often each rule of the program fired, and how often it was
// right in each of the ways that Right names.
type Rules struct {
	Right  []string // "span", "value"
	counts map[string][]int
}

// Add notes that a rule fired; right has a value for each name of Right.
func (r *Rules) Add(rule string, right ...bool) {
	if r.counts == nil {
		r.counts = map[string][]int{}
	}
	c := r.counts[rule]
	if c == nil {
		c = make([]int, 1+len(right))
		r.counts[rule] = c
	}
	c[0]++
	for i, ok := range right {
		if ok {
			c[i+1]++
		}
	}
}

// write prints the table, the most frequent rule first. It prints nothing
// when no rule was counted.
func (r Rules) write(w io.Writer) error {
	if len(r.counts) == 0 {
		return nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n%-40s %7s", "rule", "fires")
	for _, n := range r.Right {
		fmt.Fprintf(&b, " %14s %6s", n+" right", "share")
	}
	b.WriteByte('\n')
	for _, rule := range slices.SortedFunc(maps.Keys(r.counts), func(x, y string) int {
		return cmp.Or(r.counts[y][0]-r.counts[x][0], strings.Compare(x, y))
	}) {
		c := r.counts[rule]
		fmt.Fprintf(&b, "%-40s %7d", rule, c[0])
		for _, n := range c[1:] {
			fmt.Fprintf(&b, " %14d %6.3f", n, float64(n)/float64(c[0]))
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}
