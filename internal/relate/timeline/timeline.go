// Package timeline tells what happened when in a thread: the dated claims and
// the dated statements, one entry for each happening of a day.
//
// Every entry keeps the claims it rests on; the more documents name a day, the
// higher it stands among the entries of that day.
package timeline

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/relate"
)

// Fold returns the events of one thread, earliest first. It is a function of
// the set of versions and groups.
func Fold(versions []*news.Version, groups []news.Group) []news.Event {
	b := builder{claims: map[news.ClaimRef]*news.Claim{}, quotes: map[string]news.Quote{}}
	for _, v := range versions {
		for i := range v.Claims.Items {
			b.claims[news.ClaimRef{Doc: v.Name, Claim: v.Claims.Items[i].ID}] = &v.Claims.Items[i]
		}
		for _, q := range v.Quotes.Items {
			b.quotes[v.Name+"\x00"+q.ID] = q
		}
	}
	found := make([][]news.Event, (len(groups)+inARow-1)/inARow)
	relate.Stretches(len(groups), inARow, func(from, to int) {
		own := builder{claims: b.claims, quotes: b.quotes}
		for i := range groups[from:to] {
			own.group(&groups[from+i])
		}
		found[from/inARow] = own.out
	})
	b.out = slices.Concat(found...)
	b.mergeDays()
	sort.SliceStable(b.out, func(i, j int) bool {
		x, y := b.out[i], b.out[j]
		if kx, ky := sortKey(x.Date), sortKey(y.Date); kx != ky {
			return kx < ky
		}
		if len(x.Documents) != len(y.Documents) {
			return len(x.Documents) > len(y.Documents)
		}
		return x.Title < y.Title
	})
	return b.out
}

// inARow is how many groups one processor takes at a time.
const inARow = 64

type builder struct {
	claims map[news.ClaimRef]*news.Claim
	quotes map[string]news.Quote
	from   map[news.ClaimRef]string // of the group at hand: where its walks end, but for those that end nowhere
	out    []news.Event
}

// group makes the events of one claim group: one for each day that its members
// name. Members without a date of their own go with the only date there is.
func (b *builder) group(g *news.Group) {
	b.from = nil
	byDate := map[string][]news.ClaimRef{}
	var undated []news.ClaimRef
	for _, m := range g.Members {
		c := b.claims[m]
		if c == nil {
			continue
		}
		if len(c.EventDate) == 4 && c.Frame.Modal == "possible" {
			continue // what may happen at some time of a year is no event
		}
		dates := datesOf(c.EventDate)
		if len(dates) == 0 {
			undated = append(undated, m)
		}
		for _, d := range dates {
			byDate[d] = append(byDate[d], m)
		}
	}
	dates, all := make([]string, 0, len(byDate)), documents(g.Members)
	for d := range byDate {
		if documents(byDate[d])*perDate(d) >= all {
			dates = append(dates, d)
		}
	}
	sort.Slice(dates, func(i, j int) bool {
		return len(dates[i]) > len(dates[j]) || len(dates[i]) == len(dates[j]) && dates[i] < dates[j]
	})
	if len(dates) == 0 {
		b.statement(g)
		return
	}
	// a month or week that holds a day already named is the same event
	kept := dates[:0]
	for _, d := range dates {
		if i := slices.IndexFunc(kept, func(k string) bool { return strings.HasPrefix(k, d) }); i >= 0 {
			byDate[kept[i]] = append(byDate[kept[i]], byDate[d]...)
			continue
		}
		kept = append(kept, d)
	}
	for _, d := range kept {
		members := byDate[d]
		if len(kept) == 1 {
			members = append(members, undated...)
		}
		b.event(d, g, members)
	}
}

// perDate is among how many documents that tell of a group one must give it the
// date d. A lone document may speak of something more, and a bare year most
// often is that of what the sentence only touches.
func perDate(d string) int {
	if len(d) == len("2018") {
		return 3
	}
	return 6
}

// documents counts the documents that claims stand in.
func documents(claims []news.ClaimRef) int {
	seen := map[string]bool{}
	for _, c := range claims {
		seen[c.Doc] = true
	}
	return len(seen)
}

// statement dates a group by when it was said, where speaking is what
// happened: a person or body, no medium, on a day that the text names.
func (b *builder) statement(g *news.Group) {
	for _, m := range g.Members {
		c := b.claims[m]
		if c == nil || !c.Reported || c.Quote == "" {
			continue
		}
		q, ok := b.quotes[m.Doc+"\x00"+c.Quote]
		if !ok || len(q.When.Value) < 8 || q.When.Value[0] < '0' || q.When.Value[0] > '9' {
			continue
		}
		b.event(day(q.When.Value), g, g.Members)
		return
	}
}

func (b *builder) event(date string, g *news.Group, members []news.ClaimRef) {
	if b.from == nil {
		b.from = make(map[news.ClaimRef]string, len(g.Walks))
		for i := range g.Walks {
			w := &g.Walks[i]
			if _, known := b.from[w.Member]; !known && w.Origin != "" && w.Origin != news.UnknownOrigin {
				b.from[w.Member] = w.Origin
			}
		}
	}
	named := map[string]bool{} // origins
	e := news.Event{Date: date, Title: g.Proposition, Claims: slices.Clone(members)}
	sort.Slice(e.Claims, func(i, j int) bool {
		return e.Claims[i].Doc < e.Claims[j].Doc || e.Claims[i].Doc == e.Claims[j].Doc && e.Claims[i].Claim < e.Claims[j].Claim
	})
	for _, m := range e.Claims {
		if n := len(e.Documents); n == 0 || e.Documents[n-1] != m.Doc {
			e.Documents = append(e.Documents, m.Doc)
		}
		c := b.claims[m]
		if c == nil || len(c.Chain) == 0 {
			continue
		}
		o := c.Chain[len(c.Chain)-1]
		if walked, known := b.from[m]; known { // it knows one person by several names
			o = walked
		}
		if !named[o] {
			named[o] = true
			e.Origins = append(e.Origins, o)
		}
	}
	b.out = append(b.out, e)
}

// mergeDays joins events of one day that rest on the same sentence of the same
// documents: clauses cut from one statement, and a phrase inside a clause with
// the clause.
func (b *builder) mergeDays() {
	type key struct{ date, quote string }
	first := map[key]int{}
	var out []news.Event
	for _, e := range b.out {
		k := key{date: e.Date}
		if len(e.Documents) == 1 {
			if c := b.claims[e.Claims[0]]; c != nil && c.Quote != "" {
				k.quote = e.Documents[0] + "\x00" + c.Quote
			}
		}
		if i, ok := first[k]; ok && k.quote != "" {
			out[i].Claims = append(out[i].Claims, e.Claims...)
			continue
		}
		if k.quote != "" {
			first[k] = len(out)
		}
		out = append(out, e)
	}
	at := map[[2]string][]int{} // date and document -> events
	for i, e := range out {
		for _, d := range e.Documents {
			at[[2]string{e.Date, d}] = append(at[[2]string{e.Date, d}], i)
		}
	}
	gone := map[int]bool{}
	for i, e := range out {
		for _, j := range at[[2]string{e.Date, e.Claims[0].Doc}] {
			if i != j && !gone[j] && b.inside(e.Claims, out[j].Claims) {
				gone[i] = true
				out[j].Claims = append(out[j].Claims, e.Claims...)
				break
			}
		}
	}
	b.out = b.out[:0]
	for i, e := range out {
		if !gone[i] {
			b.out = append(b.out, e)
		}
	}
}

// inside reports whether each claim stands in the text of one of outer.
func (b *builder) inside(claims, outer []news.ClaimRef) bool {
	for _, m := range claims {
		c := b.claims[m]
		if c == nil || !slices.ContainsFunc(outer, func(o news.ClaimRef) bool {
			d := b.claims[o]
			return d != nil && o.Doc == m.Doc && d.Span.Overlaps(c.Span) && d.Span.Len() >= c.Span.Len()
		}) {
			return false
		}
	}
	return true
}

// datesOf splits "2023-05/2023-08" and drops times of day.
func datesOf(s string) []string {
	if s == "" {
		return nil
	}
	var out []string
	for d := range strings.SplitSeq(s, "/") {
		out = append(out, day(d))
	}
	return out
}

func day(s string) string {
	if i := strings.IndexByte(s, 'T'); i > 0 {
		return s[:i]
	}
	return s
}

// sortKey puts weeks, weekends, seasons, quarters and halves where they begin.
func sortKey(d string) string {
	if len(d) >= len("2018-W28") && d[5] == 'W' {
		year, err1 := strconv.Atoi(d[:4])
		week, err2 := strconv.Atoi(d[6:8])
		if err1 != nil || err2 != nil {
			return d
		}
		fourth := time.Date(year, time.January, 4, 0, 0, 0, 0, time.UTC) // always in week 1 (ISO 8601)
		days := 7*(week-1) - (int(fourth.Weekday())+6)%7
		if strings.HasSuffix(d, "-WE") {
			days += 5
		}
		return fourth.AddDate(0, 0, days).Format(time.DateOnly)
	}
	if len(d) == len("2018-FA") {
		if month, ok := partsOfYear[d[5:]]; ok {
			return d[:5] + month
		}
	}
	return d
}

// partsOfYear are the months with which TIMEX3's parts of a year begin.
var partsOfYear = map[string]string{"Q1": "01", "WI": "01", "H1": "01", "SP": "03", "Q2": "04", "SU": "06", "Q3": "07", "H2": "07", "FA": "09", "Q4": "10"}
