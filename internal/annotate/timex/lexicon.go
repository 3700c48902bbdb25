package timex

import (
	"embed"
	"strconv"
	"strings"
	"sync"

	"github.com/tracewire/tracewire/internal/text"
)

//go:embed lexicon/*.txt
var files embed.FS

// class is a set of the things a word can be; many words are several
// ("second" is an ordinal and a unit, "may" a month and a modal).
type class uint64

const (
	isMonth class = 1 << iota
	isMonthAbbr
	isMonthName
	isWeekday
	isWeekdayAbbr
	isWeekdays
	isDay
	isPart
	isParts
	isNoon
	isAmPm
	isZone
	isSeason
	isSeasonVerb
	isSeasons
	isUnit
	isUnits
	isLong
	isDecade
	isSet
	isNum
	isBig
	isOrd
	isVague
	isVagueOf
	isFuture
	isPromise
	isModal
	isPast
	isPastPart
	isBe
	isVagueTime
	isOccasion
	isCode
	isCounted
	isNumbered
	isPhrase // begins a fixed phrase
	isClosed // closed-class word that begins or continues an expression

	// starts are the classes of words that an expression can begin with; the
	// others only bear on tense, or restrain a rule.
	starts = ^(isFuture | isPromise | isModal | isPast | isPastPart | isBe | isVagueTime | isOccasion | isCounted | isNumbered | isAmPm | isZone)

	anyMonth   = isMonth | isMonthAbbr | isMonthName
	anyWeekday = isWeekday | isWeekdayAbbr
	anySeason  = isSeason | isSeasonVerb
	anyUnit    = isUnit | isUnits
	anyVague   = isVague | isVagueOf
)

var classNames = map[string]class{
	"month": isMonth, "month-abbr": isMonthAbbr, "month-name": isMonthName,
	"weekday": isWeekday, "weekday-abbr": isWeekdayAbbr, "weekday-many": isWeekdays,
	"day": isDay, "part": isPart, "part-many": isParts, "noon": isNoon, "ampm": isAmPm,
	"zone": isZone, "season": isSeason, "season-verb": isSeasonVerb, "season-many": isSeasons,
	"unit": isUnit, "unit-many": isUnits, "long": isLong, "decade": isDecade, "set": isSet,
	"num": isNum, "big": isBig, "ord": isOrd, "vague": isVague, "vague-of": isVagueOf,
	"future": isFuture, "promise": isPromise, "modal": isModal, "past": isPast, "pastpart": isPastPart, "be": isBe,
	"word": isClosed, "code": isCode, "occasion": isOccasion, "counted": isCounted, "numbered": isNumbered,
}

// word is what the lexicon knows of a word: its classes, the number and the
// code of the class that has one.
type word struct {
	class class
	n     int
	code  string
}

// phrase is a fixed sequence of words. first and last bound the words that
// belong to the span; the others only have to stand there.
type phrase struct {
	words       []string
	cased       bool // words are compared with their capitals
	first, last int  // half-open, in words
	kind        phraseKind
	typ, value  string
}

type phraseKind uint8

const (
	fixed   phraseKind = iota // has its type and value
	holiday                   // value is a rule of the calendar
	noTime                    // a name: nothing in it is a time
)

// lexicon is everything that is read from the files.
type lexicon struct {
	words   text.Words[*word]
	phrases map[string][]phrase // by first word of the span in lower case, longest first
}

var load = sync.OnceValue(func() *lexicon {
	l := &draft{map[string]*word{}, map[string][]phrase{}}
	for _, name := range []string{"calendar", "numbers", "cues", "closed", "counts"} {
		for _, line := range lines(name) {
			f := strings.Fields(line)
			l.add(f[0], classNames[f[1]], f[2])
		}
	}
	for _, line := range lines("vague_times") {
		l.add(line, isVagueTime, "-")
	}
	for _, line := range lines("phrases") {
		form, value, _ := strings.Cut(line, "=")
		typ, value, found := strings.Cut(strings.TrimSpace(value), " ")
		if found {
			l.addPhrase(form, phrase{typ: typ, value: value})
		}
	}
	for _, line := range lines("holidays") {
		form, value, _ := strings.Cut(line, "=")
		l.addPhrase(form, phrase{cased: true, kind: holiday, typ: "DATE", value: strings.TrimSpace(value)})
	}
	for _, line := range lines("names") {
		l.addPhrase(line, phrase{cased: true, kind: noTime})
	}
	return &lexicon{words: text.WordsOf(l.words), phrases: l.phrases}
})

// draft is the lexicon while it is read.
type draft struct {
	words   map[string]*word
	phrases map[string][]phrase
}

// lines are the entries of a lexicon file, without comments.
func lines(name string) []string {
	raw, _ := files.ReadFile("lexicon/" + name + ".txt")
	var out []string
	for line := range strings.Lines(string(raw)) {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

func (l *draft) add(form string, c class, value string) {
	w := l.entry(form)
	w.class |= c
	if n, err := strconv.Atoi(value); err == nil {
		w.n = n
	} else if value != "-" {
		w.code = value
	}
}

// entry is the word of a form, made if need be.
func (l *draft) entry(form string) *word {
	if l.words[form] == nil {
		l.words[form] = &word{}
	}
	return l.words[form]
}

// look is the word of a form; an unknown one has no class.
func (l *lexicon) look(form string) *word {
	if w := l.words.At(form); w != nil {
		return w
	}
	return &unlisted
}

var unlisted word

func (l *draft) addPhrase(form string, p phrase) {
	p.first = -1
	for _, f := range strings.Fields(form) {
		outside := strings.HasPrefix(f, "(")
		f = strings.Trim(f, "()")
		if p.cased {
			f = strings.TrimRight(f, ".'")
		} else {
			f = strings.TrimRight(strings.ToLower(f), ".'")
		}
		stem, possessive := strings.CutSuffix(f, "'s")
		parts := strings.Split(stem, "-")
		if possessive {
			parts = append(parts, "'s")
		}
		if !outside {
			if p.first < 0 {
				p.first = len(p.words)
			}
			p.last = len(p.words) + len(parts)
		}
		p.words = append(p.words, parts...)
	}
	key := strings.ToLower(p.words[p.first])
	l.entry(key).class |= isPhrase
	list := append(l.phrases[key], p)
	for i := len(list) - 1; i > 0 && len(list[i].words) > len(list[i-1].words); i-- {
		list[i], list[i-1] = list[i-1], list[i]
	}
	l.phrases[key] = list
}
