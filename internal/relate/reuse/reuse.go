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
	stock []bool // by place: the gram there is names, titles and function words
}

func read(v *news.Version) *document {
	d := &document{v: v, words: readWords(v)}
	n := len(d.words) - gramWords + 1
	if n <= 0 {
		return d
	}
	d.grams = make([]gram, n)
	d.stock = make([]bool, n)
	for i := range n {
		h := uint64(0)
		for _, w := range d.words[i : i+gramWords] {
			h = h*0x9e3779b97f4a7c15 + w.hash
		}
		d.grams[i] = gram{mix(h), int32(i)}
		d.stock[i] = stock(d.words[i : i+gramWords])
	}
	slices.SortFunc(d.grams, func(a, b gram) int {
		switch {
		case a.hash < b.hash:
			return -1
		case a.hash > b.hash:
			return 1
		}
		return int(a.at - b.at)
	})
	return d
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
	return compare(read(a), read(b))
}

// run is a stretch of n equal words: a's from i, b's from j.
type run struct{ i, j, n int32 }

func compare(a, b *document) (news.Overlap, bool) {
	if before(b.v, a.v) {
		a, b = b, a
	}
	runs := a.runs(b)
	if len(runs) == 0 {
		return news.Overlap{}, false
	}
	o := news.Overlap{A: a.v.Name, B: b.v.Name, Why: news.Why{Rule: "equal-words", Confidence: 1}}
	inA, inB := make([]bool, len(a.words)), make([]bool, len(b.words))
	for _, r := range runs {
		fill(inA, r.i, r.n)
		fill(inB, r.j, r.n)
	}
	for _, r := range a.passages(b, runs) {
		k := kind(a, b, r)
		if k == news.Quotation {
			r = a.atMarks(b, r)
		}
		o.Passages = append(o.Passages, news.Passage{A: a.span(r.i, r.n), B: b.span(r.j, r.n), Kind: k})
	}
	if len(o.Passages) == 0 {
		return news.Overlap{}, false
	}
	o.ProseA, o.WholeA = a.covered(inA)
	o.ProseB, o.WholeB = b.covered(inB)
	return o, true
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

func fill(in []bool, at, n int32) {
	for k := at; k < at+n; k++ {
		in[k] = true
	}
}

// runs returns all longest runs of equal words, each pair of places once.
func (a *document) runs(b *document) []run {
	var out []run
	for x, y := 0, 0; x < len(a.grams) && y < len(b.grams); {
		ha, hb := a.grams[x].hash, b.grams[y].hash
		if ha != hb { // steps, not branches: which list goes on is chance
			less := 0
			if ha < hb {
				less = 1
			}
			x, y = x+less, y+1-less
			continue
		}
		x2, y2 := x, y
		for x2 < len(a.grams) && a.grams[x2].hash == ha {
			x2++
		}
		for y2 < len(b.grams) && b.grams[y2].hash == ha {
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
func (a *document) passages(b *document, runs []run) []run {
	slices.SortFunc(runs, func(x, y run) int {
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
	usedA, usedB := make([]bool, len(a.words)), make([]bool, len(b.words))
	var out []run
	for _, r := range runs {
		from := int32(0)
		for k := int32(0); k <= r.n; k++ {
			free := k < r.n && !usedA[r.i+k] && !usedB[r.j+k]
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
	return out
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

// covered is how much of the headline and body lies in runs, in bytes of
// words: without quotations, and with them.
func (d *document) covered(in []bool) (prose, whole float64) {
	var p, pIn, w, wIn int
	for i := range d.words {
		x := &d.words[i]
		if x.flags&(outside|caption) != 0 {
			continue
		}
		n := int(x.end - x.start)
		w += n
		if in[i] {
			wIn += n
		}
		if x.flags&quoted == 0 {
			p += n
			if in[i] {
				pIn += n
			}
		}
	}
	return share(pIn, p), share(wIn, w)
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
