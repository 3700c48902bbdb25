package corroborate

import (
	"reflect"
	"runtime"
	"testing"

	"github.com/tracewire/tracewire/internal/relate/lineage"
	"github.com/tracewire/tracewire/internal/relate/reuse"
)

// TestProcessors: one processor finds what many find. There are pages enough for
// every stretch of work to be shared out.
func TestProcessors(t *testing.T) {
	versions := generated(150)
	fold := func(processors int) any {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		overlaps := reuse.CompareAll(versions)
		links := lineage.Fold(versions, overlaps)
		groups, tensions := Fold(versions, overlaps, links)
		return []any{overlaps, links, groups, tensions}
	}
	one := fold(1)
	for _, processors := range []int{2, 5} {
		if !reflect.DeepEqual(one, fold(processors)) {
			t.Errorf("%d processors find something else than one", processors)
		}
	}
}

// TestAtMost: no pair is more alike than it is said to be at most.
func TestAtMost(t *testing.T) {
	versions := generated(40)
	all := statements(versions, fullNames(versions))
	w, al := weigh(all), alignments(versions, reuse.CompareAll(versions))
	none := 0
	for i := range all {
		for j := range all[:i] {
			most := atMost(&all[i], &all[j], al)
			if l := likeness(&all[i], &all[j], w, al); l > most {
				t.Fatalf("%q and %q are %.2f alike, and at most %.2f", all[i].claim.Proposition, all[j].claim.Proposition, l, most)
			}
			if most == 0 {
				none++
			}
		}
	}
	if none == 0 {
		t.Error("of no pair it is said that it has too little in common")
	}
}
