package claim

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// This file words a claim as a plain statement: it begins with its subject, a
// name stands for a pronoun, quotation marks are whole, and it is short.

// longest is the most bytes that a proposition has.
const longest = 180

// topics is what the clauses so far were about, for pronouns and clauses that
// leave their subject out.
type topics struct {
	person string // canonical name of the last person who was a subject or spoke
	thing  string // the last other subject, in the text's words
	plural string // the last subject that was more than one

	thingAt, pluralAt int    // the sentences in which these stand
	subject           string // the last subject of all
	nearest           string // the subject of the last verb of the clause before, "" if that is subject
	modal             string // the modal of the clause before, "" if it has none
	inQuote           string // id of the quote whose clauses are read now
}

// proposition words the clause r, which is taken from q unless q has no id.
func (f *finder) proposition(s news.Sentence, r tokens, q *news.Quote) string {
	ts := f.v.Tokens
	if q.ID != f.about.inQuote {
		f.about.inQuote = q.ID
		if q.ID != "" && !f.ofOwner(s, q) {
			f.speaks(q.SourceID)
		}
	}
	if p := f.toll(r); p != "" {
		return finish(p)
	}
	r = f.opener(r)
	first := &ts[r.first]
	words := f.plain(r)
	subject := f.about.subject
	if r.first == s.First || ts[r.first-1].Tag == news.Open {
		subject = "" // a sentence, or a quotation, that begins so leaves nothing out
	}
	gap, aside, relative := f.objectGap(s, r), f.asideOnly(r), 0
	if first.Tag == news.Prep {
		relative = f.relativeOnly(r)
	}
	switch {
	case gap > 0:
		subject = f.phraseName(tokens{r.first, r.first + 1})
		words = join(subject, join(f.plain(tokens{r.first + 1, gap}), join(f.antecedent(s, r.first-1), f.plain(tokens{gap, r.last}))))
	case aside > 0:
		if first.Tag == news.Prep {
			r.first++ // "about the session, which is expected to …"
		}
		words = join(f.plain(tokens{r.first, aside}), f.plain(tokens{aside + 2, r.last}))
	case relative > 0 && f.antecedent(s, relative) != "":
		words = join(f.antecedent(s, relative), f.plain(tokens{relative + 1, r.last}))
	case first.Tag == news.Verb && first.Lower == first.Lemma && f.about.modal != "" && subject != "":
		words = join(subject+" "+f.about.modal, words) // "must repair the gate and lower the water"
	case first.Tag == news.Verb && first.Lower == first.Lemma && !samePast(first.Lower) && subject != "" && subject != f.about.plural && r.first > 0 && !relativePronoun(ts[r.first-1].Lower):
		words = subject + ": " + words // an infinitive: "to lift sanctions and restore ties"
	case (first.Lower == "who" || first.Lower == "which" || first.Lower == "that") && r.last-r.first > 2 && f.verbal(r.first+1, r) && f.antecedent(s, r.first) != "":
		words = join(f.antecedent(s, r.first), f.plain(tokens{r.first + 1, r.last}))
	case first.Tag == news.Verb || (first.Tag == news.Aux || first.Tag == news.Modal) && !contraction(first.Lower) || first.Tag == news.Adv && plainAdverb(first.Lower) && f.verbal(r.first, r) && !contraction(ts[f.skipAdverbs(r.first, r)].Lower):
		if subject != "" && r.first > s.First && ts[r.first-1].Tag == news.Conj && (r.first < 2 || ts[r.first-2].Lower != ",") && f.about.nearest != "" {
			subject = f.about.nearest
		}
		if r.first > s.First && relativePronoun(ts[r.first-1].Lower) {
			subject = f.antecedent(s, r.first-1)
		}
		if manyOnly(first.Lower) && f.kinds[subject] == news.Person {
			subject = cmp.Or(f.recent(f.about.plural, f.about.pluralAt), "they") // "have met", said of one man
		}
		if subject != "" {
			words = join(subject, f.fullVerb(r, words))
		}
	case first.Tag == news.Ing && q.ID != "" && q.Cue.Start == first.Span.Start:
		words = q.SourceID + ": " + words // "by labeling the union a foe"
	case first.Tag == news.Ing && !f.finite(r):
		if subject != "" {
			words = subject + ": " + words
		}
	case first.Tag == news.Pronoun || possessive[first.Lower]:
		if name := f.antecedentOf(r.first, r); name != "" {
			if possessive[first.Lower] {
				name += ofOwner(name)
			}
			rest := tokens{r.first + 1, r.last}
			words = join(name, f.fullVerb(rest, f.plain(rest)))
		}
	}
	if sub, _ := f.subjectOf(r); sub.last == sub.first+1 && sub.first > r.first && ts[sub.first].Tag == news.Pronoun {
		// "In recent months, he has …"
		if name := f.antecedentOf(sub.first, r); name != "" {
			words = join(join(f.plain(tokens{r.first, sub.first}), name), f.plain(tokens{sub.last, r.last}))
		}
	}
	denied := q.ID != "" && lexicon().is(denials, strings.ToLower(q.Cue.Of(f.v.Text)))
	if q.ID != "" && !denied && !f.verbs(r) && !strings.HasPrefix(words, q.SourceID) {
		words = q.SourceID + ": " + words // quoted words that say nothing by themselves
	}
	f.remember(r)
	if denied && r.first > s.First {
		if q.Why.Rule == "S said that C" {
			words = "that " + words
		}
		words = q.SourceID + " denied " + words
	}
	return finish(words)
}

// verbs reports whether a verb in any form stands in r, or a word that holds
// one: "he's fine".
func (f *finder) verbs(r tokens) bool {
	for k := range f.v.Tokens[r.first:r.last] {
		t := &f.v.Tokens[r.first+k]
		switch t.Tag {
		case news.Verb, news.Aux, news.Modal, news.Inf, news.Ing, news.PastPart, news.Poss:
			return true
		}
		if contraction(t.Lower) {
			return true
		}
	}
	return false
}

// opener leaves out what joins a clause to another: "even as many left".
func (f *finder) opener(r tokens) tokens {
	ts := f.v.Tokens
	at := r.first
	if ts[at].Lower == "even" {
		at++
	}
	if at+2 >= r.last {
		return r
	}
	switch ts[at].Lower {
	case "while", "although", "though", "whereas", "as":
	default:
		return r
	}
	for k := range ts[at:r.last] {
		t := &ts[at+k]
		if t.Lower == "," {
			return r // the main clause follows
		}
	}
	if !f.subjectVerb(at+1, r) {
		return r
	}
	return tokens{at + 1, r.last}
}

// asideOnly returns the comma in "the meeting, which was closely watched" when
// r is nothing but that, 0 otherwise.
func (f *finder) asideOnly(r tokens) int {
	ts := f.v.Tokens
	for j := r.first + 1; j+2 < r.last; j++ {
		if f.predicate(j, r) {
			return 0
		}
		if ts[j].Lower == "," {
			for k := j + 2; k+1 < r.last; k++ {
				if ts[k].Lower == "," && f.subjectVerb(k+1, r) {
					return 0 // "On the eve of the meeting, which is secret, Lund left"
				}
			}
			if (ts[j+1].Lower == "who" || ts[j+1].Lower == "which") && f.verbal(j+2, r) {
				return j
			}
			return 0
		}
	}
	return 0
}

// objectGap returns the token before which the object of the clause r is left
// out, because the clause follows a relative pronoun that stands for it: "a
// probe that Lund has labeled a farce". 0 if nothing is known to be left out.
func (f *finder) objectGap(s news.Sentence, r tokens) int {
	ts := f.v.Tokens
	if r.first <= s.First+1 || ts[r.first-1].Lower != "that" && ts[r.first-1].Lower != "which" || ts[r.first-2].Tag != news.Noun && ts[r.first-2].Tag != news.Punct ||
		f.antecedent(s, r.first-1) == "" || !f.subjectVerb(r.first, r) {
		return 0
	}
	verb, group := r.first, false
	for i := r.first; i < r.last; i++ {
		switch ts[i].Tag {
		case news.Verb, news.Aux, news.Modal, news.PastPart:
			verb, group = i, true
			continue
		case news.Adv:
			continue
		}
		if group {
			break
		}
	}
	if verb+2 < r.last && naming(ts[verb].Lemma) && (ts[verb+1].Tag == news.Det || ts[verb+1].Tag == news.Open || ts[verb+1].Tag == news.Adj) {
		return verb + 1
	}
	return 0
}

// naming reports whether a verb gives its object a name: "label it a farce".
func naming(verb string) bool {
	switch verb {
	case "call", "label", "dub", "brand", "name", "term", "deem", "declare", "consider":
		return true
	}
	return false
}

// relativeOnly returns the relative pronoun in "in an interview that aired on
// Sunday" when r has no other verb, 0 otherwise.
func (f *finder) relativeOnly(r tokens) int {
	ts := f.v.Tokens
	at, group := 0, false // group: inside the verb group behind the pronoun
	for i := r.first + 1; i < r.last; i++ {
		verb := f.predicate(i, r)
		switch {
		case ts[i].Lower == ",", at == 0 && (verb || ts[i].Tag == news.Prep && ts[i].Lower != "of"), at > 0 && verb && !group:
			return 0
		case at == 0 && relativePronoun(ts[i].Lower) && f.verbal(i+1, r):
			at, group = i, true
		case at > 0 && !verb && ts[i].Tag != news.Adv:
			group = false
		}
	}
	return at
}

// manyOnly reports whether the auxiliary never goes with one person who is
// spoken of.
func manyOnly(w string) bool { return w == "are" || w == "were" || w == "have" }

// fullVerb is the clause r, worded as given, with "is" for a short form that
// would look like a possessive behind a name. Before a participle it can be
// "has", too, and stays.
func (f *finder) fullVerb(r tokens, words string) string {
	ts := f.v.Tokens
	if r.last-r.first < 2 || ts[r.first].Lower != "'s" {
		return words
	}
	switch ts[f.skipAdverbs(r.first+1, r)%len(ts)].Tag {
	case news.PastPart, news.Verb:
		return words
	}
	return "is " + f.plain(tokens{r.first + 1, r.last})
}

// samePast reports whether a verb's past is like its base form.
func samePast(w string) bool {
	switch w {
	case "put", "set", "hit", "cut", "let", "shut", "cost", "read", "spread", "beat", "split", "burst", "cast", "hurt", "quit", "shed":
		return true
	}
	return false
}

// contraction reports whether the auxiliary holds its subject: "we've".
func contraction(w string) bool {
	return strings.Contains(w, "'") && !strings.HasSuffix(w, "n't") && w[0] != '\''
}

// plainAdverb reports whether a clause that leaves its subject out can begin
// with the word: "also met", not "there is".
func plainAdverb(w string) bool {
	switch w {
	case "also", "then", "later", "still", "now", "once", "often", "never", "again", "just":
		return true
	}
	return strings.HasSuffix(w, "ly")
}

// plain is the text of r on one line, quotation marks without their pair left out.
func (f *finder) plain(r tokens) string {
	if r.last <= r.first {
		return ""
	}
	ts := f.v.Tokens
	lone := f.loneMarks(r)
	if len(lone) == 0 {
		return oneLine(f.spanOf(r).Of(f.v.Text))
	}
	var b strings.Builder
	at := ts[r.first].Span.Start
	for _, i := range lone {
		b.WriteString(f.v.Text[at:ts[i].Span.Start])
		at = ts[i].Span.End
	}
	b.WriteString(f.v.Text[at:ts[r.last-1].Span.End])
	return oneLine(b.String())
}

// oneLine makes all white space single spaces.
func oneLine(s string) string {
	marks := false // what strings.Fields may have to look at more closely
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c < ' ' || c == ' ' && i > 0 && s[i-1] == ' ' {
				return strings.Join(strings.Fields(s), " ")
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) {
			return strings.Join(strings.Fields(s), " ")
		}
		marks = marks || c == 0xc2 || c == 0xe2 || c == 0xe3
		i += n
	}
	if marks {
		return strings.Trim(s, " ")
	}
	return s
}

// loneMarks are the double quotation marks of r that have no counterpart in
// it, and the pair that holds all of r.
func (f *finder) loneMarks(r tokens) []int {
	ts := f.v.Tokens
	var out []int
	open := -1
	for i := r.first; i < r.last; i++ {
		switch {
		case ts[i].Tag == news.Open && ts[i].Lower == `"`:
			if open >= 0 {
				out = append(out, open)
			}
			open = i
		case ts[i].Tag == news.Close && ts[i].Lower == `"`:
			if open < 0 {
				out = append(out, i)
			} else if open == r.first && i == r.last-1 {
				return []int{open, i}
			}
			open = -1
		case ts[i].Tag == news.Close && ts[i].Lower == "'" && i == r.last-1:
			return append(out, i) // single marks hold whole statements only
		}
	}
	if open >= 0 {
		out = append(out, open)
	}
	return out
}

func join(subject, words string) string {
	switch {
	case subject == "":
		return words
	case words == "":
		return subject
	case strings.HasPrefix(words, "'") || strings.HasPrefix(words, "’"):
		return subject + words // "Oake's gone"
	}
	return subject + " " + words
}

// finish trims, shortens and capitalises a statement.
func finish(p string) string {
	p = strings.Trim(p, ",;:- \u2013\u2014\u2026")
	if n := len(p); n < 4 || p[n-1] != '.' || p[n-3] != '.' { // "3 a.m.", "the U.S." keep theirs
		p = strings.TrimRight(p, ".")
	}
	for _, w := range [...]string{"But ", "And ", "Or "} {
		p = strings.TrimPrefix(p, w)
	}
	if len(p) > longest {
		p = shorten(p)
	}
	r, n := utf8.DecodeRuneInString(p)
	if unicode.IsLower(r) {
		p = string(unicode.ToUpper(r)) + p[n:]
	}
	return p
}

// shorten cuts at a comma if one stands in the second half, else at a space.
func shorten(p string) string {
	cut := strings.LastIndex(p[:longest], ", ")
	if cut < longest/2 {
		cut = strings.LastIndexByte(p[:longest-3], ' ')
	}
	if cut < longest/2 {
		for cut = longest - 3; !utf8.RuneStart(p[cut]); {
			cut--
		}
	}
	p = strings.TrimRight(p[:cut], " ,;:")
	if n := strings.Count(p, `"`); n%2 == 1 {
		p = strings.Replace(p, `"`, "", 1)
	}
	return p + "…"
}

// toll words "killing at least seven people" as "at least seven people were
// killed".
func (f *finder) toll(r tokens) string {
	ts := f.v.Tokens
	done := lexicon().name(tolls, ts[r.first].Lower)
	if done == "" || ts[r.first].Tag != news.Ing && !strings.HasSuffix(ts[r.first].Lower, "ing") {
		return ""
	}
	end := r.first + 1
	for end < r.last {
		switch t := &ts[end]; {
		case t.Tag == news.Num, t.Tag == news.Noun, t.Tag == news.Adj, t.Tag == news.Det, t.Tag == news.Name, t.Tag == news.Adv,
			t.Lower == "than", t.Lower == "at", t.Lower == "least", t.Lower == "most", t.Lower == "about", t.Lower == "around", t.Lower == "over", t.Lower == "up", t.Lower == "to":
			end++
			continue
		}
		break
	}
	if end == r.first+1 || end < r.last && ts[end].Tag == news.Conj {
		return ""
	}
	many := "were"
	if w := ts[r.first+1].Lower; w == "one" || w == "a" || w == "an" || w == "1" || w == "his" || w == "her" {
		many = "was"
	}
	return join(join(f.plain(tokens{r.first + 1, end}), many+" "+done), f.plain(tokens{end, r.last}))
}

// verbal reports whether a finite verb stands at i, adverbs before it allowed.
func (f *finder) verbal(i int, r tokens) bool { return f.predicate(f.skipAdverbs(i, r), r) }

func relativePronoun(w string) bool { return w == "who" || w == "which" || w == "that" }

// antecedent is what the relative pronoun at i stands for, in the text's
// words: the noun phrase before it.
func (f *finder) antecedent(s news.Sentence, i int) string {
	ts := f.v.Tokens
	end := i
	for end > s.First && ts[end-1].Tag == news.Punct {
		end--
	}
	start := end
walk:
	for start > s.First && end-start < 10 {
		switch t := &ts[start-1]; t.Tag {
		case news.Noun, news.Name, news.Adj, news.Det, news.Num, news.Poss, news.Open, news.Close:
		case news.PastPart:
			if start-2 < s.First || ts[start-2].Tag != news.Det && ts[start-2].Tag != news.Poss && ts[start-2].Tag != news.Num {
				break walk
			}
		case news.Prep:
			if t.Lower != "of" || ts[i].Lower == "who" {
				break walk
			}
		default:
			break walk
		}
		start--
	}
	if start == end {
		return ""
	}
	return f.phraseName(tokens{start, end})
}

// phraseName words a subject: a pronoun by what it stands for, a long phrase
// by the name in it.
func (f *finder) phraseName(r tokens) string {
	ts := f.v.Tokens
	if r.last == r.first+1 && ts[r.first].Tag == news.Pronoun {
		if name := f.antecedentOf(r.first, r); name != "" {
			return name
		}
	}
	words := f.plain(r)
	if len(words) > 70 {
		for _, m := range f.mentionsIn(f.spanOf(r)) {
			return m.id
		}
	}
	return words
}

func (f *finder) spanOf(r tokens) text.Span {
	return text.Span{Start: f.v.Tokens[r.first].Span.Start, End: f.v.Tokens[r.last-1].Span.End}
}

// antecedentOf is what the pronoun or possessive at i stands for, "" if that is
// not known or the pronoun stands for nothing ("it was clear").
func (f *finder) antecedentOf(i int, r tokens) string {
	ts := f.v.Tokens
	switch ts[i].Lower {
	case "he", "she", "his", "her":
		return f.about.person
	case "it":
		if i+1 < r.last && (ts[i+1].Tag == news.Aux || ts[i+1].Tag == news.Modal || ts[i+1].Tag == news.Poss) && f.empty(i+1, r) {
			return ""
		}
		return f.recent(f.about.thing, f.about.thingAt)
	case "its":
		here := f.v.Sentences.Items[f.at].Span
		near := f.mentionsIn(text.Span{Start: here.Start, End: ts[i].Span.Start})
		for k := len(near) - 1; k >= 0; k-- {
			if near[k].kind == news.Org || near[k].kind == news.GPE {
				if w := near[k].span.Of(f.v.Text); unicode.IsLower(rune(w[0])) {
					return "the " + strings.TrimPrefix(w, "the ")
				}
				return near[k].id
			}
		}
		return f.recent(f.about.thing, f.about.thingAt)
	case "they", "their":
		return f.recent(f.about.plural, f.about.pluralAt)
	}
	return ""
}

// recent is the name if it stands in this sentence or the one before: only a
// person is spoken of as "he" for longer.
func (f *finder) recent(name string, at int) string {
	if f.at-at > 1 {
		return ""
	}
	return name
}

// empty reports whether "it" before i means nothing: "it was not clear why",
// "it would take a year to …".
func (f *finder) empty(i int, r tokens) bool {
	ts := f.v.Tokens
	be := false
	for ; i < r.last; i++ {
		switch t := &ts[i]; t.Tag {
		case news.Aux, news.Modal, news.Adv, news.Poss:
			be = be || t.Tag == news.Aux && !strings.HasPrefix(t.Lower, "ha") && !strings.HasPrefix(t.Lower, "do") && !strings.HasPrefix(t.Lower, "did") || t.Tag == news.Poss
			continue
		case news.Inf:
			if t.Lower == "be" {
				be = true
				continue
			}
		}
		break
	}
	if !be {
		return false
	}
	if i < r.last && (ts[i].Tag == news.Adj || ts[i].Tag == news.Open) {
		return true
	}
	for ; i < r.last; i++ {
		switch ts[i].Tag {
		case news.Sub, news.To:
			return true
		}
	}
	return false
}

// ofOwner reports whether the quote speaks of the person whose the speaker is:
// "Her lawyer, Tom Reddy, said she would appeal".
func (f *finder) ofOwner(s news.Sentence, q *news.Quote) bool {
	owner := ""
	for k := range f.v.Tokens[s.First:s.Last] {
		t := &f.v.Tokens[s.First+k]
		if q.Source.Contains(t.Span) && owner == "" {
			owner = t.Lower
		}
		if q.Content.Contains(t.Span) && (t.Lower == "he" || t.Lower == "she") {
			return owner == "her" && t.Lower == "she" || owner == "his" && t.Lower == "he"
		}
	}
	return false
}

// speaks makes a speaker the person that pronouns can stand for.
func (f *finder) speaks(id string) {
	switch f.kinds[id] {
	case news.Person:
		f.about.person = id
	case news.Org, news.GPE:
		f.about.thing, f.about.thingAt = id, f.at
	default:
		// "unnamed engineer": what he says of himself is said of no other
		if who, ok := strings.CutPrefix(id, "unnamed "); ok {
			f.about.person, f.about.plural, f.about.pluralAt = "the "+who, "the "+who, f.at
		}
	}
}

// remember keeps the subject of the clause for the ones that follow.
func (f *finder) remember(r tokens) {
	sub, verb := f.subjectOf(r)
	f.about.nearest, f.about.modal = "", ""
	ts := f.v.Tokens
	for i := verb + 1; i < r.last; i++ { // "… after the dam burst"
		if f.predicate(i, r) {
			if late, _ := f.subjectOf(tokens{verb + 1, r.last}); late.last > late.first && opensClause(&ts[late.first-1]) {
				f.about.nearest = f.phraseName(late)
			}
			break
		}
	}
	for i := r.last - 1; i >= verb; i-- {
		if f.predicate(i, r) {
			if ts[i].Tag == news.Modal && !contraction(ts[i].Lower) {
				f.about.modal = ts[i].Lower
			}
			break
		}
	}
	if sub.last <= sub.first {
		return
	}
	name := f.phraseName(sub)
	f.about.subject = name
	if ts[sub.first].Tag == news.Pronoun {
		return
	}
	head := &ts[sub.last-1]
	for i := sub.first; i < sub.last; i++ {
		if ts[i].Tag == news.Prep {
			head = &ts[max(sub.first, i-1)]
			break
		}
	}
	person := ""
	for _, m := range f.mentionsIn(f.spanOf(sub)) {
		if m.kind == news.Person && m.span.End >= head.Span.Start {
			person = m.id
		}
	}
	if near := f.mentionsIn(f.spanOf(sub)); person == "" && len(near) > 0 && near[0].kind == news.Person && near[0].span.Start == ts[sub.first].Span.Start {
		for i := sub.first + 1; i < sub.last; i++ {
			if ts[i].Tag == news.Poss && ts[i].Span.Start == near[0].span.End {
				f.about.person = near[0].id // "Kim's visit included …": he is who went
			}
		}
	}
	both := false
	for i := sub.first; i < sub.last; i++ {
		both = both || ts[i].Lower == "and"
	}
	switch {
	case both, head.Tag == news.Noun && strings.HasSuffix(head.Lower, "s"), head.Lower == "people":
		f.about.plural, f.about.pluralAt = name, f.at
	case person != "":
		f.about.person = person
	default:
		f.about.thing, f.about.thingAt = name, f.at
	}
}

// subjectOf is the noun phrase that governs the first finite verb of r, and the
// place of that verb, r.last if there is none.
func (f *finder) subjectOf(r tokens) (tokens, int) {
	ts := f.v.Tokens
	v := r.first
	for v < r.last && !f.predicate(v, r) {
		v++
	}
	if v == r.last {
		return tokens{}, v
	}
	end := v
	for end > r.first && ts[end-1].Tag == news.Adv {
		end--
	}
	if end > r.first && relativePronoun(ts[end-1].Lower) {
		end-- // "the dam, which burst": the phrase before the pronoun
		for end > r.first && ts[end-1].Tag == news.Punct {
			end--
		}
	} else if end > r.first && ts[end-1].Lower == "," {
		// "Rekker, the governor, ordered": the phrase before the aside
		for j := end - 2; j > r.first; j-- {
			if ts[j].Lower == "," {
				end = j
				break
			}
		}
	}
	start := end
walk:
	for start > r.first {
		switch t := &ts[start-1]; t.Tag {
		case news.Punct:
			if t.Lower != "(" && t.Lower != ")" {
				break walk
			}
		case news.Sub, news.Verb, news.Aux, news.Modal, news.Inf, news.To:
			break walk
		case news.Prep:
			if opensClause(t) {
				break walk
			}
		}
		start--
	}
	for start < end && (ts[start].Tag == news.Conj || ts[start].Tag == news.Adv || ts[start].Tag == news.Punct || f.inTimex(ts[start].Span) && (start+1 == end || ts[start+1].Tag != news.Poss) || ts[start].Tag == news.Prep && start+1 < end && f.inTimex(ts[start+1].Span)) {
		start++
	}
	if start < end && ts[start].Tag == news.Prep {
		return tokens{}, v // an adverbial without a comma hides where the subject begins
	}
	return tokens{start, end}, v
}

// opensClause reports whether a clause with a subject of its own can follow t.
func opensClause(t *news.Token) bool {
	switch t.Lower {
	case "after", "before", "since", "until", "as":
		return true
	}
	return t.Tag == news.Sub
}

func (f *finder) inTimex(s text.Span) bool { return len(f.timexesIn(s)) > 0 }

// ofOwner is what is put behind a name to make it an owner's: "the leaders'
// countries".
func ofOwner(name string) string {
	if strings.HasSuffix(name, "s") {
		return "'"
	}
	return "'s"
}
