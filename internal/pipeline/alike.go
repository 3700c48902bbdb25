package pipeline

import (
	"github.com/tracewire/tracewire/internal/annotate/claim"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate/corroborate"
	"github.com/tracewire/tracewire/internal/text"
)

// Alike reads a stretch of each annotated version as one claim and compares
// them as claims of one thread: the function it returns gives the likeness of
// the i-th and the j-th.
func Alike(versions []*news.Version, spans []text.Span) func(i, j int) float64 {
	read := make([]*news.Version, len(versions))
	for i, v := range versions {
		one := *v
		one.Claims = news.Layer[news.Claim]{Items: []news.Claim{claim.Of(v, spans[i])}}
		read[i] = &one
	}
	return corroborate.Alike(read)
}
