package story

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

var numberWords = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
	"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
	"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

var scales = map[string]float64{"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}

// numbers returns what the lede counts: each number that stands before a noun,
// dates and times apart.
func numbers(v *news.Version, read []news.Sentence, lede []bool) []Number {
	var out []Number
	for i, s := range read {
		if !lede[i] {
			continue
		}
		for k := s.First; k < s.Last; k++ {
			t := &v.Tokens[k]
			if t.Tag != news.Num || inTimex(v, k) {
				continue
			}
			n, ok := valueOf(t.Lower)
			if !ok {
				continue
			}
			after := k + 1
			for after < s.Last {
				scale, known := scales[v.Tokens[after].Lower]
				if !known {
					break
				}
				n *= scale
				after++
			}
			if unit := counted(v.Tokens[after:s.Last]); unit != "" {
				out = append(out, Number{n, unit})
			}
			k = after - 1
		}
	}
	slices.SortFunc(out, func(a, b Number) int {
		if c := strings.Compare(a.Unit, b.Unit); c != 0 {
			return c
		}
		return int(min(max(a.Value-b.Value, -1), 1))
	})
	return slices.Compact(out)
}

func inTimex(v *news.Version, token int) bool {
	at := v.Tokens[token].Span
	return slices.ContainsFunc(v.Timexes.Items, func(t news.Timex) bool { return t.Span.Contains(at) })
}

// counted returns the noun that a number before these tokens counts.
func counted(after []news.Token) string {
	for i, t := range after {
		switch {
		case i >= 3:
			return ""
		case t.Tag == news.Noun:
			return t.Lemma
		case t.Lower == "%":
			return "percent"
		case t.Tag != news.Adj && t.Tag != news.Name:
			return ""
		}
	}
	return ""
}

func valueOf(s string) (float64, bool) {
	if n, known := numberWords[s]; known {
		return n, true
	}
	if ten, one, ok := strings.Cut(s, "-"); ok {
		a, b := numberWords[ten], numberWords[one]
		return a + b, a >= 20 && b > 0 && b < 10
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimLeft(s, "$£€"), ",", ""), 64)
	return n, err == nil
}
