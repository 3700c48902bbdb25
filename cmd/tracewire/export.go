package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tracewire/tracewire/internal/news"
)

// record is a line of export's JSONL. With its text it can be read again.
type record struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	URL       string   `json:"url,omitempty"`
	Outlet    string   `json:"outlet,omitempty"`
	Agency    string   `json:"agency,omitempty"`
	Kind      string   `json:"kind,omitempty"`
	Headline  string   `json:"headline,omitempty"`
	Bylines   []string `json:"bylines,omitempty"`
	Language  string   `json:"language,omitempty"`
	Published string   `json:"published,omitempty"`
	Modified  string   `json:"modified,omitempty"`
	Fetched   string   `json:"fetched,omitempty"`
	Paywalled bool     `json:"paywalled,omitempty"`
	Rights    []string `json:"rights,omitempty"`
	Capture   string   `json:"capture"`
	Bytes     int      `json:"bytes"`
	Text      string   `json:"text,omitempty"`
}

func (a *app) exportCommand() *cobra.Command {
	var format, out string
	var full bool
	c := &cobra.Command{
		Use:   "export --store FILE",
		Short: "Write everything in a store out again",
		Long: `Writes what a store holds:

  jsonl    a line for each text: where it is from, whose it is, when. The text
           itself only with --full-text; then "tracewire read" takes the file.
  warc     every page as it came in, those in quarantine too, as a web archive;
           warc.gz packs it. Reading it gives the same texts again.
  opml     the feeds that were followed.

Texts belong to those who wrote them. Whether you may pass them on is for you to
know; notices that speak of it are in "rights".`,
		Example: "  tracewire export --store wire.db > articles.jsonl\n  tracewire export --store wire.db --format warc.gz --out wire.warc.gz\n  tracewire export --store wire.db --format opml > feeds.opml",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if a.storePath == "" {
				return usageError{errors.New("nothing to export: name a store with --store FILE")}
			}
			e, closeStore, err := a.openExisting()
			if err != nil {
				return err
			}
			defer closeStore()
			ctx, n, what := cmd.Context(), 0, ""
			var print func(io.Writer) error
			switch format {
			case "jsonl":
				what = "texts"
				print = func(w io.Writer) error {
					enc := json.NewEncoder(w)
					enc.SetEscapeHTML(false)
					return e.EachOutline(ctx, func(v *news.Version) error {
						n++
						return enc.Encode(recordOf(v, full))
					})
				}
			case "warc", "warc.gz":
				what = "captures"
				print = func(w io.Writer) (err error) {
					n, err = e.ExportWARC(ctx, w, format == "warc.gz", "tracewire "+version(), time.Now())
					return err
				}
			case "opml":
				what = "feeds"
				print = func(w io.Writer) (err error) {
					n, err = e.ExportFeeds(ctx, w)
					return err
				}
			default:
				return usageError{fmt.Errorf("--format %q: use jsonl, warc, warc.gz or opml", format)}
			}
			if err := a.write(out, print); err != nil {
				return err
			}
			a.progress.clear()
			if !a.quiet {
				fmt.Fprintf(a.io.err, "%d %s written\n", n, what)
			}
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&format, "format", "jsonl", "`jsonl`, warc, warc.gz or opml")
	f.StringVar(&out, "out", "", "write to this `file` and not to standard output")
	f.BoolVar(&full, "full-text", false, "jsonl: the texts too")
	return c
}

func recordOf(v *news.Version, full bool) record {
	m := v.Meta
	r := record{
		ID: v.ID, Name: v.Name, URL: v.Given.URL, Outlet: m.Outlet.Value, Agency: m.Agency.Value, Kind: string(m.Kind), Headline: m.Headline.Value,
		Language: m.Language, Published: m.Published.Value, Modified: m.Modified.Value, Paywalled: v.Given.Paywalled, Capture: v.Capture, Bytes: len(v.Text),
	}
	if !v.Given.Fetched.IsZero() {
		r.Fetched = v.Given.Fetched.UTC().Format(time.RFC3339)
	}
	for _, b := range m.Bylines {
		if b.Name != "" {
			r.Bylines = append(r.Bylines, b.Name)
		}
	}
	for _, s := range m.Rights {
		r.Rights = append(r.Rights, strings.Join(strings.Fields(s.Of(v.Text)), " "))
	}
	if full {
		r.Text = v.Text
	}
	return r
}
