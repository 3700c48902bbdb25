package ingest

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"github.com/tracewire/tracewire/internal/ingest/warc"
	"github.com/tracewire/tracewire/internal/news"
)

const (
	para = "PORT AMBRY — Ferries between Port Ambry and the outer islands resumed on Monday after a strike of nine days, the harbour office said."
	flow = "No one was hurt, and crates of mail that had stood on the quay since the first of the month were the first to leave, its head Mara Quill said in a note."

	rssFile = `<?xml version="1.0"?><rss version="2.0"><channel><title>Ambry Post</title><language>en</language>
<item><title>Ferries resume</title><link>https://ambry.example/1</link><guid>1</guid><author>Ivo Stent</author><pubDate>Tue, 06 May 2031 09:30:00 GMT</pubDate><content:encoded><![CDATA[<p>` + para + `</p><p>` + flow + `</p>]]></content:encoded></item>
<item><title>Ferries resume, no one hurt</title><link>https://ambry.example/1</link><guid>1</guid><content:encoded><![CDATA[<p>` + para + `</p><p>` + flow + ` More to follow.</p>]]></content:encoded></item>
<item><title>Weather</title><link>https://ambry.example/2</link><description>Rain.</description></item><item/></channel></rss>`
	ninjsFile = `{
 "uri": "http://wire.example/7", "type": "text", "version": "2", "versioncreated": "2031-05-06T10:37:00Z", "firstcreated": "2031-05-06T09:30:00Z", "pubstatus": "usable", "language": "en",
 "headline": "Ferries resume", "slugline": "AMBRY-FERRIES/", "ednote": "UPDATES with quote in para 2", "byline": "By Mara Quill", "located": "Port Ambry, Isles", "infosource": [{"name": "Ambry Press"}],
 "copyrightholder": "Ambry Press", "copyrightnotice": "© 2031 Ambry Press. All rights reserved.", "usageterms": "Not for redistribution.",
 "body_xhtml": "<p>Ferries resumed on Monday.</p><p>“At last,” said Ivo Stent.</p>"
}`
	nitfFile = `<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf><head><title>x</title><docdata><date.issue norm="20310506T093000Z"/><ed-msg info="ADDS details"/><doc.copyright holder="Ambry Press" year="2031"/></docdata></head>
<body><body.head><hedline><hl1>Ferries resume</hl1><hl2>Nine days of strike end</hl2></hedline><byline>By <person>Mara Quill</person><byttl>Ambry Press</byttl></byline><dateline><location>Port Ambry</location><story.date norm="20310506">May 6</story.date></dateline><distributor>Ambry Press</distributor></body.head>
<body.content><p>Ferries resumed on Monday.</p><media media-type="image"><media-caption>A boat.</media-caption></media><p>No one was hurt.</p></body.content></body></nitf>`
	g2Item = `<newsItem guid="urn:newsml:ambry:%d" version="3" xml:lang="en" xmlns="http://iptc.org/std/nar/2006-10-01/"><rightsInfo><copyrightHolder><name>Ambry Press</name></copyrightHolder><usageTerms>No redistribution.</usageTerms></rightsInfo>
<itemMeta><provider qcode="p:AMB"><name>Ambry Press</name></provider><versionCreated>2031-05-06T10:37:00+02:00</versionCreated><firstCreated>2031-05-06T09:30:00+02:00</firstCreated><pubStatus qcode="stat:usable"/><edNote>Eds: RECASTS lede</edNote></itemMeta>
<contentMeta><by>Mara Quill</by><located><name>Port Ambry</name></located><headline>Ferries resume</headline><slugline>AMBRY-FERRIES</slugline><subject><name>sea</name></subject></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body><p>Ferries resumed on Monday.</p><p>No one was hurt.</p></body></html></inlineXML></contentSet></newsItem>`
)

func packed(members ...string) string {
	var b bytes.Buffer
	for _, m := range members {
		w := gzip.NewWriter(&b)
		io.WriteString(w, m)
		w.Close()
	}
	return b.String()
}

func warcPage(n int, media, body string) string {
	block := "HTTP/1.1 200 OK\r\nContent-Type: " + media + "\r\n\r\n" + body
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://ambry.example/%d\r\nWARC-Date: 2031-05-06T09:30:00Z\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", n, len(block), block)
}

// TestEachReadsAllSources: by content, whatever the names are.
func TestEachReadsAllSources(t *testing.T) {
	e, _ := zstd.NewWriter(nil)
	dir := lay(t, map[string]string{
		"a": rssFile, "b": packed(rssFile), "c": ninjsFile, "d": nitfFile, "e": fmt.Sprintf(g2Item, 1), "f": "<newsMessage><itemSet>" + fmt.Sprintf(g2Item, 1) + fmt.Sprintf(g2Item, 2) + "</itemSet></newsMessage>",
		"g":       "[" + ninjsFile + ",\n" + ninjsFile + ", null]",
		"h.jsonl": compact(ninjsFile) + "\n" + `{"text":"a"}` + "\n",
		"i":       "<urlset><url><loc>https://ambry.example/1</loc></url></urlset>", "j": `<opml><body><outline xmlUrl="https://ambry.example/rss"/></body></opml>`,
		"k": packed(warcPage(1, "text/html", html), warcPage(2, "image/png", "x"), warcPage(3, "application/rss+xml", rssFile), warcPage(4, "application/json", "[1]"), "junk") + "tail",
		"l": string(e.EncodeAll([]byte(warcPage(1, "text/html", html)), nil)), "m": string(e.EncodeAll([]byte(`{"text":"a"}`+"\n"+`{"text":"b"}`), nil)),
		"n": `{"version":"https://jsonfeed.org/version/1.1","title":"P","items":[{"id":"1","content_text":"Ferries resumed."},null,{"id":2}]}`,
		"o": packed(packed(story)), "p": "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><p>" + para + "</p></html>", "q": "<?xml version='1.0'?><catalog><book/></catalog>",
		"r": "<packageItem><groupSet><group><itemRef residref='x'/></group></groupSet></packageItem>",
	})
	want := []string{
		"ok https://ambry.example/1 feed.item", "ok https://ambry.example/1 feed.item", "rejected a:3 only a summary", "rejected a:4 empty",
		"ok https://ambry.example/1 feed.item", "ok https://ambry.example/1 feed.item", "rejected b:3 only a summary", "rejected b:4 empty",
		"ok http://wire.example/7 wire.ninjs", "ok d wire.NITF", "ok e wire.NewsML-G2", "ok f:1 wire.NewsML-G2", "ok f:2 wire.NewsML-G2",
		"ok http://wire.example/7 wire.ninjs", "ok http://wire.example/7 wire.ninjs", "quarantined g:3 broken item",
		"ok http://wire.example/7 wire.ninjs", "ok h:2 jsonl.text", "rejected i addresses only", "rejected j addresses only",
		"ok https://ambry.example/1 page.blocks", "rejected k@X not a page", "ok https://ambry.example/1 feed.item", "ok https://ambry.example/1 feed.item", "rejected k@X:3 only a summary", "rejected k@X:4 empty", "rejected k@X not a page", "quarantined k@X garbage", "quarantined k@X garbage",
		"ok https://ambry.example/1 page.blocks", "ok m:1 jsonl.text", "ok m:2 jsonl.text", "ok n:1 feed.item", "rejected n:2 empty", "quarantined n@X broken item",
		"rejected o binary", "ok p page.blocks", "quarantined q XML", "rejected r no text",
	}
	got := summary(t, dir, Options{}, "", dir)
	for i, g := range got {
		if at := strings.IndexByte(g, '@'); at > 0 && !strings.Contains(g, "://") {
			end := at + 1 + len(g[at+1:]) - len(strings.TrimLeft(g[at+1:], "0123456789+"))
			got[i] = g[:at] + "@X" + g[end:]
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func compact(s string) string {
	var b bytes.Buffer
	if err := json.Compact(&b, []byte(s)); err != nil {
		panic(err)
	}
	return b.String()
}

func TestWireTextHasItsLines(t *testing.T) {
	date := func(role, value string) news.GivenDate {
		return news.GivenDate{From: "feed", Role: role, Value: value}
	}
	for name, c := range map[string]struct {
		raw, text string
		given     news.Given
	}{
		"ninjs": {
			ninjsFile,
			"Eds: UPDATES with quote in para 2\n\nFerries resume\n\nBy Mara Quill\n\nPORT AMBRY, Isles (Ambry Press) — Ferries resumed on Monday.\n\n“At last,” said Ivo Stent.\n\n© 2031 Ambry Press. All rights reserved.\n\nNot for redistribution.\n",
			news.Given{URL: "http://wire.example/7", Outlet: "Ambry Press", Agency: "Ambry Press", Headline: "Ferries resume", Bylines: []string{"Mara Quill"}, Language: "en", Dates: []news.GivenDate{date("published", "2031-05-06T09:30:00Z"), date("modified", "2031-05-06T10:37:00Z")}},
		},
		"NITF": {
			nitfFile,
			"Eds: ADDS details\n\nFerries resume\n\nNine days of strike end\n\nBy Mara Quill\n\nPORT AMBRY, May 6 (Ambry Press) — Ferries resumed on Monday.\n\nNo one was hurt.\n",
			news.Given{Outlet: "Ambry Press", Agency: "Ambry Press", Headline: "Ferries resume", Bylines: []string{"Mara Quill"}, Dates: []news.GivenDate{date("published", "2031-05-06T09:30:00Z")}},
		},
		"NewsML-G2": {
			fmt.Sprintf(g2Item, 1),
			"Eds: RECASTS lede\n\nFerries resume\n\nBy Mara Quill\n\nPORT AMBRY (Ambry Press) — Ferries resumed on Monday.\n\nNo one was hurt.\n\nNo redistribution.\n",
			news.Given{Outlet: "Ambry Press", Agency: "Ambry Press", Headline: "Ferries resume", Bylines: []string{"Mara Quill"}, Language: "en", Dates: []news.GivenDate{date("published", "2031-05-06T09:30:00+02:00"), date("modified", "2031-05-06T10:37:00+02:00")}},
		},
		"feed": {
			`<feed xml:lang="en"><title>Ambry Post</title><entry><title>Ferries resume</title><link href="https://ambry.example/1"/><author><name>Mara Quill</name></author><published>2031-05-06T09:30:00Z</published><updated>2031-05-06T10:37:00Z</updated><content type="html">&lt;p&gt;Ferries resumed on Monday.&lt;/p&gt;</content></entry></feed>`,
			"Ferries resume\n\nFerries resumed on Monday.\n",
			news.Given{URL: "https://ambry.example/1", Outlet: "Ambry Post", Headline: "Ferries resume", Bylines: []string{"Mara Quill"}, Language: "en", Dates: []news.GivenDate{date("published", "2031-05-06T09:30:00Z"), date("modified", "2031-05-06T10:37:00Z")}},
		},
	} {
		it := Read(news.Capture{Raw: []byte(c.raw)}, Options{})
		if it.Outcome != OK {
			t.Errorf("%s: %s", name, it.Reason)
			continue
		}
		if d := cmp.Diff(c.text, it.Version.Text); d != "" {
			t.Errorf("%s: -want +got:\n%s", name, d)
		}
		if d := cmp.Diff(c.given, it.Version.Given); d != "" {
			t.Errorf("%s: -want +got:\n%s", name, d)
		}
	}
	for _, status := range []string{"withheld", "canceled"} {
		if it := Read(news.Capture{Raw: []byte(strings.Replace(ninjsFile, "usable", status, 1))}, Options{}); it.Kind != "withheld" {
			t.Errorf("%s: got %s %s", status, it.Outcome, it.Kind)
		}
	}
}

// TestCapturesReadAgain: what Each made of a document, Read makes of the
// captures alone.
func TestCapturesReadAgain(t *testing.T) {
	dir := lay(t, map[string]string{"a": rssFile, "b": "[" + ninjsFile + "]", "c": "<newsMessage>" + fmt.Sprintf(g2Item, 1) + fmt.Sprintf(g2Item, 2) + "</newsMessage>", "d": warcPage(1, "text/html; charset=windows-1251", "<p>\xcf\xee\xf0\xf2 "+strings.Repeat("\xee\xf2\xea\xf0\xfb\xf2 ", 40)+"</p>")})
	n := 0
	err := Each(context.Background(), []string{dir}, nil, Options{}, func(it Item) error {
		if it.Outcome != OK {
			return nil
		}
		n++
		again := Read(it.Capture, Options{})
		again.Version.Name = it.Version.Name // the file's, which Each knows
		if d := cmp.Diff(it.Version, again.Version); d != "" {
			t.Errorf("-want +got:\n%s", d)
		}
		if strings.Contains(it.Where, "d@") && !strings.HasPrefix(it.Version.Text, "Порт открыт") {
			t.Errorf("the server's charset was not used: %.60s", it.Version.Text)
		}
		return nil
	})
	if err != nil || n != 6 {
		t.Errorf("%d items, %v", n, err)
	}
}

func TestArchiveOfCaptures(t *testing.T) {
	dir := lay(t, map[string]string{"a": rssFile, "b.jsonl": `{"url":"https://ambry.example/9","text":"a"}` + "\n" + `{"text":"b"}`, "c.txt": story, "d": html})
	var out bytes.Buffer
	w := warc.NewWriter(&out, true)
	when := time.Date(2031, 5, 6, 0, 0, 0, 0, time.UTC)
	want := map[string]bool{}
	err := Each(context.Background(), []string{dir}, nil, Options{}, func(it Item) error {
		if it.Outcome != OK {
			return nil
		}
		want[it.Version.ID] = true
		return w.Capture(it.Capture, when)
	})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	err = Each(context.Background(), []string{"-"}, &out, Options{}, func(it Item) error {
		if n++; !want[it.Version.ID] {
			t.Errorf("another version: %+v", it)
		}
		return nil
	})
	if err != nil || n != len(want) || n != 6 {
		t.Errorf("%d of %d, %v", n, len(want), err)
	}
}

// TestArchiveStreams: fifty thousand pages go through in flat memory.
func TestArchiveStreams(t *testing.T) {
	if testing.Short() {
		t.Skip("50,000 pages")
	}
	r, w := io.Pipe()
	go func() {
		z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
		for n := range 50_000 {
			z.Reset(w)
			io.WriteString(z, warcPage(n, "text/html", fmt.Sprintf("<!doctype html><title>Ferry %d</title><h1>Ferry %d</h1>%s", n, n, strings.Repeat("<p>"+para+"</p><p>"+flow+"</p>", 4))))
			z.Close()
		}
		w.Close()
	}()
	from := time.Now()
	var tally Tally
	var early, late uint64
	// Captures only: making a version of each page is another matter's time.
	err := Captures(context.Background(), []string{"-"}, r, Options{}, func(f Found) error {
		tally.In++
		if tally.In%50 == 0 {
			tally.Add(f.Read(Options{}), true)
			tally.In--
		}
		if tally.In%1000 == 0 {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			if tally.In <= 10_000 {
				early = max(early, m.HeapInuse)
			} else {
				late = max(late, m.HeapInuse)
			}
		}
		return nil
	})
	t.Logf("%d pages in %v; heap in use: at most %d MiB in the first 10,000, %d MiB after", tally.In, time.Since(from).Round(time.Millisecond), early>>20, late>>20)
	if err != nil || tally.In != 50_000 || tally.Stored != 1000 {
		t.Errorf("%d pages, %v", tally.In, err)
	}
	if late > early+early/2+(8<<20) || late > 128<<20 {
		t.Errorf("memory grew from %d to %d MiB", early>>20, late>>20)
	}
}

func BenchmarkEachFeed(b *testing.B) {
	item := rssFile[strings.Index(rssFile, "<item>"):strings.Index(rssFile, "</item>")] + "</item>"
	benchmark(b, map[string]string{"a.xml": "<rss><channel><title>P</title>" + strings.Repeat(item, 100) + "</channel></rss>"}, 100)
}

func BenchmarkEachNinjs(b *testing.B) {
	benchmark(b, map[string]string{"a.json": "[" + strings.Repeat(ninjsFile+",", 99) + ninjsFile + "]"}, 100)
}

func BenchmarkEachNewsML(b *testing.B) {
	benchmark(b, map[string]string{"a.xml": "<newsMessage>" + strings.Repeat(fmt.Sprintf(g2Item, 1), 100) + "</newsMessage>"}, 100)
}

func BenchmarkEachArchive(b *testing.B) {
	benchmark(b, map[string]string{filepath.Join("x", "a.warc.gz"): packed(strings.Split(strings.Repeat(warcPage(1, "text/html", html)+"\x00", 100), "\x00")[:100]...)}, 100)
}
