package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A page becomes a row of blocks in the order of the page; each element then
// is a range of blocks, and sums over ranges tell where the article is.

// block is text between two breaks.
type block struct {
	text    string
	weight  int  // letters; a Chinese, Japanese or Korean one counts for three
	links   int  // weight of what stands in links
	prose   bool // reads like a paragraph
	heading bool
	parent  int // the element it stands in
}

// element is a node with the blocks in it: blocks[first:last].
type element struct {
	parent      int
	node        *html.Node
	first, last int
	hint        bool // its name says "article body"
}

type tree struct {
	total    int // bytes of prose on the page, noise and all
	budget   int // nodes that may yet be looked at for proseBytes
	blocks   []block
	elements []element

	line  strings.Builder
	links int // weight in links of line
	space bool
	link  int // open links
	pre   int // open elements that keep line breaks
}

func findBlocks(root *html.Node) *tree {
	t := &tree{budget: 1 << 20}
	t.total = t.proseBytes(root)
	t.walk(root, -1)
	t.flush(0)
	return t
}

// walk goes down at most 512 levels, as the parser refuses more.
func (t *tree) walk(n *html.Node, parent int) {
	switch n.Type {
	case html.TextNode:
		t.write(n.Data)
		return
	case html.ElementNode:
		switch noiseOf(n) {
		case noise:
			t.space = true
			return
		case doubtful:
			if t.budget <= 0 || t.proseBytes(n)*3 < t.total {
				t.space = true
				return
			}
		}
	case html.DocumentNode:
	default:
		return
	}
	if n.DataAtom == atom.Rt || n.DataAtom == atom.Rp {
		return // how a Japanese word is read, between its characters
	}
	if n.DataAtom == atom.Br {
		t.flush(parent)
		return
	}
	if n.DataAtom == atom.Td || n.DataAtom == atom.Th {
		if t.line.Len() > 0 {
			t.write(" | ")
		}
	}
	own, inner := isBlock(n), parent
	if own {
		t.flush(parent)
		inner = len(t.elements)
		t.elements = append(t.elements, element{parent: parent, node: n, first: len(t.blocks), hint: isBody(n)})
	}
	if n.DataAtom == atom.A {
		t.link++
	}
	if n.DataAtom == atom.Pre {
		t.pre++
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		t.walk(c, inner)
	}
	if n.DataAtom == atom.A {
		t.link--
	}
	if n.DataAtom == atom.Pre {
		t.pre--
	}
	if own {
		t.flush(inner)
		t.elements[inner].last = len(t.blocks)
	}
}

// write adds text with runs of white space made one space.
func (t *tree) write(s string) {
	for _, r := range s {
		if r == '\n' && t.pre > 0 {
			t.flush(len(t.elements) - 1)
			continue
		}
		if unicode.IsSpace(r) {
			t.space = true
			continue
		}
		if r == '\u200b' || r == '\ufeff' || r == '\u00ad' || r == 0 || r == utf8.RuneError {
			continue
		}
		if t.space && t.line.Len() > 0 {
			t.line.WriteByte(' ')
		}
		t.space = false
		t.line.WriteRune(r)
		if t.link > 0 {
			t.links += weightOf(r)
		}
	}
}

func weightOf(r rune) int {
	switch {
	case r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
		return 3
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return 1
	}
	return 0
}

// flush ends the block that is being written.
func (t *tree) flush(parent int) {
	s := strings.Trim(t.line.String(), " |")
	links := t.links
	t.line.Reset()
	t.links, t.space = 0, false
	if s == "" || parent < 0 {
		return
	}
	b := block{text: s, links: links, parent: parent}
	for _, r := range s {
		b.weight += weightOf(r)
	}
	if b.weight == 0 {
		return
	}
	b.heading = isHeading(t.elements[parent].node)
	b.prose = !b.heading && b.links*3 <= b.weight && (b.weight >= 80 || b.weight >= 30 && endsSentence(s))
	t.blocks = append(t.blocks, b)
}

func endsSentence(s string) bool {
	s = strings.TrimRight(s, `"'”’»)] `)
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…:。！？।؟", r)
}

// article returns the lines of the part of the page that holds the article.
func (t *tree) article() []string {
	at := t.best()
	if at < 0 {
		return nil
	}
	var lines []string
	e := t.elements[at]
	for i := e.first; i < e.last; i++ {
		b := t.blocks[i]
		switch {
		case b.links*2 > b.weight && b.weight < 200:
			continue // a link, or a list of them
		case b.heading && !t.proseBehind(i, e.last):
			continue // over something that was left out
		case len(lines) > 0 && lines[len(lines)-1] == b.text:
			continue
		}
		lines = append(lines, b.text)
	}
	return lines
}

// proseBehind tells whether a block that is kept comes before the next
// heading.
func (t *tree) proseBehind(i, last int) bool {
	for k := i + 1; k < last; k++ {
		b := t.blocks[k]
		if b.links*2 <= b.weight && !b.heading {
			return true
		}
		if b.heading && k > i+1 {
			return false
		}
	}
	return false
}

// best finds the element with the article: the one whose own paragraphs, and
// half of those one level down, weigh most; then up, as long as that brings in
// more paragraphs than it brings in other things.
func (t *tree) best() int {
	if len(t.blocks) == 0 {
		return -1
	}
	score := make([]int, len(t.elements))
	prose := make([]int, len(t.blocks)+1) // sums up to a block
	other := make([]int, len(t.blocks)+1)
	for i, b := range t.blocks {
		prose[i+1], other[i+1] = prose[i], other[i]
		if !b.prose {
			other[i+1] += b.weight
			continue
		}
		prose[i+1] += b.weight
		e := b.parent
		if isParagraph(t.elements[e].node) {
			e = t.elements[e].parent
		}
		for share := b.weight * 4; e >= 0 && share > 0; e, share = t.elements[e].parent, share/2 {
			score[e] += share
			if share <= b.weight {
				break
			}
		}
	}
	at := -1
	for i := range t.elements {
		e := t.elements[i]
		s := score[i]
		if e.hint {
			s += s / 2
		}
		if s > 0 && (at < 0 || s > score[at]) {
			at = i
			score[i] = s
		}
	}
	if at < 0 {
		return t.fullest(other)
	}
	at = t.firstOfItsKind(at, score)
	sums := func(e int) (int, int) {
		x := t.elements[e]
		return prose[x.last] - prose[x.first], other[x.last] - other[x.first]
	}
	for below := at; t.elements[below].parent >= 0; {
		if t.elements[at].hint || t.elements[below].node.DataAtom == atom.Article {
			break // what lies beyond belongs to something else
		}
		up := t.elements[below].parent
		below = up
		p, o := sums(at)
		q, r := sums(up)
		if q-p > r-o && q-p > p/10 {
			at = up
		}
	}
	return at
}

// firstOfItsKind is for pages that go on with other articles below the one that
// was asked for: an element of the same name, in a parent of the same name,
// that comes before. Siblings are parts of one article.
func (t *tree) firstOfItsKind(at int, score []int) int {
	up := t.elements[at].parent
	if up < 0 || attr(t.elements[at].node, "class") == "" {
		return at
	}
	for i := range at {
		p := t.elements[i].parent
		if p >= 0 && p != up && score[i]*5 >= score[at] && sameName(t.elements[i].node, t.elements[at].node) && sameName(t.elements[p].node, t.elements[up].node) {
			return i
		}
	}
	return at
}

func sameName(a, b *html.Node) bool {
	return a.DataAtom == b.DataAtom && attr(a, "class") == attr(b, "class")
}

// fullest is for pages without a single paragraph: the body as a whole, if it
// has text enough to be meant.
func (t *tree) fullest(other []int) int {
	for i, e := range t.elements {
		if e.node.DataAtom == atom.Article || e.node.DataAtom == atom.Main || e.node.DataAtom == atom.Body {
			if other[e.last]-other[e.first] >= 20 {
				return i
			}
		}
	}
	return -1
}

func isHeading(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

func isParagraph(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Li, atom.Blockquote, atom.Pre, atom.Dd, atom.Dt, atom.Tr:
		return true
	}
	return false
}

func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Html, atom.Body, atom.Address, atom.Article, atom.Blockquote, atom.Center, atom.Dd, atom.Details, atom.Div,
		atom.Dl, atom.Dt, atom.Figcaption, atom.Figure, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Header, atom.Hr, atom.Li, atom.Main, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Summary, atom.Table,
		atom.Tbody, atom.Tr, atom.Ul, atom.Head:
		return true
	}
	return false
}

// noiseKind says how surely an element is no part of an article.
type noiseKind int

const (
	content  noiseKind = iota
	doubtful           // noise unless it holds a third of the page's prose
	noise
)

func noiseOf(n *html.Node) noiseKind {
	if isNoiseTag(n.DataAtom) {
		return noise
	}
	switch n.DataAtom {
	case atom.Html, atom.Body, atom.Main, atom.Article:
		return content
	case atom.Form: // some systems put the whole page into one
		return doubtful
	}
	kind := content
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return noise
		case "style":
			if strings.Contains(strings.ReplaceAll(a.Val, " ", ""), "display:none") {
				return noise
			}
		case "role":
			switch a.Val {
			case "navigation", "complementary", "contentinfo", "search", "dialog", "menu":
				return noise
			case "banner":
				kind = max(kind, doubtful)
			}
		case "class", "id":
			kind = max(kind, noiseName(a.Val))
		}
	}
	return kind
}

func isNoiseTag(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Nav, atom.Aside, atom.Footer, atom.Button,
		atom.Select, atom.Textarea, atom.Svg, atom.Canvas, atom.Iframe, atom.Object, atom.Embed, atom.Audio, atom.Video,
		atom.Dialog, atom.Menu, atom.Head, atom.Math, atom.Map:
		return true
	}
	return false
}

// noiseName looks at the words of a class or id. Names that also speak of the
// page or its content ("content-with-sidebar") tell nothing.
func noiseName(s string) noiseKind {
	if len(s) > 300 {
		return content
	}
	kind := content
	for w := range words(s) {
		switch w {
		case "content", "page", "wrapper", "container", "body", "layout", "main", "site", "has", "no", "with", "article":
			return content
		case "comments", "commentlist", "disqus", "cookie", "cookies", "consent", "gdpr", "cookiebox":
			kind = noise
		case "comment", "respond", "share", "sharing", "sharedaddy", "social", "related", "recommended", "recommendations", "recommend",
			"newsletter", "subscribe", "subscription", "promo", "promotion", "advert", "advertisement", "ads", "ad", "sponsored",
			"sidebar", "breadcrumb", "breadcrumbs", "popup", "modal", "overlay", "footer", "nav", "navbar", "navigation", "menu",
			"outbrain", "taboola", "trending", "mostread", "popular", "tags", "taglist", "pagination", "pager",
			"skip", "screenreader", "toolbar", "paywall", "banner", "masthead", "tooltip", "login", "signup", "teaser", "teasers":
			kind = max(kind, doubtful)
		}
	}
	return kind
}

// proseBytes counts the text in long runs, which menus and buttons do not
// have.
func (t *tree) proseBytes(n *html.Node) (sum int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		t.budget--
		switch {
		case c.Type == html.TextNode && len(c.Data) >= 60:
			sum += len(c.Data)
		case c.Type == html.ElementNode && !isNoiseTag(c.DataAtom):
			sum += t.proseBytes(c)
		}
	}
	return sum
}

// isBody tells whether an element says that it holds the article's text.
func isBody(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "itemprop":
			if strings.EqualFold(a.Val, "articleBody") {
				return true
			}
		case "class", "id":
			var last string
			for w := range words(a.Val) {
				if (w == "body" || w == "content" || w == "text") && (last == "article" || last == "story" || last == "entry" || last == "post") {
					return true
				}
				last = w
			}
		}
	}
	return false
}

// words yields the lower-case words of a name such as "articleBody__main-col".
func words(s string) func(yield func(string) bool) {
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
