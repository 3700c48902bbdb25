package timex

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// piece is a token, or a part of a hyphenated one: "six-day" is two.
type piece struct {
	span     text.Span
	low      string // lower case, without the point of an abbreviation
	word     *word
	tag      news.Tag
	line     int32 // pieces with the same number stand in one part of a line
	sentence int32
	glued    bool // no space stands before it
	hyphen   bool // a hyphen or short dash joins it to the piece before
	cap      bool
	digits   bool // made of digits, with or without commas
	headline bool
	caption  bool
	present  bool // finite verb in the present
	past     bool // finite verb in a form of its own that is not the present
}

func (p *piece) is(c class) bool { return p.word.class&c != 0 }

// cut appends the pieces of the prose of v: headline, body and captions.
func cut(out []piece, v *news.Version, l *lexicon) []piece {
	zones := prose(v)
	if len(zones) == 0 {
		return out
	}
	out = slices.Grow(out, len(v.Tokens)+len(v.Tokens)/8)
	zone, sentence := 0, 0
	sentences := v.Sentences.Items
	run := int32(0) // number of sentence when none are given
	last := 0
	for i := range v.Tokens {
		t := &v.Tokens[i]
		for zone < len(zones) && zones[zone].span.End <= t.Span.Start {
			zone++
		}
		if zone == len(zones) {
			break
		}
		if !zones[zone].span.Contains(t.Span) || t.Span.Empty() {
			continue
		}
		for sentence < len(sentences) && sentences[sentence].Span.End <= t.Span.Start {
			sentence++
		}
		out = append(out, piece{span: t.Span, tag: t.Tag, line: int32(zone), sentence: int32(sentence), headline: zones[zone].label == news.Headline, caption: zones[zone].label == news.Caption})
		p := &out[len(out)-1]
		if len(sentences) == 0 {
			p.sentence = run
			if strings.IndexByte(".?!", v.Text[t.Span.Start]) >= 0 {
				run++
			}
		}
		if t.Tag == news.Verb && t.Lemma != "" {
			p.past = pastForm(t.Lower, t.Lemma)
			p.present = !p.past
		}
		p.glued = last == t.Span.Start && len(out) > 1
		last = t.Span.End
		form := t.Span.Of(v.Text)
		switch {
		case len(form) != len(t.Lower):
			// Lower case can have another length; then hyphens are looked for in
			// the text itself and the pieces are folded one by one.
			out = split(out, form, "", l)
		case hyphened(form):
			out = split(out, form, t.Lower, l)
		default:
			p.finish(form, t.Lower, 0, len(form), l)
		}
	}
	return out
}

// pastForm: a verb form that is neither the base nor ends in -s.
func pastForm(form, lemma string) bool {
	return form != lemma && form[len(form)-1] != 's'
}

type zone struct {
	span  text.Span
	label news.Label
}

// prose are the parts of lines that are read, in order.
func prose(v *news.Version) []zone {
	if len(v.Lines.Items) == 0 {
		return []zone{{text.Span{End: len(v.Text)}, news.Body}}
	}
	var out []zone
	for _, line := range v.Lines.Items {
		for _, part := range line.Pieces() {
			switch part.Label {
			case news.Headline, news.Body, news.Caption:
				out = append(out, zone{part.Span, part.Label})
			}
		}
	}
	return out
}

// hyphened reports whether a hyphen, or what may be the first byte of a dash,
// stands in s.
func hyphened(s string) bool {
	for i := range len(s) {
		if c := s[i]; c == '-' || c == "–"[0] {
			return true
		}
	}
	return false
}

// split cuts the last piece, so far that of a whole token s, at its hyphens and
// short dashes.
func split(out []piece, s, lower string, l *lexicon) []piece {
	p := out[len(out)-1]
	from := 0
	for i := 0; i < len(s); {
		n := 0
		switch s[i] {
		case '-':
			n = 1
		case "–"[0]:
			if strings.HasPrefix(s[i:], "–") || strings.HasPrefix(s[i:], "‑") {
				n = 3
			}
		}
		if n == 0 || i == 0 || i+n >= len(s) {
			i++
			continue
		}
		out[len(out)-1].finish(s, lower, from, i, l)
		p.hyphen, p.glued = true, true
		out = append(out, p)
		i += n
		from = i
	}
	out[len(out)-1].finish(s, lower, from, len(s), l)
	return out
}

// apostrophe is the plain form of a word that a curly one begins.
func apostrophe(rest string) string {
	if rest == "s" {
		return "'s"
	}
	return "'" + rest
}

// finish makes p, so far the piece of a whole token s, that of s[from:to].
func (p *piece) finish(s, lower string, from, to int, l *lexicon) {
	start := p.span.Start
	p.span = text.Span{Start: start + from, End: start + to}
	if lower != "" {
		p.low = lower[from:to]
	} else {
		p.low = strings.ToLower(strings.ReplaceAll(s[from:to], "’", "'"))
	}
	if p.low == "" {
		p.word = &unlisted
		return
	}
	if rest, ok := strings.CutPrefix(p.low, "’"); ok {
		p.low = apostrophe(rest)
	}
	if n := len(p.low) - 1; n > 0 && p.low[n] == '.' {
		p.low = p.low[:n]
	}
	first := s[from]
	switch {
	case first >= '0' && first <= '9':
		p.digits = true
		for i := from; i < to; i++ {
			if c := s[i]; (c < '0' || c > '9') && c != ',' {
				p.digits = false
				break
			}
		}
		p.word = l.look(p.low) // "9/11"
	case first < utf8.RuneSelf:
		p.cap = first >= 'A' && first <= 'Z'
		p.word = l.look(p.low)
	default:
		r, _ := utf8.DecodeRuneInString(s[from:to])
		p.cap = unicode.IsUpper(r)
		p.word = l.look(p.low)
	}
}
