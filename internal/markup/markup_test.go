package markup

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// tokens writes a document's tokens one after the other.
func tokens(src string) string {
	var out []string
	s := Scanner{Src: src}
	for s.Next() {
		switch s.Kind {
		case Open:
			t := "+" + s.Name
			if s.Prefix != "" {
				t = "+" + s.Prefix + ":" + s.Name
			}
			if s.Empty {
				t += "/"
			}
			if v := s.Attr("a"); v != "" {
				t += "=" + v
			}
			out = append(out, t)
		case Close:
			out = append(out, "-"+s.Name)
		case Text:
			out = append(out, "'"+s.Text()+"'")
		case Other:
			out = append(out, "?")
		}
	}
	return strings.Join(out, " ")
}

func TestScanner(t *testing.T) {
	for src, want := range map[string]string{
		`<x:b a="1&amp;2">t &lt; &foo; &#8217;</x:b>`: "+x:b=1&2 't < &foo; ’' -b", "<b/>": "+b/", "<b a=1 c/>": "+b/=1", "<b a='x>y'/>": "+b/=x>y", `<b q a = "1">`: "+b=1", "<b x:a='1'>": "+b=1",
		"<![CDATA[<i>&amp;]]>t": "'<i>&amp;' 't'", "<![CDATA[t": "'t'", "<![CDATA[": "''", "<!-- <b> -->t": "? 't'", "<!--": "?", "<?xml v?>t": "? 't'",
		`<!DOCTYPE r [ <!ENTITY a "]>"> ]><b>`: "? +b", "<!DOCTYPE r SYSTEM 'x'><b>": "? +b", "<!DOCTYPE": "?",
		"a < b <3 <": "'a ' '< b ' '<3 ' '<'", "<b": "?", "</b": "?", "</ b >": "- b", `<b a="x><c>`: `+b=x +c`, "": "", "<é>": "+é",
	} {
		if got := tokens(src); got != want {
			t.Errorf("%s: got %s, want %s", src, got, want)
		}
	}
}

func TestInner(t *testing.T) {
	for _, c := range []struct {
		src, want string
		whole     bool
		next      Kind
	}{
		{"<a>1<a>2</a>3</a>4", "1<a>2</a>3", true, Text}, {"<a><br>x</a>", "<br>x", true, End}, {"<a/>x", "", true, Text}, {"<a>x", "x", false, End},
		{"<a>x</stop>y", "x", false, Close}, {"<a><x:a></a>", "<x:a>", true, End}, {"<a><![CDATA[</a>]]></a>", "<![CDATA[</a>]]>", true, End},
	} {
		s := Scanner{Src: c.src}
		s.Next()
		got, whole := s.Inner("stop")
		s.Next()
		if got != c.want || whole != c.whole || s.Kind != c.next {
			t.Errorf("%s: %q, %v, then %v", c.src, got, whole, s.Kind)
		}
	}
}

func TestWordsAndMarkup(t *testing.T) {
	for src, want := range map[string][2]string{
		"a &amp; b": {"a & b", "a & b"}, "<![CDATA[<p>x</p>]]>": {"<p>x</p>", "<p>x</p>"}, "&lt;p&gt;x": {"<p>x", "<p>x"}, " <![CDATA[x]]> ": {" x ", " x "},
		"<p>x &amp; <b>y</b></p>": {"x & y", "<p>x &amp; <b>y</b></p>"}, "x<!-- c -->y": {"xy", "xy"}, "": {"", ""},
	} {
		if got := [2]string{Words(src), Markup(src)}; got != want {
			t.Errorf("%s: %q, want %q", src, got, want)
		}
	}
}

func TestLines(t *testing.T) {
	for src, want := range map[string][]string{
		"<p>One\n two</p><p>three<br/>four</p>": {"One two", "three", "four"}, "a &amp; b\nc": {"a & b", "c"}, "<h:p>x</h:p><h:p>y</h:p>": {"x", "y"},
		"x<script>if (a<b) {}</script>y": {"x", "y"}, "<div style='DISPLAY: none'>secret<div>more</div></div>seen": {"seen"}, "<p hidden>x</p>y": {"y"}, "<ul><li>a<li>b</ul>": {"a", "b"},
		"a<b>b</b>c": {"abc"}, "\u00a0 a\u00a0b \u00a0": {"a b"}, "<p>© é</p>": {"© é"}, "": nil, "<p></p>": nil, "<media><media-caption>x</media-caption></media><p>y": {"y"}, "<img hidden>x": {"x"},
	} {
		if d := cmp.Diff(want, Lines(src)); d != "" {
			t.Errorf("%s: -want +got:\n%s", src, d)
		}
	}
}

func FuzzScanner(f *testing.F) {
	for _, s := range []string{`<a b="c">d</a>`, "<![CDATA[", "<!DOCTYPE [<", `<a b='">`, "<a><a></b><a/>", "&#0;&amp", "<\xc3\xa9>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		src = strings.ToValidUTF8(src, "?")
		s := Scanner{Src: src}
		at := 0
		for s.Next() {
			if s.At != at || s.To <= s.At || s.To > len(src) {
				t.Fatalf("token %d–%d after %d of %d", s.At, s.To, at, len(src))
			}
			at = s.To
			s.Text()
			s.Attr("b")
			if s.Kind == Open {
				in := s
				if inner, _ := in.Inner("b"); !strings.Contains(src, inner) {
					t.Fatal("what is inside is not of the document")
				}
			}
			if len(src) > 2000 && at > 500 {
				return // Inner at each tag is quadratic here
			}
		}
		if len(src) <= 2000 && at != len(src) {
			t.Fatalf("it ends at %d of %d", at, len(src))
		}
		for _, l := range Lines(src) {
			if l == "" || strings.ContainsAny(l, "\n\r\t") || !utf8.ValidString(l) {
				t.Fatalf("bad line %q", l)
			}
		}
		Words(src)
		Markup(src)
		Root(src)
	})
}

func BenchmarkScanner(b *testing.B) {
	src := strings.Repeat(`<item><title>Ferries resume</title><link>https://ambry.example/1</link><description><![CDATA[`+strings.Repeat("<p>Ferries resumed on Monday.</p>", 60)+"]]></description></item>", 100)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		s := Scanner{Src: src}
		for s.Next() {
		}
	}
}

func BenchmarkLines(b *testing.B) {
	src := strings.Repeat("<p class='para'>Ferries resumed on Monday after a strike of nine days, the <a href='/x'>harbour office</a> said.</p>", 60)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		Lines(src)
	}
}
