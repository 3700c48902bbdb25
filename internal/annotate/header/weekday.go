package header

import (
	"slices"
	"strings"
	"time"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// WeekdayFits reports whether the weekdays that a text's first paragraphs use
// with past verbs of reporting ("North Xland said Tuesday") fit isoDate as the
// date of writing: the latest of them is that day or the day before. It is
// false when the text names no such weekday, for then nothing fits anything.
func WeekdayFits(src string, lines []news.Line, isoDate string) bool {
	t, ok := day(isoDate)
	if !ok {
		return false
	}
	w, _, _ := ledeWeekdays(src, lines)
	off, has := offset(w, t)
	return has && off <= slackOfCopy
}

// DateFromTwin works out when an undated text was written from the date of
// another text of the same story, its twin: the twin's date, or the nearest day
// up to three days before it that is the weekday of the text's own first
// paragraphs. ok is false when the text names no weekday, or a farther one.
func DateFromTwin(src string, lines []news.Line, twin string) (isoDate string, ok bool) {
	t, good := day(twin)
	if !good {
		return "", false
	}
	w, _, _ := ledeWeekdays(src, lines)
	off, has := offset(w, t)
	if !has || off > slackOfOwn {
		return "", false
	}
	return t.AddDate(0, 0, -off).Format(time.DateOnly), true
}

// deepest is the last paragraph that is asked for a weekday.
const deepest = 12

// ledeWeekdays finds the weekdays that tell when a text was written: those at
// past verbs in its first three paragraphs; if there are none, those of its first
// two that do not point ahead, and weak is true; and if there are none either,
// those at past verbs in the first paragraph that has one, down to deepest. quote
// is the first as printed.
func ledeWeekdays(src string, lines []news.Line) (weekdays []int, quote string, weak bool) {
	var open, deep []reported
	openIn, deepIn := "", ""
	paragraphs := 0
	for _, l := range lines {
		for _, part := range l.Pieces() {
			if part.Label != news.Body || part.Span.Len() < 40 {
				continue
			}
			if paragraphs++; paragraphs > 3 && len(weekdays) > 0 || paragraphs > deepest {
				break
			}
			s := part.Span.Of(src)
			for _, m := range reportedOn(s) {
				switch {
				case m.weak && paragraphs <= 2 && (openIn == "" || openIn == s):
					open, openIn = append(open, m), s
				case m.weak:
				case paragraphs > 3:
					if deepIn == "" || deepIn == s {
						deep, deepIn = append(deep, m), s
					}
				default:
					if !slices.Contains(weekdays, m.weekday) {
						weekdays = append(weekdays, m.weekday)
					}
					if quote == "" {
						quote = m.words.Of(s)
					}
				}
			}
		}
	}
	from := openIn
	switch {
	case len(weekdays) > 0:
		return weekdays, quote, false
	case len(open) == 0 && len(deep) == 0:
		return nil, "", false
	case len(open) == 0:
		open, from = deep, deepIn
	default:
		weak = true
	}
	for _, m := range open {
		if !slices.Contains(weekdays, m.weekday) {
			weekdays = append(weekdays, m.weekday)
		}
	}
	return weekdays, open[0].words.Of(from), weak
}

// reported is a weekday at a past verb.
type reported struct {
	weekday int
	words   text.Span // from the verb to the weekday, or the other way round
	weak    bool      // no past verb governs it, but nothing points ahead
}

// reportVerbs reach a weekday over some words: "said in a statement on
// Tuesday". Other past verbs must stand close by.
var reportVerbs = map[string]bool{
	"said": true, "told": true, "reported": true, "announced": true, "confirmed": true, "warned": true, "called": true, "urged": true, "accused": true,
	"denied": true, "claimed": true, "declared": true, "added": true, "stated": true, "showed": true, "tweeted": true, "wrote": true, "vowed": true,
	"rejected": true, "approved": true, "ruled": true, "ordered": true, "condemned": true, "pledged": true, "signed": true,
}

// pastVerbs are past forms that do not end in "ed" and are no common nouns or
// base forms besides.
var pastVerbs = map[string]bool{
	"met": true, "left": true, "held": true, "took": true, "won": true, "shot": true, "hit": true, "fell": true, "rose": true, "began": true,
	"made": true, "gave": true, "came": true, "went": true, "sent": true, "found": true, "led": true, "fought": true, "struck": true, "broke": true,
	"saw": true, "drew": true, "spoke": true, "swept": true, "flew": true, "sank": true, "died": true, "quit": true, "cut": true, "kept": true, "lost": true,
	"sought": true, "threw": true, "brought": true, "ran": true, "stood": true, "paid": true, "became": true, "sold": true, "grew": true, "was": true, "were": true,
	"shook": true, "sat": true, "chose": true, "woke": true, "drove": true, "rode": true, "wore": true, "tore": true, "swore": true, "froze": true, "stole": true, "dealt": true,
	"built": true, "spent": true, "lent": true, "bought": true, "caught": true, "taught": true, "thought": true, "told": true, "hung": true, "swung": true, "clung": true, "stuck": true,
	"blew": true, "knew": true, "withdrew": true, "overthrew": true, "arose": true, "forbade": true, "forgave": true, "got": true, "had": true, "did": true, "hid": true, "bit": true,
	"fled": true, "bled": true, "fed": true, "laid": true, "lay": true, "slid": true, "spun": true, "sang": true, "swam": true, "drank": true, "shrank": true, "undertook": true, "overtook": true,
	"mistook": true, "underwent": true, "withstood": true, "understood": true, "upheld": true, "withheld": true, "dug": true, "strode": true, "heard": true, "felt": true, "meant": true, "burnt": true,
}

func isPast(w string) bool {
	return reportVerbs[w] || pastVerbs[w] || len(w) > 4 && strings.HasSuffix(w, "ed") && w != "united" && w != "scheduled" && w != "expected" && w != "planned" && w != "need" && w != "indeed"
}

// reportedOn finds the weekdays of a paragraph that tell when the news was.
func reportedOn(s string) []reported {
	var out []reported
	var back [8]text.Span // the last words, up to a break, in a ring
	n, words := 0, uint(0)
	for i := 0; i < len(s); {
		c := s[i]
		if wordAt(s, i) == 0 {
			if c == '.' && i+1 < len(s) && s[i+1] == ' ' && n > 0 && back[(words-1)%8].Len() > 3 || c == ';' || c == '"' || c == ':' {
				n = 0
			}
			i++
			continue
		}
		j := wordEnd(s, i)
		at := text.Span{Start: i, End: j}
		if w := -1; c == 'M' || c == 'T' || c == 'W' || c == 'F' || c == 'S' {
			if j-i >= 6 {
				w = weekdayOf(s[i:j])
			}
			if w >= 0 {
				var before [7]text.Span // newest first
				for k := range n {
					before[k] = back[(words-1-uint(k))%8]
				}
				if words, weak, ok := pastAround(s, at, before[:n]); ok {
					out = append(out, reported{w, words, weak})
				}
			}
		}
		back[words%8] = at
		words++
		n = min(n+1, 7)
		i = j
	}
	return out
}

// isBackground tells whether a verb stands in a clause that looks back at
// something earlier: "days after 12 officers were indicted Friday", "the ferry,
// which sank on Sunday". Its weekday does not date the text.
func isBackground(s string, verb int) bool {
	from := 0
	for _, end := range [...]string{". ", ".” ", ".\" ", "; "} {
		if i := strings.LastIndex(s[:verb], end); i >= 0 {
			from = max(from, i+len(end))
		}
	}
	for w := range strings.FieldsSeq(s[from:verb]) {
		switch strings.ToLower(strings.Trim(w, ",—–\"“”")) {
		case "after", "since", "following", "when", "who", "whose", "which", "where":
			return true
		}
	}
	return false
}

// pastAround reports whether a past verb governs the weekday at; weak, that
// none does but nothing puts the day ahead or back.
func pastAround(s string, at text.Span, back []text.Span) (words text.Span, weak, ok bool) {
	rest := s[at.End:]
	if strings.HasPrefix(rest, "’s") || strings.HasPrefix(rest, "'s") {
		// "Wednesday's report said": the weekday of a report counts.
		low := strings.ToLower(rest[:min(len(rest), 40)])
		for _, w := range [...]string{" report", " statement", " announcement", " dispatch"} {
			if k := strings.Index(low, w); k >= 0 && k < 30 {
				return text.Span{Start: at.Start, End: at.End + k + len(w)}, false, true
			}
		}
		return text.Span{}, false, false
	}
	beside := true // nothing but small words since the weekday
	for k, b := range back {
		w := strings.ToLower(b.Of(s))
		if k == 0 {
			switch w {
			case "next", "last", "until", "by", "before", "from", "since", "through", "of", "every", "coming", "for", "till", "previous", "after", "this", "to", "and", "between", "no", "late-":
				return text.Span{}, false, false
			}
		}
		switch w {
		case "will", "would", "to", "scheduled", "planned", "expected", "due", "set", "plans", "can", "could", "should":
			return text.Span{}, false, false
		}
		if reportVerbs[w] && k <= 5 || pastVerbs[w] && k <= 3 || beside && isPast(w) {
			return text.Span{Start: b.Start, End: at.End}, !reportVerbs[w] && isBackground(s, b.Start), true
		}
		switch w {
		case "on", "late", "early", "in", "here", "there", "up", "down", "out", "off", "over", "back", "home":
		default:
			beside = false
		}
	}
	// "on Tuesday summoned the envoy", "Tuesday said".
	if len(rest) > 1 && rest[0] == ' ' && isLower(rest[1]) {
		e := wordEnd(rest, 1)
		if isPast(rest[1:e]) && rest[1:e] != "was" && rest[1:e] != "were" {
			return text.Span{Start: at.Start, End: at.End + e}, false, true
		}
	}
	return at, true, true
}
