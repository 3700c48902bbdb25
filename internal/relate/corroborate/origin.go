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
)

// origin is where the walks of a group end, with what is known of it.
type origin struct {
	name   string
	kind   voice
	body   string // what counts once: the institution, the state's media, the name
	family int    // lineage family of the pages, for voices that are the page's own
	docs   []int
}

// families puts versions of one report, copies and trims together: what they
// say in their own voice counts once.
func families(versions []*news.Version, links []news.Link) []int {
	of := make([]int, len(versions))
	at := map[string]int{}
	for i, v := range versions {
		of[i], at[v.Name] = i, i
	}
	for _, l := range links {
		switch l.Relation {
		case news.Copy, news.Trimmed, news.EarlierVersion:
		default:
			continue
		}
		a, okA := at[l.From]
		b, okB := at[l.To]
		if !okA || !okB || of[a] == of[b] {
			continue
		}
		lo, hi := min(of[a], of[b]), max(of[a], of[b])
		for i := range of {
			if of[i] == hi {
				of[i] = lo
			}
		}
	}
	return of
}

// bodies maps each person to the institution that the texts tie them to: the
// organisation inside the noun phrase around their name ("Kremlin spokesman
// Dmitry Peskov"), and to nothing else.
func bodies(versions []*news.Version) map[string]string {
	out := map[string]string{}
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

// origins walks up from every member and counts where the walks end. The
// count is a range: at least supposes that what is said in a page's own voice,
// or by unnamed people who can be the named ones, rests on the named; at most
// counts each of them. Versions and copies of one report count once.
func origins(members []*statement, versions []*news.Version, fam []int, tied map[string]string, g *news.Group) {
	var all []origin
	for _, s := range members {
		w := walk(s, versions[s.doc])
		g.Walks = append(g.Walks, w)
		kind := voiceOf(s, w.Origin)
		found := false
		for i := range all {
			if all[i].name == w.Origin && (all[i].kind == kind) {
				all[i].docs = append(all[i].docs, s.doc)
				all[i].family = min(all[i].family, fam[s.doc])
				found = true
			}
		}
		if !found {
			all = append(all, origin{name: w.Origin, kind: kind, body: bodyOf(w.Origin, tied), family: fam[s.doc], docs: []int{s.doc}})
		}
	}
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
		return max(1, names+len(ownSeen))
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
