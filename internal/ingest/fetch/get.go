package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
)

// Request asks for one page or feed.
type Request struct {
	URL  string
	Feed bool // the limits of a feed
	// Validators of an earlier answer; with one of them 304 is an answer.
	ETag, LastModified string

	kind kind
}

type kind int

const (
	page kind = iota
	robotsFile
)

// Response is an answer: 200 with a body, or 304 without.
type Response struct {
	URL                string // where it was in the end
	Status             int
	Body               []byte // unpacked
	ContentType        string
	ETag, LastModified string // empty when too long to be kept
	Wire               int64  // bytes of the body as they came
	Hops               []string
	Moved              bool // all redirects on the way were permanent ones
}

// Get fetches r.URL, through redirects, when robots.txt lets it. The error is
// a *Failure.
func (c *Client) Get(ctx context.Context, r Request) (Response, error) {
	u, err := parseAddress(r.URL)
	if err != nil {
		return Response{}, err
	}
	resp, err := c.follow(ctx, u, r, c.mayFetch)
	if err != nil {
		f := *failureOf(err)
		f.URL = short(u.Redacted())
		return resp, &f
	}
	return resp, nil
}

// errTooMany is in a Redirects failure whose chain was too long: RFC 9309
// treats that of robots.txt as no file.
var errTooMany = errors.New("too many redirects")

// follow makes requests until one is answered by something else than a
// redirect. may is asked before each one; it may be nil.
func (c *Client) follow(ctx context.Context, u *url.URL, r Request, may func(context.Context, *url.URL) error) (Response, error) {
	spent := time.Duration(0)
	seen := map[string]bool{}
	var hops []string
	permanent := true
	for {
		if may != nil {
			if err := may(ctx, u); err != nil {
				return Response{}, err
			}
		}
		seen[u.String()] = true
		resp, next, took, err := c.once(ctx, u, r, c.opts.Limits.Whole-spent)
		if err != nil {
			return Response{}, err
		}
		if next == "" {
			resp.URL, resp.Hops, resp.Moved = u.String(), hops, permanent && len(hops) > 0
			return resp, nil
		}
		spent += took
		permanent = permanent && (resp.Status == http.StatusMovedPermanently || resp.Status == http.StatusPermanentRedirect)
		to, err := redirected(u, next)
		switch {
		case err != nil:
			return Response{}, err
		case seen[to.String()]:
			return Response{}, &Failure{Kind: Redirects, Reason: "the redirects go in a circle, at " + short(to.String()), cause: errTooMany}
		case len(hops) >= c.opts.Limits.Hops:
			return Response{}, &Failure{Kind: Redirects, Reason: fmt.Sprintf("more than %d redirects", c.opts.Limits.Hops), cause: errTooMany}
		}
		hops = append(hops, to.String())
		u = to
	}
}

// redirected is where a Location leads, seen from u.
func redirected(u *url.URL, location string) (*url.URL, error) {
	if len(location) > maxAddress {
		return nil, fail(Redirects, "it is redirected to an address longer than any page's")
	}
	location = strings.Trim(location, " \t")
	for _, c := range location {
		if c <= ' ' || c == 0x7f || c == '\\' {
			return nil, fail(Redirects, "it is redirected to an address with blanks, control characters or a backslash")
		}
	}
	to, err := u.Parse(location)
	if err != nil {
		return nil, fail(Redirects, "it is redirected to an address that cannot be read")
	}
	if to, err = cleanAddress(to); err != nil {
		return nil, fail(Redirects, "it is redirected to %s: %s", short(location), failureOf(err).Reason)
	}
	if u.Scheme == "https" && to.Scheme == "http" {
		return nil, fail(Redirects, "it is redirected from https to http, which is not followed")
	}
	return to, nil
}

// The causes by which a request is cut off, told apart from the caller's.
var (
	errWhole = errors.New("whole fetch too long")
	errSlow  = errors.New("too slow")
)

// once makes one request to one host, when it is its turn. next is where a
// redirect leads.
func (c *Client) once(ctx context.Context, u *url.URL, r Request, budget time.Duration) (resp Response, next string, took time.Duration, err error) {
	gate, leave, err := c.gates.enter(ctx, strings.ToLower(u.Hostname()))
	if err != nil {
		return resp, "", 0, err
	}
	defer leave()
	start := time.Now()
	defer func() { took = time.Since(start) }()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	whole := time.AfterFunc(max(0, budget), func() { cancel(errWhole) })
	defer whole.Stop()

	req, err := c.request(ctx, u, r)
	if err != nil {
		return resp, "", 0, err
	}
	res, err := c.transport.RoundTrip(req)
	if err != nil {
		return resp, "", 0, c.explain(ctx, err)
	}
	defer res.Body.Close()
	resp.Status = res.StatusCode
	after, said := retryAfter(res.Header.Get("Retry-After"), c.opts.Now(), c.opts.Pace)
	if resp.Status == http.StatusTooManyRequests || resp.Status == http.StatusServiceUnavailable && said {
		gate.rest = c.opts.Now().Add(max(after, time.Minute))
	}
	switch {
	case resp.Status == http.StatusOK:
		resp.ETag, resp.LastModified = validators(res.Header)
		resp.ContentType = cut(res.Header.Get("Content-Type"), 200)
		err := c.body(ctx, cancel, res, r, &resp)
		return resp, "", 0, err
	case resp.Status == http.StatusNotModified:
		if req.Header.Get("If-None-Match") == "" && req.Header.Get("If-Modified-Since") == "" {
			return resp, "", 0, fail(False304, "it says that nothing has changed, though it was not asked (HTTP 304)")
		}
		resp.ETag, resp.LastModified = validators(res.Header)
		return resp, "", 0, nil
	case resp.Status >= 301 && resp.Status <= 308 && resp.Status != 304 && resp.Status != 305 && resp.Status != 306:
		if next = res.Header.Get("Location"); next != "" {
			return resp, next, 0, nil
		}
		return resp, "", 0, &Failure{Kind: Redirects, Reason: "it is redirected to nowhere: there is no Location"}
	}
	return resp, "", 0, &Failure{Kind: Status, Status: resp.Status, After: after, Reason: fmt.Sprintf("the host answers HTTP %d", resp.Status)}
}

func (c *Client) request(ctx context.Context, u *url.URL, r Request) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, fail(BadAddress, "the address cannot be asked for")
	}
	req.Header.Set("User-Agent", c.userAgent)
	req.Header.Set("Accept-Encoding", "gzip, br, zstd")
	switch {
	case r.kind == robotsFile:
		req.Header.Set("Accept", "text/plain, */*;q=0.1")
	case r.Feed:
		req.Header.Set("Accept", "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1")
	default:
		req.Header.Set("Accept", "text/html, application/xhtml+xml, */*;q=0.1")
	}
	if r.ETag != "" {
		req.Header.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		req.Header.Set("If-Modified-Since", r.LastModified)
	}
	return req, nil
}

// body reads and unpacks the body into resp.
func (c *Client) body(ctx context.Context, cancel context.CancelCauseFunc, res *http.Response, r Request, resp *Response) error {
	limit := c.opts.Limits.Page
	switch {
	case r.kind == robotsFile:
		limit = robotsSize
	case r.Feed:
		limit = c.opts.Limits.Feed
	}
	cutOff := r.kind == robotsFile
	if res.ContentLength > limit && !cutOff {
		return fail(TooLarge, "the body has %d bytes, the limit is %d", res.ContentLength, limit)
	}
	codings, err := encodings(res.Header)
	if err != nil {
		return err
	}
	m := &meter{r: res.Body, limits: c.opts.Limits, start: time.Now(), most: limit}
	m.slow = time.AfterFunc(c.opts.Limits.Grace, func() { cancel(errSlow) })
	defer m.slow.Stop()
	unpacked, done, err := unpack(m, codings)
	if err == nil {
		resp.Body, err = readAll(unpacked, func() int64 { return m.read }, len(codings) > 0, limit, cutOff)
		done()
	}
	resp.Wire = m.read
	switch {
	case err == nil:
		return nil
	case len(codings) > 0 && m.read == 0 && m.err == io.EOF:
		resp.Body = nil // an empty body is packed by nothing
		return nil
	case failureOf(err) != nil:
		return err
	case m.err != nil && m.err != io.EOF:
		return c.explain(ctx, m.err)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fail(CutShort, "the packed body ends in the middle")
	}
	return fail(BadEncoding, "the body cannot be unpacked (%s)", strings.Join(codings, ", "))
}

// meter counts the bytes of a body on the wire and sees that they come fast
// enough: when n bytes are there, n/rate seconds may have passed.
type meter struct {
	r      io.Reader
	limits Limits
	start  time.Time
	slow   *time.Timer
	most   int64
	read   int64
	err    error
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	m.read += int64(n)
	if err != nil {
		m.err = err
		return n, err
	}
	if m.read > m.most {
		m.err = fail(TooLarge, "more than %d bytes came", m.most)
		return n, m.err
	}
	until := max(m.limits.Grace, time.Duration(m.read)*time.Second/time.Duration(m.limits.Rate))
	m.slow.Reset(time.Until(m.start.Add(until)))
	return n, nil
}

// explain makes a failure of an error of the network.
func (c *Client) explain(ctx context.Context, err error) *Failure {
	if f := failureOf(err); f != nil {
		return f // the guard's
	}
	l := c.opts.Limits
	switch cause := context.Cause(ctx); {
	case cause == errWhole:
		return fail(Timeout, "it took longer than %v", l.Whole)
	case cause == errSlow:
		return fail(Slow, "it sends less than %d bytes a second", l.Rate)
	case cause != nil:
		return fail(Stopped, "the caller gave up")
	}
	var unknown x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	var name x509.HostnameError
	var verify *tls.CertificateVerificationError
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.As(err, &verify), errors.As(err, &unknown), errors.As(err, &invalid), errors.As(err, &name):
		return fail(TLS, "the host cannot prove who it is: %v", err)
	case errors.As(err, &dns) && dns.IsNotFound:
		return fail(Connection, "there is no host of the name %s", short(dns.Name))
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, os.ErrDeadlineExceeded):
		return fail(Timeout, "no answer in time (%v)", err)
	case strings.Contains(err.Error(), "response headers exceeded"): // net/http has no value for it
		return fail(TooLarge, "the header has more than %d bytes", l.Heads)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fail(CutShort, "the connection ended before the answer did")
	}
	return fail(Connection, "%v", err)
}

// validators are what the next request sends back. Those that are too long are
// not kept: the next request is then an unconditional one.
func validators(h http.Header) (etag, modified string) {
	return printable(h.Get("ETag"), 512), printable(h.Get("Last-Modified"), 64)
}

func printable(s string, most int) string {
	if len(s) > most || strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) >= 0 {
		return ""
	}
	return s
}

// maxRest is the longest that a host is left alone, whatever it says.
const maxRest = 24 * time.Hour

// retryAfter reads seconds or a date, not below pace and not above a day.
func retryAfter(s string, now time.Time, pace time.Duration) (d time.Duration, said bool) {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, false
	}
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		if n != n { // NaN
			return 0, false
		}
		d = time.Duration(min(max(n, 0), maxRest.Seconds()) * float64(time.Second))
	} else if t, err := http.ParseTime(s); err == nil {
		d = t.Sub(now)
	} else if strings.Trim(s, "0123456789") == "" {
		d = maxRest // more digits than a number has
	} else {
		return 0, false
	}
	return min(max(d, pace), maxRest), true
}
