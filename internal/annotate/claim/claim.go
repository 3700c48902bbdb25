// Package claim finds checkable statements: what the outlet asserts in its own
// voice and what it reports of others, clause by clause, each with its chain,
// date and hedge, and as a typed frame that can be compared.
package claim

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// Find returns the claims of v in the order of their places. It needs tokens,
// sentences, entities, times and quotes.
func Find(v *news.Version) news.Layer[news.Claim] {
	f := finders.Get().(*finder)
	f.begin(v)
	defer f.leave()
	quotes := f.quotesBySentence()
	for i, s := range v.Sentences.Items {
		f.at = i
		if s.Why.Rule == "dateline" || s.Label != news.Body && s.Label != news.Caption {
			continue
		}
		f.sentence(s, quotes[i])
	}
	byPlace := func(a, b news.Claim) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(b.Span.End, a.Span.End))
	}
	if !slices.IsSortedFunc(f.out, byPlace) {
		slices.SortStableFunc(f.out, byPlace)
	}
	kept := dropRepeats(f.out)
	out := make([]news.Claim, len(kept)) // the next text writes over f.out
	copy(out, kept)
	for i := range out {
		out[i].ID = "c" + strconv.Itoa(i+1)
	}
	return news.Layer[news.Claim]{By: "claim/2", Items: out}
}

// finders are those of texts before, whose slices are written over: most claims
// that are made are none.
var finders = sync.Pool{New: func() any { return new(finder) }}

// mostTokens is of how many tokens the slices are worth keeping: most articles
// have fewer.
const mostTokens = 1 << 14

func (f *finder) leave() {
	if len(f.v.Tokens) <= mostTokens {
		finders.Put(f)
	}
}

// begin makes f, new or used before, a finder for v.
func (f *finder) begin(v *news.Version) {
	*f = finder{
		v: v, voice: v.Meta.OwnVoice(), mentions: f.mentions, places: f.places, kinds: kindsOf(v), goesOn: map[string]bool{},
		classes: slices.Grow(f.classes[:0], len(v.Tokens)), out: f.out[:0], cuts: f.cuts, used: f.used, lists: f.lists,
	}
	f.mentions, f.places = indexMentions(f.mentions, f.places, v)
	lex := lexicon()
	for i := range v.Tokens {
		f.classes = append(f.classes, lex.words.At(v.Tokens[i].Lower))
	}
	for _, q := range v.Quotes.Items {
		if q.ContinuationOf != "" {
			f.goesOn[q.ContinuationOf] = true
		}
	}
}

type tokens struct{ first, last int }

type finder struct {
	v        *news.Version
	mentions []mention
	places   []place                    // reused by indexMentions
	kinds    map[string]news.EntityType // by canonical name
	goesOn   map[string]bool            // quotes that another one goes on from
	voice    []string                   // the chain of the outlet's own voice
	subject  []string                   // actors of the clause before, for pronouns
	cuts     []tokens                   // reused by clauses
	lists    lists                      // reused by frame
	classes  []class                    // of the words of the tokens
	used     []bool                     // reused by sentence
	at       int                        // index of the sentence that is read now
	about    topics
	own      news.Quote // no quote: stands for the outlet's own voice
	out      []news.Claim
}

func kindsOf(v *news.Version) map[string]news.EntityType {
	out := make(map[string]news.EntityType, len(v.Entities.Items))
	for _, e := range v.Entities.Items {
		out[e.ID] = e.Type
	}
	return out
}

// dropRepeats leaves out a claim whose span equals that of the one before it.
func dropRepeats(in []news.Claim) []news.Claim {
	out := in[:0]
	for _, c := range in {
		if n := len(out); n > 0 && out[n-1].Span == c.Span {
			if c.Reported && !out[n-1].Reported {
				out[n-1] = c
			}
			continue
		}
		out = append(out, c)
	}
	return out
}

// quotesBySentence lists, for each sentence, the quotes whose content touches it.
func (f *finder) quotesBySentence() [][]*news.Quote {
	items := f.v.Sentences.Items
	out := make([][]*news.Quote, len(items))
	for k := range f.v.Quotes.Items {
		q := &f.v.Quotes.Items[k]
		at := sort.Search(len(items), func(i int) bool { return items[i].Span.End > min(q.Content.Start, q.Source.Start) })
		for i := at; i < len(items) && items[i].Span.Start < max(q.Content.End, q.Cue.End, q.Source.End); i++ {
			out[i] = append(out[i], q)
		}
	}
	return out
}

// sentence reads the reported statements of a sentence, then what is left of
// it as the outlet's own.
func (f *finder) sentence(s news.Sentence, quotes []*news.Quote) {
	used := append(f.used[:0], make([]bool, s.Last-s.First)...)
	f.used = used
	mark := func(sp text.Span) {
		for i := s.First; i < s.Last; i++ {
			if sp.Overlaps(f.v.Tokens[i].Span) {
				used[i-s.First] = true
			}
		}
	}
	for _, q := range quotes {
		r := f.cover(s, q.Content)
		if r.last > r.first {
			f.reported(s, q, r)
		}
		if q.Why.Rule == "what S called C" {
			continue // the words are the speaker's, the statement around them is not
		}
		mark(q.Content)
		if !f.coordinated(q) {
			mark(q.Source)
		}
		mark(q.Cue)
		if i := sort.Search(s.Last-s.First, func(i int) bool { return f.v.Tokens[s.First+i].Span.Start >= q.Source.End }) + s.First; i < s.Last && q.Source.End < q.Cue.Start && relativePronoun(f.v.Tokens[i].Lower) {
			mark(text.Span{Start: q.Source.End, End: q.Cue.Start}) // who the speaker is
		}
		mark(q.When.Span)
		mark(q.Venue)
		for _, via := range q.Via {
			mark(via.Source.Union(via.Cue))
		}
	}
	f.about.subject, f.about.nearest, f.about.modal = "", "", ""
	for i := s.First; i < s.Last; {
		if used[i-s.First] {
			i++
			continue
		}
		j := i
		for j < s.Last && !used[j-s.First] {
			j++
		}
		if i > s.First {
			for _, q := range quotes { // what the speaker does besides speaking
				if !q.Source.Empty() && q.Source.End <= f.v.Tokens[i].Span.Start && f.about.subject == "" {
					f.about.subject = q.SourceID
				}
			}
		}
		f.asserted(s, tokens{i, j})
		i = j
	}
}

// coordinated reports whether the speaker does something else before the cue:
// "X summoned the ambassador and urged …". Then X is the subject of a claim of
// the outlet's own, too.
func (f *finder) coordinated(q *news.Quote) bool {
	if q.Source.Empty() || q.Source.End >= q.Cue.Start {
		return false
	}
	ts, verb := f.v.Tokens, false
	at := sort.Search(len(ts), func(i int) bool { return ts[i].Span.Start >= q.Source.End })
	if at < len(ts) && relativePronoun(ts[at].Lower) {
		return false // "the owner of a dam that burst denied"
	}
	for ; at < len(ts) && ts[at].Span.Start < q.Cue.Start; at++ {
		switch ts[at].Tag {
		case news.Verb:
			return true
		case news.Aux, news.Modal: // "has been critical of X, saying that"
			verb = true
		case news.Conj, news.Punct:
			if verb {
				return true
			}
		}
	}
	return false
}

// cover returns the tokens of s that stand inside sp.
func (f *finder) cover(s news.Sentence, sp text.Span) tokens {
	r := tokens{s.First, s.First}
	for i := s.First; i < s.Last; i++ {
		if sp.Overlaps(f.v.Tokens[i].Span) {
			if r.last == r.first {
				r.first = i
			}
			r.last = i + 1
		}
	}
	return r
}

// reported makes claims of a quote's content in one sentence. A promise or
// demand is one claim with its speaker; a statement is cut into its clauses.
func (f *finder) reported(s news.Sentence, q *news.Quote, content tokens) {
	whole := false
	switch q.Why.Rule {
	case "S pledged to C", "S urged O to C", "S announced N", `S called it "W"`, "S called O N", "S called for N", "S expressed concern over C":
		whole = true
	}
	if whole {
		from := q.Source
		if f.coordinated(q) {
			from = q.Cue
		}
		r := f.cover(s, from.Union(q.Cue).Union(q.Content))
		f.add(s, r, q, "reported act")
		return
	}
	if !f.finite(content) && f.goesOn[q.ID] {
		f.about.subject = f.plain(content) // "The ferry, officials said, sank": the verb follows
		return
	}
	for _, c := range slices.Clone(f.clauses(content)) {
		if q.Kind == news.Indirect && f.meanwhile(content, c) {
			n := len(f.out)
			f.add(s, c, &f.own, "asserted clause")
			f.giveCount(n, c)
			continue
		}
		f.add(s, c, q, "reported clause")
	}
	f.phrases(s, content, q)
}

// giveCount gives claim n, if there is one, to whom its number is from.
func (f *finder) giveCount(n int, r tokens) {
	if len(f.out) <= n {
		return
	}
	if who := f.counter(r); who != "" {
		o := &f.out[n]
		o.Reported, o.Chain, o.Why.Rule = true, append(o.Chain[:len(o.Chain):len(o.Chain)], who), "S put the count at N"
	}
}

// counter is who gives a number: "the minister put the death toll at 11". ""
// if the clause is of another kind or its subject has no name.
func (f *finder) counter(r tokens) string {
	ts := f.v.Tokens
	for i := r.first; i+3 < r.last; i++ {
		if ts[i].Lemma != "put" || ts[i].Tag == news.PastPart && i > r.first && ts[i-1].Tag == news.Aux {
			continue
		}
		counted := false
		for j := i + 1; j+1 < min(r.last, i+8); j++ {
			switch ts[j].Lemma {
			case "toll", "number", "count", "total", "figure":
				counted = true
			}
			if counted && ts[j].Lower == "at" {
				for _, m := range f.mentionsIn(text.Span{Start: ts[r.first].Span.Start, End: ts[i].Span.Start}) {
					if m.kind == news.Person || m.kind == news.Org {
						return m.id
					}
				}
				return ""
			}
		}
		return ""
	}
	return ""
}

// meanwhile reports whether the clause c tells what went on while somebody
// spoke: "denied that it had ignored warnings, as the minister put the toll at
// 11". That is no part of what was said.
func (f *finder) meanwhile(content, c tokens) bool {
	ts := f.v.Tokens
	return c.first > content.first+1 && ts[c.first-1].Lower == "as" && ts[c.first-2].Lower == ","
}

// asserted makes claims of what the outlet says in its own voice.
func (f *finder) asserted(s news.Sentence, r tokens) {
	giver := ""
	if s.Label == news.Caption {
		giver = f.pictureGiver(s)
	}
	for _, c := range f.clauses(r) {
		if !f.finite(c) && !f.participle(c) && !f.unread(s, c) {
			continue
		}
		n := len(f.out)
		f.add(s, c, &f.own, "asserted clause")
		f.giveCount(n, c)
		if giver != "" && len(f.out) > n && !f.out[n].Frame.Negated {
			o := &f.out[n]
			o.Reported, o.Chain, o.Why.Rule = true, append(o.Chain[:len(o.Chain):len(o.Chain)], giver), "caption of a picture given by a source"
		}
	}
	f.phrases(s, r, nil)
}

// unread reports whether c is a whole sentence of the body in which no verb was
// recognised. Sentences have one: it is read as a noun or a participle ("The army
// test-fired a rocket", "Fire crews douse flames"). Lines that end in no full stop
// and short ones are left out.
func (f *finder) unread(s news.Sentence, c tokens) bool {
	ts := f.v.Tokens
	if s.Label != news.Body || s.Last-s.First < 9 || ts[s.Last-1].Lower != "." || c.last-c.first < s.Last-s.First-3 || f.contentWords(c) < 5 {
		return false
	}
	for k := range ts[c.first:c.last] {
		t := &ts[c.first+k]
		if t.Tag == news.Open || t.Tag == news.Close || t.Lower == ":" || t.Lower == ";" {
			return false
		}
	}
	return ts[c.first].Tag == news.Det || ts[c.first].Tag == news.Name || ts[c.first].Tag == news.Noun || ts[c.first].Tag == news.Num
}

// pictureGiver is who released the picture that a caption describes: what it
// shows is known through them ("in this photo released by …").
func (f *finder) pictureGiver(s news.Sentence) string {
	ts := f.v.Tokens
	for i := s.First; i+1 < s.Last; i++ {
		w, next := ts[i].Lower, ts[i+1].Lower
		given := (w == "released" || w == "provided" || w == "distributed" || w == "supplied") && next == "by"
		if !given && !(w == "footage" && (next == "of" || next == "from")) {
			continue
		}
		for _, m := range f.mentionsIn(text.Span{Start: ts[i+1].Span.End, End: s.Span.End}) {
			if m.kind == news.Org && m.span.Start-ts[i+1].Span.End < 60 {
				return m.id
			}
		}
	}
	return ""
}

// phrases finds statements that hide in noun phrases.
func (f *finder) phrases(s news.Sentence, r tokens, q *news.Quote) {
	ts, lex := f.v.Tokens, lexicon()
	for i := r.first; i < r.last; i++ {
		t := &ts[i]
		// "Kim's six-day trip to Russia": how long something lasted
		if i+1 < r.last && f.is(i+1, events) && f.duration(t.Span) {
			a, b := f.phraseAround(r, i)
			f.addPhrase(s, tokens{a, b}, &f.own, "lasting event")
		}
		// ", his longest foreign travel as a leader,": an apposition with a superlative
		if superlative(t.Lower) && i > r.first && (ts[i-1].Tag == news.Poss || ts[i-1].Tag == news.Det) {
			a := i - 1
			for a > r.first && ts[a-1].Tag == news.Name {
				a--
			}
			if a > s.First && ts[a-1].Lower == "," {
				n := len(f.out)
				f.addPhrase(s, tokens{a, f.clauseEnd(r, i)}, &f.own, "superlative")
				if p := f.plain(tokens{a, f.clauseEnd(r, i)}); len(f.out) > n && f.about.subject != "" && !strings.Contains(p, " that ") {
					f.out[n].Proposition = finish(f.about.subject + ": " + p)
				}
			}
		}
		// "its launch of a missile in July", "Moscow's need to …"
		if f.is(i, happenings) && i > r.first && i+2 < r.last && (ts[i-1].Tag == news.Poss || possessive[ts[i-1].Lower]) && (ts[i+1].Lower == "of" || ts[i+1].Tag == news.To) {
			a := i - 1
			for a > r.first && (ts[a-1].Tag == news.Name || ts[a-1].Lower == "the") {
				a--
			}
			quote := &f.own
			if q != nil {
				quote = q
			}
			f.addPhrase(s, tokens{a, f.phraseEnd(r, i)}, quote, "nominal happening")
		}
		// "after a pair of failed launches this year"
		if t.Tag == news.PastPart && i > r.first && i+1 < r.last && (lex.is(happenings, ts[i+1].Lemma) || lex.is(events, ts[i+1].Lemma)) && (ts[i-1].Lower == "of" || ts[i-1].Tag == news.Num) {
			a := i - 1
			for a > r.first && (ts[a-1].Tag == news.Noun || ts[a-1].Tag == news.Det || ts[a-1].Tag == news.Num) {
				a--
			}
			f.addPhrase(s, tokens{a, f.phraseEnd(r, i)}, &f.own, "counted happening")
		}
		// "amid growing concerns of a deal"
		if f.is(i, doubts) && q == nil && i+1 < r.last && (ts[i+1].Tag == news.Prep || ts[i+1].Lower == "that") {
			a := i
			for a > r.first && (ts[a-1].Tag == news.Adj || ts[a-1].Tag == news.Ing || ts[a-1].Tag == news.PastPart) {
				a--
			}
			f.addPhrase(s, tokens{a, f.clauseEnd(r, i)}, &f.own, "doubt")
		}
	}
}

var possessive = map[string]bool{"his": true, "her": true, "its": true, "their": true}

func superlative(w string) bool {
	return w == "most" || w == "first" || w == "worst" || w == "best" || len(w) > 5 && w[len(w)-3:] == "est" && w != "interest" && w != "request" && w != "arrest" && w != "protest" && w != "contest" && w != "forest" && w != "harvest" && w != "northwest" && w != "southwest" && w != "honest" && w != "modest" && w != "unrest" && w != "invest" && w != "suggest"
}

func (f *finder) duration(s text.Span) bool {
	for _, t := range f.timexesIn(s) {
		if t.Type == "DURATION" {
			return true
		}
	}
	return false
}

// phraseAround is the noun phrase around token i, to its first complement.
func (f *finder) phraseAround(r tokens, i int) (int, int) {
	ts, a := f.v.Tokens, i
	for a > r.first && (ts[a-1].Tag == news.Det || ts[a-1].Tag == news.Poss || ts[a-1].Tag == news.Name || ts[a-1].Tag == news.Adj) {
		a--
	}
	b := i + 2
	if b+1 < r.last && ts[b].Tag == news.Prep && (ts[b].Lower == "to" || ts[b].Lower == "of" || ts[b].Lower == "in") {
		b++
		for b < r.last && (ts[b].Tag == news.Name || ts[b].Tag == news.Det || ts[b].Tag == news.Poss) {
			b++
		}
	}
	return a, b
}

// clauseEnd is phraseEnd for phrases that may hold a clause: "fears that the
// wall will fall" goes on through its verb.
func (f *finder) clauseEnd(r tokens, i int) int {
	ts := f.v.Tokens
	for j := i + 1; j < r.last; j++ {
		switch w := ts[j].Lower; {
		case ts[j].Tag == news.Sub || w == "what" || w == "which":
			for j < r.last && ts[j].Tag != news.Punct {
				j++
			}
			return j
		case ts[j].Tag == news.Verb || ts[j].Tag == news.Aux || ts[j].Tag == news.Modal || ts[j].Tag == news.Punct || ts[j].Tag == news.Close:
			return f.phraseEnd(r, i)
		}
	}
	return r.last
}

// phraseEnd is where the phrase that holds token i ends: at a comma or verb.
func (f *finder) phraseEnd(r tokens, i int) int {
	ts := f.v.Tokens
	for j := i + 1; j < r.last; j++ {
		switch ts[j].Tag {
		case news.Verb, news.Aux, news.Modal:
			if j > i+1 && ts[j-1].Tag == news.Pronoun || ts[j-1].Lower == "that" {
				continue
			}
			return j
		case news.Punct, news.Close:
			return j
		}
	}
	return r.last
}
