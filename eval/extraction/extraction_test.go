package extraction

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
)

const bench = "../../../shared/bench/extraction"

func TestSegments(t *testing.T) {
	p := Page{With: []string{"two  words", "Missing", "Case"}, Without: []string{"words of", "absent", "case"}}
	found, missed, wrong := Segments(p, "There are two\n\nwords of it. Case.")
	if !slices.Equal(found, []string{"two  words", "Case"}) || !slices.Equal(missed, []string{"Missing"}) || !slices.Equal(wrong, []string{"words of"}) {
		t.Errorf("found %q, missed %q, wrong %q", found, missed, wrong)
	}
	if found, missed, wrong := Segments(p, ""); len(found) != 0 || len(missed) != 3 || len(wrong) != 0 {
		t.Errorf("no text: found %q, missed %q, wrong %q", found, missed, wrong)
	}
}

func TestAuthor(t *testing.T) {
	for in, want := range map[string]Author{`"Ida Holm"`: "Ida Holm", `["Ida Holm","Jon Vik"]`: "Ida Holm; Jon Vik", `""`: ""} {
		var a Author
		if err := json.Unmarshal([]byte(in), &a); err != nil || a != want {
			t.Errorf("%s: got %q, %v", in, a, err)
		}
	}
}

// TestFloors holds what was reached, on the half that nothing was tuned on.
func TestFloors(t *testing.T) {
	if _, err := os.Stat(bench); err != nil {
		t.Skip("the benchmark is not here")
	}
	if testing.Short() {
		t.Skip("reads 990 pages")
	}
	r, err := Score(bench)
	if err != nil {
		t.Fatal(err)
	}
	for name, floor := range map[string]float64{
		"segments": 0.935, "segments, held-out half": 0.93, "title, held-out half": 0.74, "author, held-out half": 0.57, "date, held-out half": 0.895,
	} {
		row, ok := r.Find(name)
		if v, _ := row.Count.Value(); !ok || v < floor {
			t.Errorf("%s: %.3f, floor %.3f", name, v, floor)
		}
	}
}
