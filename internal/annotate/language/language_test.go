package language_test

import (
	"strings"
	"testing"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
)

func TestOf(t *testing.T) {
	for _, c := range []struct{ name, declared, text, want string }{
		{"English", "", "Dam fails in northern Norland\n\nHATHERING, Norland (NPA) - A dam in the north of Norland failed on Tuesday after days of rain, and the water reached the town of Hathering before dawn. Officials said that seven people were killed.", "en"},
		{"English on a page that declares another", "de", "Dam fails in northern Norland\n\nHATHERING, Norland (NPA) - A dam in the north of Norland failed on Tuesday after days of rain, and the water reached the town of Hathering before dawn. Officials said that seven people were killed.", "en"},
		{"German", "", "Damm in Nordland gebrochen\n\nHATHERING - Im Norden des Landes ist am Dienstag nach tagelangem Regen ein Damm gebrochen. Das Wasser erreichte die Stadt noch vor der Dämmerung, wie die Behörden mitteilten. Sieben Menschen kamen ums Leben.", "de"},
		{"French on a page that declares English", "en", "Rupture d'un barrage dans le nord\n\nHATHERING - Un barrage a cédé mardi dans le nord du pays après plusieurs jours de pluie, et l'eau a atteint la ville avant l'aube. Sept personnes ont été tuées, selon les autorités.", "fr"},
		{"Russian", "", "На севере прорвало плотину\n\nВо вторник после нескольких дней дождя на севере страны прорвало плотину, и вода дошла до города ещё до рассвета. По словам властей, погибли семь человек, ещё двадцать пропали без вести.", "ru"},
		{"Chinese", "", "北部水坝决堤\n\n周二，在连续数日降雨之后，该国北部的一座水坝决堤，洪水在黎明前到达了城镇。当局表示，有七人死亡，另有二十人失踪。救援人员正在继续搜寻，军队也已经抵达现场，居民被要求离开河谷，前往地势较高的地方暂住。", "zh"},
		{"too short to tell", "", "Damm gebrochen", "en"},
		{"too short to tell, but declared", "de-CH", "Damm gebrochen", "de-ch"},
		{"names and figures", "", "Results\n\nHathering 3, Karsund 2\nVellmar 1, Brinmoor 1\nOslo 0, Sorrel 4", "en"},
	} {
		v := pipeline.Annotate(news.Version{Name: "test", Given: news.Given{Language: c.declared}, Text: c.text})
		if v.Meta.Language != c.want {
			t.Errorf("%s: %q, want %q", c.name, v.Meta.Language, c.want)
		}
		if v.Foreign() && len(v.Claims.Items)+len(v.Quotes.Items)+len(v.Entities.Items)+len(v.Timexes.Items) > 0 {
			t.Errorf("%s: layers of English on a text in %s", c.name, v.Meta.Language)
		}
		if v.Foreign() && strings.Contains(c.name, "German") && len(v.Tokens) == 0 {
			t.Errorf("%s: no tokens, so no comparison", c.name)
		}
	}
}
