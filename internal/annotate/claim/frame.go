package claim

import (
	"cmp"
	_ "embed"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

//go:embed words.txt
var wordsFile string

// class is a set of words that the rules ask for, see words.txt.
type class uint32

const (
	events class = 1 << iota
	happenings
	stops
	planning
	measures
	roughly
	harms
	states
	definitions
	refusals
	inquiries
	speech
	opinions
	denials
	hedges
	doubts
	tolls
)

var classNames = map[string]class{
	"event": events, "happening": happenings, "stop": stops, "planned": planning, "measure": measures, "near": roughly,
	"harm": harms, "state": states, "definition": definitions, "refuse": refusals, "inquiry": inquiries, "speech": speech,
	"opinion": opinions, "denial": denials, "hedge": hedges, "doubt": doubts, "toll": tolls,
}

type tables struct {
	words text.Words[class]
	names map[string]string // what a hedge, doubt or toll is called: "hedge-reportedly" gives "reportedly"
}

func (t *tables) is(k class, w string) bool { return t.words.At(w)&k != 0 }

// name returns what the word is called in the class k, "" if it is not in it.
func (t *tables) name(k class, w string) string {
	if !t.is(k, w) {
		return ""
	}
	return t.names[w]
}

// lexicon is read once; it never changes afterwards.
var lexicon = sync.OnceValue(func() *tables {
	words, names := map[string]class{}, map[string]string{}
	for line := range strings.Lines(wordsFile) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, list, _ := strings.Cut(line, ":")
		kind, called, _ := strings.Cut(name, "-")
		for w := range strings.FieldsSeq(list) {
			words[w] |= classNames[kind]
			if called != "" {
				names[w] = called
			}
		}
	}
	return &tables{text.WordsOf(words), names}
})

// is reports whether the word of token i is in the class.
func (f *finder) is(i int, k class) bool { return f.classes[i]&k != 0 }

type mention struct {
	span text.Span
	id   string
	kind news.EntityType
}

// place is a mention by its place: the first byte, then the longer one.
type place struct {
	key   uint64
	e, at int32 // of Entities.Items, of Mentions there
}

// indexMentions makes out the mentions in the order of their places, with the
// memory of places.
func indexMentions(out []mention, places []place, v *news.Version) ([]mention, []place) {
	places = places[:0]
	for i := range v.Entities.Items {
		for k := range v.Entities.Items[i].Mentions {
			s := v.Entities.Items[i].Mentions[k].Span
			places = append(places, place{uint64(s.Start)<<32 | uint64(1<<32-1-s.End), int32(i), int32(k)})
		}
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Compare(a.key, b.key) })
	out = slices.Grow(out[:0], len(places))
	for _, p := range places {
		e := &v.Entities.Items[p.e]
		out = append(out, mention{e.Mentions[p.at].Span, e.ID, e.Type})
	}
	return out, places
}

func (f *finder) mentionsIn(s text.Span) []mention {
	lo := sort.Search(len(f.mentions), func(i int) bool { return f.mentions[i].span.Start >= s.Start })
	hi := lo
	for hi < len(f.mentions) && f.mentions[hi].span.Start < s.End {
		hi++
	}
	return f.mentions[lo:hi]
}

func (f *finder) timexesIn(s text.Span) []news.Timex {
	items := f.v.Timexes.Items
	lo := sort.Search(len(items), func(i int) bool { return items[i].Span.End > s.Start })
	hi := lo
	for hi < len(items) && items[hi].Span.Start < s.End {
		hi++
	}
	return items[lo:hi]
}

// add makes a claim of the clause r; q is the quote it is taken from, with an
// empty id for the outlet's own voice.
func (f *finder) add(s news.Sentence, r tokens, q *news.Quote, rule string) {
	r = f.trim(r)
	if r.last <= r.first {
		return
	}
	c := news.Claim{Span: f.spanOf(r), Chain: f.voice, Why: news.Why{Rule: rule, Confidence: 0.8}}
	if q.ID != "" {
		c.Reported, c.Chain, c.Quote = true, q.Chain, q.ID
	}
	c.Proposition = f.proposition(s, r, q) // it knows for whom a pronoun stands
	c.Frame = f.frame(r)
	if f.worthless(r, &c) != "" || f.calling(r, q) {
		return
	}
	c.Hedge = f.hedge(r)
	c.EventDate = f.date(s, r, c, q)
	f.out = append(f.out, c)
}

// Of reads a stretch of v as one claim, whatever it is: an answer, a headline.
// It needs the layers that Find needs.
func Of(v *news.Version, sp text.Span) news.Claim {
	f := new(finder)
	f.begin(v)
	c := news.Claim{ID: "c1", Span: sp, Proposition: oneLine(sp.Of(v.Text)), Why: news.Why{Rule: "given stretch", Confidence: 1}}
	r := tokens{len(v.Tokens), len(v.Tokens)}
	for i, t := range v.Tokens {
		if t.Span.Overlaps(sp) {
			r.first, r.last = min(r.first, i), i+1
		}
	}
	if r.first < r.last {
		c.Frame = f.frame(r)
		c.EventDate = f.date(news.Sentence{}, r, c, &f.own)
	}
	return c
}

// addPhrase is add for a noun phrase; hedges of doubt come from its head.
func (f *finder) addPhrase(s news.Sentence, r tokens, q *news.Quote, rule string) {
	n := len(f.out)
	f.add(s, r, q, rule)
	if len(f.out) > n {
		c := &f.out[n]
		c.Why.Confidence = 0.6
		if rule == "doubt" {
			// the doubts are nobody's in particular: no subject before them
			if i := strings.LastIndex(c.Proposition, ": "); i >= 0 {
				c.Proposition = c.Proposition[i+2:]
			}
			if c.Proposition != "" {
				c.Proposition = "There is " + strings.ToLower(c.Proposition[:1]) + c.Proposition[1:]
			}
			if strings.HasSuffix(firstNoun(c.Proposition), "s") {
				c.Proposition = strings.Replace(c.Proposition, "There is ", "There are ", 1)
			}
		}
	}
}

// firstNoun is the word before the first preposition of a phrase of doubt:
// "concerns" in "There is growing concerns of a deal".
func firstNoun(phrase string) string {
	words := strings.Fields(phrase)
	for i, w := range words {
		switch w {
		case "of", "about", "over", "that", "on", "for":
			if i > 0 {
				return words[i-1]
			}
		}
	}
	return ""
}

// frame types the clause: verbs, who stands before and after the head verb,
// places, numbers, polarity and modality.
func (f *finder) frame(r tokens) news.Frame {
	ts, lex := f.v.Tokens, lexicon()
	var fr news.Frame
	head, l := -1, &f.lists
	l.empty()
	for i := r.first; i < r.last; i++ {
		t := &ts[i]
		switch t.Tag {
		case news.Verb, news.PastPart, news.Inf, news.Ing:
			if head < 0 {
				head = i
			}
			what := t.Lemma
			if f.is(i, states) && f.afterBe(i, r.first) {
				what = t.Lower // "20 people were missing"
			}
			l.predicates = appendNew(l.predicates, what)
			if lex.is(planning, t.Lemma) && fr.Modal == "" {
				fr.Modal = "planned"
			}
		case news.Aux, news.Modal:
			if head < 0 {
				head = i
			}
			switch w := t.Lower; {
			case w == "will", w == "shall", w == "won't", strings.HasSuffix(w, "'ll"):
				fr.Modal = "planned"
			case w == "would", w == "could", w == "may", w == "might", w == "can", w == "should", w == "must":
				if !f.canSay(i, r) {
					fr.Modal = "possible"
				}
			}
			if strings.HasSuffix(t.Lower, "n't") {
				fr.Negated = true
			}
		case news.Noun, news.Adj, news.Name:
			if f.is(i, states) && f.afterBe(i, r.first) {
				l.predicates = appendNew(l.predicates, t.Lower)
			}
			if !f.is(i, stops) {
				l.words = append(l.words, t.Lemma)
			}
		case news.Num:
			if k := len(fr.Numbers); k > 0 && fr.Numbers[k-1].Span.End >= t.Span.End {
				continue // the second word of a number
			}
			if n, ok := f.quantity(i, r); ok {
				fr.Numbers = append(fr.Numbers, n)
			}
		}
		switch t.Lower {
		case "no": // "no fewer than seven" denies nothing
			fr.Negated = fr.Negated || i+2 >= r.last || ts[i+2].Lower != "than"
		case "not", "never", "nor", "neither", "without", "cannot", "nobody", "none", "nothing":
			fr.Negated = true
		}
	}
	sp := text.Span{Start: ts[r.first].Span.Start, End: ts[r.last-1].Span.End}
	at := sp.End
	if head >= 0 {
		at = ts[head].Span.Start
	}
	for _, m := range f.mentionsIn(sp) {
		switch {
		case m.span.Start < at:
			l.actors = appendNew(l.actors, m.id)
		default:
			l.objects = appendNew(l.objects, m.id)
		}
		if m.kind == news.GPE || m.kind == news.Location || m.kind == news.Facility {
			l.places = appendNew(l.places, m.id)
		}
	}
	l.copyTo(&fr)
	if len(fr.Actors) == 0 && len(f.subject) > 0 {
		switch {
		case ts[r.first].Tag == news.Pronoun: // "he inspected …"
			if w := ts[r.first].Lower; (w == "he" || w == "she") && f.about.person != "" {
				fr.Actors = []string{f.about.person}
			}
		case head == r.first || ts[r.first].Tag == news.Adv: // "and met …"
			fr.Actors = f.subject
		}
	}
	if len(fr.Actors) > 0 {
		f.subject = fr.Actors
	}
	return fr
}

// canSay reports whether the modal at i opens "we can confirm that": what follows
// is told as a fact.
func (f *finder) canSay(i int, r tokens) bool {
	if f.v.Tokens[i].Lower != "can" || i+1 >= r.last {
		return false
	}
	switch f.v.Tokens[i+1].Lemma {
	case "confirm", "say", "report", "announce", "reveal", "tell":
		return true
	}
	return false
}

// lists are those of a frame while it is made.
type lists struct{ predicates, actors, objects, places, words []string }

func (l *lists) empty() {
	*l = lists{l.predicates[:0], l.actors[:0], l.objects[:0], l.places[:0], l.words[:0]}
}

// copyTo gives fr copies of the lists, cut from one piece of memory.
func (l *lists) copyTo(fr *news.Frame) {
	all := make([]string, 0, len(l.predicates)+len(l.actors)+len(l.objects)+len(l.places)+len(l.words))
	cut := func(list []string) []string {
		if len(list) == 0 {
			return nil
		}
		from := len(all)
		all = append(all, list...)
		return all[from:len(all):len(all)]
	}
	fr.Predicates, fr.Actors, fr.Objects = cut(l.predicates), cut(l.actors), cut(l.objects)
	fr.Places, fr.Words = cut(l.places), cut(l.words)
}

// afterBe reports whether a form of "be", adverbs between, stands before i.
func (f *finder) afterBe(i, first int) bool {
	for i--; i >= first; i-- {
		switch t := &f.v.Tokens[i]; t.Tag {
		case news.Adv:
		case news.Aux:
			return true
		default:
			return t.Lower == "be" || t.Lower == "been"
		}
	}
	return false
}

func appendNew(in []string, s string) []string {
	if slices.Contains(in, s) {
		return in
	}
	return append(in, s)
}

// hedge names what takes the clause back, "" if nothing does.
func (f *finder) hedge(r tokens) string {
	for i := r.first; i < r.last; i++ {
		switch t := &f.v.Tokens[i]; {
		case f.is(i, hedges):
			if h := lexicon().names[t.Lower]; h != "likely" {
				return h
			}
		case f.is(i, doubts) && t.Tag == news.Noun:
			return lexicon().names[t.Lower]
		}
	}
	return ""
}
