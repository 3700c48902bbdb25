package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// Diff prints what changed from one version of a report to another: the facts
// first, then the sentences. Verbose shows the kept ones, too.
func Diff(w io.Writer, a, b *news.Version, c news.Changes, style Style) error {
	p := newPrinter(w, style)
	p.title(fmt.Sprintf("%s → %s", plain(a.Name), plain(b.Name)))
	p.line(fmt.Sprintf("%s, %s", written(a), written(b)))
	n := map[news.SentenceKind]int{}
	for _, s := range c.Sentences {
		n[s.Kind]++
	}
	p.line(fmt.Sprintf("%s kept, %d edited, %d added, %d dropped, %d moved", count(n[news.Kept], "sentence"), n[news.Edited], n[news.Added], n[news.Dropped], n[news.Moved]))
	if len(c.Facts) > 0 {
		p.section("FACTS THAT CHANGED", "")
		for _, f := range c.Facts {
			p.fact(f)
		}
	}
	p.section("TEXT", "")
	for _, s := range c.Sentences {
		p.changed(a, b, s)
	}
	return p.w.Flush()
}

// written tells who published a version, and when it was written.
func written(v *news.Version) string {
	out := v.Meta.Outlet.Value
	if out == "" {
		out = "unknown outlet"
	}
	if d := v.Meta.Published.Value; d != "" {
		out += " " + day(d)
	}
	return plain(out)
}

func (p *printer) fact(f news.FactChange) {
	label := fmt.Sprintf(" %-12s ", f.Kind)
	var s string
	switch {
	case f.Was == "":
		s = fmt.Sprintf("%s: + %s", f.What, f.Is)
	case f.Is == "":
		s = fmt.Sprintf("%s: - %s", f.What, f.Was)
	default:
		s = fmt.Sprintf("%s: %s → %s", f.What, f.Was, f.Is)
	}
	p.hang(p.paint(label, dim), strings.Repeat(" ", width(label)), plain(s), "", 0)
}

func (p *printer) changed(a, b *news.Version, s news.SentenceChange) {
	say := func(mark string, v *news.Version, at text.Span, code string) {
		p.hang(p.paint(" "+mark+" ", code), "   ", plain(oneLine(at.Of(v.Text))), code, 0)
	}
	switch s.Kind {
	case news.Kept:
		if p.style.Verbose {
			say(" ", b, s.B, dim)
		}
	case news.Moved:
		say("↕", b, s.B, dim)
	case news.Added:
		say("+", b, s.B, green)
	case news.Dropped:
		say("-", a, s.A, red)
	case news.Edited:
		say("-", a, s.A, red)
		say("+", b, s.B, green)
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
