package gold

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/internal/schema"
	"github.com/tracewire/tracewire/internal/text"
)

// half is how much of the union two spans must share to be the same quote, the
// same part of a line, or the same description.
const half = 0.5

func equal[T comparable](a, b T) bool { return a == b }

func touch(a, b text.Span) bool { return a.Overlaps(b) }

// acceptedPlaces are the places that the readers accept for a key.
func acceptedPlaces(chosen *schema.Span, j judgement, key string) []text.Span {
	var out []text.Span
	for _, s := range accepted(chosen, j, key) {
		out = append(out, place(s))
	}
	return out
}

// stretches returns the lines, or parts of mixed lines, with one of the labels.
func stretches(d document, labels ...string) []text.Span {
	var out []text.Span
	add := func(label string, s *schema.Span) {
		if at := place(s); slices.Contains(labels, label) && !at.Empty() {
			out = append(out, at)
		}
	}
	for _, l := range d.Lines {
		if len(l.Parts) == 0 {
			add(l.Label, l.Span)
		}
		for _, p := range l.Parts {
			add(p.Label, p.Span)
		}
	}
	return out
}

func touchesAny(s text.Span, all []text.Span) bool {
	return slices.ContainsFunc(all, s.Overlaps)
}

func (s *scorer) lines(g, p document) {
	pairs := measure.PairUp(len(g.Lines), len(p.Lines), 0, func(i, j int) float64 { return measure.One(g.Lines[i].Line == p.Lines[j].Line) })
	show := func(l line) string { return s.show(place(l.Span)) }
	m := s.match("lines", gold(g.Lines, optionalLine, show), prog(p.Lines, show), pairs, false)
	check(m, "labels", "label", ofGold,
		func(i int) []string { return accepted(g.Lines[i].Label, g.Lines[i].judgement, "label") },
		func(j int) string { return p.Lines[j].Label }, equal)

	a, b := inked(stretches(g, "body"), s.src), inked(stretches(p, "body"), s.src)
	s.count("lines", "body bytes", measure.Both(shared(a, b), len(a), len(b)))

	s.parts(partsOf(g), partsOf(p))
}

func optionalLine(l line) bool { return l.optional() }

// linePart is a part with the number of its line.
type linePart struct {
	part
	line int
}

func partsOf(d document) []linePart {
	var out []linePart
	for _, l := range d.Lines {
		for _, p := range l.Parts {
			out = append(out, linePart{p, l.Line})
		}
	}
	return out
}

func (s *scorer) parts(g, p []linePart) {
	pairs := measure.PairUp(len(g), len(p), half, func(i, j int) float64 {
		if g[i].line != p[j].line || g[i].Label != p[j].Label {
			return 0
		}
		return measure.OverUnion(place(g[i].Span), place(p[j].Span))
	})
	show := func(l linePart) string { return s.show(place(l.Span)) }
	m := s.match("lines", gold(g, func(l linePart) bool { return l.optional() }, show), prog(p, show), pairs, true)
	m.found("parts", ofBoth)
	check(m, "parts, exact", "span", ofBoth,
		func(i int) []text.Span { return acceptedPlaces(g[i].Span, g[i].judgement, "span") },
		func(j int) text.Span { return place(p[j].Span) },
		func(a, b text.Span) bool { return without(a, s.src, " |\n") == without(b, s.src, " |\n") })
}

func (s *scorer) quotes(g, p document) {
	found := slices.DeleteFunc(slices.Clone(p.Quotes), func(q quote) bool { return place(q.Content).Empty() })
	contents := make([][]text.Span, len(g.Quotes))
	for i, q := range g.Quotes {
		contents[i] = acceptedPlaces(q.Content, q.judgement, "content")
	}
	pairs := measure.PairUp(len(g.Quotes), len(found), half, func(i, j int) float64 {
		return bestOverUnion(contents[i], place(found[j].Content))
	})
	show := func(q quote) string { return s.show(place(q.Content)) }
	m := s.match("quotes", gold(g.Quotes, func(q quote) bool { return q.optional() }, show), prog(found, show), pairs, true)
	m.found("content", ofBoth)
	const marks = "\"“”‘’', \n"
	check(m, "content, exact", "content", ofBoth,
		func(i int) []text.Span { return contents[i] },
		func(j int) text.Span { return place(found[j].Content) },
		func(a, b text.Span) bool { return without(a, s.src, marks) == without(b, s.src, marks) })

	speakers := func(i int) []string { return accepted(g.Quotes[i].SourceID, g.Quotes[i].judgement, "source_id") }
	speaker := func(j int) string { return found[j].SourceID }
	chains := func(i int) [][]string { return accepted(g.Quotes[i].Chain, g.Quotes[i].judgement, "chain") }
	chain := func(j int) []string { return found[j].Chain }
	check(m, "content + speaker", "source_id", ofBoth, speakers, speaker, s.names.same)
	check(m, "content + chain", "chain", ofBoth, chains, chain, s.names.sameChain)
	check(m, "kind", "kind", ofPairs,
		func(i int) []string { return accepted(g.Quotes[i].Kind, g.Quotes[i].judgement, "kind") },
		func(j int) string { return found[j].Kind }, equal)
	check(m, "source span", "source", ofPairs,
		func(i int) []text.Span { return acceptedPlaces(g.Quotes[i].Source, g.Quotes[i].judgement, "source") },
		func(j int) text.Span { return place(found[j].Source) }, touch)
	check(m, "source_id", "source_id", ofPairs, speakers, speaker, s.names.same)
	check(m, "cue span", "cue", ofPairs,
		func(i int) []text.Span { return acceptedPlaces(g.Quotes[i].Cue, g.Quotes[i].judgement, "cue") },
		func(j int) text.Span { return place(found[j].Cue) }, touch)
	check(m, "chain, exact", "chain", ofPairs, chains, chain, s.names.sameChain)
	for _, x := range pairs {
		s.count("quotes", "chain edges", s.bestSteps(chains(x.Gold), chain(x.Prog)))
	}
}

// bestSteps compares the program's chain with the accepted one that it is most
// like.
func (s *scorer) bestSteps(accepted [][]string, chain []string) measure.Count {
	best, bestFit := measure.Count{}, -1.0
	for _, a := range accepted {
		c := s.names.steps(a, chain)
		fit, _ := measure.Ratio(c.Hit, c.Gold+c.Prog)
		if fit > bestFit {
			best, bestFit = c, fit
		}
	}
	return best
}

// occurrence is a mention with what its cluster says of it.
type occurrence struct {
	mention
	id      string // canonical name, of the gold
	cluster string // number of the cluster, of the program
	kind    string // type of the entity
}

func (o occurrence) at() text.Span { return place(&o.Span) }

func occurrences(d document) []occurrence {
	var out []occurrence
	for k, c := range d.Mentions {
		for _, m := range c.Mentions {
			o := occurrence{m, c.ID, strconv.Itoa(k), c.Type}
			o.Also = slices.Concat(m.Also, c.Also)
			out = append(out, o)
		}
	}
	return out
}

var (
	articleAtStart = regexp.MustCompile(`^(?i:(?:the|an?)\s+)?`)
	articleAtEnd   = regexp.MustCompile(`(?i:\b(?:the|an?)\s+)?$`)
)

// reach is how short and how long a program's span for a mention may be: the
// name without its article, to the whole phrase with the article before it.
type reach struct{ least, most text.Span }

func (s *scorer) reach(m mention) reach {
	name, whole := place(&m.Span), m.whole()
	if s.src == "" || name.End > len(s.src) || whole.End > len(s.src) {
		return reach{name, whole}
	}
	const room = 5 // bytes: "the" and white space
	least, most := name, whole
	least.Start += len(articleAtStart.FindString(name.Of(s.src)))
	most.Start -= len(articleAtEnd.FindString(s.src[max(0, whole.Start-room):whole.Start]))
	return reach{least, most}
}

func (r reach) fits(at text.Span) bool {
	return r.most.Start <= at.Start && at.Start <= r.least.Start && r.least.End <= at.End && at.End <= r.most.End
}

func (s *scorer) mentions(g, p document) {
	related := stretches(g, "related")
	found := slices.DeleteFunc(occurrences(p), func(o occurrence) bool {
		return o.at().Empty() || touchesAny(o.at(), related)
	})
	var named, described []occurrence
	for _, o := range occurrences(g) {
		if o.Nominal {
			described = append(described, o)
		} else {
			named = append(named, o)
		}
	}

	// Names first. What they leave over may answer to a description.
	reaches := s.reaches(named)
	pairs := measure.PairUp(len(named), len(found), 0, func(i, j int) float64 {
		if !reaches[i].fits(found[j].at()) {
			return 0
		}
		return measure.OverUnion(named[i].at(), found[j].at())
	})
	_, rest := measure.Unpaired(len(named), len(found), pairs)
	reaches = s.reaches(described)
	more := measure.PairUp(len(described), len(rest), half, func(i, k int) float64 {
		if at := found[rest[k]].at(); !reaches[i].fits(at) {
			return measure.OverUnion(described[i].at(), at)
		}
		return 1
	})

	// Gold descriptions are a selection: one that the program adds is no false
	// alarm, and neither is a name of the program that is one of them.
	neutral := make([]bool, len(found))
	for _, j := range rest {
		neutral[j] = found[j].Nominal
	}
	for k, x := range more {
		more[k].Prog = rest[x.Prog]
		neutral[more[k].Prog] = true
	}
	var judged []occurrence
	number := make([]int, len(found))
	for j, o := range found {
		number[j] = len(judged)
		if !neutral[j] {
			judged = append(judged, o)
		}
	}
	renumbered := slices.Clone(pairs)
	for k, x := range renumbered {
		renumbered[k].Prog = number[x.Prog]
	}

	show := func(o occurrence) string { return s.show(o.at()) }
	optional := func(o occurrence) bool { return o.optional() }
	m := s.match("mentions", gold(named, optional, show), prog(judged, show), renumbered, true)
	m.found("names", ofBoth)
	check(m, "type", "type", ofPairs,
		func(i int) []string { return accepted(named[i].kind, named[i].judgement, "type") },
		func(j int) string { return judged[j].kind }, equal)

	in := s.clusterings(named, described, found, pairs, more)
	recall, precision := measure.BCubed(in, len(in))
	s.count("mentions", "clusters (B-cubed)", measure.Weighted(recall, len(in), precision, len(in)))
	recall, precision = measure.BCubed(in, len(pairs))
	s.count("mentions", "names + clusters", measure.Weighted(recall, m.nGold, precision, len(judged)))

	d := s.match("mentions", gold(described, optional, show), prog(found, show), more, false)
	d.found("nominal recall", ofGold)
}

func (s *scorer) reaches(all []occurrence) []reach {
	out := make([]reach, len(all))
	for i, o := range all {
		out[i] = s.reach(o.mention)
	}
	return out
}

// clusterings returns the clusters of the paired mentions on both sides, names
// first.
func (s *scorer) clusterings(named, described, found []occurrence, pairs, more []measure.Pair) []measure.Clustering {
	var all []measure.Element
	add := func(from []occurrence, pairs []measure.Pair) {
		for _, x := range pairs {
			o := from[x.Gold]
			all = append(all, measure.Element{Gold: accepted(o.id, o.judgement, "id"), Prog: found[x.Prog].cluster})
		}
	}
	add(named, pairs)
	add(described, more)
	out := measure.Settle(all)
	s.explainClusters(out)
	return out
}

// explainClusters notes gold clusters that the program split or joined.
func (s *scorer) explainClusters(in []measure.Clustering) {
	size := map[string]int{}
	progs, golds := map[string]map[string]bool{}, map[string]map[string]bool{}
	var ids []string
	for _, c := range in {
		if size[c.Gold] == 0 {
			ids = append(ids, c.Gold)
			progs[c.Gold] = map[string]bool{}
		}
		if golds[c.Prog] == nil {
			golds[c.Prog] = map[string]bool{}
		}
		size[c.Gold]++
		progs[c.Gold][c.Prog], golds[c.Prog][c.Gold] = true, true
	}
	slices.Sort(ids)
	for _, id := range ids {
		var with []string
		for k := range progs[id] {
			for other := range golds[k] {
				if other != id && !slices.Contains(with, other) {
					with = append(with, other)
				}
			}
		}
		slices.Sort(with)
		if len(progs[id]) > 1 || len(with) > 0 {
			s.problem("mentions", "cluster", "%s (%d mentions) lies in %d clusters, together with %s",
				id, size[id], len(progs[id]), s.look(strings.Join(with, ", ")))
		}
	}
}

func (s *scorer) timexes(g, p document) {
	running := stretches(g, "headline", "body", "caption")
	found := slices.DeleteFunc(slices.Clone(p.Timexes), func(t timex) bool { return !touchesAny(place(t.Span), running) })
	places := make([][]text.Span, len(g.Timexes))
	for i, t := range g.Timexes {
		places[i] = acceptedPlaces(t.Span, t.judgement, "span")
	}
	pairs := measure.PairUp(len(g.Timexes), len(found), 0, func(i, j int) float64 {
		return bestOverUnion(places[i], place(found[j].Span))
	})
	show := func(t timex) string { return s.show(place(t.Span)) }
	m := s.match("timexes", gold(g.Timexes, func(t timex) bool { return t.optional() }, show), prog(found, show), pairs, true)
	values := func(i int) []string { return accepted(g.Timexes[i].Value, g.Timexes[i].judgement, "value") }
	value := func(j int) string { return found[j].Value }
	check(m, "span, strict", "span", ofBoth,
		func(i int) []text.Span { return places[i] },
		func(j int) text.Span { return place(found[j].Span) }, equal)
	m.found("span, relaxed", ofBoth)
	check(m, "span + value", "value", ofBoth, values, value, equal)
	check(m, "type", "type", ofPairs,
		func(i int) []string { return accepted(g.Timexes[i].Type, g.Timexes[i].judgement, "type") },
		func(j int) string { return found[j].Type }, equal)
	check(m, "value", "value", ofPairs, values, value, equal)
}

// claims matches each gold claim with the program's claim that it shares most
// with: readers and programs choose and cut claims differently, so one claim
// of the program may stand for several of the gold, and none is a false alarm.
// It adds to answers which claim of the program stands for which of the gold.
func (s *scorer) claims(g, p document, answers map[schema.Ref]schema.Ref) {
	var found []claim
	for _, c := range p.Claims {
		if !place(c.Span).Empty() {
			found = append(found, c)
		}
	}
	var pairs []measure.Pair
	for i, c := range g.Claims {
		at, best, bestFit := place(c.Span), -1, 0.0
		for j, o := range found {
			to := place(o.Span)
			enough := 2*at.Common(to) >= min(at.Len(), to.Len())
			if fit := measure.OverUnion(at, to); enough && fit > bestFit {
				best, bestFit = j, fit
			}
		}
		if best < 0 {
			continue
		}
		pairs = append(pairs, measure.Pair{Gold: i, Prog: best})
		id := "number " + strconv.Itoa(best)
		if found[best].ID != nil {
			id = *found[best].ID
		}
		answers[schema.Ref{Doc: s.doc, Claim: idOf(c)}] = schema.Ref{Doc: s.doc, Claim: id}
	}
	show := func(c claim) string { return s.show(place(c.Span)) }
	m := s.match("claims", gold(g.Claims, func(c claim) bool { return c.optional() }, show), prog(found, show), pairs, false)
	m.found("covered", ofGold)
	chains := func(i int) [][]string { return accepted(g.Claims[i].Chain, g.Claims[i].judgement, "chain") }
	chain := func(j int) []string { return found[j].Chain }
	check(m, "covered + chain", "chain", ofGold, chains, chain, s.names.sameChain)
	check(m, "status", "status", ofPairs,
		func(i int) []string { return accepted(g.Claims[i].Status, g.Claims[i].judgement, "status") },
		func(j int) string { return found[j].Status }, equal)
	check(m, "chain", "chain", ofPairs, chains, chain, s.names.sameChain)
}

func idOf(c claim) string {
	if c.ID == nil {
		return ""
	}
	return *c.ID
}
