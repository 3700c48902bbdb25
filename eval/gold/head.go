package gold

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/internal/text"
)

// metadata judges each field that either side has: right, or right in part for
// lists, over one. Fields that both sides leave empty are no achievement.
func (s *scorer) metadata(g, p metadata) {
	a, b := s.headOf(g), s.headOf(p)
	s.field("headline", a.headline, b.headline, equal)
	s.field("outlet", a.outlet, b.outlet, s.names.same)
	s.field("agency", a.agency, b.agency, s.names.same)
	s.field("dateline agency", a.datelineAgency, b.datelineAgency, s.names.same)
	s.field("dateline place", a.datelinePlace, b.datelinePlace, equal)
	s.field("dateline date", a.datelineDate, b.datelineDate, equal)
	s.field("published", a.published, b.published, equal)
	s.field("rejected stamps", a.rejected, b.rejected, equal)
	s.field("update", a.update, b.update, func(string, string) bool { return true })
	s.field("update paragraphs", a.updateParagraphs, b.updateParagraphs, equal)
	listField(s, "bylines", a.bylines, b.bylines, func(x, y string) float64 {
		return measure.One(y != "" && (strings.Contains(x, y) || strings.Contains(y, x)))
	})
	listField(s, "rights", a.rights, b.rights, func(x, y text.Span) float64 { return measure.One(measure.OverUnion(x, y) >= half) })
}

// head is the metadata in the form in which it is compared. Lists without an
// order of their own are written out, sorted.
type head struct {
	headline, outlet, agency                    string
	datelinePlace, datelineDate, datelineAgency string
	published, rejected                         string
	update, updateParagraphs                    string
	bylines                                     []string
	rights                                      []text.Span
}

func (s *scorer) headOf(m metadata) head {
	h := head{outlet: m.Outlet, agency: m.Agency, published: day(m.Published)}
	if at := place(m.Headline); !at.Empty() && at.Start < len(s.src) {
		at.End = min(at.End, len(s.src))
		h.headline = plain(strings.ToValidUTF8(at.Of(s.src), "\ufffd"))
	}
	if d := m.Dateline; d != nil {
		city, _, _ := strings.Cut(d.Place, ",")
		h.datelinePlace, h.datelineDate, h.datelineAgency = plain(city), day(d.Date), d.Agency
	}
	var stamps []string
	for _, c := range m.ClaimedDates {
		if c.Role == "page_stamp" && c.Verdict == "rejected" {
			stamps = append(stamps, day(c.Value))
		}
	}
	slices.Sort(stamps)
	h.rejected = strings.Join(slices.Compact(stamps), " ")
	if u := m.Update; u != nil {
		h.update = u.Kind
		var numbers []string
		for _, n := range u.Paragraphs {
			numbers = append(numbers, strconv.Itoa(n))
		}
		h.updateParagraphs = strings.Join(numbers, " ")
	}
	for _, b := range m.Bylines {
		name := b.Name
		if name == "" && b.Span != nil {
			name = b.Span.Text
		}
		h.bylines = append(h.bylines, plain(name))
	}
	for _, r := range m.Rights {
		h.rights = append(h.rights, place(r))
	}
	return h
}

// day cuts a date with a time of day down to its date.
func day(iso string) string { return iso[:min(len(iso), len("2006-01-02"))] }

func (s *scorer) field(name, want, got string, same func(a, b string) bool) {
	if want == "" && got == "" {
		return
	}
	s.putField(name, measure.One(want != "" && got != "" && same(want, got)), want, got)
}

func listField[T any](s *scorer, name string, want, got []T, fit func(a, b T) float64) {
	if len(want) == 0 && len(got) == 0 {
		return
	}
	pairs := measure.PairUp(len(want), len(got), 0, func(i, j int) float64 { return fit(want[i], got[j]) })
	right := 2 * float64(len(pairs)) / float64(len(want)+len(got))
	s.putField(name, right, fmt.Sprint(want), fmt.Sprint(got))
}

func (s *scorer) putField(name string, right float64, want, got string) {
	s.count("metadata", "fields", measure.Share(right, 1))
	s.count("metadata", name, measure.Share(right, 1))
	if right < 1 {
		s.problem("metadata", name, "%s, program has %s", s.look(want), s.look(got))
	}
}
