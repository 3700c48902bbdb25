// Package ingest turns what people have — files, folders, standard input, of
// plain text, HTML, JSONL, feeds, wire formats and web archives, packed with
// gzip or zstd or not — into captures and versions. It stores nothing
// and forgets nothing: every input comes out as one Item with its outcome.
//
//	err := ingest.Each(ctx, paths, os.Stdin, ingest.Options{}, func(it ingest.Item) error {
//		// it.Outcome is ingest.OK: put it.Capture and it.Version into the store
//		// it.Outcome is ingest.Quarantined: keep it.Capture with it.Reason
//		// it.Outcome is ingest.Rejected: count it with it.Reason
//	})
//
// Each is Captures followed by Read. Read is a pure function, so that several
// goroutines can read while one walks the files, and so that versions can be
// made again from stored captures.
package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"strings"

	"github.com/tracewire/tracewire/internal/ingest/charset"
	"github.com/tracewire/tracewire/internal/ingest/page"
	"github.com/tracewire/tracewire/internal/news"
)

// Outcome is what became of an input.
type Outcome string

// The outcomes. Whether an item that is OK is new or a duplicate is known to
// the store alone.
const (
	OK          Outcome = "ok"
	Quarantined Outcome = "quarantined" // kept for a person: it should have had a text
	Rejected    Outcome = "rejected"    // not kept: it cannot be news text
)

// Item is one input with what was made of it.
type Item struct {
	Capture news.Capture // without Raw when it was too large to read
	Version news.Version // ID, Name, Capture, Text and Given, when OK
	Outcome Outcome
	Kind    string // a few words to count by: "empty", "binary", "no text found"
	Reason  string // what was tried on which input, and what to do; "" when OK
	Where   string // "pages/7.html", "wire.jsonl:12", "-"
	Rule    string // how the text was found: "text", "page.blocks", "jsonl.text"
	// Blocks lead from the text back to the HTML page. They are not stored:
	// reading the capture again makes them again.
	Blocks []page.Block
}

// Options are limits. The zero value stands for the usual ones.
type Options struct {
	MaxFile int64 // bytes of a file that is one item; 32 MiB
	MaxLine int   // bytes of a line of JSONL; 32 MiB
	MaxText int   // bytes of a text; 2 MiB, some 300,000 words
}

func (o Options) withDefaults() Options {
	if o.MaxFile <= 0 {
		o.MaxFile = 32 << 20
	}
	if o.MaxLine <= 0 {
		o.MaxLine = 32 << 20
	}
	if o.MaxText <= 0 {
		o.MaxText = 2 << 20
	}
	return o
}

// Each reads everything at paths, in order: files, folders with all that is in
// them (by name, hidden ones left out), and stdin for "-". Only one item is in
// memory at a time. An input that cannot be read is a rejected item; the error
// is that of yield or ctx.
func Each(ctx context.Context, paths []string, stdin io.Reader, opts Options, yield func(Item) error) error {
	return Captures(ctx, paths, stdin, opts, func(f Found) error { return yield(f.Read(opts)) })
}

// Found is a capture before it is read.
type Found struct {
	Capture news.Capture
	Name    string // of the version, unless its URL names it
	Where   string
	refused *Item // why there is nothing to read
}

// Read makes the item.
func (f Found) Read(opts Options) Item {
	if f.refused != nil {
		return *f.refused
	}
	it := Read(f.Capture, opts)
	it.Where = f.Where
	if it.Outcome == OK && it.Capture.URL == "" && f.Name != "" {
		it.Version.Name = f.Name
	}
	return it
}

// Read makes a version of a capture's bytes, whatever they are. The name of
// the version is the capture's URL, or else the stem of its path.
func Read(c news.Capture, opts Options) Item {
	opts = opts.withDefaults()
	if c.ID == "" {
		c.ID = hashOf(c.Raw)
	}
	r := reading{item: Item{Capture: c, Where: c.Path}, opts: opts}
	r.read()
	return r.item
}

// reading is the way of one capture to its item.
type reading struct {
	item Item
	opts Options
}

func (r *reading) reject(kind, format string, args ...any) { r.refuse(Rejected, kind, format, args...) }

func (r *reading) refuse(o Outcome, kind, format string, args ...any) {
	r.item.Outcome, r.item.Kind = o, kind
	r.item.Reason = "read " + r.where() + ": " + fmt.Sprintf(format, args...)
	r.item.Version = news.Version{}
}

func (r *reading) where() string {
	if r.item.Where != "" {
		return r.item.Where
	}
	return "the capture " + r.item.Capture.ID
}

func (r *reading) read() {
	raw := r.item.Capture.Raw
	if len(raw) == 0 {
		r.reject("empty", "it is empty; nothing to do")
		return
	}
	if name, hint := magic(raw); name != "" {
		r.reject("binary", "it is %s, not text; %s", name, hint)
		return
	}
	t := charset.Decode(raw)
	if why := binary(t, len(raw)); why != "" {
		r.reject("binary", "it does not look like text (%s, read as %s); save it as plain text or HTML", why, t.Charset)
		return
	}
	switch sniff(t.Text, r.item.Capture.Path) {
	case isHTML:
		r.page(t.Text)
	case isJSONL:
		r.record(t.Text)
	case isJSON:
		r.refuse(Quarantined, "JSON", `it is JSON, but not one object a line; try "jq -c . FILE" or "jq -c '.[]' FILE" and read that`)
	case isXML:
		r.refuse(Quarantined, "XML", "it is XML of no kind that is known (feeds, sitemaps, OPML, NewsML and NITF are); save the articles as text, HTML or JSONL")
	case isWARC:
		r.refuse(Quarantined, "WARC", "it is a web archive inside of something else; take it out and read it by itself")
	case isFeed:
		r.feed(t.Text)
	case isWire:
		r.wire(t.Text)
	default:
		r.finish(t.Text, news.Given{}, "text")
	}
}

func (r *reading) page(src string) {
	p, err := page.Read(src, r.item.Capture.URL)
	if err != nil {
		r.reject("too large", "%v; split it or save the article alone", err)
		return
	}
	if strings.TrimSpace(p.Text) == "" {
		r.refuse(Quarantined, "no text found", "no text of an article was found in the HTML page; if there is one, save it as plain text")
		return
	}
	r.item.Blocks = p.Blocks
	r.finish(p.Text, p.Given, p.Rule)
}

// finish makes the version. What the sender said goes before what the page
// says of itself.
func (r *reading) finish(text string, given news.Given, rule string) {
	c := r.item.Capture
	if strings.TrimSpace(text) == "" {
		r.reject("empty", "there is only white space in it; nothing to do")
		return
	}
	if len(text) > r.opts.MaxText {
		r.reject("too large", "its text has %d bytes, the limit is %d; no article is that long: split it", len(text), r.opts.MaxText)
		return
	}
	if given.URL == "" {
		given.URL = c.URL
	}
	if c.Outlet != "" {
		given.Outlet = c.Outlet
	}
	given.Fetched = c.Fetched
	name := c.URL
	if name == "" {
		name = stem(c.Path)
	}
	r.item.Outcome, r.item.Rule = OK, rule
	r.item.Version = news.Version{
		ID: VersionID(given.Outlet, given.URL, text), Name: name, Capture: c.ID, Text: text, Given: given,
	}
}

// VersionID is 128 bits of SHA-256 over outlet, URL and text: the same words
// on another page are another version.
func VersionID(outlet, url, text string) string {
	h := sha256.New()
	for _, s := range []string{outlet, url, text} {
		fmt.Fprintf(h, "%d:", len(s)) // so that no two triples run together
		io.WriteString(h, s)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func hashOf(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// stem is the name of a file without folder and ending; the number of a line
// stays: "in/wire.jsonl:12" becomes "wire:12".
func stem(p string) string {
	p = path.Base(filepath.ToSlash(p))
	line := ""
	if i := strings.LastIndexByte(p, ':'); i > 0 && strings.Trim(p[i+1:], "0123456789") == "" {
		p, line = p[:i], p[i:]
	}
	if p == "-" || p == "." {
		p = "stdin"
	}
	if s := strings.TrimSuffix(p, path.Ext(p)); s != "" {
		p = s
	}
	return p + line
}
