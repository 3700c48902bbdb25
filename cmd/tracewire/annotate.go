package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/schema"
)

func (a *app) annotateCommand() *cobra.Command {
	var format, out string
	c := &cobra.Command{
		Use:   "annotate PATH…",
		Short: "Print all layers of each text: lines, metadata, quotes, names, times, claims",
		Long: `Prints one JSON document for each text: what each line is, the metadata with
every date that was weighed, quotes with their chains, names, time expressions
and claims. The pages are read together: one without a date of its own takes it
from a twin.`,
		Args: needPaths,
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != "json" {
				return usageError{fmt.Errorf("--format %q: annotate prints json", format)}
			}
			if out != "" {
				to, err := openFolder(out)
				if err != nil {
					return err
				}
				return a.askedEach(cmd.Context(), args, func(v *news.Version) error {
					return to.write(v.Name, v.ID, schema.FromVersion(v))
				})
			}
			return a.write("", func(w io.Writer) error {
				return a.askedEach(cmd.Context(), args, func(v *news.Version) error {
					return writeJSON(w, schema.FromVersion(v))
				})
			})
		},
	}
	c.Flags().StringVar(&format, "format", "json", "`json`")
	c.Flags().StringVar(&out, "out", "", "write <name>.json for each text into this `folder`")
	return c
}

func (a *app) relateCommand() *cobra.Command {
	var format, out string
	c := &cobra.Command{
		Use:   "relate PATH…",
		Short: "Print lineage, stories, timeline, claim groups and tensions as JSON",
		Args:  needPaths,
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != "json" {
				return usageError{fmt.Errorf("--format %q: relate prints json", format)}
			}
			var threads []pipeline.Thread
			err := a.relateEach(cmd.Context(), args, func(t pipeline.Thread) error {
				for i, v := range t.Versions { // the layers are most of a thread, and have done their work
					t.Versions[i] = &news.Version{ID: v.ID, Name: v.Name, Text: v.Text}
				}
				threads = append(threads, t)
				return nil
			})
			if err != nil {
				return err
			}
			versions, relations := pipeline.Combine(threads)
			s := schema.FromRelations(relations, textsOf(versions))
			if out == "" {
				return a.write("", func(w io.Writer) error { return writeJSON(w, s) })
			}
			to, err := openFolder(out)
			if err != nil {
				return err
			}
			return to.write("story", "", s)
		},
	}
	c.Flags().StringVar(&format, "format", "json", "`json`")
	c.Flags().StringVar(&out, "out", "", "write story.json into this `folder`")
	a.asOfFlag(c.Flags())
	return c
}
