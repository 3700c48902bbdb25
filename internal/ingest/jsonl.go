package ingest

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/tracewire/tracewire/internal/ingest/charset"
	"github.com/tracewire/tracewire/internal/ingest/page"
	"github.com/tracewire/tracewire/internal/ingest/wire"
	"github.com/tracewire/tracewire/internal/news"
)

// record is one line of JSONL. url, outlet, fetched and one of text and html
// are what is asked for; the others are taken when they are there.
type record struct {
	URL       string `json:"url"`
	Outlet    string `json:"outlet"`
	Fetched   string `json:"fetched"`
	Text      string `json:"text"`
	HTML      string `json:"html"`
	Headline  string `json:"headline"`
	Published string `json:"published"`
	Language  string `json:"language"`
}

// record reads a line of JSONL. The capture is the whole line; what the line
// says of it is filled in.
func (r *reading) record(line string) {
	if wire.Sniff(line) != "" {
		r.wire(line)
		return
	}
	var rec record
	if err := json.Unmarshal([]byte(line), &rec); err != nil {
		r.refuse(Quarantined, "broken JSON", "the line is not a JSON object of the right shape (%s); mend it and read it again", plain(err))
		return
	}
	c := &r.item.Capture
	c.URL, c.Outlet = trim(rec.URL), trim(rec.Outlet)
	if rec.Fetched != "" {
		t, err := fetchTime(rec.Fetched)
		if err != nil {
			r.refuse(Quarantined, "bad date", `"fetched" is %q, which is no date; write it as 2006-01-02T15:04:05Z`, cut(rec.Fetched, 40))
			return
		}
		c.Fetched = t
	}
	switch {
	case strings.TrimSpace(rec.Text) != "":
		given := news.Given{Headline: trim(rec.Headline), Language: trim(rec.Language)}
		if d := trim(rec.Published); len(d) >= 10 {
			given.Dates = []news.GivenDate{{From: "feed", Role: "published", Value: d}}
		}
		r.finish(charset.Clean(rec.Text), given, "jsonl.text")
	case strings.TrimSpace(rec.HTML) != "":
		p, err := page.Read(charset.Clean(rec.HTML), c.URL)
		if err != nil {
			r.reject("too large", `its "html": %v; leave it out`, err)
			return
		}
		if strings.TrimSpace(p.Text) == "" {
			r.refuse(Quarantined, "no text found", `no text of an article was found in "html"; give its "text"`)
			return
		}
		if p.Given.Headline == "" {
			p.Given.Headline = trim(rec.Headline)
		}
		r.item.Blocks = p.Blocks // bytes of "html" and not of the line
		r.finish(p.Text, p.Given, "jsonl."+p.Rule)
	default:
		r.reject("empty", `the object has neither "text" nor "html" with anything in it; give one of them`)
	}
}

func trim(s string) string { return strings.TrimSpace(charset.Clean(s)) }

// plain takes Go's own words out of an error of encoding/json.
func plain(err error) string {
	var bad *json.UnmarshalTypeError
	if errors.As(err, &bad) {
		return fmt.Sprintf("%q is %s where text should be", bad.Field, bad.Value)
	}
	return err.Error()
}

func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}

func fetchTime(s string) (t time.Time, err error) {
	for _, l := range [...]string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05", "2006-01-02"} {
		if t, err = time.Parse(l, strings.TrimSpace(s)); err == nil && t.Year() > 0 && t.Year() <= 9999 {
			return t.UTC(), nil
		}
	}
	return time.Time{}, errors.New("no date")
}

// errTooLong is for a line above the limit; the rest of it was passed over.
var errTooLong = errors.New("line too long")

// readLine returns the next line without its end. n is its length, also when
// it is too long to be kept. The error is io.EOF after the last line.
func readLine(r *bufio.Reader, limit int) (line []byte, n int, err error) {
	for {
		part, err := r.ReadSlice('\n')
		n += len(part)
		if n <= limit+2 { // with \r\n
			line = append(line, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && n > 0:
			err = nil
		case err != nil:
			return nil, n, err
		}
		end := len(line)
		for end > 0 && (line[end-1] == '\n' || line[end-1] == '\r') {
			end--
		}
		if n > limit+2 || end > limit {
			return nil, n, errTooLong
		}
		return line[:end], n, nil
	}
}
