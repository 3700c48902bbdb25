package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/tracewire/tracewire/internal/ingest"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/report"
)

func (a *app) diffCommand() *cobra.Command {
	var color string
	var width int
	var verbose bool
	c := &cobra.Command{
		Use:   "diff A B",
		Short: "Tell what changed from one version to another: facts, then sentences",
		Long: `Compares two versions of a report, A the earlier: numbers, names, days,
attributions and hedges that changed, and then the text sentence by sentence.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usageError{errors.New("diff takes two files, the earlier first")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			style, err := a.style(color, width, verbose, 0)
			if err != nil {
				return err
			}
			// which version each file is
			var ids []string
			for _, path := range args {
				n := len(ids)
				if err := ingest.Each(cmd.Context(), []string{path}, a.io.in, ingest.Options{}, func(it ingest.Item) error {
					if it.Outcome == ingest.OK && len(ids) == n {
						ids = append(ids, it.Version.ID)
					}
					return nil
				}); err != nil {
					return err
				}
				if len(ids) == n {
					return fmt.Errorf("no text found in %s", path)
				}
			}
			threads, err := a.relateAll(cmd.Context(), args)
			if err != nil {
				return err
			}
			found := map[string]*news.Version{}
			for _, t := range threads {
				for _, v := range t.Versions {
					found[v.ID] = v
				}
			}
			from, to := found[ids[0]], found[ids[1]]
			return a.write("", func(w io.Writer) error {
				return report.Diff(w, from, to, pipeline.Changes(from, to), style)
			})
		},
	}
	c.Flags().StringVar(&color, "color", "auto", "auto, always or never")
	c.Flags().IntVar(&width, "width", 0, "columns; 0 means 100")
	c.Flags().BoolVarP(&verbose, "verbose", "v", false, "show sentences that were kept, too")
	return c
}
