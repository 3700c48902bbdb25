package dependence

import (
	"cmp"
	"slices"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate"
)

// fewStories is how many stories two outlets must have told both before their
// pair is said to be known.
const fewStories = 3

// Here is what one thread told, for the claims of that thread.
type Here struct {
	met     map[[2]string][]Meeting
	counted bool
}

// NewHere takes the meetings of a thread. counted is whether they are in the
// memory that will be asked.
func NewHere(o Observed, counted bool) Here {
	h := Here{map[[2]string][]Meeting{}, counted}
	for _, x := range o.Meetings {
		k := [2]string{x.A, x.B}
		h.met[k] = append(h.met[k], x)
	}
	return h
}

// teller is an origin that may rest on others: what an outlet says in its own
// voice, or what unnamed people tell it. at is when it told first.
type teller struct{ who, at string }

// tellersOf is the origins of a group that may rest on others, how many do not,
// and when each outlet told it first.
func tellersOf(versions map[string]*news.Version, g news.Group) (free []teller, named int, first map[string]string) {
	first = map[string]string{}
	at, voice := map[string]teller{}, map[string]news.VoiceKind{} // by what counts once
	for _, w := range g.Walks {
		v := versions[w.Member.Doc]
		if v == nil || owner(v) == "" {
			continue
		}
		t := teller{owner(v), cmp.Or(relate.Told(v), "~")}
		if was, known := first[t.who]; !known || t.at < was {
			first[t.who] = t.at
		}
		if w.Once == "" {
			continue
		}
		was, known := at[w.Once]
		if !known || t.at < was.at || t.at == was.at && t.who < was.who {
			at[w.Once] = t
		}
		if voice[w.Once] != news.NamedVoice {
			voice[w.Once] = w.Voice
		}
	}
	for once, t := range at {
		if voice[once] == news.NamedVoice {
			named++
		} else {
			free = append(free, t)
		}
	}
	slices.SortFunc(free, func(a, b teller) int { return cmp.Or(cmp.Compare(a.who, b.who), cmp.Compare(a.at, b.at)) })
	return free, named, first
}

// Expect is how many independent origins of a group are to be expected. Whoever
// is named counts as before. What outlets say in their own voice, and what
// unnamed people tell them, counts with the probability that it was not taken
// from an outlet that told it earlier: I(S) = prod over earlier S' of
// 1 - p(S takes from S'), where p is that of reports that do not show it. The
// result is within the range that was counted. If the thread of the group is in
// the memory it is left out, so that a story is no evidence on itself; what two
// outlets share in it is weighed by itself. ok is false when no pair is known
// that matters.
func (m *Memory) Expect(versions map[string]*news.Version, g news.Group, here Here) (prior news.Prior, ok bool) {
	m.settle()
	free, named, first := tellersOf(versions, g)
	expected := float64(named)
	for _, t := range free {
		alone := 1.0
		for _, other := range m.partners[t.who] {
			at, tells := first[other]
			if !tells || other == t.who {
				continue
			}
			order := earlier(at, t.at)
			if order > 0 {
				continue
			}
			p, back := m.unseen(t.who, other, here)
			if order == 0 && (back.unseen > p.unseen || back.unseen == p.unseen && t.who < other) {
				continue // of two of one moment, the likelier copier
			}
			alone *= 1 - p.unseen
			ok = ok || p.met >= fewStories
			prior.Leans = append(prior.Leans, news.Lean{Outlet: m.name(t.who), From: m.name(other), Probability: p.unseen, Stories: p.met})
		}
		expected += alone
	}
	slices.SortStableFunc(prior.Leans, func(a, b news.Lean) int {
		return cmp.Or(cmp.Compare(b.Probability, a.Probability), cmp.Compare(a.Outlet, b.Outlet), cmp.Compare(a.From, b.From))
	})
	prior.Expected = min(max(expected, float64(g.Independent[0])), float64(g.Independent[1]))
	return prior, ok
}

// unseen weighs one outlet taking from another and the reverse, by all stories
// but the one at hand, and then by what the two share in that.
func (m *Memory) unseen(who, from string, here Here) (forth, back weighed) {
	k := sorted(who, from)
	met := here.met[k]
	both := m.known[k]
	if here.counted && len(met) > 0 {
		both[0], both[1] = m.weigh(k[0], k[1], met)
	}
	forth, back = both[0], both[1]
	if k[0] != who {
		forth, back = back, forth
	}
	late, early := m.accuracy(who), m.accuracy(from)
	for _, x := range met {
		switch x.Class {
		case Copied, Credited, Carried, Cited, Elsewhere:
			continue // the counting knows of that
		}
		taken, apart := m.model.likelihood(x.Class, late, early)
		forth.unseen = after(forth.unseen, taken/(1-m.model.Shown), apart/(1-m.model.Slip))
		taken, apart = m.model.likelihood(x.Class, early, late)
		back.unseen = after(back.unseen, taken/(1-m.model.Shown), apart/(1-m.model.Slip))
	}
	return forth, back
}

// name is an outlet as printed.
func (m *Memory) name(folded string) string { return cmp.Or(m.names[folded], folded) }

// after is a probability after something was seen that is as likely as yes if it
// holds, as no if it does not.
func after(p, yes, no float64) float64 {
	if p*yes+(1-p)*no == 0 {
		return p
	}
	return p * yes / (p*yes + (1-p)*no)
}
