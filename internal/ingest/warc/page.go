package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// Page is what a server sent.
type Page struct {
	URL       string // http or https, "" when the record's target is neither
	Fetched   time.Time
	Status    int    // 200 for records without HTTP headers
	MediaType string // lower case, without parameters
	Charset   string // as the server declared it
	Body      []byte // decoded; shares memory with the record when it was not packed
	Cut       bool   // the crawler or a broken encoding cut the body
	Outlet    string // set by Writer
	Path      string // set by Writer
}

// Unfit is why a record holds no page. The records about the crawl itself
// (About) are no loss; the others are pages that cannot be read.
type Unfit struct {
	Kind   string
	Reason string
	About  bool
}

func (u *Unfit) Error() string { return u.Kind + ": " + u.Reason }

// maxCodings is how many content encodings may be nested.
const maxCodings = 3

// Page takes the page out of a record; limit is how many bytes it may have when
// decoded. The error is an *Unfit.
func (r Record) Page(limit int) (Page, error) {
	p := Page{URL: webAddress(r.Target), Fetched: r.Date, Status: 200, MediaType: r.MediaType, Cut: r.Truncated != ""}
	switch r.Type {
	case "response":
		if r.MediaType != "application/http" && !bytes.HasPrefix(r.Block, []byte("HTTP/")) {
			p.Body = r.Block // an answer of another protocol
			break
		}
		if err := p.answer(r.Block, limit); err != nil {
			return p, err
		}
	case "resource", "conversion":
		p.Body = r.Block
		p.Outlet, p.Path = r.own("Tracewire-Outlet"), r.own("Tracewire-Path")
		if r.own("Tracewire-Fetched") == unknown {
			p.Fetched = time.Time{}
		}
	case "revisit":
		return p, &Unfit{Kind: "revisit", Reason: "the page was seen before and its text is not repeated here"}
	case "warcinfo", "request", "metadata", "continuation":
		return p, &Unfit{Kind: r.Type, Reason: "it tells of the crawl", About: true}
	default:
		return p, &Unfit{Kind: "unknown record", Reason: fmt.Sprintf("its type is %q", clip(r.Type, 40)), About: false}
	}
	switch {
	case p.Status < 200 || p.Status > 299:
		return p, &Unfit{Kind: "not a page", Reason: fmt.Sprintf("the server answered %d", p.Status)}
	case !mayBeText(p.MediaType):
		return p, &Unfit{Kind: "not a page", Reason: fmt.Sprintf("it is %s", clip(p.MediaType, 60))}
	case len(p.Body) > limit:
		return p, &Unfit{Kind: "too large", Reason: fmt.Sprintf("the page has %d bytes, the limit is %d", len(p.Body), limit)}
	case len(bytes.TrimSpace(p.Body)) == 0:
		return p, &Unfit{Kind: "empty", Reason: "the answer has no body"}
	}
	return p, nil
}

// mayBeText: HTML, text, and the formats of feeds and agencies.
func mayBeText(media string) bool {
	switch media {
	case "", "text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml", "application/json", "application/octet-stream", "unknown/unknown":
		return true
	}
	return strings.HasSuffix(media, "+xml") && !strings.HasPrefix(media, "image/") || strings.HasSuffix(media, "+json")
}

// answer reads an HTTP response.
func (p *Page) answer(block []byte, limit int) error {
	head, body := cutHead(block)
	if !bytes.HasPrefix(head, []byte("HTTP/")) {
		return &Unfit{Kind: "garbled", Reason: "the record is said to be an HTTP response and is none"}
	}
	line, fields, _ := bytes.Cut(head, []byte("\n"))
	if f := bytes.Fields(line); len(f) > 1 {
		p.Status, _ = strconv.Atoi(string(f[1]))
	}
	p.MediaType = ""
	var chunked bool
	var codings []string
	for l := range bytes.SplitSeq(fields, []byte("\n")) {
		key, val, ok := bytes.Cut(l, []byte(":"))
		if !ok || len(key) > 40 {
			continue
		}
		v := string(bytes.TrimSpace(val))
		switch strings.ToLower(string(bytes.TrimSpace(key))) {
		case "content-type":
			p.MediaType = mediaType(v)
			if i := strings.Index(strings.ToLower(v), "charset="); i >= 0 {
				cs, _, _ := strings.Cut(v[i+8:], ";")
				p.Charset = clip(strings.ToLower(strings.Trim(cs, " \"'")), 40)
			}
		case "transfer-encoding":
			chunked = chunked || strings.Contains(strings.ToLower(v), "chunked")
		case "content-encoding":
			for c := range strings.SplitSeq(strings.ToLower(v), ",") {
				if c = strings.TrimSpace(c); c != "" && c != "identity" && len(codings) <= maxCodings {
					codings = append(codings, c)
				}
			}
		}
	}
	if p.Status < 200 || p.Status > 299 || !mayBeText(p.MediaType) {
		return nil // nothing of it is wanted
	}
	if len(codings) > maxCodings {
		return &Unfit{Kind: "encoding", Reason: fmt.Sprintf("the body is packed more than %d times over", maxCodings)}
	}
	if chunked {
		var whole bool
		body, whole = dechunk(body)
		p.Cut = p.Cut || !whole
	}
	for i := len(codings) - 1; i >= 0; i-- {
		var err error
		if body, err = decode(body, codings[i], limit); err != nil {
			var u *Unfit
			if errors.As(err, &u) {
				return u
			}
			if len(body) == 0 {
				return &Unfit{Kind: "garbled", Reason: fmt.Sprintf("the body cannot be unpacked (%s: %v)", codings[i], err)}
			}
			p.Cut = true // what came out of it is kept
		}
	}
	p.Body = body
	return nil
}

// cutHead parts the header of an HTTP message from its body.
func cutHead(b []byte) (head, body []byte) {
	n := min(len(b), maxHeader)
	i, j := bytes.Index(b[:n], []byte("\r\n\r\n")), bytes.Index(b[:n], []byte("\n\n"))
	switch {
	case i >= 0 && (j < 0 || i < j):
		return b[:i+1], b[i+4:]
	case j >= 0:
		return b[:j], b[j+2:]
	}
	return b, nil
}

// dechunk undoes the chunked transfer coding in place. Crawlers often stored
// the body without it but kept the header, so a body that does not begin with
// a chunk's size is taken as it is.
func dechunk(b []byte) (body []byte, whole bool) {
	out, rest := make([]byte, 0, len(b)), b
	for first := true; ; first = false {
		line, after, found := bytes.Cut(rest[:min(len(rest), 1<<10)], []byte("\n"))
		size, _, _ := strings.Cut(strings.TrimSpace(string(line)), ";")
		n, err := strconv.ParseUint(strings.TrimSpace(size), 16, 31)
		if !found || err != nil {
			if first {
				return b, true
			}
			return out, len(rest) == 0
		}
		rest = rest[len(rest[:min(len(rest), 1<<10)])-len(after):]
		if n == 0 {
			return out, true
		}
		if uint64(len(rest)) < n {
			if first {
				return b, true // a first line of hex digits by chance
			}
			return append(out, rest...), false
		}
		out, rest = append(out, rest[:n]...), rest[n:]
		rest = bytes.TrimPrefix(bytes.TrimPrefix(rest, []byte("\r")), []byte("\n"))
	}
}

// decode undoes one content encoding. A body that is not packed at all is
// taken as it is: crawlers unpack it and keep the header.
func decode(b []byte, coding string, limit int) ([]byte, error) {
	var r io.Reader
	var err error
	switch coding {
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(b, []byte{0x1f, 0x8b}) {
			return b, nil
		}
		r, err = gzip.NewReader(bytes.NewReader(b))
	case "deflate":
		if r, err = zlib.NewReader(bytes.NewReader(b)); err != nil {
			if looksPlain(b) {
				return b, nil
			}
			r, err = flate.NewReader(bytes.NewReader(b)), nil
		}
	case "zstd":
		if !bytes.HasPrefix(b, zstdMagic) {
			return b, nil
		}
		var d *zstd.Decoder
		d, err = zstd.NewReader(bytes.NewReader(b), zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(8<<20))
		if err == nil {
			defer d.Close()
			r = d
		}
	case "br":
		if looksPlain(b) {
			return b, nil
		}
		r = brotli.NewReader(bytes.NewReader(b))
	default:
		if looksPlain(b) {
			return b, nil
		}
		return nil, &Unfit{Kind: "encoding", Reason: fmt.Sprintf("the body is packed with %q, which is not read", clip(coding, 20))}
	}
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	if len(out) > limit {
		return nil, &Unfit{Kind: "too large", Reason: fmt.Sprintf("the page has more than %d bytes when it is unpacked", limit)}
	}
	return out, err
}

// looksPlain: text begins with characters, packed data soon has others.
func looksPlain(b []byte) bool {
	for _, c := range b[:min(len(b), 64)] {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return len(b) > 0 && (b[0] == '<' || bytes.IndexByte(b[:min(len(b), 512)], '<') >= 0)
}

// webAddress is a target that a page of the web can have. Targets such as
// file:///etc/passwd or urn:… are names of nothing that may be fetched.
func webAddress(s string) string {
	if len(s) > 8<<10 || !strings.HasPrefix(s, "http") {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return ""
	}
	return s
}

// own is a field of Writer's in a record's header.
func (r Record) own(name string) string {
	for l := range bytes.SplitSeq(r.Header, []byte("\n")) {
		if key, val, ok := bytes.Cut(l, []byte(":")); ok && strings.EqualFold(string(bytes.TrimSpace(key)), name) {
			s, err := url.PathUnescape(string(bytes.TrimSpace(val)))
			if err == nil {
				return clip(strings.ToValidUTF8(s, "\ufffd"), 4<<10)
			}
		}
	}
	return ""
}

func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}
