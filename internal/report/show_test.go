package report

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestDay(t *testing.T) {
	for in, want := range map[string]string{
		"2023-09-19":            "Tue 19 Sep 2023",
		"2023-09-18TMO":         "Mon 18 Sep 2023, morning",
		"2023-09-18T03:05":      "Mon 18 Sep 2023, 03:05",
		"2023-W37":              "week of 11 Sep 2023",
		"2021-W01":              "week of 4 Jan 2021",
		"2020-W53":              "week of 28 Dec 2020",
		"2023-09":               "Sep 2023",
		"2011":                  "2011",
		"P6D":                   "P6D",
		"2023-W37-WE":           "weekend of 16 Sep 2023",
		"2023-W37-3":            "2023-W37-3",
		"2023-WI":               "winter 2023",
		"2023-Q2":               "second quarter of 2023",
		"199":                   "the 1990s",
		"PAST_REF":              "PAST_REF",
		"2023-09-10/2023-09-18": "Sun 10 Sep 2023 – Mon 18 Sep 2023",
		"":                      "no date",
	} {
		if got := day(in); got != want {
			t.Errorf("day(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestBetween(t *testing.T) {
	for _, c := range [][3]string{
		{"2023-09-14", "2023-09-20", "14–20 Sep 2023"},
		{"2023-09-14", "2023-09-14", "Thu 14 Sep 2023"},
		{"2023-08-30", "2023-09-02", "30 Aug – 2 Sep 2023"},
		{"2022-12-31", "2023-01-01", "31 Dec 2022 – 1 Jan 2023"},
		{"", "2023-01-01", "Sun 1 Jan 2023"},
		{"", "", "no date"},
	} {
		if got := between(c[0], c[1]); got != c[2] {
			t.Errorf("between(%q, %q) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"  two\n\twords ":    "two words",
		"a\u202eb":           "a⟨U+202E⟩b",
		"a\u200db":           "a⟨U+200D⟩b",
		"می\u200cخواهم":      "می\u200cخواهم",
		"👩\u200d🚒":           "👩\u200d🚒",
		"\x1b[2J":            "⟨U+001B⟩[2J",
		"tag\U000E0041":      "tag⟨U+E0041⟩",
		"Señor “quoted” — 7": "Señor “quoted” — 7",
	} {
		if got := plain(in); got != want {
			t.Errorf("plain(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	got := wrap("a ferry sank off Sorrel 東京東京東京", 12)
	want := []string{"a ferry sank", "off Sorrel", "東京東京東京"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := cut("a ferry sank off Sorrel", 15); got != "a ferry sank…" {
		t.Errorf("cut at a word: %q", got)
	}
}

func FuzzShow(f *testing.F) {
	f.Add("A ferry sank off Sorrel — “today”.", 10)
	f.Add("東京\u0301\u200d\x00\xff", 3)
	f.Fuzz(func(t *testing.T, s string, n int) {
		n = 8 + (n%80+80)%80
		p := plain(s)
		if strings.ContainsAny(p, "\x00\x1b\n\u202e\u200b") {
			t.Errorf("plain(%q) = %q", s, p)
		}
		if utf8.ValidString(s) && !utf8.ValidString(p) {
			t.Errorf("plain(%q) is not valid", s)
		}
		for _, l := range wrap(p, n) {
			if width(l) > n {
				t.Errorf("wrap(%q, %d) has %q", p, n, l)
			}
		}
		if width(cut(p, n)) > n || width(clip(p, n)) > n {
			t.Errorf("cut(%q, %d) = %q, clip %q", p, n, cut(p, n), clip(p, n))
		}
	})
}
