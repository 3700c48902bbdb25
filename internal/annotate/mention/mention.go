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
	"sync"

	"github.com/tracewire/tracewire/internal/news"
)

const by = "mention/3"

// section is the length, in bytes, of what is resolved as one text. No article
// is longer; whoever pastes a book together gets it a section at a time, since
// "the minister" of its last chapter need not be looked for in all the others.
const section = 96 << 10

// Find returns the names and descriptions of v, clustered, in the order of
// their first mention. It reads v.Text, v.Sentences, v.Tokens and v.Meta.
func Find(v *news.Version) news.Layer[news.Entity] {
	out := news.Layer[news.Entity]{By: by}
	part := *v
	room := rooms.Get().(*room)
	defer rooms.Put(room)
	for rest := v.Sentences.Items; ; {
		n := len(rest)
		if len(v.Text) > section {
			for n = 0; n < len(rest) && rest[n].Span.End-rest[0].Span.Start <= section || n == 0 && len(rest) > 0; {
				n++
			}
		}
		part.Sentences.Items, rest = rest[:n], rest[n:]
		s := room.newScanner(&part)
		s.findNames(room)
		if found := s.entities(room); out.Items == nil {
			out.Items = found
		} else {
			out.Items = joinSections(out.Items, found)
		}
		if len(rest) == 0 {
			return out
		}
	}
}

// room is what Find works in: the slices that the text before has left, so that
// a text of the usual length allocates little but its entities. Nothing in it is
// read before it is written.
type room struct {
	scanner  scanner
	weigher  weigher
	weighing weighing
	resolver resolver
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// newScanner reads the words of v.
func (r *room) newScanner(v *news.Version) *scanner {
	s := &r.scanner
	*s = scanner{
		src: v.Text, lx: lexicon(), pieces: s.pieces[:0], words: s.words[:0], vocab: s.vocab, facts: s.facts[:0],
		names: s.names[:0], inRun: emptied(s.inRun), voice: emptied(s.voice),
	}
	if v.Meta.Dateline != nil {
		s.dateline = v.Meta.Dateline.Span
	}
	for _, n := range v.Meta.OwnVoice() {
		s.voice[n] = true
	}
	s.scan(v)
	return s
}

// emptied is m without its entries, or a new map: emptying one that was large
// would cost the texts after it.
func emptied[K comparable, V any](m map[K]V) map[K]V {
	if m == nil || len(m) > 500 {
		return map[K]V{}
	}
	clear(m)
	return m
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
