package page

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// bylines are the people whom the page names as authors: in JSON-LD, in meta
// tags, in elements meant for it, or in a line "By …" at the headline.
func (s *scene) bylines(f *facts) []string {
	var out []string
	site := first(f.meta["og:site_name"], f.article.Publisher)
	add := func(list ...string) {
		for _, raw := range list {
			names := splitNames(withoutOutlet(raw, site))
			if site != "" && letters(raw) == letters(site) {
				names = []string{oneLine(raw)} // "Jobs & Hire" is not two people
			}
			for _, name := range names {
				if name != "" && !slices.ContainsFunc(out, func(o string) bool { return strings.EqualFold(o, name) }) && len(out) < 16 {
					out = append(out, name)
				}
			}
		}
	}
	add(f.article.Authors...)
	for _, id := range f.ids {
		if len(f.article.Authors) == 0 {
			add(f.people[id])
		}
	}
	if len(out) == 0 {
		add(f.authors...)
	}
	if len(out) == 0 { // those of the page, not of the article on it
		add(f.pageAuthors...)
		for _, id := range f.pageIDs {
			add(f.people[id])
		}
	}
	if len(out) == 0 {
		add(f.cardAuthor())
	}
	// The outlet signs only where nobody else does.
	if len(out) == 0 || len(out) == 1 && isOutlet(out[0], site, f) {
		if better := s.namedAuthors(f, site); len(better) > 0 {
			return better
		}
		if better := s.writtenAuthors(); len(better) > 0 {
			return better
		}
	}
	return out
}

// withoutOutlet takes the outlet off a byline that names it first: "Ambry Post -
// Mara Quill".
func withoutOutlet(s, site string) string {
	for _, mark := range [...]string{" - ", " – ", " | ", ": "} {
		if l, r, ok := strings.Cut(s, mark); ok && site != "" && letters(l) == letters(site) && strings.TrimSpace(r) != "" {
			return r
		}
	}
	return s
}

// cardAuthor is the author in the labels of a card for sharing: pairs of meta
// tags of which the first holds "Written by" in the page's language.
func (f *facts) cardAuthor() string {
	for _, n := range [...]string{"1", "2"} {
		label := strings.ToLower(f.meta["twitter:label"+n])
		switch strings.TrimRight(label, ": ") {
		case "written by", "by", "author", "verfasst von", "geschrieben von", "autor", "escrito por", "écrit par", "auteur", "scritto da", "geschreven door", "napisane przez", "skriven av", "skrevet av", "автор":
			return f.meta["twitter:data"+n]
		}
	}
	return ""
}

func isOutlet(name, site string, f *facts) bool {
	n := letters(name)
	return n == letters(site) || len(n) > 4 && strings.HasSuffix(letters(f.title), n)
}

// namedAuthors are in elements that are marked as an author's name; those with
// the surest mark, first in the order of the page.
func (s *scene) namedAuthors(f *facts, site string) []string {
	best, found := 0, []string(nil)
	for _, m := range s.marked {
		n := s.doc.nodes[m.node]
		rank := 0
		switch {
		case strings.EqualFold(m.itemprop, "author") || strings.EqualFold(m.itemprop, "creator"):
			rank = 3
		case m.author && n.tag == atom.A:
			rank = 3
		case m.author:
			rank = 2
		}
		if rank < best || rank == 0 || n.end-int32(m.node) > 40 || s.asideNode(int(m.node)) {
			continue
		}
		name := s.nameIn(int(m.node))
		parts := splitNames(name)
		if len(parts) == 0 || strings.EqualFold(parts[0], site) {
			continue
		}
		if rank > best {
			best, found = rank, nil
		}
		// The first place names them all, further ones repeat or are others'.
		if len(found) == 0 {
			found = parts
		}
	}
	return found
}

// nameIn is the text of an element, or of the part of it that is the name.
func (s *scene) nameIn(i int) string {
	d := s.doc
	if d.nodes[i].tag == atom.Meta {
		return oneLine(d.attr(i, "content"))
	}
	for k := i + 1; k < int(d.nodes[i].end); k++ {
		if d.nodes[k].kind != element {
			continue
		}
		prop := d.attr(k, "itemprop")
		if strings.EqualFold(prop, "name") {
			if d.nodes[k].tag == atom.Meta {
				return oneLine(d.attr(k, "content"))
			}
			return oneLine(d.textOf(k))
		}
		if c := d.attr(k, "class"); c == "fn" || strings.HasPrefix(c, "fn ") || strings.Contains(c, " fn") {
			return oneLine(d.textOf(k))
		}
	}
	return oneLine(d.textOf(i))
}

// asideNode tells whether an element stands among comments, lists or the foot.
func (s *scene) asideNode(i int) bool {
	at := sort.Search(len(s.spans), func(k int) bool { return int(s.spans[k].node) > i }) - 1
	for at >= 0 && int(s.doc.nodes[s.spans[at].node].end) <= i {
		at = int(s.spans[at].parent)
	}
	return at >= 0 && s.spans[at].hints&asideBits() != 0
}

// writtenAuthors reads a line "By …" near the headline.
func (s *scene) writtenAuthors() []string {
	h := s.headlineBlock()
	for i := max(0, h-4); i < min(len(s.blocks), h+8); i++ {
		b := &s.blocks[i]
		if b.words > 14 || b.words < 2 || s.aside(i) {
			continue
		}
		line := s.string(i)
		if rest, ok := cutByline(line); ok {
			names := splitNames(rest)
			if len(names) > 0 && len(names) <= 4 && !slices.ContainsFunc(names, unlikely) {
				return names
			}
		}
	}
	return nil
}

// unlikely: a name in running text has capitals and few words.
func unlikely(name string) bool {
	r, _ := utf8.DecodeRuneInString(name)
	return !unicode.IsUpper(r) || strings.Count(name, " ") > 3
}

var bylineWords = [...]string{
	"interview: ", "interview von ", "interview by ", "zeige alle beiträge von ", "alle beiträge von ", "view all posts by ", "all posts by ", "more posts by ", "aufgezeichnet von ", "protokoll: ", "ein kommentar von ", "kommentar von ", "gastbeitrag von ", "analyse von ", "analysis by ", "opinion by ", "review by ",
	"written by ", "posted by ", "published by ", "by ", "by: ", "von ", "von: ", "par ", "par : ", "por ", "por: ", "di ", "text: ", "autor: ", "author: ", "autorin: ", "autor ", "author ", "a cura di ",
	"geschrieben von ", "verfasst von ", "ein beitrag von ", "ein artikel von ", "veröffentlicht von ", "publié par ", "escrito por ", "door ", "av ", "af ", "przez ", "автор: ", "redaktion: ", "eingestellt von ",
	"erstellt von ", "gepostet von ", "from ", "story by ", "words by ", "reported by ", "text von ", "beitrag von ", "verfasser: ", "auteur : ", "auteur: ", "autore: ",
}

// cutByline takes the words off that open a byline.
func cutByline(line string) (string, bool) {
	for range 2 {
		low := strings.ToLower(line)
		if len(low) != len(line) {
			return line, false
		}
		for _, w := range bylineWords {
			if strings.HasPrefix(low, w) {
				return strings.TrimLeft(line[len(w):], " :"), true
			}
		}
	}
	return line, false
}

// splitNames makes names of a byline: opening words, dates, roles and links
// are taken off, lists are parted. What is no name is left out.
func splitNames(s string) []string {
	s = oneLine(s)
	if strings.Contains(s, "://") || strings.HasPrefix(s, "www.") || len(s) > 300 {
		return nil // the address of a profile
	}
	if i := strings.IndexAny(s, "|•·"); i > 0 {
		s = s[:i]
	}
	// A handle, or an address that was hidden from harvesters.
	for _, mark := range [...]string{" @", " - [", " [email", " (www.", " (http"} {
		if i := strings.Index(s, mark); i > 0 {
			s = s[:i]
		}
	}
	for range 2 {
		s, _ = cutByline(s)
	}
	for d := range datesIn(s, false) {
		if d.start == 0 {
			s = s[d.end:]
		} else {
			s = withoutDay(s[:d.start])
		}
		break
	}
	s = withoutDay(s)
	var out []string
	for _, name := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == ',' || r == '&' }) {
		for _, and := range [...]string{" and ", " und ", " et ", " y ", " e "} {
			if l, r, ok := strings.Cut(name, and); ok && strings.Count(l, " ") >= 1 && strings.Count(strings.TrimSpace(r), " ") >= 1 {
				if l = cleanName(l); l != "" {
					out = append(out, l)
				}
				name = r
			}
		}
		if name = cleanName(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// withoutDay takes off what stood between a name and a date: "am Samstag",
// "on Friday", "Fr".
func withoutDay(s string) string {
	t := strings.TrimRight(s, " ,.:-–—")
	i := strings.LastIndexByte(t, ' ')
	if i < 0 {
		return s
	}
	whole, short := isWeekday(strings.ToLower(t[i+1:]))
	switch {
	case whole, short && len(t) < len(s):
		return strings.TrimRight(t[:i], " ,.:-–—")
	}
	return s
}

// isWeekday tells weekdays of bylines from other words; short ones only count
// before a date.
func isWeekday(low string) (whole, short bool) {
	switch low {
	case "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag",
		"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
		"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo",
		"lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica":
		return true, false
	case "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so":
		return false, true
	}
	return false, false
}

func cleanName(s string) string {
	s, _ = cutByline(strings.TrimSpace(s))
	for _, end := range [...]string{" on", " am", " le", " vom", " published", " Published", " updated", " Updated", " in", " -", " –", " —", " //", " um", " at", ":"} {
		s = strings.TrimSuffix(s, end)
	}
	s = strings.TrimLeft(s, " -–—:,.()\"'“”@©")
	s = strings.TrimRight(s, " -–—:,()\"'“”@")
	if i := strings.LastIndexByte(s, ' '); len(s)-i > 5 { // not "Jr."
		s = strings.TrimRight(s, ".")
	}
	if s == "" || len(s) > 80 || strings.Contains(s, "://") || strings.HasPrefix(s, "www.") || strings.Contains(s, "@") || strings.Contains(s, "[at]") {
		return ""
	}
	words, digits := 1, 0
	for _, r := range s {
		if r == ' ' {
			words++
		}
		if unicode.IsDigit(r) {
			digits++
		}
	}
	if words > 6 || digits > 4 || utf8.RuneCountInString(s) < 2 {
		return ""
	}
	if dateWords()[strings.ToLower(s)] != 0 {
		return ""
	}
	switch low := strings.ToLower(s); low {
	case "admin", "von", "by", "par", "wordpressadmin", "archives", "archiv", "registrieren", "no author", "no-author", "datum", "home", "profil", "profile", "permalink", "menu", "login", "author", "autor", "editor", "redaktion", "about the author", "about", "über den autor", "view all posts", "staff", "administrator", "facebook", "twitter", "unknown", "anonymous", "autoren", "authors", "share", "kommentare", "comments":
		return ""
	}
	return s
}

// apart takes the agencies out of bylines; the first is the credit.
func apart(bylines []string) (people []string, agency string) {
	for _, name := range bylines {
		known := agencies()[strings.ToLower(name)]
		switch {
		case known == "":
			people = append(people, name)
		case agency == "":
			agency = known
		}
	}
	return people, agency
}
