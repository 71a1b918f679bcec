// Package namekey makes of a name the key under which its spellings are one:
// without case, accents, apostrophes and the difference of hyphen and space.
package namekey

import (
	"unicode"
	"unicode/utf8"
)

// accented holds, by plain letter, the Latin letters that Unicode composes of it
// and a mark (canonical decompositions, U+00C0 to U+024F and U+1E00 to U+1EFF).
var accented = [...]struct {
	plain   byte
	letters string
}{
	{'a', "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"},
	{'b', "ḃḅḇ"},
	{'c', "çćĉċčḉ"},
	{'d', "ďḋḍḏḑḓ"},
	{'e', "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"},
	{'f', "ḟ"},
	{'g', "ĝğġģǧǵḡ"},
	{'h', "ĥȟḣḥḧḩḫẖ"},
	{'i', "ìíîïĩīĭįǐȉȋḭḯỉịı"},
	{'j', "ĵǰ"},
	{'k', "ķǩḱḳḵ"},
	{'l', "ĺļľḷḹḻḽł"},
	{'m', "ḿṁṃ"},
	{'n', "ñńņňǹṅṇṉṋ"},
	{'o', "òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợøǿ"},
	{'p', "ṕṗ"},
	{'r', "ŕŗřȑȓṙṛṝṟ"},
	{'s', "śŝşšſșṡṣṥṧṩẛ"},
	{'t', "ţťțṫṭṯṱẗŧ"},
	{'u', "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"},
	{'v', "ṽṿ"},
	{'w', "ŵẁẃẅẇẉẘ"},
	{'x', "ẋẍ"},
	{'y', "ýÿŷȳẏẙỳỵỷỹ"},
	{'z', "źżžẑẓẕ"},
}

// The letters of accented lie in two ranges, each with a table of its own.
const (
	firstLow, lastLow   = 0x00C0, 0x024F
	firstHigh, lastHigh = 0x1E00, 0x1EFF
)

var (
	low  = plainLetters(firstLow, lastLow)
	high = plainLetters(firstHigh, lastHigh)
)

// plainLetters gives for each letter of a range its plain one, or 0.
func plainLetters(first, last rune) []byte {
	table := make([]byte, last-first+1)
	for _, a := range accented {
		for _, r := range a.letters {
			if first <= r && r <= last {
				table[r-first] = a.plain
			}
		}
	}
	return table
}

// Append adds the key of name to dst. Two names with the same key are spellings
// of one name: Curaçao and curacao, 's-Hertogenbosch and ’s Hertogenbosch.
// The key is never longer than the name by more than a factor of two.
func Append(dst []byte, name string) []byte {
	start, space := len(dst), false
	for _, r := range name {
		switch {
		case 'a' <= r && r <= 'z': // nearly all letters of nearly all names
		case isDropped(r):
			continue
		case isGap(r):
			space = true
			continue
		}
		if space && len(dst) > start {
			dst = append(dst, ' ')
		}
		space = false
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		} else if r >= 0x80 {
			r = unicode.ToLower(r)
		}
		dst = appendLetter(dst, r)
	}
	return dst
}

// Of gives the key of a name.
func Of(name string) string { return string(Append(make([]byte, 0, 64), name)) }

// isDropped tells apostrophes and what stands for one in other scripts, marks
// that combine, and what cannot be seen.
func isDropped(r rune) bool {
	if r < 0x80 {
		return r == '\'' || r == '`' || r == '.' || r == ',' || r < ' ' && (r < '\t' || r > '\r') || r == 0x7f
	}
	switch r {
	case '´', '‘', '’', '‛', 'ʼ', 'ʻ', 'ʾ', 'ʿ', '′':
		return true
	}
	return unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r)
}

// isGap tells white space, hyphens and dashes.
func isGap(r rune) bool {
	if r < 0x80 {
		return r == '-' || r == ' ' || '\t' <= r && r <= '\r'
	}
	return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r)
}

// appendLetter adds a letter in lower case without its accent.
func appendLetter(dst []byte, r rune) []byte {
	if r < 0x80 {
		return append(dst, byte(r))
	}
	var plain byte
	switch {
	case r < firstLow:
	case r <= lastLow:
		plain = low[r-firstLow]
	case firstHigh <= r && r <= lastHigh:
		plain = high[r-firstHigh]
	}
	switch {
	case plain != 0:
		return append(dst, plain)
	case r == 'ß':
		return append(dst, "ss"...)
	case r == 'æ':
		return append(dst, "ae"...)
	case r == 'œ':
		return append(dst, "oe"...)
	case r == 'þ':
		return append(dst, "th"...)
	case r == 'ð' || r == 'đ':
		return append(dst, 'd')
	case r == 'ħ':
		return append(dst, 'h')
	case r == 'ə':
		return append(dst, 'e')
	}
	return utf8.AppendRune(dst, r)
}
