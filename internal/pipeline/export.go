package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/tracewire/tracewire/internal/ingest/feed"
	"github.com/tracewire/tracewire/internal/ingest/warc"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/store"
)

// ExportWARC writes every capture in the store, quarantined ones too, as a web
// archive, by rising ID. Reading it gives the same versions again. packed makes
// it .warc.gz; now is the date of captures that have none. n is how many were
// written.
func (e Engine) ExportWARC(ctx context.Context, w io.Writer, packed bool, software string, now time.Time) (n int, err error) {
	out := warc.NewWriter(w, packed)
	if err := out.Info(software, now); err != nil {
		return 0, err
	}
	put := func(c news.Capture) error {
		n++
		if e.Progress != nil {
			e.Progress("export", n)
		}
		return out.Capture(c, now)
	}
	for c, err := range e.Store.Captures(ctx) {
		if err != nil {
			return n, err
		}
		if err := put(c); err != nil {
			return n, err
		}
	}
	for q, err := range e.Store.Quarantined(ctx) {
		if err != nil {
			return n, err
		}
		if err := put(q.Capture); err != nil {
			return n, err
		}
	}
	return n, nil
}

// ExportFeeds writes the feeds that were ever followed into the store as OPML,
// by address. n is how many there are.
func (e Engine) ExportFeeds(ctx context.Context, w io.Writer) (n int, err error) {
	var list []feed.Subscription
	for kv, err := range e.Store.States(ctx, feedState) {
		if err != nil {
			return 0, err
		}
		var k kept
		if err := json.Unmarshal(kv.Value, &k); err != nil {
			return 0, fmt.Errorf("read the state of a feed: %w", err)
		}
		list = append(list, feed.Subscription{URL: k.URL, Title: hostOf(k.URL)})
	}
	slices.SortFunc(list, func(a, b feed.Subscription) int { return strings.Compare(a.URL, b.URL) })
	return len(list), feed.WriteOPML(w, "Feeds followed by Tracewire", list)
}

// EachOutline runs over all versions by rising ID, each with what Outline
// loads: lines, metadata, times, names and quotes.
func (e Engine) EachOutline(ctx context.Context, yield func(*news.Version) error) error {
	if err := e.Refresh(ctx); err != nil {
		return err
	}
	for v, err := range e.Store.Versions(ctx) {
		if err != nil {
			return err
		}
		switch err := e.Store.Outline(ctx, Stage, &v); {
		case errors.Is(err, store.ErrNotFound): // it came in meanwhile
			v = Annotate(v)
		case err != nil:
			return err
		}
		if err := yield(&v); err != nil {
			return err
		}
	}
	return nil
}
