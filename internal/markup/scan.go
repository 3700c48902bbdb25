// Package markup reads XML and scraps of HTML as they are found in feeds and
// wire copy: broken, cut off, with undeclared prefixes and entities that no
// table has. It never fails, keeps no stack, expands no entity that the
// document declares, fetches nothing, and takes time linear in the input.
package markup

import (
	"html"
	"strings"
)

// Kind is what a token is.
type Kind uint8

// The kinds of tokens. An empty element (<x/>) is an Open with Empty set, and
// no Close.
const (
	End Kind = iota
	Open
	Close
	Text
	Other // comments, processing instructions, DOCTYPE
)

// Scanner cuts a document into tokens. Its zero value with Src set is ready.
type Scanner struct {
	Src string

	Kind   Kind
	Prefix string // "content" of <content:encoded>
	Name   string // "encoded"; as written
	Empty  bool
	At, To int // the token's place in Src, half-open

	text  string // raw text, or the attributes of a tag
	cdata bool
}

// Next reads the next token; false after the last one.
func (s *Scanner) Next() bool {
	s.At = s.To
	s.Prefix, s.Name, s.Empty, s.text, s.cdata = "", "", false, "", false
	rest := s.Src[s.At:]
	if rest == "" {
		s.Kind = End
		return false
	}
	if rest[0] != '<' {
		s.words(0)
		return true
	}
	var mark byte
	if len(rest) > 1 {
		mark = rest[1]
	}
	switch {
	case isNameStart(mark):
		s.tag(rest)
	case mark == '/':
		end := strings.IndexByte(rest, '>')
		if end < 0 {
			s.Kind, s.To = Other, len(s.Src)
			break
		}
		s.Kind, s.To = Close, s.At+end+1
		s.name(strings.TrimRight(rest[2:end], " \t\n\r"))
	case strings.HasPrefix(rest, "<![CDATA["):
		s.Kind, s.cdata = Text, true
		end, n := strings.Index(rest, "]]>"), 3
		if end < 0 { // not closed: all the rest
			end, n = len(rest), 0
		}
		s.text, s.To = rest[9:max(end, 9)], s.At+end+n
	case strings.HasPrefix(rest, "<!--"):
		s.pass(rest, "-->", 4)
	case mark == '?':
		s.pass(rest, "?>", 2)
	case mark == '!':
		s.doctype(rest)
	default: // "a < b" that nobody escaped
		s.words(1)
	}
	return true
}

func (s *Scanner) words(from int) {
	s.Kind = Text
	end := strings.IndexByte(s.Src[s.At+from:], '<')
	if end < 0 {
		s.To = len(s.Src)
	} else {
		s.To = s.At + from + end
	}
	s.text = s.Src[s.At:s.To]
}

func (s *Scanner) pass(rest, mark string, from int) {
	s.Kind, s.To = Other, len(s.Src)
	if end := strings.Index(rest[from:], mark); end >= 0 {
		s.To = s.At + from + end + len(mark)
	}
}

// doctype passes over <!DOCTYPE … [ … ]> with all that it declares.
func (s *Scanner) doctype(rest string) {
	s.Kind, s.To = Other, len(s.Src)
	depth, quote := 0, byte(0)
	for i := 2; i < len(rest); i++ {
		switch c := rest[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' && depth == 0, c == '"':
			quote = c
		case c == '[', c == '<':
			depth++
		case c == ']' || c == '>' && depth > 0:
			depth--
		case c == '>':
			s.To = s.At + i + 1
			return
		}
	}
}

// tag reads <name attributes>. A ">" inside quotes does not end it; a quote
// that is never closed does not swallow the document.
func (s *Scanner) tag(rest string) {
	s.Kind = Open
	n, colon := 1, 0
	for n < len(rest) && isNameChar(rest[n]) {
		if rest[n] == ':' && colon == 0 {
			colon = n
		}
		n++
	}
	if n < len(rest) && rest[n] == '>' { // most tags have nothing but a name
		s.To = s.At + n + 1
		if colon > 0 && colon+1 < n {
			s.Prefix, s.Name = rest[1:colon], rest[colon+1:n]
		} else {
			s.Name = rest[1:n]
		}
		return
	}
	end := strings.IndexByte(rest, '>')
	if end < 0 {
		s.Kind, s.To = Other, len(s.Src)
		return
	}
	if strings.ContainsAny(rest[:end], `"'`) {
		if e := tagEnd(rest); e > 0 {
			end = e
		}
	}
	s.To = s.At + end + 1
	inside := rest[1:end]
	if strings.HasSuffix(inside, "/") {
		s.Empty, inside = true, inside[:len(inside)-1]
	}
	i := strings.IndexAny(inside, " \t\n\r/")
	if i < 0 {
		i = len(inside)
	}
	s.name(inside[:i])
	s.text = inside[i:]
}

// maxTag is the longest tag, in bytes, inside which quotes are believed.
const maxTag = 4 << 20

// tagEnd finds the ">" of a tag outside of quotes, 0 when there is none.
func tagEnd(rest string) int {
	quote := byte(0)
	for i := 1; i < min(len(rest), maxTag); i++ {
		switch c := rest[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			} else if c == '<' && i > 64<<10 {
				return 0 // hardly a value: the quote was left open
			}
		case c == '"' || c == '\'':
			if p := lastByte(rest[:i]); p == '=' {
				quote = c
			}
		case c == '>':
			return i
		}
	}
	return 0
}

func lastByte(s string) byte {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] != ' ' && s[i] != '\t' && s[i] != '\n' {
			return s[i]
		}
	}
	return 0
}

func (s *Scanner) name(n string) {
	if i := strings.IndexByte(n, ':'); i >= 0 && i+1 < len(n) {
		s.Prefix, s.Name = n[:i], n[i+1:]
		return
	}
	s.Name = n
}

func isNameChar(c byte) bool {
	return isNameStart(c) || '0' <= c && c <= '9' || c == ':' || c == '-' || c == '.'
}

func isNameStart(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c >= 0x80
}

// Is tells whether the tag has one of the local names, in whatever case.
func (s *Scanner) Is(names ...string) bool {
	for _, n := range names {
		if len(n) == len(s.Name) && strings.EqualFold(n, s.Name) {
			return true
		}
	}
	return false
}

// Text is the text of a Text token with its entities resolved; CDATA is taken
// as it is. Entities that are not of HTML's table stay as they are written.
func (s *Scanner) Text() string {
	if s.cdata || strings.IndexByte(s.text, '&') < 0 {
		return s.text
	}
	return html.UnescapeString(s.text)
}

// Attr is the value of an attribute of an Open tag, "" when it is not there.
// A name without a colon also finds the attribute under a prefix.
func (s *Scanner) Attr(name string) string {
	if s.Kind != Open {
		return ""
	}
	for rest := s.text; ; {
		rest = strings.TrimLeft(rest, " \t\n\r/")
		i := strings.IndexAny(rest, "= \t\n\r")
		if i <= 0 {
			return ""
		}
		key := rest[:i]
		rest = strings.TrimLeft(rest[i:], " \t\n\r")
		if rest == "" || rest[0] != '=' {
			continue // without a value
		}
		rest = strings.TrimLeft(rest[1:], " \t\n\r")
		var v string
		if rest != "" && (rest[0] == '"' || rest[0] == '\'') {
			q := rest[0]
			rest = rest[1:]
			end := strings.IndexByte(rest, q)
			if end < 0 {
				end = len(rest)
			}
			v, rest = rest[:end], rest[min(end+1, len(rest)):]
		} else {
			end := strings.IndexAny(rest, " \t\n\r")
			if end < 0 {
				end = len(rest)
			}
			v, rest = rest[:end], rest[end:]
		}
		if _, local, ok := strings.Cut(key, ":"); ok && strings.IndexByte(name, ':') < 0 && !strings.HasPrefix(key, "xmlns") {
			key = local
		}
		if strings.EqualFold(key, name) {
			return strings.TrimSpace(html.UnescapeString(v))
		}
	}
}

// Inner moves past the element whose Open tag was just read, and returns what
// stands between its tags, as written. whole is false when its Close is
// missing: then it ends where the document does, or before a Close with one of
// the names of stop.
func (s *Scanner) Inner(stop ...string) (src string, whole bool) {
	if s.Kind != Open || s.Empty {
		return "", true
	}
	prefix, name, from := s.Prefix, s.Name, s.To
	for depth := 1; s.Next(); {
		switch {
		case s.Kind == Open && !s.Empty && s.Name == name && s.Prefix == prefix:
			depth++
		case s.Kind == Close && s.Name == name && s.Prefix == prefix:
			if depth--; depth == 0 {
				return s.Src[from:s.At], true
			}
		case s.Kind == Close && len(stop) > 0 && s.Is(stop...):
			src := s.Src[from:s.At]
			s.To = s.At // it is read again
			return src, false
		}
	}
	return s.Src[from:], false
}

// Words is the text inside a scrap of XML, its tags left out and its entities
// resolved once: for <title>, HTML that was escaped comes out as HTML.
func Words(src string) string {
	if strings.IndexByte(src, '<') < 0 {
		if strings.IndexByte(src, '&') < 0 {
			return src
		}
		return html.UnescapeString(src)
	}
	s := Scanner{Src: src}
	first, n := "", 0
	var b strings.Builder
	for s.Next() {
		if s.Kind != Text {
			continue
		}
		switch t := s.Text(); {
		case n == 0:
			first, n = t, 1
		default:
			if n == 1 {
				b.WriteString(first)
			}
			n++
			b.WriteString(t)
		}
	}
	if n < 2 {
		return first // mostly one CDATA: no copy
	}
	return b.String()
}

// Markup is like Words, for elements that hold HTML: tags that stand in it
// unescaped are kept, and CDATA and escaped text become the HTML they hold.
func Markup(src string) string {
	if strings.IndexByte(src, '<') < 0 {
		if strings.IndexByte(src, '&') < 0 {
			return src
		}
		return html.UnescapeString(src)
	}
	s := Scanner{Src: src}
	tags := false
	for s.Next() {
		if s.Kind == Open || s.Kind == Close {
			tags = true
			break
		}
	}
	if !tags {
		return Words(src)
	}
	s = Scanner{Src: src}
	var b strings.Builder
	b.Grow(len(src))
	for s.Next() {
		switch {
		case s.Kind == Text && s.cdata:
			b.WriteString(s.text)
		case s.Kind != Other:
			b.WriteString(src[s.At:s.To])
		}
	}
	return b.String()
}

// Root is the first element of a document: its prefix and local name, in lower
// case. Only the first 64 KiB are looked at.
func Root(src string) (prefix, name string) {
	s := Scanner{Src: strings.TrimLeft(src[:min(len(src), 64<<10)], "\ufeff \t\r\n")}
	for s.Next() {
		switch s.Kind {
		case Open:
			return strings.ToLower(s.Prefix), strings.ToLower(s.Name)
		case Text:
			if strings.TrimSpace(s.text) != "" {
				return "", ""
			}
		}
	}
	return "", ""
}
