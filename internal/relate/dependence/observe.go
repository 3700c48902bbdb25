package dependence

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate"
	"github.com/tracewire/tracewire/internal/text"
)

// Who meets whom in a story of many outlets: each the earliest ones, of which
// one has the original, and those next to it in time. Up to crowd all meet.
const (
	crowd    = 16
	earliest = 4
	next     = 8
)

// Observe reads what one thread tells of who copies whom: its versions with
// their metadata and claims, and what was found between them. It does not depend
// on the order of either.
func Observe(versions []*news.Version, r news.Relations, model Model) Observed {
	var out Observed
	o := observer{}
	for _, v := range versions {
		o[v.Name] = v
	}
	in := map[string]int{} // version -> story
	for i, s := range r.Stories {
		for _, d := range s.Documents {
			in[d] = i
		}
	}
	scenes := make([]scene, max(1, len(r.Stories)))
	for i := range scenes {
		scenes[i] = newScene()
	}
	out.Names = map[string]string{}
	for _, v := range versions {
		scenes[in[v.Name]].arrive(v)
		for _, name := range [...]string{v.Meta.Outlet.Value, v.Meta.Agency.Value} {
			if was, known := out.Names[fold(name)]; !known || name < was {
				out.Names[fold(name)] = name
			}
		}
	}
	for _, v := range versions {
		scenes[in[v.Name]].credit(v)
	}
	for _, l := range r.Links {
		if from, to := o[l.From], o[l.To]; from != nil && to != nil && in[l.From] == in[l.To] {
			scenes[in[l.From]].link(from, to, l)
		}
	}
	o.wording(r.Overlaps, func(a, b *news.Version, p news.Passage) {
		if in[a.Name] == in[b.Name] {
			scenes[in[a.Name]].wording(a, b, p)
		}
	})
	for _, item := range items(r) {
		for s, told := range o.tellings(r, item, in) {
			scenes[s].cited(r, item, o)
			scenes[s].values(valuesOf(r, item, told), model)
		}
	}
	for i := range scenes {
		got, scores := scenes[i].meetings()
		out.Meetings, out.Values = append(out.Meetings, got...), append(out.Values, scores...)
	}
	slices.SortFunc(out.Meetings, func(x, y Meeting) int {
		return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B), cmp.Compare(x.Order, y.Order), stronger(x.Shown, y.Shown))
	})
	slices.SortFunc(out.Values, func(x, y Score) int { return cmp.Compare(x.Outlet, y.Outlet) })
	return out
}

// owner is whose words a page has: the agency whose copy it is, or its outlet,
// by its folded name. It is "" for loose files that name neither.
func owner(v *news.Version) string {
	return fold(cmp.Or(v.Meta.Agency.Value, v.Meta.Outlet.Value))
}

// outlet is who publishes a page.
func outlet(v *news.Version) string {
	return fold(cmp.Or(v.Meta.Outlet.Value, v.Meta.Agency.Value))
}

// fold makes names of newsrooms comparable.
func fold(name string) string {
	return strings.TrimPrefix(strings.ToLower(strings.ReplaceAll(strings.TrimSpace(name), ".", "")), "the ")
}

// earlier compares two moments as far as both are exact: -1, 0 for one that is
// not known to differ, 1.
func earlier(a, b string) int {
	n := min(len(a), len(b))
	if n < 10 {
		return 0
	}
	return strings.Compare(a[:n], b[:n])
}

// minutes is the time between two moments, -1 if it is not known to the minute.
func minutes(a, b string) int {
	x, errA := time.Parse(relate.Minute, a)
	y, errB := time.Parse(relate.Minute, b)
	if errA != nil || errB != nil {
		return -1
	}
	return int(y.Sub(x).Abs().Minutes())
}

// scene is one story with the outlets in it.
type scene struct {
	first map[string]string         // outlet -> when it told first
	home  map[string]bool           // has a page of its own
	taken map[[2]string]bond        // {who, from whom} -> the link, credit or citation
	texts map[string][]string       // outlet -> whose texts it has
	words map[[2]string]news.Shared // sorted pair -> rare wording
	share map[[2]string]*shared     // sorted pair
	score map[string]*Score
}

// bond is how one outlet has its report from another.
type bond struct {
	class Class
	shown news.Shared
}

// shared is what two outlets tell of the same things.
type shared struct {
	same, differ bool
	wrong        Class          // the least popular false value, 0 if there is none
	say          [3]news.Shared // of same, differ, wrong
}

func newScene() scene {
	return scene{map[string]string{}, map[string]bool{}, map[[2]string]bond{}, map[string][]string{}, map[[2]string]news.Shared{}, map[[2]string]*shared{}, map[string]*Score{}}
}

// arrive notes a page: who tells the story when.
func (s *scene) arrive(v *news.Version) {
	who := owner(v)
	if who == "" {
		return
	}
	at := relate.Told(v)
	for _, name := range [...]string{who, outlet(v)} {
		if was, known := s.first[name]; !known || at != "" && (was == "" || at < was) {
			s.first[name] = at
		}
	}
	if outlet(v) == who {
		s.home[who] = true
	}
}

// credit notes whose copy a page says that it has.
func (s *scene) credit(v *news.Version) {
	who, page := owner(v), outlet(v)
	if who == "" || page == who {
		return
	}
	c := Carried
	if s.home[who] {
		c = Credited
	}
	s.bind(page, who, bond{c, news.Shared{How: "credit", To: passing(v, v.Meta.Agency.Span)}})
}

// bind notes that one outlet has something from another; the strongest counts.
func (s *scene) bind(who, from string, b bond) {
	if who == "" || from == "" || who == from {
		return
	}
	b.shown.Strength = b.class.strength()
	k := [2]string{who, from}
	if was, known := s.taken[k]; !known || stronger(b.shown, was.shown) < 0 {
		s.taken[k] = b
	}
	if b.class == Copied && !slices.Contains(s.texts[who], from) {
		s.texts[who] = append(s.texts[who], from)
	}
}

// link notes that a page has its text from another: from whoever wrote that.
func (s *scene) link(from, to *news.Version, l news.Link) {
	switch l.Relation {
	case news.Copy, news.Trimmed, news.EarlierVersion, news.Excerpt:
	default:
		return
	}
	if owner(to) == owner(from) || outlet(to) == outlet(from) {
		return // one newsroom; whose copy it is, the credit says
	}
	shown := news.Shared{How: strings.ReplaceAll(string(l.Relation), "_", " "), From: passing(from, text.Span{}), To: passing(to, text.Span{})}
	longest := -1
	for _, p := range l.Passages {
		if p.A.Len() > longest {
			longest, shown.From.Span, shown.To.Span = p.A.Len(), p.A, p.B
		}
	}
	s.bind(outlet(to), owner(from), bond{Copied, shown})
	if !l.Directed {
		shown.From, shown.To = shown.To, shown.From
		s.bind(outlet(from), owner(to), bond{Copied, shown})
	}
}

func passing(v *news.Version, s text.Span) news.Passing {
	return news.Passing{ID: v.ID, Place: news.Place{Doc: v.Name, Span: s}}
}

func sorted(a, b string) [2]string {
	if b < a {
		a, b = b, a
	}
	return [2]string{a, b}
}

// wording notes rare wording that two pages share.
func (s *scene) wording(a, b *news.Version, p news.Passage) {
	who, other := owner(a), owner(b)
	if who == "" || other == "" || who == other {
		return
	}
	x := news.Shared{How: "rare wording", Strength: Worded.strength(), From: passing(a, p.A), To: passing(b, p.B)}
	if other < who {
		x.From, x.To = x.To, x.From
	}
	k := sorted(who, other)
	if was, known := s.words[k]; !known || stronger(x, was) < 0 {
		s.words[k] = x
	}
}

// meetings is what the pairs of a scene come to.
func (s *scene) meetings() ([]Meeting, []Score) {
	var out []Meeting
	add := func(a, b string, order Order, c Class, shown news.Shared) {
		m := Meeting{A: a, B: b, Order: order, Class: c, Lag: minutes(s.first[a], s.first[b]), Shown: shown}
		if order == Unknown || c == Carried {
			m.Lag = -1
		}
		out = append(out, m)
	}
	pairs := map[[2]string]bool{}
	for k := range s.share {
		pairs[k] = true
	}
	for k := range s.words {
		pairs[k] = true
	}
	for k := range s.taken {
		pairs[sorted(k[0], k[1])] = true
	}
	for k := range pairs {
		a, b := k[0], k[1]
		order := Unknown
		switch earlier(s.first[a], s.first[b]) {
		case -1:
			order = AFirst
		case 1:
			order = BFirst
		}
		ab, aTakes := s.taken[[2]string{a, b}]
		ba, bTakes := s.taken[[2]string{b, a}]
		switch {
		case aTakes && bTakes && order == Unknown && ab.class == Copied && ba.class == Copied: // of no known direction
			add(a, b, Unknown, Copied, ab.shown)
			continue
		case aTakes && bTakes && ab.class == Copied && ba.class == Copied && order == AFirst:
			aTakes = false // the clock tells which way
		case aTakes && bTakes && ab.class == Copied && ba.class == Copied:
			bTakes = false
		}
		if aTakes {
			add(a, b, BFirst, ab.class, ab.shown)
		}
		if bTakes {
			add(a, b, AFirst, ba.class, ba.shown)
		}
		if aTakes || bTakes {
			continue
		}
		c, shown := s.between(k)
		if order != AFirst && s.elsewhere(a, b) || order != BFirst && s.elsewhere(b, a) {
			c, shown.Strength, shown.How = Elsewhere, -1, "has its text elsewhere"
		}
		if order == BFirst {
			shown.From, shown.To = shown.To, shown.From
		}
		add(a, b, order, c, shown)
	}
	var scores []Score
	for _, x := range s.score {
		scores = append(scores, *x)
	}
	return out, scores
}

// elsewhere reports whether an outlet has its text from a third.
func (s *scene) elsewhere(who, other string) bool {
	return slices.ContainsFunc(s.texts[who], func(from string) bool { return from != other })
}

// between is the strongest thing that two outlets share without one being said
// to have it from the other. From is the passage of the first of the pair.
func (s *scene) between(k [2]string) (Class, news.Shared) {
	x, words := s.share[k], s.words[k]
	switch {
	case x != nil && x.wrong > 0:
		return x.wrong, x.say[2]
	case words.How != "":
		return Worded, words
	case x.differ:
		return Differ, x.say[1]
	}
	return Same, x.say[0]
}

// observer finds versions by name.
type observer map[string]*news.Version

// fewWords is how long common wording must be to tell anything, in words.
const fewWords = 8

// wording hands on the passages of prose that two pages share and hardly
// anybody else: in either page no third has more than touched the place.
func (o observer) wording(overlaps []news.Overlap, yield func(a, b *news.Version, p news.Passage)) {
	starts, ends := map[string][]int{}, map[string][]int{}
	for _, x := range overlaps {
		for _, p := range x.Passages {
			if p.Kind == news.Prose {
				starts[x.A], ends[x.A] = append(starts[x.A], p.A.Start), append(ends[x.A], p.A.End)
				starts[x.B], ends[x.B] = append(starts[x.B], p.B.Start), append(ends[x.B], p.B.End)
			}
		}
	}
	for name := range starts {
		slices.Sort(starts[name])
		slices.Sort(ends[name])
	}
	// at is how many passages of a page lie over the middle of a place
	at := func(doc string, s text.Span) int {
		mid := (s.Start + s.End) / 2
		begun, _ := slices.BinarySearch(starts[doc], mid+1)
		over, _ := slices.BinarySearch(ends[doc], mid+1)
		return begun - over
	}
	for _, x := range overlaps {
		a, b := o[x.A], o[x.B]
		if a == nil || b == nil {
			continue
		}
		for _, p := range x.Passages {
			if p.Kind == news.Prose && at(x.A, p.A) <= 2 && at(x.B, p.B) <= 2 && len(strings.Fields(p.A.Of(a.Text))) >= fewWords {
				yield(a, b, p)
			}
		}
	}
}
