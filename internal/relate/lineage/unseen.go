package lineage

import (
	"slices"
	"strconv"

	"github.com/tracewire/tracewire/internal/news"
)

// unseen returns the links from origins that are not among the versions: the
// agency's own text of a copy, the earlier version that an update note speaks
// of, the report that several pages quote.
func unseen(nodes map[string]*node, links []news.Link) []news.Link {
	names := make([]string, 0, len(nodes))
	for n := range nodes {
		names = append(names, n)
	}
	slices.Sort(names)
	var out []news.Link
	groups := sameText(names, nodes, links)
	touching := map[string][]int{} // links by their ends
	for i, l := range links {
		touching[l.From] = append(touching[l.From], i)
		touching[l.To] = append(touching[l.To], i)
	}
	titles := map[string]string{} // description of an origin -> the group it is of
	for _, name := range names {
		n := nodes[name]
		own := make([]news.Link, 0, len(touching[name]))
		for _, i := range touching[name] {
			own = append(own, links[i])
		}
		if l, ok := originalOf(n, own, nodes); ok {
			l.External = distinct(titles, l.External, groups[name], n)
			out = append(out, l)
		}
		if l, ok := versionBefore(n, own); ok {
			out = append(out, l)
		}
	}
	return append(out, quotedReports(links)...)
}

// originalOf is the link from the agency's own text to a page of another
// outlet that prints it, when the set holds no page of the agency that equals
// it. links are those of n.
func originalOf(n *node, links []news.Link, nodes map[string]*node) (news.Link, bool) {
	agency := n.agency
	if agency == "" || n.outlet == "" || n.outlet == fold(agency) {
		return news.Link{}, false
	}
	version := ""
	relation := news.Copy
	for _, l := range links {
		other := nodes[l.From]
		if l.From == n.v.Name {
			other = nodes[l.To]
		}
		switch l.Relation {
		case news.Copy:
			if other.outlet == fold(agency) {
				return news.Link{}, false
			}
		case news.Trimmed:
			if other.wire == n.wire && l.To == n.v.Name {
				if other.outlet == fold(agency) {
					return news.Link{}, false
				}
				relation = news.Trimmed
			}
		case news.EarlierVersion:
			if l.Directed && l.From == n.v.Name && other.wire == n.wire {
				version = ", earlier version"
			}
		}
	}
	return news.Link{
		External: describe(agency, n) + version, To: n.v.Name, Relation: relation, Directed: true,
		Note: agency + " copy on a page of " + n.v.Meta.Outlet.Value,
		Why:  news.Why{Rule: "agency-copy-on-other-outlet", Confidence: .9},
	}, true
}

func describe(newsroom string, n *node) string {
	d := newsroom + " story"
	if n.published != "" {
		return d + " of " + n.published
	}
	if dl := n.v.Meta.Dateline; dl != nil && day(dl.Date) != "" {
		return d + " of " + day(dl.Date)
	}
	return d
}

// sameText puts copies and trims of one text into one group, named by its
// first member.
func sameText(names []string, nodes map[string]*node, links []news.Link) map[string]string {
	group := map[string]string{}
	for _, n := range names {
		group[n] = n
	}
	find := func(n string) string {
		for group[n] != n {
			group[n] = group[group[n]]
			n = group[n]
		}
		return n
	}
	for _, l := range links {
		if l.From == "" || l.Relation != news.Copy && l.Relation != news.Trimmed || nodes[l.From].wire != nodes[l.To].wire {
			continue
		}
		a, b := find(l.From), find(l.To)
		group[max(a, b)] = min(a, b)
	}
	for _, n := range names {
		group[n] = find(n)
	}
	return group
}

// distinct gives two texts of one agency and day two descriptions, and all
// copies of one text the same.
func distinct(taken map[string]string, title, group string, n *node) string {
	if g, ok := taken[title]; !ok || g == group {
		taken[title] = group
		return title
	}
	if h := n.v.Meta.Headline.Value; h != "" {
		t := title + ": " + h
		if g, ok := taken[t]; !ok || g == group {
			taken[t] = group
			return t
		}
	}
	for i := 2; ; i++ {
		t := title + " (" + strconv.Itoa(i) + ")"
		if g, ok := taken[t]; !ok || g == group {
			taken[t] = group
			return t
		}
	}
}

// versionBefore is the link from the version that an update note replaces,
// unless the set holds one. links are those of n.
func versionBefore(n *node, links []news.Link) (news.Link, bool) {
	u := n.v.Meta.Update
	if u == nil {
		return news.Link{}, false
	}
	for _, l := range links {
		if l.To == n.v.Name && l.Directed && l.Relation == news.EarlierVersion {
			return news.Link{}, false
		}
	}
	newsroom := n.agency
	if newsroom == "" {
		newsroom = n.v.Meta.Outlet.Value
	}
	if newsroom == "" {
		return news.Link{}, false
	}
	return news.Link{
		External: describe(newsroom, n) + ", earlier version", To: n.v.Name, Relation: news.EarlierVersion, Directed: true,
		Note: u.Span.Of(n.v.Text), Why: news.Why{Rule: "update-note", Confidence: .95},
	}, true
}

// quotedReports links a report that several pages quote to each of them.
func quotedReports(links []news.Link) []news.Link {
	seen := map[[2]string]bool{}
	var out []news.Link
	for _, l := range links {
		if l.CommonSource == "" || !isReport(l.CommonSource) {
			continue
		}
		for _, to := range []string{l.From, l.To} {
			if k := [2]string{l.CommonSource, to}; !seen[k] {
				seen[k] = true
				out = append(out, news.Link{
					External: l.CommonSource, To: to, Relation: news.SharedPassage, Directed: true,
					Note: "its words in quotation marks", Why: news.Why{Rule: "same-report-quoted", Confidence: .7},
				})
			}
		}
	}
	return out
}

func isReport(source string) bool {
	return len(source) > 21 && source[len(source)-21:len(source)-10] == " report of "
}
