package quote

import (
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// This file reads posts of social media that stand in a text as pages embed
// them: the words, then who wrote them and when.
//
//	The wall will hold. Do not leave your homes!
//	— Tamsin Oake (@tamsinoake) March 3, 2024

// postRule names posts in the layer of quotes.
const postRule = "post of S"

// longestPost is the most bytes that are taken for one post: what a platform
// allows, with addresses and marks written out.
const longestPost = 480

// post is what a signature says of the words before it.
type post struct {
	content, source tokens
	when            news.When
}

// postsOf finds the posts of a text, by the number of the paragraph that holds
// their words, and which paragraphs are nothing but a signature.
func (f *finder) postsOf() (posts map[int]post, signatures map[int]bool) {
	if !strings.Contains(f.v.Text, "(@") {
		return nil, nil
	}
	posts, signatures = map[int]post{}, map[int]bool{}
	for k := range f.paragraphs {
		p := f.paragraphs[k]
		dash, source := f.signature(p)
		if source.empty() || p.label != news.Body {
			continue
		}
		s := post{source: source, content: tokens{p.first, dash}, when: f.whenIn(tokens{source.last, p.last})}
		at := k
		if dash == p.first {
			signatures[k] = true
			at, s.content = k-1, tokens{}
			if k > 0 && f.paragraphs[k-1].label == news.Body && !signatures[k-1] {
				s.content = f.paragraphs[k-1].tokens
			}
		}
		s.content = f.withoutLinks(s.content)
		if _, taken := posts[at]; !taken && !s.content.empty() && f.span(s.content).Len() <= longestPost && !f.names3rd(s) {
			posts[at] = s
		}
	}
	return posts, signatures
}

// withoutLinks cuts addresses of pictures and pages off the end of a post.
func (f *finder) withoutLinks(r tokens) tokens {
	for i := r.last - 1; i >= r.first; i-- {
		at := f.v.Tokens[i].Span.Start
		if i > r.first && f.v.Tokens[i-1].Span.End == at {
			continue // in the middle of a word
		}
		w := f.v.Text[at:min(len(f.v.Text), at+len("pic.twitter.com/"))]
		if !strings.HasPrefix(w, "https://") && !strings.HasPrefix(w, "http://") && !strings.HasPrefix(w, "pic.") && !strings.HasPrefix(w, "t.co/") {
			break
		}
		r.last = i
	}
	return r
}

// names3rd reports whether the words name the writer by the surname: then they
// are about the writer, and the words of the post itself are lost.
func (f *finder) names3rd(s post) bool {
	writer := ""
	for _, n := range f.overlapping(f.span(s.source)) {
		if n.kind == news.Person {
			writer = n.id
		}
	}
	if writer == "" {
		return false
	}
	for _, n := range f.overlapping(f.span(s.content)) {
		if n.id == writer {
			return true
		}
	}
	return false
}

// signature returns the dash with which a signature begins in p and the name
// behind it; the name is empty where there is none. Between dash and account
// stand a few words, and nothing but a date comes after.
func (f *finder) signature(p paragraph) (dash int, name tokens) {
	ts, s := f.v.Tokens, f.span(p.tokens)
	words := s.Of(f.v.Text)
	at := strings.LastIndex(words, "(@")
	end := strings.IndexByte(words[max(at, 0):], ')')
	if at < 0 || end < 0 || len(words)-at-end > len(") September 30, 2018 at 12:59 PM") {
		return 0, tokens{}
	}
	at += s.Start
	last := p.first // the first token at or behind the account
	for last < p.last && ts[last].Span.Start < at {
		last++
	}
	for i := last - 1; i >= p.first && i >= last-8; i-- {
		switch ts[i].Span.Of(f.v.Text) {
		case "—", "–", "-", "--":
			return i, tokens{i + 1, last}
		}
	}
	return 0, tokens{}
}

// whenIn is the first day or time that r names.
func (f *finder) whenIn(r tokens) news.When {
	if r.empty() {
		return news.When{}
	}
	s := f.span(r)
	for _, t := range f.v.Timexes.Items {
		if s.Contains(t.Span) && (t.Type == "DATE" || t.Type == "TIME") {
			return news.When{Span: t.Span, Value: t.Value}
		}
	}
	return news.When{}
}

// post reads paragraph p as the post s: its words are the account's, and who
// is quoted in them is quoted through it.
func (f *finder) post(p paragraph, s post) {
	var all []found
	for _, sentence := range p.sentences {
		all = append(all, f.sentence(p, sentence)...)
	}
	f.seq++
	from := len(f.out)
	f.add(p, found{content: s.content, source: s.source, when: s.when, rule: postRule, confidence: 0.95, id: f.seq}, from)
	for _, a := range merge(all) {
		if a.content != s.content && !a.cue.empty() && s.content.first <= a.cue.first && a.cue.last <= s.content.last {
			f.add(p, a, from)
		}
	}
}
