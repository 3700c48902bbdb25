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

// Expect is how many independent origins of a group are to be expected. Whoever
// is named counts as before. What outlets say in their own voice, and what
// unnamed people tell them, counts with the probability that none of it was taken from an outlet
// that told it earlier: I(S) = prod over earlier S' (1 - p(S takes from S')),
// where p is that of reports that do not show it. The result is within the range
// that was counted. here is what the thread of the group told. If it is counted
// in the memory it is left out there, so that a story is no evidence on itself;
// what two outlets share in it is weighed by itself. ok is false when no pair is
// known that matters.
func (m *Memory) Expect(versions map[string]*news.Version, g news.Group, here []Meeting, counted bool) (prior news.Prior, ok bool) {
	m.settle()
	type teller struct {
		who, at string
		free    bool // in its own voice, or from unnamed people
	}
	tellers := map[string]*teller{} // by what counts once
	type teach struct{ who, at string }
	var before []teach
	for _, w := range g.Walks {
		v := versions[w.Member.Doc]
		if v == nil || owner(v) == "" {
			continue
		}
		at := cmp.Or(relate.Told(v), "~")
		before = append(before, teach{owner(v), at})
		if w.Once == "" {
			continue
		}
		t := tellers[w.Once]
		if t == nil {
			t = &teller{owner(v), at, w.Voice != news.NamedVoice}
			tellers[w.Once] = t
		}
		if at < t.at || at == t.at && owner(v) < t.who {
			t.who, t.at = owner(v), at
		}
	}
	named, known := 0, false
	free := make([]*teller, 0, len(tellers))
	for _, t := range tellers {
		if t.free {
			free = append(free, t)
		} else {
			named++
		}
	}
	slices.SortFunc(free, func(a, b *teller) int { return cmp.Or(cmp.Compare(a.who, b.who), cmp.Compare(a.at, b.at)) })
	slices.SortFunc(before, func(a, b teach) int { return cmp.Or(cmp.Compare(a.who, b.who), cmp.Compare(a.at, b.at)) })
	expected := float64(named)
	for _, t := range free {
		alone := 1.0
		for i, b := range before {
			if i > 0 && before[i-1].who == b.who || b.who == t.who {
				continue // the earliest of an outlet
			}
			order := earlier(b.at, t.at)
			if order > 0 {
				continue
			}
			p, back := m.unseen(t.who, b.who, here, counted)
			if order == 0 && (back.unseen > p.unseen || back.unseen == p.unseen && t.who < b.who) {
				continue // of two of one moment, the likelier copier
			}
			alone *= 1 - p.unseen
			known = known || p.met >= fewStories
			prior.Leans = append(prior.Leans, news.Lean{Outlet: m.name(t.who), From: m.name(b.who), Probability: p.unseen, Stories: p.met})
		}
		expected += alone
	}
	slices.SortStableFunc(prior.Leans, func(a, b news.Lean) int {
		return cmp.Or(cmp.Compare(b.Probability, a.Probability), cmp.Compare(a.Outlet, b.Outlet), cmp.Compare(a.From, b.From))
	})
	prior.Expected = min(max(expected, float64(g.Independent[0])), float64(g.Independent[1]))
	return prior, known
}

// unseen weighs one outlet taking from another and the reverse, by all stories
// but the one at hand, and then by what the two share in that.
func (m *Memory) unseen(who, from string, here []Meeting, counted bool) (forth, back weighed) {
	k := sorted(who, from)
	var met []Meeting
	for _, x := range here {
		if x.A == k[0] && x.B == k[1] {
			met = append(met, x)
		}
	}
	less := met
	if !counted {
		less = nil
	}
	forth, back = m.weigh(k[0], k[1], less)
	if k[0] != who {
		forth, back = back, forth
	}
	model, late, early := m.model, m.accuracy(who), m.accuracy(from)
	for _, x := range met {
		switch x.Class {
		case Copied, Credited, Carried, Cited, Elsewhere:
			continue // the counting knows of that
		}
		taken, apart := model.likelihood(x.Class, late, early)
		forth.unseen = after(forth.unseen, taken/(1-model.Shown), apart/(1-model.Slip))
		taken, apart = model.likelihood(x.Class, early, late)
		back.unseen = after(back.unseen, taken/(1-model.Shown), apart/(1-model.Slip))
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
