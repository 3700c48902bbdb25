package header

import (
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// update reads the page's update note: its words, and the paragraphs that it
// names, with the lines that they stand on.
func (p *page) update() *news.Update {
	for i := range p.lines {
		l := &p.lines[i]
		if l.label != news.UpdateNote {
			continue
		}
		var body []int
		for k := range p.lines {
			if b := &p.lines[k]; b.label == news.Body && b.rule != "cross-head" && b.rule != "tweet signature" && (b.dateline == nil || !b.dateline.alone) {
				body = append(body, b.number)
			}
		}
		u := news.Update{Span: l.at, Why: news.Why{Rule: l.rule, Confidence: l.conf}}
		u.Kind, u.Paragraphs = readNote(l.s, len(body))
		for _, n := range u.Paragraphs {
			if n <= len(body) {
				u.Lines = append(u.Lines, body[n-1])
			}
		}
		if len(u.Paragraphs) > 0 {
			u.Note = "paragraphs are counted without the captions"
		}
		return &u
	}
	return nil
}

// readNote parts a note into its words and the paragraphs it names; total is
// the number of the body's paragraphs, for "last 3 paras".
func readNote(s string, total int) (kind string, paragraphs []int) {
	s = strings.Trim(s, "()[] /")
	for _, w := range [...]string{"ATTN:", "ATTENTION -", "ATTENTION:", "Eds:", "EDS:"} {
		s = strings.TrimSpace(strings.TrimPrefix(s, w))
	}
	var out strings.Builder
	for i := 0; i < len(s); {
		if i == 0 || s[i-1] == ' ' || s[i-1] == '(' {
			if end, ns := paragraphPhrase(s, i, total); end > i {
				paragraphs = append(paragraphs, ns...)
				i = end
				continue
			}
		}
		out.WriteByte(s[i])
		i++
	}
	slices.Sort(paragraphs)
	paragraphs = slices.Compact(paragraphs)
	kind = strings.Join(strings.Fields(out.String()), " ")
	for _, m := range [...]string{" ;", " ,", " .", " )"} {
		kind = strings.ReplaceAll(kind, m, m[1:])
	}
	return strings.Trim(kind, " ,;."), paragraphs
}

// paragraphPhrase reads "in paras 2, 6-10", "paragraphs 3 and 5", "in last 2
// paras", "in 4th para" at s[i].
func paragraphPhrase(s string, i, total int) (end int, ns []int) {
	j := i
	word := func() string {
		e := j
		for e < len(s) && (isLetter(s[e]) || isDigit(s[e])) {
			e++
		}
		return strings.ToLower(s[j:e])
	}
	skip := func(w string) {
		j += len(w)
		for j < len(s) && (s[j] == ' ' || s[j] == '.') {
			j++
		}
	}
	switch w := word(); w {
	case "in", "to", "at", "from", "with", "as":
		skip(w)
	}
	if w := word(); w == "the" {
		skip(w)
	}
	w := word()
	if isParagraph(w) {
		skip(w)
		return numberList(s, j)
	}
	if w == "last" || w == "final" {
		skip(w)
		n := 1
		if k, e := number(s, j, 2); e > j {
			n = k
			skip(s[j:e])
		} else if k := numberWord(word()); k > 0 {
			n = k
			skip(word())
		}
		w = word()
		if !isParagraph(w) || n > total {
			return i, nil
		}
		for k := total - n + 1; k <= total; k++ {
			ns = append(ns, k)
		}
		return j + len(w), ns
	}
	// "in 4th para", "in first para", "in 2nd, 5th paras"
	for len(ns) < 12 {
		n, e := number(s, j, 2)
		if e > j {
			e = ordinal(s, e)
		} else if n = ordinalWord(word()); n > 0 {
			e = j + len(word())
		}
		if n == 0 {
			break
		}
		ns = append(ns, n)
		skip(s[j:e])
		if j < len(s) && s[j] == ',' {
			skip(",")
		}
		if w := word(); w == "and" {
			skip(w)
		}
	}
	if w = word(); len(ns) > 0 && isParagraph(w) {
		return j + len(w), ns
	}
	return i, nil
}

func isParagraph(w string) bool {
	switch w {
	case "para", "paras", "paragraph", "paragraphs", "graf", "grafs", "graph", "graphs", "par", "pars":
		return true
	}
	return false
}

// numberList reads "2, 6-10" or "3 and 5".
func numberList(s string, i int) (end int, ns []int) {
	end = i
	for {
		a, e := number(s, i, 2)
		if e == i || a == 0 {
			break
		}
		b := a
		k := e
		if n := dashLen(s, k); n > 0 {
			if c, f := number(s, k+n, 2); f > k+n {
				b, e = c, f
			}
		} else if strings.HasPrefix(s[k:], " to ") {
			if c, f := number(s, k+4, 2); f > k+4 {
				b, e = c, f
			}
		}
		for ; a <= b; a++ {
			ns = append(ns, a)
		}
		end, i = e, e
		for _, sep := range [...]string{", and ", ", ", ",", " and ", " & ", " / "} {
			if strings.HasPrefix(s[i:], sep) {
				i += len(sep)
				break
			}
		}
		if i == end {
			break
		}
	}
	return end, ns
}

func numberWord(w string) int {
	for i, n := range [...]string{"one", "two", "three", "four", "five", "six"} {
		if w == n {
			return i + 1
		}
	}
	return 0
}

func ordinalWord(w string) int {
	for i, n := range [...]string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"} {
		if w == n {
			return i + 1
		}
	}
	return 0
}

// rights returns the places of all notices.
func (p *page) rights() []text.Span {
	var out []text.Span
	for i := range p.lines {
		l := &p.lines[i]
		for _, part := range l.pieces() {
			if part.Label == news.Rights {
				out = append(out, shift(part.Span, l.at.Start))
			}
		}
	}
	return out
}
