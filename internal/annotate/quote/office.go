package quote

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// This file tells who is meant by speakers that go by their office alone. News
// does so twice: a report opens with "the top senator on the committee said" and
// names him in the next sentence, for the first time (delayed identification);
// and it calls one who was just quoted "the Norland senator" to be spared his name.

// holder is the person whom src means, whose head is an office ("the Norland
// senator"), "" if nobody is found. known is what the mentions make of it: who
// has a name there keeps it.
func (f *finder) holder(p paragraph, src tokens, head int, known string) string {
	ts, lex := f.v.Tokens, lexicon()
	if !lex.is(offices, ts[head].Lower) || ts[src.first].Lower != "the" && ts[src.first].Lower != "a" && ts[src.first].Lower != "an" || p.label != news.Body {
		return ""
	}
	at := ts[src.first].Span.Start
	if f.isPerson(known, at) && strings.Contains(known, " ") {
		return ""
	}
	if ts[src.first].Lower == "the" && head == src.last-1 {
		if id := f.justQuoted(p); f.isPerson(id, at) && f.mayBe(id, ts[head].Lower, at) {
			return id
		}
	}
	return f.introduced(p, src, ts[head].Lower)
}

// justQuoted is who spoke last, in this paragraph or shortly before.
func (f *finder) justQuoted(p paragraph) string {
	const lines = 3
	for k := len(f.out) - 1; k >= 0 && f.out[k].line >= p.line-lines; k-- {
		if o := &f.out[k]; o.nestedIn == 0 && !o.belief && o.speaker == news.Person {
			return o.SourceID
		}
	}
	return ""
}

// namesNear is how many names around a place are looked at: a text without end has
// no end of them.
const namesNear = 300

// namesBy is the names from namesNear before a place to namesNear behind it, and how
// many of them stand before it.
func (f *finder) namesBy(at int) (names []named, before int) {
	k, _ := slices.BinarySearchFunc(f.names, at, func(n named, at int) int { return cmp.Compare(n.extent.Start, at) })
	from := max(0, k-namesNear)
	return f.names[from:min(len(f.names), k+namesNear)], k - from
}

// isPerson reports whether an id is that of somebody with a name near a place.
func (f *finder) isPerson(id string, at int) bool {
	names, _ := f.namesBy(at)
	return id != "" && slices.ContainsFunc(names, func(n named) bool { return n.id == id && n.kind == news.Person && !n.nominal })
}

// introduced is the person whom one of the next sentences names for the first
// time, in full and as its speaker, or with that office.
func (f *finder) introduced(p paragraph, src tokens, office string) string {
	const ahead = 2 // sentences
	ts, items := f.v.Tokens, f.v.Sentences.Items
	at, _ := slices.BinarySearchFunc(items, src.first, func(s news.Sentence, i int) int { return cmp.Compare(s.Last, i+1) })
	for k, seen := at+1, 0; k < len(items) && seen < ahead; k++ {
		s := items[k]
		if s.Label != news.Body {
			continue
		}
		seen++
		for _, n := range f.overlapping(s.Span) {
			if n.kind != news.Person || n.nominal || n.span.Start < s.Span.Start || f.inMarks(n.span.Start) || f.owns(n.span.End) {
				continue
			}
			if !strings.Contains(n.span.Of(f.v.Text), " ") || f.afterPreposition(n.extent.Start) || f.toldOf(n.id, ts[src.first].Span.Start) || !f.mayBe(n.id, office, n.span.Start) || !f.speaks(s, n) && !slices.Contains(strings.Fields(strings.ToLower(n.extent.Of(f.v.Text))), office) {
				return ""
			}
			return n.id
		}
	}
	return ""
}

// toldOf reports whether the running text names a person before an offset, or so many
// others that nobody is introduced any more.
func (f *finder) toldOf(id string, before int) bool {
	items := f.v.Sentences.Items
	names, n := f.namesBy(before)
	if n == namesNear {
		return true
	}
	return slices.ContainsFunc(names[:n], func(n named) bool {
		if n.id != id || n.nominal {
			return false
		}
		k, _ := slices.BinarySearchFunc(items, n.span.Start, func(s news.Sentence, at int) int { return cmp.Compare(s.Span.End, at+1) })
		return k < len(items) && items[k].Label == news.Body
	})
}

// speaks reports whether a verb of saying stands beside a name, right behind it,
// behind what the commas after it hold, or right before it at the end of a
// quotation.
func (f *finder) speaks(s news.Sentence, n named) bool {
	ts := f.v.Tokens
	i, _ := slices.BinarySearchFunc(ts[:s.Last], n.span.End, func(t news.Token, at int) int { return cmp.Compare(t.Span.Start, at) })
	first, _ := slices.BinarySearchFunc(ts[:s.Last], n.extent.Start, func(t news.Token, at int) int { return cmp.Compare(t.Span.Start, at) })
	if first > s.First && f.cues[first-1]&inverted != 0 && !f.within(first-1) {
		return true
	}
	for ; i < s.Last && !f.within(i); i++ {
		switch t := &ts[i]; t.Tag {
		case news.Verb, news.Inf, news.PastPart:
			return f.cues[i] != 0 || voices(t.Lemma)
		case news.Modal:
			return false
		}
	}
	return false
}

// voices lists verbs of speaking that introduce no words.
func voices(lemma string) bool {
	switch lemma {
	case "speak", "rule", "decline", "refuse", "testify":
		return true
	}
	return false
}

// mayBe reports whether the names near a place tell nothing of a person that is
// against an office: who has a title of state goes by that.
func (f *finder) mayBe(id, office string, at int) bool {
	names, _ := f.namesBy(at)
	for i := range names {
		n := &names[i]
		if n.id != id || n.nominal || n.extent.Start >= n.span.Start {
			continue
		}
		for w := range strings.FieldsSeq(strings.ToLower(f.v.Text[n.extent.Start:n.span.Start])) {
			if w != office && (lexicon().is(offices, w) && !broad(office) || highest(w)) {
				return false
			}
		}
	}
	return true
}

// broad lists what people of many offices are called: senators, governors and
// mayors have a party.
func broad(w string) bool {
	switch w {
	case "democrat", "republican", "conservative", "socialist", "liberal", "lawmaker", "legislator", "diplomat":
		return true
	}
	return false
}

// highest lists titles whose bearers go by no other.
func highest(w string) bool {
	switch w {
	case "president", "premier", "chancellor", "king", "queen", "pope", "prime":
		return true
	}
	return false
}

// twoOffices is the person of "journalist and translator Ada Lind", whose
// offices stand without an article, joined.
func (f *finder) twoOffices(src tokens, head int) string {
	ts := f.v.Tokens
	if head+2 >= src.last || ts[head+1].Lower != "and" || ts[head+2].Tag != news.Noun || ts[head].Lower != ts[head].Lemma || ts[head+2].Lower != ts[head+2].Lemma {
		return ""
	}
	for _, n := range f.overlapping(ts[src.last-1].Span) {
		if n.kind == news.Person && !n.nominal && n.span.End == ts[src.last-1].Span.End {
			return n.id
		}
	}
	return ""
}

// titled is the only person whose title the phrase repeats: "the prime
// minister" after "Prime Minister Ada Lind". Of a text without end only the
// names just before are looked at.
func (f *finder) titled(src tokens, head int) string {
	ts := f.v.Tokens
	if n := src.last - src.first; n < 2 || n > 4 || ts[src.first].Lower != "the" || head != src.last-1 {
		return ""
	}
	phrase := strings.ToLower(f.span(tokens{src.first + 1, src.last}).Of(f.v.Text))
	id, here := "", ts[src.first].Span.Start
	names, last := f.namesBy(here + 1)
	for k := range last {
		n := &names[k]
		if n.kind != news.Person || n.nominal || n.extent.Len() < n.span.Len()+len(phrase) || n.id == id || n.span.Start > here {
			continue
		}
		if title := strings.ToLower(n.extent.Of(f.v.Text)); strings.Contains(title, phrase+" ") || strings.HasSuffix(title, phrase) {
			if id != "" {
				return ""
			}
			id = n.id
		}
	}
	return id
}

// refers reports whether one of the mentions is a description whose words hold
// at: whom "the president" means has been decided, if only that nobody knows.
func refers(all []named, at text.Span) bool {
	return slices.ContainsFunc(all, func(n named) bool { return n.nominal && n.span.Contains(at) })
}
