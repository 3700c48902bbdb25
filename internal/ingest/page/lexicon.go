package page

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed hints.txt
var hintsFile string

//go:embed phrases.txt
var phrasesFile string

//go:embed stopwords.txt
var stopwordsFile string

//go:embed agencies.txt
var agenciesFile string

var agencies = sync.OnceValue(func() map[string]string {
	t := map[string]string{}
	for line := range strings.SplitSeq(agenciesFile, "\n") {
		if low, name, ok := strings.Cut(line, " = "); ok && !strings.HasPrefix(line, "#") {
			t[low] = name
		}
	}
	return t
})

// hints are the kinds of hints.txt, one bit each; bodyHint is "article body".
type hints uint32

const bodyHint hints = 1 << 31

type hintTable struct {
	kinds    []string
	exact    map[string]hints
	prefixes map[byte][]prefixHint // by the first letter
}

type prefixHint struct {
	prefix string
	bits   hints
}

// entries yields the lines of a lexicon file, "kind: words".
func entries(file string) func(yield func(kind, rest string) bool) {
	return func(yield func(kind, rest string) bool) {
		for line := range strings.SplitSeq(file, "\n") {
			kind, rest, ok := strings.Cut(line, ":")
			if !ok || strings.HasPrefix(line, "#") {
				continue
			}
			if !yield(kind, rest) {
				return
			}
		}
	}
}

var hintWords = sync.OnceValue(func() hintTable {
	t := hintTable{exact: map[string]hints{}, prefixes: map[byte][]prefixHint{}}
	for kind, rest := range entries(hintsFile) {
		bit := hints(1) << len(t.kinds)
		t.kinds = append(t.kinds, kind)
		for _, w := range strings.Fields(rest) {
			if p, ok := strings.CutSuffix(w, "*"); ok {
				t.prefixes[p[0]] = append(t.prefixes[p[0]], prefixHint{p, bit})
			} else {
				t.exact[w] |= bit
			}
		}
	}
	return t
})

func hintBit(kind string) hints {
	for i, k := range hintWords().kinds {
		if k == kind {
			return 1 << i
		}
	}
	panic("no kind " + kind + " in hints.txt")
}

// noiseBits are the kinds under which no article is looked for.
var noiseBits = sync.OnceValue(func() (h hints) {
	for _, k := range []string{"comment", "share", "related", "newsletter", "ads", "nav", "sidebar", "footer", "cookie", "login", "hidden"} {
		h |= hintBit(k)
	}
	return h
})

// asideBits are the kinds whose dates and names belong to something else.
var asideBits = sync.OnceValue(func() (h hints) {
	for _, k := range []string{"comment", "related", "sidebar", "footer", "teaser", "nav"} {
		h |= hintBit(k)
	}
	return h
})

// knownKinds are the kinds that the code itself speaks of.
type knownKinds struct {
	author, caption, comment, cookie, footer, form, header, hidden, lead, login, meta, nav, sidebar hints
}

var known = sync.OnceValue(func() knownKinds {
	return knownKinds{
		author:  hintBit("author"),
		caption: hintBit("caption"),
		comment: hintBit("comment"),
		cookie:  hintBit("cookie"),
		footer:  hintBit("footer"),
		form:    hintBit("form"),
		header:  hintBit("header"),
		hidden:  hintBit("hidden"),
		lead:    hintBit("lead"),
		login:   hintBit("login"),
		meta:    hintBit("meta"),
		nav:     hintBit("nav"),
		sidebar: hintBit("sidebar"),
	}
})

// hintsOf reads the words of a class or an id.
func hintsOf(value string) hints {
	t := hintWords()
	var h hints
	last := ""
	for w := range nameWords(value) {
		h |= t.exact[w]
		for _, p := range t.prefixes[w[0]] {
			if strings.HasPrefix(w, p.prefix) {
				h |= p.bits
			}
		}
		switch w {
		case "body", "content", "text", "copy", "inhalt":
			switch last {
			case "article", "story", "entry", "post", "artikel", "news", "blog":
				h |= bodyHint
			}
		case "articlebody", "storybody", "entrycontent", "postcontent", "articlecontent", "articletext", "artikeltext", "storytext":
			h |= bodyHint
		}
		last = w
	}
	return h
}

var stopwords = sync.OnceValue(func() map[string]bool {
	t := map[string]bool{}
	for line := range strings.SplitSeq(stopwordsFile, "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range strings.Fields(line) {
			t[w] = true
		}
	}
	return t
})

// countWords counts words, and those that are stop words. Capitals are folded
// in ASCII only: a stop word with another capital is rare.
func countWords(s []byte) (n, stops int32) {
	table := stopwords()
	var buf [12]byte
	size := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && (isNameByte(s[i]) || s[i] >= 0x80 && !(s[i] == 0xe2 && i+1 < len(s) && s[i+1] == 0x80)) {
			if size < len(buf) {
				c := s[i]
				if 'A' <= c && c <= 'Z' {
					c += 'a' - 'A'
				}
				buf[size] = c
			}
			size++
			continue
		}
		if size > 0 {
			n++
			if size <= len(buf) && table[string(buf[:size])] {
				stops++
			}
		}
		size = 0
	}
	return n, stops
}

// phrase is a line of phrases.txt.
type phrase struct {
	words string
	kind  uint
	whole bool
}

type phraseTable struct {
	kinds  []string
	starts map[byte][]phrase // those with "^", by the first byte
	inside []phrase
	ends   []phrase
}

var phrases = sync.OnceValue(func() phraseTable {
	t := phraseTable{starts: map[byte][]phrase{}}
	for kind, rest := range entries(strings.ReplaceAll(phrasesFile, "stand:", "stand;")) {
		k := uint(len(t.kinds))
		t.kinds = append(t.kinds, kind)
		for w := range strings.SplitSeq(rest, ",") {
			w = strings.ReplaceAll(strings.TrimLeft(w, " "), "stand;", "stand:")
			p := phrase{kind: k}
			w, p.whole = strings.CutSuffix(w, "$")
			start := false
			p.words, start = strings.CutPrefix(w, "^")
			switch {
			case p.words == "":
			case start:
				t.starts[p.words[0]] = append(t.starts[p.words[0]], p)
			case p.whole:
				t.ends = append(t.ends, p)
			default:
				t.inside = append(t.inside, p)
			}
		}
	}
	return t
})

var subscribeBit = sync.OnceValue(func() uint32 {
	for k, kind := range phrases().kinds {
		if kind == "subscribe" {
			return 1 << k
		}
	}
	return 0
})

// phraseKinds returns the kinds of phrases in a line in lower case, one bit
// each.
func phraseKinds(line string) (bits uint32) {
	if line == "" {
		return 0
	}
	t := phrases()
	for _, p := range t.starts[line[0]] {
		if strings.HasPrefix(line, p.words) && (!p.whole || len(line) == len(p.words)) {
			// Not the beginning of a longer word.
			if rest := line[len(p.words):]; rest == "" || !isNameByte(rest[0]) || !isNameByte(p.words[len(p.words)-1]) {
				bits |= 1 << p.kind
			}
		}
	}
	for _, p := range t.inside {
		if strings.Contains(line, p.words) {
			bits |= 1 << p.kind
		}
	}
	for _, p := range t.ends {
		if strings.HasSuffix(line, p.words) {
			bits |= 1 << p.kind
		}
	}
	return bits
}
