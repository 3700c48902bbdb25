package header

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// A column that no word marks as one is known by its voice: the writer says "I"
// and "we", asks, urges and weighs, where a report says who said what and when.
// The features are shares of the words outside of quotation marks; their
// weights were learned by a logistic regression (voice.txt says on what, and
// by which command).

// VoiceFeatures are the names of the features, in the order of Voice.
var VoiceFeatures = [...]string{
	"I, my", "we, our", "you", "should, must", "said, told", "questions", "dateline",
	"but, yet, so", "judging words", "headline asks or urges", "long", "signed off by a writer", "numbers",
}

//go:embed voice.txt
var voiceTxt string

// voiceModel is the weights of voice.txt: the bias, then one for each feature.
var voiceModel = sync.OnceValue(func() (w [len(VoiceFeatures) + 1]float64) {
	for _, l := range entries(voiceTxt) {
		name, value, _ := strings.Cut(l, " = ")
		x, err := strconv.ParseFloat(value, 64)
		if err != nil {
			panic("voice.txt: " + l)
		}
		at := -1
		if name == "bias" {
			at = 0
		}
		for i, f := range VoiceFeatures {
			if f == name {
				at = i + 1
			}
		}
		if at < 0 {
			panic("voice.txt: no feature " + name)
		}
		w[at] = x
	}
	return w
})

// opinionAt is how sure the model must be: analysis and feature stories speak
// like columns, and a report taken for one is the worse error.
const opinionAt = 0.7

// VoiceWords is how many words of prose show a voice.
const VoiceWords = 120

// argues tells whether the text has the voice of a column.
func (p *page) argues() bool {
	x, words := p.voice()
	if words < VoiceWords {
		return false
	}
	w := voiceModel()
	sum := w[0]
	for i, v := range x {
		sum += w[i+1] * v
	}
	return 1/(1+math.Exp(-sum)) > opinionAt
}

// Voice returns the features of a text, and of how many words they were taken.
func Voice(src string, given news.Given) (x [len(VoiceFeatures)]float64, words int) {
	return read(src, given, nil).voice()
}

// The kinds of words that count for a voice.
const (
	ofI = iota
	ofWe
	ofYou
	ofShould
	ofSaid
	ofBut
	ofJudging
	voiceKinds
)

var voiceWords = sync.OnceValue(func() *voiceTable {
	t, sizes := map[string]int{}, lengths{}
	for kind, list := range [...]string{
		ofI:       "i me my mine myself i'm i've i'd i'll",
		ofWe:      "we us our ours ourselves we're we've we'd we'll let's",
		ofYou:     "you your yours yourself you're you've you'd you'll",
		ofShould:  "should must ought shouldn't mustn't cannot need needs deserve deserves imagine consider remember",
		ofSaid:    "said says told tells saying according reported reports announced statement spokesman spokeswoman spokesperson added",
		ofBut:     "but yet so indeed perhaps surely maybe why because instead rather simply merely really even hardly frankly never always nothing course clearly obviously apparently after-all",
		ofJudging: "absurd absurdity ashamed awful bad better best bizarre brave bully catastrophe clown clueless corrupt cowardly crazy dangerous disaster disgrace disgraceful dumb embarrassing evil fail failure farce fascist folly fool foolish good great greatest horrible hypocrisy hypocrites idiot idiotic ignorance incompetent insane insult irony ironic ironically joke liar lie lies loathe mad naive nonsense outrage outrageous pathetic ridiculous sad sadly shame shameful sick sinister stupid terrible terrifying traitor treason truth ugly unfit unfortunately wise wonderful worse worst wrong",
	} {
		for w := range strings.FieldsSeq(list) {
			t[w] = 1 + kind
			sizes.add(w)
		}
	}
	return &voiceTable{text.WordsOf(t), sizes}
})

// voiceTable has the kinds of words, counted from 1.
type voiceTable struct {
	words text.Words[int]
	sizes lengths
}

// voice measures the body's paragraphs.
func (p *page) voice() (x [len(VoiceFeatures)]float64, words int) {
	table := voiceWords()
	var counts [voiceKinds]int
	questions, numbers := 0, 0
	last := -1
	for i := range p.lines {
		l := &p.lines[i]
		if l.label != news.Body || l.form != prose {
			continue
		}
		last = i
		inQuote := false
		for at := 0; at < len(l.s); {
			c := l.s[at]
			if c == ' ' {
				at++
				continue
			}
			e := at
			for e < len(l.s) && (isLetter(l.s[e]) || isDigit(l.s[e])) {
				e++
			}
			ascii := e > at
			if e < len(l.s) && l.s[e] >= utf8.RuneSelf {
				ascii = false
				e = wordEnd(l.s, e)
			}
			if e > at && (ascii || wordAt(l.s, at) != 0) {
				w := l.s[at:e]
				// "don’t" is one word here.
				if rest := l.s[e:]; len(rest) > 1 && (rest[0] == '\'' || rest[0] == "’"[0]) {
					for _, mark := range [...]string{"'", "’"} {
						if tail, ok := strings.CutPrefix(rest, mark); ok && tail != "" && wordAt(tail, 0) != 0 && wordEnd(tail, 0) <= 2 {
							end := wordEnd(tail, 0)
							w += "'" + tail[:end]
							ascii = false
							e += len(mark) + end
						}
					}
				}
				if inQuote {
					at = e
					continue
				}
				words++
				if !ascii && table.sizes.may(w) || ascii && table.sizes.holds(w) {
					low := strings.ToLower(w)
					if kind := table.words.At(low) - 1; kind >= 0 && (kind != ofI || w[0] == 'I' || low[0] == 'm') {
						counts[kind]++
					}
				}
				if isDigit(w[0]) {
					numbers++
				}
				at = e
				continue
			}
			r, size := utf8.DecodeRuneInString(l.s[at:])
			switch {
			case r == '“':
				inQuote = true
			case r == '”':
				inQuote = false
			case r == '"':
				inQuote = !inQuote
			case c == '?' && !inQuote:
				questions++
			}
			at += size
		}
	}
	if words == 0 {
		return x, 0
	}
	per := func(n int) float64 { return min(4, 100*float64(n)/float64(words)) }
	flag := func(b bool) float64 {
		if b {
			return 1
		}
		return 0
	}
	head := ""
	if p.headline >= 0 {
		head = strings.ToLower(p.title.Of(p.src))
	}
	return [...]float64{
		per(counts[ofI]), per(counts[ofWe]), per(counts[ofYou]), per(counts[ofShould]), per(counts[ofSaid]),
		per(questions), flag(p.dateline() != nil),
		per(counts[ofBut]), per(counts[ofJudging]), flag(urges(head)), math.Log(float64(words) / 400),
		flag(last >= 0 && p.signedOff(last)), per(numbers),
	}, words
}

// urges tells whether a headline asks, judges or speaks of us.
func urges(head string) bool {
	if strings.HasSuffix(head, "?") || strings.HasSuffix(head, "!") {
		return true
	}
	for w := range strings.FieldsSeq(head) {
		switch strings.Trim(w, ",.:;'\"‘’“”") {
		case "i", "we", "our", "us", "my", "your", "you", "should", "must", "let's", "why":
			return true
		}
	}
	return false
}

// signedOff tells whether the lines at the end tell who the writer is, as the
// guests and columnists of a paper are introduced.
func (p *page) signedOff(last int) bool {
	for i := max(0, last-1); i < min(len(p.lines), last+4); i++ {
		low := p.lines[i].low
		if len(low) > 400 || i < p.start {
			continue
		}
		for rest := low; ; {
			_, after, is := strings.Cut(rest, " is ")
			if !is {
				break
			}
			for _, s := range [...]string{
				"a columnist", "a former ", "a professor", "professor", "a senior fellow", "a fellow", "an author", "the author", "a writer", "a contributor",
				"a contributing", "editor", "a staff writer", "an opinion", "a syndicated", "a political analyst", "a guest", "director of", "the director of", "a lawyer", "a freelance",
			} {
				if strings.HasPrefix(after, s) {
					return true
				}
			}
			rest = rest[len(rest)-len(after)-1:] // with the space
		}
		for _, s := range [...]string{
			" writes for", " writes about", "the writer is", "the author is", "the writer can be", "follow him on twitter", "follow her on twitter", "views expressed", "opinions expressed",
		} {
			if strings.Contains(low, s) {
				return true
			}
		}
	}
	return false
}
