package corroborate

import (
	"slices"
	"sort"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// tie is whom somebody speaks for, with the words that say so.
type tie struct {
	body string // printed name
	at   news.Place
}

// heads are the words for people who speak for a body: its head, its
// spokesman. Members, employees and former holders of an office do not.
var heads = []string{
	"spokesman", "spokeswoman", "spokesperson", "press secretary", "chief executive", "ceo", "chief", "head", "director", "director general",
	"commander", "chairman", "chairwoman", "chairperson", "chair", "president", "governor", "leader", "secretary", "general secretary",
	"secretary general", "inspector", "mayor", "commissioner", "superintendent", "administrator", "executive",
}

// before is what may stand between a body and the word for its head: "Kremlin
// deputy press secretary".
var before = map[string]bool{
	"deputy": true, "chief": true, "senior": true, "acting": true, "first": true, "vice": true, "press": true, "general": true, "national": true, "executive": true, "managing": true,
}

// ties maps each person to the body that the texts give them to. It reads the
// words around their name: "Kremlin spokesman N", "N, a spokeswoman for the
// Coast Guard", "a spokesman for the ministry, N", "Interior Minister N" where
// the thread names one Interior Ministry, "union president N" where it names
// one union. The first text in the order of names decides.
func ties(versions []*news.Version) map[string]tie {
	orgs := orgNames(versions)
	out := map[string]tie{}
	ministers := map[string]map[string]bool{} // ministry -> persons
	var pending []struct {
		person, ministry string
		at               news.Place
	}
	for _, v := range versions {
		for _, e := range v.Entities.Items {
			if e.Type != news.Person {
				continue
			}
			for _, m := range e.Mentions {
				if m.Nominal {
					continue
				}
				if _, known := out[e.ID]; known {
					break
				}
				lead, trail := around(v, m.Span)
				title := strings.TrimRight(lead.Of(v.Text), " ")
				if body := ledBy(title, orgs); body != "" && foldName(body) != foldName(e.ID) {
					out[e.ID] = tie{body, news.Place{Doc: v.Name, Span: placeOf(v, lead, m.Span)}}
					continue
				}
				if body, n := followedBy(trail.Of(v.Text), orgs); body != "" && foldName(body) != foldName(e.ID) {
					out[e.ID] = tie{body, news.Place{Doc: v.Name, Span: text.Span{Start: m.Span.Start, End: trail.Start + n}}}
					continue
				}
				if ministry := orgs.ministry(title); ministry != "" {
					if ministers[ministry] == nil {
						ministers[ministry] = map[string]bool{}
					}
					ministers[ministry][e.ID] = true
					pending = append(pending, struct {
						person, ministry string
						at               news.Place
					}{e.ID, ministry, news.Place{Doc: v.Name, Span: placeOf(v, lead, m.Span)}})
				}
			}
		}
	}
	for _, p := range pending {
		// Two foreign ministers, and one "Foreign Ministry": nobody knows whose.
		if _, known := out[p.person]; !known && len(ministers[p.ministry]) == 1 {
			out[p.person] = tie{p.ministry, p.at}
		}
	}
	return out
}

// around is the text of the sentence before a name, as far back as a title may
// reach, and after it.
func around(v *news.Version, name text.Span) (lead, trail text.Span) {
	const reach = 90
	lead, trail = text.Span{Start: max(0, name.Start-reach), End: name.Start}, text.Span{Start: name.End, End: min(len(v.Text), name.End+reach)}
	items := v.Sentences.Items
	if i := sort.Search(len(items), func(i int) bool { return items[i].Span.End >= name.End }); i < len(items) && items[i].Span.Contains(name) {
		lead.Start, trail.End = max(lead.Start, items[i].Span.Start), min(trail.End, items[i].Span.End)
	}
	// no cut inside a character
	for lead.Start < lead.End && v.Text[lead.Start]&0xc0 == 0x80 {
		lead.Start++
	}
	for trail.End > trail.Start && trail.End < len(v.Text) && v.Text[trail.End]&0xc0 == 0x80 {
		trail.End--
	}
	return lead, trail
}

// placeOf is the name with the last few words before it.
func placeOf(v *news.Version, lead, name text.Span) text.Span {
	words := 0
	at := name.Start
	for at > lead.Start && words < 7 {
		at--
		if v.Text[at] == ' ' {
			words++
		}
	}
	for at < name.Start && v.Text[at] == ' ' {
		at++
	}
	return text.Span{Start: at, End: name.End}
}

// bodiesKnown is the names of bodies in a thread, folded.
type bodiesKnown map[string]string

func orgNames(versions []*news.Version) bodiesKnown {
	out := bodiesKnown{}
	for _, v := range versions {
		for _, e := range v.Entities.Items {
			if e.Type != news.Org {
				continue
			}
			if _, known := out[foldName(e.ID)]; !known {
				out[foldName(e.ID)] = e.ID
			}
			for _, m := range e.Mentions {
				if n := foldName(m.Span.Of(v.Text)); !m.Nominal && out[n] == "" {
					out[n] = e.ID
				}
			}
		}
	}
	// and whoever is quoted and has the name of a body
	for _, v := range versions {
		for _, q := range v.Quotes.Items {
			words := strings.Fields(foldName(q.SourceID))
			if n := len(words); n > 1 && institutions[words[n-1]] && out[foldName(q.SourceID)] == "" {
				out[foldName(q.SourceID)] = q.SourceID
			}
		}
	}
	return out
}

// ledBy is the body in a title that stands before a name: "…, Coast Guard
// commander", "A spokesman for the Coast Guard,".
func ledBy(title string, orgs bodiesKnown) string {
	words := strings.Fields(title)
	if former(words) {
		return ""
	}
	if n := len(words); n > 1 && strings.HasSuffix(words[n-1], ",") {
		// "a spokesman for the Coast Guard, N"
		s := strings.TrimSuffix(strings.Join(words, " "), ",")
		folded := strings.ToLower(s)
		if !strings.Contains(folded, " for ") && !strings.Contains(folded, " of ") {
			return ""
		}
		for _, h := range heads {
			for _, p := range []string{" for ", " of "} {
				if i := strings.LastIndex(folded, h+p); i >= 0 {
					return orgs.exact(s[i+len(h+p):])
				}
			}
		}
		return ""
	}
	head, rest := headAtEnd(words)
	if head == 0 {
		return ""
	}
	for len(rest) > 0 && before[strings.ToLower(rest[len(rest)-1])] {
		if orgs.exact(strings.Join(tail(rest, 2), " ")) != "" {
			break
		}
		rest = rest[:len(rest)-1]
	}
	for n := min(6, len(rest)); n > 0; n-- {
		if body := orgs.exact(strings.Join(tail(rest, n), " ")); body != "" {
			return body
		}
	}
	if len(rest) == 0 {
		return ""
	}
	return orgs.only(rest[len(rest)-1])
}

// former reports whether a title is one that somebody no longer has.
func former(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		w = strings.ToLower(w)
		return w == "former" || w == "ex" || strings.HasPrefix(w, "ex-")
	})
}

func tail(words []string, n int) []string { return words[max(0, len(words)-n):] }

// headAtEnd says how many words at the end are the word for a head, and what
// stands before them.
func headAtEnd(words []string) (int, []string) {
	for n := 2; n > 0; n-- {
		if len(words) >= n && slices.Contains(heads, foldName(strings.Join(words[len(words)-n:], " "))) {
			return n, words[:len(words)-n]
		}
	}
	return 0, nil
}

// speaking is what after a name says for whom its bearer speaks.
var speaking = []string{"who speaks for ", "who spoke for ", "speaking for ", "speaking on behalf of ", "on behalf of ", "who heads ", "who leads "}

// followedBy is the body in what stands after a name: ", a spokeswoman for the
// Coast Guard, said", ", head of the Fire Service". The number is where it
// ends.
func followedBy(after string, orgs bodiesKnown) (string, int) {
	rest, ok := strings.CutPrefix(after, ", ")
	if !ok {
		return "", 0
	}
	phrase := rest
	if i := strings.IndexAny(rest, ",.;"); i >= 0 {
		phrase = rest[:i]
	}
	for _, p := range speaking {
		of, ok := strings.CutPrefix(phrase, p)
		if !ok {
			continue
		}
		words := strings.Fields(of)
		for k := len(words); k > 0; k-- {
			if body := orgs.exact(strings.Join(words[:k], " ")); body != "" {
				return body, 2 + len(p) + strings.Index(of, words[k-1]) + len(words[k-1])
			}
		}
		return "", 0
	}
	words := strings.Fields(phrase)
	for i := range words {
		if i > 4 {
			break
		}
		if p := words[i]; (p == "for" || p == "of") && i > 0 {
			n, lead := headAtEnd(words[:i])
			if n == 0 || former(lead) {
				return "", 0
			}
			for k := len(words); k > i+1; k-- {
				if body := orgs.exact(strings.Join(words[i+1:k], " ")); body != "" {
					return body, 2 + strings.Index(rest, words[k-1]) + len(words[k-1])
				}
			}
			return "", 0
		}
	}
	// ", the Coast Guard commander,"
	if n, lead := headAtEnd(words); n > 0 && len(lead) > 0 {
		if body := orgs.exact(strings.Join(lead, " ")); body != "" {
			return body, 2 + len(phrase)
		}
	}
	return "", 0
}

// exact is a body by its name, with or without article or possessive.
func (o bodiesKnown) exact(name string) string {
	name = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSpace(name), "'s"), "’s")
	return o[foldName(name)]
}

// only is the one body of the thread whose name begins or ends with a word in
// lower case: "union president", "fire chief". Two make it nobody's.
func (o bodiesKnown) only(word string) string {
	w := strings.ToLower(word)
	if len(w) < 4 {
		return ""
	}
	found := ""
	for folded, name := range o {
		if !strings.HasPrefix(folded, w+" ") && !strings.HasSuffix(folded, " "+w) {
			continue
		}
		if found != "" && found != name {
			return ""
		}
		found = name
	}
	return found
}

// ministry is the ministry of a minister, where the thread names it: "Interior
// Minister" and "the Interior Ministry". One that is another state's is not.
func (o bodiesKnown) ministry(title string) string {
	words := strings.Fields(foldName(title))
	if len(words) < 2 || words[len(words)-1] != "minister" || words[len(words)-2] == "prime" {
		return ""
	}
	words = words[:len(words)-1]
	for n := min(4, len(words)); n > 0; n-- {
		if m, ok := o[strings.Join(words[len(words)-n:], " ")+" ministry"]; ok {
			return m
		}
	}
	return ""
}
