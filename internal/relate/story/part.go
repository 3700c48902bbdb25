package story

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"slices"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate"
)

// Two groups are joined only if many of their pairs are close. So a pair that
// shares a key and is far from close by itself need not be looked at: if its
// two groups belong together, they have another one. What is left falls into
// parts that can be folded each by itself, and that stay as they were while
// nothing in them changes.
const (
	nearStory  = 0.15        // of two texts with words as heavy as in any company, well below closePair
	nearCourse = courseClose // a course has no weights of its own yet
)

// Part is digests that may tell one story or follow each other, and have
// nothing to do with those of other parts.
type Part struct {
	whole       *fold
	members     []int // sorted
	near        []pair
	links       []news.Link
	corrections []Correction
}

// Found is the stories and threads of a part.
type Found struct {
	Print   string // of the part
	Stories []news.Story
	Steps   []news.Step
}

// Parts cuts a set of digests up, by their smallest names. See Fold.
func Parts(digests []D, links []news.Link, corrections ...Correction) []Part {
	f := newFold(digests, links)
	f.dateCopies()
	f.ready()
	near := f.near()
	f.neighbours(near)
	near = f.close(near)
	root := make([]int, len(f.digests))
	for i := range root {
		root[i] = i
	}
	join := func(a, b int) {
		a, b = rootOf(root, a), rootOf(root, b)
		root[max(a, b)] = min(a, b)
	}
	for _, p := range near {
		join(int(p.a), int(p.b))
	}
	for _, c := range corrections {
		named := append(f.places(c.Articles), f.places(c.Story)...)
		for _, i := range named {
			join(named[0], i)
		}
	}
	var out []Part
	at := make([]int, len(root)) // of a root, its part's place and one
	place := func(i int) *Part { return &out[at[rootOf(root, i)]-1] }
	for i := range root {
		if r := rootOf(root, i); at[r] == 0 {
			out = append(out, Part{whole: f})
			at[r] = len(out)
		}
		p := place(i)
		p.members = append(p.members, i)
	}
	for _, n := range near {
		p := place(int(n.a))
		p.near = append(p.near, n)
	}
	for _, l := range f.links {
		if oneText(l.Relation) { // others join nothing
			p := place(f.at[l.From])
			p.links = append(p.links, l)
		}
	}
	for _, c := range slices.SortedFunc(slices.Values(corrections), func(a, b Correction) int { return cmp.Compare(a.Number, b.Number) }) {
		if named := append(f.places(c.Articles), f.places(c.Story)...); len(named) > 0 {
			p := place(named[0])
			p.corrections = append(p.corrections, c)
		}
	}
	return out
}

// rootOf follows root from i to its end, and makes the way shorter.
func rootOf(root []int, i int) int {
	for root[i] != i {
		root[i] = root[root[i]]
		i = root[i]
	}
	return i
}

// oneText reports whether a relation is one of a text with its own copies and
// versions: what Fold looks at.
func oneText(r news.Relation) bool {
	return r == news.Copy || r == news.Trimmed || r == news.EarlierVersion
}

// close keeps the pairs that are close by themselves, and those of one text.
func (f *fold) close(near []pair) []pair {
	var tied table[bool]
	for _, l := range f.links {
		if oneText(l.Relation) {
			a, b := int32(f.at[l.From]), int32(f.at[l.To])
			tied.put(pair{min(a, b), max(a, b)}.key(), true)
		}
	}
	far := make([]bool, len(near))
	relate.Stretches(len(near), pairsInARow, func(from, to int) {
		for i, p := range near[from:to] {
			if yes, _ := tied.get(p.key()); !yes {
				far[from+i] = f.far(p)
			}
		}
	})
	out := near[:0]
	for i, p := range near {
		if !far[i] {
			out = append(out, p)
		}
	}
	return out
}

// far reports whether a pair is not close by itself.
func (f *fold) far(p pair) bool {
	a, b := &f.local[p.a], &f.local[p.b]
	if apart(a, b) {
		return true
	}
	x := featuresOf(a, b)
	return threadScore(x) < nearCourse && f.best(int(p.a), int(p.b), x) < nearStory
}

// best is the highest score of a pair in any company that it may turn out to
// have: how many tell of its course of events is not known yet.
func (f *fold) best(a, b int, x features) float64 {
	x.strangers = 0
	few := f.company(a, b, x.likeness())
	return max(f.weights.score(x, few, false), f.weights.score(x, company{}, false))
}

// First is the name of the part's first member.
func (p *Part) First() string { return p.whole.digests[p.members[0]].Name }

// Size is the number of members.
func (p *Part) Size() int { return len(p.members) }

// Fold finds the stories and threads of the part. It may run beside that of
// other parts, and once.
func (p *Part) Fold() Found {
	digests := make([]D, len(p.members))
	for i, m := range p.members {
		digests[i] = p.whole.digests[m]
	}
	f := newFold(digests, p.links)
	f.local = make([]inner, len(p.members))
	f.beside = make([]float64, len(p.members))
	for i, m := range p.members {
		f.local[i], f.beside[i] = p.whole.local[m], p.whole.beside[m]
	}
	near := p.pairs()
	f.weighBigrams(near)
	f.lookAround(near)
	f.scoreAhead(near)
	members := f.correct(f.stories(near), p.corrections)
	f.settleYears(members)
	out := Found{Stories: make([]news.Story, len(members))}
	for i, m := range members {
		out.Stories[i] = f.story(m)
		out.Stories[i].ByHand = f.byHand(m, p.corrections)
	}
	out.Steps = f.steps(members, out.Stories, near)
	return out
}

// pairs is the near pairs by the places of their digests in the part.
func (p *Part) pairs() []pair {
	out := make([]pair, len(p.near))
	for i, n := range p.near {
		a, _ := slices.BinarySearch(p.members, int(n.a))
		b, _ := slices.BinarySearch(p.members, int(n.b))
		out[i] = pair{int32(a), int32(b)}
	}
	return out
}

// Join puts what was found in all parts of a set together.
func Join(found []Found) ([]news.Story, []news.Step) {
	type thread struct {
		first string // name of a member
		steps []news.Step
	}
	var stories []news.Story
	var threads []thread
	for _, x := range found {
		stories = append(stories, x.Stories...)
		for steps := x.Steps; len(steps) > 0; {
			n := 1
			first := steps[0].Documents[0]
			for n < len(steps) && steps[n].Thread == steps[0].Thread {
				first = min(first, steps[n].Documents[0])
				n++
			}
			threads = append(threads, thread{first, steps[:n]})
			steps = steps[n:]
		}
	}
	slices.SortFunc(stories, func(a, b news.Story) int { return cmp.Compare(a.Documents[0], b.Documents[0]) })
	slices.SortFunc(threads, func(a, b thread) int { return cmp.Compare(a.first, b.first) })
	var steps []news.Step
	for _, t := range threads {
		steps = append(steps, t.steps...)
	}
	return stories, steps
}

// Print changes when anything does that Fold depends on.
func (p *Part) Print() string {
	h := sha256.New()
	var b []byte
	for _, m := range p.members {
		b = p.whole.digests[m].appendTo(b[:0])
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p.whole.beside[m]))
		h.Write(b)
	}
	for _, n := range p.pairs() {
		b = binary.LittleEndian.AppendUint64(b[:0], n.key())
		h.Write(b)
	}
	for _, l := range p.links {
		fmt.Fprintf(h, "%q %q %q\n", l.From, l.To, l.Relation)
	}
	for _, c := range p.corrections {
		fmt.Fprintf(h, "%d %q %q %q\n", c.Number, c.Kind, c.Articles, c.Story)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// appendTo appends all of d to b, so that no two digests append the same.
func (d *D) appendTo(b []byte) []byte {
	str := func(s string) {
		b = append(binary.AppendUvarint(b, uint64(len(s))), s...)
	}
	for _, s := range [...]string{d.Name, d.Date, string(d.Kind), d.Outlet, d.Agency, d.Title} {
		str(s)
	}
	b = append(b, byte(yes(d.Titled)), byte(yes(d.AnyYear)))
	b = binary.AppendVarint(b, d.Got)
	for _, v := range [...][]Term{d.Head, d.LedeWords, d.LedeNames, d.Words, d.Names, d.Phrases, d.Bigrams, d.Persons, d.Orgs, d.Places} {
		b = binary.AppendUvarint(b, uint64(len(v)))
		for _, t := range v {
			str(t.Word)
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(t.Weight))
		}
	}
	b = binary.AppendUvarint(b, uint64(len(d.Numbers)))
	for _, n := range d.Numbers {
		str(n.Unit)
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(n.Value))
	}
	for _, v := range [...][]string{d.LedePlaces, d.LedeActors} {
		b = binary.AppendUvarint(b, uint64(len(v)))
		for _, s := range v {
			str(s)
		}
	}
	return b
}
