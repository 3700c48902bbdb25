package story

// table keeps values by keys. It does what a map does at a third of the cost:
// keys are numbers, nothing is taken out, and a value lies beside its key.
type table[V any] struct {
	slots []slot[V] // a power of two of them, at most half taken
	taken int
}

type slot[V any] struct {
	key   uint64 // one more than the key; 0 is a free slot
	value V
}

// find returns the slot of a key, or the free one where it belongs.
func (t *table[V]) find(key uint64) *slot[V] {
	last := uint64(len(t.slots) - 1)
	for i := mix(key) & last; ; i = (i + 1) & last {
		if s := &t.slots[i]; s.key == key+1 || s.key == 0 {
			return s
		}
	}
}

func (t *table[V]) get(key uint64) (v V, known bool) {
	if t.taken == 0 {
		return v, false
	}
	s := t.find(key)
	return s.value, s.key != 0
}

func (t *table[V]) put(key uint64, v V) { *t.at(key) = v }

// at is where the value of a key is kept, until the next key comes in.
func (t *table[V]) at(key uint64) *V {
	if 2*t.taken >= len(t.slots) {
		t.grow(2 * len(t.slots))
	}
	s := t.find(key)
	if s.key == 0 {
		s.key = key + 1
		t.taken++
	}
	return &s.value
}

// reserve makes room for so many values.
func (t *table[V]) reserve(n int) {
	slots := len(t.slots)
	for slots < 2*n {
		slots = max(64, 2*slots)
	}
	if slots > len(t.slots) {
		t.grow(slots)
	}
}

func (t *table[V]) grow(slots int) {
	old := t.slots
	t.slots = make([]slot[V], max(64, slots))
	for i := range old {
		if s := &old[i]; s.key != 0 {
			*t.find(s.key - 1) = *s
		}
	}
}

// key is a pair as the key of a table.
func (p pair) key() uint64 { return uint64(uint32(p.a))<<32 | uint64(uint32(p.b)) }
