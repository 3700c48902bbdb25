package report

import (
	"cmp"
	"slices"

	"github.com/tracewire/tracewire/internal/news"
)

// graph is the lineage of a thread: pages, and the originals that nobody has
// seen but that the pages tell of.
type graph struct {
	nodes []*node
	edges []edge
	at    map[hinge]int // where in edges
}

// hinge is what makes two edges one.
type hinge struct {
	from, to *node
	relation news.Relation
}

type node struct {
	page   *page  // nil for an unseen original
	unseen string // what is known of it
	away   bool   // a page of another thread
}

// edge leads from the earlier text to the later one; plain edges have no
// direction.
type edge struct {
	from, to *node
	relation news.Relation
	plain    bool
	passages int
	note     string
}

func graphOf(t *thread, pages map[string]*page) graph {
	var g graph
	byKey := map[string]*node{}
	here := map[string]bool{}
	for _, p := range t.pages {
		here[p.v.Name] = true
	}
	get := func(name string) *node {
		if n := byKey["page "+name]; n != nil || pages[name] == nil {
			return n
		}
		n := &node{page: pages[name], away: !here[name]}
		byKey["page "+name] = n
		g.nodes = append(g.nodes, n)
		return n
	}
	original := func(what string) *node {
		if n := byKey["unseen "+what]; n != nil {
			return n
		}
		n := &node{unseen: what}
		byKey["unseen "+what] = n
		g.nodes = append(g.nodes, n)
		return n
	}
	for _, p := range t.pages {
		get(p.v.Name)
	}
	for _, l := range t.links {
		to := get(l.To)
		switch {
		case to == nil:
		case l.From == "":
			what := cmp.Or(l.External, l.CommonSource, "original not known")
			g.add(edge{original(what), to, l.Relation, false, len(l.Passages), l.Note})
		case get(l.From) == nil || l.From == l.To:
		case !l.Directed && l.CommonSource != "":
			// Two pages that quote a third: it is the third that links them.
			source := original(l.CommonSource)
			g.add(edge{source, get(l.From), l.Relation, false, len(l.Passages), ""})
			g.add(edge{source, to, l.Relation, false, len(l.Passages), ""})
		default:
			g.add(edge{get(l.From), to, l.Relation, !l.Directed, len(l.Passages), l.Note})
		}
	}
	return g
}

func (g *graph) add(e edge) {
	if g.at == nil {
		g.at = map[hinge]int{}
	}
	h := hinge{e.from, e.to, e.relation}
	i, ok := g.at[h]
	if !ok {
		g.at[h] = len(g.edges)
		g.edges = append(g.edges, e)
		return
	}
	o := &g.edges[i]
	o.passages = max(o.passages, e.passages)
	o.note = cmp.Or(o.note, e.note)
}

// closeness orders relations: what makes a text most wholly the child of
// another comes first. Shared words make no child.
func closeness(r news.Relation) int {
	switch r {
	case news.EarlierVersion:
		return 0
	case news.Copy, news.Trimmed:
		return 1
	case news.Excerpt:
		return 2
	case news.BackgroundReuse:
		return 3
	}
	return 9
}

// what the later text is to the earlier one, for a reader.
func relationWords(r news.Relation) string {
	switch r {
	case news.EarlierVersion:
		return "later version"
	case news.Copy:
		return "copy"
	case news.Trimmed:
		return "shortened copy"
	case news.Excerpt:
		return "takes a part"
	case news.BackgroundReuse:
		return "reuses background"
	case news.SharedPassage:
		return "same words"
	}
	return plain(string(r))
}

// twig is a node of the lineage tree with what grows from it.
type twig struct {
	n     *node
	by    edge // how it hangs on its parent
	twigs []*twig
}

// tree gives each text its closest parent, and returns the edges that the
// tree does not tell of. That two texts of one tree have words in common is
// told by their being in it.
func (g graph) tree() (roots []*twig, rest []edge) {
	at := map[*node]*twig{}
	for _, n := range g.nodes {
		at[n] = &twig{n: n}
	}
	parent := map[*node]edge{}
	above := func(n, what *node) bool { // is what an ancestor of n?
		for range g.nodes {
			if n == what {
				return true
			}
			e, ok := parent[n]
			if !ok {
				return false
			}
			n = e.from
		}
		return false
	}
	order := slices.Clone(g.edges)
	slices.SortStableFunc(order, func(a, b edge) int {
		return cmp.Or(cmp.Compare(closeness(a.relation), closeness(b.relation)), cmp.Compare(seen(a), seen(b)), cmp.Compare(b.passages, a.passages))
	})
	for _, e := range order {
		_, taken := parent[e.to]
		if e.plain || closeness(e.relation) == 9 || taken || above(e.from, e.to) {
			rest = append(rest, e)
			continue
		}
		parent[e.to] = e
	}
	used := map[*node]bool{}
	for _, n := range g.nodes {
		e, ok := parent[n]
		if !ok {
			continue
		}
		at[n].by = e
		at[e.from].twigs = append(at[e.from].twigs, at[n])
		used[e.from] = true
	}
	for _, n := range g.nodes {
		if _, ok := parent[n]; !ok && (n.page != nil && !n.away || used[n]) {
			roots = append(roots, at[n])
		}
	}
	rest = slices.DeleteFunc(rest, func(e edge) bool {
		// Which of two copies of one original was first is no question.
		copies := closeness(e.relation) == 1
		return (copies || closeness(e.relation) < 9 && !e.plain) && top(parent, e.from) == top(parent, e.to)
	})
	slices.SortStableFunc(roots, func(a, b *twig) int { return cmp.Compare(a.first(), b.first()) })
	return roots, rest
}

// top is the root above n.
func top(parent map[*node]edge, n *node) *node {
	for e, ok := parent[n]; ok; e, ok = parent[n] {
		n = e.from
	}
	return n
}

// reduced is the graph without what its tree tells already.
func (g graph) reduced() graph {
	roots, rest := g.tree()
	out := graph{nodes: g.nodes, edges: rest}
	var climb func(t *twig)
	climb = func(t *twig) {
		if t.by.from != nil {
			out.edges = append(out.edges, t.by)
		}
		for _, c := range t.twigs {
			climb(c)
		}
	}
	for _, r := range roots {
		climb(r)
	}
	return out
}

// seen is 0 for an edge from a page at hand, 1 for one from afar.
func seen(e edge) int {
	if e.from.page != nil {
		return 0
	}
	return 1
}

// first is the number of the first page on the twig.
func (t *twig) first() int {
	if t.n.page != nil {
		return t.n.page.num
	}
	n := 1 << 30
	for _, c := range t.twigs {
		n = min(n, c.first())
	}
	return n
}
