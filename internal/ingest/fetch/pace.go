package fetch

import (
	"context"
	"sync"
	"time"
)

// gates let one request at a time through to each host, and the next one only
// after a pause.
type gates struct {
	pace  time.Duration
	now   func() time.Time
	sleep func(context.Context, time.Duration) error

	mu    sync.Mutex
	hosts map[string]*gate
}

// gate is a host's. Its times belong to whoever has the turn; users belongs to
// gates.mu.
type gate struct {
	turn  chan struct{} // holds one while a request is on its way
	users int
	next  time.Time // no request before this
	rest  time.Time // the host asked to be left alone until then
}

// maxGates is the number of hosts after which idle ones are forgotten.
const maxGates = 4096

// enter waits for the host's turn and pause. leave must be called when the
// request has ended. A host that wants to be left alone for longer than a
// pause is a Resting failure at once.
func (g *gates) enter(ctx context.Context, host string) (gt *gate, leave func(), err error) {
	gt = g.join(host)
	select {
	case gt.turn <- struct{}{}:
	case <-ctx.Done():
		g.part(gt)
		return nil, nil, fail(Stopped, "the caller gave up")
	}
	give := func() { <-gt.turn; g.part(gt) }
	now := g.now()
	if d := gt.rest.Sub(now); d > g.pace {
		give()
		return nil, nil, &Failure{Kind: Resting, After: d, Reason: host + " asked to be left alone until " + gt.rest.UTC().Format(time.RFC3339)}
	}
	if d := max(gt.next.Sub(now), gt.rest.Sub(now)); d > 0 {
		if g.sleep(ctx, d) != nil {
			give()
			return nil, nil, fail(Stopped, "the caller gave up")
		}
	}
	return gt, func() { gt.next = g.now().Add(g.pace); give() }, nil
}

func (g *gates) join(host string) *gate {
	g.mu.Lock()
	defer g.mu.Unlock()
	gt := g.hosts[host]
	if gt == nil {
		if len(g.hosts) >= maxGates {
			g.forget()
		}
		gt = &gate{turn: make(chan struct{}, 1)}
		g.hosts[host] = gt
	}
	gt.users++
	return gt
}

func (g *gates) part(gt *gate) {
	g.mu.Lock()
	gt.users--
	g.mu.Unlock()
}

// forget drops the gates that nobody waits at and that are open.
func (g *gates) forget() {
	now := g.now()
	for host, gt := range g.hosts {
		if gt.users == 0 && !gt.next.After(now) && !gt.rest.After(now) {
			delete(g.hosts, host)
		}
	}
}

// Sleep is the usual way to wait: for d, or until ctx ends.
func Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
