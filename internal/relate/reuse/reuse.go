// Package reuse finds what texts have in common: passages of equal words,
// with their places in both, and how much of each text they make up.
//
// A passage is a longest run of at least five equal words that does not cross
// a paragraph. Marks, case, hyphens and "%" for "percent" make no difference.
// Runs of names, titles and function words alone do not count: two reporters
// write "the Marovian Defence Minister Ada Lind" without reading each other.
// Quotations and furniture are told apart from prose, because equal words of
// a speaker, or of a page's template, show no copying.
package reuse

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

const (
	gramWords = 5  // words of a seed, and of the shortest passage
	maxRepeat = 8  // places of one seed in one text that are looked at
	enough    = 10 // words from which one content word makes a passage
)

// gram is the hash of five words in a row and where they begin.
type gram struct {
	hash uint64
	at   int32
}

// document is a version made ready for comparing.
type document struct {
	v     *news.Version
	words []word
	grams []gram // sorted by hash, then place
	// hashes are those of grams: what two documents are first compared by,
	// close together.
	hashes []uint64
	// Of headline and body, in bytes of words: without quotations, and with.
	prose, whole int
}

// bench is the room that a comparison takes, to be used for the next one too.
type bench struct {
	runs, tiles  []run
	usedA, usedB []mark // all 0 between two comparisons
}

// mark is what is known of a word of one text in a comparison.
type mark uint8

const (
	inRun  mark = 1 << iota // of equal words
	inTile                  // of a passage
)

// marks is room for n marks, all 0.
func marks(have []mark, n int) []mark {
	if n <= cap(have) {
		return have[:n]
	}
	return make([]mark, n, n+n/2)
}

func read(v *news.Version) *document {
	d := &document{v: v, words: readWords(v)}
	for i := range d.words {
		x := &d.words[i]
		if x.flags&(outside|caption) != 0 {
			continue
		}
		n := int(x.end - x.start)
		d.whole += n
		if x.flags&quoted == 0 {
			d.prose += n
		}
	}
	n := len(d.words) - gramWords + 1
	if n <= 0 {
		return d
	}
	d.grams = make([]gram, n)
	for i := range n {
		h := uint64(0)
		for _, w := range d.words[i : i+gramWords] {
			h = h*0x9e3779b97f4a7c15 + w.hash
		}
		d.grams[i] = gram{mix(h), int32(i)}
	}
	d.grams = sorted(d.grams)
	d.hashes = make([]uint64, n)
	for i, g := range d.grams {
		d.hashes[i] = g.hash
	}
	return d
}

// sorted returns grams in the place of their order, by hash, then place. They
// are dealt out by the first bits of their hashes, which are even, as many
// heaps as grams; few are left to be sorted in each.
func sorted(grams []gram) []gram {
	shift := 64 - bits.Len(uint(len(grams)))
	ends := make([]int32, 1<<(64-shift)+1)
	for _, g := range grams {
		ends[g.hash>>shift+1]++
	}
	for i := 1; i < len(ends); i++ {
		ends[i] += ends[i-1]
	}
	out := make([]gram, len(grams))
	for _, g := range grams {
		k := g.hash >> shift
		out[ends[k]] = g
		ends[k]++
	}
	from := int32(0)
	for _, to := range ends[:len(ends)-1] {
		if to-from > 1 {
			slices.SortFunc(out[from:to], func(a, b gram) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.at, b.at)) })
		}
		from = to
	}
	return out
}

// stocks is stock of the grams of d, by place.
func (d *document) stocks() []bool {
	out := make([]bool, len(d.grams))
	for i := range out {
		out[i] = stock(d.words[i : i+gramWords])
	}
	return out
}

// stock reports whether a run is only names, titles and function words.
func stock(run []word) bool {
	content, capitals := 0, 0
	for _, w := range run {
		switch {
		case w.flags&capital != 0:
			capitals++
		case w.flags&(stop|title) == 0:
			content++
		}
	}
	if capitals*3 >= len(run)*2 && run[0].flags&headline != 0 {
		// Headline capitals are no names.
		for _, w := range run {
			if w.flags&(capital|stop|title) == capital {
				content++
			}
		}
	}
	return content == 0 || content == 1 && len(run) < enough
}

// Compare returns what a and b have in common, and whether that is anything.
// Its result is the same in either order.
func Compare(a, b *news.Version) (news.Overlap, bool) {
	var room bench
	return room.compare(read(a), read(b))
}

// run is a stretch of n equal words: a's from i, b's from j.
type run struct{ i, j, n int32 }

func (m *bench) compare(a, b *document) (news.Overlap, bool) {
	if before(b.v, a.v) {
		a, b = b, a
	}
	m.runs = a.runs(b, m.runs[:0])
	if len(m.runs) == 0 {
		return news.Overlap{}, false
	}
	m.usedA, m.usedB = marks(m.usedA, len(a.words)), marks(m.usedB, len(b.words))
	o := news.Overlap{A: a.v.Name, B: b.v.Name, Why: news.Why{Rule: "equal-words", Confidence: 1}}
	m.passages(a, b)
	if len(m.tiles) > 0 {
		o.Passages = make([]news.Passage, len(m.tiles))
		for i, r := range m.tiles {
			k := kind(a, b, r)
			if k == news.Quotation {
				r = a.atMarks(b, r)
			}
			o.Passages[i] = news.Passage{A: a.span(r.i, r.n), B: b.span(r.j, r.n), Kind: k}
		}
		var proseA, wholeA, proseB, wholeB int
		for _, r := range m.runs {
			p, w := a.cover(m.usedA, r.i, r.n)
			proseA, wholeA = proseA+p, wholeA+w
			p, w = b.cover(m.usedB, r.j, r.n)
			proseB, wholeB = proseB+p, wholeB+w
		}
		o.ProseA, o.WholeA = share(proseA, a.prose), share(wholeA, a.whole)
		o.ProseB, o.WholeB = share(proseB, b.prose), share(wholeB, b.whole)
	}
	for _, r := range m.runs { // tiles lie in runs
		clear(m.usedA[r.i : r.i+r.n])
		clear(m.usedB[r.j : r.j+r.n])
	}
	return o, len(o.Passages) > 0
}

// before is the fixed order of versions in an overlap.
func before(x, y *news.Version) bool {
	if x.Name != y.Name {
		return x.Name < y.Name
	}
	if x.ID != y.ID {
		return x.ID < y.ID
	}
	return x.Text < y.Text
}

func (d *document) span(at, n int32) text.Span {
	return text.Span{Start: int(d.words[at].start), End: int(d.words[at+n-1].end)}
}

func fill(in []mark, at, n int32) {
	for k := at; k < at+n; k++ {
		in[k] |= inTile
	}
}

// runs appends to out all longest runs of equal words, each pair of places
// once.
func (a *document) runs(b *document, out []run) []run {
	hashesA, hashesB := a.hashes, b.hashes
	for x, y := 0, 0; x < len(hashesA) && y < len(hashesB); {
		ha, hb := hashesA[x], hashesB[y]
		if ha != hb { // steps, not branches: which list goes on is chance
			less := 0
			if ha < hb {
				less = 1
			}
			x, y = x+less, y+1-less
			continue
		}
		x2, y2 := x, y
		for x2 < len(hashesA) && hashesA[x2] == ha {
			x2++
		}
		for y2 < len(hashesB) && hashesB[y2] == ha {
			y2++
		}
		for _, p := range a.grams[x:min(x2, x+maxRepeat)] {
			for _, q := range b.grams[y:min(y2, y+maxRepeat)] {
				if r, first := a.extend(b, p.at, q.at); first {
					out = append(out, r)
				}
			}
		}
		x, y = x2, y2
	}
	return out
}

// extend lengthens a seed to the right; first is false when the run began
// further left, where its own first seed finds it.
func (a *document) extend(b *document, i, j int32) (r run, first bool) {
	if i > 0 && j > 0 && a.words[i-1].hash == b.words[j-1].hash {
		return run{}, false
	}
	n := int32(0)
	for int(i+n) < len(a.words) && int(j+n) < len(b.words) && a.words[i+n].hash == b.words[j+n].hash {
		n++
	}
	return run{i, j, n}, n >= gramWords
}

// passages tiles both texts with runs, the longest first, so that no word is
// in two passages (greedy string tiling, Wise 1993); then cuts them where a
// paragraph ends in either text and drops what is stock.
func (m *bench) passages(a, b *document) {
	slices.SortFunc(m.runs, func(x, y run) int {
		if x.n != y.n {
			return int(y.n - x.n)
		}
		if fx, fy := a.foreign(b, x), a.foreign(b, y); fx != fy {
			return fx - fy
		}
		if sx, sy := a.shift(b, x), a.shift(b, y); sx != sy {
			return sx - sy
		}
		if x.i != y.i {
			return int(x.i - y.i)
		}
		return int(x.j - y.j)
	})
	usedA, usedB, out := m.usedA, m.usedB, m.tiles[:0]
	for _, r := range m.runs {
		from := int32(0)
		for k := int32(0); k <= r.n; k++ {
			free := k < r.n && (usedA[r.i+k]|usedB[r.j+k])&inTile == 0
			cut := free && k+1 < r.n && (a.words[r.i+k].flags|b.words[r.j+k].flags)&lastWord != 0
			if free && !cut {
				continue
			}
			to := k
			if cut {
				to++
			}
			piece := run{r.i + from, r.j + from, to - from}
			if piece.n >= gramWords && !(stock(a.words[piece.i:piece.i+piece.n]) && stock(b.words[piece.j:piece.j+piece.n])) {
				out = append(out, piece)
				fill(usedA, piece.i, piece.n)
				fill(usedB, piece.j, piece.n)
			}
			from = k + 1
		}
	}
	slices.SortFunc(out, func(x, y run) int { return int(x.i - y.i) })
	m.tiles = out
}

// atMarks cuts from the ends of a quotation the words that are quoted in one
// text and the reporter's own in the other.
func (a *document) atMarks(b *document, r run) run {
	odd := func(k int32) bool { return (a.words[r.i+k].flags^b.words[r.j+k].flags)&quoted != 0 }
	for r.n > gramWords && odd(r.n-1) {
		r.n--
	}
	for r.n > gramWords && odd(0) {
		r.i, r.j, r.n = r.i+1, r.j+1, r.n-1
	}
	return r
}

// foreign is how far the two places are of different make: story text on one
// side, furniture on the other, or a headline in a line of breadcrumbs.
func (a *document) foreign(b *document, r run) int {
	n := 0
	if a.words[r.i].flags&(outside|caption|headline) != b.words[r.j].flags&(outside|caption|headline) {
		n++
	}
	if (a.words[r.i].flags|b.words[r.j].flags)&outside != 0 {
		n++
	}
	if (a.words[r.i].flags|b.words[r.j].flags)&mixed != 0 {
		n++
	}
	return n
}

// shift is how far a run moved, in words of both texts scaled to one length.
func (a *document) shift(b *document, r run) int {
	d := int(r.i)*len(b.words) - int(r.j)*len(a.words)
	if d < 0 {
		return -d
	}
	return d
}

// kind weighs what a passage stands in, on both sides.
func kind(a, b *document, r run) news.PassageKind {
	furnitureA, furnitureB, spoken := int32(0), int32(0), int32(0)
	for k := range r.n {
		fa, fb := a.words[r.i+k].flags, b.words[r.j+k].flags
		if fa&outside != 0 {
			furnitureA++
		}
		if fb&outside != 0 {
			furnitureB++
		}
		if fa&caption != 0 && fb&(caption|outside) != 0 || fb&caption != 0 && fa&outside != 0 {
			furnitureA++
			furnitureB++
		}
		if fa&fb&quoted != 0 {
			spoken++
		}
	}
	switch {
	case 2*furnitureA > r.n || 2*furnitureB > r.n:
		return news.Furniture
	case 2*spoken > r.n:
		return news.Quotation
	}
	return news.Prose
}

// cover marks the words of a run and counts what none of the runs before had:
// words of the headline and body, in bytes, without quotations and with them.
func (d *document) cover(in []mark, at, n int32) (prose, whole int) {
	for k := at; k < at+n; k++ {
		x := &d.words[k]
		if in[k]&inRun != 0 || x.flags&(outside|caption) != 0 {
			continue
		}
		in[k] |= inRun
		n := int(x.end - x.start)
		whole += n
		if x.flags&quoted == 0 {
			prose += n
		}
	}
	return prose, whole
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
