package quote_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/annotate/quote"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// story is three kilobytes of invented agency copy, rich in quotes.
var story = strings.Repeat(`The council closed the old harbor bridge on Monday after engineers found cracks in two pillars, officials said. "We could not wait any longer," Mayor Tamsin Oake told reporters.

Idris Lund, who heads the inspection, said the cracks were not new and that the ministry had been warned. "It was a matter of time," he said, "and time ran out." The Transport Ministry denied any delay, according to a statement carried by the Vellmar Gazette.

Fishers urged the town to pay for the loss. "Nobody asked us," said Ida Mendl, 61.

`, 5)

func TestIDsAndOrder(t *testing.T) {
	if wrong := fault(annotate(story)); wrong != "" {
		t.Error(wrong)
	}
}

// fault tells what is wrong with the places, ids and links of quotes, "" if
// nothing is.
func fault(v news.Version) string {
	inText := func(s text.Span) bool {
		return s == text.Span{} || 0 <= s.Start && s.Start < s.End && s.End <= len(v.Text) &&
			utf8.RuneStart(v.Text[s.Start]) && (s.End == len(v.Text) || utf8.RuneStart(v.Text[s.End]))
	}
	ids := map[string]bool{"": true}
	last := 0
	for _, q := range v.Quotes.Items {
		switch {
		case ids[q.ID]:
			return "two quotes have the id " + q.ID
		case q.Content.Empty() || !inText(q.Content) || !inText(q.Source) || !inText(q.Cue) || !inText(q.Venue) || !inText(q.When.Span):
			return "a span of quote " + q.ID + " lies outside the text"
		case q.Content.Start < last:
			return "the quotes are out of order"
		case q.SourceID == "" || len(q.Chain) == 0 || q.Chain[len(q.Chain)-1] != q.SourceID:
			return "the chain of quote " + q.ID + " does not end with its speaker"
		case q.Why.Rule == "":
			return "quote " + q.ID + " has no rule"
		}
		ids[q.ID], last = true, q.Content.Start
	}
	last = 0
	for _, q := range v.Attitudes.Items {
		switch {
		case ids[q.ID]:
			return "two attributions have the id " + q.ID
		case q.Content.Empty() || !inText(q.Content) || !inText(q.Source) || !inText(q.Cue):
			return "a span of attitude " + q.ID + " lies outside the text"
		case q.Content.Start < last:
			return "the attitudes are out of order"
		case q.Attitude == "" || q.Why.Rule == "":
			return "attitude " + q.ID + " has no sort or no rule"
		}
		ids[q.ID], last = true, q.Content.Start
	}
	for _, q := range v.Attitudes.Items {
		if !ids[q.ContinuationOf] {
			return "attitude " + q.ID + " points to none"
		}
	}
	for _, q := range v.Quotes.Items {
		if !ids[q.ContinuationOf] || !ids[q.NestedIn] || q.ContinuationOf == q.ID && q.ID != "" {
			return "quote " + q.ID + " points to no quote"
		}
	}
	return ""
}

func FuzzFind(f *testing.F) {
	f.Add(story[:900])
	f.Add("“We will go on, she said. // “No, said Oake, citing what ‘they' called \"a \"trick\", according to")
	f.Add("according to X, Y said said said that, said Z: \" \" said 's , which he said which who said")
	f.Fuzz(func(t *testing.T, body string) {
		if !utf8.ValidString(body) {
			return
		}
		if wrong := fault(annotate(body)); wrong != "" {
			t.Errorf("%s: %q", wrong, body)
		}
	})
}

func BenchmarkFind(b *testing.B) {
	long := strings.Repeat(story, 67)
	for _, size := range []struct{ name, text string }{
		{"3KB", story}, {"200KB", long}, {"200KB-one-line", strings.ReplaceAll(long, "\n\n", " ")}, {"200KB-one-sentence", strings.NewReplacer("\n\n", " ", ".", ",").Replace(long)},
	} {
		b.Run(size.name, func(b *testing.B) {
			v := annotate(size.text)
			b.SetBytes(int64(len(v.Text)))
			b.ReportAllocs()
			for b.Loop() {
				quote.Find(&v)
			}
		})
	}
}
