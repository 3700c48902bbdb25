package store

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// packed packs postings and returns the parts.
func packed(t testing.TB, list []Posting) []Part {
	t.Helper()
	var parts []Part
	p := Packer{Put: func(x Part) error {
		parts = append(parts, x)
		return nil
	}}
	for _, x := range list {
		if err := p.Add(x); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Flush(); err != nil {
		t.Fatal(err)
	}
	return parts
}

func unpacked(t testing.TB, parts []Part) (list []Posting) {
	t.Helper()
	for _, p := range parts {
		var err error
		if list, err = AppendPostings(list, p.Body); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// postings are n random ones, sorted, once each; keys of bits bits.
func postings(r *rand.Rand, n, bits int) []Posting {
	list := make([]Posting, n)
	for i := range list {
		list[i] = Posting{r.Uint64() >> (64 - bits), r.Uint32() >> r.IntN(32)}
	}
	slices.SortFunc(list, ComparePostings)
	return slices.Compact(list)
}

func TestPostingsComeBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, bits := range []int{1, 8, 44, 64} { // a few keys that all share, and keys of their own
		list := postings(r, 20000, bits)
		parts := packed(t, list)
		if got := unpacked(t, parts); !slices.Equal(got, list) {
			t.Fatalf("keys of %d bits: %d postings came back, %d were put", bits, len(got), len(list))
		}
		for i := 1; i < len(parts); i++ {
			if parts[i].First <= parts[i-1].First {
				t.Fatalf("keys of %d bits: one key is in two parts", bits)
			}
		}
		for _, some := range []int{3, len(list)} { // few are looked up, many are merged
			var keys []uint64
			for range some {
				keys = append(keys, list[r.IntN(len(list))].Key, r.Uint64()>>(64-bits))
			}
			slices.Sort(keys)
			keys = slices.Compact(keys)
			var got, want []Posting
			for i, p := range parts {
				from, _ := slices.BinarySearch(keys, p.First)
				to := len(keys)
				if i+1 < len(parts) {
					to, _ = slices.BinarySearch(keys, parts[i+1].First)
				}
				var err error
				if got, err = FindPostings(got, p.Body, keys[from:to]); err != nil {
					t.Fatal(err)
				}
			}
			for _, x := range list {
				if _, asked := slices.BinarySearch(keys, x.Key); asked {
					want = append(want, x)
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("keys of %d bits, %d asked for: %d found, want %d", bits, len(keys), len(got), len(want))
			}
		}
	}
}

// A hundred million keys of 44 bits take six to seven bytes each.
func TestPostingsAreSmall(t *testing.T) {
	const n = 100_000
	list := make([]Posting, n) // as dense as a hundred million of 44 bits
	r := rand.New(rand.NewPCG(3, 4))
	for i := range list {
		list[i] = Posting{r.Uint64() >> (64 - 44 + 10), r.Uint32() >> (32 - 20)}
	}
	slices.SortFunc(list, ComparePostings)
	size := 0
	for _, p := range packed(t, list) {
		size += len(p.Body)
	}
	if each := float64(size) / n; each > 7.2 {
		t.Errorf("%.2f bytes a posting", each)
	}
}

func TestMergeable(t *testing.T) {
	for _, c := range []struct {
		levels, want []int
	}{
		{nil, nil},
		{[]int{0, 0, 0, 0, 0, 0, 0}, nil},
		{[]int{0, 0, 0, 0, 0, 0, 0, 0}, []int{0, 1, 2, 3, 4, 5, 6, 7}},
		{[]int{2, 1, 1, 1, 1, 1, 1, 1, 1, 0}, []int{1, 2, 3, 4, 5, 6, 7, 8}},
	} {
		if got := Mergeable(c.levels); !slices.Equal(got, c.want) {
			t.Errorf("levels %v: merge %v, want %v", c.levels, got, c.want)
		}
	}
}

// Damaged parts are errors, not panics or endless memory.
func FuzzPart(f *testing.F) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, p := range packed(f, postings(r, 300, 44)) {
		f.Add(p.Body, uint64(7))
	}
	f.Add([]byte{1, 0, 0, 0, 9, 9}, uint64(0))
	f.Fuzz(func(t *testing.T, body []byte, key uint64) {
		list, err := AppendPostings(nil, body)
		if err == nil && len(list) > len(body) {
			t.Errorf("%d postings in %d bytes", len(list), len(body))
		}
		if _, err := FindPostings(nil, body, []uint64{key}); err != nil && len(body) > 1<<20 {
			t.Skip()
		}
	})
}
