package claim

import (
	"strconv"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

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
	if f.age(i) {
		return news.Quantity{}, false
	}
	if i-2 >= r.first && ts[i-1].Lower == "a" && ts[i-2].Lower == "half" {
		n /= 2 // "half a dozen"
	}
	j := i + 1
	for j < r.last && ts[j].Tag == news.Num {
		if m, ok := number(ts[j].Lower); ok && (m >= 100 || m == 12) {
			n *= m
		}
		j++
	}
	q := news.Quantity{Low: n, High: n, Span: text.Span{Start: ts[i].Span.Start, End: ts[j-1].Span.End}}
	vague := false
	switch ts[i].Lower {
	case "dozens", "hundreds", "thousands", "millions", "billions":
		q.High, vague = 0, true // "dozens": two at the least
	}
	switch limit := f.limit(r.first, i); {
	case limit == "low" && !vague:
		q.High = 0 // open upwards
	case limit == "high":
		q.Low = 0
	case limit == "near" && !vague:
		q.Low, q.High = n*0.9, n*1.1
	}
	q.Unit = f.unit(j, r)
	if q.Unit == "" && strings.HasSuffix(ts[j-1].Lower, "%") {
		q.Unit = "percent"
	}
	if q.Unit == "" && ts[i].Lower == "one" {
		return news.Quantity{}, false // a pronoun
	}
	return q, true
}

// age reports whether the number at i is how old somebody is: "Ada Lind, 36, of",
// "aged 61", "a man of 35 years of age". A number behind a name counts nothing.
func (f *finder) age(i int) bool {
	ts := f.v.Tokens
	at := func(k int) news.Token {
		if k < 0 || k >= len(ts) {
			return news.Token{Lower: ".", Tag: news.Punct}
		}
		return ts[k]
	}
	if w := at(i - 1).Lower; w == "age" || w == "aged" || w == "ages" {
		return true
	}
	if n, ok := number(ts[i].Lower); !ok || n >= 120 || ts[i].Lower[0] < '0' || ts[i].Lower[0] > '9' {
		return false
	}
	if at(i+1).Lower == "-" && at(i+2).Lower == "year" || at(i+1).Lower == "years" && at(i+2).Lower == "old" {
		return true
	}
	switch at(i + 1).Lower {
	case ",", ".", ")", ";":
	case "and": // "both 51 and"
	default:
		return false
	}
	before := at(i - 2).Tag
	return at(i-1).Lower == "," && (before == news.Name || before == news.Noun) && !(at(i+1).Lower == "." && before == news.Noun) || at(i-1).Lower == "both"
}

// limit classes what stands before the number at i: "low" for "at least",
// "high" for "up to", "near" for "about", "" for an exact number.
func (f *finder) limit(first, i int) string {
	ts, lex := f.v.Tokens, lexicon()
	if i == first {
		return ""
	}
	w := ts[i-1].Lower
	if i-first >= 2 {
		pair := ts[i-2].Lower + " " + w
		no := i-first >= 3 && (ts[i-3].Lower == "no" || ts[i-3].Lower == "not")
		switch pair {
		case "at least", "more than", "as many", "greater than":
			if no {
				return "high"
			}
			return "low"
		case "fewer than", "less than", "lower than":
			if no {
				return "low"
			}
			return "high"
		case "up to", "at most", "many as":
			if pair == "many as" {
				return "near"
			}
			return "high"
		}
	}
	switch {
	case w == "over":
		return "low"
	case lex.is(roughly, w):
		return "near"
	}
	return ""
}

// unit is what a number counts: the head of the noun phrase from j, or people
// when a verb of harm follows or comes before and no noun does ("11 were
// killed", "killing 9").
func (f *finder) unit(j int, r tokens) string {
	ts, lex := f.v.Tokens, lexicon()
	from := j
	if j+1 < r.last && ts[j].Lower == "of" { // "two of the dam's three gates"
		for j++; j < r.last && (ts[j].Tag == news.Det || ts[j].Tag == news.Adj || ts[j].Tag == news.Num || j+1 < r.last && (ts[j].Tag == news.Noun || ts[j].Tag == news.Name) && ts[j+1].Tag == news.Poss || ts[j].Tag == news.Poss); j++ {
		}
	}
	for k := j; k < r.last && k < j+5; k++ {
		t := &ts[k]
		if t.Tag == news.Noun && !lex.is(measures, t.Lower) {
			for k+1 < r.last && ts[k+1].Tag == news.Noun && !f.inTimex(ts[k+1].Span) {
				k++ // "seven police officers"
			}
			return ts[k].Lemma
		}
		if t.Tag != news.Adj && t.Tag != news.Noun && t.Tag != news.PastPart && t.Tag != news.Name && !lex.is(measures, t.Lower) {
			break
		}
		if t.Tag == news.PastPart && lex.is(harms, t.Lemma) {
			return "people" // "11 killed"
		}
	}
	if from < r.last && f.harmed(from, r) || from > r.first+1 && lex.is(harms, ts[from-2].Lemma) {
		return "people"
	}
	return ""
}

// harmed reports whether the number before i counts people: "11 were killed",
// "14 are still missing", "two more died".
func (f *finder) harmed(i int, r tokens) bool {
	ts, lex := f.v.Tokens, lexicon()
	for k := i; k < r.last && k < i+6; k++ {
		t := &ts[k]
		if lex.is(harms, t.Lemma) || lex.is(harms, t.Lower) {
			return true
		}
		if t.Tag != news.Aux && t.Tag != news.Adv && t.Tag != news.Modal && t.Tag != news.PastPart && t.Lower != "more" && t.Lower != "others" {
			return false
		}
	}
	return false
}

var spelled = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
	"forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1e3, "million": 1e6,
	"billion": 1e9, "trillion": 1e12, "dozen": 12, "dozens": 24, "hundreds": 200, "thousands": 2000, "millions": 2e6, "billions": 2e9,
}

// number reads digits or a number word; "twenty-two" is a sum.
func number(w string) (float64, bool) {
	if n, ok := spelled[w]; ok {
		return n, true
	}
	if tens, ones, ok := strings.Cut(w, "-"); ok {
		a, okA := spelled[tens]
		b, okB := spelled[ones]
		return a + b, okA && okB && a >= 20 && a < 100 && b < 10
	}
	w = strings.TrimLeft(w, "$€£")
	w = strings.TrimSuffix(w, "%")
	if w == "" || w[0] < '0' || w[0] > '9' {
		return 0, false
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(w, ",", ""), 64)
	return n, err == nil
}
