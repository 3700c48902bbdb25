package gold

import (
	"strings"

	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/internal/text"
)

// bestOverUnion is the greatest OverUnion of b with one of the spans.
func bestOverUnion(as []text.Span, b text.Span) float64 {
	best := 0.0
	for _, a := range as {
		best = max(best, measure.OverUnion(a, b))
	}
	return best
}

// without returns the span less the characters of cutset at both ends; a span
// of nothing else stays as it is.
func without(s text.Span, src, cutset string) text.Span {
	if s.Start >= len(src) {
		return s
	}
	in := src[s.Start:min(s.End, len(src))]
	left, right := strings.TrimLeft(in, cutset), strings.TrimRight(in, cutset)
	if right == "" {
		return s
	}
	return text.Span{Start: s.End - len(left), End: s.Start + len(right)}
}

// inked returns the places of all bytes under the spans that are not white
// space.
func inked(spans []text.Span, src string) map[int]bool {
	out := map[int]bool{}
	for _, s := range spans {
		for i := s.Start; i < min(s.End, len(src)); i++ {
			switch src[i] {
			case ' ', '\t', '\n', '\r', '\v', '\f':
			default:
				out[i] = true
			}
		}
	}
	return out
}

// shared counts the elements of a that are in b.
func shared[K comparable](a, b map[K]bool) int {
	n := 0
	for k := range a {
		if b[k] {
			n++
		}
	}
	return n
}

// likeness is the elements that two sets share over those in either.
func likeness[K comparable](a, b map[K]bool) float64 {
	both := shared(a, b)
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// union returns the elements of all sets.
func union[K comparable](sets ...map[K]bool) map[K]bool {
	out := map[K]bool{}
	for _, s := range sets {
		for k := range s {
			out[k] = true
		}
	}
	return out
}

// set returns the elements of a list.
func set[K comparable](list []K) map[K]bool {
	out := make(map[K]bool, len(list))
	for _, k := range list {
		out[k] = true
	}
	return out
}
