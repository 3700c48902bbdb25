package propagation

import (
	"cmp"
	"slices"
	"strings"
	"testing"
)

// A story is the same for a seed, whatever the number of stories.
func TestStoriesAreStable(t *testing.T) {
	few, many := Make(4, 7), Make(9, 7)
	for i := range few {
		if len(few[i].Articles) != len(many[i].Articles) || few[i].Articles[0].Text != many[i].Articles[0].Text {
			t.Fatalf("story %d depends on how many are made", i)
		}
	}
	if Make(1, 7)[0].Articles[0].Text == Make(1, 8)[0].Articles[0].Text {
		t.Error("another seed gives the same story")
	}
}

// Every fact has its truth and its places, and every place is inside its text.
func TestStoriesAreSound(t *testing.T) {
	for _, s := range Make(200, 3) {
		told := make([]int, len(s.Facts))
		names := map[string]bool{}
		for _, a := range s.Articles {
			if names[a.Name] {
				t.Fatalf("%s: two articles are called %s", s.Name, a.Name)
			}
			names[a.Name] = true
			if strings.ContainsAny(a.Text, "{}") || strings.Contains(a.Text, "  ") {
				t.Errorf("%s: a slot was left open: %q", s.Name, a.Text)
			}
			for _, x := range a.Says {
				told[x.Fact]++
				if said := x.Span.Of(a.Text); x.Span.Start < 0 || len(said) < 12 || strings.ContainsAny(said, "\n“”.") {
					t.Errorf("%s: no clause stands where fact %d does: %q", s.Name, x.Fact, said)
				}
			}
		}
		for f, x := range s.Facts {
			if told[f] == 0 || x.Low > x.High || x.High < 1 {
				t.Errorf("%s: fact %d is told %d times, with %d to %d origins", s.Name, f, told[f], x.Low, x.High)
			}
			if (x.Circular || x.Rootless) && x.Low != 0 && x.Scenario != "rootless and named" {
				t.Errorf("%s: %s has nobody behind it and %d origins", s.Name, x.Scenario, x.Low)
			}
		}
	}
}

// What is kept for judging shares no event and no frame with what is not.
func TestHeldLanguageIsItsOwn(t *testing.T) {
	open, held := parse("open.txt"), parse("held.txt")
	for _, e := range held.events {
		if slices.ContainsFunc(open.events, func(o event) bool { return o.name == e.name }) {
			t.Errorf("event %s stands in both", e.name)
		}
	}
	for key, frames := range held.frames {
		for _, f := range frames {
			if slices.Contains(open.frames[key], f) {
				t.Errorf("%s: %q stands in both", key, f)
			}
		}
	}
}

func TestCount(t *testing.T) {
	named, other := end{"named", "a"}, end{"named", "b"}
	anon, own, lost := end{"anon", "x"}, end{"own", "y"}, end{"lost", "circle"}
	for _, c := range []struct {
		ends      []end
		low, high int
	}{
		{[]end{named, named}, 1, 1},
		{[]end{named, other}, 2, 2},
		{[]end{named, anon, own}, 1, 3},
		{[]end{anon}, 1, 1},
		{[]end{anon, own}, 1, 2},
		{[]end{lost, lost}, 0, 1},
		{[]end{lost, named}, 1, 1},
	} {
		low, high := count(c.ends)
		if cmp.Or(low-c.low, high-c.high) != 0 {
			t.Errorf("%v: %d to %d, want %d to %d", c.ends, low, high, c.low, c.high)
		}
	}
}

// What a press does is sound: every fact is told, and pages that took theirs
// from another bring no origin.
func TestHabitsAreSound(t *testing.T) {
	h := NewHabits(5, true)
	for _, s := range h.Make(60, 5) {
		told := make([]int, len(s.Facts))
		for _, a := range s.Articles {
			if !slices.Contains(h.Outlets(), a.Outlet) {
				t.Fatalf("%s: %s is not of the press", s.Name, a.Outlet)
			}
			for _, x := range a.Says {
				told[x.Fact]++
			}
		}
		for f, x := range s.Facts {
			if told[f] == 0 || x.High < 1 || x.High > told[f] {
				t.Errorf("%s: fact %d is told %d times, with %d origins", s.Name, f, told[f], x.High)
			}
		}
	}
}
