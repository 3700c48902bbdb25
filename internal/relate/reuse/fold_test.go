package reuse

import (
	"strings"
	"testing"
)

// One text as different houses, and scanners of print, give it.
func TestSpellingsOfOneText(t *testing.T) {
	const base = "Officials of the modern northern government said Han Jae-min had raised the fee by 12 percent on Friday, " +
		"and that the first office in Orbánfalva would collect 1,200 crowns from every fisherman before the turn of the year."
	for name, text := range map[string]string{
		"hyphens of names":       strings.Replace(base, "Han Jae-min", "Han Jae Min", 1),
		"a percent sign":         strings.Replace(base, "12 percent", "12%", 1),
		"per cent":               strings.Replace(base, "12 percent", "12 per cent", 1),
		"numbers without commas": strings.Replace(base, "1,200", "1200", 1),
		"no accents":             strings.Replace(base, "Orbánfalva", "Orbanfalva", 1),
		"accents of their own":   strings.Replace(base, "Orbánfalva", "Orba\u0301nfalva", 1),
		"ligatures":              strings.NewReplacer("first", "ﬁrst", "office", "oﬃce").Replace(base),
		"soft hyphens":           strings.NewReplacer("government", "gov\u00adern\u00adment", "fisherman", "fisher\u200bman").Replace(base),
		"misread letters":        strings.NewReplacer("modern", "modem", "government", "govemment", "northern", "northem").Replace(base),
		"misread digits":         strings.NewReplacer("Officials", "0fficia1s", "collect", "co11ect").Replace(base),
		"a hyphen at the end":    strings.NewReplacer("government", "govern-\nment", "fisherman", "fisher-\r\nman").Replace(base),
		"capitals":               strings.ToUpper(base),
	} {
		a, b := labelled("a", base), labelled("b", text)
		b.Text = text + "\n"
		b.Lines.Items = b.Lines.Items[:1]
		b.Lines.Items[0].Span.End = len(text)
		o, ok := Compare(a, b)
		if !ok || len(o.Passages) != 1 || o.WholeA < .999 || o.WholeB < .999 {
			t.Errorf("%s: %.2f and %.2f in %d passages", name, o.WholeA, o.WholeB, len(o.Passages))
			for _, p := range o.Passages {
				t.Logf("  %q", p.B.Of(b.Text))
			}
		}
	}
}

// What is no other spelling stays apart.
func TestOtherWords(t *testing.T) {
	for a, b := range map[string]string{
		"12": "15", "1,200": "1,209", "G20": "Goo", "mp3": "mps", "seven": "eleven", "7": "1", "MH17": "MHl7", "2010": "zolo", "cent": "percent",
	} {
		if hashWord(strings.ToLower(a)) == hashWord(strings.ToLower(b)) {
			t.Errorf("%s is %s", a, b)
		}
	}
}
