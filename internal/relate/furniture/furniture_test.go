package furniture_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/relate/furniture"
	"github.com/tracewire/tracewire/internal/store"
)

// pageOf reads a text of a host, seen on a day of May 2031.
func pageOf(t testing.TB, host string, day int, text string) furniture.Page {
	t.Helper()
	v := pipeline.Annotate(news.Version{ID: "00", Text: text, Given: news.Given{
		Outlet: host, Fetched: time.Date(2031, 5, day, 9, 0, 0, 0, time.UTC),
	}})
	p, ok := furniture.PageOf(&v)
	if !ok {
		t.Fatal("no page")
	}
	return p
}

func TestLinesThatAreOne(t *testing.T) {
	const body = "\nThe ferry line between Selmund and the island of Ostrey will run two boats from June, the transport office said."
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Updated 10:41 am, July 15", "UPDATED  9:05 AM, August 2, 2031", true},
		{"Published: 38 mins ago", "Published: 4 mins ago", true},
		{"Posted on Monday, 3 March 2031 by the desk", "Posted on 14 May 2031 by the desk", true},
		{"Read 6 comments", "Read 1,204 comments", true},
		{"More from Selmund »", "• More from Selmund", true},
		{"More from Selmund", "More from Halder", false},
		{"The council may vote", "The council will vote", false},
		{"March of the goats", "May of the goats", false},
		{"Ålesund i dag", "ÅLESUND I DAG", true},
	} {
		a, b := pageOf(t, "x", 1, c.a+body), pageOf(t, "x", 1, c.b+body)
		if len(a.Lines) != 2 || len(b.Lines) != 2 {
			t.Fatalf("%q: %d and %d lines", c.a, len(a.Lines), len(b.Lines))
		}
		if got := a.Lines[0].Key == b.Lines[0].Key; got != c.same {
			t.Errorf("%q and %q: one line %v, want %v", c.a, c.b, got, c.same)
		}
	}
	if p := pageOf(t, "x", 1, "10:41, July 15"+body); len(p.Lines) != 1 {
		t.Errorf("a bare date is a line of %d", len(p.Lines))
	}
}

func TestHosts(t *testing.T) {
	for _, c := range []struct {
		given news.Given
		text  string
		want  string
	}{
		{news.Given{URL: "https://www.Selmund.example:8080/a/1?b#c", Outlet: "Selmund Tribune"}, "", "selmund.example"},
		{news.Given{Outlet: "Selmund Tribune"}, "", "selmund tribune"},
		{news.Given{}, "The Selmund Tribune\nHome | News | Sport | Weather\nBoat sinks\nThe boat sank off Ostrey on Monday with all its barrels of herring, the coast guard said.\nCopyright 2031 The Selmund Tribune. All rights reserved.", "the selmund tribune"},
		{news.Given{}, "Boat sinks\nOSTREY, May 3 (Reuters) - The boat sank off Ostrey on Monday with all its barrels of herring, the coast guard said.", ""},
	} {
		v := pipeline.Annotate(news.Version{Text: c.text, Given: c.given})
		if p, ok := furniture.PageOf(&v); p.Host != c.want || ok != (c.want != "") {
			t.Errorf("%+v: %q %v, want %q", c.given, p.Host, ok, c.want)
		}
	}
}

// However long a page is, little of it is kept.
func TestBytesOfAPage(t *testing.T) {
	var b strings.Builder
	for i := range 20000 {
		fmt.Fprintf(&b, "Link to story %c%c%c of the harbour\n", 'a'+i%26, 'a'+i/26%26, 'a'+i/676%26)
		if i%3 == 0 {
			fmt.Fprintf(&b, "The harbour master of berth %c%c told councillors, captains, sailors, painters, divers, bakers and teachers of the ferry.\n", 'a'+i%26, 'a'+i/26%26)
		}
	}
	p := pageOf(t, "x", 1, b.String())
	codec := store.NewCodec[furniture.Page]()
	if n := len(codec.Encode(&p)); n > 2200 {
		t.Errorf("%d bytes of %d lines", n, len(p.Lines))
	}
}

// report is a page with the lines named, of a family of its own unless said
// otherwise.
type report struct {
	day, family int
	author      uint64
	topics      []uint64
	lines       []furniture.Line
}

func line(key uint64, before, after int) furniture.Line {
	return furniture.Line{Key: key, Before: uint8(before), After: uint8(after), Shown: true}
}

func reports(list []report) []furniture.Report {
	var out []furniture.Report
	for i, r := range list {
		p := furniture.Page{Host: "x", Seen: int32(r.day), Author: r.author}
		for _, t := range r.topics {
			p.Topics = append(p.Topics, furniture.Topic{Word: t, Lines: 2})
		}
		for k, l := range r.lines {
			l.Number = k + 1
			p.Lines = append(p.Lines, l)
		}
		family := r.family
		if family == 0 {
			family = 1000 + i
		}
		out = append(out, furniture.Report{Page: p, ID: fmt.Sprintf("%04x", i), Family: family})
	}
	return out
}

// times makes n reports, the i-th on day i.
func times(n int, f func(i int) report) []report {
	var out []report
	for i := range n {
		r := f(i)
		if r.day == 0 {
			r.day = 1 + i
		}
		out = append(out, r)
	}
	return out
}

func TestFold(t *testing.T) {
	const key = 7
	tail := []furniture.Line{line(key, 3, 0)}
	plain := func(n int) []report { return times(n, func(int) report { return report{} }) }
	for _, c := range []struct {
		name string
		list []report
		in   int // how many reports the line stands in, 0 if it is not furniture
		of   int
	}{
		{"in three reports at the tail", append(times(3, func(int) report { return report{lines: tail} }), plain(5)...), 3, 8},
		{"in two", append(times(2, func(int) report { return report{lines: tail} }), plain(5)...), 0, 0},
		{"of one day", times(5, func(int) report { return report{day: 4, lines: tail} }), 0, 0},
		{"in five of two hundred and fifty", append(times(5, func(int) report { return report{lines: tail} }), plain(245)...), 5, 250},
		{"in four of two hundred and fifty", append(times(4, func(int) report { return report{lines: tail} }), plain(246)...), 0, 0},
		{"in the middle of the text", times(6, func(int) report { return report{lines: []furniture.Line{line(key, 2, 2)}} }), 0, 0},
		{"at the head", times(6, func(int) report { return report{lines: []furniture.Line{line(key, 0, 4)}} }), 6, 6},
		{"thirty versions of one report", append(times(30, func(int) report { return report{family: 5, lines: tail} }), plain(5)...), 0, 0},
		{"thirty versions of three", append(times(30, func(i int) report { return report{family: 5 + i%3, lines: tail} }), plain(5)...), 3, 8},
		{"of one author among others", append(times(4, func(int) report { return report{author: 9, lines: tail} }), plain(5)...), 0, 0},
		{"of the only author there is", times(4, func(int) report { return report{author: 9, lines: tail} }), 4, 4},
		{"of several authors", append(times(4, func(i int) report { return report{author: uint64(8 + i%2), lines: tail} }), plain(5)...), 4, 9},
		{"of one matter among others", append(times(4, func(int) report { return report{topics: []uint64{3}, lines: tail} }), plain(5)...), 0, 0},
		{"of the matter that all are of", append(times(4, func(int) report { return report{topics: []uint64{3}, lines: tail} }), times(5, func(int) report { return report{topics: []uint64{3}} })...), 4, 9},
		{"of one matter, with nothing else to tell it by", append(times(8, func(int) report { return report{topics: []uint64{3}, lines: tail} }), plain(1)...), 8, 9},
	} {
		t.Run(c.name, func(t *testing.T) {
			for i, s := range furniture.Fold(reports(c.list), &furniture.Told{}) {
				want := []news.Standing(nil)
				if c.in > 0 && len(c.list[i].lines) > 0 {
					l := c.list[i].lines[0]
					want = []news.Standing{{Number: 1, In: c.in, Of: c.of, Head: l.Before == 0, Tail: l.After == 0}}
				}
				if !reflect.DeepEqual(s, want) {
					t.Fatalf("report %d: %+v, want %+v", i, s, want)
				}
			}
		})
	}
}

// A word that comes back only in what stands around other reports, too, is no
// matter of its own.
func TestMatterOfFurniture(t *testing.T) {
	list := reports(append(times(4, func(int) report {
		return report{topics: []uint64{3}, lines: []furniture.Line{line(7, 3, 0), line(8, 3, 0)}}
	}), times(5, func(int) report { return report{} })...))
	for i := range list {
		for k := range list[i].Lines {
			list[i].Lines[k].Topics = 1
		}
	}
	if got := furniture.Fold(list, &furniture.Told{}); len(got[0]) != 2 {
		t.Errorf("%+v", got[0])
	}
}

// Copies on several hosts show which line is whose.
func TestToldByCopies(t *testing.T) {
	own, shared := line(7, 3, 0), line(8, 3, 0)
	here := reports(times(3, func(i int) report { return report{day: 1 + i, family: 5 + i, lines: []furniture.Line{shared, own}} }))
	told := furniture.Told{}
	for i := range here {
		told.Add(&here[i])
		there := here[i]
		there.Host, there.Lines = "y", there.Lines[:1]
		told.Add(&there)
	}
	for _, n := range []int{2, 3} { // two are enough
		for i, s := range furniture.Fold(here[:n], &told) {
			if len(s) != 1 || s[0].Number != 2 || s[0].In != n {
				t.Errorf("report %d of %d: %+v", i, n, s)
			}
		}
	}
}

// A site that changed is judged by what it printed then.
func TestWindows(t *testing.T) {
	const n = 1700
	list := reports(times(n, func(i int) report { return report{lines: []furniture.Line{line(uint64(i/600), 3, 0)}} }))
	for i, s := range furniture.Fold(list, &furniture.Told{}) {
		if len(s) != 1 || s[0].Of != 500 {
			t.Fatalf("report %d: %+v", i, s)
		}
	}
}

func TestFoldIsAFunctionOfTheSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(t, "reports")
		list := reports(times(n, func(int) report {
			r := report{
				day: rapid.IntRange(1, 4).Draw(t, "day"), family: rapid.IntRange(0, 12).Draw(t, "family"),
				author: uint64(rapid.IntRange(0, 2).Draw(t, "author")),
				topics: rapid.SliceOfNDistinct(rapid.Uint64Range(1, 5), 0, 3, rapid.ID[uint64]).Draw(t, "topics"),
			}
			for range rapid.IntRange(0, 5).Draw(t, "lines") {
				l := line(rapid.Uint64Range(1, 6).Draw(t, "key"), rapid.IntRange(0, 3).Draw(t, "before"), rapid.IntRange(0, 3).Draw(t, "after"))
				l.Shown = rapid.Bool().Draw(t, "shown")
				r.lines = append(r.lines, l)
			}
			return r
		}))
		fold := func(list []furniture.Report) map[string][]news.Standing {
			told := furniture.Told{}
			for i := range list {
				told.Add(&list[i])
				there := list[i]
				there.Host = "y"
				if there.Family%3 == 0 {
					told.Add(&there)
				}
			}
			out := map[string][]news.Standing{}
			for i, s := range furniture.Fold(list, &told) {
				out[list[i].ID] = s
			}
			return out
		}
		want := fold(list)
		if got := fold(rapid.Permutation(list).Draw(t, "order")); !reflect.DeepEqual(got, want) {
			t.Fatalf("%v, in another order %v", want, got)
		}
	})
}

func FuzzPageOf(f *testing.F) {
	f.Add("Boat sinks\n15 July\nMonday may 3\nThe boat sank off Ostrey on Monday with all its barrels of herring, the coast guard said.")
	f.Fuzz(func(t *testing.T, text string) {
		v := pipeline.Annotate(news.Version{Text: text, Given: news.Given{Outlet: "x"}})
		p, ok := furniture.PageOf(&v)
		if !ok {
			t.Fatal("the host is known")
		}
		last := 0
		for _, l := range p.Lines {
			if l.Number <= last || l.Before > 4 || l.After > 4 {
				t.Fatalf("%+v after line %d", l, last)
			}
			last = l.Number
		}
	})
}

func BenchmarkPageOf(b *testing.B) {
	text := "Should the county build a tunnel to Ostrey Island?\nFerry line gets a second boat\n"
	for i := range 25 {
		text += fmt.Sprintf("The ferry line between Selmund and the island of Ostrey will run %d boats from June, the county's transport office said on Monday.\n", i)
	}
	v := pipeline.Annotate(news.Version{Text: text, Given: news.Given{Outlet: "x"}})
	b.ReportAllocs()
	for b.Loop() {
		furniture.PageOf(&v)
	}
}

// BenchmarkFold is the verdict on 500 pages of 40 lines, half of them
// furniture.
func BenchmarkFold(b *testing.B) {
	list := reports(times(500, func(i int) report {
		r := report{topics: []uint64{1, 2, uint64(10 + i%50), uint64(100 + i)}}
		for k := range 40 {
			key := uint64(k)
			if k%2 == 0 {
				key = uint64(1000 + 40*i + k)
			}
			r.lines = append(r.lines, line(key, k/10, 3-k/10))
		}
		return r
	}))
	b.ReportAllocs()
	for b.Loop() {
		furniture.Fold(list, &furniture.Told{})
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(list)), "µs/page")
}
