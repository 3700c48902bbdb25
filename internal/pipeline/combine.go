package pipeline

import (
	"fmt"
	"slices"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate/change"
)

// Combine puts the relations of several threads into one set. Groups and
// tensions are numbered on, so that every id is one group's.
func Combine(threads []Thread) ([]*news.Version, news.Relations) {
	var versions []*news.Version
	var out news.Relations
	for _, t := range threads {
		versions = append(versions, t.Versions...)
		r := t.Relations
		out.Overlaps = append(out.Overlaps, r.Overlaps...)
		out.Links = append(out.Links, r.Links...)
		out.Stories = append(out.Stories, r.Stories...)
		out.Thread = append(out.Thread, r.Thread...)
		out.Timeline = append(out.Timeline, r.Timeline...)
		ids := make(map[string]string, len(r.Groups))
		for _, g := range r.Groups {
			id := fmt.Sprintf("g%02d", len(out.Groups)+1)
			ids[g.ID], g.ID = id, id
			out.Groups = append(out.Groups, g)
		}
		for _, x := range r.Tensions {
			x.ID = fmt.Sprintf("t%02d", len(out.Tensions)+1)
			for _, side := range []*news.Side{&x.A, &x.B} {
				if side.Group != "" {
					side.Group = ids[side.Group]
				}
			}
			out.Tensions = append(out.Tensions, x)
		}
	}
	here := make(map[string]bool, len(versions))
	for _, v := range versions {
		here[v.Name] = true
	}
	for _, t := range threads {
		for _, l := range t.Across {
			if here[l.From] {
				out.Links = append(out.Links, l)
			}
		}
	}
	return slices.Clip(versions), out
}

// Changes tells what is different between two versions, a the earlier.
func Changes(a, b *news.Version) news.Changes { return change.Between(a, b) }
