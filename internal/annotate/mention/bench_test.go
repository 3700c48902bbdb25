package mention

import (
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

func BenchmarkFind(b *testing.B) {
	v := version(strings.Repeat(sample, 3))
	b.ReportAllocs()
	b.SetBytes(int64(len(v.Text)))
	for b.Loop() {
		Find(v)
	}
}

// version makes a version of plain lines, cut into sentences by the simplest
// of rules, with the tags that a few words need.
func version(src string) *news.Version {
	v := &news.Version{Text: src}
	at := 0
	for k, l := range strings.SplitAfter(src, "\n") {
		from := at
		for i := 0; i < len(l); i++ {
			end := i+1 == len(l) || (l[i] == '.' || l[i] == '?') && l[i+1] == ' ' && i > 2 && !short(l[:i])
			if end {
				sp := text.Span{Start: from, End: at + i + 1}.TrimSpace(src)
				if !sp.Empty() {
					first := len(v.Tokens)
					v.Tokens = tokens(v.Tokens, src, sp)
					v.Sentences.Items = append(v.Sentences.Items, news.Sentence{Span: sp, Line: k, Label: news.Body, First: first, Last: len(v.Tokens)})
				}
				from = at + i + 1
			}
		}
		at += len(l)
	}
	return v
}

func short(s string) bool {
	w := s[strings.LastIndexByte(s, ' ')+1:]
	return len(w) < 3 || strings.Contains(w, ".") || w == "Gen" || w == "Corp" || w == "Gov"
}

func tokens(out []news.Token, src string, sp text.Span) []news.Token {
	for i := sp.Start; i < sp.End; {
		if src[i] == ' ' {
			i++
			continue
		}
		j := i
		for j < sp.End && src[j] != ' ' {
			j++
		}
		w := strings.ToLower(strings.Trim(src[i:j], ".,\"“”()"))
		out = append(out, news.Token{Span: text.Span{Start: i, End: j}, Lower: w, Tag: tagOf(w)})
		i = j
	}
	return out
}

func tagOf(w string) news.Tag {
	switch w {
	case "said", "says", "slept", "left", "told", "met", "wants", "flew", "called", "has", "was", "were", "is", "are", "will", "would":
		return news.Verb
	case "the", "a", "an", "his", "her", "their":
		return news.Det
	case "in", "of", "to", "at", "with", "from", "on", "by", "for", "between", "against", "after":
		return news.Prep
	case "foreign", "presidential", "senior", "six-day", "official", "state-run", "new":
		return news.Adj
	case "that", "and", "he", "she", "it", "who", "while":
		return news.Other
	}
	return news.Noun
}

const sample = `BELVARE, Kenya (AP) — Kenyan President Amos Terano flew home on Tuesday from a four-day visit to Peru, state media reported.
The Kenyan leader met Peruvian Trade Minister Lucia Ombrado at the Salto Verde Palace, and the two countries agreed to open a new port, according to the Varda News Agency (VNA).
"Nairobi wants a fair price," Terano told reporters. Analysts say the deal between Nairobi and Lima may cost Kenya's central bank more than the Northern Rail Corp. has earned in ten years.
Officials in Nairobi and Lima said Ombrado's ministry would publish the text of the agreement. The Kenyan ministry did not comment.
Gen. Rosa Kell, a spokeswoman for the Pacific Fleet, said that its ships were in the Gulf of Tessaly, while U.S.-led patrols went on near the Orsa River.
`
