package pipeline

import (
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate/corroborate"
)

// Origins counts the independent origins of some claims of a thread, as if
// they were one group.
func Origins(t Thread, claims []news.ClaimRef) news.Group {
	return corroborate.Of(t.Versions, t.Relations.Overlaps, t.Relations.Links, claims)
}
