package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/report"
	"github.com/tracewire/tracewire/internal/store"
	"github.com/tracewire/tracewire/internal/store/memory"
	"github.com/tracewire/tracewire/internal/store/sqlite"
)

// The exit codes. A run that stored something and rejected something is a
// success: the summary tells.
const (
	exitOK    = 0
	exitError = 1 // something could not be done
	exitUsage = 2 // the command line was wrong
)

// app is what all subcommands share.
type app struct {
	io     stdio
	getenv func(string) string

	storePath string
	workers   int
	quiet     bool
	progress  *progress // nil: none is shown
	net       network   // of commands that read addresses
	asOf      moment    // relate only what was known by then
	priors    bool      // tell what is to be expected by who copies whom
	pairs     []news.Dependence
}

// usageError is an error of the command line.
type usageError struct{ error }

// run executes the command line args and returns the exit code.
func run(ctx context.Context, args []string, io stdio, getenv func(string) string) int {
	a := &app{io: io, getenv: getenv}
	root := &cobra.Command{
		Use:   "tracewire",
		Short: "Tells what news pages are made of: copies, sources, claims and their origins",
		Long: `Tracewire reads raw news pages and tells whose text is whose, what is copied
from what, who says what through whom, what happened when, and for each claim
how many outlets carry it and how many independent origins stand behind it.`,
		Version:      version(),
		SilenceUsage: true, SilenceErrors: true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.SetArgs(args)
	root.SetIn(io.in)
	root.SetOut(io.out)
	root.SetErr(io.err)
	root.SetVersionTemplate("tracewire {{.Version}}\n")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{plainFlagError(err)} })
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		if a.workers < 0 {
			return usageError{fmt.Errorf("--workers %d: use a number from 0 up", a.workers)}
		}
		a.progress = newProgress(io, a.quiet)
		return nil
	}
	f := root.PersistentFlags()
	f.StringVar(&a.storePath, "store", getenv("TRACEWIRE_STORE"), "keep what is read in this SQLite `file`; without it nothing is kept")
	f.IntVar(&a.workers, "workers", 0, "goroutines that read; 0 means one for each processor")
	f.BoolVarP(&a.quiet, "quiet", "q", false, "no progress and no summary on standard error")
	root.AddCommand(a.readCommand(), a.watchCommand(), a.extractCommand(), a.annotateCommand(), a.relateCommand(), a.claimCommand(), a.whyCommand(), a.explainCommand(), a.diffCommand(), a.storyCommand(), a.sourcesCommand(), a.exportCommand(), a.evalCommand())
	c, err := root.ExecuteContextC(ctx)
	a.progress.clear()
	if err == nil {
		return exitOK
	}
	var usage usageError
	switch {
	case errors.As(err, &usage), strings.HasPrefix(err.Error(), "unknown command"):
		fmt.Fprintf(io.err, "tracewire: %v\nRun '%s --help' for usage.\n", err, c.CommandPath())
		return exitUsage
	case ctx.Err() != nil && a.storePath != "":
		fmt.Fprintf(io.err, "tracewire: interrupted; run it again to go on: what was read so far is in %s\n", a.storePath)
	case ctx.Err() != nil: // whatever it led to
		fmt.Fprintln(io.err, "tracewire: interrupted; nothing is kept without --store")
	default:
		fmt.Fprintf(io.err, "tracewire: %v\n", err)
	}
	return exitError
}

// plainFlagError takes Go's own words out of an error about a flag's value.
func plainFlagError(err error) error {
	s, _, cut := strings.Cut(err.Error(), ": strconv.")
	if cut {
		return errors.New(s + ": a whole number is needed")
	}
	return err
}

// version is the release, or the commit that the program was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}

// open returns an engine on the store that the flags name.
func (a *app) open() (pipeline.Engine, func() error, error) {
	var s store.Store
	if a.storePath == "" {
		s = memory.New()
	} else {
		db, err := sqlite.Open(a.storePath)
		if err != nil {
			return pipeline.Engine{}, nil, err
		}
		s = db
	}
	e := pipeline.Engine{Store: s, Workers: a.workers, AsOf: a.asOf.Time}
	if a.progress != nil {
		e.Progress = a.progress.show
	}
	return e, s.Close, nil
}

// openExisting is open for commands that have no use for a new store.
func (a *app) openExisting() (pipeline.Engine, func() error, error) {
	if _, err := os.Stat(a.storePath); err != nil {
		return pipeline.Engine{}, nil, fmt.Errorf("open the store %s: there is no such file; check the name, or make it with \"tracewire read --store %[1]s …\"", a.storePath)
	}
	return a.open()
}

// terminal reports whether f is a terminal.
func terminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// style is how a brief is to look on standard output.
func (a *app) style(color string, width int, verbose bool, limit int) (report.Style, error) {
	s := report.Style{Width: width, Verbose: verbose, Limit: limit}
	switch color {
	case "always":
		s.Color = true
	case "never":
	case "auto", "":
		f, ok := a.io.out.(*os.File)
		s.Color = ok && terminal(f) && a.getenv("NO_COLOR") == ""
	default:
		return s, usageError{fmt.Errorf("--color %q: use auto, always or never", color)}
	}
	return s, nil
}

// summary tells on standard error what became of the inputs.
func (a *app) summary(run pipeline.Run) {
	a.progress.clear()
	if a.quiet {
		return
	}
	for i, n := range run.Notes {
		if i == 20 {
			fmt.Fprintf(a.io.err, "… and %d more inputs without a text\n", len(run.Notes)-i)
			break
		}
		fmt.Fprintf(a.io.err, "tracewire: %s\n", n.Reason)
	}
	fmt.Fprintf(a.io.err, "%s\n", run.Tally)
}

// needPaths is the argument check of commands that read inputs.
func needPaths(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usageError{errors.New("nothing to read: name files or folders, or - for standard input")}
	}
	return nil
}
