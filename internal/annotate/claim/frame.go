package claim

import (
	_ "embed"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

//go:embed words.txt
var wordsFile string

type classes map[string]map[string]bool

func (c classes) is(class, w string) bool { return c[class][w] }

// named returns the rest of the class name whose prefix is kind and which
// holds w: named("hedge", "reportedly") = "reportedly".
func (c classes) named(kind, w string) string {
	for name, set := range c {
		if rest, ok := strings.CutPrefix(name, kind+"-"); ok && set[w] {
			return rest
		}
	}
	return ""
}

// lexicon is read once; it never changes afterwards.
var lexicon = sync.OnceValue(func() classes {
	out := classes{}
	for line := range strings.Lines(wordsFile) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, list, _ := strings.Cut(line, ":")
		out[name] = map[string]bool{}
		for w := range strings.FieldsSeq(list) {
			out[name][w] = true
		}
	}
	return out
})

type mention struct {
	span text.Span
	id   string
	kind news.EntityType
}

func indexMentions(v *news.Version) []mention {
	var out []mention
	for _, e := range v.Entities.Items {
		for _, m := range e.Mentions {
			out = append(out, mention{m.Span, e.ID, e.Type})
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].span.Start != out[j].span.Start {
			return out[i].span.Start < out[j].span.Start
		}
		return out[i].span.End > out[j].span.End
	})
	return out
}

func (f *finder) mentionsIn(s text.Span) []mention {
	lo := sort.Search(len(f.mentions), func(i int) bool { return f.mentions[i].span.Start >= s.Start })
	hi := lo
	for hi < len(f.mentions) && f.mentions[hi].span.Start < s.End {
		hi++
	}
	return f.mentions[lo:hi]
}

func (f *finder) timexesIn(s text.Span) []news.Timex {
	items := f.v.Timexes.Items
	lo := sort.Search(len(items), func(i int) bool { return items[i].Span.End > s.Start })
	hi := lo
	for hi < len(items) && items[hi].Span.Start < s.End {
		hi++
	}
	return items[lo:hi]
}

// base is the chain of the outlet's own voice.
func (f *finder) base() []string {
	var out []string
	m := f.v.Meta
	if m.Outlet.Value != "" {
		out = append(out, m.Outlet.Value)
	}
	if m.Agency.Value != "" && m.Agency.Value != m.Outlet.Value {
		out = append(out, m.Agency.Value)
	}
	return out
}

// add makes a claim of the clause r; q is the quote it is taken from, with an
// empty id for the outlet's own voice.
func (f *finder) add(s news.Sentence, r tokens, q news.Quote, rule string) {
	r = f.trim(r)
	if r.last <= r.first {
		return
	}
	ts := f.v.Tokens
	c := news.Claim{
		Span:  text.Span{Start: ts[r.first].Span.Start, End: ts[r.last-1].Span.End},
		Chain: f.base(), Why: news.Why{Rule: rule, Confidence: 0.8},
	}
	if q.ID != "" {
		c.Reported, c.Chain, c.Quote = true, q.Chain, q.ID
	}
	c.Frame = f.frame(r)
	c.Hedge = f.hedge(r)
	c.EventDate = f.date(s, c, q)
	c.Proposition = f.proposition(c.Span)
	f.out = append(f.out, c)
}

// addPhrase is add for a noun phrase; hedges of doubt come from its head.
func (f *finder) addPhrase(s news.Sentence, r tokens, q news.Quote, rule string) {
	n := len(f.out)
	f.add(s, r, q, rule)
	if len(f.out) > n {
		f.out[n].Why.Confidence = 0.6
	}
}

// frame types the clause: verbs, who stands before and after the head verb,
// places, numbers, polarity and modality.
func (f *finder) frame(r tokens) news.Frame {
	ts, lex := f.v.Tokens, lexicon()
	var fr news.Frame
	head := -1
	for i := r.first; i < r.last; i++ {
		t := ts[i]
		switch t.Tag {
		case news.Verb, news.PastPart, news.Inf, news.Ing:
			if head < 0 {
				head = i
			}
			if !slices.Contains(fr.Predicates, t.Lemma) {
				fr.Predicates = append(fr.Predicates, t.Lemma)
			}
			if lex.is("planned", t.Lemma) && fr.Modal == "" {
				fr.Modal = "planned"
			}
		case news.Aux, news.Modal:
			if head < 0 {
				head = i
			}
			switch t.Lower {
			case "will", "shall", "'ll", "won't":
				fr.Modal = "planned"
			case "would", "could", "may", "might", "can", "should", "must":
				fr.Modal = "possible"
			}
			if strings.HasSuffix(t.Lower, "n't") {
				fr.Negated = true
			}
		case news.Noun, news.Adj, news.Name:
			if !lex.is("stop", t.Lower) {
				fr.Words = append(fr.Words, t.Lemma)
			}
		case news.Num:
			if n, ok := f.quantity(i, r); ok {
				fr.Numbers = append(fr.Numbers, n)
			}
		}
		switch t.Lower {
		case "not", "never", "no", "nor", "neither", "without", "cannot":
			fr.Negated = true
		}
	}
	sp := text.Span{Start: ts[r.first].Span.Start, End: ts[r.last-1].Span.End}
	at := sp.End
	if head >= 0 {
		at = ts[head].Span.Start
	}
	for _, m := range f.mentionsIn(sp) {
		switch {
		case m.span.Start < at:
			fr.Actors = appendNew(fr.Actors, m.id)
		default:
			fr.Objects = appendNew(fr.Objects, m.id)
		}
		if m.kind == news.GPE || m.kind == news.Location || m.kind == news.Facility {
			fr.Places = appendNew(fr.Places, m.id)
		}
	}
	if len(fr.Actors) == 0 && len(f.subject) > 0 && (head == r.first || ts[r.first].Tag == news.Pronoun || ts[r.first].Tag == news.Adv) {
		fr.Actors = f.subject // "and met …", "he inspected …"
	}
	if len(fr.Actors) > 0 {
		f.subject = fr.Actors
	}
	return fr
}

func appendNew(in []string, s string) []string {
	if slices.Contains(in, s) {
		return in
	}
	return append(in, s)
}

// quantity reads the number at i with its limit words and what it counts.
func (f *finder) quantity(i int, r tokens) (news.Quantity, bool) {
	ts := f.v.Tokens
	if len(f.timexesIn(ts[i].Span)) > 0 {
		return news.Quantity{}, false
	}
	n, ok := number(ts[i].Lower)
	if !ok {
		return news.Quantity{}, false
	}
	j := i + 1
	for j < r.last && ts[j].Tag == news.Num {
		if m, ok := number(ts[j].Lower); ok && m >= 100 {
			n *= m
		}
		j++
	}
	q := news.Quantity{Low: n, High: n, Span: text.Span{Start: ts[i].Span.Start, End: ts[j-1].Span.End}}
	if strings.HasPrefix(ts[i].Lower, "dozen") && i > r.first && ts[i-1].Tag != news.Num && ts[i].Lower == "dozens" {
		q.Low, q.High = 24, 99
	}
	if before := ts[max(r.first, i-2):i]; len(before) > 0 {
		phrase := ""
		for _, t := range before {
			phrase += t.Lower + " "
		}
		switch {
		case strings.HasSuffix(phrase, "at least "), strings.HasSuffix(phrase, "more than "), strings.HasSuffix(phrase, "over "):
			q.High = 0 // open upwards
		case strings.HasSuffix(phrase, "up to "), strings.HasSuffix(phrase, "at most "), strings.HasSuffix(phrase, "fewer than "), strings.HasSuffix(phrase, "less than "):
			q.Low = 0
		case strings.HasSuffix(phrase, "about "), strings.HasSuffix(phrase, "around "), strings.HasSuffix(phrase, "some "), strings.HasSuffix(phrase, "nearly "), strings.HasSuffix(phrase, "almost "):
			q.Low, q.High = n*0.9, n*1.1
		}
	}
	for ; j < r.last && j < i+5; j++ {
		if ts[j].Tag == news.Noun && !lexicon().is("measure", ts[j].Lower) {
			q.Unit = ts[j].Lemma
			break
		}
		if ts[j].Tag != news.Adj && ts[j].Tag != news.Noun && ts[j].Tag != news.PastPart && ts[j].Tag != news.Name {
			break
		}
	}
	return q, true
}

var spelled = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
	"forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1e3, "million": 1e6,
	"billion": 1e9, "trillion": 1e12, "dozen": 12, "dozens": 24, "hundreds": 200, "thousands": 2000, "millions": 2e6, "billions": 2e9,
}

func number(w string) (float64, bool) {
	if n, ok := spelled[w]; ok {
		return n, true
	}
	w = strings.TrimLeft(strings.ReplaceAll(w, ",", ""), "$€£")
	w = strings.TrimSuffix(w, "%")
	n, err := strconv.ParseFloat(w, 64)
	return n, err == nil
}

// hedge names what takes the clause back, "" if nothing does.
func (f *finder) hedge(r tokens) string {
	for _, t := range f.v.Tokens[r.first:r.last] {
		if h := lexicon().named("hedge", t.Lower); h != "" && h != "likely" {
			return h
		}
		if t.Tag == news.Noun {
			if h := lexicon().named("doubt", t.Lower); h != "" {
				return h
			}
		}
	}
	return ""
}

// date is the day of the event: a date inside the clause, else one beside it
// in the same sentence that belongs to no attribution.
func (f *finder) date(s news.Sentence, c news.Claim, q news.Quote) string {
	best := ""
	for _, t := range f.timexesIn(c.Span) {
		if v := dateValue(t); v != "" && (best == "" || len(v) > len(best)) {
			best = v
		}
	}
	if best != "" {
		return best
	}
	for _, t := range f.timexesIn(s.Span) {
		if t.Span == q.When.Span {
			continue
		}
		// "On Saturday, he inspected X and met Y": the date leads the sentence
		if t.Span.End <= c.Span.Start && t.Span.Start-s.Span.Start < 8 {
			return dateValue(t)
		}
	}
	if q.ID != "" && q.Why.Rule == "S pledged to C" || q.ID != "" && q.Why.Rule == "S urged O to C" {
		return q.When.Value
	}
	return ""
}

func dateValue(t news.Timex) string {
	if t.Type != "DATE" && t.Type != "TIME" || len(t.Value) < 4 || t.Value[0] < '0' || t.Value[0] > '9' {
		return ""
	}
	if i := strings.IndexByte(t.Value, 'T'); i > 0 {
		return t.Value[:i]
	}
	return t.Value
}

// proposition is the clause in the text's own words, on one line.
func (f *finder) proposition(s text.Span) string {
	p := strings.Join(strings.Fields(s.Of(f.v.Text)), " ")
	p = strings.Trim(p, "\"“”,;: ")
	p = strings.TrimSuffix(p, ".")
	if p == "" {
		return p
	}
	return p
}
