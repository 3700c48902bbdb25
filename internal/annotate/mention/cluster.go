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
	byID     map[string]int
	nominals []nominal
}

// entities clusters the names, finds the descriptions, and puts all in order.
func (s *scanner) entities() []news.Entity {
	slices.SortFunc(s.names, func(a, b name) int {
		if a.span.Start != b.span.Start {
			return a.span.Start - b.span.Start
		}
		return b.span.End - a.span.End
	})
	r := &resolver{scanner: s, byID: make(map[string]int, 64), clusters: make([]cluster, 0, 48)}
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
	votes := map[string]map[news.EntityType]float64{}
	for i := range r.names {
		n := &r.names[i]
		if n.known != nil || n.last-n.first > 1 {
			continue
		}
		t := n.span.Of(r.src)
		if votes[t] == nil {
			votes[t] = map[news.EntityType]float64{}
		}
		votes[t][n.kind] += n.conf
	}
	for i := range r.names {
		n := &r.names[i]
		v := votes[n.span.Of(r.src)]
		if n.known != nil || n.last-n.first > 1 || len(v) < 2 {
			continue
		}
		for _, k := range [...]news.EntityType{news.Person, news.Org, news.GPE, news.Location, news.Facility, news.Product, news.EventName} {
			if v[k] > v[n.kind] {
				n.kind = k
			}
		}
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
	key := string(kind) + "\x00" + id
	c, ok := r.byID[key]
	if !ok {
		c = len(r.clusters)
		r.clusters = append(r.clusters, cluster{id: id, kind: kind, rule: rule, first: -1})
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
	return foldWords(n.span.Of(r.src))
}

func foldWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(c rune) bool {
		return c == ' ' || c == '-' || c == '.' || c == '‑' || c == '\n' || c == ','
	})
}

// joinPersons puts full names together first, then the short ones that have
// one bearer.
func (r *resolver) joinPersons() {
	var full []int // clusters of persons, in order of the text
	for i := range r.names {
		n := &r.names[i]
		if n.known != nil || n.kind != news.Person {
			continue
		}
		ws := r.nameWords(n)
		if len(ws) < 2 {
			continue
		}
		c := -1
		for _, f := range full {
			if samePerson(r.clusters[f].words, ws) {
				c = f
				break
			}
		}
		if c < 0 {
			c = r.cluster(n.span.Of(r.src), news.Person, "full name")
			r.clusters[c].words, r.clusters[c].first = ws, n.span.Start
			full = append(full, c)
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
		ws := r.nameWords(n)
		if len(ws) != 1 {
			continue
		}
		c := r.bearer(full, ws[0], n)
		if c < 0 || r.otherTitle(c, ws[0]) {
			continue
		}
		if n.known != nil && r.lx.words[r.clusters[c].words[0]]&given == 0 {
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
	if strings.Join(a, "") == strings.Join(b, "") {
		return true
	}
	if len(a) == len(b) {
		return false
	}
	return slices.Equal(a, b[len(b)-len(a):]) || slices.Equal(a, b[:len(a)]) || a[0] == b[0] && a[len(a)-1] == b[len(b)-1]
}

// bearer is the person that a single word names: as a family name, or as a
// given name that only one person bears. Of several bearers it is the one
// named in full just before (same paragraph or the one before), else the one
// who came first.
func (r *resolver) bearer(full []int, w string, n *name) int {
	var surname, givenName []int
	for _, c := range full {
		ws := r.clusters[c].words
		switch {
		case ws[len(ws)-1] == w, ws[0] == w && r.lx.words[w]&family != 0, len(ws) > 2 && ws[len(ws)-2] == w && r.lx.words[w]&given == 0:
			surname = append(surname, c)
		case ws[0] == w:
			givenName = append(givenName, c)
		}
	}
	if len(surname) == 0 {
		if len(givenName) == 1 {
			return givenName[0]
		}
		return -1
	}
	if len(surname) == 1 {
		return surname[0]
	}
	near, line := -1, -1
	for _, c := range surname {
		for _, i := range r.clusters[c].names {
			o := &r.names[i]
			if l := r.pieces[o.piece].line; o.span.Start < n.span.Start && o.last-o.first > 1 && l >= line {
				near, line = c, l
			}
		}
	}
	if here := r.pieces[n.piece].line; near >= 0 && (here == line || here == line+1 && !r.namedBetween(surname[0], line, n)) {
		return near
	}
	return surname[0]
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

// joinOrgs places what is left: equal names, short forms in brackets,
// acronyms, and names that are the end or beginning of a longer one.
func (r *resolver) joinOrgs() {
	for i := range r.names {
		n := &r.names[i]
		if n.cluster < 0 && n.last-n.first > 1 {
			id := strings.Join(strings.Fields(n.span.Of(r.src)), " ")
			r.put(i, id, n.kind, "full name")
		}
	}
	for i := range r.names {
		n := &r.names[i]
		if n.cluster >= 0 && !(n.known != nil && n.known.agency && i > 0) {
			continue
		}
		if c := r.bracketed(i); c >= 0 && c != n.cluster {
			if n.cluster >= 0 {
				r.take(n.cluster, i)
				r.clusters[n.cluster].names = append(r.clusters[n.cluster].names, r.clusters[c].names...)
				for _, j := range r.clusters[c].names {
					r.names[j].cluster = n.cluster
				}
				r.clusters[c].names = nil
				r.clusters[n.cluster].names = append(r.clusters[n.cluster].names, i)
				continue
			}
			n.rule, n.kind, n.cluster = "short form in brackets", r.clusters[c].kind, c
			r.clusters[c].names = append(r.clusters[c].names, i)
			r.byID[string(n.kind)+"\x00"+n.span.Of(r.src)] = c
		}
	}
	for i := range r.names {
		n := &r.names[i]
		if n.cluster >= 0 {
			continue
		}
		t := n.span.Of(r.src)
		if c, ok := r.byID[string(n.kind)+"\x00"+t]; ok {
			n.cluster = c
			r.clusters[c].names = append(r.clusters[c].names, i)
			continue
		}
		c, rule := r.acronym(t), "acronym"
		if c < 0 {
			c, rule = r.slip(t), "slip of an acronym"
		}
		if c < 0 {
			c, rule = r.partOf(n), "part of a longer name"
		}
		if c < 0 {
			// "the Institute" is no name unless the text has the whole of it
			if w := &r.pieces[n.piece].words[n.first]; n.last-n.first == 1 && !w.caps && !institution(w.lower) &&
				w.class&(orgHead|facHead|locHead|gpeHead|eventHead|prodHead) != 0 {
				continue
			}
			if len(t) > 4 && strings.ToUpper(t) == t {
				if d, ok := r.byID[string(n.kind)+"\x00"+titleCase(t)]; ok {
					n.cluster = d
					r.clusters[d].names = append(r.clusters[d].names, i)
					continue
				}
			}
			if n.kind != news.Org && len(t) > 4 && strings.ToUpper(t) == t {
				t = titleCase(t)
			}
			r.put(i, t, n.kind, "name")
			continue
		}
		n.rule, n.kind, n.cluster = rule, r.clusters[c].kind, c
		r.clusters[c].names = append(r.clusters[c].names, i)
	}
	r.joinLonger()
}

// bracketed is the cluster of the name that name i, in brackets, abbreviates.
func (r *resolver) bracketed(i int) int {
	if i == 0 {
		return -1
	}
	n, o := &r.names[i], &r.names[i-1]
	p := &r.pieces[n.piece]
	if o.piece != n.piece || o.last != n.first || !p.words[n.first].caps || p.words[n.first].gap != gapParen || o.cluster < 0 {
		return -1
	}
	if n.span.End >= len(r.src) || r.src[n.span.End] != ')' || o.last-o.first < 2 {
		return -1
	}
	if short := n.span.Of(r.src); matchesInitials(short, o.span.Of(r.src)) || o.kind == news.Org && n.known == nil && short[0] == o.span.Of(r.src)[0] {
		return o.cluster
	}
	return -1
}

// matchesInitials tells whether short is made of the initials of long, small
// words counted or not.
func matchesInitials(short, long string) bool {
	var all, big []byte
	for _, w := range strings.FieldsFunc(long, func(c rune) bool { return c == ' ' || c == '-' || c == '/' }) {
		all = append(all, w[0]&^0x20)
		if w[0] >= 'A' && w[0] <= 'Z' {
			big = append(big, w[0])
		}
	}
	short = strings.ReplaceAll(short, ".", "")
	return len(short) > 1 && (strings.EqualFold(short, string(big)) || strings.EqualFold(short, string(all)))
}

// acronym is the cluster with a long name whose initials are t.
func (r *resolver) acronym(t string) int {
	if len(t) < 2 || len(t) > 8 || strings.ToUpper(t) != t {
		return -1
	}
	for c := range r.clusters {
		for _, i := range r.clusters[c].names {
			if o := &r.names[i]; o.last-o.first > 1 && o.kind != news.Person && matchesInitials(t, o.span.Of(r.src)) {
				return c
			}
		}
	}
	return -1
}

// slip is the cluster of a known acronym of the text that t spells with two
// neighbouring letters swapped ("KNCA").
func (r *resolver) slip(t string) int {
	if len(t) < 4 || len(t) > 8 || strings.ToUpper(t) != t {
		return -1
	}
	for k := 0; k+1 < len(t); k++ {
		if t[k] == t[k+1] || t[k] >= 0x80 || t[k+1] >= 0x80 {
			continue
		}
		b := []byte(t)
		b[k], b[k+1] = b[k+1], b[k]
		if c, ok := r.byID[string(news.Org)+"\x00"+string(b)]; ok {
			return c
		}
	}
	return -1
}

// partOf is the one cluster that has a longer name of the same kind which
// ends or begins with n: "Security Council" after "U.N. Security Council".
func (r *resolver) partOf(n *name) int {
	t, found := n.span.Of(r.src), -1
	for c := range r.clusters {
		k := r.clusters[c].kind
		if k != n.kind && n.conf >= 0.7 && (n.last-n.first == 1 || n.known != nil) || k == news.Person || r.clusters[c].id == t {
			continue
		}
		for _, i := range r.clusters[c].names {
			o := &r.names[i]
			if o.known != nil && o.known.kind == news.GPE || o.last-o.first < 2 {
				continue
			}
			if l := o.span.Of(r.src); strings.HasPrefix(l, t+" ") || strings.HasSuffix(l, " "+t) {
				if found >= 0 && found != c {
					return -1
				}
				found = c
			}
		}
	}
	return found
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
			if strings.HasSuffix(dd.id, " "+cc.id) || r.sameFacility(cc, dd) {
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
	return ok && ok2 && x == y && r.lx.names[x] == nil && r.lx.words[strings.ToLower(x)] == 0 && strings.Count(a.id, " ") == 1 && strings.Count(b.id, " ") == 1
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
	c, ok := r.byID[string(news.GPE)+"\x00"+id]
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
		if cc.kind != news.Person || !strings.Contains(cc.id, "-") || len(cc.words) != 3 || r.lx.words[cc.words[0]]&family == 0 {
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
	var out []news.Entity
	for c := range r.clusters {
		cc := &r.clusters[c]
		if len(cc.names)+len(cc.nominals) == 0 {
			continue
		}
		e := news.Entity{ID: cc.id, Type: cc.kind, Why: news.Why{Rule: cc.rule, Confidence: 0.9}}
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
