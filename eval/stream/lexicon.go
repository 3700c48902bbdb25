package stream

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
)

//go:embed lexicon.txt
var lexiconFile string

//go:embed synonyms.txt
var synonymsFile string

// beat is the words of one field of news, those of all beats included.
type beat map[string][]string

// beats is the fields of news in the order of the lexicon.
var beats = sync.OnceValue(func() []beat {
	var all, list []beat
	var now beat
	for line := range strings.Lines(lexiconFile) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			now = beat{}
			if line == "[all]" {
				all = append(all, now)
			} else {
				list = append(list, now)
			}
		default:
			key, entries, _ := strings.Cut(line, ": ")
			mark := ", "
			if strings.Contains(entries, " / ") {
				mark = " / "
			}
			now[key] = strings.Split(entries, mark)
		}
	}
	for _, b := range list {
		for key, entries := range all[0] {
			b[key] = append(b[key], entries...)
		}
	}
	return list
})

// synonyms is what a desk writes for a word of another's copy.
var synonyms = sync.OnceValue(func() map[string]string {
	of := map[string]string{}
	for line := range strings.Lines(synonymsFile) {
		if a, b, ok := strings.Cut(strings.TrimSpace(line), "|"); ok && a[0] != '#' {
			of[a] = b
		}
	}
	return of
})

// The parts of invented names. No list holds a real place or person on
// purpose; what chance makes of them is chance.
var (
	onsets  = strings.Fields("B Br C Cr D Dr F Fl G Gr H J K Kl L M N P Pr Qu R S Sk St T Tr V W Y Z")
	cores   = strings.Fields("a e i o u ae ei ia oa au e a o i")
	codas   = strings.Fields("l r n m ld rn nd st sk ll rr ck v d th x lm rt ss nt")
	endings = strings.Fields("en er ing a o us ia elle is ard ow in e um ett ost")
	towns   = strings.Fields("ford haven mouth stead wick burgh ton ham bridge fell dale port by minster holm sand")
	given   = strings.Fields("Ada Bram Cleo Dorrit Edvin Fenna Gale Hanne Ivo Jona Kaja Lise Mirja Nela Ola Piet Quill Rasko Signe Tove Ulf Vesna Wim Xenia Yrsa Zeno Alto Berit Colm Dunja Emmo Frida Gero Hilde Imke Jorun Kester Linnea Malte Nadja Ottmar Perpetua Runa Sten Tilda Ursin Viggo Wanda Yannick Zora")
	paper   = []string{"Post", "Herald", "Courier", "Observer", "Ledger", "Tribune", "Gazette", "Chronicle", "Today", "Morning News", "Evening Mail", "Business Daily", "Messenger", "Examiner", "Sentinel"}
	streets = strings.Fields("Mill Harbour Castle Tanner Granary Chapel Garrison Orchard Canal Weaver Beacon Ropewalk Saltmarket Foundry")
	lands   = []string{"Norland", "Sarland", "Ostmark", "Vesperia", "Marovia", "Tolland", "Quendia", "Hallmark", "Iskaria", "Brennia", "Corvania", "Lower Saar"}
)

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func chance(r *rand.Rand, p float64) bool { return r.Float64() < p }

func syllables(r *rand.Rand, n int) string {
	var s strings.Builder
	for i := range n {
		o := pick(r, onsets)
		if i > 0 {
			o = strings.ToLower(o)
		}
		s.WriteString(o + pick(r, cores) + pick(r, codas))
	}
	return s.String()
}

func surname(r *rand.Rand) string { return syllables(r, 1+r.IntN(2)) + pick(r, endings) }

func townName(r *rand.Rand) string {
	switch r.IntN(8) {
	case 0:
		return "Port " + syllables(r, 1) + pick(r, endings)
	case 1:
		return "New " + syllables(r, 1) + pick(r, towns)
	}
	return syllables(r, 1+r.IntN(2)) + pick(r, towns)
}

var small = [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}

// number writes n as a newsroom does: in words below ten.
func number(n int) string {
	if n < len(small) {
		return small[n]
	}
	if n < 1000 {
		return fmt.Sprint(n)
	}
	if n < 1_000_000 {
		return fmt.Sprintf("%d,%03d", n/1000, n%1000)
	}
	return fmt.Sprintf("%d,%03d,%03d", n/1_000_000, n/1000%1000, n%1000)
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
