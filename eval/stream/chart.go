package stream

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"
)

// The chart's measures, in pixels.
const (
	chartWidth, chartHeight = 760, 420
	left, right             = 70, 150
	top, bottom             = 50, 60
)

// WriteChart draws the cost of an article against the number of articles in
// the store as SVG: the first scale grows tenfold, the second evenly.
func WriteChart(w io.Writer, costs []IndexCost) error {
	type line struct {
		name, color string
		of          func(IndexCost) time.Duration
	}
	lines := []line{
		{"new ones, in all", "#1f3a5f", IndexCost.New},
		{"all at once, in all", "#3a86c8", IndexCost.Batch},
		{"look up", "#c8553d", func(c IndexCost) time.Duration { return c.Search }},
		{"keep keys", "#588157", func(c IndexCost) time.Duration { return c.Put }},
		{"sketch", "#8d6a9f", func(c IndexCost) time.Duration { return c.Sketch }},
		{"scan", "#b08900", func(c IndexCost) time.Duration { return c.Scan }},
	}
	highest := 0.
	for _, c := range costs {
		highest = max(highest, micro(c.New()), micro(c.Batch()))
	}
	step := math.Pow(10, math.Floor(math.Log10(max(highest, 1))))
	for highest/step < 4 {
		step /= 2
	}
	ceiling := math.Ceil(highest/step) * step
	from, to := math.Log10(float64(costs[0].Articles)), math.Log10(float64(costs[len(costs)-1].Articles))
	if to == from {
		to++
	}
	x := func(n int) float64 {
		return left + (math.Log10(float64(n))-from)/(to-from)*(chartWidth-left-right)
	}
	y := func(v float64) float64 { return chartHeight - bottom - v/ceiling*(chartHeight-top-bottom) }

	var b strings.Builder
	p := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	frame(p, "Cost of an article against the articles in the store", "microseconds of one core", step, ceiling, y)
	for _, c := range costs {
		p(`<line x1="%.1f" x2="%.1f" y1="%d" y2="%d" stroke="#999"/>`, x(c.Articles), x(c.Articles), chartHeight-bottom, chartHeight-bottom+5)
		p(`<text x="%.1f" y="%d" text-anchor="middle">%s</text>`, x(c.Articles), chartHeight-bottom+20, thousands(c.Articles))
	}
	p(`<text x="%d" y="%d" text-anchor="middle">articles in the store</text>`, left+(chartWidth-left-right)/2, chartHeight-bottom+42)
	last := costs[len(costs)-1]
	slices.SortStableFunc(lines, func(a, b line) int { return cmp.Compare(b.of(last), a.of(last)) })
	labels := math.Inf(-1)
	for _, l := range lines {
		if l.of(last) < time.Microsecond {
			continue
		}
		var points []string
		for _, c := range costs {
			points = append(points, fmt.Sprintf("%.1f,%.1f", x(c.Articles), y(micro(l.of(c)))))
		}
		p(`<polyline points="%s" fill="none" stroke="%s" stroke-width="2"/>`, strings.Join(points, " "), l.color)
		for _, c := range costs {
			p(`<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>`, x(c.Articles), y(micro(l.of(c))), l.color)
		}
		labels = max(labels+15, y(micro(l.of(last)))+4) // none upon another
		p(`<text x="%.1f" y="%.1f" fill="%s">%s</text>`, x(last.Articles)+10, labels, l.color, l.name)
	}
	p(`</svg>`)
	_, err := io.WriteString(w, b.String())
	return err
}

// frame draws what every chart has: title, unit, and the lines of its height.
func frame(p func(format string, args ...any), title, unit string, step, ceiling float64, y func(float64) float64) {
	p(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#333">`, chartWidth, chartHeight)
	p(`<rect width="100%%" height="100%%" fill="#fff"/>`)
	p(`<text x="%d" y="24" font-size="15" font-weight="bold">%s</text>`, left, title)
	p(`<text x="%d" y="40">%s</text>`, left, unit)
	for v := 0.; v <= ceiling+step/2; v += step {
		p(`<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="#ddd"/>`, left, chartWidth-right, y(v), y(v))
		p(`<text x="%d" y="%.1f" text-anchor="end">%g</text>`, left-8, y(v)+4, v)
	}
}

func micro(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }

// thousands writes 3000000 as "3M".
func thousands(n int) string {
	switch {
	case n >= 1_000_000 && n%100_000 == 0:
		return fmt.Sprintf("%gM", float64(n)/1e6)
	case n >= 1000 && n%1000 == 0:
		return fmt.Sprintf("%dk", n/1000)
	}
	return fmt.Sprint(n)
}

// WriteCosts prints the same figures as a Markdown table.
func WriteCosts(w io.Writer, costs []IndexCost) error {
	var b strings.Builder
	b.WriteString("| articles in the store | sketch µs | keep keys µs | scan µs | look up µs | all at once: articles/s a core | new ones: articles/s a core | bytes an article | pickups that meet their parent |\n")
	b.WriteString("|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n")
	for _, c := range costs {
		sketch := "–"
		if c.Sketch > time.Microsecond {
			sketch = fmt.Sprintf("%.0f", micro(c.Sketch))
		}
		fmt.Fprintf(&b, "| %s | %s | %.0f | %.1f | %.0f | %.0f | %.0f | %d | %.4f of %d |\n", number(c.Articles), sketch, micro(c.Put), micro(c.Scan), micro(c.Search),
			1e6/micro(c.Batch()), 1e6/micro(c.New()), c.Bytes/int64(max(1, c.Articles)), c.Recall.Value(), c.Recall.All)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
