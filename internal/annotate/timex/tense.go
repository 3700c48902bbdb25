package timex

import "github.com/tracewire/tracewire/internal/news"

// reach is how many pieces away a verb may stand to govern a date.
const reach = 18

// tense tells whether the clause of e is about what is to come (1), about
// what has been (-1), or says nothing (0). The nearest word that settles it
// is taken, first before the expression, then after it: "will vote Tuesday",
// "On Tuesday, the council will vote".
func (s *scan) tense(e expr) int {
	ref := e.from
	sentence := s.ps[ref].sentence
	for k := ref - 1; k >= ref-reach; k-- {
		p := s.at(ref, k)
		if p == &none || p.sentence != sentence {
			break
		}
		if t := s.tenseAt(ref, k); t != 0 {
			return t
		}
		if p.low == ";" {
			break
		}
	}
	for k := e.to; k < e.to+reach; k++ {
		p := s.at(ref, k)
		if p == &none || p.sentence != sentence {
			break
		}
		if t := s.tenseAt(ref, k); t != 0 {
			return t
		}
		if p.low == ";" {
			break
		}
	}
	switch s.low(ref, ref-1) {
	case "until", "till", "by":
		return 1
	}
	return 0
}

// tenseAt is what the word at k says of the tense.
func (s *scan) tenseAt(ref, k int) int {
	p := s.at(ref, k)
	switch {
	case p.is(isModal) && !(p.cap && p.is(anyMonth)):
		for j := k + 1; j <= k+3; j++ {
			if s.low(ref, j) == "have" {
				return -1
			}
		}
		return 1
	case p.is(isFuture):
		if p.low == "planned" || p.low == "expected" || p.low == "scheduled" {
			// "had planned": the plan is past, what is planned is not
			return 1
		}
		if p.low == "going" && s.low(ref, k+1) != "to" {
			return 0
		}
		return 1
	case p.is(isPast):
		if p.low == "had" || p.low == "has" || p.low == "have" {
			// has to, has vowed: what follows was looked at before, or is to come
			if s.low(ref, k+1) == "to" {
				return 1
			}
		}
		return -1
	case p.is(isPastPart) || p.tag == news.PastPart || p.tag == news.Verb && len(p.low) > 3 && p.low[len(p.low)-2:] == "ed" || p.tag == news.Other && !p.cap && len(p.low) > 4 && p.low[len(p.low)-2:] == "ed":
		for j := k - 1; j >= k-2; j-- {
			switch s.low(ref, j) {
			case "be", "been", "being":
				return 0
			case "is", "are":
				return 0
			}
		}
		return -1
	case p.low == "to":
		return s.purpose(ref, k)
	}
	return 0
}

// purpose: "to launch": an infinitive is about what is to come unless a
// verb in the past leads to it.
func (s *scan) purpose(ref, k int) int {
	next := s.at(ref, k+1)
	if next.tag != news.Other && next.tag != news.Inf || next.low == "" || !isLetter(next.low[0]) || next.cap || next.is(isNum|anyUnit|isClosed) {
		return 0
	}
	if next.tag == news.Other && s.at(ref, k).tag == news.Other {
		switch next.low {
		case "his", "her", "its", "their", "our", "my", "your", "about", "more", "less", "all", "some":
			return 0
		}
	}
	before := s.at(ref, k-1)
	if before.is(isPast|isPastPart) || before.tag == news.Verb || len(before.low) > 4 && before.low[len(before.low)-2:] == "ed" {
		if before.is(isFuture) {
			return 1
		}
		switch before.low {
		case "has", "have", "had":
			return 1
		case "wants", "agreed", "decided", "vowed", "voted", "threatened", "promised", "pledged", "offered", "prepared", "intended", "asked", "urged", "ordered", "hoped", "wanted", "set", "proposed", "continues", "seeks", "hopes":
			return 1
		}
		return 0
	}
	return 1
}
