package stream

import (
	"github.com/tracewire/tracewire/internal/news"
)

// truth is what is remembered of an article for scoring: a few bytes, so that
// long streams can be scored.
type truth struct {
	kind         Kind
	parent, root int32 // numbers; -1 for no parent
	story        int32
}

// Ledger keeps the truth about a stream and what was found of it.
type Ledger struct {
	truths []truth
	story  []int32           // found, by number; 0 for none
	linked map[[2]int32]link // by numbers, the smaller first
	found  int32             // stories found so far
}

type link struct {
	relation news.Relation
	directed bool
	forward  bool // from the earlier article to the later
}

// NewLedger makes an empty one.
func NewLedger() *Ledger { return &Ledger{linked: map[[2]int32]link{}} }

// Note remembers the truth about the next article of the stream.
func (l *Ledger) Note(a *Article) {
	t := truth{kind: a.Kind, parent: -1, root: int32(a.Root.Number), story: int32(a.Story)}
	if a.Parent != nil {
		t.parent = int32(a.Parent.Number)
	}
	l.truths = append(l.truths, t)
	l.story = append(l.story, 0)
}

// Found notes what was found in a thread.
func (l *Ledger) Found(r *news.Relations) {
	for _, s := range r.Stories {
		l.found++
		for _, d := range s.Documents {
			if n, ok := numbered(d); ok {
				l.story[n] = l.found
			}
		}
	}
	for _, k := range r.Links {
		from, ok1 := numbered(k.From)
		to, ok2 := numbered(k.To)
		if ok1 && ok2 && taken(k.Relation) {
			l.linked[[2]int32{min(from, to), max(from, to)}] = link{k.Relation, k.Directed, from < to}
		}
	}
}

// taken are the relations that say: this text was made of that one.
func taken(r news.Relation) bool {
	return r == news.Copy || r == news.Trimmed || r == news.EarlierVersion || r == news.Excerpt
}

// numbered reads the number of an article off its name.
func numbered(name string) (int32, bool) {
	if len(name) != 8 || name[0] != 'a' {
		return 0, false
	}
	n := int32(0)
	for _, c := range []byte(name[1:]) {
		n = n*10 + int32(c-'0')
	}
	return n, true
}

// Share is so many of so many.
type Share struct{ Of, All int }

// Value is the share as a number, 1 of none.
func (s Share) Value() float64 {
	if s.All == 0 {
		return 1
	}
	return float64(s.Of) / float64(s.All)
}

func (s *Share) count(hit bool) {
	s.All++
	if hit {
		s.Of++
	}
}

// Accuracy is how much of the truth about a stream was found.
type Accuracy struct {
	// Direct is, by what was done, how many articles are linked with the one
	// they were made of; Family, with any that was made of the same report.
	Direct, Family map[Kind]*Share
	// Named is how many direct links have the relation that was meant: a copy
	// called copy, a trim called trimmed, an update an earlier version.
	Named map[Kind]*Share
	// Precision is how many links join articles of one family; Bulletins are
	// not among them, Alike is the same for links between two bulletins.
	Precision Share
	Alike     int
	// Directed is how many direct links point somewhere, Right how many of
	// those from the one that was there first.
	Directed, Right Share
	// Stories is B³ over the articles.
	StoryPrecision, StoryRecall float64
}

// Score compares what was found with the truth.
func (l *Ledger) Score() Accuracy {
	a := Accuracy{Direct: map[Kind]*Share{}, Family: map[Kind]*Share{}, Named: map[Kind]*Share{}}
	for _, k := range Kinds {
		a.Direct[k], a.Family[k], a.Named[k] = &Share{}, &Share{}, &Share{}
	}
	kin := make([]bool, len(l.truths)) // has a link inside its family
	for p := range l.linked {
		x, y := l.truths[p[0]], l.truths[p[1]]
		same := x.root == y.root
		if same {
			kin[p[0]], kin[p[1]] = true, true
		}
		if x.kind == Bulletin && y.kind == Bulletin {
			a.Alike++
			continue
		}
		a.Precision.count(same)
	}
	meant := map[Kind]news.Relation{Copied: news.Copy, Trimmed: news.Trimmed, Updated: news.EarlierVersion}
	for i, t := range l.truths {
		if t.parent < 0 {
			continue
		}
		k, direct := l.linked[[2]int32{t.parent, int32(i)}]
		a.Direct[t.kind].count(direct)
		a.Family[t.kind].count(kin[i])
		if !direct {
			continue
		}
		if m := meant[t.kind]; m != "" {
			a.Named[t.kind].count(k.relation == m)
		}
		a.Directed.count(k.directed)
		if k.directed {
			a.Right.count(k.forward)
		}
	}
	a.StoryPrecision, a.StoryRecall = l.bcubed()
	return a
}

// Kinds are what can be done to another's text.
var Kinds = []Kind{Copied, Trimmed, Rewrote, Updated}

// bcubed is the mean over articles of the purity of the story they were put
// into, and of how much of their true story is in it (Bagga, Baldwin 1998).
// Articles in no story are alone.
func (l *Ledger) bcubed() (precision, recall float64) {
	type cell struct{ found, true int32 }
	both, found, real := map[cell]int{}, map[int32]int{}, map[int32]int{}
	at := func(i int) int32 {
		if l.story[i] == 0 {
			return -int32(i) - 1
		}
		return l.story[i]
	}
	for i, t := range l.truths {
		both[cell{at(i), t.story}]++
		found[at(i)]++
		real[t.story]++
	}
	for i, t := range l.truths {
		n := float64(both[cell{at(i), t.story}])
		precision += n / float64(found[at(i)])
		recall += n / float64(real[t.story])
	}
	n := float64(max(1, len(l.truths)))
	return precision / n, recall / n
}
