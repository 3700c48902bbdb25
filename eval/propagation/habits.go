package propagation

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// Habits is a press that is the same in all stories: who takes how much from
// whom is known, and much of it does not show.
type Habits struct {
	rooms []newsroom
	Takes [][]float64 // Takes[x][y]: share of the stories that both have, y first, in which x takes its report from y
	Shown float64     // share of what is taken of which the page shows it
	Wrong float64     // share of reporters of their own who come to a wrong figure
}

// Outlets is how the newsrooms are called in what the program finds.
func (h *Habits) Outlets() []string {
	out := make([]string, len(h.rooms))
	for i, r := range h.rooms {
		out[i] = r.name
		if r.code != "" {
			out[i] = r.code
		}
	}
	return out
}

// agencies is how many of the newsrooms are agencies: the first ones.
const agencies = 2

// NewHabits invents a press: two agencies, and a dozen outlets of which a third
// takes from nobody, the others from one or two, now and then or mostly. In a
// heavy one only a sixth takes from nobody, and the others mostly do.
func NewHabits(seed uint64, heavy bool) *Habits {
	r := rand.New(rand.NewPCG(seed, 0xab17))
	h := &Habits{Shown: 0.35 + 0.4*r.Float64(), Wrong: 0.25}
	places := r.Perm(len(roots))
	place := func(i int) string { return roots[places[i]] + pick(r, towns) }
	open, held := parse("open.txt"), parse("held.txt")
	for i, kind := range []string{open.words["agency"][r.IntN(3)], held.words["agency"][r.IntN(3)]} {
		full, tail, _ := strings.Cut(kind, "/")
		root := roots[places[20+i]]
		code := root[:1] + tail
		h.rooms = append(h.rooms, newsroom{name: root + "ovian " + full, code: code, host: strings.ToLower(code) + ".example"})
	}
	for i, form := range slices.Concat(open.words["outlet"], held.words["outlet"]) {
		n := fill(form, map[string]string{"place": place(i)})
		host := strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(n, "The "), " ", "")) + ".example"
		h.rooms = append(h.rooms, newsroom{name: n, host: host})
	}
	h.Takes = make([][]float64, len(h.rooms))
	for x := range h.Takes {
		h.Takes[x] = make([]float64, len(h.rooms))
		alone, least, spread := 3, 0.15, 0.65
		if heavy {
			alone, least, spread = 6, 0.5, 0.45
		}
		if x < agencies || r.IntN(alone) == 0 {
			continue
		}
		for range 1 + r.IntN(2) {
			y := r.IntN(agencies)
			if r.IntN(3) == 0 {
				y = agencies + r.IntN(len(h.rooms)-agencies)
			}
			if y != x {
				h.Takes[x][y] = least + spread*r.Float64()
			}
		}
		sum := 0.0
		for _, t := range h.Takes[x] {
			sum += t
		}
		for y := range h.Takes[x] {
			h.Takes[x][y] /= max(1, sum/0.95)
		}
	}
	return h
}

// Make invents n stories of the press, in the order in which they happen.
func (h *Habits) Make(n int, seed uint64) []Story {
	langs := []language{parse("open.txt"), parse("held.txt")}
	out := make([]Story, n)
	for i := range out {
		rng := rand.New(rand.NewPCG(seed, 1<<32|uint64(i)))
		w := invent(rng, langs[i%2])
		w.newsrooms = h.rooms
		w.event.lines = colourful(w.event.lines)
		out[i] = h.devise(w).write()
		out[i].Held = i%2 == 1
		out[i].Name = fmt.Sprintf("habit-%04d", i)
	}
	return out
}

// colourful has more sentences that say nothing, since newsrooms that know
// nothing of each other must not come to the same ones.
func colourful(lines map[string][]string) map[string][]string {
	more := make(map[string][]string, len(lines))
	for k, v := range lines {
		more[k] = v
	}
	more["colour"] = slices.Concat(lines["colour"], strings.Split(colours, "\n"))
	back := slices.Clone(lines["back"])
	for i, a := range strings.Split("The town grew around a cloth mill that closed a generation ago.|Nobody alive remembers the great fire after which the square was built.|The valley has voted for one family since the first free election.|Two highways meet here, and most visitors see little but the crossing.|The museum on the hill keeps a boat that is older than the harbour.", "|") {
		back = slices.Insert(back, min(2*i, len(back)), a)
	}
	more["back"] = back
	return more
}

// colours is sentences that fit any event.
const colours = `A baker on the corner kept her shop open past midnight for whoever came in.
The last bus of the evening left with nobody on board but its driver.
An old man walked his dog along the railings as he had every morning for years.
Some forty schoolchildren were sent home before lunch with a letter to their parents.
Two carpenters drove over from the next village to see what they could do.
By the chapel someone had set up a table with a kettle and paper cups.
The night porter of the only hotel gave his own room to a camera crew.
A priest went from door to door with an umbrella and a list of names.
Students hung a bed sheet with painted letters from the footbridge.
The wind had dropped by the time the first lorries came up the road.
Behind the post office a generator hummed, and cables ran across the pavement.
It took most of the afternoon to find somebody who had the key to the gate.
Pigeons had settled on the scaffolding where men had been working the day before.
A market stall sold batteries, candles and nothing else until they were gone.
The clock of the town hall had stopped at ten past four and was not wound again.
Neighbours compared photographs on their telephones and argued about the hour.
One of the cafes put its television in the window with the sound turned off.
A retired teacher filled a notebook with the numbers of passing cars.
Somebody had swept the steps and put the chairs back in rows.
Rubber boots sold out in both shops of the main street before noon.
The smell of wet plaster hung about the lower streets for hours.
A crow kept coming back to the same lamp post, to the delight of the children.
At the filling station they wrote the news on a board beside the price of diesel.
No train stopped at the old station, which now houses a pottery.`

// most is how many reports of a story are written; others only carry copy.
const most = 5

// devise plans a story: who has it, in which order, and from whom.
func (h *Habits) devise(w *world) *plan {
	p := &plan{w: w, seeds: map[string]string{"main": "habits", "num": "habits", "say": "habits"}}
	r := w.rng
	type arrival struct {
		room int
		at   time.Time
	}
	var come []arrival
	for room := range h.rooms {
		chance, first, spread := 0.45, 20, 400
		if room < agencies {
			chance, first, spread = 0.8-0.3*float64(room), 0, 90
		}
		if r.Float64() < chance {
			come = append(come, arrival{room, w.start.Add(time.Duration(first+r.IntN(spread)) * time.Minute)})
		}
	}
	slices.SortStableFunc(come, func(a, b arrival) int { return a.at.Compare(b.at) })
	figure := w.event.low + r.IntN(w.event.high-w.event.low)
	wrong := []int{}
	for k := 1; k <= max(3, figure/3); k++ {
		wrong = append(wrong, figure+k)
	}
	keys := []string{"main", "num", "say"}
	anon := r.Perm(len(w.lang.words["anon"]))
	text := map[int]int{} // newsroom -> the draft that its page is, or is of
	for _, c := range come {
		if len(p.drafts) == most {
			break // no words are left to say it in
		}
		of, x := -1, r.Float64()
		for y, share := range h.Takes[c.room] {
			if _, there := text[y]; x >= 0 && x < share && there {
				of = y
			}
			x -= share
		}
		var d draft
		switch {
		case of < 0:
			d = draft{value: figure, from: map[string]sourcing{}}
			d.from["main"] = sourcing{kind: "own"}
			if r.IntN(3) == 0 {
				d.from["main"] = sourcing{kind: pick(r, []string{"person", "body", "spokesman"}), body: r.IntN(2)}
			}
			d.from["num"] = sourcing{kind: pick(r, official)}
			if r.IntN(2) == 0 {
				d.from["num"] = sourcing{kind: "own"}
				if r.Float64() < h.Wrong {
					d.value = pick(r, wrong)
				}
			}
			switch r.IntN(4) {
			case 0:
				d.from["say"] = sourcing{kind: "own"}
			case 1:
				d.from["say"] = sourcing{kind: "anon", desc: w.lang.words["anon"][anon[r.IntN(2)]]}
			default:
				d.from["say"] = sourcing{kind: pick(r, official)}
			}
		case r.Float64() < h.Shown:
			if source := text[of]; r.IntN(5) < 3 {
				p.pickups = append(p.pickups, pickup{c.room, source, c.at, r.IntN(3)})
				continue
			}
			d = draft{value: p.drafts[text[of]].value, from: map[string]sourcing{}}
			for _, k := range keys {
				d.from[k] = sourcing{kind: "cite", via: of}
			}
		default:
			source := p.drafts[text[of]]
			d = draft{value: source.value, had: text[of] + 1, phrase: r.IntN(4) == 0, from: map[string]sourcing{}}
			for _, k := range keys {
				s := source.from[k]
				switch s.kind {
				case "person", "quote", "body", "spokesman":
					s.kind = pick(r, official)
					if k == "main" && s.kind == "quote" {
						s.kind = "person"
					}
				case "cite":
					s = sourcing{kind: "own"}
				}
				d.from[k] = s
			}
		}
		d.room, d.at, d.of = c.room, c.at, -1
		text[c.room] = len(p.drafts)
		p.drafts = append(p.drafts, d)
	}
	return p
}
