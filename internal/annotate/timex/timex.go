// Package timex finds time expressions and gives them TIMEX3 values.
//
// It works in two phases, as rule-based taggers for TimeML do: patterns over
// the tokens find expressions and say what they lack (a weekday its week, a
// month its year); then, in the order of the text, each gets its value from
// the date of writing, the tense of its clause, or the date spoken of before.
// Negative rules stand with the patterns they restrain: names that hold a
// weekday, numbers that are no years, "second" and "may".
package timex

import (
	"sync"

	"github.com/tracewire/tracewire/internal/news"
)

const by = "timex/1"

// Find returns the time expressions of the prose of v: headline, body and
// captions. They are resolved against the date of the dateline, else against
// the date that the header stage accepted as the date of writing.
func Find(v *news.Version) news.Layer[news.Timex] {
	written := v.Meta.Published.Value
	if v.Meta.Dateline != nil && v.Meta.Dateline.Date != "" {
		written = v.Meta.Dateline.Date
	}
	return Resolve(v, written)
}

// Resolve does the same with another date of writing (ISO, "" if unknown).
// The pipeline calls it when a twin of the text reveals the date.
func Resolve(v *news.Version, published string) news.Layer[news.Timex] {
	layer := news.Layer[news.Timex]{By: by}
	lex := load()
	room := rooms.Get().(*room)
	room.pieces = cut(room.pieces[:0], v, lex)
	defer room.leave()
	s := scan{src: v.Text, lex: lex, ps: room.pieces}
	r := resolver{s: &s, now: parseDay(published), all: s.all()}
	r.done = make([]spoken, 0, len(r.all))
	if len(r.all) == 0 {
		return layer
	}
	layer.Items = make([]news.Timex, 0, len(r.all))
	for k := range r.all {
		if t, ok := r.resolve(k); ok {
			layer.Items = append(layer.Items, t)
		}
	}
	return layer
}

// room is the pieces that the text before has left, to be written over: they
// are ten times as large as the text, and no part of what is found.
type room struct{ pieces []piece }

var rooms = sync.Pool{New: func() any { return new(room) }}

// mostPieces is how many pieces are worth keeping: most articles have fewer.
const mostPieces = 1 << 14

func (r *room) leave() {
	if cap(r.pieces) <= mostPieces {
		rooms.Put(r)
	}
}
