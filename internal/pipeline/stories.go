package pipeline

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate/story"
	"github.com/tracewire/tracewire/internal/store"
)

const (
	// told is the kind of derived value under which the stories of a part are
	// kept, by the ID of its first member. The number goes up with the rules of
	// package story.
	told = "stories/3"
	// worthKeeping is the size of a part from which on it is kept: a smaller one
	// is folded as quickly as it is looked up.
	worthKeeping = 6
)

var foundCodec = sync.OnceValue(store.NewCodec[story.Found])

// stories folds digests into stories and threads, one part at a time. Parts
// that are as they were are taken from the store.
func (e Engine) stories(ctx context.Context, p *plan, digests []story.D, links []news.Link, corrections []story.Correction) ([]news.Story, []news.Step, error) {
	parts := story.Parts(digests, links, corrections...)
	found, fresh, errs := make([]story.Found, len(parts)), make([]bool, len(parts)), make([]error, len(parts))
	e.parallel(len(parts), func(i int) {
		if parts[i].Size() < worthKeeping {
			found[i] = parts[i].Fold()
			return
		}
		found[i], fresh[i], errs[i] = e.found(ctx, p.ids[parts[i].First()], &parts[i])
	})
	if err := errors.Join(errs...); err != nil {
		return nil, nil, err
	}
	group := store.NewGroup(ctx, e.Store, 10*store.GroupSize)
	defer group.Rollback()
	for i := range parts {
		if !fresh[i] {
			continue
		}
		id, raw := p.ids[parts[i].First()], foundCodec().Encode(&found[i])
		if err := group.Do(func(b store.Batch) error { return b.PutDerived(told, id, raw) }); err != nil {
			return nil, nil, err
		}
	}
	stories, steps := story.Join(found)
	return stories, steps, group.Flush()
}

// found looks a part up by its first member, or folds it; then it is fresh.
func (e Engine) found(ctx context.Context, first string, part *story.Part) (x story.Found, fresh bool, err error) {
	now := part.Print()
	switch kept, err := e.Store.Derived(ctx, told, first); {
	case err == nil:
		if err := foundCodec().Decode(kept, &x); err != nil {
			return x, false, fmt.Errorf("stories of %s: %w", first, err)
		}
		if x.Print == now {
			return x, false, nil
		}
	case !errors.Is(err, store.ErrNotFound):
		return x, false, err
	}
	x = part.Fold()
	x.Print = now
	return x, true, nil
}
