package layout

import (
	"strings"

	"telex/internal/document"
)

const (
	longestName    = 240 // bytes that a maker's name is looked for in
	longestCaption = 400 // bytes

	longestInitials = 12 // bytes
)

// isCredit knows a line that only says who made the picture.
func (p *page) isCredit(start, end int) bool {
	s := p.raw[start:end]
	if len(s) > 120 || p.tables.boilerplate.match(s, 0, true) >= 0 {
		return false
	}
	if p.yearOnly(s) {
		return false
	}
	if strings.HasPrefix(s, "©") || strings.HasPrefix(s, "(c)") || strings.HasPrefix(s, "(C)") {
		stop := p.signCredit(start, end)
		return stop > 0 && pastMarks(p.raw[:end], stop) >= end
	}
	a, b := word(s, 0)
	if a <= 2 && p.tables.creditWords.has(s[a:b]) {
		_, stop := p.wordCredit(start, start+a, start+b, end)
		return stop > 0 && pastMarks(p.raw[:end], stop) >= end
	}
	stop, agency := p.name(start, end, true)
	return agency && stop == end && !p.tables.labels.holds(s)
}

// yearOnly knows "© 2021", "© Copyright 2021" and "© Mediahuis 2021", which are
// the site's and no picture's.
func (p *page) yearOnly(s string) bool {
	if !strings.HasPrefix(s, "©") && !strings.HasPrefix(s, "(c)") && !strings.HasPrefix(s, "(C)") {
		return false
	}
	year, others := false, 0
	for a, b := word(s, 0); a < b; a, b = word(s, b) {
		switch {
		case isDigit(s[a]):
			year = year || b-a == 4 && (s[a] == '1' || s[a] == '2')
		case !strings.EqualFold(s[a:b], "copyright") && !strings.EqualFold(s[a:b], "c"):
			others++
		}
	}
	return others == 0 || year && len(s) <= 80
}

// signCredit reads a credit that begins with a copyright sign at i.
func (p *page) signCredit(i, end int) int {
	s := p.raw[:end]
	j := i + 2
	if s[i] == '(' {
		j = i + 3
	}
	if r := firstRune(strings.TrimLeft(s[j:min(end, j+4)], " ")); !isWordRune(r) && r != '@' {
		return 0 // nobody's sign
	}
	a, b := word(s[:min(end, j+24)], j)
	if a <= j+1 && a < b && p.tables.creditWords.has(s[a:b]) {
		j = afterWord(s, b)
	}
	stop, _ := p.name(j, end, false)
	if a, b := token(s[:min(end, j+longestInitials+2)], j); stop == 0 && b == end && a < b && letters(s[a:b]) {
		return b // © rr: a maker's initials
	}
	if stop == 0 && j < end && i > 0 && s[i-1] == '(' {
		return bracketEnd(s, j)
	}
	return stop
}

// afterWord skips a plural and a colon behind a credit word.
func afterWord(s string, i int) int {
	for _, plural := range []string{"'s", "’s", "s"} {
		if strings.HasPrefix(s[i:], plural) {
			i += len(plural)
			break
		}
	}
	for i < len(s) && (s[i] == ' ' || s[i] == ':' || s[i] == '/') {
		i++
	}
	return i
}

// wordCredit reads a credit that begins with a credit word at [a,b): in
// brackets, with a colon, or with a name up to the end of the line.
func (p *page) wordCredit(start, a, b, end int) (from, stop int) {
	s := p.raw[:end]
	j := afterWord(s, b)
	if j >= end || j == b {
		return 0, 0
	}
	colon := strings.IndexByte(s[b:j], ':') >= 0
	if a > start && (s[a-1] == '(' || s[a-1] == '[') {
		if stop := bracketEnd(s, j); stop > 0 && (colon || capital(s[j:]) || p.tables.agencies.match(s, j, false) > 0) {
			return a - 1, stop
		}
		return 0, 0
	}
	if w := s[j:min(end, j+5)]; strings.HasPrefix(w, "door ") {
		j += 5
	}
	stop, agency := p.name(j, end, false)
	switch {
	case stop == 0:
		return 0, 0
	case colon || pastMarks(s, stop) >= end:
		return a, stop
	case agency && (a == start || afterSentence(s, a)):
		return a, stop
	}
	return 0, 0
}

// bracketEnd is the place after the closing bracket of a short remark, or 0.
func bracketEnd(s string, i int) int {
	k := strings.IndexAny(s[i:min(len(s), i+100)], ")]")
	if k < 0 {
		return 0
	}
	return i + k + 1
}

// maker is a name on its way: the ends of its words and how it stops.
type maker struct {
	ends   []int
	store  [8]int
	agency bool
	clean  bool // it ends with the line, a stop or the opening of a sentence
	strict bool // agencies only
}

// name reads who made a picture: agencies, capitals with their particles,
// joined by / | - & en via. It gives where the name ends, or 0. When a word in
// small letters follows, the last capital opens the next sentence.
func (p *page) name(i, end int, strict bool) (stop int, agency bool) {
	s := p.raw[:min(end, i+longestName)]
	m := maker{strict: strict}
	m.ends = m.store[:0]
	for len(m.ends) < cap(m.ends) {
		next, more := p.nameWord(s, i, &m)
		if !more {
			break
		}
		i = next
	}
	n := len(m.ends)
	if !m.clean && !m.agency {
		if n--; n > 3 {
			n = 2
		}
	}
	if n <= 0 {
		return 0, false
	}
	return m.ends[n-1], m.agency
}

// nameWord reads one word of a name and tells where the next would begin.
func (p *page) nameWord(s string, i int, m *maker) (next int, more bool) {
	a, b := token(s, i)
	if a == b {
		m.clean = len(s) < i+longestName
		return 0, false
	}
	if stop := p.agencyAt(s, a); stop > 0 {
		m.agency, m.ends = true, append(m.ends, stop)
		return joint(s, stop)
	}
	w := s[a:b]
	core := strings.TrimRight(w, ".,;:)]!?\"'”’")
	r := firstRune(w)
	switch {
	case m.strict || core == "":
		m.clean = m.clean || core == ""
		return 0, false
	case p.tables.openers.has(core) && !p.tables.particles.has(core), p.tables.openers.has(core) && isLower(firstRune(strings.TrimLeft(s[b:], " "))) && isUpper(r):
		m.clean = true
		return 0, false
	case isUpper(r), r >= '0' && r <= '9', r == '@':
		if glued := camel(core); glued > 0 && p.tables.openers.has(wordAt(core, glued)) {
			m.clean, m.ends = true, append(m.ends, a+glued)
			return 0, false
		}
		m.ends = append(m.ends, a+len(core))
		if len(core) < len(w) && !(len(core) <= 2 && w[len(core)] == '.') {
			return m.closed(s, a+len(core), b)
		}
		return b, true
	case p.tables.particles.has(w), strings.IndexAny(w, "/|&+-") == 0 && len(w) == 1, w == "–", w == "en", w == "via", w == "x":
		return b, true
	}
	return 0, false
}

// closed ends a name at punctuation, unless a comma joins another to it.
func (m *maker) closed(s string, core, b int) (int, bool) {
	if s[core] == ',' && b < len(s) && isUpper(firstRune(strings.TrimLeft(s[b:], " "))) && b+40 > len(s) {
		return b, true
	}
	m.clean = true
	return 0, false
}

// joint tells whether a mark after an agency joins another name to it.
func joint(s string, i int) (next int, more bool) {
	rest := strings.TrimLeft(s[i:], " ")
	for _, j := range []string{"/", "|", "&", "+", ", ", "via ", "- ", "– ", "en ", "x "} {
		if strings.HasPrefix(rest, j) {
			return len(s) - len(rest) + len(j), true
		}
	}
	return 0, false
}

// agencyAt gives the end of an agency's name that begins at a, or 0. Short
// names count in capitals only.
func (p *page) agencyAt(s string, a int) int {
	stop := p.tables.agencies.match(s, a, false)
	if stop < 0 {
		return 0
	}
	if from, _ := word(s, a); from > a+1 || stop-a <= 3 && !allUpper(s[a:stop], 1) {
		return 0
	}
	if r, _ := runeAt(s, stop); r == '-' || isLower(r) {
		return 0
	}
	return stop
}

// camel finds where a capital follows a small letter inside w, or 0.
func camel(w string) int {
	for i := 1; i < len(w); i++ {
		if w[i] >= 'A' && w[i] <= 'Z' && w[i-1] >= 'a' && w[i-1] <= 'z' {
			return i
		}
	}
	return 0
}

func wordAt(s string, i int) string {
	a, b := word(s, i)
	return s[a:b]
}

// afterViewer cuts what follows the words over a picture: its caption, and what
// comes behind that.
func (p *page) afterViewer(part span, after kind) {
	s := p.raw[part.start:part.end]
	if after == creditMark && len(s) <= longestCaption || len(s) <= 200 {
		p.add(part.start, part.end, document.Caption)
		return
	}
	stop := sentenceEnd(s, 0)
	if stop > longestCaption {
		p.body(part.start, part.end)
		return
	}
	p.add(part.start, part.start+stop, document.Caption)
	p.rest(part.start+stop, part.end)
}

// beforeCredit cuts text that ends in a credit: a short line is its caption,
// else the last sentence is.
func (p *page) beforeCredit(part, line span, before kind, last bool) {
	s := p.raw[part.start:part.end]
	if last && part.start == line.start && len(s) <= longestCaption && sentences(s, 4) <= 3 || before != noMark && len(s) <= 200 {
		p.add(part.start, part.end, document.Caption)
		return
	}
	from := lastSentence(s)
	if from > 0 && endsQuoted(s) { // what someone says is no caption
		p.body(part.start, part.end)
		return
	}
	if from > 0 {
		p.body(part.start, part.start+from)
	}
	if len(s)-from <= longestCaption {
		p.add(part.start+from, part.end, document.Caption)
		return
	}
	p.rest(part.start+from, part.end)
}

// endsQuoted tells whether s ends with a closing quotation mark.
func endsQuoted(s string) bool {
	for _, mark := range []string{"''", "”", "\"", "’", "'"} {
		if strings.HasSuffix(s, mark) {
			return true
		}
	}
	return false
}

// rest cuts what is left of a text whose front is cut already.
func (p *page) rest(start, end int) {
	if start, end = trim(p.raw, start, end); start < end {
		p.cutHeadings(start, end)
	}
}
