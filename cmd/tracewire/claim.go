package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/report"
)

// moment is a point in time on the command line.
type moment struct{ time.Time }

// momentForms are how a moment may be written, the exact ones first. A day is
// the end of it.
var momentForms = []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02"}

// Set reads a moment; without a zone it is UTC.
func (m *moment) Set(s string) error {
	for _, f := range momentForms {
		at, err := time.Parse(f, s)
		if err != nil {
			continue
		}
		if f == "2006-01-02" {
			at = at.Add(24*time.Hour - time.Second)
		}
		m.Time = at
		return nil
	}
	return errors.New("use a moment like 2018-07-16T12:00Z, or a day like 2018-07-16")
}

// String is the moment in UTC.
func (m *moment) String() string {
	if m.IsZero() {
		return ""
	}
	return m.UTC().Format("2006-01-02T15:04Z")
}

// Type names the value in help texts.
func (m *moment) Type() string { return "time" }

func (a *app) asOfFlag(f *pflag.FlagSet) {
	f.Var(&a.asOf, "as-of", "answer as of this `time`: only with what was published or first seen by then (2018-07-16T12:00Z, or a day)")
}

func (a *app) priorsFlag(f *pflag.FlagSet) {
	f.BoolVar(&a.priors, "priors", false, "say beside the count what is to be expected by who copies whom in all stories that were read (see the command sources)")
}

func (a *app) claimCommand() *cobra.Command {
	var color string
	var width int
	c := &cobra.Command{
		Use:   "claim ID [PATH…]",
		Short: "Show one claim: who tells it, the walk of each to its origin, what counts once, history",
		Long: `Shows all that is known of one claim: the pages that tell it, with the passage
and the walk of each up to where it comes from; why origins count once, with the
words that show it; what pulls against it; and when each outlet and each origin
came.

ID is what the other commands print: the number in the brief (3, or 2.3 for the
third claim of the second story), the id in the JSON (g07), or the address of one
of its members (PAGE:c4), which stays as it is whatever else is read. Without a
PATH everything in --store is related.`,
		Example: "  tracewire claim 3 pages/\n  tracewire claim --store wire.db 03-npa-writethru:c4\n  tracewire claim --as-of 2018-07-16T12:00Z 3 pages/",
		Args: func(_ *cobra.Command, args []string) error {
			return a.needID(args, 1, "claim takes the ID of a claim, and the pages to read")
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			style, err := a.style(color, width, true, 0)
			if err != nil {
				return err
			}
			threads, err := a.relateOrStored(cmd.Context(), args[1:])
			if err != nil {
				return err
			}
			versions, relations := pipeline.Combine(threads)
			return a.write("", func(w io.Writer) error { return report.Claim(w, relations, versions, args[0], style) })
		},
	}
	f := c.Flags()
	f.StringVar(&color, "color", "auto", "auto, always or never")
	f.IntVar(&width, "width", 0, "columns; 0 means 100")
	a.asOfFlag(f)
	a.priorsFlag(f)
	return c
}

func (a *app) whyCommand() *cobra.Command {
	var color string
	var width int
	c := &cobra.Command{
		Use:   "why A B [PATH…]",
		Short: "Tell why two pages, or two claims, count once or do not",
		Long: `Tells of two claims whether they come from one origin, with the walk of each and
the passages that show it; or of two pages how they stand to each other, and the
same for every claim that both tell.

A and B are two pages (the number in the brief, the file name or the address) or
two claims (PAGE:c4, as claim prints them). Without a PATH everything in --store
is related.`,
		Example: "  tracewire why 2 4 pages/\n  tracewire why 02-npa-first:c4 06-mns-report:c2 pages/",
		Args: func(_ *cobra.Command, args []string) error {
			return a.needID(args, 2, "why takes two pages or two claims, and the pages to read")
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			style, err := a.style(color, width, true, 0)
			if err != nil {
				return err
			}
			threads, err := a.relateOrStored(cmd.Context(), args[2:])
			if err != nil {
				return err
			}
			versions, relations := pipeline.Combine(threads)
			style.Priors = a.pairs
			pair := func(x, y news.ClaimRef) news.Group { return pairIn(threads, versions, relations, x, y) }
			return a.write("", func(w io.Writer) error {
				return report.Why(w, relations, versions, args[0], args[1], pair, style)
			})
		},
	}
	f := c.Flags()
	f.StringVar(&color, "color", "auto", "auto, always or never")
	f.IntVar(&width, "width", 0, "columns; 0 means 100")
	a.asOfFlag(f)
	a.priorsFlag(f)
	return c
}

// pairIn counts the origins of two claims within their thread, or across all
// when they are of two threads.
func pairIn(threads []pipeline.Thread, versions []*news.Version, relations news.Relations, x, y news.ClaimRef) news.Group {
	for _, t := range threads {
		n := 0
		for _, v := range t.Versions {
			if v.Name == x.Doc || v.Name == y.Doc {
				n++
			}
		}
		if n == 2 || n == 1 && x.Doc == y.Doc {
			return pipeline.Origins(t, []news.ClaimRef{x, y})
		}
	}
	return pipeline.Origins(pipeline.Thread{Versions: versions, Relations: relations}, []news.ClaimRef{x, y})
}

// needID checks that there are n ids, and something to read.
func (a *app) needID(args []string, n int, what string) error {
	if len(args) < n || len(args) == n && a.storePath == "" {
		return usageError{fmt.Errorf("%s; or --store and no pages", what)}
	}
	return nil
}

// relateOrStored relates what is at paths, or everything in the store when
// there are none.
func (a *app) relateOrStored(ctx context.Context, paths []string) ([]pipeline.Thread, error) {
	if len(paths) > 0 {
		return a.relateAll(ctx, paths)
	}
	e, closeStore, err := a.open()
	if err != nil {
		return nil, err
	}
	defer closeStore()
	priors, err := a.learn(ctx, e)
	if err != nil {
		return nil, err
	}
	var threads []pipeline.Thread
	err = e.Relate(ctx, nil, func(t pipeline.Thread) error {
		priors.Expect(t, true, t.Relations.Groups)
		threads = append(threads, t)
		return nil
	})
	if err == nil && len(threads) == 0 {
		return nil, fmt.Errorf("nothing to relate in %s", a.storePath)
	}
	return threads, err
}
