package header

import (
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// bylines reads the people, and the addresses, of all lines that sign.
func (p *page) bylines() []news.Byline {
	var out []news.Byline
	seen := map[string]bool{}
	add := func(b news.Byline) {
		key := b.Role + "|" + b.Name
		if b.Name == "" {
			key += b.Span.Of(p.src)
		}
		if !seen[key] {
			seen[key] = true
			out = append(out, b)
		}
	}
	for i := range p.lines {
		l := &p.lines[i]
		pieces := []text.Span{{Start: 0, End: len(l.s)}}
		if len(l.parts) > 0 {
			pieces = pieces[:0]
			for _, part := range l.parts {
				if part.Label == news.BylineLine {
					pieces = append(pieces, part.Span)
				}
			}
		} else if l.label != news.BylineLine {
			continue
		}
		for _, at := range pieces {
			for _, b := range signers(at.Of(l.s), l.rule) {
				b.Span = shift(b.Span, l.at.Start+at.Start)
				add(b)
			}
		}
	}
	return out
}

// signers reads one signing line. Spans are offsets in s.
func signers(s, rule string) []news.Byline {
	if rule == "body with the agency's trailer" {
		rule = "agency trailer"
	}
	switch rule {
	case "agency trailer":
		return trailerNames(s)
	case "contributor line":
		return contributors(s)
	case "mail address":
		return []news.Byline{{Role: "contact", Span: text.Span{Start: 0, End: len(s)}, Why: news.Why{Rule: rule, Confidence: 0.95}}}
	case "about the author":
		return nil
	}
	body := text.Span{Start: 0, End: len(s)}
	if rest, ok := afterBy(strings.ToLower(s)); ok && len(strings.ToLower(s)) == len(s) {
		body.Start = len(s) - len(rest)
	}
	var out []news.Byline
	for _, at := range namesIn(s, body) {
		out = append(out, news.Byline{Name: strings.Join(strings.Fields(at.Of(s)), " "), Role: "author", Span: at, Why: news.Why{Rule: rule, Confidence: 0.85}})
	}
	return out
}

// separators part the names of a by-line.
var separators = [...]string{" and ", ", ", ",", " & ", "; ", " | ", " - ", " – ", " — ", " / ", "|", "•", " with ", " in ", " for ", " at ", " of ", " (", ")", " on "}

// namesIn finds the persons' names within at, in order.
func namesIn(s string, at text.Span) []text.Span {
	var out []text.Span
	start := at.Start
	flush := func(end int) {
		piece := trimSpan(s, text.Span{Start: start, End: end}).Trim(s, " .,;:*")
		name := piece.Of(s)
		for _, n := range [...]string{"Associated Press", "The Associated Press", "AP", "CNN", "Reuters"} {
			if t, ok := strings.CutSuffix(name, n); ok && nameLike(t) {
				name = strings.TrimSpace(t)
				piece.End = piece.Start + len(name)
			}
		}
		for _, w := range [...]string{"’s ", "'s ", "' ", "’ "} {
			// "Xton News' Jill Smith"
			if k := strings.LastIndex(name, w); k > 0 && nameLike(name[k+len(w):]) {
				piece.Start += k + len(w)
				name = name[k+len(w):]
			}
		}
		if _, known := agencyNamed(name); !known && nameLike(name) && !outletNames()[strings.ToLower(name)] {
			out = append(out, piece)
		}
	}
	for i := at.Start; i < at.End; {
		cut := 0
		for _, sep := range separators {
			if strings.HasPrefix(s[i:at.End], sep) {
				cut = len(sep)
				break
			}
		}
		if cut == 0 {
			i++
			continue
		}
		flush(i)
		i += cut
		start = i
	}
	flush(at.End)
	return out
}

// trailerNames reads "(Reporting by A and B in CITY; Editing by C)".
func trailerNames(s string) []news.Byline {
	var out []news.Byline
	pos := 0
	for clause := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ';' || r == '(' || r == ')' || r == '[' || r == ']' }) {
		k := strings.Index(s[pos:], clause)
		if k < 0 {
			continue
		}
		from := pos + k
		pos = from + len(clause)
		low := strings.ToLower(clause)
		role := ""
		by := strings.Index(low, " by ")
		if k := strings.Index(low, " from "); by < 0 && strings.Contains(low, "assistance from ") {
			by = k + 2
		}
		if by < 0 {
			continue
		}
		switch head := low[:by]; {
		case strings.Contains(head, "additional"), strings.Contains(head, "assistance"), strings.Contains(head, "contribut"):
			role = "contributor"
		case strings.Contains(head, "report"), strings.Contains(head, "writing"), strings.Contains(head, "written"), strings.Contains(head, "compiled"):
			role = "author"
		case strings.Contains(head, "edit"):
			role = "editor"
		default:
			role = "contributor"
		}
		for _, at := range namesIn(s, text.Span{Start: from + by + 4, End: from + len(clause)}) {
			out = append(out, news.Byline{Name: at.Of(s), Role: role, Span: at, Why: news.Why{Rule: "agency trailer", Confidence: 0.9}})
		}
	}
	return out
}

// contributors reads "AP writers A in CITY and B in CITY contributed to this
// report." The span is the whole sentence, as it stands for the deed.
func contributors(s string) []news.Byline {
	whole := text.Span{Start: 0, End: len(s)}
	why := news.Why{Rule: "contributor line", Confidence: 0.9}
	if strings.Contains(s, "@") {
		return []news.Byline{{Role: "contact", Span: whole, Why: why}}
	}
	end := strings.Index(s, " contributed")
	if k := strings.Index(s, " reported from "); k >= 0 && (end < 0 || k < end) {
		end = k
	}
	if end < 0 {
		end = len(s)
	}
	start := 0
	for _, w := range [...]string{" writers ", " writer ", " reporters ", " reporter ", " journalists ", " journalist ", " correspondents ", " correspondent ", " researcher ", " staff "} {
		if k := strings.Index(s[:end], w); k >= 0 && k+len(w) > start && k < 60 {
			start = k + len(w)
		}
	}
	var out []news.Byline
	for _, at := range namesIn(s, text.Span{Start: start, End: end}) {
		out = append(out, news.Byline{Name: at.Of(s), Role: "contributor", Span: whole, Why: why})
	}
	return out
}

// agencyIn finds an agency that a signing line names, alone or among other
// words: "MATTHEW ROE, AP Diplomatic Writer", "by CNN Wires".
func agencyIn(s string) (agency, bool) {
	if a, ok := agencyAmong(s); ok {
		return a, true
	}
	low := strings.ToLower(s)
	for _, name := range agencies().long {
		if k := strings.Index(low, name); k >= 0 {
			return agencies().folds[name], true
		}
	}
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool {
		return r == ' ' || r == ',' || r == '.' || r == '/' || r == '(' || r == ')' || r == '\'' || r == '’' || r == '|' || r == ';'
	}) {
		switch w {
		case "AP", "AFP", "UPI", "CNN", "TNS", "Reuters", "Bloomberg", "Yonhap", "Xinhua", "dpa", "Kyodo":
			return agencyNamed(w)
		}
	}
	return agency{}, false
}

// findAgency tells whose copy the text is.
func (p *page) findAgency(outlet string) news.Sourced {
	take := func(a agency, at text.Span, rule string, conf float64) (news.Sourced, bool) {
		if a.publisher && (outlet == "" || sameName(a.name, outlet)) {
			return news.Sourced{}, false
		}
		return news.Sourced{Value: a.name, From: "text", Span: at, Why: news.Why{Rule: rule, Confidence: conf}}, true
	}
	for i := range p.lines {
		l := &p.lines[i]
		if l.label == news.Body && l.dateline != nil && l.dateline.agency.name != "" {
			if s, ok := take(l.dateline.agency, shift(l.dateline.span, l.at.Start), "agency in the dateline", 0.98); ok {
				return s
			}
			break
		}
		if i > p.start+1 {
			break
		}
	}
	for i := range p.lines {
		l := &p.lines[i]
		if l.label != news.BylineLine || l.rule == "agency trailer" || l.rule == "contributor line" || l.rule == "about the author" {
			continue
		}
		for _, part := range l.pieces() {
			if part.Label != news.BylineLine {
				continue
			}
			s := part.Span.Of(l.s)
			if at := strings.IndexByte(s, '@'); at > 0 {
				for host, a := range hostsOf(s) {
					if r, ok := take(a, l.at, "agency's mail address @"+host, 0.9); ok {
						return r
					}
				}
				continue
			}
			if a, ok := agencyIn(s); ok {
				if r, ok := take(a, l.at, "agency in the by-line", 0.9); ok {
					return r
				}
			}
			if name := p.unlisted(s); name != "" && !sameName(name, outlet) {
				return news.Sourced{Value: name, From: "text", Span: l.at, Why: news.Why{Rule: "agency in the by-line, by the form of its name", Confidence: 0.75}}
			}
		}
	}
	for i := range p.lines {
		l := &p.lines[i]
		switch {
		case l.rule == "body with the agency's trailer" && strings.Contains(l.low, "editing by"), l.rule == "agency trailer" && l.s[0] == '(' && strings.Contains(l.low, "editing by"):
			if r, ok := take(agency{name: "Reuters"}, l.at, "trailer in the style of Reuters", 0.8); ok {
				return r
			}
		case l.rule == "contributor line" && (strings.HasPrefix(l.low, "ap ") || strings.Contains(l.low, " ap writer") || strings.Contains(l.low, "associated press writer") || strings.Contains(l.low, "associated press report") || strings.Contains(l.low, "associated press journalist") || strings.Contains(l.low, "associated press diplomatic") || strings.Contains(l.low, "ap journalist")):
			if r, ok := take(agency{name: "AP"}, l.at, "agency's writers contributed", 0.85); ok {
				return r
			}
		case l.label == news.Promo && (strings.HasPrefix(l.low, "follow ap") || strings.Contains(l.low, "//apnews.com/")) && i > p.start:
			if r, ok := take(agency{name: "AP"}, l.at, "agency's own promo", 0.7); ok {
				return r
			}
		case l.label == news.Promo && strings.HasPrefix(l.low, "anadolu agency"):
			if r, ok := take(agency{name: "Anadolu"}, l.at, "agency's own promo", 0.8); ok {
				return r
			}
		case l.label == news.Rights:
			if a, ok := agencyIn(l.s); ok && len(l.s) < 500 {
				if r, ok := take(a, l.at, "agency in the rights notice", 0.85); ok {
					return r
				}
			} else if name := p.unlisted(holderIn(l.s).Of(l.s)); name != "" && !sameName(name, outlet) {
				return news.Sourced{Value: name, From: "text", Span: l.at, Why: news.Why{Rule: "agency in the rights notice, by the form of its name", Confidence: 0.7}}
			}
		case l.label == news.Body && i > p.start && l.photo.soft && len(l.photo.tail) == 1:
			if a, ok := agencyNamed(l.photo.tail[0].Span.Of(l.s)); ok {
				if r, ok := take(a, l.at, "agency behind the last words", 0.8); ok {
					return r
				}
			}
		}
	}
	if p.given.Agency != "" {
		name := p.given.Agency
		if a, ok := agencyNamed(name); ok {
			name = a.name
		}
		return news.Sourced{Value: name, From: "given", Why: news.Why{Rule: "agency as given", Confidence: 0.8}}
	}
	return news.Sourced{}
}

// agencyForms end the names of agencies.
var agencyForms = [...]string{" Press Agency", " News Agency", " News Service", " Press Service", " Newswire", " Wire Service", " Press Trust"}

// unlisted finds in a by-line or a notice an agency that no table knows, by
// the form of its name: "Norland Press Agency". It gives the acronym if the
// page prints it in brackets, "(NPA)", else the whole name; "" if there is no
// agency.
func (p *page) unlisted(s string) string {
	for piece := range strings.FieldsFuncSeq(s, func(r rune) bool {
		return r == ',' || r == '/' || r == '|' || r == ';' || r == '•' || r == '–' || r == '—' || r == '('
	}) {
		name := strings.TrimSpace(piece)
		for _, w := range [...]string{"By ", "BY ", "by ", "The ", "the "} {
			name = strings.TrimPrefix(name, w)
		}
		for _, form := range &agencyForms {
			head, ok := strings.CutSuffix(name, form)
			if !ok || head == "" || strings.Count(head, " ") > 3 || !titleWords(head) {
				continue
			}
			short := initials(name)
			if len(short) >= 2 && strings.Contains(p.src, "("+short+")") {
				return short
			}
			return name
		}
	}
	return ""
}

// initials are the capitals that begin the words of a name.
func initials(name string) string {
	var b strings.Builder
	for w := range strings.FieldsSeq(name) {
		if isUpper(w[0]) {
			b.WriteByte(w[0])
		}
	}
	return b.String()
}

// hostsOf yields the agencies whose mail hosts stand in s.
func hostsOf(s string) func(func(string, agency) bool) {
	return func(yield func(string, agency) bool) {
		for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '|' || r == '(' || r == ')' }) {
			_, host, ok := strings.Cut(strings.ToLower(strings.Trim(w, ".")), "@")
			if !ok {
				continue
			}
			if a, ok := agencies().hosts[host]; ok && !yield(host, a) {
				return
			}
		}
	}
}

func (l *line) pieces() []news.Part {
	if len(l.parts) > 0 {
		return l.parts
	}
	return []news.Part{{Label: l.label, Span: text.Span{Start: 0, End: len(l.s)}}}
}

func sameName(a, b string) bool {
	trim := func(s string) string { return strings.TrimPrefix(strings.ToLower(s), "the ") }
	return trim(a) == trim(b)
}
