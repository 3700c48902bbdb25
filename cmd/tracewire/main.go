// Command tracewire reads news pages and tells whose text is whose, who says
// what through whom, and on how many independent origins each claim stands.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/schema"
)

func main() {
	out := os.Args[1]
	for _, p := range os.Args[2:] {
		b, err := os.ReadFile(p)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		name := strings.TrimSuffix(filepath.Base(p), filepath.Ext(p))
		v := pipeline.Annotate(news.Version{Name: name, Text: string(b)})
		j, _ := json.MarshalIndent(schema.FromVersion(&v), "", " ")
		os.WriteFile(filepath.Join(out, name+".json"), j, 0o644)
	}
}
