package corroborate

import (
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// cast knows who is meant by the names in the claims of a thread: names that
// are nothing but descriptions ("the governor") compare by their words, not as
// somebody, and who leads or speaks for a state can stand for it.
type cast struct {
	states map[string]string // canonical name -> the state that a title ties it to
	people map[string]string // printing of a name -> full name
}

// castOf reads the titles around names: "North Korean leader X".
func castOf(versions []*news.Version, people map[string]string) cast {
	c := cast{map[string]string{}, people}
	for _, v := range versions {
		type place struct {
			id         string
			start, end int
		}
		var states []place
		for _, e := range v.Entities.Items {
			if e.Type != news.GPE {
				continue
			}
			for _, m := range e.Mentions {
				if !m.Nominal {
					states = append(states, place{e.ID, m.Span.Start, m.Span.End})
				}
			}
		}
		for _, e := range v.Entities.Items {
			if e.Type != news.Person {
				continue
			}
			for _, m := range e.Mentions {
				if !rules(titleBefore(v, &m)) {
					continue
				}
				for _, s := range states {
					if s.start >= m.Extent.Start && s.end <= m.Span.Start {
						name := fullName(e.ID, c.people)
						if was, known := c.states[name]; !known || s.id < was {
							c.states[name] = s.id
						}
						break
					}
				}
			}
		}
	}
	return c
}

// rules reports whether a title is of somebody who acts for a state.
func rules(title string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(title)) {
		switch w {
		case "president", "leader", "premier", "minister", "chancellor", "king", "queen", "ruler", "emperor", "pope", "sultan", "emir":
			return true
		}
	}
	return false
}

// who turns entity ids into sorted parties: a pair of states is both, and
// descriptions are left out.
func (c cast) who(ids []string, named map[string]bool) []string {
	var out []string
	for _, id := range ids {
		if a, b, ok := strings.Cut(id, " and "); ok && !named[id] {
			out = append(out, foldName(a), foldName(b))
			continue
		}
		if named[id] {
			out = append(out, foldName(fullName(id, c.people)))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// withStates adds the states for which the named can stand.
func (c cast) withStates(ids, parties []string) []string {
	out := slices.Clone(parties)
	for _, id := range ids {
		if s, ok := c.states[fullName(id, c.people)]; ok {
			out = append(out, foldName(s))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
