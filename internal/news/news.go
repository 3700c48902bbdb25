// Package news is the vocabulary of Tracewire: every type that more than one
// stage speaks of. GLOSSARY.md settles the words. The package holds no rules.
//
// All places are byte offsets into Version.Text, half-open, on rune
// boundaries (text.Span). Dates and times are TIMEX3 values: "2023-09-19",
// "2023-W37", "2023-09-18TMO", "P6D".
package news

import (
	"fmt"
	"time"

	"github.com/tracewire/tracewire/internal/text"
)

// Why tells which rule made an item and how far it can be trusted (0 to 1).
type Why struct {
	Rule       string
	Confidence float64
}

// Capture is raw bytes as they came in, addressed by their content.
type Capture struct {
	ID      string // lower-case hex SHA-256 of Raw
	Raw     []byte
	Path    string // file name, "-" for standard input; for people only
	URL     string // where the page was, if known
	Outlet  string // name of the publisher, if the sender said so
	Fetched time.Time
}

// Given is what is known of a version apart from its text: what the page's
// mark-up or the sender said. Nothing in it is trusted; header weighs it.
type Given struct {
	URL       string
	Outlet    string
	Headline  string
	Deck      string // the summary under the headline
	Section   string // the part of the outlet: "World", "Sport"
	Bylines   []string
	Agency    string
	Language  string
	Paywalled bool // the text is only what is shown to people who do not pay
	Fetched   time.Time
	Dates     []GivenDate
}

// GivenDate is a date that stands outside the text.
type GivenDate struct {
	From  string // "json-ld", "meta", "time", "url", "page", "script", "feed"
	Role  string // "published" or "modified"
	Value string // ISO 8601, date first
}

// Version is one immutable text of an article, and all that was found in it.
// A write-through or an edit of a page is another version.
type Version struct {
	ID      string // lower-case hex of a hash over URL, outlet and text
	Name    string // stem of the file, or the URL; unique within a run
	Capture string // Capture.ID
	Text    string
	Given   Given

	Lines     Layer[Line]
	Meta      Metadata
	Tokens    []Token
	Sentences Layer[Sentence]
	Timexes   Layer[Timex]
	Entities  Layer[Entity]
	Quotes    Layer[Quote]
	Attitudes Layer[Quote] // what somebody believes, wants or intends; never a claim
	Claims    Layer[Claim]
	Sketch    Sketch
}

// Layer is what one stage found: its name and version, and the items in
// order of their place in the text.
type Layer[T any] struct {
	By    string // "header/1"
	Items []T
}

// Label says what a line, or a part of one, is.
type Label string

// The labels of lines. See GLOSSARY.md for where each one begins and ends.
const (
	Headline       Label = "headline"
	Body           Label = "body"
	Caption        Label = "caption"
	Credit         Label = "credit"
	BylineLine     Label = "byline"
	UpdateNote     Label = "update_note"
	Rights         Label = "rights"
	GalleryCounter Label = "gallery_counter"
	EndMark        Label = "end_mark"
	Promo          Label = "promo"
	Navigation     Label = "navigation"
	Related        Label = "related"
	Timestamp      Label = "timestamp"
)

// Line is one non-empty line of the text, without its line break. When it
// mixes kinds, Parts covers its pieces and Label is the kind of the most
// important one.
type Line struct {
	Number int // from 1, empty lines counted
	Label  Label
	Span   text.Span
	Parts  []Part
	Why    Why
}

// Standing is what other pages tell of a line: its host prints it around other
// reports, too. Reports are counted with their copies and updates as one.
type Standing struct {
	Number     int  // Line.Number
	In, Of     int  // it stands in so many of so many reports of the host
	Head, Tail bool // mostly before the body, behind it
}

// Part is a piece of a mixed line.
type Part struct {
	Label Label
	Span  text.Span
}

// Pieces returns the parts of a mixed line, or the line itself as one part.
func (l Line) Pieces() []Part {
	if len(l.Parts) > 0 {
		return l.Parts
	}
	return []Part{{l.Label, l.Span}}
}

// Metadata is what the page says of the article, each value with its place
// and rule. An empty value was not found.
type Metadata struct {
	Kind      Kind
	Headline  Sourced // Value = the headline's words
	Outlet    Sourced // who publishes this page
	Agency    Sourced // whose copy it is (canonical short name), may equal Outlet
	Dateline  *Dateline
	Published Sourced         // when this text was written, ISO date
	Modified  Sourced         // when the page says that it was changed last, ISO date
	Dates     []DateCandidate // every date that claims to be Published
	Bylines   []Byline
	Update    *Update
	Rights    []text.Span
	Language  string // ISO 639-1, of the text itself
}

// Foreign reports whether the text is in another language than English. Then
// it is compared for copies, and has no layers of names, dates, statements and
// claims.
func (v *Version) Foreign() bool { return v.Meta.Language != "" && v.Meta.Language != "en" }

// OwnVoice is the chain of what the page says in its own voice: the outlet,
// and the agency when the copy is another's.
func (m Metadata) OwnVoice() []string {
	var out []string
	if m.Outlet.Value != "" {
		out = append(out, m.Outlet.Value)
	}
	if m.Agency.Value != "" && m.Agency.Value != m.Outlet.Value {
		out = append(out, m.Agency.Value)
	}
	return out
}

// Kind is what sort of page this is.
type Kind string

// The kinds of page.
const (
	Article    Kind = "article"
	Opinion    Kind = "opinion"
	LiveBlog   Kind = "live-blog"
	Roundup    Kind = "roundup"
	VideoStub  Kind = "video-stub"
	NonArticle Kind = "non-article"
)

// Sourced is a value with where it came from.
type Sourced struct {
	Value string
	From  string    // "text", "given", "json-ld", "meta", …
	Span  text.Span // empty unless From is "text"
	Why   Why
}

// YearByWeekday is the rule of a date that is printed without its year, when
// only the weekday of the text tells which year it was: one in seven fits.
const YearByWeekday = "year by the weekday"

// Dateline is the place (and date, and agency) before the first words of the
// body: "SEOUL, Sept. 19 (UPI) --".
type Dateline struct {
	Place  string // as printed
	Date   string // ISO date, "" when none is printed
	Agency string // canonical short name, "" when none is printed
	Span   text.Span
	Why    Why
}

// DateCandidate is one date that could be taken for the date of writing, with
// the verdict and its reason in plain words.
type DateCandidate struct {
	Span     text.Span // empty when the date stands outside the text
	From     string    // "text", "json-ld", …
	Value    string    // ISO
	Role     string    // "dateline", "page_stamp", "event", "published", "modified"
	Accepted bool
	Note     string
	Why      Why
}

// Byline is a person, or an address, that signed the text.
type Byline struct {
	Name string // "" when only an address is given
	Role string // "author", "contributor", "editor", "contact"
	Span text.Span
	Why  Why
}

// Update is an agency's note on what a new version changes.
type Update struct {
	Kind       string // the note's words without brackets and paragraph numbers
	Paragraphs []int  // body paragraphs named, captions not counted, from 1
	Lines      []int  // the lines they stand on
	Span       text.Span
	Note       string
	Why        Why
}

// Token is a word, number or mark. Hyphenated words and abbreviations with
// points are one token; a possessive "'s" is a token of its own.
type Token struct {
	Span  text.Span
	Lower string // lower case, typographic apostrophes made plain
	Lemma string // base form of a verb, singular of a noun, else Lower
	Tag   Tag
}

// Tag is a coarse part of speech, found from word lists and endings.
type Tag uint8

// The tags of tokens.
const (
	Other    Tag = iota
	Noun         // common noun, or an unknown lower-case word
	Name         // capitalised where no sentence begins, or a known name
	Pronoun      // I, he, they, who
	Det          // the, a, this, his
	Adj          // adjective by ending or list
	Adv          // adverb
	Prep         // preposition
	Conj         // and, but, or
	Sub          // that, if, because, while
	Verb         // finite verb: past or present
	Aux          // be, have, do in finite form
	Modal        // will, would, can …
	Ing          // present participle or gerund
	PastPart     // past participle after an auxiliary, or bare
	Inf          // base form after "to" or a modal
	To           // infinitive "to"
	Num          // number in digits or words
	Open         // opening quotation mark
	Close        // closing quotation mark
	Punct        // other marks
	Poss         // possessive 's
)

// Sentence is a sentence of a line's prose: headline, body and caption.
// Tokens[First:Last] are its tokens.
type Sentence struct {
	Span        text.Span
	Line        int   // index into Lines.Items
	Label       Label // of the part it stands in
	First, Last int   // half-open range of Version.Tokens
	Why         Why
}

// Timex is a time expression after TimeML's TIMEX3.
type Timex struct {
	Span   text.Span
	Type   string // DATE, TIME, DURATION, SET
	Value  string // TIMEX3 value
	Anchor string // ISO date it was resolved against, "" if none
	Mod    string // START, MID, END, APPROX …
	Why    Why
}

// EntityType is what sort of thing a name names.
type EntityType string

// The types of entities.
const (
	Person    EntityType = "PER"
	Org       EntityType = "ORG"
	Location  EntityType = "LOC"
	GPE       EntityType = "GPE" // country, region, city with a government
	Facility  EntityType = "FAC"
	Product   EntityType = "PROD"
	EventName EntityType = "EVENT"
)

// Entity is a cluster: all mentions of one thing in one text.
type Entity struct {
	ID       string // canonical name, see GLOSSARY.md
	Type     EntityType
	Mentions []Mention
	Why      Why
}

// Mention is one occurrence of a name, or of a description (Nominal). Extent
// is the whole noun phrase with title or apposition, empty if no longer.
type Mention struct {
	Span    text.Span
	Extent  text.Span
	Nominal bool
	Why     Why
}

// QuoteKind tells how the words are given.
type QuoteKind string

// The kinds of quotes.
const (
	Direct   QuoteKind = "direct"   // wholly in quotation marks
	Mixed    QuoteKind = "mixed"    // reported, with a quoted part
	Indirect QuoteKind = "indirect" // reported
)

// Quote is a statement that the text gives to a speaker.
type Quote struct {
	ID             string
	Kind           QuoteKind
	Content        text.Span // with quotation marks and the comma inside them
	Source, Cue    text.Span
	SourceID       string   // canonical name of the speaker
	Chain          []string // outlet, agency, carriers, speaker: outermost first
	Venue          text.Span
	When           When
	Via            []Via
	ContinuationOf string   // id of the quote that this one goes on from
	NestedIn       string   // id of the quote inside which this one stands
	Attitude       Attitude // "" for a quote
	Why            Why
}

// Attitude tells what somebody does with the content of an attribution that is
// no quote.
type Attitude string

// The sorts of attitudes.
const (
	Speech    Attitude = "speech"    // speaks of it; what was said is not given
	Belief    Attitude = "belief"    // thinks, knows, fears, feels it
	Judgement Attitude = "judgement" // is for or against it
	Intention Attitude = "intention" // wants, plans, asks for it
)

// When is a time with its value; the span is empty when there is none.
type When struct {
	Span  text.Span
	Value string
}

// Via is a carrier that the sentence names in an attribution of its own:
// ", according to state news agency TASS".
type Via struct {
	ID          string
	Source, Cue text.Span
}

// Claim is a checkable statement.
type Claim struct {
	ID          string
	Span        text.Span
	Proposition string // in plain words, made of the text's own
	Reported    bool   // false: asserted by the outlet (or agency) itself
	Chain       []string
	EventDate   string // ISO, "a/b" for a period, "" when none
	Hedge       string // "reportedly", "speculation", "concerns", …
	Quote       string // id of the quote it is taken from, "" if asserted
	Frame       Frame
	Why         Why
}

// Frame is the claim as a typed statement, the ground for comparing claims.
type Frame struct {
	Predicates []string // lemmas of the verbs and event nouns, head first
	Actors     []string // entity ids before the head verb
	Objects    []string // entity ids after it
	Places     []string // entity ids of places
	Words      []string // lemmas of the other content words
	Numbers    []Quantity
	Negated    bool
	Modal      string // "", "planned", "possible"
}

// Quantity is a number with what it counts: an interval for "at least 7". High
// is 0 when there is no upper limit, Low 0 when there is no lower one.
type Quantity struct {
	Low, High float64
	Unit      string // lemma of the noun counted, "" if none
	Span      text.Span
}

// String says the number for people, without its unit.
func (q Quantity) String() string {
	switch {
	case q.High == 0:
		return fmt.Sprintf("at least %g", q.Low)
	case q.Low == 0:
		return fmt.Sprintf("at most %g", q.High)
	case q.Low == q.High:
		return fmt.Sprintf("%g", q.Low)
	}
	return fmt.Sprintf("about %.0f", (q.Low+q.High)/2)
}

// Sketch is the small print of a text by which possible copies find each
// other: one-permutation MinHash bins and winnowed anchors.
type Sketch struct {
	Words   int      // words of prose that went in
	Bins    []uint32 // MinHash over word 5-grams; nil for very short texts
	Anchors []Anchor
}

// Anchor is a winnowed fingerprint with its place.
type Anchor struct {
	Hash uint64
	Span text.Span
}
