package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/tracewire/tracewire/eval/entities"
	"github.com/tracewire/tracewire/eval/measure"
	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
)

func main() {
	fold := flag.Int("fold", 2, "")
	errs := flag.Bool("errors", false, "")
	flag.Parse()
	docs, _ := entities.Load("../shared/bench/entities")
	outlets := map[string]int{}
	var in []entities.Document
	for _, d := range docs {
		if d.Judged {
			continue
		}
		if _, ok := outlets[d.Outlet]; !ok {
			outlets[d.Outlet] = len(outlets)
		}
		if outlets[d.Outlet]%5 == *fold {
			in = append(in, d)
		}
	}
	r := entities.ScoreDocs(in, pipeline.Annotate)
	for _, row := range r.Rows {
		if row.Name[0] == ' ' || row.Name == "typed, exact, fitted on" || row.Name == "exact, fitted on" {
			v, _ := row.Count.Value()
			fmt.Printf("%s %.4f (%d)  ", row.Name, v, row.Count.Gold)
		}
	}
	fmt.Println()
	_ = measure.Row{}
	_ = news.Version{}
	if *errs {
		r.WriteProblems(os.Stdout, "all")
	}
}
