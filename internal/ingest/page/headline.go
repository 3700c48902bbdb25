package page

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// shortestHeadline is how many bytes an h1 has that is believed for itself.
const shortestHeadline = 8

// wordsOfOwn is how many words the only h1 has that is believed against the
// mark-up: shorter ones are rubrics and names of sites.
const wordsOfOwn = 4

// findHeadline prefers what is printed on the page: the h1 whose words the title
// or the mark-up has too. A site's name in an h1 of its own is passed over, and
// taken off a title.
func (f *facts) findHeadline() string {
	named := first(f.article.Headline, f.meta["og:title"], f.meta["twitter:title"])
	if f.isSite(named) {
		named = ""
	}
	best := ""
	for _, h := range f.h1 {
		if len(h) > len(best) && len(h) >= shortestHeadline && !f.isSite(h) && sameWords(h, named, f.title) && (named == "" || strings.Contains(letters(named), letters(h)) || !f.endsTitle(h)) {
			best = h
		}
	}
	if best == "" && len(f.h1) == 1 && !f.isSite(f.h1[0]) && !f.endsTitle(f.h1[0]) &&
		(named == "" || strings.Count(f.h1[0], " ") >= wordsOfOwn-1) {
		best = f.h1[0] // the only one: the mark-up has another for search engines
	}
	if best != "" && len(best) <= 400 {
		return best
	}
	if t := f.withoutSite(first(named, f.title)); t != "" && !f.isSite(t) {
		return t
	}
	for _, h := range append(f.h1, f.h2...) {
		if len(h) >= shortestHeadline && len(h) <= 400 && !f.isSite(h) {
			return h
		}
	}
	return f.withoutSite(first(named, f.title))
}

// kickerReach is how many nodes of a heading are looked at for its kicker.
const kickerReach = 16

func addHeading(list []string, d *document, i int) []string {
	if len(list) >= 16 {
		return list
	}
	if h := oneLine(d.headingText(i)); h != "" {
		list = append(list, h)
	}
	return list
}

// headingText is the text of a heading without the kicker that some print
// inside of it, in an element so named: "Climate: " before "Drilling on".
func (d *document) headingText(i int) string {
	whole := d.textOf(i)
	for k := i + 1; k < min(int(d.nodes[i].end), i+kickerReach); k++ {
		n := d.nodes[k]
		if n.kind != element || n.tag != atom.Span && n.tag != atom.Small && n.tag != atom.Div && n.tag != atom.Strong {
			continue
		}
		kicker := false
		for w := range nameWords(d.attr(k, "class")) {
			switch w {
			case "kicker", "overline", "topline", "dachzeile", "spitzmarke", "suptitle", "supertitle", "surtitle", "uptitle", "preheadline", "roofline", "rubrik":
				kicker = true
			}
		}
		if !kicker {
			continue
		}
		if part := d.textOf(k); part != "" && strings.HasPrefix(whole, part) {
			if rest := strings.TrimLeft(whole[len(part):], " \t\r\n:–—|"); len(rest) >= shortestHeadline {
				return rest
			}
		}
	}
	return whole
}

// isSite tells whether words are no more than the name of the site.
func (f *facts) isSite(s string) bool {
	n := letters(s)
	return n != "" && slices.Contains(f.sites, n)
}

// siteNames are the names of the site, their letters alone: as they are given,
// and as the host's name spells them.
func (f *facts) siteNames() []string {
	host := f.host()
	return []string{
		letters(f.meta["og:site_name"]), letters(f.article.Publisher), letters(f.meta["application-name"]),
		letters(host), hostLabel(host),
	}
}

// host is that of the address that the page gives for itself, without "www.".
func (f *facts) host() string {
	for _, s := range [...]string{f.canonical, f.meta["og:url"], f.article.URL} {
		if u, err := url.Parse(s); err == nil && u.Host != "" {
			return site(u)
		}
	}
	return ""
}

// hostLabel is the part of the host that people call the site by: "lastampa"
// of lastampa.it, "ambrypost" of news.ambrypost.co.example.
func hostLabel(host string) string {
	labels := strings.Split(host, ".")
	if len(labels) < 2 {
		return ""
	}
	labels = labels[:len(labels)-1]
	best := ""
	for _, l := range labels {
		if len(l) > len(best) {
			best = l
		}
	}
	return letters(best)
}

var titleMarks = [...]string{" | ", " - ", " – ", " — ", " :: ", " · ", " » ", " // ", " « "}

// endsTitle tells whether a heading is the last of a title's parts: "Das
// Nebelblog" of "Fog soup | Das Nebelblog".
func (f *facts) endsTitle(h string) bool {
	for _, mark := range titleMarks {
		if i := strings.LastIndex(f.title, mark); i > 0 && letters(f.title[i+len(mark):]) == letters(h) {
			return true
		}
	}
	return false
}

// withoutSite takes the site's name off either end of a title.
func (f *facts) withoutSite(title string) string {
	for _, mark := range titleMarks {
		if i := strings.LastIndex(title, mark); i > 0 && f.isSite(title[i+len(mark):]) {
			title = strings.TrimSpace(title[:i])
		}
		if i := strings.Index(title, mark); i > 0 && f.isSite(title[:i]) && utf8.RuneCountInString(title[i+len(mark):]) >= shortestHeadline {
			title = strings.TrimSpace(title[i+len(mark):])
		}
	}
	return title
}

// sameWords: the heading is part of what the mark-up names, or the other way
// round; marks and capitals differ often.
func sameWords(heading, named, title string) bool {
	h, n := letters(heading), letters(named)
	return h != "" && (strings.Contains(n, h) || strings.Contains(letters(title), h) || n != "" && strings.Contains(h, n))
}
