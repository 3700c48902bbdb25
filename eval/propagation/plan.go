package propagation

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// sourcing is where one article has one fact from. kind is the frame by which
// the article says so: person, quote, body, spokesman, told (to this newsroom
// alone), state, statetv, viaperson, anon, viaanon, cite, rootless, confirm,
// learned, document, deny, or own for no source at all.
type sourcing struct {
	kind string
	body int    // who is behind it, for kinds with a named speaker
	via  int    // newsroom that is cited
	desc string // of the unnamed people, or of the document
	same bool   // in the words of the newsroom it borrows from: via
}

// draft is an article that a newsroom writes itself: a report, or a later
// version of one.
type draft struct {
	room  int
	at    time.Time
	of    int // the draft that this is a version of, -1
	value int // the figure it gives
	from  map[string]sourcing
	// had is the draft before this one in the order of the plan, plus one, that
	// the newsroom rewrote without saying so; 0 if it went by itself.
	had    int
	phrase bool // a sentence of that stands in it, too
}

// pickup is agency copy on an outlet's page.
type pickup struct {
	room, of int
	at       time.Time
	cut      int // paragraphs left off at the end
}

// plan is who writes what, and where each has it from.
type plan struct {
	w       *world
	drafts  []draft
	pickups []pickup
	seeds   map[string]string // fact -> scenario
	pair    string            // how the two figures of the story stand to each other: "", update or contradiction
}

// devise plans a story.
func devise(w *world) *plan {
	p := &plan{w: w, seeds: map[string]string{}}
	r := w.rng
	rooms := r.Perm(len(w.newsrooms) - 1)
	for i := range rooms {
		rooms[i]++ // the first is the national agency's, which always writes
	}
	n := 2 + r.IntN(3)
	at := w.start
	for i := range n {
		room := 0
		if i > 0 {
			room = rooms[i-1]
		}
		p.drafts = append(p.drafts, draft{room: room, at: at, of: -1, from: map[string]sourcing{}})
		at = at.Add(time.Duration(20+r.IntN(200)) * time.Minute)
	}
	free := rooms[n-1:]
	p.seedMain(r)
	p.seedFigure(r)
	p.seedStatement(r, free[len(free)-1])
	for _, room := range free[:r.IntN(min(4, len(free)))] {
		if w.newsrooms[room].code != "" {
			continue // an agency does not print another's copy
		}
		of := 0
		if last := len(p.drafts) - 1; p.drafts[last].of == 0 && r.IntN(2) == 0 {
			of = last
		}
		p.pickups = append(p.pickups, pickup{room, of, p.drafts[of].at.Add(time.Duration(10+r.IntN(300)) * time.Minute), r.IntN(3)})
	}
	return p
}

// seedMain: newsrooms have it from their own reporters, or from an official.
func (p *plan) seedMain(r *rand.Rand) {
	for i := range p.drafts {
		s := sourcing{kind: "own"}
		switch r.IntN(6) {
		case 0:
			s = sourcing{kind: pick(r, []string{"person", "body"}), body: 0}
		case 1:
			s = sourcing{kind: pick(r, []string{"person", "body", "spokesman"}), body: 1}
		}
		p.drafts[i].from["main"] = s
	}
}

var official = []string{"person", "quote", "body", "spokesman"}

// seedFigure gives the figure: one body, two that agree, two that do not, or
// one whose count grows.
func (p *plan) seedFigure(r *rand.Rand) {
	e := p.w.event
	n := e.low + r.IntN(e.high-e.low)
	other := n + 1 + r.IntN(max(2, n/3))
	kinds := []string{"one", "two", "cite", "contradiction"}
	if e.rising {
		kinds = append(kinds, "update", "update")
	}
	kind := pick(r, kinds)
	p.seeds["num"] = kind
	for i := range p.drafts {
		d := &p.drafts[i]
		d.value = n
		s := sourcing{kind: pick(r, official)}
		switch kind {
		case "two":
			s.body = i % 2
		case "contradiction":
			if s.body = i % 2; s.body == 1 {
				d.value = other
			}
		case "cite":
			if i > 0 {
				s = sourcing{kind: pick(r, []string{"cite", "viaperson"}), via: 0}
			}
		}
		d.from["num"] = s
	}
	switch kind {
	case "contradiction":
		p.pair = kind
	case "update":
		// The agency's later version has the later figure, and so has whoever
		// writes after it.
		p.pair = kind
		first := p.drafts[0]
		late := draft{room: 0, of: 0, at: p.drafts[len(p.drafts)-1].at.Add(time.Duration(60+r.IntN(200)) * time.Minute), value: other, from: map[string]sourcing{}}
		for k, s := range first.from {
			late.from[k] = s
		}
		p.drafts = append(p.drafts, late)
		if len(p.drafts) > 3 {
			d := &p.drafts[len(p.drafts)-2]
			d.value, d.at = other, late.at.Add(time.Duration(30+r.IntN(90))*time.Minute)
		}
	}
}

// scenarios are the ways in which the statement of a story spreads.
var scenarios = []string{
	"named", "named", "two", "chain", "exclusive", "anon", "anon two", "anon and named", "circle", "circle of three",
	"rootless", "rootless and named", "state", "borrowed", "learned", "document", "unseen",
}

// seedStatement lets the statement spread, and has it denied now and then.
// absent is a newsroom of which there is no article.
func (p *plan) seedStatement(r *rand.Rand, absent int) {
	kind := pick(r, scenarios)
	lang := p.w.lang
	var at []int // drafts that carry it: all reports, no versions
	for i, d := range p.drafts {
		if d.of < 0 {
			at = append(at, i)
		}
	}
	if kind == "circle of three" && len(at) < 3 {
		kind = "circle"
	}
	p.seeds["say"] = kind
	anon := r.Perm(len(lang.words["anon"]))
	doc := pick(r, lang.words["doc"])
	room := func(i int) int { return p.drafts[at[i]].room }
	for i, k := range at {
		s := sourcing{kind: pick(r, official)}
		later := i > 0
		switch kind {
		case "two":
			s.body = i % 2
		case "chain", "exclusive":
			s.kind = "told"
			if later {
				s = sourcing{kind: map[string]string{"chain": "viaperson", "exclusive": "cite"}[kind], via: room(0)}
			}
		case "anon":
			s = sourcing{kind: "anon", desc: lang.words["anon"][anon[0]]}
			if later {
				s.kind, s.via = "viaanon", room(0)
			}
		case "anon two":
			s = sourcing{kind: "anon", desc: lang.words["anon"][anon[i%2]]}
			if i > 1 {
				s.kind, s.via = "viaanon", room(i%2)
			}
		case "anon and named":
			if i%2 == 0 {
				s = sourcing{kind: "anon", desc: lang.words["anon"][anon[i]]}
			}
		case "circle":
			s = sourcing{kind: "cite", via: room(1 - min(i, 1))}
		case "circle of three":
			s = sourcing{kind: "cite", via: room((i + 1) % 3)}
		case "rootless":
			s = sourcing{kind: "rootless"}
		case "rootless and named":
			if later {
				s = sourcing{kind: "rootless"}
			}
		case "state":
			s = sourcing{kind: []string{"state", "statetv"}[i%2]}
		case "borrowed":
			if later {
				s = sourcing{kind: "confirm", via: room(0), same: true}
			}
		case "learned":
			s = sourcing{kind: "learned"}
			if later {
				s = sourcing{kind: "cite", via: room(0)}
			}
		case "document":
			s = sourcing{kind: "document", desc: doc}
		case "unseen":
			s = sourcing{kind: "cite", via: absent}
		}
		p.drafts[k].from["say"] = s
	}
	last := at[len(at)-1]
	if r.IntN(4) == 0 && kind != "named" {
		p.drafts[last].from["deny"] = sourcing{kind: "deny", body: 2}
	}
	for i, d := range p.drafts {
		if d.of >= 0 {
			if s, ok := p.drafts[d.of].from["say"]; ok {
				p.drafts[i].from["say"] = s
			}
		}
	}
}

// end is where the walk of one fact ends.
type end struct {
	class string // named, anon, own, or lost
	key   string // what counts once
}

// walk follows a fact from a draft to where it comes from.
func (p *plan) walk(i int, fact string, seen map[int]bool) end {
	d := p.drafts[i]
	s := d.from[fact]
	room := d.room
	if d.had > 0 && (s.kind == "own" || s.kind == "anon") {
		return p.walk(d.had-1, fact, seen)
	}
	switch s.kind {
	case "own", "learned":
		return end{"own", fmt.Sprint("newsroom ", room)}
	case "person", "quote", "body", "spokesman", "told", "deny", "viaperson":
		return end{"named", fmt.Sprint("body ", s.body)}
	case "state", "statetv":
		return end{"named", "state media"}
	case "document":
		return end{"named", "document"}
	case "rootless":
		return end{"lost", "reports"}
	case "anon":
		return end{"anon", fmt.Sprint(s.desc, " of ", room)}
	case "viaanon":
		return end{"anon", fmt.Sprint(s.desc, " of ", s.via)}
	}
	// cite and confirm: on to the newsroom, if it is among the pages
	seen[i] = true
	for j, x := range p.drafts {
		if x.room != s.via || x.of >= 0 {
			continue
		}
		if _, carries := x.from[fact]; !carries {
			continue
		}
		if fact == "num" && x.value != d.value {
			continue
		}
		if seen[j] {
			return end{"lost", "circle"}
		}
		return p.walk(j, fact, seen)
	}
	return end{"named", fmt.Sprint("newsroom ", s.via)}
}

// count is the range of independent origins behind ends. Whatever is said by
// the unnamed or in an article's own voice may rest on the named (at least),
// or stand for itself (at most). Nobody at all is none or one.
func count(ends []end) (low, high int) {
	seen := map[end]bool{}
	n := map[string]int{}
	for _, e := range ends {
		if !seen[e] {
			seen[e] = true
			n[e.class]++
		}
	}
	if n["named"]+n["anon"]+n["own"] == 0 {
		return 0, 1
	}
	return max(1, n["named"]), n["named"] + n["anon"] + n["own"]
}
