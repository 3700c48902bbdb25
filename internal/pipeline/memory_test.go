package pipeline_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"weak"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/store/memory"
)

// Threads are let go after yield: however many there are, few versions are in
// memory at a time.
func TestThreadsAreLetGo(t *testing.T) {
	e := pipeline.Engine{Store: memory.New(), Workers: 2}
	const pages = 400
	err := e.Add(context.Background(), func(yield func(news.Version) bool) {
		for i := range pages {
			name := fmt.Sprintf("%c%c%c", 'A'+i%26, 'a'+i/26%26, 'a'+i*7%26)
			text := fmt.Sprintf("%sville opens %stown library\n\n%sVILLE, May %d, 2031 (SNA) — A library was opened in %sville on a street named %sgate, said %s %sson, the mayor.\n", name, name, name, 1+i%28, name, name, name, name)
			if !yield(news.Version{Name: fmt.Sprint("page-", i), Text: text}) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	var all []weak.Pointer[news.Version]
	largest, threads := 0, 0
	err = e.Relate(context.Background(), nil, func(x pipeline.Thread) error {
		threads++
		largest = max(largest, len(x.Versions))
		for _, v := range x.Versions {
			all = append(all, weak.Make(v))
		}
		if threads%20 != 0 {
			return nil
		}
		runtime.GC()
		alive := 0
		for _, p := range all {
			if p.Value() != nil {
				alive++
			}
		}
		if most := max(2*largest, 64); alive > most {
			t.Errorf("after %d threads %d versions are in memory, more than %d", threads, alive, most)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != pages || threads < pages/4 {
		t.Fatalf("%d versions in %d threads: this tests nothing", len(all), threads)
	}
}
