package reuse

import "github.com/tracewire/tracewire/internal/news"

// Prepared is a version read once, to be compared with many others. Its order
// in overlaps is that of the version's name when it was prepared.
type Prepared struct{ doc *document }

// Prepare reads v.
func Prepare(v *news.Version) Prepared { return Prepared{read(v)} }

// Comparer compares one pair after the other, in room that it keeps. One
// goroutine uses it at a time.
type Comparer struct{ room bench }

// Compare is Compare of the versions that a and b were made of.
func (c *Comparer) Compare(a, b Prepared) (news.Overlap, bool) { return c.room.compare(a.doc, b.doc) }
