package extraction

import (
	"encoding/json"
	"slices"
	"testing"
)

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
