package corroborate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// offices lists the titles that pages put before the names of persons, in lower
// case: "prime minister" of "Prime Minister Ada Lind".
func offices(versions []*news.Version, people map[string]string) map[string][]string {
	out := map[string][]string{}
	for _, v := range versions {
		for _, e := range v.Entities.Items {
			if e.Type != news.Person {
				continue
			}
			for _, m := range e.Mentions {
				title := strings.ToLower(strings.TrimSpace(titleBefore(v, &m)))
				name := fullName(e.ID, people)
				if title != "" && !m.Nominal && !slices.Contains(out[name], title) {
					out[name] = append(out[name], title)
				}
			}
		}
	}
	return out
}

// titleBefore is what a mention has before the name, "" if that is nothing.
func titleBefore(v *news.Version, m *news.Mention) string {
	if m.Extent.Empty() || m.Extent.Start >= m.Span.Start {
		return ""
	}
	return v.Text[m.Extent.Start:m.Span.Start]
}

// fullName is a person's name as the thread has it.
func fullName(name string, people map[string]string) string {
	if full, known := people[name]; known {
		return full
	}
	return name
}

// holds reports whether a title before a name is an office: "the U.S. president"
// is that of "president", "vice president" and "former president" are not.
func holds(title, office string) bool {
	rest, ok := strings.CutSuffix(title, office)
	if !ok || rest != "" && !strings.HasSuffix(rest, " ") {
		return false
	}
	for w := range strings.FieldsSeq(rest) {
		switch w {
		case "vice", "deputy", "former", "ex", "late", "acting", "then", "onetime":
			return false
		}
	}
	return true
}

// byOffice takes a speaker who is called by his office alone ("the president")
// for the one that another member names, if one of those named holds it by the
// pages of the thread, and the page that says "the president" names him, too.
func (g *ground) byOffice(members []*statement, walks []news.Walk, ends []finish) {
	for i := range ends {
		if ends[i].kind != anonymous {
			continue
		}
		office, both := bothInOffice(ends[i].name)
		if !both && !described(office) {
			continue
		}
		holder := -1
		for j := range ends {
			if ends[j].kind != named || !g.inOffice(ends[j].name, office) && !(both && office == "leader" && g.inOffice(ends[j].name, "president")) || !g.names(members[i].doc, ends[j].name) {
				continue
			}
			if holder >= 0 && ends[holder].key != ends[j].key && !both {
				holder = -1 // of two nobody knows which
				break
			}
			holder = j
		}
		if holder < 0 {
			continue
		}
		if both {
			walks[i].Reason += fmt.Sprintf(", of whom %s is one by the titles in this thread", ends[holder].name)
			walks[i].Origin, ends[i] = ends[holder].name, ends[holder]
			continue
		}
		walks[i].Steps = append(walks[i].Steps, ends[holder].name)
		walks[i].Origin = ends[holder].name
		walks[i].Reason += ", who is " + ends[holder].name + " by the titles in this thread"
		ends[i] = ends[holder]
	}
}

// bothInOffice is the office of "the leaders" and "both presidents", which a text
// has named, and whether a name is such a pair; else the name as it is.
func bothInOffice(name string) (office string, both bool) {
	switch strings.TrimPrefix(name, "unnamed ") {
	case "leaders", "two leaders", "both leaders":
		return "leader", true
	case "presidents", "two presidents", "both presidents":
		return "president", true
	case "prime ministers":
		return "prime minister", true
	}
	return name, false
}

func (g *ground) inOffice(person, office string) bool {
	return slices.ContainsFunc(g.offices[fullName(person, g.people)], func(title string) bool { return holds(title, office) })
}

// names reports whether a page names a person.
func (g *ground) names(doc int, person string) bool {
	return slices.ContainsFunc(g.versions[doc].Entities.Items, func(e news.Entity) bool {
		return e.Type == news.Person && fullName(e.ID, g.people) == person
	})
}
