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
	listed   map[string]bool
	site     text.Span // the outlet's name in the furniture
	siteRule string
	holder   text.Span // who holds the rights, as the notice says
}

// read labels all lines.
func read(src string, given news.Given, standing []news.Standing) *page {
	p := &page{src: src, given: given, lines: splitLines(src), headline: -1}
	for i := range p.lines {
		l := &p.lines[i]
		l.dates = datesIn(l.s)
		if o, ok := readDateline(l.s); ok {
			l.dateline = new(opening) // not &o: that would cost every line an allocation
			*l.dateline = o
		}
		l.weigh()
		l.settleAlone()
	}
	p.posts()
	p.findMasthead()
	p.settleStanding(standing)
	p.repeated()
	p.gallery()
	p.captionsByNeighbour()
	p.start = p.findBody()
	p.captionsOfHead()
	p.findHeadline()
	p.labelHead()
	p.labelRest()
	p.cutTrailers()
	for i := range p.lines {
		if p.lines[i].label == "" {
			p.lines[i].settle(news.Navigation, "left over", 0.3)
		}
	}
	return p
}

// posts keeps the words of posts with the body: what stands before "— Name
// (@account) March 2, 2024".
func (p *page) posts() {
	for i := 1; i < len(p.lines); i++ {
		if before := &p.lines[i-1]; p.lines[i].rule == "tweet signature" && before.label == "" && len(before.s) < 480 {
			before.settle(news.Body, "words of a post", 0.7)
		}
	}
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
			if paragraphs < 2 && bio(l.s, l.low) && total > 2 {
				l.settle(news.BylineLine, "about the author", 0.6)
				continue
			}
			paragraphs++
			if first < 0 {
				first = i
			}
			continue
		}
		most, least := 0, 2 // paragraphs before a mark, and behind it
		if l.isStandingMark() {
			most, least = 1, 1 // a deck
		}
		if l.isHeadMark() {
			most = 3
		}
		if first >= 0 && paragraphs <= most && total-paragraphs >= least && i-first <= 12 {
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
		if l.standing.Tail && !l.standing.Head && i >= last {
			deep = true
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
			if bio(l.s, l.low) && i >= last {
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
		if l.words >= 6 && beginsProse(l.s) {
			l.settle(news.Body, "paragraph without an end", 0.5)
		} else if l.words <= 6 || isCapitals(l.s) {
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
	case isAgencyOrName(l.s) && i <= last+3 && l.s[len(l.s)-1] != '.':
		l.settle(news.BylineLine, "name behind the body", 0.6)
	case l.words >= 4 && len(l.s) >= 24:
		l.settle(news.Related, "title behind the body", 0.7)
	default:
		l.settle(news.Navigation, "scrap behind the body", 0.6)
	}
}

// beginsProse knows first words that titles of other stories do not have.
func beginsProse(s string) bool {
	w, _, _ := strings.Cut(s, " ")
	switch w {
	case "But", "And", "He", "She", "They", "It", "Yet", "Still", "So", "We", "I", "Then", "However,", "Meanwhile,", "Also,":
		return true
	}
	return false
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
func bio(s, low string) bool {
	if len(s) > 600 || strings.Contains(low, `"`) {
		return false
	}
	k := -1
	for _, w := range [...]string{" is a ", " is an ", " is the ", " teaches ", " covers ", " was a ", " was the ", " writes about ", " is editor", " is co-", " is director"} {
		if j := strings.Index(s[:min(len(s), 43+len(w))], w); j > 1 && (k < 0 || j < k) {
			k = j
		}
	}
	if k < 0 || !nameLike(s[:k]) && s[:k] != "He" && s[:k] != "She" {
		return false
	}
	rest := strings.ToLower(s[k:min(len(s), k+120)])
	for _, w := range [...]string{
		" reporter", " journalist", " fellow", " author of", "columnist", " staff writer", " professor", "correspondent", "contributor", " contributing ", "editor", " freelance",
		" senior writer", "syndicated", " star of ", " featured expert", " award-winning", " teaches ", " covers ", " lecturer", " historian at", " host of ", " writes about ", " writer ", " writer and", " writer for", " analyst at", " analyst for", " staff member", " producer", " director of ",
	} {
		if strings.Contains(rest, w) {
			return true
		}
	}
	return false
}

// cutTrailers parts an agency's trailer from the last paragraph, where a site
// has run them together: "… he said. (Reporting by A; Editing by B)".
func (p *page) cutTrailers() {
	for i := p.start; i < len(p.lines); i++ {
		l := &p.lines[i]
		if l.label != news.Body || len(l.parts) > 0 {
			continue
		}
		if strings.IndexByte(l.s, '(') < 0 {
			continue
		}
		k := strings.LastIndex(l.s, " (")
		if k < 40 || len(l.s)-k > 500 || !isTrailer(strings.ToLower(l.s[k+1:])) {
			continue
		}
		body := trimSpan(l.s, text.Span{Start: 0, End: k})
		l.parts = []news.Part{{Label: news.Body, Span: body}, {Label: news.BylineLine, Span: text.Span{Start: k + 1, End: len(l.s)}}}
		l.rule = "body with the agency's trailer"
	}
}
