package polnear

import (
	"fmt"
	"strings"

	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// This file sorts what went wrong into classes that a person can read one after
// the other.

// missed names the class of an attribution that the program does not have.
func (s *scorer) missed(g Attribution, found []Attribution) string {
	for _, f := range found {
		if common(g.Cue, f.Cue) > 0 {
			return "miss: cue found, content elsewhere"
		}
	}
	return "miss: " + s.sortOf(g.Cue)
}

// alarm names the class of an attribution that the gold does not have.
func (s *scorer) alarm(f Attribution, gold []Attribution) string {
	for _, g := range gold {
		if common(g.Cue, f.Cue) > 0 {
			return "false alarm: right cue, content elsewhere"
		}
	}
	return "false alarm: " + s.sortOf(f.Cue)
}

// sortOf tells what sort of words a cue is made of: by its verb, noun or
// adjective, whichever comes first in this order.
func (s *scorer) sortOf(cue []text.Span) string {
	if len(cue) == 0 {
		return "no cue"
	}
	verb, noun, adjective := false, false, false
	for i := range s.tokens {
		if common(cue, []text.Span{s.tokens[i].Span}) == 0 {
			continue
		}
		switch s.tokens[i].Tag {
		case news.Verb, news.Ing, news.Inf, news.PastPart:
			verb = true
		case news.Noun, news.Name:
			noun = true
		case news.Adj:
			adjective = true
		}
	}
	switch {
	case verb && noun:
		return "cue of a verb and a noun"
	case verb:
		return "cue verb"
	case noun:
		return "cue noun"
	case adjective:
		return "cue adjective"
	}
	return "other cue word"
}

// thatApart is the class of contents that differ by a "that" before the clause.
const thatApart = `content: "that" apart`

// bounds names the class of a content that is not exact.
func bounds(gold, found []text.Span, src string) string {
	g, f := bare(gold, src), bare(found, src)
	switch {
	case len(g) == 0 || len(f) == 0:
		return "content: nothing but marks"
	case len(g) != len(f):
		return fmt.Sprintf("content: %d parts, not %d", min(len(f), 3), min(len(g), 3))
	}
	begins, ends := g[0].Start == f[0].Start, g[len(g)-1].End == f[len(f)-1].End
	switch {
	case !begins && ends && strings.EqualFold(strings.TrimSpace(src[min(g[0].Start, f[0].Start):max(g[0].Start, f[0].Start)]), "that"):
		return thatApart
	case begins && ends:
		return "content: another gap"
	case ends:
		return "content: another beginning"
	case begins && f[len(f)-1].End > g[len(g)-1].End:
		return "content: ends too late"
	case begins:
		return "content: ends too early"
	}
	return "content: another beginning and end"
}

func (s *scorer) problem(what string, d Document, at []text.Span, format string, args ...any) {
	whole := text.Span{}
	for _, x := range at {
		whole = whole.Union(x)
	}
	s.report.Problems = append(s.report.Problems, measure.Problem{
		What: what, Doc: d.Name, Text: measure.Around(d.Text, whole) + "  " + fmt.Sprintf(format, args...),
	})
}
