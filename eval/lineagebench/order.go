package lineagebench

import (
	"slices"

	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/internal/news"
)

// families scores which articles were put together as one report, and in
// which order their versions stand.
func (s *scorer) families(b Bench, links []news.Link) {
	joined, later := newUnion(), map[string][]string{}
	for _, l := range links {
		if l.From == "" || !slices.Contains(family, linkName(l.Relation)) {
			continue
		}
		joined.join(l.From, l.To)
		switch {
		case l.Directed:
			later[l.From] = append(later[l.From], l.To)
		case l.Relation == news.Copy: // one text
			later[l.From] = append(later[l.From], l.To)
			later[l.To] = append(later[l.To], l.From)
		}
	}
	var elements []measure.Element
	for _, f := range b.Families {
		apart := slices.Concat(f.Embeds, f.Paragraphs, f.Captions, f.LinkedOnly, f.Rewritten, f.Undetermined)
		for _, m := range f.Members {
			if slices.Contains(apart, m) {
				continue
			}
			gold := f.Name
			if f.Order == "none" {
				gold += " " + m
			}
			elements = append(elements, measure.Element{Gold: []string{gold}, Prog: joined.root(m)})
		}
		if f.Ordered() {
			s.order(f, later)
		}
	}
	s.explainFamilies(b, links)
	settled := measure.Settle(elements)
	recall, precision := measure.BCubed(settled, len(settled))
	s.add("families", measure.Weighted(recall, len(settled), precision, len(settled)))
}

// explainFamilies lists the links that join members of different families.
func (s *scorer) explainFamilies(b Bench, links []news.Link) {
	of := map[string]string{}
	for _, f := range b.Families {
		for _, m := range f.Members {
			of[m] = f.Name
			if f.Order == "none" {
				of[m] += " " + m
			}
		}
	}
	for _, l := range links {
		if a, b := of[l.From], of[l.To]; a != b && a != "" && b != "" && slices.Contains(family, linkName(l.Relation)) {
			s.problem("family", l.From+"–"+l.To, "%s and %s are joined as %s by %s", a, b, linkName(l.Relation), l.Why.Rule)
		}
	}
}

// order judges the pairs of members that hold different versions.
func (s *scorer) order(f Family, later map[string][]string) {
	after := map[string]map[string]bool{}
	for _, m := range f.Members {
		after[m] = reach(m, later)
	}
	for i, early := range f.Versions {
		for _, late := range f.Versions[i+1:] {
			for _, x := range early {
				for _, y := range late {
					forth, back := after[x][y], after[y][x]
					told, right := int(measure.One(forth != back)), int(measure.One(forth && !back))
					s.add("version order", measure.Both(right, 1, told))
					s.add("version order, told wrong", measure.Share(float64(told-right), 1))
					if right == 0 {
						s.problem("order", x+"–"+y, "%s: from %s, program has it the other way: %v, both ways: %v", f.Name, x, back && !forth, forth && back)
					}
				}
			}
		}
	}
}

// reach is everything that can be come to from one article.
func reach(from string, later map[string][]string) map[string]bool {
	seen := map[string]bool{}
	todo := []string{from}
	for len(todo) > 0 {
		x := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, y := range later[x] {
			if !seen[y] {
				seen[y] = true
				todo = append(todo, y)
			}
		}
	}
	return seen
}
