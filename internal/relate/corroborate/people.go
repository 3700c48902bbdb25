package corroborate

import (
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// fullNames maps the printings of a person's name in a thread to one: "Donald
// J. Trump" without the initial, "Trump" for the one bearer whom the thread
// speaks of by far the most.
func fullNames(versions []*news.Version) map[string]string {
	n := map[string]int{} // name without initials -> mentions
	printed := map[string]string{}
	for _, v := range versions {
		for _, e := range v.Entities.Items {
			if e.Type != news.Person || strings.HasPrefix(e.ID, "unnamed ") {
				continue
			}
			full := withoutInitials(e.ID)
			n[full] += len(e.Mentions)
			printed[e.ID] = full
		}
	}
	bySurname := map[string][]string{}
	for full := range n {
		if i := strings.LastIndexByte(full, ' '); i > 0 {
			bySurname[full[i+1:]] = append(bySurname[full[i+1:]], full)
		}
	}
	out := map[string]string{}
	for id, full := range printed {
		if full != id {
			out[id] = full
		}
		if strings.Contains(full, " ") {
			continue
		}
		first, second := "", 0
		for _, c := range bySurname[full] {
			switch {
			case first == "" || n[c] > n[first] || n[c] == n[first] && c < first:
				if first != "" {
					second = max(second, n[first])
				}
				first = c
			default:
				second = max(second, n[c])
			}
		}
		if first != "" && n[first] > 3*second {
			out[id] = first
		}
	}
	return out
}

// withoutInitials takes single letters out of the middle of a name.
func withoutInitials(name string) string {
	words := strings.Fields(name)
	if len(words) < 3 {
		return name
	}
	kept := words[:1:1]
	for _, w := range words[1 : len(words)-1] {
		if len(strings.TrimSuffix(w, ".")) > 1 {
			kept = append(kept, w)
		}
	}
	return strings.Join(append(kept, words[len(words)-1]), " ")
}

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
