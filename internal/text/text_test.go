package text

import (
	"testing"
	"unicode/utf8"
)

func TestSpan(t *testing.T) {
	const src = "“Ferry” sank"
	s := Span{0, len("“Ferry”")}
	if got := s.Of(src); got != "“Ferry”" {
		t.Errorf("Of = %q", got)
	}
	if (Span{}).Of(src) != "" || !(Span{3, 3}).Empty() {
		t.Error("the empty span is nowhere")
	}
	if n := (Span{0, 5}).Common(Span{3, 9}); n != 2 {
		t.Errorf("Common = %d, want 2", n)
	}
	if (Span{0, 3}).Overlaps(Span{3, 5}) {
		t.Error("half-open spans that touch do not overlap")
	}
	if got := (Span{2, 4}).Union(Span{}); got != (Span{2, 4}) {
		t.Errorf("Union with nothing = %v", got)
	}
	if got := (Span{0, 6}).TrimSpace("  ab  "); got != (Span{2, 4}) {
		t.Errorf("TrimSpace = %v, want {2 4}", got)
	}
}

func TestWordAt(t *testing.T) {
	const src = "a1-é ’"
	for _, c := range []struct {
		i    int
		want bool
	}{{0, true}, {1, true}, {2, false}, {3, true}, {5, false}, {6, false}, {len(src), false}} {
		if got := WordAt(src, c.i, len(src)); got != c.want {
			t.Errorf("WordAt(%q, %d) = %v, want %v", src, c.i, got, c.want)
		}
	}
	if WordAt(src, 0, 0) {
		t.Error("nothing stands at the end")
	}
}

func TestFold(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"plain text", "plain text"},
		{"“Ferry”—it’s gone…", `"Ferry"-it's gone...`},
		{"Åland\u00a0Islands", "Åland Islands"},
		{"", ""},
	} {
		v := Fold(c.src)
		if v.Text != c.want {
			t.Errorf("Fold(%q) = %q, want %q", c.src, v.Text, c.want)
		}
	}
	const src = "He said: “It sank…” Then he left."
	v := Fold(src)
	at := Span{9, 9 + len(`"It sank..."`)}
	if got := at.Of(v.Text); got != `"It sank..."` {
		t.Fatalf("view has %q", got)
	}
	if got := v.Original(at).Of(src); got != "“It sank…”" {
		t.Errorf("Original = %q", got)
	}
}

// Every stretch of a view leads back to whole runes of the text, and longer
// stretches to longer ones.
func FuzzFold(f *testing.F) {
	f.Add("“Ferry”—it’s gone…", 2, 9)
	f.Add("plain", 0, 5)
	f.Add("\xffbad\x80’s", 1, 4)
	f.Fuzz(func(t *testing.T, src string, a, b int) {
		v := Fold(src)
		if a < 0 || b > len(v.Text) || a >= b {
			return
		}
		o := v.Original(Span{a, b})
		if o.Start < 0 || o.End > len(src) || o.Start > o.End {
			t.Fatalf("%v of the view leads to %v in a text of %d bytes", Span{a, b}, o, len(src))
		}
		whole := v.Original(Span{0, len(v.Text)})
		if whole.Start != 0 || whole.End != len(src) {
			t.Fatalf("the whole view leads to %v, not to the whole text", whole)
		}
		if utf8.ValidString(src) && utf8.RuneStart(v.Text[a]) && (b == len(v.Text) || utf8.RuneStart(v.Text[b])) && !utf8.ValidString(o.Of(src)) {
			t.Fatalf("%v cuts a character of %q", o, src)
		}
	})
}

func BenchmarkFold(b *testing.B) {
	src := ""
	for range 60 {
		src += "“The ferry sank at dawn,” the harbour master’s office said — nobody was hurt. "
	}
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		Fold(src)
	}
}
