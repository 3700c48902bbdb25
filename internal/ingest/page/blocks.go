package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// A page becomes a row of blocks in the order of the page; each element then
// is a range of blocks, and sums over ranges tell where the article is.

// block is text between two breaks.
type block struct {
	from, to int32 // bytes of layout.text
	node     int32 // the first text node in it
	in       int32 // the element it stands in
	weight   int32 // letters; a Chinese, Japanese or Korean one counts for three
	links    int32 // weight of what stands in links
	words    int32
	stops    int32 // very frequent small words
	digits   int32
	prose    bool // reads like a paragraph
}

// span is a block element with the blocks in it: blocks[first:last].
type span struct {
	node        int32
	parent      int32
	first, last int32
	tag         atom.Atom
	hints       hints // of its names and those around it, unless they speak of too much
	own         hints
	body        bool // its name or itemprop says "article body"
}

type layout struct {
	doc    *document
	text   string
	blocks []block
	spans  []span

	buf   []byte
	line  block
	space bool
	names map[string]hints // of class and id values met on this page

	marked []mark
	kinds  knownKinds
}

// mark is an element that may name an author or a date.
type mark struct {
	node     int32
	itemprop string
	author   bool // rel=author, or a class that speaks of authors
	dated    bool // a class that speaks of dates
}

func findBlocks(d *document) *layout {
	t := &layout{doc: d, buf: make([]byte, 0, len(d.src)/8), names: map[string]hints{}, kinds: known()}
	t.line.in, t.line.node = -1, -1
	t.walk()
	t.text = string(t.buf)
	t.inherit()
	return t
}

// walk goes through the nodes in order; a stack of open elements is all it
// needs, however deep the page.
func (t *layout) walk() {
	d := t.doc
	var open []int32 // spans
	pre := 0         // bytes up to which line breaks count
	top := func() int32 {
		if len(open) == 0 {
			return -1
		}
		return open[len(open)-1]
	}
	for i := 0; i < len(d.nodes); {
		for len(open) > 0 && int(d.nodes[t.spans[top()].node].end) <= i {
			t.flush()
			t.spans[top()].last = int32(len(t.blocks))
			open = open[:len(open)-1]
		}
		n := &d.nodes[i]
		switch n.kind {
		case words:
			t.line.in = top()
			t.write(i, i < pre)
			i++
			continue
		case raw:
			i++
			continue
		}
		if isHidden(n.tag) {
			if n.tag != atom.Rt && n.tag != atom.Rp {
				t.space = true
			}
			i = int(n.end)
			continue
		}
		own, body, hidden := t.look(i)
		switch {
		case hidden:
			t.space = true
			i = int(n.end)
			continue
		case n.tag == atom.Br || n.tag == atom.Hr:
			t.flush()
		case n.tag == atom.Td || n.tag == atom.Th:
			if len(t.buf) > int(t.line.from) {
				t.buf = append(t.buf, " | "...)
			}
		case n.tag == atom.Pre:
			pre = max(pre, int(n.end))
		}
		// A cell is a line of its own only when it holds paragraphs: they are.
		if i == 0 || isBlock(n.tag) || body || own != 0 && n.tag == 0 {
			t.flush()
			open = append(open, int32(len(t.spans)))
			t.spans = append(t.spans, span{node: int32(i), parent: -1, first: int32(len(t.blocks)), tag: n.tag, own: own, body: body})
			if len(open) > 1 {
				t.spans[len(t.spans)-1].parent = open[len(open)-2]
			}
		}
		i++
	}
	t.flush()
	for _, s := range open {
		t.spans[s].last = int32(len(t.blocks))
	}
}

// look reads the attributes that tell what an element is for.
func (t *layout) look(i int) (own hints, body, hidden bool) {
	d := t.doc
	n := &d.nodes[i]
	if n.tag == atom.Html || n.tag == atom.Body {
		return 0, false, false
	}
	m := mark{node: int32(i)}
	for name, value := range d.attributes(i) {
		switch len(name) {
		case 2, 3, 5, 4, 6, 8, 11:
		default:
			continue
		}
		switch lowerName(name) {
		case "class", "id":
			h, ok := t.names[value]
			if !ok && len(value) <= 300 {
				h = hintsOf(value)
				t.names[value] = h
			}
			own |= h &^ bodyHint
			body = body || h&bodyHint != 0
		case "rel":
			m.author = m.author || strings.Contains(value, "author")
		case "itemprop":
			m.itemprop = value
			switch strings.ToLower(value) {
			case "articlebody", "text":
				body = true
			case "comment":
				own |= t.kinds.comment
			}
		case "hidden":
			hidden = true
		case "style":
			if len(value) < 500 && strings.Contains(value, "none") && strings.Contains(strings.ToLower(strings.ReplaceAll(value, " ", "")), "display:none") {
				hidden = true
			}
		case "role":
			switch value {
			case "navigation", "menu", "menubar", "search":
				own |= t.kinds.nav
			case "complementary":
				own |= t.kinds.sidebar
			case "contentinfo":
				own |= t.kinds.footer
			case "dialog", "alertdialog":
				own |= t.kinds.cookie
			case "banner":
				own |= t.kinds.header
			}
		case "aria-hidden":
			if value == "true" {
				own |= t.kinds.hidden
			}
		}
	}
	switch n.tag {
	case atom.Nav, atom.Menu:
		own |= t.kinds.nav
	case atom.Aside:
		own |= t.kinds.sidebar
	case atom.Footer:
		own |= t.kinds.footer
	case atom.Figure, atom.Figcaption:
		own |= t.kinds.caption
	case atom.Form, atom.Fieldset:
		own |= t.kinds.form
	case atom.Dialog:
		own |= t.kinds.cookie
	case atom.Header:
		own |= t.kinds.header
	}
	m.author = m.author || own&t.kinds.author != 0
	m.dated = own&t.kinds.meta != 0
	if (m.author || m.dated || m.itemprop != "") && len(t.marked) < 2000 {
		t.marked = append(t.marked, m)
	}
	return own, body, hidden
}

// lowerName folds an attribute's name, which nearly always is folded already.
func lowerName(s string) string {
	for i := range len(s) {
		if 'A' <= s[i] && s[i] <= 'Z' {
			return strings.ToLower(s)
		}
	}
	return s
}

// isHidden: what a browser does not show as text, or shows as a control.
func isHidden(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Button, atom.Select, atom.Textarea, atom.Svg, atom.Canvas,
		atom.Iframe, atom.Object, atom.Embed, atom.Audio, atom.Video, atom.Head, atom.Title, atom.Math, atom.Map, atom.Noembed, atom.Noframes,
		atom.Rt, atom.Rp: // how a Japanese word is read, between its characters
		return true
	}
	return false
}

// write adds the text of a node with runs of white space made one space.
func (t *layout) write(i int, pre bool) {
	n := &t.doc.nodes[i]
	s := unescape(t.doc.src[n.start:n.stop])
	for k := 0; k < len(s); {
		c := s[k]
		if c < utf8.RuneSelf {
			k++
			switch {
			case c == '\n' && pre:
				t.flush()
			case isSpace(c) || c == '\v':
				t.space = true
			case c >= ' ' && c != 0x7f:
				t.gap(i)
				t.buf = append(t.buf, c)
				if isNameByte(c) {
					t.count(1, n.link)
					if c <= '9' {
						t.line.digits++
					}
				}
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[k:])
		switch {
		case r == '\u00a0' || r > 0xff && unicode.IsSpace(r) || r == '\u0085':
			t.space = true
		case isInvisible(r):
		default:
			t.gap(i)
			t.buf = append(t.buf, s[k:k+size]...)
			if w := weightOf(r); w > 0 {
				t.count(w, n.link)
			}
		}
		k += size
	}
}

// isInvisible: zero width, direction overrides and other characters that no
// reader sees; they are used to hide and to fool.
func isInvisible(r rune) bool {
	switch {
	case r == '\u00ad' || r == '\u200b' || r == '\u2060' || r == '\ufeff' || r == utf8.RuneError:
	case '\u0080' <= r && r <= '\u009f':
	case '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069':
	case 0xe0000 <= r && r <= 0xe007f: // tag characters
	default:
		return false
	}
	return true
}

func (t *layout) gap(i int) {
	if t.line.node < 0 {
		t.line.node = int32(i)
	}
	if t.space && len(t.buf) > int(t.line.from) {
		t.buf = append(t.buf, ' ')
	}
	t.space = false
}

func (t *layout) count(w int32, link bool) {
	t.line.weight += w
	if link {
		t.line.links += w
	}
}

func weightOf(r rune) int32 {
	switch {
	case r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
		return 3
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return 1
	}
	return 0
}

// flush ends the block that is being written.
func (t *layout) flush() {
	b := t.line
	from, to := int(b.from), len(t.buf)
	for from < to && (t.buf[from] == ' ' || t.buf[from] == '|') {
		from++
	}
	for from < to && (t.buf[to-1] == ' ' || t.buf[to-1] == '|') {
		to--
	}
	t.space = false
	t.line = block{from: int32(len(t.buf)), node: -1, in: b.in}
	if b.weight == 0 || b.in < 0 {
		t.buf = t.buf[:b.from]
		t.line.from = b.from
		return
	}
	b.from, b.to = int32(from), int32(to)
	s := t.buf[from:to]
	b.words, b.stops = countWords(s)
	heading := isHeading(t.spans[b.in].tag)
	b.prose = !heading && b.links*3 <= b.weight && (b.weight >= 80 || b.weight >= 30 && endsSentence(s))
	t.blocks = append(t.blocks, b)
}

func endsSentence(s []byte) bool {
	for len(s) > 0 {
		r, size := utf8.DecodeLastRune(s)
		switch r {
		case '"', '\'', '”', '’', '»', ')', ']', ' ', '“':
			s = s[:len(s)-size]
			continue
		case '.', '!', '?', '…', ':', '。', '！', '？', '।', '؟':
			return true
		}
		return false
	}
	return false
}

func (t *layout) string(i int) string {
	b := &t.blocks[i]
	return t.text[b.from:b.to]
}

// inherit hands the hints down. A name on an element that holds a third of the
// page's prose says nothing: people name wrappers carelessly.
func (t *layout) inherit() {
	sums := make([]int32, len(t.blocks)+1)
	for i, b := range t.blocks {
		sums[i+1] = sums[i]
		if b.prose {
			sums[i+1] += b.weight
		}
	}
	all := sums[len(t.blocks)]
	for i := range t.spans {
		s := &t.spans[i]
		if (sums[s.last]-sums[s.first])*3 < all || s.own&t.kinds.comment != 0 && (sums[s.last]-sums[s.first])*3 < 2*all {
			s.hints = s.own
		}
		if s.parent >= 0 {
			s.hints |= t.spans[s.parent].hints
		}
	}
}

// words yields the lower-case words of a name such as "articleBody__main-col".
func nameWords(s string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		start := 0
		for i := 0; i <= len(s); i++ {
			end := i == len(s) || !isNameByte(s[i])
			camel := !end && i > start && 'A' <= s[i] && s[i] <= 'Z' && 'a' <= s[i-1] && s[i-1] <= 'z'
			if !end && !camel {
				continue
			}
			if i > start && !yield(strings.ToLower(s[start:i])) {
				return
			}
			start = i
			if end {
				start = i + 1
			}
		}
	}
}

func isNameByte(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9'
}
