package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// speaker is somebody who is quoted, with all that the pages have of them.
type speaker struct {
	name   string
	pages  int // pages that quote them
	quotes []said
}

// said is one quote on one page.
type said struct {
	page *page
	q    news.Quote
}

// way is how the words came to the page, nearest to the speaker first.
func (s said) way() string {
	if len(s.q.Chain) < 2 {
		return ""
	}
	way := slices.Clone(s.q.Chain[:len(s.q.Chain)-1])
	slices.Reverse(way)
	return plain(strings.Join(way, " → "))
}

// speakersOf gathers the quotes of a thread by speaker, the one on most pages
// first.
func speakersOf(t *thread) []*speaker {
	var out []*speaker
	byName := map[string]*speaker{}
	for _, pg := range t.pages {
		here := map[string]bool{}
		for _, q := range pg.v.Quotes.Items {
			name := cmp.Or(plain(q.SourceID), "not named")
			s := byName[name]
			if s == nil {
				s = &speaker{name: name}
				byName[name] = s
				out = append(out, s)
			}
			s.quotes = append(s.quotes, said{pg, q})
			if !here[name] {
				here[name] = true
				s.pages++
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *speaker) int {
		return cmp.Or(cmp.Compare(b.pages, a.pages), cmp.Compare(len(b.quotes), len(a.quotes)))
	})
	return out
}

func (p *printer) speakers(t *thread) {
	all := speakersOf(t)
	show := p.most(len(all), 20)
	for _, s := range all[:show] {
		p.line(" " + p.paint(s.name, bold) + p.paint(fmt.Sprintf("  %s on %s", count(len(s.quotes), "quote"), count(s.pages, "page")), dim))
		for _, q := range s.quotes {
			words := plain(q.q.Content.Of(q.page.v.Text))
			if way := q.way(); way != "" {
				words += " (" + way + ")"
			}
			p.hang(fmt.Sprintf("   [%d] ", q.page.num), "       ", words, "", p.most(9, 2))
		}
	}
	p.more(len(all)-show, "")
}
