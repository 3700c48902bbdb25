// Package header reads the furniture of a text: what each line is, and what
// the lines around the body say of the article.
//
// Three passes make the labels. Lines that show by themselves what they are
// (end marks, stamps, credits, notices, datelines) are settled wherever they
// stand; then the body's first line is found; then head, body and tail settle
// what is left by its neighbours. Every line names the rule that settled it.
package header

import (
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// Find labels the lines of src and reads its metadata. given is what is known
// from outside the text.
func Find(src string, given news.Given) (news.Layer[news.Line], news.Metadata) {
	return FindAmong(src, given, nil)
}

// FindAmong is Find for a page of which other pages of its host have told some
// lines, by rising number: what stands around other reports is none of this
// one.
func FindAmong(src string, given news.Given, standing []news.Standing) (news.Layer[news.Line], news.Metadata) {
	p := read(src, given, standing)
	lines := p.export()
	m := news.Metadata{
		Bylines: p.bylines(), Update: p.update(), Rights: p.rights(), Language: given.Language,
		Outlet: p.findOutlet(),
	}
	m.Kind = p.kind()
	switch {
	case p.headline >= 0:
		l := &p.lines[p.headline]
		m.Headline = news.Sourced{Value: p.title.Of(src), From: "text", Span: p.title, Why: news.Why{Rule: l.rule, Confidence: l.conf}}
	case given.Headline != "":
		m.Headline = news.Sourced{Value: given.Headline, From: "given", Why: news.Why{Rule: "headline as given", Confidence: 0.8}}
	}
	m.Agency = p.findAgency(m.Outlet.Value)
	if m.Kind == news.NonArticle && len(p.lines) > headOfIndex && m.Agency.Span.Start > p.lines[headOfIndex].at.Start {
		m.Agency = news.Sourced{} // that of one teaser among many
	}
	if m.Kind != news.NonArticle {
		m.Dateline = p.dateline()
	}
	if m.Agency.Value != "" && fitsInitials(m.Agency.Value, m.Outlet.Value) {
		m.Outlet.Value = m.Agency.Value // the agency's own page, by its long name
		m.Outlet.Why.Rule += ", the agency's long name"
	}
	copied := m.Agency.Value != "" && m.Outlet.Value != "" && !sameName(m.Agency.Value, m.Outlet.Value)
	if m.Outlet.Value == "" && m.Agency.Value != "" {
		m.Outlet = m.Agency
		m.Outlet.Why = news.Why{Rule: "no other outlet named: the agency's own page", Confidence: 0.6}
	}
	for _, name := range given.Bylines {
		if !signed(m.Bylines, name) {
			m.Bylines = append(m.Bylines, news.Byline{Name: name, Role: "author", Why: news.Why{Rule: "by-line as given", Confidence: 0.8}})
		}
	}
	m.Dates, m.Published = p.judgeDates(lines, m.Dateline, copied)
	m.Modified = p.modified(m.Dates, m.Published.Value)
	return news.Layer[news.Line]{By: "header/1", Items: lines}, m
}

// headOfIndex is how many lines of a page without an article may sign for all
// of it: behind them, names belong to single teasers or pictures.
const headOfIndex = 10

func signed(all []news.Byline, name string) bool {
	for _, b := range all {
		if strings.EqualFold(b.Name, name) {
			return true
		}
	}
	return false
}

// export moves the spans of parts from the line to the page.
func (p *page) export() []news.Line {
	out := make([]news.Line, 0, len(p.lines))
	for i := range p.lines {
		l := &p.lines[i]
		o := news.Line{Number: l.number, Label: l.label, Span: l.at, Why: news.Why{Rule: l.rule, Confidence: l.conf}}
		for _, part := range l.parts {
			o.Parts = append(o.Parts, news.Part{Label: part.Label, Span: shift(part.Span, l.at.Start)})
		}
		out = append(out, o)
	}
	return out
}

// dateline gives the dateline of the body's first line that has one.
func (p *page) dateline() *news.Dateline {
	for i := range p.lines {
		l := &p.lines[i]
		if l.label != news.Body || l.dateline == nil {
			continue
		}
		d := l.dateline
		return &news.Dateline{
			Place: d.place, Date: d.date.iso(), Agency: d.agency.name, Span: shift(d.span, l.at.Start),
			Why: news.Why{Rule: d.rule, Confidence: 0.95},
		}
	}
	return nil
}
