package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/store/memory"
)

// Paragraphs of an invented page that changes through the day.
const (
	flood1 = "HAVENSTAD — The river Orle broke its northern dike on Tuesday and flooded the market of Havenstad, the mayor said."
	flood2 = "At least two people were missing after a ferry landing was swept away, according to the harbour police of the town."
	flood9 = "At least three people were missing after a ferry landing was swept away, according to the harbour police of the town."
	flood3 = "The hospital moved forty patients to the upper floors, and the trains to the coast were stopped until the evening."
	flood4 = "Engineers had asked in spring for a second wall of sandbags, which the council of Havenstad declined to pay for."
	flood5 = "Soldiers closed the breach in the northern dike late on Tuesday with barges full of gravel, the army command said."
	flood6 = "A baker who had spent the night on the roof of the guildhall said the water smelled of diesel and of the tannery."
	flood7 = "Insurers in the capital put the damage at eleven million crowns before the water had left the cellars of the town."
)

// record is a line of JSON lines.
func record(t *testing.T, url, fetched string, paragraphs ...string) string {
	t.Helper()
	raw, err := json.Marshal(map[string]string{
		"url": url, "outlet": "Havenstad Courier", "fetched": fetched, "headline": "River breaks dike in Havenstad",
		"text": strings.Join(paragraphs, "\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// A page that is read again and again under one address is one article in
// several versions, in the order of the captures, however little or much of
// it was changed and in whatever order it is read.
func TestOneAddressReadAgain(t *testing.T) {
	const url = "https://courier.example/news/river-breaks-dike"
	lines := []string{
		record(t, url, "2031-05-06T08:00:00Z", flood1, flood2, flood3, flood4),
		record(t, url, "2031-05-06T10:00:00Z", flood1, flood9, flood3, flood4), // one number
		record(t, "https://www.courier.example/news/river-breaks-dike?utm_source=letter", "2031-05-06T14:00:00Z", flood1, flood9, flood3, flood6, flood4),
		record(t, url+"#comments", "2031-05-06T20:00:00Z", flood5, flood6, flood7, flood4), // a new text, but for one paragraph
		record(t, url, "2031-05-06T21:00:00Z", flood5, flood6, flood7, flood4, "Follow the Courier"),
	}
	r := rand.New(rand.NewPCG(3, 4))
	var want string
	for turn := range 4 {
		shuffled := slices.Clone(lines)
		if turn > 0 {
			r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		}
		links := linksOf(t, shuffled)
		got := ""
		for _, l := range links {
			got += fmt.Sprintf("%s %s %v %s\n", l.From, l.To, l.Directed, l.Relation)
		}
		if turn == 0 {
			want = got
		} else if got != want {
			t.Fatalf("the order of reading matters:\n%s\nand\n%s", want, got)
		}
		versions, copies := 0, 0
		for _, l := range links {
			switch l.Relation {
			case news.EarlierVersion:
				versions++
				if !l.Directed {
					t.Errorf("no order between %s and %s", l.From, l.To)
				}
				if !strings.Contains(l.Why.Rule, "page-changed") || l.Note == "" {
					t.Errorf("%s: %s", l.Why.Rule, l.Note)
				}
			case news.Copy:
				copies++
			default:
				t.Errorf("%s–%s: %s by %s", l.From, l.To, l.Relation, l.Why.Rule)
			}
		}
		// Five captures of four texts: all pairs but one are versions.
		if versions != 9 || copies != 1 {
			t.Errorf("%d versions, %d copies:\n%s", versions, copies, got)
		}
	}
}

// Pages of one outlet at different addresses are no versions by that alone,
// and a front page is no article.
func TestOtherAddresses(t *testing.T) {
	links := linksOf(t, []string{
		record(t, "https://courier.example/", "2031-05-06T08:00:00Z", flood1, flood2, flood3),
		record(t, "https://courier.example/", "2031-05-06T20:00:00Z", flood5, flood6, flood7, flood3),
		record(t, "https://courier.example/news/guildhall-roof-2", "2031-05-06T21:00:00Z", flood6, flood7),
	})
	for _, l := range links {
		if strings.Contains(l.Why.Rule, "same-address") {
			t.Errorf("%s–%s: %s", l.From, l.To, l.Why.Rule)
		}
	}
}

// linksOf reads the lines and returns the links between what they hold; the
// versions go by when they were captured.
func linksOf(t *testing.T, lines []string) []news.Link {
	t.Helper()
	e := Engine{Store: memory.New()}
	if _, err := e.Read(context.Background(), []string{"-"}, strings.NewReader(strings.Join(lines, "\n")+"\n")); err != nil {
		t.Fatal(err)
	}
	var out []news.Link
	when := map[string]string{}
	err := e.Relate(context.Background(), nil, func(th Thread) error {
		for _, v := range th.Versions {
			when[v.Name] = v.Given.Fetched.Format("15:04")
		}
		out = append(out, th.Relations.Links...)
		out = append(out, th.Across...) // a page rewritten for another story
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range out {
		out[i].From, out[i].To = when[out[i].From], when[out[i].To]
		if out[i].Directed && out[i].From >= out[i].To {
			t.Errorf("%s is said to come before %s", out[i].From, out[i].To)
		}
		if !out[i].Directed && out[i].From > out[i].To {
			out[i].From, out[i].To = out[i].To, out[i].From
		}
	}
	slices.SortFunc(out, func(x, y news.Link) int { return strings.Compare(x.From+x.To, y.From+y.To) })
	return out
}
