package news

import "github.com/tracewire/tracewire/internal/text"

// SentenceKind says what became of a sentence.
type SentenceKind string

// The kinds of sentence changes.
const (
	Kept    SentenceKind = "kept"
	Edited  SentenceKind = "edited"
	Added   SentenceKind = "added"
	Dropped SentenceKind = "dropped"
	Moved   SentenceKind = "moved"
)

// SentenceChange is a sentence of the earlier version (A), of the later (B),
// or of both; the span of a side without it is empty.
type SentenceChange struct {
	Kind SentenceKind
	A, B text.Span
}

// FactChange is a difference that a reader would call news. Was or Is is ""
// when the fact is new or gone. A and B are where it stands.
type FactChange struct {
	Kind    string // "number", "name", "day", "attribution", "hedge"
	What    string // what is counted, said or dated, in a few words
	Was, Is string
	A, B    text.Span
	Why     Why
}

// Changes is the difference from one version to another.
type Changes struct {
	Sentences []SentenceChange
	Facts     []FactChange
}
