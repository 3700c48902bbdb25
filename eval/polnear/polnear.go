// Package polnear scores quotes on PolNeAR, news of the 2016 campaign in the
// United States in which readers marked who is said to have said, thought or
// wanted what (Newell, Margolin, Ruths 2018).
//
// PolNeAR is wider than a news desk's idea of a quote: it holds views, hopes
// and plans as well as statements. Its ceiling is low: where two readers marked
// the same text (18 texts of the training and development parts, the first two
// readers by name) one scores against the other, by the matching of this
// package, .829 in content overlap, .661 exact, .823 in cues, .822 in sources.
package polnear

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/tracewire/tracewire/eval/archive"
	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// Archive is the file that Score looks for in its folder.
const Archive = "dev.tar.gz"

// Attribution is a statement in the gold or of the program. Each role is a
// list of places, since words of it may stand apart.
type Attribution struct {
	Content, Source, Cue []text.Span
	Rule                 string // of the program
}

// Document is a text with its attributions as one annotator saw them.
type Document struct {
	Name, Text   string
	Attributions []Attribution
}

// Score runs the program on every text. Where several annotators read a text,
// the first by name counts.
func Score(dir string, annotate func(news.Version) news.Version) (measure.Report, error) {
	docs, err := Load(filepath.Join(dir, Archive))
	if err != nil {
		return measure.Report{}, err
	}
	return ScoreDocuments(docs, annotate), nil
}

// ScoreDocuments runs the program on the texts.
func ScoreDocuments(docs []Document, annotate func(news.Version) news.Version) measure.Report {
	s := scorer{report: measure.Report{Name: "PolNeAR, attributions (" + strings.TrimSuffix(Archive, ".tar.gz") + " part)"}}
	s.report.Rules.Right = []string{"overlap", "exact"}
	for _, d := range docs {
		v := annotate(news.Version{Name: d.Name, Text: d.Text})
		s.tokens = v.Tokens
		s.document(d, FromQuotes(v.Quotes.Items, v.Attitudes.Items))
	}
	return s.finish()
}

// Load reads the texts and, for each, the annotation that comes first by name.
func Load(file string) ([]Document, error) {
	texts, notes := map[string]string{}, map[string]string{} // by name of the text
	chosen := map[string]string{}                            // annotator by name of the text
	err := archive.Each(file, func(name string, content []byte) error {
		base := filepath.Base(name)
		switch filepath.Ext(base) {
		case ".txt":
			texts[strings.TrimSuffix(base, ".txt")] = string(content)
		case ".ann":
			stem := strings.TrimSuffix(base, ".ann")
			cut := strings.LastIndexByte(stem, '_')
			if cut < 0 {
				return fmt.Errorf("no annotator in the name %q", base)
			}
			doc, annotator := stem[:cut], stem[cut+1:]
			if before, has := chosen[doc]; !has || annotator < before {
				chosen[doc], notes[doc] = annotator, string(content)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []Document
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		if _, has := notes[name]; !has {
			continue
		}
		d := Document{Name: name, Text: texts[name]}
		d.Attributions, err = ParseBrat(texts[name], notes[name])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, d)
	}
	return out, nil
}

// ParseBrat reads brat's standoff format: T lines hold places, counted in
// characters, and E lines join them by role. Roles may be numbered when there
// are several of a kind: Source2.
func ParseBrat(src, notes string) ([]Attribution, error) {
	at := byteOffsets(src)
	places := map[string][]text.Span{}
	var events [][]string
	lines := bufio.NewScanner(strings.NewReader(notes))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		id, rest, _ := strings.Cut(lines.Text(), "\t")
		if _, err := strconv.Atoi(strings.TrimLeft(id, "TE")); err != nil {
			continue // the words of a place with a line break go on here
		}
		switch {
		case strings.HasPrefix(id, "T"):
			kind, _, _ := strings.Cut(rest, "\t")
			_, ranges, _ := strings.Cut(kind, " ")
			spans, err := parseRanges(ranges, at)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", id, err)
			}
			places[id] = spans
		case strings.HasPrefix(id, "E"):
			events = append(events, strings.Fields(rest))
		}
	}
	var out []Attribution
	for _, roles := range events {
		var a Attribution
		for _, r := range roles {
			role, id, _ := strings.Cut(r, ":")
			switch strings.TrimRight(role, "0123456789") {
			case "Content":
				a.Content = append(a.Content, places[id]...)
			case "Source":
				a.Source = append(a.Source, places[id]...)
			case "Cue":
				a.Cue = append(a.Cue, places[id]...)
			}
		}
		if len(a.Content) > 0 {
			out = append(out, sorted(a))
		}
	}
	return out, lines.Err()
}

// byteOffsets returns the byte offset of each character, and of the end.
func byteOffsets(src string) []int {
	out := make([]int, 0, len(src)+1)
	for i := range src {
		out = append(out, i)
	}
	return append(out, len(src))
}

// parseRanges reads "12 30;41 50".
func parseRanges(in string, at []int) ([]text.Span, error) {
	var out []text.Span
	for r := range strings.SplitSeq(in, ";") {
		from, to, _ := strings.Cut(r, " ")
		start, err1 := strconv.Atoi(from)
		end, err2 := strconv.Atoi(to)
		if cmp.Or(err1, err2) != nil || start < 0 || end < start || end >= len(at) {
			return nil, fmt.Errorf("no place in the text: %q", r)
		}
		out = append(out, text.Span{Start: at[start], End: at[end]})
	}
	return out, nil
}

func sorted(a Attribution) Attribution {
	for _, role := range [][]text.Span{a.Content, a.Source, a.Cue} {
		slices.SortFunc(role, func(x, y text.Span) int { return cmp.Compare(x.Start, y.Start) })
	}
	return a
}

// FromQuotes turns the program's quotes into attributions. A quote that goes
// on from another, cut in two by its attribution, is one statement with it.
func FromQuotes(layers ...[]news.Quote) []Attribution {
	var out []Attribution
	place := map[string]int{} // in out, by id of the quote
	for _, q := range slices.Concat(layers...) {
		if i, goesOn := place[q.ContinuationOf]; goesOn && q.ContinuationOf != "" {
			out[i].Content = append(out[i].Content, q.Content)
			place[q.ID] = i
			continue
		}
		a := Attribution{Content: []text.Span{q.Content}, Rule: q.Why.Rule}
		if !q.Source.Empty() {
			a.Source = []text.Span{q.Source}
		}
		if !q.Cue.Empty() {
			a.Cue = []text.Span{q.Cue}
		}
		place[q.ID] = len(out)
		out = append(out, a)
	}
	for i := range out {
		out[i] = sorted(out[i])
	}
	return out
}

// third and half are how much of the union two contents must share. A third
// is the bar of the Gender Gap Tracker's evaluation, half that of the seeds.
const (
	third = 0.3
	half  = 0.5
)

type scorer struct {
	report     measure.Report
	tokens     []news.Token // of the text at hand
	gold, prog int
	goldCues   int
	progCues   int
	goldSrc    int // attributions with a source
	progSrc    int
	third      int
	half       int
	exact      int
	exactBut   int // exact but for "that"
	cues       int
	source     int
	withSource int
}

func (s *scorer) document(d Document, found []Attribution) {
	s.report.Docs++
	s.gold += len(d.Attributions)
	s.prog += len(found)
	fit := func(i, j int) float64 { return overUnion(d.Attributions[i].Content, found[j].Content) }
	pairs := measure.PairUp(len(d.Attributions), len(found), third, fit)
	s.third += len(pairs)
	for _, p := range pairs {
		g, f := d.Attributions[p.Gold], found[p.Prog]
		if fit(p.Gold, p.Prog) >= half {
			s.half++
		}
		same := equalBut(g.Content, f.Content, d.Text)
		s.report.Rules.Add(f.Rule, true, same)
		class := ""
		if same {
			s.exact++
		} else {
			class = bounds(g.Content, f.Content, d.Text)
			s.problem(class, d, g.Content, "program has %s by rule %s", show(f.Content, d.Text), f.Rule)
		}
		if same || class == thatApart {
			s.exactBut++
		}
		if len(g.Source) > 0 && common(g.Source, f.Source) > 0 {
			s.withSource++
		} else if len(g.Source) > 0 {
			s.problem("source", d, g.Content, "source %s, program has %s by rule %s", show(g.Source, d.Text), show(f.Source, d.Text), f.Rule)
		}
	}
	missed, extra := measure.Unpaired(len(d.Attributions), len(found), pairs)
	for _, i := range missed {
		g := d.Attributions[i]
		s.problem(s.missed(g, found), d, g.Content, "cue %s, source %s", show(g.Cue, d.Text), show(g.Source, d.Text))
	}
	for _, j := range extra {
		f := found[j]
		s.report.Rules.Add(f.Rule, false, false)
		s.problem(s.alarm(f, d.Attributions), d, f.Content, "cue %s, source %s by rule %s", show(f.Cue, d.Text), show(f.Source, d.Text), f.Rule)
	}
	s.roles(d, found)
}

// roles pairs cues and sources by themselves, whatever their contents.
func (s *scorer) roles(d Document, found []Attribution) {
	var goldCues, progCues, goldSrc, progSrc [][]text.Span
	for _, a := range d.Attributions {
		goldCues, goldSrc = keep(goldCues, a.Cue), keep(goldSrc, a.Source)
	}
	for _, a := range found {
		progCues, progSrc = keep(progCues, a.Cue), keep(progSrc, a.Source)
	}
	overlap := func(a, b [][]text.Span) int {
		return len(measure.PairUp(len(a), len(b), 0, func(i, j int) float64 { return overUnion(a[i], b[j]) }))
	}
	s.goldCues, s.progCues, s.cues = s.goldCues+len(goldCues), s.progCues+len(progCues), s.cues+overlap(goldCues, progCues)
	s.goldSrc, s.progSrc, s.source = s.goldSrc+len(goldSrc), s.progSrc+len(progSrc), s.source+overlap(goldSrc, progSrc)
}

func keep(all [][]text.Span, role []text.Span) [][]text.Span {
	if len(role) == 0 {
		return all
	}
	return append(all, role)
}

func common(a, b []text.Span) int {
	n := 0
	for _, x := range a {
		for _, y := range b {
			n += x.Common(y)
		}
	}
	return n
}

// overUnion is the bytes that two lists of places share over those that either
// covers; the places of a list do not overlap.
func overUnion(a, b []text.Span) float64 {
	both := common(a, b)
	if both == 0 {
		return 0
	}
	return float64(both) / float64(length(a)+length(b)-both)
}

func length(a []text.Span) int {
	n := 0
	for _, x := range a {
		n += x.Len()
	}
	return n
}

// equalBut reports whether two contents are the same places, but for quotation
// marks, commas and the like at the outer ends, which PolNeAR leaves out and
// the program keeps.
func equalBut(a, b []text.Span, src string) bool {
	return slices.Equal(bare(a, src), bare(b, src))
}

// bare merges places with nothing but marks between them and drops the marks
// at the ends.
func bare(in []text.Span, src string) []text.Span {
	const marks = "\"'“”‘’`,.;: \n"
	var out []text.Span
	for _, s := range in {
		if n := len(out); n > 0 && out[n-1].End <= s.Start && strings.Trim(src[out[n-1].End:s.Start], marks) == "" {
			out[n-1].End = s.End
			continue
		}
		out = append(out, s)
	}
	for i, s := range out {
		words := s.Of(src)
		out[i].Start += len(words) - len(strings.TrimLeft(words, marks))
		out[i].End -= len(words) - len(strings.TrimRight(words, marks))
	}
	return out
}

// show prints the words of places, with gaps.
func show(at []text.Span, src string) string {
	if len(at) == 0 {
		return "nothing"
	}
	var b bytes.Buffer
	for i, s := range at {
		if i > 0 {
			b.WriteString(" … ")
		}
		b.WriteString(strings.Join(strings.Fields(s.Of(src)), " "))
	}
	return strconv.Quote(b.String())
}

func (s *scorer) finish() measure.Report {
	s.report.Rows = []measure.Row{
		{Name: "content overlap", Count: measure.Both(s.third, s.gold, s.prog), How: "one to one, contents share at least 0.3 of the bytes of both, the best first"},
		{Name: "content, half", Count: measure.Both(s.half, s.gold, s.prog), How: "of these, at least 0.5"},
		{Name: "content exact", Count: measure.Both(s.exact, s.gold, s.prog), How: "of these, the same words, marks at the ends apart"},
		{Name: "content exact, or that", Count: measure.Both(s.exactBut, s.gold, s.prog), How: `or the same but for a "that" before the clause, which PolNeAR takes in and the program leaves out`},
		{Name: "content + source", Count: measure.Both(s.withSource, s.gold, s.prog), How: "content overlap, and the sources share a byte"},
		{Name: "cue overlap", Count: measure.Both(s.cues, s.goldCues, s.progCues), How: "cues by themselves, one to one, sharing a byte"},
		{Name: "source overlap", Count: measure.Both(s.source, s.goldSrc, s.progSrc), How: "sources by themselves, one to one, sharing a byte"},
	}
	s.report.Notes = []string{
		"What is scored: quotes and attitudes together, since PolNeAR does not tell them apart.",
		"A quote cut in two by its attribution counts as one, as in the gold. Of several annotators of a text the first by name counts.",
	}
	return s.report
}
