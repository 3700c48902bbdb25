// Package story says which versions tell the same news (a story) and which
// stories follow each other (a thread).
//
// A version is reduced to a digest, small enough to keep for every text ever
// read. Two digests are compared only if they share a blocking key. Word weights
// come from a fixed table (background.txt); Fold weighs them anew by the texts
// on the same course of events, and a pair by how close it is beside its
// neighbours: both are functions of the set. Fold joins digests into
// stories by the average over the pairs between two groups, with a quorum of
// pairs that are close themselves, never by a single pair.
package story

import "github.com/tracewire/tracewire/internal/news"

// D is the digest of a version: all that the package needs to know of it.
type D struct {
	Name    string    `json:"name"`               // Version.Name
	Date    string    `json:"date,omitempty"`     // ISO date of writing, "" if unknown
	AnyYear bool      `json:"any_year,omitempty"` // the year of Date is a guess
	Got     int64     `json:"got,omitempty"`      // when the page was fetched, seconds since 1970, 0 if unknown
	Kind    news.Kind `json:"kind,omitempty"`
	Outlet  string    `json:"outlet,omitempty"`
	Agency  string    `json:"agency,omitempty"`
	Title   string    `json:"title,omitempty"`  // headline, or the first clause of the lede
	Titled  bool      `json:"titled,omitempty"` // the text has a headline

	// Words and names of the headline and the lede, and of the whole text.
	// Each vector has length 1 and is sorted by word.
	Head      []Term `json:"head,omitempty"` // words and names of the headline, or the first sentence
	LedeWords []Term `json:"lede_words,omitempty"`
	LedeNames []Term `json:"lede_names,omitempty"`
	Words     []Term `json:"words,omitempty"`
	Names     []Term `json:"names,omitempty"`
	Phrases   []Term `json:"phrases,omitempty"` // pairs of neighbours in the lede
	Bigrams   []Term `json:"bigrams,omitempty"` // words in a row, in all the text, as hashes

	// Entities by their canonical names.
	Persons []Term `json:"persons,omitempty"`
	Orgs    []Term `json:"orgs,omitempty"`
	Places  []Term `json:"places,omitempty"`

	// What the lede counts, where it happens and who acts there: the ground
	// of vetoes.
	Numbers    []Number `json:"numbers,omitempty"`
	LedePlaces []string `json:"lede_places,omitempty"`
	LedeActors []string `json:"lede_actors,omitempty"`
}

// Term is a word or an entity with its share in a vector.
type Term struct {
	Word   string  `json:"w"`
	Weight float32 `json:"x"`
}

// Number is a count of the lede with the noun it counts.
type Number struct {
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
}

// Score is how close two digests are.
type Score struct {
	Story  float64  // 0 to 1: they tell the same news
	Thread float64  // 0 to 1: they tell of one course of events
	Why    []string // what they share
	WhyNot []string // what only one of them has
	Veto   string   // why they cannot be one story, "" if they can
}
