package ingest

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/tracewire/tracewire/internal/ingest/charset"
	"github.com/tracewire/tracewire/internal/ingest/feed"
	"github.com/tracewire/tracewire/internal/ingest/wire"
	"github.com/tracewire/tracewire/internal/markup"
)

// magic knows files by their first bytes.
func magic(raw []byte) (name, hint string) {
	for _, m := range [...]struct{ bytes, name, hint string }{
		{"%PDF-", "a PDF file", "take its text out first, with pdftotext"},
		{"\x89PNG\r\n", "a PNG picture", "leave it out"},
		{"\xff\xd8\xff", "a JPEG picture", "leave it out"},
		{"GIF87a", "a GIF picture", "leave it out"},
		{"GIF89a", "a GIF picture", "leave it out"},
		{"PK\x03\x04", "a ZIP archive (or an Office document)", "unpack it, or save the document as plain text"},
		{"\x1f\x8b", "gzip-compressed inside", `unpack it: "gunzip -c FILE | tracewire read -"`},
		{"\x28\xb5\x2f\xfd", "zstd-compressed inside", `unpack it: "zstd -dc FILE | tracewire read -"`},
		{"BZh", "bzip2-compressed", `unpack it: "bunzip2 -c FILE | tracewire read -"`},
		{"\xfd7zXZ\x00", "xz-compressed", `unpack it: "xz -dc FILE | tracewire read -"`},
		{"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it"},
		{"\xd0\xcf\x11\xe0", "an old Office document", "save it as plain text"},
		{"{\\rtf", "an RTF document", "save it as plain text"},
		{"\x7fELF", "a program", "leave it out"},
		{"SQLite format 3\x00", "an SQLite database", "leave it out"},
		{"PAR1", "a Parquet file", "write it out as JSONL"},
		{"OggS", "a sound or video file", "leave it out"},
		{"ID3", "a sound file", "leave it out"},
	} {
		if bytes.HasPrefix(raw, []byte(m.bytes)) && (len(m.bytes) > 3 || hasControl(raw)) {
			return m.name, m.hint
		}
	}
	return "", ""
}

// hasControl keeps a text that begins with "ID3" or "BZh" from being taken for
// a file of that kind.
func hasControl(raw []byte) bool {
	for _, b := range raw[:min(len(raw), 512)] {
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != 0x1b {
			return true
		}
	}
	return false
}

// binary tells why decoded text is not text, or "". Up to one odd character in
// fifty may be there: old terminals and broken exports leave some.
func binary(t charset.Text, size int) string {
	odd, total := 0, 0
	for _, r := range t.Text {
		total++
		if r < ' ' && r != '\n' && r != '\t' && r != '\f' && r != '\v' && r != '\b' && r != 0x1b || 0x7f <= r && r < 0xa0 && r != 0x85 || r == 0xfffd {
			odd++
		}
	}
	switch {
	case t.NULs > 8 && t.NULs*50 > size:
		return fmt.Sprintf("%d of %d bytes are zero", t.NULs, size)
	case odd > 4 && odd*50 > total, total > 0 && odd == total:
		return fmt.Sprintf("%d of %d characters are control characters or unreadable", odd, total)
	}
	return ""
}

// shape is what a text is written in.
type shape int

const (
	isText shape = iota
	isHTML
	isJSONL
	isJSON
	isXML
	isWARC
	isFeed // or a sitemap, or OPML
	isWire // ninjs, NewsML, NITF
)

// sniff looks at the beginning of a text, and at the file's name only when
// that leaves doubt.
func sniff(text, path string) shape {
	head := strings.TrimLeft(text[:min(len(text), 64<<10)], " \t\r\n\ufeff")
	switch {
	case strings.HasPrefix(head, "<"):
		return sniffMarkup(head, path)
	case strings.HasPrefix(head, "{"), strings.HasPrefix(head, "["):
		return sniffJSON(head, path)
	case strings.HasPrefix(head, "WARC/1."):
		return isWARC
	}
	// Pages cut out by scrapers begin with words now and then.
	if ext := strings.ToLower(filepath.Ext(path)); ext == ".html" || ext == ".htm" || ext == ".xhtml" {
		if strings.Count(head, "</") >= 2 {
			return isHTML
		}
	}
	return isText
}

func sniffMarkup(head, path string) shape {
	lower := strings.ToLower(head[:min(len(head), 8<<10)])
	for strings.HasPrefix(lower, "<!--") {
		_, rest, found := strings.Cut(lower, "-->")
		if !found {
			break
		}
		lower = strings.TrimLeft(rest, " \t\r\n")
	}
	if strings.HasPrefix(lower, "<!doctype html") || strings.HasPrefix(lower, "<html") {
		return isHTML
	}
	if _, root := markup.Root(head); root == "html" {
		return isHTML
	}
	if feed.Sniff(head) != "" {
		return isFeed
	}
	if wire.Sniff(head) != "" {
		return isWire
	}
	if strings.HasPrefix(lower, "<?xml") || strings.HasPrefix(lower, "<rss") || strings.HasPrefix(lower, "<feed") || strings.HasPrefix(lower, "<newsml") || strings.HasPrefix(lower, "<newsitem") {
		if strings.Contains(lower, "<html") {
			return isHTML
		}
		return isXML
	}
	for _, tag := range [...]string{"<head", "<body", "<div", "<p>", "<p ", "<article", "<main", "<section", "<meta", "<title", "<h1", "<span", "<script", "<table"} {
		if strings.Contains(lower, tag) {
			return isHTML
		}
	}
	return isText
}

// sniffJSON tells JSON lines from other JSON and from text that begins with a
// bracket, such as "[UPDATE] …".
func sniffJSON(head, path string) shape {
	if feed.Sniff(head) != "" {
		return isFeed
	}
	line, _, more := strings.Cut(head, "\n")
	line = strings.TrimRight(line, " \t\r")
	rest := strings.TrimLeft(line[1:], " \t")
	ext := strings.ToLower(filepath.Ext(path))
	switch named := ext == ".json" || ext == ".jsonl" || ext == ".ndjson"; {
	case line[0] == '{' && strings.HasPrefix(rest, `"`) && strings.Contains(line, ":") && (strings.HasSuffix(line, "}") || !more):
		return isJSONL
	case ext == ".jsonl" || ext == ".ndjson":
		return isJSONL // each line is judged by itself
	case wire.Sniff(head) != "":
		return isWire
	case named, line == "{", line == "[", line[0] == '[' && strings.HasPrefix(rest, "{"):
		if next := strings.TrimLeft(head[1:], " \t\r\n"); named || strings.HasPrefix(next, `"`) || strings.HasPrefix(next, "{") {
			return isJSON
		}
	}
	return isText
}
