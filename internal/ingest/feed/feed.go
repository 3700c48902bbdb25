// Package feed reads lists of news: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed,
// sitemaps with their news extension, and OPML, in and out. It reads what is
// really served: broken mark-up, wrong prefixes, dates in many spellings.
//
// Its cost is linear in the size of the document and it keeps no stack, so
// that nesting, entities and declarations of a DTD do no harm. What is over a
// limit is passed over and named in Feed.Problems.
package feed

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/tracewire/tracewire/internal/markup"
)

// Limits of one document. MaxAddresses is the standard's own for sitemaps.
const (
	MaxItems     = 50_000
	MaxAddresses = 50_000
	maxDepth     = 100     // of JSON
	maxTitle     = 2 << 10 // bytes of a title, a name, a category
	maxURL       = 8 << 10
	maxAuthors   = 32
	maxTerms     = 100 // categories, enclosures of an item
	maxProblems  = 100
)

// Format is what a document is written in.
type Format string

// The formats. A sitemap may have titles and dates of news.
const (
	RSS          Format = "RSS"
	RDF          Format = "RSS 1.0"
	Atom         Format = "Atom"
	JSON         Format = "JSON Feed"
	Sitemap      Format = "sitemap"
	SitemapIndex Format = "sitemap index"
	OPML         Format = "OPML"
)

// HasItems tells whether documents of the format hold articles, not just
// addresses.
func (f Format) HasItems() bool { return f == RSS || f == RDF || f == Atom || f == JSON }

// Feed is one document.
type Feed struct {
	Format    Format
	Title     string
	Home      string // the site's address
	Self      string // the feed's own address, as it says
	Hub       string // WebSub
	Next      string // the next page of the feed (RFC 5005)
	Language  string
	Authors   []string // of items that name none
	Items     []Item
	Addresses []Address      // of sitemaps
	Feeds     []Subscription // of OPML
	Problems  []Problem

	base string // what addresses are relative to
}

// Item is one article of a feed.
type Item struct {
	Title      string // plain
	Link       string // http or https, "" when there is none
	GUID       string // as given; not to be trusted
	Authors    []string
	Published  string // ISO 8601, "" when there is none that can be read
	Updated    string
	Summary    string // HTML
	Content    string // HTML; "" when the feed has summaries only
	Categories []string
	Enclosures []Enclosure
	Outlet     string // whom the feed took the item from, if it says so
	Language   string

	Source string // the item as it stands in the document
	At     int    // place of Source in the document, in bytes
}

// Enclosure is a file that belongs to an item.
type Enclosure struct{ URL, Type string }

// Address is a page that a sitemap lists, or a further sitemap of an index.
type Address struct {
	URL       string
	Modified  string // ISO 8601
	Title     string // the news extension
	Outlet    string
	Language  string
	Published string
}

// Problem is a part of a document that was not read.
type Problem struct {
	At     int    // bytes from the beginning
	Kind   string // "cut off", "too many items", "broken item"
	Reason string
}

// ErrNotFeed is for documents of no known format.
var ErrNotFeed = errors.New("it is no feed, sitemap or OPML list")

// Sniff tells the format of a document in UTF-8 by its first element, or its
// shape as JSON; "" when it is none.
func Sniff(src string) Format {
	head := strings.TrimLeft(src[:min(len(src), 64<<10)], "\ufeff \t\r\n")
	if strings.HasPrefix(head, "{") {
		// Inside a string the quotes would be escaped.
		if _, rest, ok := strings.Cut(head, `"version"`); ok {
			rest = strings.TrimLeft(rest[:min(len(rest), 80)], ": \t\r\n")
			if strings.HasPrefix(rest, `"http`) && strings.Contains(rest, "jsonfeed.org") {
				return JSON
			}
		}
		return ""
	}
	if !strings.HasPrefix(head, "<") {
		return ""
	}
	switch _, root := markup.Root(head); root {
	case "rss":
		return RSS
	case "rdf":
		if strings.Contains(head, "purl.org/rss/1.0") || strings.Contains(head, "my.netscape.com/rdf/simple/0.9") || strings.Contains(head, "<channel") {
			return RDF
		}
	case "feed":
		return Atom
	case "urlset":
		return Sitemap
	case "sitemapindex":
		return SitemapIndex
	case "opml":
		return OPML
	}
	return ""
}

// Parse reads a document in UTF-8. address is where it came from, "" if
// unknown: relative addresses are resolved against it. The error is
// ErrNotFeed; all other trouble is in Feed.Problems.
func Parse(src, address string) (Feed, error) {
	f := Feed{Format: Sniff(src), base: address}
	switch f.Format {
	case RSS, RDF, Atom:
		f.parseXML(src)
	case JSON:
		f.parseJSON(src)
	case Sitemap, SitemapIndex:
		f.parseSitemap(src)
	case OPML:
		f.parseOPML(src)
	default:
		return Feed{}, ErrNotFeed
	}
	return f, nil
}

func (f *Feed) problem(at int, kind, format string, args ...any) {
	if len(f.Problems) < maxProblems {
		f.Problems = append(f.Problems, Problem{at, kind, fmt.Sprintf(format, args...)})
	}
}

// resolve makes an absolute address of the web, or "".
func resolve(base, ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" || len(ref) > maxURL || strings.ContainsAny(ref, "\x00\n\r\t") {
		return ""
	}
	u, err := url.Parse(ref)
	if err != nil {
		return ""
	}
	if !u.IsAbs() && base != "" {
		b, err := url.Parse(base)
		if err != nil {
			return ""
		}
		u = b.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return ""
	}
	return u.String()
}

// plain is a title, a name or a category without mark-up, on one line. Feeds
// escape them once or twice.
func plain(s string) string {
	s = markup.Clip(s, 8*maxTitle)
	if strings.IndexByte(s, '&') >= 0 || strings.IndexByte(s, '<') >= 0 {
		s = strings.Join(markup.Lines(protect(s)), " ")
	}
	return markup.Clip(strings.Join(strings.Fields(s), " "), maxTitle)
}

// protect keeps "x < y" and "<3" from being read as tags.
func protect(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '<' && (i+1 == len(s) || s[i+1] != '/' && s[i+1] != '!' && (s[i+1]|0x20 < 'a' || s[i+1]|0x20 > 'z') || strings.IndexByte(s[i:], '>') < 0) {
			b.WriteString("&lt;")
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func language(s string) string {
	s, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(s)), "-")
	s, _, _ = strings.Cut(s, "_")
	if len(s) < 2 || len(s) > 3 || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") != "" {
		return ""
	}
	return s
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}
