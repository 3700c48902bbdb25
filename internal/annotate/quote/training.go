package quote

import (
	"cmp"
	"slices"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// This file turns annotated texts into decisions to learn from. The program
// itself does not need it; eval/polnear/train does.

// Annotated is an attribution as readers marked it.
type Annotated struct{ Content, Source, Cue []text.Span }

// Sample is a decision: candidates by their features, and the right one.
type Sample struct {
	Table      int
	Candidates [][]uint32
	Right      int
}

// Priors counts how often each word is the head of a cue: its number is 0 for
// words that are (almost) never one, 7 for those that always are.
func Priors(versions []*news.Version, gold [][]Annotated) []byte {
	all, cues := map[uint32]int{}, map[uint32]int{}
	for k, v := range versions {
		in := make([]bool, len(v.Tokens))
		for _, a := range gold[k] {
			for _, s := range a.Cue {
				r := covering(v.Tokens, s)
				for i := r.first; i < r.last; i++ {
					in[i] = true
				}
			}
		}
		for i := range v.Tokens {
			t := &v.Tokens[i]
			if t.Tag == news.Open || t.Tag == news.Close || t.Tag == news.Det || t.Tag == news.Aux {
				continue
			}
			h := cueKey(wordHash(cmp.Or(t.Lemma, t.Lower)), t.Tag) & (1<<priorBits - 1)
			all[h]++
			if in[i] {
				cues[h]++
			}
		}
	}
	out := make([]byte, 1<<priorBits)
	for h, n := range cues {
		share := float64(n) / (float64(all[h]) + 1)
		if n < 2 || share < 0.02 {
			continue
		}
		out[h] = 1
		for k, least := range []float64{0.06, 0.12, 0.2, 0.35, 0.5, 0.7} {
			if share >= least {
				out[h] = byte(k + 2)
			}
		}
	}
	return out
}

// covering returns the tokens that share bytes with s.
func covering(ts []news.Token, s text.Span) tokens {
	at, _ := slices.BinarySearchFunc(ts, s.Start, func(t news.Token, start int) int {
		if t.Span.End <= start {
			return -1
		}
		return 1
	})
	r := tokens{at, at}
	for r.last < len(ts) && ts[r.last].Span.Start < s.End {
		r.last++
	}
	return r
}

// Samples returns the decisions that the readers' annotation of v answers. m
// needs no weights, only priors.
func (m *Model) Samples(v *news.Version, gold []Annotated) []Sample {
	var out []Sample
	m.teach(v, func(f *finder, p paragraph) { out = append(out, f.lessons(p, gold)...) })
	return out
}

// teach reads v and hands every paragraph over once the rules have read it.
func (m *Model) teach(v *news.Version, lesson func(*finder, paragraph)) {
	f := new(finder)
	f.begin(v, m)
	f.teach = func(p paragraph, all []found) {
		f.noteRules(all)
		lesson(f, p)
	}
	for _, p := range f.paragraphs {
		f.paragraph(p)
	}
}

// Judgements returns the decisions about what m finds in v: is it, as a whole,
// an attribution that a reader marked? m must not have learned from v, or its
// own decisions would look better than they are.
func (m *Model) Judgements(v *news.Version, gold []Annotated) []Sample {
	var out []Sample
	m.teach(v, func(f *finder, p paragraph) {
		f.guess(p)
		for k := range f.guesses {
			s := Sample{Table: AcceptTable, Right: 1, Candidates: [][]uint32{slices.Clone(f.acceptFeatures(p, f.guesses, k)), nil}}
			if slices.ContainsFunc(gold, func(a Annotated) bool { return f.same(&f.guesses[k], a) }) {
				s.Right = 0
			}
			out = append(out, s)
		}
	})
	return out
}

// same reports whether a reader marked the same cue with much the same content:
// three tenths of the bytes that either covers, as eval/polnear counts.
func (f *finder) same(g *guess, a Annotated) bool {
	cue := f.span(g.cue)
	if !slices.ContainsFunc(a.Cue, func(s text.Span) bool { return s.Common(cue) > 0 }) {
		return false
	}
	both, sum := 0, 0
	for _, r := range g.content {
		own := f.span(r)
		sum += own.Len()
		for _, s := range a.Content {
			both += s.Common(own)
		}
	}
	for _, s := range a.Content {
		sum += s.Len()
	}
	return 10*both >= 3*(sum-both)
}

// lesson is an annotated attribution by tokens: the word that stands for its
// cue, the content after and before it, the source.
type lesson struct {
	cue, source tokens
	content     [2]tokens
	anchor      int
}

func (f *finder) lessons(p paragraph, gold []Annotated) []Sample {
	ts := f.v.Tokens
	var all []lesson
	anchors := map[int]int{}
	for _, g := range gold {
		if len(g.Cue) == 0 {
			continue
		}
		var x lesson
		x.cue = covering(ts, g.Cue[0])
		if x.cue.empty() || x.cue.first < p.first || x.cue.first >= p.last {
			continue
		}
		x.anchor = -1
		best := -1
		for i := x.cue.first; i < x.cue.last; i++ {
			worth := int(f.look.priors[i])
			switch ts[i].Tag {
			case news.Verb, news.Inf, news.Ing, news.PastPart, news.Noun, news.Adj:
				if worth > 0 {
					worth += 2 // "concerns about", "worried about"
				}
			}
			if f.look.roles[i]&ruleCue != 0 {
				worth += 100
			}
			if worth >= best {
				best, x.anchor = worth, i
			}
		}
		if best <= 0 {
			continue
		}
		if len(g.Source) > 0 {
			x.source = covering(ts, g.Source[0])
		}
		for _, s := range g.Content {
			r := covering(ts, s)
			if r.last <= x.anchor {
				if x.content[1].empty() {
					x.content[1] = r
				}
				x.content[1].last = r.last
			} else if r.first > x.anchor && (x.content[0].empty() || r.first-x.content[0].last <= 2) {
				if x.content[0].empty() {
					x.content[0] = r
				}
				x.content[0].last = r.last
			}
		}
		anchors[x.anchor] = len(all)
		all = append(all, x)
	}
	var out []Sample
	for _, s := range p.sentences {
		c := clauseReader{f: f, ts: ts, p: p, first: s.First, last: s.Last}
		for i := s.First; i < s.Last; i++ {
			if f.look.priors[i] == 0 && f.look.roles[i]&ruleCue == 0 {
				continue
			}
			k, yes := anchors[i]
			right := 1
			if yes {
				right = 0
			}
			if f.look.priors[i] < gatePrior {
				out = append(out, Sample{GateTable, [][]uint32{slices.Clone(f.look.gateFeatures(&c, i)), nil}, right})
			}
			out = append(out, Sample{CueTable, [][]uint32{slices.Clone(f.look.cueFeatures(&c, i)), nil}, right})
			if yes {
				out = append(out, f.questions(&c, all[k])...)
			}
		}
	}
	return out
}

// questions are the decisions about one cue.
func (f *finder) questions(c *clauseReader, x lesson) []Sample {
	l := &f.look
	t := target{cue: x.anchor, passive: bit(l.passive(x.anchor, c.first))}
	switch {
	case x.content[0].empty() && x.content[1].empty():
		return nil
	case x.content[0].empty():
		t.side = ahead
	case !x.content[1].empty():
		t.side = around
	}
	var out []Sample
	choice := Sample{Table: SideTable, Right: int(t.side)}
	for s := range sides {
		choice.Candidates = append(choice.Candidates, slices.Clone(l.sideFeatures(c, x.anchor, s)))
	}
	out = append(out, choice)
	for k, r := range x.content {
		if r.empty() {
			continue
		}
		b := t
		b.before = k == 1
		near, far := f.bare(r)
		if b.before {
			near, far = far, near
		}
		f.nearPlaces(c, b)
		at := slices.Index(f.places, near)
		if at < 0 {
			continue
		}
		s := Sample{Table: NearTable, Right: at}
		for _, place := range f.places {
			s.Candidates = append(s.Candidates, slices.Clone(l.nearFeatures(c, b, place)))
		}
		out = append(out, s)
		f.farPlaces(c, b, near)
		at = slices.Index(f.places, far)
		if at < 0 {
			continue
		}
		s = Sample{Table: FarTable, Right: at}
		for _, place := range f.places {
			s.Candidates = append(s.Candidates, slices.Clone(l.farFeatures(c, b, near, place)))
		}
		out = append(out, s)
	}
	f.phrases(c, x.anchor)
	s := Sample{Table: SourceTable, Right: len(f.nps)}
	for k, r := range f.nps {
		if s.Right == len(f.nps) && min(r.last, x.source.last) > max(r.first, x.source.first) {
			s.Right = k
		}
		s.Candidates = append(s.Candidates, slices.Clone(l.sourceFeatures(c, t, x.content, r, f.order(k, x.anchor))))
	}
	s.Candidates = append(s.Candidates, slices.Clone(l.sourceFeatures(c, t, x.content, tokens{}, 0)))
	if s.Right == len(f.nps) && !x.source.empty() {
		return out // the source is no candidate
	}
	return append(out, s)
}

// bare are the ends of a content without marks at its ends, but for quotation
// marks.
func (f *finder) bare(r tokens) (first, last int) {
	ts := f.v.Tokens
	first, last = r.first, r.last
	for last > first+1 && ts[last-1].Tag == news.Punct && ts[last-1].Lower != ")" && ts[last-1].Lower != "%" {
		last--
	}
	for first < last-1 && ts[first].Tag == news.Punct {
		first++
	}
	return first, last
}
