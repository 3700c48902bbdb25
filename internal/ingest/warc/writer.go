package warc

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"

	"github.com/tracewire/tracewire/internal/news"
)

// Writer writes captures as WARC/1.1. A capture has the page's bytes and no
// HTTP header, so each becomes a "resource" record; reading it gives the same
// capture again.
type Writer struct {
	w   io.Writer
	gz  *gzip.Writer
	buf bytes.Buffer
}

// NewWriter writes to w; packed makes a gzip member of each record.
func NewWriter(w io.Writer, packed bool) *Writer {
	out := &Writer{w: w}
	if packed {
		out.gz = gzip.NewWriter(nil)
	}
	return out
}

// Info writes the record that says who made the archive; it comes first.
func (w *Writer) Info(software string, now time.Time) error {
	body := "software: " + oneLine(software) + "\r\nformat: WARC File Format 1.1\r\n"
	w.begin("warcinfo", recordID([]byte(body+now.UTC().String())), now, "application/warc-fields")
	return w.end([]byte(body))
}

// unknown is the date of a capture of which nobody said when it was fetched.
const unknown = "unknown"

// Capture writes a capture. Its date is when it was fetched, or else now; the
// identity of the record comes from its content, address and date, so that
// writing the same captures gives the same archive.
func (w *Writer) Capture(c news.Capture, now time.Time) error {
	when := c.Fetched
	if when.IsZero() {
		when = now
	}
	target := webAddress(c.URL)
	if target == "" || strings.ContainsAny(target, " \r\n<>") {
		target = "urn:sha256:" + hashOf(c.Raw)
	}
	w.begin("resource", recordID([]byte(hashOf(c.Raw)+target+when.UTC().String()+c.Path)), when, kindOf(c.Raw))
	w.field("WARC-Target-URI", target)
	w.field("WARC-Block-Digest", "sha256:"+hashOf(c.Raw))
	if c.Fetched.IsZero() {
		w.field("Tracewire-Fetched", unknown) // a record must have a date
	}
	if c.Outlet != "" {
		w.field("Tracewire-Outlet", url.PathEscape(c.Outlet))
	}
	if c.Path != "" {
		w.field("Tracewire-Path", url.PathEscape(c.Path))
	}
	return w.end(c.Raw)
}

func (w *Writer) begin(kind, id string, when time.Time, media string) {
	w.buf.Reset()
	w.buf.WriteString("WARC/1.1\r\n")
	w.field("WARC-Type", kind)
	w.field("WARC-Record-ID", "<"+id+">")
	w.field("WARC-Date", when.UTC().Format("2006-01-02T15:04:05.999999999Z"))
	w.field("Content-Type", media)
}

func (w *Writer) field(key, val string) { w.buf.WriteString(key + ": " + oneLine(val) + "\r\n") }

func (w *Writer) end(block []byte) error {
	fmt.Fprintf(&w.buf, "Content-Length: %d\r\n\r\n", len(block))
	w.buf.Write(block)
	w.buf.WriteString("\r\n\r\n")
	if w.gz == nil {
		_, err := w.w.Write(w.buf.Bytes())
		return err
	}
	w.gz.Reset(w.w)
	if _, err := w.gz.Write(w.buf.Bytes()); err != nil {
		return err
	}
	return w.gz.Close()
}

// recordID is a UUID made of a hash (RFC 9562, version 8).
func recordID(of []byte) string {
	h := sha256.Sum256(of)
	h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", h[0:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

func hashOf(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// kindOf is what a capture says it is by its first bytes.
func kindOf(raw []byte) string {
	head := bytes.ToLower(bytes.TrimLeft(raw[:min(len(raw), 1<<10)], "\ufeff \t\r\n"))
	switch {
	case bytes.HasPrefix(head, []byte("{")), bytes.HasPrefix(head, []byte("[{")):
		return "application/json"
	case bytes.HasPrefix(head, []byte("<?xml")) && !bytes.Contains(head, []byte("<html")), bytes.HasPrefix(head, []byte("<rss")), bytes.HasPrefix(head, []byte("<feed")):
		return "application/xml"
	case bytes.HasPrefix(head, []byte("<")):
		return "text/html"
	}
	return "text/plain"
}

func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\r' || r == '\n' || r == 0 {
			return ' '
		}
		return r
	}, s)
}
