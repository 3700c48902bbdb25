package header

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/text"
)

// The lexicons are text files; each says in its first lines what it holds.
var (
	//go:embed agencies.txt
	agenciesTxt string
	//go:embed outlets.txt
	outletsTxt string
	//go:embed cities.txt
	citiesTxt string
	//go:embed regions.txt
	regionsTxt string
	//go:embed furniture.txt
	furnitureTxt string
	//go:embed captionverbs.txt
	captionVerbsTxt string
)

// entries returns the lines of a lexicon without comments and empty lines.
func entries(file string) []string {
	var out []string
	for l := range strings.SplitSeq(file, "\n") {
		l = strings.TrimSpace(l)
		if l != "" && l[0] != '#' {
			out = append(out, l)
		}
	}
	return out
}

// wordSet reads a lexicon of words parted by "|".
func wordSet(file string) map[string]bool {
	set := map[string]bool{}
	for _, l := range entries(file) {
		for w := range strings.SplitSeq(l, "|") {
			set[strings.ToLower(w)] = true
		}
	}
	return set
}

// lengths are, by the first bytes of the words of a lexicon, a bit for each
// length that they have: by them most words are told to be in none before they
// are put in lower case.
type lengths [256]uint64

func (l *lengths) add(low string) { l[low[0]] |= 1 << min(len(low), 63) }

// may reports whether w, in whatever case, may be one of the words.
func (l *lengths) may(w string) bool {
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf {
			return true // in lower case it may have another length
		}
	}
	return w != "" && l.holds(w)
}

// holds is may for words that are not empty and of ASCII.
func (l *lengths) holds(w string) bool {
	c := w[0]
	if isUpper(c) {
		c |= 0x20
	}
	return l[c]>>min(len(w), 63)&1 == 1
}

var (
	cities       = sync.OnceValue(func() map[string]bool { return wordSet(citiesTxt) })
	regions      = sync.OnceValue(func() map[string]bool { return wordSet(regionsTxt) })
	captionVerbs = sync.OnceValue(func() *text.Words[bool] {
		w := text.WordsOf(wordSet(captionVerbsTxt))
		return &w
	})
)

// phrases is one group of furniture.txt: "related", "promo", …
type phrases struct {
	exact  map[string]bool
	prefix map[string][]string // by first word
	opens  [256]bool           // the first bytes of prefix
	within []string
	pairs  [256]uint64 // for each first byte of within, the second bytes that follow it, modulo 64
}

// furnitureTable is furniture.txt, a field for each of its groups.
type furnitureTable struct {
	navigation, promo, related, rights, opinion, live, roundup, video, section phrases
}

func (t *furnitureTable) group(name string) *phrases {
	switch name {
	case "navigation":
		return &t.navigation
	case "promo":
		return &t.promo
	case "related":
		return &t.related
	case "rights":
		return &t.rights
	case "opinion":
		return &t.opinion
	case "live":
		return &t.live
	case "roundup":
		return &t.roundup
	case "video":
		return &t.video
	case "section":
		return &t.section
	}
	panic("furniture.txt: unknown group " + name)
}

var furniture = sync.OnceValue(func() *furnitureTable {
	t := &furnitureTable{}
	var g *phrases
	mode := ""
	for _, l := range entries(furnitureTxt) {
		if l[0] == '[' && l[len(l)-1] == ']' && strings.IndexByte("=^*", l[len(l)-2]) >= 0 {
			var name string
			name, mode, _ = strings.Cut(l[1:len(l)-1], " ")
			if g = t.group(name); g.exact == nil {
				*g = phrases{exact: map[string]bool{}, prefix: map[string][]string{}}
			}
			continue
		}
		switch mode {
		case "=":
			g.exact[l] = true
		case "^":
			g.prefix[firstWord(l)] = append(g.prefix[firstWord(l)], l)
			g.opens[l[0]] = true
		case "*":
			g.within = append(g.within, l)
			g.pairs[l[0]] |= 1 << (l[1] & 63)
		}
	}
	return t
})

// firstWord is the key under which a prefix is kept: its leading letters and
// digits, or its first byte when it begins with a mark.
func firstWord(low string) string {
	for i := range len(low) {
		if !isLetter(low[i]) && !isDigit(low[i]) {
			return low[:max(1, i)]
		}
	}
	return low
}

// short is the length in bytes up to which a line is searched for phrases
// anywhere in it; longer lines are prose that may well hold the same words.
const short = 200

// match reports whether the group knows the line: low is lower case and
// folded, bare is low without the marks at both ends.
func (g *phrases) match(low, bare string) bool {
	if g.exact[bare] {
		return true
	}
	if g.begins(low) {
		return true
	}
	if len(low) < short {
		for i := 0; i+1 < len(low); i++ {
			if g.pairs[low[i]]>>(low[i+1]&63)&1 == 0 {
				continue
			}
			for _, p := range g.within {
				if strings.HasPrefix(low[i:], p) {
					return true
				}
			}
		}
	}
	return false
}

// begins reports whether a prefix of the group begins the line.
func (g *phrases) begins(low string) bool {
	if low == "" || !g.opens[low[0]] {
		return false
	}
	for _, p := range g.prefix[firstWord(low)] {
		if strings.HasPrefix(low, p) {
			return true
		}
	}
	return false
}

// agency is an entry of agencies.txt.
type agency struct {
	name      string
	publisher bool // sells the copy of its own paper: see agencies.txt
}

type agencyTable struct {
	exact map[string]agency // short names, as printed
	folds map[string]agency // longer names, lower case
	sizes *lengths          // of folds
	hosts map[string]agency
	long  []string // the keys of folds with a space, for a search inside a line
}

var agencies = sync.OnceValue(func() agencyTable {
	t := agencyTable{exact: map[string]agency{}, folds: map[string]agency{}, sizes: new(lengths), hosts: map[string]agency{}}
	for _, l := range entries(agenciesTxt) {
		names := strings.Split(l, "|")
		a := agency{name: strings.TrimPrefix(names[0], "~"), publisher: l[0] == '~'}
		names[0] = a.name
		for _, n := range names {
			switch {
			case n[0] == '@':
				t.hosts[n[1:]] = a
			case len(n) <= 4:
				t.exact[n] = a
			default:
				t.folds[strings.ToLower(n)] = a
				t.sizes.add(strings.ToLower(n))
				if strings.Contains(n, " ") {
					t.long = append(t.long, strings.ToLower(n))
				}
			}
		}
	}
	return t
})

// agencyNamed finds the agency that s names, wholly: "Associated Press",
// "AP", "The Associated Press".
func agencyNamed(s string) (agency, bool) {
	s = strings.Trim(s, " \t\r\n.,:;|-•()[]/*")
	t := agencies()
	if a, ok := t.exact[s]; ok {
		return a, true
	}
	if len(s) < 5 || len(s) > 40 || !t.sizes.may(s) {
		return agency{}, false
	}
	a, ok := t.folds[strings.ToLower(s)]
	return a, ok
}

// agencyAmong finds the first agency that one of the pieces of s names: parted
// by commas, slashes, bars, "and", "via".
func agencyAmong(s string) (agency, bool) {
	if a, ok := agencyNamed(s); ok {
		return a, true
	}
	for piece := range strings.FieldsFuncSeq(s, func(r rune) bool {
		return r == ',' || r == '/' || r == '|' || r == ';' || r == '(' || r == ')' || r == '•' || r == '-' || r == '–' || r == '—'
	}) {
		if a, ok := agencyNamed(piece); ok {
			return a, true
		}
	}
	return agency{}, false
}

var outlets = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, l := range entries(outletsTxt) {
		host, name, _ := strings.Cut(l, "|")
		m[host] = name
	}
	return m
})

// outletOfHost gives the name that goes with a host, or a host above it.
func outletOfHost(host string) (string, bool) {
	for h := host; h != ""; {
		if n, ok := outlets()[h]; ok {
			return n, true
		}
		_, rest, ok := strings.Cut(h, ".")
		if !ok {
			break
		}
		h = rest
	}
	return "", false
}
