package corroborate

import (
	"slices"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate"
)

// This file has the search go over the groups on all processors.

// opposing is a tension that a rule finds between two groups.
type opposing struct {
	i, j    int
	kind    news.TensionKind
	explain string
}

// ofEach is what find finds for each group, in the order of the groups. It must
// write nothing that it did not make.
func (s *search) ofEach(find func(i int) []opposing) []opposing {
	found := make([][]opposing, (len(s.groups)+inARow-1)/inARow)
	relate.Stretches(len(s.groups), inARow, func(from, to int) {
		for i := from; i < to; i++ {
			found[from/inARow] = append(found[from/inARow], find(i)...)
		}
	})
	return slices.Concat(found...)
}

// lookOver finds what the rules ask of each group again and again.
func (s *search) lookOver() {
	s.unlike, s.aside, s.restOn = make([][]*statement, len(s.groups)), make([]bool, len(s.groups)), make([][]string, len(s.groups))
	relate.Stretches(len(s.groups), inARow, func(from, to int) {
		for i := from; i < to; i++ {
			s.unlike[i], s.aside[i], s.restOn[i] = unlike(s.members[i]), slices.ContainsFunc(s.members[i], setsAside), s.bodiesOf(i)
		}
	})
}

// unlike is one statement of each kind, the first, in order.
func unlike(members []*statement) []*statement {
	if len(members) < 2 {
		return members
	}
	var out []*statement
	seen := make(map[string]bool, 4)
	var key []byte
	for _, st := range members {
		if key = st.alike(key[:0]); !seen[string(key)] {
			seen[string(key)] = true
			out = append(out, st)
		}
	}
	return out
}

// bodiesOf is the bodies that group k rests on, in order.
func (s *search) bodiesOf(k int) []string {
	out := make([]string, 0, len(s.groups[k].Origins))
	for _, o := range s.groups[k].Origins {
		out = append(out, bodyOf(o, s.tied))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
