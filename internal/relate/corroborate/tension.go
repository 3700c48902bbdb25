package corroborate

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	mathbits "math/bits"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// Tensions are looked for by named rules. Each needs a typed reason in the
// text (a verb of denial, a negation, a number, a day, a word of contrast):
// that two claims merely differ is none. Two values inside one report and its
// copies pull against nobody.

// search carries what the rules look at.
type search struct {
	groups   []news.Group
	members  [][]*statement
	versions []*news.Version
	ground   *ground
	fam      []int
	tied     map[string]string
	w        termWeights
	group    map[news.ClaimRef]int
	terms    [][]string           // of each group: of all its members
	holders  map[string][]int     // term -> groups
	onPage   map[int][]*statement // of each version: its statements
	unlike   [][]*statement       // of each group: see distinct
	aside    []bool               // of each group: see setAside
	restOn   [][]string           // of each group: see bodies
	voice    []int                // of each group, the same number for the same bodies
	report   []int                // of each group, the family that all its pages are of, or -1
	since    []string             // of each group, the moment of its first telling, "" if unknown
	heads    []bits               // of each group: of all its members
	names    [][]string           // of each version: what it names, sorted
	seen     map[[2]int]bool
	out      []news.Tension
}

func tensions(groups []news.Group, members [][]*statement, ground *ground, w termWeights) []news.Tension {
	s := &search{
		groups: groups, members: members, versions: ground.versions, ground: ground, fam: ground.fam, tied: ground.tied, w: w,
		group: map[news.ClaimRef]int{}, holders: map[string][]int{}, seen: map[[2]int]bool{}, onPage: map[int][]*statement{},
	}
	for i, g := range groups {
		for _, m := range g.Members {
			s.group[m] = i
		}
		var all []string
		for _, st := range members[i] {
			all = append(all, st.terms...)
			s.onPage[st.doc] = append(s.onPage[st.doc], st)
		}
		slices.Sort(all)
		s.terms = append(s.terms, slices.Compact(all))
		for _, t := range s.terms[i] {
			s.holders[t] = append(s.holders[t], i)
		}
	}
	s.lookOver()
	s.reactions()
	s.contrasts()
	s.unverified()
	s.negations()
	s.figures()
	s.allAgainstNone()
	s.opposed()
	s.parts()
	s.leftOpen()
	s.days()
	sort.SliceStable(s.out, func(i, j int) bool {
		a, b := s.out[i], s.out[j]
		if a.A.Group != b.A.Group {
			return a.A.Group < b.A.Group
		}
		return a.B.Group < b.B.Group
	})
	for i := range s.out {
		s.out[i].ID = fmt.Sprintf("t%02d", i+1)
	}
	return s.out
}

// add keeps a tension between two groups once; the first rule decides.
func (s *search) add(a, b int, kind news.TensionKind, rule string, confidence float64, explain string) {
	if a == b || s.seen[[2]int{min(a, b), max(a, b)}] {
		return
	}
	s.seen[[2]int{min(a, b), max(a, b)}] = true
	s.out = append(s.out, news.Tension{
		A: news.Side{Group: s.groups[a].ID}, B: news.Side{Group: s.groups[b].ID}, Kind: kind, Explain: explain,
		Why: news.Why{Rule: rule, Confidence: confidence},
	})
}

// disputing are cues by which a speaker speaks against a statement.
var disputing = map[string]news.TensionKind{
	"denied": news.Denial, "denies": news.Denial, "deny": news.Denial, "rejected": news.Denial, "rejects": news.Denial,
	"dismissed": news.Denial, "dismisses": news.Denial, "refuted": news.Denial, "refutes": news.Denial, "disputed": news.Denial, "disputes": news.Denial,
	"denying": news.Denial, "rejecting": news.Denial, "dismissing": news.Denial, "refuting": news.Denial, "disputing": news.Denial,
	"questioned": news.Doubt, "questions": news.Doubt, "doubted": news.Doubt, "doubts": news.Doubt,
}

// answered is what the groups say to a statement that disputes something, and to
// its like in the same group.
type answered struct {
	who    string   // the one who disputes, folded
	not    bool     // see retort
	terms  []string // what is disputed
	codes  []coded  // of terms
	sum    float64  // of their weights
	named  bool     // somebody is among them
	weight float64
	said   []string   // the classes of it
	groups []int      // that are looked at, in order
	best   int        // the one that shares most with it, -1 if none says it
	told   *statement // of that one, what does
	like   float64    // how much that is
}

// answersTo looks for the group that shares most with what a statement disputes.
// Those that are nested with its own are left out.
func (s *search) answersTo(r *retort, own int, nested map[int]bool) *answered {
	st := r.st
	a := &answered{who: foldName(r.who), not: r.not, best: -1}
	a.terms, a.codes = disputed(r)
	a.sum, a.named = sumOf(a.codes), slices.ContainsFunc(a.terms, isParty)
	a.weight = max(a.sum, 0.1)
	a.said = slices.DeleteFunc(slices.Clone(st.deed.mains), speaks)
	if len(a.said) == 0 {
		a.said = slices.DeleteFunc(slices.Clone(st.deed.all), func(c string) bool { return speaks(c) || occasion(c) })
	}
	for _, j := range s.neighbours(a.terms) {
		if j == own || s.sameVoice(own, j) || s.behind(r.who, j) || s.setAside(j) || nested[j] {
			continue
		}
		a.groups = append(a.groups, j)
		for _, m := range s.distinct(j) {
			if x, ok := s.answers(st, m, a); ok && x/a.weight > a.like {
				a.best, a.told, a.like = j, m, x/a.weight
			}
		}
	}
	return a
}

// nearest returns the group that shares most with what a statement disputes, and
// what in it does; -1 if none says it. What is disputed has mostly just been told on the same page.
func (s *search) nearest(st *statement, a *answered) (int, *statement) {
	best, told, score := a.best, a.told, a.like
	for _, m := range s.onPage[st.doc] {
		if d := st.claim.Span.Start - m.claim.Span.End; d < 0 || d >= 600 {
			continue
		}
		j := s.group[m.ref]
		if _, looked := slices.BinarySearch(a.groups, j); !looked {
			continue
		}
		x, ok := s.answers(st, m, a)
		if like := x/a.weight + 0.15; ok && (like > score || like == score && j < best) {
			best, told, score = j, m, like
		}
	}
	if score < 0.3 {
		return -1, nil
	}
	return best, told
}

// distinct is one statement of each kind in a group, the first, in order: copies
// of one sentence are compared once.
func (s *search) distinct(k int) []*statement { return s.unlike[k] }

// alike appends to b what is equal for statements which clash, answers and
// denies take for the same.
func (s *statement) alike(b []byte) []byte {
	for _, list := range [...][]string{s.terms, s.deed.mains, s.deed.all, s.actors, s.parties, {s.day}} {
		for _, t := range list {
			b = append(append(b, t...), 0)
		}
		b = append(b, 1)
	}
	for _, q := range s.counts {
		b = append(append(b, q.Unit...), 0)
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(q.Low))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(q.High))
	}
	for _, is := range [...]bool{s.negated, s.deed.planned, s.deed.unsure, s.claim.Frame.Negated, s.claim.Hedge != "", s.claim.Frame.Modal == "possible"} {
		b = strconv.AppendBool(b, is)
	}
	return b
}

// answers reports whether m says what st disputes, and how much they share: the
// same happening, told as done or laid to somebody's charge, with a party and
// another thing in common. A plan or a wish is not disputed by it, nor is another
// denial.
func (s *search) answers(st, m *statement, a *answered) (float64, bool) {
	if m.deed.planned && !st.deed.planned && !st.deed.unsure || m.negated != a.not || m.negated != m.claim.Frame.Negated || countsDiffer(st, m) || !datesMeet(st.day, m.day) || slices.ContainsFunc(m.deed.mains, disputes) {
		return 0, false
	}
	if p := m.claim.Proposition; strings.HasPrefix(p, "If ") || strings.HasPrefix(p, "if ") {
		return 0, false
	}
	if len(m.parties) > 0 && a.named && commonParties(st, m) == 0 {
		return 0, false
	}
	x, n := inBoth(a.codes, m.codes)
	if n < 2 && !(n == 1 && len(a.terms) == 1 && slices.Contains(m.parties, a.who)) {
		return 0, false
	}
	charged := accused(m, a.who)
	if len(m.deed.mains) > 0 && m.deed.mains[0] == "charge" && !charged {
		return 0, false
	}
	if overlap(a.said, m.deed.mains) {
		return x, true
	}
	if charged && slices.ContainsFunc(m.deed.all, func(c string) bool { return !occasion(c) && slices.Contains(a.said, c) }) {
		return x, true
	}
	if len(m.deed.mains) > 0 && occasion(m.deed.mains[0]) {
		return 0, false // a meeting in the shadow of a charge
	}
	// it may only name what is denied: "pressure over the meddling"
	return 0.8 * x, n >= 3 && x >= 0.5*min(a.sum, m.weight) && sharedWords(a.terms, m.terms) >= 3
}

// accused reports whether m lays something to somebody's charge. That some of a
// state's officers were indicted is not what the state denies; who is charged
// himself denies that.
func accused(m *statement, who string) bool {
	if len(m.deed.mains) == 0 {
		return false
	}
	switch m.deed.mains[0] {
	case "blame":
		return true
	case "charge":
		f := &m.claim.Frame
		whom := len(f.Objects) > 0 && foldName(f.Objects[0]) == who || len(f.Actors) == 1 && foldName(f.Actors[0]) == who
		return whom && !slices.ContainsFunc(f.Places, func(p string) bool { return foldName(p) == who })
	}
	return false
}

// isParty reports whether a term is somebody named.
func isParty(term string) bool { return term[0] == '@' }

// sharedWords is how many terms two sorted lists share that are nobody's name.
func sharedWords(a, b []string) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch strings.Compare(a[i], b[j]) {
		case 0:
			if !isParty(a[i]) {
				n++
			}
			i, j = i+1, j+1
		case -1:
			i++
		default:
			j++
		}
	}
	return n
}

// disputed is the terms of what a statement disputes: without the one who
// disputes it, and without the disputing.
func disputed(r *retort) (terms []string, codes []coded) {
	st, voice := r.st, "@"+foldName(r.who)
	clause := slices.ContainsFunc(st.deed.mains, disputes) // "Ada Lind denied that …"
	for k, t := range st.terms {
		if t == "=deny" || t == "=doubt" || t == "=reject" || t == "true" || t == "false" || t == voice || clause && t[0] == '@' && slices.Contains(st.actors, t[1:]) {
			continue
		}
		terms, codes = append(terms, t), append(codes, st.codes[k])
	}
	return terms, codes
}

// occasion lists the classes that a charge can name without being of it.
func occasion(class string) bool {
	switch class {
	case "elect", "meet", "investigate", "speak", "charge":
		return true
	}
	return false
}

// setsAside reports whether a statement that takes nothing back says of a part
// that it is not meant: "blamed the ministry, and not the meddling".
func setsAside(st *statement) bool {
	return !st.negated && strings.Contains(st.claim.Proposition, " not ")
}

// setAside reports whether a statement of a group sets something aside.
func (s *search) setAside(k int) bool { return s.aside[k] }

// nested is the groups of which a statement stands inside one of group i, or the
// other way round: "denied any breach and said in turn that others …".
func (s *search) nested(i int) map[int]bool {
	out := map[int]bool{}
	for _, x := range s.members[i] {
		for _, y := range s.onPage[x.doc] {
			if x.claim.Span.Overlaps(y.claim.Span) {
				out[s.group[y.ref]] = true
			}
		}
	}
	return out
}

// disputes lists the classes of verbs by which something is disputed.
func disputes(class string) bool {
	return class == "deny" || class == "doubt" || class == "reject"
}

// speaks lists the classes of verbs that a statement may have around what it
// disputes: "dismissed accusations of interference", "sought to skew".
func speaks(class string) bool {
	return disputes(class) || class == "blame" || opens(class) || class == "respond" || class == "occur"
}

// mostHold is how many groups may hold a term, and mostCount how many may count
// things of a unit, that are all looked at: in threads of thousands the work would
// grow with the square.
const (
	mostHold  = 128
	mostCount = 256
)

// neighbours are the groups that hold one of the rarer terms.
func (s *search) neighbours(terms []string) []int {
	set, n := make([]uint64, (len(s.groups)+63)/64), 0
	for _, t := range terms {
		if h := s.holders[t]; len(h) <= min(max(blockAt, len(s.groups)/50), mostHold) {
			for _, j := range h {
				set[j/64] |= 1 << (j % 64)
			}
			n += len(h)
		}
	}
	out := make([]int, 0, min(n, len(s.groups)))
	for k, w := range set {
		for ; w != 0; w &= w - 1 {
			out = append(out, 64*k+mathbits.TrailingZeros64(w))
		}
	}
	return out
}

// sameVoice reports whether both groups rest on nothing but the same bodies.
func (s *search) sameVoice(i, j int) bool { return s.voice[i] == s.voice[j] }

// contrasts: a sentence that begins with "However" or "But" and gives another
// voice than the sentence before it, on the same matter.
func (s *search) contrasts() {
	for d, v := range s.versions {
		claims := v.Claims.Items
		items := v.Sentences.Items
		for k := 1; k < len(items); k++ {
			if items[k].Label != news.Body || !contrasting(v, items[k]) {
				continue
			}
			leads := s.leads(v, items[k])
			now := claimsIn(claims, items[k].Span)
			before := claimsIn(claims, items[k-1].Span)
			for p := k - 2; len(before) == 0 && p >= 0 && p >= k-3; p-- {
				before = claimsIn(claims, items[p].Span)
			}
			s.contrast(d, before, now, leads)
		}
	}
}

// leads reports whether the word of contrast is the first of the sentence.
func (s *search) leads(v *news.Version, sentence news.Sentence) bool {
	w := v.Tokens[sentence.First].Lower
	return w == "but" || w == "however" || w == "yet"
}

func (s *search) contrast(doc int, before, now []*news.Claim, leads bool) {
	name := s.versions[doc].Name
	for _, b := range now {
		gb, okB := s.group[news.ClaimRef{Doc: name, Claim: b.ID}]
		for _, a := range before {
			ga, okA := s.group[news.ClaimRef{Doc: name, Claim: a.ID}]
			if !okA || !okB || last(a.Chain) == last(b.Chain) || a.Reported && !somebody(last(a.Chain)) || b.Reported && !somebody(last(b.Chain)) || s.oneMouth(ga, gb) || namesakes(last(a.Chain), last(b.Chain)) || a.Frame.Negated && b.Frame.Negated || !a.Reported || !b.Reported && !s.unconfirmed(gb) {
				continue // what a page tells beside a statement need not be against it
			}
			x, n := s.w.shared(things(s.terms[ga]), things(s.terms[gb]))
			if x < 1.5 {
				n = 0
			}
			if others(last(b.Chain)) && leads && strings.HasPrefix(last(a.Chain), "unnamed ") {
				n++ // "Many say A. But others say B."
			}
			if n > 0 && !s.turnsAgainst(ga, gb) && !others(last(b.Chain)) {
				n = 0 // "but" joins what is surprising beside the other, too
			}
			if n == 0 && !(b.Frame.Negated && leads && (s.unconfirmed(gb) || s.related(ga, gb))) && !(b.Frame.Negated && overlap(append(a.Frame.Actors, a.Frame.Objects...), append(b.Frame.Actors, b.Frame.Objects...))) {
				continue
			}
			s.add(ga, gb, news.Doubt, "a word of contrast", 0.6, fmt.Sprintf("%s against %s: the text sets the one against the other", last(b.Chain), last(a.Chain)))
			return // one pair of voices, one tension
		}
	}
}

// turnsAgainst reports whether one of two groups says that something is not so, falls
// short or is disputed, and the other does not.
func (s *search) turnsAgainst(i, j int) bool {
	against := func(m *statement) bool {
		return m.negated || slices.ContainsFunc(m.deed.all, func(c string) bool { return disputes(c) || c == "criticize" || c == "oppose" }) ||
			slices.ContainsFunc(s.tokens(m), func(t news.Token) bool { return denies(t) || fallsShort[t.Lemma] || fallsShort[t.Lower] })
	}
	return against(s.members[i][0]) != against(s.members[j][0])
}

// fallsShort are words for what is less than was said.
var fallsShort = map[string]bool{
	"slow": true, "late": true, "delay": true, "delayed": true, "little": true, "few": true, "fewer": true, "insufficient": true, "inadequate": true, "scarce": true, "lack": true, "lacking": true, "fail": true, "failed": true, "without": true, "shortage": true,
	"wrong": true, "false": true, "misleading": true, "inaccurate": true, "exaggerate": true, "exaggerated": true, "overstate": true, "overstated": true, "untrue": true, "unfounded": true, "baseless": true,
}

// related reports whether two groups tell of happenings that can be of one
// thing, or share a word.
func (s *search) related(i, j int) bool {
	near := happeningTables().near
	for _, x := range s.members[i] {
		for _, y := range s.members[j] {
			for _, a := range x.deed.all {
				if slices.ContainsFunc(y.deed.all, func(b string) bool { return a == b || near[[2]string{a, b}] || a == "invite" && b == "visit" }) {
					return true
				}
			}
			if _, n := s.w.shared(termsBut(x.terms), termsBut(y.terms)); n > 0 {
				return true
			}
		}
	}
	return false
}

// unconfirmed reports whether a group says that something did not happen or was
// not confirmed.
func (s *search) unconfirmed(k int) bool {
	m := s.members[k][0]
	return m.negated && slices.ContainsFunc(m.deed.mains, func(c string) bool { return c == "confirm" || c == "respond" || c == "agree" })
}

// others reports whether a source is named as the other side of one before it.
func others(name string) bool {
	return strings.HasPrefix(name, "other ") || strings.HasSuffix(name, " others") || name == "others"
}

// things is the terms that are neither a name nor a way of speaking: two who
// denounce something may each denounce another thing.
func things(terms []string) []string {
	return slices.DeleteFunc(termsBut(terms), func(t string) bool {
		switch t {
		case "=criticize", "=praise", "=blame", "=support", "=pledge", "=urge", "=warn", "=announce", "=speak", "=seek", "=deny", "=reject", "=doubt", "=expect", "=fear":
			return true
		}
		return false
	})
}

// termsBut leaves out entities, which a whole thread shares.
func termsBut(terms []string) []string {
	var out []string
	for _, t := range terms {
		if t[0] != '@' {
			out = append(out, t)
		}
	}
	return out
}

func contrasting(v *news.Version, s news.Sentence) bool {
	for i := s.First; i < s.Last && i < s.First+3; i++ {
		switch v.Tokens[i].Lower {
		case "but", "however", "yet", "nevertheless", "nonetheless", "still", "contrary":
			return true
		}
	}
	for i := max(s.First, s.Last-4); i < s.Last; i++ {
		if v.Tokens[i].Lower == "however" {
			return true
		}
	}
	return false
}

func claimsIn(claims []news.Claim, s text.Span) []*news.Claim {
	var out []*news.Claim
	for i := range claims {
		if claims[i].Span.Start >= s.Start && claims[i].Span.End <= s.End {
			out = append(out, &claims[i])
		}
	}
	return out
}

// unverified: the page says of what stands beside it that nobody could check.
func (s *search) unverified() {
	doubted := map[int]bool{}
	for _, v := range s.versions {
		claims := v.Claims.Items
		for i := range claims {
			c := &claims[i]
			if c.Reported || !c.Frame.Negated || !unchecked(c) {
				continue
			}
			if !ownDoing(c, s.members, s.group[news.ClaimRef{Doc: v.Name, Claim: c.ID}]) {
				continue // "the ministry did not confirm it" is no doubt of the page's
			}
			// the claim before it, of another voice
			for j := i - 1; j >= 0 && j >= i-3; j-- {
				a, okA := s.group[news.ClaimRef{Doc: v.Name, Claim: claims[j].ID}]
				b, okB := s.group[news.ClaimRef{Doc: v.Name, Claim: c.ID}]
				if okA && okB && !doubted[a] && claims[j].Reported && !slices.Equal(claims[j].Chain, c.Chain) {
					doubted[a] = true
					s.add(a, b, news.Doubt, "not verified", 0.6, fmt.Sprintf("%s could not verify what %s says", last(c.Chain), last(claims[j].Chain)))
					break
				}
			}
		}
	}
}

// unchecked reports whether a claim tells that something could not be verified, or
// that no independent observers saw it.
func unchecked(c *news.Claim) bool {
	if slices.ContainsFunc(c.Frame.Predicates, func(p string) bool { return p == "verify" || p == "confirm" || p == "corroborate" }) {
		return true
	}
	return slices.Contains(c.Frame.Words, "independent") && slices.ContainsFunc(c.Frame.Words, func(w string) bool {
		return w == "journalist" || w == "reporter" || w == "observer" || w == "monitor" || w == "media" || w == "verification" || w == "confirmation" || w == "account" || w == "evidence"
	})
}

// ownDoing reports whether nobody is named as the one who could not verify, or
// the page names itself.
func ownDoing(c *news.Claim, members [][]*statement, group int) bool {
	for _, st := range members[group] {
		if st.claim != c {
			continue
		}
		for _, a := range st.actors {
			if !slices.ContainsFunc(c.Chain, func(n string) bool { return strings.Contains(foldName(n), a) }) {
				return false
			}
		}
	}
	return true
}

// negations: one group denies what another says, with the same head, of the
// same parties, by another voice. What was not so on one day and is on the next is
// news.
func (s *search) negations() {
	for _, x := range ofEach(len(s.groups), s.negationOf) {
		s.add(x.i, x.j, x.kind, "one says not", 0.5, x.explain)
	}
}

// negationOf is negations, of group i.
func (s *search) negationOf(i int) []opposing {
	st := s.members[i][0]
	if !st.negated || st.deed.unsure || st.claim.Frame.Modal == "possible" || opensWhether(st) || !flat(st, s.tokens(st)) {
		return nil
	}
	best, most := -1, 0.0
	for _, j := range s.neighbours(s.terms[i]) {
		if j == i || s.members[j][0].negated || s.oneReport(i, j) && !s.onePage(i, j) || s.oneBody(i, j) || s.later(j, i) || !s.denies(i, j) {
			continue
		}
		// of all that speak of the thing, what shares most with the denial
		if x, _ := s.w.shared(termsBut(s.terms[i]), termsBut(s.terms[j])); x > most {
			best, most = j, x
		}
	}
	if best < 0 {
		return nil
	}
	return []opposing{{i, best, news.Denial, fmt.Sprintf("%s: %s. %s: %s", join(s.groups[i].Origins), s.groups[i].Proposition, join(s.groups[best].Origins), s.groups[best].Proposition)}}
}

// tokens is the tokens of a statement.
func (s *search) tokens(st *statement) []news.Token {
	return tokensIn(s.versions[st.doc].Tokens, st.claim.Span)
}

// regards lists the classes of verbs that tell what somebody thinks of a thing.
func regards(class string) bool {
	return disputes(class) || class == "expect" || class == "fear" || class == "speculate"
}

// opensWhether reports whether a statement says of something that it is not known
// or settled.
func opensWhether(st *statement) bool {
	return strings.Contains(" "+strings.ToLower(st.claim.Proposition)+" ", " whether ")
}

// denies reports whether what group i negates is what group j says: the
// negated head with two words in common and every name that the denial has, or
// the thing of which there is "none" when that is rare in the thread.
func (s *search) denies(i, j int) bool {
	st := s.members[i][0]
	if len(st.claim.Frame.Words) > 0 && strings.HasPrefix(strings.ToLower(st.claim.Proposition), "no ") && s.members[j][0].claim.Hedge == "" {
		word := noThing(s.tokens(st))
		thing := class(word)
		if c := happeningTables().nouns[word]; c != "" {
			thing = "=" + c
		}
		_, n := s.w.shared(termsBut(st.terms), termsBut(s.members[j][0].terms))
		all, _ := inBoth(st.codes, s.members[j][0].codes)
		if n >= 2 && share(all, st, s.members[j][0]) >= 0.3 && has([]string{thing}, s.members[j][0].terms) && s.w[thing] >= 1.5 && s.named(st, s.members[j][0]) && !tried(s.tokens(s.members[j][0])) && s.members[j][0].claim.Frame.Modal != "possible" {
			return true
		}
	}
	if st.sides.heads.apart(s.heads[j]) {
		return false
	}
	for _, m := range s.distinct(j) {
		if st.sides.heads.apart(m.sides.heads) || m.claim.Frame.Negated || m.claim.Hedge != "" || m.deed.planned != st.deed.planned || m.deed.unsure || m.claim.Frame.Modal == "possible" || !s.named(st, m) || tried(s.tokens(m)) || !datesMeet(st.day, m.day) || otherTime(s.tokens(st), s.tokens(m)) {
			continue
		}
		if len(st.actors) > 0 && len(m.actors) > 0 && commonActors(st, m) == 0 {
			continue
		}
		if head := commonHead(st, m); head == "" || opens(head) || regards(head) {
			continue // two may wish, expect or deny different things
		}
		x, n := inBoth(st.codes, m.codes)
		least := 2
		if len(st.parties) == 0 && (share(x, st, m) < 0.7 || x < few) {
			least = 3 // nobody is named to whom it is bound
		}
		if share := share(x, st, m); (n >= 3 && share >= 0.5 || share >= 0.7) && sharedWords(st.terms, m.terms) >= least && s.isAbout(m, ofWhom(s.tokens(st))) {
			return true
		}
	}
	return false
}

// isAbout reports whether a statement has a name before its head, or none is asked for.
func (s *search) isAbout(st *statement, name string) bool {
	ts := s.tokens(st)
	if at := st.deed.at; at > 0 && at < len(ts) {
		ts = ts[:at]
	}
	return name == "" || slices.ContainsFunc(ts, func(t news.Token) bool { return t.Lower == name })
}

// share is which part of the lighter of two statements the weight x is.
func share(x float64, a, b *statement) float64 { return x / min(a.weight, b.weight) }

// noThing is the noun of which a statement that begins with "no" says there is
// none: "no dollar figures" is about figures.
func noThing(ts []news.Token) string {
	word := ""
	for _, t := range ts[min(1, len(ts)):] {
		if t.Tag == news.Noun {
			word = t.Lemma
		} else if word != "" || t.Tag != news.Adj && t.Tag != news.PastPart && t.Tag != news.Name {
			break
		}
	}
	return word
}

// named reports whether everybody named in st is named in m, too.
func (s *search) named(st, m *statement) bool {
	for k, t := range st.terms {
		if !isParty(t) {
			continue
		}
		if _, both := slices.BinarySearchFunc(m.codes, st.codes[k].id, func(c coded, id int32) int { return cmp.Compare(c.id, id) }); !both {
			return false
		}
	}
	return true
}

func actorsMeet(a, b *statement) bool {
	return overlap(a.claim.Frame.Actors, b.claim.Frame.Actors)
}

// oneReport reports whether all pages of both groups hold one report.
func (s *search) oneReport(i, j int) bool { return s.report[i] >= 0 && s.report[i] == s.report[j] }

// onePage reports whether both groups stand on one and the same page: there two
// speakers may well contradict each other.
func (s *search) onePage(i, j int) bool {
	for _, x := range s.members[i] {
		for _, y := range s.members[j] {
			if x.doc != y.doc {
				return false
			}
		}
	}
	return true
}

func firstDay(members []*statement) string {
	for _, st := range members {
		if len(st.claim.EventDate) >= 10 && !strings.Contains(st.claim.EventDate, "/") {
			return st.claim.EventDate[:10]
		}
	}
	return ""
}

func last(chain []string) string {
	if len(chain) == 0 {
		return "an unnamed source"
	}
	return chain[len(chain)-1]
}

func join(names []string) string {
	if len(names) > 1 {
		names = slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == unknown })
	}
	if len(names) > 2 {
		return strings.Join(names[:2], ", ") + " and others"
	}
	return strings.Join(names, " and ")
}
