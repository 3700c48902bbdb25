package header

import (
	"strings"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// settleAlone labels the lines that show what they are by themselves, wherever
// they stand. All others are left to their neighbours.
func (l *line) settleAlone() {
	f := furniture()
	switch {
	case isCode(l.s):
		l.settle(news.Navigation, "code", 0.95)
	case isEndMark(l.s, l.low):
		l.settle(news.EndMark, "end mark", 0.98)
	case isUpdateNote(l.s, l.low):
		l.settle(news.UpdateNote, "update note", 0.95)
	case len(l.s) < 24 && counterAt(l.s) == len(l.s):
		l.settle(news.GalleryCounter, "gallery counter", 0.95)
	case isTweetSignature(l.s):
		l.settle(news.Body, "tweet signature", 0.7)
	case isTrailer(l.low):
		l.settle(news.BylineLine, "agency trailer", 0.95)
	case l.hints&ofContribution != 0 && isContribution(l.low, len(l.s)):
		l.settle(news.BylineLine, "contributor line", 0.95)
	case strings.HasPrefix(l.s, "((") && strings.Contains(l.s, "@") && len(l.s) < 300:
		l.settle(news.BylineLine, "mail address", 0.9)
	case strings.HasPrefix(l.s, "($1 = "):
		l.settle(news.Body, "exchange rate", 0.6)
	case isMail(l.s):
		l.settle(news.BylineLine, "mail address", 0.95)
	case f.related.exact[l.bare] || len(l.s) < 60 && l.form != prose && f.related.begins(l.low) && strings.HasSuffix(l.low, ":"):
		l.settle(news.Related, "related heading", 0.9)
		l.heading = true
	case l.form != prose && f.related.begins(l.low):
		l.settle(news.Related, "related link", 0.85)
		l.heading = len(l.s) < 28
	case f.rights.match(l.low, l.bare) && l.photo.points < 3 && l.dateline == nil && (len(l.s) < 500) && isNotice(l.low):
		l.settle(news.Rights, "rights notice", 0.95)
	case l.dateline != nil:
		l.settle(news.Body, l.dateline.rule, 0.95)
		if l.photo.points >= 3 && l.photo.credit && !l.photo.soft {
			l.settleCaption("caption with a place", 0.85)
			l.dateline = nil
		}
	case l.settleStamp():
	case l.form != prose && isNavBar(l.s, l.low):
		l.settle(news.Navigation, "navigation bar", 0.9)
	case isByLine(l.s, l.low):
		l.settle(news.BylineLine, "by-line", 0.95)
	case f.navigation.exact[l.bare]:
		l.settle(news.Navigation, "menu word", 0.9)
	case l.form != prose && isCreditLine(l.s, l.low):
		l.settle(news.Credit, "credit line", 0.9)
	case len(l.s) < 400 && f.promo.begins(l.low), l.form != prose && f.promo.match(l.low, l.bare):
		l.settle(news.Promo, "promo phrase", 0.85)
	case len(l.s) < short && f.navigation.begins(l.low), l.form != prose && f.navigation.match(l.low, l.bare):
		l.settle(news.Navigation, "menu phrase", 0.85)
	case l.photo.points >= 3:
		l.settleCaption("caption by its own words", 0.9)
	case isCrumb(l.s):
		l.settle(news.Navigation, "breadcrumb", 0.85)
	case isCount(l.low):
		l.settle(news.Navigation, "counter of clicks", 0.85)
	}
}

// isCode knows left-over script and style.
func isCode(s string) bool {
	if !strings.HasPrefix(s, "var ") && strings.IndexByte(s, '(') < 0 && strings.IndexByte(s, '_') < 0 && strings.IndexByte(s, '}') < 0 &&
		strings.IndexByte(s, '<') < 0 && strings.IndexByte(s, '{') < 0 {
		return false // all below have one of these, prose seldom has
	}
	return strings.Contains(s, "});") || strings.Contains(s, "window._") || strings.Contains(s, "function(") || strings.Contains(s, "document.") && strings.Contains(s, "(") && strings.Contains(s, ";") ||
		strings.Contains(s, "<script") || strings.Contains(s, "{\"@context\"") || strings.HasPrefix(s, "var ") && strings.Contains(s, "=")
}

// isEndMark knows "___", "(END)", "-0-", "###", "-30-", "ENDS", "* * *".
func isEndMark(s, low string) bool {
	if len(s) > 20 {
		return false
	}
	switch strings.Trim(low, " ()[]<>/-*.") {
	case "end", "ends", "more", "30", "0", "endit", "end item", "end/", "ends/":
		return strings.ContainsAny(s, "()[]-<>/*") || s == "END" || s == "ENDS" || s == "Ends"
	}
	if len(s) < 2 {
		return s == "_" || s == "■" || s == "—"
	}
	for i := range len(s) {
		if strings.IndexByte("_-*#=~+ \xe2\x80\x94\x93\xc2\xb7", s[i]) < 0 {
			return false
		}
	}
	return strings.ContainsAny(s, "_*#-=~—–")
}

func isTweetSignature(s string) bool {
	return (strings.HasPrefix(s, "— ") || strings.HasPrefix(s, "– ") || strings.HasPrefix(s, "-- ") || strings.HasPrefix(s, "- ")) && strings.Contains(s, "(@") && len(s) < 120
}

// noteWords open an agency's note on a new version, brackets left out.
var noteWords = [...]string{
	"attn:", "attention -", "eds:", "editors:", "editor's note: ", "updates ", "updates:", "updates;", "update:", "adds ", "adds:", "adds;", "adds,", "recasts", "recast ", "corrects", "corrects:",
	"correcting ", "refiles", "refiling", "repeats", "rewrites", "releads", "leads with", "lead:", "subs ", "edits ", "clarifies", "clarification:", "with photo",
	"updating with", "writes through", "writethru", "changes ", "removes ", "trims", "inserts", "restores",
}

// isUpdateNote knows "(ATTN: UPDATES …)", "(Adds details, quotes)", "Eds: …",
// "ATTENTION - ADDS …///", "(LEAD)", "(2nd LD)", and notes of correction.
func isUpdateNote(s, low string) bool {
	if len(s) > 400 {
		return false
	}
	bracket := s[0] == '(' || s[0] == '['
	capitals := isUpper(s[0]) && len(s) > 3 && isUpper(s[3])
	if !bracket && !capitals && !strings.HasSuffix(s, "///") && !strings.HasPrefix(low, "att") && !strings.HasPrefix(low, "eds:") {
		return isCorrection(low)
	}
	inside := strings.Trim(low, "()[] ")
	for _, w := range noteWords {
		if !strings.HasPrefix(inside, w) {
			continue
		}
		switch {
		case bracket && strings.IndexAny(s, ")]") == len(s)-1:
			return true
		case strings.HasPrefix(w, "attn") || strings.HasPrefix(w, "attention -") || strings.HasPrefix(w, "eds:"):
			return true
		case strings.HasSuffix(s, "///") || strings.HasSuffix(s, "///)"):
			return true
		case !bracket && capitals && strings.Contains(low, "para"):
			return true
		}
	}
	if bracket && len(s) <= 24 && (strings.Contains(low, "lead)") || strings.Contains(low, " ld)") || low == "(ld)" || low == "(urgent)" || low == "(yonhap feature)") {
		return true
	}
	return isCorrection(low)
}

// isCorrection knows the sentences that tell of a corrected or changed story.
func isCorrection(low string) bool {
	if low == "" || low[0] != 't' && low[0] != '(' && low[0] != 'c' {
		return false
	}
	return strings.HasPrefix(low, "this story has been corrected") || strings.HasPrefix(low, "this story has been updated") ||
		strings.HasPrefix(low, "(this version of the") || strings.HasPrefix(low, "(this story corrects") || strings.HasPrefix(low, "this story was first published") ||
		strings.HasPrefix(low, "(this story has been") || strings.HasPrefix(low, "this version corrects") || strings.HasPrefix(low, "this article has been updated") || strings.HasPrefix(low, "this article has been corrected") ||
		strings.HasPrefix(low, "correction:") || strings.HasPrefix(low, "correction: ")
}

// isNotice keeps a rights phrase in a sentence of the body from making a
// notice of it: a notice is short, or says "copyright" or "rights reserved".
func isNotice(low string) bool {
	return len(low) < short || strings.Contains(low, "rights reserved") || strings.Contains(low, "copyright") || strings.Contains(low, "©")
}

// isTrailer knows "(Reporting by …; Editing by …)" and its kin.
func isTrailer(low string) bool {
	t := strings.TrimLeft(low, "( [*-")
	for _, w := range [...]string{
		"with assistance from ", "to contact the reporter", "to contact the editor", "to contact the author", "reporting by ", "additional reporting", "writing by ", "editing by ", "compiled by ", "reported by ", "produced by ", "written by ",
		"with reporting by ", "with additional reporting", "graphic by ", "translated by ", "edited by ", "reporting and writing by ", "reporting and editing by ",
	} {
		if strings.HasPrefix(t, w) {
			return len(low) < 600
		}
	}
	return false
}

// isContribution knows lines that name who else worked on a report: "AP writer
// X contributed to this report.", "X reported from Y."
func isContribution(low string, n int) bool {
	if n > 420 || n < 12 {
		return false
	}
	if strings.Contains(low, "contributed to this ") || strings.Contains(low, "contributed reporting") || strings.Contains(low, "contributed from ") ||
		strings.Contains(low, "contributed to the report") || strings.Contains(low, "contributed.") && (strings.Contains(low, "writer") || strings.Contains(low, "reporter")) {
		return true
	}
	if n < 160 && (strings.Contains(low, " is an associated press ") || strings.Contains(low, " is an ap ") || strings.Contains(low, " are associated press ")) {
		return true
	}
	if n < 220 && strings.Contains(low, " reported from ") && !strings.ContainsAny(low, `"`) && strings.Index(low, " reported from ") < 60 {
		return true
	}
	return n < 160 && strings.HasPrefix(low, "contact ") && strings.Contains(low, "@")
}

// contributionWords are parts of all that isContribution looks for.
var contributionWords = [...]string{"contribut", " reported from ", " associated press ", " an ap ", "contact "}

// isMail knows a line that is nothing but mail addresses.
func isMail(s string) bool {
	n := 0
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool {
		return r == ' ' || r == ',' || r == ';' || r == '|' || r == '/' || r == '(' || r == ')'
	}) {
		at := strings.IndexByte(w, '@')
		if at < 1 || strings.IndexByte(w[at:], '.') < 0 {
			if strings.EqualFold(strings.Trim(w, ":"), "email") || strings.EqualFold(strings.Trim(w, ":"), "e-mail") {
				continue
			}
			return false
		}
		n++
	}
	return n > 0
}

// isByLine knows "By X and Y", "By The Associated Press", "Authored by X,".
func isByLine(s, low string) bool {
	if len(low) > 160 {
		return false
	}
	// "The Associated Press — By JILL SMITH"
	for _, w := range [...]string{" - by ", " | by ", "- by "} {
		if before, _, ok := strings.Cut(low, w); ok && len(before) < 40 && strings.Count(before, " ") < 5 && !strings.HasSuffix(low, ".") {
			return true
		}
	}
	rest, ok := afterBy(low)
	if !ok {
		return false
	}
	name := strings.TrimSpace(s[len(s)-min(len(s), len(rest)):])
	if len(low) != len(s) || name == "" {
		// Folding changed the length; take the words from the line itself.
		_, name, _ = strings.Cut(s, " ")
		name = strings.TrimSpace(name)
	}
	if name == "" || !upperFirst(name) {
		return false
	}
	end := ending(s)
	if (end == '.' || end == '?' || end == '!') && strings.Count(s, " ") > 9 {
		return false
	}
	first := name
	if i := strings.IndexAny(name, ",|;•"); i > 0 {
		first = name[:i]
	}
	if i := strings.Index(first, " and "); i > 0 {
		first = first[:i]
	}
	if i := strings.Index(first, " - "); i > 0 {
		first = first[:i]
	}
	if _, known := agencyAmong(name); known {
		return true
	}
	first = strings.TrimSpace(first)
	return nameLike(first) || strings.Count(first, " ") < 6 && allCapitalised(first) && strings.Count(low, " ") < 14
}

// afterBy returns what follows "By " and its kin.
func afterBy(low string) (string, bool) {
	for _, w := range [...]string{"by ", "by: ", "// by ", "authored by ", "written by ", "posted by ", "story by ", "from ", "by\u00a0", "analysis by ", "reported by ", "updated by ", "published by ", "review by ", "column by "} {
		if strings.HasPrefix(low, w) {
			if w == "from " {
				if _, ok := agencyNamed(low[len(w):]); !ok {
					return "", false
				}
			}
			return strings.TrimLeft(low[len(w):], " "), true
		}
	}
	return "", false
}

// isCreditLine knows a line that is a picture's credit: "AP Photo/X", "Jo Li /
// Reuters", "Photograph by X", "(Photo: X, AP)", "X via Getty Images".
func isCreditLine(s, low string) bool {
	if len(s) > 130 {
		return false
	}
	switch low {
	case "license photo", "pool photo", "file photo", "photo", "ap photo", "handout", "getty images", "courtesy photo", "contributed photo", "submitted photo", "enlarge / ", "via getty images":
		return low != "photo"
	}
	for _, w := range [...]string{"photo by", "pool photo by", "photos by", "photo:", "photos:", "photo credit", "photograph by", "photograph:", "photographs by", "photo courtesy", "image courtesy", "image copyright", "image source", "image credit", "image by", "image:", "picture:", "pictures:", "picture by", "credit:", "media:", "video:", "illustration by", "illustration:", "getty images", "ap photo", "afp photo", "reuters/", "courtesy of", "source: getty", "graphic:", "graphic by", "video by"} {
		if strings.HasPrefix(strings.TrimLeft(low, "([|"), w) {
			return true
		}
	}
	t := strings.Trim(s, " ()[]|.")
	if _, ok := agencyNamed(t); ok {
		return s[0] == '(' || s[0] == '['
	}
	lowT := strings.ToLower(t)
	if strings.Contains(lowT, "getty images") || strings.Contains(lowT, "via ap") || strings.Contains(lowT, "ap photo") || strings.Contains(lowT, "afp/getty") || strings.Contains(lowT, "epa-efe") || strings.Contains(lowT, "/shutterstock") {
		return allCapitalised(t) || strings.Count(t, " ") < 8
	}
	if strings.Contains(t, "/") || strings.Contains(t, "|") {
		return isCredit(t) && allCapitalised(t)
	}
	return false
}

// isCrumb knows breadcrumbs: "Home > World > Asia", "News » Politics".
func isCrumb(s string) bool {
	return len(s) < titleBytes && (strings.Count(s, " > ") >= 1 || strings.Count(s, " » ") >= 1 || strings.Count(s, " › ") >= 1)
}

// isCount knows counts of clicks: "6215 comments", "veryGood! (6215)", "0",
// "22 SHARES".
func isCount(low string) bool {
	if len(low) > 40 {
		return false
	}
	digits, letters, words := 0, 0, strings.Count(low, " ")+1
	for i := range len(low) {
		switch {
		case isDigit(low[i]):
			digits++
		case isLetter(low[i]):
			letters++
		case low[i] >= 0x80:
			letters++
		}
	}
	if digits == 0 {
		return false
	}
	if letters == 0 {
		return true
	}
	if low[len(low)-1] == ')' && words <= 3 {
		open := strings.LastIndexByte(low, '(')
		return open > 0 && isAllDigits(strings.Trim(low[open+1:len(low)-1], ",. "))
	}
	for _, w := range [...]string{"shares", "comments", "comment", "views", "likes", "reads", "retweets", "min read", "photos"} {
		if words <= 3 && strings.HasSuffix(low, w) && isDigit(low[0]) {
			return true
		}
	}
	return false
}

func isAllDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) && s[i] != ',' && s[i] != 'k' {
			return false
		}
	}
	return s != ""
}

// stampWords may stand beside a date in a stamp.
var stampWords = map[string]bool{
	"published": true, "updated": true, "posted": true, "originally": true, "last": true, "modified": true, "created": true, "first": true,
	"on": true, "at": true, "of": true, "the": true, "and": true, "date": true, "time": true, "release": true, "update": true, "edited": true, "since": true,
	"am": true, "pm": true, "a.m": true, "p.m": true, "a": true, "p": true, "m": true, "et": true, "est": true, "edt": true, "ct": true, "cst": true, "cdt": true, "pt": true,
	"pst": true, "pdt": true, "mt": true, "mst": true, "mdt": true, "gmt": true, "utc": true, "bst": true, "cet": true, "cest": true, "ist": true, "kst": true, "jst": true,
	"hkt": true, "sgt": true, "msk": true, "eet": true, "eat": true, "wat": true, "sast": true, "aest": true, "aedt": true, "nzt": true, "nzst": true, "nzdt": true, "pkt": true, "t": true, "z": true, "h": true, "hrs": true,
	"ago": true, "minutes": true, "minute": true, "mins": true, "min": true, "hours": true, "hour": true, "hr": true, "days": true, "day": true, "yesterday": true, "seconds": true, "weeks": true, "week": true, "months": true,
	"local": true, "noon": true, "midnight": true, "eastern": true,
}

// settleStamp knows lines that are, or hold, the page's date and time:
// "September 20, 2023 GMT", "Date:2025-04-17 12:13:10", "By X | July 15, 2018
// 3:21 PM EDT", "Posted 7:15 am, May 3, 2021, by Harbor Wire".
func (l *line) settleStamp() bool {
	if len(l.s) > 160 || l.form == prose || l.form == sentence && len(l.dates) == 0 {
		return false
	}
	from, to := stampSpan(l.s, l.dates)
	if from >= to {
		return false
	}
	dated := false
	for _, d := range l.dates {
		dated = dated || from <= d.span.Start && d.span.End <= to
	}
	left := strings.TrimSpace(l.s[:from])
	right := strings.TrimSpace(l.s[to:])
	bareLeft, bareRight := strings.Trim(left, " ,.:;|•-–—/*"), strings.Trim(right, " ,.:;|•-–—/*()")
	if bareLeft == "" && bareRight == "" {
		l.settle(news.Timestamp, "page stamp", 0.95)
		l.cutLabelOfStamp(from, to)
		return true
	}
	if !dated && (!strings.Contains(l.low, " ago") || strings.Count(bareLeft+bareRight, " ") > 1) {
		return false
	}
	// A date inside a title ("Feb. 4-11, 1945: …") is no stamp: what stands
	// beside it must be a by-line, a name, an agency or a section.
	leftKind, okLeft := besideStamp(bareLeft)
	rightKind, okRight := besideStamp(bareRight)
	if !okLeft || !okRight {
		return false
	}
	l.settle(news.Timestamp, "stamp with a by-line or section", 0.85)
	l.parts = nil
	add := func(label news.Label, at text.Span) {
		if at = trimSpan(l.s, at); !at.Empty() {
			l.parts = append(l.parts, news.Part{Label: label, Span: at})
			if label == news.BylineLine {
				l.settle(news.BylineLine, "by-line with a stamp", 0.9)
			}
		}
	}
	if bareLeft != "" {
		add(leftKind, text.Span{Start: 0, End: from})
	} else {
		from = 0
	}
	if bareRight == "" {
		to = len(l.s)
	}
	add(news.Timestamp, text.Span{Start: from, End: to})
	if bareRight != "" {
		add(rightKind, text.Span{Start: to, End: len(l.s)})
	}
	if len(l.parts) < 2 {
		l.parts = nil
	}
	return true
}

// cutLabelOfStamp parts "Date:" and "Posted:" from the stamp itself.
func (l *line) cutLabelOfStamp(from, _ int) {
	colon := strings.IndexByte(l.s, ':')
	if colon < 3 || colon > 24 || colon+1 >= len(l.s) {
		return
	}
	for i := range colon {
		if !isLetter(l.s[i]) && l.s[i] != ' ' {
			return
		}
	}
	rest := trimSpan(l.s, text.Span{Start: colon + 1, End: len(l.s)})
	if rest.Empty() || from > rest.Start {
		return
	}
	l.parts = []news.Part{
		{Label: news.Navigation, Span: text.Span{Start: 0, End: colon + 1}},
		{Label: news.Timestamp, Span: rest},
	}
}

// besideStamp says what the words beside a stamp are.
func besideStamp(s string) (news.Label, bool) {
	if s == "" {
		return news.Navigation, true
	}
	low := strings.ToLower(s)
	for _, w := range [...]string{"source:", "source ", "editor:", "editors:", "author:"} {
		if strings.HasPrefix(low, w) && strings.Count(low, " ") < 5 {
			return news.BylineLine, true
		}
	}
	if _, ok := afterBy(low); ok {
		return news.BylineLine, true
	}
	if len(s) > 70 {
		return news.Navigation, false
	}
	if _, ok := agencyAmong(s); ok {
		return news.BylineLine, true
	}
	f := furniture()
	if f.navigation.match(low, strings.Trim(low, " .:")) {
		return news.Navigation, true
	}
	n := strings.Count(s, " ") + 1
	if nameLike(s) {
		return news.BylineLine, true
	}
	return news.Navigation, n <= 4 && allCapitalised(s) && !strings.ContainsAny(s, "?!\"“")
}

// stampSpan finds the stretch of s that is nothing but dates, times and the
// words that go with them; from is not below to if there is none.
func stampSpan(s string, dates []printed) (from, to int) {
	covered := func(i int) (end int, ok bool) {
		for _, d := range dates {
			if d.span.Start <= i && i < d.span.End {
				return d.span.End, true
			}
		}
		return 0, false
	}
	from, to = -1, -1
	solid := false // something that only a stamp has
	ago, digits := false, false
	hourLike := false // the word before was a number of one or two digits
	for i := 0; i < len(s); {
		if end, ok := covered(i); ok {
			if from < 0 {
				from = i
			}
			to, solid = end, true
			i = end
			// ISO: 2023-09-19T10:00:00Z
			if i < len(s) && s[i] == 'T' {
				i++
			}
			continue
		}
		if wordAt(s, i) == 0 {
			i++
			continue
		}
		j := wordEnd(s, i)
		for j+1 < len(s) && (s[j] == ':' && isDigit(s[j+1]) && isDigit(s[j-1]) || s[j] == '.' && wordAt(s, j+1) > 0) {
			j = wordEnd(s, j+1)
		}
		w := strings.ToLower(s[i:j])
		ok, hour := false, hourLike
		hourLike = false
		switch {
		case strings.HasSuffix(w, "ago"):
			ago, ok = true, true
		case stampWords[w], weekdayOf(w) >= 0:
			ok = true
			if hour && (w == "am" || w == "pm" || w == "a.m" || w == "p.m") {
				solid = true
			}
		case isDigit(w[0]):
			digits, hourLike = true, len(w) <= 2
			t := strings.TrimRight(w, "apm.")
			t = strings.TrimRight(t, "z")
			ok = t == "" || strings.Trim(t, "0123456789:.") == "" || strings.HasSuffix(t, "h")
			if strings.Contains(t, ":") || len(t) < len(w) {
				solid = true
			}
		}
		if ok {
			if from < 0 {
				from = i
			}
			to = j
			if to < len(s) && s[to] == '.' {
				to++
			}
		} else {
			if solid && to > 0 {
				break
			}
			from, to, ago, digits = -1, -1, false, false
		}
		i = j
	}
	if ago && digits {
		solid = true
	}
	if !solid || from < 0 {
		return 0, 0
	}
	return from, to
}
