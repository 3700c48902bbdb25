package lineage

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// said is who spoke words that both texts quote.
type said struct {
	id     string
	report bool // carried by a medium: the cue says "reported"
	person bool
	when   string
}

// commonSource names the third whose words two texts share: who speaks in the
// quotes around the passages, "" if the texts do not say. A report that both
// name weighs more than a speaker that one of them names.
func commonSource(p *pair) string {
	type vote struct {
		bytes int
		said
	}
	votes := map[string]*vote{}
	count := func(n *node, at text.Span) {
		if s, ok := speaker(n.v, at); ok {
			x := votes[s.id]
			if x == nil {
				x = &vote{said: s}
				votes[s.id] = x
			}
			x.bytes += at.Len()
			x.report = x.report || s.report
			if s.when != "" && (x.when == "" || s.when < x.when) {
				x.when = s.when
			}
		}
	}
	for _, x := range p.o.Passages {
		if x.Kind != news.Furniture {
			count(p.a, x.A)
			count(p.b, x.B)
		}
	}
	if len(votes) == 0 {
		return ""
	}
	ranked := make([]*vote, 0, len(votes))
	for _, x := range votes {
		ranked = append(ranked, x)
	}
	slices.SortFunc(ranked, func(x, y *vote) int {
		if x.report != y.report {
			if x.report {
				return -1
			}
			return 1
		}
		return cmp.Or(y.bytes-x.bytes, cmp.Compare(x.id, y.id))
	})
	best := ranked[0]
	when := best.when
	if when == "" {
		when = p.a.published
		if when == "" || p.b.published != "" && p.b.published < when {
			when = p.b.published
		}
	}
	name := best.id + " statement"
	switch {
	case best.person:
		name = "words of " + best.id
	case best.report:
		name = best.id + " report"
	}
	if when != "" {
		name += " of " + when
	}
	return name
}

// speaker is who speaks in the quote that covers most of at, by at least half.
func speaker(v *news.Version, at text.Span) (s said, ok bool) {
	most := 0
	for i := range v.Quotes.Items {
		q := &v.Quotes.Items[i]
		n := q.Content.Common(at)
		if q.SourceID == "" || q.SourceID == "unknown" || 2*n < at.Len() || n <= most {
			continue
		}
		most = n
		cue := strings.ToLower(q.Cue.Of(v.Text))
		s = said{id: q.SourceID, report: strings.Contains(cue, "report") || strings.Contains(cue, "carried"), when: day(q.When.Value)}
		s.person = isPerson(v, q.SourceID)
	}
	return s, most > 0
}

func isPerson(v *news.Version, id string) bool {
	for i := range v.Entities.Items {
		if e := &v.Entities.Items[i]; e.ID == id {
			return e.Type == news.Person
		}
	}
	return false
}
