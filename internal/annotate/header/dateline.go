package header

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/text"
)

// opening is a dateline as it was read from the head of a line; spans are
// offsets in that line.
type opening struct {
	place  string
	date   printed // month 0 when none is printed
	agency agency
	span   text.Span // from the place to the dash
	alone  bool      // the line holds nothing else
	rule   string
}

// reach is how far into a line a dateline may go, in bytes. The longest of
// agency style ("ABOARD THE USS RONALD REAGAN IN THE PHILIPPINE SEA, Sept. 19
// (Yonhap) --") stay well below it.
const reach = 130

// notPlaces are words in capitals that stand before a dash or a colon and are
// no places.
var notPlaces = map[string]bool{
	"FILE": true, "FILE PHOTO": true, "PHOTO": true, "PHOTOS": true, "VIDEO": true, "WATCH": true, "WATCH LIVE": true,
	"BREAKING": true, "BREAKING NEWS": true, "UPDATE": true, "UPDATED": true, "EXCLUSIVE": true, "ANALYSIS": true,
	"OPINION": true, "EDITORIAL": true, "COMMENTARY": true, "LIVE": true, "NEW": true, "READ": true, "READ MORE": true,
	"RELATED": true, "MORE": true, "NOTE": true, "CORRECTION": true, "CORRECTS": true, "UPDATES": true, "ADDS": true,
	"RECASTS": true, "ATTN": true, "ATTENTION": true, "EDS": true, "Q": true, "A": true, "Q&A": true, "FACTBOX": true,
	"EXPLAINER": true, "INTERVIEW": true, "FEATURE": true, "COLUMN": true, "TIMELINE": true, "PREVIEW": true,
	"WRAPUP": true, "GRAPHIC": true, "POLL": true, "FOCUS": true, "INSIGHT": true, "TOP NEWS": true, "ABOVE": true,
	"LEFT": true, "RIGHT": true, "BELOW": true, "TOP": true, "BOTTOM": true, "SEE ALSO": true, "MUST READ": true,
	"ALERT": true, "URGENT": true, "DEVELOPING": true, "JUST IN": true, "REPORT": true, "THE LATEST": true,
	"SPONSORED": true, "ADVERTISEMENT": true, "WARNING": true, "SPOILER ALERT": true, "WHO": true, "WHAT": true,
	"WHEN": true, "WHERE": true, "WHY": true, "HOW": true, "PLUS": true, "BONUS": true, "I": true, "OK": true,
}

// readDateline reads a dateline at the head of line. These forms are known:
//
//	SEOUL, South Korea (AP) —      LONDON, July 5 (Reuters) -      HELSINKI—
//	BERLIN (dpa) -                 (CNN) -                         July 5 (UPI) --
//	MOSCOW, July 5. /TASS/.        New Delhi, Jul 5 (PTI) Text     Madrid, 5 Jul (EFE).-
//	New Delhi [India], July 5 (ANI): Text                          (ANSA) - ROME, 05 LUG -
//	NAIROBI: Text                  HELSINKI (a line of its own)
//
// Without an agency or a date the place must be in capitals, or be a known
// city where a colon follows or nothing.
func readDateline(line string) (opening, bool) {
	head := line
	if len(head) > reach {
		head = head[:reach]
	}
	if o, ok := agencyFirst(head); ok {
		return o, true
	}
	if o, ok := dateFirst(head); ok {
		return o, true
	}
	c, _ := utf8.DecodeRuneInString(head)
	if !unicode.IsUpper(c) && c != '(' && !unicode.IsDigit(c) {
		return opening{}, false
	}
	o := opening{}
	cut, end, mark := dashOrColon(head)
	if mark == 0 {
		switch {
		case len(line) <= 60:
			cut, end = len(head), len(head)
			o.alone = true
		default:
			// Only an agency in brackets can end it.
			return bracketOnly(head)
		}
	}
	if !o.alone && strings.TrimSpace(line[end:]) == "" {
		o.alone = true
	}
	left := strings.TrimRight(head[:cut], " \t*")
	if strings.HasSuffix(left, ").") {
		left = left[:len(left)-1]
	}
	if n := len(left); n > 4 && n < 40 && left[0] == '(' && left[n-1] == ')' && isCapitals(left[1:n-1]) {
		if _, ok := agencyNamed(left[1 : n-1]); !ok {
			left = left[1 : n-1] // "(HELSINKI) — Text"
		}
	}
	place, inside, rest := cutBracket(left)
	if rest != "" {
		// "Washington (CNN)A Republican senator -": words behind the bracket.
		return bracketOnly(head)
	}
	known := false
	if inside != "" {
		o.agency, known = agencyAmong(inside)
		if !known && !(isCapitals(firstPart(place)) && mark == '-' && len(inside) <= 30 && isUpper(inside[0])) {
			return opening{}, false
		}
		if !known {
			o.agency = agency{name: inside}
		}
	}
	if s, a, ok := slashAgency(place); ok {
		place, o.agency, known = s, a, true
	}
	o.place, o.date = placeAndDate(place)
	first := firstPart(o.place)
	upper := strings.ToUpper(first)
	if inside == "" && isAgencyName(first) {
		return opening{}, false
	}
	if strings.HasPrefix(upper, "BY ") || notPlaces[upper] || len(o.place) > 75 || strings.ContainsAny(o.place, "\"“”?!;|>@#") {
		return opening{}, false
	}
	city := cities()[strings.ToLower(first)]
	capitals := isCapitals(first)
	switch {
	case known && o.place == "" && (o.date.month > 0 || inside != ""):
		o.rule = "dateline: agency only"
	case known && properWords(o.place) && (capitals || city || o.date.month > 0 || strings.Contains(o.place, ", ") || !o.alone) && !isAgencyName(o.place):
		o.rule = "dateline: place and agency"
	case o.place == "":
		return opening{}, false
	case mark == '-' && o.date.month > 0 && properWords(o.place):
		o.rule = "dateline: place and date"
	case mark == '-' && capitals && properWords(o.place) && regionLike(o.place):
		o.rule = "dateline: place in capitals"
	case mark == '-' && city && properWords(o.place) && regionLike(o.place) && head[cut] != '-':
		o.rule = "dateline: known city"
	case mark == ':' && city && regionLike(o.place) && (capitals || o.place == first && !o.alone):
		o.rule = "dateline: city and colon"
	case mark == ':' && o.date.month > 0 && (capitals || city) && properWords(o.place):
		o.rule = "dateline: place, date and colon"
	case mark == 0 && o.alone && (city && (capitals || known || o.date.month > 0) || capitals && regions()[strings.ToLower(lastPart(o.place))]) && regionLike(o.place):
		o.rule = "dateline: on a line of its own"
	default:
		return opening{}, false
	}
	if mark == ':' && o.alone {
		return opening{}, false
	}
	if !o.alone && !beginsSentence(line[end:]) {
		return opening{}, false
	}
	o.span = text.Span{Start: 0, End: end}.TrimSpace(line)
	return o, true
}

// agencyFirst reads "(ANSA) - ROMA, 05 LUG - Text": the agency leads.
func agencyFirst(head string) (opening, bool) {
	if head == "" || head[0] != '(' {
		return opening{}, false
	}
	shut := strings.IndexByte(head, ')')
	if shut < 0 || shut > 40 {
		return opening{}, false
	}
	a, ok := agencyNamed(head[1:shut])
	if !ok {
		return opening{}, false
	}
	i, n := skipToDash(head, shut+1)
	if n == 0 {
		return opening{}, false
	}
	cut, end, mark := dashOrColon(head[i+n:])
	if mark != '-' {
		return opening{}, false
	}
	base := i + n
	place := strings.TrimSpace(head[base : base+cut])
	o := opening{agency: a, rule: "dateline: agency first"}
	o.place, o.date = placeAndDate(place)
	if !isCapitals(firstPart(o.place)) || o.place == "" || len(o.place) > 50 {
		return opening{}, false
	}
	start := base + strings.Index(head[base:], o.place)
	o.span = text.Span{Start: start, End: base + end}.TrimSpace(head)
	return o, true
}

// dateFirst reads "July 13--WASHINGTON -- Text", as syndicates set it.
func dateFirst(head string) (opening, bool) {
	w := wordEnd(head, 0)
	if w < 3 || w > 9 || monthOf(head[:w]) == 0 {
		return opening{}, false
	}
	dates := datesIn(head)
	if len(dates) == 0 || dates[0].span.Start != 0 {
		return opening{}, false
	}
	i, n := skipToDash(head, dates[0].span.End)
	if n < 2 {
		return opening{}, false
	}
	from := i + n
	for from < len(head) && head[from] == ' ' {
		from++
	}
	cut, end, mark := dashOrColon(head[from:])
	if mark != '-' {
		return opening{}, false
	}
	place := strings.TrimRight(head[from:from+cut], " ")
	if !isCapitals(firstPart(place)) || !properWords(place) || notPlaces[firstPart(place)] {
		return opening{}, false
	}
	return opening{place: place, date: dates[0], span: text.Span{Start: 0, End: from + end}, rule: "dateline: date first"}, true
}

// bracketOnly reads "New Delhi, Jul 5 (PTI) Text" and "Washington (CNN)Text":
// nothing but the bracket parts dateline and text.
func bracketOnly(head string) (opening, bool) {
	open := strings.IndexByte(head, '(')
	if open < 0 {
		return opening{}, false
	}
	shut := strings.IndexByte(head[open:], ')')
	if shut < 0 {
		return opening{}, false
	}
	shut += open
	a, ok := agencyNamed(head[open+1 : shut])
	if !ok {
		return opening{}, false
	}
	o := opening{agency: a, rule: "dateline: agency in brackets"}
	o.place, o.date = placeAndDate(strings.TrimSpace(head[:open]))
	if !properWords(o.place) || len(o.place) > 50 || notPlaces[strings.ToUpper(firstPart(o.place))] || !beginsSentence(head[shut+1:]) {
		return opening{}, false
	}
	// "Kim Smith (AP) said": a person or a thing, not a place.
	if o.date.month == 0 && !cities()[strings.ToLower(firstPart(o.place))] && !isCapitals(firstPart(o.place)) && o.place != "" {
		return opening{}, false
	}
	o.span = text.Span{Start: 0, End: shut + 1}
	return o, true
}

// dashOrColon finds the mark that ends a dateline: the first dash that stands
// after a space or is a long one, or the first colon before a space. Brackets
// are passed over. cut is where it begins, end where it ends.
func dashOrColon(s string) (cut, end int, mark byte) {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isLower(c) || c == ' ':
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth--
		case depth > 0:
		case c == ':':
			if i+1 < len(s) && s[i+1] == ' ' || i+1 == len(s) {
				return i, i + 1, ':'
			}
		case c == '"' || c == ';' || c == '?' || c == '!':
			return 0, 0, 0
		case c == '/' && i > 0 && s[i-1] == ' ':
			// /TASS/. or /PRNewswire/ -
			if k := strings.IndexByte(s[i+1:], '/'); k > 0 && k < 20 {
				if _, ok := agencyNamed(s[i+1 : i+1+k]); ok {
					e := i + 1 + k + 1
					if e < len(s) && s[e] == '.' {
						e++
					}
					if j, n := skipToDash(s, e); n > 0 {
						e = j + n
					}
					return e, e, '-'
				}
			}
		case c != '-' && c != '_' && c != 0xe2: // where dashes begin
		default:
			n := dashLen(s, i)
			if n == 0 {
				continue
			}
			before := i == 0 || s[i-1] == ' ' || s[i-1] == ')' || s[i-1] == '.' || i > 1 && s[i-2] == 0xc2 && s[i-1] == 0xa0
			after := i+n >= len(s) || s[i+n] == ' ' || s[i+n] == 0xc2
			long := n > 1
			if before && (after || long) || long && c != '-' {
				return i, i + n, '-'
			}
			i += n - 1
		}
	}
	return 0, 0, 0
}

// dashLen is the length of the dash, or run of dashes, at s[i]; 0 if none.
func dashLen(s string, i int) int {
	n := 0
	for i+n < len(s) {
		switch {
		case s[i+n] == '-' || s[i+n] == '_':
			n++
		case strings.HasPrefix(s[i+n:], "–"), strings.HasPrefix(s[i+n:], "—"), strings.HasPrefix(s[i+n:], "−"), strings.HasPrefix(s[i+n:], "―"):
			n += 3
		default:
			return n
		}
	}
	return n
}

// skipToDash passes over spaces and points to a dash; n is 0 if there is none.
func skipToDash(s string, i int) (at, n int) {
	for i < len(s) && (s[i] == ' ' || s[i] == '.') {
		i++
	}
	if i >= len(s) {
		return i, 0
	}
	return i, dashLen(s, i)
}

// cutBracket parts "SEOUL, Sept. 19 (UPI)" into place and bracket: the last
// one, for a region may stand in brackets before. rest is what follows it.
func cutBracket(s string) (before, inside, rest string) {
	open := strings.LastIndexByte(s, '(')
	if open < 0 {
		return s, "", ""
	}
	shut := strings.IndexByte(s[open:], ')')
	if shut < 0 {
		return s, "", ""
	}
	shut += open
	return strings.TrimRight(s[:open], " "), strings.TrimSpace(s[open+1 : shut]), strings.Trim(s[shut+1:], " .,")
}

// slashAgency takes "/TASS/" from the end of a place.
func slashAgency(s string) (string, agency, bool) {
	t := strings.TrimRight(s, " .")
	if t == "" || t[len(t)-1] != '/' {
		return s, agency{}, false
	}
	i := strings.LastIndexByte(t[:len(t)-1], '/')
	if i < 0 || t[i+1] == ' ' { // "Ada Lind / AFP/Getty Images" made a picture
		return s, agency{}, false
	}
	a, ok := agencyNamed(t[i+1 : len(t)-1])
	return strings.TrimRight(t[:i], " ."), a, ok
}

// placeAndDate takes a date from the end of "SEOUL, South Korea, Sept. 19".
func placeAndDate(s string) (string, printed) {
	for _, d := range datesIn(s) {
		if strings.Trim(s[d.span.End:], " .,") != "" {
			continue
		}
		return strings.TrimRight(s[:d.span.Start], " ,."), d
	}
	if t := capitalMonth(s); t != s {
		return placeAndDate(t)
	}
	return strings.TrimRight(strings.TrimSpace(s), ","), printed{}
}

// capitalMonth sets a capital to the last word if it is a month in lower case:
// "Madrid, 19 sep".
func capitalMonth(s string) string {
	t := strings.TrimRight(s, " .,")
	i := len(t)
	for i > 0 && isLower(t[i-1]) {
		i--
	}
	if i == len(t) || i < 3 || monthOf(t[i:]) == 0 || !isDigit(s[i-2]) && !isDigit(s[i-1]) {
		return s
	}
	return s[:i] + strings.ToUpper(s[i:i+1]) + s[i+1:]
}

func isAgencyName(s string) bool {
	_, ok := agencyNamed(s)
	return ok || outletNames()[strings.ToLower(s)]
}

func lastPart(place string) string {
	if i := strings.LastIndexByte(place, ','); i >= 0 {
		return strings.TrimSpace(place[i+1:])
	}
	return ""
}

func firstPart(place string) string {
	for i := range len(place) {
		if place[i] == ',' || place[i] == '[' || place[i] == '(' {
			return strings.TrimSpace(place[:i])
		}
	}
	return place
}

// isCapitals reports whether a place is set in capitals. "McALLEN" and "ST.
// PETERSBURG" are; so is "TURNBERRY/GLASGOW"; small words may stand inside.
func isCapitals(s string) bool {
	upper, lower := 0, 0
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ' ' || r == '/' || r == '-' }) {
		u, l := 0, 0
		for _, r := range w {
			switch {
			case unicode.IsUpper(r):
				u++
			case unicode.IsLower(r):
				l++
			case unicode.IsDigit(r):
				return false
			}
		}
		if u == 0 && (w == "de" || w == "of" || w == "the" || w == "in" || w == "and" || w == "la" || w == "du") {
			continue
		}
		upper, lower = upper+u, lower+l
	}
	return upper >= 3 && lower <= 2 && lower*3 <= upper
}

// properWords reports whether each word of a place begins with a capital
// letter, small words of names aside, and none is a number.
func properWords(s string) bool {
	n := 0
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool {
		return r == ' ' || r == ',' || r == '/' || r == '[' || r == ']' || r == '(' || r == ')'
	}) {
		r, _ := utf8.DecodeRuneInString(w)
		if unicode.IsUpper(r) || r == '\'' || r == '‘' {
			n++
			continue
		}
		switch w {
		case "de", "del", "da", "do", "dos", "des", "la", "le", "les", "of", "the", "in", "on", "and", "near", "al", "el", "es", "sur", "am", "an", "der", "off", "outside", "al-", "aan", "to", "upon", "over", "from":
			continue
		}
		return false
	}
	return n > 0 && n <= 12
}

// regionLike reports whether what follows the first comma of a place is short
// enough for a region: "LANSING, Mich.", "WASHINGTON, D.C.".
func regionLike(place string) bool {
	return len(firstPart(place)) <= 40 && strings.Count(place, ",") <= 2 && strings.Count(place, " ") <= 9
}

// beginsSentence reports whether s begins as a sentence does, spaces aside.
func beginsSentence(s string) bool {
	s = strings.TrimLeft(s, " \t\u00a0")
	if s == "" {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || unicode.IsDigit(r) || unicode.IsTitle(r) || strings.ContainsRune("\"“'‘«$£€(¿¡@#[", r) || unicode.Is(unicode.Lo, r) || strings.HasPrefix(s, "al-") || strings.HasPrefix(s, "iP")
}
