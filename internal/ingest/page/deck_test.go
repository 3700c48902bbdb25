package page

import (
	"strings"
	"testing"
)

func TestDeck(t *testing.T) {
	const lede = "<p>The grain silo at Kelling that collapsed on Tuesday had been closed for repairs in March, the Labour Inspectorate said on Wednesday.</p>"
	const rest = "<p>“We sealed the door ourselves,” said Mirja Toll, the fire chief. “Somebody broke the seal, and somebody knew that we had done it.”</p><p>The inspectorate will publish its report by the end of the month, and the owners of the silo have been asked for their books.</p>"
	const summary = "Inspectors had sealed the door two months before the collapse"
	head := func(meta string) string {
		return `<!doctype html><html lang="en"><head><title>Silo was closed for repairs</title>` + meta + `</head><body><article><h1>Silo was closed for repairs</h1>`
	}
	describe := func(s string) string { return `<meta name="description" content="` + s + `">` }
	for _, c := range []struct{ name, src, want string }{
		{"named by its class", head("") + `<p class="article-standfirst">` + summary + `</p><div>` + lede + rest + `</div>`, summary},
		{"a heading below the headline", head("") + `<h2>` + summary + `</h2><div>` + lede + rest + `</div>`, summary},
		{"printed, and repeated in the mark-up", head(describe(summary)) + `<div class="top">` + summary + `</div><div>` + lede + rest + `</div>`, summary},
		{"in the mark-up only", head(describe(summary)) + lede + rest, summary},
		{"the mark-up repeats the lede", head(describe("The grain silo at Kelling that collapsed on Tuesday had been closed for repairs in March …")) + lede + rest, ""},
		{"the mark-up repeats the lede behind a by-line", head(describe("By Ola Brandt, Kelling The grain silo at Kelling that collapsed on Tuesday had been closed for repairs in March, the Labour")) + lede + rest, ""},
		{"none", head("") + lede + rest, ""},
		{"a label is no deck", head("") + `<p class="kicker">Accidents</p>` + lede + rest, ""},
		{"a teaser of another story is no deck", head("") + `<div class="related"><h2>Ferry runs aground off Port Ambry in heavy fog</h2></div>` + lede + rest, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Read(c.src+"</article></body></html>", "")
			if err != nil {
				t.Fatal(err)
			}
			if p.Given.Deck != c.want {
				t.Errorf("deck %q, want %q", p.Given.Deck, c.want)
			}
		})
	}
}

// Every block leads to its words in the text and to its place on the page.
func TestBlocksLeadBothWays(t *testing.T) {
	src := `<!doctype html><html lang="en"><head><title>Silo was closed for repairs</title></head><body>
<nav><a href="/">Home</a></nav><h1>Silo was <em>closed</em> for repairs</h1>
<article><figure><img src="s.jpg"><figcaption>The silo at Kelling on Tuesday. Photo: Ola Brandt / SNA</figcaption></figure>
<p>The grain silo at Kelling that collapsed on Tuesday had been closed for repairs in March, the Labour Inspectorate said on Wednesday.</p>
<p>&ldquo;We sealed the door ourselves,&rdquo; said <b>Mirja Toll</b>, the fire chief. &ldquo;Somebody broke the seal, and somebody knew that we had done it.&rdquo;</p>
<p>The inspectorate will publish its report by the end of the month, and the owners of the silo have been asked for their books.</p></article></body></html>`
	p, err := Read(src, "")
	if err != nil {
		t.Fatal(err)
	}
	inText := 0
	for _, b := range p.Blocks {
		if !b.At.Empty() {
			inText++
			if got := b.At.Of(p.Text); got != b.Text {
				t.Errorf("in the text at %v: %q, want %q", b.At, got, b.Text)
			}
		}
		first, last, _ := strings.Cut(b.Text, " ")
		last = last[strings.LastIndexByte(last, ' ')+1:]
		first, last = strings.Trim(first, "“”."), strings.Trim(last, "“”.")
		if on := b.OnPage.Of(src); !strings.Contains(on, first) || !strings.Contains(on, last) {
			t.Errorf("on the page at %v: %q, want %q", b.OnPage, on, b.Text)
		}
		if b.Label == Caption && !b.At.Empty() {
			t.Errorf("the caption stands in the text: %q", b.Text)
		}
	}
	if inText != 4 || len(p.Blocks) != 5 {
		t.Errorf("%d blocks in the text, %d in all: %+v", inText, len(p.Blocks), p.Blocks)
	}
}
