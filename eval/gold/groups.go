package gold

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/internal/schema"
)

// claimSet is a set of the program's claims.
type claimSet = map[schema.Ref]bool

// held is what the groups of both sides hold, all in the program's claims: a
// gold claim that the program did not find is in none.
type held struct {
	must, all map[string]claimSet // of each gold group: the undisputed members, and all
	prog      map[string]claimSet // of each group of the program
	progOrder []string            // its ids, in order
	merges    map[string][]string // of each gold group: those that may be one with it, sorted
}

// twoClaims is an unordered pair of different claims.
type twoClaims struct{ a, b schema.Ref }

func compareRefs(a, b schema.Ref) int {
	return cmp.Or(cmp.Compare(a.Doc, b.Doc), cmp.Compare(a.Claim, b.Claim))
}

// addTwos adds all pairs within a set of claims.
func addTwos(out map[twoClaims]bool, claims claimSet) {
	for a := range claims {
		for b := range claims {
			if compareRefs(a, b) < 0 {
				out[twoClaims{a, b}] = true
			}
		}
	}
}

// groups compares which claims are put together. Pairs that rest on a disputed
// membership, an optional group or an allowed merge do not count either way.
func (s *scorer) groups(g, p story, answers map[schema.Ref]schema.Ref) held {
	h := hold(g, p, answers)
	must, may, put := map[twoClaims]bool{}, map[twoClaims]bool{}, map[twoClaims]bool{}
	for _, x := range g.ClaimGroups {
		if !x.optional() {
			addTwos(must, h.must[x.ID])
		}
		addTwos(may, h.all[x.ID])
		for _, o := range h.merges[x.ID] {
			addTwos(may, union(h.all[x.ID], h.all[o]))
		}
	}
	for _, claims := range h.prog {
		addTwos(put, claims)
	}
	for two := range put {
		if may[two] && !must[two] {
			delete(put, two)
		}
	}
	s.countTwos("pairs", must, put)
	acrossDocs := func(in map[twoClaims]bool) map[twoClaims]bool {
		out := map[twoClaims]bool{}
		for two := range in {
			if two.a.Doc != two.b.Doc {
				out[two] = true
			}
		}
		return out
	}
	s.countTwos("pairs across documents", acrossDocs(must), acrossDocs(put))
	s.explainTwos("miss", must, put, answers)
	s.explainTwos("false alarm", put, must, answers)
	return h
}

func (s *scorer) countTwos(name string, want, got map[twoClaims]bool) {
	s.count("groups", name, measure.Both(shared(want, got), len(want), len(got)))
}

// explainTwos lists the pairs of a that b lacks, by the ids of the gold claims
// that they stand for.
func (s *scorer) explainTwos(what string, a, b map[twoClaims]bool, answers map[schema.Ref]schema.Ref) {
	standsFor := map[schema.Ref][]string{}
	for want, got := range answers {
		standsFor[got] = append(standsFor[got], short(want.Doc)+":"+want.Claim)
	}
	var lines []string
	for two := range a {
		if b[two] {
			continue
		}
		ids := slices.Concat(standsFor[two.a], standsFor[two.b])
		slices.Sort(ids)
		lines = append(lines, strings.Join(ids, " + "))
	}
	slices.Sort(lines)
	for _, l := range lines {
		s.problem("groups", what, "%s", l)
	}
}

func hold(g, p story, answers map[schema.Ref]schema.Ref) held {
	h := held{map[string]claimSet{}, map[string]claimSet{}, map[string]claimSet{}, nil, map[string][]string{}}
	reached := claimSet{}
	for _, to := range answers {
		reached[to] = true
	}
	for _, x := range g.ClaimGroups {
		h.must[x.ID], h.all[x.ID] = claimSet{}, claimSet{}
		for _, m := range x.Members {
			to, found := answers[m.Ref]
			if !found {
				continue
			}
			h.all[x.ID][to] = true
			if !m.Contested {
				h.must[x.ID][to] = true
			}
		}
		for _, o := range accepted("", x.judgement, "merge_with")[1:] {
			h.merges[x.ID] = append(h.merges[x.ID], o)
			h.merges[o] = append(h.merges[o], x.ID)
		}
	}
	for id, others := range h.merges {
		h.merges[id] = sortedSet(others)
	}
	for _, x := range p.ClaimGroups {
		if h.prog[x.ID] == nil {
			h.progOrder = append(h.progOrder, x.ID)
		}
		h.prog[x.ID] = claimSet{}
		for _, m := range x.Members {
			if reached[m.Ref] {
				h.prog[x.ID][m.Ref] = true
			}
		}
	}
	return h
}

// counterpart is the program's group that is most like a gold group, or most
// like that group and another one that may be one with it.
type counterpart struct {
	id    string  // of the program's group
	other string  // the gold group merged with, "" for none
	fit   float64 // 0 when there is no counterpart
}

func (h held) counterpart(id string) counterpart {
	var best counterpart
	for _, other := range append([]string{""}, h.merges[id]...) {
		must, all := union(h.must[id], h.must[other]), union(h.all[id], h.all[other])
		for _, name := range h.progOrder {
			claims := h.prog[name]
			common := map[schema.Ref]bool{}
			for c := range claims {
				if all[c] {
					common[c] = true
				}
			}
			// Dice's coefficient. A disputed member counts only where found.
			size := len(union(must, common)) + len(claims)
			if size == 0 {
				continue
			}
			if fit := 2 * float64(len(common)) / float64(size); fit > best.fit {
				best = counterpart{name, other, fit}
			}
		}
	}
	return best
}

// origins compares the origins that the program names for a claim group, and
// how many of them it holds to be independent, with the gold's.
func (s *scorer) origins(g, p story, h held) {
	byID := func(groups []claimGroup) map[string]claimGroup {
		out := map[string]claimGroup{}
		for _, x := range groups {
			out[x.ID] = x
		}
		return out
	}
	golds, progs := byID(g.ClaimGroups), byID(p.ClaimGroups)
	for _, x := range g.ClaimGroups {
		c := h.counterpart(x.ID)
		if c.fit == 0 {
			if !x.optional() {
				s.count("groups", "with counterpart", measure.Share(0, 1))
				s.count("origins", "names", measure.Both(0, len(x.Origins), 0))
				s.problem("origins", x.ID, "no counterpart  (%s)", x.Proposition)
			}
			continue
		}
		s.count("groups", "with counterpart", measure.Share(1, 1))
		lists, n := accepted(x.Origins, x.judgement, "origins"), x.Independent
		if c.other != "" {
			lists, n = merged(lists, n, golds[c.other])
		}
		s.groupOrigins(x, lists, n, progs[c.id])
	}
}

// merged returns the accepted origins and the range of two groups as one: at
// least as many origins as the richer of them has, at most those of both.
func merged(lists [][]string, n bounds, y claimGroup) ([][]string, bounds) {
	var out [][]string
	for _, v := range lists {
		for _, w := range accepted(y.Origins, y.judgement, "origins") {
			var names []string
			for _, name := range slices.Concat(v, w) {
				if !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
			out = append(out, names)
		}
	}
	return out, bounds{max(n.least, y.Independent.least), n.most + y.Independent.most}
}

func (s *scorer) groupOrigins(x claimGroup, lists [][]string, n bounds, y claimGroup) {
	hit, of, best := 0, 0, -1.0
	for _, names := range lists {
		pairs := measure.PairUp(len(names), len(y.Origins), 0, func(i, j int) float64 { return measure.One(s.names.same(names[i], y.Origins[j])) })
		fit, _ := measure.Ratio(float64(len(pairs)), len(names)+len(y.Origins))
		if fit > best {
			hit, of, best = len(pairs), len(names), fit
		}
	}
	s.count("origins", "names", measure.Both(hit, of, len(y.Origins)))
	r := y.Independent
	within := n.least <= r.least && r.least <= r.most && r.most <= n.most
	s.countRange("range overlaps", x, r.least <= n.most && n.least <= r.most)
	s.countRange("range within", x, within)
	if n.most > 1 {
		s.count("origins", ownLines[0], measure.Share(measure.One(within), 1))
		if len(x.Outlets) > 1 {
			s.count("origins", ownLines[1], measure.Share(measure.One(within), 1))
		}
	}
	if hit < max(of, len(y.Origins)) || !within {
		s.problem("origins", x.ID, "%d to %d of %s, program has %d to %d of %s  (%s)", n.least, n.most,
			strings.Join(lists[0], ", "), r.least, r.most, s.look(strings.Join(y.Origins, ", ")), x.Proposition)
	}
}

// ownLines are measures that the reference scorer lacks: "range within" for the
// groups that may have more than one origin, and for those of them that several
// outlets have. For all others "always one" is right.
var ownLines = [...]string{"range within, origins > 1", "range within, both > 1"}

// countRange counts twice: "always one origin" is a good guess for groups of a
// single outlet, so those of several stand apart as well.
func (s *scorer) countRange(name string, x claimGroup, ok bool) {
	s.count("origins", name, measure.Share(measure.One(ok), 1))
	if len(x.Outlets) > 1 {
		s.count("origins", name+", outlets > 1", measure.Share(measure.One(ok), 1))
	}
}

// tensions pairs tensions by their sides, either way round; both sides must
// share a claim.
func (s *scorer) tensions(g, p story, answers map[schema.Ref]schema.Ref, h held) {
	claimsOf := func(x schema.Side, groups map[string]claimSet, claim func(schema.Ref) (schema.Ref, bool)) claimSet {
		if x.Group != "" {
			return groups[x.Group]
		}
		c, found := claim(schema.Ref{Doc: x.Doc, Claim: x.Claim})
		if !found {
			return nil
		}
		return claimSet{c: true}
	}
	answer := func(r schema.Ref) (schema.Ref, bool) { to, found := answers[r]; return to, found }
	itself := func(r schema.Ref) (schema.Ref, bool) { return r, true }
	pairs := measure.PairUp(len(g.Tensions), len(p.Tensions), 0, func(i, j int) float64 {
		x, y := g.Tensions[i], p.Tensions[j]
		a, b := claimsOf(x.A, h.all, answer), claimsOf(x.B, h.all, answer)
		c, d := claimsOf(y.A, h.prog, itself), claimsOf(y.B, h.prog, itself)
		return max(sides(likeness(a, c), likeness(b, d)), sides(likeness(a, d), likeness(b, c)))
	})
	show := func(t tension) string {
		return fmt.Sprintf("%s %s: %s / %s: %s", t.ID, t.Kind, showSide(t.A), showSide(t.B), t.Explain)
	}
	m := s.match("tensions", gold(g.Tensions, func(t tension) bool { return t.optional() }, show), prog(p.Tensions, show), pairs, true)
	m.found("found", ofBoth)
	check(m, "kind", "kind", ofPairs,
		func(i int) []string { return accepted(g.Tensions[i].Kind, g.Tensions[i].judgement, "kind") },
		func(j int) string { return p.Tensions[j].Kind }, equal)
}

// sides adds up how alike both sides are; one that shares nothing spoils it.
func sides(a, b float64) float64 {
	if a == 0 || b == 0 {
		return 0
	}
	return a + b
}

func showSide(x schema.Side) string {
	if x.Group != "" {
		return x.Group
	}
	return short(x.Doc) + ":" + x.Claim
}
