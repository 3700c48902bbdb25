package corroborate

import (
	"cmp"
	_ "embed"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate"
	"github.com/tracewire/tracewire/internal/text"
)

//go:embed synonyms.txt
var synonymsFile string

//go:embed affiliations.txt
var affiliationsFile string

// synonyms maps a lemma to the name of its class.
var synonyms = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(synonymsFile) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		class, list, _ := strings.Cut(line, ":")
		for w := range strings.FieldsSeq(list) {
			if _, known := out[w]; !known {
				out[w] = class
			}
		}
	}
	return out
})

// affiliations maps the name of a body to the one that stands for it, both
// folded by foldName; the value is the printed name.
var affiliations = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(affiliationsFile) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		head, list, _ := strings.Cut(line, ":")
		out[foldName(head)] = head
		for n := range strings.SplitSeq(list, "|") {
			out[foldName(n)] = head
		}
	}
	return out
})

// foldName makes two printings of a name equal: case, articles and points.
func foldName(s string) string {
	if folded(s) {
		return s
	}
	s = strings.ToLower(strings.ReplaceAll(strings.TrimSpace(s), ".", ""))
	s = strings.ReplaceAll(s, "-", " ")
	return strings.TrimPrefix(s, "the ")
}

// folded reports whether foldName leaves a name as it is; most are asked for
// again and again.
func folded(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'A' && c <= 'Z', c >= 0x80, c == '.', c == '-':
			return false
		}
	}
	return s == "" || s[0] > ' ' && s[len(s)-1] > ' ' && !strings.HasPrefix(s, "the ")
}

// statement is a claim made ready for comparison. What tells two apart most often
// comes first, close together: comparing is mostly waiting for memory.
type statement struct {
	doc int // index into the versions
	// negated is whether its speaker says that it is not so: a negation, or
	// the content of a denial
	negated bool
	opens   bool // its report opens with it
	people  bool // it counts people
	harm    bool // see harm
	toll    bool // see toll
	quoted  bool // words of the speaker stand in quotation marks
	direct  bool // it is nothing but words in quotation marks
	caption bool // a caption's own words: of a moment in a picture
	asks    bool // whether it is so is what it leaves open
	sides   sides
	day     string          // of what it tells: its own date, or that of its sentence when that is long ago
	codes   []coded         // terms, made by weigh
	weight  float64         // sum of the weights of terms
	counts  []news.Quantity // its numbers, with people under one unit
	deed    deed
	terms   []string

	claim      *news.Claim
	restCodes  []coded  // rest, made by weigh
	restWeight float64  // sum of the weights of rest
	parties    []string // everybody named, with the states they can stand for; sorted
	actors     []string // who acts, likewise
	// happens is the terms of the heads of the deed
	happens []string
	target  []string // who or what is blamed, praised or warned; sorted, empty if that is not known
	said    string   // the day on which the text has it said, "" if it does not tell
	words   int
	rest    []string // of terms, those that are neither head nor actor: to whom, where, of what
	cue     string   // of the quote it is taken from, lower case
	told    string   // of one that opens: when its page told it
	tallies []tally  // of one whose numbers may be rivals, made by lookOver
	several bool     // of the same: it counts several happenings together
	ref     news.ClaimRef
}

// termWeights gives each term the logarithm of how rare it is in the thread.
type termWeights map[string]float64

// statements lists the claims of all versions in order, with their terms. full
// is what fullNames makes of them.
func statements(versions []*news.Version, full map[string]string) []statement {
	all := castOf(versions, full)
	first := make([]int, len(versions)+1) // of each version, its place in out
	for d, v := range versions {
		first[d+1] = first[d] + len(v.Claims.Items)
	}
	out := make([]statement, first[len(versions)])
	relate.Each(len(versions), func(d int) { tell(out[first[d]:first[d+1]], versions[d], d, all) })
	openings(versions, out)
	relate.Stretches(len(out), inARow, func(from, to int) {
		for i := from; i < to; i++ {
			s := &out[i]
			s.people, s.harm, s.toll = people(s), harm(s), toll(s)
		}
	})
	return out
}

// inARow is how many statements, or groups of them, one processor takes at a time.
const inARow = 64

// tell puts the claims of version d into out.
func tell(out []statement, v *news.Version, d int, all cast) {
	cues, kinds, said := map[string]string{}, map[string]news.QuoteKind{}, map[string]string{}
	for _, q := range v.Quotes.Items {
		cues[q.ID] = strings.ToLower(q.Cue.Of(v.Text))
		kinds[q.ID], said[q.ID] = q.Kind, q.When.Value
	}
	p := pageOf(v)
	for i := range out {
		c, s := &v.Claims.Items[i], &out[i]
		*s = statement{ref: news.ClaimRef{Doc: v.Name, Claim: c.ID}, claim: c, doc: d}
		ts := tokensIn(v.Tokens, c.Span)
		s.read(ts, &p, all)
		s.day = cmp.Or(c.EventDate, longAgo(v, c.Span))
		s.words = len(strings.Fields(c.Proposition))
		s.cue, s.said = cues[c.Quote], said[c.Quote]
		kind, known := kinds[c.Quote]
		s.quoted, s.direct = known && kind != news.Indirect, known && kind == news.Direct
		s.negated = (c.Frame.Negated && s.deed.negates(ts)) != s.deed.turns(ts, s.cue, s.direct)
		s.caption = !c.Reported && inCaption(v, c.Span)
		s.sides = sidesOf(s)
	}
}

// inCaption reports whether a claim stands in a caption.
func inCaption(v *news.Version, sp text.Span) bool {
	s := sentenceAt(v, sp.Start)
	return s != nil && s.Label == news.Caption
}

// sentenceAt is the first sentence that ends behind a place, nil if none does.
func sentenceAt(v *news.Version, at int) *news.Sentence {
	items := v.Sentences.Items
	i := sort.Search(len(items), func(i int) bool { return items[i].Span.End > at })
	if i == len(items) {
		return nil
	}
	return &items[i]
}

// longAgo is the date of a sentence that tells of old things: "the worst since
// 1937, when a wall broke and 41 people drowned". "" for news.
func longAgo(v *news.Version, sp text.Span) string {
	written := v.Meta.Published.Value
	if len(written) < 7 {
		return ""
	}
	s := sentenceAt(v, sp.Start)
	if s == nil {
		return ""
	}
	old := ""
	for _, t := range v.Timexes.Items {
		if t.Span.Start >= s.Span.End {
			break
		}
		if t.Span.Start < s.Span.Start || t.Type != "DATE" || len(t.Value) < 4 || t.Value[0] < '0' || t.Value[0] > '9' {
			continue
		}
		if !longBefore(t.Value, "", written) {
			return ""
		}
		old = t.Value
	}
	return old
}

// tokensIn are the tokens that begin inside sp.
func tokensIn(ts []news.Token, sp text.Span) []news.Token {
	lo := sort.Search(len(ts), func(i int) bool { return ts[i].Span.Start >= sp.Start })
	hi := lo + sort.Search(len(ts)-lo, func(i int) bool { return ts[lo+i].Span.Start >= sp.End })
	return ts[lo:hi]
}

// read makes the terms of a statement: its names, the classes of what happens,
// and of its other words. Sorted, each once.
func (s *statement) read(ts []news.Token, p *page, people cast) {
	f := &s.claim.Frame
	both := slices.Concat(f.Actors, f.Objects)
	actors, parties := people.who(f.Actors, p.names), people.who(both, p.names)
	s.deed = deedOf(ts)
	s.target = p.after(ts, s.deed, people)
	s.asks = leavesOpen(ts, s.deed)
	for _, id := range parties {
		s.terms = append(s.terms, "@"+id)
	}
	for _, c := range s.deed.all {
		switch {
		case c[0] != '~':
			s.terms = append(s.terms, "="+c)
		case !common[c[1:]]:
			s.terms = append(s.terms, c[1:])
		}
	}
	h := happeningTables()
	for i := range ts {
		w := strings.TrimSuffix(ts[i].Lemma, ".")
		switch ts[i].Tag {
		case news.Noun, news.Adj, news.Name:
			if h.nouns[w] != "" {
				continue // what happens is in deed
			}
		case news.Verb, news.Inf, news.Ing, news.PastPart:
			if w = h.lemma(ts[i]); h.verbs[w] != "" || h.nouns[ts[i].Lower] != "" || light(w) || carries(w) {
				continue
			}
		default:
			continue
		}
		if w = strings.ToLower(w); len(w) < 2 || common[w] || covered(p.told, ts[i].Span) {
			continue
		}
		s.terms = append(s.terms, class(w))
	}
	parts, inRatio := ratios(ts)
	s.terms = append(s.terms, parts...)
	if anotherOne(ts) {
		s.terms = append(s.terms, "=again")
	}
	slices.Sort(s.terms)
	s.terms = slices.Compact(s.terms)
	for _, m := range s.deed.mains {
		if m[0] == '~' {
			s.happens = insert(s.happens, m[1:])
		} else {
			s.happens = insert(s.happens, "="+m)
		}
	}
	s.count(inRatio)
	s.actors, s.parties = people.withStates(f.Actors, actors), people.withStates(both, parties)
	for _, t := range s.terms {
		if _, head := slices.BinarySearch(s.happens, t); !head && !(t[0] == '@' && slices.Contains(s.actors, t[1:])) {
			s.rest = append(s.rest, t)
		}
	}
}

// page is what the claims of one version are read with.
type page struct {
	names map[string]bool // entities that have a name somewhere
	told  []text.Span     // names and times, which compare as such and not by their words; in order
	named []namedAt       // names, in order
}

// namedAt is where a name stands.
type namedAt struct {
	at int // offset
	id string
}

// after is what stands behind the head of a clause, if that is a verb of judging
// somebody: the names and nouns up to the next preposition, which say whom it is
// about.
func (p *page) after(ts []news.Token, d deed, people cast) []string {
	if d.at < 0 || len(d.mains) != 1 || !judges(d.mains[0]) || passive(ts, d.at) {
		return nil
	}
	var out []string
	h := happeningTables()
	for i := d.at + 1; i < len(ts); i++ {
		switch ts[i].Tag {
		case news.Det, news.Adj, news.Poss, news.Num, news.Conj, news.Adv:
			continue
		case news.Name, news.Noun:
		case news.Prep:
			if ts[i].Lower == "of" || ts[i].Lower == "at" && strings.HasPrefix(ts[i-1].Lower, "finger") {
				continue // "pointed the finger at"
			}
			return out
		default:
			return out
		}
		w := ts[i].Lemma
		k, known := slices.BinarySearchFunc(p.named, ts[i].Span.Start, func(n namedAt, at int) int { return cmp.Compare(n.at, at) })
		switch {
		case known:
			out = insert(out, foldName(fullName(p.named[k].id, people.people)))
		case covered(p.told, ts[i].Span), w == "finger":
		case h.nouns[w] != "":
			out = insert(out, "="+h.nouns[w])
		default:
			out = insert(out, class(strings.ToLower(w)))
		}
	}
	return out
}

// leavesOpen reports whether a clause tells of a question: "whether" stands before its
// head, or behind a word for not knowing ("questions arose about whether the board
// will resign").
func leavesOpen(ts []news.Token, d deed) bool {
	const reach = 5 // tokens
	i := slices.IndexFunc(ts, func(t news.Token) bool { return t.Lower == "whether" })
	if i < 0 {
		return false
	}
	return i < d.at || slices.ContainsFunc(ts[max(0, i-reach):i], func(t news.Token) bool {
		switch t.Lemma {
		case "question", "doubt", "unclear", "uncertain", "debate", "speculation", "speculate", "wonder", "unknown":
			return true
		}
		return false
	})
}

// judges lists the classes of verbs that are about somebody.
func judges(class string) bool {
	return class == "blame" || class == "criticize" || class == "praise" || class == "warn" || class == "urge"
}

func pageOf(v *news.Version) page {
	p := page{names: make(map[string]bool, len(v.Entities.Items))}
	for _, e := range v.Entities.Items {
		for _, m := range e.Mentions {
			if !m.Nominal {
				p.names[e.ID] = true
				p.told = append(p.told, m.Span)
				p.named = append(p.named, namedAt{m.Span.Start, e.ID})
			}
		}
	}
	for _, x := range v.Timexes.Items {
		p.told = append(p.told, x.Span)
	}
	slices.SortFunc(p.named, func(a, b namedAt) int { return cmp.Compare(a.at, b.at) })
	slices.SortFunc(p.told, func(a, b text.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	kept := p.told[:0]
	for _, sp := range p.told { // no span inside another
		if n := len(kept); n > 0 && sp.End <= kept[n-1].End {
			continue
		}
		kept = append(kept, sp)
	}
	p.told = kept
	return p
}

// covered reports whether sp lies in one of the spans, which are in order.
func covered(spans []text.Span, sp text.Span) bool {
	i := sort.Search(len(spans), func(i int) bool { return spans[i].End > sp.Start })
	return i < len(spans) && spans[i].Start <= sp.Start
}

// class is the class of a noun or adjective, "=" before it, or the word.
func class(w string) string {
	if c, ok := synonyms()[w]; ok {
		return "=" + c
	}
	if one, ok := strings.CutSuffix(w, "s"); ok { // a plural where a sentence begins
		if c, ok := synonyms()[one]; ok {
			return "=" + c
		}
	}
	return w
}

// insert puts a term into a sorted list that has each once.
func insert(sorted []string, t string) []string {
	i, found := slices.BinarySearch(sorted, t)
	if found {
		return sorted
	}
	return slices.Insert(sorted, i, t)
}

// count adds the numbers of the claim to its terms, with their units. Those that
// are a part of a share are left out.
func (s *statement) count(inRatio func(int) bool) {
	s.counts = slices.DeleteFunc(counted(s), func(q news.Quantity) bool { return inRatio(q.Span.Start) })
	for _, q := range s.counts {
		if q.Unit != "" {
			s.terms = insert(s.terms, fmt.Sprintf("#%g %s", middle(q), q.Unit))
		}
	}
}

// common words carry no news.
var common = map[string]bool{
	"be": true, "been": true, "being": true, "have": true, "having": true, "do": true, "make": true, "take": true, "get": true, "go": true, "come": true, "say": true, "tell": true, "add": true,
	"report": true, "time": true, "day": true, "year": true, "week": true, "people": true, "country": true, "nation": true, "other": true, "such": true,
	"new": true, "last": true, "first": true, "two": true, "many": true, "several": true, "monday": true, "tuesday": true, "wednesday": true,
	"thursday": true, "friday": true, "saturday": true, "sunday": true, "morning": true, "evening": true, "night": true, "official": true, "government": true,
	"leader": true, "president": true, "minister": true, "state": true, "include": true, "use": true, "hold": true, "set": true, "put": true, "issue": true,
}

// weigh counts terms over all statements, and notes in each how much its terms
// weigh.
func weigh(all []statement) termWeights {
	number := map[string]int32{}
	var words []string
	var df []int
	held := 0
	for i := range all {
		held += len(all[i].terms) + len(all[i].rest)
	}
	slab := make([]coded, 0, held)
	cut := func(from int) []coded { return slab[from:len(slab):len(slab)] }
	for i := range all {
		s, from := &all[i], len(slab)
		for _, t := range s.terms {
			k, known := number[t]
			if !known {
				k = int32(len(words))
				number[t] = k
				words, df = append(words, t), append(df, 0)
			}
			df[k]++
			slab = append(slab, coded{id: k})
		}
		s.codes = cut(from)
	}
	order := make([]int32, len(words))
	for k := range order {
		order[k] = int32(k)
	}
	slices.SortFunc(order, func(a, b int32) int { return strings.Compare(words[a], words[b]) })
	rank := make([]int32, len(words))
	for n, k := range order {
		rank[k] = int32(n)
	}
	w := make(termWeights, len(words))
	heft := make([]float64, len(words))
	n := float64(len(all)) + 1
	for k, t := range words {
		// rarer is heavier; what stands in one statement weighs 4 in any thread
		x := 4 * math.Log(n/float64(df[k])) / math.Log(max(n, 3))
		if t[0] == '@' {
			x *= 0.8
		}
		heft[k] = max(x, 0.1)
		w[t] = heft[k]
	}
	for i := range all {
		s := &all[i]
		for k := range s.codes {
			c := &s.codes[k]
			c.id, c.weight = rank[c.id], heft[c.id]
		}
		from, k := len(slab), 0
		for _, t := range s.rest { // which are some of the terms, in order
			for s.terms[k] != t {
				k++
			}
			slab = append(slab, s.codes[k])
		}
		s.restCodes = cut(from)
		s.weight, s.restWeight = max(sumOf(s.codes), 0.1), max(sumOf(s.restCodes), 0.1)
	}
	return w
}

// coded is a term by its place in the order of all terms of a thread, and its weight.
type coded struct {
	id     int32
	weight float64
}

func sumOf(terms []coded) float64 {
	x := 0.0
	for _, t := range terms {
		x += t.weight
	}
	return x
}

// inBoth is the weight that two lists in order have in common, and how many
// terms that are.
func inBoth(a, b []coded) (float64, int) {
	x, n := 0.0, 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch p, q := a[i].id, b[j].id; {
		case p == q:
			x, n = x+a[i].weight, n+1
			i, j = i+1, j+1
		case p < q:
			i++
		default:
			j++
		}
	}
	return x, n
}

func (w termWeights) sum(terms []string) float64 {
	x := 0.0
	for _, t := range terms {
		x += w[t]
	}
	return x
}

// shared is the weight that two sorted term lists have in common, and how many
// terms that are.
func (w termWeights) shared(a, b []string) (float64, int) {
	x, n := 0.0, 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			x, n = x+w[a[i]], n+1
			i, j = i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return x, n
}

// aligned looks up which statements stand in passages that two versions share.
type aligned struct {
	passages map[uint64][]news.Passage // see both
	// of each version, those that share with it, each by one of 256 bits: most
	// that are asked for share nothing
	with [][4]uint64
}

// both is the key of two versions, the first one lower.
func both(a, b int) uint64 { return uint64(a)<<32 | uint64(b) }

func alignments(versions []*news.Version, overlaps []news.Overlap) aligned {
	at := map[string]int{}
	for i, v := range versions {
		at[v.Name] = i
	}
	out := aligned{make(map[uint64][]news.Passage, len(overlaps)), make([][4]uint64, len(versions))}
	for _, o := range overlaps {
		a, okA := at[o.A]
		b, okB := at[o.B]
		if !okA || !okB {
			continue
		}
		ps := o.Passages
		if a > b {
			a, b = b, a
			ps = slices.Clone(ps)
			for i := range ps {
				ps[i].A, ps[i].B = ps[i].B, ps[i].A
			}
		}
		if order := func(x, y news.Passage) int { return cmp.Compare(x.A.Start, y.A.Start) }; !slices.IsSortedFunc(ps, order) {
			ps = slices.Clone(ps)
			slices.SortFunc(ps, order)
		}
		out.passages[both(a, b)] = ps
		out.with[a][b>>6&3] |= 1 << (b & 63)
		out.with[b][a>>6&3] |= 1 << (a & 63)
	}
	return out
}

// meet reports whether two versions may share a passage.
func (al aligned) meet(a, b int) bool {
	return len(al.with) > 0 && al.with[a][b>>6&3]>>(b&63)&1 != 0
}

// same is the share of the shorter statement that is equal text in both.
func (al aligned) same(x, y *statement) float64 {
	if x.doc > y.doc {
		x, y = y, x
	}
	if !al.meet(x.doc, y.doc) {
		return 0
	}
	ps := al.passages[both(x.doc, y.doc)]
	if len(ps) == 0 {
		return 0
	}
	a, b := x.claim.Span, y.claim.Span
	common := 0
	lo := sort.Search(len(ps), func(i int) bool { return ps[i].A.End > a.Start })
	for _, p := range ps[lo:] {
		if p.A.Start >= a.End {
			break
		}
		// the part of the passage inside a, moved to b's side
		in := text.Span{Start: max(p.A.Start, a.Start), End: min(p.A.End, a.End)}
		moved := text.Span{Start: p.B.Start + in.Start - p.A.Start, End: p.B.Start + in.End - p.A.Start}
		common += moved.Common(b)
	}
	return float64(common) / float64(max(1, min(a.Len(), b.Len())))
}
