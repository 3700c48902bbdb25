package page

import "golang.org/x/net/html/atom"

// best finds the element with the article: the one whose own paragraphs, and
// half of those one level down, weigh most; then up, as long as that brings in
// more paragraphs than it brings in other things.
func (t *layout) best() (at int, others []span) {
	if len(t.blocks) == 0 {
		return -1, nil
	}
	noise := noiseBits()
	score := make([]int32, len(t.spans))
	prose := make([]int32, len(t.blocks)+1) // sums up to a block
	other := make([]int32, len(t.blocks)+1)
	for i := range t.blocks {
		b := &t.blocks[i]
		prose[i+1], other[i+1] = prose[i], other[i]
		if !b.prose || t.spans[b.in].hints&noise != 0 {
			other[i+1] += b.weight
			continue
		}
		prose[i+1] += b.weight
		e := b.in
		if isParagraph(t.spans[e].tag) {
			e = t.spans[e].parent
		}
		for share := b.weight * 4; e >= 0 && share > 0; e, share = t.spans[e].parent, share/2 {
			score[e] += share
			if share <= b.weight {
				break
			}
		}
	}
	at = -1
	for i := range t.spans {
		s := score[i]
		if t.spans[i].body {
			s += s / 2
		}
		if s > 0 && (at < 0 || s > score[at]) {
			at = i
			score[i] = s
		}
	}
	if at < 0 {
		return t.fullest(other), nil
	}
	at = t.firstOfItsKind(at, score)
	if feed := t.feed(at); feed >= 0 {
		return feed, nil
	}
	others = t.othersOfItsKind(at)
	sums := func(e int) (int32, int32) {
		x := &t.spans[e]
		return prose[x.last] - prose[x.first], other[x.last] - other[x.first]
	}
	for below := at; t.spans[below].parent >= 0; {
		if t.spans[at].body || t.spans[below].tag == atom.Article {
			break // what lies beyond belongs to something else
		}
		up := int(t.spans[below].parent)
		below = up
		p, o := sums(at)
		q, r := sums(up)
		if q-p > r-o && q-p > p/10 {
			at = up
		}
	}
	return at, others
}

// firstOfItsKind is for pages that go on with other articles below the one that
// was asked for: an element of the same name, in a parent of the same name,
// that comes before. Siblings are parts of one article.
func (t *layout) firstOfItsKind(at int, score []int32) int {
	up := t.spans[at].parent
	if up < 0 {
		return at
	}
	class, upClass := t.class(at), t.class(int(up))
	if class == "" {
		return at
	}
	for i := range at {
		p := t.spans[i].parent
		if p >= 0 && p != up && score[i]*5 >= score[at] && t.spans[i].tag == t.spans[at].tag && t.spans[p].tag == t.spans[up].tag &&
			t.class(i) == class && t.class(int(p)) == upClass {
			return i
		}
	}
	return at
}

// othersOfItsKind are the articles below the one that was asked for: elements
// named like it, in parents named like its parent.
func (t *layout) othersOfItsKind(at int) (out []span) {
	up := t.spans[at].parent
	if up < 0 {
		return nil
	}
	class, upClass := t.class(at), t.class(int(up))
	if class == "" {
		return nil
	}
	end := t.spans[up].last
	for i := at + 1; i < len(t.spans); i++ {
		s := &t.spans[i]
		if s.first < end || s.parent < 0 || s.tag != t.spans[at].tag {
			continue
		}
		p := &t.spans[s.parent]
		if p.first >= end && p.tag == t.spans[up].tag && t.class(i) == class && t.class(int(s.parent)) == upClass {
			end = p.last
			if (p.tag == atom.Article || s.tag == atom.Article) && t.isWhole(p) {
				out = append(out, *p)
			}
		}
	}
	if len(out) > 5 {
		return nil // posts of a live page, or a list
	}
	return out
}

// feed is the element that holds the posts of a live page, when at is in one of
// them: three articles or more of one name side by side, each short. -1 if not.
func (t *layout) feed(at int) int {
	post := at
	if t.spans[at].tag != atom.Article && t.spans[at].parent >= 0 {
		post = int(t.spans[at].parent)
	}
	feed := t.spans[post].parent
	if t.spans[post].tag != atom.Article || feed < 0 {
		return -1
	}
	class := t.class(post)
	n := 0
	for i := int(feed) + 1; i < len(t.spans) && t.spans[i].first < t.spans[feed].last; i++ {
		s := &t.spans[i]
		if s.parent != feed || s.tag != atom.Article || t.class(i) != class {
			continue
		}
		if t.isWhole(s) {
			return -1
		}
		n++
	}
	if n < 3 {
		return -1
	}
	return int(feed)
}

// isWhole: long enough for an article, or with a headline of its own; a post of
// a live page is neither.
func (t *layout) isWhole(s *span) bool {
	var sum int32
	for i := s.first; i < s.last; i++ {
		if t.blocks[i].prose {
			sum += t.blocks[i].weight
		}
		if t.spans[t.blocks[i].in].tag == atom.H1 {
			return true
		}
	}
	return sum >= 500
}

func (t *layout) class(i int) string { return t.doc.attr(int(t.spans[i].node), "class") }

// fullest is for pages without a single paragraph: the body as a whole, if it
// has text enough to be meant.
func (t *layout) fullest(other []int32) int {
	for i := range t.spans {
		s := &t.spans[i]
		if s.tag == atom.Article || s.tag == atom.Main || s.tag == atom.Body || len(t.spans) == 1 || i == 0 && t.spans[1].tag != atom.Html {
			if other[s.last]-other[s.first] >= 20 {
				return i
			}
		}
	}
	return -1
}

func isParagraph(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.Li, atom.Blockquote, atom.Pre, atom.Dd, atom.Dt, atom.Tr:
		return true
	}
	return false
}
