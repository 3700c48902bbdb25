package fetch

import (
	"errors"
	"hash/fnv"
	"math/rand/v2"
	"time"
)

// State is what is kept of a feed between polls. It is saved in the same
// transaction as the items of the poll: a validator that is saved before its
// items would mean that they are "not modified" for ever.
type State struct {
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	Polls        int       `json:"polls,omitempty"`
	Failures     int       `json:"failures,omitempty"`  // in a row
	Unchanged    int       `json:"unchanged,omitempty"` // 304s in a row
	Next         time.Time `json:"next,omitzero"`
	Error        string    `json:"error,omitempty"` // of the last poll
}

// Policy is when feeds are polled.
type Policy struct {
	Every time.Duration // between polls of a feed that answers
	Pace  time.Duration // the least between any two
	Seed  uint64        // of the jitter
}

// The usual interval, and the longest one, also for a feed that has failed for
// years: it is never given up.
const (
	Every   = 15 * time.Minute
	maxWait = 24 * time.Hour
)

// trusted is the number of 304s in a row after which a feed is asked without
// a condition once: some servers say "not modified" for ever.
const trusted = 11

// Request is the next poll of the feed at address.
func (s State) Request(address string) Request {
	r := Request{URL: address, Feed: true}
	if s.Unchanged < trusted {
		r.ETag, r.LastModified = s.ETag, s.LastModified
	}
	return r
}

// After is the state after a poll at now. err is a failure of the fetch or of
// reading the feed. whole tells that all items of the answer are taken in, so
// that its validators may be kept.
func (s State) After(p Policy, address string, now time.Time, resp Response, err error, whole bool) State {
	set(&p.Every, Every)
	set(&p.Pace, Pace)
	s.Polls++
	chance := jitter(p.Seed, address, s.Polls)
	if err != nil {
		var f *Failure
		wait := time.Duration(0)
		if errors.As(err, &f) {
			wait = f.After
		}
		s.Failures++
		s.Error = cut(err.Error(), 300)
		back := min(float64(p.Every)*float64(uint64(1)<<min(s.Failures-1, 20)), float64(maxWait))
		// Between half and all of the pause, so that feeds of one host that
		// failed together do not come back together.
		wait = max(wait, time.Duration(back*(0.5+0.5*chance)))
		s.Next = now.Add(min(max(wait, p.Pace), maxWait))
		return s
	}
	s.Failures, s.Error = 0, ""
	switch {
	case resp.Status == 304:
		s.Unchanged++
		if resp.ETag != "" {
			s.ETag = resp.ETag
		}
	case whole:
		s.Unchanged = 0
		s.ETag, s.LastModified = resp.ETag, resp.LastModified
	default:
		s.Unchanged = 0
		s.ETag, s.LastModified = "", ""
	}
	s.Next = now.Add(max(p.Pace, time.Duration(float64(p.Every)*(0.95+0.1*chance))))
	return s
}

// jitter is a number from 0 to 1 that depends on nothing but its arguments.
func jitter(seed uint64, address string, poll int) float64 {
	h := fnv.New64a()
	h.Write([]byte(address))
	return rand.New(rand.NewPCG(seed^h.Sum64(), uint64(poll))).Float64()
}
