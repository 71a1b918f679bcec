package layout

import (
	"strings"

	"telex/internal/document"
)

const (
	checkEvery   = 256  // lines between looks at the deadline
	shortLine    = 240  // bytes: a line of the site is not longer
	briefLine    = 80   // bytes: a line that one word marks as the site's
	longNotice   = 1500 // bytes: nor is a notice of several sentences
	longestTitle = 200  // bytes
)

// lines cuts the text from byte from on into lines and each line into pieces.
func (p *page) lines(from int) error {
	blank := true
	for n := 0; from < len(p.raw); n++ {
		if n%checkEvery == 0 && p.ctx.Err() != nil {
			return p.ctx.Err()
		}
		next := lineEnd(p.raw, from)
		start, end := trim(p.raw, from, next)
		from = next
		if start == end {
			blank = true
			continue
		}
		if p.wraps(start, end, blank) {
			p.pieces[len(p.pieces)-1].end = end
			continue
		}
		p.cut = len(p.pieces)
		p.line(start, end)
		last := len(p.pieces) - 1
		p.pieces[p.cut].blank = blank
		p.pieces[p.cut].whole = p.cut == last
		p.pieces[last].last = true
		blank = false
	}
	return nil
}

// lineEnd is the end of the line that holds from, its break included.
func lineEnd(s string, from int) int {
	for i := from; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c < 0xc2 {
			continue
		}
		switch {
		case c == '\r' && i+1 < len(s) && s[i+1] == '\n':
			return i + 2
		case c == '\n', c == '\r', c == '\v', c == '\f':
			return i + 1
		case c == 0xc2 && strings.HasPrefix(s[i:], "\u0085"):
			return i + 2
		case c == 0xe2 && (strings.HasPrefix(s[i:], "\u2028") || strings.HasPrefix(s[i:], "\u2029")):
			return i + 3
		}
	}
	return len(s)
}

// wraps tells whether a line only goes on with the one before it, as in texts
// broken at a fixed width: no empty line between, no stop before, and either a
// small letter after or a word before that asks for another.
func (p *page) wraps(start, end int, blank bool) bool {
	last := len(p.pieces) - 1
	if blank || last < 0 || p.pieces[last].typ != "" || !p.pieces[last].last {
		return false
	}
	pc := p.pieces[last]
	if pc.end-pc.start < 40 || endsSentence(p.raw[max(pc.start, pc.end-16):pc.end]) {
		return false
	}
	if isLower(firstRune(p.raw[start:end])) {
		return p.wholeLine(start, end) == ""
	}
	before := p.raw[max(pc.start, pc.end-16):pc.end]
	w := before[strings.LastIndexByte(before, ' ')+1:]
	return pc.end-pc.start >= 60 && (p.tables.links.has(w) || strings.HasSuffix(before, ","))
}

// wholeLine knows lines that are one thing from end to end.
func (p *page) wholeLine(start, end int) document.BlockType {
	s := p.raw[start:end]
	t := p.tables
	if t.viewers.match(s, 0, false) >= 0 && t.viewers.match(s, 0, true) < 0 {
		return "" // more than the words over a picture: to be cut
	}
	switch {
	case p.isCredit(start, end):
		return document.Credit
	case p.isLabel(s) && p.atTop():
		return document.Label
	case p.isTeaser(s):
		return document.Teaser
	case p.isBylineAlone(s):
		return document.Byline
	case p.isBoilerplate(s):
		return document.Boilerplate
	case p.isByline(p.raw[start:p.update(start, end)]):
		return document.Byline
	}
	return ""
}

// isTeaser tells whether a line points to another article. A long line that
// begins so is text.
func (p *page) isTeaser(s string) bool {
	s = strings.TrimLeft(s, "•*-–▶►»>→ (")
	if len(s) > shortLine {
		return false
	}
	stop := p.tables.teasers.match(s, 0, true)
	if stop < 0 {
		return p.isCall(s)
	}
	return stop > p.tables.boilerplate.match(s, 0, true) && sentences(s, 4) <= 3
}

// isCall knows "KIJK. …": a call in capitals before a headline.
func (p *page) isCall(s string) bool {
	stop := p.tables.pointers.match(s, 0, false)
	return stop > 0 && stop < len(s) && allUpper(s[:stop], 3) && strings.IndexByte(".:|", s[stop]) >= 0 && !endsSentence(s) && !p.atTop()
}

// isBoilerplate tells whether the site put this line on the page: by how it
// begins, by what stands in it, or, for a notice, by most of its sentences.
func (p *page) isBoilerplate(s string) bool {
	if len(s) > longNotice {
		return false
	}
	if a, b := word(s, 0); a == b || strings.HasPrefix(s, "©") && p.yearOnly(s) {
		return true // stars, rules, arrows, a bare copyright sign
	}
	if len(s) <= shortLine {
		return p.siteWords(s) || p.isClock(s) || p.isAddress(s)
	}
	if !p.siteWords(s[:min(len(s), sentenceEnd(s[:shortLine], 0))]) {
		return false
	}
	known, all := 0, 0
	for i := 0; i < len(s); {
		next := sentenceEnd(s, i)
		if a, b := word(s[:next], i); a < b {
			all++
			if p.siteWords(s[a:next]) {
				known++
			}
		}
		i = next
	}
	return 2*known > all
}

// siteWords tells whether a line or sentence is the site's own.
func (p *page) siteWords(s string) bool {
	t := p.tables
	if t.boilerplate.match(s, 0, true) >= 0 || t.inline.match(s, 0, true) >= 0 || t.viewers.match(s, 0, true) >= 0 {
		return true
	}
	if len(s) <= briefLine && !endsSentence(s) && t.brief.match(s, 0, true) >= 0 {
		return true
	}
	for a, b := word(s, 0); a < b; a, b = word(s, b) {
		if !t.inside.lengths.lacks(s[a:b]) && t.inside.match(s, a, true) >= 0 {
			return true
		}
	}
	return false
}

// isAddress knows a short line below the top in which the site speaks to its
// reader of itself, or that gives an address to write to. What people say stands
// between quotation marks.
func (p *page) isAddress(s string) bool {
	if len(s) > 130 || strings.ContainsAny(s, "\"“”„‘,;") || p.atTop() {
		return false
	}
	t := p.tables
	if at := strings.IndexByte(s, '@'); at > 0 && isWordRune(rune(s[at-1])) && strings.IndexByte(s[at:], '.') > 0 {
		return true
	}
	call, reader, thing := t.calls.has(wordAt(s, 0)), false, false
	for a, b := word(s, 0); a < b; a, b = word(s, b) {
		thing = thing || t.siteWords.has(s[a:b])
		reader = reader || t.readers.has(s[a:b])
	}
	return thing && (call || reader && sentences(s, 3) == 1 && !endsSentence(s))
}

// isClock knows lines that hold nothing but a date or a time.
func (p *page) isClock(s string) bool {
	if len(s) > 80 {
		return false
	}
	digits := false
	for a, b := word(s, 0); a < b; a, b = word(s, b) {
		switch c := s[a]; {
		case c >= '0' && c <= '9':
			digits = true
		case !p.tables.months.has(s[a:b]):
			return false
		}
	}
	return digits && strings.ContainsAny(s, ":-/.") || digits && words(s, 6) >= 2
}

// kind is what a mark inside a line is.
type kind int

const (
	noMark     kind = iota
	siteMark        // words of the site
	viewerMark      // words over a picture: its caption follows
	creditMark      // who made the picture: its caption stands before
	teaserMark      // a pointer to another article
)

// mark is a stretch inside a line that is not text.
type mark struct {
	start, end int
	kind       kind
}

var markTypes = [...]document.BlockType{siteMark: document.Boilerplate, viewerMark: document.Boilerplate,
	creditMark: document.Credit, teaserMark: document.Teaser}

// line cuts one line into pieces: its marks, and the text between them.
func (p *page) line(start, end int) {
	if p.cutLabels(start, end) {
		return
	}
	if typ := p.wholeLine(start, end); typ != "" {
		if typ == document.Byline {
			cut := p.update(start, end)
			p.add(start, cut, typ)
			start, typ = cut, document.Boilerplate
		}
		p.add(start, end, typ)
		return
	}
	p.marks(start, end)
	if len(p.found) == 0 {
		p.signedPicture(start, end)
	}
	from, before := start, noMark
	for _, m := range p.found {
		p.between(span{from, m.start}, span{start, end}, before, m)
		p.add(m.start, m.end, markTypes[m.kind])
		from, before = m.end, m.kind
	}
	p.between(span{from, end}, span{start, end}, before, mark{})
}

// signedPicture finds an agency that stands bare behind a caption, at the end of
// a short line: "Het stadhuis. ANP".
func (p *page) signedPicture(start, end int) {
	s := p.raw[start:end]
	if len(s) > shortLine || p.atTop() {
		return
	}
	from := lastSentence(s)
	if from == 0 || sentences(s, 4) > 3 {
		return
	}
	from, _ = trim(p.raw, start+from, end)
	if stop, agency := p.name(from, end, true); agency && pastMarks(p.raw[:end], stop) >= end {
		p.mark(from, stop, creditMark)
	}
}

type span struct{ start, end int }

// update finds where "last update" and a time begin behind a byline, else end.
func (p *page) update(start, end int) int {
	s := p.raw[:end]
	if c := s[end-1]; end-start > 2*longestByline || !isDigit(c) {
		return end
	}
	for a, b := word(s, start); a < b; a, b = word(s, b) {
		stop := max(p.tables.boilerplate.match(s, a, true), p.tables.brief.match(s, a, true))
		if a > start && stop > 0 && p.isClock(s[stop:]) {
			return a
		}
	}
	return end
}

// marks finds the marks of a line, in order and without overlap, into p.found.
// It looks only where one may begin: at the start, a capital, a bracket or ©.
func (p *page) marks(start, end int) {
	p.found = p.found[:0]
	s := p.raw[:end]
	for i := start; i < end; {
		c := s[i]
		var m mark
		switch {
		case c == 0xa9 && i > start && s[i-1] == 0xc2: // ©
			if stop := p.signCredit(i-1, end); stop > 0 {
				m = mark{i - 1, stop, creditMark}
			}
		case i == start, c == '(', c == '[':
			if a, b := word(s[:min(end, i+keyBytes)], i); a < b && a <= i+2 {
				m = p.markAt(s, start, a, b)
			}
		case c >= 'A' && c <= 'Z' && !(s[i-1] >= 'A' && s[i-1] <= 'Z' && !(i+1 < end && s[i+1] >= 'a')):
			_, b := word(s[:min(end, i+keyBytes)], i)
			m = p.markAt(s, start, i, b)
		}
		if m.kind == noMark {
			i++
			continue
		}
		i = p.mark(p.separator(start, m.start), m.end, m.kind)
	}
}

// separator gives a mark the sign between it and the text before: | / - or a
// bracket that opens.
func (p *page) separator(start, at int) int {
	i := at
	for i > start && p.raw[i-1] == ' ' {
		i--
	}
	if i > start && strings.IndexByte("|/([", p.raw[i-1]) >= 0 || i > start+1 && i < at && p.raw[i-1] == '-' && p.raw[i-2] == ' ' {
		return i - 1
	}
	return at
}

func (p *page) mark(start, end int, k kind) int {
	end = pastMarks(p.raw, end)
	p.found = append(p.found, mark{start, end, k})
	return end
}

// markAt looks for a mark that begins with the word [a,b). Marks begin with a
// capital, at a bracket, or with the line.
func (p *page) markAt(s string, start, a, b int) mark {
	bracket := a > start && (s[a-1] == '(' || s[a-1] == '[')
	if !isUpper(firstRune(s[a:b])) && !bracket && a != start {
		return mark{}
	}
	t := p.tables
	if t.startLengths.lacks(s[a:b]) {
		return mark{}
	}
	var buf [keyBytes]byte
	starts := t.starts[string(lower(buf[:0], s[a:b]))]
	if starts == 0 {
		return mark{}
	}
	if starts&startsViewer != 0 {
		if stop := t.viewers.match(s, a, false); stop > 0 {
			return mark{a, stop, viewerMark}
		}
	}
	if starts&startsInline != 0 {
		if stop := t.inline.match(s, a, false); stop > 0 {
			return mark{a, stop, siteMark}
		}
	}
	if starts&startsCredit != 0 {
		if from, stop := p.wordCredit(start, a, b, len(s)); stop > 0 {
			return mark{from, stop, creditMark}
		}
	}
	if starts&startsTeaser != 0 && (a == start || afterSentence(s, a)) {
		if stop := p.inlineTeaser(s, a); stop > 0 {
			return mark{a, stop, teaserMark}
		}
	}
	return mark{}
}

// inlineTeaser reads a pointer to another article inside a line: its words, a
// colon or a stop, and a headline that ends with its sentence.
func (p *page) inlineTeaser(s string, a int) int {
	stop := p.tables.teasers.match(s, a, false)
	if stop < 0 || stop >= len(s) || strings.IndexByte(":.|", s[stop]) < 0 ||
		strings.IndexByte(s[a:stop], ' ') < 0 && (!allUpper(s[a:stop], 4) || p.atTop()) {
		return 0
	}
	window := s[:min(len(s), stop+shortLine)]
	end := sentenceEnd(window, stop+1)
	if cut := p.runsInto(window[:end], stop+1); cut > 0 {
		return cut
	}
	if end == len(window) && end < len(s) {
		return 0
	}
	return end
}

// runsInto finds where a headline that has lost its line break runs into a
// sentence or a cross-head: behind three words or more and a word in small
// letters, at a capital that belongs to no name.
func (p *page) runsInto(s string, i int) int {
	t := p.tables
	small := false // the word before is in small letters
	for count := 0; ; count++ {
		a, b := token(s, i)
		if a == b {
			return 0
		}
		w := s[a:b]
		if count >= 3 && small && isUpper(firstRune(w)) {
			opens := (t.openers.has(w) || t.common.has(w)) && isLower(firstRune(strings.TrimLeft(s[b:], " ")))
			if opens || p.glued(a, min(len(p.raw), a+headWindow+headAfter)) > 0 {
				return a
			}
		}
		small = isLower(firstRune(w)) && !t.links.has(w) && !t.particles.has(w)
		i = b
	}
}

// pastMarks skips punctuation that closes a phrase.
func pastMarks(s string, i int) int {
	for i < len(s) && strings.IndexByte(".:!>)],;", s[i]) >= 0 {
		i++
	}
	return i
}

// between cuts the text between two marks of a line.
func (p *page) between(part, line span, before kind, after mark) {
	part.start, part.end = trim(p.raw, part.start, part.end)
	if part.start == part.end {
		return
	}
	s := p.raw[part.start:part.end]
	if a, b := word(s, 0); a == b {
		p.absorb(part.start, part.end)
		return
	}
	switch {
	case before == viewerMark:
		p.afterViewer(part, after.kind)
	case after.kind == creditMark:
		p.beforeCredit(part, line, before, after.end >= line.end)
	case before == creditMark && part.end == line.end && p.lacksCaption() && len(s) <= 300 && sentences(s, 3) <= 2:
		p.add(part.start, part.end, document.Caption)
	default:
		p.body(part.start, part.end)
	}
}

// absorb gives stray punctuation to the piece before it, else to the site.
func (p *page) absorb(start, end int) {
	if n := len(p.pieces); n > p.cut {
		p.pieces[n-1].end = end
		return
	}
	p.add(start, end, document.Boilerplate)
}

// lacksCaption tells whether the credit just read has no caption before it but
// the site's words or nothing.
func (p *page) lacksCaption() bool {
	n := len(p.pieces)
	return n >= 2 && p.pieces[n-2].typ == document.Boilerplate
}

// body cuts running text: what is glued to its front, then cross-heads.
func (p *page) body(start, end int) {
	start = p.cutLabel(start, end)
	start = p.cutByline(start, end)
	start = p.cutDateline(start, end)
	p.cutHeadings(start, end)
}
