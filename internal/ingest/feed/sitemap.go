package feed

import (
	"strings"

	"github.com/tracewire/tracewire/internal/markup"
)

// parseSitemap reads a sitemap or an index of sitemaps (sitemaps.org), with
// the extension for news. One that lists itself is left out, as it would be
// followed for ever.
func (f *Feed) parseSitemap(src string) {
	s := markup.Scanner{Src: src}
	over := 0
	for s.Next() {
		if s.Kind != markup.Open || s.Empty || !s.Is("url", "sitemap") {
			continue
		}
		at := s.At
		inner, whole := s.Inner("urlset", "sitemapindex")
		if !whole && s.To == len(src) {
			f.problem(at, "cut off", "the document ends in the middle of an address")
			break
		}
		a := f.address(inner)
		switch {
		case a.URL == "":
			f.problem(at, "broken item", "there is no address of the web in it")
		case a.URL == f.base && f.base != "":
			f.problem(at, "lists itself", "it lists itself; that is not followed")
		case len(f.Addresses) >= MaxAddresses:
			if over++; over == 1 {
				f.problem(at, "too many items", "only the first %d addresses are read", MaxAddresses)
			}
		default:
			f.Addresses = append(f.Addresses, a)
		}
	}
}

func (f *Feed) address(inner string) Address {
	var a Address
	s := markup.Scanner{Src: inner}
	words := func() string {
		in, _ := s.Inner()
		return strings.TrimSpace(markup.Words(in))
	}
	for s.Next() {
		if s.Kind != markup.Open {
			continue
		}
		news := s.Prefix != "image" && s.Prefix != "video"
		switch {
		case s.Is("image", "video"):
			s.Inner()
		case s.Is("loc") && news:
			a.URL = first(a.URL, resolve(f.base, words()))
		case s.Is("lastmod"):
			a.Modified = first(a.Modified, Date(words()))
		case s.Is("title") && news:
			a.Title = first(a.Title, plain(words()))
		case s.Is("name") && news:
			a.Outlet = first(a.Outlet, plain(words()))
		case s.Is("language") && news:
			a.Language = first(a.Language, language(words()))
		case s.Is("publication_date") && news:
			a.Published = first(a.Published, Date(words()))
		}
	}
	return a
}
