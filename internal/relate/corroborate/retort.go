package corroborate

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// This file finds what a denial is set against. "The ministry denied that C"
// carries with it what is denied; "the ministry denied the charge" points back at
// what the page has just told. A refusal ("denied the motion", "rejected the
// offer") disputes nothing.

// retort is a statement by which somebody disputes what another says.
type retort struct {
	st   *statement
	kind news.TensionKind
	who  string // the one who disputes
	verb string // "denied", "would deny"
	back bool   // what is disputed was told before: "denied the charge"
	not  bool   // what is disputed is that something is not so: "that no pact was struck"
}

// retortOf reads a statement as a retort.
func (s *search) retortOf(st *statement) (retort, bool) {
	v := s.versions[st.doc]
	kind, ok := disputing[st.cue]
	if ok && st.direct || st.claim.Hedge != "" {
		return retort{}, false
	}
	r := retort{st: st, kind: kind, who: last(st.claim.Chain), not: st.claim.Frame.Negated}
	if ts := s.tokens(st); !ok && st.claim.Reported {
		if end := untrue(ts); end > 0 { // "it was not true that C"
			r.kind, r.verb, r.not = news.Denial, "denied", slices.ContainsFunc(ts[end:], denies)
			r.back = end == len(ts)
			return r, true
		}
	}
	var rest []news.Token // what follows the verb
	switch {
	case ok:
		q := quoteOf(st, v)
		if q == nil || q.Cue.Empty() || st.claim.Span.Start > q.Cue.End+60 {
			return retort{}, false // a sentence that only goes on from it
		}
		r.verb = s.disputing(st)
		if m, _, has := strings.Cut(r.verb, " "); has && (m == "may" || m == "might" || m == "could" || m == "can") {
			return retort{}, false
		}
		rest = s.following(st.doc, q.Cue.End)
		if strings.HasSuffix(st.cue, "ing") && strings.Contains(v.Text[min(len(v.Text), q.Cue.End):max(q.Cue.End, st.claim.Span.End)], ", ") {
			return retort{}, false // "denying the claims, the party voted": the rest is another thing
		}
		if st.claim.Span.End <= q.Cue.Start { // "C, a charge X denies"
			return r, true
		}
	case len(st.deed.mains) > 0 && st.deed.mains[0] == "deny" && len(st.claim.Frame.Actors) == 1 && !st.claim.Frame.Negated && !st.deed.planned && !st.deed.unsure && st.deed.at >= 0:
		// "Ada Lind has denied meddling": the page tells it, and she says it
		ts := tokensIn(v.Tokens, st.claim.Span)
		if ts[st.deed.at].Tag == news.Noun || passive(ts, st.deed.at) {
			return retort{}, false
		}
		r.kind, r.who, r.verb = news.Denial, st.claim.Frame.Actors[0], "denied"
		rest = s.following(st.doc, ts[st.deed.at].Span.End)
	default:
		return retort{}, false
	}
	disputed, back := object(rest, cmp.Or(happeningTables().verbs[lemmaOfCue(st.cue)], "deny"))
	r.back = back
	return r, disputed
}

// lemmaOfCue is the base form of a disputing cue.
func lemmaOfCue(cue string) string {
	for _, f := range disputingForms {
		if slices.Contains(f[:], cue) {
			return f[0]
		}
	}
	return cue
}

// passive reports whether the verb at i is in the passive: "was denied".
func passive(ts []news.Token, i int) bool {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if ts[k].Tag != news.Adv {
			return be(ts[k]) == "be"
		}
	}
	return false
}

// following is the tokens of the sentence that follow a place.
func (s *search) following(doc, at int) []news.Token {
	v := s.versions[doc]
	in := sentenceAt(v, at)
	if in == nil {
		return nil
	}
	from := sort.Search(len(v.Tokens), func(i int) bool { return v.Tokens[i].Span.Start >= at })
	return v.Tokens[min(from, in.Last):in.Last]
}

// object reads what follows a verb of dispute, of class verb: whether it is
// something that can be so or not, and whether it only points back.
func object(ts []news.Token, verb string) (disputed, back bool) {
	const reach = 9 // tokens, to the noun
	for i, t := range ts[:min(len(ts), reach)] {
		said := assertions[t.Lemma] || assertions[t.Lower]
		switch {
		case said && (i == 0 || ts[i-1].Tag != news.Pronoun) && t.Tag != news.Noun: // "the report that", read as a verb
			return true, ends(ts[i+1:])
		case i == 0 && (t.Lower == "that" && i+1 < len(ts) && ts[i+1].Tag != news.Punct || t.Lower == "whether"):
			return true, false
		case i == 0 && (t.Lower == "it" || t.Lower == "this" || t.Lower == "that" || t.Lower == "them"):
			return true, ends(ts[1:])
		case i <= 1 && (t.Tag == news.Ing || t.Tag == news.Verb && strings.HasSuffix(t.Lower, "ing")):
			return verb != "reject", false // "denied meddling"
		case t.Tag == news.Pronoun || t.Tag == news.Verb || t.Tag == news.Aux || t.Tag == news.Modal:
			return verb != "reject", false // "denied he had met her"
		case t.Tag != news.Noun:
			continue
		}
		if i+1 < len(ts) && ts[i+1].Tag == news.Noun || !said && slices.ContainsFunc(ts[max(0, i-3):i], func(t news.Token) bool { return t.Lower == "as" }) {
			continue // "hacking charges", "as nonsense"
		}
		switch {
		case requests[t.Lemma] || requests[t.Lower]:
			return false, false
		case said && i > 0 && ts[i-1].Tag == news.Noun:
			return true, false // "collusion claims"
		case said:
			back := ends(ts[i+1:])
			return !back || !thoughts[t.Lemma], back
		}
		return verb == "deny", false
	}
	return false, false
}

// untrue returns the token after "it was not true that" or "the reports were
// false", with which a statement begins; 0 if it does not.
func untrue(ts []news.Token) int {
	be, not := false, false
	for i, t := range ts[:min(len(ts), 9)] {
		switch w := t.Lower; {
		case w == "is" || w == "was" || w == "are" || w == "were":
			be = true
		case w == "not" || strings.HasSuffix(w, "n't"):
			be, not = be || w != "not", true
		case be && (not && (w == "true" || w == "correct" || w == "accurate") || !not && (w == "untrue" || w == "false" || w == "wrong" || w == "incorrect" || w == "baseless" || w == "unfounded" || w == "groundless" || w == "nonsense" || w == "fabricated")):
			if i+1 < len(ts) && ts[i+1].Lower == "that" {
				return i + 2
			}
			if rest := len(ts) - i - 1; rest > 2 {
				return 0 // "false alarms"
			}
			return len(ts)
		case be && t.Tag != news.Adv && t.Tag != news.Det:
			return 0
		case i == 0 && t.Tag != news.Det && w != "it" && w != "this" && w != "that" && w != "these" && w != "those" && w != "they" && !assertions[t.Lemma]:
			return 0
		case i > 0 && !be && !assertions[t.Lemma] && t.Tag != news.Adj && t.Tag != news.Aux && t.Tag != news.Adv:
			return 0
		}
	}
	return 0
}

// denies reports whether a word negates.
func denies(t news.Token) bool {
	switch t.Lower {
	case "not", "never", "no", "nor", "neither", "cannot", "nobody", "none", "nothing", "no-one":
		return true
	}
	return strings.HasSuffix(t.Lower, "n't") || strings.HasSuffix(t.Lower, "n’t")
}

// ends reports whether a noun has nothing behind it that tells what is meant.
func ends(ts []news.Token) bool {
	if len(ts) == 0 {
		return true
	}
	switch ts[0].Lower {
	case "of", "that", "about", "by", "from", "made", "in", "against", "over", "he", "she", "it", "they", "as", "which", "the":
		return ts[0].Lower == "against" || ts[0].Lower == "as" || ts[0].Lower == "in" || ts[0].Lower == "by" || ts[0].Lower == "made"
	}
	return true
}

// assertions are nouns of what is said or laid to somebody's charge.
var assertions = map[string]bool{
	"claim": true, "allegation": true, "accusation": true, "charge": true, "report": true, "suggestion": true, "notion": true, "idea": true, "assertion": true, "rumor": true, "rumour": true,
	"speculation": true, "theory": true, "account": true, "contention": true, "finding": true, "talk": true, "story": true, "hint": true, "argument": true, "figure": true, "estimate": true, "premise": true, "interpretation": true, "view": true,
	"stories": true, "hints": true, "arguments": true, "figures": true, "estimates": true, "conclusion": true, "insinuation": true, "narrative": true, "version": true, "characterization": true,
	"claims": true, "allegations": true, "accusations": true, "charges": true, "reports": true, "suggestions": true, "rumors": true, "rumours": true, "findings": true, "conclusions": true, "assertions": true,
}

// thoughts are those of them that can be a plan as well: "rejected the idea".
var thoughts = map[string]bool{"idea": true, "notion": true, "suggestion": true, "talk": true, "theory": true, "premise": true, "view": true, "interpretation": true}

// requests are nouns of what somebody asks for: who denies or rejects it disputes
// nothing.
var requests = map[string]bool{
	"request": true, "offer": true, "motion": true, "application": true, "appeal": true, "entry": true, "access": true, "bail": true, "parole": true, "visa": true, "permit": true, "permission": true,
	"petition": true, "bid": true, "plea": true, "chance": true, "opportunity": true, "right": true, "clemency": true, "coverage": true, "benefit": true, "service": true, "treatment": true,
	"requests": true, "offers": true, "motions": true, "applications": true, "appeals": true, "bids": true, "meeting": true, "invitation": true, "proposal": true, "proposals": true, "demand": true, "demands": true,
	"credit": true, "loan": true, "aid": true, "shelter": true, "asylum": true, "care": true,
}

// reactions: "The White House questioned claims that C", "X denied that C", "X
// denied the charge". What stands in the speaker's own quotation marks is what
// was said and not what was denied.
func (s *search) reactions() {
	for _, x := range ofEach(len(s.groups), s.reactionsOf) {
		s.add(x.i, x.j, x.kind, "a verb of denial or doubt", 0.8, x.explain)
	}
}

// reactionsOf is reactions, of group i.
func (s *search) reactionsOf(i int) (out []opposing) {
	found := map[string]*answered{}
	var nested map[int]bool
	for _, st := range s.members[i] {
		r, ok := s.retortOf(st)
		if !ok {
			continue
		}
		j, m := -1, (*statement)(nil)
		if r.back {
			j, m = s.toldBefore(&r, i)
		} else {
			k := string(st.alike(nil)) + r.who
			if found[k] == nil {
				if nested == nil {
					nested = s.nested(i)
				}
				found[k] = s.answersTo(&r, i, nested)
			}
			j, m = s.nearest(st, found[k])
		}
		if j < 0 && r.not {
			j, m = s.notSo(&r, i)
		}
		if j >= 0 {
			out = append(out, opposing{i, j, r.kind, fmt.Sprintf("%s %s this: %s", r.who, r.verb, m.claim.Proposition)})
		}
	}
	return out
}

// behind reports whether somebody is one of those on whom a group rests.
func (s *search) behind(who string, j int) bool {
	return slices.Contains(s.bodies(j), bodyOf(who, s.tied))
}

// toldBefore is the group of the claim to which a retort points back: the
// nearest before it on its page that others make and that charges or names the
// one who disputes it; -1 if there is none.
func (s *search) toldBefore(r *retort, own int) (int, *statement) {
	const reach = 500 // bytes, a paragraph or two
	who := foldName(r.who)
	best, said, near := -1, (*statement)(nil), 0
	for _, m := range s.onPage[r.st.doc] {
		d := r.st.claim.Span.Start - m.claim.Span.End
		j := s.group[m.ref]
		if d < 0 || d > reach || j == own || m.negated || m.deed.planned || s.behind(r.who, j) || last(m.claim.Chain) == r.who || slices.ContainsFunc(m.deed.mains, disputes) {
			continue
		}
		charges := slices.ContainsFunc(m.deed.mains, func(c string) bool { return c == "blame" || c == "charge" })
		names := slices.Contains(m.parties, who) || slices.Contains(m.actors, who)
		if !charges && !(names && m.claim.Reported) {
			continue
		}
		if best < 0 || d < near {
			best, said, near = j, m, d
		}
	}
	return best, said
}

// notSo is the group of the statement to which somebody objects who disputes that
// something is not so ("questioned claims that no pact was struck"): few say on a
// page that something did not happen, and a word in common tells which of them it
// is. -1 if there is none.
func (s *search) notSo(r *retort, own int) (int, *statement) {
	const reach = 1200 // bytes, to either side
	terms, _ := disputed(r)
	best, said, near := -1, (*statement)(nil), 0
	for _, m := range s.onPage[r.st.doc] {
		j := s.group[m.ref]
		if j == own || !m.negated || !m.claim.Frame.Negated || !m.claim.Reported || s.behind(r.who, j) || last(m.claim.Chain) == r.who || sharedWords(terms, m.terms) == 0 || !flat(m, s.tokens(m)) {
			continue
		}
		if d := abs(r.st.claim.Span.Start - m.claim.Span.Start); d <= reach && (best < 0 || d < near) {
			best, said, near = j, m, d
		}
	}
	return best, said
}
