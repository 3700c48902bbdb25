package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/report"
	"github.com/tracewire/tracewire/internal/schema"
)

// likely is the probability from which on a pair is listed.
const likely = 0.5

func (a *app) sourcesCommand() *cobra.Command {
	var asJSON, all bool
	c := &cobra.Command{
		Use:   "sources [A B]",
		Short: "Tell which outlet takes its reports from which, with the evidence",
		Long: `Tells from all stories in the store which outlet depends on which: the
probability that it does, in what share of the stories, in how many it shows (its
text, a credit, a citation), how much later it comes, and how many stories this
rests on. Sharing what is true says little; sharing wrong figures and rare wording
does. With two outlets A and B it shows the evidence for the pair, either way, with
passages.

It is a prior: what was, not what is. The counts of claim and read do not use it;
with --priors they say beside the count what is to be expected by it.`,
		Example: "  tracewire sources --store wire.db\n  tracewire sources --store wire.db \"Harbour Mail\" NPA\n  tracewire claim --store wire.db --priors 3",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 0 && len(args) != 2 {
				return usageError{errors.New("sources takes two outlets, or none for a list")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.storePath == "" {
				return usageError{errors.New("sources works on a store: name it with --store FILE or TRACEWIRE_STORE")}
			}
			e, closeStore, err := a.openExisting()
			if err != nil {
				return err
			}
			defer closeStore()
			priors, err := e.Priors(cmd.Context())
			if err != nil {
				return err
			}
			pairs, texts := priors.Pairs(), map[string]string{}
			if len(args) == 2 {
				if pairs, err = between(pairs, args[0], args[1]); err != nil {
					return err
				}
				if texts, err = shown(cmd.Context(), e, pairs); err != nil {
					return err
				}
			}
			a.progress.clear()
			style, err := a.style("auto", 0, true, 0)
			if err != nil {
				return err
			}
			return a.write("", func(w io.Writer) error {
				switch {
				case asJSON:
					out := make([]schema.Dependence, len(pairs))
					for i, d := range pairs {
						out[i] = schema.FromDependence(d)
					}
					return writeJSON(w, out)
				case len(args) == 2:
					return report.SourcePair(w, pairs, texts, style)
				case all:
					return report.Sources(w, pairs, 0, style)
				}
				return report.Sources(w, pairs, likely, style)
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print all pairs as JSON, with the places of the evidence")
	c.Flags().BoolVar(&all, "all", false, "list also pairs of which it is not probable")
	a.asOfFlag(c.Flags())
	return c
}

// between is the pairs of two outlets, either way.
func between(pairs []news.Dependence, a, b string) ([]news.Dependence, error) {
	var out []news.Dependence
	knowA, knowB := false, false
	for _, d := range pairs {
		x, y := strings.EqualFold(d.Outlet, a), strings.EqualFold(d.Outlet, b)
		knowA, knowB = knowA || x || strings.EqualFold(d.From, a), knowB || y || strings.EqualFold(d.From, b)
		if x && strings.EqualFold(d.From, b) || y && strings.EqualFold(d.From, a) {
			out = append(out, d)
		}
	}
	switch {
	case !knowA || !knowB:
		name := a
		if knowA {
			name = b
		}
		return nil, fmt.Errorf("no outlet %q shares anything with another; sources --all lists those that do", name)
	case len(out) == 0:
		return nil, fmt.Errorf("%s and %s share nothing in any story", a, b)
	}
	return out, nil
}

// shown is the texts of the versions in the evidence of pairs, by ID.
func shown(ctx context.Context, e pipeline.Engine, pairs []news.Dependence) (map[string]string, error) {
	out := map[string]string{}
	for _, d := range pairs {
		for _, x := range d.Shared {
			for _, id := range [...]string{x.From.ID, x.To.ID} {
				if _, known := out[id]; known || id == "" {
					continue
				}
				v, err := e.Store.Version(ctx, id)
				if err != nil {
					return nil, err
				}
				out[id] = v.Text
			}
		}
	}
	return out, nil
}

// learn is what the store tells of who copies whom, nil if that was not asked
// for.
func (a *app) learn(ctx context.Context, e pipeline.Engine) (*pipeline.Priors, error) {
	if !a.priors {
		return nil, nil
	}
	p, err := e.Priors(ctx)
	if err == nil {
		a.pairs = p.Pairs()
	}
	return p, err
}
