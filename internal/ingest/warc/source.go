package warc

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// A member of a compressed archive that grows past bombBytes may not be more
// than bombRatio times its compressed size: pages compress 4 to 20 times.
const (
	bombBytes = 64 << 20
	bombRatio = 200
	maxWindow = 32 << 20 // bytes of memory that a zstd frame may ask for
	maxDict   = 8 << 20  // bytes of a zstd dictionary
)

var (
	gzipMagic = []byte{0x1f, 0x8b, 8}
	zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}
)

// source is the archive's text, unpacked. Read gives a *Damage where a member
// breaks, once; the next Read goes on with the next member.
type source struct {
	in      *input
	kind    kind
	gz      *gzip.Reader
	zs      *zstd.Decoder
	frame   frame
	dict    []byte // of all zstd frames
	open    bool   // inside a member
	at      int64  // where the member begins in the file
	out     int64  // bytes it has given
	started bool   // a member began since newMember was asked last
	broke   bool   // the last member did: what follows up to the next is part of that
}

type kind uint8

const (
	plain kind = iota
	gzipped
	zstandard
)

// input knows how many bytes of the file were taken. The unpacker gets the
// bufio.Reader itself, for which it has a path of its own that is a third
// faster than that for other readers.
type input struct {
	r    *bufio.Reader
	file *counter
}

type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

func newInput(r io.Reader) *input {
	c := &counter{r: r}
	return &input{bufio.NewReaderSize(c, 256<<10), c}
}

// pos is the place of the next byte in the file.
func (i *input) pos() int64 { return i.file.n - int64(i.r.Buffered()) }

func (i *input) skip(n int) { i.r.Discard(n) }

func newSource(r io.Reader) *source {
	s := &source{in: newInput(r)}
	head, _ := s.in.r.Peek(4)
	switch {
	case len(head) >= 3 && string(head[:3]) == string(gzipMagic):
		s.kind = gzipped
	case string(head) == string(zstdMagic), len(head) == 4 && isSkippable(head):
		s.kind = zstandard
	}
	return s
}

func isSkippable(magic []byte) bool {
	return binary.LittleEndian.Uint32(magic)&^0xf == 0x184D2A50
}

// newMember tells whether a member has begun since the last call, and where.
func (s *source) newMember() (at int64, yes bool) {
	yes, s.started = s.started, false
	return s.at, yes
}

func (s *source) Read(p []byte) (int, error) {
	if s.kind == plain {
		return s.in.r.Read(p)
	}
	for {
		if !s.open {
			if err := s.next(); err != nil {
				return 0, err
			}
		}
		n, err := s.unpack(p)
		s.out += int64(n)
		switch {
		case err == io.EOF && s.in.pos() == s.at: // too short for a header
			s.open = false
			return n, s.broken(io.ErrUnexpectedEOF)
		case err == io.EOF:
			s.open = false
			if n > 0 {
				return n, nil
			}
		case err != nil:
			s.open = false
			return n, s.broken(err)
		case s.out > bombBytes && s.out > bombRatio*(s.in.pos()-s.at):
			s.open, s.broke = false, true
			return n, &Damage{At: s.at, Kind: "bomb", Reason: fmt.Sprintf("the member unpacks to more than %d times its size; it was left", bombRatio)}
		case n > 0:
			return n, nil
		}
	}
}

func (s *source) unpack(p []byte) (int, error) {
	if s.kind == gzipped {
		return s.gz.Read(p)
	}
	return s.zs.Read(p)
}

func (s *source) broken(err error) error {
	s.broke = true
	if s.in.pos() == s.at { // what was tried once is not tried again
		s.in.skip(1)
	}
	var d *Damage
	switch {
	case errors.As(err, &d):
		return d
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &Damage{At: s.at, Kind: "cut off", Reason: "the file ends in the middle of a compressed member"}
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, zstd.ErrCRCMismatch):
		return &Damage{At: s.at, Kind: "wrong checksum", Reason: "the member's checksum is not that of its content"}
	}
	return &Damage{At: s.at, Kind: "garbled", Reason: fmt.Sprintf("the member cannot be unpacked (%v)", err)}
}

// next opens the next member. Zeros between members are padding; anything
// else is damage, and is passed over up to the next magic.
func (s *source) next() error {
	from, junk := s.in.pos(), false
	for {
		head, err := s.in.r.Peek(4)
		if len(head) == 0 {
			if err == io.EOF && junk && !s.broke {
				return s.garbage(from)
			}
			return err
		}
		switch {
		case s.kind == zstandard && len(head) == 4 && isSkippable(head):
			if junk {
				return s.garbage(from)
			}
			if err := s.skippable(); err != nil {
				return err
			}
			from = s.in.pos()
		case s.kind == gzipped && len(head) >= 3 && string(head[:3]) == string(gzipMagic), s.kind == zstandard && string(head) == string(zstdMagic):
			if junk && !s.broke {
				s.broke = true // it is reported; now the member
				return s.garbage(from)
			}
			return s.enter()
		default:
			// To the next byte that may begin a magic.
			buf, _ := s.in.r.Peek(max(1, s.in.r.Buffered()))
			n := 0
			for n < len(buf) && (n == 0 || buf[n] != gzipMagic[0] && buf[n] != zstdMagic[0] && buf[n]&0xf0 != 0x50) {
				junk = junk || buf[n] != 0
				n++
			}
			s.in.skip(n)
		}
	}
}

func (s *source) garbage(from int64) error {
	return &Damage{At: from, Kind: "garbage", Reason: fmt.Sprintf("%d bytes are no part of any member", s.in.pos()-from)}
}

func (s *source) enter() error {
	s.at, s.out, s.open, s.started, s.broke = s.in.pos(), 0, true, true, false
	var err error
	if s.kind == gzipped {
		if s.gz == nil {
			s.gz, err = gzip.NewReader(s.in.r)
		} else {
			err = s.gz.Reset(s.in.r)
		}
		if err == nil {
			s.gz.Multistream(false)
		}
	} else {
		s.frame = frame{in: s.in}
		if s.zs == nil {
			opts := []zstd.DOption{zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderMaxMemory(1 << 40)}
			if s.dict != nil {
				opts = append(opts, zstd.WithDecoderDicts(s.dict))
			}
			s.zs, err = zstd.NewReader(&s.frame, opts...)
		} else {
			err = s.zs.Reset(&s.frame)
		}
	}
	if err != nil {
		s.open = false
		return s.broken(err)
	}
	return nil
}

func (s *source) close() {
	if s.zs != nil {
		s.zs.Close()
	}
}

// skippable passes over a skippable frame. The first one may be the dictionary
// of all frames (iipc.github.io/warc-specifications, WARC-Zstandard).
func (s *source) skippable() error {
	at := s.in.pos()
	head, err := s.in.r.Peek(8)
	if err != nil {
		s.in.skip(len(head))
		return &Damage{At: at, Kind: "cut off", Reason: "the file ends in the middle of a frame"}
	}
	isDict := head[0] == 0x5D && at == 0
	n := int64(binary.LittleEndian.Uint32(head[4:]))
	s.in.skip(8)
	if !isDict || n > maxDict {
		_, err := io.CopyN(io.Discard, s.in.r, n)
		if err != nil {
			return &Damage{At: at, Kind: "cut off", Reason: "the file ends in the middle of a frame"}
		}
		return nil
	}
	dict := make([]byte, n)
	if _, err := io.ReadFull(s.in.r, dict); err != nil {
		return &Damage{At: at, Kind: "cut off", Reason: "the file ends in the middle of its dictionary"}
	}
	if len(dict) >= 4 && string(dict[:4]) == string(zstdMagic) {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxDict))
		if err == nil {
			dict, err = d.DecodeAll(dict, nil)
			d.Close()
		}
		if err != nil {
			return &Damage{At: at, Kind: "garbled", Reason: "its dictionary cannot be unpacked"}
		}
	}
	s.dict = dict
	return nil
}

// frame gives the bytes of one zstd frame and no more, by the sizes of its
// blocks (RFC 8878, 3.1.1), so that the place of each frame is known and a
// broken one does not take the others along.
type frame struct {
	in    *input
	left  int  // bytes that follow before something is to be decided
	state byte // 0 header, 1 block header, 2 last block, 3 checksum, 4 end
	sum   bool
}

func (f *frame) Read(p []byte) (int, error) {
	if f.left == 0 {
		if err := f.step(); err != nil {
			return 0, err
		}
	}
	n, err := f.in.r.Read(p[:min(len(p), f.left)])
	f.left -= n
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

func (f *frame) step() error {
	switch f.state {
	case 0:
		head, err := f.in.r.Peek(5)
		if err != nil {
			return io.ErrUnexpectedEOF
		}
		d := head[4]
		f.sum = d&4 != 0
		f.left = 5 + [4]int{0, 1, 2, 4}[d&3]
		if d&0x20 == 0 { // not a single segment: the window's size
			f.left++
			f.left += [4]int{0, 2, 4, 8}[d>>6]
		} else {
			f.left += [4]int{1, 2, 4, 8}[d>>6]
		}
		f.state = 1
	case 1:
		head, err := f.in.r.Peek(3)
		if err != nil {
			return io.ErrUnexpectedEOF
		}
		h := int(head[0]) | int(head[1])<<8 | int(head[2])<<16
		f.left = 3 + h>>3
		if h>>1&3 == 1 { // run-length: one byte
			f.left = 4
		}
		if h&1 == 1 {
			f.state = 2
		}
	case 2:
		f.state = 4
		if !f.sum {
			return io.EOF
		}
		f.left = 4
	default:
		return io.EOF
	}
	return nil
}

// Unpack reads a gzip or zstd file as one text, under the same guard against
// bombs. Its error is a *Damage; there is nothing to read after it.
func Unpack(r io.Reader) io.ReadCloser { return &unpacker{src: newSource(r)} }

type unpacker struct {
	src *source
	err error
}

func (u *unpacker) Read(p []byte) (int, error) {
	if u.err != nil {
		return 0, u.err
	}
	n, err := u.src.Read(p)
	u.err = err
	return n, err
}

func (u *unpacker) Close() error {
	u.src.close()
	return nil
}
