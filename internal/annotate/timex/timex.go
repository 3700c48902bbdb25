// Package timex finds time expressions.
package timex

import "github.com/tracewire/tracewire/internal/news"

// Find returns the time expressions of v.
func Find(v *news.Version) news.Layer[news.Timex] {
	return news.Layer[news.Timex]{By: "timex/1"}
}
