package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// walkDrawing is the ways of a claim's members to their origins, as one small
// picture: pages on the left, carriers between, origins on the right.
type walkDrawing struct {
	Width, Height int
	Lines         []string // paths
	Nodes         []walkNode
}

type walkNode struct {
	X, Y, W int
	Text    string
	Title   string
	Class   string // page, carrier, origin or lost
}

// mostWalks is how many different ways are drawn; more make no picture.
const mostWalks = 14

// drawWalks draws the walks of a claim, nil when there is but one or too many.
func drawWalks(r *row) *walkDrawing {
	var ways [][]string
	for _, m := range r.members {
		w := strings.Split(walkWords(m), " ← ")
		if m.walk.Origin == news.UnknownOrigin && len(w) > 1 {
			w[len(w)-1] = news.UnknownOrigin
		}
		if !slices.ContainsFunc(ways, func(x []string) bool { return slices.Equal(x, w) }) {
			ways = append(ways, w)
		}
	}
	if len(ways) < 2 || len(ways) > mostWalks {
		return nil
	}
	cols := 0
	for _, w := range ways {
		cols = max(cols, len(w))
	}
	cols = min(max(cols, 2), 5)
	const (
		wide, gap, high, step = 168, 54, 24, 32
	)
	d := &walkDrawing{Width: cols*wide + (cols-1)*gap + 4}
	type key struct {
		col  int
		name string
	}
	at := map[key]int{} // -> place in d.Nodes
	rows := make([]int, cols)
	put := func(col int, name, class string) int {
		k := key{col, strings.ToLower(name)}
		if i, ok := at[k]; ok {
			return i
		}
		at[k] = len(d.Nodes)
		d.Nodes = append(d.Nodes, walkNode{X: 2 + col*(wide+gap), Y: 4 + rows[col]*step, W: wide, Text: cut(name, 22), Title: name, Class: class})
		rows[col]++
		return at[k]
	}
	drawn := map[[2]int]bool{}
	for _, w := range ways {
		before := -1
		for i, name := range w {
			col, class := min(i, cols-2), "carrier"
			if i == 0 {
				class = "page"
			}
			if i == len(w)-1 {
				col, class = cols-1, "origin"
				if name == news.UnknownOrigin || r.g.Independent[0] == 0 {
					class = "lost"
				}
				if len(w) == 1 { // its own words
					before = put(0, name, "page")
				}
			}
			n := put(col, name, class)
			if before >= 0 && before != n && !drawn[[2]int{before, n}] {
				drawn[[2]int{before, n}] = true
				a, b := d.Nodes[before], d.Nodes[n]
				x1, y1, x2, y2 := a.X+a.W, a.Y+high/2, b.X, b.Y+high/2
				if b.X > a.X {
					d.Lines = append(d.Lines, fmt.Sprintf("M%d %d C%d %d %d %d %d %d", x1, y1, x1+gap/2, y1, x2-gap/2, y2, x2, y2))
				}
			}
			before = n
		}
	}
	for _, n := range rows {
		d.Height = max(d.Height, n*step+4)
	}
	return d
}
