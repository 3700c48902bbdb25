package lineage

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/tracewire/tracewire/internal/news"
)

// Address is what a web address has in common with other spellings of it: no
// scheme, "www.", fragment, or parameter that only counts readers. "" for what
// is no article's address: a front page, a section of one word.
func Address(of string) string {
	u, err := url.Parse(strings.TrimSpace(of))
	if err != nil || u.Host == "" {
		return ""
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	query := u.Query()
	for name := range query {
		if low := strings.ToLower(name); strings.HasPrefix(low, "utm_") || slices.Contains(counting, low) {
			query.Del(name)
		}
	}
	if len(query) == 0 && !strings.ContainsAny(path, "0123456789-_.") && strings.Count(path, "/") < 3 {
		return ""
	}
	a := strings.TrimPrefix(strings.ToLower(u.Host), "www.") + path
	if len(query) > 0 {
		a += "?" + query.Encode() // sorted by name
	}
	return a
}

// counting are parameters by which sites count where readers come from.
var counting = []string{"fbclid", "gclid", "cmpid", "ocid", "smid", "smtyp", "mc_cid", "mc_eid", "ref", "src", "source", "xtor", "at_medium", "at_campaign"}

// sameAddress reports whether both are captures of one article.
func (p *pair) sameAddress() bool { return p.a.address != "" && p.a.address == p.b.address }

// sameParagraphs reports whether two bodies have the same paragraphs, letter by
// letter. Short lines are left out: they come and go with the page.
func sameParagraphs(a, b *node) bool {
	return slices.Equal(a.paragraphs(), b.paragraphs())
}

const paragraphWords = 6

func (n *node) paragraphs() []string {
	var out []string
	for _, s := range n.body.spans {
		for line := range strings.Lines(s.Of(n.v.Text)) {
			words := strings.FieldsFunc(strings.ToLower(line), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
			if len(words) >= paragraphWords {
				out = append(out, strings.Join(words, " "))
			}
		}
	}
	return out
}

// changed compares two captures of one article: above 0 when a is the earlier,
// by what the page says of its last change, or by the capture.
func (p *pair) changed() float64 {
	if !p.sameAddress() {
		return 0
	}
	a, b := lastChange(p.a.v), lastChange(p.b.v)
	if a.IsZero() || b.IsZero() || a.Equal(b) {
		a, b = p.a.v.Given.Fetched, p.b.v.Given.Fetched
	}
	if a.IsZero() || b.IsZero() {
		return 0
	}
	return float64(b.Compare(a))
}

// lastChange is when the mark-up says that the page was changed last.
func lastChange(v *news.Version) (last time.Time) {
	for _, d := range v.Given.Dates {
		if d.Role != "modified" {
			continue
		}
		if t, err := time.Parse(time.RFC3339, d.Value); err == nil && t.After(last) {
			last = t
		}
	}
	return last
}
