package page

import (
	"html"
	"net/url"
	"slices"
	"strings"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/tracewire/tracewire/internal/news"
)

// facts is what the mark-up says: JSON-LD first, then meta tags, then
// elements that are meant for it. Nothing of it is trusted here.
type facts struct {
	meta      map[string]string // by name, property or itemprop, lower case; the first one
	authors   []string          // of meta tags and rel=author
	times     []news.GivenDate
	title     string
	h1        []string
	canonical string
	lang      string

	article ldArticle // of JSON-LD
	body    string    // its articleBody
}

func findFacts(root *nethtml.Node) *facts {
	f := &facts{meta: map[string]string{}}
	f.walk(root)
	return f
}

func (f *facts) walk(n *nethtml.Node) {
	if n.Type == nethtml.ElementNode {
		f.look(n)
		switch n.DataAtom {
		case atom.Title:
			if f.title == "" && n.Namespace == "" {
				f.title = oneLine(textOf(n))
			}
		case atom.H1:
			if h := oneLine(textOf(n)); h != "" && len(f.h1) < 16 {
				f.h1 = append(f.h1, h)
			}
		case atom.Script:
			if strings.EqualFold(strings.TrimSpace(attr(n, "type")), "application/ld+json") {
				f.readLD(textOf(n))
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		f.walk(c)
	}
}

// look takes what stands in an element's attributes.
func (f *facts) look(n *nethtml.Node) {
	switch n.DataAtom {
	case atom.Html:
		f.lang = attr(n, "lang")
	case atom.Meta:
		content := oneLine(attr(n, "content"))
		if content == "" {
			return
		}
		for _, key := range []string{"name", "property", "itemprop"} {
			name := strings.ToLower(strings.TrimSpace(attr(n, key)))
			if name == "" {
				continue
			}
			if _, ok := f.meta[name]; !ok && len(f.meta) < 500 {
				f.meta[name] = content
			}
			switch name {
			case "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl":
				f.authors = append(f.authors, content)
			}
		}
	case atom.Link:
		if strings.EqualFold(attr(n, "rel"), "canonical") && f.canonical == "" {
			f.canonical = strings.TrimSpace(attr(n, "href"))
		}
	case atom.Time:
		if len(f.times) >= 8 {
			return
		}
		if v := isoDate(attr(n, "datetime")); v != "" {
			role := "published"
			if prop := strings.ToLower(attr(n, "itemprop") + " " + attr(n, "class")); strings.Contains(prop, "modif") || strings.Contains(prop, "updat") {
				role = "modified"
			}
			f.times = append(f.times, news.GivenDate{From: "time", Role: role, Value: v})
		}
	}
}

// given puts the facts in order of trust.
func (f *facts) given(address string) news.Given {
	g := news.Given{
		URL:      f.address(address),
		Headline: f.headline(),
		Outlet:   first(f.article.Publisher, f.meta["og:site_name"], f.meta["application-name"], f.meta["cre"], f.meta["dc.publisher"]),
		Language: language(first(f.article.Language, f.lang, f.meta["og:locale"], f.meta["content-language"])),
		Bylines:  f.bylines(),
	}
	add := func(from, role, value string) {
		d := news.GivenDate{From: from, Role: role, Value: isoDate(value)}
		if d.Value != "" && !slices.Contains(g.Dates, d) && len(g.Dates) < 16 {
			g.Dates = append(g.Dates, d)
		}
	}
	add("json-ld", "published", f.article.Published)
	add("json-ld", "modified", f.article.Modified)
	for _, m := range metaDates {
		add("meta", m.role, f.meta[m.name])
	}
	for _, t := range f.times {
		add(t.From, t.Role, t.Value)
	}
	add("url", "published", urlDate(g.URL))
	return g
}

// metaDates are the meta names that carry dates, the most used first.
var metaDates = [...]struct{ name, role string }{
	{"article:published_time", "published"}, {"datepublished", "published"}, {"og:published_time", "published"},
	{"date", "published"}, {"pubdate", "published"}, {"publishdate", "published"}, {"publish-date", "published"}, {"publication_date", "published"},
	{"parsely-pub-date", "published"}, {"sailthru.date", "published"}, {"cxenseparse:recs:publishtime", "published"},
	{"dc.date.issued", "published"}, {"dcterms.created", "published"}, {"dc.date", "published"}, {"dcterms.date", "published"}, {"dc.date.created", "published"},
	{"article:modified_time", "modified"}, {"datemodified", "modified"}, {"og:updated_time", "modified"}, {"lastmod", "modified"}, {"last-modified", "modified"},
	{"dcterms.modified", "modified"}, {"revised", "modified"},
}

// headline prefers what is printed on the page: the h1 whose words the title
// or the mark-up has too. A site's name in an h1 of its own is passed over.
func (f *facts) headline() string {
	named := first(f.article.Headline, f.meta["og:title"], f.meta["twitter:title"])
	site := first(f.meta["og:site_name"], f.article.Publisher)
	best := ""
	for _, h := range f.h1 {
		if len(h) > len(best) && len(h) >= 8 && !strings.EqualFold(h, site) && (containsFold(named, h) || containsFold(f.title, h) || named != "" && containsFold(h, named)) {
			best = h
		}
	}
	if best == "" && len(f.h1) == 1 && named == "" && !strings.EqualFold(f.h1[0], site) {
		best = f.h1[0]
	}
	if best != "" && len(best) <= 400 {
		return best
	}
	return f.withoutSite(first(named, f.title))
}

func containsFold(s, part string) bool {
	return s != "" && strings.Contains(strings.ToLower(s), strings.ToLower(part))
}

func (f *facts) withoutSite(title string) string {
	site := first(f.meta["og:site_name"], f.article.Publisher)
	for _, sep := range []string{" | ", " - ", " – ", " — ", " :: ", " · "} {
		if i := strings.LastIndex(title, sep); i > 0 && site != "" && strings.EqualFold(strings.TrimSpace(title[i+len(sep):]), site) {
			return strings.TrimSpace(title[:i])
		}
	}
	return title
}

func (f *facts) bylines() []string {
	var out []string
	add := func(names ...string) {
		for _, s := range names {
			s = oneLine(s)
			if len(s) > 3 && strings.EqualFold(s[:3], "by ") {
				s = strings.TrimSpace(s[3:])
			}
			if s != "" && len(s) <= 200 && !strings.Contains(s, "://") && !strings.HasPrefix(s, "www.") && !slices.Contains(out, s) && len(out) < 16 {
				out = append(out, s)
			}
		}
	}
	add(f.article.Authors...)
	if len(out) == 0 {
		add(f.authors...)
	}
	return out
}

// address is the canonical URL when it is one of the same site (or the page's
// place is unknown), else where the page came from.
func (f *facts) address(from string) string {
	base, err := url.Parse(from)
	if err != nil {
		return from // nothing can be told from it
	}
	for _, s := range []string{f.canonical, f.meta["og:url"], f.article.URL} {
		u, err := url.Parse(s)
		if s == "" || err != nil {
			continue
		}
		if from != "" {
			u = base.ResolveReference(u)
		}
		if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
			continue
		}
		if from != "" && site(u) != site(base) {
			continue // what a copy or a hostile page says of itself
		}
		if strings.Trim(u.Path, "/") == "" && strings.Trim(base.Path, "/") != "" {
			continue // the front page is canonical for nothing else
		}
		u.Fragment = ""
		return u.String()
	}
	return from
}

func site(u *url.URL) string {
	return strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), "m.")
}

func language(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if i := strings.IndexAny(s, "-_,; "); i >= 0 {
		s = s[:i]
	}
	if len(s) < 2 || len(s) > 3 || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") != "" {
		return ""
	}
	return s
}

func first(list ...string) string {
	for _, s := range list {
		if s = oneLine(s); s != "" {
			return s
		}
	}
	return ""
}

// oneLine undoes entities that were escaped twice and makes white space one
// space.
func oneLine(s string) string {
	if strings.ContainsRune(s, '&') {
		s = html.UnescapeString(s)
	}
	s = strings.ReplaceAll(s, "\x00", "")
	return strings.ToValidUTF8(strings.Join(strings.Fields(s), " "), "\ufffd")
}

func attr(n *nethtml.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func textOf(n *nethtml.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == nethtml.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}
