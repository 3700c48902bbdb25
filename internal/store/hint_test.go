package store

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// No key of a part is held back by its hint, and few others pass.
func TestHints(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, bits := range []int{1, 8, 20, 44, 64} {
		list := postings(r, 30000, bits)
		var parts []Part
		p := Packer{Hints: true, Put: func(x Part) error {
			parts = append(parts, x)
			return nil
		}}
		if err := Each(list, p.Add); err != nil {
			t.Fatal(err)
		}
		if err := p.Flush(); err != nil {
			t.Fatal(err)
		}
		var hints []byte
		for _, x := range parts {
			hints = append(hints, x.Hint...)
		}
		asked, passed := 0, 0
		for i, x := range parts {
			have, err := AppendPostings(nil, x.Body)
			if err != nil {
				t.Fatal(err)
			}
			var keys []uint64
			for _, h := range have {
				keys = append(keys, h.Key)
				if k := x.First + r.Uint64N(have[len(have)-1].Key-x.First+1); r.IntN(2) == 0 {
					keys = append(keys, k)
				}
			}
			slices.Sort(keys)
			keys = slices.Compact(keys)
			may, err := MayHave(nil, hints, x.First, keys)
			if err != nil {
				t.Fatal(err)
			}
			all, _ := FindPostings(nil, x.Body, keys)
			few, _ := FindPostings(nil, x.Body, may)
			if !slices.Equal(all, few) || !slices.Equal(all, have) {
				t.Fatalf("keys of %d bits: of %d postings of part %d %d are found, with hints %d", bits, len(have), i, len(all), len(few))
			}
			asked += len(keys)
			passed += len(may)
			if hints, err = SkipHint(hints); err != nil {
				t.Fatal(err)
			}
		}
		if len(hints) > 0 {
			t.Errorf("%d bytes are left", len(hints))
		}
		distinct := len(list)
		if bits == 44 && float64(passed-distinct) > 0.001*float64(asked) {
			t.Errorf("%d keys of %d passed, %d are there", passed, asked, distinct)
		}
	}
}

func FuzzHints(f *testing.F) {
	f.Add(appendHint(nil, []Posting{{1, 1}, {70000, 2}, {1 << 40, 3}}), uint64(5))
	f.Add([]byte{255, 255, 255, 255, 70, 1}, uint64(1))
	f.Fuzz(func(t *testing.T, hints []byte, key uint64) {
		may, err := MayHave(nil, hints, 0, []uint64{key})
		if err != nil && len(may) > 0 {
			t.Error("keys of a broken hint")
		}
	})
}
