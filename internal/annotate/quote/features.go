package quote

import "github.com/tracewire/tracewire/internal/news"

// This file says what the learned decisions look at. A feature is a hash of
// its number and up to two values. The order and the numbers of features are
// part of the weights: whoever changes them trains again.

// sums counts the tokens of some sorts before a place.
// They may run over: only differences over a few hundred tokens are asked for.
type sums struct{ verbs, commas, nominals, thats, marks uint16 }

// lookout sees the tokens of a text the way the learned decisions do.
type lookout struct {
	ts     []news.Token
	words  []uint32 // hash of the lower-case word, by token
	lemmas []uint32
	priors []uint8
	before []sums // what stands before each token, and before the end
	rules  []uint32
	roles  []role   // what the rules take each token for
	stance []uint32 // kinds of the word in stances.txt
	kinds  []uint8  // type of the name or description that each token belongs to

	list []uint32 // of the decision at hand
}

// role is what the rules made of a token.
type role uint8

const (
	ruleCue role = 1 << iota
	ruleSource
	ruleContent
	ruleVia // cue of a carrier
)

// begin makes l, new or used for another text before, see the tokens.
func (l *lookout) begin(ts []news.Token, m *Model, names []named) {
	n := len(ts)
	known := stances()
	*l = lookout{
		ts: ts, words: zeros(l.words, n), lemmas: zeros(l.lemmas, n), rules: zeros(l.rules, n), stance: zeros(l.stance, n), kinds: kindsOf(l.kinds, ts, names),
		priors: zeros(l.priors, n), roles: zeros(l.roles, n), before: zeros(l.before, n+1), list: l.list,
	}
	var s sums
	for i := range ts {
		t := &ts[i]
		l.words[i] = wordHash(t.Lower)
		l.lemmas[i] = l.words[i]
		if t.Lemma != "" && t.Lemma != t.Lower {
			l.lemmas[i] = wordHash(t.Lemma)
		}
		l.priors[i] = m.prior(cueKey(l.lemmas[i], t.Tag))
		switch t.Tag {
		case news.Verb, news.Ing, news.PastPart, news.Inf, news.Noun, news.Adj, news.Name:
			l.stance[i] = known.at(l.lemmas[i]).kinds
			if l.stance[i] != 0 && l.priors[i] == 0 && t.Tag != news.Name {
				l.priors[i] = 1
			}
		}
		l.before[i] = s
		switch t.Tag {
		case news.Verb, news.Aux, news.Modal:
			s.verbs++
		case news.Name, news.Noun, news.Pronoun:
			s.nominals++
		case news.Open, news.Close:
			s.marks++
		case news.Punct:
			s.commas++
		case news.Sub:
			if t.Lower == "that" {
				s.thats++
			}
		}
	}
	l.before[n] = s
}

// kindsOf tells for each token the type of the mention that holds it, 0 for
// none; names are in the order of their places.
func kindsOf(out []uint8, ts []news.Token, names []named) []uint8 {
	out = zeros(out, len(ts))
	i := 0
	for k := range names {
		n := &names[k]
		for i > 0 && ts[i-1].Span.End > n.span.Start {
			i--
		}
		for i < len(ts) && ts[i].Span.End <= n.span.Start {
			i++
		}
		for j := i; j < len(ts) && ts[j].Span.Start < n.span.End; j++ {
			out[j] = kindNumber(n)
		}
	}
	return out
}

func kindNumber(n *named) uint8 {
	x := uint8(0)
	switch n.kind {
	case news.Person:
		x = 1
	case news.Org:
		x = 2
	case news.GPE:
		x = 3
	case news.Location, news.Facility:
		x = 4
	case news.EventName:
		x = 5
	default:
		x = 6
	}
	if n.nominal {
		x += 8
	}
	return x
}

func (l *lookout) kind(i int) uint32 {
	if i < 0 || i >= len(l.kinds) {
		return 0
	}
	return uint32(l.kinds[i])
}

// cueKey is what the prior of a word is kept under.
func cueKey(lemma uint32, tag news.Tag) uint32 { return mix(1, lemma, uint32(tag)) }

// edge is the tag beyond the ends of a text.
const edge = 31

func (l *lookout) tag(i int) uint32 {
	if i < 0 || i >= len(l.ts) {
		return edge
	}
	return uint32(l.ts[i].Tag)
}

func (l *lookout) word(i int) uint32 {
	if i < 0 || i >= len(l.words) {
		return edge
	}
	return l.words[i]
}

func (l *lookout) add(id, a, b uint32) { l.list = append(l.list, mix(id, a, b)) }

// between packs what stands in [from, to): verbs, marks and nouns, two or three
// of each told apart.
func (l *lookout) between(from, to int) uint32 {
	if to <= from {
		return 0
	}
	a, b := &l.before[from], &l.before[to]
	return 1 + min(uint32(b.verbs-a.verbs), 2) + 3*min(uint32(b.commas-a.commas), 2) + 9*min(uint32(b.nominals-a.nominals), 3)
}

func (l *lookout) verbs(from, to int) uint32 {
	if to <= from {
		return 0
	}
	return uint32(l.before[to].verbs - l.before[from].verbs)
}

func (l *lookout) marks(from, to int) uint32 {
	if to <= from {
		return 0
	}
	return uint32(l.before[to].marks - l.before[from].marks)
}

func (l *lookout) thats(from, to int) uint32 {
	if to <= from {
		return 0
	}
	return uint32(l.before[to].thats - l.before[from].thats)
}

// bucket makes lengths coarse.
func bucket(n int) uint32 {
	switch {
	case n < 6:
		return uint32(max(n, 0))
	case n < 8:
		return 6
	case n < 10:
		return 7
	case n < 13:
		return 8
	case n < 17:
		return 9
	case n < 23:
		return 10
	case n < 31:
		return 11
	}
	return 12
}

func bit(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// governor is the token before the verb group of i: the end of its subject, or
// what joins it to another verb.
func (l *lookout) governor(i, first int) int {
	k := i - 1
	for k >= first && k > i-6 {
		switch l.ts[k].Tag {
		case news.Adv, news.Aux, news.Modal, news.To, news.Inf:
			k--
			continue
		}
		break
	}
	if k < first {
		return -1
	}
	return k
}

// passive reports whether a form of "be" governs the participle at i.
func (l *lookout) passive(i, first int) bool {
	if t := l.ts[i].Tag; t != news.PastPart && t != news.Verb {
		return false
	}
	for k := i - 1; k >= first && k > i-4; k-- {
		switch l.ts[k].Tag {
		case news.Aux, news.PastPart, news.Inf:
			if l.ts[k].Lemma == "be" || l.ts[k].Lower == "been" || l.ts[k].Lower == "'s" {
				return true
			}
		case news.Adv:
		default:
			return false
		}
	}
	return false
}

// ending is a hash of the last three letters of a word.
func ending(w string) uint32 {
	if len(w) > 3 {
		w = w[len(w)-3:]
	}
	return wordHash(w)
}

// openSoon reports whether quoted words begin in the three tokens from i.
func (l *lookout) openSoon(i, last int) bool {
	for k := i; k < last && k < i+3; k++ {
		if l.ts[k].Tag == news.Open {
			return true
		}
	}
	return false
}

// stopBefore is the nearest comma or closing mark before i, at most 14 tokens
// away, else -1.
func (l *lookout) stopBefore(i, first int) int {
	for k := i - 1; k >= first && k >= i-14; k-- {
		if l.ts[k].Tag == news.Close || l.ts[k].Lower == "," {
			return k
		}
	}
	return -1
}

// gateFeatures is the short description of the word at i by which most words
// that are no cues are told at little cost.
func (l *lookout) gateFeatures(c *clauseReader, i int) []uint32 {
	l.list = l.list[:0]
	lem, tag := l.lemmas[i], uint32(l.ts[i].Tag)
	tb, ta := l.tag(i-1), l.tag(i+1)
	l.list = append(l.list,
		mix(301, uint32(l.priors[i])<<8|uint32(l.roles[i]), tag),
		mix(302, lem, tag),
		mix(303, lem, tb),
		mix(304, lem, ta),
		mix(305, tb<<8|ta, tag),
		mix(306, l.word(i+1), tag),
		mix(307, l.word(i-1), tag),
		mix(308, l.stance[i], tb<<8|ta),
	)
	return l.list
}

// cueFeatures describes the word at i of the sentence as a cue.
func (l *lookout) cueFeatures(c *clauseReader, i int) []uint32 {
	l.list = l.list[:0]
	t := &l.ts[i]
	lem, tag, prior := l.lemmas[i], uint32(t.Tag), uint32(l.priors[i])
	tb, tbb, ta, taa := l.tag(i-1), l.tag(i-2), l.tag(i+1), l.tag(i+2)
	wb, wa := l.word(i-1), l.word(i+1)
	if i == c.first {
		tb, tbb, wb = edge, edge, edge
	}
	if i == c.last-1 {
		ta, taa, wa = edge, edge, edge
	}
	l.list = append(l.list,
		mix(1, 0, 0),
		mix(2, lem, 0),
		mix(3, lem, tag),
		mix(4, l.words[i], bit(c.p.label == news.Headline)),
		mix(5, ending(t.Lower), tag),
		mix(6, tb, tag),
		mix(7, ta, tag),
		mix(8, tbb<<8|tb, tag),
		mix(9, taa<<8|ta, tag),
		mix(10, lem, wb),
		mix(11, lem, wa),
		mix(12, lem, tb),
		mix(13, lem, ta),
		mix(14, wb, tag),
		mix(15, wa, tag),
		mix(16, l.word(i+2), tag),
		mix(17, l.word(i-2), tag),
		mix(18, wa, l.word(i+2)),
		mix(19, tb<<8|ta, tag),
	)
	g := l.governor(i, c.first)
	gw, gt := l.word(g), l.tag(g)
	l.list = append(l.list,
		mix(20, gw, tag),
		mix(21, lem, gt),
		mix(22, gt<<8|ta, tag),
		mix(23, gw, prior),
		mix(24, gt, prior),
		mix(25, ta, prior),
		mix(26, wa, prior),
		mix(27, prior, tag),
	)
	in := bit(c.f.within(i))
	l.list = append(l.list,
		mix(28, in, tag),
		mix(29, in, lem),
	)
	closed := bit(c.closedBefore(i))
	l.list = append(l.list, mix(30, closed, lem))
	open := bit(l.openSoon(i+1, c.last))
	l.list = append(l.list, mix(31, open, lem))
	clause := min(l.verbs(i+1, min(i+11, c.last)), 2)
	l.list = append(l.list,
		mix(32, clause<<4|ta, lem),
		mix(33, clause<<2|open<<1|closed, tag),
	)
	passive := bit(l.passive(i, c.first))
	l.list = append(l.list,
		mix(34, passive, lem),
		mix(35, bit(c.negated(i)), lem),
		mix(36, bucket(i-c.first), tag),
		mix(37, bucket(c.last-i), tag),
		mix(38, l.thats(i+1, min(i+8, c.last)), lem),
	)
	own := uint32(l.roles[i])
	l.list = append(l.list,
		mix(39, l.rules[i], 0),
		mix(40, own, tag),
		mix(41, own, lem),
	)
	near := uint32(0) // the closest cue of a rule
	for d := 1; d < 5 && near == 0; d++ {
		if i-d >= c.first && l.roles[i-d]&ruleCue != 0 {
			near = uint32(d)
		} else if i+d < c.last && l.roles[i+d]&ruleCue != 0 {
			near = uint32(d + 4)
		}
	}
	l.list = append(l.list,
		mix(42, near, tag),
		mix(43, near<<3|own, prior),
	)
	left, right := uint32(0), uint32(0) // the best rivals in the sentence
	for k := max(c.first, i-8); k < min(c.last, i+9); k++ {
		if k < i {
			left = max(left, uint32(l.priors[k]))
		} else if k > i {
			right = max(right, uint32(l.priors[k]))
		}
	}
	l.list = append(l.list,
		mix(44, left<<4|right, prior),
		mix(45, left<<4|prior, tag),
	)
	st, gk := l.stance[i], l.kind(g)
	l.list = append(l.list,
		mix(47, st, tag),
		mix(48, st, gt<<8|gk),
		mix(49, st, ta),
		mix(50, st, wa),
		mix(51, st, tb),
		mix(52, gk, tag),
		mix(53, gk, lem),
		mix(54, gk<<8|gt, prior),
		mix(55, st, clause<<2|open<<1|closed),
		mix(56, st, passive),
		mix(57, l.stanceAt(i+1), tag),
		mix(58, l.stanceAt(i-1), tag),
	)
	subj, sk := uint32(0), uint32(0)
	if t.Tag == news.Verb || t.Tag == news.PastPart || t.Tag == news.Ing || t.Tag == news.Inf {
		if r := c.subject(c.groupStart(i)); !r.empty() {
			h := c.f.head(r)
			subj, sk = l.lemmas[h], 1+l.kind(h)<<8|l.tag(h)
		}
	}
	n := i + 1 // the noun that follows
	for n < c.last && n < i+7 && l.ts[n].Tag != news.Noun && l.ts[n].Tag != news.Name && l.ts[n].Tag != news.Pronoun && l.ts[n].Tag != news.Punct {
		n++
	}
	nk := l.kind(n)<<8 | l.tag(n)
	l.list = append(l.list,
		mix(403, l.word(n), tag),
		mix(404, l.word(n), st),
		mix(405, nk, lem),
		mix(406, nk, st),
		mix(407, nk<<16|gk<<8|gt, tag),
		mix(408, l.stanceAt(n), tag),
		mix(409, l.stanceAt(n), st),
		mix(410, l.stanceAt(n), lem),
		mix(411, gw, st),
		mix(412, mix(0, wb, wa), tag),
		mix(413, mix(0, tb<<8|ta, tbb<<8|taa), tag),
		mix(59, subj, tag),
		mix(400, sk, lem),
		mix(401, sk, st),
		mix(402, sk, prior),
		mix(46, uint32(l.prior(i+1))<<4|uint32(l.prior(i-1)), lem),
	)
	return l.list
}

func (l *lookout) stanceAt(i int) uint32 {
	if i < 0 || i >= len(l.stance) {
		return 0
	}
	return l.stance[i]
}

func (l *lookout) prior(i int) uint8 {
	if i < 0 || i >= len(l.priors) {
		return 0
	}
	return l.priors[i]
}

// side tells where the content stands: after the cue, before it, or both.
type side uint8

const (
	after side = iota
	ahead
	around
	sides
)

// sideFeatures describes the surroundings of the cue at i for one side.
func (l *lookout) sideFeatures(c *clauseReader, i int, s side) []uint32 {
	l.list = l.list[:0]
	part := uint32(s) << 8
	lem, tag := l.lemmas[i], uint32(l.ts[i].Tag)
	stop := l.stopBefore(i, c.first)
	kind, gap, head := uint32(0), uint32(0), uint32(0)
	if stop >= 0 {
		kind, gap = 1+bit(l.ts[stop].Tag == news.Close), bucket(i-stop)
		if kind == 2 && stop > c.first {
			kind += bit(l.ts[stop-1].Lower == ",")
		}
		head = l.verbs(c.first, stop)
	}
	between := l.between(stop+1, i)
	next, ta := l.word(i+1), l.tag(i+1)
	if i == c.last-1 {
		next, ta = edge, edge
	}
	prev, tb := l.word(i-1), l.tag(i-1)
	if i == c.first {
		prev, tb = edge, edge
	}
	passive := bit(l.passive(i, c.first))
	open := bit(l.openSoon(i+1, c.last))
	rest := l.verbs(i+1, c.last)
	l.list = append(l.list,
		mix(60+part, 0, 0),
		mix(61+part, lem, 0),
		mix(62+part, tag, passive),
		mix(63+part, tb, tag),
		mix(64+part, ta, tag),
		mix(65+part, next, 0),
		mix(66+part, prev, 0),
		mix(67+part, lem, ta),
		mix(68+part, lem, next),
		mix(69+part, kind, gap),
		mix(70+part, kind<<8|between, min(head, 2)),
		mix(71+part, lem, kind),
		mix(72+part, kind<<8|ta, min(rest, 2)),
		mix(73+part, kind<<8|between, ta),
		mix(74+part, open<<4|kind, ta),
		mix(75+part, bucket(i-c.first), kind),
		mix(76+part, bucket(c.last-i), kind),
		mix(77+part, passive<<4|kind, ta),
		mix(78+part, lem, passive),
		mix(79+part, l.word(i+2), ta),
		mix(80+part, kind, next),
		mix(81+part, l.rules[i], 0),
		mix(82+part, l.thats(i+1, min(i+8, c.last)), kind),
		mix(83+part, bit(c.last < len(l.ts) && l.ts[c.last].Tag == news.Open), kind),
		mix(84+part, uint32(l.roles[i]), kind),
		mix(86+part, l.stance[i], kind),
		mix(87+part, l.stance[i], ta),
		mix(88+part, l.stance[i], passive),
		mix(85+part, kind<<4|min(rest, 2)<<1|open, bucket(c.last-i)),
	)
	return l.list
}

// target is the cue of which boundaries and sources are asked.
type target struct {
	cue     int
	side    side
	before  bool // the part before the cue is meant
	passive uint32
}

// nearFeatures describes boundary b, between tokens b-1 and b, as the end of
// the content that faces the cue.
func (l *lookout) nearFeatures(c *clauseReader, t target, b int) []uint32 {
	l.list = l.list[:0]
	part := uint32(t.side) << 8
	if t.before {
		part |= 1 << 10
	}
	far := part & (1 << 10)
	i, d := t.cue, 0
	from, to := i+1, b
	if t.before {
		from, to = b, i
	}
	d = to - from
	lem, tag := l.lemmas[i], uint32(l.ts[i].Tag)
	w, wb, ta, tb, taa := l.word(b), l.word(b-1), l.tag(b), l.tag(b-1), l.tag(b+1)
	if b == c.last && !t.before {
		tb |= 64
	}
	gap := l.between(from, to)
	dist := bucket(d)
	l.list = append(l.list,
		mix(100+far, dist, 0),
		mix(101+far, dist, lem),
		mix(102+far, w, 0),
		mix(103+far, wb, 0),
		mix(104+far, tb, ta),
		mix(105+far, tb<<8|ta, taa),
		mix(106+far, wb, w),
		mix(107+far, lem, wb),
		mix(108+far, lem, w),
		mix(109+far, lem, ta),
		mix(110+far, gap, 0),
		mix(111+far, gap, lem),
		mix(112+far, gap, ta),
		mix(113+far, gap, w),
		mix(114+far, l.thats(from, to)<<4|l.thats(b, min(b+8, len(l.ts)))&15, ta),
	)
	mark := bit(ta == uint32(news.Open) && !t.before || tb == uint32(news.Close) && t.before)
	l.list = append(l.list,
		mix(115+far, mark<<4|min(l.marks(from, to), 2), bit(l.marks(b, max(b, c.last)) > 0)),
		mix(116+far, part>>8&3, ta),
		mix(117+far, dist, ta),
		mix(118+far, tag<<8|tb, ta),
		mix(119+far, t.passive<<6|ta, tb),
		mix(120+far, w, l.word(b+1)),
		mix(121+far, part>>8&3<<4|min(l.marks(from, to), 2), mark),
		mix(122+far, tag, dist),
		mix(123+far, wb, ta),
		mix(124+far, dist, wb),
	)
	st := l.stance[i]
	l.list = append(l.list,
		mix(125+far, st, wb),
		mix(126+far, st, w),
		mix(127+far, st, ta),
		mix(128+far, st, dist),
		mix(129+far, st, gap),
	)
	return l.list
}

// farFeatures describes boundary b as the other end of a content that begins
// at near.
func (l *lookout) farFeatures(c *clauseReader, t target, near, b int) []uint32 {
	l.list = l.list[:0]
	part := uint32(0)
	if t.before {
		part = 1 << 10
	}
	from, to, limit := near, b, c.last
	rest := c.last - b
	beyond := l.verbs(b, c.last)
	if t.before {
		from, to, limit = b, near, c.first
		rest = b - c.first
		beyond = l.verbs(c.first, b)
	}
	lem := l.lemmas[t.cue]
	w, wb, ta, tb, taa, tbb := l.word(b), l.word(b-1), l.tag(b), l.tag(b-1), l.tag(b+1), l.tag(b-2)
	at := uint32(0) // at the edge of the sentence, its stop apart
	if b == limit {
		at, ta, w = 1, ta|32, edge
	} else if !t.before && b == c.last-1 && l.ts[b].Tag == news.Punct {
		at = 2
	}
	long := bucket(to - from)
	inside := l.between(from, to)
	first, tf := l.word(near), l.tag(near)
	if t.before {
		first, tf = l.word(near-1), l.tag(near-1)
	}
	marks := l.marks(from, to)
	odd := marks & 1
	whole := bit(marks > 0 && l.ts[from].Tag == news.Open && l.ts[to-1].Tag == news.Close)
	l.list = append(l.list,
		mix(140+part, long, at),
		mix(141+part, w, 0),
		mix(142+part, wb, 0),
		mix(143+part, tb, ta),
		mix(144+part, ta, taa),
		mix(145+part, w, l.word(b+1)),
		mix(146+part, w, taa<<8|l.tag(b+2)),
		mix(147+part, at, lem),
		mix(148+part, at, tf),
		mix(149+part, at<<8|inside, tf),
		mix(150+part, first, ta),
		mix(151+part, long, ta),
		mix(152+part, odd<<4|whole<<2|at, min(marks, 3)),
		mix(153+part, bucket(rest), ta),
		mix(154+part, min(beyond, 2)<<8|ta, taa),
	)
	coming := max(l.prior(b), l.prior(b+1), l.prior(b+2))
	l.list = append(l.list,
		mix(155+part, uint32(coming), ta),
		mix(156+part, lem, ta),
		mix(157+part, lem, w),
		mix(158+part, min(l.verbs(from, to), 2)<<8|tf, ta),
		mix(159+part, min(l.verbs(from, to), 2), w),
		mix(160+part, tbb<<8|tb, ta),
		mix(161+part, wb, ta),
	)
	soon := l.verbs(b, min(b+6, len(l.ts)))
	l.list = append(l.list,
		mix(162+part, min(soon, 2)<<8|ta, w),
		mix(163+part, min(soon, 2)<<4|min(l.verbs(from, to), 2), ta),
		mix(164+part, uint32(t.side), at),
		mix(165+part, long, w),
		mix(166+part, lem, long),
		mix(167+part, wb, w),
		mix(168+part, l.rules[t.cue], at),
		mix(169+part, first, w),
		mix(170+part, odd, ta<<8|tb),
		mix(171+part, inside, ta),
		mix(172+part, l.stance[t.cue], at),
		mix(173+part, l.stance[t.cue], ta),
		mix(174+part, l.stance[t.cue], long),
	)
	return l.list
}

// sourceFeatures describes the noun phrase r as the source of the cue; an
// empty r stands for no source in the sentence. order counts the phrases
// between it and the cue.
func (l *lookout) sourceFeatures(c *clauseReader, t target, content [2]tokens, r tokens, order int) []uint32 {
	l.list = l.list[:0]
	i := t.cue
	lem, tag := l.lemmas[i], uint32(l.ts[i].Tag)
	mode := uint32(t.side)
	tb, wb := l.tag(i-1), l.word(i-1)
	if r.empty() {
		l.list = append(l.list,
			mix(200, 0, 0),
			mix(201, lem, 0),
			mix(202, mode, tag),
			mix(203, t.passive, tag),
			mix(204, tb, tag),
			mix(205, wb, 0),
			mix(206, bucket(i-c.first), tag),
			mix(207, l.between(c.first, i), tag),
			mix(208, lem, t.passive<<8|tb),
		)
		return l.list
	}
	place := uint32(0)
	from, to := r.last, i
	if r.first > i {
		place, from, to = 1, i+1, r.first
	} else if r.last > i {
		place = 2
	}
	d, gap := bucket(to-from), l.between(from, to)
	in := uint32(0)
	for k, x := range content {
		if !x.empty() && r.first < x.last && x.first < r.last {
			in |= 1 << k
		}
	}
	headTag, head := l.tag(r.last-1), l.lemmas[r.last-1]
	pre, post := l.word(r.first-1), l.word(r.last)
	at := place<<8 | d
	l.list = append(l.list,
		mix(210, at, 0),
		mix(211, at, lem),
		mix(212, place, pre),
		mix(213, place, l.word(r.first)),
		mix(214, place, head),
		mix(215, place<<8|headTag, l.tag(r.last)),
		mix(216, place, post),
		mix(217, place<<4|in, mode),
		mix(218, place<<8|gap, 0),
		mix(219, place<<8|gap, headTag),
		mix(220, head, 0),
		mix(221, place<<8|l.tag(r.first), headTag),
		mix(222, t.passive<<8|place, pre),
		mix(223, mode<<12|place<<8|gap, in),
		mix(224, lem, place<<4|t.passive),
		mix(225, mix(0, lem, pre), place),
	)
	owner := bit(r.last < len(l.ts) && l.ts[r.last].Tag == news.Poss)
	l.list = append(l.list,
		mix(226, owner<<12|at, tag),
		mix(227, place<<8|uint32(min(order, 5)), tag),
		mix(228, mode<<12|place<<8|uint32(min(order, 5)), in),
		mix(229, at, tag),
		mix(230, post, pre),
		mix(231, t.passive<<12|mode<<10|place<<8|gap, uint32(min(order, 5))),
		mix(232, place<<4|in, gap<<8|headTag),
		mix(233, place<<8|tb, headTag<<8|uint32(min(order, 5))),
	)
	kind := l.kind(r.last - 1)
	l.list = append(l.list,
		mix(235, kind, place),
		mix(236, kind, place<<8|gap),
		mix(237, kind<<8|at, tag),
		mix(238, l.stance[i], place<<4|t.passive),
		mix(239, l.stance[i], at),
		mix(234, place<<8|l.tag(r.first-1), uint32(min(order, 5))),
	)
	return l.list
}
