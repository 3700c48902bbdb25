// Package entities scores names on the English Worldwide Newswire (Shan et al.
// 2023): articles of newspapers outside the West, with names of seven classes.
package entities

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// Found is a name as the program marked it.
type Found struct {
	Span  text.Span
	Class string // one of Classes
	Rule  string // of the mention
}

// Names are the names of a version, descriptions left out, in the order of the
// text and in the classes of the corpus.
func Names(v news.Version) []Found {
	var out []Found
	for _, e := range v.Entities.Items {
		for _, m := range e.Mentions {
			if !m.Nominal {
				out = append(out, Found{m.Span, classOf(e, m), m.Why.Rule})
			}
		}
	}
	slices.SortFunc(out, func(a, b Found) int {
		return cmp.Or(a.Span.Start-b.Span.Start, b.Span.End-a.Span.End, strings.Compare(a.Class, b.Class))
	})
	return out
}

// classOf maps the program's types to the classes of the corpus. To the program
// "Kenyan" names Kenya, and "Muslims" persons; the corpus has a class for both.
// Its Misc holds events, laws, works and whatever else has a name.
func classOf(e news.Entity, m news.Mention) string {
	if m.Why.Rule == "adjective of a country" || m.Why.Rule == "people" {
		return "NORP"
	}
	switch e.Type {
	case news.Person:
		return "Person"
	case news.GPE, news.Location:
		return "Location"
	case news.Org:
		return "Organization"
	case news.Facility:
		return "Facility"
	case news.Product:
		if m.Why.Rule == "weighed: product" {
			return "Product"
		}
	}
	return "Misc"
}

// counts are the figures of one part of the corpus.
type counts struct {
	docs, gold, prog       int
	relaxed, strict, typed int
	class                  map[string]*[3]int // gold, program, both
}

type scorer struct {
	report         measure.Report
	judged, fitted counts
	outlets        map[bool][]string
}

// Score runs the program on every article. The figures are of the judged
// part; the errors and the table of rules are of the other, since whoever
// reads errors fits.
func Score(dir string, annotate func(news.Version) news.Version) (measure.Report, error) {
	docs, err := Load(dir)
	if err != nil {
		return measure.Report{}, err
	}
	return ScoreDocs(docs, annotate), nil
}

// ScoreDocs is Score on articles that have been read.
func ScoreDocs(docs []Document, annotate func(news.Version) news.Version) measure.Report {
	s := scorer{report: measure.Report{Name: "English Worldwide Newswire, names"}, outlets: map[bool][]string{}}
	s.report.Rules.Right = []string{"span", "span + class"}
	for _, d := range docs {
		s.document(d, Names(annotate(news.Version{Name: d.Name, Text: d.Text})))
	}
	return s.finish()
}

func (s *scorer) document(d Document, found []Found) {
	if list := s.outlets[d.Judged]; len(list) == 0 || list[len(list)-1] != d.Outlet {
		s.outlets[d.Judged] = append(list, d.Outlet)
	}
	c := &s.fitted
	if d.Judged {
		c = &s.judged
	}
	pairs := measure.PairUp(len(d.Entities), len(found), 0, func(i, j int) float64 {
		fit := measure.OverUnion(d.Entities[i].Span, found[j].Span)
		if fit > 0 && d.Entities[i].Class == found[j].Class {
			fit += 1e-6 // of two with one span the one of the same class
		}
		return fit
	})
	c.add(d, found, pairs)
	if d.Judged {
		return
	}
	for _, p := range pairs {
		g, f := d.Entities[p.Gold], found[p.Prog]
		exact, class := g.Span == f.Span, g.Class == f.Class
		s.report.Rules.Add(f.Rule, exact, exact && class)
		switch {
		case exact && class:
		case exact:
			s.problem("class", d, g.Span, "%s, program has %s by rule %s", g.Class, f.Class, f.Rule)
		case class:
			s.problem("span", d, g.Span, "%s, program has %q by rule %s", g.Class, f.Span.Of(d.Text), f.Rule)
		default:
			s.problem("span and class", d, g.Span, "%s, program has %q as %s by rule %s", g.Class, f.Span.Of(d.Text), f.Class, f.Rule)
		}
	}
	missed, extra := measure.Unpaired(len(d.Entities), len(found), pairs)
	for _, i := range missed {
		s.problem("miss", d, d.Entities[i].Span, "%s", d.Entities[i].Class)
	}
	for _, j := range extra {
		s.report.Rules.Add(found[j].Rule, false, false)
		s.problem("false alarm", d, found[j].Span, "%s by rule %s", found[j].Class, found[j].Rule)
	}
}

func (c *counts) add(d Document, found []Found, pairs []measure.Pair) {
	if c.class == nil {
		c.class = map[string]*[3]int{}
		for _, k := range Classes {
			c.class[k] = new([3]int)
		}
	}
	c.docs++
	c.gold += len(d.Entities)
	c.prog += len(found)
	c.relaxed += len(pairs)
	for _, g := range d.Entities {
		c.class[g.Class][0]++
	}
	for _, f := range found {
		c.class[f.Class][1]++
	}
	for _, p := range pairs {
		g, f := d.Entities[p.Gold], found[p.Prog]
		if g.Span == f.Span {
			c.strict++
			if g.Class == f.Class {
				c.typed++
				c.class[g.Class][2]++
			}
		}
	}
}

func (s *scorer) problem(what string, d Document, at text.Span, format string, args ...any) {
	s.report.Problems = append(s.report.Problems, measure.Problem{
		What: what, Doc: d.Name, Text: measure.Around(d.Text, at) + "  " + fmt.Sprintf(format, args...),
	})
}

func (s *scorer) finish() measure.Report {
	j, f := s.judged, s.fitted
	for _, c := range []*counts{&j, &f} {
		if c.class == nil {
			c.add(Document{}, nil, nil)
			c.docs = 0
		}
	}
	s.report.Docs = j.docs + f.docs
	s.report.Rows = []measure.Row{
		{Name: "typed, exact", Count: measure.Both(j.typed, j.gold, j.prog), How: "judged outlets: the same first and last byte and the same class"},
		{Name: "exact", Count: measure.Both(j.strict, j.gold, j.prog), How: "the same first and last byte"},
		{Name: "relaxed", Count: measure.Both(j.relaxed, j.gold, j.prog), How: "one to one, sharing a byte or more, the best overlap first"},
		{Name: "class of those exact", Count: measure.Share(float64(j.typed), j.strict), How: "share with the same class"},
	}
	for _, k := range Classes {
		c := j.class[k]
		if j.docs == 0 {
			c = f.class[k]
		}
		s.report.Rows = append(s.report.Rows, measure.Row{Name: "  " + k, Count: measure.Both(c[2], c[0], c[1]), How: "typed, exact, of this class"})
	}
	s.report.Rows = append(s.report.Rows,
		measure.Row{Name: "typed, exact, fitted on", Count: measure.Both(f.typed, f.gold, f.prog), How: "the other outlets, no measure of anything new"})
	s.report.Notes = append(s.report.Notes, fmt.Sprintf(
		"Split by outlet, every fourth in the order of their names is judged: %d outlets, %d articles judged;\n%d outlets, %d articles to fit on. Errors are listed of the latter only. Judged: %s.",
		len(s.outlets[true]), j.docs, len(s.outlets[false]), f.docs, strings.Join(s.outlets[true], ", ")))
	return s.report
}
