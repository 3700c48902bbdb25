package news

import "github.com/tracewire/tracewire/internal/text"

// Overlap is what two versions have in common: aligned passages.
// A and B are Version.Name, A < B.
type Overlap struct {
	A, B     string
	Passages []Passage
	// Prose is the number of bytes of A's and B's own prose (body and
	// headline, quotations taken out) covered by passages, over all such
	// bytes; Whole is the same with quotations left in.
	ProseA, ProseB float64
	WholeA, WholeB float64
	Why            Why
}

// PassageKind tells copied prose from words that both may have of a third.
type PassageKind string

// The kinds of passages.
const (
	Prose     PassageKind = "prose"
	Quotation PassageKind = "quotation" // spoken or official words in quotation marks
	Furniture PassageKind = "furniture" // template, captions, credits
)

// Passage is a stretch of equal (or nearly equal) text on both sides.
type Passage struct {
	A, B text.Span
	Kind PassageKind
}

// Relation says how a later text stands to an earlier one.
type Relation string

// The relations between versions.
const (
	Copy            Relation = "copy"
	Trimmed         Relation = "trimmed"
	EarlierVersion  Relation = "earlier_version"
	Excerpt         Relation = "excerpt"
	SharedPassage   Relation = "shared_passage"
	BackgroundReuse Relation = "background_reuse"
)

// Link is an edge of the lineage graph. From is the earlier text or the
// origin; it is "" when the origin is not among the versions and External
// describes it. Directed is false when the text does not show the direction.
type Link struct {
	From, External string
	To             string
	Relation       Relation
	Directed       bool
	CommonSource   string
	Passages       []Passage // A in From, B in To
	Note           string
	Why            Why
}

// Story is the versions that tell one happening.
type Story struct {
	ID        string // stable: derived from the members
	Title     string
	Documents []string // Version.Name, sorted
	From, To  string   // span of publication dates
	Why       []string // why the members were joined, one line each
	ByHand    []string // the corrections of people that made it what it is, one line each
}

// Step is a place in a thread: stories that follow each other. Versions of
// one story that come later are steps of their own.
type Step struct {
	Thread    string
	Order     int
	Story     string
	Documents []string
	Date      string
	Follows   []string // Version.Name of the step before
	Note      string
}

// ClaimRef points at a claim of a version.
type ClaimRef struct{ Doc, Claim string }

// Event is a dated entry of the timeline.
type Event struct {
	Date      string
	Title     string
	Documents []string
	Claims    []ClaimRef
	Origins   []string
	Note      string
}

// Group is claims that say the same, and where they come from.
type Group struct {
	ID          string
	Proposition string
	Members     []ClaimRef
	Outlets     []string
	Origins     []string
	Independent [2]int // independent origins, at least and at most
	// Walks says for each member how its walk to the origin went, and
	// Collapses why origins count once.
	Walks     []Walk
	Collapses []Collapse
	// Unknown is how many members lead to nobody: reports without an author,
	// citations in a circle. They are in no count of origins.
	Unknown int
	Note    string
	Weight  float64 // importance, for the order in the brief
	// Circular is whether walks lead back to where they began.
	Circular bool
	// History is when it was told, and by whom, from the first report on.
	History []Sighting
	// Prior is what is to be expected by what is known of who copies whom, nil
	// unless that was asked for.
	Prior *Prior
	// SupersededBy is the ID of the group that has a later figure of the same
	// thing, "" if none has.
	SupersededBy string
}

// Sighting is a moment in the history of a claim: pages that told it, and what
// they added to what was known.
type Sighting struct {
	Time        string   // ISO, as exact as the pages are: a day, or a minute with its zone
	Docs        []string // Version.Name
	Outlets     []string // that had not told it before
	Origins     []string // that had not been reached before
	Independent [2]int   // independent origins of all that was known then
}

// Place is a passage of a version.
type Place struct {
	Doc  string // Version.Name
	Span text.Span
}

// Collapse is why several origins, or several pages, count once.
type Collapse struct {
	Reason   string
	Evidence []Place // the passages that show it; none where a table of facts says so
}

// UnknownOrigin is how a walk ends of which nobody is known to have begun it: a
// page without outlet or source, a circle.
const UnknownOrigin = "unknown"

// Walk is the way of one member from the page to its origin.
type Walk struct {
	Member ClaimRef
	Steps  []string // outermost first
	Origin string
	Reason string
	// Once is what counts once: walks with the same are one origin. It is "" for
	// one that leads to nobody.
	Once  string
	Voice VoiceKind
}

// VoiceKind tells whose voice a walk ends with.
type VoiceKind string

// The kinds of voices.
const (
	NamedVoice   VoiceKind = "named" // a person, body or medium with a name
	UnnamedVoice VoiceKind = "unnamed"
	OwnVoice     VoiceKind = "own" // of the page, in its outlet's or agency's words
	NoVoice      VoiceKind = "nobody"
)

// TensionKind tells how two claims pull against each other.
type TensionKind string

// The kinds of tensions.
const (
	Denial TensionKind = "denial"
	Number TensionKind = "number"
	DateT  TensionKind = "date"
	Detail TensionKind = "detail"
	Doubt  TensionKind = "doubt"
)

// Side is one end of a tension: a group, or a single claim.
type Side struct {
	Group string
	Claim ClaimRef
}

// Tension is two groups or claims that pull against each other.
type Tension struct {
	ID      string
	A, B    Side
	Kind    TensionKind
	Explain string
	Why     Why
}

// Relations is everything found across a set of versions.
type Relations struct {
	Overlaps []Overlap
	Links    []Link
	Stories  []Story
	Thread   []Step
	Timeline []Event
	Groups   []Group
	Tensions []Tension
}
