package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tracewire/tracewire/internal/ingest"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
)

// page is one line of extract's JSON.
type page struct {
	File      string     `json:"file"`
	URL       string     `json:"url,omitempty"`
	Outlet    string     `json:"outlet,omitempty"`
	Kind      string     `json:"kind,omitempty"`
	Headline  string     `json:"headline,omitempty"`
	Bylines   []string   `json:"bylines"`
	Agency    string     `json:"agency,omitempty"`
	Language  string     `json:"language,omitempty"`
	Published *published `json:"published"`
	Dates     []dated    `json:"dates"`
	Text      string     `json:"text"`
	Blocks    []block    `json:"blocks"`
}

type published struct {
	Value string `json:"value"`
	From  string `json:"from"`
}

type dated struct {
	Value   string `json:"value"`
	From    string `json:"from"`
	Role    string `json:"role"`
	Verdict string `json:"verdict"`
	Note    string `json:"note,omitempty"`
}

type block struct {
	Label string `json:"label"`
	Start int    `json:"start"` // bytes, in text
	End   int    `json:"end"`
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
					return e.Encode(extracted(it.Where, &v))
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

func extracted(where string, v *news.Version) page {
	m := v.Meta
	o := page{
		File: where, URL: v.Given.URL, Outlet: m.Outlet.Value, Kind: string(m.Kind), Headline: m.Headline.Value, Agency: m.Agency.Value,
		Language: m.Language, Bylines: []string{}, Dates: []dated{}, Blocks: []block{}, Text: v.Text,
	}
	if m.Published.Value != "" {
		o.Published = &published{m.Published.Value, m.Published.From}
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
		o.Dates = append(o.Dates, dated{d.Value, d.From, d.Role, verdict, d.Note})
	}
	for _, l := range v.Lines.Items {
		for _, p := range l.Pieces() {
			o.Blocks = append(o.Blocks, block{string(p.Label), p.Span.Start, p.Span.End})
		}
	}
	return o
}
