package quote

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed cues.txt
var cuesFile string

//go:embed phrases.txt
var phrasesFile string

// frames tell how a cue verb stands to what it introduces.
type frames uint16

const (
	clause frames = 1 << iota
	inverted
	audience
	toInf
	object
	noun
	words
	belief
	study
)

var frameNames = map[string]frames{
	"clause": clause, "inverted": inverted, "audience": audience, "to": toInf,
	"object": object, "noun": noun, "words": words, "belief": belief, "study": study,
}

type tables struct {
	cues    map[string]frames // by lemma
	classes map[string]map[string]bool
}

func (t *tables) is(class, word string) bool { return t.classes[class][word] }

// lexicon is read once; it never changes afterwards.
var lexicon = sync.OnceValue(func() *tables {
	t := &tables{map[string]frames{}, map[string]map[string]bool{}}
	for name, list := range entries(cuesFile) {
		for f := range strings.FieldsSeq(list) {
			t.cues[name] |= frameNames[f]
		}
	}
	for name, list := range entries(phrasesFile) {
		t.classes[name] = map[string]bool{}
		for w := range strings.FieldsSeq(list) {
			t.classes[name][w] = true
		}
	}
	return t
})

// entries yields the "name: list" lines of a lexicon file.
func entries(file string) func(func(string, string) bool) {
	return func(yield func(string, string) bool) {
		for line := range strings.Lines(file) {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			if name, list, ok := strings.Cut(line, ":"); ok && !yield(name, list) {
				return
			}
		}
	}
}
