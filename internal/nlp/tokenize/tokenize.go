// Package tokenize divides a sentence into the words and marks of its treebank.
// It knows no language; a language's Tables say which dots and apostrophes
// belong to a word.
package tokenize

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"telex/internal/document"
)

// MaxToken is the length, in bytes, at which a token is cut wherever it stands.
const MaxToken = 1024

const (
	// nearby is how far, in bytes, the other bracket of a word is looked for; it
	// keeps the work linear.
	nearby = 32
	// longestAbbreviation is the length, in bytes, up to which a dot may belong
	// to the word before it.
	longestAbbreviation = 24
	// unknownAbbreviation is the number of letters up to which a word with a dot
	// within a sentence is an abbreviation, though it is in no table.
	unknownAbbreviation = 4
)

// List is words parted by white space; lines that begin with "#" explain. Case is
// ignored. Name is the file, for errors.
type List struct{ Name, Text string }

// Tables are the lists of one language.
type Tables struct {
	Abbreviations []List // with their dot: dr. o.a.
	Final         []List // such as keep their dot at the end of a sentence too: enz.
	Clitics       []List // that begin with an apostrophe: 't 's
	Genitives     []List // letters whose genitive is an apostrophe alone: s x z
}

// Rules divide sentences of one language. They are immutable.
type Rules struct{ abbreviations, final, clitics, genitives map[string]bool }

// New makes the rules. An error names list, line and word that does not belong.
func New(t Tables) (*Rules, error) {
	r := Default()
	for _, table := range []struct {
		words map[string]bool
		lists []List
		fits  func(word string) bool
		must  string
	}{
		{r.abbreviations, t.Abbreviations, isAbbreviation, "end with a dot and have at most 24 bytes"},
		{r.abbreviations, t.Final, isAbbreviation, "end with a dot and have at most 24 bytes"},
		{r.final, t.Final, isAbbreviation, "end with a dot and have at most 24 bytes"},
		{r.clitics, t.Clitics, func(w string) bool { return w[0] == '\'' && len(w) > 1 }, "begin with an apostrophe"},
		{r.genitives, t.Genitives, func(w string) bool { return utf8.RuneCountInString(w) == 1 }, "be one letter"},
	} {
		for _, list := range table.lists {
			if err := list.read(table.words, table.fits, table.must); err != nil {
				return nil, err
			}
		}
	}
	return r, nil
}

// read adds the words of l to words.
func (l List) read(words map[string]bool, fits func(word string) bool, must string) error {
	number := 0
	for line := range strings.Lines(l.Text) {
		number++
		if strings.HasPrefix(line, "#") {
			continue
		}
		for w := range strings.FieldsSeq(line) {
			if !fits(w) {
				return fmt.Errorf("%s, line %d: %q must %s", l.Name, number, w, must)
			}
			words[strings.ToLower(w)] = true
		}
	}
	return nil
}

func isAbbreviation(w string) bool {
	return strings.HasSuffix(w, ".") && len(w) > 1 && len(w) <= longestAbbreviation
}

// Default gives the rules of a language whose abbreviations and clitics are not
// known.
func Default() *Rules {
	return &Rules{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
}

// Append adds the tokens of sentence to dst, in order, with offset added to each
// span (bytes). None is empty or holds white space, and together they hold every
// other character. Time is linear in the length of sentence.
func (r *Rules) Append(dst []document.Span, sentence string, offset int) []document.Span {
	end := len(strings.TrimRightFunc(sentence, unicode.IsSpace))
	words := len(strings.TrimRightFunc(sentence[:end], func(c rune) bool { return unicode.IsSpace(c) || unicode.IsPunct(c) }))
	s := scan{Rules: r, out: dst}
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
		s.text, s.last, s.offset = sentence[i:i+stop], i+stop >= words, offset+i
		s.chunk(0, stop)
		i += stop
	}
	return s.out
}

// scan divides one stretch without white space after the other.
type scan struct {
	*Rules
	text   string
	last   bool // only marks of the sentence follow
	offset int
	quoted int // single quotes that are open
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
		if isSingleQuote(s.text[a : a+n]) {
			s.quoted++
		}
		s.emit(a, a+n)
		a += n
	}
	s.words(a, s.marksFrom(a, b), b)
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
		if c != '`' && s.clitic(rest[n:]) || quotedPart(rest, n) {
			return 0
		}
		return n
	case '"', '“', '„', '”':
		if quotedPart(rest, n) {
			return 0
		}
	case '(', '[':
		if bracketedPart(rest) {
			return 0
		}
		return n
	case '-':
		// -en is part of a word, -De is a point of a list.
		if len(rest) > 1 && (isLetter(rest[1:]) && (len(s.out) > 0 || !isUpper(rest[1:])) || isDigit(rest[1])) {
			return 0
		}
	case '@', '#', '+', '&', '/', '_', '~', '<', '>', '=', '*', '°':
		if len(rest) > n && !isMark(rest[n:]) {
			return 0
		}
	}
	if isMark(rest) || isPicture(c) {
		return markLen(rest)
	}
	return 0
}

// bracketedPart tells whether the bracket that rest begins with holds part of a
// word: (ex-)minister, (werk)dag, but not (ANP)De.
func bracketedPart(rest string) bool {
	i := strings.IndexAny(rest[:min(len(rest), nearby)], ")]")
	if i < 2 || i+1 >= len(rest) {
		return false
	}
	c, _ := utf8.DecodeRuneInString(rest[i+1:])
	return rest[i-1] == '-' || unicode.IsLower(c)
}

// quotedPart tells whether the quote of n bytes that rest begins with holds part
// of a word: 'technologie'-aandelen.
func quotedPart(rest string, n int) bool {
	i := strings.IndexByte(rest[n:min(len(rest), n+nearby)], '-')
	if i < 2 || n+i+1 >= len(rest) || !isLetter(rest[n+i+1:]) {
		return false
	}
	c, _ := utf8.DecodeLastRuneInString(rest[:n+i])
	return strings.ContainsRune("'\"’”", c)
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

// marksFrom is where the marks after the word text[a:b] begin.
func (s *scan) marksFrom(a, b int) int {
	for end := b; b > a; {
		c, n := utf8.DecodeLastRuneInString(s.text[a:b])
		switch c {
		case '.':
			if s.dotStays(s.text[a:b], b == end && end == len(s.text)) {
				return b
			}
		case '-', '%', '+', '/', '&', '=', '°', '_', '*', '#', '@', '$', '€', '£':
			return b
		case '\'', '’':
			if s.quoted == 0 && s.genitive(s.text[a:b-n]) {
				return b
			}
			s.quoted = max(0, s.quoted-1)
		case ')', ']':
			// The bracket belongs to a word that opened it: commissaris(sen), f(x).
			from := max(a, b-nearby)
			if i := strings.LastIndexAny(s.text[from:b], "(["); i >= 0 && from+i > a && !isMark(s.text[from+i+1:]) {
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

// genitive tells whether an apostrophe after word makes its genitive: Morris'.
func (s *scan) genitive(word string) bool {
	c, n := utf8.DecodeLastRuneInString(word)
	return len(word) > n && isUpper(word) && s.genitives[strings.ToLower(string(c))]
}

// dotStays tells whether the dot at the end of word belongs to it. Before white
// space the dot of a sentence that goes on is one of an abbreviation.
func (s *scan) dotStays(word string, spaced bool) bool {
	if len(word) > longestAbbreviation || strings.HasSuffix(word, "..") {
		return false
	}
	lower := strings.ToLower(word)
	body := lower[:len(lower)-1]
	switch {
	case s.abbreviations[lower]:
		return !s.last || s.final[lower] || strings.IndexByte(body, '.') >= 0
	case initials(body):
		return true
	case s.last || body == "":
		return false
	case !spaced:
		return isUpper(word) && letters(body) == 1
	}
	n := letters(body)
	return n > 0 && n <= unknownAbbreviation || numeral(body) && len(s.out) == 0
}

// initials tells of letters with dots between them: j.p, v.chr, n.-br.
func initials(body string) bool {
	run, dots := 0, 0
	for _, c := range body {
		switch {
		case c == '.':
			if run == 0 {
				return false
			}
			run = 0
			dots++
		case c == '-' && dots > 0 && run == 0:
		case unicode.IsLetter(c):
			if run++; run > 2 || run == 2 && dots == 0 {
				return false
			}
		default:
			return false
		}
	}
	return dots > 0 && run > 0
}

// letters counts those of a word of letters and hyphens, 0 for any other.
func letters(word string) int {
	n := 0
	for _, c := range word {
		if !unicode.IsLetter(c) && (c != '-' || n == 0) {
			return 0
		}
		n++
	}
	return n
}

// numeral tells whether a word is a number of one or two digits.
func numeral(word string) bool {
	return len(word) == 1 && isDigit(word[0]) || len(word) == 2 && isDigit(word[0]) && isDigit(word[1])
}

// words emits text[a:marks] as a word and text[marks:b] as marks. The word is
// divided where a page glued words together: after a stop before a capital, at a
// bracket or double quote within, at dots in a row and at pictures.
func (s *scan) words(a, marks, b int) {
	if !isAddress(s.text[a:marks]) {
		start := a
		for i := a; i < marks; {
			n := s.seam(a, i, marks)
			if n == 0 {
				_, n = utf8.DecodeRuneInString(s.text[i:marks])
				i += n
				continue
			}
			s.word(start, i)
			s.emit(i, i+n)
			i += n
			start = i
		}
		a = start
	}
	s.emit(a, marks)
	s.marks(marks, b)
}

// word emits what stands before a seam, with marks of its own at its end.
func (s *scan) word(a, b int) {
	marks := s.marksFrom(a, b)
	s.emit(a, marks)
	s.marks(marks, b)
}

func (s *scan) marks(a, b int) {
	for a < b {
		n := markLen(s.text[a:b])
		s.emit(a, a+n)
		a += n
	}
}

// seam is the length of the mark at i at which text[a:b] comes apart, 0 for none.
func (s *scan) seam(a, i, b int) int {
	if i == a {
		return 0
	}
	c, n := utf8.DecodeRuneInString(s.text[i:b])
	if isPicture(c) {
		return markLen(s.text[i:b])
	}
	if i+n >= b {
		return 0
	}
	before, _ := utf8.DecodeLastRuneInString(s.text[a:i])
	after, _ := utf8.DecodeRuneInString(s.text[i+n : b])
	switch c {
	case '.':
		if strings.HasPrefix(s.text[i:b], "...") {
			return markLen(s.text[i:b])
		}
		if unicode.IsLower(before) && unicode.IsUpper(after) && i > a+1 && s.text[i-2] != '.' {
			return n
		}
	case '!', '?', ';', ':', ',':
		if m := markLen(s.text[i:b]); m == 2 || after == ',' && markLen(s.text[i+n:b]) == 2 {
			return m // ,, opens a quotation
		}
		if unicode.IsLetter(before) && unicode.IsLetter(after) && (c != ':' || unicode.IsUpper(after)) {
			return n
		}
	case '"', '”':
		if c, m := utf8.DecodeRuneInString(s.text[i+n : b]); c == '-' && isLetter(s.text[i+n+m:b]) {
			return 0 // "cd"-nummerplaten
		}
		return n
	case '“', '„', '…', '«', '»', '–', '—':
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

// isPicture tells of arrows, emoji and the like, which are no part of words.
func isPicture(c rune) bool { return c >= 0x2190 && unicode.Is(unicode.So, c) }

// markLen is the length of the mark that text begins with: dots in a row, ,, and
// ”, dashes and an emoji with what belongs to it are one.
func markLen(text string) int {
	c, n := utf8.DecodeRuneInString(text)
	switch c {
	case '.', '-', '*', '_', '=':
		return run(text)
	case ',', '\'', '`':
		switch run(text) {
		case 1, 3: // ,,, is a comma and a quotation that opens
		default:
			return 2
		}
	}
	if isPicture(c) {
		return pictureLen(text)
	}
	return n
}

// run is how often the byte that text begins with stands there.
func run(text string) int {
	i := 1
	for i < len(text) && text[i] == text[0] {
		i++
	}
	return i
}

// pictureLen is the length of the emoji that text begins with, with the signs
// that change or join it.
func pictureLen(text string) int {
	joined := true
	for i, c := range text {
		switch {
		case isPicture(c) && joined:
			joined = false
		case c == '\u200d':
			joined = true
		case !unicode.In(c, unicode.Mn, unicode.Me, unicode.Sk):
			return i
		}
	}
	return len(text)
}

func isSingleQuote(text string) bool {
	return text == "'" || text == "‘" || text == "’" || text == "`"
}

func isLetter(text string) bool {
	c, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(c)
}

func isUpper(text string) bool {
	c, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(c)
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
