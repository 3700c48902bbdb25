package lineagebench

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// floors are figures of the benchmark below which the program must not fall.
var floors = map[string]float64{
	"agency with twins": .955, "copied text": .96, "copy or trimmed": .97, "one family": .94, "relation": .92, "relation, mean F": .86,
	"direction": .94, "families": .94, "version order": .945,
}

// ceilings are the same where less is better.
var ceilings = map[string]float64{"direction, told wrong": .03, "version order, told wrong": .03}

func TestLineageStaysAboveFloors(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 612 articles")
	}
	if _, err := os.Stat(filepath.Join(bench, "stories.json")); err != nil {
		t.Skip("no ../shared/lineage beside the repository: the floors are not checked")
	}
	cmd := exec.Command("go", "run", "./cmd/tracewire", "-q", "eval", "lineage", "../shared/lineage")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	figures := map[string]float64{}
	for s := bufio.NewScanner(bytes.NewReader(out)); s.Scan(); {
		const name, figure = 26, 33 // columns of the table
		if line := s.Text(); len(line) > figure {
			if v, err := strconv.ParseFloat(strings.TrimSpace(line[name:figure]), 64); err == nil {
				figures[strings.TrimSpace(line[:name])] = v
			}
		}
	}
	for name, least := range floors {
		if v, has := figures[name]; !has || v < least {
			t.Errorf("%s: %.3f is below %.3f (measured: %v)", name, v, least, has)
		}
	}
	for name, most := range ceilings {
		if v, has := figures[name]; !has || v > most {
			t.Errorf("%s: %.3f is above %.3f (measured: %v)", name, v, most, has)
		}
	}
	if t.Failed() {
		t.Logf("%s", out)
	}
}
