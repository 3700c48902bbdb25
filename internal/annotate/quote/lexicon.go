package quote

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
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

// class is a set of words that the rules ask for, see phrases.txt.
type class uint32

const (
	hearers class = 1 << iota
	occasions
	documents
	nameless
	attitudes
	asides
	norms
	complements
	counts
	articles
	carriers
	claimNouns
	preludes
	bodies
	platforms
	hosts
	offices
)

var classNames = map[string]class{
	"audience": hearers, "venue": occasions, "document": documents, "anonymous": nameless, "attitude": attitudes,
	"aside": asides, "norm": norms, "complement": complements, "crowd": counts, "article": articles,
	"carried": carriers, "claimword": claimNouns, "prelude": preludes, "body": bodies, "platform": platforms, "host": hosts, "office": offices,
}

type tables struct {
	cues  text.Words[frames] // by lemma
	words text.Words[class]
}

func (t *tables) is(k class, word string) bool { return t.words.At(word)&k != 0 }

// lexicon is read once; it never changes afterwards.
var lexicon = sync.OnceValue(func() *tables {
	cues, words := map[string]frames{}, map[string]class{}
	for name, list := range entries(cuesFile) {
		for f := range strings.FieldsSeq(list) {
			cues[name] |= frameNames[f]
		}
	}
	for name, list := range entries(phrasesFile) {
		for w := range strings.FieldsSeq(list) {
			words[w] |= classNames[name]
		}
	}
	return &tables{text.WordsOf(cues), text.WordsOf(words)}
})

//go:embed stances.txt
var stancesFile string

// stanceTable is stances.txt: the kinds of each word as bits, and which bits
// make an attitude of which sort.
type stanceTable struct {
	slots [1 << 12]stanceSlot // by the hash of the word, the next free one if taken
	sorts map[news.Attitude]uint32
}

type stanceSlot struct{ hash, kinds uint32 }

// at returns the slot of the word with this hash; it has no kinds when
// stances.txt does not know the word.
func (t *stanceTable) at(hash uint32) *stanceSlot {
	i := hash & uint32(len(t.slots)-1)
	for t.slots[i].kinds != 0 && t.slots[i].hash != hash {
		i = (i + 1) & uint32(len(t.slots)-1)
	}
	return &t.slots[i]
}

// sortOf tells what sort of attitude the kinds of stances.txt are.
var sortOf = map[string]news.Attitude{
	"criticize": news.Judgement, "praise": news.Judgement, "support": news.Judgement, "oppose": news.Judgement,
	"criticism": news.Judgement, "approval": news.Judgement, "opposition": news.Judgement,
	"judge": news.Belief, "believe": news.Belief, "emote": news.Belief, "seem": news.Belief, "belief": news.Belief,
	"feeling": news.Belief, "attitude": news.Belief,
	"want": news.Intention, "intend": news.Intention, "order": news.Intention, "wish": news.Intention,
}

// stances is read once; it never changes afterwards.
var stances = sync.OnceValue(func() *stanceTable {
	t := &stanceTable{sorts: map[news.Attitude]uint32{}}
	bit := uint32(1)
	for name, list := range entries(stancesFile) {
		for w := range strings.FieldsSeq(list) {
			s := t.at(wordHash(w))
			s.hash, s.kinds = wordHash(w), s.kinds|bit
		}
		t.sorts[sortOf[name]] |= bit
		bit <<= 1
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
