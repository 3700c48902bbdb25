package reuse

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// labelled makes a version of lines; a line may begin with "label| ".
func labelled(name string, lines ...string) *news.Version {
	v := &news.Version{Name: name}
	for i, l := range lines {
		label := news.Body
		if before, rest, ok := strings.Cut(l, "| "); ok {
			label, l = news.Label(before), rest
		}
		start := len(v.Text)
		v.Text += l + "\n"
		v.Lines.Items = append(v.Lines.Items, news.Line{Number: i + 1, Label: label, Span: text.Span{Start: start, End: len(v.Text) - 1}})
	}
	return v
}

func passages(a, b *news.Version) []string {
	o, _ := Compare(a, b)
	out := []string{}
	for _, p := range o.Passages {
		out = append(out, string(p.Kind)+": "+p.A.Of(a.Text))
	}
	return out
}

func TestPassages(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b []string
		want []string
	}{
		{
			"a passage reaches from the first equal word to the last",
			[]string{"Divers found the ferry’s bell in nine metres of water on Friday, the museum said."},
			[]string{"Early on Friday divers found the ferry's bell in nine metres of water. They will return."},
			[]string{"prose: Divers found the ferry’s bell in nine metres of water"},
		},
		{
			"four words are too few",
			[]string{"Rain soaked the western valleys overnight."},
			[]string{"Farmers said rain soaked the western fields."},
			[]string{},
		},
		{
			"a change inside parts two passages",
			[]string{"The bridge over the Talva was closed to lorries in spring and reopens after repairs costing 3 million crowns."},
			[]string{"The bridge over the Talva was closed to buses in spring and reopens after repairs costing 4 million crowns."},
			[]string{"prose: The bridge over the Talva was closed to", "prose: in spring and reopens after repairs costing"},
		},
		{
			"names and titles alone are nobody's words",
			[]string{"On Monday Marovian Defence Minister Ada Lind and General Tomas Breck of the Osterholt Security Council inspected the line."},
			[]string{"Villagers met Marovian Defence Minister Ada Lind and General Tomas Breck of the Osterholt Security Council in May."},
			[]string{},
		},
		{
			"a paragraph ends a passage, also where both texts go on alike",
			[]string{"The mine has been flooded since the spring thaw.", "Pumps arrived from three neighbouring districts."},
			[]string{"The mine has been flooded since the spring thaw. Pumps arrived from three neighbouring districts."},
			[]string{"prose: The mine has been flooded since the spring thaw", "prose: Pumps arrived from three neighbouring districts"},
		},
		{
			"quoted words are no prose, whatever marks the house uses",
			[]string{`"We shall rebuild the old market hall stone by stone," mayor Orla Finch told a crowd.`},
			[]string{`Finch promised: “We shall rebuild the old market hall stone by stone.”`},
			[]string{`quotation: We shall rebuild the old market hall stone by stone`},
		},
		{
			"marks, hyphens and percent signs make no difference",
			[]string{"The well-known U.S. firm sold 12 percent of its state-owned rival – “a bargain”."},
			[]string{"Analysts say the well known US firm sold 12% of its state owned rival - \"a bargain\"."},
			[]string{"prose: The well-known U.S. firm sold 12 percent of its state-owned rival – “a bargain"},
		},
		{
			"a menu on both pages is furniture",
			[]string{"navigation| Subscribe to our morning briefing and never miss a story", "Snow fell."},
			[]string{"Wind rose.", "navigation| Subscribe to our morning briefing and never miss a story"},
			[]string{"furniture: Subscribe to our morning briefing and never miss a story"},
		},
		{
			"the same caption is furniture, words of a caption in a text are prose",
			[]string{"caption| Shoppers wade through a flooded street in Port Ellery", "caption| Rescuers carry an injured hiker down the north face"},
			[]string{"caption| Shoppers wade through a flooded street in Port Ellery", "Rescuers carry an injured hiker down the north face."},
			[]string{"furniture: Shoppers wade through a flooded street in Port Ellery", "prose: Rescuers carry an injured hiker down the north face"},
		},
		{
			"a post under its signature is quoted",
			[]string{"Nobody will ever close our beautiful harbour, believe me!", "— Ada Lind (@adalind) July 2, 2031"},
			[]string{"“Nobody will ever close our beautiful harbour,” she wrote."},
			[]string{"quotation: Nobody will ever close our beautiful harbour"},
		},
		{
			"a moved paragraph is found where it went",
			[]string{"Workers began to drain the lower lock before dawn.", "The canal carries a fifth of the grain of the region."},
			[]string{"The canal carries a fifth of the grain of the region.", "Workers began to drain the lower lock before dawn."},
			[]string{"prose: Workers began to drain the lower lock before dawn", "prose: The canal carries a fifth of the grain of the region"},
		},
		{
			"a quotation ends where it does in the one that quotes less",
			[]string{"“The deepest friendship of two mountain peoples with the President lives,” the agency said."},
			[]string{"They spoke of “the deepest friendship of two mountain peoples” with the president."},
			[]string{"quotation: The deepest friendship of two mountain peoples"},
		},
		{
			"wrapped lines do not cut a sentence",
			[]string{"Workers began to drain the\nlower lock before dawn on Sunday."},
			[]string{"Workers began to drain the lower lock before dawn on Sunday."},
			[]string{"prose: Workers began to drain the\nlower lock before dawn on Sunday"},
		},
		{
			"a headline in capitals is no list of names",
			[]string{"headline| Ferry Sinks Off Port Ellery After Night Of Storms"},
			[]string{"headline| Ferry Sinks Off Port Ellery After Night Of Storms"},
			[]string{"prose: Ferry Sinks Off Port Ellery After Night Of Storms"},
		},
	} {
		a, b := labelled("a", c.a...), labelled("b", c.b...)
		if got := passages(a, b); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestShares(t *testing.T) {
	a := labelled("a", "headline| Museum shows ferry bell", "The bell lay in nine metres of water near the pier.", `"It rang like new," said diver Jon Ebbe.`)
	b := labelled("b", "navigation| Home News Sport", "The bell lay in nine metres of water near the pier.")
	o, ok := Compare(a, b)
	if !ok || o.ProseB != 1 || o.WholeB != 1 {
		t.Fatalf("all of b stands in a: %+v", o)
	}
	if o.ProseA <= o.WholeA || o.ProseA >= .9 {
		t.Errorf("prose %.2f, whole %.2f: quotations must be taken out of the one", o.ProseA, o.WholeA)
	}
}

const pool = `The reservoir above the town fell to its lowest mark in thirty years this week.
Officials asked farmers along the canal to water their fields at night only.
"We have seen dry springs before but never one like this," engineer Mara Holt said.
Two villages receive drinking water by lorry and a third may follow soon.
Forecasters expect no rain before the end of the month in the southern provinces.
The government set aside money for new wells and for repairs of leaking pipes.`

// random makes a text of sentences of the pool, some cut or changed.
func random(r *rand.Rand, name string) *news.Version {
	lines := strings.Split(pool, "\n")
	var out []string
	for range r.IntN(9) {
		w := strings.Fields(lines[r.IntN(len(lines))])
		from := r.IntN(len(w))
		w = w[from : from+r.IntN(len(w)-from)+1]
		if r.IntN(3) == 0 {
			w[r.IntN(len(w))] = "changed"
		}
		out = append(out, []string{"", "", "headline| ", "caption| ", "navigation| "}[r.IntN(5)]+strings.Join(w, " "))
	}
	return labelled(name, out...)
}

// Compare does not mind the order, passages lie inside the texts, no word is
// in two, and both sides say the same.
func TestProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for i := range 3000 {
		a, b := random(r, "a"), random(r, "b")
		o, ok := Compare(a, b)
		back, ok2 := Compare(b, a)
		if ok != ok2 || !reflect.DeepEqual(o, back) {
			t.Fatalf("text %d: Compare minds the order:\n%s\n--\n%s", i, a.Text, b.Text)
		}
		check(t, a, b, o)
		if self, _ := Compare(a, a); len(self.Passages) > 0 && self.WholeA > 1 {
			t.Fatal("more than all")
		}
	}
}

func check(t *testing.T, a, b *news.Version, o news.Overlap) {
	t.Helper()
	for _, f := range []float64{o.ProseA, o.ProseB, o.WholeA, o.WholeB} {
		if f < 0 || f > 1 {
			t.Fatalf("share %v", f)
		}
	}
	fold := func(v *news.Version, s text.Span) string {
		if s.Start < 0 || s.End > len(v.Text) || s.Empty() {
			t.Fatalf("%v outside the text", s)
		}
		if utf8.ValidString(v.Text) && (!utf8.RuneStart(v.Text[s.Start]) || s.End < len(v.Text) && !utf8.RuneStart(v.Text[s.End])) {
			t.Fatalf("%v not on rune boundaries", s)
		}
		r := reader{src: v.Text, known: classes()}
		r.scan(s, 0)
		out := ""
		for _, w := range r.words {
			out += fmt.Sprintf("%x ", w.hash)
		}
		return out
	}
	for i, p := range o.Passages {
		if x, y := fold(a, p.A), fold(b, p.B); x != y {
			t.Fatalf("%q is not %q", p.A.Of(a.Text), p.B.Of(b.Text))
		}
		for _, q := range o.Passages[:i] {
			if p.A.Overlaps(q.A) || p.B.Overlaps(q.B) {
				t.Fatalf("passages %v and %v overlap", p, q)
			}
		}
	}
}

func TestCompareAllIsCompareOfPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var versions []*news.Version
	for i := range 30 {
		versions = append(versions, random(r, fmt.Sprintf("v%02d", i)))
	}
	all := CompareAll(versions)
	found := map[[2]string]news.Overlap{}
	for _, o := range all {
		found[[2]string{o.A, o.B}] = o
	}
	for i, a := range versions {
		for _, b := range versions[i+1:] {
			o, ok := Compare(a, b)
			got, listed := found[[2]string{a.Name, b.Name}]
			if listed && !reflect.DeepEqual(o, got) {
				t.Fatalf("%s %s: differs from Compare", a.Name, b.Name)
			}
			long := false
			for _, p := range o.Passages {
				long = long || len(strings.Fields(p.A.Of(a.Text))) >= 7
			}
			if ok && long && !listed {
				t.Fatalf("%s %s: not found", a.Name, b.Name)
			}
		}
	}
	r.Shuffle(len(versions), func(i, j int) { versions[i], versions[j] = versions[j], versions[i] })
	if !reflect.DeepEqual(all, CompareAll(versions)) {
		t.Error("CompareAll minds the order")
	}
}

// Many copies of one text are still compared, but not all with all.
func TestCrowd(t *testing.T) {
	var versions []*news.Version
	for i := range crowd + 40 {
		versions = append(versions, labelled(fmt.Sprintf("v%04d", i), strings.Split(pool, "\n")...))
	}
	n := len(CompareAll(versions))
	if n < len(versions)-1 || n > len(versions)*neighbours {
		t.Errorf("%d overlaps of %d copies", n, len(versions))
	}
}

func FuzzCompare(f *testing.F) {
	f.Add(pool, strings.ReplaceAll(pool, "farmers", "growers"))
	f.Add("“a b c d e f g h” 5% U.S. x\x80", "a b c d e f g h 5 percent US x\xff")
	f.Fuzz(func(t *testing.T, x, y string) {
		a, b := &news.Version{Name: "a", Text: x}, &news.Version{Name: "b", Text: y}
		o, _ := Compare(a, b)
		back, _ := Compare(b, a)
		if !reflect.DeepEqual(o, back) {
			t.Fatal("Compare minds the order")
		}
		check(t, a, b, o)
	})
}

// article makes a text of about n words of its own vocabulary.
func article(r *rand.Rand, name string, n int) *news.Version {
	var lines []string
	for n > 0 {
		var w []string
		for range 40 {
			w = append(w, fmt.Sprintf("%c%cmora%d", 'a'+r.IntN(26), 'a'+r.IntN(26), r.IntN(20)))
		}
		lines = append(lines, strings.Join(w, " ")+".")
		n -= 40
	}
	return labelled(name, lines...)
}

func BenchmarkCompare600Words(b *testing.B) {
	r := rand.New(rand.NewPCG(7, 8))
	x := article(r, "x", 600)
	y := article(r, "y", 300)
	y.Text += x.Text[:len(x.Text)/2]
	y.Lines.Items = nil
	b.ReportAllocs()
	for b.Loop() {
		Compare(x, y)
	}
}

func BenchmarkCompareAll100(b *testing.B) {
	r := rand.New(rand.NewPCG(9, 10))
	var versions []*news.Version
	for i := range 100 {
		v := article(r, fmt.Sprintf("v%03d", i), 500)
		if i >= 50 { // half of them are in families of two
			v.Text += versions[i-50].Text[:1000]
			v.Lines.Items = nil
		}
		versions = append(versions, v)
	}
	b.ReportAllocs()
	for b.Loop() {
		CompareAll(versions)
	}
}
