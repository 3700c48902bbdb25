package corroborate

import (
	"slices"
	"sort"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// This file puts a denial or doubt into words that go with who utters it:
// "Ada Lind would deny this", "unnamed officials deny this".

// disputingForms are the forms of the verbs in disputing: base, third person,
// past, participle.
var disputingForms = [...][4]string{
	{"deny", "denies", "denied", "denying"},
	{"reject", "rejects", "rejected", "rejecting"},
	{"dismiss", "dismisses", "dismissed", "dismissing"},
	{"refute", "refutes", "refuted", "refuting"},
	{"dispute", "disputes", "disputed", "disputing"},
	{"question", "questions", "questioned", "questioning"},
	{"doubt", "doubts", "doubted", "doubting"},
}

// disputing words what st does with what another says: its verb in the number
// of its speaker's name and in the tense that its text has.
func (s *search) disputing(st *statement) string {
	name := last(st.claim.Chain)
	for _, form := range disputingForms {
		if !slices.Contains(form[:], st.cue) {
			continue
		}
		present := form[1]
		if plural(name) {
			present = form[0]
		}
		switch {
		case st.cue == form[2] || st.cue == form[3]:
			return form[2]
		case st.cue == form[1]:
			return present
		}
		switch w := leading(s.versions[st.doc], st.claim.Quote); w {
		case "":
			return present
		case "past":
			return form[2]
		default:
			return w + " " + form[0]
		}
	}
	return st.cue
}

// leading is what stands before the base form of a quote's cue: the modal of
// "would deny", "did" of "did deny", "past" where a past tense leads up to it
// ("went on to deny"), "" where it is a present tense of its own.
func leading(v *news.Version, quote string) string {
	at := -1
	for i := range v.Quotes.Items {
		if q := &v.Quotes.Items[i]; q.ID == quote {
			at = sort.Search(len(v.Tokens), func(k int) bool { return v.Tokens[k].Span.Start >= q.Cue.Start })
		}
	}
	infinitive := false
	for k := at - 1; k >= 0 && k >= at-6; k-- {
		switch t := v.Tokens[k]; t.Tag {
		case news.Adv:
		case news.To:
			infinitive = true
		case news.Modal:
			switch {
			case strings.HasSuffix(t.Lower, "'ll"):
				return "will"
			case strings.HasSuffix(t.Lower, "'d"):
				return "would"
			}
			return t.Lower
		case news.Aux:
			if t.Lower == "did" || t.Lower == "was" || t.Lower == "were" || t.Lower == "had" {
				return "past"
			}
			return ""
		case news.Verb:
			if infinitive && t.Lower != t.Lemma && !strings.HasSuffix(t.Lower, "s") {
				return "past"
			}
			return ""
		default:
			if !infinitive {
				return ""
			}
		}
	}
	return ""
}

// plural reports whether a name is that of several: "unnamed officials in
// Vellmar", "Ada Lind and Idris Oake".
func plural(name string) bool {
	if strings.Contains(name, " and ") {
		return true
	}
	words := strings.Fields(name)
	head := ""
	for _, w := range words {
		switch w {
		case "in", "of", "for", "from", "with", "at", "on", "near", "to", "familiar", "close", "who":
		default:
			head = w
			continue
		}
		break
	}
	switch {
	case head == "" || head[0] >= 'A' && head[0] <= 'Z':
		return false
	case head == "people" || head == "police" || head == "media":
		return true
	}
	return strings.HasSuffix(head, "s") && !strings.HasSuffix(head, "ss")
}
