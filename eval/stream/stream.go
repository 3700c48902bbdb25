// Package stream invents streams of news of which the truth is known, and
// measures on them: what is found of copies, trims and rewrites, which way
// they went, which articles tell one story, and what all that costs as the
// stream grows.
//
// The words are invented: places, people, agencies and outlets do not exist.
// How copy travels is not: a few agencies file, some hundred sites take it
// over word for word, cut from the end or in other words, minutes or hours
// later, many without a credit and each within its own furniture; agencies
// update, other newsrooms write reports of their own with the same quotes, and
// machines fill in bulletins that are equal but for names and counts.
package stream

import (
	"container/heap"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/tracewire/tracewire/internal/news"
)

// Config says what stream to invent. Equal ones give equal streams.
type Config struct {
	Articles int
	Seed     uint64
	Copies   float64 // share of pickups (copies, trims, rewrites); 0 means 0.3
	Outlets  int     // sites; 0 means 400
	PerDay   int     // articles a day; 0 means 5000
	// Short makes reports of about 80 words instead of 350, for streams of
	// millions.
	Short bool
	// Flood makes nothing but near-identical bulletins of one kind.
	Flood bool
	// OneStory makes all articles tell of one happening.
	OneStory bool
}

// Kind is what was done to make an article.
type Kind string

// What newsrooms do.
const (
	Own      Kind = "own"      // written afresh
	Copied   Kind = "copied"   // word for word but for furniture, headline, credit
	Trimmed  Kind = "trimmed"  // cut from the end
	Rewrote  Kind = "rewrote"  // other words, other order
	Updated  Kind = "updated"  // the agency's next version
	Bulletin Kind = "bulletin" // filled in by a machine
)

// Article is one page of the stream with the truth about it.
type Article struct {
	Number    int // from 0, in the order of time
	Outlet    string
	URL       string
	Published time.Time
	Headline  string
	Text      string

	Kind   Kind
	Parent *Article // what it was made of; it comes earlier in the stream
	Root   *Article // the first report of its family, itself for what is new
	Story  int      // happening
	undate bool
}

// Name is how the article is called in results.
func (a *Article) Name() string { return fmt.Sprintf("a%07d", a.Number) }

// Version is the article as something to annotate.
func (a *Article) Version() news.Version {
	v := news.Version{Name: a.Name(), Text: a.Text, Given: news.Given{URL: a.URL, Outlet: a.Outlet, Fetched: a.Published.Add(time.Hour)}}
	if !a.undate {
		v.Given.Dates = []news.GivenDate{{From: "meta", Role: "published", Value: a.Published.Format(time.RFC3339)}}
	}
	return v
}

const (
	template = .02 // share of bulletins
	ofAgency = .6  // share of stories that an agency reports first
	again    = .12 // share of pickups that take another pickup
	mostTake = 400 // pickups of one story at most
	tail     = 1.6 // exponent of the number of pickups: few stories are taken by very many
)

// Invent makes the stream, in the order of time.
func (c Config) Invent() iter.Seq[*Article] {
	return func(yield func(*Article) bool) {
		if c.Copies == 0 {
			c.Copies = .3
		}
		if c.Outlets == 0 {
			c.Outlets = 400
		}
		if c.PerDay == 0 {
			c.PerDay = 5000
		}
		g := &generator{Config: c, outlets: newOutlets(rand.New(rand.NewPCG(c.Seed, 0)), c.Outlets)}
		for n := 0; n < c.Articles; n++ {
			for len(g.coming) == 0 || !g.now.After(g.coming[0].Published) {
				g.begin()
			}
			a := heap.Pop(&g.coming).(*Article)
			a.Number = n
			if !yield(a) {
				return
			}
		}
	}
}

type generator struct {
	Config
	outlets []*outlet
	coming  queue
	now     time.Time // when the next story begins
	stories int
	heads   []string // of late, for lists of related articles
}

// begin puts the articles of one more story into the queue.
func (g *generator) begin() {
	g.stories++
	r := rand.New(rand.NewPCG(g.Seed, uint64(g.stories)))
	if g.now.IsZero() {
		g.now = time.Date(2031, 5, 5, 6, 0, 0, 0, time.UTC)
	}
	h := newHappening(r)
	if g.OneStory {
		h = newHappening(rand.New(rand.NewPCG(g.Seed, 0)))
	}
	perStory := 1.
	if !g.Flood {
		perStory = (1 + .5*ofAgency*.6 + .6) / (1 - g.Copies)
	}
	defer func() {
		lag := r.ExpFloat64() * perStory * float64(24*time.Hour) / float64(g.PerDay)
		g.now = g.now.Add(time.Duration(lag))
	}()
	at := g.now
	if g.Flood || !g.OneStory && chance(r, template*perStory) {
		by := agencies[0]
		kind := 0
		if !g.Flood {
			by, kind = pick(r, agencies), r.IntN(3)
		}
		g.put(r, bulletin(r, h, at, by, kind), g.agencySite(by), at, Bulletin, nil)
		return
	}
	n := 8 + int(6*math.Exp(r.NormFloat64()*.5))
	if g.Short {
		n = 3 + r.IntN(3)
	}
	if !chance(r, ofAgency) {
		g.put(r, tell(r, h, at, nil, n), g.site(r), at, Own, nil)
		g.others(r, h, at, n)
		return
	}
	by := pick(r, agencies)
	t := tell(r, h, at, by, n)
	out := []told{{g.put(r, t, g.agencySite(by), at, Own, nil), t}}
	wire := out // the agency's own versions
	for at := at; chance(r, .33) && len(wire) < 4; {
		at = at.Add(time.Duration((.5 + 4*r.Float64()) * float64(time.Hour)))
		last := wire[len(wire)-1]
		u := last.report.updated(r, at)
		wire = append(wire, told{g.put(r, u, g.agencySite(by), at, Updated, last.article), u})
	}
	g.pickups(r, h, wire)
	g.others(r, h, at, n)
}

// told is an article with the report it shows.
type told struct {
	article *Article
	report  *report
}

// pickups lets sites take over what the agency sent.
func (g *generator) pickups(r *rand.Rand, h *happening, wire []told) {
	// The mean of the heavy tail is 1/(tail-1).
	mean := g.Copies / (1 - g.Copies) * (1 + .5*ofAgency*.6 + .6) / ofAgency
	k := mean * (tail - 1) * (math.Pow(1-r.Float64(), -1/tail) - 1)
	n := min(int(k+r.Float64()), mostTake, g.Outlets/2)
	taken := []told{}
	used := map[*outlet]bool{}
	for range n {
		o := g.site(r)
		for used[o] {
			o = pick(r, g.outlets)
		}
		used[o] = true
		from := wire[0]
		if len(wire) > 1 && chance(r, .5) {
			from = pick(r, wire)
		}
		if len(taken) > 0 && chance(r, again) {
			from = pick(r, taken)
		}
		// A quarter follows within minutes, most within hours.
		lag := time.Duration(math.Exp(math.Log(40)+r.NormFloat64()*1.6) * float64(time.Minute))
		at := from.article.Published.Add(min(lag, 72*time.Hour) + time.Second)
		var t *report
		kind := Copied
		switch x := r.Float64(); {
		case x < .45:
			t = from.report.copied(r, o)
		case x < .75:
			t, kind = from.report.trimmed(r, o), Trimmed
		default:
			t, kind = from.report.rewritten(r, o, at), Rewrote
		}
		taken = append(taken, told{g.put(r, t, o, at, kind, from.article), t})
	}
}

// others lets other newsrooms report the same happening in their own words.
func (g *generator) others(r *rand.Rand, h *happening, at time.Time, n int) {
	for range 2 {
		if !chance(r, .3) {
			continue
		}
		at = at.Add(time.Duration(r.ExpFloat64() * 5 * float64(time.Hour)))
		own := *h
		own.event, own.head = pick(r, h.beat["event"]), pick(r, h.beat["head"])
		g.put(r, tell(r, &own, at, nil, max(3, n-r.IntN(4))), g.site(r), at, Own, nil)
	}
}

// site picks an outlet: a few publish much.
func (g *generator) site(r *rand.Rand) *outlet {
	x := r.Float64()
	return g.outlets[int(x*x*float64(len(g.outlets)))]
}

func (g *generator) agencySite(a *agency) *outlet {
	return &outlet{name: a.short, host: strings.ToLower(a.short) + ".example"}
}

// put renders an article and puts it into the queue.
func (g *generator) put(r *rand.Rand, t *report, o *outlet, at time.Time, kind Kind, parent *Article) *Article {
	a := &Article{
		Outlet: o.name, Published: at.Truncate(time.Second), Headline: t.headline, Kind: kind, Parent: parent, Story: g.stories,
		URL:  fmt.Sprintf("https://%s/%s/%d-%d", o.host, at.Format("2006/01/02"), g.stories, r.Uint32()),
		Text: o.page(r, t, at, g.heads),
	}
	if g.OneStory {
		a.Story = 1
	}
	a.undate = kind != Own && chance(r, .2)
	a.Root = a
	if parent != nil {
		a.Root = parent.Root
	}
	heap.Push(&g.coming, a)
	if g.heads = append(g.heads, t.headline); len(g.heads) > 60 {
		g.heads = g.heads[30:]
	}
	return a
}

// queue is a heap of articles by time; the URL settles ties.
type queue []*Article

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	if !q[i].Published.Equal(q[j].Published) {
		return q[i].Published.Before(q[j].Published)
	}
	return q[i].URL < q[j].URL
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(*Article)) }
func (q *queue) Pop() any {
	old := *q
	x := old[len(old)-1]
	old[len(old)-1] = nil
	*q = old[:len(old)-1]
	return x
}
