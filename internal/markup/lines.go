package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxToken is the longest run of HTML text or longest tag, in bytes, that is
// read; a fragment ends there.
const maxToken = 8 << 20

// Lines is the text of a fragment of HTML, XHTML or NITF, a line a block, as
// a reader sees it: no scripts, no hidden elements, white space made one
// space. A prefix of XHTML (<h:p>) is passed over.
func Lines(fragment string) []string {
	if strings.IndexByte(fragment, '<') < 0 {
		return plainLines(fragment)
	}
	z := html.NewTokenizer(strings.NewReader(fragment))
	z.SetMaxBuf(maxToken)
	var w lines
	var skip string // the element that is passed over
	depth := 0      // how often it is open
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			w.end()
			return w.out
		case html.TextToken:
			if skip == "" {
				w.text(z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			raw, more := z.TagName()
			name := string(raw)
			if i := strings.IndexByte(name, ':'); i >= 0 {
				name = name[i+1:]
			}
			switch {
			case skip != "":
				if name == skip && kind == html.StartTagToken {
					depth++
				}
				if name == skip && kind == html.EndTagToken {
					if depth--; depth == 0 {
						skip = ""
					}
				}
				continue
			case kind == html.StartTagToken && (isNoise(name) || more && !isVoid(name) && hidden(z)):
				skip, depth = name, 1
				w.end()
			}
			if isBlock(name) {
				w.end()
			}
		}
	}
}

// plainLines is text without tags: its own line breaks stand.
func plainLines(s string) []string {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	var w lines
	for l := range strings.SplitSeq(s, "\n") {
		w.text([]byte(l))
		w.end()
	}
	return w.out
}

func isNoise(name string) bool {
	switch atom.Lookup([]byte(name)) {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Form, atom.Button, atom.Select, atom.Textarea, atom.Title, atom.Audio, atom.Video, atom.Canvas:
		return true
	}
	// What NITF says of pictures and of the article itself.
	switch name {
	case "media-reference", "media-metadata", "media-object", "media-caption", "media-producer", "media", "docdata":
		return true
	}
	return false
}

func isVoid(name string) bool {
	switch name {
	case "br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base", "embed", "source", "track", "param":
		return true
	}
	return false
}

// hidden reads the attributes of the tag that was just read.
func hidden(z *html.Tokenizer) bool {
	for n := 0; n < 64; n++ {
		key, val, more := z.TagAttr()
		switch string(key) {
		case "hidden":
			return true
		case "style":
			v := strings.ReplaceAll(strings.ToLower(string(val[:min(len(val), 1<<10)])), " ", "")
			if strings.Contains(v, "display:none") || strings.Contains(v, "visibility:hidden") {
				return true
			}
		}
		if !more {
			return false
		}
	}
	return false
}

func isBlock(name string) bool {
	switch atom.Lookup([]byte(name)) {
	case atom.P, atom.Div, atom.Br, atom.Hr, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Blockquote, atom.Pre, atom.Table, atom.Tr, atom.Td, atom.Th, atom.Caption, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Aside, atom.Main, atom.Nav,
		atom.Figure, atom.Figcaption, atom.Address, atom.Body, atom.Html, atom.Center, atom.Details, atom.Summary, atom.Img:
		return true
	}
	switch name { // NITF
	case "hl1", "hl2", "hedline", "byline", "byttl", "block", "fn", "bq", "tagline", "dateline", "abstract", "lede", "distributor":
		return true
	}
	return false
}

// lines gathers words into lines.
type lines struct {
	out   []string
	b     []byte
	space bool
}

func (w *lines) text(t []byte) {
	for i := 0; i < len(t); {
		c := t[i]
		if c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' {
			w.space = true
			i++
			continue
		}
		if c == 0xc2 && i+1 < len(t) && t[i+1] == 0xa0 { // no-break space
			w.space = true
			i += 2
			continue
		}
		if w.space && len(w.b) > 0 {
			w.b = append(w.b, ' ')
		}
		w.space = false
		from := i
		for i < len(t) && t[i] > ' ' && t[i] != 0xc2 {
			i++
		}
		if i == from { // 0xc2 of another character, or a control character
			i++
			if c < ' ' {
				continue
			}
		}
		w.b = append(w.b, t[from:i]...)
	}
}

func (w *lines) end() {
	if len(w.b) > 0 {
		w.out = append(w.out, string(w.b))
	}
	w.b, w.space = w.b[:0], false
}
