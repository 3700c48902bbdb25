package fetch

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// clock is a clock that goes on when somebody waits for it.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2031, 5, 6, 7, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return ctx.Err()
}

// open is a client that may reach everything on loopback.
func open(t *testing.T, change func(*Options)) *Client {
	t.Helper()
	k := newClock()
	o := Options{Allow: []Allowed{{Prefix: netip.MustParsePrefix("127.0.0.0/8")}}, Now: k.Now, Sleep: k.Sleep}
	if change != nil {
		change(&o)
	}
	c := New(o)
	t.Cleanup(c.Close)
	return c
}

// host serves handler at "/" and has no robots.txt.
func host(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		handler(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func packed(t testing.TB, how string, body []byte) []byte {
	var b bytes.Buffer
	var w io.WriteCloser
	switch how {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "br":
		w = brotli.NewWriterLevel(&b, 9)
	case "zstd":
		z, err := zstd.NewWriter(&b)
		if err != nil {
			t.Fatal(err)
		}
		w = z
	}
	w.Write(body)
	w.Close()
	return b.Bytes()
}

// bomb is size zeros, packed.
func bomb(t testing.TB, how string, size int) []byte { return packed(t, how, make([]byte, size)) }

// brotliBomb unpacks to 16 MiB from a few bytes: it repeats one letter.
func brotliBomb(t testing.TB) []byte {
	var b bytes.Buffer
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: 5, LGWin: 24})
	w.Write(bytes.Repeat([]byte("a"), 30<<20))
	w.Close()
	return b.Bytes()
}

func bigFeed() []byte {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>All of Ambry</title>`)
	for i := 0; b.Len() < 26<<20; i++ {
		fmt.Fprintf(&b, "<item><title>Ferry %d is late</title><link>https://ambry.example/%d</link><description>The %d o'clock ferry from Port Ambry left %d minutes late, the harbour office said.</description></item>\n", i, i, i%24, i%60)
	}
	b.WriteString("</channel></rss>")
	return b.Bytes()
}

// TestTransport is the part of the hostile corpus that comes over the wire.
func TestTransport(t *testing.T) {
	send := func(encoding string, body []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			if encoding != "" {
				w.Header()["Content-Encoding"] = []string{encoding}
			}
			w.Write(body)
		}
	}
	text := []byte(strings.Repeat("The ferry from Port Ambry was late. ", 100))
	feed := bigFeed()
	nested := text
	for range 10 {
		nested = packed(t, "gzip", nested)
	}
	twice := packed(t, "gzip", packed(t, "br", text))
	raw := func(s string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			c, b, err := http.NewResponseController(w).Hijack()
			if err != nil {
				panic(err)
			}
			b.WriteString(s)
			b.Flush()
			c.Close()
		}
	}
	for _, c := range []struct {
		name    string
		feed    bool
		handler http.HandlerFunc
		kind    Kind // "" when the answer must come
		size    int  // of the body then
	}{
		{"a plain page", false, send("", text), "", len(text)},
		{"gzip", false, send("gzip", packed(t, "gzip", text)), "", len(text)},
		{"x-gzip in capitals", false, send("X-GZIP", packed(t, "gzip", text)), "", len(text)},
		{"brotli", false, send("br", packed(t, "br", text)), "", len(text)},
		{"zstd", false, send("zstd", packed(t, "zstd", text)), "", len(text)},
		{"identity", false, send("identity", text), "", len(text)},
		{"packed twice", false, send("br, gzip", twice), "", len(text)},
		{"two gzip members", false, send("gzip", append(packed(t, "gzip", text), packed(t, "gzip", text)...)), "", 2 * len(text)},
		{"a legitimate 26 MB feed", true, send("", feed), "", len(feed)},
		{"a legitimate 26 MB feed, gzip", true, send("gzip", packed(t, "gzip", feed)), "", len(feed)},
		{"a legitimate 26 MB feed, zstd", true, send("zstd", packed(t, "zstd", feed)), "", len(feed)},
		{"a 26 MB feed as a page", false, send("", feed), TooLarge, 0},
		{"a body of 33 MB", true, send("", make([]byte, 33<<20)), TooLarge, 0},
		{"gzip bomb", true, send("gzip", bomb(t, "gzip", 40<<20)), Bomb, 0},
		{"brotli bomb", true, send("br", brotliBomb(t)), Bomb, 0},
		{"zstd bomb", true, send("zstd", bomb(t, "zstd", 40<<20)), Bomb, 0},
		{"gzip bomb in a gzip bomb", true, send("gzip, gzip", packed(t, "gzip", bomb(t, "gzip", 64<<20))), Bomb, 0},
		{"ten nested encodings", false, send(strings.TrimSuffix(strings.Repeat("gzip,", 10), ","), nested), BadEncoding, 0},
		{"ten thousand encodings", false, send(strings.Repeat("gzip,", 10000), nested), BadEncoding, 0},
		{"an encoding that nobody knows", false, send("compress", text), BadEncoding, 0},
		{"plain text called gzip", false, send("gzip", text), BadEncoding, 0},
		{"gzip cut short", false, send("gzip", packed(t, "gzip", text)[:40]), CutShort, 0},
		{"zstd cut short", false, send("zstd", packed(t, "zstd", text)[:40]), CutShort, 0},
		{"brotli cut short", false, send("br", packed(t, "br", text)[:20]), CutShort, 0},
		{"zstd with a window of 2 GB", false, send("zstd", []byte{0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x00, 0x00, 0x00}), BadEncoding, 0},
		{"200 with an empty body", false, send("", nil), "", 0},
		{"200 with an empty body, called gzip", false, send("gzip", nil), "", 0},
		{"lying Content-Length, too long", false, raw("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nshort"), CutShort, 0},
		{"lying Content-Length, too short", false, raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nshort and more"), "", 5},
		{"Content-Length of exabytes", false, raw("HTTP/1.1 200 OK\r\nContent-Length: 9000000000000000000\r\n\r\nx"), TooLarge, 0},
		{"negative Content-Length", false, raw("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx"), Connection, 0},
		{"two Content-Lengths", false, raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nshort"), Connection, 0},
		{"a chunk that lies", false, raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nx"), Connection, 0},
		{"chunks that end early", false, raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"), CutShort, 0},
		{"no answer", false, raw(""), CutShort, 0},
		{"not HTTP", false, raw("220 mail.ambry.example ESMTP\r\n"), Connection, 0},
		{"1 MB of headers", false, raw("HTTP/1.1 200 OK\r\n" + strings.Repeat("X-A: "+strings.Repeat("b", 1000)+"\r\n", 1000) + "\r\nx"), TooLarge, 0},
		{"one header of 1 MB", false, raw("HTTP/1.1 200 OK\r\nX-A: " + strings.Repeat("b", 1<<20) + "\r\n\r\nx"), TooLarge, 0},
		{"headers for ever", false, func(w http.ResponseWriter, _ *http.Request) {
			c, b, _ := http.NewResponseController(w).Hijack()
			defer c.Close()
			b.WriteString("HTTP/1.1 200 OK\r\n")
			for range 1 << 20 {
				if _, err := b.WriteString("X-A: b\r\n"); err != nil {
					return
				}
			}
		}, TooLarge, 0},
		{"100 Continue for ever", false, raw(strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 100000)), TooLarge, 0},
		{"cookie bomb", false, func(w http.ResponseWriter, r *http.Request) {
			if len(r.Cookies()) > 0 {
				t.Error("a cookie was sent back")
			}
			for i := range 300 {
				http.SetCookie(w, &http.Cookie{Name: fmt.Sprint("c", i), Value: strings.Repeat("x", 100)})
			}
			w.Write(text)
		}, "", len(text)},
		{"304 without being asked", false, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(304) }, False304, 0},
		{"204", false, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }, Status, 0},
		{"206 without being asked", false, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(206); w.Write(text) }, Status, 0},
		{"401", false, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) }, Status, 0},
		{"500", false, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, Status, 0},
		{"999", false, raw("HTTP/1.1 999 No\r\n\r\n"), Status, 0},
		{"301 to nowhere", false, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(301) }, Redirects, 0},
		{"304 with a body", true, raw("HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\nabc"), False304, 0},
		{"UTF-16 with an odd byte", false, send("", []byte("\xff\xfea\x00b\x00c")), "", 7}, // what it says is ingest's affair
	} {
		t.Run(c.name, func(t *testing.T) {
			cl := open(t, nil)
			s := host(t, c.handler)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := cpu(t)
			resp, err := cl.Get(context.Background(), Request{URL: s.URL + "/", Feed: c.feed})
			runtime.ReadMemStats(&after)
			switch {
			case c.kind == "" && (err != nil || len(resp.Body) != c.size):
				t.Errorf("got %d bytes, want %d: %v", len(resp.Body), c.size, err)
			case c.kind != "" && err == nil:
				t.Errorf("got %d bytes, want %q", len(resp.Body), c.kind)
			case c.kind != "" && failureOf(err).Kind != c.kind:
				t.Errorf("got %q (%v), want %q", failureOf(err).Kind, err, c.kind)
			}
			if d := cpu(t) - start; d > 2*time.Second { // with the host's share
				t.Errorf("took %v of the processor", d)
			}
			if n := after.TotalAlloc - before.TotalAlloc; n > 256<<20 {
				t.Errorf("allocated %d MiB", n>>20)
			}
		})
	}
}

// TestRedirectsEnd has the chains that must not be followed to an end.
func TestRedirectsEnd(t *testing.T) {
	for _, c := range []struct {
		name    string
		to      func(r *http.Request) string
		hops    int // requests that the host may see at most
		ok      bool
		problem string
	}{
		{"five", func(r *http.Request) string {
			if r.URL.Path == "/aaaaa" {
				return ""
			}
			return r.URL.Path + "a"
		}, 6, true, ""},
		{"a chain of 30", func(r *http.Request) string { return r.URL.Path + "a" }, 6, false, "more than 5"},
		{"to itself", func(*http.Request) string { return "/" }, 1, false, "circle"},
		{"back and forth", func(r *http.Request) string { return map[string]string{"/": "/b", "/b": "/"}[r.URL.Path] }, 2, false, "circle"},
		{"to a file", func(*http.Request) string { return "file:///etc/passwd" }, 1, false, "only http"},
		{"to a script", func(*http.Request) string { return "javascript:alert(1)" }, 1, false, "only http"},
		{"to gopher", func(*http.Request) string { return "gopher://127.0.0.1:70/_x" }, 1, false, "only http"},
		{"with a password", func(r *http.Request) string { return "http://a:b@" + r.Host + "/b" }, 1, false, "user name"},
		{"with a backslash", func(*http.Request) string { return `/\evil.example` }, 1, false, "backslash"},
		{"very long", func(*http.Request) string { return "/" + strings.Repeat("a", 5000) }, 1, false, "longer"},
		{"broken", func(*http.Request) string { return "http://[::1" }, 1, false, "cannot be read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := 0
			s := host(t, func(w http.ResponseWriter, r *http.Request) {
				n++
				to := c.to(r)
				if to == "" {
					io.WriteString(w, "here")
					return
				}
				w.Header()["Location"] = []string{to}
				w.WriteHeader(302)
			})
			resp, err := open(t, nil).Get(context.Background(), Request{URL: s.URL + "/"})
			switch {
			case c.ok && (err != nil || string(resp.Body) != "here" || len(resp.Hops) != 5):
				t.Errorf("got %q after %v: %v", resp.Body, resp.Hops, err)
			case !c.ok && (err == nil || failureOf(err).Kind != Redirects || !strings.Contains(err.Error(), c.problem)):
				t.Errorf("got %v, want %q", err, c.problem)
			}
			if n > c.hops {
				t.Errorf("%d requests, want %d at most", n, c.hops)
			}
		})
	}
}

func TestMoved(t *testing.T) {
	s := host(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/forever":
			http.Redirect(w, r, "/new", 308)
		case "/today":
			http.Redirect(w, r, "/forever", 307)
		}
	})
	c := open(t, nil)
	for path, want := range map[string]bool{"/forever": true, "/today": false, "/new": false} {
		resp, err := c.Get(context.Background(), Request{URL: s.URL + path})
		if err != nil || resp.Moved != want || resp.URL != s.URL+"/new" {
			t.Errorf("%s: got %+v, %v", path, resp, err)
		}
	}
}

// TestTLS: a certificate that has run out, and one of nobody, end the request;
// a redirect must not leave https.
func TestTLS(t *testing.T) {
	for _, c := range []struct {
		name  string
		until time.Time
		known bool
		to    string
		kind  Kind
	}{
		{"good", time.Now().Add(time.Hour), true, "", ""},
		{"expired", time.Now().Add(-time.Hour), true, "", TLS},
		{"unknown", time.Now().Add(time.Hour), false, "", TLS},
		{"https to http", time.Now().Add(time.Hour), true, "http://127.0.0.1:9/", Redirects},
	} {
		t.Run(c.name, func(t *testing.T) {
			cert, pool := certificate(t, c.until)
			s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if c.to != "" && r.URL.Path != "/robots.txt" {
					http.Redirect(w, r, c.to, 301)
				}
			}))
			s.TLS = &tls.Config{Certificates: []tls.Certificate{cert}}
			s.Config.ErrorLog = quiet()
			s.StartTLS()
			defer s.Close()
			_, err := open(t, func(o *Options) {
				o.Roots = x509.NewCertPool()
				if c.known {
					o.Roots = pool
				}
			}).Get(context.Background(), Request{URL: s.URL})
			got := Kind("")
			if err != nil {
				got = failureOf(err).Kind
			}
			// robots.txt comes first, and fails for the same reason.
			if got != c.kind && (c.kind != TLS || got != RobotsDown || !strings.Contains(err.Error(), "prove who it is")) {
				t.Errorf("got %q (%v), want %q", got, err, c.kind)
			}
		})
	}
}

func certificate(t *testing.T, until time.Time) (tls.Certificate, *x509.CertPool) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: until.Add(-48 * time.Hour), NotAfter: until,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

// TestSlow runs hosts that take their time against the real limits, in a time
// that is not real.
func TestSlow(t *testing.T) {
	write := func(c net.Conn, s string) bool { _, err := io.WriteString(c, s); return err == nil }
	for _, c := range []struct {
		name  string
		serve func(net.Conn)
		kind  Kind
		least time.Duration // the time by which it must not have ended yet
		most  time.Duration
	}{
		{"one byte in 15 s", func(c net.Conn) {
			write(c, "HTTP/1.1 200 OK\r\n\r\n")
			for write(c, "a") {
				time.Sleep(15 * time.Second)
			}
		}, Slow, 10 * time.Second, 11 * time.Second},
		{"a drip of 500 bytes a second", func(c net.Conn) {
			write(c, "HTTP/1.1 200 OK\r\n\r\n")
			for write(c, strings.Repeat("a", 500)) {
				time.Sleep(time.Second)
			}
		}, Slow, 10 * time.Second, 11 * time.Second},
		{"fast, then nothing", func(c net.Conn) {
			write(c, "HTTP/1.1 200 OK\r\n\r\n"+strings.Repeat("a", 20<<10))
			time.Sleep(time.Hour)
		}, Slow, 19 * time.Second, 21 * time.Second},
		{"2 KiB a second, never ending", func(c net.Conn) {
			write(c, "HTTP/1.1 200 OK\r\n\r\n")
			for write(c, strings.Repeat("a", 2048)) {
				time.Sleep(time.Second)
			}
		}, Timeout, 59 * time.Second, 61 * time.Second},
		{"chunks that never end", func(c net.Conn) {
			write(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
			for write(c, "800\r\n"+strings.Repeat("a", 2048)+"\r\n") {
				time.Sleep(time.Second)
			}
		}, Timeout, 59 * time.Second, 61 * time.Second},
		{"2 KiB a second for 50 seconds", func(c net.Conn) {
			write(c, "HTTP/1.1 200 OK\r\n\r\n")
			for range 50 {
				write(c, strings.Repeat("a", 2048))
				time.Sleep(time.Second)
			}
		}, "", 50 * time.Second, 51 * time.Second},
		{"a pause of 9 seconds", func(c net.Conn) {
			write(c, "HTTP/1.1 200 OK\r\n\r\na")
			time.Sleep(9 * time.Second)
			write(c, "b")
		}, "", 9 * time.Second, 10 * time.Second},
		{"a header after 14 seconds, a body soon after", func(c net.Conn) {
			time.Sleep(14 * time.Second)
			write(c, "HTTP/1.1 200 OK\r\n\r\n")
			time.Sleep(5 * time.Second)
			write(c, "a")
		}, "", 19 * time.Second, 20 * time.Second},
		{"no header", func(net.Conn) { time.Sleep(time.Hour) }, Timeout, 14 * time.Second, 16 * time.Second},
		{"a header that drips", func(c net.Conn) {
			write(c, "HTTP/1.1 200 OK\r\n")
			for write(c, "X-A: b\r\n") {
				time.Sleep(time.Second)
			}
		}, Timeout, 14 * time.Second, 16 * time.Second},
		{"never closes", func(c net.Conn) {
			write(c, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhere")
			time.Sleep(time.Hour)
		}, "", 0, time.Second},
		{"redirects that take 14 seconds each", func(c net.Conn) {
			time.Sleep(14 * time.Second)
			write(c, fmt.Sprintf("HTTP/1.1 302 Found\r\nLocation: /%d\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", time.Now().UnixNano()))
		}, Timeout, 59 * time.Second, 61 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := newClock()
				cl := New(Options{Now: k.Now, Sleep: k.Sleep})
				cl.transport.DialContext = func(context.Context, string, string) (net.Conn, error) {
					mine, theirs := net.Pipe()
					go func() {
						defer theirs.Close()
						head := make([]byte, 4096)
						n, _ := theirs.Read(head)
						if bytes.HasPrefix(head[:n], []byte("GET /robots.txt")) {
							write(theirs, "HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n")
							return
						}
						c.serve(theirs)
					}()
					return mine, nil
				}
				start := time.Now()
				_, err := cl.Get(t.Context(), Request{URL: "http://ambry.example/"})
				took := time.Since(start)
				switch {
				case c.kind == "" && err != nil, c.kind != "" && (err == nil || failureOf(err).Kind != c.kind):
					t.Errorf("got %v, want %q", err, c.kind)
				case took < c.least || took > c.most:
					t.Errorf("took %v, want %v to %v", took, c.least, c.most)
				}
				cl.Close()
				time.Sleep(2 * time.Hour) // let the hosts end
			})
		})
	}
}

func TestValidators(t *testing.T) {
	for _, c := range []struct{ name, etag, want string }{
		{"strong", `"abc"`, `"abc"`},
		{"weak", `W/"abc"`, `W/"abc"`},
		{"without quotes, as some send it", `abc`, `abc`},
		{"60 KB", `"` + strings.Repeat("a", 60<<10) + `"`, ""},
		{"not ASCII", "\"\xe4\"", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var asked []string
			s := host(t, func(w http.ResponseWriter, r *http.Request) {
				asked = append(asked, r.Header.Get("If-None-Match"))
				w.Header().Set("ETag", c.etag)
				if r.Header.Get("If-None-Match") == c.etag {
					w.WriteHeader(304)
				}
			})
			cl := open(t, func(o *Options) { o.Limits.Heads = 1 << 20 })
			resp, err := cl.Get(context.Background(), Request{URL: s.URL})
			if err != nil || resp.ETag != c.want {
				t.Fatalf("got %q, %v", resp.ETag, err)
			}
			resp, err = cl.Get(context.Background(), Request{URL: s.URL, ETag: resp.ETag})
			if err != nil || (resp.Status == 304) != (c.want != "") {
				t.Errorf("got %d, %v (asked with %q)", resp.Status, err, asked)
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2031, 5, 6, 7, 8, 9, 0, time.UTC)
	for _, c := range []struct {
		in   string
		want time.Duration
	}{
		{"120", 2 * time.Minute},
		{"0", 5 * time.Second},
		{"-5", 5 * time.Second},
		{"-1e30", 5 * time.Second},
		{"315360000", 24 * time.Hour}, // ten years
		{"1e400", 0},                  // no number at all
		{"99999999999999999999999999", 24 * time.Hour},
		{"Tue, 06 May 2031 07:10:09 GMT", 2 * time.Minute},
		{"Tue, 06 May 2031 07:00:09 GMT", 5 * time.Second},
		{"Tue, 06 May 2099 07:00:09 GMT", 24 * time.Hour},
		{"NaN", 0},
		{"Inf", 24 * time.Hour},
		{"soon", 0},
		{"", 0},
	} {
		got, said := retryAfter(c.in, now, 5*time.Second)
		if got != c.want || said != (c.want != 0) {
			t.Errorf("%q: got %v, want %v", c.in, got, c.want)
		}
	}
}

func TestUserAgent(t *testing.T) {
	for contact, want := range map[string]string{
		"":                     "Tracewire/0 (news reader; +https://github.com/tracewire/tracewire)",
		"desk@paper.example":   "Tracewire/0 (news reader; +https://github.com/tracewire/tracewire; desk@paper.example)",
		"a\r\nX-Evil: b (ö;x)": "Tracewire/0 (news reader; +https://github.com/tracewire/tracewire; aX-Evil:bx)",
	} {
		if got := New(Options{Contact: contact}).UserAgent(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// FuzzUnpack: no bytes make the unpackers run wild.
func FuzzUnpack(f *testing.F) {
	for i, how := range []string{"gzip", "br", "zstd"} {
		f.Add(uint8(i), packed(f, how, []byte("The ferry was late.")))
		f.Add(uint8(i), bomb(f, how, 4<<20))
	}
	f.Fuzz(func(t *testing.T, how uint8, body []byte) {
		codings := []string{"gzip", "br", "zstd", "deflate"}[how%4:][:1]
		var wire int64
		r, done, err := unpack(io.TeeReader(bytes.NewReader(body), counter{&wire}), codings)
		if err != nil {
			return
		}
		defer done()
		out, err := readAll(r, func() int64 { return wire }, true, 8<<20, false)
		if err == nil && (len(out) > 8<<20 || len(out) > freeSize && int64(len(out)) > maxRatio*wire) {
			t.Fatalf("%d bytes became %d", wire, len(out))
		}
	})
}

type counter struct{ n *int64 }

func (c counter) Write(p []byte) (int, error) { *c.n += int64(len(p)); return len(p), nil }

// cpu is the processor time that the process has used.
func cpu(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func quiet() *log.Logger { return log.New(io.Discard, "", 0) }
