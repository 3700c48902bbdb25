package lineage

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// The clues by which the order of two versions shows.
const (
	byOrdinal = iota // update notes
	byAddress        // captures of one address, or what the page says of its change
	byDay            // days of writing
	byGuess          // days of writing, where one is taken from a twin or hardly stands for the text
	byCapture        // first captures of the two texts
	byPoll           // captures of one outlet's pages
	byStamp          // clocks that the pages give
	byToll           // counts that rise
	byMoment         // newest times told of
	byItem           // newest items of a rolling log
	byGrowth         // one holds the other and more
	byLead           // the old lead stands in the new text, the new lead is new
	byTense          // the lead of one looks ahead, that of the other back
	byTake           // the one reports in the present tense
	clueCount
)

// ClueNames are the names of the clues in the order of Clue.X, and the rules
// by which a direction is told.
var ClueNames = [clueCount]string{
	"update-note", "page-changed", "published-earlier", "guessed-earlier", "seen-earlier", "page-captured-earlier", "stamped-earlier",
	"counter-rises", "tells-of-later-time", "later-item", "grew", "new-lead", "looks-back", "first-take",
}

const (
	// soon is the time within which two clocks hardly tell an order.
	soon = 40 * time.Minute
	// zonesApart is how far two clocks without zones may be apart and yet be
	// the same: pages of one event are mostly of one country.
	zonesApart = 3 * time.Hour
	// The bytes of a body that are its lead, and its beginning with the
	// paragraphs that carry the lead.
	leadBytes, openingBytes = 600, 1200
)

// squash maps a distance in time to -1 to 1.
func squash(d, scale time.Duration) float64 {
	return d.Seconds() / (math.Abs(d.Seconds()) + scale.Seconds())
}

func sign(x int) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// nearby reports whether two clocks are hours apart: then their dates may
// differ only by where the pages are.
func nearby(a, b clock) bool {
	return a.known() && b.known() && a.at.Sub(b.at).Abs() < 12*time.Hour
}

func share(part, whole int) float64 { return float64(part) / float64(max(1, whole)) }

// clues is what shows of the order of the pair, each from -1 to 1, above 0
// where a is the earlier. Whatever shows the time of a text holds for all
// pages with that text.
func (p *pair) clues() (x [clueCount]float64) {
	a, b := p.a, p.b
	x[byOrdinal] = sign(b.ordinal - a.ordinal)
	x[byAddress] = p.changed()
	if apart, ok := daysApart(a.published, b.published); ok && apart > 0 {
		k := byDay
		if a.guessed || b.guessed || apart == 1 && nearby(a.edition.stamp, b.edition.stamp) {
			k = byGuess
		}
		x[k] = sign(strings.Compare(b.published, a.published))
	}
	if ca, cb := a.edition.seen, b.edition.seen; ca.known() && cb.known() {
		x[byCapture] = squash(cb.at.Sub(ca.at), soon)
	}
	if a.outlet != "" && a.outlet == b.outlet && a.captured.known() && b.captured.known() {
		x[byPoll] = squash(b.captured.at.Sub(a.captured.at), soon/4)
	}
	if ca, cb := a.edition.stamp, b.edition.stamp; ca.known() && cb.known() {
		d := cb.at.Sub(ca.at)
		if (ca.loose || cb.loose) && ca.node.outlet != cb.node.outlet {
			d -= min(max(d, -zonesApart), zonesApart)
		}
		x[byStamp] = squash(d, soon)
	}
	switch from, _ := p.counters(); from {
	case nil:
	case a:
		x[byToll] = 1
	case b:
		x[byToll] = -1
	}
	if m, n := a.newest.value, b.newest.value; m != "" && n != "" {
		x[byMoment] = sign(strings.Compare(n, m))
		if len(m) != len(n) && m[:10] == n[:10] {
			x[byMoment] /= 2 // one names the hour, the other only the day
		}
	}
	if m, n := a.item, b.item; m.ok && n.ok && x[byDay] == 0 {
		x[byItem] = sign(n.minute - m.minute)
	}
	if a.v.Meta.Kind == news.NonArticle || b.v.Meta.Kind == news.NonArticle {
		return x // lists and galleries grow and shrink as they like
	}
	x[byTense] = a.turned(openingBytes, looksAhead, looksBack) - b.turned(openingBytes, looksAhead, looksBack)
	x[byTake] = a.turned(a.body.bytes, saysNow, saidThen) - b.turned(b.body.bytes, saysNow, saidThen)
	if a.v.Meta.Headline.Value == "" || b.v.Meta.Headline.Value == "" {
		return x // half a page shows neither its lead nor its length
	}
	onlyA, onlyB := p.al.lenA-p.al.equalA, p.al.lenB-p.al.equalB
	x[byGrowth] = share(onlyB-onlyA, onlyA+onlyB+(p.al.equalA+p.al.equalB)/4)
	x[byLead] = kept(&a.body, p.o.Passages, sideA) - kept(&b.body, p.o.Passages, sideB)
	return x
}

func sideA(p news.Passage) text.Span { return p.A }
func sideB(p news.Passage) text.Span { return p.B }

// kept is how much of the lede of a body lies in passages.
func kept(b *body, passages []news.Passage, side func(news.Passage) text.Span) float64 {
	room, in := min(leadBytes, b.bytes), 0
	for _, p := range passages {
		s := side(p)
		in += max(0, min(b.at(s.End), room)-b.at(s.Start))
	}
	return share(in, room)
}

// turned is how many of the turns of two kinds in the first bytes of the body
// are of the first kind, drawn to the middle where there are few.
func (n *node) turned(room int, one, other turnKind) float64 {
	ones, all := 1, 2
	for _, t := range n.turns {
		switch {
		case t.at >= room:
			return share(ones, all)
		case t.kind == one:
			ones++
			all++
		case t.kind == other:
			all++
		}
	}
	return share(ones, all)
}

// tell says in words what clue k shows when from is the earlier.
func (p *pair) tell(k int, from, to *node) string {
	quoted := func(n *node, at text.Span) string {
		return "“" + strings.Join(strings.Fields(at.Of(n.v.Text)), " ") + "”"
	}
	switch k {
	case byOrdinal:
		return "the later one says so: " + to.v.Meta.Update.Kind
	case byAddress:
		f, t := lastChange(from.v), lastChange(to.v)
		if f.IsZero() || t.IsZero() || f.Equal(t) {
			f, t = from.v.Given.Fetched, to.v.Given.Fetched
		}
		return "one page, read again: " + f.Format(stampLayout) + ", the other " + t.Format(stampLayout)
	case byDay, byGuess:
		return "written " + from.published + ", the other " + to.published
	case byCapture:
		return "first captured " + from.edition.seen.in() + ", the other " + to.edition.seen.in()
	case byPoll:
		return "captured " + from.captured.what + ", the other " + to.captured.what
	case byStamp:
		return from.edition.stamp.in() + ", for the other " + to.edition.stamp.in()
	case byToll:
		_, note := p.counters()
		return note
	case byMoment:
		return "the later one tells of " + to.newest.value + " (" + quoted(to, to.newest.span) + "), the other of nothing after " + from.newest.value
	case byItem:
		return "its newest item is of " + quoted(from, from.item.span) + ", that of the other of " + quoted(to, to.item.span)
	case byGrowth:
		return "the other has more of its own, and little of this one is gone"
	case byLead:
		return "its lead stands in the other, whose own lead is new"
	case byTense:
		return "it looks ahead" + from.firstTurn(looksAhead, quoted) + ", the other back" + to.firstTurn(looksBack, quoted)
	case byTake:
		return "it reports in the present tense, as first takes do" + from.firstTurn(saysNow, quoted)
	}
	return ""
}

// firstTurn shows the first turn of a kind.
func (n *node) firstTurn(kind turnKind, quoted func(*node, text.Span) string) string {
	for _, t := range n.turns {
		if t.kind == kind {
			return " (" + quoted(n, t.span) + ")"
		}
	}
	return ""
}

// in is what the clock says, and where it stands when that is not obvious.
func (c clock) in() string { return fmt.Sprintf("%s (%s)", c.what, c.node.v.Name) }
