package segment

import (
	"strings"
	"testing"
)

// FuzzPlainWord holds the short way to the long one: a word that it ends, ends
// there, and has its small letters.
func FuzzPlainWord(f *testing.F) {
	f.Add("The wall, 40 years old, held; see www.vellmar.example, or ask a@b.example. (Lund)")
	f.Add("1,000 men\tand U.S. AT&T's 3%")
	f.Fuzz(func(t *testing.T, s string) {
		for i := range s {
			end, capitals := plainWord(s, i, len(s))
			if end == 0 {
				continue
			}
			if want := wordEnd(s, i, len(s)); end != want {
				t.Fatalf("%q at %d: ends at %d, want %d", s, i, end, want)
			}
			w := s[i:end]
			if capitals != (strings.ToLower(w) != w) {
				t.Fatalf("%q: capitals %v", w, capitals)
			}
			var b strings.Builder
			if got := lowered(&b, w); got != strings.ToLower(w) {
				t.Fatalf("%q: %q", w, got)
			}
		}
	})
}

func TestPlainWord(t *testing.T) {
	for _, c := range []struct {
		in       string
		end      int
		capitals bool
	}{
		{"wall held", 4, false},
		{"Wall, held", 4, true},
		{"40 men", 2, false},
		{"wall", 4, false},
		{"1,000 men", 0, false},
		{"wall's end", 0, false},
		{"ex-mayor", 0, false},
		{"lund@vellmar.example", 0, false},
		{"held.", 0, false},
		{"Ärger", 0, false},
		{" wall", 0, false},
	} {
		if end, capitals := plainWord(c.in, 0, len(c.in)); end != c.end || capitals != c.capitals {
			t.Errorf("%q: %d %v, want %d %v", c.in, end, capitals, c.end, c.capitals)
		}
	}
}
