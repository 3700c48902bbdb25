package claim

import "github.com/tracewire/tracewire/internal/news"

// clauses cuts a stretch of a sentence into clauses that can be true or false
// each on its own. A cut needs a verb of its own on both sides; what has none
// stays with the clause before it.
func (f *finder) clauses(r tokens) []tokens {
	ts := f.v.Tokens
	out := f.cuts[:0] // good until the next call
	begin := r.first
	for i := r.first; i < r.last; i++ {
		next := f.cutAfter(begin, i, r)
		if next < 0 && f.relativeEnds(begin, i, r) {
			next = i + 1
		}
		if next > 0 && ts[next-1].Lower == "meaning" && !f.finite(tokens{begin, i}) {
			begin, i = next, next-1 // "with no notes, meaning nobody will know"
			continue
		}
		if next < 0 || !f.finite(tokens{begin, i}) && !f.participle(tokens{begin, i}) {
			continue
		}
		out = append(out, f.trim(tokens{begin, i}))
		begin, i = next, max(i, next-1)
	}
	last := f.trim(tokens{begin, r.last})
	if last.last > last.first && ts[last.first].Lower == "amid" && len(out) > 0 {
		return out // what things happened amid is read by phrases
	}
	if n := len(out); n > 0 && !f.finite(last) && !f.participle(last) {
		out[n-1].last = last.last
	} else {
		out = append(out, last)
	}
	f.cuts = out
	kept := out[:0]
	for _, c := range out {
		if n := f.contentWords(c); c.last > c.first && (n >= 2 || n == 1 && c.last-c.first >= 3 && f.finite(c)) {
			kept = append(kept, c)
		}
	}
	return kept
}

// relativeEnds reports whether the comma at i ends a relative clause and the
// main verb follows: "Kim, who left on Monday, held talks".
func (f *finder) relativeEnds(begin, i int, r tokens) bool {
	ts := f.v.Tokens
	if ts[i].Lower != "," || i+1 >= r.last || !f.predicate(f.skipAdverbs(i+1, r), r) {
		return false
	}
	for j := begin; j+1 < i; j++ {
		if ts[j].Lower == "," && (ts[j+1].Lower == "who" || ts[j+1].Lower == "which") {
			return true
		}
	}
	return false
}

// inQuotedPhrase reports whether the conjunction at i joins words of a phrase in
// quotation marks: `the same "scale or scope" it had before`.
func (f *finder) inQuotedPhrase(i int, r tokens) bool {
	const words = 3 // to either side
	ts := f.v.Tokens
	opens := false
	for k := i - 1; k >= max(r.first, i-1-words); k-- {
		if ts[k].Tag == news.Open || ts[k].Tag == news.Close {
			opens = ts[k].Tag == news.Open
			break
		}
	}
	if !opens {
		return false
	}
	for k := i + 1; k < min(r.last, i+2+words); k++ {
		if ts[k].Tag == news.Open || ts[k].Tag == news.Close {
			return ts[k].Tag == news.Close
		}
	}
	return false
}

// cutAfter returns the token with which a new clause begins when the clause
// ends before token i, -1 if it does not end there.
func (f *finder) cutAfter(begin, i int, r tokens) int {
	ts := f.v.Tokens
	t := &ts[i]
	at := i
	comma := false
	if t.Tag == news.Punct && (t.Lower == "," || t.Lower == ";" || t.Lower == "-") {
		comma = true
		at++
		if at >= r.last {
			return -1
		}
		t = &ts[at]
	}
	switch {
	case t.Tag == news.Conj && (t.Lower == "and" || t.Lower == "but" || t.Lower == "or" || t.Lower == "nor"):
		n := f.skipAdverbs(at+1, r)
		if !comma && (f.phrasesJoined(at, r) || f.inQuotedPhrase(at, r)) {
			return -1
		}
		if comma && n+1 < r.last && ts[n].Lower == "that" && f.subjectVerb(n+1, r) {
			return n + 1 // "that they could jam, and that nobody answered"
		}
		if n < r.last && (f.predicate(n, r) || f.subjectVerb(n, r)) {
			return at + 1
		}
		if n < r.last && ts[n].Tag == news.Ing && ts[begin].Tag == news.Ing && f.wordsUntilComma(n, r) >= 4 {
			return at + 1 // "killing seven people and flooding the town"
		}
	case t.Lower == "where" || t.Lower == "while" || t.Lower == "although" || t.Lower == "though" || t.Lower == "whereas" || t.Lower == "when" && comma:
		n := at + 1
		if n < r.last && (f.subjectVerb(n, r) || ts[n].Tag == news.Ing) {
			return n
		}
	case t.Lower == "as" && comma:
		if at+1 < r.last && f.subjectVerb(at+1, r) {
			return at + 1
		}
	case t.Lower == "which" || t.Lower == "who" || t.Lower == "that" && !comma && at > r.first && f.relativeThat(at):
		n := f.skipAdverbs(at+1, r)
		if n < r.last && (f.predicate(n, r) || ts[n].Tag == news.Open) {
			return at + 1
		}
	case comma && t.Lower == "meaning":
		n := at + 1
		if n < r.last && ts[n].Lower == "that" {
			n++
		}
		if n < r.last && (f.subjectVerb(n, r) || ts[n].Lower == "there") {
			return n
		}
	case (t.Lower == "before" || t.Lower == "after") && at+1 < r.last && ts[at+1].Tag == news.Ing && f.wordsUntilComma(at+1, r) >= 4:
		return at + 1
	case comma && t.Tag == news.Ing && t.Lower != "including" && f.weighty(at, r):
		return at
	case ts[i].Lower == ";", t.Lower == "amid":
		return at
	}
	return -1
}

// phrasesJoined reports whether the conjunction at i joins two names under one
// preposition, or two adjectives before one noun, so that no clause ends there:
// "from Vellmar and Karsund to Oslo was", "pro-gate and anti-gate marches are".
func (f *finder) phrasesJoined(i int, r tokens) bool {
	ts := f.v.Tokens
	if i < r.first+2 || i+2 >= r.last {
		return false
	}
	switch before, after := ts[i-1].Tag, ts[i+1].Tag; {
	case before == news.Name && after == news.Name:
		j := i - 1
		for j > r.first && ts[j].Tag == news.Name {
			j--
		}
		k := i + 1
		for k < r.last && ts[k].Tag == news.Name {
			k++
		}
		return ts[j].Tag == news.Prep && k < r.last && ts[k].Tag == news.Prep
	case before == news.Adj && after == news.Adj:
		return ts[i-2].Tag == news.Det || ts[i-2].Tag == news.Prep || ts[i-2].Tag == news.Num
	}
	return false
}

// relativeThat reports whether "that" at i follows the noun it refers to,
// rather than opening the content of a noun ("claims that …").
func (f *finder) relativeThat(i int) bool {
	p := &f.v.Tokens[i-1]
	return p.Tag == news.Noun || p.Tag == news.Name
}

func (f *finder) skipAdverbs(i int, r tokens) int {
	for i < r.last && f.v.Tokens[i].Tag == news.Adv {
		i++
	}
	return i
}

// predicate reports whether a finite verb stands at i.
func (f *finder) predicate(i int, r tokens) bool {
	if i >= r.last {
		return false
	}
	switch t := &f.v.Tokens[i]; t.Tag {
	case news.Verb, news.Aux, news.Modal:
		return true
	case news.PastPart:
		// "was detained and taken away": the auxiliary is left out
		return false
	}
	return false
}

// subjectVerb reports whether a short noun phrase and a finite verb follow.
func (f *finder) subjectVerb(i int, r tokens) bool {
	ts := f.v.Tokens
	for j := i; j < r.last && j < i+14; j++ {
		if ts[j].Tag == news.Conj && f.predicate(f.skipAdverbs(j+1, r), r) {
			return false // "friendly ties and opened": the verb belongs to what stands before
		}
		switch ts[j].Tag {
		case news.Verb, news.Aux, news.Modal:
			return j > i
		case news.Name, news.Noun, news.Det, news.Adj, news.Num, news.Poss, news.Pronoun, news.Adv, news.Prep, news.PastPart, news.Conj, news.Open, news.Close:
		default:
			return false
		}
	}
	return false
}

// weighty reports whether the participle at i says enough for a claim of its
// own: it counts the harmed, or has six words of content.
func (f *finder) weighty(i int, r tokens) bool {
	end := i + f.wordsUntilComma(i, r)
	if lexicon().name(tolls, f.v.Tokens[i].Lower) != "" {
		return end-i >= 3
	}
	return f.contentWords(tokens{i, end}) >= 6
}

func (f *finder) wordsUntilComma(i int, r tokens) int {
	n := 0
	for ; i < r.last && f.v.Tokens[i].Lower != ","; i++ {
		n++
	}
	return n
}

// finite reports whether a finite verb stands in r.
func (f *finder) finite(r tokens) bool {
	for k := range f.v.Tokens[r.first:r.last] {
		t := &f.v.Tokens[r.first+k]
		if t.Tag == news.Verb || t.Tag == news.Aux || t.Tag == news.Modal {
			return true
		}
	}
	return false
}

// participle reports whether r begins with a participle that has weight of its
// own: "heading by train to the city".
func (f *finder) participle(r tokens) bool {
	ts := f.v.Tokens
	return r.last-r.first >= 4 && ts[r.first].Tag == news.Ing
}

// trim leaves out marks and joining words at the ends. A quotation mark stays
// with its pair.
func (f *finder) trim(r tokens) tokens {
	ts := f.v.Tokens
	open, closed := 0, 0
	for k := range ts[r.first:max(r.first, r.last)] {
		t := &ts[r.first+k]
		if t.Tag == news.Open {
			open++
		}
		if t.Tag == news.Close {
			closed++
		}
	}
	for r.first < r.last {
		t := &ts[r.first]
		if t.Tag == news.Punct || t.Tag == news.Conj || t.Tag == news.Close || t.Tag == news.Open && closed < open {
			if t.Tag == news.Open {
				open--
			}
			r.first++
			continue
		}
		break
	}
	for r.first < r.last {
		t := &ts[r.last-1]
		if t.Tag == news.Punct && t.Lower != ")" && t.Lower != "%" || t.Tag == news.Conj || t.Tag == news.Open || t.Tag == news.Close && open < closed ||
			f.dangling(r) {
			if t.Tag == news.Close {
				closed--
			}
			r.last--
			continue
		}
		break
	}
	return r
}

// dangling reports whether r ends with a word that wants something after it:
// "given that", "to the area where".
func (f *finder) dangling(r tokens) bool {
	t := &f.v.Tokens[r.last-1]
	switch t.Lower {
	case "of", "with", "from", "than", "as", "at", "into", "the", "a", "an", "its", "which", "who", "whose", "and", "by", "to", "after", "before", "since", "until", "despite", "amid", "because":
		return r.last-r.first > 1
	}
	return t.Tag == news.Sub && t.Lower != "why" && t.Lower != "how" && r.last-r.first > 1
}

func (f *finder) contentWords(r tokens) int {
	n := 0
	for k := range f.v.Tokens[r.first:r.last] {
		t := &f.v.Tokens[r.first+k]
		switch t.Tag {
		case news.Noun, news.Name, news.Verb, news.Adj, news.Num, news.Ing, news.PastPart, news.Inf:
			n++
		}
	}
	return n
}
