package claim

import (
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// worthless names the reason why a clause is no claim that anybody would
// check, "" if it is one.
func (f *finder) worthless(r tokens, c *news.Claim) string {
	ts, lex := f.v.Tokens, lexicon()
	fr := &c.Frame
	verb, says := -1, false // the head verb, and whether it gives words to somebody
	for i := r.first; i < r.last; i++ {
		t := &ts[i]
		if f.is(i, definitions) {
			return "meaning of a word"
		}
		if verb < 0 && (t.Tag == news.Verb || t.Tag == news.Inf) {
			verb, says = i, lex.is(speech, t.Lemma)
		}
	}
	if f.series(r) {
		return "title of a series"
	}
	if f.noComment(r) {
		return "no comment"
	}
	if f.cutShort(r) {
		return "teaser cut short"
	}
	for i := max(r.first, r.last-2); i < min(len(ts), r.last+1); i++ {
		if ts[i].Lower == "?" {
			return "question"
		}
	}
	if ts[r.first].Tag == news.Ing && !c.Reported && !f.finite(r) && f.about.subject == "" && f.contentWords(r) < 6 {
		return "participle without a subject"
	}
	if w := ts[r.first].Lower; !c.Reported && !f.mainFollows(r) && (w == "asked" || (w == "when" || w == "pressed") && r.last-r.first > 2 && (ts[r.first+1].Lower == "asked" || ts[r.first+1].Lower == "pressed")) {
		return "what somebody was asked"
	}
	if !c.Reported && f.anonymity(r) {
		return "condition of anonymity"
	}
	if says && !c.Reported && c.Why.Rule == "asserted clause" && f.bare(verb, r) {
		return "attribution without its words"
	}
	if c.Why.Rule != "reported clause" || len(fr.Numbers) > 0 || len(f.mentionsIn(c.Span)) > 0 || len(f.timexesIn(c.Span)) > 0 {
		return ""
	}
	for _, p := range fr.Predicates {
		if !lex.is(opinions, p) {
			return generality(c.Proposition)
		}
	}
	for _, w := range fr.Words {
		if lex.is(events, w) || lex.is(happenings, w) {
			return ""
		}
	}
	if fr.Negated {
		return "" // a denial matters, whatever its words
	}
	if n := f.nouns(r); (n >= 3 || n == 2 && verb >= 0 && acts(ts[verb].Lemma)) && !f.ofSpeaker(r) {
		return "" // "the pilot was the brother of the owner", "the guard let the dogs out"
	}
	return "opinion that names nothing"
}

// cutShort reports whether the text breaks off after r and the paragraph with
// it, as on the lists of articles of an index: "Lund left Karsund after a long …".
func (f *finder) cutShort(r tokens) bool {
	ts, txt := f.v.Tokens, f.v.Text
	end := ts[r.last-1].Span.End
	rest, _, _ := strings.Cut(txt[end:min(len(txt), end+40)], "\n")
	rest = strings.TrimSpace(rest)
	return rest == "..." || rest == "…" || rest == "" && (strings.HasSuffix(txt[:end], "...") || strings.HasSuffix(txt[:end], "…"))
}

// calling reports whether the clause is but what somebody calls a thing, in the words of
// the page: "for what he has called a meeting".
func (f *finder) calling(r tokens, q *news.Quote) bool {
	return q.Why.Rule == "what S called C" && q.Kind == news.Indirect && !f.finite(r)
}

// series reports whether the clause only says what a running report is about: "The
// Latest on the flood in Vellmar (all times local)".
func (f *finder) series(r tokens) bool {
	ts := f.v.Tokens
	if r.last-r.first < 4 || f.finite(r) {
		return false
	}
	at := r.first
	for at < min(r.last-3, r.first+12) && ts[at].Lower != "latest" { // a dateline may stand before it
		at++
	}
	if ts[at].Lower != "latest" || at == 0 || ts[at-1].Lower != "the" {
		return false
	}
	switch ts[at+1].Lower {
	case "on", "about", "from", "in":
		return true
	}
	return false
}

// noComment reports whether the clause says that somebody said nothing.
func (f *finder) noComment(r tokens) bool {
	refused, about := false, false
	for i := r.first; i < r.last; i++ {
		t := &f.v.Tokens[i]
		refused = refused || (t.Lower[0] == 'd' || t.Lower[0] == 'r') && lexicon().is(refusals, t.Lemma) || t.Lower == "not" || len(t.Lower) > 3 && t.Lower[len(t.Lower)-3:] == "n't" || t.Lower == "unavailable"
		about = about || refused && f.is(i, inquiries)
	}
	return refused && about && r.last-r.first <= 24
}

// mainFollows reports whether a verb stands after the last comma of r.
func (f *finder) mainFollows(r tokens) bool {
	for i := r.last - 1; i > r.first; i-- {
		if f.v.Tokens[i].Lower == "," {
			return f.finite(tokens{i, r.last})
		}
	}
	return false
}

// anonymity reports whether the clause tells on what terms somebody spoke:
// "who asked not to be named".
func (f *finder) anonymity(r tokens) bool {
	ts := f.v.Tokens
	for i := r.first; i < r.last; i++ {
		if w := ts[i].Lower; w == "anonymity" || (w == "named" || w == "identified" || w == "authorized" || w == "authorised") && i > r.first+1 && (ts[i-2].Lower == "to" || ts[i-1].Lower == "not") {
			return true
		}
	}
	return false
}

// bare reports whether nothing but time and hearers follow the verb at i:
// "Oake wrote in a tweet Monday".
func (f *finder) bare(i int, r tokens) bool {
	ts := f.v.Tokens
	if n := f.skipAdverbs(i+1, r); n < r.last && ts[i].Lemma != "tell" && (ts[n].Tag == news.Det || ts[n].Tag == news.Noun || ts[n].Tag == news.Adj || ts[n].Tag == news.Num) && !f.inTimex(ts[n].Span) {
		return false // "wrote a letter"
	}
	for k := range ts[i+1 : r.last] {
		t := &ts[i+1+k]
		switch t.Tag {
		case news.Verb, news.Modal, news.Aux, news.Sub, news.To, news.Open:
			return false
		}
	}
	return f.contentWords(tokens{i + 1, r.last}) <= 4
}

// generality names clauses such as "a gate that does not open is a gate": any
// such thing, now and always.
func generality(p string) string {
	if !strings.HasPrefix(p, "A ") && !strings.HasPrefix(p, "An ") && !strings.HasPrefix(p, "Any ") && !strings.HasPrefix(p, "Every ") {
		return ""
	}
	if strings.Contains(p, " is ") || strings.Contains(p, " are ") || strings.Contains(p, " does ") {
		return "generality"
	}
	return ""
}

// ofSpeaker reports whether r begins with the speaker: "I like the garden".
func (f *finder) ofSpeaker(r tokens) bool {
	for k := range f.v.Tokens[r.first:r.last] {
		t := &f.v.Tokens[r.first+k]
		if t.Tag != news.Open {
			return t.Lower == "i" || t.Lower == "we"
		}
	}
	return false
}

// nouns counts the common nouns of r.
func (f *finder) nouns(r tokens) int {
	n := 0
	for k := range f.v.Tokens[r.first:r.last] {
		t := &f.v.Tokens[r.first+k]
		if t.Tag == news.Noun {
			n++
		}
	}
	return n
}

// acts lists the verbs of many opinions that tell of a deed, too, when nouns
// stand on both sides of them.
func acts(lemma string) bool {
	switch lemma {
	case "go", "come", "get", "let", "make", "do":
		return true
	}
	return false
}
