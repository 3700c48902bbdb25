package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// Sources prints who depends on whom, one ordered pair a line, the most probable
// first: of pairs that are less probable than least only the number.
func Sources(w io.Writer, pairs []news.Dependence, least float64, style Style) error {
	p := newPrinter(w, style)
	rows := [][]string{{"OUTLET", "DEPENDS ON", "PROBABILITY", "HOW OFTEN", "LINKS", "LAG", "STORIES"}}
	rest := 0
	for _, d := range pairs {
		if d.Probability < least {
			rest++
			continue
		}
		often := "–" // nobody knows
		if d.Stories >= 3 {
			often = fmt.Sprintf("%.2f", d.Rate)
		}
		rows = append(rows, []string{
			clip(plain(d.Outlet), 30), clip(plain(d.From), 30), probable(d.Probability), often,
			strconv.Itoa(d.Links()), lagWords(d.Lag), strconv.Itoa(d.Stories),
		})
	}
	if len(rows) > 1 {
		columns := make([]int, len(rows[0]))
		for _, r := range rows {
			for i, s := range r {
				columns[i] = max(columns[i], width(s))
			}
		}
		for n, r := range rows {
			for i, s := range r {
				r[i] = pad(s, columns[i])
			}
			code := ""
			if n == 0 {
				code = dim
			}
			p.line(p.paint(strings.Join(r, "  "), code))
		}
	}
	switch {
	case len(pairs) == 0:
		p.line("no two outlets share anything in the stories of this store")
	case len(rows) == 1:
		p.line(fmt.Sprintf("no outlet is known to depend on another; %s less probable than %.2f (--all lists them)", areIs(rest), least))
	case rest > 0:
		p.line(p.paint(fmt.Sprintf("%s less probable than %.2f (--all lists them)", areIs(rest), least), dim))
	}
	return p.w.Flush()
}

func areIs(n int) string {
	if n == 1 {
		return "1 pair is"
	}
	return strconv.Itoa(n) + " pairs are"
}

// probable says a probability; nothing is certain.
func probable(p float64) string {
	if p >= 0.995 {
		return ">0.99"
	}
	return fmt.Sprintf("%.2f", p)
}

// lagWords says a lag in steps.
func lagWords(minutes int) string {
	switch {
	case minutes < 0:
		return "–"
	case minutes <= 90:
		return "to " + strconv.Itoa(minutes) + " min"
	case minutes <= 1440:
		return "to " + strconv.Itoa(minutes/60) + " h"
	}
	return "to " + strconv.Itoa(minutes/1440) + " days"
}

// SourcePair prints what is known of two outlets, either way, with the passages.
// texts is the texts of the versions that are shown, by ID.
func SourcePair(w io.Writer, ways []news.Dependence, texts map[string]string, style Style) error {
	p := newPrinter(w, style)
	for i, d := range ways {
		if i > 0 {
			p.line("")
		}
		p.title(plain(d.Outlet) + " from " + plain(d.From))
		p.hang("", "", depends(d), "", 0)
		for _, x := range d.Shared {
			p.hang(" • ", "   ", x.How, "", 0)
			before := ""
			for _, side := range [...]struct {
				who string
				at  news.Passing
			}{{d.From, x.From}, {d.Outlet, x.To}} {
				if side.at.ID == "" {
					continue
				}
				words := ""
				if src := texts[side.at.ID]; side.at.Span.Start >= 0 && side.at.Span.End <= len(src) {
					words = plain(side.at.Span.Of(src))
				}
				who := plain(side.who) + ", " + plain(side.at.Doc)
				switch words {
				case "":
				case before:
					who += ": the same words"
				default:
					who += ": “" + words + "”"
				}
				before = words
				p.hang("     ", "       ", who, dim, 3)
			}
		}
	}
	return p.w.Flush()
}

// depends says in words what is known of one outlet depending on another.
func depends(d news.Dependence) string {
	var parts []string
	say := func(n int, what string) {
		if n > 0 {
			parts = append(parts, strconv.Itoa(n)+" "+what)
		}
	}
	say(d.Copied, "with its text")
	say(d.Credited, "with its credit")
	say(d.Cited, "citing it")
	say(d.False, "with the same wrong or outdated value")
	say(d.Worded, "with rare wording of it")
	say(d.Different, "with another value")
	say(d.True, "with no more than the same news")
	s := fmt.Sprintf("Probability of dependence %s.", probable(d.Probability))
	if d.Stories > 0 {
		s = fmt.Sprintf("Probability of dependence %s; if so, in %.0f of 100 stories. Of %s that both told, %s first in %d: %s.",
			probable(d.Probability), 100*d.Rate, countOf(d.Stories, "story", "stories"), plain(d.From), d.First, strings.Join(parts, ", "))
	}
	if d.Carried > 0 {
		s += fmt.Sprintf(" In %s more it prints copy of %s, of which no page was read.", countOf(d.Carried, "story", "stories"), plain(d.From))
	}
	if d.Lag >= 0 {
		s += " Median lag: " + lagWords(d.Lag) + "."
	}
	return s
}

// expected says what is to be expected by what is known of who copies whom, ""
// if nothing is, or there is nothing to choose.
func expected(g news.Group) string {
	if g.Prior == nil || g.Independent[0] >= g.Independent[1] {
		return ""
	}
	return fmt.Sprintf("about %.1f with what is known of who copies whom", g.Prior.Expected)
}

// leastLean is the probability from which on a lean is worth a line.
const leastLean = 0.1

// leans prints the outlets that may have a claim from others.
func (p *printer) leans(g news.Group) {
	s := expected(g)
	if s == "" {
		return
	}
	p.hang("", "", upper(s)+".", "", 0)
	for i, l := range g.Prior.Leans {
		if i == 6 || l.Probability < leastLean {
			break
		}
		p.hang("   ", "   ", fmt.Sprintf("%s may have it from %s without saying so: %.2f, from %s", plain(l.Outlet), plain(l.From), l.Probability, countOf(l.Stories, "other story", "other stories")), dim, 0)
	}
}

// habits prints what is known of the outlets of two pages.
func (p *printer) habits(a, b *page) {
	for _, d := range p.style.Priors {
		if d.Outlet == a.whose() && d.From == b.whose() || d.Outlet == b.whose() && d.From == a.whose() {
			p.hang(" • ", "   ", "in all stories: "+plain(d.Outlet)+" from "+plain(d.From)+". "+depends(d), "", 0)
		}
	}
}

// whose is whose words a page has: its agency's, or its outlet's.
func (pg *page) whose() string {
	if a := pg.v.Meta.Agency.Value; a != "" {
		return a
	}
	return pg.v.Meta.Outlet.Value
}
