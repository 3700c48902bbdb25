package wire

import (
	"encoding/json"
	"html"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/markup"
)

// ninjsMarks are names that ninjs has and other JSON hardly: two must be there.
var ninjsMarks = [...]string{
	`"body_html"`, `"body_text"`, `"body_xhtml"`, `"body_nitf"`, `"bodies"`, `"headlines"`, `"versioncreated"`, `"versionCreated"`, `"firstcreated"`, `"firstCreated"`,
	`"pubstatus"`, `"pubStatus"`, `"usageterms"`, `"usageTerms"`, `"slugline"`, `"ednote"`, `"edNote"`, `"copyrightholder"`, `"copyrightHolder"`, `"copyrightnotice"`, `"copyrightNotice"`, `"infosource"`, `"infoSources"`, `"located"`, `"byline"`,
}

func sniffJSON(head string) Format {
	if !strings.Contains(head, `"uri"`) && !strings.Contains(head, `"guid"`) {
		return ""
	}
	n := 0
	for _, m := range ninjsMarks {
		if strings.Contains(head, m) {
			n++
		}
	}
	if n < 2 {
		return ""
	}
	return Ninjs
}

// object is a JSON object whose names are in lower case: ninjs 1 writes
// "versioncreated", ninjs 2 "versionCreated".
type object map[string]json.RawMessage

func parse(raw []byte) (object, bool) {
	var m map[string]json.RawMessage
	if len(raw) == 0 || raw[0] != '{' || json.Unmarshal(raw, &m) != nil {
		return nil, false
	}
	o := make(object, len(m))
	for k, v := range m {
		low := strings.ToLower(k)
		if _, ok := o[low]; !ok || k == low {
			o[low] = v
		}
	}
	return o, true
}

// str is a string, or a name inside an object.
func (o object) str(names ...string) string {
	for _, n := range names {
		var s string
		switch raw := o[n]; {
		case len(raw) == 0:
		case raw[0] == '"' && json.Unmarshal(raw, &s) == nil && strings.TrimSpace(s) != "":
			return clean(s)
		case raw[0] == '{':
			if in, ok := parse(raw); ok {
				if s := in.str("name", "value", "literal"); s != "" {
					return s
				}
			}
		}
	}
	return ""
}

func clean(s string) string { return strings.ReplaceAll(s, "\x00", "") }

func (o object) list(name string) []object {
	var raws []json.RawMessage
	if json.Unmarshal(o[name], &raws) != nil {
		return nil
	}
	var out []object
	for _, r := range raws[:min(len(raws), 100)] {
		if in, ok := parse(r); ok {
			out = append(out, in)
		}
	}
	return out
}

// splitJSON cuts an array of items, or an object that has them in "items".
func splitJSON(src string) (parts []Part, more int) {
	whole := []Part{{src, 0}}
	if !strings.HasPrefix(strings.TrimLeft(src, "\ufeff \t\r\n"), "[") {
		return whole, 0
	}
	if _, deep := markup.TooDeep(src, maxDepth); deep {
		return whole, 0
	}
	d := json.NewDecoder(strings.NewReader(strings.TrimPrefix(src, "\ufeff")))
	skew := len(src) - len(strings.TrimPrefix(src, "\ufeff"))
	if _, err := d.Token(); err != nil {
		return whole, 0
	}
	for d.More() {
		var raw json.RawMessage
		from := int(d.InputOffset()) + skew
		if err := d.Decode(&raw); err != nil {
			tail := strings.TrimLeft(src[from:], ", \t\r\n")
			return append(parts, Part{tail, len(src) - len(tail)}), more // to be told as broken
		}
		if len(parts) >= MaxItems {
			more++
			continue
		}
		at := int(d.InputOffset()) - len(raw) + skew
		parts = append(parts, Part{src[at : at+len(raw)], at})
	}
	return parts, more
}

func readNinjs(src string) (Article, error) {
	var a Article
	if _, deep := markup.TooDeep(src, maxDepth); deep {
		return a, ErrTooDeep
	}
	o, ok := parse([]byte(strings.TrimSpace(strings.TrimPrefix(src, "\ufeff"))))
	if !ok {
		return a, ErrBroken
	}
	a.GUID = markup.Clip(o.str("uri", "guid"), maxField)
	if strings.HasPrefix(a.GUID, "http") {
		a.URL = address(a.GUID)
	}
	if u := address(o.str("canonicalurl", "url")); u != "" {
		a.URL = u
	}
	a.Version, a.Slug, a.Note = markup.Clip(o.str("version"), 100), line(o.str("slugline")), line(o.str("ednote"))
	a.Headline = line(first(o.role("headlines", "main"), o.str("headline"), o.role("titles", "main"), o.str("title")))
	a.Deck = line(first(o.role("headlines", "sub"), o.role("headlines", "deck"), o.str("subheadline")))
	a.Byline, a.Located = line(o.str("byline", "by")), line(o.str("located"))
	a.Language = language(o.str("language"))
	a.Created = date(o.str("versioncreated"))
	a.First = date(o.str("firstcreated", "contentcreated"))
	a.Holder = line(o.str("copyrightholder"))
	for _, key := range []string{"infosources", "infosource"} {
		for _, in := range o.list(key) {
			a.Provider = first(a.Provider, line(in.str("name", "literal")))
		}
	}
	a.Provider = first(a.Provider, line(o.str("source", "provider", "creditline")), a.Holder)
	a.rights(o.str("copyrightnotice"))
	a.rights(o.str("usageterms"))
	for _, in := range o.list("rightsinfo") {
		a.rights(in.str("usageterms", "copyrightnotice"))
	}
	a.Withheld = withheld(o.str("pubstatus"))
	if kind := o.str("type"); kind == "" || kind == "text" || kind == "composite" {
		a.Body = o.body()
	}
	return a, nil
}

// role is the value of the entry with a role in a list, or of the first one.
func (o object) role(name, role string) string {
	list := o.list(name)
	for _, in := range list {
		if strings.EqualFold(in.str("role"), role) {
			return in.str("value")
		}
	}
	if role == "main" && len(list) > 0 {
		return list[0].str("value")
	}
	return ""
}

// body prefers mark-up, as plain text in ninjs often has lost its paragraphs.
func (o object) body() []string {
	var best []string
	take := func(s string, rich bool) {
		if strings.TrimSpace(s) == "" {
			return
		}
		if !rich {
			s = html.EscapeString(s)
		}
		if l := markup.Lines(s); len(l) > len(best) || len(best) == 0 {
			best = l
		}
	}
	for _, in := range o.list("bodies") {
		kind := strings.ToLower(in.str("contenttype") + in.str("role"))
		take(in.str("value"), strings.Contains(kind, "html") || strings.Contains(kind, "xml") || strings.Contains(kind, "nitf"))
	}
	for _, key := range slices.Sorted(keys(o)) { // body_html before body_text
		if strings.HasPrefix(key, "body_") && len(best) == 0 {
			take(o.str(key), key != "body_text")
		}
	}
	if len(best) == 0 {
		take(o.str("body"), strings.Contains(o.str("body"), "</"))
	}
	return best
}

func keys(o object) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range o {
			if !yield(k) {
				return
			}
		}
	}
}
