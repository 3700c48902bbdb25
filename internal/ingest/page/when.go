package page

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"time"

	"golang.org/x/net/html/atom"

	"github.com/tracewire/tracewire/internal/news"
)

// candidate is a date with what speaks for it. Order decides, then place.
type candidate struct {
	news.GivenDate
	rank  int
	place int // blocks from the headline
}

// The ranks of candidates: what states the day of publication for machines,
// then what readers see at the headline, then what is written anywhere. A
// copyright year is no date, and a date beside it is the last to be believed.
const (
	rankArticle  = iota // json-ld of an article, article:published_time, itemprop=datePublished
	rankMeta            // other meta names
	rankURL             // in the address
	rankPage            // json-ld of a page
	rankTime            // <time> at the headline
	rankLabelled        // "Published …" at the headline
	rankNear            // a date alone at the headline
	rankNamed           // in an element named date, anywhere but in comments and lists
	rankAnyTime         // any other <time>
	rankScript          // "datePublished" in other scripts
	rankModified        // the last change, if nothing else is known
	rankText            // anywhere in the article
	rankLast            // at the foot, beside a copyright mark
)

// dates are all candidates, the best first.
func (s *scene) dates(f *facts, address string) []news.GivenDate {
	var all []candidate
	add := func(rank, place int, from, role, value string) {
		if value == "" {
			return
		}
		if role == "modified" {
			rank = max(rank, rankModified)
		}
		all = append(all, candidate{news.GivenDate{From: from, Role: role, Value: value}, rank, place})
	}
	add(rankArticle, 0, "json-ld", "published", isoDate(f.article.Published))
	add(rankArticle, 0, "json-ld", "modified", isoDate(f.article.Modified))
	add(rankPage, 0, "json-ld", "published", isoDate(f.pagePublished))
	add(rankPage, 0, "json-ld", "modified", isoDate(f.pageModified))
	for i, m := range metaDates {
		rank := rankMeta
		if i < 3 {
			rank = rankArticle
		}
		add(rank, 0, "meta", m.role, isoDate(f.meta[m.name]))
	}
	add(rankURL, 0, "url", "published", urlDate(address))
	for _, t := range f.times {
		rank, place := s.rankTime(t)
		add(rank, place, "time", t.role, t.value)
	}
	for _, v := range f.scripts {
		add(rankScript, 0, "script", "published", v)
	}
	s.textDates(f, add)
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.place, b.place)) })
	preferLocalDay(all)
	preferShownDay(all)
	var out []news.GivenDate
	for _, c := range all {
		// What is written anywhere counts only where nothing better is.
		if c.rank >= rankText && len(out) > 0 && all[0].rank < rankText {
			break
		}
		same := func(d news.GivenDate) bool { return d == c.GivenDate }
		if len(out) < 16 && !slices.ContainsFunc(out, same) {
			out = append(out, c.GivenDate)
		}
	}
	return out
}

// timeNode is a date in an attribute, or in the text of a <time>.
type timeNode struct {
	node        int
	role, value string
	stated      bool // itemprop or pubdate
}

func (s *scene) rankTime(t timeNode) (rank, place int) {
	i := sort.Search(len(s.blocks), func(k int) bool { return int(s.blocks[k].node) >= t.node })
	i = min(i, len(s.blocks)-1)
	switch {
	case i < 0:
		return rankAnyTime, 0
	case s.aside(i):
		return rankText, 0
	case t.stated:
		return rankArticle, s.distance(i)
	case s.nearHeadline(i):
		return rankTime, s.distance(i)
	}
	return rankAnyTime, s.distance(i)
}

// distance from the headline; what stands above it is farther.
func (s *scene) distance(i int) int {
	d := i - s.headlineBlock()
	if d < 0 {
		return 2 - 2*d
	}
	return d
}

// aside: in comments, lists of other articles, the foot.
func (s *scene) aside(i int) bool { return s.spans[s.blocks[i].in].hints&asideBits() != 0 }

// headlineBlock is where the headline stands, else where the article begins.
func (s *scene) headlineBlock() int {
	if s.head != 0 {
		return s.head - 1
	}
	at := -1
	for i := range s.blocks {
		if s.spans[s.blocks[i].in].tag == atom.H1 && (at < 0 || letters(s.string(i)) == s.title) {
			at = i
			if letters(s.string(i)) == s.title {
				break
			}
		}
	}
	if at < 0 {
		for i := range s.blocks {
			if own := letters(s.string(i)); own != "" && own == s.title {
				at = i
				break
			}
		}
	}
	if at < 0 {
		at = min(s.first, len(s.blocks))
	}
	s.head = at + 1
	return at
}

func (s *scene) nearHeadline(i int) bool {
	h := s.headlineBlock()
	return h-6 <= i && i <= max(h+10, min(s.first, h+16)+1)
}

// textDates looks for dates that readers see.
func (s *scene) textDates(f *facts, add func(rank, place int, from, role, value string)) {
	monthFirst := strings.HasPrefix(f.lang, "en") && !strings.HasSuffix(strings.ToLower(f.lang), "gb")
	dated := s.layout.kinds.meta
	for i := range s.blocks {
		b := &s.blocks[i]
		near := s.nearHeadline(i)
		if b.digits == 0 || b.digits < 3 || b.words > 40 && !near || b.words > 200 {
			continue
		}
		line := s.string(i)
		for d := range datesIn(line, monthFirst) {
			label := labelOf(line, d)
			role := "published"
			if label == wordModified {
				role = "modified"
			}
			named := s.spans[b.in].own&dated != 0
			rank := rankText
			switch {
			case label == wordNever:
				rank = rankLast
			case s.aside(i):
				rank = rankLast
			case near && label == wordPublished:
				rank = rankLabelled
			case near && (b.words <= 12 || named):
				rank = rankNear
			case label == wordPublished && b.words <= 20:
				rank = rankNamed
			case named && b.words <= 12:
				rank = rankNamed
			}
			add(rank, s.distance(i), "page", role, d.value)
		}
	}
}

// labelOf reads the words before a date, and those behind it.
func labelOf(line string, d foundDate) dateKind {
	table := dateWords()
	before := strings.ToLower(line[max(0, d.start-60):d.start])
	if strings.ContainsRune(before, '©') || strings.Contains(before, "(c)") {
		return wordNever
	}
	words := strings.FieldsFunc(before, func(r rune) bool { return r != '-' && r != '\'' && !isWordRune(r) })
	for k := len(words) - 1; k >= 0 && k >= len(words)-4; k-- {
		if kind := table[words[k]]; kind >= wordPublished {
			// "Last updated", "zuletzt veröffentlicht"
			if kind == wordPublished && k > 0 && table[words[k-1]] == wordModified {
				return wordModified
			}
			return kind
		}
	}
	return 0
}

func isWordRune(r rune) bool {
	return r >= 0x80 || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}

// preferLocalDay: a stamp in UTC may name the day after (or before) the one on
// which readers saw the text. When the best candidate is one, and the address
// or the line at the headline names a day beside it, that day goes first.
func preferLocalDay(all []candidate) {
	if len(all) == 0 || !strings.HasSuffix(all[0].Value, "Z") || all[0].rank > rankMeta {
		return
	}
	best, err := time.Parse(time.RFC3339, all[0].Value)
	if err != nil {
		return
	}
	for i, c := range all {
		if c.Role != "published" || len(c.Value) < 10 || strings.HasSuffix(c.Value, "Z") || c.rank > rankNear {
			continue
		}
		day, err := time.Parse("2006-01-02", c.Value[:10])
		if err != nil {
			continue
		}
		// Noon to noon: any zone of the world.
		if d := best.Sub(day.Add(12 * time.Hour)); d > -26*time.Hour && d < 26*time.Hour && c.Value[:10] != all[0].Value[:10] {
			copy(all[1:i+1], all[:i])
			all[0] = c
			return
		}
		if c.Value[:10] == all[0].Value[:10] {
			return
		}
	}
}

// preferShownDay: where the page shows readers one day only at its headline, it
// is the day under which the text came out; a stamp that says otherwise is that
// of another edition, of a draft, or of the system that moved the text.
func preferShownDay(all []candidate) {
	if len(all) == 0 || all[0].rank > rankPage {
		return
	}
	at := -1
	for i, c := range all {
		if c.Role != "published" || c.rank < rankTime || c.rank > rankNear || len(c.Value) < 10 {
			continue
		}
		if at >= 0 && c.Value[:10] != all[at].Value[:10] {
			return
		}
		if at < 0 {
			at = i
		}
	}
	if at < 0 || all[at].Value[:10] == all[0].Value[:10] {
		return
	}
	// Not a day or two before the stamp, and not behind the last change: that
	// is a day that the text speaks of.
	c := all[at]
	if c.Value[:10] < shifted(all[0].Value, -2) {
		return
	}
	for _, m := range all {
		if m.Role == "modified" && (m.From == "json-ld" || m.From == "meta") && c.Value[:10] > shifted(m.Value, 1) {
			return
		}
	}
	copy(all[1:at+1], all[:at])
	all[0] = c
}

// shifted is the day some days before or after that of a date.
func shifted(value string, days int) string {
	t, err := time.Parse("2006-01-02", value[:min(10, len(value))])
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, days).Format("2006-01-02")
}
