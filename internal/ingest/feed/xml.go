package feed

import (
	"html"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/markup"
)

// ends are the tags at which an element that was never closed ends.
var ends = []string{"item", "entry", "channel", "feed", "rss"}

func (f *Feed) parseXML(src string) {
	s := markup.Scanner{Src: src}
	over, cut := 0, 0
	for s.Next() {
		if s.Kind != markup.Open {
			continue
		}
		switch {
		case s.Is("rss", "rdf", "feed", "channel"):
			if b := resolve(f.base, s.Attr("xml:base")); b != "" {
				f.base = b
			}
			f.Language = first(f.Language, language(s.Attr("xml:lang")))
		case s.Is("item", "entry"):
			at := s.At
			item, whole := itemAt(&s)
			switch {
			case !whole:
				f.problem(at, "cut off", "the document ends in the middle of an article")
				cut++
			case len(f.Items) >= MaxItems:
				if over++; over == 1 {
					f.problem(at, "too many items", "only the first %d articles are read", MaxItems)
				}
			default:
				it := f.item(item)
				it.Source, it.At = item, at
				f.Items = append(f.Items, it)
			}
		default:
			f.head(&s)
		}
	}
	if len(f.Items)+over+cut == 0 && !strings.Contains(src[max(0, len(src)-200):], "</") && !strings.HasSuffix(strings.TrimSpace(src), "/>") {
		f.problem(len(src), "cut off", "the document ends before its first article")
	}
}

// itemAt moves past the item whose tag was just read. An item that is not
// closed ends where the next one begins, or with the list; whole is false when
// the document ends first.
func itemAt(s *markup.Scanner) (src string, whole bool) {
	from, name := s.At, s.Name
	if s.Empty {
		return s.Src[from:s.To], true
	}
	for s.Next() {
		switch {
		case s.Kind == markup.Close && s.Name == name:
			return s.Src[from:s.To], true
		case s.Kind == markup.Open && s.Name == name, s.Kind == markup.Close && s.Is("channel", "feed", "rss", "rdf"):
			s.To = s.At // it is read again
			return s.Src[from:s.At], true
		}
	}
	return s.Src[from:], false
}

// head reads an element of the feed itself.
func (f *Feed) head(s *markup.Scanner) {
	switch {
	case s.Is("image", "textinput", "items", "skiphours", "skipdays", "cloud", "category"):
		s.Inner(ends...)
	case s.Is("title") && s.Prefix != "media":
		inner, _ := s.Inner(ends...)
		f.Title = first(f.Title, plain(markup.Words(inner)))
	case s.Is("language"):
		inner, _ := s.Inner(ends...)
		f.Language = first(f.Language, language(markup.Words(inner)))
	case s.Is("link"):
		href, rel, kind := s.Attr("href"), strings.ToLower(s.Attr("rel")), s.Attr("type")
		if href == "" {
			inner, _ := s.Inner(ends...)
			f.Home = first(f.Home, resolve(f.base, markup.Words(inner)))
			return
		}
		to := resolve(f.base, href)
		switch rel {
		case "self":
			f.Self = first(f.Self, to)
		case "hub":
			f.Hub = first(f.Hub, to)
		case "next":
			f.Next = first(f.Next, to)
		case "", "alternate":
			if kind == "" || strings.Contains(kind, "html") {
				f.Home = first(f.Home, to)
			}
		}
	case s.Is("author", "creator", "managingeditor"):
		inner, _ := s.Inner(ends...)
		f.Authors = addAuthors(f.Authors, inner)
	}
}

// maxAgain is how many bytes of an item are read again at most after elements
// of it were found to be without end.
const maxAgain = 1 << 20

// item reads one article.
func (f *Feed) item(src string) Item {
	var it Item
	var guidLink, feedLink string
	base, again := f.base, 0
	s := markup.Scanner{Src: src}
	rich := func() string { // an element that holds HTML
		kind, b := strings.ToLower(s.Attr("type")), s.Attr("xml:base")
		if b != "" {
			base = first(resolve(base, b), base)
		}
		inner, _ := s.Inner(ends...)
		if strings.HasSuffix(kind, "xhtml") || strings.HasSuffix(kind, "xml") {
			return inner
		}
		h := markup.Markup(inner)
		if kind == "text" || kind == "text/plain" {
			h = html.EscapeString(h)
		}
		return h
	}
	words := func() string {
		inner, _ := s.Inner(ends...)
		return markup.Words(inner)
	}
	for s.Next() {
		if s.Kind != markup.Open {
			continue
		}
		foreign := s.Prefix == "media" || s.Prefix == "itunes" || s.Prefix == "georss" || s.Prefix == "googleplay"
		switch {
		case s.Is("item", "entry"):
			base = first(resolve(base, s.Attr("xml:base")), base)
			it.Language, it.GUID = language(s.Attr("xml:lang")), markup.Clip(s.Attr("rdf:about"), maxTitle)
		case s.Is("group") && s.Prefix == "media":
			// its elements are read one by one
		case s.Is("content", "thumbnail") && s.Prefix == "media":
			it.enclose(resolve(base, s.Attr("url")), s.Attr("type"), s.Is("content"))
		case foreign:
			s.Inner(ends...)
		case s.Is("title"):
			it.Title = first(it.Title, plain(rich()))
		case s.Is("encoded", "full-text", "fulltext") && s.Prefix != "excerpt", s.Is("content"), s.Is("body") && s.Prefix != "":
			if src := s.Attr("src"); src != "" { // the content lies elsewhere
				feedLink = first(feedLink, resolve(base, src))
			}
			if h := rich(); len(h) > len(it.Content) {
				it.Content = h
			}
		case s.Is("description", "summary", "abstract", "encoded"):
			if h := rich(); len(h) > len(it.Summary) {
				it.Summary = h
			}
		case s.Is("link", "origlink"):
			it.link(&s, base, &feedLink, words)
		case s.Is("guid", "id", "identifier"):
			permanent := !strings.EqualFold(s.Attr("isPermaLink"), "false")
			id := markup.Clip(strings.TrimSpace(words()), maxTitle)
			it.GUID = first(it.GUID, id)
			if permanent && (strings.HasPrefix(id, "http://") || strings.HasPrefix(id, "https://")) {
				guidLink = first(guidLink, resolve("", id))
			}
		case s.Is("author", "creator", "contributor"):
			inner, _ := s.Inner(ends...)
			it.Authors = addAuthors(it.Authors, inner)
		case s.Is("pubdate", "published", "issued", "date", "created"):
			it.Published = first(it.Published, Date(words()))
		case s.Is("updated", "modified", "lastbuilddate"):
			it.Updated = first(it.Updated, Date(words()))
		case s.Is("category", "subject", "keywords"):
			term := s.Attr("term")
			if w := words(); term == "" {
				term = w
			}
			it.categorise(term)
		case s.Is("enclosure"):
			it.enclose(resolve(base, s.Attr("url")), s.Attr("type"), true)
		case s.Is("source"):
			inner, _ := s.Inner(ends...)
			it.Outlet = first(it.Outlet, sourceTitle(inner))
		case s.Is("language"):
			it.Language = first(language(words()), it.Language)
		default: // an extension: nothing inside it is the item's own
			to := s.To
			if inner, whole := s.Inner(ends...); !whole {
				if again += len(inner); again <= maxAgain {
					s.To = to
				}
			}
		}
	}
	it.Link = first(it.Link, guidLink, feedLink)
	if it.Published == "" && f.Format == Atom {
		it.Published, it.Updated = it.Updated, ""
	}
	if len(it.Authors) == 0 {
		it.Authors = f.Authors
	}
	it.Language = first(it.Language, f.Language)
	return it
}

// link reads <link> of RSS and Atom and <feedburner:origLink>.
func (it *Item) link(s *markup.Scanner, base string, other *string, words func() string) {
	href, rel, kind := s.Attr("href"), strings.ToLower(s.Attr("rel")), s.Attr("type")
	if href == "" {
		origin := s.Is("origlink")
		if to := resolve(base, words()); to != "" && (it.Link == "" || origin) {
			it.Link = to
		}
		return
	}
	b := first(resolve(base, s.Attr("xml:base")), base)
	switch to := resolve(b, href); {
	case rel == "enclosure":
		it.enclose(to, kind, true)
	case rel == "" || rel == "alternate":
		if it.Link == "" && (kind == "" || strings.Contains(kind, "html")) {
			it.Link = to
		} else {
			*other = first(*other, to)
		}
	}
}

func (it *Item) enclose(u, kind string, keep bool) {
	e := Enclosure{u, markup.Clip(kind, 100)}
	if keep && u != "" && len(it.Enclosures) < maxTerms && !slices.Contains(it.Enclosures, e) {
		it.Enclosures = append(it.Enclosures, e)
	}
}

func (it *Item) categorise(term string) {
	if len(it.Categories) >= maxTerms {
		return
	}
	if c := plain(term); c != "" && !slices.Contains(it.Categories, c) {
		it.Categories = append(it.Categories, c)
	}
}

// sourceTitle is the text of RSS's <source>, or the title inside Atom's.
func sourceTitle(inner string) string {
	s := markup.Scanner{Src: inner}
	for s.Next() {
		if s.Kind == markup.Open && s.Is("title") {
			t, _ := s.Inner()
			return plain(markup.Words(t))
		}
	}
	if strings.Contains(inner, "<id") || strings.Contains(inner, "<link") {
		return ""
	}
	return plain(markup.Words(inner))
}

// addAuthors reads "Mara Quill", "desk@ambry.example (Mara Quill)" and
// <name>Mara Quill</name>. An address alone is nobody's name.
func addAuthors(list []string, inner string) []string {
	if len(list) >= maxAuthors {
		return list
	}
	name, named := "", false
	s := markup.Scanner{Src: inner}
	for s.Next() {
		if s.Kind == markup.Open && s.Is("name") {
			t, _ := s.Inner()
			name, named = markup.Words(t), true
			break
		}
	}
	if !named {
		if strings.Contains(inner, "<email") || strings.Contains(inner, "<uri") {
			return list
		}
		name = markup.Words(inner)
	}
	name = plain(name)
	if at, rest, ok := strings.Cut(name, " ("); ok && strings.Contains(at, "@") && strings.HasSuffix(rest, ")") {
		name = strings.TrimSuffix(rest, ")")
	} else if ok && strings.Contains(rest, "@") { // Mara Quill (mara@ambry.example)
		name = at
	}
	if i := strings.IndexByte(name, '<'); i > 0 { // Mara Quill <mara@ambry.example>
		name = strings.TrimSpace(name[:i])
	}
	if len(name) > 3 && strings.EqualFold(name[:3], "by ") {
		name = strings.TrimSpace(name[3:])
	}
	if name == "" || len(name) > 400 || strings.Contains(name, "://") || strings.Contains(name, "@") && !strings.Contains(name, " ") || slices.Contains(list, name) {
		return list
	}
	return append(list, name)
}
