package stream

import (
	"context"
	"fmt"
	"html"
	"io"
	"math"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/tracewire/tracewire/internal/ingest/warc"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
)

// WriteArchive writes the stream as a web archive, an HTML page a record, each
// packed by itself as crawlers do.
func WriteArchive(w io.Writer, c Config) error {
	out := warc.NewWriter(w, true)
	for a := range c.Invent() {
		page := news.Capture{Raw: []byte(a.page()), URL: a.URL, Fetched: a.Published.Add(time.Hour)}
		if err := out.Capture(page, page.Fetched); err != nil {
			return fmt.Errorf("write the archive: %w", err)
		}
	}
	return nil
}

// page is the article as a page of its outlet.
func (a *Article) page() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="en"><head><title>%s - %s</title><meta property="og:site_name" content="%[2]s">`, html.EscapeString(a.Headline), html.EscapeString(a.Outlet))
	fmt.Fprintf(&b, `<meta property="article:published_time" content="%s"></head><body>`, a.Published.Format(time.RFC3339))
	b.WriteString(`<nav><a href="/">Home</a> <a href="/inland">Inland</a> <a href="/sport">Sport</a></nav><article>`)
	for line := range strings.SplitSeq(a.Text, "\n") {
		switch line = strings.TrimSpace(line); {
		case line == "":
		case line == a.Headline:
			b.WriteString("<h1>" + html.EscapeString(line) + "</h1>\n")
		default:
			b.WriteString("<p>" + html.EscapeString(line) + "</p>\n")
		}
	}
	b.WriteString("</article><footer>All rights reserved</footer></body></html>")
	return b.String()
}

// Held is what the process held when so many pages were read.
type Held struct {
	Pages    int
	Heap     uint64 // bytes of live and dead objects that are not yet swept
	Resident uint64 // bytes of memory that the system gives the process; 0 where that is not told
}

// MeasureMemory sends the stream as a web archive through e.Read, and notes
// every so many pages what the process holds.
func MeasureMemory(ctx context.Context, c Config, e pipeline.Engine, every int) ([]Held, pipeline.Run, error) {
	r, w := io.Pipe()
	go func() { w.CloseWithError(WriteArchive(w, c)) }()
	var out []Held
	next := every
	show := e.Progress
	e.Progress = func(stage string, done int) {
		if show != nil {
			show(stage, done)
		}
		if done < next {
			return
		}
		next = done + every
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		out = append(out, Held{done, m.HeapInuse, resident()})
	}
	run, err := e.Read(ctx, []string{"-"}, r)
	r.Close() // so that the writer ends when Read has ended early
	return out, run, err
}

// resident reads the memory of the process from /proc, where there is one.
func resident() uint64 {
	raw, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(raw))
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseUint(fields[1], 10, 64)
	if err != nil {
		return 0
	}
	return pages * uint64(os.Getpagesize())
}

// WriteMemoryChart draws what the process held against the pages read, as SVG.
func WriteMemoryChart(w io.Writer, held []Held) error {
	if len(held) == 0 {
		return fmt.Errorf("draw the memory: nothing was measured")
	}
	mega := func(b uint64) float64 { return float64(b) / (1 << 20) }
	highest := 0.
	for _, h := range held {
		highest = max(highest, mega(h.Heap), mega(h.Resident))
	}
	step := 25.
	for highest/step > 8 {
		step *= 2
	}
	ceiling := math.Ceil(highest/step) * step
	last := held[len(held)-1].Pages
	x := func(n int) float64 { return left + float64(n)/float64(last)*(chartWidth-left-right) }
	y := func(v float64) float64 { return chartHeight - bottom - v/ceiling*(chartHeight-top-bottom) }
	var b strings.Builder
	p := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	frame(p, "Memory while a web archive is read into a store", "MiB", step, ceiling, y)
	for i := 0; i <= 5; i++ {
		n := last * i / 5
		p(`<text x="%.1f" y="%d" text-anchor="middle">%s</text>`, x(n), chartHeight-bottom+20, thousands(n))
	}
	p(`<text x="%d" y="%d" text-anchor="middle">pages read</text>`, left+(chartWidth-left-right)/2, chartHeight-bottom+42)
	for _, l := range [...]struct {
		name, color string
		of          func(Held) uint64
	}{{"resident", "#1f3a5f", func(h Held) uint64 { return h.Resident }}, {"heap in use", "#c8553d", func(h Held) uint64 { return h.Heap }}} {
		var points []string
		for _, h := range held {
			points = append(points, fmt.Sprintf("%.1f,%.1f", x(h.Pages), y(mega(l.of(h)))))
		}
		p(`<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>`, strings.Join(points, " "), l.color)
		p(`<text x="%.1f" y="%.1f" fill="%s">%s</text>`, x(last)+10, y(mega(l.of(held[len(held)-1])))+4, l.color, l.name)
	}
	p(`</svg>`)
	_, err := io.WriteString(w, b.String())
	return err
}
