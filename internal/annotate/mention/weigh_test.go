package mention

import (
	"slices"
	"strings"
	"testing"
)

// typed lists the names of a text with their types, in its order.
func typed(src string) string {
	v := version(src)
	type found struct {
		at   int
		text string
	}
	var all []found
	for _, e := range Find(v).Items {
		for _, m := range e.Mentions {
			if !m.Nominal {
				all = append(all, found{m.Span.Start, m.Span.Of(src) + " " + string(e.Type)})
			}
		}
	}
	slices.SortFunc(all, func(a, b found) int { return a.at - b.at })
	var out []string
	for _, f := range all {
		out = append(out, f.text)
	}
	return strings.Join(out, "; ")
}

func TestNamesAreWeighed(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a place by its preposition", "He was born in Belvare and lives in Norland.", "Belvare GPE; Norland GPE"},
		{"a body that bears a place's name", "The state broadcaster Radio Norland reported on Monday. She lives in Norland, and many in Norland heard it.", "Radio Norland ORG; Norland GPE; Norland GPE"},
		{"a person by what he does", "On Monday Jona Ellert told reporters in Belvare that Ellert Mining would close.", "Jona Ellert PER; Belvare GPE; Ellert Mining ORG"},
		{"two countries at a hyphen", "The Peru-Kenya talks went on.", "Peru GPE; Kenya GPE"},
		{"places at a comma", "The ship left Port Ambry, Norland, on Monday.", "Port Ambry GPE; Norland GPE"},
		{"known countries stay", "The Russian Federation did not answer.", "Russian Federation GPE"},
		{"a station stays a building", "She waited at the Salto Verde Railway Station.", "Salto Verde Railway Station FAC"},
		{"things do not speak", "The wall is safe, Oake was quoted as saying.", "Oake PER"},
		{"days are no names", "On Tuesday and in March the office was closed.", ""},
	} {
		if got := typed(c.text); got != c.want {
			t.Errorf("%s: %q\n got %s\nwant %s", c.name, c.text, got, c.want)
		}
	}
}

func TestWeightsAreSmallAndWhole(t *testing.T) {
	if len(weightsFile) > 1<<20 {
		t.Errorf("%d bytes of weights", len(weightsFile))
	}
	w := weightTable()
	if len(w.rows) < 1000 || len(w.rows) >= 1<<16 {
		t.Errorf("%d rows", len(w.rows))
	}
	for _, k := range []uint32{fBias.of(0), fWord.of(hashOf("ministry"))} {
		if w.find(k) == 0 {
			t.Errorf("feature %x has no row: were the weights made with these features?", k)
		}
	}
}

func TestScoresAddUp(t *testing.T) {
	w := &weights{some: &[1 << 12]uint64{1}, slots: make([]slot, 8)}
	var r row
	for l := range Labels {
		r[l/8] |= uint64(l*17-120+128) << (l % 8 * 8)
	}
	w.rows = []row{r}
	w.slots[5] = slot{5, 1}
	sum := w.score([]uint32{5, 6, 5, 5})
	for l := range Labels {
		if want := int32(3 * (l*17 - 120)); sum[l] != want {
			t.Errorf("label %d: %d, want %d", l, sum[l], want)
		}
	}
}

func TestLabelsFollow(t *testing.T) {
	for _, c := range []struct {
		prev, l Label
		want    bool
	}{
		{0, SortOrg.Begin(), true},
		{0, SortOrg.Inside(), false},
		{SortOrg.Begin(), SortOrg.Inside(), true},
		{SortOrg.Inside(), SortOrg.Inside(), true},
		{SortPlace.Begin(), SortOrg.Inside(), false},
		{SortPlace.Begin(), 0, true},
		{SortPlace.Inside(), SortPlace.Begin(), true},
	} {
		if got := c.l.Follows(c.prev); got != c.want {
			t.Errorf("%d after %d: %v", c.l, c.prev, got)
		}
	}
}

// A text of many sections has all its names, and one entity for each.
func TestLongTextsAreCut(t *testing.T) {
	line := "On Friday Kenyan President Amos Terano left Lima. "
	n := section/len(line) + 10
	v := version(strings.Repeat(line, n))
	for _, e := range Find(v).Items {
		if e.ID == "Amos Terano" {
			names := 0
			for _, m := range e.Mentions {
				if !m.Nominal {
					names++
				}
			}
			if names != n {
				t.Errorf("%d mentions, want %d", names, n)
			}
			return
		}
	}
	t.Error("not found")
}
