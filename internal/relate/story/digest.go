package story

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

const (
	ledeSentences = 2   // of the body, after the headline
	strongest     = 150 // words and names kept of a whole text
	thinBody      = 40  // words: a text with a shorter body is read with its captions
	titleRunes    = 100 // longest title
	mostBigrams   = 200 // kept of a whole text
	weakest       = 1.5 // words below this weight stand in every fourth text and say nothing
)

// count is how often a word stands in the lede and in the whole text.
type count struct{ head, lede, all float32 }

// Digest reduces a version to what can be compared.
func Digest(v *news.Version) D {
	d := D{
		Name: v.Name, Date: day(v.Meta.Published.Value), Kind: v.Meta.Kind,
		Outlet: v.Meta.Outlet.Value, Agency: v.Meta.Agency.Value,
		AnyYear: v.Meta.Published.Why.Rule == news.YearByWeekday,
	}
	if !v.Given.Fetched.IsZero() {
		d.Got = v.Given.Fetched.Unix()
	}
	read, lede := prose(v)
	if v.Foreign() {
		// its words are not known: it joins a story as a copy, or not at all
		d.Title, d.Titled = title(v, read), strings.TrimSpace(v.Meta.Headline.Value) != ""
		return d
	}
	names, bases := formsOf(v, read)
	first := 0 // the sentence that is headline enough
	for first < len(read) && read[first].Last-read[first].First < 4 {
		first++
	}
	words, called, phrases := map[string]count{}, map[string]count{}, map[string]float32{}
	var bigrams []bigram
	times, when := timesOf(v), 0
	for i, s := range read {
		headline := s.Label == news.Headline
		before := ""
		for k := s.First; k < s.Last; k++ {
			t := &v.Tokens[k]
			for when < len(times) && times[when].End <= t.Span.Start {
				when++
			}
			if !tells(t) || when < len(times) && times[when].Overlaps(t.Span) {
				continue
			}
			w := t.Lemma
			isName := names[t.Lower]
			if isName {
				w = t.Lower
			} else if base, known := bases[t.Lower]; known && headline {
				w = base
			}
			into := words
			if isName {
				into = called
			}
			c := into[w]
			c.all++
			if lede[i] {
				c.lede++
			}
			if i == first {
				c.head = 1
			}
			into[w] = c
			if weightOf(w) <= weakest {
				continue
			}
			if before != "" && before != w {
				bigrams = append(bigrams, bigram{bigramHash(before, w), weightOf(before) + weightOf(w)})
				if lede[i] {
					phrases[min(before, w)+" "+max(before, w)] = weightOf(before) + weightOf(w)
				}
			}
			before = w
		}
	}
	d.Head = weighed(words, called, func(c count) float32 { return c.head })
	d.LedeWords = weighed(words, nil, func(c count) float32 { return c.lede })
	d.LedeNames = weighed(called, nil, func(c count) float32 { return c.lede })
	d.Words = top(weighed(words, nil, func(c count) float32 { return c.all }), strongest*2/3)
	d.Names = top(weighed(called, nil, func(c count) float32 { return c.all }), strongest/3)
	d.Phrases = terms(phrases)
	d.Bigrams = bigramsOf(bigrams)
	d.entities(v, read, lede)
	d.Numbers = numbers(v, read, lede)
	d.Title = title(v, read)
	d.Titled = strings.TrimSpace(v.Meta.Headline.Value) != ""
	return d
}

// day cuts an ISO time to its date, "" if it is not one.
func day(iso string) string {
	if len(iso) < 10 || iso[4] != '-' || iso[7] != '-' {
		return ""
	}
	return iso[:10]
}

// prose returns the sentences that tell the news, and which of them are the
// lede: the headline and the first sentences of the body.
func prose(v *news.Version) (read []news.Sentence, lede []bool) {
	inBody := 0
	for _, s := range v.Sentences.Items {
		if s.Label == news.Body {
			inBody += s.Last - s.First
		}
	}
	n := 0
	for _, s := range v.Sentences.Items {
		if s.Why.Rule == "dateline" {
			continue
		}
		switch s.Label {
		case news.Headline:
			read, lede = append(read, s), append(lede, true)
		case news.Body:
			read, lede = append(read, s), append(lede, n < ledeSentences)
			// A label or a time on a line of its own is no sentence.
			if s.Last-s.First > 5 {
				n++
			}
		case news.Caption:
			if inBody < thinBody {
				read, lede = append(read, s), append(lede, true)
			}
		}
	}
	return read, lede
}

// formsOf tells which forms are names, and the base forms of the body's other
// words. A headline writes many words with a capital; the body settles it.
func formsOf(v *news.Version, read []news.Sentence) (names map[string]bool, bases map[string]string) {
	names, bases = map[string]bool{}, map[string]string{}
	for _, s := range read {
		if s.Label == news.Headline {
			continue
		}
		for k := s.First; k < s.Last; k++ {
			t := &v.Tokens[k]
			if t.Tag == news.Name {
				names[t.Lower] = true
			} else {
				bases[t.Lower] = t.Lemma
			}
		}
	}
	for _, s := range read {
		if s.Label != news.Headline {
			continue
		}
		for k := s.First; k < s.Last; k++ {
			t := &v.Tokens[k]
			_, plain := bases[t.Lower]
			if t.Tag != news.Name || plain || names[t.Lower] {
				continue
			}
			// "Checks" and "Holds" are verbs in capitals.
			if base := strings.TrimSuffix(t.Lower, "s"); weightOf(base) < rare {
				bases[t.Lower] = base
				continue
			}
			if weightOf(t.Lower) >= rare {
				names[t.Lower] = true
			}
		}
	}
	return names, bases
}

// timesOf lists the time expressions in order. When something was is no part
// of what it was, and the date of writing is compared by itself.
func timesOf(v *news.Version) []text.Span {
	out := make([]text.Span, 0, len(v.Timexes.Items))
	for _, t := range v.Timexes.Items {
		out = append(out, t.Span)
	}
	slices.SortFunc(out, func(a, b text.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	return out
}

// tells reports whether a token can tell one piece of news from another.
func tells(t *news.Token) bool {
	switch t.Tag {
	case news.Pronoun, news.Det, news.Prep, news.Conj, news.Sub, news.Aux, news.Modal, news.To,
		news.Open, news.Close, news.Punct, news.Poss:
		return false
	}
	if len(t.Lower) < 2 || t.Tag == news.Num && len(t.Lower) < 3 {
		return false
	}
	for _, r := range t.Lower {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

// weighed weighs each word by its count, damped, and its rarity, and scales the
// whole to length 1.
func weighed(words, names map[string]count, of func(count) float32) []Term {
	out := make([]Term, 0, len(words)+len(names))
	for _, counts := range []map[string]count{words, names} {
		for w, c := range counts {
			n := of(c)
			r := weightOf(w)
			if n == 0 || r < weakest {
				continue
			}
			out = append(out, Term{w, (1 + float32(math.Log(float64(n)))) * r})
		}
	}
	slices.SortFunc(out, byWord)
	return unit(out)
}

func byWord(a, b Term) int { return strings.Compare(a.Word, b.Word) }

// heavier orders terms by weight, then by word.
func heavier(a, b Term) int {
	return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Word, b.Word))
}

// unit scales terms to length 1.
func unit(terms []Term) []Term {
	var sum float64
	for _, t := range terms {
		sum += float64(t.Weight) * float64(t.Weight)
	}
	if sum == 0 {
		return nil
	}
	length := float32(math.Sqrt(sum))
	for i := range terms {
		terms[i].Weight /= length
	}
	return terms
}

// top keeps the n heaviest terms, sorted by word, of length 1 again.
func top(terms []Term, n int) []Term {
	if len(terms) <= n {
		return terms
	}
	slices.SortFunc(terms, heavier)
	terms = slices.Clip(terms[:n])
	slices.SortFunc(terms, byWord)
	return unit(terms)
}

// entities fills the vectors of persons, organisations and places, and who
// and where stands in the lede.
func (d *D) entities(v *news.Version, read []news.Sentence, lede []bool) {
	var first []text.Span
	for i, s := range read {
		if lede[i] {
			first = append(first, s.Span)
		}
	}
	persons, orgs, places := map[string]float32{}, map[string]float32{}, map[string]float32{}
	for _, e := range v.Entities.Items {
		named, inLede := 0, false
		for _, m := range e.Mentions {
			if !m.Nominal {
				named++
			}
			inLede = inLede || slices.ContainsFunc(first, m.Span.Overlaps)
		}
		if named == 0 {
			continue
		}
		w := 1 + float32(math.Log(float64(named)))
		if inLede {
			w *= 2
		}
		switch e.Type {
		case news.Person:
			persons[e.ID] += w * rarest(e.ID)
		case news.Org:
			orgs[e.ID] += w * rarest(e.ID)
		case news.GPE, news.Location, news.Facility:
			places[e.ID] += w * rarest(e.ID)
		}
		if !inLede {
			continue
		}
		switch e.Type {
		case news.Person, news.Org:
			d.LedeActors = append(d.LedeActors, e.ID)
		case news.GPE, news.Location, news.Facility:
			d.LedePlaces = append(d.LedePlaces, e.ID)
		}
	}
	d.Persons, d.Orgs, d.Places = terms(persons), terms(orgs), terms(places)
	slices.Sort(d.LedeActors)
	slices.Sort(d.LedePlaces)
	d.LedeActors, d.LedePlaces = slices.Compact(d.LedeActors), slices.Compact(d.LedePlaces)
}

func terms(weights map[string]float32) []Term {
	out := make([]Term, 0, len(weights))
	for w, n := range weights {
		out = append(out, Term{w, n})
	}
	slices.SortFunc(out, byWord)
	return unit(out)
}

// bigram is two words in a row, as they stand in a text.
type bigram struct {
	hash   uint64
	weight float32 // of its words together
}

func bigramHash(a, b string) uint64 { return mix(hash(a) ^ mix(hash(b))) }

// bigramsOf weighs words in a row by how often they are, damped, and by their
// own weights. It sorts all.
func bigramsOf(all []bigram) []Term {
	slices.SortFunc(all, func(a, b bigram) int { return cmp.Compare(a.hash, b.hash) })
	out := make([]Term, 0, len(all))
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].hash == all[0].hash {
			n++
		}
		out = append(out, Term{short(all[0].hash), (1 + float32(math.Log(float64(n)))) * all[0].weight})
		all = all[n:]
	}
	slices.SortFunc(out, byWord)
	return top(unit(out), mostBigrams)
}

// short writes the first bits of a hash as six characters, which are hardly
// ever those of another one in a text of the same story.
func short(hash uint64) string {
	const size = 6
	var raw [8]byte
	binary.BigEndian.PutUint64(raw[:], hash)
	var text [11]byte
	base64.RawStdEncoding.Encode(text[:], raw[:])
	return string(text[:size])
}

// rarest is the weight of the rarest word of a name.
func rarest(name string) float32 {
	best := float32(1)
	for w := range strings.FieldsSeq(strings.ToLower(name)) {
		best = max(best, weightOf(w))
	}
	return best
}

// title returns the headline, or else the first clause of the lede.
func title(v *news.Version, read []news.Sentence) string {
	if h := strings.TrimSpace(v.Meta.Headline.Value); h != "" {
		return shorten(oneLine(h))
	}
	for _, s := range read {
		if s.Last-s.First < 4 {
			continue
		}
		return shorten(oneLine(s.Span.Of(v.Text)))
	}
	return v.Name
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// shorten cuts a title after its first clause, or else at a word.
func shorten(s string) string {
	if utf8.RuneCountInString(s) <= titleRunes {
		return s
	}
	runes := []rune(s)[:titleRunes]
	for i := len(runes) - 1; i > titleRunes/2; i-- {
		if runes[i] == ',' || runes[i] == ';' {
			return string(runes[:i])
		}
	}
	for i := len(runes) - 1; i > 0; i-- {
		if unicode.IsSpace(runes[i]) {
			return strings.TrimRightFunc(string(runes[:i]), func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) }) + " …"
		}
	}
	return string(runes)
}
