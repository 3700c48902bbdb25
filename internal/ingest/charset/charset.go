// Package charset turns bytes of unknown encoding into clean UTF-8.
package charset

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// How tells by what the encoding was known, the surest first.
type How string

// The ways to know an encoding.
const (
	ByMark       How = "byte order mark"
	ByContent    How = "content"  // valid UTF-8, or zeros where UTF-16 has them
	ByDeclared   How = "declared" // by the page itself
	ByRepair     How = "repaired" // UTF-8 with some bytes of Windows-1252
	ByStatistics How = "statistics"
	ByDefault    How = "default"
)

// Text is decoded text.
type Text struct {
	Text    string // valid UTF-8, lines end in \n, no NUL, no byte order mark
	Charset string // WHATWG name
	How     How
	NULs    int // zero characters that were taken out
}

// Decode never fails. Valid UTF-8 wins over what a page declares of itself, as
// text in another encoding is hardly ever valid UTF-8 by chance, and pages
// that were saved again keep their old declaration. Clean UTF-8 is returned
// byte by byte as it is.
func Decode(raw []byte) Text {
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		t := Decode(raw[3:])
		if t.Charset == "utf-8" && t.How == ByContent {
			t.How = ByMark
		}
		return t
	case bytes.HasPrefix(raw, []byte("\xff\xfe\x00\x00")):
		return decoded(raw, utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), "utf-32le", ByMark)
	case bytes.HasPrefix(raw, []byte("\x00\x00\xfe\xff")):
		return decoded(raw, utf32.UTF32(utf32.BigEndian, utf32.UseBOM), "utf-32be", ByMark)
	case bytes.HasPrefix(raw, []byte("\xff\xfe")):
		return decoded(raw[2:], utf16(unicode.LittleEndian), "utf-16le", ByMark)
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return decoded(raw[2:], utf16(unicode.BigEndian), "utf-16be", ByMark)
	}
	if order, name := zeros(raw); name != "" {
		return decoded(raw, utf16(order), name, ByContent)
	}
	if utf8.Valid(raw) {
		if isISO2022JP(raw) {
			if e, name := lookup("iso-2022-jp"); e != nil {
				return decoded(raw, e, name, ByContent)
			}
		}
		return clean(string(raw), "utf-8", ByContent)
	}
	if e, name := declared(raw); e != nil && name != "utf-8" && !strings.HasPrefix(name, "utf-16") {
		if t := decoded(raw, e, name, ByDeclared); plausible(t.Text) {
			return t
		}
	}
	if s, ok := repaired(raw); ok {
		return clean(s, "utf-8", ByRepair)
	}
	if e, name := detected(raw); e != nil {
		if t := decoded(raw, e, name, ByStatistics); plausible(t.Text) {
			return t
		}
	}
	return decoded(raw, charmap.Windows1252, "windows-1252", ByDefault)
}

// Clean is what Decode does to text that is UTF-8 already, such as a string
// out of JSON.
func Clean(s string) string {
	return clean(strings.ToValidUTF8(strings.TrimPrefix(s, "\ufeff"), "\ufffd"), "utf-8", ByContent).Text
}

func clean(s, name string, how How) Text {
	t := Text{Text: s, Charset: name, How: how}
	if t.NULs = strings.Count(s, "\x00"); t.NULs > 0 {
		t.Text = strings.ReplaceAll(t.Text, "\x00", "")
	}
	if strings.Contains(t.Text, "\r") {
		t.Text = strings.ReplaceAll(strings.ReplaceAll(t.Text, "\r\n", "\n"), "\r", "\n")
	}
	return t
}

func decoded(raw []byte, e encoding.Encoding, name string, how How) Text {
	// Decoders of x/text put U+FFFD for what they cannot read; an error would
	// leave the text up to there.
	out, _ := e.NewDecoder().Bytes(raw)
	return clean(strings.ToValidUTF8(string(out), "\ufffd"), name, how)
}

func utf16(order unicode.Endianness) encoding.Encoding {
	return unicode.UTF16(order, unicode.IgnoreBOM)
}

// zeros finds UTF-16 without a mark: Latin letters, digits and spaces have a
// zero in every second byte.
func zeros(raw []byte) (unicode.Endianness, string) {
	head := raw[:min(len(raw), 4096)&^1]
	if len(head) < 8 {
		return unicode.LittleEndian, ""
	}
	var even, odd int
	for i := 0; i < len(head); i += 2 {
		if head[i] == 0 {
			even++
		}
		if head[i+1] == 0 {
			odd++
		}
	}
	pairs := len(head) / 2
	switch {
	case odd*10 >= pairs*4 && even*20 <= pairs:
		return unicode.LittleEndian, "utf-16le"
	case even*10 >= pairs*4 && odd*20 <= pairs:
		return unicode.BigEndian, "utf-16be"
	}
	return unicode.LittleEndian, ""
}

// isISO2022JP looks for the switch to JIS X 0208, which is ASCII all the way.
func isISO2022JP(raw []byte) bool {
	return bytes.Contains(raw, []byte("\x1b$B")) || bytes.Contains(raw, []byte("\x1b$@"))
}

// declared reads the encoding from a page's first 8 KiB: <meta charset>,
// <meta http-equiv content="…charset=…">, <?xml encoding?>.
func declared(raw []byte) (encoding.Encoding, string) {
	head := bytes.ToLower(raw[:min(len(raw), 8192)])
	if !bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("<")) {
		return nil, ""
	}
	for _, tag := range []struct{ open, key string }{{"<?xml", "encoding"}, {"<meta", "charset"}} {
		rest := head
		for {
			i := bytes.Index(rest, []byte(tag.open))
			if i < 0 {
				break
			}
			rest = rest[i+len(tag.open):]
			end := bytes.IndexByte(rest, '>')
			if end < 0 {
				break
			}
			if e, name := lookup(valueOf(rest[:end], tag.key)); e != nil {
				return e, name
			}
		}
	}
	return nil, ""
}

// valueOf finds key = value inside a tag, with or without quotes.
func valueOf(tag []byte, key string) string {
	i := bytes.Index(tag, []byte(key))
	if i < 0 {
		return ""
	}
	rest := bytes.TrimLeft(tag[i+len(key):], " \t\r\n")
	if len(rest) == 0 || rest[0] != '=' {
		return ""
	}
	rest = bytes.TrimLeft(rest[1:], " \t\r\n\"'")
	if end := bytes.IndexAny(rest, " \t\r\n\"';/?>"); end >= 0 {
		rest = rest[:end]
	}
	return string(rest)
}

func lookup(label string) (encoding.Encoding, string) {
	if label == "" {
		return nil, ""
	}
	e, err := htmlindex.Get(label)
	if err != nil {
		return nil, ""
	}
	name, err := htmlindex.Name(e)
	if err != nil || name == "replacement" || name == "x-user-defined" {
		return nil, ""
	}
	return e, name
}

// plausible: a wrong encoding leaves characters that cannot be read, or
// control characters.
func plausible(s string) bool {
	bad, total := 0, 0
	for _, r := range s {
		total++
		if r == utf8.RuneError || r < ' ' && r != '\n' && r != '\t' && r != '\f' || 0x7f <= r && r < 0xa0 {
			bad++
		}
	}
	return bad*200 <= total
}

// repaired reads UTF-8 in which at most a fifth of what is not ASCII is
// broken, as when a page was put together from pieces.
func repaired(raw []byte) (string, bool) {
	var good, bad int
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else if n > 1 {
			good++
		}
		i += n
	}
	if bad*4 > good {
		return "", false
	}
	var b strings.Builder
	b.Grow(len(raw) + 2*bad)
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && n == 1 {
			r = charmap.Windows1252.DecodeByte(raw[i])
		}
		b.WriteRune(r)
		i += n
	}
	return b.String(), true
}

// detected asks the statistics of letters about the first 64 KiB. Among
// equals the name decides: the library gives them in no order, and what is
// read again must be read the same.
func detected(raw []byte) (encoding.Encoding, string) {
	all, err := chardet.NewTextDetector().DetectAll(raw[:min(len(raw), 64<<10)])
	if err != nil || len(all) == 0 {
		return nil, ""
	}
	best := all[0]
	for _, r := range all[1:] {
		if r.Confidence > best.Confidence || r.Confidence == best.Confidence && rank(r.Charset) < rank(best.Charset) {
			best = r
		}
	}
	if best.Confidence < 10 {
		return nil, ""
	}
	label := strings.ToLower(best.Charset)
	if label == "gb-18030" {
		label = "gb18030"
	}
	return lookup(label)
}

// rank sorts names of encodings by how many pages are written in them.
func rank(name string) string {
	for i, n := range [...]string{"UTF-8", "ISO-8859-1", "windows-1251", "GB-18030", "Shift_JIS", "EUC-JP", "EUC-KR", "Big5"} {
		if name == n {
			return string(rune('0' + i))
		}
	}
	return name
}
