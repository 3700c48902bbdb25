package pipeline_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"pgregory.net/rapid"
)

// A stream is the invented news of a few days: what two agencies and some
// papers put out on one or two happenings, with what newsrooms do to copy.

// happening is what there is to tell.
type happening struct {
	place, land, what, where, chief, post, body string
	day                                         int // of May 2031
	toll                                        int
}

var happenings = []happening{
	{"PORT AMBRY", "Sarland", "ferry ran aground", "the sandbanks off Port Ambry", "Ola Brandt", "harbour master", "Coast Watch", 6, 4},
	{"KELLING", "Sarland", "grain silo collapsed", "the rail yard at Kelling", "Mirja Toll", "fire chief", "Labour Inspectorate", 7, 2},
	{"TRAVEN", "Ostmark", "bridge was closed", "the river Trave above the old town", "Ivo Hasek", "transport minister", "Roads Office", 6, 11},
}

var (
	agencies = []string{"SNA", "MNS"}
	weekdays = []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
	papers   = []string{"The Ambry Post", "Kelling Herald", "Traven Courier", "Coast Business Daily"}
)

// weekday of a day of May 2031; the 1st was a Thursday.
func weekday(day int) string { return weekdays[(day+3)%7] }

// report is the paragraphs of an agency's first report, with its later lines.
func (h happening) report(agency string, day int) []string {
	verb := "killed"
	if agency == agencies[1] {
		verb = "died"
	}
	first := fmt.Sprintf("%s, %s, May %d, 2031 (%s) — At least %d people were killed on %s when a %s near %s, officials said.", h.place, h.land, day, agency, h.toll, weekday(day), h.what, h.where)
	if verb == "died" {
		first = fmt.Sprintf("%s, May %d (%s) -- A %s near %s overnight and %d people died, the %s said on %s.", h.place, day, agency, h.what, h.where, h.toll, h.body, weekday(day))
	}
	return []string{
		first,
		fmt.Sprintf("“We heard a noise like thunder and then nothing at all,” said %s, the %s. “Nobody had warned us.”", h.chief, h.post),
		fmt.Sprintf("The %s said it had opened an inquiry and would publish what it finds by the end of June.", h.body),
		fmt.Sprintf("%d people were taken to hospital in %s, %s said.", h.toll*3, title(h.place), h.chief),
		fmt.Sprintf("Last year inspectors of the %s asked for repairs there, according to a report seen by %s.", h.body, agency),
		fmt.Sprintf("It was the worst accident in %s since 2009, when a fire in a warehouse killed 14 people.", h.land),
	}
}

func title(s string) string {
	words := strings.Fields(strings.ToLower(s))
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}

// input is a page as it comes in: a file of its own, or a line of a file.
type input struct {
	path string
	body string
}

// page makes one page of the stream.
func page(t *rapid.T, n int) input {
	h := happenings[rapid.IntRange(0, len(happenings)-1).Draw(t, "happening")]
	agency := rapid.SampledFrom(agencies).Draw(t, "agency")
	paper := rapid.SampledFrom(papers).Draw(t, "paper")
	kind := rapid.SampledFrom([]string{"report", "update", "trim", "scraped", "undated", "rewrite", "own", "jsonl", "html"}).Draw(t, "kind")
	ps := h.report(agency, h.day)
	head := fmt.Sprintf("%s near %s kills at least %d", title(h.what), title(h.place), h.toll)
	stamp := fmt.Sprintf("%s, %d May 2031", weekday(h.day), h.day)
	ext := ".txt"
	switch kind {
	case "report":
		ps = append([]string{head, "By Nela Quist"}, ps...)
	case "update":
		h.toll += rapid.IntRange(1, 3).Draw(t, "toll")
		again := h.report(agency, h.day)
		ps = append([]string{fmt.Sprintf("(Updates with new toll in paragraphs 1, 4) %s", head)}, again...)
		ps = append(ps, fmt.Sprintf("“The search goes on,” %s told reporters late on %s.", h.chief, weekday(h.day)))
	case "trim":
		cut := rapid.IntRange(2, 5).Draw(t, "cut")
		ps = append([]string{paper, "Home | News | Sport | Notices", head, stamp}, ps[:cut]...)
		ps = append(ps, "(c) "+paper+" 2031. All rights reserved.")
	case "scraped":
		ps = append([]string{paper, "January 20, 2033", head}, ps...)
		ps = append(ps, "Read more: ten harbours to see before you die", "Share this article")
	case "undated":
		ps[0] = ps[0][strings.IndexAny(ps[0], "—)")+len("—"):]
		ps = append([]string{head}, ps...)
	case "rewrite":
		ps = []string{
			head, stamp,
			fmt.Sprintf("%s has lost %d of its people after a %s, %s reports.", title(h.place), h.toll, h.what, agency),
			fmt.Sprintf("%s, the %s, told the agency that nobody had warned the town.", h.chief, h.post),
		}
	case "own":
		ps = []string{
			"Doubts over the inquiry in " + title(h.place), "By Tove Lind, " + paper, stamp,
			fmt.Sprintf("The %s has not published a single report since 2024, %s has found.", h.body, paper),
			fmt.Sprintf("“I wrote to them three times,” said an engineer who worked there. %s denied that %d people had died.", h.chief, h.toll),
		}
	}
	text := strings.Join(ps, "\n\n") + "\n"
	// Few names and folders, so that stems clash and paths repeat.
	name := fmt.Sprintf("%s/%s", rapid.SampledFrom([]string{"a", "b"}).Draw(t, "folder"), rapid.SampledFrom([]string{"one", "two", fmt.Sprintf("page-%d", n)}).Draw(t, "stem"))
	switch kind {
	case "jsonl":
		url := "https://" + strings.ToLower(strings.ReplaceAll(paper, " ", "")) + ".example/" + strings.ToLower(agency)
		fetched := rapid.SampledFrom([]string{"", "2031-05-08T10:00:00Z", "2031-05-09T10:00:00Z"}).Draw(t, "fetched")
		headline := rapid.SampledFrom([]string{"", head}).Draw(t, "headline")
		line, _ := json.Marshal(map[string]string{"url": url, "fetched": fetched, "text": text, "headline": headline})
		text, ext = string(line)+"\n", ".jsonl"
	case "html":
		var b strings.Builder
		fmt.Fprintf(&b, "<!doctype html><html><head><title>%s</title><meta property=\"og:site_name\" content=%q></head><body><nav>Home News</nav><article><h1>%s</h1>", head, paper, head)
		for _, p := range ps {
			fmt.Fprintf(&b, "<p>%s</p>", p)
		}
		b.WriteString("</article></body></html>")
		text, ext = b.String(), ".html"
	}
	return input{name + ext, text}
}

// stream draws pages and writes them under dir, each in a folder of its own
// number, so that two may have one name.
func stream(t *rapid.T, dir string) []string {
	n := rapid.IntRange(2, 9).Draw(t, "pages")
	var paths []string
	for i := range n {
		in := page(t, i)
		p := filepath.Join(dir, fmt.Sprint(i), in.path)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(in.body), 0o644); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, p)
	}
	return paths
}
