package lineage

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// at gives a page the time of its capture.
func at(v *news.Version, clock string) *news.Version {
	t, err := time.Parse(time.RFC3339, clock)
	if err != nil {
		panic(err)
	}
	v.Given.Fetched = t
	return v
}

// stamped gives a page a stamp in its text.
func stamped(v *news.Version, stamp, date string) *news.Version {
	start := strings.Index(v.Text, stamp)
	v.Meta.Dates = append(v.Meta.Dates, news.DateCandidate{
		Span: text.Span{Start: start, End: start + len(stamp)}, From: "text", Role: "page_stamp", Value: date, Accepted: true,
	})
	return v
}

func TestTimeOfStamp(t *testing.T) {
	for line, want := range map[string]string{
		"6 May 2031 07:30 AM":                                "07:30",
		"6:59 am CDT, Tuesday, 6 May 2031":                   "06:59 CDT",
		"6:59\u00a0am CDT, Tuesday, 6 May 2031":              "06:59 CDT",
		"Posted 3:57 pm, 6 May 2031, by staff":               "15:57",
		"6 May 2031 at 12:05 a.m.":                           "00:05",
		"6 May 2031, 14:20 GMT":                              "14:20 GMT",
		"6 May 2031 — 11:35pm":                               "23:35",
		"Originally published 1:00 am 6 May 2031 at 2:47 pm": "14:47",

		"6 May 2031":                          "",
		"6 May 2031, 31 comments":             "",
		"6 May 2031: the toll rises to 25:70": "",
	} {
		from := strings.Index(line, "6 May 2031")
		h, m, zone, ok := timeNear(line, from, from+len("6 May 2031"))
		got := ""
		if ok {
			got = strings.TrimSpace(time.Date(0, 1, 1, h, m, 0, 0, time.UTC).Format("15:04") + " " + zone)
		}
		if _, known := zones[zone]; zone != "" && !known {
			got = strings.TrimSuffix(got, " "+zone)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

const (
	eve     = "ORSTAD, Marovia (AP) - President Ivo Kerst will meet the miners of Orstad on Tuesday for talks that are expected to decide the future of the quarry."
	met     = "ORSTAD, Marovia (AP) - President Ivo Kerst met the miners of Orstad on Tuesday and left after two hours without a word on the future of the quarry."
	council = "The council of Orstad asked in April for a pumping station below the dam, which the government in the capital declined to pay for."
)

func TestOrderOfVersions(t *testing.T) {
	first := func() *news.Version {
		return page("z", "Valley Post/AP", "2031-05-06", lede, toll7, rain, army, quarry)
	}
	second := func() *news.Version {
		return page("a", "Coast Times/AP", "2031-05-06", lede, toll7, rain, army, own1)
	}
	log := func(name string, items ...string) *news.Version {
		v := page(name, "Valley Post/AP", "2031-05-06", items...)
		v.Meta.Kind = news.LiveBlog
		return v
	}
	for _, c := range []struct {
		name     string
		versions []*news.Version
		want     string // a link
		rule     string
	}{
		{
			"nothing shows",
			[]*news.Version{first(), second()},
			"a-z earlier_version", "",
		},
		{
			"captured hours apart",
			[]*news.Version{at(first(), "2031-05-06T09:00:00Z"), at(second(), "2031-05-06T14:00:00Z")},
			"z>a earlier_version", "seen-earlier",
		},
		{
			"captured minutes apart",
			[]*news.Version{at(first(), "2031-05-06T09:00:00Z"), at(second(), "2031-05-06T09:04:00Z")},
			"a-z earlier_version", "",
		},
		{
			"captured years later, one after the other",
			[]*news.Version{at(first(), "2035-05-06T09:00:00Z"), at(second(), "2035-05-06T14:00:00Z")},
			"a-z earlier_version", "",
		},
		{
			"a copy of one was captured before the other",
			[]*news.Version{
				at(first(), "2031-05-06T16:00:00Z"), at(second(), "2031-05-06T14:00:00Z"),
				at(page("m", "Northern Star/AP", "2031-05-06", lede, toll7, rain, army, quarry), "2031-05-06T08:00:00Z"),
			},
			"z>a earlier_version", "seen-earlier",
		},
		{
			"pages print their clocks",
			[]*news.Version{
				stamped(page("z", "Valley Post/AP", "2031-05-06", "timestamp| May 6, 2031 7:10 am EDT", lede, toll7, rain, army, quarry), "May 6, 2031", "2031-05-06"),
				stamped(page("a", "Coast Times/AP", "2031-05-06", "timestamp| May 6, 2031 8:45 am PDT", lede, toll7, rain, army, own1), "May 6, 2031", "2031-05-06"),
			},
			"z>a earlier_version", "stamped-earlier",
		},
		{
			"clocks without zones an hour apart tell nothing of two outlets",
			[]*news.Version{
				stamped(page("z", "Valley Post/AP", "2031-05-06", "timestamp| May 6, 2031 7:10 am", lede, toll7, rain, army, quarry), "May 6, 2031", "2031-05-06"),
				stamped(page("a", "Coast Times/AP", "2031-05-06", "timestamp| May 6, 2031 8:15 am", lede, toll7, rain, army, own1), "May 6, 2031", "2031-05-06"),
			},
			"a-z earlier_version", "",
		},
		{
			"the old lead moved down under a new one, and the text grew",
			[]*news.Version{
				page("z", "Valley Post/AP", "2031-05-06", lede, toll7, rain, army, quarry),
				page("a", "Coast Times/AP", "2031-05-06", lede2, council, lede, toll7, rain, army, own1, own2),
			},
			"z>a earlier_version", "grew",
		},
		{
			"what was to come has come about",
			[]*news.Version{
				page("z", "Valley Post/AP", "2031-05-06", eve, rain, army, quarry, council, spring),
				page("a", "Coast Times/AP", "2031-05-06", met, camp, rain, army, quarry, council, own1),
			},
			"z>a earlier_version", "",
		},
		{
			"a later state of a log",
			[]*news.Version{
				log("z", "timestamp| 9:05 a.m.", lede, toll7, "timestamp| 7:50 a.m.", rain, army),
				log("a", "timestamp| 1:20 p.m.", own1, quarry, "timestamp| 9:05 a.m.", lede, toll7, "timestamp| 7:50 a.m.", rain, army),
			},
			"z>a earlier_version", "later-item",
		},
		{
			"a log that carries a report is no version of it",
			[]*news.Version{
				log("z", "timestamp| 9:05 a.m.", own1, own2, "timestamp| 7:50 a.m.", lede, toll7, own3, council),
				page("a", "Coast Times/AP", "2031-05-06", lede, toll7, rain, army, quarry, spring),
			},
			"a-z excerpt", "",
		},
	} {
		links := Fold(c.versions, overlaps(c.versions...))
		found := slices.ContainsFunc(links, func(l news.Link) bool {
			return is(l) == c.want && (c.rule == "" || strings.HasSuffix(l.Why.Rule, "+"+c.rule)) && l.Note != ""
		})
		if !found {
			t.Errorf("%s: want %s by %s", c.name, c.want, c.rule)
			for _, l := range links {
				t.Logf("  %s by %s: %s", is(l), l.Why.Rule, l.Note)
			}
		}
	}
}

// What would go in a circle is taken back.
func TestNoCircles(t *testing.T) {
	versions := []*news.Version{
		at(page("a", "Valley Post/AP", "2031-05-06", lede, toll7, rain, army, quarry), "2031-05-06T09:00:00Z"),
		at(page("b", "Coast Times/AP", "2031-05-06", lede, toll9, rain, army, own1), "2031-05-06T10:30:00Z"),
		at(page("c", "Northern Star/AP", "2031-05-06", lede, toll7, rain, army, own2, spring, council), "2031-05-06T12:00:00Z"),
	}
	later := map[string][]string{}
	for _, l := range Fold(versions, overlaps(versions...)) {
		if l.Directed && l.From != "" {
			later[l.From] = append(later[l.From], l.To)
		}
	}
	var walk func(from, to string, deep int) bool
	walk = func(from, to string, deep int) bool {
		for _, x := range later[from] {
			if x == to || deep < 5 && walk(x, to, deep+1) {
				return true
			}
		}
		return false
	}
	for _, n := range []string{"a", "b", "c"} {
		if walk(n, n, 0) {
			t.Errorf("%s comes before itself: %v", n, later)
		}
	}
}

func TestAgencyOfTwin(t *testing.T) {
	wire := page("a", "Valley Post/AP", "2031-05-06", lede, toll7, rain, army, spring)
	for _, c := range []struct {
		name string
		page *news.Version
		want string
	}{
		{"the same text without a credit", page("b", "Coast Times", "2031-05-06", lede, toll7, rain, army, spring), "AP"},
		{"cut", page("b", "Coast Times", "2031-05-06", lede, toll7, rain), "AP"},
		{"a paragraph of its own", page("b", "Coast Times", "2031-05-06", lede, toll7, rain, army, spring, own1[:60]), "AP"},
		{"mostly its own", page("b", "Coast Times", "2031-05-06", own1, own2, own3, lede, toll7), ""},
		{"a few words", page("b", "Coast Times", "2031-05-06", lede), ""},
		{"another credit", page("b", "Coast Times/Reuters", "2031-05-06", lede, toll7, rain, army, spring), ""},
		{"the agency's own page", page("b", "The AP", "2031-05-06", lede, toll7, rain, army, spring), ""},
	} {
		versions := []*news.Version{wire, c.page}
		links, got := Find(versions, overlaps(versions...))
		agency := ""
		if len(got) > 0 {
			agency = got[0].Agency
			if got[0].Twin != "a" || got[0].Name != "b" {
				t.Errorf("%s: %+v", c.name, got[0])
			}
			if !slices.ContainsFunc(links, func(l news.Link) bool { return strings.Contains(l.Note, "agency inferred") }) {
				t.Errorf("%s: no link tells of it: %+v", c.name, links)
			}
		}
		if agency != c.want {
			t.Errorf("%s: %q, want %q", c.name, agency, c.want)
		}
	}
	// Two agencies that both have the text: nobody's in particular.
	other := page("c", "Northern Star/Reuters", "2031-05-06", lede, toll7, rain, army, spring)
	bare := page("b", "Coast Times", "2031-05-06", lede, toll7, rain, army, spring)
	versions := []*news.Version{wire, bare, other}
	if _, got := Find(versions, overlaps(versions...)); len(got) != 0 {
		t.Errorf("two agencies: %+v", got)
	}
}

// Two that print an agency's words, neither with a credit, have them of the
// agency and not of each other.
func TestWordsOfAThird(t *testing.T) {
	wire := page("w", "Valley Post/AP", "2031-05-06", lede, toll7, rain, army, spring, quarry)
	a := at(page("a", "Coast Times", "2031-05-06", own1, own2, toll7, rain, army, own3, council), "2031-05-06T09:00:00Z")
	b := at(page("b", "Northern Star", "2031-05-06", camp, council[:70], toll7, rain, army, lede2), "2031-05-06T19:00:00Z")
	versions := []*news.Version{wire, a, b}
	for _, l := range Fold(versions, overlaps(versions...)) {
		if l.From == "a" && l.To == "b" || l.From == "b" && l.To == "a" {
			if l.Directed || l.CommonSource != "AP story of 2031-05-06" {
				t.Errorf("%s %q %s", is(l), l.CommonSource, l.Note)
			}
		}
	}
}

func TestCalled(t *testing.T) {
	for name, want := range map[string]bool{"The Associated Press": true, "AP": true, "Associated Newspapers": false, "Agence Presse": true, "": false} {
		v := &news.Version{Entities: news.Layer[news.Entity]{Items: []news.Entity{{ID: name}}}}
		if got := slices.Contains(bodiesOf(v)[0].called[:], "ap"); got != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}

// Every clue has its weight, and none speaks for the wrong side.
func TestWeights(t *testing.T) {
	for k, w := range weights() {
		if w <= 0 {
			t.Errorf("%s has no weight", ClueNames[k])
		}
	}
}

// Pages of one agency text that is not here have one origin, also those that
// lost the credit.
func TestOriginOfUncredited(t *testing.T) {
	versions := []*news.Version{
		page("a", "Valley Post/AP", "2031-05-06", lede, toll7, rain, army, spring),
		page("b", "Coast Times", "2031-05-06", lede, toll7, rain, army, spring),
		page("c", "Northern Star", "2031-05-06", lede, toll7, rain, army),
	}
	got := map[string]string{}
	for _, l := range Fold(versions, overlaps(versions...)) {
		if l.From == "" {
			got[l.To] = l.External
		}
	}
	for _, n := range []string{"a", "b", "c"} {
		if got[n] != "AP story of 2031-05-06" {
			t.Errorf("%s is from %q", n, got[n])
		}
	}
}
