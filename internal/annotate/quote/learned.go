package quote

import (
	"slices"
	"strconv"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// This file finds what no rule reaches, by learned decisions in a fixed order:
// which words are cues; on which side of a cue its content stands; where the
// content begins and ends; which noun phrase is its source; and whether all of
// it together is an attribution (accept.go). Candidates are the places where
// clauses and phrases can begin or end.

// learned returns the attributions of the paragraph that the rules in all did
// not find.
func (f *finder) learned(p paragraph, all []found) []found {
	f.noteRules(all)
	f.guess(p)
	return f.accept(p)
}

// guess lists in f.guesses what may be an attribution.
func (f *finder) guess(p paragraph) {
	f.guesses = f.guesses[:0]
	for _, s := range p.sentences {
		c := clauseReader{f: f, ts: f.v.Tokens, p: p, first: s.First, last: s.Last}
		for i := s.First; i < s.Last; i++ {
			if f.look.priors[i] == 0 || f.look.roles[i]&ruleCue != 0 {
				continue
			}
			if f.look.priors[i] < gatePrior && f.model.tables[GateTable].score(f.look.gateFeatures(&c, i)) < gateCut {
				continue
			}
			if score := f.model.tables[CueTable].score(f.look.cueFeatures(&c, i)); score >= cueCut {
				f.readCue(&c, i, score)
			}
		}
	}
}

// noteRules tells the learned decisions what the rules found.
func (f *finder) noteRules(all []found) {
	l := &f.look
	mark := func(r tokens, as role) {
		for i := r.first; i < r.last; i++ {
			l.roles[i] |= as
		}
	}
	for k := range all {
		a := &all[k]
		mark(a.content, ruleContent)
		mark(a.source, ruleSource)
		mark(a.cue, ruleCue)
		h := wordHash(a.rule)
		for i := a.cue.first; i < a.cue.last; i++ {
			l.rules[i] = h
		}
		for _, via := range a.via {
			mark(via.cue, ruleVia)
			mark(via.source, ruleSource)
		}
	}
}

// readCue adds to f.guesses what the cue at i gives, with its content and source.
func (f *finder) readCue(c *clauseReader, i int, score float32) {
	l, m := &f.look, f.model
	where := noChoice()
	for s := range sides {
		where.offer(m.tables[SideTable].score(l.sideFeatures(c, i, s)), int(s))
	}
	t := target{cue: i, passive: bit(l.passive(i, c.first)), side: side(where.at)}
	g := guess{found: found{cue: tokens{i, i + 1}, rule: learnedRule(f.v.Tokens[i].Tag)}, t: t, score: score}
	g.margins = [4]uint32{where.margin(), 7, 7, 7}
	if t.side != ahead {
		g.content[0] = f.stretch(c, t, &g)
	}
	if t.side != after {
		b := t
		b.before = true
		g.content[1] = f.stretch(c, b, &g)
	}
	a := &g.found
	switch {
	case !g.content[1].empty():
		a.content, a.more = g.content[1], g.content[0]
	default:
		a.content = g.content[0]
	}
	if a.content.empty() {
		return
	}
	source := noChoice()
	f.phrases(c, i)
	for k, r := range f.nps {
		source.offer(m.tables[SourceTable].score(l.sourceFeatures(c, t, g.content, r, f.order(k, i))), k)
	}
	source.offer(m.tables[SourceTable].score(l.sourceFeatures(c, t, g.content, tokens{}, 0)), len(f.nps))
	if source.at < len(f.nps) {
		a.source = f.nps[source.at]
	}
	g.margins[3] = source.margin()
	// "according to", "concern about": the preposition belongs to the cue
	next := a.content.first
	if next < i || !a.source.empty() && i < a.source.first && a.source.first < next {
		next = a.source.first
	}
	for k := i + 1; k < next && k < i+3 && f.v.Tokens[k].Tag == news.Prep; k++ {
		if k+1 == next {
			a.cue.last = next
		}
	}
	f.guesses = append(f.guesses, g)
}

// stretch finds the content on one side of a cue, and tells g how sure its ends
// are.
func (f *finder) stretch(c *clauseReader, t target, g *guess) tokens {
	l, m := &f.look, f.model
	near := noChoice()
	f.nearPlaces(c, t)
	for _, b := range f.places {
		near.offer(m.tables[NearTable].score(l.nearFeatures(c, t, b)), b)
	}
	if near.at < 0 {
		return tokens{}
	}
	far := noChoice()
	f.farPlaces(c, t, near.at)
	for _, b := range f.places {
		far.offer(m.tables[FarTable].score(l.farFeatures(c, t, near.at, b)), b)
	}
	g.margins[1], g.margins[2] = min(g.margins[1], near.margin()), min(g.margins[2], far.margin())
	switch {
	case far.at < 0:
		return tokens{}
	case t.before:
		return tokens{far.at, near.at}
	}
	return tokens{near.at, far.at}
}

// nearPlaces lists in f.places where the content can begin, seen from the cue.
func (f *finder) nearPlaces(c *clauseReader, t target) {
	ts, i := f.v.Tokens, t.cue
	f.places = f.places[:0]
	if t.before {
		for b := i; b > c.first && b > i-24; b-- {
			if ts[b-1].Tag != news.Punct || ts[b-1].Lower == ")" || ts[b-1].Lower == "%" {
				f.places = append(f.places, b)
			}
		}
		if c.first > c.p.first && ts[c.first-1].Tag == news.Close {
			f.places = append(f.places, c.first)
		}
		return
	}
	for b := i + 1; b < c.last && b < i+17; b++ {
		if ts[b].Tag != news.Punct && ts[b].Tag != news.Close {
			f.places = append(f.places, b)
		}
	}
	if c.last < len(ts) && ts[c.last].Tag == news.Open && c.last < f.prose {
		f.places = append(f.places, c.last)
	}
}

// farPlaces lists in f.places where a content that begins at near can end.
func (f *finder) farPlaces(c *clauseReader, t target, near int) {
	ts := f.v.Tokens
	f.places = f.places[:0]
	if t.before {
		first := c.first
		if near > 0 && ts[near-1].Tag == news.Close {
			if n := f.markOf[near-1]; n > 0 {
				m := f.marks[n-1]
				if m.first < first {
					f.places = append(f.places, m.first)
					for _, s := range c.p.sentences {
						if s.First < m.first && m.first < s.Last {
							f.places = append(f.places, s.First)
						}
					}
				}
			}
		}
		for b := near - 1; b >= first && b > near-90; b-- {
			if b == first || f.canBegin(b) {
				f.places = append(f.places, b)
			}
		}
		return
	}
	last := c.last
	if near >= last { // a quotation in the sentence after
		last = min(near+90, len(ts))
		if m, ok := f.markAt(near); ok {
			f.places = append(f.places, m.last)
			last = min(last, m.last-1)
		}
	}
	for b := near + 1; b <= last && b < near+90; b++ {
		if b == last || f.canEnd(b) {
			f.places = append(f.places, b)
		}
		if b <= last && b < len(ts) {
			if m, ok := f.markAt(b - 1); ok && m.last > last {
				f.places = append(f.places, m.last)
			}
		}
	}
}

// canBegin reports whether a phrase or clause can begin with token b.
func (f *finder) canBegin(b int) bool {
	ts := f.v.Tokens
	if t := ts[b].Tag; t == news.Punct || t == news.Close || t == news.Poss {
		return false
	}
	switch ts[b-1].Tag {
	case news.Punct, news.Open, news.Close, news.Conj, news.Sub, news.Prep, news.Verb, news.Aux, news.Modal, news.To, news.Inf, news.Ing, news.Pronoun, news.PastPart, news.Poss, news.Adv:
		return true
	}
	switch ts[b].Tag {
	case news.Det, news.Open, news.Pronoun, news.Name:
		return true
	}
	return false
}

// canEnd reports whether a phrase or clause can end before token b.
func (f *finder) canEnd(b int) bool {
	ts := f.v.Tokens
	switch t := ts[b-1].Tag; t {
	case news.Det, news.Open, news.To, news.Poss:
		return false
	case news.Close:
		return true
	case news.Punct:
		return ts[b-1].Lower == ")" || ts[b-1].Lower == "%"
	}
	switch ts[b].Tag {
	case news.Punct, news.Open, news.Close, news.Conj, news.Sub, news.Prep, news.Verb, news.Aux, news.Modal, news.To, news.Ing, news.Pronoun, news.PastPart, news.Adv, news.Det:
		return true
	}
	return ts[b-1].Tag == news.Noun && ts[b].Tag != news.Noun && ts[b].Tag != news.Poss || ts[b-1].Tag == news.Pronoun || ts[b].Tag == news.Name && ts[b-1].Tag != news.Name
}

// phrases lists in f.nps the noun phrases of the sentence that can be a source.
func (f *finder) phrases(c *clauseReader, cue int) {
	f.nps = f.nps[:0]
	ts := f.v.Tokens
	for i := max(c.first, cue-60); i < min(c.last, cue+40); {
		if i == cue {
			i++
			continue
		}
		switch ts[i].Tag {
		case news.Pronoun:
			f.nps = append(f.nps, tokens{i, i + 1})
			i++
			continue
		case news.Det, news.Adj, news.Num, news.Noun, news.Name, news.PastPart:
			if w := ts[i].Lower; w == "what" || w == "which" {
				i++
				continue
			}
		default:
			i++
			continue
		}
		j, head := i, false
	phrase:
		for ; j < c.last && j != cue; j++ {
			switch ts[j].Tag {
			case news.Noun, news.Name:
				head = true
			case news.Det:
				if j > i {
					break phrase
				}
			case news.Adj, news.Num, news.PastPart:
				if head && ts[j].Tag != news.Num {
					break phrase
				}
			default:
				break phrase
			}
		}
		if head || ts[i].Tag == news.Det || ts[i].Tag == news.Num {
			f.nps = append(f.nps, tokens{i, j})
		}
		i = max(j, i+1)
	}
}

// order counts the phrases between the k-th one and the cue.
func (f *finder) order(k, cue int) int {
	n := 0
	if f.nps[k].first < cue {
		for j := k + 1; j < len(f.nps) && f.nps[j].first < cue; j++ {
			n++
		}
		return n
	}
	for j := k - 1; j >= 0 && f.nps[j].first > cue; j-- {
		n++
	}
	return n
}

// statements moves the guesses that are statements to the findings of the
// rules, and returns the others: attitudes.
func (f *finder) statements(p paragraph, all, guesses []found) (quotes, attitudes []found) {
	attitudes = guesses[:0]
	for _, a := range guesses {
		if !f.statement(p, a) {
			attitudes = append(attitudes, a)
			continue
		}
		f.seq++
		a.id, a.strong = f.seq, true
		if f.v.Tokens[a.content.first].Lower == "that" {
			a.content.first++ // as the rules have it
		}
		all = append(all, a)
		if !a.more.empty() {
			b := a
			f.seq++
			b.id, b.content, b.continuation = f.seq, a.more, a.id
			all = append(all, b)
		}
	}
	return all, attitudes
}

// statement reports whether a learned finding is what somebody said, and not
// what one thinks, wants or speaks of: a verb of saying, and a clause or whole
// quotation of a speaker's, where the rules have nothing.
func (f *finder) statement(p paragraph, a found) bool {
	ts, i := f.v.Tokens, a.cue.first
	fr := f.cues[i]
	if a.confidence < 0.8 || a.source.empty() || fr&(clause|inverted|words) == 0 || fr&(belief|study) != 0 || f.within(i) || f.look.roles[i] != 0 {
		return false
	}
	for _, r := range f.look.roles[a.content.first:a.content.last] {
		if r != 0 {
			return false
		}
	}
	c := clauseReader{f: f, ts: ts, p: p, first: p.first, last: p.last}
	for _, s := range p.sentences {
		if s.First <= i && i < s.Last {
			c.first, c.last = s.First, s.Last
		}
	}
	if c.negated(i) || !c.personal(a.source) || ts[a.source.first].Lower == "few" || ts[a.source.first].Lower == "no" {
		return false
	}
	if f.kind(p, a.content) == news.Direct {
		return a.content.last-a.content.first > 4
	}
	first := a.content.first
	if ts[first].Lower == "that" {
		first++
	}
	return first > i && fr&clause != 0 && ts[i].Lemma != "ask" && !c.relative(a.source) &&
		c.clauseFollows(first) && !c.objectOnly(first) && (ts[first].Tag != news.Det || c.verbAfterPhrase(first))
}

// view keeps an attitude apart from the quotes.
func (f *finder) view(p paragraph, a found) {
	q := news.Quote{
		Kind: f.kind(p, a.content), Content: f.contentSpan(p, a.content), Source: f.span(a.source), Cue: f.span(a.cue),
		Why: news.Why{Rule: a.rule, Confidence: a.confidence}, Chain: f.voice, Attitude: f.attitude(a),
	}
	if q.Content.Empty() {
		return
	}
	if !a.source.empty() {
		q.SourceID, _ = f.speaker(p, a.source, a.cue.first)
	}
	if q.SourceID != "" {
		q.Chain = append(slices.Clip(q.Chain), q.SourceID)
	}
	f.views, f.heads = append(f.views, q), append(f.heads, -1)
	if a.more.empty() {
		return
	}
	head := len(f.views) - 1
	if q.Content = f.contentSpan(p, a.more); !q.Content.Empty() {
		f.views, f.heads = append(f.views, q), append(f.heads, head)
	}
}

// attitudes gives ids to the attitudes and returns them in the order of their
// contents.
func (f *finder) attitudes() []news.Quote {
	order := byContent(len(f.views), func(i int) text.Span { return f.views[i].Content })
	for n, i := range order {
		f.views[i].ID = "a" + strconv.Itoa(n+1)
	}
	out := make([]news.Quote, len(order))
	for n, i := range order {
		out[n] = f.views[i]
		if h := f.heads[i]; h >= 0 {
			out[n].ContinuationOf = f.views[h].ID
		}
	}
	return out
}

// attitude tells the sort of a finding by its cue, and by an infinitive.
func (f *finder) attitude(a found) news.Attitude {
	ts, kinds, sorts := f.v.Tokens, f.look.stance[a.cue.first], stances().sorts
	switch {
	case f.cues[a.cue.first]&belief != 0:
		return news.Belief
	case kinds&sorts[""] != 0:
		return news.Speech
	case kinds&sorts[news.Intention] != 0 && ts[a.content.first].Tag == news.To:
		return news.Intention
	}
	for _, s := range []news.Attitude{news.Judgement, news.Belief, news.Intention} {
		if kinds&sorts[s] != 0 {
			return s
		}
	}
	if ts[a.content.first].Tag == news.To {
		return news.Intention
	}
	return news.Speech
}

// learnedRule names what decided: the sort of word that the cue is.
func learnedRule(t news.Tag) string {
	switch t {
	case news.Verb, news.Inf, news.Ing, news.PastPart, news.Modal:
		return "cue verb, learned"
	case news.Noun, news.Name:
		return "cue noun, learned"
	case news.Adj:
		return "cue adjective, learned"
	case news.Punct:
		return "cue colon, learned"
	}
	return "cue word, learned"
}
