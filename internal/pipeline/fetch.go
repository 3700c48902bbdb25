package pipeline

import (
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

// ReadURLs fetches pages through the client and stores them. A page that
// cannot be fetched is a rejected input.
func (e Engine) ReadURLs(ctx context.Context, client *fetch.Client, addresses []string) (Run, error) {
	var run Run
	if err := e.renew(ctx); err != nil {
		return run, err
	}
	group := store.NewGroup(ctx, e.Store, store.GroupSize)
	defer group.Rollback()
	seen := map[string]bool{}
	for i, a := range addresses {
		r, err := e.fetchPage(ctx, client, a, time.Now(), "")
		var f *fetch.Failure
		switch {
		case ctx.Err() != nil:
			return run, ctx.Err()
		case errors.As(err, &f):
			r = rejected(a, string(f.Kind), "%s", f.Reason)
		}
		if err := e.keep(group, r, &run, seen); err != nil {
			return run, err
		}
		if e.Progress != nil {
			e.Progress("fetch", i+1)
		}
	}
	if err := group.Flush(); err != nil {
		return run, err
	}
	slices.Sort(run.IDs)
	return run, nil
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
	resp, err := client.Get(ctx, fetch.Request{URL: address})
	if err != nil {
		return result{}, err
	}
	if len(resp.Body) == 0 {
		return result{}, &fetch.Failure{Kind: fetch.Empty, URL: address, Reason: "the answer is empty"}
	}
	if what := data(charset.Decode(resp.Body).Text); what != "" {
		return rejected(address, "not a page", "the host sends %s and not a page", what), nil
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
