package report

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
)

type area struct{ x1, y1, x2, y2 int }

func (a area) meets(b area) bool { return a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2 }

// Any lineage of up to 30 pages is drawn without a box over a box, a label
// over a label or a label over a box.
func TestDrawingKeepsThingsApart(t *testing.T) {
	relations := []news.Relation{news.Copy, news.Trimmed, news.EarlierVersion, news.BackgroundReuse, news.SharedPassage}
	for seed := range uint64(300) {
		rnd := rand.New(rand.NewPCG(seed, 7))
		n := 2 + rnd.IntN(29)
		var g graph
		for i := range n {
			v := &news.Version{Name: fmt.Sprint("page-", i)}
			nd := &node{page: &page{num: i + 1, v: v, outlet: "Outlet", date: fmt.Sprintf("2031-05-%02d", 1+i*5/n)}}
			if rnd.IntN(6) == 0 {
				nd = &node{unseen: fmt.Sprint("original ", i)}
			}
			g.nodes = append(g.nodes, nd)
		}
		for range n + rnd.IntN(n) {
			a, b := rnd.IntN(n), rnd.IntN(n)
			if a > b {
				a, b = b, a
			}
			if a != b && g.nodes[b].page != nil {
				g.add(edge{g.nodes[a], g.nodes[b], relations[rnd.IntN(len(relations))], rnd.IntN(8) == 0, 1, ""})
			}
		}
		d := draw(g)
		if d == nil {
			continue
		}
		var boxes []area
		for _, b := range d.Boxes {
			boxes = append(boxes, area{b.X, b.Y, b.X + b.W, b.Y + b.H})
			if b.X < 0 || b.Y < 0 || b.X+b.W > d.Width || b.Y+b.H > d.Height {
				t.Errorf("seed %d: a box outside the drawing: %+v", seed, b)
			}
		}
		var labels []area
		for _, l := range d.Labels {
			w := labelWide * len(l.Text) / 2
			labels = append(labels, area{l.X - w, l.Y - 11, l.X + w, l.Y + 3})
		}
		for i, a := range boxes {
			for _, b := range boxes[:i] {
				if a.meets(b) {
					t.Errorf("seed %d: boxes meet: %v %v", seed, a, b)
				}
			}
		}
		for i, a := range labels {
			for _, b := range labels[:i] {
				if a.meets(b) {
					t.Errorf("seed %d: labels meet: %v %v", seed, a, b)
				}
			}
			for _, b := range boxes {
				if a.meets(b) {
					t.Errorf("seed %d: label %v on box %v", seed, a, b)
				}
			}
		}
	}
}

func TestTreeGivesEachTextItsClosestParent(t *testing.T) {
	r, versions := world(t)
	d := assemble(r, versions)
	roots, rest := graphOf(d.threads[0], d.pages).tree()
	if len(roots) != 2 || roots[0].n.page.v.Name != "0-warning" || roots[1].n.page.v.Name != "1-first" {
		t.Fatalf("roots: %v", roots)
	}
	if len(roots[1].twigs) != 2 || roots[1].twigs[1].by.relation != news.EarlierVersion {
		t.Errorf("twigs of the first report: %v", roots[1].twigs)
	}
	if len(rest) != 1 || rest[0].relation != news.SharedPassage {
		t.Errorf("left over: %v", rest)
	}
}

// A circle cannot come from true texts, but must not hang the program.
func TestTreeOfACircle(t *testing.T) {
	a := &node{page: &page{num: 1, v: &news.Version{Name: "a"}}}
	b := &node{page: &page{num: 2, v: &news.Version{Name: "b"}}}
	g := graph{nodes: []*node{a, b}, edges: []edge{{from: a, to: b, relation: news.Copy}, {from: b, to: a, relation: news.Copy}}}
	roots, rest := g.tree()
	if len(roots) != 1 || len(rest) != 0 {
		t.Errorf("%d roots, %d left over", len(roots), len(rest))
	}
	if draw(g) == nil {
		t.Error("not drawn")
	}
}
