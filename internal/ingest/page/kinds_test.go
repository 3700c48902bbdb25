package page

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tracewire/tracewire/internal/news"
)

const paras = "<p>" + para1 + "</p><p>" + para2 + "</p><p>" + para3 + "</p>"

func TestKindsOfPages(t *testing.T) {
	post := func(text string) string {
		return `<article class="post"><time datetime="2031-05-06T10:00:00Z">10:00</time><div class="text"><p>` + text + `</p></div></article>`
	}
	for _, c := range []struct {
		name, src     string
		with, without []string
	}{
		{
			"AMP", `<html amp><body><header class="header"><amp-img src=x></amp-img><a href=/>Ambry Post</a></header><article><h1>Ferries resume</h1>` + paras +
				`<amp-ad width=300><div class="ad">Buy boats at half the price this week only</div></amp-ad><amp-social-share type=x></amp-social-share></article></body></html>`,
			[]string{para1, para3},
			[]string{"Buy boats"},
		},
		{
			"print", `<html><body onload="print()"><table><tr><td><b>Ambry Post</b></td></tr><tr><td><h1>Ferries resume</h1>` + strings.ReplaceAll(paras, "p>", "font>") +
				`</td></tr></table></body></html>`,
			[]string{para1, para3},
			nil,
		},
		{
			"live", `<html><body><nav><a href=/>Home</a></nav><main><h1>Ferry strike: live</h1><div class="feed">` + post(para1) + post(para2) + post(para3) +
				post("Boats to the outer islands will leave again at noon, the harbour office wrote to all travellers.") + `</div></main></body></html>`,
			[]string{para1, para2, para3, "Boats to the outer islands"},
			[]string{"Home"},
		},
		{
			"lists and quotations stay", `<html><body><article><h1>Ferries resume</h1><p>` + para1 + `</p><ul><li>The first boat leaves at six in the morning.</li><li>Tickets of the strike days stay valid.</li></ul><blockquote><p>“We are sorry for what happened to so many people.”</p></blockquote><p>` + para3 + `</p></article></body></html>`,
			[]string{"The first boat", "Tickets of the strike", "We are sorry"},
			nil,
		},
	} {
		p, err := Read(c.src, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range c.with {
			if !strings.Contains(p.Text, s) {
				t.Errorf("%s: %q is not in %q", c.name, s, p.Text)
			}
		}
		for _, s := range c.without {
			if strings.Contains(p.Text, s) {
				t.Errorf("%s: %q is in %q", c.name, s, p.Text)
			}
		}
	}
}

func TestBlocksLeadBack(t *testing.T) {
	src := `<html><body><article><h1>Ferries &amp; boats resume</h1><figure><figcaption>A ferry leaves Port Ambry.</figcaption></figure><p>` + para1 + `</p><h2>No <i>answer</i></h2><p>` + para2 + `</p><p>` + para3 + `</p></article></body></html>`
	p, err := Read(src, "")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range p.Blocks {
		got = append(got, string(b.Label)+": "+src[b.OnPage.Start:b.OnPage.End])
	}
	want := []string{"headline: Ferries &amp; boats resume", "caption: A ferry leaves Port Ambry.", "text: " + para1, "subhead: No <i>answer", "text: " + para2, "text: " + para3}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

func TestBylines(t *testing.T) {
	for _, c := range []struct {
		name, src string
		people    []string
		agency    string
	}{
		{"a line at the headline", `<h1>Ferries resume</h1><p>By Ida Holm</p>` + paras, []string{"Ida Holm"}, ""},
		{"with a date", `<h1>Ferries resume</h1><p>Von Ida Holm am 6. Mai 2031</p>` + paras, []string{"Ida Holm"}, ""},
		{"two of them", `<h1>Ferries resume</h1><p>By Ida Holm and Jon Vik</p>` + paras, []string{"Ida Holm", "Jon Vik"}, ""},
		{"a class", `<h1>Ferries resume</h1><span class="author-name">Ida Holm</span>` + paras, []string{"Ida Holm"}, ""},
		{"rel", `<h1>Ferries resume</h1><a rel=author href=/x>Ida Holm</a>` + paras, []string{"Ida Holm"}, ""},
		{"itemprop in itemprop", `<h1>Ferries resume</h1><div itemprop=author><span itemprop=name>Ida Holm</span>, reporter</div>` + paras, []string{"Ida Holm"}, ""},
		{"an agency", `<meta name=author content="Reuters"><h1>Ferries resume</h1>` + paras, nil, "Reuters"},
		{"an agency and a person", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","author":[{"name":"Ida Holm"},{"name":"Agence France-Presse"}]}</script>` + paras, []string{"Ida Holm"}, "AFP"},
		{"named elsewhere", `<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"x","author":{"@id":"#p"}},{"@type":"Person","@id":"#p","name":"Ida Holm"}]}</script>` + paras, []string{"Ida Holm"}, ""},
		{"the outlet signs for somebody", `<meta property=og:site_name content="Ambry Post"><meta name=author content="Ambry Post"><h1>Ferries resume</h1><span class=byline>By Ida Holm</span>` + paras, []string{"Ida Holm"}, ""},
		{"an address is no name", `<meta property=article:author content="https://www.ambry.example/ida"><h1>Ferries resume</h1>` + paras, nil, ""},
		{"running text is no byline", `<h1>Ferries resume</h1><p>By noon all of the boats were out again</p>` + paras, nil, ""},
		{"who comments wrote nothing", `<h1>Ferries resume</h1>` + paras + `<div class=comments><span class=author>Ola Brandt</span></div>`, nil, ""},
	} {
		p, err := Read(c.src, "")
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(p.Given.Bylines, c.people) || p.Given.Agency != c.agency {
			t.Errorf("%s: got %q, %q", c.name, p.Given.Bylines, p.Given.Agency)
		}
	}
}

func TestPublished(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      news.GivenDate
	}{
		{"a label", `<h1>Ferries resume</h1><p>Published: May 6, 2031</p>` + paras, news.GivenDate{From: "page", Role: "published", Value: "2031-05-06"}},
		{"updated", `<h1>Ferries resume</h1><p>Last updated 6 May 2031</p>` + paras, news.GivenDate{From: "page", Role: "modified", Value: "2031-05-06"}},
		{"published goes before updated", `<h1>Ferries resume</h1><p>Last updated 7 May 2031</p><p>Posted on 6 May 2031</p>` + paras, news.GivenDate{From: "page", Role: "published", Value: "2031-05-06"}},
		{"a copyright is the last", `<footer>© 1 January 2030 Ambry Post</footer>` + paras + `<h1>Ferries resume</h1><p>6.5.2031</p>`, news.GivenDate{From: "page", Role: "published", Value: "2031-05-06"}},
		{"a stamp goes before a line elsewhere", `<meta property=article:published_time content="2031-05-06T10:00:00+02:00"><h1>Ferries resume</h1>` + paras + `<p>The last strike began on 1 March 2029.</p>`, news.GivenDate{From: "meta", Role: "published", Value: "2031-05-06T10:00:00+02:00"}},
		{"the day that readers see", `<meta property=article:published_time content="2031-05-07T02:00:00Z"><h1>Ferries resume</h1><p>May 6, 2031</p>` + paras, news.GivenDate{From: "page", Role: "published", Value: "2031-05-06"}},
		{"a day after the last change is of the text", `<meta property=article:published_time content="2031-05-06T10:00:00+02:00"><meta property=article:modified_time content="2031-05-06T11:00:00+02:00"><h1>Boats race on Sunday</h1><p>1 June 2031</p>` + paras, news.GivenDate{From: "meta", Role: "published", Value: "2031-05-06T10:00:00+02:00"}},
		{"comments tell nothing", `<h1>Ferries resume</h1><time datetime="2031-05-06">x</time>` + paras + `<div class=comments><time datetime="2031-05-01">x</time></div>`, news.GivenDate{From: "time", Role: "published", Value: "2031-05-06"}},
	} {
		p, err := Read("<html lang=en-US><body><main>"+c.src+"</main></body></html>", "")
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Given.Dates) == 0 || p.Given.Dates[0] != c.want {
			t.Errorf("%s: got %v", c.name, p.Given.Dates)
		}
	}
}

func TestDatesIn(t *testing.T) {
	for in, want := range map[string]string{
		"Posted on May 6th, 2031 at noon": "2031-05-06", "6. Mai 2031": "2031-05-06", "le 6 mai 2031": "2031-05-06", "6 de mayo de 2031": "2031-05-06",
		"6 мая 2031": "2031-05-06", "2031年5月6日": "2031-05-06", "06/05/2031": "2031-05-06", "25/12/31": "2031-12-25", "2031. május 6.": "2031-05-06",
		"26 | 01 | 2031": "2031-01-26", "1er mai 2031": "2031-05-01",
		"in May 2031": "", "31 February 2031": "", "call 06 5203 1111": "", "version 3.14.15": "", "6 May": "",
	} {
		got := ""
		for d := range datesIn(in, false) {
			got = d.value
			break
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestPaywalls(t *testing.T) {
	for name, c := range map[string]struct {
		src  string
		want bool
	}{
		"free":    {paras, false},
		"JSON-LD": {`<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","isAccessibleForFree":"False"}</script>` + paras, true},
		"tier":    {`<meta property="article:content_tier" content="locked">` + paras, true},
		"a wall":  {"<article>" + paras + `<div class="paywall"><p>Subscribe to read on</p></div></article>`, true},
		"a login": {`<div class="login">Log in</div><article>` + paras + "</article>", false},
	} {
		if p, _ := Read(c.src, ""); p.Given.Paywalled != c.want {
			t.Errorf("%s: got %v", name, p.Given.Paywalled)
		}
	}
}

func TestLanguage(t *testing.T) {
	if p, _ := Read("<article>"+paras+"</article>", ""); p.Given.Language != "en" {
		t.Errorf("got %q", p.Given.Language)
	}
}
