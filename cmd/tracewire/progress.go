package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

// progress is a line on standard error that says how far a long run is. A nil
// one shows nothing.
type progress struct {
	w           io.Writer
	start, last time.Time
	stage       string
	shown       bool
}

const (
	quick      = time.Second            // runs that end sooner show nothing
	oncePer    = 200 * time.Millisecond // the line is written again
	clearLine  = "\r\x1b[K"
	writeStage = "relate" // in this stage results come out
)

// newProgress shows progress only to a person at a terminal.
func newProgress(io stdio, quiet bool) *progress {
	f, ok := io.err.(*os.File)
	if quiet || !ok || !terminal(f) {
		return nil
	}
	return &progress{w: f, start: time.Now()}
}

// show tells how many are done in a stage.
func (p *progress) show(stage string, done int) {
	now := time.Now()
	if stage == writeStage {
		// The results may go to the same terminal.
		p.clear()
		return
	}
	if stage != p.stage {
		p.stage, p.start = stage, now
	}
	if now.Sub(p.start) < quick || now.Sub(p.last) < oncePer {
		return
	}
	p.last, p.shown = now, true
	fmt.Fprintf(p.w, "%s%s: %d (%.0f/s)", clearLine, stage, done, float64(done)/now.Sub(p.start).Seconds())
}

// clear takes the line away before something else is written.
func (p *progress) clear() {
	if p != nil && p.shown {
		fmt.Fprint(p.w, clearLine)
		p.shown = false
	}
}
