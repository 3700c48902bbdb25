package segment

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

//go:embed verbs.txt
var verbsFile string

//go:embed words.txt
var wordsFile string

//go:embed abbreviations.txt
var abbreviationsFile string

// form is what a verb form can be.
type form uint8

const (
	base  form = 1 << iota // go
	third                  // goes
	past                   // went
	part                   // gone
	ing                    // going
	nouny                  // the base form is more often a noun
)

type words struct {
	entries       text.Words[entry]
	abbreviations map[string]abbreviation
}

// entry is all that the lexicon knows of a word, found with one look-up.
type entry struct {
	known   bool // in words.txt
	starter bool // often begins a sentence
	closed  news.Tag
	verb    form
	base    string // base form of a verb
}

// at is what the lexicon knows of a word in lower case.
func (w *words) at(word string) entry { return w.entries.At(word) }

// abbreviation tells how a word with a point behaves.
type abbreviation struct {
	ends    bool // its point may end a sentence
	capital bool // it needs a capital: "Ill.", not "ill."
}

// lexicon is read once; it never changes afterwards.
var lexicon = sync.OnceValue(readLexicon)

func readLexicon() *words {
	w := &words{abbreviations: map[string]abbreviation{}}
	all := vocabulary{}
	for _, line := range contentLines(wordsFile) {
		class, list, _ := strings.Cut(line, ":")
		tag := map[string]news.Tag{
			"det": news.Det, "pron": news.Pronoun, "prep": news.Prep, "conj": news.Conj, "sub": news.Sub, "aux": news.Aux,
			"modal": news.Modal, "adv": news.Adv, "adj": news.Adj, "num": news.Num, "noun": news.Noun,
		}[class]
		for f := range strings.FieldsSeq(list) {
			e := all[f]
			if !e.known {
				e.known, e.closed = true, tag
			}
			switch tag {
			case news.Det, news.Pronoun, news.Prep, news.Conj, news.Sub, news.Adv:
				e.starter = true
			}
			all[f] = e
		}
	}
	for _, line := range contentLines(verbsFile) {
		all.addVerb(strings.Fields(line))
	}
	w.entries = text.WordsOf(all)
	for _, line := range contentLines(abbreviationsFile) {
		for f := range strings.FieldsSeq(line) {
			word := strings.TrimSuffix(f, "!")
			w.abbreviations[strings.ToLower(word)] = abbreviation{ends: word != f, capital: 'A' <= f[0] && f[0] <= 'Z'}
		}
	}
	return w
}

func contentLines(file string) []string {
	var out []string
	for line := range strings.Lines(file) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

// vocabulary is the lexicon while it is read.
type vocabulary map[string]entry

// put adds k to what the word can be. A form keeps the first of its bases.
func (v vocabulary) put(word string, k form, b string) {
	e := v[word]
	e.verb |= k
	if e.base == "" {
		e.base = b
	}
	v[word] = e
}

func (v vocabulary) addVerb(f []string) {
	b, isNoun := strings.CutSuffix(f[0], "*")
	also := form(0)
	if isNoun {
		also = nouny
	}
	v.put(b, base|also, b)
	v.put(thirdPerson(b), third|also, b)
	v.put(ingForm(b), ing, b)
	if len(f) == 3 {
		v.put(f[1], past, b)
		v.put(f[2], part, b)
		return
	}
	v.put(edForm(b), past|part, b)
	if doubles(b) != b {
		v.put(doubles(b)+"ed", past|part, b)
		v.put(doubles(b)+"ing", ing, b)
	}
}

func thirdPerson(b string) string {
	switch {
	case strings.HasSuffix(b, "s"), strings.HasSuffix(b, "x"), strings.HasSuffix(b, "z"), strings.HasSuffix(b, "ch"), strings.HasSuffix(b, "sh"), strings.HasSuffix(b, "o"):
		return b + "es"
	case consonantY(b):
		return b[:len(b)-1] + "ies"
	}
	return b + "s"
}

func edForm(b string) string {
	switch {
	case strings.HasSuffix(b, "e"):
		return b + "d"
	case consonantY(b):
		return b[:len(b)-1] + "ied"
	}
	return b + "ed"
}

func ingForm(b string) string {
	switch {
	case strings.HasSuffix(b, "ie"):
		return b[:len(b)-2] + "ying"
	case strings.HasSuffix(b, "e") && !strings.HasSuffix(b, "ee") && !strings.HasSuffix(b, "oe") && len(b) > 2:
		return b[:len(b)-1] + "ing"
	}
	return b + "ing"
}

// doubles repeats a last consonant after a single vowel: plan -> plann.
func doubles(b string) string {
	n := len(b)
	if n < 3 || isVowel(b[n-1]) || b[n-1] == 'w' || b[n-1] == 'x' || b[n-1] == 'y' || !isVowel(b[n-2]) || isVowel(b[n-3]) {
		return b
	}
	return b + b[n-1:]
}

func consonantY(b string) bool {
	return len(b) > 1 && b[len(b)-1] == 'y' && !isVowel(b[len(b)-2])
}

func isVowel(c byte) bool { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' }
