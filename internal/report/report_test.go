package report

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs (go test -update writes it anew); got:\n%s", name, got)
	}
}

func TestBriefs(t *testing.T) {
	type printing func(io.Writer, news.Relations, []*news.Version, Style) error
	for _, c := range []struct {
		file  string
		print printing
		style Style
	}{
		{"brief.txt", Brief, Style{}},
		{"brief-80-verbose.txt", Brief, Style{Width: 80, Verbose: true}},
		{"brief-color.txt", Brief, Style{Color: true}},
		{"quotes.txt", Quotes, Style{}},
		{"timeline.txt", Timeline, Style{}},
		{"lineage.txt", Lineage, Style{}},
	} {
		t.Run(c.file, func(t *testing.T) {
			r, versions := world(t)
			var b bytes.Buffer
			if err := c.print(&b, r, versions, c.style); err != nil {
				t.Fatal(err)
			}
			golden(t, c.file, b.Bytes())
			limit := max(c.style.Width, 80)
			if c.style.Width == 0 {
				limit = 100
			}
			for line := range strings.Lines(bare(b.String())) {
				if w := width(strings.TrimSuffix(line, "\n")); w > limit {
					t.Errorf("%d columns, more than %d: %s", w, limit, line)
				}
			}
		})
	}
}

func TestBriefIsTheSameInAnyOrder(t *testing.T) {
	r, versions := world(t)
	var want, got bytes.Buffer
	if err := Brief(&want, r, versions, Style{}); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(versions)
	if err := Brief(&got, r, versions, Style{}); err != nil {
		t.Fatal(err)
	}
	if want.String() != got.String() {
		t.Error("the order of the versions changes the brief")
	}
}

func TestNothingFound(t *testing.T) {
	for _, versions := range [][]*news.Version{nil, {{Name: "bare", Text: "One line.\n"}}, {{Name: "empty"}}} {
		var b bytes.Buffer
		if err := Brief(&b, news.Relations{}, versions, Style{}); err != nil {
			t.Fatal(err)
		}
		if err := HTML(&b, news.Relations{}, versions); err != nil {
			t.Fatal(err)
		}
	}
}

func TestStrangeReferences(t *testing.T) {
	r := news.Relations{
		Links:    []news.Link{{From: "gone", To: "a"}, {From: "a", To: "gone"}, {From: "a", To: "a", Directed: true}, {To: "a"}},
		Groups:   []news.Group{{ID: "g", Members: []news.ClaimRef{{Doc: "gone", Claim: "c"}}}, {ID: "h", Members: []news.ClaimRef{{Doc: "a", Claim: "gone"}}}, {}},
		Tensions: []news.Tension{{A: news.Side{Group: "gone"}}, {A: news.Side{Group: "h"}, B: news.Side{Group: "g"}}},
		Stories:  []news.Story{{ID: "s", Documents: []string{"gone", "a", "a"}}},
		Thread:   []news.Step{{Story: "gone"}, {Story: "s", Documents: []string{"gone"}}},
		Timeline: []news.Event{{Date: "2031-W", Documents: []string{"gone", "a"}}, {Date: "P1D"}},
	}
	if err := Brief(io.Discard, r, []*news.Version{{Name: "a", Text: "A."}}, Style{}); err != nil {
		t.Fatal(err)
	}
	if err := HTML(io.Discard, r, []*news.Version{{Name: "a", Text: "A."}}); err != nil {
		t.Fatal(err)
	}
}

func htmlOf(t *testing.T, r news.Relations, versions []*news.Version) string {
	t.Helper()
	var b bytes.Buffer
	if err := HTML(&b, r, versions); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPage(t *testing.T) {
	r, versions := world(t)
	got := htmlOf(t, r, versions)
	for _, want := range []string{
		"<title>Ferry sinks off Sorrel</title>",
		`<mark>killing three people</mark>`,
		`<span>Daily Bargain</span><i>←</i><span>Coast Press</span><i>←</i><span>Ida Brock</span>`,
		"Daily Bargain&#39;s page is a copy",
		"unseen: notice of the",
		"page stamp Sun 9 Jan 2033 rejected",
		`<em>navigation</em>`,
		`class="tag disputed"`,
		"no known origin",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	ids := map[string]int{}
	for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(got, -1) {
		ids[m[1]]++
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("id %s stands %d times", id, n)
		}
	}
	for _, m := range regexp.MustCompile(`href="#([^"]*)"`).FindAllStringSubmatch(got, -1) {
		if ids[m[1]] == 0 {
			t.Errorf("link to nowhere: %s", m[1])
		}
	}
}

func TestPageAsksForNothing(t *testing.T) {
	r, versions := world(t)
	got := strings.ReplaceAll(htmlOf(t, r, versions), `xmlns="http://www.w3.org/2000/svg"`, "")
	for _, bad := range []string{"http:", "https:", "<script", "src=", "@import", "<link", "ZgotmplZ"} {
		if strings.Contains(got, bad) {
			t.Errorf("the page contains %q", bad)
		}
	}
	if !strings.Contains(got, `content="default-src 'none'; style-src 'unsafe-inline'`) {
		t.Error("no content security policy")
	}
}

// Whatever a page says must come out as words: in every place where foreign
// text goes, mark-up is escaped and what turns the writing is shown.
func TestHostileText(t *testing.T) {
	const evil = "</title></style><script>alert(1)</script>\u202egnp.exe\u202c \x1b[31mred\u200b\" onload=\"x"
	v := &news.Version{Name: evil, Text: evil + "\n" + evil + " says."}
	v.Lines.Items = bareLines(v.Text)
	v.Meta.Outlet.Value, v.Meta.Agency.Value, v.Meta.Headline.Value, v.Meta.Published.Value = evil, evil+"2", evil, evil
	v.Meta.Dates = []news.DateCandidate{{Value: evil + "3", Role: evil, Note: evil}}
	v.Given.URL = "javascript:" + evil
	span := v.Lines.Items[0].Span
	v.Claims.Items = []news.Claim{{ID: evil, Span: span, Proposition: evil, Chain: []string{evil}, Reported: true, Hedge: evil}}
	v.Quotes.Items = []news.Quote{{ID: evil, Content: span, SourceID: evil, Chain: []string{evil, evil}}}
	v.Entities.Items = []news.Entity{{ID: evil, Mentions: []news.Mention{{Span: span}}}}
	ref := news.ClaimRef{Doc: evil, Claim: evil}
	r := news.Relations{
		Links:    []news.Link{{External: evil, To: evil, Relation: evil, Note: evil, Directed: true}},
		Stories:  []news.Story{{ID: evil, Title: evil, Documents: []string{evil}}},
		Thread:   []news.Step{{Thread: evil, Story: evil, Note: evil, Date: evil}, {Thread: evil, Story: evil, Note: evil}},
		Timeline: []news.Event{{Date: evil, Title: evil, Origins: []string{evil}, Documents: []string{evil}, Note: evil}},
		Groups:   []news.Group{{ID: evil, Proposition: evil, Members: []news.ClaimRef{ref}, Outlets: []string{evil}, Origins: []string{evil}, Independent: [2]int{1, 1}, Note: evil, Collapses: []news.Collapse{{Reason: evil, Evidence: []news.Place{{Doc: evil, Span: span}}}}, History: []news.Sighting{{Time: evil, Docs: []string{evil}, Outlets: []string{evil}, Origins: []string{evil}}}, Walks: []news.Walk{{Member: ref, Steps: []string{evil}, Origin: evil, Reason: evil}}}},
		Tensions: []news.Tension{{A: news.Side{Group: evil}, B: news.Side{Claim: ref}, Explain: evil}},
	}
	var b bytes.Buffer
	for _, verbose := range []bool{false, true} {
		if err := Brief(&b, r, []*news.Version{v}, Style{Verbose: verbose}); err != nil {
			t.Fatal(err)
		}
	}
	if strings.ContainsAny(b.String(), "\x1b\u202e\u202c\u200b") {
		t.Error("the brief lets control characters through")
	}
	got := htmlOf(t, r, []*news.Version{v})
	for _, bad := range []string{"<script", "\x1b", "\u202e", "\u202c", "\u200b", `" onload`, "ZgotmplZ"} {
		if i := strings.Index(got, bad); i >= 0 {
			t.Errorf("the page lets %q through: …%s", bad, got[max(0, i-80):i+20])
		}
	}
}

func TestOrigins(t *testing.T) {
	for _, c := range []struct {
		low, high int
		names     []string
		want      string
	}{
		{1, 1, []string{"a"}, "1 origin"},
		{2, 2, []string{"a", "b"}, "2 origins"},
		{1, 2, []string{"a", "b"}, "1–2 origins"},
		{0, 1, []string{"a"}, "no known origin"},
		{0, 0, nil, "no known origin"},
		{0, 1, nil, "no known origin"},
	} {
		if got := origins(news.Group{Independent: [2]int{c.low, c.high}, Origins: c.names}); got != c.want {
			t.Errorf("%d to %d: %q, want %q", c.low, c.high, got, c.want)
		}
	}
}

func BenchmarkHTML(b *testing.B) {
	r, versions := world(b)
	b.ReportAllocs()
	for b.Loop() {
		if err := HTML(io.Discard, r, versions); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBrief(b *testing.B) {
	r, versions := world(b)
	b.ReportAllocs()
	for b.Loop() {
		if err := Brief(io.Discard, r, versions, Style{}); err != nil {
			b.Fatal(err)
		}
	}
}
