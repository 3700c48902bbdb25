package fetch

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestRobots(t *testing.T) {
	bombed := bomb(t, "gzip", 20<<20)
	for _, c := range []struct {
		name   string
		robots http.HandlerFunc
		path   string
		kind   Kind
	}{
		{"none", http.NotFound, "/a", ""},
		{"403 is as good as none", code(403), "/a", ""},
		{"410 is as good as none", code(410), "/a", ""},
		{"429 says come later", code(429), "/a", RobotsDown},
		{"500", code(500), "/a", RobotsDown},
		{"503", code(503), "/a", RobotsDown},
		{"empty", says(""), "/a", ""},
		{"all", says("User-agent: *\nDisallow: /\n"), "/a", Robots},
		{"all but us", says("User-agent: *\nDisallow: /\n\nUser-agent: Tracewire\nAllow: /\n"), "/a", ""},
		{"only us", says("User-agent: *\nAllow: /\n\nUser-agent: tracewire\nDisallow: /\n"), "/a", Robots},
		{"others", says("User-agent: otherbot\nDisallow: /\n"), "/a", ""},
		{"a folder", says("User-agent: *\nDisallow: /private/\n"), "/private/a", Robots},
		{"another folder", says("User-agent: *\nDisallow: /private/\n"), "/public/a", ""},
		{"a longer rule wins", says("User-agent: *\nDisallow: /a\nAllow: /a/b\n"), "/a/b/c", ""},
		{"a star and an end", says("User-agent: *\nDisallow: /*.pdf$\n"), "/x/y.pdf", Robots},
		{"a star and an end, not fitting", says("User-agent: *\nDisallow: /*.pdf$\n"), "/x/y.pdf?a", ""},
		{"with a byte order mark and old line ends", says("\ufeffUser-agent: *\rDisallow: /\r"), "/a", Robots},
		{"a page in place of rules", says("<!doctype html><p>Not found"), "/a", ""},
		{"rules, then 100 MB", func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, "User-agent: *\nDisallow: /a\n")
			line := strings.Repeat("# "+strings.Repeat("x", 1020)+"\n", 1024)
			for range 100 {
				if _, err := io.WriteString(w, line); err != nil {
					return
				}
			}
		}, "/a", Robots},
		{"a gzip bomb", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(bombed)
		}, "/a", ""},
		{"half a megabyte of stars", says("User-agent: *\nDisallow: /" + strings.Repeat("*a", 250<<10) + "\n"), "/" + strings.Repeat("a", 4000), ""},
		{"500 lines of stars", says("User-agent: *\n" + strings.Repeat("Disallow: /"+strings.Repeat("*a", 500)+"b\n", 500)), "/" + strings.Repeat("a", 3000), ""},
		{"redirected, once", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/rules", 301) }, "/a", Robots},
		{"redirected for ever", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"x", 301) }, "/a", ""},
		{"redirected to a private host", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://169.254.169.254/latest/meta-data/", 302)
		}, "/a", NotPublic},
		{"cut short", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			io.WriteString(w, "User-agent: *\n")
		}, "/a", RobotsDown},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				switch {
				case strings.HasPrefix(r.URL.Path, "/robots.txt"):
					c.robots(w, r)
				case r.URL.Path == "/rules":
					io.WriteString(w, "User-agent: *\nDisallow: /\n")
				default:
					io.WriteString(w, "the page")
				}
			}))
			defer s.Close()
			start := cpu(t)
			_, err := open(t, nil).Get(context.Background(), Request{URL: s.URL + c.path})
			if c.kind == "" && err != nil || c.kind != "" && (err == nil || failureOf(err).Kind != c.kind) {
				t.Errorf("got %v, want %q", err, c.kind)
			}
			if d := cpu(t) - start; d > 2*time.Second {
				t.Errorf("took %v of the processor", d)
			}
		})
	}
}

func code(n int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(n) }
}

func says(s string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, s) }
}

// TestRobotsAreRemembered for a day; failures for a quarter of an hour.
func TestRobotsAreRemembered(t *testing.T) {
	asked, down := 0, false
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			asked++
			if down {
				w.WriteHeader(500)
			}
		}
	}))
	defer s.Close()
	k := newClock()
	c := open(t, func(o *Options) { o.Now, o.Sleep = k.Now, k.Sleep })
	get := func() error {
		_, err := c.Get(context.Background(), Request{URL: s.URL + "/a"})
		return err
	}
	for _, step := range []struct {
		wait  time.Duration
		down  bool
		asked int
		ok    bool
	}{
		{0, false, 1, true},
		{23 * time.Hour, true, 1, true},
		{2 * time.Hour, true, 2, false},
		{time.Minute, false, 2, false},
		{15 * time.Minute, false, 3, true},
		{time.Hour, false, 3, true},
	} {
		k.Sleep(context.Background(), step.wait)
		down = step.down
		if err := get(); (err == nil) != step.ok || asked != step.asked {
			t.Errorf("%+v: asked %d times, %v", step, asked, err)
		}
	}
}

// TestPace: whatever is fetched by however many, a host sees one request at a
// time, and a pause after each.
func TestPace(t *testing.T) {
	k := newClock()
	var mu sync.Mutex
	var at []time.Time
	var inside, most atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := inside.Add(1)
		most.Store(max(most.Load(), n))
		mu.Lock()
		at = append(at, k.Now())
		mu.Unlock()
		time.Sleep(2 * time.Millisecond)
		inside.Add(-1)
		if r.URL.Path == "/moved" {
			http.Redirect(w, r, "/new", 301)
		}
	}))
	defer s.Close()
	c := open(t, func(o *Options) { o.Now, o.Sleep = k.Now, k.Sleep })
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			path := "/a"
			if i%4 == 0 {
				path = "/moved"
			}
			if _, err := c.Get(context.Background(), Request{URL: s.URL + path}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if len(at) != 26 || most.Load() != 1 { // robots.txt, 20 pages, 5 redirects
		t.Errorf("%d requests, up to %d at once", len(at), most.Load())
	}
	for i := 1; i < len(at); i++ {
		if d := at[i].Sub(at[i-1]); d < Pace {
			t.Errorf("request %d came %v after the one before", i, d)
		}
	}
}

// TestResting: a host that says 429 or 503 with Retry-After is left alone, and
// nobody waits for it.
func TestResting(t *testing.T) {
	for _, c := range []struct {
		status int
		after  string
		rest   time.Duration // how long other pages of the host are not asked for
		told   time.Duration
	}{
		{429, "3600", time.Hour, time.Hour},
		{429, "", time.Minute, 0},
		{503, "3600", time.Hour, time.Hour},
		{503, "315360000", 24 * time.Hour, 24 * time.Hour},
		{503, "-7", time.Minute, Pace},
		{503, "", 0, 0},
		{500, "3600", 0, time.Hour},
	} {
		t.Run(fmt.Sprint(c.status, " ", c.after), func(t *testing.T) {
			s := host(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/bad" {
					w.Header().Set("Retry-After", c.after)
					w.WriteHeader(c.status)
				}
			})
			k := newClock()
			cl := open(t, func(o *Options) { o.Now, o.Sleep = k.Now, k.Sleep })
			_, err := cl.Get(context.Background(), Request{URL: s.URL + "/bad"})
			if f := failureOf(err); f == nil || f.Kind != Status || f.Status != c.status || f.After != c.told {
				t.Fatalf("got %#v", f)
			}
			_, err = cl.Get(context.Background(), Request{URL: s.URL + "/good"})
			f := failureOf(err)
			if (f != nil && f.Kind == Resting) != (c.rest > 0) || f != nil && f.After != c.rest {
				t.Errorf("got %v", err)
			}
			k.Sleep(context.Background(), c.rest)
			if _, err = cl.Get(context.Background(), Request{URL: s.URL + "/good"}); err != nil {
				t.Errorf("after the rest: %v", err)
			}
		})
	}
}

// TestNoSecondTry: a host that ends the connection in place of an answer is not
// asked again at once, as net/http would on a connection that was kept.
func TestNoSecondTry(t *testing.T) {
	asked := 0
	s := host(t, func(w http.ResponseWriter, r *http.Request) {
		if asked++; asked > 1 {
			panic(http.ErrAbortHandler)
		}
		io.WriteString(w, "here")
	})
	c := open(t, nil)
	for i, want := range []Kind{"", CutShort} {
		_, err := c.Get(context.Background(), Request{URL: s.URL})
		if f := failureOf(err); (f == nil) != (want == "") || f != nil && f.Kind != want {
			t.Errorf("%d: got %v, want %q", i, err, want)
		}
	}
	if asked != 2 {
		t.Errorf("asked %d times, want 2", asked)
	}
}

func TestGatesAreForgotten(t *testing.T) {
	k := newClock()
	g := gates{pace: Pace, now: k.Now, sleep: k.Sleep, hosts: map[string]*gate{}}
	for i := range 3 * maxGates {
		_, leave, err := g.enter(context.Background(), fmt.Sprint(i))
		if err != nil {
			t.Fatal(err)
		}
		leave()
		k.Sleep(context.Background(), time.Second)
	}
	if len(g.hosts) > maxGates {
		t.Errorf("%d hosts are remembered", len(g.hosts))
	}
}

func TestStop(t *testing.T) {
	c := New(Options{Allow: []Allowed{}})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := c.Get(ctx, Request{URL: "http://ambry.example/"}); failureOf(err) == nil || failureOf(err).Kind != Stopped {
		t.Errorf("got %v", err)
	}
}

func TestBackoff(t *testing.T) {
	now := newClock().now
	p := Policy{Every: 15 * time.Minute, Pace: Pace, Seed: 7}
	broken := &Failure{Kind: Status, Status: 500, Reason: "HTTP 500"}
	s := State{ETag: `"a"`}
	var last time.Duration
	for i := range 5000 { // some thirteen years
		s = s.After(p, "https://ambry.example/feed", now, Response{}, broken, false)
		wait := s.Next.Sub(now)
		if wait < Pace || wait > 24*time.Hour {
			t.Fatalf("failure %d: the next poll is in %v", i+1, wait)
		}
		if i < 6 && wait < last/2 {
			t.Errorf("failure %d: %v after %v", i+1, wait, last)
		}
		if i > 10 && wait < 12*time.Hour {
			t.Errorf("failure %d: only %v", i+1, wait)
		}
		last = wait
	}
	if s.ETag != `"a"` || s.Failures != 5000 || s.Error == "" {
		t.Errorf("got %+v", s)
	}
	s = s.After(p, "https://ambry.example/feed", now, Response{Status: 200, ETag: `"b"`}, nil, true)
	if wait := s.Next.Sub(now); s.ETag != `"b"` || s.Failures != 0 || s.Error != "" || wait < 14*time.Minute || wait > 16*time.Minute {
		t.Errorf("got %+v", s)
	}
	if other := (State{}).After(p, "https://ambry.example/feed", now, Response{}, broken, false); other != (State{}).After(p, "https://ambry.example/feed", now, Response{}, broken, false) {
		t.Errorf("the same seed gives another pause: %+v", other)
	}
	patient := *broken
	patient.After = 20 * time.Hour
	if s := (State{}).After(p, "a", now, Response{}, &patient, false); s.Next.Sub(now) != 20*time.Hour {
		t.Errorf("Retry-After was not heeded: %v", s.Next.Sub(now))
	}
}

// TestTrustIn304 ends after a while: some hosts say "not modified" for ever.
func TestTrustIn304(t *testing.T) {
	s := State{ETag: `"a"`, LastModified: "yesterday"}
	unconditional := 0
	for range 120 {
		r := s.Request("https://ambry.example/feed")
		resp := Response{Status: 304}
		if r.ETag == "" && r.LastModified == "" {
			unconditional++
			resp = Response{Status: 200, ETag: `"a"`}
		}
		s = s.After(Policy{}, "https://ambry.example/feed", time.Time{}, resp, nil, true)
	}
	if unconditional != 10 {
		t.Errorf("%d of 120 polls were without a condition, want 10", unconditional)
	}
}

// TestPartIsNotWhole: no validator is kept of an answer that was not taken in
// to its end.
func TestPartIsNotWhole(t *testing.T) {
	s := State{ETag: `"a"`}.After(Policy{}, "a", time.Time{}, Response{Status: 200, ETag: `"b"`, LastModified: "x"}, nil, false)
	if s.ETag != "" || s.LastModified != "" {
		t.Errorf("got %+v", s)
	}
}
