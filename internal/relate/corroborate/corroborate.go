// Package corroborate tells, for each claim of a thread, which articles say
// it, where each has it from, how many independent origins stand behind it,
// and who says otherwise.
//
// Claims are read for what they say happened (deed.go) and who is meant
// (party.go), compared with vetoes (pair.go), and put together (group.go). Each
// member is walked up its attribution chain, and up the lineage of its page,
// to an origin (origin.go). Tensions are looked for between groups that speak
// of the same thing (tension.go). Counts fail towards fewer origins.
package corroborate

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate"
	"github.com/tracewire/tracewire/internal/text"
)

// Fold returns the claim groups and tensions of one thread. It is a function
// of the set of versions: their order means nothing.
func Fold(versions []*news.Version, overlaps []news.Overlap, links []news.Link) ([]news.Group, []news.Tension) {
	versions = slices.Clone(versions)
	sort.Slice(versions, func(i, j int) bool { return versions[i].Name < versions[j].Name })
	people := fullNames(versions)
	all := statements(versions, people)
	w := weigh(all)
	al := alignments(versions, overlaps)
	in := bundles(all)
	parts := agglomerate(in, candidates(in, w, al), w, al)
	ground := groundOf(versions, people, links, al)
	parts = followCitations(all, parts, versions, ground.press, w, al)
	groups, held := make([]news.Group, len(parts)), make([][]*statement, len(parts))
	relate.Stretches(len(parts), inARow, func(from, to int) {
		for i := from; i < to; i++ {
			groups[i], held[i] = groupOf(parts[i], all, ground)
		}
	})
	order := make([]int, len(groups))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool {
		a, b := groups[order[i]], groups[order[j]]
		if a.Weight != b.Weight {
			return a.Weight > b.Weight
		}
		return a.Proposition < b.Proposition
	})
	out := make([]news.Group, len(groups))
	members := make([][]*statement, len(groups))
	for n, i := range order {
		out[n], members[n] = groups[i], held[i]
		out[n].ID = fmt.Sprintf("g%02d", n+1)
	}
	return out, tensions(out, members, ground, w)
}

// groupOf walks the statements of a group to their origins.
func groupOf(part []int, all []statement, ground *ground) (news.Group, []*statement) {
	members := make([]*statement, len(part))
	for i, k := range part {
		members[i] = &all[k]
	}
	g := news.Group{Members: make([]news.ClaimRef, 0, len(part))}
	printed := map[string]bool{} // outlets
	for _, s := range members {
		g.Members = append(g.Members, s.ref)
		if o := outletOf(ground.versions[s.doc]); !printed[o] {
			printed[o] = true
			g.Outlets = append(g.Outlets, o)
		}
	}
	ground.origins(members, &g)
	g.Proposition = plainest(members)
	g.Weight = importance(members, ground.versions, &g)
	return g, members
}

func outletOf(v *news.Version) string {
	if v.Meta.Outlet.Value != "" {
		return v.Meta.Outlet.Value
	}
	if v.Meta.Agency.Value != "" {
		return v.Meta.Agency.Value
	}
	return v.Name
}

// plainest is the wording that stands for the group: complete, short, and with
// a name rather than a pronoun for its subject.
func plainest(members []*statement) string {
	best, score := "", -1e9
	times, told := map[string]int{}, map[string]int{}
	for _, s := range members {
		times[s.claim.Proposition]++
		for _, m := range s.deed.mains {
			told[m]++
		}
	}
	mostly := func(class string) bool { return len(members) > 3 && 2*told[class] >= len(members) }
	oneHead := slices.ContainsFunc(slices.Collect(maps.Keys(told)), mostly)
	for _, s := range members {
		p := s.claim.Proposition
		x := -float64(abs(s.words-12)) + min(12, 4*math.Log2(float64(times[p])))
		if oneHead && !slices.ContainsFunc(s.deed.mains, mostly) {
			x -= 6 // most of the others tell it under another verb
		}
		if strings.Contains(p, " as saying ") || strings.HasSuffix(p, "…") {
			x -= 12 // who said it stands elsewhere; or it is cut
		}
		first, _, _ := strings.Cut(strings.ToLower(p), " ")
		first, _, _ = strings.Cut(strings.ReplaceAll(first, "’", "'"), "'")
		if strings.HasSuffix(first, "ing") || first == "" || first == "but" || first == "for" {
			x -= 14 // no subject
		}
		switch first {
		case "he", "she", "they", "it", "his", "her", "which", "who", "that", "this", "these", "we", "i", "our", "their":
			x -= 12
		}
		if p != "" && p[0] >= 'a' && p[0] <= 'z' {
			x -= 5
		}
		if strings.Contains(p, ": ") {
			x -= 10 // a participle with its subject set before it
		}
		if strings.Contains(p, " it ") || strings.Contains(p, " they ") || strings.Contains(p, " he ") || strings.Contains(p, " she ") {
			x -= 4
		}
		if len(s.claim.Frame.Actors) == 0 {
			x -= 6
		}
		if x > score || x == score && p < best {
			best, score = p, x
		}
	}
	return against(members) + best
}

// against is what to put before a wording that all members give as disputed.
func against(members []*statement) string {
	kind := news.TensionKind("")
	for _, s := range members {
		k, ok := disputing[s.cue]
		if !ok {
			return ""
		}
		kind = k
	}
	if kind == news.Doubt {
		return "Doubted: "
	}
	return "Denied: "
}

// lede is the first sentence of the body.
func lede(v *news.Version) text.Span {
	for _, s := range v.Sentences.Items {
		if s.Label == news.Body && s.Why.Rule != "dateline" {
			return s.Span
		}
	}
	return text.Span{}
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// importance orders claims in the brief: how many outlets carry it, how high
// in their texts it stands (the lede counts most), whether it is dated.
func importance(members []*statement, versions []*news.Version, g *news.Group) float64 {
	place := 0.0
	docs, ledes := map[int]bool{}, map[int]bool{}
	for _, s := range members {
		v := versions[s.doc]
		docs[s.doc] = true
		if lede(v).Contains(s.claim.Span) {
			ledes[s.doc] = true
		}
		place = max(place, 1-float64(s.claim.Span.Start)/float64(len(v.Text)+1))
	}
	x := 2*float64(len(g.Outlets)) + 0.3*float64(len(members)) + 1.5*place + 3*float64(len(ledes))/float64(len(docs))
	for _, s := range members {
		if s.claim.EventDate != "" {
			x += 0.5
			break
		}
	}
	if members[0].claim.Hedge != "" {
		x -= 0.5
	}
	return x
}
