package main

import (
	"errors"
	"fmt"

	"github.com/tracewire/tracewire/internal/ingest/charset"
	"github.com/tracewire/tracewire/internal/ingest/feed"
	"github.com/tracewire/tracewire/internal/pipeline"
)

// parseFeed reads a feed, or a sitemap of articles, for watch.
func parseFeed(raw []byte, address string) ([]pipeline.Entry, error) {
	f, err := feed.Parse(charset.Decode(raw).Text, address)
	if err != nil {
		return nil, err
	}
	if f.Format == feed.OPML || f.Format == feed.SitemapIndex {
		return nil, fmt.Errorf("it is a list of others (%s); name the feeds in it", f.Format)
	}
	var out []pipeline.Entry
	for _, it := range f.Items {
		outlet, language := it.Outlet, it.Language
		if outlet == "" {
			outlet = f.Title
		}
		if language == "" {
			language = f.Language
		}
		out = append(out, pipeline.Entry{
			GUID: it.GUID, URL: it.Link, Title: it.Title, Summary: it.Summary, Content: it.Content,
			Outlet: outlet, Language: language, Published: it.Published, Updated: changed(f.Format, it),
		})
	}
	for _, a := range f.Addresses {
		out = append(out, pipeline.Entry{URL: a.URL, Title: a.Title, Outlet: a.Outlet, Language: a.Language, Published: a.Published, Updated: a.Modified})
	}
	for _, p := range f.Problems {
		if p.Kind == "cut off" {
			return out, errors.New(p.Reason)
		}
	}
	return out, nil
}

// changed is the last change that a feed names. In Atom the only date is that.
func changed(format feed.Format, it feed.Item) string {
	if it.Updated == "" && format == feed.Atom {
		return it.Published
	}
	return it.Updated
}

// parseOPML reads the addresses in a list of feeds.
func parseOPML(raw []byte) ([]string, error) {
	f, err := feed.Parse(charset.Decode(raw).Text, "")
	if err != nil || f.Format != feed.OPML {
		return nil, errors.New("it is no OPML list of feeds")
	}
	var out []string
	for _, s := range f.Feeds {
		out = append(out, s.URL)
	}
	return out, nil
}
