package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readTokens reads a page that is nested too deep for the parser: the text of
// all tags that are not noise, a block ending where a block tag stands.
func readTokens(src, address string) Page {
	t := &tree{elements: []element{{parent: -1, node: &html.Node{Type: html.ElementNode, DataAtom: atom.Body}}}}
	f := &facts{meta: map[string]string{}}
	z := html.NewTokenizer(strings.NewReader(src))
	z.SetMaxBuf(MaxBytes)
	var skip []atom.Atom // open noise elements
	var title, ld strings.Builder
	var inside atom.Atom
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			t.flush(0)
			f.title = oneLine(title.String())
			t.elements[0].last = len(t.blocks)
			p := Page{Given: f.given(address), Rule: "page.tokens"}
			var lines []string
			for _, b := range t.blocks {
				if b.links*2 <= b.weight && (b.prose || b.weight >= 30) {
					lines = append(lines, b.text)
				}
			}
			if len(lines) > 0 && p.Given.Headline != "" && !startsWith(lines, p.Given.Headline) {
				lines = append([]string{p.Given.Headline}, lines...)
			}
			p.Text = join(lines)
			return p
		case html.TextToken:
			switch {
			case inside == atom.Title:
				title.Write(z.Text())
			case inside == atom.Script:
				ld.Write(z.Text())
			case len(skip) == 0:
				t.write(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			tok := z.Token()
			n := &html.Node{Type: html.ElementNode, DataAtom: tok.DataAtom, Data: tok.Data, Attr: tok.Attr}
			closing := kind == html.EndTagToken
			switch tok.DataAtom {
			case atom.Title:
				inside = 0
				if !closing && len(title.String()) == 0 {
					inside = atom.Title
				}
			case atom.Script:
				if inside == atom.Script {
					f.readLD(ld.String())
					ld.Reset()
				}
				inside = 0
				if !closing && attr(n, "type") == "application/ld+json" {
					inside = atom.Script
				}
			case atom.A:
				t.link = 0
				if !closing {
					t.link = 1
				}
			}
			if !closing {
				f.look(n)
			}
			switch {
			case closing && len(skip) > 0 && skip[len(skip)-1] == tok.DataAtom:
				skip = skip[:len(skip)-1]
			case kind == html.StartTagToken && len(skip) < 64 && (len(skip) > 0 && skip[len(skip)-1] == tok.DataAtom || isNoiseTag(tok.DataAtom)):
				// An open tag of the same kind must be closed as well.
				skip = append(skip, tok.DataAtom)
			}
			if isBlock(n) || tok.DataAtom == atom.Br {
				t.flush(0)
			}
		}
	}
}
