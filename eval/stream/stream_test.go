package stream

import (
	"fmt"
	"os"
	"testing"
	"time"
)

func TestLook(t *testing.T) {
	kinds := map[Kind]int{}
	n, bytes := 0, 0
	start := time.Now()
	for a := range (Config{Articles: 20000, Seed: 1}).Invent() {
		kinds[a.Kind]++
		n++
		bytes += len(a.Text)
		if os.Getenv("LOOK") != "" && n > 3000 && n < 3040 {
			p := -1
			if a.Parent != nil {
				p = a.Parent.Number
			}
			fmt.Printf("=== %s %s parent %d story %d %s\n%s\n", a.Name(), a.Kind, p, a.Story, a.Published, a.Text)
		}
	}
	t.Log(kinds, bytes/n, time.Since(start)/time.Duration(n))
}
