// Package mention finds names.
package mention

import "github.com/tracewire/tracewire/internal/news"

// Find returns the names of v.
func Find(v *news.Version) news.Layer[news.Entity] {
	return news.Layer[news.Entity]{By: "mention/1"}
}
