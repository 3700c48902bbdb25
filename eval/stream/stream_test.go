package stream

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/store/memory"
)

func collect(c Config) (list []*Article) {
	for a := range c.Invent() {
		list = append(list, a)
	}
	return list
}

func TestEqualSeedsEqualStreams(t *testing.T) {
	a, b, other := collect(Config{Articles: 300, Seed: 5}), collect(Config{Articles: 300, Seed: 5}), collect(Config{Articles: 300, Seed: 6})
	same := 0
	for i := range a {
		if !reflect.DeepEqual(a[i].Version(), b[i].Version()) {
			t.Fatalf("article %d differs", i)
		}
		if a[i].Text == other[i].Text {
			same++
		}
	}
	if same > 0 {
		t.Errorf("%d texts are those of another seed", same)
	}
}

// The shares are what was asked for, parents come before children, and texts
// bear the traces of what was done to them.
func TestTruth(t *testing.T) {
	list := collect(Config{Articles: 6000, Seed: 7})
	count := map[Kind]int{}
	for i, a := range list {
		count[a.Kind]++
		if a.Number != i || i > 0 && a.Published.Before(list[i-1].Published) {
			t.Fatalf("article %d is out of order", i)
		}
		switch {
		case a.Parent == nil:
			if a.Root != a {
				t.Fatalf("article %d has a root and no parent", i)
			}
			continue
		case a.Parent.Number >= i || a.Parent.Root != a.Root || a.Parent.Story != a.Story:
			t.Fatalf("article %d was made of %d, which comes later or is of another family", i, a.Parent.Number)
		}
		own, others := sentences(a.Text), sentences(a.Parent.Text)
		shared := 0
		for s := range own {
			if others[s] {
				shared++
			}
		}
		switch a.Kind {
		case Copied:
			if a.Parent.Kind != Rewrote && shared < 2 {
				t.Errorf("copy %d shares %d sentences of %d", i, shared, len(others))
			}
		case Trimmed:
			if len(own) > len(others)+14 {
				t.Errorf("trim %d has %d sentences, and what it was cut from %d", i, len(own), len(others))
			}
		}
	}
	n := float64(len(list))
	if x := float64(count[Copied]+count[Trimmed]+count[Rewrote]) / n; x < .25 || x > .36 {
		t.Errorf("%.3f of the articles are pickups, and .3 was asked for", x)
	}
	if x := float64(count[Bulletin]) / n; x < .01 || x > .03 {
		t.Errorf("%.3f of the articles are bulletins", x)
	}
}

func sentences(text string) map[string]bool {
	m := map[string]bool{}
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '.' }) {
		m[strings.TrimSpace(line)] = true
	}
	return m
}

// What the program finds of a small stream, far below what it does find: a
// guard against breaking, not a figure.
func TestRun(t *testing.T) {
	r, err := Run(context.Background(), Config{Articles: 400, Seed: 1}, pipeline.Engine{Store: memory.New()})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := r.WriteTable(&b); err != nil {
		t.Fatal(err)
	}
	t.Log(b.String())
	a := r.Accuracy
	for k, least := range map[Kind]float64{Copied: .97, Trimmed: .95, Rewrote: .9, Updated: .9} {
		if a.Direct[k].Value() < least {
			t.Errorf("%s: %.3f of %d are linked with what they were made of", k, a.Direct[k].Value(), a.Direct[k].All)
		}
	}
	if a.Precision.Value() < .98 || a.Right.Value() < .95 || a.StoryPrecision < .9 || a.StoryRecall < .95 {
		t.Errorf("links inside a family %.3f, right way %.3f, stories %.3f %.3f", a.Precision.Value(), a.Right.Value(), a.StoryPrecision, a.StoryRecall)
	}
}
