package corroborate_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/relate/corroborate"
	"github.com/tracewire/tracewire/internal/relate/lineage"
	"github.com/tracewire/tracewire/internal/relate/reuse"
)

// page is an invented page: its outlet and its text.
type page struct{ outlet, text string }

// read makes annotated versions of pages, named a, b, c …
func read(pages ...page) []*news.Version {
	var out []*news.Version
	for i, p := range pages {
		v := pipeline.Annotate(news.Version{
			ID: strings.Repeat(string(rune('a'+i)), 32), Name: string(rune('a' + i)), Text: p.text, Given: news.Given{Outlet: p.outlet},
		})
		out = append(out, &v)
	}
	return out
}

func fold(versions []*news.Version) ([]news.Group, []news.Tension) {
	overlaps := reuse.CompareAll(versions)
	return corroborate.Fold(versions, overlaps, lineage.Fold(versions, overlaps))
}

// groupWith returns the group that has a claim of doc with these words.
func groupWith(t *testing.T, versions []*news.Version, groups []news.Group, doc, words string) news.Group {
	t.Helper()
	for _, g := range groups {
		for _, m := range g.Members {
			for _, v := range versions {
				for _, c := range v.Claims.Items {
					if v.Name == doc && m.Doc == doc && m.Claim == c.ID && strings.Contains(c.Span.Of(v.Text), words) {
						return g
					}
				}
			}
		}
	}
	t.Fatalf("no claim of %s has the words %q", doc, words)
	return news.Group{}
}

const filler = "\n\nThe harbour town of Brackwell has some 9,000 inhabitants and lies on the northern coast.\n"

func TestSameClaimOrNot(t *testing.T) {
	tests := []struct {
		name string
		a, b string // body sentences of two pages
		wa   string // words of the claim in a
		wb   string // and in b
		same bool
	}{
		{
			"other verbs for one happening",
			"President Ilya Marn met Premier Oda Brill in Brackwell on Monday, a spokesman said.",
			"President Ilya Marn held talks with Premier Oda Brill in Brackwell on Monday, officials said.",
			"met Premier", "held talks", true,
		},
		{
			"a toll in two wordings",
			"The ferry Aurelia capsized off Brackwell, killing 12 people, the coast guard said.",
			"The coast guard said 12 people were killed when the ferry Aurelia capsized off Brackwell.",
			"killing 12", "12 people were killed", true,
		},
		{
			"another number is another claim",
			"The coast guard said 12 people were killed when the ferry Aurelia capsized off Brackwell.",
			"The coast guard said 15 people were killed when the ferry Aurelia capsized off Brackwell.",
			"12 people", "15 people", false,
		},
		{
			"at least seven and at least nine are two states of a count",
			"At least seven people died in the fire at the Brackwell cannery, police said.",
			"At least nine people died in the fire at the Brackwell cannery, police said.",
			"seven people died", "nine people died", false,
		},
		{
			"said and denied",
			"The ministry said the Brackwell cannery was inspected last year.",
			"The ministry said the Brackwell cannery was not inspected last year.",
			"was inspected", "was not inspected", false,
		},
		{
			"another day",
			"President Ilya Marn visited Brackwell on Monday, his office said.",
			"President Ilya Marn visited Brackwell on Friday, his office said.",
			"visited Brackwell", "visited Brackwell", false,
		},
		{
			"a moment in a picture is not what the report tells",
			"President Ilya Marn met Premier Oda Brill in Brackwell on Monday.",
			"Nothing was agreed, officials said.\n\nPresident Ilya Marn, left, meets Premier Oda Brill in Brackwell on Monday. (Ana Holm/NCA Photo)",
			"met Premier", "left, meets", false,
		},
		{
			"one caption on two pages",
			"Nothing was agreed, officials said.\n\nPresident Ilya Marn, left, meets Premier Oda Brill in Brackwell on Monday. (Ana Holm/NCA Photo)",
			"The talks went on.\n\nPresident Ilya Marn, left, meets Premier Oda Brill in Brackwell on Monday. (Ana Holm/NCA Photo)",
			"left, meets", "left, meets", true,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			vs := read(
				page{"The Northern Post", "BRACKWELL, March 13, 2024 (NCA) -- " + tt.a + filler},
				page{"Brackwell Courier", "BRACKWELL, March 13, 2024 -- " + tt.b + "\n"},
			)
			groups, _ := fold(vs)
			a, b := groupWith(t, vs, groups, "a", tt.wa), groupWith(t, vs, groups, "b", tt.wb)
			if (a.ID == b.ID) != tt.same {
				t.Errorf("one group: %v, want %v\n  %s\n  %s", a.ID == b.ID, tt.same, a.Proposition, b.Proposition)
			}
		})
	}
}

func TestOrigins(t *testing.T) {
	lead := "The ferry Aurelia capsized off Brackwell on Monday with 80 people on board, "
	tests := []struct {
		name  string
		pages []page
		words string // of the claim, in page a
		want  []string
		least int
		most  int
	}{
		{
			"one agency text on two sites is one origin",
			[]page{
				{"", "BRACKWELL, March 13, 2024 (AP) -- " + lead + "the coast guard said." + filler},
				{"Golden Coupon Daily", "BRACKWELL, March 13, 2024 (AP) -- " + lead + "the coast guard said." + filler},
			},
			"capsized",
			[]string{"coast guard"},
			1, 1,
		},
		{
			"two bodies are two origins",
			[]page{
				{"The Northern Post", "BRACKWELL, March 13, 2024 -- " + lead + "the coast guard said."},
				{"Brackwell Courier", "BRACKWELL, March 13, 2024 -- " + lead + "the Transport Ministry said."},
			},
			"capsized",
			[]string{"coast guard", "Transport Ministry"},
			2, 2,
		},
		{
			"a body and its spokesman count once",
			[]page{
				{"The Northern Post", "BRACKWELL, March 13, 2024 -- " + lead + "the Kremlin said."},
				{"Brackwell Courier", "BRACKWELL, March 13, 2024 -- " + lead + "Kremlin spokesman Oleg Tarn said."},
			},
			"capsized",
			[]string{"Kremlin", "Oleg Tarn"},
			1, 1,
		},
		{
			"own voices may rest on the named source, or not",
			[]page{
				{"The Northern Post", "BRACKWELL, March 13, 2024 -- " + lead + "the coast guard said."},
				{"Brackwell Courier", "BRACKWELL, March 13, 2024 -- The ferry Aurelia capsized off Brackwell on Monday with 80 people on board."},
			},
			"capsized",
			[]string{"coast guard", "Brackwell Courier"},
			1, 2,
		},
		{
			"a lede rests on whom its page names for the same further down",
			[]page{
				{"The Northern Post", "BRACKWELL, March 13, 2024 -- " + lead + "the coast guard said."},
				{"Brackwell Courier", "BRACKWELL, March 13, 2024 -- The ferry Aurelia capsized off Brackwell on Monday with 80 people on board.\n\nRelatives waited at the quay.\n\nThe ferry Aurelia capsized off Brackwell with 80 people on board, the coast guard said."},
			},
			"capsized",
			[]string{"coast guard", "Brackwell Courier"},
			1, 1,
		},
		{
			"what somebody said is his, in whatever words it is told",
			[]page{
				{"The Northern Post", "BRACKWELL, March 13, 2024 -- President Ilya Marn blamed the harbour board for the sinking of the ferry Aurelia." + filler},
				{"Brackwell Courier", "BRACKWELL, March 13, 2024 -- In a speech President Ilya Marn blamed the harbour board for the loss of the ferry Aurelia."},
			},
			"blamed",
			[]string{"Ilya Marn"},
			1, 1,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			vs := read(tt.pages...)
			groups, _ := fold(vs)
			g := groupWith(t, vs, groups, "a", tt.words)
			if len(g.Members) < len(tt.pages) {
				t.Fatalf("%d of %d pages in the group %q", len(g.Members), len(tt.pages), g.Proposition)
			}
			if g.Independent != [2]int{tt.least, tt.most} {
				t.Errorf("independent origins %v, want [%d %d]; walks %+v", g.Independent, tt.least, tt.most, g.Walks)
			}
			got, want := slices.Sorted(slices.Values(lowered(g.Origins))), slices.Sorted(slices.Values(lowered(tt.want)))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("origins (-want +got):\n%s", diff)
			}
			if tt.least == tt.most && len(g.Origins) > tt.most && len(g.Collapses) == 0 {
				t.Error("origins count once, and nothing says why")
			}
		})
	}
}

func lowered(in []string) []string {
	var out []string
	for _, s := range in {
		out = append(out, strings.ToLower(s))
	}
	return out
}

func TestCircularCitation(t *testing.T) {
	vs := read(
		page{"Northern Post", "BRACKWELL, March 13, 2024 -- More than 40 people died when the ferry Aurelia sank off Brackwell, the Brackwell Courier reported."},
		page{"Brackwell Courier", "BRACKWELL, March 13, 2024 -- More than 40 people died when the ferry Aurelia sank off Brackwell, the Northern Post reported."},
	)
	groups, _ := fold(vs)
	g := groupWith(t, vs, groups, "a", "More than 40")
	if !strings.Contains(g.Note, "circular") || g.Independent[0] != 0 {
		t.Errorf("independent %v, note %q: want no origin, and a note on the circle", g.Independent, g.Note)
	}
	if diff := cmp.Diff([]string{"unknown"}, g.Origins); diff != "" {
		t.Errorf("origins (-want +got):\n%s", diff)
	}
}

// Two newsrooms that give a thing to each other tell the same, however each puts
// it.
func TestCircleInOtherWords(t *testing.T) {
	vs := read(
		page{"Northern Post", "BRACKWELL, March 13, 2024 -- A fire swept the cannery of Brackwell.\n\nThe exits of the cannery had been chained, the Brackwell Courier reported." + filler},
		page{"Brackwell Courier", "BRACKWELL, March 13, 2024 -- A fire swept the cannery of Brackwell.\n\nManagers kept the emergency exits shut to stop theft, the Northern Post reported."},
	)
	groups, _ := fold(vs)
	g := groupWith(t, vs, groups, "a", "chained")
	if !g.Circular || g.Independent[0] != 0 {
		t.Errorf("circular %v, independent %v: want a circle", g.Circular, g.Independent)
	}
}

func TestTensions(t *testing.T) {
	tests := []struct {
		name string
		a, b string
		want []news.TensionKind
	}{
		{
			"a denial by somebody else",
			"Engineer Rolf Adder said the company ignored warnings about the Brackwell cannery roof.",
			"The company denied that it ignored warnings about the Brackwell cannery roof.",
			[]news.TensionKind{news.Denial},
		},
		{
			"two counts on one day by two bodies",
			"The coast guard said 12 people were killed when the ferry Aurelia capsized off Brackwell.",
			"The Transport Ministry said 15 people were killed when the ferry Aurelia capsized off Brackwell.",
			[]news.TensionKind{news.Number},
		},
		{
			"agreement is no tension",
			"The coast guard said 12 people were killed when the ferry Aurelia capsized off Brackwell.",
			"The Transport Ministry said 12 people were killed when the ferry Aurelia capsized off Brackwell.",
			nil,
		},
		{
			"a denial in a clause with the speaker's name and the reports",
			"Two inspectors said the ferry Aurelia had been overloaded with twice its licensed number of passengers.",
			"Owner Rolf Adder on Tuesday denied reports that the ferry had been overloaded with twice its licensed number of passengers.",
			[]news.TensionKind{news.Denial},
		},
		{
			"a denial of one thing is none of another of the same parties",
			"The coast guard said the shipping company Norrin bought the ferry Aurelia from Vardia.",
			"Norrin denied that it bribed inspectors in Vardia to pass the ferry Aurelia.",
			nil,
		},
		{
			"a wish is not denied by what did not happen",
			"Senator Mira Holt wants President Ilya Marn to raise the fee in talks with Premier Oda Brill.",
			"President Ilya Marn said he had not asked for an apology in talks with Premier Oda Brill.",
			nil,
		},
		{
			"not until is no denial",
			"President Ilya Marn arrived in Brackwell for his meeting with Premier Oda Brill, the palace said.",
			"President Ilya Marn did not arrive in Brackwell for his meeting with Premier Oda Brill until noon, a port official said.",
			nil,
		},
		{
			"a page that gives two numbers in one voice counts two things",
			"The coast guard said 12 people were killed when the ferry Aurelia capsized. The coast guard said 31 people were killed when the ferry Sorrel capsized.",
			"The Transport Ministry said 31 people were killed when a ferry capsized.",
			nil,
		},
		{
			"different matters are no tension",
			"The coast guard said 12 people were killed when the ferry Aurelia capsized off Brackwell.",
			"The mayor said the town of Brackwell would not raise its harbour fee this year.",
			nil,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wantTensions(t, tt.a, tt.b, tt.want)
		})
	}
}

// wantTensions folds a page with the first sentence and a page with the second, and
// wants just those tensions, each with its rule and explanation.
func wantTensions(t *testing.T, a, b string, want []news.TensionKind) {
	t.Helper()
	_, tensions := fold(read(
		page{"Northern Post", "BRACKWELL, March 13, 2024 -- " + a + filler},
		page{"Brackwell Courier", "BRACKWELL, March 13, 2024 -- " + b + "\n"},
	))
	var got []news.TensionKind
	for _, x := range tensions {
		got = append(got, x.Kind)
		if x.Why.Rule == "" || x.Explain == "" {
			t.Errorf("tension without rule or explanation: %+v", x)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tensions (-want +got):\n%s\n%+v", diff, tensions)
	}
}

func TestUpdateIsNoTension(t *testing.T) {
	vs := read(
		page{"", "BRACKWELL, March 12, 2024 (AP) -- The coast guard said 12 people were killed when the ferry Aurelia capsized off Brackwell." + filler},
		page{"", "BRACKWELL, March 13, 2024 (AP) -- The coast guard said 15 people were killed when the ferry Aurelia capsized off Brackwell." + filler},
	)
	if _, tensions := fold(vs); len(tensions) > 0 {
		t.Errorf("a toll that rises is brought up to date, not disputed: %+v", tensions)
	}
}

func TestFoldIsAFunctionOfTheSet(t *testing.T) {
	vs := read(
		page{"Northern Post", "BRACKWELL, March 13, 2024 -- The coast guard said 12 people were killed when the ferry Aurelia capsized off Brackwell." + filler},
		page{"Brackwell Courier", "BRACKWELL, March 13, 2024 -- The Transport Ministry said 15 people were killed when the ferry Aurelia capsized off Brackwell. But officials denied that the ferry was overloaded."},
		page{"Golden Coupon Daily", "BRACKWELL, March 13, 2024 -- Survivors said the ferry Aurelia was overloaded when it capsized off Brackwell."},
	)
	groups, tensions := fold(vs)
	r := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		r.Shuffle(len(vs), func(i, j int) { vs[i], vs[j] = vs[j], vs[i] })
		g, x := fold(vs)
		if diff := cmp.Diff(groups, g); diff != "" {
			t.Fatalf("groups depend on the order (-first +shuffled):\n%s", diff)
		}
		if diff := cmp.Diff(tensions, x); diff != "" {
			t.Fatalf("tensions depend on the order (-first +shuffled):\n%s", diff)
		}
	}
}

func BenchmarkFold(b *testing.B) {
	base := "BRACKWELL, March 13, 2024 -- The coast guard said 12 people were killed when the ferry Aurelia capsized off Brackwell on Monday. " +
		"Survivors said the ferry was overloaded. The Transport Ministry said an inquiry had begun, according to officials in the capital. " +
		"President Ilya Marn visited the town on Tuesday and promised help." + filler
	var pages []page
	for i := range 100 {
		pages = append(pages, page{"Outlet " + string(rune('A'+i%26)) + string(rune('A'+i/26)), base})
	}
	vs := read(pages...)
	for i, v := range vs {
		v.Name = pages[i].outlet
	}
	overlaps := reuse.CompareAll(vs)
	links := lineage.Fold(vs, overlaps)
	b.ReportAllocs()
	for b.Loop() {
		corroborate.Fold(vs, overlaps, links)
	}
}
