package entities

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/eval/archive"
	"github.com/tracewire/tracewire/internal/text"
)

// Archive is the file that Load looks for in its folder.
const Archive = "train.tar.gz"

// Document is an article with its annotated names.
type Document struct {
	Name     string // "peru_andina_3"
	Outlet   string // "peru_andina"
	Text     string // a paragraph a line
	Entities []Entity
	Judged   bool // of an outlet that nothing was fitted on
}

// Entity is a name as the annotators marked it.
type Entity struct {
	Span  text.Span
	Class string // one of Classes
}

// Classes are the name-like classes of the corpus, in the order of its paper.
// Its dates and sums of money are no names.
var Classes = []string{"Person", "Location", "Facility", "Organization", "Misc", "NORP", "Product"}

// Load reads the corpus and splits it by outlet: of all outlets in the order of
// their names every fourth is judged, and what is fitted is fitted on the rest.
// The names begin with the country, so both parts have all regions.
func Load(dir string) ([]Document, error) {
	var docs []Document
	err := archive.Each(filepath.Join(dir, Archive), func(name string, content []byte) error {
		if base, ok := strings.CutSuffix(filepath.Base(name), ".txt.tsv"); ok {
			docs = append(docs, parse(base, string(content)))
		}
		return nil
	})
	slices.SortFunc(docs, func(a, b Document) int { return cmp.Compare(a.Name, b.Name) })
	var outlets []string
	for _, d := range docs {
		outlets = append(outlets, d.Outlet)
	}
	slices.Sort(outlets)
	outlets = slices.Compact(outlets)
	for i := range docs {
		at, _ := slices.BinarySearch(outlets, docs[i].Outlet)
		docs[i].Judged = at%4 == 3
	}
	return docs, err
}

// parse reads a file of the corpus: a token and its tag a line, an empty line
// between paragraphs, the page's address first.
func parse(base, content string) Document {
	d := Document{Name: base, Outlet: outletOf(base)}
	var b strings.Builder
	var tokens []token
	flush := func() {
		if len(tokens) > 0 && !(b.Len() == 0 && strings.HasPrefix(tokens[0].word, "http")) {
			for _, e := range paragraph(&b, tokens) {
				if slices.Contains(Classes, e.Class) {
					d.Entities = append(d.Entities, e)
				}
			}
			b.WriteByte('\n')
		}
		tokens = tokens[:0]
	}
	for l := range strings.Lines(content) {
		word, tag, tagged := strings.Cut(strings.TrimRight(l, "\r\n"), "\t")
		if word = strings.TrimSpace(word); word == "" {
			flush()
			continue
		}
		if tag, _, _ = strings.Cut(tag, "\t"); !tagged { // a second reader's tag may follow
			tag = "O"
		}
		tokens = append(tokens, token{word, tag})
	}
	flush()
	d.Text = b.String()
	return d
}

// outletOf is the name of a file without its number; outlets that go by
// several names in the corpus have one.
func outletOf(base string) string {
	out := strings.TrimRight(base, "0123456789")
	out = strings.TrimSuffix(strings.TrimRight(out, "_"), "_article")
	switch out {
	case "uruguay_mercopress", "paraguay_mercopress":
		return "mercopress"
	case "afs_ips", "af_ips":
		return "af_ips"
	case "cosrica_ticotimes":
		return "cosric_ticotimes"
	case "nm", "nm_econ":
		return "nm_economist"
	case "kw_times_gulftimes":
		return "kw_times"
	}
	return out
}
