package stream

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// outlet is a site with its own furniture.
type outlet struct {
	name, host string
	top        []string // lines over the headline
	bottom     []string // lines under the text
	date       string   // how it writes the day, "" for not at all
	credits    bool     // names the agency whose copy it carries
	related    int      // headlines of other news beneath each text
}

var agencies = []*agency{
	{"NPA", "Norland Press Agency"},
	{"MNS", "Marovian News Service"},
	{"SNA", "Sarland News Agency"},
	{"OPD", "Ostmark Pressedienst"},
	{"VWS", "Vesperia Wire Service"},
}

// newOutlets makes the sites of a stream.
func newOutlets(r *rand.Rand, n int) []*outlet {
	list := make([]*outlet, n)
	for i := range list {
		town := townName(r)
		o := &outlet{name: town + " " + pick(r, paper), related: r.IntN(4)}
		if chance(r, .3) {
			o.name = "The " + o.name
		}
		o.host = strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(o.name, "The "), " ", "")) + ".example"
		o.date = pick(r, []string{"", "Monday, January 2, 2006", "2 January 2006", "Jan 2, 2006 15:04", "2006-01-02"})
		o.credits = chance(r, .65)
		menu := []string{"Home", "News", "Sport", "Business", "Culture", "Weather", "Notices", "Jobs", "Cars", "Letters", "Travel", "Food"}
		r.Shuffle(len(menu), func(i, j int) { menu[i], menu[j] = menu[j], menu[i] })
		o.top = []string{o.name, strings.Join(menu[:3+r.IntN(6)], " | ")}
		for _, line := range []string{
			"Share this article",
			"Sign up for the " + pick(r, paper) + " letter from " + town + " and never miss a story",
			"Follow us for more news from " + town,
			"Comments are closed on this article",
			"Send your tips to desk@" + o.host,
			o.name + " stands by the code of the press council of " + pick(r, lands),
		} {
			if chance(r, .35) {
				o.bottom = append(o.bottom, line)
			}
		}
		o.bottom = append(o.bottom, fmt.Sprintf("(c) %s %d. All rights reserved.", o.name, 2031))
		list[i] = o
	}
	return list
}

// copied is the report as a pickup prints it, word for word.
func (t report) copied(r *rand.Rand, o *outlet) *report {
	t.agencyOwn, t.note = false, ""
	t.paras = slices.Clone(t.paras)
	if !o.credits {
		t.dateline, t.trailer, t.byline = "", "", ""
	}
	if chance(r, .5) {
		t.trailer = ""
	}
	t.headline = t.retitled(r)
	return &t
}

// retitled is the headline, or another one on the same news.
func (t *report) retitled(r *rand.Rand) string {
	if chance(r, .6) {
		return t.headline
	}
	return capital(t.news.lead(pick(r, t.news.beat["head"])))
}

// trimmed is the report cut from the end.
func (t report) trimmed(r *rand.Rand, o *outlet) *report {
	c := t.copied(r, o)
	n := len(c.paras)
	c.paras = c.paras[:max(2, n*(3+r.IntN(4))/10)]
	c.trailer = ""
	return c
}

// rewritten is the report in a desk's own words: synonyms, sentences turned
// round, paragraphs moved and dropped, one of its own.
func (t report) rewritten(r *rand.Rand, o *outlet, day time.Time) *report {
	c := t.copied(r, o)
	c.dateline, c.trailer = "", ""
	c.byline = pick(r, given) + " " + surname(r)
	for i, p := range c.paras {
		p = slices.Clone(p)
		for k := range p {
			p[k] = p[k].reworded(r)
		}
		c.paras[i] = p
	}
	n := len(c.paras)
	for i := 2; i < n; i++ {
		if chance(r, .15) {
			j := 1 + r.IntN(n-1)
			c.paras[i], c.paras[j] = c.paras[j], c.paras[i]
		}
	}
	kept := c.paras[:1]
	for _, p := range c.paras[1:] {
		if !chance(r, .18) {
			kept = append(kept, p)
		}
	}
	c.paras = kept
	if t.agency != nil && chance(r, .5) {
		c.paras[0] = append(slices.Clone(c.paras[0]), sentence{words: "the " + t.agency.long + " was first to report the news on " + day.Weekday().String()})
	}
	if chance(r, .5) {
		c.paras = append(c.paras, paragraph{t.news.sentence(r), t.news.sentence(r)})
	}
	c.headline = capital(t.news.lead(pick(r, t.news.beat["head"])))
	return c
}

// reworded is a sentence with some words changed and the speaker moved. Words
// in quotation marks stay.
func (s sentence) reworded(r *rand.Rand) sentence {
	if s.form == quoted {
		return s
	}
	words := strings.Fields(s.words)
	for i, w := range words {
		if other := synonyms()[w]; other != "" && chance(r, .55) {
			words[i] = other
		}
	}
	s.words = strings.Join(words, " ")
	switch {
	case s.form == plain, !chance(r, .4):
	case s.form == after:
		s.form = before
	default:
		s.form, s.by = after, strings.TrimSuffix(s.by, ",")
	}
	return s
}

// updated is the agency's next version: a higher count, new paragraphs in
// front of the old ones.
func (t report) updated(r *rand.Rand, day time.Time) *report {
	news := *t.news
	news.n += 1 + r.IntN(5)
	u := tell(r, &news, day, t.agency, 2+2+r.IntN(4))
	u.byline, u.trailer = t.byline, t.trailer
	u.paras[1] = append(paragraph{}, t.paras[1]...)
	for _, p := range t.paras[2:] {
		if !chance(r, .15) {
			u.paras = append(u.paras, p)
		}
	}
	u.note = fmt.Sprintf("(Updates with new count in paragraph 1, reaction in paragraphs 3-%d)", min(len(u.paras), 5))
	return u
}

// page is the text of a report as a site shows it, or as the agency sent it.
func (o *outlet) page(r *rand.Rand, t *report, day time.Time, others []string) string {
	var b strings.Builder
	line := func(s string) {
		if s != "" {
			b.WriteString(s + "\n\n")
		}
	}
	if !t.agencyOwn {
		for _, s := range o.top {
			line(s)
		}
	}
	line(t.note)
	line(t.headline)
	if t.byline != "" {
		line("By " + t.byline)
	}
	if !t.agencyOwn && o.date != "" {
		line(day.Format(o.date))
	}
	for i, p := range t.paras {
		if i == 0 {
			line(t.dateline + p.text())
			continue
		}
		line(p.text())
	}
	line(t.trailer)
	if !t.agencyOwn {
		if o.related > 0 && len(others) > 0 {
			line("Read more")
			for range o.related {
				line(pick(r, others))
			}
		}
		for _, s := range o.bottom {
			line(s)
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// bulletin is a text that a desk's machine fills in: equal from one happening
// to the next but for names and counts. It is nobody's copy.
func bulletin(r *rand.Rand, h *happening, day time.Time, by *agency, kind int) *report {
	t := &report{news: h, agency: by, agencyOwn: true}
	t.dateline = fmt.Sprintf("%s, %s (%s) — ", strings.ToUpper(h.place), stamp(day), by.short)
	a, b := float64(r.IntN(900))/100, r.IntN(400)
	switch kind % 3 {
	case 0:
		t.headline = fmt.Sprintf("Magnitude %.1f tremor felt near %s", 2+a/3, h.place)
		t.paras = []paragraph{
			{{words: fmt.Sprintf("a tremor of magnitude %.1f was recorded %d kilometres from %s on %s, the Institute of Seismology said", 2+a/3, b, h.place, day.Weekday())}},
			{{words: fmt.Sprintf("the centre lay at a depth of %d kilometres, and no damage or injuries were reported so far", 1+b/9)}},
			{{words: "tremors of this strength are often felt but seldom do any harm to buildings"}, {words: "people who felt it are asked to fill in the form on the site of the institute"}},
			{{words: "this bulletin was made from readings that nobody has checked, and a later one may correct it"}},
		}
	case 1:
		t.headline = fmt.Sprintf("%s shares close %.2f percent higher", h.land, a/4)
		t.paras = []paragraph{
			{{words: fmt.Sprintf("shares in %s closed %.2f percent higher on %s, with %d of the listed companies gaining", h.land, a/4, day.Weekday(), b)}},
			{{words: fmt.Sprintf("the leading index of %s ended the session at %d points, its best close in %d days", h.land, 2000+b*7, 2+b%60)}},
			{{words: "trading was thin ahead of the holiday, and dealers said that few large orders had been seen"}},
			{{words: "prices are delayed by fifteen minutes and are given without warranty of any kind"}},
		}
	default:
		t.headline = fmt.Sprintf("%s: %d degrees and light wind expected", h.place, b%35)
		t.paras = []paragraph{
			{{words: fmt.Sprintf("the weather service expects %d degrees, light wind and dry spells in %s on %s", b%35, h.place, day.Weekday())}},
			{{words: fmt.Sprintf("at night the temperature falls to %d degrees, and fog may form in valleys and along rivers towards the morning", b%12)}},
			{{words: "drivers should allow for more time on their way, and farmers should cover young plants in the open"}},
			{{words: "the outlook for the following days is unsettled, with more cloud coming in from the west"}},
		}
	}
	return t
}
