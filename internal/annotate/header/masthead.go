package header

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// A masthead is the paper's own name over its page. A short line in capitals
// proves nothing: a cross-head, a section and a person look the same. So the
// page must name the paper a second time, where papers name themselves: in
// the notice of rights, in a title line, in a promo, in the by-line of an
// unnamed reporter, in what the paper says of itself.

// Bounds of a masthead: lines from the top among which it is looked for, its
// length in bytes and words.
const (
	mastheadLines = 4
	mastheadBytes = 44
	mastheadWords = 6
)

// findMasthead looks for the masthead, and settles the lines that go with it.
// It runs before the body is found, on lines that are settled by themselves
// or not at all.
func (p *page) findMasthead() {
	p.holder = p.rightsHolder()
	for i := 0; i < len(p.lines) && i < mastheadLines; i++ {
		l := &p.lines[i]
		if l.label == news.Body || l.form == prose {
			break
		}
		if l.label != "" && l.label != news.Navigation || !looksLikeMasthead(l.s) {
			continue
		}
		rule := p.secondSign(i)
		if rule == "" {
			continue
		}
		p.site, p.siteRule = l.at, "masthead, "+rule
		l.settle(news.Navigation, "masthead", 0.85)
		break
	}
	name := p.site.Of(p.src)
	if name == "" {
		return
	}
	for i := range p.lines {
		l := &p.lines[i]
		if l.label == "" && len(l.s) < 80 && isStaffLine(l.s, name) {
			l.settle(news.BylineLine, "outlet's staff", 0.85)
		}
	}
}

// paperNouns end the names of papers and stations, and hardly a headline.
var paperNouns = map[string]bool{
	"courier": true, "gazette": true, "herald": true, "tribune": true, "chronicle": true, "observer": true, "ledger": true,
	"inquirer": true, "enquirer": true, "examiner": true, "dispatch": true, "times": true, "telegraph": true, "mercury": true,
	"sentinel": true, "advertiser": true, "argus": true, "bugle": true, "journal": true, "lantern": true, "daily": true,
	"post": true, "news": true, "today": true, "standard": true, "mail": true, "express": true, "echo": true, "monitor": true,
}

// looksLikeMasthead reports whether a line could be the name of a paper: one
// to six words, capitals but for small words, no mark at the end. The name of
// an agency or of a section is none.
func looksLikeMasthead(s string) bool {
	if len(s) > mastheadBytes || len(s) < 4 || strings.Count(s, " ") >= mastheadWords || strings.ContainsAny(s, "?!:;\"“”|@/>»()[]") {
		return false
	}
	if e := ending(s); e != 0 || isAgencyLike(s) {
		return false
	}
	low := strings.ToLower(s)
	f := furniture()
	if f.section.exact[low] || f.navigation.exact[low] || f.related.exact[low] {
		return false
	}
	return titleWords(s)
}

// titleWords reports whether each word begins with a capital or a digit, small
// words aside.
func titleWords(s string) bool {
	n := 0
	for w := range strings.FieldsSeq(s) {
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case unicode.IsUpper(r), unicode.IsDigit(r) && n > 0:
			n++
		case w == "&" || w == "and" || w == "of" || w == "the" || w == "de" || w == "del" || w == "la" || w == "le" || w == "for" || w == "on" || w == "in":
		default:
			return false
		}
	}
	return n > 0
}

func isAgencyLike(s string) bool {
	a, ok := agencyNamed(s)
	return ok && !a.publisher
}

// secondSign tells where else the page names what line i may be the masthead
// of; "" if nowhere.
func (p *page) secondSign(i int) string {
	name := p.lines[i].s
	bare := strings.TrimPrefix(name, "The ")
	if sameHolder(p.holder.Of(p.src), name) {
		return "confirmed by the rights notice"
	}
	if outletNames()[strings.ToLower(name)] && strings.Contains(name, " ") {
		return "a known outlet"
	}
	squeezed := squeezeName(bare)
	for k := range p.lines {
		l := &p.lines[k]
		if k == i || len(l.s) > 600 {
			continue
		}
		at := strings.Index(l.s, bare)
		if at < 0 {
			if len(squeezed) >= 6 && len(l.s) < 200 && (strings.IndexByte(l.s, '@') >= 0 || strings.Contains(l.low, "www.") || strings.Contains(l.low, "://")) && strings.Contains(strings.ReplaceAll(l.low, "-", ""), squeezed+".") {
				return "confirmed by an address"
			}
			if len(l.s) < 80 && isStaffLine(l.s, name) {
				return "confirmed by the by-line of its staff"
			}
			continue
		}
		before, after := l.s[:at], l.s[at+len(bare):]
		if k > 0 && k < 2*mastheadLines && after == "" && endsInSeparator(strings.TrimSuffix(before, "The ")) && len(before) > 12 {
			return "confirmed by a title line"
		}
		if rule := selfNaming(strings.TrimSuffix(strings.TrimSuffix(before, "The "), "the "), after); rule != "" && strings.Contains(bare, " ") {
			return rule
		}
		if len(l.s) < 80 && isStaffLine(l.s, name) {
			return "confirmed by the by-line of its staff"
		}
	}
	// Its form and its place: a paper's noun, then the bar of the menu.
	k := strings.LastIndexByte(bare, ' ')
	if k < 0 || !paperNouns[strings.ToLower(bare[k+1:])] {
		return ""
	}
	if i+1 < len(p.lines) && p.lines[i+1].rule == "navigation bar" {
		return "over the navigation bar"
	}
	return ""
}

// selfNaming knows the words with which a page speaks of its own paper, by
// what stands before and behind the name.
func selfNaming(before, after string) string {
	b := strings.ToLower(before[max(0, len(before)-40):])
	for _, w := range [...]string{"follow ", "subscribe to ", "sign up for ", "sign up to ", "download the ", "support ", "welcome to ", "like ", "join "} {
		if strings.HasSuffix(b, w) && len(before) < 60 {
			return "confirmed by a promo"
		}
	}
	for _, w := range [...]string{"calls from ", "questions from ", "comment from ", "comment to ", "request from ", "requests from ", "emails from ", "email from ", "inquiries from ", "enquiries from ", "interview with ", "approached by ", "contacted by ", "obtained by ", "seen by ", "reviewed by "} {
		if strings.HasSuffix(b, w) {
			return "confirmed by what it says of itself"
		}
	}
	a := strings.ToLower(after[:min(len(after), 40)])
	for _, w := range [...]string{" could not reach", " has not been able to", " could not verify", " could not independently", " has seen ", " was unable to", " understands that"} {
		if strings.HasPrefix(a, w) {
			return "confirmed by what it says of itself"
		}
	}
	return ""
}

func endsInSeparator(s string) bool {
	t := strings.TrimRight(s, " ")
	for _, m := range [...]string{"|", "•", "·", "»", ">"} {
		if strings.HasSuffix(t, m) {
			return true
		}
	}
	return len(t) < len(s) && (strings.HasSuffix(t, "-") || strings.HasSuffix(t, "–") || strings.HasSuffix(t, "—"))
}

// isStaffLine knows the by-line of a nameless reporter: "Xton Courier
// Reporter", "By Courier staff", "Staff of The Xton Courier".
func isStaffLine(s, name string) bool {
	s = strings.TrimSpace(s)
	if len(s) > 3 && strings.EqualFold(s[:3], "by ") {
		s = s[3:]
	}
	s = strings.TrimPrefix(s, "The ")
	for _, w := range [...]string{" reporter", " reporters", " staff", " staff reporter", " staff writer", " staff reporters", " correspondent", " newsroom", " news desk", " desk", " newsdesk", " bureau", " editorial board", " team"} {
		if n := len(s) - len(w); n > 0 && strings.EqualFold(s[n:], w) && shortNameOf(s[:n], name) {
			return true
		}
	}
	for _, w := range [...]string{"Staff of ", "Reporter of "} {
		if strings.HasPrefix(s, w) && shortNameOf(strings.TrimPrefix(strings.TrimPrefix(s[len(w):], "the "), "The "), name) {
			return true
		}
	}
	return false
}

// shortNameOf reports whether s is a paper's name, or its last word as the
// paper calls itself: "Lantern" for "The Capital Lantern".
func shortNameOf(s, name string) bool {
	name = strings.TrimPrefix(name, "The ")
	if strings.EqualFold(s, name) {
		return true
	}
	k := strings.LastIndexByte(name, ' ')
	return k > 0 && len(s) >= 4 && strings.EqualFold(s, name[k+1:]) && !furniture().section.exact[strings.ToLower(s)]
}

// rightsHolder finds the first notice of rights that names its holder, if
// that is no agency.
func (p *page) rightsHolder() text.Span {
	for i := range p.lines {
		l := &p.lines[i]
		if l.label != news.Rights || len(l.s) > 300 {
			continue
		}
		at := holderIn(l.s)
		if at.Empty() {
			continue
		}
		if a, ok := agencyIn(at.Of(l.s)); ok && !a.publisher {
			continue
		}
		return shift(at, l.at.Start)
	}
	return text.Span{}
}

// holderIn reads the holder from "Copyright 2023 The Xton Times. All rights
// reserved", "© 2024 Xton Courier Ltd", "Xton Courier © 2024".
func holderIn(s string) text.Span {
	i := noticeMark(s)
	if i < 0 {
		return text.Span{}
	}
	from := i
	for {
		rest := s[from:]
		n := 0
		low := strings.ToLower(rest[:min(len(rest), 10)])
		for _, w := range [...]string{"copyright", "©", "(c)", "by ", "c "} {
			if strings.HasPrefix(low, w) {
				n = len(w)
				break
			}
		}
		if n == 0 && rest != "" && (isDigit(rest[0]) || strings.IndexByte(" -,.:|", rest[0]) >= 0) {
			n = 1
		}
		if n == 0 && strings.HasPrefix(rest, "–") {
			n = len("–")
		}
		if n == 0 {
			break
		}
		from += n
	}
	end := from
	for end < len(s) {
		if strings.IndexByte(",;|([", s[end]) >= 0 || strings.HasPrefix(s[end:], " - ") || strings.HasPrefix(s[end:], "•") || strings.HasPrefix(s[end:], "·") || strings.HasPrefix(s[end:], " – ") || strings.HasPrefix(s[end:], " All rights") || strings.HasPrefix(s[end:], " All Rights") || strings.HasPrefix(s[end:], " ALL RIGHTS") {
			break
		}
		if s[end] == '.' && (end+1 == len(s) || s[end+1] == ' ') {
			break
		}
		end++
	}
	at := trimSpan(s, text.Span{Start: from, End: end})
	if at.Empty() && i > 4 {
		at = trimSpan(s, text.Span{Start: 0, End: i}).Trim(s, " |,-")
	}
	// "Xton Courier Ltd": the company's form is no part of the name.
	for {
		name := at.Of(s)
		k := strings.LastIndexByte(name, ' ')
		if k < 0 || !companyForms[strings.ToLower(strings.TrimRight(name[k+1:], "."))] {
			break
		}
		at.End = at.Start + k
		at = at.Trim(s, " ,&")
	}
	name := at.Of(s)
	if len(name) < 4 || len(name) > 50 || strings.Count(name, " ") >= mastheadWords || strings.ContainsAny(name, "@:\"“”?!") || !titleWords(name) {
		return text.Span{}
	}
	switch strings.ToLower(name) {
	case "all rights reserved", "the author", "the authors", "getty", "getty images", "shutterstock", "istock", "nurphoto", "alamy", "terms of use", "privacy policy":
		return text.Span{}
	}
	return at
}

var companyForms = map[string]bool{"ltd": true, "limited": true, "inc": true, "llc": true, "plc": true, "gmbh": true, "ag": true, "corp": true, "co": true, "pty": true, "llp": true, "s.a": true, "company": true, "corporation": true, "pvt": true}

// noticeMark finds what opens a notice of rights: "©", "(c)", "Copyright".
func noticeMark(s string) int {
	best := -1
	for _, w := range [...]string{"©", "(c) ", "(C) ", "Copyright", "COPYRIGHT"} {
		if k := strings.Index(s, w); k >= 0 && (best < 0 || k < best) {
			best = k
		}
	}
	return best
}

// houseWords may follow the paper's name in that of its house.
var houseWords = []string{"media", "group", "publishing", "publications", "news", "newspapers", "newspaper", "online", "digital", "network", "press", "holdings", "company", "communications"}

// sameHolder reports whether the holder of the rights is the paper or the
// house that bears its name.
func sameHolder(holder, name string) bool {
	h, n := strings.ToLower(strings.TrimPrefix(holder, "The ")), strings.ToLower(strings.TrimPrefix(name, "The "))
	if h == "" || n == "" {
		return false
	}
	if h == n {
		return true
	}
	rest, ok := strings.CutPrefix(h, n+" ")
	if !ok {
		return false
	}
	for w := range strings.FieldsSeq(rest) {
		if !slices.Contains(houseWords, w) {
			return false
		}
	}
	return true
}

// squeezeName spells a name as hosts do.
func squeezeName(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// fitsInitials reports whether short is made of the initials of long: "NPA"
// of "Norland Press Agency", small words left out.
func fitsInitials(short, long string) bool {
	k := 0
	for w := range strings.FieldsSeq(long) {
		r, n := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) {
			continue
		}
		if k+n > len(short) || short[k:k+n] != w[:n] {
			return k == 0 && strings.EqualFold(w, "The") && fitsInitials(short, strings.TrimSpace(long[len(w):]))
		}
		k += n
	}
	return k == len(short) && k >= 2
}

// isNavBar knows the bar of a site's sections: "Home | News | Sport", "Home
// News Sport Weather".
func isNavBar(s, low string) bool {
	if len(s) > titleBytes || len(s) < 10 {
		return false
	}
	f := furniture()
	section, navigation := f.section.exact, f.navigation.exact
	if strings.ContainsAny(s, "|•·") {
		pieces, menu, letters := 0, 0, false
		for piece := range strings.FieldsFuncSeq(low, func(r rune) bool { return r == '|' || r == '•' || r == '·' }) {
			if piece = strings.TrimSpace(piece); piece == "" {
				continue
			}
			pieces++
			if len(piece) > 28 || strings.Count(piece, " ") > 3 {
				return false
			}
			letters = letters || isLetter(piece[0])
			if section[piece] || navigation[piece] {
				menu++
			}
		}
		return letters && pieces >= 3 && menu >= 2 && menu*3 >= pieces
	}
	if ending(s) != 0 {
		return false
	}
	n := 0
	for w := range strings.FieldsSeq(low) {
		if !section[w] {
			return false
		}
		n++
	}
	return n >= 4 || n == 3 && strings.HasPrefix(low, "home ")
}
