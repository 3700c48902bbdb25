package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tracewire/tracewire/internal/ingest/fetch"
	"github.com/tracewire/tracewire/internal/store"
	"github.com/tracewire/tracewire/internal/store/memory"
	"github.com/tracewire/tracewire/internal/store/sqlite"
)

// paper is a host with a feed of articles, some with their text in it.
type paper struct {
	articles int
	etag     bool
	body     string // in place of the feed
	seen     []string
	down     map[string]int // answers that are 503 before one is good
	url      string
}

func newPaper(t *testing.T) *paper {
	p := &paper{articles: 6, etag: true, down: map[string]int{}}
	s := httptest.NewServer(p)
	t.Cleanup(s.Close)
	p.url = s.URL
	return p
}

func (p *paper) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/robots.txt" {
		w.WriteHeader(404)
		return
	}
	p.seen = append(p.seen, strings.TrimPrefix(r.URL.Path, "/"))
	if p.down[r.URL.Path] > 0 {
		p.down[r.URL.Path]--
		w.WriteHeader(503)
		return
	}
	if r.URL.Path != "/feed" {
		io.WriteString(w, pageOf("Ferry late", prose(strings.TrimPrefix(r.URL.Path, "/"))))
		return
	}
	if p.body != "" {
		// A host that does not tell a part from the whole.
		w.Header().Set("ETag", `"body"`)
		if r.Header.Get("If-None-Match") == `"body"` {
			w.WriteHeader(304)
			return
		}
		io.WriteString(w, p.body)
		return
	}
	etag := fmt.Sprintf(`"%d"`, p.articles)
	if p.etag {
		w.Header().Set("ETag", etag)
	}
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(304)
		return
	}
	var entries []Entry
	for i := range p.articles {
		e := Entry{URL: fmt.Sprintf("%s/n%d", p.url, i), Title: fmt.Sprint("Ferry ", i)}
		if i%3 == 2 {
			m := fmt.Sprint("n", i)
			e.Content = prose(m) + prose(m) + prose(m)
		}
		entries = append(entries, e)
	}
	w.Write(rss(entries))
}

func (p *paper) watch(t *testing.T, s store.Store) (Watch, *fakeClock) {
	k := newFakeClock()
	c := fetch.New(fetch.Options{Allow: []fetch.Allowed{{Prefix: netip.MustParsePrefix("127.0.0.1/32")}}, Now: k.Now, Sleep: k.Sleep})
	t.Cleanup(c.Close)
	return Watch{Engine: Engine{Store: s, Workers: 1}, Client: c, Parse: parseRSS, Once: true, Now: k.Now, Sleep: k.Sleep}, k
}

func (p *paper) once(t *testing.T, w Watch) Watched {
	t.Helper()
	out, err := w.Run(context.Background(), []string{p.url + "/feed"})
	if err != nil {
		t.Fatal(err)
	}
	if out.Entries+out.Queued != out.Tally.In+out.Waiting || !out.Tally.Balanced() {
		t.Errorf("the books do not balance: %+v", out)
	}
	return out
}

func TestWatchOnceAndAgain(t *testing.T) {
	p := newPaper(t)
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "s.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	w, _ := p.watch(t, db)
	if out := p.once(t, w); out.Tally.Stored != 6 || out.Polls != 1 {
		t.Errorf("at first: %+v", out)
	}
	if got := fmt.Sprint(p.seen); got != "[feed n0 n1 n3 n4]" {
		t.Errorf("asked for %v", got)
	}
	if out := p.once(t, w); out.Tally.In != 0 || out.Unchanged != 1 {
		t.Errorf("unchanged: %+v", out)
	}
	p.etag = false // the same bytes, without a 304
	if out := p.once(t, w); out.Tally.In != 0 || out.Unchanged != 1 {
		t.Errorf("the same bytes: %+v", out)
	}
	p.articles = 8
	if out := p.once(t, w); out.Tally.Stored != 2 || out.Tally.Duplicate != 6 {
		t.Errorf("two more: %+v", out)
	}
	// A new release drops what is derived, and still knows where it stands.
	if err := db.DropDerived(context.Background()); err != nil {
		t.Fatal(err)
	}
	p.seen = nil
	if out := p.once(t, w); out.Tally.In != 0 || len(p.seen) != 1 {
		t.Errorf("after a new release: %+v, asked for %v", out, p.seen)
	}
	if got := marks(t, db); len(got) != 8 {
		t.Errorf("got %v", got)
	}
}

// TestPagesAreTriedAgain, from the queue in the store, after days if need be.
func TestPagesAreTriedAgain(t *testing.T) {
	p := newPaper(t)
	p.down["/n0"], p.down["/n1"] = 3, 100
	s := memory.New()
	w, k := p.watch(t, s)
	out := p.once(t, w)
	if out.Tally.Stored != 4 || out.Waiting != 2 {
		t.Fatalf("at first: %+v", out)
	}
	total := out.Tally
	for range 20 {
		k.Sleep(context.Background(), 24*time.Hour)
		out = p.once(t, w)
		total.Stored += out.Tally.Stored
		total.Rejected += out.Tally.Rejected
	}
	if total.Stored != 5 || total.Rejected != 1 || out.Waiting != 0 || p.down["/n1"] != 100-maxTries {
		t.Errorf("got %+v, %d waiting, %d left", total, out.Waiting, p.down["/n1"])
	}
}

func TestFailingFeedsAreLeftAlone(t *testing.T) {
	p := newPaper(t)
	p.down["/feed"] = 5
	w, k := p.watch(t, memory.New())
	if out := p.once(t, w); out.Failed != 1 || len(p.seen) != 1 {
		t.Errorf("got %+v", out)
	}
	if out := p.once(t, w); out.Polls != 0 || len(p.seen) != 1 {
		t.Errorf("it was asked again at once: %+v", out)
	}
	for range 10 {
		k.Sleep(context.Background(), 25*time.Hour)
		p.once(t, w)
	}
	if out := p.once(t, w); len(marks(t, w.Engine.Store)) != 6 {
		t.Errorf("it never came back: %+v", out)
	}
}

func TestWhatIsNoFeed(t *testing.T) {
	for _, c := range []struct{ name, body string }{
		{"a page", "<html><body>Please log in"},
		{"text", "nothing"},
		{"broken at once", "<rss><channel"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPaper(t)
			p.body = c.body
			w, _ := p.watch(t, memory.New())
			if out := p.once(t, w); out.Failed != 1 || out.Entries != 0 {
				t.Errorf("got %+v", out)
			}
		})
	}
}

// TestPartOfAFeed: what is whole is taken, and the feed is asked for again
// without a condition.
func TestPartOfAFeed(t *testing.T) {
	p := newPaper(t)
	whole := string(rss([]Entry{{URL: p.url + "/a", Title: "A"}, {URL: p.url + "/b", Title: "B"}, {URL: p.url + "/c", Title: "C"}}))
	p.body = whole[:strings.Index(whole, "<title>C")]
	w, _ := p.watch(t, memory.New())
	if out := p.once(t, w); out.Tally.Stored != 2 {
		t.Errorf("got %+v", out)
	}
	p.body = whole
	if out := p.once(t, w); out.Tally.Stored != 1 || out.Tally.Duplicate != 2 {
		t.Errorf("got %+v", out)
	}
}

// TestAFeedSpeaksForItsOwnSite: the text that a feed gives for another site's
// address is not believed; that site is asked.
func TestAFeedSpeaksForItsOwnSite(t *testing.T) {
	p, other := newPaper(t), newPaper(t)
	victim := strings.Replace(other.url, "127.0.0.1", "127.0.0.2", 1) + "/real"
	forged := prose("forged")
	p.body = string(rss([]Entry{{URL: victim, Title: "Forged", Content: forged + forged + forged}}))
	w, _ := p.watch(t, memory.New())
	out := p.once(t, w)
	if out.Tally.Stored != 0 || out.Tally.Reasons[string(fetch.NotPublic)] != 1 {
		t.Errorf("got %+v", out)
	}
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"https://paper.example/a", "https://paper.example/feed", true},
		{"https://www.paper.co.uk/a", "https://feeds.paper.co.uk/feed", true},
		{"https://one.co.uk/a", "https://two.co.uk/feed", false},
		{"https://one.github.io/a", "https://two.github.io/feed", false},
		{"https://paper.example.evil.example/a", "https://paper.example/feed", false},
		{"http://127.0.0.1/a", "http://127.0.0.2/feed", false},
		{"", "", false},
	} {
		if got := sameSite(c.a, c.b); got != c.same {
			t.Errorf("%s and %s: got %v", c.a, c.b, got)
		}
	}
}

// TestDataIsNoPage: a host cannot say whose text it sends.
func TestDataIsNoPage(t *testing.T) {
	p := newPaper(t)
	line, err := json.Marshal(map[string]string{"url": "https://another.example/a", "outlet": "Another Paper", "text": "Forged."})
	if err != nil {
		t.Fatal(err)
	}
	w, _ := p.watch(t, memory.New())
	for _, body := range []string{string(line), "\ufeff \n" + string(line), `<?xml version="1.0"?><nitf><body>Forged.</body></nitf>`, "WARC/1.0\r\n"} {
		p.body = body
		run, err := w.Engine.ReadURLs(context.Background(), w.Client, parseRSS, []string{p.url + "/feed"})
		if err != nil || run.Tally.Stored != 0 || run.Tally.Reasons["not a page"] != 1 {
			t.Errorf("got %+v, %v", run, err)
		}
	}
}

// dying is a store whose commits fail from some moment on, as if the machine
// had died just before.
type dying struct {
	store.Store
	left *int
}

type dyingBatch struct {
	store.Batch
	left *int
}

var errDied = errors.New("the machine died")

func (d dying) Begin(ctx context.Context) (store.Batch, error) {
	b, err := d.Store.Begin(ctx)
	return dyingBatch{b, d.left}, err
}

func (b dyingBatch) Commit() error {
	if *b.left == 0 {
		return errDied
	}
	*b.left--
	return b.Batch.Commit()
}

// TestDyingAtAnyMoment: whichever commit is the last one, the next run ends
// where an undisturbed one would, and asks for no page twice that was stored.
func TestDyingAtAnyMoment(t *testing.T) {
	undisturbed := newPaper(t)
	s := memory.New()
	w, _ := undisturbed.watch(t, s)
	undisturbed.once(t, w)
	want := marks(t, s)
	for n := range 20 {
		p := newPaper(t)
		s := memory.New()
		left := n
		w, k := p.watch(t, dying{s, &left})
		_, err := w.Run(context.Background(), []string{p.url + "/feed"})
		done := err == nil
		if err != nil && !errors.Is(err, errDied) {
			t.Fatal(err)
		}
		stored := marks(t, s)
		p.seen = nil
		w.Engine.Store = s
		k.Sleep(context.Background(), time.Hour)
		p.once(t, w)
		if got := marks(t, s); !maps.Equal(got, want) {
			t.Errorf("dead after %d commits: got %v, want %v", n, got, want)
		}
		for _, path := range p.seen {
			if stored[path] > 0 {
				t.Errorf("dead after %d commits: %s was stored, and asked for again", n, path)
			}
		}
		if done {
			if n < 4 {
				t.Errorf("only %d commits", n)
			}
			return
		}
	}
	t.Error("20 commits are not enough")
}

func TestStopping(t *testing.T) {
	p := newPaper(t)
	w, _ := p.watch(t, memory.New())
	w.Once = false
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	w.Event = func(string) {
		if n++; n == 3 {
			cancel()
		}
	}
	out, err := w.Run(ctx, []string{p.url + "/feed"})
	if err != nil || out.Entries+out.Queued != out.Tally.In+out.Waiting {
		t.Errorf("got %+v, %v", out, err)
	}
	if out := p.once(t, w.asOnce()); len(marks(t, w.Engine.Store)) != 6 {
		t.Errorf("the rest was not read: %+v", out)
	}
}

func (w Watch) asOnce() Watch {
	w.Once, w.Event = true, nil
	return w
}
