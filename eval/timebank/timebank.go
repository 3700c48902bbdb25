// Package timebank scores time expressions on TimeBank and AQUAINT, the
// training texts of TempEval-3 (UzZaman et al. 2013).
package timebank

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/tracewire/tracewire/eval/archive"
	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// Archive is the file that Score looks for in its folder.
const Archive = "tbaq.tar.gz"

// Document is a text with its annotated time expressions.
type Document struct {
	Name    string
	Text    string // what stands inside <TEXT>, without mark-up
	Created string // document creation time, TIMEX3 value
	Timexes []Timex
}

// Timex is a gold expression.
type Timex struct {
	Span        text.Span
	Type, Value string
}

// Score runs the program on every text. It is told the creation time, as a
// page would tell it, and nothing else.
func Score(dir string, annotate func(news.Version) news.Version) (measure.Report, error) {
	s := scorer{report: measure.Report{Name: "TimeBank + AQUAINT, time expressions in the text"}}
	s.report.Rules.Right = []string{"span", "value"}
	err := archive.Each(filepath.Join(dir, Archive), func(name string, content []byte) error {
		if filepath.Ext(name) != ".tml" {
			return nil
		}
		d, err := Parse(content)
		if err != nil {
			return err
		}
		d.Name = strings.TrimSuffix(filepath.Base(name), ".tml")
		s.document(d, annotate(version(d)).Timexes.Items)
		return nil
	})
	return s.finish(), err
}

func version(d Document) news.Version {
	v := news.Version{Name: d.Name, Text: d.Text}
	v.Given.Dates = []news.GivenDate{{From: "meta", Role: "published", Value: d.Created}}
	return v
}

// Parse reads a TimeML file.
func Parse(content []byte) (Document, error) {
	var d Document
	var words strings.Builder
	var inText, inDCT bool
	var open []Timex // expressions that have begun; a broken file may nest them
	x := xml.NewDecoder(bytes.NewReader(content))
	x.Strict = false
	for {
		token, err := x.Token()
		if errors.Is(err, io.EOF) {
			d.Text = words.String()
			return d, nil
		}
		if err != nil {
			return Document{}, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch {
			case token.Name.Local == "TEXT":
				inText = true
			case token.Name.Local == "DCT":
				inDCT = true
			case token.Name.Local == "TIMEX3":
				t := Timex{Type: attribute(token, "type"), Value: attribute(token, "value")}
				t.Span.Start = words.Len()
				open = append(open, t)
			}
		case xml.CharData:
			if inText {
				words.Write(token)
			}
		case xml.EndElement:
			switch {
			case token.Name.Local == "TEXT":
				inText = false
			case token.Name.Local == "DCT":
				inDCT = false
			case token.Name.Local == "TIMEX3" && len(open) > 0:
				t := open[len(open)-1]
				open = open[:len(open)-1]
				t.Span.End = words.Len()
				if inDCT {
					d.Created = t.Value
				}
				if inText && !t.Span.Empty() { // an empty one only anchors others
					d.Timexes = append(d.Timexes, t)
				}
			}
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

type scorer struct {
	report              measure.Report
	gold, prog          int
	relaxed, strict     int
	value, kind, inFull int
}

func (s *scorer) document(d Document, found []news.Timex) {
	s.report.Docs++
	s.gold += len(d.Timexes)
	s.prog += len(found)
	pairs := measure.PairUp(len(d.Timexes), len(found), 0, func(i, j int) float64 {
		return measure.OverUnion(d.Timexes[i].Span, found[j].Span)
	})
	s.relaxed += len(pairs)
	for _, p := range pairs {
		g, f := d.Timexes[p.Gold], found[p.Prog]
		exact, value := g.Span == f.Span, g.Value == f.Value
		s.strict += count(exact)
		s.value += count(value)
		s.inFull += count(exact && value)
		s.kind += count(g.Type == f.Type)
		s.report.Rules.Add(f.Why.Rule, exact, value)
		if !value {
			s.problem("value", d, g.Span, "%s, program has %s by rule %s", g.Value, f.Value, f.Why.Rule)
		}
		if !exact {
			s.problem("span", d, g.Span, "program has %q", f.Span.Of(d.Text))
		}
		if g.Type != f.Type {
			s.problem("type", d, g.Span, "%s, program has %s", g.Type, f.Type)
		}
	}
	missed, extra := measure.Unpaired(len(d.Timexes), len(found), pairs)
	for _, i := range missed {
		s.problem("miss", d, d.Timexes[i].Span, "%s", d.Timexes[i].Value)
	}
	for _, j := range extra {
		s.report.Rules.Add(found[j].Why.Rule, false, false)
		s.problem("false alarm", d, found[j].Span, "%s by rule %s", found[j].Value, found[j].Why.Rule)
	}
}

func (s *scorer) problem(what string, d Document, at text.Span, format string, args ...any) {
	detail := fmt.Sprintf(format, args...)
	s.report.Problems = append(s.report.Problems, measure.Problem{
		What: what, Doc: d.Name, Text: measure.Around(d.Text, at) + "  " + detail + "  (written " + d.Created + ")",
	})
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (s *scorer) finish() measure.Report {
	s.report.Rows = []measure.Row{
		{Name: "relaxed", Count: measure.Both(s.relaxed, s.gold, s.prog), How: "one to one, sharing a byte or more, the best overlap first"},
		{Name: "strict", Count: measure.Both(s.strict, s.gold, s.prog), How: "of these, the same first and last byte"},
		{Name: "value", Count: measure.Both(s.value, s.gold, s.prog), How: "of the relaxed, the same TIMEX3 value, letter by letter"},
		{Name: "strict + value", Count: measure.Both(s.inFull, s.gold, s.prog), How: "of these, the same span and value"},
		{Name: "type", Count: measure.Both(s.kind, s.gold, s.prog), How: "of the relaxed, the same type"},
		{Name: "value of those found", Count: measure.Share(float64(s.value), s.relaxed), How: "share of the relaxed with the same value"},
	}
	return s.report
}
