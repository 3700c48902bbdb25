package corroborate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// Origins that are one: the same words, one carrier, one state, one named.

// longWords is how many words nobody finds twice for himself, even without
// quotation marks.
const longWords = 16

// sameWords puts speakers under one key when pages quote the same words of
// them: one statement, whoever the pages call its speaker ("the editor", or his
// name in two spellings).
func (g *ground) sameWords(members []*statement, walks []news.Walk, ends []finish, group *news.Group) {
	on := shelve(members)
	var near []int
	for i, x := range members {
		near = g.besideOf(x, on, near[:0])
		for _, j := range near {
			if j >= i {
				break
			}
			y := members[j]
			a, b := &ends[i], &ends[j]
			if (!x.quoted || !y.quoted) && min(x.words, y.words) < longWords || x.doc == y.doc || a.key == b.key || a.kind == ownVoice || b.kind == ownVoice || a.kind == lost || b.kind == lost || g.al.same(x, y) < 0.6 {
				continue
			}
			keep, drop := min(a.key, b.key), max(a.key, b.key)
			if b.kind == named && a.kind != named || a.kind == b.kind && strings.HasPrefix(drop, "body state media of ") {
				keep, drop = drop, keep
			}
			if a.kind == named && b.kind != named {
				keep, drop = a.key, b.key
			} else if b.kind == named && a.kind != named {
				keep, drop = b.key, a.key
			}
			for k := range ends {
				if ends[k].key == drop || ends[k].key == keep {
					ends[k].key, ends[k].kind = keep, named
				}
			}
			group.Collapses = append(group.Collapses, news.Collapse{
				Reason:   fmt.Sprintf("%s and %s stand beside the same words: one statement", walks[j].Origin, walks[i].Origin),
				Evidence: []news.Place{y.place(), x.place()},
			})
		}
	}
}

// spokenWords gives words that a page prints without a speaker to the one whom
// others quote with them.
func (g *ground) spokenWords(members []*statement, walks []news.Walk, ends []finish, group *news.Group) {
	const least = 5 // words
	on := shelve(members)
	var near []int
	for i, x := range members {
		if ends[i].kind != ownVoice || x.words < least {
			continue
		}
		near = g.besideOf(x, on, near[:0])
		for _, j := range near {
			y := members[j]
			if !y.quoted || ends[j].kind == ownVoice || ends[j].kind == lost || y.words < least || x.doc == y.doc || g.al.same(x, y) < 0.6 {
				continue
			}
			group.Collapses = append(group.Collapses, news.Collapse{
				Reason:   fmt.Sprintf("%s prints words for which %s is quoted elsewhere", outletOf(g.versions[x.doc]), walks[j].Origin),
				Evidence: []news.Place{x.place(), y.place()},
			})
			walks[i].Reason += fmt.Sprintf("; elsewhere %s is quoted with these words", walks[j].Origin)
			walks[i].Origin, ends[i] = walks[j].Origin, ends[j]
			break
		}
	}
}

// oneCarrier takes unnamed people of one newsroom for the same, where one page
// has them by way of the other, or both descriptions are alike.
func (g *ground) oneCarrier(members []*statement, ends []finish, group *news.Group) {
	type room struct {
		kind    voice
		carrier string
	}
	in := map[room][]int{} // members before this one
	for i := range ends {
		if ends[i].kind != anonymous && ends[i].kind != expert {
			continue
		}
		r := room{ends[i].kind, ends[i].carrier}
		before := in[r]
		in[r] = append(before, i)
		for _, j := range before {
			a, b := &ends[i], &ends[j]
			if a.key == b.key {
				continue
			}
			via := g.room[members[i].doc] != g.room[members[j].doc]
			if !via && !alike(a.name, b.name) {
				continue
			}
			old := a.key
			for k := range ends {
				if ends[k].key == old {
					ends[k].key = b.key
				}
			}
			group.Collapses = append(group.Collapses, news.Collapse{
				Reason:   fmt.Sprintf("%s and %s are people of one newsroom", b.name, a.name),
				Evidence: []news.Place{members[j].place(), members[i].place()},
			})
		}
	}
}

// alike reports whether two descriptions share a word that tells something.
func alike(a, b string) bool {
	for w := range strings.FieldsSeq(foldName(a)) {
		switch w {
		case "unnamed", "other", "the", "of", "in", "with", "a", "and", "who", "people", "person", "sources", "source", "officials", "official", "senior":
			continue
		}
		if slices.Contains(strings.Fields(foldName(b)), w) {
			return true
		}
	}
	return false
}

// stateSays takes "North Korea said" for the state's media where another
// member has the same from those media.
func (g *ground) stateSays(group *news.Group, ends []finish) {
	media := map[string]int{} // folded state -> member that has it from its media
	for i, f := range ends {
		if state, ok := strings.CutPrefix(f.key, "body state media of "); ok && f.kind == named {
			if _, known := media[state]; !known {
				media[state] = i
			}
		}
	}
	for i, f := range ends {
		m, ok := media[foldName(f.name)]
		if !ok || f.kind != named {
			continue
		}
		medium := group.Walks[m].Origin
		group.Walks[i].Reason = fmt.Sprintf("%s speaks through its media; others have this from %s", f.name, medium)
		group.Walks[i].Origin = medium
		ends[i] = ends[m]
	}
}

// asNamed takes a newsroom's own voice for the origin that another member
// names: both are one.
func asNamed(ends []finish) {
	of := map[string][]int{} // folded name -> members
	names := make([]string, len(ends))
	for i := range ends {
		names[i] = foldName(ends[i].name)
		of[names[i]] = append(of[names[i]], i)
	}
	for i := range ends {
		if ends[i].kind != ownVoice {
			continue
		}
		for _, j := range of[names[i]] {
			if ends[j].kind == named {
				old := ends[i].key
				for k := range ends {
					if ends[k].kind == ownVoice && ends[k].key == old {
						ends[k].kind, ends[k].key = named, ends[j].key
					}
				}
				break
			}
		}
	}
}
