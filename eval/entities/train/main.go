// Command train makes the weights of internal/annotate/mention from the
// outlets of the English Worldwide Newswire that eval entities does not judge:
//
//	go run ./eval/entities/train ../shared/bench/entities > internal/annotate/mention/weights.bin
//
// It fits a linear chain (Lafferty et al. 2001) with FTRL-proximal (McMahan et
// al. 2013), whose L1 penalty leaves most weights at exactly 0. With -check it
// holds every fifth of these outlets back, prints how the chain alone does on
// them, and writes nothing.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"slices"

	"github.com/tracewire/tracewire/eval/entities"
	"github.com/tracewire/tracewire/internal/annotate/mention"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
)

// sortOf are the sorts of the classes of the corpus.
var sortOf = map[string]mention.Sort{
	"Person": mention.SortPerson, "Location": mention.SortPlace, "Facility": mention.SortFacility, "Organization": mention.SortOrg,
	"Misc": mention.SortOther, "NORP": mention.SortPeople, "Product": mention.SortProduct,
}

// example is a labelled stretch; rows are the features of its words, as places
// in the table of weights.
type example struct {
	mention.Sample
	rows [][]int32
	gold []mention.Label
}

type article struct {
	entities.Document
	stretches []example
}

func main() {
	log.SetFlags(0)
	check := flag.Bool("check", false, "hold outlets back and measure")
	epochs := flag.Int("epochs", 6, "passes over the corpus")
	rate := flag.Float64("rate", .1, "learning rate")
	l1 := flag.Float64("l1", 2, "L1 penalty")
	l2 := flag.Float64("l2", .5, "L2 penalty")
	lost := flag.Float64("drop", .2, "share of the features that are hidden from each step, so that none is relied on alone")
	fold := flag.Int("fold", 2, "which fifth of the outlets -check holds back")
	least := flag.Int("least", 2, "a rarer feature is left out")
	flag.Parse()
	docs, err := entities.Load(flag.Arg(0))
	if err != nil {
		log.Fatal(err)
	}
	var train, held []article
	outlets := map[string]int{}
	for _, d := range docs {
		if d.Judged {
			continue
		}
		if _, known := outlets[d.Outlet]; !known {
			outlets[d.Outlet] = len(outlets)
		}
		a := label(d)
		if *check && outlets[d.Outlet]%5 == *fold {
			held = append(held, a)
		} else {
			train = append(train, a)
		}
	}
	t := newTable(train, *least)
	f := ftrl{rate: float32(*rate), l1: float32(*l1), l2: float32(*l2), table: t}
	var all []*example
	for i := range train {
		for j := range train[i].stretches {
			e := &train[i].stretches[j]
			e.rows = t.rows(e.Sample)
			all = append(all, e)
		}
	}
	chance := rand.New(rand.NewPCG(1, 2))
	m := newChain(f)
	for n := range *epochs {
		chance.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		loss := 0.0
		for _, e := range all {
			loss += m.learn(e, drop(e.rows, *lost, chance))
		}
		if *check {
			fmt.Fprintf(os.Stderr, "epoch %d: loss %.4f, kept %d rows", n+1, loss/float64(len(all)), m.kept())
			m.measure(held)
		}
	}
	out := bufio.NewWriter(os.Stdout)
	if err := m.write(out); err != nil {
		log.Fatal(err)
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}

// drop hides a share of the features (Hinton et al. 2012).
func drop(rows [][]int32, share float64, chance *rand.Rand) [][]int32 {
	out := make([][]int32, len(rows))
	for i, rs := range rows {
		for _, r := range rs {
			if chance.Float64() >= share {
				out[i] = append(out[i], r)
			}
		}
	}
	return out
}

// label reads the stretches of an article and gives their words the labels of
// the names over them.
func label(d entities.Document) article {
	v := pipeline.Annotate(news.Version{Name: d.Name, Text: d.Text})
	a := article{Document: d}
	for _, s := range mention.Samples(&v) {
		gold := make([]mention.Label, len(s.Spans))
		for _, e := range d.Entities {
			begun := false
			for i, sp := range s.Spans {
				if sp.Common(e.Span) == 0 {
					continue
				}
				gold[i] = sortOf[e.Class].Inside()
				if !begun {
					gold[i] = sortOf[e.Class].Begin()
				}
				begun = true
			}
		}
		a.stretches = append(a.stretches, example{Sample: s, gold: gold})
	}
	return a
}

// table gives the features that are not too rare their rows.
type table struct {
	at   map[uint32]int32
	keys []uint32
}

func newTable(train []article, least int) table {
	count := map[uint32]int{}
	for _, a := range train {
		for _, e := range a.stretches {
			for _, fs := range e.Features {
				for _, f := range fs {
					count[f]++
				}
			}
		}
	}
	t := table{at: map[uint32]int32{}}
	for f, n := range count {
		if n >= least {
			t.keys = append(t.keys, f)
		}
	}
	slices.Sort(t.keys)
	for i, f := range t.keys {
		t.at[f] = int32(i)
	}
	return t
}

func (t table) rows(s mention.Sample) [][]int32 {
	out := make([][]int32, len(s.Features))
	for i, fs := range s.Features {
		for _, f := range fs {
			if r, ok := t.at[f]; ok {
				out[i] = append(out[i], r)
			}
		}
	}
	return out
}
