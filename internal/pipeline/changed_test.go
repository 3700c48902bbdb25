package pipeline

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/tracewire/tracewire/internal/store/memory"
)

// TestChangedPagesAreFetchedAgain: a feed may keep an entry's words and name a
// later change of its page.
func TestChangedPagesAreFetchedAgain(t *testing.T) {
	p := newPaper(t)
	w, k := p.watch(t, memory.New())
	stamp := func(back time.Duration) string { return k.Now().Add(-back).UTC().Format(time.RFC3339) }
	const now, ahead = "now", "ahead"
	a, b, c, d := stamp(50*time.Hour), stamp(40*time.Hour), stamp(30*time.Hour), stamp(20*time.Hour)
	var entries []Entry
	w.Parse = func([]byte, string) ([]Entry, error) { return entries, nil }
	for _, poll := range []struct {
		what    string
		updated []string
		fetched []string
	}{
		{"all are new", []string{a, b, c, d}, []string{"/n0", "/n1", "/n2", "/n3"}},
		{"nothing changed", []string{a, b, c, d}, nil},
		{"one changed", []string{a, d, c, d}, []string{"/n1"}},
		{"the time of the poll is no change", []string{a, now, c, d}, nil},
		{"a date in the future is no change", []string{a, ahead, c, d}, nil},
		{"one time for all is that of the list", []string{b, b, b, b}, nil},
		{"no dates at all", []string{"", "", "", ""}, nil},
		{"no date, but nonsense", []string{"soon", "", "", ""}, nil},
	} {
		entries = nil
		for i, u := range poll.updated {
			switch u {
			case now:
				u = stamp(0)
			case ahead:
				u = stamp(-time.Hour)
			}
			entries = append(entries, Entry{URL: fmt.Sprintf("%s/n%d", p.url, i), Title: fmt.Sprint("Ferry ", i), Updated: u})
		}
		p.articles++ // another feed to look at
		p.seen = nil
		p.once(t, w)
		var got []string
		for _, s := range p.seen {
			if s != "feed" {
				got = append(got, "/"+s)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, poll.fetched) {
			t.Errorf("%s: fetched %q, want %q", poll.what, got, poll.fetched)
		}
		if err := k.Sleep(context.Background(), time.Hour); err != nil {
			t.Fatal(err)
		}
	}
}

// TestReadAFeedByItsAddress: read takes the articles of a feed, from the feed
// where it has their text and from their pages otherwise.
func TestReadAFeedByItsAddress(t *testing.T) {
	p := newPaper(t)
	w, _ := p.watch(t, memory.New())
	run, err := w.Engine.ReadURLs(context.Background(), w.Client, parseRSS, []string{p.url + "/feed"})
	if err != nil || run.Tally.In != 6 || run.Tally.Stored != 6 {
		t.Fatalf("got %+v, %v", run.Tally, err)
	}
	if want := []string{"feed", "n0", "n1", "n3", "n4"}; !slices.Equal(p.seen, want) {
		t.Errorf("asked for %q, want %q", p.seen, want)
	}
	// What is over the bound is told, one by one.
	p.articles = MaxFromFeed + 5
	run, err = w.Engine.ReadURLs(context.Background(), w.Client, parseRSS, []string{p.url + "/feed"})
	if err != nil || run.Tally.In != MaxFromFeed+5 || run.Tally.Reasons["too many items"] != 5 || !run.Tally.Balanced() {
		t.Errorf("got %+v, %v", run.Tally, err)
	}
	p.body = `<rss version="2.0"><channel></channel></rss>`
	run, err = w.Engine.ReadURLs(context.Background(), w.Client, parseRSS, []string{p.url + "/feed"})
	if err != nil || run.Tally.Reasons["empty"] != 1 {
		t.Errorf("got %+v, %v", run.Tally, err)
	}
}
