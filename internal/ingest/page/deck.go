package page

import "strings"

// Lengths of a deck in bytes: what is shorter is a label, what is longer a
// paragraph.
const (
	shortestDeck = 30
	longestDeck  = 500
	deckReach    = 8 // blocks between the headline and its deck
)

// deckOf finds the summary under the headline: a block before the text that is
// named so, or that the mark-up's description repeats; and if none is
// printed, the description, unless it is only a part of the body. The block is
// labelled.
func (s *scene) deckOf(f *facts, blocks []Block, body string) string {
	said := first(f.article.Description, f.description())
	h := s.headlineBlock()
	for i := max(0, h+1); i < len(s.blocks) && i <= h+deckReach; i++ {
		line := s.string(i)
		b := &s.blocks[i]
		x := &s.spans[b.in]
		switch {
		case len(line) < shortestDeck || len(line) > longestDeck || s.aside(i) || x.hints&s.layout.kinds.caption != 0 || letters(line) == s.title:
			continue
		case x.own&s.layout.kinds.lead != 0, isHeading(x.tag), said != "" && sameStart(line, said) && !s.followsOn(i):
		default:
			continue
		}
		for k := range blocks {
			if blocks[k].Text == line {
				blocks[k].Label = Deck
				break
			}
		}
		return line
	}
	if len(said) < shortestDeck || len(said) > longestDeck || inText(said, body) {
		return ""
	}
	return said
}

// inText: content systems fill the description from the first paragraphs,
// often behind a by-line or a stamp that is no part of them.
func inText(said, body string) bool {
	const skip, compared = 30, 60 // letters
	x, text := letters(strings.TrimRight(said, " .…[]")), letters(body[:min(len(body), 8<<10)])
	if strings.Contains(text, x) {
		return true
	}
	if len(x) < skip+compared {
		return false
	}
	return strings.Contains(text, x[skip:skip+compared])
}

// followsOn tells whether a block is the first of a run of paragraphs of the
// same element: the lede, which descriptions repeat as well.
func (s *scene) followsOn(i int) bool {
	if i+1 >= len(s.blocks) {
		return false
	}
	a, b := &s.spans[s.blocks[i].in], &s.spans[s.blocks[i+1].in]
	return a.tag == b.tag && a.parent == b.parent
}

// sameStart compares the first words of two summaries: one is cut off in many
// a mark-up.
func sameStart(a, b string) bool {
	x, y := letters(a), letters(strings.TrimRight(b, " .…[]"))
	n := min(len(x), len(y))
	return n >= shortestDeck*2/3 && x[:n] == y[:n]
}
