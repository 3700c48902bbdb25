package mention

import (
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// name is one occurrence of a name.
type name struct {
	piece       int // index into scanner.pieces
	first, last int // words of the piece, half-open
	span        text.Span
	extent      text.Span
	kind        news.EntityType
	known       *known
	rule        string
	conf        float64
	cluster     int
}

// role is the title that a person bears where he is named.
type role struct {
	head  string // "minister", "" if none
	words string // the whole title in small letters, without country
	of    string // id of the country or body before it
}

// findNames fills s.names: first from running text, then from headlines in
// capitals, whose words are names only if something else says so.
func (s *scanner) findNames(r *room) {
	s.findInRunning()
	s.weigh(r)
	for i := range s.names {
		n := &s.names[i]
		s.inRun[n.span.Of(s.src)] = true
		if n.kind == news.Person && n.last-n.first > 1 {
			p := &s.pieces[n.piece]
			s.inRun[s.src[p.words[n.last-1].start:p.words[n.last-1].end]] = true
		}
	}
	for k := range s.pieces {
		if p := &s.pieces[k]; p.title || p.upper {
			s.namesInCapitals(k, p)
		}
	}
}

// findInRunning fills s.names from running text.
func (s *scanner) findInRunning() {
	s.names = slices.Grow(s.names[:0], len(s.words)/6+8)
	for k := range s.pieces {
		if p := &s.pieces[k]; !p.title && !p.upper {
			s.namesIn(k, p)
		}
	}
}

func (s *scanner) namesIn(k int, p *piece) {
	for i := 0; i < len(p.words); {
		w := &p.words[i]
		if !s.opens(p, i) {
			i++
			continue
		}
		if end := s.work(p, i); end > 0 {
			s.emit(k, p, i, end, nil, news.Product, "work")
			i = end
			continue
		}
		known, n := s.lookup(p, i)
		end := i + 1
		if known != nil {
			end = i + n
		}
		end = s.runEnd(p, i, end)
		if w.first && known == nil && (w.class&(commonWord|titleHead|titlePart) != 0 || w.class == 0 && plainWord(w.lower) && s.seen(w).cap == 0) && w.class&honorific == 0 && !w.caps {
			// "Supreme Court", but not "Police Moscow"
			if end = s.opening(p, i, end); end == i {
				i++
				continue
			}
		}
		i = s.segment(k, p, i, end)
	}
}

// work is the end of the title of a work at i, told by the noun behind it:
// "the Voices of the River podcast"; 0 if there is none.
func (s *scanner) work(p *piece, i int) int {
	if i == 0 || p.words[i].gap != gapSpace || p.words[i-1].class&function == 0 || p.words[i-1].capital {
		return 0
	}
	for j := i + 1; j < len(p.words) && j < i+7 && p.words[j].gap == gapSpace; j++ {
		w := &p.words[j]
		if w.capital || w.class&connector != 0 {
			continue
		}
		switch w.lower {
		case "podcast", "podcasts", "sitcom", "album", "novel", "website", "app":
			if p.words[j-1].capital {
				return j
			}
		}
		return 0
	}
	return 0
}

// opens reports whether a name may begin with word i.
func (s *scanner) opens(p *piece, i int) bool {
	w := &p.words[i]
	if !w.capital || w.number || len(w.lower) < 2 && w.lower != "x" {
		return false
	}
	if s.lx.caps.At(s.src[w.start:w.end]) && w.class&(titleHead|titlePart) == 0 {
		return false
	}
	if w.class&function != 0 {
		_, n := s.lookup(p, i)
		return n > 1 || n == 1 && w.caps || s.familyName(p, i)
	}
	return true
}

// lookup is the longest known name that begins with word i.
func (s *scanner) lookup(p *piece, i int) (*known, int) {
	w := &p.words[i]
	key := s.src[w.start:w.end]
	most := s.lx.longest.At(key)
	shout := false
	if most == 0 && w.caps && len(w.lower) > 3 {
		most, shout = s.lx.longest.At(titleCase(key)), true
	}
	for n := min(most, len(p.words)-i); n > 0; n-- {
		last := &p.words[i+n-1]
		if last.gap > gapParen && n > 1 && last.gap != gapSlash && last.gap != gapAmp {
			continue
		}
		key := s.src[w.start:last.end]
		if shout {
			key = titleCase(key)
		}
		if k := s.lx.names.At(key); k != nil && s.usable(p, i, n, k) {
			return k, n
		}
	}
	return nil, 0
}

// usable tells whether a form of the lexicons stands for a name here.
func (s *scanner) usable(p *piece, i, n int, k *known) bool {
	w := &p.words[i]
	after := ""
	if i > 0 && w.gap == gapSpace {
		after = s.src[p.words[i-1].start:p.words[i-1].end]
	}
	if k.form == adjective && i+n < len(p.words) && p.words[i+n].lower == "language" {
		return false
	}
	switch {
	case k.theCap:
		return after == "The"
	case k.needs:
		return after == "the" || after == "The" || after == "THE"
	case n > 1:
		return true
	case w.class&function != 0:
		return w.caps && !p.upper
	case w.class&commonWord != 0 && (w.first || p.title || p.upper) && !w.caps:
		e := s.seen(w)
		return e.cap > 0 && e.low == 0
	case p.upper && len(w.lower) <= 3:
		return k.form != plainForm || strings.Contains(w.lower, ".")
	}
	return true
}

// runEnd stretches a run of capitalised words from i, whose first words up to
// end are known to belong together.
func (s *scanner) runEnd(p *piece, i, end int) int {
	open := false // "Ministry of …": commas and "and" may go on
	for j := end - 1; j+1 < len(p.words); {
		left, next := &p.words[j], &p.words[j+1]
		if left.poss {
			if !s.ownsName(p, j) {
				return j + 1
			}
			j++
			continue
		}
		switch {
		case next.gap == gapAmp && next.capital:
			j++
		case next.gap == gapComma && open && s.listGoesOn(p, j+1):
			j++
		case next.gap != gapSpace:
			return j + 1
		case next.number:
			if !numbered(left.lower) {
				return j + 1
			}
			return j + 2
		case next.capital && next.class&function == 0:
			if s.lx.caps.At(s.src[next.start:next.end]) && next.class&titleHead == 0 && !roman(next) {
				return j + 1
			}
			j++
		case next.capital && left.class&given != 0 && s.familyName(p, j+1):
			j++
		case next.capital:
			return j + 1
		default:
			m, kind := s.connects(p, i, j, open)
			if m == 0 {
				return j + 1
			}
			open = open || kind
			j = m
		}
	}
	return len(p.words)
}

func roman(w *word) bool {
	switch w.lower {
	case "ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xxi":
		return true
	}
	return false
}

// numbered lists words that a number completes.
func numbered(w string) bool {
	switch w {
	case "flight", "boeing", "airbus", "route", "highway", "apollo", "vision", "agenda", "expo", "formula", "channel", "falcon", "cop", "soyuz":
		return true
	}
	return false
}

// ownsName tells whether the owner at j is part of a name: "People's
// Republic", "Prosecutors' Office", but not "Russia's Pacific Fleet".
func (s *scanner) ownsName(p *piece, j int) bool {
	w := &p.words[j]
	if w.class&(commonWord|titleHead|personNoun) == 0 || j+1 >= len(p.words) || w.caps {
		return false
	}
	for m := j + 1; m < len(p.words) && m < j+4 && p.words[m].capital && p.words[m].gap <= gapPoss; m++ {
		if p.words[m].class&(orgHead|gpeHead|eventHead) != 0 {
			return true
		}
	}
	return false
}

// connects looks past small words after j: it returns the capitalised word
// that they join to the run, or 0, and whether a complement has been opened.
func (s *scanner) connects(p *piece, i, j int, open bool) (int, bool) {
	left, c := &p.words[j], &p.words[j+1]
	if c.class&connector == 0 {
		return 0, false
	}
	m := j + 2
	if m < len(p.words) && p.words[m].class&connector != 0 && !p.words[m].capital && p.words[m].gap == gapSpace {
		m++ // "of the", "de la"
	}
	if m >= len(p.words) || !p.words[m].capital || p.words[m].gap != gapSpace || p.words[m].class&function != 0 {
		return 0, false
	}
	right := &p.words[m]
	heads := left.class & (orgHead | facHead | locHead | gpeHead | eventHead | prodHead)
	switch c.lower {
	case "of":
		if left.class&titleHead != 0 || left.class&personNoun != 0 {
			if s.phraseAt(p, j) > 1 {
				return m, false
			}
			return 0, false
		}
		if s.lx.names.At(s.src[left.start:left.end]) != nil && heads == 0 {
			return 0, false
		}
		if heads != 0 || left.class&commonWord != 0 && !(left.first && i == j) {
			return m, true
		}
	case "for", "on", "against":
		if left.class&(orgHead|eventHead|prodHead) != 0 && m == j+2 && right.class&given == 0 &&
			s.lx.names.At(s.src[right.start:right.end]) == nil && (right.class&commonWord != 0 || c.lower == "for") {
			return m, true
		}
	case "and":
		if right.class&titleHead != 0 {
			return 0, false
		}
		if open && right.class&(commonWord|titlePart) != 0 && left.class&(commonWord|titlePart) != 0 {
			return m, true
		}
		if left.class&(commonWord|titlePart) != 0 && right.class&(commonWord|titlePart) != 0 {
			for e := m; e < len(p.words) && e < m+4 && p.words[e].capital && p.words[e].gap <= gapSpace; e++ {
				if p.words[e].class&orgHead != 0 {
					return m, false
				}
			}
		}
	case "the", "to", "in", "at":
	default: // de, bin, van …
		if left.class&commonWord == 0 || left.class&given != 0 || !left.first {
			return m, false
		}
	}
	return 0, false
}

// listGoesOn tells whether word m, after a comma, continues the list of a
// ministry's fields: "Agriculture, Forestry and Fisheries".
func (s *scanner) listGoesOn(p *piece, m int) bool {
	if !p.words[m].capital || p.words[m].class&(commonWord|titlePart) == 0 || p.words[m].class&function != 0 {
		return false
	}
	for e := m + 1; e < len(p.words) && e < m+4; e++ {
		w := &p.words[e]
		if w.lower == "and" || w.gap == gapAmp {
			return e+1 < len(p.words) && (p.words[e+1].capital || w.gap == gapAmp)
		}
		if !w.capital {
			return false
		}
	}
	return false
}

// opening decides about a run whose first word may owe its capital to the
// sentence: its end, cut if need be, or i if the first word is no part.
func (s *scanner) opening(p *piece, i, end int) int {
	if end-i == 1 {
		e := s.seen(&p.words[i])
		if e.cap > 0 && e.low == 0 && p.words[i].class&(titleHead|titlePart|personNoun) == 0 {
			return end
		}
		return i
	}
	if n := s.titleAt(p, i, end); n > 0 && n < end-i {
		return end
	}
	if p.words[i].class&titlePart != 0 && s.titleWithin(p, i+1, end) > 0 {
		return end
	}
	if s.kindByHead(p, i, end) != "" && p.words[i].class&personNoun == 0 {
		if k, n := s.lookup(p, i+1); k != nil && n == end-i-1 {
			return i
		}
		return end
	}
	return i
}

// segment cuts the run [i,end) into names and reports where to go on.
func (s *scanner) segment(k int, p *piece, i, end int) int {
	for i < end {
		w := &p.words[i]
		if w.class&connector != 0 && !w.capital {
			i++
			continue
		}
		if kn, n := s.lookup(p, i); kn != nil {
			m := i + min(n, end-i)
			m = max(m, i+n)
			if m >= end || !s.goesOn(p, kn, i, m, end) {
				s.emit(k, p, i, m, kn, "", "known")
				i = m
				continue
			}
		}
		if n := s.titleAt(p, i, end); n > 0 {
			if i+n == end {
				s.lonely(k, p, i, end)
				return end
			}
			if s.personAfter(p, i+n, end) {
				i += n
				m := s.personEnd(p, i, end)
				s.emit(k, p, i, m, nil, news.Person, "title and name")
				i = m
				continue
			}
		}
		if t := s.titleWithin(p, i+1, end); t > 0 && t < end-1 {
			if s.partsOnly(p, i, t) {
				i = t
				continue
			}
			if s.complement(p, i, t) {
				// "Department of Homeland Security Secretary Doe"
				for t < end-2 && p.words[t].class&titleHead == 0 {
					t++
				}
			}
			s.emit(k, p, i, s.beforeTitle(p, i, t), nil, "", "name before title")
			i = t
			continue
		}
		s.emit(k, p, i, end, nil, "", "capitals")
		return end
	}
	return end
}

// goesOn tells whether a known name [i,m) is but the beginning of a longer one
// that ends the run.
func (s *scanner) goesOn(p *piece, kn *known, i, m, end int) bool {
	if p.words[m].class&connector != 0 && !p.words[m].capital {
		return s.kindByHead(p, i, end) != "" || kn.kind == news.Person
	}
	if t := s.titleWithin(p, m, end); t > 0 || s.titleAt(p, m, end) > 0 {
		return false
	}
	if kn2, n := s.lookup(p, m); kn2 != nil && m+n == end && kn.form != capital && s.kindByHead(p, m, end) == "" {
		return false
	}
	head := s.kindByHead(p, m, end)
	switch {
	case head == "" && kn.form != people && kn.kind != news.Org && p.words[m].class&given != 0 && end-m > 1 && p.words[i].class&given == 0:
		return false // "ambassador to Varda Amos Terano"
	case head != "":
		return true
	case kn.form == adjective || kn.form == peopleOnly || kn.form == people:
		// "Russian Vladimir Putin" parts, "American Express" stays
		return p.words[m].class&(given|family|honorific) == 0 && end-m == 1 && p.words[m].class&commonWord != 0
	case kn.agency && strings.HasPrefix(p.words[m].lower, "photo"):
		return false
	}
	return true
}

// titleAt is the number of words of a title that begins at i and whose last
// word is a head: "Vice Foreign Minister", "Secretary of State".
func (s *scanner) titleAt(p *piece, i, end int) int {
	n := 0
	for j := i; j < end; {
		if ph := s.phraseAt(p, j); ph > 0 {
			j += ph
			n = j - i
			continue
		}
		c := p.words[j].class
		switch {
		case c&(titleHead|honorific) != 0:
			n = j + 1 - i
		case c&titlePart != 0:
		default:
			return n
		}
		if p.words[j].poss || j > i && p.words[j].gap != gapSpace {
			return n
		}
		j++
	}
	return n
}

// phraseAt is the number of words of a whole title at i.
func (s *scanner) phraseAt(p *piece, i int) int {
	w := &p.words[i]
	most := s.lx.phraseN.At(w.lower)
	for n := min(most, len(p.words)-i); n > 1; n-- {
		if s.lx.phrases.At(strings.ToLower(s.src[w.start:p.words[i+n-1].end])) {
			return n
		}
	}
	return 0
}

// titleWithin is the first place from i on, inside the run, where a title
// with a person's name after it begins; 0 if none.
func (s *scanner) titleWithin(p *piece, i, end int) int {
	for j := i; j < end-1; j++ {
		if p.words[j].class&(titleHead|titlePart|honorific) == 0 && s.lx.phraseN.At(p.words[j].lower) == 0 {
			continue
		}
		if n := s.titleAt(p, j, end); n > 0 && j+n < end && s.personAfter(p, j+n, end) {
			return j
		}
	}
	return 0
}

// personAfter tells whether what follows a title can be a person: no
// "General Electric Company", no "Foreign Minister's Office".
func (s *scanner) personAfter(p *piece, i, end int) bool {
	if i >= end {
		return false // the title ends the run, and may end the line
	}
	w := &p.words[i]
	if !w.capital || w.gap != gapSpace || w.class&function != 0 {
		return false
	}
	head := s.kindByHead(p, i, end)
	return head == "" || w.class&given != 0 || end-i > 1 && head != news.Org && head != news.Facility && w.class&commonWord == 0
}

// personEnd is the end of a person's name that begins at i.
func (s *scanner) personEnd(p *piece, i, end int) int {
	for j := i + 1; j < end; j++ {
		w := &p.words[j]
		if !w.capital && (w.lower == "and" || w.lower == "of" || w.lower == "for" || w.lower == "on") {
			return j
		}
	}
	return end
}

func (s *scanner) partsOnly(p *piece, i, t int) bool {
	for ; i < t; i++ {
		if p.words[i].class&(titlePart|titleHead|connector) == 0 {
			return false
		}
	}
	return true
}

// complement reports whether a body's "of" or "for" stands within [i,t).
func (s *scanner) complement(p *piece, i, t int) bool {
	for j := i + 1; j < t; j++ {
		if l := p.words[j].lower; !p.words[j].capital && (l == "of" || l == "for") {
			return true
		}
	}
	return false
}

// beforeTitle drops small words between a name and the title after it.
func (s *scanner) beforeTitle(p *piece, i, t int) int {
	for t > i+1 && !p.words[t-1].capital {
		t--
	}
	return t
}

// lonely decides about a title without a name: institutions that are written
// like titles ("Cabinet") are names, offices are not.
func (s *scanner) lonely(k int, p *piece, i, end int) {
	if s.kindByHead(p, i, end) != "" && p.words[end-1].class&personNoun == 0 {
		s.emit(k, p, i, end, nil, news.Org, "institution")
	}
}

// emit notes the name [i,m), if it is one.
func (s *scanner) emit(k int, p *piece, i, m int, kn *known, kind news.EntityType, rule string) {
	for m > i && !p.words[m-1].capital && !p.words[m-1].number {
		m--
	}
	if m <= i {
		return
	}
	if kn == nil && kind == "" && m-i == 1 {
		if s.pair(k, p, i) || !s.single(p, i) {
			return
		}
	}
	if kn == nil {
		m = s.lowerHead(p, i, m)
	} else if kn.kind == news.GPE && kn.form != adjective || kn.kind == news.EventName {
		if e := s.lowerHead(p, i, m); e > m {
			m, kn = e, nil
		}
	}
	n := name{piece: k, first: i, last: m, known: kn, rule: rule, conf: 0.9, cluster: -1}
	n.span = text.Span{Start: p.words[i].start, End: p.words[m-1].end}
	if last := &p.words[m-1]; last.dot {
		n.span.End++
	}
	switch {
	case kn != nil:
		n.kind = kn.kind
		switch kn.form {
		case adjective:
			n.rule = "adjective of a country"
		case people, peopleOnly:
			n.rule = "people"
		}
		if kn.theCap && i > 0 {
			n.span.Start = p.words[i-1].start
		}
	case kind != "":
		n.kind = kind
	default:
		n.kind, n.conf = s.kindOf(p, i, m)
	}
	s.names = append(s.names, n)
}

// pair notes the two names of a compound like "Doe-Roe", when the text has
// each by itself too.
func (s *scanner) pair(k int, p *piece, i int) bool {
	w := &p.words[i]
	a, b, ok := strings.Cut(s.src[w.start:w.end], "-")
	if !ok || !upperFirst(b) || s.seenWord(strings.ToLower(a)).cap == 0 || s.seenWord(strings.ToLower(b)).cap == 0 ||
		s.lx.words.At(strings.ToLower(a))&(commonWord|titlePart) != 0 || s.lx.words.At(strings.ToLower(b))&(commonWord|titlePart) != 0 {
		return false
	}
	mid := w.start + len(a)
	for _, sp := range [2]text.Span{{Start: w.start, End: mid}, {Start: mid + 1, End: w.end}} {
		kn := s.lx.names.At(sp.Of(s.src))
		n := name{piece: k, first: i, last: i + 1, span: sp, known: kn, kind: news.Person, rule: "half of a compound", conf: 0.5, cluster: -1}
		if kn != nil {
			n.kind = kn.kind
		}
		s.names = append(s.names, n)
	}
	return true
}

// single decides whether one capitalised word by itself is a name.
func (s *scanner) single(p *piece, i int) bool {
	w := &p.words[i]
	e := s.seen(w)
	switch {
	case w.class&function != 0 && s.familyName(p, i):
		return true
	case w.class&function != 0, s.lx.names.At(s.src[w.start:w.end]) != nil && s.lx.names.At(s.src[w.start:w.end]).form == adjective:
		return false
	case w.caps:
		return !s.lx.caps.At(s.src[w.start:w.end])
	case w.class&orgHead != 0 && institution(w.lower):
		return !w.first
	case w.class&(titleHead|titlePart|personNoun) != 0 && w.class&given == 0:
		return false
	case len(w.lower) > 2 && w.lower[1] == '-' && (w.lower[0] == 'r' || w.lower[0] == 'd' || w.lower[0] == 't'):
		return false // "R-Ky.", "T-shirt"
	case w.class&commonWord != 0:
		return false // "the Gallery", "Article 370"
	case !w.first:
		return true
	case w.class&(given|family) != 0:
		return true
	case e.low > 0 && e.cap == 0:
		return false
	case e.cap > 0:
		return true
	}
	return !plainWord(w.lower)
}

// institution lists the bodies that are names when written with a capital.
func institution(w string) bool {
	switch w {
	case "parliament", "cabinet", "congress", "assembly", "senate", "knesset", "duma", "treasury", "politburo":
		return true
	}
	return false
}

// plainWord guesses from its ending that an unknown word is a common one.
func plainWord(w string) bool {
	for _, e := range [...]string{
		"ing", "ed", "ly", "tion", "tions", "sion", "ment", "ments", "ness", "ity", "ities", "ers", "ors", "ists",
		"ies", "ance", "ence", "ful", "less", "ous", "ive", "able", "ible", "ship", "ism", "ize", "ise", "ians", "ings",
	} {
		if len(w) > len(e)+2 && strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// lowerHead takes a small-letter head into the name before it: "Pyongyang
// station", "COVID-19 pandemic".
func (s *scanner) lowerHead(p *piece, i, m int) int {
	if m >= len(p.words) || p.words[m-1].poss || p.words[m].gap != gapSpace || p.words[m].capital {
		return m
	}
	switch p.words[m].lower {
	case "station", "airport", "spaceport", "cosmodrome", "airfield", "airbase", "stadium", "pandemic", "strait", "peninsula":
		return m + 1
	}
	return m
}

// kindByHead tells the kind of a name from the word that ends it, or that
// stands before its first "of" or "for"; "" if there is none.
func (s *scanner) kindByHead(p *piece, i, end int) news.EntityType {
	last := end - 1
	for j := i + 1; j < end; j++ {
		if l := p.words[j].lower; !p.words[j].capital && (l == "of" || l == "for" || l == "on") {
			last = j - 1
			break
		}
	}
	for last > i && (p.words[last].number || roman(&p.words[last])) {
		last--
	}
	c := p.words[last].class
	if end-i == 1 && c&orgHead == 0 {
		return ""
	}
	switch {
	case c&orgHead != 0:
		return news.Org
	case c&facHead != 0:
		return news.Facility
	case c&gpeHead != 0:
		return news.GPE
	case c&locHead != 0:
		return news.Location
	case c&eventHead != 0:
		return news.EventName
	case c&prodHead != 0:
		return news.Product
	}
	return ""
}

// kindOf guesses the kind of an unknown name.
func (s *scanner) kindOf(p *piece, i, m int) (news.EntityType, float64) {
	w := &p.words[i]
	n := m - i
	head := s.kindByHead(p, i, m)
	if head != "" && n > 1 && !(w.class&given != 0 && n == 2 && head != news.Org) {
		return head, 0.9
	}
	if w.class&given != 0 && n > 1 || w.class&honorific != 0 && n > 1 {
		return news.Person, 0.9
	}
	if n == 1 {
		switch {
		case head != "":
			return news.Org, 0.8
		case strings.ContainsAny(w.lower, "0123456789"):
			return news.Product, 0.6
		case w.class&given != 0:
			return news.Person, 0.7
		case w.caps && i == 0 && len(w.lower) > 5 && m < len(p.words) && p.words[m].gap != gapSpace:
			return news.GPE, 0.6 // "BELVARE, Kenya (AP)"
		case w.caps || strings.Contains(w.lower, "."):
			return news.Org, 0.8
		case i > 0 && w.gap == gapSpace && placePrep(p.words[i-1].lower), i > 1 && p.words[i-1].lower == "of" && p.words[i-2].class&gpeHead != 0:
			return news.GPE, 0.6
		}
		return news.Person, 0.5
	}
	switch w.lower {
	case "san", "santa", "los", "las", "fort", "port", "new", "saint", "mount", "el", "puerto", "villa", "sao", "são":
		return news.GPE, 0.6
	}
	common := 0
	for j := i; j < m; j++ {
		c := &p.words[j]
		switch c.lower {
		case "bin", "al", "van", "von", "da", "el", "ibn", "bint":
			return news.Person, 0.8
		}
		if c.class&commonWord != 0 && c.class&(given|family) == 0 {
			common++
		}
	}
	if common > 0 || w.caps && n > 1 {
		return news.Org, 0.5
	}
	if i > 0 && w.gap == gapSpace && w.class&family == 0 && (p.words[i-1].lower == "in" || p.words[i-1].lower == "near" || p.words[i-1].lower == "at") {
		return news.GPE, 0.5
	}
	return news.Person, 0.6
}

func placePrep(w string) bool {
	switch w {
	case "in", "at", "near", "from", "around", "outside", "across":
		return true
	}
	return false
}
