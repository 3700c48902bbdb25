package feed

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const rss2 = `<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="javascript:alert(1)"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Ambry &amp;amp; Isles Post</title><link>https://ambry.example/</link><language>en-GB</language>
<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="https://ambry.example/rss"/>
<atom:link rel="hub" href="https://hub.example/"/>
<image><title>Logo</title><url>/logo.png</url></image>
<item>
 <title><![CDATA[Ferries resume &#8216;at last&#8217; <b>today</b>]]></title>
 <link>/news/1?a=1&b=2</link>
 <guid isPermaLink="false">post-1</guid>
 <dc:creator>Mara Quill</dc:creator><author>desk@ambry.example (Ivo Stent)</author>
 <pubDate>Tue, 06 May 2031 09:30:00 EDT</pubDate>
 <description>Ferries to the isles run again.&nbsp;&copy;</description>
 <content:encoded><![CDATA[<p>PORT AMBRY — Ferries resumed on Monday.</p><p>No one was hurt<br>.</p><script>x()</script>]]></content:encoded>
 <category>Transport</category><category domain="x">Isles &amp; sea</category><category>Transport</category>
 <enclosure url="a.mp3" type="audio/mpeg" length="7"/>
 <media:content url="https://ambry.example/1.jpg" type="image/jpeg"><media:title>Not the title</media:title><media:description>A boat</media:description></media:content>
</item>
<item><title>Second</title><guid>https://ambry.example/news/2</guid><description>&lt;p&gt;One.&lt;/p&gt; AT&amp;T and &foo; stay</description><source url="https://other.example/rss">Other Times</source></item>
</channel></rss>`

func parse(t testing.TB, src, address string) Feed {
	t.Helper()
	f, err := Parse(src, address)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var ignore = cmpopts.IgnoreFields(Item{}, "Source", "At")

func TestRSS(t *testing.T) {
	f := parse(t, rss2, "https://ambry.example/feeds/all.xml")
	if f.Format != RSS || f.Title != "Ambry & Isles Post" || f.Home != "https://ambry.example/" || f.Self != "https://ambry.example/rss" || f.Hub != "https://hub.example/" || f.Language != "en" || len(f.Problems) != 0 {
		t.Errorf("got %+v", f)
	}
	want := []Item{{
		Title: "Ferries resume ‘at last’ today", Link: "https://ambry.example/news/1?a=1&b=2", GUID: "post-1", Authors: []string{"Mara Quill", "Ivo Stent"},
		Published: "2031-05-06T09:30:00-04:00", Summary: "Ferries to the isles run again.\u00a0©",
		Content:    "<p>PORT AMBRY — Ferries resumed on Monday.</p><p>No one was hurt<br>.</p><script>x()</script>",
		Categories: []string{"Transport", "Isles & sea"}, Language: "en",
		Enclosures: []Enclosure{{"https://ambry.example/feeds/a.mp3", "audio/mpeg"}, {"https://ambry.example/1.jpg", "image/jpeg"}},
	}, {
		Title: "Second", Link: "https://ambry.example/news/2", GUID: "https://ambry.example/news/2", Summary: "<p>One.</p> AT&T and &foo; stay", Outlet: "Other Times", Language: "en",
	}}
	if d := cmp.Diff(want, f.Items, ignore); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	lines, full := f.Items[0].Text()
	if d := cmp.Diff([]string{"Ferries resume ‘at last’ today", "PORT AMBRY — Ferries resumed on Monday.", "No one was hurt", "."}, lines); d != "" || !full {
		t.Errorf("-want +got:\n%s", d)
	}
	if _, full := f.Items[1].Text(); full {
		t.Error("a summary was taken for the article")
	}
}

func TestOtherFormats(t *testing.T) {
	for _, c := range []struct {
		name, src string
		format    Format
		want      Item
	}{
		{"RSS 0.91", `<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x/rss.dtd"><rss version="0.91"><channel><title>P</title><item><title>A</title><link>http://a.example/1</link></item></channel></rss>`, RSS,
			Item{Title: "A", Link: "http://a.example/1"}},
		{"RSS 1.0", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="u"><title>P</title><items><rdf:Seq><rdf:li resource="u"/></rdf:Seq></items></channel>
<item rdf:about="http://a.example/1"><title>A</title><link>http://a.example/1</link><dc:date>2031-05-06</dc:date><dc:creator>Mara Quill</dc:creator><dc:subject>sea</dc:subject></item></rdf:RDF>`, RDF,
			Item{Title: "A", Link: "http://a.example/1", GUID: "http://a.example/1", Published: "2031-05-06", Authors: []string{"Mara Quill"}, Categories: []string{"sea"}}},
		{"Atom", `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://a.example/x/" xml:lang="de"><title type="text">P</title><author><name>Ivo Stent</name></author>
<entry xml:base="y/"><title type="html">A &amp;lt; &lt;i&gt;B&lt;/i&gt;</title><id>tag:a,1</id><link rel="edit" href="e"/><link href="1.html"/><updated>2031-05-06T09:30:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One &amp; two</p></div></content><category term="sea"/><link rel="enclosure" href="/v.mp4" type="video/mp4"/></entry></feed>`, Atom,
			Item{Title: "A < B", Link: "http://a.example/x/y/1.html", GUID: "tag:a,1", Authors: []string{"Ivo Stent"}, Published: "2031-05-06T09:30:00Z", Language: "de",
				Content: `<div xmlns="http://www.w3.org/1999/xhtml"><p>One &amp; two</p></div>`, Categories: []string{"sea"}, Enclosures: []Enclosure{{"http://a.example/v.mp4", "video/mp4"}}}},
		{"Atom with prefixes", `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>P</a:title><a:entry><a:title>A</a:title><a:link rel="alternate" href="http://a.example/1"/><a:source><a:title>Q</a:title><a:id>x</a:id></a:source><a:summary type="html">&lt;p&gt;S</a:summary></a:entry></a:feed>`, Atom,
			Item{Title: "A", Link: "http://a.example/1", Outlet: "Q", Summary: "<p>S"}},
		{"JSON Feed", `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":7,"url":"/1","title":"A < B","content_text":"One <two>","date_published":"2031-05-06T09:30:00Z","authors":[null,{"name":"Mara Quill"}],"tags":["sea",null],"attachments":[{"url":"/v.mp4","mime_type":"video/mp4","size_in_bytes":1e400}]}],"title":"P","language":"fr","author":{"name":"Z"}}`, JSON,
			Item{Title: "A < B", Link: "http://a.example/1", GUID: "7", Authors: []string{"Mara Quill"}, Published: "2031-05-06T09:30:00Z", Content: "One &lt;two&gt;", Categories: []string{"sea"}, Language: "fr", Enclosures: []Enclosure{{"http://a.example/v.mp4", "video/mp4"}}}},
	} {
		f := parse(t, c.src, "http://a.example/feed")
		if f.Format != c.format || f.Title != "P" || len(f.Items) != 1 || len(f.Problems) > 0 {
			t.Errorf("%s: got %+v", c.name, f)
			continue
		}
		if d := cmp.Diff(c.want, f.Items[0], ignore); d != "" {
			t.Errorf("%s: -want +got:\n%s", c.name, d)
		}
	}
}

// TestSingle: an item by itself is read as it was read in the feed.
func TestSingle(t *testing.T) {
	for _, src := range []string{
		rss2,
		`<feed xml:base="http://a.example/x/"><title>P &amp; Q</title><author><name>I "S"</name></author><entry><title>A</title><link href="1"/></entry><entry><title>B</title><link href="2"/></feed>`,
		`<rdf:RDF xmlns="http://purl.org/rss/1.0/"><channel><title>P</title></channel><item rdf:about="x"><title>A</title></item><item><link>http://a.example/1</link></rdf:RDF>`,
		`{"version":"https://jsonfeed.org/version/1","title":"P\"Q","authors":[{"name":"Z <z>"}],"items":[{"id":"1","content_html":"<p>x"},{"id":"2","title":"</item>"}]}`,
		`<rss><channel><title>P</title><item><title>A<item><title>B</title><description><![CDATA[</item>]]></description></channel></rss>`,
	} {
		f := parse(t, src, "http://a.example/feed")
		if len(f.Items) != 2 {
			t.Errorf("%d items in %s", len(f.Items), src)
		}
		for _, it := range f.Items {
			g := parse(t, f.Single(it), "")
			if len(g.Items) != 1 || len(g.Problems) > 0 || g.Title != f.Title {
				t.Errorf("%s: got %+v", f.Single(it), g)
				continue
			}
			if d := cmp.Diff(it, g.Items[0], ignore); d != "" {
				t.Errorf("%s: -want +got:\n%s", f.Single(it), d)
			}
		}
	}
}

func TestSitemapAndOPML(t *testing.T) {
	f := parse(t, `<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://ambry.example/1?a&amp;b</loc><lastmod>2031-05-06</lastmod>
<n:news><n:publication><n:name>Ambry Post</n:name><n:language>en</n:language></n:publication><n:publication_date>2031-05-06T09:30Z</n:publication_date><n:title>Ferries &amp; mail</n:title></n:news>
<image:image><image:loc>https://ambry.example/1.jpg</image:loc><image:title>Boat</image:title></image:image></url><url><loc>ftp://x/</loc></url></urlset>`, "")
	want := []Address{{"https://ambry.example/1?a&b", "2031-05-06", "Ferries & mail", "Ambry Post", "en", "2031-05-06T09:30:00Z"}}
	if d := cmp.Diff(want, f.Addresses); d != "" || f.Format != Sitemap || len(f.Problems) != 1 {
		t.Errorf("%+v\n%s", f, d)
	}
	f = parse(t, `<sitemapindex><sitemap><loc>/news.xml</loc></sitemap><sitemap><loc>https://ambry.example/map.xml</loc></sitemap></sitemapindex>`, "https://ambry.example/map.xml")
	if len(f.Addresses) != 1 || f.Addresses[0].URL != "https://ambry.example/news.xml" || f.Problems[0].Kind != "lists itself" {
		t.Errorf("got %+v", f)
	}

	list := []Subscription{
		{"Ambry Post", "https://ambry.example/rss?a=1&b=\"2\"", "https://ambry.example/", ""},
		{"Isles <Daily>", "https://isles.example/rss", "", "World/Isles & sea"}, {"Quay", "https://quay.example/atom", "", "World"},
	}
	var b bytes.Buffer
	if err := WriteOPML(&b, "My <feeds>", list); err != nil {
		t.Fatal(err)
	}
	f = parse(t, b.String(), "")
	if d := cmp.Diff([]Subscription{list[0], list[2], list[1]}, f.Feeds); d != "" || f.Title != "My <feeds>" {
		t.Errorf("%s\n-want +got:\n%s", b.String(), d)
	}
	f = parse(t, `<opml><body><outline text="A"><outline text="x" xmlUrl="feed://a.example/1"/></outline><outline xmlUrl="file:///etc/passwd"/></body></opml>`, "")
	if d := cmp.Diff([]Subscription{{"x", "http://a.example/1", "", "A"}}, f.Feeds); d != "" || len(f.Problems) != 1 {
		t.Errorf("%+v\n%s", f, d)
	}
}

func TestDates(t *testing.T) {
	for in, want := range map[string]string{
		"Tue, 06 May 2031 09:30:00 GMT": "2031-05-06T09:30:00Z", "Tue, 6 May 2031 09:30:00 +0200": "2031-05-06T09:30:00+02:00", "06 May 31 09:30:00 PST": "2031-05-06T09:30:00-08:00",
		"2031-05-06T09:30:00.123+09:00": "2031-05-06T09:30:00+09:00", "2031-05-06 09:30:00": "2031-05-06T09:30:00", "2031-05-06": "2031-05-06", "Tuesday, 6 May 2031 09:30:00 CEST": "2031-05-06T09:30:00+02:00",
		"Tue May  6 09:30:00 UTC 2031": "", "May 6, 2031 9:30 AM": "2031-05-06T09:30:00", "Sept 6 2031 9:30 PM": "2031-09-06T21:30:00", "6.5.2031 09:30": "2031-05-06T09:30:00",
		"Tue, 06 May 2031 09:30:00 XYZT": "2031-05-06T09:30:00", "Tue, 06 May 2031 09:30:00 +9900": "", "2099-01-01T00:00:00Z": "2099-01-01T00:00:00Z",
		"0000-00-00": "", "0001-01-01T00:00:00Z": "", "Mon, 01 Jan 0000 00:00:00 GMT": "", "yesterday": "", "": "", "31 Feb 2031 10:00:00 GMT": "", "вт, 06 May 2031 09:30:00 MSK": "2031-05-06T09:30:00+03:00",
		strings.Repeat("9", 1<<20): "",
	} {
		if in == "Tue May  6 09:30:00 UTC 2031" {
			want = Date(in) // either is right; it must not be another day
			if want != "" && !strings.HasPrefix(want, "2031-05-06T09:30:00") {
				t.Errorf("%q became %q", in, want)
			}
			continue
		}
		if got := Date(in); got != want {
			t.Errorf("%.60q became %q, want %q", in, got, want)
		}
	}
}

func TestSniff(t *testing.T) {
	for src, want := range map[string]Format{
		rss2: RSS, "\ufeff \n<?xml version='1.0'?><!-- <rss> --><feed/>": Atom, "<!DOCTYPE opml [ <!ENTITY a '<rss>'> ]><opml>": OPML, `{"version": "https:\/\/jsonfeed.org\/version\/1"`: JSON,
		"<html><rss/></html>": "", "<rdf:RDF><owl:Ontology/></rdf:RDF>": "", `{"text":"a"}`: "", "rss": "", "": "", "<rss": "", "text <rss>": "", "<RSS VERSION=2.0>": RSS, "<channel>": "",
	} {
		if got := Sniff(src); got != want {
			t.Errorf("%.50q is %q, want %q", src, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		rss2, `<feed><entry xml:base="x"><title type="html">&lt;b&gt;</title><content type="xhtml"><p>x`, `<rdf:RDF><channel/><item rdf:about="x"/></rdf:RDF>`, `{"version":"https://jsonfeed.org/version/1","items":[null,{"id":1,"authors":[null]}]}`,
		"<urlset><url><loc>http://a/</loc></url></urlset>", "<sitemapindex><sitemap>", "<opml><outline text=a><outline xmlUrl=http://a/>", "<rss><!DOCTYPE [<!ENTITY a '&a;'>]><item><![CDATA[", "<rss><item><title><item></title><x:y><z>",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		src = strings.ToValidUTF8(src, "?")
		fd, err := Parse(src, "http://a.example/feed")
		if err != nil {
			return
		}
		for _, p := range fd.Problems {
			if p.At < 0 || p.At > len(src) || p.Kind == "" || p.Reason == "" {
				t.Fatalf("bad problem %+v", p)
			}
		}
		for _, it := range fd.Items {
			if src[it.At:it.At+len(it.Source)] != it.Source {
				t.Fatalf("the source of %+v does not stand at %d", it, it.At)
			}
			if len(it.Title) > maxTitle || !utf8.ValidString(it.Title) || strings.ContainsAny(it.Title, "\n\r") {
				t.Fatalf("bad title %q", it.Title)
			}
			if it.Link != "" && !strings.HasPrefix(it.Link, "http://") && !strings.HasPrefix(it.Link, "https://") {
				t.Fatalf("bad link %q", it.Link)
			}
			if g, err := Parse(fd.Single(it), ""); err != nil || len(g.Items) > 1 {
				t.Fatalf("alone: %v, %+v\n%s", err, g, fd.Single(it))
			}
			it.Text()
		}
	})
}

func BenchmarkParse(b *testing.B) {
	src := strings.Replace(rss2, "</channel>", strings.Repeat(rss2[strings.Index(rss2, "<item>"):strings.LastIndex(rss2, "<item>")], 100)+"</channel>", 1)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if f, _ := Parse(src, ""); len(f.Items) != 102 {
			b.Fatal(len(f.Items))
		}
	}
}
