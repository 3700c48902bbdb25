package claim

import (
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// This file decides which date of a clause says when what it tells of
// happened. A date that stands with a noun dates that noun: "the 2016 vote",
// "since May", "after the strike last week".

// date is the day of the event: a date inside the clause, else one beside it
// in the same sentence that belongs to no attribution.
func (f *finder) date(s news.Sentence, r tokens, c news.Claim, q *news.Quote) string {
	best := ""
	for _, t := range f.timexesIn(c.Span) {
		if v := dateValue(t); v != "" && (best == "" || len(v) > len(best)) && f.dates(t, r) {
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
		// "since 1937, when a dam collapsed and 41 people drowned"
		if t.Span.End <= c.Span.Start && isWhen(f.v.Text[t.Span.End:c.Span.Start]) {
			best = dateValue(t)
		}
	}
	if best != "" {
		return best
	}
	if q.ID != "" && q.Why.Rule == "S pledged to C" || q.ID != "" && q.Why.Rule == "S urged O to C" {
		return q.When.Value
	}
	return ""
}

// isWhen tells whether what follows on a date tells of that day.
func isWhen(rest string) bool {
	rest = strings.TrimLeft(rest, ", ")
	return strings.HasPrefix(rest, "when ") && !strings.ContainsAny(rest, ";.")
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

// dates reports whether the date t, which stands in r, can say when what r
// tells of happened.
func (f *finder) dates(t news.Timex, r tokens) bool {
	i := r.first // the tokens of the date are i to j
	for i < r.last && f.v.Tokens[i].Span.End <= t.Span.Start {
		i++
	}
	j := i
	for j < r.last && f.v.Tokens[j].Span.Start < t.Span.End {
		j++
	}
	return !f.datesNoun(t, i, j, r) && !f.otherTense(t, r)
}

// datesNoun reports whether the date in tokens i to j belongs to a noun beside
// it.
func (f *finder) datesNoun(t news.Timex, i, j int, r tokens) bool {
	ts := f.v.Tokens
	if i > r.first && ts[i-1].Lower == "since" {
		return true // the beginning of what lasts: "the first since 2010"
	}
	if len(t.Value) >= len("2018-07-16") {
		return false // a page's talk of "Monday's meeting" is of that Monday
	}
	// "the 2016 vote", "last month's summit", "its 2014 annexation of"
	k := j
	if k < r.last && ts[k].Tag == news.Poss {
		k++
	}
	if k < r.last && (ts[k].Tag == news.Noun || ts[k].Tag == news.Adj || ts[k].Tag == news.Name) && (k > j || i > r.first && attributive(&ts[i-1])) {
		return !f.happens(r)
	}
	// "after the strike last week", "his talks with Lund in June"
	for k := i - 1; k > r.first; k-- {
		switch ts[k].Tag {
		case news.Verb, news.Aux, news.Modal, news.Inf, news.PastPart, news.Ing, news.Punct:
			return false
		}
		switch ts[k].Lower {
		case "after", "following", "amid", "despite", "over", "about", "like":
			return i-k > 2
		}
	}
	return false
}

// attributive reports whether a number or date after t stands before a noun
// and belongs to it: "the 2016", "their 2016", "another 2016".
func attributive(t *news.Token) bool {
	return t.Tag == news.Det || t.Tag == news.Poss || t.Tag == news.Adj || possessive[t.Lower]
}

// happens reports whether the clause says of a happening that it took place,
// so that the happening's date is the clause's.
func (f *finder) happens(r tokens) bool {
	for i := r.first; i < r.last; i++ {
		switch t := &f.v.Tokens[i]; t.Lemma {
		case "open", "begin", "start", "end", "last", "hold", "host", "attend", "conclude", "win", "lose", "take":
			switch t.Tag {
			case news.Verb, news.PastPart, news.Inf, news.Ing:
				return true
			}
		}
	}
	return false
}

// otherTense reports whether the clause speaks of what is to come and t has
// been, seen from the day the text was written.
func (f *finder) otherTense(t news.Timex, r tokens) bool {
	today := f.v.Meta.Published.Value
	if len(today) < len("2018-07-16") || len(t.Value) < 4 {
		return false
	}
	grain := len("2018") // weeks and seasons are compared by their year
	if len(t.Value) >= len("2018-07") && t.Value[5] >= '0' && t.Value[5] <= '9' {
		grain = min(len(t.Value), len("2018-07-16"))
	}
	if t.Value[:grain] >= today[:grain] {
		return false
	}
	for i := r.first; i < r.last; i++ {
		switch tk := &f.v.Tokens[i]; tk.Tag {
		case news.Modal:
			switch tk.Lower {
			case "will", "'ll", "shall":
				return true
			}
			return strings.HasSuffix(tk.Lower, "'ll") || tk.Lower == "won't"
		case news.Verb, news.Aux:
			return false
		}
	}
	return false
}
