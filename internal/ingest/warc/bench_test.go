package warc

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

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

// TestReadingSpeed reads one file in two ways by turns and compares the best
// times, as other programs share the machine: records read and tokenized must
// come within 80% of the file unpacked and tokenized.
func TestReadingSpeed(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a few seconds")
	}
	gz, _, raw := archive(100)
	var best [4]time.Duration
	ways := [4]func(){
		func() { r, _ := gzip.NewReader(file{bytes.NewReader(gz)}); tokenize(r) },
		func() { readAll(t, gz, true) },
		func() { r, _ := gzip.NewReader(file{bytes.NewReader(gz)}); io.Copy(io.Discard, r) },
		func() { readAll(t, gz, false) },
	}
	// Up to sixty turns: with all cores busy elsewhere the best of a few says
	// little.
	for n := 0; n < 15 || n < 60 && float64(best[0]) < 0.8*float64(best[1]); n++ {
		for i, way := range ways {
			from := time.Now()
			way()
			if d := time.Since(from); best[i] == 0 || d < best[i] {
				best[i] = d
			}
		}
	}
	speed := func(d time.Duration) float64 { return float64(len(raw)) / 1e6 / d.Seconds() }
	t.Logf("MB/s: gunzip and tokenize %.0f, records and tokenize %.0f (%.0f%%); gunzip %.0f, records %.0f (%.0f%%)",
		speed(best[0]), speed(best[1]), 100*float64(best[0])/float64(best[1]), speed(best[2]), speed(best[3]), 100*float64(best[2])/float64(best[3]))
	if float64(best[0]) < 0.8*float64(best[1]) {
		t.Errorf("reading takes %v, plain unpacking and tokenizing %v", best[1], best[0])
	}
}

func readAll(t testing.TB, archive []byte, tokens bool) {
	r := NewReader(bytes.NewReader(archive))
	defer r.Close()
	for {
		rec, err := r.Next()
		if err == io.EOF {
			return
		}
		p, err := rec.Page(8 << 20)
		if err != nil {
			t.Fatal(err)
		}
		if tokens {
			tokenize(bytes.NewReader(p.Body))
		}
	}
}

// file can do no more than a file can: the unpacker has a faster path for bytes
// in memory.
type file struct{ io.Reader }
