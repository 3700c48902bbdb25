package mention

import (
	_ "embed"
	"encoding/binary"
	"slices"
	"sync"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// What the rules find in running text is weighed: a linear chain over the
// words (a conditional random field, Lafferty et al. 2001) takes the rules'
// answers as evidence beside the words, their shapes, their neighbours and
// what the rest of the text does with them, and decides where names begin and
// end and what sort they are. The weights are made by eval/entities/train.

// Sort is what a name names, as the weights know it.
type Sort uint8

// The sorts of names.
const (
	SortPerson Sort = iota
	SortPlace
	SortFacility
	SortOrg
	SortOther // events, laws, works, programmes
	SortPeople
	SortProduct
	sorts
)

// Label is what the chain says of a word: 0 is no name, the others begin a
// name of a sort or go on with one.
type Label uint8

// Labels is the number of labels.
const Labels = 1 + 2*int(sorts)

// Begin is the label of the first word of a name.
func (s Sort) Begin() Label { return Label(1 + 2*s) }

// Inside is the label of all other words of a name.
func (s Sort) Inside() Label { return Label(2 + 2*s) }

// Sort is the sort of a label that is not 0.
func (l Label) Sort() Sort { return Sort(l-1) / 2 }

// Begins tells whether a name begins with the word.
func (l Label) Begins() bool { return l&1 == 1 }

// Follows tells whether l may stand after prev.
func (l Label) Follows(prev Label) bool {
	return l == 0 || l.Begins() || prev != 0 && prev.Sort() == l.Sort()
}

// Sample is a stretch of words that is labelled as one. No name crosses its
// ends.
type Sample struct {
	Spans    []text.Span
	Features [][]uint32
}

// Samples are the stretches of v that Find labels, with their features, for
// the trainer.
func Samples(v *news.Version) []Sample {
	r := new(room)
	s := r.newScanner(v)
	s.findInRunning()
	var out []Sample
	w := r.newWeigher()
	for k := range s.pieces {
		if !w.take(k) {
			continue
		}
		for from, end := w.stretch(0); from < end; from, end = w.stretch(end) {
			var sm Sample
			for i := from; i < end; i++ {
				sm.Spans = append(sm.Spans, w.p.words[i].span())
				sm.Features = append(sm.Features, append([]uint32(nil), w.features(i)...))
			}
			out = append(out, sm)
		}
	}
	return out
}

// span is the place of the word, with the full stop of an abbreviation.
func (w *word) span() text.Span {
	if w.dot {
		return text.Span{Start: w.start, End: w.end + 1}
	}
	return text.Span{Start: w.start, End: w.end}
}

//go:embed weights.bin
var weightsFile string

// weights are the rows of the features, found by open addressing.
type weights struct {
	some  *[1 << 12]uint64 // a bit for the top bits of each key: most features have no row, and end here
	slots []slot           // a power of two of them
	rows  []row
	step  [Labels][Labels]int32 // label before, label
}

type slot struct {
	key uint32
	at  uint16 // 1 + place in rows; 0: empty
}

// row has a byte for the weight of each label, 128 more than it is, so that
// several can be added up in one word.
type row [2]uint64

var weightTable = sync.OnceValue(func() *weights { return readWeights(weightsFile) })

// readWeights reads the steps from label to label, a byte each, then for each
// feature, in the order of their keys: the difference from the key before and
// a mask of the labels with a weight, as varints, and these weights, a byte
// each. All weights have one scale, which does not matter.
func readWeights(file string) *weights {
	w := &weights{}
	at := []byte(file)
	for p := range Labels {
		for l := range Labels {
			w.step[p][l] = int32(int8(at[0]))
			at = at[1:]
		}
	}
	varint := func() uint32 {
		v, n := binary.Uvarint(at)
		at = at[n:]
		return uint32(v)
	}
	var keys []uint32
	key := uint32(0)
	for len(at) > 0 {
		key += varint()
		mask := varint()
		var r row
		for l := range Labels {
			v := int8(0)
			if mask&(1<<l) != 0 {
				v = int8(at[0])
				at = at[1:]
			}
			r[l/8] |= uint64(int(v)+128) << (l % 8 * 8)
		}
		keys = append(keys, key)
		w.rows = append(w.rows, r)
	}
	size := 1 << 10
	for size < 2*len(keys) {
		size *= 2
	}
	w.slots, w.some = make([]slot, size), new([1 << 12]uint64)
	for i, k := range keys {
		w.some[k>>20] |= 1 << (k >> 14 & 63)
		h := int(k) & (size - 1)
		for w.slots[h].at != 0 {
			h = (h + 1) & (size - 1)
		}
		w.slots[h] = slot{k, uint16(i + 1)}
	}
	return w
}

// find is 1 + the row of a feature, 0 if it has none.
func (w *weights) find(feature uint32) uint16 {
	if w.some[feature>>20]>>(feature>>14&63)&1 == 0 {
		return 0
	}
	mask := uint32(len(w.slots) - 1)
	for h := feature & mask; ; h = (h + 1) & mask {
		if s := w.slots[h]; s.at == 0 || s.key == feature {
			return s.at
		}
	}
}

// score adds up the rows of the features, at most 256 of them.
func (w *weights) score(features []uint32) (sum row32) {
	const low = 0x00ff00ff00ff00ff // every other byte, with room for the sum
	var acc [4]uint64
	n := int32(0)
	for _, k := range features {
		if at := w.find(k); at != 0 {
			r := &w.rows[at-1]
			acc[0] += r[0] & low
			acc[1] += r[0] >> 8 & low
			acc[2] += r[1] & low
			acc[3] += r[1] >> 8 & low
			n++
		}
	}
	for l := range sum {
		sum[l] = int32(acc[l/8*2+l%2]>>(l%8/2*16)&0xffff) - 128*n
	}
	return sum
}

// chain finds the best labels of a stretch (Viterbi).
type chain struct {
	*weights
	best [Labels]int32 // score of the best way to each label of the word before
	from [][Labels]uint8
}

func (c *chain) begin() {
	c.from = c.from[:0]
	c.best = [Labels]int32{}
	for l := range c.best {
		c.best[l] = impossible
	}
	c.best[0] = 0
}

const impossible = -1 << 28

// next takes the scores of the next word.
func (c *chain) next(score [Labels]int32) {
	var best [Labels]int32
	var from [Labels]uint8
	for l := range Labels {
		best[l] = impossible
		if l != 0 && !Label(l).Begins() { // goes on: only two may stand before
			for p := l - 1; p <= l; p++ {
				if v := c.best[p] + c.step[p][l]; v > best[l] {
					best[l], from[l] = v, uint8(p)
				}
			}
		} else {
			for p := range Labels {
				if v := c.best[p] + c.step[p][l]; v > best[l] {
					best[l], from[l] = v, uint8(p)
				}
			}
		}
		best[l] += score[l]
	}
	c.best = best
	c.from = append(c.from, from)
}

// labels reads the best way back.
func (c *chain) labels(out []Label) []Label {
	out = append(out[:0], make([]Label, len(c.from))...)
	last := 0
	for l := range Labels {
		if c.best[l] > c.best[last] {
			last = l
		}
	}
	for i := len(out) - 1; i >= 0; i-- {
		out[i] = Label(last)
		last = int(c.from[i][last])
	}
	return out
}

// newWord is what a capital within a sentence counts against the label of no
// name when the corpus that the weights are from has not the word: endings and
// shapes say less of invented and foreign words than of known ones.
const newWord = 60

// weighing is the chain at work on a text.
type weighing struct {
	*scanner
	chain
	labelled []Label // of the stretch
	scores   []row32
	names    []name
	votes    []ballot // of names
}

type (
	row32  [Labels]int32
	ballot [sorts]int32
)

// weigh replaces the names of running text by those that the chain finds. What
// it leaves as the rules found it keeps its rule.
func (s *scanner) weigh(r *room) {
	f, w := r.newWeigher(), &r.weighing
	*w = weighing{
		scanner: s, chain: chain{weights: weightTable(), from: w.from[:0]}, labelled: w.labelled[:0], scores: w.scores[:0],
		names: slices.Grow(w.names[:0], len(s.names)+8), votes: w.votes[:0],
	}
	old, at := s.names, 0
	for k := range s.pieces {
		if !f.take(k) {
			continue
		}
		for from, end := f.stretch(0); from < end; from, end = f.stretch(end) {
			w.begin()
			w.scores = w.scores[:0]
			for i := from; i < end; i++ {
				fs := f.features(i)
				sc := w.score(fs)
				if c := &f.p.words[i]; c.capital && !c.first && c.class&commonWord == 0 && w.find(fs[wordFeature]) == 0 {
					sc[0] -= newWord
				}
				if f.twoNames(i) {
					for t := range sorts {
						sc[t.Inside()] = impossible
					}
				}
				if f.parts(i) {
					sc[SortPerson.Inside()], sc[SortPlace.Inside()], sc[SortPeople.Inside()] = impossible, impossible, impossible
					if w.newBody(f.p, i) {
						sc[SortOrg.Inside()] = impossible
					}
				}
				w.scores = append(w.scores, sc)
				w.next(sc)
			}
			for at < len(old) && (old[at].piece < k || old[at].piece == k && old[at].first < from) {
				at++
			}
			ruled := old[at:]
			for n := range ruled {
				if ruled[n].piece != k || ruled[n].first >= end {
					ruled = ruled[:n]
					break
				}
			}
			w.labelled = w.labels(w.labelled)
			w.settle(k, from, ruled)
		}
	}
	w.agree()
	s.names, w.names = w.names, s.names // the other ones are room for the next text
}

// newBody tells whether another body begins behind the comma before word i: "the sale
// of Halvex, Finance Ministry spokesman …", and not "the Ministry of Roads, Ports and
// Rail".
func (w *weighing) newBody(p *piece, i int) bool {
	if w.listGoesOn(p, i) {
		return false
	}
	for j := i; j < min(i+4, len(p.words)) && p.words[j].capital; j++ {
		switch p.words[j].lower {
		case "ministry", "department", "council", "court", "parliament", "government", "authority", "committee", "commission":
			return j > i
		}
	}
	return false
}

// settle appends the names that the labels of the words from word first of
// piece k on tell; ruled are those of the rules at the same words.
func (w *weighing) settle(k, first int, ruled []name) {
	ls := w.labelled
	for i := 0; i < len(ls); {
		j := i + 1
		if ls[i] != 0 {
			for j < len(ls) && ls[j] != 0 && !ls[j].Begins() {
				j++
			}
			w.weighed(k, first+i, first+j, ls[i].Sort(), ruled, w.ballot(i, j))
		}
		i = j
	}
	for _, n := range ruled {
		if slices.ContainsFunc(ls[n.first-first:min(n.last-first, len(ls))], func(l Label) bool { return l != 0 }) {
			continue
		}
		if n.known != nil && n.known.needs || w.voice[n.span.Of(w.src)] {
			w.put(n, ballot{}) // "the West", the agency of the page
			continue
		}
	}
}

// ballot is what speaks for each sort in words [i,j) of the stretch.
func (w *weighing) ballot(i, j int) (b ballot) {
	for t := range sorts {
		b[t] = w.scores[i][t.Begin()]
		for m := i + 1; m < min(j, len(w.scores)); m++ {
			b[t] += w.scores[m][t.Inside()]
		}
	}
	return b
}

func (w *weighing) put(n name, b ballot) {
	w.names = append(w.names, n)
	w.votes = append(w.votes, b)
}

// weighed appends the name of words [i,j) of piece k: that of the rules if
// there is one of these words and its kind will do.
func (w *weighing) weighed(k, i, j int, sort Sort, ruled []name, b ballot) {
	p := &w.pieces[k]
	if (sort == SortOther || sort == SortProduct) && speaks(p, j) {
		b[SortOther], b[SortProduct] = impossible, impossible
		if sort = SortPerson; b[SortOrg] > b[SortPerson] {
			sort = SortOrg
		}
	}
	n := name{piece: k, first: i, last: j, conf: 0.8, cluster: -1}
	for r := range ruled {
		o := &ruled[r]
		if o.first != i || o.last != j && (o.last != j+1 || w.lowerHead(p, i, j) == j) {
			continue
		}
		if o.rule == "half of a compound" {
			w.put(*o, ballot{})
			w.put(ruled[r+1], ballot{})
			return
		}
		if o.last > j || sortOf(o) == sort || w.stays(p, o, sort) {
			n = *o
			n.conf = max(n.conf, 0.8)
			w.put(n, b)
			return
		}
		n.span = o.span
		break
	}
	if l := p.words[i].lower; j == i+1 && (l == "north" || l == "south") && i > 0 && p.words[i-1].lower == "the" {
		return // which of two countries or winds is a matter of the whole text
	}
	if n.span.Empty() {
		n.span = text.Span{Start: p.words[i].start, End: p.words[j-1].span().End}
		if kn, m := w.lookup(p, i); kn != nil && m == j-i {
			n.known, n.kind, n.rule = kn, kn.kind, "known"
			if sortOf(&n) == sort {
				w.put(n, b)
				return
			}
			n.known = nil
		} else if j < len(p.words) && p.words[j].lower == "language" && j == i+1 {
			return
		}
	}
	n.rule = ruleOf[sort]
	n.kind = w.kindOfSort(p, i, j, sort)
	w.put(n, b)
}

// speaks tells whether the name before word j does what only persons and
// bodies do: "Oake was quoted", "Oake said".
func speaks(p *piece, j int) bool {
	if j < len(p.words) && (p.words[j].lower == "was" || p.words[j].lower == "is") {
		j++
		return j < len(p.words) && p.words[j].lower == "quoted"
	}
	if j >= len(p.words) || p.words[j].gap != gapSpace {
		return false
	}
	switch p.words[j].lower {
	case "said", "says", "told", "tells", "added", "asked", "denied", "announced", "argued":
		return true
	}
	return false
}

// stays tells whether the kind that the rules gave a name outweighs the chain.
func (w *weighing) stays(p *piece, o *name, sort Sort) bool {
	if w.voice[o.span.Of(w.src)] && o.kind == news.Org {
		return true
	}
	if o.known != nil && o.known.form == plainForm && sort != SortPerson {
		return true
	}
	return sort == SortPlace && o.kind == news.Facility && w.built(p, o.first, o.last)
}

// agree gives all occurrences of a name the sort that the most speaks for.
func (w *weighing) agree() {
	first := make(map[string]int, len(w.names))
	for i := range w.names {
		t := w.names[i].span.Of(w.src)
		f, again := first[t]
		if !again {
			first[t] = i
			continue
		}
		for s := range w.votes[f] {
			w.votes[f][s] += w.votes[i][s]
		}
	}
	for i := range w.names {
		n := &w.names[i]
		b := &w.votes[first[n.span.Of(w.src)]]
		best := Sort(0)
		for s := range sorts {
			if b[s] > b[best] {
				best = s
			}
		}
		p := &w.pieces[n.piece]
		if b[best] == 0 || sortOf(n) == best || w.stays(p, n, best) {
			continue
		}
		n.known, n.rule, n.kind = nil, ruleOf[best], w.kindOfSort(p, n.first, n.last, best)
	}
}

// built tells whether words [i,j) name a building by their head. The corpus
// has stations among its places as often as not, an editor never.
func (w *weighing) built(p *piece, i, j int) bool {
	if w.kindByHead(p, i, j) != news.Facility {
		return false
	}
	switch p.words[j-1].lower {
	case "park", "parks", "garden", "gardens", "street", "square", "road", "avenue", "boulevard", "highway", "harbour", "harbor", "beach", "port", "reserve":
		return false
	}
	return true
}

// ruleOf names the rule of a name that only the weights know.
var ruleOf = [sorts]string{
	SortPerson: "weighed: person", SortPlace: "weighed: place", SortFacility: "weighed: facility", SortOrg: "weighed: organisation",
	SortOther: "weighed: other", SortPeople: "people", SortProduct: "weighed: product",
}

// sortOf is the sort of a name of the rules.
func sortOf(n *name) Sort {
	if n.known != nil {
		switch n.known.form {
		case adjective, people, peopleOnly:
			return SortPeople
		}
	}
	switch n.kind {
	case news.Person:
		return SortPerson
	case news.GPE, news.Location:
		return SortPlace
	case news.Facility:
		return SortFacility
	case news.Org:
		return SortOrg
	case news.EventName:
		return SortOther
	}
	return SortOther
}

// kindOfSort is the type of a name of that sort.
func (s *scanner) kindOfSort(p *piece, i, j int, sort Sort) news.EntityType {
	head := s.kindByHead(p, i, j)
	switch sort {
	case SortPerson, SortPeople:
		return news.Person
	case SortPlace:
		if head == news.Location {
			return head
		}
		return news.GPE
	case SortFacility:
		return news.Facility
	case SortOrg:
		return news.Org
	case SortOther:
		if head == news.EventName {
			return head
		}
	}
	return news.Product
}
