package story

import "github.com/tracewire/tracewire/internal/news"

// Fold joins digests into stories, and stories into threads. Links are the
// lineage between the same versions. The answer is a function of the set.
func Fold(digests []D, links []news.Link) ([]news.Story, []news.Step) {
	return nil, nil
}
