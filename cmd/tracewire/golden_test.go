package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/brief.golden anew")

// The brief of the examples, as the README shows it. After a change that is
// meant, look at the difference and run
//
//	go test ./cmd/tracewire -run Golden -update
func TestGoldenBrief(t *testing.T) {
	const golden = "testdata/brief.golden"
	var out, messages bytes.Buffer
	none := func(string) string { return "" }
	code := run(context.Background(), []string{"read", examples}, stdio{strings.NewReader(""), &out, &messages}, none)
	if code != exitOK {
		t.Fatalf("exit code %d: %s", code, messages.String())
	}
	if got := messages.String(); got != "12 read: 12 new\n" {
		t.Errorf("standard error: %q", got)
	}
	if *update {
		if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	got, must := strings.Split(out.String(), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(got), len(must)) {
		g, w := "(nothing)", "(nothing)"
		if i < len(got) {
			g = got[i]
		}
		if i < len(must) {
			w = must[i]
		}
		if g != w {
			t.Fatalf("line %d of the brief\nwas: %s\nis:  %s\nif that is meant: go test ./cmd/tracewire -run Golden -update", i+1, w, g)
		}
	}
}
