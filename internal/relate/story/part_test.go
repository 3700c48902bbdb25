package story

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
)

// Whatever changes in a digest changes the print of its part.
func TestPrintSeesEveryField(t *testing.T) {
	whole := func() []D {
		a := invented(20)[3]
		a.Name, a.Date, a.Kind, a.Outlet, a.Agency, a.Title, a.Titled = "a", "2031-05-05", news.Article, "Vell Post", "NPA", "Ferry sinks", true
		a.Persons, a.Orgs, a.Places = []Term{{"Mira Dolan", 1}}, []Term{{"Coast Guard", 1}}, []Term{{"Vell", 1}}
		a.Numbers = []Number{{14, "person"}}
		a.LedePlaces, a.LedeActors = []string{"Vell"}, []string{"Mira Dolan"}
		return []D{a}
	}
	print := func(d []D) string {
		parts := Parts(d, nil)
		if len(parts) != 1 {
			t.Fatalf("%d parts", len(parts))
		}
		return parts[0].Print()
	}
	was := print(whole())
	if again := print(whole()); again != was {
		t.Errorf("printed twice: %s, %s", was, again)
	}
	fields := reflect.TypeFor[D]()
	for i := range fields.NumField() {
		d := whole()
		v := reflect.ValueOf(&d[0]).Elem().Field(i)
		switch v.Kind() {
		case reflect.String:
			v.SetString(v.String() + "x")
		case reflect.Bool:
			v.SetBool(!v.Bool())
		case reflect.Int64:
			v.SetInt(v.Int() + 1)
		case reflect.Slice:
			if v.Len() == 0 {
				t.Fatalf("%s is empty", fields.Field(i).Name)
			}
			v.Set(v.Slice(1, v.Len()))
		default:
			t.Fatalf("a %s", v.Kind())
		}
		if print(d) == was {
			t.Errorf("another %s, the same print", fields.Field(i).Name)
		}
	}
}

// More texts change the parts that they belong to; the others are as they
// were, and all joined give the answer.
func TestPartsStay(t *testing.T) {
	all := invented(600)
	for i := range all {
		all[i].Name = fmt.Sprintf("%02d-%s", i/60, all[i].Name) // courses of 60
	}
	links := []news.Link{{From: all[1].Name, To: all[2].Name, Relation: news.Copy}}
	corrected := Correction{Number: 1, Kind: Merge, Articles: []string{all[0].Name}, Story: []string{all[61].Name}}
	few := slices.DeleteFunc(slices.Clone(all), func(d D) bool { return d.Name == all[305].Name })
	before := map[string]bool{}
	for _, p := range Parts(few, links, corrected) {
		before[p.Print()] = true
	}
	if len(before) < 6 {
		t.Fatalf("courses of their own give %d parts", len(before))
	}
	parts := Parts(all, links, corrected)
	fresh := 0
	for i := range parts {
		if !before[parts[i].Print()] {
			fresh += parts[i].Size()
		}
		has := func(name string) bool {
			return slices.ContainsFunc(parts[i].members, func(m int) bool { return parts[i].whole.digests[m].Name == name })
		}
		if has(all[0].Name) != has(all[61].Name) {
			t.Error("two texts are joined by hand, and stand in two parts")
		}
	}
	if fresh == 0 || fresh > 120 {
		t.Errorf("one text more, and parts of %d texts are others", fresh)
	}
}
