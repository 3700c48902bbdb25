package lineage

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// near is how many bytes may stand between two passages for a number there
// to be the same number told anew.
const near = 48

// tolls are words by which a number is a count that only rises.
var tolls = []string{
	"arrested", "bodies", "casualties", "cases", "confirmed", "dead", "death", "deaths", "detained", "died", "displaced", "evacuated",
	"fatalities", "homeless", "hospitalized", "hospitalised", "hurt", "infected", "injured", "injuries", "killed", "missing", "toll", "victims", "wounded",
}

// counters compares the numbers that stand in the same place of both texts,
// between equal words: a toll that rises shows which text is the earlier.
func (p *pair) counters() (from *node, note string) {
	passages := slices.Clone(p.o.Passages)
	slices.SortFunc(passages, func(x, y news.Passage) int { return x.A.Start - y.A.Start })
	up, down := 0, 0
	for i := 1; i < len(passages); i++ {
		x, y := passages[i-1], passages[i]
		gapA, gapB := text.Span{Start: x.A.End, End: y.A.Start}, text.Span{Start: x.B.End, End: y.B.Start}
		if gapA.Empty() || gapB.Empty() || gapA.Len() > near || gapB.Len() > near {
			continue
		}
		a, okA := onlyNumber(gapA.Of(p.a.v.Text))
		b, okB := onlyNumber(gapB.Of(p.b.v.Text))
		if !okA || !okB || a == b || !countsToll(p.a.v.Text, text.Span{Start: x.A.Start, End: y.A.End}, gapA) {
			continue
		}
		if a < b {
			up++
			note = fmt.Sprintf("a count rises from %d to %d", a, b)
		} else {
			down++
			note = fmt.Sprintf("a count rises from %d to %d", b, a)
		}
	}
	switch {
	case up > 0 && down == 0:
		return p.a, note
	case down > 0 && up == 0:
		return p.b, note
	}
	return nil, ""
}

// countsToll reports whether a word of tolls stands near the gap.
func countsToll(src string, around, gap text.Span) bool {
	at := text.Span{Start: max(around.Start, gap.Start-60), End: min(around.End, gap.End+60)}
	for _, w := range strings.FieldsFunc(strings.ToLower(at.Of(src)), func(r rune) bool { return (r < 'a' || r > 'z') && r < 0x80 }) {
		if _, ok := slices.BinarySearch(tolls, w); ok {
			return true
		}
	}
	return false
}

var numberWords = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
	"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}

// onlyNumber is the one number in s; ok is false for none and for several.
func onlyNumber(s string) (n int, ok bool) {
	for _, w := range strings.Fields(strings.ToLower(s)) {
		w = strings.ReplaceAll(strings.Trim(w, ".,;:()\"'"), ",", "")
		x, err := strconv.Atoi(w)
		if err != nil {
			if x = numberWords[w]; x == 0 {
				continue
			}
		}
		if ok {
			return 0, false
		}
		n, ok = x, true
	}
	return n, ok
}
