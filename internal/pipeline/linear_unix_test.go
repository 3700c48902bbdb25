//go:build unix

package pipeline_test

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tracewire/tracewire/internal/annotate/claim"
	"github.com/tracewire/tracewire/internal/annotate/header"
	"github.com/tracewire/tracewire/internal/annotate/mention"
	"github.com/tracewire/tracewire/internal/annotate/quote"
	"github.com/tracewire/tracewire/internal/annotate/segment"
	"github.com/tracewire/tracewire/internal/annotate/sketch"
	"github.com/tracewire/tracewire/internal/annotate/timex"
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
		most         = 4.0 // times the time a byte: no cache holds the large one, and other work disturbs
	)
	short := pipeline.Annotate(news.Version{Name: "short", Text: longArticle(small)})
	long := pipeline.Annotate(news.Version{Name: "long", Text: longArticle(large)})
	for _, s := range []struct {
		name string
		run  func(v *news.Version)
	}{
		{"header", func(v *news.Version) { header.Find(v.Text, v.Given) }},
		{"segment", func(v *news.Version) { segment.Find(v) }},
		{"timex", func(v *news.Version) { timex.Find(v) }},
		{"mention", func(v *news.Version) { mention.Find(v) }},
		{"quote", func(v *news.Version) { quote.Find(v) }},
		{"claim", func(v *news.Version) { claim.Find(v) }},
		{"sketch", func(v *news.Version) { sketch.Find(v) }},
	} {
		// The least of several looks is what the stage needs; others of the
		// machine only add to it.
		a, b := time.Duration(1<<60), time.Duration(1<<60)
		for range 3 {
			a = min(a, cpuOf(func() {
				for range large / small / 10 {
					s.run(&short)
				}
			})*10)
			b = min(b, cpuOf(func() { s.run(&long) }))
			if float64(b) < most*float64(a) {
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

// longArticle is invented agency copy of about n bytes, no paragraph twice.
func longArticle(n int) string {
	var b strings.Builder
	b.WriteString("Week of accidents leaves questions open\nBy NELA QUIST\n\n")
	given := []string{"Amos", "Lucia", "Rosa", "Karim", "Anna", "Viktor", "Maria", "Jonas"}
	place := []string{"Estermouth", "Hathering", "Belvare", "Port Ambry", "Norvik"}
	for i := 0; b.Len() < n; i++ {
		family := syllables(i)
		for _, s := range [...]string{
			given[i%len(given)] + " " + family + ", a spokesman for the " + syllables(i*7+3) + " Water Authority, said on Tuesday that " + plural(i) + " people were missing in " + place[i%len(place)] + " after the flood.",
			"“The gates did not open,” " + family + " told reporters. He said an inspection in March 2019 had found the pumps in good order, according to state media.",
			"At least " + plural(i+2) + " houses were destroyed, the ministry said, and the governor of " + place[(i+2)%len(place)] + " province called for help from Kenya and Peru.",
		} {
			b.WriteString(s + " ")
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

// syllables makes a name of a number.
func syllables(i int) string {
	parts := []string{"ba", "ren", "tol", "mi", "sar", "ke", "lun", "dor", "vi", "gan"}
	out := ""
	for k := 0; k < 2 || i > 0; k++ {
		out += parts[i%10]
		i /= 10
	}
	return strings.ToUpper(out[:1]) + out[1:]
}

func plural(i int) string {
	return []string{"three", "12", "40", "seven", "115"}[i%5]
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
