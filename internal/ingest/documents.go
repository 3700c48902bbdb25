package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/htmlindex"

	"github.com/tracewire/tracewire/internal/ingest/charset"
	"github.com/tracewire/tracewire/internal/ingest/feed"
	"github.com/tracewire/tracewire/internal/ingest/page"
	"github.com/tracewire/tracewire/internal/ingest/warc"
	"github.com/tracewire/tracewire/internal/ingest/wire"
	"github.com/tracewire/tracewire/internal/news"
)

// Some documents hold many articles. Each becomes a capture of its own, cut
// out of the document as it stands there, which Read makes a version of again
// at any time:
//
//	feed       a feed with that one item, and the feed's own title and language
//	wire       the item's element or object
//	archive    the page as the server sent it, unpacked

// open unpacks an input and tells archives from the rest.
func (w *walker) open(in io.Reader, where, name string) error {
	r := bufio.NewReaderSize(in, 64<<10)
	head, _ := r.Peek(16 << 10)
	packed := bytes.HasPrefix(head, []byte("\x1f\x8b\x08")) || bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd"))
	switch {
	case bytes.HasPrefix(head, []byte("WARC/1.")), bytes.HasPrefix(head, []byte("WARC/0.")), bytes.HasPrefix(head, []byte("\x5d\x2a\x4d\x18")), packed && bytes.HasPrefix(unpackHead(head), []byte("WARC/")):
		return w.archive(r, where, name)
	case packed:
		u := warc.Unpack(r)
		defer u.Close()
		return w.stream(u, where, stem(name))
	}
	return w.stream(r, where, name)
}

// unpackHead is the first bytes of what is packed.
func unpackHead(head []byte) []byte {
	out := make([]byte, 64)
	var r io.Reader
	if head[0] == 0x1f {
		z, err := gzip.NewReader(bytes.NewReader(head))
		if err != nil {
			return nil
		}
		r = z
	} else {
		z, err := zstd.NewReader(bytes.NewReader(head), zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(32<<20))
		if err != nil {
			return nil
		}
		defer z.Close()
		r = z
	}
	n, _ := io.ReadFull(r, out)
	return out[:n]
}

// document hands on a whole document: as it is, or the articles in it.
func (w *walker) document(c news.Capture, kind shape, where, name string) error {
	switch kind {
	case isFeed:
		return w.feed(c, where, name)
	case isWire:
		return w.wire(c, where, name)
	}
	c.ID = hashOf(c.Raw)
	return w.yield(Found{Capture: c, Name: name, Where: where})
}

// put aside an input, or a part of one, that cannot be read.
func (w *walker) aside(o Outcome, where, kind, format string, args ...any) error {
	return w.yield(Found{Where: where, refused: &Item{
		Capture: news.Capture{Path: where}, Outcome: o, Kind: kind, Where: where,
		Reason: "read " + where + ": " + fmt.Sprintf(format, args...),
	}})
}

func (w *walker) feed(c news.Capture, where, name string) error {
	f, err := feed.Parse(charset.Decode(c.Raw).Text, c.URL)
	switch {
	case err != nil: // the sniffed head said otherwise
		c.ID = hashOf(c.Raw)
		return w.yield(Found{Capture: c, Name: name, Where: where})
	case !f.Format.HasItems():
		return w.aside(Rejected, where, "addresses only", `it is a list of addresses (%s, %d of them) without articles; follow it with "tracewire watch"`, f.Format, len(f.Addresses)+len(f.Feeds))
	case len(f.Items)+len(f.Problems) == 0:
		return w.aside(Rejected, where, "empty", "there is no article in the feed; nothing to do")
	}
	for i, it := range f.Items {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		at := fmt.Sprintf("%s:%d", where, i+1)
		raw := []byte(f.Single(it))
		item := news.Capture{ID: hashOf(raw), Raw: raw, Path: at, URL: it.Link, Outlet: c.Outlet, Fetched: c.Fetched}
		if err := w.yield(Found{Capture: item, Name: fmt.Sprintf("%s:%d", name, i+1), Where: at}); err != nil {
			return err
		}
	}
	for _, p := range f.Problems {
		if err := w.aside(Quarantined, fmt.Sprintf("%s@%d", where, p.At), p.Kind, "%s; get it again, or leave that part out", p.Reason); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) wire(c news.Capture, where, name string) error {
	src := charset.Decode(c.Raw).Text
	parts, more := wire.Split(src)
	if len(parts) < 2 && more == 0 {
		c.ID = hashOf(c.Raw)
		return w.yield(Found{Capture: c, Name: name, Where: where})
	}
	for i, p := range parts {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		at := fmt.Sprintf("%s:%d", where, i+1)
		item := news.Capture{Raw: []byte(p.Source), Path: at, Outlet: c.Outlet, Fetched: c.Fetched}
		item.ID = hashOf(item.Raw)
		f := Found{Capture: item, Name: fmt.Sprintf("%s:%d", name, i+1), Where: at}
		if wire.Sniff(p.Source) == "" {
			f.refused = &Item{
				Capture: item, Outcome: Quarantined, Kind: "broken item", Where: at,
				Reason: "read " + at + ": what stands there is no article; mend it and read it again",
			}
		}
		if err := w.yield(f); err != nil {
			return err
		}
	}
	if more > 0 {
		return w.aside(Quarantined, where, "too many items", "%d items over the first %d were not read; split it", more, wire.MaxItems)
	}
	return nil
}

// archive goes through a web archive, a record at a time.
func (w *walker) archive(in io.Reader, where, name string) error {
	r := warc.NewReader(in)
	defer r.Close()
	n := 0
	for {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		rec, err := r.Next()
		var bad *warc.Damage
		switch {
		case err == io.EOF && n == 0:
			return w.aside(Rejected, where, "empty", "there is no page in the archive; nothing to do")
		case err == io.EOF:
			return nil
		case errors.As(err, &bad):
			n++
			if err := w.damaged(bad, where+"@"+bad.Where()); err != nil {
				return err
			}
			continue
		case err != nil:
			return w.refuse(where, "unreadable", "read", err)
		}
		at := where + "@" + rec.Where()
		p, err := rec.Page(page.MaxBytes)
		var unfit *warc.Unfit
		if errors.As(err, &unfit) {
			if unfit.About {
				continue // it tells of the crawl: nothing came in
			}
			n++
			if err := w.aside(Rejected, at, unfit.Kind, "%s; nothing to do", unfit.Reason); err != nil {
				return err
			}
			continue
		}
		n++
		if err := w.page(rec, p, at, fmt.Sprintf("%s@%s", name, rec.Where())); err != nil {
			return err
		}
	}
}

// damaged hands on a place of an archive that cannot be read, with what could
// be unpacked of it.
func (w *walker) damaged(d *warc.Damage, at string) error {
	it := Item{
		Capture: news.Capture{Path: at}, Outcome: Quarantined, Kind: d.Kind, Where: at,
		Reason: "read " + at + ": " + d.Reason + "; the rest was read, get the archive again for this part",
	}
	if len(d.Raw) > 0 {
		it.Capture.Raw, it.Capture.ID = d.Raw, hashOf(d.Raw)
	}
	return w.yield(Found{Where: at, refused: &it})
}

// page hands on a page of an archive. Feeds and wire copy are read like files.
func (w *walker) page(rec warc.Record, p warc.Page, at, name string) error {
	c := news.Capture{Raw: inUTF8(p.Body, p.Charset), Path: at, URL: p.URL, Outlet: p.Outlet, Fetched: p.Fetched}
	if p.Path != "" {
		c.Path, name = p.Path, stem(p.Path)
	}
	kind := sniff(charset.Decode(c.Raw[:min(len(c.Raw), 64<<10)]).Text, "")
	data := strings.HasSuffix(p.MediaType, "json") || strings.HasSuffix(p.MediaType, "xml") && p.MediaType != "application/xhtml+xml"
	if rec.Type == "response" && data && kind != isFeed && kind != isWire && kind != isHTML {
		return w.aside(Rejected, at, "not a page", "it is data (%s), no page, feed or wire copy; nothing to do", p.MediaType)
	}
	return w.document(c, kind, at, name)
}

// inUTF8 copies a page's bytes. Bytes in an encoding that only the server
// named, and the page does not, are written in UTF-8, as a capture has no
// place for the server's word.
func inUTF8(body []byte, label string) []byte {
	if label != "" && !utf8.Valid(body) {
		if t := charset.Decode(body); t.How == charset.ByStatistics || t.How == charset.ByDefault || t.How == charset.ByRepair {
			if e, err := htmlindex.Get(label); err == nil {
				if out, err := e.NewDecoder().Bytes(body); err == nil {
					return out
				}
			}
		}
	}
	return bytes.Clone(body)
}

// feed makes a version of a feed's only item.
func (r *reading) feed(src string) {
	f, err := feed.Parse(src, r.item.Capture.URL)
	switch {
	case err != nil:
		r.refuse(Quarantined, "XML", "%v; save the articles as text, HTML or JSONL", err)
		return
	case !f.Format.HasItems():
		r.reject("addresses only", `it is a list of addresses (%s) without articles; follow it with "tracewire watch"`, f.Format)
		return
	case len(f.Items) == 0 && len(f.Problems) > 0:
		r.refuse(Quarantined, f.Problems[0].Kind, "%s; get it again", f.Problems[0].Reason)
		return
	case len(f.Items) == 0:
		r.reject("empty", "there is no article in the feed; nothing to do")
		return
	case len(f.Items) > 1:
		r.refuse(Quarantined, "feed", "it is a feed of %d articles inside of something else; save it as a file and read that", len(f.Items))
		return
	}
	it := f.Items[0]
	lines, full := it.Text()
	switch {
	case len(lines) == 0:
		r.reject("empty", "the feed's item has neither title nor text; nothing to do")
		return
	case !full:
		r.reject("only a summary", `the feed has no more of it than a title or a summary; "tracewire watch" fetches the page`)
		return
	}
	c := &r.item.Capture
	if c.URL == "" {
		c.URL = it.Link
	}
	given := news.Given{URL: it.Link, Headline: it.Title, Bylines: it.Authors, Language: it.Language, Outlet: it.Outlet}
	if given.Outlet == "" {
		given.Outlet = f.Title
	}
	if it.Published != "" {
		given.Dates = append(given.Dates, news.GivenDate{From: "feed", Role: "published", Value: it.Published})
	}
	if it.Updated != "" && it.Updated != it.Published {
		given.Dates = append(given.Dates, news.GivenDate{From: "feed", Role: "modified", Value: it.Updated})
	}
	r.finish(strings.Join(lines, "\n\n")+"\n", given, "feed.item")
}

// wire makes a version of one item of an agency.
func (r *reading) wire(src string) {
	switch parts, _ := wire.Split(src); {
	case len(parts) > 1:
		r.refuse(Quarantined, "wire", "it is a message of %d items inside of something else; save it as a file and read that", len(parts))
		return
	case len(parts) == 1:
		src = parts[0].Source // out of a list of one
	}
	a, err := wire.Read(src)
	switch {
	case errors.Is(err, wire.ErrNoText):
		r.reject("no text", "%v; nothing to do", err)
		return
	case err != nil:
		r.refuse(Quarantined, "broken item", "%v; mend it and read it again", err)
		return
	case a.Withheld:
		r.reject("withheld", "its status says that the agency has withdrawn or not yet released it; leave it out")
		return
	}
	if c := &r.item.Capture; c.URL == "" {
		c.URL = a.URL
	}
	r.finish(a.Text(), a.Given(), "wire."+string(wire.Sniff(src)))
}
