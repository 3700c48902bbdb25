package quote

import (
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// This file reads clauses: where a subject, a noun phrase or the content of a
// statement begins and ends.

// nounPhraseEnd returns the end of the noun phrase at i, with names in
// apposition ("the ambassador to Seoul, Andrey Kulik") left out.
func (c *clauseReader) nounPhraseEnd(i int) int {
	at, head := i, false
	for at < c.last {
		t := c.ts[at]
		switch t.Tag {
		case news.Name, news.Noun:
			if head && c.f.startsTimex(t.Span.Start) {
				return at
			}
			head = true
		case news.Det, news.Adj, news.Num, news.PastPart, news.Ing:
			if head && t.Tag != news.Adj && t.Tag != news.Num {
				return at
			}
		case news.Pronoun:
			if !head && at == i {
				return at + 1
			}
			return at
		case news.Poss:
			head = false
		case news.Prep:
			by := t.Lower == "by" && lexicon().is(documents, c.ts[at-1].Lemma) // "a statement by the ministry"
			if !head || !by && !lexicon().is(complements, t.Lower) {
				return at
			}
			if at+1 >= c.last || c.f.startsTimex(c.ts[at+1].Span.Start) || !c.nominal(at+1) || t.Lower != "of" && c.venueWord(at+1) {
				return at
			}
			head = false
		case news.Conj:
			if !head || t.Lower != "and" && t.Lower != "&" || at+1 >= c.last || !c.nominal(at+1) || c.verbAfterPhrase(at+1) {
				return at
			}
			head = false
		case news.Punct:
			if t.Lower == "(" && at+2 < c.last && c.ts[at+2].Lower == ")" { // "(KCNA)"
				at += 3
				continue
			}
			if t.Lower == "/" || t.Lower == "." && at > i && len(c.ts[at-1].Lower) == 1 {
				at++
				continue
			}
			return at
		case news.Open, news.Close:
			return at
		default:
			return at
		}
		at++
	}
	return at
}

// nominal reports whether a noun phrase can begin at i.
func (c *clauseReader) nominal(i int) bool {
	switch c.ts[i].Tag {
	case news.Name, news.Noun, news.Det, news.Adj, news.Num:
		return true
	}
	return false
}

// verbAfterPhrase reports whether the noun phrase at i is the subject of a verb.
func (c *clauseReader) verbAfterPhrase(i int) bool {
	for i < c.last && c.nominal(i) {
		i++
	}
	return i < c.last && (c.ts[i].Tag == news.Verb || c.ts[i].Tag == news.Aux || c.ts[i].Tag == news.Modal)
}

// venueWord reports whether the phrase at i is an occasion of speaking.
func (c *clauseReader) venueWord(i int) bool {
	end := i
	for end < c.last && c.nominal(end) {
		if lexicon().is(occasions, c.ts[end].Lower) {
			return true
		}
		end++
	}
	return false
}

// subjectAfterMark returns the noun phrase between a comma or closing mark and
// the cue at i, with the index of that mark.
func (c *clauseReader) subjectAfterMark(i int) (tokens, int) {
	end := i
	for end > c.first && (c.ts[end-1].Tag == news.Adv || c.ts[end-1].Tag == news.Aux) {
		end--
	}
	at := end
	if end > c.first && c.ts[end-1].Lower == "," {
		return c.subjectBeforeAside(end - 1)
	}
	for at > c.first {
		t := c.ts[at-1]
		if t.Tag == news.Close && t.Lower == `"` || t.Lower == "," {
			if at == end {
				return tokens{}, 0
			}
			return tokens{at, end}, at - 1
		}
		if !c.phraseToken(at - 1) {
			return tokens{}, 0
		}
		at--
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
	for end > c.first && (c.ts[end-1].Tag == news.Adv || c.ts[end-1].Tag == news.Aux || c.ts[end-1].Tag == news.Modal) {
		end--
	}
	if end == c.first {
		return tokens{}
	}
	prev := c.ts[end-1]
	// ", saying that", "and urged": the subject of the verb before
	if prev.Tag == news.Conj || prev.Lower == "," && c.ts[i].Tag == news.Ing {
		return c.mainSubject(end - 1)
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
	return c.firstPhrase(start, end)
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
	for j := start - 1; j > c.first && j > start-12; j-- {
		switch w := c.ts[j].Lower; {
		case w == "who" || w == "which" || w == "whose" || w == "that" && (c.ts[j-1].Tag == news.Noun || c.ts[j-1].Tag == news.Name):
			return c.firstPhrase(c.clauseStart(j), j)
		case w == "," || c.ts[j].Tag == news.Close:
			return tokens{}
		}
	}
	return tokens{}
}

// clauseStart walks back from end to where its clause begins.
func (c *clauseReader) clauseStart(end int) int {
	at := end
	for at > c.first {
		t := c.ts[at-1]
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
		t := c.ts[at]
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
	for v := i - 1; v > c.first; v-- {
		if c.f.within(v) {
			continue
		}
		if t := c.ts[v].Tag; t == news.Verb || t == news.Aux || t == news.Modal || t == news.PastPart && c.cue(v) != 0 {
			if s := c.subject(v); !s.empty() && !c.relative(s) {
				return s
			}
		}
	}
	return tokens{}
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
		if at != i {
			if s := c.firstPhrase(c.clauseStart(at), at); !s.empty() && s.last == at && (best.empty() || c.ts[s.first].Tag != news.Num) {
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
	for j := from; j < to; j++ {
		switch c.ts[j].Lower {
		case "who", "which", "whose", "where", "whom":
			return true
		}
	}
	return !c.plainVerb(from, to)
}

// plainVerb reports whether a finite verb stands in [from, to).
func (c *clauseReader) plainVerb(from, to int) bool { return c.hasVerb(tokens{from, to}) }

// when takes a time expression at i into a, and returns where it ends.
func (c *clauseReader) when(i int, a *found) int {
	at := i
	if at < c.last && c.ts[at].Tag == news.Prep && at+1 < c.last && c.f.startsTimex(c.ts[at+1].Span.Start) {
		at++
	}
	if at < c.last {
		if t, ok := c.f.timexAt(c.ts[at].Span.Start); ok {
			for at < c.last && c.ts[at].Span.Start < t.Span.End {
				at++
			}
			if a.when.Value == "" && t.Type != "DURATION" {
				a.when = news.When{Span: t.Span, Value: t.Value}
			}
			return at
		}
	}
	return i
}

// circumstances skips what may stand between a cue and its content: time,
// hearers and occasion. They go into a.
func (c *clauseReader) circumstances(i int, fr frames, a *found) int {
	at := i
	for range 4 {
		from := at
		at = c.when(at, a)
		if at < c.last && c.ts[at].Tag == news.Adv && !c.clauseWord(at) {
			at++
		}
		if fr&audience != 0 && from == i && at < c.last && (c.nominal(at) || c.ts[at].Tag == news.Pronoun) {
			end := c.hearerEnd(at)
			if end > at {
				c.venue(tokens{at, end}, a)
				at = end
			}
		}
		if at < c.last && (c.ts[at].Tag == news.Prep || c.ts[at].Lower == "to") && at+1 < c.last {
			end := c.nounPhraseEnd(at + 1)
			if end > at+1 && (c.venueWord(at+1) || lexicon().is(hearers, c.ts[end-1].Lower) || c.ts[at].Lower == "during") {
				for end < c.last && c.ts[end].Tag == news.Prep && c.nounPhraseEnd(end+1) > end+1 && (c.ts[end].Lower == "on" || c.ts[end].Lower == "with" || c.ts[end].Lower == "in" || c.ts[end].Lower == "at" || c.ts[end].Lower == "from") && !c.f.startsTimex(c.ts[end+1].Span.Start) {
					end = c.nounPhraseEnd(end + 1)
				}
				c.venue(tokens{at + 1, end}, a)
				at = end
			}
		}
		if end := c.anonymity(at); end > at {
			at = end
		}
		if at == from {
			break
		}
	}
	return at
}

// anonymity skips "on condition of anonymity", "speaking on condition of
// anonymity because …".
func (c *clauseReader) anonymity(i int) int {
	for j := i; j < c.last && j < i+7; j++ {
		if c.ts[j].Lower == "anonymity" {
			j++
			if j < c.last && c.ts[j].Lower == "because" {
				for j < c.last && c.ts[j].Tag != news.Punct {
					j++
				}
			}
			return j
		}
		if c.ts[j].Tag == news.Verb || c.ts[j].Tag == news.Punct || c.ts[j].Tag == news.Modal {
			return i
		}
	}
	return i
}

// hearerEnd is nounPhraseEnd for the hearer after "told": a short phrase.
func (c *clauseReader) hearerEnd(i int) int {
	if c.ts[i].Tag == news.Pronoun {
		return i + 1
	}
	for j := i; j < c.last && j < i+8 && (c.nominal(j) || c.ts[j].Tag == news.Poss); j++ {
		if lexicon().is(hearers, c.ts[j].Lower) {
			end := j + 1
			if end < c.last && c.ts[end].Tag == news.Prep && !c.f.startsTimex(c.ts[min(end+1, c.last-1)].Span.Start) && c.nounPhraseEnd(end+1) > end+1 {
				return c.nounPhraseEnd(end + 1)
			}
			return end
		}
	}
	j := i
	for j < c.last && (c.ts[j].Tag == news.Det || c.ts[j].Tag == news.Name || c.ts[j].Tag == news.Poss || c.ts[j].Tag == news.Noun || c.ts[j].Tag == news.Adj) {
		if c.ts[j].Tag == news.Poss {
			j++
			continue
		}
		// "told Reuters the deal was off": the next phrase is the content
		if j > i && (c.ts[j].Tag == news.Det) {
			return j
		}
		if c.f.startsTimex(c.ts[j].Span.Start) {
			return j
		}
		j++
	}
	return j
}

func (c *clauseReader) venue(r tokens, a *found) {
	if a.venue.empty() {
		a.venue = r
	}
}

func (c *clauseReader) clauseWord(i int) bool {
	return c.ts[i].Lower == "there" || c.ts[i].Lower == "not"
}

// thatAfter returns where the clause after "that" begins, if "that" follows
// the cue with nothing but circumstances between; else 0.
func (c *clauseReader) thatAfter(i int, a *found, fr frames) int {
	if fr&(clause|audience) == 0 {
		return 0
	}
	if i < c.last && fr&audience == 0 && c.nominal(i) && c.ts[i].Lower != "that" && !c.f.startsTimex(c.ts[i].Span.Start) {
		return 0 // "wrote a letter that shook the town": an object, not hearers
	}
	for j := i; j < c.last && j < i+16; j++ {
		t := c.ts[j]
		if t.Lower == "that" && (t.Tag == news.Sub || j == i) && j+1 < c.last {
			c.circumstances(i, fr, a)
			return j + 1
		}
		if t.Lower == "if" || t.Lower == "whether" {
			if j == i {
				return j
			}
			return 0
		}
		switch t.Tag {
		case news.Verb, news.Aux, news.Modal, news.Open, news.Sub, news.Close:
			return 0
		case news.Punct:
			// "told the Observer, a local paper, that"
			end := j + 1
			for end < c.last && end < j+9 && c.phraseToken(end) {
				end++
			}
			if t.Lower != "," || end+1 >= c.last || c.ts[end+1].Lower != "that" || c.ts[end].Lower != "," {
				return 0
			}
			j = end
		}
	}
	return 0
}

// toFollows reports whether "to" + infinitive follows i, circumstances between.
func (c *clauseReader) toFollows(i int) bool {
	var a found
	at := c.circumstances(i, 0, &a)
	return at < c.last && (c.ts[at].Tag == news.To || c.ts[at].Lower == "to" && at+1 < c.last && (c.ts[at+1].Tag == news.Open || c.ts[at+1].Tag == news.Inf || c.ts[at+1].Tag == news.Adv))
}

// objectTo reports whether "O to C" follows i.
func (c *clauseReader) objectTo(i int) bool {
	if i >= c.last || !c.nominal(i) && c.ts[i].Tag != news.Pronoun {
		return false
	}
	for j := i + 1; j < c.last && j < i+14; j++ {
		switch c.ts[j].Tag {
		case news.To:
			return true
		case news.Verb, news.Aux, news.Modal, news.Sub:
			return false
		case news.Punct:
			return false
		case news.Prep:
			if c.ts[j].Lower == "to" && j+1 < c.last && (c.ts[j+1].Tag == news.Adv || c.ts[j+1].Tag == news.Inf || c.ts[j+1].Tag == news.Open) {
				return true
			}
		}
	}
	return false
}

// marksFollow reports whether quoted words follow i at once, a comma or colon
// between allowed.
func (c *clauseReader) marksFollow(i int) bool {
	for i < c.last && (c.ts[i].Lower == "," || c.ts[i].Lower == ":") {
		i++
	}
	return i < c.last && c.ts[i].Tag == news.Open
}

// quotedSoon reports whether the phrase after i holds quoted words.
func (c *clauseReader) quotedSoon(i int) bool {
	for j := i; j < c.last && j < i+12; j++ {
		switch c.ts[j].Tag {
		case news.Open:
			return true
		case news.Punct:
			return false
		case news.Verb, news.Modal, news.Sub:
			return false
		}
	}
	return false
}

// clauseFollows reports whether a subject and a finite verb follow i.
func (c *clauseReader) clauseFollows(i int) bool {
	if i >= c.last {
		return false
	}
	switch c.ts[i].Tag {
	case news.Name, news.Noun, news.Det, news.Adj, news.Num, news.Pronoun, news.Adv, news.Ing:
	case news.Aux, news.Modal:
		return strings.Contains(c.ts[i].Lower, "'") // "they're": a pronoun and its verb in one token
	case news.Prep, news.Sub:
		// "said in 2019 the …" is read by circumstances; "said if …" is a clause
		if c.ts[i].Lower != "if" && c.ts[i].Lower != "when" && c.ts[i].Lower != "while" && c.ts[i].Lower != "as" && c.ts[i].Lower != "despite" && c.ts[i].Lower != "unlike" && c.ts[i].Lower != "because" {
			return false
		}
	default:
		return false
	}
	for j := i; j < c.last; j++ {
		switch c.ts[j].Tag {
		case news.Verb, news.Aux, news.Modal:
			return true
		case news.Poss:
			if j > i && c.ts[j-1].Tag == news.Pronoun {
				return true
			}
		}
	}
	return false
}

// objectOnly reports whether the verbs after the noun phrase at i belong to its
// relative clause: "wrote a letter that shook the town" says nothing.
func (c *clauseReader) objectOnly(i int) bool {
	end := c.nounPhraseEnd(i)
	if end <= i || end >= c.last || c.ts[end].Lower != "that" && c.ts[end].Lower != "which" && c.ts[end].Lower != "who" {
		return false
	}
	verbs := 0
	for j := end; j < c.last; j++ {
		if t := c.ts[j].Tag; t == news.Verb || t == news.Modal || t == news.Aux {
			verbs++
		}
	}
	return verbs < 2
}

// phraseFollows reports whether a noun phrase of some weight follows i.
func (c *clauseReader) phraseFollows(i int) bool {
	if i >= c.last || !c.nominal(i) || c.f.startsTimex(c.ts[i].Span.Start) {
		return false
	}
	end := c.nounPhraseEnd(i)
	return end-i >= 2 || end < c.last && c.ts[end].Lower == "that"
}

// contentStart returns where a statement that ends at end begins: at its
// opening mark when it is all quoted, else at the start of its sentence.
func (c *clauseReader) contentStart(end int) int {
	start := c.first
	if end > c.first && c.ts[end-1].Tag == news.Close {
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
	t := c.ts[i]
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
			inner := c.ts[at-1]
			next := c.ts[at+1]
			if next.Lower == "which" || next.Tag == news.Prep && c.venueWord(at+2) && at+2 < c.last {
				return at + 1
			}
			if inner.Lower == "," && next.Tag != news.Verb && next.Tag != news.Conj {
				return at + 1
			}
			continue
		}
		t := c.ts[at]
		if at > i && c.ownAttribution(at) {
			return c.trimRight(at)
		}
		if t.Lower == "," && at+1 < c.last && c.aside(at+1) {
			return at
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
	return i < c.last && c.ts[i].Tag == news.Verb && c.cue(i)&(clause|object) != 0 && c.cue(i)&belief == 0
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
	for _, t := range c.ts[r.first:r.last] {
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
	for _, t := range c.ts[from:to] {
		if t.Tag != news.Punct && t.Tag != news.Open && t.Tag != news.Conj {
			return false
		}
	}
	return true
}

func (c *clauseReader) words(r tokens) int {
	n := 0
	for _, t := range c.ts[r.first:r.last] {
		if t.Tag != news.Punct && t.Tag != news.Open && t.Tag != news.Close {
			n++
		}
	}
	return n
}

// timexAt returns the time expression that begins at offset.
func (f *finder) timexAt(offset int) (news.Timex, bool) {
	items := f.v.Timexes.Items
	lo, hi := 0, len(items)
	for lo < hi {
		mid := (lo + hi) / 2
		if items[mid].Span.Start < offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(items) && items[lo].Span.Start == offset {
		return items[lo], true
	}
	return news.Timex{}, false
}

func (f *finder) startsTimex(offset int) bool {
	_, ok := f.timexAt(offset)
	return ok
}

func (f *finder) insideTimex(offset int) bool {
	items := f.v.Timexes.Items
	lo, hi := 0, len(items)
	for lo < hi {
		mid := (lo + hi) / 2
		if items[mid].Span.End <= offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo < len(items) && items[lo].Span.Holds(offset)
}
