package feed

import (
	"encoding/json"
	"encoding/xml"
	"strings"

	"github.com/tracewire/tracewire/internal/markup"
)

// Single is a document with one item and no other, just as the item stands in
// the feed, and with what the feed says of all of them. Parse makes the same
// item of it again; so an item can be kept by itself, with all that today's
// rules pass over.
func (f *Feed) Single(it Item) string {
	var b strings.Builder
	b.Grow(len(it.Source) + 512)
	put := func(open, text, shut string) {
		if text != "" {
			b.WriteString(open)
			_ = xml.EscapeText(&b, []byte(text))
			b.WriteString(shut)
		}
	}
	switch f.Format {
	case JSON:
		head, _ := json.Marshal(struct {
			Version  string           `json:"version"`
			Title    string           `json:"title,omitempty"`
			Home     string           `json:"home_page_url,omitempty"`
			Self     string           `json:"feed_url,omitempty"`
			Language string           `json:"language,omitempty"`
			Authors  []map[string]any `json:"authors,omitempty"`
		}{"https://jsonfeed.org/version/1.1", f.Title, f.Home, f.Self, f.Language, names(f.Authors)})
		b.Write(head[:len(head)-1])
		b.WriteString(`,"items":[` + it.Source + "]}")
	case Atom:
		b.WriteString(`<feed xmlns="http://www.w3.org/2005/Atom"`)
		put(` xml:lang="`, f.Language, `"`)
		put(` xml:base="`, f.base, `"`)
		b.WriteString(">")
		put("<title>", f.Title, "</title>")
		put(`<link href="`, f.Home, `"/>`)
		for _, a := range f.Authors {
			put("<author><name>", a, "</name></author>")
		}
		b.WriteString(closed(it.Source, "entry") + "</feed>")
	default:
		b.WriteString(`<rss version="2.0"`)
		put(` xml:base="`, f.base, `"`)
		b.WriteString("><channel>")
		put("<title>", f.Title, "</title>")
		put("<link>", f.Home, "</link>")
		put("<language>", f.Language, "</language>")
		for _, a := range f.Authors {
			put("<author>", a, "</author>")
		}
		b.WriteString(closed(it.Source, "item") + "</channel></rss>")
	}
	return b.String()
}

func names(authors []string) (out []map[string]any) {
	for _, a := range authors {
		out = append(out, map[string]any{"name": a})
	}
	return out
}

// closed gives an item its end tag when the feed forgot it.
func closed(src, name string) string {
	src = strings.TrimRight(src, " \t\r\n")
	if strings.HasSuffix(src, name+">") && strings.LastIndex(src, "</") > strings.LastIndex(src, "]]>") || strings.HasSuffix(src, "/>") && strings.Count(src, "<") == 1 {
		return src
	}
	return src + "</" + name + ">"
}

// Text is the item as lines of text, title first, for a reader that has
// nothing but the feed. full is false when the feed gives just a summary.
func (it Item) Text() (lines []string, full bool) {
	body := markup.Lines(it.Content)
	full = size(body) > 0
	if summary := markup.Lines(it.Summary); size(summary) > size(body) {
		body, full = summary, full || size(summary) >= fullText
	}
	if it.Title != "" && (len(body) == 0 || !strings.EqualFold(body[0], it.Title)) {
		lines = append(lines, it.Title)
	}
	return append(lines, body...), full
}

// fullText is how long a summary is, in bytes, that can stand for the article:
// agencies put whole flashes there, papers a sentence or two to click on.
const fullText = 280

func size(lines []string) (n int) {
	for _, l := range lines {
		n += len(l)
	}
	return n
}
