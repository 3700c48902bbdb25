package header

import (
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// findHeadline chooses the line with the headline among the titles before the
// body.
func (p *page) findHeadline() {
	best, score := -1, 0
	end := p.start
	if end == len(p.lines) {
		end = min(end, 40)
	}
	end = min(end, headLines)
	p.findListed()
	if i := p.givenTitle(end); i >= 0 {
		p.headline, p.title = i, p.lines[i].at
		p.lines[i].settle(news.Headline, "headline as given, printed in the head", 0.95)
		return
	}
	inList := false
	for i := range end {
		l := &p.lines[i]
		if l.heading {
			inList = true
			continue
		}
		if l.label != "" || l.form == scrap && l.words < 2 || len(l.s) > 280 || l.form == prose || isAgencyOrName(l.s) {
			if l.label != "" {
				inList = false
			}
			continue
		}
		s := p.scoreTitle(i)
		if inList {
			s -= 6
			inList = false
		}
		if s > score {
			best, score = i, s
		}
	}
	if best >= 0 {
		p.headline, p.title = best, p.lines[best].at
		p.cutTitle()
		return
	}
	if end > 0 && p.lines[0].label == "" && p.lines[0].words >= 2 && nameLike(p.lines[0].s) && p.start < len(p.lines) && p.lines[p.start].dateline != nil && p.lines[p.start].dateline.agency.name != "" {
		// "Factory Inaugurated": as short as a name.
		p.headline, p.title = 0, p.lines[0].at
		p.lines[0].settle(news.Headline, "headline of a few words", 0.6)
		return
	}
	if i := p.standingTitle(end); i >= 0 {
		p.headline, p.title = i, p.lines[i].at
		p.lines[i].settle(news.Headline, "standing headline", 0.5)
		return
	}
	// The headline may stand in a breadcrumb only.
	for i := range end {
		l := &p.lines[i]
		if l.label == news.Navigation && (l.rule == "breadcrumb" || l.rule == "menu phrase") && isCrumb(l.s) {
			if at, site, ok := crumbTitle(l.s); ok {
				p.headline = i
				p.partTitle(i, at, site, "headline in a breadcrumb")
				return
			}
		}
	}
}

// givenTitle is the line among the first end that is the headline as given,
// -1 if none is. Only so is a headline known that is a person's name.
func (p *page) givenTitle(end int) int {
	want := strings.TrimSpace(p.given.Headline)
	if want == "" || p.knowsSite(want) {
		return -1
	}
	for i := range end {
		if l := &p.lines[i]; l.label == "" && !l.heading && strings.EqualFold(want, l.s) && isAgencyOrName(l.s) {
			return i
		}
	}
	return -1
}

// headLines is how far down a page a headline is looked for. Heads of real
// pages stay below 60 lines; the bound keeps the search linear.
const headLines = 200

// findListed notes the first titles under headings of other stories.
func (p *page) findListed() {
	p.listed = map[string]bool{}
	for i := 1; i < len(p.lines); i++ {
		if p.lines[i-1].heading {
			p.listed[strings.TrimRight(p.lines[i].s, "….")] = true
		}
	}
}

// scoreTitle weighs how much line i looks like the headline of the page.
func (p *page) scoreTitle(i int) int {
	l := &p.lines[i]
	s := 0
	switch {
	case l.words >= 4 && l.words <= 24:
		s += 4
	case l.words == 3:
		s += 2
	case l.words == 2:
		s++
	default:
		return 0
	}
	if len(l.s) >= 24 {
		s++
	}
	if isBullet(l.s) || strings.HasPrefix(l.s, "|") || strings.HasSuffix(l.s, "•") {
		s -= 4
	}
	if p.knowsSite(l.s) {
		return 0
	}
	if k := strings.LastIndexByte(l.s, ' '); k > 0 && isClock(l.s[k+1:]) {
		return 0 // "Title of a video 04:45"
	}
	// Linked elsewhere on the page, under a heading of other stories.
	if p.listed[strings.TrimRight(l.s, "….")] {
		return 0
	}
	switch ending(l.s) {
	case '.':
		s -= 3
	case '…', ',', ':', ';':
		s -= 2
	}
	if nameLike(l.s) && l.words <= 3 {
		s -= 2
	}
	if !upperFirst(l.s) {
		s -= 2
	}
	if p.given.Headline != "" && strings.EqualFold(strings.TrimSpace(p.given.Headline), l.s) {
		s += 10
	}
	// Printed twice, or inside a longer title line.
	for k := max(0, i-30); k < len(p.lines) && k <= i+30; k++ {
		if k == i || len(l.s) < 20 {
			continue
		}
		if strings.Contains(p.lines[k].s, l.s) {
			s += 4
			break
		}
	}
	// By-line, stamp or dek follow.
	for k := i + 1; k <= i+4 && k < len(p.lines) && k <= p.start; k++ {
		if p.lines[k].isHeadMark() || p.lines[k].label == news.BylineLine || p.lines[k].label == news.Timestamp {
			s += 2
			break
		}
	}
	// Earlier titles win over later ones that are no better.
	earlier := 0
	for k := range i {
		if p.lines[k].label == "" && p.lines[k].form == title && p.lines[k].words >= 4 {
			earlier++
		}
	}
	return s - min(earlier, 2)
}

// cutTitle takes the name of the site, and what precedes the title, out of
// the headline; other lines that hold the headline become mixed lines.
func (p *page) cutTitle() {
	h := &p.lines[p.headline]
	// "Title | Site" where the title stands alone elsewhere has been settled by
	// the score; where it does not, a known site or host decides.
	if at, site, rule := p.titleAndSite(h.s); !site.Empty() {
		p.partTitle(p.headline, at, site, rule)
	} else {
		h.settle(news.Headline, "headline", 0.9)
	}
	clean := p.title.Of(p.src)
	end := min(len(p.lines), max(p.start, p.headline+3))
	for i := range end {
		l := &p.lines[i]
		if i == p.headline || len(clean) < 20 {
			continue
		}
		k := strings.Index(l.s, clean)
		if k < 0 || i == p.start && l.form == prose || l.label == news.Caption || l.label == news.Body {
			continue
		}
		if len(l.s) == len(clean) {
			l.settle(news.Headline, "headline printed again", 0.9)
			l.parts = nil
			continue
		}
		if len(l.s) > len(clean)+140 {
			continue
		}
		tail := text.Span{Start: k + len(clean), End: len(l.s)}
		l.parts = nil
		site := trimSpan(l.s, tail).Trim(l.s, " -|·•:")
		rule := "headline inside a title line"
		if strings.Contains(l.s[:k], ">") || strings.Contains(l.s[:k], "»") {
			rule = "headline inside a breadcrumb"
		}
		p.partLine(i, text.Span{Start: k, End: k + len(clean)}, rule)
		site = trimDashes(l.s, site)
		if !site.Empty() && p.site.Empty() && site.Len() <= 50 && isSiteName(site.Of(l.s)) {
			p.site = shift(site, l.at.Start)
			p.siteRule = rule
		}
	}
}

// isClock knows the running time of a video: "04:45".
func isClock(s string) bool {
	m, x, ok := strings.Cut(s, ":")
	return ok && len(x) == 2 && len(m) <= 2 && isAllDigits(m) && isAllDigits(x)
}

func isSiteName(s string) bool {
	return upperFirst(s) && strings.Count(s, " ") < 6 && !strings.ContainsAny(s, "?!\"“”") && ending(s) == 0
}

func trimDashes(s string, at text.Span) text.Span {
	for !at.Empty() {
		if n := dashLen(s[:at.End], at.Start); n > 0 {
			at.Start = min(at.End, at.Start+n)
			at = trimSpan(s, at)
			continue
		}
		return at
	}
	return at
}

func shift(s text.Span, by int) text.Span {
	if s.Empty() {
		return s
	}
	return text.Span{Start: s.Start + by, End: s.End + by}
}

// titleAndSite parts "Title | Miami Herald" and "Title - BBC News" when the
// tail is a known outlet, an agency or names the page's own host.
func (p *page) titleAndSite(s string) (at, site text.Span, rule string) {
	for i := len(s) - 1; i > 12; i-- {
		n := 0
		switch {
		case s[i] == '|':
			n = 1
		case i+1 < len(s) && s[i-1] == ' ':
			if n = dashLen(s, i); n > 0 && i+n < len(s) && s[i+n] != ' ' {
				n = 0
			}
		}
		if n == 0 {
			continue
		}
		tail := trimSpan(s, text.Span{Start: i + n, End: len(s)})
		if tail.Empty() || tail.Len() > 40 || !p.knowsSite(tail.Of(s)) {
			return text.Span{}, text.Span{}, ""
		}
		head := trimSpan(s, text.Span{Start: 0, End: i})
		return head, tail, "title with the site's name"
	}
	return text.Span{}, text.Span{}, ""
}

// knowsSite reports whether s is the name of an outlet that is known, or is
// spelled in the page's host.
func (p *page) knowsSite(s string) bool {
	if _, ok := agencyNamed(s); ok {
		return true
	}
	if outletNames()[strings.ToLower(s)] || outletNames()["the "+strings.ToLower(s)] {
		return true
	}
	if p.given.Outlet != "" && sameName(p.given.Outlet, s) {
		return true
	}
	host := hostOf(p.given.URL)
	squeezed := strings.ToLower(strings.Map(func(r rune) rune {
		if r == ' ' || r == '.' || r == '-' || r == '\'' || r == '’' {
			return -1
		}
		return r
	}, s))
	return len(squeezed) >= 3 && host != "" && strings.Contains(strings.ReplaceAll(host, "-", ""), strings.TrimPrefix(squeezed, "the"))
}

// crumbTitle reads "Current:Home > FinanceTitle of the story -Site Name".
func crumbTitle(s string) (at, site text.Span, ok bool) {
	i := max(strings.LastIndex(s, " > ")+3, strings.LastIndex(s, " » ")+4)
	if i < 4 {
		return at, site, false
	}
	// A section's name may run into the title: "MyNorth Xland says".
	w := i
	for w < len(s) && isLetter(s[w]) {
		w++
		if w < len(s) && isUpper(s[w]) && isLower(s[w-1]) && w-i >= 2 && s[i:w] != "Mc" && s[i:w] != "Mac" {
			i = w
			break
		}
	}
	at = text.Span{Start: i, End: len(s)}
	if k := strings.LastIndex(s, " -"); k > i && k+2 < len(s) && s[k+2] != ' ' {
		at.End = k
		site = text.Span{Start: k + 2, End: len(s)}
	}
	at = trimSpan(s, at)
	return at, site, strings.Count(at.Of(s), " ") >= 4
}

// partTitle makes line i the one with the headline, at and site inside it.
func (p *page) partTitle(i int, at, site text.Span, rule string) {
	l := &p.lines[i]
	p.partLine(i, at, rule)
	l.settle(news.Headline, rule, 0.85)
	p.title = shift(at, l.at.Start)
	if !site.Empty() && p.site.Empty() {
		p.site, p.siteRule = shift(site, l.at.Start), rule
	}
}

// partLine cuts line i into navigation, headline, navigation.
func (p *page) partLine(i int, at text.Span, rule string) {
	l := &p.lines[i]
	l.parts = nil
	if before := trimSpan(l.s, text.Span{Start: 0, End: at.Start}); !before.Empty() {
		l.parts = append(l.parts, news.Part{Label: news.Navigation, Span: before})
	}
	l.parts = append(l.parts, news.Part{Label: news.Headline, Span: at})
	if after := trimSpan(l.s, text.Span{Start: at.End, End: len(l.s)}); !after.Empty() {
		l.parts = append(l.parts, news.Part{Label: news.Navigation, Span: after})
	}
	label := news.Headline
	if at.Start > 0 {
		label = news.Navigation
	}
	l.settle(label, rule, 0.85)
}
