// Package segment cuts a text into sentences and tokens, and gives each token
// a coarse part of speech from word lists and endings.
package segment

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// Find returns the tokens and sentences of v. Every piece of a line is cut,
// furniture too; Sentence.Label tells them apart. A dateline is a sentence of
// its own (rule "dateline"). A sentence never crosses a line, and a token
// never crosses a sentence.
func Find(v *news.Version) ([]news.Token, news.Layer[news.Sentence]) {
	lines := v.Lines.Items
	if len(lines) == 0 {
		lines = bareLines(v.Text)
	}
	room := rooms.Get().(*room)
	defer room.leave()
	tokens, sentences := slices.Grow(room.tokens[:0], len(v.Text)/5), room.sentences[:0]
	var low strings.Builder // words that have capitals, an eighth of most texts
	low.Grow(len(v.Text) / 7)
	var dateline text.Span
	if v.Meta.Dateline != nil {
		dateline = v.Meta.Dateline.Span
	}
	for i, l := range lines {
		for _, p := range l.Pieces() {
			piece := p.Span
			if !dateline.Empty() && piece.Contains(dateline) {
				first := len(tokens)
				tokens = tokenize(tokens, v.Text, &low, dateline)
				if len(tokens) > first {
					sentences = append(sentences, news.Sentence{
						Span: dateline, Line: i, Label: p.Label, First: first, Last: len(tokens),
						Why: news.Why{Rule: "dateline", Confidence: 1},
					})
				}
				piece.Start = dateline.End
			}
			first := len(tokens)
			tokens = tokenize(tokens, v.Text, &low, piece)
			sentences = split(sentences, v.Text, tokens, first, i, p.Label)
		}
	}
	for i := range sentences {
		tag(v.Text, tokens[sentences[i].First:sentences[i].Last], sentences[i].Label)
	}
	room.tokens, room.sentences = tokens, sentences
	return copied(tokens), news.Layer[news.Sentence]{By: "segment/1", Items: copied(sentences)}
}

// room is where tokens and sentences grow until their number is known; what is
// returned has no more memory than it needs.
type room struct {
	tokens    []news.Token
	sentences []news.Sentence
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// worthKeeping is of how many tokens a room is: most articles have fewer.
const worthKeeping = 1 << 14

func (r *room) leave() {
	if cap(r.tokens) <= worthKeeping {
		rooms.Put(r)
	}
}

func copied[T any](s []T) []T {
	out := make([]T, len(s))
	copy(out, s)
	return out
}

// bareLines takes every non-empty line for body: what is left to do when no
// header was read.
func bareLines(src string) []news.Line {
	var out []news.Line
	start, number := 0, 1
	for start <= len(src) {
		end := strings.IndexByte(src[start:], '\n')
		if end < 0 {
			end = len(src) - start
		}
		s := text.Span{Start: start, End: start + end}.TrimSpace(src)
		if !s.Empty() {
			out = append(out, news.Line{Number: number, Label: news.Body, Span: s})
		}
		start, number = start+end+1, number+1
	}
	return out
}

// mostTokens is the length at which a sentence is cut in any case. What is
// longer is a table or a text without full stops; later stages may look at
// every pair of words of a sentence, so its length must have a bound.
const mostTokens = 250

// split cuts tokens[first:] into sentences and appends them.
func split(out []news.Sentence, src string, tokens []news.Token, first, line int, label news.Label) []news.Sentence {
	emit := func(a, b int, rule string) {
		if b > a {
			out = append(out, news.Sentence{
				Span: text.Span{Start: tokens[a].Span.Start, End: tokens[b-1].Span.End},
				Line: line, Label: label, First: a, Last: b, Why: news.Why{Rule: rule, Confidence: 1},
			})
		}
	}
	begin := first
	for i := first; i < len(tokens); i++ {
		rule := endsSentence(&tokens[i])
		if rule == "" {
			if i+1-begin >= mostTokens {
				emit(begin, i+1, "too long")
				begin = i + 1
			}
			continue
		}
		end := i + 1
		for end < len(tokens) && closes(&tokens[end]) && !gap(tokens, end-1) {
			end++
		}
		if end < len(tokens) && !opensSentence(src, tokens, end, rule) {
			continue
		}
		emit(begin, end, rule)
		begin, i = end, end-1
	}
	emit(begin, len(tokens), "line end")
	return out
}

// endsSentence names the reason why a sentence could end with t, "" if it
// cannot.
func endsSentence(t *news.Token) string {
	switch {
	case t.Tag == news.Punct && (t.Lower == "." || t.Lower == "?" || t.Lower == "!" || t.Lower == "..." || strings.HasPrefix(t.Lower, "..")):
		return "full stop"
	case strings.HasSuffix(t.Lower, ".") && len(t.Lower) > 1:
		word := strings.TrimSuffix(t.Lower, ".")
		if lexicon().abbreviations[word].ends {
			return "abbreviation at the end"
		}
	}
	return ""
}

// opensSentence reports whether tokens[i] can begin a sentence after a mark
// found by rule.
func opensSentence(src string, tokens []news.Token, i int, rule string) bool {
	if !gap(tokens, i-1) {
		return false
	}
	t := &tokens[i]
	if t.Tag == news.Open || t.Lower == "(" || t.Lower == "[" {
		if i+1 == len(tokens) {
			return true
		}
		t = &tokens[i+1]
	}
	r, _ := utf8.DecodeRuneInString(src[t.Span.Start:])
	if rule == "abbreviation at the end" {
		// "the U.S. The" is an end, "the U.S. Senate" is none
		return unicode.IsUpper(r) && lexicon().at(t.Lower).starter
	}
	return unicode.IsUpper(r) || unicode.IsDigit(r) || t.Tag == news.Open || t.Lower == "-" || t.Lower == "•" ||
		unicode.IsLetter(r) && !unicode.IsLower(r) || r == '@' || r == '#' || r == '$'
}

func closes(t *news.Token) bool {
	return t.Tag == news.Close || t.Lower == ")" || t.Lower == "]" || t.Tag == news.Poss && t.Lower == "'"
}

// gap reports whether white space follows tokens[i].
func gap(tokens []news.Token, i int) bool {
	return i+1 < len(tokens) && tokens[i+1].Span.Start > tokens[i].Span.End
}
