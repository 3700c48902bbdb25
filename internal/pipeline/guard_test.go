package pipeline

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/tracewire/tracewire/internal/ingest"
	"github.com/tracewire/tracewire/internal/ingest/fetch"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/store/memory"
)

// names is a resolver that never leaves the process. Names under "public." are
// the one host that may be reached; whatever else is looked up leads to the
// canary, as the worst of resolvers would have it: also "2130706433" and
// "0x7f.1".
type names struct {
	public netip.Addr
	mu     sync.Mutex
	turn   int // of "rebinding.public."
}

func (n *names) resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		mine, theirs := net.Pipe()
		go n.serve(theirs)
		return mine, nil
	}}
}

func (n *names) serve(c net.Conn) {
	defer c.Close()
	for {
		var size [2]byte
		if _, err := io.ReadFull(c, size[:]); err != nil {
			return
		}
		msg := make([]byte, binary.BigEndian.Uint16(size[:]))
		if _, err := io.ReadFull(c, msg); err != nil {
			return
		}
		reply, err := n.reply(msg)
		if err != nil {
			return
		}
		c.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(reply))), reply...))
	}
}

func (n *names) reply(msg []byte) ([]byte, error) {
	var p dnsmessage.Parser
	head, err := p.Start(msg)
	if err != nil {
		return nil, err
	}
	q, err := p.Question()
	if err != nil {
		return nil, err
	}
	head.Response, head.Authoritative = true, true
	b := dnsmessage.NewBuilder(nil, head)
	b.EnableCompression()
	b.StartQuestions()
	b.Question(q)
	b.StartAnswers()
	name := strings.ToLower(q.Name.String())
	h := dnsmessage.ResourceHeader{Name: q.Name, Class: dnsmessage.ClassINET}
	if name == "cname.example." {
		h.Type = dnsmessage.TypeCNAME
		to := dnsmessage.MustNewName("localhost.")
		b.CNAMEResource(h, dnsmessage.CNAMEResource{CNAME: to})
		h.Name = to
	}
	four, six := n.addresses(name)
	if q.Type == dnsmessage.TypeA {
		for _, a := range four {
			b.AResource(h, dnsmessage.AResource{A: a.As4()})
		}
	}
	if q.Type == dnsmessage.TypeAAAA {
		for _, a := range six {
			b.AAAAResource(h, dnsmessage.AAAAResource{AAAA: a.As16()})
		}
	}
	return b.Finish()
}

func (n *names) addresses(name string) (four, six []netip.Addr) {
	n.mu.Lock()
	defer n.mu.Unlock()
	loop := netip.MustParseAddr("127.0.0.1")
	switch {
	case name == "mixed.public.":
		return []netip.Addr{n.public, loop}, []netip.Addr{netip.IPv6Loopback()}
	case name == "rebinding.public.":
		// Public when it is looked at, private when it is used.
		if n.turn++; n.turn <= 2 {
			return []netip.Addr{n.public}, nil
		}
		return []netip.Addr{loop}, nil
	case strings.HasSuffix(name, "public."):
		return []netip.Addr{n.public}, nil
	case name == "six.example.":
		return nil, []netip.Addr{netip.IPv6Loopback()}
	case name == "mapped.example.":
		return nil, []netip.Addr{netip.MustParseAddr("::ffff:127.0.0.1")}
	case name == "metadata.example.":
		return []netip.Addr{netip.MustParseAddr("169.254.169.254")}, nil
	}
	return []netip.Addr{loop}, []netip.Addr{netip.IPv6Loopback()}
}

// forms are the ways to write an address that is not public. %d is the port of
// the canary. Those that are loopback reach it when the guard is off, unless
// the address is refused as such.
var forms = []struct {
	url  string
	loop bool // reaches the canary when the guard is off
}{
	{"http://127.0.0.1:%d/", true},
	{"http://127.0.0.2:%d/", true},
	{"http://127.255.255.254:%d/", true},
	{"http://0177.0.0.1:%d/", false}, // Go looks up no name of digits alone
	{"http://0x7f.0.0.1:%d/", true},
	{"http://0x7f000001:%d/", true},
	{"http://2130706433:%d/", false},   // Go looks up no name of digits alone
	{"http://017700000001:%d/", false}, // Go looks up no name of digits alone
	{"http://127.1:%d/", false},        // Go looks up no name of digits alone
	{"http://127.0.1:%d/", false},      // Go looks up no name of digits alone
	{"http://127.0.0.1.:%d/", true},
	{"http://0:%d/", false}, // Go looks up no name of digits alone
	{"http://0.0.0.0:%d/", true},
	{"http://１２７.０.０.１:%d/", true},
	{"http://①②⑦.⓪.⓪.①:%d/", true},
	{"http://127。0。0。1:%d/", true},
	{"http://localhost:%d/", true},
	{"http://LOCALHOST:%d/", true},
	{"http://LocalHost.:%d/", true},
	{"http://ip6-localhost:%d/", true},
	{"http://localhost.localdomain:%d/", true},
	{"http://xn--localhost-:%d/", false},
	{"http://[::1]:%d/", true},
	{"http://[0:0:0:0:0:0:0:1]:%d/", true},
	{"http://[0000:0000:0000:0000:0000:0000:0000:0001]:%d/", true},
	{"http://[::]:%d/", true},
	{"http://[::ffff:127.0.0.1]:%d/", true},
	{"http://[::ffff:7f00:1]:%d/", true},
	{"http://[::127.0.0.1]:%d/", false},
	{"http://[64:ff9b::7f00:1]:%d/", false},
	{"http://[64:ff9b:1::7f00:1]:%d/", false},
	{"http://[2002:7f00:1::]:%d/", false},
	{"http://[2001:0:7f00:1::]:%d/", false},
	{"http://[fe80::1]:%d/", false},
	{"http://[fe80::1%%25lo]:%d/", false},
	{"http://[::1%%25lo]:%d/", false},
	{"http://[fec0::1]:%d/", false},
	{"http://[fc00::1]:%d/", false},
	{"http://[fd00:ec2::254]:%d/", false},
	{"http://[ff02::1]:%d/", false},
	{"http://[100::1]:%d/", false},
	{"http://[3fff::1]:%d/", false},
	{"http://[5f00::1]:%d/", false},
	{"http://[127.0.0.1]:%d/", false},
	{"http://169.254.169.254:%d/latest/meta-data/", false},
	{"http://100.100.100.200:%d/", false},
	{"http://168.63.129.16:%d/", false},
	{"http://192.0.0.192:%d/", false},
	{"http://10.0.0.1:%d/", false},
	{"http://192.168.0.1:%d/", false},
	{"http://172.16.0.1:%d/", false},
	{"http://public.example\\@127.0.0.1:%d/", false},
	{"http://public.example@127.0.0.1:%d/", false},
	{"http://a:b@127.0.0.1:%d/", false},
	{"http://127.0.0.1:%d\t/", false},
	{"http://127.0.0.1\r\n:%d/", false},
	{"http://127.0.0.1\x00:%d/", false},
	{"//127.0.0.1:%d/", false}, // as a redirect it does; see below
	{"http:127.0.0.1:%d/", false},
	{"http:/127.0.0.1:%d/", false},
	{"http:///127.0.0.1:%d/", false},
	{"http://public.example#@127.0.0.1:%d/", false},
	{"http://127.0.0.1:%d:80/", false},
	{"http://private.example:%d/", true},
	{"http://cname.example:%d/", true},
	{"http://six.example:%d/", true},
	{"http://mapped.example:%d/", true},
	{"http://metadata.example:%d/", false},
	{"http://mixed.public:%d/", true},
	{"http://rebinding.public:%d/", true},
	{"ftp://127.0.0.1:%d/", false},
	{"file:///etc/passwd", false},
}

// sinks are the ways by which an address comes in. Each makes the program do
// all that it does with an address from there. public is a host that may be
// reached, and that answers by what the path says.
var sinks = []struct {
	name string
	// fetches: with the guard off, the address is asked for.
	fetches bool
	use     func(t *testing.T, c *fetch.Client, public *stage, address string)
}{
	{"page", true, func(t *testing.T, c *fetch.Client, _ *stage, address string) { readURL(t, c, address) }},
	{"feed", true, func(t *testing.T, c *fetch.Client, _ *stage, address string) { follow(t, c, address) }},
	{"article", true, func(t *testing.T, c *fetch.Client, s *stage, address string) {
		s.set("/feed", 200, "", string(rss([]Entry{{URL: address, Title: "Ferry late"}})))
		follow(t, c, s.url+"/feed")
	}},
	{"article with its text", true, func(t *testing.T, c *fetch.Client, s *stage, address string) {
		s.set("/feed", 200, "", string(rss([]Entry{{URL: address, Title: "Ferry late", Content: prose("a") + prose("b") + prose("c")}})))
		follow(t, c, s.url+"/feed")
	}},
	{"robots.txt", true, func(t *testing.T, c *fetch.Client, s *stage, address string) {
		s.set("/robots.txt", 302, address, "")
		readURL(t, c, s.url+"/a")
	}},
	{"redirect 301", true, redirect(301)},
	{"redirect 302", true, redirect(302)},
	{"redirect 303", true, redirect(303)},
	{"redirect 307", true, redirect(307)},
	{"redirect 308", true, redirect(308)},
	{"redirect of a feed", true, func(t *testing.T, c *fetch.Client, s *stage, address string) {
		s.set("/feed", 301, address, "")
		follow(t, c, s.url+"/feed")
	}},
	{"canonical, base and the like", false, func(t *testing.T, c *fetch.Client, s *stage, address string) {
		s.set("/a", 200, "", `<html><head><base href="`+address+`"><link rel="canonical" href="`+address+`"><link rel="amphtml" href="`+address+
			`"><link rel="stylesheet" href="`+address+`"><meta http-equiv="refresh" content="0;url=`+address+`"><meta property="og:url" content="`+address+
			`"></head><body><article><h1>Ferry late</h1>`+prose("a")+`<img src="`+address+`"><iframe src="`+address+`"></iframe></article></body></html>`)
		readURL(t, c, s.url+"/a")
	}},
	{"address in a line of JSON", false, func(t *testing.T, c *fetch.Client, s *stage, address string) {
		line, err := json.Marshal(map[string]string{"url": address, "html": pageOf("Ferry late", prose("a"))})
		if err != nil {
			t.Fatal(err)
		}
		ingest.Read(news.Capture{Raw: line}, ingest.Options{})
		s.set("/a", 200, "", string(line))
		readURL(t, c, s.url+"/a")
	}},
	{"enclosure and GUID of a feed", false, func(t *testing.T, c *fetch.Client, s *stage, address string) {
		s.set("/feed", 200, "", string(rss([]Entry{{GUID: address, URL: s.url + "/a", Title: "Ferry late", Summary: `<img src="` + address + `">`}})))
		follow(t, c, s.url+"/feed")
	}},
}

func redirect(status int) func(*testing.T, *fetch.Client, *stage, string) {
	return func(t *testing.T, c *fetch.Client, s *stage, address string) {
		s.set("/a", status, address, "")
		readURL(t, c, s.url+"/a")
	}
}

func readURL(t *testing.T, c *fetch.Client, address string) {
	t.Helper()
	if _, err := (Engine{Store: memory.New(), Workers: 1}).ReadURLs(context.Background(), c, parseRSS, []string{address}); err != nil {
		t.Fatal(err)
	}
}

func follow(t *testing.T, c *fetch.Client, address string) Watched {
	t.Helper()
	k := newFakeClock()
	w := Watch{Engine: Engine{Store: memory.New(), Workers: 1}, Client: c, Parse: parseRSS, Once: true, Now: k.Now, Sleep: k.Sleep}
	out, err := w.Run(context.Background(), []string{address})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// stage is the host that may be reached.
type stage struct {
	url   string
	mu    sync.Mutex
	plays map[string]play
	seen  int
}

type play struct {
	status         int
	location, body string
}

func (s *stage) set(path string, status int, location, body string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.plays = map[string]play{path: {status, location, body}}
}

func (s *stage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen++
	p, ok := s.plays[r.URL.Path]
	if !ok {
		p = play{status: 404}
	}
	if p.location != "" {
		w.Header()["Location"] = []string{p.location}
	}
	w.WriteHeader(p.status)
	io.WriteString(w, p.body)
}

// canary counts the connections that arrive.
type canary struct {
	net.Listener
	n *atomic.Int64
}

func (c canary) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err == nil {
		c.n.Add(1)
	}
	return conn, err
}

// TestNothingReachesPrivateHosts: all forms by all sinks; not one connection
// arrives. With the guard off they do arrive.
func TestNothingReachesPrivateHosts(t *testing.T) {
	// The host that may be reached, and behind it, at the same port on other
	// addresses and at a port of its own, the canary.
	public, err := net.Listen("tcp4", "127.0.7.7:0")
	if err != nil {
		t.Skipf("127.0.7.7 cannot be listened on: %v", err)
	}
	port := public.Addr().(*net.TCPAddr).Port
	s := &stage{url: fmt.Sprintf("http://www.public:%d", port)}
	serve(t, public, s)
	var hits atomic.Int64
	private := 0
	for _, address := range []string{"[::]:0", "127.0.0.1:%d", "[::1]:%d"} {
		if strings.Contains(address, "%d") {
			address = fmt.Sprintf(address, port)
		}
		l, err := net.Listen("tcp", address)
		if err != nil {
			t.Fatalf("no canary: %v", err)
		}
		if private == 0 {
			private = l.Addr().(*net.TCPAddr).Port
		}
		serve(t, canary{l, &hits}, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, pageOf("Secret", prose("secret")))
		}))
	}

	try := func(allow []fetch.Allowed, sink int, address string) (arrived int64) {
		k := newFakeClock()
		dns := &names{public: netip.MustParseAddr("127.0.7.7")}
		c := fetch.New(fetch.Options{
			Allow: allow, Now: k.Now, Sleep: k.Sleep, Resolver: dns.resolver(),
			Limits: fetch.Limits{Connect: 2 * time.Second, Header: 2 * time.Second, Whole: 5 * time.Second},
		})
		defer c.Close()
		before := hits.Load()
		sinks[sink].use(t, c, s, address)
		return hits.Load() - before
	}
	at := func(form string, port int) string {
		if strings.Contains(form, "%d") {
			return fmt.Sprintf(form, port)
		}
		return form
	}
	guarded := []fetch.Allowed{{Prefix: netip.MustParsePrefix("127.0.7.7/32"), Port: uint16(port)}}
	tried := 0
	for i, sink := range sinks {
		for _, form := range forms {
			for _, p := range []int{private, port} {
				if n := try(guarded, i, at(form.url, p)); n != 0 {
					t.Errorf("%s: %q: %d connections arrived", sink.name, at(form.url, p), n)
				}
				tried++
			}
		}
	}
	if s.seen == 0 {
		t.Error("the host that may be reached was not: the test tests nothing")
	}

	// The guard off: the same addresses arrive by the same sinks.
	off := []fetch.Allowed{{Prefix: netip.MustParsePrefix("127.0.0.0/8")}, {Prefix: netip.MustParsePrefix("0.0.0.0/32")}, {Prefix: netip.MustParsePrefix("::/127")}}
	arrived, possible := 0, 0
	for i, sink := range sinks {
		for _, form := range forms {
			if !form.loop {
				continue
			}
			n := try(off, i, at(form.url, private))
			if sink.fetches {
				possible++
				if n > 0 {
					arrived++
				} else {
					t.Errorf("the guard is off, but %q did not arrive by %s", at(form.url, private), sink.name)
				}
			} else if n != 0 {
				t.Errorf("%s: %q was asked for", sink.name, form.url)
			}
		}
	}
	t.Logf("%d forms x %d sinks x 2 ports = %d tries, 0 connections; with the guard off %d of %d arrive", len(forms), len(sinks), tried, arrived, possible)
}

func serve(t *testing.T, l net.Listener, h http.Handler) {
	srv := &http.Server{Handler: h}
	go srv.Serve(l)
	t.Cleanup(func() { srv.Close() })
}
