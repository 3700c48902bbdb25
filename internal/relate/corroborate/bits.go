package corroborate

// bits is a set of words of which each has one of 64 bits: sets without a bit in
// common have no word in common. Most pairs of statements are told apart by
// bits, which lie close together, and never have their words looked at.
type bits uint64

func bitsOf(words []string) bits {
	out := bits(0)
	for _, w := range words {
		out |= bitOf(w)
	}
	return out
}

func bitOf(word string) bits {
	h := uint32(2166136261) // FNV-1a
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * 16777619
	}
	return 1 << (h >> 26)
}

// apart reports whether it is known that no word is in both sets. An empty set
// may be one that nobody has made yet.
func (b bits) apart(o bits) bool { return b&o == 0 && b != 0 && o != 0 }

// sides is what a statement is told from others by.
type sides struct {
	heads   bits // deed.mains
	near    bits // all classes that can tell of one thing with one of deed.mains
	happens bits // deed.all
	parties bits
	actors  bits
	places  bits
}

func sidesOf(s *statement) sides {
	near := bits(0)
	for _, m := range s.deed.mains {
		near |= happeningTables().nearBits[m] | bitOf(m)
	}
	return sides{
		heads: bitsOf(s.deed.mains), near: near, happens: bitsOf(s.deed.all),
		parties: bitsOf(s.parties), actors: bitsOf(s.actors), places: bitsOf(s.claim.Frame.Places),
	}
}

// nearTo reports whether the heads are of classes that can tell of one thing.
func (s *statement) nearTo(o *statement) bool {
	return !s.sides.near.apart(o.sides.heads) && s.deed.nearTo(&o.deed)
}

// meets reports whether what happened can be one: the head of the one is named
// in the other.
func (s *statement) meets(o *statement) bool {
	return !(s.sides.heads.apart(o.sides.happens) && o.sides.heads.apart(s.sides.happens)) && s.deed.meets(&o.deed)
}

// commonParties counts who is named in both.
func commonParties(a, b *statement) int {
	if a.sides.parties.apart(b.sides.parties) {
		return 0
	}
	return inCommon(a.parties, b.parties)
}

// commonActors counts who acts in both.
func commonActors(a, b *statement) int {
	if a.sides.actors.apart(b.sides.actors) {
		return 0
	}
	return inCommon(a.actors, b.actors)
}
