package mention

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

var (
	//go:embed lexicon/countries.txt
	countriesFile string
	//go:embed lexicon/peoples.txt
	peoplesFile string
	//go:embed lexicon/agencies.txt
	agenciesFile string
	//go:embed lexicon/orgs.txt
	orgsFile string
	//go:embed lexicon/places.txt
	placesFile string
	//go:embed lexicon/heads.txt
	headsFile string
	//go:embed lexicon/titles.txt
	titlesFile string
	//go:embed lexicon/events.txt
	eventsFile string
	//go:embed lexicon/common.txt
	commonFile string
	//go:embed lexicon/caps.txt
	capsFile string
	//go:embed lexicon/givens.txt
	givensFile string
	//go:embed lexicon/families.txt
	familiesFile string
)

// form tells how a known name names its bearer.
type form uint8

const (
	plainForm  form = iota
	adjective       // "Russian"
	people          // "Ukrainians"
	capital         // "Moscow": a city, or the government that sits there
	peopleOnly      // "Muslim": of no single country
)

// known is a name of the lexicons.
type known struct {
	id      string // canonical name
	kind    news.EntityType
	form    form
	city    string // for capitals: the city's own name (id is the country)
	country string // for agencies of a state: its country
	agency  bool
	needs   bool // only with "the" before it ("the West")
	theCap  bool // only with "The" before it, which is then part of the name
}

// word classes, a bit each.
type class uint32

const (
	function     class = 1 << iota // the, when, said: never part of a name's beginning
	commonWord                     // begins sentences, no name by itself
	titleHead                      // president, minister
	titlePart                      // prime, deputy, defence
	honorific                      // mr, sheikh
	personNoun                     // official, experts: a person or persons
	given                          // given name
	family                         // East Asian family name
	orgHead                        // ministry, agency
	facHead                        // station, airport
	locHead                        // river
	gpeHead                        // province
	eventHead                      // summit as the end of a name
	prodHead                       // act, rocket
	eventTravel                    // visit, trip
	eventMeet                      // summit, talks
	eventFight                     // war, attack
	eventOther                     // parade, launch
	statement                      // says, warned, fired: what governments do
	connector                      // de, bin, of: inside names, lower case
	abbreviation                   // jr, corp: the full stop after it belongs to it
	compass                        // north, eastern
)

type lexicons struct {
	names   text.Words[*known] // by exact form
	longest text.Words[int]    // first word of a known name -> most words of one that begins so
	words   text.Words[class]  // lower case
	caps    text.Words[bool]   // capitals that are no names
	phrases text.Words[bool]   // whole titles, lower case
	phraseN text.Words[int]    // first word of a phrase -> most words
	endings text.Words[bool]   // last words of phrases, and what follows a hyphen in them
	adjOf   text.Words[string] // country -> its first adjective
	states  text.Words[string] // country -> its news agency
}

var lexicon = sync.OnceValue(func() *lexicons {
	d := readLexicons()
	return &lexicons{
		names: text.WordsOf(d.names), longest: text.WordsOf(d.longest), words: text.WordsOf(d.words), caps: text.WordsOf(d.caps),
		phrases: text.WordsOf(d.phrases), phraseN: text.WordsOf(d.phraseN), endings: text.WordsOf(d.endings), adjOf: text.WordsOf(d.adjOf), states: text.WordsOf(d.states),
	}
})

// draft is the lexicons while they are read.
type draft struct {
	names         map[string]*known
	longest       map[string]int
	words         map[string]class
	caps, phrases map[string]bool
	endings       map[string]bool
	phraseN       map[string]int
	states, adjOf map[string]string
}

func readLexicons() *draft {
	lx := &draft{
		names: map[string]*known{}, longest: map[string]int{}, words: map[string]class{},
		caps: map[string]bool{}, phrases: map[string]bool{}, phraseN: map[string]int{}, states: map[string]string{},
		adjOf: map[string]string{}, endings: map[string]bool{},
	}
	for _, l := range entries(placesFile) {
		kind, rest, _ := strings.Cut(l, ":")
		for _, n := range list(rest) {
			lx.add(n, known{id: strings.TrimPrefix(n, "the "), kind: news.EntityType(kind)})
		}
	}
	for _, l := range entries(orgsFile) {
		c := columns(l, 3)
		for _, n := range append([]string{c[0]}, list(c[2])...) {
			lx.add(n, known{id: c[0], kind: news.EntityType(c[1])})
		}
	}
	for _, l := range entries(agenciesFile) {
		c := columns(l, 3)
		for _, n := range append([]string{c[0]}, list(c[1])...) {
			lx.add(n, known{id: c[0], kind: news.Org, country: c[2], agency: true})
		}
	}
	for _, l := range entries(peoplesFile) {
		lx.add(l, known{id: l, kind: news.Person, form: peopleOnly})
		if !strings.HasSuffix(l, "s") && !strings.HasSuffix(l, "sh") && !strings.HasSuffix(l, "ic") {
			lx.add(l+"s", known{id: l + "s", kind: news.Person, form: people})
		}
	}
	for _, l := range entries(countriesFile) {
		lx.addCountry(columns(l, 6))
	}
	lx.addWords(headsFile, map[string]class{
		"org": orgHead, "fac": facHead, "loc": locHead, "gpe": gpeHead, "event": eventHead, "prod": prodHead,
	})
	lx.addWords(titlesFile, map[string]class{
		"head": titleHead, "part": titlePart, "honorific": honorific, "person": personNoun,
	})
	lx.addWords(eventsFile, map[string]class{
		"travel": eventTravel, "meet": eventMeet, "fight": eventFight, "other": eventOther,
	})
	lx.addWords(commonFile, map[string]class{
		"function": function | commonWord, "content": commonWord, "connector": connector,
		"abbreviation": abbreviation, "compass": compass | commonWord, "statement": statement,
	})
	for _, l := range entries(titlesFile) {
		if rest, ok := strings.CutPrefix(l, "phrase:"); ok {
			for _, p := range list(rest) {
				lx.phrases[p] = true
				first, _, _ := strings.Cut(p, " ")
				lx.phraseN[first] = max(lx.phraseN[first], strings.Count(p, " ")+1)
				last := p[strings.LastIndexByte(p, ' ')+1:]
				lx.endings[last], lx.endings[lastPart(last)] = true, true
			}
		}
	}
	for _, l := range entries(capsFile) {
		for _, w := range strings.Fields(l) {
			lx.caps[w] = true
		}
	}
	for _, l := range entries(givensFile) {
		for _, w := range strings.Fields(l) {
			lx.words[w] |= given
		}
	}
	for _, l := range entries(familiesFile) {
		for _, w := range strings.Fields(l) {
			lx.words[w] |= family
		}
	}
	return lx
}

// addCountry takes a line of countries.txt.
func (lx *draft) addCountry(c []string) {
	id := c[0]
	for _, n := range append([]string{id}, list(c[1])...) {
		lx.add(n, known{id: id, kind: news.GPE})
	}
	for i, n := range list(c[2]) {
		if i == 0 {
			lx.adjOf[id] = n
		}
		lx.add(n, known{id: id, kind: news.GPE, form: adjective})
		switch n[len(n)-1] {
		case 'n', 'i', 'r':
			lx.add(n+"s", known{id: n + "s", kind: news.Person, form: people})
		}
	}
	for _, n := range list(c[3]) {
		lx.add(n, known{id: n, kind: news.Person, form: people})
	}
	for _, n := range list(c[4]) {
		lx.add(n, known{id: id, kind: news.GPE, form: capital, city: n})
	}
	if c[5] != "" {
		lx.states[id] = c[5]
	}
}

// add enters a name. "the X" without a bare "X" in the lexicons is a name only
// after an article; "The X" takes the article into the name.
func (lx *draft) add(name string, k known) {
	if bare, ok := strings.CutPrefix(name, "the "); ok {
		if _, there := lx.names[bare]; there {
			return
		}
		name, k.needs = bare, true
		k.id = strings.TrimPrefix(k.id, "the ")
	} else if bare, ok := strings.CutPrefix(name, "The "); ok {
		if _, there := lx.names[bare]; !there {
			t := k
			t.theCap = true
			lx.put(bare, t)
		}
	}
	lx.put(name, k)
	if strings.Contains(name, "'") {
		lx.put(strings.ReplaceAll(name, "'", "’"), k)
	}
}

func (lx *draft) put(name string, k known) {
	lx.names[name] = &k
	first := firstWord(name)
	lx.longest[first] = max(lx.longest[first], wordCount(name))
}

// firstWord and wordCount see the words of a name as the scanner does.
func firstWord(name string) string {
	if i := strings.IndexAny(name, " /"); i > 0 {
		return name[:i]
	}
	return name
}

func wordCount(name string) int {
	return strings.Count(name, " ") + strings.Count(name, "/") + 1 + strings.Count(name, ",")
}

func (lx *draft) addWords(file string, kinds map[string]class) {
	for _, l := range entries(file) {
		kind, rest, ok := strings.Cut(l, ":")
		if c := kinds[kind]; ok && c != 0 {
			for _, w := range strings.Fields(rest) {
				lx.words[w] |= c
			}
		}
	}
}

// entries are the lines of a lexicon without comments.
func entries(file string) []string {
	var out []string
	for l := range strings.Lines(file) {
		if l = strings.TrimSpace(l); l != "" && l[0] != '#' {
			out = append(out, l)
		}
	}
	return out
}

func columns(line string, n int) []string {
	c := strings.Split(line, "|")
	for i := range c {
		c[i] = strings.TrimSpace(c[i])
	}
	for len(c) < n {
		c = append(c, "")
	}
	return c
}

func list(s string) []string {
	var out []string
	for _, x := range strings.Split(s, ";") {
		if x = strings.TrimSpace(x); x != "" {
			out = append(out, x)
		}
	}
	return out
}

// titleCase turns "KUALA LUMPUR" into "Kuala Lumpur".
func titleCase(s string) string {
	var b strings.Builder
	start := true
	for _, r := range s {
		if start {
			b.WriteRune(unicode.ToUpper(r))
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
		start = r == ' ' || r == '-' || r == '.'
	}
	return b.String()
}

func upperFirst(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
