// Package lineage says which text is a copy, a trim or an earlier version of
// which, and which only quote the same words.
//
// Each link rests on passages that two texts have in common (reuse). What
// relation it is follows from how the passages lie: in the same order with
// nothing in between (copy, trim), with much rewritten by the same newsroom
// (version), as paragraphs inside other writing (excerpt), or as words of a
// third (shared passage). Which way it points is said only where the texts
// show it.
package lineage

import (
	"cmp"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate"
	"github.com/tracewire/tracewire/internal/text"
)

// node is a version with what the rules need of it.
type node struct {
	v         *news.Version
	body      body
	address   string // of the article, folded
	outlet    string // folded
	agency    string // as printed, or as the copies of this text credit it
	wire      string // whose copy it is: the agency's, or the outlet's own; folded
	published string // ISO date, "" if unknown
	guessed   bool   // published is taken from another version, or may be another article's
	newest    moment // the newest time told of, not after published
	ordinal   int    // of the update note, 0 without one
	turns     []turn // words of the body that look ahead or back
	item      item   // of a rolling log

	bodies func() []named // that it names; they are looked for when somebody asks

	captured, posted clock
	edition          *edition // the pages with the same text
}

// pair is two nodes that share passages.
type pair struct {
	a, b *node
	o    news.Overlap
	al   alignment

	relation news.Relation
	rule     string // by which it is that
	x        [clueCount]float64
	third    *node // an agency's copy that holds what both have
}

// Fold returns the links between the versions, and from origins that are not
// among them. It is a function of the set: order means nothing.
func Fold(versions []*news.Version, overlaps []news.Overlap) []news.Link {
	links, _ := Find(versions, overlaps)
	return links
}

// Find is Fold, with the agencies of pages that name none.
func Find(versions []*news.Version, overlaps []news.Overlap) ([]news.Link, []Crediting) {
	nodes, pairs, credited := compare(versions, overlaps)
	inferred := make(map[[2]string]string, len(credited))
	for _, c := range credited {
		inferred[[2]string{min(c.Name, c.Twin), max(c.Name, c.Twin)}] = c.Note
	}
	findThirds(pairs)
	before := order(pairs)
	pairs = slices.DeleteFunc(pairs, func(p pair) bool { return p.relation == "" })
	links := make([]news.Link, len(pairs))
	relate.Stretches(len(pairs), inARow, func(from, to int) {
		for i := from; i < to; i++ {
			links[i] = pairs[i].link(before)
			if note, ok := inferred[[2]string{pairs[i].o.A, pairs[i].o.B}]; ok {
				links[i].Note += "; agency inferred: " + note
			}
		}
	})
	links = append(links, unseen(nodes, links)...)
	slices.SortFunc(links, func(x, y news.Link) int {
		return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(x.To, y.To), cmp.Compare(x.Relation, y.Relation), cmp.Compare(x.External, y.External))
	})
	return links, credited
}

// compare finds the relation of all pairs that share passages, and what shows
// the time of each text.
func compare(versions []*news.Version, overlaps []news.Overlap) (map[string]*node, []pair, []Crediting) {
	list := make([]*node, len(versions))
	relate.Each(len(versions), func(i int) { list[i] = newNode(versions[i]) })
	nodes := make(map[string]*node, len(versions))
	for _, n := range list {
		nodes[n.v.Name] = n
	}
	pairs := pairUp(nodes, overlaps)
	credited := credits(pairs)
	for _, c := range credited {
		n := nodes[c.Name]
		n.agency, n.wire = c.Agency, fold(c.Agency)
	}
	relate.Stretches(len(pairs), inARow, func(from, to int) {
		for i := from; i < to; i++ {
			pairs[i].relation, pairs[i].rule = pairs[i].relate()
		}
	})
	editions(nodes, pairs)
	return nodes, pairs, credited
}

func newNode(v *news.Version) *node {
	n := &node{
		v: v, body: bodyOf(v), address: Address(v.Given.URL), outlet: fold(v.Meta.Outlet.Value), agency: v.Meta.Agency.Value,
		wire: fold(cmp.Or(v.Meta.Agency.Value, v.Meta.Outlet.Value)), published: day(v.Meta.Published.Value),
		ordinal:  ordinal(v.Meta.Update),
		captured: captured(v), posted: posted(v),
	}
	n.bodies = sync.OnceValue(func() []named { return bodiesOf(v) })
	n.captured.node, n.posted.node = n, n
	n.guessed = v.Meta.Published.Why.Rule == "date-of-twin" || n.strangeStamp()
	n.newest, n.turns, n.item = newestMoment(v, &n.body), turns(v, &n.body), latestItem(v)
	return n
}

// strangeStamp reports whether the date of writing may be another article's:
// it is printed below the text, or under the title of a related article.
func (n *node) strangeStamp() bool {
	stamp := n.v.Meta.Published
	if stamp.From != "text" || n.body.bytes == 0 {
		return false
	}
	if n.body.at(stamp.Span.Start) == n.body.bytes {
		return true
	}
	for i := 1; i < len(n.v.Lines.Items); i++ {
		if n.v.Lines.Items[i].Span.Contains(stamp.Span) {
			return n.v.Lines.Items[i-1].Label == news.Related
		}
	}
	return false
}

// pairUp aligns the bodies of all overlaps, in the order of the names.
func pairUp(nodes map[string]*node, overlaps []news.Overlap) []pair {
	// Places are sorted, not pairs, which are large; and by the places of the
	// names, not by the names.
	names := slices.Sorted(maps.Keys(nodes))
	list := make([]*node, len(names))
	place := make(map[string]uint64, len(names))
	for i, name := range names {
		list[i], place[name] = nodes[name], uint64(i)
	}
	type couple struct {
		names uint64 // the place of A's and that of B's
		at    int
	}
	couples := make([]couple, 0, len(overlaps))
	for i := range overlaps {
		a, okA := place[overlaps[i].A]
		b, okB := place[overlaps[i].B]
		if okA && okB && a != b {
			couples = append(couples, couple{a<<32 | b, i})
		}
	}
	slices.SortFunc(couples, func(x, y couple) int { return cmp.Or(cmp.Compare(x.names, y.names), x.at-y.at) })
	couples = slices.CompactFunc(couples, func(x, y couple) bool { return x.names == y.names })
	pairs := make([]pair, len(couples))
	relate.Stretches(len(couples), inARow, func(from, to int) {
		var room aligner
		for i := from; i < to; i++ {
			p, c := &pairs[i], couples[i]
			p.a, p.b, p.o = list[c.names>>32], list[c.names&(1<<32-1)], overlaps[c.at]
			p.al = room.align(&p.a.body, &p.b.body, p.o.Passages)
		}
	})
	return pairs
}

// inARow is how many pairs one processor takes at a time.
const inARow = 256

// credited reports whether the page names an agency other than its outlet.
func (n *node) credited() bool { return n.wire != "" && n.wire != n.outlet }

// fit is the pair's alignment with the shorter body first; aShort tells which
// that is.
func (p *pair) fit() (f fit, aShort bool) {
	if p.al.lenA <= p.al.lenB {
		return p.al.fit(), true
	}
	return p.al.swapped().fit(), false
}

// link says which way the pair's relation points.
func (p *pair) link(before map[step]float64) news.Link {
	long := p.b
	if p.al.lenA > p.al.lenB {
		long = p.a
	}
	d := p.direction(long, before)
	l := news.Link{Relation: p.relation, From: p.a.v.Name, To: p.b.v.Name, Note: d.note, Directed: d.from != nil && !d.unsure}
	l.Why = news.Why{Rule: p.rule, Confidence: confidence(p.relation, d)}
	if d.rule != "" {
		l.Why.Rule += "+" + d.rule
	}
	turned := d.from == p.b
	if turned {
		l.From, l.To = l.To, l.From
	}
	order := func(x, y news.Passage) int { return cmp.Or(x.A.Start-y.A.Start, x.B.Start-y.B.Start) }
	if l.Passages = slices.Clip(p.o.Passages); turned || !slices.IsSortedFunc(l.Passages, order) {
		l.Passages = slices.Clone(p.o.Passages)
		for i, x := range l.Passages {
			if turned {
				l.Passages[i].A, l.Passages[i].B = x.B, x.A
			}
		}
		slices.SortFunc(l.Passages, order)
	}
	l.CommonSource = d.common
	if p.relation == news.SharedPassage {
		l.CommonSource = commonSource(p)
	}
	return l
}

// The bounds of the relations, in shares of the shorter body unless said
// otherwise. Set by reading pairs of real agency copy.
const (
	samePage   = .97 // of both texts, furniture and all, in passages
	sameStub   = .85 // the same of pages without a body
	wholeText  = .88 // this much of the shorter stands in the longer: it is all of it
	fewEdits   = .06 // replaced, or inserted in the shorter
	nearlyAll  = .85 // of the longer too: a copy, not a trim
	sameReport = .25 // of the prose: one newsroom's versions share at least this
	ownWriting = .30 // of the prose: paragraphs of somebody else's text
	ownTail    = .30 // own ending: no version, paragraphs in other writing
	manyEdits  = 5   // places
	sameStubs  = .45 // of headlines and summaries of two stubs
	otherLead  = .15 // less of each lead in the other: two reports

	leastProse    = 200 // bytes of equal prose for more than a shared passage
	leastShared   = 40  // bytes of a phrase worth a link; of quoted words, less
	leastQuoted   = 30
	aParagraph    = 200 // bytes of equal prose without a break
	someMore      = 300 // bytes by which a page of one outlet grew: another version
	mostOfLead    = .8
	aSentence     = 75  // bytes
	aStub         = 300 // bytes of body below which a page is headline and summary
	standingAfter = 2   // days from which equal lines of one newsroom are background; from one day, fewer
)

// relate is the rule book. Rules stand in order; the first that fits says
// what the pair is.
func (p *pair) relate() (news.Relation, string) {
	f, aShort := p.fit()
	short, long := p.a, p.b
	proseShort, proseLong := p.o.ProseA, p.o.ProseB
	if !aShort {
		short, long = long, short
		proseShort, proseLong = proseLong, proseShort
	}
	sameOutlet := short.outlet != "" && short.outlet == long.outlet
	sameWire := short.wire != "" && short.wire == long.wire || sameOutlet
	apart, dated := daysApart(short.published, long.published)
	dated = dated && (!short.guessed && !long.guessed || apart > 2*daysBack || capturedApart(short, long))
	// Small changes in many places are an editor's work, one swapped
	// sentence is not.
	churn := f.replaced + f.inner + f.addedInner
	clean := f.replaced <= fewEdits && f.inner <= fewEdits && (f.edits < manyEdits || churn < .1)
	if proseShort >= .97 && f.short >= .6 {
		// What seems to be missing is in a headline or caption of the other.
		f.short, f.head, f.tail = max(f.short, proseShort), 0, 0
	}
	whole := f.short >= wholeText && clean && f.order >= .8
	shared, both := max(proseShort, proseLong), min(proseShort, proseLong)
	leadA, leadB := kept(&p.a.body, p.o.Passages, sideA), kept(&p.b.body, p.o.Passages, sideB)
	added := float64(max(p.al.lenA, p.al.lenB)) * (1 - f.long)
	switch {
	case p.sameAddress() && p.al.pieces > 0:
		if sameParagraphs(p.a, p.b) {
			return news.Copy, "same-page"
		}
		return news.EarlierVersion, "same-address-changed"
	case p.wholePage():
		return news.Copy, "same-page"
	case sameOutlet && max(p.al.lenA, p.al.lenB) < aStub && shared >= sameStubs:
		return news.EarlierVersion, "same-outlet-summary-changed"
	case p.al.pieces == 0:
		return "", ""
	case sameWire && short.item.ok && long.item.ok && short.item.minute != long.item.minute && shared >= sameReport:
		return news.EarlierVersion, "same-log-later-item"
	case min(p.o.WholeA, p.o.WholeB) >= .985:
		return news.Copy, "same-words"
	case sameOutlet && whole && f.long >= .4 && added >= someMore && f.addedTail < .3:
		return news.EarlierVersion, "same-outlet-added-to"
	case whole && f.long >= nearlyAll, f.short >= wholeText && f.long >= nearlyAll && f.edits <= 3 && !sameOutlet:
		return news.Copy, "same-text"
	case whole && !sameOutlet && apart == 0 && f.head <= .04 && f.edits <= 2 && f.addedInner <= .4 && f.addedHead <= .12 && f.addedTail <= .12 && f.prose >= leastProse:
		return news.Copy, "same-text-with-insert"
	case whole && f.prose < leastProse && shared < .5:
		return p.sharedRelation(sameWire, dated, apart)
	case whole && f.addedHead > .5 && f.addedHead > 3*f.addedTail, whole && !sameWire && f.addedHead > .15 && f.addedTail < .05:
		return news.Excerpt, "whole-text-inside-other"
	case whole && sameWire && f.addedInner >= .2 && f.addedInner > f.addedTail:
		return news.EarlierVersion, "same-wire-added-to"
	case whole && f.addedInner >= .5 && f.addedHead+f.addedTail <= .15:
		// Nobody cuts the middle out: the longer one grew.
		return news.EarlierVersion, "same-ends-added-between"
	case tailCut(f, sameWire) && short.credited() && !sameWire && f.addedHead > .3:
		return news.Excerpt, "agency-item-inside-other"
	case tailCut(f, sameWire):
		return news.Trimmed, "tail-cut"
	case whole:
		return news.Trimmed, "whole-text-inside-longer"
	case f.prose < leastProse && shared < .5:
		return p.sharedRelation(sameWire, dated, apart)
	case dated && sameWire && (apart >= standingAfter && shared < .5 || apart >= 1 && shared < .4):
		return p.sharedRelation(sameWire, dated, apart)
	case sameWire && !sameOutlet && f.addedHead >= 1 && (f.addedTail > .02 || long.item.ok) && f.replaced <= .03 && shared >= sameReport:
		return news.Excerpt, "paragraphs-in-other-report"
	case sameWire && short.isLog() != long.isLog() && shared >= sameReport:
		return news.Excerpt, "report-in-log"
	case sameWire && shared >= sameReport && max(leadA, leadB) < otherLead && both < .6 && f.head >= .1:
		return news.Excerpt, "other-lead-same-newsroom"
	case sameOutlet && shared >= sameReport:
		return news.EarlierVersion, "same-outlet-rewritten"
	case sameWire && both >= ownWriting, sameWire && shared >= sameReport && f.tail <= ownTail && f.inner <= .4 && f.head+f.tail <= .65:
		return news.EarlierVersion, "same-wire-rewritten"
	case shared >= ownWriting, shared >= .2 && f.longest >= aParagraph && f.prose >= 2*aParagraph:
		return news.Excerpt, "paragraphs-in-other-writing"
	}
	return p.sharedRelation(sameWire, dated, apart)
}

// tailCut reports whether the longer text goes on where the shorter ends.
// Within one newsroom the shorter must be unchanged: a rewritten short report
// is an earlier version.
func tailCut(f fit, sameWire bool) bool {
	if f.addedTail < .4 || f.addedTail < f.addedHead+f.addedInner || f.short < .68 || f.inner > fewEdits {
		return false
	}
	if sameWire {
		return f.replaced <= .03 && f.head <= .04 && f.tail <= .18
	}
	return f.replaced <= .16 && f.head <= .18 && f.tail <= .15
}

// isLog reports whether the text is a rolling log.
func (n *node) isLog() bool { return n.item.ok || n.v.Meta.Kind == news.LiveBlog }

// capturedApart reports whether the earlier day is also that of the earlier
// capture, by half a day.
func capturedApart(a, b *node) bool {
	if a.published > b.published {
		a, b = b, a
	}
	return a.captured.known() && b.captured.known() && b.captured.at.Sub(a.captured.at) > 12*time.Hour
}

// leadInside reports whether the lead of n stands in other, which has one of
// its own, or is a list of leads: a text begins with its news, not with words
// that anybody may have.
func (p *pair) leadInside(n, other *node, own, others func(news.Passage) text.Span) bool {
	if kept(&n.body, p.o.Passages, own) < mostOfLead && p.firstParagraph(n, own) < mostOfLead {
		return false
	}
	switch other.v.Meta.Kind {
	case news.Roundup, news.NonArticle:
		return p.al.prose >= aSentence
	}
	return p.al.prose >= leastProse && kept(&other.body, p.o.Passages, others) <= otherLead
}

// firstParagraph is how much of the first paragraph of n is prose of the other.
func (p *pair) firstParagraph(n *node, own func(news.Passage) text.Span) float64 {
	for _, s := range n.body.spans {
		if s.Len() < aSentence {
			continue
		}
		in := 0
		for _, x := range p.o.Passages {
			if x.Kind == news.Prose {
				in += own(x).Common(s)
			}
		}
		return share(in, s.Len())
	}
	return 0
}

// wholePage reports whether the texts are equal from end to end: two
// captures of one page, or of pages made of one.
func (p *pair) wholePage() bool {
	inA, inB := 0, 0
	for _, x := range p.o.Passages {
		inA += x.A.Len()
		inB += x.B.Len()
	}
	least := samePage
	if p.al.lenA == 0 && p.al.lenB == 0 {
		least = sameStub
	}
	return float64(inA) >= least*float64(len(p.a.v.Text)) && float64(inB) >= least*float64(len(p.b.v.Text))
}

// sharedRelation tells standing background of one newsroom from words of a
// third.
func (p *pair) sharedRelation(sameWire, dated bool, apart int) (news.Relation, string) {
	if p.leadInside(p.a, p.b, sideA, sideB) || p.leadInside(p.b, p.a, sideB, sideA) {
		return news.Excerpt, "lead-in-other-writing"
	}
	prose, spoken := 0, 0
	for _, x := range p.o.Passages {
		switch x.Kind {
		case news.Prose:
			prose = max(prose, x.A.Len())
		case news.Quotation:
			spoken += x.A.Len()
		}
	}
	switch {
	case prose < leastShared && spoken < leastQuoted:
		return "", ""
	case sameWire && dated && apart >= 1 && prose >= leastShared:
		return news.BackgroundReuse, "same-newsroom-other-day"
	case spoken > 0:
		return news.SharedPassage, "same-words-quoted"
	}
	return news.SharedPassage, "same-phrases"
}
