package page

import (
	"archive/tar"
	"compress/gzip"
	"io"
	"os"
	"testing"
	"unicode/utf8"
)

// benchPages are pages of the extraction benchmark, if it is at hand.
func benchPages(b *testing.B) (pages []string) {
	f, err := os.Open("../../../../shared/bench/extraction/pages.tar.gz")
	if err != nil {
		b.Skip("the benchmark's pages are not here")
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	for t := tar.NewReader(z); ; {
		h, err := t.Next()
		if err == io.EOF {
			return pages
		}
		if err != nil {
			b.Fatal(err)
		}
		if h.Typeflag != tar.TypeReg || h.Size > MaxBytes {
			continue
		}
		raw, err := io.ReadAll(t)
		if err != nil {
			b.Fatal(err)
		}
		if utf8.Valid(raw) {
			pages = append(pages, string(raw))
		}
	}
}

// BenchmarkPages reads real pages, one an iteration.
func BenchmarkPages(b *testing.B) {
	pages := benchPages(b)
	weights()
	b.ReportAllocs()
	i, bytes := 0, 0
	for b.Loop() {
		src := pages[i%len(pages)]
		bytes += len(src)
		if _, err := Read(src, ""); err != nil {
			b.Fatal(err)
		}
		i++
	}
	b.ReportMetric(float64(i)/b.Elapsed().Seconds(), "pages/s")
	b.ReportMetric(float64(bytes)/b.Elapsed().Seconds()/1e6, "MB/s")
}
