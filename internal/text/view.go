package text

import "unicode/utf8"

// View is a folded copy of a text: typographic quotation marks, dashes and
// spaces are replaced by their ASCII forms, so that a rule is written once and
// fits every house style. A place in the view maps back to the original bytes.
//
// Folding never joins or reorders characters, so positions rise in step.
type View struct {
	Text string
	// at[i] is the offset in the original of the rune whose folded form
	// starts or continues at byte i; at[len(Text)] is the original's length.
	// It is nil when nothing was folded and offsets are equal.
	at []int32
}

// Fold makes the view of src.
func Fold(src string) View {
	first := -1
	for i, r := range src {
		if r >= utf8.RuneSelf && foldRune(r) != "" {
			first = i
			break
		}
	}
	if first < 0 {
		return View{Text: src}
	}
	out := make([]byte, 0, len(src))
	at := make([]int32, 0, len(src)+1)
	for i, r := range src {
		f := ""
		if r >= utf8.RuneSelf {
			f = foldRune(r)
		}
		if f == "" {
			f = src[i : i+runeLen(src, i)]
			for k := range len(f) {
				out, at = append(out, f[k]), append(at, int32(i+k))
			}
			continue
		}
		for k := range len(f) {
			out, at = append(out, f[k]), append(at, int32(i))
		}
	}
	return View{Text: string(out), at: append(at, int32(len(src)))}
}

func runeLen(src string, i int) int {
	_, n := utf8.DecodeRuneInString(src[i:])
	return n
}

// Original maps a span of the view to the bytes it stands for.
func (v View) Original(s Span) Span {
	if v.at == nil || s.Empty() {
		return s
	}
	// The end is the start of whatever follows, so that a folded rune is
	// taken whole.
	return Span{int(v.at[s.Start]), int(v.at[s.End])}
}

// foldRune returns the ASCII form of a typographic rune, "" for all others.
func foldRune(r rune) string {
	switch r {
	case '‘', '’', '‚', '‛', '′', 'ʼ', '`', '´':
		return "'"
	case '“', '”', '„', '‟', '″', '«', '»':
		return `"`
	case '‐', '‑', '‒', '–', '—', '―', '−':
		return "-"
	case '\u00a0', '\u2007', '\u2009', '\u202f', '\u200a', '\u3000':
		return " "
	case '…':
		return "..."
	}
	return ""
}
