package lemma

import (
	"unicode"
	"unicode/utf8"
)

func isUpper(r rune) bool {
	if r < utf8.RuneSelf {
		return 'A' <= r && r <= 'Z'
	}
	return unicode.IsUpper(r)
}

func isLower(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z'
	}
	return unicode.IsLower(r)
}

func isSpace(r rune) bool { return unicode.IsSpace(r) }

// toLower gives a form in small letters; bytes that are no UTF-8 stay as they are.
func toLower(form string) string {
	var room [4 * maxForm]byte
	return string(appendLower(room[:0], form))
}

// appendTitled adds a form in small letters but for the first.
func appendTitled(dst []byte, form string) []byte {
	_, n := utf8.DecodeRuneInString(form)
	return appendLower(append(dst, form[:n]...), form[n:])
}

// appendLower adds a form in small letters.
func appendLower(dst []byte, form string) []byte {
	for i := 0; i < len(form); {
		b := form[i]
		if b < utf8.RuneSelf {
			if 'A' <= b && b <= 'Z' {
				b += 'a' - 'A'
			}
			dst = append(dst, b)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(form[i:])
		if r == utf8.RuneError && n == 1 {
			dst = append(dst, b)
		} else {
			dst = utf8.AppendRune(dst, unicode.ToLower(r))
		}
		i += n
	}
	return dst
}
