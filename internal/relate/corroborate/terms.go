package corroborate

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/tracewire/tracewire/internal/news"
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
	s = strings.ToLower(strings.ReplaceAll(strings.TrimSpace(s), ".", ""))
	s = strings.ReplaceAll(s, "-", " ")
	return strings.TrimPrefix(s, "the ")
}

// statement is a claim made ready for comparison.
type statement struct {
	ref   news.ClaimRef
	claim *news.Claim
	doc   int // index into the versions
	terms []string
	// happens is the terms of the verbs, or of the nouns after "held", "made"
	happens []string
	weight  float64         // sum of the weights of terms
	counts  []news.Quantity // its numbers, with people under one unit
	words   int
	cue     string // of the quote it is taken from, lower case
	quoted  bool   // words of the speaker stand in quotation marks
	// negated is whether its speaker says that it is not so: a negation, or
	// the content of a denial
	negated bool
}

// termWeights gives each term the logarithm of how rare it is in the thread.
type termWeights map[string]float64

// statements lists the claims of all versions in order, with their terms.
func statements(versions []*news.Version) []statement {
	var out []statement
	for d, v := range versions {
		cues, quoted := map[string]string{}, map[string]bool{}
		for _, q := range v.Quotes.Items {
			cues[q.ID] = strings.ToLower(q.Cue.Of(v.Text))
			quoted[q.ID] = q.Kind != news.Indirect
		}
		for i := range v.Claims.Items {
			c := &v.Claims.Items[i]
			s := statement{ref: news.ClaimRef{Doc: v.Name, Claim: c.ID}, claim: c, doc: d}
			s.terms = terms(c.Frame)
			s.happens = terms(news.Frame{Predicates: c.Frame.Predicates})
			s.particles()
			s.count()
			if len(s.happens) == 0 {
				// "held a summit": the noun tells what happens
				s.happens = termsBut(s.terms)
			}
			s.words = len(strings.Fields(c.Proposition))
			s.cue, s.quoted, s.negated = cues[c.Quote], quoted[c.Quote], c.Frame.Negated
			if _, against := disputing[s.cue]; against {
				s.negated = !s.negated
			}
			out = append(out, s)
		}
	}
	return out
}

// particles adds what a verb's particle says of the happening: "crossed back"
// and "is home" are a return.
func (s *statement) particles() {
	for w := range strings.FieldsSeq(strings.ToLower(s.claim.Proposition)) {
		switch w {
		case "back", "home", "homeward":
			s.happen("=return")
		}
	}
	// "lost their lives", "cost 30 lives", "claimed a life"
	if has([]string{"lose", "cost", "=consequence", "claim", "take"}, s.happens) && has([]string{"live", "life"}, s.terms) {
		s.happen("=kill")
	}
}

func (s *statement) happen(class string) {
	s.terms, s.happens = insert(s.terms, class), insert(s.happens, class)
}

// insert puts a term into a sorted list that has each once.
func insert(sorted []string, t string) []string {
	i, found := slices.BinarySearch(sorted, t)
	if found {
		return sorted
	}
	return slices.Insert(sorted, i, t)
}

// terms are what a claim is compared by: entities, and classes of verbs and
// nouns. Sorted, each once.
func terms(f news.Frame) []string {
	var out []string
	named := map[string]bool{}
	for _, ids := range [][]string{f.Actors, f.Objects} {
		for _, id := range ids {
			out = append(out, "@"+foldName(id))
			for w := range strings.FieldsSeq(foldName(id)) {
				named[w] = true
			}
		}
	}
	word := func(w string) {
		w = strings.ToLower(strings.TrimSuffix(w, "."))
		if named[w] || len(w) < 2 || common[w] {
			return
		}
		if c, ok := synonyms()[w]; ok {
			out = append(out, "="+c)
			return
		}
		out = append(out, w)
	}
	for _, w := range f.Predicates {
		word(w)
	}
	for _, w := range f.Words {
		word(w)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// count adds the numbers of the claim to its terms, with their units.
func (s *statement) count() {
	s.counts = counted(s.claim.Frame, s.terms)
	for _, q := range s.counts {
		if q.Unit != "" {
			s.terms = insert(s.terms, fmt.Sprintf("#%g %s", q.Low, q.Unit))
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

// weigh counts terms over all statements.
func weigh(all []statement) termWeights {
	df := map[string]int{}
	for _, s := range all {
		for _, t := range s.terms {
			df[t]++
		}
	}
	w := make(termWeights, len(df))
	n := float64(len(all)) + 1
	for t, k := range df {
		w[t] = math.Log(n / float64(k+1)) // rarer is heavier
		if t[0] == '@' {
			w[t] *= 0.8
		}
		w[t] = max(w[t], 0.1)
	}
	return w
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
type aligned map[[2]int][]news.Passage

func alignments(versions []*news.Version, overlaps []news.Overlap) aligned {
	at := map[string]int{}
	for i, v := range versions {
		at[v.Name] = i
	}
	out := aligned{}
	for _, o := range overlaps {
		a, okA := at[o.A]
		b, okB := at[o.B]
		if !okA || !okB {
			continue
		}
		ps := slices.Clone(o.Passages)
		if a > b {
			a, b = b, a
			for i := range ps {
				ps[i].A, ps[i].B = ps[i].B, ps[i].A
			}
		}
		sort.Slice(ps, func(i, j int) bool { return ps[i].A.Start < ps[j].A.Start })
		out[[2]int{a, b}] = ps
	}
	return out
}

// same is the share of the shorter statement that is equal text in both.
func (al aligned) same(x, y *statement) float64 {
	if x.doc > y.doc {
		x, y = y, x
	}
	ps := al[[2]int{x.doc, y.doc}]
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
