package wire

import (
	"net/url"
	"strings"

	"github.com/tracewire/tracewire/internal/markup"
)

// splitXML cuts a message or a NewsML 1 document into its news items. A
// document that is one item comes back as it is.
func splitXML(src string) (parts []Part, more int) {
	s := markup.Scanner{Src: src}
	for s.Next() {
		if s.Kind != markup.Open || !s.Is("newsItem", "packageItem") {
			continue
		}
		at := s.At
		s.Inner("itemSet", "newsMessage", "NewsML")
		if len(parts) >= MaxItems {
			more++
			continue
		}
		parts = append(parts, Part{src[at:s.To], at})
	}
	if len(parts) < 2 {
		return []Part{{src, 0}}, more
	}
	return parts, more
}

// readXML reads NewsML-G2, NewsML 1 and NITF by the names of their elements,
// which mean the same wherever they stand. What stands deep inside subjects,
// assertions and pictures is passed over.
func readXML(src string) (Article, error) {
	var a Article
	s := markup.Scanner{Src: src}
	words := func() string {
		inner, _ := s.Inner()
		return line(markup.Words(inner))
	}
	content, title := "", "" // of NITF and inlineXML; of the item
	package_ := true
	for s.Next() {
		if s.Kind != markup.Open {
			continue
		}
		switch {
		case s.Is("newsItem", "packageItem", "NewsML", "nitf"):
			if !s.Is("packageItem") {
				package_ = false
			}
			a.GUID = first(a.GUID, markup.Clip(s.Attr("guid"), maxField))
			a.Version = first(a.Version, markup.Clip(s.Attr("version"), 100))
			a.Language = first(a.Language, language(s.Attr("xml:lang")))
		case s.Is("catalog", "catalogRef", "subject", "assert", "genre", "partMeta", "remoteContent", "picture", "media", "NewsManagement", "identified-content", "hopHistory", "groupSet", "icon", "link"):
			s.Inner()
		case s.Is("provider"):
			literal := s.Attr("literal")
			if q := s.Attr("qcode"); literal == "" && q != "" {
				_, literal, _ = strings.Cut(q, ":")
			}
			a.Provider = first(name(&s), literal, a.Provider)
		case s.Is("infoSource", "creditline") && a.Provider == "":
			a.Provider = first(s.Attr("literal"), name(&s))
		case s.Is("doc.copyright"):
			a.Holder = first(a.Holder, line(s.Attr("holder")))
		case s.Is("copyrightHolder"):
			literal := s.Attr("literal")
			a.Holder = first(a.Holder, name(&s), literal)
		case s.Is("copyrightNotice", "usageTerms", "CopyrightLine", "rights"):
			a.rights(words())
		case s.Is("versionCreated", "ThisRevisionCreated"):
			a.Created = first(a.Created, date(words()))
		case s.Is("firstCreated", "contentCreated"):
			a.First = first(a.First, date(words()))
		case s.Is("date.issue"):
			a.First = first(a.First, date(s.Attr("norm")))
		case s.Is("date.release", "story.date"):
			a.Created = first(a.Created, date(s.Attr("norm")))
		case s.Is("pubStatus"):
			a.Withheld = withheld(first(s.Attr("qcode"), s.Attr("code"), words()))
		case s.Is("edNote", "EdNote"):
			a.Note = first(a.Note, words())
		case s.Is("ed-msg"):
			a.Note = first(a.Note, line(s.Attr("info")))
		case s.Is("slugline", "SlugLine"):
			a.Slug = first(a.Slug, words())
		case s.Is("headline", "HeadLine", "hl1"):
			role := s.Attr("role")
			h := words()
			if strings.Contains(role, "sub") {
				a.Deck = first(a.Deck, h)
			} else {
				a.Headline = first(a.Headline, h)
			}
		case s.Is("SubHeadLine", "hl2"):
			a.Deck = first(a.Deck, words())
		case s.Is("by", "ByLine"):
			a.Byline = first(a.Byline, byline(&s))
		case s.Is("located"):
			a.Located = first(name(&s), a.Located)
		case s.Is("dateline", "DateLine"):
			inner, _ := s.Inner()
			a.Located = first(a.Located, place(inner))
		case s.Is("distributor"):
			a.Provider = first(a.Provider, words())
		case s.Is("language", "Language"):
			a.Language = first(language(first(s.Attr("tag"), s.Attr("FormalName"))), a.Language)
		case s.Is("title") && s.Prefix == "":
			title = first(title, words())
		case s.Is("note"): // NITF; it has a body of its own
			inner, _ := s.Inner()
			a.Note = first(a.Note, line(strings.Join(markup.Lines(inner), " ")))
		case s.Is("doc-id"):
			a.GUID = first(a.GUID, markup.Clip(s.Attr("id-string"), maxField))
		case s.Is("NewsIdentifier", "PublicIdentifier") && a.GUID == "":
			if s.Is("PublicIdentifier") {
				a.GUID = words()
			}
		case s.Is("body.content"), s.Is("inlineData", "DataContent"), s.Is("inlineXML"):
			inline := s.Is("inlineXML", "DataContent")
			inner, _ := s.Inner("newsItem", "NewsItem", "nitf", "body")
			if inline && strings.Contains(inner, "body.content") { // NITF inside NewsML
				if in, err := readXML(inner); err == nil && len(in.Body) > 0 {
					a.merge(in)
					continue
				}
			}
			if len(inner) > len(content) {
				content = inner
			}
		}
	}
	if !package_ && content != "" {
		a.Body = bodyLines(content)
	}
	a.Provider, a.Headline = first(a.Provider, a.Holder), first(a.Headline, title)
	if strings.HasPrefix(a.GUID, "http") {
		a.URL = address(a.GUID)
	}
	return a, nil
}

// bodyLines is the text of inline content: XHTML, NITF, or plain text whose
// line breaks count.
func bodyLines(content string) []string {
	s := markup.Scanner{Src: content}
	for s.Next() {
		if s.Kind == markup.Open {
			if s.Is("html") { // its head is no text
				if i := strings.Index(content, "<body"); i >= 0 {
					content = content[i:]
				}
			}
			return markup.Lines(content)
		}
	}
	return markup.Lines(markup.Words(content))
}

// merge takes what the outer document did not say from an inner one.
func (a *Article) merge(in Article) {
	a.Body = in.Body
	for _, f := range []struct{ to, from *string }{
		{&a.Headline, &in.Headline},
		{&a.Deck, &in.Deck},
		{&a.Byline, &in.Byline},
		{&a.Located, &in.Located},
		{&a.Provider, &in.Provider},
		{&a.Holder, &in.Holder},
		{&a.Note, &in.Note},
		{&a.First, &in.First},
		{&a.Created, &in.Created},
		{&a.Language, &in.Language},
		{&a.Slug, &in.Slug},
	} {
		*f.to = first(*f.to, *f.from)
	}
	for _, r := range in.Rights {
		a.rights(r)
	}
}

// name is the <name> inside an element, or its text.
func name(s *markup.Scanner) string {
	inner, _ := s.Inner()
	in := markup.Scanner{Src: inner}
	for in.Next() {
		if in.Kind == markup.Open && in.Is("name") {
			t, _ := in.Inner()
			return line(markup.Words(t))
		}
	}
	if strings.IndexByte(inner, '<') >= 0 {
		return ""
	}
	return line(markup.Words(inner))
}

// byline reads "By <person>Mara Quill</person><byttl>Ambry Press</byttl>".
func byline(s *markup.Scanner) string {
	inner, _ := s.Inner()
	in := markup.Scanner{Src: inner}
	var out []string
	for in.Next() {
		switch {
		case in.Kind == markup.Open && in.Is("byttl"):
			in.Inner() // a title or an agency
		case in.Kind == markup.Text:
			if t := strings.TrimSpace(in.Text()); t != "" {
				out = append(out, t)
			}
		}
	}
	return line(strings.Join(out, " "))
}

// place is a dateline as it is written, or put together from its location and
// date: "Port Ambry, May 6".
func place(inner string) string {
	in := markup.Scanner{Src: inner}
	var at, day string
	for in.Next() {
		if in.Kind == markup.Open && in.Is("location", "story.date") {
			where := in.Is("location")
			t, _ := in.Inner()
			if t = line(markup.Words(t)); where {
				at = first(at, t)
			} else {
				day = first(day, t)
			}
		}
	}
	switch {
	case at == "":
		return strings.TrimRight(line(markup.Words(inner)), " -–—:")
	case day != "" && !strings.Contains(at, day):
		return at + ", " + day
	}
	return at
}

// address is an address of the web, or "".
func address(s string) string {
	u, err := url.Parse(s)
	if err != nil || len(s) > 8<<10 || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return ""
	}
	return u.String()
}
