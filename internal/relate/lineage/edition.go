package lineage

import (
	"cmp"
	"slices"

	"github.com/tracewire/tracewire/internal/news"
)

// edition is one text and the pages that hold it: whatever one of them shows
// of its time holds for all.
type edition struct {
	name        string // of its first page
	nodes       []*node
	seen, stamp clock // the earliest
}

// The bounds of what counts as one text, in shares of the shorter body.
const (
	oneTextEdits = .02 // replaced, or in the shorter only
	oneTextAdded = .03 // in the longer only
)

// oneText reports whether two copies hold one and the same state of a text.
func (p *pair) oneText() bool {
	if p.wholePage() {
		return true
	}
	f, _ := p.fit()
	return f.pieces > 0 && f.replaced+f.inner+f.head+f.tail <= oneTextEdits && f.addedHead+f.addedInner+f.addedTail <= oneTextAdded && f.order >= .9
}

// editions puts nodes into editions.
func editions(nodes map[string]*node, pairs []pair) {
	names := make([]string, 0, len(nodes))
	for name, n := range nodes {
		names = append(names, name)
		n.edition = &edition{name: name, nodes: []*node{n}, seen: n.captured, stamp: n.posted}
	}
	slices.Sort(names)
	for i := range pairs {
		p := &pairs[i]
		if p.relation != news.Copy || !p.oneText() || p.a.edition == p.b.edition {
			continue
		}
		into, from := p.a.edition, p.b.edition
		into.name = min(into.name, from.name)
		into.nodes = append(into.nodes, from.nodes...)
		for _, n := range from.nodes {
			n.edition = into
		}
	}
	for _, name := range names {
		n := nodes[name]
		n.edition.seen = earlier(n.edition.seen, n.captured)
		n.edition.stamp = earlier(n.edition.stamp, n.posted)
	}
}

// earlier is the earlier of two clocks; a clock that knows its zone goes
// before one that does not.
func earlier(a, b clock) clock {
	switch {
	case !b.known():
		return a
	case !a.known():
		return b
	case a.loose != b.loose:
		if a.loose {
			return b
		}
		return a
	}
	if c := cmp.Or(a.at.Compare(b.at), cmp.Compare(a.node.v.Name, b.node.v.Name)); c <= 0 {
		return a
	}
	return b
}

// Clue is what shows of the order of two versions: X after ClueNames, above 0
// where A is the earlier.
type Clue struct {
	A, B     string // Version.Name
	Relation news.Relation
	X        [clueCount]float64
}

// Clues returns what shows of the order of all pairs that are versions of one
// report, for the training of the weights.
func Clues(versions []*news.Version, overlaps []news.Overlap) []Clue {
	_, pairs, _ := compare(versions, overlaps)
	var out []Clue
	for i := range pairs {
		p := &pairs[i]
		if p.relation != "" && p.relation != news.SharedPassage {
			out = append(out, Clue{p.a.v.Name, p.b.v.Name, p.relation, p.clues()})
		}
	}
	return out
}
