package fetch

import (
	"bytes"
	"context"
	"errors"
	"net/url"
	"sync"
	"time"

	"github.com/jimsmart/grobotstxt"
)

// agent is the name under which robots.txt speaks to this program.
const agent = "tracewire"

const (
	robotsSize    = 512 << 10        // bytes of robots.txt that are read (RFC 9309: at least 500 KiB)
	robotsFresh   = 24 * time.Hour   // how long rules hold (RFC 9309)
	robotsRetry   = 15 * time.Minute // how soon to ask again when they were not to be had
	robotsBudget  = 16 << 20         // bytes of rules kept in memory
	robotsPattern = 2048             // bytes of a line of rules
	robotsStars   = 64 << 10         // bytes of lines with stars: matching them costs bytes times address
)

// rules are the robots.txt of one origin.
type rules struct {
	mu     sync.Mutex // held while they are fetched
	until  time.Time
	body   string
	denied *Failure // why nothing may be fetched, if so
}

// robots remembers the rules of hosts.
type robots struct {
	mu      sync.Mutex
	origins map[string]*rules
	bytes   int
}

// mayFetch asks the rules of u's host, fetching them when there are none or
// when they are old.
func (c *Client) mayFetch(ctx context.Context, u *url.URL) error {
	r := c.robots.of(u.Scheme + "://" + u.Host)
	r.mu.Lock()
	defer r.mu.Unlock()
	if now := c.opts.Now(); !now.Before(r.until) {
		body, denied := c.fetchRules(ctx, u)
		if denied != nil && (denied.Kind == Stopped || denied.Kind == Resting) {
			return denied
		}
		fresh := robotsFresh
		if denied != nil {
			fresh = max(robotsRetry, denied.After)
		}
		c.robots.grew(len(body) - len(r.body))
		r.body, r.denied, r.until = body, denied, c.opts.Now().Add(fresh)
	}
	switch {
	case r.denied != nil:
		f := *r.denied
		f.After = max(0, r.until.Sub(c.opts.Now()))
		return &f
	case r.body == "" || grobotstxt.AgentAllowed(r.body, agent, u.String()):
		return nil
	}
	return fail(Robots, "the robots.txt of %s asks that it be left alone", u.Host)
}

// fetchRules follows RFC 9309, 2.3.1: no such file, or an answer that says the
// asker is at fault, means that all is allowed; a host that fails means that
// nothing is. 429 is counted with the second: the host is overburdened.
func (c *Client) fetchRules(ctx context.Context, u *url.URL) (string, *Failure) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	resp, err := c.follow(ctx, at, Request{kind: robotsFile}, nil)
	if err == nil {
		return trimRules(resp.Body), nil
	}
	f := failureOf(err)
	switch {
	case f == nil:
		return "", fail(RobotsDown, "%v", err)
	case f.Kind == Stopped, f.Kind == Resting:
		return "", f
	case f.Kind == Status && f.Status >= 400 && f.Status < 500 && f.Status != 429,
		f.Kind == Redirects && errors.Is(err, errTooMany):
		return "", nil
	case f.Kind == NotPublic:
		// Where the rules lead is no place to go, so nothing is known of them.
		return "", &Failure{Kind: NotPublic, Reason: "robots.txt: " + f.Reason}
	}
	return "", &Failure{Kind: RobotsDown, After: f.After, Reason: "robots.txt is not to be had, so nothing is fetched: " + f.Reason}
}

// trimRules leaves out what no host needs: lines that are too long to be rules,
// and patterns with stars behind the first 64 KiB of them. Half a megabyte of
// stars would be matched for seconds at each page.
func trimRules(body []byte) string {
	out := make([]byte, 0, len(body))
	stars := 0
	for len(body) > 0 {
		end := len(body)
		for i, b := range body {
			if b == '\n' || b == '\r' {
				end = i + 1
				break
			}
		}
		line := body[:end]
		star := bytes.IndexByte(line, '*') >= 0 && !bytes.HasPrefix(bytes.ToLower(bytes.TrimSpace(line)), []byte("user-agent"))
		if star {
			stars += end
		}
		if end <= robotsPattern && (!star || stars <= robotsStars) {
			out = append(out, line...)
		}
		body = body[end:]
	}
	return string(out)
}

func (r *robots) of(origin string) *rules {
	r.mu.Lock()
	defer r.mu.Unlock()
	if x := r.origins[origin]; x != nil {
		return x
	}
	if r.bytes > robotsBudget || len(r.origins) > maxGates {
		clear(r.origins) // asked for again when they are needed
		r.bytes = 0
	}
	x := new(rules)
	r.origins[origin] = x
	return x
}

func (r *robots) grew(n int) {
	r.mu.Lock()
	r.bytes += n
	r.mu.Unlock()
}
