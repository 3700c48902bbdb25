package corroborate

import (
	"maps"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// press is the newsrooms of a thread: which pages each has, and by which names
// the texts call it.
type press struct {
	pages map[string][]int  // folded name of an outlet or agency -> documents, its own pages first
	alias map[string]string // folded canonical name -> folded newsroom: "Velovian Press Agency" -> "vpa"
}

func pressOf(versions []*news.Version) press {
	p := press{map[string][]int{}, map[string]string{}}
	add := func(name string, doc int) {
		if n := foldName(name); n != "" && !slices.Contains(p.pages[n], doc) {
			p.pages[n] = append(p.pages[n], doc)
		}
	}
	for i, v := range versions {
		add(outletOf(v), i)
	}
	for i, v := range versions {
		add(v.Meta.Agency.Value, i) // pages that carry its copy
	}
	for _, v := range versions {
		for _, e := range v.Entities.Items {
			id := foldName(e.ID)
			if e.Type != news.Org || p.pages[id] != nil || p.alias[id] != "" {
				continue
			}
			for _, m := range e.Mentions {
				if n := foldName(m.Span.Of(v.Text)); !m.Nominal && p.pages[n] != nil {
					p.alias[id] = n
					break
				}
				// "the Northern Press Agency (NPA)"
				if short, ok := inBrackets(v.Text[m.Span.End:]); ok && p.pages[foldName(short)] != nil {
					p.alias[id] = foldName(short)
					break
				}
			}
		}
	}
	return p
}

// inBrackets is the short name that follows a name in brackets.
func inBrackets(after string) (string, bool) {
	rest, ok := strings.CutPrefix(after, " (")
	if !ok {
		return "", false
	}
	i := strings.IndexByte(rest, ')')
	if i < 1 || i > 12 {
		return "", false
	}
	return rest[:i], true
}

// shortForms maps the letters that some page puts in brackets behind the name of a body
// to the name: other pages have the letters alone. Letters of two bodies are
// left out.
func shortForms(versions []*news.Version) map[string]string {
	out := map[string]string{}
	for _, v := range versions {
		for _, e := range v.Entities.Items {
			if e.Type != news.Org || !strings.Contains(e.ID, " ") {
				continue
			}
			for _, m := range e.Mentions {
				short, ok := inBrackets(v.Text[m.Span.End:])
				if !ok || m.Nominal || len(short) < 3 || short != strings.ToUpper(short) || strings.ContainsAny(short, " 0123456789") {
					continue
				}
				if was, known := out[short]; known && was != e.ID {
					out[short] = ""
				} else {
					out[short] = e.ID
				}
				break
			}
		}
	}
	maps.DeleteFunc(out, func(_, name string) bool { return name == "" })
	return out
}

// newsroom is the folded name of the newsroom that a name stands for, "" if no
// page of the thread is its.
func (p press) newsroom(name string) string {
	n := foldName(name)
	if a, ok := p.alias[n]; ok {
		n = a
	}
	if p.pages[n] == nil {
		return ""
	}
	return n
}

// ownRoom reports whether a name is the page's own outlet or agency.
func (p press) ownRoom(name string, v *news.Version) bool {
	n := foldName(name)
	if a, ok := p.alias[n]; ok {
		n = a
	}
	return n == foldName(outletOf(v)) || n == foldName(v.Meta.Agency.Value)
}

// cites is the newsrooms of the thread that a statement is given to: the links
// of its chain beyond the page's own.
func (p press) cites(s *statement, v *news.Version) []string {
	var out []string
	if !s.claim.Reported {
		return nil
	}
	for _, link := range s.claim.Chain {
		if n := p.newsroom(link); n != "" && !p.ownRoom(link, v) {
			out = append(out, n)
		}
	}
	return out
}

// What a cited page must have in common with the statement that is given to
// it. That the page tells it is what the citation says, the question is only
// where: so less will do than between strangers, if nothing else on the page is
// as like.
const (
	followAt = 0.25 // share of the lighter one's terms, by weight
	aloneAt  = 0.75 // share of the best that the second best may have
	roundBy  = 0.3  // added to the likeness of statements of which each is given to the other's newsroom
)

// followCitations joins groups of which one cites the other's pages for a like
// statement. Only the likest statement of the cited pages will do, and nothing
// that speaks against it.
func followCitations(all []statement, parts [][]int, versions []*news.Version, p press, w termWeights, al aligned) [][]int {
	of := make([]int, len(all))
	byDoc := map[int][]int{}
	for g, part := range parts {
		for _, k := range part {
			of[k] = g
		}
	}
	for k := range all {
		byDoc[all[k].doc] = append(byDoc[all[k].doc], k)
	}
	parts = slices.Clone(parts)
	back := backTo(all, versions, p)
	for k := range all {
		s := &all[k]
		for _, room := range p.cites(s, versions[s.doc]) {
			best := follow(all, s, room, p, byDoc, w, al, func(j int) bool { return of[j] == of[k] }, func(j int) bool { return back(k, j) })
			if best < 0 || of[best] == of[k] || opposed(all, parts[of[best]], parts[of[k]]) {
				continue
			}
			a, b := min(of[best], of[k]), max(of[best], of[k])
			joined := slices.Concat(parts[a], parts[b])
			slices.Sort(joined)
			for _, x := range joined {
				of[x] = a
			}
			parts[a], parts[b] = joined, nil
		}
	}
	return slices.DeleteFunc(parts, func(p []int) bool { return len(p) == 0 })
}

// follow finds the statement of a newsroom's pages that is meant when another
// page gives s to it, -1 if none is. told says which are known to say the same, and
// back which are given back to the newsroom of s.
func follow(all []statement, s *statement, room string, p press, byDoc map[int][]int, w termWeights, al aligned, told, back func(int) bool) int {
	best, first, second := -1, 0.0, 0.0
	for _, d := range p.pages[room] {
		if d == s.doc {
			continue
		}
		for _, j := range byDoc[d] {
			t := &all[j]
			if told(j) {
				return j
			}
			if vetoed(s, t) || s.people != t.people {
				continue
			}
			x, n := w.shared(termsBut(s.terms), termsBut(t.terms))
			round := n > 0 && back(j)
			if !round && n < 2 && (n == 0 || !has(s.happens, t.happens)) {
				continue // one word that is not what happens: "prime"
			}
			like := max(x/min(s.weight, t.weight), likeness(s, t, w, al))
			if last(s.claim.Chain) == last(t.claim.Chain) {
				like += 0.2 // and from the same speaker
			}
			if round {
				like += roundBy
			}
			switch {
			case best >= 0 && al.same(&all[best], t) >= 0.6: // the same in a copy
				first = max(first, like)
			case like > first:
				best, first, second = j, like, first
			case like > second:
				second = like
			}
		}
	}
	if first < followAt || second > aloneAt*first {
		return -1
	}
	return best
}

// backTo returns what reports whether statement j leads back to the newsroom of
// statement k: it is given to it, or to a newsroom which gives a statement to it.
// Two newsrooms that cite each other do so for one thing, however each puts it.
func backTo(all []statement, versions []*news.Version, p press) func(k, j int) bool {
	type pair struct{ from, to string }
	cites := make([][]string, len(all))
	edge := map[pair]bool{}
	room := func(doc int) []string {
		m := versions[doc].Meta
		return []string{foldName(outletOf(versions[doc])), foldName(m.Agency.Value)}
	}
	for i := range all {
		cites[i] = p.cites(&all[i], versions[all[i].doc])
		for _, to := range cites[i] {
			for _, from := range room(all[i].doc) {
				edge[pair{from, to}] = true
			}
		}
	}
	return func(k, j int) bool {
		for _, own := range room(all[k].doc) {
			for _, to := range cites[j] {
				if own != "" && (to == own || edge[pair{to, own}]) {
					return true
				}
			}
		}
		return false
	}
}

// opposed reports whether a statement of one group speaks against one of the
// other: another number, day or polarity.
func opposed(all []statement, a, b []int) bool {
	for _, x := range a {
		for _, y := range b {
			if vetoed(&all[x], &all[y]) {
				return true
			}
		}
	}
	return false
}
