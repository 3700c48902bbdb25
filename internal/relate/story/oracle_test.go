package story
import ("testing";"fmt")
func TestOracle(t *testing.T) {
t.Skip()
noBar=1e9
	for _, s := range []task{ready2("ecb+", ecbPlus(t)), ready2("helsinki", helsinki(t))} {
		w := append(append([]float64{}, storyWeights[:]...), storyBias)
		m, _ := s.run(w, true, func(string) bool { return true })
		n := 0
		kinds := map[string]int{}
		for _, g := range s.loose { n += len(g); for _, i := range g { if s.counts[s.fold.digests[i].Name] {kinds[string(s.fold.digests[i].Kind)]++} } }
		p, r, f := s.bcubedOf(s.fold.named(append(m, s.loose...)), func(string) bool { return true })
		dated := 0
		far, all := 0, 0
		for i, d := range s.fold.digests { if d.Date != "" { dated++ }
			for j := range i { if s.labels[d.Name][0] == s.labels[s.fold.digests[j].Name][0] { all++; if x := featuresOf(&s.fold.voices[i], &s.fold.voices[j]); barred(&x) { far++ } } } }
		fmt.Println(s.name, "oracle", p, r, f, "loose", n, kinds, "dated", dated, "barred same pairs", far, all, "courses", len(s.fold.courses), "near", len(s.near))
		if s.name == "ecb+" { for _, d := range s.fold.digests { if !glues(d.Kind) { fmt.Println(d.Name, d.Kind, d.Title) } } }
	}
}
