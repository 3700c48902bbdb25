package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/tracewire/tracewire/internal/news"
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
		Example: "  tracewire read pages/\n  tracewire read --as-of 2018-07-16T12:00Z pages/\n  tracewire read --format html pages/ > brief.html\n  tracewire read --store wire.db --verbose *.txt",
		Args:    needPaths,
		RunE: func(cmd *cobra.Command, args []string) error {
			style, err := a.style(color, width, verbose, limit)
			if err != nil {
				return err
			}
			var print func(io.Writer) error
			switch format {
			case "text":
				print = func(w io.Writer) error {
					return a.relateEach(cmd.Context(), args, func(t pipeline.Thread) error {
						err := report.Brief(w, t.Relations, t.Versions, style)
						style.Pages += len(t.Versions)
						if len(t.Relations.Groups) > 0 {
							style.Threads++
						}
						return err
					})
				}
			case "html":
				print = func(w io.Writer) error {
					threads, err := a.relateAll(cmd.Context(), args)
					if err != nil {
						return err
					}
					versions, relations := pipeline.Combine(threads)
					return report.HTML(w, relations, versions)
				}
			case "json":
				print = func(w io.Writer) error {
					threads, err := a.relateAll(cmd.Context(), args)
					if err != nil {
						return err
					}
					return writeJSON(w, everything(threads))
				}
			default:
				return usageError{fmt.Errorf("--format %q: use text, json or html", format)}
			}
			return a.write(out, print)
		},
	}
	f := c.Flags()
	f.StringVar(&format, "format", "text", "`text`, json or html")
	f.StringVar(&out, "out", "", "write to this `file` and not to standard output")
	f.StringVar(&color, "color", "auto", "auto, always or never")
	f.IntVar(&width, "width", 0, "columns; 0 means 100")
	f.IntVar(&limit, "limit", 0, "claims shown for each thread; 0 means a dozen, -1 all")
	a.asOfFlag(f)
	a.priorsFlag(f)
	a.net.flags(f, a.getenv)
	f.BoolVarP(&verbose, "verbose", "v", false, "show the passages beneath each claim, and every note")
	return c
}

// relateEach reads paths and hands on the threads that they belong to.
func (a *app) relateEach(ctx context.Context, paths []string, yield func(pipeline.Thread) error) error {
	return a.relateRun(ctx, paths, func(_ pipeline.Run, t pipeline.Thread) error { return yield(t) })
}

func (a *app) relateRun(ctx context.Context, paths []string, yield func(pipeline.Run, pipeline.Thread) error) error {
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
		return nothingRead(run)
	}
	priors, err := a.learn(ctx, e)
	if err != nil {
		return err
	}
	any := false
	err = e.Relate(ctx, run.IDs, func(t pipeline.Thread) error {
		any = true
		priors.Expect(t, true, t.Relations.Groups)
		return yield(run, t)
	})
	if err == nil && !any && !a.asOf.IsZero() {
		return fmt.Errorf("--as-of %s: no page is known to have been out by then", a.asOf.String())
	}
	return err
}

// nothingRead says that no input had a text; why, the summary has told.
func nothingRead(run pipeline.Run) error {
	switch run.Tally.In {
	case 0:
		return errors.New("no files found; name files, or folders with files that are not hidden")
	case 1:
		return errors.New("no text found in the one input")
	}
	return fmt.Errorf("no text found in any of %d inputs", run.Tally.In)
}

// askedEach hands on the versions at paths, and of the threads that they
// belong to no others.
func (a *app) askedEach(ctx context.Context, paths []string, yield func(*news.Version) error) error {
	return a.relateRun(ctx, paths, func(run pipeline.Run, t pipeline.Thread) error {
		for _, v := range t.Versions {
			if _, asked := slices.BinarySearch(run.IDs, v.ID); !asked {
				continue
			}
			if err := yield(v); err != nil {
				return err
			}
		}
		return nil
	})
}

func (a *app) relateAll(ctx context.Context, paths []string) ([]pipeline.Thread, error) {
	var threads []pipeline.Thread
	err := a.relateEach(ctx, paths, func(t pipeline.Thread) error {
		threads = append(threads, t)
		return nil
	})
	return threads, err
}
