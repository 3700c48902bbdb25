package corroborate

import "testing"

func TestOfWhomItIsNotSo(t *testing.T) {
	for src, want := range map[string]string{
		"Unlike Lind and Roe, Orrin is not signed for the second season.": "orrin",
		"Drang's group never worked with the board.":                      "drang",
		"The board did not pay.":                                          "",
		"Ada Lind has never paid.":                                        "lind",
		"Her group never worked with the board.":                          "group",
		"Nobody paid.":                                                    "",
	} {
		if got := ofWhom(tokensOf(src)); got != want {
			t.Errorf("%s: %q, want %q", src, got, want)
		}
	}
}
