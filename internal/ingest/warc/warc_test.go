package warc

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"github.com/tracewire/tracewire/internal/news"
)

const pageHTML = "<!doctype html><title>Ferries resume</title><p>Ferries between Port Ambry and the islands resumed on Monday.</p>"

// response is a record with an HTTP answer; length is added to the true one.
func response(n int, fields, body string, length int) string {
	block := "HTTP/1.1 200 OK\r\n" + fields + "\r\n" + body
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%d>\r\nWARC-Target-URI: https://ambry.example/%d\r\nWARC-Date: 2031-05-06T09:30:%02dZ\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		n, n, n%60, len(block)+length, block)
}

func page(n int) string {
	return response(n, "Content-Type: text/html; charset=utf-8\r\n", pageHTML, 0)
}

func pack(members ...string) string {
	var b bytes.Buffer
	for _, m := range members {
		w := gzip.NewWriter(&b)
		io.WriteString(w, m)
		w.Close()
	}
	return b.String()
}

func packZstd(members ...string) string {
	e, _ := zstd.NewWriter(nil)
	var b []byte
	for _, m := range members {
		b = e.EncodeAll([]byte(m), b)
	}
	return string(b)
}

// read is a line a record or damage.
func read(t testing.TB, r io.Reader) []string {
	t.Helper()
	rd := NewReader(r)
	defer rd.Close()
	var out []string
	for n := 0; n < 100000; n++ {
		rec, err := rd.Next()
		var d *Damage
		switch {
		case err == io.EOF:
			return out
		case errors.As(err, &d):
			out = append(out, "DAMAGE "+d.Kind+" @"+d.Where())
			continue
		case err != nil:
			return append(out, "ERROR "+err.Error())
		}
		p, err := rec.Page(8 << 20)
		var u *Unfit
		switch {
		case errors.As(err, &u):
			out = append(out, "unfit "+u.Kind)
		case err != nil:
			t.Fatalf("%v", err)
		default:
			if p.Fetched.IsZero() || len(p.Body) == 0 {
				t.Errorf("not whole: %+v", p)
			}
			out = append(out, strings.TrimPrefix(p.URL, "https://ambry.example/"))
		}
	}
	t.Fatal("it does not end")
	return nil
}

func TestReadsAllPackings(t *testing.T) {
	info := "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nx: y\r\n\r\n"
	all := []string{info, page(1), page(2), page(3)}
	for name, file := range map[string]string{
		"plain": strings.Join(all, ""), "gzip, a member a record": pack(all...), "gzip, one member": pack(strings.Join(all, "")),
		"zstd, a frame a record": packZstd(all...), "zstd, one frame": packZstd(strings.Join(all, "")),
		"line ends of Unix": strings.ReplaceAll(strings.Join(all[1:], ""), "\r\n\r\nHTTP", "\n\nHTTP"), "zeros at the end": pack(all...) + strings.Repeat("\x00", 1000),
		"records with no line end between": strings.ReplaceAll(strings.Join(all, ""), "\r\n\r\nWARC/", "WARC/"),
	} {
		for how, r := range map[string]io.Reader{"": strings.NewReader(file), "byte by byte": iotest.OneByteReader(strings.NewReader(file))} {
			got := read(t, r)
			if len(got) > 0 && got[0] == "unfit warcinfo" {
				got = got[1:]
			}
			if d := cmp.Diff([]string{"1", "2", "3"}, got); d != "" {
				t.Errorf("%s %s: -want +got:\n%s", name, how, d)
			}
		}
	}
}

// TestHostileArchives: whatever is broken is named with its place, and the
// rest is read.
func TestHostileArchives(t *testing.T) {
	one, two, three := page(1), page(2), page(3)
	member := len(pack(one))
	flip := func(s string, i int) string { return s[:i] + string(s[i]^0xff) + s[i+1:] }
	setLength := func(s, n string) string {
		i := strings.Index(s, "Content-Length: ") + 16
		return s[:i] + n + s[i+strings.Index(s[i:], "\r"):]
	}
	big := strings.Repeat("x", 300)
	for _, c := range []struct {
		name, file string
		want       []string
	}{
		{"huge length", one + setLength(two, "9223372036854775807") + three, []string{"1", fmt.Sprintf("DAMAGE too large @%d", len(one)), "3"}},
		{"huge length, packed", pack(one, setLength(two, "9223372036854775807"), three), []string{"1", fmt.Sprintf("DAMAGE too large @%d", member), "3"}},
		{"length beyond 64 bits", setLength(one, "99999999999999999999") + two, []string{"DAMAGE wrong length @0", "2"}},
		{"negative length", one + setLength(two, "-5") + three, []string{"1", fmt.Sprintf("DAMAGE wrong length @%d", len(one)), "3"}},
		{"no length", setLength(one, "") + two, []string{"DAMAGE wrong length @0", "2"}},
		{"short length", response(1, "", big, -100) + two, []string{"DAMAGE wrong length @0", "2"}},
		{"long length", response(1, "", big, 100) + two + three, []string{"DAMAGE wrong length @0", "2", "3"}},
		{"long length, last record", one + response(2, "", big, 100), []string{"1", fmt.Sprintf("DAMAGE cut off @%d", len(one))}},
		{"long length, packed", pack(response(1, "", big, 100), two, three), []string{"DAMAGE wrong length @0", "2", "3"}},
		{"length swallows all", pack(response(1, "", big, 1<<20), two, three), []string{"DAMAGE wrong length @0", "2", "3"}},
		{"one gzip member for all", pack(one + two + three), []string{"1", "2", "3"}},
		{"garbage between records", one + "%PDF-1.4 garbage\nand more\n" + two, []string{"1", fmt.Sprintf("DAMAGE garbage @%d", len(one)), "2"}},
		{"garbage between members", pack(one) + "garbage" + pack(two), []string{"1", fmt.Sprintf("DAMAGE garbage @%d", member), "2"}},
		{"garbage that looks like a member", pack(one) + "\x1f\x8b\x08\x00junkjunkjunk" + pack(two), []string{"1", fmt.Sprintf("DAMAGE garbled @%d", member), "2"}},
		{"text in a member of its own", pack(one, "garbage", two), []string{"1", fmt.Sprintf("DAMAGE garbage @%d", member), "2"}},
		{"cut tail", one + two[:len(two)-60], []string{"1", fmt.Sprintf("DAMAGE cut off @%d", len(one))}},
		{"cut in a header", one + two[:40], []string{"1", fmt.Sprintf("DAMAGE cut off @%d", len(one))}},
		{"cut tail, packed", pack(one) + pack(two)[:member-30], []string{"1", fmt.Sprintf("DAMAGE cut off @%d", member)}},
		{"cut tail, zstd", packZstd(one) + packZstd(two)[:100], []string{"1", fmt.Sprintf("DAMAGE cut off @%d", len(packZstd(one)))}},
		{"garbled member", pack(one) + flip(pack(two), 60) + pack(three), []string{"1", "DAMAGE", "3"}},
		{"garbled zstd frame", packZstd(one) + flip(packZstd(two), 40) + packZstd(three), []string{"1", "DAMAGE", "3"}},
		{"wrong checksum", pack(one) + flip(pack(two), member-6) + pack(three), []string{"1", fmt.Sprintf("DAMAGE wrong checksum @%d", member), "3"}},
		{"wrong checksum, last", pack(one) + flip(pack(two), member-6), []string{"1", fmt.Sprintf("DAMAGE wrong checksum @%d", member)}},
		{"header without end", "WARC/1.0\r\n" + strings.Repeat("X-A: b\r\n", 60000) + "\r\n" + two, []string{"DAMAGE garbled @0", "2"}},
		{"no WARC at all, packed", pack("just text\n"), []string{"DAMAGE garbage @0"}},
		{"a member cut after six bytes", pack(one) + pack("WARC/1")[:16], []string{"1", fmt.Sprintf("DAMAGE cut off @%d", member)}},
		{"a magic and no more", one + "WARC/1", []string{"1", fmt.Sprintf("DAMAGE cut off @%d", len(one))}},
		{"only a magic of zstd at the end", packZstd(one) + "\x28\xb5\x2f\xfd", []string{"1", fmt.Sprintf("DAMAGE cut off @%d", len(packZstd(one)))}},
		{"only a magic", "\x1f\x8b\x08", []string{"DAMAGE cut off @0"}},
		{"duplicate record ids", one + one, []string{"1", "1"}},
		{"empty", "", nil},
		{"WARC in WARC", one + strings.Replace(response(2, "Content-Type: application/warc\r\n", one+two, 0), "", "", 1) + three, []string{"1", "unfit not a page", "3"}},
	} {
		got := read(t, strings.NewReader(c.file))
		// What a flipped byte does first is not the test's business.
		for i, g := range got {
			if i < len(c.want) && c.want[i] == "DAMAGE" && strings.HasPrefix(g, "DAMAGE ") {
				got[i] = "DAMAGE"
			}
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: -want +got:\n%s", c.name, d)
		}
	}
}

func TestRevisitLoopAndBombs(t *testing.T) {
	revisit := strings.ReplaceAll(strings.Replace(page(1), "WARC-Type: response", "WARC-Type: revisit\r\nWARC-Refers-To: <urn:uuid:1>", 1), "\r\n\r\nWARC", "\r\n\r\nWARC")
	if got := read(t, strings.NewReader(revisit+revisit+page(2))); cmp.Diff([]string{"unfit revisit", "unfit revisit", "2"}, got) != "" {
		t.Errorf("got %q", got)
	}
	zeros := strings.Repeat("\x00", 96<<20)
	for name, file := range map[string]string{"gzip": pack(page(1), zeros, page(2)), "zstd": packZstd(page(1), zeros, page(2))} {
		from := time.Now()
		got := read(t, strings.NewReader(file))
		if got[0] != "1" || got[len(got)-1] != "2" || !strings.Contains(strings.Join(got, ","), "DAMAGE") || time.Since(from) > 5*time.Second {
			t.Errorf("%s bomb: %q after %v", name, got, time.Since(from))
		}
	}
	// A great many broken members are told once and passed over.
	got := read(t, strings.NewReader(pack(page(1))+strings.Repeat("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x00\xff", 200000)+pack(page(2))))
	if len(got) != maxRun+2 || got[len(got)-1] != "2" {
		t.Errorf("%d lines, last %q", len(got), got[len(got)-1])
	}
}

func TestZstdFramesBefore(t *testing.T) {
	// A frame of another kind before the first record is passed over.
	head := binary.LittleEndian.AppendUint32(nil, 0x184D2A50)
	head = binary.LittleEndian.AppendUint32(head, 5)
	if got := read(t, strings.NewReader(string(head)+"hello"+packZstd(page(1), page(2)))); cmp.Diff([]string{"1", "2"}, got) != "" {
		t.Errorf("got %q", got)
	}
	// A dictionary of all frames stands in the first one.
	var samples [][]byte
	for n := range 200 {
		samples = append(samples, []byte(page(n)+strings.Repeat(fmt.Sprint(n*7919), 5)))
	}
	dict, err := zstd.BuildDict(zstd.BuildDictOptions{ID: 77, Contents: samples, History: []byte(strings.Repeat(page(0), 3)), Offsets: [3]int{1, 4, 8}})
	if err != nil {
		t.Fatal(err)
	}
	e, err := zstd.NewWriter(nil, zstd.WithEncoderDict(dict))
	if err != nil {
		t.Fatal(err)
	}
	file := binary.LittleEndian.AppendUint32(nil, 0x184D2A5D)
	file = binary.LittleEndian.AppendUint32(file, uint32(len(dict)))
	file = append(file, dict...)
	file = e.EncodeAll([]byte(page(1)), file)
	file = e.EncodeAll([]byte(page(2)), file)
	if got := read(t, bytes.NewReader(file)); cmp.Diff([]string{"1", "2"}, got) != "" {
		t.Errorf("got %q", got)
	}
}

func TestPage(t *testing.T) {
	chunked := fmt.Sprintf("%x\r\n%s\r\n%x;x=y\r\n%s\r\n0\r\n\r\n", 10, pageHTML[:10], len(pageHTML)-10, pageHTML[10:])
	packed := pack(pageHTML)
	bomb := pack(strings.Repeat("<p>", 8<<20))
	for _, c := range []struct{ name, fields, body, want string }{
		{"chunked", "Transfer-Encoding: chunked\r\n", chunked, ""},
		{"chunked lie: it was undone", "Transfer-Encoding: chunked\r\n", pageHTML, ""},
		{"chunked, cut", "Transfer-Encoding: chunked\r\n", chunked[:len(chunked)-40], "cut"},
		{"gzip", "content-encoding: gzip\r\n", packed, ""},
		{"gzip lie: it was undone", "Content-Encoding: gzip\r\n", pageHTML, ""},
		{"gzip in chunks", "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(packed), packed), ""},
		{"gzip twice", "Content-Encoding: gzip, gzip\r\n", pack(packed), ""},
		{"ten nested encodings", "Content-Encoding: gzip" + strings.Repeat(", gzip", 9) + "\r\n", packed, "encoding"},
		{"zstd", "Content-Encoding: zstd\r\n", packZstd(pageHTML), ""},
		{"gzip, cut", "Content-Encoding: gzip\r\n", packed[:len(packed)-12], "cut"},
		{"gzip bomb", "Content-Encoding: gzip\r\n", bomb, "too large"},
		{"unknown encoding", "Content-Encoding: sdch\r\n", "\x01\x02\x03", "encoding"},
		{"no encoding header but a length that lies", "Content-Length: 5\r\n", pageHTML, ""},
		{"a picture", "Content-Type: image/png\r\n", "\x89PNG", "not a page"},
		{"empty", "", " \n", "empty"},
		{"plain text", "Content-Type: text/plain\r\n", pageHTML, ""},
	} {
		rec, err := NewReader(strings.NewReader(response(1, c.fields, c.body, 0))).Next()
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		p, err := rec.Page(8 << 20)
		var u *Unfit
		switch {
		case errors.As(err, &u) && u.Kind == c.want:
		case err != nil:
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		case c.want == "cut" && (!p.Cut || len(p.Body) == 0 || !strings.HasPrefix(pageHTML, string(p.Body[:20]))):
			t.Errorf("%s: %+v", c.name, p)
		case c.want == "" && (string(p.Body) != pageHTML || p.Cut):
			t.Errorf("%s: %q", c.name, p.Body)
		}
	}
	for uri, want := range map[string]string{
		"https://ambry.example/1": "https://ambry.example/1", "<https://ambry.example/1>": "https://ambry.example/1",
		"file:///etc/passwd": "", "file://ambry.example/../../x": "", "dns:ambry.example": "", "http://user@ambry.example/": "", "javascript:alert(1)": "", "http:///x": "",
	} {
		rec, err := NewReader(strings.NewReader(strings.Replace(page(1), "https://ambry.example/1", uri, 1))).Next()
		if err != nil {
			t.Fatal(err)
		}
		if p, err := rec.Page(8 << 20); err != nil || p.URL != want {
			t.Errorf("%s: %q, %v", uri, p.URL, err)
		}
	}
}

func TestWriterRoundTrip(t *testing.T) {
	when := time.Date(2031, 5, 6, 9, 30, 0, 0, time.UTC)
	in := []news.Capture{
		{Raw: []byte(pageHTML), URL: "https://ambry.example/1", Outlet: "Ambry Post: évening\r\nX: y", Fetched: when, Path: "../../a b.html"},
		{Raw: []byte("PORT AMBRY — Ferries resumed.\r\n\r\nWARC/1.0\r\n"), Path: "x.txt"},
		{Raw: []byte(`{"text":"a"}`), URL: "file:///etc/passwd"},
		{Raw: []byte("\x00\xff"), URL: "https://ambry.example/a b"},
	}
	for _, packed := range []bool{false, true} {
		var b bytes.Buffer
		w := NewWriter(&b, packed)
		if err := w.Info("tracewire test", when); err != nil {
			t.Fatal(err)
		}
		for _, c := range in {
			if err := w.Capture(c, when); err != nil {
				t.Fatal(err)
			}
		}
		r := NewReader(&b)
		if rec, err := r.Next(); err != nil || rec.Type != "warcinfo" {
			t.Fatal(err)
		}
		for _, c := range in {
			rec, err := r.Next()
			if err != nil {
				t.Fatal(err)
			}
			p, err := rec.Page(8 << 20)
			wantURL := c.URL
			if strings.HasPrefix(wantURL, "file") || strings.Contains(wantURL, " ") {
				wantURL = ""
			}
			if err != nil || !bytes.Equal(p.Body, c.Raw) || p.URL != wantURL || p.Outlet != c.Outlet || p.Path != c.Path || !p.Fetched.Equal(c.Fetched) {
				t.Errorf("%v: got %+v, %v", c, p, err)
			}
		}
		if _, err := r.Next(); err != io.EOF {
			t.Errorf("then %v", err)
		}
	}
}

func FuzzReader(f *testing.F) {
	for _, s := range []string{page(1) + page(2), pack(page(1), page(2)), packZstd(page(1), page(2)), pack(page(1)) + "x", "WARC/1.0\r\nContent-Length: -1\r\n\r\n", "\x1f\x8b\x08", response(1, "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n", 3)} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		r := NewReader(bytes.NewReader(raw))
		defer r.Close()
		last, n := int64(-1), 0
		for {
			rec, err := r.Next()
			var d *Damage
			if err != nil && !errors.As(err, &d) {
				if err != io.EOF {
					t.Fatal(err)
				}
				return
			}
			if n++; n > len(raw)+maxRun {
				t.Fatal("it does not end")
			}
			at := rec.At
			if d != nil {
				if at = d.At; d.Kind == "" || d.Reason == "" {
					t.Fatalf("%+v", d)
				}
			}
			if at < last || at > int64(len(raw)) {
				t.Fatalf("place %d after %d in %d bytes", at, last, len(raw))
			}
			last = at
			if err == nil {
				if p, err := rec.Page(1 << 16); err == nil && len(p.Body) > 1<<16 {
					t.Fatal("over the limit")
				}
			}
		}
	})
}

// TestDamageKeepsWhatItPassesOver: a person can look at what was not read.
func TestDamageKeepsWhatItPassesOver(t *testing.T) {
	good := "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 4\r\n\r\ntext\r\n\r\n"
	bad := "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: -4\r\n\r\nFerry runs aground\r\n\r\n"
	long := "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: x\r\n\r\n" + strings.Repeat("fog ", MaxKept) + "\r\n\r\n"
	r := NewReader(strings.NewReader(good + bad + good + long + good + good[:54]))
	defer r.Close()
	var kept []string
	records := 0
	for {
		_, err := r.Next()
		var d *Damage
		switch {
		case err == io.EOF:
			if records != 3 || len(kept) != 3 {
				t.Fatalf("%d records, %d damages", records, len(kept))
			}
			if kept[0] != bad {
				t.Errorf("kept %q of %q", kept[0], bad)
			}
			if len(kept[1]) != MaxKept || !strings.HasPrefix(long, kept[1]) {
				t.Errorf("kept %d bytes of the long one, want its first %d", len(kept[1]), MaxKept)
			}
			if kept[2] != good[:54] {
				t.Errorf("kept %q of the last", kept[2])
			}
			return
		case errors.As(err, &d):
			kept = append(kept, string(d.Raw))
		case err != nil:
			t.Fatal(err)
		default:
			records++
		}
	}
}
