package story

import (
	"cmp"
	"slices"

	"github.com/tracewire/tracewire/internal/relate"
)

// How many terms of each vector go into the blocking keys: the pairs of 12
// terms are at most 66 keys.
const (
	keyLedeWords = 5
	keyLedeNames = 4
	keyNames     = 2
	keyWords     = 3
)

// Keys returns the blocking keys of a digest, sorted: a key for each pair of
// its strongest terms. Texts that share none are never compared. The date is
// no part of a key, since a page without a date must meet its dated twins.
func Keys(d D) []uint64 {
	var strong []string
	add := func(terms []Term, n int) {
		by := slices.Clone(terms)
		slices.SortFunc(by, heavier)
		for _, t := range by {
			if n == 0 {
				return
			}
			if !slices.Contains(strong, t.Word) {
				strong = append(strong, t.Word)
				n--
			}
		}
	}
	add(d.LedeNames, keyLedeNames)
	add(d.LedeWords, keyLedeWords)
	add(d.Names, keyNames)
	add(d.Words, keyWords)
	hashes := make([]uint64, len(strong))
	for i, w := range strong {
		hashes[i] = hash(w)
	}
	slices.Sort(hashes)
	keys := make([]uint64, 0, len(hashes)*(len(hashes)-1)/2)
	for i, a := range hashes {
		for _, b := range hashes[i+1:] {
			keys = append(keys, mix(a^mix(b)))
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// hash is FNV-1a, mixed.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h)
}

// mix spreads the bits of x (the finisher of SplitMix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// pair is two digests by their places in the sorted set, a < b.
type pair struct{ a, b int32 }

func byPlace(x, y pair) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) }

const (
	fullBucket = 48 // texts under one key that are all compared with each other
	window     = 12 // in a bigger bucket: with how many neighbours in time
)

// closest is how many others a text is compared with: those that share most
// keys with it. They are enough to find its story, since the story is joined
// through any of them.
const closest = 48

// candidates returns the pairs of digests that share a key, sorted. The
// digests are sorted by name. A key that very many texts share says little;
// under it a text meets only its neighbours in time.
func candidates(digests []D) []pair {
	// Texts by date and name, so that a bucket is in the order of time.
	order := make([]int32, len(digests))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(x, y int32) int {
		return cmp.Or(cmp.Compare(digests[x].Date, digests[y].Date), cmp.Compare(x, y))
	})
	type entry struct {
		key uint64
		at  int32 // in order
	}
	const usual = 64 // keys
	entries := make([]entry, 0, usual*len(digests))
	begin := make([]int, len(digests)) // where a text's places begin
	total := 0
	keys := make([][]uint64, len(digests))
	relate.Stretches(len(digests), textsInARow, func(from, to int) {
		for i := from; i < to; i++ {
			keys[i] = Keys(digests[i])
		}
	})
	for i, a := range order {
		begin[a] = total
		for _, k := range keys[a] {
			entries = append(entries, entry{k, int32(i)})
			total++
		}
	}
	slices.SortFunc(entries, func(x, y entry) int { return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.at, y.at)) })
	type place struct{ at, first, last int32 } // in entries, and its bucket
	places := make([]place, total)
	filled := slices.Clone(begin)
	for first := 0; first < len(entries); {
		last := first
		for last < len(entries) && entries[last].key == entries[first].key {
			last++
		}
		for i := first; i < last; i++ {
			e := &entries[i]
			e.at = order[e.at]
			places[filled[e.at]] = place{int32(i), int32(first), int32(last)}
			filled[e.at]++
		}
		first = last
	}
	pairs := make([]pair, 0, closest*len(digests))
	shared := make([]int32, len(digests)) // keys, with the text at hand
	var met []int32
	for a := range digests {
		for _, p := range places[begin[a]:filled[a]] {
			from, to := p.first, p.last
			if to-from > fullBucket {
				from, to = max(from, p.at-window), min(to, p.at+window+1)
			}
			for _, e := range entries[from:to] {
				if shared[e.at] == 0 {
					met = append(met, e.at)
				}
				shared[e.at]++
			}
		}
		shared[a] = 0
		met = slices.DeleteFunc(met, func(b int32) bool { return int(b) == a })
		if len(met) > closest {
			slices.SortFunc(met, func(x, y int32) int {
				return cmp.Or(cmp.Compare(shared[y], shared[x]), cmp.Compare(x, y))
			})
		}
		for i, b := range met {
			if i < closest {
				pairs = append(pairs, pair{min(int32(a), b), max(int32(a), b)})
			}
			shared[b] = 0
		}
		met = met[:0]
	}
	slices.SortFunc(pairs, byPlace)
	return slices.Compact(pairs)
}
