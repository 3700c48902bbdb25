package header

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/tracewire/tracewire/internal/news"
	"github.com/tracewire/tracewire/internal/text"
)

// photo is a line cut the way captions are made: a counter of the gallery,
// the caption, notices and credits behind it.
type photo struct {
	counter text.Span
	caption text.Span
	tail    []news.Part // rights and credits, in order
	credit  bool        // there is a credit in the tail
	soft    bool        // the only credit is an agency's name, as some put behind a report
	points  int         // what speaks for a caption
}

// bodyClosers are agencies whose name in brackets ends the report itself.
var bodyClosers = map[string]bool{
	"ANI": true, "PTI": true, "IANS": true, "UNI": true, "NAN": true, "PNA": true, "WAM": true, "APP": true, "BSS": true,
	"TASS": true, "Xinhua": true, "KUNA": true, "QNA": true, "SPA": true, "Bernama": true, "Antara": true, "ANSA": true,
	"GNA": true, "BNA": true, "ONA": true, "Petra": true, "Reuters": true, "AFP": true, "AP": true, "dpa": true,
	"Kyodo": true, "EFE": true, "CNA": true, "VNA": true, "Anadolu": true, "UNB": true, "CNN": true, "UPI": true,
	"Interfax": true, "Ukrinform": true, "TNS": true, "The Canadian Press": true, "PA": true, "Jiji": true, "INA": true,
}

// cutPhoto parts a line into its pieces. The spans are offsets in s.
func cutPhoto(s string, h hints) photo {
	p := photo{caption: text.Span{Start: 0, End: len(s)}}
	if n := counterAt(s); n > 0 && n < len(s) {
		rest := n
		for rest < len(s) && (s[rest] == ' ' || s[rest] == '|') {
			rest++
		}
		p.counter = text.Span{Start: 0, End: len(strings.TrimRight(s[:rest], " "))}
		p.caption.Start = rest
	}
	end := len(s)
	for {
		t := strings.TrimRight(s[p.caption.Start:end], " |")
		e := p.caption.Start + len(t)
		if t == "" || t[len(t)-1] != ')' && t[len(t)-1] != ']' {
			break
		}
		open := opener(s, p.caption.Start, e-1)
		if open < 0 {
			break
		}
		inside := s[open+1 : e-1]
		label := news.Label("")
		switch low := strings.ToLower(inside); {
		case furniture().rights.match(low, low):
			label = news.Rights
		case isCredit(inside):
			label = news.Credit
			a, known := agencyNamed(inside)
			p.soft = !p.credit && known && bodyClosers[a.name]
			p.credit = true
		}
		if label == "" {
			break
		}
		p.tail = append(p.tail, news.Part{Label: label, Span: text.Span{Start: open, End: e}})
		end = open
	}
	reverse(p.tail)
	if len(p.tail) == 0 {
		if k := creditTail(s, p.caption.Start, h); k >= 0 {
			p.tail = append(p.tail, news.Part{Label: news.Credit, Span: text.Span{Start: k, End: len(s)}})
			p.credit = true
			end = k
		}
	}
	p.caption.End = end
	p.caption = trimSpan(s, p.caption.Trim(s, " |"))
	return p
}

func reverse(p []news.Part) {
	for i, j := 0, len(p)-1; i < j; i, j = i+1, j-1 {
		p[i], p[j] = p[j], p[i]
	}
}

// opener finds the bracket that the one at s[shut] closes, at most 200 bytes
// before it.
func opener(s string, from, shut int) int {
	depth := 0
	for i := shut; i >= from && shut-i <= 200; i-- {
		switch s[i] {
		case ')', ']':
			depth++
		case '(', '[':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// counterAt is the length of a gallery counter at the head of s: "1 of 6",
// "Image 2 of 5", "Photo 1/12"; 0 if there is none.
func counterAt(s string) int {
	i := 0
	for _, w := range [...]string{"Image ", "Photo ", "Slide ", "Picture ", "IMAGE ", "PHOTO ", "image ", "photo ", "Gallery ", "Show Caption "} {
		if strings.HasPrefix(s, w) {
			i = len(w)
			break
		}
	}
	_, e := number(s, i, 3)
	if e == i {
		return 0
	}
	j := e
	for j < len(s) && s[j] == ' ' {
		j++
	}
	switch {
	case strings.HasPrefix(s[j:], "of"):
		j += 2
	case j < len(s) && s[j] == '/' && (i > 0 || len(s) < 10):
		j++
	default:
		return 0
	}
	for j < len(s) && (s[j] == ' ' || s[j] == '/') {
		j++
	}
	_, f := number(s, j, 3)
	if f == j {
		return 0
	}
	// "1 of 6 | …" or nothing more; not "1 of 6 people".
	rest := strings.TrimLeft(s[f:], " ")
	if rest == "" || rest[0] == '|' || i > 0 && !isLower(rest[0]) {
		return f
	}
	return 0
}

// photoWords make a credit of the text around them.
var photoWords = [...]string{
	"photo", "getty", "handout", "courtesy", "shutterstock", "via ap", "via afp", "via reuters", "/ap", "/afp", "/upi", "/reuters",
	"reuters/", "ap/", "epa", "lehtikuva", "pool via", "screenshot", "screen grab", "screengrab", "image:", "images",
	"picture:", "pictures", "graphic", "file pic", "/pool", "pool/", "/yonhap", "yonhap/", "/kyodo", "kyodo/", "/xinhua",
	"anadolu", "nurphoto", "zuma", "sipa", "alamy", "via storyful", "bettmann", "corbis", "maxar", "planet labs", "provided by",
	"credit:", "illustration", "supplied",
}

// isCredit reports whether the text, taken from brackets or from the end of a
// line, tells whose picture it is.
func isCredit(s string) bool {
	s = strings.Trim(s, " .|")
	if s == "" || len(s) > 130 {
		return false
	}
	if _, ok := agencyNamed(s); ok {
		return true
	}
	low := strings.ToLower(s)
	switch low {
	case "photos", "photo", "photo gallery", "video", "videos", "pictures", "images", "graphic", "pics", "photos and video", "photos, video":
		return false
	}
	if strings.Contains(low, "photographed by") || strings.HasPrefix(low, "pictured") || strings.HasPrefix(low, "see ") || strings.Contains(low, "photos below") {
		return false
	}
	for _, w := range photoWords {
		if strings.Contains(low, w) {
			return strings.Count(s, " ") < 12
		}
	}
	// "Sabra Ayres / Los Angeles Times", "Jorge Silva, AP"
	if strings.ContainsAny(s, "/|,") && strings.Count(s, " ") < 9 {
		if _, ok := agencyAmong(s); ok {
			return allCapitalised(s)
		}
		if a, b, ok := cutAny(s, "/|"); ok {
			return nameLike(a) && allCapitalised(b) && strings.TrimSpace(b) != ""
		}
	}
	return false
}

func cutAny(s, marks string) (before, after string, ok bool) {
	if i := strings.IndexAny(s, marks); i > 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

// allCapitalised reports whether no word of s, small ones aside, begins with
// a lower-case letter.
func allCapitalised(s string) bool {
	for w := range strings.FieldsSeq(s) {
		if isLower(w[0]) && len(w) > 3 {
			return false
		}
	}
	return true
}

// creditTail finds a credit without brackets behind the last sentence of a
// caption: ". Photo by X/UPI | License Photo", ".Jo Li / Reuters", ". | AP
// photo". It returns where the credit begins, or -1.
func creditTail(s string, from int, h hints) int {
	tail := s[max(from, len(s)-140):]
	if h&ofCredit == 0 || !strings.Contains(tail, "hoto") && !strings.Contains(tail, "mage") && !strings.Contains(tail, "icture: ") && !strings.Contains(tail, "redit") && !strings.Contains(tail, "PHOTO: ") {
		return looseCredit(s, from)
	}
	for _, w := range [...]string{"Photo by ", "Photos by ", "Photo: ", "Photo courtesy ", "Photograph by ", "Photo credit: ", "Image: ", "Picture: ", "Credit: ", "PHOTO: ", "File Photo by ", "Photo/", "Photo via ", "Image via ", "Image courtesy ", "Credit ", "Photo provided by "} {
		k := strings.LastIndex(tail, w)
		if k < 0 {
			continue
		}
		k += len(s) - len(tail)
		before := strings.TrimRight(s[from:k], " |(")
		if before == "" || strings.IndexByte(".!?\")]", before[len(before)-1]) >= 0 || strings.HasSuffix(before, "”") || strings.HasSuffix(s[from:k], "| ") {
			if strings.HasSuffix(s[:k], "File ") {
				k -= len("File ")
			}
			return k
		}
	}
	return looseCredit(s, from)
}

// creditWords are parts of all the words that creditTail looks for.
var creditWords = [...]string{"hoto", "mage: ", "mage via", "mage courtesy", "icture: ", "redit"}

// looseCredit finds a credit behind the last full stop, bracket or bar.
func looseCredit(s string, from int) int {
	for i := len(s) - 2; i > from && len(s)-i <= 90; i-- {
		switch s[i] {
		case '.', ')', '|', '"', ']':
		default:
			continue
		}
		rest := strings.TrimLeft(s[i+1:], " |")
		k := len(s) - len(rest)
		if rest == "" || isLower(rest[0]) || isDigit(rest[0]) {
			continue
		}
		if s[i] == '.' && i+1 < len(s) && s[i+1] != ' ' && !isUpper(s[i+1]) {
			continue
		}
		// "U.S. Navy": an abbreviation ends no sentence.
		if s[i] == '.' && i >= 2 && (s[i-2] == '.' || s[i-2] == ' ') {
			continue
		}
		// The cheap questions first: most lines end in a sentence.
		if (len(rest) < 30 || strings.ContainsAny(rest, "/|,")) && allCapitalised(rest) && isCredit(rest) {
			if s[i] == ')' {
				if open := opener(s, from, i); open > from && isCredit(s[open+1:i]) {
					k = open
				}
			}
			return k
		}
	}
	return -1
}

// captionStarts are first words that only captions have.
var captionStarts = [...]string{
	"file - ", "file-", "file photo", "file: ", "file image", "file picture", "in this photo", "in this image", "in this frame", "in this picture",
	"in this handout", "in this courtroom", "in this artist", "in this video", "in this undated", "in this aerial",
	"in this satellite", "in this screengrab", "in this screen", "this photo", "this image", "this picture", "this undated",
	"this combination", "this combo", "this handout", "this file", "this satellite", "this frame", "this video grab",
	"this screengrab", "this screen grab", "this aerial", "this artist", "this grab", "a combination of", "a combination photo", "combination photo", "image caption", "media caption",
	"caption:", "photo caption", "photo shows", "image shows", "the photo shows", "photo taken", "photo provided", "pictured:", "pictured above", "pictured is", "pictured are", "(l-r)", "(l to r)", "(from l", "from left", "from l-r", "(from left", "l-r:", "above:",
	"seen here", "undated photo", "undated file", "a file photo", "file photo", "an aerial view", "aerial view", "a view of", "a general view", "a screenshot", "a satellite image", "a still image",
	"a handout", "video grab", "screengrab", "screenshot", "graphic shows", "the graphic shows", "an undated", "an image", "a video grab", "a picture taken", "a photo taken", "a photo released",
}

// captionsBy are captionStarts by their first bytes.
var captionsBy = sync.OnceValue(func() *[256][]string {
	by := new([256][]string)
	for _, w := range captionStarts {
		by[w[0]] = append(by[w[0]], w)
	}
	return by
})

// sideMarks and pictureMarks inside a line point to people in a picture, or to
// the picture itself.
var sideMarks = [...]string{
	"(l)", "(r)", "(c)", "(2nd l)", "(2nd r)", "(2nd from", "(3rd l)", "(3rd r)", "(3rd from", "(left)", "(right)", "(center)", "(centre)", "(pictured",
	"(front l)", "(front r)", "(back ",
}

var pictureMarks = [...]string{
	"file photo", "in this photo", "in this image", "in this picture", "in this file", "in this handout", "is pictured", "are pictured", "pictured in ",
	"captured from", "poses for a photo", "pose for a photo", "posing for a photo", "family photo", "photo provided by", "photo released by", "image released by",
	"photo taken", "picture taken", "image taken", "screen grab", "file image", "an undated photo", "photo shows", "image shows", "picture shows",
}

// holdsAny searches a line for marks.
func holdsAny(low string, marks []string) bool {
	for _, w := range marks {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

func hasPictureMark(low string, h hints) bool {
	return strings.IndexByte(low, '(') >= 0 && holdsAny(low, sideMarks[:]) || h&ofPicture != 0 && holdsAny(low, pictureWords[:]) && holdsAny(low, pictureMarks[:])
}

// pictureWords are parts of all pictureMarks.
var pictureWords = [...]string{"photo", "image", "pictur", "captured from", "screen grab", "handout", "in this file"}

// sideWords follow the name of a person in a picture, a comma before them.
var sideWords = [...]string{"left,", "right,", "center,", "centre,", "second left,", "second right,", "from left", "background", "front "}

// hasSideWord knows ", left,", "from right," and their kin, comma by comma.
func hasSideWord(low string) bool {
	for i := strings.IndexByte(low, ','); i >= 0; {
		rest := low[i+1:]
		if rest != "" && rest[0] == ' ' {
			for _, w := range &sideWords {
				if strings.HasPrefix(rest[1:], w) {
					return true
				}
			}
		}
		if strings.HasSuffix(low[:i], "from left") || strings.HasSuffix(low[:i], "from right") {
			return true
		}
		k := strings.IndexByte(rest, ',')
		if k < 0 {
			return false
		}
		i += 1 + k
	}
	return false
}

// weigh counts what speaks for a caption. From 3 points on a line is one by
// itself; with 1 or 2, its neighbours decide.
func (l *line) weigh() {
	p := &l.photo
	*p = cutPhoto(l.s, l.hints)
	if !p.counter.Empty() {
		p.points += 3
	}
	if l.low != "" {
		for _, w := range captionsBy()[l.low[0]] {
			if strings.HasPrefix(l.low, w) {
				p.points += 3
				break
			}
		}
	}
	for _, t := range p.tail {
		switch {
		case t.Label == news.Rights:
			p.points++
		case p.soft:
		default:
			p.points += 3
		}
	}
	if l.form == prose || l.form == sentence || l.form == title {
		if hasPictureMark(l.low, l.hints) {
			p.points += 2
		}
		if hasSideWord(l.low) {
			p.points++
		}
		if presentAction(l.low) {
			p.points++
			if fullDate(l.dates) {
				p.points++
			}
		}
	}
	if strings.Contains(l.low, " said ") || strings.Contains(l.low, " told ") || strings.Contains(l.low, `," `) || strings.Contains(l.low, `said.`) {
		p.points -= 2
	}
	if p.soft && p.points >= 1 {
		p.points++
	}
	if len(l.s) > 900 {
		p.points -= 2
	}
	if l.dateline != nil && !l.dateline.alone && p.points < 5 && !(p.credit && !p.soft) {
		p.points -= 3
	}
}

func fullDate(dates []printed) bool {
	for _, d := range dates {
		if d.year > 0 {
			return true
		}
	}
	return false
}

// presentAction reports whether the first verb that can be told among the
// first words of a line is one of captions, in the present tense.
func presentAction(low string) bool {
	n := 0
	for i := 0; i < len(low); {
		if low[i] == ' ' {
			i++
			continue
		}
		from := i
		for i < len(low) && low[i] != ' ' {
			i++
		}
		end := i
		for end > from && strings.IndexByte(",.:;)", low[end-1]) >= 0 {
			end--
		}
		w := low[from:end]
		if n++; n > 24 {
			return false
		}
		if n > 1 && captionVerbs().Has(w) {
			return true
		}
		if n == 1 {
			switch w {
			case "as", "when", "while", "if", "after", "before", "in", "on", "for", "with", "it", "there", "but", "and", "he", "she", "they", "we", "i", "since", "because", "although", "at", "by", "under", "what", "how":
				return false
			}
		}
		switch w {
		case "said", "says", "has", "have", "had", "was", "were", "will", "would", "is", "are", "that", "who", "could", "did":
			return false
		}
		if n > 2 && len(w) > 4 && strings.HasSuffix(w, "ed") && w != "united" && w != "armed" && w != "masked" && w != "injured" && w != "wounded" && w != "uniformed" {
			return false
		}
	}
	return false
}

// settleCaption labels the line and cuts its parts.
func (l *line) settleCaption(rule string, conf float64) {
	p := l.photo
	l.settle(news.Caption, rule, conf)
	if p.caption.Empty() {
		l.settle(news.Credit, rule, conf)
	}
	if p.counter.Empty() && len(p.tail) == 0 {
		return
	}
	l.parts = nil
	if !p.counter.Empty() {
		l.parts = append(l.parts, news.Part{Label: news.GalleryCounter, Span: p.counter})
	}
	if !p.caption.Empty() {
		l.parts = append(l.parts, news.Part{Label: news.Caption, Span: p.caption})
	}
	l.parts = append(l.parts, p.tail...)
	if len(l.parts) == 1 {
		l.settle(l.parts[0].Label, rule, conf)
		l.parts = nil
	}
}

func upperFirst(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r != utf8.RuneError && strings.ToUpper(string(r)) == string(r)
}
