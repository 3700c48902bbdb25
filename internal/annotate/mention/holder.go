package mention

import (
	"slices"

	"github.com/tracewire/tracewire/internal/news"
)

// This file finds who is meant by a role: "the president", "the Kenyan leader".

// holder is the person with that role, of that country if one is given, of whom
// the text talked last before the place; else one who is named soon after it, or
// often. A person named once, and not just now, gives way to one of whom the
// text tells: "the president" is not the one who signed the treaty in 1987, nor
// the host of another country in a text about somebody who needs no title.
func (r *resolver) holder(head, country string, at int) int {
	const soon, justNow, often = 600, 250, 3
	best, bestTopic, later := -1, topic{}, -1
	central, centralTopic := -1, topic{} // of those named before the place, one named often
	untitled := 0                        // how often somebody is named who never has a role
	exact := country != "" && r.anyHolder(head, country)
	domestic := country == "" && r.anyDomestic(head)
	for c := range r.clusters {
		cc := &r.clusters[c]
		if cc.kind != news.Person || len(cc.names) == 0 {
			continue
		}
		if len(cc.roles) == 0 {
			untitled = max(untitled, len(cc.names))
		}
		fits := false
		for _, ro := range cc.roles {
			if !sameRole(ro.head, head) {
				continue
			}
			switch {
			case exact:
				fits = fits || ro.of == country
			case country != "":
				// a title without a country, where all others have theirs
				fits = fits || ro.of == ""
			default:
				fits = fits || !domestic || cc.domestic(head)
			}
		}
		if !fits {
			continue
		}
		for _, i := range cc.names {
			s := r.names[i].span.Start
			if s < at {
				t := r.topicOf(&r.names[i])
				if best < 0 || t.after(bestTopic) {
					best, bestTopic = c, t
				}
				if len(cc.names) >= often && (central < 0 || t.after(centralTopic)) {
					central, centralTopic = c, t
				}
			}
			if s >= at && (s < at+soon || len(cc.names) >= often) {
				later = c
			}
		}
	}
	anyone := country == "" && (head == "president" || head == "leader") // whoever it is, all readers know
	switch {
	case best < 0:
		return later
	case anyone && !domestic && untitled >= 2*often && untitled >= 3*len(r.clusters[best].names):
		return -1
	case len(r.clusters[best].names) > 1 || bestTopic.at >= at-justNow:
		return best
	case central >= 0:
		return central
	case anyone && untitled >= 2*often:
		return -1
	}
	return best
}

// topic is how much a name is what its sentence is about, for finding whom a
// later phrase means: of the last sentence the one that is named first, and not
// the one with whom or of whom ("his talks with President Roe").
type topic struct {
	sentence int // twice its place in the text, less for what hangs on a preposition and for captions
	at       int // offset
}

func (r *resolver) topicOf(n *name) topic {
	p := &r.pieces[n.piece]
	t := topic{2 * n.piece, n.span.Start}
	from := n.first
	if n.extent.Start < n.span.Start && !n.extent.Empty() {
		for from > 0 && p.words[from-1].start >= n.extent.Start {
			from--
		}
	}
	if from > 0 && p.words[from].gap == gapSpace {
		switch w := &p.words[from-1]; {
		case w.tag != news.Prep, w.lower == "by", w.lower == "after", w.lower == "before", w.lower == "since", w.lower == "as", w.lower == "while", w.lower == "until":
		default:
			t.sentence -= 3
		}
	}
	if p.label == news.Caption {
		t.sentence -= 20
	}
	return t
}

// after reports whether a name is rather meant than another.
func (t topic) after(o topic) bool {
	if t.sentence != o.sentence {
		return t.sentence > o.sentence
	}
	return t.at < o.at
}

// domestic tells whether a person has the role, and never with a country: "President
// Roe" may be the same as "Kenyan President Amos Roe".
func (c *cluster) domestic(head string) bool {
	has := false
	for _, ro := range c.roles {
		if !sameRole(ro.head, head) {
			continue
		}
		if ro.of != "" {
			return false
		}
		has = true
	}
	return has
}

// anyDomestic tells whether of those with the role the one who is named most often
// never has it with a country.
func (r *resolver) anyDomestic(head string) bool {
	ours, others := 0, 0
	for c := range r.clusters {
		cc := &r.clusters[c]
		switch {
		case cc.kind != news.Person:
		case cc.domestic(head):
			ours = max(ours, len(cc.names))
		case slices.ContainsFunc(cc.roles, func(ro role) bool { return sameRole(ro.head, head) }):
			others = max(others, len(cc.names))
		}
	}
	return ours > 0 && ours >= others
}

// anyHolder tells whether someone bears the role with just that country.
func (r *resolver) anyHolder(head, country string) bool {
	for c := range r.clusters {
		for _, ro := range r.clusters[c].roles {
			if ro.of == country && sameRole(ro.head, head) {
				return true
			}
		}
	}
	return false
}

func sameRole(a, b string) bool {
	if a == b {
		return true
	}
	if b == "leader" {
		switch a {
		case "president", "chancellor", "premier", "king", "emir", "sultan", "chairman", "prime":
			return true
		}
	}
	switch a + " " + b {
	case "minister premier", "premier minister", "spokesman spokesperson", "spokeswoman spokesperson", "chief head", "head chief",
		"ceo chief", "chairman head", "lawmaker legislator", "envoy ambassador", "ambassador envoy", "secretary-general chief":
		return true
	}
	return false
}
