package mention

import (
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// cluster is an entity in the making.
type cluster struct {
	id       string
	kind     news.EntityType
	rule     string
	names    []int // into scanner.names
	nominals []int // into scanner.nominals
	words    []string
	first    int // word offset of the first full name, for persons
	roles    []role
	country  string // of a state's agency
	other    uint8  // persons: 0 not looked at, 1 short names are his, 2 they are another's
}

// resolver joins names to clusters.
type resolver struct {
	*scanner
	clusters []cluster
	byID     map[named]int
	nominals []nominal
	ordered  int   // the names before this one stand in the order of the text
	full     []int // clusters of persons with a full name, in the order of the text
	bearers  []int // reused by bearer
}

// named is by what a cluster is found.
type named struct {
	kind news.EntityType
	id   string
}

// entities clusters the names, finds the descriptions, and puts all in order.
func (s *scanner) entities(room *room) []news.Entity {
	slices.SortFunc(s.names, func(a, b name) int {
		if a.span.Start != b.span.Start {
			return a.span.Start - b.span.Start
		}
		return b.span.End - a.span.End
	})
	r := &room.resolver
	*r = resolver{
		scanner: s, clusters: r.clusters[:0], byID: emptied(r.byID), nominals: r.nominals[:0], ordered: len(s.names),
		full: r.full[:0], bearers: r.bearers[:0],
	}
	r.oneKind()
	r.joinKnown()
	r.joinPersons()
	r.joinOrgs()
	r.southern()
	r.findRoles()
	r.northernSpelling()
	r.findNominals()
	return r.export()
}

// oneKind gives all occurrences of an unknown single word the kind that most
// of them have.
func (r *resolver) oneKind() {
	kinds := [...]news.EntityType{news.Person, news.Org, news.GPE, news.Location, news.Facility, news.Product, news.EventName}
	votes := make(map[string]*[len(kinds)]float64, 32)
	alone := func(n *name) bool { return n.known == nil && n.last-n.first <= 1 }
	for i := range r.names {
		if n := &r.names[i]; alone(n) {
			t := n.span.Of(r.src)
			if votes[t] == nil {
				votes[t] = new([len(kinds)]float64)
			}
			votes[t][slices.Index(kinds[:], n.kind)] += n.conf
		}
	}
	for i := range r.names {
		n := &r.names[i]
		if !alone(n) {
			continue
		}
		v := votes[n.span.Of(r.src)]
		best := slices.Index(kinds[:], n.kind)
		for k := range kinds {
			if v[k] > v[best] {
				best = k
			}
		}
		n.kind = kinds[best]
	}
}

// put adds name i to the cluster with that id.
func (r *resolver) put(i int, id string, kind news.EntityType, rule string) int {
	c := r.cluster(id, kind, rule)
	r.clusters[c].names = append(r.clusters[c].names, i)
	r.names[i].cluster = c
	return c
}

func (r *resolver) cluster(id string, kind news.EntityType, rule string) int {
	key := named{kind, id}
	c, ok := r.byID[key]
	if !ok {
		c = len(r.clusters)
		r.clusters = slices.Grow(r.clusters, 1)[:c+1]
		o := &r.clusters[c] // with the room of a cluster of another text
		*o = cluster{id: id, kind: kind, rule: rule, first: -1, names: o.names[:0], nominals: o.nominals[:0], roles: o.roles[:0]}
		r.byID[key] = c
	}
	return c
}

// joinKnown places the names of the lexicons.
func (r *resolver) joinKnown() {
	for i := range r.names {
		n := &r.names[i]
		k := n.known
		if k == nil {
			continue
		}
		switch {
		case k.form == capital:
			rule := r.metonym(n)
			if rule == "" {
				r.put(i, k.city, news.GPE, "city")
				continue
			}
			n.rule = rule
			r.put(i, k.id, news.GPE, "country")
		case k.form == people, k.form == peopleOnly:
			r.put(i, k.id, k.kind, "people")
		case k.agency:
			c := r.put(i, k.id, k.kind, "agency")
			r.clusters[c].country = k.country
		default:
			r.put(i, k.id, k.kind, "lexicon")
		}
	}
}

// metonym tells whether a capital stands for its government, and by which
// rule; "" if it is the city.
func (r *resolver) metonym(n *name) string {
	p := &r.pieces[n.piece]
	if p.label == news.Credit || r.inDateline(n) {
		return ""
	}
	var prev, next *word
	if n.first > 0 && p.words[n.first].gap == gapSpace {
		prev = &p.words[n.first-1]
	}
	if n.last < len(p.words) && p.words[n.last].gap <= gapPoss {
		next = &p.words[n.last]
	}
	if p.words[n.last-1].poss && next != nil {
		if cityThing(next.lower) || next.capital && next.class&(facHead|locHead) != 0 {
			return ""
		}
		return "government as owner"
	}
	if prev != nil && prev.lower == "and" || next != nil && next.lower == "and" {
		return r.pairOfCapitals(n)
	}
	if prev != nil {
		switch prev.lower {
		case "in", "at", "near", "from", "to", "toward", "towards", "into", "outside", "around", "through", "via",
			"of", "left", "leave", "leaving", "reached", "visit", "visited", "visiting", "central", "downtown", "across", "over", "the", "off":
			return ""
		case "urged", "urge", "urging", "urges", "told", "accused", "accuse", "accusing", "warned", "warn", "warning",
			"pressed", "pressure", "pressuring", "pressured", "asked", "against", "with", "by", "between", "help", "helped", "allow", "allowed", "prompting", "prompted":
			return "government addressed"
		}
	}
	if n.last+1 < len(p.words) && p.words[n.last].gap == gapComma && p.words[n.last].lower == "which" && n.first == 0 {
		return "government as subject" // "Varda, which had bid for it, said"
	}
	if next != nil && !next.capital {
		switch {
		case next.class&statement != 0, next.tag == news.Verb, next.tag == news.Aux, next.tag == news.Modal:
			return "government as subject"
		case next.tag == news.Adv && n.last+1 < len(p.words) && finite(&p.words[n.last+1]):
			return "government as subject"
		}
	}
	return ""
}

func finite(w *word) bool {
	return w.class&statement != 0 || w.tag == news.Verb || w.tag == news.Aux || w.tag == news.Modal
}

// pairOfCapitals decides "between Pyongyang and Moscow", "Moscow and
// Pyongyang have …": governments; "in Seoul and Washington": cities.
func (r *resolver) pairOfCapitals(n *name) string {
	p := &r.pieces[n.piece]
	a, b := n.first, n.last
	isCapital := func(j int) bool {
		k, m := r.lookup(p, j)
		return k != nil && m == 1 && k.form == capital
	}
	if b+1 < len(p.words) && p.words[b].lower == "and" {
		if !isCapital(b + 1) {
			return ""
		}
		b += 2
	} else if a > 1 && p.words[a-1].lower == "and" {
		if !isCapital(a - 2) {
			return ""
		}
		a -= 2
	}
	if a > 0 && p.words[a].gap == gapSpace {
		switch p.words[a-1].lower {
		case "between", "by", "with", "against", "both":
			return "governments as a pair"
		case "in", "at", "from", "to", "near", "of", "via":
			return ""
		}
	}
	if b < len(p.words) && finite(&p.words[b]) {
		return "governments as a pair"
	}
	return ""
}

// cityThing lists what belongs to a town and not to a government.
func cityThing(w string) bool {
	switch w {
	case "mayor", "streets", "street", "airport", "airports", "residents", "suburbs", "outskirts", "skyline", "metro", "subway",
		"downtown", "center", "centre", "main", "stadium", "police", "population", "district", "districts", "old", "historic",
		"university", "hospitals", "hotels", "weather", "traffic", "international":
		return true
	}
	return false
}

func (r *resolver) inDateline(n *name) bool {
	p := &r.pieces[n.piece]
	return p.span.Contains(r.dateline) && !r.dateline.Empty() && r.dateline.Contains(n.span) ||
		n.first == 0 && p.words[0].caps && n.last < len(p.words) && (p.words[n.last].gap == gapComma || p.words[n.last].gap == gapParen || p.words[n.last].gap == gapStop)
}

// nameWords are the words of a person's name, folded: "Kim Jong-un" gives kim
// jong un.
func (r *resolver) nameWords(n *name) []string {
	return strings.FieldsFunc(strings.ToLower(n.span.Of(r.src)), partsName)
}

func partsName(c rune) bool {
	return c == ' ' || c == '-' || c == '.' || c == '‑' || c == '\n' || c == ','
}

// onlyWord is the one word that nameWords has for n, "" if it has more or none.
func (r *resolver) onlyWord(n *name) string {
	t := strings.TrimFunc(n.span.Of(r.src), partsName)
	if strings.IndexFunc(t, partsName) >= 0 {
		return ""
	}
	if w := &r.pieces[n.piece].words[n.first]; ascii(t) && r.src[w.start:w.end] == t {
		return w.lower
	}
	return strings.ToLower(t)
}

// joinPersons puts full names together first, then the short ones that have
// one bearer.
func (r *resolver) joinPersons() {
	for i := range r.names {
		n := &r.names[i]
		if n.known != nil || n.kind != news.Person || r.onlyWord(n) != "" {
			continue
		}
		ws := r.nameWords(n)
		if k := r.pairEnd(n); k > 0 { // "the Ada Lind-Roe summit" is Lind's with Roe
			n.span.End = k
			ws = r.nameWords(n)
		}
		if len(ws) < 2 || strings.Contains(n.span.Of(r.src), "&") { // of two, or a banner's: "God Save A & B Lind"
			continue
		}
		c := -1
		for _, f := range r.full {
			if samePerson(r.clusters[f].words, ws) {
				c = f
				break
			}
		}
		if c < 0 {
			c = r.cluster(n.span.Of(r.src), news.Person, "full name")
			r.clusters[c].words, r.clusters[c].first = ws, n.span.Start
			r.full = append(r.full, c)
		} else if len(ws) > len(r.clusters[c].words) {
			r.clusters[c].words = ws
			r.clusters[c].id = n.span.Of(r.src)
		}
		r.clusters[c].names = append(r.clusters[c].names, i)
		n.cluster = c
	}
	for i := range r.names {
		n := &r.names[i]
		if n.cluster >= 0 && (n.known == nil || n.last-n.first > 1 || n.known.form != plainForm && n.known.form != capital) {
			continue
		}
		w := r.onlyWord(n)
		if w == "" {
			continue
		}
		c := r.bearer(w, n)
		if c < 0 || r.otherTitle(c, w) {
			continue
		}
		if n.known != nil && r.lx.words.At(r.clusters[c].words[0])&given == 0 {
			continue
		}
		if n.known != nil {
			// "Jordan" after "Michael Jordan", but not "in Jordan"
			p := &r.pieces[n.piece]
			if n.first > 0 && p.words[n.first].gap == gapSpace && p.words[n.first-1].tag == news.Prep || n.conf < 0.5 {
				continue
			}
			r.take(n.cluster, i)
		}
		n.kind, n.known, n.rule = news.Person, nil, "short name"
		n.cluster = c
		r.clusters[c].names = append(r.clusters[c].names, i)
	}
	for i := range r.names {
		if n := &r.names[i]; n.cluster < 0 && n.kind == news.Person {
			r.put(i, n.span.Of(r.src), news.Person, "single name")
		}
	}
}

// pairEnd is where the first name ends of two family names that a hyphen joins to
// name what their bearers do together, 0 if the name is no such pair: the text has
// each of them without the other.
func (r *resolver) pairEnd(n *name) int {
	t := n.span.Of(r.src)
	k := strings.LastIndexByte(t, '-')
	if k < 0 || k < strings.LastIndexByte(t, ' ') || k+1 >= len(t) || t[k+1] < 'A' || t[k+1] > 'Z' {
		return 0
	}
	if !r.endsName(t[strings.LastIndexByte(t[:k], ' ')+1:k], n) || !r.endsName(t[k+1:], n) {
		return 0
	}
	return n.span.Start + k
}

// endsName tells whether another name of a person in full ends with a word.
func (r *resolver) endsName(word string, n *name) bool {
	return slices.ContainsFunc(r.names, func(o name) bool {
		return o.kind == news.Person && !o.span.Overlaps(n.span) && strings.HasSuffix(o.span.Of(r.src), " "+word)
	})
}

// otherTitle tells whether the short name stands with a title of its own
// before the text names c in full with another: "President Roe" is not the
// "Amy Roe, first lady" of a later line.
func (r *resolver) otherTitle(c int, w string) bool {
	cc := &r.clusters[c]
	if cc.other == 0 {
		cc.other = 1
		head := ""
		for i := range r.names {
			n := &r.names[i]
			p := &r.pieces[n.piece]
			if n.cluster == c {
				if n.last-n.first > 1 && n.first > 0 && !p.title {
					if head != "" && p.words[n.first-1].lower != head {
						cc.other = 2
					}
					break
				}
				continue
			}
			if n.last-n.first == 1 && n.first > 0 && p.words[n.first].lower == w && p.words[n.first].gap == gapSpace &&
				p.words[n.first-1].class&titleHead != 0 && head == "" {
				head = p.words[n.first-1].lower
			}
		}
	}
	return cc.other == 2
}

// take removes name i from cluster c.
func (r *resolver) take(c, i int) {
	ns := r.clusters[c].names
	if k := slices.Index(ns, i); k >= 0 {
		r.clusters[c].names = slices.Delete(ns, k, k+1)
	}
}

// samePerson tells whether two full names are forms of one: equal but for
// hyphens, one within the other, or with equal first and last words.
func samePerson(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	lastA, lastB := a[len(a)-1], b[len(b)-1]
	if a[0][0] != b[0][0] && lastA[len(lastA)-1] != lastB[len(lastB)-1] {
		return false
	}
	if a[0][0] == b[0][0] && sameLetters(a, b) {
		return true
	}
	if len(a) == len(b) {
		return false
	}
	return slices.Equal(a, b[len(b)-len(a):]) || slices.Equal(a, b[:len(a)]) || a[0] == b[0] && a[len(a)-1] == b[len(b)-1]
}

// sameLetters tells whether a and b are the same when each is run together.
func sameLetters(a, b []string) bool {
	x, y := "", "" // what is left of the words at hand
	for {
		if x == "" && len(a) > 0 {
			x, a = a[0], a[1:]
		}
		if y == "" && len(b) > 0 {
			y, b = b[0], b[1:]
		}
		n := min(len(x), len(y))
		if n == 0 {
			return x == y
		}
		if x[:n] != y[:n] {
			return false
		}
		x, y = x[n:], y[n:]
	}
}

// bearer is the person that a single word names: as a family name, or as a
// given name that only one person bears. Of several bearers it is the one
// named in full just before (same paragraph or the one before), else the one
// most often named in full, of equals the first: one whom a caption names once
// does not take the name from whom the text is about.
func (r *resolver) bearer(w string, n *name) int {
	surname, givenNames, givenName := r.bearers[:0], 0, -1
	for _, c := range r.full {
		ws := r.clusters[c].words
		switch {
		case ws[len(ws)-1] == w, ws[0] == w && r.lx.words.At(w)&family != 0, len(ws) > 2 && ws[len(ws)-2] == w && r.lx.words.At(w)&given == 0:
			surname = append(surname, c)
		case ws[0] == w:
			givenNames, givenName = givenNames+1, c
		}
	}
	r.bearers = surname
	if len(surname) == 0 {
		if givenNames == 1 {
			return givenName
		}
		return -1
	}
	if len(surname) == 1 {
		return surname[0]
	}
	main, most := surname[0], 0
	near, line := -1, -1
	for _, c := range surname {
		full := 0
		for _, i := range r.clusters[c].names {
			if o := &r.names[i]; o.last-o.first > 1 {
				full++
			}
		}
		if full > most {
			main, most = c, full
		}
		for _, i := range r.clusters[c].names {
			o := &r.names[i]
			if l := r.pieces[o.piece].line; o.span.Start < n.span.Start && o.last-o.first > 1 && l >= line && !r.beside(o) {
				near, line = c, l
			}
		}
	}
	if here := r.pieces[n.piece].line; near >= 0 && (here == line || here == line+1 && !r.namedBetween(main, line, n)) {
		return near
	}
	return main
}

// beside tells whether a name hangs on "with" or "and his wife": who came along does
// not take the family name.
func (r *resolver) beside(n *name) bool {
	p := &r.pieces[n.piece]
	for j := n.first - 1; j >= 0 && j >= n.first-6; j-- {
		w := &p.words[j]
		switch {
		case w.lower == "with" || w.lower == "and" && j+1 < n.first && (p.words[j+1].lower == "his" || p.words[j+1].lower == "her" || p.words[j+1].lower == "first"):
			return true
		case p.words[j+1].gap > gapComma || w.tag == news.Verb:
			return false
		}
	}
	return false
}

// namedBetween tells whether cluster c is named after the line and before n.
func (r *resolver) namedBetween(c, line int, n *name) bool {
	for _, i := range r.clusters[c].names {
		if o := &r.names[i]; r.pieces[o.piece].line > line && o.span.Start < n.span.Start {
			return true
		}
	}
	return false
}

// joinLonger joins clusters of multi-word names where one is the end of the
// other, or where two facilities share their own word.
func (r *resolver) joinLonger() {
	for c := range r.clusters {
		cc := &r.clusters[c]
		if len(cc.names) == 0 || cc.kind != news.Org && cc.kind != news.Facility || strings.Count(cc.id, " ") == 0 || r.names[cc.names[0]].known != nil {
			continue
		}
		for d := range r.clusters {
			dd := &r.clusters[d]
			if d == c || dd.kind != cc.kind || len(dd.names) == 0 {
				continue
			}
			if endsWith(dd.id, cc.id) || r.sameFacility(cc, dd) {
				for _, i := range cc.names {
					r.names[i].cluster = d
				}
				dd.names = append(dd.names, cc.names...)
				cc.names = nil
				break
			}
		}
	}
}

func (r *resolver) sameFacility(a, b *cluster) bool {
	if a.kind != news.Facility {
		return false
	}
	x, _, ok := strings.Cut(a.id, " ")
	y, _, ok2 := strings.Cut(b.id, " ")
	return ok && ok2 && x == y && r.lx.names.At(x) == nil && r.lx.words.At(strings.ToLower(x)) == 0 && strings.Count(a.id, " ") == 1 && strings.Count(b.id, " ") == 1
}

// southern adds "the North" and "the South" in texts about Korea.
func (r *resolver) southern() {
	korea := r.byKind("North Korea") || r.byKind("South Korea")
	if !korea {
		return
	}
	for k := range r.pieces {
		p := &r.pieces[k]
		for i := 1; i < len(p.words); i++ {
			w := &p.words[i]
			if w.lower != "north" && w.lower != "south" || !w.capital || w.gap != gapSpace || p.words[i-1].lower != "the" || p.upper {
				continue
			}
			if r.nameAt(k, i) >= 0 {
				continue
			}
			n := name{piece: k, first: i - 1, last: i + 1, kind: news.GPE, rule: "the North", conf: 0.9}
			n.span = text.Span{Start: p.words[i-1].start, End: w.end}
			id := "North Korea"
			if w.lower == "south" {
				id = "South Korea"
			}
			r.names = append(r.names, n)
			r.put(len(r.names)-1, id, news.GPE, "lexicon")
		}
	}
}

func (r *resolver) byKind(id string) bool {
	c, ok := r.byID[named{news.GPE, id}]
	return ok && len(r.clusters[c].names) > 0
}

// nameAt is the name that covers word i of piece k, or -1.
func (r *resolver) nameAt(k, i int) int {
	at := r.pieces[k].words[i].start
	for j := range r.names {
		if r.names[j].span.Holds(at) {
			return j
		}
	}
	return -1
}

// northernSpelling writes the names of North Koreans as that country's own
// agency and most others do, without a hyphen, so that one man has one id.
func (r *resolver) northernSpelling() {
	for c := range r.clusters {
		cc := &r.clusters[c]
		if cc.kind != news.Person || !strings.Contains(cc.id, "-") || len(cc.words) != 3 || r.lx.words.At(cc.words[0])&family == 0 {
			continue
		}
		for _, ro := range cc.roles {
			if ro.of == "North Korea" {
				cc.id = titleCase(strings.Join(cc.words, " "))
				break
			}
		}
	}
}

// export makes the entities, in the order of their first mention.
func (r *resolver) export() []news.Entity {
	filled, mentions := 0, 0
	for c := range r.clusters {
		if n := len(r.clusters[c].names) + len(r.clusters[c].nominals); n > 0 {
			filled, mentions = filled+1, mentions+n
		}
	}
	if filled == 0 {
		return nil
	}
	out, all := make([]news.Entity, 0, filled), make([]news.Mention, mentions)
	for c := range r.clusters {
		cc := &r.clusters[c]
		n := len(cc.names) + len(cc.nominals)
		if n == 0 {
			continue
		}
		e := news.Entity{ID: cc.id, Type: cc.kind, Mentions: all[:0:n], Why: news.Why{Rule: cc.rule, Confidence: 0.9}}
		all = all[n:]
		for _, i := range cc.names {
			n := &r.names[i]
			e.Mentions = append(e.Mentions, news.Mention{Span: n.span, Extent: n.extent, Why: news.Why{Rule: n.rule, Confidence: n.conf}})
		}
		for _, i := range cc.nominals {
			n := &r.nominals[i]
			e.Mentions = append(e.Mentions, news.Mention{Span: n.span, Nominal: true, Why: news.Why{Rule: n.rule, Confidence: 0.7}})
		}
		slices.SortFunc(e.Mentions, func(a, b news.Mention) int {
			if a.Span.Start != b.Span.Start {
				return a.Span.Start - b.Span.Start
			}
			return a.Span.End - b.Span.End
		})
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b news.Entity) int {
		if x, y := a.Mentions[0].Span, b.Mentions[0].Span; x != y {
			if x.Start != y.Start {
				return x.Start - y.Start
			}
			return y.End - x.End
		}
		return strings.Compare(a.ID, b.ID)
	})
	return out
}
