package corroborate

import (
	"slices"
	"sort"

	"github.com/tracewire/tracewire/internal/news"
)

// Of counts the origins of claims that somebody else put together: the walk of
// each, the range, and why what counts once does. Claims that the versions do
// not have are left out.
func Of(versions []*news.Version, overlaps []news.Overlap, links []news.Link, members []news.ClaimRef) news.Group {
	versions = slices.Clone(versions)
	sort.Slice(versions, func(i, j int) bool { return versions[i].Name < versions[j].Name })
	people := fullNames(versions)
	all := statements(versions, people)
	g := groundOf(versions, people, links, alignments(versions, overlaps))
	group := news.Group{}
	var held []*statement
	for i := range all {
		if slices.Contains(members, all[i].ref) {
			held = append(held, &all[i])
		}
	}
	if len(held) == 0 {
		return group
	}
	for _, s := range held {
		group.Members = append(group.Members, s.ref)
		if o := outletOf(versions[s.doc]); !slices.Contains(group.Outlets, o) {
			group.Outlets = append(group.Outlets, o)
		}
	}
	g.origins(held, &group)
	group.Proposition = plainest(held)
	return group
}
