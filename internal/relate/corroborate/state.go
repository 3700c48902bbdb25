package corroborate

import (
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// stateWords are what texts call the media that speak for a state.
var stateWords = []string{
	"state news agency", "official news agency", "state-run news agency", "state-owned news agency", "state-controlled news agency", "state media", "state television", "state tv", "state radio",
	"state broadcaster", "state-run", "state-owned", "state-controlled", "state newspaper", "official newspaper", "state channel", "government newspaper",
}

// nameless state media are descriptions with no name: "state television said".
func namelessState(name string) bool {
	n := strings.ToLower(name)
	if !strings.Contains(n, "state") && !strings.Contains(n, "official") && !strings.Contains(n, "government") {
		return false // no word of them, and most names
	}
	for _, w := range stateWords {
		if strings.HasSuffix(n, w) || strings.Contains(n, w+" ") && (strings.HasSuffix(n, "media") || strings.HasSuffix(n, "television") || strings.HasSuffix(n, "broadcaster") || strings.HasSuffix(n, "agency")) {
			return true
		}
	}
	return false
}

// stateMedia maps media that the texts call a state's to one body for each
// state. Which state, the words before tell ("Syrian state television"); where
// no text of the thread tells, and there is only one, it is that one.
func stateMedia(versions []*news.Version) (media map[string]tie, nameless string) {
	const nobodys = "state media"
	out := map[string]tie{}
	for _, v := range versions {
		for _, e := range v.Entities.Items {
			for _, m := range e.Mentions {
				if e.Type == news.GPE || e.Type == news.Person || e.Type == news.Location {
					continue
				}
				lead, trail := around(v, m.Span)
				title := strings.TrimRight(lead.Of(v.Text), " ")
				if namelessState(m.Span.Of(v.Text)) {
					title += " " + m.Span.Of(v.Text)
				}
				where, ok := stateIn(title)
				if !ok {
					// "HANA, the state news agency, said"
					after, apposed := strings.CutPrefix(trail.Of(v.Text), ", ")
					if !apposed {
						continue
					}
					if i := strings.IndexAny(after, ",."); i < 0 || !namelessState(after[:i]) {
						continue
					}
					where, _ = stateIn(after[:strings.IndexAny(after, ",.")])
				}
				body := nobodys
				if state := stateOf(v, where); state != "" {
					body = "state media of " + state
				}
				if b, known := affiliations()[foldName(e.ID)]; known {
					body = b
				}
				if old, known := out[e.ID]; !known || old.body == nobodys {
					out[e.ID] = tie{body, news.Place{Doc: v.Name, Span: placeOf(v, lead, m.Span)}}
				}
			}
		}
	}
	known := map[string]bool{}
	for _, t := range out {
		if t.body != nobodys {
			known[t.body] = true
		}
	}
	switch len(known) {
	case 0:
		return out, nobodys
	case 1:
		for body := range known {
			nameless = body
		}
	}
	for n, t := range out {
		if t.body != nobodys {
			continue
		}
		if delete(out, n); nameless != "" {
			out[n] = tie{nameless, t.at}
		}
	}
	return out, nameless
}

// stateIn says whether a title ends with words for a state's medium, and what
// word stands before them.
func stateIn(title string) (before string, ok bool) {
	t := strings.ToLower(title)
	for _, w := range stateWords {
		if rest, has := strings.CutSuffix(t, w); has {
			f := strings.Fields(title[:len(rest)])
			if len(f) == 0 {
				return "", true
			}
			return strings.Join(tail(f, 2), " "), true
		}
	}
	return "", false
}

// stateOf is the country that one or two words name, as the text itself has
// it: "North Korean", "Syria's".
func stateOf(v *news.Version, words string) string {
	words = strings.TrimSuffix(strings.TrimSuffix(words, "'s"), "’s")
	_, lastWord, two := strings.Cut(words, " ")
	for _, e := range v.Entities.Items {
		if e.Type != news.GPE {
			continue
		}
		for _, m := range e.Mentions {
			if w := m.Span.Of(v.Text); strings.EqualFold(w, words) || two && strings.EqualFold(w, lastWord) {
				return e.ID
			}
		}
	}
	return ""
}
