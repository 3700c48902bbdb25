package change_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/relate/change"
)

const head = "BRACKWELL, March 12, 2024 (NCA) -- "

func read(body string) *news.Version {
	v := pipeline.Annotate(news.Version{ID: "a", Name: "a", Text: head + body})
	return &v
}

// kinds tells what became of each sentence, in order.
func kinds(c news.Changes) string {
	var out []string
	for _, s := range c.Sentences {
		out = append(out, string(s.Kind))
	}
	return strings.Join(out, " ")
}

func TestSentences(t *testing.T) {
	const (
		one   = "The ferry Aurelia capsized off Brackwell before dawn on Tuesday."
		two   = "Rescue crews searched the harbour with boats and a helicopter."
		three = "The line has carried passengers to the islands since 1958."
	)
	for _, c := range []struct{ name, a, b, want string }{
		{"nothing changed", one + "\n" + two, one + "\n" + two, "kept kept"},
		{"a paragraph added", one + "\n" + three, one + "\n" + two + "\n" + three, "kept added kept"},
		{"the tail cut", one + "\n" + two + "\n" + three, one + "\n" + two, "kept kept dropped"},
		{"a word changed", one, strings.Replace(one, "before dawn", "shortly before dawn", 1), "edited"},
		{"marks and case alone are no change", one, strings.Replace(one, "off Brackwell", "off BRACKWELL", 1), "kept"},
		{"all new", one, "Farmers in the south began the barley harvest two weeks early.", "added dropped"},
		{"paragraphs swapped", one + "\n" + two, two + "\n" + one, "kept moved"},
	} {
		if got := kinds(change.Between(read(c.a), read(c.b))); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestFacts(t *testing.T) {
	type fact struct{ Kind, Was, Is string }
	for _, c := range []struct {
		name, a, b string
		want       []fact
	}{
		{
			"a toll that rises",
			"Seven people were killed when the ferry capsized, the coast guard said.",
			"Nine people were killed when the ferry capsized, the coast guard said.",
			[]fact{{"number", "7", "9"}},
		},
		{
			"another speaker for the same words",
			"The ferry was overloaded when it capsized, the coast guard said.",
			"The ferry was overloaded when it capsized, the harbour master said.",
			[]fact{{"attribution", "coast guard", "harbour master"}},
		},
		{
			"a hedge dropped",
			"The ferry was reportedly overloaded when it left the harbour.",
			"The ferry was overloaded when it left the harbour.",
			[]fact{{"hedge", "reportedly", ""}},
		},
		{
			"nothing but style",
			"The ferry was badly overloaded when it left the harbour.",
			"The ferry was overloaded when it left the harbour.",
			nil,
		},
	} {
		var got []fact
		for _, f := range change.Between(read(c.a), read(c.b)).Facts {
			if f.Why.Rule == "" {
				t.Errorf("%s: a fact without its rule: %+v", c.name, f)
			}
			got = append(got, fact{f.Kind, strings.TrimPrefix(f.Was, "the "), strings.TrimPrefix(f.Is, "the ")})
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}
