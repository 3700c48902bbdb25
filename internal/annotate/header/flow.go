package header

import (
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// page is a page on its way through the rules: head, body, tail.
type page struct {
	src   string
	given news.Given
	lines []line

	start    int // index of the first line of the body; len(lines) if there is none
	headline int // index of the line with the headline, -1 if there is none
	title    text.Span
	site     text.Span // the outlet's name in the furniture
	siteRule string
}

// read labels all lines.
func read(src string, given news.Given) *page {
	p := &page{src: src, given: given, lines: splitLines(src), headline: -1}
	for i := range p.lines {
		l := &p.lines[i]
		l.dates = datesIn(l.s)
		if o, ok := readDateline(l.s); ok {
			l.dateline = &o
		}
		l.weigh()
		l.settleAlone()
	}
	p.repeated()
	p.gallery()
	p.captionsByNeighbour()
	p.start = p.findBody()
	p.captionsOfHead()
	p.findHeadline()
	p.labelHead()
	p.labelRest()
	for i := range p.lines {
		if p.lines[i].label == "" {
			p.lines[i].settle(news.Navigation, "left over", 0.3)
		}
	}
	return p
}

// isPhotoish reports whether a line belongs to a picture.
func (l *line) isPhotoish() bool {
	return l.label == news.Caption || l.label == news.Credit || l.label == news.GalleryCounter
}

// repeated marks paragraphs that stand twice in a page: captions, as galleries
// print them for the small and the large picture. The body's own lines count
// when the copy stands before any of them.
func (p *page) repeated() {
	seen := map[string]int{}
	prosed := 0
	for i := range p.lines {
		l := &p.lines[i]
		if l.form == scrap || len(l.s) < 40 {
			continue
		}
		key := l.s
		if l.label == news.Caption && !l.photo.caption.Empty() {
			key = l.photo.caption.Of(l.s)
		}
		first, ok := seen[key]
		if !ok {
			seen[key] = i
		}
		if l.label == "" && l.form == prose {
			prosed++
		}
		if !ok || l.label != "" && p.lines[first].label != "" || i-first > 12 {
			continue
		}
		if l.form == prose && (i-first <= 2 || l.photo.points > 0 || l.label == news.Caption || p.lines[first].label == news.Caption) && prosed <= 4 && l.dateline == nil {
			for _, k := range [...]int{first, i} {
				if p.lines[k].label == "" {
					p.lines[k].settleCaption("caption printed twice", 0.8)
				}
			}
		}
	}
}

// captionsByNeighbour settles lines that may be captions and stand beside a
// credit, a counter or a sure caption.
func (p *page) captionsByNeighbour() {
	for i := range p.lines {
		l := &p.lines[i]
		if l.label != "" || l.form == scrap {
			continue
		}
		if i > 0 && l.form != title && l.dateline == nil {
			// A counter heads nothing but a caption; galleries print it long
			// and cut short.
			above := &p.lines[i-1]
			if above.label == news.GalleryCounter || above.label == news.Caption && len(l.s) > 50 && len(above.s) > 50 && above.s[:40] == l.s[:40] {
				l.settleCaption("caption under a counter", 0.85)
				continue
			}
		}
		if l.photo.points < 1 || l.form == title && l.photo.points < 2 {
			continue
		}
		beside := i+1 < len(p.lines) && p.lines[i+1].label == news.Credit ||
			i > 0 && (p.lines[i-1].label == news.GalleryCounter || p.lines[i-1].label == news.Credit)
		if beside || l.photo.points >= 2 && (i > 0 && p.lines[i-1].isPhotoish() || i+1 < len(p.lines) && p.lines[i+1].isPhotoish()) {
			l.settleCaption("caption beside a credit", 0.85)
		}
	}
}

// gallery settles the pages that are all pictures: where credits are nearly as
// many as paragraphs, a paragraph above a credit is a caption.
func (p *page) gallery() {
	credits, paragraphs := 0, 0
	for i := range p.lines {
		l := &p.lines[i]
		switch {
		case l.label == news.Credit, l.label == "" && l.form != prose && len(l.s) < 60 && strings.IndexByte(l.s, ',') > 0 && isCredit(l.s):
			credits++
		case l.form == prose:
			paragraphs++
		}
	}
	if credits < 4 || credits*3 < paragraphs*2 {
		return
	}
	for i := 0; i+1 < len(p.lines); i++ {
		l, next := &p.lines[i], &p.lines[i+1]
		if l.label != "" && l.label != news.Body || l.form != prose && l.form != sentence {
			continue
		}
		if next.label == news.Credit || next.label == "" && next.form != prose && len(next.s) < 60 && isCredit(next.s) {
			l.settleCaption("caption in a gallery", 0.8)
			l.dateline = nil
			if next.label == "" {
				next.settle(news.Credit, "credit in a gallery", 0.8)
			}
		}
	}
}

// isHeadMark reports whether a line is one that stands between headline and
// body: a by-line or a stamp with a date.
func (l *line) isHeadMark() bool {
	switch l.label {
	case news.BylineLine:
		return l.rule == "by-line" || l.rule == "by-line with a stamp"
	case news.Timestamp:
		return len(l.dates) > 0 || strings.Contains(l.low, " ago")
	}
	return false
}

// findBody returns the index of the first line of the body: the line with the
// dateline, else the first paragraph behind the by-line and stamps of the
// head, else the first paragraph.
func (p *page) findBody() int {
	before := 0
	for i := range p.lines {
		l := &p.lines[i]
		if l.dateline != nil && l.label == news.Body && (!l.dateline.alone || p.proseFollows(i)) {
			return i
		}
		if l.label == "" && l.form == prose {
			if before += len(l.s); before > 1500 {
				break
			}
		}
	}
	first, paragraphs := -1, 0
	total := 0
	for i := range p.lines {
		if p.lines[i].label == "" && p.lines[i].form == prose {
			total++
		}
	}
	for i := range p.lines {
		l := &p.lines[i]
		if l.label == "" && l.form == prose {
			if paragraphs < 2 && bio(l.low) && total > 2 {
				l.settle(news.BylineLine, "about the author", 0.6)
				continue
			}
			paragraphs++
			if first < 0 {
				first = i
			}
			continue
		}
		if first >= 0 && l.isHeadMark() && paragraphs <= 3 && total-paragraphs >= 2 && i-first <= 12 {
			first = -1
		}
		if paragraphs > 3 {
			break
		}
	}
	if first >= 0 {
		if p.isDek(first) {
			for i := first + 1; i < len(p.lines); i++ {
				if p.lines[i].label == "" && p.lines[i].form == prose {
					return i
				}
			}
		}
		return first
	}
	// Text in short sentences only.
	for i := range p.lines {
		if p.lines[i].label == "" && p.lines[i].form == sentence && len(p.lines[i].s) > 50 {
			return i
		}
	}
	return len(p.lines)
}

// isDek reports whether paragraph i is the line under the headline rather than
// the first of the body: one short sentence, right under a title, and parted
// from the next paragraph by a picture's credit or caption.
func (p *page) isDek(i int) bool {
	l := &p.lines[i]
	if i == 0 || i+2 >= len(p.lines) || len(l.s) > 180 || strings.Contains(l.s, ". ") || l.dateline != nil {
		return false
	}
	above := &p.lines[i-1]
	if above.label != "" || above.form != title {
		return false
	}
	k := i + 1
	for k < len(p.lines) && p.lines[k].isPhotoish() {
		k++
	}
	return k > i+1 && k < len(p.lines) && p.lines[k].label == "" && p.lines[k].form == prose
}

func (p *page) proseFollows(i int) bool {
	for k := i + 1; k < len(p.lines) && k <= i+4; k++ {
		if p.lines[k].label == "" && (p.lines[k].form == prose || p.lines[k].form == sentence) {
			return true
		}
	}
	return false
}

// captionsOfHead settles paragraphs before the body: beside a picture's credit
// they are captions.
func (p *page) captionsOfHead() {
	for i := 0; i < p.start; i++ {
		l := &p.lines[i]
		if l.label != "" || l.form != prose && l.form != sentence {
			continue
		}
		if i > 0 && p.lines[i-1].isPhotoish() || i+1 < len(p.lines) && p.lines[i+1].isPhotoish() || l.photo.points > 0 && l.form == prose {
			l.settleCaption("paragraph before the body, beside a picture", 0.7)
		}
	}
	// The first "paragraph" may be the caption of a picture whose credit
	// stands before it.
	if p.start < len(p.lines) && p.start > 0 {
		l := &p.lines[p.start]
		if l.dateline == nil && l.label == "" && p.lines[p.start-1].label == news.Credit && (l.photo.points > 0 || presentAction(l.low)) {
			l.settleCaption("first paragraph, under a credit", 0.65)
			p.start = p.findBody()
		}
	}
}

// findHeadline chooses the line with the headline among the titles before the
// body.
func (p *page) findHeadline() {
	best, score := -1, 0
	end := p.start
	if end == len(p.lines) {
		end = min(end, 40)
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
	if end > 0 && p.lines[0].label == "" && p.lines[0].words >= 2 && nameLike(p.lines[0].s) && p.start < len(p.lines) && p.lines[p.start].dateline != nil {
		// "Factory Inaugurated": as short as a name.
		p.headline, p.title = 0, p.lines[0].at
		p.lines[0].settle(news.Headline, "headline of a few words", 0.6)
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
	for k := i + 1; k < len(p.lines); k++ {
		if p.lines[k].heading && k+1 < len(p.lines) && strings.HasPrefix(p.lines[k+1].s, strings.TrimRight(l.s, "….")) {
			return 0
		}
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
	for k := range p.lines {
		if k == i || len(l.s) < 20 || k > i+30 && k > p.start {
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

// labelHead settles what is left before the body.
func (p *page) labelHead() {
	inList := false
	for i := 0; i < p.start; i++ {
		l := &p.lines[i]
		if l.heading {
			inList = true
		}
		if l.label == news.Credit && l.rule == "credit line" && i > p.headline && p.headline >= 0 && isAgencyOrName(l.s) && isUpper(l.s[0]) && (!strings.Contains(l.s, "/") || strings.Contains(l.s, " and ")) &&
			!(i > 0 && p.lines[i-1].isPhotoish()) && !p.lines[i+1].isPhotoish() {
			l.settle(news.BylineLine, "name and agency in the head", 0.7)
		}
		if l.label != "" {
			continue
		}
		after := p.headline >= 0 && i > p.headline
		switch {
		case inList && (l.form == title || isBullet(l.s)):
			l.settle(news.Related, "listed under a related heading", 0.8)
			continue
		case i > 0 && p.lines[i-1].isPhotoish() && isAgencyOrName(l.s) && i+1 < len(p.lines) && p.lines[i+1].label == news.Timestamp:
			l.settle(news.BylineLine, "name or agency before a stamp", 0.75)
		case i > 0 && (p.lines[i-1].label == news.Caption) && nameLike(l.s):
			l.settle(news.Credit, "name under a caption", 0.75)
		case i > 0 && p.lines[i-1].label == news.Caption && isCredit(l.s) && len(l.s) < 60:
			l.settle(news.Credit, "name and agency under a caption", 0.75)
		case strings.HasSuffix(l.s, ")") && nameLike(strings.SplitN(l.s, "(", 2)[0]) && isAgencyOrName(l.s):
			l.settle(news.Credit, "name with an agency in brackets", 0.7)
		case p.headline < 0 && !p.isAgencyLine(l.s) && p.knowsSite(l.s), p.headline > i && p.knowsSite(l.s):
			l.settle(news.Navigation, "the site's name", 0.8)
		case isAgencyOrName(l.s):
			l.settle(news.BylineLine, "name or agency in the head", 0.75)
		case after && l.words >= 4 && (l.form == title || l.form == sentence || l.form == prose):
			l.settle(news.Headline, "dek", 0.6)
		case l.form == prose && p.headline < 0:
			l.settle(news.Headline, "dek", 0.4)
		default:
			l.settle(news.Navigation, "unknown line of the head", 0.5)
		}
		inList = false
	}
}

func (p *page) isAgencyLine(s string) bool {
	_, ok := agencyNamed(s)
	return ok
}

// isAgencyOrName knows "Associated Press", "Jill Smith, AP", "Jill Smith",
// "Jo Li and Max Roe | CNN".
func isAgencyOrName(s string) bool {
	if len(s) > 110 || strings.ContainsAny(s, "?!:\"“") {
		return false
	}
	s = strings.Trim(s, " •|,")
	persons, offices := 0, 0
	for piece := range splitNames(s) {
		switch _, known := agencyNamed(piece); {
		case known, outletNames()[strings.ToLower(piece)]:
			offices++
		case isOffice(piece):
			offices++
		case nameLike(piece):
			persons++
		default:
			return false
		}
	}
	return persons > 0 && (persons > 1 || offices > 0 || strings.Count(s, " ") <= 3) || offices > 0 && persons == 0 && strings.Count(s, " ") <= 4
}

// splitNames yields the pieces of "A B, C D and E F / AP".
func splitNames(s string) func(func(string) bool) {
	return func(yield func(string) bool) {
		s = strings.ReplaceAll(s, " and ", ",")
		s = strings.ReplaceAll(s, " & ", ",")
		for piece := range strings.FieldsFuncSeq(s, func(r rune) bool {
			return r == ',' || r == '/' || r == '|' || r == '•' || r == '—' || r == '–' || r == '(' || r == ')' || r == ';'
		}) {
			if piece = strings.TrimSpace(piece); piece != "" && !yield(piece) {
				return
			}
		}
	}
}

// isOffice knows what stands behind a name in a by-line: "AP Diplomatic
// Writer", "Staff Reporter", "Smith Associated Press".
func isOffice(s string) bool {
	if strings.Count(s, " ") > 6 || !allCapitalised(s) {
		return false
	}
	low := strings.ToLower(s)
	for _, w := range [...]string{"associated press", "writer", "correspondent", "reporter", "editor", "bureau", "agency", "news service", "columnist"} {
		if strings.HasSuffix(low, w) {
			return true
		}
	}
	return false
}

// labelRest walks through body and tail.
func (p *page) labelRest() {
	last := p.lastParagraph()
	inList := 0        // lines since a related heading, 0 when not in a list
	deep := false      // behind the agency's trailer or a rights notice
	afterMark := false // behind an end mark
	for i := p.start; i < len(p.lines); i++ {
		l := &p.lines[i]
		if l.heading && l.label == news.Related {
			inList = 1
			continue
		}
		if l.label == news.BylineLine && l.rule == "agency trailer" || l.label == news.Rights || l.label == news.EndMark && l.rule == "end mark" && strings.Contains(l.low, "end") {
			deep = deep || i > p.start+1 && i+12 > last
		}
		if l.label == news.EndMark {
			afterMark = true
		}
		if l.label != "" {
			if l.label == news.Body {
				inList = 0
			}
			if inList > 0 && i > last && (l.label == news.Timestamp || l.bare == "published" || l.bare == "updated") {
				l.settle(news.Related, "stamp in a list", 0.7)
				l.parts = nil
			}
			if inList > 0 && l.label == news.Caption && l.conf < 0.9 {
				l.settle(news.Related, "listed under a related heading", 0.7)
				l.parts = nil
			}
			continue
		}
		switch l.form {
		case prose:
			if inList > 0 && (i > last || !p.resumes(i, inList)) {
				inList++
				l.settle(news.Related, "listed under a related heading", 0.7)
				continue
			}
			inList = 0
			if deep && i > last {
				l.settle(news.Promo, "paragraph behind the end", 0.5)
				continue
			}
			if bio(l.low) && i >= last {
				l.settle(news.BylineLine, "about the author", 0.6)
				continue
			}
			l.settle(news.Body, "paragraph", 0.9)
		case sentence:
			switch {
			case inList > 0 && (i > last || inList > 1):
				inList++
				l.settle(news.Related, "listed under a related heading", 0.7)
			case inList > 0:
				inList++
				l.settle(news.Related, "listed under a related heading", 0.6)
			case i > last && (deep || afterMark && i > last+1):
				l.settle(news.Promo, "sentence behind the end", 0.5)
			default:
				l.settle(news.Body, "short sentence in the body", 0.8)
			}
		default:
			p.labelTitle(i, last, &inList, deep)
		}
	}
}

// labelTitle settles a line without an end at or behind the start of the body.
func (p *page) labelTitle(i, last int, inList *int, deep bool) {
	l := &p.lines[i]
	near := i > 0 && p.lines[i-1].isPhotoish()
	switch {
	case *inList > 0:
		*inList++
		l.settle(news.Related, "listed under a related heading", 0.85)
	case near && (nameLike(l.s) || isCredit(l.s) && len(l.s) < 60):
		l.settle(news.Credit, "name under a caption", 0.7)
	case i < last && (l.s[len(l.s)-1] == ':' || ending(l.s) == '"' && l.words >= 4 || ending(l.s) == ':'):
		l.settle(news.Body, "words before a quote or a list", 0.7)
	case i < last && len(l.s) > 110 && l.words > 14:
		l.settle(news.Body, "paragraph without an end", 0.7)
	case i < last && isBullet(l.s) && l.words >= 3:
		l.settle(news.Body, "item of a list in the body", 0.6)
	case i < last && l.words >= 2 && (ending(l.s) == '?' || ending(l.s) == '!'):
		l.settle(news.Body, "short sentence in the body", 0.6)
	case i < last && (l.form == title || l.form == scrap && l.words == 2) && p.betweenParagraphs(i):
		if l.words <= 6 || isCapitals(l.s) {
			l.settle(news.Body, "cross-head", 0.5)
		} else {
			l.settle(news.Related, "link between paragraphs", 0.5)
		}
	case i < last:
		l.settle(news.Navigation, "scrap in the body", 0.5)
	case i == last+1 && !deep && len(l.s) > 90 && l.words > 14:
		l.settle(news.Body, "last paragraph without an end", 0.6)
	case !deep && (ending(l.s) == '"' || ending(l.s) == '?' || ending(l.s) == '!') && i <= last+2 && l.words >= 5:
		l.settle(news.Body, "last words in quotation marks", 0.6)
	case isAgencyOrName(l.s) && i <= last+3:
		l.settle(news.BylineLine, "name behind the body", 0.6)
	case l.words >= 4 && len(l.s) >= 24:
		l.settle(news.Related, "title behind the body", 0.7)
	default:
		l.settle(news.Navigation, "scrap behind the body", 0.6)
	}
}

// lastParagraph is the index of the last line that carries the body: behind
// it no two paragraphs stand together outside lists.
func (p *page) lastParagraph() int {
	last := p.start
	inList, gap := false, 0
	for i := p.start; i < len(p.lines); i++ {
		l := &p.lines[i]
		if l.heading {
			inList = true
		}
		switch {
		case l.label == news.Body:
			last, inList, gap = i, false, 0
		case l.label == "" && l.form == prose:
			if inList && !p.resumes(i, 1) || gap > 14 {
				continue
			}
			last, inList, gap = i, false, 0
		case l.label == "" && l.form == sentence && !inList && gap < 4:
			last, gap = i, 0
		default:
			gap++
		}
	}
	return last
}

// resumes reports whether the body goes on with paragraph i after a list of
// links: after a long list one paragraph is not enough to tell.
func (p *page) resumes(i, listed int) bool {
	l := &p.lines[i]
	if isBullet(l.s) || len(l.s) < 80 {
		return false
	}
	if listed <= 5 {
		return true
	}
	seen := 0
	for k := i + 1; k < len(p.lines) && k <= i+4; k++ {
		if p.lines[k].label == "" && p.lines[k].form == prose {
			seen++
		}
	}
	return seen >= 1
}

// betweenParagraphs reports whether prose stands close before and behind i.
func (p *page) betweenParagraphs(i int) bool {
	before, after := false, false
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		before = before || p.lines[k].label == news.Body
	}
	for k := i + 1; k < len(p.lines) && k <= i+3; k++ {
		after = after || p.lines[k].label == news.Body || p.lines[k].label == "" && (p.lines[k].form == prose || p.lines[k].form == sentence)
	}
	return before && after
}

// bio knows the line that presents the author, beside or behind the body:
// "Jill Smith is a columnist …", "He teaches …".
func bio(low string) bool {
	if len(low) > 600 || strings.ContainsAny(low, `"`) {
		return false
	}
	k := -1
	for _, w := range [...]string{" is a ", " is an ", " is the ", " teaches ", " covers ", " was a ", " was the ", " writes about ", " is editor", " is co-"} {
		if j := strings.Index(low, w); j > 3 && j < 44 && (k < 0 || j < k) {
			k = j + len(w) - 1
		}
	}
	if k < 0 || strings.Count(low[:k], " ") > 6 {
		return false
	}
	rest := low[k:min(len(low), k+110)]
	for _, w := range [...]string{
		" reporter", " journalist", " fellow", " author of", "columnist", " staff writer", " professor", "correspondent", "contributor", " contributing ", "editor", " freelance",
		" senior writer", "syndicated", " star of ", " featured expert", " award-winning", " teaches ", " covers ", " lecturer", " historian at", " host of ", " writes about ", " writer ", " writer and", " writer for", " analyst at", " analyst for", " staff member", " producer",
	} {
		if strings.Contains(rest, w) {
			return true
		}
	}
	return false
}
