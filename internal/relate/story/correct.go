package story

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Correction is what a person says about the stories that were found. It goes
// by the names of articles, since stories come and go with what is read.
type Correction struct {
	Number   int
	Kind     CorrectionKind
	Articles []string // those that are moved; of a merger, one of the two stories
	Story    []string // those they are parted from, put with, or joined to
}

// CorrectionKind is what is put right.
type CorrectionKind string

// The kinds of corrections.
const (
	Split CorrectionKind = "split" // Articles are a story of their own, apart from Story
	Merge CorrectionKind = "merge" // Articles and Story are one
	Pin   CorrectionKind = "pin"   // Articles belong with Story, whatever else changes
)

// correct puts stories right, one correction after the other by their numbers;
// a later one has the last word. Names that are not in the set are passed over.
// Texts that came in after a correction go where they would have gone, and of
// two stories that were parted by hand, to the closer one.
func (f *fold) correct(stories [][]int, corrections []Correction) [][]int {
	if len(corrections) == 0 {
		return stories
	}
	p := partition{of: make([]int, len(f.digests)), groups: slices.Clone(stories)}
	for g, members := range stories {
		for _, m := range members {
			p.of[m] = g
		}
	}
	for _, c := range slices.SortedFunc(slices.Values(corrections), func(a, b Correction) int { return cmp.Compare(a.Number, b.Number) }) {
		articles, story := f.places(c.Articles), f.places(c.Story)
		if len(articles) == 0 || len(story) == 0 {
			continue
		}
		switch c.Kind {
		case Split:
			f.split(&p, articles, story)
		case Pin:
			p.move(articles, p.home(story))
		case Merge:
			home := p.home(story)
			p.move(p.groups[p.home(articles)], home)
			p.move(articles, home)
			p.move(story, home)
		}
	}
	var out [][]int
	for _, g := range p.groups {
		if len(g) > 0 {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(x, y []int) int { return cmp.Compare(x[0], y[0]) })
	return out
}

// places are the members that names name, sorted.
func (f *fold) places(names []string) []int {
	var out []int
	for _, n := range names {
		if i, known := f.at[n]; known {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// split makes articles a story of their own, and takes along what came in
// later and is closer to them than to what they are parted from.
func (f *fold) split(p *partition, articles, from []int) {
	from = slices.DeleteFunc(slices.Clone(from), func(m int) bool { return slices.Contains(articles, m) })
	own := slices.Clone(articles)
	homes := make([]int, 0, len(articles))
	for _, m := range articles {
		homes = append(homes, p.of[m])
	}
	slices.Sort(homes)
	for _, g := range slices.Compact(homes) {
		here := func(of []int) []int {
			return slices.DeleteFunc(slices.Clone(of), func(m int) bool { return p.of[m] != g })
		}
		taken, left := here(articles), here(from)
		for _, m := range p.groups[g] {
			if slices.Contains(taken, m) || slices.Contains(left, m) {
				continue
			}
			if len(left) == 0 || f.likeness(m, taken) > f.likeness(m, left) {
				own = append(own, m)
			}
		}
	}
	p.groups = append(p.groups, nil)
	p.move(own, len(p.groups)-1)
}

// likeness is that of a text with the member of a group that is most like it.
func (f *fold) likeness(m int, group []int) float64 {
	best := 0.0
	for _, o := range sample(group, f.rank, sampleSize) {
		best = max(best, f.score(min(m, o), max(m, o)).story)
	}
	return best
}

// partition is stories while they are corrected.
type partition struct {
	of     []int   // the group of each text
	groups [][]int // sorted; some are empty
}

// home is the group that holds most of some texts; of two equal ones that of
// the earlier text.
func (p *partition) home(members []int) int {
	count := map[int]int{}
	best := p.of[members[0]]
	for _, m := range members {
		count[p.of[m]]++
	}
	for _, m := range members {
		if g := p.of[m]; count[g] > count[best] {
			best = g
		}
	}
	return best
}

func (p *partition) move(members []int, to int) {
	for _, m := range slices.Clone(members) {
		from := p.of[m]
		if from == to {
			continue
		}
		if from >= 0 {
			p.groups[from] = slices.DeleteFunc(slices.Clone(p.groups[from]), func(o int) bool { return o == m })
		}
		p.of[m] = to
		p.groups[to] = merge(p.groups[to], []int{m})
	}
}

// byHand tells which corrections made a story what it is, a line each.
func (f *fold) byHand(members []int, corrections []Correction) []string {
	inside := func(names []string) (in []string) {
		for _, n := range names {
			if i, known := f.at[n]; known {
				if _, here := slices.BinarySearch(members, i); here {
					in = append(in, n)
				}
			}
		}
		return in
	}
	var out []string
	for _, c := range corrections {
		articles, story := inside(c.Articles), inside(c.Story)
		switch {
		case c.Kind == Merge && len(articles) > 0 && len(story) > 0:
			out = append(out, fmt.Sprintf("joined by hand (correction %d): %s with %s", c.Number, few(articles), few(story)))
		case c.Kind == Pin && len(articles) > 0 && len(story) > 0:
			out = append(out, fmt.Sprintf("put here by hand (correction %d): %s", c.Number, few(articles)))
		case c.Kind == Split && len(articles) > 0 && len(story) == 0:
			out = append(out, fmt.Sprintf("a story of its own by hand (correction %d): %s, apart from %s", c.Number, few(articles), few(c.Story)))
		case c.Kind == Split && len(articles) == 0 && len(story) > 0:
			out = append(out, fmt.Sprintf("parted by hand (correction %d) from %s", c.Number, few(c.Articles)))
		}
	}
	return out
}

// few lists the first names.
func few(names []string) string {
	const most = 3
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}
