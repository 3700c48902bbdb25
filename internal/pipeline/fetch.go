package pipeline

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"

	"github.com/tracewire/tracewire/internal/ingest"
	"github.com/tracewire/tracewire/internal/ingest/charset"
	"github.com/tracewire/tracewire/internal/ingest/feed"
	"github.com/tracewire/tracewire/internal/ingest/fetch"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/store"
)

// IsURL tells whether an argument is an address and not a file.
func IsURL(s string) bool {
	scheme, rest, found := strings.Cut(s, "://")
	return found && rest != "" && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// MaxFromFeed is how many articles of one feed ReadURLs takes: the first ones,
// which are the newest. Following a feed is Watch's work.
const MaxFromFeed = 100

// ReadURLs fetches pages through the client and stores them. An address may be
// that of a feed, or of a sitemap of articles: its articles are read, from the
// feed itself where it has their text. What cannot be fetched is a rejected
// input.
func (e Engine) ReadURLs(ctx context.Context, client *fetch.Client, parse FeedParser, addresses []string) (Run, error) {
	var run Run
	if err := e.renew(ctx); err != nil {
		return run, err
	}
	group := store.NewGroup(ctx, e.Store, store.GroupSize)
	defer group.Rollback()
	seen := map[string]bool{}
	done := 0
	keep := func(r result) error {
		if done++; e.Progress != nil {
			e.Progress("fetch", done)
		}
		return e.keep(group, r, &run, seen)
	}
	for _, a := range addresses {
		resp, err := get(ctx, client, fetch.Request{URL: a, Feed: true})
		if err == nil && feed.Sniff(charset.Decode(resp.Body).Text) != "" {
			if err := e.readFeed(ctx, client, parse, a, resp, keep); err != nil {
				return run, err
			}
			continue
		}
		r, err := e.pageOf(ctx, a, resp, err, time.Now(), "")
		if r, err = orRejected(ctx, a, r, err); err != nil {
			return run, err
		}
		if err := keep(r); err != nil {
			return run, err
		}
	}
	if err := group.Flush(); err != nil {
		return run, err
	}
	slices.Sort(run.IDs)
	return run, nil
}

// readFeed reads the articles of a feed that was asked for by its address.
func (e Engine) readFeed(ctx context.Context, client *fetch.Client, parse FeedParser, address string, resp fetch.Response, keep func(result) error) error {
	entries, err := parse(resp.Body, resp.URL)
	switch {
	case err != nil && len(entries) == 0:
		return keep(rejected(address, "feed", "%v", err))
	case len(entries) == 0:
		return keep(rejected(address, "empty", "there is no article in the feed; nothing to do"))
	}
	now := time.Now()
	for i, entry := range entries {
		var r result
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case i >= MaxFromFeed:
			r = rejected(cmp.Or(entry.URL, address), "too many items", "only the first %d articles of the feed %s are read at once; follow it with \"tracewire watch\"", MaxFromFeed, address)
		case entry.whole() && (entry.URL == "" || sameSite(entry.URL, resp.URL)):
			r = e.readEntry(ctx, entry, now, address, sightingOf(entry))
		case entry.URL == "":
			r = rejected(address, "no address", "the item %q has neither a text nor the address of its page", cutText(entry.Title, 60))
		default:
			r, err = e.fetchPage(ctx, client, entry.URL, now, entry.Published)
			if r, err = orRejected(ctx, entry.URL, r, err); err != nil {
				return err
			}
		}
		if err := keep(r); err != nil {
			return err
		}
	}
	return nil
}

// orRejected makes a rejected input of a fetch that failed. The error is that
// of ctx.
func orRejected(ctx context.Context, address string, r result, err error) (result, error) {
	var f *fetch.Failure
	switch {
	case ctx.Err() != nil:
		return r, ctx.Err()
	case errors.As(err, &f):
		return rejected(address, string(f.Kind), "%s", f.Reason), nil
	}
	return r, err
}

// Plus is two runs as one.
func (r Run) Plus(s Run) Run {
	t := &r.Tally
	t.In += s.Tally.In
	t.Stored += s.Tally.Stored
	t.Duplicate += s.Tally.Duplicate
	t.Quarantined += s.Tally.Quarantined
	t.Rejected += s.Tally.Rejected
	t.Reasons = maps.Clone(t.Reasons)
	for kind, n := range s.Tally.Reasons {
		if t.Reasons == nil {
			t.Reasons = map[string]int{}
		}
		t.Reasons[kind] += n
	}
	r.Notes = append(slices.Clone(r.Notes), s.Notes...)
	r.IDs = append(slices.Clone(r.IDs), s.IDs...)
	slices.Sort(r.IDs)
	r.IDs = slices.Compact(r.IDs)
	return r
}

// fetchPage fetches a page and reads it. published is the date that a feed gave
// it, or "". The error is a *fetch.Failure.
func (e Engine) fetchPage(ctx context.Context, client *fetch.Client, address string, now time.Time, published string) (result, error) {
	resp, err := get(ctx, client, fetch.Request{URL: address})
	return e.pageOf(ctx, address, resp, err, now, published)
}

// get is client.Get for which an empty answer is a failure.
func get(ctx context.Context, client *fetch.Client, req fetch.Request) (fetch.Response, error) {
	resp, err := client.Get(ctx, req)
	if err == nil && len(resp.Body) == 0 {
		err = &fetch.Failure{Kind: fetch.Empty, URL: req.URL, Reason: "the answer is empty"}
	}
	return resp, err
}

// pageOf reads the page that came from address, if it came.
func (e Engine) pageOf(ctx context.Context, address string, resp fetch.Response, err error, now time.Time, published string) (result, error) {
	if err != nil {
		return result{}, err
	}
	if what := data(charset.Decode(resp.Body).Text); what != "" {
		return rejected(address, "not a page", "the host sends %s and not a page; save it as a file and read that, if you trust what it says of itself", what), nil
	}
	c := captured(resp.Body, now)
	c.Path, c.URL = address, resp.URL
	item := ingest.Found{Capture: c, Where: address}.Read(e.Options)
	if published != "" && item.Outcome == ingest.OK {
		item.Version.Given.Dates = append(item.Version.Given.Dates, news.GivenDate{From: "feed", Role: "published", Value: published})
	}
	return e.annotated(ctx, item), nil
}

// data tells what a text is that is no page; "" for a page. Records and wire
// formats say themselves whose text they are. That is trusted of people's own
// files, never of what some host sends in place of a page.
func data(text string) string {
	head := strings.ToLower(strings.TrimLeft(text[:min(len(text), 8<<10)], "\ufeff \t\r\n"))
	switch format := feed.Sniff(text); {
	case format != "":
		return "a list (" + string(format) + "), which tracewire watch follows,"
	case strings.HasPrefix(head, "{"), strings.HasPrefix(head, "[{"):
		return "JSON"
	case strings.HasPrefix(head, "warc/"):
		return "a web archive"
	case strings.HasPrefix(head, "<?xml"), strings.HasPrefix(head, "<news"), strings.HasPrefix(head, "<nitf"):
		if !strings.Contains(head, "<html") {
			return "XML"
		}
	}
	return ""
}

func captured(raw []byte, now time.Time) news.Capture {
	sum := sha256.Sum256(raw)
	return news.Capture{ID: hex.EncodeToString(sum[:]), Raw: raw, Fetched: now.UTC()}
}

// sameSite tells whether two addresses belong to one owner of a domain name:
// www.paper.example and feeds.paper.example, not two papers of one host.
func sameSite(a, b string) bool {
	x, y := hostOf(a), hostOf(b)
	if x == y {
		return x != ""
	}
	s, errS := publicsuffix.EffectiveTLDPlusOne(x)
	t, errT := publicsuffix.EffectiveTLDPlusOne(y)
	return errS == nil && errT == nil && s == t
}
