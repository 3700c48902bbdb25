package page

import (
	"html"
	"strings"

	"golang.org/x/net/html/atom"
)

// A document is a page as a row of nodes in the order of the page, made in one
// pass over the source: a subtree is a range of the row, and every node knows
// its bytes. It is not the tree of the HTML standard: what that does with
// misnested mark-up (adoption, foster parents, reopened formatting) costs
// quadratic time on hostile pages and moves no text of an article. Here an
// element ends where its end tag or that of something around it stands, or
// where the standard implies its end.
type document struct {
	src   string
	nodes []node
}

// node is an element or a run of text.
type node struct {
	tag    atom.Atom // 0 for text and for elements that HTML does not know
	kind   nodeKind
	link   bool  // text inside a link
	parent int32 // -1 for the first node
	end    int32 // nodes[i+1:end] stand inside
	start  int32 // bytes of the text, or of the start tag
	stop   int32
}

type nodeKind uint8

const (
	element nodeKind = iota
	words
	raw // the inside of script, style, title and the like
)

const (
	maxDepth = 4096 // elements that are nested deeper become siblings
	maxNodes = 1 << 20
	maxReach = 256 // how far up an end tag looks past other open elements
)

type parser struct {
	document
	open   []int32     // open elements
	counts [1024]int32 // of open elements, by the hash of the tag
	links  int
	svgs   int
	// Positions behind which there is no such quote: not searched again.
	noSingle, noDouble, noComment bool
	// Raw elements that nobody ends any more.
	noEnd [1024]bool
}

// parse never fails. A page of more than maxNodes nodes is cut there.
func parse(src string) *document {
	p := &parser{document: document{src: src, nodes: make([]node, 0, len(src)/48+16)}}
	// The first node is around everything, pages without <html> included.
	p.open = append(p.open, p.add(node{}))
	p.counts[0]++
	for i := 0; i < len(src) && len(p.nodes) < maxNodes; {
		lt := strings.IndexByte(src[i:], '<')
		if lt < 0 {
			p.text(i, len(src))
			break
		}
		lt += i
		if lt+1 == len(src) {
			p.text(i, len(src))
			break
		}
		switch c := src[lt+1]; {
		case isLetter(c):
			p.text(i, lt)
			i = p.startTag(lt)
		case c == '/' && lt+2 < len(src) && isLetter(src[lt+2]):
			p.text(i, lt)
			i = p.endTag(lt)
		case c == '!' || c == '?' || c == '/':
			p.text(i, lt)
			i = p.skipMarkup(lt)
		default:
			p.text(i, lt+1)
			i = lt + 1
		}
	}
	p.popTo(0)
	return &p.document
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

func (p *parser) add(n node) int32 {
	n.parent = -1
	if len(p.open) > 0 {
		n.parent = p.open[len(p.open)-1]
	}
	n.end = int32(len(p.nodes) + 1)
	p.nodes = append(p.nodes, n)
	return n.end - 1
}

func (p *parser) text(from, to int) {
	if from < to {
		p.add(node{kind: words, link: p.links > 0, start: int32(from), stop: int32(to)})
	}
}

// skipMarkup passes comments, doctypes and processing instructions. A comment
// that nobody closes ends at its first '>', or it would swallow the article.
func (p *parser) skipMarkup(lt int) int {
	src := p.src
	if strings.HasPrefix(src[lt:], "<!--") {
		if strings.HasPrefix(src[lt+4:], ">") {
			return lt + 5
		}
		if !p.noComment {
			if i := strings.Index(src[lt+4:], "-->"); i >= 0 {
				return lt + 4 + i + 3
			}
			p.noComment = true
		}
	}
	if strings.HasPrefix(src[lt:], "<![CDATA[") {
		return lt + 9 // its text is text; the end mark is harmless
	}
	if i := strings.IndexByte(src[lt:], '>'); i >= 0 {
		return lt + i + 1
	}
	return len(src)
}

// tagEnd finds the byte behind the '>' that closes the tag: quotes hide it,
// but only those that begin a value.
func (p *parser) tagEnd(i int) int {
	src, value := p.src, false
	for ; i < len(src); i++ {
		switch c := src[i]; {
		case c == '>':
			return i + 1
		case c == '=':
			value = true
		case value && (c == '"' && !p.noDouble || c == '\'' && !p.noSingle):
			k := strings.IndexByte(src[i+1:], c)
			if k < 0 {
				// A quote that nobody closes hides nothing.
				if c == '"' {
					p.noDouble = true
				} else {
					p.noSingle = true
				}
				value = false
				continue
			}
			i += k + 1
			value = false
		case !isSpace(c):
			value = false
		}
	}
	return len(src)
}

func nameEnd(src string, i int) int {
	for i < len(src) && !isSpace(src[i]) && src[i] != '/' && src[i] != '>' {
		i++
	}
	return i
}

func lookup(name string) atom.Atom {
	if len(name) > 24 {
		return 0
	}
	var buf [24]byte
	for i := range len(name) {
		c := name[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf[i] = c
	}
	return atom.Lookup(buf[:len(name)])
}

// slot is where a tag is counted. Two tags may share one; then a search finds
// nothing.
func slot(tag atom.Atom) int { return int(tag>>8) & 1023 }

func (p *parser) startTag(lt int) int {
	src := p.src
	at := nameEnd(src, lt+1)
	tag := lookup(src[lt+1 : at])
	stop := p.tagEnd(at)
	n := node{tag: tag, start: int32(lt), stop: int32(stop)}
	switch tag {
	case atom.Html, atom.Body, atom.Head:
		if tag == atom.Body {
			p.close(atom.Head)
		}
		if p.counts[slot(tag)] > 0 && p.find(tag) >= 0 {
			return stop
		}
	case atom.Meta, atom.Link, atom.Script, atom.Style, atom.Title, atom.Base, atom.Noscript, atom.Template:
	case 0:
	default:
		p.close(atom.Head)
	}
	p.implyEnds(tag)
	closed := stop-2 > lt && src[stop-2] == '/' && p.svgs > 0
	i := p.add(n)
	switch {
	case isVoid(tag) || closed || len(p.open) >= maxDepth:
		return stop
	case isRaw(tag) && p.svgs == 0:
		return p.rawText(i, tag, stop)
	}
	p.open = append(p.open, i)
	p.counts[slot(tag)]++
	switch tag {
	case atom.A:
		p.links++
	case atom.Svg:
		p.svgs++
	}
	return stop
}

// rawText takes everything up to the end tag as it stands.
func (p *parser) rawText(parent int32, tag atom.Atom, from int) int {
	src, name := p.src, tag.String()
	if p.noEnd[slot(tag)] {
		return from
	}
	for i := from; ; {
		k := strings.Index(src[i:], "</")
		if k < 0 {
			if tag == atom.Script || tag == atom.Style {
				return len(src)
			}
			p.noEnd[slot(tag)] = true
			return from // a title without an end is no reason to lose the page
		}
		i += k + 2
		if len(src)-i >= len(name) && strings.EqualFold(src[i:i+len(name)], name) && (len(src) == i+len(name) || !isNameByte(src[i+len(name)])) {
			if i-2 > from {
				p.nodes = append(p.nodes, node{kind: raw, parent: parent, end: int32(len(p.nodes) + 1), start: int32(from), stop: int32(i - 2)})
				p.nodes[parent].end = int32(len(p.nodes))
			}
			return p.tagEnd(i)
		}
	}
}

// implyEnds closes what cannot stay open when tag begins.
func (p *parser) implyEnds(tag atom.Atom) {
	switch tag {
	case atom.Li:
		p.closeUnder(atom.Li, atom.Li)
	case atom.Dd, atom.Dt:
		p.closeUnder(atom.Dd, atom.Dt)
	case atom.Option, atom.Optgroup:
		p.closeTop(atom.Option)
	case atom.Td, atom.Th:
		p.closeInTable(atom.Td, atom.Th, 0)
		return
	case atom.Tr:
		p.closeInTable(atom.Tr, 0, 0)
		return
	case atom.Tbody, atom.Thead, atom.Tfoot:
		p.closeInTable(atom.Tbody, atom.Thead, atom.Tfoot)
		return
	case atom.A:
		p.close(atom.A)
		return
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		if len(p.open) > 0 {
			if top := p.nodes[p.open[len(p.open)-1]].tag; isHeading(top) {
				p.popTo(len(p.open) - 1)
			}
		}
	}
	if endsParagraph(tag) {
		p.close(atom.P)
	}
}

// find looks for the innermost open tag, not beyond the cell or table that
// holds the place; -1 if there is none.
func (p *parser) find(tag atom.Atom) int {
	for k := len(p.open) - 1; k >= 0 && k >= len(p.open)-maxReach; k-- {
		t := p.nodes[p.open[k]].tag
		if t == tag {
			return k
		}
		switch t {
		case atom.Td, atom.Th, atom.Table, atom.Caption:
			if !isTablePart(tag) || t == atom.Table {
				return -1
			}
		}
	}
	return -1
}

func (p *parser) close(tag atom.Atom) {
	if p.counts[slot(tag)] == 0 {
		return
	}
	if k := p.find(tag); k >= 0 {
		p.popTo(k)
	}
}

func (p *parser) closeTop(tag atom.Atom) {
	if n := len(p.open); n > 0 && p.nodes[p.open[n-1]].tag == tag {
		p.popTo(n - 1)
	}
}

// closeUnder ends an item of the list that holds the place.
func (p *parser) closeUnder(a, b atom.Atom) {
	if p.counts[slot(a)]+p.counts[slot(b)] == 0 {
		return
	}
	for k := len(p.open) - 1; k >= 0 && k >= len(p.open)-maxReach; k-- {
		switch t := p.nodes[p.open[k]].tag; t {
		case a, b:
			p.popTo(k)
			return
		case atom.Div, atom.P, atom.Address:
		default:
			if isBlock(t) || t == atom.Td || t == atom.Th {
				return
			}
		}
	}
}

// closeInTable ends a part of the table that holds the place.
func (p *parser) closeInTable(a, b, c atom.Atom) {
	for k := len(p.open) - 1; k >= 0 && k >= len(p.open)-maxReach; k-- {
		switch t := p.nodes[p.open[k]].tag; t {
		case 0:
		case a, b, c:
			p.popTo(k)
			return
		case atom.Table:
			return
		}
	}
}

// popTo ends the open elements from k on.
func (p *parser) popTo(k int) {
	for _, i := range p.open[k:] {
		n := &p.nodes[i]
		n.end = int32(len(p.nodes))
		p.counts[slot(n.tag)]--
		switch n.tag {
		case atom.A:
			p.links--
		case atom.Svg:
			p.svgs--
		}
	}
	p.open = p.open[:k]
}

func (p *parser) endTag(lt int) int {
	src := p.src
	at := nameEnd(src, lt+2)
	tag := lookup(src[lt+2 : at])
	stop := p.tagEnd(at)
	switch {
	case tag == atom.Body || tag == atom.Html:
		return stop // people put text behind it
	case tag == atom.Br:
		p.add(node{tag: tag, start: int32(lt), stop: int32(stop)})
		return stop
	case p.counts[slot(tag)] == 0:
		return stop
	}
	if tag == 0 {
		p.closeUnknown(src[lt+2 : at])
		return stop
	}
	k := p.find(tag)
	if k < 0 {
		return stop
	}
	if !isBlock(tag) && !isTablePart(tag) && tag != atom.Svg && tag != atom.Head {
		// An inline element does not end the blocks in it.
		for _, i := range p.open[k+1:] {
			if isBlock(p.nodes[i].tag) {
				if tag == atom.A {
					p.links--
					p.nodes[p.open[k]].tag = atom.Span
					p.counts[slot(atom.A)]--
					p.counts[slot(atom.Span)]++
				}
				return stop
			}
		}
	}
	p.popTo(k)
	return stop
}

// closeUnknown ends an element that HTML does not know, by its name.
func (p *parser) closeUnknown(name string) {
	for k := len(p.open) - 1; k >= 1 && k >= len(p.open)-maxReach; k-- {
		n := &p.nodes[p.open[k]]
		from := int(n.start) + 1
		switch {
		case n.tag == 0 && strings.EqualFold(p.src[from:nameEnd(p.src, from)], name):
			p.popTo(k)
			return
		case n.tag == atom.Td || n.tag == atom.Table:
			return
		}
	}
}

func isVoid(tag atom.Atom) bool {
	switch tag {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link, atom.Meta,
		atom.Param, atom.Source, atom.Track, atom.Wbr, atom.Keygen, atom.Frame:
		return true
	}
	return false
}

func isRaw(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Textarea, atom.Title, atom.Iframe, atom.Noembed, atom.Noframes, atom.Noscript, atom.Xmp:
		return true
	}
	return false
}

func isTablePart(tag atom.Atom) bool {
	switch tag {
	case atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Caption:
		return true
	}
	return false
}

func isHeading(tag atom.Atom) bool {
	switch tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

func endsParagraph(tag atom.Atom) bool {
	return isBlock(tag) && tag != atom.Tbody && tag != atom.Tr && tag != atom.Td || tag == atom.Aside || tag == atom.Nav || tag == atom.Footer || tag == atom.Form || tag == atom.Fieldset
}

// isBlock: elements that begin and end a line. Lists of scripts know more;
// these are the ones that HTML gives a line of their own.
func isBlock(tag atom.Atom) bool {
	switch tag {
	case atom.Html, atom.Body, atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Center, atom.Dd, atom.Details, atom.Dialog,
		atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3,
		atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Hr, atom.Li, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Pre,
		atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Caption, atom.Ul, atom.Head:
		return true
	}
	return false
}

// attributes yields the attributes of a start tag, names as they are written.
// Of two with one name a browser takes the first.
func (d *document) attributes(i int) func(yield func(name, value string) bool) {
	return func(yield func(name, value string) bool) {
		n := &d.nodes[i]
		s := d.src[n.start:n.stop]
		at := nameEnd(s, 1)
		for at < len(s) {
			for at < len(s) && (isSpace(s[at]) || s[at] == '/') {
				at++
			}
			from := at
			for at < len(s) && !isSpace(s[at]) && s[at] != '=' && s[at] != '>' && s[at] != '/' {
				at++
			}
			name := s[from:at]
			for at < len(s) && isSpace(s[at]) {
				at++
			}
			value := ""
			if at < len(s) && s[at] == '=' {
				at++
				for at < len(s) && isSpace(s[at]) {
					at++
				}
				if at < len(s) && (s[at] == '"' || s[at] == '\'') {
					quote := s[at]
					at++
					end := strings.IndexByte(s[at:], quote)
					if end < 0 {
						end = len(s) - at
					}
					value = s[at : at+end]
					at = min(len(s), at+end+1)
				} else {
					from := at
					for at < len(s) && !isSpace(s[at]) && s[at] != '>' {
						at++
					}
					value = s[from:at]
				}
			}
			if name == "" {
				if at >= len(s) || s[at] == '>' {
					return
				}
				at++
				continue
			}
			if !yield(name, value) {
				return
			}
		}
	}
}

// attr returns an attribute with its entities undone; "" if it is not there.
func (d *document) attr(i int, key string) string {
	for name, value := range d.attributes(i) {
		if len(name) == len(key) && strings.EqualFold(name, key) {
			return unescape(value)
		}
	}
	return ""
}

func unescape(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return html.UnescapeString(s)
}

// textOf is the text inside a node, tags left out.
func (d *document) textOf(i int) string {
	var b strings.Builder
	for k := i + 1; k < int(d.nodes[i].end); k++ {
		n := &d.nodes[k]
		switch n.kind {
		case words:
			b.WriteString(unescape(d.src[n.start:n.stop]))
		case raw:
			if tag := d.nodes[n.parent].tag; tag == atom.Title || tag == atom.Textarea || n.parent == int32(i) {
				b.WriteString(d.src[n.start:n.stop])
			}
		default:
			if n.tag == atom.Br || isBlock(n.tag) {
				b.WriteByte(' ')
			}
		}
	}
	return b.String()
}
