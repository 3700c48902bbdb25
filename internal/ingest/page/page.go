// Package page reads the article out of an HTML page: its text, one line a
// block with an empty line between blocks, and what the mark-up says of it.
package page

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"github.com/tracewire/tracewire/internal/news"
)

// MaxBytes is the largest page that is parsed. Larger ones are hardly ever
// articles, and hostile mark-up takes seconds from here on.
const MaxBytes = 8 << 20

// Page is what was read.
type Page struct {
	Text  string // "" when the page has no text of its own
	Given news.Given
	Rule  string // how the text was found: "page.density", "page.json-ld", "page.tokens"
}

// ErrTooLarge is for pages above MaxBytes.
var ErrTooLarge = errors.New("the page is too large")

// Read reads a page in UTF-8. address is where it came from, "" if unknown.
func Read(src, address string) (Page, error) {
	if len(src) > MaxBytes {
		return Page{}, fmt.Errorf("%w: %d bytes, limit %d", ErrTooLarge, len(src), MaxBytes)
	}
	root, err := html.Parse(strings.NewReader(src))
	if err != nil {
		// More than 512 elements open: the tags are read one by one.
		return readTokens(src, address), nil
	}
	facts := findFacts(root)
	given := facts.given(address)
	p := Page{Given: given, Rule: "page.density"}
	lines := findBlocks(root).article()
	// Pages that are built by scripts have their text only in JSON-LD.
	if body := facts.body; len(body) > 200 && size(lines) < len(body)/2 {
		p.Rule = "page.json-ld"
		lines = splitLines(body)
	}
	if len(lines) > 0 && given.Headline != "" && !startsWith(lines, given.Headline) {
		lines = append([]string{given.Headline}, lines...)
	}
	p.Text = join(lines)
	return p, nil
}

// startsWith tells whether the headline stands among the first lines already.
func startsWith(lines []string, headline string) bool {
	for _, l := range lines[:min(len(lines), 6)] {
		if strings.EqualFold(l, headline) {
			return true
		}
	}
	return false
}

func size(lines []string) (n int) {
	for _, l := range lines {
		n += len(l)
	}
	return n
}

func splitLines(s string) []string {
	var out []string
	for l := range strings.SplitSeq(s, "\n") {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			out = append(out, l)
		}
	}
	return out
}

func join(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "\n\n") + "\n"
}
