package quote_test

import (
	"sort"
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/text"
)

const head = "Vellmar council meets after storm\n\nVELLMAR, March 3, 2024 (Reuters) - A storm came.\n\n"

// annotate reads body as the paragraphs of an agency's story, on the page of
// the invented "Harbor Post", and returns its version with all layers.
func annotate(body string) news.Version {
	return pipeline.Annotate(news.Version{Name: "test", Given: news.Given{Outlet: "Harbor Post"}, Text: head + body + "\n"})
}

// example is a passage in which contents stand between < and >, sources
// between [ and ], cues between { and }; a passage without marks has no quote
// of the rule. Speakers lists who said each one, in the order of the contents.
type example struct{ marked, speakers string }

var unmark = strings.NewReplacer("<", "", ">", "", "[", "", "]", "", "{", "", "}", "", " // ", "\n\n")

// check compares the examples with the quotes that have the rule; an empty
// rule stands for all.
func check(t *testing.T, rule string, examples []example) {
	t.Helper()
	for _, e := range examples {
		v := annotate(unmark.Replace(e.marked))
		var speakers []string
		var found []news.Quote
		for _, q := range v.Quotes.Items {
			if rule == "" || q.Why.Rule == rule {
				found = append(found, q)
				speakers = append(speakers, strings.Join(q.Chain[2:], " > "))
			}
		}
		if got := mark(v, found); got != e.marked {
			t.Errorf("%s\n got %s\nwant %s\n(%s)", rule, got, e.marked, strings.Join(rules(v), ", "))
		} else if s := strings.Join(speakers, "; "); s != e.speakers {
			t.Errorf("%s\n   in %s\n  got %s\n want %s", rule, e.marked, s, e.speakers)
		}
	}
}

func rules(v news.Version) []string {
	var out []string
	for _, q := range v.Quotes.Items {
		out = append(out, q.Why.Rule)
	}
	return out
}

// mark writes the body of v with the quotes marked.
func mark(v news.Version, quotes []news.Quote) string {
	type edge struct {
		at    int
		order int // what closes comes first, the longer span outside
		mark  string
	}
	seen := map[edge]bool{}
	var edges []edge
	put := func(s text.Span, open, closing string) {
		if s.Empty() {
			return
		}
		for _, e := range []edge{{s.Start, 1<<20 - s.Len(), open}, {s.End, s.Len() - 1<<20, closing}} {
			if !seen[e] {
				seen[e] = true
				edges = append(edges, e)
			}
		}
	}
	for _, q := range quotes {
		put(q.Content, "<", ">")
		put(q.Source, "[", "]")
		put(q.Cue, "{", "}")
		for _, via := range q.Via {
			put(via.Source, "[", "]")
			put(via.Cue, "{", "}")
		}
	}
	sort.SliceStable(edges, func(i, j int) bool {
		if edges[i].at != edges[j].at {
			return edges[i].at < edges[j].at
		}
		return edges[i].order < edges[j].order
	})
	var b strings.Builder
	at := 0
	for _, e := range edges {
		b.WriteString(v.Text[at:e.at] + e.mark)
		at = e.at
	}
	b.WriteString(v.Text[at:])
	body := strings.TrimPrefix(b.String(), head)
	return strings.ReplaceAll(strings.TrimSuffix(body, "\n"), "\n\n", " // ")
}
