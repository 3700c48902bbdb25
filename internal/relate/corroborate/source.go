package corroborate

import (
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// This file tells of what kind a source is: who speaks in a page's own words, a
// document that was seen, people without names, reports of nobody.

// utters is who speaks in a statement that a page makes in its own voice and that
// tells of nothing but words: "the governor urged residents to leave". "" if it
// tells of something else.
func utters(s *statement, v *news.Version) string {
	c := s.claim
	if c.Reported || s.negated || c.Hedge != "" || s.deed.planned || s.deed.unsure || len(s.deed.mains) == 0 || s.deed.at < 0 {
		return ""
	}
	switch s.deed.mains[0] {
	case "deny", "blame", "criticize", "praise", "urge", "warn", "apologize", "reject", "pledge", "announce", "congratulate":
	default:
		return ""
	}
	ts := tokensIn(v.Tokens, c.Span)
	if ts[s.deed.at].Tag == news.Noun || ts[s.deed.at].Tag == news.Inf || passive(ts, s.deed.at) || s.deed.at > 0 && ts[s.deed.at-1].Tag == news.Noun {
		return "" // "is reluctant to blame" is no blame, nor are "officers accused of it"
	}
	at := s.deed.at
	for at > 0 && (ts[at-1].Tag == news.Adv || ts[at-1].Tag == news.Aux) {
		at--
	}
	if at == 0 { // "blamed the board", of a sentence that has its subject before
		return subjectBefore(v, c.Span.Start)
	}
	for _, e := range v.Entities.Items {
		if (e.Type == news.Person || e.Type == news.Org) && slices.ContainsFunc(e.Mentions, func(m news.Mention) bool { return m.Span.End == ts[at-1].Span.End }) {
			return e.ID
		}
	}
	if len(c.Frame.Actors) == 1 {
		return speakerCalled(c.Frame.Actors[0], v)
	}
	return ""
}

// subjectBefore is the person or body with which the sentence begins that goes on at
// an offset: "Ada Lind left early and |blamed the board".
func subjectBefore(v *news.Version, at int) string {
	in := sentenceAt(v, at)
	if in == nil {
		return ""
	}
	who, first := "", at
	for _, e := range v.Entities.Items {
		if e.Type != news.Person && e.Type != news.Org {
			continue
		}
		for _, m := range e.Mentions {
			if from := m.Span.Start; from >= in.Span.Start && from < first {
				who, first = e.ID, from
			}
		}
	}
	const opening = 40 // bytes of titles and articles that may stand before it
	if first > in.Span.Start+opening {
		return ""
	}
	return who
}

// speakerCalled is id, if a page has a person or body by it.
func speakerCalled(id string, v *news.Version) string {
	if slices.ContainsFunc(v.Entities.Items, func(e news.Entity) bool { return e.ID == id && (e.Type == news.Person || e.Type == news.Org) }) {
		return id
	}
	return ""
}

// quoteOf is the quote of a version that a statement was read from, nil for what
// the page says itself.
func quoteOf(s *statement, v *news.Version) *news.Quote {
	for i := range v.Quotes.Items {
		if q := &v.Quotes.Items[i]; q.ID == s.claim.Quote {
			return q
		}
	}
	return nil
}

// seenDocument is the document in "a confidential memo seen by the Courier
// showed", where the reading stopped at who saw it.
func seenDocument(s *statement, v *news.Version) string {
	if !s.claim.Reported || s.claim.Quote == "" {
		return ""
	}
	q := quoteOf(s, v)
	if q == nil {
		return ""
	}
	phrase := strings.ToLower(q.Source.Of(v.Text))
	for _, by := range []string{" seen by ", " obtained by ", " reviewed by ", " shared with ", " leaked to "} {
		if doc, _, ok := strings.Cut(phrase, by); ok {
			for _, a := range []string{"a ", "an ", "the "} {
				doc = strings.TrimPrefix(doc, a)
			}
			return doc
		}
	}
	return ""
}

// kindOf tells from its name what kind of source ends a chain.
func (g *ground) kindOf(name string) voice {
	if _, known := g.tied[name]; known || namelessState(name) {
		return named
	}
	if !strings.HasPrefix(name, "unnamed ") && !strings.HasPrefix(name, "other unnamed ") && !described(name) {
		return named
	}
	for _, w := range []string{"expert", "analyst", "observer", "critic", "economist", "others", "watcher"} {
		if strings.Contains(name, w) {
			return expert
		}
	}
	return anonymous
}

// listings are services whose pages list the headlines and first lines of others
// and print nothing of their own, by their own description of themselves.
var listings = map[string]bool{
	"google news": true, "bing news": true, "newsnow": true, "techmeme": true, "memeorandum": true, "drudge report": true, "allsides": true, "feedly": true, "flipboard": true, "ground news": true,
}

// lists reports whether a page is one of a service that lists what others print.
func (g *ground) lists(doc int) bool {
	v := g.versions[doc]
	return v.Meta.Agency.Value == "" && listings[foldName(outletOf(v))]
}

// listed gives what stands on a page of headlines without a source to nobody: it is
// another newsroom's, and the page does not tell whose.
func (g *ground) listed(members []*statement, walks []news.Walk, ends []finish) {
	for i, s := range members {
		if ends[i].kind != ownVoice || !g.lists(s.doc) {
			continue
		}
		walks[i].Reason = outletOf(g.versions[s.doc]) + " lists the headlines of others, and whose this is the page does not tell"
		walks[i].Origin = unknown
		ends[i] = finish{name: unknown, kind: lost}
	}
}

// partisans reports whether the source of a statement is some people of a party, whom
// the reading takes for the party: "top Democrats in the Senate". They may be those
// who are named.
func partisans(s *statement, v *news.Version) bool {
	q := quoteOf(s, v)
	if q == nil {
		return false
	}
	for w := range strings.FieldsSeq(strings.ToLower(q.Source.Of(v.Text))) {
		switch strings.Trim(w, ",.") {
		case "democrats", "republicans", "conservatives", "liberals", "socialists", "greens", "nationalists", "tories":
			return true
		}
	}
	return false
}

// rootless reports whether a source is no source: reports of nobody.
func rootless(name string) bool {
	words := strings.Fields(foldName(strings.TrimPrefix(name, "unnamed ")))
	if len(words) == 0 {
		return true
	}
	if len(words) == 1 && words[0] == unknown {
		return true
	}
	switch words[len(words)-1] {
	case "reports", "report", "media", "press", "outlets", "accounts", "rumors", "rumours":
	default:
		return false
	}
	for _, w := range words[:len(words)-1] {
		switch w {
		case "media", "news", "press", "local", "some", "other", "several", "various", "many", "earlier", "recent", "unconfirmed", "unverified", "initial", "early",
			"widespread", "online", "foreign", "international", "numerous", "multiple", "domestic", "published", "conflicting", "first":
		default:
			return false
		}
	}
	return true
}
