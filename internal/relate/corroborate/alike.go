package corroborate

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// likeness tells how much two statements say the same: 0 to 1, and below 0
// when something speaks against it.
func likeness(a, b *statement, w termWeights, al aligned) float64 {
	if vetoed(a, b) {
		return -1
	}
	if a.doc != b.doc {
		if same := al.same(a, b); same >= 0.6 && !within(a, b) {
			return 0.7 + 0.3*min(1, same)
		}
	}
	f, ok := compare(a, b, w)
	if a.direct && b.direct && f[fPart] < apartAt {
		return -1 // two quotations in full that share next to nothing are two statements
	}
	if !ok {
		return 0
	}
	z := 0.0
	for i, v := range f {
		z += v * weights[i]
	}
	return 1 / (1 + math.Exp(-z))
}

// apartAt is the share of words below which two quotations in full are of different
// things: one speech has many sentences.
const apartAt = 0.2

// atMost is what likeness can be at most: 0 where there is too little in common
// to compare.
func atMost(a, b *statement, al aligned) float64 {
	if a.doc != b.doc && al.meet(a.doc, b.doc) || len(a.counts) > 0 && len(b.counts) > 0 || a.opens && b.opens {
		return 1
	}
	switch _, n := inBoth(a.codes, b.codes); {
	case n == 0, n == 1 && max(len(a.terms), len(b.terms)) > 2:
		return 0
	}
	return 1
}

// within reports whether one of two statements is so much shorter that it can
// only be a phrase of the other, where they share their words: a phrase is taken
// out because it says something else.
func within(a, b *statement) bool {
	const part = 0.4
	x, y := a.claim.Span.Len(), b.claim.Span.Len()
	return float64(min(x, y)) < part*float64(max(x, y))
}

// Alike compares the first claims of versions as claims of one thread. The
// function it returns gives the likeness of those of the i-th and the j-th: 0
// to 1, and less than 0 when something speaks against their being one. Pairs
// that share too little to be compared have at most 0.2, more when they share
// more.
func Alike(versions []*news.Version) func(i, j int) float64 {
	all := statements(versions, fullNames(versions))
	at := map[string]int{}
	for k := range all {
		if _, known := at[all[k].ref.Doc]; !known {
			at[all[k].ref.Doc] = k
		}
	}
	w := weigh(all)
	return func(i, j int) float64 {
		x, okX := at[versions[i].Name]
		y, okY := at[versions[j].Name]
		if !okX || !okY {
			return 0
		}
		a, b := &all[x], &all[y]
		if l := likeness(a, b, w, aligned{}); l != 0 {
			return l
		}
		shared, _ := w.shared(a.terms, b.terms)
		return 0.2 * 2 * shared / (a.weight + b.weight)
	}
}

// features of a pair of statements; each is 0 to 1.
type features [19]float64

const (
	fBias      = iota
	fDice      // weight of the shared terms, of all
	fPart      // weight of the shared terms, of the shorter statement
	fHead      // the heads are of one class …
	fRareHead  // … and that is rare in the thread
	fNamed     // the head of one is named in the other
	fApart     // both heads have a class, and they never meet
	fParties   // two or more named people or bodies in common
	fActors    // a common actor before the head
	fOthers    // actors on both sides, and none of the one is in the other
	fDay       // the same day
	fElsewhere // places on both sides, and none in common
	fPlanned   // planned in one, done in the other
	fOnePage   // on one page: a text seldom says a thing twice
	fRest      // weight of the shared terms that are neither head nor actor, of all such
	fRestApart // both have such terms, and none in common
	fNumber    // a number in common, more for one that is seldom met
	fOpen      // both open their reports, within a day of each other
	fOnly      // the head of one has a class, the other has none, and does not name it
)

// featureNames are for the trainer.
var featureNames = [...]string{"bias", "dice", "part", "head", "rare head", "named", "apart", "parties", "actors", "others", "day", "elsewhere", "planned", "one page", "rest", "rest apart", "number", "open", "only"}

// weights are a logistic regression, see train_test.go. They hold for terms
// weighed by weigh.
var weights = features{-3.3, 2.6, 2.2, 0.8, 1.0, -1.3, -1.4, 0.6, 0, -0.8, 1.8, -0.4, -0.3, -1.6, 1.0, -0.9, 3.2, 2.8, -0.5}

// few is the weight of terms below which a statement is a fragment, and says
// the same as many others.
const few = 6

// compare gives the features of two statements; they need two terms in common,
// or the head when they hold little else.
func compare(a, b *statement, w termWeights) (f features, ok bool) {
	shared, n := inBoth(a.codes, b.codes)
	number := oneNumber(a, b)
	if n == 0 && number < seldom/2 || n == 1 && (max(len(a.terms), len(b.terms)) > 2 || commonHead(a, b) == "") && number < seldom/2 && !bothOpen(a, b) {
		return f, false
	}
	f[fBias] = 1
	f[fDice] = 2 * shared / (a.weight + b.weight)
	f[fPart] = shared / max(few, min(a.weight, b.weight))
	switch head := commonHead(a, b); {
	case head != "":
		f[fHead] = 1
		f[fRareHead] = min(1, w["="+head]/4)
	case a.nearTo(b):
		f[fHead] = 0.6
	case a.meets(b):
		f[fNamed] = 1
	case len(a.deed.mains) > 0 && len(b.deed.mains) > 0:
		f[fApart] = 1
	case len(a.deed.mains)+len(b.deed.mains) > 0:
		f[fOnly] = 1
	}
	f[fParties] = min(1, float64(commonParties(a, b))/2)
	switch {
	case len(a.actors) == 0 || len(b.actors) == 0:
	case commonActors(a, b) > 0:
		f[fActors] = 1
	case inCommon(a.actors, b.parties) == 0 || inCommon(b.actors, a.parties) == 0:
		f[fOthers] = 1
	}
	if d := a.day; d != "" && d == b.day {
		f[fDay] = min(1, float64(len(d))/10)
		if len(d) < 7 {
			f[fDay] = 0
		}
	}
	if !placesMeet(a, b) {
		f[fElsewhere] = 1
	}
	if a.deed.planned != b.deed.planned {
		f[fPlanned] = 1
	}
	if a.doc == b.doc {
		f[fOnePage] = 1
	}
	f[fNumber] = number
	if bothOpen(a, b) {
		f[fOpen] = opening(a, b, &f)
	}
	if len(a.rest) > 0 && len(b.rest) > 0 {
		x, _ := inBoth(a.restCodes, b.restCodes)
		f[fRest] = 2 * x / (a.restWeight + b.restWeight)
		f[fRestApart] = max(0, 1-3*x/max(few/2, min(a.restWeight, b.restWeight)))
	}
	return f, true
}

// opening tells how much it says that both statements open their reports: reports
// of one story open with one thing when its head is the same, or not known. When
// the heads are two things, they open with two, unless much of the rest is the
// same; and never when the one names the other's as a part.
func opening(a, b *statement, f *features) float64 {
	switch {
	case a.deed.kinTo(&b.deed) && f[fHead] == 0:
		f[fApart], f[fNamed], f[fHead] = 0, 0, 0.6
		return 1
	case f[fNamed] > 0:
		return 0
	case f[fApart] > 0 && !(unclassed(&a.deed) && unclassed(&b.deed)):
		return min(1, max(0, f[fDice]-0.1)/0.4)
	case f[fHead] == 0:
		return min(1, max(0, f[fDice]-0.1)/0.2)
	}
	return 1
}

// unclassed reports whether the head is a verb that no class has.
func unclassed(d *deed) bool {
	return slices.ContainsFunc(d.mains, func(m string) bool { return m[0] == '~' })
}

// commonHead is the class that both heads have, "" if they have none in common.
func commonHead(a, b *statement) string {
	if a.sides.heads.apart(b.sides.heads) {
		return ""
	}
	for _, m := range a.deed.mains {
		if opens(m) && len(a.deed.mains) > 1 && len(b.deed.mains) > 1 {
			continue // two promises are one when they are of one thing
		}
		if len(a.target) > 0 && len(b.target) > 0 && inCommon(a.target, b.target) == 0 {
			continue // whom he blamed on one day is not whom he blamed on another
		}
		if slices.Contains(b.deed.mains, m) {
			return m
		}
	}
	return ""
}

// opens lists the classes of verbs that open another happening.
func opens(class string) bool {
	return class == "pledge" || class == "seek" || class == "urge" || class == "order" || class == "prepare" || class == "discuss"
}

// inCommon counts what two sorted lists share.
func inCommon(a, b []string) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			n, i, j = n+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return n
}

// vetoed reports whether two claims cannot be one: disjoint numbers of one
// unit, different days, one of them negated, one of them of people hurt and
// the other not, one planned and the other done.
func vetoed(p, q *statement) bool {
	if p.negated != q.negated || p.asks != q.asks {
		return true
	}
	if p.negated && headsApart(p, q) {
		return true // two things that did not happen are one only when they are the same thing
	}
	if p.doc == q.doc && p.claim.Span.Overlaps(q.claim.Span) {
		return true // a phrase inside a clause was taken out because it says something else
	}
	if (p.caption || q.caption) && !slices.Equal(p.terms, q.terms) {
		return true // a handshake in a picture is not the meeting, nor the next handshake
	}
	if p.toll != q.toll && !(p.harm && q.harm) && oneNumber(p, q) < seldom/2 {
		return true
	}
	if !datesMeet(p.day, q.day) {
		return true
	}
	if longBefore(p.day, q.day, q.said) || longBefore(q.day, p.day, p.said) {
		return true
	}
	if p.day == "" && q.day == "" && (longBefore(p.said, "", q.said) || longBefore(q.said, "", p.said)) {
		return true
	}
	if countsDiffer(p, q) {
		return true
	}
	if p.deed.planned == q.deed.planned || p.toCome() || q.toCome() {
		return false
	}
	head := commonHead(p, q)
	return head != "" && !opens(head) && head != "sentence" && !promised(p, q)
}

// toCome reports whether what a statement tells may be still to come, without a
// word that says so: "would close".
func (s *statement) toCome() bool { return s.deed.unsure && !s.deed.planned }

// promised reports whether one of two statements tells of a pledge and the
// other of an offer or of support: the promise is made, what it is of is to come
// in both.
func promised(p, q *statement) bool {
	return p.deed.nearTo(&q.deed) && (slices.Contains(p.deed.mains, "pledge") || slices.Contains(q.deed.mains, "pledge"))
}

// longBefore reports whether the day of a thing lies more than two months
// before the day on which an undated other one was told: news is of the weeks
// before it.
func longBefore(day, other, told string) bool {
	if day == "" || other != "" || told == "" {
		return false
	}
	if len(day) < 7 || len(told) < 7 || day[5] == 'W' || told[5] == 'W' {
		return len(day) >= 4 && len(told) >= 4 && day[:4] < told[:4]
	}
	month := func(s string) int {
		y, _ := strconv.Atoi(s[:4])
		m, _ := strconv.Atoi(s[5:7])
		return 12*y + m
	}
	return month(told)-month(day) > 2
}

// harm reports whether what befalls people is the head of a statement, or named
// in one that counts them: "crews brought out 11 dead".
func harm(s *statement) bool {
	return slices.ContainsFunc(s.deed.mains, befalls) || people(s) && slices.ContainsFunc(s.deed.all, befalls)
}

// befalls lists the classes of what happens to people.
func befalls(class string) bool {
	switch class {
	case "die", "injure", "miss", "rescue", "arrest", "kidnap", "infect", "attack", "shoot", "stab":
		return true
	}
	return false
}

// toll reports whether a count of people is the news of a claim: what befell
// them is its head, or it has none. The passengers of a ship that sank are not.
func toll(s *statement) bool {
	return people(s) && (harm(s) || len(s.deed.mains) == 0 && !s.opens)
}

// people reports whether a claim counts people.
func people(s *statement) bool {
	return slices.ContainsFunc(s.counts, func(q news.Quantity) bool { return q.Unit == "person" })
}

// countsDiffer reports whether both count the same thing, and no number of the
// one is a number of the other. "Two of the three gates" agrees with itself.
func countsDiffer(p, q *statement) bool {
	differ := false
	for _, x := range p.counts {
		same, met := false, false
		for _, y := range q.counts {
			if x.Unit == "" || x.Unit != y.Unit {
				continue
			}
			same = true
			// "at least 7" and "at least 9" are two states of one count
			if !disjoint(x, y) && (x.Low == y.Low || x.High != y.High || x.High != 0) {
				met = true
			}
		}
		if same && met {
			return false
		}
		differ = differ || same
	}
	return differ
}

// counted gives the numbers of a claim one unit for people under any name; a
// bare number beside deaths or missing counts people, too: "the toll rose to
// 11".
func counted(s *statement) []news.Quantity {
	var out []news.Quantity
	hurt := slices.ContainsFunc(s.deed.all, func(m string) bool {
		return m == "die" || m == "injure" || m == "miss" || m == "rescue" || m == "layoff"
	})
	for _, q := range s.claim.Frame.Numbers {
		whole := q.Low == math.Trunc(q.Low) || q.High != q.Low
		if persons[q.Unit] || whole && hurt && (q.Unit == "" || q.Unit == "job" || q.Unit == "remain") {
			q.Unit = "person"
		}
		out = append(out, q)
	}
	return out
}

// persons are the nouns that count people.
var persons = map[string]bool{
	"people": true, "person": true, "resident": true, "man": true, "woman": true, "men": true, "women": true, "civilian": true, "victim": true,
	"passenger": true, "traveller": true, "traveler": true, "commuter": true, "holidaymaker": true, "occupant": true, "worker": true, "villager": true, "soldier": true, "citizen": true, "other": true, "life": true, "live": true, "death": true,
	"body": true, "dead": true, "fatality": true, "toll": true, "child": true, "student": true, "miner": true, "migrant": true, "officer": true, "policeman": true, "policemen": true, "troop": true, "employee": true, "tourist": true, "hostage": true, "pilgrim": true, "protester": true, "firefighter": true, "sailor": true, "crew": true, "patient": true, "survivor": true,
}

// disjoint reports whether no number fits both; an open end (0 above) is
// without limit.
func disjoint(x, y news.Quantity) bool {
	hx, hy := x.High, y.High
	if hx == 0 {
		hx = 1e18
	}
	if hy == 0 {
		hy = 1e18
	}
	return hx < y.Low || hy < x.Low
}

// datesMeet reports whether two dates can be of one event: a day inside a
// week or month fits it, and no date fits all.
func datesMeet(a, b string) bool {
	if a == "" || b == "" || a == b {
		return true
	}
	if strings.Contains(a, "/") || strings.Contains(b, "/") {
		return true
	}
	if strings.Contains(a, "W") || strings.Contains(b, "W") {
		return a[:4] == b[:4] && weekMeets(a, b)
	}
	n := min(len(a), len(b))
	return a[:n] == b[:n]
}

// placesMeet reports whether two claims can be of one place.
func placesMeet(a, b *statement) bool {
	if a.sides.places.apart(b.sides.places) {
		return false
	}
	pa, pb := a.claim.Frame.Places, b.claim.Frame.Places
	return len(pa) == 0 || len(pb) == 0 || overlap(pa, pb)
}

func overlap(a, b []string) bool {
	for _, x := range a {
		if slices.Contains(b, x) {
			return true
		}
	}
	return false
}
