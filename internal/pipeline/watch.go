package pipeline

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/tracewire/tracewire/internal/ingest"
	"github.com/tracewire/tracewire/internal/ingest/fetch"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/store"
)

// Entry is what a feed says of one article.
type Entry struct {
	GUID      string `json:"-"` // shown to nobody: feeds reuse and change them
	URL       string `json:"url,omitempty"`
	Title     string `json:"title,omitempty"`
	Summary   string `json:"-"`
	Content   string `json:"-"` // HTML of the whole article, if the feed has it
	Outlet    string `json:"outlet,omitempty"`
	Language  string `json:"language,omitempty"`
	Published string `json:"published,omitempty"` // ISO 8601
	Updated   string `json:"-"`                   // likewise: the last change, if the feed names it
}

// FeedParser reads a feed that lay at address. With an error, the entries are
// those that could be read nevertheless.
type FeedParser func(raw []byte, address string) ([]Entry, error)

// Watch follows feeds into a store.
//
// A poll is one transaction: the feed's state, the articles whose text stood
// in the feed, and a place in the queue for each article whose page is still to
// be fetched. A page is another: the article, and its place in the queue given
// up. So a validator is never saved before its items are, and whatever moment
// the program is killed at, nothing is lost and nothing done twice.
type Watch struct {
	Engine Engine
	Client *fetch.Client
	Parse  FeedParser
	Policy fetch.Policy
	// Once ends the run when every feed was polled and no page can be fetched
	// without waiting for another day.
	Once    bool
	Workers int // hosts that are spoken to at once; 0 means 8
	// Now and Sleep are the clock; nil stands for the system's.
	Now   func() time.Time
	Sleep func(context.Context, time.Duration) error
	// Event is told of each poll and page in a line; it may be nil.
	Event func(string)
}

// Watched is what a run did. Entries are what the feeds named, and
//
//	Queued + Entries == Tally.In + Waiting
//
// where Queued were waiting when the run began, and Waiting when it ended.
type Watched struct {
	Run
	Polls, Unchanged, Failed int
	Entries, Queued, Waiting int
}

// The kinds of state.
const (
	feedState = "feed/1"
	itemState = "feed-item/1"
)

const (
	maxTries = 8             // for a page that is not to be had, over a good week
	maxNew   = 5000          // articles that one poll may bring
	fullText = 600           // bytes of a text that is no summary
	onceWait = 2 * time.Hour // how long --once waits for what failed: never this long
)

// followed is a feed as it is in memory. While its poll is on its way it
// belongs to the worker.
type followed struct {
	url   string
	host  string
	state fetch.State
	body  string   // hash of the last answer that was read to its end
	seen  sighting // entries that are settled or in the queue
	done  bool     // polled in this run
}

// kept is a feed as it is in the store.
type kept struct {
	URL   string      `json:"url"`
	State fetch.State `json:"state"`
	Body  string      `json:"body,omitempty"`
	Seen  []byte      `json:"seen,omitempty"` // eight bytes a sighting, oldest first
}

// queued is an article whose page is to be fetched.
type queued struct {
	Feed  string    `json:"feed"`
	Entry Entry     `json:"entry"`
	Tries int       `json:"tries,omitempty"`
	Next  time.Time `json:"next,omitzero"`

	key, host string
	order     int
}

// outcome is what a worker hands back.
type outcome struct {
	feed    *followed // of a poll
	item    *queued   // of a page
	results []result
	queue   []*queued // new ones
	entries int
	known   int
	fetched bool // with an answer, of whatever kind
	failure error
	after   time.Time // for a page to be tried again
	resp    fetch.Response
}

// watcher is a run of Watch. Only the goroutine of run touches it.
type watcher struct {
	Watch
	feeds []*followed
	queue []*queued
	order int
	busy  map[string]bool // hosts
	back  chan outcome
	out   Watched
}

// Run follows the feeds at the addresses until ctx ends, or once. The error is
// the store's; an end by ctx is none.
func (w Watch) Run(ctx context.Context, addresses []string) (Watched, error) {
	if w.Now == nil {
		w.Now = time.Now
	}
	if w.Sleep == nil {
		w.Sleep = fetch.Sleep
	}
	if w.Workers <= 0 {
		w.Workers = 8
	}
	r := &watcher{Watch: w, busy: map[string]bool{}, back: make(chan outcome, w.Workers)}
	if err := w.Engine.renew(ctx); err != nil {
		return r.out, err
	}
	if err := r.load(ctx, addresses); err != nil {
		return r.out, err
	}
	err := r.run(ctx)
	r.out.Waiting = len(r.queue)
	return r.out, err
}

// load brings the feeds and their queue back from the store.
func (w *watcher) load(ctx context.Context, addresses []string) error {
	mine := map[string]bool{}
	for _, a := range addresses {
		if mine[a] {
			continue
		}
		mine[a] = true
		f := &followed{url: a, host: hostOf(a)}
		raw, err := w.Engine.Store.State(ctx, feedState, hashOf(a))
		switch {
		case errors.Is(err, store.ErrNotFound):
		case err != nil:
			return err
		default:
			var k kept
			// A state that cannot be read is that of a feed never seen: what
			// it brings again is known to the store.
			if json.Unmarshal(raw, &k) == nil && k.URL == a {
				f.state, f.body, f.seen = k.State, k.Body, sightings(k.Seen)
			}
		}
		w.feeds = append(w.feeds, f)
	}
	for kv, err := range w.Engine.Store.States(ctx, itemState) {
		if err != nil {
			return err
		}
		q := &queued{key: kv.Key}
		if json.Unmarshal(kv.Value, q) != nil || !mine[q.Feed] {
			continue
		}
		w.enqueue(q)
	}
	w.out.Queued = len(w.queue)
	return nil
}

func (w *watcher) enqueue(q *queued) {
	q.host = hostOf(q.Entry.URL)
	q.order = w.order
	w.order++
	w.queue = append(w.queue, q)
}

// run hands jobs to workers, one a host, and stores what comes back.
func (w *watcher) run(ctx context.Context) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	running := 0
	defer func() {
		cancel()
		for ; running > 0; running-- {
			<-w.back // unfinished: it stays as it is in the store
		}
	}()
	for {
		if ctx.Err() != nil {
			return nil
		}
		next := w.start(ctx, &running)
		switch {
		case running > 0:
			// Look again each second: something may have come due.
			timer := time.NewTimer(time.Second)
			select {
			case o := <-w.back:
				running--
				if err := w.finish(ctx, o); err != nil {
					return err
				}
			case <-timer.C:
			}
			timer.Stop()
		case next.IsZero():
			return nil
		default:
			if w.Sleep(ctx, min(next.Sub(w.Now()), time.Minute)) != nil {
				return nil
			}
		}
	}
}

// start starts what is due on hosts that are free. next is when something will
// be due; zero when nothing ever will.
func (w *watcher) start(ctx context.Context, running *int) (next time.Time) {
	now := w.Now()
	later := func(t time.Time) {
		if next.IsZero() || t.Before(next) {
			next = t
		}
	}
	for _, f := range w.feeds {
		switch {
		case w.Once && f.done:
		case w.Once && f.state.Failures > 0 && f.state.Next.After(now):
			f.done = true
			w.tell("%s: left alone until %s (%s)", f.url, f.state.Next.Format(time.RFC3339), f.state.Error)
		case !w.Once && f.state.Next.After(now):
			later(f.state.Next)
		case w.busy[f.host] || *running >= w.Workers:
			later(now)
		default:
			f.done = true
			w.busy[f.host] = true
			*running++
			go func() { w.back <- w.poll(ctx, f) }()
		}
	}
	for _, q := range w.queue {
		switch {
		case q.Next.After(now):
			if !w.Once || q.Next.Sub(now) < onceWait && q.Tries == 0 {
				later(q.Next)
			}
		case w.busy[q.host] || *running >= w.Workers:
			later(now)
		default:
			w.busy[q.host] = true
			*running++
			go func() { w.back <- w.page(ctx, q) }()
		}
	}
	return next
}

// poll asks for a feed and reads what came. It runs in a worker.
func (w *watcher) poll(ctx context.Context, f *followed) outcome {
	o := outcome{feed: f}
	req := f.state.Request(f.url)
	o.resp, o.failure = w.Client.Get(ctx, req)
	now := w.Now()
	switch {
	case o.failure != nil:
		f.state = f.state.After(w.Policy, f.url, now, o.resp, o.failure, false)
		return o
	case o.resp.Status == 304:
		f.state = f.state.After(w.Policy, f.url, now, o.resp, nil, true)
		return o
	case len(o.resp.Body) == 0:
		o.failure = &fetch.Failure{Kind: fetch.Empty, URL: f.url, Reason: "the answer is empty"}
		f.state = f.state.After(w.Policy, f.url, now, o.resp, o.failure, false)
		return o
	}
	hash := hashOf(string(o.resp.Body))
	if hash == f.body {
		o.resp.Status = 304 // as good as one; the validators may be new
		f.state = f.state.After(w.Policy, f.url, now, fetch.Response{Status: 200, ETag: o.resp.ETag, LastModified: o.resp.LastModified}, nil, true)
		return o
	}
	entries, err := w.Parse(o.resp.Body, o.resp.URL)
	if err != nil && len(entries) == 0 {
		o.failure = fmt.Errorf("read the feed %s: %w", f.url, err)
		f.state = f.state.After(w.Policy, f.url, now, o.resp, o.failure, false)
		return o
	}
	o.fetched = true
	whole := w.take(ctx, f, entries, now, &o) && err == nil
	f.body = ""
	if whole {
		f.body = hash
	}
	f.state = f.state.After(w.Policy, f.url, now, o.resp, nil, whole)
	if err != nil {
		f.state.Error = err.Error()
	}
	return o
}

// take sorts the entries of a feed into those that are known, those whose text
// is there, and those whose page is to be fetched. It tells whether it took
// all of them.
func (w *watcher) take(ctx context.Context, f *followed, entries []Entry, now time.Time, o *outcome) bool {
	o.entries = len(entries)
	fresh := 0
	for _, e := range withoutStamp(entries) {
		key, changed := sightingOf(e), changeOf(e)
		known := key
		if changed != 0 && !justNow(e.Updated, now) {
			known = changed
		}
		if f.seen.has(known) {
			f.seen.add(known)
			o.known++
			continue
		}
		if fresh >= maxNew {
			// Not seen: they are taken in at the next poll.
			o.results = append(o.results, rejected(f.url, "too many items", "the feed has more than %d new items at once; the others are read at the next poll", maxNew))
			continue
		}
		fresh++
		f.seen.add(key)
		if changed != 0 {
			f.seen.add(changed)
		}
		switch {
		case e.whole() && (e.URL == "" || sameSite(e.URL, o.resp.URL)):
			// A feed speaks for its own site only: what another site says is
			// asked of that site.
			o.results = append(o.results, w.Engine.readEntry(ctx, e, now, f.url, key))
		case e.URL == "":
			o.results = append(o.results, rejected(f.url, "no address", "the item %q has neither a text nor the address of its page", cutText(e.Title, 60)))
		default:
			o.queue = append(o.queue, &queued{Feed: f.url, Entry: e, key: hashOf(f.url) + fmt.Sprintf("%016x", key)})
		}
	}
	f.seen.keep(max(2000, 8*len(entries)))
	return o.entries == o.known+fresh
}

// whole tells whether the entry has the article's text and not just its
// beginning.
func (e Entry) whole() bool {
	if e.URL == "" {
		return strings.TrimSpace(e.Content) != ""
	}
	text, inTag := 0, false
	for i := 0; i < len(e.Content); i++ {
		switch c := e.Content[i]; {
		case c == '<':
			inTag = true
		case c == '>':
			inTag = false
		case !inTag && c > ' ':
			text++
		}
	}
	if text < fullText {
		return false
	}
	end := strings.ToLower(e.Content[max(0, len(e.Content)-200):])
	for _, sign := range [...]string{"[…]", "[...]", "[&#8230;]", "[&hellip;]", "read more", "continue reading", "read the full"} {
		if strings.Contains(end, sign) {
			return false
		}
	}
	return true
}

// readEntry makes an article of the text that stood in a feed. Its capture is a
// record of JSON Lines, so that it can be read again from the store. Whose it
// is goes into the page inside the record, which is believed as much as any
// page of the host.
func (g Engine) readEntry(ctx context.Context, e Entry, now time.Time, feed string, key uint64) result {
	inside := fmt.Sprintf("<html><head><title>%s</title><meta property=\"og:site_name\" content=\"%s\"></head><body><article><h1>%[1]s</h1>\n%[3]s</article></body></html>",
		html.EscapeString(e.Title), html.EscapeString(e.Outlet), e.Content)
	line, err := json.Marshal(struct {
		URL      string `json:"url,omitempty"`
		Headline string `json:"headline,omitempty"`
		Language string `json:"language,omitempty"`
		HTML     string `json:"html"`
	}{e.URL, e.Title, e.Language, inside})
	if err != nil {
		panic(err) // strings only
	}
	c := captured(line, now)
	c.Path = feed
	item := ingest.Found{Capture: c, Name: fmt.Sprintf("%s#%016x", feed, key), Where: cmp.Or(e.URL, feed)}.Read(g.Options)
	if e.Published != "" && item.Outcome == ingest.OK {
		item.Version.Given.Dates = append(item.Version.Given.Dates, news.GivenDate{From: "feed", Role: "published", Value: e.Published})
	}
	return g.annotated(ctx, item)
}

func rejected(where, kind, format string, args ...any) result {
	return result{item: ingest.Item{
		Outcome: ingest.Rejected, Kind: kind, Where: where,
		Reason: "read " + where + ": " + fmt.Sprintf(format, args...),
	}}
}

// page fetches the page of an article. It runs in a worker.
func (w *watcher) page(ctx context.Context, q *queued) outcome {
	o := outcome{item: q}
	r, err := w.Engine.fetchPage(ctx, w.Client, q.Entry.URL, w.Now(), q.Entry.Published)
	if err == nil {
		o.results = []result{r}
		return o
	}
	o.failure = err
	var f *fetch.Failure
	errors.As(err, &f)
	q.Tries++
	if f.Kind == fetch.Resting || f.Kind == fetch.Stopped {
		q.Tries-- // nothing was tried
	}
	if f.Passing() && q.Tries < maxTries {
		// 15 minutes, half an hour … 16 hours: a week in all.
		wait := max(15*time.Minute<<max(0, q.Tries-1), f.After)
		o.after = w.Now().Add(min(wait, 24*time.Hour))
		return o
	}
	o.results = []result{rejected(q.Entry.URL, string(f.Kind), "%s", f.Reason)}
	return o
}

// finish stores what a worker brought, in one transaction.
func (w *watcher) finish(ctx context.Context, o outcome) error {
	if o.feed != nil {
		delete(w.busy, o.feed.host)
	} else {
		delete(w.busy, o.item.host)
	}
	var f *fetch.Failure
	if errors.As(o.failure, &f) && f.Kind == fetch.Stopped {
		return nil // the run ends; the store has what is to be done
	}
	// What has come is stored also when the run is being stopped.
	group := store.NewGroup(context.WithoutCancel(ctx), w.Engine.Store, 1<<30)
	defer group.Rollback()
	out := w.out // counted when it is safe
	out.Tally.Reasons = maps.Clone(out.Tally.Reasons)
	for _, r := range o.results {
		if err := w.Engine.keep(group, r, &out.Run, map[string]bool{}); err != nil {
			return err
		}
	}
	out.IDs = nil // a run may last for years
	err := group.Do(func(b store.Batch) error {
		if o.feed != nil {
			return w.putFeed(b, o)
		}
		return w.putItem(b, o)
	})
	if err == nil {
		err = group.Flush()
	}
	if err != nil {
		return err
	}
	w.count(&out, o)
	w.out = out
	w.say(o)
	return nil
}

func (w *watcher) putFeed(b store.Batch, o outcome) error {
	f := o.feed
	for _, q := range o.queue {
		if err := putJSON(b, itemState, q.key, q); err != nil {
			return err
		}
	}
	return putJSON(b, feedState, hashOf(f.url), kept{f.url, f.state, f.body, f.seen.bytes()})
}

func (w *watcher) putItem(b store.Batch, o outcome) error {
	if !o.after.IsZero() {
		o.item.Next = o.after
		return putJSON(b, itemState, o.item.key, o.item)
	}
	return b.PutState(itemState, o.item.key, nil)
}

func putJSON(b store.Batch, kind, key string, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return b.PutState(kind, key, raw)
}

// count adds an outcome to the figures and to the queue.
func (w *watcher) count(out *Watched, o outcome) {
	if o.feed == nil {
		if o.after.IsZero() {
			w.queue = slices.DeleteFunc(w.queue, func(q *queued) bool { return q == o.item })
		}
		return
	}
	out.Polls++
	switch {
	case o.failure != nil:
		out.Failed++
	case !o.fetched:
		out.Unchanged++
	}
	out.Entries += o.entries
	out.Tally.In += o.known
	out.Tally.Duplicate += o.known
	for _, q := range o.queue {
		w.enqueue(q)
	}
}

// say tells of an outcome in a line.
func (w *watcher) say(o outcome) {
	switch {
	case o.failure != nil && o.feed != nil:
		w.tell("%v; next try %s", o.failure, o.feed.state.Next.Format(time.RFC3339))
	case o.failure != nil:
		w.tell("%v", o.failure)
	case o.feed != nil && o.fetched:
		w.tell("%s: %d items, %d known, %d pages to fetch", o.feed.url, o.entries, o.known, len(o.queue))
		if o.resp.Moved {
			w.tell("%s has moved to %s for good; follow that", o.feed.url, o.resp.URL)
		}
	case o.item != nil:
		w.tell("read %s", o.item.Entry.URL)
	}
}

func (w *watcher) tell(format string, args ...any) {
	if w.Event != nil {
		w.Event(fmt.Sprintf(format, args...))
	}
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return strings.ToLower(u.Hostname())
}

func hashOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:16])
}

func cutText(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}
