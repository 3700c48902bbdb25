package claim

import "github.com/tracewire/tracewire/internal/news"

// worthless names the reason why a clause is no claim that anybody would
// check, "" if it is one.
func (f *finder) worthless(r tokens, c *news.Claim) string {
	ts, lex := f.v.Tokens, lexicon()
	fr := &c.Frame
	verb, speech := -1, false // the head verb, and whether it gives words to somebody
	for i := r.first; i < r.last; i++ {
		t := ts[i]
		if lex.is("definition", t.Lower) {
			return "meaning of a word"
		}
		if verb < 0 && (t.Tag == news.Verb || t.Tag == news.Inf) {
			verb, speech = i, lex.is("speech", t.Lemma)
		}
	}
	if f.noComment(r) {
		return "no comment"
	}
	if speech && !c.Reported && c.Why.Rule == "asserted clause" && f.bare(verb, r) {
		return "attribution without its words"
	}
	if c.Why.Rule != "reported clause" || len(fr.Numbers) > 0 || len(fr.Actors)+len(fr.Objects) > 0 || len(f.timexesIn(c.Span)) > 0 {
		return ""
	}
	for _, p := range fr.Predicates {
		if !lex.is("opinion", p) {
			return f.generality(r)
		}
	}
	for _, w := range fr.Words {
		if lex.is("event", w) || lex.is("happening", w) {
			return ""
		}
	}
	if fr.Negated {
		return "" // a denial matters, whatever its words
	}
	return "opinion that names nothing"
}

// noComment reports whether the clause says that somebody said nothing.
func (f *finder) noComment(r tokens) bool {
	ts, lex := f.v.Tokens, lexicon()
	refused, about := false, false
	for _, t := range ts[r.first:r.last] {
		refused = refused || lex.is("refuse", t.Lemma) || t.Lower == "not" || len(t.Lower) > 3 && t.Lower[len(t.Lower)-3:] == "n't" || t.Lower == "unavailable"
		about = about || t.Lower == "comment" || t.Lower == "comments" || t.Lower == "respond" || t.Lower == "reachable" || t.Lower == "reached" || t.Lower == "calls" && refused
	}
	return refused && about && r.last-r.first <= 24
}

// bare reports whether nothing but time and hearers follow the verb at i:
// "Oake wrote in a tweet Monday".
func (f *finder) bare(i int, r tokens) bool {
	for _, t := range f.v.Tokens[i+1 : r.last] {
		switch t.Tag {
		case news.Verb, news.Modal, news.Aux, news.Sub, news.To, news.Open:
			return false
		}
	}
	return f.contentWords(tokens{i + 1, r.last}) <= 4
}

// generality names clauses such as "a gate that does not open is a gate": any
// such thing, now and always.
func (f *finder) generality(r tokens) string {
	ts := f.v.Tokens
	if w := ts[r.first].Lower; w != "a" && w != "an" && w != "any" && w != "every" {
		return ""
	}
	for _, t := range ts[r.first:r.last] {
		if t.Tag == news.Aux && (t.Lower == "is" || t.Lower == "are") {
			return "generality"
		}
	}
	return ""
}
