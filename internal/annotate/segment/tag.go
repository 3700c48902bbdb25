package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
)

// tag gives the tokens of one sentence their parts of speech, left to right:
// closed classes from words.txt, verb forms from verbs.txt, the rest from
// capitals and endings. Where a form can be more than one thing, the words
// before it decide.
func tag(src string, ts []news.Token, label news.Label) {
	lex := lexicon()
	first := true // no word seen yet in this sentence
	for i := range ts {
		t := &ts[i]
		switch t.Tag {
		case news.Open, news.Close, news.Punct:
			if t.Lower == ":" || t.Tag == news.Open {
				first = true
			}
			continue
		case news.Poss:
			// "it's", "he's": a verb, not an owner
			if i > 0 && ts[i-1].Tag == news.Pronoun || i > 0 && (ts[i-1].Lower == "that" || ts[i-1].Lower == "there" || ts[i-1].Lower == "let") && t.Lower == "'s" {
				t.Tag = news.Aux
			}
			continue
		}
		e := lex.at(t.Lower)
		t.Tag, t.Lemma = tagWord(src, ts, i, e, first, label), e.base
		first = false
	}
	for i := range ts {
		ts[i].Lemma = lemma(ts[i].Lower, ts[i].Lemma, ts[i].Tag)
	}
}

func tagWord(src string, ts []news.Token, i int, e entry, first bool, label news.Label) news.Tag {
	t, lex := &ts[i], lexicon()
	w := t.Lower
	if t.Tag == news.Num {
		return news.Num
	}
	prev, prevWord := news.Punct, ""
	if i > 0 {
		prev, prevWord = ts[i-1].Tag, ts[i-1].Lower
		if prev == news.Open && i > 1 {
			prev, prevWord = ts[i-2].Tag, ts[i-2].Lower
		}
	}
	r, _ := utf8.DecodeRuneInString(src[t.Span.Start:])
	capital := unicode.IsUpper(r)
	if w == "to" && prevWord == "according" {
		return news.Prep
	}
	if w == "to" {
		if next := nextWord(ts, i); next != nil && lex.at(next.Lower).verb&base != 0 && !unicode.IsUpper(firstRune(src, next)) {
			return news.To
		} else if next != nil && lex.at(next.Lower).closed == news.Adv && next.Lower != "back" {
			return news.To
		} else if next != nil && (next.Lower == "be" || next.Lower == "have" || next.Lower == "do") {
			return news.To
		}
		return news.Prep
	}
	if w == "may" && capital && !first || w == "us" && t.Span.Len() == 2 && src[t.Span.Start:t.Span.End] == "US" {
		return news.Name
	}
	if e.known && (!capital || first || label == news.Headline) {
		return closedTag(src, ts, i, e, prev, prevWord)
	}
	if capital && !first {
		if label == news.Headline {
			if k := e.verb; k != 0 && !allCaps(src, t) {
				if v := verbTag(src, ts, i, k, prev, prevWord); v != news.Noun {
					return v
				}
			}
		}
		return news.Name
	}
	if tens, ones, ok := strings.Cut(w, "-"); ok && lex.at(tens).closed == news.Num && lex.at(ones).closed == news.Num {
		return news.Num // "twenty-two"
	}
	if capital && first {
		// A sentence-initial word is a name unless the lexicon knows it or the
		// next word shows that it is none.
		if k := e.verb; k != 0 {
			if k&ing != 0 {
				return news.Ing
			}
			if k&part != 0 && k&base == 0 {
				return news.PastPart
			}
		}
		if commonEnding(w) {
			return openClass(w, prev)
		}
		return news.Name
	}
	if k := e.verb; k != 0 {
		return verbTag(src, ts, i, k, prev, prevWord)
	}
	if tail := lastPart(w); tail != "" && (prev == news.Noun || prev == news.Name || prev == news.Pronoun) && lex.at(tail).verb&past != 0 {
		if next := nextWord(ts, i); next != nil && lex.at(next.Lower).closed == news.Det {
			return news.Verb // "the army test-fired a missile"
		}
	}
	return openClass(w, prev)
}

// lastPart is what stands after the last hyphen of w, "" if w has none.
func lastPart(w string) string {
	if k := strings.LastIndexByte(w, '-'); k > 0 {
		return w[k+1:]
	}
	return ""
}

// closedTag resolves the few closed words that are more than one thing.
func closedTag(src string, ts []news.Token, i int, e entry, prev news.Tag, prevWord string) news.Tag {
	w, c := ts[i].Lower, e.closed
	next := nextWord(ts, i)
	switch {
	case w == "that" && (next == nil || next.Tag == news.Punct):
		return news.Pronoun
	case c == news.Noun && strings.HasSuffix(w, "ing") && (prevWord == "," || prev == news.Aux):
		return news.Ing // "…, killing seven people"
	case (w == "outside" || w == "inside") && prev == news.Det:
		return news.Adj // "many outside experts"
	case w == "home" && (prev == news.Det || prev == news.Poss):
		return news.Noun // "the home secretary"
	case w == "will" && (prev == news.Det || prev == news.Poss):
		return news.Noun
	case w == "that":
		// "that" opens a clause unless a noun follows directly: "that day"
		if next != nil {
			n := lexicon().at(next.Lower)
			if !n.known && n.verb&(past|third) == 0 && (prev == news.Prep || prev == news.Punct || prev == news.Verb && singularNoun(next.Lower)) && unicode.IsLower(firstRune(src, next)) {
				return news.Det
			}
		}
		return news.Sub
	case c == news.Adj && e.verb&base != 0 && (prev == news.To || prev == news.Modal || auxBefore(ts, i) == "do"):
		return news.Inf // "will open the gate"
	case c == news.Adj && nounToo[w] && !nounAhead(next) && prev != news.Aux:
		return news.Noun
	case w == "as" && next != nil && (lexicon().at(next.Lower).closed == news.Pronoun || next.Lower == "its"):
		return news.Sub
	case (w == "before" || w == "after" || w == "since" || w == "until") && next != nil && (lexicon().at(next.Lower).closed == news.Pronoun):
		return news.Sub
	case w == "her" && !herNoun(next):
		return news.Pronoun // "told her that", not "her boat"
	case w == "being", w == "having":
		return news.Ing
	case w == "been":
		return news.PastPart
	case (w == "be" || w == "have" || w == "do") && (prev == news.To || prev == news.Modal):
		return news.Inf
	case w == "like" && prev == news.Modal:
		return news.Inf
	}
	return c
}

// nounToo are adjectives of the lexicon that are nouns where no noun follows:
// "a ministry official said".
var nounToo = map[string]bool{"official": true, "military": true, "public": true, "general": true, "chief": true, "major": true, "human": true}

// herNoun reports whether "her" owns the next word.
func herNoun(next *news.Token) bool {
	if next == nil || next.Tag == news.Punct {
		return false
	}
	switch n := lexicon().at(next.Lower); {
	case !n.known, n.closed == news.Adj, n.closed == news.Noun, n.closed == news.Num:
		return true
	}
	return false
}

// nounAhead reports whether the next word can be the noun of an adjective.
func nounAhead(next *news.Token) bool {
	if next == nil || next.Tag == news.Punct {
		return false
	}
	n := lexicon().at(next.Lower)
	switch n.closed {
	case news.Aux, news.Modal, news.Prep, news.Conj, news.Sub, news.Pronoun, news.Det, news.Adv:
		return false
	}
	k := n.verb
	return k&(past|third) == 0 || k&nouny != 0 && k&third != 0
}

func singularNoun(w string) bool { return !strings.HasSuffix(w, "s") }

// verbTag decides what a word that has verb forms k is at its place.
func verbTag(src string, ts []news.Token, i int, k form, prev news.Tag, prevWord string) news.Tag {
	w := ts[i].Lower
	afterAux := auxBefore(ts, i)
	switch {
	case k&(past|third) != 0 && afterAux == "" && relative(ts, i):
		return news.Verb // "a dam that burst"
	case k&ing != 0:
		if lexicon().at(w).known {
			return news.Noun
		}
		return news.Ing
	case k&base != 0 && (prev == news.To || prev == news.Modal || prev == news.Adv && i > 1 && (ts[i-2].Tag == news.Modal || ts[i-2].Tag == news.To)):
		return news.Inf
	case k&base != 0 && afterAux == "do":
		return news.Inf
	case k&(past|part) != 0 && k&base == 0:
		if afterAux != "" {
			return news.PastPart
		}
		if k&past == 0 {
			return news.PastPart
		}
		if prev == news.Det || prev == news.Poss || prev == news.Adj && prevWord != "" {
			return news.PastPart // "the captured town"
		}
		if prev == news.Prep || prev == news.Ing || prev == news.Verb || prev == news.Inf {
			return news.PastPart // "seeking advanced technology"
		}
		if next := nextWord(ts, i); k&part != 0 && next != nil && next.Lower == "by" && prev == news.Noun {
			return news.PastPart // "a deal signed by"
		}
		return news.Verb
	case k&part != 0 && afterAux == "have":
		return news.PastPart
	case k&third != 0 || k&base != 0:
		if prevWord == "more" || prevWord == "most" {
			return news.Noun
		}
		nounPlace := prev == news.Det || prev == news.Poss || prev == news.Adj || prev == news.Prep || prev == news.Num || prev == news.Verb || prev == news.Inf || prev == news.Ing
		if nounPlace {
			return news.Noun
		}
		if k&nouny != 0 {
			return nounOrVerb(src, ts, i, k, prev, prevWord)
		}
		if k&third != 0 && (prev == news.Punct && i > 0 && prevWord == "," || prev == news.Conj || prev == news.Name || prev == news.Noun || prev == news.Pronoun || prev == news.Adv || prev == news.Close) {
			return news.Verb
		}
		if k&base != 0 && (prev == news.Pronoun || (prev == news.Noun || prev == news.Name) && strings.HasSuffix(prevWord, "s") || prev == news.Adv || prev == news.Conj || prev == news.Close || prevWord == "who" || prevWord == "people" || prevWord == "police" || prevWord == "countries") {
			return news.Verb
		}
		if k&past != 0 {
			return news.Verb
		}
		if k&(base|nouny) == base && (prev == news.Name || prev == news.Noun) && followedByObject(src, ts, i) {
			return news.Verb // "Lund and Oake say the wall held"
		}
		if next := nextWord(ts, i); k&base != 0 && next != nil && next.Lower == "to" {
			return news.Verb // "Kim and Putin appear to"
		}
		return news.Noun
	}
	return news.Verb
}

// relative reports whether a relative pronoun stands right before i.
func relative(ts []news.Token, i int) bool {
	if i < 2 {
		return false
	}
	switch ts[i-1].Lower {
	case "who", "which", "that":
		return ts[i-2].Tag == news.Noun || ts[i-2].Tag == news.Name || ts[i-2].Lower == ","
	}
	return false
}

// lemma is the base form of a verb, the singular of a noun, else the word.
// base is the base form of the verb that the word can be, if it can be one.
func lemma(w, base string, t news.Tag) string {
	switch t {
	case news.Verb, news.Aux, news.Ing, news.PastPart, news.Inf:
		if base != "" {
			return base
		}
		if b := lexicon().at(w).base; b != "" { // "'s" and the like, tagged without a look-up
			return b
		}
		if e := lexicon().at(lastPart(w)); e.base != "" {
			return e.base // "test-fired"
		}
	case news.Noun:
		n := len(w)
		switch {
		case n > 4 && strings.HasSuffix(w, "ies"):
			return w[:n-3] + "y"
		case n > 4 && (strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "shes") || strings.HasSuffix(w, "xes")):
			return w[:n-2]
		case n > 3 && w[n-1] == 's' && w[n-2] != 's' && w[n-2] != 'u' && w[n-2] != 'i':
			return w[:n-1]
		}
	}
	return w
}

// followedByObject reports whether what comes after i looks like the object of
// a verb, or like the clause after one.
func followedByObject(src string, ts []news.Token, i int) bool {
	next := nextWord(ts, i)
	if next == nil {
		return false
	}
	if next.Lower == "," && i+1 < len(ts) {
		return ts[i].Lower == "say"
	}
	switch lexicon().at(next.Lower).closed {
	case news.Det, news.Pronoun, news.Sub, news.Num:
		return true
	}
	return next.Lower == "other" || unicode.IsUpper(firstRune(src, next))
}

// nounOrVerb decides for forms that are nouns more often than verbs: a verb
// needs a subject before it and an object or clause after it.
func nounOrVerb(src string, ts []news.Token, i int, k form, prev news.Tag, prevWord string) news.Tag {
	next := nextWord(ts, i)
	if prev == news.Pronoun && prevWord != "that" {
		return news.Verb
	}
	if next == nil {
		return news.Noun
	}
	class := lexicon().at(next.Lower).closed
	clause := class == news.Det || class == news.Pronoun || class == news.Sub || class == news.Num || next.Tag == news.Num
	switch {
	case k&past != 0 && (prev == news.Name || prev == news.Noun || prevWord == ",") && (clause || class == news.Adv || unicode.IsUpper(firstRune(src, next))):
		return news.Verb // "the old sea wall burst overnight"
	case k&third != 0 && (prev == news.Name || prev == news.Noun && !strings.HasSuffix(prevWord, "s")) && next.Lower == "to":
		return news.Verb // "the council plans to"
	case k&third != 0 && prev == news.Name && (clause || class == news.Adj || next.Tag == news.Open):
		return news.Verb
	case k&third != 0 && prev == news.Noun && !strings.HasSuffix(prevWord, "s") && clause:
		return news.Verb
	case k&third == 0 && prev == news.Noun && strings.HasSuffix(prevWord, "s") && clause:
		return news.Verb
	}
	return news.Noun
}

// auxBefore returns "be", "have", "do" or "" for the auxiliary that governs
// the word at i, at most three adverbs or pronouns away.
func auxBefore(ts []news.Token, i int) string {
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		switch ts[j].Tag {
		case news.Aux, news.Inf, news.PastPart, news.Ing, news.Modal:
			switch strings.TrimSuffix(ts[j].Lower, "n't") {
			case "have", "has", "had", "having", "i've", "we've", "they've", "you've", "ha":
				return "have"
			case "do", "does", "did", "don't":
				return "do"
			case "is", "are", "was", "were", "be", "been", "being", "am", "isn", "aren", "wasn", "weren", "'s", "i'm", "we're", "they're", "you're", "ai":
				return "be"
			}
			return ""
		case news.Adv, news.Pronoun:
			continue
		}
		return ""
	}
	return ""
}

// openClass guesses the part of speech of an unknown lower-case word.
func openClass(w string, prev news.Tag) news.Tag {
	switch {
	case strings.HasSuffix(w, "ly") && len(w) > 4:
		return news.Adv
	case strings.HasSuffix(w, "ing") && len(w) > 5 && prev != news.Det && prev != news.Adj && prev != news.Poss:
		return news.Ing
	case strings.HasSuffix(w, "ed") && len(w) > 4 && !strings.HasSuffix(w, "eed"):
		if prev == news.Det || prev == news.Poss || prev == news.Aux || prev == news.Adj || prev == news.Prep || strings.Contains(w, "-") {
			return news.PastPart
		}
		if prev == news.Pronoun || prev == news.Name || prev == news.Noun || prev == news.Adv {
			return news.Verb
		}
		return news.PastPart
	case hasAnySuffix(w, "ous", "ful", "ive", "able", "ible", "ical", "ian", "ese", "ish", "less", "-led", "-old", "-day", "-year", "-run", "-range", "-wide"):
		return news.Adj
	case strings.HasSuffix(w, "al") && len(w) > 5:
		return news.Adj
	}
	return news.Noun
}

// commonEnding reports whether a capitalised first word looks like a common
// word rather than a name.
func commonEnding(w string) bool {
	return hasAnySuffix(w, "ly", "ing", "tion", "tions", "ment", "ments", "ness", "ists", "cials", "perts", "lysts", "critics", "ities", "ators", "itors", "dents", "igators", "ters", "ence", "ance", "ures", "ives", "ials")
}

func hasAnySuffix(w string, suffixes ...string) bool {
	for _, s := range suffixes {
		if len(w) > len(s)+1 && strings.HasSuffix(w, s) {
			return true
		}
	}
	return false
}

func nextWord(ts []news.Token, i int) *news.Token {
	for j := i + 1; j < len(ts); j++ {
		if ts[j].Tag != news.Open && ts[j].Tag != news.Close {
			return &ts[j]
		}
	}
	return nil
}

func firstRune(src string, t *news.Token) rune {
	r, _ := utf8.DecodeRuneInString(src[t.Span.Start:])
	return r
}

func allCaps(src string, t *news.Token) bool {
	w := t.Span.Of(src)
	return len(w) > 1 && strings.ToUpper(w) == w
}
