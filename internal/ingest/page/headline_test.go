package page

import (
	"slices"
	"testing"
)

const silo = `<p>The grain silo at Kelling that collapsed on Tuesday had been closed for repairs in March, the Labour Inspectorate said on Wednesday.</p>
<p>“We sealed the door ourselves,” said Mirja Toll, the fire chief. “Somebody broke the seal, and somebody knew that we had done it.”</p>`

func TestHeadline(t *testing.T) {
	const want = "Silo was closed for repairs"
	for _, c := range []struct{ name, head, body, want string }{
		{"h1 and title", `<title>Silo was closed for repairs - Kelling Herald</title>`, `<h1>Silo was closed for repairs</h1>`, want},
		{"the site's name in an h1 of its own", `<title>Silo was closed for repairs | Kelling Herald</title><meta property="og:site_name" content="Kelling Herald">`, `<h1>Kelling Herald</h1><h2>Silo was closed for repairs</h2>`, want},
		{"the site's name known from the host only", `<title>Silo was closed for repairs - Kelling Herald</title><link rel="canonical" href="https://www.kellingherald.example/silo">`, `<h2>Silo was closed for repairs</h2>`, want},
		{"the site's name first", `<title>Kelling Herald | Silo was closed for repairs</title><link rel="canonical" href="https://kelling-herald.example/silo">`, ``, want},
		{"a title of nothing but the site", `<title>Kelling Herald</title><meta property="og:site_name" content="Kelling Herald">`, `<h2>Silo was closed for repairs</h2>`, want},
		{"the blog's h1 is the end of the title", `<title>Silo was closed for repairs | A life among silos</title><meta property="og:title" content="Silo was closed for repairs">`, `<h1>A life among silos</h1><h2>Silo was closed for repairs</h2>`, want},
		{"a kicker inside the h1", `<title>Silo was closed for repairs</title>`, `<h1><span class="article-kicker">Kelling:</span> Silo was closed for repairs</h1>`, want},
		{"a title for search engines", `<title>Silo collapse Kelling: all the news</title><meta property="og:title" content="Silo collapse Kelling: all the news">`, `<h1>Silo was closed for repairs</h1>`, want},
		{"a rubric in the only h1", `<title>Silo was closed for repairs</title><meta property="og:title" content="Silo was closed for repairs">`, `<h1>News</h1>`, want},
		{"words that are no site stay", `<title>Silo closed - owners deny it</title><meta property="og:site_name" content="Kelling Herald">`, ``, "Silo closed - owners deny it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Read(`<!doctype html><html lang="en"><head>`+c.head+`</head><body><article>`+c.body+silo+`</article></body></html>`, "")
			if err != nil || p.Given.Headline != c.want {
				t.Errorf("got %q, want %q (%v)", p.Given.Headline, c.want, err)
			}
		})
	}
}

func TestBylinesOfPages(t *testing.T) {
	for _, c := range []struct {
		name, head, body string
		want             []string
	}{
		{"role before the name", `<meta name="author" content="Interview: Mirja Toll">`, "", []string{"Mirja Toll"}},
		{"link to all that the author wrote", `<meta name="author" content="Zeige alle Beiträge von Mirja Toll">`, "", []string{"Mirja Toll"}},
		{"the outlet first", `<meta property="og:site_name" content="Kelling Herald"><meta name="author" content="Kelling Herald - Mirja Toll">`, "", []string{"Mirja Toll"}},
		{"a handle behind", `<meta name="author" content="Mirja Toll @mtoll">`, "", []string{"Mirja Toll"}},
		{"a hidden address behind", `<meta name="author" content="Mirja Toll - [email protected] Published">`, "", []string{"Mirja Toll"}},
		{"weekday and date behind", `<meta name="author" content="Mirja Toll Fr, 6. Mai 2031">`, "", []string{"Mirja Toll"}},
		{"on a weekday", `<meta name="author" content="Mirja Toll am Samstag">`, "", []string{"Mirja Toll"}},
		{"labels of a card", `<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Mirja Toll"><meta name="twitter:label2" content="Est. reading time"><meta name="twitter:data2" content="3 minutes">`, "", []string{"Mirja Toll"}},
		{"a name of two with an ampersand is one outlet", `<meta property="og:site_name" content="Silo & Barn"><meta name="author" content="Silo & Barn">`, `<p class="byline">By Mirja Toll</p>`, []string{"Mirja Toll"}},
		{"a short surname is no weekday", `<meta name="author" content="Mirja So">`, "", []string{"Mirja So"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Read(`<!doctype html><html lang="en"><head><title>Silo was closed</title>`+c.head+`</head><body><article><h1>Silo was closed</h1>`+c.body+silo+`</article></body></html>`, "")
			if err != nil || !slices.Equal(p.Given.Bylines, c.want) {
				t.Errorf("got %q, want %q (%v)", p.Given.Bylines, c.want, err)
			}
		})
	}
}
