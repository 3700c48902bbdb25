package page

import (
	"encoding/json"
	"html"
	"strings"
)

// ldArticle is an article as schema.org writes it in JSON-LD.
type ldArticle struct {
	Headline, Published, Modified string
	Publisher, Language, URL      string
	Section, Description          string
	Authors                       []string
}

// readLD takes the first article with a headline out of a JSON-LD script. What
// cannot be read is passed over.
func (f *facts) readLD(src string) {
	if len(src) > 1<<20 || f.ld > 4<<20 {
		return
	}
	f.ld += len(src)
	var v any
	if json.Unmarshal([]byte(src), &v) != nil && json.Unmarshal([]byte(tame(src)), &v) != nil {
		return
	}
	f.findLD(v, 0)
}

// tame mends what scripts write most often: raw line breaks inside strings and
// comment marks around the whole.
func tame(src string) string {
	src = strings.TrimSpace(src)
	src = strings.TrimSuffix(strings.TrimPrefix(src, "<!--"), "-->")
	src = strings.TrimSuffix(strings.TrimPrefix(src, "//<![CDATA["), "//]]>")
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, strings.TrimSuffix(strings.TrimSpace(src), ";"))
}

// findLD looks through lists, @graph and mainEntity, some levels down.
func (f *facts) findLD(v any, depth int) {
	if depth > 8 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			f.findLD(x, depth+1)
		}
	case map[string]any:
		if f.article.Headline == "" && isArticleType(v["@type"]) {
			f.takeLD(v)
		}
		if isPageType(v["@type"]) && f.pagePublished == "" {
			f.pagePublished, f.pageModified = ldString(v["datePublished"]), ldString(v["dateModified"])
			f.pageAuthors, f.pageIDs = names(v["author"]), idsOf(v["author"])
		}
		if id, ok := v["@id"].(string); ok && len(f.people) < 64 {
			if n := ldString(v["name"]); n != "" {
				f.people[id] = n
			}
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"} {
			f.findLD(v[key], depth+1)
		}
	}
}

func isArticleType(v any) bool {
	for _, s := range stringsOf(v) {
		if strings.HasSuffix(s, "Article") || strings.HasSuffix(s, "Posting") || s == "Report" {
			return true
		}
	}
	return false
}

// isPageType: many systems describe the page and not the article on it.
func isPageType(v any) bool {
	for _, s := range stringsOf(v) {
		if strings.HasSuffix(s, "Page") {
			return true
		}
	}
	return false
}

func (f *facts) takeLD(v map[string]any) {
	a := ldArticle{
		Headline:  ldString(v["headline"]),
		Published: ldString(v["datePublished"]),
		Modified:  ldString(v["dateModified"]),
		Publisher: first(names(v["publisher"])...),
		Language:  ldString(v["inLanguage"]),
		URL:       ldString(v["url"]),
		Authors:   names(v["author"]),
	}
	if a.Headline == "" {
		a.Headline = ldString(v["name"])
	}
	if a.URL == "" {
		if m, ok := v["mainEntityOfPage"].(map[string]any); ok {
			a.URL = ldString(m["@id"])
		} else {
			a.URL = ldString(v["mainEntityOfPage"])
		}
	}
	a.Section, a.Description = ldString(v["articleSection"]), ldString(v["description"])
	for _, x := range []any{v["isAccessibleForFree"]} {
		if x == false || strings.EqualFold(ldString(x), "false") {
			f.paid = true
		}
	}
	f.article = a
	f.ids = idsOf(v["author"])
	if body, ok := v["articleBody"].(string); ok && f.body == "" {
		f.body = strings.ToValidUTF8(html.UnescapeString(body), "\ufffd")
	}
}

func ldString(v any) string {
	for _, s := range stringsOf(v) {
		return oneLine(s)
	}
	return ""
}

func stringsOf(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, x := range v {
			if s, ok := x.(string); ok {
				out = append(out, s)
			}
		}
		return out
	case map[string]any: // {"@value": …}
		if s, ok := v["@value"].(string); ok {
			return []string{s}
		}
	}
	return nil
}

// names reads "A", {"name": "A"} and lists of both.
func names(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case map[string]any:
		return names(v["name"])
	case []any:
		var out []string
		for _, x := range v[:min(len(v), 32)] {
			switch x := x.(type) {
			case string:
				out = append(out, x)
			case map[string]any:
				out = append(out, stringsOf(x["name"])...)
			}
		}
		return out
	}
	return nil
}

// idsOf reads {"@id": "…"} and lists of them: names that stand elsewhere.
func idsOf(v any) (out []string) {
	switch v := v.(type) {
	case map[string]any:
		if id, ok := v["@id"].(string); ok {
			out = append(out, id)
		}
	case []any:
		for _, x := range v[:min(len(v), 32)] {
			if m, ok := x.(map[string]any); ok {
				out = append(out, idsOf(m)...)
			}
		}
	}
	return out
}
