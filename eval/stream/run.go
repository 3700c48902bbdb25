package stream

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
)

// Cost is what a stretch of work took.
type Cost struct {
	Stage string
	Wall  time.Duration
	CPU   time.Duration // of all threads, user and system
}

// Result is what was measured on a stream.
type Result struct {
	Config   Config
	Articles int
	Bytes    int64 // of text
	Costs    []Cost
	Peak     uint64 // bytes of resident memory at most
	Accuracy Accuracy
}

// meter cuts the time into stages.
type meter struct {
	wall  time.Time
	cpu   time.Duration
	costs []Cost
}

func startMeter() *meter { return &meter{wall: time.Now(), cpu: cpuTime()} }

// lap ends a stage.
func (m *meter) lap(stage string) {
	now, cpu := time.Now(), cpuTime()
	m.costs = append(m.costs, Cost{stage, now.Sub(m.wall), cpu - m.cpu})
	m.wall, m.cpu = now, cpu
}

// Run sends a stream through the whole pipeline and scores what is found.
func Run(ctx context.Context, c Config, e pipeline.Engine) (Result, error) {
	res := Result{Config: c}
	ledger := NewLedger()
	var list []news.Version
	m := startMeter()
	for a := range c.Invent() {
		ledger.Note(a)
		res.Bytes += int64(len(a.Text))
		list = append(list, a.Version())
	}
	res.Articles = len(list)
	m.lap("invent")
	err := e.Add(ctx, func(yield func(news.Version) bool) {
		for i := range list {
			if !yield(list[i]) {
				return
			}
			list[i] = news.Version{}
		}
	})
	if err != nil {
		return res, err
	}
	m.lap("read, annotate, keep")
	show := e.Progress
	e.Progress = func(stage string, done int) {
		switch {
		case stage == "candidates":
			m.lap("digests, candidates")
		case stage == "stories" && done == 0:
			m.lap("compare, lineage")
		case stage == "stories":
			m.lap("stories")
		}
		if show != nil {
			show(stage, done)
		}
	}
	err = e.Relate(ctx, nil, func(t pipeline.Thread) error {
		ledger.Found(&t.Relations)
		return nil
	})
	if err != nil {
		return res, err
	}
	m.lap("threads")
	res.Costs = m.costs
	res.Accuracy = ledger.Score()
	res.Peak = peak()
	return res, nil
}

// WriteTable prints what was measured.
func (r Result) WriteTable(w io.Writer) error {
	p := func(format string, args ...any) { fmt.Fprintf(w, format, args...) }
	n := float64(r.Articles)
	p("%d articles of %.0f bytes, seed %d\n\n", r.Articles, float64(r.Bytes)/n, r.Config.Seed)
	p("%-24s %9s %9s %12s %14s\n", "stage", "wall s", "cpu s", "cpu µs each", "articles/s cpu")
	for _, c := range r.Costs {
		each := float64(c.CPU.Microseconds()) / n
		p("%-24s %9.2f %9.2f %12.0f %14.0f\n", c.Stage, c.Wall.Seconds(), c.CPU.Seconds(), each, 1e6/each)
	}
	p("peak memory %d MB\n\n", r.Peak>>20)
	a := r.Accuracy
	p("%-10s %9s %9s %9s %9s\n", "made by", "articles", "direct", "family", "named")
	for _, k := range Kinds {
		p("%-10s %9d %9.3f %9.3f %9.3f\n", k, a.Direct[k].All, a.Direct[k].Value(), a.Family[k].Value(), a.Named[k].Value())
	}
	p("links inside one family  %.4f of %d; between bulletins %d\n", a.Precision.Value(), a.Precision.All, a.Alike)
	p("directed                 %.3f of %d, right %.3f\n", a.Directed.Value(), a.Directed.All, a.Right.Value())
	p("stories, B³              precision %.3f, recall %.3f\n", a.StoryPrecision, a.StoryRecall)
	return nil
}
