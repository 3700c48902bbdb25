// Package furniture remembers what a host prints around its reports.
//
// A page alone does not always show what is the article and what the site put
// beside it; many pages of one host do. Three steps, each a pure function, keep
// the memory:
//
//	PageOf   a version -> its lines at head and tail, as fingerprints
//	Told     the pages of copies -> the lines that several hosts print
//	Fold     the pages of a host -> for each, the lines that stand around others too
//
// A line counts once for each family of reports (copies, updates, versions of
// one address), so that a live page that is posted thirty times, or an agency's
// report that comes in twenty versions, does not make furniture of its own
// words.
package furniture

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/tracewire/tracewire/internal/news"
)

// Bounds of what is remembered of a page. With them a page takes at most about
// 2 KB, and the pages on which a verdict rests (window) about 1 MB; real pages
// have some twenty such lines and take a fifth of that.
const (
	edgeLines  = 64  // lines at either end
	edgeProse  = 3   // paragraphs of the body behind which the edge ends
	lineBytes  = 600 // a longer line is a paragraph of one report
	proseBytes = 70  // a shorter line of the body is no paragraph
	topicWords = 12
)

// Page is what is remembered of a version.
type Page struct {
	Host      string
	Published int32  // days since 1970, 0 if unknown
	Seen      int32  // the day it was fetched, in the same count
	Article   uint64 // of its address, 0 without one
	Author    uint64 // who alone signed it, 0 for nobody or several
	Topics    []Topic
	Lines     []Line // at head and tail
}

// Topic is a word that comes back in the body.
type Topic struct {
	Word  uint64
	Lines int // in which it stands
}

// Line is a line at the head or the tail of a page.
type Line struct {
	Key    uint64 // of its words, see keyOf
	Number int    // as in news.Line
	Bytes  int
	// Before and After are the paragraphs of the body on either side; one more
	// than edgeProse means many.
	Before, After uint8
	Shown         bool   // taken for body, headline or caption: what a reader gets to see
	Topics        uint16 // a bit for each of Page.Topics that stands in it
}

// PageOf reads what is remembered of v. ok is false for a text whose host is
// not known.
func PageOf(v *news.Version) (p Page, ok bool) {
	if p.Host = hostOf(v); p.Host == "" {
		return p, false
	}
	p.Published = dayOf(v.Meta.Published.Value)
	if !v.Given.Fetched.IsZero() {
		p.Seen = int32(v.Given.Fetched.UTC().Unix() / (24 * 60 * 60))
	}
	if v.Given.URL != "" {
		p.Article = hashOf(v.Given.URL)
	}
	p.Author = authorOf(v.Meta.Bylines)
	p.Lines = linesOf(v)
	p.findTopics(v)
	return p, true
}

// hostOf is the host of the address, else the outlet that the sender gave,
// else the one that the page itself names.
func hostOf(v *news.Version) string {
	_, host, ok := strings.Cut(v.Given.URL, "://")
	if ok {
		host, _, _ = strings.Cut(host, "/")
		host, _, _ = strings.Cut(host, "?")
		host = host[strings.LastIndexByte(host, '@')+1:]
		host, _, _ = strings.Cut(host, ":")
	}
	if host = strings.TrimPrefix(strings.ToLower(host), "www."); host != "" {
		return host
	}
	if v.Given.Outlet != "" {
		return strings.ToLower(v.Given.Outlet)
	}
	if o := v.Meta.Outlet; o.From == "text" && o.Value != v.Meta.Agency.Value {
		return strings.ToLower(o.Value)
	}
	return ""
}

func dayOf(iso string) int32 {
	t, err := time.Parse(time.DateOnly, iso[:min(len(iso), len(time.DateOnly))])
	if err != nil {
		return 0
	}
	return int32(t.Unix() / (24 * 60 * 60))
}

func authorOf(all []news.Byline) uint64 {
	name := ""
	for _, b := range all {
		if b.Role != "author" || b.Name == "" || strings.EqualFold(b.Name, name) {
			continue
		}
		if name != "" {
			return 0
		}
		name = b.Name
	}
	if name == "" {
		return 0
	}
	return hashOf(strings.ToLower(name))
}

// linesOf lists the lines before the fourth paragraph of the body and behind
// the fourth from its end.
func linesOf(v *news.Version) []Line {
	all := v.Lines.Items
	paragraphs := 0
	for i := range all {
		if isParagraph(&all[i]) {
			paragraphs++
		}
	}
	// An edge ends where its lines or its paragraphs are used up, so that a
	// page of ten thousand lines costs no more than one of a hundred.
	head, before := 0, 0
	for head < len(all) && head < edgeLines && before <= edgeProse {
		if isParagraph(&all[head]) {
			before++
		}
		head++
	}
	tail, after := len(all), 0
	for tail > head && len(all)-tail < edgeLines && after <= edgeProse {
		tail--
		if isParagraph(&all[tail]) {
			after++
		}
	}
	out := make([]Line, 0, head+len(all)-tail)
	before = 0
	add := func(i, before int) {
		l := &all[i]
		own := 0
		if isParagraph(l) {
			own = 1
		}
		if l.Span.Len() > lineBytes {
			return
		}
		key, ok := keyOf(l.Span.Of(v.Text))
		if !ok {
			return
		}
		out = append(out, Line{
			Key: key, Number: l.Number, Bytes: l.Span.Len(),
			Before: uint8(min(before, edgeProse+1)), After: uint8(min(paragraphs-before-own, edgeProse+1)),
			Shown: l.Label == news.Body || l.Label == news.Headline || l.Label == news.Caption,
		})
	}
	for i := range head {
		add(i, before)
		if isParagraph(&all[i]) {
			before++
		}
	}
	before = paragraphs - after
	for i := tail; i < len(all); i++ {
		add(i, before)
		if isParagraph(&all[i]) {
			before++
		}
	}
	return out
}

func isParagraph(l *news.Line) bool { return l.Label == news.Body && l.Span.Len() >= proseBytes }

// findTopics notes the nouns and names that stand in two lines of the body or
// more: by them the pages of one happening, or of one standing feature, are
// known when no copying shows it.
func (p *Page) findTopics(v *news.Version) {
	type occurrence struct {
		word uint64
		line int
	}
	var all []occurrence
	for i := range v.Sentences.Items {
		s := &v.Sentences.Items[i]
		if s.Label != news.Body {
			continue
		}
		for k := s.First; k < s.Last; k++ {
			if t := &v.Tokens[k]; (t.Tag == news.Noun || t.Tag == news.Name) && len(t.Lower) > 3 {
				all = append(all, occurrence{hashOf(t.Lower), s.Line})
			}
		}
	}
	slices.SortFunc(all, func(a, b occurrence) int { return cmp.Or(cmp.Compare(a.word, b.word), a.line-b.line) })
	all = slices.Compact(all)
	type run struct{ from, to int } // of one word
	var runs []run
	for i := 0; i < len(all); {
		from := i
		for i < len(all) && all[i].word == all[from].word {
			i++
		}
		if i-from > 1 {
			runs = append(runs, run{from, i})
		}
	}
	slices.SortStableFunc(runs, func(a, b run) int { return (b.to - b.from) - (a.to - a.from) })
	at := make(map[int]int, len(p.Lines)) // number of a line -> place in p.Lines
	for k := range p.Lines {
		at[p.Lines[k].Number] = k
	}
	for bit, r := range runs[:min(len(runs), topicWords)] {
		p.Topics = append(p.Topics, Topic{all[r.from].word, r.to - r.from})
		for _, o := range all[r.from:r.to] {
			if k, ok := at[v.Lines.Items[o.line].Number]; ok {
				p.Lines[k].Topics |= 1 << bit
			}
		}
	}
}

// hashOf leaves eight bits free, so that a number takes eight bytes when it is
// written.
func hashOf[T string | []byte](s T) uint64 {
	h := uint64(14695981039346656037) // FNV-1a
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h >> 8
}
