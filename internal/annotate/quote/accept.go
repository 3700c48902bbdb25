package quote

import (
	"cmp"
	"math"
	"slices"

	"github.com/tracewire/tracewire/internal/news"
)

// This file weighs the guesses of a paragraph once their contents and sources
// are known, and keeps those that go together: no word of a text belongs to two
// attributions, so a cue inside the content of a surer one is none.

// guess is a learned finding before it is weighed.
type guess struct {
	found
	t       target
	content [2]tokens // after the cue, before it
	score   float32   // of the word as a cue
	margins [4]uint32 // of side, near end, far end and source; the lesser one where both sides have content
	worth   float32   // of the whole
}

// choice keeps the best of some candidates, and how far behind the next one is.
type choice struct {
	best, next float32
	at         int // the best candidate, -1 for none
}

func noChoice() choice {
	low := float32(math.Inf(-1))
	return choice{low, low, -1}
}

func (c *choice) offer(score float32, at int) {
	switch {
	case score > c.best:
		c.best, c.next, c.at = score, c.best, at
	case score > c.next:
		c.next = score
	}
}

// margin is coarse: 0 when the next candidate is nearly as good, 7 when it is
// out of the question.
func (c *choice) margin() uint32 {
	for k, least := range [...]float32{0.3, 0.7, 1.2, 1.8, 2.5, 3.5, 5} {
		if c.best-c.next < least {
			return uint32(k)
		}
	}
	return 7
}

// level makes the score of a cue coarse, in steps of a third; it is never 0.
func level(score float32) uint32 { return uint32(min(max(int(score*3+30.5), 1), 60)) }

// holds reports whether token i belongs to the content.
func (g *guess) holds(i int) bool {
	for _, r := range g.content {
		if r.first <= i && i < r.last {
			return true
		}
	}
	return false
}

// meets reports whether two contents share words.
func (g *guess) meets(o *guess) bool {
	for _, r := range g.content {
		for _, s := range o.content {
			if r.first < s.last && s.first < r.last {
				return true
			}
		}
	}
	return false
}

// reach is how many tokens two cues may lie apart to be weighed together. It
// keeps the work linear in the length of a text.
const reach = 150

// inReach is the range of the guesses, in the order of the text, whose cues are
// in reach of the k-th one.
func inReach(all []guess, k int) (from, to int) {
	i := all[k].t.cue
	for from = k; from > 0 && all[from-1].t.cue > i-reach; from-- {
	}
	for to = k + 1; to < len(all) && all[to].t.cue < i+reach; to++ {
	}
	return from, to
}

// rivals are the best levels of the other guesses, 0 for none: of those whose
// content holds the cue, those whose cue the content holds, those whose content
// shares words with it, and those with the same content.
type rivals struct{ above, below, beside, same uint32 }

func rivalsOf(all []guess, k int) (r rivals) {
	g := &all[k]
	from, to := inReach(all, k)
	for o := from; o < to; o++ {
		x := &all[o]
		if o == k {
			continue
		}
		n := level(x.score)
		switch {
		case x.content == g.content:
			r.same = max(r.same, n)
		case x.holds(g.t.cue):
			r.above = max(r.above, n)
		case g.holds(x.t.cue):
			r.below = max(r.below, n)
		case g.meets(x):
			r.beside = max(r.beside, n)
		}
	}
	return r
}

// acceptFeatures describes the k-th guess of a paragraph as a whole: how sure
// the decisions about it were, the shape of its content, its source, what the
// rules found around it, and its rivals. Words play little part: they had their
// say in the earlier decisions, and there are too few guesses to learn them
// from.
func (f *finder) acceptFeatures(p paragraph, all []guess, k int) []uint32 {
	l, g := &f.look, &all[k]
	l.list = l.list[:0]
	add, i := l.add, g.t.cue
	lem, tag, prior, st := l.lemmas[i], uint32(l.ts[i].Tag), uint32(l.priors[i]), l.stance[i]
	own, mode := level(g.score), uint32(g.t.side)
	add(500, 0, 0)
	add(501, own, 0)
	add(502, own, tag)
	add(503, own, prior)
	add(504, lem, 0)

	r := g.content[0]
	if r.empty() {
		r = g.content[1]
	}
	gap := bucket(r.first - i)
	if r.last <= i {
		gap = 16 + bucket(i-r.last)
	}
	long, marks, first := bucket(r.last-r.first), min(l.marks(r.first, r.last), 3), l.tag(r.first)
	whole := bit(marks > 0 && l.ts[r.first].Tag == news.Open && l.ts[r.last-1].Tag == news.Close)
	shape := min(l.verbs(r.first, r.last), 2)<<3 | whole<<2 | marks
	add(510, long, tag)
	add(511, shape, tag)
	add(512, shape, prior)
	add(513, first, tag)
	add(514, l.word(r.first), tag)
	add(515, first<<8|l.tag(r.last-1), tag)
	add(516, shape, st)
	add(517, first, st)
	add(518, l.word(r.last), tag)
	add(519, l.tag(r.last), tag)
	add(520, gap, tag)
	add(521, mode<<2|bit(!g.more.empty()), tag)

	m := g.margins
	add(530, m[0], mode)
	add(531, m[1], gap)
	add(532, m[2], long)
	add(533, m[3], 0)
	add(534, m[0]<<8|m[1]<<4|m[2], 0)
	add(535, min(m[0], m[1], m[2]), own)

	head, kind := uint32(0), uint32(1)
	if !g.source.empty() {
		h := g.source.last - 1
		head, kind = l.lemmas[h], 2+l.kind(h)<<8|l.tag(h)
	}
	add(540, head, tag)
	add(541, kind, tag)
	add(542, kind, prior)
	add(543, kind, st)
	add(544, kind, own)

	within, held := uint32(l.roles[i]), uint32(0)
	for _, r := range g.content {
		for _, x := range l.roles[r.first:r.last] {
			held |= uint32(x)
		}
	}
	add(550, within, own)
	add(551, held, own)
	add(552, held<<8|within, tag)

	v := rivalsOf(all, k)
	behind := func(n uint32) uint32 { // how far the rival is ahead or behind
		if n == 0 {
			return 0
		}
		return uint32(min(max(int(n)-int(own), -12), 12) + 20)
	}
	above, below, beside, same := behind(v.above), behind(v.below), behind(v.beside), behind(v.same)
	add(560, v.above, above)
	add(561, v.below, below)
	add(562, v.beside, beside)
	add(563, v.same, same)
	add(564, above, own)
	add(565, below, own)
	add(566, above<<16|below<<8|beside, 0)
	add(567, above, tag)
	add(568, below, tag)

	f.sentenceFeatures(p, all, k)
	return l.list
}

// sentenceFeatures adds what stands around the k-th guess in its sentence and
// the one before.
func (f *finder) sentenceFeatures(p paragraph, all []guess, k int) {
	l, g := &f.look, &all[k]
	i, tag, own := g.t.cue, uint32(l.ts[g.t.cue].Tag), level(g.score)
	n := 0
	for n < len(p.sentences)-1 && p.sentences[n].Last <= i {
		n++
	}
	s := p.sentences[n]
	cues, contents, before := uint32(0), uint32(0), uint32(0) // what rules found before the cue, and after it
	for j := s.First; j < s.Last; j++ {
		if l.roles[j]&ruleCue != 0 {
			cues |= 1 + bit(j < i)
		}
		if l.roles[j]&ruleContent != 0 {
			contents |= 1 + bit(j < i)
		}
	}
	if n > 0 {
		for _, x := range l.roles[p.sentences[n-1].First:p.sentences[n-1].Last] {
			before |= uint32(x)
		}
	}
	others, better := uint32(0), uint32(0)
	from, to := inReach(all, k)
	for o := from; o < to; o++ {
		if x := &all[o]; o != k && s.First <= x.t.cue && x.t.cue < s.Last {
			others++
			better += bit(x.score > g.score)
		}
	}
	headline := bit(p.label == news.Headline)
	l.add(580, contents<<2|cues, tag)
	l.add(581, contents<<2|cues, own)
	l.add(582, before, tag)
	l.add(583, before, own)
	l.add(584, min(better, 4)<<4|min(others, 6), 0)
	l.add(585, min(better, 4), own)
	l.add(586, headline, tag)
	l.add(587, headline, own)
	l.add(588, min(uint32(n), 4)<<4|min(uint32(len(p.sentences)), 5), tag)
	l.add(589, bucket(s.Last-s.First), tag)
}

// accept weighs f.guesses and returns, in the order of the text, those that are
// likely enough and do not stand in each other's way. The best comes first;
// another one stays out when its content holds the cue of one that is in, or
// the other way round, or when both have the same content ("were worried
// about").
func (f *finder) accept(p paragraph) []found {
	all, order := f.guesses, f.ranked[:0]
	for k := range all {
		all[k].worth = f.model.tables[AcceptTable].score(f.acceptFeatures(p, all, k))
		if all[k].worth >= f.model.cut {
			order = append(order, k)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(all[b].worth, all[a].worth) })
	kept := order[:0]
	for _, k := range order {
		if !slices.ContainsFunc(kept, func(o int) bool {
			return all[o].holds(all[k].t.cue) || all[k].holds(all[o].t.cue) || all[o].content == all[k].content
		}) {
			kept = append(kept, k)
		}
	}
	slices.Sort(kept)
	out := f.accepted[:0]
	for _, k := range kept {
		a := all[k].found
		a.confidence = 1 / (1 + math.Exp(-float64(all[k].worth)))
		out = append(out, a)
	}
	f.ranked, f.accepted = order, out
	return out
}
