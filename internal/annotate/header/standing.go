package header

import (
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// StandingRule is the name under which lines are settled that the host prints
// around other reports, too.
const StandingRule = "standing line of the host"

// settleStanding settles the lines that other pages of the host have as well,
// as far as the page itself has not shown what they are: a trailer, a by-line,
// an agency's name, a dateline stay what they are however often they stand.
//
// A page that has no other prose keeps its standing prose: it is the notice, or
// the feature, that is posted again and again.
func (p *page) settleStanding(standing []news.Standing) {
	if len(standing) == 0 {
		return
	}
	own := false // there is prose of this page
	next := 0
	for i := range p.lines {
		l := &p.lines[i]
		for next < len(standing) && standing[next].Number < l.number {
			next++
		}
		if next < len(standing) && standing[next].Number == l.number {
			l.standing = standing[next]
		}
		own = own || l.standing.In == 0 && (l.form == prose && l.label == "" || l.dateline != nil)
	}
	for i := range p.lines {
		l := &p.lines[i]
		if l.standing.In == 0 || l.label != "" || l.form == scrap && l.words < 2 || p.isOurs(l) {
			continue
		}
		switch {
		case l.form == prose || l.form == sentence:
			if own {
				l.settle(news.Promo, StandingRule, 0.8)
			}
		case l.words >= 4:
			l.settle(news.Related, StandingRule, 0.8)
		default:
			l.settle(news.Navigation, StandingRule, 0.8)
		}
	}
}

// isOurs reports whether a line belongs to the page by its words: its given
// headline, who wrote it or whose copy it is, who publishes it.
func (p *page) isOurs(l *line) bool {
	return p.given.Headline != "" && sameName(p.given.Headline, l.s) ||
		isAgencyOrName(l.s) || p.knowsSite(l.s) || bio(l.s, l.low)
}

// standingTitle finds the title of a feature that runs under one headline every
// day: the only line of words in the head that was settled as standing. A link
// to another story comes with its dek, or with more links. It is -1 for none.
func (p *page) standingTitle(end int) int {
	at := -1
	for i := range end {
		l := &p.lines[i]
		if l.rule != StandingRule || l.form == scrap {
			continue
		}
		if at >= 0 || l.form != title {
			return -1
		}
		at = i
	}
	return at
}

// isStandingMark reports whether a line is one that the host prints between
// headline and body. Pictures and advertisements may stand on either side of
// the first paragraph.
func (l *line) isStandingMark() bool {
	if !l.standing.Head || l.standing.Tail || l.isPhotoish() || l.dateline != nil {
		return false
	}
	for _, w := range [...]string{"advert", "ad", "story continue", "article continue", "continue reading", "continue to", "read more", "read the ", "read full", "see also", "skip ad"} {
		if l.bare == w || len(w) > 2 && strings.HasPrefix(l.bare, w) {
			return false
		}
	}
	return true
}
