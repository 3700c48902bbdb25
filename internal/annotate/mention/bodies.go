package mention

import (
	"strings"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
)

// This file joins the names of organisations: short forms, acronyms and slips
// of them, parts of longer names.

// joinOrgs places what is left: equal names, short forms in brackets,
// acronyms, and names that are the end or beginning of a longer one.
func (r *resolver) joinOrgs() {
	for i := range r.names {
		n := &r.names[i]
		if n.cluster < 0 && n.last-n.first > 1 {
			r.put(i, oneLine(n.span.Of(r.src)), n.kind, "full name")
		}
	}
	for i := range r.names {
		n := &r.names[i]
		if n.cluster >= 0 && !(n.known != nil && n.known.agency && i > 0) {
			continue
		}
		if c := r.bracketed(i); c >= 0 && c != n.cluster {
			if n.cluster >= 0 {
				r.take(n.cluster, i)
				r.clusters[n.cluster].names = append(r.clusters[n.cluster].names, r.clusters[c].names...)
				for _, j := range r.clusters[c].names {
					r.names[j].cluster = n.cluster
				}
				r.clusters[c].names = nil
				r.clusters[n.cluster].names = append(r.clusters[n.cluster].names, i)
				continue
			}
			n.rule, n.kind, n.cluster = "short form in brackets", r.clusters[c].kind, c
			r.clusters[c].names = append(r.clusters[c].names, i)
			r.byID[named{n.kind, n.span.Of(r.src)}] = c
		}
	}
	for i := range r.names {
		n := &r.names[i]
		if n.cluster >= 0 {
			continue
		}
		t := n.span.Of(r.src)
		if c, ok := r.byID[named{n.kind, t}]; ok {
			n.cluster = c
			r.clusters[c].names = append(r.clusters[c].names, i)
			continue
		}
		c, rule := r.acronym(t), "acronym"
		if c < 0 {
			c, rule = r.slip(t), "slip of an acronym"
		}
		if c < 0 {
			c, rule = r.partOf(n), "part of a longer name"
		}
		if c < 0 {
			// "the Institute" is no name unless the text has the whole of it
			if w := &r.pieces[n.piece].words[n.first]; n.last-n.first == 1 && !w.caps && !institution(w.lower) &&
				w.class&(orgHead|facHead|locHead|gpeHead|eventHead|prodHead) != 0 {
				continue
			}
			if len(t) > 4 && allUpper(t) {
				if d, ok := r.byID[named{n.kind, titleCase(t)}]; ok {
					n.cluster = d
					r.clusters[d].names = append(r.clusters[d].names, i)
					continue
				}
			}
			if n.kind != news.Org && len(t) > 4 && allUpper(t) {
				t = titleCase(t)
			}
			r.put(i, t, n.kind, "name")
			continue
		}
		n.rule, n.kind, n.cluster = rule, r.clusters[c].kind, c
		r.clusters[c].names = append(r.clusters[c].names, i)
	}
	r.joinLonger()
}

// bracketed is the cluster of the name that name i, in brackets, abbreviates.
func (r *resolver) bracketed(i int) int {
	if i == 0 {
		return -1
	}
	n, o := &r.names[i], &r.names[i-1]
	p := &r.pieces[n.piece]
	if o.piece != n.piece || o.last != n.first || !p.words[n.first].caps || p.words[n.first].gap != gapParen || o.cluster < 0 {
		return -1
	}
	if n.span.End >= len(r.src) || r.src[n.span.End] != ')' || o.last-o.first < 2 {
		return -1
	}
	if short := n.span.Of(r.src); matchesInitials(short, o.span.Of(r.src)) || o.kind == news.Org && n.known == nil && short[0] == o.span.Of(r.src)[0] {
		return o.cluster
	}
	return -1
}

// matchesInitials tells whether short is made of the initials of long, small
// words counted or not.
func matchesInitials(short, long string) bool {
	all, big := make([]byte, 0, 16), make([]byte, 0, 16)
	begins := true
	for i := range len(long) {
		c := long[i]
		if c == ' ' || c == '-' || c == '/' {
			begins = true
			continue
		}
		if begins {
			begins = false
			all = append(all, c&^0x20)
			if c >= 'A' && c <= 'Z' {
				big = append(big, c)
			}
		}
	}
	short = strings.ReplaceAll(short, ".", "")
	return len(short) > 1 && (strings.EqualFold(short, string(big)) || strings.EqualFold(short, string(all)))
}

// acronym is the cluster with a long name whose initials are t.
func (r *resolver) acronym(t string) int {
	if len(t) < 2 || len(t) > 8 || !allUpper(t) {
		return -1
	}
	for c := range r.clusters {
		for _, i := range r.clusters[c].names {
			if o := &r.names[i]; o.last-o.first > 1 && o.kind != news.Person && matchesInitials(t, o.span.Of(r.src)) {
				return c
			}
		}
	}
	return -1
}

// slip is the cluster of a known acronym of the text that t spells with two
// neighbouring letters swapped ("KNCA").
func (r *resolver) slip(t string) int {
	if len(t) < 4 || len(t) > 8 || !allUpper(t) {
		return -1
	}
	for k := 0; k+1 < len(t); k++ {
		if t[k] == t[k+1] || t[k] >= 0x80 || t[k+1] >= 0x80 {
			continue
		}
		b := []byte(t)
		b[k], b[k+1] = b[k+1], b[k]
		if c, ok := r.byID[named{news.Org, string(b)}]; ok {
			return c
		}
	}
	return -1
}

// partOf is the one cluster that has a longer name of the same kind which
// ends or begins with n: "Security Council" after "U.N. Security Council".
func (r *resolver) partOf(n *name) int {
	t, found := n.span.Of(r.src), -1
	for c := range r.clusters {
		k := r.clusters[c].kind
		if k != n.kind && n.conf >= 0.7 && (n.last-n.first == 1 || n.known != nil) || k == news.Person || r.clusters[c].id == t {
			continue
		}
		for _, i := range r.clusters[c].names {
			o := &r.names[i]
			if o.known != nil && o.known.kind == news.GPE || o.last-o.first < 2 {
				continue
			}
			if l := o.span.Of(r.src); beginsWith(l, t) || endsWith(l, t) {
				if found >= 0 && found != c {
					return -1
				}
				found = c
			}
		}
	}
	return found
}

// beginsWith and endsWith tell whether a longer name has the words at that end.
func beginsWith(name, words string) bool {
	return len(name) > len(words) && name[len(words)] == ' ' && strings.HasPrefix(name, words)
}

func endsWith(name, words string) bool {
	n := len(name) - len(words)
	return n > 0 && name[n-1] == ' ' && name[n:] == words
}

func ascii(t string) bool {
	for i := range len(t) {
		if t[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// allUpper tells whether t has no small letters.
func allUpper(t string) bool {
	for i := range len(t) {
		if t[i] >= utf8.RuneSelf {
			return strings.ToUpper(t) == t
		}
		if t[i] >= 'a' && t[i] <= 'z' {
			return false
		}
	}
	return true
}

// oneLine makes all white space of s single spaces.
func oneLine(s string) string {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == ' ' && (i == 0 || i+1 == len(s) || s[i-1] == ' ') || c >= utf8.RuneSelf {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}
