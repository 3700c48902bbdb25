// Package schema is the JSON that Tracewire prints and reads: one file per
// document and one for what goes across documents. Gold annotation uses the
// same schema, so that scoring is a comparison and nothing else.
package schema

// Span is a place in a document: byte offsets, half-open, and the bytes.
type Span struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// Document is <stem>.json.
type Document struct {
	Doc      string   `json:"doc"`
	Bytes    int      `json:"bytes"`
	SHA256   string   `json:"sha256"`
	Lines    []Line   `json:"lines"`
	Metadata Metadata `json:"metadata"`
	Quotes   []Quote  `json:"quotes"`
	// Attitudes are attributions of another kind than quotes: beliefs, wishes,
	// plans, judgements. Gold annotation has none.
	Attitudes []Quote  `json:"attitudes,omitempty"`
	Mentions  []Entity `json:"mentions"`
	Timexes   []Timex  `json:"timexes"`
	Claims    []Claim  `json:"claims"`
}

// Line is one non-empty line.
type Line struct {
	Line  int    `json:"line"`
	Label string `json:"label"`
	Span  Span   `json:"span"`
	Parts []Part `json:"parts,omitempty"`
	Rule  string `json:"rule,omitempty"`
}

// Part is a piece of a mixed line.
type Part struct {
	Label string `json:"label"`
	Span  Span   `json:"span"`
}

// Metadata is the head of a document.
type Metadata struct {
	Kind         string     `json:"kind,omitempty"`
	Headline     *Span      `json:"headline"`
	Outlet       *string    `json:"outlet"`
	Agency       *string    `json:"agency"`
	Dateline     *Dateline  `json:"dateline"`
	Published    *string    `json:"published"`
	ClaimedDates []DateItem `json:"claimed_dates"`
	Bylines      []Byline   `json:"bylines"`
	Update       *Update    `json:"update"`
	Rights       []Span     `json:"rights"`
	Language     string     `json:"language,omitempty"`
}

// Dateline is the printed place, date and agency.
type Dateline struct {
	Place  string  `json:"place"`
	Date   *string `json:"date"`
	Agency *string `json:"agency"`
	Span   Span    `json:"span"`
}

// DateItem is a date candidate with its verdict.
type DateItem struct {
	Span    *Span  `json:"span"`
	From    string `json:"from,omitempty"`
	Value   string `json:"value"`
	Role    string `json:"role"`
	Verdict string `json:"verdict"`
	Note    string `json:"note,omitempty"`
	Rule    string `json:"rule,omitempty"`
}

// Byline is a signature.
type Byline struct {
	Name *string `json:"name"`
	Role string  `json:"role"`
	Span *Span   `json:"span"`
}

// Update is an agency's update note.
type Update struct {
	Kind       string `json:"kind"`
	Paragraphs []int  `json:"paragraphs"`
	Lines      []int  `json:"lines"`
	Span       Span   `json:"span"`
	Note       string `json:"note,omitempty"`
}

// When is a time with its value.
type When struct {
	Span  *Span  `json:"span"`
	Value string `json:"value"`
}

// Via is an inner link of a chain.
type Via struct {
	ID     string `json:"id"`
	Source Span   `json:"source"`
	Cue    *Span  `json:"cue"`
}

// Quote is a statement given to a speaker.
type Quote struct {
	ID             string   `json:"id"`
	Kind           string   `json:"kind"`
	Content        *Span    `json:"content"`
	Source         *Span    `json:"source"`
	SourceID       string   `json:"source_id"`
	Cue            *Span    `json:"cue"`
	Chain          []string `json:"chain"`
	Venue          *Span    `json:"venue"`
	When           *When    `json:"when"`
	Via            []Via    `json:"via,omitempty"`
	ContinuationOf string   `json:"continuation_of,omitempty"`
	NestedIn       string   `json:"nested_in,omitempty"`
	Attitude       string   `json:"attitude,omitempty"` // of attitudes: speech, belief, judgement, intention
	Rule           string   `json:"rule,omitempty"`
	Confidence     float64  `json:"confidence,omitempty"`
}

// Entity is a cluster of mentions.
type Entity struct {
	ID       string    `json:"id"`
	Type     string    `json:"type"`
	Mentions []Mention `json:"mentions"`
}

// Mention is a span with what goes beyond it.
type Mention struct {
	Span
	Nominal bool   `json:"nominal,omitempty"`
	Extent  *Span  `json:"extent,omitempty"`
	Rule    string `json:"rule,omitempty"`
}

// Timex is a time expression.
type Timex struct {
	Span   Span    `json:"span"`
	Type   string  `json:"type"`
	Value  string  `json:"value"`
	Anchor *string `json:"anchor"`
	Mod    string  `json:"mod,omitempty"`
	Rule   string  `json:"rule,omitempty"`
}

// Claim is a checkable statement.
type Claim struct {
	ID          string   `json:"id"`
	Span        Span     `json:"span"`
	Proposition string   `json:"proposition"`
	Status      string   `json:"status"`
	Chain       []string `json:"chain"`
	EventDate   *string  `json:"event_date"`
	Hedge       string   `json:"hedge,omitempty"`
	Rule        string   `json:"rule,omitempty"`
}

// Story is story.json.
type Story struct {
	Lineage     []Link    `json:"lineage"`
	Stories     []Group   `json:"stories"`
	Thread      []Step    `json:"thread"`
	Timeline    []Event   `json:"timeline"`
	ClaimGroups []Claims  `json:"claim_groups"`
	Tensions    []Tension `json:"tensions"`
}

// Link is an edge of the lineage graph.
type Link struct {
	From         *string   `json:"from"`
	External     string    `json:"external,omitempty"`
	To           string    `json:"to"`
	Relation     string    `json:"relation"`
	Directed     bool      `json:"directed"`
	CommonSource string    `json:"common_source,omitempty"`
	Passages     []Passage `json:"passages,omitempty"`
	Note         string    `json:"note,omitempty"`
	Rule         string    `json:"rule,omitempty"`
}

// Passage is equal text in two documents.
type Passage struct {
	From Span   `json:"from"`
	To   Span   `json:"to"`
	Kind string `json:"kind,omitempty"`
}

// Group is a story: documents about one happening.
type Group struct {
	ID        string   `json:"id"`
	Title     string   `json:"title"`
	Documents []string `json:"documents"`
	PartOf    string   `json:"part_of,omitempty"`
	ByHand    []string `json:"by_hand,omitempty"` // what people put right, a line each
}

// Step is a place in a thread.
type Step struct {
	Order     int      `json:"order"`
	Thread    string   `json:"thread,omitempty"`
	Story     string   `json:"story"`
	Documents []string `json:"documents"`
	Date      string   `json:"date"`
	Follows   []string `json:"follows"`
	Note      string   `json:"note,omitempty"`
}

// Ref points at a claim.
type Ref struct {
	Doc   string `json:"doc"`
	Claim string `json:"claim"`
}

// Event is an entry of the timeline.
type Event struct {
	Date      string   `json:"date"`
	Event     string   `json:"event"`
	Documents []string `json:"documents"`
	Claims    []Ref    `json:"claims"`
	Origins   []string `json:"origins"`
	Note      string   `json:"note,omitempty"`
}

// Claims is a claim group.
type Claims struct {
	ID          string     `json:"id"`
	Proposition string     `json:"proposition"`
	Members     []Ref      `json:"members"`
	Outlets     []string   `json:"outlets"`
	Origins     []string   `json:"origins"`
	Independent [2]int     `json:"independent_origins"`
	Expected    *Expected  `json:"expected_origins,omitempty"`
	Walks       []Walk     `json:"walks,omitempty"`
	Collapses   []Collapse `json:"collapses,omitempty"`
	Unknown     int        `json:"unknown,omitempty"`
	Circular    bool       `json:"circular,omitempty"`
	Superseded  string     `json:"superseded_by,omitempty"`
	History     []Sighting `json:"history,omitempty"`
	Note        string     `json:"note,omitempty"`
}

// Expected is how many independent origins are to be expected by what is known
// of who copies whom, if that was asked for.
type Expected struct {
	Number float64 `json:"number"`
	Leans  []Lean  `json:"leans"`
}

// Lean is an outlet that may have a claim from another without saying so. Stories
// is on how many this rests.
type Lean struct {
	Outlet      string  `json:"outlet"`
	From        string  `json:"from"`
	Probability float64 `json:"probability"`
	Stories     int     `json:"stories"`
}

// Dependence is what is known of one outlet taking its reports from another: of
// the stories that both told, From not later. Unseen is the probability that a
// report is taken which does not show it; the lag is in minutes, null if unknown.
type Dependence struct {
	Outlet      string   `json:"outlet"`
	From        string   `json:"depends_on"`
	Probability float64  `json:"probability"`
	Rate        float64  `json:"how_often"`
	Unseen      float64  `json:"unseen"`
	Stories     int      `json:"stories"`
	First       int      `json:"first"`
	Copied      int      `json:"copied"`
	Credited    int      `json:"credited"`
	Carried     int      `json:"credited_only"`
	Cited       int      `json:"cited"`
	Worded      int      `json:"rare_wording"`
	True        int      `json:"shared_true"`
	False       int      `json:"shared_false"`
	Different   int      `json:"different"`
	Lag         *int     `json:"median_lag"`
	Evidence    []Shared `json:"evidence"`
}

// Shared is a sign that one report has something of another, with the passages.
type Shared struct {
	How  string   `json:"how"`
	From *Passing `json:"from,omitempty"`
	To   *Passing `json:"to,omitempty"`
}

// Passing is a passage of an article: the ID of its version and the place.
type Passing struct {
	ID    string `json:"version"`
	Doc   string `json:"doc"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Collapse is why several origins, or several pages, count once.
type Collapse struct {
	Reason   string  `json:"reason"`
	Evidence []Place `json:"evidence,omitempty"`
}

// Place is a passage of a document.
type Place struct {
	Doc string `json:"doc"`
	Span
}

// Sighting is a moment in the history of a claim: the pages that told it, and
// what was new then.
type Sighting struct {
	Time        string   `json:"time"`
	Documents   []string `json:"documents"`
	Outlets     []string `json:"outlets,omitempty"`
	Origins     []string `json:"origins,omitempty"`
	Independent [2]int   `json:"independent_origins"`
}

// Walk is the way of a member to its origin.
type Walk struct {
	Doc    string   `json:"doc"`
	Claim  string   `json:"claim"`
	Steps  []string `json:"steps"`
	Origin string   `json:"origin"`
	Reason string   `json:"reason,omitempty"`
}

// Side is a group or a claim.
type Side struct {
	Group string `json:"group,omitempty"`
	Doc   string `json:"doc,omitempty"`
	Claim string `json:"claim,omitempty"`
}

// Tension is two sides that pull against each other.
type Tension struct {
	ID      string `json:"id"`
	A       Side   `json:"a"`
	B       Side   `json:"b"`
	Kind    string `json:"kind"`
	Explain string `json:"explain"`
}
