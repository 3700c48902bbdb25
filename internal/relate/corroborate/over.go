package corroborate

import (
	"slices"
	"strconv"
	"strings"

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

// ofEach is what find finds for each of n groups, in their order. It must write
// nothing that it did not make.
func ofEach[T any](n int, find func(i int) []T) []T {
	found := make([][]T, (n+inARow-1)/inARow)
	relate.Stretches(n, inARow, func(from, to int) {
		for i := from; i < to; i++ {
			found[from/inARow] = append(found[from/inARow], find(i)...)
		}
	})
	return slices.Concat(found...)
}

// lookOver finds what the rules ask of each group again and again.
func (s *search) lookOver() {
	n := len(s.groups)
	s.unlike, s.aside, s.restOn = make([][]*statement, n), make([]bool, n), make([][]string, n)
	s.report, s.heads, s.voice, s.since = make([]int, n), make([]bits, n), make([]int, n), make([]string, n)
	relate.Stretches(n, inARow, func(from, to int) {
		for i := from; i < to; i++ {
			s.restOn[i], s.since[i] = s.bodiesOf(i), s.firstTold(i)
			s.unlike[i], s.aside[i], s.report[i] = unlike(s.members[i]), slices.ContainsFunc(s.members[i], setsAside), s.reportOf(i)
			for _, st := range s.unlike[i] {
				st.tallies = talliesOf(st, s.versions[st.doc])
				st.several = sums(s.tokens(st))
			}
			for _, st := range s.members[i] {
				s.heads[i] |= st.sides.heads
			}
		}
	})
	s.names = make([][]string, len(s.versions))
	relate.Stretches(len(s.versions), inARow, func(from, to int) {
		for d := from; d < to; d++ {
			s.names[d] = idsOf(s.versions[d])
		}
	})
	known := map[string]int{}
	for i, names := range s.restOn {
		k := strconv.Itoa(len(names)) + strings.Join(names, "\x00")
		if _, was := known[k]; !was {
			known[k] = len(known)
		}
		s.voice[i] = known[k]
	}
}

// idsOf is everything that a version names, in order.
func idsOf(v *news.Version) []string {
	out := make([]string, len(v.Entities.Items))
	for i := range v.Entities.Items {
		out[i] = v.Entities.Items[i].ID
	}
	slices.Sort(out)
	return out
}

// reportOf is the family that all pages of group k are of, -1 if they are of
// several.
func (s *search) reportOf(k int) int {
	f := s.fam[s.members[k][0].doc]
	for _, st := range s.members[k] {
		if s.fam[st.doc] != f {
			return -1
		}
	}
	return f
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

// bodies is the bodies that group k rests on, in order.
func (s *search) bodies(k int) []string { return s.restOn[k] }

// bodiesOf finds bodies.
func (s *search) bodiesOf(k int) []string {
	out := make([]string, 0, len(s.groups[k].Origins))
	for _, o := range s.groups[k].Origins {
		out = append(out, bodyOf(o, s.tied))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
