package dependence

import (
	"cmp"
	"slices"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate"
	"github.com/tracewire/tracewire/internal/text"
)

// items puts the groups together that give values for one thing: a figure and
// the later figure, two figures that contradict each other. Each item is indices
// of groups, rising.
func items(r news.Relations) [][]int {
	at := map[string]int{}
	of := make([]int, len(r.Groups))
	for i, g := range r.Groups {
		at[g.ID], of[i] = i, i
	}
	root := func(i int) int {
		for of[i] != i {
			of[i] = of[of[i]]
			i = of[i]
		}
		return i
	}
	join := func(a, b string) {
		i, okI := at[a]
		j, okJ := at[b]
		if okI && okJ {
			i, j = root(i), root(j)
			of[max(i, j)] = min(i, j)
		}
	}
	for _, g := range r.Groups {
		join(g.ID, g.SupersededBy)
	}
	for _, t := range r.Tensions {
		if t.Kind == news.Number || t.Kind == news.DateT {
			join(t.A.Group, t.B.Group)
		}
	}
	place := map[int]int{}
	var out [][]int
	for i := range of {
		k := root(i)
		if _, known := place[k]; !known {
			place[k] = len(out)
			out = append(out, nil)
		}
		out[place[k]] = append(out[place[k]], i)
	}
	return out
}

// telling is the first page of an outlet that gives a value.
type telling struct {
	at   string // relate.Told
	page news.Passing
}

// tellings is who gives which value of an item in each scene: per group of the
// item, by outlet.
func (o observer) tellings(r news.Relations, item []int, in map[string]int) map[int][]map[string]telling {
	out := map[int][]map[string]telling{}
	for n, g := range item {
		for _, ref := range r.Groups[g].Members {
			v := o[ref.Doc]
			if v == nil || owner(v) == "" {
				continue
			}
			s := in[v.Name]
			if out[s] == nil {
				out[s] = make([]map[string]telling, len(item))
			}
			if out[s][n] == nil {
				out[s][n] = map[string]telling{}
			}
			t := telling{relate.Told(v), passing(v, spanOf(v, ref.Claim))}
			was, known := out[s][n][owner(v)]
			if !known || cmp.Or(cmp.Compare(cmp.Or(t.at, "~"), cmp.Or(was.at, "~")), cmp.Compare(t.page.Doc, was.page.Doc), cmp.Compare(t.page.Span.Start, was.page.Span.Start)) < 0 {
				out[s][n][owner(v)] = t
			}
		}
	}
	return out
}

func spanOf(v *news.Version, claim string) (s text.Span) {
	for _, c := range v.Claims.Items {
		if c.ID == claim {
			return c.Span
		}
	}
	return s
}

// cited notes which outlets of a scene name another as where they have a value
// from: the first newsroom of the chain that is not the page's own.
func (s *scene) cited(r news.Relations, item []int, versions observer) {
	for _, g := range item {
		for _, w := range r.Groups[g].Walks {
			v := versions[w.Member.Doc]
			if v == nil || len(w.Steps) < 2 {
				continue
			}
			if _, here := s.first[owner(v)]; !here {
				continue
			}
			for _, step := range w.Steps[1:] {
				from := fold(step)
				if _, here := s.first[from]; !here || from == owner(v) || from == outlet(v) {
					continue
				}
				s.bind(owner(v), from, bond{Cited, news.Shared{How: "cites", To: passing(v, spanOf(v, w.Member.Claim))}})
				break
			}
		}
	}
}

// value is one of the values of an item in a scene.
type value struct {
	by        map[string]telling // outlet -> where
	wrong     bool               // another value has more outlets
	until     string             // from when on it was out of date, "" if it is not
	falseOnes int                // outlets that gave it when it was wrong
}

// stale reports whether a telling gives a value that is wrong, or was by then.
func (v value) stale(t telling) bool {
	return v.wrong || v.until != "" && earlier(v.until, t.at) < 0
}

// valuesOf weighs the values of an item against each other.
func valuesOf(r news.Relations, item []int, told []map[string]telling) []value {
	out := make([]value, len(item))
	at := map[string]int{}
	for n, g := range item {
		out[n].by = told[n]
		at[r.Groups[g].ID] = n
	}
	for n, g := range item {
		later, ok := at[r.Groups[g].SupersededBy]
		if !ok {
			continue
		}
		for _, t := range told[later] {
			if len(t.at) >= 10 && (out[n].until == "" || t.at < out[n].until) {
				out[n].until = t.at
			}
		}
	}
	for _, t := range r.Tensions {
		a, okA := at[t.A.Group]
		b, okB := at[t.B.Group]
		if !okA || !okB || t.Kind != news.Number && t.Kind != news.DateT {
			continue
		}
		switch na, nb := len(out[a].by), len(out[b].by); {
		case na > nb:
			out[b].wrong = true
		case nb > na:
			out[a].wrong = true
		}
	}
	return out
}

// values compares who gives which value of one thing.
func (s *scene) values(all []value, model Model) {
	first := map[string]string{} // outlet -> when it gave its first value
	falseOnes := 0
	for i := range all {
		v := &all[i]
		for who, t := range v.by {
			if was, known := first[who]; !known || cmp.Or(t.at, "~") < cmp.Or(was, "~") {
				first[who] = t.at
			}
			if v.stale(t) {
				v.falseOnes++
				falseOnes++
			}
		}
	}
	if len(first) < 2 {
		return
	}
	for _, v := range all {
		for who, t := range v.by {
			x := s.score[who]
			if x == nil {
				x = &Score{Outlet: who}
				s.score[who] = x
			}
			if v.stale(t) {
				x.Wrong++
			} else {
				x.Right++
			}
		}
	}
	order := make([]string, 0, len(first))
	for who := range first {
		order = append(order, who)
	}
	slices.SortFunc(order, func(a, b string) int {
		return cmp.Or(cmp.Compare(cmp.Or(first[a], "~"), cmp.Or(first[b], "~")), cmp.Compare(a, b))
	})
	for i, a := range order {
		for j := i + 1; j < len(order); j++ {
			if len(order) > crowd && i >= earliest && j > i+next {
				break
			}
			s.compare(sorted(a, order[j]), all, falseOnes, model)
		}
	}
}

// compare notes what two outlets have in common of one thing.
func (s *scene) compare(k [2]string, all []value, falseOnes int, model Model) {
	x := s.share[k]
	if x == nil {
		x = &shared{}
		s.share[k] = x
	}
	note := func(n int, how string, c Class, a, b telling) {
		say := news.Shared{How: how, Strength: c.strength(), From: a.page, To: b.page}
		if x.say[n].How == "" || stronger(say, x.say[n]) < 0 {
			x.say[n] = say
		}
	}
	met := false
	for _, v := range all {
		a, okA := v.by[k[0]]
		b, okB := v.by[k[1]]
		if !okA || !okB {
			continue
		}
		met = true
		if !v.stale(a) && !v.stale(b) {
			x.same = true
			note(0, "the same", Same, a, b)
			continue
		}
		own := 0
		for _, t := range [...]telling{a, b} {
			if v.stale(t) {
				own++
			}
		}
		c := falseOf(v.falseOnes-own, falseOnes-own, model.Values)
		x.wrong = max(x.wrong, c)
		note(2, "wrong or outdated value", c, a, b)
	}
	if met {
		return
	}
	for _, v := range all {
		for _, w := range all {
			a, okA := v.by[k[0]]
			b, okB := w.by[k[1]]
			if okA && okB {
				x.differ = true
				note(1, "another value", Differ, a, b)
			}
		}
	}
}
