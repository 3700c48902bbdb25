package corroborate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// This file holds the rules that need words which oppose each other: all and
// none, safe and broken, left open and told, one of a set and another number of
// it.

// reassuring words of a state that harm belies.
var reassuring = map[string]bool{
	"safe": true, "secure": true, "sound": true, "stable": true, "intact": true, "undamaged": true, "contained": true, "unharmed": true,
}

// harmful are the classes of what belies a reassurance.
var harmful = map[string]bool{
	"collapse": true, "flood": true, "explode": true, "sink": true, "crash": true, "burn": true, "damage": true, "breakdown": true, "fail": true, "break": true, "spill": true, "hack": true,
}

// opposed: "The dam is safe" and "The dam burst".
func (s *search) opposed() {
	for i, members := range s.members {
		st := members[0]
		if st.negated || !st.claim.Reported || !s.reassures(st) {
			continue
		}
		best, most := -1, 0
		for _, j := range s.neighbours(s.terms[i]) {
			if j == i || s.members[j][0].negated || s.members[j][0].deed.planned || s.members[j][0].deed.unsure || s.sameVoice(i, j) {
				continue
			}
			for _, m := range s.members[j] {
				// the thing is the subject of both
				if !slices.ContainsFunc(m.deed.mains, func(c string) bool { return harmful[c] }) || firstThing(st) == "" || firstThing(st) != firstThing(m) {
					continue
				}
				if len(s.members[j]) > most {
					best, most = j, len(s.members[j])
				}
			}
		}
		if best >= 0 {
			s.add(i, best, news.Doubt, "a reassurance that events belie", 0.5,
				fmt.Sprintf("%s: %s. But: %s", last(st.claim.Chain), s.groups[i].Proposition, s.groups[best].Proposition))
		}
	}
}

func (s *search) reassures(st *statement) bool {
	return slices.ContainsFunc(st.claim.Frame.Words, func(w string) bool { return reassuring[w] }) && len(st.claim.Frame.Words) <= 4
}

// firstThing is the last common noun or name before the verb, by its class:
// what the statement is about.
func firstThing(st *statement) string {
	words := strings.Fields(strings.ToLower(st.claim.Proposition))
	for k, w := range words {
		switch w {
		case "is", "are", "was", "were", "has", "had", "have", "remains", "remained":
			if k > 0 {
				return class(strings.Trim(words[k-1], `",`))
			}
			return ""
		}
		if c := happeningTables().verbs[strings.TrimSuffix(strings.TrimSuffix(w, "s"), "ed")]; k > 0 && c != "" && harmful[c] {
			return class(strings.Trim(words[k-1], `",`))
		}
		if k > 0 && (w == "gave" || w == "burst" || w == "broke" || w == "sank") {
			return class(strings.Trim(words[k-1], `",`))
		}
	}
	return ""
}

// allAgainstNone: "nobody answered him", "every letter was answered".
func (s *search) allAgainstNone() {
	none, all := []int{}, []int{}
	for i, members := range s.members {
		first := true
		for w := range strings.FieldsSeq(strings.ToLower(members[0].claim.Proposition)) {
			if subject := first; subject || w == "every" || w == "each" {
				first = false
			} else if w == "nobody" || w == "none" || w == "nothing" || w == "everybody" || w == "everyone" {
				continue // "admits nothing", "told everybody"
			}
			switch w {
			case "nobody", "none", "never", "nothing":
				none = append(none, i)
			case "every", "always", "everybody", "everyone", "each":
				all = append(all, i)
			default:
				continue
			}
			break
		}
	}
	for _, i := range none {
		for _, j := range all {
			a, b := s.members[i][0], s.members[j][0]
			head := commonHead(a, b)
			if head == "" || disputes(head) || opens(head) || tells(strings.TrimPrefix(head, "~")) || s.w["="+head] < 2 && s.w[strings.TrimPrefix(head, "~")] < 2 || a.negated == b.negated || s.sameVoice(i, j) {
				continue
			}
			s.add(i, j, news.Denial, "all against none", 0.5, fmt.Sprintf("%s: %s. %s: %s", last(a.claim.Chain), s.groups[i].Proposition, last(b.claim.Chain), s.groups[j].Proposition))
		}
	}
}

// parts: "one of the three gates could not be opened", "two of the three gates
// did not open". The set is the same, and so is what is said of its part.
func (s *search) parts() {
	set := make([]bool, len(s.members)) // groups that tell of parts of a set
	for i := range s.members {
		set[i] = slices.ContainsFunc(s.members[i], func(x *statement) bool {
			_, _, _, ok := s.partOf(x)
			return ok
		})
	}
	for i := range s.members {
		if !set[i] {
			continue
		}
		for _, j := range s.neighbours(s.terms[i]) {
			if j <= i || !set[j] || s.sameVoice(i, j) {
				continue
			}
			if a, b, unit, ok := s.partsDiffer(i, j); ok {
				s.add(i, j, news.Detail, "another part of the same set", 0.5, fmt.Sprintf("%s: %g of the %s; %s: %g", s.who(i), a, unit, s.who(j), b))
			}
		}
	}
}

func (s *search) partsDiffer(i, j int) (a, b float64, unit string, ok bool) {
	for _, x := range s.members[i] {
		for _, y := range s.members[j] {
			px, total, unit, okX := s.partOf(x)
			py, other, u, okY := s.partOf(y)
			if !okX || !okY || unit != u || total != other || px == py || !(x.deed.meets(&y.deed) || x.deed.nearTo(&y.deed)) {
				continue
			}
			if x.claim.Frame.Negated == y.claim.Frame.Negated || x.deed.unsure || y.deed.unsure {
				return px, py, fmt.Sprintf("%g %ss", total, unit), true
			}
		}
	}
	return 0, 0, "", false
}

// partOf reads "two of the three gates": two numbers of one unit in a row, the
// one of the other.
func (s *search) partOf(st *statement) (part, total float64, unit string, ok bool) {
	for k := 1; k < len(st.counts); k++ {
		x, y := st.counts[k-1], st.counts[k]
		if x.Unit != "" && x.Unit == y.Unit && x.Low == x.High && y.Low == y.High && x.Low < y.Low && y.Span.Start-x.Span.End < 24 && strings.Contains(s.versions[st.doc].Text[x.Span.End:y.Span.Start], " of ") {
			return x.Low, y.Low, x.Unit, true
		}
	}
	return 0, 0, "", false
}

// leftOpen: one says that it is not known whether or where, another tells.
func (s *search) leftOpen() {
	for i, members := range s.members {
		st := members[0]
		if !st.claim.Frame.Negated {
			continue
		}
		p := " " + strings.ToLower(st.claim.Proposition) + " "
		if !strings.Contains(p, " say whether ") && !strings.Contains(p, " clear whether ") && !strings.Contains(p, " known whether ") && !strings.Contains(p, " say where ") && !strings.Contains(p, " clear where ") && !strings.Contains(p, " known where ") {
			continue
		}
		best, most := -1, 0.0
		for _, j := range s.neighbours(s.terms[i]) {
			m := s.members[j][0]
			if j == i || m.negated || m.deed.unsure || m.deed.planned || !s.later(j, i) {
				continue
			}
			// a place that the open question names, by name
			named := 0.0
			for _, pl := range st.claim.Frame.Places {
				if k := "@" + foldName(pl); slices.Contains(s.terms[j], k) {
					named = max(named, s.w[k])
				}
			}
			if named < 1.5 || !moves(m) {
				continue
			}
			if x, _ := s.w.shared(st.terms, s.terms[j]); x > most {
				best, most = j, x
			}
		}
		if best >= 0 {
			s.add(i, best, news.Detail, "left open by one, told by another", 0.5, fmt.Sprintf("%s. Later: %s", s.groups[i].Proposition, s.groups[best].Proposition))
		}
	}
}

// moves reports whether a statement tells of somebody's coming or going.
func moves(st *statement) bool {
	return slices.ContainsFunc(st.deed.mains, func(c string) bool {
		switch c {
		case "arrive", "return", "leave", "cross", "visit", "greet":
			return true
		}
		return false
	})
}

// later reports whether group j was first told on a later day than group i.
func (s *search) later(j, i int) bool {
	a, b := s.since[i], s.since[j]
	return len(a) >= 10 && len(b) >= 10 && b[:10] > a[:10]
}

// who names the voices of a group.
func (s *search) who(i int) string { return join(s.groups[i].Origins) }
