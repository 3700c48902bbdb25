// Package mention finds who and what a text names: persons, organisations,
// places, works and events, with the descriptions that stand for them, and
// puts all mentions of one thing into one cluster.
//
// Names are runs of capitals, cut by what the lexicons know (countries,
// agencies, titles, heads such as "Ministry"); a capital that opens a sentence
// or stands in a headline is no evidence by itself.
package mention

import (
	"github.com/tracewire/tracewire/internal/news"
)

const by = "mention/1"

// Find returns the names and descriptions of v, clustered, in the order of
// their first mention. It reads v.Text, v.Sentences, v.Tokens and v.Meta.
func Find(v *news.Version) news.Layer[news.Entity] {
	s := newScanner(v)
	s.findNames()
	return news.Layer[news.Entity]{By: by, Items: s.entities()}
}

// newScanner reads the words of v.
func newScanner(v *news.Version) *scanner {
	s := &scanner{src: v.Text, lx: lexicon()}
	if v.Meta.Dateline != nil {
		s.dateline = v.Meta.Dateline.Span
	}
	s.voice = map[string]bool{}
	for _, n := range v.Meta.OwnVoice() {
		s.voice[n] = true
	}
	s.scan(v)
	return s
}
