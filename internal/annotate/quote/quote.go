// Package quote finds statements and their speakers.
package quote

import "github.com/tracewire/tracewire/internal/news"

// Find returns the statements and their speakers of v.
func Find(v *news.Version) news.Layer[news.Quote] {
	return news.Layer[news.Quote]{By: "quote/1"}
}
