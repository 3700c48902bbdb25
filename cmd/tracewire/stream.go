package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/tracewire/tracewire/eval/stream"
	"github.com/tracewire/tracewire/internal/store/sqlite"
)

func (a *app) evalStreamCommand() *cobra.Command {
	var c stream.Config
	var sizes []int
	var write, chart, memory string
	var bare bool
	var batch int
	cmd := &cobra.Command{
		Use:   "stream",
		Short: "Score and time an invented stream of news",
		Long: `Invents a stream of news of which the truth is known, reads and relates it,
and prints what was found of copies, trims, rewrites, updates and stories, and
what each stage cost. Equal seeds give equal streams.

With --index only the keys by which copies find each other are measured, in a
store that grows to the sizes given: cost, bytes, and how many pickups meet
what they were made of. With --memory the stream is read as a web archive of
HTML pages, and what the process holds meanwhile is drawn.`,
		Example: `  tracewire eval stream --articles 10000 --seed 1
  tracewire eval stream --articles 1000 --write wire.jsonl
  tracewire eval stream --index 10000,30000,100000 --chart docs/scale.svg
  tracewire eval stream --articles 50000 --memory docs/memory.svg`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if c.Articles <= 0 || batch <= 0 || slices.ContainsFunc(sizes, func(n int) bool { return n <= 0 }) || !slices.IsSorted(sizes) {
				return usageError{errors.New("--articles, --batch and --index take numbers above 0, those of --index rising")}
			}
			switch {
			case write != "":
				return a.write(write, func(w io.Writer) error { return writeStream(w, c) })
			case len(sizes) > 0:
				costs, err := a.measureIndex(cmd.Context(), c, !bare, batch, sizes, func(costs []stream.IndexCost) error {
					if !a.quiet {
						fmt.Fprintln(a.io.err, costs[len(costs)-1])
					}
					if chart == "" {
						return nil
					}
					return a.write(chart, func(w io.Writer) error { return stream.WriteChart(w, costs) })
				})
				if err != nil {
					return err
				}
				return a.write("", func(w io.Writer) error { return stream.WriteCosts(w, costs) })
			}
			if memory != "" {
				return a.measureMemory(cmd.Context(), c, memory)
			}
			e, closeStore, err := a.open()
			if err != nil {
				return err
			}
			defer closeStore()
			r, err := stream.Run(cmd.Context(), c, e)
			if err != nil {
				return err
			}
			return a.write("", r.WriteTable)
		},
	}
	f := cmd.Flags()
	f.IntVar(&c.Articles, "articles", 10000, "how many")
	f.Uint64Var(&c.Seed, "seed", 1, "another seed, another stream")
	f.Float64Var(&c.Copies, "copies", .3, "share of copies, trims and rewrites")
	f.IntVar(&c.Outlets, "outlets", 400, "sites that publish")
	f.IntVar(&c.PerDay, "per-day", 5000, "articles a day")
	f.BoolVar(&c.Short, "short", false, "reports of 80 words and not 350")
	f.BoolVar(&c.Flood, "flood", false, "nothing but near-identical bulletins")
	f.BoolVar(&c.OneStory, "one-story", false, "all articles tell of one happening")
	f.StringVar(&write, "write", "", "write the stream to this `file`, a JSON a line with the truth, and do nothing else")
	f.IntSliceVar(&sizes, "index", nil, "measure the index alone, at these `sizes` of the store")
	f.BoolVar(&bare, "bare", false, "with --index: make up keys and no texts, for millions")
	f.IntVar(&batch, "batch", 1000, "with --index: articles in a commit")
	f.StringVar(&memory, "memory", "", "read the stream as a web archive, and draw the memory that takes into this SVG `file`")
	f.StringVar(&chart, "chart", "", "with --index: draw the figures into this SVG `file`, anew after each size")
	return cmd
}

// measureIndex measures in a store of its own that is thrown away.
func (a *app) measureIndex(ctx context.Context, c stream.Config, texts bool, batch int, sizes []int, measured func([]stream.IndexCost) error) ([]stream.IndexCost, error) {
	dir, err := os.MkdirTemp("", "tracewire-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	s, err := sqlite.Open(filepath.Join(dir, "index.db"))
	if err != nil {
		return nil, err
	}
	defer s.Close()
	return stream.MeasureIndex(ctx, s, c, texts, batch, sizes, s.KeyBytes, measured)
}

// measureMemory reads the stream into a store that is thrown away.
func (a *app) measureMemory(ctx context.Context, c stream.Config, chart string) error {
	dir, err := os.MkdirTemp("", "tracewire-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	a.storePath = filepath.Join(dir, "memory.db")
	e, closeStore, err := a.open()
	if err != nil {
		return err
	}
	defer closeStore()
	held, run, err := stream.MeasureMemory(ctx, c, e, max(1, c.Articles/200))
	if err != nil {
		return err
	}
	a.summary(run)
	if err := a.write(chart, func(w io.Writer) error { return stream.WriteMemoryChart(w, held) }); err != nil {
		return err
	}
	return a.write("", func(w io.Writer) error {
		fmt.Fprintln(w, "| pages read | heap in use, MiB | resident, MiB |")
		fmt.Fprintln(w, "|---:|---:|---:|")
		for i := range 10 {
			h := held[min(len(held)-1, (i+1)*len(held)/10)]
			fmt.Fprintf(w, "| %d | %d | %d |\n", h.Pages, h.Heap>>20, h.Resident>>20)
		}
		return nil
	})
}

// writeStream writes the stream as the JSON lines that read takes, with the
// truth beside the text.
func writeStream(w io.Writer, c stream.Config) error {
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	type truth struct {
		Name   string `json:"name"`
		Kind   string `json:"kind"`
		Parent string `json:"parent,omitempty"`
		Story  int    `json:"story"`
	}
	for x := range c.Invent() {
		line := struct {
			URL     string `json:"url"`
			Outlet  string `json:"outlet"`
			Fetched string `json:"fetched"`
			Text    string `json:"text"`
			Truth   truth  `json:"truth"`
		}{x.URL, x.Outlet, x.Published.Format(time.RFC3339), x.Text, truth{x.Name(), string(x.Kind), "", x.Story}}
		if x.Parent != nil {
			line.Truth.Parent = x.Parent.Name()
		}
		if err := enc.Encode(line); err != nil {
			return fmt.Errorf("write the stream: %w", err)
		}
	}
	return b.Flush()
}
