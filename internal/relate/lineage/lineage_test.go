package lineage

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// headline is that of all pages: what is above a report is often the same.
const headline = "Landslide near Orstad"

// page makes a version of paragraphs, with its outlet and agency ("outlet" or
// "outlet/agency") and date.
func page(name, house, published string, paragraphs ...string) *news.Version {
	v := &news.Version{Name: name}
	outlet, agency, _ := strings.Cut(house, "/")
	v.Meta.Outlet.Value, v.Meta.Agency.Value, v.Meta.Published.Value = outlet, agency, published
	v.Meta.Headline.Value = headline
	for i, p := range paragraphs {
		label := news.Body
		if before, rest, ok := strings.Cut(p, "| "); ok {
			label, p = news.Label(before), rest
		}
		start := len(v.Text)
		v.Text += p + "\n"
		v.Lines.Items = append(v.Lines.Items, news.Line{Number: i + 1, Label: label, Span: text.Span{Start: start, End: len(v.Text) - 1}})
	}
	return v
}

// overlap pairs equal paragraphs, and the parts of others up to the word
// that differs; a paragraph that begins with a quotation mark is one. (The
// reuse package does this by words; here it only has to be plain.)
func overlap(a, b *news.Version) news.Overlap {
	if a.Name > b.Name {
		a, b = b, a
	}
	o := news.Overlap{A: a.Name, B: b.Name}
	used := map[int]bool{}
	for _, x := range a.Lines.Items {
		for j, y := range b.Lines.Items {
			if used[j] {
				continue
			}
			s, t := x.Span.Of(a.Text), y.Span.Of(b.Text)
			head := 0
			for head < len(s) && head < len(t) && s[head] == t[head] {
				head++
			}
			tail := 0
			for tail < min(len(s), len(t))-head && s[len(s)-1-tail] == t[len(t)-1-tail] {
				tail++
			}
			if head < 20 && tail < 20 {
				continue
			}
			kind := news.Prose
			if strings.HasPrefix(s, `"`) {
				kind = news.Quotation
			}
			if x.Label != news.Body && x.Label != news.Headline {
				kind = news.Furniture
			}
			if head >= 20 {
				o.Passages = append(o.Passages, news.Passage{A: text.Span{Start: x.Span.Start, End: x.Span.Start + head}, B: text.Span{Start: y.Span.Start, End: y.Span.Start + head}, Kind: kind})
			}
			if tail >= 20 {
				o.Passages = append(o.Passages, news.Passage{A: text.Span{Start: x.Span.End - tail, End: x.Span.End}, B: text.Span{Start: y.Span.End - tail, End: y.Span.End}, Kind: kind})
			}
			used[j] = true
			break
		}
	}
	o.ProseA, o.WholeA = shares(a, o.Passages, func(p news.Passage) text.Span { return p.A })
	o.ProseB, o.WholeB = shares(b, o.Passages, func(p news.Passage) text.Span { return p.B })
	return o
}

func shares(v *news.Version, passages []news.Passage, side func(news.Passage) text.Span) (prose, whole float64) {
	var p, pIn, w, wIn int
	for _, l := range v.Lines.Items {
		if l.Label != news.Body {
			continue
		}
		in := 0
		for _, x := range passages {
			in += side(x).Common(l.Span)
		}
		w += l.Span.Len()
		wIn += in
		if !strings.HasPrefix(l.Span.Of(v.Text), `"`) {
			p += l.Span.Len()
			pIn += in
		}
	}
	return float64(pIn) / float64(max(1, p)), float64(wIn) / float64(max(1, w))
}

func overlaps(versions ...*news.Version) []news.Overlap {
	var out []news.Overlap
	for i, a := range versions {
		for _, b := range versions[i+1:] {
			if o := overlap(a, b); len(o.Passages) > 0 {
				out = append(out, o)
			}
		}
	}
	return out
}

// Paragraphs of an invented report, all of it from one agency.
const (
	lede   = "ORSTAD, Marovia (AP) - A landslide buried the northern road into Orstad on Tuesday and cut off the power of the whole valley, the governor said."
	toll7  = "At least seven people were killed when mud swept away a bus stop, according to the rescue service of the district."
	toll9  = "At least nine people were killed when mud swept away a bus stop, according to the rescue service of the district."
	rain   = "Rain had fallen for eleven days in a row when the slope above the quarry gave way shortly before the first shift began."
	army   = "The army sent two bridges and a field kitchen, and helicopters brought generators to the hospital in the upper town."
	spring = "Orstad was hit by a flood four years ago after which engineers had warned that the slope could not be trusted any longer."
	quarry = "The owner of the quarry, which employs a fifth of the town, did not answer questions about the warnings of the engineers."
	speech = `"We will open the road again before the week is over," governor Jana Reth said in a televised address.`
	lede2  = "ORSTAD, Marovia (AP) - Soldiers reached the last houses of Orstad on Wednesday after clearing the northern road with explosives."
	camp   = "Families who lost their homes moved into a school, where teachers put up beds in the gymnasium and cooked for two hundred."
	own1   = "Our reporter walked to the valley over the old pass and met shepherds who had heard the mountain crack like ice at night."
	own2   = "None of them had been told to leave, and one of them had counted the lorries of the quarry every day since the spring."
	own3   = "The mountain rescue of Ulvik, across the border, sent dogs, and a baker in Ulvik sent the bread of a whole day over the pass."
)

// is one link, short: "from>to relation", "-" for a pair without direction,
// "(external)" for an origin outside the set.
func is(l news.Link) string {
	from, arrow := l.From, ">"
	if from == "" {
		from = "(" + l.External + ")"
	}
	if !l.Directed {
		arrow = "-"
	}
	return from + arrow + l.To + " " + string(l.Relation)
}

func TestRelations(t *testing.T) {
	updated := func(v *news.Version, kind string) *news.Version {
		v.Meta.Update = &news.Update{Kind: kind}
		return v
	}
	for _, c := range []struct {
		name     string
		versions []*news.Version
		want     []string
	}{
		{
			"the same text on the agency's page and on another",
			[]*news.Version{
				page("a", "Valley Post/AP", "", lede, toll7, rain, army, spring),
				page("b", "AP/AP", "", lede, toll7, rain, army, spring),
			},
			[]string{"b>a copy"},
		},
		{
			"two copies of an agency text that is not here have one origin",
			[]*news.Version{
				page("a", "Valley Post/AP", "2031-05-06", lede, toll7, rain, army, spring),
				page("b", "Coast Times/AP", "2031-05-06", lede, toll7, rain, army, spring),
			},
			[]string{"(AP story of 2031-05-06)>a copy", "(AP story of 2031-05-06)>b copy", "a-b copy"},
		},
		{
			"two agency texts of one day are told apart",
			[]*news.Version{
				page("a", "Valley Post/AP", "2031-05-06", lede, toll7, rain, army, spring),
				page("b", "Coast Times/AP", "2031-05-06", own1, own2, own3),
			},
			[]string{"(AP story of 2031-05-06)>a copy", "(AP story of 2031-05-06: " + headline + ")>b copy"},
		},
		{
			"a copy without its tail is a trim of the longer one",
			[]*news.Version{
				page("a", "Valley Post", "", lede, toll7, rain),
				page("b", "Marovia Wire", "", lede, toll7, rain, army, spring, quarry, camp),
			},
			[]string{"b>a trimmed"},
		},
		{
			"a write-through of the next day comes after",
			[]*news.Version{
				page("a", "AP/AP", "2031-05-07", lede2, toll9, rain, army, spring, camp),
				page("b", "AP/AP", "2031-05-06", lede, toll7, rain, army, spring, quarry),
			},
			[]string{"b>a earlier_version"},
		},
		{
			"an update note tells the order within a day",
			[]*news.Version{
				updated(page("a", "Yonhap", "2031-05-07", lede2, rain, army, spring, camp), "2nd LD"),
				updated(page("b", "Yonhap", "2031-05-07", lede, rain, army, spring, quarry), "LEAD"),
			},
			[]string{"(Yonhap story of 2031-05-07, earlier version)>b earlier_version", "b>a earlier_version"},
		},
		{
			"a toll that rises tells the order",
			[]*news.Version{
				page("a", "Reuters", "2031-05-06", lede, toll9, rain, army, camp),
				page("b", "Reuters", "2031-05-06", lede, toll7, rain, army, quarry, own3),
			},
			[]string{"b>a earlier_version"},
		},
		{
			"nothing tells the order of two versions of one day",
			[]*news.Version{
				page("a", "Reuters", "2031-05-06", lede, toll7, rain, army, camp),
				page("b", "Reuters", "2031-05-06", lede, toll7, rain, army, quarry, own3),
			},
			[]string{"a-b earlier_version"},
		},
		{
			"paragraphs of an agency inside own writing",
			[]*news.Version{
				page("a", "Valley Post", "2031-05-06", own1, own2, toll7, rain, army, own3, own1+" "+own3),
				page("b", "AP/AP", "2031-05-06", lede, toll7, rain, army, spring, quarry),
			},
			[]string{"a-b excerpt"},
		},
		{
			"only the words of the governor are shared",
			[]*news.Version{
				page("a", "Reuters", "2031-05-06", lede, speech, rain),
				page("b", "Valley Post", "2031-05-06", own1, speech, own2),
			},
			[]string{"a-b shared_passage"},
		},
		{
			"a standing line of one newsroom comes back days later",
			[]*news.Version{
				page("a", "UPI", "2031-05-14", own1, own2, spring, own3, camp),
				page("b", "UPI", "2031-05-06", lede, toll7, spring, rain, army, quarry),
			},
			[]string{"b>a background_reuse"},
		},
		{
			"a menu and a caption are no relation",
			[]*news.Version{
				page("a", "Valley Post", "", "navigation| Subscribe to our letter and never miss a story", "caption| Soldiers carry sandbags through Orstad on Tuesday", own1, own2),
				page("b", "Valley Post", "", "navigation| Subscribe to our letter and never miss a story", "caption| Soldiers carry sandbags through Orstad on Tuesday", rain, army),
			},
			[]string{},
		},
		{
			"an agency text on a scraped page may be older than the agency's own page",
			[]*news.Version{
				page("a", "AP/AP", "2031-05-07", lede2, toll9, rain, army, spring, camp),
				page("b", "Wealth Site/AP", "2031-05-06", lede, toll7, rain, army, spring, quarry),
			},
			[]string{"(AP story of 2031-05-06, earlier version)>b copy", "b>a earlier_version"},
		},
	} {
		links := Fold(c.versions, overlaps(c.versions...))
		got := []string{}
		for _, l := range links {
			got = append(got, is(l))
			if l.Why.Rule == "" {
				t.Errorf("%s: no rule for %s", c.name, is(l))
			}
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestCommonSource(t *testing.T) {
	a := page("a", "Reuters", "2031-05-06", lede, speech, rain)
	b := page("b", "Valley Post", "2031-05-07", own1, speech, own2)
	for _, v := range []*news.Version{a, b} {
		at := strings.Index(v.Text, speech)
		v.Entities.Items = []news.Entity{{ID: "Jana Reth", Type: news.Person}}
		v.Quotes.Items = []news.Quote{{Kind: news.Direct, SourceID: "Jana Reth", Content: text.Span{Start: at, End: at + 56}}}
	}
	o := overlap(a, b)
	for i := range o.Passages {
		o.Passages[i].A.End = o.Passages[i].A.Start + 56
		o.Passages[i].B.End = o.Passages[i].B.Start + 56
	}
	links := Fold([]*news.Version{a, b}, []news.Overlap{o})
	if len(links) != 1 || links[0].CommonSource != "words of Jana Reth of 2031-05-06" {
		t.Errorf("%+v", links)
	}
}

// The passages of a link lie in From and To, whichever way it points.
func TestPassagesFollowTheDirection(t *testing.T) {
	a := page("a", "AP/AP", "2031-05-07", lede2, toll9, rain, army, spring, camp)
	b := page("b", "AP/AP", "2031-05-06", own1, lede, toll7, rain, army, spring, quarry)
	links := Fold([]*news.Version{a, b}, overlaps(a, b))
	if len(links) != 1 || links[0].From != "b" {
		t.Fatalf("%+v", links)
	}
	for _, p := range links[0].Passages {
		if p.A.Of(b.Text) != p.B.Of(a.Text) {
			t.Errorf("%q is not %q", p.A.Of(b.Text), p.B.Of(a.Text))
		}
	}
}

func TestFoldIsAFunctionOfTheSet(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	all := []string{lede, toll7, toll9, rain, army, spring, quarry, speech, lede2, camp, own1, own2, own3}
	var versions []*news.Version
	for i := range 24 {
		var p []string
		for range 3 + r.IntN(5) {
			p = append(p, all[r.IntN(len(all))])
		}
		house := []string{"AP/AP", "Valley Post/AP", "Valley Post", "UPI", ""}[r.IntN(5)]
		date := []string{"", "2031-05-06", "2031-05-07", "2031-05-14"}[r.IntN(4)]
		versions = append(versions, page(fmt.Sprintf("v%02d", i), house, date, p...))
	}
	common := overlaps(versions...)
	want := Fold(versions, common)
	for range 20 {
		r.Shuffle(len(versions), func(i, j int) { versions[i], versions[j] = versions[j], versions[i] })
		r.Shuffle(len(common), func(i, j int) { common[i], common[j] = common[j], common[i] })
		if got := Fold(versions, common); !reflect.DeepEqual(got, want) {
			t.Fatal("Fold minds the order")
		}
	}
}

func TestDate(t *testing.T) {
	dated := page("a", "AP/AP", "2031-05-07", lede2, toll9, rain, army, spring, camp)
	scraped := page("b", "Wealth Site/AP", "", lede, toll7, rain, army, spring, quarry)
	other := page("c", "Valley Post", "", own1, own2, rain)
	versions := []*news.Version{dated, scraped, other}
	tuesday := func(name, date string) bool { return date == "2031-05-06" }
	got := Date(versions, overlaps(versions...), tuesday)
	if len(got) == 0 || got[0].Name != "b" || got[0].Value != "2031-05-06" || got[0].Twin != "a" {
		t.Errorf("%+v", got)
	}
	// Weekdays of the day before fit too; the first day is taken.
	slack := func(name, date string) bool { return date == "2031-05-06" || date == "2031-05-07" }
	if got := Date(versions, overlaps(versions...), slack); len(got) == 0 || got[0].Value != "2031-05-06" {
		t.Errorf("with slack: %+v", got)
	}
	// A false stamp on a scraped copy gives way to the date of the original.
	original := page("a", "AP/AP", "2031-05-06", lede, toll7, rain, army, spring)
	stamped := page("b", "Wealth Site/AP", "2033-01-20", lede, toll7, rain, army, spring)
	reprint := page("c", "AP/AP", "2033-01-20", lede, toll7, rain, army, spring)
	got = Date([]*news.Version{original, stamped, reprint}, overlaps(original, stamped, reprint), slack)
	if len(got) != 1 || got[0].Name != "b" || got[0].Value != "2031-05-06" {
		t.Errorf("a false stamp: %+v", got)
	}
	never := func(string, string) bool { return false }
	if got := Date(versions, overlaps(versions...), never); len(got) != 0 {
		t.Errorf("a date that does not fit: %+v", got)
	}
}

func TestOrdinal(t *testing.T) {
	for kind, want := range map[string]int{
		"UPDATE 2-Landslide cuts off valley": 2, "(LEAD) Landslide": 1, "(2nd LD) Landslide": 2, "Eds: UPDATES with army, camp": 1,
		"3rd Ld-Writethru": 3, "WRAPUP 4": 4,
	} {
		if got := ordinal(&news.Update{Kind: kind}); got != want {
			t.Errorf("%q: %d, want %d", kind, got, want)
		}
	}
	if ordinal(nil) != 0 {
		t.Error("no note has an ordinal")
	}
}

func BenchmarkFold(b *testing.B) {
	all := []string{lede, toll7, rain, army, spring, quarry, speech, camp, own1, own2, own3}
	var versions []*news.Version
	for i := range 40 {
		versions = append(versions, page(fmt.Sprintf("v%02d", i), "Valley Post/AP", "2031-05-06", all[i%3:i%3+6]...))
	}
	common := overlaps(versions...)
	b.ReportAllocs()
	for b.Loop() {
		Fold(versions, common)
	}
}
