package store

import "context"

// GroupSize is the number of items that share one commit. A commit with
// synchronous=FULL waits for the disk (milliseconds); shared by a hundred
// items it costs each of them little.
const GroupSize = 100

// Group puts many items with few commits. It belongs to one goroutine.
//
//	g := store.NewGroup(ctx, s, store.GroupSize)
//	defer g.Rollback()
//	… err := g.Do(func(b store.Batch) error { … })
//	err = g.Flush()
type Group struct {
	ctx   context.Context
	store Store
	size  int
	open  Batch
	count int
	// Committed is told how many items have just been made safe, if it is
	// set: only now may they be acknowledged.
	Committed func(items int)
}

// NewGroup makes a group that commits after every size items.
func NewGroup(ctx context.Context, s Store, size int) *Group {
	return &Group{ctx: ctx, store: s, size: max(1, size)}
}

// Do runs put, which stores one item, in the open batch, and commits when the
// batch is full. When put fails the whole open batch is rolled back.
func (g *Group) Do(put func(Batch) error) error {
	if g.open == nil {
		b, err := g.store.Begin(g.ctx)
		if err != nil {
			return err
		}
		g.open = b
	}
	if err := put(g.open); err != nil {
		g.Rollback()
		return err
	}
	if g.count++; g.count >= g.size {
		return g.Flush()
	}
	return nil
}

// Flush commits what is open.
func (g *Group) Flush() error {
	if g.open == nil {
		return nil
	}
	b, n := g.open, g.count
	g.open, g.count = nil, 0
	if err := b.Commit(); err != nil {
		b.Rollback()
		return err
	}
	if g.Committed != nil {
		g.Committed(n)
	}
	return nil
}

// Rollback forgets what was not committed.
func (g *Group) Rollback() {
	if g.open != nil {
		g.open.Rollback()
		g.open, g.count = nil, 0
	}
}
