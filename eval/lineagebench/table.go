package lineagebench

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// table counts what the reader says against what the program says.
type table map[[2]string]int

func (t table) add(want, got string) { t[[2]string{want, got}]++ }

// String prints the table with the same names down and across, in order.
func (t table) String() string {
	down, across := map[string]bool{}, map[string]bool{}
	for cell := range t {
		down[cell[0]], across[cell[1]] = true, true
	}
	columns := slices.Sorted(maps.Keys(across))
	var b strings.Builder
	fmt.Fprintf(&b, "%-14s", "")
	for _, c := range columns {
		fmt.Fprintf(&b, "%14s", c)
	}
	for _, r := range slices.Sorted(maps.Keys(down)) {
		fmt.Fprintf(&b, "\n%-14s", r)
		for _, c := range columns {
			if n := t[[2]string{r, c}]; n > 0 {
				fmt.Fprintf(&b, "%14d", n)
			} else {
				fmt.Fprintf(&b, "%14s", "·")
			}
		}
	}
	return b.String()
}
