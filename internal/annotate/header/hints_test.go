package header

import "testing"

func TestHintsMissNothing(t *testing.T) {
	for _, c := range []struct {
		low  string
		want hints
	}{
		{"the harbour wall held, the mayor of vellmar told the council", 0},
		{"lena quist contributed to this report.", ofContribution},
		{"a handout picture: the wall at vellmar", ofPicture | ofCredit},
		{"credit: jo lund / harbor post", ofCredit},
		{"", 0},
	} {
		var p pairs
		p.read(c.low)
		if got := hintsOf(&p); got&c.want != c.want || c.want == 0 && got != 0 {
			t.Errorf("%q: hints %b, want %b", c.low, got, c.want)
		}
	}
}

// What a line holds is never denied.
func FuzzPairs(f *testing.F) {
	f.Add("a line of the page", 2, 4)
	f.Fuzz(func(t *testing.T, s string, from, to int) {
		if from < 0 || to > len(s) || from > to {
			t.Skip()
		}
		var p pairs
		p.read("what the line before said")
		p.read(s)
		if !p.may(s[from:to]) {
			t.Errorf("%q is in %q", s[from:to], s)
		}
		if len(s) < 4 && p.may("line") {
			t.Errorf("%q has kept the line before", s)
		}
	})
}
