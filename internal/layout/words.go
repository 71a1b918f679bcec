package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isBlank says which characters are space to layout: white space by Unicode,
// and what cannot be seen at an edge: byte order mark, zero-width characters,
// bidi marks, soft hyphen and control characters. They are trimmed from the
// edges of blocks; inside a block they stay.
func isBlank(r rune) bool {
	if r < utf8.RuneSelf {
		return r <= ' ' || r == 0x7f
	}
	switch {
	case r >= 0x200b && r <= 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2060 && r <= 0x2064, r >= 0x2066 && r <= 0x206f:
		return true
	case r == 0xfeff, r == 0xad, r >= 0x80 && r <= 0x9f:
		return true
	}
	return unicode.IsSpace(r)
}

// trim narrows [start,end) of s to what is not blank at its edges.
func trim(s string, start, end int) (int, int) {
	for start < end {
		r, n := utf8.DecodeRuneInString(s[start:end])
		if !isBlank(r) {
			break
		}
		start += n
	}
	for start < end {
		r, n := utf8.DecodeLastRuneInString(s[start:end])
		if !isBlank(r) {
			break
		}
		end -= n
	}
	return start, end
}

func runeAt(s string, i int) (rune, int) {
	if i >= len(s) {
		return 0, 0
	}
	if s[i] < utf8.RuneSelf {
		return rune(s[i]), 1
	}
	return utf8.DecodeRuneInString(s[i:])
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

func isUpper(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'A' && r <= 'Z'
	}
	return unicode.IsUpper(r)
}

func isLower(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z'
	}
	return unicode.IsLower(r)
}

// class is what a character is to word.
type class uint8

const (
	other class = iota
	small
	upper
	digit // and letters without case, and marks
)

// asciiClasses gives the class of each ASCII character; it never changes.
var asciiClasses = func() (t [utf8.RuneSelf]class) {
	for c := range t {
		switch r := rune(c); {
		case r >= 'a' && r <= 'z':
			t[c] = small
		case r >= 'A' && r <= 'Z':
			t[c] = upper
		case r >= '0' && r <= '9':
			t[c] = digit
		}
	}
	return t
}()

// classAt gives the class and the length of the character at i.
func classAt(s string, i int) (class, int) {
	if c := s[i]; c < utf8.RuneSelf {
		return asciiClasses[c], 1
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	switch {
	case unicode.IsLower(r):
		return small, n
	case unicode.IsUpper(r):
		return upper, n
	case isWordRune(r):
		return digit, n
	}
	return other, n
}

// word finds the next word of s from i on: letters and digits, ending also where
// a capital follows a small letter (VideoDe) and before the last of several
// capitals (LIVEPremier), so that glued words come apart. Without a further word
// both results are len(s).
func word(s string, i int) (start, end int) {
	for i < len(s) {
		c, n := classAt(s, i)
		if c != other {
			break
		}
		i += n
	}
	start = i
	before, last, lastAt := other, other, i
	for i < len(s) {
		c, n := classAt(s, i)
		if c == other {
			break
		}
		if c == upper && last == small {
			return start, i
		}
		if c == small && last == upper && before == upper && lastAt > start {
			return start, lastAt
		}
		before, last, lastAt = last, c, i
		i += n
	}
	return start, i
}

// token finds the next stretch without space from i on.
func token(s string, i int) (start, end int) {
	r, n := runeAt(s, i)
	for n > 0 && isBlank(r) {
		i += n
		r, n = runeAt(s, i)
	}
	start = i
	for n > 0 && !isBlank(r) {
		i += n
		r, n = runeAt(s, i)
	}
	return start, i
}

// capital tells whether the first letter of s is a capital, after a few opening
// marks at most.
func capital(s string) bool {
	for i, count := 0, 0; i < len(s) && count < 6; count++ {
		r, n := runeAt(s, i)
		if isWordRune(r) {
			return isUpper(r)
		}
		i += n
	}
	return false
}

// allUpper tells whether s has at least atLeast letters and no small one.
func allUpper(s string, atLeast int) bool {
	letters := 0
	for _, r := range s {
		if isLower(r) {
			return false
		}
		if isUpper(r) {
			letters++
		}
	}
	return letters >= atLeast
}

// words counts the space-separated words of s, up to limit.
func words(s string, limit int) int {
	count, i := 0, 0
	for count < limit {
		start, end := token(s, i)
		if start == end {
			break
		}
		count++
		i = end
	}
	return count
}

const closers = "'\"’”»)]“‘"

// endsSentence tells whether s ends with a stop, closing marks aside.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, closers)
	if s == "" {
		return false
	}
	return strings.IndexByte(".!?", s[len(s)-1]) >= 0 || strings.HasSuffix(s, "…")
}

// sentenceEnd finds the first place from i on where a sentence ends and space
// and a capital, or the end of s, follow; it is a cheap cut, for captions and
// headings only.
func sentenceEnd(s string, i int) int {
	for ; i < len(s); i++ {
		if s[i] != '.' && s[i] != '!' && s[i] != '?' {
			continue
		}
		j := i + 1
		for j < len(s) && s[j] != ' ' {
			r, n := runeAt(s, j)
			if !strings.ContainsRune(closers, r) {
				break
			}
			j += n
		}
		if j >= len(s) || isBlank(firstRune(s[j:])) && capital(strings.TrimLeft(s[j:min(len(s), j+12)], " ")) && !(s[i] == '.' && abbreviation(s[:i])) {
			return min(j, len(s))
		}
	}
	return len(s)
}

// sentences counts the sentences of s, up to limit.
func sentences(s string, limit int) int {
	count := 0
	for i := 0; i < len(s) && count < limit; count++ {
		i = sentenceEnd(s, i)
	}
	return count
}

// lastSentence is where the last sentence of s begins.
func lastSentence(s string) int {
	from := 0
	for {
		next := sentenceEnd(s, from)
		if next >= len(s) {
			return from
		}
		from = next
	}
}

// afterSentence tells whether a sentence has ended before byte i of s.
func afterSentence(s string, i int) bool {
	return endsSentence(strings.TrimRight(s[max(0, i-12):i], " \u00a0"))
}

func firstRune(s string) rune {
	r, _ := runeAt(s, 0)
	return r
}
