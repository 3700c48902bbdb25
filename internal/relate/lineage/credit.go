package lineage

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// Crediting says whose copy a page without a credit is, by a page with the
// same words that still has it.
type Crediting struct {
	Name   string // Version.Name
	Agency string
	Twin   string // Version.Name of the page with the credit
	Note   string
	Why    news.Why
}

const (
	creditShare = .8  // of its body must stand in copy of the agency
	creditProse = 300 // bytes of it outside quotation marks
	creditEdits = .06 // replaced
	creditOver  = .05 // by which one agency must be ahead of another
)

// hasCredit reports whether the page itself shows whose copy it is.
func (n *node) hasCredit() bool {
	return n.v.Meta.Agency.Value != "" && n.v.Meta.Agency.From != "twin"
}

// credits finds the agency of pages that name none: most of the body stands,
// in the same order, in a page that credits it. They are sorted by name.
func credits(pairs []pair) []Crediting {
	type twin struct {
		node  *node
		share float64
	}
	best := map[*node]map[string]twin{} // page -> wire -> twin
	see := func(n, z *node, al alignment) {
		if n.hasCredit() || !z.hasCredit() || !z.credited() || n.outlet == z.wire || al.lenA == 0 {
			return
		}
		part := share(al.equalA, al.lenA)
		if part < creditShare || float64(al.inOrder) < .8*float64(al.equalA) || al.prose < creditProse {
			return
		}
		// Reworded it is another's text by now; and who takes the middle of a
		// text quotes it.
		if share(al.replaced, al.lenA) > creditEdits || al.headB > al.lenA/2 && al.tailB > al.lenA/10 {
			return
		}
		if best[n] == nil {
			best[n] = map[string]twin{}
		}
		if t := best[n][z.wire]; t.node == nil || part > t.share || part == t.share && z.v.Name < t.node.v.Name {
			best[n][z.wire] = twin{z, part}
		}
	}
	for i := range pairs {
		p := &pairs[i]
		see(p.a, p.b, p.al)
		see(p.b, p.a, p.al.swapped())
	}
	var out []Crediting
	for n, wires := range best {
		var first, second twin
		for _, t := range wires {
			switch {
			case first.node == nil || t.share > first.share:
				first, second = t, first
			case t.share > second.share:
				second = t
			}
		}
		if second.node != nil && first.share-second.share < creditOver {
			continue
		}
		out = append(out, Crediting{
			Name: n.v.Name, Agency: first.node.agency, Twin: first.node.v.Name,
			Note: fmt.Sprintf("%.0f%% of its text stands in %s, which credits %s", 100*first.share, first.node.v.Name, first.node.agency),
			Why:  news.Why{Rule: "agency-of-twin", Confidence: .9 * first.share},
		})
	}
	slices.SortFunc(out, func(x, y Crediting) int { return strings.Compare(x.Name, y.Name) })
	return out
}
