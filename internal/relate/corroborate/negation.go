package corroborate

import (
	"slices"

	"github.com/tracewire/tracewire/internal/news"
)

// flat reports whether a statement says plainly that something did not happen:
// no condition, nothing that leaves it open for later ("not yet"), nothing that
// denies a part only ("not the first", "no longer than"), and the negation goes
// with what happens and not with somebody who is described ("a boy who was not
// armed threw").
func flat(st *statement, ts []news.Token) bool {
	if len(ts) == 0 {
		return false
	}
	switch ts[0].Lower {
	case "if", "unless", "you", "until", "when", "because", "lest", "wherever", "why":
		return false
	}
	at := -1
	for i, t := range ts {
		if t.Lower == "than" {
			return false // "none longer than eight years"
		}
		if at < 0 && denies(t) {
			at = i
		}
	}
	if at < 0 {
		return true // it denies without such a word
	}
	switch ts[at].Lower {
	case "couldn't", "wouldn't", "shouldn't", "couldn’t", "wouldn’t", "shouldn’t", "can't", "can’t":
		return false
	}
	for k := max(0, at-3); k < at; k++ {
		if w := ts[k].Lower; k > 0 && (w == "who" || w == "which" || w == "whose") {
			return false
		}
	}
	for k := at + 1; k < len(ts) && k <= at+3; k++ {
		switch ts[k].Lemma {
		case "yet", "immediately", "initially", "first", "always", "necessarily", "entirely", "fully", "solely", "merely", "only", "need", "want", "expect", "think", "believe", "plan", "intend", "know", "care", "mind", "recall", "remember", "because", "so", "too", "as", "apparently", "likely", "enough":
			return false
		}
	}
	for k := at + 1; k < len(ts); k++ {
		switch ts[k].Lower {
		case "outset", "beginning", "yet", "longer":
			return false
		}
	}
	head := st.deed.at
	for k := at + 1; k < min(head, len(ts)); k++ {
		if ts[k].Lower == "and" || ts[k].Lower == "but" || ts[k].Tag == news.To && ts[at].Lower == "no" {
			return false // "is no lobby and supports", "sees no reason to break"
		}
	}
	if head <= at || head >= len(ts) || ts[head].Tag != news.Noun {
		return true
	}
	for _, t := range ts[at+1 : head] {
		if t.Tag == news.Prep { // "was not at the church at the time of the fire"
			return false
		}
	}
	return true
}

// ofWhom is the name of whom something is not so, in lower case: "Orrin" in "unlike Lind
// and Roe, Orrin is not signed", "Drang" in "Drang's group never paid", "group" in "her
// group never paid". "" where none of these stands there.
func ofWhom(ts []news.Token) string {
	at := slices.IndexFunc(ts, denies)
	for i := at - 1; i >= 0; i-- {
		switch ts[i].Tag {
		case news.Aux, news.Modal, news.Adv, news.Verb:
			continue
		case news.Name:
			return ts[i].Lower
		case news.Noun:
			switch {
			case i > 1 && ts[i-1].Tag == news.Poss && ts[i-2].Tag == news.Name:
				return ts[i-2].Lower
			case i > 0 && owned(ts[i-1].Lower):
				return ts[i].Lower
			}
		}
		return ""
	}
	return ""
}

// owned lists what makes somebody's of a noun.
func owned(w string) bool {
	switch w {
	case "his", "her", "their", "its", "my", "our":
		return true
	}
	return false
}

// otherTime reports whether two statements are of different spans of time: "this
// season", "last season".
func otherTime(a, b []news.Token) bool {
	span := func(ts []news.Token) (which, of string) {
		for i := 1; i < len(ts); i++ {
			if w := ts[i-1].Lower; ts[i].Tag == news.Noun && (w == "this" || w == "last" || w == "next" || w == "previous") {
				return w, ts[i].Lemma
			}
		}
		return "", ""
	}
	wa, na := span(a)
	wb, nb := span(b)
	return na != "" && na == nb && wa != wb
}

// tried reports whether a statement tells of an attempt, of what might be, or of
// what was kept from happening: no denial can be set against it.
func tried(ts []news.Token) bool {
	for i, t := range ts {
		switch t.Lemma {
		case "try", "attempt", "aim", "seek", "hope", "prevent", "avoid", "refuse", "fail", "avert", "decline", "petition", "request",
			"unknown", "unclear", "undisclosed", "undetermined", "unidentified", "without", "lack", "absent", "no-one":
			return true
		}
		if t.Lower == "if" || t.Lower == "unless" || t.Lower == "whether" && i < 3 {
			return true
		}
	}
	return false
}
