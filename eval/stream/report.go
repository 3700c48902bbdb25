package stream

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// person is somebody who speaks in the news.
type person struct{ first, last, post string }

// happening is what there is to tell: the facts that all who report it share.
type happening struct {
	beat    beat
	place   string
	land    string
	near    []string // other places
	n       int      // the count of the lede
	event   string   // template of the lede's clause
	head    string   // template of the headline
	crashed string
	persons []person
	bodies  []string
	own     beat     // the few words of the beat that this news is about
	quotes  []string // what was said before everybody
	since   int      // year of the background
}

// form is where a sentence names the speaker.
type form uint8

const (
	plain  form = iota // nobody is named
	after              // "…, she said."
	before             // "She said …"
	quoted             // “…,” she said.
)

// sentence is what is said and by whom, so that a desk can turn it round.
type sentence struct {
	words string // without final point
	by    string
	form  form
}

// paragraph is sentences in a row.
type paragraph []sentence

// report is one newsroom's telling of a happening.
type report struct {
	news      *happening
	headline  string
	byline    string
	agency    *agency // nil: the outlet's own
	dateline  string
	note      string // of what is new
	paras     []paragraph
	trailer   string
	agencyOwn bool // as the agency sent it
}

type agency struct{ short, long string }

// few takes n entries of list.
func few(r *rand.Rand, list []string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = pick(r, list)
	}
	return out
}

// first prefers the words of the beat, which stand first in the list.
func first(r *rand.Rand, list []string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = list[min(r.IntN(len(list)), r.IntN(len(list)))]
	}
	return out
}

func newHappening(r *rand.Rand) *happening {
	b := pick(r, beats())
	h := &happening{
		beat: b, place: townName(r), land: pick(r, lands), near: []string{townName(r), townName(r)}, n: 2 + r.IntN(8)*(1+r.IntN(12)),
		event: pick(r, b["event"]), head: pick(r, b["head"]), since: 1950 + r.IntN(78),
		bodies: few(r, b["body"], 2),
		own: beat{
			"who": first(r, b["who"], 5), "thing": first(r, b["thing"], 5), "matter": first(r, b["matter"], 4), "adj": first(r, b["adj"], 6),
		},
	}
	if c := b["crashed"]; c != nil {
		h.crashed = pick(r, c)
	}
	for range 4 {
		h.persons = append(h.persons, person{pick(r, given), surname(r), pick(r, b["post"])})
	}
	for range 3 {
		h.quotes = append(h.quotes, h.fill(r, pick(r, b["utterance"])))
	}
	return h
}

// expand puts words into the slots of a template, "an" for "a" where it must.
func expand(template string, word func(slot string) string) string {
	var b strings.Builder
	for {
		from := strings.IndexByte(template, '{')
		if from < 0 {
			b.WriteString(template)
			return b.String()
		}
		to := from + strings.IndexByte(template[from:], '}')
		before, w := template[:from], word(template[from+1:to])
		b.WriteString(before)
		if (strings.HasSuffix(before, " a ") || strings.EqualFold(before, "a ") && b.Len() == 2) && strings.IndexByte("aeiou", w[0]) >= 0 {
			s := b.String()
			b.Reset()
			b.WriteString(s[:len(s)-1] + "n ")
		}
		b.WriteString(w)
		template = template[to+1:]
	}
}

// fact is the word for a slot that has but one; ok is false for other slots.
func (h *happening) fact(slot string) (word string, ok bool) {
	switch slot {
	case "n":
		return number(h.n), true
	case "at":
		return h.place, true
	case "crashed":
		return h.crashed, true
	}
	return "", false
}

// word is one of the happening's words for a slot.
func (h *happening) word(r *rand.Rand, slot string) string {
	if w, ok := h.fact(slot); ok {
		return w
	}
	if own := h.own[slot]; own != nil && chance(r, .75) {
		return pick(r, own)
	}
	return pick(r, h.beat[slot])
}

func (h *happening) fill(r *rand.Rand, template string) string {
	return expand(template, func(slot string) string { return h.word(r, slot) })
}

// lead is the facts of the news in one clause: always the same words of the
// beat, so that all who report it tell one thing.
func (h *happening) lead(template string) string {
	return expand(template, func(slot string) string {
		if w, ok := h.fact(slot); ok {
			return w
		}
		if slot == "Thing" {
			return capital(h.own["thing"][0])
		}
		return h.own[slot][0]
	})
}

// The clauses of the body. {p} is a person's surname, {o} a body, {x} another
// place, {k} a count, {y} a year, {s} a street, {d} a weekday.
var clauses = []string{
	"{who} {did} the {adj} {thing} {when}",
	"{k} {who} {ruled} the {matter} {aim}",
	"the {o} {ruled} a {adj} {matter} {aim}",
	"{k} {who} from {x} {did} a {thing} beside the {adj} {thing}",
	"the {matter} had been {ruled} by {who} {when}",
	"{who} {ruled} the {matter}, but {who} {did} the {adj} {thing} {when}",
	"a {adj} {matter} could cost {at} as much as {k} million crowns",
	"{p} {ruled} the {adj} {matter} {when}, {aim}",
	"the {thing}, {did} in {y}, lies {k} kilometres from {x}",
	"neither the {o} nor {who} {ruled} the {adj} {matter}",
	"the {adj} {thing} on {s} Street was {did} {when}",
	"{who} {did} {k} sacks of sand and a {thing} {aim}",
	"some {who} {ruled} what they called a {adj} {matter}",
	"on {d} {who} {did} the {thing} and {ruled} the {adj} {matter}",
	"{x} {ruled} a similar {matter} in {y} {aim}",
	"a {thing} in {x} was {did} by {who} {aim}",
	"{p} {did} the {thing} with {k} {who} {when}",
	"the {matter} of {y} was {adj}, and {who} {ruled} it",
	"nearly {k} {who} live within sight of the {adj} {thing}",
	"the {o} {did} a {adj} {thing} near {x} and {ruled} another {matter}",
	"less than half of the {who} {ruled} the {matter} {when}",
	"between {at} and {x} {who} {did} every {adj} {thing}",
}

// sentence makes one sentence of a report.
func (h *happening) sentence(r *rand.Rand) sentence {
	clause := func() string {
		return expand(pick(r, clauses), func(slot string) string {
			switch slot {
			case "p":
				return pick(r, h.persons).last
			case "o":
				return pick(r, h.bodies)
			case "x":
				return pick(r, h.near)
			case "k":
				return number(3 + r.IntN(12)*(1+r.IntN(30)))
			case "y":
				return fmt.Sprint(h.since + r.IntN(4))
			case "s":
				return pick(r, streets)
			case "d":
				return time.Weekday(r.IntN(7)).String()
			}
			return h.word(r, slot)
		})
	}
	s := sentence{words: clause()}
	if chance(r, .4) {
		s.words += pick(r, []string{", while ", ", and ", " as ", " after "}) + clause()
	}
	switch p := pick(r, h.persons); r.IntN(10) {
	case 0, 1, 2:
		s.form, s.by = after, p.last
	case 3:
		s.form, s.by = before, "the "+pick(r, h.bodies)
	case 4:
		s.form, s.by = before, p.last
	case 5:
		s.form, s.by = before, fmt.Sprintf("%s %s, %s from %s,", pick(r, given), surname(r), pick(r, h.beat["kinship"]), pick(r, h.near))
	}
	return s
}

// tell writes a report of about n sentences on h.
func tell(r *rand.Rand, h *happening, day time.Time, by *agency, n int) *report {
	p := h.persons[0]
	lead := h.lead(h.event)
	when := day.Weekday().String()
	r1 := &report{news: h, agency: by, byline: pick(r, given) + " " + surname(r)}
	r1.headline = capital(h.lead(h.head))
	who := fmt.Sprintf("%s %s, the %s", p.first, p.last, p.post)
	opening := []paragraph{
		{{words: lead + " on " + when, by: pick(r, []string{"officials", "the " + h.bodies[0], p.post + " " + p.first + " " + p.last}), form: after}},
		{{words: h.quotes[0], by: who, form: quoted}},
	}
	if by == nil { // an outlet's own words
		opening[0][0] = h.sentence(r)
		opening[0][0].form, opening[0][0].by = plain, ""
		opening[0] = append(opening[0], sentence{words: "it was on " + when + " that " + lead})
	}
	r1.paras = opening
	for made := 2; made < n; {
		var para paragraph
		for range 1 + r.IntN(2) {
			para = append(para, h.sentence(r))
			made++
		}
		if chance(r, .12) {
			q := pick(r, h.persons)
			words := h.fill(r, pick(r, h.beat["utterance"]))
			if chance(r, .3) {
				words = pick(r, h.quotes)
			}
			para = append(para, sentence{words: words, by: q.last + ", the " + q.post + ",", form: quoted})
		}
		r1.paras = append(r1.paras, para)
	}
	if by != nil {
		r1.dateline = fmt.Sprintf("%s, %s, %s (%s) — ", strings.ToUpper(h.place), h.land, stamp(day), by.short)
		r1.trailer = fmt.Sprintf("(Reporting by %s; editing by %s %s)", r1.byline, pick(r, given), surname(r))
		r1.agencyOwn = true
	}
	return r1
}

func stamp(t time.Time) string { return t.Format("January 2, 2006") }

// text writes a sentence out.
func (s sentence) text() string {
	switch s.form {
	case after:
		return capital(s.words) + ", " + strings.TrimSuffix(s.by, ",") + " said."
	case before:
		return capital(s.by) + " said " + s.words + "."
	case quoted:
		return "“" + capital(s.words) + ",” said " + strings.TrimSuffix(s.by, ",") + "."
	}
	return capital(s.words) + "."
}

func (p paragraph) text() string {
	out := make([]string, len(p))
	for i, s := range p {
		out[i] = s.text()
	}
	return strings.Join(out, " ")
}
