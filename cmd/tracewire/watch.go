package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tracewire/tracewire/internal/ingest/fetch"
	"github.com/tracewire/tracewire/internal/pipeline"
)

// network is what the flags of commands that fetch say.
type network struct {
	allow   []string
	contact string
	pace    time.Duration
}

func (n *network) flags(f *pflag.FlagSet, getenv func(string) string) {
	f.StringArrayVar(&n.allow, "allow", nil, "fetch from this private `address` too: CIDR and port, as 10.1.0.0/16:8080 or [fd00::1]:80; may be repeated")
	f.StringVar(&n.contact, "contact", getenv("TRACEWIRE_CONTACT"), "tell hosts who asks: an `address` of mail or web")
	f.DurationVar(&n.pace, "pace", fetch.Pace, "pause between two requests to one host; less than 5 s goes with --allow only")
}

// client makes the one client that a command fetches by.
func (n *network) client() (*fetch.Client, error) {
	if n.pace == 0 {
		n.pace = fetch.Pace // a command without the flags
	}
	o := fetch.Options{Contact: n.contact, Pace: n.pace}
	for _, s := range n.allow {
		a, err := fetch.ParseAllowed(s)
		if err != nil {
			return nil, usageError{fmt.Errorf("--allow: %w", err)}
		}
		o.Allow = append(o.Allow, a)
	}
	if n.pace < fetch.Pace && len(o.Allow) == 0 {
		return nil, usageError{fmt.Errorf("--pace %v: strangers' hosts get %v between requests; shorter pauses are for hosts of your own, named by --allow", n.pace, fetch.Pace)}
	}
	return fetch.New(o), nil
}

func (a *app) watchCommand() *cobra.Command {
	var once bool
	var every time.Duration
	var net network
	c := &cobra.Command{
		Use:   "watch FEED… | feeds.opml",
		Short: "Follow feeds, and store the articles that they name",
		Long: `Follows feeds by their addresses, or by a file that lists them (OPML), and stores
the articles. Obeys robots.txt, asks each host for one thing at a time with pauses
in between, backs off from hosts that fail and never gives up on a feed. Fetches
from public addresses only, apart from those that --allow names. Where it stands
is kept in the store, so that it can be stopped and started at any moment.`,
		Example: "  tracewire watch --store wire.db --contact desk@paper.example feeds.opml\n  tracewire watch --store wire.db --once https://paper.example/feed.xml",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{errors.New("nothing to watch: name addresses of feeds, or an OPML file")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.storePath == "" {
				return usageError{errors.New("watch needs a place for what it reads: --store FILE")}
			}
			client, err := net.client()
			if err != nil {
				return err
			}
			defer client.Close()
			feeds, err := feedAddresses(args)
			if err != nil {
				return err
			}
			e, closeStore, err := a.open()
			if err != nil {
				return err
			}
			defer closeStore()
			if net.contact == "" && !a.quiet {
				fmt.Fprintln(a.io.err, "tracewire: no --contact given: hosts that are troubled by this cannot ask you to stop, and may block you")
			}
			w := pipeline.Watch{
				Engine: e, Client: client, Parse: parseFeed, Once: once,
				Policy: fetch.Policy{Every: every, Pace: net.pace, Seed: uint64(time.Now().UnixNano())},
			}
			if !a.quiet {
				w.Event = func(s string) { fmt.Fprintf(a.io.err, "%s %s\n", time.Now().Format("15:04:05"), s) }
			}
			out, err := w.Run(cmd.Context(), feeds)
			a.watched(out)
			return err
		},
	}
	f := c.Flags()
	f.BoolVar(&once, "once", false, "poll each feed once, fetch what is new, and end")
	f.DurationVar(&every, "every", fetch.Every, "`time` between two polls of a feed that answers")
	net.flags(f, a.getenv)
	return c
}

// watched tells on standard error what a run of watch did.
func (a *app) watched(out pipeline.Watched) {
	if a.quiet {
		return
	}
	a.summary(out.Run)
	fmt.Fprintf(a.io.err, "%d polls: %d failed, %d without news; %d pages still to be fetched\n", out.Polls, out.Failed, out.Unchanged, out.Waiting)
}

// feedAddresses are the addresses among args, and those in the files.
func feedAddresses(args []string) ([]string, error) {
	var out []string
	for _, arg := range args {
		if pipeline.IsURL(arg) {
			out = append(out, arg)
			continue
		}
		raw, err := os.ReadFile(arg)
		if err != nil {
			return nil, fmt.Errorf("read the list of feeds: %w", err)
		}
		list, err := parseOPML(raw)
		if err != nil {
			return nil, fmt.Errorf("read the list of feeds %s: %w", arg, err)
		}
		out = append(out, list...)
	}
	if len(out) == 0 {
		return nil, errors.New("there are no feeds in the list")
	}
	return out, nil
}

// readURLs takes the addresses out of args and reads their pages; what is left
// are files and folders.
func (a *app) readURLs(ctx context.Context, e pipeline.Engine, args []string) (run pipeline.Run, rest []string, err error) {
	var addresses []string
	for _, arg := range args {
		if pipeline.IsURL(arg) {
			addresses = append(addresses, arg)
		} else {
			rest = append(rest, arg)
		}
	}
	if len(addresses) == 0 {
		return run, rest, nil
	}
	client, err := a.net.client()
	if err != nil {
		return run, rest, err
	}
	defer client.Close()
	run, err = e.ReadURLs(ctx, client, parseFeed, addresses)
	return run, rest, err
}
