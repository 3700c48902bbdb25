package corroborate

// count is the range of independent origins at which walks end.
func count(ends []finish) [2]int {
	c := counter{}
	for i := range ends {
		c.add(&ends[i])
	}
	return c.independent()
}

// counter counts the ends of walks, one after another.
type counter struct {
	keys map[keyed]bool
	by   [lost + 1]int // keys of each kind
	all  int
}

type keyed struct {
	kind voice
	key  string
}

func (c *counter) add(f *finish) {
	if c.keys == nil {
		c.keys = map[keyed]bool{}
	}
	c.all++
	if k := (keyed{f.kind, f.key}); f.kind != lost && !c.keys[k] {
		c.keys[k] = true
		c.by[f.kind]++
	}
}

// independent is the range of independent origins among those added.
func (c *counter) independent() [2]int {
	high := c.by[named] + c.by[anonymous] + c.by[expert] + c.by[ownVoice]
	if high == 0 {
		return [2]int{0, min(1, c.all)} // somebody said it first, or nobody did
	}
	low := c.by[named]
	if low == 0 && c.by[anonymous] > 0 {
		low = 1 // all may be the same people
	}
	if c.by[expert] > 0 {
		low++ // experts are no officials
	}
	return [2]int{max(1, low), high}
}
