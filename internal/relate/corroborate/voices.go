package corroborate

import (
	"strings"
)

// somebody reports whether a name in a chain is somebody who can be set against
// another: no pronoun, nothing that points at somebody without telling whom, and
// no medium without a name, which mostly only passes on what others told it.
func somebody(name string) bool {
	if name == "" {
		return false
	}
	words := strings.Fields(strings.ToLower(name))
	switch words[0] {
	case "you", "we", "they", "he", "she", "it", "i", "one", "who", "whose", "whom", "which", "what", "those", "these", "this", "that", "such", "same", "both", "each", "either", "neither", "none", "enough", "nobody", "everyone", "everybody", "anyone", "candidate":
		return false
	}
	switch words[len(words)-1] {
	case "paper", "newspaper", "magazine", "network", "channel", "broadcaster", "station", "website", "site", "report", "reports", "article", "outlet", "story":
		return name[0] >= 'A' && name[0] <= 'Z'
	}
	return true
}

// mostSaid is the body on which more than half of a group's members rest, "" if
// there is none or it is unknown.
func (s *search) mostSaid(k int) string {
	n := map[string]int{}
	for _, w := range s.groups[k].Walks {
		b := bodyOf(w.Origin, s.tied)
		if n[b]++; 2*n[b] > len(s.groups[k].Walks) && b != unknown {
			return b
		}
	}
	return ""
}

// oneMouth reports whether most of what two groups tell is one body's.
func (s *search) oneMouth(i, j int) bool {
	a := s.mostSaid(i)
	return a != "" && a == s.mostSaid(j)
}

// namesakes reports whether two names end in one word: until a text tells them
// apart they may be one, under a nickname or misread ("the fund"). So may
// somebody and his own people ("Lind's advisers").
func namesakes(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	v, w := x[len(x)-1], y[len(y)-1]
	if strings.EqualFold(v, w) && (len(x) == 1 || len(y) == 1 || w[0] >= 'A' && w[0] <= 'Z' && x[0] != y[0]) {
		return true
	}
	return belongs(x, w) || belongs(y, v)
}

// belongs reports whether one of words is the possessive of a name.
func belongs(words []string, name string) bool {
	for _, w := range words {
		if name[0] >= 'A' && name[0] <= 'Z' && (w == name+"'s" || w == name+"’s") {
			return true
		}
	}
	return false
}
