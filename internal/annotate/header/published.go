package header

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tracewire/tracewire/internal/news"
)

// lastYear bounds the year of a date that is printed without one when nobody
// says when the page was fetched. An annotator has no clock: it is the year in
// which this rule was written, and a text that names a later year moves it.
const lastYear = 2026

// Days between the date of writing and the latest weekday of its first
// paragraphs: agencies date a report on the day of the news or the next
// morning. A page that prints its own report may be slower.
const (
	slackOfCopy = 1
	slackOfOwn  = 3
)

// clues is what the text itself shows of its date.
type clues struct {
	weekdays []int     // weekdays at past reporting verbs, of the first paragraphs
	weak     bool      // they stand at no such verb: good for a choice, not for a verdict
	quote    string    // the first of them as printed: "said Tuesday"
	full     []printed // dates with a year in body and captions, but for file pictures
	event    []printed // those of full that captions give for the picture
	years    []int     // bare years, 1990 on
	latest   time.Time // of event
	pictured bool      // event is not empty
}

// evidence is how many dates of a page are weighed for the year of another: a
// bound, for hostile pages are nothing but dates.
const evidence = 64

func (p *page) clues(lines []news.Line) clues {
	var c clues
	c.weekdays, c.quote, c.weak = ledeWeekdays(p.src, lines)
	for i := range p.lines {
		l := &p.lines[i]
		if l.label != news.Body && l.label != news.Caption {
			continue
		}
		file := l.label == news.Caption && strings.Contains(l.low, "file")
		for _, d := range l.dates {
			if d.year == 0 || file {
				continue
			}
			c.full = append(c.full, d)
			if l.label == news.Caption {
				c.event = append(c.event, d)
			}
		}
		c.years = append(c.years, yearsIn(l.s)...)
	}
	c.latest, c.pictured = latest(c.event)
	c.full = c.full[:min(len(c.full), evidence)]
	return c
}

// yearsIn finds bare years from 1990 to lastYear.
func yearsIn(s string) []int {
	var out []int
	for i := 0; i+4 <= len(s); i++ {
		if (s[i] != '1' && s[i] != '2') || i > 0 && (isAlnum(s[i-1]) || s[i-1] == ',' || s[i-1] == '.' || s[i-1] == '$') {
			continue
		}
		y, e := number(s, i, 4)
		if e-i == 4 && y >= 1990 && y <= lastYear && (e == len(s) || !isAlnum(s[e])) {
			out = append(out, y)
		}
	}
	return out
}

// offset is the number of days from the latest of the weekdays up to d, 0 to
// 6; ok is false if there are none.
func offset(weekdays []int, d time.Time) (days int, ok bool) {
	days = 7
	for _, w := range weekdays {
		days = min(days, (int(d.Weekday())-w+7)%7)
	}
	return days, days < 7
}

// yearOf chooses the year of a date that is printed without one, and says why.
// It is a guess if nothing but a weekday speaks for it, which fits one year in
// seven by chance.
func (p *page) yearOf(month, dayOfMonth int, c clues, stamps []printed) (year int, guess bool, note string) {
	top, bound := lastYear, time.Time{}
	if !p.given.Fetched.IsZero() {
		top = p.given.Fetched.Year()
		bound = p.given.Fetched.AddDate(0, 0, 1)
	}
	low := 1990
	for _, y := range c.years {
		if y > low && y <= top {
			low = y
		}
	}
	// A text may name years to come ("by 2030"), but not the past of its own
	// future: years before the latest that it names count less.
	best, bestScore, reasons := 0, 0, ""
	for y := top; y >= 1990; y-- {
		d := time.Date(y, time.Month(month), dayOfMonth, 0, 0, 0, 0, time.UTC)
		if d.Day() != dayOfMonth || !bound.IsZero() && d.After(bound) {
			continue
		}
		score := 0
		var why []string
		if off, ok := offset(c.weekdays, d); ok {
			switch {
			case off == 0 && c.weak:
				score += 2 // a day that the text may point ahead to
				why = append(why, fmt.Sprintf("it is the %s of %q", d.Weekday(), c.quote))
			case off == 0:
				score += 3
				why = append(why, fmt.Sprintf("it is the %s of %q", d.Weekday(), c.quote))
			case off == 1 && !c.weak:
				score++
				why = append(why, fmt.Sprintf("it is the day after the day of %q", c.quote))
			case !c.weak:
				score -= 3
			}
		}
		weekday := score // what of the score is the weekday's
		if days, ok := nearest(c.full, d); ok {
			switch {
			case days <= 10:
				score += 4
			case days <= 60:
				score += 3
			case days <= 200:
				score += 2
			}
			if days <= 200 {
				why = append(why, "the year stands in the captions or the body")
			}
		}
		if days, ok := nearest(stamps, d); ok && days <= 3 {
			score += 3
			if days <= 1 {
				score += 4 // by chance one page in a hundred; more than any weekday
			}
			why = append(why, "the page's stamp has it")
		}
		for _, g := range p.given.Dates {
			if t, ok := day(g.Value); ok && abs(t, d) <= 3 {
				score += 4
				why = append(why, "the page's mark-up has it")
				break
			}
		}
		if y < low {
			score -= 2
		}
		// A weekday fits one year in seven by chance; that a page is fetched
		// soon after it was written is the rule.
		if since := p.given.Fetched.Sub(d); !p.given.Fetched.IsZero() && since < soon {
			score += 4
			why = append(why, "the page was fetched soon after")
		}
		if score > bestScore {
			best, bestScore, guess, reasons = y, score, score == weekday, strings.Join(why, "; ")
		}
	}
	if best == 0 && !bound.IsZero() {
		y := top
		if time.Date(y, time.Month(month), dayOfMonth, 0, 0, 0, 0, time.UTC).After(bound) {
			y--
		}
		return y, false, fmt.Sprintf("year not printed; %d is the last before the page was fetched", y)
	}
	if best == 0 {
		return 0, false, "year not printed, and nothing in the text tells it"
	}
	return best, guess, fmt.Sprintf("year not printed; %d because %s", best, reasons)
}

// soon is how long after its printing most pages are fetched.
const soon = 30 * 24 * time.Hour

func nearest(dates []printed, d time.Time) (days int, ok bool) {
	for _, x := range dates {
		if t, good := day(x.iso()); good {
			if n := abs(t, d); !ok || n < days {
				days, ok = n, true
			}
		}
	}
	return days, ok
}

func abs(a, b time.Time) int {
	n := int(a.Sub(b).Hours() / 24)
	return max(n, -n)
}

// judgeDates collects every date that claims to be the date of writing, and
// chooses. The dateline's date stands above all; a page's stamp must fit the
// text, and that of a page that copies must fit it closely.
func (p *page) judgeDates(lines []news.Line, d *news.Dateline, copied bool) ([]news.DateCandidate, news.Sourced) {
	c := p.clues(lines)
	var all []news.DateCandidate
	var stamps []printed
	for i := range p.lines {
		l := &p.lines[i]
		if l.label == news.Timestamp || l.label == news.BylineLine {
			for _, x := range l.dates {
				if x.year > 0 {
					stamps = append(stamps, x)
				}
			}
		}
	}

	stamps = append(juche(p.src), stamps[:min(len(stamps), evidence)]...)
	dated := ""
	if d != nil {
		if cand, ok := p.datelineDate(c, stamps); ok {
			cand.Accepted = cand.Value != ""
			dated = cand.Value
			d.Date = cand.Value
			all = append(all, cand)
		}
	}
	taken := dated != ""
	doubt := ""
	if dated == "" {
		doubt = p.scraped(d)
	}
	for _, s := range p.stamps(c, stamps) {
		p.judge(&s, c, dated, copied)
		if s.Accepted && dated == "" {
			distrust(&s, c, doubt, copied)
		}
		all = append(all, s)
	}
	for i := range p.lines {
		l := &p.lines[i]
		if l.label != news.Caption {
			continue
		}
		for _, x := range l.dates {
			if x.year == 0 {
				continue
			}
			all = append(all, news.DateCandidate{
				Span: shift(x.span, l.at.Start), From: "text", Value: x.iso(), Role: "event",
				Note: "day of the picture, given by its caption", Why: news.Why{Rule: "date in a caption", Confidence: 0.9},
			})
		}
	}
	for _, g := range p.given.Dates {
		s := news.DateCandidate{From: g.From, Value: g.Value, Role: g.Role, Why: news.Why{Rule: "date as given", Confidence: 0.8}}
		if s.Role == "" {
			s.Role = "published"
		}
		p.judge(&s, c, dated, copied)
		all = append(all, s)
	}
	if !copied && !taken {
		trustGiven(all)
	}
	if taken {
		for _, x := range all {
			if x.Accepted && x.Role == "dateline" {
				rule := "date of the dateline"
				if x.Why.Rule == news.YearByWeekday {
					rule = x.Why.Rule
				}
				return all, news.Sourced{Value: x.Value, From: "text", Span: x.Span, Why: news.Why{Rule: rule, Confidence: x.Why.Confidence}}
			}
		}
	}
	if pub := choose(all, c); pub.Value != "" {
		return all, pub
	}
	return all, workedOut(c, p.given.Fetched)
}

// doubted is the confidence of a stamp that may be a copying site's: low
// enough for a dated copy of the same text to overrule it.
const doubted = 0.35

// scraped tells what makes the page look like one that copies without care:
// agency copy whose dateline has lost its date, under a stamp set by a machine
// (seconds, "Posted on:") or among counters of shares. "" if nothing does.
func (p *page) scraped(d *news.Dateline) string {
	if d == nil || d.Agency == "" || d.Date != "" {
		return ""
	}
	for i := range p.lines {
		l := &p.lines[i]
		switch {
		case i > p.start+2 || i > headLines:
			return ""
		case l.label == news.Timestamp && len(l.dates) > 0 && (hasSeconds(l.s) || strings.HasPrefix(l.low, "posted on:") || strings.HasPrefix(l.low, "date:")):
			return "the stamp is set by a machine"
		case (l.label == news.Navigation || l.label == news.Promo) && (l.rule == "counter of clicks" || strings.HasPrefix(l.low, "share") && strings.HasSuffix(l.low, ")")):
			return "counters of shares stand beside it"
		}
	}
	return ""
}

// hasSeconds knows a time of day with seconds: "08:41:55".
func hasSeconds(s string) bool {
	for i := 2; i+6 <= len(s); i++ {
		if s[i] == ':' && s[i+3] == ':' && isAllDigits(s[i-2:i]) && isAllDigits(s[i+1:i+3]) && isAllDigits(s[i+4:i+6]) {
			return true
		}
	}
	return false
}

// yearsSince is by how many years a stamp may lie behind the last year that a
// copied text names: news of 2018 often goes back to 2016, seldom only to 2013.
const yearsSince = 4

// distrust lowers the confidence of an accepted stamp: a weekday fits one
// false date in seven by chance. A text that names the stamp's own year bears
// it out.
func distrust(s *news.DateCandidate, c clues, doubt string, copied bool) {
	t, ok := day(s.Value)
	if !ok {
		return
	}
	named := 0
	for _, y := range c.years {
		named = max(named, y)
		if y == t.Year() {
			return
		}
	}
	for _, d := range c.full {
		named = max(named, d.year)
		if d.year == t.Year() {
			return
		}
	}
	switch {
	case doubt != "":
		s.Note = join(s.Note, "but the dateline has no date and "+doubt+": it may be the site's, not the text's")
	case copied && named > 0 && t.Year()-named >= yearsSince:
		s.Note = join(s.Note, fmt.Sprintf("but the copied text names no year after %d: it may be the site's, not the text's", named))
	default:
		return
	}
	s.Why.Confidence = min(s.Why.Confidence, doubted)
}

// trustGiven accepts what the mark-up gives for the date of writing when
// nothing else dates the page, the mark-up gives but one day, and it was
// rejected only for the weekdays of the text: an own page's mark-up knows
// better than "on Saturday", which may point ahead or a week back.
func trustGiven(all []news.DateCandidate) {
	found := -1
	for i, x := range all {
		if x.Accepted {
			return
		}
		if x.From == "text" || x.Role != "published" {
			continue
		}
		if x.Why.Rule != offWeekday {
			continue
		}
		if found >= 0 && day10(all[found].Value) != day10(x.Value) {
			return
		}
		if found < 0 {
			found = i
		}
	}
	if found < 0 {
		return
	}
	x := &all[found]
	x.Accepted = true
	x.Note = join(x.Note, "taken all the same: the only date that the page is given")
	x.Why = news.Why{Rule: "the only date as given", Confidence: 0.5}
}

// The rules by which a date is rejected. A date that none of them rejects
// keeps the name of the rule that found it.
const (
	noDay       = "no full date"
	afterFetch  = "after the page was fetched"
	offDateline = "another day than the dateline's"
	offPicture  = "too far from the pictures' dates"
	offWeekday  = "on another weekday than the text's"
)

// modified is when the page says that it was changed last: the latest date of
// that role in the mark-up that is no earlier than the text's own date and not
// after the page was fetched.
func (p *page) modified(all []news.DateCandidate, published string) news.Sourced {
	best := news.Sourced{}
	for _, x := range all {
		t, ok := day(x.Value)
		switch {
		case x.Role != "modified" || !ok || published != "" && day10(x.Value) < published,
			!p.given.Fetched.IsZero() && t.After(p.given.Fetched.AddDate(0, 0, 2)), day10(x.Value) <= best.Value:
		default:
			best = news.Sourced{Value: day10(x.Value), From: x.From, Why: news.Why{Rule: "latest change as given", Confidence: 0.8}}
		}
	}
	return best
}

func day10(iso string) string { return iso[:min(len(iso), 10)] }

// juche reads the date that KCNA prints behind its reports, "(Juche113.4.7.)":
// the years of that calendar count from 1912.
func juche(src string) []printed {
	if !strings.Contains(src, "Juche") { // far cheaper than a search from the end
		return nil
	}
	k := strings.LastIndex(src, "Juche")
	k += len("Juche")
	for k < len(src) && src[k] == ' ' {
		k++
	}
	y, e := number(src, k, 3)
	m, f := number(src, min(e+1, len(src)), 2)
	d, g := number(src, min(f+1, len(src)), 2)
	if e == k || f == e+1 || g == f+1 || y < 1 || m < 1 || m > 12 || d < 1 || d > 31 {
		return nil
	}
	return []printed{{year: y + 1911, month: m, day: d}}
}

// workedOut dates a text that prints no date of its own from its pictures: the
// latest of them is of the event, and the text's weekday falls on that day or
// within two days after it. One that was taken long before the page was fetched
// comes out of an archive.
func workedOut(c clues, fetched time.Time) news.Sourced {
	if !c.pictured || c.weak || !fetched.IsZero() && fetched.Sub(c.latest) > soon {
		return news.Sourced{}
	}
	for days := 2; days >= 0; days-- {
		d := c.latest.AddDate(0, 0, days)
		if slices.Contains(c.weekdays, int(d.Weekday())) {
			return news.Sourced{Value: d.Format(time.DateOnly), From: "text", Why: news.Why{Rule: "weekday of the text, next to the date of its picture", Confidence: 0.6}}
		}
	}
	return news.Sourced{}
}

// choose takes the best of the accepted candidates when no dateline decides:
// one that falls on the text's own weekday, then what calls itself published,
// then the first.
func choose(all []news.DateCandidate, c clues) news.Sourced {
	best, score := -1, -1
	for i, x := range all {
		if !x.Accepted {
			continue
		}
		s := 1
		if t, ok := day(x.Value); ok {
			if off, has := offset(c.weekdays, t); has && off == 0 {
				s += 4
			}
		}
		if x.Role == "published" {
			s += 2
		}
		if x.Role == "page_stamp" {
			s += 2
		}
		if s > score {
			best, score = i, s
		}
	}
	if best < 0 {
		return news.Sourced{}
	}
	x := all[best]
	return news.Sourced{Value: x.Value[:10], From: x.From, Span: x.Span, Why: news.Why{Rule: x.Why.Rule, Confidence: x.Why.Confidence}}
}

// datelineDate makes the candidate of the dateline's date.
func (p *page) datelineDate(c clues, stamps []printed) (news.DateCandidate, bool) {
	for i := range p.lines {
		l := &p.lines[i]
		if l.label != news.Body || l.dateline == nil {
			continue
		}
		x := l.dateline.date
		if x.month == 0 {
			return news.DateCandidate{}, false
		}
		out := news.DateCandidate{
			Span: shift(x.bare, l.at.Start), From: "text", Role: "dateline",
			Why: news.Why{Rule: "date in the dateline", Confidence: 0.95}, Note: "printed in the dateline",
		}
		if x.year == 0 {
			out.Why.Confidence = 0.85
			p.giveYear(&x, &out, c, stamps)
		}
		out.Value = x.iso()
		return out, true
	}
	return news.DateCandidate{}, false
}

// giveYear gives a date that is printed without its year the one that yearOf
// finds, and says so in its candidate.
func (p *page) giveYear(x *printed, d *news.DateCandidate, c clues, stamps []printed) {
	var guess bool
	x.year, guess, d.Note = p.yearOf(x.month, x.day, c, stamps)
	if guess {
		d.Why = news.Why{Rule: news.YearByWeekday, Confidence: 0.6}
	}
}

// stamps makes the candidates of the page's own stamps.
func (p *page) stamps(c clues, full []printed) []news.DateCandidate {
	var out []news.DateCandidate
	for i := range p.lines {
		l := &p.lines[i]
		for _, part := range l.pieces() {
			if part.Label != news.Timestamp {
				continue
			}
			var inside []printed
			for _, x := range l.dates {
				if part.Span.Contains(x.span) {
					inside = append(inside, x)
				}
			}
			for _, x := range inside {
				at := x.span
				if len(inside) == 1 {
					at = part.Span
				}
				s := news.DateCandidate{Span: shift(at, l.at.Start), From: "text", Role: "page_stamp", Why: news.Why{Rule: "page stamp", Confidence: 0.8}}
				if x.year == 0 {
					p.giveYear(&x, &s, c, full)
				}
				s.Value = x.iso()
				out = append(out, s)
			}
		}
	}
	return out
}

// judge accepts or rejects a stamp, or a date from outside the text.
func (p *page) judge(s *news.DateCandidate, c clues, dated string, copied bool) {
	t, ok := day(s.Value)
	if !ok {
		s.Note = join(s.Note, "no full date")
		s.Why.Rule = noDay
		return
	}
	if !p.given.Fetched.IsZero() && t.After(p.given.Fetched.AddDate(0, 0, 2)) {
		s.Note = join(s.Note, "lies after the day on which the page was fetched")
		s.Why.Rule = afterFetch
		return
	}
	if d, ok := day(dated); ok {
		switch n := abs(t, d); {
		case n <= 1:
			s.Accepted = true
			s.Note = join(s.Note, "agrees with the dateline")
			return
		case t.After(d):
			s.Note = join(s.Note, fmt.Sprintf("%d days after the date of the dateline: the page's stamp, not the text's", n))
		default:
			s.Note = join(s.Note, fmt.Sprintf("%d days before the date of the dateline", n))
		}
		s.Why.Rule = offDateline
		return
	}
	off, has := offset(c.weekdays, t)
	has = has && (!c.weak || off == 0)
	slack := slackOfOwn
	if copied {
		slack = slackOfCopy
	}
	if c.pictured && t.Before(c.latest.AddDate(0, 0, -1)) {
		s.Note = join(s.Note, fmt.Sprintf("earlier than the picture of %s that the page shows", c.latest.Format(time.DateOnly)))
		s.Why.Rule = offPicture
		return
	}
	if c.pictured && t.Sub(c.latest).Hours() > 24*10 && (copied && !has || has && off > 1) && !slices.Contains(c.years, t.Year()) {
		s.Note = join(s.Note, fmt.Sprintf("%d days after the latest picture, of %s", abs(t, c.latest), c.latest.Format(time.DateOnly)))
		s.Why.Rule = offPicture
		return
	}
	if days, ok := nearest(c.full, t); ok && days == 0 && has && off > slack {
		s.Accepted = true
		s.Note = join(s.Note, fmt.Sprintf("the text or its captions name that very day, though it says %q", c.quote))
		return
	}
	if has && off > slack {
		who := "the text"
		if copied {
			who = "the copied text"
		}
		s.Note = join(s.Note, fmt.Sprintf("a %s, but %s says %q, which fits no day of or before it nearer than %d days", t.Weekday(), who, c.quote, off))
		s.Why.Rule = offWeekday
		return
	}
	s.Accepted = true
	switch {
	case has && off == 0:
		s.Note = join(s.Note, fmt.Sprintf("fits the text: a %s, as in %q", t.Weekday(), c.quote))
		s.Why.Confidence = min(0.95, s.Why.Confidence+0.1)
	case has:
		s.Note = join(s.Note, fmt.Sprintf("fits the text: %q lies %d days back", c.quote, off))
	default:
		s.Note = join(s.Note, "nothing in the text speaks against it")
		s.Why.Confidence -= 0.2
	}
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

func latest(dates []printed) (time.Time, bool) {
	var late time.Time
	for _, x := range dates {
		if t, ok := day(x.iso()); ok && t.After(late) {
			late = t
		}
	}
	return late, !late.IsZero()
}
