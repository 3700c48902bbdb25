package corroborate

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
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

// origin is where the walks of a group end, with what is known of it.
type origin struct {
	name   string
	kind   voice
	body   string // what counts once: the institution, the state's media, the name
	family int    // lineage family of the pages, for voices that are the page's own
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

// bodies maps each person to the institution that the texts tie them to: a
// minister to the ministry, a spokesman to the organisation inside the noun
// phrase around their name ("Kremlin spokesman Dmitry Peskov").
func bodies(versions []*news.Version) map[string]string {
	out := map[string]string{}
	ministries := map[string]string{} // folded name -> name
	for _, v := range versions {
		for _, e := range v.Entities.Items {
			if n := foldName(e.ID); e.Type == news.Org && strings.HasSuffix(n, "ministry") {
				ministries[n] = e.ID
			}
		}
	}
	for _, v := range versions {
		type org struct{ name, text string }
		var orgs []org
		for _, e := range v.Entities.Items {
			if e.Type == news.Org {
				for _, m := range e.Mentions {
					if !m.Nominal {
						orgs = append(orgs, org{e.ID, m.Span.Of(v.Text)})
					}
				}
			}
		}
		for _, e := range v.Entities.Items {
			if e.Type != news.Person {
				continue
			}
			for _, m := range e.Mentions {
				if m.Extent.Empty() || m.Nominal {
					continue
				}
				title := strings.ToLower(m.Extent.Of(v.Text))
				if ministry := ministryOf(title, ministries); ministry != "" && out[e.ID] == "" {
					out[e.ID] = ministry
					continue
				}
				if !strings.Contains(title, "spokes") && !strings.Contains(title, "press secretary") {
					continue
				}
				if _, known := out[e.ID]; known {
					continue
				}
				for _, o := range orgs {
					if strings.Contains(title, strings.ToLower(o.text)) {
						out[e.ID] = o.name
					}
				}
				if _, ok := out[e.ID]; !ok && strings.Contains(title, "russian presidential") {
					out[e.ID] = "Kremlin"
				}
			}
		}
	}
	return out
}

// ministryOf names the ministry that a minister's title speaks of, where the
// texts name it, too: "Interior Minister X" and "the Interior Ministry".
func ministryOf(title string, ministries map[string]string) string {
	before, _, ok := strings.Cut(title, " minister")
	if !ok || strings.HasSuffix(before, "prime") {
		return ""
	}
	words := strings.Fields(foldName(before))
	for n := len(words); n > 0; n-- {
		if m, ok := ministries[strings.Join(words[len(words)-n:], " ")+" ministry"]; ok {
			return m
		}
	}
	return ""
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

// walk follows a statement from its page to where it came from.
func walk(s *statement, v *news.Version) news.Walk {
	c := s.claim
	w := news.Walk{Member: s.ref, Steps: slices.Clone(c.Chain)}
	if n := len(c.Chain); n > 0 {
		w.Origin = c.Chain[n-1]
	}
	switch {
	case w.Origin == "":
		w.Origin, w.Reason = "unknown", "the page names neither outlet nor source"
	case c.Reported:
		w.Reason = fmt.Sprintf("the text gives it to %s", w.Origin)
	case v.Meta.Agency.Value != "" && v.Meta.Agency.Value != v.Meta.Outlet.Value:
		w.Reason = fmt.Sprintf("%s's own words, carried by %s", v.Meta.Agency.Value, v.Meta.Outlet.Value)
	default:
		w.Reason = fmt.Sprintf("%s's own words", w.Origin)
	}
	return w
}

func voiceOf(s *statement, name string) voice {
	switch {
	case !s.claim.Reported:
		return ownVoice
	case rootless(name):
		return lost
	case strings.HasPrefix(name, "unnamed "), strings.HasPrefix(name, "other unnamed "):
		for _, w := range []string{"expert", "analyst", "observer", "critic", "economist", "others", "watcher"} {
			if strings.Contains(name, w) {
				return expert
			}
		}
		return anonymous
	}
	return named
}

// rootless reports whether a source is no source: reports of nobody.
func rootless(name string) bool {
	switch foldName(strings.TrimPrefix(name, "unnamed ")) {
	case "media reports", "reports", "media", "local media", "news reports", "press reports", "some reports", "other media", "several media", unknown:
		return true
	}
	return false
}

// onward follows walks that end at an outlet or agency of which the group has
// a member: what that member has it from is where this one comes from, too. A
// walk that comes back to a page it has been on is a circle, and has no origin.
func onward(walks []news.Walk, kinds []voice, members []*statement, versions []*news.Version) (circles []string) {
	byVoice := map[string][]int{}
	for i, s := range members {
		m := versions[s.doc].Meta
		for _, n := range []string{m.Agency.Value, m.Outlet.Value} {
			if n != "" {
				byVoice[foldName(n)] = append(byVoice[foldName(n)], i)
			}
		}
	}
	// next is the member that member i has it from, -1 at the end
	next := func(i int) int {
		if kinds[i] != named {
			return -1
		}
		for _, j := range byVoice[foldName(walks[i].Origin)] {
			if j != i && members[j].doc != members[i].doc {
				return j
			}
		}
		return -1
	}
	origins, reached, steps := make([]string, len(walks)), make([]voice, len(walks)), make([][]string, len(walks))
	for i := range walks {
		seen := map[int]bool{i: true}
		at := i
		steps[i] = walks[i].Steps
		for {
			j := next(at)
			if j < 0 {
				origins[i], reached[i] = walks[at].Origin, kinds[at]
				break
			}
			if seen[j] {
				origins[i], reached[i] = unknown, lost
				circles = append(circles, fmt.Sprintf("%s cites %s, which cites it back", outletOf(versions[members[i].doc]), walks[i].Origin))
				break
			}
			seen[j] = true
			if w := walks[j].Steps; len(w) > 1 {
				steps[i] = append(slices.Clone(steps[i]), w[1:]...)
			}
			at = j
		}
	}
	for i := range walks {
		if walks[i].Origin == origins[i] && kinds[i] == reached[i] {
			continue
		}
		if reached[i] == lost {
			walks[i].Reason = fmt.Sprintf("%s is cited, and cites this page in turn: no origin is reached", walks[i].Origin)
		} else if walks[i].Origin != origins[i] {
			walks[i].Reason += fmt.Sprintf(", which has it from %s", origins[i])
		}
		walks[i].Origin, walks[i].Steps, kinds[i] = origins[i], steps[i], reached[i]
	}
	slices.Sort(circles)
	return slices.Compact(circles)
}

// origins walks up from every member and counts where the walks end. The
// count is a range: at least supposes that what is said in a page's own voice,
// or by unnamed people who can be the named ones, rests on the named; at most
// counts each of them. Versions and copies of one report count once.
func origins(members []*statement, versions []*news.Version, fam []int, tied map[string]string, al aligned, g *news.Group) {
	var all []origin
	kinds := make([]voice, len(members))
	for i, s := range members {
		w := walk(s, versions[s.doc])
		g.Walks = append(g.Walks, w)
		kinds[i] = voiceOf(s, w.Origin)
		if kinds[i] == lost {
			g.Walks[i].Reason = "the text names reports and nobody who made them"
		}
	}
	if circles := onward(g.Walks, kinds, members, versions); len(circles) > 0 {
		g.Circular = true
		g.Note = "circular: " + strings.Join(circles, "; ")
	}
	for n, s := range members {
		w, kind := g.Walks[n], kinds[n]
		found := false
		for i := range all {
			if all[i].name == w.Origin && (all[i].kind == kind) {
				all[i].family = min(all[i].family, fam[s.doc])
				found = true
			}
		}
		if !found {
			all = append(all, origin{name: w.Origin, kind: kind, body: bodyOf(w.Origin, tied), family: fam[s.doc]})
		}
	}
	sameWords(all, members, g.Walks, al)
	all = stateSays(all, g)
	all = withoutCarriers(all)
	count := func(own, hidden bool) int {
		seen := map[string]bool{}
		for _, o := range all {
			switch o.kind {
			case named:
				seen["@"+o.body] = true
			}
		}
		names := len(seen)
		ownSeen := map[string]bool{}
		for _, o := range all {
			key := fmt.Sprintf("family %d", o.family)
			switch o.kind {
			case expert:
				if hidden {
					ownSeen[key] = true
				} else {
					ownSeen["experts"] = true
				}
			case anonymous:
				if hidden {
					ownSeen[key+o.name] = true
				} else if names == 0 {
					ownSeen["unnamed"] = true
				}
			case ownVoice:
				if own {
					ownSeen[key] = true
				}
			}
		}
		n := names + len(ownSeen)
		if n == 0 && (hidden || !nobody(all)) {
			n = 1 // somebody said it first
		}
		return n
	}
	g.Independent = [2]int{count(false, false), count(true, true)}
	if g.Independent[1] < g.Independent[0] {
		g.Independent[1] = g.Independent[0]
	}
	byBody := map[string][]string{}
	for _, o := range all {
		if !slices.Contains(g.Origins, o.name) {
			g.Origins = append(g.Origins, o.name)
		}
		if o.kind == named && !slices.Contains(byBody[o.body], o.name) {
			byBody[o.body] = append(byBody[o.body], o.name)
		}
	}
	for body, names := range byBody {
		if len(names) > 1 {
			g.Collapses = append(g.Collapses, fmt.Sprintf("%s count once: %s", strings.Join(names, " and "), body))
		}
	}
	for f, docs := range familyDocs(members, versions, fam) {
		if len(docs) > 1 {
			g.Collapses = append(g.Collapses, fmt.Sprintf("%s hold one report%s", strings.Join(docs, ", "), agencyOf(versions[f])))
		}
	}
	sort.Strings(g.Collapses)
}

// sameWords puts speakers under one body when pages quote the same words of
// them: one statement, whoever the pages call its speaker ("the editor", or his
// name in two spellings).
func sameWords(all []origin, members []*statement, walks []news.Walk, al aligned) {
	find := func(name string) *origin {
		for i := range all {
			if all[i].name == name && all[i].kind != ownVoice && all[i].kind != lost {
				return &all[i]
			}
		}
		return nil
	}
	for i, x := range members {
		for j, y := range members[:i] {
			if !x.quoted || !y.quoted || x.doc == y.doc || walks[i].Origin == walks[j].Origin || al.same(x, y) < 0.6 {
				continue
			}
			a, b := find(walks[i].Origin), find(walks[j].Origin)
			if a == nil || b == nil {
				continue
			}
			body := min(a.body, b.body)
			for _, o := range []*origin{a, b} {
				if strings.HasPrefix(o.body, "state media of ") {
					body = o.body
				}
			}
			was := [2]string{a.body, b.body}
			for k := range all {
				if all[k].body == was[0] || all[k].body == was[1] {
					all[k].body = body
				}
			}
			a.kind, b.kind = named, named
			a.body, b.body = body, body
		}
	}
}

// nobody reports whether no walk of the group reached an origin.
func nobody(all []origin) bool {
	for _, o := range all {
		if o.kind != lost {
			return false
		}
	}
	return true
}

func agencyOf(v *news.Version) string {
	if v.Meta.Agency.Value == "" {
		return ""
	}
	return " of " + v.Meta.Agency.Value
}

func familyDocs(members []*statement, versions []*news.Version, fam []int) map[int][]string {
	out := map[int][]string{}
	for _, s := range members {
		if n := versions[s.doc].Name; !slices.Contains(out[fam[s.doc]], n) {
			out[fam[s.doc]] = append(out[fam[s.doc]], n)
		}
	}
	return out
}

// stateSays takes "North Korea said" for the state's media where another
// member has the same from those media.
func stateSays(all []origin, g *news.Group) []origin {
	media := map[string]string{} // state -> printed name of its medium in this group
	for _, o := range all {
		if state, ok := strings.CutPrefix(o.body, "state media of "); ok && o.kind == named && media[state] == "" {
			media[state] = o.name
		}
	}
	var out []origin
	for _, o := range all {
		m, ok := media[o.name]
		if !ok || o.kind != named {
			out = append(out, o)
			continue
		}
		for i := range g.Walks {
			if g.Walks[i].Origin == o.name {
				g.Walks[i].Origin = m
				g.Walks[i].Reason = fmt.Sprintf("%s speaks through its media; others have this from %s", o.name, m)
			}
		}
	}
	return out
}

// withoutCarriers drops an agency's own voice where the agency is also the
// origin that another member names: both are one.
func withoutCarriers(all []origin) []origin {
	for i := range all {
		for j := range all {
			if i != j && all[i].kind == ownVoice && all[j].kind == named && foldName(all[i].name) == foldName(all[j].name) {
				all[i].kind = named
			}
		}
	}
	return all
}
