package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
)

// This file reads noun phrases, what may stand between a cue and its content,
// and what sort of content follows.

// nounPhraseEnd returns the end of the noun phrase at i, with names in
// apposition ("the ambassador to Seoul, Andrey Kulik") left out.
func (c *clauseReader) nounPhraseEnd(i int) int {
	at, head := i, false
	for at < c.last {
		t := &c.ts[at]
		if head && t.Tag == news.Adj {
			var a found
			if end := c.when(at, &a); end > at && end < c.last && c.ts[end].Tag == news.Verb {
				return at // "the ministry |last week said"
			}
		}
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
			if !head && at == i && t.Lower == "one" && at+1 < c.last && c.ts[at+1].Tag == news.Noun {
				break // "one person"
			}
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
		if end := c.programme(at); fr&audience != 0 && from == i && end > at {
			c.venue(tokens{at, end}, a)
			at = end
		} else if fr&audience != 0 && from == i && at < c.last && (c.nominal(at) || c.ts[at].Tag == news.Pronoun) {
			end := c.hearerEnd(at)
			if end > at {
				c.venue(tokens{at, end}, a)
				at = end
			}
		}
		if at < c.last && (c.ts[at].Tag == news.Prep && c.ts[at].Lower != "as" || c.ts[at].Lower == "to") && at+1 < c.last {
			end := c.occasionEnd(at + 1)
			if end > at+1 && (c.venueWord(at+1) || lexicon().is(hearers, c.ts[end-1].Lower) || c.ts[at].Lower == "during") {
				for end < c.last && c.ts[end].Tag == news.Prep && c.nounPhraseEnd(end+1) > end+1 && (c.ts[end].Lower == "on" || c.ts[end].Lower == "with" || c.ts[end].Lower == "in" || c.ts[end].Lower == "at" || c.ts[end].Lower == "from") && !c.f.startsTimex(c.ts[end+1].Span.Start) {
					end = c.nounPhraseEnd(end + 1)
				}
				c.venue(tokens{at + 1, end}, a)
				c.interview(tokens{at + 1, end}, a)
				at = c.carried(end, a)
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
		if end := c.personEnd(j); end > j {
			return end // "told Ada Lind Norland would pay"
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

// programme returns the end of a hearer with the name of a programme in
// quotation marks: `told "Vellmar Today" host Ada Lind`, `told Radio Sarland's
// "This Morning"`. It returns i if there is none.
func (c *clauseReader) programme(i int) int {
	j := i
	for j < c.last && j < i+6 && (c.nominal(j) || c.ts[j].Tag == news.Poss) {
		j++
	}
	m, ok := c.f.markAt(min(j, c.last-1))
	if !ok || m.last > c.last || m.last-m.first > 9 || !c.titled(m.first+1, m.last-1) {
		return i
	}
	host := m.last < c.last && lexicon().is(hosts, c.ts[m.last].Lower)
	if !host && (m.last-m.first < 4 && j == i || m.last < c.last && c.ts[m.last].Tag == news.Punct && c.ts[m.last-2].Tag == news.Punct) {
		return i // `told "No" …` is what was said
	}
	end := m.last
	if host {
		for end++; end < c.last && (c.ts[end].Tag == news.Noun || c.ts[end].Lower == "-") && lexicon().is(hosts, c.ts[end].Lower); end++ {
		}
		for n := 0; n < 3 && end < c.last && c.ts[end].Tag == news.Name; n++ {
			end++
		}
	}
	return end
}

// personEnd returns the end of the person's name that begins at token i, 0 if
// none does.
func (c *clauseReader) personEnd(i int) int {
	if i >= c.last || c.ts[i].Tag != news.Name {
		return 0
	}
	for _, n := range c.f.overlapping(c.ts[i].Span) {
		if n.kind != news.Person || n.nominal || n.span.Start != c.ts[i].Span.Start {
			continue
		}
		for i < c.last && c.ts[i].Span.Start < n.span.End {
			i++
		}
		return i
	}
	return 0
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
	if at := c.circumstances(i, fr, a); at > i && at+1 < c.last && c.ts[at].Lower == "that" {
		if k := c.citesAt(at); k > 0 { // "said in a report that cited S that C"
			end := c.cited(k-1, k, a)
			if end == 0 || end+1 >= c.last || c.ts[end].Lower != "that" {
				return 0
			}
			return end + 1
		}
		return at + 1
	}
	for j := i; j < c.last && j < i+16; j++ {
		t := &c.ts[j]
		if j == i && t.Lower == "to" && j+2 < c.last && c.ts[j+1].Tag == news.Noun && c.ts[j+2].Tag == news.Det {
			return 0 // "said to undercut the notion that": no hearers
		}
		if t.Lower == "that" && (t.Tag == news.Sub || j == i) && j+1 < c.last {
			if j == i && c.ts[j+1].Span.Start == t.Span.End {
				return j // "argue that's not enough"
			}
			c.circumstances(i, fr, a)
			return j + 1
		}
		if t.Lower == "if" || t.Lower == "whether" {
			if j == i {
				return j
			}
			return 0
		}
		if m, ok := c.f.markAt(j); ok && m.last < c.last && m.last-m.first <= 8 && c.ts[m.last].Lower == "that" && (fr&audience != 0 || c.titled(m.first+1, m.last-1)) {
			j = m.last - 1 // `told "Meet the Town" that`: the name of a programme
			continue
		}
		switch t.Tag {
		case news.Verb, news.Aux, news.Modal, news.Open, news.Sub, news.Close, news.To, news.Inf:
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

// titled reports whether all words between two tokens but the small ones begin
// with capitals: `said on Radio Sarland's "This Morning" that …`.
func (c *clauseReader) titled(first, last int) bool {
	for j := first; j < last; j++ {
		w := c.ts[j].Span.Of(c.f.v.Text)
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) && len(w) > 3 {
			return false
		}
	}
	return first < last
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
	if i >= c.last || c.ts[i].Lower == "which" || c.ts[i].Lower == "who" || c.ts[i].Lower == "whose" {
		return false // "corporate pledges which have …"
	}
	switch c.ts[i].Tag {
	case news.Name, news.Noun, news.Det, news.Adj, news.Num, news.Pronoun, news.Adv, news.Ing:
	case news.Aux, news.Modal:
		return strings.Contains(c.ts[i].Lower, "'") // "they're": a pronoun and its verb in one token
	case news.Prep, news.Sub:
		// "said in 2019 the …" is read by circumstances; "said if …" is a clause
		if !c.quantity(i) && c.ts[i].Lower != "if" && c.ts[i].Lower != "when" && c.ts[i].Lower != "while" && c.ts[i].Lower != "as" && c.ts[i].Lower != "despite" && c.ts[i].Lower != "unlike" && c.ts[i].Lower != "because" {
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

// quantity reports whether the preposition at i opens a number: "about a third
// of the boats", "at least 23 people", "up to 40".
func (c *clauseReader) quantity(i int) bool {
	j := i + 1
	switch c.ts[i].Lower {
	case "about", "around", "over", "under", "between", "within":
	case "at":
		if j < c.last && c.ts[j].Lower != "least" && c.ts[j].Lower != "most" {
			return false
		}
		j++
	case "up", "close":
		if j < c.last && c.ts[j].Lower != "to" {
			return false
		}
		j++
	default:
		return false
	}
	if j < c.last && (c.ts[j].Tag == news.Det || c.ts[j].Lower == "one") && j+1 < c.last {
		switch w := c.ts[j+1].Lower; w {
		case "third", "half", "quarter", "fifth", "dozen", "hundred", "thousand", "million", "tenth":
			return true
		}
		return c.ts[j].Lower == "half"
	}
	return j < c.last && (c.ts[j].Tag == news.Num || c.ts[j].Lower == "half")
}

// proper reports whether the finite verb after i can have the phrase at i as
// its subject: "believes |the wall of the port, built in 1911, will fall", not
// "maintains |her lead, she will win" or "claims |credit as the vote nears".
func (c *clauseReader) proper(i int) bool {
	commas, and := 0, false
	for j := i; j < c.last; j++ {
		t := &c.ts[j]
		switch t.Tag {
		case news.Verb, news.Aux, news.Modal:
			return commas%2 == 0 || and
		case news.Open:
			return true
		case news.Conj:
			and = true
		}
		switch t.Lower {
		case ",":
			commas++
			if j+1 < c.last && (c.ts[j+1].Tag == news.Pronoun && c.ts[j+1].Lower != "who" && c.ts[j+1].Lower != "which" || c.ts[j+1].Lower == "but") {
				return false
			}
		case "as", "when", "while", "because", "though", "although", "until", "since", "after", "before":
			if j > i && t.Tag != news.Adv {
				return false
			}
		}
	}
	return true
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
