package layout

import (
	"strings"

	"telex/internal/document"
)

const (
	longestLede    = 800 // bytes; a longer first block is text whose line breaks were lost
	longestHeading = 90  // bytes
	topPieces      = 24  // a headline stands among the first
	lastPieces     = 16  // a writer is introduced among the last
	teaserLines    = 6   // headlines under one pointer, at most
)

// title takes the separate title, the first end bytes of the text.
func (p *page) title(end int) {
	p.add(0, end, document.Title)
	for i := range p.pieces {
		p.pieces[i].last = true
	}
}

// likeTitle tells whether piece i may be the headline of a text that has no
// separate title: the first line without a claim, short and without a stop.
func (p *page) likeTitle(i int) bool {
	s := p.text(i)
	if !p.pieces[i].last || len(s) > longestTitle || strings.HasSuffix(strings.TrimRight(s, closers), ".") || strings.HasSuffix(s, ":") || words(s, 2) < 2 {
		return false
	}
	for j := range i {
		switch p.pieces[j].typ {
		case "", document.Title, document.Dateline:
			return false
		}
	}
	return p.pieces[i].typ == "" && (sentences(s, 3) <= 2)
}

// headline finds the headline of a text without a separate title.
func (p *page) headline() {
	for i := 0; i < min(len(p.pieces), topPieces); i++ {
		if p.pieces[i].typ != "" {
			continue
		}
		if p.isWriter(i) || p.isSigned(i) {
			p.pieces[i].typ = document.Byline
			continue
		}
		if p.isMeta(i) {
			p.pieces[i].typ = document.Boilerplate
			continue
		}
		if p.isSubject(i) {
			i = p.joinLabel(i)
			continue
		}
		if p.isKicker(i) {
			p.pieces[i].typ = document.Label
			continue
		}
		if p.likeTitle(i) && p.textAfter(i) {
			p.pieces[i].typ = document.Title
			continue
		}
		return
	}
}

// isWriter knows a name alone on a line above the headline or above the
// writer's function.
func (p *page) isWriter(i int) bool {
	return p.pieces[i].whole && p.labelEnd(p.text(i)) == 0 && p.isName(p.text(i)) && words(p.text(i), 6) <= 5 && i+1 < len(p.pieces) &&
		(p.titleShape(i+1) || p.isFunction(i+1) || p.pieces[i+1].typ == document.Byline) && p.textAfter(i+1)
}

const longestMeta = 48 // bytes

// isMeta knows a short line between headline and text that speaks of the site or
// gives a time in words that no list holds whole.
func (p *page) isMeta(i int) bool {
	s := p.text(i)
	if !p.pieces[i].whole || len(s) > longestMeta || endsSentence(s) || !p.titled(i) || !p.textAfter(i) {
		return false
	}
	t := p.tables
	thing, digit, month := t.calls.has(wordAt(s, 0)), false, false
	for a, b := word(s, 0); a < b; a, b = word(s, b) {
		w := s[a:b]
		thing = thing || t.siteWords.has(w)
		digit = digit || isDigit(w[0])
		month = month || t.months.has(w)
	}
	return thing || digit && month
}

// titleShape tells whether piece i has the looks of a headline.
func (p *page) titleShape(i int) bool {
	s := p.text(i)
	return p.pieces[i].typ == "" && p.pieces[i].last && !p.pieces[i].cont && len(s) <= longestTitle &&
		!strings.HasSuffix(strings.TrimRight(s, closers), ".") && !strings.HasSuffix(s, ":") && words(s, 3) >= 3
}

// isFunction tells whether piece i says what a writer is: "redacteur sport",
// "Hoogleraar economie (UGent) en lid van de SER".
func (p *page) isFunction(i int) bool {
	s := p.text(i)
	if p.pieces[i].typ == "" && p.pieces[i].whole && len(s) <= longestByline && sentences(s, 3) == 1 && p.tables.functions.has(wordAt(s, 0)) {
		return true
	}
	return p.pieces[i].typ == "" && p.pieces[i].whole && len(s) <= 60 && isLower(firstRune(s)) && !endsSentence(s) && strings.IndexByte(s, ',') < 0
}

// isSubject knows a label and its subject on a line above the headline: the
// person of an interview, the theme of a report.
func (p *page) isSubject(i int) bool {
	s := p.text(i)
	labelled := p.pieces[i].cont && p.pieces[i-1].typ == document.Label || p.labelEnd(s) > 0
	if !labelled || !p.pieces[i].last || words(s, 7) > 6 || !p.headShape(s) || i+1 >= len(p.pieces) {
		return false
	}
	return p.titleShape(i+1) && p.textAfter(i+1)
}

// joinLabel makes piece i a label, one with the label before it on its line, and
// gives its index.
func (p *page) joinLabel(i int) int {
	p.pieces[i].typ = document.Label
	if !p.pieces[i].cont || p.pieces[i-1].typ != document.Label {
		return i
	}
	p.pieces[i-1].end, p.pieces[i-1].last = p.pieces[i].end, true
	p.pieces = append(p.pieces[:i], p.pieces[i+1:]...)
	return i - 1
}

// isKicker knows a subject above the text: a word alone before the headline, or
// a few between headline and text.
func (p *page) isKicker(i int) bool {
	s := p.text(i)
	if !p.pieces[i].last || len(s) > 40 || !p.headShape(s) || !p.textAfter(i) || strings.IndexByte("?\"'", s[len(s)-1]) >= 0 {
		return false
	}
	limit := 1
	for _, pc := range p.pieces[:i] {
		if pc.typ == document.Title {
			limit = 3
		}
	}
	return words(s, 5) <= limit && !(limit > 1 && p.isName(s))
}

func (p *page) textAfter(i int) bool {
	for _, pc := range p.pieces[i+1:] {
		if pc.typ == "" && pc.end-pc.start >= 40 {
			return true
		}
	}
	return false
}

// teasers gives the headlines under a bare pointer ("Lees ook:") to it.
func (p *page) teasers() {
	for i := 0; i < len(p.pieces); i++ {
		if p.pieces[i].typ != document.Teaser || !p.tables.pointers.holds(strings.TrimLeft(p.text(i), "•*-–▶►»>→ (")) {
			continue
		}
		for n := 0; n < teaserLines && i+1 < len(p.pieces); n++ {
			next := p.pieces[i+1]
			if next.typ != "" || !next.whole || next.end-next.start > 160 || strings.HasSuffix(p.text(i+1), ".") || n > 0 && next.blank {
				break
			}
			i++
			p.pieces[i].typ = document.Teaser
		}
	}
}

// pictures finds captions on lines of their own, beside a credit's line.
func (p *page) pictures() {
	text := false
	for i, pc := range p.pieces {
		text = text || pc.typ == ""
		if pc.typ == document.Credit && pc.whole && !p.captionBefore(i) && (text || i > 0 && p.pieces[i-1].typ == document.Title) {
			p.captionAfter(i)
		}
	}
}

// captionBefore takes the line before a credit's line as its caption.
func (p *page) captionBefore(i int) bool {
	if i == 0 || p.pieces[i].blank && (endsSentence(p.text(i-1)) || words(p.text(i-1), 4) < 4) {
		return false
	}
	viewer := i > 1 && !p.pieces[i-1].blank && p.tables.viewers.holds(p.text(i-2))
	pc := &p.pieces[i-1]
	if pc.typ != "" || !pc.whole || pc.end-pc.start > shortLine || sentences(p.text(i-1), 3) > 2 {
		return false
	}
	if !viewer && !pc.blank && endsSentence(p.text(i-1)) {
		return false
	}
	pc.typ = document.Caption
	return true
}

// captionAfter takes the line after a credit's line as its caption, where the
// site announced a picture before the credit or the line has no stop.
func (p *page) captionAfter(i int) {
	if i+1 >= len(p.pieces) || i == 0 {
		return
	}
	pc := &p.pieces[i+1]
	if pc.typ != "" || !pc.whole || pc.blank || pc.end-pc.start > shortLine || sentences(p.text(i+1), 3) > 2 {
		return
	}
	beside := p.pieces[i-1].typ
	if beside == document.Boilerplate && !p.tables.viewers.holds(p.text(i-1)) || beside == document.Title && !endsSentence(p.text(i+1)) {
		pc.typ = document.Caption
	}
}

// headings finds cross-heads and authors on lines of their own.
func (p *page) headings() {
	top, texts := true, 0
	for i := range p.pieces {
		pc := &p.pieces[i]
		if pc.typ != "" {
			continue
		}
		if pc.whole && (p.isAuthor(i, top, texts <= 1) || texts <= 1 && p.isSigned(i) || texts <= 2 && p.isShouted(i) || !top && p.isTrailing(i) || p.isIntroduction(i) || i > 0 && p.pieces[i-1].typ == document.Byline && p.isFunction(i)) {
			pc.typ = document.Byline
			continue
		}
		if pc.whole && !top && (p.isHeading(i) || p.isQuestion(i)) {
			pc.typ = document.Heading
			continue
		}
		top = false
		texts++
	}
}

// isAuthor knows a line with nothing but names at the top, under the words of a
// byline, or after the opening where a date follows.
func (p *page) isAuthor(i int, top, early bool) bool {
	switch {
	case top, i > 0 && i <= topPieces && p.pieces[i-1].typ == document.Byline:
	case early && i+1 < len(p.pieces) && p.pieces[i+1].typ == document.Boilerplate && p.isClock(p.text(i+1)):
	default:
		return false
	}
	return p.isName(p.text(i))
}

// isShouted knows a writer's name in capitals near the top: none of its words
// is a common one.
func (p *page) isShouted(i int) bool {
	s := p.text(i)
	if i > topPieces || !allUpper(s, 6) || !p.isName(s) || words(s, 5) > 4 {
		return false
	}
	for a, b := word(s, 0); a < b; a, b = word(s, b) {
		w := s[a:b]
		if !p.tables.particles.has(w) && (p.tables.common.has(w) || p.tables.openers.has(w) || p.tables.heads.has(w)) {
			return false
		}
	}
	return true
}

// isTrailing knows the writer's name on a line below the text, where no text
// follows it at once.
func (p *page) isTrailing(i int) bool {
	s := p.text(i)
	if !p.isName(s) || words(s, 7) > 6 {
		return false
	}
	if i+1 < len(p.pieces) && p.pieces[i+1].typ == "" && !p.headShape(p.text(i+1)) {
		return false
	}
	for a, b := word(s, 0); a < b; a, b = word(s, b) {
		w := s[a:b]
		if !p.tables.particles.has(w) && (p.tables.common.has(w) || p.tables.openers.has(w) || p.tables.heads.has(w) || isDigit(w[0])) {
			return false
		}
	}
	return true
}

// isIntroduction knows a line that says who the writer is: "De auteur is …", or
// below the text "Jan Jansen is redacteur van deze krant."
func (p *page) isIntroduction(i int) bool {
	s := p.text(i)
	if len(s) > shortLine || sentences(s, 4) > 3 {
		return false
	}
	if p.tables.authors.match(s, 0, false) > 0 {
		return true
	}
	end := p.names(s, 0)
	if i < len(p.pieces)-lastPieces || end == 0 || words(s[:end], 2) < 2 || p.textAfter(i) {
		return false
	}
	for a, b := word(s, end); a < b && a < end+60; a, b = word(s, b) {
		if p.tables.functions.has(s[a:b]) {
			return p.tables.verbs.has(wordAt(s, end))
		}
	}
	return false
}

// isHeading knows a cross-head: a short line without a stop before running text.
func (p *page) isHeading(i int) bool {
	s := p.text(i)
	if !p.headShape(s) || i+1 >= len(p.pieces) {
		return false
	}
	j := i + 1
	for j < len(p.pieces) && p.besideText(p.pieces[j].typ) {
		j++
	}
	if j >= len(p.pieces) || p.pieces[j].typ != "" {
		return false
	}
	next := p.text(j)
	if !p.headShape(next) || len(next) > longestHeading {
		return true
	}
	// A list of short lines: its first line heads it when set apart from the rest.
	return p.pieces[j].blank && p.pieces[i].blank && j+1 < len(p.pieces) && !p.pieces[j+1].blank && p.pieces[j+1].typ == ""
}

const longestQuestion = 200 // bytes

// isQuestion knows a question of an interview: a line that ends with it, before
// an answer between quotation marks.
func (p *page) isQuestion(i int) bool {
	s := p.text(i)
	if len(s) > longestQuestion || s[len(s)-1] != '?' || opensQuote(s) || i+1 >= len(p.pieces) || p.pieces[i+1].typ != "" {
		return false
	}
	return opensQuote(p.text(i+1)) && sentences(s, 3) <= 2
}

// besideText says which pieces may stand between a cross-head and its text.
func (p *page) besideText(typ document.BlockType) bool {
	switch typ {
	case document.Caption, document.Credit, document.Boilerplate, document.Label, document.Teaser:
		return true
	}
	return false
}

// headShape tells whether a line looks like a cross-head.
func (p *page) headShape(s string) bool {
	if len(s) > longestHeading || words(s, 13) > 12 || strings.IndexByte("*-+:;,", s[len(s)-1]) >= 0 {
		return false
	}
	r := firstRune(s)
	if strings.IndexByte("*-+", s[0]) >= 0 || minute(s) || isLower(r) || r == '•' || r == '–' {
		return false
	}
	bare := strings.TrimRight(s, closers)
	return bare != "" && bare[len(bare)-1] != '.' && bare[len(bare)-1] != '!'
}

const (
	longestScrap = 36 // bytes
	scrapWords   = 5
)

// isScrap knows a few words without a stop between headline and running text:
// too little to open an article.
func (p *page) isScrap(i int) bool {
	s := p.text(i)
	return p.pieces[i].whole && len(s) <= longestScrap && words(s, scrapWords+1) <= scrapWords && !endsSentence(s) &&
		p.titled(i) && i+1 < len(p.pieces) && p.textAfter(i)
}

// scrap says what such words are: people's names if they have capitals that are
// no common words, else the site's.
func (p *page) scrap(i int) document.BlockType {
	s, names := p.text(i), 0
	for a, b := word(s, 0); a < b; a, b = word(s, b) {
		w := s[a:b]
		if isUpper(firstRune(w)) && !p.tables.common.has(w) && !p.tables.openers.has(w) && !p.tables.heads.has(w) {
			names++
		}
	}
	if names >= 2 {
		return document.Byline
	}
	return document.Boilerplate
}

// minute tells whether a line begins with the minute of a match: "52.", "90+3."
func minute(s string) bool {
	i := 0
	for i < len(s) && (isDigit(s[i]) || i > 0 && s[i] == '+') {
		i++
	}
	return i > 0 && i < len(s) && strings.IndexByte(".'", s[i]) >= 0 && isDigit(s[len(s)-1])
}

// lede marks the first running text.
func (p *page) lede() {
	for i := range p.pieces {
		pc := &p.pieces[i]
		if pc.typ == "" {
			if p.isScrap(i) {
				pc.typ = p.scrap(i)
				continue
			}
			if pc.end-pc.start <= longestLede {
				pc.typ = document.Lede
			}
			return
		}
	}
}

// siteOnly: a page on which nothing was written is the site's as a whole.
func (p *page) siteOnly() {
	site := false
	for _, pc := range p.pieces {
		switch pc.typ {
		case document.Boilerplate:
			site = true
		case document.Label, document.Teaser, document.Byline, document.Credit:
		default:
			return
		}
	}
	for i := range p.pieces {
		if site {
			p.pieces[i].typ = document.Boilerplate
		}
	}
}
