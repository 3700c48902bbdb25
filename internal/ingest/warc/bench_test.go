package warc

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/net/html"
)

// archive is n pages of some 40 KB, packed as crawls are.
func archive(n int) (gz, zst, raw []byte) {
	words := strings.Fields("the harbour office of Port Ambry said on Monday that ferries to the outer islands would run again after a strike of nine days which had left crates of fish and mail on the quay")
	var g, z, r bytes.Buffer
	w := gzip.NewWriter(&g)
	e, _ := zstd.NewWriter(nil)
	seed := uint32(1)
	next := func() int { seed = seed*1664525 + 1013904223; return int(seed >> 8) }
	for i := range n {
		var b strings.Builder
		b.WriteString("<!doctype html><html><head><title>Ferries resume</title></head><body><nav>")
		for k := range 60 {
			fmt.Fprintf(&b, `<a class="menu-item menu-%d" href="/section/%d">Section %d</a>`, k, next()%999, k)
		}
		b.WriteString("</nav><article>")
		for range 90 {
			b.WriteString(`<p class="paragraph">`)
			for range 60 {
				b.WriteString(words[next()%len(words)])
				b.WriteByte(' ')
			}
			fmt.Fprintf(&b, "%d</p>\n", next())
		}
		b.WriteString("</article></body></html>")
		rec := response(i, "Content-Type: text/html; charset=utf-8\r\n", b.String(), 0)
		r.WriteString(rec)
		w.Reset(&g)
		io.WriteString(w, rec)
		w.Close()
		z.Write(e.EncodeAll([]byte(rec), nil))
	}
	return g.Bytes(), z.Bytes(), r.Bytes()
}

func tokenize(r io.Reader) (n int) {
	z := html.NewTokenizer(r)
	for z.Next() != html.ErrorToken {
		n++
	}
	return n
}

// BenchmarkPlain is what nobody can be faster than with these libraries:
// unpack the whole file and cut it into tokens of HTML.
func BenchmarkPlain(b *testing.B) {
	gz, zst, raw := archive(300)
	b.Run("gunzip+tokenize", func(b *testing.B) {
		b.SetBytes(int64(len(raw)))
		for b.Loop() {
			r, err := gzip.NewReader(bytes.NewReader(gz))
			if err != nil {
				b.Fatal(err)
			}
			tokenize(r)
		}
	})
	b.Run("gunzip", func(b *testing.B) {
		b.SetBytes(int64(len(raw)))
		for b.Loop() {
			r, _ := gzip.NewReader(bytes.NewReader(gz))
			io.Copy(io.Discard, r)
		}
	})
	b.Run("unzstd", func(b *testing.B) {
		b.SetBytes(int64(len(raw)))
		for b.Loop() {
			r, _ := zstd.NewReader(bytes.NewReader(zst), zstd.WithDecoderConcurrency(1))
			io.Copy(io.Discard, r)
			r.Close()
		}
	})
}

func BenchmarkReader(b *testing.B) {
	gz, zst, raw := archive(300)
	for _, c := range []struct {
		name   string
		file   []byte
		tokens bool
	}{{"gz+tokenize", gz, true}, {"gz", gz, false}, {"zst", zst, false}, {"plain", raw, false}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				r := NewReader(bytes.NewReader(c.file))
				n := 0
				for {
					rec, err := r.Next()
					if err == io.EOF {
						break
					}
					p, err := rec.Page(8 << 20)
					if err != nil {
						b.Fatal(err)
					}
					if n++; c.tokens {
						tokenize(bytes.NewReader(p.Body))
					}
				}
				if r.Close(); n != 300 {
					b.Fatal(n)
				}
			}
		})
	}
}
