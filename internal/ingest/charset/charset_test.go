package charset

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

func TestDecode(t *testing.T) {
	in := func(e encoding.Encoding, s string) string {
		out, err := e.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	const (
		english   = "PORT AMBRY — “No one was hurt,” the café owner said.\n"
		german    = "Die Fähre läuft wieder, sagte der Bürgermeister von Größenau am Dienstag. Über Verletzte wurde nichts bekannt.\n"
		russian   = "Паром снова ходит, сообщила во вторник администрация порта. Никто не пострадал, сказал её представитель.\n"
		japaneseS = "フェリーは火曜日に運航を再開した、と港の事務所が発表した。けが人はいなかった。\n"
		koreanS   = "여객선 운항이 화요일 재개됐다고 항만 사무소가 밝혔다. 다친 사람은 없었다고 관계자는 말했다.\n"
		chinese   = "港务局星期二宣布渡轮恢复运营，没有人受伤。市长对记者说，调查仍在继续。\n"
	)
	for _, c := range []struct {
		name, raw, want, charset string
		how                      How
	}{
		{"clean UTF-8 stays as it is", english, english, "utf-8", ByContent},
		{"ASCII", "FERRY RESUMES\n", "FERRY RESUMES\n", "utf-8", ByContent},
		{"odd but valid characters stay", "a\u2028b\x1b[0m\x0c\ufffd", "a\u2028b\x1b[0m\x0c\ufffd", "utf-8", ByContent},
		{"UTF-8 with a mark", "\ufeff" + english, english, "utf-8", ByMark},
		{"CRLF", "one\r\ntwo\r\n", "one\ntwo\n", "utf-8", ByContent},
		{"CR alone", "one\rtwo\r", "one\ntwo\n", "utf-8", ByContent},
		{"NUL bytes", "fer\x00ry\x00\n", "ferry\n", "utf-8", ByContent},
		{"UTF-16 with a mark", in(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), english), english, "utf-16le", ByMark},
		{"UTF-16 big end first", in(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), english), english, "utf-16be", ByMark},
		{"UTF-16 without a mark", in(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), english), english, "utf-16le", ByContent},
		{"UTF-32", in(utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), english), english, "utf-32le", ByMark},
		{"Windows-1252 by statistics", in(charmap.Windows1252, german), german, "windows-1252", ByStatistics},
		{"Windows-1251 by statistics", in(charmap.Windows1251, russian), russian, "windows-1251", ByStatistics},
		{"KOI8-R by statistics", in(charmap.KOI8R, russian), russian, "koi8-r", ByStatistics},
		{"EUC-KR by statistics", in(korean.EUCKR, koreanS), koreanS, "euc-kr", ByStatistics},
		{"Shift JIS by statistics", in(japanese.ShiftJIS, japaneseS), japaneseS, "shift_jis", ByStatistics},
		{"GB18030 by statistics", in(simplifiedchinese.GB18030, chinese), chinese, "gb18030", ByStatistics},
		{"declared in meta", "<html><meta charset=windows-1251>" + in(charmap.Windows1251, russian), "<html><meta charset=windows-1251>" + russian, "windows-1251", ByDeclared},
		{
			"declared the old way", `<meta http-equiv="Content-Type" content="text/html; charset=KOI8-R">` + in(charmap.KOI8R, russian),
			`<meta http-equiv="Content-Type" content="text/html; charset=KOI8-R">` + russian, "koi8-r", ByDeclared,
		},
		{"a declaration that is false", "<meta charset='iso-8859-1'>" + russian, "<meta charset='iso-8859-1'>" + russian, "utf-8", ByContent},
		{"UTF-8 with a stray byte", english + english + "caf\xe9\n", english + english + "café\n", "utf-8", ByRepair},
		{"text that speaks of charset", "He typed <meta charset=big5> and left.\n", "He typed <meta charset=big5> and left.\n", "utf-8", ByContent},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Decode([]byte(c.raw))
			if got.Text != c.want || got.Charset != c.charset && !(c.charset == "windows-1252" && strings.HasPrefix(got.Charset, "iso-8859")) || got.How != c.how {
				t.Errorf("got %q\n%s by %s\nwant %q\n%s by %s", got.Text, got.Charset, got.How, c.want, c.charset, c.how)
			}
		})
	}
}

func TestClean(t *testing.T) {
	if got := Clean("\ufeffa\r\nb\x00\xff"); got != "a\nb\ufffd" {
		t.Errorf("got %q", got)
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "abc", "a\r\nb", "\xff\xfea\x00b\x00", "\xfe\xff\x00", "\xef\xbb\xbfx", "caf\xe9", "<meta charset=", "\x1b$B0!\x1b(B", "\x00\x00\xfe\xff\x00\x00\x00a"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		got := Decode(raw)
		if !utf8.ValidString(got.Text) || strings.ContainsAny(got.Text, "\r\x00") {
			t.Fatalf("%q is not clean", got.Text)
		}
		if again := Decode([]byte(got.Text)); got.Charset == "utf-8" && got.How == ByContent && again.Charset == "utf-8" && again.How == ByContent && again.Text != got.Text {
			t.Fatalf("decoding twice: %q, then %q", got.Text, again.Text)
		}
		if utf8.Valid(raw) && got.How == ByContent && got.Charset == "utf-8" && !strings.ContainsAny(string(raw), "\r\x00") && got.Text != string(raw) {
			t.Fatalf("clean text %q became %q", raw, got.Text)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	raw := []byte(strings.Repeat("The harbour office said on Tuesday that no one was hurt — “not a soul.”\n", 40))
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		Decode(raw)
	}
}

func TestDecodeIsAlwaysTheSame(t *testing.T) {
	raw := []byte("p\xc3\xd3\xd3\xd3\xcf\xd3") // fits four encodings equally well
	want := Decode(raw)
	for range 1000 {
		if got := Decode(raw); got != want {
			t.Fatalf("%+v, then %+v", want, got)
		}
	}
}
