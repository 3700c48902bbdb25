package news

import (
	"slices"
	"testing"

	"github.com/tracewire/tracewire/internal/text"
)

func TestPieces(t *testing.T) {
	whole := Line{Label: Body, Span: text.Span{Start: 3, End: 20}}
	if got := whole.Pieces(); !slices.Equal(got, []Part{{Body, whole.Span}}) {
		t.Errorf("a line of one kind has the pieces %v", got)
	}
	mixed := whole
	mixed.Parts = []Part{{Caption, text.Span{Start: 3, End: 9}}, {Credit, text.Span{Start: 9, End: 20}}}
	if got := mixed.Pieces(); !slices.Equal(got, mixed.Parts) {
		t.Errorf("a mixed line has the pieces %v", got)
	}
}
