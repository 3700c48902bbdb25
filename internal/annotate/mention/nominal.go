package mention

import (
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// nominal is a description that stands for a thing: "the North Korean
// leader", "state media", "a six-day visit to Russia".
type nominal struct {
	span text.Span
	rule string
}

// phrase is a noun phrase around a head, in words of its piece.
type phrase struct {
	p           *piece
	k           int // piece
	first, head int
	last        int // half-open, with "of …"
	det         string
	owner       int   // name that owns it ("Kim's visit"), or -1
	names       []int // names before the head
	complement  []int // names behind it
	prep        string
	mods        []string
}

// findNominals finds the descriptions, in the order of the text, and resolves
// each as it comes: what they mean depends on what was said before.
func (r *resolver) findNominals() {
	st := &nominalState{lastOf: map[string]int{}, keyed: map[int]bool{}}
	for k := range r.pieces {
		p := &r.pieces[k]
		switch p.label {
		case news.Credit, news.BylineLine, news.Navigation, news.Rights, news.Timestamp, news.UpdateNote, news.Promo:
			continue
		}
		if p.title || p.upper {
			continue
		}
		for i := range p.words {
			r.nominalAt(st, k, p, i)
		}
	}
}

// nominalState is what earlier descriptions leave for later ones.
type nominalState struct {
	keyed     map[int]bool   // clusters of events with a place or partner told
	lastOf    map[string]int // last cluster of a sort: "travel", "meet", "ministry" …
	anonymous string         // head of the last unnamed group: "experts"
}

func (r *resolver) nominalAt(st *nominalState, k int, p *piece, i int) {
	w := &p.words[i]
	if r.nameOver(w) >= 0 {
		return
	}
	if w.capital && !w.first && w.class&(titleHead|personNoun) == 0 {
		return
	}
	events := w.class & (eventTravel | eventMeet | eventFight | eventOther)
	body := bodyNoun(w.lower)
	switch {
	case w.lower == "media" && i > 0 && strings.HasPrefix(p.words[i-1].lower, "state") && w.gap <= gapHyphen:
		r.stateMedia(st, r.phraseAround(k, p, i))
	case w.class&personNoun != 0 || w.class&titleHead != 0 && w.class&titlePart == 0 && w.class&honorific == 0:
		r.roleNoun(st, r.phraseAround(k, p, i))
	case w.lower == "others" && i+1 < len(p.words) && finite(&p.words[i+1]):
		head := st.anonymous
		if head == "" {
			head = "people"
		}
		ph := phrase{p: p, k: k, first: i, head: i, last: i + 1}
		r.describe(ph, "other unnamed "+head, news.Person, "others")
	case body != "":
		r.bodyNoun(st, r.phraseAround(k, p, i), body)
	case w.lower == "country" || w.lower == "nation" || w.lower == "countries" || w.lower == "nations" || w.lower == "regime" || w.lower == "kingdom":
		r.countryNoun(st, r.phraseAround(k, p, i))
	case placeNoun(w.lower) != "":
		r.placeNoun(st, r.phraseAround(k, p, i), placeNoun(w.lower))
	case events != 0 && (w.tag == news.Noun || w.tag == news.Other || w.tag == news.Name || w.tag == news.Adj):
		r.eventNoun(st, r.phraseAround(k, p, i), events)
	}
}

// bodyNoun maps nouns for bodies of a state to their sort.
func bodyNoun(w string) string {
	switch w {
	case "ministry", "government", "army", "military", "navy", "parliament", "agency", "police", "court", "embassy",
		"administration", "party", "council", "commission", "central bank", "bank", "company", "group", "union", "university", "newspaper", "committee", "department":
		return w
	}
	return ""
}

// phraseAround stretches a noun phrase around the head at i.
func (r *resolver) phraseAround(k int, p *piece, i int) phrase {
	ph := phrase{p: p, k: k, head: i, first: i, last: i + 1, owner: -1}
	j := i
	for j > 0 && i-j < 10 {
		here, w := &p.words[j], &p.words[j-1]
		if here.gap > gapPoss {
			break
		}
		if o := r.nameOver(w); o >= 0 {
			ph.names = append(ph.names, o)
			j = r.names[o].first
			ph.first = j
			if w.poss {
				ph.owner = o
				if j > 0 && p.words[j].gap == gapSpace && p.words[j-1].lower == "the" {
					j--
					ph.first = j
				}
				break
			}
			continue
		}
		if w.lower == "and" && j < i && r.nameOver(here) >= 0 && j > 1 && r.nameOver(&p.words[j-2]) >= 0 && here.gap == gapSpace && w.gap == gapSpace &&
			r.names[r.nameOver(&p.words[j-2])].kind == r.names[r.nameOver(here)].kind {
			j--
			continue
		}
		if determiner(w) {
			ph.det = w.lower
			ph.first = j - 1
			break
		}
		mod := w.tag == news.Adj || w.tag == news.Noun || w.tag == news.Num || w.tag == news.Name || w.tag == news.PastPart && here.gap != gapStart ||
			w.class&(titlePart|titleHead) != 0 || w.lower == "outside" && here.class&personNoun != 0 || quantity(w.lower) || w.number ||
			w.tag == news.Ing && j > 1 && determiner(&p.words[j-2])
		if w.tag == news.Noun && !w.poss && i-j > 0 && p.words[i].class&personNoun != 0 && clauseNoun(w.lower) {
			break // "charges name officers": another phrase
		}
		if !mod || w.tag == news.Verb && w.class&titlePart == 0 || w.class&connector != 0 {
			break
		}
		if w.class&function != 0 && w.tag != news.Adj && w.lower != "outside" && !quantity(w.lower) && !w.number && w.class&titlePart == 0 {
			break
		}
		if w.poss { // "the group's leader": an owner that is no name
			ph.mods = append(ph.mods, w.lower)
		} else if !quantity(w.lower) {
			ph.mods = append(ph.mods, w.lower)
		}
		j--
		ph.first = j
	}
	r.complementOf(&ph)
	return ph
}

// clauseNoun reports whether w is a plural that seldom qualifies a noun.
func clauseNoun(w string) bool {
	if len(w) < 4 || !strings.HasSuffix(w, "s") || strings.HasSuffix(w, "ss") || strings.HasSuffix(w, "cs") || strings.HasSuffix(w, "us") {
		return false
	}
	switch w {
	case "affairs", "rights", "sports", "communications", "operations", "news", "customs", "drugs", "sales", "resources", "arms", "forces", "services", "weapons", "systems", "relations", "markets", "savings", "veterans", "sanctions", "commodities", "emergencies", "games", "works":
		return false
	}
	return true
}

func determiner(w *word) bool {
	switch w.lower {
	case "the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your", "another", "any", "no", "each", "every":
		return true
	}
	return w.tag == news.Det && !quantity(w.lower)
}

func quantity(w string) bool {
	switch w {
	case "many", "some", "several", "other", "few", "most", "all", "various", "two", "three", "dozens", "more", "both", "numerous", "certain":
		return true
	}
	return false
}

// complementOf takes "of the DPRK", "in Seoul and Washington", "to Russia",
// "with President Vladimir Putin" into the phrase.
func (r *resolver) complementOf(ph *phrase) {
	p := ph.p
	j := ph.last
	if j+1 >= len(p.words) || p.words[j].gap != gapSpace {
		return
	}
	event := p.words[ph.head].class&(eventTravel|eventMeet|eventFight|eventOther) != 0
	switch p.words[j].lower {
	case "of", "in", "to", "for", "at", "from":
	case "with", "against", "between", "on":
		if !event {
			return
		}
	default:
		return
	}
	prep := p.words[j].lower
	for m := j + 1; m < len(p.words) && m < j+8 && p.words[m].gap <= gapPoss; m++ {
		w := &p.words[m]
		if o := r.nameOver(w); o >= 0 {
			n := &r.names[o]
			title := n.kind != news.Person && n.last < len(p.words) && p.words[n.last].gap <= gapPoss && (p.words[n.last].class&(titleHead|titlePart|personNoun) != 0)
			if title || n.known != nil && n.known.form == adjective || p.words[n.last-1].poss && event {
				m = n.last - 1
				continue
			}
			if prep == "on" && n.kind == news.Person {
				return
			}
			ph.complement, ph.prep, ph.last = append(ph.complement, o), prep, n.last
			if e := n.last; e+1 < len(p.words) && p.words[e].lower == "and" && p.words[e].gap == gapSpace {
				if o2 := r.nameOver(&p.words[e+1]); o2 >= 0 && r.names[o2].kind == n.kind && r.names[o2].first == e+1 && !p.words[r.names[o2].last-1].poss {
					ph.complement, ph.last = append(ph.complement, o2), r.names[o2].last
				}
			}
			return
		}
		if !determiner(w) && w.class&(titleHead|titlePart|personNoun) == 0 && w.tag != news.Adj || w.class&eventTravel != 0 {
			return
		}
	}
}

func (ph *phrase) span() text.Span {
	return text.Span{Start: ph.p.words[ph.first].start, End: ph.p.words[ph.last-1].end}
}

// describe notes the phrase as a mention of the cluster with that id.
func (r *resolver) describe(ph phrase, id string, kind news.EntityType, rule string) int {
	c := r.cluster(id, kind, rule)
	r.refer(ph, c, rule)
	return c
}

func (r *resolver) refer(ph phrase, c int, rule string) {
	r.nominals = append(r.nominals, nominal{span: ph.span(), rule: rule})
	r.clusters[c].nominals = append(r.clusters[c].nominals, len(r.nominals)-1)
}

// words gives the phrase's own words for an id: no article or quantity at its
// head, a capital that the sentence gave taken off.
func (r *resolver) words(ph phrase) string {
	p, first := ph.p, ph.first
	for first < ph.head && (determiner(&p.words[first]) && ph.owner < 0 || quantity(p.words[first].lower) && p.words[first].lower != "other") {
		first++
	}
	t := oneLine(r.src[p.words[first].start:p.words[ph.last-1].end])
	if p.words[first].first && r.nameOver(&p.words[first]) < 0 {
		t = strings.ToLower(t[:1]) + t[1:]
	}
	return t
}

// country is the country that the phrase is about: its owner's, an adjective
// before the head, or the name behind "of".
func (r *resolver) country(ph phrase) string {
	if ph.owner >= 0 {
		return r.placeOf(ph.owner)
	}
	for _, o := range ph.names {
		if c := r.placeOf(o); c != "" {
			return c
		}
	}
	if len(ph.complement) == 1 && (ph.prep == "of" || ph.prep == "for") {
		return r.placeOf(ph.complement[0])
	}
	return ""
}

func (r *resolver) placeOf(o int) string {
	n := &r.names[o]
	if n.cluster < 0 {
		return ""
	}
	if n.known != nil && n.known.form == capital {
		return n.known.id // "Pyongyang's state media"
	}
	if n.kind == news.Person && n.known == nil {
		return ""
	}
	return r.countryOf(n.cluster)
}

// roleNoun resolves "the North Korean leader", "officials in Seoul",
// "analysts".
func (r *resolver) roleNoun(st *nominalState, ph phrase) {
	p, h := ph.p, ph.head
	head := p.words[h].lower
	if h+1 < len(p.words) && p.words[h+1].gap <= gapHyphen {
		next := &p.words[h+1]
		o := r.nameOver(next)
		if o >= 0 && r.names[o].first == h+1 && next.gap == gapSpace {
			return // a title before a name, or an adjective: "the official Varda Agency"
		}
		if o < 0 && next.gap == gapSpace && (next.class&(titleHead|personNoun) != 0 || next.tag == news.Noun && next.class&statement == 0 && !next.capital && !afterPeople(next.lower)) {
			return // the first half of a compound
		}
		if next.gap == gapHyphen {
			return
		}
	}
	if p.words[h].tag == news.Verb || p.words[h].tag == news.Inf {
		return
	}
	if plain := p.words[h].lower; ph.det == "that" && strings.HasSuffix(plain, "s") {
		ph.det, ph.first = "", ph.first+1
	}
	switch ph.det {
	case "no", "any", "each", "every", "what", "which":
		return
	}
	if ph.last < len(p.words) && len(ph.complement) > 0 && p.words[ph.last].gap == gapSpace {
		if o := r.nameOver(&p.words[ph.last]); o >= 0 && r.names[o].kind == news.Person && r.names[o].known == nil {
			return // "ambassador to Varda Amos Terano"
		}
	}
	if n := r.phraseAt(p, h); n > 1 {
		ph.last = max(ph.last, h+n)
		if h+n < len(p.words) && r.nameOver(&p.words[h+n]) >= 0 && p.words[h+n].gap == gapSpace {
			return
		}
	}
	plural := strings.HasSuffix(head, "s") || head == "police" || head == "spokesmen" || head == "gunmen"
	if p.words[h].capital && !p.words[h].first && ph.det == "" && len(ph.names) == 0 {
		return
	}
	// "the Russian ambassador to Seoul, Andrey Kulik"
	if !plural && ph.last < len(p.words) && p.words[ph.last].gap == gapComma {
		if o := r.nameOver(&p.words[ph.last]); o >= 0 && r.names[o].kind == news.Person && r.names[o].first == ph.last && r.names[o].known == nil &&
			(ph.det == "the" || ph.owner >= 0 || ph.det == "his" || ph.det == "her" || ph.det == "a") {
			n := &r.names[o]
			n.extent = text.Span{Start: p.words[ph.first].start, End: n.span.End}
			r.addRole(n.cluster, role{head: head, words: strings.Join(ph.mods, " "), of: r.country(ph)})
			r.refer(ph, n.cluster, "role before a name")
			return
		}
	}
	// "Doe, a former minister," but not "after lunch with Doe, the minister left"
	if !plural && !(ph.det == "the" && ph.last < len(p.words) && p.words[ph.last].gap == gapSpace && finite(&p.words[ph.last])) && ph.first > 0 && p.words[ph.first].gap == gapComma && (ph.det == "a" || ph.det == "an" || ph.det == "the" || ph.owner >= 0) {
		o := r.nameOver(&p.words[ph.first-1])
		if o >= 0 && r.names[o].kind == news.Person && r.names[o].known == nil && !p.words[ph.first-1].poss {
			r.refer(ph, r.names[o].cluster, "role behind a name")
			return
		}
	}
	headline := ph.det == "" && ph.owner < 0 && !plural && faceless(head)
	anonymous := headline || plural || ph.det == "a" || ph.det == "an" || ph.det == "another" || ph.det == "one"
	definite := ph.det == "the" || ph.owner >= 0 || ph.det == "this" || len(ph.names) > 0 && !plural
	if !plural && !anonymous && definite {
		if c := r.holder(head, r.country(ph), ph.span().Start); c >= 0 {
			r.refer(ph, c, "role of a named person")
			return
		}
	}
	switch {
	case plural && unnamed(head):
		st.anonymous = head
		id := "unnamed " + r.words(ph)
		if rest, ok := strings.CutPrefix(id, "unnamed other "); ok {
			id = "other unnamed " + rest
		}
		r.describe(ph, id, news.Person, "unnamed people")
	case anonymous && !plural && unnamed(head) && (!headline || ph.first < ph.head):
		r.describe(ph, "unnamed "+r.words(ph), news.Person, "unnamed person")
	case definite || plural && (ph.det != "" || len(ph.names) > 0 || ph.first < ph.head):
		r.describe(ph, r.words(ph), news.Person, "role")
	}
}

// afterPeople lists adjectives that follow their noun.
func afterPeople(w string) bool {
	switch w {
	case "familiar", "close", "present", "involved", "aware", "loyal", "briefed", "alike", "here", "there":
		return true
	}
	return false
}

// faceless lists the roles of people who are quoted without a name even where
// a headline drops the article.
func faceless(w string) bool {
	switch w {
	case "official", "officer", "source", "expert", "analyst", "diplomat", "lawmaker", "researcher", "witness", "adviser", "aide":
		return true
	}
	return false
}

// unnamed lists the people whom texts let speak without a name.
func unnamed(w string) bool {
	switch w {
	case "president", "king", "queen", "pope", "prince", "princess", "emperor", "sultan", "victims", "soldiers", "troops", "students", "workers", "teachers", "farmers":
		return false
	}
	return true
}

// holder is the person with that role, of that country if one is given, of whom
// the text talked last before the place; else one who is named soon after it, or
// often. A person named once, and not just now, gives way to one of whom the
// text tells: "the president" is not the one who signed the treaty in 1987, nor
// the host of another country in a text about somebody who needs no title.
func (r *resolver) holder(head, country string, at int) int {
	const soon, justNow, often = 600, 250, 3
	best, bestTopic, later := -1, topic{}, -1
	central, centralTopic := -1, topic{} // of those named before the place, one named often
	untitled := 0                        // how often somebody is named who never has a role
	exact := country != "" && r.anyHolder(head, country)
	domestic := country == "" && r.anyDomestic(head)
	for c := range r.clusters {
		cc := &r.clusters[c]
		if cc.kind != news.Person || len(cc.names) == 0 {
			continue
		}
		if len(cc.roles) == 0 {
			untitled = max(untitled, len(cc.names))
		}
		fits := false
		for _, ro := range cc.roles {
			if !sameRole(ro.head, head) {
				continue
			}
			switch {
			case exact:
				fits = fits || ro.of == country
			case country != "":
				// a title without a country, where all others have theirs
				fits = fits || ro.of == ""
			default:
				fits = fits || !domestic || ro.of == "" && cc.domestic(head)
			}
		}
		if !fits {
			continue
		}
		for _, i := range cc.names {
			s := r.names[i].span.Start
			if s < at {
				t := r.topicOf(&r.names[i])
				if best < 0 || t.after(bestTopic) {
					best, bestTopic = c, t
				}
				if len(cc.names) >= often && (central < 0 || t.after(centralTopic)) {
					central, centralTopic = c, t
				}
			}
			if s >= at && (s < at+soon || len(cc.names) >= often) {
				later = c
			}
		}
	}
	anyone := country == "" && (head == "president" || head == "leader") // whoever it is, all readers know
	switch {
	case best < 0:
		return later
	case anyone && !domestic && untitled >= 2*often && untitled >= 3*len(r.clusters[best].names):
		return -1
	case len(r.clusters[best].names) > 1 || bestTopic.at >= at-justNow:
		return best
	case central >= 0:
		return central
	case anyone && untitled >= 2*often:
		return -1
	}
	return best
}

// topic is how much a name is what its sentence is about, for finding whom a
// later phrase means: of the last sentence the one that is named first, and not
// the one with whom or of whom ("his talks with President Roe").
type topic struct {
	sentence int // twice its place in the text, less for what hangs on a preposition and for captions
	at       int // offset
}

func (r *resolver) topicOf(n *name) topic {
	p := &r.pieces[n.piece]
	t := topic{2 * n.piece, n.span.Start}
	from := n.first
	if n.extent.Start < n.span.Start && !n.extent.Empty() {
		for from > 0 && p.words[from-1].start >= n.extent.Start {
			from--
		}
	}
	if from > 0 && p.words[from].gap == gapSpace {
		switch w := &p.words[from-1]; {
		case w.tag != news.Prep, w.lower == "by", w.lower == "after", w.lower == "before", w.lower == "since", w.lower == "as", w.lower == "while", w.lower == "until":
		default:
			t.sentence -= 3
		}
	}
	if p.label == news.Caption {
		t.sentence -= 20
	}
	return t
}

// after reports whether a name is rather meant than another.
func (t topic) after(o topic) bool {
	if t.sentence != o.sentence {
		return t.sentence > o.sentence
	}
	return t.at < o.at
}

// domestic tells whether a person has the role, and never with a country: "President
// Roe" may be the same as "Kenyan President Amos Roe".
func (c *cluster) domestic(head string) bool {
	has := false
	for _, ro := range c.roles {
		if !sameRole(ro.head, head) {
			continue
		}
		if ro.of != "" {
			return false
		}
		has = true
	}
	return has
}

// anyDomestic tells whether of those with the role the one who is named most often
// never has it with a country.
func (r *resolver) anyDomestic(head string) bool {
	ours, others := 0, 0
	for c := range r.clusters {
		cc := &r.clusters[c]
		switch {
		case cc.kind != news.Person:
		case cc.domestic(head):
			ours = max(ours, len(cc.names))
		case slices.ContainsFunc(cc.roles, func(ro role) bool { return sameRole(ro.head, head) }):
			others = max(others, len(cc.names))
		}
	}
	return ours > 0 && ours >= others
}

// anyHolder tells whether someone bears the role with just that country.
func (r *resolver) anyHolder(head, country string) bool {
	for c := range r.clusters {
		for _, ro := range r.clusters[c].roles {
			if ro.of == country && sameRole(ro.head, head) {
				return true
			}
		}
	}
	return false
}

func sameRole(a, b string) bool {
	if a == b {
		return true
	}
	if b == "leader" {
		switch a {
		case "president", "chancellor", "premier", "king", "emir", "sultan", "chairman", "prime":
			return true
		}
	}
	switch a + " " + b {
	case "minister premier", "premier minister", "spokesman spokesperson", "spokeswoman spokesperson", "chief head", "head chief",
		"ceo chief", "chairman head", "lawmaker legislator", "envoy ambassador", "ambassador envoy", "secretary-general chief":
		return true
	}
	return false
}

// stateMedia resolves "state media" to the agency of the country that it
// names, or else to the one state's agency that the text credits.
func (r *resolver) stateMedia(st *nominalState, ph phrase) {
	country := r.country(ph)
	found := -1
	for c := range r.clusters {
		cc := &r.clusters[c]
		if cc.country == "" || len(cc.names) == 0 || country != "" && cc.country != country {
			continue
		}
		if found < 0 || len(cc.names) > len(r.clusters[found].names) {
			found = c
		}
	}
	if found >= 0 {
		r.refer(ph, found, "state media credited in the text")
		return
	}
	if country == "" {
		country = r.mainCountry()
	}
	id := "state media"
	if a := r.lx.adjOf.At(country); a != "" {
		id = a + " state media"
	}
	r.describe(ph, id, news.Org, "state media")
}

// mainCountry is the country first named in the running text.
func (r *resolver) mainCountry() string {
	at, id := -1, ""
	for c := range r.clusters {
		cc := &r.clusters[c]
		if cc.kind != news.GPE || len(cc.names) == 0 || r.lx.adjOf.At(cc.id) == "" {
			continue
		}
		if len(cc.names) > at {
			at, id = len(cc.names), cc.id
		}
	}
	return id
}

// bodyNoun resolves "the South Korean ministry", "his government".
func (r *resolver) bodyNoun(st *nominalState, ph phrase, sort string) {
	p := ph.p
	if h := ph.head + 1; h < len(p.words) && p.words[h].gap == gapSpace && (p.words[h].class&(personNoun|titleHead) != 0 || p.words[h].tag == news.Noun && p.words[h].class&statement == 0) {
		return
	}
	if h := ph.head + 1; h < len(p.words) && p.words[h].gap == gapSpace && r.nameOver(&p.words[h]) >= 0 {
		return // "state news agency TASS"
	}
	country := r.country(ph)
	if country == "" && sort == "government" && ph.det == "the" && len(ph.mods) == 0 {
		country = r.mainCountry()
	}
	if country == "" && (ph.det == "his" || ph.det == "her" || ph.det == "their") {
		country = r.countryOfLastPerson(ph.span().Start)
	}
	adj := r.lx.adjOf.At(country)
	var portfolio []string
	for _, m := range ph.mods {
		if sort == "ministry" && m != "official" {
			portfolio = append(portfolio, m)
		}
	}
	switch {
	case sort == "ministry" && adj != "" && len(portfolio) > 0:
		st.lastOf[sort] = r.describe(ph, adj+" "+titleCase(reversed(portfolio))+" Ministry", news.Org, "ministry of a country")
	case sort == "ministry" && adj != "":
		if id := r.ministryOfMinister(country, adj); id != "" {
			st.lastOf[sort] = r.describe(ph, id, news.Org, "ministry of a named minister")
			return
		}
		st.lastOf[sort] = r.describe(ph, adj+" ministry", news.Org, "ministry of a country")
	case adj != "" && (sort == "government" || sort == "army" || sort == "military" || sort == "navy" || sort == "parliament" || sort == "police") && len(ph.mods) == 0:
		r.describe(ph, adj+" "+sort, news.Org, "body of a country")
	case ph.det == "the" && len(ph.mods) == 0 && len(ph.names) == 0:
		if c := r.lastBody(sort, ph.span().Start); c >= 0 {
			r.refer(ph, c, "body named before")
		} else if c, ok := st.lastOf[sort]; ok {
			r.refer(ph, c, "body named before")
		} else {
			r.describe(ph, r.words(ph), news.Org, "body")
		}
	case ph.det == "the" || ph.owner >= 0 || len(ph.names) > 0:
		r.describe(ph, r.words(ph), news.Org, "body")
	}
}

func reversed(ws []string) string {
	out := make([]string, len(ws))
	for i, w := range ws {
		out[len(ws)-1-i] = w
	}
	return strings.Join(out, " ")
}

// ministryOfMinister names the ministry of a minister of the country whom the
// text names: "Vice Foreign Minister" gives "… Foreign Ministry".
func (r *resolver) ministryOfMinister(country, adj string) string {
	for c := range r.clusters {
		for _, ro := range r.clusters[c].roles {
			if ro.head != "minister" || ro.of != country {
				continue
			}
			var keep []string
			for _, w := range strings.Fields(ro.words) {
				switch w {
				case "vice", "deputy", "first", "minister", "former", "acting", "assistant", "senior":
				case "prime":
					return ""
				default:
					keep = append(keep, w)
				}
			}
			if len(keep) > 0 {
				return adj + " " + titleCase(strings.Join(keep, " ")) + " Ministry"
			}
		}
	}
	return ""
}

// lastBody is the organisation named last before the place whose name holds
// the noun: "the ministry" after "the Varda Trade Ministry".
func (r *resolver) lastBody(sort string, at int) int {
	i := r.lastBefore(at, func(n *name) bool {
		if n.kind != news.Org || n.cluster < 0 {
			return false
		}
		t := n.span.Of(r.src)
		k := len(t) - len(sort)
		return k >= 0 && strings.EqualFold(t[k:], sort) || k > 0 && t[len(sort)] == ' ' && strings.EqualFold(t[:len(sort)], sort) || sort == "agency" && r.clusters[n.cluster].country != ""
	})
	if i < 0 {
		return -1
	}
	return r.names[i].cluster
}

// lastBefore is the last name before the place that will do, -1 if there is
// none; of several with one beginning the longest.
func (r *resolver) lastBefore(at int, does func(*name) bool) int {
	ordered := r.names[:r.ordered]
	i, _ := slices.BinarySearchFunc(ordered, at, func(n name, at int) int { return n.span.Start - at })
	best := -1
	for i--; i >= 0 && (best < 0 || ordered[i].span.Start == ordered[best].span.Start); i-- {
		if does(&ordered[i]) {
			best = i
		}
	}
	for i := r.ordered; i < len(r.names); i++ {
		if n := &r.names[i]; n.span.Start < at && (best < 0 || n.span.Start > r.names[best].span.Start) && does(n) {
			best = i
		}
	}
	return best
}

// countryOfLastPerson is the country in whose service the person named last
// before the place stands.
func (r *resolver) countryOfLastPerson(at int) string {
	i := r.lastBefore(at, func(n *name) bool { return n.kind == news.Person && n.known == nil && n.cluster >= 0 })
	if i < 0 {
		return ""
	}
	return r.countryOfPerson(r.names[i].cluster)
}

// countryNoun resolves "his country", "the two countries", "the regime".
func (r *resolver) countryNoun(st *nominalState, ph phrase) {
	head := ph.p.words[ph.head].lower
	if strings.HasSuffix(head, "s") {
		if (ph.det == "the" || ph.det == "their" || ph.det == "both") && len(ph.names) == 0 && ph.last == ph.head+1 {
			id := r.twoCountries(ph.span().Start)
			if id == "" {
				id = r.words(ph)
			}
			r.describe(ph, id, news.GPE, "countries named before")
		} else if ph.det == "the" || ph.det == "their" || ph.first < ph.head {
			r.describe(ph, r.words(ph), news.GPE, "countries")
		}
		return
	}
	switch ph.det {
	case "his", "her":
		if id := r.countryOfSubject(ph); r.lx.adjOf.At(id) != "" {
			r.refer(ph, r.cluster(id, news.GPE, "lexicon"), "country of a person")
		}
	case "the":
		if len(ph.names) > 0 || ph.last > ph.head+1 {
			return
		}
		if c := r.lastCountry(ph.span().Start); c >= 0 {
			r.refer(ph, c, "country named before")
		}
	}
}

// twoCountries names the two countries that the text has named most before
// the place, in order of appearance: who "the two countries" are.
func (r *resolver) twoCountries(at int) string {
	type count struct{ c, n, first int }
	var cs []count
	for c := range r.clusters {
		cc := &r.clusters[c]
		if cc.kind != news.GPE || r.lx.adjOf.At(cc.id) == "" {
			continue
		}
		k := count{c: c, first: -1}
		for _, i := range cc.names {
			if s := r.names[i].span.Start; s < at {
				k.n++
				if k.first < 0 || s < k.first {
					k.first = s
				}
			}
		}
		if k.n > 0 {
			cs = append(cs, k)
		}
	}
	if len(cs) < 2 {
		return ""
	}
	slices.SortFunc(cs, func(a, b count) int {
		if a.n != b.n {
			return b.n - a.n
		}
		return a.first - b.first
	})
	a, b := cs[0], cs[1]
	if a.first > b.first {
		a, b = b, a
	}
	return r.clusters[a.c].id + " and " + r.clusters[b.c].id
}

// countryOfSubject is the country of the person whom the sentence names
// first, before the phrase; without one, of the person named last.
func (r *resolver) countryOfSubject(ph phrase) string {
	for i := 0; i < ph.first; i++ {
		o := r.nameOver(&ph.p.words[i])
		if o < 0 || r.names[o].kind != news.Person || r.names[o].known != nil || r.names[o].cluster < 0 {
			continue
		}
		return r.countryOfPerson(r.names[o].cluster)
	}
	return r.countryOfLastPerson(ph.span().Start)
}

// countryOfPerson is the country that the person's titles name, or else the
// one named last before the person was introduced with a title of state.
func (r *resolver) countryOfPerson(c int) string {
	for _, ro := range r.clusters[c].roles {
		if ro.of != "" {
			return ro.of
		}
	}
	for _, ro := range r.clusters[c].roles {
		switch ro.head {
		case "leader", "president", "minister", "premier", "chancellor", "king", "ambassador":
			if len(r.clusters[c].names) > 0 {
				if d := r.lastCountry(r.names[r.clusters[c].names[0]].span.Start); d >= 0 {
					return r.clusters[d].id
				}
				return r.mainCountry()
			}
		}
	}
	return ""
}

// lastCountry is the country that the last subject before the place names.
func (r *resolver) lastCountry(at int) int {
	i := r.lastBefore(at, func(n *name) bool {
		return n.kind == news.GPE && n.cluster >= 0 && r.lx.adjOf.At(r.clusters[n.cluster].id) != ""
	})
	if i < 0 {
		return -1
	}
	return r.names[i].cluster
}
