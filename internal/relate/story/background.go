package story

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed background.txt
var backgroundText string

// rare is the weight of a word that is not in the table: it stands in fewer
// than about one text of 200.
const rare = 6

// background returns the weight of each common word: the natural logarithm of
// one over the share of news texts in which it stands.
var background = sync.OnceValue(func() map[string]float32 {
	out := map[string]float32{}
	for line := range strings.Lines(backgroundText) {
		word, tenths, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || strings.HasPrefix(word, "#") {
			continue
		}
		n, err := strconv.Atoi(tenths)
		if err != nil {
			continue
		}
		out[word] = float32(n) / 10
	}
	return out
})

// weightOf is the weight of one word.
func weightOf(word string) float32 {
	if w, known := background()[word]; known {
		return w
	}
	return rare
}
