package mention

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
)

// weigher makes the features of the words of one text.
type weigher struct {
	s     *scanner
	p     *piece
	marks []mark            // of the words of p
	runs  []run             // of the words of p
	short map[string]uint32 // initials of longer names -> their kind
	next  int               // first of scanner.names not before p
	out   []uint32
}

// mark is what the rules say of a word.
type mark struct {
	label uint32 // 0 no name, 1 begins one, 2 goes on
	kind  uint32 // of the name, with the form of a known one
	rule  uint32
	cand  bool // the chain may make it part of a name
}

// run is a stretch of capitals without marks between.
type run struct{ first, last int }

// usage is what a text does with a word, a bit each.
type usage uint32

const (
	afterTitle usage = 1 << iota
	afterGiven
	afterPlacePrep
	afterThe
	beforeStatement
	beforeHead
	inBrackets
	asOwner
	inPerson // in a longer name that the rules take for a person's
	inOrg
	inPlace
	inFacility
	firstOfLonger
	lastOfLonger
	aloneOnce
	aloneMore
	afterPerson  // a comma or "and" and before it a person
	beforePeople // officials, troops …
	usages       = iota
)

func (r *room) newWeigher() *weigher {
	s, w := &r.scanner, &r.weigher
	*w = weigher{s: s, marks: w.marks[:0], runs: w.runs[:0], short: emptied(w.short), out: w.out[:0]}
	for i := range s.names {
		n := &s.names[i]
		ws := s.pieces[n.piece].words
		if n.last-n.first < 2 {
			use := &s.facts[ws[n.first].id].use
			if *use&aloneOnce != 0 {
				*use |= aloneMore
			}
			*use |= aloneOnce
			continue
		}
		u := inPlace
		switch n.kind {
		case news.Person:
			u = inPerson
		case news.Org:
			u = inOrg
		case news.Facility:
			u = inFacility
		}
		for j := n.first; j < n.last; j++ {
			v := u
			if j == n.first {
				v |= firstOfLonger
			}
			if j == n.last-1 {
				v |= lastOfLonger
			}
			if ws[j].capital {
				s.facts[ws[j].id].use |= v
			}
		}
		if n.kind != news.Person {
			w.abbreviate(n, ws)
		}
	}
	for k := range s.pieces {
		if p := &s.pieces[k]; !p.title && !p.upper {
			w.context(p)
		}
	}
	return w
}

// abbreviate notes the initials of a longer name.
func (w *weigher) abbreviate(n *name, ws []word) {
	var b [8]byte
	k := 0
	for j := n.first; j < n.last; j++ {
		if c := ws[j].lower[0]; ws[j].capital && c < utf8.RuneSelf {
			if k == len(b) {
				return
			}
			b[k] = c
			k++
		}
	}
	if k > 1 {
		w.short[string(b[:k])] = kindCode(n)
	}
}

// context notes how the capitals of p are used.
func (w *weigher) context(p *piece) {
	for i := range p.words {
		c := &p.words[i]
		if !c.capital || c.class&function != 0 {
			continue
		}
		var u usage
		if i > 0 && c.gap == gapSpace {
			prev := &p.words[i-1]
			switch {
			case prev.class&(titleHead|honorific) != 0:
				u |= afterTitle
			case prev.capital && prev.class&given != 0:
				u |= afterGiven
			case placePrep(prev.lower):
				u |= afterPlacePrep
			case prev.lower == "the":
				u |= afterThe
			}
		}
		if c.gap == gapParen {
			u |= inBrackets
		}
		if c.poss {
			u |= asOwner
		}
		if i+1 < len(p.words) && p.words[i+1].gap == gapSpace {
			next := &p.words[i+1]
			switch {
			case !next.capital && next.class&statement != 0:
				u |= beforeStatement
			case next.class&(orgHead|facHead|locHead|gpeHead|eventHead|prodHead) != 0:
				u |= beforeHead
			case next.class&personNoun != 0:
				u |= beforePeople
			}
		}
		w.s.facts[c.id].use |= u
	}
}

// take makes piece k the one that stretch and features speak of; false if its
// capitals mean nothing. Pieces come in their order.
func (w *weigher) take(k int) bool {
	p := &w.s.pieces[k]
	w.p = p
	if p.title || p.upper {
		return false
	}
	w.marks = zeros(w.marks, len(p.words))
	names := w.s.names
	for w.next < len(names) && names[w.next].piece < k {
		w.next++
	}
	for ; w.next < len(names) && names[w.next].piece == k; w.next++ {
		n := &names[w.next]
		for j := n.first; j < n.last; j++ {
			w.marks[j] = mark{label: 2, kind: kindCode(n), rule: hashOf(n.rule), cand: true}
		}
		w.marks[n.first].label = 1
	}
	w.candidates()
	w.findRuns()
	return true
}

// zeros is n zero values, in the memory of s if that is enough.
func zeros[T any](s []T, n int) []T {
	s = slices.Grow(s[:0], n)[:n]
	clear(s)
	return s
}

func kindCode(n *name) uint32 {
	k := hashOf(string(n.kind))
	if n.known != nil {
		k += 1 + uint32(n.known.form)
	}
	return k
}

// candidates marks the words that may be part of a name: capitals, the small
// words between two of them, and heads and points of the compass beside one.
func (w *weigher) candidates() {
	ws := w.p.words
	last := -9
	for i := range ws {
		c := &ws[i]
		near := i > 0 && ws[i-1].capital && c.gap <= gapHyphen
		switch {
		case c.capital && (c.class&function == 0 || i > 0 && c.gap == gapSpace && (near || !calendar(c.lower)) || w.marks[i].cand):
			w.marks[i].cand = true
			if i-last <= 3 {
				for j := last + 1; j < i; j++ {
					if ws[j].class&connector == 0 && ws[j].gap != gapAmp {
						break
					}
					w.marks[j].cand = true
				}
			}
			last = i
		case c.number && (near || i+1 < len(ws) && ws[i+1].capital && ws[i+1].gap <= gapHyphen):
			w.marks[i].cand = true
		case near && c.class&(orgHead|facHead|locHead|gpeHead|eventHead|prodHead) != 0:
			w.marks[i].cand = true
		}
	}
}

// calendar tells whether w is a day of the week or a month.
func calendar(w string) bool {
	switch w {
	case "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday":
		return true
	}
	return false
}

func (w *weigher) findRuns() {
	ws := w.p.words
	w.runs = zeros(w.runs, len(ws))
	for i := 0; i < len(ws); {
		if !w.marks[i].cand {
			i++
			continue
		}
		j := i + 1
		for j < len(ws) && w.marks[j].cand && (ws[j].gap <= gapHyphen || ws[j].gap == gapAmp) && !ws[j-1].poss {
			j++
		}
		for k := i; k < j; k++ {
			w.runs[k] = run{i, j}
		}
		i = j
	}
}

// stretch is the first stretch of candidates at or after word i.
func (w *weigher) stretch(i int) (from, end int) {
	for i < len(w.marks) && !w.marks[i].cand {
		i++
	}
	from = i
	for i < len(w.marks) && w.marks[i].cand && (i == from || w.p.words[i].gap != gapSlash || w.marks[i].label == 2) {
		i++
	}
	return from, i
}

// parts tells whether a comma before word i parts names of these sorts: people
// and places have none inside, bodies and laws may.
func (w *weigher) parts(i int) bool {
	return w.p.words[i].gap == gapComma && w.marks[i].label != 2
}

// twoNames tells whether the hyphen or the possessive before word i stands
// between two names of the rules: "Peru-Kenya", "Peru's Northern Fleet".
func (w *weigher) twoNames(i int) bool {
	return i > 0 && (w.p.words[i].gap == gapHyphen || w.p.words[i].gap == gapPoss) && w.marks[i].label == 1 && w.marks[i-1].label != 0
}

// template is the kind of a feature.
type template uint32

const (
	fBias template = iota + 1
	fWord
	fPrev
	fNext
	fPrevWord
	fWordNext
	fShape
	fShapes
	fShapePrev
	fShapeNext
	fPrefix2
	fPrefix3
	fSuffix2
	fSuffix3
	fSuffix4
	fClass
	fClassBit
	fClassPrev
	fClassNext
	fTagPrev
	fTagNext
	fGap
	fGapNext
	fMark
	fMarkKind
	fMarkPrev
	fMarkNext
	fHead
	fHeadClass
	fRunFirst
	fRunFirstClass
	fRunPlace
	fBefore
	fBefore2
	fAfter
	fAfterTag
	fBeforeAfter
	fUsage
	fUsageAll
	fSeen
	fInitials
	fFirst
	fPair
)

func (t template) of(v uint32) uint32 {
	h := (v ^ uint32(t)*0x9e3779b1) * 0x85ebca6b
	h ^= h >> 15
	h *= 0xc2b2ae35
	return h ^ h>>13
}

func hashOf(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

const edge = 0x51ed270b // stands for the word beyond an end

func (w *weigher) hash(i int) uint32 {
	if i < 0 || i >= len(w.p.words) {
		return edge
	}
	return w.s.facts[w.p.words[i].id].hash
}

func (w *weigher) shapeAt(i int) uint32 {
	if i < 0 || i >= len(w.p.words) {
		return edge
	}
	c := &w.p.words[i]
	return shapeOf(w.s.src[c.start:c.end])
}

// shapeOf is the pattern of capitals, small letters, digits and marks of a
// word, each kind once in a row.
func shapeOf(t string) uint32 {
	h, last := uint32(7), byte(0)
	for _, r := range t {
		k := byte(r)
		switch {
		case r >= 'a' && r <= 'z':
			k = 'x'
		case r >= 'A' && r <= 'Z':
			k = 'X'
		case r >= '0' && r <= '9':
			k = '0'
		case r < utf8.RuneSelf:
		case unicode.IsUpper(r):
			k = 'X'
		case unicode.IsLetter(r):
			k = 'x'
		default:
			k = '?'
		}
		if k != last {
			h = h*31 + uint32(k)
			last = k
		}
	}
	if len(t) == 1 {
		h++
	}
	return h
}

func (w *weigher) classAt(i int) uint32 {
	if i < 0 || i >= len(w.p.words) {
		return edge
	}
	c := uint32(w.p.words[i].class)
	if w.p.words[i].capital {
		c |= 1 << 31
	}
	return c
}

func (w *weigher) markAt(i int) uint32 {
	if i < 0 || i >= len(w.marks) {
		return edge
	}
	return w.marks[i].label*0x01000193 ^ w.marks[i].kind
}

// wordFeature is the place of the word itself among its features.
const wordFeature = 1

// features are the features of word i of the piece, good until the next call.
func (w *weigher) features(i int) []uint32 {
	out := w.out[:0]
	c := &w.p.words[i]
	add := func(t template, v uint32) { out = append(out, t.of(v)) }
	h, prev, next := w.hash(i), w.hash(i-1), w.hash(i+1)
	add(fBias, 0)
	add(fWord, h) // at wordFeature
	add(fPrev, prev)
	add(fNext, next)
	add(fPrevWord, prev*31+h)
	add(fWordNext, h*31+next)
	sh, shPrev, shNext := w.shapeAt(i), w.shapeAt(i-1), w.shapeAt(i+1)
	add(fShape, sh)
	add(fShapePrev, shPrev*31+sh)
	add(fShapeNext, sh*31+shNext)
	add(fShapes, (shPrev*31+sh)*31+shNext)
	if l := c.lower; len(l) > 2 {
		add(fPrefix2, hashOf(l[:2]))
		add(fPrefix3, hashOf(l[:3]))
		add(fSuffix2, hashOf(l[len(l)-2:]))
		add(fSuffix3, hashOf(l[len(l)-3:]))
		if len(l) > 3 {
			add(fSuffix4, hashOf(l[len(l)-4:]))
		}
	}
	cl, clPrev, clNext := w.classAt(i), w.classAt(i-1), w.classAt(i+1)
	add(fClass, cl)
	for b := uint32(0); b < 22; b++ {
		if cl&(1<<b) != 0 {
			add(fClassBit, b)
		}
	}
	add(fClassPrev, clPrev)
	add(fClassNext, clNext)
	if i > 0 {
		add(fTagPrev, uint32(w.p.words[i-1].tag))
	}
	gapNext := uint32(99)
	if i+1 < len(w.p.words) {
		add(fTagNext, uint32(w.p.words[i+1].tag))
		gapNext = uint32(w.p.words[i+1].gap)
	}
	g := uint32(c.gap) * 2
	if c.poss {
		g++
	}
	add(fGap, g)
	add(fGapNext, gapNext*2+uint32(b2i(c.poss)))
	m, mPrev, mNext := w.markAt(i), w.markAt(i-1), w.markAt(i+1)
	add(fMark, m^w.marks[i].rule*3)
	add(fMarkKind, m)
	add(fMarkPrev, mPrev*31+m)
	add(fMarkNext, m*31+mNext)
	out = w.runFeatures(i, out)
	return w.textFeatures(i, m, out)
}

// runFeatures tell of the run that word i stands in and of its neighbours.
func (w *weigher) runFeatures(i int, out []uint32) []uint32 {
	ws := w.p.words
	add := func(t template, v uint32) { out = append(out, t.of(v)) }
	r := w.runs[i]
	head := r.last - 1
	for j := r.first + 1; j < r.last; j++ {
		if !ws[j].capital && (ws[j].lower == "of" || ws[j].lower == "for") {
			head = j - 1
			break
		}
	}
	side := uint32(0)
	switch {
	case i > head:
		side = 1
	case i == head:
		side = 2
	}
	add(fHead, w.hash(head)*4+side)
	add(fHeadClass, w.classAt(head)*4+side)
	add(fRunFirst, w.hash(r.first)*2+uint32(b2i(i == r.first)))
	add(fRunFirstClass, w.classAt(r.first)*2+uint32(b2i(i == r.first)))
	place := uint32(min(i-r.first, 3)*16 + min(r.last-1-i, 3))
	add(fRunPlace, place)
	before, after := w.hash(r.first-1), w.hash(r.last)
	if r.first > 0 {
		before = before*16 + uint32(ws[r.first].gap)
	}
	if r.last < len(ws) {
		after = after*16 + uint32(ws[r.last].gap)
		add(fAfterTag, uint32(ws[r.last].tag)*16+uint32(ws[r.last].gap))
	}
	add(fBefore, before*64+place)
	add(fBefore2, w.hash(r.first-2)*31+before)
	add(fAfter, after*64+place)
	add(fBeforeAfter, before*31+after)
	return out
}

// textFeatures tell what the whole text does with word i.
func (w *weigher) textFeatures(i int, m uint32, out []uint32) []uint32 {
	c := &w.p.words[i]
	add := func(t template, v uint32) { out = append(out, t.of(v)) }
	u := w.s.facts[c.id].use
	for b := range usages {
		if u&(1<<b) != 0 {
			add(fUsage, uint32(b))
			add(fPair, uint32(b)*0x01000193^m)
		}
	}
	add(fUsageAll, uint32(u))
	e := w.s.seen(c)
	add(fSeen, uint32(min(e.low, 2)*4+min(e.cap, 3)))
	if c.caps && len(c.lower) > 1 {
		key := c.lower
		if strings.IndexByte(key, '.') >= 0 {
			key = strings.ReplaceAll(key, ".", "")
		}
		add(fInitials, w.short[key])
	}
	f := uint32(0)
	if c.first {
		f = 1
	}
	add(fFirst, f*2+uint32(b2i(i == 0)))
	w.out = out
	return out
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
