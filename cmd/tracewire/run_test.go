package main

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"
)

// Ctrl-C ends a run that waits for standard input.
func TestInterrupted(t *testing.T) {
	for _, c := range []struct {
		args []string
		say  string
	}{
		{[]string{"read", "-"}, "interrupted; nothing is kept without --store"},
		{[]string{"annotate", "--store", t.TempDir() + "/wire.db", "-"}, "interrupted; run it again to go on"},
	} {
		never, _ := io.Pipe() // nobody writes
		var out, messages bytes.Buffer
		ctx, stop := context.WithTimeout(context.Background(), 50*time.Millisecond)
		code := run(ctx, c.args, stdio{never, &out, &messages}, func(string) string { return "" })
		stop()
		if code != exitError || !strings.Contains(messages.String(), c.say) || out.Len() > 0 {
			t.Errorf("%v: code %d, %q", c.args, code, messages.String())
		}
	}
}

func TestProgress(t *testing.T) {
	var w bytes.Buffer
	p := &progress{w: &w, stage: "read", start: time.Now()}
	p.show("read", 10)
	p.clear()
	if w.Len() > 0 {
		t.Errorf("a quick run shows %q", w.String())
	}
	p.start = time.Now().Add(-2 * quick)
	p.show("read", 600)
	p.show("read", 601) // too soon after the last
	p.show("relate", 5)
	p.clear()
	if got := w.String(); !strings.HasPrefix(got, clearLine+"read: 600 (") || !strings.HasSuffix(got, "/s)"+clearLine) || strings.Count(got, "read") != 1 {
		t.Errorf("progress is %q", got)
	}
	var none *progress
	none.clear()
}

func TestFileName(t *testing.T) {
	for name, want := range map[string]string{
		"01-npa-first":                   "01-npa-first",
		"https://a.example/x?y=1":        "https___a.example_x_y=1",
		"../../etc/passwd":               "_.._etc_passwd",
		"...":                            "document",
		"":                               "document",
		"wire:12":                        "wire_12",
		strings.Repeat("é", 100):         strings.Repeat("é", 60),
		strings.Repeat("é", 59) + "abc€": strings.Repeat("é", 59) + "ab",
	} {
		if got := fileName(name); got != want {
			t.Errorf("fileName(%q) = %q, want %q", name, got, want)
		}
	}
}
