package stream

import (
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"testing"

	"github.com/tracewire/tracewire/internal/pipeline"
	"github.com/tracewire/tracewire/internal/store/memory"
)

// Every page of the archive is read as the article that it was made of, and
// the chart is well-formed.
func TestArchiveIsReadWhole(t *testing.T) {
	c := Config{Articles: 60, Seed: 1, Outlets: 20}
	held, run, err := MeasureMemory(context.Background(), c, pipeline.Engine{Store: memory.New(), Workers: 1}, 10)
	if err != nil || run.Tally.In != 60 || run.Tally.Stored+run.Tally.Duplicate != 60 {
		t.Fatalf("%+v, %v", run.Tally, err)
	}
	if len(held) < 5 || held[0].Heap == 0 {
		t.Errorf("held %v", held)
	}
	var b bytes.Buffer
	if err := WriteMemoryChart(&b, held); err != nil {
		t.Fatal(err)
	}
	for d := xml.NewDecoder(&b); ; {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
