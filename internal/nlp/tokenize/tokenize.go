// Package tokenize divides a sentence into the words and marks of its treebank.
// It knows no language; a language's Tables say which dots and apostrophes
// belong to a word.
package tokenize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"telex/internal/document"
)

// MaxToken is the length, in bytes, at which a token is cut wherever it stands.
const MaxToken = 1024

// nearby is how far, in bytes, the other bracket of a word is looked for; it
// keeps the work linear.
const nearby = 20

// Tables are lists of words parted by white space; lines that begin with "#"
// explain. Case is ignored.
type Tables struct {
	Abbreviations string // with their dot: dr. o.a.
	Clitics       string // that begin with an apostrophe: 't 's
}

// Rules divide sentences of one language. They are immutable.
type Rules struct{ abbreviations, clitics map[string]bool }

// New makes the rules.
func New(t Tables) *Rules { return &Rules{list(t.Abbreviations), list(t.Clitics)} }

// Default gives the rules of a language whose abbreviations and clitics are not
// known.
func Default() *Rules { return New(Tables{}) }

func list(text string) map[string]bool {
	words := map[string]bool{}
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for w := range strings.FieldsSeq(line) {
			words[strings.ToLower(w)] = true
		}
	}
	return words
}

// Append adds the tokens of sentence to dst, in order, with offset added to each
// span (bytes). None is empty or holds white space, and together they hold every
// other character. Time is linear in the length of sentence.
func (r *Rules) Append(dst []document.Span, sentence string, offset int) []document.Span {
	end := len(strings.TrimRightFunc(sentence, unicode.IsSpace))
	for i := 0; i < end; {
		c, n := utf8.DecodeRuneInString(sentence[i:end])
		if unicode.IsSpace(c) {
			i += n
			continue
		}
		stop := strings.IndexFunc(sentence[i:end], unicode.IsSpace)
		if stop < 0 {
			stop = end - i
		}
		s := scan{Rules: r, text: sentence[i : i+stop], last: i+stop == end, offset: offset + i, out: dst}
		s.chunk(0, stop)
		dst = s.out
		i += stop
	}
	return dst
}

// scan divides one stretch without white space.
type scan struct {
	*Rules
	text   string
	last   bool // nothing of the sentence follows
	offset int
	out    []document.Span
}

// emit adds the token text[a:b], in pieces where it is too long.
func (s *scan) emit(a, b int) {
	for b-a > MaxToken {
		cut := a + MaxToken
		for cut > a+MaxToken-utf8.UTFMax && !utf8.RuneStart(s.text[cut]) {
			cut--
		}
		s.out = append(s.out, document.Span{Start: s.offset + a, End: s.offset + cut})
		a = cut
	}
	if a < b {
		s.out = append(s.out, document.Span{Start: s.offset + a, End: s.offset + b})
	}
}

// chunk takes marks off the beginning of text[a:b], then off its end; what
// stays is one word, or several that web pages glued together.
func (s *scan) chunk(a, b int) {
	for a < b {
		n := s.opening(a, b)
		if n == 0 {
			break
		}
		s.emit(a, a+n)
		a += n
	}
	word := s.wordEnd(a, b)
	s.words(a, word)
	for word < b {
		n := markLen(s.text[word:b])
		s.emit(word, word+n)
		word += n
	}
}

// opening is the length of the mark that stands before a word, 0 without one.
func (s *scan) opening(a, b int) int {
	rest := s.text[a:b]
	c, n := utf8.DecodeRuneInString(rest)
	switch c {
	case '\'', '’', '‘', '`':
		if len(rest) > n && rest[n] == rest[0] && n == 1 {
			return 2 // '' or ``
		}
		if c != '`' && s.clitic(rest[n:]) {
			return 0
		}
		return n
	case '(', '[':
		// (ex-)minister is one word.
		if i := strings.IndexAny(rest[:min(len(rest), nearby)], ")]"); i > 0 && rest[i-1] == '-' && i+1 < len(rest) {
			return 0
		}
		return n
	case '-':
		if len(rest) > 1 && (isLetter(rest[1:]) || isDigit(rest[1])) {
			return 0
		}
	case '@', '#', '+', '&', '/', '_', '~', '<', '>', '=', '*':
		if len(rest) > n && !isMark(rest[n:]) {
			return 0
		}
	}
	if isMark(rest) {
		return markLen(rest)
	}
	return 0
}

// clitic tells whether rest, after an apostrophe, makes a word with it: 't,
// 's-Gravenhage, '60.
func (s *scan) clitic(rest string) bool {
	i := strings.IndexFunc(rest, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	if i < 0 {
		i = len(rest)
	}
	if i == 2 && isDigit(rest[0]) && isDigit(rest[1]) {
		return true
	}
	return i > 0 && i < 8 && s.clitics["'"+strings.ToLower(rest[:i])]
}

// wordEnd is where the marks after the word text[a:b] begin.
func (s *scan) wordEnd(a, b int) int {
	for b > a {
		c, n := utf8.DecodeLastRuneInString(s.text[a:b])
		switch c {
		case '.':
			if s.dotStays(s.text[a:b]) {
				return b
			}
		case '-', '%', '+', '/', '&', '=', '°', '_', '*', '#', '@', '$', '€', '£':
			return b
		case ')', ']':
			// The bracket belongs to a word that opened it: commissaris(sen).
			from := max(a, b-nearby)
			if i := strings.LastIndexAny(s.text[from:b], "(["); from+i > a && i >= 0 && isLetter(s.text[from+i+1:]) {
				return b
			}
		}
		if !isMark(s.text[b-n : b]) {
			return b
		}
		b -= n
	}
	return b
}

// dotStays tells whether the dot at the end of word belongs to it.
func (s *scan) dotStays(word string) bool {
	if len(word) > 24 || strings.HasSuffix(word, "..") {
		return false
	}
	body := word[:len(word)-1]
	if s.abbreviations[strings.ToLower(word)] {
		return true
	}
	letters, dots := 0, 0
	for _, c := range body {
		switch {
		case c == '.':
			if letters == 0 {
				return false
			}
			letters = 0
			dots++
		case unicode.IsLetter(c):
			if letters++; letters > 2 || letters == 2 && dots == 0 {
				return false
			}
		default:
			return false
		}
	}
	if letters == 0 {
		return false
	}
	return dots > 0 || !s.last && unicode.IsUpper([]rune(body)[0])
}

// words emits text[a:b], divided where a page glued words together: after a stop
// before a capital, at a bracket or double quote within, and at dots in a row.
func (s *scan) words(a, b int) {
	if isAddress(s.text[a:b]) {
		s.emit(a, b)
		return
	}
	start := a
	for i := a; i < b; {
		n := s.seam(a, i, b)
		if n == 0 {
			_, n = utf8.DecodeRuneInString(s.text[i:b])
			i += n
			continue
		}
		s.emit(start, i)
		s.emit(i, i+n)
		i += n
		start = i
	}
	s.emit(start, b)
}

// seam is the length of the mark at i at which text[a:b] comes apart, 0 for none.
func (s *scan) seam(a, i, b int) int {
	if i == a || i+1 >= b {
		return 0
	}
	before, _ := utf8.DecodeLastRuneInString(s.text[a:i])
	c, n := utf8.DecodeRuneInString(s.text[i:b])
	after, _ := utf8.DecodeRuneInString(s.text[i+n : b])
	switch c {
	case '.':
		if strings.HasPrefix(s.text[i:b], "...") {
			return markLen(s.text[i:b])
		}
		if unicode.IsLower(before) && unicode.IsUpper(after) && i-a > 2 {
			return n
		}
	case '!', '?', ';', ':', ',':
		if m := markLen(s.text[i:b]); m == 2 || after == ',' && markLen(s.text[i+n:b]) == 2 {
			return m // ,, opens a quotation
		}
		if unicode.IsLetter(before) && unicode.IsLetter(after) && (c != ':' || unicode.IsUpper(after)) {
			return n
		}
	case '"', '“', '”', '„', '…', '«', '»', '–', '—':
		return n
	}
	return 0
}

// isAddress tells of web and mail addresses, which stay whole.
func isAddress(word string) bool {
	if strings.Contains(word, "://") || len(word) > 4 && strings.EqualFold(word[:4], "www.") {
		return true
	}
	i := strings.IndexByte(word, '@')
	return i > 0 && strings.IndexByte(word[i:], '.') > 1
}

// isMark tells whether text begins with punctuation or a symbol.
func isMark(text string) bool {
	c, _ := utf8.DecodeRuneInString(text)
	return unicode.IsPunct(c) || unicode.IsSymbol(c) && c < 0x2100
}

// markLen is the length of the mark that text begins with: dots in a row, ,, ”
// and dashes are one.
func markLen(text string) int {
	c, n := utf8.DecodeRuneInString(text)
	switch c {
	case '.', '-', '*', '_', '=':
		i := 1
		for i < len(text) && text[i] == text[0] {
			i++
		}
		return i
	case ',', '\'', '`':
		if len(text) > 1 && text[1] == text[0] {
			return 2
		}
	}
	return n
}

func isLetter(text string) bool {
	c, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(c)
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
