package corroborate

import (
	"fmt"
	"testing"
)

// TestBits: sets that have a word in common are never apart, nor is a set that
// nobody has made.
func TestBits(t *testing.T) {
	words := make([]string, 300)
	for i := range words {
		words[i] = fmt.Sprintf("word %d", i)
	}
	apart := 0
	for i := range words {
		a := words[i:min(len(words), i+3)]
		for j := range words {
			b := words[j:min(len(words), j+3)]
			switch is := bitsOf(a).apart(bitsOf(b)); {
			case is && overlap(a, b):
				t.Fatalf("%q and %q are said to be apart", a, b)
			case is:
				apart++
			}
		}
	}
	if apart < 300*300*3/4 {
		t.Errorf("of 90000 pairs only %d are told apart", apart)
	}
	if bits(0).apart(bitsOf(words[:1])) || bitsOf(words[:1]).apart(0) {
		t.Error("what nobody has made is said to be apart")
	}
}
