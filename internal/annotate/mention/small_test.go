package mention

import "testing"

// FuzzSmallWord holds the short way to the long one: where it ends a word, the
// word ends, and it is neither an address nor the owner of what follows.
func FuzzSmallWord(f *testing.F) {
	f.Add("the wall, forty years old, held; see www.vellmar.example or lund's ex-mayor (north)")
	f.Fuzz(func(t *testing.T, s string) {
		for i := range s {
			end := smallWord(s, i, len(s))
			if end == 0 {
				continue
			}
			if want := wordEnd(s, i, len(s)); end != want {
				t.Fatalf("%q at %d: ends at %d, want %d", s, i, end, want)
			}
			if link(s[i:end]) || possessive(s, end, len(s)) > 0 {
				t.Fatalf("%q at %d is more than a small word", s, i)
			}
		}
	})
}
