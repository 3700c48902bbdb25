package header

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

func TestReadDateline(t *testing.T) {
	for _, c := range []struct{ line, place, date, agency, span string }{
		{"HARBOR FALLS, Ore. (AP) — Three people were rescued.", "HARBOR FALLS, Ore.", "", "AP", "HARBOR FALLS, Ore. (AP) —"},
		{"SEOUL, Aug. 2 (Yonhap) -- The minister vowed.", "SEOUL", "8-2", "Yonhap", "SEOUL, Aug. 2 (Yonhap) --"},
		{"ONHAVA, Oct 8 (Reuters) - Zemblans voted.", "ONHAVA", "10-8", "Reuters", "ONHAVA, Oct 8 (Reuters) -"},
		{"Port Vell, June 3, 2024 (AFP) - A strong quake.", "Port Vell", "6-3", "AFP", "Port Vell, June 3, 2024 (AFP) -"},
		{"Hafen (dpa) - A train derailed.", "Hafen", "", "dpa", "Hafen (dpa) -"},
		{"MOSCOW, October 4. /TASS/. Talks will continue.", "MOSCOW", "10-4", "TASS", "MOSCOW, October 4. /TASS/."},
		{"Kochi, Jul 12 (PTI) Two men were arrested.", "Kochi", "7-12", "PTI", "Kochi, Jul 12 (PTI)"},
		{"Ranapur (Odisha) [India], September 19 (ANI): The minister spoke.", "Ranapur (Odisha) [India]", "9-19", "ANI", "Ranapur (Odisha) [India], September 19 (ANI):"},
		{"Madrid, 19 sep (EFE).- The government approved a plan.", "Madrid", "9-19", "EFE", "Madrid, 19 sep (EFE).-"},
		{"(ANSA) - ROME, SEP 19 - The cabinet met.", "ROME", "9-19", "ANSA", "ROME, SEP 19 -"},
		{"July 5 (UPI) -- A man found a bottle.", "", "7-5", "UPI", "July 5 (UPI) --"},
		{"(CNN) - Officials believe it.", "", "", "CNN", "(CNN) -"},
		{"Washington (CNN)A senator is calling for it.", "Washington", "", "CNN", "Washington (CNN)"},
		{"HELSINKI—There is no doubt.", "HELSINKI", "", "", "HELSINKI—"},
		{"TURNBERRY/GLASGOW, Scotland — The president played.", "TURNBERRY/GLASGOW, Scotland", "", "", "TURNBERRY/GLASGOW, Scotland —"},
		{"NAIROBI: Police fired tear gas.", "NAIROBI", "", "", "NAIROBI:"},
		{"July 13--WASHINGTON -- Senators called for it.", "WASHINGTON", "7-13", "", "July 13--WASHINGTON --"},
		{"(ONHAVA) — With capitals watching, they met.", "ONHAVA", "", "", "(ONHAVA) —"},
		{"LANSING, Mich. — The governor signed it.", "LANSING, Mich.", "", "", "LANSING, Mich. —"},
		{"ANKARA", "ANKARA", "", "", "ANKARA"},
		{"CARVER, Minn.", "CARVER, Minn.", "", "", "CARVER, Minn."},
	} {
		o, ok := readDateline(c.line)
		date := ""
		if o.date.month > 0 {
			date = fmt.Sprintf("%d-%d", o.date.month, o.date.day)
		}
		if !ok || o.place != c.place || date != c.date || o.agency.name != c.agency || o.span.Of(c.line) != c.span {
			t.Errorf("%q:\n got %v %q %q %q span %q\nwant %q %q %q span %q", c.line, ok, o.place, date, o.agency.name, o.span.Of(c.line), c.place, c.date, c.agency, c.span)
		}
	}
	for _, line := range []string{
		"FILE - In this July 7 photo, a man waves.",
		"WATCH: The moment the dam gave way",
		"BREAKING: Minister resigns",
		"By JILL SMITH, CNN",
		"Jill Smith (AP)",
		"Jill Smith / AFP/Getty Images",
		"KYODO NEWS - Feb 5, 2024 - 19:10",
		"The mayor — a former teacher — said no.",
		"SMITH: You said so yourself.",
		"Prime Minister Jo Berg (Labor) - the first - spoke.",
		"He said: \"No.\"",
		"",
	} {
		if o, ok := readDateline(line); ok {
			t.Errorf("%q taken for a dateline: %q by %s", line, o.place, o.rule)
		}
	}
}

// labelled is a page with the label of each line before "|".
func labelled(t *testing.T, page string, given news.Given) (src string, lines []news.Line, m news.Metadata) {
	t.Helper()
	var text, want []string
	for l := range strings.SplitSeq(strings.Trim(page, "\n"), "\n") {
		label, rest, _ := strings.Cut(l, "|")
		text = append(text, rest)
		if rest != "" {
			want = append(want, strings.TrimSpace(label))
		}
	}
	src = strings.Join(text, "\n")
	layer, m := Find(src, given)
	if len(layer.Items) != len(want) {
		t.Fatalf("%d lines, want %d", len(layer.Items), len(want))
	}
	for i, l := range layer.Items {
		if string(l.Label) != want[i] {
			t.Errorf("line %d %q: %s (%s), want %s", l.Number, l.Span.Of(src), l.Label, l.Why.Rule, want[i])
		}
	}
	return src, layer.Items, m
}

func partsOf(src string, l news.Line) string {
	var out []string
	for _, p := range l.Parts {
		out = append(out, string(p.Label)+": "+p.Span.Of(src))
	}
	return strings.Join(out, " / ")
}

func TestScrapedCopy(t *testing.T) {
	src, lines, m := labelled(t, `
navigation|Current:Home > InvestBridge collapse in Korda kills 4, mayor says -Prime Capital Hub
headline  |Bridge collapse in Korda kills 4, mayor says
navigation|View
timestamp |Date:2025-01-11 06:24:59
body      |KORDA, Zembla (AP) — A bridge collapsed in the Zemblan town of Korda, killing four people and injuring 11, its mayor said Wednesday.
body      |Mayor Ada Brandt said a truck carrying gravel was crossing when the bridge gave way.
navigation|veryGood! (84)
related   |Related
related   |- The five best pans you can buy this fall
related   |- A star's wedding dress was made of 3,000 pearls. Here's how
related   |Recommendation
related   |Why the price of eggs may fall by summer
related   |Stock market today: Shares are mixed after a rally on Wall Street`, news.Given{})
	if got := partsOf(src, lines[0]); got != "navigation: Current:Home > Invest / headline: Bridge collapse in Korda kills 4, mayor says / navigation: -Prime Capital Hub" {
		t.Error(got)
	}
	if got := partsOf(src, lines[3]); got != "navigation: Date: / timestamp: 2025-01-11 06:24:59" {
		t.Error(got)
	}
	if m.Headline.Span != lines[1].Span || m.Outlet.Value != "Prime Capital Hub" || m.Agency.Value != "AP" || m.Dateline.Place != "KORDA, Zembla" {
		t.Errorf("%+v", m)
	}
	// 2025-01-11 is a Saturday: the stamp is the scraper's.
	if m.Published.Value != "" || len(m.Dates) != 1 || m.Dates[0].Accepted || !strings.Contains(m.Dates[0].Note, "Saturday") {
		t.Errorf("published %q, dates %+v", m.Published.Value, m.Dates)
	}
	if !WeekdayFits(src, lines, "2023-09-20") || !WeekdayFits(src, lines, "2023-09-21") || WeekdayFits(src, lines, "2023-09-22") || WeekdayFits(src, lines, "2023-09-19") {
		t.Error("a report of Wednesday fits that day and the next")
	}
	if d, ok := DateFromTwin(src, lines, "2023-09-21"); !ok || d != "2023-09-20" {
		t.Error(d, ok)
	}
	if d, ok := DateFromTwin(src, lines, "2023-09-19"); ok {
		t.Error("dated from a twin written before:", d)
	}
}

func TestWireCopyWithNote(t *testing.T) {
	src, lines, m := labelled(t, `
update_note|(ATTN: UPDATES with minister's remarks in paras 2, 4-5; ADDS photo)
body       |SEOUL, Aug. 2 (Yonhap) -- The interior minister vowed Wednesday to take swift measures to help residents hit by floods.
body       |Minister Seo Jun-ho made the pledge during a visit to the county, his office said.
caption    |This photo, taken July 30, 2023, shows a flooded field in Dalseong, southern South Korea. (For Use Only in South Korea. No Redistribution) (Yonhap)
body       |Seven people remained missing as of Tuesday evening.
body       |More rain is forecast for the weekend, the weather agency said.
body       |The ministry plans to send 200 more workers.
byline     |miso@yna.co.kr
end_mark   |(END)`, news.Given{})
	if got := partsOf(src, lines[3]); !strings.HasSuffix(got, "South Korea. / rights: (For Use Only in South Korea. No Redistribution) / credit: (Yonhap)") {
		t.Error(got)
	}
	u := m.Update
	if u == nil || u.Kind != "UPDATES with minister's remarks; ADDS photo" || !slices.Equal(u.Paragraphs, []int{2, 4, 5}) || !slices.Equal(u.Lines, []int{3, 6, 7}) {
		t.Errorf("%+v", u)
	}
	if m.Dateline.Date != "2023-08-02" || m.Published.Value != "2023-08-02" || m.Agency.Value != "Yonhap" || m.Outlet.Value != "Yonhap" {
		t.Errorf("%+v", m)
	}
	if len(m.Rights) != 1 || len(m.Bylines) != 1 || m.Bylines[0].Role != "contact" {
		t.Errorf("rights %v, bylines %v", m.Rights, m.Bylines)
	}
}

func TestGalleryAndTrailers(t *testing.T) {
	src, lines, m := labelled(t, `
headline       |Harbor ferry runs aground in fog, 3 rescued
timestamp      |November 3, 2023 GMT
gallery_counter|1 of 2
caption        |Rescuers carry a passenger from the ferry Lady Bell in Harbor Falls, Ore., Friday, Nov. 3, 2023. (Jo Reyes/The Harbor Times via AP)
caption        |1 of 2 | The ferry Lady Bell (L) is towed on Friday. Photo by Jo Reyes/UPI | License Photo
body           |HARBOR FALLS, Ore. (AP) — Three people were rescued Friday after a ferry ran aground near Harbor Falls, the Coast Guard said.
body           |“It was a miracle,” Mayor Ruth Denning said.
end_mark       |___
byline         |Associated Press writers Max Boone in Portland and Ida Wells in Seattle contributed to this report.
end_mark       |___
promo          |Follow AP’s coverage of the seas at https://apnews.com/hub/seas
rights         |Copyright 2023 The Associated Press. All rights reserved.`, news.Given{})
	if got := partsOf(src, lines[4]); got != "gallery_counter: 1 of 2 | / caption: The ferry Lady Bell (L) is towed on Friday. / credit: Photo by Jo Reyes/UPI | License Photo" {
		t.Error(got)
	}
	var names []string
	for _, b := range m.Bylines {
		names = append(names, b.Name+" "+b.Role)
	}
	if got := strings.Join(names, ", "); got != "Max Boone contributor, Ida Wells contributor" {
		t.Error(got)
	}
	if m.Published.Value != "2023-11-03" || m.Kind != news.Article {
		t.Errorf("%q %q", m.Published.Value, m.Kind)
	}
}

func TestTrailerInLastParagraph(t *testing.T) {
	src, lines, m := labelled(t, `
body|MOSCOW (Reuters) - The presidents discussed grain exports in a phone call on Saturday, the Kremlin said. (Reporting by Anna Keller in Onhava; Editing by Carla Diaz)`, news.Given{})
	if got := partsOf(src, lines[0]); !strings.HasSuffix(got, "said. / byline: (Reporting by Anna Keller in Onhava; Editing by Carla Diaz)") {
		t.Error(got)
	}
	if len(m.Bylines) != 2 || m.Bylines[0].Name != "Anna Keller" || m.Bylines[1].Role != "editor" || m.Agency.Value != "Reuters" {
		t.Errorf("%+v", m)
	}
}

func TestBodyIsNotCaption(t *testing.T) {
	labelled(t, `
headline|Farmers march on capital over fuel tax
byline  |By Ola Berg
body    |Thousands of farmers marched on the capital on Monday to protest a new tax on fuel, blocking roads with tractors.
body    |The march, the third this year, ended in front of parliament, where speakers called for talks.
body    |"We stand here for our children," said Ida Holm, who grows rye in the north.
body    |Talks stall
body    |The government says the tax is needed to meet its goals. It has offered to delay it by a year.
body    |"We will add 200 more buses next year," the minister said. (ANI)`, news.Given{})
}

func TestTailWithoutBlankLines(t *testing.T) {
	labelled(t, `
headline|Goat escapes from farm, rides bus
body    |July 5 (UPI) -- A goat that escaped from a farm near Newport rode a bus for two miles, the transit agency said.
body    |The driver noticed the animal when a passenger asked it for a seat.
body    |"I thought it was a dog," driver Carl Penn told KXYZ-TV.
related |Latest Headlines
related |Man wins lottery with numbers from fortune cookie
related |World's longest noodle measured in Zembla`, news.Given{})
}

func TestYearOfDateline(t *testing.T) {
	for _, c := range []struct {
		page, want string
		guess      bool // only the weekday speaks for the year
	}{
		// 14 Sept. was a Thursday in 2023.
		{"ONHAVA, Sept. 14 (UPI) -- The president left for the north, state media reported Thursday.", "2023-09-14", true},
		// A page's stamp of the day after has the year, whatever the weekday.
		{"Bridge opened\nSept. 15, 2011\nONHAVA, Sept. 14 (UPI) -- The president left for the north, state media reported Thursday.", "2011-09-14", false},
		// A stamp of months later says nothing of the year.
		{"Bridge opened\nDec. 2, 2011\nONHAVA, Sept. 14 (UPI) -- The president left for the north, state media reported Thursday.", "2023-09-14", true},
		// A caption prints the year.
		{"ONHAVA, Sept. 14 (UPI) -- The president left for the north.\nIn this photo provided by the palace, the president boards a train, Thursday, Sept. 13, 2012. (Palace via UPI)", "2012-09-14", false},
		// Printed.
		{"ONHAVA, Sept. 14, 2019 (UPI) -- The president left for the north.", "2019-09-14", false},
		// Nothing tells.
		{"ONHAVA, Sept. 14 (UPI) -- The president has left for the north to open a bridge.", "", false},
	} {
		_, m := Find(c.page, news.Given{})
		if m.Dateline == nil || m.Dateline.Date != c.want {
			t.Errorf("%q: %+v, want %s", c.page, m.Dateline, c.want)
		}
		if guess := m.Published.Why.Rule == news.YearByWeekday; guess != c.guess {
			t.Errorf("%q: %+v, a guess: %v", c.page, m.Published, guess)
		}
	}
}

func TestReportedOn(t *testing.T) {
	for _, c := range []struct {
		s    string
		want []int // strong ones
	}{
		{"North Zembla said Tuesday that it would not.", []int{2}},
		{"The report was released in a statement on Friday.", nil},
		{"The ministry said in a statement on Friday.", []int{5}},
		{"The minister on Tuesday summoned the envoy.", []int{2}},
		{"They will meet on Monday.", nil},
		{"Ahead of the awaited meeting on Monday, shares fell.", nil},
		{"Wednesday’s report said otherwise.", []int{3}},
		{"She arrived last Sunday.", nil},
	} {
		var got []int
		for _, m := range reportedOn(c.s) {
			if !m.weak {
				got = append(got, m.weekday)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %v, want %v", c.s, got, c.want)
		}
	}
}

func TestReadNote(t *testing.T) {
	for _, c := range []struct {
		note, kind string
		paragraphs []int
	}{
		{"(Adds analyst comment, details in paragraphs 4-6)", "Adds analyst comment, details", []int{4, 5, 6}},
		{"(ATTN: RECASTS lead; ADDS more info in last 2 paras, photo)", "RECASTS lead; ADDS more info, photo", []int{9, 10}},
		{"ATTN: UPDATES with police in grafs 3 and 5", "UPDATES with police", []int{3, 5}},
		{"(CORRECTS age in 4th para)", "CORRECTS age", []int{4}},
		{"ATTENTION - ADDS quotes ///", "ADDS quotes", nil},
	} {
		kind, ns := readNote(c.note, 10)
		if kind != c.kind || !slices.Equal(ns, c.paragraphs) {
			t.Errorf("%q: %q %v", c.note, kind, ns)
		}
	}
}

func TestKinds(t *testing.T) {
	for _, c := range []struct {
		page string
		want news.Kind
	}{
		{"The Latest: Storm nears coast\nPORT VELL (AP) — The Latest on the storm (all times local):\n9:05 a.m.\nThe storm is nearing the coast of the southern islands, forecasters say.", news.LiveBlog},
		{"Opinion\nWhy the bridge must be built\nBy Ola Berg\nThe bridge was promised to the people of Korda forty years ago, and nothing has come of it so far.\nIt is time to build.", news.Opinion},
		{"World\nSports\nMenu", news.NonArticle},
		{"Your Monday Briefing: Storms, strikes and a goat\nGood morning. Here is what happened while you were asleep in the southern islands and beyond them.", news.Roundup},
		{"Five things to know for Tuesday\nGood morning. Here is what happened while you were asleep in the southern islands and beyond them.", news.Roundup},
		{"Who owns the Korda bridge? Five things to know\nThe court in Port Vell will give its verdict on the builders of the Korda bridge on Friday morning.", news.Article},
		{"Five things to know about the Korda bridge verdict\nThe court in Port Vell will give its verdict on the builders of the Korda bridge on Friday morning.", news.Article},
	} {
		if _, m := Find(c.page, news.Given{}); m.Kind != c.want {
			t.Errorf("%q: %s, want %s", c.page, m.Kind, c.want)
		}
	}
}

func TestOutletFromHost(t *testing.T) {
	for url, want := range map[string]string{
		"https://www.bbc.co.uk/news/1":        "BBC",
		"http://edition.cnn.com:80/x":         "CNN",
		"https://someone.example/a":           "someone.example",
		"https://www.reuters.com@evil.test/a": "evil.test",
	} {
		if _, m := Find("A line.", news.Given{URL: url}); m.Outlet.Value != want {
			t.Errorf("%s: %q, want %q", url, m.Outlet.Value, want)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add(samplePage)
	f.Add("(ATTN: UPDATES in paras 2, 6-10)\nSEOUL, Sept. 19 (Yonhap) -- A said Tuesday.\n1 of 6 | B (L). Photo by C/UPI |\n(END)")
	f.Add("Current:Home > MyTitle of it -Site\nTitle of it\nDate:2025-04-17 12:13:10\n\xff—(\u3000")
	f.Fuzz(func(t *testing.T, src string) {
		layer, m := Find(src, news.Given{})
		good := func(what string, s text.Span) {
			if s == (text.Span{}) {
				return
			}
			if s.Start < 0 || s.End > len(src) || s.Start >= s.End {
				t.Fatalf("%s: span %v in %d bytes", what, s, len(src))
			}
			if utf8.ValidString(src) && (!utf8.RuneStart(src[s.Start]) || s.End < len(src) && !utf8.RuneStart(src[s.End])) {
				t.Fatalf("%s: span %v not on rune boundaries", what, s)
			}
		}
		last := 0
		for _, l := range layer.Items {
			good("line", l.Span)
			if l.Span.Empty() || l.Span.Start < last || l.Label == "" || l.Why.Rule == "" {
				t.Fatalf("line %+v", l)
			}
			last = l.Span.End
			at := l.Span.Start
			for _, p := range l.Parts {
				good("part", p.Span)
				if !l.Span.Contains(p.Span) || p.Span.Start < at || p.Span.Empty() {
					t.Fatalf("part %+v of line %+v", p, l)
				}
				at = p.Span.End
			}
		}
		good("headline", m.Headline.Span)
		good("outlet", m.Outlet.Span)
		good("agency", m.Agency.Span)
		good("published", m.Published.Span)
		if m.Dateline != nil {
			good("dateline", m.Dateline.Span)
		}
		for _, b := range m.Bylines {
			good("byline", b.Span)
		}
		for _, d := range m.Dates {
			good("date", d.Span)
		}
		for _, r := range m.Rights {
			good("rights", r)
		}
		if m.Update != nil {
			good("update", m.Update.Span)
		}
	})
}

// Weekdays that date a text, and weekdays that do not.
func TestWeekdaysThatDate(t *testing.T) {
	const tail = "\n\nThe board meets again next week, and the owners of the silo have been asked to bring all of their books with them."
	for _, c := range []struct {
		name, body string
		stamp      string // of the page, a Sunday: May 4, 2031
		accepted   bool
	}{
		{"news of the day", "KELLING — The silo at Kelling fell down on Sunday and killed three people who had sought shelter from the rain.", "", true},
		{"another day's news", "KELLING — The silo at Kelling fell down on Tuesday and killed three people who had sought shelter from the rain.", "", false},
		{"days after something", "KELLING — The owners of the silo were in hiding, days after three of their clerks were indicted Wednesday by a court.", "", true},
		{"which it did earlier", "KELLING — The owners of the silo, which fell down on Wednesday, were in hiding and could not be reached by anyone.", "", true},
		{"a strong past form", "KELLING — The two owners of the silo shook hands on Sunday, days after their clerks were indicted Wednesday by a court.", "", true},
		{"said earlier", "KELLING — The owners of the silo said on Wednesday that they had known nothing about the seal on its door, and left.", "", false},
		{"another day, but the pictures have the stamp's", "The silo at Kelling, May 4, 2031. (SNA Photo/Ola Brandt)\n\nKELLING — The silo at Kelling fell down on Wednesday and killed three people who had sought shelter from the rain.", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := "Silo at Kelling falls down\n\nThe Kelling Herald\n\nPublished: Sunday, May 4, 2031\n\n" + c.body + tail + "\n"
			_, m := Find(src, news.Given{})
			if got := m.Published.Value == "2031-05-04"; got != c.accepted {
				t.Errorf("published %q; %+v", m.Published.Value, m.Dates)
			}
		})
	}
}

// A day without a year belongs to the year in which the page was fetched,
// unless much speaks against it.
func TestYearByTheFetch(t *testing.T) {
	fetched := time.Date(2031, 5, 5, 9, 0, 0, 0, time.UTC)
	// May 4 was a Monday in 2026 and a Sunday in 2031.
	src := "Silo owners await inspectors\n\nKELLING, May 4 (SNA) — The owners of the silo at Kelling are to meet inspectors on Monday, and nobody knows what they will say to them.\n\nThe silo fell down in a storm. Three people who had sought shelter from the rain were killed, and 12 were taken to hospital.\n"
	if _, m := Find(src, news.Given{Fetched: fetched}); m.Published.Value != "2031-05-04" {
		t.Errorf("fetched the next day: %q", m.Published.Value)
	}
	old := "The silo at Kelling, May 3, 2026. (SNA Photo/Ola Brandt)\n\n" + strings.Replace(src, "are to meet inspectors on Monday", "met inspectors on Monday", 1)
	if _, m := Find(old, news.Given{Fetched: fetched}); m.Published.Value != "2026-05-04" {
		t.Errorf("an old page with a dated picture: %q", m.Published.Value)
	}
}
