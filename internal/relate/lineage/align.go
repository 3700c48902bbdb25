package lineage

import (
	"slices"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// body is the story text of a version without headline and captions: where
// its letters stand.
type body struct {
	spans []text.Span
	upTo  []int // upTo[i] is the bytes of spans[:i]
	bytes int
}

func bodyOf(v *news.Version) body {
	var b body
	add := func(s text.Span) {
		if s = s.TrimSpace(v.Text); s.Empty() {
			return
		}
		b.spans, b.upTo = append(b.spans, s), append(b.upTo, b.bytes)
		b.bytes += s.Len()
	}
	if len(v.Lines.Items) == 0 {
		add(text.Span{Start: 0, End: len(v.Text)})
	}
	for i := range v.Lines.Items {
		for _, p := range v.Lines.Items[i].Pieces() {
			if p.Label == news.Body {
				add(p.Span)
			}
		}
	}
	return b
}

// at is the number of body bytes before offset.
func (b *body) at(offset int) int {
	i, _ := slices.BinarySearchFunc(b.spans, offset, func(s text.Span, o int) int { return s.End - o })
	if i == len(b.spans) {
		return b.bytes
	}
	return b.upTo[i] + max(0, min(offset, b.spans[i].End)-b.spans[i].Start)
}

// alignment is how two bodies lie to each other: what is equal and in the
// same order, what stands in place of what, and what only one has. All in
// bytes of body text.
type alignment struct {
	lenA, lenB     int
	equalA, equalB int // in passages
	inOrder        int // in passages that keep the order, on A's side
	replaced       int // stands in A where B has other words, the lesser of the two
	innerA, innerB int // between passages, on one side only
	headA, headB   int // before the first passage
	tailA, tailB   int // after the last passage
	prose          int // in passages outside quotation marks, on A's side
	longest        int // passage outside quotation marks
	edits          int // places where the texts part for more than a word
	pieces         int // passages in both bodies
}

// block is a passage in body bytes: where it begins in both, and how long it is.
type block struct{ a, b, na, nb int }

// aligner is the room that alignments take, one after the other.
type aligner struct {
	blocks     []block
	best, from []int
}

func (room *aligner) align(a, b *body, passages []news.Passage) alignment {
	al := alignment{lenA: a.bytes, lenB: b.bytes}
	blocks := room.blocks[:0]
	for _, p := range passages {
		x := block{a: a.at(p.A.Start), b: b.at(p.B.Start)}
		x.na, x.nb = a.at(p.A.End)-x.a, b.at(p.B.End)-x.b
		if x.na == 0 || x.nb == 0 {
			continue
		}
		al.equalA += x.na
		al.equalB += x.nb
		if p.Kind == news.Prose {
			al.prose += x.na
			al.longest = max(al.longest, x.na)
		}
		blocks = append(blocks, x)
	}
	al.pieces, room.blocks = len(blocks), blocks
	if len(blocks) == 0 {
		return al
	}
	slices.SortFunc(blocks, func(x, y block) int {
		if x.a != y.a {
			return x.a - y.a
		}
		return x.b - y.b
	})
	if len(blocks) > manyBlocks {
		slices.SortStableFunc(blocks, func(x, y block) int { return y.na - x.na })
		blocks = blocks[:manyBlocks]
		slices.SortFunc(blocks, func(x, y block) int { return x.a - y.a })
	}
	// The heaviest chain that rises in both texts.
	room.best, room.from = slices.Grow(room.best[:0], len(blocks)), slices.Grow(room.from[:0], len(blocks))
	best, from := room.best[:len(blocks)], room.from[:len(blocks)]
	last := 0
	for i, x := range blocks {
		best[i], from[i] = x.na, -1
		for j, y := range blocks[:i] {
			if y.b+y.nb <= x.b && best[j]+x.na > best[i] {
				best[i], from[i] = best[j]+x.na, j
			}
		}
		if best[i] > best[last] {
			last = i
		}
	}
	al.inOrder = best[last]
	end := blocks[last]
	al.tailA, al.tailB = a.bytes-end.a-end.na, b.bytes-end.b-end.nb
	for i := last; ; i = from[i] {
		if from[i] < 0 {
			al.headA, al.headB = blocks[i].a, blocks[i].b
			break
		}
		x, y := blocks[from[i]], blocks[i]
		gapA, gapB := y.a-x.a-x.na, y.b-x.b-x.nb
		both := min(gapA, gapB)
		al.replaced += both
		al.innerA += gapA - both
		al.innerB += gapB - both
		if max(gapA, gapB) > aWord {
			al.edits++
		}
	}
	return al
}

// swapped is the alignment seen from the other side.
func (al alignment) swapped() alignment {
	al.lenA, al.lenB = al.lenB, al.lenA
	al.equalA, al.equalB = al.equalB, al.equalA
	al.innerA, al.innerB = al.innerB, al.innerA
	al.headA, al.headB = al.headB, al.headA
	al.tailA, al.tailB = al.tailB, al.tailA
	return al
}

// manyBlocks bounds the work on two very long pages: the longest passages
// show the order.
const manyBlocks = 2000

// aWord is the bytes of a gap that a changed word, or a mark, makes.
const aWord = 12

// fit is an alignment in shares of the shorter body (A), but long, which is a
// share of the longer (B).
type fit struct {
	short, long          float64 // of the body that is in passages
	order                float64 // of what is equal, that keeps its order
	replaced             float64
	inner, head, tail    float64 // what only the shorter has
	addedInner           float64 // what only the longer has
	addedHead, addedTail float64
	prose                int // bytes of equal prose
	longest              int // bytes of the longest passage of prose
	edits                int
	pieces               int
}

func (al alignment) fit() fit {
	n := float64(max(1, al.lenA))
	of := func(x int) float64 { return float64(x) / n }
	return fit{
		short: of(al.equalA), long: float64(al.equalB) / float64(max(1, al.lenB)),
		order:    float64(al.inOrder) / float64(max(1, al.equalA)),
		replaced: of(al.replaced), inner: of(al.innerA), head: of(al.headA), tail: of(al.tailA),
		addedInner: of(al.innerB), addedHead: of(al.headB), addedTail: of(al.tailB),
		prose: al.prose, longest: al.longest, edits: al.edits, pieces: al.pieces,
	}
}
