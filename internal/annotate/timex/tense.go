package timex

import "github.com/tracewire/tracewire/internal/news"

// reach is how many pieces away a verb may stand to govern a date.
const reach = 18

// What a word says of the tense of its clause.
const (
	gone   = -1
	silent = 0
	ahead  = 1
	timely = 2 // present: the search ends and nothing is known
)

// tense tells whether the clause of e is about what is to come (ahead), about
// what has been (gone), or says nothing. The nearest word that settles it is
// taken, first before the expression, then after it: "will vote Tuesday", "On
// Tuesday, the council will vote".
func (s *scan) tense(e expr) int {
	ref := e.from
	sentence := s.ps[ref].sentence
	switch s.low(ref, ref-1) {
	case "until", "till", "by", "through":
		// A limit lies ahead, but for "stayed until Friday", "had left by
		// Friday" and "Until Friday, nobody knew".
		t := s.before(e, sentence)
		if t == silent && s.after(e, sentence) == gone || t == gone && s.lasted(ref) {
			return gone
		}
		return ahead
	}
	if p := s.at(ref, e.to); p.sentence == sentence {
		// "Kim on Tuesday said", "…, on Friday he was"
		switch {
		case p.past || p.is(isPast) && p.low != "has" && p.low != "have":
			return gone
		case p.tag == news.Pronoun && s.opensClause(ref):
			if t := s.after(e, sentence); t == gone || t == ahead {
				return t
			}
		}
	}
	t := s.before(e, sentence)
	if t == silent {
		t = s.after(e, sentence)
	}
	if t == timely {
		return silent
	}
	return t
}

// opensClause: the expression, with its preposition, begins a clause.
func (s *scan) opensClause(ref int) bool {
	k := ref - 1
	if s.at(ref, k).tag == news.Prep || s.low(ref, k) == "on" {
		k--
	}
	p := s.at(ref, k)
	return p.low == "," || p.low == "and" || p.low == "but" || p.sentence != s.ps[ref].sentence
}

func (s *scan) before(e expr, sentence int32) int {
	ref := e.from
	comma := false
	for k := ref - 1; k >= ref-reach; k-- {
		p := s.at(ref, k)
		if p == &none || p.sentence != sentence || p.low == ";" {
			break
		}
		comma = comma || p.low == ","
		if p.low == "to" {
			if !comma {
				if t := s.purpose(e, k); t != silent {
					return t
				}
			}
			continue
		}
		if t := s.tenseAt(e, k); t != silent {
			return t
		}
	}
	return silent
}

func (s *scan) after(e expr, sentence int32) int {
	ref := e.from
	for k := e.to; k < e.to+reach; k++ {
		p := s.at(ref, k)
		if p == &none || p.sentence != sentence || p.low == ";" {
			break
		}
		if t := s.tenseAt(e, k); t != silent && t != timely {
			return t
		}
	}
	return silent
}

// lasted: a past tense that runs up to the limit at ref: "stayed until
// Friday", "had left by Friday".
func (s *scan) lasted(ref int) bool {
	limit := s.low(ref, ref-1)
	for k := ref - 2; k >= ref-8; k-- {
		p := s.at(ref, k)
		switch {
		case p.is(isFuture) || p.low == "to":
			return false
		case p.low == "had":
			return true
		case (p.past || p.is(isPast) && p.low != "has" && p.low != "have") && limit != "by":
			return k >= ref-3
		}
	}
	return false
}

// tenseAt is what the word at k says of the tense of e.
func (s *scan) tenseAt(e expr, k int) int {
	ref := e.from
	p := s.at(ref, k)
	switch {
	case p.is(isPromise):
		if e.wd > 0 {
			return gone
		}
		return ahead
	case p.is(isModal) && !(p.cap && p.is(anyMonth)):
		for j := k + 1; j <= k+3; j++ {
			if s.low(ref, j) == "have" {
				return gone
			}
		}
		return ahead
	case p.is(isFuture):
		return s.aheadAt(ref, k)
	case p.is(isPast) || p.past && !p.is(isFuture|isBe):
		if w := p.low; (w == "had" || w == "has" || w == "have") && s.low(ref, k+1) == "to" {
			return ahead
		}
		return gone
	case p.is(isPastPart) || edForm(p):
		for j := k - 1; j >= k-2; j-- {
			if s.at(ref, j).is(isBe) {
				return silent
			}
		}
		return gone
	case p.low == "is" || p.low == "are":
		return timely
	case p.present && s.subordinate(ref, k):
		return ahead // "after it leaves the union in March", "when they meet on Monday"
	case p.present && p.caption:
		return gone // captions tell what was in the present
	case p.present && e.wd > 0:
		return timely
	}
	return silent
}

// subordinate: the present tense at k stands in a clause of time or condition,
// where it speaks of what is to come.
func (s *scan) subordinate(ref, k int) bool {
	for j := k - 1; j >= k-4; j-- {
		switch p := s.at(ref, j); p.low {
		case "when", "before", "after", "once", "until", "till", "unless":
			return p.sentence == s.ps[ref].sentence
		case ",", ";":
			return false
		}
	}
	return false
}

// edForm: a past tense or participle in -ed. Where no tagger has been, the
// ending alone decides.
func edForm(p *piece) bool {
	if p.tag == news.PastPart {
		return true
	}
	n := len(p.low)
	return n > 3 && p.low[n-2:] == "ed" && (p.tag == news.Verb || p.tag == news.Other && !p.cap)
}

// aheadAt: words such as "plans", "due", "expected" that look ahead, less the
// uses in which they do not.
func (s *scan) aheadAt(ref, k int) int {
	p := s.at(ref, k)
	switch p.low {
	case "going":
		if s.low(ref, k+1) != "to" {
			return silent
		}
	case "due":
		if s.low(ref, k+1) == "to" && s.at(ref, k+2).tag != news.Inf && s.at(ref, k+2).tag != news.Other {
			return silent
		}
	case "expected", "planned":
		if w := s.low(ref, k-1); w == "than" || w == "as" {
			return silent
		}
	case "plans", "plan":
		// "announced plans Tuesday": the telling, not the plan, is dated
		if k == ref-1 || p.low == "plan" && p.tag == news.Noun {
			return silent
		}
	case "begins", "starts", "opens":
		if p.tag == news.Noun {
			return silent
		}
	}
	return ahead
}

// purpose: "to launch": an infinitive looks ahead unless it hangs on a verb
// in the past ("made attempts to place"). A weekday asks for more: a plan or
// a duty before it.
func (s *scan) purpose(e expr, k int) int {
	ref := e.from
	next := s.at(ref, k+1)
	if next.tag != news.Other && next.tag != news.Inf || next.low == "" || !isLetter(next.low[0]) || next.cap || next.is(isNum|anyUnit|isClosed) {
		return silent
	}
	before := s.at(ref, k-1)
	if before.is(isFuture) || before.low == "is" || before.low == "are" || s.ps[ref].headline {
		return ahead
	}
	switch before.low {
	case "has", "have", "had", "wants", "want", "agreed", "agrees", "decided", "decides", "voted", "threatened", "offered", "prepared", "preparing",
		"intended", "asked", "urged", "ordered", "hoped", "wanted", "set", "proposed", "continues", "seeks", "about", "ready", "likely":
		return ahead
	}
	if e.wd > 0 {
		return silent
	}
	for j := k - 1; j >= k-6; j-- {
		p := s.at(ref, j)
		if p == &none || p.sentence != s.ps[ref].sentence {
			break
		}
		if p.is(isPast|isPastPart) || edForm(p) {
			return silent
		}
	}
	return ahead
}
