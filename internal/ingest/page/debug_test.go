package page

import (
	"fmt"
	"os"
	"testing"
)

func TestDebug(t *testing.T) {
	f := os.Getenv("PAGE")
	if f == "" {
		t.Skip()
	}
	src := fmt.Sprintf(full, para1, para2, para3)
	if f != "full" {
		b, _ := os.ReadFile(f)
		src = string(b)
	}
	s, _ := look(src)
	m := weights()
	sc := m.scores(s)
	var v vector
	fmt.Println("best", s.best, s.first, s.last)
	for i := range s.blocks {
		s.features(i, &v)
		x := s.string(i)
		if len(x) > 90 {
			x = x[:90]
		}
		fmt.Printf("%3d %6.2f %6.2f %v %s\n", i, dot(m.row1, v.values), sc[i], s.spans[s.blocks[i].in].tag, x)
	}
}
