// Package wire reads what news agencies send: IPTC ninjs (1.x to 3.x),
// NewsML-G2 with its messages and packages, NewsML 1 and NITF. The article
// comes out with the lines that wire copy has on paper — note to editors,
// headline, byline, dateline, body, rights — so that later stages read it as
// they read copies of it.
//
// Its cost is linear in the size of the document; it keeps no stack and
// follows no reference.
package wire

import (
	"errors"
	"html"
	"strings"
	"unicode"

	"github.com/tracewire/tracewire/internal/markup"
	"github.com/tracewire/tracewire/internal/news"
)

// Limits of one document.
const (
	MaxItems = 10_000
	maxDepth = 100
	maxField = 4 << 10 // bytes of a headline, a name, a note
	maxNames = 32
)

// Format is what a document is written in.
type Format string

// The formats.
const (
	Ninjs    Format = "ninjs"
	NewsMLG2 Format = "NewsML-G2"
	NewsML   Format = "NewsML"
	NITF     Format = "NITF"
)

// Article is one item of an agency.
type Article struct {
	GUID     string // of the item, the same for all its versions
	Version  string
	Slug     string // slugline
	Note     string // to editors
	Headline string
	Deck     string
	Byline   string // as written: "By Mara Quill"
	Located  string // the dateline's place, or all of the dateline
	Provider string
	Holder   string // of the copyright
	Language string
	First    string // versionCreated and firstCreated, ISO 8601
	Created  string
	Rights   []string // notices and terms
	URL      string
	Body     []string // lines
	Withheld bool     // the agency says that it must not be used
}

// The reasons why there is no article.
var (
	ErrNotWire = errors.New("it is no document of an agency")
	ErrNoText  = errors.New("it has no text: a picture, a package of links, or a message without its items")
	ErrBroken  = errors.New("it is broken")
	ErrTooDeep = errors.New("it is nested too deep")
)

// Sniff tells the format of a document in UTF-8; "" when it is none.
func Sniff(src string) Format {
	head := strings.TrimLeft(src[:min(len(src), 64<<10)], "\ufeff \t\r\n")
	switch {
	case strings.HasPrefix(head, "{"), strings.HasPrefix(head, "["):
		return sniffJSON(head)
	case !strings.HasPrefix(head, "<"):
		return ""
	}
	switch _, root := markup.Root(head); root {
	case "newsitem", "packageitem", "newsmessage", "conceptitem", "knowledgeitem":
		return NewsMLG2
	case "newsml":
		return NewsML
	case "nitf":
		return NITF
	}
	return ""
}

// Split cuts a document with several items into documents with one each, as
// they stand there. more is how many were left out over MaxItems.
func Split(src string) (items []Part, more int) {
	switch Sniff(src) {
	case Ninjs:
		return splitJSON(src)
	case NewsMLG2, NewsML:
		return splitXML(src)
	case NITF:
		return []Part{{src, 0}}, 0
	}
	return nil, 0
}

// Part is one item of a document.
type Part struct {
	Source string
	At     int // bytes from the beginning
}

// Read reads a document with one item.
func Read(src string) (Article, error) {
	var a Article
	var err error
	switch Sniff(src) {
	case Ninjs:
		a, err = readNinjs(src)
	case NewsMLG2, NewsML, NITF:
		a, err = readXML(src)
	default:
		return a, ErrNotWire
	}
	if err != nil {
		return a, err
	}
	if len(a.Body) == 0 {
		return a, ErrNoText
	}
	return a, nil
}

// Text is the article as it would stand on the wire, an empty line between
// the lines.
func (a Article) Text() string {
	var lines []string
	add := func(s string) {
		if s != "" {
			lines = append(lines, s)
		}
	}
	// The note of a new version goes first, as the header stage expects it. A
	// slug line is for machines; the story's name in it is no headline.
	if a.Note != "" {
		if low := strings.ToLower(a.Note); strings.HasPrefix(low, "eds:") || strings.HasPrefix(low, "attn") || a.Note[0] == '(' || a.Note[0] == '[' {
			add(a.Note)
		} else {
			add("Eds: " + a.Note)
		}
	}
	body := a.Body
	if len(body) > 1 && strings.EqualFold(body[0], a.Headline) {
		body = body[1:]
	}
	add(a.Headline)
	if a.Deck != "" && !starts(body, a.Deck) {
		add(a.Deck)
	}
	if by := a.Byline; by != "" && !starts(body, by) {
		if !hasBy(by) {
			by = "By " + by
		}
		add(by)
	}
	if a.Located != "" && len(body) > 0 && !hasDateline(body[0], a.Located) {
		agency := ""
		if a.Provider != "" && len(a.Provider) <= 30 && !strings.Contains(a.Located, "(") {
			agency = " (" + a.Provider + ")"
		}
		body = append([]string{dateline(a.Located) + agency + " — " + body[0]}, body[1:]...)
	}
	lines = append(lines, body...)
	for _, r := range a.Rights {
		if !contains(lines, r) {
			add(r)
		}
	}
	return strings.Join(lines, "\n\n") + "\n"
}

// Given is what the agency says of the article.
func (a Article) Given() news.Given {
	g := news.Given{URL: a.URL, Outlet: first(a.Provider, a.Holder), Agency: a.Provider, Headline: a.Headline, Language: a.Language, Bylines: names(a.Byline)}
	if a.First != "" {
		g.Dates = append(g.Dates, news.GivenDate{From: "feed", Role: "published", Value: a.First})
	}
	if a.Created != "" && a.Created != a.First {
		role := "modified"
		if a.First == "" {
			role = "published"
		}
		g.Dates = append(g.Dates, news.GivenDate{From: "feed", Role: role, Value: a.Created})
	}
	return g
}

// names takes the people out of "By Mara Quill and Ivo Stent, Ambry Press".
func names(by string) []string {
	if low := strings.ToLower(by); strings.HasPrefix(low, "by ") || strings.HasPrefix(low, "von ") || strings.HasPrefix(low, "par ") || strings.HasPrefix(low, "por ") {
		_, by, _ = strings.Cut(by, " ")
	}
	var out []string
	for part := range strings.SplitSeq(strings.ReplaceAll(strings.ReplaceAll(by, " and ", ","), ";", ","), ",") {
		if part = strings.TrimSpace(part); part != "" && strings.Contains(part, " ") && len(part) < 100 && len(out) < maxNames {
			out = append(out, part)
		}
	}
	return out
}

func hasBy(s string) bool {
	w, _, _ := strings.Cut(strings.ToLower(s), " ")
	switch w {
	case "by", "von", "par", "por", "di", "av", "af", "door", "text:", "reporting":
		return true
	}
	return false
}

// starts tells whether one of the first lines is s.
func starts(lines []string, s string) bool {
	for _, l := range lines[:min(len(lines), 3)] {
		if strings.EqualFold(l, s) || strings.EqualFold(strings.TrimPrefix(l, "By "), s) {
			return true
		}
	}
	return false
}

func contains(lines []string, s string) bool {
	for _, l := range lines {
		if strings.Contains(l, s) {
			return true
		}
	}
	return false
}

// hasDateline tells whether a paragraph begins with a dateline: the place that
// the agency names, or capitals before a dash.
func hasDateline(line, located string) bool {
	place, _, _ := strings.Cut(located, ",")
	place, _, _ = strings.Cut(place, " (")
	head := line[:min(len(line), 80)]
	if len(head) >= len(place) && strings.EqualFold(head[:len(place)], place) {
		return true
	}
	for _, dash := range []string{" — ", " – ", " -- ", " - ", "— ", ") "} {
		if i := strings.Index(head, dash); i > 0 {
			w := strings.TrimRight(strings.Fields(head[:i] + " x")[0], ",:")
			return len(w) > 2 && w == strings.ToUpper(w) && strings.ContainsFunc(w, unicode.IsLetter)
		}
	}
	return false
}

// dateline writes "Port Ambry, Isles" as "PORT AMBRY, Isles".
func dateline(located string) string {
	end := strings.IndexAny(located, ",(")
	if end < 0 {
		end = len(located)
	}
	return strings.ToUpper(located[:end]) + located[end:]
}

// line is a field on one line, without mark-up.
func line(s string) string {
	s = markup.Clip(s, 4*maxField)
	if strings.IndexByte(s, '<') >= 0 {
		s = strings.Join(markup.Lines(s), " ")
	} else if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	return markup.Clip(strings.Join(strings.Fields(s), " "), maxField)
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

func language(s string) string {
	s, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(s)), "-")
	s, _, _ = strings.Cut(s, "_")
	if len(s) < 2 || len(s) > 3 || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") != "" {
		return ""
	}
	return s
}

// rights adds a notice once.
func (a *Article) rights(s string) {
	if s = line(s); s != "" && len(a.Rights) < 8 && !contains(a.Rights, s) {
		a.Rights = append(a.Rights, s)
	}
}

// withheld: an embargoed, withheld or cancelled item is not for use.
func withheld(status string) bool {
	s := strings.ToLower(status)
	return strings.HasSuffix(s, "withheld") || strings.HasSuffix(s, "canceled") || strings.HasSuffix(s, "cancelled") || strings.HasSuffix(s, "embargoed")
}
