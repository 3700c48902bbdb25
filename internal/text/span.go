// Package text holds what everything else stands on: places in a text, and
// folded views of a text whose places lead back to the original bytes.
package text

// Span is a place in a text: half-open byte offsets, on rune boundaries.
// The zero Span means "nowhere"; no real span is empty.
type Span struct{ Start, End int }

// Empty reports whether the span covers nothing.
func (s Span) Empty() bool { return s.End <= s.Start }

// Len is the number of bytes covered.
func (s Span) Len() int { return max(0, s.End-s.Start) }

// Of returns the text that the span covers in src, or "" for an empty span.
func (s Span) Of(src string) string {
	if s.Empty() {
		return ""
	}
	return src[s.Start:s.End]
}

// Contains reports whether o lies wholly inside s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Holds reports whether the byte at offset lies inside s.
func (s Span) Holds(offset int) bool { return s.Start <= offset && offset < s.End }

// Common is the number of bytes that both spans cover.
func (s Span) Common(o Span) int { return max(0, min(s.End, o.End)-max(s.Start, o.Start)) }

// Overlaps reports whether the spans share a byte.
func (s Span) Overlaps(o Span) bool { return s.Common(o) > 0 }

// Union is the smallest span that covers both; an empty span adds nothing.
func (s Span) Union(o Span) Span {
	switch {
	case s.Empty():
		return o
	case o.Empty():
		return s
	}
	return Span{min(s.Start, o.Start), max(s.End, o.End)}
}

// Trim moves both ends inwards over the bytes of cutset (ASCII only).
func (s Span) Trim(src, cutset string) Span {
	for s.Start < s.End && inSet(src[s.Start], cutset) {
		s.Start++
	}
	for s.End > s.Start && inSet(src[s.End-1], cutset) {
		s.End--
	}
	return s
}

// TrimSpace moves both ends inwards over ASCII white space.
func (s Span) TrimSpace(src string) Span { return s.Trim(src, " \t\r\n") }

func inSet(b byte, cutset string) bool {
	for i := range len(cutset) {
		if cutset[i] == b {
			return true
		}
	}
	return false
}
