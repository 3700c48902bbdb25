package markup

// TooDeep finds the first bracket of JSON that is nested deeper than limit, so
// that no recursive parser sees it. at is its byte.
func TooDeep(src string, limit int) (at int, yes bool) {
	depth := 0
	for i := 0; i < len(src); i++ {
		switch src[i] {
		case '"':
			for i++; i < len(src) && src[i] != '"'; i++ {
				if src[i] == '\\' {
					i++
				}
			}
		case '{', '[':
			if depth++; depth > limit {
				return i, true
			}
		case '}', ']':
			depth--
		}
	}
	return 0, false
}
