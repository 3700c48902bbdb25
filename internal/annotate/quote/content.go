package quote

import (
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// This file finds where the content of a statement begins and ends.

// contentStart returns where a statement that ends at end begins: at its
// opening mark when it is all quoted, else at the start of its sentence.
func (c *clauseReader) contentStart(end int) int {
	start := c.first
	if end > c.p.first && c.ts[end-1].Tag == news.Close {
		for _, m := range c.p.marks {
			if m.last == end {
				start = min(start, m.first)
				if m.first > c.first && c.boundary(m.first-1) {
					return m.first
				}
			}
		}
		if start < c.first {
			// the quotation began in an earlier sentence; it may stand inside
			// a clause of that sentence
			for _, s := range c.p.sentences {
				if s.First <= start && start < s.Last {
					if s.First < start && !c.boundary(start-1) {
						return s.First
					}
					return start
				}
			}
		}
	}
	// skip "But", "And", "However," and list dots at the beginning
	for start < end && (c.ts[start].Tag == news.Conj || c.ts[start].Tag == news.Punct) {
		start++
	}
	if start+1 < end && c.ts[start].Lower == "however" && c.ts[start+1].Lower == "," {
		start += 2
	}
	return start
}

// boundary reports whether a new statement can begin after token i.
func (c *clauseReader) boundary(i int) bool {
	t := &c.ts[i]
	return t.Tag == news.Punct && t.Lower != "(" && t.Lower != "/" && t.Lower != "," || t.Tag == news.Close
}

// contentEnd returns where the statement that begins at i ends.
func (c *clauseReader) contentEnd(i int) int {
	for at := i; at < c.last; at++ {
		if m, ok := c.f.markAt(at); ok {
			// a quoted part is taken whole; with its comma inside it may end
			// the statement
			at = min(m.last, c.p.last) - 1
			if at >= c.last-1 {
				return max(at+1, i)
			}
			inner := &c.ts[at-1]
			next := &c.ts[at+1]
			if next.Lower == "which" || next.Tag == news.Prep && c.venueWord(at+2) && at+2 < c.last {
				return at + 1
			}
			if inner.Lower == "," && next.Tag != news.Verb && next.Tag != news.Conj {
				return at + 1
			}
			continue
		}
		t := &c.ts[at]
		if at > i && c.ownAttribution(at) {
			return c.trimRight(at)
		}
		if t.Lower == "," && at+1 < c.last && c.aside(at+1) {
			return at
		}
		if at > i+2 && at+2 < c.last && (t.Lower == "," || t.Tag == news.Conj) && c.otherSpeaker(at+1, t.Tag == news.Conj) {
			return c.trimRight(at)
		}
		if t.Tag == news.Conj && at+1 < c.last && at > i && (c.newCue(at+1) || t.Lower == "but" && c.negatedVerb(at+1)) {
			return c.trimRight(at)
		}
		if t.Tag == news.Sub && t.Lower == "while" && at > i && at+1 < c.last && c.verbAfterPhrase(at+1) {
			return c.trimRight(at)
		}
	}
	return c.trimEnd(i, c.last)
}

// otherSpeaker reports whether the words from i are what somebody else says:
// ", one study found the wall …", "and Democrats accused …".
func (c *clauseReader) otherSpeaker(i int, joined bool) bool {
	if !c.nominal(i) {
		return false
	}
	end := c.nounPhraseEnd(i)
	if end >= c.last-2 || c.ts[end].Tag != news.Verb {
		return false
	}
	fr := c.cue(end)
	if fr&belief != 0 || fr&(clause|noun|object) == 0 {
		return false
	}
	src := tokens{i, end}
	if fr&study != 0 {
		return c.study(src)
	}
	if !c.personal(src) {
		return false
	}
	return c.ts[end+1].Lower == "that" || fr&clause != 0 && c.clauseFollows(end+1) || joined && fr&noun != 0
}

// ownAttribution reports whether an attribution already found begins at i.
func (c *clauseReader) ownAttribution(i int) bool {
	for _, a := range c.out {
		if a.continuation == 0 && a.content.first < a.cue.first && (a.source.first == i || a.cue.first == i) {
			return true
		}
	}
	return false
}

// aside reports whether the words from i are the outlet's own again.
func (c *clauseReader) aside(i int) bool {
	w := c.ts[i].Lower
	if lexicon().is(asides, w) {
		return true
	}
	if w == "in" && i+2 < c.last && (c.ts[i+1].Lower == "an" || c.ts[i+1].Lower == "a") {
		switch c.ts[i+2].Lower {
		case "apparent", "clear", "veiled", "reference", "sign", "move", "thinly", "possible":
			return true
		}
	}
	if w == "an" && i+1 < c.last && c.ts[i+1].Lower == "apparent" {
		return true
	}
	if w == "and" && i+1 < c.last {
		return c.newCue(i + 1)
	}
	if w == "which" { // ", which he said would …"
		for j := i + 1; j < c.last && j < i+5; j++ {
			if c.cue(j)&clause != 0 && c.ts[j].Tag == news.Verb {
				return true
			}
		}
	}
	return w == "however" && i+1 < c.last && c.ts[i+1].Tag == news.Punct
}

// negatedVerb reports whether a denied verb without a subject stands at i:
// "but didn't disclose", which the outlet says of the speaker.
func (c *clauseReader) negatedVerb(i int) bool {
	return strings.HasSuffix(c.ts[i].Lower, "n't") || c.ts[i].Tag == news.Aux && i+1 < c.last && c.ts[i+1].Lower == "not"
}

// newCue reports whether a cue without a subject of its own stands at i.
func (c *clauseReader) newCue(i int) bool {
	for i < c.last && c.ts[i].Tag == news.Adv {
		i++
	}
	if i >= c.last {
		return false
	}
	t := &c.ts[i]
	if t.Tag == news.Noun && i+1 < c.last && (c.ts[i+1].Tag == news.Pronoun || c.ts[i+1].Lower == "that") && t.Lower != t.Lemma {
		return lexicon().cues.At(t.Lemma)&clause != 0 && lexicon().cues.At(t.Lemma)&(belief|study) == 0 // "and claims it was"
	}
	if t.Lower == t.Lemma && c.at > 0 && c.ts[c.at].Lower != c.ts[c.at].Lemma {
		return false // "added it will align with others and |add the islands"
	}
	return t.Tag == news.Verb && c.cue(i)&(clause|object) != 0 && c.cue(i)&(belief|study) == 0
}

// trimRight steps back over commas, dashes and conjunctions before i.
func (c *clauseReader) trimRight(i int) int {
	for i > c.first && (c.ts[i-1].Tag == news.Punct && c.ts[i-1].Lower != ")" || c.ts[i-1].Tag == news.Conj || c.ts[i-1].Tag == news.Adv && c.ts[i-1].Lower == "then") {
		i--
	}
	return i
}

// trimEnd drops the full stop at the end of a statement that is not quoted.
func (c *clauseReader) trimEnd(from, i int) int {
	for i > from && c.ts[i-1].Tag == news.Punct && c.ts[i-1].Lower != ")" && c.ts[i-1].Lower != "%" {
		i--
	}
	return i
}

// negated reports whether the cue at i is denied: "did not say".
func (c *clauseReader) negated(i int) bool {
	for j := i - 1; j >= c.first && j >= i-3; j-- {
		if w := c.ts[j].Lower; w == "not" || w == "never" || strings.HasSuffix(w, "n't") {
			return true
		}
	}
	return false
}

func (c *clauseReader) hasVerb(r tokens) bool {
	for k := range c.ts[r.first:r.last] {
		t := &c.ts[r.first+k]
		if t.Tag == news.Verb || t.Tag == news.Aux || t.Tag == news.Modal {
			return true
		}
	}
	return false
}

// closedBefore reports whether a closing mark stands shortly before i.
func (c *clauseReader) closedBefore(i int) bool {
	for j := i - 1; j >= c.first && j > i-8; j-- {
		if c.ts[j].Tag == news.Close {
			return true
		}
	}
	return false
}

func (c *clauseReader) onlyMarks(from, to int) bool {
	for k := range c.ts[from:to] {
		t := &c.ts[from+k]
		if t.Tag != news.Punct && t.Tag != news.Open && t.Tag != news.Conj {
			return false
		}
	}
	return true
}

func (c *clauseReader) words(r tokens) int {
	n := 0
	for k := range c.ts[r.first:r.last] {
		t := &c.ts[r.first+k]
		if t.Tag != news.Punct && t.Tag != news.Open && t.Tag != news.Close {
			n++
		}
	}
	return n
}

// trimNoun ends a content that is a noun phrase before what the speaker did
// besides: "condemned the speech |and criticized the council", "demanded money
// |before leaving".
func (c *clauseReader) trimNoun(r tokens) tokens {
	relative := false
	for j := r.first + 1; j+1 < r.last; j++ {
		if c.f.within(j) {
			continue
		}
		t, next := c.ts[j], j+1
		relative = relative || t.Lower == "who" || t.Lower == "which" || t.Lower == "that"
		for next+1 < r.last && c.ts[next].Tag == news.Adv {
			next++
		}
		switch t.Lower {
		case "and", "but":
			if c.ts[next].Tag == news.Verb && (c.cue(next) != 0 || !relative) && (c.at == 0 || (c.ts[next].Lower == c.ts[next].Lemma) == (c.ts[c.at].Lower == c.ts[c.at].Lemma)) {
				return tokens{r.first, c.trimRight(j)}
			}
		case "before", "after", "while":
			if c.ts[next].Tag == news.Ing || c.verbAfterPhrase(next) {
				return tokens{r.first, c.trimRight(j)}
			}
		case "as", "when":
			if c.verbAfterPhrase(next) || c.ts[next].Tag == news.Pronoun && next+1 < r.last && c.ts[next+1].Tag == news.Verb {
				return tokens{r.first, c.trimRight(j)}
			}
		}
	}
	return r
}
