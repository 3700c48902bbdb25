package mention

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/annotate/segment"
	"github.com/tracewire/tracewire/internal/news"
)

// found lists the entities as "id: form | form*", descriptions with a star.
func found(v *news.Version) map[string]string {
	out := map[string]string{}
	for _, e := range Find(v).Items {
		var forms []string
		for _, m := range e.Mentions {
			f := m.Span.Of(v.Text)
			if m.Nominal {
				f += "*"
			}
			forms = append(forms, f)
		}
		out[e.ID] = strings.Join(forms, " | ")
	}
	return out
}

func names(v *news.Version) []string {
	var out []string
	for _, e := range Find(v).Items {
		for _, m := range e.Mentions {
			if !m.Nominal {
				out = append(out, m.Span.Of(v.Text))
			}
		}
	}
	slices.Sort(out)
	return out
}

func TestNames(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       string // names in alphabetical order
	}{
		{"title left out", "On Monday Kenyan President Amos Terano met Gen. Rosa Kell.", "Amos Terano; Kenyan; Rosa Kell"},
		{"title of two words", "He called Vice Foreign Minister Oda Brinn.", "Oda Brinn"},
		{"phrase as title", "She met U.S. Secretary of State Wendell Orme.", "U.S.; Wendell Orme"},
		{"body before title", "He asked Norvik Corp. Chief Executive Anna Sohl.", "Anna Sohl; Norvik Corp."},
		{"demonym within a body", "It was the Peruvian Trade Ministry that wrote.", "Peruvian Trade Ministry"},
		{"owner apart from body", "It joined Peru's Northern Fleet.", "Northern Fleet; Peru"},
		{"body with fields", "They wrote to the Ministry of Farming, Forestry and Fisheries.", "Ministry of Farming, Forestry and Fisheries"},
		{"two fields before the head", "The Food and Water Agency closed.", "Food and Water Agency"},
		{"people's", "It left the People's Council of Varda.", "People's Council of Varda"},
		{"facility", "He slept at the Salto Verde Railway Station.", "Salto Verde Railway Station"},
		{"facility in small letters", "He slept at Brinmoor station.", "Brinmoor station"},
		{"compound of countries", "It hailed the Peru-Kenya friendship.", "Kenya; Peru"},
		{"compound with a common word", "It hailed the U.S.-led patrols and Nairobi-based banks.", "Nairobi; U.S."},
		{"compound name kept", "He lives in Guinea-Bissau with Jean-Marc Odile.", "Guinea-Bissau; Jean-Marc Odile"},
		{"particles", "They saw Karim bin Saleh and Ana de la Torre.", "Ana de la Torre; Karim bin Saleh"},
		{"sentence start is no evidence", "Analysts doubt it. Police came. However, nobody left. Ferries sank.", ""},
		{"months and days are no names", "In May, on Tuesday, he left.", ""},
		{"a family name that is a month", "He met Theresa May. Later May left.", "May; Theresa May"},
		{"lone titles are no names", "He told the President and the Foreign Minister.", ""},
		{"acronym", "The VNA and the TV crew left at 9 p.m. GMT.", "VNA"},
		{"us and US", "They told us that the US knew.", "US"},
		{"the West, not a west", "It angers the West more than the west coast.", "West"},
		{"address is no name", "Write to Desk@Varda.example or see https://Varda.example/News now.", ""},
		{"glued by a scraper", "MoreSouth Africa says so.", "South Africa"},
		{"a paper called Today", "The minister told Varda Today that it rained.", "Varda Today"},
		{"the day is no name", "Terano said today that it rained. Today he left.", "Terano"},
		{"work", "She spoke on the Voices of the River podcast.", "Voices of the River"},
		{"language", "The Korean language text is long.", ""},
	} {
		if got := strings.Join(names(version(c.text)), "; "); got != c.want {
			t.Errorf("%s: %q\n got %s\nwant %s", c.name, c.text, got, c.want)
		}
	}
}

func TestClusters(t *testing.T) {
	for _, c := range []struct {
		name, text, id, want string
	}{
		{"family name joins", "He met Amos Terano. Terano left.", "Amos Terano", "Amos Terano | Terano"},
		{"family name first", "He met Kim Dae-ho. Later Kim left.", "Kim Dae-ho", "Kim Dae-ho | Kim"},
		{"a double name", "On Friday Amos Terano-Lund slept. Terano-Lund woke.", "Amos Terano-Lund", "Amos Terano-Lund | Terano-Lund"},
		{"hyphens do not part", "He met Kim Dae-ho. Later Kim Dae Ho left.", "Kim Dae-ho", "Kim Dae-ho | Kim Dae Ho"},
		{"the first bearer keeps the name", "He met Kim Dae-ho in Seoul.\nHe saw writer Kim Su-mi.\nIt rained.\nToday Kim left.", "Kim Dae-ho", "Kim Dae-ho | Kim"},
		{"another with the same family name", "On Friday President Terano left. He kissed first lady Ana Terano. In June Terano slept.", "Terano", "Terano | Terano"},
		{"northern names", "It hailed North Korean leader Kim Dae-ho.", "Kim Dae Ho", "Kim Dae-ho"},
		{"demonym and short forms", "The DPRK and North Korean troops. In Seoul they told the North to wait.", "North Korea", "DPRK | North Korean | the North"},
		{"people are not the country", "He praised Ukrainians in Ukraine.", "Ukrainians", "Ukrainians"},
		{"brackets introduce", "So said the Varda Press Board (VPB). On Friday VPB closed.", "Varda Press Board", "Varda Press Board | VPB | VPB"},
		{"slip of an acronym", "The VPBX and the VBPX agree.", "VPBX", "VPBX | VBPX"},
		{"agency by its short name", "So said the Korean Central News Agency.", "KCNA", "Korean Central News Agency"},
		{"capital as subject", "On Friday Moscow said no.", "Russia", "Moscow"},
		{"capitals as a pair", "It hurts trade between Lima and Nairobi.", "Peru", "Lima"},
		{"capital as owner", "It hailed Lima's push for ports.", "Peru", "Lima"},
		{"capital as a city", "He flew to Lima and slept in Lima.", "Lima", "Lima | Lima"},
		{"town's own things", "It hit Lima's mayor.", "Lima", "Lima"},
		{"role of a named person", "On Friday Kenyan President Amos Terano flew home. The Kenyan leader slept.", "Amos Terano", "Amos Terano | The Kenyan leader*"},
		{"role of a person named far behind", "The president slept. " + strings.Repeat("It rained on Brinmoor and on the port of Karsund all day long. ", 12) + "The pact of 1987 was signed by President Amos Terano.", "Amos Terano", "Amos Terano"},
		{"role of the person told of", "On Friday President Amos Terano left. Terano slept. Terano woke. The pact was signed by President Idris Lund in 1987. " + strings.Repeat("It rained on Brinmoor and on the port of Karsund all day long. ", 5) + "The president flew home.", "Amos Terano", "Amos Terano | Terano | Terano | The president*"},
		{"role that all readers know", strings.Repeat("On Friday Amos Terano left. ", 6) + "The pact was signed by President Idris Lund in 1987. " + strings.Repeat("It rained on Brinmoor and on the port of Karsund all day long. ", 5) + "The president flew home.", "Idris Lund", "Idris Lund"},
		{"role of the person just named", "On Friday President Amos Terano left. Terano slept. Terano woke. The pact was signed by President Idris Lund. The president was young.", "Idris Lund", "Idris Lund | The president*"},
		{"role of the one the sentence is about", "President Amos Terano met President Idris Lund on Friday. The president was young.", "Amos Terano", "Amos Terano | The president*"},
		{"role of one named behind a preposition", "On Friday President Amos Terano left. Terano slept. With President Idris Lund gone, the president said no. Lund woke.", "Amos Terano", "Amos Terano | Terano | the president*"},
		{"role of two with a country", "Norwegian President Amos Terano spoke of a meeting with Kenyan President Idris Lund. Terano slept. He met President Lund. Terano woke. The president was young.", "Amos Terano", "Amos Terano | Terano | Terano | The president*"},
		{"role that only the host has", strings.Repeat("On Friday Amos Terano left. ", 6) + "He ate with Kenyan President Idris Lund. The president flew home.", "Idris Lund", "Idris Lund"},
		{"family name of one who came along", "Amos Terano spoke.\nTerano left with first lady Ada Terano on Friday.\nThe plane was late.\nToday Terano slept.", "Amos Terano", "Amos Terano | Terano | Terano"},
		{"family name of one whom a caption names", "Ada Terano waves.\nAmos Terano spoke.\nIt rained.\nAmos Terano left.\nIt rained.\nIt hailed.\nIn June Terano slept.", "Amos Terano", "Amos Terano | Amos Terano | Terano"},
		{"role behind another's name", "On Friday President Amos Terano left. Terano slept. During the visit of President Idris Lund, the president said no.", "Amos Terano", "Amos Terano | Terano | the president*"},
		{"role before a name", "They called the Kenyan envoy to Lima, Amos Terano, and left.", "Amos Terano", "the Kenyan envoy to Lima* | Amos Terano"},
		{"role behind a name", "On Friday Amos Terano, a former trade minister, left.", "Amos Terano", "Amos Terano | a former trade minister*"},
		{"state media", "It won, state media said. The Korean Central News Agency saw it.", "KCNA", "state media* | Korean Central News Agency"},
		{"unnamed people", "Many foreign experts said no.", "unnamed foreign experts", "Many foreign experts*"},
		{"other people", "Other experts said no.", "other unnamed experts", "Other experts*"},
		{"officials of two", "On Friday U.S. and Kenyan officials said no.", "unnamed U.S. and Kenyan officials", "U.S. and Kenyan officials*"},
		{"ministry of a minister", "He met Kenyan Trade Minister Amos Terano. The Kenyan ministry said no.", "Kenyan Trade Ministry", "The Kenyan ministry*"},
		{"one journey", "He ended a six-day visit to Peru. The trip was long.", "six-day visit to Peru", "a six-day visit to Peru* | The trip*"},
		{"the two countries", "Kenya met Peru. Now the two countries said yes.", "Kenya and Peru", "the two countries*"},
	} {
		if got := found(version(c.text))[c.id]; got != c.want {
			t.Errorf("%s: %q\n got %s\nwant %s\n all %v", c.name, c.text, got, c.want, found(version(c.text)))
		}
	}
}

// "The Roe-Lund summit" is of Roe with Lund; a double name is one person's.
func TestNamesJoinedByAHyphen(t *testing.T) {
	for src, want := range map[string]string{
		"Donald Roe-Lund summit, LIVE: mayor arrives. The mayor met Donald Roe and Idris Lund.": "Donald Roe",
		"Donald Roe-Lund slept. Idris Karsund slept.":                                           "Donald Roe-Lund",
	} {
		v := &news.Version{Text: src}
		v.Tokens, v.Sentences = segment.Find(v)
		if items := Find(v).Items; !slices.ContainsFunc(items, func(e news.Entity) bool { return e.ID == want && e.Type == news.Person }) {
			t.Errorf("%s: no %s in %+v", src, want, items)
		}
	}
}

// A body behind a comma is another one.
func TestBodiesBesideEachOther(t *testing.T) {
	v := &news.Version{Text: "Dunvar sought a takeover of Halvex, Finance Ministry spokesman Karel Tolvaj said."}
	v.Tokens, v.Sentences = segment.Find(v)
	var got []string
	for _, e := range Find(v).Items {
		if e.Type == news.Org {
			got = append(got, e.ID)
		}
	}
	for _, want := range []string{"Halvex", "Finance Ministry"} {
		if !slices.Contains(got, want) {
			t.Errorf("no %s among %q", want, got)
		}
	}
}

func TestExtent(t *testing.T) {
	v := version("On Friday Kenyan leader Amos Terano left the port city of Brinmoor.")
	want := map[string]string{"Amos Terano": "Kenyan leader Amos Terano", "Brinmoor": "the port city of Brinmoor"}
	for _, e := range Find(v).Items {
		if w := want[e.ID]; w != "" && e.Mentions[0].Extent.Of(v.Text) != w {
			t.Errorf("%s: extent %q, want %q", e.ID, e.Mentions[0].Extent.Of(v.Text), w)
		}
	}
}

func TestHeadlineCapitals(t *testing.T) {
	v := version("Terano Hails New Trade Deal With Peru\nOn Friday Amos Terano flew home.")
	if got := strings.Join(names(v), "; "); got != "Amos Terano; Peru; Terano" {
		t.Errorf("got %s", got)
	}
}

// A verb in capitals before a name is no part of it.
func TestVerbInAHeadline(t *testing.T) {
	v := version("Hillary Terano Jabs Lund Ahead of Vote\nOn Friday Idris Lund flew home. Then Lund slept.")
	if got := strings.Join(names(v), "; "); strings.Contains(got, "Jabs") {
		t.Errorf("got %s", got)
	}
}

func TestRelatedLinesAreLeftOut(t *testing.T) {
	v := version("Amos Terano wins in Peru")
	v.Sentences.Items[0].Label = news.Related
	if n := len(Find(v).Items); n != 0 {
		t.Errorf("%d entities in a list of related articles", n)
	}
}

func TestLexiconsAreClean(t *testing.T) {
	lx := readLexicons()
	for _, n := range []string{"Russia", "Russian", "Moscow", "AP", "U.N. Security Council", "West"} {
		if lexicon().names.At(n) == nil {
			t.Errorf("%q is missing", n)
		}
	}
	for country, agency := range lx.states {
		if country == "" || agency == "" {
			t.Errorf("state agency %q of %q", agency, country)
		}
	}
	for w := range lx.words {
		if strings.ToLower(w) != w || strings.ContainsAny(w, ":;|") {
			t.Errorf("%q is no word in small letters", w)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add(sample)
	f.Add("SEOUL (AP) — “Kim’s” U.S.-led ‘North’ 한국 al-Á é’s (KNCA) A.B. C-D-E")
	f.Add("'s ' - . A's-B' No. 5 & the")
	f.Fuzz(func(t *testing.T, src string) {
		if !utf8.ValidString(src) {
			return
		}
		v := version(src)
		for _, e := range Find(v).Items {
			if e.ID == "" || len(e.Mentions) == 0 {
				t.Errorf("empty entity %+v", e)
			}
			for i, m := range e.Mentions {
				for _, s := range [...]struct{ a, b int }{{m.Span.Start, m.Span.End}, {m.Extent.Start, m.Extent.End}} {
					if s.a < 0 || s.b > len(src) || s.a > s.b || !boundary(src, s.a) || !boundary(src, s.b) {
						t.Errorf("span %v outside the text or inside a rune", s)
					}
				}
				if m.Span.Empty() || !m.Extent.Empty() && !m.Extent.Contains(m.Span) {
					t.Errorf("mention %+v", m)
				}
				if i > 0 && m.Span.Start < e.Mentions[i-1].Span.Start {
					t.Errorf("mentions of %s out of order", e.ID)
				}
			}
		}
	})
}

func boundary(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }
