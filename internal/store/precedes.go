package store

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// Precedes tells which of two sightings of one version (the same outlet, URL
// and text) speaks for it: the one fetched first, one without a time last;
// then the one with the shorter name, and whatever else tells them apart. It
// is a total order, so that what stays does not depend on what came first.
func Precedes(v, w *news.Version) bool {
	return cmp.Or(
		cmp.Compare(unknown(v), unknown(w)),
		v.Given.Fetched.Compare(w.Given.Fetched),
		cmp.Compare(len(v.Name), len(w.Name)),
		strings.Compare(v.Name, w.Name),
		strings.Compare(v.Capture, w.Capture),
		compareGiven(&v.Given, &w.Given),
	) < 0
}

func unknown(v *news.Version) int {
	if v.Given.Fetched.IsZero() {
		return 1
	}
	return 0
}

// compareGiven orders what is left to differ: a page read by two releases of
// the reader.
func compareGiven(g, h *news.Given) int {
	a, _ := json.Marshal(g) // strings and a time: no error
	b, _ := json.Marshal(h)
	return bytes.Compare(a, b)
}
