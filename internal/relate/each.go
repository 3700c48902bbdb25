package relate

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Each calls f for 0 to n-1, on all processors. What is found is the same on one
// as on many if f writes nothing but what belongs to its number.
func Each(n int, f func(i int)) { Among(runtime.GOMAXPROCS(0), n, f) }

// Among is Each on so many workers.
func Among(workers, n int, f func(i int)) {
	workers = min(workers, n)
	if workers < 2 {
		for i := range n {
			f(i)
		}
		return
	}
	var next atomic.Int64
	work := func() {
		for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
			f(i)
		}
	}
	var wg sync.WaitGroup
	for range workers - 1 {
		wg.Go(work)
	}
	work()
	wg.Wait()
}

// Stretches calls f for stretches of the numbers from 0 to n-1 of at most size,
// on all processors.
func Stretches(n, size int, f func(from, to int)) {
	Each((n+size-1)/size, func(i int) { f(i*size, min(n, (i+1)*size)) })
}
