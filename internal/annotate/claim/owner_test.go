package claim

import "testing"

func TestOfOwner(t *testing.T) {
	for name, want := range map[string]string{"the mayor": "'s", "the two leaders": "'", "Orla Yates": "'"} {
		if got := ofOwner(name); got != want {
			t.Errorf("%s%s, want %s%s", name, got, name, want)
		}
	}
}
