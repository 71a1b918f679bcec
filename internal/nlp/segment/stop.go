package segment

import (
	"strings"
	"unicode/utf8"
)

// ends decides about the stop st, behind which, after white space, w follows.
func (s *scan) ends(st run, w word) bool {
	switch {
	case st.wide:
		return true
	case w.comma || w.first == lowerCase || !s.hasWord(st.start):
		return false
	case st.loud:
		return !s.isMarked(st)
	case !st.single():
		return w.first != digit
	case st.closed:
		// "(lib.) (1933-1946)": a year follows what is put in brackets.
		return w.first != digit || after(s.text, st.end) != ')' && s.classBefore(st.start) == notOne
	}
	return s.fullStopEnds(st.start, w)
}

// isMarked tells whether st belongs to a name: "yahoo!".
func (s *scan) isMarked(st run) bool {
	if st.closed || st.end-st.start != 1 {
		return false
	}
	name := wordBefore(s.text, st.start)
	if name == "" || len(name) >= longestEntry {
		return false
	}
	return s.roleOf(strings.ToLower(name)+s.text[st.start:st.end])&marked != 0
}

// classBefore gives the class of the abbreviation before the stop at i. Of a
// compound the last part counts: "oud-min.".
func (s *scan) classBefore(i int) abbreviation {
	token := tokenBefore(s.text, i)
	class := s.abbreviationAt(token)
	if class == notOne {
		if k := strings.LastIndexAny(token, "-/"); k >= 0 {
			class = s.abbreviationAt(token[k+1:])
		}
	}
	return class
}

// fullStopEnds decides about the full stop at i by what stands before it.
func (s *scan) fullStopEnds(i int, w word) bool {
	switch s.classBefore(i) {
	case never:
		return false
	case titled:
		return w.starts
	case numbered:
		return w.first == capital
	case ending:
		return w.first != digit
	case attached:
		return w.starts || w.name
	}
	token := tokenBefore(s.text, i)
	switch shapeOf(token) {
	case initials:
		return s.initialEnds(i, token, w)
	case dotted:
		return w.starts
	case number:
		return !w.ranked && !s.isListNumber(i, token)
	}
	return true
}

// shape says what a token looks like that no list knows.
type shape uint8

const (
	ordinary shape = iota
	initials       // one capital, or several with stops: J, J.P, J.-P, Th.H
	dotted         // short parts in lower case with stops: d.w
	number
)

// shapeOf tells the shape of token, which stands before a stop.
func shapeOf(token string) shape {
	if token == "" || len(token) > 16 {
		return ordinary
	}
	if strings.IndexFunc(token, func(c rune) bool { return !isDigit(c) }) < 0 {
		return number
	}
	upper, stops := false, false
	for rest := token; rest != ""; {
		if rest[0] == '.' || rest[0] == '-' {
			stops = stops || rest[0] == '.'
			rest = rest[1:]
			continue
		}
		c, n := utf8.DecodeRuneInString(rest)
		if !isUpper(c) && !isLower(c) {
			return ordinary
		}
		upper = upper || isUpper(c)
		second, m := utf8.DecodeRuneInString(rest[n:])
		switch {
		case m == 0 || second == '.' || second == '-':
			m = 0
		case isLower(second) && len(token) > n+m || isUpper(c) && (second == 'J' && c == 'I'):
			// Th.H, IJ: two letters at most
			if third := after(rest, n+m); third != 0 && third != '.' && third != '-' {
				return ordinary
			}
		default:
			return ordinary
		}
		rest = rest[n+m:]
	}
	switch {
	case upper:
		return initials
	case stops || utf8.RuneCountInString(token) == 1:
		return dotted
	}
	return ordinary
}

// initialEnds decides about the stop at i behind initials. A name follows
// initials, so only a word that is no name ends the sentence; a letter that
// names a thing ("vitamine C.") ends it before any capital.
func (s *scan) initialEnds(i int, token string, w word) bool {
	if w.starts {
		return true
	}
	if utf8.RuneCountInString(token) > 1 || w.first != capital {
		return false
	}
	last := wordOver(s.text, i-len(token))
	if last == "" || len(last) > longestEntry {
		return false
	}
	if s.roleOf(strings.ToLower(last))&lettered != 0 {
		return true
	}
	// "B en W.": a letter before the word before is no initial, nor is this one.
	first := wordOver(s.text, i-len(token)-1-len(last))
	return isLower(rune(last[0])) && len(first) == 1 && isUpper(rune(first[0]))
}

// wordOver returns the word that ends one space before i, if one does.
func wordOver(text string, i int) string {
	if i <= 0 || text[i-1] != ' ' {
		return ""
	}
	return wordBefore(text, i-1)
}

// isListNumber tells whether token, before the stop at i, is the numeral of a
// list: it opens the sentence, or follows a comma or colon ("1. Bos, 2. Smit").
func (s *scan) isListNumber(i int, token string) bool {
	if len(token) > 3 {
		return false
	}
	from := i - len(token)
	if from > 1 && s.text[from-1] == ' ' && strings.IndexByte(",;:(", s.text[from-2]) >= 0 {
		return true
	}
	return from-s.start < tokenReach && strings.TrimSpace(s.text[s.start:from]) == ""
}

// gluedEnds decides about the stop st with its closing marks up to end, where
// the next character follows at once.
func (s *scan) gluedEnds(st run, end int) bool {
	if st.wide {
		return true
	}
	c := after(s.text, end)
	opened := end
	if !isWord(c) {
		n := openerAt(s.text, end)
		if n == 0 {
			return false
		}
		opened += n
		c = after(s.text, opened)
	}
	if !isUpper(c) || !s.hasWord(st.start) || !isWord(before(s.text, st.start)) {
		return false
	}
	switch {
	case st.closed, opened > end:
		return st.loud || !st.single() || s.fullStopEnds(st.start, s.lookAt(opened))
	case st.loud:
		return !s.isMarked(st) && !inAddress(s.text, st.start)
	case !st.single():
		return true
	}
	return s.gluedStop(st.start, end)
}

// gluedStop decides about the full stop at i with a capital right behind it: a
// forgotten space, or the inside of a name, an abbreviation or an address.
func (s *scan) gluedStop(i, end int) bool {
	token := tokenBefore(s.text, i)
	if strings.ContainsAny(token, "./@:_#=&") || s.abbreviationAt(token) != notOne {
		return false
	}
	next := wordAt(s.text, end)
	if c := after(s.text, end+len(next)); c == '.' && utf8.RuneCountInString(next) < 2 || c == '/' || c == '@' || c == '_' {
		return false
	}
	w := s.lookAt(end)
	c, _ := utf8.DecodeRuneInString(token)
	if n := utf8.RuneCountInString(token); n < 2 || !isLower(before(s.text, i)) {
		return n > 1 && isDigit(c) && w.starts
	}
	if w.starts || w.name {
		return true
	}
	second := strings.IndexFunc(next, isLower) > 0
	return isLower(c) && second
}

// inAddress tells whether the mark at i stands in an address: "?" of a query.
func inAddress(text string, i int) bool {
	return strings.ContainsAny(tokenBefore(text, i), "/=@")
}

// openerAt returns the length of the mark at i that opens a quote or bracket.
func openerAt(text string, i int) int {
	if strings.HasPrefix(text[i:], ",,") {
		return 2
	}
	switch c, n := utf8.DecodeRuneInString(text[i:]); c {
	case '“', '„', '”', '‘', '’', '«', '»', '‚', '"', '\'', '(', '[':
		return n
	}
	return 0
}
