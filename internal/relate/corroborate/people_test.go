package corroborate

import (
	"testing"

	"github.com/tracewire/tracewire/internal/news"
)

// cast is a version that names each person so many times.
func naming(names map[string]int) *news.Version {
	v := &news.Version{}
	for name, n := range names {
		v.Entities.Items = append(v.Entities.Items, news.Entity{ID: name, Type: news.Person, Mentions: make([]news.Mention, n)})
	}
	return v
}

func TestFullNames(t *testing.T) {
	for _, c := range []struct {
		about, name, want string
		names             map[string]int
	}{
		{"an initial", "Ada K. Lind", "Ada Lind", map[string]int{"Ada K. Lind": 1, "Ada Lind": 1}},
		{"two sets of initials are two people", "Ada K. Lind", "Ada K. Lind", map[string]int{"Ada K. Lind": 1, "Ada P.R. Lind": 1}},
		{"the son's mark", "Amos Lind Jr.", "Amos Lind", map[string]int{"Amos Lind Jr.": 1, "Amos Lind": 2}},
		{"the family name of the one most spoken of", "Lind", "Ada Lind", map[string]int{"Lind": 9, "Ada Lind": 9, "Ole Lind": 2}},
		{"the family name of two", "Lind", "Lind", map[string]int{"Lind": 9, "Ada Lind": 3, "Ole Lind": 2}},
		{"a short form", "Chuck Orrin", "Charles Orrin", map[string]int{"Chuck Orrin": 2, "Charles Orrin": 3}},
		{"a name run together with itself", "Ole Lind Lind", "Ole Lind", map[string]int{"Ole Lind": 2, "Ole Lind Lind": 3}},
		{"two given names", "Ole Orrin", "Ole Orrin", map[string]int{"Ole Orrin": 1, "Charles Orrin": 9}},
		{"a party before the name", "Democrat Charles Orrin", "Chuck Orrin", map[string]int{"Chuck Orrin": 2, "Democrat Charles Orrin": 1}},
		{"letters changed about", "Karlstorm", "Ada Karlstrom", map[string]int{"Karlstorm": 1, "Karlstrom": 5, "Ada Karlstrom": 5}},
		{"letters changed about in a given name", "Kirtsen Orrin", "Kirsten Orrin", map[string]int{"Kirtsen Orrin": 1, "Kirsten Orrin": 8}},
		{"letters changed about in a family name alone", "Karlstorm", "Ada Karlstrom", map[string]int{"Karlstorm": 1, "Ada Karlstrom": 5}},
		{"as often, they are two", "Karlstorm", "Karlstorm", map[string]int{"Karlstorm": 4, "Karlstrom": 5}},
		{"a short name is no slip", "Lund", "Lund", map[string]int{"Lund": 1, "Lind": 9}},
	} {
		people := fullNames([]*news.Version{naming(c.names)})
		if got := fullName(c.name, people); got != c.want {
			t.Errorf("%s: %s is %q, want %q", c.about, c.name, got, c.want)
		}
	}
}

// A paper that printed a report of an agency without a credit does not speak with
// the agency's voice in what it writes itself.
func TestRooms(t *testing.T) {
	of := func(outlet, agency string) *news.Version {
		v := &news.Version{}
		v.Meta.Outlet.Value, v.Meta.Agency.Value = outlet, agency
		return v
	}
	versions := []*news.Version{of("Courier", "NPA"), of("Lantern", ""), of("Lantern", ""), of("Lantern", ""), of("Gazette", "NPA")}
	families := []int{0, 0, 2, 3, 4} // the first two are one report
	got := rooms(versions, families)
	if got[0] != got[4] || got[0] != got[1] {
		t.Errorf("the agency's reports are two newsrooms: %v", got)
	}
	if got[2] != got[3] || got[2] == got[0] {
		t.Errorf("the paper's own are the agency's, or two newsrooms: %v", got)
	}
}

// Letters in brackets behind a name stand for it on other pages, too.
func TestShortForms(t *testing.T) {
	versions := []*news.Version{
		annotated(news.Version{Name: "a", Text: "The Arlovian Press Agency (AXPA) reported that the gates were shut.\n"}),
		annotated(news.Version{Name: "b", Text: "The gates were shut, news agency AXPA reported. The Harbour Board (2031) said no.\n"}),
	}
	if got := shortForms(versions); len(got) != 1 || got["AXPA"] != "Arlovian Press Agency" {
		t.Errorf("%v", got)
	}
}
