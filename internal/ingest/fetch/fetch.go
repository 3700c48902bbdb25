// Package fetch is the one way out: every page, feed, robots.txt and redirect
// goes through its Client, and no other package opens a connection.
//
//	c := fetch.New(fetch.Options{Contact: "desk@paper.example"})
//	resp, err := c.Get(ctx, fetch.Request{URL: address})
//	// err is a *fetch.Failure
//
// Three things are asked of each request. It is guarded: the address that the
// socket is connected to, after all names and redirects, is a public one or
// was allowed by name. It is bounded: in time, in bytes after unpacking, in
// hops. It is polite: robots.txt is obeyed, a host gets one request at a time
// and then a pause, and is told who asks.
//
// Names are looked up by the system's resolver, whose own address is the
// system's affair. Proxy variables are ignored, cookies are not kept, and
// nothing is ever fetched because a page, a feed or a JSON record names it as
// canonical, base, picture or enclosure.
package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"strings"
	"time"
)

// Options are how a client behaves. The zero value is the polite, guarded one.
type Options struct {
	Allow   []Allowed // addresses that are not public and may be reached
	Contact string    // who answers for the requests: an address of mail or web
	Pace    time.Duration
	Limits  Limits

	Resolver *net.Resolver  // nil: the system's
	Roots    *x509.CertPool // nil: the system's

	// Now and Sleep are the clock of pauses and of what robots.txt is
	// remembered for. The limits of one request go by real time.
	Now   func() time.Time
	Sleep func(context.Context, time.Duration) error
}

// Pace is the usual pause between two requests to one host.
const Pace = 5 * time.Second

// Limits of one fetch. Zero values stand for the usual ones.
type Limits struct {
	Connect time.Duration // 10 s, name and all; the same again for TLS
	Header  time.Duration // 15 s from the request to the whole header
	Whole   time.Duration // 60 s, redirects and all, pauses not counted
	Grace   time.Duration // 10 s before the least rate is asked for
	Rate    int64         // 1024 bytes a second on the wire, at least
	Heads   int64         // 64 KiB of header
	Page    int64         // 8 MiB of page, unpacked
	Feed    int64         // 32 MiB of feed, unpacked
	Hops    int           // 5 redirects
}

func (l Limits) withDefaults() Limits {
	set(&l.Connect, 10*time.Second)
	set(&l.Header, 15*time.Second)
	set(&l.Whole, 60*time.Second)
	set(&l.Grace, 10*time.Second)
	set(&l.Rate, 1024)
	set(&l.Heads, 64<<10)
	set(&l.Page, 8<<20)
	set(&l.Feed, 32<<20)
	set(&l.Hops, 5)
	return l
}

func set[T comparable](v *T, usual T) {
	var zero T
	if *v == zero {
		*v = usual
	}
}

// Client fetches. It may be used by several goroutines.
type Client struct {
	opts      Options
	userAgent string
	transport *http.Transport
	gates     gates
	robots    robots
}

// New makes a client.
func New(o Options) *Client {
	o.Limits = o.Limits.withDefaults()
	set(&o.Pace, Pace)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = Sleep
	}
	c := &Client{opts: o, userAgent: userAgent(o.Contact)}
	c.gates = gates{pace: o.Pace, now: o.Now, sleep: o.Sleep, hosts: map[string]*gate{}}
	c.robots.origins = map[string]*rules{}
	dialer := &net.Dialer{Timeout: o.Limits.Connect, Control: c.control, Resolver: o.Resolver}
	c.transport = &http.Transport{
		Proxy:                  nil, // a proxy would connect to what the guard never sees
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{RootCAs: o.Roots, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    o.Limits.Connect,
		ResponseHeaderTimeout:  o.Limits.Header,
		MaxResponseHeaderBytes: o.Limits.Heads,
		DisableCompression:     true, // unpacked here, under limits
		// net/http repeats a request at once when a connection that was kept
		// turns out closed: a second request without a pause. So each has a
		// connection of its own, which the guard has seen.
		DisableKeepAlives: true,
	}
	return c
}

// Close closes idle connections.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// UserAgent is how the client names itself.
func (c *Client) UserAgent() string { return c.userAgent }

// userAgent is honest: a name, where to read about it, and who runs it.
func userAgent(contact string) string {
	contact = strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' || r == '(' || r == ')' || r == ';' {
			return -1
		}
		return r
	}, contact)
	ua := "Tracewire/0 (news reader; +https://github.com/tracewire/tracewire"
	if contact != "" {
		ua += "; " + cut(contact, 100)
	}
	return ua + ")"
}
