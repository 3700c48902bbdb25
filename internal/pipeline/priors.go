package pipeline

import (
	"context"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate/dependence"
)

// Priors is what is known of who copies whom. The zero value knows nothing.
type Priors struct{ memory dependence.Memory }

// Priors learns who copies whom from everything in the store, a thread at a time;
// what is remembered grows with the pairs of outlets that share something.
func (e Engine) Priors(ctx context.Context) (*Priors, error) {
	p := &Priors{}
	err := e.Relate(ctx, nil, func(t Thread) error {
		p.Learn(t)
		return nil
	})
	return p, err
}

// Learn adds a thread. The order in which threads come means nothing.
func (p *Priors) Learn(t Thread) {
	p.memory.Add(dependence.Observe(t.Versions, t.Relations, dependence.Usual()))
}

// Pairs lists what is known of each ordered pair of outlets, the most probable
// first.
func (p *Priors) Pairs() []news.Dependence { return p.memory.Pairs() }

// Expect sets the prior of claim groups of a thread. learned is whether the
// thread was learned from: then it is no evidence on itself. Nil priors set none.
func (p *Priors) Expect(t Thread, learned bool, groups []news.Group) {
	if p == nil {
		return
	}
	versions := make(map[string]*news.Version, len(t.Versions))
	for _, v := range t.Versions {
		versions[v.Name] = v
	}
	here := dependence.NewHere(dependence.Observe(t.Versions, t.Relations, dependence.Usual()), learned)
	for i := range groups {
		if prior, ok := p.memory.Expect(versions, groups[i], here); ok {
			groups[i].Prior = &prior
		}
	}
}
