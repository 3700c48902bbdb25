package feed

import (
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"strings"

	"github.com/tracewire/tracewire/internal/markup"
)

// jsonItem has every value raw: feeds give numbers for ids and null for
// anything.
type jsonItem struct {
	ID          json.RawMessage   `json:"id"`
	URL         json.RawMessage   `json:"url"`
	External    json.RawMessage   `json:"external_url"`
	Title       json.RawMessage   `json:"title"`
	HTML        json.RawMessage   `json:"content_html"`
	Text        json.RawMessage   `json:"content_text"`
	Summary     json.RawMessage   `json:"summary"`
	Published   json.RawMessage   `json:"date_published"`
	Modified    json.RawMessage   `json:"date_modified"`
	Author      json.RawMessage   `json:"author"`
	Authors     []json.RawMessage `json:"authors"`
	Tags        []json.RawMessage `json:"tags"`
	Attachments []json.RawMessage `json:"attachments"`
	Language    json.RawMessage   `json:"language"`
}

func str(raw json.RawMessage) string {
	var s string
	if len(raw) == 0 || raw[0] != '"' || json.Unmarshal(raw, &s) != nil {
		if len(raw) > 0 && len(raw) < 32 && ('0' <= raw[0] && raw[0] <= '9' || raw[0] == '-') {
			return string(raw) // a number as an id
		}
		return ""
	}
	return strings.ReplaceAll(s, "\x00", "")
}

func field(raw json.RawMessage, name string) string {
	var m map[string]json.RawMessage
	if len(raw) == 0 || raw[0] != '{' || json.Unmarshal(raw, &m) != nil {
		return ""
	}
	return str(m[name])
}

// parseJSON reads one item after the other, so that what stands before a
// break is kept.
func (f *Feed) parseJSON(src string) {
	if at, ok := markup.TooDeep(src, maxDepth); ok {
		f.problem(at, "nested too deep", "it is nested more than %d deep", maxDepth)
		src = src[:at]
	}
	d := json.NewDecoder(strings.NewReader(src))
	fail := func(err error) {
		f.problem(int(d.InputOffset()), "cut off", "from there on it is no JSON (%v)", plainError(err))
	}
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		f.problem(0, "broken item", "it does not begin with an object")
		return
	}
	var items []Item // their language and authors may come from what follows
	over := false
	for d.More() {
		key, err := d.Token()
		if err != nil {
			fail(err)
			break
		}
		if key == "items" {
			if !f.jsonItems(d, src, &items, &over, fail) {
				break
			}
			continue
		}
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			fail(err)
			break
		}
		switch key {
		case "title":
			f.Title = first(f.Title, plain(str(raw)))
		case "home_page_url":
			f.Home = first(f.Home, resolve(f.base, str(raw)))
		case "feed_url":
			f.Self = first(f.Self, resolve(f.base, str(raw)))
		case "next_url":
			f.Next = first(f.Next, resolve(f.base, str(raw)))
		case "language":
			f.Language = first(f.Language, language(str(raw)))
		case "author":
			f.Authors = addAuthors(f.Authors, html.EscapeString(field(raw, "name")))
		case "authors":
			var list []json.RawMessage
			if json.Unmarshal(raw, &list) == nil {
				for _, a := range list[:min(len(list), maxAuthors)] {
					f.Authors = addAuthors(f.Authors, html.EscapeString(field(a, "name")))
				}
			}
		}
	}
	for i := range items {
		items[i].Language = first(items[i].Language, f.Language)
		if len(items[i].Authors) == 0 {
			items[i].Authors = f.Authors
		}
	}
	f.Items = items
}

func (f *Feed) jsonItems(d *json.Decoder, src string, items *[]Item, over *bool, fail func(error)) bool {
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		if err != nil {
			fail(err)
			return false
		}
		f.problem(int(d.InputOffset()), "broken item", `"items" is no list`)
		return t != json.Delim('{') // the rest would be read as keys of the feed
	}
	for d.More() {
		var raw json.RawMessage
		err := d.Decode(&raw)
		at := int(d.InputOffset()) - len(raw)
		switch {
		case err != nil:
			fail(err)
			return false
		case len(*items) >= MaxItems:
			if !*over {
				f.problem(at, "too many items", "only the first %d articles are read", MaxItems)
			}
			*over = true
		case raw[0] != '{':
			f.problem(at, "broken item", "there is %s where an article should be", markup.Clip(string(raw), 20))
		default:
			it := f.jsonItem(raw)
			it.Source, it.At = src[at:at+len(raw)], at
			*items = append(*items, it)
		}
	}
	if _, err := d.Token(); err != nil {
		fail(err)
		return false
	}
	return true
}

func (f *Feed) jsonItem(raw json.RawMessage) Item {
	var j jsonItem
	// What has the wrong shape is left empty; the rest is read all the same.
	_ = json.Unmarshal(raw, &j)
	it := Item{
		Title:     plain(html.EscapeString(str(j.Title))),
		GUID:      markup.Clip(strings.TrimSpace(str(j.ID)), maxTitle),
		Link:      first(resolve(f.base, str(j.URL)), resolve(f.base, str(j.External))),
		Content:   str(j.HTML),
		Published: Date(str(j.Published)),
		Updated:   Date(str(j.Modified)),
		Language:  language(str(j.Language)),
	}
	if it.Link == "" {
		it.Link = resolve("", it.GUID)
	}
	if t := str(j.Text); it.Content == "" && t != "" {
		it.Content = html.EscapeString(t)
	}
	if s := str(j.Summary); s != "" {
		it.Summary = html.EscapeString(s)
	}
	for _, a := range append(j.Authors[:min(len(j.Authors), maxAuthors):min(len(j.Authors), maxAuthors)], j.Author) {
		it.Authors = addAuthors(it.Authors, html.EscapeString(field(a, "name")))
	}
	for _, t := range j.Tags[:min(len(j.Tags), maxTerms)] {
		it.categorise(html.EscapeString(str(t)))
	}
	for _, a := range j.Attachments[:min(len(j.Attachments), maxTerms)] {
		it.enclose(resolve(f.base, field(a, "url")), field(a, "mime_type"), true)
	}
	return it
}

func plainError(err error) string {
	var bad *json.SyntaxError
	if errors.As(err, &bad) {
		return bad.Error()
	}
	return fmt.Sprint(err)
}
