package header

// Many rules ask whether a line holds certain words, and nearly all lines hold
// none of them. The pairs of letters of a line, read once, tell most such lines
// without a search.

// pairs has a bit for each two bytes that stand side by side in a line, taken
// modulo 64: small letters, the space and digits are then all different but for
// the digits, which are like p to y.
type pairs [64]uint64

// read makes p the pairs of s.
func (p *pairs) read(s string) {
	*p = pairs{}
	if s == "" {
		return
	}
	before := s[0] & 63
	for i := 1; i < len(s); i++ {
		c := s[i] & 63
		p[before&63] |= 1 << c
		before = c
	}
}

// may reports whether w, in small letters, may stand in the line.
func (p *pairs) may(w string) bool {
	for i := 1; i < len(w); i++ {
		if p[w[i-1]&63]>>(w[i]&63)&1 == 0 {
			return false
		}
	}
	return true
}

func (p *pairs) mayAny(words []string) bool {
	for _, w := range words {
		if p.may(w) {
			return true
		}
	}
	return false
}

// hints are the groups of words of which a line may hold one; without the hint
// it holds none.
type hints uint8

const (
	ofPicture      hints = 1 << iota // pictureWords
	ofCredit                         // creditWords
	ofContribution                   // contributionWords
)

func hintsOf(p *pairs) (h hints) {
	if p.mayAny(pictureWords[:]) {
		h |= ofPicture
	}
	if p.mayAny(creditWords[:]) {
		h |= ofCredit
	}
	if p.mayAny(contributionWords[:]) {
		h |= ofContribution
	}
	return h
}
