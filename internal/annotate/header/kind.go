package header

import (
	"strings"

	"github.com/tracewire/tracewire/internal/news"
)

// kind tells what sort of page it is, by the first rule that holds.
func (p *page) kind() news.Kind {
	body, paragraphs, clocks := 0, 0, 0
	for i := range p.lines {
		l := &p.lines[i]
		switch {
		case l.label == news.Body:
			if l.form == prose {
				paragraphs++
			}
			body += len(l.s)
		case l.label == news.Timestamp && i > p.start && len(l.dates) == 0 && len(l.s) < 14 && !strings.Contains(l.low, "ago"):
			clocks++
		}
	}
	f := furniture()
	head := ""
	if p.headline >= 0 {
		head = strings.ToLower(p.title.Of(p.src))
	}
	lede := ""
	if p.start < len(p.lines) {
		lede = p.lines[p.start].low
		if d := p.lines[p.start].dateline; d != nil && d.span.End <= len(lede) {
			lede = strings.TrimSpace(lede[d.span.End:])
		}
	}
	url := strings.ToLower(p.given.URL)
	captions := 0
	for i := range p.lines {
		if p.lines[i].label == news.Caption {
			captions++
		}
	}
	cut, links := 0, 0
	for i := range p.lines {
		l := &p.lines[i]
		if l.label == news.Body && ending(l.s) == '…' {
			cut++
		}
		if l.label == news.Navigation || l.label == news.Timestamp {
			links++
		}
	}
	switch {
	case paragraphs == 0 && body < 160 && p.start == len(p.lines):
		return news.NonArticle // no body
	case cut >= 4 && cut*3 > paragraphs && links > cut:
		return news.NonArticle // teasers of other pages
	case captions >= 4 && captions > 3*paragraphs && body < 900:
		return news.NonArticle // pictures only
	case f.live.match(head, head) || f.live.match(lede[:min(len(lede), 190)], "") || clocks >= 3:
		return news.LiveBlog // live log
	case f.roundup.match(head, head) && !listOnOneMatter(head):
		return news.Roundup // round-up
	case p.liveAround():
		return news.LiveBlog // live page
	case body < 500 && paragraphs <= 2 && (f.video.match(head, head) || p.videoAround()):
		return news.VideoStub // a few words to a video
	case strings.Contains(url, "/opinion") || strings.Contains(url, "/op-ed") || strings.Contains(url, "/commentary/") || strings.Contains(url, "/editorials/"):
		return news.Opinion // address of the opinion pages
	}
	for i := range p.lines {
		l := &p.lines[i]
		if l.label == news.Related || l.label == news.Body && i > p.start {
			continue
		}
		inHead := i < p.start
		if inHead && (f.opinion.exact[l.bare] || f.opinion.begins(l.low)) || !inHead && len(l.s) < 500 && f.opinion.match(l.low, "") && l.label != news.Body {
			return news.Opinion // marked as opinion
		}
	}
	if p.argues() {
		return news.Opinion // the voice of a column
	}
	return news.Article // report
}

// listOnOneMatter knows the report in the form of a list: "Five things to know
// about the verdict", "Who owns the bridge? Five things to know". "Five things to
// know for Tuesday" goes round the news.
func listOnOneMatter(head string) bool {
	before, after, ok := strings.Cut(head, " things to ")
	if !ok {
		return false
	}
	if strings.Contains(before, "?") {
		return true
	}
	for _, w := range [...]string{" about ", " at ", " from ", " in the "} {
		if _, matter, ok := strings.Cut(after, w); ok && !strings.HasPrefix(matter, "the news") && !strings.Contains(matter, "today") {
			return true
		}
	}
	return false
}

// liveAround reports whether a line of the head says that the page is live.
func (p *page) liveAround() bool {
	for i := 0; i < p.start; i++ {
		l := &p.lines[i]
		if l.label != news.Body && l.label != news.Related && len(l.low) < 60 && furniture().live.begins(l.low) && !furniture().video.begins(l.low) {
			return true
		}
	}
	return false
}

// videoAround reports whether the page's furniture is that of a video.
func (p *page) videoAround() bool {
	for i := range p.lines {
		l := &p.lines[i]
		switch l.bare {
		case "nbc news", "cbs news", "abc news", "fox news", "cnn", "euronews", "sky news", "bbc news", "yahoo news video", "nbc news videos", "cbs news videos", "abc news videos", "fox news videos", "reuters videos", "associated press videos", "good morning america", "now playing", "trending videos", "replay video", "up next", "just watched", "autoplay", "video":
			return true
		}
	}
	return false
}
