// Package lineagebench scores heads of pages, copies and stories on 612 real
// articles about one summit, read and labelled by hand.
package lineagebench

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/tracewire/tracewire/internal/news"
)

// Bench is the articles with their gold labels.
type Bench struct {
	Articles []Article
	Pairs    []Pair
	Families []Family
}

// Family is one report and its descendants, as a reader sorted them.
type Family struct {
	Name     string     `json:"family"`
	Members  []string   `json:"members"`
	Versions [][]string `json:"versions"` // members with the same version of the text
	Order    string     `json:"order"`    // "known" and "likely": Versions, the earliest first; "none": no report in common
	// Members that are in the family by less than the report as a whole:
	// paragraphs of it in other writing, captions, tweets, half a page.
	Embeds       []string `json:"embeds"`
	Paragraphs   []string `json:"source_of_paragraphs"`
	Captions     []string `json:"captions_only"`
	LinkedOnly   []string `json:"linked_only"`
	Rewritten    []string `json:"rewritten"`
	Undetermined []string `json:"undetermined"`
}

// Ordered reports whether the reader could tell which version came first.
func (f Family) Ordered() bool { return f.Order == "known" || f.Order == "likely" }

// Article is one page as it was scraped, with what a reader says of it.
type Article struct {
	ID        string
	Publisher string // host, with a path where it has several sites
	Scraped   time.Time
	Text      string // a line a paragraph
	Gold      Gold
}

// Gold is a reader's labels. Empty means that the page has no such thing.
type Gold struct {
	ID       string   `json:"id"`
	Story    string   `json:"story"`
	AltStory []string `json:"alt_story"` // other stories that a careful reader could choose
	Angle    string   `json:"angle"`     // finer group inside a broad story
	Kind     string   `json:"kind"`
	Agency   string   `json:"agency"`
	Inferred string   `json:"agency_inferred"` // agency known only from another copy
	Headline string   `json:"headline"`
	Lede     string   `json:"lede_start"` // the first words of the body, dateline included
	Dateline *struct {
		Place  string `json:"place"`
		Date   string `json:"date"`
		Agency string `json:"agency"`
	} `json:"dateline"`
}

// Pair is two articles that a reader laid side by side.
type Pair struct {
	A         string `json:"a"`
	B         string `json:"b"`
	Relation  string `json:"relation"`
	Direction string `json:"direction"` // "a->b": b is later than a, or taken from it
	Why       string `json:"why"`
}

// Load reads the folder of the benchmark.
func Load(dir string) (Bench, error) {
	var b Bench
	var golds []Gold
	if err := readJSON(filepath.Join(dir, "stories.json"), &golds); err != nil {
		return b, err
	}
	var pairs struct {
		Pairs    []Pair   `json:"pairs"`
		Families []Family `json:"components"`
	}
	if err := readJSON(filepath.Join(dir, "pairs.json"), &pairs); err != nil {
		return b, err
	}
	b.Pairs, b.Families = pairs.Pairs, pairs.Families
	byID := map[string]Gold{}
	for _, g := range golds {
		byID[g.ID] = g
	}
	rows, err := readTable(filepath.Join(dir, "helsinki.csv"))
	if err != nil {
		return b, err
	}
	for _, row := range rows {
		gold, has := byID[row["id"]]
		if !has {
			return b, fmt.Errorf("article %s has no labels", row["id"])
		}
		scraped, err := time.Parse(time.RFC3339, row["scrape_time"])
		if err != nil {
			return b, fmt.Errorf("article %s: %w", row["id"], err)
		}
		b.Articles = append(b.Articles, Article{
			row["id"], row["publisher"], scraped, strings.ReplaceAll(row["text"], " ### ", "\n"), gold,
		})
	}
	return b, nil
}

func readJSON(file string, to any) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, to); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// readTable reads a CSV file with a line of column names.
func readTable(file string) ([]map[string]string, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if len(lines) == 0 {
		return nil, fmt.Errorf("%s is empty", file)
	}
	var out []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		out = append(out, row)
	}
	return out, nil
}

// Versions returns the articles as the program meets them: text, publisher and
// the time of the scrape, no labels.
func (b Bench) Versions() []news.Version {
	out := make([]news.Version, len(b.Articles))
	for i, a := range b.Articles {
		out[i] = news.Version{Name: a.ID, Text: a.Text}
		out[i].Given.Outlet, out[i].Given.Fetched = a.Publisher, a.Scraped
	}
	return out
}
