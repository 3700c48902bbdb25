// Package extraction scores the reading of pages on the evaluation set of
// trafilatura: 990 pages with segments that must, and must not, be in the text.
//
// Segments are counted as the set's own evaluation counts them
// (tests/eval_common.py): white space in the segment and in the text is made
// one space and trimmed; a segment is found if it then is a substring of the
// text, case and all. A found "with" segment is a true positive, one not found
// a false negative, a found "without" segment a false positive. Precision,
// recall and F are over all segments of all pages. A page without a text misses
// all its segments. The text is the body without the headline that Tracewire
// puts above it, as the texts of the libraries that are compared.
package extraction

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/tracewire/tracewire/eval/archive"
	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/internal/ingest/charset"
	"github.com/tracewire/tracewire/internal/ingest/page"
)

// Page is a page with its annotation.
type Page struct {
	URL, File     string
	With, Without []string
	Comments      []string // of readers; not scored
	Title, Date   string
	Author        Author
	Source        string `json:"-"` // in UTF-8
	Index         int    `json:"-"` // in pages.json
}

// Author is a string, or on a few pages a list, which is joined with "; ".
type Author string

// UnmarshalJSON reads both.
func (a *Author) UnmarshalJSON(b []byte) error {
	var list []string
	if len(b) > 0 && b[0] == '[' {
		if err := json.Unmarshal(b, &list); err != nil {
			return err
		}
		*a = Author(strings.Join(list, "; "))
		return nil
	}
	return json.Unmarshal(b, (*string)(a))
}

// Load reads pages.json and pages.tar.gz.
func Load(dir string) ([]Page, error) {
	b, err := os.ReadFile(filepath.Join(dir, "pages.json"))
	if err != nil {
		return nil, err
	}
	var pages []Page
	if err := json.Unmarshal(b, &pages); err != nil {
		return nil, fmt.Errorf("pages.json: %w", err)
	}
	at := map[string][]int{}
	for i := range pages {
		pages[i].Index = i
		at[pages[i].File] = append(at[pages[i].File], i)
	}
	found := 0
	err = archive.Each(filepath.Join(dir, "pages.tar.gz"), func(name string, content []byte) error {
		for _, i := range at[filepath.Base(name)] {
			pages[i].Source = charset.Decode(content).Text
			found++
		}
		return nil
	})
	if err == nil && found != len(pages) {
		err = fmt.Errorf("%d of %d pages are in pages.tar.gz", found, len(pages))
	}
	return pages, err
}

// Norm makes white space one space.
func Norm(s string) string { return strings.Join(strings.Fields(s), " ") }

// Segments counts the segments of a page in a text.
func Segments(p Page, text string) (found, missed, wrong []string) {
	text = Norm(text)
	for _, w := range p.With {
		if text != "" && strings.Contains(text, Norm(w)) {
			found = append(found, w)
		} else {
			missed = append(missed, w)
		}
	}
	for _, w := range p.Without {
		if strings.Contains(text, Norm(w)) {
			wrong = append(wrong, w)
		}
	}
	return found, missed, wrong
}

// half is the figures of a half of the pages.
type half struct {
	segments, title, author, date measure.Count
}

const (
	tuned = iota // pages of even index, which rules and weights were made on
	held
	both
)

// Score reads all pages and counts.
func Score(dir string) (measure.Report, error) {
	r := measure.Report{Name: "trafilatura's evaluation set, pages"}
	pages, err := Load(dir)
	if err != nil {
		return r, err
	}
	var halves [3]half
	for _, p := range pages {
		read, err := page.Read(p.Source, "")
		if err != nil {
			return r, fmt.Errorf("%s: %w", p.File, err)
		}
		found, missed, wrong := Segments(p, read.Body)
		for _, s := range missed {
			r.Problems = append(r.Problems, measure.Problem{What: "miss", Doc: p.File, Text: s})
		}
		for _, s := range wrong {
			r.Problems = append(r.Problems, measure.Problem{What: "false alarm", Doc: p.File, Text: s})
		}
		for _, k := range []int{p.Index % 2, both} {
			h := &halves[k]
			h.segments = h.segments.Plus(measure.Both(len(found), len(found)+len(missed), len(found)+len(wrong)))
			facts(&r, p, read, h, k == both)
		}
	}
	r.Docs = len(pages)
	rows := func(k int, name, how string) {
		h := &halves[k]
		r.Rows = append(r.Rows,
			measure.Row{Name: "segments" + name, Count: h.segments, How: "substring of the body with white space made one" + how},
			measure.Row{Name: "title" + name, Count: h.title, How: "the same but for white space, where gold has one"},
			measure.Row{Name: "author" + name, Count: h.author, How: "bylines joined with '; ' are the gold string, where it has one"},
			measure.Row{Name: "date" + name, Count: h.date, How: "day of the first published candidate; no address given"})
	}
	rows(both, "", "")
	rows(tuned, ", tuning half", "; even index")
	rows(held, ", held-out half", "; odd index")
	return r, nil
}

func facts(r *measure.Report, p Page, read page.Page, h *half, note bool) {
	check := func(c *measure.Count, what, want, got string, same bool) {
		if want == "" {
			return
		}
		c.OneSide = true
		c.Gold++
		if same {
			c.Hit++
		} else if note {
			r.Problems = append(r.Problems, measure.Problem{What: what, Doc: p.File, Text: fmt.Sprintf("want %q, got %q", want, got)})
		}
	}
	title := Norm(p.Title)
	check(&h.title, "title", title, read.Given.Headline, Norm(read.Given.Headline) == title)
	author := Norm(string(p.Author))
	got := strings.Join(read.Given.Bylines, "; ")
	check(&h.author, "author", author, got, got == author)
	date := Published(read)
	check(&h.date, "date", p.Date, date, date == p.Date)
}

// Published is the day of the best candidate.
func Published(p page.Page) string {
	if len(p.Given.Dates) == 0 || len(p.Given.Dates[0].Value) < 10 {
		return ""
	}
	return p.Given.Dates[0].Value[:10]
}
