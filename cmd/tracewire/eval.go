package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tracewire/tracewire/eval/dates"
	"github.com/tracewire/tracewire/eval/entities"
	"github.com/tracewire/tracewire/eval/events"
	"github.com/tracewire/tracewire/eval/extraction"
	"github.com/tracewire/tracewire/eval/gold"
	"github.com/tracewire/tracewire/eval/lineagebench"
	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/eval/nanco"
	"github.com/tracewire/tracewire/eval/polnear"
	"github.com/tracewire/tracewire/eval/propagation"
	"github.com/tracewire/tracewire/eval/timebank"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
)

func (a *app) evalCommand() *cobra.Command {
	var problems, out string
	var stories int
	var seed uint64
	c := &cobra.Command{
		Use:   "eval gold|lineage|events|time|entities|quotes|claims|extraction|dates DIR | eval propagation|habits",
		Short: "Score against annotated data",
		Long: `Scores the program against annotated data on this machine:

  gold     DIR of documents with a folder gold/ in the schema of annotate and relate
  lineage  DIR with articles on one event, labelled for copies, versions and stories
  events   DIR with ecbplus-1-35.tar.gz, ECB+ texts on look-alike happenings: stories
  time     DIR with tbaq.tar.gz, TimeML documents with TIMEX3
  entities DIR with train.tar.gz, names of the English Worldwide Newswire
  quotes   DIR with dev.tar.gz, PolNeAR attributions. Two contents match when they
           share 0.3 of the bytes that either covers, one to one, the best first
  claims   DIR with nanco_validation.json, NAnCo: answers to questions, grouped by what they say
  extraction  DIR with pages.json and pages.tar.gz: segments of texts, titles, authors, dates
  dates    DIR with pages.json and pages.tar.gz: days of publication
  propagation  invented stories (no DIR) of which it is known who had what from
           whom: counts of origins, circles, updates and contradictions. The half
           that is called held is in words that no rule was read against
  habits   invented stories (no DIR) of a press of which it is known who copies
           whom how often: what is learned of that from the first half, and whether
           it helps on the second. Three seeds, from --seed on`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 && (args[0] == "propagation" || args[0] == "habits") {
				if stories < 1 {
					return usageError{fmt.Errorf("--stories %d: use a number from 1 up", stories)}
				}
				return nil
			}
			if len(args) != 2 || args[0] == "propagation" || args[0] == "habits" {
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
				case "propagation":
					r, err = propagation.Score(stories, seed, a.relateStory(cmd.Context()))
				case "habits":
					r, err = propagation.ScoreHabits(stories, []uint64{seed, seed + 1, seed + 2}, func(in []news.Version) ([]pipeline.Thread, error) {
						return a.threadsOf(cmd.Context(), in)
					})
				case "lineage":
					r, err = lineagebench.Score(args[1], a.relateVersions(cmd.Context()))
				case "events":
					r, err = events.Score(args[1], a.relateVersions(cmd.Context()))
				case "time":
					r, err = timebank.Score(args[1], pipeline.Annotate)
				case "entities":
					r, err = entities.Score(args[1], pipeline.Annotate)
				case "extraction":
					r, err = extraction.Score(args[1])
				case "dates":
					r, err = dates.Score(args[1])
				case "quotes":
					r, err = polnear.Score(args[1], pipeline.Annotate)
				case "claims":
					r, err = nanco.Score(args[1], pipeline.Annotate, pipeline.Alike)
				default:
					return usageError{fmt.Errorf("no benchmark %q: use gold, lineage, events, time, entities, quotes, claims, extraction, dates, propagation or habits", args[0])}
				}
				if err != nil {
					return fmt.Errorf("score %s: %w", strings.Join(args, " in "), err)
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
	c.Flags().IntVar(&stories, "stories", 1000, "propagation, habits: how many stories")
	c.Flags().Uint64Var(&seed, "seed", 1, "propagation, habits: chance begins here")
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
		threads, err := a.threadsOf(ctx, in)
		if err != nil {
			return nil, news.Relations{}, err
		}
		versions, relations := pipeline.Combine(threads)
		return values(versions), relations, nil
	}
}

// relateStory is the same for one invented story.
func (a *app) relateStory(ctx context.Context) propagation.Relate {
	return func(in []news.Version) (propagation.Answer, error) {
		threads, err := a.threadsOf(ctx, in)
		if err != nil {
			return propagation.Answer{}, err
		}
		versions, relations := pipeline.Combine(threads)
		whole := pipeline.Thread{Versions: versions, Relations: relations}
		origins := func(claims []news.ClaimRef) news.Group { return pipeline.Origins(whole, claims) }
		return propagation.Answer{Versions: values(versions), Relations: relations, Origins: origins}, nil
	}
}

// threadsOf relates versions that no store keeps.
func (a *app) threadsOf(ctx context.Context, in []news.Version) ([]pipeline.Thread, error) {
	e, closeStore, err := a.open()
	if err != nil {
		return nil, err
	}
	defer closeStore()
	if err := e.Add(ctx, slices.Values(in)); err != nil {
		return nil, err
	}
	var threads []pipeline.Thread
	err = e.Relate(ctx, nil, func(t pipeline.Thread) error {
		threads = append(threads, t)
		return nil
	})
	return threads, err
}

func values(versions []*news.Version) []news.Version {
	out := make([]news.Version, len(versions))
	for i, v := range versions {
		out[i] = *v
	}
	return out
}
