package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"telex/internal/document"
)

const (
	// MaxSentence is the length, in code points, at which a sentence is cut
	// though no stop was seen: at the last white space of its second half, or,
	// without one, right there.
	MaxSentence = 5000

	shortLine  = 45 // code points: a line below this was not broken for lack of room
	peek       = 12 // code points looked at for the word that comes next
	tokenReach = 64 // bytes looked at on either side of a stop for the token it stands in
)

// Split returns the sentences of text, in order, as byte ranges without the
// white space around them. Together they hold every character that is not
// white space. Text that is not UTF-8 is cut at the same places as if its
// broken bytes were signs. Time is linear in the length of text.
//
// A sentence ends at a stop, with the marks that close after it, when the next
// word may begin a sentence; at a blank line; and at a line break before a list
// item or after a line that is no running text (see lineEnds).
func (r *Rules) Split(text string) []document.Span { return r.Append(nil, text, 0) }

// Append adds the sentences of text to dst, with offset added to each span.
func (r *Rules) Append(dst []document.Span, text string, offset int) []document.Span {
	s := scan{Rules: r, text: text, out: dst, first: len(dst), offset: offset, held: -1}
	for i := 0; i < len(text); {
		switch kinds[text[i]] {
		case plain:
			i++
		case stopByte:
			i = s.stop(i)
		case breakByte:
			i = s.line(i)
		case markByte:
			i = s.mark(i)
		default:
			i = s.wide(i)
		}
	}
	s.cut(len(text))
	return s.out
}

// kind says what the first byte of a character asks of the scan.
type kind uint8

const (
	plain     kind = iota
	stopByte       // . ! ?
	breakByte      // ends a line
	markByte       // may open or close a quote
	wideByte       // begins a character outside ASCII
)

// kinds is a constant table: it is never written after its declaration.
var kinds = func() (k [256]kind) {
	for c := 0xC2; c <= 0xF4; c++ {
		k[c] = wideByte
	}
	k['.'], k['!'], k['?'] = stopByte, stopByte, stopByte
	k['\n'], k['\r'] = breakByte, breakByte
	k['"'], k['\''], k[','] = markByte, markByte, markByte
	return k
}()

// scan is the state of one pass.
type scan struct {
	*Rules
	text    string
	out     []document.Span
	first   int  // index in out of the first sentence of this text
	offset  int  // added to every span
	start   int  // where the current sentence begins
	lineAt  int  // where the current line begins
	held    int  // end of the last stop that ended no sentence, -1 for none
	checked int  // up to here the current sentence was searched for a word
	worded  bool // the current sentence has a letter or digit before checked
	double  bool // a double quote mark is open
	single  bool // a single quote mark is open
}

// cut ends the current sentence at end, if there is anything in it.
func (s *scan) cut(end int) {
	from, to := trim(s.text, s.start, end)
	s.start, s.held = end, -1
	s.checked, s.worded = end, false
	if from == to {
		return
	}
	if s.joins(from, to) {
		s.out[len(s.out)-1].End = s.offset + to
		return
	}
	for to-from > MaxSentence {
		at := bound(s.text[from:to])
		if at == to-from {
			break
		}
		_, mid := trim(s.text, from, from+at)
		s.out = append(s.out, document.Span{Start: s.offset + from, End: s.offset + mid})
		from, _ = trim(s.text, from+at, to)
	}
	s.out = append(s.out, document.Span{Start: s.offset + from, End: s.offset + to})
}

// joins tells whether text[from:to] is only signs left over by the sentence
// before it on the same line: a stray quote mark, a row of stars.
func (s *scan) joins(from, to int) bool {
	if len(s.out) == s.first || to-from > tokenReach {
		return false
	}
	last := s.out[len(s.out)-1]
	begin, end := last.Start-s.offset, last.End-s.offset
	if to-begin > MaxSentence || from-end > tokenReach || strings.ContainsAny(s.text[end:from], "\n\r") {
		return false
	}
	return strings.IndexFunc(s.text[from:to], isWord) < 0
}

// bound returns where to cut text, which is longer than MaxSentence bytes:
// len(text) if it has no more than MaxSentence code points.
func bound(text string) int {
	n, space := 0, 0
	for i, c := range text {
		if n == MaxSentence {
			if space > 0 {
				return space
			}
			return i
		}
		if n > MaxSentence/2 && unicode.IsSpace(c) {
			space = i
		}
		n++
	}
	return len(text)
}

// hasWord tells whether the current sentence holds a letter or digit before end.
// It looks at each character once.
func (s *scan) hasWord(end int) bool {
	if !s.worded && s.checked < end {
		s.worded = strings.IndexFunc(s.text[s.checked:end], isWord) >= 0
		s.checked = end
	}
	return s.worded
}

// stop handles the stop at i and returns where to go on.
func (s *scan) stop(i int) int {
	if s.text[i] == '.' && i+1 < len(s.text) {
		// Within a number, an address or an abbreviation: the usual case.
		if c := s.text[i+1]; 'a' <= c && c <= 'z' || '0' <= c && c <= '9' {
			return i + 1
		}
	}
	st := stopRun(s.text, i)
	if c := before(s.text, i); c == '(' && after(s.text, st.end) == ')' && (st.loud || st.single()) {
		return st.end + 1 // (!), unlike (...), which may end a sentence
	}
	end := s.closers(st.end)
	st.closed = end > st.end
	next, breaks := skipSpace(s.text, end)
	if next > end && breaks < 2 {
		end, next, breaks = s.spacedCloser(end, next, breaks)
	}
	switch {
	case next == len(s.text) || breaks > 1:
		s.cut(end)
	case next == end:
		if s.gluedEnds(st, end) {
			s.cut(end)
		}
	case s.ends(st, s.lookAt(next)):
		s.cut(end)
	default:
		s.held = end
	}
	return end
}

// run is a row of stops: "." or "..." or "?!".
type run struct {
	start, end int
	loud       bool // holds an exclamation or question mark
	wide       bool // holds a stop of a script that sets no space after it
	closed     bool // marks close after it
}

// single tells whether the run is one full stop, as abbreviations carry it.
func (r run) single() bool { return !r.loud && !r.wide && r.end-r.start == 1 }

// stopRun reads the stops that stand together from i on.
func stopRun(text string, i int) run {
	r := run{start: i, end: i}
	for r.end < len(text) {
		switch c, n := utf8.DecodeRuneInString(text[r.end:]); {
		case c == '.' || c == '…':
			r.end += n
		case c == '!' || c == '?':
			r.loud = true
			r.end += n
		case wideStop(c):
			r.wide = true
			r.end += n
		default:
			return r
		}
	}
	return r
}

// wideStop tells the sentence stops of scripts without capitals.
func wideStop(c rune) bool {
	switch c {
	case '。', '！', '？', '．', '｡', '।', '॥', '؟', '۔', '።', '՞', '‽', '⁇', '⁈', '⁉':
		return true
	}
	return false
}

// wide handles a character outside ASCII at i.
func (s *scan) wide(i int) int {
	c, n := utf8.DecodeRuneInString(s.text[i:])
	switch {
	case c == '…' || wideStop(c):
		return s.stop(i)
	case c == '\u0085' || c == '\u2028' || c == '\u2029':
		return s.line(i)
	case c == '“' || c == '”' || c == '„' || c == '«' || c == '»' || c == '‘' || c == '’' || c == '‚':
		return s.mark(i)
	}
	return i + n
}

// trim returns text[from:to] without the white space at its ends.
func trim(text string, from, to int) (int, int) {
	piece := text[from:to]
	from += len(piece) - len(strings.TrimLeftFunc(piece, unicode.IsSpace))
	return from, from + len(strings.TrimRightFunc(text[from:to], unicode.IsSpace))
}

// skipSpace returns where the white space at i ends and how many lines end in it.
func skipSpace(text string, i int) (end, breaks int) {
	for i < len(text) {
		c, n := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsSpace(c) && c != '\u2028' && c != '\u2029' {
			break
		}
		switch {
		case c == '\u2029':
			breaks += 2
		case c == '\n' && i > 0 && text[i-1] == '\r': // one break, already counted
		case c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028':
			breaks++
		}
		i += n
	}
	return i, breaks
}

// line handles the line break at i: the whole white space around it at once.
func (s *scan) line(i int) int {
	next, breaks := skipSpace(s.text, i)
	if breaks > 1 || next == len(s.text) || s.lineEnds(i, next) {
		s.cut(i)
		s.double, s.single = false, false
	}
	s.lineAt = next
	return next
}

// lineEnds decides about a single line break at i before the text at next. A
// list item begins a sentence. A line that goes on in lower case, or after a
// comma, an open abbreviation or a linking word, is running text; so is one
// long enough to have been broken for width, unless a starter follows.
func (s *scan) lineEnds(i, next int) bool {
	if listItem(s.text[next:]) {
		return true
	}
	end := s.start + len(strings.TrimRightFunc(s.text[s.start:i], unicode.IsSpace))
	if end <= s.start || end == s.held {
		return false
	}
	w := s.lookAt(next)
	switch w.first {
	case lowerCase, nothing:
		return false
	case digit:
		return s.lineAt < i && isDigit(rune(s.text[s.lineAt]))
	}
	switch s.text[end-1] {
	case ',', ';', '-', '(', '/', '&':
		return false
	}
	if last := wordBefore(s.text, end); len(last) <= longestEntry && s.linking[last] != 0 {
		return false
	}
	if w.starts {
		return true
	}
	from := max(s.lineAt, end-utf8.UTFMax*shortLine)
	return utf8.RuneCountInString(s.text[from:end]) < shortLine
}

// listItem tells whether text begins with a bullet, a dash or a numeral of a list.
func listItem(text string) bool {
	c, n := utf8.DecodeRuneInString(text)
	spaced := n < len(text) && text[n] == ' '
	switch c {
	case '•', '·', '▪', '►', '■', '●', '✓', '‣', '◦':
		return true
	case '-', '–', '—', '*', '>':
		return spaced
	}
	digits := 0
	for digits < len(text) && digits < 4 && isDigit(rune(text[digits])) {
		digits++
	}
	if digits == 0 || digits > 3 || digits+1 >= len(text) {
		return false
	}
	return (text[digits] == '.' || text[digits] == ')') && text[digits+1] == ' '
}
