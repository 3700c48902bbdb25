package wire

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

const newsML1 = `<?xml version="1.0"?><NewsML><Catalog/><NewsItem xml:lang="fr"><Identification><NewsIdentifier><ProviderId>ambry.example</ProviderId><PublicIdentifier>urn:newsml:ambry:1</PublicIdentifier></NewsIdentifier></Identification>
<NewsManagement><FirstCreated>20310506T093000Z</FirstCreated></NewsManagement><NewsComponent><NewsLines><HeadLine>Les ferries repartent</HeadLine><DateLine>PORT AMBRY, 6 mai 2031 (APress)</DateLine><ByLine>Par Mara Quill</ByLine><CopyrightLine>© Ambry Press</CopyrightLine></NewsLines>
<ContentItem><DataContent><p>Les ferries ont repris lundi.</p><p>Personne n'a été blessé.</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>`

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      string // the text
		err       error
	}{
		{
			"NewsML 1", newsML1,
			"Les ferries repartent\n\nPar Mara Quill\n\nPORT AMBRY, 6 mai 2031 (APress) — Les ferries ont repris lundi.\n\nPersonne n'a été blessé.\n\n© Ambry Press\n", nil,
		},
		{
			"ninjs 2: roles and content types",
			`{"uri":"urn:x","versionCreated":"2031-05-06T09:30:00Z","headlines":[{"role":"sub","value":"After nine days"},{"role":"main","value":"Ferries resume"}],"bodies":[{"role":"main","contentType":"text/plain","value":"All on one line. And on."},{"contentType":"application/xhtml+xml","value":"<p>All on one line.</p><p>And on &amp; on.</p>"}],"by":"Mara Quill, Ambry Press"}`,
			"Ferries resume\n\nAfter nine days\n\nBy Mara Quill, Ambry Press\n\nAll on one line.\n\nAnd on & on.\n", nil,
		},
		{
			"ninjs 1: plain text keeps its lines, and its dateline",
			`{"uri":"urn:x","versioncreated":"2031-05-06","slugline":"S","type":"text","headline":"Ferries resume","located":"Port Ambry","body_text":"PORT AMBRY (APress) - Ferries resumed at a < b.\nNo one was hurt.\n"}`,
			"Ferries resume\n\nPORT AMBRY (APress) - Ferries resumed at a < b.\n\nNo one was hurt.\n", nil,
		},
		{
			"a body that begins with the headline and has another dateline",
			`{"uri":"urn:x","usageterms":"","slugline":"","headline":"Ferries resume","located":"Isles","body_html":"<h1>FERRIES RESUME</h1><p>PORT AMBRY, May 6 -- Ferries resumed.</p>"}`,
			"Ferries resume\n\nPORT AMBRY, May 6 -- Ferries resumed.\n", nil,
		},
		{
			"G2 with plain inline data",
			`<newsItem><contentMeta><headline>Ferries resume</headline><headline role="hld:subHeadline">At last</headline></contentMeta><contentSet><inlineData>One &amp; two.` + "\n" + `Three.</inlineData></contentSet></newsItem>`,
			"Ferries resume\n\nAt last\n\nOne & two.\n\nThree.\n", nil,
		},
		{
			"NITF inside G2, prefixes",
			`<n:newsItem xmlns:n="x"><n:itemMeta><n:title>Item</n:title><n:edNote>(ADDS quote)</n:edNote></n:itemMeta><n:contentSet><n:inlineXML><nitf><body><body.head><hedline><hl1>Ferries resume</hl1></hedline></body.head><body.content><block><p>One.</p></block></body.content></body></nitf></n:inlineXML></n:contentSet></n:newsItem>`,
			"(ADDS quote)\n\nFerries resume\n\nOne.\n", nil,
		},
		{"a picture", `{"uri":"urn:x","type":"picture","headline":"A boat","versioncreated":"2031-05-06","body_text":"Caption."}`, "", ErrNoText},
		{"a package", `<packageItem><itemMeta><title>Top news</title></itemMeta><groupSet><group/></groupSet></packageItem>`, "", ErrNoText},
		{"G2 picture", `<newsItem><contentMeta><headline>A boat</headline></contentMeta><contentSet><remoteContent href="x.jpg"/></contentSet></newsItem>`, "", ErrNoText},
		{"cut JSON", `{"uri":"urn:x","headline":"a","slugline":"b","versioncreated":"2031-05-06","located"`, "", ErrBroken},
		{"deep JSON", `{"uri":"urn:x","slugline":"","located":` + strings.Repeat("[", 200) + strings.Repeat("]", 200) + "}", "", ErrTooDeep},
		{"no wire", `{"text":"a"}`, "", ErrNotWire}, {"no wire either", "<html/>", "", ErrNotWire}, {"nothing", "", "", ErrNotWire},
	} {
		a, err := Read(c.src)
		if !errors.Is(err, c.err) {
			t.Errorf("%s: %v, want %v", c.name, err, c.err)
			continue
		}
		if err == nil {
			if d := cmp.Diff(c.want, a.Text()); d != "" {
				t.Errorf("%s: -want +got:\n%s", c.name, d)
			}
		}
	}
}

func TestSniffAndSplit(t *testing.T) {
	for src, want := range map[string]Format{
		newsML1: NewsML, "<!DOCTYPE nitf><nitf/>": NITF, "<x:newsMessage xmlns:x='y'/>": NewsMLG2, `[{"uri":"a","headlines":[],"bodies":[]}]`: Ninjs,
		`{"uri":"a","located":"b"}`: "", `{"text":"{\"uri\":\"a\",\"slugline\":1,\"located\":2}"}`: "", "<newsletter/>": "", "uri": "",
	} {
		if got := Sniff(src); got != want {
			t.Errorf("%.40s is %q, want %q", src, got, want)
		}
	}
	src := "<newsMessage><itemSet><newsItem guid='1'>a</newsItem> <packageItem>b</packageItem><newsItem guid='2'>c"
	parts, more := Split(src)
	if d := cmp.Diff([]Part{{"<newsItem guid='1'>a</newsItem>", 22}, {"<packageItem>b</packageItem>", 54}, {"<newsItem guid='2'>c", 82}}, parts); d != "" || more != 0 {
		t.Errorf("-want +got:\n%s", d)
	}
	if parts, _ := Split(`[{"uri":"a","slugline":1,"located":2},{"uri":`); len(parts) != 2 {
		t.Errorf("got %+v", parts)
	}
}

func TestDatelines(t *testing.T) {
	for line, want := range map[string]bool{
		"PORT AMBRY — Ferries": true, "PORT AMBRY, Isles (APress) -- Ferries": true, "AMBRY (APress) Ferries": true, "Port Ambry. Ferries": true,
		"Ferries resumed on Monday — at last": false, "A man — x": false, "Ferries (and mail) resumed": false, "": false, "— x": false,
	} {
		if got := hasDateline(line, "Port Ambry, Isles"); got != want {
			t.Errorf("%q: %v", line, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		newsML1, `[{"uri":"urn:x","slugline":"S","headline":"a","located":"b","body_html":"<p>c","bodies":[{"value":"d"}]},null]`, "<newsMessage><newsItem><contentSet><inlineXML><nitf><body.content>x</newsItem><newsItem>",
		"<nitf><body><body.content><note><body.content>y", `{"URI":1,"uri":"a","SLUGLINE":"","slugline":"b","ednote":"("}`, "<newsItem><contentSet><inlineXML>" + strings.Repeat("<inlineXML>body.content", 50),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		src = strings.ToValidUTF8(src, "?")
		parts, _ := Split(src)
		for _, p := range parts {
			if p.At < 0 || p.At > len(src) || !strings.HasPrefix(src[p.At:], p.Source) {
				t.Fatalf("%q does not stand at %d", p.Source, p.At)
			}
			a, err := Read(p.Source)
			if err != nil {
				continue
			}
			if text := a.Text(); strings.TrimSpace(text) == "" || !utf8.ValidString(text) || strings.ContainsAny(text, "\r\x00") && !strings.ContainsAny(src, "\r\x00") {
				t.Fatalf("bad text %q", text)
			}
			a.Given()
		}
	})
}

func BenchmarkReadNewsML(b *testing.B) {
	b.SetBytes(int64(len(newsML1)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(newsML1); err != nil {
			b.Fatal(err)
		}
	}
}
