// Package store is the contract of the place where captures and versions are
// kept, and with them everything that was derived from them. It holds no rules
// about news. storetest is the conformance suite; memory and sqlite pass it.
//
// In short:
//
//	s, err := sqlite.Open(path)            // or memory.New()
//	b, err := s.Begin(ctx)                 // the one open transaction
//	added, err := b.PutCapture(item.Capture)
//	added, err = b.PutVersion(item.Version) // false: a duplicate
//	err = b.Commit()                       // now it is on disk
//
// or, for many items, a Group, which commits once for every hundred or so.
//
// # Truth and derived data
//
// Captures, quarantined captures and versions are the truth. Layers, keys,
// overlaps, derived values and cursors are derived: DropDerived forgets them
// and everything can be computed again. Derived data that another version of
// the program wrote in another shape is forgotten, never read wrongly.
//
// # State
//
// What cannot be computed again, yet is no text: the validators of a feed, and
// items that it named and whose pages are still to be fetched. PutState keeps
// it in the same transaction as what was read, and DropDerived leaves it.
//
// # Promises
//
//   - After Commit has returned nil, what the batch put is on disk (P1).
//   - Putting again what is there changes nothing and says so (P2). Of two
//     versions with one ID the one that comes first by Precedes stays, with its
//     name, capture and Given, whichever was put first.
//   - Nothing of a batch that was not committed is ever seen.
//   - Reads see what was committed before they began, not the open batch.
//   - Everything comes out in an order that does not depend on the order in
//     which it was put: by ID, by key, by pair, by name.
//   - Bodies carry a hash or checksum; a damaged one is ErrCorrupt.
package store

import (
	"context"
	"errors"
	"iter"

	"github.com/tracewire/tracewire/internal/news"
)

// The errors that callers tell apart, with errors.Is.
var (
	ErrNotFound = errors.New("not in the store")
	ErrCorrupt  = errors.New("stored bytes are damaged")
	ErrClosed   = errors.New("store is closed")
)

// Store keeps captures, versions and what is derived from them. Its methods
// may be called from several goroutines.
//
// IDs are lower-case hexadecimal with an even number of digits.
type Store interface {
	// Begin opens the writing transaction. There is one at a time: Begin
	// waits for the open one to end, or for ctx.
	Begin(ctx context.Context) (Batch, error)

	// Capture returns a capture, its bytes checked against its ID.
	Capture(ctx context.Context, id string) (news.Capture, error)
	// Captures runs over all captures by rising ID, but for quarantined ones.
	Captures(ctx context.Context) iter.Seq2[news.Capture, error]
	// Quarantined runs over the captures kept for a person to look at.
	Quarantined(ctx context.Context) iter.Seq2[Quarantined, error]
	// Version returns a version with ID, Name, Capture, Text and Given, and
	// no layers.
	Version(ctx context.Context, id string) (news.Version, error)
	// Versions runs over all versions by rising ID, without layers. Writing
	// while it runs is allowed; a version put meanwhile may be missed.
	Versions(ctx context.Context) iter.Seq2[news.Version, error]
	// Pending runs over the versions that have no layers of the stage, by
	// rising ID: the work to do after new versions or new rules.
	Pending(ctx context.Context, stage string) iter.Seq2[news.Version, error]
	// ArticleVersions are the IDs of the versions of one article.
	ArticleVersions(ctx context.Context, article Article) ([]string, error)
	Count(ctx context.Context) (Count, error)

	// Layers fills v's layers from what PutLayers stored for v.ID and stage.
	Layers(ctx context.Context, stage string, v *news.Version) error
	// Outline fills Lines, Meta, Timexes, Entities and Quotes alone, which is
	// cheaper and smaller.
	Outline(ctx context.Context, stage string, v *news.Version) error

	// Numbers are the IDs of the versions that have keys, by the numbers
	// that buckets call them by; "" for a number that no version has. Numbers
	// are given in the order of coming, and not kept when derived data go.
	Numbers(ctx context.Context) ([]string, error)
	// Buckets runs by rising key over those of the keys that any version has.
	// A key that more than limit versions have is only said to be common. The
	// more keys are asked for at a time, the less each costs. A bucket's
	// numbers are good until the next one is asked for.
	Buckets(ctx context.Context, keys []uint64, limit int) iter.Seq2[Bucket, error]
	// SharedBuckets runs in the same way over all keys that two versions or
	// more have: GroupByKey for a whole run.
	SharedBuckets(ctx context.Context, limit int) iter.Seq2[Bucket, error]

	Overlap(ctx context.Context, p Pair) (news.Overlap, error)
	// Overlaps runs over all overlaps by rising pair. OverlapsOf has those
	// with one version on either side.
	Overlaps(ctx context.Context) iter.Seq2[PairOverlap, error]
	OverlapsOf(ctx context.Context, id string) iter.Seq2[PairOverlap, error]

	// Derived returns a derived value; DerivedAll runs over the values of a
	// kind by rising key.
	Derived(ctx context.Context, kind, key string) ([]byte, error)
	DerivedAll(ctx context.Context, kind string) iter.Seq2[KeyValue, error]
	// State returns a value that PutState kept; States runs over those of a
	// kind by rising key.
	State(ctx context.Context, kind, key string) ([]byte, error)
	States(ctx context.Context, kind string) iter.Seq2[KeyValue, error]
	// Cursor returns "" for one that was never set.
	Cursor(ctx context.Context, name string) (string, error)

	// DropDerived forgets everything but captures, quarantine, versions and
	// state.
	DropDerived(ctx context.Context) error
	Close() error
}

// Batch is the open transaction. After an error nothing but Rollback may be
// called. It belongs to one goroutine.
type Batch interface {
	// PutCapture keeps c.Raw under c.ID. added is false when it was there. A
	// quarantined capture is freed, which counts as added.
	PutCapture(c news.Capture) (added bool, err error)
	// PutQuarantined keeps a capture with the reason why no version was made
	// of it. added is false when the capture was there, held or not.
	PutQuarantined(q Quarantined) (added bool, err error)
	// PutVersion keeps ID, Name, Capture, Text and Given. Its capture must be
	// there already. When the ID is known, added is false; if v precedes what
	// is there it takes its place, and layers, keys and overlaps found on the
	// other are forgotten.
	PutVersion(v news.Version) (added bool, err error)

	// PutLayers keeps the layers of v as found by stage: a fingerprint of all
	// rules and lexicons that made them. It takes the place of older ones.
	PutLayers(stage string, v *news.Version) error
	// PutKeys adds blocking keys of a version.
	PutKeys(version string, keys []uint64) error
	// PutOverlap keeps the result of comparing two versions, also when they
	// have nothing in common.
	PutOverlap(p Pair, o news.Overlap) error
	// PutDerived keeps a value; nil removes it.
	PutDerived(kind, key string, value []byte) error
	// PutState keeps a value that is not derived; nil removes it.
	PutState(kind, key string, value []byte) error
	SetCursor(name, value string) error

	Commit() error
	// Rollback forgets the batch; after Commit it does nothing, so that it
	// can be deferred.
	Rollback() error
}

// Article is what versions are versions of: outlet and canonical URL. Both
// are empty for loose files.
type Article struct{ Outlet, URL string }

// ArticleOf is the article that v is a version of.
func ArticleOf(v *news.Version) Article { return Article{v.Given.Outlet, v.Given.URL} }

// Quarantined is a capture that no version could be made of.
type Quarantined struct {
	Capture news.Capture
	Where   string // "pages.jsonl:12"
	Reason  string
}

// Bucket is the versions that share a key.
type Bucket struct {
	Key     uint64
	Numbers []uint32 // rising; see Store.Numbers
	More    bool     // more than the limit have it: it is too common to tell anything, and Numbers is empty
}

// Pair is the IDs of two versions, A < B.
type Pair struct{ A, B string }

// PairOf puts two IDs in order.
func PairOf(a, b string) Pair {
	if b < a {
		a, b = b, a
	}
	return Pair{a, b}
}

// PairOverlap is a stored overlap with the IDs of its versions.
type PairOverlap struct {
	Pair    Pair
	Overlap news.Overlap
}

// KeyValue is a derived value, or state, with its key.
type KeyValue struct {
	Key   string
	Value []byte
}

// Count is how much is in the store.
type Count struct{ Captures, Quarantined, Versions, Layers, Overlaps int }
