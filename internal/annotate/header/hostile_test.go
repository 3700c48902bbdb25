package header

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tracewire/tracewire/internal/news"
)

// hostile makes pages that try to make a rule look at everything again for
// each line.
func hostile(size int) map[string]string {
	rep := func(s string) string { return strings.Repeat(s, size/len(s)+1)[:size] }
	return map[string]string{
		"one letter a line":    rep("a\n"),
		"mastheads":            rep("Tolmere Gazette\n"),
		"rights notices":       rep("© 2024 Tolmere Gazette. All rights reserved.\n"),
		"bars":                 rep("Home | News | Sport\n"),
		"one bar":              rep("News | "),
		"brackets":             rep("("),
		"closing brackets":     "Tolmere (AP) " + rep(")"),
		"dashes":               rep("- "),
		"dates":                rep("Jan. 2, 2023 "),
		"lines of dates":       rep("January 2, 2023\n"),
		"datelines":            rep("TOLMERE (AP) — The river rose on Tuesday, the harbour master said.\n"),
		"titles":               rep("Barge strikes the old bridge at Tolmere in fog\n"),
		"headings":             rep("Related\nBarge strikes old bridge\n"),
		"captions":             rep("1 of 6 | Jo Li (L) rests, left, on Monday, Jan. 2, 2023. Photo by Max Roe/UPI |\n"),
		"credits":              rep("Jo Li / Reuters\n"),
		"by-lines":             rep("By Jo Li and Max Roe\n"),
		"one by-line":          "By " + rep("Jo Li and "),
		"trailer":              "(Reporting by " + rep("Jo Li; ") + ")",
		"trailers in the body": rep("The river rose on Tuesday, the harbour master said, and it may rise further (Reporting by Jo Li; Editing by Max Roe)\n"),
		"weekdays":             rep("said Tuesday "),
		"typographic":          rep("“…”\u00a0"),
		"capitals":             rep("TOLMERE, "),
		"years":                rep("In 2012 and in 2013 the bridge at Tolmere was struck by barges in thick fog.\n"),
	}
}

func TestHostilePages(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	const small = 1 << 14
	for name, page := range hostile(small * 16) {
		took := func(s string) time.Duration {
			best := time.Hour
			for range 2 {
				begin := time.Now()
				Find(s, news.Given{})
				best = min(best, time.Since(begin))
			}
			return best
		}
		a, b := took(page[:small]), took(page)
		// Sixteen times the text may take sixteen times as long; four times
		// that is allowed for memory and a busy machine.
		for range 3 { // a busy machine: measure again
			if b > 64*a && b > 300*time.Millisecond {
				a, b = max(a, took(page[:small])), min(b, took(page))
			}
		}
		if b > 64*a && b > 300*time.Millisecond {
			t.Errorf("%s: %v for %d bytes, %v for %d", name, a, small, b, len(page))
		}
		if testing.Verbose() {
			fmt.Printf("%-24s %12v %12v\n", name, a, b)
		}
	}
}
