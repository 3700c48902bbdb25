// Package quote finds statements and gives each to its speaker: direct, mixed
// and indirect quotes with source, cue, venue and the attribution chain.
//
// The method is a cascade of named patterns over tagged tokens, one paragraph
// at a time, after the order that works best on news: "C, S said" before
// "S said C"; then noun and infinitive frames; then quoted words that no
// pattern reached. Cues and their frames stand in cues.txt.
//
// What no pattern reaches is left to linear decisions learned from annotated
// news (learned.go). They find many attributions that state nothing: beliefs,
// wishes, judgements. Those are a layer of their own, the attitudes.
package quote

import (
	"cmp"
	"slices"
	"strconv"
	"sync"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// Find returns the quotes and the attitudes of v, each in the order of their
// contents. It needs tokens, sentences, entities and times.
func Find(v *news.Version) (quotes, attitudes news.Layer[news.Quote]) { return embedded().Find(v) }

// Find is the function Find with other weights than the program's own.
func (m *Model) Find(v *news.Version) (quotes, attitudes news.Layer[news.Quote]) {
	f := finders.Get().(*finder)
	f.begin(v, m)
	defer f.leave()
	posts, signatures := f.postsOf()
	for k, p := range f.paragraphs {
		if s, ok := posts[k]; ok {
			f.post(p, s)
		} else if !signatures[k] {
			f.paragraph(p)
		}
	}
	return news.Layer[news.Quote]{By: "quote/3", Items: f.finish()}, news.Layer[news.Quote]{By: "quote/3", Items: f.attitudes()}
}

// finders are those of texts before, whose slices are written over: for each
// token they are as large as the token itself.
var finders = sync.Pool{New: func() any { return new(finder) }}

// mostTokens is of how many tokens the slices are worth keeping: most articles
// have fewer.
const mostTokens = 1 << 14

func (f *finder) leave() {
	if len(f.v.Tokens) <= mostTokens {
		finders.Put(f)
	}
}

// begin makes f, new or used before, a finder for v.
func (f *finder) begin(v *news.Version, m *Model) {
	*f = finder{
		v: v, model: m, voice: v.Meta.OwnVoice(), paragraphs: paragraphs(f.paragraphs[:0], v), names: indexMentions(f.names[:0], v),
		marks: f.marks[:0], markOf: zeros(f.markOf, len(v.Tokens)), cues: cuesOf(f.cues, v.Tokens), look: f.look,
		out: slices.Grow(f.out[:0], len(v.Sentences.Items)/2+4), views: f.views[:0], heads: f.heads[:0],
		near: f.near, all: f.all, read: f.read, guesses: f.guesses, ranked: f.ranked, accepted: f.accepted, places: f.places, nps: f.nps, waiting: f.waiting[:0],
	}
	f.look.begin(v.Tokens, m, f.names)
	for i := range f.paragraphs {
		p := &f.paragraphs[i]
		p.marks = quoted(v.Tokens, p.tokens)
		f.enterMarks(p.marks)
		f.prose = p.last
	}
}

// zeros is n zero values, in the memory of s if that is enough.
func zeros[T any](s []T, n int) []T {
	s = slices.Grow(s[:0], n)[:n]
	clear(s)
	return s
}

// tokens is a half-open range of Version.Tokens; the zero value is empty.
type tokens struct{ first, last int }

func (r tokens) empty() bool { return r.last <= r.first }

// paragraph is one line's prose, or a part of a mixed line's.
type paragraph struct {
	tokens
	line      int
	label     news.Label
	sentences []news.Sentence
	marks     []tokens // quoted stretches, from the opening to after the closing mark
}

// mostSentences is how many sentences are read as one paragraph. A line with
// more is no paragraph but a page that lost its line breaks; it is read in
// pieces, so that the work stays linear in the length of the text.
const mostSentences = 40

// paragraphs groups the sentences of headline, body and captions by line, and
// appends the groups.
func paragraphs(out []paragraph, v *news.Version) []paragraph {
	items := v.Sentences.Items
	for i := 0; i < len(items); {
		s := items[i]
		if s.Why.Rule == "dateline" || s.Label != news.Headline && s.Label != news.Body && s.Label != news.Caption {
			i++
			continue
		}
		j := i
		for j < len(items) && j < i+mostSentences && items[j].Line == s.Line && items[j].Label == s.Label && items[j].Why.Rule != "dateline" {
			j++
		}
		out = append(out, paragraph{line: s.Line, label: s.Label, sentences: items[i:j], tokens: tokens{s.First, items[j-1].Last}})
		i = j
	}
	return out
}

// quoted pairs the quotation marks of a paragraph. Double marks may stay open
// to the end (a quote that runs on, or a lost mark); single ones must close.
func quoted(ts []news.Token, r tokens) []tokens {
	var out []tokens
	open := -1
	for i := r.first; i < r.last; i++ {
		switch {
		case ts[i].Tag == news.Open && open < 0:
			if ts[i].Lower == "'" && !closesSingle(ts, i, r.last) {
				continue
			}
			open = i
		case ts[i].Tag == news.Open && ts[open].Lower == ts[i].Lower:
			out, open = append(out, tokens{open, i}), i
		case ts[i].Tag == news.Close && open >= 0 && ts[i].Lower == ts[open].Lower:
			out, open = append(out, tokens{open, i + 1}), -1
		}
	}
	if open >= 0 && ts[open].Lower == `"` {
		out = append(out, tokens{open, r.last})
	}
	return out
}

func closesSingle(ts []news.Token, i, last int) bool {
	for j := i + 1; j < last && j < i+40; j++ {
		if ts[j].Tag == news.Close && ts[j].Lower == "'" {
			return true
		}
		if ts[j].Tag == news.Open {
			return false
		}
	}
	return false
}

// found is an attribution before its speaker and chain are known.
type found struct {
	content, source, cue tokens
	venue                tokens
	when                 news.When
	rule                 string
	confidence           float64
	belief               bool
	strong               bool // a verb of saying with a clause, not a reaction
	id                   int
	continuation         int // id of the finding it goes on from, 0 if none
	outer                tokens
	via                  []found
	opening              bool   // a link of a chain that stands at the head of the sentence
	inherit              int    // id of the finding whose speaker it takes, 0 if none
	more                 tokens // of a learned finding: the rest of its content, after the cue
}

// finder carries what is known while the paragraphs are read in order.
type finder struct {
	v     *news.Version
	names []named
	seq   int // number of findings so far
	out   []quoteAt
	para  *paragraph // the one that is read now

	marks  []tokens // quoted stretches of all paragraphs read so far
	markOf []int32  // for each token the number, from 1, of the stretch it lies in

	cues []frames // for each token its frames as a verb of saying

	model      *Model
	look       lookout
	paragraphs []paragraph
	prose      int          // the end of the last paragraph
	voice      []string     // the chain of the page's own voice
	views      []news.Quote // the attitudes
	heads      []int        // for each one the one it goes on from, -1 if none
	teach      func(paragraph, []found)

	near []named // reused by overlapping
	all  []found // reused by paragraph
	read []found // reused by sentence

	guesses  []guess  // reused by guess
	ranked   []int    // reused by accept
	accepted []found  // reused by accept
	places   []int    // reused by nearPlaces and farPlaces
	nps      []tokens // reused by phrases

	waiting []paragraph // quotations that stayed open, before their speaker is named
}

// cuesOf looks every word up once; most are asked for many times. The frames
// are written over out.
func cuesOf(out []frames, ts []news.Token) []frames {
	lex, out := lexicon(), zeros(out, len(ts))
	for i := range ts {
		switch t := &ts[i]; t.Tag {
		case news.Verb, news.PastPart, news.Ing, news.Inf, news.Aux:
			out[i] = lex.cues.At(t.Lemma)
		case news.Noun, news.Name: // headlines, tagging slips: only plain forms
			if next := i + 1; t.Lower != t.Lemma && t.Tag == news.Noun && next < len(ts) && (t.Lower == "shows" || t.Lower == "states") && ts[next].Lower == "that" ||
				t.Lower == "show" && t.Tag == news.Noun && next < len(ts) && (ts[next].Lower == "that" || ts[next].Lower == "." && i > 1) ||
				t.Lower == "reports" && t.Tag == news.Noun && i > 0 && next < len(ts) && (ts[i-1].Lower == "," || ts[i-1].Tag == news.Close) && (ts[next].Tag == news.Det || ts[next].Tag == news.Name) {
				out[i] = lex.cues.At(t.Lemma)
			}
			if t.Lower == "say" && i > 0 && i+1 < len(ts) && (ts[i-1].Lower == "media" || ts[i-1].Lower != ts[i-1].Lemma) && ts[i+1].Tag == news.Punct || t.Lower == "says" || t.Lower == "said" || t.Lower == "tells" || t.Lower == "warns" {
				out[i] = lex.cues.At(t.Lemma)
			}
		}
	}
	return out
}

// enterMarks makes the quoted stretches of a paragraph known by their tokens.
func (f *finder) enterMarks(marks []tokens) {
	for _, m := range marks {
		f.marks = append(f.marks, m)
		for i := m.first; i < m.last; i++ {
			f.markOf[i] = int32(len(f.marks))
		}
	}
}

// within reports whether token i stands inside quotation marks; the closing
// mark does, the opening one does not.
func (f *finder) within(i int) bool {
	n := f.markOf[i]
	return n > 0 && f.marks[n-1].first < i
}

// markAt returns the quoted stretch that opens at token i.
func (f *finder) markAt(i int) (tokens, bool) {
	if n := f.markOf[i]; n > 0 && f.marks[n-1].first == i {
		return f.marks[n-1], true
	}
	return tokens{}, false
}

// quoteAt is a quote with what later paragraphs may ask of it.
type quoteAt struct {
	news.Quote
	found
	line    int
	speaker news.EntityType

	goesOnFrom, nestedIn int // numbers of findings, 0 if none
}

func (f *finder) paragraph(p paragraph) {
	all := f.all[:0]
	for _, s := range p.sentences {
		n := len(all)
		all = append(all, f.sentence(p, s)...)
		if n > 0 && len(all) == n {
			f.citesOnly(p, s, &all[n-1])
		}
	}
	f.all = all[:0]
	all = merge(all)
	if f.teach != nil {
		f.teach(p, all)
	}
	all, attitudes := f.statements(p, all, f.learned(p, all))
	all = f.unattributed(p, all)
	if len(all) == 0 && f.staysOpen(p) {
		f.waiting = append(f.waiting, p)
		return
	}
	if ahead := f.speakerAhead(p, all); len(ahead) > 0 {
		all = append(ahead, all...)
	}
	slices.SortStableFunc(all, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.content.first, b.content.first), cmp.Compare(b.content.last, a.content.last))
	})
	from := len(f.out)
	for _, a := range all {
		f.add(p, a, from)
	}
	for _, a := range attitudes {
		f.view(p, a)
	}
}

// staysOpen reports whether the paragraph is one quotation that does not
// close: the next one goes on with it, and may name the speaker.
func (f *finder) staysOpen(p paragraph) bool {
	if len(p.marks) != 1 || len(f.waiting) == 8 {
		return false
	}
	m := p.marks[0]
	return m == p.tokens && f.v.Tokens[m.last-1].Tag != news.Close && f.v.Tokens[m.first].Lower == `"` && m.last-m.first > 4
}

// speakerAhead gives the quotations that waited for their speaker to the one
// of the quotation with which p begins.
func (f *finder) speakerAhead(p paragraph, all []found) []found {
	var out []found
	for _, a := range all {
		if len(f.waiting) == 0 || a.content.first != p.first || f.v.Tokens[p.first].Tag != news.Open || a.continuation != 0 {
			continue
		}
		for _, w := range f.waiting {
			f.seq++
			b := a
			b.id, b.content, b.rule, b.confidence = f.seq, w.marks[0], "speaker of the paragraph after", 0.8
			out = append(out, b)
		}
		break
	}
	f.waiting = f.waiting[:0]
	return out
}

// byContent is the order of n findings by the place of their contents; of two
// that begin together the longer one comes first.
func byContent(n int, content func(i int) text.Span) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := content(a), content(b)
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(y.End, x.End))
	})
	return order
}

// finish numbers the quotes and returns them in order.
func (f *finder) finish() []news.Quote {
	order := byContent(len(f.out), func(i int) text.Span { return f.out[i].Content })
	ids := make([]string, f.seq+1) // by the number of the finding
	for n, i := range order {
		ids[f.out[i].found.id] = "q" + strconv.Itoa(n+1)
	}
	out := make([]news.Quote, 0, len(order))
	for _, i := range order {
		o := &f.out[i]
		q := o.Quote
		q.ID, q.ContinuationOf, q.NestedIn = ids[o.found.id], ids[o.goesOnFrom], ids[o.nestedIn]
		out = append(out, q)
	}
	return out
}

func (f *finder) span(r tokens) text.Span {
	if r.empty() {
		return text.Span{}
	}
	ts := f.v.Tokens
	return text.Span{Start: ts[r.first].Span.Start, End: ts[r.last-1].Span.End}
}
