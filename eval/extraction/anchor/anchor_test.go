// Package anchor compares Tracewire with go-trafilatura, the library that it is
// measured against, side by side in one run. It is a module of its own, so that
// the program does not depend on the library:
//
//	cd eval/extraction/anchor && GOMAXPROCS=1 go test -v -timeout 30m -bench .
package anchor

import (
	"strings"
	"testing"
	"time"

	"github.com/markusmobius/go-trafilatura"

	"github.com/tracewire/tracewire/eval/extraction"
	"github.com/tracewire/tracewire/internal/ingest/page"
)

const dir = "../../../../shared/bench/extraction"

func pages(tb testing.TB) []extraction.Page {
	all, err := extraction.Load(dir)
	if err != nil {
		tb.Skip(err)
	}
	return all
}

func tracewire(src string) (text, title, author, date string) {
	p, err := page.Read(src, "")
	if err != nil {
		return
	}
	return p.Body, p.Given.Headline, strings.Join(p.Given.Bylines, "; "), extraction.Published(p)
}

func library(fallback bool) func(src string) (text, title, author, date string) {
	return func(src string) (text, title, author, date string) {
		r, err := trafilatura.Extract(strings.NewReader(src), trafilatura.Options{EnableFallback: fallback, ExcludeComments: true})
		if err != nil || r == nil {
			return
		}
		return r.ContentText, r.Metadata.Title, r.Metadata.Author, r.Metadata.Date.Format("2006-01-02")
	}
}

// TestSideBySide prints figures of both on the same pages, which are read in
// turn so that both meet the same machine.
func TestSideBySide(t *testing.T) {
	all := pages(t)
	tracewire("<p>x") // lexicons are read once
	type tally struct {
		found, missed, wrong                                int
		title, titles, author, authors, dateRight, dateGold int
		took                                                time.Duration
	}
	var us, them tally
	for _, p := range all {
		for _, side := range []struct {
			to   *tally
			read func(string) (string, string, string, string)
		}{{&us, tracewire}, {&them, library(false)}} {
			start := time.Now()
			text, title, author, date := side.read(p.Source)
			side.to.took += time.Since(start)
			f, m, w := extraction.Segments(p, text)
			c := side.to
			c.found, c.missed, c.wrong = c.found+len(f), c.missed+len(m), c.wrong+len(w)
			count := func(right, gold *int, want, got string) {
				if want = extraction.Norm(want); want != "" {
					*gold++
					if extraction.Norm(got) == want {
						*right++
					}
				}
			}
			count(&c.title, &c.titles, p.Title, title)
			count(&c.author, &c.authors, string(p.Author), author)
			count(&c.dateRight, &c.dateGold, p.Date, date)
		}
	}
	for _, x := range []struct {
		name string
		tally
	}{{"tracewire", us}, {"go-trafilatura, fallback off", them}} {
		t.Logf("%-30s segments P %.3f R %.3f F %.3f, title %.3f, author %.3f, date %.3f, %.0f pages/s", x.name,
			float64(x.found)/float64(x.found+x.wrong), float64(x.found)/float64(x.found+x.missed), 2*float64(x.found)/float64(2*x.found+x.wrong+x.missed),
			float64(x.title)/float64(x.titles), float64(x.author)/float64(x.authors), float64(x.dateRight)/float64(x.dateGold),
			float64(len(all))/x.took.Seconds())
	}
	if them.took < 4*us.took {
		t.Errorf("only %.1f times as fast", float64(them.took)/float64(us.took))
	}
}
