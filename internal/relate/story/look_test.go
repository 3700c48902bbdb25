package story

import (
	"fmt"
	"os"
	"testing"
)

func TestLook(t *testing.T) {
	if os.Getenv("LOOK") == "" {
		t.Skip()
	}
	for _, l := range []labelled{helsinki(t), ecbPlus(t)} {
		bytes, kinds, miss := map[string]int{}, map[string]int{}, 0
		for _, v := range l.versions {
			for _, x := range v.Lines.Items {
				for _, p := range x.Pieces() {
					bytes[string(p.Label)] += p.Span.Len()
				}
			}
			if l.counts[v.Name] {
				kinds[string(v.Meta.Kind)]++
			} else {
				kinds["not news: "+string(v.Meta.Kind)]++
			}
			if v.Meta.Headline.Value == "" {
				miss++
			}
		}
		fmt.Println(bytes, kinds, "no headline", miss)
	}
}
