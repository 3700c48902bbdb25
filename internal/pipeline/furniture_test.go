package pipeline_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/store/memory"
)

// local is reports of one paper that have nothing to do with each other: a
// headline, then paragraphs.
var local = [][]string{
	{"Ferry line to Ostrey gets a second boat", "The ferry line between Selmund and the island of Ostrey will run two boats from June, the county's transport office said on Monday.", "Passengers have complained for years that the only boat stays in the yard for most of the winter.", "The new boat was built in 1998 and served on the Halder lakes before."},
	{"School kitchens to cook with local beets", "Eleven schools will buy their beets and carrots from farms around Selmund, the school board decided after a long meeting.", "Farmers had offered the vegetables at the price of last autumn, said Petra Hjorth, who heads the board.", "Parents asked for a trial of three months first."},
	{"Bakery fire leaves two streets without power", "A fire in the cellar of a bakery on Lime Street cut off power to some four hundred homes on Tuesday night, firefighters said.", "The baker and his two apprentices were asleep above the shop and got out by the back stairs.", "Electricians worked until the morning to mend the cable."},
	{"Choir of dock workers sings for the king", "Forty dock workers who have sung together since the strike of 2019 will sing for the king when he opens the customs house.", "Their conductor, Runa Vebjorn, learned of the invitation from the radio.", "The programme has three sea songs and a hymn."},
	{"Museum finds lost map in a cupboard", "Archivists of the city museum have found a map of the old harbour that was missing since it was lent to an engineer in 1931.", "The sheet lay rolled up behind a shelf that was moved for the painters.", "It will be shown to visitors in the autumn."},
	{"Court fines builder over cracked bridge", "A builder must pay two million crowns because the footbridge over the Selm cracked in its first winter, the county court ruled.", "Judge Aslak Brun said the company had used cheaper gravel than the contract allowed.", "The company said it would appeal."},
	{"Herring shoals return to the outer sound", "Fishermen have landed more herring in the past week than in all of last spring, the fish market at Selmund reported.", "Biologists of the marine station think that colder water drove the shoals back.", "Prices fell by a third within two days."},
	{"Library lends out telescopes", "Readers of the Selmund library can now take home a telescope for a fortnight, with a star chart and a red lamp.", "The first six were given by a retired teacher who had collected them.", "All of them are lent out until August."},
	{"Trams stop early for repairs", "Trams on line 3 will stop at nine in the evening for two weeks while workers change the rails at Corn Square.", "Buses will run every quarter of an hour instead, the transport office said.", "Residents had asked for repairs because of the noise."},
	{"Goats clear the slopes above the railway", "The railway has hired sixty goats to eat the bushes on the slopes above the line to Halder, where machines cannot work.", "Their keeper, Ingmar Folde, moves the fence every other day.", "Trains pass at half speed so that the animals get used to them."},
	{"Chess club wins back its rooms", "The chess club of Selmund may stay in its rooms above the savings bank after a vote of the town council on Thursday.", "The bank had wanted to put its archive there.", "Players celebrated with a tournament that lasted until two in the morning."},
	{"Old cinema to show silent films again", "The Lantern cinema will show silent films on the first Sunday of each month, with a pianist at the old upright in the corner.", "Its owner bought the projector from a monastery.", "The first film is about a lighthouse keeper and his dog."},
}

// printed is a text of a host as it comes in, of a day of May 2031.
type printed struct {
	host string
	n    int // its number in the address, 0 for one made of place in the list
	day  int
	text []string
}

// around puts a site's furniture around a report.
func around(report []string, head, tail []string) []string {
	return append(append(append([]string{}, head...), report...), tail...)
}

// readAll reads pages and returns them by address, with all layers.
func readAll(t testingT, pages []printed) map[string]*news.Version {
	t.Helper()
	var b strings.Builder
	for i, p := range pages {
		b.WriteString(p.json(i) + "\n")
	}
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "pages.jsonl")
	if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	e := pipeline.Engine{Store: memory.New()}
	if _, err := e.Read(context.Background(), []string{file}, nil); err != nil {
		t.Fatal(err)
	}
	out := map[string]*news.Version{}
	if err := e.Relate(context.Background(), nil, func(x pipeline.Thread) error {
		for _, v := range x.Versions {
			out[v.Given.URL] = v
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func (p printed) json(i int) string {
	if p.n == 0 {
		p.n = i + 1
	}
	raw, _ := json.Marshal(map[string]string{
		"url": fmt.Sprintf("https://%s/news/%d", p.host, p.n), "text": strings.Join(p.text, "\n\n"),
		"fetched": fmt.Sprintf("2031-05-%02dT10:00:00Z", p.day),
	})
	return string(raw)
}

// labelsOf finds in all versions the lines with these words: how often each
// label, and one of the rules.
func labelsOf(found map[string]*news.Version, words string) (map[news.Label]int, string) {
	labels, rule := map[news.Label]int{}, ""
	for _, v := range found {
		for _, l := range v.Lines.Items {
			if strings.Contains(l.Span.Of(v.Text), words) {
				labels[l.Label]++
				rule = l.Why.Rule
			}
		}
	}
	return labels, rule
}

// allLabelled asks that every line with these words has a label.
func allLabelled(t *testing.T, found map[string]*news.Version, words string, want news.Label, n int) string {
	t.Helper()
	labels, rule := labelsOf(found, words)
	if labels[want] != n || len(labels) != 1 {
		t.Errorf("%q is %v, want %d of %s (rule %q)", words, labels, n, want, rule)
	}
	return rule
}

const (
	tribune = "selmund-tribune.example"
	poll    = "Should the county build a tunnel to Ostrey Island?"
	box     = "Every morning our newsroom sends what matters in Selmund and on the islands to eight thousand readers; the letter costs nothing."
	creed   = "The lamp stays lit because readers pay for the oil."
)

// site is the reports of a paper with its furniture, a day each.
func site(n int) []printed {
	var out []printed
	for i := range n {
		out = append(out, printed{host: tribune, day: 1 + i, text: around(local[i], []string{poll}, []string{box, creed})})
	}
	return out
}

func TestStandingLines(t *testing.T) {
	found := readAll(t, site(8))
	for _, c := range []struct {
		words string
		want  news.Label
	}{
		{poll, news.Related}, {box, news.Promo}, {creed, news.Promo},
	} {
		rule := allLabelled(t, found, c.words, c.want, 8)
		if want := "standing line of the host; stands in 8 of 8 reports of this host"; rule != want {
			t.Errorf("%q by rule %q, want %q", c.words, rule, want)
		}
	}
	for i := range 8 {
		v := found[fmt.Sprintf("https://%s/news/%d", tribune, i+1)]
		if v.Meta.Headline.Value != local[i][0] {
			t.Errorf("headline %q, want %q", v.Meta.Headline.Value, local[i][0])
		}
		for _, c := range v.Claims.Items {
			if strings.Contains(c.Span.Of(v.Text), "newsroom sends") {
				t.Errorf("a claim of the newsletter: %q", c.Span.Of(v.Text))
			}
		}
	}
}

// Two reports are too few, and so is one day.
func TestFewReports(t *testing.T) {
	allLabelled(t, readAll(t, site(2)), box, news.Body, 2)
	pages := site(8)
	for i := range pages {
		pages[i].day = 4
	}
	allLabelled(t, readAll(t, pages), box, news.Body, 8)
}

// A live page that is posted thirty times, each with a new entry on top, must
// not make furniture of its own words; its entries are replaced so that the
// last has nothing of the first but the opening.
func TestLivePageStays(t *testing.T) {
	opening := "Follow with us how divers and firefighters look for the crew of the freighter Tilde in the sound off Ostrey."
	for _, sameAddress := range []bool{true, false} {
		pages := site(8)
		for i := range 30 {
			text := []string{"Freighter Tilde sinks off Ostrey: what we know", opening}
			for k := i; k > i-5 && k >= 0; k-- {
				text = append(text,
					fmt.Sprintf("Divers have brought up part %d of the freighter's deck and found a coat with the number %d on it, the coast guard says.", k+1, 100+7*k),
					fmt.Sprintf("Relatives of the crew in house %d of the harbour hear from the captain's brother that the freighter was bound for port %c%d.", 3*k+1, 'A'+k%26, k))
			}
			p := printed{host: tribune, day: 1 + i/4, n: 500, text: text}
			if !sameAddress {
				p.n += i
			}
			pages = append(pages, p)
		}
		found := readAll(t, pages)
		labels, rule := labelsOf(found, opening)
		if labels[news.Body] != sum(labels) || sum(labels) == 0 {
			t.Errorf("same address %v: the opening of the live page is %v (%s)", sameAddress, labels, rule)
		}
		if labels, _ := labelsOf(found, "what we know"); labels[news.Headline] != sum(labels) {
			t.Errorf("its headline is %v", labels)
		}
	}
}

func sum(labels map[news.Label]int) int {
	n := 0
	for _, k := range labels {
		n += k
	}
	return n
}

// An agency's report that a paper prints in twenty versions, and the agency's
// own lines under its reports, stay what they are.
func TestWireFlood(t *testing.T) {
	last := "The mine at Karsk was opened in 1962 and is the last in Norland where lead is dug by hand, far below the lake."
	trailer := "(Reporting by Ulla Marek; Editing by Sten Dahl)"
	pages := site(6)
	for i := range 20 {
		text := []string{fmt.Sprintf("At least %d miners saved from shaft in Karsk", 3+i)}
		text = append(text, fmt.Sprintf("KARSK, Norland, May %d (Reuters) - Rescuers brought %d miners to the surface at Karsk in the night and heard knocking from %d more, the mine's director said.", 2+i/4, 3+i, 40-i))
		text = append(text, "“They were cold and hungry, but they walked to the ambulance,” director Henrik Aal told reporters at the gate.", "The shaft filled with water on Sunday after weeks of rain.", last, trailer)
		pages = append(pages, printed{host: tribune, day: 2 + i/4, text: text})
	}
	for i := 6; i < 12; i++ { // and its reports on other things
		text := append([]string{}, local[i]...)
		text[1] = fmt.Sprintf("SELMUND, May %d (Reuters) - %s", i, text[1])
		pages = append(pages, printed{host: tribune, day: i, text: append(text, trailer)})
	}
	found := readAll(t, pages)
	allLabelled(t, found, last, news.Body, 20)
	allLabelled(t, found, trailer, news.BylineLine, 26)
	for url, v := range found {
		if strings.Contains(v.Text, trailer) && v.Meta.Agency.Value != "Reuters" {
			t.Errorf("%s: the agency is %q", url, v.Meta.Agency.Value)
		}
	}
	if labels, _ := labelsOf(found, "KARSK, Norland"); labels[news.Body] != 20 {
		t.Errorf("the first paragraphs are %v", labels)
	}
}

// What a paper puts under agency copy is its own, when others print the copy
// without it; what they print, too, belongs to the report.
func TestAlignedCopies(t *testing.T) {
	own := "Readers of this page also follow the quiet hours of the harbour in our evening letter, which a cat sends out at nine."
	background := "Norland has had no lead mine of this depth since the closing of the pits in the north, and none is planned."
	var pages []printed
	for i := range 3 {
		body := append([]string{}, local[i]...)
		body[1] = fmt.Sprintf("SELMUND, May 3 (AP) — %s", body[1])
		body = append(body, "Officials did not say on Monday when the matter will be settled, and nobody was hurt.", background)
		for k, host := range []string{tribune, "halder-post.example", "ostrey-news.example"} {
			p := printed{host: host, day: 3, text: body}
			if k == 0 {
				p.text = around(body, nil, []string{own})
			}
			pages = append(pages, p)
		}
	}
	found := readAll(t, pages)
	rule := allLabelled(t, found, own, news.Promo, 3)
	if !strings.HasPrefix(rule, "standing line of the host") {
		t.Errorf("by rule %q", rule)
	}
	allLabelled(t, found, background, news.Body, 9)
}

// How a columnist takes leave belongs to the column, and is no box of the
// paper's.
func TestColumnistsSignOff(t *testing.T) {
	leave := "So much from the pier for this week, and may your lamps be filled and your ropes be dry until the next."
	pages := site(8)
	for i := 8; i < 12; i++ {
		text := append([]string{local[i][0], "By Marit Solberg"}, local[i][1:]...)
		pages = append(pages, printed{host: tribune, day: i, text: append(text, leave)})
	}
	allLabelled(t, readAll(t, pages), leave, news.Body, 4)
}

// The forecast says much the same every day.
func TestForecastStays(t *testing.T) {
	winds := "Winds along the coast are expected to stay below gale force, forecasters of the Selmund weather office said."
	pages := site(8)
	for i := range 9 {
		sky := []string{"rain", "fog", "sun"}[i%3]
		pages = append(pages, printed{host: tribune, day: 1 + i, text: []string{
			fmt.Sprintf("Forecast: %s by the evening, %d degrees", sky, 9+i),
			fmt.Sprintf("The day begins with %s over the islands and temperatures near %d degrees, and showers are to come from the west, forecasters said.", sky, 8+i),
			fmt.Sprintf("Temperatures rise to %d degrees at noon, when the showers reach the valleys and %s may return for %d hours.", 9+i, sky, i+1),
			winds,
		}})
	}
	allLabelled(t, readAll(t, pages), winds, news.Body, 9)
}

// A feature that runs under one headline keeps it.
func TestStandingHeadline(t *testing.T) {
	pages := site(4)
	for i := 4; i < 12; i++ {
		text := append([]string{"This day in the history of Selmund"}, local[i][1:]...)
		pages = append(pages, printed{host: tribune, day: i, text: text})
	}
	allLabelled(t, readAll(t, pages), "This day in the history", news.Headline, 8)
}

// A page that is nothing but standing lines keeps them.
func TestNothingButStandingLines(t *testing.T) {
	pages := site(8)
	pages = append(pages, printed{host: tribune, day: 9, text: []string{"How our morning letter is made", box}})
	v := readAll(t, pages)[fmt.Sprintf("https://%s/news/9", tribune)]
	if l := v.Lines.Items[1]; l.Label != news.Body {
		t.Errorf("its only paragraph is %s by rule %q", l.Label, l.Why.Rule)
	}
}

// What a paper prints between its deck and the text shows where the text
// begins.
func TestTextBeginsBehindStandingLine(t *testing.T) {
	bar := "Send this page to a friend in Selmund"
	deck := "Only after three winters without a boat did the county find the money, and nobody says where it came from."
	var pages []printed
	for i := range 8 {
		text := []string{local[i][0]}
		if i == 2 || i == 5 {
			text = append(text, deck)
		}
		pages = append(pages, printed{host: tribune, day: 1 + i, text: append(append(text, bar), local[i][1:]...)})
	}
	allLabelled(t, readAll(t, pages), deck, news.Headline, 2)
}

// What stands on either side of the first paragraph marks nothing: a picture's
// credit, an advertisement, a line that comes twice.
func TestTextBeginsBeforeStandingLine(t *testing.T) {
	for _, mark := range []string{"Advertisement", "Photo: Selmund Tribune", "Send this page to a friend in Selmund"} {
		twice := strings.HasPrefix(mark, "Send")
		var pages []printed
		for i := range 8 {
			text := append([]string{local[i][0], mark}, local[i][1:]...)
			if i == 2 || i == 5 {
				text = append([]string{local[i][0], local[i][1] + " " + local[i][2], mark}, local[i][3:]...)
				text = append(text, "Neighbours who came to look said on Monday that they had known about it for a week and told nobody.")
			}
			if twice {
				text = append(text, mark)
			}
			pages = append(pages, printed{host: tribune, day: 1 + i, text: text})
		}
		found := readAll(t, pages)
		for _, i := range []int{2, 5} {
			if labels, rule := labelsOf(found, local[i][1]); labels[news.Body] != 1 {
				t.Errorf("%s: the first paragraph is %v (%s)", mark, labels, rule)
			}
		}
	}
}

// The same from HTML, where the page reader lets a block through.
func TestStandingLinesOfPages(t *testing.T) {
	dir := t.TempDir()
	for i := range 6 {
		var b strings.Builder
		fmt.Fprintf(&b, "<!doctype html><html><head><title>%s</title><link rel=canonical href='https://%s/%d'><meta property='article:published_time' content='2031-05-%02dT08:00:00Z'></head><body><article><h1>%s</h1>", local[i][0], tribune, i, 1+i, local[i][0])
		for _, p := range append(local[i][1:len(local[i]):len(local[i])], box) {
			fmt.Fprintf(&b, "<p>%s</p>", p)
		}
		b.WriteString("</article></body></html>")
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i, ".html")), []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	e := pipeline.Engine{Store: memory.New()}
	if _, err := e.Read(context.Background(), []string{dir}, nil); err != nil {
		t.Fatal(err)
	}
	found := map[string]*news.Version{}
	if err := e.Relate(context.Background(), nil, func(x pipeline.Thread) error {
		for _, v := range x.Versions {
			found[v.Name] = v
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	allLabelled(t, found, box, news.Promo, 6)
}

// The memory is a function of the set: runs, order, workers and store do not
// show, and what it found is the same after it was dropped.
func TestMemoryDependsOnThePagesAlone(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		sub, err := os.MkdirTemp(dir, "")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(sub)
		n := rapid.IntRange(4, 12).Draw(t, "pages")
		var paths []string
		for i := range n {
			head, tail := []string{}, []string{}
			if rapid.IntRange(0, 3).Draw(t, "poll") > 0 {
				head = append(head, poll)
			}
			if rapid.IntRange(0, 3).Draw(t, "box") > 0 {
				tail = append(tail, box)
			}
			p := printed{
				host: rapid.SampledFrom([]string{tribune, tribune, "halder-post.example"}).Draw(t, "host"),
				day:  rapid.IntRange(1, 3).Draw(t, "day"),
				text: around(local[rapid.IntRange(0, 6).Draw(t, "report")], head, tail),
			}
			path := filepath.Join(sub, fmt.Sprint(i, ".jsonl"))
			if err := os.WriteFile(path, []byte(p.json(i)+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			paths = append(paths, path)
		}
		shuffled := rapid.Permutation(paths).Draw(t, "order")
		runs := split(shuffled, func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "run") })
		_, want := way{runs: [][]string{paths}, workers: 1, store: memory.New()}.read(t)
		w := way{"in runs, three workers", runs, 3, memory.New(), true}
		e, got := w.read(t)
		same(t, w.name, want, got)
		if err := e.Store.DropDerived(context.Background()); err != nil {
			t.Fatal(err)
		}
		same(t, w.name+", derived data dropped", want, answer(t, e))
	})
}

// A report that joins the others of its host is read, and of those only the
// ones that look different by it; another host is left alone.
func TestOnlyTheTouchedAreReadAgain(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	e := pipeline.Engine{Store: memory.New()}
	read := func(i int, p printed) {
		t.Helper()
		path := filepath.Join(dir, fmt.Sprint(i, ".jsonl"))
		if err := os.WriteFile(path, []byte(p.json(i)+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := e.Read(ctx, []string{path}, nil); err != nil {
			t.Fatal(err)
		}
	}
	again := func() map[string]string {
		t.Helper()
		if err := e.Relate(ctx, nil, func(pipeline.Thread) error { return nil }); err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for kv, err := range e.Store.DerivedAll(ctx, "reading/1") {
			if err != nil {
				t.Fatal(err)
			}
			out[kv.Key] = string(kv.Value)
		}
		return out
	}
	pages := site(7)
	for i, p := range pages[:2] {
		read(i, p)
	}
	if got := again(); len(got) != 0 {
		t.Fatalf("of two reports %d were read again", len(got))
	}
	for i, p := range pages[2:5] {
		read(2+i, p)
	}
	before := again()
	if len(before) != 5 {
		t.Fatalf("of five reports %d were read again", len(before))
	}
	read(5, pages[5])
	read(6, printed{host: "halder-post.example", day: 3, text: pages[6].text})
	after := again()
	if len(after) != 6 {
		t.Errorf("%d readings, want 6", len(after))
	}
	for id, was := range before {
		if after[id] != was {
			t.Errorf("%s has another reading", id)
		}
	}
}
