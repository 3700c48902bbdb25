// Package page reads the article out of an HTML page: its text, one line a
// block with an empty line between blocks, and what the mark-up says of it.
//
// The page is parsed in one pass (parse), laid out as a row of blocks
// (findBlocks), and a small linear model tells which of them are text of the
// article (scores). No step recurses, and none costs more than linear time.
package page

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/abadojack/whatlanggo"
	"golang.org/x/net/html/atom"

	"github.com/tracewire/tracewire/internal/news"
	txt "github.com/tracewire/tracewire/internal/text"
)

// MaxBytes is the largest page that is parsed. Larger ones are hardly ever
// articles.
const MaxBytes = 8 << 20

// Page is what was read.
type Page struct {
	Text   string  // the headline and the body; "" when the page has no text of its own
	Body   string  // without the headline
	Blocks []Block // of the article, captions among them, in the order of the page
	Given  news.Given
	Rule   string // how the text was found: "page.blocks", "page.densest", "page.json-ld"
}

// Block is a line of the article with its place on the page.
type Block struct {
	Label  Label
	Text   string
	At     txt.Span // bytes of Page.Text; empty for what is no part of it
	OnPage txt.Span // bytes of the page, mark-up inside the line among them
}

// Label tells what a block is.
type Label string

// The labels. Captions, bylines and dates are no part of Page.Body.
const (
	Headline Label = "headline"
	Deck     Label = "deck"
	Subhead  Label = "subhead"
	Byline   Label = "byline"
	Date     Label = "timestamp"
	Text     Label = "text"
	Item     Label = "item" // of a list
	Table    Label = "table"
	Quote    Label = "quote"
	Caption  Label = "caption"
)

// ErrTooLarge is for pages above MaxBytes.
var ErrTooLarge = errors.New("the page is too large")

// Read reads a page in UTF-8. address is where it came from, "" if unknown.
func Read(src, address string) (Page, error) {
	if len(src) > MaxBytes {
		return Page{}, fmt.Errorf("%w: %d bytes, limit %d", ErrTooLarge, len(src), MaxBytes)
	}
	s, facts := look(src)
	p := Page{Given: facts.given(s, address), Rule: "page.blocks"}
	kept := s.chosen(weights().scores(s))
	if kept == nil {
		kept = s.densest()
		p.Rule = "page.densest"
	}
	p.Given.Paywalled = facts.paywalled() || s.walled(kept)
	var lines []string
	var of []int // for each line the block that it is, -1 for none
	for i, keep := range kept {
		label := s.label(i, p.Given.Headline)
		if keep && label == Caption && s.spans[s.blocks[i].in].tag != atom.Figcaption {
			label = Text // the model knows better than the name
		}
		if label == Caption && (keep || s.inBest(i)) || label == Headline || keep {
			p.Blocks = append(p.Blocks, Block{Label: label, Text: s.string(i), OnPage: s.source(i)})
		}
		switch {
		case label == Date || label == Caption:
		default:
			if keep && (len(lines) == 0 || lines[len(lines)-1] != s.string(i)) {
				lines = append(lines, s.string(i))
				of = append(of, len(p.Blocks)-1)
			}
		}
	}
	// Pages that are built by scripts have their text only in JSON-LD.
	if body := facts.body; len(body) > 200 && size(lines) < len(body)/2 {
		p.Rule, p.Blocks = "page.json-ld", nil
		lines, of = splitLines(body), nil
	}
	p.Body = join(lines)
	if len(lines) > 0 && p.Given.Headline != "" && !startsWith(lines, p.Given.Headline) {
		lines = append([]string{p.Given.Headline}, lines...)
		of = append([]int{headlineBlock(p.Blocks)}, of...)
	}
	p.Text = join(lines)
	p.place(lines, of)
	p.Given.Deck = s.deckOf(facts, p.Blocks, p.Body)
	if p.Given.Language == "" && len(p.Body) >= 400 {
		p.Given.Language = whatlanggo.DetectLang(p.Body).Iso6391()
	}
	detach(&p.Given)
	return p, nil
}

// detach gives what the page says of itself memory of its own: cut out of the
// source, a word of ten bytes would keep the whole page alive.
func detach(g *news.Given) {
	for _, s := range []*string{&g.URL, &g.Outlet, &g.Headline, &g.Deck, &g.Section, &g.Agency, &g.Language} {
		*s = strings.Clone(*s)
	}
	for i := range g.Bylines {
		g.Bylines[i] = strings.Clone(g.Bylines[i])
	}
	for i := range g.Dates {
		d := &g.Dates[i]
		d.From, d.Role, d.Value = strings.Clone(d.From), strings.Clone(d.Role), strings.Clone(d.Value)
	}
}

// place tells the blocks where they stand in the text; of names the block of
// each line.
func (p *Page) place(lines []string, of []int) {
	at := 0
	for k, b := range of {
		if b >= 0 {
			p.Blocks[b].At = txt.Span{Start: at, End: at + len(lines[k])}
		}
		at += len(lines[k]) + len(between)
	}
}

// headlineBlock is the block that is the headline, -1 if none is.
func headlineBlock(blocks []Block) int {
	return slices.IndexFunc(blocks, func(b Block) bool { return b.Label == Headline })
}

// chosen are the blocks that the model takes for text, nil if there are none
// to speak of.
func (s *scene) chosen(scores []float32) []bool {
	kept := make([]bool, len(scores))
	var sum int32
	for i, x := range scores {
		kept[i] = x > 0
		if kept[i] {
			sum += s.blocks[i].weight
		}
	}
	for _, o := range s.others {
		clear(kept[o.first:o.last])
	}
	if sum < 60 {
		return nil
	}
	return kept
}

// densest is for pages too small or too odd for the model: what is no link
// inside the densest element.
func (s *scene) densest() []bool {
	kept := make([]bool, len(s.blocks))
	if s.best < 0 {
		return kept
	}
	x := &s.spans[s.best]
	noise := noiseBits()
	for i := x.first; i < x.last; i++ {
		b := &s.blocks[i]
		kept[i] = b.links*2 <= b.weight && s.spans[b.in].hints&noise == 0 && (b.prose || b.weight >= 8)
	}
	return kept
}

// walled: a block of a name that speaks of logging in or paying stands behind a
// text so short that it can only be its beginning.
func (s *scene) walled(kept []bool) bool {
	var sum int32
	last := -1
	for i, k := range kept {
		if k {
			sum += s.blocks[i].weight
			last = i
		}
	}
	if last < 0 || sum > 1500 {
		return false
	}
	for i := last + 1; i < min(len(s.blocks), last+6); i++ {
		if s.spans[s.blocks[i].in].hints&s.layout.kinds.login != 0 && s.phrases[i]&subscribeBit() != 0 {
			return true
		}
	}
	return false
}

func (s *scene) inBest(i int) bool {
	return s.best >= 0 && int(s.spans[s.best].first) <= i && i < int(s.spans[s.best].last)
}

func (s *scene) label(i int, headline string) Label {
	b := &s.blocks[i]
	x := &s.spans[b.in]
	line := s.string(i)
	switch {
	case isHeading(x.tag) && strings.EqualFold(line, headline):
		return Headline
	case x.tag == atom.Figcaption || x.hints&s.layout.kinds.caption != 0 && b.words < 60 && !b.prose:
		return Caption
	case b.words <= 8 && b.digits > 0 && onlyDate(line):
		return Date
	case isHeading(x.tag):
		return Subhead
	case x.tag == atom.Li || x.tag == atom.Dd || x.tag == atom.Dt:
		return Item
	case isTablePart(x.tag):
		return Table
	case x.tag == atom.Blockquote || x.parent >= 0 && s.spans[x.parent].tag == atom.Blockquote:
		return Quote
	}
	return Text
}

// source is the place of a block on the page.
func (s *scene) source(i int) txt.Span {
	first := s.blocks[i].node
	last := first
	end := int32(len(s.doc.nodes))
	if i+1 < len(s.blocks) {
		end = s.blocks[i+1].node
	}
	if in := s.spans[s.blocks[i].in].node; in >= 0 {
		end = min(end, s.doc.nodes[in].end)
	}
	for k := first; k < end; k++ {
		if s.doc.nodes[k].kind == words {
			last = k
		}
	}
	return txt.Span{Start: int(s.doc.nodes[first].start), End: int(s.doc.nodes[last].stop)}
}

// startsWith tells whether the headline stands among the first lines already.
func startsWith(lines []string, headline string) bool {
	for _, l := range lines[:min(len(lines), 6)] {
		if strings.EqualFold(l, headline) {
			return true
		}
	}
	return false
}

func size(lines []string) (n int) {
	for _, l := range lines {
		n += len(l)
	}
	return n
}

func splitLines(s string) []string {
	var out []string
	for l := range strings.SplitSeq(s, "\n") {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// between stands between two lines of a text.
const between = "\n\n"

func join(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, between) + "\n"
}
