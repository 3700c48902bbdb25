package timeline

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// told is an event in a few words: date, documents.
type told struct {
	Date string
	Docs []string
}

func brief(events []news.Event) []told {
	var out []told
	for _, e := range events {
		out = append(out, told{e.Date, e.Documents})
	}
	return out
}

func claim(id, date string, chain ...string) news.Claim {
	return news.Claim{ID: id, EventDate: date, Chain: chain, Reported: len(chain) > 1}
}

func at(c news.Claim, start, end int) news.Claim {
	c.Span = text.Span{Start: start, End: end}
	return c
}

func may(c news.Claim) news.Claim {
	c.Frame.Modal = "possible"
	return c
}

func version(name string, claims ...news.Claim) *news.Version {
	return &news.Version{Name: name, Claims: news.Layer[news.Claim]{Items: claims}}
}

func group(members ...news.ClaimRef) news.Group {
	return news.Group{ID: "g", Proposition: "The bridge was closed", Members: members}
}

func TestFold(t *testing.T) {
	tests := []struct {
		name     string
		versions []*news.Version
		groups   []news.Group
		want     []told
	}{
		{
			"one happening on one day, told by two pages",
			[]*news.Version{version("a", claim("c1", "2024-03-12", "A")), version("b", claim("c1", "2024-03-12", "B"))},
			[]news.Group{group(news.ClaimRef{Doc: "a", Claim: "c1"}, news.ClaimRef{Doc: "b", Claim: "c1"})},
			[]told{{"2024-03-12", []string{"a", "b"}}},
		},
		{
			"a page without the day goes with the one that has it",
			[]*news.Version{version("a", claim("c1", "2024-03-12", "A")), version("b", claim("c1", "", "B"))},
			[]news.Group{group(news.ClaimRef{Doc: "a", Claim: "c1"}, news.ClaimRef{Doc: "b", Claim: "c1"})},
			[]told{{"2024-03-12", []string{"a", "b"}}},
		},
		{
			"the month that holds the day is the same event",
			[]*news.Version{version("a", claim("c1", "2024-03-12", "A")), version("b", claim("c1", "2024-03", "B"))},
			[]news.Group{group(news.ClaimRef{Doc: "a", Claim: "c1"}, news.ClaimRef{Doc: "b", Claim: "c1"})},
			[]told{{"2024-03-12", []string{"a", "b"}}},
		},
		{
			"two months of one claim are two events, in order",
			[]*news.Version{version("a", claim("c1", "2024-08/2024-05", "A"))},
			[]news.Group{group(news.ClaimRef{Doc: "a", Claim: "c1"})},
			[]told{{"2024-05", []string{"a"}}, {"2024-08", []string{"a"}}},
		},
		{
			"times of day, weeks and seasons sort with days",
			[]*news.Version{version("a", claim("c1", "2024-03-12TMO", "A"), claim("c2", "2024-W10", "A"), claim("c3", "2024-SU", "A"), claim("c4", "2024-W10-WE", "A"), claim("c5", "2024-08-01", "A"))},
			[]news.Group{
				group(news.ClaimRef{Doc: "a", Claim: "c1"}), group(news.ClaimRef{Doc: "a", Claim: "c2"}), group(news.ClaimRef{Doc: "a", Claim: "c3"}),
				group(news.ClaimRef{Doc: "a", Claim: "c4"}), group(news.ClaimRef{Doc: "a", Claim: "c5"}),
			},
			[]told{{"2024-W10", []string{"a"}}, {"2024-W10-WE", []string{"a"}}, {"2024-03-12", []string{"a"}}, {"2024-SU", []string{"a"}}, {"2024-08-01", []string{"a"}}},
		},
		{
			"a phrase inside a clause is no event beside it",
			[]*news.Version{version("a", at(claim("c1", "2024-03", "A"), 10, 90), at(claim("c2", "2024-03", "A"), 50, 90))},
			[]news.Group{group(news.ClaimRef{Doc: "a", Claim: "c1"}), group(news.ClaimRef{Doc: "a", Claim: "c2"})},
			[]told{{"2024-03", []string{"a"}}},
		},
		{
			"two clauses of one month are two events",
			[]*news.Version{version("a", at(claim("c1", "2024-03", "A"), 10, 50), at(claim("c2", "2024-03", "A"), 50, 90))},
			[]news.Group{group(news.ClaimRef{Doc: "a", Claim: "c1"}), group(news.ClaimRef{Doc: "a", Claim: "c2"})},
			[]told{{"2024-03", []string{"a"}}, {"2024-03", []string{"a"}}},
		},
		{
			"what may happen some time in a year is no event",
			[]*news.Version{version("a", may(claim("c1", "2024", "A")), may(claim("c2", "2024-03-12", "A")))},
			[]news.Group{group(news.ClaimRef{Doc: "a", Claim: "c1"}), group(news.ClaimRef{Doc: "a", Claim: "c2"})},
			[]told{{"2024-03-12", []string{"a"}}},
		},
		{
			"a year that one of four names is not when it was",
			[]*news.Version{version("a", claim("c1", "2024", "A")), version("b", claim("c1", "", "B")), version("c", claim("c1", "", "C")), version("d", claim("c1", "", "D"))},
			[]news.Group{group(news.ClaimRef{Doc: "a", Claim: "c1"}, news.ClaimRef{Doc: "b", Claim: "c1"}, news.ClaimRef{Doc: "c", Claim: "c1"}, news.ClaimRef{Doc: "d", Claim: "c1"})},
			nil,
		},
		{
			"a day that one of four names is",
			[]*news.Version{version("a", claim("c1", "2024-03-12", "A")), version("b", claim("c1", "", "B")), version("c", claim("c1", "", "C")), version("d", claim("c1", "", "D"))},
			[]news.Group{group(news.ClaimRef{Doc: "a", Claim: "c1"}, news.ClaimRef{Doc: "b", Claim: "c1"}, news.ClaimRef{Doc: "c", Claim: "c1"}, news.ClaimRef{Doc: "d", Claim: "c1"})},
			[]told{{"2024-03-12", []string{"a", "b", "c", "d"}}},
		},
		{
			"nothing dated, nothing told",
			[]*news.Version{version("a", claim("c1", "", "A"))},
			[]news.Group{group(news.ClaimRef{Doc: "a", Claim: "c1"})},
			nil,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, brief(Fold(tt.versions, tt.groups))); diff != "" {
				t.Errorf("events (-want +got):\n%s", diff)
			}
		})
	}
}

// Where speaking is what happened, the day of speaking counts.
func TestStatementIsDatedByWhenItWasSaid(t *testing.T) {
	c := claim("c1", "", "The Post", "Ada Lind")
	c.Quote = "q1"
	v := version("a", c)
	v.Quotes.Items = []news.Quote{{ID: "q1", When: news.When{Span: text.Span{Start: 1, End: 2}, Value: "2024-03-13"}}}
	got := brief(Fold([]*news.Version{v}, []news.Group{group(news.ClaimRef{Doc: "a", Claim: "c1"})}))
	if diff := cmp.Diff([]told{{"2024-03-13", []string{"a"}}}, got); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}
