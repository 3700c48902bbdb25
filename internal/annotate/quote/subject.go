package quote

import "github.com/tracewire/tracewire/internal/news"

// This file finds the subject of a cue: the phrase before it, with asides,
// relative clauses and coordination read over.

// subjectAfterMark returns the noun phrase between a comma or closing mark and
// the cue at i, with the index of that mark.
func (c *clauseReader) subjectAfterMark(i int) (tokens, int) {
	s, bound := c.betweenMarks(i)
	if s.empty() {
		return s, 0
	}
	for j := s.first + 1; j+1 < s.last; j++ {
		if c.reduced(j, s.last) {
			s.last = j // "a memo |seen by the Gazette showed"
		}
	}
	switch c.ts[s.first].Tag {
	case news.Prep, news.Conj, news.Sub: // `"trick" of Oake shook`, `a "trick" and called`
		return tokens{}, 0
	}
	switch c.ts[s.first].Lower {
	case "who", "whom", "which", "that", "where", "what":
		return tokens{}, 0
	}
	return s, bound
}

// openEnded reports whether the sentence follows one that ends with a
// quotation, with its full stop or question mark inside: `"Who paid?" |Oake
// asked.` The marks are read as the content of this sentence's cue.
func (c *clauseReader) openEnded() bool {
	return c.first >= c.p.first+3 && c.ts[c.first-1].Tag == news.Close && c.ts[c.first-1].Lower == `"` && c.ts[c.first-2].Tag == news.Punct
}

func (c *clauseReader) betweenMarks(i int) (tokens, int) {
	end := i
	for end > c.first && (c.ts[end-1].Tag == news.Adv || c.ts[end-1].Tag == news.Aux) {
		end--
	}
	at := end
	if end > c.first && c.ts[end-1].Lower == "," {
		return c.subjectBeforeAside(end - 1)
	}
	for at > c.first {
		t := &c.ts[at-1]
		if t.Tag == news.Close && t.Lower == `"` || t.Lower == "," {
			if at == end {
				return tokens{}, 0
			}
			return tokens{at, end}, at - 1
		}
		if !c.phraseToken(at - 1) {
			start := c.modifier(end)
			if start == 0 || start >= at {
				return tokens{}, 0
			}
			end, at = start, start
			continue
		}
		at--
	}
	if at < end && c.openEnded() && c.cue(i)&(inverted|audience) != 0 {
		return tokens{at, end}, c.first - 1
	}
	return tokens{}, 0
}

// subjectBeforeAside is subjectAfterMark for a subject with an aside, which
// ends with the comma at i: "C, Kirby, a spokesman, said". After a closing mark
// the aside may hold anything.
func (c *clauseReader) subjectBeforeAside(i int) (tokens, int) {
	at := c.pieceStart(i)
	aside := at
	for at > c.first+1 && c.ts[at-1].Lower == "," {
		before := c.pieceStart(at - 1)
		if before == c.first && c.ts[before].Tag != news.Close || !c.phrase(before, at-1) {
			break
		}
		t := c.ts[at].Tag
		at = before
		if t != news.Num && t != news.Prep {
			break // "Ida Mendl, 61, of Ashton, said" goes on to the name
		}
	}
	if at == aside && !c.phrase(at, i) || at <= c.first {
		return tokens{}, 0
	}
	end := i
	for j := at; j < i; j++ {
		if c.ts[j].Lower == "," {
			end = j
			break
		}
	}
	return tokens{at, end}, at - 1
}

// pieceStart is where the piece between commas that ends at i begins: after a
// comma or a closing mark.
func (c *clauseReader) pieceStart(i int) int {
	at := i
	for at > c.first && c.ts[at-1].Lower != "," && !(c.ts[at-1].Tag == news.Close && c.ts[at-1].Lower == `"`) {
		at--
	}
	return at
}

// phrase reports whether nothing but the words of a noun phrase stand in
// [from, to).
func (c *clauseReader) phrase(from, to int) bool {
	for j := from; j < to; j++ {
		if !c.phraseToken(j) {
			return false
		}
	}
	return from < to
}

// phraseToken reports whether token i can stand in a subject.
func (c *clauseReader) phraseToken(i int) bool {
	switch c.ts[i].Tag {
	case news.Name, news.Noun, news.Det, news.Adj, news.Num, news.Poss, news.PastPart, news.Conj:
		return true
	case news.Pronoun:
		return true
	case news.Prep:
		return c.ts[i].Lower != "that"
	case news.Punct:
		l := c.ts[i].Lower
		return l == "(" || l == ")" || l == "." || l == "/"
	case news.Adv:
		return false
	}
	return false
}

// subject returns the noun phrase that governs the cue at i.
func (c *clauseReader) subject(i int) tokens {
	end := i
	for end > c.first && (c.ts[end-1].Tag == news.Adv || c.ts[end-1].Tag == news.Aux || c.ts[end-1].Tag == news.Modal || c.ts[end-1].Lower == "been" || c.reflexive(end-1)) {
		end--
	}
	if end == c.first {
		return tokens{}
	}
	prev := &c.ts[end-1]
	// ", saying that", "and urged": the subject of the verb before
	if prev.Tag == news.Conj || prev.Lower == "," && c.ts[i].Tag == news.Ing {
		return c.mainSubject(end - 1)
	}
	if prev.Lower == "who" {
		return tokens{end - 1, end}
	}
	if (prev.Lower == "that" || prev.Lower == "which") && end-2 > c.first && c.ts[end-2].Tag == news.Noun && lexicon().is(documents, c.ts[end-2].Lower) {
		at := end - 2
		for at > c.first && (c.nominal(at-1) || c.ts[at-1].Tag == news.Poss) && c.ts[at].Tag != news.Det {
			at--
		}
		return tokens{at, end - 1} // "a memo that says the wall was rotten"
	}
	if prev.Lower == "-" {
		for j := end - 2; j > c.first; j-- { // "Kirby - a spokesman - said"
			if c.ts[j].Lower == "-" {
				return c.firstPhrase(c.clauseStart(j), j)
			}
		}
	}
	if prev.Lower == "," {
		// "Kirby, who is …, said": the phrase before the first comma
		if s := c.beforeAside(end - 1); !s.empty() {
			return s
		}
		return tokens{}
	}
	start := c.clauseStart(end)
	if s := c.beforeRelative(start, end); !s.empty() {
		return s
	}
	s := c.firstPhrase(start, end)
	if end-1 >= s.last && c.acting(end-1) {
		return tokens{end - 1, end} // "A short time later |he said"
	}
	if s.last < end { // "the first time |Ada Lind has said so"
		at := end
		for at > s.last && c.ts[at-1].Tag == news.Name && !c.f.insideTimex(c.ts[at-1].Span.Start) {
			at--
		}
		if at < end && at >= s.last && c.ts[at-1].Tag == news.Noun {
			return tokens{at, end}
		}
	}
	return s
}

// acting reports whether token i is a pronoun that can be nothing but a subject.
func (c *clauseReader) acting(i int) bool {
	switch c.ts[i].Lower {
	case "he", "she", "they", "we":
		return true
	}
	return false
}

// reflexive reports whether token i only stresses the name before it: "Oake
// herself said".
func (c *clauseReader) reflexive(i int) bool {
	switch c.ts[i].Lower {
	case "himself", "herself", "itself", "themselves":
		return i > c.first && c.nominal(i-1)
	}
	return false
}

// beforeRelative returns the subject whose relative clause stands before the
// cue: "the owner of a dam that burst in Norland denied".
func (c *clauseReader) beforeRelative(start, end int) tokens {
	if start == c.first || start == end {
		return tokens{}
	}
	switch c.ts[start-1].Tag {
	case news.Verb, news.Aux, news.Inf, news.PastPart, news.Ing:
	default:
		return tokens{}
	}
	if j := start - 1; j > c.first+1 && c.ts[j-1].Tag == news.Pronoun && c.ts[j-2].Tag == news.Noun {
		return c.firstPhrase(c.clauseStart(j-1), j-1) // "all the experts I asked said"
	}
	for j := start - 1; j > c.first && j > start-12; j-- {
		switch w := c.ts[j].Lower; {
		case w == "who" || w == "which" || w == "whose" || w == "that" && (c.ts[j-1].Tag == news.Noun || c.ts[j-1].Tag == news.Name):
			return c.firstPhrase(c.clauseStart(j), j)
		case w == "," || c.ts[j].Tag == news.Close:
			return tokens{}
		case c.reduced(j, end):
			return c.firstPhrase(c.clauseStart(j), j) // "a person briefed on the talks said"
		}
	}
	return tokens{}
}

// clauseStart walks back from end to where its clause begins.
func (c *clauseReader) clauseStart(end int) int {
	at := end
	for at > c.first {
		t := &c.ts[at-1]
		switch t.Tag {
		case news.Sub, news.Verb, news.Modal, news.Aux, news.Open, news.Inf, news.Ing:
			return at
		case news.Close:
			return at
		case news.Pronoun:
			if t.Lower == "who" || t.Lower == "which" || t.Lower == "what" {
				return at
			}
		case news.Det:
			if t.Lower == "which" || t.Lower == "what" {
				return at
			}
		case news.Punct:
			if t.Lower != "(" && t.Lower != ")" && t.Lower != "/" && t.Lower != "." {
				return at
			}
		case news.Conj:
			// "Russia and North Korea said", but "crossed … and officials said"
			if !c.phraseOnly(at - 1) {
				return at
			}
		}
		at--
	}
	return at
}

// phraseOnly reports whether nothing but a noun phrase stands between the
// clause's start and the conjunction at i.
func (c *clauseReader) phraseOnly(i int) bool {
	for at := i - 1; at >= c.first; at-- {
		switch c.ts[at].Tag {
		case news.Verb, news.Aux, news.Modal, news.Inf, news.Ing, news.To:
			return false
		case news.Punct, news.Sub, news.Close:
			return at+1 < i
		}
	}
	return true
}

// firstPhrase returns the first noun phrase in [start, end), leading time and
// place phrases left out.
func (c *clauseReader) firstPhrase(start, end int) tokens {
	at := start
	for at < end {
		t := &c.ts[at]
		if t.Tag == news.Conj || t.Tag == news.Adv || t.Tag == news.Punct {
			at++
			continue
		}
		if t.Tag == news.Prep {
			stop := c.nounPhraseEnd(at + 1)
			if stop <= at+1 || stop >= end {
				// "In all officials said": give up on the preposition alone
				at++
				continue
			}
			at = stop
			continue
		}
		if c.f.startsTimex(t.Span.Start) && !c.possessed(at, end) {
			for at < end && c.f.insideTimex(c.ts[at].Span.Start) {
				at++
			}
			continue
		}
		break
	}
	if at >= end {
		return tokens{}
	}
	switch c.ts[at].Lower {
	case "something", "anything", "everything", "nothing", "all":
		if c.ts[at].Tag == news.Pronoun && at+1 < end && c.phrase(at+1, end) {
			at++ // "something |analysts say Norland has turned into an art"
		}
	}
	stop := min(c.nounPhraseEnd(at), end)
	if stop <= at {
		return tokens{}
	}
	// "U.S. and South Korean officials have warned": both are the subject
	if stop+1 < end && c.ts[stop].Lower == "and" && c.allNominal(stop+1, end) {
		stop = end
	}
	return tokens{at, stop}
}

func (c *clauseReader) allNominal(from, to int) bool {
	for i := from; i < to; i++ {
		if !c.nominal(i) {
			return false
		}
	}
	return true
}

// possessed reports whether a possessive follows: "Wednesday's KCNA report".
func (c *clauseReader) possessed(i, end int) bool { return i+1 < end && c.ts[i+1].Tag == news.Poss }

// mainSubject is the subject of the finite verb before i: of "X did A and
// said B" it is X.
func (c *clauseReader) mainSubject(i int) tokens {
	under := tokens{} // of a clause that hangs on another: "asked how |the wall will work, saying"
	for v := i - 1; v > c.first; v-- {
		if c.f.within(v) {
			continue
		}
		if t := c.ts[v].Tag; t == news.Verb || t == news.Aux || t == news.Modal || t == news.PastPart && c.cue(v) != 0 {
			if s := c.subject(v); !s.empty() && !c.relative(s) {
				if s.first > c.first && c.ts[i].Lower == "," {
					switch c.ts[s.first-1].Lower {
					case "how", "why", "what", "where", "when", "whether", "that", "which", "who", "if":
						if under.empty() {
							under = s
						}
						continue
					}
				}
				return s
			}
		}
	}
	return under
}

// relative reports whether the phrase is a relative pronoun.
func (c *clauseReader) relative(r tokens) bool {
	w := c.ts[r.first].Lower
	return r.last-r.first == 1 && (w == "who" || w == "which" || w == "that" || w == "it")
}

// beforeAside returns the noun phrase before an aside that ends with the
// comma at i: "Kirby, a spokesman, said".
func (c *clauseReader) beforeAside(i int) tokens {
	best := tokens{}
	for at := i; at > c.first; {
		start := c.pieceStart(at)
		if c.f.within(at - 1) {
			return best
		}
		if best.empty() && at == i && !c.asidePiece(start, at) || at != i && c.plainVerb(start, at) && !c.asidePiece(start, at) {
			// this piece is a clause of its own; the subject may begin in it
			if at != i {
				if s := c.firstPhrase(c.clauseStart(at), at); !s.empty() && c.personal(s) {
					return s
				}
			}
			return best
		}
		if start == c.first && c.ts[start].Tag == news.Prep && !best.empty() {
			return best // "On Meet the Coast, |Ada Lind, the mayor, said"
		}
		if at != i {
			if s := c.firstPhrase(c.clauseStart(at), at); !s.empty() && !c.f.insideTimex(c.ts[s.first].Span.Start) && (s.last == at || c.phrase(s.last, at)) && (best.empty() || c.ts[s.first].Tag != news.Num) {
				best = s
			}
		}
		if start == c.first || c.ts[start-1].Lower != "," {
			return best
		}
		at = start - 1
	}
	return best
}

// asidePiece reports whether the piece is an apposition or a relative clause.
func (c *clauseReader) asidePiece(from, to int) bool {
	switch c.ts[from].Lower {
	case "quoted", "cited", "citing", "quoting", "according":
		return true
	}
	for j := from; j < to; j++ {
		switch c.ts[j].Lower {
		case "who", "which", "whose", "where", "whom", "that":
			return true
		}
	}
	return !c.plainVerb(from, to)
}

// plainVerb reports whether a finite verb stands in [from, to).
func (c *clauseReader) plainVerb(from, to int) bool { return c.hasVerb(tokens{from, to}) }
