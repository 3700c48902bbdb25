package story

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/annotate/segment"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// page is a text of the test: name, date and prose, headline first.
func page(name, date, prose string) *news.Version {
	v := annotate(news.Version{Name: name, Text: prose})
	v.Meta.Published.Value = date
	v.Meta.Kind = news.Article
	return v
}

const (
	ferryA = `Ferry sinks off Port Amsel, 14 missing

PORT AMSEL, Tirania (NPA) — A passenger ferry sank in a storm off Port Amsel on Monday, and 14 people were missing, the Tiranian coast guard said.
The Silver Heron went down within minutes after a wave broke its bow doors, survivors told rescuers.
Coast guard chief Mira Dolan said 63 people had been pulled from the water by fishing boats.
`
	ferryB = `Fishing boats save dozens as Silver Heron goes down

Fishermen pulled 63 people from rough seas off Port Amsel in Tirania on Monday after the ferry Silver Heron sank in a storm. Fourteen passengers are missing.
The coast guard said a wave had broken the bow doors of the ferry. Its chief, Mira Dolan, praised the crews of the fishing boats.
`
	ferryLater = `Owner of sunken ferry Silver Heron charged in Tirania

PORT AMSEL, Tirania (NPA) — Prosecutors charged the owner of the Silver Heron on Friday over the sinking of the ferry off Port Amsel last week, saying he knew that its bow doors were broken.
Lars Obrecht, whose company ran the ferry, denied the charges. Coast guard chief Mira Dolan testified that inspectors had warned him.
`
	crashA = `Man dies after crash on motorway near Eldham

A man has died after a crash involving a lorry and two cars near Eldham on Monday night, police said. Officers closed the road for six hours and appealed for witnesses with dashcam footage to come forward.
Eldham police said the driver, Colin Tarrow, died at the scene.
`
	crashB = `Man dies after crash on motorway near Wexcombe

A man has died after a crash involving a lorry and two cars near Wexcombe on Monday night, police said. Officers closed the road for six hours and appealed for witnesses with dashcam footage to come forward.
Wexcombe police said the driver, Peter Ollery, died at the scene.
`
)

func TestStories(t *testing.T) {
	copied := func(a, b string, r news.Relation) []news.Link {
		return []news.Link{{From: a, To: b, Relation: r, Directed: true}}
	}
	column := page("column", "2031-05-06", ferryB)
	column.Meta.Kind = news.Opinion
	for _, c := range []struct {
		name  string
		pages []*news.Version
		links []news.Link
		want  string
	}{
		{
			"two newsrooms on one sinking",
			[]*news.Version{page("aaa", "2031-05-05", ferryA), page("bbb", "2031-05-05", ferryB)},
			nil,
			"story aaa bbb 2031-05-05/2031-05-05\nstep 1 2031-05-05 [aaa bbb] follows []\n",
		},
		{
			"charges nine days later are another story of the thread",
			[]*news.Version{page("aaa", "2031-05-05", ferryA), page("bbb", "2031-05-05", ferryB), page("ccc", "2031-05-14", ferryLater)},
			nil,
			"story aaa bbb 2031-05-05/2031-05-05\nstory ccc 2031-05-14/2031-05-14\n" +
				"step 1 2031-05-05 [aaa bbb] follows []\nstep 2 2031-05-14 [ccc] follows [bbb]\n",
		},
		{
			"two crashes written to one pattern",
			[]*news.Version{page("aaa", "2031-05-05", crashA), page("bbb", "2031-05-05", crashB)},
			nil,
			"story aaa 2031-05-05/2031-05-05\nstory bbb 2031-05-05/2031-05-05\n" +
				"step 1 2031-05-05 [aaa] follows []\nstep 1 2031-05-05 [bbb] follows []\n",
		},
		{
			"a copy without a date takes its twin's, and is no step of its own",
			[]*news.Version{page("aaa", "2031-05-05", ferryA), page("bbb", "", ferryA)},
			copied("aaa", "bbb", news.Copy),
			"story aaa bbb 2031-05-05/2031-05-05\nstep 1 2031-05-05 [aaa bbb] follows []\n",
		},
		{
			"a copy run a day later stands with its original",
			[]*news.Version{page("aaa", "2031-05-05", ferryA), page("bbb", "2031-05-06", ferryA)},
			copied("aaa", "bbb", news.Copy),
			"story aaa bbb 2031-05-05/2031-05-06\nstep 1 2031-05-05 [aaa bbb] follows []\n",
		},
		{
			"an update of the next day is a step of its own",
			[]*news.Version{page("aaa", "2031-05-05", ferryA), page("bbb", "2031-05-06", ferryB)},
			copied("aaa", "bbb", news.EarlierVersion),
			"story aaa bbb 2031-05-05/2031-05-06\nstep 1 2031-05-05 [aaa] follows []\nstep 2 2031-05-06 [bbb] follows [aaa]\n",
		},
		{
			"unlike texts share nothing",
			[]*news.Version{page("aaa", "2031-05-05", ferryA), page("bbb", "2031-05-05", crashA)},
			nil,
			"story aaa 2031-05-05/2031-05-05\nstory bbb 2031-05-05/2031-05-05\n" +
				"step 1 2031-05-05 [aaa] follows []\nstep 1 2031-05-05 [bbb] follows []\n",
		},
		{
			"columns make no story of two reports",
			[]*news.Version{page("aaa", "2031-05-05", crashA), column},
			copied("aaa", "column", news.Copy),
			"story aaa 2031-05-05/2031-05-05\nstory col 2031-05-06/2031-05-06\n" +
				"step 1 2031-05-05 [aaa] follows []\nstep 1 2031-05-06 [col] follows []\n",
		},
	} {
		var digests []D
		for _, p := range c.pages {
			digests = append(digests, Digest(p))
		}
		if got := show(Fold(digests, c.links)); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.name, got, c.want)
			for i := range digests[1:] {
				t.Logf("%+v", Compare(digests[0], digests[i+1]))
			}
		}
	}
}

func TestVeto(t *testing.T) {
	a, b := Digest(page("a", "2031-05-05", crashA)), Digest(page("b", "2031-05-05", crashB))
	a.LedePlaces, a.Places = []string{"Eldham"}, []Term{{"Eldham", 1}}
	b.LedePlaces, b.Places = []string{"Wexcombe"}, []Term{{"Wexcombe", 1}}
	if s := Compare(a, b); s.Veto == "" || s.Story != 0 {
		t.Errorf("two crashes in different places: %+v", s)
	}
	b.Places = []Term{{"Eldham", 0.7}, {"Wexcombe", 0.7}}
	if s := Compare(a, b); s.Veto != "" {
		t.Errorf("the second text names the first one's place: %+v", s)
	}
	later := b
	later.Date = "2031-06-05"
	if s := Compare(b, later); !strings.Contains(s.Veto, "31 days apart") {
		t.Errorf("a month later: %+v", s)
	}
}

func TestOrderMeansNothing(t *testing.T) {
	digests := invented(300)
	var links []news.Link
	for i := 0; i+7 < len(digests); i += 9 {
		r := []news.Relation{news.Copy, news.Trimmed, news.EarlierVersion, news.BackgroundReuse}[i%4]
		links = append(links, news.Link{From: digests[i].Name, To: digests[i+1+i%7].Name, Relation: r, Directed: true})
	}
	for i := range digests {
		switch i % 17 {
		case 0:
			digests[i].Date = ""
		case 1:
			digests[i].Kind = news.Opinion
		}
	}
	stories, steps := Fold(digests, links)
	checkWhole(t, digests, stories, steps)
	r := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		r.Shuffle(len(digests), func(i, j int) { digests[i], digests[j] = digests[j], digests[i] })
		r.Shuffle(len(links), func(i, j int) { links[i], links[j] = links[j], links[i] })
		raw, err := json.Marshal(digests)
		if err != nil {
			t.Fatal(err)
		}
		var back []D
		if err := json.Unmarshal(raw, &back); err != nil {
			t.Fatal(err)
		}
		again, stepsAgain := Fold(back, links)
		if !reflect.DeepEqual(stories, again) || !reflect.DeepEqual(steps, stepsAgain) {
			t.Fatal("another order gives another answer")
		}
	}
}

// checkWhole demands that every text stands in one story and one step, and
// that steps count from 1 and follow texts of earlier steps.
func checkWhole(t *testing.T, digests []D, stories []news.Story, steps []news.Step) {
	t.Helper()
	inStory, inStep, ids := map[string]int{}, map[string]int{}, map[string]bool{}
	for _, s := range stories {
		if ids[s.ID] {
			t.Errorf("two stories are called %s", s.ID)
		}
		ids[s.ID] = true
		if s.Title == "" && digests[0].Title != "" || !slices.IsSorted(s.Documents) || s.From > s.To {
			t.Errorf("story %+v", s)
		}
		for _, d := range s.Documents {
			inStory[d]++
		}
	}
	place := map[string]news.Step{}
	last := map[string]int{}
	for _, s := range steps {
		if s.Order != last[s.Thread]+1 || !ids[s.Story] {
			t.Errorf("step %+v comes after %d", s, last[s.Thread])
		}
		last[s.Thread] = s.Order
		for _, d := range s.Documents {
			inStep[d]++
			place[d] = s
		}
		if (s.Order == 1) != (len(s.Follows) == 0) {
			t.Errorf("step %d follows %v", s.Order, s.Follows)
		}
		for _, d := range s.Follows {
			if before := place[d]; before.Thread != s.Thread || before.Order >= s.Order {
				t.Errorf("step %+v follows %s of no earlier step", s, d)
			}
		}
	}
	for _, d := range digests {
		if inStory[d.Name] != 1 || inStep[d.Name] != 1 {
			t.Errorf("%s stands in %d stories and %d steps", d.Name, inStory[d.Name], inStep[d.Name])
		}
	}
}

func TestInventedStoriesAreFound(t *testing.T) {
	digests := invented(600)
	stories, _ := Fold(digests, nil)
	if len(stories) < 55 || len(stories) > 65 {
		t.Errorf("600 texts on 60 stories gave %d", len(stories))
	}
}

// A year that only a weekday tells is no distance in time; the story has the
// year of its other texts.
func TestYearIsAGuess(t *testing.T) {
	guess := page("bbb", "2036-05-06", ferryB)
	guess.Meta.Published.Why.Rule = news.YearByWeekday
	sure := page("ccc", "2036-05-06", ferryB)
	for _, c := range []struct {
		other *news.Version
		want  string
	}{
		{guess, "story aaa bbb 2031-05-05/2031-05-06\n"},
		{sure, "story aaa 2031-05-05/2031-05-05\nstory ccc 2036-05-06/2036-05-06\n"},
	} {
		stories, _ := Fold([]D{Digest(page("aaa", "2031-05-05", ferryA)), Digest(c.other)}, nil)
		if got := show(stories, nil); got != c.want {
			t.Errorf("got\n%swant\n%s", got, c.want)
		}
	}
}

func TestFoldOfNothing(t *testing.T) {
	for _, d := range [][]D{nil, {{Name: "a"}}, {{Name: "a"}, {Name: "b"}, {Name: "a"}}} {
		stories, steps := Fold(d, []news.Link{{From: "a", To: "nobody", Relation: news.Copy}})
		checkWhole(t, d, stories, steps)
	}
}

func TestShorten(t *testing.T) {
	long := strings.Repeat("ferry ", 30)
	for in, want := range map[string]string{
		"Ferry sinks": "Ferry sinks",
		long:          strings.TrimSpace(long[:16*6]) + " …",
		"The coast guard of Tirania said on Monday that a ferry had sunk off Port Amsel, and that it did not know how many were on board": "The coast guard of Tirania said on Monday that a ferry had sunk off Port Amsel",
	} {
		if got := shorten(in); got != want {
			t.Errorf("shorten(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestBackground(t *testing.T) {
	if the, ferry := weightOf("the"), weightOf("qwertyferry"); the >= weakest || ferry != rare {
		t.Errorf("the %v, unknown word %v", the, ferry)
	}
	if n := len(background()); n < 3000 {
		t.Errorf("the table holds %d words", n)
	}
}

func FuzzDigest(f *testing.F) {
	for _, s := range []string{ferryA, ferryB, crashA, "", "a", "14 14 people, $3,000,000 men", "“Ünïcode” — naïve 12 000 Ärzte\n\n!!!"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		if !utf8.ValidString(src) {
			t.Skip()
		}
		v := news.Version{Name: "fuzz", Text: src}
		v.Tokens, v.Sentences = segment.Find(&v)
		if len(src) > 4 {
			v.Timexes.Items = []news.Timex{{Span: text.Span{Start: 0, End: 4}}}
		}
		d := Digest(&v)
		for _, terms := range [][]Term{d.Head, d.LedeWords, d.LedeNames, d.Words, d.Names, d.Phrases} {
			sum := 0.0
			for i, x := range terms {
				sum += float64(x.Weight) * float64(x.Weight)
				if i > 0 && terms[i-1].Word >= x.Word {
					t.Fatalf("terms out of order: %q before %q", terms[i-1].Word, x.Word)
				}
			}
			if len(terms) > 0 && math.Abs(sum-1) > 1e-3 {
				t.Fatalf("length %v", sum)
			}
		}
		if n := utf8.RuneCountInString(d.Title); n > titleRunes+2 {
			t.Fatalf("title of %d runes", n)
		}
		if s := Compare(d, d); math.IsNaN(s.Story) || s.Story < 0 || s.Story > 1 {
			t.Fatalf("score %v", s.Story)
		}
		if k := Keys(d); !slices.IsSorted(k) || len(k) > 91 {
			t.Fatalf("%d keys", len(k))
		}
		stories, steps := Fold([]D{d}, nil)
		checkWhole(t, []D{d}, stories, steps)
	})
}

// Pairs that are told apart by a few numbers are those that all features tell
// apart.
func TestApart(t *testing.T) {
	digests := invented(200)
	for i := range digests { // places and actors, so that they forbid stories
		d := &digests[i]
		at := []string{"Eldham", "Wexcombe", "Port Amsel", "Vell"}
		d.Places, d.LedePlaces = []Term{{at[i%3], 0.8}}, []string{at[i%4]}
		if i%5 == 0 {
			d.LedeActors = []string{"Mira Dolan"}
		}
		if i%7 == 0 {
			d.LedePlaces = nil
		}
	}
	f := newFold(digests, nil)
	f.ready()
	near := f.near()
	f.neighbours(near)
	f.lookAround(near)
	both := 0
	for a := range digests {
		for b := a + 1; b < len(digests); b++ {
			s := f.byFeatures(a, b)
			told := apart(&f.local[a], &f.local[b])
			if told {
				both++
				s = scores{story: s.story} // the rest is of no matter
			}
			if x, follow := featuresOf(&f.local[a], &f.local[b]), f.follow(a, b); follow != threadScore(x) || told && follow != 0 {
				t.Fatalf("%s and %s follow by %v", f.digests[a].Name, f.digests[b].Name, follow)
			}
			if f.score(a, b) != s {
				t.Fatalf("%s and %s: %v, and by all features %v", f.digests[a].Name, f.digests[b].Name, f.score(a, b), s)
			}
		}
	}
	if both == 0 {
		t.Error("no two digests are apart")
	}
}

func TestGathered(t *testing.T) {
	const hour = 60 * 60
	noon := int64(dayNumber("2031-05-05"))*24*hour + 12*hour
	for _, c := range []struct {
		name         string
		got, later   int64
		day, dayThen string
		want         float64
	}{
		{"six hours apart", noon, noon + 6*hour, "2031-05-05", "2031-05-05", 0.25},
		{"a day and a half apart", noon, noon + 36*hour, "2031-05-05", "2031-05-05", 1},
		{"without a date", noon, noon + 6*hour, "", "2031-05-05", 0.25},
		{"one was not fetched", noon, 0, "2031-05-05", "2031-05-05", 0},
		{"an old page fetched again", noon, noon + 6*hour, "2031-05-05", "2029-05-05", 0},
		{"another collection", noon, noon + 100*hour, "", "", 0},
	} {
		a, b := readyBoth(D{Got: c.got, Date: c.day}, D{Got: c.later, Date: c.dayThen})
		if x, y := gathered(&a, &b), gathered(&b, &a); x != c.want || y != c.want {
			t.Errorf("%s: %v and %v, want %v", c.name, x, y, c.want)
		}
	}
}

func TestCompany(t *testing.T) {
	f := &fold{crowd: []float64{0.1, 0.1, 0.1, 1}, beside: []float64{0.3, 0.3, 0, 0.3}}
	if c := f.company(0, 1, 0.6); c.small != 0.9 || c.beside != 2 {
		t.Errorf("twice as close as the neighbours: %+v", c)
	}
	if c := f.company(0, 1, 0.15); c.small != 0.9 || c.beside != 0.5 {
		t.Errorf("half as close as the neighbours: %+v", c)
	}
	if c := f.company(0, 2, 0.6); c.small != 0 {
		t.Errorf("one has no neighbours: %+v", c)
	}
	if c := f.company(0, 3, 0.6); c.small != 0 {
		t.Errorf("hundreds tell of it: %+v", c)
	}
	var x features
	x.x[allNames] = 0.4
	near, far := learned.score(x, company{small: 1, beside: 1.3}, false), learned.score(x, company{small: 1, beside: 0.6}, false)
	if near < 0.5 || far > 0.2 {
		t.Errorf("the same likeness, close beside the neighbours %.2f, and not %.2f", near, far)
	}
}

// Bulletins of one pattern on different places are different news, however
// alike they read; two reports of one place are not strangers.
func TestStrangers(t *testing.T) {
	digest := func(lede, names []Term) D { return D{Name: "x", LedeNames: lede, Names: names} }
	vell := []Term{{"vell", 0.8}, {"monday", 0.6}}
	eldham := []Term{{"eldham", 0.8}, {"monday", 0.6}}
	for _, c := range []struct {
		name string
		a, b D
		want float64
	}{
		{"the same names", digest(vell, vell), digest(vell, vell), 0},
		{"each names a place of its own", digest(vell, vell), digest(eldham, eldham), 0.64},
		{"one text has the other's place as well", digest(vell, vell), digest(eldham, append(eldham[:1:1], vell...)), 0},
		{"no names", digest(nil, nil), digest(vell, vell), 0},
	} {
		x, y := readyBoth(c.a, c.b)
		if got := featuresOf(&x, &y).strangers; math.Abs(got-c.want) > 1e-6 {
			t.Errorf("%s: %.3f, want %.3f", c.name, got, c.want)
		}
	}
}
