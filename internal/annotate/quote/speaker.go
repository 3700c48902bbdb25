package quote

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// merge joins findings of one paragraph that are the same statement: an
// attribution inside the content of another becomes its inner link when it
// covers all of it ("Z said C, according to Y"; "Y reported that Z said C").
func merge(all []found) []found {
	if len(all) < 2 {
		return all
	}
	gone := make([]bool, len(all))
	for i := range all {
		o := &all[i]
		if gone[i] || o.continuation != 0 {
			continue
		}
		for k := range all {
			in := &all[k]
			if k == i || gone[k] || gone[i] || in.cue == o.cue {
				continue
			}
			if in.content == o.content && in.cue.first > o.cue.first {
				gone[k] = true // two cues for one stretch: the first decides
				continue
			}
			inside := o.content.first <= in.cue.first && in.cue.last <= o.content.last
			if !inside || in.content.empty() || in.content.first < o.content.first-1 || in.content.last > o.content.last {
				continue
			}
			begins := min(in.source.first, in.content.first) <= o.content.first+2
			ends := max(in.content.last, in.source.last, in.cue.last) >= o.content.last-1 || o.content.first > o.cue.first && in.content.last >= o.content.last-1 || trailingTime(in, o)
			switch {
			case begins && ends && in.strong:
				in.via = append(in.via, *o)
				gone[i] = true
			case !in.strong && o.content.first > o.cue.first:
				gone[k] = true // "said that Kim offered …": one statement
			}
		}
	}
	out := all[:0]
	for i, a := range all {
		if !gone[i] {
			out = append(out, a)
		}
	}
	return dropOverlaps(out)
}

// trailingTime reports whether nothing but the inner attribution's time and
// hearers stand between it and the end of the outer content.
func trailingTime(in, o *found) bool {
	return in.content.last <= in.source.first && o.content.last-in.cue.last <= 8
}

// dropOverlaps keeps the more certain of two findings that overlap without one
// lying inside the other.
func dropOverlaps(all []found) []found {
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(b.confidence, a.confidence) })
	var out []found
	for _, a := range all {
		ok := true
		for _, b := range out {
			if min(a.content.last, b.content.last) <= max(a.content.first, b.content.first) {
				continue
			}
			inA := b.content.first >= a.content.first && b.content.last <= a.content.last
			inB := a.content.first >= b.content.first && a.content.last <= b.content.last
			reported := b.content.first <= a.cue.first && a.cue.last <= b.content.last
			if !inA && !inB || inB && !reported && a.cue.first != b.cue.first {
				ok = false // both claim the same words, and neither reports the other
			}
		}
		if ok {
			out = append(out, a)
		}
	}
	return out
}

// add turns a finding into a quote. from is the index in f.out where the
// quotes of this paragraph begin.
func (f *finder) add(p paragraph, a found, from int) {
	content := f.contentSpan(p, a.content)
	if content.Empty() {
		return
	}
	q := news.Quote{
		Kind: f.kind(p, a.content), Content: content, Source: f.span(a.source), Cue: f.span(a.cue),
		Venue: f.span(a.venue), When: a.when, Why: news.Why{Rule: a.rule, Confidence: a.confidence},
	}
	if a.rule == postRule {
		q.Kind = news.Direct
	}
	at := quoteAt{found: a, line: p.line}
	for i := len(f.out) - 1; i >= 0 && (a.continuation != 0 || a.inherit != 0) && q.Chain == nil; i-- {
		o := &f.out[i]
		if a.continuation != 0 && o.found.id == a.continuation || a.inherit != 0 && o.found.id == a.inherit {
			q.SourceID, at.speaker, q.Chain, q.Via = o.SourceID, o.speaker, o.Chain, o.Quote.Via
			q.When, q.Venue = o.When, o.Quote.Venue
			if a.continuation != 0 {
				at.goesOnFrom = o.found.id
			}
		}
	}
	if q.Chain == nil {
		q.SourceID, at.speaker = f.speaker(p, a.source, a.cue.first)
		if lexicon().is(documents, q.SourceID) || at.speaker == "" {
			// a watermark that reads "KCNA" speaks for KCNA
			for _, n := range f.overlapping(content) {
				if n.kind == news.Org && content.Len() <= n.span.Len()+6 {
					q.SourceID, at.speaker = n.id, n.kind
				}
			}
		}
		if q.SourceID == "" {
			q.SourceID = unresolved[f.v.Tokens[a.source.first].Lower]
		}
		if at.speaker == news.Product && (a.strong || f.v.Tokens[a.cue.first].Lower == "according") {
			at.speaker = "" // what says something is no product, whatever its name looks like
		}
		if rest, twice := strings.CutPrefix(q.SourceID, "unnamed unnamed "); twice {
			q.SourceID = "unnamed " + rest
		}
		if q.SourceID == "" || at.speaker == news.EventName || at.speaker == news.Product {
			return
		}
		q.Chain = f.v.Meta.OwnVoice()
		if !a.outer.empty() {
			if id, _ := f.speaker(p, a.outer, a.cue.first); id != "" {
				q.Chain = append(q.Chain, id)
			}
		}
		slices.SortStableFunc(a.via, func(x, y found) int { // whom the speaker cites stands behind him
			return cmp.Compare(boolInt(x.rule == citingRule), boolInt(y.rule == citingRule))
		})
		for _, via := range a.via {
			id, _ := f.speaker(p, via.source, via.cue.first)
			if id == "" || id == q.SourceID || via.rule == carriedRule && slices.Contains(f.voice, id) {
				continue
			}
			q.Via = append(q.Via, news.Via{ID: id, Source: f.span(via.source), Cue: f.span(via.cue)})
			if q.When.Value == "" {
				q.When = via.when
			}
			if q.Venue.Empty() {
				q.Venue = f.span(via.venue)
			}
			if via.rule == citingRule {
				// the speaker names a source of his own: that one is innermost
				if !slices.Contains(q.Chain, q.SourceID) {
					q.Chain = append(q.Chain, q.SourceID)
				}
				q.SourceID = id
				continue
			}
			q.Chain = append(q.Chain, id)
		}
		for i := len(f.out) - 1; i >= from; i-- {
			o := &f.out[i]
			if o.content.first <= a.cue.first && a.cue.last <= o.content.last && o.content.first <= a.content.first && a.content.last <= o.content.last && o.content != a.content {
				at.nestedIn = o.found.id
				q.Chain = append([]string{}, o.Chain...)
				break
			}
		}
		if n := len(q.Chain); n == 0 || q.Chain[n-1] != q.SourceID {
			q.Chain = append(q.Chain, q.SourceID)
		}
	}
	at.Quote = q
	f.out = append(f.out, at)
}

// contentSpan is the span of a content; the mark that closes a quotation at
// its end belongs to it, a final full stop outside does not.
func (f *finder) contentSpan(p paragraph, r tokens) text.Span {
	ts := f.v.Tokens
	for r.last > r.first && ts[r.last-1].Tag == news.Punct && ts[r.last-1].Lower != ")" && ts[r.last-1].Lower != "%" && !f.within(r.last-1) {
		r.last--
	}
	return f.span(r)
}

// kind tells how the words of r are given.
func (f *finder) kind(p paragraph, r tokens) news.QuoteKind {
	for _, m := range p.marks {
		if m.first <= r.first && r.last <= m.last {
			return news.Direct
		}
	}
	for _, m := range p.marks {
		if m.first >= r.first && m.last <= r.last {
			return news.Mixed
		}
	}
	return news.Indirect
}

// named is a mention with its cluster.
type named struct {
	span, extent text.Span
	id           string
	kind         news.EntityType
	nominal      bool
}

// several reports whether a description is of more than one: "she" is none of "top
// election officials".
func (n *named) several() bool {
	rest, unnamed := strings.CutPrefix(n.id, "unnamed ")
	for w := range strings.FieldsSeq(rest) {
		if lexicon().is(complements, w) {
			break
		}
		rest = w
	}
	return n.nominal && unnamed && strings.HasSuffix(rest, "s")
}

// indexMentions lists all mentions in the order of their places.
func indexMentions(out []named, v *news.Version) []named {
	n := 0
	for i := range v.Entities.Items {
		n += len(v.Entities.Items[i].Mentions)
	}
	type place struct { // sorted instead of the mentions, which are large
		key             uint64 // where it begins, then the longer first
		entity, mention int32
	}
	places := make([]place, 0, n)
	for i := range v.Entities.Items {
		for k := range v.Entities.Items[i].Mentions {
			s := extentOf(&v.Entities.Items[i].Mentions[k])
			places = append(places, place{uint64(s.Start)<<32 | uint64(1<<32-1-s.End), int32(i), int32(k)})
		}
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Compare(a.key, b.key) })
	out = slices.Grow(out, len(places))
	for _, p := range places {
		e := &v.Entities.Items[p.entity]
		m := &e.Mentions[p.mention]
		out = append(out, named{m.Span, extentOf(m), e.ID, e.Type, m.Nominal})
	}
	return out
}

func extentOf(m *news.Mention) text.Span {
	if m.Extent.Empty() {
		return m.Span
	}
	return m.Extent
}

// overlapping returns the mentions that share bytes with s. The list is good
// until the next call.
func (f *finder) overlapping(s text.Span) []named {
	lo := sort.Search(len(f.names), func(i int) bool { return f.names[i].extent.Start >= s.Start-200 })
	f.near = f.near[:0]
	for i := lo; i < len(f.names) && f.names[i].extent.Start < s.End; i++ {
		if f.names[i].extent.Overlaps(s) {
			f.near = append(f.near, f.names[i])
		}
	}
	return f.near
}

// speaker resolves a source phrase to a canonical name and its type.
func (f *finder) speaker(p paragraph, src tokens, cue int) (string, news.EntityType) {
	ts := f.v.Tokens
	if src.empty() {
		return "", ""
	}
	if w := ts[src.first].Lower; src.last == src.first+1 && (w == "his" || w == "her" || w == "their") {
		return f.pronoun(p, map[string]string{"his": "he", "her": "she", "their": "they"}[w], src.first)
	}
	if ts[src.first].Lower == "who" && src.last == src.first+1 {
		if before := f.phraseBefore(p, src.first); !before.empty() {
			return f.speaker(p, before, cue)
		}
	}
	if personal[ts[src.first].Lower] && src.last == src.first+1 {
		return f.pronoun(p, ts[src.first].Lower, src.first)
	}
	s := f.span(src)
	head := f.head(src)
	if ts[head].Tag == news.Noun {
		if id := f.nameAfter(src.last); id != "" {
			return id, news.Person
		}
		if id := f.twoOffices(src, head); id != "" {
			return id, news.Person
		}
	}
	all := f.overlapping(s)
	if w := ts[head].Lower; w != "president" && w != "leader" || !refers(all, ts[head].Span) {
		if id := f.titled(src, head); id != "" {
			return id, news.Person
		}
	}
	f.para = &p
	if w := ts[src.first].Lower; (w == "his" || w == "her") && ts[head].Tag == news.Noun && ts[head].Lower != "country" {
		return f.described(src, head)
	}
	id, kind, ok := f.namedHead(all, s, head)
	if ok && kind == news.Person && !refers(all, ts[head].Span) {
		return id, kind
	}
	if who := f.holder(p, src, head, id); who != "" {
		return who, news.Person
	}
	if ok && !(kind == news.GPE && f.counted(src, head)) {
		if lexicon().is(documents, id) && len(f.out) > 0 {
			// "the report added": the body that reported before
			if last := f.out[len(f.out)-1]; last.speaker == news.Org {
				return last.SourceID, last.speaker
			}
		}
		return id, kind
	}
	return f.described(src, head)
}

// nameAfter is the person named between commas from token i on: "a lawyer for
// the fishers, Lars Mendl,".
func (f *finder) nameAfter(i int) string {
	ts := f.v.Tokens
	if i+1 >= len(ts) || ts[i].Lower != "," {
		return ""
	}
	at := ts[i+1].Span
	for _, n := range f.overlapping(at) {
		if n.kind == news.Person && !n.nominal && n.span.Start == at.Start && strings.HasPrefix(f.v.Text[n.span.End:], ",") {
			return n.id
		}
	}
	return ""
}

// phraseBefore is the noun phrase before the relative pronoun at i.
func (f *finder) phraseBefore(p paragraph, i int) tokens {
	ts, end := f.v.Tokens, i
	if end > p.first && ts[end-1].Lower == "," {
		end--
	}
	start := end
	for start > p.first && end-start < 12 {
		switch ts[start-1].Tag {
		case news.Noun, news.Name, news.Adj, news.Det, news.Num, news.Poss:
			start--
			continue
		}
		break
	}
	return tokens{start, end}
}

// counted reports whether a number stands before the head: "the two countries"
// are no single one.
func (f *finder) counted(src tokens, head int) bool {
	for k := range f.v.Tokens[src.first:head] {
		t := &f.v.Tokens[src.first+k]
		if t.Tag == news.Num {
			return true
		}
	}
	return false
}

// unresolved names the speakers behind pronouns whose name is not found.
var unresolved = map[string]string{"he": "unnamed person", "she": "unnamed person", "who": "unnamed person", "i": "unnamed person", "they": "unnamed people", "we": "unnamed people"}

// personal pronouns can stand for a speaker.
var personal = map[string]bool{"he": true, "she": true, "they": true, "it": true, "who": true, "we": true, "i": true}

// head is the last token of the phrase's first noun group: "Officials" in
// "Officials in Seoul and Washington".
func (f *finder) head(src tokens) int {
	ts := f.v.Tokens
	h := src.first
	for i := src.first; i < src.last; i++ {
		switch ts[i].Tag {
		case news.Prep:
			if ts[i].Lower == "of" && i+1 < src.last && ts[i+1].Tag == news.Name && ts[i-1+boolInt(i == src.first)].Tag == news.Name && !f.personEnds(ts[h].Span.End) {
				continue // "Secretary of State Antony Blinken", "Bank of England"
			}
			if ts[i].Lower == "in" && i+1 < src.last && ts[i+1].Lower == "chief" {
				continue // "editor in chief Ada Lind"
			}
			return h
		case news.Punct, news.Conj, news.Sub:
			return h
		case news.Adj, news.PastPart:
			if i > src.first && ts[h].Tag == news.Noun && i+1 < src.last && ts[i+1].Tag == news.Prep {
				return h // "officials familiar with the matter"
			}
		}
		h = i
	}
	return h
}

// personEnds reports whether a person's name ends at offset.
func (f *finder) personEnds(offset int) bool {
	for _, n := range f.overlapping(text.Span{Start: offset - 1, End: offset}) {
		if n.kind == news.Person && !n.nominal && n.span.End == offset {
			return true
		}
	}
	return false
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// namedHead picks the mention that the phrase is about.
func (f *finder) namedHead(all []named, s text.Span, head int) (string, news.EntityType, bool) {
	ts := f.v.Tokens
	h := ts[head].Span
	var best *named
	for i := range all {
		n := &all[i]
		if !n.extent.Overlaps(h) && !n.span.Overlaps(h) {
			continue
		}
		if n.span.Start < s.Start-1 && !n.nominal {
			continue
		}
		switch {
		case best == nil:
			best = n
		case n.span.Overlaps(h) && !best.span.Overlaps(h):
			best = n
		case n.kind == news.Person && best.kind != news.Person && !n.nominal:
			best = n
		case n.span.Overlaps(h) == best.span.Overlaps(h) && n.span.Len() > best.span.Len() && !(best.kind == news.Person && !best.nominal):
			best = n
		}
	}
	if best != nil && best.span.Overlaps(h) {
		// "Kim's sister" is not Kim
		if best.nominal || best.span.End >= h.End || strings.HasPrefix(f.v.Text[best.span.End:], "-") {
			return best.id, best.kind, true
		}
	}
	if best != nil && best.kind == news.Person && !best.nominal {
		return best.id, best.kind, true
	}
	// "The new KCNA report", "a statement by the ministry": the maker speaks
	if lexicon().is(documents, ts[head].Lower) {
		for i := range all {
			if n := all[i]; !n.nominal && s.Contains(n.span) && (n.kind == news.Org || n.kind == news.Person) {
				return n.id, n.kind, true
			}
		}
		for i := range all {
			if n := all[i]; n.nominal && n.span.Overlaps(h) {
				return n.id, n.kind, true
			}
		}
	}
	// a person in apposition: "the ambassador to Seoul, Andrey Kulik"
	for i := len(all) - 1; i >= 0; i-- {
		if n := all[i]; n.kind == news.Person && !n.nominal && s.Contains(n.span) && n.extent.Start <= s.Start+4 && (n.span.End == s.End || n.extent.Contains(h)) {
			return n.id, n.kind, true
		}
	}
	return "", "", false
}

// described names a source that no mention covers: by the phrase itself.
func (f *finder) described(src tokens, head int) (string, news.EntityType) {
	ts, lex := f.v.Tokens, lexicon()
	first := src.first
	if w := ts[src.first].Lower; lex.is(documents, ts[head].Lower) && f.para != nil {
		if w == "its" {
			if id, kind := f.pronoun(*f.para, "it", src.first); kind == news.Org {
				return id, kind // "according to its reports"
			}
		} else if src.last-src.first == 2 && w == "the" && len(f.out) > 0 {
			// "the statement said": the body that spoke before
			if last := f.out[len(f.out)-1]; last.speaker == news.Org && last.line >= f.para.line-4 {
				return last.SourceID, last.speaker
			}
		}
	}
	unnamed := lex.is(nameless, ts[head].Lower)
	for first < head && (lex.is(articles, ts[first].Lower) || unnamed && (lex.is(counts, ts[first].Lower) || ts[first].Tag == news.Num)) {
		first++
	}
	phrase := strings.ReplaceAll(strings.Join(strings.Fields(f.span(tokens{first, src.last}).Of(f.v.Text)), " "), " 's", "'s")
	if w := ts[src.first].Lower; (w == "his" || w == "her") && f.para != nil {
		if id, kind := f.pronoun(*f.para, "he", src.first); kind == news.Person {
			return id + "'s " + f.span(tokens{src.first + 1, src.last}).Of(f.v.Text), news.Org
		}
	}
	if unnamed {
		if ts[first].Tag != news.Name || first == head {
			phrase = strings.ToLower(phrase[:1]) + phrase[1:]
		}
		return "unnamed " + phrase, news.Person
	}
	return phrase, ""
}

// pronoun resolves "he", "she", "they", "it", "who" before token i.
func (f *finder) pronoun(p paragraph, w string, i int) (string, news.EntityType) {
	ts := f.v.Tokens
	person := w == "he" || w == "she" || w == "who"
	want := func(k news.EntityType) bool {
		if person {
			return k == news.Person
		}
		return w == "they" || w == "we" || w == "i" || k == news.Org || k == news.GPE
	}
	// the first name of the sentence that is no part of a quotation
	for _, s := range p.sentences {
		if i < s.First || i >= s.Last {
			continue
		}
		before := text.Span{Start: s.Span.Start, End: ts[i].Span.Start}
		if first := ts[s.First].Lower; before.Empty() || s.First < i && (first == "he" || first == "she") {
			break // "He will visit X, his office said": not X's
		}
		for _, n := range f.overlapping(before) {
			if n.kind == news.Person == person && want(n.kind) && !(person && n.several()) && n.span.Start >= before.Start && n.span.End <= before.End && !f.insideMarks(p, n.span) && (person && !f.owns(n.span.End) || !person && (n.kind != news.GPE || !f.afterPreposition(n.extent.Start))) && (!n.nominal || person || n.kind == news.Org) {
				return n.id, n.kind
			}
		}
	}
	if person {
		if id := f.talkedOf(p, i); id != "" {
			return id, news.Person
		}
	}
	for k := len(f.out) - 1; k >= 0 && k >= len(f.out)-6; k-- {
		if f.out[k].line < p.line-6 {
			break
		}
		if want(f.out[k].speaker) {
			return f.out[k].SourceID, f.out[k].speaker
		}
	}
	// the first name of the sentence before
	items := f.v.Sentences.Items
	at := sort.Search(len(items), func(k int) bool { return items[k].Last > i })
	for k := at - 1; k >= 0 && k >= at-3; k-- {
		if items[k].Label != news.Body {
			continue
		}
		for _, n := range f.overlapping(items[k].Span) {
			if want(n.kind) && !n.nominal && n.span.Start >= items[k].Span.Start && (person || n.kind == news.Org) {
				return n.id, n.kind
			}
		}
	}
	if person {
		return f.inHeadline()
	}
	return "", ""
}

// inHeadline is the only person whom the headline names: a report may open with
// "While she said …" under it.
func (f *finder) inHeadline() (string, news.EntityType) {
	id, first := "", -1
	for _, s := range f.v.Sentences.Items {
		if first >= 0 && s.Line > first+headlineLines {
			break
		}
		if first < 0 {
			first = s.Line
		}
		if s.Label != news.Headline {
			continue
		}
		for _, n := range f.overlapping(s.Span) {
			if n.kind != news.Person || n.nominal || n.id == id {
				continue
			}
			if id != "" {
				return "", ""
			}
			id = n.id
		}
	}
	if id == "" {
		return "", ""
	}
	return id, news.Person
}

// headlineLines is how far below the first line a headline is looked for.
const headlineLines = 12

// talkedOf returns the person that the sentences before token i are about: who
// speaks in the nearest one that has a speaker or a person as its subject. The
// one who asked is not the one who replies.
func (f *finder) talkedOf(p paragraph, i int) string {
	ts, items := f.v.Tokens, f.v.Sentences.Items
	at := sort.Search(len(items), func(k int) bool { return items[k].Last > i })
	reply := false
	for j := i; j < len(ts) && j < i+3; j++ {
		l := ts[j].Lemma
		reply = reply || l == "reply" || l == "answer" || l == "respond"
	}
	weak := ""
	for k := at - 1; k >= 0 && k >= at-8; k-- {
		s := items[k]
		if own := p.label == news.Caption && s.Line == p.line; !own && (s.Label != news.Body || s.Line < p.line-6) {
			if s.Label == news.Body {
				break
			}
			continue
		}
		asked := false
		var who *quoteAt
		for q := len(f.out) - 1; q >= 0 && q >= len(f.out)-16; q-- {
			o := &f.out[q]
			if o.cue.first < s.First {
				break
			}
			if o.cue.first >= s.Last || o.nestedIn != 0 || o.speaker != news.Person || o.belief {
				continue
			}
			if reply && ts[o.cue.first].Lemma == "ask" {
				asked = true
				continue
			}
			if who == nil || o.cue.first < who.cue.first {
				who = o
			}
		}
		if who != nil {
			return who.SourceID
		}
		if w := ts[s.First].Lower; w == "he" || w == "she" {
			continue
		}
		verb := s.First
		for verb < s.Last && (f.within(verb) || ts[verb].Tag != news.Verb && ts[verb].Tag != news.Aux && ts[verb].Tag != news.Modal) {
			verb++
		}
		for _, n := range f.overlapping(s.Span) {
			if n.kind != news.Person || n.nominal || n.span.Start < s.Span.Start || f.inMarks(n.span.Start) || asked && f.owns(n.span.End) {
				continue
			}
			owner := f.owns(n.span.End)
			switch {
			case asked || !owner && verb < s.Last && (n.span.Start < ts[verb].Span.Start && !f.afterPreposition(n.extent.Start) || f.governs(n.span.End)):
				return n.id
			case weak == "":
				weak = n.id
			}
		}
	}
	return weak
}

// owns reports whether a possessive follows the name that ends at offset.
func (f *finder) owns(offset int) bool {
	rest := strings.TrimPrefix(f.v.Text[offset:], " ")
	return strings.HasPrefix(rest, "'s") || strings.HasPrefix(rest, "’s")
}

// afterPreposition reports whether the phrase at offset hangs on a preposition:
// "in the era of Ada Lind".
func (f *finder) afterPreposition(offset int) bool {
	ts := f.v.Tokens
	i := sort.Search(len(ts), func(k int) bool { return ts[k].Span.Start >= offset })
	if i == 0 || ts[i-1].Tag != news.Prep {
		return false
	}
	switch ts[i-1].Lower {
	case "after", "before", "since", "as", "while", "until":
		return false
	}
	return true
}

// governs reports whether a finite verb follows the name that ends at offset:
// "when Ada Lind decided".
func (f *finder) governs(offset int) bool {
	ts := f.v.Tokens
	i := sort.Search(len(ts), func(k int) bool { return ts[k].Span.Start >= offset })
	return i < len(ts) && (ts[i].Tag == news.Verb || ts[i].Tag == news.Aux || ts[i].Tag == news.Modal)
}

// inMarks reports whether the offset lies in a quotation.
func (f *finder) inMarks(offset int) bool {
	ts := f.v.Tokens
	i := sort.Search(len(ts), func(k int) bool { return ts[k].Span.End > offset })
	return i < len(ts) && f.within(i)
}

func (f *finder) insideMarks(p paragraph, s text.Span) bool {
	for _, m := range p.marks {
		if f.span(m).Contains(s) {
			return true
		}
	}
	return false
}
