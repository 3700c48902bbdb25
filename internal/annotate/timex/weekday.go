package timex

import (
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// weekday resolves a weekday without a date.
func (r *resolver) weekday(e expr) (string, day) {
	now, base := r.now, r.now
	if e.back {
		if d := r.spokenDay(e); d.known() {
			base = d
		}
	}
	if !base.known() {
		return "XXXX-WXX-" + digit(e.wd), day{}
	}
	since := (base.weekday() - e.wd + 7) % 7 // days since the last one
	until := (e.wd - base.weekday() + 7) % 7
	switch e.dir {
	case ago:
		if since == 0 || since == 1 && strings.HasSuffix(e.rule, "weekday-last") {
			since += 7
		}
		return base.plus(-since).iso(), base
	case next:
		if until == 0 {
			until = 7
		}
		return base.plus(until).iso(), base
	case this:
		if r.s.tense(e) < 0 {
			return base.plus(-since).iso(), base
		}
		return base.plus(until).iso(), base
	}
	if r.looksAhead(e, since, until) {
		return now.plus(until).iso(), now
	}
	return now.plus(-since).iso(), now
}

// looksAhead decides whether a bare weekday is the next one. A verb that
// governs it decides; "Monday's summit" and "his talks on Monday" may be
// governed by none, and go with the other mentions of that weekday in the
// text, for an article has one Monday. Without those, the verb after all, or
// the nearer day: written on a Saturday or Sunday, Monday is ahead.
func (r *resolver) looksAhead(e expr, since, until int) bool {
	if since == 0 {
		return false // today, either way
	}
	t, bond := r.governed(e)
	if bond == loose || bond == attribute {
		if l := r.lean(e.wd); l != silent {
			t = l
		} else if bond == attribute && until <= 2 && t != gone {
			t = ahead
		}
	}
	if t == silent {
		t = r.lean(e.wd)
	}
	if t == silent {
		return until <= 2
	}
	return t == ahead
}

// bond is how closely a weekday hangs on the verb of its clause.
type bond uint8

const (
	firm      bond = iota // said on Monday
	loose                 // said after the talks on Monday
	attribute             // Monday's talks, his Monday talks
)

// governed is the tense of a weekday and its bond.
func (r *resolver) governed(e expr) (int, bond) {
	s := r.s
	prev := s.at(e.from, e.from-1)
	det := prev.tag == news.Det || prev.low == "'s"
	switch prev.low {
	case "his", "her", "its", "their", "our", "the", "a":
		det = true
	}
	if !det && s.low(e.from, e.to) != "'s" {
		for k := e.from - 1; k >= e.from-8; k-- {
			p := s.at(e.from, k)
			if p.is(isOccasion) && p.tag != news.Verb && p.tag != news.Inf {
				return s.tense(e), loose
			}
			if p == &none || p.tag == news.Verb || p.tag == news.PastPart || p.tag == news.Inf || p.tag == news.Ing || p.tag == news.Aux || p.tag == news.Modal {
				break
			}
		}
		return s.tense(e), firm
	}
	k := e.from - 1
	if det {
		k--
	}
	switch s.low(e.from, k) {
	case "before", "until", "till":
		return ahead, firm
	case "since":
		return gone, firm
	case "after", "following":
		return gone, attribute
	case "of":
		if s.low(e.from, k-1) == "ahead" {
			return ahead, firm
		}
	}
	return silent, attribute
}

// lean is the tense that the governed mentions of a weekday have in the text.
func (r *resolver) lean(wd int) int {
	if !r.leaned {
		r.leaned = true
		for _, e := range r.all {
			if e.op == opDate && e.wd > 0 && e.m == 0 && e.dir == open {
				if t, bond := r.governed(e); bond == firm && t == ahead {
					r.leans[e.wd]++
				} else if bond == firm && t == gone {
					r.leans[e.wd]--
				}
			}
		}
	}
	switch n := r.leans[wd]; {
	case n > 0:
		return ahead
	case n < 0:
		return gone
	}
	return silent
}
