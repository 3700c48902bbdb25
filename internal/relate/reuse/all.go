package reuse

import (
	"cmp"
	"slices"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate"
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
	// great is the number of versions from which on each is compared with no
	// more than closest others, those that share most seeds with it: what
	// thousands tell of one happening has phrases that each shares with each.
	great   = 1000
	closest = 32
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
	held := make([][]posting, len(sorted))
	relate.Each(len(sorted), func(i int) {
		docs[i] = read(sorted[i])
		held[i] = docs[i].postings(int32(i))
	})
	postings := slices.Concat(held...)
	sortPostings(postings)
	pairs := sharing(postings, len(docs))
	found := make([][]news.Overlap, (len(pairs)+inARow-1)/inARow)
	relate.Stretches(len(pairs), inARow, func(from, to int) {
		var room bench
		for _, p := range pairs[from:to] {
			if o, ok := room.compare(docs[p.a], docs[p.b]); ok {
				found[from/inARow] = append(found[from/inARow], o)
			}
		}
	})
	return slices.Concat(found...)
}

// inARow is how many pairs one processor compares at a time, and of how many
// versions it looks up who shares their seeds.
const inARow = 256

// sortPostings sorts by hash and version. They are dealt out by the first bits
// of their hashes, which are even.
func sortPostings(ps []posting) {
	const heaps = 64
	var ends [heaps + 1]int
	for _, p := range ps {
		ends[p.hash>>58+1]++
	}
	for k := range heaps {
		ends[k+1] += ends[k]
	}
	dealt, at := make([]posting, len(ps)), ends
	for _, p := range ps {
		k := p.hash >> 58
		dealt[at[k]] = p
		at[k]++
	}
	relate.Each(heaps, func(k int) {
		own := dealt[ends[k]:ends[k+1]]
		slices.SortFunc(own, func(x, y posting) int {
			switch {
			case x.hash < y.hash:
				return -1
			case x.hash > y.hash:
				return 1
			}
			return int(x.doc - y.doc)
		})
		copy(ps[ends[k]:], own)
	})
}

// postings says which seeds d holds, as the i-th version: those that are no stock.
func (d *document) postings(i int32) []posting {
	out := make([]posting, 0, len(d.grams))
	stock := d.stocks()
	for k, g := range d.grams {
		if stock[g.at] || k > 0 && d.grams[k-1].hash == g.hash {
			continue
		}
		out = append(out, posting{g.hash, i, d.words[g.at+gramWords/2].flags&quoted != 0})
	}
	return out
}

// couple is two versions by their places, a < b.
type couple struct{ a, b int32 }

// sharing returns the versions, of n, that share enough seeds, sorted. The
// postings are sorted by hash and version.
func sharing(postings []posting, n int) []couple {
	// Of each version, where it stands among the postings, and where the
	// postings of the same seed begin.
	type place struct{ at, first int32 }
	count := make([]int32, n+1)
	for _, p := range postings {
		count[p.doc+1]++
	}
	for i := range n {
		count[i+1] += count[i]
	}
	begin := slices.Clone(count)
	places := make([]place, len(postings))
	ends := make([]int32, len(postings)) // of the postings of a seed, by the first
	for from := 0; from < len(postings); {
		to := from + 1
		for to < len(postings) && postings[to].hash == postings[from].hash {
			to++
		}
		ends[from] = int32(to)
		for i := from; i < to; i++ {
			d := postings[i].doc
			places[count[d]] = place{int32(i), int32(from)}
			count[d]++
		}
		from = to
	}
	found := make([][]couple, (n+inARow-1)/inARow)
	relate.Stretches(n, inARow, func(from, to int) {
		shared := make([]int32, n) // seeds, with the version at hand
		var met, some []int32
		for a := int32(from); a < int32(to); a++ {
			for _, p := range places[begin[a]:begin[a+1]] {
				first, last := p.at+1, ends[p.first]
				if n > great {
					first = p.first // the closest are chosen among all
				}
				if last-p.first > crowd {
					first, last = max(first, p.at-neighbours), min(last, p.at+1+neighbours)
				}
				for _, y := range postings[first:last] {
					if y.doc == a {
						continue
					}
					if shared[y.doc] == 0 {
						met = append(met, y.doc)
					}
					if postings[p.at].quoted && y.quoted {
						shared[y.doc] += fewSeeds
					} else {
						shared[y.doc]++
					}
				}
			}
			some = some[:0]
			for _, b := range met {
				if shared[b] >= fewSeeds {
					some = append(some, b)
				}
			}
			if n > great && len(some) > closest {
				slices.SortFunc(some, func(x, y int32) int {
					return cmp.Or(cmp.Compare(shared[y], shared[x]), cmp.Compare(x, y))
				})
				some = some[:closest]
			}
			for _, b := range some {
				found[from/inARow] = append(found[from/inARow], couple{min(a, b), max(a, b)})
			}
			for _, b := range met {
				shared[b] = 0
			}
			met = met[:0]
		}
	})
	out := slices.Concat(found...)
	slices.SortFunc(out, func(x, y couple) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	return slices.Compact(out)
}
