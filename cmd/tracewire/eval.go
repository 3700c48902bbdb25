package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/tracewire/tracewire/eval/dates"
	"github.com/tracewire/tracewire/eval/extraction"
	"github.com/tracewire/tracewire/eval/gold"
	"github.com/tracewire/tracewire/eval/lineagebench"
	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/eval/polnear"
	"github.com/tracewire/tracewire/eval/timebank"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
)

func (a *app) evalCommand() *cobra.Command {
	var problems, out string
	c := &cobra.Command{
		Use:   "eval gold|lineage|time|quotes|extraction|dates DIR",
		Short: "Score against annotated data",
		Long: `Scores the program against annotated data on this machine:

  gold     DIR of documents with a folder gold/ in the schema of annotate and relate
  lineage  DIR with articles on one event, labelled for copies, versions and stories
  time     DIR with tbaq.tar.gz, TimeML documents with TIMEX3
  quotes   DIR with dev.tar.gz, PolNeAR attributions
  extraction  DIR with pages.json and pages.tar.gz: segments of texts, titles, authors, dates
  dates    DIR with pages.json and pages.tar.gz: days of publication`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usageError{errors.New("eval takes the name of a benchmark and its folder")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.write("", func(w io.Writer) error {
				if args[0] == "gold" {
					return a.evalGold(cmd.Context(), w, args[1], out, problems)
				}
				var r measure.Report
				var err error
				switch args[0] {
				case "lineage":
					r, err = lineagebench.Score(args[1], a.relateVersions(cmd.Context()))
				case "time":
					r, err = timebank.Score(args[1], pipeline.Annotate)
				case "extraction":
					r, err = extraction.Score(args[1])
				case "dates":
					r, err = dates.Score(args[1])
				case "quotes":
					r, err = polnear.Score(args[1], pipeline.Annotate)
				default:
					return usageError{fmt.Errorf("no benchmark %q: use gold, lineage, time, quotes, extraction or dates", args[0])}
				}
				if err != nil {
					return fmt.Errorf("score %s in %s: %w", args[0], args[1], err)
				}
				if err := r.WriteTable(w); err != nil || problems == "" {
					return err
				}
				return r.WriteProblems(w, problems)
			})
		},
	}
	c.AddCommand(a.evalStreamCommand())
	c.Flags().StringVar(&problems, "errors", "", "list the errors of this `layer` or kind, or of all")
	c.Flags().StringVar(&out, "out", "", "gold: score the files in this `folder`, and not a fresh run")
	return c
}

// evalGold scores a fresh run over the documents, or the files in out.
func (a *app) evalGold(ctx context.Context, w io.Writer, dir, out, problems string) error {
	goldDir := filepath.Join(dir, "gold")
	var r gold.Report
	var err error
	if out != "" {
		r, err = gold.Score(goldDir, dir, out)
	} else {
		var set gold.Set
		if set, err = gold.Load(goldDir, dir); err != nil {
			return fmt.Errorf("load the gold annotation: %w", err)
		}
		var files []string
		if files, err = filepath.Glob(filepath.Join(dir, "*.txt")); err != nil {
			return err
		}
		var threads []pipeline.Thread
		if threads, err = a.relateAll(ctx, files); err != nil {
			return err
		}
		all := everything(threads)
		r, err = gold.ScoreDocuments(set, all.Documents, all.Story)
	}
	if err != nil {
		return fmt.Errorf("score %s: %w", dir, err)
	}
	if err := r.WriteTable(w); err != nil || problems == "" {
		return err
	}
	return r.WriteProblems(w, problems)
}

// relateVersions runs the whole pipeline over versions in memory.
func (a *app) relateVersions(ctx context.Context) func([]news.Version) ([]news.Version, news.Relations, error) {
	return func(in []news.Version) ([]news.Version, news.Relations, error) {
		e, closeStore, err := a.open()
		if err != nil {
			return nil, news.Relations{}, err
		}
		defer closeStore()
		if err := e.Add(ctx, slices.Values(in)); err != nil {
			return nil, news.Relations{}, err
		}
		var threads []pipeline.Thread
		if err := e.Relate(ctx, nil, func(t pipeline.Thread) error {
			threads = append(threads, t)
			return nil
		}); err != nil {
			return nil, news.Relations{}, err
		}
		versions, relations := pipeline.Combine(threads)
		out := make([]news.Version, len(versions))
		for i, v := range versions {
			out[i] = *v
		}
		return out, relations, nil
	}
}
