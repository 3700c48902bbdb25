package header

import (
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// prosaic is the body of the pages below.
const prosaic = "A grain barge struck the old bridge at Tolmere in thick fog on Tuesday, closing the river to all traffic.\nNobody was hurt, the harbour master, Ines Kold, told reporters on the quay."

func TestMasthead(t *testing.T) {
	for _, c := range []struct {
		name, page      string
		outlet, agency  string
		headline, byOwn string // byOwn: the rule of the outlet holds it
	}{
		{
			"rights notice", "Tolmere Gazette\nHome | News | Sport | Tides | Subscribe\nBarge strikes old bridge in fog\nBy Per Lund, Vesland News Agency\nTOLMERE (VNS) — " + prosaic + "\n© 2023 Tolmere Gazette. All rights reserved.",
			"Tolmere Gazette", "VNS", "Barge strikes old bridge in fog", "confirmed by the rights notice",
		},
		{
			"house of the paper", "Vesland Now\nBarge strikes old bridge in fog\n" + prosaic + "\n(c) 2023 Vesland Now Media Ltd",
			"Vesland Now", "", "Barge strikes old bridge in fog", "confirmed by the rights notice",
		},
		{
			"promo", "The Tolmere Bell\nBarge strikes old bridge in fog\n" + prosaic + "\nFollow The Tolmere Bell on Chatter",
			"The Tolmere Bell", "", "Barge strikes old bridge in fog", "confirmed by a promo",
		},
		{
			"staff", "The Tolmere Beacon\nBarge strikes old bridge in fog\nBy Beacon staff\n" + prosaic,
			"The Tolmere Beacon", "", "Barge strikes old bridge in fog", "staff",
		},
		{
			"of itself", "Vesland Now\nBarge strikes old bridge in fog\n" + prosaic + "\nThe owners of the barge did not return calls from Vesland Now.",
			"Vesland Now", "", "Barge strikes old bridge in fog", "says of itself",
		},
		{
			"address", "Tolmere Bell\nBarge strikes old bridge in fog\n" + prosaic + "\nNews desk: desk@tolmere-bell.example",
			"Tolmere Bell", "", "Barge strikes old bridge in fog", "address",
		},
		{
			"noun over the bar", "Tolmere Gazette\nHome | News | Weather | Tides\nBarge strikes old bridge in fog\n" + prosaic,
			"Tolmere Gazette", "", "Barge strikes old bridge in fog", "navigation bar",
		},
		{
			"rights notice alone", "Barge strikes old bridge in fog\n" + prosaic + "\n© 2023 Tolmere Gazette Ltd. All rights reserved.",
			"Tolmere Gazette", "", "Barge strikes old bridge in fog", "holder of the rights",
		},
		{
			"the agency's own notice", "Barge strikes old bridge in fog\nTOLMERE (VNS) — " + prosaic + "\nCopyright 2023 Vesland News Service (VNS). All rights reserved.",
			"VNS", "VNS", "Barge strikes old bridge in fog", "agency",
		},
		// No second sign: a short first line is the headline, a name or nothing.
		{"headline of two words", "Barge Adrift\nTOLMERE (AP) — " + prosaic, "AP", "AP", "Barge Adrift", ""},
		{"cross-head", "Around The River\nBarge strikes old bridge in fog\n" + prosaic, "", "", "Barge strikes old bridge in fog", ""},
		{"picture agency", "Barge strikes old bridge in fog\n" + prosaic + "\n© 2023 Getty Images", "", "", "Barge strikes old bridge in fog", ""},
	} {
		_, m := Find(c.page, news.Given{})
		if m.Outlet.Value != c.outlet || m.Agency.Value != c.agency || m.Headline.Value != c.headline || !strings.Contains(m.Outlet.Why.Rule, c.byOwn) {
			t.Errorf("%s: outlet %q (%s), agency %q, headline %q", c.name, m.Outlet.Value, m.Outlet.Why.Rule, m.Agency.Value, m.Headline.Value)
		}
	}
}

func TestOutletGivenAsHost(t *testing.T) {
	page := "Barge strikes old bridge in fog\nBy Per Lund, CNN\n" + prosaic
	for given, want := range map[string]string{"cnn.com": "CNN", "tolmere.example": "tolmere.example", "Tolmere Bell": "Tolmere Bell"} {
		_, m := Find(page, news.Given{Outlet: given})
		if m.Outlet.Value != want || m.Agency.Value != "CNN" {
			t.Errorf("%s: outlet %q, agency %q", given, m.Outlet.Value, m.Agency.Value)
		}
	}
}

func TestUnlistedAgency(t *testing.T) {
	for _, c := range []struct{ top, bottom, agency, outlet string }{
		{"By Per Lund, Vesland Press Agency", "", "Vesland Press Agency", "Tolmere Bell"},
		{"By Per Lund | The Vesland News Service", "The blast was heard in Orm (VNS).", "VNS", "Tolmere Bell"},
		{"By Per Lund", "Copyright 2023 Vesland News Service (VNS). All rights reserved.", "VNS", "Tolmere Bell"},
		{"By Vesland News Service", "", "", "Vesland News Service"}, // its own page
		{"By Per Lund, Secret Service Reporter", "", "", "Tolmere Bell"},
		{"By Per Lund", "The Vesland News Agency reported the blast first, Kold said in a letter to readers of this paper.", "", "Tolmere Bell"},
	} {
		_, m := Find("Barge strikes old bridge in fog\n"+c.top+"\n"+prosaic+"\n"+c.bottom, news.Given{Outlet: c.outlet})
		if m.Agency.Value != c.agency {
			t.Errorf("%s / %s: %q (%s)", c.top, c.bottom, m.Agency.Value, m.Agency.Why.Rule)
		}
	}
}

func TestNavigationBar(t *testing.T) {
	for s, want := range map[string]bool{
		"Home | News | Sport | Tides | Subscribe":     true,
		"Latest | Video | Weather | Horoscope":        true,
		"Home • World • Harbour":                      true,
		"Home News Sport Weather":                     true,
		"Per Lund | Ines Kold | CNN":                  false,
		"Barge strikes bridge | World | News":         true,
		"Barge strikes the old bridge at Tolmere | A": false,
		"World News Today":                            false,
		"Home sweet home":                             false,
		"News | Tolmere Bell":                         false,
	} {
		if got := isNavBar(s, strings.ToLower(s)); got != want {
			t.Errorf("%q: %t", s, got)
		}
	}
}

func TestHolderIn(t *testing.T) {
	for s, want := range map[string]string{
		"© 2024 Tolmere Gazette. All rights reserved.":       "Tolmere Gazette",
		"Copyright 2019-2023 by The Tolmere Bell, Inc.":      "The Tolmere Bell",
		"Copyright © 2023 Vesland Now Ltd":                   "Vesland Now",
		"Tolmere Gazette © 2024":                             "Tolmere Gazette",
		"(c) 2023 Bell Media | Terms of use":                 "Bell Media",
		"© 2023 All rights reserved":                         "",
		"All rights reserved.":                               "",
		"Copyright 2023. This material may not be published": "",
	} {
		if got := holderIn(s).Of(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestFitsInitials(t *testing.T) {
	for _, c := range []struct {
		short, long string
		want        bool
	}{
		{"NPA", "Norland Press Agency", true},
		{"NPA", "The Norland Press Agency", true},
		{"NAN", "News Agency of Norland", true},
		{"NPA", "Norland Post", false},
		{"NP", "Norland Press Agency", false},
		{"", "", false},
	} {
		if got := fitsInitials(c.short, c.long); got != c.want {
			t.Errorf("%s, %s: %t", c.short, c.long, got)
		}
	}
}

func TestScrapedStamp(t *testing.T) {
	const copied = "Barge strikes old bridge in fog\n%s\nTOLMERE (AP) — " + prosaic + "\n"
	for _, c := range []struct {
		name, stamp string
		low         bool
	}{
		{"seconds", "2025-01-21 08:41:55", true}, // a Tuesday
		{"label", "Posted on: January 21, 2025", true},
		{"counter of shares", "January 21, 2025\nShare this (412)", true},
		{"an editor's stamp", "January 21, 2025", false},
	} {
		_, m := Find(strings.Replace(copied, "%s", c.stamp, 1), news.Given{Outlet: "Tolmere Bell"})
		if m.Published.Value != "2025-01-21" || (m.Published.Why.Confidence <= 0.4) != c.low {
			t.Errorf("%s: %+v", c.name, m.Published)
		}
	}
	// The text names no year after 2019, and is a copy.
	_, m := Find(strings.Replace(copied, "%s", "January 21, 2025", 1)+"The bridge was last struck in 2019, by a tug.", news.Given{Outlet: "Tolmere Bell"})
	if m.Published.Why.Confidence > 0.4 {
		t.Errorf("years apart: %+v", m.Published)
	}
	// It bears the stamp's year out, or goes back only a little.
	for _, last := range []string{"The bridge is to be closed for most of 2025.", "The bridge was last struck in 2023, by a tug."} {
		_, m := Find(strings.Replace(copied, "%s", "January 21, 2025", 1)+last, news.Given{Outlet: "Tolmere Bell"})
		if m.Published.Why.Confidence <= 0.4 {
			t.Errorf("%s %+v", last, m.Published)
		}
	}
}

func TestOnlyDateGiven(t *testing.T) {
	const lede = "A grain barge struck the old bridge at Tolmere in thick fog, the harbour master said on Tuesday."
	const page = "Barge strikes old bridge in fog\n" + lede
	saturday := news.GivenDate{From: "meta", Role: "published", Value: "2023-09-16T10:00:00Z"}
	for _, c := range []struct {
		name  string
		given news.Given
		want  string
	}{
		{"one", news.Given{Dates: []news.GivenDate{{From: "meta", Role: "published", Value: "2023-09-18"}}}, "2023-09-18"},
		{"twice the same", news.Given{Dates: []news.GivenDate{saturday, {From: "json-ld", Role: "published", Value: "2023-09-16"}}}, "2023-09-16"},
		{"two days", news.Given{Dates: []news.GivenDate{{From: "meta", Role: "published", Value: "2023-09-18"}, {From: "json-ld", Role: "published", Value: "2023-09-24"}}}, ""},
		{"changed only", news.Given{Dates: []news.GivenDate{{From: "meta", Role: "modified", Value: "2023-09-18"}}}, ""},
	} {
		_, m := Find(page, c.given)
		if m.Published.Value != c.want {
			t.Errorf("%s: %+v\n%+v", c.name, m.Published, m.Dates)
		}
	}
	// A copy's mark-up is the copying site's.
	_, m := Find("Barge strikes old bridge in fog\nTOLMERE (AP) — "+lede, news.Given{Outlet: "Tolmere Bell", Dates: []news.GivenDate{{From: "meta", Role: "published", Value: "2023-09-18"}}})
	if m.Published.Value != "" {
		t.Errorf("copy: %+v", m.Published)
	}
}

// FuzzFold holds the one-pass folding to the two it stands for.
func FuzzFold(f *testing.F) {
	f.Add("  “Ärger”\u00a0 –  …X  İ ")
	f.Fuzz(func(t *testing.T, s string) {
		want := squeeze(strings.ToLower(text.Fold(s).Text))
		var b strings.Builder
		b.WriteString("The line before")
		if got := foldLow(&b, s); got != want {
			t.Fatalf("%q: %q, want %q", s, got, want)
		}
	})
}
