package gold

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/internal/schema"
	"github.com/tracewire/tracewire/internal/text"
)

// Set is gold annotation with the documents it was made on.
type Set struct {
	docs  map[string]document // by name
	texts map[string]string   // by name
	story story
}

// storyFile holds what goes across documents.
const storyFile = "story.json"

// Load reads the gold in goldDir and its documents, NAME.txt, in docsDir. A
// document that is not the one that was annotated is an error, since every
// place in it would be wrong.
func Load(goldDir, docsDir string) (Set, error) {
	set := Set{docs: map[string]document{}, texts: map[string]string{}}
	files, err := filepath.Glob(filepath.Join(goldDir, "*.json"))
	if err != nil {
		return Set{}, err
	}
	for _, file := range files {
		if filepath.Base(file) == storyFile {
			continue
		}
		var d document
		if err := readJSON(file, &d); err != nil {
			return Set{}, err
		}
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		src, err := os.ReadFile(filepath.Join(docsDir, name+".txt"))
		if err != nil {
			return Set{}, err
		}
		if sum := sha256.Sum256(src); hex.EncodeToString(sum[:]) != d.SHA256 {
			return Set{}, fmt.Errorf("%s.txt is not the document that was annotated: its checksum differs", name)
		}
		set.docs[name], set.texts[name] = d, string(src)
	}
	if len(set.docs) == 0 {
		return Set{}, fmt.Errorf("no gold annotation in %s", goldDir)
	}
	return set, readJSON(filepath.Join(goldDir, storyFile), &set.story)
}

// Score compares the JSON files in outDir with the gold in goldDir. A file
// that is missing in outDir means that nothing was found.
func Score(goldDir, docsDir, outDir string) (Report, error) {
	set, err := Load(goldDir, docsDir)
	if err != nil {
		return Report{}, err
	}
	if info, err := os.Stat(outDir); err != nil {
		return Report{}, err
	} else if !info.IsDir() {
		return Report{}, fmt.Errorf("%s is no folder", outDir)
	}
	found := map[string]document{}
	for name := range set.docs {
		var d document
		if err := readJSON(filepath.Join(outDir, name+".json"), &d); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return Report{}, err
		}
		found[name] = d
	}
	var st story
	if err := readJSON(filepath.Join(outDir, storyFile), &st); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Report{}, err
	}
	return set.compare(found, st), nil
}

// ScoreDocuments compares documents and story in memory with the gold.
// Documents that the gold does not know are left out.
func ScoreDocuments(set Set, docs []schema.Document, across schema.Story) (Report, error) {
	found := map[string]document{}
	for _, d := range docs {
		var o document
		if err := through(d, &o); err != nil {
			return Report{}, err
		}
		found[d.Doc] = o
	}
	var st story
	if err := through(across, &st); err != nil {
		return Report{}, err
	}
	return set.compare(found, st), nil
}

// through takes a value over its JSON, so that what is in memory is judged
// exactly as what is in a file.
func through(from, to any) error {
	raw, err := json.Marshal(from)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, to)
}

func readJSON(file string, to any) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, to); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// compare scores every layer: first those of each document, then those across
// documents, which stand on the claims that were found.
func (set Set) compare(found map[string]document, st story) Report {
	s := scorer{report: Report{Docs: slices.Sorted(maps.Keys(set.docs))}, seen: map[Problem]bool{}}
	answers := map[schema.Ref]schema.Ref{}
	var all []document
	for _, name := range s.report.Docs {
		g, p := set.docs[name], found[name]
		all = append(all, g)
		s.doc, s.src, s.names = name, set.texts[name], newNames(g)
		s.lines(g, p)
		s.metadata(g.Metadata, p.Metadata)
		s.quotes(g, p)
		s.mentions(g, p)
		s.timexes(g, p)
		s.claims(g, p, answers)
	}
	s.doc, s.src, s.names = Story, "", newNames(all...)
	s.lineage(set.story, st, set.texts)
	s.stories(set.story, st)
	s.thread(set.story, st)
	s.timeline(set.story, st)
	h := s.groups(set.story, st, answers)
	s.origins(set.story, st, h)
	s.tensions(set.story, st, answers, h)
	inTableOrder(s.report.Figures)
	return s.report
}

// scorer collects figures and problems; doc, src and names are those of the
// document at hand.
type scorer struct {
	report Report
	seen   map[Problem]bool
	doc    string
	src    string
	names  names
}

func (s *scorer) count(layer, name string, c measure.Count) {
	at := slices.IndexFunc(s.report.Figures, func(m Measured) bool { return m.Layer == layer && m.Measure == name })
	if at < 0 {
		at = len(s.report.Figures)
		s.report.Figures = append(s.report.Figures, Measured{layer, name, map[string]measure.Count{}})
	}
	by := s.report.Figures[at].By
	by[s.doc] = by[s.doc].Plus(c)
}

// problem notes a problem once, though several measures may run into it.
func (s *scorer) problem(layer, what, format string, args ...any) {
	p := Problem{layer, s.doc, what, fmt.Sprintf(format, args...)}
	if !s.seen[p] {
		s.seen[p] = true
		s.report.Problems = append(s.report.Problems, p)
	}
}

// show prints a place with its words, for the eye.
func (s *scorer) show(at text.Span) string {
	if at.Empty() {
		return "nothing"
	}
	const most = 90 // bytes of the text
	cut := text.Span{Start: min(at.Start, len(s.src)), End: min(at.End, len(s.src), at.Start+most)}
	return fmt.Sprintf("[%d:%d] %q", at.Start, at.End, strings.ToValidUTF8(cut.Of(s.src), "…"))
}

// layer is one layer of the document at hand with its pairs.
type layer struct {
	s     *scorer
	name  string
	pairs []measure.Pair
	// nGold leaves out the optional items that were not found.
	nGold, nProg int
	show         func(i int) string // a gold item for the eye
}

// side is one side of a layer: how many items, which of them need not be
// found, and how they look.
type side struct {
	n        int
	optional func(i int) bool
	show     func(i int) string
}

func gold[T any](items []T, optional func(T) bool, show func(T) string) side {
	return side{len(items), func(i int) bool { return optional(items[i]) }, func(i int) string { return show(items[i]) }}
}

func prog[T any](items []T, show func(T) string) side {
	return side{len(items), nil, func(i int) string { return show(items[i]) }}
}

// match notes what was missed and, unless alarms is false, what the program
// found beyond the gold.
func (s *scorer) match(name string, g, p side, pairs []measure.Pair, alarms bool) layer {
	m := layer{s: s, name: name, pairs: pairs, nGold: g.n, nProg: p.n, show: g.show}
	missed, extra := measure.Unpaired(g.n, p.n, pairs)
	for _, i := range missed {
		if g.optional(i) {
			m.nGold--
			continue
		}
		s.problem(name, "miss", "%s", g.show(i))
	}
	if alarms {
		for _, j := range extra {
			s.problem(name, "false alarm", "%s", p.show(j))
		}
	}
	return m
}

// basis says over what the right pairs are counted.
type basis int

const (
	ofBoth  basis = iota // F figure over both sides
	ofGold               // share of the gold
	ofPairs              // share of the pairs
)

func (m layer) put(name string, over basis, right int) {
	switch over {
	case ofBoth:
		m.s.count(m.name, name, measure.Both(right, m.nGold, m.nProg))
	case ofGold:
		m.s.count(m.name, name, measure.Share(float64(right), m.nGold))
	case ofPairs:
		m.s.count(m.name, name, measure.Share(float64(right), len(m.pairs)))
	}
}

// found counts every pair as right.
func (m layer) found(name string, over basis) { m.put(name, over, len(m.pairs)) }

// check counts the pairs in which the program's value of key is one of those
// that the readers accept.
func check[T any](m layer, name, key string, over basis, want func(i int) []T, got func(j int) T, same func(a, b T) bool) {
	right := 0
	for _, x := range m.pairs {
		w, g := want(x.Gold), got(x.Prog)
		if slices.ContainsFunc(w, func(v T) bool { return same(v, g) }) {
			right++
			continue
		}
		m.s.problem(m.name, key, "%s, program has %s  (%s)", m.s.look(w[0]), m.s.look(g), m.show(x.Gold))
	}
	m.put(name, over, right)
}

// look prints a value of any key for the eye.
func (s *scorer) look(v any) string {
	switch v := v.(type) {
	case text.Span:
		return s.show(v)
	case []string:
		return strings.Join(v, " > ")
	case string:
		if v == "" {
			return "nothing"
		}
		return v
	}
	return fmt.Sprint(v)
}
