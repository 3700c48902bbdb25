package pipeline

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tracewire/tracewire/internal/ingest/fetch"
	"github.com/tracewire/tracewire/internal/store"
	"github.com/tracewire/tracewire/internal/store/memory"
)

// fakeClock goes on when somebody waits for it.
type fakeClock struct {
	mu  sync.Mutex
	now time.Time
}

func newFakeClock() *fakeClock {
	return &fakeClock{now: time.Date(2031, 5, 6, 7, 0, 0, 0, time.UTC)}
}

func (c *fakeClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *fakeClock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return ctx.Err()
}

// parseRSS is a small reader of RSS for tests. Of a feed that breaks off it
// gives what was whole, and an error.
func parseRSS(raw []byte, _ string) (out []Entry, err error) {
	d := xml.NewDecoder(bytes.NewReader(raw))
	d.Strict = false
	feed := false
	for {
		t, err := d.Token()
		if err == io.EOF && feed {
			return out, nil
		}
		if err != nil {
			return out, fmt.Errorf("broken off: %w", err)
		}
		s, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch s.Name.Local {
		case "rss":
			feed = true
		case "html":
			return nil, errors.New("a page and no feed")
		case "item":
			var it struct {
				GUID    string `xml:"guid"`
				Link    string `xml:"link"`
				Title   string `xml:"title"`
				Summary string `xml:"description"`
				Content string `xml:"encoded"`
			}
			if err := d.DecodeElement(&it, &s); err != nil {
				return out, err
			}
			out = append(out, Entry{GUID: it.GUID, URL: it.Link, Title: it.Title, Summary: it.Summary, Content: it.Content})
		}
	}
}

// rss writes a feed.
func rss(entries []Entry) []byte {
	var b bytes.Buffer
	b.WriteString("<rss version=\"2.0\"><channel><title>Liar</title>\n")
	for _, e := range entries {
		fmt.Fprintf(&b, "<item><guid>%s</guid><link>%s</link><title>%s</title><description>%s</description>", html.EscapeString(e.GUID), html.EscapeString(e.URL), html.EscapeString(e.Title), html.EscapeString(e.Summary))
		if e.Content != "" {
			fmt.Fprintf(&b, "<encoded>%s</encoded>", html.EscapeString(e.Content))
		}
		b.WriteString("<pubDate>Fri, 01 Jan 2099 00:00:00 GMT</pubDate></item>\n")
	}
	b.WriteString("</channel></rss>\n")
	return b.Bytes()
}

func prose(mark string) string {
	return "<p>PORT AMBRY — The ferry of line " + mark + " left an hour late on Monday, the harbour office said.</p>\n" +
		"<p>A gate of the lock at Estermouth had been stuck since the night, a spokeswoman told passengers on the quay of line " + mark + ".</p>\n" +
		"<p>Nobody was hurt, and boats ran to the timetable again by noon on line " + mark + ", the office added in a statement.</p>\n"
}

func pageOf(title, body string) string {
	return "<!doctype html><html><head><title>" + title + "</title></head><body><article><h1>" + title + "</h1>\n" + body + "</article></body></html>"
}

// liar is a host with one feed, in a character of its own.
type liar struct {
	character string
	base      string // "http://127.0.1.3:8080"
	polls     int    // requests for the feed
	serves    int    // the same, up to the last with news
	tries     map[string]int
	good      map[string]int // marks that must be in the store, by how many versions
	bad       map[string]int // reasons for what must be rejected
	at        []time.Time
	mu        sync.Mutex
}

const lastNews = 1000

func (l *liar) mark(n int) string { return fmt.Sprintf("%s-%04d", l.character, n) }

// entries are the feed at a poll: a new article at each fifth.
func (l *liar) entries(poll int) []Entry {
	var out []Entry
	last := min(poll, lastNews) / 5
	for n := max(0, last-60); n <= last; n++ {
		m := l.mark(n)
		e := Entry{GUID: "guid-" + m, URL: l.base + "/" + m, Title: "Ferry late on line " + m, Summary: "A ferry is late."}
		switch l.character {
		case "changing":
			e.GUID = fmt.Sprintf("guid-%s-%d", m, poll)
		case "reusing", "onefeedoneguid":
			e.GUID = "the only one"
		case "rewriting":
			// One article, whose page says something new each time.
			e.URL = l.base + "/rewritten"
			e.GUID = "rewritten"
			if n < last {
				continue
			}
		case "fulltext":
			e.Content = prose(m) + prose(m) + prose(m)
		}
		out = append(out, e)
		if l.character == "onefeedoneguid" {
			out = append(out, e) // twice in one feed
			if n%10 == 0 {
				out = append(out, Entry{GUID: "the only one", Title: "Nothing behind " + m})
			}
		}
		if l.character == "gone" {
			switch n % 5 {
			case 1:
				out[len(out)-1].URL = l.base + "/gone/" + m
			case 2:
				out[len(out)-1].URL = "http://10.1.2.3/" + m
			case 3:
				out[len(out)-1].URL = l.base + "/private/" + m
			}
		}
	}
	slices.Reverse(out)
	return out
}

// expect works out what must come of it.
func (l *liar) expect() {
	l.good, l.bad = map[string]int{}, map[string]int{}
	for n := 0; n <= lastNews/5; n++ {
		switch {
		case l.character == "gone" && n%5 == 1:
			l.bad["HTTP status"]++
		case l.character == "gone" && n%5 == 2:
			l.bad["not public"]++
		case l.character == "gone" && n%5 == 3:
			l.bad["robots.txt"]++
		default:
			l.good[l.mark(n)] = 1
		}
		if l.character == "onefeedoneguid" && n%10 == 0 {
			l.bad["no address"]++
		}
	}
}

func (l *liar) serve(w http.ResponseWriter, r *http.Request, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.at = append(l.at, now)
	switch {
	case r.URL.Path == "/robots.txt":
		io.WriteString(w, "User-agent: *\nDisallow: /private/\n")
	case r.URL.Path == "/feed":
		l.polls++
		l.feed(w, r)
	case r.URL.Path == "/loop":
		http.Redirect(w, r, "/loop", 302)
	default:
		l.article(w, r)
	}
}

func (l *liar) feed(w http.ResponseWriter, r *http.Request) {
	n := l.polls
	body := rss(l.entries(n))
	etag := fmt.Sprintf(`"%d"`, min(n, lastNews)/5)
	switch l.character {
	case "saying304":
		etag = `"for ever"`
	case "flaky":
		switch {
		case n%3 == 0:
			w.WriteHeader(500)
			return
		case n%7 == 0:
			w.Header().Set("Content-Length", fmt.Sprint(len(body)))
			w.Write(body[:len(body)/2]) // then the connection breaks
			return
		case n%11 == 0:
			return // empty
		case n%13 == 0:
			io.WriteString(w, "<html><body>Please log in")
			return
		case n%17 == 0:
			w.Write(body[:len(body)*2/3]) // ends in the middle of an item
			return
		case n%19 == 0:
			w.WriteHeader(304) // whether asked or not
			return
		}
	case "bombing":
		switch {
		case n%5 == 3:
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(theBomb())
			return
		case n%100 == 51:
			w.Write(body[:10])
			for range 100 {
				w.(http.Flusher).Flush()
				time.Sleep(20 * time.Millisecond)
				if _, err := w.Write([]byte("x")); err != nil {
					return
				}
			}
			return
		case n%9 == 4:
			w.Header().Set("ETag", `"`+strings.Repeat("e", 64<<10)+`"`)
			return
		}
	case "gone":
		switch {
		case n%250 == 7:
			w.Header().Set("Retry-After", "315360000")
			w.WriteHeader(503)
			return
		case n%50 == 9:
			http.Redirect(w, r, "/loop", 301)
			return
		}
	}
	w.Header().Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(304)
		return
	}
	w.Write(body)
}

var theBomb = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(make([]byte, 4<<20))
	z.Close()
	return b.Bytes()
})

func (l *liar) article(w http.ResponseWriter, r *http.Request) {
	m := strings.TrimPrefix(r.URL.Path, "/")
	l.tries[m]++
	switch {
	case strings.HasPrefix(m, "gone/"):
		w.WriteHeader(410)
		return
	case strings.HasPrefix(m, "private/"):
		panic("robots.txt was not obeyed")
	case m == "rewritten":
		m = l.mark(min(l.polls, lastNews) / 5)
	case l.character == "flaky" && l.tries[m] == 1:
		w.WriteHeader(503)
		return
	case l.character == "fulltext":
		panic("the text stood in the feed")
	}
	io.WriteString(w, pageOf("Ferry late on line "+m, prose(m)))
}

// TestLyingHosts polls ten feeds a thousand times each. Nothing may be lost,
// nothing doubled, everything accounted for.
func TestLyingHosts(t *testing.T) {
	if testing.Short() {
		t.Skip("some seconds")
	}
	k := newFakeClock()
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	port := listener.Addr().(*net.TCPAddr).Port
	var liars []*liar
	var feeds []string
	for i, c := range []string{"honest", "saying304", "changing", "reusing", "rewriting", "flaky", "bombing", "fulltext", "onefeedoneguid", "gone"} {
		l := &liar{character: c, tries: map[string]int{}, base: fmt.Sprintf("http://127.0.1.%d:%d", i+1, port)}
		l.expect()
		liars = append(liars, l)
		feeds = append(feeds, l.base+"/feed")
		in, err := net.Listen("tcp4", fmt.Sprintf("127.0.1.%d:%d", i+1, port))
		if err != nil {
			t.Skipf("only 127.0.0.1 can be listened on: %v", err)
		}
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { l.serve(w, r, k.Now()) }))
		s.Listener.Close()
		s.Listener = in
		s.Start()
		defer s.Close()
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	client := fetch.New(fetch.Options{
		Allow: []fetch.Allowed{{Prefix: netip.MustParsePrefix("127.0.1.0/24"), Port: uint16(port)}},
		Now:   k.Now, Sleep: k.Sleep,
		Limits: fetch.Limits{Grace: 300 * time.Millisecond, Heads: 256 << 10},
	})
	defer client.Close()
	var mu sync.Mutex
	parsed := 0
	mem := memory.New()
	w := Watch{
		Engine: Engine{Store: mem, Workers: 1}, Client: client, Workers: 4, Now: k.Now, Sleep: k.Sleep,
		Policy: fetch.Policy{Seed: 1},
		Parse: func(raw []byte, base string) ([]Entry, error) {
			out, err := parseRSS(raw, base)
			mu.Lock()
			defer mu.Unlock()
			parsed += len(out)
			return out, err
		},
		Event: func(string) {
			for _, l := range liars {
				l.mu.Lock()
				n := l.polls
				l.mu.Unlock()
				if n < lastNews+25 {
					return
				}
			}
			cancel()
		},
	}
	start := time.Now()
	out, err := w.Run(ctx, feeds)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%v, %d polls over %v: %d failed, %d without news, %d entries; %v; %d waiting",
		time.Since(start).Round(time.Millisecond), out.Polls, k.Now().Sub(newFakeClock().now).Round(time.Hour), out.Failed, out.Unchanged, out.Entries, out.Tally, out.Waiting)

	if out.Entries+out.Queued != out.Tally.In+out.Waiting || !out.Tally.Balanced() || out.Waiting != 0 {
		t.Errorf("the books do not balance: %+v", out)
	}
	if parsed != out.Entries {
		t.Errorf("%d entries were read, %d accounted for", parsed, out.Entries)
	}
	want, reasons := map[string]int{}, map[string]int{}
	for _, l := range liars {
		maps.Copy(want, l.good)
		for k, n := range l.bad {
			reasons[k] += n
		}
	}
	if out.Tally.Stored != len(want) || out.Tally.Quarantined != 0 || !maps.Equal(out.Tally.Reasons, reasons) {
		t.Errorf("stored %d, want %d; rejected %v, want %v", out.Tally.Stored, len(want), out.Tally.Reasons, reasons)
	}
	got := marks(t, mem)
	for m, n := range want {
		if got[m] != n {
			t.Errorf("%s: %d versions, want %d", m, got[m], n)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d articles, want %d", len(got), len(want))
	}
	for _, l := range liars {
		for i := 1; i < len(l.at); i++ {
			if d := l.at[i].Sub(l.at[i-1]); d < fetch.Pace {
				t.Errorf("%s: request %d came after %v", l.character, i, d)
				break
			}
		}
	}
}

// marks counts the versions in a store by the mark in their text.
func marks(t *testing.T, s store.Store) map[string]int {
	t.Helper()
	out := map[string]int{}
	for v, err := range s.Versions(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		_, rest, found := strings.Cut(v.Text, "The ferry of line ")
		mark, _, _ := strings.Cut(rest, " ")
		if !found {
			t.Errorf("a version without a mark: %q", v.Text)
		}
		out[mark]++
	}
	return out
}
