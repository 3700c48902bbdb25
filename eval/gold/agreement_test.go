package gold

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"
)

// seeds holds five documents, their gold and the reference scorer. They are
// other people's text and lie beside the repository, not in it.
const seeds = "../../../shared/seeds"

func needSeeds(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(seeds, "gold", "story.json")); err != nil {
		t.Skip("no ../shared/seeds beside the repository: nothing to compare with")
	}
}

// object and list are JSON without a schema: damage is done to raw files, so
// that both scorers read the very same bytes.
type object = map[string]any

type output struct {
	docs  map[string]object
	story object
}

func readOutput(t *testing.T) output {
	t.Helper()
	out := output{docs: map[string]object{}}
	files, err := filepath.Glob(filepath.Join(seeds, "gold", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		var o object
		if err := readJSON(f, &o); err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(f), ".json")
		if name == "story" {
			out.story = o
		} else {
			out.docs[name] = o
		}
	}
	return out
}

func (o output) write(t *testing.T, dir string) {
	t.Helper()
	put := func(name string, v object) {
		raw, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name+".json"), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, d := range o.docs {
		put(name, d)
	}
	if o.story != nil {
		put("story", o.story)
	}
}

// items returns the objects of a list.
func items(o object, key string) []object {
	var out []object
	list, _ := o[key].([]any)
	for _, x := range list {
		out = append(out, x.(object))
	}
	return out
}

func putItems(o object, key string, list []object) {
	out := make([]any, len(list))
	for i, x := range list {
		out[i] = x
	}
	o[key] = out
}

// everyObject calls f for each object inside v, v first. The order is fixed,
// so that a seeded damage is the same each time.
func everyObject(v any, f func(object)) {
	switch v := v.(type) {
	case object:
		f(v)
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		for _, k := range keys {
			everyObject(v[k], f)
		}
	case []any:
		for _, x := range v {
			everyObject(x, f)
		}
	}
}

func (o output) names() []string {
	var out []string
	for n := range o.docs {
		out = append(out, n)
	}
	sort.Strings(out)
	return out
}

// all are the documents in order, then the story.
func (o output) all() []object {
	var out []object
	for _, n := range o.names() {
		out = append(out, o.docs[n])
	}
	return append(out, o.story)
}

func shift(v any, by func() float64) {
	everyObject(v, func(o object) {
		start, is := o["start"].(float64)
		if !is {
			return
		}
		o["start"], o["end"] = max(0, start+by()), max(0, o["end"].(float64)+by())
	})
}

// damages are ways in which a program may be wrong; the comparison must come
// out the same from both scorers for each.
var damages = []struct {
	name string
	do   func(o *output)
}{
	{"the gold itself", func(*output) {}},
	{"every third quote dropped", func(o *output) {
		for _, d := range o.docs {
			var kept []object
			for i, q := range items(d, "quotes") {
				if i%3 != 2 {
					kept = append(kept, q)
				}
			}
			putItems(d, "quotes", kept)
		}
	}},
	{"offsets shifted by 3", func(o *output) {
		for _, x := range o.all() {
			shift(x, func() float64 { return 3 })
		}
	}},
	{"chains swapped", func(o *output) {
		for _, d := range o.docs {
			for _, key := range []string{"quotes", "claims"} {
				list := items(d, key)
				for i := 0; i+1 < len(list); i += 2 {
					list[i]["chain"], list[i+1]["chain"] = list[i+1]["chain"], list[i]["chain"]
				}
			}
		}
	}},
	{"claim groups merged two by two", func(o *output) {
		list := items(o.story, "claim_groups")
		var kept []object
		for i, g := range list {
			if i%2 == 1 {
				before := kept[len(kept)-1]
				before["members"] = append(before["members"].([]any), g["members"].([]any)...)
				continue
			}
			kept = append(kept, g)
		}
		putItems(o.story, "claim_groups", kept)
	}},
	{"origins renamed", func(o *output) {
		for i, g := range items(o.story, "claim_groups") {
			names := g["origins"].([]any)
			switch i % 4 {
			case 0:
				names[0] = "www." + fmt.Sprint(names[0]) + ".com/a/b"
			case 1:
				names[0] = "The " + strings.ToUpper(fmt.Sprint(names[0])) + "’s"
			case 2:
				names[0] = "somebody else"
			case 3:
				g["independent_origins"] = 2
			}
		}
	}},
	{"items shuffled", func(o *output) {
		r := rand.New(rand.NewPCG(7, 7))
		for _, x := range o.all() {
			everyObject(x, func(v object) {
				for _, key := range []string{"lines", "quotes", "mentions", "timexes", "claims", "lineage", "stories", "thread", "timeline", "claim_groups", "members", "tensions", "origins"} {
					list, _ := v[key].([]any)
					r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
				}
			})
		}
	}},
	{"two documents missing", func(o *output) {
		names := o.names()
		delete(o.docs, names[1])
		delete(o.docs, names[3])
	}},
	{"nothing across documents", func(o *output) { o.story = nil }},
	{"nothing at all", func(o *output) { *o = output{} }},
	{"mentions in other clusters", func(o *output) {
		for _, d := range o.docs {
			list := items(d, "mentions")
			for i := 0; i+1 < len(list); i += 3 {
				own, next := list[i]["mentions"].([]any), list[i+1]["mentions"].([]any)
				list[i]["mentions"] = append(own, next[:1]...)
				list[i+1]["mentions"] = next[1:]
			}
			for i, c := range list {
				for j, m := range items(c, "mentions") {
					if (i+j)%5 == 0 {
						m["nominal"] = m["nominal"] != true
					}
					if e, has := m["extent"].(object); has && (i+j)%2 == 0 {
						m["start"], m["end"] = e["start"], e["end"]
					}
				}
			}
		}
	}},
	{"lineage turned, untyped, tripled", func(o *output) {
		list := items(o.story, "lineage")
		for i, l := range list {
			switch i % 3 {
			case 0:
				l["from"], l["to"] = l["to"], l["from"]
			case 1:
				l["directed"] = l["directed"] != true
			case 2:
				delete(l, "directed")
			}
			if i%4 == 3 {
				l["relation"] = "copy"
			}
		}
		putItems(o.story, "lineage", append(list, list[:3]...))
	}},
	{"stories and steps mixed", func(o *output) {
		list := items(o.story, "stories")
		list[0]["documents"] = append(list[0]["documents"].([]any), list[1]["documents"].([]any)[0], "unknown")
		steps := items(o.story, "thread")
		steps[0]["order"], steps[1]["order"] = steps[1]["order"], steps[0]["order"]
		delete(steps[2], "order")
	}},
	{"metadata wrong in many fields", func(o *output) {
		for i, n := range o.names() {
			m := o.docs[n]["metadata"].(object)
			switch i % 5 {
			case 0:
				m["outlet"], m["published"] = "https://www.upi.com/", nil
			case 1:
				m["agency"], m["dateline"] = "Associated Press", nil
			case 2:
				m["bylines"] = []any{object{"name": "By Jane Roe", "span": nil}, object{"name": nil, "span": object{"start": 0, "end": 4, "text": "Jane"}}}
			case 3:
				m["update"] = object{"kind": "lead", "paragraphs": []any{1, 2}}
				m["claimed_dates"] = []any{}
			case 4:
				m["headline"] = nil
				m["rights"] = []any{object{"start": 5, "end": 50, "text": ""}}
			}
		}
	}},
}

// wear damages a bit of everything by chance.
func wear(o *output, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 1))
	for _, x := range o.all() {
		everyObject(x, func(v object) {
			for _, key := range []string{"lines", "parts", "quotes", "mentions", "timexes", "claims", "lineage", "passages", "timeline", "claim_groups", "members", "tensions", "rights"} {
				list, is := v[key].([]any)
				if !is {
					continue
				}
				kept := []any{}
				for _, y := range list {
					if r.Float64() > 0.15 {
						kept = append(kept, y)
					}
					if r.Float64() < 0.05 {
						kept = append(kept, y)
					}
				}
				v[key] = kept
			}
			for _, key := range []string{"chain", "origins", "documents"} {
				if list, is := v[key].([]any); is && len(list) > 1 && r.Float64() < 0.2 {
					v[key] = list[1:]
				}
			}
			for _, key := range []string{"type", "kind", "label", "status", "value", "source_id", "relation"} {
				if _, is := v[key].(string); is && r.Float64() < 0.1 {
					v[key] = []any{"PER", "direct", "body", "asserted", "KCNA", "copy"}[r.IntN(6)]
				}
			}
		})
		shift(x, func() float64 {
			if r.Float64() < 0.8 {
				return 0
			}
			return float64(r.IntN(21) - 10)
		})
	}
}

func TestAgreesWithReference(t *testing.T) {
	needSeeds(t)
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3: the reference scorer cannot run")
	}
	cases := damages
	for seed := range uint64(4) {
		cases = append(cases, struct {
			name string
			do   func(o *output)
		}{fmt.Sprintf("wear and tear %d", seed+1), func(o *output) { wear(o, seed) }})
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			o := readOutput(t)
			c.do(&o)
			o.write(t, dir)
			want := reference(t, python, dir)
			got, err := Score(filepath.Join(seeds, "gold"), seeds, dir)
			if err != nil {
				t.Fatal(err)
			}
			compareReports(t, want, got)
		})
	}
}

// referenceReport is what the reference scorer prints as JSON.
type referenceReport struct {
	Overall float64
	Main    map[string]string
	Figures map[string]map[string]*float64
}

func reference(t *testing.T, python, dir string) referenceReport {
	t.Helper()
	cmd := exec.Command(python, filepath.Join(seeds, "gold", "score.py"), dir, "--json")
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1")
	raw, err := cmd.Output()
	if err != nil {
		t.Fatalf("the reference scorer failed: %v", err)
	}
	var out referenceReport
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

const tolerance = 1e-9

func compareReports(t *testing.T, want referenceReport, got Report) {
	t.Helper()
	if math.Abs(want.Overall-got.Overall()) > tolerance {
		t.Errorf("overall: reference %.12f, here %.12f", want.Overall, got.Overall())
	}
	if len(want.Main) != len(Layers) {
		t.Errorf("reference has %d layers, here are %d", len(want.Main), len(Layers))
	}
	for _, l := range Layers {
		if want.Main[l.Name] != l.Main {
			t.Errorf("main figure of %s: reference %q, here %q", l.Name, want.Main[l.Name], l.Main)
		}
	}
	compared := 0
	for name, row := range want.Figures {
		layer, measure, _ := strings.Cut(name, " / ")
		m, has := got.Find(layer, measure)
		if !has {
			t.Errorf("%s: missing here", name)
			continue
		}
		for doc, w := range row {
			c, has := m.By[doc]
			if doc == "all" {
				c, has = m.Total(), true
			}
			g, judged := c.Value()
			compared++
			switch {
			case !has:
				t.Errorf("%s, %s: missing here", name, doc)
			case judged != (w != nil):
				t.Errorf("%s, %s: reference judges: %v, here: %v (%+v)", name, doc, w != nil, judged, c)
			case judged && math.Abs(*w-g) > tolerance:
				t.Errorf("%s, %s: reference %.12f, here %.12f (%+v)", name, doc, *w, g, c)
			}
		}
		if len(m.By) != len(row)-1 {
			t.Errorf("%s: reference has %d documents, here are %d", name, len(row)-1, len(m.By))
		}
	}
	common := slices.DeleteFunc(slices.Clone(got.Figures), func(m Measured) bool { return slices.Contains(ownLines[:], m.Measure) })
	if len(common) != len(want.Figures) {
		t.Errorf("reference has %d figures, here are %d", len(want.Figures), len(common))
	}
	t.Logf("%d figures compared, overall %.3f", compared, want.Overall)
}
