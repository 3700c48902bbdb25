package mention

import (
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// findRoles gives names their extents, and persons the roles that the text
// puts before or behind their names.
func (r *resolver) findRoles() {
	r.indexNames()
	for i := range r.names {
		n := &r.names[i]
		if n.cluster < 0 {
			continue
		}
		switch {
		case n.kind == news.Person && (n.known == nil):
			r.titleBefore(i)
			r.roleBehind(i)
		case n.known == nil || n.known.form == plainForm || n.known.form == capital:
			r.descriptionBefore(i)
		}
	}
}

// indexNames notes which name covers each word.
func (r *resolver) indexNames() {
	for i := range r.names {
		n := &r.names[i]
		p := &r.pieces[n.piece]
		for j := n.first; j < n.last && n.cluster >= 0; j++ {
			p.words[j].over = int32(i + 1)
		}
	}
}

// nameOver is the name that covers a word, or -1.
func (r *resolver) nameOver(w *word) int { return int(w.over) - 1 }

// titleBefore finds "North Korean leader" before a person's name.
func (r *resolver) titleBefore(i int) {
	n := &r.names[i]
	p := &r.pieces[n.piece]
	at := n.first
	if at == 0 || p.words[at].gap != gapSpace {
		return
	}
	head := &p.words[at-1]
	if o := r.nameOver(head); o >= 0 && r.names[o].kind == news.GPE && r.names[o].first >= 2 {
		// "ambassador to Varda Amos Terano"
		j := r.names[o].first
		if l := p.words[j-1].lower; (l == "to" || l == "of" || l == "for") && p.words[j-2].class&titleHead != 0 {
			from, ro := r.walkLeft(p, j-1)
			if l != "to" && ro.of == "" {
				ro.of = r.countryOf(r.names[o].cluster)
			}
			n.extent = text.Span{Start: p.words[from].start, End: n.span.End}
			r.addRole(n.cluster, ro)
			return
		}
	}
	if head.class&(titleHead|personNoun|honorific) == 0 && r.phraseEnd(p, at) == 0 || head.poss {
		return
	}
	from, ro := r.walkLeft(p, at)
	if from == at {
		return
	}
	n.extent = text.Span{Start: p.words[from].start, End: n.span.End}
	r.addRole(n.cluster, ro)
}

func (r *resolver) addRole(c int, ro role) {
	if ro.head == "" {
		return
	}
	r.clusters[c].roles = append(r.clusters[c].roles, ro)
}

// phraseEnd is the number of words of a whole title that ends before word at.
func (r *resolver) phraseEnd(p *piece, at int) int {
	if at < 2 || !r.lx.endings.Has(p.words[at-1].lower) {
		return 0
	}
	for n := 2; n <= 5 && n <= at; n++ {
		if r.lx.phrases.At(strings.ToLower(r.src[p.words[at-n].start:p.words[at-1].end])) {
			return n
		}
	}
	return 0
}

// walkLeft goes left from word at over titles, adjectives, names of countries
// and bodies, owners and an article, and reports where the phrase begins and
// what role it tells.
func (r *resolver) walkLeft(p *piece, at int) (int, role) {
	var ro role
	named := false
	j := at
	for j > 0 && at-j < 9 {
		w := &p.words[j-1]
		if j < at && p.words[j].gap > gapPoss {
			break
		}
		if k := r.phraseEnd(p, j); k > 0 {
			if ro.head == "" {
				ro.head = p.words[j-k].lower
			}
			ro.words = strings.ToLower(r.src[p.words[j-k].start:p.words[j-1].end]) + " " + ro.words
			j -= k
			continue
		}
		if o := r.nameOver(w); o >= 0 {
			if r.names[o].kind == news.Person && r.names[o].known == nil {
				break
			}
			if c := r.names[o].cluster; c >= 0 {
				ro.of = r.countryOf(c)
			}
			j = r.names[o].first
			named = true
			continue
		}
		if named && (w.tag == news.Noun || w.tag == news.Num) && w.class&(titleHead|titlePart|personNoun) == 0 {
			return j, ro
		}
		ok := w.class&(titleHead|titlePart|honorific|personNoun) != 0 || w.tag == news.Adj || w.tag == news.Noun || w.tag == news.Num ||
			w.tag == news.PastPart && j < at
		det := w.tag == news.Det || w.lower == "the" || w.lower == "a" || w.lower == "an" || w.lower == "his" || w.lower == "her" || w.lower == "its" || w.lower == "their"
		switch {
		case det:
			return j - 1, ro
		case !ok || w.class&function != 0 && w.class&(titleHead|titlePart) == 0 && w.tag != news.Adj:
			return j, ro
		}
		if w.class&(titleHead|personNoun) != 0 && ro.head == "" {
			ro.head = w.lower
		}
		if w.class&honorific == 0 || w.class&titleHead != 0 {
			ro.words = w.lower + " " + ro.words
		}
		j--
	}
	return j, ro
}

// countryOf is the country that a cluster stands for: itself, or the one of
// a body ("Kremlin").
func (r *resolver) countryOf(c int) string {
	switch id := r.clusters[c].id; id {
	case "Kremlin":
		return "Russia"
	case "White House", "Pentagon", "State Department":
		return "United States"
	default:
		return id
	}
}

// roleBehind reads the apposition after a name: "Doe, a Varda lawyer,".
func (r *resolver) roleBehind(i int) {
	n := &r.names[i]
	p := &r.pieces[n.piece]
	j := n.last
	if j >= len(p.words) || p.words[j].gap != gapComma {
		return
	}
	for k := j; k < len(p.words) && k < j+8; k++ {
		w := &p.words[k]
		if k > j && w.gap > gapPoss {
			return
		}
		if w.class&(titleHead|personNoun) == 0 || r.nameOver(w) >= 0 {
			if w.tag == news.Verb || w.tag == news.Aux || w.tag == news.Prep || w.lower == "who" {
				return
			}
			continue
		}
		if k+1 < len(p.words) && p.words[k+1].gap == gapSpace && p.words[k+1].class&(titleHead|personNoun) != 0 {
			continue
		}
		from, ro := r.walkLeft(p, k+1)
		if from > j {
			return
		}
		if of := r.ofName(p, k+1); of >= 0 && ro.of == "" {
			ro.of = r.countryOf(of)
		}
		r.addRole(n.cluster, ro)
		return
	}
}

// ofName is the cluster of the name after "of", "to", "in" or "for" at word
// j, or -1.
func (r *resolver) ofName(p *piece, j int) int {
	if j+1 >= len(p.words) {
		return -1
	}
	switch p.words[j].lower {
	case "of", "for", "at", "in":
	default:
		return -1
	}
	j++
	if p.words[j].lower == "the" && j+1 < len(p.words) {
		j++
	}
	if o := r.nameOver(&p.words[j]); o >= 0 {
		return r.names[o].cluster
	}
	return -1
}

// descriptionBefore finds the extent of other names: "the port city of
// Varda", "state news agency TASS", "Russia's Pacific Fleet".
func (r *resolver) descriptionBefore(i int) {
	n := &r.names[i]
	p := &r.pieces[n.piece]
	j := n.first
	if j == 0 {
		return
	}
	if p.words[j].gap == gapComma && p.words[j-1].lower == "capital" {
		r.extend(n, p, j-1)
		return
	}
	if p.words[j].gap != gapSpace && p.words[j].gap != gapPoss {
		return
	}
	if p.words[j-1].lower == "of" && j > 1 {
		switch p.words[j-2].lower {
		case "city", "town", "village", "port", "province", "island", "capital", "district", "county", "region", "state":
			r.extend(n, p, j-2)
		}
		return
	}
	if n.kind != news.GPE || n.known == nil {
		r.extend(n, p, j)
	}
}

func (r *resolver) extend(n *name, p *piece, at int) {
	from, _ := r.walkLeft(p, at+0)
	if from < at || at < n.first {
		n.extent = text.Span{Start: p.words[min(from, at)].start, End: n.span.End}
		if from == n.first-1 && p.words[from].lower == "the" {
			n.extent = text.Span{}
		}
	}
}
