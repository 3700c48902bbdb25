package quote

import (
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// sentence finds the attributions of one sentence: those that follow their
// content first, since they bound what the others can reach.
func (f *finder) sentence(p paragraph, s news.Sentence) []found {
	c := clauseReader{f: f, ts: f.v.Tokens, p: p, first: s.First, last: s.Last, out: f.read[:0]}
	for i := s.First; i < s.Last; i++ {
		if f.within(i) {
			continue // words inside quotation marks are the speaker's
		}
		if c.cue(i) != 0 && (c.quotes(i) || c.wasTold(i)) || c.asSaid(i) || c.according(i) || c.trailing(i) || c.invertedCue(i) {
			continue
		}
	}
	c.colon(p.label == news.Headline)
	n := len(c.out)
	end, question := c.openingClause()
	for i := s.First; i < s.Last; i++ {
		if c.taken(i, n) || f.within(i) || question && i < end {
			continue // "Asked whether he would tell the council, …": nobody did
		}
		c.last, c.at = s.Last, i
		if i < end {
			c.last = end
		}
		c.leading(i)
	}
	c.last, c.at = s.Last, 0
	f.read = c.out
	return c.out
}

// openingClause returns where the clause ends in which the sentence begins:
// "While officials warned the wall may fall|, Oake did nothing"; the start of
// the sentence if it begins with its main clause. It also tells whether that
// clause is a question to somebody: "Asked whether he would tell the council|,
// Lund said".
func (c *clauseReader) openingClause() (end int, question bool) {
	j := c.first
	for j+1 < c.last && (c.ts[j].Tag == news.Conj || c.ts[j].Tag == news.Open || c.ts[j].Tag == news.Adv || c.ts[j].Lower == ",") {
		j++
	}
	switch c.ts[j].Lower {
	case "asked", "pressed":
		question = true
	case "when", "if":
		question = j+1 < c.last && c.ts[j+1].Lower == "asked"
	case "although", "though", "while", "whether", "after", "before", "since", "because", "once", "unless", "until":
	default:
		return c.first, false
	}
	for k := j + 1; k+1 < c.last; k++ {
		if c.ts[k].Lower != "," || c.f.within(k) {
			continue
		}
		n := k + 1
		for n < c.last && c.ts[n].Tag == news.Adv {
			n++
		}
		if n < c.last && (c.ts[n].Tag == news.Pronoun && c.ts[n].Lower != "who" && c.ts[n].Lower != "which" || c.verbAfterPhrase(n)) {
			return k, question
		}
	}
	return c.first, false
}

// colon reads "S: C", the way headlines give words to somebody, and in running
// text `S: "C"`.
func (c *clauseReader) colon(headline bool) {
	for k := c.first + 1; k < c.last-3 && k < c.first+7; k++ {
		if c.ts[k].Lower != ":" {
			continue
		}
		if !headline && (c.ts[k+1].Tag != news.Open || !c.phrase(c.first, k)) {
			return
		}
		src, content := tokens{c.first, k}, tokens{k + 1, c.trimEnd(k+1, c.last)}
		for _, n := range c.f.overlapping(c.f.span(src)) {
			if (n.kind == news.Person || n.kind == news.Org) && n.extent.End >= c.ts[k-1].Span.End && c.hasVerb(content) {
				c.push(found{source: src, cue: tokens{k, k + 1}, content: content, rule: "S: C", confidence: 0.75})
				return
			}
		}
		return
	}
}

// push keeps a finding and numbers it.
func (c *clauseReader) push(a found) {
	c.f.seq++
	a.id = c.f.seq
	c.through(&a)
	c.out = append(c.out, a)
}

// clauseReader reads one sentence.
type clauseReader struct {
	f           *finder
	ts          []news.Token
	p           paragraph
	first, last int
	at          int // the cue whose content is sought, 0 if none
	out         []found
}

// taken reports whether one of the first n findings has token i as its cue or
// in its source.
func (c *clauseReader) taken(i, n int) bool {
	for _, a := range c.out[:n] {
		if a.cue.first <= i && i < a.cue.last || a.source.first <= i && i < a.source.last {
			return true
		}
		for _, v := range a.via {
			if v.cue.first <= i && i < v.cue.last {
				return true
			}
		}
	}
	return false
}

// cue returns the frames of the verb at i, 0 if it is none.
func (c *clauseReader) cue(i int) frames { return c.f.cues[i] }

// finiteCue is cue for verbs that have a subject of their own: "said", "has
// warned", "have said", not "the plan announced" or "to say".
func (c *clauseReader) finiteCue(i int) frames {
	fr := c.cue(i)
	if fr == 0 {
		return 0
	}
	switch c.ts[i].Tag {
	case news.Ing: // "is warning"
		for j := i - 1; j >= c.first && j >= i-3; j-- {
			switch c.ts[j].Lower {
			case "is", "are", "was", "were", "'s", "been":
				return fr
			}
			if c.ts[j].Tag != news.Adv {
				break
			}
		}
		return 0
	case news.Inf:
		if c.prelude(i) {
			return fr
		}
		return 0
	case news.PastPart:
		for j := i - 1; j >= c.first && j >= i-3; j-- {
			switch c.ts[j].Lower {
			case "has", "have", "had", "'s", "'ve", "hasn't", "haven't":
				return fr
			}
			if c.ts[j].Tag != news.Adv {
				return 0
			}
		}
		return 0
	}
	return fr
}

// prelude reports whether the verb before "to" at the infinitive i only leads
// up to it: "went on to say".
func (c *clauseReader) prelude(i int) bool {
	j := i - 1
	if j > c.first && c.ts[j].Tag == news.To {
		j--
		for j > c.first && (c.ts[j].Tag == news.Adv || c.ts[j].Tag == news.Prep) {
			j--
		}
		if c.ts[j].Tag == news.Verb && lexicon().is(preludes, c.ts[j].Lemma) {
			return true
		}
		if l := c.ts[i].Lemma; l != "say" && l != "announce" && l != "warn" {
			return false
		}
		for ; j > c.first && j >= i-6; j-- { // "took to Twitter to say", "used a speech to warn"
			if c.ts[j].Tag == news.Verb {
				l := c.ts[j].Lemma
				return l == "take" || l == "use" || l == "write" || l == "call" || l == "go" || l == "appear"
			}
			if !c.phraseToken(j) {
				return false
			}
		}
		return false
	}
	return c.ts[i-1].Tag == news.Modal && (c.ts[i-1].Lower == "will" || c.ts[i-1].Lower == "would")
}

// cueSubject is where the verb group of the cue at i begins, for the subject.
func (c *clauseReader) groupStart(i int) int {
	if i > c.first && c.ts[i].Tag == news.Inf && c.ts[i-1].Tag == news.To {
		for j := i - 2; j >= c.first && j >= i-7; j-- {
			if c.ts[j].Tag == news.Verb {
				return j
			}
		}
	}
	return i
}

// according reads "C, according to S" and "According to S, C".
func (c *clauseReader) according(i int) bool {
	if i+2 >= c.last {
		return false
	}
	src, cue := tokens{i + 2, i + 2}, tokens{i, i + 2}
	switch c.ts[i].Lower {
	case "according":
		if c.ts[i+1].Lower == "to" {
			src.last = c.nounPhraseEnd(i + 2)
		}
	case "in", "by", "per":
		if i > c.first && c.ts[i-1].Lower != "," && !c.onlyMarks(c.first, i) {
			return false
		}
		src, cue = c.inWords(i)
	}
	if src.empty() || lexicon().is(norms, c.ts[c.f.head(src)].Lower) || c.ts[src.first].Lower == "which" || c.ts[src.first].Lower == "whom" {
		return false // "according to plan"
	}
	if n := src.last; n+2 < c.last && c.ts[n+1].Lower == "by" && lexicon().is(carriers, c.ts[n].Lower) && lexicon().is(documents, c.ts[c.f.head(src)].Lower) {
		src = tokens{n + 2, c.nounPhraseEnd(n + 2)} // "according to a report published by V"
	}
	a := found{source: src, cue: cue, confidence: 0.95}
	rest := max(src.last, cue.last)
	if rest < c.last && c.reduced(rest, c.last) { // "according to minutes seen by V"
		for rest < c.last && c.ts[rest].Lower != "," && c.ts[rest].Tag != news.Verb && c.ts[rest].Tag != news.Close {
			rest++
		}
	}
	rest = c.when(rest, &a)
	if i == c.first || c.onlyMarks(c.first, i) {
		if end := c.link(rest, &a, true); end > 0 {
			rest = end // "According to V, which cited S, C"
		}
		if rest < c.last && c.ts[rest].Lower == "," {
			rest++
		}
		a.content, a.rule = tokens{rest, c.contentEnd(rest)}, "according to S, C"
	} else {
		end := c.trimRight(i)
		a.content, a.rule = tokens{c.contentStart(end), end}, "C, according to S"
		if rest < c.last && c.ts[rest].Lower == "," && c.ts[i-1].Lower == "," {
			if c.bare(i - 1) {
				return false // "S said, according to V, that C": a carrier
			}
			if !c.hasVerb(a.content) && c.parenthesis(a, rest) {
				return true
			}
		}
	}
	if a.content.empty() {
		return false
	}
	c.push(a)
	return true
}

// trailing reads "C, S said": a speaker between a comma (or closing mark) and
// the cue, and no clause after the cue.
func (c *clauseReader) trailing(i int) bool {
	fr := c.finiteCue(i)
	if fr&(clause|inverted|words|audience) == 0 || fr&belief != 0 && !c.closedBefore(i) {
		return false
	}
	src, bound := c.subjectAfterMark(i)
	if src.empty() {
		return false
	}
	after := i + 1
	a := found{source: src, cue: tokens{i, i + 1}, confidence: 0.9, rule: "C, S said", strong: true}
	after = c.circumstances(after, fr, &a)
	closed := c.ts[bound].Tag == news.Close
	if !closed && fr&(clause|inverted|audience) == 0 {
		return false
	}
	if after < c.last {
		inside := closed && c.ts[bound-1].Tag == news.Punct // the comma of `"C," S said`
		after = c.carried(after, &a)
		if after >= c.last {
			after = c.last - 1
		}
		t := &c.ts[after]
		if bound < c.first && t.Tag != news.Prep && !circumstance(t.Lower) && (t.Tag != news.Punct || t.Lower == ":" || t.Lower == "," && after+1 < c.last && c.ts[after+1].Tag == news.Open) {
			return false // `"C." S added that C2`
		}
		stop := inside || t.Tag == news.Punct && t.Lower != "-" || t.Tag == news.Close || t.Tag == news.Conj || closed && (t.Tag == news.Prep || t.Tag == news.Ing || t.Tag == news.Open || t.Tag == news.Sub)
		if !stop {
			return false
		}
		if t.Tag == news.Punct && (t.Lower == ":" || t.Lower == "," && after+1 < c.last && c.ts[after+1].Tag == news.Open && !closed) {
			return false // the content follows
		}
	}
	end := bound
	if closed {
		end = bound + 1
	}
	a.content = tokens{c.contentStart(end), end}
	if !closed && !c.hasVerb(a.content) {
		return c.parenthesis(a, after)
	}
	if a.content.empty() {
		return false
	}
	if closed && (c.subordinate(a.content) || c.ts[a.content.first].Tag == news.Prep && after+1 < c.last && !c.hasVerb(a.content)) {
		return false // `After Oake called it a "trick," Lund said …`
	}
	c.push(a)
	// "C, S reported, going on with C2"
	if after < c.last && c.ts[after].Lower == "," && after+1 < c.last {
		c.resume(after+1, len(c.out)-1)
	}
	return true
}

// circumstance lists the words that open a clause of time behind an attribution:
// `"C!" S tweeted as he left`.
func circumstance(w string) bool {
	switch w {
	case "as", "while", "after", "before", "when":
		return true
	}
	return false
}

// subordinate reports whether the content is but a clause of time or reason
// that ends with quoted words: the statement is elsewhere.
func (c *clauseReader) subordinate(r tokens) bool {
	switch c.ts[r.first].Lower {
	case "after", "when", "while", "as", "since", "before", "although", "though", "because", "asked":
	default:
		return false
	}
	for i := r.first; i < r.last; i++ {
		if c.ts[i].Lower == "," && !c.f.within(i) {
			return false
		}
	}
	return true
}

// parenthesis reads "C, S said, C" where the attribution stands inside a
// clause: "The wall, Oake said, was rotten".
func (c *clauseReader) parenthesis(a found, after int) bool {
	if after+2 >= c.last || c.ts[after].Lower != "," {
		return false
	}
	rest := tokens{after + 1, c.contentEnd(after + 1)}
	if rest.empty() || !c.hasVerb(rest) || c.ts[rest.first].Tag == news.Ing || lexicon().is(asides, c.ts[rest.first].Lower) {
		return false
	}
	a.rule, a.confidence = "C, S said, C", 0.8
	if a.content.empty() {
		a.content = rest
		c.push(a)
		return true
	}
	c.push(a)
	head := c.out[len(c.out)-1].id
	a.content, a.continuation, a.via = rest, head, nil
	c.push(a)
	return true
}

// resume finds the second part of a statement that its attribution cut in two.
func (c *clauseReader) resume(from, head int) {
	t := &c.ts[from]
	first := c.out[head]
	ok := t.Tag == news.Open || c.ts[first.content.last-1].Tag != news.Close && (t.Tag == news.Ing && !lexicon().is(asides, t.Lower) || t.Tag == news.Sub && t.Lower != "while" && t.Lower != "as" && t.Lower != "although")
	if !ok {
		return
	}
	a := first
	a.content = tokens{from, c.contentEnd(from)}
	a.continuation, a.rule = first.id, "C, S said, C"
	if !a.content.empty() && c.words(a.content) >= 3 {
		c.push(a)
	}
}

// invertedCue reads "C, said S".
func (c *clauseReader) invertedCue(i int) bool {
	fr := c.finiteCue(i)
	if fr&inverted == 0 || i == c.first || i+1 >= c.last {
		return false
	}
	prev := &c.ts[i-1]
	closed := prev.Tag == news.Close
	if !closed && prev.Lower != "," {
		return false
	}
	if t := c.ts[i+1].Tag; t != news.Name && t != news.Noun && t != news.Det && t != news.Adj && t != news.Pronoun && t != news.Num {
		return false
	}
	src := tokens{i + 1, c.nounPhraseEnd(i + 1)}
	if c.ts[i+1].Tag == news.Num && (src.empty() || !lexicon().is(nameless, c.ts[c.f.head(src)].Lower) || c.ts[c.f.head(src)].Lower == "people" || src.last < c.last && c.ts[src.last].Tag != news.Punct && !c.reduced(src.last, c.last)) {
		return false // "said 19 people had drowned", but "said two officials"
	}
	if c.f.startsTimex(c.ts[i+1].Span.Start) {
		return false // "acknowledged last week that"
	}
	ended := closed && i >= 2 && (c.ts[i-2].Tag == news.Punct || c.contentStart(i) < c.first)
	if src.empty() || !ended && !c.reduced(min(src.last, c.last-1), c.last) && (src.last < c.last && c.ts[src.last].Tag == news.To || c.verbAfter(src.last) || c.owned(src)) {
		return false
	}
	a := found{source: src, cue: tokens{i, i + 1}, confidence: 0.85, rule: "C, said S", strong: true}
	end := i
	if !closed {
		end = i - 1
	}
	a.content = tokens{c.contentStart(end), end}
	if a.content.empty() || !closed && !c.hasVerb(a.content) {
		return false
	}
	c.circumstances(src.last, fr, &a)
	c.push(a)
	return true
}

// verbAfter reports whether a finite verb stands after token i and before the
// next comma, not in a relative clause: "Oake, the mayor, said the wall which
// fell |would be rebuilt" says something.
func (c *clauseReader) verbAfter(i int) bool {
	for j := i; j < c.last; j++ {
		switch t := &c.ts[j]; {
		case t.Lower == "who" || t.Lower == "which" || t.Lower == "where" || t.Lower == "as" || t.Lower == "when" || t.Lower == "after" || t.Lower == "before" || t.Tag == news.Conj || t.Tag == news.Sub:
			return false
		case t.Tag == news.Punct && t.Lower != "." && t.Lower != "-" && t.Lower != "(" && t.Lower != ")":
			return false
		case t.Tag == news.Verb || t.Tag == news.Aux || t.Tag == news.Modal:
			return true
		}
	}
	return false
}

// owned reports whether the phrase is a thing of somebody's, no speaker:
// "sang, said their prayers".
func (c *clauseReader) owned(r tokens) bool {
	switch c.ts[r.first].Lower {
	case "his", "her", "its", "their":
		return !lexicon().is(nameless, c.ts[c.f.head(r)].Lower)
	}
	return false
}

// leading reads patterns in which the content follows the cue.
func (c *clauseReader) leading(i int) {
	if c.citing(i) || c.putAt(i) || c.plainly(i) || c.published(i) || c.emerged(i) || c.express(i) || c.claimNoun(i) {
		return
	}
	fr := c.cue(i)
	if fr == 0 {
		return
	}
	ing := c.ts[i].Tag == news.Ing
	if !ing {
		fr = c.finiteCue(i)
		if fr == 0 {
			return
		}
	} else if c.finiteCue(i) == 0 && !c.issued(i).empty() {
		fr &= clause
	} else if progressive := c.finiteCue(i); progressive == 0 && i > c.first && c.ts[i-1].Lower != "," && c.ts[i-1].Tag != news.Conj && !bySaying(c.ts[i-1].Lower) {
		return // "the sign saying": no statement of its own
	}
	if c.negated(i) || i >= c.first+2 && c.ts[i-2].Lower == "as" && lexicon().is(claimNouns, c.ts[i].Lemma) {
		return // "didn't say whether", "dismissed as untrue reports that"
	}
	src := c.subject(c.groupStart(i))
	if s := c.joined(i); !s.empty() {
		src = s
	} else if ing && i > c.first {
		if bySaying(c.ts[i-1].Lower) {
			src = c.mainSubject(i)
		} else if s := c.issued(i); !s.empty() {
			src = s
		}
	}
	if src.empty() || fr&study != 0 && !c.study(src) || c.headless(src) {
		return
	}
	a := found{source: src, cue: tokens{i, i + 1}, confidence: 0.85, belief: fr&belief != 0}
	at := i + 1
	if c.ts[i].Lemma == "call" && at < c.last && c.ts[at].Lower == "on" {
		fr, at = object, at+1
		a.cue.last = at
	}
	if c.ts[i].Lemma == "call" && at+1 < c.last && c.ts[at].Lower == "for" && c.personal(src) {
		a.cue.last, a.rule, a.confidence = at+1, "S called for N", 0.75
		a.content = c.trimNoun(tokens{at + 1, c.contentEnd(at + 1)})
		if !a.content.empty() {
			c.push(a)
		}
		return
	}
	if c.ts[i].Lemma == "point" {
		if at >= c.last || c.ts[at].Lower != "out" {
			return
		}
		at++
		a.cue.last = at
	}
	at = c.between(at, fr, &a)
	if c.relativeSubject(&a, i, at) || c.whatCalled(&a, i, at) {
		return
	}
	that := c.thatAfter(at, &a, fr)
	switch {
	case that > 0:
		a.content, a.rule = tokens{that, c.contentEnd(that)}, "S said that C"
	case fr&toInf != 0 && c.toFollows(at):
		at = c.circumstances(at, fr, &a)
		a.content, a.rule = tokens{at, c.contentEnd(at)}, "S pledged to C"
	case fr&object != 0 && c.objectTo(at):
		a.content, a.rule = tokens{at, c.contentEnd(at)}, "S urged O to C"
	case fr&(clause|inverted|words) != 0 && c.marksFollow(c.circumstances(at, fr, &a)):
		at = c.circumstances(at, fr, &a)
		for c.ts[at].Tag == news.Punct {
			at++
		}
		a.content, a.rule = tokens{at, c.contentEnd(at)}, `S said: "C"`
	case fr&clause != 0 && c.clauseFollows(c.circumstances(at, fr, &a)) && !c.objectOnly(c.circumstances(at, fr, &a)) && (c.ts[i].Lemma == "say" || c.ts[i].Lemma == "tell" || c.proper(c.circumstances(at, fr, &a))):
		at = c.circumstances(at, fr, &a)
		a.content, a.rule, a.confidence = tokens{at, c.contentEnd(at)}, "S said C", 0.8
	case c.ts[i].Lemma == "say" && c.saidOf(at) > 0: // "said after the storm he would …"
		at = c.saidOf(at)
		a.content, a.rule, a.confidence = tokens{at, c.contentEnd(at)}, "S said C", 0.75
	case fr&clause != 0 && c.question(at):
		a.content, a.rule, a.confidence = tokens{at, c.contentEnd(at)}, "S said how C", 0.7
	case fr&noun != 0 && (c.asJudged(at) > at || c.phraseFollows(at)):
		at = c.asJudged(at)
		a.content, a.rule, a.confidence = tokens{at, c.contentEnd(at)}, "S announced N", 0.65
	case c.ts[i].Lemma == "call" && c.objectName(at):
		a.content, a.rule, a.confidence = tokens{at, c.contentEnd(at)}, "S called O N", 0.7
	case fr&words != 0 && c.ts[i].Lemma != "continue" && c.quotedSoon(at):
		a.content, a.rule, a.confidence = tokens{at, c.contentEnd(at)}, `S called it "W"`, 0.7
	default:
		return
	}
	if ing && bySaying(c.ts[i-1].Lower) && (a.rule == "S announced N" || a.rule == `S called it "W"` || a.rule == "S urged O to C" || a.rule == "S pledged to C") {
		return // "by calling it a trick": the act, not a statement
	}
	switch a.rule {
	case "S announced N", `S called it "W"`:
		a.content = c.trimNoun(a.content)
	}
	if w := c.ts[src.first].Lower; (w == "who" || w == "which") && src.first > c.first && c.ts[src.first-1].Lower == "," {
		a.content = c.trimRelative(a.content)
	}
	a.strong = fr&clause != 0 && fr&belief == 0
	if !a.content.empty() && (c.words(a.content) >= 2 || a.rule == `S said: "C"`) {
		c.push(a)
	}
}

// headless reports whether the phrase has no noun to speak: "many misogynistic
// |remarks to him that".
func (c *clauseReader) headless(r tokens) bool {
	t := &c.ts[r.last-1]
	switch t.Tag {
	case news.Adj, news.PastPart, news.Adv:
		return !lexicon().is(nameless, t.Lower)
	case news.Det:
		return lexicon().is(articles, t.Lower)
	}
	return false
}

// asJudged skips "as false" before an object: "rejected as false the report
// that C".
func (c *clauseReader) asJudged(i int) int {
	if i+2 < c.last && c.ts[i].Lower == "as" && (c.nominal(i+2) && c.ts[i+1].Tag == news.Adj || c.ts[i+2].Tag == news.Det || lexicon().is(claimNouns, c.ts[i+2].Lemma)) {
		return i + 2
	}
	return i
}

// joined returns the speaker whose statement ends where the cue at i, without
// a subject of its own, goes on: "S said C |but added", `"C," S said, |adding`.
func (c *clauseReader) joined(i int) tokens {
	j := c.groupStart(i)
	for j > c.first && (c.ts[j-1].Tag == news.Adv || c.ts[j-1].Tag == news.Aux || c.ts[j-1].Tag == news.Modal) {
		j--
	}
	if j == c.first || c.ts[j-1].Tag != news.Conj && (c.ts[j-1].Lower != "," || c.ts[i].Tag != news.Ing) {
		return tokens{}
	}
	end := c.trimRight(j)
	best := tokens{}
	from := c.last
	for k := range c.out {
		a := &c.out[k]
		if a.cue.first < from && max(a.content.last, a.cue.last, a.source.last, a.venue.last, c.whenEnd(a)) >= end && a.content.last <= j && a.cue.first < i && a.rule != "citing S that C" {
			best, from = a.source, a.cue.first
		}
	}
	return best
}

// objectName reports whether an object and what it is called follow: "called
// the wall a disgrace", "called her a liar".
func (c *clauseReader) objectName(i int) bool {
	if i+2 >= c.last {
		return false
	}
	end := i + 1
	if c.ts[i].Tag != news.Pronoun {
		if !c.nominal(i) {
			return false
		}
		end = c.nounPhraseEnd(i)
	}
	if end+1 >= c.last {
		return false
	}
	w := c.ts[end].Lower
	return w == "a" || w == "an" || c.ts[end].Tag == news.Adj && end+1 < c.last && c.ts[end+1].Tag == news.Punct
}

// bySaying are the prepositions after which a participle is a statement:
// "began by saying that".
func bySaying(w string) bool {
	return w == "by" || w == "for" || w == "from" || w == "before" || w == "after"
}

// study reports whether the phrase is a document, a survey or the like.
func (c *clauseReader) study(r tokens) bool {
	head := c.f.head(r)
	return lexicon().is(documents, c.ts[head].Lower) || lexicon().is(documents, c.ts[head].Lemma)
}

// saidOf returns where the content begins after "said" and a phrase that tells
// of whom or when: `said of Oake, "…"`, "said after the storm he would". It is
// also the content when that has no verb the tagger knows.
func (c *clauseReader) saidOf(i int) int {
	if i+3 >= c.last {
		return 0
	}
	if c.ts[i].Tag == news.Prep || c.ts[i].Lower == "of" {
		end := c.nounPhraseEnd(i + 1)
		if end <= i+1 || end+1 >= c.last {
			return 0
		}
		if c.ts[end].Lower == "," {
			end++
		}
		if t := &c.ts[end]; t.Tag == news.Open || t.Tag == news.Pronoun && c.clauseFollows(end) {
			return end
		}
		return 0
	}
	if (c.ts[i].Tag == news.Name || c.ts[i].Tag == news.Det || c.ts[i].Tag == news.Pronoun) && c.last-i >= 6 && c.ts[i].Lower != "this" && c.ts[i].Lower != "nothing" && c.ts[i].Lower != "little" && !c.f.startsTimex(c.ts[i].Span.Start) {
		return i
	}
	return 0
}

// question reports whether a reported question follows: "explained why …".
func (c *clauseReader) question(i int) bool {
	if i+2 >= c.last {
		return false
	}
	switch c.ts[i].Lower {
	case "how", "why", "whether", "if", "what", "who", "where", "when":
		return c.hasVerb(tokens{i + 1, c.last})
	}
	return false
}

// personal reports whether the phrase names somebody who can speak.
func (c *clauseReader) personal(r tokens) bool {
	for k := range c.ts[r.first:r.last] {
		t := &c.ts[r.first+k]
		if t.Tag == news.Name || t.Tag == news.Pronoun && (t.Lower == "he" || t.Lower == "she" || t.Lower == "they") || lexicon().is(nameless, t.Lower) {
			return !strings.HasPrefix(c.ts[r.first].Lower, "his") && !strings.HasPrefix(c.ts[r.first].Lower, "her")
		}
	}
	return false
}
