package propagation

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/tracewire/tracewire/internal/text"
)

// Story is a set of articles on one happening, and the truth about them.
type Story struct {
	Name     string
	Held     bool // written in the language that is kept for judging
	Event    string
	Articles []Article
	Facts    []Fact
	Pairs    []Pair
}

// Article is a page: its text, who publishes it and when.
type Article struct {
	Name, URL, Outlet string
	At                time.Time
	Text              string
	Says              []Said
}

// Said is a place where an article tells a fact: its clause, or direct words.
type Said struct {
	Fact int // index into Story.Facts
	Span text.Span
}

// Fact is a statement of the story, with the truth of where it comes from.
type Fact struct {
	Key       string // main, num, say or deny
	Scenario  string
	Value     int  // of num
	Low, High int  // independent origins, at least and at most
	Circular  bool // citations lead back to their beginning
	Rootless  bool // nothing but "media reports" is behind it
	Borrowed  bool // a newsroom "confirms" it in another's words
}

// Pair is two facts that stand against or after each other.
type Pair struct {
	A, B int    // indices into Story.Facts
	Kind string // update, contradiction or denial
}

// Make invents n stories. Story i is the same whatever n is.
func Make(n int, seed uint64) []Story {
	langs := []language{parse("open.txt"), parse("held.txt")}
	out := make([]Story, n)
	for i := range out {
		held := i % 2
		rng := rand.New(rand.NewPCG(seed, uint64(i)))
		out[i] = devise(invent(rng, langs[held])).write()
		out[i].Held = held == 1
		out[i].Name = fmt.Sprintf("story-%04d", i)
	}
	return out
}

// para is a paragraph with the facts that it tells.
type para struct {
	text string
	says []Said
}

// page is an article before it is put together.
type page struct {
	headline string
	top      []string // byline, update note, date
	dateline string
	body     []para
	tail     []string
}

// write turns a plan into articles and works out the truth.
func (p *plan) write() Story {
	s := Story{Event: p.w.event.name}
	facts := map[string]int{} // "num 12" -> index
	ends := map[int][]end{}
	pages := make([]page, len(p.drafts))
	for i, d := range p.drafts {
		local := map[string]int{} // key -> fact
		for _, key := range []string{"main", "num", "say", "deny"} {
			src, carries := d.from[key]
			if !carries {
				continue
			}
			id := key
			if key == "num" {
				id = fmt.Sprint(key, " ", d.value)
			}
			f, known := facts[id]
			if !known {
				f = len(s.Facts)
				facts[id] = f
				s.Facts = append(s.Facts, Fact{Key: key, Scenario: p.seeds[key], Value: d.value})
			}
			local[key] = f
			e := p.walk(i, key, map[int]bool{})
			ends[f] = append(ends[f], e)
			s.Facts[f].Circular = s.Facts[f].Circular || e.key == "circle"
			s.Facts[f].Borrowed = s.Facts[f].Borrowed || src.same
		}
		if d.of >= 0 {
			pages[i] = p.revise(pages[d.of], i, local)
		} else {
			pages[i] = p.compose(i, local)
		}
		if d.phrase {
			from := pages[d.had-1].body
			pages[i].body[len(pages[i].body)-2] = para{text: from[len(from)-2].text}
		}
		s.Articles = append(s.Articles, p.print(pages[i], d.room, d.at, len(s.Articles)))
	}
	for _, c := range p.pickups {
		pg := pages[c.of]
		pg.body = pg.body[:max(4, len(pg.body)-c.cut)]
		pg.top, pg.tail = nil, nil
		if p.w.rng.IntN(2) == 0 {
			pg.headline = p.headline(p.drafts[c.of].value)
		}
		s.Articles = append(s.Articles, p.print(pg, c.room, c.at, len(s.Articles)))
	}
	for f := range s.Facts {
		s.Facts[f].Low, s.Facts[f].High = count(ends[f])
		s.Facts[f].Rootless = !slices.ContainsFunc(ends[f], func(e end) bool { return e.key != "reports" })
	}
	s.Pairs = p.pairs(s)
	return s
}

func (p *plan) pairs(s Story) []Pair {
	var out []Pair
	for a, x := range s.Facts {
		for b, y := range s.Facts {
			if x.Key == "num" && y.Key == "num" && x.Value < y.Value && p.pair != "" {
				out = append(out, Pair{a, b, p.pair})
			}
			if x.Key == "say" && y.Key == "deny" {
				out = append(out, Pair{a, b, "denial"})
			}
		}
	}
	return out
}

// headline is one with the figure if there is one to give.
func (p *plan) headline(value int) string {
	return p.w.fill(p.w.take("headline", p.w.event.lines["headline"]), map[string]string{"n": digits(value)})
}

func (w *world) fill(template string, more map[string]string) string {
	slots := make(map[string]string, len(w.slots)+len(more))
	for k, v := range w.slots {
		slots[k] = v
	}
	for k, v := range more {
		slots[k] = v
	}
	return fill(template, slots)
}

func digits(n int) string {
	if n >= 1000 {
		return fmt.Sprintf("%d,%03d", n/1000, n%1000)
	}
	return fmt.Sprint(n)
}

// number is how agencies print a figure: words below ten.
func number(n int) string {
	if n < 10 {
		return []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}[n]
	}
	return digits(n)
}

// hand writes the sentences of one article: it knows whom it has introduced.
type hand struct {
	p     *plan
	d     draft
	known map[string]bool // persons introduced
}

// compose writes an article from a draft.
func (p *plan) compose(i int, local map[string]int) page {
	d := p.drafts[i]
	w, r := p.w, p.w.rng
	h := &hand{p, d, map[string]bool{}}
	pg := page{headline: p.headline(d.value)}
	room := w.newsrooms[d.room]
	tell := func(key string) para { return h.tell(key, local[key]) }
	colour := func() string { return w.fill(w.take("colour", w.event.lines["colour"]), nil) }
	keys := []string{"num", "say"}
	if r.IntN(3) == 0 {
		keys = []string{"say", "num"}
	}
	lede := tell("main")
	if room.code == "" {
		lede.text += " " + colour() // without a dateline a line of ten words is a deck
	}
	pg.body = append(pg.body, lede)
	for n, key := range keys {
		pg.body = append(pg.body, tell(key))
		if n == 0 || r.IntN(2) == 0 {
			c := para{text: colour()}
			if r.IntN(3) == 0 {
				c.text += " " + colour()
			}
			pg.body = append(pg.body, c)
		}
	}
	if _, ok := local["deny"]; ok {
		pg.body = append(pg.body, tell("deny"))
	}
	pg.body = append(pg.body, para{text: colour()}, para{text: w.fill(w.take("back", w.event.lines["back"]), nil)})
	if room.code != "" {
		day := d.at.Format("January 2")
		pg.dateline = pick(r, []string{
			strings.ToUpper(w.slots["city"]) + ", " + day + " (" + room.code + ") — ",
			strings.ToUpper(w.slots["city"]) + " (" + room.code + ") — ",
			strings.ToUpper(w.slots["city"]) + ", " + w.slots["country"] + " (" + room.code + ") -- ",
		})
		if r.IntN(2) == 0 {
			pg.tail = append(pg.tail, h.sign("trailer"))
		}
	} else {
		if r.IntN(2) == 0 {
			pg.dateline = strings.ToUpper(w.slots["city"]) + " — "
		}
		if r.IntN(2) == 0 {
			pg.top = append(pg.top, h.sign("byline"))
		}
		if r.IntN(2) == 0 {
			pg.top = append(pg.top, d.at.Format("Monday, January 2, 2006"))
		}
	}
	return pg
}

// revise makes the later version of an article: the new figure, a paragraph
// more, the rest as it was.
func (p *plan) revise(old page, i int, local map[string]int) page {
	h := &hand{p, p.drafts[i], map[string]bool{}}
	pg := page{headline: "UPDATE 1-" + p.headline(h.d.value), dateline: old.dateline, tail: old.tail}
	pg.top = []string{h.sign("update")}
	figure := old.figure()
	for n, x := range old.body {
		if n > 0 && len(x.says) > 0 && x.says[0].Fact == figure {
			x = h.tell("num", local["num"])
		}
		pg.body = append(pg.body, x)
		if n == 3 {
			pg.body = append(pg.body, para{text: p.w.fill(p.w.take("colour", p.w.event.lines["colour"]), nil)})
		}
	}
	return pg
}

// figure is the fact that the figure of a page is: facts are numbered in the
// order main, figure, statement.
func (pg page) figure() int {
	low := -1
	for _, x := range pg.body[1:] {
		for _, s := range x.says {
			if low < 0 || s.Fact < low {
				low = s.Fact
			}
		}
	}
	return low
}

// sign is a signature or a note with names in it.
func (h *hand) sign(key string) string {
	w := h.p.w
	name := func() string { return pick(w.rng, firsts) + " " + pick(w.rng, lasts) }
	return w.fill(pick(w.rng, w.lang.words[key]), map[string]string{"name": name(), "name2": name(), "self": w.self(h.d.room)})
}

// self is how a newsroom speaks of itself.
func (w *world) self(room int) string {
	n := w.newsrooms[room]
	if n.code != "" {
		return n.code
	}
	return article(n.name)
}

// cited is how others speak of it.
func (w *world) cited(room int) string {
	n := w.newsrooms[room]
	if n.code == "" {
		return article(n.name)
	}
	return pick(w.rng, []string{n.code, "news agency " + n.code, "the " + n.name + " (" + n.code + ")"})
}

// article puts "the" before a name that takes it.
func article(name string) string {
	for _, p := range []string{"The ", "Radio ", "Voice of "} {
		if strings.HasPrefix(name, p) {
			return name
		}
	}
	return "the " + name
}

// speaker is the person at the head of a body, with title when first named.
func (h *hand) speaker(body int) string {
	x := h.p.w.persons[body]
	if h.known[x.last] {
		return x.last
	}
	h.known[x.last] = true
	return x.title + " " + x.first + " " + x.last
}

// tell is the paragraph of a fact. The place of the fact is the clause or the
// direct words, without what says whose they are.
func (h *hand) tell(key string, fact int) para {
	sentence, words := h.sentence(key)
	at := strings.Index(sentence, words)
	if at < 0 {
		at = strings.Index(sentence, upper(words))
	}
	return para{sentence, []Said{{fact, text.Span{Start: at, End: at + len(words)}}}}
}

// sentence tells a fact, and where it is from; words is the fact in it.
func (h *hand) sentence(key string) (sentence, words string) {
	w, s := h.p.w, h.d.from[key]
	value := map[string]string{"n": number(h.d.value)}
	clauses := w.event.lines[key]
	clause := ""
	switch {
	case key == "deny":
	case s.same:
		clause = w.fill(clauses[w.order[key][0]], value) // the first one that was used
	default:
		clause = w.fill(w.take(key, clauses), value)
	}
	if s.kind == "own" {
		return upper(clause) + ".", clause
	}
	words = clause
	frame := w.take("frame "+s.kind, w.lang.frames[s.kind])
	for key == "main" && strings.Contains(frame, "{q}") || s.same && strings.Contains(frame, "{q}") {
		frame = w.take("frame "+s.kind, w.lang.frames[s.kind])
	}
	slots := map[string]string{"c": clause, "C": upper(clause), "day": h.d.at.Format("Monday"), "self": w.self(h.d.room)}
	if strings.Contains(frame, "{q}") {
		slots["q"] = upper(w.fill(w.take(key+"q", w.event.lines[key+"q"]), value))
		words = slots["q"]
	}
	if strings.Contains(frame, "{d}") {
		slots["d"] = w.fill(w.take("deny", w.event.lines["deny"]), nil)
		words = slots["d"]
	}
	if strings.Contains(frame, "{s}") || strings.Contains(frame, "{S}") {
		slots["s"] = h.speaker(s.body)
	}
	body := w.event.bodies[s.body].name
	slots["b"], slots["i"] = body, "the "+body
	if body == w.slots["rival"] || body == "City Hall" {
		slots["i"] = body
	}
	slots["name"] = w.spokesmen[s.body]
	slots["v"] = w.cited(s.via)
	if s.kind == "state" {
		slots["v"] = w.stateMedia
	}
	slots["anon"] = s.desc
	if s.kind == "document" {
		slots["doc"] = w.fill(s.desc, slots)
	}
	for _, k := range []string{"s", "b", "i", "v", "self", "anon", "doc"} {
		slots[strings.ToUpper(k[:1])+k[1:]] = upper(slots[k])
	}
	return upper(w.fill(frame, slots)), words
}

// print puts a page together.
func (p *plan) print(pg page, room int, at time.Time, n int) Article {
	w := p.w
	nr := w.newsrooms[room]
	a := Article{Outlet: nr.name, At: at, Name: fmt.Sprintf("%02d-%s", n+1, strings.TrimSuffix(nr.host, ".example"))}
	if nr.code != "" {
		a.Outlet = nr.code
	}
	a.URL = fmt.Sprintf("https://%s/%s/%d", nr.host, at.Format("2006/01/02"), 10000+n)
	var b strings.Builder
	b.WriteString(pg.headline + "\n\n")
	for _, t := range pg.top {
		b.WriteString(t + "\n\n")
	}
	b.WriteString(pg.dateline)
	for _, x := range pg.body {
		at := b.Len()
		b.WriteString(x.text + "\n\n")
		for _, s := range x.says {
			a.Says = append(a.Says, Said{s.Fact, text.Span{Start: at + s.Span.Start, End: at + s.Span.End}})
		}
	}
	for _, t := range pg.tail {
		b.WriteString(t + "\n\n")
	}
	a.Text = strings.TrimRight(b.String(), "\n") + "\n"
	return a
}
