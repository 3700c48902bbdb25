package corroborate

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// fullNames maps the printings of a person's name in a thread to one: "Donald
// J. Trump" without the initial, "Trump" for the one bearer whom the thread
// speaks of by far the most, "Chuck" for "Charles", and a name with one letter
// wrong for the one that the thread mostly prints.
func fullNames(versions []*news.Version) map[string]string {
	n := map[string]int{} // name -> mentions
	printed := map[string]string{}
	initials := initialsOf(versions)
	for _, v := range versions {
		for _, e := range v.Entities.Items {
			if e.Type != news.Person || strings.HasPrefix(e.ID, "unnamed ") {
				continue
			}
			full := e.ID
			if plain := plainName(e.ID); !initials.differ(plain) {
				full = plain
			}
			n[full] += len(e.Mentions)
			printed[e.ID] = full
		}
	}
	names := slices.Sorted(maps.Keys(n))
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(n[b], n[a]) }) // the most mentioned first
	one := oneEach(names, n)
	for _, full := range names {
		if to := one[full]; to != full {
			n[to] += n[full]
			delete(n, full)
		}
	}
	bySurname := map[string][]string{}
	for _, full := range names {
		if i := strings.LastIndexByte(full, ' '); i > 0 && one[full] == full {
			bySurname[full[i+1:]] = append(bySurname[full[i+1:]], full)
		}
	}
	out := map[string]string{}
	for id, full := range printed {
		full = one[full]
		if bearers := bySurname[full]; !strings.Contains(full, " ") && len(bearers) > 0 {
			slices.SortStableFunc(bearers, func(a, b string) int { return cmp.Compare(n[b], n[a]) })
			if len(bearers) == 1 || n[bearers[0]] > 3*n[bearers[1]] {
				full = bearers[0]
			}
		}
		if full != id {
			out[id] = full
		}
	}
	return out
}

// oneEach maps each of the names, the most mentioned first, to the one of them
// that is the same person's.
func oneEach(names []string, n map[string]int) map[string]string {
	out := make(map[string]string, len(names))
	byWord := map[string][]string{} // last word, and what is left of it with one letter out -> names before
	for _, name := range names {
		out[name] = name
		keys := nearKeys(name[strings.LastIndexByte(name, ' ')+1:])
	look:
		for _, k := range keys {
			for _, other := range byWord[k] {
				if sameBearer(other, name, n[other], n[name]) {
					out[name] = other
					break look
				}
			}
		}
		if out[name] != name {
			continue
		}
		for _, k := range keys {
			byWord[k] = append(byWord[k], name)
		}
	}
	return out
}

// nearKeys are a word, and for a long one what is left of it when a letter is taken
// out: words with one letter wrong have a key in common.
func nearKeys(word string) []string {
	keys := []string{word}
	if len(word) >= longName {
		for i := range len(word) {
			keys = append(keys, word[:i]+word[i+1:])
		}
	}
	return keys
}

const (
	longName = 6 // letters of a family name that can be taken for a slip of another
	slipOf   = 4 // how much more often the right name stands
)

// sameBearer reports whether two names are printings of one: equal but for a title
// or a party before them ("Democrat Ada Lind"), with forms of one given name, or one
// letter wrong in what the thread mostly prints otherwise. often and seldom are how
// often they stand.
func sameBearer(name, other string, often, seldom int) bool {
	a, b := strings.Fields(name), strings.Fields(other)
	slip := often >= slipOf*seldom
	if len(b) == 1 && slip && len(other) >= longName && oneOff(a[len(a)-1], other) {
		return true
	}
	if len(a) == 1 || len(b) == 1 {
		return false
	}
	lastA, lastB := a[len(a)-1], b[len(b)-1]
	firstA, firstB := a[len(a)-2], b[len(b)-2]
	switch {
	case len(a) > 2 && len(b) > 2 && len(a) != len(b), len(a) == len(b) && len(a) > 2:
		return false // nobody knows which of the words are titles
	case lastA == lastB && firstA == firstB:
		return true
	case lastA == lastB:
		return oneGiven(firstA, firstB) || slip && len(firstA) > 2 && len(firstB) > 2 && firstA[0] == firstB[0] && oneOff(firstA, firstB)
	}
	return slip && min(len(lastA), len(lastB)) >= longName-1 && oneOff(lastA, lastB) && (firstA == firstB || oneGiven(firstA, firstB))
}

// oneOff reports whether one letter is wrong, missing or too many, or two beside each
// other are changed about (Damerau 1964).
func oneOff(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	return i < len(a) && (a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:])
}

// plainName takes single letters out of the middle of a name, and what tells sons
// from fathers off its end.
func plainName(name string) string {
	words := strings.Fields(strings.ReplaceAll(name, ",", ""))
	words = slices.Compact(words) // "Lind Lind": a headline and a credit run together
	if n := len(words); n > 2 {
		switch words[n-1] {
		case "Jr.", "Jr", "Sr.", "Sr", "II", "III":
			words = words[:n-1]
		}
	}
	if len(words) < 3 {
		return strings.Join(words, " ")
	}
	kept := words[:1:1]
	for _, w := range words[1 : len(words)-1] {
		if !initial(w) {
			kept = append(kept, w)
		}
	}
	return strings.Join(append(kept, words[len(words)-1]), " ")
}

// initial reports whether a word is one of "J.", "J", "H.W.".
func initial(w string) bool {
	w = strings.ReplaceAll(w, ".", "")
	return len(w) == 1 || len(w) == 2 && w == strings.ToUpper(w)
}

// initialsBy is, of each name without them, the initials with which a thread prints
// it.
type initialsBy map[string][]string

func initialsOf(versions []*news.Version) initialsBy {
	out := initialsBy{}
	for _, v := range versions {
		for _, e := range v.Entities.Items {
			plain := plainName(e.ID)
			if e.Type != news.Person || plain == e.ID {
				continue
			}
			letters := ""
			for _, w := range strings.Fields(e.ID)[1:] {
				if initial(w) {
					letters += strings.ReplaceAll(w, ".", "")
				}
			}
			if letters != "" && !slices.Contains(out[plain], letters) {
				out[plain] = append(out[plain], letters)
			}
		}
	}
	return out
}

// differ reports whether a name has two sets of initials in the thread: "George W."
// and "George H.W.".
func (by initialsBy) differ(name string) bool { return len(by[name]) > 1 }

// institutions are the nouns under which bodies go without a name of their
// own: "police said".
var institutions = map[string]bool{
	"police": true, "army": true, "navy": true, "force": true, "military": true, "coastguard": true, "guard": true, "government": true, "parliament": true, "court": true,
	"prosecutors": true, "prosecution": true, "ministry": true, "agency": true, "service": true, "department": true, "office": true, "union": true, "council": true,
	"committee": true, "commission": true, "authority": true, "authorities": true, "company": true, "bank": true, "hospital": true, "university": true, "embassy": true, "presidency": true,
	"inspectorate": true, "board": true, "federation": true, "league": true, "association": true, "chamber": true, "institute": true, "party": true, "bureau": true, "staff": true, "memo": true, "letter": true, "document": true, "documents": true, "report": true, "statement": true, "indictment": true, "transcript": true, "poll": true, "survey": true, "study": true,
	"audit": true, "minutes": true, "filing": true, "lawsuit": true, "jury": true, "television": true, "tv": true, "media": true, "broadcaster": true, "website": true, "investigation": true, "inquiry": true, "intelligence": true,
}

// described reports whether a source has a description for a name: "the
// governor", "operator of a dam". It may be one of the named, or not. Bodies and
// documents without a name of their own are named enough.
func described(name string) bool {
	if name != strings.ToLower(name) {
		return false
	}
	head, _, _ := strings.Cut(name, " of ")
	words := strings.Fields(head)
	return len(words) > 0 && !institutions[words[len(words)-1]]
}

// noName reports whether a source is a slip of the reading: an article, a
// conjunction, a single letter.
func noName(name string) bool {
	switch strings.ToLower(name) {
	case "a", "an", "the", "one", "but", "and", "or", "it", "he", "she", "they", "we", "i", "so", "as", "that", "this", "which", "who", "what":
		return true
	}
	return len(name) == 1
}
