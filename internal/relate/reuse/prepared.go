package reuse

import "github.com/tracewire/tracewire/internal/news"

// Prepared is a version read once, to be compared with many others. Its order
// in overlaps is that of the version's name when it was prepared.
type Prepared struct{ doc *document }

// Prepare reads v.
func Prepare(v *news.Version) Prepared { return Prepared{read(v)} }

// Compare is Compare of the versions that a and b were made of.
func (a Prepared) Compare(b Prepared) (news.Overlap, bool) { return compare(a.doc, b.doc) }
