// Package segment cuts the prose of a text into sentences and tokens.
package segment

import "github.com/tracewire/tracewire/internal/news"

// Find returns the tokens and sentences of the lines of src.
func Find(src string, lines []news.Line) ([]news.Token, news.Layer[news.Sentence]) {
	return nil, news.Layer[news.Sentence]{By: "segment/1"}
}
