package schema

import (
	"crypto/sha256"
	"encoding/hex"
	"math"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// FromVersion writes a version in the schema.
func FromVersion(v *news.Version) Document {
	sum := sha256.Sum256([]byte(v.Text))
	e := exporter{v.Text}
	d := Document{
		Doc: v.Name, Bytes: len(v.Text), SHA256: hex.EncodeToString(sum[:]),
		Lines: []Line{}, Quotes: []Quote{}, Mentions: []Entity{}, Timexes: []Timex{}, Claims: []Claim{},
		Metadata: e.metadata(v.Meta),
	}
	for _, l := range v.Lines.Items {
		o := Line{Line: l.Number, Label: string(l.Label), Span: e.span(l.Span), Rule: l.Why.Rule}
		for _, p := range l.Parts {
			o.Parts = append(o.Parts, Part{string(p.Label), e.span(p.Span)})
		}
		d.Lines = append(d.Lines, o)
	}
	for _, q := range v.Quotes.Items {
		d.Quotes = append(d.Quotes, e.quote(q))
	}
	for _, q := range v.Attitudes.Items {
		d.Attitudes = append(d.Attitudes, e.quote(q))
	}
	for _, c := range v.Entities.Items {
		o := Entity{ID: c.ID, Type: string(c.Type), Mentions: []Mention{}}
		for _, m := range c.Mentions {
			o.Mentions = append(o.Mentions, Mention{Span: e.span(m.Span), Nominal: m.Nominal, Extent: e.maybe(m.Extent), Rule: m.Why.Rule})
		}
		d.Mentions = append(d.Mentions, o)
	}
	for _, t := range v.Timexes.Items {
		d.Timexes = append(d.Timexes, Timex{e.span(t.Span), t.Type, t.Value, maybeString(t.Anchor), t.Mod, t.Why.Rule})
	}
	for _, c := range v.Claims.Items {
		status := "asserted"
		if c.Reported {
			status = "reported"
		}
		d.Claims = append(d.Claims, Claim{
			ID: c.ID, Span: e.span(c.Span), Proposition: c.Proposition, Status: status,
			Chain: list(c.Chain), EventDate: maybeString(c.EventDate), Hedge: c.Hedge, Rule: c.Why.Rule,
		})
	}
	return d
}

// exporter makes spans of one text.
type exporter struct{ src string }

func (e exporter) span(s text.Span) Span { return Span{s.Start, s.End, s.Of(e.src)} }

func (e exporter) maybe(s text.Span) *Span {
	if s.Empty() {
		return nil
	}
	o := e.span(s)
	return &o
}

func (e exporter) metadata(m news.Metadata) Metadata {
	o := Metadata{
		Kind: string(m.Kind), Headline: e.maybe(m.Headline.Span), Outlet: maybeString(m.Outlet.Value),
		Agency: maybeString(m.Agency.Value), Published: maybeString(m.Published.Value),
		ClaimedDates: []DateItem{}, Bylines: []Byline{}, Rights: []Span{}, Language: m.Language,
	}
	if d := m.Dateline; d != nil {
		o.Dateline = &Dateline{d.Place, maybeString(d.Date), maybeString(d.Agency), e.span(d.Span)}
	}
	for _, c := range m.Dates {
		verdict := "rejected"
		if c.Accepted {
			verdict = "accepted"
		}
		o.ClaimedDates = append(o.ClaimedDates, DateItem{e.maybe(c.Span), c.From, c.Value, c.Role, verdict, c.Note, c.Why.Rule})
	}
	for _, b := range m.Bylines {
		o.Bylines = append(o.Bylines, Byline{maybeString(b.Name), b.Role, e.maybe(b.Span)})
	}
	if u := m.Update; u != nil {
		o.Update = &Update{u.Kind, list(u.Paragraphs), list(u.Lines), e.span(u.Span), u.Note}
	}
	for _, r := range m.Rights {
		o.Rights = append(o.Rights, e.span(r))
	}
	return o
}

func (e exporter) quote(q news.Quote) Quote {
	o := Quote{
		ID: q.ID, Kind: string(q.Kind), Content: e.maybe(q.Content), Source: e.maybe(q.Source), SourceID: q.SourceID,
		Cue: e.maybe(q.Cue), Chain: list(q.Chain), Venue: e.maybe(q.Venue), ContinuationOf: q.ContinuationOf,
		NestedIn: q.NestedIn, Attitude: string(q.Attitude), Rule: q.Why.Rule, Confidence: q.Why.Confidence,
	}
	if q.When.Value != "" {
		o.When = &When{e.maybe(q.When.Span), q.When.Value}
	}
	for _, v := range q.Via {
		o.Via = append(o.Via, Via{v.ID, e.span(v.Source), e.maybe(v.Cue)})
	}
	return o
}

// FromRelations writes what was found across versions in the schema. texts
// holds the text of each version by its name.
func FromRelations(r news.Relations, texts map[string]string) Story {
	s := Story{Lineage: []Link{}, Stories: []Group{}, Thread: []Step{}, Timeline: []Event{}, ClaimGroups: []Claims{}, Tensions: []Tension{}}
	for _, l := range r.Links {
		o := Link{
			From: maybeString(l.From), External: l.External, To: l.To, Relation: string(l.Relation),
			Directed: l.Directed, CommonSource: l.CommonSource, Note: l.Note, Rule: l.Why.Rule,
		}
		from, to := exporter{texts[l.From]}, exporter{texts[l.To]}
		for _, p := range l.Passages {
			o.Passages = append(o.Passages, Passage{from.span(p.A), to.span(p.B), string(p.Kind)})
		}
		s.Lineage = append(s.Lineage, o)
	}
	for _, x := range r.Stories {
		s.Stories = append(s.Stories, Group{ID: x.ID, Title: x.Title, Documents: list(x.Documents), ByHand: x.ByHand})
	}
	for _, x := range r.Thread {
		s.Thread = append(s.Thread, Step{x.Order, x.Thread, x.Story, list(x.Documents), x.Date, list(x.Follows), x.Note})
	}
	for _, x := range r.Timeline {
		s.Timeline = append(s.Timeline, Event{x.Date, x.Title, list(x.Documents), refs(x.Claims), list(x.Origins), x.Note})
	}
	for _, x := range r.Groups {
		o := Claims{
			ID: x.ID, Proposition: x.Proposition, Members: refs(x.Members), Outlets: list(x.Outlets),
			Origins: list(x.Origins), Independent: x.Independent, Note: x.Note,
			Unknown: x.Unknown, Circular: x.Circular, Superseded: x.SupersededBy,
		}
		if x.Prior != nil {
			o.Expected = &Expected{places(x.Prior.Expected), make([]Lean, len(x.Prior.Leans))}
			for i, l := range x.Prior.Leans {
				o.Expected.Leans[i] = Lean{l.Outlet, l.From, places(l.Probability), l.Stories}
			}
		}
		for _, c := range x.Collapses {
			oc := Collapse{Reason: c.Reason}
			for _, e := range c.Evidence {
				oc.Evidence = append(oc.Evidence, Place{e.Doc, exporter{texts[e.Doc]}.span(e.Span)})
			}
			o.Collapses = append(o.Collapses, oc)
		}
		for _, h := range x.History {
			o.History = append(o.History, Sighting{h.Time, h.Docs, h.Outlets, h.Origins, h.Independent})
		}
		for _, w := range x.Walks {
			o.Walks = append(o.Walks, Walk{w.Member.Doc, w.Member.Claim, w.Steps, w.Origin, w.Reason})
		}
		s.ClaimGroups = append(s.ClaimGroups, o)
	}
	for _, x := range r.Tensions {
		s.Tensions = append(s.Tensions, Tension{x.ID, side(x.A), side(x.B), string(x.Kind), x.Explain})
	}
	return s
}

// FromDependence exports what is known of a pair of outlets.
func FromDependence(d news.Dependence) Dependence {
	o := Dependence{
		Outlet: d.Outlet, From: d.From, Probability: places(d.Probability), Rate: places(d.Rate), Unseen: places(d.Unseen), Stories: d.Stories, First: d.First,
		Copied: d.Copied, Credited: d.Credited, Carried: d.Carried, Cited: d.Cited, Worded: d.Worded, True: d.True, False: d.False, Different: d.Different,
		Evidence: []Shared{},
	}
	if d.Lag >= 0 {
		o.Lag = &d.Lag
	}
	for _, x := range d.Shared {
		o.Evidence = append(o.Evidence, Shared{x.How, passing(x.From), passing(x.To)})
	}
	return o
}

// places is a number with four places: what follows is no answer.
func places(x float64) float64 { return math.Round(x*1e4) / 1e4 }

func passing(p news.Passing) *Passing {
	if p.ID == "" {
		return nil
	}
	return &Passing{p.ID, p.Doc, p.Span.Start, p.Span.End}
}

func side(s news.Side) Side { return Side{s.Group, s.Claim.Doc, s.Claim.Claim} }

func refs(in []news.ClaimRef) []Ref {
	out := make([]Ref, len(in))
	for i, r := range in {
		out[i] = Ref(r)
	}
	return out
}

func maybeString(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// list turns nil into an empty list: JSON shows [] and never null.
func list[T any](in []T) []T {
	if in == nil {
		return []T{}
	}
	return in
}
