package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tracewire/tracewire/internal/ingest"
	"github.com/tracewire/tracewire/internal/ingest/page"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
)

// extracted is one line of extract's JSON.
type extracted struct {
	File      string   `json:"file"`
	URL       string   `json:"url,omitempty"`
	Outlet    string   `json:"outlet,omitempty"`
	Section   string   `json:"section,omitempty"`
	Kind      string   `json:"kind,omitempty"`
	Headline  string   `json:"headline,omitempty"`
	Deck      string   `json:"deck,omitempty"`
	Bylines   []string `json:"bylines"`
	Agency    string   `json:"agency,omitempty"`
	Language  string   `json:"language,omitempty"`
	Published *day     `json:"published"`
	Modified  *day     `json:"modified"`
	FirstSeen string   `json:"first_seen,omitempty"` // RFC 3339: when the page was fetched
	Dates     []dated  `json:"dates"`
	Paywalled bool     `json:"paywalled"`
	Rule      string   `json:"rule"` // how the text was found
	Text      string   `json:"text"`
	Blocks    []block  `json:"blocks"`
}

type day struct {
	Value string `json:"value"`
	From  string `json:"from"`
	Rule  string `json:"rule"`
}

type dated struct {
	Value   string `json:"value"`
	From    string `json:"from"`
	Role    string `json:"role"`
	Verdict string `json:"verdict"`
	Rule    string `json:"rule"`
	Note    string `json:"note,omitempty"`
}

// block is a line of the text, or a part of one, with its label and its place.
// A caption or deck that is no part of the text has its words here.
type block struct {
	Label string `json:"label"`
	Start int    `json:"start"` // bytes, in text; both 0 for what is no part of it
	End   int    `json:"end"`
	Text  string `json:"text,omitempty"`
	Page  *span  `json:"page,omitempty"` // bytes of the HTML page, as UTF-8
}

type span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

func (a *app) extractCommand() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "extract PATH…",
		Short: "Print text and metadata of each page",
		Args:  needPaths,
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != "json" && format != "text" {
				return usageError{fmt.Errorf("--format %q: use json or text", format)}
			}
			var run pipeline.Run
			err := a.write("", func(w io.Writer) error {
				return ingest.Each(cmd.Context(), args, a.io.in, ingest.Options{}, func(it ingest.Item) error {
					run.Tally.Add(it, true)
					if it.Outcome != ingest.OK {
						run.Notes = append(run.Notes, pipeline.Note{Where: it.Where, Reason: it.Reason})
						return nil
					}
					v := pipeline.Annotate(it.Version)
					if format == "text" {
						_, err := fmt.Fprintf(w, "%s\n\n", strings.Join(prose(&v), "\n\n"))
						return err
					}
					e := json.NewEncoder(w)
					e.SetEscapeHTML(false)
					return e.Encode(extract(it, &v))
				})
			})
			if err != nil {
				return err
			}
			a.summary(run)
			if run.Tally.Stored == 0 {
				return nothingRead(run)
			}
			return nil
		},
	}
	c.Flags().StringVar(&format, "format", "json", "`json`, one line a page, or text")
	return c
}

// prose is the headline and the paragraphs of the body.
func prose(v *news.Version) []string {
	var out []string
	if v.Meta.Headline.Value != "" {
		out = append(out, v.Meta.Headline.Value)
	}
	for _, l := range v.Lines.Items {
		for _, p := range l.Pieces() {
			if p.Label == news.Body {
				out = append(out, p.Span.Of(v.Text))
			}
		}
	}
	return out
}

func extract(it ingest.Item, v *news.Version) extracted {
	m, g := v.Meta, v.Given
	o := extracted{
		File: it.Where, URL: g.URL, Outlet: m.Outlet.Value, Section: g.Section, Kind: string(m.Kind), Headline: m.Headline.Value, Deck: g.Deck, Agency: m.Agency.Value,
		Language: m.Language, Published: dayOf(m.Published), Modified: dayOf(m.Modified), Paywalled: g.Paywalled, Rule: it.Rule,
		Bylines: []string{}, Dates: []dated{}, Text: v.Text, Blocks: blocks(v, it.Blocks),
	}
	if !g.Fetched.IsZero() {
		o.FirstSeen = g.Fetched.UTC().Format(time.RFC3339)
	}
	for _, b := range m.Bylines {
		if b.Name != "" {
			o.Bylines = append(o.Bylines, b.Name)
		}
	}
	for _, d := range m.Dates {
		verdict := "rejected"
		if d.Accepted {
			verdict = "accepted"
		}
		o.Dates = append(o.Dates, dated{d.Value, d.From, d.Role, verdict, d.Why.Rule, d.Note})
	}
	return o
}

func dayOf(s news.Sourced) *day {
	if s.Value == "" {
		return nil
	}
	return &day{s.Value, s.From, s.Why.Rule}
}

// blocks are the labelled pieces of the text in its order, and with them what
// the page shows beside it, in the page's order.
func blocks(v *news.Version, shown []page.Block) []block {
	out := []block{}
	next := 0
	beside := func(upTo int) {
		for ; next < len(shown) && (shown[next].At.Empty() || shown[next].At.Start < upTo); next++ {
			if b := shown[next]; b.At.Empty() && b.Text != v.Given.Headline {
				out = append(out, block{Label: string(b.Label), Text: b.Text, Page: &span{b.OnPage.Start, b.OnPage.End}})
			}
		}
	}
	for _, l := range v.Lines.Items {
		beside(l.Span.Start)
		var from *span
		i := slices.IndexFunc(shown, func(b page.Block) bool { return !b.At.Empty() && b.At.Contains(l.Span) })
		if i >= 0 {
			from = &span{shown[i].OnPage.Start, shown[i].OnPage.End}
		}
		for _, p := range l.Pieces() {
			label := string(p.Label)
			if i >= 0 && shown[i].Label == page.Deck && (p.Label == news.Body || p.Label == news.Headline) {
				label = string(page.Deck)
			}
			out = append(out, block{Label: label, Start: p.Span.Start, End: p.Span.End, Page: from})
		}
	}
	beside(len(v.Text) + 1)
	return out
}
