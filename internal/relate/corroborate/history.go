package corroborate

import (
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate"
)

// history tells when a claim was told first, and when each further outlet and
// origin came. A moment stands in it when something was new then. Pages of
// which only the day is known come first in it, and those of which nobody knows
// even that, last. Walks were followed with all pages known, so that an origin
// is named by what it turned out to be; how it seemed at a moment is what
// relating only what was known by then tells.
func (g *ground) history(members []*statement, ends []finish, group *news.Group) {
	order := make([]int, len(members))
	for i := range order {
		order[i] = i
	}
	times := make([]string, len(members))
	for i, m := range members {
		if times[i] = relate.Told(g.versions[m.doc]); times[i] == "" {
			times[i] = "~"
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return strings.Compare(times[a], times[b])
	})
	outlets, origins, docs := map[string]bool{}, map[string]bool{}, map[string]bool{}
	var so counter
	for n := 0; n < len(order); {
		at := times[order[n]]
		s := news.Sighting{Time: at}
		if at == "~" {
			s.Time = ""
		}
		for ; n < len(order) && times[order[n]] == at; n++ {
			i := order[n]
			v := g.versions[members[i].doc]
			if !docs[v.Name] { // a page is told at one moment
				docs[v.Name] = true
				s.Docs = append(s.Docs, v.Name)
			}
			if o := outletOf(v); !outlets[o] {
				outlets[o] = true
				s.Outlets = append(s.Outlets, o)
			}
			if o := group.Walks[i].Origin; ends[i].kind != lost && !origins[ends[i].key] {
				origins[ends[i].key] = true
				s.Origins = append(s.Origins, o)
			}
			so.add(&ends[i])
		}
		s.Independent = so.independent()
		if len(s.Outlets) > 0 || len(s.Origins) > 0 {
			group.History = append(group.History, s)
		}
	}
}
