package corroborate

import (
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// A denial is told in the number and tense of its speaker's own words.
func TestDisputingAgreesWithItsSpeaker(t *testing.T) {
	tags := map[string]news.Tag{
		"deny": news.Inf, "would": news.Modal, "did": news.Aux, "to": news.To, "went": news.Verb, "continues": news.Verb,
		"denied": news.Verb, "denies": news.Verb, "repeatedly": news.Adv, "on": news.Prep,
	}
	for _, c := range []struct{ words, cue, name, want string }{
		{"Oake would deny it", "deny", "Ada Oake", "would deny"},
		{"Oake would repeatedly deny it", "deny", "Ada Oake", "would deny"},
		{"Oake went on to deny it", "deny", "Ada Oake", "denied"},
		{"Oake continues to deny it", "deny", "Ada Oake", "denies"},
		{"Oake did deny it", "deny", "Ada Oake", "denied"},
		{"We deny it", "deny", "Harbor Bank", "denies"},
		{"officials deny it", "deny", "unnamed officials in Vellmar", "deny"},
		{"Oake denied it", "denied", "Ada Oake", "denied"},
		{"Oake denies it", "denies", "Ada Oake", "denies"},
		{"Oake questions it", "questions", "Ada Oake and Lars Mendl", "question"},
	} {
		v := &news.Version{Text: c.words}
		at := 0
		for _, w := range strings.Fields(c.words) {
			v.Tokens = append(v.Tokens, news.Token{Span: text.Span{Start: at, End: at + len(w)}, Lower: strings.ToLower(w), Lemma: w + "*", Tag: tags[w]})
			at += len(w) + 1
		}
		cue := strings.Index(c.words, c.cue)
		v.Quotes.Items = []news.Quote{{ID: "q1", Cue: text.Span{Start: cue, End: cue + len(c.cue)}}}
		s := search{versions: []*news.Version{v}}
		st := &statement{claim: &news.Claim{Quote: "q1", Chain: []string{"Harbor Post", c.name}}, cue: c.cue}
		if got := s.disputing(st); got != c.want {
			t.Errorf("%s by %s: %s, want %s", c.words, c.name, got, c.want)
		}
	}
}

func TestPluralNames(t *testing.T) {
	for name, want := range map[string]bool{
		"unnamed officials in Vellmar": true, "unnamed people familiar with the matter": true, "Ada Oake and Lars Mendl": true,
		"Ada Oakes": false, "United Nations": false, "unnamed official from the ports": false, "ministry": false, "unnamed witness": false, "police": true,
	} {
		if got := plural(name); got != want {
			t.Errorf("%s: plural %v", name, got)
		}
	}
}
