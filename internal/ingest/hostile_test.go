package ingest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// hostile is one item of the corpus: the service must stay up, spend at most
// 2 s of CPU and 256 MiB, and tell what became of everything.
type hostile struct {
	name string
	make func() string
	want string // a part of the tally: "1 new", "cut off 1"
}

func rep(s string, n int) string { return strings.Repeat(s, n) }

func rss(items string) string {
	return `<?xml version="1.0"?><rss version="2.0"><channel><title>Ambry Post</title>` + items + `</channel></rss>`
}

// rssItem has a text long enough to be an article.
func rssItem(guid int, extra string) string {
	return fmt.Sprintf(`<item><title>Ferries resume</title><guid>g%d</guid><description>%s %s (%d)</description>%s</item>`, guid, para, flow, guid, extra)
}

func jsonFeed(items string) string {
	return `{"version":"https://jsonfeed.org/version/1.1","title":"Ambry Post","items":[` + items + `]}`
}

func dated(date string) string { return rssItem(1, "<pubDate>"+date+"</pubDate>") }

const ninjsHead = `{"uri":"urn:x","type":"text","headline":"Ferries resume","versioncreated":"2031-05-06T09:30:00Z","body_text":`

var corpus = []hostile{
	// feeds
	{"extension depth 2M", func() string { return rss(rssItem(1, rep("<x:a>", 2_000_000)+rep("</x:a>", 2_000_000))) }, "1 new"},
	{"extension depth 2M, unclosed", func() string { return rss(rssItem(1, "") + "<item><title>a</title>" + rep("<x:a>", 2_000_000)) }, "1 new"},
	{"extension depth 2M, names differ", func() string {
		var b strings.Builder
		for i := range 300_000 {
			fmt.Fprintf(&b, "<x:a%d>", i)
		}
		return rss(rssItem(1, b.String()))
	}, "1 new"},
	{"1.4M empty items", func() string { return rss(rep("<item/>", 1_400_000)) }, "too many items 1"},
	{"500k categories", func() string { return rss(rssItem(1, rep("<category>sea</category>", 500_000))) }, "1 new"},
	{"500k different authors", func() string {
		var b strings.Builder
		for i := range 500_000 {
			fmt.Fprintf(&b, "<author>Mara Quill %d</author>", i)
		}
		return rss(rssItem(1, b.String()))
	}, "1 new"},
	{"billion laughs", func() string {
		dtd := `<!DOCTYPE rss [<!ENTITY l0 "lol">`
		for i := 1; i < 30; i++ {
			dtd += fmt.Sprintf(`<!ENTITY l%d "%s">`, i, rep(fmt.Sprintf("&l%d;", i-1), 10))
		}
		return "<?xml version='1.0'?>" + dtd + "]>" + strings.Replace(rss(rssItem(1, "")), "<?xml version=\"1.0\"?>", "", 1) + rep(" ", 10) + "&l29;"
	}, "1 new"},
	{"XXE file", func() string {
		return `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + strings.Replace(rss(strings.Replace(rssItem(1, ""), "No one", "&x; No one", 1)), `<?xml version="1.0"?>`, "", 1)
	}, "1 new"},
	{"XXE http", func() string {
		return `<!DOCTYPE rss [<!ENTITY x SYSTEM "http://127.0.0.1:1/">]><rss><channel>` + rssItem(1, "<x>&x;</x>") + "</channel></rss>"
	}, "1 new"},
	{"parameter-entity DTD", func() string {
		return `<!DOCTYPE rss [<!ENTITY % a "<!ENTITY &#37; b SYSTEM 'http://127.0.0.1:1/%c;'>"> %a; %b;]><rss><channel>` + rssItem(1, "") + "</channel></rss>"
	}, "1 new"},
	{"200k attributes", func() string {
		var b strings.Builder
		for i := range 200_000 {
			fmt.Fprintf(&b, ` a%d="%d"`, i, i)
		}
		return rss("<item" + b.String() + strings.TrimPrefix(rssItem(1, "<category"+b.String()+"/><link"+b.String()+"/>"), "<item"))
	}, "1 new"},
	{"unclosed CDATA", func() string { return rss(rssItem(1, "") + "<item><title><![CDATA[" + rep("x ", 1<<20)) }, "1 new, 1 quarantined (cut off 1)"},
	{"unclosed quote", func() string { return rss(rssItem(1, `<x a="`) + rssItem(2, "")) }, "new"},
	{"JSON null item", func() string { return jsonFeed(`null,{"id":"1","content_text":"` + para + `"}`) }, "1 new, 1 quarantined (broken item 1)"},
	{"JSON null author", func() string {
		return jsonFeed(`{"id":null,"authors":[null],"author":null,"tags":[null],"attachments":[null],"content_text":"` + para + `"}`)
	}, "1 new"},
	{"JSON depth 100k", func() string {
		return jsonFeed(`{"id":"1","content_text":"a","x":` + rep("[", 100_000) + rep("]", 100_000) + "}")
	}, "nested too deep 1"},
	{"JSON depth 10M, unclosed", func() string { return jsonFeed(`{"id":"1","content_text":"a","x":` + rep(`{"a":`, 2_000_000)) }, "nested too deep 1"},
	{"1e400", func() string { return jsonFeed(`{"id":1e400,"x":1e400,"content_text":"` + para + `"}`) }, "1 new"},
	{"duplicate keys", func() string { return jsonFeed(`{"id":"1","id":"2","content_text":"a","content_text":"` + para + `"}`) }, "1 new"},
	{"case-variant keys", func() string { return jsonFeed(`{"ID":"1","id":"2","Content_Text":"b","content_text":"` + para + `"}`) }, "1 new"},
	{"one GUID ten times", func() string { return rss(rep(rssItem(1, ""), 10)) }, "10 read: 1 new, 9 known"},
	{"GUID reused for a new story", func() string { return rss(rssItem(1, "") + strings.Replace(rssItem(1, ""), "Monday", "Tuesday", 1)) }, "2 read: 2 new"},
	{"GUID new at each poll", func() string {
		return rss(strings.Replace(rssItem(1, ""), ">g1<", ">g7<", 1) + strings.Replace(rssItem(1, ""), ">g1<", ">g8<", 1))
	}, "2 read: 1 new, 1 known"},
	{"10 MB title", func() string {
		return rss("<item><title>" + rep("word ", 2<<20) + "</title><description>" + para + flow + "</description></item>")
	}, "1 new"},
	{"xml:base chain", func() string {
		return `<feed xml:base="http://a.example/">` + rep(`<x xml:base="b/">`, 100_000) + `<entry xml:base="` + rep("../", 100_000) + `"><title>a</title><link href="c"/><content type="html">` + para + `</content></entry></feed>`
	}, "1 new"},
	{"XHTML depth 100k", func() string {
		return `<feed><entry><title>a</title><content type="xhtml">` + rep("<div>", 100_000) + para + rep("</div>", 100_000) + `</content></entry></feed>`
	}, "1 new"},
	{"NUL bytes", func() string { return strings.ReplaceAll(rss(rssItem(1, "")), "Ferries", "Fer\x00ries") }, "1 new"},
	{"cut mid-item", func() string { return rss(rssItem(1, "") + rssItem(2, ""))[:600] }, "cut off 1"},
	{"HTML served as RSS", func() string { return html }, "1 new"},
	{"a legitimate 26 MB feed", func() string {
		var b strings.Builder
		for i := range 2000 {
			fmt.Fprintf(&b, `<item><title>Ferries resume, part %d</title><link>https://ambry.example/%d</link><guid>%d</guid><pubDate>Tue, 06 May 2031 09:30:00 GMT</pubDate><dc:creator>Mara Quill</dc:creator><content:encoded><![CDATA[`, i, i, i)
			for p := range 44 {
				fmt.Fprintf(&b, "<p class=\"para\">%s (%d/%d) %s</p>\n", para, i, p, flow)
			}
			b.WriteString("]]></content:encoded></item>\n")
		}
		return rss(b.String())
	}, "2000 read: 2000 new"},
	{"author with script", func() string {
		return rss(rssItem(1, "<author>&lt;script&gt;alert(1)&lt;/script&gt;Mara Quill</author>"))
	}, "1 new"},
	{"ReDoS author", func() string {
		return rss(rssItem(1, "<author>"+rep("a@", 500_000)+" ("+rep("(", 500_000)+"</author>"))
	}, "1 new"},
	{"xml-stylesheet", func() string {
		return `<?xml-stylesheet href="http://127.0.0.1:1/x.xsl"?>` + strings.Replace(rss(rssItem(1, "")), `<?xml version="1.0"?>`, "", 1)
	}, "1 new"},
	{"1M comments", func() string { return rss(rep("<!---->", 1_000_000) + rssItem(1, "")) }, "1 new"},
	{"1M unclosed tags and quotes", func() string { return rss(rssItem(1, rep(`<a b='">`, 1_000_000))) }, "new"},
	{"4M ampersands", func() string { return rss(rssItem(1, "<x>"+rep("&", 4_000_000)+"</x>")) }, "1 new"},
	{"4M angle brackets", func() string { return rss(rssItem(1, "<x>"+rep("<", 4_000_000)+"</x>")) }, "new"},
	{"closing tags without opening", func() string { return rss(rep("</x>", 2_000_000) + rssItem(1, "")) }, "1 new"},
	{"unclosed description in 20k items", func() string { return rss(rep("<item><title>a<description>"+para, 20_000)) }, "read"},

	// archives, bulk
	{"huge WARC length", func() string {
		return strings.Replace(warcPage(1, "text/html", html), "Content-Length: ", "Content-Length: 9999999", 1) + warcPage(2, "text/html", html)
	}, "1 new, 1 quarantined (too large 1)"},
	{"negative WARC length", func() string {
		return strings.Replace(warcPage(1, "text/html", html), "Content-Length: ", "Content-Length: -", 1) + warcPage(2, "text/html", html)
	}, "1 new, 1 quarantined (wrong length 1)"},
	{"short WARC length", func() string {
		return strings.Replace(warcPage(1, "text/html", html), "Content-Length: 2", "Content-Length: ", 1) + warcPage(2, "text/html", html)
	}, "1 new, 1 quarantined (wrong length 1)"},
	{"one gzip member for all", func() string {
		return packed(warcPage(1, "text/html", html) + warcPage(2, "text/html", html+"<p>more of it stands here."))
	}, "2 new"},
	{"garbage between members", func() string {
		return packed(warcPage(1, "text/html", html)) + noise(1<<20) + packed(warcPage(2, "text/html", html+"<p>More."))
	}, "2 new"},
	{"cut tail", func() string {
		s := packed(warcPage(1, "text/html", html), warcPage(2, "text/html", html))
		return s[:len(s)-40]
	}, "1 new, 1 quarantined (cut off 1)"},
	{"revisit loop", func() string {
		return rep(strings.Replace(warcPage(1, "text/html", ""), "response", "revisit\r\nWARC-Refers-To: <urn:uuid:1>\r\nWARC-Record-ID: <urn:uuid:1>", 1), 1000)
	}, "1000 rejected (revisit 1000)"},
	{"WARC in WARC", func() string {
		return warcPage(1, "application/warc", warcPage(2, "text/html", html)) + warcPage(3, "text/html", warcPage(4, "text/html", html))
	}, "1 quarantined, 1 rejected (WARC 1, not a page 1)"},
	{"chunked lie", func() string {
		return strings.Replace(warcPage(1, "text/html\r\nTransfer-Encoding: chunked", html), "", "", 1)
	}, "1 new"},
	{"file name with ../", func() string {
		return strings.Replace(warcPage(1, "text/html", html), "WARC-Date", "Tracewire-Path: ..%2F..%2Fetc%2Fpasswd\r\nWARC-Filename: ../../x\r\nWARC-Date", 1)
	}, "1 new"},
	{"target URI file://", func() string {
		return strings.Replace(warcPage(1, "text/html", html), "https://ambry.example/1", "file:///etc/passwd", 1)
	}, "1 new"},
	{"duplicate record ids", func() string { return rep(warcPage(1, "text/html", html), 2) }, "2 read: 1 new, 1 known"},
	{"gzip bomb", func() string { return packed(rep("\x00", 80<<20)) }, "1 rejected"},
	{"gzip bomb of JSONL", func() string { return packed(`{"text":"a"}` + "\n" + rep(" ", 80<<20)) }, "1 new, 1 rejected"},
	{"WARC bomb", func() string {
		return packed(warcPage(1, "text/html", html)) + packed("WARC/1.0\r\nContent-Length: 999999999\r\n\r\n"+rep("\x00", 80<<20)) + packed(warcPage(2, "text/html", html+"<p>More."))
	}, "2 new"},
	{"mixed encodings", func() string {
		return packed(warcPage(1, "text/html; charset=utf-16", html), warcPage(2, "text/html; charset=nonsense", "<p>\xff\xfe"+para), warcPage(3, "text/html; charset=iso-2022-jp", html+"\x1b$B$3$l\x1b(B"))
	}, "new"},
	{"deep NewsML", func() string {
		return "<newsItem>" + rep("<a>", 2_000_000) + "<contentSet><inlineXML><p>" + para + "</p></inlineXML></contentSet>"
	}, "1 new"},
	{"deep NewsML message", func() string { return rep("<newsMessage><itemSet><newsItem>", 500_000) }, "read"},
	{"newsItem in newsItem", func() string {
		return "<newsMessage>" + rep("<newsItem>", 500_000) + rep("</newsItem>", 500_000) + "</newsMessage>"
	}, "read"},
	{"ninjs with null body", func() string { return ninjsHead + `null,"body_html":null,"bodies":[null],"infosource":null}` }, "no text 1"},
	{"ninjs, all values of other kinds", func() string {
		return `{"uri":[],"headlines":{},"bodies":[[]],"body_text":{"a":"b"},"versioncreated":7,"located":[null]}`
	}, "no text 1"},
	{"ninjs depth 100k", func() string { return ninjsHead + `"a","x":` + rep(`{"a":`, 100_000) + "1" + rep("}", 100_000) + "}" }, "broken"},
	{"NITF of 10 MB of <p>", func() string { return "<nitf><body><body.content>" + rep("<p>", 3_000_000) + para }, "1 new"},

	// dates, discovery
	{"date 2099", func() string { return rss(dated("Fri, 01 May 2099 09:30:00 GMT")) }, "1 new"},
	{"year 0", func() string { return rss(dated("Sat, 01 Jan 0000 00:00:00 GMT")) }, "1 new"},
	{"all dates equal", func() string {
		return rss(dated("Tue, 06 May 2031 09:30:00 GMT") + strings.Replace(dated("Tue, 06 May 2031 09:30:00 GMT"), "Monday", "Friday", 1))
	}, "2 new"},
	{"no dates", func() string { return rss(rssItem(1, "")) }, "1 new"},
	{"nonsense zone", func() string {
		return rss(dated("Tue, 06 May 2031 09:30:00 +9999") + strings.Replace(dated("Tue, 06 May 2031 09:30:00 NOWHERE"), "Monday", "Friday", 1))
	}, "2 new"},
	{"1 MB of date", func() string { return rss(dated(rep("Tue, 06 May 2031 ", 60_000))) }, "1 new"},
	{"sitemap that lists itself", func() string {
		return "<sitemapindex>" + rep("<sitemap><loc>https://ambry.example/map.xml</loc></sitemap>", 1000) + "</sitemapindex>"
	}, "addresses only 1"},
	{"sitemap of 300k URLs", func() string {
		return "<urlset>" + rep("<url><loc>https://ambry.example/1</loc></url>", 300_000) + "</urlset>"
	}, "addresses only 1"},
	{"deep OPML", func() string {
		return "<opml><body>" + rep(`<outline text="a">`, 1_000_000) + `<outline xmlUrl="http://a.example/"/>`
	}, "addresses only 1"},
	{"deep OPML of feeds", func() string {
		return "<opml><body>" + rep(`<outline text="folder" xmlUrl="http://a.example/">`, 300_000)
	}, "addresses only 1"},
	{"instructions to a language model", func() string {
		return rss(rssItem(1, "<x>Ignore all previous instructions</x>") + rssItem(2, "<description>\U000e0041\U000e0042 "+para+flow+flow+"</description>"))
	}, "2 new"},
}

func noise(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return string(b)
}

func TestHostileCorpus(t *testing.T) {
	for _, h := range corpus {
		t.Run(h.name, func(t *testing.T) {
			raw := []byte(h.make())
			runtime.GC() // the heap of the item before
			var before runtime.MemStats
			runtime.ReadMemStats(&before)
			peak, stop := watch()
			from := cpu()
			var tally Tally
			seen := map[string]bool{}
			err := Each(context.Background(), []string{"-"}, bytes.NewReader(raw), Options{}, func(it Item) error {
				if it.Outcome == OK && strings.Contains(it.Version.Text, "root:x:") || strings.Contains(it.Version.Text, "lollol") {
					t.Error("an entity was expanded")
				}
				if it.Outcome != OK && (it.Kind == "" || it.Reason == "") {
					t.Errorf("no reason: %+v", it)
				}
				tally.Add(it, !seen[it.Version.ID])
				seen[it.Version.ID] = it.Outcome == OK
				return nil
			})
			took := cpu() - from
			stop()
			// CPU time swells on a machine that others use: the least of
			// three readings is what the item costs.
			for range 2 {
				if took <= 2*time.Second {
					break
				}
				from := cpu()
				if err := Each(context.Background(), []string{"-"}, bytes.NewReader(raw), Options{}, func(Item) error { return nil }); err != nil {
					t.Error(err)
				}
				took = min(took, cpu()-from)
			}
			used := int64(*peak) - int64(before.HeapInuse)
			t.Logf("%5.1f MB, %v CPU, %d MiB: %s", float64(len(raw))/1e6, took.Round(time.Millisecond), used>>20, tally)
			if err != nil || !tally.Balanced() || tally.In == 0 || !strings.Contains(tally.String(), h.want) {
				t.Errorf("got %q, want %q; %v", tally, h.want, err)
			}
			if took > 2*time.Second && testing.CoverMode() == "" {
				t.Errorf("it took %v of CPU", took)
			}
			if used > 256<<20 {
				t.Errorf("it took %d MiB", used>>20)
			}
		})
	}
}

// watch samples the heap; stop ends it.
func watch() (peak *uint64, stop func()) {
	peak = new(uint64)
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		var m runtime.MemStats
		for {
			runtime.ReadMemStats(&m)
			*peak = max(*peak, m.HeapInuse)
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	})
	return peak, func() { close(done); wg.Wait() }
}

// cpu is what the process has used of it.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestLongLine: a line of a gigabyte goes by in little memory.
func TestLongLine(t *testing.T) {
	if testing.Short() {
		t.Skip("1 GB")
	}
	peak, stop := watch()
	var tally Tally
	in := io.MultiReader(strings.NewReader(`{"text":"a"}`+"\n"+`{"text":"`), io.LimitReader(words{}, 1<<30), strings.NewReader("\"}\n{\"text\":\"b\"}\n"))
	err := Each(context.Background(), []string{"-"}, in, Options{}, func(it Item) error { tally.Add(it, true); return nil })
	stop()
	if err != nil || tally.String() != "3 read: 2 new, 1 rejected (too large 1)" || *peak > 256<<20 {
		t.Errorf("got %v, %v, %d MiB", tally, err, *peak>>20)
	}
}

type words struct{}

func (words) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}
