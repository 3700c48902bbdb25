package quote

import "github.com/tracewire/tracewire/internal/news"

// This file reads statements that hang on a noun or a relative clause, and whom
// a statement cites.

// claimNoun reads "S's claim that C".
func (c *clauseReader) claimNoun(i int) bool {
	if i < c.first+2 || i+3 >= c.last || c.ts[i+1].Lower != "that" || !lexicon().is(claimNouns, c.ts[i].Lower) || c.ts[i].Tag != news.Noun {
		return false
	}
	a := found{cue: tokens{i, i + 1}, confidence: 0.7, rule: "S's claim that C"}
	switch j := i - 1; {
	case c.ts[j].Tag == news.Poss || c.ts[j-1].Tag == news.Poss:
		for c.ts[j].Tag != news.Poss {
			j--
		}
		start := j
		for start > c.first && (c.ts[start-1].Tag == news.Name || c.ts[start-1].Tag == news.Noun || c.ts[start-1].Tag == news.Det || c.ts[start-1].Tag == news.Adj) {
			start--
		}
		a.source = tokens{start, j}
	case c.ts[j].Lower == "his" || c.ts[j].Lower == "her" || c.ts[j].Lower == "their":
		a.source = tokens{j, j + 1}
	}
	if a.source.empty() {
		return false
	}
	a.content = tokens{i + 2, c.contentEnd(i + 2)}
	if !a.content.empty() && c.hasVerb(a.content) {
		c.push(a)
	}
	return true
}

// citing reads ", citing S that C": an inner source of what stands before, or
// of the clause that follows.
func (c *clauseReader) citing(i int) bool {
	if c.ts[i].Lower != "citing" && c.ts[i].Lower != "quoting" || i+1 >= c.last {
		return false
	}
	if i > c.first && c.ts[i-1].Lower == "without" {
		return true
	}
	end := c.nounPhraseEnd(i + 1)
	src := tokens{i + 1, end}
	if src.empty() || c.ts[src.first].Lower == "what" {
		return false
	}
	a := found{source: src, cue: tokens{i, i + 1}, confidence: 0.75}
	that := end // "citing S that C", "citing S, that C"
	if that+1 < c.last && c.ts[that].Lower == "," && c.ts[that+1].Lower == "that" {
		that++
	}
	if that+1 < c.last && (c.ts[that].Lower == "that" || c.ts[that].Lower == "which") {
		a.outer = c.mainSubject(i)
		a.content, a.rule = tokens{that + 1, c.contentEnd(that + 1)}, "citing S that C"
		c.push(a)
		return true
	}
	// "S said C, citing T": T stands behind C; kept as an inner link.
	for k := range c.out {
		o := &c.out[k]
		if o.rule != "citing S that C" && o.content.first < i && c.canSpeak(src) {
			a.rule, a.content = citingRule, o.content
			o.via = append(o.via, a)
			return true
		}
	}
	if i > c.first && c.ts[i-1].Lower == "," && c.canSpeak(src) {
		end := c.trimRight(i)
		a.content, a.rule = tokens{c.contentStart(end), end}, citingRule
		if !a.content.empty() && c.hasVerb(a.content) {
			c.push(a)
		}
	}
	return true
}

// express reads "S expressed concern over C".
func (c *clauseReader) express(i int) bool {
	switch c.ts[i].Lemma {
	case "express", "voice", "raise", "reiterate":
	default:
		return false
	}
	if c.ts[i].Tag != news.Verb && c.ts[i].Tag != news.PastPart && c.ts[i].Tag != news.Noun {
		return false
	}
	n := i + 1
	for n < c.last && n < i+4 && (c.ts[n].Tag == news.Adj || c.ts[n].Tag == news.Det || c.ts[n].Tag == news.Noun && !lexicon().is(attitudes, c.ts[n].Lower)) {
		n++
	}
	if n >= c.last || !lexicon().is(attitudes, c.ts[n].Lower) {
		return false
	}
	src := c.subject(i)
	if src.empty() || c.ts[i].Lemma == "raise" && !c.personal(src) {
		return true // "his remarks raised concerns": nobody spoke
	}
	a := found{source: src, cue: tokens{i, n + 1}, confidence: 0.75, rule: "S expressed concern over C"}
	at := c.when(n+1, &a)
	if at < c.last && (c.ts[at].Tag == news.Prep || c.ts[at].Lower == "to") {
		at++
	} else if at < c.last && c.ts[at].Lower == "that" {
		at++
	} else {
		return true
	}
	a.content = tokens{at, c.contentEnd(at)}
	if !a.content.empty() {
		c.push(a)
	}
	return true
}

// relativeSubject reads ", which he said would C": the content is the verb
// phrase after the cue.
func (c *clauseReader) relativeSubject(a *found, i, at int) bool {
	s := a.source.first
	if s-1 < c.first || c.ts[s-1].Lower != "which" && c.ts[s-1].Lower != "who" && c.ts[s-1].Lower != "that" || at >= c.last {
		return false
	}
	switch c.ts[at].Tag {
	case news.Modal, news.Aux, news.Verb:
	default:
		return false
	}
	end := c.contentEnd(at)
	if s-2 >= c.first && c.ts[s-2].Lower == "," { // the relative clause ends with the next comma
		for j := at; j < end; j++ {
			if c.ts[j].Lower == "," && !c.f.within(j) {
				end = j
			}
		}
	}
	a.content, a.rule = tokens{at, end}, "which S said C"
	c.push(*a)
	return true
}

// whatCalled reads "what S called N".
func (c *clauseReader) whatCalled(a *found, i, at int) bool {
	s := a.source.first
	l := c.ts[i].Lemma
	if s-1 < c.first || c.ts[s-1].Lower != "what" || l != "call" && l != "describe" && l != "say" || at >= c.last {
		return false
	}
	if c.ts[at].Lower == "as" || c.ts[at].Lower == "was" || c.ts[at].Lower == "were" {
		at++
	}
	if c.ts[at].Tag == news.Prep {
		return false // "what S said about her"
	}
	end := c.nounPhraseEnd(at)
	if end < c.last && (end == at || !lexicon().is(carriers, c.ts[end].Lower)) {
		if m, ok := c.f.markAt(end); ok { // `what S called a "trick"`
			end = min(m.last, c.last)
		}
	}
	for end < c.last && c.ts[end].Tag == news.Prep && end+1 < c.last && !c.f.within(end) {
		end = c.nounPhraseEnd(end + 1)
	}
	a.content, a.rule = tokens{at, end}, "what S called C"
	if !a.content.empty() {
		c.push(*a)
	}
	return true
}

// trimRelative ends a content in a relative clause before the main verb:
// "Oake, who says she will go|, suggested a sale".
func (c *clauseReader) trimRelative(r tokens) tokens {
	for j, commas := r.first+1, 0; j+1 < r.last; j++ {
		if c.ts[j].Lower != "," || c.f.within(j) {
			continue
		}
		if commas++; commas%2 == 0 {
			continue // the end of an aside: "the vote that Oake, a fisher, won"
		}
		n := j + 1
		for n < r.last && c.ts[n].Tag == news.Adv {
			n++
		}
		if n < r.last && (c.ts[n].Tag == news.Verb || c.ts[n].Tag == news.Aux || c.ts[n].Tag == news.Modal) {
			return tokens{r.first, j}
		}
	}
	return r
}
