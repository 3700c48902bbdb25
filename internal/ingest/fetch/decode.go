package fetch

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// encodings are the codings of a body, the outermost last, as the header has
// them. Two may be nested: servers that pack what is packed do exist.
func encodings(h http.Header) ([]string, error) {
	var out []string
	for _, field := range h["Content-Encoding"] {
		for name := range strings.SplitSeq(field, ",") {
			name = strings.ToLower(strings.TrimSpace(name))
			if name == "" || name == "identity" || name == "none" {
				continue
			}
			out = append(out, name)
			if len(out) > 2 {
				return nil, fail(BadEncoding, "the body is packed more than twice")
			}
		}
	}
	return out, nil
}

// unpack reads body through its encodings. close frees what the readers hold.
func unpack(body io.Reader, codings []string) (r io.Reader, done func(), err error) {
	r, done = body, func() {}
	for i := len(codings) - 1; i >= 0; i-- {
		switch codings[i] {
		case "gzip", "x-gzip":
			r, err = gzip.NewReader(r)
		case "deflate":
			r, err = inflate(r)
		case "br":
			r = brotli.NewReader(r)
		case "zstd":
			// RFC 9659: windows on the web have at most 8 MB.
			var d *zstd.Decoder
			d, err = zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(8<<20), zstd.WithDecoderMaxMemory(64<<20))
			if err == nil {
				before := done
				done = func() { d.Close(); before() }
				r = d
			}
		default:
			done()
			return nil, nil, fail(BadEncoding, "the body is packed by %q, which is not read", cut(codings[i], 20))
		}
		if err != nil {
			done()
			return nil, nil, err
		}
	}
	return r, done, nil
}

// inflate reads "deflate", which is zlib by the standard and bare by habit.
func inflate(r io.Reader) (io.Reader, error) {
	b := bufio.NewReader(r)
	head, err := b.Peek(2)
	if err != nil {
		return nil, err
	}
	if head[0]&0x0f == 8 && (uint(head[0])<<8|uint(head[1]))%31 == 0 {
		return zlib.NewReader(b)
	}
	return flate.NewReader(b), nil
}

// Bodies may unpack to maxRatio times their size, once they are larger than
// freeSize. News pages and feeds reach 30; a feed that says the same over and
// over a little over 100. Bombs are at 1,028 (gzip) to 635,500 (brotli).
const (
	maxRatio = 250
	freeSize = 1 << 20
)

// readAll reads what unpack gives until limit. wire tells how many bytes came
// over the network so far. With cutOff, what is above the limit is left out
// and no error.
func readAll(r io.Reader, wire func() int64, packed bool, limit int64, cutOff bool) ([]byte, error) {
	var out []byte
	buf := make([]byte, 32<<10)
	for {
		n, err := r.Read(buf)
		out = append(out, buf[:n]...)
		switch size := int64(len(out)); {
		case size > limit && cutOff:
			return out[:limit], nil
		case size > limit:
			return nil, fail(TooLarge, "the body has more than %d bytes", limit)
		case packed && size > freeSize && size > maxRatio*wire():
			return nil, fail(Bomb, "%d bytes unpack to more than %d times as many", wire(), maxRatio)
		}
		if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
	}
}

func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}
