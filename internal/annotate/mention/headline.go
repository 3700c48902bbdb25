package mention

import (
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// namesInCapitals finds names where capitals mean nothing: known ones, those
// of the running text, and given names with what follows.
func (s *scanner) namesInCapitals(k int, p *piece) {
	for i := 0; i < len(p.words); {
		w := &p.words[i]
		if !w.capital || w.class&function != 0 && w.class&titleHead == 0 {
			i++
			continue
		}
		if n := s.repeated(p, i); n > 0 {
			s.emit(k, p, i, i+n, s.knownAt(p, i, n), s.kindInText(p, i, n), "named in the text")
			i += n
			continue
		}
		if kn, n := s.lookup(p, i); kn != nil {
			s.emit(k, p, i, i+n, kn, "", "known")
			i += n
			continue
		}
		if p.upper {
			i++
			continue
		}
		if s.verbBefore(p, i) {
			i++
			continue
		}
		end := i + 1
		for end < len(p.words) && p.words[end].capital && p.words[end].gap == gapSpace && !p.words[end-1].poss &&
			p.words[end].class&(function|commonWord|statement) == 0 && !s.small(&p.words[end]) && end-i < 4 {
			if kn, _ := s.lookup(p, end); kn != nil && w.class&given == 0 || s.verbBefore(p, end) {
				break
			}
			end++
		}
		switch {
		case w.class&(given|honorific) != 0 && w.class&commonWord == 0 && end-i > 1:
			if w.class&given == 0 {
				i++
			}
			s.emit(k, p, i, end, nil, news.Person, "given name")
		case w.class&(commonWord|statement|titleHead|titlePart|orgHead|eventHead|prodHead|facHead|personNoun) == 0 && !s.small(w) && !plainWord(w.lower) && (end-i > 1 || s.seen(w).cap > 0 || w.caps && !p.upper):
			s.emit(k, p, i, end, nil, "", "uncommon words")
		default:
			end = i + 1
		}
		i = end
	}
}

// verbBefore reports whether the word at i can be a verb before a name: in "Lind Jabs
// Roe" the text has Roe, and no Jabs Roe.
func (s *scanner) verbBefore(p *piece, i int) bool {
	w := &p.words[i]
	return w.class&given == 0 && strings.HasSuffix(w.lower, "s") && i+1 < len(p.words) && p.words[i+1].gap == gapSpace && s.repeated(p, i+1) > 0
}

// small reports whether the text has w in small letters too.
func (s *scanner) small(w *word) bool {
	e := s.seen(w)
	return e.low > 0 && e.cap == 0
}

// repeated is the number of words of the longest name at i that the running
// text has too.
func (s *scanner) repeated(p *piece, i int) int {
	for n := min(5, len(p.words)-i); n > 0; n-- {
		last := &p.words[i+n-1]
		if !last.capital {
			continue
		}
		t := s.src[p.words[i].start:last.end]
		if s.inRun[t] || p.upper && len(t) > 3 && s.inRun[titleCase(t)] {
			return n
		}
	}
	return 0
}

func (s *scanner) knownAt(p *piece, i, n int) *known {
	if kn, m := s.lookup(p, i); kn != nil && m == n {
		return kn
	}
	return nil
}

// kindInText is the kind that the running text gave the same name.
func (s *scanner) kindInText(p *piece, i, n int) news.EntityType {
	t := s.src[p.words[i].start:p.words[i+n-1].end]
	for j := range s.names {
		if o := s.names[j].span.Of(s.src); o == t || p.upper && strings.EqualFold(o, t) {
			return s.names[j].kind
		}
	}
	return news.Person
}
