package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/report"
)

func (a *app) readCommand() *cobra.Command {
	var format, color, out string
	var width, limit int
	var verbose bool
	c := &cobra.Command{
		Use:   "read PATH|URL…",
		Short: "Read pages, relate them, and print the brief of each story",
		Long: `Reads files and folders of plain text, HTML or JSONL ("-" is standard input),
and pages by their addresses (with the care and the guard of watch), relates them, and prints for each story: the pages and whose text they are,
what is copied from what, the claims with outlets and independent origins,
what pulls against each other, and the timeline.`,
		Example: "  tracewire read pages/\n  tracewire read --format html pages/ > brief.html\n  tracewire read --store wire.db --verbose *.txt",
		Args:    needPaths,
		RunE: func(cmd *cobra.Command, args []string) error {
			style, err := a.style(color, width, verbose, limit)
			if err != nil {
				return err
			}
			w, done, err := a.output(out)
			if err != nil {
				return err
			}
			defer done()
			switch format {
			case "text":
				return a.relateEach(cmd.Context(), args, func(t pipeline.Thread) error {
					return report.Brief(w, t.Relations, t.Versions, style)
				})
			case "html":
				threads, err := a.relateAll(cmd.Context(), args)
				if err != nil {
					return err
				}
				versions, relations := pipeline.Combine(threads)
				return report.HTML(w, relations, versions)
			case "json":
				threads, err := a.relateAll(cmd.Context(), args)
				if err != nil {
					return err
				}
				return writeJSON(w, everything(threads))
			}
			return usageError{fmt.Errorf("--format %q: use text, json or html", format)}
		},
	}
	f := c.Flags()
	f.StringVar(&format, "format", "text", "`text`, json or html")
	f.StringVar(&out, "out", "", "write to this `file` and not to standard output")
	f.StringVar(&color, "color", "auto", "auto, always or never")
	f.IntVar(&width, "width", 0, "columns; 0 means 100")
	f.IntVar(&limit, "limit", 0, "claims shown for each thread; 0 means a dozen, -1 all")
	a.net.flags(f, a.getenv)
	f.BoolVarP(&verbose, "verbose", "v", false, "show the passages beneath each claim, and every note")
	return c
}

// relateEach reads paths and hands on the threads that they belong to.
func (a *app) relateEach(ctx context.Context, paths []string, yield func(pipeline.Thread) error) error {
	e, closeStore, err := a.open()
	if err != nil {
		return err
	}
	defer closeStore()
	fetched, paths, err := a.readURLs(ctx, e, paths)
	if err != nil {
		return err
	}
	run, err := e.Read(ctx, paths, a.io.in)
	if err != nil {
		return err
	}
	run = run.Plus(fetched)
	a.summary(run)
	if len(run.IDs) == 0 {
		return fmt.Errorf("no text found in %d inputs", run.Tally.In)
	}
	return e.Relate(ctx, run.IDs, yield)
}

func (a *app) relateAll(ctx context.Context, paths []string) ([]pipeline.Thread, error) {
	var threads []pipeline.Thread
	err := a.relateEach(ctx, paths, func(t pipeline.Thread) error {
		threads = append(threads, t)
		return nil
	})
	return threads, err
}
