package header

import (
	"strings"
	"sync"

	"github.com/tracewire/tracewire/internal/news"
)

var outletNames = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, n := range outlets() {
		m[strings.ToLower(n)] = true
	}
	return m
})

// hostOf takes the host from a URL, without "www." and a port.
func hostOf(url string) string {
	if _, rest, ok := strings.Cut(url, "://"); ok {
		url = rest
	}
	host := url
	if i := strings.IndexAny(host, "/?#"); i >= 0 {
		host = host[:i]
	}
	if i := strings.LastIndexByte(host, '@'); i >= 0 {
		host = host[i+1:]
	}
	if i := strings.IndexByte(host, ':'); i >= 0 {
		host = host[:i]
	}
	host = strings.ToLower(host)
	if !strings.Contains(host, ".") {
		return ""
	}
	return strings.TrimPrefix(host, "www.")
}

// findOutlet tells who publishes the page: what the sender says; a known host;
// the site's name in the page's furniture; the host. "" if nothing tells: then
// the page is taken for the agency's own.
func (p *page) findOutlet() news.Sourced {
	if p.given.Outlet != "" {
		if name, ok := outletOfHost(hostOf(p.given.Outlet)); ok && !strings.Contains(p.given.Outlet, " ") {
			return news.Sourced{Value: name, From: "given", Why: news.Why{Rule: "outlet as given, a known host", Confidence: 0.95}}
		}
		return news.Sourced{Value: p.given.Outlet, From: "given", Why: news.Why{Rule: "outlet as given", Confidence: 0.95}}
	}
	host := hostOf(p.given.URL)
	if name, ok := outletOfHost(host); ok {
		return news.Sourced{Value: name, From: "url", Why: news.Why{Rule: "known host " + host, Confidence: 0.95}}
	}
	if !p.site.Empty() {
		name := p.site.Of(p.src)
		if a, ok := agencyNamed(name); ok {
			name = a.name
		}
		return news.Sourced{Value: name, From: "text", Span: p.site, Why: news.Why{Rule: "site's name: " + p.siteRule, Confidence: 0.85}}
	}
	if host != "" {
		return news.Sourced{Value: host, From: "url", Why: news.Why{Rule: "host", Confidence: 0.7}}
	}
	for i := range p.lines {
		l := &p.lines[i]
		if i > p.start {
			break
		}
		if (l.label == news.Navigation || l.label == news.Headline && i != p.headline) && len(l.s) < 40 && outletNames()[strings.ToLower(l.s)] {
			return news.Sourced{Value: l.s, From: "text", Span: l.at, Why: news.Why{Rule: "outlet's name in the head", Confidence: 0.7}}
		}
	}
	for i := range p.lines {
		l := &p.lines[i]
		if l.label != news.BylineLine || i > p.start || len(l.s) > 60 {
			continue
		}
		a, ok := agencyNamed(l.s)
		switch {
		case ok && a.publisher:
			return news.Sourced{Value: a.name, From: "text", Span: l.at, Why: news.Why{Rule: "outlet in the by-line", Confidence: 0.7}}
		case !ok && outletNames()[strings.ToLower(l.s)]:
			return news.Sourced{Value: l.s, From: "text", Span: l.at, Why: news.Why{Rule: "outlet in the by-line", Confidence: 0.7}}
		}
	}
	if holder := p.holder.Of(p.src); holder != "" && !p.isOwnAgency(holder) {
		return news.Sourced{Value: holder, From: "text", Span: p.holder, Why: news.Why{Rule: "holder of the rights", Confidence: 0.6}}
	}
	return news.Sourced{}
}

// isOwnAgency reports whether name is the long name of the agency in the
// dateline, or of the text's own: "Norland Press Agency" over "(NPA)".
func (p *page) isOwnAgency(name string) bool {
	for i := range p.lines {
		l := &p.lines[i]
		if l.label == news.Body && l.dateline != nil {
			a := l.dateline.agency.name
			return a != "" && (sameName(a, name) || fitsInitials(a, name))
		}
	}
	return false
}
