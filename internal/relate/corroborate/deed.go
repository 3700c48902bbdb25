package corroborate

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/tracewire/tracewire/internal/news"
)

//go:embed happenings.txt
var happeningsFile string

// phrase is words in a row that name a happening; "~" is a gap.
type phrase struct {
	words []string
	class string
}

// happenings is happenings.txt made ready for reading.
type happenings struct {
	verbs, nouns map[string]string
	phrases      map[string][]phrase // by first word, longest first
	near         map[[2]string]bool  // pairs of classes that can tell of one thing
	kin          map[[2]string]bool  // pairs of classes with which reports of one story open
	nearBits     map[string]bits     // class -> the classes that are near to it
}

var happeningTables = sync.OnceValue(func() *happenings {
	h := &happenings{map[string]string{}, map[string]string{}, map[string][]phrase{}, map[[2]string]bool{}, map[[2]string]bool{}, map[string]bits{}}
	for line := range strings.Lines(happeningsFile) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		class, list, _ := strings.Cut(line, ":")
		if class == "near" || class == "kin" {
			pairs := h.near
			if class == "kin" {
				pairs = h.kin
			}
			for a := range strings.FieldsSeq(list) {
				for b := range strings.FieldsSeq(list) {
					pairs[[2]string{a, b}] = true
				}
			}
			continue
		}
		parts := strings.SplitN(list, ";", 3)
		for k, into := range []map[string]string{h.verbs, h.nouns} {
			for w := range strings.FieldsSeq(parts[min(k, len(parts)-1)]) {
				if _, known := into[w]; !known && k < len(parts) {
					into[w] = class
				}
			}
		}
		if len(parts) < 3 {
			continue
		}
		for p := range strings.SplitSeq(parts[2], ",") {
			if words := strings.Fields(p); len(words) > 0 {
				h.phrases[words[0]] = append(h.phrases[words[0]], phrase{words, class})
			}
		}
	}
	for pair := range h.near {
		h.nearBits[pair[0]] |= bitOf(pair[1])
	}
	for _, ps := range h.phrases {
		slices.SortStableFunc(ps, func(a, b phrase) int { return len(b.words) - len(a.words) })
	}
	return h
})

// deed is what a statement says happened.
type deed struct {
	mains   []string // classes of the head verb, and of one joined to it by "and"
	all     []string // classes of everything in the statement that happens, sorted
	planned bool     // it is still to come
	unsure  bool     // it may, could or would happen
	at      int      // the token of the head, -1 if there is none
	phrases [][2]int // where phrases of more than one word stand
}

// hit is a word or phrase that names a happening.
type hit struct {
	at, end int
	class   string
	verb    bool
	adj     bool // "stolen data": it happened, but is not what the statement tells
}

// deedOf reads tokens. A verb without content of its own ("held", "made",
// "plans to") hands on to what follows it; a verb that only tells that
// something lasted, grew or was said hands on to its subject or its words. A
// head verb that no class has stands for itself, as "~lemma".
func deedOf(ts []news.Token) deed {
	h := happeningTables()
	d := deed{at: -1}
	var hits []hit
	for i := 0; i < len(ts); {
		if p, end := h.phraseAt(ts, i); p != nil {
			hits = append(hits, hit{at: i, end: end, class: p.class, verb: true})
			d.phrases = append(d.phrases, [2]int{i, end})
			i = end
			continue
		}
		switch ts[i].Tag {
		case news.Verb, news.Inf, news.Ing, news.PastPart:
			if ts[i].Tag == news.Ing && adjectival(ts, i) && (i == 0 || ts[i-1].Tag != news.Prep) && (i == 0 || h.nouns[ts[i+1].Lemma] != "") {
				break // "growing concerns"
			}
			if c := h.verbs[h.lemma(ts[i])]; c != "" {
				adj := ts[i].Tag == news.PastPart && adjectival(ts, i)
				hits = append(hits, hit{at: i, end: i + 1, class: c, verb: !adj, adj: adj})
			} else if c := h.nouns[ts[i].Lower]; c != "" {
				hits = append(hits, hit{at: i, end: i + 1, class: c})
			}
		case news.Noun, news.Adj: // "nine dead", too
			if c := h.nouns[ts[i].Lemma]; c != "" {
				hits = append(hits, hit{at: i, end: i + 1, class: c})
			} else if c := h.verbs[ts[i].Lemma]; c != "" && i > 1 && ts[i-1].Lower == "to" && (ts[i-2].Tag == news.Verb || ts[i-2].Tag == news.Noun || ts[i-2].Tag == news.Adj) {
				// "attempted to meddle": the tagger knows fewer verbs than the table
				hits = append(hits, hit{at: i, end: i + 1, class: c, verb: true})
			} else if c := h.verbs[ts[i].Lower]; c != "" && i > 0 && be(ts[i-1]) == "be" && !adjectival(ts, i) {
				// "would be shut", "was hit": one form for all
				hits = append(hits, hit{at: i, end: i + 1, class: c, verb: true})
			}
		}
		i++
	}
	for _, x := range hits {
		if x.class != "-" && x.class != "occur" {
			d.all = append(d.all, x.class)
		}
	}
	d.head(ts, hits)
	for i, t := range ts {
		// "is to resign", "are to meet", "is likely to try"
		if t.Tag == news.To && i > 0 && (be(ts[i-1]) == "be" || comes(ts[i-1].Lower)) && i-1 <= d.at {
			d.planned = true
		}
	}
	d.all = append(d.all, d.mains...)
	slices.Sort(d.all)
	d.all = slices.Compact(d.all)
	return d
}

// lemma is the base form of a verb. One that the tagger has no base form of
// loses its ending.
func (h *happenings) lemma(t news.Token) string {
	w := t.Lemma
	if h.verbs[w] != "" || len(w) < 5 {
		return w
	}
	if h.verbs[w+"e"] != "" { // "meddl"
		return w + "e"
	}
	base, ok := strings.CutSuffix(w, "ed")
	if !ok {
		if base, ok = strings.CutSuffix(w, "ing"); !ok {
			return w
		}
	}
	n := len(base)
	for _, b := range [...]string{base, base + "e", base[:n-1]} {
		if h.verbs[b] != "" && (b != base[:n-1] || n > 2 && base[n-1] == base[n-2]) {
			return b
		}
	}
	return base
}

// adjectival reports whether the participle at i stands before a noun and
// describes it: "armored train", "advanced weapons".
func adjectival(ts []news.Token, i int) bool {
	return i+1 < len(ts) && (ts[i+1].Tag == news.Noun || ts[i+1].Tag == news.Adj) && (i == 0 || ts[i-1].Tag != news.Aux && ts[i-1].Tag != news.Noun && ts[i-1].Tag != news.Name)
}

// comes lists the words before "to" that put a deed into the future.
func comes(w string) bool {
	switch w {
	case "likely", "ready", "set", "about", "due", "poised", "slated":
		return true
	}
	return false
}

// asTime reports whether the noun at i tells when something else happened: "hours
// before the summit, he wrote", "on the eve of the vote".
func asTime(ts []news.Token, i int) bool {
	if ts[i].Tag == news.Verb {
		return false
	}
	for k := i - 1; k >= 0 && k > i-10; k-- {
		switch ts[k].Tag {
		case news.Verb, news.Aux, news.Modal:
			return false
		case news.Punct:
			return false
		}
		switch ts[k].Lower {
		case "before", "after", "ahead", "eve", "during", "amid", "since", "until", "following", "into":
			return true
		}
	}
	return false
}

// ownVerb is the infinitive between two tokens that has a content of its own and
// no class, 0 if there is none.
func ownVerb(ts []news.Token, hits []hit, from, to int) int {
	for k := from; k < to; k++ {
		if _, known := verbAt(hits, k); ts[k].Tag == news.Inf && !known && !light(ts[k].Lemma) && !carries(ts[k].Lemma) && be(ts[k]) == ts[k].Lemma {
			return k
		}
	}
	return 0
}

// toAfter is the token after the first "to" of an infinitive that follows i, 0 if
// there is none.
func toAfter(ts []news.Token, i int) int {
	for k := i + 1; k < len(ts); k++ {
		if ts[k].Tag == news.To {
			return k + 1
		}
	}
	return 0
}

// describes reports whether the verb at i describes the noun beside it and the
// verb of the clause follows: "was in advanced talks", "a bus packed with pupils
// overturned".
func describes(ts []news.Token, i int) bool {
	if ts[i].Tag == news.PastPart && adjectival(ts, i) {
		return true
	}
	if ts[i].Tag == news.Verb && i > 0 && i+1 < len(ts) && (ts[i+1].Tag == news.Modal || be(ts[i+1]) == "be" && ts[i+1].Tag == news.Aux) {
		return true // "a third of the stores will": a noun after all
	}
	if ts[i].Tag != news.Verb && ts[i].Tag != news.PastPart || i == 0 || i+1 >= len(ts) || ts[i-1].Tag != news.Noun || ts[i+1].Tag != news.Prep || !strings.HasSuffix(ts[i].Lower, "ed") {
		return false
	}
	for k := i + 2; k < len(ts); k++ {
		switch ts[k].Tag {
		case news.Verb, news.Aux:
			return ts[k-1].Tag == news.Noun || ts[k-1].Tag == news.Name || ts[k-1].Tag == news.Adv
		case news.Punct, news.Conj, news.Sub, news.To, news.Pronoun, news.Modal, news.Open, news.Close:
			return false
		}
		switch ts[k].Lower {
		case "who", "which", "that", "what", "when", "where", "as", "after", "before":
			return false
		}
	}
	return false
}

// head finds the classes of the head verb.
func (d *deed) head(ts []news.Token, hits []hit) {
	is := func(x hit) { d.mains, d.at = append(d.mains, x.class), x.at }
	after := func(i int) (hit, bool) {
		for _, x := range hits {
			if x.at >= i && x.class != "-" && !x.adj {
				return x, true
			}
		}
		return hit{}, false
	}
	before := func(i int) (hit, bool) {
		for _, x := range hits {
			if x.end <= i && x.class != "-" && !x.adj && !asTime(ts, x.at) {
				return x, true
			}
		}
		return hit{}, false
	}
	at := -1
	for i, t := range ts[pictured(ts):] {
		i += pictured(ts)
		if t.Tag == news.Verb || t.Tag == news.Aux || t.Tag == news.Modal {
			at = i
			break
		}
	}
	if at < 0 && pictured(ts) > 0 {
		if x, ok := after(pictured(ts)); ok {
			is(x)
		}
		return
	}
	if at < 0 { // a phrase: "his trip to the coast", "killing nine"
		for _, t := range ts {
			d.aspect(t)
		}
		if x, ok := after(0); ok {
			if y, ok := after(x.end); ok && x.verb && d.handsOn(x, y, ts) {
				x = y
			}
			is(x)
		}
		return
	}
	for i := at; i < len(ts); i++ {
		t := ts[i]
		d.aspect(t)
		if describes(ts, i) {
			at = i + 1
			continue
		}
		if x, ok := verbAt(hits, i); ok {
			if x.class == "-" {
				continue
			}
			if _, more := after(x.end); x.class == "occur" || measures(t.Lemma) || !more && x.class == "begin" {
				if y, ok := before(at); ok {
					is(y)
					return
				}
			}
			if y, ok := after(x.end); ok && d.handsOn(x, y, ts) {
				d.aspects(ts[x.end:y.at])
				is(y)
				return
			}
			is(x)
			d.joined(ts, hits, x.end)
			return
		}
		switch t.Tag {
		case news.Verb, news.Inf, news.Ing, news.PastPart:
			w := be(t)
			switch {
			case w == "be" || w == "have" || w == "do":
				if x, ok := before(at); ok && !verbFollows(ts, i) {
					is(x)
					return
				}
				continue
			case carries(w):
				if x, ok := before(at); ok {
					is(x)
					if y, ok := after(i); ok && !leavesOut(ts, i) {
						d.mains = append(d.mains, y.class)
					}
					return
				}
			}
			if leavesOut(ts, i) {
				is(hit{at: i, class: "~include"})
				return
			}
			if light(w) || carries(w) {
				from := i + 1
				if w == "use" { // "used the summit to protest"
					from = max(from, toAfter(ts, i))
				}
				x, ok := after(from)
				if k := ownVerb(ts, hits, i+1, x.at); ok && k > 0 { // "wants to confront X over the attack"
					d.aspects(ts[i:k])
					is(hit{at: k, class: "~" + happeningTables().lemma(ts[k])})
					return
				}
				if ok && (x.at-from < 8 || tells(w)) {
					d.aspects(ts[i:x.at])
					is(x)
					return
				}
				if x, ok := before(at); ok {
					d.aspects(ts[i:])
					is(x)
					return
				}
			}
			if d.at = i; !light(w) && !carries(w) {
				is(hit{at: i, class: "~" + happeningTables().lemma(t)})
			}
			return
		}
	}
	// "is due", "was the deadliest": no verb but be
	if x, ok := before(at); ok {
		is(x)
	} else if x, ok := after(at); ok {
		is(x)
	}
}

// leavesOut reports whether the verb at i says that something is not among others:
// a list of topics that "did not include the theft" says nothing against the theft.
func leavesOut(ts []news.Token, i int) bool {
	return ts[i].Lemma == "include" && slices.ContainsFunc(ts[max(0, i-3):i], func(t news.Token) bool { return t.Lower == "not" || strings.HasSuffix(t.Lower, "n't") })
}

// pictured is the token after "this image, …, shows": what follows is what
// happened. 0 when ts is not about a picture.
func pictured(ts []news.Token) int {
	picture := false
	for i, t := range ts {
		switch t.Lower {
		case "image", "photo", "picture", "photograph", "footage", "video":
			picture = picture || i < 3
		case "shows", "showing", "show", "showed", "depicts":
			if picture {
				return i + 1
			}
		}
	}
	return 0
}

// handsOn reports whether the happening x only opens y: "agreed to buy",
// "announced the resignation of". What is denied, too, is the thing to compare,
// with its sign turned.
func (d *deed) handsOn(x, y hit, ts []news.Token) bool {
	if y.at-x.end > 6 {
		return false
	}
	to, plan := ts[x.end-1].Lower == "to", false
	for _, t := range ts[x.end:y.at] {
		plan = plan || t.Lemma == "plan"
		switch t.Tag {
		case news.To:
			to = true
		case news.Punct, news.Conj, news.Sub:
			return false
		}
	}
	switch x.class {
	case "begin":
		return y.at-x.end <= 4 || to && y.verb
	case "prepare": // "was preparing a launch"
		if y.at-x.end <= 4 || to && y.verb {
			d.mains, d.planned = append(d.mains, x.class), true
			return true
		}
	case "discuss", "meet": // "was in talks to buy", "held talks on a merger"
		if y.at-x.end > 4 || x.class == "meet" && !slices.ContainsFunc(ts[x.at:x.end], func(t news.Token) bool { return t.Lemma == "talk" }) {
			return false
		}
		about := to && y.verb
		for _, t := range ts[x.end:y.at] {
			about = about || t.Lower == "about" || t.Lower == "on" || t.Lower == "over"
		}
		if about {
			d.mains, d.planned = append(d.mains, "discuss"), true
		}
		return about
	case "agree", "seek":
		if x.class == "seek" && (to && y.verb || !y.verb && y.at-x.end <= 4) {
			d.mains = append(d.mains, x.class) // to seek is not to have
			return true
		}
		return to && y.verb
	case "pledge":
		d.mains = append(d.mains, x.class)
		return true
	case "urge", "order": // "called on him to cancel the summit": of what the demand is
		if to && y.verb {
			d.mains = append(d.mains, x.class)
			return true
		}
	case "announce", "confirm", "expect":
		return !y.verb || to || plan
	}
	return false
}

// verbAt is the happening that a verb or phrase at token i names.
func verbAt(hits []hit, i int) (hit, bool) {
	for _, x := range hits {
		if x.at <= i && i < x.end && x.verb {
			return x, true
		}
	}
	return hit{}, false
}

// joined adds the class of a verb that follows at end after "and".
func (d *deed) joined(ts []news.Token, hits []hit, end int) {
	if end+1 >= len(ts) || ts[end].Tag != news.Conj {
		return
	}
	for _, x := range hits {
		if x.at == end+1 && x.verb {
			d.mains = append(d.mains, x.class)
		}
	}
}

func (d *deed) aspects(ts []news.Token) {
	for _, t := range ts {
		d.aspect(t)
	}
}

// aspect notes what a word tells of the time and certainty of the head verb.
func (d *deed) aspect(t news.Token) {
	w := t.Lower
	if t.Tag == news.Modal && strings.HasSuffix(w, "'ll") {
		w = "'ll" // "we'll" is one token
	}
	switch w {
	case "will", "shall", "'ll", "won't", "due", "scheduled", "planned", "plan", "plans", "planning", "intend", "intends", "going", "expected", "poised", "upcoming", "vow", "vowed", "vows", "pledged", "pledge", "promised", "promise", "push", "bid",
		"foresee", "foresees", "foresaw", "foreseen", "envisage", "envisages", "envisaged":
		d.planned = true
	case "would", "could", "may", "might", "should", "must", "can", "faced", "faces", "facing":
		d.unsure = true
	}
}

// verbFollows reports whether the auxiliary at i has its verb, or the noun of
// a phrase, after it.
func verbFollows(ts []news.Token, i int) bool {
	for _, t := range ts[i+1 : min(len(ts), i+5)] {
		switch t.Tag {
		case news.Verb, news.Inf, news.Ing, news.PastPart, news.Noun:
			return true
		case news.Prep:
			return false
		}
	}
	return false
}

// be folds the forms of the auxiliaries.
func be(t news.Token) string {
	switch t.Lower {
	case "is", "are", "was", "were", "be", "been", "being", "'s", "'re", "'m", "am":
		return "be"
	case "has", "have", "had", "having", "'ve":
		return "have"
	case "does", "do", "did", "doing":
		return "do"
	}
	return t.Lemma
}

// light verbs say nothing but that what follows them happens, is planned or
// tried, or is said.
func light(w string) bool {
	switch w {
	case "put", "resume", "hold", "make", "take", "give", "get", "conduct", "carry", "stage", "perform", "undergo", "mount", "plan", "schedule", "expect", "intend", "set", "try", "attempt", "manage", "help", "appear", "seem", "say", "tell", "report", "quote", "add", "write", "note", "state", "go", "come", "look", "push", "aim", "want", "hope", "decide", "need", "use", "attend", "extend", "issue", "launch", "enter", "face", "reach", "be", "have", "do", "become", "remain", "keep", "push-for", "believe", "think", "know", "understand", "allege", "suffer", "experience", "see", "show", "receive":
		return true
	}
	return false
}

// tells lists verbs whose words are the statement.
func tells(w string) bool {
	switch w {
	case "say", "tell", "report", "quote", "add", "write", "state", "note":
		return true
	}
	return false
}

// carries lists verbs that tell how the thing that is their subject went.
func carries(w string) bool {
	switch w {
	case "include", "involve", "last", "follow", "mark", "happen", "occur", "take-place", "come", "feature", "stand", "spark", "trigger":
		return true
	}
	return false
}

// measures lists verbs of a count: of "the number of people killed rose to
// 11", the killing is the news.
func measures(w string) bool {
	switch w {
	case "rise", "climb", "jump", "grow", "increase", "fall", "drop", "reach", "pass", "top", "exceed":
		return true
	}
	return false
}

// phraseAt returns the phrase that begins at token i, and the token after it.
func (h *happenings) phraseAt(ts []news.Token, i int) (*phrase, int) {
	first := be(ts[i])
	ps := h.phrases[first]
	for k := range ps {
		if end := follows(ps[k].words[1:], ts, i+1); end > 0 {
			return &ps[k], end
		}
	}
	return nil, 0
}

// follows returns the token after the words when they stand from i, 0 if they
// do not. Adverbs may come between.
func follows(words []string, ts []news.Token, i int) int {
	for k := 0; k < len(words); {
		if words[k] == "~" {
			for gap := 0; gap <= 6 && i+gap < len(ts); gap++ {
				if end := follows(words[k+1:], ts, i+gap); end > 0 {
					return end
				}
				if ts[i+gap].Tag == news.Punct || ts[i+gap].Tag == news.Verb || ts[i+gap].Tag == news.Sub {
					return 0
				}
			}
			return 0
		}
		if i >= len(ts) {
			return 0
		}
		if ts[i].Tag == news.Open || ts[i].Tag == news.Close {
			i++
			continue
		}
		if be(ts[i]) != words[k] && ts[i].Lower != words[k] {
			if ts[i].Tag == news.Adv && ts[i].Lower != "not" && ts[i].Lower != "never" {
				i++
				continue
			}
			return 0
		}
		i++
		k++
	}
	return i
}

// nearTo reports whether the heads are of classes that can tell of one thing.
func (d *deed) nearTo(o *deed) bool { return d.paired(o, happeningTables().near) }

// kinTo reports whether reports of one story can open with the heads.
func (d *deed) kinTo(o *deed) bool { return d.paired(o, happeningTables().kin) }

func (d *deed) paired(o *deed, near map[[2]string]bool) bool {
	for _, a := range d.mains {
		for _, b := range o.mains {
			if near[[2]string{a, b}] {
				return true
			}
		}
	}
	return false
}

// meets reports whether two deeds can be one: the head of the one is named in
// the other.
func (d *deed) meets(o *deed) bool {
	for _, m := range d.mains {
		if _, ok := slices.BinarySearch(o.all, m); ok {
			return true
		}
	}
	for _, m := range o.mains {
		if _, ok := slices.BinarySearch(d.all, m); ok {
			return true
		}
	}
	return false
}

// turns reports whether the statement takes back what it names: the content of
// a denial ("denied" is the cue of its quote), "denied buying votes", "rejected
// allegations of". An offer that is rejected is not taken back, nor are the words
// of another that stand in quotation marks beside a denial.
func (d *deed) turns(ts []news.Token, cue string, direct bool) bool {
	if slices.Contains(d.mains, "deny") {
		return len(d.all) > 1 || d.takesBack(ts, "deny")
	}
	if slices.Contains(d.mains, "reject") {
		return slices.Contains(d.all, "blame") || d.takesBack(ts, "reject")
	}
	_, against := disputing[cue]
	return against && !direct
}

// takesBack reports whether the head, of class verb, has an object that can be so or
// not, and that tells what is not so: "has denied bribing voters", "rejected as
// false the report that the gates were shut".
func (d *deed) takesBack(ts []news.Token, verb string) bool {
	if d.at < 0 {
		return false
	}
	disputed, back := object(ts[d.at+1:], verb)
	return disputed && !back && len(ts) > d.at+2
}

// opensQuestion lists the words before the content of "did not say that", "it
// is not known whether".
func opensQuestion(w string) bool {
	switch w {
	case "that", "whether", "if", "where", "why", "how":
		return true
	}
	return false
}

// negates reports whether the head is negated: "did not sign", "no deal was
// signed", "signed nothing". A negation of another part ("blamed X, not Y", "not
// only", "without advisers") takes nothing back, and "was found not guilty" is an
// acquittal.
func (d *deed) negates(ts []news.Token) bool {
	for i, t := range ts {
		switch t.Lower {
		case "not", "never", "no", "nor", "neither", "cannot", "nobody", "none", "nothing":
		default:
			if !strings.HasSuffix(t.Lower, "n't") {
				continue
			}
		}
		if slices.ContainsFunc(d.phrases, func(p [2]int) bool { return p[0] <= i && i < p[1] }) {
			continue
		}
		if idle(ts, i, d.at) {
			continue
		}
		if i+1 < len(ts) && (ts[i+1].Lower == "only" || ts[i+1].Lower == "just" || ts[i+1].Lower == "least" || ts[i+1].Lower == "matter" || ts[i+1].Lower == "longer") {
			continue
		}
		if i > d.at && i <= d.at+8 && d.at >= 0 && (slices.Contains(d.mains, "deny") || slices.Contains(d.mains, "doubt") || slices.Contains(d.mains, "reject")) {
			return true // "questioned claims that no pact was struck"
		}
		if d.at < 0 || i == d.at+1 && t.Lower != "not" || i == d.at+2 && t.Lower == "no" && ts[i-1].Tag != news.Prep {
			return true
		}
		if i > d.at || d.at-i > 12 || i > 0 && ts[i-1].Tag == news.Conj {
			continue
		}
		if !slices.ContainsFunc(ts[i+1:d.at], func(t news.Token) bool {
			return t.Tag == news.Conj && t.Lower == "but" || t.Tag == news.Sub && !opensQuestion(t.Lower) || t.Lower == ";" || t.Lower == "-"
		}) {
			return true
		}
	}
	return false
}

// idle reports whether the negation at i takes nothing back: "no doubt", "not
// until Monday", "not a summit but a meeting", "nobody does it better than we do",
// an order ("don't call it that"), and a "no" that belongs to another thing than
// the noun that is the head ("there were no note-takers in the meeting").
func idle(ts []news.Token, i, head int) bool {
	next := ""
	if i+1 < len(ts) {
		next = ts[i+1].Lower
	}
	switch next {
	case "doubt", "question", "wonder", "less", "sooner":
		return true
	}
	w := ts[i].Lower
	if strings.HasSuffix(w, "n't") || next == "not" || w == "not" || w == "never" {
		start := i
		if w == "not" && i > 0 {
			start = i - 1
		}
		if (ts[start].Lower == "do" || ts[start].Lower == "don't" || ts[start].Lower == "never") && (start == 0 || ts[start-1].Tag == news.Punct) {
			return true
		}
	}
	for k := i + 1; k < len(ts) && k < i+16; k++ {
		switch ts[k].Lower {
		case "until":
			return true
		case "but":
			return w == "not" && k < i+8 && ts[i-min(i, 1)].Tag == news.Aux
		case "than":
			return w == "nobody" || w == "no" && next == "one"
		}
	}
	if w == "no" && head > i && (ts[head].Tag == news.Noun) {
		for k := i + 1; k < head; k++ {
			if ts[k].Tag == news.Prep && ts[k].Lower != "of" {
				return true
			}
		}
	}
	return false
}
