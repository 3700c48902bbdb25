package reuse

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
)

// BenchmarkCompareAll compares invented reports on one happening: sentences that
// many have, and some that nobody else has. The figure per text is what to look at.
func BenchmarkCompareAll(b *testing.B) {
	r := rand.New(rand.NewPCG(3, 5))
	sentence := func(k int) string {
		return fmt.Sprintf("The %d keepers of lock %d told the warden of Hathering that gate %d had stood open since the night of flood %d.", k%97, k, k%31, k%7)
	}
	for _, n := range []int{100, 1000, 4000} {
		versions := make([]*news.Version, n)
		for i := range versions {
			lines := make([]string, 15)
			for k := range lines {
				lines[k] = sentence(r.IntN(50 * n))
				if k%3 == 0 {
					lines[k] = sentence(r.IntN(200))
				}
			}
			versions[i] = labelled(fmt.Sprintf("%05d", i), lines...)
		}
		b.Run(fmt.Sprintf("%d texts", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				CompareAll(versions)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "us/text")
		})
	}
}
