package layout

import (
	"strings"

	"telex/internal/document"
)

const (
	headWindow = 160 // bytes in which a glued cross-head must end
	headWords  = 7
	headBefore = 60 // bytes of text that must stand before a glued cross-head
	headAfter  = 40 // and after it
)

// cutHeadings cuts cross-heads out of a text: where the line breaks are lost,
// they stand between two sentences without any mark.
func (p *page) cutHeadings(start, end int) {
	if end-start > longestLede && p.cutLetters(start, end) {
		return
	}
	p.cutText(start, end)
}

// cutText cuts the cross-heads out of a text without signatures.
func (p *page) cutText(start, end int) {
	start, end = trim(p.raw, start, end)
	from := start
	if !p.atTop() && end-start >= headAfter {
		if h := p.glued(start, end); h > 0 {
			p.head(start, h)
			from = h
		}
	}
	for i := from; end-i > headAfter; {
		b := boundary(p.raw[:end], i)
		if b < 0 {
			break
		}
		i = b
		if b-from < headBefore {
			continue
		}
		if h := p.glued(b, end); h > 0 {
			p.add(from, b, "")
			p.head(b, h)
			from, i = h, h
		}
	}
	p.add(from, end, "")
}

// head adds a cross-head. On a page of letters the writer of the letter before
// runs into it: three capitals or more are a name and a place, and the head
// begins with the last capital that small letters follow, or the fourth.
func (p *page) head(start, end int) {
	s := p.raw[start:end]
	caps, last := 0, 0
	small := false
	for i := 0; ; {
		a, b := token(s, i)
		if a == b {
			break
		}
		w := s[a:b]
		if !isUpper(firstRune(w)) && !p.tables.particles.has(w) {
			small = true
			break
		}
		if isUpper(firstRune(w)) && !p.tables.particles.has(w) {
			caps++
			last = a
		}
		i = b
	}
	switch {
	case caps >= 4 && !allUpper(s, 3):
		p.add(start, start+last, document.Byline)
		p.add(start+last, end, document.Heading)
	case caps == 3 && !small && !allUpper(s, 3):
		p.add(start, end, document.Byline)
	default:
		p.add(start, end, document.Heading)
	}
}

// boundary finds the next place from i on where a sentence has ended and
// another begins, or -1. Initials and short abbreviations end none.
func boundary(s string, i int) int {
	for i < len(s) {
		for i < len(s) && s[i] != '.' && s[i] != '!' && s[i] != '?' && s[i] != ':' && !(s[i] == 0xa6 && strings.HasSuffix(s[:i+1], "…")) {
			i++
		}
		if i >= len(s) {
			return -1
		}
		i++
		stop := i - 1
		for i < len(s) && (s[i] >= 0x80 || strings.IndexByte(".!?'\")]", s[i]) >= 0) {
			r, n := runeAt(s, i)
			if r >= 0x80 && !strings.ContainsRune(closers, r) {
				break
			}
			i += n
		}
		if i >= len(s) {
			return -1
		}
		if s[stop] == ':' && !numberedAt(s[i:min(len(s), i+8)]) {
			continue
		}
		if s[i] != ' ' && !isUpper(firstRune(s[i:])) || s[stop] == '.' && abbreviation(s[:stop]) {
			continue
		}
		next, _ := trim(s[:min(len(s), i+8)], i, min(len(s), i+8))
		return next
	}
	return -1
}

// abbreviation tells whether s ends in a word that takes a stop inside a
// sentence: an initial, or up to three small letters without a vowel.
func abbreviation(s string) bool {
	i := len(s)
	for i > 0 && len(s)-i < 5 && s[i-1] != ' ' && s[i-1] != '.' && s[i-1] != '(' {
		i--
	}
	w := s[i:]
	if len(w) <= 1 {
		return len(w) == 1 && (w[0] < '0' || w[0] > '9')
	}
	return len(w) <= 3 && !strings.ContainsAny(w, "aeiouyAEIOUY0123456789") && !allUpper(w, 2)
}

// head is the words of a possible cross-head.
type head struct {
	first, last string
	count       int
	end         int // bytes
	capitals    int // words after the first that begin with a capital
	numbered    bool
	bare        bool // no letter in it yet
	opened      bool // it begins with a quotation mark
	closed      bool // and ends with one
	allCaps     bool
	letters     int
}

// glued reads a cross-head at start that runs into the sentence behind it, and
// gives its end in raw, or 0. It wants strong evidence: no finite verb, no
// punctuation, and a word behind it that can only open a sentence.
func (p *page) glued(start, end int) int {
	s := p.raw[start:min(end, start+headWindow)]
	h := head{allCaps: true, bare: true}
	for i := 0; h.count <= headWords+1; {
		a, b := token(s, i)
		if a == b || b == len(s) {
			return 0
		}
		w := s[a:b]
		if h.count == 0 && !h.numbered && isNumber(w) {
			h.numbered, i = true, b
			continue
		}
		if h.count > 0 && p.breaks(h, s, a) {
			if end-(start+h.end) < headAfter {
				return 0
			}
			return start + h.end
		}
		if n := p.gluedWord(h, w, s[b:]); n > 0 {
			return start + a + n
		}
		if !p.extend(&h, w, a) {
			return 0
		}
		h.end, i = a+len(w), b
	}
	return 0
}

// numberedAt tells whether s begins with a space and the number of a heading.
func numberedAt(s string) bool {
	a, b := token(s, 0)
	return a == 1 && isNumber(s[a:b])
}

func isNumber(w string) bool {
	return len(w) >= 2 && len(w) <= 3 && w[0] >= '0' && w[0] <= '9' && (w[len(w)-1] == '.' || w[len(w)-1] == ')')
}

// gluedWord finds a cross-head that has no space behind it: "AsbestIn de …". It
// gives the length of its part of w, or 0.
func (p *page) gluedWord(h head, w, rest string) int {
	n := camel(w)
	if n < 3 || p.tables.agencies.holds(w) || h.count == 0 && !isUpper(firstRune(w)) {
		return 0
	}
	if right := w[n:]; p.tables.openers.has(right) && isLower(firstRune(strings.TrimLeft(rest, " "))) {
		return n
	}
	return 0
}

// extend adds a word to a possible cross-head; false when it cannot be one.
func (p *page) extend(h *head, w string, a int) bool {
	core, plain := w, letters(w)
	if !plain {
		core = strings.Trim(w, "'’‘\"“”")
	}
	said := h.opened || h.count == 0 && !plain && !strings.HasPrefix(w, core) // a quotation may have a verb
	if core == "" || p.tables.verbs.has(core) && !said {
		return false
	}
	upper := isUpper(firstRune(core))
	caps := h.allCaps && allUpper(core, 1)
	if h.count == 0 && !upper && !h.numbered && !isDigit(core[0]) {
		return false
	}
	if at := punctuation(core, plain); at >= 0 && !(caps && core[at] == ',') {
		return false
	}
	if h.count > 0 && upper {
		h.capitals++
	}
	if h.count == 0 {
		h.first = core
		h.opened = w[0] != core[0]
	}
	h.closed = w[len(w)-1] != core[len(core)-1]
	h.bare = h.bare && !isUpper(firstRune(strings.TrimLeft(core, "0123456789"))) && !isLower(firstRune(strings.TrimLeft(core, "0123456789")))
	h.allCaps, h.last = caps, core
	h.letters += len(core)
	h.count++
	return h.count <= headWords || h.allCaps && h.count <= 12
}

// letters tells whether w is ASCII letters only, as most words are.
func letters(w string) bool {
	for i := range len(w) {
		if c := w[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// breaks tells whether the head h ends before the word at a of s.
func (p *page) breaks(h head, s string, a int) bool {
	if h.bare || h.opened != h.closed || !h.opened && (p.tables.links.has(h.last) || p.tables.particles.has(h.last)) {
		return false
	}
	b := a
	for b < len(s) && s[b] != ' ' {
		b++
	}
	w := s[a:b]
	next := strings.TrimLeft(s[b:], " ")
	r := firstRune(w)
	if !isUpper(r) {
		return opensQuote(s[a:]) && p.beforeQuote(h, s[a:])
	}
	if p.letter && !h.allCaps && h.capitals == 0 && h.count <= 4 && (p.tables.openers.has(w) || p.tables.common.has(w)) {
		return true
	}
	switch {
	case h.allCaps && !allUpper(w, 2):
		return h.count >= 2 && h.letters >= 10
	case h.allCaps && (h.letters <= 4 || allUpper(w, 2)):
		return false
	case h.numbered:
		return isLower(firstRune(next)) || p.tables.openers.has(w)
	}
	if p.tables.openers.has(w) {
		return p.beforeOpener(h, w, next)
	}
	if p.tables.common.has(w) && p.beforeCommon(h, next) {
		return true
	}
	return p.beforeName(h, w, next)
}

// beforeCommon judges a head before a word that has its capital only because a
// sentence begins with it. The head must not make a name with that word.
func (p *page) beforeCommon(h head, next string) bool {
	t := p.tables
	if h.capitals > 0 || h.count > 5 || !isLower(firstRune(next)) {
		return false
	}
	if h.count == 1 {
		return t.heads.has(h.first) || !t.openers.has(h.first) && !role(h.first) && !titled(h.first) &&
			!strings.HasSuffix(h.first, "e") && t.common.has(h.first)
	}
	return !t.openers.has(h.first) && !role(h.last) && !titled(h.last) && !isDigit(h.last[0])
}

// beforeOpener judges a head before a word that opens sentences. De, Van and
// their like also begin names: then the words around decide.
func (p *page) beforeOpener(h head, w, next string) bool {
	t := p.tables
	listed := h.count == 1 && t.heads.has(h.first)
	if t.particles.has(w) && t.particles.has(wordAt(next, 0)) || strings.HasPrefix(next, "'t ") || strings.HasPrefix(next, "’t ") {
		return listed // Van der, De la, Op 't
	}
	if h.capitals > 0 && isUpper(firstRune(next)) {
		return false
	}
	if isUpper(firstRune(next)) && t.particles.has(w) {
		return listed || h.count >= 2 && h.capitals == 0 && !t.openers.has(h.first) && !role(h.last) && len(h.last) > 4
	}
	if h.count == 1 && t.openers.has(h.first) {
		return false
	}
	if h.capitals > 0 && t.particles.has(w) && h.count > 4 {
		return false
	}
	return listed || !t.particles.has(w) || !titled(h.last)
}

// beforeName judges a head before a capital that opens no sentence by itself:
// a name or a noun.
func (p *page) beforeName(h head, w, next string) bool {
	t := p.tables
	if strings.ContainsAny(w, ",;:") || h.capitals > 0 {
		return false
	}
	if h.count == 1 {
		return t.heads.has(h.first) && !role(h.first) && (isLower(firstRune(next)) || isUpper(firstRune(next)))
	}
	if t.openers.has(h.first) || role(h.last) || h.count > 5 || len(h.last) < 3 {
		return false
	}
	if titled(h.last) || !t.verbs.has(wordAt(next, 0)) {
		return false
	}
	return t.heads.has(h.last) || t.common.has(h.first) && t.common.has(h.last)
}

// role tells by its ending whether a noun may be said of a person, whose name
// would then follow: minister, wethouder, advocaat, woordvoerster.
func role(w string) bool {
	for _, end := range []string{"er", "or", "aar", "ist", "ant", "ent", "aat", "man", "vrouw", "ster", "ier", "eur",
		"oog", "icus", "lid", "baas", "chef", "hoofd", "aris", "arts", "ator", "atrice", "euse", "zoon", "genoot", "broer",
		"vader", "moeder", "zus", "ier", "eel", "aal", "krant", "film", "boek", "stad", "dorp", "bedrijf", "partij", "club", "bank"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// titled tells by its ending whether a noun may be followed by a title or a
// name that begins with an article: the film, the paper, the restaurant.
func titled(w string) bool {
	w = strings.TrimSuffix(w, "s")
	for _, end := range []string{"krant", "film", "boek", "roman", "serie", "hotel", "café", "restaurant", "programma",
		"magazine", "tijdschrift", "musical", "album", "lied", "stuk", "theater", "stichting", "vereniging", "winkel",
		"blad", "project", "campagne", "site", "podcast", "rubriek", "bundel", "nummer", "hit", "band", "groep", "partij",
		"documentaire", "show", "quiz", "zender", "omroep", "school", "kerk", "museum", "molen", "camping", "park"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// opensQuote tells whether s begins with an opening quotation mark and a capital.
func opensQuote(s string) bool {
	switch r, n := runeAt(s, 0); {
	case strings.HasPrefix(s, ",,"):
		return isUpper(firstRune(s[2:]))
	case strings.ContainsRune("\"“„‘'«", r) && n > 0:
		return isUpper(firstRune(s[n:]))
	}
	return false
}

// beforeQuote judges a head before a quotation: a spoken sentence, not a title.
func (p *page) beforeQuote(h head, s string) bool {
	if h.capitals > 0 || h.count == 1 && !p.tables.heads.has(h.first) && !strings.HasPrefix(s, ",,") {
		return false
	}
	if p.tables.openers.has(h.first) && (h.count > 3 || !strings.HasPrefix(s, ",,")) || role(h.last) {
		return false
	}
	_, n := runeAt(s, 0)
	close := strings.IndexAny(s[n:], "\"”'’»")
	return close < 0 || close > 30
}

// punctuation finds a mark that no cross-head has, or gives -1.
func punctuation(w string, plain bool) int {
	if plain {
		return -1
	}
	return strings.IndexAny(w, ".,;:!?()")
}
