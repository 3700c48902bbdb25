package propagation

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// world is the invented surroundings of one story.
type world struct {
	rng   *rand.Rand
	lang  language
	event event
	slots map[string]string

	persons    []person // at the head of each body
	spokesmen  []string
	newsrooms  []newsroom
	stateMedia string
	start      time.Time
	used       map[string]int // how far each list of templates is used up
	order      map[string][]int
}

type person struct{ first, last, title string }

// newsroom is an agency (with a code) or an outlet.
type newsroom struct {
	name, code string
	host       string
}

var (
	roots   = strings.Fields("Vel Mor Tar Kes Bran Sol Dor Quel Hal Ister Zem Arl Ond Pel Rud Sar Lum Fen Gor Nar Tov Bel Cas Jor Mur")
	endings = []struct{ country, demonym string }{{"ovia", "ovian"}, {"ania", "anian"}, {"esia", "esian"}, {"oria", "orian"}, {"onia", "onian"}, {"avia", "avian"}}
	towns   = strings.Fields("haven burg mouth stad mere wick ford ton holm minster gate field")
	firsts  = strings.Fields("Ola Marta Jens Ilse Tomas Edda Piet Runa Aldo Vera Emil Sanna Karel Nadja Oskar Lene Mirko Talia Anton Brita Davor Elin Goran Hedda Ivo Jana Levin Mona Nils Petra")
	lasts   = strings.Fields("Brandt Quill Stenn Rekker Halvern Lorne Drang Pask Ostrow Vintner Kallas Mering Tolvaj Ashgrove Belcourt Dornan Falk Grevik Hestad Jarnik Kolber Lindqvar Mavrin Norrby Oskarin Pellan Raskin Sorvik Tamberg Ulven Varga Westrik Yarrow Zellin Arkel Bostrin Crane Delvaux Eskel Forsen")
	firms   = strings.Fields("Nordmarkt Halvex Brennix Orlanda Castora Vintrum Solvane Merkanta Tellaro Dunvar")
)

// pick takes one of a list at random.
func pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

// invent makes the surroundings of a story.
func invent(rng *rand.Rand, lang language) *world {
	w := &world{rng: rng, lang: lang, event: pick(rng, lang.events), used: map[string]int{}, order: map[string][]int{}}
	rs := rng.Perm(len(roots))
	end := pick(rng, endings)
	country, demonym := roots[rs[0]]+end.country, roots[rs[0]]+end.demonym
	capital, city := roots[rs[1]]+pick(rng, towns), roots[rs[2]]+pick(rng, towns)
	f := rng.Perm(len(firms))
	ls, fs := rng.Perm(len(lasts)), rng.Perm(len(firsts))
	name := func(i int) string { return firsts[fs[i]] + " " + lasts[ls[i]] }
	low, high := 2, 40
	w.slots = map[string]string{
		"country": country, "demonym": demonym, "capital": capital, "city": city, "region": roots[rs[3]] + "dal",
		"firm": firms[f[0]], "rival": firms[f[1]], "boss": name(0), "m": fmt.Sprint(10 * (low + rng.IntN(high))),
	}
	for i, b := range w.event.bodies {
		b = body{fill(b.name, w.slots), fill(b.title, w.slots)}
		w.event.bodies = append(append([]body(nil), w.event.bodies[:i]...), append([]body{b}, w.event.bodies[i+1:]...)...)
		w.persons = append(w.persons, person{firsts[fs[i+1]], lasts[ls[i+1]], b.title})
		w.spokesmen = append(w.spokesmen, name(i+5))
	}
	places := []string{country, capital, city, roots[rs[4]] + pick(rng, towns), roots[rs[5]] + end.country, roots[rs[6]] + pick(rng, towns)}
	agency := func(place, initial, kind string) newsroom {
		full, tail, _ := strings.Cut(kind, "/")
		return newsroom{name: place + " " + full, code: initial + tail, host: strings.ToLower(initial+tail) + ".example"}
	}
	kinds := rng.Perm(len(lang.words["agency"]))
	w.newsrooms = append(w.newsrooms,
		agency(demonym, country[:1], lang.words["agency"][kinds[0]]),
		agency(roots[rs[7]]+end.demonym, roots[rs[7]][:1]+"X", lang.words["agency"][kinds[1]]))
	for i, k := range rng.Perm(len(lang.words["outlet"])) {
		n := fill(lang.words["outlet"][k], map[string]string{"place": places[i%len(places)]})
		host := strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(n, "The "), " ", "")) + ".example"
		w.newsrooms = append(w.newsrooms, newsroom{name: n, host: host})
	}
	_, tail, _ := strings.Cut(pick(rng, lang.words["state"]), "/")
	w.stateMedia = strings.ToUpper(country[:2]) + tail
	w.start = time.Date(2031+rng.IntN(3), time.Month(1+rng.IntN(12)), 1+rng.IntN(27), 4+rng.IntN(10), 5*rng.IntN(12), 0, 0, time.UTC)
	return w
}

// take returns templates of a list one after the other in an order of the
// story, so that newsrooms that know nothing of each other do not use the same
// words. It starts again when the list is used up.
func (w *world) take(key string, of []string) string {
	if len(of) == 0 {
		panic("no templates for " + key)
	}
	if w.order[key] == nil {
		w.order[key] = w.rng.Perm(len(of))
	}
	i := w.used[key] % len(of)
	w.used[key]++
	return of[w.order[key][i]]
}
