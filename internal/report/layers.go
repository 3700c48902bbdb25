package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// paragraph is a line of an article with its layers.
type paragraph struct {
	Label string // what the header stage calls it; "" for body
	Dim   bool   // furniture
	Head  bool
	Runs  []run
}

// run is a stretch of a paragraph that lies inside the same claims.
type run struct {
	ID    string // anchor of the claim that begins here
	Claim bool
	Title string
	Bits  []bit
}

// bit is a stretch within which no layer begins or ends.
type bit struct {
	Class string
	Title string
	Text  string
}

// mark is an item of a layer.
type mark struct {
	span  text.Span
	class string
	title string
}

// paragraphs cuts an article into its lines, and these where layers begin or
// end. copied are the stretches that stand in other pages too.
func paragraphs(pg *page, copied []mark) []paragraph {
	v := pg.v
	marks := append(marksOf(v), copied...)
	slices.SortStableFunc(marks, func(a, b mark) int { return a.span.Start - b.span.Start })
	lines := v.Lines.Items
	if len(lines) == 0 {
		lines = bareLines(v.Text)
	}
	var out []paragraph
	anchored := make([]bool, len(v.Claims.Items))
	for _, l := range lines {
		p := paragraph{Label: strings.ReplaceAll(string(l.Label), "_", " "), Dim: furniture(l.Label) && len(l.Parts) == 0, Head: l.Label == news.Headline}
		if l.Label == news.Body || l.Label == "" {
			p.Label = ""
		}
		here := slices.Clone(within(marks, l.Span))
		for _, part := range l.Parts {
			if furniture(part.Label) {
				here = append(here, mark{part.Span, "furn", strings.ReplaceAll(string(part.Label), "_", " ")})
			}
		}
		for _, c := range cutClaims(v, l.Span) {
			r := run{Bits: bits(v.Text, c.span, within(here, c.span))}
			for _, i := range c.claims {
				r.Claim = true
				if !anchored[i] {
					anchored[i] = true
					if r.ID == "" {
						r.ID = anchor(pg, i)
					} else {
						// A second claim begins at the same place: an empty
						// run carries its anchor.
						p.Runs = append(p.Runs, run{ID: anchor(pg, i), Claim: true})
					}
				}
				if said := proposition(member{page: pg, claim: v.Claims.Items[i]}); said != upper(plain(c.span.Of(v.Text))) {
					r.Title = said
				}
			}
			p.Runs = append(p.Runs, r)
		}
		out = append(out, p)
	}
	return out
}

func anchor(pg *page, claim int) string { return fmt.Sprintf("p%d-c%d", pg.num, claim+1) }

// furniture is whatever the article's author did not write as part of it.
func furniture(l news.Label) bool {
	return l != news.Body && l != news.Headline && l != news.Caption && l != ""
}

func bareLines(s string) []news.Line {
	var out []news.Line
	at := 0
	for n, line := range strings.SplitAfter(s, "\n") {
		span := text.Span{Start: at, End: at + len(line)}.TrimSpace(s)
		if !span.Empty() {
			out = append(out, news.Line{Number: n + 1, Span: span})
		}
		at += len(line)
	}
	return out
}

// within are the marks that reach into s.
func within(marks []mark, s text.Span) []mark {
	var out []mark
	for _, m := range marks {
		if m.span.Overlaps(s) {
			out = append(out, m)
		}
	}
	return out
}

func marksOf(v *news.Version) []mark {
	var out []mark
	add := func(s text.Span, class, title string) {
		if !s.Empty() && s.Start >= 0 && s.End <= len(v.Text) {
			out = append(out, mark{s, class, title})
		}
	}
	for _, q := range v.Quotes.Items {
		add(q.Content, "q", plain(string(q.Kind)+" quote: "+strings.Join(q.Chain, " → ")))
		add(q.Source, "s", "speaker: "+plain(q.SourceID))
		add(q.Cue, "cue", "")
		for _, via := range q.Via {
			add(via.Source, "s", "carried by "+plain(via.ID))
		}
	}
	for _, e := range v.Entities.Items {
		for _, m := range e.Mentions {
			if !m.Nominal {
				add(m.Span, "n", plain(e.ID))
			}
		}
	}
	for _, t := range v.Timexes.Items {
		add(t.Span, "t", day(t.Value))
	}
	return out
}

// claimRun is a stretch inside the same claims, by their index.
type claimRun struct {
	span   text.Span
	claims []int
}

func cutClaims(v *news.Version, line text.Span) []claimRun {
	ends := []int{line.Start, line.End}
	var here []int
	for i, c := range v.Claims.Items {
		if c.Span.Overlaps(line) {
			here = append(here, i)
			ends = append(ends, max(c.Span.Start, line.Start), min(c.Span.End, line.End))
		}
	}
	slices.Sort(ends)
	ends = slices.Compact(ends)
	var out []claimRun
	for i := 1; i < len(ends); i++ {
		r := claimRun{span: text.Span{Start: ends[i-1], End: ends[i]}}
		for _, k := range here {
			if v.Claims.Items[k].Span.Contains(r.span) {
				r.claims = append(r.claims, k)
			}
		}
		out = append(out, r)
	}
	return out
}

// bits cuts s where marks begin and end.
func bits(src string, s text.Span, marks []mark) []bit {
	ends := []int{s.Start, s.End}
	for _, m := range marks {
		ends = append(ends, max(m.span.Start, s.Start), min(m.span.End, s.End))
	}
	slices.Sort(ends)
	ends = slices.Compact(ends)
	var out []bit
	for i := 1; i < len(ends); i++ {
		piece := text.Span{Start: ends[i-1], End: ends[i]}
		b := bit{Text: visible(piece.Of(src))}
		var classes, titles []string
		for _, m := range marks {
			if !m.span.Contains(piece) {
				continue
			}
			if !slices.Contains(classes, m.class) {
				classes = append(classes, m.class)
			}
			if m.title != "" && len(titles) < 4 && !slices.Contains(titles, m.title) {
				titles = append(titles, m.title)
			}
		}
		b.Class, b.Title = strings.Join(classes, " "), strings.Join(titles, " · ")
		out = append(out, b)
	}
	return out
}

// visible shows hidden characters by their number and leaves white space
// alone.
func visible(s string) string {
	clean := true
	before := ' '
	for _, r := range s {
		clean = clean && (r == '\n' || r == '\t' || r == '\r' || !hidden(r, before))
		before = r
	}
	if clean {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if r != '\n' && r != '\t' && r != '\r' && hidden(r, before) {
			b.WriteString(named(r))
		} else {
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}

// copiedMarks are the stretches of each page that stand in others too, by
// page. Passages that run into each other are one stretch.
func copiedMarks(t *thread, pages map[string]*page) map[string][]mark {
	type stretch struct {
		span   text.Span
		others []*page
	}
	all := map[string][]stretch{}
	for _, l := range t.links {
		from, to := pages[l.From], pages[l.To]
		if from == nil || to == nil {
			continue
		}
		for _, p := range l.Passages {
			all[l.From] = append(all[l.From], stretch{p.A, []*page{to}})
			all[l.To] = append(all[l.To], stretch{p.B, []*page{from}})
		}
	}
	out := map[string][]mark{}
	for name, list := range all {
		slices.SortStableFunc(list, func(a, b stretch) int { return a.span.Start - b.span.Start })
		merged := list[:1]
		for _, s := range list[1:] {
			last := &merged[len(merged)-1]
			if s.span.Start >= last.span.End {
				merged = append(merged, s)
				continue
			}
			last.span = last.span.Union(s.span)
			if !slices.Contains(last.others, s.others[0]) {
				last.others = append(last.others, s.others[0])
			}
		}
		for _, s := range merged {
			slices.SortFunc(s.others, func(a, b *page) int { return a.num - b.num })
			who := make([]string, len(s.others))
			for i, o := range s.others {
				who[i] = fmt.Sprintf("%d %s", o.num, o.outlet)
			}
			out[name] = append(out[name], mark{s.span, "cp", "also in " + fewNames(who, 4)})
		}
	}
	return out
}
