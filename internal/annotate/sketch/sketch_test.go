package sketch

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// harbour is an invented report.
const harbour = `PORT ELLERY, Marovia (AP) — Crews reopened the northern basin of Port Ellery on Thursday, six days after a grain ship broke loose in a storm and sank across the channel.
Harbour master Ines Calloway said “the first three vessels” had left before noon and that 14 more were waiting outside the breakwater.
The closure cost exporters about 9 percent of their weekly trade, according to the Marovian Chamber of Shipping, which has asked the government for tax relief.
Salvage teams still have to raise the stern of the ship, which lies in shallow water near the fish market, before the largest tankers can enter again.`

// council is another invented report with nothing in common.
const council = `Teachers in the lake district of Osterholt ended a strike over class sizes late Monday when the council offered to hire two hundred assistants by spring.
Union secretary Pavel Dorn called the offer a beginning and said members would vote on it next week in all forty schools.
Parents had protested outside the town hall since the dispute began, and some set up lessons in churches and sports halls.`

func version(src string) *news.Version { return &news.Version{Name: "t", Text: src} }

func sharedKeys(a, b string) int {
	seen := map[uint64]bool{}
	for _, k := range Keys(Find(version(a))) {
		seen[k] = true
	}
	n := 0
	for _, k := range Keys(Find(version(b))) {
		if seen[k] {
			n++
			delete(seen, k)
		}
	}
	return n
}

func TestKeysFindCopies(t *testing.T) {
	paragraphs := strings.Split(harbour, "\n")
	for _, c := range []struct {
		name, a, b string
		related    bool
	}{
		{"the same text", harbour, harbour, true},
		{"other marks and dashes", harbour, strings.NewReplacer("“", `"`, "”", `"`, "—", "-", " percent", "%").Replace(harbour), true},
		{"tail cut off", harbour, strings.Join(paragraphs[:2], "\n"), true},
		{"one paragraph in other writing", harbour, council + "\n" + paragraphs[3] + "\n" + council, true},
		{"a word changed in every sentence", harbour, strings.NewReplacer("Thursday", "Wednesday", "first three", "first five", "about 9", "some 8", "still have", "have").Replace(harbour), true},
		{"two reports of different things", harbour, council, false},
	} {
		if got := sharedKeys(c.a, c.b); (got > 0) != c.related {
			t.Errorf("%s: %d keys in common, related should be %v", c.name, got, c.related)
		}
	}
}

func TestFurnitureStaysOut(t *testing.T) {
	menu := "Home World Business Sport Weather Search Subscribe Sign in Your account Newsletters Most read Latest video\n"
	src := menu + harbour
	v := version(src)
	v.Lines.Items = []news.Line{
		{Number: 1, Label: news.Navigation, Span: text.Span{Start: 0, End: len(menu) - 1}},
		{Number: 2, Label: news.Body, Span: text.Span{Start: len(menu), End: len(src)}},
	}
	with, without := Find(v), Find(version(harbour))
	if with.Words != without.Words {
		t.Errorf("%d words with a menu, %d without", with.Words, without.Words)
	}
	for i := range with.Bins {
		if with.Bins[i] != without.Bins[i] {
			t.Fatal("the menu went into the bins")
		}
	}
}

func TestShortTexts(t *testing.T) {
	for _, src := range []string{"", "Harbour", "Port Ellery reopens its northern basin", "—…“”", "\xff\xfe\xfd"} {
		s := Find(version(src))
		if s.Bins != nil {
			t.Errorf("%q has bins", src)
		}
	}
}

// Any equal run of anchorLen+window-1 letters and digits shares an anchor.
func TestLongRunsAlwaysMeet(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	letters := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = "abcdefghijklmnopqrstuvwxyz      "[r.IntN(32)]
		}
		return string(b)
	}
	for range 50 {
		run := letters(220)
		for len(strings.ReplaceAll(run, " ", "")) < anchorLen+window-1 {
			run += "x"
		}
		a := letters(r.IntN(500)) + " " + run + " " + letters(r.IntN(500))
		b := letters(r.IntN(500)) + " " + run + " " + letters(r.IntN(500))
		held := map[uint64]bool{}
		for _, x := range Find(version(a)).Anchors {
			held[x.Hash] = true
		}
		met := false
		for _, x := range Find(version(b)).Anchors {
			met = met || held[x.Hash]
		}
		if !met {
			t.Fatal("no anchor in common")
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add(harbour)
	f.Add("a\x80b’s 9% “—” İstanbul")
	f.Fuzz(func(t *testing.T, src string) {
		s := Find(version(src))
		for _, a := range s.Anchors {
			if a.Span.Start < 0 || a.Span.End > len(src) || a.Span.Empty() {
				t.Fatalf("%v outside the text", a.Span)
			}
			if utf8.ValidString(src) && (!utf8.RuneStart(src[a.Span.Start]) || a.Span.End < len(src) && !utf8.RuneStart(src[a.Span.End])) {
				t.Fatalf("%v not on rune boundaries", a.Span)
			}
		}
		if s.Bins != nil && len(s.Bins) != bins {
			t.Fatal("wrong number of bins")
		}
		Keys(s)
	})
}

func BenchmarkFind(b *testing.B) {
	src := strings.Repeat(harbour+"\n", 1)
	for i := 0; len(src) < 3000; i++ {
		src += fmt.Sprintf("Paragraph %d: %s\n", i, council)
	}
	v := version(src)
	b.ReportAllocs()
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		Keys(Find(v))
	}
}
