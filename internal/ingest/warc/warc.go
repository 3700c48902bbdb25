// Package warc reads and writes web archives (ISO 28500): WARC, .warc.gz with
// a member a record or one for all, and .warc.zst.
//
//	r := warc.NewReader(file)
//	defer r.Close()
//	for {
//		rec, err := r.Next()
//		var bad *warc.Damage
//		switch {
//		case err == io.EOF:
//			return nil
//		case errors.As(err, &bad): // a place that cannot be read; the rest is
//			continue
//		case err != nil:
//			return err
//		}
//		page, err := rec.Page(8 << 20)
//	}
//
// A record is in memory as a whole, one at a time. Lengths are not trusted:
// after each block the end of the record must follow, and where it does not,
// the next record is looked for from the block's beginning.
package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Limits of a record.
const (
	MaxBlock  = 16 << 20  // bytes; longer ones are passed over
	maxHeader = 256 << 10 // bytes of a record's own header
)

// Damage is a place in an archive that could not be read.
type Damage struct {
	At     int64 // in the file: where the record, or its compressed member, begins
	Inside int64 // in the unpacked member; 0 in a plain archive
	Kind   string
	Reason string
	// Raw is the beginning of what was passed over, unpacked, up to MaxKept
	// bytes; empty when it could not be unpacked.
	Raw []byte
}

// MaxKept is how much of a damaged place is kept for a person to look at.
const MaxKept = 64 << 10

func (d *Damage) Error() string {
	return fmt.Sprintf("%s at %s: %s", d.Kind, place(d.At, d.Inside), d.Reason)
}

// Where is "1234", or "1234+56" for a place inside a compressed member.
func (d *Damage) Where() string { return place(d.At, d.Inside) }

func place(at, inside int64) string {
	if inside == 0 {
		return strconv.FormatInt(at, 10)
	}
	return fmt.Sprintf("%d+%d", at, inside)
}

// Record is one record. Its slices are good until the next call of Next.
type Record struct {
	At, Inside int64  // as in Damage
	Type       string // lower case: "response", "resource", "request", …
	Target     string // WARC-Target-URI as written, without angle brackets
	ID         string
	Date       time.Time // zero when it is missing or no date
	MediaType  string    // lower case, without parameters
	Truncated  string    // why the crawler cut the block, if it did
	Header     []byte    // all fields, as written
	Block      []byte
}

// Where is the record's place, as Damage.Where.
func (r Record) Where() string { return place(r.At, r.Inside) }

// Reader reads the records of an archive in order.
type Reader struct {
	src   *source
	buf   []byte // unpacked, not yet read: buf[from:]
	from  int
	stop  error  // what the source said after buf's last byte
	pos   int64  // of buf[from] in the unpacked text
	marks []mark // members that begin in buf or before it, the first one open at pos
	bad   int    // damages since the last good record
}

// mark is where a member begins: in the unpacked text and in the file.
type mark struct{ pos, file int64 }

// NewReader reads from r, packed or not.
func NewReader(r io.Reader) *Reader { return &Reader{src: newSource(r)} }

// Close frees the unpacker.
func (r *Reader) Close() { r.src.close() }

var (
	magic    = []byte("WARC/")
	boundary = []byte("\nWARC/1.")
)

// maxRun is how many damages are told one by one when no good record lies
// between them.
const maxRun = 100

// Next reads the next record. A *Damage says that something could not be read
// and that reading goes on; io.EOF is the end. Other errors are the file's.
func (r *Reader) Next() (Record, error) {
	for stuck := 0; ; {
		file, pos := r.src.in.pos(), r.pos
		rec, err := r.next()
		if stuck++; file != r.src.in.pos() || pos != r.pos {
			stuck = 0
		}
		if stuck > 10 { // no file may keep us here for ever
			return Record{}, io.ErrNoProgress
		}
		var d *Damage
		switch {
		case err == nil:
			r.bad = 0
			return rec, nil
		case !errors.As(err, &d):
			return Record{}, err
		}
		if r.bad++; r.bad < maxRun {
			return Record{}, d
		}
		if r.bad == maxRun {
			d.Reason += "; what follows is passed over up to the next good record"
			return Record{}, d
		}
	}
}

func (r *Reader) next() (Record, error) {
	if err := r.skipBlank(); err != nil {
		return Record{}, err
	}
	at := r.here()
	if !r.need(len(magic)) || !bytes.HasPrefix(r.rest(), magic) {
		return Record{}, r.toBoundary(0, "garbage", "it is no record")
	}
	rec, block, d := r.header(at)
	if d == nil {
		rec, d = r.block(rec, block)
	}
	if d != nil {
		return Record{}, d
	}
	return rec, nil
}

// header reads a record's fields; block is where its block begins, and its
// length is in rec.Block's place.
func (r *Reader) header(at mark) (rec Record, block int, d *Damage) {
	end := r.find([]byte("\r\n\r\n"), []byte("\n\n"), maxHeader)
	if end < 0 {
		if r.drained() && len(r.rest()) < maxHeader {
			return rec, 0, r.lost("cut off", "the archive ends in the middle of a record's header")
		}
		return rec, 0, r.toBoundary(len(magic), "garbled", "the record's header does not end")
	}
	if end > maxHeader {
		return rec, 0, r.toBoundary(end-1, "garbled", fmt.Sprintf("the record's header has more than %d bytes", maxHeader))
	}
	head := r.rest()[:end]
	rec = Record{At: at.file, Inside: at.pos, Header: head}
	length, ok := int64(-1), false
	first := true
	for line := range bytes.SplitSeq(head, []byte("\n")) {
		key, val, found := bytes.Cut(line, []byte(":"))
		if first || !found || len(key) > 64 {
			first = false
			continue
		}
		v := string(bytes.TrimSpace(val))
		switch strings.ToLower(string(bytes.TrimSpace(key))) {
		case "warc-type":
			rec.Type = strings.ToLower(v)
		case "warc-target-uri":
			rec.Target = strings.TrimSuffix(strings.TrimPrefix(v, "<"), ">")
		case "warc-record-id":
			rec.ID = strings.Trim(v, "<>")
		case "warc-date":
			rec.Date = date(v)
		case "warc-truncated":
			rec.Truncated = v
		case "content-type":
			rec.MediaType = mediaType(v)
		case "content-length":
			n, err := strconv.ParseInt(v, 10, 64)
			length, ok = n, err == nil && n >= 0
		}
	}
	if !ok {
		return rec, 0, r.toBoundary(end-1, "wrong length", "the record's Content-Length is missing, negative or no number")
	}
	block = end
	if length > MaxBlock {
		return rec, 0, r.toBoundary(end-1, "too large", fmt.Sprintf("the record's length is given as %d bytes, the limit is %d", length, MaxBlock))
	}
	rec.Block = r.rest()[end:end:end]
	return rec, block + int(length), nil
}

// block reads up to the record's end at n and checks that it is one.
func (r *Reader) block(rec Record, n int) (Record, *Damage) {
	head := len(rec.Header)
	// The next member's first byte shows that this one's checksum was right.
	r.need(n + 5)
	if len(r.rest()) < n {
		if i := bytes.Index(r.rest()[head-1:], boundary); i >= 0 {
			return rec, r.damageTo(head+i, "wrong length", "the record is shorter than its Content-Length says")
		}
		return rec, r.lost("cut off", "the archive ends in the middle of a record")
	}
	var bad *Damage
	if errors.As(r.stop, &bad) && r.isLast(n) && bad.At == rec.At && (bad.Kind == "wrong checksum" || bad.Kind == "garbled") {
		return rec, r.lost(bad.Kind, bad.Reason)
	}
	after := r.rest()[n:]
	blank := len(after) - len(bytes.TrimLeft(after, "\r\n"))
	switch {
	case len(after) == blank, bytes.HasPrefix(after[blank:], magic), r.memberAt(n + blank):
		rec.Header, rec.Block = r.rest()[:head], r.rest()[head:n]
		r.take(n)
		return rec, nil
	case blank > 0 && bytes.HasPrefix(after, []byte("\r\n\r\n")):
		// The record is whole; garbage follows, which Next finds by itself.
		rec.Header, rec.Block = r.rest()[:head], r.rest()[head:n]
		r.take(n)
		return rec, nil
	}
	return rec, r.toBoundary(head-1, "wrong length", "the record does not end where its Content-Length says")
}

// isLast tells whether nothing but line ends follows n.
func (r *Reader) isLast(n int) bool { return len(bytes.TrimLeft(r.rest()[n:], "\r\n")) == 0 }

// toBoundary passes over everything up to the next record that begins after
// skip bytes, and reports it.
func (r *Reader) toBoundary(skip int, kind, reason string) *Damage {
	d := r.damage(kind, reason)
	r.leave(d, min(skip, len(r.rest())))
	for {
		if n := r.boundary(); n >= 0 {
			r.leave(d, n)
			break
		}
		// The last bytes may be the beginning of a boundary.
		r.leave(d, max(0, len(r.rest())-len(boundary)))
		if !r.fill() {
			r.leave(d, len(r.rest()))
			break
		}
	}
	return d
}

// boundary is where the next record begins in rest: after a line end, or where
// a member begins. -1 when it is not there yet.
func (r *Reader) boundary() int {
	best := -1
	if i := bytes.Index(r.rest(), boundary); i >= 0 {
		best = i + 1
	}
	for _, m := range r.marks {
		n := m.pos - r.pos
		if n >= 0 && n < int64(len(r.rest())) && (best < 0 || n < int64(best)) && bytes.HasPrefix(r.rest()[n:], magic) {
			return int(n)
		}
	}
	return best
}

func (r *Reader) damageTo(n int, kind, reason string) *Damage {
	d := r.damage(kind, reason)
	r.leave(d, n)
	return d
}

// damage is one that begins here.
func (r *Reader) damage(kind, reason string) *Damage {
	at := r.here()
	return &Damage{At: at.file, Inside: at.pos, Kind: kind, Reason: reason}
}

// leave passes over n bytes that are a part of d.
func (r *Reader) leave(d *Damage, n int) {
	d.Raw = append(d.Raw, r.rest()[:max(0, min(n, MaxKept-len(d.Raw)))]...)
	r.take(n)
}

// lost reports a record that the source's end, or a break in it, cut off. The
// break is reported with it.
func (r *Reader) lost(kind, reason string) *Damage {
	lost := r.damage(kind, reason)
	var d *Damage
	if errors.As(r.stop, &d) {
		lost.Kind, lost.Reason = d.Kind, d.Reason
		r.stop = nil
		if len(r.rest()) == 0 {
			lost.At, lost.Inside = d.At, 0
		}
	}
	r.leave(lost, len(r.rest()))
	return lost
}

// skipBlank moves to the next byte that is no line end, over breaks of the
// source, which it reports.
func (r *Reader) skipBlank() error {
	for {
		rest := r.rest()
		n := len(rest) - len(bytes.TrimLeft(rest, "\r\n"))
		r.take(n)
		if n < len(rest) {
			return nil
		}
		if r.fill() {
			continue
		}
		var d *Damage
		if errors.As(r.stop, &d) {
			r.stop = nil
			return d
		}
		return r.stop
	}
}

// find reads until one of two marks stands in the buffer, and returns where it
// ends; -1 when the source or the limit ends first.
func (r *Reader) find(a, b []byte, limit int) int {
	done := 0
	for {
		rest := r.rest()
		from := max(0, done-len(a))
		end := -1
		if i := bytes.Index(rest[from:], a); i >= 0 {
			end = from + i + len(a)
		}
		if i := bytes.Index(rest[from:], b); i >= 0 && (end < 0 || from+i+len(b) < end) {
			end = from + i + len(b)
		}
		if end >= 0 {
			return end
		}
		if done = len(rest); done > limit || !r.fill() {
			return -1
		}
	}
}

func (r *Reader) rest() []byte { return r.buf[r.from:] }

func (r *Reader) drained() bool { return r.stop != nil }

// take moves on by n bytes.
func (r *Reader) take(n int) {
	r.from += n
	r.pos += int64(n)
	i := 0
	for i+1 < len(r.marks) && r.marks[i+1].pos <= r.pos {
		i++
	}
	r.marks = r.marks[i:]
}

// here is the place of the next byte: pos is counted from the member's start.
func (r *Reader) here() mark {
	if len(r.marks) == 0 { // not packed
		return mark{0, r.pos}
	}
	return mark{r.pos - r.marks[0].pos, r.marks[0].file}
}

func (r *Reader) memberAt(n int) bool {
	for _, m := range r.marks {
		if m.pos == r.pos+int64(n) {
			return true
		}
	}
	return false
}

// need reads until n bytes are there; false when the source ends before.
func (r *Reader) need(n int) bool {
	for len(r.rest()) < n {
		if !r.fill() {
			return false
		}
	}
	return true
}

// chunk is how many bytes are asked of the source at once, at least.
const chunk = 128 << 10

// fill reads on; false when the source has ended or broken, which is in stop.
func (r *Reader) fill() bool {
	if r.stop != nil {
		return false
	}
	if r.from > 0 && (r.from == len(r.buf) || cap(r.buf)-len(r.buf) < chunk) {
		n := copy(r.buf[:cap(r.buf)], r.buf[r.from:])
		r.buf, r.from = r.buf[:n], 0
	}
	if cap(r.buf)-len(r.buf) < chunk {
		size := max(2*cap(r.buf), 4*chunk)
		grown := make([]byte, len(r.buf), size)
		copy(grown, r.buf)
		r.buf = grown
	}
	for range 100 {
		n, err := r.src.Read(r.buf[len(r.buf):cap(r.buf)])
		if at, begun := r.src.newMember(); begun {
			r.marks = append(r.marks, mark{r.pos + int64(len(r.rest())), at})
		}
		r.buf = r.buf[:len(r.buf)+n]
		r.stop = err
		if n > 0 {
			return true
		}
		if err != nil {
			return false
		}
	}
	r.stop = io.ErrNoProgress
	return false
}

func date(s string) time.Time {
	for _, l := range [...]string{time.RFC3339Nano, "2006-01-02T15:04:05", "20060102150405", "2006-01-02"} {
		if t, err := time.Parse(l, s); err == nil && t.Year() >= 1990 && t.Year() <= 2200 {
			return t.UTC()
		}
	}
	return time.Time{}
}

func mediaType(s string) string {
	s, _, _ = strings.Cut(s, ";")
	return strings.ToLower(strings.TrimSpace(s))
}
