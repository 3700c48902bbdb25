package claim

import (
	"strings"
	"testing"
)

func TestOneLine(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"the wall held", "the wall held"},
		{"the wall\nheld", "the wall held"},
		{"the  wall held", "the wall held"},
		{"the\u00a0wall\u2009held", "the wall held"},
		{"the “old” wall – all of it – held", "the “old” wall – all of it – held"},
		{" “the wall” ", "“the wall”"},
		{"Ärger in Vellmar", "Ärger in Vellmar"},
		{"", ""},
	} {
		if got := oneLine(c.in); got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
		if want := strings.Join(strings.Fields(c.in), " "); c.want != want {
			t.Errorf("%q: the table says %q, strings.Fields %q", c.in, c.want, want)
		}
	}
}
