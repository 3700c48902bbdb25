package gold

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/tracewire/tracewire/eval/measure"
)

// agencyForms maps long and mistyped names of agencies to the short one, all
// in the form that plain returns.
var agencyForms = map[string]string{
	"associatedpress": "ap", "apnews": "ap",
	"unitedpressinternational": "upi",
	"yonhapnews":               "yonhap", "yonhapnewsagency": "yonhap", "yna": "yonhap",
	"koreancentralnewsagency": "kcna", "knca": "kcna",
}

// before are words that may stand before a name and are no part of it.
var before = set([]string{"the", "a", "an", "mr", "mrs", "ms", "dr", "sir", "unnamed", "unspecified"})

// plain reduces a name to its bare letters and digits: no case, no points, no
// possessive ending, no leading article or honorific, no gaps. "The U.S.'s"
// and "us" are the same.
func plain(name string) string {
	s := strings.ReplaceAll(cases.Fold().String(norm.NFKC.String(name)), ".", "")
	for _, ending := range []string{"'s", "’s", "'", "’"} {
		if cut, found := strings.CutSuffix(s, ending); found {
			s = cut
			break
		}
	}
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	for len(words) > 1 && before[words[0]] {
		words = words[1:]
	}
	s = strings.Join(words, "")
	if short, known := agencyForms[s]; known {
		return short
	}
	return s
}

// host is a name that is an address: labels with points between, perhaps with
// a scheme before and a path after.
var host = regexp.MustCompile(`^(?:[\p{L}\p{N}_]+://)?([\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+)(?:/.*)?$`)

// names knows under which forms each canonical name of the gold goes in a set
// of documents.
type names struct {
	forms map[string]map[string]bool // by canonical name
	keys  map[string][]string        // what a name of the program is looked up by
}

func newNames(docs ...document) names {
	n := names{map[string]map[string]bool{}, map[string][]string{}}
	add := func(id, form string) {
		if n.forms[id] == nil {
			n.forms[id] = map[string]bool{}
		}
		n.forms[id][plain(form)] = true
	}
	for _, d := range docs {
		inText := map[string]bool{}
		for _, c := range d.Mentions {
			inText[c.ID] = true
			for _, m := range c.Mentions {
				add(c.ID, m.Text)
				if m.Extent != nil {
					add(c.ID, m.Extent.Text)
				}
			}
		}
		// A speaker who is no cluster goes by the words of the text.
		for _, q := range d.Quotes {
			if !inText[q.SourceID] && q.Source != nil {
				add(q.SourceID, q.Source.Text)
			}
		}
	}
	return n
}

// same reports whether the program's name means the gold's: it is that name or
// a form that the text uses for it. Of an address, any label may be the name.
func (n names) same(gold, prog string) bool {
	keys, known := n.keys[prog]
	if !known {
		keys = []string{plain(prog)}
		if m := host.FindStringSubmatch(strings.TrimSpace(prog)); m != nil {
			for _, label := range strings.Split(m[1], ".") {
				keys = append(keys, plain(label))
			}
		}
		n.keys[prog] = keys
	}
	bare, forms := plain(gold), n.forms[gold]
	for _, k := range keys {
		if k != "" && (k == bare || forms[k]) {
			return true
		}
	}
	return false
}

// sameChain reports whether two chains name the same links in the same order.
func (n names) sameChain(gold, prog []string) bool {
	if len(gold) != len(prog) {
		return false
	}
	for i := range gold {
		if !n.same(gold[i], prog[i]) {
			return false
		}
	}
	return true
}

// steps compares two chains by their neighbours: "who passes on whom".
func (n names) steps(gold, prog []string) measure.Count {
	hit := 0
	for i := range len(gold) - 1 {
		for j := range len(prog) - 1 {
			if n.same(gold[i], prog[j]) && n.same(gold[i+1], prog[j+1]) {
				hit++
				break
			}
		}
	}
	return measure.Both(hit, max(0, len(gold)-1), max(0, len(prog)-1))
}
