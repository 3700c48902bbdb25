package segment_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/annotate/segment"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// TestSentences: a bar stands where one sentence ends and the next begins.
func TestSentences(t *testing.T) {
	for _, marked := range []string{
		`The ferry sank. | Nine people swam ashore.`,
		`Did it sink? | It did! | Nobody knows why ... | The search goes on.`,

		// Abbreviations: titles never end a sentence, others may.
		`Dr. Oake met Gen. Lund at St. Anne's on Monday.`,
		`The wall cost $1.5 million, i.e. twice the price.`,
		`He works for the U.S. Senate in Washington.`,
		`He lives in the U.S. | The house is old.`,
		`The ship left at 4 p.m. Friday and came back at 6 a.m. on Sunday.`,
		`The ship left at 4 p.m. | It never came back.`,
		`Harbor Works Inc. said it would pay. | Its rival, Quay Corp., would not.`,
		`He was ill. | He sat. | The answer was no. | It rained in Peoria, Ill., on Sunday.`,
		`J. R. Lund and Ida M. Oake were on board.`,
		`"It was I. | Nobody else was there," he said.`,
		`He paid No. 4 and No. 7 on Feb. 3 in Vellmar, Calif.`,
		`Visit www.harborpost.example. | Or write to desk@harborpost.example.`,

		// Quotation marks close with their sentence.
		`"The sea took it all." | Oake wept.`,
		`“The sea took it all.” | “We have nothing,” he said.`,
		`"The sea took it all," she said. | "We have nothing."`,
		`"Will it hold?" she asked. | "It must."`,
		`The wall (built in 1911.) | It fell.`,
		`The 'sea wall.' | It fell.`,

		// Other beginnings, and what is none.
		`The count is done. | 12 boats are lost.`,
		`The count is done. | $2 million was paid.`,
		`The count is done. it says so.`,
		`The firm tass.example reported it.`,
	} {
		src := strings.ReplaceAll(marked, " | ", " ")
		v := news.Version{Text: src}
		_, sentences := segment.Find(&v)
		var got []string
		for _, s := range sentences.Items {
			got = append(got, s.Span.Of(src))
		}
		if g := strings.Join(got, " | "); g != marked {
			t.Errorf("sentences\n got %s\nwant %s", g, marked)
		}
	}
}

// TestTokens: spaces stand between the tokens of the text before the arrow.
func TestTokens(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{`The mayor's boat, 30-year-old "Gull," sank.`, `the mayor 's boat , 30-year-old " gull , " sank .`},
		{`The mayor’s boat’s “Gull”`, `the mayor 's boat 's " gull "`},
		{`the sailors' wives and the sailors’ sons`, `the sailors ' wives and the sailors ' sons`},
		{`It didn’t sink — it burned.`, `it didn't sink - it burned .`},
		{`At 10:30 a.m. 1,500 boats (3.5%) left: $2.5 million`, `at 10:30 a.m. 1,500 boats ( 3.5% ) left : $2.5 million`},
		{`the U.S.-led fleet, Rock'n'Roll, AT&T`, `the u.s.-led fleet , rock'n'roll , at&t`},
		{`see https://harborpost.example/a?b=1. Now`, `see https://harborpost.example/a?b=1 . now`},
		{`“Go,” ‘now’ ''there'' ...`, `" go , " ' now ' " there " ...`},
		{"the\u00a0bay of Ærø", "the bay of ærø"},
	} {
		v := news.Version{Text: c.src}
		tokens, _ := segment.Find(&v)
		var got []string
		for _, tok := range tokens {
			got = append(got, tok.Lower)
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("tokens of %s\n got %s\nwant %s", c.src, g, c.want)
		}
	}
}

// A link around a name leaves a space before its possessive.
func TestPossessiveBehindASpace(t *testing.T) {
	for src, want := range map[string]news.Tag{
		"Ada Lind 's office fell.":          news.Poss,
		"They sang 'so it goes' all night.": news.Open,
	} {
		v := news.Version{Text: src}
		tokens, _ := segment.Find(&v)
		at := strings.Index(src, "'s")
		i := slices.IndexFunc(tokens, func(t news.Token) bool { return t.Span.Start == at })
		if i < 0 || tokens[i].Tag != want {
			t.Errorf("%s: tokens %+v, want tag %v at %d", src, tokens, want, at)
		}
	}
}

var tagNames = [...]string{"Other", "Noun", "Name", "Pronoun", "Det", "Adj", "Adv", "Prep", "Conj", "Sub", "Verb", "Aux", "Modal", "Ing", "PastPart", "Inf", "To", "Num", "Open", "Close", "Punct", "Poss"}

// TestTags: only the words with a slash are looked at.
func TestTags(t *testing.T) {
	for _, marked := range []string{
		// finite verbs against participles and nouns
		`The council/Noun closed/Verb the bridge.`,
		`The closed/PastPart bridge was/Aux built/PastPart in 1911.`,
		`The bridge has/Aux not been/PastPart closed/PastPart.`,
		`A deal signed/PastPart by both sides holds/Verb.`,
		`Oake said/Verb that/Sub she will/Modal leave/Inf.`,
		`They want to/To rebuild/Inf the wall on the way to/Prep Karsund/Name.`,
		`The will/Noun was lost/PastPart.`,
		`Oake reports/Verb that the wall holds.`,
		`The reports/Noun were wrong.`,
		`A plan/Noun was made; they plan/Verb to leave.`,
		`The flood came, killing/Ing nine people.`,
		`The killing/Noun of nine people`,
		`Seeking/Ing help, Oake called/Verb the army.`,
		`Officials/Noun warned/Verb of rain.`,
		`The army test-fired/Verb a missile.`,
		`The home-made/Noun boats sank/Verb.`,
		`Two officials/Noun met; the official/Adj toll rose/Verb.`,
		`An official/Noun said so.`,

		// names, possessives and contractions
		`The mayor 's/Poss boat: she 's/Aux late`,
		`The mayor’s/Poss boat sank; it’s/Aux gone`,
		`Karsund/Name fell.`,
		`The United/Name Harbors/Name met in May/Name.`,
		`It may/Modal rain.`,
		`The home/Noun secretary/Noun went home/Adv.`,
		`that/Det day; he said that/Sub it rained`,
		`He told her/Pronoun that her/Det boat sank.`,

		// numbers and marks
		`At least seven/Num boats and 12/Num rafts`,
		`"/Open It holds," he said.`,
	} {
		var src strings.Builder
		want := map[int]string{} // offset of the word -> tag
		for word := range strings.SplitSeq(marked, " ") {
			w, name, tagged := strings.Cut(word, "/")
			rest := strings.TrimLeft(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
			glued := w == "'s" || w == `"`
			if w != "'s" && src.Len() > 0 && !strings.HasSuffix(src.String(), `"`) {
				src.WriteByte(' ')
			}
			if tagged {
				at := src.Len()
				if base, ok := strings.CutSuffix(w, "’s"); ok && !glued {
					at += len(base)
				}
				want[at] = strings.TrimSuffix(name, rest)
			}
			src.WriteString(w + rest)
		}
		v := news.Version{Text: src.String()}
		tokens, _ := segment.Find(&v)
		for _, tok := range tokens {
			if w, ok := want[tok.Span.Start]; ok {
				if g := tagNames[tok.Tag]; g != w {
					t.Errorf("%s: tag of %q is %s, want %s", v.Text, tok.Lower, g, w)
				}
				delete(want, tok.Span.Start)
			}
		}
		if len(want) > 0 {
			t.Errorf("%s: no tokens at %v", v.Text, want)
		}
	}
}

func TestLemmas(t *testing.T) {
	for _, c := range []struct{ src, word, want string }{
		{"The wall was built.", "built", "build"},
		{"He has gone.", "gone", "go"},
		{"They are planning it.", "planning", "plan"},
		{"It denies this.", "denies", "deny"},
		{"The boats and the cities", "boats", "boat"},
		{"The boats and the cities", "cities", "city"},
		{"The churches and the bus", "churches", "church"},
		{"The churches and the bus", "bus", "bus"},
		{"The crisis in the press", "press", "press"},
	} {
		v := news.Version{Text: c.src}
		tokens, _ := segment.Find(&v)
		for _, tok := range tokens {
			if tok.Lower == c.word && tok.Lemma != c.want {
				t.Errorf("%s: lemma of %q is %q, want %q", c.src, c.word, tok.Lemma, c.want)
			}
		}
	}
}

// A dateline is a sentence of its own; a sentence never crosses a line or the
// border of two parts of a line, and keeps the label of its part.
func TestDatelineLinesAndParts(t *testing.T) {
	src := "Ferry sinks off Karsund\nKARSUND (AP) - A ferry sank. Nine swam. (Photo by K. Lund)"
	part := func(s string) text.Span {
		at := strings.Index(src, s)
		return text.Span{Start: at, End: at + len(s)}
	}
	v := news.Version{Text: src}
	v.Lines.Items = []news.Line{
		{Number: 1, Label: news.Headline, Span: part("Ferry sinks off Karsund")},
		{Number: 2, Label: news.Body, Span: part(src[24:]), Parts: []news.Part{
			{Label: news.Body, Span: part("KARSUND (AP) - A ferry sank. Nine swam.")}, {Label: news.Credit, Span: part("(Photo by K. Lund)")},
		}},
	}
	v.Meta.Dateline = &news.Dateline{Place: "KARSUND", Span: part("KARSUND (AP) - ")}
	_, sentences := segment.Find(&v)
	var got []string
	for _, s := range sentences.Items {
		got = append(got, string(s.Label)+" "+s.Why.Rule+": "+s.Span.Of(src))
	}
	want := []string{
		"headline line end: Ferry sinks off Karsund", "body dateline: KARSUND (AP) - ", "body full stop: A ferry sank.",
		"body full stop: Nine swam.", "credit line end: (Photo by K. Lund)",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// A text without full stops is cut, since later stages may compare all words
// of a sentence with each other.
func TestSentencesHaveABound(t *testing.T) {
	v := news.Version{Text: strings.Repeat("the boats and ", 1000)}
	_, sentences := segment.Find(&v)
	if n := len(sentences.Items); n < 10 {
		t.Errorf("3,000 words are cut into %d sentences", n)
	}
	for _, s := range sentences.Items {
		if s.Last-s.First > 250 {
			t.Errorf("a sentence of %d tokens", s.Last-s.First)
		}
	}
}

// checkOrder tells what is wrong with the places of tokens and sentences, ""
// if nothing is.
func checkOrder(src string, tokens []news.Token, sentences []news.Sentence) string {
	end := 0
	for _, tok := range tokens {
		s := tok.Span
		switch {
		case s.Empty() || s.Start < end || s.End > len(src):
			return "a token is out of order"
		case !utf8.RuneStart(src[s.Start]) || s.End < len(src) && !utf8.RuneStart(src[s.End]):
			return "a token cuts a character"
		case tok.Lower == "" || tok.Lemma == "":
			return "a token has no word"
		}
		end = s.End
	}
	next := 0
	for _, s := range sentences {
		if s.First != next || s.Last <= s.First {
			return "the sentences do not cover the tokens in order"
		}
		next = s.Last
		for _, tok := range tokens[s.First:s.Last] {
			if !s.Span.Contains(tok.Span) {
				return "a token stands outside its sentence"
			}
		}
	}
	if next != len(tokens) {
		return "tokens stand after the last sentence"
	}
	return ""
}

func FuzzFind(f *testing.F) {
	f.Add("KARSUND (AP) - “The ferry sank,” Dr. Oake’s aide said. It’s gone.\n\nNine U.S. boats...")
	f.Add("''x'' \"y ‘z’ a.b.c. @ # $1,2.3% http://a.b/c. \xff\xc3 ﬁ İ")
	f.Fuzz(func(t *testing.T, src string) {
		v := news.Version{Text: src}
		tokens, sentences := segment.Find(&v)
		if wrong := checkOrder(src, tokens, sentences.Items); wrong != "" && utf8.ValidString(src) {
			t.Errorf("%s: %q", wrong, src)
		}
	})
}

// story is three kilobytes of invented agency copy.
var story = strings.Repeat(`The council of Vellmar closed the old harbor bridge on Monday after engineers found cracks in two of its pillars, officials said. "We could not wait any longer," Mayor Tamsin Oake told reporters. Dr. Idris Lund, who heads the U.S.-led inspection, said the cracks weren't new and that 1,500 cars crossed the bridge each day.

`, 9)

func BenchmarkFind(b *testing.B) {
	for _, size := range []struct {
		name string
		text string
	}{{"3KB", story}, {"200KB", strings.Repeat(story, 67)}, {"200KB-one-line", strings.ReplaceAll(strings.Repeat(story, 67), "\n\n", " ")}} {
		b.Run(size.name, func(b *testing.B) {
			v := news.Version{Text: size.text}
			b.SetBytes(int64(len(v.Text)))
			b.ReportAllocs()
			for b.Loop() {
				segment.Find(&v)
			}
		})
	}
}
