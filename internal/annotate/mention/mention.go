// Package mention finds who and what a text names: persons, organisations,
// places, works and events, with the descriptions that stand for them, and
// puts all mentions of one thing into one cluster.
//
// Names are runs of capitals, cut by what the lexicons know (countries,
// agencies, titles, heads such as "Ministry"); a capital that opens a sentence
// or stands in a headline is no evidence by itself. In running text a linear
// chain with trained weights then settles where they end and what they name.
package mention

import (
	"github.com/tracewire/tracewire/internal/news"
)

const by = "mention/2"

// section is the length, in bytes, of what is resolved as one text. No article
// is longer; whoever pastes a book together gets it a section at a time, since
// "the minister" of its last chapter need not be looked for in all the others.
const section = 96 << 10

// Find returns the names and descriptions of v, clustered, in the order of
// their first mention. It reads v.Text, v.Sentences, v.Tokens and v.Meta.
func Find(v *news.Version) news.Layer[news.Entity] {
	out := news.Layer[news.Entity]{By: by}
	part := *v
	for rest := v.Sentences.Items; ; {
		n := len(rest)
		if len(v.Text) > section {
			for n = 0; n < len(rest) && rest[n].Span.End-rest[0].Span.Start <= section || n == 0 && len(rest) > 0; {
				n++
			}
		}
		part.Sentences.Items, rest = rest[:n], rest[n:]
		s := newScanner(&part)
		s.findNames()
		if found := s.entities(); out.Items == nil {
			out.Items = found
		} else {
			out.Items = joinSections(out.Items, found)
		}
		if len(rest) == 0 {
			return out
		}
	}
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

// joinSections adds the entities of a further section: those of the same name
// and type are one.
func joinSections(all, more []news.Entity) []news.Entity {
	type key struct {
		id   string
		kind news.EntityType
	}
	at := make(map[key]int, len(all))
	for i, e := range all {
		if _, there := at[key{e.ID, e.Type}]; !there {
			at[key{e.ID, e.Type}] = i
		}
	}
	for _, e := range more {
		if i, there := at[key{e.ID, e.Type}]; there {
			all[i].Mentions = append(all[i].Mentions, e.Mentions...)
		} else {
			all = append(all, e)
		}
	}
	return all
}
