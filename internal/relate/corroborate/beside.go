package corroborate

import "slices"

// besides lists for each of n versions those that share text with it, in order.
func besides(al aligned, n int) [][]int {
	out := make([][]int, n)
	for k := range al.passages {
		a, b := int(k>>32), int(uint32(k))
		out[a], out[b] = append(out[a], b), append(out[b], a)
	}
	for i := range out {
		slices.Sort(out[i])
	}
	return out
}

// shelf finds the members of a group by their version.
type shelf map[int][]int // version -> members, in order

func shelve(members []*statement) shelf {
	out := make(shelf, len(members))
	for i, s := range members {
		out[s.doc] = append(out[s.doc], i)
	}
	return out
}

// besideOf appends to into the members on versions that share text with that of
// x, in order: nobody else can have its words.
func (g *ground) besideOf(x *statement, on shelf, into []int) []int {
	if docs := g.beside[x.doc]; len(docs) <= len(on) {
		for _, d := range docs {
			into = append(into, on[d]...)
		}
	} else {
		for d, held := range on {
			if _, shares := slices.BinarySearch(docs, d); shares {
				into = append(into, held...)
			}
		}
	}
	slices.Sort(into)
	return into
}
