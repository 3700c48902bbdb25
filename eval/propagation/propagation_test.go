package propagation

import (
	"fmt"
	"os"
	"testing"
)

func TestDump(t *testing.T) {
	if os.Getenv("DUMP") == "" {
		t.Skip()
	}
	for _, s := range Make(6, 1) {
		fmt.Println("=====", s.Name, s.Event, s.Held)
		for i, f := range s.Facts {
			fmt.Printf("fact %d %+v\n", i, f)
		}
		fmt.Println(s.Pairs)
		for _, a := range s.Articles {
			fmt.Println("---", a.Name, a.Outlet, a.At, a.URL)
			fmt.Println(a.Text)
			for _, x := range a.Says {
				fmt.Printf("   %d: %s\n", x.Fact, x.Span.Of(a.Text))
			}
		}
	}
}
