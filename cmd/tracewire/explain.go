package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

func (a *app) explainCommand() *cobra.Command {
	at := -1
	c := &cobra.Command{
		Use:   "explain FILE [--at OFFSET]",
		Short: "Tell which rule made each label, quote, name, time and claim",
		Long: `Prints, line by line, what was found in a text and the name of the rule that
found it. With --at only what covers that byte. Rules are found in the package
of their stage under the same name.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{errors.New("explain takes one file")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("at") && at < 0 {
				return usageError{fmt.Errorf("--at %d: bytes are counted from 0", at)}
			}
			return a.write("", func(w io.Writer) error {
				longest := 0
				err := a.askedEach(cmd.Context(), args, func(v *news.Version) error {
					longest = max(longest, len(v.Text))
					if at < len(v.Text) {
						explain(w, v, at)
					}
					return nil
				})
				if err == nil && at >= longest {
					return fmt.Errorf("--at %d: the text of %s has %d bytes", at, args[0], longest)
				}
				return err
			})
		},
	}
	c.Flags().IntVar(&at, "at", -1, "byte `offset` in the text")
	return c
}

// explain writes what was found in v, or of it what covers the byte at.
func explain(w io.Writer, v *news.Version, at int) {
	say := func(layer string, s text.Span, what string, why news.Why) {
		if at >= 0 && !s.Holds(at) {
			return
		}
		where := "from outside the text"
		if !s.Empty() {
			where = fmt.Sprintf("%d-%d", s.Start, s.End)
		}
		fmt.Fprintf(w, "  %-9s %-12s %s\n%s rule %q", layer, where, what, strings.Repeat(" ", 24), why.Rule)
		if why.Confidence > 0 && why.Confidence < 1 {
			fmt.Fprintf(w, " (%.2f)", why.Confidence)
		}
		fmt.Fprintf(w, ", looked at: %s\n", clip(s.Of(v.Text), 90))
	}
	fmt.Fprintf(w, "%s\n", v.Name)
	m := v.Meta
	say("outlet", m.Outlet.Span, m.Outlet.Value, m.Outlet.Why)
	say("agency", m.Agency.Span, m.Agency.Value, m.Agency.Why)
	say("headline", m.Headline.Span, clip(m.Headline.Value, 70), m.Headline.Why)
	say("written", m.Published.Span, m.Published.Value, m.Published.Why)
	if d := m.Dateline; d != nil {
		say("dateline", d.Span, fmt.Sprintf("%s %s %s", d.Place, d.Date, d.Agency), d.Why)
	}
	for _, d := range m.Dates {
		verdict := "rejected"
		if d.Accepted {
			verdict = "accepted"
		}
		say("date", d.Span, fmt.Sprintf("%s as %s: %s, %s", d.Value, d.Role, verdict, d.Note), d.Why)
	}
	for _, b := range m.Bylines {
		say("byline", b.Span, b.Name+" "+b.Role, b.Why)
	}
	if u := m.Update; u != nil {
		say("update", u.Span, fmt.Sprintf("%s; paragraphs %v", u.Kind, u.Paragraphs), u.Why)
	}
	for _, l := range v.Lines.Items {
		say("line", l.Span, fmt.Sprintf("%d %s", l.Number, l.Label), l.Why)
	}
	for _, s := range v.Sentences.Items {
		if at >= 0 {
			say("sentence", s.Span, string(s.Label), s.Why)
		}
	}
	for _, t := range v.Timexes.Items {
		say("time", t.Span, fmt.Sprintf("%s %s (against %s)", t.Type, t.Value, t.Anchor), t.Why)
	}
	for _, e := range v.Entities.Items {
		for _, x := range e.Mentions {
			say("name", x.Span, fmt.Sprintf("%s %s", e.Type, e.ID), x.Why)
		}
	}
	for _, q := range v.Quotes.Items {
		say("quote", q.Content, fmt.Sprintf("%s %s, by %q, cue %q, chain %s", q.ID, q.Kind, q.Source.Of(v.Text), q.Cue.Of(v.Text), strings.Join(q.Chain, " < ")), q.Why)
	}
	for _, q := range v.Attitudes.Items {
		say("attitude", q.Content, fmt.Sprintf("%s %s %s, by %q, cue %q", q.ID, q.Kind, q.Attitude, q.Source.Of(v.Text), q.Cue.Of(v.Text)), q.Why)
	}
	for _, c := range v.Claims.Items {
		status := "asserted"
		if c.Reported {
			status = "reported"
		}
		say("claim", c.Span, fmt.Sprintf("%s %s, chain %s", c.ID, status, strings.Join(c.Chain, " < ")), c.Why)
	}
}

// clip shortens s to n bytes at a rune, on one line.
func clip(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xc0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}
