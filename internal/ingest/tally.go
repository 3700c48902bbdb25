package ingest

import (
	"fmt"
	"slices"
	"strings"
)

// Tally counts what came in and what became of it. In is always the sum of the
// four others: nothing is dropped in silence.
type Tally struct {
	In, Stored, Duplicate, Quarantined, Rejected int
	Reasons                                      map[string]int // by Item.Kind
}

// Add counts an item. added is what the store said of an item that is OK.
func (t *Tally) Add(it Item, added bool) {
	t.In++
	switch {
	case it.Outcome == OK && added:
		t.Stored++
	case it.Outcome == OK:
		t.Duplicate++
	case it.Outcome == Quarantined:
		t.Quarantined++
	default:
		t.Rejected++
	}
	if it.Outcome != OK {
		if t.Reasons == nil {
			t.Reasons = map[string]int{}
		}
		t.Reasons[it.Kind]++
	}
}

// Balanced tells whether every item is accounted for.
func (t Tally) Balanced() bool {
	return t.In == t.Stored+t.Duplicate+t.Quarantined+t.Rejected
}

// String is one line for people:
// "612 read: 600 new, 10 known, 2 rejected (binary 1, empty 1)".
func (t Tally) String() string {
	parts := []string{fmt.Sprintf("%d new", t.Stored)}
	for _, p := range [...]struct {
		n    int
		word string
	}{{t.Duplicate, "known"}, {t.Quarantined, "quarantined"}, {t.Rejected, "rejected"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.word))
		}
	}
	s := fmt.Sprintf("%d read: %s", t.In, strings.Join(parts, ", "))
	if len(t.Reasons) == 0 {
		return s
	}
	var why []string
	for k := range t.Reasons {
		why = append(why, k)
	}
	slices.SortFunc(why, func(a, b string) int {
		if d := t.Reasons[b] - t.Reasons[a]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	for i, k := range why {
		why[i] = fmt.Sprintf("%s %d", k, t.Reasons[k])
	}
	return s + " (" + strings.Join(why, ", ") + ")"
}
