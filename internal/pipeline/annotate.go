// Package pipeline is the only place that knows an order: how a capture
// becomes a version with all its layers, and how versions are related.
package pipeline

import (
	"github.com/tracewire/tracewire/internal/annotate/claim"
	"github.com/tracewire/tracewire/internal/annotate/header"
	"github.com/tracewire/tracewire/internal/annotate/language"
	"github.com/tracewire/tracewire/internal/annotate/mention"
	"github.com/tracewire/tracewire/internal/annotate/quote"
	"github.com/tracewire/tracewire/internal/annotate/segment"
	"github.com/tracewire/tracewire/internal/annotate/sketch"
	"github.com/tracewire/tracewire/internal/annotate/timex"
	"github.com/tracewire/tracewire/internal/news"
)

// Annotate returns v with all its layers. The order of the stages is the
// order of these lines; each stage sees what the ones before it found.
func Annotate(v news.Version) news.Version { return annotateAmong(v, nil) }

// annotateAmong is Annotate for a version some of whose lines stand around
// other reports of its host as well.
func annotateAmong(v news.Version, standing []news.Standing) news.Version {
	v.Lines, v.Meta = header.FindAmong(v.Text, v.Given, standing)
	v.Tokens, v.Sentences = segment.Find(&v)
	v.Meta.Language = language.Of(&v)
	if v.Foreign() { // the layers between are read by rules for English
		v.Sketch = sketch.Find(&v)
		return v
	}
	v.Timexes = timex.Find(&v)
	v.Entities = mention.Find(&v)
	v.Quotes, v.Attitudes = quote.Find(&v)
	v.Claims = claim.Find(&v)
	v.Sketch = sketch.Find(&v)
	return v
}
