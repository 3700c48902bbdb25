package corroborate

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
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

// voices is how the kinds are called beyond this package.
var voices = [...]news.VoiceKind{named: news.NamedVoice, anonymous: news.UnnamedVoice, expert: news.UnnamedVoice, ownVoice: news.OwnVoice, lost: news.NoVoice}

// unknown is the printed name of an origin that the walk did not reach.
const unknown = news.UnknownOrigin

// ground is what a thread tells about who is who, for the counting of origins.
type ground struct {
	versions []*news.Version
	fam      []int               // lineage family of each version
	room     []int               // family or newsroom: what speaks with one own voice
	ties     map[string]tie      // person or medium -> whom it speaks for
	tied     map[string]string   // the same, names only
	people   map[string]string   // printing of a name -> full name
	offices  map[string][]string // full name -> titles before it
	nameless string              // what "state media" without a name are taken for, "" if it could be several states'
	press    press
	al       aligned
	beside   [][]int               // of each version, those that share text with it, in order
	ended    map[*statement]finish // by end
}

// groundOf reads what the walks of a thread need to know of its versions. people is
// what fullNames makes of them.
func groundOf(versions []*news.Version, people map[string]string, links []news.Link, al aligned) *ground {
	g := &ground{versions: versions, people: people, fam: families(versions, links), ties: ties(versions), tied: map[string]string{}, press: pressOf(versions), al: al, beside: besides(al, len(versions)), ended: map[*statement]finish{}}
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
	for short, name := range shortForms(versions) {
		if _, known := g.tied[short]; !known && g.press.newsroom(short) == "" {
			g.tied[short] = name
		}
	}
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
	g.offices = offices(versions, g.people)
	return g
}

// rooms puts the families of one newsroom together: what an outlet or agency
// says in its own voice is one origin, in however many reports. A report of an
// agency is the agency's, on whosever pages: an outlet that printed one without
// a credit is still another newsroom.
func rooms(versions []*news.Version, fam []int) []int {
	agency := map[int]bool{} // families of which some page names an agency
	for i, v := range versions {
		if v.Meta.Agency.Value != "" {
			agency[fam[i]] = true
		}
	}
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
			if agency[fam[i]] {
				continue
			}
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
		w.Reason = "the text gives it to " + w.Origin
		if f.kind = g.kindOf(w.Origin); f.kind == named && partisans(s, v) {
			w.Reason += ", some of its people"
			f.kind = anonymous
		}
	case v.Meta.Agency.Value != "" && v.Meta.Agency.Value != v.Meta.Outlet.Value:
		w.Reason = v.Meta.Agency.Value + "'s own words, carried by " + v.Meta.Outlet.Value
		f.kind = ownVoice
	default:
		w.Reason = w.Origin + "'s own words"
		f.kind = ownVoice
	}
	if who := utters(s, v); f.kind == ownVoice && who != "" {
		// "Ada Lind blamed the board": a page that tells what somebody said has it from
		// him, whether or not it puts it as his words
		who = fullName(who, g.people)
		w.Reason += fmt.Sprintf(", of what %s said", who)
		w.Origin, f.name, f.kind = who, who, named
		w.Steps = append(w.Steps, who)
	}
	switch f.kind {
	case named:
		f.key = "body " + foldName(g.bodyOf(f.name))
		if r := g.press.newsroom(f.name); r != "" {
			f.key = "body " + r // whatever the text calls it
		}
	case ownVoice:
		f.key = "room " + strconv.Itoa(g.room[s.doc])
	case anonymous, expert:
		f.carrier = "room " + strconv.Itoa(g.room[s.doc])
		if n := len(c.Chain); n > 1 {
			if r := g.press.newsroom(c.Chain[n-2]); r != "" {
				f.carrier = "room " + strconv.Itoa(g.room[g.press.pages[r][0]])
			} else if !g.press.ownRoom(c.Chain[n-2], v) {
				f.carrier = foldName(c.Chain[n-2])
			}
		}
		f.key = f.carrier + " " + foldName(f.name)
	}
	return w, f
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

// onePage takes what a page says in its own voice for the words of those to whom
// it gives the same elsewhere: a lede tells what the paragraph after it has from
// the police. With several it is the one whose statement stands nearest.
func (g *ground) onePage(members []*statement, walks []news.Walk, ends []finish) {
	on := shelve(members)
	given := make([]bool, len(ends)) // before anything is changed
	for i := range ends {
		given[i] = ends[i].kind == named || ends[i].kind == anonymous || ends[i].kind == expert
	}
	for i, x := range members {
		if ends[i].kind != ownVoice || g.lists(x.doc) { // headlines of others have nothing to do with each other
			continue
		}
		best, near := -1, 0
		for _, j := range on[x.doc] {
			if d := abs(x.claim.Span.Start - members[j].claim.Span.Start); given[j] && (best < 0 || d < near) {
				best, near = j, d
			}
		}
		if best >= 0 {
			walks[i].Reason += fmt.Sprintf("; it gives the same to %s elsewhere", walks[best].Origin)
			ends[i] = ends[best]
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
			if j == i || g.room[x.doc] == g.room[y.doc] || y.words < least || g.lists(y.doc) || g.earlier(x.doc, y.doc) || ends[i].key == ends[j].key || g.al.same(x, y) < 0.6 {
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
	if len(members) > 1 {
		g.together(members, ends, group)
	} else {
		g.stateSays(group, ends)
	}
	g.listed(members, group.Walks, ends)
	known := map[string]bool{}
	for _, w := range group.Walks {
		if !known[w.Origin] {
			known[w.Origin] = true
			group.Origins = append(group.Origins, w.Origin)
		}
	}
	for i, f := range ends {
		w := &group.Walks[i]
		w.Once, w.Voice = f.key, voices[f.kind]
		if f.kind == lost {
			w.Once = ""
			group.Unknown++
		}
	}
	group.Independent = count(ends)
	g.explain(members, ends, group)
	g.history(members, ends, group)
}

// together lets the members of a group tell of each other where they come from.
func (g *ground) together(members []*statement, ends []finish, group *news.Group) {
	if circles := g.onward(group.Walks, ends, members); len(circles) > 0 {
		group.Circular = true
		group.Note = "circular: " + strings.Join(circles, "; ")
	}
	g.byOffice(members, group.Walks, ends)
	oneSentence(members, group.Walks, ends)
	g.onePage(members, group.Walks, ends)
	g.borrowed(members, group.Walks, ends, group)
	g.sameWords(members, group.Walks, ends, group)
	g.spokenWords(members, group.Walks, ends, group)
	g.stateSays(group, ends)
	g.oneCarrier(members, ends, group)
	asNamed(ends)
}

// longWords is how many words nobody finds twice for himself, even without
// quotation marks.
const longWords = 16

// sameWords puts speakers under one key when pages quote the same words of
// them: one statement, whoever the pages call its speaker ("the editor", or his
// name in two spellings).
func (g *ground) sameWords(members []*statement, walks []news.Walk, ends []finish, group *news.Group) {
	on := shelve(members)
	var near []int
	for i, x := range members {
		near = g.besideOf(x, on, near[:0])
		for _, j := range near {
			if j >= i {
				break
			}
			y := members[j]
			a, b := &ends[i], &ends[j]
			long := longWords
			if nameless(a.kind) && nameless(b.kind) && a.carrier == b.carrier {
				long /= 2 // one newsroom calls those who told it one thing in one report, another in the next
			}
			if (!x.quoted || !y.quoted) && min(x.words, y.words) < long || x.doc == y.doc || a.key == b.key || a.kind == ownVoice || b.kind == ownVoice || a.kind == lost || b.kind == lost || g.al.same(x, y) < 0.6 {
				continue
			}
			keep, drop := min(a.key, b.key), max(a.key, b.key)
			switch {
			case a.kind == named && b.kind != named:
				keep, drop = a.key, b.key
			case b.kind == named && a.kind != named:
				keep, drop = b.key, a.key
			case a.kind == b.kind && strings.HasPrefix(drop, "body state media of "):
				keep, drop = drop, keep
			}
			for k := range ends {
				if ends[k].key == drop || ends[k].key == keep {
					ends[k].key, ends[k].kind = keep, named
				}
			}
			group.Collapses = append(group.Collapses, news.Collapse{
				Reason:   fmt.Sprintf("%s and %s stand beside the same words: one statement", walks[j].Origin, walks[i].Origin),
				Evidence: []news.Place{y.place(), x.place()},
			})
		}
	}
}

// nameless reports whether a voice is that of people without a name.
func nameless(v voice) bool { return v == anonymous || v == expert }

// spokenWords gives words that a page prints without a speaker to the one whom
// others quote with them.
func (g *ground) spokenWords(members []*statement, walks []news.Walk, ends []finish, group *news.Group) {
	const least = 5 // words
	on := shelve(members)
	var near []int
	for i, x := range members {
		if ends[i].kind != ownVoice || x.words < least {
			continue
		}
		near = g.besideOf(x, on, near[:0])
		for _, j := range near {
			y := members[j]
			if !y.quoted || ends[j].kind == ownVoice || ends[j].kind == lost || y.words < least || x.doc == y.doc || g.al.same(x, y) < 0.6 {
				continue
			}
			group.Collapses = append(group.Collapses, news.Collapse{
				Reason:   fmt.Sprintf("%s prints words for which %s is quoted elsewhere", outletOf(g.versions[x.doc]), walks[j].Origin),
				Evidence: []news.Place{x.place(), y.place()},
			})
			walks[i].Reason += fmt.Sprintf("; elsewhere %s is quoted with these words", walks[j].Origin)
			walks[i].Origin, ends[i] = walks[j].Origin, ends[j]
			break
		}
	}
}

// oneCarrier takes unnamed people of one newsroom for the same, where one page
// has them by way of the other, or both descriptions are alike.
func (g *ground) oneCarrier(members []*statement, ends []finish, group *news.Group) {
	type room struct {
		kind    voice
		carrier string
	}
	in := map[room][]int{} // members before this one
	for i := range ends {
		if ends[i].kind != anonymous && ends[i].kind != expert {
			continue
		}
		r := room{ends[i].kind, ends[i].carrier}
		before := in[r]
		in[r] = append(before, i)
		for _, j := range before {
			a, b := &ends[i], &ends[j]
			if a.key == b.key {
				continue
			}
			via := g.room[members[i].doc] != g.room[members[j].doc]
			if !via && !alike(a.name, b.name) {
				continue
			}
			old := a.key
			for k := range ends {
				if ends[k].key == old {
					ends[k].key = b.key
				}
			}
			group.Collapses = append(group.Collapses, news.Collapse{
				Reason:   fmt.Sprintf("%s and %s are people of one newsroom", b.name, a.name),
				Evidence: []news.Place{members[j].place(), members[i].place()},
			})
		}
	}
}

// alike reports whether two descriptions share a word that tells something.
func alike(a, b string) bool {
	for w := range strings.FieldsSeq(foldName(a)) {
		switch w {
		case "unnamed", "other", "the", "of", "in", "with", "a", "and", "who", "people", "person", "sources", "source", "officials", "official", "senior":
			continue
		}
		if slices.Contains(strings.Fields(foldName(b)), w) {
			return true
		}
	}
	return false
}

// stateSays takes "North Korea said" for the state's media where another
// member has the same from those media.
func (g *ground) stateSays(group *news.Group, ends []finish) {
	media := map[string]int{} // folded state -> member that has it from its media
	for i, f := range ends {
		if state, ok := strings.CutPrefix(f.key, "body state media of "); ok && f.kind == named {
			if _, known := media[state]; !known {
				media[state] = i
			}
		}
	}
	for i, f := range ends {
		m, ok := media[foldName(f.name)]
		if !ok || f.kind != named {
			continue
		}
		medium := group.Walks[m].Origin
		group.Walks[i].Reason = fmt.Sprintf("%s speaks through its media; others have this from %s", f.name, medium)
		group.Walks[i].Origin = medium
		ends[i] = ends[m]
	}
}

// asNamed takes a newsroom's own voice for the origin that another member
// names: both are one.
func asNamed(ends []finish) {
	of := map[string][]int{} // folded name -> members
	names := make([]string, len(ends))
	for i := range ends {
		names[i] = foldName(ends[i].name)
		of[names[i]] = append(of[names[i]], i)
	}
	for i := range ends {
		if ends[i].kind != ownVoice {
			continue
		}
		for _, j := range of[names[i]] {
			if ends[j].kind == named {
				old := ends[i].key
				for k := range ends {
					if ends[k].kind == ownVoice && ends[k].key == old {
						ends[k].kind, ends[k].key = named, ends[j].key
					}
				}
				break
			}
		}
	}
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
	for _, key := range slices.Sorted(maps.Keys(bodies)) {
		b := bodies[key]
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
	for _, f := range slices.Sorted(maps.Keys(names)) { // two reports can have one reason
		if held := names[f]; len(held) > 1 {
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
