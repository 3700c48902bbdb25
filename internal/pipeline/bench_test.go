package pipeline_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/annotate/claim"
	"github.com/tracewire/tracewire/internal/annotate/header"
	"github.com/tracewire/tracewire/internal/annotate/language"
	"github.com/tracewire/tracewire/internal/annotate/mention"
	"github.com/tracewire/tracewire/internal/annotate/quote"
	"github.com/tracewire/tracewire/internal/annotate/segment"
	"github.com/tracewire/tracewire/internal/annotate/sketch"
	"github.com/tracewire/tracewire/internal/annotate/timex"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/relate/furniture"
	"github.com/tracewire/tracewire/internal/relate/reuse"
	"github.com/tracewire/tracewire/internal/relate/story"
	"github.com/tracewire/tracewire/internal/store"
	"github.com/tracewire/tracewire/internal/store/memory"
	"github.com/tracewire/tracewire/internal/store/sqlite"
)

// BenchmarkRealArticles is the whole way of the articles in ../shared/lineage:
// read, annotate, compare, fold.
func BenchmarkRealArticles(b *testing.B) {
	lines := realArticles(b)
	p := filepath.Join(b.TempDir(), "all.jsonl")
	if err := os.WriteFile(p, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		e := pipeline.Engine{Store: memory.New()}
		if _, err := e.Read(context.Background(), []string{p}, nil); err != nil {
			b.Fatal(err)
		}
		if err := e.Relate(context.Background(), nil, func(pipeline.Thread) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(lines)*b.N)/b.Elapsed().Seconds(), "articles/s")
}

// BenchmarkStages is what each annotator costs on one article of 3 KB, with
// the layers before it already there.
func BenchmarkStages(b *testing.B) {
	full := pipeline.Annotate(news.Version{ID: "00", Name: "article", Text: article()})
	for _, s := range []struct {
		name string
		run  func(v news.Version)
	}{
		{"header", func(v news.Version) { header.Find(v.Text, v.Given) }},
		{"segment", func(v news.Version) { segment.Find(&v) }},
		{"language", func(v news.Version) { language.Of(&v) }},
		{"timex", func(v news.Version) { timex.Find(&v) }},
		{"mention", func(v news.Version) { mention.Find(&v) }},
		{"quote", func(v news.Version) { quote.Find(&v) }},
		{"claim", func(v news.Version) { claim.Find(&v) }},
		{"sketch", func(v news.Version) { sketch.Find(&v) }},
		{"all", func(v news.Version) {
			pipeline.Annotate(news.Version{ID: v.ID, Name: v.Name, Text: v.Text, Given: v.Given})
		}},
		{"digest", func(v news.Version) { story.Digest(&v) }},
		{"furniture", func(v news.Version) {
			v.Given.Outlet = "Ambry Post"
			furniture.PageOf(&v)
		}},
		{"prepare", func(v news.Version) { reuse.Prepare(&v) }},
		{"encode", func(v news.Version) { store.EncodeLayers(&v) }},
		{"decode", func(v news.Version) {
			if err := store.DecodeLayers(encoded(&full), &v); err != nil {
				b.Fatal(err)
			}
		}},
	} {
		b.Run(s.name, func(b *testing.B) {
			encoded(&full)
			b.ReportAllocs()
			b.SetBytes(int64(len(full.Text)))
			for b.Loop() {
				s.run(full)
			}
		})
	}
}

// annotators are the stages of Annotate, in its order.
var annotators = []struct {
	name string
	run  func(v *news.Version)
}{
	{"header", func(v *news.Version) { header.Find(v.Text, v.Given) }},
	{"segment", func(v *news.Version) { segment.Find(v) }},
	{"timex", func(v *news.Version) { timex.Find(v) }},
	{"mention", func(v *news.Version) { mention.Find(v) }},
	{"quote", func(v *news.Version) { quote.Find(v) }},
	{"claim", func(v *news.Version) { claim.Find(v) }},
	{"sketch", func(v *news.Version) { sketch.Find(v) }},
}

// BenchmarkSizes is what each annotator costs on a text of 20 KB and on one of
// 2 MB: the bytes a second should be nearly the same.
func BenchmarkSizes(b *testing.B) {
	for _, size := range []struct {
		name  string
		bytes int
	}{{"20KB", 20 << 10}, {"2MB", 2 << 20}} {
		full := pipeline.Annotate(news.Version{Name: size.name, Text: longArticle(size.bytes)})
		for _, s := range annotators {
			b.Run(s.name+"/"+size.name, func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(full.Text)))
				for b.Loop() {
					v := full
					s.run(&v)
				}
			})
		}
	}
}

// longArticle is invented agency copy of about n bytes, no paragraph twice.
func longArticle(n int) string {
	var b strings.Builder
	b.WriteString("Week of accidents leaves questions open\nBy NELA QUIST\n\n")
	given := []string{"Amos", "Lucia", "Rosa", "Karim", "Anna", "Viktor", "Maria", "Jonas"}
	place := []string{"Estermouth", "Hathering", "Belvare", "Port Ambry", "Norvik"}
	for i := 0; b.Len() < n; i++ {
		family := syllables(i)
		for _, s := range [...]string{
			given[i%len(given)] + " " + family + ", a spokesman for the " + syllables(i*7+3) + " Water Authority, said on Tuesday that " + plural(i) + " people were missing in " + place[i%len(place)] + " after the flood.",
			"“The gates did not open,” " + family + " told reporters. He said an inspection in March 2019 had found the pumps in good order, according to state media.",
			"At least " + plural(i+2) + " houses were destroyed, the ministry said, and the governor of " + place[(i+2)%len(place)] + " province called for help from Kenya and Peru.",
		} {
			b.WriteString(s + " ")
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

// syllables makes a name of a number.
func syllables(i int) string {
	parts := []string{"ba", "ren", "tol", "mi", "sar", "ke", "lun", "dor", "vi", "gan"}
	out := ""
	for k := 0; k < 2 || i > 0; k++ {
		out += parts[i%10]
		i /= 10
	}
	return strings.ToUpper(out[:1]) + out[1:]
}

func plural(i int) string {
	return []string{"three", "12", "40", "seven", "115"}[i%5]
}

var layers []byte

func encoded(v *news.Version) []byte {
	if layers == nil {
		layers = store.EncodeLayers(v)
	}
	return layers
}

// article is some 3 KB of invented agency copy.
func article() string {
	var all []string
	for _, h := range happenings {
		all = append(all, h.report(agencies[0], h.day)...)
	}
	return "Week of accidents leaves " + fmt.Sprint(len(all)) + " questions open\nBy NELA QUIST\n\n" + strings.Join(all, "\n\n") + "\n"
}

// BenchmarkOneMore is a run that adds nothing to a file with many articles:
// what must be done again every time.
func BenchmarkOneMore(b *testing.B) {
	p := filepath.Join(b.TempDir(), "all.jsonl")
	if err := os.WriteFile(p, []byte(strings.Join(realArticles(b), "\n")), 0o644); err != nil {
		b.Fatal(err)
	}
	s, err := sqlite.Open(filepath.Join(b.TempDir(), "wire.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	e := pipeline.Engine{Store: s}
	ctx := context.Background()
	if _, err := e.Read(ctx, []string{p}, nil); err != nil {
		b.Fatal(err)
	}
	relate := func() {
		if err := e.Relate(ctx, []string{}, func(pipeline.Thread) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
	relate()
	b.ReportAllocs()
	for b.Loop() {
		relate()
	}
}
