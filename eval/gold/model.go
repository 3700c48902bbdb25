// Package gold compares what the program found in documents with what careful
// readers found in them.
//
// Both sides come in the JSON of package schema. The readers' files hold more:
// other readings that they would accept, items that may be left out, and
// memberships they could not agree on. Two layers of one document are compared
// by pairing their items one to one and asking of each pair what is right in
// it. Each layer has one main figure, and the overall figure is the plain mean
// of those.
package gold

import (
	"encoding/json"
	"slices"

	"github.com/tracewire/tracewire/internal/schema"
	"github.com/tracewire/tracewire/internal/text"
)

// judgement is what the readers say about an item beyond the item itself.
type judgement struct {
	// Contested marks, on a member of a claim group, that it may be left out.
	Contested bool `json:"contested"`
	// Also lists other readings, each with the keys in which it differs.
	Also []reading `json:"also"`
}

// reading is a set of keys with other values: {"chain": [...]}. Readings may
// be combined, so every key is looked up on its own.
type reading map[string]json.RawMessage

// optional reports whether the readers would not miss the item.
func (j judgement) optional() bool {
	return slices.ContainsFunc(j.Also, func(r reading) bool {
		return len(r) == 1 && string(r["absent"]) == "true"
	})
}

// accepted returns every value of a key that the readers accept, their own
// choice first.
func accepted[T any](chosen T, j judgement, key string) []T {
	all := []T{chosen}
	for _, r := range j.Also {
		raw, has := r[key]
		if !has {
			continue
		}
		var v T
		if json.Unmarshal(raw, &v) == nil {
			all = append(all, v)
		}
	}
	return all
}

// document is one file of either side. Keys that are missing stay empty, and
// what is empty was not found.
type document struct {
	Doc      string    `json:"doc"`
	SHA256   string    `json:"sha256"`
	Lines    []line    `json:"lines"`
	Metadata metadata  `json:"metadata"`
	Quotes   []quote   `json:"quotes"`
	Mentions []cluster `json:"mentions"`
	Timexes  []timex   `json:"timexes"`
	Claims   []claim   `json:"claims"`
}

type line struct {
	judgement
	Line  int          `json:"line"`
	Label string       `json:"label"`
	Span  *schema.Span `json:"span"`
	Parts []part       `json:"parts"`
}

type part struct {
	judgement
	Label string       `json:"label"`
	Span  *schema.Span `json:"span"`
}

type metadata struct {
	Headline *schema.Span `json:"headline"`
	Outlet   string       `json:"outlet"`
	Agency   string       `json:"agency"`
	Dateline *struct {
		Place  string `json:"place"`
		Date   string `json:"date"`
		Agency string `json:"agency"`
	} `json:"dateline"`
	Published    string `json:"published"`
	ClaimedDates []struct {
		Value   string `json:"value"`
		Role    string `json:"role"`
		Verdict string `json:"verdict"`
	} `json:"claimed_dates"`
	Bylines []struct {
		Name string       `json:"name"`
		Span *schema.Span `json:"span"`
	} `json:"bylines"`
	Update *struct {
		Kind       string `json:"kind"`
		Paragraphs []int  `json:"paragraphs"`
	} `json:"update"`
	Rights []*schema.Span `json:"rights"`
}

type quote struct {
	judgement
	Kind     string       `json:"kind"`
	Content  *schema.Span `json:"content"`
	Source   *schema.Span `json:"source"`
	Cue      *schema.Span `json:"cue"`
	SourceID string       `json:"source_id"`
	Chain    []string     `json:"chain"`
}

type cluster struct {
	judgement
	ID       string    `json:"id"`
	Type     string    `json:"type"`
	Mentions []mention `json:"mentions"`
}

type mention struct {
	judgement
	schema.Span
	Nominal bool         `json:"nominal"`
	Extent  *schema.Span `json:"extent"`
}

type timex struct {
	judgement
	Span  *schema.Span `json:"span"`
	Type  string       `json:"type"`
	Value string       `json:"value"`
}

type claim struct {
	judgement
	ID     *string      `json:"id"`
	Span   *schema.Span `json:"span"`
	Status string       `json:"status"`
	Chain  []string     `json:"chain"`
}

// story is story.json of either side.
type story struct {
	Lineage     []link       `json:"lineage"`
	Stories     []storyGroup `json:"stories"`
	Thread      []step       `json:"thread"`
	Timeline    []event      `json:"timeline"`
	ClaimGroups []claimGroup `json:"claim_groups"`
	Tensions    []tension    `json:"tensions"`
}

type link struct {
	judgement
	From     string    `json:"from"`
	External string    `json:"external"`
	To       string    `json:"to"`
	Relation string    `json:"relation"`
	Directed *bool     `json:"directed"`
	Passages []passage `json:"passages"`
}

type passage struct {
	From *schema.Span `json:"from"`
	To   *schema.Span `json:"to"`
}

type storyGroup struct {
	judgement
	ID        string   `json:"id"`
	Documents []string `json:"documents"`
	PartOf    string   `json:"part_of"`
}

type step struct {
	Order     *int     `json:"order"`
	Documents []string `json:"documents"`
}

type event struct {
	judgement
	Date      *string  `json:"date"`
	Event     string   `json:"event"`
	Documents []string `json:"documents"`
}

type claimGroup struct {
	judgement
	ID          string   `json:"id"`
	Proposition string   `json:"proposition"`
	Members     []member `json:"members"`
	Outlets     []string `json:"outlets"`
	Origins     []string `json:"origins"`
	Independent bounds   `json:"independent_origins"`
}

type member struct {
	schema.Ref
	Contested bool `json:"contested"`
}

// bounds is a number of origins, from least to most. In JSON it is a list, or
// a bare number when both are the same.
type bounds struct{ least, most int }

// UnmarshalJSON reads both forms; no list and an empty one are 0.
func (b *bounds) UnmarshalJSON(raw []byte) error {
	var n []int
	if json.Unmarshal(raw, &n) == nil {
		*b = bounds{}
		if len(n) > 0 {
			*b = bounds{n[0], n[len(n)-1]}
		}
		return nil
	}
	var one int
	if err := json.Unmarshal(raw, &one); err != nil {
		return err
	}
	*b = bounds{one, one}
	return nil
}

type tension struct {
	judgement
	ID      string      `json:"id"`
	A       schema.Side `json:"a"`
	B       schema.Side `json:"b"`
	Kind    string      `json:"kind"`
	Explain string      `json:"explain"`
}

// place returns the bytes that a span of the JSON points at, or the empty
// span when it points nowhere.
func place(s *schema.Span) text.Span {
	if s == nil || s.Start < 0 || s.End <= s.Start {
		return text.Span{}
	}
	return text.Span{Start: s.Start, End: s.End}
}

// whole is the longest stretch that counts as the mention: with its title or
// apposition.
func (m mention) whole() text.Span {
	if m.Extent != nil {
		return place(m.Extent)
	}
	return place(&m.Span)
}
