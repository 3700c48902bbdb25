package reuse

import (
	"slices"

	"github.com/tracewire/tracewire/internal/news"
)

const (
	// crowd is the number of versions from which a seed joins neighbours
	// only: the members of a great family of copies, by name, are each
	// compared with the next few instead of all with all.
	crowd      = 256
	neighbours = 16
	// fewSeeds is how many different seeds outside quotation marks two
	// versions must share to be compared: seven equal words in a row. Five
	// are often chance, unless somebody said them.
	fewSeeds = 3
)

// posting says that a version holds a seed.
type posting struct {
	hash   uint64
	doc    int32
	quoted bool
}

// CompareAll returns what the versions have in common, pair by pair, sorted
// by their names. One index of all word 5-grams tells which pairs to look at,
// so that versions that share nothing are never compared. The result is a
// function of the set.
func CompareAll(versions []*news.Version) []news.Overlap {
	sorted := slices.Clone(versions)
	slices.SortFunc(sorted, func(x, y *news.Version) int {
		switch {
		case before(x, y):
			return -1
		case before(y, x):
			return 1
		}
		return 0
	})
	docs := make([]*document, len(sorted))
	var postings []posting
	for i, v := range sorted {
		d := read(v)
		docs[i] = d
		for k, g := range d.grams {
			if d.stock[g.at] || k > 0 && d.grams[k-1].hash == g.hash {
				continue
			}
			postings = append(postings, posting{g.hash, int32(i), d.words[g.at+gramWords/2].flags&quoted != 0})
		}
	}
	slices.SortFunc(postings, func(x, y posting) int {
		switch {
		case x.hash < y.hash:
			return -1
		case x.hash > y.hash:
			return 1
		}
		return int(x.doc - y.doc)
	})
	seeds := map[[2]int32]int{}
	for from := 0; from < len(postings); {
		to := from + 1
		for to < len(postings) && postings[to].hash == postings[from].hash {
			to++
		}
		held := postings[from:to]
		reach := len(held)
		if reach > crowd {
			reach = neighbours
		}
		for x := range held {
			for _, y := range held[x+1 : min(len(held), x+1+reach)] {
				n := 1
				if held[x].quoted && y.quoted {
					n = fewSeeds
				}
				seeds[[2]int32{held[x].doc, y.doc}] += n
			}
		}
		from = to
	}
	pairs := make([][2]int32, 0, len(seeds))
	for p, n := range seeds {
		if n >= fewSeeds {
			pairs = append(pairs, p)
		}
	}
	slices.SortFunc(pairs, func(x, y [2]int32) int {
		if x[0] != y[0] {
			return int(x[0] - y[0])
		}
		return int(x[1] - y[1])
	})
	var out []news.Overlap
	for _, p := range pairs {
		if o, ok := compare(docs[p[0]], docs[p[1]]); ok {
			out = append(out, o)
		}
	}
	return out
}
