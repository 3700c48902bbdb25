package page

import (
	"html"
	"net/url"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/tracewire/tracewire/internal/news"
)

// facts is what the mark-up says: JSON-LD first, then meta tags, then
// elements that are meant for it. Nothing of it is trusted here.
type facts struct {
	meta      map[string]string // by name, property or itemprop, lower case; the first one
	authors   []string          // of meta tags and rel=author
	times     []timeNode
	scripts   []string // dates in scripts that are no JSON-LD
	title     string
	h1, h2    []string // the first ones
	sites     []string // names of the site, by siteNames
	headline  string   // by findHeadline
	canonical string
	lang      string

	article ldArticle         // of JSON-LD
	body    string            // its articleBody
	paid    bool              // it is not accessible for free
	ids     []string          // of its authors, where they are named elsewhere
	ld      int               // bytes of JSON-LD that were read
	people  map[string]string // names of JSON-LD by @id

	pagePublished, pageModified string // of a WebPage in JSON-LD
	pageAuthors, pageIDs        []string
}

func findFacts(d *document) *facts {
	f := &facts{meta: map[string]string{}, people: map[string]string{}}
	for i := range d.nodes {
		n := &d.nodes[i]
		if n.kind != element {
			continue
		}
		f.look(d, i)
		switch n.tag {
		case atom.Title:
			if f.title == "" && (n.parent < 0 || d.nodes[n.parent].tag != atom.Svg) {
				f.title = oneLine(d.textOf(i))
			}
		case atom.H1:
			f.h1 = addHeading(f.h1, d, i)
		case atom.H2:
			f.h2 = addHeading(f.h2, d, i)
		case atom.Script:
			if strings.EqualFold(strings.TrimSpace(d.attr(i, "type")), "application/ld+json") {
				f.readLD(d.textOf(i))
			} else if len(f.scripts) < 4 {
				f.readScript(d.textOf(i))
			}
		}
	}
	f.sites = f.siteNames()
	f.headline = f.findHeadline()
	return f
}

// look takes what stands in an element's attributes.
func (f *facts) look(d *document, i int) {
	switch d.nodes[i].tag {
	case atom.Html:
		f.lang = d.attr(i, "lang")
	case atom.Meta:
		content := oneLine(d.attr(i, "content"))
		if content == "" {
			return
		}
		for _, key := range []string{"name", "property", "itemprop"} {
			name := strings.ToLower(strings.TrimSpace(d.attr(i, key)))
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
		if strings.EqualFold(d.attr(i, "rel"), "canonical") && f.canonical == "" {
			f.canonical = strings.TrimSpace(d.attr(i, "href"))
		}
	case atom.Time:
		f.addTime(d, i, "")
	}
}

// addTime takes the date of an element, from its attributes or its text.
func (f *facts) addTime(d *document, i int, itemprop string) {
	if len(f.times) >= 64 {
		return
	}
	var at, hint, title string
	for name, value := range d.attributes(i) {
		switch lowerName(name) {
		case "datetime", "content":
			at = value
		case "title":
			title = value
		case "itemprop":
			itemprop = value
		case "class", "pubdate":
			hint += " " + name + " " + value
		}
	}
	t := timeNode{node: i, role: "published"}
	t.value = isoDate(unescape(at))
	if t.value == "" {
		t.value = isoDate(unescape(title))
	}
	if t.value == "" && d.nodes[i].end-int32(i) < 12 {
		t.value = isoDate(d.textOf(i))
	}
	if t.value == "" {
		return
	}
	itemprop, hint = strings.ToLower(itemprop), strings.ToLower(hint)
	if strings.Contains(itemprop+hint, "modif") || strings.Contains(itemprop+hint, "updat") && !strings.Contains(itemprop+hint, "publ") {
		t.role = "modified"
	}
	t.stated = itemprop == "datepublished" || itemprop == "datecreated" || strings.Contains(hint, "pubdate")
	f.times = append(f.times, t)
}

// readScript looks for dates that a page's own programs carry.
func (f *facts) readScript(src string) {
	for _, key := range [...]string{`"datePublished":"`, `"publishedAt":"`, `"date_published":"`, `"publishDate":"`, `"pubDate":"`, `"published_at":"`, `"publish_date":"`, `"published":"`, `"publicationDate":"`, `"datePublished": "`, `"publishedDate":"`} {
		i := strings.Index(src, key)
		if i < 0 {
			continue
		}
		rest := src[i+len(key):]
		if end := strings.IndexByte(rest[:min(len(rest), 48)], '"'); end > 0 {
			if v := isoDate(rest[:end]); v != "" {
				f.scripts = append(f.scripts, v)
				return
			}
		}
	}
}

// given puts the facts in order of trust.
func (f *facts) given(s *scene, address string) news.Given {
	for _, m := range s.marked {
		switch p := strings.ToLower(m.itemprop); {
		case strings.HasPrefix(p, "datep") || strings.HasPrefix(p, "datec") || strings.HasPrefix(p, "datem") || m.dated:
			if s.doc.nodes[m.node].tag != atom.Time && s.doc.nodes[m.node].tag != atom.Meta {
				if m.itemprop != "" || s.doc.attr(int(m.node), "title") != "" {
					f.addTime(s.doc, int(m.node), m.itemprop)
				}
			}
		}
	}
	g := news.Given{
		URL:      f.address(address),
		Headline: f.headline,
		Outlet:   first(f.article.Publisher, f.meta["og:site_name"], f.meta["application-name"], f.meta["cre"], f.meta["dc.publisher"]),
		Language: language(first(f.article.Language, f.lang, f.meta["og:locale"], f.meta["content-language"])),
	}
	g.Section = f.section()
	g.Bylines, g.Agency = apart(s.bylines(f))
	g.Dates = s.dates(f, g.URL)
	return g
}

// section is the part of the outlet that the page names.
func (f *facts) section() string {
	return first(f.article.Section, f.meta["article:section"], f.meta["section"], f.meta["parsely-section"])
}

// metaDates are the meta names that carry dates, the most used first.
var metaDates = [...]struct{ name, role string }{
	{"article:published_time", "published"},
	{"datepublished", "published"},
	{"og:published_time", "published"},
	{"date", "published"},
	{"pubdate", "published"},
	{"publishdate", "published"},
	{"publish-date", "published"},
	{"publication_date", "published"},
	{"parsely-pub-date", "published"},
	{"sailthru.date", "published"},
	{"cxenseparse:recs:publishtime", "published"},
	{"dc.date.issued", "published"},
	{"dcterms.created", "published"},
	{"dc.date", "published"},
	{"dcterms.date", "published"},
	{"dc.date.created", "published"},
	{"article:modified_time", "modified"},
	{"datemodified", "modified"},
	{"og:updated_time", "modified"},
	{"lastmod", "modified"},
	{"last-modified", "modified"},
	{"dcterms.modified", "modified"},
	{"revised", "modified"},
}

// description is what the mark-up says that the page is about: a deck, the
// beginning of the text, or a line on the whole site.
func (f *facts) description() string {
	return first(f.meta["og:description"], f.meta["description"], f.meta["twitter:description"])
}

// paywalled: the mark-up says that the text is not for all.
func (f *facts) paywalled() bool {
	switch strings.ToLower(f.meta["article:content_tier"]) {
	case "locked", "metered":
		return true
	}
	return f.paid
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
	for i := range len(s) {
		if s[i] >= 0x80 || s[i] == 0 {
			s = strings.Map(visible, s)
			break
		}
	}
	return strings.Join(strings.Fields(s), " ")
}

// visible drops what no reader sees.
func visible(r rune) rune {
	if r == 0 || isInvisible(r) && r != '\u0085' {
		return -1
	}
	return r
}
