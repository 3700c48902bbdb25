//go:build unix

package pipeline_test

import (
	"runtime"
	"runtime/debug"
	"syscall"
	"testing"
	"time"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
)

// A page of two megabytes costs each stage about a hundred times what one of
// twenty kilobytes costs, and not ten thousand times.
func TestStagesAreLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time on a text of 2 MB")
	}
	const (
		small, large = 20 << 10, 2 << 20
		most         = 2.5 // times the time a byte: measured are .7 to 1.4, but other work disturbs
	)
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	short := pipeline.Annotate(news.Version{Name: "short", Text: longArticle(small)})
	long := pipeline.Annotate(news.Version{Name: "long", Text: longArticle(large)})
	for _, s := range annotators {
		// The least of several looks is what the stage needs; others of the
		// machine only add to it. The collector is left out: what it costs goes
		// by all that the test holds.
		a, b := time.Duration(1<<60), time.Duration(1<<60)
		for range 5 {
			runtime.GC()
			a = min(a, cpuOf(func() {
				for range large / small / 10 {
					s.run(&short)
				}
			})*10)
			runtime.GC()
			b = min(b, cpuOf(func() { s.run(&long) }))
			if float64(b) < 1.2*float64(a) {
				break
			}
		}
		ratio := float64(b) / float64(a)
		t.Logf("%-8s 2 MB in %v, %.2f times the time a byte of 20 KB", s.name, b.Round(time.Millisecond), ratio)
		if ratio > most {
			t.Errorf("%s: %.1f times the time a byte", s.name, ratio)
		}
	}
}

// cpuOf is the processor time of the process while f runs.
func cpuOf(f func()) time.Duration {
	now := func() time.Duration {
		var r syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
			return 0
		}
		return time.Duration(r.Utime.Nano() + r.Stime.Nano())
	}
	from := now()
	f()
	return now() - from
}
