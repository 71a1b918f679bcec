package temporal

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind tells what a token is.
type kind uint8

const (
	mark   kind = iota // a single sign
	word               // letters, with apostrophes inside
	digits             // a whole number
	number             // a broken number, 2,5, or one with its thousands marked, 1.000
	clockDigits
	dateDigits
	otherDigits // digits and marks that are none of these: 1.2.3, 25:61
)

// token is a piece of a sentence. Time expressions are read from pieces of their
// own, which keep together what a number needs and part what a word hides:
// "3-6-2019" is one, "ma-vr" three.
type token struct {
	start, end int // bytes of the text
	kind       kind
	glued      bool // no space before it
	upper      bool // begins with a capital
	id         int32
	exact      int32 // id of the form as written; of words that a table writes with a capital
	a, b, c    int   // day, month, year; hour, minute; the value of digits in a
	milli      int64 // value of a number in thousandths
}

// lexer cuts sentences into tokens; it knows the words of the tables by number.
type lexer struct {
	ids   map[string]int32
	exact map[string]int32
}

const unknown = -1

// maxDigits is the length of the longest number that is read; longer ones mean nothing.
const maxDigits = 9

// append cuts text[start:end] and adds its tokens to dst.
func (l *lexer) append(dst []token, text string, start, end int) []token {
	glued, open := false, true // open: no letter or digit stands right before
	for i := start; i < end; {
		r, n := utf8.DecodeRuneInString(text[i:end])
		var t token
		switch {
		case unicode.IsSpace(r):
			i, glued, open = i+n, false, true
			continue
		case r >= '0' && r <= '9':
			t = numeral(text[:end], i)
		case unicode.IsLetter(r):
			t = token{kind: word, end: wordEnd(text[:end], i), upper: unicode.IsUpper(r)}
		case isApostrophe(r) && open:
			t = elided(text[:end], i, n)
		default:
			t = token{end: i + n}
		}
		t.start, t.glued = i, glued
		l.name(&t, text[t.start:t.end])
		dst = append(dst, t)
		i, glued, open = t.end, true, t.kind == mark
	}
	return dst
}

// name looks the word up.
func (l *lexer) name(t *token, s string) {
	t.id, t.exact = unknown, unknown
	if t.kind != word && t.kind != mark && t.kind != digits || len(s) > maxWord {
		return
	}
	if id, ok := l.exact[s]; ok {
		t.exact = id
	}
	if id, ok := l.ids[fold(s)]; ok {
		t.id = id
	}
}

// maxWord is longer than any word of the tables, in bytes.
const maxWord = 64

// fold writes a word as the tables have it: lower case, straight apostrophes.
func fold(s string) string {
	plain := true
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isApostrophe(r) {
			return '\''
		}
		return unicode.ToLower(r)
	}, s)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == '`' || r == '´' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// wordEnd is the end of the word at i: letters and their marks, with single
// apostrophes between letters.
func wordEnd(text string, i int) int {
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if isApostrophe(r) {
			after, _ := utf8.DecodeRuneInString(text[i+n:])
			if !unicode.IsLetter(after) {
				return i
			}
		} else if !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) {
			return i
		}
		i += n
	}
	return i
}

// elided reads what an apostrophe begins: 's and '90 are words, a quotation mark
// is not.
func elided(text string, i, n int) token {
	rest := text[i+n:]
	if len(rest) >= 2 && isDigit(rest[0]) && isDigit(rest[1]) && (len(rest) == 2 || !isDigit(rest[2])) {
		return token{kind: otherDigits, end: i + n + 2, a: int(rest[0]-'0')*10 + int(rest[1]-'0'), c: shortYear}
	}
	if end := wordEnd(text, i+n); end == i+n+1 {
		return token{kind: word, end: end}
	}
	return token{end: i + n}
}

// shortYear marks, in token.c, a year of two digits behind an apostrophe.
const shortYear = -1

// numeral reads digits with the marks between them.
func numeral(text string, i int) token {
	var parts [4]int // ends of the runs of digits
	var marks [4]byte
	n, end := 0, i
	for {
		for end < len(text) && isDigit(text[end]) {
			end++
		}
		if n < len(parts) {
			parts[n] = end
		}
		n++
		if end+1 >= len(text) || !isDigit(text[end+1]) || strings.IndexByte(".,:", text[end]) < 0 {
			break
		}
		if n <= len(marks) {
			marks[n-1] = text[end]
		}
		end++
	}
	t := token{kind: otherDigits, end: end}
	switch {
	case n == 1:
		if date, ok := dashedDate(text, i, end); ok {
			return date
		}
		if end-i <= maxDigits {
			t.kind, t.a, t.milli = digits, atoi(text[i:end]), int64(atoi(text[i:end]))*1000
		}
	case n == 2:
		t = twoRuns(text, i, parts[0], end, marks[0])
	case n == 3 && marks[0] == '.' && marks[1] == '.' && parts[0]-i <= 2 && parts[1]-parts[0] <= 3:
		if date, ok := dotted(text, i, parts[0], parts[1], end); ok {
			return date
		}
	}
	if t.kind == otherDigits && n <= 4 {
		thousands(&t, text[i:end])
	}
	return t
}

func atoi(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// twoRuns reads 19.30, 19:30 and 2,5.
func twoRuns(text string, i, first, end int, between byte) token {
	t := token{kind: otherDigits, end: end}
	left, right := text[i:first], text[first+1:end]
	switch {
	case between != ',' && len(left) <= 2 && len(right) == 2 && atoi(left) <= 24 && atoi(right) < 60:
		t.kind, t.a, t.b = clockDigits, atoi(left), atoi(right)
		if t.a == 24 && t.b != 0 {
			t.kind = otherDigits
		}
	case between == ',' && len(left) <= maxDigits && len(right) <= 3:
		t.kind = number
		t.milli = int64(atoi(left))*1000 + int64(atoi((right + "00")[:3]))
	}
	return t
}

// thousands reads 1.000 and 1.500.000.
func thousands(t *token, s string) {
	groups := strings.Split(s, ".")
	if len(groups[0]) > 3 || len(groups) < 2 || len(groups) > 3 {
		return
	}
	for _, g := range groups[1:] {
		if len(g) != 3 || strings.ContainsAny(g, ",:") {
			return
		}
	}
	if strings.ContainsAny(groups[0], ",:") {
		return
	}
	t.kind = number
	t.milli = int64(atoi(strings.Join(groups, ""))) * 1000
}

func dotted(text string, i, first, second, end int) (token, bool) {
	return calendarToken(end, atoi(text[i:first]), atoi(text[first+1:second]), text[second+1:end])
}

// dashedDate reads 3-6-2019, 03/06/19 and 2019-06-03, whose first digits end at
// end.
func dashedDate(text string, i, end int) (token, bool) {
	var none token
	if end+1 >= len(text) || text[end] != '-' && text[end] != '/' {
		return none, false
	}
	sep := text[end]
	second := digitsEnd(text, end+1)
	if second == end+1 || second-end > 3 || second+1 >= len(text) || text[second] != sep {
		return none, false
	}
	third := digitsEnd(text, second+1)
	if third < len(text) && strings.IndexByte("-/.", text[third]) >= 0 && third+1 < len(text) && isDigit(text[third+1]) {
		return none, false
	}
	a, b, c := text[i:end], text[end+1:second], text[second+1:third]
	var t token
	ok := false
	switch {
	case len(a) == 4 && len(b) == 2 && len(c) == 2:
		t, ok = calendarToken(third, atoi(c), atoi(b), a)
	case len(a) <= 2 && len(b) <= 2:
		t, ok = calendarToken(third, atoi(a), atoi(b), c)
	default:
		return none, false
	}
	if !ok { // a day that there is not: no part of it is a time either
		t = token{kind: otherDigits, end: third}
	}
	return t, true
}

func digitsEnd(text string, i int) int {
	for i < len(text) && isDigit(text[i]) {
		i++
	}
	return i
}

// calendarToken makes a date of day, month and a year of two or four digits.
func calendarToken(end, d, m int, year string) (token, bool) {
	if len(year) != 2 && len(year) != 4 {
		return token{}, false
	}
	y := atoi(year)
	if len(year) == 2 {
		y = fullYear(y)
	}
	_, ok := civil(y, m, d)
	return token{kind: dateDigits, end: end, a: d, b: m, c: y}, ok && y >= 1000
}

// fullYear gives the year that two digits mean, by the rule of POSIX: 69 to 99
// are of the twentieth century. Readers of '40 and '45 know better; see
// Reader.short.
func fullYear(two int) int {
	if two >= 69 {
		return 1900 + two
	}
	return 2000 + two
}
