// Package library_test stands outside the module of the program, which does not
// need the library.
package library_test

import (
	"context"
	"fmt"
	"hash/fnv"
	"strings"
	"syscall"
	"testing"
	"time"

	minhashlsh "github.com/ekzhu/minhash-lsh"

	"github.com/tracewire/tracewire/eval/stream"
	"github.com/tracewire/tracewire/internal/annotate/sketch"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/store/memory"
)

// Our candidates beside those of a plain MinHash LSH library
// (ekzhu/minhash-lsh) over the same articles in one run: how many of the true
// pickups each finds, how many pairs it hands on to be compared, and what an
// article costs. The library signs word 5-grams, as the sketch does, with 128
// hashes, at its usual threshold of 0.5 and at 0.2.
func TestBesideLibrary(t *testing.T) {
	n := 2000
	if testing.Short() {
		n = 300
	}
	var list []*stream.Article
	for a := range (stream.Config{Articles: n, Seed: 3}).Invent() {
		list = append(list, a)
	}
	ours, half, fifth := ourCandidates(t, list), libraryCandidates(list, .5), libraryCandidates(list, .2)
	t.Logf("%d articles of 2 KB\n%s\n%s\n%s", n, ours, half, fifth)
	for _, k := range []stream.Kind{stream.Copied, stream.Trimmed, stream.Rewrote} {
		if a, b := ours.recall(list, k), half.recall(list, k); a < b || a < .97 {
			t.Errorf("%s: we find %.3f, the library %.3f", k, a, b)
		}
	}
}

// candidates is which pairs of articles are to be compared.
type candidates struct {
	name  string
	pairs map[[2]int]bool // the smaller number first
	list  []*stream.Article
	cost  time.Duration // of an article
}

func (c candidates) recall(list []*stream.Article, k stream.Kind) float64 {
	found, all := 0., 0.
	for _, a := range list {
		if a.Kind == k {
			all++
			if c.pairs[[2]int{a.Parent.Number, a.Number}] {
				found++
			}
		}
	}
	return found / max(all, 1)
}

func (c candidates) String() string {
	kin := 0
	for p := range c.pairs {
		if c.list[p[0]].Root == c.list[p[1]].Root {
			kin++
		}
	}
	s := fmt.Sprintf("%-12s", c.name)
	for _, k := range []stream.Kind{stream.Copied, stream.Trimmed, stream.Rewrote} {
		s += fmt.Sprintf("  %s %.3f", k, c.recall(c.list, k))
	}
	return s + fmt.Sprintf("  pairs %d, of one family %d  %.0f µs an article", len(c.pairs), kin, float64(c.cost.Nanoseconds())/1000)
}

func ourCandidates(t *testing.T, list []*stream.Article) candidates {
	t.Helper()
	c := candidates{name: "tracewire", pairs: map[[2]int]bool{}, list: list}
	ctx := context.Background()
	s := memory.New()
	defer s.Close()
	b, err := s.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	capture := news.Capture{ID: strings.Repeat("0", 64)}
	if _, err := b.PutCapture(capture); err != nil {
		t.Fatal(err)
	}
	for i := range list {
		if _, err := b.PutVersion(news.Version{ID: fmt.Sprintf("%08x", i), Capture: capture.ID}); err != nil {
			t.Fatal(err)
		}
	}
	start := processTime()
	for i, a := range list {
		v := news.Version{Text: a.Text}
		v.Sketch = sketch.Find(&v)
		if err := b.PutKeys(fmt.Sprintf("%08x", i), sketch.Keys(v.Sketch)); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Commit(); err != nil {
		t.Fatal(err)
	}
	keys := map[[2]int]int{}
	for x, err := range s.SharedBuckets(ctx, 1024) {
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range x.Numbers {
			for _, q := range x.Numbers[i+1:] {
				keys[[2]int{int(p), int(q)}]++
			}
		}
	}
	for p, n := range keys {
		if n >= 2 {
			c.pairs[p] = true
		}
	}
	c.cost = (processTime() - start) / time.Duration(len(list))
	return c
}

func libraryCandidates(list []*stream.Article, threshold float64) candidates {
	const hashes = 128
	c := candidates{name: fmt.Sprint("library ", threshold), pairs: map[[2]int]bool{}, list: list}
	start := processTime()
	lsh := minhashlsh.NewMinhashLSH(hashes, threshold)
	signatures := make([][]uint64, len(list))
	for i, a := range list {
		m := minhashlsh.NewMinhash(1, hashes)
		words := strings.Fields(strings.ToLower(a.Text))
		for w := range max(0, len(words)-4) {
			h := fnv.New64a()
			for _, x := range words[w : w+5] {
				h.Write([]byte(x))
				h.Write([]byte{' '})
			}
			m.Push(h.Sum(nil))
		}
		signatures[i] = m.Signature()
		lsh.Add(i, signatures[i])
	}
	lsh.Index()
	for i, s := range signatures {
		for _, x := range lsh.Query(s) {
			if j := x.(int); j != i {
				c.pairs[[2]int{min(i, j), max(i, j)}] = true
			}
		}
	}
	c.cost = (processTime() - start) / time.Duration(len(list))
	return c
}

// processTime is the processor time that the process has used.
func processTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
