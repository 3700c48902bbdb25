package page

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// vector holds the features of a block; what each means stands in
// featureNames, in the same order as add is called.
type vector struct {
	values []float32
	names  []string // filled only when naming
	naming bool
}

func (v *vector) add(name string, x float32) {
	v.values = append(v.values, x)
	if v.naming {
		v.names = append(v.names, name)
	}
}

func (v *vector) flag(name string, is bool) {
	var x float32
	if is {
		x = 1
	}
	v.add(name, x)
}

// steps adds one flag for each interval between the limits.
func (v *vector) steps(names []string, x float64, limits ...float64) {
	k := 0
	for k < len(limits) && x > limits[k] {
		k++
	}
	for i := range len(limits) + 1 {
		v.flag(names[i], i == k)
	}
}

// bits adds a flag for each kind.
func (v *vector) bits(prefix string, kinds []string, set uint32) {
	for k := range kinds {
		var x float32
		if set&(1<<k) != 0 {
			x = 1
		}
		v.values = append(v.values, x)
		if v.naming {
			v.names = append(v.names, prefix+kinds[k])
		}
	}
}

var (
	beforeNames   = [4]string{"prose before", "links before", "heading before", "short before"}
	behindNames   = [4]string{"prose behind", "links behind", "heading behind", "short behind"}
	weightSteps   = []string{"letters<=4", "letters<=12", "letters<=25", "letters<=50", "letters<=100", "letters<=200", "letters<=400", "letters>400"}
	linkSteps     = []string{"links=0", "links<=.1", "links<=.33", "links<=.66", "links<1", "links=1"}
	stopSteps     = []string{"stops=0", "stops<=.1", "stops<=.25", "stops<=.4", "stops>.4"}
	shareSteps    = []string{"kin=0", "kin<=.25", "kin<=.5", "kin<=.75", "kin>.75"}
	placeSteps    = []string{"place=far before", "place=before", "place=inside", "place=after", "place=far after"}
	distanceSteps = []string{"up=0", "up=1", "up=2", "up=3", "up>3"}
)

// scene is what features of all blocks of a page have in common.
type scene struct {
	*layout
	best       int // the span with the article, -1 without
	prose      []int32
	all        []int32
	linked     []int32
	first      int // the first and last paragraph in best
	last       int
	others     []span // articles that follow the one asked for
	title      string // in lower case, letters and digits only
	deck       string // likewise
	declared   string // the articleBody of JSON-LD, likewise
	seen       map[string]int
	main       []bool // spans inside main or article
	article    []bool
	up         []int    // how far above the span stands the one they share with best
	phrases    []uint32 // kinds of phrases.txt, by block
	depthTable []bool
	head       int // 1 + the block of the headline, 0 when not looked for
}

func (t *layout) scene(f *facts) *scene {
	s := &scene{layout: t, title: letters(f.headline), deck: letters(f.description()), declared: letters(f.body), seen: make(map[string]int, len(t.blocks))}
	s.best, s.others = t.best()
	s.prose = make([]int32, len(t.blocks)+1)
	s.all = make([]int32, len(t.blocks)+1)
	s.linked = make([]int32, len(t.blocks)+1)
	s.phrases = make([]uint32, len(t.blocks))
	s.first, s.last = len(t.blocks), -1
	for i, b := range t.blocks {
		s.prose[i+1], s.all[i+1], s.linked[i+1] = s.prose[i], s.all[i]+b.weight, s.linked[i]+b.links
		if b.prose {
			s.prose[i+1] += b.weight
		}
		s.seen[t.string(i)]++
		if b.words <= 20 {
			s.phrases[i] = phraseKinds(strings.ToLower(t.string(i)))
		}
	}
	if s.best >= 0 {
		x := t.spans[s.best]
		for i := x.first; i < x.last; i++ {
			if t.blocks[i].prose {
				s.first = min(s.first, int(i))
				s.last = max(s.last, int(i))
			}
		}
	}
	s.main, s.article = make([]bool, len(t.spans)), make([]bool, len(t.spans))
	s.up, s.depthTable = make([]int, len(t.spans)), make([]bool, len(t.spans))
	onWay := make([]bool, len(t.spans))
	for k := s.best; k >= 0; k = int(t.spans[k].parent) {
		onWay[k] = true
	}
	for i := range t.spans {
		x := &t.spans[i]
		if x.parent >= 0 {
			s.main[i], s.article[i] = s.main[x.parent], s.article[x.parent]
			s.depthTable[i] = s.depthTable[x.parent]
		}
		s.main[i] = s.main[i] || x.tag == atom.Main
		s.article[i] = s.article[i] || x.tag == atom.Article || x.body
		s.depthTable[i] = s.depthTable[i] || x.tag == atom.Table
	}
	d := 0
	for k := s.best; k >= 0; k = int(t.spans[k].parent) {
		s.up[k] = d
		d++
	}
	for i := range t.spans {
		if !onWay[i] && t.spans[i].parent >= 0 {
			s.up[i] = s.up[t.spans[i].parent]
		}
		if !onWay[i] && t.spans[i].parent < 0 {
			s.up[i] = d
		}
	}
	return s
}

func letters(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

func ratio(a, b int32) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// kin is the share of prose, and of links, in a span.
func (s *scene) kin(i int32) (prose, links float64) {
	if i < 0 {
		return 0, 0
	}
	x := &s.spans[i]
	a, b := x.first, x.last
	return ratio(s.prose[b]-s.prose[a], s.all[b]-s.all[a]), ratio(s.linked[b]-s.linked[a], s.all[b]-s.all[a])
}

// features of block i, looked at by itself and at its place.
func (s *scene) features(i int, v *vector) {
	v.values = v.values[:0]
	b := &s.blocks[i]
	x := &s.spans[b.in]
	text := s.string(i)
	v.add("bias", 1)
	v.steps(weightSteps, float64(b.weight), 4, 12, 25, 50, 100, 200, 400)
	links := ratio(b.links, b.weight)
	v.steps(linkSteps, links, 0, .1, .33, .66, .999)
	if b.words >= 3 {
		v.steps(stopSteps, ratio(b.stops, b.words), 0, .1, .25, .4)
	} else {
		v.steps(stopSteps, .2, 0, .1, .25, .4)
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, `"'”’»)] `))
	begin, _ := utf8.DecodeRuneInString(text)
	sentence := strings.ContainsRune(".!?…。！？।؟", last)
	v.flag("ends a sentence", sentence)
	v.flag("ends with colon", last == ':')
	v.flag("begins small", unicode.IsLower(begin))
	v.flag("begins with digit", unicode.IsDigit(begin))
	v.flag("begins with quote", strings.ContainsRune("\"“„«'‘", begin))
	v.flag("digits", b.digits*4 > b.weight)
	v.flag("comma", strings.Contains(text, ", "))
	v.flag("bar", strings.Contains(text, "|"))
	v.flag("arrow", strings.ContainsAny(text, "»›→▸▶←‹"))
	v.flag("repeated", s.seen[text] > 1)
	own := letters(text)
	same := own != "" && len(own) < 500 && (own == s.title || len(own) > 12 && strings.Contains(s.title, own) || len(s.title) > 12 && strings.Contains(own, s.title) && len(own) < len(s.title)+20)
	v.flag("title", same)
	v.flag("deck", own != "" && len(own) > 20 && len(own) < 1000 && strings.Contains(s.deck, own))
	v.flag("declared", own != "" && s.declared != "" && strings.Contains(s.declared, own))
	v.flag("not declared", own != "" && len(s.declared) > 400 && !strings.Contains(s.declared, own))
	v.bits("phrase ", phrases().kinds, s.phrases[i])
	h1 := x.tag == atom.H1
	h := isHeading(x.tag)
	v.flag("tag p", x.tag == atom.P)
	v.flag("tag li", x.tag == atom.Li)
	v.flag("tag h1", h1)
	v.flag("tag h2-6", h && !h1)
	v.flag("tag tr", isTablePart(x.tag))
	v.flag("tag blockquote", x.tag == atom.Blockquote)
	v.flag("tag pre", x.tag == atom.Pre)
	v.flag("tag figcaption", x.tag == atom.Figcaption)
	v.flag("tag div", x.tag == atom.Div)
	v.flag("tag dd dt", x.tag == atom.Dd || x.tag == atom.Dt)
	v.flag("in table", s.depthTable[b.in])
	v.bits("name ", hintWords().kinds, uint32(x.hints))
	v.bits("own name ", hintWords().kinds, uint32(x.own))
	v.flag("main", s.main[b.in])
	v.flag("article", s.article[b.in])
	prose, plinks := s.kin(b.in)
	up := x.parent
	if isHeading(x.tag) || x.tag == atom.P || x.tag == atom.Li || x.tag == atom.Dd || x.tag == atom.Dt || x.tag == atom.Tr {
		prose, plinks = s.kin(up)
		if up >= 0 {
			up = s.spans[up].parent
		}
	}
	v.steps(shareSteps, prose, 0, .25, .5, .75)
	v.add("kin links", float32(plinks))
	p2, l2 := s.kin(up)
	v.add("kin of parent", float32(p2))
	v.add("links of parent", float32(l2))
	// Where it stands.
	inside := false
	distance := 4.0
	if s.best >= 0 {
		z := s.spans[s.best]
		inside = int(z.first) <= i && i < int(z.last)
		distance = float64(s.up[b.in])
	}
	v.flag("inside", inside)
	v.steps(distanceSteps, distance, 0, 1, 2, 3)
	place := 0.0
	switch {
	case s.last < 0:
	case i < s.first:
		place = -1
		if s.first-i > 8 {
			place = -2
		}
	case i > s.last:
		place = 1
		if i-s.last > 8 {
			place = 2
		}
	}
	v.steps(placeSteps, place, -2, -1, 0, 1)
	v.flag("inside and between", inside && place == 0)
	v.flag("inside and before", inside && place < 0)
	v.flag("inside and after", inside && place > 0)
	v.flag("heading between", h && place == 0 && inside)
	v.flag("heading outside", h && !(place == 0 && inside))
	v.flag("short between", b.weight < 50 && place == 0 && inside)
	v.flag("linked between", links > .66 && place == 0 && inside)
	v.flag("linked li between", links > .66 && place == 0 && inside && x.tag == atom.Li)
	v.flag("linked elsewhere", links > .66 && !(place == 0 && inside))
	v.flag("sentence outside", sentence && !inside)
	v.flag("no best", s.last < 0)
	s.neighbour(i-1, beforeNames, v)
	s.neighbour(i+1, behindNames, v)
	v.flag("heading over prose", h && i+1 < len(s.blocks) && s.blocks[i+1].prose)
	v.add("log letters", float32(math.Log(float64(b.weight)+1)/6))
	v.add("text around", float32(s.around(i)))
}

// around is the share of prose in the nine blocks around.
func (s *scene) around(i int) float64 {
	a, b := max(0, i-4), min(len(s.blocks), i+5)
	return ratio(s.prose[b]-s.prose[a], s.all[b]-s.all[a])
}

func (s *scene) neighbour(i int, side [4]string, v *vector) {
	var b block
	prose, heading := false, false
	if 0 <= i && i < len(s.blocks) {
		b = s.blocks[i]
		prose, heading = b.prose, isHeading(s.spans[b.in].tag)
	}
	v.flag(side[0], prose)
	v.flag(side[1], b.links*2 > b.weight)
	v.flag(side[2], heading)
	v.flag(side[3], b.weight < 25)
}

// second is the second look at a block, when the first scores of all are
// known.
func (s *scene) second(i int, score []float32, mass []float32, v *vector) {
	v.values = v.values[:0]
	at := func(k int) float32 {
		if k < 0 || k >= len(score) {
			return -4
		}
		return score[k]
	}
	b := &s.blocks[i]
	v.add("bias", 1)
	v.add("score", at(i))
	v.add("score before", at(i-1))
	v.add("score behind", at(i+1))
	v.add("score 2 before", at(i-2))
	v.add("score 2 behind", at(i+2))
	v.add("lower of neighbours", min(at(i-1), at(i+1)))
	v.add("higher of neighbours", max(at(i-1), at(i+1)))
	all := mass[len(mass)-1]
	before, behind := float32(0), float32(0)
	if all > 0 {
		before, behind = mass[i]/all, (all-mass[i+1])/all
	}
	v.flag("before all", before < .01)
	v.flag("behind all", behind < .01)
	v.flag("near the beginning", before < .05)
	v.flag("near the end", behind < .05)
	v.add("mass around", float32(mass[min(len(score), i+6)]-mass[max(0, i-5)])/max(1, float32(s.all[min(len(score), i+6)]-s.all[max(0, i-5)])))
	x := &s.spans[b.in]
	up := b.in
	if x.parent >= 0 && (isHeading(x.tag) || x.tag == atom.P || x.tag == atom.Li || x.tag == atom.Dd || x.tag == atom.Tr) {
		up = x.parent
	}
	z := &s.spans[up]
	v.add("mass of kin", (mass[z.last]-mass[z.first])/max(1, float32(s.all[z.last]-s.all[z.first])))
	heading := isHeading(x.tag)
	v.flag("heading", heading)
	h := float32(0)
	if heading {
		h = at(i + 1)
	}
	v.add("heading, score behind", h)
	l := float32(0)
	if b.weight < 40 {
		l = min(at(i-1), at(i+1))
	}
	v.add("short, lower of neighbours", l)
}
