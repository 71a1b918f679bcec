package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mark keeps account of the quote mark, if it is one, at i, and returns where to
// go on. What stands around a mark tells whether it opens or closes; where that
// is open, the other of what came before.
func (s *scan) mark(i int) int {
	c, n := utf8.DecodeRuneInString(s.text[i:])
	switch c {
	case ',':
		if !strings.HasPrefix(s.text[i:], ",,") {
			return i + 1
		}
		s.double = true
		return i + 2
	case '„':
		s.double = true
	case '‚':
		s.single = true
	case '“', '«', '”', '»', '"':
		s.double = s.opens(i, i+n, c, s.double)
	case '\'':
		if strings.HasPrefix(s.text[i:], "''") {
			s.double = s.opens(i, i+2, '"', s.double)
			return i + 2
		}
		s.apostrophe(i, i+1, c)
	case '‘', '’':
		s.apostrophe(i, i+n, c)
	}
	return i + n
}

// opens tells whether the mark c at text[i:end] opens a quote.
func (s *scan) opens(i, end int, c rune, open bool) bool {
	left, right := edge(before(s.text, i)), edge(after(s.text, end))
	switch {
	case left && !right:
		return true
	case right && !left:
		return false
	case c == '“' || c == '«' || c == '‘':
		return true
	case c == '”' || c == '»' || c == '’':
		return false
	}
	return !open
}

// edge tells what stands outside a pair of quote marks: nothing, space, a
// bracket, a dash or a mark that goes with the sentence around.
func edge(c rune) bool {
	switch c {
	case 0, '(', ')', '[', ']', '-', '–', '—', ',', ':', ';', '/':
		return true
	}
	return unicode.IsSpace(c)
}

// apostrophe keeps account of the single mark c, which may be no quote mark: in
// a word ("zo'n"), or before one in place of letters ("'s avonds").
func (s *scan) apostrophe(i, end int, c rune) {
	left, right := before(s.text, i), after(s.text, end)
	if isWord(left) && isWord(right) || s.elision(i, c, end-i) > i {
		return
	}
	s.single = s.opens(i, end, c, s.single)
}

// closers returns the end of the quote marks and brackets that close at i,
// where a stop ends.
func (s *scan) closers(i int) int {
	for i < len(s.text) {
		n := s.closer(i)
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

// closer returns the length of the closing mark at i, zero if none closes there.
// A mark before a word closes only what is open.
func (s *scan) closer(i int) int {
	c, n := utf8.DecodeRuneInString(s.text[i:])
	free := !isWord(after(s.text, i+n))
	switch c {
	case ')', ']', '}':
		return n
	case '”', '"', '“', '»', '«':
		if !free && !s.double {
			return 0
		}
		s.double = false
		return n
	case '\'':
		if strings.HasPrefix(s.text[i:], "''") {
			s.double = false
			return 2
		}
		fallthrough
	case '’', '‘', '›', '‹':
		if !free && !s.single || s.elision(i, c, n) > i {
			return 0
		}
		s.single = false
		return n
	}
	return 0
}

// spacedCloser takes in a closing mark that stands behind a space, as wire
// services send it (gedaan. ”), and looks on behind it.
func (s *scan) spacedCloser(end, next, breaks int) (int, int, int) {
	if breaks > 0 || next == len(s.text) {
		return end, next, breaks
	}
	c, n := utf8.DecodeRuneInString(s.text[next:])
	closes := false
	switch c {
	case '\'':
		if strings.HasPrefix(s.text[next:], "''") {
			closes, n = true, 2
		} else {
			closes = s.single
		}
	case '"':
		closes = s.double
	case '”', '»':
		closes = true
	case '’':
		closes = s.single
	case ')', ']':
		closes = true
	}
	if right := after(s.text, next+n); !closes || right != 0 && !edge(right) && right != '.' {
		return end, next, breaks
	}
	if n == 1 && c == '\'' || c == '’' {
		s.single = false
	} else if c != ')' && c != ']' {
		s.double = false
	}
	end = s.closers(next + n)
	next, breaks = skipSpace(s.text, end)
	return end, next, breaks
}
