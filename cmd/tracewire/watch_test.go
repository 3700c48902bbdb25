package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// site is an invented paper on loopback; its feed names two articles.
func site(t *testing.T) (address, allow string, asked *[]string) {
	asked = new([]string)
	var base string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*asked = append(*asked, r.URL.Path+" "+r.UserAgent())
		switch r.URL.Path {
		case "/feed.xml":
			fmt.Fprintf(w, `<rss version="2.0"><channel><title>Ambry Post</title><item><title>Ferry late</title><link>%s/1</link></item><item><title>Lock mended</title><link>%[1]s/2</link></item></channel></rss>`, base)
		case "/1", "/2":
			fmt.Fprintf(w, `<html><body><article><h1>Harbour news %s</h1><p>PORT AMBRY — The harbour office said on Monday that the ferry of line %[1]s would be late, as a gate of the lock was stuck.</p><p>Nobody was hurt, a spokeswoman said.</p></article></body></html>`, r.URL.Path[1:])
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(s.Close)
	base = s.URL
	return s.URL, strings.TrimPrefix(s.URL, "http://"), asked
}

func command(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = run(context.Background(), args, stdio{strings.NewReader(""), &o, &e}, func(string) string { return "" })
	return code, o.String(), e.String()
}

func TestReadAddress(t *testing.T) {
	at, allow, asked := site(t)
	code, out, errs := command("read", "--allow", allow, "--pace", "1ms", "--contact", "desk@ambry.example", at+"/1")
	if code != 0 || !strings.Contains(out, "Harbour news 1") {
		t.Errorf("got %d\n%s\n%s", code, out, errs)
	}
	if len(*asked) != 2 || !strings.Contains((*asked)[1], "desk@ambry.example") {
		t.Errorf("asked for %q", *asked)
	}
	// Without --allow nothing is sent to loopback.
	code, _, errs = command("read", at+"/1")
	if code != exitError || !strings.Contains(errs, "not a public address") || !strings.Contains(errs, "--allow 127.0.0.1/32:") || len(*asked) != 2 {
		t.Errorf("got %d\n%s\nasked for %q", code, errs, *asked)
	}
}

func TestWatch(t *testing.T) {
	at, allow, asked := site(t)
	db := filepath.Join(t.TempDir(), "s.db")
	for i, want := range []string{"2 read: 2 new", "0 read"} {
		code, _, errs := command("watch", "--once", "--store", db, "--allow", allow, "--pace", "1ms", at+"/feed.xml")
		if code != 0 || !strings.Contains(errs, want) {
			t.Fatalf("%d: got %d, want %q\n%s", i, code, want, errs)
		}
	}
	// Both times robots.txt and the feed, and once each page.
	if len(*asked) != 6 {
		t.Errorf("asked for %q", *asked)
	}
}

func TestWatchFlags(t *testing.T) {
	db := filepath.Join(t.TempDir(), "s.db")
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"watch"}, "nothing to watch"},
		{[]string{"watch", "https://ambry.example/feed"}, "--store FILE"},
		{[]string{"watch", "--store", db, "--allow", "everything", "https://ambry.example/feed"}, "no CIDR"},
		{[]string{"watch", "--store", db, "--pace", "1s", "https://ambry.example/feed"}, "5s between requests"},
		{[]string{"watch", "--store", db, "none.opml"}, "read the list of feeds"},
	} {
		if code, _, errs := command(c.args...); code == 0 || !strings.Contains(errs, c.want) {
			t.Errorf("%q: got %d, %s", c.args, code, errs)
		}
	}
}

// TestListsOfFeedsAreGuarded: what a list names is fetched under the guard.
func TestListsOfFeedsAreGuarded(t *testing.T) {
	l, err := net.Listen("tcp", "[::]:0")
	if err != nil {
		t.Skip(err)
	}
	var hits atomic.Int64
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			hits.Add(1)
			c.Close()
		}
	}()
	defer l.Close()
	port := l.Addr().(*net.TCPAddr).Port
	var list strings.Builder
	list.WriteString(`<opml version="2.0"><body>`)
	n := 0
	for _, host := range []string{"127.0.0.1", "127.0.0.2", "0.0.0.0", "localhost", "LOCALHOST.", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "１２７.０.０.１", "①②⑦.⓪.⓪.①", "127。0。0。1", "me@127.0.0.1", "[::1%25lo]", "10.0.0.1", "169.254.169.254", "[fd00:ec2::254]", "[64:ff9b::7f00:1]"} {
		fmt.Fprintf(&list, `<outline text="x" xmlUrl="http://%s:%d/feed"/>`, host, port)
		n++
	}
	list.WriteString(`</body></opml>`)
	dir := t.TempDir()
	opml := filepath.Join(dir, "feeds.opml")
	if err := os.WriteFile(opml, []byte(list.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, errs := command("watch", "--once", "--store", filepath.Join(dir, "s.db"), opml)
	if code != 0 || hits.Load() != 0 {
		t.Errorf("got %d, %d connections arrived\n%s", code, hits.Load(), errs)
	}
	// The positive control: one of them allowed is asked for.
	command("watch", "--once", "--store", filepath.Join(dir, "t.db"), "--allow", fmt.Sprintf("127.0.0.1:%d", port), "--pace", "1ms", opml)
	if hits.Load() == 0 {
		t.Error("the guard is off, but nothing arrived")
	}
}
