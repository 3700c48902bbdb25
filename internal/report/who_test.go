package report

import (
	"testing"

	"github.com/tracewire/tracewire/internal/news"
)

func TestWho(t *testing.T) {
	for _, c := range []struct {
		outlet, agency string
		walled         bool
		want           string
	}{
		{"Kelling Herald", "", false, "Kelling Herald"},
		{"Kelling Herald", "SNA", false, "Kelling Herald (SNA text)"},
		{"SNA", "SNA", false, "SNA"},
		{"Kelling Herald", "", true, "Kelling Herald (only what stands before a paywall)"},
		{"Kelling Herald", "SNA", true, "Kelling Herald (SNA text; only what stands before a paywall)"},
	} {
		v := &news.Version{Given: news.Given{Paywalled: c.walled}}
		v.Meta.Outlet.Value, v.Meta.Agency.Value = c.outlet, c.agency
		if got := newPage(v).who(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
