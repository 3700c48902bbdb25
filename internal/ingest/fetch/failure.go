package fetch

import (
	"errors"
	"fmt"
	"time"
)

// Kind is a few words that say why something was not fetched, to count by.
type Kind string

// The kinds of failure.
const (
	BadAddress  Kind = "bad address"     // no URL that is ever fetched
	NotPublic   Kind = "not public"      // the guard held the connection back
	Robots      Kind = "robots.txt"      // the host asks not to fetch it
	RobotsDown  Kind = "robots.txt down" // the host's rules are not to be had now
	Redirects   Kind = "redirects"       // too many, in a circle, or to where they must not lead
	TooLarge    Kind = "too large"       // more bytes than the limit
	Bomb        Kind = "bomb"            // unpacks to out of proportion
	BadEncoding Kind = "bad encoding"    // packed in a way that is not read, or broken
	Slow        Kind = "slow"            // below the least rate
	Timeout     Kind = "timeout"         // longer than the limit
	Connection  Kind = "no connection"   // name, connection or protocol failed
	TLS         Kind = "bad certificate" // the host could not prove who it is
	Status      Kind = "HTTP status"     // an answer other than 200 and 304
	False304    Kind = "304 unasked"     // "not modified", and no condition was sent
	CutShort    Kind = "cut short"       // the connection broke inside the body
	Empty       Kind = "empty"           // 200 without a body
	Resting     Kind = "host rests"      // the host asked to be left alone for a while
	Stopped     Kind = "stopped"         // the caller gave up
)

// Failure is why something was not fetched.
type Failure struct {
	Kind   Kind
	URL    string
	Status int           // when Kind is Status
	After  time.Duration // how long the host wants to be left alone; 0 if it did not say
	Reason string        // in plain words

	cause error
}

// Unwrap is for errors.Is.
func (f *Failure) Unwrap() error { return f.cause }

func (f *Failure) Error() string {
	if f.URL == "" {
		return f.Reason
	}
	return "fetch " + f.URL + ": " + f.Reason
}

// Passing tells whether another try later may go well.
func (f *Failure) Passing() bool {
	switch f.Kind {
	case BadAddress, NotPublic, Robots, Redirects, TooLarge, Bomb, BadEncoding:
		return false
	case Status:
		return f.Status != 401 && f.Status != 402 && f.Status != 410 && f.Status != 451
	}
	return true
}

func fail(k Kind, format string, args ...any) *Failure {
	return &Failure{Kind: k, Reason: fmt.Sprintf(format, args...)}
}

// failureOf finds the failure in an error, whatever it is wrapped in.
func failureOf(err error) *Failure {
	var f *Failure
	if errors.As(err, &f) {
		return f
	}
	return nil
}
