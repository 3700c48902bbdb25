package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
)

func (a *app) storyCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "story list|why|split|merge|pin|undo|log",
		Short: "List the stories in a store, and put right which articles belong together",
		Long: `Lists the stories of everything in the store, and takes corrections: what you
say stands apart from what the program finds, so it outlives new articles, new
releases and all rebuilding, and every correction can be taken back. Corrections
are marked in the brief and in the JSON ("by hand").

STORY is an ID as "story list" prints it, or its beginning, or any article of the
story. ARTICLE is the address of a page, the name of a file, or a version ID or
its beginning. IDs of stories may change when articles come in; corrections keep
to the articles.`,
		Example: `  tracewire story list --store wire.db
  tracewire story split --store wire.db story-3fa9 https://courier.example/ferry
  tracewire story merge --store wire.db story-3fa9 story-77c0
  tracewire story pin --store wire.db 05-golden-harvest story-3fa9
  tracewire story undo --store wire.db 2`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{fmt.Errorf("no subcommand %q: use list, why, split, merge, pin, undo or log", args[0])}
			}
			return usageError{errors.New("say what to do: list, why, split, merge, pin, undo or log")}
		},
		RunE: func(*cobra.Command, []string) error { return nil },
	}
	c.AddCommand(
		&cobra.Command{
			Use:   "list [STORY…]",
			Short: "List the stories, or the articles of some",
			RunE: a.onStore(func(cmd *cobra.Command, e pipeline.Engine, args []string) error {
				return a.listStories(cmd.Context(), e, args)
			}),
		},
		&cobra.Command{
			Use:   "why A B",
			Short: "Tell what two articles share and what keeps them apart",
			Args:  takes(2, "why takes two articles"),
			RunE: a.onStore(func(cmd *cobra.Command, e pipeline.Engine, args []string) error {
				return a.whyStory(cmd.Context(), e, args[0], args[1])
			}),
		},
		&cobra.Command{
			Use:   "split STORY ARTICLE…",
			Short: "Make articles of a story a story of their own",
			Long: `Parts the articles from the story: together they are a story of their own.
Articles that come in later go to the closer of the two.`,
			Args: takes(-2, "split takes a story and the articles that do not belong in it"),
			RunE: a.correction(func(s pipeline.Stories, args []string) (pipeline.Correction, error) {
				return s.Split(args[0], args[1:])
			}),
		},
		&cobra.Command{
			Use:   "merge A B",
			Short: "Make two stories one",
			Args:  takes(2, "merge takes two stories"),
			RunE:  a.correction(func(s pipeline.Stories, args []string) (pipeline.Correction, error) { return s.Merge(args[0], args[1]) }),
		},
		&cobra.Command{
			Use:   "pin ARTICLE STORY",
			Short: "Put an article into a story and keep it there",
			Args:  takes(2, "pin takes an article and a story"),
			RunE:  a.correction(func(s pipeline.Stories, args []string) (pipeline.Correction, error) { return s.Pin(args[0], args[1]) }),
		},
		&cobra.Command{
			Use:   "undo NUMBER",
			Short: "Take a correction back",
			Args:  takes(1, "undo takes the number of a correction, as story log prints it"),
			RunE: a.onStore(func(cmd *cobra.Command, e pipeline.Engine, args []string) error {
				n, err := strconv.Atoi(args[0])
				if err != nil || n < 1 {
					return usageError{fmt.Errorf("undo %q: use the number of a correction, as story log prints it", args[0])}
				}
				c, err := e.Undo(cmd.Context(), n, time.Now())
				if err != nil {
					return err
				}
				return a.write("", func(w io.Writer) error {
					_, err := fmt.Fprintf(w, "correction %d is undone: %s\n", c.Number, told(c))
					return err
				})
			}),
		},
		&cobra.Command{
			Use:   "log",
			Short: "List all corrections, also those undone",
			Args:  takes(0, "log takes no arguments"),
			RunE: a.onStore(func(cmd *cobra.Command, e pipeline.Engine, _ []string) error {
				all, err := e.Corrections(cmd.Context())
				if err != nil {
					return err
				}
				return a.write("", func(w io.Writer) error {
					if len(all) == 0 {
						fmt.Fprintln(w, "no corrections")
					}
					for _, c := range all {
						undone := ""
						if !c.Undone.IsZero() {
							undone = "  (undone " + c.Undone.Format("2006-01-02 15:04") + ")"
						}
						fmt.Fprintf(w, "%d  %s  %s%s\n", c.Number, c.Made.Format("2006-01-02 15:04"), told(c), undone)
					}
					return nil
				})
			}),
		},
	)
	return c
}

// takes is the check of the number of arguments: n, or -n for so many at least.
func takes(n int, say string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if n >= 0 && len(args) != n || n < 0 && len(args) < -n {
			return usageError{errors.New(say)}
		}
		return nil
	}
}

// onStore opens the store that a subcommand works on. Without one there is
// nothing to list, and nothing would be kept.
func (a *app) onStore(do func(*cobra.Command, pipeline.Engine, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if a.storePath == "" {
			return usageError{errors.New("story works on a store: name it with --store FILE or TRACEWIRE_STORE")}
		}
		e, closeStore, err := a.open()
		if err != nil {
			return err
		}
		defer closeStore()
		return do(cmd, e, args)
	}
}

// correction makes a correction, keeps it, and shows what has become of the
// stories that it touches.
func (a *app) correction(from func(pipeline.Stories, []string) (pipeline.Correction, error)) func(*cobra.Command, []string) error {
	return a.onStore(func(cmd *cobra.Command, e pipeline.Engine, args []string) error {
		before, err := e.Stories(cmd.Context())
		if err != nil {
			return err
		}
		c, err := from(before, args)
		if err != nil {
			return err
		}
		if c, err = e.Correct(cmd.Context(), c, time.Now()); err != nil {
			return err
		}
		after, err := e.Stories(cmd.Context())
		if err != nil {
			return err
		}
		a.progress.clear()
		return a.write("", func(w io.Writer) error {
			fmt.Fprintf(w, "correction %d: %s\n", c.Number, told(c))
			for _, x := range after.All {
				if slices.ContainsFunc(slices.Concat(c.Articles, c.Story), func(r pipeline.Ref) bool { return slices.Contains(x.Documents, r.Name) }) {
					fmt.Fprintln(w)
					showStory(w, after, x)
				}
			}
			return nil
		})
	})
}

// told is a correction in words.
func told(c pipeline.Correction) string {
	switch c.Kind {
	case "split":
		return fmt.Sprintf("parted from “%s”: %s", c.Title, namesOf(c.Articles))
	case "merge":
		return fmt.Sprintf("made one: “%s” and “%s”", c.Title, c.Other)
	}
	return fmt.Sprintf("put into “%s”: %s", c.Title, namesOf(c.Articles))
}

func namesOf(refs []pipeline.Ref) string {
	out := make([]string, len(refs))
	for i, r := range refs {
		out[i] = r.Name
	}
	return strings.Join(out, ", ")
}

func (a *app) listStories(ctx context.Context, e pipeline.Engine, called []string) error {
	s, err := e.Stories(ctx)
	if err != nil {
		return err
	}
	var asked []news.Story
	for _, name := range called {
		x, err := s.Story(name)
		if err != nil {
			return err
		}
		asked = append(asked, x)
	}
	a.progress.clear()
	return a.write("", func(w io.Writer) error {
		for i, x := range asked {
			if i > 0 {
				fmt.Fprintln(w)
			}
			showStory(w, s, x)
			for _, why := range x.Why {
				fmt.Fprintln(w, "   because", why)
			}
		}
		if len(called) > 0 {
			return nil
		}
		if len(s.All) == 0 {
			fmt.Fprintln(w, "no stories: nothing is in the store")
		}
		for _, x := range s.All {
			storyLine(w, x)
		}
		return nil
	})
}

// storyLine is a story on one line: ID, days, articles, title.
func storyLine(w io.Writer, x news.Story) {
	days := x.From
	switch {
	case days == "":
		days = "undated"
	case x.To != x.From:
		days += " – " + x.To
	}
	articles := "1 article"
	if n := len(x.Documents); n != 1 {
		articles = fmt.Sprintf("%d articles", n)
	}
	mark := ""
	if len(x.ByHand) > 0 {
		mark = "  (by hand)"
	}
	fmt.Fprintf(w, "%s  %s  %s  %s%s\n", x.ID, days, articles, x.Title, mark)
}

func showStory(w io.Writer, s pipeline.Stories, x news.Story) {
	storyLine(w, x)
	for _, r := range s.Refs(x) {
		line := "   " + r.ID[:min(len(r.ID), 10)] + "  " + r.Name
		if r.URL != "" && r.URL != r.Name {
			line += "  " + r.URL
		}
		fmt.Fprintln(w, line)
	}
	for _, h := range x.ByHand {
		fmt.Fprintln(w, "  ", h)
	}
}

// whyStory tells what two articles share, and what keeps them apart.
func (a *app) whyStory(ctx context.Context, e pipeline.Engine, one, other string) error {
	s, err := e.Stories(ctx)
	if err != nil {
		return err
	}
	var refs [2]pipeline.Ref
	for i, called := range [...]string{one, other} {
		found, err := s.Articles(called)
		if err != nil {
			return err
		}
		refs[i] = found[0]
	}
	score, err := e.Likeness(ctx, s, refs[0], refs[1])
	if err != nil {
		return err
	}
	x, err := s.Story(refs[0].Name)
	if err != nil {
		return err
	}
	a.progress.clear()
	return a.write("", func(w io.Writer) error {
		if slices.Contains(x.Documents, refs[1].Name) {
			fmt.Fprintf(w, "in one story: %s “%s”\n", x.ID, x.Title)
		} else {
			fmt.Fprintln(w, "in different stories")
		}
		fmt.Fprintf(w, "likeness of the two, from 0 to 1: %.2f\n", score.Story)
		for _, y := range score.Why {
			if !slices.Contains(score.WhyNot, y) {
				fmt.Fprintln(w, "   for:    ", y)
			}
		}
		for _, y := range score.WhyNot {
			fmt.Fprintln(w, "   against:", y)
		}
		for _, h := range x.ByHand {
			if strings.Contains(h, refs[0].Name) || strings.Contains(h, refs[1].Name) {
				fmt.Fprintln(w, "  ", h)
			}
		}
		return nil
	})
}
