package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/tracewire/tracewire/internal/news"
)

const (
	story = "PORT AMBRY — Ferries resumed on Monday, the harbour office said.\nNo one was hurt.\n"
	html  = "<!doctype html><title>Ferries resume</title><h1>Ferries resume</h1><p>Ferries between Port Ambry and the islands resumed on Monday after a strike, the harbour office said.</p>"
)

// lay writes files into a new folder and returns it.
func lay(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range files {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// summary is one line an item: name or place, outcome, and the kind of refusal
// or the rule.
func summary(t testing.TB, dir string, opts Options, stdin string, paths ...string) []string {
	t.Helper()
	var out []string
	err := Each(context.Background(), paths, strings.NewReader(stdin), opts, func(it Item) error {
		if it.Outcome == OK {
			if it.Reason != "" || it.Version.ID == "" || it.Version.Capture != it.Capture.ID || it.Version.Text == "" {
				t.Errorf("not whole: %+v", it)
			}
			out = append(out, "ok "+it.Version.Name+" "+it.Rule)
			return nil
		}
		if !strings.Contains(it.Reason, it.Where) || !strings.ContainsAny(it.Reason, ";,") || it.Version.ID != "" {
			t.Errorf("the reason %q does not say where and what to do", it.Reason)
		}
		out = append(out, string(it.Outcome)+" "+strings.TrimPrefix(strings.TrimPrefix(it.Where, dir), "/")+" "+it.Kind)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEachReadsFolders(t *testing.T) {
	dir := lay(t, map[string]string{
		"b.txt": story, "a/2.html": html, "a/1.txt": story, ".git/config": "x", "a/.hidden": "x", "c": html,
		"d.jsonl": `{"text":"Ferries resumed."}` + "\n\n" + `{"url":"https://ambry.example/1","text":"Ferries resumed."}` + "\nFerries\n" + `{"url":"u"}`,
		"e.txt":   "", "f.txt": " \n\t\n", "g.png": "\x89PNG\r\n\x1a\n\x00\x00", "h.bin": string([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0}),
		"i.json": "{\n \"text\": \"Ferries resumed.\"\n}", "j.xml": "<?xml version='1.0'?><rss></rss>", "k.warc": "WARC/1.0\r\nWARC-Type: response\r\n",
		"l.html": "<html><body><a href=/>Home</a></body></html>", "m.txt": "[UPDATE] Ferries resumed.\n", "n.txt": "{sic} he wrote, and left.\n",
	})
	if err := os.Symlink(dir, filepath.Join(dir, "z")); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"ok a/1 text", "ok a/2 page.blocks", "ok b text", "ok c page.blocks",
		"ok d:1 jsonl.text", "ok https://ambry.example/1 jsonl.text", "quarantined d.jsonl:4 broken JSON", "rejected d.jsonl:5 empty",
		"rejected e.txt empty", "rejected f.txt empty", "rejected g.png binary", "rejected h.bin binary",
		"quarantined i.json JSON", "rejected j.xml empty", "quarantined k.warc@0 cut off", "quarantined l.html no text found",
		"ok m text", "ok n text", "rejected z not a file",
	}
	if d := cmp.Diff(want, summary(t, dir, Options{}, "", dir)); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func TestEachReadsNamedPathsAndInput(t *testing.T) {
	dir := lay(t, map[string]string{"sub/b.v2.txt": story, "a.txt": "x"})
	got := summary(t, dir, Options{}, html, filepath.Join(dir, "sub/b.v2.txt"), "-", filepath.Join(dir, "none.txt"), filepath.Join(dir, "a.txt"))
	if d := cmp.Diff([]string{"ok b.v2 text", "ok stdin page.blocks", "rejected none.txt unreadable", "ok a text"}, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	got = summary(t, dir, Options{}, `{"text":"a"}`+"\r\n"+`{"html":"`+strings.ReplaceAll(html, `"`, `'`)+`"}`+"\r\n", "-")
	if d := cmp.Diff([]string{"ok stdin:1 jsonl.text", "ok stdin:2 jsonl.page.blocks"}, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func TestLimits(t *testing.T) {
	long := strings.Repeat("word ", 100)
	dir := lay(t, map[string]string{
		"1.txt": long, "2.txt": strings.Repeat(long, 3), "3.jsonl": `{"text":"a"}` + "\n" + `{"text":"` + strings.Repeat(long, 9) + `"}` + "\n" + `{"text":"` + long + `"}` + "\n",
	})
	want := []string{"rejected 1.txt too large", "rejected 2.txt too large", "ok 3:1 jsonl.text", "rejected 3.jsonl:2 too large", "rejected 3.jsonl:3 too large"}
	if d := cmp.Diff(want, summary(t, dir, Options{MaxFile: 1000, MaxText: 400, MaxLine: 1000}, "", dir)); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func TestTextIsTheFile(t *testing.T) {
	for name, body := range map[string]string{
		"plain": story, "no line break at the end": "Ferries resumed.", "spaces all around": "\n\n  Ferries resumed. \t\n\n",
		"odd characters": "Ferries\u00a0resumed\u2028“now”\x0c.\u200b\n",
	} {
		it := Read(news.Capture{Raw: []byte(body), Path: "a.txt"}, Options{})
		if it.Version.Text != body || string(it.Capture.Raw) != body {
			t.Errorf("%s: %q became %q", name, body, it.Version.Text)
		}
	}
	it := Read(news.Capture{Raw: []byte("\xef\xbb\xbfone\r\ntwo\x00\r\n")}, Options{})
	if it.Version.Text != "one\ntwo\n" {
		t.Errorf("got %q", it.Version.Text)
	}
}

func TestWhatTheSenderSaid(t *testing.T) {
	line := `{"url":"https://ambry.example/1","outlet":"Ambry Post","fetched":"2031-05-06T09:30:00+02:00","html":"<html lang=de><meta property='og:site_name' content='Other'><h1>Ferries</h1><p>Ferries between Port Ambry and the islands resumed on Monday after a strike, the office said.</p>"}`
	it := Read(news.Capture{Raw: []byte(line)}, Options{})
	g := it.Version.Given
	if it.Outcome != OK || g.Outlet != "Ambry Post" || g.URL != "https://ambry.example/1" || g.Language != "de" || g.Fetched.Format("15:04Z07:00") != "07:30Z" ||
		it.Capture.Outlet != "Ambry Post" || it.Capture.URL != g.URL || it.Version.Name != g.URL {
		t.Errorf("got %+v", it)
	}
	for _, bad := range []string{`{"text":7}`, `{"text":"a","fetched":"soon"}`, `{"text":"a"`, `{"text":"a"}}`, `{"text":"a","text":`} {
		if it := Read(news.Capture{Raw: []byte(bad), Path: "x.jsonl"}, Options{}); it.Outcome != Quarantined {
			t.Errorf("%s: got %s (%s)", bad, it.Outcome, it.Reason)
		}
	}
}

func TestIDs(t *testing.T) {
	seen := map[string]string{}
	for _, c := range [][3]string{{"a", "b", "c"}, {"ab", "", "c"}, {"", "ab", "c"}, {"", "", "abc"}, {"1:a", "", "bc"}, {"a", "1:b", "c"}} {
		id := VersionID(c[0], c[1], c[2])
		if len(id) != 32 || strings.ToLower(id) != id {
			t.Errorf("%q is not 32 lower-case digits", id)
		}
		if old, ok := seen[id]; ok {
			t.Errorf("%v and %s have the same ID", c, old)
		}
		seen[id] = fmt.Sprint(c)
	}
}

func TestEachStops(t *testing.T) {
	dir := lay(t, map[string]string{"1.txt": story, "2.txt": story})
	enough := errors.New("enough")
	n := 0
	if err := Each(context.Background(), []string{dir}, nil, Options{}, func(Item) error { n++; return enough }); err != enough || n != 1 {
		t.Errorf("got %v after %d items", err, n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	if err := Each(ctx, []string{dir}, nil, Options{}, func(Item) error { cancel(); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

type broken struct{ r io.Reader }

func (b broken) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if err == io.EOF {
		err = errors.New("input/output error")
	}
	return n, err
}

func TestInputThatBreaks(t *testing.T) {
	for _, body := range []string{story, strings.Repeat(`{"text":"a"}`+"\n", 10000)} {
		var tally Tally
		err := Each(context.Background(), []string{"-"}, broken{strings.NewReader(body)}, Options{}, func(it Item) error {
			tally.Add(it, true)
			return nil
		})
		if err != nil || tally.Reasons["unreadable"] != 1 || !tally.Balanced() {
			t.Errorf("got %v, %v", err, tally)
		}
	}
}

// endless is JSONL without end: it must go through in little memory.
func TestJSONLStreams(t *testing.T) {
	line := `{"text":"` + strings.Repeat("Ferries resumed. ", 200) + `"}` + "\n"
	r, w := io.Pipe()
	go func() {
		for range 2000 {
			io.WriteString(w, line)
		}
		w.Close()
	}()
	n := 0
	if err := Each(context.Background(), []string{"-"}, r, Options{}, func(it Item) error { n++; return nil }); err != nil || n != 2000 {
		t.Errorf("%d items, %v", n, err)
	}
}

func TestTally(t *testing.T) {
	var tally Tally
	if got := tally.String(); got != "0 read: 0 new" {
		t.Errorf("got %q", got)
	}
	tally.Add(Item{Outcome: OK}, true)
	tally.Add(Item{Outcome: OK}, false)
	tally.Add(Item{Outcome: Quarantined, Kind: "broken JSON"}, false)
	tally.Add(Item{Outcome: Rejected, Kind: "binary"}, false)
	tally.Add(Item{Outcome: Rejected, Kind: "binary"}, false)
	tally.Add(Item{Outcome: Rejected, Kind: "empty"}, false)
	if got, want := tally.String(), "6 read: 1 new, 1 known, 1 quarantined, 3 rejected (binary 2, broken JSON 1, empty 1)"; got != want || !tally.Balanced() {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{story, html, `{"text":"a","fetched":"2031-05-06"}`, `{"html":"<p>x"}`, "\xff\xfe{\x00", "[{", "<a", "", "WARC/1.0", `{"text":"\ud800\u0000"}`, rssFile, ninjsFile, nitfFile, fmt.Sprintf(g2Item, 1), "<opml/>", "<urlset/>"} {
		f.Add([]byte(s), "a.jsonl")
	}
	f.Fuzz(func(t *testing.T, raw []byte, path string) {
		it := Read(news.Capture{Raw: raw, Path: path}, Options{})
		switch it.Outcome {
		case OK:
			v := it.Version
			if !utf8.ValidString(v.Text) || strings.ContainsAny(v.Text, "\r\x00") || strings.TrimSpace(v.Text) == "" || len(v.ID) != 32 || v.Name == "" {
				t.Fatalf("bad version %+v", v)
			}
			if _, err := json.Marshal(v.Given); err != nil {
				t.Fatal(err)
			}
		case Rejected, Quarantined:
			if it.Kind == "" || it.Reason == "" || it.Version.ID != "" {
				t.Fatalf("bad refusal %+v", it)
			}
		default:
			t.Fatalf("outcome %q", it.Outcome)
		}
	})
}

// FuzzEach: whatever comes in, all that comes out is whole, and what is kept
// is read again as it was.
func FuzzEach(f *testing.F) {
	for _, s := range []string{rssFile, packed(rssFile), ninjsFile, "[" + ninjsFile + "]", nitfFile, fmt.Sprintf(g2Item, 1), packed(warcPage(1, "text/html", html), warcPage(2, "text/xml", rssFile)), warcPage(1, "", "") + "x", `{"version":"https://jsonfeed.org/version/1","items":[null]}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var tally Tally
		err := Each(context.Background(), []string{"-"}, bytes.NewReader(raw), Options{MaxFile: 1 << 20}, func(it Item) error {
			tally.Add(it, true)
			if it.Outcome != OK {
				if it.Kind == "" || !strings.HasPrefix(it.Reason, "read ") {
					t.Fatalf("bad refusal %+v", it)
				}
				return nil
			}
			again := Read(it.Capture, Options{})
			if again.Version.ID != it.Version.ID || again.Version.Text != it.Version.Text {
				t.Fatalf("%+v\nis read again as\n%+v", it, again)
			}
			return nil
		})
		if err != nil || !tally.Balanced() || tally.In == 0 {
			t.Fatalf("%v, %v", tally, err)
		}
	})
}

// FuzzLines: every line that is not blank comes out as one item.
func FuzzLines(f *testing.F) {
	f.Add([]byte("{\"text\":\"a\"}\n\n{\"text\":\"b\"}\r\nx\n{"))
	f.Add([]byte("{\"a\":1}\n\xff\xfe\n" + strings.Repeat("{", 300)))
	f.Fuzz(func(t *testing.T, body []byte) {
		body = append([]byte("{\"text\":\"a\"}\n"), body...)
		want := 0
		for _, l := range bytes.Split(body, []byte("\n")) {
			if len(bytes.TrimSpace(l)) > 0 {
				want++
			}
		}
		var tally Tally
		err := Each(context.Background(), []string{"-"}, bytes.NewReader(body), Options{MaxLine: 100}, func(it Item) error {
			tally.Add(it, true)
			return nil
		})
		if err != nil || !tally.Balanced() {
			t.Fatalf("%v, %v", err, tally)
		}
		if tally.In != want && tally.In != 1 { // 1: not taken for JSONL
			t.Fatalf("%d lines, %v", want, tally)
		}
	})
}

func BenchmarkEachText(b *testing.B) {
	benchmark(b, map[string]string{"a.txt": strings.Repeat(story, 35)}, 1)
}

func BenchmarkEachJSONL(b *testing.B) {
	line, _ := json.Marshal(record{URL: "https://ambry.example/1", Text: strings.Repeat(story, 35)})
	benchmark(b, map[string]string{"a.jsonl": strings.Repeat(string(line)+"\n", 100)}, 100)
}

func benchmark(b *testing.B, files map[string]string, items int) {
	dir := lay(b, files)
	b.ReportAllocs()
	for b.Loop() {
		if err := Each(context.Background(), []string{dir}, nil, Options{}, func(it Item) error {
			if it.Outcome != OK {
				b.Fatal(it.Reason)
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*items)/b.Elapsed().Seconds(), "captures/s")
}
