package corroborate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate"
)

// voice is the kind of source at the end of a walk.
type voice int

const (
	named     voice = iota // a person, body or medium with a name
	anonymous              // "unnamed officials"
	expert                 // unnamed experts, analysts: never officials
	ownVoice               // the outlet or agency itself
	lost                   // nobody: the walk goes in a circle, or ends at "media reports"
)

// unknown is the printed name of an origin that the walk did not reach.
const unknown = "unknown"

// ground is what a thread tells about who is who, for the counting of origins.
type ground struct {
	versions []*news.Version
	fam      []int             // lineage family of each version
	room     []int             // family or newsroom: what speaks with one own voice
	ties     map[string]tie    // person or medium -> whom it speaks for
	tied     map[string]string // the same, names only
	people   map[string]string // printing of a name -> full name
	nameless string            // what "state media" without a name are taken for, "" if it could be several states'
	press    press
	al       aligned
	beside   [][]int               // of each version, those that share text with it, in order
	ended    map[*statement]finish // by end
}

func groundOf(versions []*news.Version, links []news.Link, al aligned) *ground {
	g := &ground{versions: versions, fam: families(versions, links), ties: ties(versions), tied: map[string]string{}, press: pressOf(versions), al: al, beside: besides(al, len(versions)), ended: map[*statement]finish{}}
	media, body := stateMedia(versions)
	g.nameless = body
	for name, t := range media {
		if _, known := g.ties[name]; !known {
			g.ties[name] = t
		}
	}
	for name, t := range g.ties {
		g.tied[name] = t.body
	}
	g.people = fullNames(versions)
	for name, full := range g.people {
		if _, known := g.tied[name]; known {
			continue
		}
		g.tied[name] = full
		if body, known := g.tied[full]; known {
			g.tied[name] = body
		}
	}
	g.room = rooms(versions, g.fam)
	return g
}

// rooms puts the families of one newsroom together: what an outlet or agency
// says in its own voice is one origin, in however many reports.
func rooms(versions []*news.Version, fam []int) []int {
	of := map[int]int{} // family -> the least family of its newsroom
	first := map[string]int{}
	var root func(f int) int
	root = func(f int) int {
		if r, ok := of[f]; ok && r != f {
			return root(r)
		}
		return f
	}
	for i, v := range versions {
		name := foldName(v.Meta.Agency.Value)
		if name == "" {
			name = foldName(outletOf(v))
		}
		f := root(fam[i])
		if r, known := first[name]; known {
			a, b := root(r), f
			of[max(a, b)] = min(a, b)
		} else {
			first[name] = f
		}
	}
	out := make([]int, len(versions))
	for i := range versions {
		out[i] = root(fam[i])
	}
	return out
}

// families puts versions of one report, copies and trims together: what they
// say in their own voice counts once.
func families(versions []*news.Version, links []news.Link) []int {
	of := make([]int, len(versions)) // a forest: each points at a lower one, or at itself
	at := map[string]int{}
	for i, v := range versions {
		of[i], at[v.Name] = i, i
	}
	root := func(i int) int {
		for of[i] != i {
			of[i] = of[of[i]]
			i = of[i]
		}
		return i
	}
	for _, l := range links {
		switch l.Relation {
		case news.Copy, news.Trimmed, news.EarlierVersion:
		default:
			continue
		}
		a, okA := at[l.From]
		b, okB := at[l.To]
		if okA && okB {
			a, b = root(a), root(b)
			of[max(a, b)] = min(a, b)
		}
	}
	for i := range of {
		of[i] = root(i)
	}
	return of
}

// bodyOf is the name that counts for a speaker.
func bodyOf(name string, tied map[string]string) string {
	if b, ok := tied[name]; ok {
		name = b
	}
	if b, ok := affiliations()[foldName(name)]; ok {
		return b
	}
	return name
}

// bodyOf is the name that counts for a speaker or medium.
func (g *ground) bodyOf(name string) string {
	if _, known := g.tied[name]; !known && g.nameless != "" && namelessState(name) {
		if _, known := affiliations()[foldName(name)]; !known {
			return g.nameless
		}
	}
	return bodyOf(name, g.tied)
}

// finish is where the walk of one member ends.
type finish struct {
	name    string
	kind    voice
	key     string // what counts once
	carrier string // of unnamed people: the newsroom that speaks to them
}

// walk follows a statement from its page to where it came from, as far as the
// page itself tells.
func (g *ground) walk(s *statement) (news.Walk, finish) {
	c, v := s.claim, g.versions[s.doc]
	w := news.Walk{Member: s.ref, Steps: slices.Clone(c.Chain)}
	if n := len(c.Chain); n > 0 {
		w.Origin = c.Chain[n-1]
	}
	if noName(w.Origin) {
		w.Origin = outletOf(v)
		if a := v.Meta.Agency.Value; a != "" {
			w.Origin = a
		}
		if n := len(w.Steps); n > 1 {
			w.Steps = w.Steps[:n-1]
		}
	}
	if doc := seenDocument(s, v); doc != "" && g.press.ownRoom(w.Origin, v) {
		w.Origin = doc
		w.Steps = append(w.Steps, doc)
	}
	if full, ok := g.people[w.Origin]; ok {
		w.Origin = full
		w.Steps[len(w.Steps)-1] = full
	}
	f := finish{name: w.Origin, kind: named}
	switch {
	case w.Origin == "" || w.Origin == unknown:
		w.Origin, w.Reason = unknown, "the page names neither outlet nor source"
		f.name, f.kind = unknown, ownVoice
	case c.Reported && rootless(w.Origin):
		w.Reason = "the text names reports and nobody who made them"
		f.kind = lost
	case c.Reported && !g.press.ownRoom(w.Origin, v):
		w.Reason = fmt.Sprintf("the text gives it to %s", w.Origin)
		f.kind = g.kindOf(w.Origin)
	case v.Meta.Agency.Value != "" && v.Meta.Agency.Value != v.Meta.Outlet.Value:
		w.Reason = fmt.Sprintf("%s's own words, carried by %s", v.Meta.Agency.Value, v.Meta.Outlet.Value)
		f.kind = ownVoice
	default:
		w.Reason = fmt.Sprintf("%s's own words", w.Origin)
		f.kind = ownVoice
	}
	switch f.kind {
	case named:
		f.key = "body " + foldName(g.bodyOf(f.name))
		if r := g.press.newsroom(f.name); r != "" {
			f.key = "body " + r // whatever the text calls it
		}
	case ownVoice:
		f.key = fmt.Sprint("room ", g.room[s.doc])
	case anonymous, expert:
		f.carrier = fmt.Sprint("room ", g.room[s.doc])
		if n := len(c.Chain); n > 1 {
			if r := g.press.newsroom(c.Chain[n-2]); r != "" {
				f.carrier = fmt.Sprint("room ", g.room[g.press.pages[r][0]])
			} else if !g.press.ownRoom(c.Chain[n-2], v) {
				f.carrier = foldName(c.Chain[n-2])
			}
		}
		f.key = f.carrier + " " + foldName(f.name)
	}
	return w, f
}

// seenDocument is the document in "a confidential memo seen by the Courier
// showed", where the reading stopped at who saw it.
func seenDocument(s *statement, v *news.Version) string {
	if !s.claim.Reported || s.claim.Quote == "" {
		return ""
	}
	i := slices.IndexFunc(v.Quotes.Items, func(q news.Quote) bool { return q.ID == s.claim.Quote })
	if i < 0 {
		return ""
	}
	phrase := strings.ToLower(v.Quotes.Items[i].Source.Of(v.Text))
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

// onward follows walks that end at a newsroom of which the group has a member:
// what that member has it from is where this one comes from, too. A walk that
// comes back to a page it has been on is a circle, and has no origin.
func (g *ground) onward(walks []news.Walk, ends []finish, members []*statement) (circles []string) {
	byRoom := map[string][]int{}
	for i, s := range members {
		m := g.versions[s.doc].Meta
		for _, n := range []string{outletOf(g.versions[s.doc]), m.Agency.Value} {
			n = foldName(n)
			if at := byRoom[n]; n != "" && (len(at) == 0 || at[len(at)-1] != i) {
				byRoom[n] = append(at, i)
			}
		}
	}
	// next is the member that member i has it from, -1 at the end. One that is
	// itself at an end is taken before one that cites on.
	next := func(i int) int {
		if ends[i].kind != named {
			return -1
		}
		room, best := g.press.newsroom(walks[i].Origin), -1
		for _, j := range byRoom[room] {
			if j == i || g.fam[members[j].doc] == g.fam[members[i].doc] {
				continue
			}
			if ends[j].kind != named || g.press.newsroom(walks[j].Origin) == "" {
				return j
			}
			if best < 0 {
				best = j
			}
		}
		return best
	}
	was := slices.Clone(ends)
	from, steps := make([]string, len(walks)), make([][]string, len(walks))
	for i := range walks {
		seen := map[int]bool{i: true}
		at := i
		steps[i] = walks[i].Steps
		for {
			j := next(at)
			if j < 0 {
				break
			}
			if seen[j] || g.fam[members[j].doc] == g.fam[members[i].doc] {
				was[i] = finish{name: unknown, kind: lost}
				circles = append(circles, fmt.Sprintf("%s cites %s, which cites it back", outletOf(g.versions[members[i].doc]), walks[i].Origin))
				at = -1
				break
			}
			seen[j] = true
			if w := walks[j].Steps; len(w) > 1 {
				steps[i] = append(slices.Clone(steps[i]), w[1:]...)
			}
			at = j
		}
		if at >= 0 && at != i {
			was[i], from[i] = ends[at], walks[at].Origin
		}
	}
	for i := range walks {
		switch {
		case was[i].kind == lost && ends[i].kind != lost:
			walks[i].Reason = fmt.Sprintf("%s is cited, and cites this page in turn: no origin is reached", walks[i].Origin)
			walks[i].Origin = unknown
		case from[i] != "" && from[i] != walks[i].Origin:
			walks[i].Reason += fmt.Sprintf(", which has it from %s", from[i])
			walks[i].Origin = from[i]
		case from[i] != "":
			walks[i].Reason += ", whose own words they are"
		}
		walks[i].Steps, ends[i] = steps[i], was[i]
	}
	slices.Sort(circles)
	return slices.Compact(circles)
}

// end is where the walk of a statement ends, as far as its page tells.
func (g *ground) end(s *statement) finish {
	f, known := g.ended[s]
	if !known {
		_, f = g.walk(s)
		g.ended[s] = f
	}
	return f
}

// besides lists for each of n versions those that share text with it, in order.
func besides(al aligned, n int) [][]int {
	out := make([][]int, n)
	for k := range al {
		out[k[0]], out[k[1]] = append(out[k[0]], k[1]), append(out[k[1]], k[0])
	}
	for i := range out {
		slices.Sort(out[i])
	}
	return out
}

// shelf finds the members of a group by their version.
type shelf map[int][]int // version -> members, in order

func shelve(members []*statement) shelf {
	out := make(shelf, len(members))
	for i, s := range members {
		out[s.doc] = append(out[s.doc], i)
	}
	return out
}

// besideOf appends to into the members on versions that share text with that of
// x, in order: nobody else can have its words.
func (g *ground) besideOf(x *statement, on shelf, into []int) []int {
	if docs := g.beside[x.doc]; len(docs) <= len(on) {
		for _, d := range docs {
			into = append(into, on[d]...)
		}
	} else {
		for d, held := range on {
			if _, shares := slices.BinarySearch(docs, d); shares {
				into = append(into, held...)
			}
		}
	}
	slices.Sort(into)
	return into
}

// oneSentence takes what a page says in its own voice for the words of whom the
// same sentence names: "NPA reported, citing the governor, that C" is C, and it
// is no second voice that says so.
func oneSentence(members []*statement, walks []news.Walk, ends []finish) {
	on := shelve(members)
	for i, x := range members {
		if ends[i].kind != ownVoice {
			continue
		}
		for _, j := range on[x.doc] {
			y := members[j]
			if ends[j].kind != ownVoice && x.claim.Span.Common(y.claim.Span) > 0 {
				walks[i].Reason = fmt.Sprintf("the same sentence gives it to %s", walks[j].Origin)
				walks[i].Origin, ends[i] = walks[j].Origin, ends[j]
				break
			}
		}
	}
}

// borrowed finds members that tell it in their own voice and in the words of
// another newsroom's page that is not known to be later ("has confirmed that", and then its
// sentence): they bring no origin of their own.
func (g *ground) borrowed(members []*statement, walks []news.Walk, ends []finish, group *news.Group) {
	const least = 6 // words
	on := shelve(members)
	var near []int
	for i, x := range members {
		if ends[i].kind != ownVoice || x.words < least {
			continue
		}
		lender := -1
		near = g.besideOf(x, on, near[:0])
		for _, j := range near {
			y := members[j]
			if j == i || g.room[x.doc] == g.room[y.doc] || y.words < least || g.earlier(x.doc, y.doc) || ends[i].key == ends[j].key || g.al.same(x, y) < 0.6 {
				continue
			}
			if lender < 0 || g.earlier(y.doc, members[lender].doc) {
				lender = j
			}
		}
		if lender < 0 {
			continue
		}
		who, whose := outletOf(g.versions[x.doc]), outletOf(g.versions[members[lender].doc])
		first := ""
		if g.earlier(members[lender].doc, x.doc) {
			first = ", which had it first"
		}
		walks[i].Reason += fmt.Sprintf(", in the words of %s", whose)
		group.Collapses = append(group.Collapses, news.Collapse{
			Reason:   fmt.Sprintf("%s tells it in the words of %s%s: no origin of its own", who, whose, first),
			Evidence: []news.Place{x.place(), members[lender].place()},
		})
		if ends[lender].kind == named {
			walks[i].Origin = walks[lender].Origin
		}
		old := ends[i].key
		for k := range ends { // all that this newsroom says in its own voice
			if ends[k].kind == ownVoice && ends[k].key == old {
				ends[k] = ends[lender]
			}
		}
	}
}

// earlier reports whether version a is known to be older than version b.
func (g *ground) earlier(a, b int) bool {
	ta, tb := relate.Told(g.versions[a]), relate.Told(g.versions[b])
	n := min(len(ta), len(tb))
	return n >= 10 && ta[:n] < tb[:n]
}

// place is where a statement stands.
func (s *statement) place() news.Place { return news.Place{Doc: s.ref.Doc, Span: s.claim.Span} }

// origins walks up from every member and counts where the walks end. The
// count is a range: at least supposes that what is said in a page's own voice,
// or by unnamed people who can be the named ones, rests on the named; at most
// counts each of them. Versions and copies of one report count once.
func (g *ground) origins(members []*statement, group *news.Group) {
	ends := make([]finish, len(members))
	for i, s := range members {
		w, f := g.walk(s)
		group.Walks = append(group.Walks, w)
		ends[i] = f
	}
	if circles := g.onward(group.Walks, ends, members); len(circles) > 0 {
		group.Circular = true
		group.Note = "circular: " + strings.Join(circles, "; ")
	}
	oneSentence(members, group.Walks, ends)
	g.borrowed(members, group.Walks, ends, group)
	g.sameWords(members, group.Walks, ends, group)
	g.spokenWords(members, group.Walks, ends, group)
	g.stateSays(group, ends)
	g.oneCarrier(members, ends, group)
	asNamed(ends)
	for _, w := range group.Walks {
		if !slices.Contains(group.Origins, w.Origin) {
			group.Origins = append(group.Origins, w.Origin)
		}
	}
	for _, f := range ends {
		if f.kind == lost {
			group.Unknown++
		}
	}
	group.Independent = count(ends)
	g.explain(members, ends, group)
	g.history(members, ends, group)
}

// count is the range of independent origins at which walks end.
func count(ends []finish) [2]int {
	c := counter{}
	for i := range ends {
		c.add(&ends[i])
	}
	return c.independent()
}

// counter counts the ends of walks, one after another.
type counter struct {
	keys map[keyed]bool
	by   [lost + 1]int // keys of each kind
	all  int
}

type keyed struct {
	kind voice
	key  string
}

func (c *counter) add(f *finish) {
	if c.keys == nil {
		c.keys = map[keyed]bool{}
	}
	c.all++
	if k := (keyed{f.kind, f.key}); f.kind != lost && !c.keys[k] {
		c.keys[k] = true
		c.by[f.kind]++
	}
}

// independent is the range of independent origins among those added.
func (c *counter) independent() [2]int {
	high := c.by[named] + c.by[anonymous] + c.by[expert] + c.by[ownVoice]
	if high == 0 {
		return [2]int{0, min(1, c.all)} // somebody said it first, or nobody did
	}
	low := c.by[named]
	if low == 0 && c.by[anonymous] > 0 {
		low = 1 // all may be the same people
	}
	if c.by[expert] > 0 {
		low++ // experts are no officials
	}
	return [2]int{max(1, low), high}
}

// explain says why origins count once, with the passages that show it.
func (g *ground) explain(members []*statement, ends []finish, group *news.Group) {
	type body struct {
		names    []string
		evidence []news.Place
	}
	bodies := map[string]*body{}
	printed := map[string]string{}
	for _, f := range ends {
		if f.kind != named || f.name == "" {
			continue
		}
		b := bodies[f.key]
		if b == nil {
			b = &body{}
			bodies[f.key] = b
		}
		if slices.Contains(b.names, f.name) {
			continue
		}
		b.names = append(b.names, f.name)
		if t, ok := g.ties[f.name]; ok && "body "+foldName(g.bodyOf(f.name)) == f.key {
			b.evidence = append(b.evidence, t.at)
			printed[f.key] = g.bodyOf(f.name)
		} else if p := g.bodyOf(f.name); "body "+foldName(p) == f.key && printed[f.key] == "" {
			printed[f.key] = p
		}
	}
	for key, b := range bodies {
		if len(b.names) < 2 || printed[key] == "" {
			continue
		}
		group.Collapses = append(group.Collapses, news.Collapse{
			Reason:   fmt.Sprintf("%s count once: %s", strings.Join(b.names, " and "), printed[key]),
			Evidence: b.evidence,
		})
	}
	docs := map[int][]news.Place{}
	names := map[int][]string{}
	listed := make(map[int]bool, len(members)) // versions, each of another name
	for _, s := range members {
		f := g.fam[s.doc]
		if n := g.versions[s.doc].Name; !listed[s.doc] {
			listed[s.doc] = true
			names[f] = append(names[f], n)
			docs[f] = append(docs[f], s.place())
		}
	}
	for f, held := range names {
		if len(held) > 1 {
			who := strings.Join(held, ", ")
			if len(held) > 4 {
				who = fmt.Sprintf("%d pages", len(held))
			}
			group.Collapses = append(group.Collapses, news.Collapse{
				Reason: fmt.Sprintf("%s hold one report%s", who, agencyOf(g.versions[f])), Evidence: docs[f],
			})
		}
	}
	slices.SortStableFunc(group.Collapses, func(a, b news.Collapse) int { return strings.Compare(a.Reason, b.Reason) })
	group.Collapses = slices.CompactFunc(group.Collapses, func(a, b news.Collapse) bool { return a.Reason == b.Reason })
}

func agencyOf(v *news.Version) string {
	if v.Meta.Agency.Value == "" {
		return ""
	}
	return " of " + v.Meta.Agency.Value
}
