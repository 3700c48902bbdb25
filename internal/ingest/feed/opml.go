package feed

import (
	"bufio"
	"encoding/xml"
	"html"
	"io"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/markup"
)

// Subscription is a feed in a list of feeds.
type Subscription struct {
	Title  string
	URL    string
	Home   string
	Folder string // "World/Asia"
}

// Limits of OPML: folders deeper than maxFolders are taken as one.
const (
	maxFolders = 32
	maxFeeds   = 50_000
)

func (f *Feed) parseOPML(src string) {
	s := markup.Scanner{Src: src}
	var folders []string // of open outlines; "" for one that is a feed itself
	deeper, over := 0, 0
	for s.Next() {
		switch {
		case s.Kind == markup.Open && s.Is("title"):
			inner, _ := s.Inner("head", "body", "opml")
			f.Title = first(f.Title, plain(html.EscapeString(markup.Words(inner))))
		case s.Kind == markup.Open && s.Is("outline"):
			title := plain(html.EscapeString(first(s.Attr("title"), s.Attr("text"))))
			at, address := s.At, s.Attr("xmlUrl")
			u := resolve(f.base, strings.Replace(address, "feed://", "http://", 1))
			switch {
			case address != "" && u == "":
				f.problem(at, "broken item", "%q is no address of the web", markup.Clip(address, 60))
			case u != "" && len(f.Feeds) >= maxFeeds:
				if over++; over == 1 {
					f.problem(at, "too many items", "only the first %d feeds are read", maxFeeds)
				}
			case u != "":
				folder := strings.Join(slices.DeleteFunc(slices.Clone(folders), func(s string) bool { return s == "" }), "/")
				f.Feeds = append(f.Feeds, Subscription{title, u, resolve(f.base, s.Attr("htmlUrl")), folder})
			}
			if s.Empty {
				break
			}
			if len(folders) >= maxFolders {
				deeper++
				break
			}
			if address != "" {
				title = ""
			}
			folders = append(folders, markup.Clip(strings.ReplaceAll(title, "/", "-"), 200))
		case s.Kind == markup.Close && s.Is("outline") && deeper > 0:
			deeper--
		case s.Kind == markup.Close && s.Is("outline") && len(folders) > 0:
			folders = folders[:len(folders)-1]
		}
	}
}

// WriteOPML writes a list of feeds as OPML 2.0, folders in order of name.
func WriteOPML(w io.Writer, title string, feeds []Subscription) error {
	b := bufio.NewWriter(w)
	b.WriteString(xml.Header + `<opml version="2.0">` + "\n<head><title>")
	escape(b, title)
	b.WriteString("</title></head>\n<body>\n")
	sorted := slices.Clone(feeds)
	slices.SortStableFunc(sorted, func(x, y Subscription) int { return strings.Compare(x.Folder, y.Folder) })
	var open []string
	for _, s := range sorted {
		var path []string
		if s.Folder != "" {
			path = strings.Split(s.Folder, "/")
		}
		same := 0
		for same < len(open) && same < len(path) && open[same] == path[same] {
			same++
		}
		for range open[same:] {
			b.WriteString("</outline>\n")
		}
		for _, name := range path[same:] {
			attributes(b, false, "text", name, "title", name)
		}
		open = path
		attributes(b, true, "type", "rss", "text", first(s.Title, s.URL), "title", s.Title, "xmlUrl", s.URL, "htmlUrl", s.Home)
	}
	for range open {
		b.WriteString("</outline>\n")
	}
	b.WriteString("</body>\n</opml>\n")
	return b.Flush()
}

func attributes(b *bufio.Writer, empty bool, pairs ...string) {
	b.WriteString("<outline")
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			continue
		}
		b.WriteString(" " + pairs[i] + `="`)
		escape(b, pairs[i+1])
		b.WriteByte('"')
	}
	if empty {
		b.WriteByte('/')
	}
	b.WriteString(">\n")
}

func escape(w io.Writer, s string) {
	// The writer is a bufio.Writer: its error comes out of Flush.
	_ = xml.EscapeText(w, []byte(s))
}
