package quote

import "github.com/tracewire/tracewire/internal/news"

// This file reads by whom a statement was carried, or on whom its speaker
// rests: "V quoted S as saying C", "S, quoted by V, said C", "V, which cited S,
// reported C", "in remarks published by V, S said C". A carrier V goes into the
// chain before the speaker, a source that is cited after him.

// The rules of findings that are links of another one's chain.
const (
	carriedRule = "carried by S"
	citingRule  = "C, citing S"
)

// quotes reads what V lets S say: "V quoted S as saying C", "S was quoted by V
// as saying C", `"C," V quoted S as saying`.
func (c *clauseReader) quotes(i int) bool {
	l := c.ts[i].Lemma
	if l != "quote" && l != "cite" && l != "report" || i+2 >= c.last {
		return false
	}
	a := found{confidence: 0.85, strong: true}
	at, by := i+1, tokens{}
	passive := c.passive(i)
	if l == "report" && !passive {
		return false
	}
	if passive {
		a.rule = "S was quoted as saying C"
		if c.ts[at].Lower == "by" {
			by = tokens{at + 1, c.nounPhraseEnd(at + 1)}
			at = by.last
		}
	} else {
		a.rule, a.source = "V quoted S as saying C", tokens{at, c.nounPhraseEnd(at)}
		if a.source.empty() {
			return false
		}
		at = c.asideEnd(a.source.last)
	}
	as := at
	if as < c.last && c.ts[as].Lower != "as" {
		as = c.circumstances(at, 0, &a)
	}
	if !passive && l == "quote" && as+1 < c.last && (c.ts[as].Lower == ":" || c.ts[as].Lower == ",") && c.ts[as+1].Tag == news.Open && as == a.source.last {
		if by = c.subject(i); by.empty() { // `V quoted S: "C"`
			return false
		}
		a.cue, a.content = tokens{i, i + 1}, tokens{as + 1, c.contentEnd(as + 1)}
		a.via = append(a.via, found{source: by, cue: a.cue, rule: carriedRule})
		c.push(a)
		return true
	}
	say := as + 1
	if say < c.last && (c.ts[say].Lower == "having" || c.ts[say].Lower == "have") {
		say++
	}
	if passive && say+1 < c.last && c.ts[as].Lower == "to" && c.ts[as+1].Lower == "have" { // "was reported by V to have said"
		if c.cue(say)&clause == 0 {
			return false
		}
	} else if l == "report" || say >= c.last || c.ts[as].Lower != "as" || c.cue(say)&(clause|audience|object) == 0 || c.ts[say].Tag != news.Ing && c.ts[say-1].Lower != "having" {
		return false
	}
	a.cue = tokens{as, say + 1}
	if passive && as == i+1 {
		a.cue.first = i
	}
	at = c.circumstances(say+1, c.cue(say), &a)
	if at+1 < c.last && c.ts[at].Lower == "by" {
		by = tokens{at + 1, c.nounPhraseEnd(at + 1)}
		at = c.when(by.last, &a)
	}
	subject, bound := c.subjectAfterMark(i)
	trails := !subject.empty() && (at >= c.last || c.ts[at].Tag == news.Punct && c.ts[at].Lower != ":")
	if !trails {
		subject = c.subject(i)
	}
	medium := tokens{i, i + 1}
	switch {
	case !passive:
		by = subject
	case by.empty():
		a.source = subject
	default:
		a.source, medium = subject, tokens{by.first - 1, by.first}
	}
	if !by.empty() {
		a.via = append(a.via, found{source: by, cue: medium, rule: carriedRule})
	}
	if trails {
		end := bound
		if c.ts[bound].Tag == news.Close {
			end++
		}
		a.content = tokens{c.contentStart(end), end}
	} else {
		for at < c.last && (c.ts[at].Lower == "that" || c.ts[at].Lower == "," || c.ts[at].Lower == ":") {
			at++
		}
		a.content = tokens{at, c.contentEnd(at)}
	}
	if a.source.empty() || a.content.empty() || c.words(a.content) < 2 {
		return false
	}
	c.push(a)
	return true
}

// passive reports whether a form of "be" stands before the verb at i.
func (c *clauseReader) passive(i int) bool {
	for j := i - 1; j >= c.first && j >= i-3; j-- {
		switch c.ts[j].Lower {
		case "is", "are", "was", "were", "been", "being", "be":
			return true
		}
		if c.ts[j].Tag != news.Adv {
			return false
		}
	}
	return false
}

// asideEnd returns the end of the apposition between commas at i, or i.
func (c *clauseReader) asideEnd(i int) int {
	if i >= c.last || c.ts[i].Lower != "," {
		return i
	}
	for j := i + 1; j < c.last && j < i+12; j++ {
		if c.ts[j].Lower == "," {
			return j + 1
		}
		if !c.phraseToken(j) {
			return i
		}
	}
	return i
}

// through adds to a the media that carried it and the source it rests on, when
// the sentence names them at its head or beside the speaker.
func (c *clauseReader) through(a *found) {
	if a.continuation != 0 || a.source.empty() {
		return
	}
	if a.source.last < a.cue.first {
		c.link(a.source.last, a, true)
	}
	if c.ts[a.source.first].Lower == "who" { // "V cited an official who said C"
		for k := a.source.first - 1; k > c.first && k > a.source.first-10 && c.ts[k].Tag != news.Punct; k-- {
			if l := c.ts[k].Lemma; c.ts[k].Tag == news.Verb && (l == "cite" || l == "quote") {
				if by := c.subject(k); !by.empty() {
					a.via = append(a.via, found{source: by, cue: tokens{k, k + 1}, rule: carriedRule})
				}
				break
			}
		}
	}
	if n := a.source.last; n < c.last && (c.ts[n].Lower == "quoted" || c.ts[n].Lower == "cited") {
		c.quotedBy(n, a) // "two officials quoted by V said"
	}
	if a.source.first > c.first+2 && c.ts[a.source.first-1].Lower == "," {
		if end := c.opening(a); end > 0 && end != a.source.first-1 {
			*a = withoutOpening(*a)
		}
	}
	// behind it: `"C," said S, quoted by V`, "C, S told V, according to W" is
	// read by its own rule
	if end := max(a.source.last, a.cue.last, a.venue.last, c.whenEnd(a)); a.content.last <= min(a.source.first, a.cue.first) {
		c.link(end, a, false)
	}
}

// whenEnd is the token after the time of speaking, 0 if there is none.
func (c *clauseReader) whenEnd(a *found) int {
	if a.when.Span.Empty() {
		return 0
	}
	i := max(a.source.last, a.cue.last)
	for i < c.last && c.ts[i].Span.End <= a.when.Span.End {
		i++
	}
	return i
}

// withoutOpening is a as it was before the phrase at the head of the sentence
// was read: that one stands with another statement.
func withoutOpening(a found) found {
	for len(a.via) > 0 && a.via[len(a.via)-1].opening {
		a.via = a.via[:len(a.via)-1]
	}
	return a
}

// opening reads the phrase at the head of the sentence: "Citing S, V said C",
// "In remarks published by V, S said C". It returns the place of the comma that
// ends it, 0 if there is no such phrase.
func (c *clauseReader) opening(a *found) int {
	i, n := c.first, len(a.via)
	for i < c.last && (c.ts[i].Tag == news.Conj || c.ts[i].Tag == news.Open) {
		i++
	}
	end := 0
	switch c.ts[i].Lower {
	case "citing", "quoting":
		end = c.cited(i, i+1, a)
	case "in", "during", "at":
		end = c.inRemarks(i, a)
	case "quoted", "cited":
		end = c.quotedBy(i, a)
	}
	if end == 0 {
		return 0
	}
	for end < c.last && c.ts[end].Lower != "," && end < i+24 {
		end++
	}
	for k := n; k < len(a.via); k++ {
		a.via[k].opening = true
	}
	return end
}

// link reads the link of a chain after a comma at i: ", quoted by V", ", citing
// S", ", which cited S", ", according to V" (only between a speaker and his
// cue). closed asks for a comma after it. It returns where the link ends, 0 if
// there is none.
func (c *clauseReader) link(i int, a *found, closed bool) int {
	if i+2 >= c.last || c.ts[i].Lower != "," {
		return 0
	}
	i++
	n, end := len(a.via), 0
	if c.ts[i].Lower == "as" {
		i++
	}
	if i+1 >= c.last {
		return 0
	}
	switch w := c.ts[i].Lower; {
	case w == "quoted" || w == "cited":
		end = c.quotedBy(i, a)
	case w == "interviewed":
		end = c.quotedBy(i, a)
	case closed && (w == "citing" || w == "quoting"):
		end = c.cited(i, i+1, a)
	case (w == "which" || w == "who") && i+1 < c.last && (c.ts[i+1].Lemma == "cite" || c.ts[i+1].Lemma == "quote"):
		end = c.cited(i+1, i+2, a)
	case (w == "which" || w == "who") && i+3 < c.last && (c.ts[i+1].Lemma == "speak" || c.ts[i+1].Lemma == "talk") && (c.ts[i+2].Lower == "to" || c.ts[i+2].Lower == "with"):
		end = c.cited(i+1, i+3, a)
	case closed && w == "on" && i+4 < c.last && (c.ts[i+2].Lower == "authority" || c.ts[i+2].Lower == "word") && c.ts[i+3].Lower == "of":
		end = c.cited(i, i+4, a)
	case closed && w == "according" && i+1 < c.last && c.ts[i+1].Lower == "to":
		end = c.medium(i, i+2, a)
	case w == "in":
		end = c.inRemarks(i, a)
	}
	if closed && end > 0 {
		for end < c.last && c.ts[end].Lower != "," && end < i+20 {
			end++
		}
		if end >= c.last || c.ts[end].Lower != "," {
			a.via = a.via[:n]
			return 0
		}
		end++
	}
	return end
}

// between skips a carrier between a cue and its content: "S said, according to
// V, that C", "S said, V reported, that C".
func (c *clauseReader) between(i int, fr frames, a *found) int {
	at := c.circumstances(i, fr, a)
	if at+2 >= c.last || c.ts[at].Lower != "," {
		return i
	}
	switch c.ts[at+1].Lower {
	case "according", "quoted", "cited", "as", "on":
		if end := c.link(at, a, true); end > 0 {
			return end
		}
	case "however", "though", "meanwhile", "instead":
		if at+3 < c.last && c.ts[at+2].Lower == "," {
			return at + 3 // "added, however, that C"
		}
	}
	return i
}

// bare reports whether nothing but a speaker and his cue, hearers and time
// stand before the comma at i: "S told V on Monday|, according to W, that C".
func (c *clauseReader) bare(i int) bool {
	for j := i - 1; j > c.first && j > i-10; j-- {
		if fr := c.finiteCue(j); fr&(clause|audience) != 0 {
			var a found
			return c.circumstances(j+1, fr, &a) == i
		}
	}
	return false
}

// quotedBy reads "quoted by V" with its verb at i.
func (c *clauseReader) quotedBy(i int, a *found) int {
	if i+2 >= c.last || c.ts[i+1].Lower != "by" {
		return 0
	}
	return c.medium(i, i+2, a)
}

// medium takes the phrase at i as a carrier, with the words from cue to i as
// its cue. It returns where the phrase ends, 0 if there is none.
func (c *clauseReader) medium(cue, i int, a *found) int {
	src := tokens{i, c.nounPhraseEnd(i)}
	if src.empty() || !c.canSpeak(src) {
		return 0
	}
	a.via = append(a.via, found{source: src, cue: tokens{cue, i}, rule: carriedRule})
	return c.when(src.last, a)
}

// cited takes the phrase at i as the source that the speaker rests on.
func (c *clauseReader) cited(cue, i int, a *found) int {
	src := tokens{i, c.nounPhraseEnd(i)}
	if src.empty() || !c.canSpeak(src) || c.ts[src.first].Lower == "what" || cue > c.first && c.ts[cue-1].Lower == "without" {
		return 0
	}
	a.via = append(a.via, found{source: src, cue: tokens{cue, i}, rule: citingRule})
	return src.last
}

// inRemarks reads "in remarks carried by V", "in an interview with V" at i,
// and makes it the venue of a.
func (c *clauseReader) inRemarks(i int, a *found) int {
	end := c.occasionEnd(i + 1)
	if end <= i+1 || end >= c.last || !c.venueWord(i+1) {
		return 0
	}
	n := len(a.via)
	c.interview(tokens{i + 1, end}, a)
	at := c.carried(end, a)
	if k := c.citesAt(end); k > 0 { // "in a report citing S"
		at = max(at, c.cited(k-1, k, a))
	}
	if len(a.via) == n {
		return 0
	}
	c.venue(tokens{i + 1, end}, a)
	return at
}

// citesAt reads "citing", "that cited" after a document: it returns where the
// source begins, 0 if there is none.
func (c *clauseReader) citesAt(i int) int {
	if i < c.last && (c.ts[i].Lower == "that" || c.ts[i].Lower == "which") {
		i++
	}
	if i+1 < c.last && (c.ts[i].Lemma == "cite" || c.ts[i].Lemma == "quote") && c.ts[i].Tag != news.PastPart {
		return i + 1
	}
	return 0
}

// asSaid reads "As V reported, C", "C, as V reported", "C, as reported by V".
func (c *clauseReader) asSaid(i int) bool {
	if c.ts[i].Lower != "as" || i+2 >= c.last {
		return false
	}
	a := found{confidence: 0.8, rule: "C, as S said"}
	j := i + 1
	for j < c.last && c.ts[j].Tag == news.Adv || j < c.last && c.ts[j].Lower == "first" {
		j++
	}
	if j+2 < c.last && c.ts[j+1].Lower == "by" && c.cue(j)&clause != 0 {
		a.source, a.cue = tokens{j + 2, c.nounPhraseEnd(j + 2)}, tokens{j, j + 2}
	} else {
		a.source = tokens{j, c.nounPhraseEnd(j)}
		if n := a.source.last - 1; n > j && c.ts[n].Lower == "first" {
			a.source.last = n // "as the Gazette first reported"
		}
		for j = a.source.last; j < c.last && (c.ts[j].Tag == news.Adv || c.ts[j].Tag == news.Aux || c.ts[j].Lower == "first"); j++ {
		}
		if j+1 < c.last && c.ts[j].Lemma == "put" && c.ts[j+1].Lower == "it" { // "as Oake put it"
			a.cue = tokens{j, j + 2}
		} else if j >= c.last || c.ts[j].Tag != news.Verb && c.ts[j].Tag != news.PastPart || c.cue(j)&clause == 0 || c.cue(j)&(belief|study) != 0 || !c.canSpeak(a.source) && c.ts[a.source.first].Tag != news.Pronoun {
			return false
		}
		if a.cue.empty() {
			a.cue = tokens{j, j + 1}
		}
	}
	if a.source.empty() {
		return false
	}
	at := c.circumstances(max(a.cue.last, a.source.last), c.cue(j), &a)
	switch {
	case (i == c.first || c.onlyMarks(c.first, i)) && at+1 < c.last && c.ts[at].Lower == ",":
		a.content, a.rule = tokens{at + 1, c.contentEnd(at + 1)}, "as S said, C"
	case i > c.first && c.ts[i-1].Lower == "," && (at >= c.last || c.ts[at].Tag == news.Punct && c.ts[at].Lower != ":"):
		end := c.trimRight(i)
		a.content = tokens{c.contentStart(end), end}
	}
	if a.content.empty() || !c.hasVerb(a.content) {
		return false
	}
	c.push(a)
	return true
}

// wasTold reads "V was told by S that C".
func (c *clauseReader) wasTold(i int) bool {
	if l := c.ts[i].Lemma; l != "tell" && l != "inform" || !c.passive(i) || i+3 >= c.last || c.ts[i+1].Lower != "by" {
		return false
	}
	a := found{source: tokens{i + 2, c.nounPhraseEnd(i + 2)}, cue: tokens{i, i + 2}, confidence: 0.8, rule: "V was told by S that C", strong: true}
	at := c.circumstances(a.source.last, 0, &a)
	if a.source.empty() || at+1 >= c.last || c.ts[at].Lower != "that" {
		return false
	}
	if by := c.subject(i); !by.empty() {
		a.via = append(a.via, found{source: by, cue: tokens{i, i + 1}, rule: carriedRule})
	}
	a.content = tokens{at + 1, c.contentEnd(at + 1)}
	if a.content.empty() {
		return false
	}
	c.push(a)
	return true
}

// putAt reads "S put N at Q": "officials put the toll at 19".
func (c *clauseReader) putAt(i int) bool {
	if c.ts[i].Lemma != "put" || c.ts[i].Tag == news.Inf || i+3 >= c.last || !c.nominal(i+1) || c.passive(i) {
		return false
	}
	at := c.nounPhraseEnd(i + 1)
	for k := i + 2; k < at; k++ {
		if c.ts[k].Lower == "at" {
			at = k
		}
	}
	num := at + 1
	for num < c.last && num < at+5 && c.ts[num].Tag != news.Num {
		num++
	}
	if at >= c.last || c.ts[at].Lower != "at" || num >= c.last || c.ts[num].Tag != news.Num || c.f.startsTimex(c.ts[at+1].Span.Start) {
		return false
	}
	src := c.subject(i)
	if src.empty() || !c.canSpeak(src) && c.ts[src.first].Tag != news.Pronoun {
		return false
	}
	c.push(found{source: src, cue: tokens{i, i + 1}, content: tokens{i + 1, c.contentEnd(i + 1)}, confidence: 0.7, rule: "S put N at Q"})
	return true
}

// plainly reads the idioms of saying: "S made (it) clear that C", "S let it be
// known that C", "S left no doubt that C", "S was adamant that C".
func (c *clauseReader) plainly(i int) bool {
	at := i + 1
	word := func(ws ...string) bool {
		for _, w := range ws {
			if at < c.last && c.ts[at].Lower == w {
				at++
				return true
			}
		}
		return false
	}
	ok, person := false, false
	switch c.ts[i].Lemma {
	case "make":
		word("it")
		word("very", "quite", "abundantly", "perfectly")
		ok = word("clear", "plain", "known")
	case "let":
		ok = word("it") && word("be") && word("known")
	case "leave":
		ok = word("no", "little") && word("doubt")
	case "be", "is", "are", "was", "were":
		word("very", "quite", "absolutely")
		ok, person = word("clear", "adamant", "categorical", "explicit", "unequivocal", "emphatic"), true
	}
	if !ok || at+1 >= c.last || c.ts[at].Lower != "that" || c.negated(i) {
		return false
	}
	src := c.subject(i)
	if src.empty() || !c.canSpeak(src) && !c.personal(src) || person && !c.personal(src) {
		return false
	}
	c.push(found{source: src, cue: tokens{i, at}, content: tokens{at + 1, c.contentEnd(at + 1)}, confidence: 0.75, rule: "S made clear that C", strong: true})
	return true
}

// published reads "V carried a report that C", "V broke the news that C".
func (c *clauseReader) published(i int) bool {
	switch c.ts[i].Lemma {
	case "carry", "publish", "run", "print", "issue", "release", "break", "broadcast", "air", "circulate":
	default:
		return false
	}
	end := i + 1
	for end < c.last && end < i+6 && c.nominal(end) {
		end++
	}
	if c.ts[i].Tag != news.Verb || end == i+1 || end+2 >= c.last || c.ts[end].Lower != "that" || !lexicon().is(documents, c.ts[end-1].Lower) && c.ts[end-1].Lower != "news" && c.ts[end-1].Lower != "story" {
		return false
	}
	src := c.subject(i)
	a := found{source: src, cue: tokens{i, end}, content: tokens{end + 1, c.contentEnd(end + 1)}, confidence: 0.7, rule: "V carried a report that C", strong: true}
	if src.empty() || !c.canSpeak(src) || c.ts[end+1].Tag == news.Verb || !c.hasVerb(a.content) {
		return false
	}
	c.push(a)
	return true
}

// emerged reads reports without an author: "reports emerged that C".
func (c *clauseReader) emerged(i int) bool {
	switch c.ts[i].Lemma {
	case "emerge", "surface", "circulate", "spread":
	default:
		return false
	}
	src := c.subject(i)
	if i+2 >= c.last || c.ts[i+1].Lower != "that" || src.empty() {
		return false
	}
	switch c.ts[c.f.head(src)].Lower {
	case "reports", "word", "rumours", "rumors", "claims":
		c.push(found{source: src, cue: tokens{i, i + 1}, content: tokens{i + 2, c.contentEnd(i + 2)}, confidence: 0.7, rule: "reports emerged that C"})
		return true
	}
	return false
}

// inWords reads the phrases that stand for "according to": "in the words of
// S", "by S's account", "per S". It returns where the speaker is.
func (c *clauseReader) inWords(i int) (src, cue tokens) {
	switch c.ts[i].Lower {
	case "in":
		if i+4 < c.last && c.ts[i+1].Lower == "the" && (c.ts[i+2].Lower == "words" || c.ts[i+2].Lower == "telling") && c.ts[i+3].Lower == "of" {
			return tokens{i + 4, c.nounPhraseEnd(i + 4)}, tokens{i, i + 4}
		}
	case "by":
		for j := i + 1; j+2 < c.last && j < i+8 && (c.nominal(j) || c.ts[j].Tag == news.Poss); j++ {
			if c.ts[j].Tag == news.Poss && (c.ts[j+1].Lower == "account" || c.ts[j+1].Lower == "reckoning" || c.ts[j+1].Lower == "count") {
				return tokens{i + 1, j}, tokens{j + 1, j + 2}
			}
		}
	case "per":
		if src := (tokens{i + 1, c.nounPhraseEnd(i + 1)}); !src.empty() && c.ts[src.first].Lower != "the" && c.ts[src.first].Tag == news.Name || !src.empty() && c.ts[src.first].Lower == "the" && c.named(src) {
			return src, tokens{i, i + 1}
		}
	}
	return tokens{}, tokens{}
}

// issued returns the speaker of "S issued a statement saying C" for the
// participle at i, empty if it is something else.
func (c *clauseReader) issued(i int) tokens {
	if i <= c.first || c.ts[i].Tag != news.Ing || c.ts[i-1].Tag != news.Noun || !lexicon().is(documents, c.ts[i-1].Lower) {
		return tokens{}
	}
	for j := i - 2; j >= c.first && j > i-9; j-- {
		switch c.ts[j].Lemma {
		case "issue", "release", "publish", "send", "post", "circulate", "distribute", "put":
			if c.ts[j].Tag == news.Verb {
				return c.subject(j)
			}
		}
		if c.ts[j].Tag == news.Verb || c.ts[j].Tag == news.Punct {
			break
		}
	}
	return tokens{}
}

// occasionEnd is nounPhraseEnd for an occasion: "remarks |broadcast on state
// television".
func (c *clauseReader) occasionEnd(i int) int {
	end := c.nounPhraseEnd(i)
	for j := i + 1; j < end && j+1 < c.last; j++ {
		if c.ts[j+1].Tag == news.Prep && lexicon().is(carriers, c.ts[j].Lower) {
			return j
		}
	}
	return end
}

// interview makes the medium of "an interview with V" a carrier.
func (c *clauseReader) interview(r tokens, a *found) {
	for j := r.first; j+1 < r.last; j++ {
		if c.ts[j].Lower != "interview" && c.ts[j].Lower != "interviews" || c.ts[j+1].Lower != "with" && c.ts[j+1].Lower != "to" {
			continue
		}
		src := tokens{j + 2, r.last}
		if src.empty() || !c.named(src) {
			return
		}
		for _, v := range a.via {
			if v.source == src {
				return
			}
		}
		a.via = append(a.via, found{source: src, cue: tokens{j, j + 2}, rule: carriedRule})
		return
	}
}

// named reports whether the phrase is the name of a body, not of a person.
func (c *clauseReader) named(r tokens) bool {
	for _, n := range c.f.overlapping(c.f.span(r)) {
		if n.kind == news.Person && !n.nominal {
			return false
		}
	}
	for k := range c.ts[r.first:r.last] {
		t := &c.ts[r.first+k]
		if t.Tag == news.Name {
			return true
		}
	}
	return false
}

// carried reads "carried by V", "published in V", "broadcast on state
// television" after an occasion: V is the medium that brought the words. It
// returns where that ends.
func (c *clauseReader) carried(i int, a *found) int {
	if i+1 >= c.last || !lexicon().is(carriers, c.ts[i].Lower) {
		return i
	}
	j := i + 1
	switch c.ts[j].Lower {
	case "by", "in", "on":
	default:
		return c.when(j, a) // "an interview with V published on Tuesday"
	}
	src := tokens{j + 1, c.nounPhraseEnd(j + 1)}
	switch {
	case src.empty() || c.f.startsTimex(c.ts[j+1].Span.Start):
		return c.when(j, a)
	case c.ts[j].Lower == "by" && !c.canSpeak(src) || c.ts[j].Lower != "by" && !c.press(src):
		return i
	}
	for _, v := range a.via {
		if v.source == src {
			return c.when(src.last, a)
		}
	}
	a.via = append(a.via, found{source: src, cue: tokens{i, j + 1}, rule: carriedRule})
	return c.when(src.last, a)
}

// press reports whether the phrase is a medium that answers for what it brings,
// and no platform on which anybody can write.
func (c *clauseReader) press(r tokens) bool {
	for k := range c.ts[r.first:r.last] {
		t := &c.ts[r.first+k]
		if lexicon().is(platforms, t.Lower) {
			return false
		}
	}
	head := &c.ts[c.f.head(r)]
	return head.Lower == "media" || head.Lower == "television" || head.Lower == "tv" || head.Lower == "radio" || lexicon().is(hearers, head.Lower) || c.named(r)
}

// canSpeak reports whether the phrase can be a source at all, and not a reason
// ("citing high costs").
func (c *clauseReader) canSpeak(r tokens) bool {
	lex := lexicon()
	for k := range c.ts[r.first:r.last] {
		t := &c.ts[r.first+k]
		if t.Tag == news.Name || lex.is(nameless, t.Lower) || lex.is(documents, t.Lemma) || lex.is(bodies, t.Lower) || t.Lower == "media" {
			return true
		}
	}
	return false
}

// reduced reports whether a relative clause without its pronoun begins at j:
// "a person |briefed on the talks", "a letter |seen by V".
func (c *clauseReader) reduced(j, end int) bool {
	t, before := c.ts[j], c.ts[j-1]
	if t.Tag != news.Verb && t.Tag != news.PastPart && t.Tag != news.Ing || before.Tag != news.Noun || j+1 >= end {
		return false
	}
	next := &c.ts[j+1]
	if next.Lower == "by" || next.Lower == "to" || next.Lower == "with" {
		switch t.Lower {
		case "seen", "obtained", "reviewed", "read", "viewed", "examined", "leaked", "shown", "shared", "sent", "quoted", "cited":
			return true
		}
	}
	if next.Lower == "up" && j+2 < end {
		next = &c.ts[j+2] // "drawn up for"
	}
	return next.Tag == news.Prep && (lexicon().is(nameless, before.Lower) || t.Tag != news.Ing && (lexicon().is(documents, before.Lower) || lexicon().is(documents, before.Lemma)))
}

// modifier returns where the words begin that tell of the speaker before at
// more than a noun phrase can: "a person |briefed on the inquiry said", "an
// official |who asked not to be named said". 0 if there are none.
func (c *clauseReader) modifier(at int) int {
	for j := at - 1; j > c.first && j > at-16; j-- {
		t := &c.ts[j]
		if t.Tag == news.Open || t.Tag == news.Close || t.Tag == news.Punct && t.Lower != "." {
			return 0
		}
		before := &c.ts[j-1]
		switch {
		case t.Lower == "who" && (before.Tag == news.Noun || before.Tag == news.Name):
			return j
		case c.reduced(j, at):
			return j
		}
	}
	return 0
}

// citesOnly reads a sentence that does nothing but name the source of the
// medium that the finding before it is given to: "It cited two officials."
func (f *finder) citesOnly(p paragraph, s news.Sentence, a *found) {
	ts := f.v.Tokens
	c := clauseReader{f: f, ts: ts, p: p, first: s.First, last: s.Last}
	for i := s.First + 1; i < s.Last && i < s.First+5; i++ {
		if ts[i].Tag != news.Verb {
			continue
		}
		subject := ts[s.First].Lower == "it" || ts[s.First].Lower == "the" && (lexicon().is(hearers, ts[i-1].Lower) || lexicon().is(bodies, ts[i-1].Lower))
		if !subject || len(a.via) > 0 || c.personal(a.source) && c.ts[a.source.first].Tag == news.Pronoun {
			return
		}
		at := i + 1
		switch ts[i].Lemma {
		case "cite", "quote":
		case "attribute", "credit":
			for at < s.Last && ts[at].Lower != "to" {
				at++
			}
			at++
		default:
			return
		}
		if at < s.Last {
			b := *a
			if end := c.cited(i, at, &b); end > 0 && end+2 >= s.Last {
				a.via = b.via
			}
		}
		return
	}
}
