package timex

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// version cuts src with a plain tokenizer, so that the tests stand on the
// rules of this package alone: words with their hyphens and points are one
// token, marks and 's are tokens of their own; tags are left out.
func version(src string) *news.Version {
	v := &news.Version{Text: src}
	for i := 0; i < len(src); {
		r, n := utf8.DecodeRuneInString(src[i:])
		if unicode.IsSpace(r) {
			i += n
			continue
		}
		j := i + n
		if wordy(r) {
			for j < len(src) {
				r, n := utf8.DecodeRuneInString(src[j:])
				after, _ := utf8.DecodeRuneInString(src[j+n:])
				if !wordy(r) && !(strings.ContainsRune("-.,:/'’", r) && wordy(after)) || possessive(src[j:]) {
					break
				}
				j += n
			}
			if j < len(src) && src[j] == '.' && abbreviation(src[i:j]) {
				j++
			}
		} else if possessive(src[i:]) {
			j = i + n + 1
		}
		lower := strings.ToLower(strings.ReplaceAll(src[i:j], "’", "'"))
		v.Tokens = append(v.Tokens, news.Token{Span: text.Span{Start: i, End: j}, Lower: lower})
		i = j
	}
	return v
}

func wordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '½' }

func possessive(s string) bool {
	rest, ok := strings.CutPrefix(s, "'s")
	if !ok {
		rest, ok = strings.CutPrefix(s, "’s")
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return ok && !wordy(r)
}

func abbreviation(w string) bool {
	switch strings.ToLower(w) {
	case "jan", "feb", "aug", "sept", "oct", "nov", "dec", "a.m", "p.m", "mr", "ms", "st", "u.s":
		return true
	}
	return false
}

// show writes a timex as "surface=VALUE", with type and mod where the value
// does not tell them.
func show(v *news.Version, t news.Timex) string {
	s := t.Span.Of(v.Text) + "=" + t.Value
	if t.Mod != "" {
		s += "/" + t.Mod
	}
	if t.Type == "SET" {
		s += " SET"
	}
	return s
}

// The date of writing is Tuesday, 2024-03-12.
const written = "2024-03-12"

func TestResolve(t *testing.T) {
	tests := []struct {
		name, src string
		want      []string
	}{
		// dates
		{"agency month and day", "The ferry sank on Feb. 29 off Port Velm.", []string{"Feb. 29=2024-02-29"}},
		{"day first", "It was built on 3 June 1987 and 4th July, 1990.", []string{"3 June 1987=1987-06-03", "4th July, 1990=1990-07-04"}},
		{"American, with year", "The law of March 1, 2019, lapsed.", []string{"March 1, 2019=2019-03-01"}},
		{"weekday and date are one", "Mayor Ada Quill arrives Tuesday, March 12, 2024, in Velm.", []string{"Tuesday, March 12, 2024=2024-03-12"}},
		{"the weekday picks the year", "It opened on Monday, March 13.", []string{"Monday, March 13=2023-03-13"}},
		{"figures", "Filed 2024-03-11, again 25/12/2023 and 03/09/2024.", []string{"2024-03-11=2024-03-11", "25/12/2023=2023-12-25", "03/09/2024=2024-03-09"}},
		{"two days", "The fair ran on Feb. 10 and 11.", []string{"Feb. 10=2024-02-10", "11=2024-02-11"}},
		{"range before the month", "The fair ran on 10-12 February.", []string{"10=2024-02-10", "12 February=2024-02-12"}},
		{"the year of the second date", "From Sept. 10 to Sept. 17, 2022, it was shut.", []string{"Sept. 10=2022-09-10", "Sept. 17, 2022=2022-09-17"}},
		{"this photo", "In this Friday, Feb. 2, 2024, photo the dam is seen.", []string{"Friday, Feb. 2, 2024=2024-02-02"}},

		// weekdays
		{"the last one", "Police said Thursday that two men were held.", []string{"Thursday=2024-03-07"}},
		{"the same day", "The ministry said on Tuesday.", []string{"Tuesday=2024-03-12"}},
		{"the next one", "The council will vote on Friday.", []string{"Friday=2024-03-15"}},
		{"the verb after it", "On Friday, the council will vote.", []string{"Friday=2024-03-15"}},
		{"beside its verb", "Quill on Monday said the port would open on Thursday.", []string{"Monday=2024-03-11", "Thursday=2024-03-14"}},
		{"a limit", "They have until Saturday to pay.", []string{"Saturday=2024-03-16"}},
		{"would have", "They would have met on Sunday.", []string{"Sunday=2024-03-10"}},
		{"with direction", "Last Tuesday was dull; next Tuesday is not.", []string{"Last Tuesday=2024-03-05", "next Tuesday=2024-03-19"}},
		{"plans told", "The firm announced plans Monday to close.", []string{"Monday=2024-03-11"}},
		{"one Wednesday in a text", "The leaders will meet on Wednesday. Aides played down Wednesday's talks.", []string{"Wednesday=2024-03-13", "Wednesday=2024-03-13"}},

		// parts of the day, clocks
		{"part of the day", "It crossed the river early Monday morning and left Sunday night.", []string{"early Monday morning=2024-03-11TMO/START", "Sunday night=2024-03-10TNI"}},
		{"clock and zone", "It struck at 9:30 a.m. (0030 GMT) on Monday.", []string{"9:30 a.m.=2024-03-11T09:30", "0030 GMT=2024-03-11T00:30", "Monday=2024-03-11"}},
		{"clock before the day", "The vote begins at 10 p.m. EST Thursday.", []string{"10 p.m. EST Thursday=2024-03-14T22:00"}},
		{"noon", "Shops shut at noon on Monday.", []string{"noon on Monday=2024-03-11T12:00"}},
		{"tonight and last night", "Last night it rained; tonight it clears.", []string{"Last night=2024-03-11TNI", "tonight=2024-03-12TNI"}},

		{"the clock goes on with the day before", "It began on Friday. At 6:36 p.m., the power went off.", []string{"Friday=2024-03-08", "6:36 p.m.=2024-03-08T18:36"}},
		{"a clock to come", "It began on Friday. The next cut will be at 6:36 p.m.", []string{"Friday=2024-03-08", "6:36 p.m.=2024-03-12T18:36"}},
		{"hours of the day", "Quill left at 20:00hrs. He was seen at 2300 hours on Monday.", []string{"20:00hrs=2024-03-12T20:00", "2300 hours on Monday=2024-03-11T23:00"}},
		{"a weekday last", "They met on Monday last.", []string{"Monday last=2024-03-04"}},
		{"a weekday, then last week", "They met Thursday last week.", []string{"Thursday=2024-03-07", "last week=2024-W10"}},
		{"later than", "It landed 30 minutes later than planned.", []string{"30 minutes=PT30M"}},

		// what is told keeps its year
		{"told from a date on", "It was fitted on December 16, 2022. She came back on December 27 and fell on January 3.", []string{"December 16, 2022=2022-12-16", "December 27=2022-12-27", "January 3=2023-01-03"}},
		{"told of a holiday", "It was fitted on December 16, 2022. She was away at Christmas.", []string{"December 16, 2022=2022-12-16", "Christmas=2022-12-25"}},
		{"too far to be told", "The law of March 1, 2019, lapsed. Quill was elected on February 20.", []string{"March 1, 2019=2019-03-01", "February 20=2024-02-20"}},
		{"presents are no day", "They were given as Christmas presents.", nil},

		// months, years, parts of years
		{"last month is not called by its name", "Quill changed her mind last February.", []string{"last February=2023-02"}},
		{"a month further back is", "Quill changed her mind last January.", []string{"last January=2024-01"}},
		{"month ahead", "The group plans a third launch in October.", []string{"October=2024-10"}},
		{"month gone", "It failed in May and August.", []string{"May=2023-05", "August=2023-08"}},
		{"purpose", "It needs crews to launch the ship in June.", []string{"June=2024-06"}},
		{"an attempt was made", "It made two attempts to lift the wreck in June.", []string{"June=2023-06"}},
		{"early, late, mid", "He took power in late 2011, left in mid-May and came back early last month.", []string{"late 2011=2011/END", "mid-May=2023-05/MID", "early last month=2024-02/START"}},
		{"week, month, year", "Sales fell last week, this month and next year.", []string{"last week=2024-W10", "this month=2024-03", "next year=2025"}},
		{"weekend", "Last weekend it snowed.", []string{"Last weekend=2024-W10-WE"}},
		{"decades and centuries", "In the 1990s, the early '80s and the 19th century it grew.", []string{"the 1990s=199", "the early '80s=198/START", "the 19th century=18"}},
		{"seasons", "It was dug last summer and in the spring of 1998.", []string{"last summer=2023-SU", "the spring of 1998=1998-SP"}},
		{"quarters", "Profit fell in the third quarter of 2022, and in Q4 2023.", []string{"the third quarter of 2022=2022-Q3", "Q4 2023=2023-Q4"}},
		{"a year before that quarter", "It lost $3 million in the third quarter of 2022, against $1 million a year earlier.", []string{"the third quarter of 2022=2022-Q3", "a year earlier=2021-Q3"}},
		{"holidays", "Shops shut on Christmas Eve and on Good Friday 2024.", []string{"Christmas Eve=2023-12-24", "Good Friday 2024=2024-03-29"}},
		{"spans of years", "From 2010 to 2015, and in 2019-2021.", []string{"2010=2010", "2015=2015", "2019=2019", "2021=2021"}},
		{"not a month", "The crisis of 2008-09 passed.", []string{"2008=2008", "09=2009"}},
		{"perhaps", "They agreed to meet again, perhaps in November.", []string{"November=2024-11"}},

		// lengths and sets
		{"hyphened", "The six-day visit ended a four-decade feud.", []string{"six-day=P6D", "four-decade=P40Y"}},
		{"lengths", "It took two hours and 10 minutes, then half an hour, then 2½ years.", []string{"two hours and 10 minutes=PT2H10M", "half an hour=PT30M", "2½ years=P2Y6M"}},
		{"vague lengths", "It lasted decades, several weeks and quite some time.", []string{"decades=PXY", "several weeks=PXW", "quite some time=PXX"}},
		{"about", "About three months and more than 20 years.", []string{"About three months=P3M/APPROX", "more than 20 years=P20Y/MORE_THAN"}},
		{"up to now", "Over the past three months and in recent weeks.", []string{"the past three months=P3M", "recent weeks=PXW"}},
		{"sets", "Every Tuesday, twice a year and daily.", []string{"Every Tuesday=XXXX-WXX-2 SET", "a year=P1Y SET", "daily=P1D SET"}},

		// counted from now or then
		{"ago", "Four years ago it burned; two weeks ago it reopened.", []string{"Four years ago=2020", "two weeks ago=2024-W09"}},
		{"the next day", "She left on Jan. 17, 2023, and was seen the next day.", []string{"Jan. 17, 2023=2023-01-17", "the next day=2023-01-18"}},
		{"the previous day", "Footage of Jan. 14, 2023, shows the talks of the previous day.", []string{"Jan. 14, 2023=2023-01-14", "the previous day=2023-01-13"}},
		{"a day earlier", "They met on Monday, and a day earlier at sea.", []string{"Monday=2024-03-11", "a day earlier=2024-03-10"}},
		{"that time", "In April 2019 he agreed. But at that time nobody knew.", []string{"April 2019=2019-04", "that time=2019-04"}},
		{"the second year", "Stocks ran low in the second year of the war in Velmark.", []string{"the second year=2024/APPROX"}},
		{"now and then", "It is now shut, and may open at a convenient time.", []string{"now=PRESENT_REF", "a convenient time=FUTURE_REF"}},
		{"history", "The Sept. 11 attacks changed that.", []string{"Sept. 11=2001-09-11"}},

		// no times
		{"a name May", "Ms. May told the inquiry; May would not say more.", nil},
		{"a march", "Thousands joined the March of the Lamps.", nil},
		{"papers", "The Sunday Times and the China Daily reported it.", nil},
		{"ordinals and rounds", "It was the second attempt, and the third of the season.", nil},
		{"no years", "About 2000 people, $2,015, Flight 1999 and Resolution 1973.", nil},
		{"ages", "A 65-year-old hiker, 31 years old, was found.", nil},
		{"given names", "April Stone and June Harrow sang.", nil},
		{"compound words", "The day-to-day work and the year-on-year rise.", nil},
		{"seasons that are not", "Prices fall and spring back.", nil},
		{"the end of the day", "At the end of the day it is a game.", nil},
		{"decimals", "Sales were little changed at 2.46 billion.", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := version(tt.src)
			var got []string
			for _, x := range Resolve(v, written).Items {
				got = append(got, show(v, x))
			}
			if strings.Join(got, "; ") != strings.Join(tt.want, "; ") {
				t.Errorf("%s\n got %q\nwant %q", tt.src, got, tt.want)
			}
		})
	}
}

func TestUnknownDateOfWriting(t *testing.T) {
	v := version("On Tuesday, Sept. 19, last week and today; on Friday night; in 2011.")
	var got []string
	for _, x := range Resolve(v, "").Items {
		got = append(got, x.Value)
		if x.Anchor != "" {
			t.Errorf("%s has anchor %s", x.Span.Of(v.Text), x.Anchor)
		}
	}
	want := "XXXX-09-19 XXXX-WXX XXXX-XX-XX XXXX-WXX-5TNI 2011"
	if strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFindTakesTheDateline(t *testing.T) {
	v := version("It sank on Monday.")
	v.Meta.Published.Value = "2025-04-17" // the stamp of a page that copied it
	if got := Find(v).Items[0].Value; got != "2025-04-14" {
		t.Errorf("published: got %s", got)
	}
	v.Meta.Dateline = &news.Dateline{Date: written}
	if got := Find(v).Items[0]; got.Value != "2024-03-11" || got.Anchor != written {
		t.Errorf("dateline: got %s against %s", got.Value, got.Anchor)
	}
	if got := Resolve(v, "2023-09-19").Items[0].Value; got != "2023-09-18" {
		t.Errorf("twin: got %s", got)
	}
}

func TestOnlyProse(t *testing.T) {
	v := version("Posted Jan. 3, 2024\nThe dam broke on Monday.")
	at := strings.IndexByte(v.Text, '\n')
	v.Lines.Items = []news.Line{
		{Label: news.Timestamp, Span: text.Span{End: at}},
		{Label: news.Body, Span: text.Span{Start: at + 1, End: len(v.Text)}},
	}
	items := Resolve(v, written).Items
	if len(items) != 1 || items[0].Span.Of(v.Text) != "Monday" {
		t.Errorf("got %v", items)
	}
}

func TestCaptionsSpeakInThePresent(t *testing.T) {
	src := "Ada Quill leaves the shipyard by train on Thursday."
	for label, want := range map[news.Label]string{news.Caption: "2024-03-07", news.Body: "2024-03-14"} {
		v := version(src)
		v.Lines.Items = []news.Line{{Label: label, Span: text.Span{End: len(src)}}}
		v.Tokens[2].Tag, v.Tokens[2].Lemma = news.Verb, "leave"
		if got := Resolve(v, written).Items[0].Value; got != want {
			t.Errorf("%s: got %s, want %s", label, got, want)
		}
	}
}

// The present tense of a clause of time looks ahead; a caption's own does not.
func TestClausesOfTimeLookAhead(t *testing.T) {
	for _, c := range []struct {
		src, want string
		verb      int
	}{
		{"No aide knows what he wants when he meets Quill on Friday.", "2024-03-15", 8},
		{"Nothing changes until it leaves the league in April.", "2024-04", 4},
		{"He meets Quill in Velm on Friday.", "2024-03-08", 1},
	} {
		v := version(c.src)
		v.Tokens[c.verb].Tag, v.Tokens[c.verb].Lemma = news.Verb, "meet"
		items := Resolve(v, written).Items
		if len(items) != 1 || items[0].Value != c.want {
			t.Errorf("%s: %+v, want %s", c.src, items, c.want)
		}
	}
}

func TestCalendar(t *testing.T) {
	for _, tt := range []struct {
		d    day
		week string
		wd   int
	}{
		{day{2023, 9, 19}, "2023-W38", 2},
		{day{2021, 1, 1}, "2020-W53", 5},
		{day{2024, 12, 30}, "2025-W01", 1},
		{day{1970, 1, 1}, "1970-W01", 4},
		{day{1600, 2, 29}, "1600-W09", 2},
	} {
		if got := tt.d.weekValue(); got != tt.week {
			t.Errorf("%v: week %s, want %s", tt.d, got, tt.week)
		}
		if got := tt.d.weekday(); got != tt.wd {
			t.Errorf("%v: weekday %d, want %d", tt.d, got, tt.wd)
		}
		if got := dayOf(tt.d.number()); got != tt.d {
			t.Errorf("%v comes back as %v", tt.d, got)
		}
	}
	for rule, want := range map[string]string{
		"easter+0": "2024-03-31", "easter-2": "2024-03-29", "11/4/4": "2024-11-28", "05/-1/1": "2024-05-27", "11/1/1+1": "2024-11-05", "12-25": "2024-12-25",
	} {
		if got := feast(rule, 2024).iso(); got != want {
			t.Errorf("%s: %s, want %s", rule, got, want)
		}
	}
}

// article is an invented report of some 3 KB.
var article = strings.Repeat(`PORT VELM, March 12 (Agency) -- The harbour authority of Velmark will reopen its northern quay on Friday, a day earlier than planned, officials said Tuesday, four years after a fire closed it.
"We have waited quite some time for this," said Ada Quill, who has led the authority since late 2011. She told reporters on Monday morning that a six-day trial had ended last week without delays.
The quay was damaged on Sept. 3, 2020, when a tanker caught fire at about 9:30 p.m. The blaze lasted two days and was put out early the next morning by crews from three towns.
Velmark plans to open a second quay in October. In May and August, tests of its cranes failed, and the cost rose by 12 percent in the third quarter compared with a year earlier.
`, 4)

func BenchmarkFind(b *testing.B) {
	v := version(article)
	v.Meta.Published.Value = written
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	for b.Loop() {
		Find(v)
	}
}

func FuzzFind(f *testing.F) {
	f.Add(article, written)
	f.Add("the the last 1/2 - half a half-hour 12–13 Sept. at the end of the", "")
	f.Add("’s ’80s ’’ ½ İstanbul Sept. 31, 2023 2023-13-45T99:99 00/00/0000 24:61 a.m.", "0001-01-01")
	f.Add("a thousand thousand thousand thousand thousand years ago 99999 centuries ago next Feb. 30", "9999-12-31")
	f.Fuzz(func(t *testing.T, src, published string) {
		if !utf8.ValidString(src) {
			return
		}
		v := version(src)
		end := 0
		for _, x := range Resolve(v, published).Items {
			if x.Span.Empty() || x.Span.Start < end || x.Span.End > len(src) {
				t.Fatalf("span %v after %d in %d bytes", x.Span, end, len(src))
			}
			end = x.Span.End
			if !utf8.RuneStart(src[x.Span.Start]) || end < len(src) && !utf8.RuneStart(src[end]) {
				t.Fatalf("span %v is not on rune boundaries", x.Span)
			}
			if x.Value == "" || x.Type == "" || x.Why.Rule == "" {
				t.Fatalf("incomplete: %+v", x)
			}
		}
	})
}
